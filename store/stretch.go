package store

import "newsgraph/news"

// Stretch is what a store looks at beside a report: news.Merge brings two reports of one key together, directly or through others, only
// if their stretches touch. So a change is settled by the reports that touch, through any number of others, what comes or goes.
type Stretch struct {
	From, To string // days, inclusive; both empty if the report stands in no time
	Text     string // of the same text, at any time; empty if that alone brings nothing together
}

// lookBack is how many days before its story an undated report's event may lie, as news.Merge says.
const lookBack = 7

// StretchOf is the stretch of a report: its days, or, if it is undated, the days of its story with those on which its event may lie, and
// its text.
func StretchOf(r news.Report) Stretch {
	if r.When.Dated() {
		return Stretch{From: r.When.From, To: r.When.To}
	}
	s := Stretch{Text: r.TextHash}
	if s.Text == "" {
		s.Text = string(r.Story)
	}
	if published, _, err := news.ParseDate(r.Published); err == nil {
		s.From, s.To = news.DaysBefore(published.From, lookBack), published.To
		if s.From == "" {
			s.From = published.From
		}
	}
	return s
}
