package neo4j

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"newsgraph/news"
	"newsgraph/store"
)

// TestSchema opens graphs of other versions.
func TestSchema(t *testing.T) {
	s := empty(t)
	put(t, s, told("One", "2024-01-09", news.Asserted))
	set := func(statement string) {
		t.Helper()
		if _, err := write(t.Context(), s, "set", func(tx transaction) (string, error) { return "", tx.do(statement, nil) }); err != nil {
			t.Fatal(err)
		}
	}
	mark := fmt.Sprintf(`MERGE (s:Schema {id: 'newsgraph'}) SET s.version = %d`, layout)
	defer set(mark)
	for _, test := range []struct{ name, statement, says string }{
		{"newer", `MATCH (s:Schema) SET s.version = 99`, "newer newsgraph"},
		{"before the oldest", fmt.Sprintf(`MATCH (s:Schema) SET s.version = %d`, oldest-1), "load the stories again"},
		{"the first", `MATCH (s:Schema) SET s.version = 1`, "load the stories again"},
		{"without a version", `MATCH (s:Schema) DELETE s`, "load the stories again"},
	} {
		set(test.statement)
		other, err := Open(t.Context(), uri, auth())
		if err == nil {
			other.Close()
			t.Fatalf("%s: opened", test.name)
		}
		if !errors.Is(err, store.ErrUnavailable) || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%s: %v", test.name, err)
		}
	}
	set(mark)
	// A graph of the oldest layout that can be read is brought up.
	const url = "https://example.org/a"
	set(`MATCH (s:Story) SET s.record = replace(s.record, '"headline"', '"url":"` + url + `","headline"'), s.url = '` + url + `' REMOVE s.piece, s.page, s.loaded, s.known`)
	var copies []news.Facts
	for i, headline := range []string{"Wire", "Wire, cut"} {
		f := told(headline, "2024-01-09", news.Asserted)
		for n := range 120 - i {
			f.Story.Text += fmt.Sprint(" word", n)
		}
		f.Reports, f.Mentions, f.Quotations = nil, nil, nil
		f.Story.Identify()
		copies = append(copies, f)
	}
	if _, err := s.Put(t.Context(), copies); err != nil {
		t.Fatal(err)
	}
	set(`MATCH (t:Text) DETACH DELETE t`)
	set(`MATCH (n:Statement) DETACH DELETE n`)
	set(`UNWIND range(0, 4095) AS id CREATE (:Key {id: id})`)
	set(fmt.Sprintf(`MATCH (s:Schema) SET s.version = %d`, oldest))
	again(t)
	pages, err := s.CopiesOf(t.Context(), []news.ID{copies[0].Story.ID}, store.Paging{First: 9})
	if err != nil || len(pages[0].Edges) != 1 || pages[0].Edges[0].Node.ID != copies[1].Story.ID {
		t.Errorf("copies after the layout was brought up: %+v, %v", pages, err)
	}
	said, err := s.StatementsOf(t.Context(), []news.ID{sullivan.ID}, store.StatementQuery{To: korea.ID, Paging: store.Paging{First: 9}})
	if err != nil || len(said[0].Edges) != 1 {
		t.Errorf("statements after the layout was brought up: %+v, %v", said, err)
	}
	known, _, err := s.KnownBy(t.Context(), time.Now(), 0)
	if err != nil || len(known) == 0 {
		t.Errorf("known after the layout was brought up: %+v, %v", known, err)
	}
	same(t, "locks after the layout was brought up", cypher(t, s, `MATCH (k:Key) RETURN k.id`), nil)
	check(t, s)
	if _, err := s.Remove(t.Context(), []news.ID{copies[0].Story.ID, copies[1].Story.ID}); err != nil {
		t.Fatal(err)
	}
	same(t, "version", cypher(t, s, `MATCH (s:Schema) RETURN s.id, s.version`), []string{fmt.Sprintf("newsgraph | %d", layout)})
	if ids, err := s.FindStories(t.Context(), []string{url}, nil); err != nil || len(ids) != 1 {
		t.Errorf("found by url after the layout was brought up: %v, %v", ids, err)
	}
	set(mark)
	again(t)
	// A graph without stories and without a version is a new one.
	if _, err := s.Remove(t.Context(), []news.ID{told("One", "2024-01-09", news.Asserted).Story.ID}); err != nil {
		t.Fatal(err)
	}
	set(`MATCH (s:Schema) DELETE s`)
	again(t)
	same(t, "version", cypher(t, s, `MATCH (s:Schema) RETURN s.id, s.version`), []string{fmt.Sprintf("newsgraph | %d", layout)})
}
