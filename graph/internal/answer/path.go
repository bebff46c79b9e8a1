package answer

import (
	"context"
	"fmt"

	"newsgraph/news"
	"newsgraph/store"
)

// The sizes of answers about paths.
const (
	DefaultPaths  = 3
	MostPaths     = 20
	MostHops      = 5
	defaultLength = 4
)

// Paths are how two entities are connected.
type Paths struct {
	Paths []*Path
	None  *string
	More  bool
}

// Path is one way from one to the other.
type Path struct{ Hops []*Hop }

// Hop is a step of a path.
type Hop struct {
	store.Hop
	in *batch[store.Hop]
}

// Paths reads the arguments of paths, and finds them. Unless asked otherwise their events are asserted; background is left out.
func (g Graph) Paths(ctx context.Context, from, to news.ID, k, maxLength *int, filter *EventFilter) (*Paths, error) {
	q := store.PathQuery{K: DefaultPaths, Longest: defaultLength}
	if k != nil {
		if q.K = *k; q.K < 1 || q.K > MostPaths {
			return nil, BadInput("k", "1 to %d, not %d", MostPaths, q.K)
		}
	}
	if maxLength != nil {
		if q.Longest = *maxLength; q.Longest < 1 || q.Longest > MostHops {
			return nil, BadInput("maxLength", "1 to %d, not %d", MostHops, q.Longest)
		}
	}
	first := 1
	of, err := g.EventQuery(ctx, filter, nil, &first, nil)
	if err != nil {
		return nil, err
	}
	filter.foreground(&of)
	ids, err := g.single(ctx, condition{"from", []news.ID{from}}, condition{"to", []news.ID{to}})
	if err != nil {
		return nil, err
	}
	if q.Filter, q.From, q.To = of, ids[0], ids[1]; q.From == q.To {
		return nil, BadInput("to", "it is the same entity as from")
	}
	found, err := g.Reader.Paths(ctx, q)
	if err != nil {
		return nil, err
	}
	made := &Paths{More: found.More}
	var hops []store.Hop
	for _, p := range found.Paths {
		hops = append(hops, p...)
	}
	in := newBatch(g, hops)
	for _, p := range found.Paths {
		path := &Path{}
		for _, h := range p {
			path.Hops = append(path.Hops, &Hop{h, in})
		}
		made.Paths = append(made.Paths, path)
	}
	if len(made.Paths) == 0 {
		steps := "1 step"
		if q.Longest > 1 {
			steps = fmt.Sprintf("%d steps", q.Longest)
		}
		made.None = some(fmt.Sprintf("no path of at most %s leads from %s to %s", steps, q.From, q.To))
	}
	return made, nil
}

// Length is how many steps.
func (p *Path) Length() int { return len(p.Hops) }

// entities are those that the batch's hops name.
func (h *Hop) entities(ctx context.Context) (map[news.ID]Entity, error) {
	return once(h.in, "entity", func() (map[news.ID]Entity, error) {
		return h.in.entities(ctx, func(s store.Hop) []news.ID { return append([]news.ID{s.From, s.To}, s.ClaimedBy...) })
	})
}

func (h *Hop) entity(ctx context.Context, id news.ID) (Entity, error) {
	byID, err := h.entities(ctx)
	if err != nil {
		return nil, err
	}
	return found(byID, id)
}

// From is where the step begins.
func (h *Hop) From(ctx context.Context) (Entity, error) { return h.entity(ctx, h.Hop.From) }

// To is where it leads.
func (h *Hop) To(ctx context.Context) (Entity, error) { return h.entity(ctx, h.Hop.To) }

// Count is how many events connect the two.
func (h *Hop) Count() int { return h.Events }

// ClaimedBy are those who say what is claimed.
func (h *Hop) ClaimedBy(ctx context.Context) ([]Entity, error) {
	byID, err := h.entities(ctx)
	return those(byID, h.Hop.ClaimedBy), err
}

// Event is the newest of them.
func (h *Hop) Event(ctx context.Context) (*Event, error) {
	byID, err := once(h.in, "event", func() (map[news.ID]*Event, error) {
		return h.in.graph.eventsByID(ctx, h.in.ids(func(s store.Hop) []news.ID { return []news.ID{s.Event} }))
	})
	if err != nil {
		return nil, err
	}
	return found(byID, h.Hop.Event)
}
