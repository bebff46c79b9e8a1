package graph_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"newsgraph/graph"
	"newsgraph/news"
	"newsgraph/store"
	"newsgraph/store/sqlite"
)

var update = flag.Bool("update", false, "write the answers into testdata")

// cursors are the store's own, and mean nothing to a reader.
var cursors = regexp.MustCompile(`("(?:cursor|startCursor|endCursor)": )"[^"]*"`)

// cost is the same for every graph, and has a test of its own.
var cost = regexp.MustCompile(`,"extensions":\{"cost":\{[^{}]*\}\}\}\s*$`)

const storiesFile = "stories.txtar"

// open is an embedded store that holds facts.
func open(t testing.TB, facts []news.Facts) store.Store {
	t.Helper()
	s, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "graph.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	if _, err := s.Put(t.Context(), facts); err != nil {
		t.Fatal(err)
	}
	return s
}

// Each file of testdata asks about the stories of stories.txtar: NAME.graphql is a query, NAME.variables its variables if it has any, and
// NAME.json the answer.
func TestAsk(t *testing.T) {
	h := graph.New(open(t, readFacts(t, filepath.Join("testdata", storiesFile))), quiet())
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(paths) < 2 {
		t.Fatalf("no questions: %v", err)
	}
	for _, path := range paths {
		if filepath.Base(path) == storiesFile {
			continue
		}
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) { askFile(t, h, path) })
	}
}

func askFile(t *testing.T, h http.Handler, path string) {
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for _, file := range archive.Files {
		files[file.Name] = file.Data
	}
	written := &txtar.Archive{Comment: archive.Comment}
	for _, file := range archive.Files {
		name, ok := strings.CutSuffix(file.Name, ".graphql")
		if !ok {
			continue
		}
		request := map[string]any{"query": string(file.Data)}
		written.Files = append(written.Files, file)
		if variables, ok := files[name+".variables"]; ok {
			request["variables"] = json.RawMessage(variables)
			written.Files = append(written.Files, txtar.File{Name: name + ".variables", Data: variables})
		}
		body, err := json.Marshal(request)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		var indented bytes.Buffer
		if err := json.Indent(&indented, []byte(cost.ReplaceAllString(post(t, h, string(body)).body, "}\n")), "", " "); err != nil {
			t.Fatal(err)
		}
		got := cursors.ReplaceAll(indented.Bytes(), []byte(`${1}"…"`))
		written.Files = append(written.Files, txtar.File{Name: name + ".json", Data: got})
		if want := files[name+".json"]; !*update && !bytes.Equal(got, want) {
			t.Errorf("%s:\n%s\nwant:\n%s", name, got, want)
		}
	}
	if *update {
		if err := os.WriteFile(path, txtar.Format(written), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
