package move

import (
	"database/sql"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"newsgraph/news"
	"newsgraph/store"
	"newsgraph/store/sqlite"
)

// filled is a file of the tables' graph, corrected, with a copy of one text, and its path.
func filled(t testing.TB) (*sqlite.Store, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "graph.db")
	s, err := sqlite.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	imported(t, s, Options{}, tablesOf(t)...)
	imported(t, s, Options{}, tablesOf(t, "one.example", "four.example", "Elm Wire", "East Post")...)
	page, err := s.Events(t.Context(), store.EventQuery{Actions: []string{"attack"}, Paging: store.Paging{First: 2}})
	if err != nil || len(page.Edges) != 1 {
		t.Fatalf("%d raids, %v", len(page.Edges), err)
	}
	reports, err := s.ReportsByID(t.Context(), page.Edges[0].Node.Reports)
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(reports, func(r news.Report) bool { return strings.Contains(r.Sentence, "in Port Elm") })
	ask := store.Asked{Kind: news.Redate, Of: []news.ID{reports[at].ID}, Date: "2024-01-09", By: "Ada", Because: "to see it"}
	if _, _, err := store.Correct(t.Context(), s, ask, noon); err != nil {
		t.Fatal(err)
	}
	return s, path
}

func verified(t testing.TB, r store.Reader) (Checked, []Fault) {
	t.Helper()
	var all []Fault
	c, err := Verify(t.Context(), r, func(f Fault) { all = append(all, f) }, nil)
	if err != nil {
		t.Fatalf("verify: %v", err)
	}
	if c.Faults != len(all) {
		t.Errorf("%d faults are counted, and %d told", c.Faults, len(all))
	}
	return c, all
}

// TestVerify breaks a store in each way, and sees it told by the invariant and by what breaks it.
func TestVerify(t *testing.T) {
	s, _ := filled(t)
	if c, faults := verified(t, s); len(faults) > 0 || c.Stories != 4 || c.Superseded != 2 || c.Events != 3 || c.Relations == 0 || c.Corrections != 1 {
		t.Fatalf("%+v, %v", c, faults)
	}
	const norland = `(SELECT n FROM entity WHERE id = 'state:norland')`
	tried := map[string]bool{}
	for _, test := range []struct{ rule, about, statement string }{
		{RuleFile, "report_words", `UPDATE report_words_data SET block = zeroblob(20) WHERE id > 10`},
		{RuleIDs, "story:", `UPDATE story SET id = x'00010203040506070809' WHERE n = (SELECT min(n) FROM story)`},
		{RuleIDs, "story:", `UPDATE story SET texthash = 'none' WHERE n = (SELECT min(n) FROM story)`},
		{RuleIDs, "mention:", `UPDATE mention SET id = x'00010203040506070809' WHERE entity = ` + norland},
		{RuleIDs, "story:", `UPDATE superseded SET id = x'00010203040506070809' WHERE id = (SELECT min(id) FROM superseded)`},
		{RuleSpans, "mention:", `UPDATE mention SET stop = stop + 1000 WHERE entity = ` + norland},
		{RuleSpans, "mention:", `UPDATE mention SET before = before + 1 WHERE entity = ` + norland},
		{RuleNamed, "state:norland", `DELETE FROM contribution WHERE entity = ` + norland},
		{RuleEntities, "state:norland", `UPDATE entity SET record = (SELECT record FROM entity WHERE id = 'state:sudania') WHERE id = 'state:norland'`},
		{RuleIDs, "two are called state:sudania", `INSERT INTO entity SELECT 900, 'thing:none', kind, '', '', '', '', '', 0, record FROM entity WHERE id = 'state:sudania'`},
		{RuleEvents, "event:", `DELETE FROM event WHERE deed = (SELECT n FROM deed WHERE action = 'condemn')`},
		{RuleEvents, "event:", `UPDATE event SET record = (SELECT record FROM event WHERE deed = (SELECT n FROM deed WHERE action = 'condemn')) WHERE deed = (SELECT n FROM deed WHERE action = 'attack')`},
		{RuleEvents, "event:", `UPDATE report SET event = (SELECT id FROM event WHERE deed = (SELECT n FROM deed WHERE action = 'condemn'))`},
		{RuleEvents, "event:", `UPDATE report SET rank = 9 - rank`},
		{RuleLists, "state:norland", `DELETE FROM participant WHERE entity = ` + norland},
		{RuleLists, "state:norland", `UPDATE participant SET at = 1 WHERE deed = (SELECT n FROM deed WHERE action = 'condemn') AND entity = ` + norland},
		{RuleRelations, "state:norland", `UPDATE relation SET count = count + 1 WHERE source = ` + norland},
		{RuleRelations, "state:norland", `UPDATE relation SET claims = claims + 1 WHERE source = ` + norland},
		{RuleRelations, "state:norland", `UPDATE relation SET last = last + 1 WHERE source = ` + norland},
		{RuleRelations, "state:norland", `DELETE FROM relation WHERE source = ` + norland},
		{RuleRelations, "state:norland", `DELETE FROM link WHERE source = ` + norland},
		{RuleCopies, "story:", `UPDATE text SET copies = 900`},
		{RuleCopies, "story:", `UPDATE story SET text = 900 WHERE text IN (SELECT text FROM story GROUP BY text HAVING COUNT(*) > 1)`},
		{RuleSuperseded, "story:", `DELETE FROM story WHERE n IN (SELECT story FROM contribution)`},
		{RuleRecords, "mention:", `UPDATE mention SET story = story + 900`},
		{RuleStory, "belongs to", `UPDATE told SET record = (SELECT record FROM told ORDER BY story DESC LIMIT 1)`},
		{RuleCounts, "state:norland", `UPDATE entity SET stories = 0 WHERE id = 'state:norland'`},
		{RuleCounts, "came", `UPDATE superseded SET piece = 900`},
	} {
		tried[test.rule] = true
		t.Run(test.statement, func(t *testing.T) {
			s, path := filled(t)
			db, err := sql.Open("sqlite", path)
			if err != nil {
				t.Fatal(err)
			}
			result, err := db.ExecContext(t.Context(), test.statement)
			if err := errors.Join(err, db.Close()); err != nil {
				t.Fatal(err)
			}
			if n, err := result.RowsAffected(); n == 0 || err != nil {
				t.Fatalf("%d rows are broken, %v", n, err)
			}
			var all []Fault
			_, err = Verify(t.Context(), s, func(f Fault) { all = append(all, f) }, nil)
			if !slices.ContainsFunc(all, func(f Fault) bool { return f.Rule == test.rule && strings.Contains(f.ID+" "+f.Says, test.about) }) {
				t.Errorf("no fault of %q tells of %s: %v, %v", test.rule, test.about, all, err)
			}
		})
	}
	for _, rule := range Rules() {
		if !tried[rule] {
			t.Errorf("%q was not broken", rule)
		}
	}
}
