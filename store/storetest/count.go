package storetest

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"newsgraph/news"
	"newsgraph/store"
)

// keys are those of an event by a dimension, as the contract says.
func (g *reference) keys(e news.Event, d store.Dimension) []string {
	span := func(of func(time.Time) string) []string {
		from, err1 := time.Parse(time.DateOnly, e.When.From)
		to, err2 := time.Parse(time.DateOnly, e.When.To)
		if !e.When.Dated() || errors.Join(err1, err2) != nil || of(from) != of(to) {
			return nil
		}
		return []string{of(from)}
	}
	ids := func(role news.Role) (all []string) {
		for _, id := range e.Entities(role) {
			all = append(all, string(id))
		}
		return all
	}
	var all []string
	switch d {
	case store.ByYear:
		return span(func(t time.Time) string { return t.Format("2006") })
	case store.ByMonth:
		return span(func(t time.Time) string { return t.Format("2006-01") })
	case store.ByWeek:
		return span(func(t time.Time) string { return t.AddDate(0, 0, -(int(t.Weekday())+6)%7).Format(time.DateOnly) })
	case store.ByDay:
		return span(func(t time.Time) string { return t.Format(time.DateOnly) })
	case store.ByAction:
		return []string{e.Action}
	case store.ByType:
		return []string{string(e.Type)}
	case store.ByQuad:
		a, _ := news.ActionNamed(e.Action)
		return []string{fmt.Sprint(int(a.Quad))}
	case store.ByActor:
		return ids(news.Source)
	case store.ByTarget:
		return ids(news.Target)
	case store.ByPlace:
		return ids(news.Place)
	case store.ByParticipant:
		for _, p := range e.Participants {
			all = append(all, string(p.Entity))
		}
	case store.ByCountry:
		for _, p := range e.Participants {
			of := g.entity[p.Entity]
			if of.Country == "" {
				of.Country = of.ISO3
			}
			all = append(all, of.Country)
		}
	case store.ByPublisher:
		for _, r := range e.Reports {
			all = append(all, news.Fold(g.story[g.report[r].Story].Publisher))
		}
	}
	slices.Sort(all)
	return slices.DeleteFunc(slices.Compact(all), func(k string) bool { return k == "" })
}

// cells are all counts of a query, as lines that sort by their keys, with the number of events.
func (g *reference) cells(q store.CountQuery) (map[string]int, int) {
	some := g.listEvents(q.Filter)
	all := map[string]int{}
	for _, e := range some {
		lists := [][]string{{""}, {""}}
		for i, d := range q.By {
			if k := g.keys(e, d); len(k) > 0 {
				lists[i] = k
			}
		}
		for _, a := range lists[0] {
			for _, b := range lists[1] {
				all[fmt.Sprint([]string{a, b}[:len(q.By)])]++
			}
		}
	}
	return all, len(some)
}

// testCounts counts by hand, and then by every dimension against the reference.
func testCounts(t *testing.T, h Harness) {
	s := h.Open(t)
	var all []news.Facts
	for n := range 50 {
		all = append(all, invent(n))
	}
	condemned := said{text: "Jake Sullivan condemned North Korea over Kharkiv.", action: "condemn", who: "jake-sullivan US > KP in kharkiv"}
	for i, when := range []string{"2031-12-31", "2032-01-01", "2031-12-29/2032-01-04", "2032-02", "2033", ""} {
		condemned.when, condemned.action = when, "condemn"
		if strings.Contains(when, "/") {
			condemned.action = "accuse" // or it would be one with the days
		}
		all = append(all, story(fmt.Sprint("Counted ", i), "2033-01-01", pick(rand.New(rand.NewPCG(1, uint64(i))), "Agency", "ÁGENCY", ""), condemned))
	}
	put(t, s, all...)
	g := refer(all...)
	later := store.EventQuery{During: &news.Interval{From: "2031-01-01"}}
	for _, test := range []struct {
		q    store.CountQuery
		want string
	}{
		{store.CountQuery{Filter: later, By: []store.Dimension{store.ByYear}, Top: 9}, "5: [2031]1 [2032]2 []1 [2033]1"},
		{store.CountQuery{Filter: later, By: []store.Dimension{store.ByWeek}, Top: 9}, "5: [2031-12-29]3 []2"},
		{store.CountQuery{Filter: later, By: []store.Dimension{store.ByActor, store.ByQuad}, Top: 1}, "5: [person:jake-sullivan 3]5 …"},
		{store.CountQuery{Filter: later, By: []store.Dimension{store.ByCountry}, Top: 2}, "5: [PRK]5 [UKR]5 …"},
	} {
		got, err := s.Counts(t.Context(), test.q)
		if err != nil {
			t.Fatal(err)
		}
		var parts []string
		for _, c := range got.Cells {
			parts = append(parts, fmt.Sprintf("%v%d", c.Keys, c.Events))
		}
		if got.More {
			parts = append(parts, "…")
		}
		slices.Sort(parts) // the order is told below
		want := strings.Fields(strings.ReplaceAll(test.want, "sullivan 3", "sullivan+3"))
		for i := range want {
			want[i] = strings.ReplaceAll(want[i], "+", " ")
		}
		rest := want[1:]
		slices.Sort(rest)
		equal(t, fmt.Sprint(test.q.By), fmt.Sprint(got.Total, ": ", parts), fmt.Sprint(want[0][:len(want[0])-1], ": ", rest))
	}
	filters := []store.EventQuery{
		{},
		{Foreground: true, Modalities: []news.Modality{news.Asserted}},
		{Participants: []store.Participation{{Entities: []news.ID{"state:KP", "state:RU"}, Roles: []news.Role{news.Source}}}},
		{Text: "korea"},
		{During: &news.Interval{From: "2024-01-03", To: "2024-01-08"}, Undated: true},
		{Claims: store.OnlyClaims, MinTexts: 1},
		{Participants: []store.Participation{{Class: store.Class{Countries: []string{"PRK"}}}}, Publisher: "agency"},
		{Text: "zzz"},
	}
	for i, q := range filters {
		q.Order = store.EventOrder(i % 2)
		totals(t, s, g, []news.ID{"state:KP", "state:XX", "state:RU"}, q)
	}
	// Each by itself and with two others, so that it stands first and second: Neo4j plans each pair anew, for a second or so.
	dimensions := store.Dimensions()
	for i, a := range dimensions {
		for j, b := range []store.Dimension{"", dimensions[(i+1)%len(dimensions)], dimensions[(i+5)%len(dimensions)]} {
			q := store.CountQuery{Filter: filters[(i+j)%len(filters)], By: []store.Dimension{a, b}, Top: math.MaxInt}
			if b == "" {
				q.By = q.By[:1]
			}
			got, err := s.Counts(t.Context(), q)
			if err != nil {
				t.Fatalf("%s: %v", q.By, err)
			}
			cells, total := g.cells(q)
			counted := map[string]int{}
			for n, c := range got.Cells {
				counted[fmt.Sprint(c.Keys)] = c.Events
				if n == 0 {
					continue
				}
				last := got.Cells[n-1]
				if byKeys := slices.Compare(last.Keys, c.Keys) < 0; !byKeys && (a.Time() || c.Events == last.Events) || !a.Time() && c.Events > last.Events {
					t.Errorf("%s: %v stands before %v", q.By, last, c)
				}
			}
			equal(t, fmt.Sprintf("%s %+v", q.By, q.Filter), fmt.Sprint(got.Total, got.More, counted), fmt.Sprint(total, false, cells))
		}
	}
	for _, q := range []store.CountQuery{
		{Top: 1},
		{By: []store.Dimension{store.ByDay}},
		{By: []store.Dimension{store.ByDay, store.ByDay}, Top: 1},
		{By: []store.Dimension{"x"}, Top: 1},
		{By: []store.Dimension{store.ByDay, store.ByType, store.ByYear}, Top: 1},
		{By: []store.Dimension{store.ByDay}, Top: 1, Filter: store.EventQuery{During: &news.Interval{From: "x"}}},
	} {
		if _, err := s.Counts(t.Context(), q); !errors.Is(err, store.ErrQuery) {
			t.Errorf("%+v: %v", q, err)
		}
	}
}

// totals counts the lists of a query, all of them and as far as one less.
func totals(t *testing.T, s store.Reader, g *reference, of []news.ID, q store.EventQuery) {
	t.Helper()
	all := len(g.listEvents(q))
	for _, most := range []int{all + 1, max(all, 1), max(all-1, 1)} {
		got, err := s.Totals(t.Context(), nil, q, most)
		equal(t, fmt.Sprintf("total of %+v to %d, %v", q, most, err), got, []int{min(all, most)})
	}
	var want []int
	const most = 7
	for _, id := range of {
		want = append(want, min(len(g.eventsOf(id, q)), most))
	}
	got, err := s.Totals(t.Context(), of, q, most)
	equal(t, fmt.Sprintf("totals of %s, %+v, %v", of, q, err), got, want)
}
