package answer

import (
	"cmp"
	"context"
	"slices"

	"newsgraph/news"
	"newsgraph/store"
)

// Event is something that happened between entities.
type Event struct {
	news.Event
	in *batch[news.Event]
}

// Events makes objects of events that came together.
func (g Graph) Events(of []news.Event) []*Event { return g.eventsBeside(of, store.Beside{}) }

func (g Graph) eventsBeside(of []news.Event, beside store.Beside) []*Event {
	in := newBatch(g, of).with(beside)
	made := make([]*Event, len(of))
	for i := range of {
		made[i] = &Event{of[i], in}
	}
	return made
}

// eventsByID finds events by any of their ids. Two ids of one event find one object.
func (g Graph) eventsByID(ctx context.Context, ids []news.ID) (map[news.ID]*Event, error) {
	if len(ids) == 0 {
		return map[news.ID]*Event{}, nil
	}
	asked, err := g.Reader.EventsByID(ctx, ids)
	if err != nil {
		return nil, err
	}
	return g.eventsOwn(asked, store.Beside{}), nil
}

// eventsOwn makes one object of each event that was asked for by some of its ids.
func (g Graph) eventsOwn(asked map[news.ID]news.Event, beside store.Beside) map[news.ID]*Event {
	of, own := make([]news.Event, 0, len(asked)), make(map[news.ID]*Event, len(asked))
	for _, e := range asked {
		if _, there := own[e.ID]; !there {
			of, own[e.ID] = append(of, e), nil
		}
	}
	slices.SortFunc(of, func(a, b news.Event) int { return cmp.Compare(a.ID, b.ID) })
	for _, e := range g.eventsBeside(of, store.Beside{Entities: beside.Entities}) {
		own[e.ID] = e
	}
	made := make(map[news.ID]*Event, len(asked))
	for id, e := range asked {
		made[id] = own[e.ID]
	}
	return made
}

// IsNode marks a Node.
func (*Event) IsNode() {}

// Matter is what it is done to or about.
func (e *Event) Matter() *string { return some(e.Event.Matter) }

// PloverEvent is the PLOVER type that it projects to.
func (e *Event) PloverEvent() *news.EventType {
	a, _ := news.ActionNamed(e.Action)
	return some(news.Project(e.Type, a.Plover, e.Modality))
}

// Cameo is the code of its action.
func (e *Event) Cameo() *string {
	a, _ := news.ActionNamed(e.Action)
	return some(a.Cameo)
}

// QuadClass is its action's, 1 to 4.
func (e *Event) QuadClass() *int {
	a, _ := news.ActionNamed(e.Action)
	return some(int(a.Quad))
}

// Contexts are PLOVER's.
func (e *Event) Contexts() []string { return list(e.Event.Contexts) }

// When is what the intervals of its dated reports share.
func (e *Event) When() When { return When{e.Event.When} }

// ClaimedBy are those who say so, if it is a claim.
func (e *Event) ClaimedBy(ctx context.Context) ([]Entity, error) {
	named, err := e.named(ctx)
	return those(named.speakers, e.Event.ClaimedBy), err
}

// roles are in the order of the batches that named makes.
var roles = [...]news.Role{news.Source, news.Target, news.Instrument, news.Place}

// named are those whom the batch's events name: who takes part, by role, and who speaks. One call to the store brings them all, since a title needs both.
type named struct {
	byRole   map[news.Role]map[news.ID]Entity
	speakers map[news.ID]Entity
}

func (e *Event) named(ctx context.Context) (named, error) {
	return once(e.in, "named", func() (named, error) {
		lists := make([][]news.ID, len(roles), len(roles)+1)
		for i, role := range roles {
			lists[i] = e.in.ids(func(s news.Event) []news.ID { return s.Entities(role) })
		}
		made, err := e.in.graph.entitiesBeside(ctx, e.in.beside, append(lists, e.in.ids(func(s news.Event) []news.ID { return s.ClaimedBy }))...)
		if err != nil {
			return named{}, err
		}
		all := named{make(map[news.Role]map[news.ID]Entity, len(roles)), made[len(roles)]}
		for i, role := range roles {
			all.byRole[role] = made[i]
		}
		return all, nil
	})
}

func (e *Event) inRole(ctx context.Context, role news.Role) ([]Entity, error) {
	named, err := e.named(ctx)
	return those(named.byRole[role], e.Entities(role)), err
}

// Title is the event in one line.
func (e *Event) Title(ctx context.Context) (string, error) {
	named, err := e.named(ctx)
	if err != nil {
		return "", err
	}
	return e.TitleOf(func(id news.ID) string {
		for _, role := range roles {
			if entity, ok := named.byRole[role][id]; ok {
				return entity.record().Name
			}
		}
		if speaker, ok := named.speakers[id]; ok {
			return speaker.record().Name
		}
		return ""
	}), nil
}

// Sources are who acts.
func (e *Event) Sources(ctx context.Context) ([]Entity, error) { return e.inRole(ctx, news.Source) }

// Targets are whom it is done to.
func (e *Event) Targets(ctx context.Context) ([]Entity, error) { return e.inRole(ctx, news.Target) }

// Instruments are with what.
func (e *Event) Instruments(ctx context.Context) ([]Entity, error) {
	return e.inRole(ctx, news.Instrument)
}

// Places are where.
func (e *Event) Places(ctx context.Context) ([]Entity, error) { return e.inRole(ctx, news.Place) }

// About are the events that it is about, each once.
func (e *Event) About(ctx context.Context) ([]*Event, error) {
	byID, err := once(e.in, "about", func() (map[news.ID]*Event, error) {
		return e.in.graph.eventsByID(ctx, e.in.ids(func(s news.Event) []news.ID { return s.About }))
	})
	kept := make([]*Event, 0, len(e.Event.About))
	for _, id := range e.Event.About {
		if about, ok := byID[id]; ok && !slices.Contains(kept, about) {
			kept = append(kept, about)
		}
	}
	return kept, err
}

// AboutOf are the events that are about it.
func (e *Event) AboutOf(ctx context.Context, first *int, after *string) (*EventConnection, error) {
	g := e.in.graph
	byID, err := once(e.in, key("aboutOf", first, after), func() (map[news.ID]*EventConnection, error) {
		p, err := Paging(first, after)
		if err != nil {
			return nil, err
		}
		events := e.in.ids(func(s news.Event) []news.ID { return []news.ID{s.ID} })
		return paged(events, p, func(ids []news.ID) ([]store.Page[news.Event], error) { return g.Reader.EventsAbout(ctx, ids, p) }, g.Events)
	})
	return byID[e.ID], err
}

// Reports are the statements that it rests on.
func (e *Event) Reports(ctx context.Context, first *int, after *string) (*ReportConnection, error) {
	g := e.in.graph
	byID, err := once(e.in, key("reports", first, after), func() (map[news.ID]*ReportConnection, error) {
		p, err := Paging(first, after)
		if err != nil {
			return nil, err
		}
		events := e.in.ids(func(s news.Event) []news.ID { return []news.ID{s.ID} })
		return pagedBeside(events, p, func(ids []news.ID) ([]store.Page[news.Report], error) {
			if pages := reportsBeside(e.in.beside, ids); pages != nil {
				return pages, nil
			}
			return g.Reader.ReportsOf(ctx, ids, p)
		}, g.reportsBeside)
	})
	return byID[e.ID], err
}

// List lists events, which are counted if that is asked.
func (g Graph) List(ctx context.Context, q store.EventQuery) (*EventConnection, error) {
	q.Show = selected(ctx).field("edges", "node").events()
	page, err := g.Reader.Events(ctx, q)
	if err != nil {
		return nil, err
	}
	pages := []store.Page[news.Event]{page}
	c := Connect(pages, q.Paging, func(of []news.Event) []*Event { return g.eventsBeside(of, besideOf(pages)) })[0]
	in := newBatch[news.ID](g, nil)
	c.total = func(ctx context.Context) (int, error) {
		return once(in, "total", func() (int, error) {
			totals, err := g.Reader.Totals(ctx, nil, q, mostCounted+1)
			if err != nil {
				return 0, err
			}
			return totals[0], nil
		})
	}
	return c, nil
}
