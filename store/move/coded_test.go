package move

import (
	"archive/zip"
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"newsgraph/news"
	"newsgraph/store"
)

// few is a gazetteer of few.
type few struct{}

var fewStates = []news.Entity{
	{ID: "state:CL", Kind: news.State, Name: "Chile", ISO2: "CL", ISO3: "CHL", Country: "CHL", Source: "few"},
	{ID: "state:EC", Kind: news.State, Name: "Ecuador", ISO2: "EC", ISO3: "ECU", Country: "ECU", Source: "few"},
	{ID: "state:NO", Kind: news.State, Name: "Norway", ISO2: "NO", ISO3: "NOR", Country: "NOR", Source: "few"},
	{ID: "state:PE", Kind: news.State, Name: "Peru", ISO2: "PE", ISO3: "PER", Country: "PER", Source: "few"},
	{ID: "state:RO", Kind: news.State, Name: "Romania", ISO2: "RO", ISO3: "ROU", Country: "ROU", Source: "few"},
}

var fewOthers = []news.Entity{
	{ID: "organisation:united-nations", Kind: news.Organisation, Name: "United Nations", Country: "IGO", Source: "few"},
	{ID: "person:ana-ejemplo", Kind: news.Person, Name: "Ana Ejemplo", Country: "PER", Source: "few"},
}

func (few) State(iso3 string) (news.Entity, string, bool) {
	i := slices.IndexFunc(fewStates, func(e news.Entity) bool { return e.ISO3 == iso3 })
	if i < 0 {
		return news.Entity{}, "", false
	}
	return fewStates[i], fewStates[i].Name + "n", true
}

func (few) Named(name string) (news.Entity, bool) {
	for _, e := range slices.Concat(fewStates, fewOthers) {
		if strings.EqualFold(e.Name, name) {
			return e, true
		}
	}
	return news.Entity{}, false
}

func (few) Place(name, country string) (news.Entity, bool) {
	return news.Entity{ID: "place:lima", Kind: news.Place, Name: "Lima", Country: "PER", Source: "few"}, name == "Lima" && country == "PER"
}

// codedFiles are the files of other coders of testdata, with some text replaced.
func codedFiles(t testing.TB, replace ...string) map[string]string {
	t.Helper()
	archive, err := txtar.ParseFile("testdata/coded.txtar")
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, f := range archive.Files {
		all[f.Name] = strings.NewReplacer(replace...).Replace(string(f.Data))
	}
	return all
}

func codedInputs(t testing.TB, replace ...string) []Input {
	t.Helper()
	var all []Input
	files := codedFiles(t, replace...)
	for _, name := range []string{"day.export.CSV", "day.mentions.CSV", "plover.jsonl"} {
		all = append(all, text(name, files[name]))
	}
	return all
}

func zipped(t testing.TB, files ...string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i, content := range files {
		w, err := z.Create(fmt.Sprint("day", i, ".CSV"))
		if err == nil {
			_, err = io.WriteString(w, content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestImportCoded imports what others coded in several ways, which all make the same graph; the export of it does so too, and it holds together.
func TestImportCoded(t *testing.T) {
	files := codedFiles(t)
	turned := func(name string) Input {
		lines := strings.Split(strings.TrimSuffix(files[name], "\n"), "\n")
		slices.Reverse(lines)
		return text(name, strings.Join(lines, "\r\n"))
	}
	want := ""
	for name, inputs := range map[string][]Input{
		"plain":  codedInputs(t),
		"turned": {turned("plover.jsonl"), turned("day.mentions.CSV"), turned("day.export.CSV")},
		"zipped": {text("day.zip", zipped(t, files["day.export.CSV"])), text("mentions.zip", zipped(t, files["day.mentions.CSV"])), text("p.zip", zipped(t, files["plover.jsonl"]))},
		"twice":  append(codedInputs(t), codedInputs(t)...),
	} {
		for _, held := range []int{0, 1} {
			s := opened(t)
			sum, left := imported(t, s, Options{Known: few{}, held: held}, inputs...)
			if len(left) > 0 || sum.Stories != 8 || sum.Reports != 9 {
				t.Fatalf("%s: %+v, left out %q", name, sum, left)
			}
			got := exported(t, s)
			if want = cmp.Or(want, got); got != want {
				t.Errorf("%s: it exports\n%s\nwant\n%s", name, got, want)
			}
			if sum, left := imported(t, s, Options{Known: few{}}, inputs...); sum.Unchanged != 8 || len(left) > 0 || exported(t, s) != want {
				t.Errorf("%s: again: %+v, left out %q", name, sum, left)
			}
			st, err := s.Stats(t.Context())
			if err != nil || st.Readers[CoderOfGDELT] != 5 || st.Readers[CoderOfNGEC] != 3 || st.Superseded != 0 {
				t.Errorf("%s: %+v, %v", name, st, err)
			}
			other := opened(t)
			if _, left := imported(t, other, Options{}, text("graph.jsonl", want)); len(left) > 0 || exported(t, other) != want {
				t.Errorf("%s: its export makes another graph, and leaves out %q", name, left)
			}
		}
	}
}

// TestImportCodedStories looks at what stories without text are: one story a url, and one event that two of them tell.
func TestImportCodedStories(t *testing.T) {
	s := opened(t)
	imported(t, s, Options{Known: few{}}, codedInputs(t)...)
	page, err := s.Events(t.Context(), store.EventQuery{Actions: []string{"criticise"}, Paging: store.Paging{First: 5}})
	if err != nil || len(page.Edges) != 1 {
		t.Fatalf("%d events, %v", len(page.Edges), err)
	}
	if e := page.Edges[0].Node; len(e.Reports) != 2 || e.Texts != 2 || e.Claim || e.When.Precision != news.Day || e.When.From != "2024-01-10" {
		t.Errorf("the event is %+v", e)
	}
	page, err = s.Events(t.Context(), store.EventQuery{Actions: []string{"strike"}, Paging: store.Paging{First: 5}})
	if err != nil || len(page.Edges) != 1 {
		t.Fatalf("%d events, %v", len(page.Edges), err)
	}
	reports, err := s.ReportsByID(t.Context(), page.Edges[0].Node.Reports)
	if err != nil || len(reports) != 1 || reports[0].Confidence != 0.6 || reports[0].Sentence != "" {
		t.Errorf("%+v, %v", reports, err)
	}
}

// TestImportCodedLeftOut imports rows of others that are wrong: each is told with its line, and costs no other.
func TestImportCodedLeftOut(t *testing.T) {
	for _, test := range []struct {
		name    string
		replace []string
		left    []string
	}{
		{"a day", []string{"900000002\t20240110", "900000002\t20241310"}, []string{"day.export.CSV:2 its SQLDATE", "day.mentions.CSV:3 its event, 900000002", "day.mentions.CSV:4 its event"}},
		{"a code", []string{"\t1951\t", "\t9951\t"}, []string{"day.export.CSV:2 its EventCode", "day.mentions.CSV:3", "day.mentions.CSV:4"}},
		{"a latitude", []string{"\t-13.1\t", "\t-113.1\t"}, []string{"day.export.CSV:4 its ActionGeo_Lat"}},
		{"a geo type", []string{"\t4\tVilla", "\t9\tVilla"}, []string{"day.export.CSV:4 its ActionGeo_Type"}},
		{"an id", []string{"900000004\t", "many\t"}, []string{"day.export.CSV:4 its GLOBALEVENTID"}},
		{"fields", []string{"900000004\t", "900000004\t\t"}, []string{"day.export.CSV:4 it has 62 fields"}},
		{"fields of the first row", []string{"900000001\t20240111120000\t20240111120000\t1\tpaper", "900000001\t1\tpaper"}, []string{"day.mentions.CSV:1 it has 14 fields"}},
		{"no url", []string{"https://alone.example/story", ""}, []string{"day.export.CSV:4 no mention tells it"}},
		{"a time", []string{"20240111120000\t1\tdiario", "2024\t1\tdiario"}, []string{"day.mentions.CSV:2 its MentionTimeDate"}},
		{"confidence", []string{"\t100\t900", "\t1000\t900"}, []string{"day.mentions.CSV:5 its Confidence"}},
		{"a type", []string{`"ACCUSE"`, `"GRUMBLE"`}, []string{"plover.jsonl:1 its event_type"}},
		{"a resolved day", []string{`"date_resolved": "2024-01-09"`, `"date_resolved": "Tuesday"`}, []string{"plover.jsonl:1 its date_resolved"}},
		{"a publication day", []string{`"2024-01-10"`, `"2024-31-10"`}, []string{"plover.jsonl:1 its pub_date"}},
		{"no story", []string{"https://paper.example/arrest", ""}, []string{"plover.jsonl:3 it has neither"}},
		{"no JSON", []string{`{"id": "s2_`, `{"id" "s2_`}, []string{"plover.jsonl:2 it is no event of NGEC"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			sum, left := imported(t, opened(t), Options{Known: few{}}, codedInputs(t, test.replace...)...)
			ok := len(left) == len(test.left)
			for i := range min(len(left), len(test.left)) {
				ok = ok && strings.HasPrefix(left[i], test.left[i])
			}
			if !ok || sum.Stories < 7 {
				t.Errorf("%d stories; left out %q, want %q", sum.Stories, left, test.left)
			}
		})
	}
}

// TestImportCodedApart imports what tells of one story in two imports: what comes later and tells more is left out, and said.
func TestImportCodedApart(t *testing.T) {
	files := codedFiles(t)
	s := opened(t)
	first, rest, _ := strings.Cut(files["day.export.CSV"], "\n")
	imported(t, s, Options{Known: few{}}, text("one.CSV", first))
	_, left := imported(t, s, Options{Known: few{}}, text("two.CSV", rest))
	if len(left) != 1 || !strings.HasPrefix(left[0], "two.CSV:1 its story, story:") || !strings.Contains(left[0], "import the files together") {
		t.Errorf("left out %q", left)
	}
}

// TestImportCodedRefused refuses what is of no form of theirs by its name and what would do.
func TestImportCodedRefused(t *testing.T) {
	for says, content := range map[string]string{
		"58 fields parted by tabs":   strings.Repeat("1\t", 57) + "1\n",
		"the archive holds 2 files":  zipped(t, "a", "b"),
		"neither JSON nor the names": "\"a\n",
	} {
		_, err := Import(t.Context(), opened(t), []Input{text("some.CSV", content)}, Options{Known: few{}})
		if !errors.Is(err, ErrForm) || !strings.Contains(err.Error(), says) || !strings.Contains(err.Error(), "some.CSV") {
			t.Errorf("%q: %v", says, err)
		}
	}
	for _, in := range codedInputs(t) {
		if _, err := Import(t.Context(), opened(t), []Input{in}, Options{}); !errors.Is(err, errUnknown) {
			t.Errorf("%s without a gazetteer: %v", in.Name, err)
		}
	}
}

// TestParty is who acts, by name, group, country and role.
func TestParty(t *testing.T) {
	for _, test := range []struct {
		a    actor
		want news.ID
	}{
		{actor{name: "PERU", country: "PER"}, "state:PE"},
		{actor{name: "BUCHAREST", country: "ROM"}, "state:RO"},
		{actor{name: "ANA EJEMPLO", country: "PER", roles: []string{"GOV"}}, "person:ana-ejemplo"},
		{actor{name: "ANA EJEMPLO", country: "CHL"}, "state:CL"},
		{actor{name: "MINISTRY", country: "PER", roles: []string{"GOV"}}, "state:PE"},
		{actor{name: "ARMY", country: "PER", roles: []string{"MIL"}}, "organisation:perun-military"},
		{actor{name: "REBEL", country: "PER", roles: []string{"REB"}}, "group:perun-rebels"},
		{actor{name: "FIRM", country: "PER", roles: []string{"MNC"}}, "group:perun-companies"},
		{actor{name: "PERU", country: "PER", roles: []string{"ZZZ"}}, ""},
		{actor{name: "PERU", country: "PER", roles: []string{"ZZZ", "COP"}}, "organisation:perun-police"},
		{actor{name: "GOVERNMENT", roles: []string{"GOV"}}, ""},
		{actor{name: "U N", group: "UNO", roles: []string{"IGO"}}, "organisation:united-nations"},
		{actor{name: "LEAGUE", group: "ZZZ", roles: []string{"IGO"}}, ""},
		{actor{name: "AFRICA", country: "AFR"}, ""},
		{actor{}, ""},
	} {
		c := codedOf(news.Story{TextHash: "t"}, few{})
		if got, _ := c.party(test.a); got != test.want {
			t.Errorf("%+v is %q, want %q", test.a, got, test.want)
		}
	}
}

// TestCodes reads every row of codes.tsv, and asks what no row may leave open.
func TestCodes(t *testing.T) {
	n := 0
	for line := range strings.Lines(codesTSV) {
		cells := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if n++; strings.HasPrefix(line, "#") || cells[0] == "what" {
			continue
		}
		if len(cells) != 5 || codes()[cells[0]+" "+cells[1]] != (code{cells[2], cells[3], cells[4]}) {
			t.Errorf("codes.tsv:%d: %q is no row of 5 columns, or stands there twice", n, line)
			continue
		}
		a, known := news.ActionNamed(cells[2])
		kind, _, _ := strings.Cut(cells[1], "/")
		var ok bool
		switch cells[0] {
		case "cameo":
			ok = known
		case "plover":
			ok = known && string(a.Plover) == kind
		case "country":
			ok = len(cells[2]) == 3
		case "sector":
			ok = cells[3] == "" || (cells[3] == string(news.Organisation) || cells[3] == string(news.Group)) && news.Slug(cells[4]) != ""
		case "group":
			ok = cells[2] != "" // that the gazetteer has it, the program's test tells
		}
		if !ok {
			t.Errorf("codes.tsv:%d: %q is not what it should be", n, line)
		}
	}
	for root := 1; root <= 20; root++ {
		for _, event := range []string{fmt.Sprintf("%02d", root), fmt.Sprintf("%02d9", root), fmt.Sprintf("%02d99", root)} {
			if _, ok := cameoAction(event); !ok {
				t.Errorf("CAMEO %s has no action", event)
			}
		}
	}
	for _, kind := range news.EventTypes()[:16] {
		if a, ok := ploverAction(string(kind), nil); !ok || a.Plover != kind {
			t.Errorf("PLOVER %s is %q", kind, a.Name)
		}
	}
	for _, a := range news.Actions() { // the code of an action gives it, or one of the same root
		if b, ok := cameoAction(a.Cameo); a.Cameo != "" && (!ok || b.Cameo[:2] != a.Cameo[:2]) {
			t.Errorf("CAMEO %s of %s gives %q", a.Cameo, a.Name, b.Name)
		}
	}
}

func FuzzGDELT(f *testing.F) {
	files := codedFiles(f)
	f.Add(files["day.export.CSV"], files["day.mentions.CSV"])
	f.Fuzz(func(t *testing.T, events, mentions string) { fuzzed(t, events, mentions) })
}

func FuzzNGEC(f *testing.F) {
	for line := range strings.Lines(codedFiles(f)["plover.jsonl"]) {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, events string) { fuzzed(t, events) })
}

// fuzzed holds that whatever is read makes facts that a store takes and that are what their ids tell, or is left out.
func fuzzed(t *testing.T, files ...string) {
	t.Helper()
	s := &looking{t: t}
	for _, content := range files {
		s.inputs = append(s.inputs, text("some", content))
	}
	if _, err := Import(t.Context(), s, s.inputs, Options{Known: few{}}); err != nil && !errors.Is(err, ErrForm) && !strings.Contains(err.Error(), "zip") && !strings.Contains(err.Error(), "gzip") {
		t.Error(err)
	}
}

// looking is a store that looks at what it is given and keeps nothing.
type looking struct {
	store.Store
	t      *testing.T
	inputs []Input
}

func (s *looking) FactsByID(context.Context, []news.ID) ([]news.Facts, error) { return nil, nil }

func (s *looking) Put(_ context.Context, facts []news.Facts) (store.PutResult, error) {
	for _, f := range facts {
		if why := wholeFault(f); why != "" {
			s.t.Errorf("%s", why)
		}
	}
	return store.PutResult{}, nil
}
