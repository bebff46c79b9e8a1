package store

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"newsgraph/news"
)

// TestReportKey holds the sort keys against the order of news.Merge.
func TestReportKey(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	at := map[news.ID]int{}
	var reports []news.Report
	for n := range 300 {
		f := news.Report{ID: news.ID(fmt.Sprintf("report:%03d", n)), Story: news.ID(fmt.Sprint("story:", r.IntN(4))), Type: news.TypeAccuse, Action: "condemn"}
		start := r.IntN(12)
		f.Trigger = news.Span{Start: start, End: start + 1 + r.IntN(12)}
		switch from := fmt.Sprintf("20%02d-01-%02d", 10+r.IntN(3), 1+r.IntN(5)); r.IntN(5) {
		case 0: // not dated
		case 1:
			f.When = news.When{From: "--01-05", To: "--01-05"}
		case 2:
			f.When = news.When{From: "0001-01-01", To: "2024-12-31"}
		case 3:
			f.When = news.When{From: from, To: from[:4] + "-12-31"}
		default:
			f.When = news.When{From: from, To: from}
		}
		reports = append(reports, f)
	}
	slices.SortFunc(reports, func(a, b news.Report) int { return strings.Compare(ReportKey(a), ReportKey(b)) })
	for i, r := range reports {
		at[r.ID] = i
	}
	most := 0
	for _, e := range news.Merge(reports) {
		most = max(most, len(e.Reports))
		if !slices.IsSortedFunc(e.Reports, func(a, b news.ID) int { return at[a] - at[b] }) {
			t.Errorf("%s lists its reports in another order", e.ID)
		}
	}
	if most < 10 {
		t.Errorf("no event has more than %d reports", most)
	}
}

func TestCursor(t *testing.T) {
	c := Cursor("a", "1", "\x00é\"")
	if keys, err := CursorKeys(c, "a", 2); err != nil || !slices.Equal(keys, []string{"1", "\x00é\""}) {
		t.Errorf("%q, %v", keys, err)
	}
	if keys, err := CursorKeys("", "a", 2); err != nil || keys != nil {
		t.Errorf("%q, %v", keys, err)
	}
	for _, wrong := range []string{Cursor("b", "1", "2"), Cursor("a", "1"), Cursor("a", "1", "2", "3"), c + "=", c[1:]} {
		if keys, err := CursorKeys(wrong, "a", 2); err == nil {
			t.Errorf("%s: %q", wrong, keys)
		}
	}
}

func FuzzCursorKeys(f *testing.F) {
	f.Add("", "a", uint8(1))
	f.Add(Cursor("a", "1"), "a", uint8(1))
	f.Fuzz(func(t *testing.T, cursor, kind string, n uint8) {
		keys, err := CursorKeys(cursor, kind, int(n))
		if err == nil && cursor != "" && len(keys) != int(n) {
			t.Errorf("%d keys, want %d", len(keys), n)
		}
	})
}
