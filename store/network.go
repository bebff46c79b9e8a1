package store

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"newsgraph/news"
)

// MostEvents is how many events, in the order of their list, a store looks at for one step of a network.
const MostEvents = 20_000

// NetworkQuery asks for what surrounds some entities.
type NetworkQuery struct {
	Around []news.ID  // at least one; unknown ones are left out
	Depth  int        // at least 1: how many steps from them
	Limit  int        // at most so many nodes, at least 1
	Filter EventQuery // which events tie; its Paging says nothing
}

// Check refuses what no network answers.
func (q NetworkQuery) Check() error {
	if len(q.Around) == 0 || q.Depth < 1 || q.Limit < 1 {
		return fmt.Errorf("network around %d entities, depth %d, limit %d: %w: each at least 1", len(q.Around), q.Depth, q.Limit, ErrQuery)
	}
	return CheckInterval(q.Filter.During)
}

// NetworkNode is an entity of a network.
type NetworkNode struct {
	Entity   news.ID
	Distance int // steps from the nearest of Around
	Events   int // in which it did something to another node, or that one to it, each once
}

// Tie sums up the events by which one node did one action to another.
type Tie struct {
	Action string
	Events int // that a story tells in its own voice
	Claims int // that are claims
}

// NetworkEdge is what one node did to another.
type NetworkEdge struct {
	From, To    news.ID
	Events      int       // with claims
	Claims      int       // of these
	ClaimedBy   []news.ID // who says these, sorted
	Ties        []Tie     // most events with claims first, then by action
	First, Last string    // earliest When.From and latest When.To of the dated events
	Latest      news.ID   // the event that stands first in the order of the filter
}

// Network is nodes and edges.
type Network struct {
	Nodes []NetworkNode
	Edges []NetworkEdge
	More  bool // there is more than Limit nodes show, or a step has more than MostEvents
}

// Lister is what Surround and Connect ask. Of an event they take the id, the action, the first and last day, the sources and targets, and
// whether it is a claim, and by whom: no more need be filled.
type Lister interface {
	Entities(ctx context.Context, ids []news.ID) ([]news.Entity, error)
	Events(ctx context.Context, q EventQuery) (Page[news.Event], error)
}

// Surround makes the network of a query by what is listed: a plain form, which asks for the events of each step at once.
func Surround(ctx context.Context, r Lister, q NetworkQuery) (Network, error) {
	if err := q.Check(); err != nil {
		return Network{}, err
	}
	var net Network
	known, err := r.Entities(ctx, q.Around)
	if err != nil || len(known) == 0 {
		return net, err
	}
	q.Filter.Paging = Paging{First: MostEvents}
	step := func(narrow func(*EventQuery)) ([]news.Event, error) {
		ask := q.Filter
		ask.Participants = slices.Clone(ask.Participants)
		narrow(&ask)
		page, err := r.Events(ctx, ask)
		net.More = net.More || page.More
		all := make([]news.Event, len(page.Edges))
		for i, e := range page.Edges {
			all[i] = e.Node
		}
		return all, err
	}
	distance := map[news.ID]int{}
	var order, last []news.ID
	for _, e := range known {
		if len(order) == q.Limit {
			net.More = true
			break
		}
		distance[e.ID], order = 0, append(order, e.ID)
	}
	last = order
	for d := 1; d <= q.Depth && len(last) > 0; d++ {
		events, err := step(func(e *EventQuery) {
			e.Participants = append(e.Participants, Participation{Entities: last, Roles: []news.Role{news.Source, news.Target}})
		})
		if err != nil {
			return net, err
		}
		near := map[news.ID]int{} // events that tie each to the last ones
		for _, e := range events {
			for id := range neighbours(e, last) {
				if _, in := distance[id]; !in {
					near[id]++
				}
			}
		}
		last = slices.SortedFunc(maps.Keys(near), func(a, b news.ID) int { return cmp.Or(near[b]-near[a], cmp.Compare(a, b)) })
		if room := q.Limit - len(order); len(last) > room {
			last, net.More = last[:room], true
		}
		for _, id := range last {
			distance[id], order = d, append(order, id)
		}
	}
	// Both by their own conditions: Between would say the same, but a store looks for the pairs of all hubs first.
	events, err := step(func(e *EventQuery) {
		for _, role := range []news.Role{news.Source, news.Target} {
			e.Participants = append(e.Participants, Participation{Entities: order, Roles: []news.Role{role}})
		}
	})
	if err != nil {
		return net, err
	}
	taken := map[news.ID]int{}
	net.Edges = edges(events, distance, taken)
	for _, id := range order {
		net.Nodes = append(net.Nodes, NetworkNode{id, distance[id], taken[id]})
	}
	return net, nil
}

// with adds ids to sorted ones, into a list of its own.
func with(sorted, more []news.ID) []news.ID {
	all := slices.Concat(sorted, more)
	slices.Sort(all)
	return slices.Compact(all)
}

// neighbours are those on the other side of an event from any of some.
func neighbours(e news.Event, some []news.ID) map[news.ID]bool {
	sources, targets := e.Entities(news.Source), e.Entities(news.Target)
	all := map[news.ID]bool{}
	for _, from := range sources {
		for _, to := range targets {
			if slices.Contains(some, from) {
				all[to] = true
			}
			if slices.Contains(some, to) {
				all[from] = true
			}
		}
	}
	return all
}

// edges sum up what nodes did to each other, the most events first, then by their ends. They count the events of each node.
func edges(events []news.Event, nodes, taken map[news.ID]int) []NetworkEdge {
	type ends struct{ from, to news.ID }
	sums, ties := map[ends]*NetworkEdge{}, map[ends]map[string]Tie{}
	for _, e := range events {
		in := map[news.ID]bool{}
		for _, from := range e.Entities(news.Source) {
			for _, to := range e.Entities(news.Target) {
				_, a := nodes[from]
				_, b := nodes[to]
				if !a || !b || from == to {
					continue
				}
				in[from], in[to] = true, true
				at := ends{from, to}
				if sums[at] == nil {
					sums[at], ties[at] = &NetworkEdge{From: from, To: to, Latest: e.ID}, map[string]Tie{}
				}
				sum, tie := sums[at], ties[at][e.Action]
				sum.Events++
				if tie.Action = e.Action; e.Claim {
					sum.Claims++
					sum.ClaimedBy = with(sum.ClaimedBy, e.ClaimedBy)
					tie.Claims++
				} else {
					tie.Events++
				}
				ties[at][e.Action] = tie
				if e.When.Dated() {
					sum.Last = max(sum.Last, e.When.To)
					if sum.First == "" || e.When.From < sum.First {
						sum.First = e.When.From
					}
				}
			}
		}
		for id := range in {
			taken[id]++
		}
	}
	var all []NetworkEdge
	for at, sum := range sums {
		sum.Ties = slices.SortedFunc(maps.Values(ties[at]), func(a, b Tie) int {
			return cmp.Or(b.Events+b.Claims-a.Events-a.Claims, cmp.Compare(a.Action, b.Action))
		})
		all = append(all, *sum)
	}
	slices.SortFunc(all, func(a, b NetworkEdge) int {
		return cmp.Or(b.Events-a.Events, cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To))
	})
	return all
}
