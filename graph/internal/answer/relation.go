package answer

import (
	"context"
	"slices"

	"newsgraph/news"
	"newsgraph/store"
)

// Relation sums up the events in which one entity did one action to another.
type Relation struct {
	store.Relation
	in *batch[store.Relation]
	q  store.RelationQuery // that found it
}

func (g Graph) relations(of []store.Relation, q store.RelationQuery, beside store.Beside) []*Relation {
	in := newBatch(g, of).with(beside)
	made := make([]*Relation, len(of))
	for i := range of {
		made[i] = &Relation{of[i], in, q}
	}
	return made
}

func (g Graph) relationQuery(
	ctx context.Context, direction *store.Direction, with []news.ID, withIs *Party, action []string, during *DateInterval, first *int, after *string,
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
	others, err := g.parties(ctx, who{"with", with, withIs})
	if err != nil {
		return q, err
	}
	q.Others, q.Class = others[0].Entities, others[0].Class
	return q, nil
}

// sides are the entities of the batch's relations: those who act, those it is done to.
func (r *Relation) sides(ctx context.Context) ([]map[news.ID]Entity, error) {
	return once(r.in, "sides", func() ([]map[news.ID]Entity, error) {
		return r.in.graph.entitiesBeside(ctx, r.in.beside,
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

// claims are who says what is claimed of each of the batch's relations. The claims of all are listed at once.
func (r *Relation) claims(ctx context.Context) (map[[3]string][]news.ID, error) {
	q := store.EventQuery{
		Modalities: []news.Modality{news.Asserted}, Foreground: true, Claims: store.OnlyClaims, During: r.q.During,
		Participants: []store.Participation{{Roles: []news.Role{news.Source}}, {Roles: []news.Role{news.Target}}},
		Paging:       store.Paging{First: store.MostEvents},
	}
	by := map[[3]string][]news.ID{}
	for _, s := range r.in.of {
		if s.Claims == 0 {
			continue
		}
		by[[3]string{string(s.From), string(s.To), s.Action}] = nil
		q.Participants[0].Entities, q.Participants[1].Entities = append(q.Participants[0].Entities, s.From), append(q.Participants[1].Entities, s.To)
		q.Actions = append(q.Actions, s.Action)
	}
	if len(by) == 0 {
		return by, nil
	}
	for i, p := range q.Participants {
		q.Participants[i].Entities = distinct(p.Entities)
	}
	slices.Sort(q.Actions)
	q.Actions = slices.Compact(q.Actions)
	page, err := r.in.graph.Reader.Events(ctx, q)
	if err != nil {
		return nil, err
	}
	for _, edge := range page.Edges {
		e := edge.Node
		for _, from := range e.Entities(news.Source) {
			for _, to := range e.Entities(news.Target) {
				is := [3]string{string(from), string(to), e.Action}
				if so, ok := by[is]; ok {
					by[is] = append(so, e.ClaimedBy...)
				}
			}
		}
	}
	for is, ids := range by {
		slices.Sort(ids)
		by[is] = slices.Compact(ids)
	}
	return by, nil
}

// ClaimedBy are those who say what is claimed.
func (r *Relation) ClaimedBy(ctx context.Context) ([]Entity, error) {
	type answer struct {
		by   map[[3]string][]news.ID
		made map[news.ID]Entity
	}
	all, err := once(r.in, "claimedBy", func() (answer, error) {
		by, err := r.claims(ctx)
		if err != nil {
			return answer{}, err
		}
		var ids []news.ID
		for _, some := range by {
			ids = append(ids, some...)
		}
		slices.Sort(ids)
		made, err := r.in.graph.entitiesOf(ctx, slices.Compact(ids))
		if err != nil {
			return answer{}, err
		}
		return answer{by, made[0]}, nil
	})
	return those(all.made, all.by[[3]string{string(r.Relation.From), string(r.Relation.To), r.Action}]), err
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
