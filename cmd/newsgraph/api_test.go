//go:build unix

package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"newsgraph/loader/extract"
	"newsgraph/news"
	"newsgraph/store"
	"newsgraph/store/sqlite"
)

const apiFile = "../../docs/api.md"

// TestAPI asks the demo each worked query of docs/api.md, and holds the answer that stands below it against what comes. What the demo has none of,
// copies and the past, is asked of stories of the tests.
func TestAPI(t *testing.T) {
	data, err := os.ReadFile(apiFile)
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	queries, answers := fences(text, "graphql"), fences(text, "json")
	if len(queries) == 0 || len(queries) != len(answers) {
		t.Fatalf("%d queries have %d answers", len(queries), len(answers))
	}
	demo := serving(t, "demo", "--curate", "--load", "--addr", "127.0.0.1:0")
	db := "sqlite:" + filepath.Join(t.TempDir(), "copies.db")
	if _, errs, code := newsgraph(t, "", "load", "--store", db, "testdata/copies"); code != 0 {
		t.Fatal(errs)
	}
	copies := serving(t, "serve", "--store", db, "--addr", "127.0.0.1:0")
	former := serving(t, "serve", "--store", versions(t), "--addr", "127.0.0.1:0")
	for i, query := range queries {
		url := demo
		switch {
		case strings.Contains(query, "copies"):
			url = copies
		case strings.Contains(query, "asOf"):
			url = former
		}
		asked := query
		if strings.Contains(query, "$id") { // of what was corrected last: it tells the time, so no document can have it
			var last struct {
				Corrections struct {
					Edges []struct{ Node struct{ ID string } }
				}
			}
			answer(t, url, `{ corrections(first: 1) { edges { node { id } } } }`, &last)
			asked = strings.NewReplacer("($id: ID!)", "", "$id", strconv.Quote(last.Corrections.Edges[0].Node.ID)).Replace(query)
		}
		var data json.RawMessage
		answer(t, url, asked, &data)
		got := readable(t, data, "") + "\n"
		if got == answers[i] {
			continue
		}
		if !*update {
			t.Errorf("%s\nis answered (go test ./cmd/newsgraph -run TestAPI -update writes it)\n%s", query, got)
		}
		text = strings.Replace(text, query+"```\n\n```json\n"+answers[i]+"```", query+"```\n\n```json\n"+got+"```", 1)
	}
	if *update {
		if err := os.WriteFile(apiFile, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// versions is a store of a story that was published in an evening, and of its next version, of the morning. Both were loaded just now.
func versions(t *testing.T) string {
	t.Helper()
	db := filepath.Join(t.TempDir(), "versions.db")
	s, err := sqlite.Open(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	x, err := extract.New()
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range []struct{ updated, headline, text string }{
		{"2024-05-14T18:30:00Z", "Police hold minister in Lima", "LIMA, May 14, 2024 - Police in Peru arrested Interior Minister Rosa Quispe on Tuesday, the prosecutor said."},
		{"2024-05-15T06:10:00Z", "Police free minister in Lima", "LIMA, May 14, 2024 - Police in Peru released Interior Minister Rosa Quispe on Tuesday, the prosecutor said."},
	} {
		story := news.Story{Headline: v.headline, Publisher: "Gazette", URL: "https://gazette.example/minister", Published: "2024-05-14", Updated: v.updated, Text: v.text}
		putRead(t, s, x, story)
	}
	return "sqlite:" + db
}

// putRead reads a story and puts it into a store.
func putRead(t *testing.T, s store.Store, x *extract.Extractor, story news.Story) {
	t.Helper()
	story.Identify()
	f, err := x.Read(story)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Put(t.Context(), []news.Facts{f}); err != nil {
		t.Fatal(err)
	}
}
