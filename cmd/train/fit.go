package main

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"time"

	"newsgraph/loader/nlp"
)

func (m *model) examples(sentences []sentence) []*example {
	all := make([]*example, len(sentences))
	for i, x := range sentences {
		all[i] = m.example(x, true)
	}
	return all
}

// example makes numbers of a sentence, with what the lexicon knows of its words if it is known.
func (m *model) example(x sentence, known bool) *example {
	shape := m.shape
	numbers := func(list, of []string) []int {
		if of == nil || len(list) == 0 {
			return nil
		}
		all := make([]int, len(of))
		for i, class := range of {
			all[i] = -1
			if k, ok := slices.BinarySearch(list, class); ok {
				all[i] = k
			}
		}
		return all
	}
	e := &example{
		universal: numbers(shape.Universal, x.universal), tags: numbers(shape.Tags, x.tags), names: numbers(shape.Names, x.names), wide: numbers(shape.Names, x.wide), sorts: numbers(shape.Sorts, x.sorts),
		relations: numbers(shape.Relations, x.relations),
	}
	if e.relations != nil {
		e.heads = x.heads
	}
	for i, w := range x.words {
		low := strings.ToLower(w)
		row, known := slices.BinarySearch(m.words, low)
		if known {
			e.rows = append(e.rows, row+1)
		} else {
			e.rows = append(e.rows, 0)
		}
		e.counts = append(e.counts, m.counts[low])
		if m.vectors != nil {
			e.vectors = append(e.vectors, m.vectors.Row(low))
		}
		e.parts = append(e.parts, nlp.Parts(nil, w, i == 0, shape.Buckets))
	}
	if known {
		m.lexicon.Marks(x.words, e.parts, shape.Buckets)
	}
	return e
}

// fit makes passes over what of gives for each, in batches of like length, halves of which two workers run. Now and then it calls report.
func fit(n *network, s settings, passes int, rate float64, random *rand.Rand, of func() []*example, report func() error) {
	const halves = 2
	workers := []*worker{newWorker(n, s.seed+10), newWorker(n, s.seed+11)}
	steps, count := 0, 0
	begun := time.Now()
	for pass := range passes {
		examples := of()
		length := func(k int) int { return len(examples[k].rows) }
		order := random.Perm(len(examples))
		if pass == 0 {
			steps = passes * (len(order) / s.size)
		}
		for pool := range slices.Chunk(order, 20*s.size) {
			slices.SortStableFunc(pool, func(a, b int) int { return length(b) - length(a) })
		}
		var batches [][]int
		for b := range slices.Chunk(order, s.size) {
			if len(b) == s.size {
				batches = append(batches, b)
			}
		}
		random.Shuffle(len(batches), func(i, j int) { batches[i], batches[j] = batches[j], batches[i] })
		for _, b := range batches {
			words := 0
			for _, k := range b {
				words += length(k)
			}
			var wg sync.WaitGroup
			for h, u := range workers {
				wg.Go(func() {
					var part []*example
					for i := h; i < len(b); i += halves {
						part = append(part, examples[b[i]])
					}
					slices.SortStableFunc(part, func(x, y *example) int { return len(y.rows) - len(x.rows) })
					u.run(part, 1/float32(words))
				})
			}
			wg.Wait()
			count++
			if count%8 == 0 {
				// Each eighth step is enough, as neighbours are much alike. The average is of about the last tenth of the way.
				part := max(0.01, float32(80)/float32(steps))
				if count == 8 {
					part = 1
				}
				n.averaged(part)
			}
			n.step(workers, float32(rate*min(1, float64(count)/500)*max(0.01, 1-float64(count)/float64(steps))), count)
		}
		u := workers[0]
		fmt.Printf("pass %d of %d, %.0f s: losses", pass+1, passes, time.Since(begun).Seconds())
		for k, name := range []string{"arc", "relation", "part of speech", "tag", "name"} {
			if u.counts[k] > 0 {
				fmt.Printf(" %s %.3f", name, u.losses[k]/float64(u.counts[k]))
			}
		}
		fmt.Println()
		for _, u := range workers {
			u.losses, u.counts = [5]float64{}, [5]int{}
		}
		if report != nil && pass%4 == 3 && pass+1 < passes {
			if err := report(); err != nil {
				fmt.Println(err)
			}
		}
	}
}
