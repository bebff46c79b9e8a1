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
	by       string // of a claim, the ids of those who say so, parted by NUL
}

// claimed begins the type of what is derived from a claim, so that who asks for CONDEMNED gets none: a claim is not a fact.
const claimed = "CLAIMED_"

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
	if e.Claim {
		return claimed + typ
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
	var by []string
	if e.Claim {
		by = texts(e.ClaimedBy)
	}
	var all []relation
	for _, from := range e.Entities(news.Source) {
		for _, to := range e.Entities(news.Target) {
			r := relation{typ, from, to, e.ID, e.When.From, strings.Join(by, "\x00")}
			if reversed {
				r.from, r.to = to, from
			}
			all = append(all, r)
		}
	}
	return all
}

func (r relation) row() map[string]any {
	row := map[string]any{"type": r.typ, "from": string(r.from), "to": string(r.to), "event": string(r.event), "on": or(r.on), "by": nil}
	if r.by != "" {
		row["by"] = strings.Split(r.by, "\x00")
	}
	return row
}

const createRelations = `
UNWIND $rows AS row
MATCH (a:Entity {id: row.from})
MATCH (b:Entity {id: row.to})
CREATE (a)-[:$(row.type) {on: row.on, event: row.event, by: row.by}]->(b)`

// deleteRelations names the type in the statement, so that Neo4j walks relations of this type alone: an entity that takes part in very
// many events has few of each. typ MUST have passed isType.
func deleteRelations(typ string) string {
	return `
UNWIND $rows AS row
MATCH (a:Entity {id: row.from})-[r:` + typ + `]->(b:Entity {id: row.to}) WHERE r.event = row.event
DELETE r`
}

// counted sums up the events of a stretch of days between n and others, which no RELATION keeps. $outgoing and $incoming tell which sides
// of n are asked for, and other is a condition on o; an event whose source is its own target comes from both, and UNION counts it once.
func counted(parts []stretch, other string) string {
	var arms []string
	for i, part := range parts {
		key := pick(part.wide, "wide", "newest")
		for _, side := range []struct{ when, own, other, returned string }{
			{"$outgoing", "SOURCE", "TARGET", "n.id AS from, o.id AS to"}, {"$incoming", "TARGET", "SOURCE", "o.id AS from, n.id AS to"},
		} {
			arm := fmt.Sprintf(`    WITH n WHERE %s
    MATCH (e)-[r:%s]->() USING INDEX r:%s(entity, %s) WHERE r.entity = n.id AND r.%s > $after%d AND r.%s < $before%d`,
				side.when, side.own, side.own, key, key, i, key, i)
			if part.reaching {
				arm += " AND r.to >= $since"
			}
			arms = append(arms, arm+fmt.Sprintf(`
    MATCH (e)-[:%s]->(o:Entity) WHERE e.told AND ($claims IS NULL OR e.claim = $claims) AND ($others = [] OR o.id IN $others) AND ($actions = [] OR e.action IN $actions) AND %s
    RETURN e, %s`, side.other, other, side.returned))
		}
	}
	return `
UNWIND $parents AS parent
CALL (parent) {
  MATCH (n:Entity {id: parent.id})
  CALL (n) {
` + strings.Join(arms, "\n   UNION\n") + `
  }
  WITH from, to, e.action AS action, count(e) AS n, count(CASE WHEN e.claim THEN 1 END) AS claims,
    min(CASE WHEN e.oldest IS NULL THEN null ELSE e.from END) AS first,
    max(CASE WHEN e.oldest IS NULL THEN null ELSE e.to END) AS last, min(e.newest) AS newest
  WITH *, right('0000000000' + toString(9999999999 - n), 10) + ' ' + from + ' ' + to + ' ' + action AS key
  WHERE key > $after
  RETURN from, to, action, n, claims, first, last, newest, key ORDER BY key LIMIT $limit
}
RETURN parent.i AS parent, key, from, to, action, n, claims, first, last, newest ORDER BY parent, key`
}

// kept lists the RELATIONs of n: all of one side, those of some actions, or those with some others.
func kept(q store.RelationQuery, params map[string]any) string {
	by, scope := "", "id"
	switch {
	case len(q.Others) > 0:
		by, scope = "  UNWIND $others AS other\n", "id, other"
	case len(q.Actions) > 0:
		by, scope = "  UNWIND $actions AS by\n", "id, by"
	}
	var arms []string
	for _, side := range []struct {
		not        store.Direction
		own, other string
	}{{store.Incoming, "source", "target"}, {store.Outgoing, "target", "source"}} {
		if q.Direction == side.not {
			continue
		}
		index, where, order, more := []string{side.own}, "r."+side.own+" = id", "r."+side.own, ""
		switch {
		case len(q.Others) > 0:
			index = []string{"source", "target"}
			where += " AND r." + side.other + " = other"
			order = "r.source, r.target"
			if len(q.Actions) > 0 {
				more = " AND r.action IN $actions"
			}
		case len(q.Actions) > 0:
			index, where, order = append(index, "action"), where+" AND r.action = by", order+", r.action"
		}
		if !q.Class.All() {
			more += " AND " + member(side.other, "with", store.Party{Class: q.Class}, params)
		}
		arms = append(arms, fmt.Sprintf("    MATCH (source)-[r:RELATION]->(target) USING INDEX r:RELATION(%s, rank)\n    WHERE %s AND r.rank > $after%s\n"+
			"    RETURN r ORDER BY %s, r.rank LIMIT $limit", strings.Join(index, ", "), where, more, order))
	}
	named := ""
	if q.Show != nil && q.Show.Named {
		named = `, startNode(r).kind + ' ' + startNode(r).name AS fromName, endNode(r).kind + ' ' + endNode(r).name AS toName`
	}
	return `
UNWIND $parents AS parent
CALL (parent) {
  WITH parent.id AS id
` + by + `  CALL (` + scope + `) {
` + strings.Join(arms, "\n   UNION\n") + `
  }
  WITH DISTINCT r
  RETURN r ORDER BY r.rank LIMIT $limit
}
RETURN parent.i AS parent, r.rank AS key, startNode(r).id AS from, endNode(r).id AS to, r.action AS action, r.count AS n, r.claims AS claims, r.first AS first,
  r.last AS last, r.newest AS newest` + named + ` ORDER BY parent, key`
}

// Relations lists the relations of each entity.
func (s *Store) Relations(ctx context.Context, entities []news.ID, q store.RelationQuery) ([]store.Page[store.Relation], error) {
	const what = "list relations"
	params := map[string]any{"actions": unique(append([]string{}, q.Actions...))}
	if err := overlap(q.During, params); err != nil {
		return nil, fmt.Errorf("neo4j: %s: %w", what, err)
	}
	scan := func(r *row) store.Relation {
		_, latest, _ := strings.Cut(r.string("newest"), " ")
		return store.Relation{
			From: news.ID(r.string("from")), To: news.ID(r.string("to")), Action: r.string("action"), Count: r.int("n"), Claims: r.int("claims"),
			First: r.string("first"), Last: r.string("last"), Latest: news.ID(latest),
		}
	}
	others := unique(q.Others)
	if q.During != nil || q.Claims != store.IncludeClaims {
		params["claims"] = nil
		if q.Claims != store.IncludeClaims {
			params["claims"] = q.Claims == store.OnlyClaims
		}
		params["outgoing"], params["incoming"], params["others"] = q.Direction != store.Incoming, q.Direction != store.Outgoing, texts(others)
		parts := []stretch{{before: endOfAll}}
		if q.During != nil {
			parts = during(*q.During, "", reach, false)
		}
		bounds(parts, params)
		return lists(ctx, s, what, "relations", counted(parts, member("o", "with", store.Party{Class: q.Class}, params)), entities, params, q.Paging, scan)
	}
	briefs := make([]string, len(others))
	for i, id := range others {
		briefs[i] = brief(id)
	}
	params["others"] = briefs
	parents := make([]parent, len(entities))
	for i, id := range entities {
		parents[i] = parent{id: news.ID(brief(id))}
	}
	params, err := paged(q.Paging, "relations", params)
	if err != nil {
		return nil, fmt.Errorf("neo4j: %s: %w", what, err)
	}
	b := bring(q.Show)
	pages, err := listsOf(ctx, s, what, "relations", kept(q, params), parents, params, q.Paging, func(r *row) store.Relation {
		relation := scan(r)
		if b.Named {
			b.name(string(relation.From) + " " + r.string("fromName"))
			b.name(string(relation.To) + " " + r.string("toName"))
		}
		return relation
	})
	return beside(pages, b), err
}
