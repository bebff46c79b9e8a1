package neo4j

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"newsgraph/news"
	"newsgraph/store"
)

// roles are the types of the relations from an event to those who take part.
func roles() []news.Role { return []news.Role{news.Source, news.Target, news.Instrument, news.Place} }

// sorting are the properties of an event by which lists of events are ordered and filtered. The relations to its participants have
// them too, beside the participant's id, so that an index of relations has the events of an entity in order.
type sorting struct {
	typ, action, modality string
	newest, oldest        string // sort keys; oldest is empty if the event has no date
	wide                  string // newest, of what lasts longer than reach days
	to                    string // its last day, if it is dated
}

// sortingOf takes the latest day on which a report of the event was published, too: undated events are ordered by it.
func sortingOf(e news.Event, published string) sorting {
	s := sorting{typ: string(e.Type), action: e.Action, modality: string(e.Modality)}
	if !e.When.Dated() {
		s.newest = endOfDated + newest(published, e.ID)
		return s
	}
	s.newest, s.oldest, s.to = newest(e.When.From, e.ID), e.When.From+" "+string(e.ID), e.When.To
	if e.When.From < news.DaysBefore(e.When.To, reach) {
		s.wide = s.newest
	}
	return s
}

func (s sorting) row() map[string]any {
	return map[string]any{
		"type": s.typ, "action": s.action, "modality": s.modality, "newest": s.newest, "oldest": or(s.oldest), "wide": or(s.wide), "to": or(s.to),
	}
}

// eventRow are the properties of an event. relation is the type of the relations that are derived from it.
func eventRow(e news.Event, key, relation string, s sorting) map[string]any {
	var parts []string
	for _, p := range e.Participants {
		parts = append(parts, string(p.Role)+" "+string(p.Entity))
	}
	row := s.row()
	for name, value := range map[string]any{
		"id": string(e.ID), "key": key, "participants": parts,
		"from": or(e.When.From), "to": or(e.When.To), "precision": or(string(e.When.Precision)), "when": or(e.When.Text),
		"background": e.Background, "told": e.Told(), "contexts": e.Contexts, "texts": e.Texts, "claim": e.Claim, "matter": or(e.Matter), "relation": or(relation), "record": record(e),
	} {
		row[name] = value
	}
	return row
}

const eventsByID = `
UNWIND $ids AS id
MATCH (:Report {id: 'report:' + substring(id, 6)})-[:OF]->(e:Event) WHERE id STARTS WITH 'event:'
RETURN id, e.record AS record`

// EventsByID returns the events of ids, under the id that was asked.
func (s *Store) EventsByID(ctx context.Context, ids []news.ID) (map[news.ID]news.Event, error) {
	all := make(map[news.ID]news.Event, len(ids))
	if len(ids) == 0 {
		return all, nil
	}
	type answer struct {
		id    news.ID
		event news.Event
	}
	found, err := gather(ctx, s, "read events", eventsByID, map[string]any{"ids": texts(unique(ids))}, func(r *row) answer {
		return answer{news.ID(r.string("id")), recorded[news.Event](r)}
	})
	if err != nil {
		return nil, err
	}
	for _, a := range found {
		all[a.id] = a.event
	}
	return all, nil
}

// shown are the columns by which an item of a list of events is read.
type shown[T any] struct {
	with    string // a clause that makes some of them of e; empty if none does
	columns string
	read    func(*row) T
}

// whole are events as they are.
func whole() shown[news.Event] {
	return shown[news.Event]{"", "e.record AS record", recorded[news.Event]}
}

// Events lists events.
func (s *Store) Events(ctx context.Context, q store.EventQuery) (store.Page[news.Event], error) {
	b := bring(q.Show)
	page, err := listEvents(ctx, s, q, b.events(q.Nested()))
	page.Beside = b.Beside
	return page, err
}

// tie are events as far as store.Surround and store.Connect look at them: a record names those who claim one, and is read of claims alone.
func tie() shown[news.Event] {
	return shown[news.Event]{
		"", `e.id AS id, e.action AS action, e.from AS from, e.to AS to, e.participants AS participants, CASE WHEN e.claim THEN e.record ELSE '' END AS record`,
		func(r *row) news.Event {
			if r.string("record") != "" {
				return recorded[news.Event](r)
			}
			e := news.Event{ID: news.ID(r.string("id")), Action: r.string("action"), When: news.When{From: r.string("from"), To: r.string("to")}}
			for _, p := range r.strings("participants") {
				role, entity, _ := strings.Cut(p, " ")
				e.Participants = append(e.Participants, news.Participant{Role: news.Role(role), Entity: news.ID(entity)})
			}
			return e
		},
	}
}

// EachEvent yields events without what only their records tell.
func (s *Store) EachEvent(ctx context.Context, q store.EventQuery, yield func(news.Event)) (more bool, err error) {
	page, err := listEvents(ctx, s, q, tie())
	for _, e := range page.Edges {
		yield(e.Node)
	}
	return page.More, err
}

func listEvents[T any](ctx context.Context, s *Store, q store.EventQuery, as shown[T]) (store.Page[T], error) {
	const what = "list events"
	q.Participants = q.Participations()
	start := -1
	for n, p := range q.Participants {
		if len(p.Entities) > 0 && (start < 0 || len(p.Entities) < len(q.Participants[start].Entities)) {
			start = n
		}
	}
	begin := ""
	switch {
	case q.Events != nil:
		begin = withIDs
	case start < 0 && len(wanted(q.Text)) > 0:
		begin = withWords
	}
	if begin != "" {
		params := map[string]any{}
		if err := q.CheckIntervals(); err != nil {
			return store.Page[T]{}, fmt.Errorf("neo4j: %s: %w", what, err)
		}
		return list(ctx, s, what, kindOf(q.Order), sorted(begin, q, as.with, as.columns, params), params, q.Paging, as.read)
	}
	one := parent{ids: []string{""}}
	var in []news.Role
	if start >= 0 {
		one.ids, in = texts(unique(q.Participants[start].Entities)), rolesOf(q.Participants[start])
	}
	pages, err := pagesOfEvents(ctx, s, what, []parent{one}, in, start, q, as)
	if err != nil {
		return store.Page[T]{}, err
	}
	return pages[0], nil
}

// EventsOf lists the events of each entity.
func (s *Store) EventsOf(ctx context.Context, entities []news.ID, q store.EventQuery) ([]store.Page[news.Event], error) {
	b := bring(q.Show)
	pages, err := eventsOf(ctx, s, entities, q, b.events(q.Nested()))
	return beside(pages, b), err
}

func eventsOf[T any](ctx context.Context, s *Store, entities []news.ID, q store.EventQuery, as shown[T]) ([]store.Page[T], error) {
	q.Participants = q.Participations()
	parents := make([]parent, len(entities))
	for i, id := range entities {
		parents[i] = parent{ids: []string{string(id)}}
	}
	return pagesOfEvents(ctx, s, "list events of entities", parents, roles(), -1, q, as)
}

const eventsAbout = `
UNWIND $parents AS parent
CALL (parent) {
  MATCH (:Report {id: 'report:' + substring(parent.id, 6)})-[:OF]->(:Event)<-[:ABOUT]-(e:Event)
  WHERE parent.id STARTS WITH 'event:' AND e.newest > $after
  RETURN e ORDER BY e.newest LIMIT $limit
}
RETURN parent.i AS parent, e.newest AS key, e.record AS record ORDER BY parent, key`

// EventsAbout lists the events that are about each event.
func (s *Store) EventsAbout(ctx context.Context, events []news.ID, p store.Paging) ([]store.Page[news.Event], error) {
	return lists(ctx, s, "list events about events", kindOf(store.NewestFirst), eventsAbout, events, nil, p, recorded[news.Event])
}

// pagesOfEvents lists events of each parent in some roles, or all events if there are no roles. start is the number of the participation
// that this makes sure of.
func pagesOfEvents[T any](ctx context.Context, s *Store, what string, parents []parent, in []news.Role, start int, q store.EventQuery, as shown[T]) ([]store.Page[T], error) {
	kind, params := kindOf(q.Order), map[string]any{}
	err := cmp.Or(q.CheckIntervals(), overlap(q.During, params))
	if err == nil {
		params, err = paged(q.Paging, kind, params)
	}
	if err != nil {
		return nil, fmt.Errorf("neo4j: %s: %w", what, err)
	}
	after, _ := params["after"].(string)
	shape := shape{roles: in, order: pick(q.Order == store.OldestFirst, "oldest", "newest"), with: as.with, columns: as.columns}
	switch {
	case len(q.Actions) > 0:
		shape.by, params["by"] = "action", unique(q.Actions)
	case q.Order == store.OldestFirst:
	case len(q.Types) > 0:
		shape.by, params["by"] = "type", texts(unique(q.Types))
	case len(q.Modalities) > 0:
		shape.by, params["by"] = "modality", texts(unique(q.Modalities))
	}
	if !q.Nested() {
		shape.where = conditions(q, start, shape.by, params)
		shape.stretch = stretches(q, after)
		bounds(shape.stretch, params)
		return listsOf(ctx, s, what, kind, shape.statement(), parents, params, q.Paging, as.read)
	}
	walked, rest := apart(q, start)
	shape.where, shape.within = conditions(walked, -1, shape.by, params), within(rest, params)
	return sift(parents, q, after, func(of []parent, after string, limit int64) ([]sifted[T], error) {
		shape.stretch, params["limit"] = stretches(q, after), limit
		bounds(shape.stretch, params)
		return readOf(ctx, s, what, shape.statement(), of, params, scanSifted(as.read))
	})
}

func pick(first bool, a, b string) string {
	if first {
		return a
	}
	return b
}

func kindOf(o store.EventOrder) string {
	return pick(o == store.OldestFirst, "events oldest", "events newest")
}
