package answer

import (
	"context"

	"newsgraph/news"
	"newsgraph/store"
)

const (
	mostDepth    = 3
	mostPerNode  = 4 // edges that a network shows for each node it may have
	defaultDepth = 1
)

// Network is what surrounds some entities.
type Network struct {
	Nodes []*NetworkNode
	Edges []*NetworkEdge
	More  bool
	in    *batch[news.ID] // its entities
}

// NetworkNode is an entity of a network.
type NetworkNode struct {
	store.NetworkNode
	of *Network
}

// NetworkEdge is what one did to another.
type NetworkEdge struct {
	store.NetworkEdge
	in *batch[store.NetworkEdge]
	of *Network
}

// NetworkAction is how often it did one action.
type NetworkAction struct{ store.Tie }

// Network reads the arguments of a network, and finds it. Unless asked otherwise its events are asserted; background is left out.
func (g Graph) Network(ctx context.Context, around []news.ID, depth, limit *int, filter *EventFilter) (*Network, error) {
	q := store.NetworkQuery{Depth: defaultDepth, Limit: DefaultLimit}
	if depth != nil {
		if q.Depth = *depth; q.Depth < 1 || q.Depth > mostDepth {
			return nil, BadInput("depth", "1 to %d, not %d", mostDepth, q.Depth)
		}
	}
	if limit != nil {
		if q.Limit = *limit; q.Limit < 1 || q.Limit > MostFirst {
			return nil, BadInput("limit", "1 to %d, not %d", MostFirst, q.Limit)
		}
	}
	first := 1
	of, err := g.EventQuery(ctx, filter, nil, &first, nil)
	if err != nil {
		return nil, err
	}
	filter.foreground(&of)
	ids, err := g.named(ctx, condition{"around", around})
	if err != nil {
		return nil, err
	}
	q.Filter, q.Around = of, ids[0]
	net, err := g.Reader.Network(ctx, q)
	if err != nil {
		return nil, err
	}
	made := &Network{More: net.More}
	var nodes []news.ID
	for _, n := range net.Nodes {
		made.Nodes, nodes = append(made.Nodes, &NetworkNode{n, made}), append(nodes, n.Entity)
	}
	if most := mostPerNode * q.Limit; len(net.Edges) > most {
		net.Edges, made.More = net.Edges[:most], true
	}
	in := newBatch(g, net.Edges)
	for _, e := range net.Edges {
		made.Edges = append(made.Edges, &NetworkEdge{e, in, made})
	}
	made.in = newBatch(g, nodes)
	return made, nil
}

// entity is one of the network's. All are asked for together.
func (n *Network) entity(ctx context.Context, id news.ID) (Entity, error) {
	byID, err := once(n.in, "entity", func() (map[news.ID]Entity, error) {
		return n.in.entities(ctx, func(id news.ID) []news.ID { return []news.ID{id} })
	})
	if err != nil {
		return nil, err
	}
	return found(byID, id)
}

// Entity is who or what it is.
func (n *NetworkNode) Entity(ctx context.Context) (Entity, error) {
	return n.of.entity(ctx, n.NetworkNode.Entity)
}

// Count is in how many events it is tied to others.
func (n *NetworkNode) Count() int { return n.Events }

// From is who did it.
func (e *NetworkEdge) From(ctx context.Context) (Entity, error) {
	return e.of.entity(ctx, e.NetworkEdge.From)
}

// To is to whom it was done.
func (e *NetworkEdge) To(ctx context.Context) (Entity, error) {
	return e.of.entity(ctx, e.NetworkEdge.To)
}

// Count is how many events.
func (e *NetworkEdge) Count() int { return e.Events }

// Actions are what was done.
func (e *NetworkEdge) Actions() []*NetworkAction {
	all := make([]*NetworkAction, len(e.Ties))
	for i, t := range e.Ties {
		all[i] = &NetworkAction{t}
	}
	return all
}

// ClaimedBy are those who say what is claimed.
func (e *NetworkEdge) ClaimedBy(ctx context.Context) ([]Entity, error) {
	byID, err := once(e.in, "claimedBy", func() (map[news.ID]Entity, error) {
		return e.in.entities(ctx, func(s store.NetworkEdge) []news.ID { return s.ClaimedBy })
	})
	return those(byID, e.NetworkEdge.ClaimedBy), err
}

// First is the first day of the earliest dated event.
func (e *NetworkEdge) First() *string { return some(e.NetworkEdge.First) }

// Last is the last day of the latest dated event.
func (e *NetworkEdge) Last() *string { return some(e.NetworkEdge.Last) }

// Latest is the newest event.
func (e *NetworkEdge) Latest(ctx context.Context) (*Event, error) {
	byID, err := once(e.in, "latest", func() (map[news.ID]*Event, error) {
		return e.in.graph.eventsByID(ctx, e.in.ids(func(s store.NetworkEdge) []news.ID { return []news.ID{s.Latest} }))
	})
	if err != nil {
		return nil, err
	}
	return found(byID, e.NetworkEdge.Latest)
}

// QuadClass is the action's, 1 to 4.
func (a *NetworkAction) QuadClass() *int {
	of, _ := news.ActionNamed(a.Action)
	return some(int(of.Quad))
}

// Count is how many events a story tells in its own voice.
func (a *NetworkAction) Count() int { return a.Events }
