package answer

import (
	"context"

	"newsgraph/news"
)

// Mention is a span of a story's text that names an entity.
type Mention struct {
	news.Mention
	in *batch[news.Mention]
}

func (g Graph) mentions(of []news.Mention) []*Mention {
	in := newBatch(g, of)
	made := make([]*Mention, len(of))
	for i := range of {
		made[i] = &Mention{of[i], in}
	}
	return made
}

// IsNode marks a Node.
func (*Mention) IsNode() {}

// Story is whose text it stands in.
func (m *Mention) Story(ctx context.Context) (*Story, error) {
	return storyOf(ctx, m.in, m.Mention, func(s news.Mention) news.ID { return s.Story })
}

// Entity is whom or what it names.
func (m *Mention) Entity(ctx context.Context) (Entity, error) {
	byID, err := once(m.in, "entity", func() (map[news.ID]Entity, error) {
		return m.in.entities(ctx, func(s news.Mention) []news.ID { return []news.ID{s.Entity} })
	})
	if err != nil {
		return nil, err
	}
	return found(byID, m.Mention.Entity)
}

// Text is the wording.
func (m *Mention) Text(ctx context.Context) (string, error) {
	story, err := m.Story(ctx)
	if err != nil {
		return "", err
	}
	return m.Span.In(story.Text), nil
}
