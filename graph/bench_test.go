package graph_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"testing"
	"time"

	"newsgraph/graph"
	"newsgraph/store"
	"newsgraph/store/sqlite"
)

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
	for _, q := range []struct{ name, query string }{
		{"entity page", `{ entity(name: "Russia") { name description positions(first: 5) { edges { node { title } } } events(first: 20) { edges { node { title sources { name } targets { name } when { from }
			reports(first: 3) { edges { node { sentence story { headline publisher published } } } } } } } } }`},
		{"who accused X in a year", `{ events(filter: { type: ACCUSE, target: "Russia", during: { from: "2024" } }, first: 50) { edges { node { title sources { name } when { from } } } } }`},
		{"who accused a stranger", `{ events(filter: { type: ACCUSE, target: "Nauru", during: { from: "2024" } }, first: 50) { edges { node { title sources { name } when { from } } } } }`},
		{"search", `{ search(query: "min", first: 10) { edges { node { name } } } }`},
		{"search, near names", `{ search(query: "zelenski minster", first: 10) { edges { match node { name } } } }`},
		{"facets of stories", `{ storyCounts(by: YEAR, filter: { text: "border missile" }) { cells { value count } } }`},
		{"weapon", `{ events(filter: { instrumentIs: { kind: WEAPON }, type: ASSAULT }, first: 20) { edges { node { title instruments { name } when { from } } } } }`},
		{"roll-up", `{ events(filter: { sourceIs: { kind: [PERSON, ORGANISATION] }, targetIs: { kind: STATE }, type: ACCUSE }, first: 20) { edges { node { title } } } }`},
		{"place", `{ events(filter: { placeIs: { kind: STATE } }, first: 20) { edges { node { title places { name } } } } }`},
		{"publisher", `{ events(filter: { publisher: "Madchen Times", minTexts: 2 }, first: 20) { edges { node { title texts } } } }`},
		{"no publisher", `{ events(filter: { publisher: "agency", minTexts: 2 }, first: 20) { edges { node { title texts } } } }`},
		{"claims", `{ events(filter: { claims: ONLY }, first: 20) { edges { node { title claimedBy { name } } } } }`},
		{"minTexts", `{ events(filter: { minTexts: 3 }, first: 20) { edges { node { title conflicts { of } } } } }`},
		{"text", `{ events(filter: { text: "border missile" }, first: 20) { edges { node { title } } } }`},
		{"text in role", `{ events(filter: { text: "border", target: "Russia" }, first: 20) { edges { node { title } } } }`},
		{"counts", `{ counts(by: [MONTH], filter: { type: [ASSAULT, COERCE, THREATEN], during: { from: "2022-06" } }) { total cells { count keys { value } } } }`},
		{"counts of all", `{ counts(by: [MONTH]) { total cells { count keys { value } } } }`},
		{"heat map", `{ counts(by: [ACTOR, TARGET], filter: { sourceIs: { kind: [STATE, PERSON] }, targetIs: { kind: STATE } }, top: 20) { total cells { count keys { entity { name } } } } }`},
		{"heat map of a hub", `{ counts(by: [MONTH, ACTOR], filter: { target: "Russia" }, top: 50) { total cells { count keys { value entity { name } } } } }`},
		{"between", `{ between(a: ["Russia"], b: ["Ukraine"], order: OLDEST_FIRST, first: 20) { edges { node { title } } } }`},
		{"between kinds", `{ between(a: ["Russia"], bIs: { kind: STATE }, first: 20) { edges { node { title } } } }`},
		{"relations", `{ entity(name: "Russia") { relations(first: 50) { edges { node { to { name } count claims claimedBy { name } latest { title } } } } } }`},
		{"relations of a year", `{ entity(name: "Russia") { relations(first: 50, during: { from: "2024" }) { edges { node { to { name } count claims } } } } }`},
		{"timeline", `{ entity(name: "Russia") { timeline(first: 50) { edges { node { title reports(first: 3) { edges { node { sentence story { headline } } } } } } } } }`},
		{"entities", `{ entities(filter: { kind: [PERSON, ORGANISATION] }, first: 20) { edges { node { name description } } } }`},
		{"network", `{ network(around: ["Nauru"], limit: 25) { nodes { entity { name } } edges { count claims latest { title } } } }`},
		{"network of a hub", `{ network(around: ["Russia"], limit: 25) { nodes { entity { name } } edges { count claims latest { title } } } }`},
		{"network of a hub, depth 2", `{ network(around: ["Russia"], depth: 2, limit: 50) { nodes { entity { name } } edges { count claims latest { title } } } }`},
		{"paths", `{ paths(from: "Nauru", to: "Palau") { paths { hops { count event { title } } } } }`},
		{"paths of hubs", `{ paths(from: "Russia", to: "Nauru", k: 10) { paths { hops { count event { title } } } } }`},
	} {
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
