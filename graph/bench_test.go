package graph_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
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

// questions are those of a file.
func questions(b *testing.B, file string) (all []question) {
	b.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		b.Fatal(err)
	}
	for _, one := range strings.Split(string(data), "\n\n# ")[1:] {
		name, query, _ := strings.Cut(one, "\n")
		all = append(all, question{name, query})
	}
	return all
}

// generated opens the file of generated news that NEWSGRAPH_BENCH_FILE names.
func generated(b *testing.B) *sqlite.Store {
	b.Helper()
	const env = "NEWSGRAPH_BENCH_FILE"
	if os.Getenv(env) == "" {
		b.Skip("set " + env + " to a file that BenchmarkNews of store/sqlite, or newsgraph import of shared/bench, made")
	}
	s, err := sqlite.Open(b.Context(), os.Getenv(env))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { s.Close() })
	return s
}

// BenchmarkQuestions asks what docs/api.md asks of a file of generated news, which BenchmarkNews of store/sqlite keeps, and tells the
// slowest of a hundred: 100 ms is the bound, 300 ms for paths and networks.
func BenchmarkQuestions(b *testing.B) {
	s := generated(b)
	ask := asker(b, s)
	began := time.Now()
	if _, err := s.Counts(b.Context(), store.CountQuery{By: []store.Dimension{store.ByYear}, Top: 1}); err != nil {
		b.Fatal(err)
	}
	took := time.Since(began)
	if err := s.Warm(b.Context()); err != nil { // as serve does
		b.Fatal(err)
	}
	table := fmt.Sprintf("the first question after opening: %v\n%-28s %10s %10s\n", took.Round(time.Millisecond), "ms", "p50", "p99")
	measure := func(name string, ask func() time.Duration) {
		b.Run(name, func(b *testing.B) {
			var took []time.Duration
			for b.Loop() {
				took = append(took, ask())
			}
			slices.Sort(took)
			p50, p99 := float64(took[len(took)/2].Microseconds())/1000, float64(took[len(took)*99/100].Microseconds())/1000
			b.ReportMetric(p99, "p99-ms")
			b.ReportMetric(p50, "p50-ms")
			table += fmt.Sprintf("%-28s %10.1f %10.1f\n", name, p50, p99)
		})
	}
	for _, q := range questions(b, "testdata/questions.graphql") {
		measure(q.name, func() time.Duration {
			_, took := ask(q.query, nil)
			return took
		})
	}
	parties, r := parties(b, ask), rand.New(rand.NewPCG(7, 17))
	measure("paths of random parties", func() time.Duration {
		_, took := ask(`query($a: ID!, $b: ID!) { paths(from: $a, to: $b, k: 1) { paths { hops { count event { title } } } } }`,
			map[string]any{"a": parties[r.IntN(len(parties))], "b": parties[r.IntN(len(parties))]})
		return took
	})
	measure("first page of all events", func() time.Duration {
		_, took := ask(eventPage, nil)
		return took
	})
	far := any(nil)
	for range lastPage - 1 {
		answer, _ := ask(eventPage, map[string]any{"after": far})
		far = answer.Events.PageInfo.EndCursor
	}
	measure("their page 500", func() time.Duration {
		_, took := ask(eventPage, map[string]any{"after": far})
		return took
	})
	fmt.Print("\n" + table)
}

// lastPage is how many pages a graph of 10,000 events has.
const (
	lastPage  = 500
	eventPage = `query($after: String) { events(first: 20, after: $after) { edges { node { title sources { name } targets { name } when { from } } } pageInfo { endCursor } } }`
)

// reply is what is read of an answer.
type reply struct {
	Entities struct {
		Edges    []struct{ Node struct{ ID string } }
		PageInfo struct{ EndCursor string }
	}
	Events struct {
		PageInfo struct{ EndCursor string }
	}
}

// asker asks over HTTP's handler and tells how long the answer took.
func asker(b *testing.B, s store.Reader) func(query string, variables map[string]any) (reply, time.Duration) {
	h := graph.New(s, quiet())
	return func(query string, variables map[string]any) (reply, time.Duration) {
		body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
		if err != nil {
			b.Fatal(err)
		}
		began := time.Now()
		r := httptest.NewRequest(http.MethodPost, "/graphql", bytes.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		took := time.Since(began)
		var answer struct {
			Data   reply
			Errors json.RawMessage
		}
		if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil || answer.Errors != nil {
			b.Fatalf("%v: %s", err, w.Body)
		}
		return answer.Data, took
	}
}

// parties are the ids of 500 persons and organisations, in the order of their names.
func parties(b *testing.B, ask func(string, map[string]any) (reply, time.Duration)) (ids []string) {
	b.Helper()
	const query = `query($after: String) { entities(filter: {kind: [PERSON, ORGANISATION]}, orderBy: NAME, first: 100, after: $after) { edges { node { id } } pageInfo { endCursor } } }`
	for after := any(nil); len(ids) < 500; {
		answer, _ := ask(query, map[string]any{"after": after})
		for _, e := range answer.Entities.Edges {
			ids = append(ids, e.Node.ID)
		}
		if after = answer.Entities.PageInfo.EndCursor; len(answer.Entities.Edges) == 0 {
			b.Fatalf("%d parties in all", len(ids))
		}
	}
	return ids
}
