package store

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"newsgraph/news"
)

// Dimension is what events are counted by. Each gives an event keys, which are any number of texts; an event without one has the empty key.
type Dimension string

// The dimensions. By year to by day give the one stretch that holds all days of an event: 2024, 2024-01, 2024-01-08 (a Monday), 2024-01-09. By
// action and by type give the event's own, by quad the quad class of its action, 1 to 4. By actor, target and place give the ids of its
// sources, targets and places, by participant those of all who take part in any role, by country the countries of these (Country, or ISO3
// where that is empty), by publisher the folded publishers of the stories of its reports.
const (
	ByYear        Dimension = "YEAR"
	ByMonth       Dimension = "MONTH"
	ByWeek        Dimension = "WEEK"
	ByDay         Dimension = "DAY"
	ByAction      Dimension = "ACTION"
	ByType        Dimension = "TYPE"
	ByQuad        Dimension = "QUAD"
	ByActor       Dimension = "ACTOR"
	ByTarget      Dimension = "TARGET"
	ByPlace       Dimension = "PLACE"
	ByCountry     Dimension = "COUNTRY"
	ByParticipant Dimension = "PARTICIPANT"
	ByPublisher   Dimension = "PUBLISHER"
)

// Dimensions are all dimensions.
func Dimensions() []Dimension {
	return []Dimension{ByYear, ByMonth, ByWeek, ByDay, ByAction, ByType, ByQuad, ByActor, ByTarget, ByParticipant, ByCountry, ByPlace, ByPublisher}
}

// Time tells that the keys are stretches of time.
func (d Dimension) Time() bool {
	return slices.Contains([]Dimension{ByYear, ByMonth, ByWeek, ByDay}, d)
}

// CountQuery asks how many events have which keys.
type CountQuery struct {
	Filter EventQuery  // its Order and Paging say nothing
	By     []Dimension // one or two, which differ
	Top    int         // at most so many cells, at least 1
}

// Cell is how many events have some keys, one of each dimension.
type Cell struct {
	Keys   []string
	Events int
}

// Counts answers a CountQuery.
type Counts struct {
	Cells []Cell
	More  bool // there are cells that Top leaves out
	Total int  // events, each once
}

// Check refuses what cannot be counted.
func (q CountQuery) Check() error {
	if len(q.By) == 0 || len(q.By) > 2 || len(q.By) == 2 && q.By[0] == q.By[1] {
		return fmt.Errorf("by %s: %w: one dimension, or two that differ", q.By, ErrQuery)
	}
	for _, d := range q.By {
		if !slices.Contains(Dimensions(), d) {
			return fmt.Errorf("by %q: %w: there is no such dimension", d, ErrQuery)
		}
	}
	if q.Top < 1 {
		return fmt.Errorf("top %d: %w: at least 1", q.Top, ErrQuery)
	}
	return q.Filter.CheckIntervals()
}

// Rank makes the answer of all cells. Those with the same keys are one.
func (q CountQuery) Rank(cells []Cell, total int) Counts {
	sums := map[[2]string]int{}
	for _, c := range cells {
		var keys [2]string
		copy(keys[:], c.Keys[:len(q.By)])
		sums[keys] += c.Events
	}
	all := make([]Cell, 0, len(sums))
	for keys, n := range sums {
		all = append(all, Cell{slices.Clone(keys[:len(q.By)]), n})
	}
	byKeys := func(a, b Cell) int { return slices.Compare(a.Keys, b.Keys) }
	slices.SortFunc(all, func(a, b Cell) int { return cmp.Or(b.Events-a.Events, byKeys(a, b)) })
	counts := Counts{Cells: all[:min(len(all), q.Top)], More: len(all) > q.Top, Total: total}
	if q.By[0].Time() {
		slices.SortFunc(counts.Cells, byKeys)
	}
	return counts
}

// Quad is the key of an action by ByQuad.
func Quad(action string) string {
	a, ok := news.ActionNamed(action)
	if !ok || a.Quad == 0 {
		return ""
	}
	return strconv.Itoa(int(a.Quad))
}
