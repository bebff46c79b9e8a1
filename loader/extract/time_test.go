package extract

import (
	"testing"

	"newsgraph/news"
)

// TestOnlyDatesDateEvents sees that no duration, no set and nothing like "recently" becomes the date of an event.
func TestOnlyDatesDateEvents(t *testing.T) {
	for _, text := range []string{
		"Norway condemned Chad for three days.", "Norway condemned Chad every Monday.", "Norway recently condemned Chad.",
		"Norway condemned Chad at noon.", "Norway condemned Chad twice a year.", "Norway has now condemned Chad.",
	} {
		for _, r := range read(t, "2024-01-10", text).Reports {
			if r.When != (news.When{Precision: news.Unknown}) {
				t.Errorf("%s: %+v", text, r.When)
			}
		}
	}
}

// TestIntervalsDateEvents sees that the two ends of an interval are one date of an event.
func TestIntervalsDateEvents(t *testing.T) {
	for _, c := range []struct{ text, from, to, words string }{
		{"Norway shelled Chad from May 3 to May 5.", "2023-05-03", "2023-05-05", "May 3 to May 5"},
		{"Norway shelled Chad between 1991 and 1995.", "1991-01-01", "1995-12-31", "1991 and 1995"},
		{"Norway shelled Chad on 5-7 June 2019.", "2019-06-05", "2019-06-07", "5-7 June 2019"},
		{"Norway shelled Chad on Monday and Tuesday.", "2024-01-08", "2024-01-09", "Monday and Tuesday"},
	} {
		reports := read(t, "2024-01-10", c.text).Reports
		if len(reports) != 1 {
			t.Fatalf("%s: %d reports", c.text, len(reports))
		}
		if w := reports[0].When; w.From != c.from || w.To != c.to || w.Text != c.words || w.Span.In(c.text) != c.words {
			t.Errorf("%s: %+v", c.text, w)
		}
	}
}
