package neo4j

import (
	"context"
	"fmt"
	"strings"

	"newsgraph/news"
	"newsgraph/store"
)

// statementRow are the properties of a statement, and whom it is by, to and about. TO and TOPIC repeat whose it is and its place, for the lists in
// order that are read from their indexes.
func statementRow(said news.Statement, s news.Story) map[string]any {
	on := days(s)
	return map[string]any{
		"story": string(said.Story), "to": texts(given(said.Addressee)), "topics": texts(said.Topics), "statement": map[string]any{
			"speaker": string(said.Speaker), "start": said.Span.RuneStart, "end": said.Span.RuneEnd, "quotation": or(string(said.Quotation)), "report": or(string(said.Report)),
			"newest": newest(on.From, said.Story) + " " + at(said.Span, ""), "until": on.To, "record": record(said),
		},
	}
}

func given(id news.ID) []news.ID {
	if id == "" {
		return nil
	}
	return []news.ID{id}
}

const writeStatements = `
UNWIND $rows AS row
MATCH (s:Story {id: row.story})
MATCH (by:Entity {id: row.statement.speaker})
CREATE (by)<-[:BY]-(n:Statement)-[:IN]->(s)
SET n = row.statement
WITH n, row
CALL (n, row) {
  UNWIND row.to AS id
  MATCH (e:Entity {id: id})
  CREATE (n)-[:TO {speaker: n.speaker, entity: id, newest: n.newest, until: n.until}]->(e)
}
CALL (n, row) {
  UNWIND row.topics AS id
  MATCH (e:Entity {id: id})
  CREATE (n)-[:TOPIC {speaker: n.speaker, entity: id, newest: n.newest, until: n.until}]->(e)
}`

// writeStatements writes what is said in the stories.
func (c *changing) writeStatements() error {
	var rows []map[string]any
	for _, f := range c.put {
		for _, said := range f.Statements() {
			rows = append(rows, statementRow(said, f.Story))
		}
	}
	return c.rows(writeStatements, rows)
}

// statementsOf lists in the order of an index: of a speaker alone, or of a speaker with whom it is about or to. To order by what is always the same
// lets Neo4j take the order of the index and stop after a page.
func statementsOf(q store.StatementQuery) string {
	walk := func(match, index, by, more string) string {
		return `
UNWIND $parents AS parent
CALL (parent) {
  ` + match + ` USING INDEX ` + index + `
  WHERE x.speaker = parent.id` + more + ` AND x.newest > $after AND x.newest > $first AND x.newest < $last AND x.until >= $since
  RETURN n ORDER BY ` + by + ` LIMIT $limit
}
RETURN parent.i AS parent, n.newest AS key, n.record AS record ORDER BY parent, key`
	}
	const pair = "x.speaker, x.entity, x.newest"
	switch {
	case q.About != "" && q.To != "":
		return walk(`MATCH (n:Statement)-[x:TOPIC]->()`, `x:TOPIC(speaker, entity, newest)`, pair, ` AND x.entity = $about AND EXISTS { (n)-[:TO]->(:Entity {id: $to}) }`)
	case q.About != "":
		return walk(`MATCH (n:Statement)-[x:TOPIC]->()`, `x:TOPIC(speaker, entity, newest)`, pair, ` AND x.entity = $about`)
	case q.To != "":
		return walk(`MATCH (n:Statement)-[x:TO]->()`, `x:TO(speaker, entity, newest)`, pair, ` AND x.entity = $to`)
	}
	return strings.ReplaceAll(walk(`MATCH (n:Statement)`, `n:Statement(speaker, newest)`, "x.speaker, x.newest", ""), "x.", "n.")
}

// StatementsOf lists what each entity says.
func (s *Store) StatementsOf(ctx context.Context, speakers []news.ID, q store.StatementQuery) ([]store.Page[news.Statement], error) {
	if err := q.Check(); err != nil {
		return nil, fmt.Errorf("neo4j: list statements: %w", err)
	}
	params := map[string]any{"about": string(q.About), "to": string(q.To), "since": "", "first": "", "last": endOfAll}
	if i := q.Published; i != nil {
		const year = 366 // days: the longest that a story's date leaves open
		params["since"], params["last"] = i.From, endOfDated
		if i.To != "" {
			params["first"] = complement(i.To)
		}
		if before := news.DaysBefore(i.From, year); before != "" {
			params["last"] = complement(before) + "~~"
		}
	}
	return lists(ctx, s, "list statements of entities", "statements of", statementsOf(q), speakers, params, q.Paging, recorded[news.Statement])
}

const storiesAfter = `MATCH (s:Story) WHERE s.id > $after RETURN s.id AS id ORDER BY s.id LIMIT 500`

// bringStatements writes what is said in the stories of a graph of an older layout. Should it have been broken off, it begins anew.
func (s *Store) bringStatements(ctx context.Context) error {
	for after := ""; ; {
		ids, err := read(ctx, s, "look for stories of an older layout", storiesAfter, map[string]any{"after": after}, func(r *row) string { return r.string("id") })
		if err != nil || len(ids) == 0 {
			return err
		}
		if _, err := write(ctx, s, "bring the layout up", func(t transaction) (struct{}, error) {
			if err := t.do(`UNWIND $ids AS id MATCH (:Story {id: id})<-[:IN]-(n:Statement) DETACH DELETE n`, map[string]any{"ids": ids}); err != nil {
				return struct{}{}, err
			}
			all, err := ask(t, storiesAsTheyAre, map[string]any{"ids": ids}, scanRead)
			if err != nil {
				return struct{}{}, err
			}
			var rows []map[string]any
			for _, f := range all {
				for _, said := range f.Statements() {
					rows = append(rows, statementRow(said, f.Story))
				}
			}
			return struct{}{}, t.do(writeStatements, map[string]any{"rows": rows})
		}); err != nil {
			return err
		}
		after = ids[len(ids)-1]
	}
}
