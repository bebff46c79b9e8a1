package answer

import "newsgraph/news"

// When is the time of an event, with null for what is not told.
type When struct{ news.When }

// From is the first day.
func (w When) From() *string { return some(w.When.From) }

// To is the last day.
func (w When) To() *string { return some(w.When.To) }

// Precision is how exactly it is told.
func (w When) Precision() news.Precision {
	if w.When.Precision == "" {
		return news.Unknown
	}
	return w.When.Precision
}

// Text is the wording.
func (w When) Text() *string { return some(w.When.Text) }

// Value is TIMEX3's.
func (w When) Value() *string { return some(w.When.Value) }

// How is how the words became the days.
func (w When) How() *string { return some(w.When.How) }

// DateInterval is days as a client writes them.
type DateInterval struct {
	From *string
	To   *string
}

// interval reads d, which argument names. It is nil if d is.
func (d *DateInterval) interval(argument string) (*news.Interval, error) {
	if d == nil {
		return nil, nil // no condition
	}
	from, err := daysOf(argument+".from", d.From)
	if err != nil {
		return nil, err
	}
	to, err := daysOf(argument+".to", d.To)
	if err != nil {
		return nil, err
	}
	interval := news.Interval{From: from.From, To: to.To}
	if interval.From != "" && interval.To != "" && interval.From > interval.To {
		return nil, BadInput(argument, "from %s is after to %s", interval.From, interval.To)
	}
	return &interval, nil
}

// daysOf are the days that an end of an interval covers, none if it is open.
func daysOf(argument string, end *string) (news.Interval, error) {
	if end == nil {
		return news.Interval{}, nil
	}
	days, _, err := news.ParseDate(*end)
	if err != nil {
		return news.Interval{}, BadInput(argument, "%q has no year: write 2024-01-09, 2024-01 or 2024", Clip(*end))
	}
	return days, nil
}

// span is s, or nil if it stands nowhere in the text.
func span(s news.Span) *news.Span {
	if s.Empty() {
		return nil
	}
	return &s
}
