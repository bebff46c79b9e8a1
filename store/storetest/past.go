package storetest

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"newsgraph/news"
	"newsgraph/store"
	"newsgraph/store/past"
)

// testPast loads versions of few pieces at told times, corrects, undoes and removes, and compares the graph of each moment with a store that had
// only what was done by then. What was removed later is in neither: erasure erases.
func testPast(t *testing.T, h Harness) {
	const steps = 10
	for seed := range uint64(2) {
		r := rand.New(rand.NewPCG(seed, 17))
		s, all := h.Open(t), pool(30)
		graphs := past.New(s, h.Embedded, past.Options{Dir: t.TempDir()})
		moment := func(step int) time.Time { return noon.Add(time.Duration(step) * time.Minute) }
		loaded := map[int]news.Facts{} // by their places in all
		reread := map[int]bool{}
		for step := range steps {
			var come []news.Facts
			for _, n := range r.Perm(len(all))[:3] {
				f := all[n]
				if was, ok := loaded[n]; ok {
					f = read(was, "2", 1) // read again, it keeps its time
					f.Loaded = moment(steps)
					reread[n] = true
				} else {
					f.Loaded = moment(step)
					loaded[n] = f
				}
				come = append(come, f)
			}
			put(t, s, come...)
			for range 3 {
				_, _, err := store.Correct(t.Context(), s, randomly(r, come[r.IntN(len(come))], corrections(t, s)), moment(step).Add(time.Duration(r.IntN(3)-1)*time.Second))
				if err != nil && !errors.Is(err, store.ErrCorrection) {
					t.Fatal(err)
				}
			}
			if step%3 == 2 {
				for n, f := range loaded {
					if r.IntN(8) == 0 {
						remove(t, s, f)
						delete(loaded, n)
						delete(reread, n)
					}
				}
			}
		}
		for n := range reread {
			f := read(loaded[n], "2", 1)
			f.Loaded = loaded[n].Loaded
			loaded[n] = f
		}
		log := corrections(t, s)
		for step := -1; step < steps; step++ {
			at := moment(step).Add(500 * time.Millisecond)
			var by []news.Facts
			for _, f := range loaded {
				if !f.Loaded.After(at) {
					by = append(by, f)
				}
			}
			var made []news.Correction
			for _, c := range log {
				if c.At <= news.Instant(at) {
					made = append(made, c)
				}
			}
			was, err := h.Embedded(t.Context(), filepath.Join(t.TempDir(), "was.db"))
			if err != nil {
				t.Fatal(err)
			}
			if _, err := was.Correct(t.Context(), made); err != nil {
				t.Fatal(err)
			}
			put(t, was, by...)
			then, release, err := graphs.AsOf(t.Context(), at)
			if err != nil {
				t.Fatal(err)
			}
			sameText(t, fmt.Sprintf("seed %d as of step %d", seed, step), exportOf(t, then), export(t, was))
			page, err := then.Arrivals(t.Context(), store.ArrivalQuery{Paging: everything})
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range page.Edges {
				if i := slices.IndexFunc(by, func(f news.Facts) bool { return f.Story.ID == e.Node.Story.ID }); i < 0 || !by[i].Loaded.Equal(e.Node.Loaded) {
					t.Errorf("%s came at %v", e.Node.Story.ID, e.Node.Loaded)
				}
			}
			release()
			if err := was.Close(); err != nil {
				t.Error(err)
			}
		}
		if err := graphs.Close(); err != nil {
			t.Error(err)
		}
	}
}
