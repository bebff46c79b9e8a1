package storetest

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"newsgraph/news"
	"newsgraph/store"
)

// mixed makes the n-th of stories that are versions of few pieces, of which every other one is near a copy of others, so that versions, copies and
// corrections meet.
func mixed(n int) news.Facts {
	if n%2 == 0 {
		return version(n)
	}
	return retold(wire(n), func(s *news.Story) {
		s.URL = []string{"", "https://example.org/a", "https://example.org/w"}[n/2%3]
		s.Publisher = []string{"Agency", "Post"}[n/6%2]
		s.Updated = []string{"", "2024-01-10T09:00:00Z"}[n/4%2]
	})
}

// testTogether corrects stories that are superseded and come back, and that have copies.
func testTogether(t *testing.T, h Harness) {
	s := h.Open(t)
	const url = "https://example.org/a"
	long := wire(0)
	first := at(long, url, func(s *news.Story) { s.Published, s.Publisher = "2024-01-09", "Agency" })
	copied := retold(wire(1), func(s *news.Story) { s.Publisher = "Post" })
	second := at(story("Wire 0", "2024-01-09", "Agency", said{text: "Kim Jong Il met Russia.", action: "meet", who: "kim-jong-il > RU", when: "2024-01-08"}), url, func(s *news.Story) { s.Updated = "2024-01-10" })
	there := func(what string, told ...news.Facts) {
		t.Helper()
		holdsCorrected(t, what, s, told...)
		derives(t, what, s, corrected(t, news.NewLog(corrections(t, s)), told...)...)
		h.check(t)
	}
	copies := func(f news.Facts) []news.ID {
		t.Helper()
		pages, err := s.CopiesOf(t.Context(), storyIDs(f), everything)
		if err != nil {
			t.Fatal(err)
		}
		var ids []news.ID
		for _, e := range pages[0].Edges {
			ids = append(ids, e.Node.ID)
		}
		return ids
	}
	condemned := func() (texts []int) {
		t.Helper()
		page, err := s.Events(t.Context(), store.EventQuery{Actions: []string{"condemn"}, Paging: everything})
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range page.Edges {
			texts = append(texts, len(e.Node.Reports), e.Node.Texts)
		}
		return texts
	}

	put(t, s, first, copied)
	plain := export(t, s)
	equal(t, "copies", copies(first), storyIDs(copied))
	equal(t, "reports and texts", condemned(), []int{2, 1})
	hidden := correct(t, s, store.Asked{Kind: news.Hide, Of: []news.ID{first.Reports[0].ID}})
	renamed := correct(t, s, store.Asked{Kind: news.Rename, Of: []news.ID{"state:KP"}, Name: "Korea (North)"})
	there("corrected", first, copied)
	equal(t, "reports and texts, one hidden", condemned(), []int{1, 1})

	put(t, s, second)
	there("corrected, then superseded", first, second, copied)
	equal(t, "copies of what is superseded", copies(first), []news.ID(nil))
	equal(t, "copies of what is left", copies(copied), []news.ID(nil))
	if _, _, err := store.Correct(t.Context(), s, store.Asked{Kind: news.Pin, Of: storyIDs(first), By: "Ada", Because: "to see it fail"}, noon); !errors.Is(err, store.ErrCorrection) {
		t.Errorf("what is superseded is pinned: %v", err)
	}

	remove(t, s, second)
	there("corrected, superseded and back", first, copied)
	equal(t, "reports and texts, one hidden, back", condemned(), []int{1, 1})
	equal(t, "copies, back", copies(first), storyIDs(copied))

	put(t, s, second)
	correct(t, s, store.Asked{Kind: news.Undo, Of: []news.ID{hidden.ID}})
	moved := correct(t, s, store.Asked{Kind: news.MergeEntities, Of: []news.ID{"person:kim-jong-il", "person:jake-sullivan"}})
	there("undone and merged while superseded", first, second, copied)
	again := read(first, "2", 1)
	equal(t, "read again while superseded", put(t, s, again).Replaced, 1)
	remove(t, s, second)
	there("undone, merged and read again while superseded, and back", again, copied)
	equal(t, "reports and texts, none hidden", condemned(), []int{2, 1})

	remove(t, s, again)
	there("removed when corrected", copied)
	put(t, s, first)
	there("loaded again", first, copied)
	for _, c := range []news.Correction{renamed, moved} {
		correct(t, s, store.Asked{Kind: news.Undo, Of: []news.ID{c.ID}})
	}
	sameText(t, "as if nothing had been corrected", uncorrected(export(t, s)), uncorrected(plain))
	remove(t, s, first, copied)
	there("nothing is left but the log")
}

// testTogetherOrder puts, reads again, removes, corrects and undoes at random what is versions and copies of each other: after each step the graph is
// that of its stories and its log.
func testTogetherOrder(t *testing.T, h Harness) {
	const many, steps = 40, 30
	all := make([]news.Facts, many)
	for n := range all {
		all[n] = mixed(n)
	}
	made, superseded, kinds := 0, 0, map[news.CorrectionKind]bool{}
	for seed := range uint64(2) {
		s, r := h.Open(t), rand.New(rand.NewPCG(seed, 10))
		there := map[news.ID]news.Facts{}
		for step := range steps {
			var some []news.Facts
			for len(some) < 1+r.IntN(5) {
				f := all[r.IntN(many)]
				if _, ok := there[f.Story.ID]; !ok && r.IntN(2) == 0 {
					continue // what is not there can only be put
				}
				if r.IntN(4) == 0 {
					f = read(f, "2", 1)
				}
				some = append(some, f)
			}
			what := fmt.Sprintf("seed %d, step %d", seed, step)
			switch of := some[0]; {
			case step < 3 || r.IntN(4) == 0:
				what += ": put"
				put(t, s, some...)
				for _, f := range some {
					there[f.Story.ID] = f
				}
			case r.IntN(3) == 0:
				what += ": remove"
				remove(t, s, some...)
				for _, f := range some {
					delete(there, f.Story.ID)
				}
			default:
				c, _, err := store.Correct(t.Context(), s, randomly(r, of, corrections(t, s)), noon.Add(time.Duration(step)*time.Minute))
				if err != nil && !errors.Is(err, store.ErrCorrection) { // it may name what is not there now
					t.Fatalf("%s: %v", what, err)
				}
				if err == nil {
					made, kinds[c.Kind] = made+1, true
					what += ": " + c.Says()
				}
			}
			var told []news.Facts
			for _, f := range all {
				if now, ok := there[f.Story.ID]; ok && !slices.ContainsFunc(told, func(o news.Facts) bool { return o.Story.ID == f.Story.ID }) {
					told = append(told, now)
				}
			}
			superseded += len(refer(told...).superseded)
			holdsCorrected(t, what, s, told...)
			derives(t, what, s, corrected(t, news.NewLog(corrections(t, s)), told...)...)
			h.check(t)
			if t.Failed() {
				return
			}
		}
	}
	if made < 10 || superseded < 20 || len(kinds) < 5 {
		t.Errorf("%d corrections of %d kinds and %d superseded versions are too few to tell", made, len(kinds), superseded)
	}
}
