package store

import (
	"cmp"
	"fmt"
	"slices"

	"newsgraph/news"
)

// StoryDimension is what stories are counted by. Each gives a story one key.
type StoryDimension string

// The dimensions. By year and by month give the one stretch in which the story was published, 2024 or 2024-01, and the empty key where that is not told
// so exactly; by publisher gives the folded publisher.
const (
	StoriesByYear      StoryDimension = "YEAR"
	StoriesByMonth     StoryDimension = "MONTH"
	StoriesByPublisher StoryDimension = "PUBLISHER"
)

// StoryCountQuery asks how many stories have which key.
type StoryCountQuery struct {
	Filter StoryQuery // its Paging says nothing
	By     StoryDimension
	Top    int // at most so many cells, at least 1
}

// StoryCell is how many stories have a key.
type StoryCell struct {
	Key     string
	Stories int
}

// StoryCounts answers a StoryCountQuery.
type StoryCounts struct {
	Cells []StoryCell
	More  bool // there are cells that Top leaves out
	Total int  // stories
}

// Check refuses what cannot be counted.
func (q StoryCountQuery) Check() error {
	if !slices.Contains([]StoryDimension{StoriesByYear, StoriesByMonth, StoriesByPublisher}, q.By) {
		return fmt.Errorf("by %q: %w: there is no such dimension of stories", q.By, ErrQuery)
	}
	if q.Top < 1 {
		return fmt.Errorf("top %d: %w: at least 1", q.Top, ErrQuery)
	}
	return CheckInterval(q.Filter.Published)
}

// Key is that of a story of a folded publisher that was published within days, of which both or neither end is empty.
func (q StoryCountQuery) Key(publisher string, published news.Interval) string {
	length := len("2006")
	switch q.By {
	case StoriesByPublisher:
		return publisher
	case StoriesByMonth:
		length = len("2006-01")
	}
	if published.From == "" || published.From[:length] != published.To[:length] {
		return ""
	}
	return published.From[:length]
}

// Rank makes the answer of all cells. Those of one key are one.
func (q StoryCountQuery) Rank(cells []StoryCell) StoryCounts {
	sums := map[string]int{}
	var counts StoryCounts
	for _, c := range cells {
		sums[c.Key] += c.Stories
		counts.Total += c.Stories
	}
	for key, n := range sums {
		counts.Cells = append(counts.Cells, StoryCell{key, n})
	}
	slices.SortFunc(counts.Cells, func(a, b StoryCell) int { return cmp.Or(b.Stories-a.Stories, cmp.Compare(a.Key, b.Key)) })
	if counts.More = len(counts.Cells) > q.Top; counts.More {
		counts.Cells = counts.Cells[:q.Top]
	}
	if q.By != StoriesByPublisher {
		slices.SortFunc(counts.Cells, func(a, b StoryCell) int { return cmp.Compare(b.Key, a.Key) })
	}
	return counts
}
