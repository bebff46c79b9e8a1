//go:build unix

package main

import (
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
	"unicode/utf16"

	"newsgraph/store/neo4j/neo4jtest"
)

const goodStory = "Oslo condemns Chad\n\nNorway condemned Chad on Tuesday.\n"

// write makes a file in a folder of the test's.
func write(t *testing.T, dir, name, data string) string {
	t.Helper()
	name = filepath.Join(dir, name)
	if err := os.WriteFile(name, []byte(data), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

func export(t *testing.T, uri string) string {
	t.Helper()
	out, errs, code := newsgraph(t, "", "export", "--store", uri)
	if code != 0 {
		t.Fatalf("export: exit code %d, %s", code, errs)
	}
	return out
}

// TestBadInput sees that what is bad is named, and that what is good is loaded all the same.
func TestBadInput(t *testing.T) {
	dir := t.TempDir()
	good := write(t, dir, "good.txt", goodStory)
	clean := "sqlite:" + filepath.Join(dir, "clean.db")
	if _, errs, code := newsgraph(t, "", "load", "--store", clean, "--published", "2024-01-10", good); code != 0 {
		t.Fatal(errs)
	}
	want := export(t, clean)
	bad := map[string]string{
		write(t, dir, "empty.txt", ""):                                "empty",
		write(t, dir, "binary.txt", "\x7fELF\x00\x01"):                "not plain text",
		write(t, dir, "encoding.txt", "caf\x81\xff\x8d told\n\nA b."): "UTF-8",
		write(t, dir, "line.txt", strings.Repeat("a", 50<<20)):        "too long",
		write(t, dir, "wide.txt", strings.Repeat("a", 2<<20)):         "wide.txt:1:",
		filepath.Join(dir, "none.txt"):                                "no such file",
	}
	stores(t, func(t *testing.T, uri string) {
		args := []string{"load", "--store", uri, "--published", "2024-01-10"}
		for name := range bad {
			args = append(args, name)
		}
		out, errs, code := newsgraph(t, "", append(args, good)...)
		if code != exitRefused || !strings.Contains(out, "1 story (1 new") || !strings.Contains(errs, "6 of 7 files were left out") {
			t.Errorf("exit code %d, %s%s", code, out, errs)
		}
		for name, what := range bad {
			if !slices.ContainsFunc(strings.Split(errs, "\n"), func(line string) bool { return strings.Contains(line, name) && strings.Contains(line, what) }) {
				t.Errorf("%s: no %q in %s", name, what, errs)
			}
		}
		if got := export(t, uri); got != want {
			t.Errorf("the good file:\n%s\nwant\n%s", got, want)
		}
	})
}

func TestEncodings(t *testing.T) {
	dir := t.TempDir()
	const text = "Peru’s Núñez condemns Chad\n\nPeru’s foreign minister, José Núñez, condemned Chad."
	wide := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune(text)) {
		wide = append(wide, byte(u), byte(u>>8))
	}
	latin := strings.NewReplacer("’", "\x92", "ú", "\xfa", "ñ", "\xf1", "é", "\xe9").Replace(text)
	for name, data := range map[string]string{"utf-8": text, "utf-16": string(wide), "windows-1252": latin} {
		uri := "sqlite:" + filepath.Join(dir, name)
		if _, errs, code := newsgraph(t, data, "load", "--store", uri, "-"); code != 0 {
			t.Errorf("%s: %s", name, errs)
		}
		if out := export(t, uri); !strings.Contains(out, `"headline":"Peru’s Núñez condemns Chad"`) || !strings.Contains(out, `"name":"José Núñez"`) {
			t.Errorf("%s: %s", name, out)
		}
	}
}

// TestRefused sees that commands that cannot begin say why, in one line without a stack, and how to mend it.
func TestRefused(t *testing.T) {
	dir := t.TempDir()
	good := write(t, dir, "good.txt", goodStory)
	french := write(t, dir, "french.txt", "Le ministre parle\n\nLe ministre a dit lundi que les discussions ne sont pas terminées et que d'autres vont suivre avec les voisins.\n")
	noise := write(t, dir, "noise.db", strings.Repeat("no database ", 1000))
	for _, c := range []struct {
		args []string
		code int
		says []string
	}{
		{[]string{"load", "--store", "sqlite:" + filepath.Join(dir, "no", "graph.db"), good}, 1, []string{"no/graph.db", "folder"}},
		{[]string{"load", "--store", "sqlite:" + filepath.Join(good, "graph.db"), good}, 1, []string{"good.txt/graph.db"}},
		{[]string{"load", "--store", "sqlite:" + noise, good}, 1, []string{"noise.db", "newsgraph store"}},
		{[]string{"load", "--store", "nonsense", good}, 2, []string{"nonsense", "sqlite:PATH"}},
		{[]string{"load", "--store", "sqlite::memory:", good}, 2, []string{":memory:", "names no file", "sqlite:PATH"}},
		{[]string{"list", "--store", "sqlite://graph.db"}, 2, []string{"names a host", "sqlite:graph.db"}},
		{[]string{"load", "--store", "neo4j://127.0.0.1:1", good}, 1, []string{"127.0.0.1:1", "Neo4j runs"}},
		{[]string{"serve", "--store", "bolt://127.0.0.1:1"}, 1, []string{"127.0.0.1:1", "Neo4j runs"}},
		{[]string{"load", "--store", "sqlite:" + filepath.Join(dir, "a.db"), "--published", "yesterday", good}, 2, []string{"--published", "2024-01-09"}},
		{[]string{"load", "--store", "sqlite:" + filepath.Join(dir, "a.db")}, 2, []string{"file", "--help"}},
		{[]string{"load", "--store", "sqlite:" + filepath.Join(dir, "a.db"), t.TempDir()}, 1, []string{"no files"}},
		{[]string{"load", "--store", "sqlite:" + filepath.Join(dir, "a.db"), french}, 1, []string{"french.txt", "French", "--any-language"}},
		{[]string{"load", "--store", "sqlite:" + filepath.Join(dir, "a.db"), "--any-language", french}, 0, nil},
		{[]string{"parse", "--raw", french}, 1, []string{"french.txt", "French", "--any-language"}},
		{[]string{"lod", good}, 2, []string{"lod", "load"}},
		{[]string{"demo", "--addr", "nowhere:at:all"}, 1, []string{"nowhere:at:all", "--addr"}},
	} {
		_, errs, code := newsgraph(t, "", c.args...)
		if code != c.code || strings.Contains(errs, "goroutine") {
			t.Errorf("%v: exit code %d, want %d: %s", c.args, code, c.code, errs)
		}
		for _, w := range c.says {
			if !strings.Contains(errs, w) {
				t.Errorf("%v: no %q in %s", c.args, w, errs)
			}
		}
	}
}

// TestBadQuestions sees that what cannot be answered has a code, and is no failure of the server.
func TestBadQuestions(t *testing.T) {
	dir := t.TempDir()
	uri := "sqlite:" + filepath.Join(dir, "graph.db")
	if _, errs, code := newsgraph(t, goodStory, "load", "--store", uri, "-"); code != 0 {
		t.Fatal(errs)
	}
	url := serving(t, "serve", "--store", uri, "--addr", "127.0.0.1:0")
	for query, want := range map[string]string{
		`{node(id: "person:nobody") {id}}`:                                "NOT_FOUND",
		`{entity(id: "person:nobody") {id}}`:                              "NOT_FOUND",
		`{events(first: 0) {edges {cursor}}}`:                             "BAD_USER_INPUT",
		`{events(first: 10000) {edges {cursor}}}`:                         "BAD_USER_INPUT",
		`{events(after: "x") {edges {cursor}}}`:                           "BAD_USER_INPUT",
		`{events(filter: {during: {from: "2024-13"}}) {edges {cursor}}}`:  "BAD_USER_INPUT",
		`{events(filter: {action: "no_such_action"}) {edges {cursor}}}`:   "BAD_USER_INPUT",
		`{events(filter: {source: "Nobody At All"}) {edges {node {id}}}}`: "NOT_FOUND",
		`{stories(after: "WyJldmVudHMiXQ") {edges {node {id}}}}`:          "BAD_USER_INPUT",
		`{search(query: "nor", first: -1) {edges {node {id}}}}`:           "BAD_USER_INPUT",
		`{nonsense}`: "GRAPHQL_VALIDATION_FAILED",
	} {
		if _, codes := ask(t, url, query); len(codes) != 1 || codes[0] != want {
			t.Errorf("%s: codes %v, want %s", query, codes, want)
		}
	}
}

// sampleFiles are the files of the samples.
func sampleFiles(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("../../samples/*.txt")
	if err != nil || len(files) < 12 {
		t.Fatalf("%d samples, %v", len(files), err)
	}
	return files
}

// TestAnyOrder has programs load the same stories at once, each in another order, and holds the outcome on both stores against that of one load.
func TestAnyOrder(t *testing.T) {
	files := sampleFiles(t)
	clean := "sqlite:" + filepath.Join(t.TempDir(), "clean.db")
	if _, errs, code := newsgraph(t, "", append([]string{"load", "--store", clean, "--published", "2024-01-10"}, files...)...); code != 0 {
		t.Fatal(errs)
	}
	want := export(t, clean)
	if strings.Count(want, "\n") < 500 {
		t.Fatalf("the samples make %d lines", strings.Count(want, "\n"))
	}
	stores(t, func(t *testing.T, uri string) {
		var wg sync.WaitGroup
		for n := range 4 {
			order := slices.Concat(files[3*n:], files[:3*n])
			if n == 3 {
				slices.Reverse(order)
			}
			wg.Go(func() {
				if out, errs, code := newsgraph(t, "", append([]string{"load", "--store", uri, "--published", "2024-01-10"}, order...)...); code != 0 {
					t.Errorf("exit code %d, %s%s", code, out, errs)
				}
			})
		}
		wg.Wait()
		if got := export(t, uri); got != want {
			t.Errorf("another export: %s", difference(got, want))
		}
	})
}

// difference is the first line in which two texts differ.
func difference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			return fmt.Sprintf("line %d is\n%.400s\nwant\n%.400s", i+1, g[i], w[i])
		}
	}
	return fmt.Sprintf("%d lines, want %d", len(g), len(w))
}

// TestKilled kills a load without warning, at moments of chance, and loads again.
func TestKilled(t *testing.T) {
	dir := t.TempDir()
	for n := range 120 {
		write(t, dir, fmt.Sprintf("%03d.txt", n), fmt.Sprintf("Envoys meet, day %d\n\nNorway condemned Chad on Tuesday.\n\nKing Harald met Peru's envoy %d times.\n", n, n))
	}
	begun := time.Now()
	want := undisturbed(t, "--published", "2024-01-10", dir)
	took := time.Since(begun) // more or less what a load takes, on this machine now
	seed := uint64(begun.UnixNano())
	t.Logf("seed %d, of %v", seed, took)
	r := rand.New(rand.NewPCG(seed, 1))
	stores(t, func(t *testing.T, uri string) {
		load := []string{"load", "--store", uri, "--published", "2024-01-10", dir}
		for range rounds(t, 3) {
			after := time.Duration(r.Int64N(int64(took)))
			c := exec.CommandContext(t.Context(), program, load...)
			if err := c.Start(); err != nil {
				t.Fatal(err)
			}
			time.Sleep(after)
			if err := c.Process.Signal(syscall.SIGKILL); err != nil {
				t.Logf("ended before it was killed: %v", err)
			}
			_ = c.Wait() // killed
			if path, embedded := strings.CutPrefix(uri, "sqlite:"); embedded {
				if _, err := os.Stat(path); err == nil {
					export(t, uri) // what is there can be read
				}
			}
		}
		if out, errs, code := newsgraph(t, "", load...); code != 0 {
			t.Fatalf("exit code %d, %s%s", code, out, errs)
		}
		if got := export(t, uri); got != want {
			t.Errorf("another export: %s", difference(got, want))
		}
	})
	if err := neo4jtest.Clear(t.Context(), server); err != nil {
		t.Error(err)
	}
}

func TestExtract(t *testing.T) {
	out, errs, code := newsgraph(t, `{"id": "a", "text": "“Norway” condemned Chad on Tuesday.", "published": "2024-01-10"}`+"\nnonsense\n", "extract")
	if code != exitRefused || !strings.Contains(errs, "1 line was left out") || !strings.Contains(errs, "standard input:2") {
		t.Errorf("exit code %d: %s", code, errs)
	}
	for _, want := range []string{`"id":"a"`, `"action":"condemn"`, `"country":"NOR"`, `"value":"2024-01-09"`, `"begin":1,"end":7`} {
		if !strings.Contains(out, want) {
			t.Errorf("no %s in %s", want, out)
		}
	}
}

// TestExplainWeights explains by the weights of a file: those that are embedded say what they say anyway, and none weigh nothing.
func TestExplainWeights(t *testing.T) {
	dir := t.TempDir()
	story := write(t, dir, "story.txt", goodStory)
	packed, err := os.Open("../../loader/extract/weights/events.tsv.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer packed.Close()
	weights, err := gzip.NewReader(packed)
	if err != nil {
		t.Fatal(err)
	}
	embedded, err := io.ReadAll(weights)
	if err != nil {
		t.Fatal(err)
	}
	want, errs, code := newsgraph(t, "", "explain", story)
	if code != 0 || !strings.Contains(want, "condemn") {
		t.Fatalf("exit code %d: %s%s", code, want, errs)
	}
	if got, errs, code := newsgraph(t, "", "explain", "--weights", write(t, dir, "same.tsv", string(embedded)), story); code != 0 || got != want {
		t.Errorf("by the embedded weights: exit code %d: %s%s", code, errs, difference(got, want))
	}
	var turned strings.Builder // each weight of the other sign
	for line := range strings.Lines(string(embedded)) {
		if cells := strings.Split(strings.TrimSuffix(line, "\n"), "\t"); !strings.HasPrefix(line, "#") && len(cells) == 4 {
			if rest, ok := strings.CutPrefix(cells[3], "-"); ok {
				cells[3] = rest
			} else {
				cells[3] = "-" + cells[3]
			}
			line = strings.Join(cells, "\t") + "\n"
		}
		turned.WriteString(line)
	}
	if got, errs, code := newsgraph(t, "", "explain", "--weights", write(t, dir, "other.tsv", turned.String()), story); code != 0 || got == want {
		t.Errorf("by weights of the other sign: exit code %d: %s%s", code, errs, got)
	}
}

func TestParse(t *testing.T) {
	out, errs, code := newsgraph(t, "Oslo condemned Chad's attack.\n", "parse", "--raw")
	if code != 0 || !strings.Contains(out, "2\tcondemned\tcondemn\tVERB\tVBD\tMood=Ind|Tense=Past|VerbForm=Fin\t0\troot\t_\tPred=V|Args=ARG0:1,ARG1:5|") ||
		!strings.Contains(out, "3-4\tChad's\t_") {
		t.Errorf("exit code %d: %s%s", code, out, errs)
	}
	again, errs, code := newsgraph(t, out, "parse")
	if code != 0 || again != out {
		t.Errorf("exit code %d: %s, and its own output is read as\n%s", code, errs, again)
	}
	if _, errs, code := newsgraph(t, "1\tOslo\n", "parse"); code != 1 || !strings.Contains(errs, "standard input: line 1: 2 columns") {
		t.Errorf("exit code %d: %s", code, errs)
	}
}

// TestLoadTells sees what a load prints for people and for machines, and the codes that it ends with.
func TestLoadTells(t *testing.T) {
	dir := t.TempDir()
	records := write(t, dir, "a.jsonl", `{"title": "Oslo condemns Chad", "content": "Norway condemned Chad on Tuesday.", "publishedAt": "2024-01-10T09:30:00Z", "source": {"name": "Oslo Times"}}
{"title": bad}
{"title": "Lima condemns Chad", "content": "Peru condemned Chad on Tuesday.", "link": "https://a.example/2"}
`)
	table := write(t, dir, "b.csv", "what,words,when\nLima condemns Chad again,Peru condemned Chad on Monday.,2024-01-09\n")
	rtf := write(t, dir, "c.txt", `{\rtf1 a}`)
	uri := "sqlite:" + filepath.Join(dir, "graph.db")
	for _, c := range []struct {
		args       []string
		code       int
		outs, errs []string
	}{
		{[]string{records}, 3, []string{"2 stories (2 new", "refused           1"}, []string{"a.jsonl:2:11: byte ", "no JSON", "1 part of files that were read was left out"}},
		{[]string{"--json", records}, 3, []string{`"stories":2,"in":2,"new":0,`, `"duplicates":2`, `"refusals":[{"source":`, `"exit":3}`}, nil},
		{[]string{"--map", "headline=what,text=words,published=when", table}, 0, []string{"1 story (1 new"}, nil},
		{[]string{"--map", "title=what", table}, 2, nil, []string{"--map", "headline, text"}},
		{[]string{table}, 1, nil, []string{"what, words, when", "--map text=COLUMN"}},
		{[]string{rtf}, 1, nil, []string{"RTF is not read", "save its text"}},
		{[]string{"--dry-run", "--published", "2024-02-01", records}, 3, []string{"2024-01-10  Oslo condemns Chad  (5 words; publisher Oslo Times; JSON lines; line 1)", "2024-02-01  Lima", "2 stories would be loaded"}, nil},
		{[]string{"--dry-run", "--json", records}, 3, []string{`"items":[{"id":"story:`, `"published":"2024-01-10T09:30:00Z"`, `"dryRun":true`}, nil},
		{[]string{"--help"}, 0, []string{"stories.csv", "page.html", "feed.xml", "wire.nitf", "report.pdf", "letters.mbox", "stories.zip", "warc.gz", "articles.json", "index.tsv", "--dry-run --json", "130 or 143"}, nil},
	} {
		out, errs, code := newsgraph(t, "", append([]string{"load", "--store", uri}, c.args...)...)
		if code != c.code {
			t.Errorf("%v: exit code %d, want %d: %s%s", c.args, code, c.code, out, errs)
		}
		for _, want := range c.outs {
			if !strings.Contains(out, want) {
				t.Errorf("%v: no %q in %s", c.args, want, out)
			}
		}
		for _, want := range c.errs {
			if !strings.Contains(errs, want) {
				t.Errorf("%v: no %q in %s", c.args, want, errs)
			}
		}
	}
	if _, errs, code := newsgraph(t, "", "load", "--dry-run", "--store", "sqlite:"+filepath.Join(dir, "none.db"), records); code != 3 {
		t.Error(errs)
	}
	if _, err := os.Stat(filepath.Join(dir, "none.db")); err == nil {
		t.Error("a dry run made a store")
	}
}

// TestDryRunAgrees holds what a dry run counts against what loads of the same files count: into an empty store all that it knows is the same, and into a filled
// one all but what is there already, which it says not to know.
func TestDryRunAgrees(t *testing.T) {
	dir, folder := t.TempDir(), t.TempDir()
	good := write(t, dir, "good.txt", goodStory)
	write(t, folder, "again.txt", goodStory)
	write(t, folder, "picture.png", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
	write(t, folder, "dates.jsonl", `{"title": "Lima condemns Chad", "text": "Peru condemned Chad on Monday.", "date": "someday"}`+"\n"+`{"title": bad}`+"\n")
	files := []string{good, good, folder, filepath.Join(dir, "none.txt")}
	counted := func(args ...string) map[string]any {
		t.Helper()
		out, errs, code := newsgraph(t, "", append(append([]string{"load", "--json"}, args...), files...)...)
		var all map[string]any
		if err := json.Unmarshal([]byte(out), &all); err != nil || code != exitRefused {
			t.Fatalf("%v: exit code %d, %v: %s%s", args, code, err, out, errs)
		}
		return all
	}
	stores(t, func(t *testing.T, uri string) {
		dry, empty, filled := counted("--dry-run"), counted("--store", uri), counted("--store", uri)
		for _, c := range []struct {
			field string
			want  float64
			known bool // of a filled store too
		}{
			{"files", 6, true}, {"stories", 4, true}, {"in", 4, true}, {"new", 2, false}, {"duplicates", 2, false}, {"passedOver", 1, true}, {"refused", 2, true}, {"refusedDates", 1, true},
		} {
			if dry[c.field] != c.want || empty[c.field] != c.want || c.known && filled[c.field] != c.want {
				t.Errorf("%s: %v by a dry run, %v into an empty store, %v into a filled one; want %v", c.field, dry[c.field], empty[c.field], filled[c.field], c.want)
			}
		}
		if filled["new"] != 0. || filled["duplicates"] != 4. {
			t.Errorf("again: %v", filled)
		}
		unknown, _ := dry["unknown"].([]any)
		for _, name := range []string{"copies", "newEvents", "replaced"} {
			if !slices.Contains(unknown, any(name)) {
				t.Errorf("a dry run knows %s: %v", name, unknown)
			}
		}
	})
	out, errs, _ := newsgraph(t, "", append([]string{"load", "--dry-run"}, files...)...)
	for _, want := range []string{"2 stories would be loaded from 4 files into an empty store; what a store holds already", "duplicates        2  of others of these files", "passed over       1"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in %s", want, out)
		}
	}
	for _, want := range []string{"passed over: ", "1 of 6 files was left out, and 1 part of files that were read; the others would be loaded"} {
		if !strings.Contains(errs, want) {
			t.Errorf("no %q in %s", want, errs)
		}
	}
	if _, errs, code := newsgraph(t, "", "load", "--store", "sqlite:"+filepath.Join(dir, "x.db"), filepath.Join(dir, "none.txt")); code != exitFailed || !strings.Contains(errs, "1 of 1 file was left out") {
		t.Errorf("exit code %d: %s", code, errs)
	}
}

// TestLikeMistakes sees that like mistakes end with the same code, whichever command is told them: 2 where the command line is wrong as it stands, or a file is none
// that one of its flags names; 1 where what it is to work on is not there.
func TestLikeMistakes(t *testing.T) {
	dir := t.TempDir()
	none, store := filepath.Join(dir, "none"), filled(t)
	good, bad := write(t, dir, "good.txt", goodStory), write(t, dir, "bad", "neither keys nor weights")
	for name, mistakes := range map[string]struct {
		code int
		all  [][]string
	}{
		"a file of a flag that is missing": {exitUsage, [][]string{
			{"serve", "--store", store, "--keys", none},
			{"keys", "list", "--keys", none},
			{"keys", "revoke", "ana", "--keys", none},
			{"serve", "--store", store, "--queries", none},
			{"serve", "--store", store, "--tls-cert", none, "--tls-key", none, "--addr", "127.0.0.1:0"},
			{"extract", "--weights", none},
			{"explain", "--weights", none, good},
			{"--config", none, "list", "--store", store},
			{"keys", "add", "ana", "--keys", filepath.Join(none, "keys")},
		}},
		"a file of a flag that is another": {exitUsage, [][]string{
			{"serve", "--store", store, "--keys", bad},
			{"keys", "list", "--keys", bad},
			{"keys", "revoke", "ana", "--keys", bad},
			{"keys", "add", "ana", "--keys", bad},
			{"serve", "--store", store, "--queries", bad},
			{"extract", "--weights", bad},
			{"explain", "--weights", bad, good},
			{"--config", bad, "list", "--store", store},
		}},
		"a missing input": {exitFailed, [][]string{
			{"load", "--store", store, none},
			{"load", "--dry-run", none},
			{"import", "--store", store, none},
			{"watch", "--once", "--store", store, none},
			{"explain", none},
			{"extract", none},
			{"parse", none},
			{"correct", "import", "--store", store, none},
		}},
		"an input of another form": {exitFailed, [][]string{{"import", "--store", store, good}, {"correct", "import", "--store", store, good}, {"extract", good}, {"parse", good}}},
		"an unknown id": {exitFailed, [][]string{
			{"remove", "--store", store, "story:0123456789abcdef0123"},
			{"correct", "hide", "--store", store, "event:0123456789abcdef0123", "--because", "x"},
			{"correct", "pin", "--store", store, "story:0123456789abcdef0123", "--because", "x"},
			{"correct", "undo", "--store", store, "correction:0123456789abcdef0123", "--because", "x"},
		}},
		"a missing store": {exitFailed, [][]string{
			{"list", "--store", "sqlite:" + none},
			{"serve", "--store", "sqlite:" + none, "--load"},
			{"export", "--store", "sqlite:" + none},
			{"copy", "--from", "sqlite:" + none, "--to", store},
			{"reread", "--store", "sqlite:" + none},
			{"remove", "--store", "sqlite:" + none, "story:0123456789abcdef0123"},
			{"correct", "list", "--store", "sqlite:" + none},
		}},
		"no date": {exitUsage, [][]string{
			{"load", "--store", store, "--published", "May", good},
			{"explain", "--published", "May", good},
			{"list", "--store", store, "--since", "May"},
			{"watch", "--since", "May", dir},
			{"export", "--store", store, "--as-of", "May"},
			{"correct", "redate", "--store", store, "--to", "May", "--because", "x", "event:0123456789abcdef0123"},
		}},
		"an unknown word": {exitUsage, [][]string{{"frobnicate"}, {"correct", "frobnicate"}, {"keys", "frobnicate"}, {"list", "--frobnicate"}, {"export", "--format", "frobnicate"}}},
	} {
		for _, args := range mistakes.all {
			if out, errs, code := newsgraph(t, "", args...); code != mistakes.code || errs == "" {
				t.Errorf("%s: %v ends with %d, want %d: %s%s", name, args, code, mistakes.code, out, errs)
			}
		}
	}
}

// TestLoadInterrupted stops loads by both signals, goes on, and holds the outcome against that of one load.
func TestLoadInterrupted(t *testing.T) {
	dir := t.TempDir()
	var b strings.Builder
	for n := range 1500 {
		fmt.Fprintf(&b, `{"title": "Envoys meet, day %d", "text": "Norway condemned Chad on Tuesday. King Harald met Peru's envoy %d times.", "date": "2024-01-10"}`+"\n", n, n)
	}
	file := write(t, dir, "a.jsonl", b.String())
	clean, uri := "sqlite:"+filepath.Join(dir, "clean.db"), "sqlite:"+filepath.Join(dir, "graph.db")
	if _, errs, code := newsgraph(t, "", "load", "--store", clean, file); code != 0 {
		t.Fatal(errs)
	}
	for signal, want := range map[syscall.Signal]int{syscall.SIGINT: 130, syscall.SIGTERM: 143} {
		c := exec.CommandContext(t.Context(), program, "load", "--store", uri, file)
		var errs strings.Builder
		c.Stderr = &errs
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Second)
		if err := c.Process.Signal(signal); err != nil {
			t.Fatal(err)
		}
		sent := time.Now()
		_ = c.Wait() // its code says how
		if c.ProcessState.ExitCode() != want || !strings.Contains(errs.String(), "stories are in; run it again to go on") || time.Since(sent) > 2*time.Second {
			t.Errorf("%v: exit code %d after %v: %s", signal, c.ProcessState.ExitCode(), time.Since(sent), errs.String())
		}
	}
	if _, errs, code := newsgraph(t, "", "load", "--store", uri, file); code != 0 {
		t.Fatal(errs)
	}
	if got, want := export(t, uri), export(t, clean); got != want {
		t.Errorf("another export: %s", difference(got, want))
	}
}
