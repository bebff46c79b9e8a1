package answer

import (
	"context"
	"fmt"
	"slices"

	"newsgraph/news"
	"newsgraph/store"
)

// Entity is a Person, State, Organisation, Place, Weapon, Group or Thing.
type Entity interface {
	Node
	IsEntity()
	record() news.Entity
}

// The kinds of entities. Each is the one struct of news, seen as an object type of the API.
type (
	Person       struct{ *entity }
	State        struct{ *entity }
	Organisation struct{ *entity }
	Place        struct{ *entity }
	Weapon       struct{ *entity }
	Group        struct{ *entity }
	Thing        struct{ *entity }
)

// entity answers the fields of entities of every kind.
type entity struct {
	news.Entity
	in *batch[news.Entity]
}

// Entities makes objects of entities that came together.
func (g Graph) Entities(of []news.Entity) []Entity {
	in := newBatch(g, of)
	made := make([]Entity, len(of))
	for i := range of {
		e := &entity{of[i], in}
		switch e.Kind {
		case news.Person:
			made[i] = &Person{e}
		case news.State:
			made[i] = &State{e}
		case news.Organisation:
			made[i] = &Organisation{e}
		case news.Place:
			made[i] = &Place{e}
		case news.Weapon:
			made[i] = &Weapon{e}
		case news.Group:
			made[i] = &Group{e}
		case news.Thing:
			made[i] = &Thing{e}
		default:
			panic(fmt.Sprintf("answer: entity %s has the unknown kind %q", e.ID, e.Kind))
		}
	}
	return made
}

// entitiesOf finds the entities of several lists with one call to the store. Each list becomes a batch of its own, so that a field asked
// of the sources of events is not answered for their targets too.
func (g Graph) entitiesOf(ctx context.Context, lists ...[]news.ID) ([]map[news.ID]Entity, error) {
	return g.entitiesBeside(ctx, store.Beside{}, lists...)
}

// entitiesBeside is entitiesOf of what came beside a page, without a call if they did.
func (g Graph) entitiesBeside(ctx context.Context, beside store.Beside, lists ...[]news.ID) ([]map[news.ID]Entity, error) {
	byID := beside.Entities
	if byID == nil {
		entities, err := g.found(ctx, distinct(slices.Concat(lists...)))
		if err != nil {
			return nil, err
		}
		byID = make(map[news.ID]news.Entity, len(entities))
		for _, e := range entities {
			byID[e.ID] = e
		}
	}
	made := make([]map[news.ID]Entity, len(lists))
	for i, l := range lists {
		ids := distinct(l)
		of := make([]news.Entity, 0, len(ids))
		for _, id := range ids {
			if e, ok := byID[id]; ok {
				of = append(of, e)
			}
		}
		made[i] = make(map[news.ID]Entity, len(of))
		for j, e := range g.Entities(of) {
			made[i][of[j].ID] = e
		}
	}
	return made, nil
}

// found asks the store for entities, if for any.
func (g Graph) found(ctx context.Context, ids []news.ID) ([]news.Entity, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	return g.Reader.Entities(ctx, ids)
}

// those are the entities of ids, in order; what is no longer there is left out.
func those(entities map[news.ID]Entity, ids []news.ID) []Entity {
	kept := make([]Entity, 0, len(ids))
	for _, id := range ids {
		if e, ok := entities[id]; ok {
			kept = append(kept, e)
		}
	}
	return kept
}

// IsNode marks a Node.
func (*entity) IsNode() {}

// IsEntity marks an Entity.
func (*entity) IsEntity() {}

func (e *entity) record() news.Entity { return e.Entity }

// Aliases are its other names.
func (e *entity) Aliases() []string { return list(e.Entity.Aliases) }

// Description is an office, a class.
func (e *entity) Description() *string { return some(e.Entity.Description) }

// Wikidata is its item.
func (e *entity) Wikidata() *string { return some(e.Entity.Wikidata) }

// Country is the state it belongs to.
func (e *entity) Country() *string { return some(e.Entity.Country) }

// Sector is PLOVER's.
func (e *entity) Sector() *string { return some(e.Entity.Sector) }

// Source is the gazetteer file that knows it.
func (e *entity) Source() *string { return some(e.Entity.Source) }

// Iso2 is a state's ISO 3166-1 alpha-2.
func (e *entity) Iso2() *string { return some(e.ISO2) }

// Iso3 is a state's ISO 3166-1 alpha-3.
func (e *entity) Iso3() *string { return some(e.ISO3) }

// Count is how many a group or thing is.
func (e *entity) Count() *int { return some(e.Entity.Count) }

// Events are the events in which it takes part.
func (e *entity) Events(
	ctx context.Context, filter *EventFilter, order *store.EventOrder, first *int, after *string,
) (*EventConnection, error) {
	byID, err := once(e.in, key("events", filter, order, first, after), func() (map[news.ID]*EventConnection, error) {
		q, err := e.in.graph.EventQuery(ctx, filter, order, first, after)
		if err != nil {
			return nil, err
		}
		return e.eventsOf(ctx, q, key("total of events", filter, order))
	})
	return byID[e.ID], err
}

// Timeline is its dated events that are asserted and told as news, oldest first.
func (e *entity) Timeline(ctx context.Context, during *DateInterval, claims *store.Claims, first *int, after *string) (*EventConnection, error) {
	byID, err := once(e.in, key("timeline", during, claims, first, after), func() (map[news.ID]*EventConnection, error) {
		q := store.EventQuery{Modalities: []news.Modality{news.Asserted}, Foreground: true, Order: store.OldestFirst}
		var err error
		if q.Paging, err = Paging(first, after); err != nil {
			return nil, err
		}
		if q.During, err = during.interval("during"); err != nil {
			return nil, err
		}
		if claims != nil {
			q.Claims = *claims
		}
		return e.eventsOf(ctx, q, key("total of timeline", during, claims))
	})
	return byID[e.ID], err
}

// eventsOf lists the events of all siblings, which are counted together, under a name, if that is asked of one.
func (e *entity) eventsOf(ctx context.Context, q store.EventQuery, total string) (map[news.ID]*EventConnection, error) {
	g := e.in.graph
	q.Show = selected(ctx).field("edges", "node").events()
	lists, err := pagedBeside(e.siblings(), q.Paging, func(ids []news.ID) ([]store.Page[news.Event], error) { return g.Reader.EventsOf(ctx, ids, q) }, g.eventsBeside)
	for id, c := range lists {
		c.total = func(ctx context.Context) (int, error) {
			totals, err := once(e.in, total, func() (map[news.ID]int, error) {
				ids := e.siblings()
				counted, err := g.Reader.Totals(ctx, ids, q, mostCounted+1)
				byID := make(map[news.ID]int, len(counted))
				for i, n := range counted {
					byID[ids[i]] = n
				}
				return byID, err
			})
			return totals[id], err
		}
	}
	return lists, err
}

// Relations are its relations with others.
func (e *entity) Relations(
	ctx context.Context, direction *store.Direction, with []news.ID, withIs *Party, action []string, during *DateInterval, claims *store.Claims, first *int, after *string,
) (*RelationConnection, error) {
	g := e.in.graph
	byID, err := once(e.in, key("relations", direction, with, withIs, action, during, claims, first, after), func() (map[news.ID]*RelationConnection, error) {
		q, err := g.relationQuery(ctx, direction, with, withIs, action, during, first, after)
		if err != nil {
			return nil, err
		}
		if claims != nil {
			q.Claims = *claims
		}
		q.Show = selected(ctx).field("edges", "node").relations()
		return pagedBeside(e.siblings(), q.Paging, func(ids []news.ID) ([]store.Page[store.Relation], error) { return g.Reader.Relations(ctx, ids, q) },
			func(of []store.Relation, beside store.Beside) []*Relation { return g.relations(of, q, beside) })
	})
	return byID[e.ID], err
}

// Mentions are where stories name it.
func (e *entity) Mentions(ctx context.Context, first *int, after *string) (*MentionConnection, error) {
	g := e.in.graph
	byID, err := once(e.in, key("mentions", first, after), func() (map[news.ID]*MentionConnection, error) {
		p, err := Paging(first, after)
		if err != nil {
			return nil, err
		}
		return paged(e.siblings(), p, func(ids []news.ID) ([]store.Page[news.Mention], error) { return g.Reader.MentionsOf(ctx, ids, p) }, g.mentions)
	})
	return byID[e.ID], err
}

// Statements are what it says.
func (e *entity) Statements(ctx context.Context, about, to *news.ID, during *DateInterval, first *int, after *string) (*StatementConnection, error) {
	g := e.in.graph
	byID, err := once(e.in, key("statements", about, to, during, first, after), func() (map[news.ID]*StatementConnection, error) {
		q, err := g.statementQuery(ctx, about, to, during, first, after)
		if err != nil {
			return nil, err
		}
		return paged(e.siblings(), q.Paging, func(ids []news.ID) ([]store.Page[news.Statement], error) { return g.Reader.StatementsOf(ctx, ids, q) }, g.statements)
	})
	return byID[e.ID], err
}

// Positions are the offices that it holds, and that others hold in it.
func (e *entity) Positions(ctx context.Context, on *string, first *int, after *string) (*PositionConnection, error) {
	g := e.in.graph
	byID, err := once(e.in, key("positions", on, first, after), func() (map[news.ID]*PositionConnection, error) {
		var q store.PositionQuery
		var err error
		if q.Paging, err = Paging(first, after); err != nil {
			return nil, err
		}
		if on != nil {
			q.On = *on
		}
		return paged(e.siblings(), q.Paging, func(ids []news.ID) ([]store.Page[news.Position], error) { return g.Reader.PositionsOf(ctx, ids, q) }, g.positions)
	})
	return byID[e.ID], err
}

func (e *entity) siblings() []news.ID {
	return e.in.ids(func(s news.Entity) []news.ID { return []news.ID{s.ID} })
}
