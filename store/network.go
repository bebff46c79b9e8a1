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
	return q.Filter.CheckIntervals()
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

// Lister is what Surround and Connect ask.
type Lister interface {
	Entities(ctx context.Context, ids []news.ID) ([]news.Entity, error)
	// EachEvent yields the first events of a list, and tells whether there are more. No more of an event need be filled than its id, its
	// action, its first and last day, its sources and targets, and whether it is a claim, and by whom. It is the caller's until yield returns.
	EachEvent(ctx context.Context, q EventQuery, yield func(news.Event)) (more bool, err error)
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
	step := func(yield func(news.Event), narrow ...Participation) error {
		ask := q.Filter
		ask.Participants = slices.Concat(ask.Participants, narrow)
		more, err := r.EachEvent(ctx, ask, yield)
		net.More = net.More || more
		return err
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
		near := map[news.ID]int{} // events that tie each to the last ones
		var others []news.ID
		if err := step(func(e news.Event) {
			others = across(others[:0], e, func(id news.ID) bool { at, in := distance[id]; return in && at == d-1 })
			for _, id := range others {
				if _, in := distance[id]; !in {
					near[id]++
				}
			}
		}, Participation{Entities: last, Roles: []news.Role{news.Source, news.Target}}); err != nil {
			return net, err
		}
		last = slices.SortedFunc(maps.Keys(near), func(a, b news.ID) int { return cmp.Or(near[b]-near[a], cmp.Compare(a, b)) })
		if room := q.Limit - len(order); len(last) > room {
			last, net.More = last[:room], true
		}
		for _, id := range last {
			distance[id], order = d, append(order, id)
		}
	}
	sums, taken := tied{}, map[news.ID]int{}
	// Both by their own conditions: Between would say the same, but a store looks for the pairs of all hubs first.
	if err := step(func(e news.Event) { sums.add(e, distance, taken) },
		Participation{Entities: order, Roles: []news.Role{news.Source}}, Participation{Entities: order, Roles: []news.Role{news.Target}}); err != nil {
		return net, err
	}
	net.Edges = sums.edges()
	for _, id := range order {
		net.Nodes = append(net.Nodes, NetworkNode{id, distance[id], taken[id]})
	}
	return net, nil
}

// with adds ids to sorted ones, into a list of its own.
func with(sorted, more []news.ID) []news.ID {
	if !slices.ContainsFunc(more, func(id news.ID) bool { return !slices.Contains(sorted, id) }) {
		return sorted
	}
	all := slices.Concat(sorted, more)
	slices.Sort(all)
	return slices.Compact(all)
}

// across adds those on the other side of an event from any of some, each once.
func across(all []news.ID, e news.Event, some func(news.ID) bool) []news.ID {
	for i, side := range []news.Role{news.Source, news.Target} {
		others := []news.Role{news.Target, news.Source}[i]
		if !slices.ContainsFunc(e.Participants, func(p news.Participant) bool { return p.Role == side && some(p.Entity) }) {
			continue
		}
		for _, p := range e.Participants {
			if p.Role == others && !slices.Contains(all, p.Entity) {
				all = append(all, p.Entity)
			}
		}
	}
	return all
}

// tied sums up what nodes did to each other.
type tied map[ends]*tie

type ends struct{ from, to news.ID }

type tie struct {
	NetworkEdge
	actions map[string]Tie
}

// add adds an event, and counts it for each node that it ties.
func (all tied) add(e news.Event, nodes, taken map[news.ID]int) {
	var in []news.ID
	node := func(id news.ID) bool { _, ok := nodes[id]; return ok }
	sources, targets := e.Entities(news.Source), e.Entities(news.Target)
	for _, from := range sources {
		if !node(from) {
			continue
		}
		for _, to := range targets {
			if from == to || !node(to) {
				continue
			}
			for _, id := range []news.ID{from, to} {
				if !slices.Contains(in, id) {
					in = append(in, id)
				}
			}
			sum := all[ends{from, to}]
			if sum == nil {
				sum = &tie{NetworkEdge{From: from, To: to, Latest: e.ID}, map[string]Tie{}}
				all[ends{from, to}] = sum
			}
			sum.add(e)
		}
	}
	for _, id := range in {
		taken[id]++
	}
}

func (t *tie) add(e news.Event) {
	action := t.actions[e.Action]
	t.Events++
	if action.Action = e.Action; e.Claim {
		t.Claims++
		t.ClaimedBy = with(t.ClaimedBy, e.ClaimedBy)
		action.Claims++
	} else {
		action.Events++
	}
	t.actions[e.Action] = action
	if e.When.Dated() {
		t.Last = max(t.Last, e.When.To)
		if t.First == "" || e.When.From < t.First {
			t.First = e.When.From
		}
	}
}

// edges are those with most events first, then by their ends.
func (all tied) edges() []NetworkEdge {
	var some []NetworkEdge
	for _, t := range all {
		t.Ties = slices.SortedFunc(maps.Values(t.actions), func(a, b Tie) int {
			return cmp.Or(b.Events+b.Claims-a.Events-a.Claims, cmp.Compare(a.Action, b.Action))
		})
		some = append(some, t.NetworkEdge)
	}
	slices.SortFunc(some, func(a, b NetworkEdge) int {
		return cmp.Or(b.Events-a.Events, cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To))
	})
	return some
}
