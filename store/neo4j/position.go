package neo4j

import (
	"cmp"
	"context"
	"fmt"

	"newsgraph/news"
	"newsgraph/store"
)

// positionRow are the properties of a position. Its newest begins with its story's.
func positionRow(p news.Position, s news.Story) map[string]any {
	told := p.Days()
	return map[string]any{
		"id": string(p.ID), "story": string(p.Story), "person": string(p.Person), "body": or(string(p.Body)), "title": p.Title, "status": string(p.Status), "since": or(p.Since), "until": or(p.Until),
		"start": p.Span.RuneStart, "end": p.Span.RuneEnd, "why": or(p.Why), "begins": told.From, "ends": told.To,
		"newest": newest(days(s).From, p.Story) + " " + at(p.Span, p.ID), "record": record(p),
	}
}

const (
	positionIs = ` ($on = '' OR (p.begins = '' OR p.begins <= $on) AND (p.ends = '' OR p.ends >= $on))`

	positionsOf = `
UNWIND $parents AS parent
CALL (parent) {
  WITH parent, CASE WHEN parent.by > $after THEN parent.by ELSE $after END AS after
  CALL (parent, after) {
    MATCH (p:Position) USING INDEX p:Position(person, newest)
    WHERE p.person = parent.id AND p.newest > after AND` + positionIs + `
    RETURN p ORDER BY p.person, p.newest LIMIT $limit
   UNION
    MATCH (p:Position) USING INDEX p:Position(body, newest)
    WHERE p.body = parent.id AND p.newest > after AND` + positionIs + `
    RETURN p ORDER BY p.body, p.newest LIMIT $limit
  }
  RETURN p ORDER BY p.newest LIMIT $limit
}
RETURN parent.i AS parent, p.newest AS key, p.record AS record ORDER BY parent, key`

	writePositions = `
UNWIND $rows AS row
MATCH (s:Story {id: row.story})
MATCH (e:Entity {id: row.person})
CREATE (p:Position)-[:IN]->(s)
CREATE (e)-[:HOLDS]->(p)
SET p = row`

	writeBodies = `
UNWIND $rows AS row
MATCH (p:Position {id: row.id})
MATCH (e:Entity {id: row.body})
CREATE (p)-[:IN]->(e)`
)

// PositionsOf lists the positions of each entity.
func (s *Store) PositionsOf(ctx context.Context, entities []news.ID, q store.PositionQuery) ([]store.Page[news.Position], error) {
	const what, kind = "list positions of entities", "positions of"
	params, err := paged(q.Paging, kind, map[string]any{"on": q.On})
	if err = cmp.Or(q.Check(len(entities)), err); err != nil {
		return nil, fmt.Errorf("neo4j: %s: %w", what, err)
	}
	parents := make([]parent, len(entities))
	for i, id := range entities {
		if parents[i] = (parent{id: id}); q.By != nil {
			parents[i].by = complement(q.By[i]) // which stands before all of that day
		}
	}
	return listsOf(ctx, s, what, kind, positionsOf, parents, params, q.Paging, recorded[news.Position])
}

// positionRows are the positions of a story, and those of them that are offices of a body.
func positionRows(f news.Facts) (positions, bodies []map[string]any) {
	for _, p := range f.Positions {
		row := positionRow(p, f.Story)
		positions = append(positions, row)
		if p.Body != "" {
			bodies = append(bodies, row)
		}
	}
	return positions, bodies
}

// writePositions writes the positions with who holds them and of what they are offices.
func (c *changing) writePositions() error {
	var positions, bodies []map[string]any
	for _, f := range c.put {
		some, of := positionRows(f)
		positions, bodies = append(positions, some...), append(bodies, of...)
	}
	return c.all(statement{writePositions, positions}, statement{writeBodies, bodies})
}
