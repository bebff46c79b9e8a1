package answer

import (
	"context"

	"newsgraph/news"
	"newsgraph/store"
)

// coOccurringIn is how many stories of an entity are looked at for who else is named in them.
const coOccurringIn = 5000

// CoOccurrences are those named in the same stories as an entity.
type CoOccurrences struct {
	Cells   []*CoOccurrence
	More    bool
	Stories int
	Older   bool
}

// CoOccurrence is one of them.
type CoOccurrence struct {
	store.CoOccurrence
	in *batch[news.ID]
}

// CoOccurring counts who is named in the same stories as an entity.
func (g Graph) CoOccurring(ctx context.Context, of news.ID, first *int) (*CoOccurrences, error) {
	page, err := Paging(first, nil)
	if err != nil {
		return nil, err
	}
	ids, err := g.single(ctx, condition{"of", []news.ID{of}})
	if err != nil {
		return nil, err
	}
	found, err := g.Reader.CoOccurring(ctx, store.CoOccurrenceQuery{Of: ids[0], Most: coOccurringIn, First: page.First})
	if err != nil {
		return nil, err
	}
	made := &CoOccurrences{More: found.More, Stories: found.Stories, Older: found.Older}
	others := make([]news.ID, len(found.Cells))
	for i, c := range found.Cells {
		others[i] = c.Entity
	}
	in := newBatch(g, others)
	for _, c := range found.Cells {
		made.Cells = append(made.Cells, &CoOccurrence{c, in})
	}
	return made, nil
}

// Entity is who or what it is.
func (c *CoOccurrence) Entity(ctx context.Context) (Entity, error) {
	byID, err := once(c.in, "entity", func() (map[news.ID]Entity, error) {
		return c.in.entities(ctx, func(id news.ID) []news.ID { return []news.ID{id} })
	})
	if err != nil {
		return nil, err
	}
	return found(byID, c.CoOccurrence.Entity)
}

// Count is in how many stories.
func (c *CoOccurrence) Count() int { return c.CoOccurrence.Stories }
