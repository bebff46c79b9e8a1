package store

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"newsgraph/news"
)

// mostFrontier is how many entities a search for paths goes on from at once: those with most events.
const mostFrontier = 500

// PathQuery asks how two entities are connected.
type PathQuery struct {
	From, To news.ID    // which differ
	K        int        // at most so many paths, at least 1
	Longest  int        // at most so many hops, at least 1
	Filter   EventQuery // which events connect; its Paging says nothing
}

// Check refuses what no path answers.
func (q PathQuery) Check() error {
	if q.From == q.To || q.K < 1 || q.Longest < 1 {
		return fmt.Errorf("%d paths of %d hops from %s to %s: %w: each at least 1, between two that differ", q.K, q.Longest, q.From, q.To, ErrQuery)
	}
	return q.Filter.CheckIntervals()
}

// Hop is a step of a path: events in which one did something to the other, whichever of them acted.
type Hop struct {
	From, To  news.ID   // as the path goes
	Events    int       // with claims
	Claims    int       // of these
	ClaimedBy []news.ID // who says these, sorted
	Event     news.ID   // that stands first in the order of the filter
}

// Paths answers a PathQuery.
type Paths struct {
	Paths [][]Hop
	More  bool // not all was looked at: a step has more than MostEvents, or leads to too many
}

// Connect finds paths by what is listed: a plain form, which goes on from both ends in turn, and asks for the events of each step
// at once.
func Connect(ctx context.Context, r Lister, q PathQuery) (Paths, error) {
	if err := q.Check(); err != nil {
		return Paths{}, err
	}
	q.Filter.Paging = Paging{First: MostEvents}
	s := search{reader: r, q: q, hops: map[news.ID]map[news.ID]Hop{}, expanded: map[news.ID]bool{}}
	left, right := []news.ID{q.From}, []news.ID{q.To}
	var err error
	for n := 1; n <= q.Longest && len(s.found.Paths) < q.K; n++ {
		if n%2 == 1 {
			left, err = s.expand(ctx, left)
		} else {
			right, err = s.expand(ctx, right)
		}
		if err != nil {
			return Paths{}, err
		}
		if err := s.walk(ctx, s.away(), nil, map[news.ID]bool{q.From: true}, q.From, n); err != nil {
			return Paths{}, err
		}
	}
	return s.found, nil
}

type search struct {
	reader   Lister
	q        PathQuery
	hops     map[news.ID]map[news.ID]Hop // both ways
	expanded map[news.ID]bool            // whose hops are all known
	found    Paths
}

// expand learns all hops of some entities, and returns those that they lead to.
func (s *search) expand(ctx context.Context, from []news.ID) ([]news.ID, error) {
	from = slices.DeleteFunc(slices.Clone(from), func(id news.ID) bool { return s.expanded[id] })
	if len(from) == 0 {
		return nil, nil
	}
	ask := s.q.Filter
	ask.Participants = append(slices.Clone(ask.Participants), Participation{Entities: from, Roles: []news.Role{news.Source, news.Target}})
	are := map[news.ID]bool{}
	for _, id := range from {
		are[id] = true
	}
	led := map[news.ID]int{}
	var seen []ends
	more, err := s.reader.EachEvent(ctx, ask, func(e news.Event) {
		seen = seen[:0]
		sources, targets := e.Entities(news.Source), e.Entities(news.Target)
		for _, a := range sources {
			for _, b := range targets {
				for _, hop := range []ends{{a, b}, {b, a}} {
					near, far := hop.from, hop.to
					if near == far || !are[near] || s.expanded[near] || s.expanded[far] || slices.Contains(seen, hop) {
						continue
					}
					seen = append(seen, hop, ends{far, near})
					s.add(near, far, e)
					s.add(far, near, e)
					led[far]++
				}
			}
		}
	})
	if err != nil {
		return nil, err
	}
	s.found.More = s.found.More || more
	for _, id := range from {
		s.expanded[id] = true
		delete(led, id)
	}
	next := slices.SortedFunc(maps.Keys(led), func(a, b news.ID) int { return cmp.Or(led[b]-led[a], cmp.Compare(a, b)) })
	if len(next) > mostFrontier {
		next, s.found.More = next[:mostFrontier], true
	}
	return next, nil
}

func (s *search) add(from, to news.ID, event news.Event) {
	if s.hops[from] == nil {
		s.hops[from] = map[news.ID]Hop{}
	}
	h, ok := s.hops[from][to]
	if !ok {
		h = Hop{From: from, To: to, Event: event.ID}
	}
	if h.Events++; event.Claim {
		h.Claims++
		h.ClaimedBy = with(h.ClaimedBy, event.ClaimedBy)
	}
	s.hops[from][to] = h
}

// away is how many hops each entity is from the end, as far as is known.
func (s *search) away() map[news.ID]int {
	away, last := map[news.ID]int{s.q.To: 0}, []news.ID{s.q.To}
	for len(last) > 0 {
		var next []news.ID
		for _, id := range last {
			for far := range s.hops[id] {
				if _, ok := away[far]; !ok {
					away[far], next = away[id]+1, append(next, far)
				}
			}
		}
		last = next
	}
	return away
}

// walk finds the paths of just so many more hops, in their order.
func (s *search) walk(ctx context.Context, away map[news.ID]int, so []Hop, on map[news.ID]bool, at news.ID, more int) error {
	if more == 0 {
		s.found.Paths = append(s.found.Paths, slices.Clone(so))
		return ctx.Err()
	}
	hops := slices.SortedFunc(maps.Values(s.hops[at]), func(a, b Hop) int { return cmp.Or(b.Events-a.Events, cmp.Compare(a.To, b.To)) })
	for _, h := range hops {
		left, ok := away[h.To]
		if !ok || left > more-1 || on[h.To] || (h.To == s.q.To) != (more == 1) {
			continue
		}
		if len(s.found.Paths) >= s.q.K || ctx.Err() != nil {
			return ctx.Err()
		}
		on[h.To] = true
		if err := s.walk(ctx, away, append(so, h), on, h.To, more-1); err != nil {
			return err
		}
		delete(on, h.To)
	}
	return nil
}
