package storetest

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"newsgraph/news"
	"newsgraph/store"
)

// testLogic asks by queries within queries, and compares with what holds of each event by itself.
func testLogic(t *testing.T, h Harness) {
	s := h.Open(t)
	all, _ := library()
	for n := 30; n < 70; n++ {
		all = append(all, invent(n))
	}
	put(t, s, all...)
	g := refer(all...)
	ask := inquirer{rand.New(rand.NewPCG(17, 18)), g}
	// Each is of another shape, so that an engine that plans shapes anew takes a second or more for each.
	questions := 120
	if h.Planned {
		questions = 40
	}
	told := 0 // what some but not all events answer
	for i := range questions {
		q := ask.logic(1 + i%3)
		q.Order = store.EventOrder(i % 2)
		if i%5 == 0 {
			q.Text = pick(ask.Rand, wordings()...)
		}
		what := fmt.Sprintf("logic %d: %+v", i, q)
		want := g.listEvents(q)
		if len(want) > 0 && len(want) < len(g.listEvents(store.EventQuery{Order: q.Order})) {
			told++
		}
		same(t, what, walk(t, s, list{what, "", func(ctx context.Context, s store.Reader, p store.Paging) (store.Page[string], error) {
			q.Paging = p
			return bare(s.Events(ctx, q))
		}, nil}, pick(ask.Rand, 7, 50), "", nil), lines(want))
		q.Paging = everything
		of := []news.ID{pick(ask.Rand, takers()...), "state:KP"}
		pages, err := s.EventsOf(t.Context(), of, q)
		if err != nil || len(pages) != len(of) {
			t.Fatalf("%s of %s: %d pages, %v", what, of, len(pages), err)
		}
		for i, id := range of {
			got, _ := bare(pages[i], nil)
			same(t, what+" of "+string(id), nodes(got), lines(g.eventsOf(id, q)))
		}
		if i%4 == 0 {
			totals(t, s, g, of, q)
			count := store.CountQuery{Filter: q, By: []store.Dimension{pick(ask.Rand, store.Dimensions()...)}, Top: math.MaxInt}
			got, err := s.Counts(t.Context(), count)
			if _, total := g.cells(count); err != nil || got.Total != total {
				t.Errorf("%s: %d events counted of %d, %v", what, got.Total, total, err)
			}
			around := store.NetworkQuery{Around: []news.ID{"state:KP"}, Depth: 2, Limit: 9, Filter: q}
			net, err := s.Network(t.Context(), around)
			equal(t, fmt.Sprintf("%s: network, %v", what, err), net, g.network(around))
			between := store.PathQuery{From: "state:KP", To: "state:RU", K: 3, Longest: 3, Filter: q}
			paths, err := s.Paths(t.Context(), between)
			equal(t, fmt.Sprintf("%s: paths, %v", what, err), paths.Paths, g.paths(between))
		}
		for _, p := range q.Participations() {
			q := store.EventQuery{Participants: []store.Participation{p}}
			if i := slices.IndexFunc(want, func(e news.Event) bool { return !g.asks(q, e) }); i >= 0 {
				t.Errorf("%s: %+v is implied, but not of %s", what, p, want[i].ID)
			}
		}
		if t.Failed() {
			return
		}
	}
	if told < questions/2 {
		t.Errorf("only %d questions tell events apart", told)
	}
	wrong := store.EventQuery{None: []store.EventQuery{{Any: []store.EventQuery{{During: &news.Interval{From: "x"}}}}}, Paging: everything}
	_, err1 := s.Events(t.Context(), wrong)
	_, err2 := s.EventsOf(t.Context(), []news.ID{"state:KP"}, wrong)
	_, err3 := s.Counts(t.Context(), store.CountQuery{Filter: wrong, By: []store.Dimension{store.ByDay}, Top: 1})
	_, err4 := s.Totals(t.Context(), nil, wrong, 1)
	for _, err := range []error{err1, err2, err3, err4} {
		if !errors.Is(err, store.ErrQuery) {
			t.Errorf("bad days within: %v", err)
		}
	}
}
