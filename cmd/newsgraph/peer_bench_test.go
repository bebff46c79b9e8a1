//go:build unix

package main

import (
	"encoding/json"
	"fmt"
	"os"
	"testing"
)

// envPeer names a file that .ci/peer wrote: where the peer answers, what it is asked, and the Neo4j of ours that holds the same news.
const envPeer = "NEWSGRAPH_BENCH_PEER"

// BenchmarkPeer asks the program and its peer, each over a Neo4j of its own, the five questions of shared/bench by eight at once, in turns.
func BenchmarkPeer(b *testing.B) {
	if os.Getenv(envPeer) == "" {
		b.Skip("run .ci/peer, which starts the peer and sets " + envPeer)
	}
	var peer struct {
		URL, Store string
		Asked      []struct {
			Of    string // the beginning of the question's name: Q1
			Form  string // how the peer is asked
			Query string
		}
	}
	data, err := os.ReadFile(os.Getenv(envPeer))
	if err == nil {
		err = json.Unmarshal(data, &peer)
	}
	if err != nil {
		b.Fatal(err)
	}
	ours, theirs := serves(b, peer.Store), client{peer.URL}
	asking := parties(b, ours)
	for _, p := range peer.Asked {
		var q question
		for _, one := range asked {
			if one.name[:len(p.Of)] == p.Of {
				q = one
			}
		}
		for _, of := range asking.of(q) {
			// What each has planned and compiled in the first turn serves it in the second, which counts.
			var rates [2]float64
			for range 2 {
				rates[0] = perSecond(b, func(n int) error { return q.ask(ours, of.party(n)) })
				rates[1] = perSecond(b, func(n int) error {
					p1 := of.party(n)
					_, err := theirs.ask(p.Query, map[string]any{"id": p1.row, "q": p1.words(), "before": "2100-01-01T00:00:00Z"})
					return err
				})
			}
			fmt.Printf("peer: %s; %s; %s; %.1f; %.1f\n", q.name, p.Form, of.who, rates[0], rates[1])
		}
	}
}
