package move

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"newsgraph/news"
	"newsgraph/store"
	"newsgraph/store/sqlite"
)

// text is an input that is held in memory.
func text(name, content string) Input {
	return Input{Name: name, Size: int64(len(content)), Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(content)), nil }}
}

// tablesOf are the tables of testdata, with some text replaced.
func tablesOf(t testing.TB, replace ...string) []Input {
	t.Helper()
	archive, err := txtar.ParseFile("testdata/tables.txtar")
	if err != nil {
		t.Fatal(err)
	}
	var all []Input
	for _, f := range archive.Files {
		all = append(all, text(f.Name, strings.NewReplacer(replace...).Replace(string(f.Data))))
	}
	return all
}

func opened(t testing.TB) *sqlite.Store {
	t.Helper()
	s, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "graph.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// imported imports, and returns the rows that are left out as file:line reason.
func imported(t testing.TB, s store.Store, o Options, inputs ...Input) (Summary, []string) {
	t.Helper()
	var left []string
	o.Rejected = func(r Rejected) error {
		left = append(left, fmt.Sprintf("%s:%d %s", r.File, r.Line, r.Reason))
		return nil
	}
	sum, err := Import(t.Context(), s, inputs, o)
	if err != nil {
		t.Fatalf("import: %v", err)
	}
	if sum.Rejected != len(left) {
		t.Errorf("%d rows are counted as left out, and %d are told", sum.Rejected, len(left))
	}
	slices.Sort(left)
	return sum, left
}

func exported(t testing.TB, s store.Store) string {
	t.Helper()
	var b bytes.Buffer
	if _, err := store.Export(t.Context(), s, &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// noon is when corrections begin to be made.
var noon = time.Date(2024, 2, 1, 12, 0, 0, 0, time.UTC)

// corrects makes a correction of each kind that changes what is told.
func corrects(t testing.TB, s store.Store) {
	t.Helper()

	event := func(action string) news.ID {
		page, err := s.Events(t.Context(), store.EventQuery{Actions: []string{action}, Paging: store.Paging{First: 9}})
		if err != nil || len(page.Edges) != 1 {
			t.Fatalf("%d events of %s, %v", len(page.Edges), action, err)
		}
		return page.Edges[0].Node.ID
	}
	for i, ask := range []store.Asked{
		{Kind: news.MergeEntities, Of: []news.ID{"state:norland", "state:sudania"}},
		{Kind: news.Rename, Of: []news.ID{"person:ann-ruiz"}, Name: "Anna Ruiz"},
		{Kind: news.Hide, Of: []news.ID{event("condemn")}},
		{Kind: news.Redate, Of: []news.ID{event("held_talks_with")}, Date: "2024-01"},
		{Kind: news.Retype, Of: []news.ID{event("attack")}, As: "bomb"},
	} {
		ask.By, ask.Because = "Ada", "to see it move"
		if _, _, err := store.Correct(t.Context(), s, ask, noon.Add(time.Duration(i)*time.Minute)); err != nil {
			t.Fatal(err)
		}
	}
}

// TestImportTables imports tables, and looks at what they make.
func TestImportTables(t *testing.T) {
	for _, held := range []int{0, 1} { // in memory, and each row a run of its own
		s := opened(t)
		sum, left := imported(t, s, Options{held: held}, tablesOf(t)...)
		if len(left) > 0 || sum.Stories != 4 || sum.Added != 4 || sum.Reports != 5 || sum.Rows != 5+4+3+8+5 {
			t.Fatalf("held %d: %+v, left out %q", held, sum, left)
		}
		st, err := s.Stats(t.Context())
		if err != nil || st.Stories != 3 || st.Superseded != 1 || st.Events != 3 || st.Readers[CoderOfTables] != 4 {
			t.Errorf("held %d: %+v, %v", held, st, err)
		}
		page, err := s.Events(t.Context(), store.EventQuery{Actions: []string{"attack"}, Paging: store.Paging{First: 5}})
		if err != nil || len(page.Edges) != 1 {
			t.Fatalf("held %d: %d raids, %v", held, len(page.Edges), err)
		}
		e := page.Edges[0].Node
		if len(e.Reports) != 2 || e.Texts != 2 || e.When.From != "2024-01-09" || !slices.Equal(e.Entities(news.Instrument), []news.ID{"weapon:kora-7-drone"}) {
			t.Errorf("held %d: the raid is %+v", held, e)
		}
		reports, err := s.ReportsByID(t.Context(), e.Reports)
		if err != nil || len(reports) != 2 {
			t.Fatal(err)
		}
		for _, r := range reports {
			found, err := s.StoriesByID(t.Context(), []news.ID{r.Story})
			if err != nil || len(found) != 1 {
				t.Fatal(err)
			}
			for what, span := range map[string]news.Span{"attacked": r.Trigger, "Norland": r.Participants[0].Span, "Sudania": r.Participants[1].Span, r.Sentence: r.SentenceSpan} {
				if got := span.In(found[0].Text); got != what {
					t.Errorf("held %d: %q stands where %q should", held, got, what)
				}
			}
		}
		before := exported(t, s)
		if sum, _ := imported(t, s, Options{}, tablesOf(t)...); sum.Added+sum.Replaced != 0 || sum.Unchanged != 4 {
			t.Errorf("held %d: imported again: %+v", held, sum)
		}
		if exported(t, s) != before {
			t.Errorf("held %d: importing again changes the graph", held)
		}
	}
}

// TestImportTablesKnown sees that who is known by a whole name is the one whom texts name, and that another of that name is not.
func TestImportTablesKnown(t *testing.T) {
	s := opened(t)
	if _, left := imported(t, s, Options{Known: few{}}, tablesOf(t, "Norland", "Peru", "Sudania", "Romania", "Ann Ruiz", "Ana Ejemplo", "Place,Port Elm", "Place,Chile")...); len(left) > 0 {
		t.Fatalf("left out: %v", left)
	}
	for id, want := range map[news.ID]string{
		"state:PE": "Peru few [Government of Peru NOR]", "state:RO": "Romania few []", "person:ana-ejemplo": "Ana Ejemplo few [Ruiz]",
		"weapon:kora-7-drone": "Kora-7 drone entities.csv []", "place:chile": "Chile entities.csv []",
	} {
		found, err := s.Entities(t.Context(), []news.ID{id})
		if err != nil || len(found) != 1 {
			t.Errorf("%s: %d, %v", id, len(found), err)
			continue
		}
		if e := found[0]; fmt.Sprint(e.Name, " ", e.Source, " ", e.Aliases) != want {
			t.Errorf("%s: %s %s %v, want %s", id, e.Name, e.Source, e.Aliases, want)
		}
	}
	for _, id := range []news.ID{"state:peru", "state:romania", "state:CL"} {
		if found, err := s.Entities(t.Context(), []news.ID{id}); err != nil || len(found) > 0 {
			t.Errorf("%s is there, %v", id, err)
		}
	}
}

// TestImportTablesLeftOut imports tables with rows that are wrong: each is told with its line, and costs no other.
func TestImportTablesLeftOut(t *testing.T) {
	for _, test := range []struct {
		name            string
		replace         []string
		left            []string
		stories, report int
	}{
		{"a kind", []string{"P1,Person", "P1,Ghost"}, []string{"entities.csv:4 the kind", "event_roles.csv:6 the entity P1", "event_roles.csv:8 the entity P1"}, 4, 5},
		{"a type", []string{"E2,ACCUSE", "E2,GRUMBLE"}, []string{"event_roles.csv:6 its event", "event_roles.csv:7 its event", "events.csv:3 the type", "mentions.csv:3 its event"}, 4, 4},
		{"a date", []string{"2024-01-10,-2.0", "2024-13-10,-2.0"}, []string{"event_roles.csv:6", "event_roles.csv:7", "events.csv:3 date", "mentions.csv:3"}, 4, 4},
		{"a role", []string{"L1,PLACE", "L1,SCENE"}, []string{"event_roles.csv:5 the role"}, 4, 5},
		{"no story", []string{"R2,\"Raid", ",\"Raid"}, []string{"mentions.csv:4 its story, R2", "mentions.csv:6 its story, R2", "stories.csv:3 it has no id"}, 3, 3},
		{"a story's day", []string{"2024-01-11", "Thursday"}, []string{"mentions.csv:4", "mentions.csv:6", "stories.csv:3 published_at"}, 3, 3},
		{"twice", []string{"R4,A quiet", "R1,A quiet"}, []string{"stories.csv:5 the story R1 stands there twice"}, 3, 5},
		{"fields", []string{"E1,S2,TARGET", "E1,S2,TARGET,9"}, []string{"event_roles.csv:3 it has 4 fields"}, 4, 5},
		{"a quotation that does not end", []string{`"Raid on`, `Raid on`}, []string{"mentions.csv:4", "mentions.csv:6", "stories.csv:3 its quotation does not end"}, 3, 3},
		{"confidence", []string{"90,0.8", "90,8"}, []string{"mentions.csv:3 the confidence"}, 4, 4},
		{"no sentence", []string{"Ann Ruiz condemned NOR for it.", ""}, []string{"mentions.csv:3 it has no sentence"}, 4, 4},
		{"in another", []string{"R1,59,90", "R1,20,90"}, []string{"mentions.csv:3 its sentence begins at 20"}, 4, 4},
	} {
		t.Run(test.name, func(t *testing.T) {
			sum, left := imported(t, opened(t), Options{}, tablesOf(t, test.replace...)...)
			ok := len(left) == len(test.left)
			for i := range min(len(left), len(test.left)) {
				ok = ok && strings.HasPrefix(left[i], test.left[i])
			}
			if !ok {
				t.Errorf("left out %q, want %q", left, test.left)
			}
			if sum.Stories != test.stories || sum.Reports != test.report {
				t.Errorf("%d stories and %d reports, want %d and %d", sum.Stories, sum.Reports, test.stories, test.report)
			}
		})
	}
}

// TestImportExport imports what stores export: plain, corrected, and each again.
func TestImportExport(t *testing.T) {
	s := opened(t)
	imported(t, s, Options{}, tablesOf(t)...)
	for _, what := range []string{"plain", "corrected"} {
		if what == "corrected" {
			corrects(t, s)
		}
		want := exported(t, s)
		var packed bytes.Buffer
		z := gzip.NewWriter(&packed)
		if _, err := io.WriteString(z, want); err != nil {
			t.Fatal(err)
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		other := opened(t)
		for _, o := range []Options{{Batch: 1, held: 1}, {}} {
			sum, left := imported(t, other, o, text("graph.jsonl.gz", packed.String()))
			if len(left) > 0 || sum.Stories != 4 {
				t.Errorf("%s: %+v, left out %q", what, sum, left)
			}
			if got := exported(t, other); got != want {
				t.Errorf("%s: it exports\n%s\nwant\n%s", what, got, want)
			}
		}
		if what == "plain" {
			continue
		}
		// What comes back when a correction is undone came with it.
		for _, one := range []store.Store{s, other} {
			log, err := one.Corrections(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range log {
				ask := store.Asked{Kind: news.Undo, Of: []news.ID{c.ID}, By: "Ada", Because: "to see it come back"}
				if _, _, err := store.Correct(t.Context(), one, ask, time.Date(2024, 3, 1, 0, 0, 0, 0, time.UTC)); err != nil {
					t.Fatal(err)
				}
			}
		}
		if got, want := exported(t, other), exported(t, s); got != want {
			t.Errorf("undone, it exports\n%s\nwant\n%s", got, want)
		}
	}
}

// TestImportCorrectionsTwice imports a log that stands twice in what is read, as where two exports are brought together: each counts once.
func TestImportCorrectionsTwice(t *testing.T) {
	s := opened(t)
	imported(t, s, Options{}, tablesOf(t)...)
	corrects(t, s)
	want, log := exported(t, s), ""
	for line := range strings.Lines(want) {
		if strings.HasPrefix(line, `{"correction"`) {
			log += line
		}
	}
	for name, inputs := range map[string][]Input{
		"two files": {text("one.jsonl", want), text("two.jsonl", log)}, "one file": {text("one.jsonl", want+want)}, "alone": {text("one.jsonl", want), text("log.jsonl", log+log)},
	} {
		other := opened(t)
		if sum, _ := imported(t, other, Options{}, inputs...); sum.Corrections != strings.Count(log, "\n") {
			t.Errorf("%s: %d corrections are counted", name, sum.Corrections)
		}
		if got := exported(t, other); got != want {
			t.Errorf("%s: it exports\n%s\nwant\n%s", name, got, want)
		}
	}
}

// TestImportExportCut imports an export of which the end was missing, and then the whole: what the stories that are in lack is told, not lost unsaid, and is in when
// they are taken away and the export is imported again.
func TestImportExportCut(t *testing.T) {
	s := opened(t)
	imported(t, s, Options{}, tablesOf(t)...)
	want := exported(t, s)
	other := opened(t)
	var stories []string
	var ids []news.ID
	lacks := 0
	for line := range strings.Lines(want) {
		switch {
		case strings.HasPrefix(line, `{"story"`):
			stories = append(stories, line)
			var r store.Record
			if err := json.Unmarshal([]byte(line), &r); err != nil {
				t.Fatal(err)
			}
			ids = append(ids, r.Story.ID)
		case strings.HasPrefix(line, `{"report"`), strings.HasPrefix(line, `{"mention"`), strings.HasPrefix(line, `{"quotation"`), strings.HasPrefix(line, `{"position"`):
			lacks++
		}
	}
	imported(t, other, Options{}, text("cut.jsonl", strings.Join(stories, "")))
	_, left := imported(t, other, Options{}, text("graph.jsonl", want))
	if len(left) != lacks || lacks == 0 || !strings.Contains(left[0], "newsgraph remove it, and import this again") {
		t.Fatalf("left out %q, want %d", left, lacks)
	}
	if _, err := other.Remove(t.Context(), ids); err != nil {
		t.Fatal(err)
	}
	if _, left := imported(t, other, Options{}, text("graph.jsonl", want)); len(left) > 0 {
		t.Errorf("left out %q", left)
	}
	if got := exported(t, other); got != want {
		t.Errorf("it exports\n%s\nwant\n%s", got, want)
	}
}

// TestImportExportLeftOut breaks lines of an export: each is told with its line, and what does not need it is imported.
func TestImportExportLeftOut(t *testing.T) {
	s := opened(t)
	imported(t, s, Options{}, tablesOf(t)...)
	whole := strings.Split(strings.TrimSpace(exported(t, s)), "\n")
	at := func(noun string) int {
		return slices.IndexFunc(whole, func(l string) bool { return strings.HasPrefix(l, `{"`+noun+`"`) })
	}
	for _, test := range []struct {
		name, noun string
		change     func(string) string
		says       string
		others     int // rows that are left out for it
	}{
		{"no JSON", "mention", func(l string) string { return l[:len(l)-3] }, "no record of an export", 0},
		{"another's JSON", "mention", func(string) string { return `{"tweet":{"id":"1"}}` }, "no record of an export", 0},
		{"an id", "mention", func(l string) string { return strings.Replace(l, `"mention:`, `"mention:0`, 1) }, "is not the id", 0},
		{"a span", "report", func(l string) string {
			return strings.Replace(l, `"trigger":{"begin":`, `"trigger":{"begin":9`, 1)
		}, "is no part of the text", 0},
		{"a sentence", "report", func(l string) string {
			return strings.Replace(l, `"sentence":"`, `"sentence":"Not `, 1)
		}, "is not what the text says there", 0},
		{"a day that no calendar has", "report", redated(`"from":"2024-02-30","to":"2024-02-30"`), `"2024-02-30" is no day`, 0},
		{"a day of an unknown year", "report", redated(`"from":"2024-12-01","to":"XXXX-12-31"`), `"XXXX-12-31" is no day`, 0},
		{"days that run back", "report", redated(`"from":"2024-01-09","to":"2024-01-08"`), "ends before it begins", 0},
		{"a modality", "report", func(l string) string { return strings.Replace(l, `"modality":"ASSERTED"`, `"modality":"RUMOURED"`, 1) }, `unknown modality "RUMOURED"`, 0},
		{"what it is about", "report", func(l string) string {
			return strings.Replace(l, `"when":`, `"about":[{"report":"report:00010203040506070809","type":"ASSAULT","action":"attack"}],"when":`, 1)
		}, "is about report:00010203040506070809", 0},
		{"a story's text", "story", func(l string) string { return strings.Replace(l, `"text":"`, `"text":"Not `, 1) }, "is not the id of what it says", 0},
		{"an entity", "entity", func(string) string { return `{}` }, "no record of an export", 1},
		{"twice", "entity", func(l string) string { return l + "\n" + l }, "stands there twice", 0},
		{"an entity of nothing", "event", func(l string) string {
			return l + "\n" + `{"entity":{"id":"person:no-one","kind":"PERSON","name":"No One"}}`
		}, "no other row names", 0},
		{"a version", "superseded", func(l string) string { return strings.Replace(l, `"text":"`, `"text":"Not `, 1) }, "is not the id of what it says", 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			broken := slices.Clone(whole)
			n := at(test.noun)
			broken[n] = test.change(broken[n])
			sum, left := imported(t, opened(t), Options{}, text("graph.jsonl", strings.Join(broken, "\n")+"\n"))
			if !slices.ContainsFunc(left, func(l string) bool { return strings.Contains(l, test.says) }) {
				t.Errorf("left out %q, none of which says %q", left, test.says)
			}
			if test.others == 0 && len(left) != 1 || len(left) < 1+test.others {
				t.Errorf("left out %d rows: %q", len(left), left)
			}
			if sum.Stories < 3 {
				t.Errorf("%d stories are in", sum.Stories)
			}
		})
	}
}

// redated writes other days into the line of a report.
func redated(days string) func(string) string {
	return func(l string) string {
		return regexp.MustCompile(`"when":\{("from":"[^"]*","to":"[^"]*",)?`).ReplaceAllString(l, `"when":{`+days+`,`)
	}
}

// TestImportAbout leaves out of a story a report that cannot be: what is about it goes too, each with its line, and the rest of the story is in.
func TestImportAbout(t *testing.T) {
	s, _ := damageable(t)
	whole := strings.Split(strings.TrimSpace(exported(t, s)), "\n")
	about := slices.IndexFunc(whole, func(l string) bool { return strings.HasPrefix(l, `{"report"`) && strings.Contains(l, `"about":[`) })
	var r store.Record
	if err := json.Unmarshal([]byte(whole[about]), &r); err != nil {
		t.Fatal(err)
	}
	deed := slices.IndexFunc(whole, func(l string) bool { return strings.HasPrefix(l, `{"report":{"id":"`+string(r.Report.About[0].Report)) })
	whole[deed] = redated(`"from":"2024-02-30","to":"2024-02-30"`)(whole[deed])
	other := opened(t)
	_, left := imported(t, other, Options{}, text("graph.jsonl", strings.Join(whole, "\n")+"\n"))
	for line, says := range map[int]string{deed + 1: "is no day", about + 1: "is about " + string(r.Report.About[0].Report)} {
		if !slices.ContainsFunc(left, func(l string) bool {
			return strings.HasPrefix(l, fmt.Sprintf("graph.jsonl:%d ", line)) && strings.Contains(l, says)
		}) {
			t.Errorf("left out %q, none of which says of line %d: %s", left, line, says)
		}
	}
	if stories, err := other.StoriesByID(t.Context(), []news.ID{r.Report.Story}); err != nil || len(stories) != 1 {
		t.Errorf("its story: %d, %v", len(stories), err)
	}
}

// TestImportRefused refuses files of other forms by name, and stops when it is told to.
func TestImportRefused(t *testing.T) {
	for name, content := range map[string]string{"empty": "", "prose": "Once upon a time.\n", "another table": "name,age\nAnn,40\n"} {
		if _, err := Import(t.Context(), opened(t), []Input{text(name, content)}, Options{}); !errors.Is(err, ErrForm) || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
	stop := errors.New("no room")
	_, err := Import(t.Context(), opened(t), tablesOf(t, "Person", "Ghost"), Options{Rejected: func(Rejected) error { return stop }})
	if !errors.Is(err, stop) {
		t.Errorf("rows that cannot be kept: %v", err)
	}
}

// TestRejectedRow is the row to the letter.
func TestRejectedRow(t *testing.T) {
	var rows []string
	_, err := Import(t.Context(), opened(t), tablesOf(t, "R2,0,40", "R2,x,40"), Options{Rejected: func(r Rejected) error {
		data, err := json.Marshal(r)
		rows = append(rows, string(data))
		return err
	}})
	want := `{"file":"mentions.csv","line":4,"reason":"begin \"x\" and end \"40\" are not the place of a sentence","row":"M3,E1,R2,x,40,0.7,\"Norland attacked Sudania, \"\"at dawn\"\"\nand by sea.\""}`
	if err != nil || len(rows) != 1 || rows[0] != want {
		t.Errorf("%v\n got %s\nwant %s", err, rows, want)
	}
}

// refusing is a store that refuses stories.
type refusing struct {
	store.Store
	refuses func(news.ID) bool
}

var errRefused = errors.New("it is not wanted")

func (r refusing) Put(ctx context.Context, facts []news.Facts) (store.PutResult, error) {
	for _, f := range facts {
		if r.refuses(f.Story.ID) {
			return store.PutResult{}, errRefused
		}
	}
	return r.Store.Put(ctx, facts)
}

// TestRefusedStory imports into a store that refuses one story: its rows are left out by file and line, in whatever batch it comes, and it costs no other story.
func TestRefusedStory(t *testing.T) {
	from := opened(t)
	imported(t, from, Options{}, tablesOf(t)...)
	all := exported(t, from)
	page, err := from.Stories(t.Context(), store.StoryQuery{Paging: store.Paging{First: 100}})
	if err != nil {
		t.Fatal(err)
	}
	for _, edge := range page.Edges {
		id := edge.Node.ID
		line := 1 + slices.IndexFunc(strings.Split(all, "\n"), func(l string) bool { return strings.HasPrefix(l, fmt.Sprintf(`{"story":{"id":%q`, id)) })
		for _, batch := range []int{0, 1, 3} {
			s := opened(t)
			sum, left := imported(t, refusing{s, func(story news.ID) bool { return story == id }}, Options{Batch: batch}, text("export.jsonl", all))
			if want := fmt.Sprintf("export.jsonl:%d the store refuses its story: it is not wanted", line); sum.Stories != len(page.Edges) || !slices.Contains(left, want) {
				t.Errorf("%s in batches of %d: %+v, %q, want %q", id, batch, sum, left, want)
			}
			if c, faults := verified(t, s); len(faults) > 0 || c.Stories+c.Superseded != sum.Stories {
				t.Errorf("%s in batches of %d: %+v, %v", id, batch, c, faults)
			}
			imported(t, s, Options{}, text("export.jsonl", all))
			if exported(t, s) != all {
				t.Errorf("%s in batches of %d: another graph when it is wanted", id, batch)
			}
		}
	}
}

// TestRefusingStore imports into a store that refuses whatever comes: it is the store that fails, and not every row is left out.
func TestRefusingStore(t *testing.T) {
	var stories strings.Builder
	stories.WriteString("id,title,url,source,language,published_at,length\n")
	for n := range 3 * mostRefused {
		fmt.Fprintf(&stories, "N%d,Envoys meet for the %dth time,https://paper.example/%d,Paper,en,2024-01-10,10\n", n, n, n)
	}
	left := 0
	_, err := Import(t.Context(), refusing{opened(t), func(news.ID) bool { return true }}, []Input{text("stories.csv", stories.String())},
		Options{Rejected: func(Rejected) error { left++; return nil }})
	if !errors.Is(err, errRefused) || left > mostRefused {
		t.Errorf("%v, %d rows are left out", err, left)
	}
}
