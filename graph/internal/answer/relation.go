package answer

import (
	"context"

	"newsgraph/news"
	"newsgraph/store"
)

// Relation sums up the events in which one entity did one action to another.
type Relation struct {
	store.Relation
	in *batch[store.Relation]
}

func (g Graph) relations(of []store.Relation) []*Relation {
	in := newBatch(g, of)
	made := make([]*Relation, len(of))
	for i := range of {
		made[i] = &Relation{of[i], in}
	}
	return made
}

func (g Graph) relationQuery(
	ctx context.Context, direction *store.Direction, with []news.ID, action []string, during *DateInterval, first *int, after *string,
) (q store.RelationQuery, err error) {
	if q.Paging, err = Paging(first, after); err != nil {
		return q, err
	}
	if direction != nil {
		q.Direction = *direction
	}
	if err := values("action", action); err != nil {
		return q, err
	}
	q.Actions = action
	if q.During, err = during.interval("during"); err != nil {
		return q, err
	}
	ids, err := g.named(ctx, condition{"with", with})
	if err != nil {
		return q, err
	}
	q.Others = ids[0]
	return q, nil
}

// sides are the entities of the batch's relations: those who act, those it is done to.
func (r *Relation) sides(ctx context.Context) ([]map[news.ID]Entity, error) {
	return once(r.in, "sides", func() ([]map[news.ID]Entity, error) {
		return r.in.graph.entitiesOf(ctx,
			r.in.ids(func(s store.Relation) []news.ID { return []news.ID{s.From} }),
			r.in.ids(func(s store.Relation) []news.ID { return []news.ID{s.To} }))
	})
}

// From is who did it.
func (r *Relation) From(ctx context.Context) (Entity, error) {
	sides, err := r.sides(ctx)
	if err != nil {
		return nil, err
	}
	return found(sides[0], r.Relation.From)
}

// To is to whom it was done.
func (r *Relation) To(ctx context.Context) (Entity, error) {
	sides, err := r.sides(ctx)
	if err != nil {
		return nil, err
	}
	return found(sides[1], r.Relation.To)
}

// Past is the past form of its action.
func (r *Relation) Past() string {
	if a, ok := news.ActionNamed(r.Action); ok {
		return a.Past
	}
	return r.Action
}

// First is the first day of the earliest dated event.
func (r *Relation) First() *string { return some(r.Relation.First) }

// Last is the last day of the latest dated event.
func (r *Relation) Last() *string { return some(r.Relation.Last) }

// Latest is the newest event.
func (r *Relation) Latest(ctx context.Context) (*Event, error) {
	byID, err := once(r.in, "latest", func() (map[news.ID]*Event, error) {
		return r.in.graph.eventsByID(ctx, r.in.ids(func(s store.Relation) []news.ID { return []news.ID{s.Latest} }))
	})
	if err != nil {
		return nil, err
	}
	return found(byID, r.Relation.Latest)
}
