package neo4j

import (
	"context"
	"fmt"
	"strings"

	"newsgraph/news"
	"newsgraph/store"
)

// roles are the types of the relations from an event to those who take part.
func roles() []news.Role { return []news.Role{news.Source, news.Target, news.Instrument, news.Place} }

// eventRow are the properties of an event. relation is the type of the relations that are derived from it.
func eventRow(e news.Event, key, relation string) map[string]any {
	var parts []string
	for _, p := range e.Participants {
		parts = append(parts, string(p.Role)+" "+string(p.Entity))
	}
	date, oldest := "", ""
	if e.When.Dated() {
		date, oldest = e.When.From, e.When.From+" "+string(e.ID)
	}
	return map[string]any{
		"id": string(e.ID), "key": key, "type": string(e.Type), "action": e.Action, "participants": parts,
		"from": or(e.When.From), "to": or(e.When.To), "precision": or(string(e.When.Precision)), "when": or(e.When.Text),
		"modality": string(e.Modality), "background": e.Background, "told": e.Told(), "contexts": e.Contexts, "texts": e.Texts,
		"newest": newest(date, e.ID), "oldest": or(oldest), "relation": or(relation), "record": record(e),
	}
}

const (
	eventsByID = `
UNWIND $ids AS id
MATCH (:Report {id: 'report:' + substring(id, 6)})-[:OF]->(e:Event) WHERE id STARTS WITH 'event:'
RETURN id, e.record AS record`

	// eventIs are the conditions of a query on e. An event is dated if it has oldest. A participation holds if one of the
	// participants, each written as its role, a space and its id, is one of exact, or has one of roles, or if any will do.
	eventIs = `
  ($types = [] OR e.type IN $types)
  AND ($actions = [] OR e.action IN $actions)
  AND ($modalities = [] OR e.modality IN $modalities)
  AND (NOT $foreground OR NOT e.background)
  AND (NOT $during
    OR e.oldest IS NOT NULL AND e.to >= $since AND ($until = '' OR e.from <= $until)
    OR $undated AND e.oldest IS NULL)
  AND all(p IN $participations WHERE any(x IN e.participants WHERE p.any OR x IN p.exact OR split(x, ' ')[0] IN p.roles))
  AND ($words = [] OR EXISTS { MATCH (r:Report)-[:OF]->(e) WHERE all(w IN $words WHERE r.words CONTAINS w) })`

	// The lists in both orders, from where there are fewest events to look at: those of some entities, those with some words,
	// those of some actions or types, or all.

	eventsNewestOfEntities = `
UNWIND $start AS id
MATCH (:Entity {id: id})<-[:SOURCE|TARGET|INSTRUMENT|PLACE]-(e:Event)
WITH DISTINCT e WHERE e.newest > $after AND` + eventIs + `
WITH e ORDER BY e.newest LIMIT $limit
RETURN e.newest AS key, e.record AS record ORDER BY key`

	eventsOldestOfEntities = `
UNWIND $start AS id
MATCH (:Entity {id: id})<-[:SOURCE|TARGET|INSTRUMENT|PLACE]-(e:Event)
WITH DISTINCT e WHERE e.oldest > $after AND` + eventIs + `
WITH e ORDER BY e.oldest LIMIT $limit
RETURN e.oldest AS key, e.record AS record ORDER BY key`

	eventsNewestByWords = `
CALL db.index.fulltext.queryNodes('newsgraph_report_words', $lucene) YIELD node
MATCH (node)-[:OF]->(e:Event)
WITH DISTINCT e WHERE e.newest > $after AND` + eventIs + `
WITH e ORDER BY e.newest LIMIT $limit
RETURN e.newest AS key, e.record AS record ORDER BY key`

	eventsOldestByWords = `
CALL db.index.fulltext.queryNodes('newsgraph_report_words', $lucene) YIELD node
MATCH (node)-[:OF]->(e:Event)
WITH DISTINCT e WHERE e.oldest > $after AND` + eventIs + `
WITH e ORDER BY e.oldest LIMIT $limit
RETURN e.oldest AS key, e.record AS record ORDER BY key`

	// To order by the action too, which is always the same, lets Neo4j take the order of the index and stop after a page.
	eventsNewestByAction = `
UNWIND $actions AS action
CALL (action) {
  MATCH (e:Event) WHERE e.action = action AND e.newest > $after AND` + eventIs + `
  RETURN e ORDER BY e.action, e.newest LIMIT $limit
}
RETURN e.newest AS key, e.record AS record ORDER BY key LIMIT $limit`

	eventsNewestByType = `
UNWIND $types AS type
CALL (type) {
  MATCH (e:Event) WHERE e.type = type AND e.newest > $after AND` + eventIs + `
  RETURN e ORDER BY e.type, e.newest LIMIT $limit
}
RETURN e.newest AS key, e.record AS record ORDER BY key LIMIT $limit`

	eventsNewest = `
MATCH (e:Event) WHERE e.newest > $after AND` + eventIs + `
RETURN e.newest AS key, e.record AS record ORDER BY e.newest LIMIT $limit`

	eventsOldest = `
MATCH (e:Event) WHERE e.oldest > $after AND` + eventIs + `
RETURN e.oldest AS key, e.record AS record ORDER BY e.oldest LIMIT $limit`

	eventsNewestOf = `
UNWIND $parents AS parent
CALL (parent) {
  MATCH (:Entity {id: parent.id})<-[:SOURCE|TARGET|INSTRUMENT|PLACE]-(e:Event)
  WITH DISTINCT e WHERE e.newest > $after AND` + eventIs + `
  RETURN e ORDER BY e.newest LIMIT $limit
}
RETURN parent.i AS parent, e.newest AS key, e.record AS record ORDER BY parent, key`

	eventsOldestOf = `
UNWIND $parents AS parent
CALL (parent) {
  MATCH (:Entity {id: parent.id})<-[:SOURCE|TARGET|INSTRUMENT|PLACE]-(e:Event)
  WITH DISTINCT e WHERE e.oldest > $after AND` + eventIs + `
  RETURN e ORDER BY e.oldest LIMIT $limit
}
RETURN parent.i AS parent, e.oldest AS key, e.record AS record ORDER BY parent, key`
)

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
	found, err := read(ctx, s, "read events", eventsByID, map[string]any{"ids": texts(unique(ids))}, func(r *row) answer {
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

// Events lists events.
func (s *Store) Events(ctx context.Context, q store.EventQuery) (store.Page[news.Event], error) {
	const what = "list events"
	params, err := asked(q)
	if err != nil {
		return store.Page[news.Event]{}, fmt.Errorf("neo4j: %s: %w", what, err)
	}
	oldest := q.Order == store.OldestFirst
	cypher := pick(oldest, eventsOldest, eventsNewest)
	switch {
	case len(params["start"].([]string)) > 0:
		cypher = pick(oldest, eventsOldestOfEntities, eventsNewestOfEntities)
	case params["lucene"] != "":
		cypher = pick(oldest, eventsOldestByWords, eventsNewestByWords)
	case len(q.Actions) > 0 && !oldest:
		cypher = eventsNewestByAction
	case len(q.Types) > 0 && !oldest:
		cypher = eventsNewestByType
	}
	return list(ctx, s, what, kindOf(q.Order), cypher, params, q.Paging, recorded[news.Event])
}

// EventsOf lists the events of each entity.
func (s *Store) EventsOf(ctx context.Context, entities []news.ID, q store.EventQuery) ([]store.Page[news.Event], error) {
	const what = "list events of entities"
	params, err := asked(q)
	if err != nil {
		return nil, fmt.Errorf("neo4j: %s: %w", what, err)
	}
	cypher := pick(q.Order == store.OldestFirst, eventsOldestOf, eventsNewestOf)
	return lists(ctx, s, what, kindOf(q.Order), cypher, entities, params, q.Paging, recorded[news.Event])
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

// asked are the parameters of eventIs, $lucene of the words, and $start, the entities of one participation.
func asked(q store.EventQuery) (map[string]any, error) {
	words := wanted(q.Text)
	start := []string{}
	participations := make([]map[string]any, 0, len(q.Participants))
	for _, p := range q.Participants {
		in := p.Roles
		if len(in) == 0 {
			in = roles()
		}
		exact, only := []string{}, []string{}
		for _, r := range in {
			for _, e := range p.Entities {
				exact = append(exact, string(r)+" "+string(e))
			}
		}
		if len(p.Entities) == 0 {
			only = texts(p.Roles)
		} else if len(start) == 0 || len(p.Entities) < len(start) {
			start = texts(unique(p.Entities))
		}
		participations = append(participations, map[string]any{
			"exact": exact, "roles": only, "any": len(p.Entities) == 0 && len(p.Roles) == 0,
		})
	}
	params := map[string]any{
		"types": texts(unique(q.Types)), "actions": unique(q.Actions), "modalities": texts(q.Modalities),
		"participations": participations, "foreground": q.Foreground, "undated": q.Undated, "words": words,
		"lucene": strings.TrimSpace(lucene(words)), "start": start,
	}
	return params, overlap(q.During, params)
}
