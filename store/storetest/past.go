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

// testPast loads versions of few pieces, corrects, undoes and removes, and compares the graph of each time with a store that was given only what could be read
// by then, and the same corrections. What was removed is in neither: erasure erases.
func testPast(t *testing.T, h Harness) {
	const steps = 10
	for seed := range uint64(2) {
		r := rand.New(rand.NewPCG(seed, 17))
		s, all := h.Open(t), pool(30)
		graphs := past.New(s, h.Embedded, past.Options{Dir: t.TempDir()})
		loaded := map[int]news.Facts{} // by their places in all
		for step := range steps {
			var come []news.Facts
			for _, n := range r.Perm(len(all))[:3] {
				f := all[n]
				if was, ok := loaded[n]; ok {
					f = read(was, "2", 1)
				}
				f.Loaded = noon.Add(time.Duration(step) * time.Minute) // plays no part
				loaded[n] = f
				come = append(come, f)
			}
			put(t, s, come...)
			for range 3 {
				_, _, err := store.Correct(t.Context(), s, randomly(r, come[r.IntN(len(come))], corrections(t, s)), noon)
				if err != nil && !errors.Is(err, store.ErrCorrection) {
					t.Fatal(err)
				}
			}
			if step%3 == 2 {
				for n, f := range loaded {
					if r.IntN(8) == 0 {
						remove(t, s, f)
						delete(loaded, n)
					}
				}
			}
		}
		times := []time.Time{noon.AddDate(-100, 0, 0), noon.AddDate(100, 0, 0)}
		for _, f := range loaded {
			if at, told := f.Story.Known(); told {
				times = append(times, at, at.Add(-time.Second))
			}
		}
		slices.SortFunc(times, time.Time.Compare)
		for _, at := range slices.Compact(times) {
			var by []news.Facts
			for _, f := range loaded {
				if known, told := f.Story.Known(); told && !known.After(at) {
					by = append(by, f)
				}
			}
			was, err := h.Embedded(t.Context(), filepath.Join(t.TempDir(), "was.db"))
			if err != nil {
				t.Fatal(err)
			}
			if _, err := was.Correct(t.Context(), corrections(t, s)); err != nil {
				t.Fatal(err)
			}
			put(t, was, by...)
			then, release, err := graphs.AsOf(t.Context(), at)
			if err != nil {
				t.Fatal(err)
			}
			sameText(t, fmt.Sprintf("seed %d as of %v", seed, at), exportOf(t, then), export(t, was))
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
