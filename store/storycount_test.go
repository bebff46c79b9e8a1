package store

import (
	"errors"
	"fmt"
	"testing"

	"newsgraph/news"
)

// TestStoryCounts ranks by hand: by stories and key, of time the latest first, what is not told last, and those of one key as one.
func TestStoryCounts(t *testing.T) {
	cells := []StoryCell{{"2024-01", 2}, {"", 2}, {"2023-12", 1}, {"2024-02", 1}, {"2023-12", 2}}
	for _, test := range []struct {
		by   StoryDimension
		top  int
		want string
	}{
		{StoriesByMonth, 9, "{[{2024-02 1} {2024-01 2} {2023-12 3} { 2}] false 8}"},
		{StoriesByMonth, 2, "{[{2023-12 3} { 2}] true 8}"},
		{StoriesByPublisher, 9, "{[{2023-12 3} { 2} {2024-01 2} {2024-02 1}] false 8}"},
		{StoriesByPublisher, 1, "{[{2023-12 3}] true 8}"},
	} {
		q := StoryCountQuery{By: test.by, Top: test.top}
		if got := fmt.Sprint(q.Rank(cells)); got != test.want {
			t.Errorf("the first %d by %s are %s, want %s", test.top, test.by, got, test.want)
		}
	}
}

// TestStoryKey sees that a stretch is a key only where the story tells it so exactly.
func TestStoryKey(t *testing.T) {
	day, month := news.Interval{From: "2024-01-10", To: "2024-01-10"}, news.Interval{From: "2024-02-01", To: "2024-02-29"}
	year, over := news.Interval{From: "2024-01-01", To: "2024-12-31"}, news.Interval{From: "2023-12-31", To: "2024-01-01"}
	for by, want := range map[StoryDimension][5]string{
		StoriesByYear:      {"2024", "2024", "2024", "", ""},
		StoriesByMonth:     {"2024-01", "2024-02", "", "", ""},
		StoriesByPublisher: {"the paper", "the paper", "the paper", "the paper", "the paper"},
	} {
		for i, published := range []news.Interval{day, month, year, over, {}} {
			if got := (StoryCountQuery{By: by}).Key("the paper", published); got != want[i] {
				t.Errorf("by %s, published %v: %q, want %q", by, published, got, want[i])
			}
		}
	}
	if err := (StoryCountQuery{By: "WEEK", Top: 1}).Check(); !errors.Is(err, ErrQuery) {
		t.Errorf("by week: %v", err)
	}
}
