package neo4j

import (
	"context"
	"fmt"
	"strings"

	"newsgraph/news"
	"newsgraph/store"
)

// relation is a derived relation between two entities, for short questions in Cypher: one for each pair of a source and a target
// of an event that counts.
type relation struct {
	typ      string
	from, to news.ID
	event    news.ID
	on       string // When.From; empty if the event has no date
}

// relationType is the type of the relations of an event, empty if none are derived. The vocabulary gives it, and what could
// not stand in a statement as a type is refused.
func relationType(e news.Event) string {
	a, ok := news.ActionNamed(e.Action)
	if !ok || !e.Told() {
		return ""
	}
	typ, _ := a.Relation()
	if !isType(typ) {
		return ""
	}
	return typ
}

func isType(typ string) bool {
	return typ != "" && strings.Trim(typ, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_") == ""
}

// derive makes the relations of typ of an event, none if typ is empty.
func derive(e news.Event, typ string) []relation {
	if typ == "" {
		return nil
	}
	reversed := false
	if a, ok := news.ActionNamed(e.Action); ok {
		_, reversed = a.Relation()
	}
	var all []relation
	for _, from := range e.Entities(news.Source) {
		for _, to := range e.Entities(news.Target) {
			r := relation{typ, from, to, e.ID, e.When.From}
			if reversed {
				r.from, r.to = to, from
			}
			all = append(all, r)
		}
	}
	return all
}

func (r relation) row() map[string]any {
	return map[string]any{"type": r.typ, "from": string(r.from), "to": string(r.to), "event": string(r.event), "on": or(r.on)}
}

const createRelations = `
UNWIND $rows AS row
MATCH (a:Entity {id: row.from})
MATCH (b:Entity {id: row.to})
CREATE (a)-[:$(row.type) {on: row.on, event: row.event}]->(b)`

// deleteRelations names the type in the statement, so that Neo4j walks relations of this type alone: an entity that takes part in very
// many events has few of each. typ MUST have passed isType.
func deleteRelations(typ string) string {
	return `
UNWIND $rows AS row
MATCH (a:Entity {id: row.from})-[r:` + typ + `]->(b:Entity {id: row.to}) WHERE r.event = row.event
DELETE r`
}

// relations sums up events between n and others. $outgoing and $incoming tell which sides of n are asked for; an event whose source is its
// own target comes from both, and UNION counts it once.
const relations = `
UNWIND $parents AS parent
CALL (parent) {
  MATCH (n:Entity {id: parent.id})
  CALL (n) {
    WITH n WHERE $outgoing
    MATCH (n)<-[:SOURCE]-(e:Event)-[:TARGET]->(o:Entity) WHERE e.told AND ($others = [] OR o.id IN $others)
    RETURN e, n.id AS from, o.id AS to
   UNION
    WITH n WHERE $incoming
    MATCH (n)<-[:TARGET]-(e:Event)-[:SOURCE]->(o:Entity) WHERE e.told AND ($others = [] OR o.id IN $others)
    RETURN e, o.id AS from, n.id AS to
  }
  WITH e, from, to WHERE ($actions = [] OR e.action IN $actions)
    AND (NOT $during OR e.oldest IS NOT NULL AND e.to >= $since AND ($until = '' OR e.from <= $until))
  WITH from, to, e.action AS action, count(e) AS n,
    min(CASE WHEN e.oldest IS NULL THEN null ELSE e.from END) AS first,
    max(CASE WHEN e.oldest IS NULL THEN null ELSE e.to END) AS last, min(e.newest) AS latest
  WITH *, right('0000000000' + toString(9999999999 - n), 10) + ' ' + from + ' ' + to + ' ' + action AS key
  WHERE key > $after
  RETURN from, to, action, n, first, last, latest, key ORDER BY key LIMIT $limit
}
RETURN parent.i AS parent, key, from, to, action, n, first, last, latest ORDER BY parent, key`

// Relations lists the relations of each entity.
func (s *Store) Relations(ctx context.Context, entities []news.ID, q store.RelationQuery) ([]store.Page[store.Relation], error) {
	const what = "list relations"
	params := map[string]any{
		"outgoing": q.Direction != store.Incoming, "incoming": q.Direction != store.Outgoing,
		"others": texts(q.Others), "actions": append([]string{}, q.Actions...),
	}
	if err := overlap(q.During, params); err != nil {
		return nil, fmt.Errorf("neo4j: %s: %w", what, err)
	}
	return lists(ctx, s, what, "relations", relations, entities, params, q.Paging, func(r *row) store.Relation {
		_, latest, _ := strings.Cut(r.string("latest"), " ")
		return store.Relation{
			From: news.ID(r.string("from")), To: news.ID(r.string("to")), Action: r.string("action"), Count: r.int("n"),
			First: r.string("first"), Last: r.string("last"), Latest: news.ID(latest),
		}
	})
}
