package neo4j

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"newsgraph/news"
	"newsgraph/store"
)

// BenchmarkLoaders puts stories of which no two tell the same, but most name the same states, 50 in a transaction, by one loader, by two that have every other story each, and by four that have all. It
// tells how much of the loaders' time was spent in waiting for locks; the first is there to warm the server up.
func BenchmarkLoaders(b *testing.B) {
	const stories, reports, batch = 1000, 5, 50
	facts := make([]news.Facts, stories)
	for n := range facts {
		facts[n] = long(n, reports)
	}
	want := ""
	for _, load := range []struct {
		name           string
		loaders, apart int
	}{{"first", 1, 1}, {"one", 1, 1}, {"two of other stories", 2, 2}, {"four of the same stories", 4, 1}} {
		b.Run(load.name, func(b *testing.B) {
			blocked, samples := 0, 0
			for b.Loop() {
				b.StopTimer()
				s := empty(b)
				done := make(chan struct{})
				var sampling, loading sync.WaitGroup
				sampling.Go(func() {
					for {
						select {
						case <-done:
							return
						case <-time.After(50 * time.Millisecond):
						}
						n, err := strconv.Atoi(cypher(b, s, `SHOW TRANSACTIONS YIELD status WHERE status STARTS WITH 'Blocked' RETURN count(*)`)[0])
						if err != nil {
							b.Error(err)
						}
						blocked, samples = blocked+n, samples+load.loaders
					}
				})
				b.StartTimer()
				for l := range load.loaders {
					loading.Go(func() {
						var mine []news.Facts
						for i := l % load.apart; i < len(facts); i += load.apart {
							mine = append(mine, facts[i])
						}
						for some := range slices.Chunk(mine, batch) {
							if _, err := s.Put(b.Context(), some); err != nil {
								b.Error(err)
								return
							}
						}
					})
				}
				loading.Wait()
				b.StopTimer()
				close(done)
				sampling.Wait()
				var out bytes.Buffer
				if _, err := store.Export(b.Context(), s, &out); err != nil {
					b.Fatal(err)
				}
				hash := fmt.Sprintf("%x", sha256.Sum256(out.Bytes()))
				if want == "" {
					want = hash
				}
				if hash != want {
					b.Error("another export than that of one loader")
				}
				b.StartTimer()
			}
			b.ReportMetric(float64(len(facts)*b.N)/b.Elapsed().Seconds(), "stories/s")
			b.ReportMetric(100*float64(blocked)/float64(max(samples, 1)), "%blocked")
		})
	}
}
