package neo4j

import (
	"encoding/json"
	"testing"
	"time"

	"newsgraph/news"
	"newsgraph/store"
)

// TestFactsTorn reads what was found in a story of which a part is not there yet, as a commit shows it: what is read is all of it, in the end.
func TestFactsTorn(t *testing.T) {
	s := empty(t)
	f := told("Torn", "2024-01-09", news.Asserted)
	span := f.Mentions[0].Span
	f.Positions = []news.Position{{ID: news.PositionID(f.Story.ID, span, sullivan.ID), Story: f.Story.ID, Person: sullivan.ID, Title: "adviser", Status: news.Held, Span: span, Why: "told", Published: f.Story.Published}}
	put(t, s, f)
	prepared, err := store.Prepare([]news.Facts{f})
	if err != nil {
		t.Fatal(err)
	}
	text := func(f news.Facts) string {
		data, err := json.Marshal(store.SortFacts(f))
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	want := text(prepared[0])
	ids := []news.ID{f.Story.ID}
	for name, change := range map[string][2]string{
		"mentions":         {`MATCH (:Mention)-[i:IN]->(:Story) DELETE i`, `MATCH (n:Mention), (s:Story) CREATE (n)-[:IN]->(s)`},
		"reports":          {`MATCH (:Report)-[i:IN]->(:Story) DELETE i`, `MATCH (n:Report), (s:Story) CREATE (n)-[:IN]->(s)`},
		"quotations":       {`MATCH (:Quotation)-[i:IN]->(:Story) DELETE i`, `MATCH (n:Quotation), (s:Story) CREATE (n)-[:IN]->(s)`},
		"positions":        {`MATCH (:Position)-[i:IN]->(:Story) DELETE i`, `MATCH (n:Position), (s:Story) CREATE (n)-[:IN]->(s)`},
		"a report's words": {`MATCH (n:Report) SET n.was = n.record REMOVE n.record`, `MATCH (n:Report) SET n.record = n.was REMOVE n.was`},
		"entities":         {`MATCH (:Story)-[c:IMPLIES]->(e:Entity) SET e.was = c.record DELETE c`, `MATCH (e:Entity), (s:Story) WHERE e.was IS NOT NULL CREATE (s)-[:IMPLIES {record: e.was}]->(e) REMOVE e.was`},
	} {
		do := func(statement string) {
			t.Helper()
			if _, err := write(t.Context(), s, "tear", func(tx transaction) (struct{}, error) { return struct{}{}, tx.do(statement, nil) }); err != nil {
				t.Fatal(err)
			}
		}
		do(change[0])
		came := make(chan struct{})
		go func() {
			defer close(came)
			time.Sleep(100 * time.Millisecond)
			do(change[1])
		}()
		facts, err := s.FactsByID(t.Context(), ids)
		<-came
		if err != nil || len(facts) != 1 || text(facts[0]) != want {
			t.Errorf("%s: %+v, %v", name, facts, err)
		}
	}
	check(t, s)

	// What an older program wrote has no numbers of some.
	if _, err := write(t.Context(), s, "make older", func(tx transaction) (struct{}, error) {
		return struct{}{}, tx.do(`MATCH (s:Story) REMOVE s.positions, s.entities`, nil)
	}); err != nil {
		t.Fatal(err)
	}
	if facts, err := s.FactsByID(t.Context(), ids); err != nil || len(facts) != 1 || text(facts[0]) != want {
		t.Errorf("of an older program: %+v, %v", facts, err)
	}
}
