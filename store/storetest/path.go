package storetest

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"testing"

	"newsgraph/news"
	"newsgraph/store"
)

// paths are all paths without repeats, in their order, cut to K.
func (g *reference) paths(q store.PathQuery) (all [][]store.Hop) {
	hops := map[news.ID][]store.Hop{}
	for _, x := range g.deeds(q.Filter) {
		for _, h := range []store.Hop{{From: x.from, To: x.to, Event: x.event.ID}, {From: x.to, To: x.from, Event: x.event.ID}} {
			if x.event.Claim {
				h.Claims, h.ClaimedBy = 1, x.event.ClaimedBy
			}
			if !slices.ContainsFunc(hops[h.From], func(o store.Hop) bool { return o.To == h.To && o.Event == h.Event }) {
				hops[h.From] = append(hops[h.From], h)
			}
		}
	}
	sum := func(from news.ID) (some []store.Hop) {
		for _, h := range hops[from] {
			i := slices.IndexFunc(some, func(o store.Hop) bool { return o.To == h.To })
			if i < 0 {
				i, some = len(some), append(some, store.Hop{From: h.From, To: h.To, Event: h.Event})
			}
			some[i].Events++
			some[i].Claims += h.Claims
			some[i].ClaimedBy = speakers(some[i].ClaimedBy, news.Event{ClaimedBy: h.ClaimedBy})
		}
		return some
	}
	var walk func(so []store.Hop, at news.ID)
	walk = func(so []store.Hop, at news.ID) {
		if at == q.To {
			all = append(all, slices.Clone(so))
			return
		}
		if len(so) == q.Longest {
			return
		}
		for _, h := range sum(at) {
			if h.To != q.From && !slices.ContainsFunc(so, func(o store.Hop) bool { return o.To == h.To }) {
				walk(append(slices.Clone(so), h), h.To)
			}
		}
	}
	walk(nil, q.From)
	all = sorted(all, func(a, b []store.Hop) int {
		c := len(a) - len(b)
		for i := range a {
			if c == 0 {
				c = cmp.Or(b[i].Events-a[i].Events, cmp.Compare(a[i].To, b[i].To))
			}
		}
		return c
	})
	return all[:min(len(all), q.K)]
}

// testPaths compares paths of every length with the reference.
func testPaths(t *testing.T, h Harness) {
	s := h.Open(t)
	all, _ := library()
	put(t, s, all...)
	g := refer(all...)
	found := 0
	for _, ends := range [][2]news.ID{
		{"state:KP", "state:RU"}, {"person:kim-jong-un", "person:jake-sullivan"}, {"person:recep-tayyip-erdogan", "state:UA"}, {"state:RU", "state:XX"}, {"state:UA", "place:kyiv"},
	} {
		for _, filter := range []store.EventQuery{{}, {Foreground: true, Modalities: []news.Modality{news.Asserted}}, {Claims: store.OnlyClaims}, {Actions: []string{"meet"}}} {
			for longest := 1; longest <= 5; longest++ {
				q := store.PathQuery{From: ends[0], To: ends[1], K: 1 + longest*longest, Longest: longest, Filter: filter}
				got, err := s.Paths(t.Context(), q)
				if err != nil || got.More {
					t.Fatal(got.More, err)
				}
				found += len(got.Paths)
				equal(t, fmt.Sprintf("paths %+v", q), got.Paths, g.paths(q))
			}
		}
	}
	if found < 100 {
		t.Errorf("only %d paths", found)
	}
	for _, q := range []store.PathQuery{
		{From: "state:KP", To: "state:KP", K: 1, Longest: 1},
		{From: "state:KP", To: "state:RU", Longest: 1},
		{From: "state:KP", To: "state:RU", K: 1},
		{From: "state:KP", To: "state:RU", K: 1, Longest: 1, Filter: store.EventQuery{During: &news.Interval{From: "x"}}},
	} {
		if _, err := s.Paths(t.Context(), q); !errors.Is(err, store.ErrQuery) {
			t.Errorf("%+v: %v", q, err)
		}
	}
}
