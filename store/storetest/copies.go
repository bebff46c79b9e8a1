package storetest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"newsgraph/news"
	"newsgraph/store"
)

// wire is the n-th story of a long one that papers cut: each window of its words is near the next, and the one after that or its next are not.
// The stories of each of three wires tell of one event.
func wire(n int) news.Facts {
	const words, step, windows = 200, 12, 8
	r := rand.New(rand.NewPCG(uint64(n/windows%3), 7))
	var all []string
	for range words + step*windows {
		all = append(all, fmt.Sprint("word", r.IntN(1<<20)))
	}
	at := n % windows * step
	text := "Jake Sullivan condemned North Korea over " + strings.Join(all[at:at+words], " ") + "."
	return story(fmt.Sprint("Wire ", n), fmt.Sprintf("2024-01-%02d", 10+n%5), "Paper", said{text: text, at: "condemned", action: "condemn", who: "jake-sullivan > KP", when: "2024-01-09"})
}

func testCopies(t *testing.T, h Harness) {
	s := h.Open(t)
	texts := func() int {
		page, err := s.Events(t.Context(), store.EventQuery{Paging: everything})
		if err != nil || len(page.Edges) != 1 {
			t.Fatalf("%d events, %v", len(page.Edges), err)
		}
		return page.Edges[0].Node.Texts
	}
	// The windows 0, 1, 2 … of one wire, and the first of another.
	equal(t, "two ends and another", put(t, s, wire(0), wire(7), wire(8)), store.PutResult{Added: 3, Entities: 2, Events: 1})
	equal(t, "texts of two ends and another", texts(), 3)
	var middle []news.Facts
	for n := 1; n < 7; n++ {
		middle = append(middle, wire(n))
	}
	equal(t, "what lies between", put(t, s, middle...), store.PutResult{Added: 6, Copies: 7})
	equal(t, "texts, all connected", texts(), 2)
	again := wire(24) // the words of 0 under another headline
	equal(t, "an equal text", put(t, s, again), store.PutResult{Added: 1, Copies: 1})
	all := append([]news.Facts{wire(0), wire(7), wire(8), again}, middle...)
	holds(t, "connected", s, all...)
	derives(t, "connected", s, all...)
	equal(t, "removed", remove(t, s, middle[2], middle[3]), 2)
	equal(t, "texts, without the middle", texts(), 3)
	put(t, s, middle...)
	equal(t, "texts, connected again", texts(), 2)
	equal(t, "read again", put(t, s, read(wire(3), "2", 1)), store.PutResult{Replaced: 1})
	equal(t, "texts, of a story that was read again", texts(), 2)
	equal(t, "removed, one of two equal texts", remove(t, s, again), 1)
	equal(t, "texts, one of two equal ones removed", texts(), 2)
	remove(t, s, all...)
	holds(t, "nothing is left", s)
	h.check(t)

	// Any order and any split.
	const stories = 48
	for seed := range uint64(2) {
		s := h.Open(t)
		r := rand.New(rand.NewPCG(seed, 8))
		there := map[int]bool{}
		state := func() (all []news.Facts) {
			for n := range stories {
				if there[n] {
					all = append(all, wire(n))
				}
			}
			return all
		}
		for step := range 10 {
			what := fmt.Sprintf("seed %d, step %d", seed, step)
			before := refer(state()...).copies()
			var some []news.Facts
			goes := step > 2 && r.IntN(3) == 0
			for range 1 + r.IntN(12) {
				n := r.IntN(stories)
				some, there[n] = append(some, wire(n)), !goes
			}
			if goes {
				remove(t, s, some...)
			} else {
				equal(t, what+": copies", put(t, s, some...).Copies, refer(state()...).copies()-before)
			}
			holds(t, what, s, state()...)
			derives(t, what, s, state()...)
			h.check(t)
			if t.Failed() {
				return
			}
		}
	}

	// Several loaders at once, who put all and take some away again.
	one := h.Open(t)
	stores := []store.Store{one, h.Again(t)}
	var left []news.Facts
	for n := range stories {
		if n%4 != 3 {
			left = append(left, wire(n))
		}
	}
	var loaders sync.WaitGroup
	for l := range 4 {
		loaders.Go(func() {
			r := rand.New(rand.NewPCG(uint64(l), 9))
			mine := r.Perm(stories)
			for batch := range slices.Chunk(mine, 1+r.IntN(8)) {
				var some []news.Facts
				for _, n := range batch {
					if n%4 != 3 || n/4%4 == l { // what is taken away again is one loader's alone
						some = append(some, wire(n))
					}
				}
				if _, err := stores[l%2].Put(t.Context(), some); err != nil {
					t.Errorf("loader %d: %v", l, err)
				}
				for _, n := range batch {
					if n%4 == 3 && n/4%4 == l {
						if _, err := stores[l%2].Remove(t.Context(), []news.ID{wire(n).Story.ID}); err != nil {
							t.Errorf("loader %d: %v", l, err)
						}
					}
				}
			}
		})
	}
	loaders.Wait()
	holds(t, "by several loaders", stores[1], left...)
	derives(t, "by several loaders", stores[1], left...)
	h.check(t)
}
