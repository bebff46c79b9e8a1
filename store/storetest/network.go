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

// deeds are all pairs of a source and another target of the events that a filter asks for, in their order.
type deed struct {
	from, to news.ID
	event    news.Event
}

func (g *reference) deeds(q store.EventQuery) (all []deed) {
	for _, e := range g.listEvents(q) {
		for _, from := range e.Entities(news.Source) {
			for _, to := range e.Entities(news.Target) {
				if from != to {
					all = append(all, deed{from, to, e})
				}
			}
		}
	}
	return all
}

// speakers are those who say so in the reports of a claim, too.
func speakers(so []news.ID, claim news.Event) []news.ID {
	for _, id := range claim.ClaimedBy {
		if !slices.Contains(so, id) {
			so = append(so, id)
		}
	}
	return sorted(so, cmp.Compare[news.ID])
}

// network is what a query asks for: step by step, then an edge for each pair.
func (g *reference) network(q store.NetworkQuery) (net store.Network) {
	all := g.deeds(q.Filter)
	at := func(id news.ID) int {
		return slices.IndexFunc(net.Nodes, func(n store.NetworkNode) bool { return n.Entity == id })
	}
	add := func(id news.ID, d int) {
		if len(net.Nodes) == q.Limit {
			net.More = true
		} else {
			net.Nodes = append(net.Nodes, store.NetworkNode{Entity: id, Distance: d})
		}
	}
	for _, id := range q.Around {
		if _, ok := g.entity[id]; ok && at(id) < 0 {
			add(id, 0)
		}
	}
	for d := 1; d <= q.Depth; d++ {
		tied := map[news.ID]map[news.ID]bool{}
		tie := func(near, far news.ID, event news.ID) {
			if i := at(near); i >= 0 && net.Nodes[i].Distance == d-1 && at(far) < 0 {
				if tied[far] == nil {
					tied[far] = map[news.ID]bool{}
				}
				tied[far][event] = true
			}
		}
		for _, x := range all {
			tie(x.from, x.to, x.event.ID)
			tie(x.to, x.from, x.event.ID)
		}
		var step []news.ID
		for id := range tied {
			step = append(step, id)
		}
		for _, id := range sorted(step, func(a, b news.ID) int { return cmp.Or(len(tied[b])-len(tied[a]), cmp.Compare(a, b)) }) {
			add(id, d)
		}
	}
	within := filter(all, func(x deed) bool { return at(x.from) >= 0 && at(x.to) >= 0 })
	for i, n := range net.Nodes {
		events := map[news.ID]bool{}
		for _, x := range within {
			if x.from == n.Entity || x.to == n.Entity {
				events[x.event.ID] = true
			}
		}
		net.Nodes[i].Events = len(events)
	}
	for len(within) > 0 {
		one := within[0]
		edge := store.NetworkEdge{From: one.from, To: one.to, Latest: one.event.ID}
		same := func(x deed) bool { return x.from == one.from && x.to == one.to }
		for _, x := range filter(within, same) {
			edge.Events++
			i := slices.IndexFunc(edge.Ties, func(t store.Tie) bool { return t.Action == x.event.Action })
			if i < 0 {
				i, edge.Ties = len(edge.Ties), append(edge.Ties, store.Tie{Action: x.event.Action})
			}
			if x.event.Claim {
				edge.Claims++
				edge.ClaimedBy = speakers(edge.ClaimedBy, x.event)
				edge.Ties[i].Claims++
			} else {
				edge.Ties[i].Events++
			}
			if x.event.When.Dated() {
				edge.Last = max(edge.Last, x.event.When.To)
				if edge.First == "" || edge.First > x.event.When.From {
					edge.First = x.event.When.From
				}
			}
		}
		edge.Ties = sorted(edge.Ties, func(a, b store.Tie) int {
			return cmp.Or(b.Events+b.Claims-a.Events-a.Claims, cmp.Compare(a.Action, b.Action))
		})
		net.Edges = append(net.Edges, edge)
		within = slices.DeleteFunc(within, same)
	}
	net.Edges = sorted(net.Edges, func(a, b store.NetworkEdge) int {
		return cmp.Or(b.Events-a.Events, cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To))
	})
	return net
}

// testNetwork compares networks of every size with the reference.
func testNetwork(t *testing.T, h Harness) {
	s := h.Open(t)
	all, _ := library()
	put(t, s, all...)
	g := refer(all...)
	few := store.EventQuery{Foreground: true, Modalities: []news.Modality{news.Asserted}}
	between := store.EventQuery{Between: &store.Between{A: store.Party{Class: store.Class{Countries: []string{"PRK"}}}}}
	for _, around := range [][]news.ID{{"state:KP"}, {"person:jake-sullivan", "state:XX", "place:kyiv", "person:jake-sullivan"}, {"state:UA", "state:RU", "state:KP"}, {"state:XX"}} {
		for _, filter := range []store.EventQuery{{}, few, {Claims: store.OnlyClaims}, {Order: store.OldestFirst, Actions: []string{"condemn"}}, between} {
			for _, limit := range []int{1, 2, 4, 100} {
				q := store.NetworkQuery{Around: around, Depth: 1 + limit%3, Limit: limit, Filter: filter}
				got, err := s.Network(t.Context(), q)
				if err != nil {
					t.Fatal(err)
				}
				equal(t, fmt.Sprintf("network %+v", q), got, g.network(q))
			}
		}
	}
	for _, q := range []store.NetworkQuery{
		{Depth: 1, Limit: 1},
		{Around: []news.ID{"state:KP"}, Limit: 1},
		{Around: []news.ID{"state:KP"}, Depth: 1},
		{Around: []news.ID{"state:KP"}, Depth: 1, Limit: 1, Filter: store.EventQuery{During: &news.Interval{From: "x"}}},
	} {
		if _, err := s.Network(t.Context(), q); !errors.Is(err, store.ErrQuery) {
			t.Errorf("%+v: %v", q, err)
		}
	}
}
