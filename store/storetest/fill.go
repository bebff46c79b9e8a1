package storetest

import (
	"errors"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"newsgraph/news"
	"newsgraph/store"
)

// Fill puts into an empty store what the suite invents: stories that merge, copies, versions, texts made to break things, and corrections. It is always the same.
func Fill(t testing.TB, s store.Store) {
	t.Helper()
	all := hostile()
	for n := range 12 {
		all = append(all, mixed(n), invent(n))
	}
	var each []news.Facts // a batch has a story once
	seen := map[news.ID]bool{}
	for _, f := range all {
		if !seen[f.Story.ID] {
			seen[f.Story.ID] = true
			each = append(each, f)
		}
	}
	for batch := range slices.Chunk(each, 4) {
		put(t, s, batch...)
	}
	r := rand.New(rand.NewPCG(1, 11))
	for n := range 20 {
		_, _, err := store.Correct(t.Context(), s, randomly(r, each[r.IntN(len(each))], corrections(t, s)), noon.Add(time.Duration(n)*time.Minute))
		if err != nil && !errors.Is(err, store.ErrCorrection) { // it may name what is superseded
			t.Fatal(err)
		}
	}
	if len(corrections(t, s)) < 5 {
		t.Fatal("too few corrections were made")
	}
}

// Change takes stories out of a store that Fill filled, and puts others in: what is kept beside records must be right for it.
func Change(t testing.TB, s store.Store) {
	t.Helper()
	for n := range 6 {
		remove(t, s, mixed(2*n), invent(n))
	}
	for n := range 6 {
		put(t, s, mixed(12+n), invent(12+n))
	}
}
