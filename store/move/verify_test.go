package move

import (
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

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
		{RuleRows, "name_words: state:norland", `DELETE FROM name_words WHERE rowid IN (SELECT n FROM name WHERE entity = ` + norland + `)`},
		{RuleIDs, "story:", `UPDATE story SET id = x'00010203040506070809' WHERE n = (SELECT min(n) FROM story)`},
		{RuleIDs, "story:", `UPDATE story SET texthash = 'none' WHERE n = (SELECT min(n) FROM story)`},
		{RuleIDs, "is not the id of a report", `UPDATE report SET id = x'00010203040506070809' WHERE n = (SELECT min(n) FROM report)`},
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
	tried[RuleSaid] = true
	for says, spoil := range map[string]func(*news.Report){
		"is no day": func(r *news.Report) { r.When.From, r.When.To = "2024-02-30", "2024-02-30" }, "unknown modality": func(r *news.Report) { r.Modality = "RUMOURED" },
	} {
		_, faults := verified(t, spoilt{s, spoil})
		if !slices.ContainsFunc(faults, func(f Fault) bool { return f.Rule == RuleSaid && strings.Contains(f.Says, says) }) {
			t.Errorf("no fault of %q tells that it %s: %v", RuleSaid, says, faults)
		}
	}
	for _, rule := range Rules() {
		if !tried[rule] {
			t.Errorf("%q was not broken", rule)
		}
	}
}

// TestVerifyPinned looks at stories that are pinned as they were read, which came in another order than stores give: that is sound, and so is a copy.
func TestVerifyPinned(t *testing.T) {
	s, _ := damageable(t)
	var stories []news.ID
	for r, err := range s.Records(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		if r.Story != nil {
			stories = append(stories, r.Story.ID)
		}
	}
	for i, id := range stories {
		ask := store.Asked{Kind: news.Pin, Of: []news.ID{id}, By: "Ada", Because: "to see it stay"}
		if _, _, err := store.Correct(t.Context(), s, ask, noon.Add(time.Duration(i)*time.Minute)); err != nil {
			t.Fatal(err)
		}
	}
	if _, faults := verified(t, s); len(faults) > 0 || len(stories) < 4 {
		t.Errorf("%d stories are pinned: %v", len(stories), faults)
	}
	other := opened(t)
	if _, _, err := Copy(t.Context(), s, other, CopyOptions{}); err != nil {
		t.Error(err)
	}
	if _, faults := verified(t, other); len(faults) > 0 {
		t.Errorf("copied: %v", faults)
	}
}

// spoilt is a store of which the first report of each story is another: one that a former version let in.
type spoilt struct {
	*sqlite.Store
	spoil func(*news.Report)
}

func (s spoilt) FactsByID(ctx context.Context, ids []news.ID) ([]news.Facts, error) {
	facts, err := s.Store.FactsByID(ctx, ids)
	for _, f := range facts {
		if len(f.Reports) > 0 {
			s.spoil(&f.Reports[0])
		}
	}
	return facts, err
}

// TestVerifySeesLetters turns single bits of what a SQLite file keeps of a story's text, headline and reports, until what is read again has other letters: the story is
// named whose id is of others, or the report, which a correction may have changed without its id.
func TestVerifySeesLetters(t *testing.T) {
	for _, test := range []struct{ column, table, what string }{{"body", "story", "text"}, {"record", "story", "headline"}, {"body", "superseded", "superseded"}, {"record", "report", "action"}} {
		t.Run(test.what, func(t *testing.T) {
			_, path := filled(t)
			from := query(t, path, `SELECT hex(`+test.column+`) FROM `+test.table+` ORDER BY length(`+test.column+`) DESC LIMIT 1`)[0][0]
			was := lettersOf(t, path, test.what)
			seen := 0
			for bit := 8; bit < len(from)*4 && seen < 3; bit += 5 {
				data, err := hex.DecodeString(from)
				if err != nil {
					t.Fatal(err)
				}
				data[bit/8] ^= 1 << (bit % 8)
				damage(t, path, `UPDATE `+test.table+` SET `+test.column+` = x'`+hex.EncodeToString(data)+`' WHERE hex(`+test.column+`) = '`+from+`'`)
				for id, letters := range lettersOf(t, path, test.what) {
					if letters == was[id] {
						continue
					}
					seen++
					s, err := sqlite.Open(t.Context(), path)
					if err != nil {
						t.Fatal(err)
					}
					_, faults := verified(t, s)
					if !slices.ContainsFunc(faults, func(f Fault) bool { return f.ID == string(id) && (f.Rule == RuleIDs || test.table == "report") }) {
						t.Errorf("%s reads %q, and read %q: %v", id, letters, was[id], faults)
					}
					if err := s.Close(); err != nil {
						t.Fatal(err)
					}
				}
				damage(t, path, `UPDATE `+test.table+` SET `+test.column+` = x'`+from+`' WHERE hex(`+test.column+`) = '`+strings.ToUpper(hex.EncodeToString(data))+`'`)
			}
			if seen == 0 {
				t.Error("nothing was read otherwise")
			}
		})
	}
}

// lettersOf are the texts or headlines of the stories of a file, or the actions of its reports, as far as they can be read.
func lettersOf(t testing.TB, path, what string) map[news.ID]string {
	t.Helper()
	s, err := sqlite.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	all := map[news.ID]string{}
	for r, err := range s.Records(t.Context()) {
		switch {
		case err != nil:
			return all
		case r.Story != nil && what == "text":
			all[r.Story.ID] = r.Story.Text
		case r.Story != nil && what == "headline":
			all[r.Story.ID] = r.Story.Headline
		case r.Report != nil && what == "action":
			all[r.Report.ID] = r.Report.Action
		case r.Superseded != nil && what == "superseded":
			all[r.Superseded.Story.ID] = r.Superseded.Story.Text
		}
	}
	return all
}

// unwatched are tables that tell nothing of the graph, with why: Verify need not see them damaged.
var unwatched = map[string]string{
	"changed": "what came and went lately, for what is held in memory",
	// An index with more than one page needs them: TestVerifyAsksForWords.
	"name_words_idx": "", "story_words_idx": "", "report_words_idx": "",
}

// TestVerifySeesEveryTable damages each table that the file has, by its layout: a row that goes, and each blob with a byte turned over or cut. Each is told, without an
// error: the check goes on to the next.
func TestVerifySeesEveryTable(t *testing.T) {
	_, path := damageable(t)
	tables := map[string][]string{} // blobs, by the names of tables
	for _, row := range query(t, path, `SELECT m.name, coalesce((SELECT group_concat(c.name) FROM pragma_table_info(m.name) c WHERE c.type = 'BLOB'), '') FROM sqlite_schema m
		WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' AND m.sql NOT LIKE 'CREATE VIRTUAL%'`) {
		tables[row[0]] = slices.DeleteFunc(strings.Split(row[1], ","), func(c string) bool { return c == "" })
	}
	if len(tables) < 20 {
		t.Fatalf("the file has the tables %v", tables)
	}
	for _, name := range slices.Sorted(maps.Keys(tables)) {
		if _, ok := unwatched[name]; ok || strings.HasSuffix(name, "_config") {
			continue
		}
		where := ` WHERE ` + map[bool]string{true: `id > 10 AND `}[strings.HasSuffix(name, "_data")]
		statements := []string{`DELETE FROM ` + name, `DELETE FROM ` + name + where + one(t, path, name)}
		for _, column := range tables[name] {
			statements = append(statements,
				`UPDATE OR REPLACE `+name+` SET `+column+` = unhex(hex(substr(`+column+`, 1, length(`+column+`) / 2)) || CASE hex(substr(`+column+`, length(`+column+`) / 2 + 1, 1)) WHEN 'A5' THEN '5A' ELSE 'A5' END || hex(substr(`+column+`, length(`+column+`) / 2 + 2)))`+where+one(t, path, name),
				`UPDATE OR REPLACE `+name+` SET `+column+` = substr(`+column+`, 1, length(`+column+`) / 2)`+where+one(t, path, name))
		}
		for _, statement := range statements {
			t.Run(statement, func(t *testing.T) {
				s, path := damageable(t)
				damage(t, path, statement)
				if c, faults := verified(t, s); c.Faults == 0 {
					t.Error("nothing is told")
				} else if len(faults) > 300 {
					t.Errorf("%d faults are told", len(faults))
				}
			})
		}
	}
}

// TestVerifyAsksForWords takes what leads to the pages of a full-text index: all words stand there, and are not found.
func TestVerifyAsksForWords(t *testing.T) {
	s, path := damageable(t)
	var body strings.Builder
	for i := range 3000 {
		fmt.Fprintf(&body, "Word%dly%d ", i*7919, i)
	}
	story := news.Story{Headline: "Many words", Publisher: "Elm Wire", URL: "https://six.example/a", Published: "2024-01-11", Text: body.String(), Language: "en", Reader: CoderOfTables}
	story.Identify()
	if _, err := s.Put(t.Context(), []news.Facts{{Story: story}}); err != nil {
		t.Fatal(err)
	}
	if _, faults := verified(t, s); len(faults) > 0 {
		t.Fatal(faults)
	}
	damage(t, path, `DELETE FROM story_words_idx WHERE pgno > 5`)
	if _, faults := verified(t, s); !slices.ContainsFunc(faults, func(f Fault) bool { return f.Rule == RuleRows && strings.Contains(f.Says, "and is found in 0") }) {
		t.Errorf("%v", faults)
	}
}

var damageableFile []byte

// damageable is a store that has a row in each table, opened, and its path.
func damageable(t testing.TB) (*sqlite.Store, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "graph.db")
	if damageableFile == nil {
		s, from := filled(t)
		tellMore(t, s)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		var err error
		if damageableFile, err = os.ReadFile(from); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(path, damageableFile, 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := sqlite.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s, path
}

// tellMore puts a story that tells what the tables' stories do not: a quotation, a position, who says it, and what a word-act is about.
func tellMore(t testing.TB, s store.Store) {
	t.Helper()
	text := "Ann Ruiz, minister of Norland, condemned a raid of Sudania. \"It was wrong,\" she said."
	story := news.Story{Headline: "Minister condemns raid", Publisher: "Elm Wire", URL: "https://five.example/a", Published: "2024-01-11", Text: text, Language: "en", Reader: CoderOfTables}
	story.Identify()
	index := news.NewIndex(text)
	at := func(part string) news.Span {
		from := strings.Index(text, part)
		return index.Span(from, from+len(part))
	}
	const who, body, doer = news.ID("person:ann-ruiz-2"), news.ID("state:norland"), news.ID("state:sudania")
	sentence := at(text[:strings.Index(text, ".")+1])
	report := func(trigger string, of news.EventType, action string, participants ...news.Participant) news.Report {
		r := news.Report{
			Story: story.ID, Type: of, Action: action, Participants: participants, Modality: news.Asserted, Sentence: sentence.In(text), SentenceSpan: sentence,
			Trigger: at(trigger), Confidence: 1, Why: "as the test says", Published: story.Published, TextHash: story.TextHash,
		}
		r.ID = news.ReportID(story.ID, r.Trigger, action, 0)
		return r
	}
	deed := report("raid", "ASSAULT", "attack", news.Participant{Role: news.Source, Entity: doer})
	act := report("condemned", "ACCUSE", "condemn", news.Participant{Role: news.Source, Entity: who}, news.Participant{Role: news.Target, Entity: doer})
	act.About = []news.About{{Report: deed.ID, Type: deed.Type, Action: deed.Action}}
	act.SaidBy = []news.ID{who}
	quoted := at("\"It was wrong,\"")
	f := news.Facts{
		Story:      story,
		Entities:   []news.Entity{{ID: who, Kind: news.Person, Name: "Ann Ruiz"}, {ID: body, Kind: news.State, Name: "Norland"}, {ID: doer, Kind: news.State, Name: "Sudania"}},
		Mentions:   []news.Mention{{ID: news.MentionID(story.ID, at("Ann Ruiz")), Story: story.ID, Entity: who, Span: at("Ann Ruiz"), Form: news.FormName, Why: "as the test says"}},
		Reports:    []news.Report{deed, act},
		Quotations: []news.Quotation{{ID: news.QuotationID(story.ID, quoted), Story: story.ID, Speaker: who, Span: quoted, Report: act.ID}},
		Positions: []news.Position{{
			ID: news.PositionID(story.ID, at("minister of Norland"), who), Story: story.ID, Person: who, Title: "minister", Body: body, Status: news.Held,
			Span: at("minister of Norland"), Published: story.Published, Why: "as the test says",
		}},
	}
	if _, err := s.Put(t.Context(), []news.Facts{f}); err != nil {
		t.Fatal(err)
	}
}

// one is the condition for one row of a table.
func one(t testing.TB, path, table string) string {
	t.Helper()
	var keys []string
	for _, row := range query(t, path, `SELECT name FROM pragma_table_info('`+table+`') WHERE pk > 0 ORDER BY pk`) {
		keys = append(keys, row[0])
	}
	if len(keys) == 0 {
		keys = []string{"rowid"}
	}
	in := strings.Join(keys, ", ")
	id := map[bool]string{true: ` WHERE id > 10`}[strings.HasSuffix(table, "_data")]
	return `(` + in + `) = (SELECT ` + in + ` FROM ` + table + id + ` ORDER BY ` + in + ` LIMIT 1)`
}

func query(t testing.TB, path, statement string) (all [][2]string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	rows, err := db.QueryContext(t.Context(), statement)
	if err != nil {
		t.Fatal(statement, err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	for rows.Next() {
		var row [2]string
		if err := rows.Scan([]any{&row[0], &row[1]}[:len(columns)]...); err != nil {
			t.Fatal(err)
		}
		all = append(all, row)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

func damage(t testing.TB, path, statement string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	result, err := db.ExecContext(t.Context(), statement)
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	if n, err := result.RowsAffected(); n == 0 || err != nil {
		t.Fatalf("%d rows are damaged, %v", n, err)
	}
}
