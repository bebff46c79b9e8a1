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
	sums := map[uint64]int{}
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
				sums[uint64(a)<<32|uint64(b)]++
			}
		}
		return true
	}); err != nil {
		return store.Counts{}, fmt.Errorf(what, err)
	}
	least := leastOf(sums, q.Top)
	var cells []store.Cell
	for keys, n := range sums {
		if n >= least {
			cell := store.Cell{Keys: []string{"", ""}, Events: n}
			for i, key := range []uint32{uint32(keys >> 32), uint32(keys)} { //nolint:gosec // its halves
				if i < len(q.By) {
					cell.Keys[i] = c.key(key, q.By[i])
				}
			}
			cells = append(cells, cell)
		}
	}
	counts := q.Rank(cells, total)
	counts.More = len(sums) > q.Top
	return counts, nil
}

// leastOf is the least sum of the top ones, with all that are as much.
func leastOf(sums map[uint64]int, top int) int {
	if len(sums) <= top {
		return 0
	}
	all := make([]int, 0, len(sums))
	for _, n := range sums {
		all = append(all, n)
	}
	slices.Sort(all)
	return all[len(all)-top]
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
	case store.ByActor, store.ByTarget, store.ByPlace:
		return string(h.entities[key].id)
	case store.ByYear:
		return dayText(int64(key))[:4]
	case store.ByMonth:
		return dayText(int64(key))[:7]
	}
	return dayText(int64(key))
}
