package main

import (
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"newsgraph/graph"
	"newsgraph/loader/gazetteer"
	"newsgraph/store/sqlite"
)

// Every sector that a table gives somebody can be asked for, and none that no table gives.
func TestSectorsAreThoseOfTheTables(t *testing.T) {
	t.Parallel()
	given := []string{"GOV"} // of a state, whose table has no such column
	for _, file := range []string{"organisations.tsv", "titles.tsv", "nouns.tsv"} {
		if err := gazetteer.ReadTSV(os.DirFS("../../loader/gazetteer/data"), file, func(_ string, cell func(string) string) error {
			if sector := cell("sector"); sector != "" && !slices.Contains(given, sector) {
				given = append(given, sector)
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	slices.Sort(given)

	s, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "graph.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/graphql", strings.NewReader(`{"query": "{ entities(filter: {sector: \"none\"}) { edges { cursor } } }"}`))
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	graph.New(s, slog.New(slog.DiscardHandler)).ServeHTTP(w, r)
	var refused struct {
		Errors []struct{ Message string }
	}
	if err := json.Unmarshal(w.Body.Bytes(), &refused); err != nil || len(refused.Errors) != 1 {
		t.Fatalf("%v: %s", err, w.Body)
	}
	_, codes, _ := strings.Cut(refused.Errors[0].Message, "It is one of ")
	if taken := strings.Split(codes, ", "); !slices.Equal(taken, given) {
		t.Errorf("filters take the sectors\n%q, the tables give\n%q", taken, given)
	}
}
