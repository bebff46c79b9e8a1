package neo4j

import (
	"context"
	"fmt"
	"strings"

	"newsgraph/news"
	"newsgraph/store"
)

// chosen finds the events e of a query, in no order, each once.
func chosen(q store.EventQuery, params map[string]any) string {
	q.Participants = q.Participations()
	where := conditions(q, -1, "", params)
	if q.During != nil {
		where = append(where, overlaps(q, params))
	}
	if q.Order == store.OldestFirst {
		where = append(where, "e.oldest IS NOT NULL")
	}
	from := "MATCH (e:Event)"
	for _, p := range q.Participants {
		if len(p.Entities) > 0 {
			params["driver"] = texts(p.Entities)
			from = "MATCH (driver:Entity)<-[:SOURCE|TARGET|INSTRUMENT|PLACE]-(e:Event) WHERE driver.id IN $driver WITH DISTINCT e"
		}
	}
	if len(wanted(q.Text)) > 0 {
		from = "CALL db.index.fulltext.queryNodes('newsgraph_report_words', $lucene) YIELD node\nMATCH (node)-[:OF]->(e:Event) WITH DISTINCT e"
	}
	from += " WITH e"
	if len(where) > 0 {
		from += " WHERE " + strings.Join(where, "\n  AND ")
	}
	return from + onlyWithin(q, params)
}

// keysOf are the keys of e by a dimension: a list, empty if it has none.
func keysOf(d store.Dimension) string {
	span := func(format string) string {
		first, last := fmt.Sprintf(format, "e.from"), fmt.Sprintf(format, "e.to")
		return "CASE WHEN e.oldest IS NOT NULL AND " + first + " = " + last + " THEN [" + first + "] ELSE [] END"
	}
	part := func(role news.Role) string {
		// The list names each once: no relation need be followed.
		return fmt.Sprintf("[p IN e.participants WHERE p STARTS WITH '%s ' | substring(p, %d)]", role, len(role)+1)
	}
	switch d {
	case store.ByYear:
		return span("substring(%s, 0, 4)")
	case store.ByMonth:
		return span("substring(%s, 0, 7)")
	case store.ByWeek:
		return span("toString(date.truncate('week', date(%s)))")
	case store.ByDay:
		return span("%s")
	case store.ByType:
		return "[e.type]"
	case store.ByAction, store.ByQuad:
		return "[e.action]"
	case store.ByActor:
		return part(news.Source)
	case store.ByTarget:
		return part(news.Target)
	case store.ByPlace:
		return part(news.Place)
	case store.ByParticipant:
		return "COLLECT { UNWIND e.participants AS p RETURN DISTINCT substring(p, size(split(p, ' ')[0]) + 1) }"
	case store.ByCountry:
		return "COLLECT { MATCH (e)-[:SOURCE|TARGET|INSTRUMENT|PLACE]->(x:Entity) WITH coalesce(x.country, x.iso3) AS c WHERE c IS NOT NULL RETURN DISTINCT c }"
	default:
		return "COLLECT { MATCH (e)<-[:OF]-(:Report)-[:IN]->(s:Story) WHERE s.folded <> '' RETURN DISTINCT s.folded }"
	}
}

// Counts counts events by their keys.
func (s *Store) Counts(ctx context.Context, q store.CountQuery) (store.Counts, error) {
	const what = "count events"
	if err := q.Check(); err != nil {
		return store.Counts{}, fmt.Errorf("neo4j: %s: %w", what, err)
	}
	params := map[string]any{}
	cypher := chosen(q.Filter, params) + "\nWITH collect(e) AS found WITH found, size(found) AS total UNWIND found AS e WITH e, total"
	names := []string{"''", "''"}
	for i, d := range q.By {
		names[i] = fmt.Sprint("k", i)
		cypher += fmt.Sprintf("\nWITH *, %s AS l%d UNWIND CASE WHEN l%d = [] THEN [''] ELSE l%d END AS k%d", keysOf(d), i, i, i, i)
	}
	cypher += fmt.Sprintf("\nRETURN %s AS a, %s AS b, count(e) AS n, total", names[0], names[1])
	total := 0
	cells, err := read(ctx, s, what, cypher, params, func(r *row) store.Cell {
		total = r.int("total")
		c := store.Cell{Keys: []string{r.string("a"), r.string("b")}, Events: r.int("n")}
		for i, d := range q.By {
			if d == store.ByQuad {
				c.Keys[i] = store.Quad(c.Keys[i])
			}
		}
		return c
	})
	if err != nil {
		return store.Counts{}, err
	}
	return q.Rank(cells, total), nil
}

// Totals counts lists of events by their keys, which the indexes have.
func (s *Store) Totals(ctx context.Context, entities []news.ID, q store.EventQuery, most int) ([]int, error) {
	q.Paging = store.Paging{First: most}
	keys := shown[struct{}]{"", "1 AS one", func(*row) struct{} { return struct{}{} }}
	var pages []store.Page[struct{}]
	var err error
	if len(entities) > 0 {
		pages, err = eventsOf(ctx, s, entities, q, keys)
	} else {
		pages = make([]store.Page[struct{}], 1)
		pages[0], err = listEvents(ctx, s, q, keys)
	}
	if err != nil {
		return nil, err
	}
	totals := make([]int, len(pages))
	for i, p := range pages {
		totals[i] = len(p.Edges)
	}
	return totals, nil
}
