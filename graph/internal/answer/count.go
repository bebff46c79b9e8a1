package answer

import (
	"context"
	"slices"

	"newsgraph/news"
	"newsgraph/store"
)

// Counts are how many events have which keys.
type Counts struct {
	store.Counts
	by    []store.Dimension
	graph Graph
	in    *batch[news.ID] // the entities that are keys
}

// Cell is how many events have some keys.
type Cell struct {
	store.Cell
	of *Counts
}

// CellKey is one of a cell's keys.
type CellKey struct {
	Dimension store.Dimension
	key       string
	of        *Counts
}

// Counted counts events. Unless asked otherwise these are asserted and no claims; background is left out.
func (g Graph) Counted(ctx context.Context, by []store.Dimension, filter *EventFilter, top *int) (*Counts, error) {
	const most = 2 // dimensions
	if len(by) == 0 || len(by) > most || len(by) == most && by[0] == by[1] {
		return nil, BadInput("by", "one dimension, or two that differ")
	}
	first := 1
	of, err := g.EventQuery(ctx, filter, nil, &first, nil)
	if err != nil {
		return nil, err
	}
	if !filter.asks(func(f *EventFilter) bool { return f.Claims != nil }) {
		of.Claims = store.ExcludeClaims
	}
	filter.foreground(&of)
	q := store.CountQuery{Filter: of, By: by, Top: DefaultTop}
	if top != nil {
		if q.Top = *top; q.Top < 1 || q.Top > MostFirst {
			return nil, BadInput("top", "1 to %d, not %d", MostFirst, q.Top)
		}
	}
	counts, err := g.Reader.Counts(ctx, q)
	if err != nil {
		return nil, err
	}
	c := &Counts{Counts: counts, by: by, graph: g}
	var ids []news.ID
	for _, cell := range counts.Cells {
		for i, key := range cell.Keys {
			if key != "" && isWho(by[i]) {
				ids = append(ids, news.ID(key))
			}
		}
	}
	c.in = newBatch(g, distinct(ids))
	return c, nil
}

// isWho tells that the keys of a dimension are ids of entities.
func isWho(d store.Dimension) bool {
	return slices.Contains([]store.Dimension{store.ByActor, store.ByTarget, store.ByPlace, store.ByParticipant}, d)
}

// Cells are its cells.
func (c *Counts) Cells() []*Cell {
	all := make([]*Cell, len(c.Counts.Cells))
	for i, cell := range c.Counts.Cells {
		all[i] = &Cell{cell, c}
	}
	return all
}

// Keys are what the cell's events share.
func (c *Cell) Keys() []*CellKey {
	all := make([]*CellKey, len(c.Cell.Keys))
	for i, key := range c.Cell.Keys {
		all[i] = &CellKey{c.of.by[i], key, c.of}
	}
	return all
}

// Count is how many events.
func (c *Cell) Count() int { return c.Events }

// Value is the key as text.
func (k *CellKey) Value() *string { return some(k.key) }

// Entity is the entity whose id the key is.
func (k *CellKey) Entity(ctx context.Context) (Entity, error) {
	if k.key == "" || !isWho(k.Dimension) {
		return nil, nil
	}
	byID, err := once(k.of.in, "entity", func() (map[news.ID]Entity, error) {
		return k.of.in.entities(ctx, func(id news.ID) []news.ID { return []news.ID{id} })
	})
	if err != nil {
		return nil, err
	}
	return found(byID, news.ID(k.key))
}

// StoryCounts are how many stories have which key.
type StoryCounts struct {
	Cells []StoryCell
	Total int
	More  bool
}

// StoryCell is how many stories have a key.
type StoryCell struct {
	Value *string
	Count int
}

// CountStories counts stories.
func (g Graph) CountStories(ctx context.Context, by store.StoryDimension, filter *StoryFilter, top *int) (*StoryCounts, error) {
	first := 1
	of, err := StoryQuery(filter, &first, nil)
	if err != nil {
		return nil, err
	}
	q := store.StoryCountQuery{Filter: of, By: by, Top: DefaultTop}
	if top != nil {
		if q.Top = *top; q.Top < 1 || q.Top > MostFirst {
			return nil, BadInput("top", "1 to %d, not %d", MostFirst, q.Top)
		}
	}
	counts, err := g.Reader.CountStories(ctx, q)
	if err != nil {
		return nil, err
	}
	c := &StoryCounts{make([]StoryCell, len(counts.Cells)), counts.Total, counts.More}
	for i, cell := range counts.Cells {
		c.Cells[i] = StoryCell{some(cell.Key), cell.Stories}
	}
	return c, nil
}
