//go:build unix

package graph_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"syscall"
	"testing"
	"time"

	"newsgraph/graph"
)

// BenchmarkFive asks the five questions of shared/bench of a file of generated news, of the parties in turn, and tells the processor time of each.
func BenchmarkFive(b *testing.B) {
	s := generated(b)
	if err := s.Warm(b.Context()); err != nil { // as serve does
		b.Fatal(err)
	}
	ask := asker(b, s)
	parties := parties(b, ask)
	h := graph.New(s, quiet())
	for _, q := range questions(b, "testdata/five.graphql") {
		b.Run(strings.Fields(q.name)[0], func(b *testing.B) {
			var requests [][]byte
			for _, id := range parties {
				_, words, _ := strings.Cut(id, ":")
				body, err := json.Marshal(map[string]any{"query": q.query, "variables": map[string]any{"id": id, "name": strings.ReplaceAll(words, "-", " ")}})
				if err != nil {
					b.Fatal(err)
				}
				requests = append(requests, body)
			}
			b.ReportAllocs()
			began := processor(b)
			for n := 0; b.Loop(); n++ {
				r := httptest.NewRequest(http.MethodPost, "/graphql", bytes.NewReader(requests[n%len(requests)]))
				r.Header.Set("Content-Type", "application/json")
				w := httptest.NewRecorder()
				h.ServeHTTP(w, r)
				if w.Code != http.StatusOK || bytes.Contains(w.Body.Bytes(), []byte(`"errors"`)) {
					b.Fatalf("%d: %s", w.Code, w.Body)
				}
			}
			b.ReportMetric(float64((processor(b)-began).Microseconds())/float64(b.N), "cpu-µs/op")
		})
	}
}

// processor is the processor time that the process has taken.
func processor(b *testing.B) time.Duration {
	b.Helper()
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		b.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
