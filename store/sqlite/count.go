package sqlite

import (
	"context"
	"fmt"
	"slices"

	"newsgraph/news"
	"newsgraph/store"
)

// Counts counts events by their keys, which are numbers until the most of them are known.
func (s *Store) Counts(ctx context.Context, q store.CountQuery) (store.Counts, error) {
	const what = "sqlite: count events: %w"
	if err := q.Check(); err != nil {
		return store.Counts{}, fmt.Errorf(what, err)
	}
	c, err := s.chooseAll(ctx, q.Filter)
	if err != nil {
		return store.Counts{}, fmt.Errorf(what, err)
	}
	total := 0
	var sums tally
	var lists [2][]uint32
	lists[1] = []uint32{0}
	if err := c.each(ctx, nil, func(rank uint32) bool {
		total++
		for i, d := range q.By {
			if lists[i] = c.keys(lists[i][:0], rank, d); len(lists[i]) == 0 {
				lists[i] = append(lists[i], 0)
			}
		}
		for _, a := range lists[0] {
			for _, b := range lists[1] {
				sums.add(uint64(a)<<32 | uint64(b))
			}
		}
		return true
	}); err != nil {
		return store.Counts{}, fmt.Errorf(what, err)
	}
	least := sums.least(q.Top)
	var cells []store.Cell
	for i, n := range sums.sums {
		if keys := sums.keys[i]; n > 0 && n >= least {
			cell := store.Cell{Keys: []string{"", ""}, Events: int(n)}
			for i, key := range []uint32{uint32(keys >> 32), uint32(keys)} { //nolint:gosec // its halves
				if i < len(q.By) {
					cell.Keys[i] = c.key(key, q.By[i])
				}
			}
			cells = append(cells, cell)
		}
	}
	counts := q.Rank(cells, total)
	counts.More = sums.n > q.Top
	return counts, nil
}

// Totals counts lists of events by what is in memory.
func (s *Store) Totals(ctx context.Context, entities []news.ID, q store.EventQuery, most int) ([]int, error) {
	const what = "sqlite: count lists of events: %w"
	if err := q.CheckIntervals(); err != nil {
		return nil, fmt.Errorf(what, err)
	}
	all, err := s.chooseAll(ctx, q)
	if err != nil {
		return nil, fmt.Errorf(what, err)
	}
	lists := []*choice{all}
	if len(entities) > 0 {
		lists = lists[:0]
		for _, id := range entities {
			lists = append(lists, all.of(id))
		}
	}
	totals := make([]int, len(lists))
	for i, c := range lists {
		if err := c.each(ctx, nil, func(uint32) bool {
			totals[i]++
			return totals[i] < most
		}); err != nil {
			return nil, fmt.Errorf(what, err)
		}
	}
	return totals, nil
}

// tally counts how often keys come: a hash table with open addresses, since a heat map has hundreds of thousands.
type tally struct {
	keys []uint64
	sums []uint32 // 0 where there is no key
	n    int      // keys
}

func (t *tally) add(key uint64) {
	if 2*t.n >= len(t.keys) {
		old := *t
		*t = tally{make([]uint64, max(1024, 4*len(old.keys))), make([]uint32, max(1024, 4*len(old.keys))), old.n}
		for i, n := range old.sums {
			if n > 0 {
				at := t.at(old.keys[i])
				t.keys[at], t.sums[at] = old.keys[i], n
			}
		}
	}
	at := t.at(key)
	if t.sums[at] == 0 {
		t.keys[at] = key
		t.n++
	}
	t.sums[at]++
}

// at is the place of a key, or where it is to be.
func (t *tally) at(key uint64) int {
	mask := uint64(len(t.keys) - 1)
	const golden = 0x9e3779b97f4a7c15 // Knuth's multiplicative hash: the upper bits are the mixed ones
	at := key * golden >> 32 & mask
	for t.sums[at] > 0 && t.keys[at] != key {
		at = (at + 1) & mask
	}
	return int(at) //nolint:gosec // below len
}

// least is the least sum of the top ones, with all that are as much.
func (t *tally) least(top int) uint32 {
	var most uint32
	for _, n := range t.sums {
		most = max(most, n)
	}
	cells := make([]int, most+1) // by their sum
	for _, n := range t.sums {
		cells[n]++
	}
	for most > 0 && top > 0 {
		top -= cells[most]
		most--
	}
	return most + 1
}

// keys adds those of an event by a dimension, each once: 0 stands for none.
func (h *held) keys(all []uint32, rank uint32, d store.Dimension) []uint32 {
	add := func(key uint32) {
		if key != 0 && !slices.Contains(all, key) {
			all = append(all, key)
		}
	}
	parts := func(role news.Role) {
		for _, p := range h.parts.of(rank) {
			if p&uint32(roleMarks([]news.Role{role})) != 0 { //nolint:gosec // four bits
				add(p >> partBits)
			}
		}
	}
	switch d {
	case store.ByType:
		add(h.typ[rank])
	case store.ByAction:
		add(h.action[rank])
	case store.ByQuad:
		add(h.quads[h.action[rank]])
	case store.ByActor:
		parts(news.Source)
	case store.ByTarget:
		parts(news.Target)
	case store.ByPlace:
		parts(news.Place)
	case store.ByParticipant:
		for _, p := range h.parts.of(rank) {
			if p&allRoles != 0 {
				add(p >> partBits)
			}
		}
	case store.ByCountry:
		for _, p := range h.parts.of(rank) {
			if e := h.entities[p>>partBits]; p&allRoles != 0 {
				if e.country == 0 {
					e.country = e.iso3
				}
				add(e.country)
			}
		}
	case store.ByPublisher:
		for _, p := range h.publishers.of(rank) {
			add(p)
		}
	default:
		at := h.at[rank]
		if first := begin(at, d); at > dated && first == begin(at+h.length[rank], d) {
			add(first)
		}
	}
	return all
}

// begin is the first day, in numbers, of the stretch of time that holds a day.
func begin(at int32, d store.Dimension) uint32 {
	day := at - dated
	switch d {
	case store.ByWeek:
		day -= (day - 1) % 7 // the first day of all is a Monday
	case store.ByMonth, store.ByYear:
		on := onDay(int64(day))
		day -= int32(on.Day() - 1) //nolint:gosec // days of a month
		if d == store.ByYear {
			day = at - dated - int32(on.YearDay()-1) //nolint:gosec // days of a year
		}
	}
	return uint32(max(day, 0)) //nolint:gosec // it is not below 0
}

// key is how a key is told.
func (h *held) key(key uint32, d store.Dimension) string {
	if key == 0 {
		return ""
	}
	switch d {
	case store.ByType, store.ByAction, store.ByQuad, store.ByCountry, store.ByPublisher:
		return h.symbols.texts[key]
	case store.ByActor, store.ByTarget, store.ByPlace, store.ByParticipant:
		return string(h.entities[key].id)
	case store.ByYear:
		return dayText(int64(key))[:4]
	case store.ByMonth:
		return dayText(int64(key))[:7]
	}
	return dayText(int64(key))
}
