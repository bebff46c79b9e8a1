package answer

import (
	"context"

	"newsgraph/news"
)

// Position is one statement that a person holds an office.
type Position struct {
	news.Position
	in *batch[news.Position]
}

func (g Graph) positions(of []news.Position) []*Position {
	in := newBatch(g, of)
	made := make([]*Position, len(of))
	for i := range of {
		made[i] = &Position{of[i], in}
	}
	return made
}

// IsNode marks a Node.
func (*Position) IsNode() {}

// Story is whose text tells it.
func (p *Position) Story(ctx context.Context) (*Story, error) {
	return storyOf(ctx, p.in, p.Position, func(s news.Position) news.ID { return s.Story })
}

// sides are the persons and the bodies of the batch's positions.
func (p *Position) sides(ctx context.Context) ([]map[news.ID]Entity, error) {
	return once(p.in, "sides", func() ([]map[news.ID]Entity, error) {
		return p.in.graph.entitiesOf(ctx,
			p.in.ids(func(s news.Position) []news.ID { return []news.ID{s.Person} }),
			p.in.ids(func(s news.Position) []news.ID { return []news.ID{s.Body} }))
	})
}

// Person is who holds it.
func (p *Position) Person(ctx context.Context) (Entity, error) {
	sides, err := p.sides(ctx)
	if err != nil {
		return nil, err
	}
	return found(sides[0], p.Position.Person)
}

// Body is of what it is an office; nil if that is not told.
func (p *Position) Body(ctx context.Context) (Entity, error) {
	sides, err := p.sides(ctx)
	if err != nil {
		return nil, err
	}
	return sides[1][p.Position.Body], nil
}

// Since is from when; nil if that is not told.
func (p *Position) Since() *string { return some(p.Position.Since) }

// Until is up to when; nil if that is not told.
func (p *Position) Until() *string { return some(p.Position.Until) }

// Text is the words that tell it.
func (p *Position) Text(ctx context.Context) (string, error) {
	story, err := p.Story(ctx)
	if err != nil {
		return "", err
	}
	return p.Span.In(story.Text), nil
}
