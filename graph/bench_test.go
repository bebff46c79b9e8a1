package graph_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"newsgraph/graph"
	"newsgraph/store"
	"newsgraph/store/sqlite"
)

type question struct{ name, query string }

// questions are those of testdata/questions.graphql.
func questions(b *testing.B) (all []question) {
	b.Helper()
	data, err := os.ReadFile("testdata/questions.graphql")
	if err != nil {
		b.Fatal(err)
	}
	for _, one := range strings.Split(string(data), "\n\n# ")[1:] {
		name, query, _ := strings.Cut(one, "\n")
		all = append(all, question{name, query})
	}
	return all
}

// BenchmarkQuestions asks what docs/api.md asks of a file of generated news, which BenchmarkNews of store/sqlite keeps, and tells the
// slowest of a hundred: 100 ms is the bound, 300 ms for paths and networks.
func BenchmarkQuestions(b *testing.B) {
	const env = "NEWSGRAPH_BENCH_FILE"
	if os.Getenv(env) == "" {
		b.Skip("set " + env + " to a file that BenchmarkNews of store/sqlite made")
	}
	s, err := sqlite.Open(b.Context(), os.Getenv(env))
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	h := graph.New(s, quiet())
	began := time.Now()
	if _, err := s.Counts(b.Context(), store.CountQuery{By: []store.Dimension{store.ByYear}, Top: 1}); err != nil {
		b.Fatal(err)
	}
	took := time.Since(began)
	if err := s.Warm(b.Context()); err != nil { // as serve does
		b.Fatal(err)
	}
	table := fmt.Sprintf("the first question after opening: %v\n%-28s %10s %10s\n", took.Round(time.Millisecond), "ms", "p50", "p99")
	for _, q := range questions(b) {
		body, err := json.Marshal(map[string]any{"query": q.query})
		if err != nil {
			b.Fatal(err)
		}
		b.Run(q.name, func(b *testing.B) {
			var took []time.Duration
			for b.Loop() {
				began := time.Now()
				r := httptest.NewRequest(http.MethodPost, "/graphql", bytes.NewReader(body))
				r.Header.Set("Content-Type", "application/json")
				w := httptest.NewRecorder()
				h.ServeHTTP(w, r)
				took = append(took, time.Since(began))
				if bytes.Contains(w.Body.Bytes(), []byte(`"errors"`)) {
					b.Fatal(w.Body.String())
				}
			}
			slices.Sort(took)
			p50, p99 := float64(took[len(took)/2].Microseconds())/1000, float64(took[len(took)*99/100].Microseconds())/1000
			b.ReportMetric(p99, "p99-ms")
			b.ReportMetric(p50, "p50-ms")
			table += fmt.Sprintf("%-28s %10.1f %10.1f\n", q.name, p50, p99)
		})
	}
	fmt.Print("\n" + table)
}
