package storetest

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
	"testing"

	"newsgraph/news"
	"newsgraph/store"
)

// coOccurring counts as the contract says.
func (g *reference) coOccurring(q store.CoOccurrenceQuery) (found store.CoOccurrences) {
	var stories []news.ID
	for _, m := range g.mentionsOf(q.Of) {
		if !slices.Contains(stories, m.Story) {
			stories = append(stories, m.Story)
		}
	}
	found.Stories, found.Older = min(len(stories), q.Most), len(stories) > q.Most
	counts := map[news.ID]int{}
	for _, id := range stories[:found.Stories] {
		in := map[news.ID]bool{q.Of: true}
		for _, m := range g.mentionsIn(id) {
			if !in[m.Entity] {
				in[m.Entity] = true
				counts[m.Entity]++
			}
		}
	}
	for id, n := range counts {
		found.Cells = append(found.Cells, store.CoOccurrence{Entity: id, Stories: n})
	}
	slices.SortFunc(found.Cells, func(a, b store.CoOccurrence) int { return cmp.Or(b.Stories-a.Stories, cmp.Compare(a.Entity, b.Entity)) })
	found.More = len(found.Cells) > q.First
	found.Cells = found.Cells[:min(len(found.Cells), q.First)]
	return found
}

// testCoOccurring counts by hand, then for many by the reference: in all stories, in so few that the newest must be told, and after some went.
func testCoOccurring(t *testing.T, h Harness) {
	s := h.Open(t)
	met := said{text: "Jake Sullivan met Kim Jong Un in Kharkiv.", action: "meet", who: "jake-sullivan > kim-jong-un in kharkiv"}
	named := said{text: "Jake Sullivan visited Kharkiv.", action: "visit", who: "jake-sullivan in kharkiv"}
	put(t, s, story("One", "2024-03-01", "Agency", met, named), story("Two", "2024-03-02", "Agency", named), story("Three", "", "Agency", met))
	for q, want := range map[store.CoOccurrenceQuery]string{
		{Of: "person:jake-sullivan", Most: 9, First: 9}: "{Cells:[{Entity:place:kharkiv Stories:3} {Entity:person:kim-jong-un Stories:2}] More:false Stories:3 Older:false}",
		{Of: "person:jake-sullivan", Most: 2, First: 1}: "{Cells:[{Entity:place:kharkiv Stories:2}] More:true Stories:2 Older:true}",
		{Of: "person:nobody", Most: 9, First: 9}:        "{Cells:[] More:false Stories:0 Older:false}",
	} {
		got, err := s.CoOccurring(t.Context(), q)
		if text := fmt.Sprintf("%+v", got); err != nil || text != want {
			t.Errorf("%+v: %s, %v; want %s", q, text, err, want)
		}
	}
	s = h.Open(t)
	all, _ := library()
	for n := 30; n < 50; n++ {
		all = append(all, invent(n))
	}
	put(t, s, all...)
	several := 0
	for _, left := range []int{len(all), len(all) / 3} {
		remove(t, s, all[left:]...)
		all = all[:left]
		g := refer(all...)
		for _, of := range takers() {
			for i, most := range []int{1, 3, math.MaxInt32} {
				q := store.CoOccurrenceQuery{Of: of, Most: most, First: []int{1000, 2, 1000}[i]}
				got, err := s.CoOccurring(t.Context(), q)
				want := g.coOccurring(q)
				if want.Older && len(want.Cells) > 1 {
					several++
				}
				equal(t, fmt.Sprintf("%+v of %d stories, %v", q, len(all), err), got, want)
			}
		}
	}
	if several < 10 {
		t.Errorf("only %d questions have more stories than they look at", several)
	}
	for _, q := range []store.CoOccurrenceQuery{{Of: "state:KP", First: 1}, {Of: "state:KP", Most: 1}} {
		if _, err := s.CoOccurring(t.Context(), q); !errors.Is(err, store.ErrQuery) {
			t.Errorf("%+v: %v", q, err)
		}
	}
}
