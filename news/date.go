package news

import (
	"fmt"
	"strings"
	"time"
)

// Precision is how exactly a date is told.
type Precision string

// The precisions of a date, narrowest first.
const (
	Day     Precision = "DAY"
	Week    Precision = "WEEK"
	Month   Precision = "MONTH"
	Year    Precision = "YEAR"
	Unknown Precision = "UNKNOWN"
)

// When is the time of an event as a report tells it: an interval of days with its precision, the words it came from and how
// they were resolved. Nothing is guessed: a weekday in a story without a date keeps its words and has no interval, and a day
// without its year is "--12-30".
type When struct {
	From      string    `json:"from,omitempty"` // inclusive, 2024-01-09, or --12-30 where no year is known, as of a month the days from --12-01 to --12-31; empty if unknown
	To        string    `json:"to,omitempty"`   // inclusive, like From
	Precision Precision `json:"precision"`
	Text      string    `json:"text,omitempty"`  // the wording, "Tuesday"; empty if the text gives no date
	Value     string    `json:"value,omitempty"` // TIMEX3: 2024-01-09, 2024-W02, XXXX-WXX-2 for an unresolved Tuesday
	How       string    `json:"how,omitempty"`   // how the words became the interval
	Span      Span      `json:"span,omitzero"`   // of Text in the story
}

// Dated tells that the interval is known to the year.
func (w When) Dated() bool { return len(w.From) == len("2006-01-02") && len(w.To) == len("2006-01-02") }

// Check refuses an interval that is known to the year and is none: an end that no calendar has, or one that lies before the beginning.
func (w When) Check() error {
	if !w.Dated() {
		return nil
	}
	for _, day := range []string{w.From, w.To} {
		if _, err := time.Parse(layout, day); err != nil {
			return fmt.Errorf("%q is no day: write 2024-01-09", day)
		}
	}
	if w.To < w.From {
		return fmt.Errorf("%s to %s ends before it begins", w.From, w.To)
	}
	return nil
}

// Interval is a stretch of days, both ends inclusive and written 2006-01-02. An empty end is open.
type Interval struct{ From, To string }

// Overlaps tells that w and the interval share a day. A When that is not dated overlaps nothing.
func (i Interval) Overlaps(w When) bool {
	return w.Dated() && (i.To == "" || w.From <= i.To) && (i.From == "" || i.From <= w.To)
}

const layout = "2006-01-02"

// ParseDate reads 2024, 2024-01 or 2024-01-09 as the days it covers. Any other text is an error that says what is taken.
func ParseDate(s string) (Interval, Precision, error) {
	for _, p := range []struct {
		layout    string
		precision Precision
		y, m, d   int
	}{{layout, Day, 0, 0, 1}, {"2006-01", Month, 0, 1, 0}, {"2006", Year, 1, 0, 0}} {
		t, err := time.Parse(p.layout, s)
		if err != nil || len(s) != len(p.layout) || t.Year() == 0 {
			continue
		}
		last := t.AddDate(p.y, p.m, p.d).AddDate(0, 0, -1)
		return Interval{t.Format(layout), last.Format(layout)}, p.precision, nil
	}
	return Interval{}, Unknown, fmt.Errorf("%q is no date: write 2024-01-09, 2024-01 or 2024", s)
}

// DaysBefore is the day n days before day, which is 2006-01-02; it is empty if day is no date.
func DaysBefore(day string, n int) string {
	t, err := time.Parse(layout, day)
	if err != nil {
		return ""
	}
	return t.AddDate(0, 0, -n).Format(layout)
}

// weekday is the ISO weekday (1 is Monday) that a When stands for, resolved or not; 0 if it is not one day.
func (w When) weekday() int {
	if d, ok := strings.CutPrefix(w.Value, "XXXX-WXX-"); ok && len(d) >= 1 && d[0] >= '1' && d[0] <= '7' {
		return int(d[0] - '0')
	}
	if w.Dated() && w.From == w.To {
		t, err := time.Parse(layout, w.From)
		if err == nil {
			return (int(t.Weekday())+6)%7 + 1
		}
	}
	return 0
}

// conflicts tells that two times cannot be of one event: disjoint intervals, different days of the year, or different
// weekdays. What is not told conflicts with nothing.
func (w When) conflicts(v When) bool {
	if w.Dated() && v.Dated() {
		return !Interval{v.From, v.To}.Overlaps(w)
	}
	if a, b := w.monthDay(), v.monthDay(); a != "" && b != "" {
		return a != b
	}
	for _, p := range [2][2]When{{w, v}, {v, w}} {
		if md := p[0].monthDay(); md != "" && strings.HasPrefix(p[0].From, "--") && p[1].Dated() && !p[1].holds(md) {
			return true
		}
	}
	a, b := w.weekday(), v.weekday()
	return a != 0 && b != 0 && a != b
}

// monthDay is "12-30" if w stands for one day, with its year or not.
func (w When) monthDay() string {
	if w.From != w.To {
		return ""
	}
	if md, ok := strings.CutPrefix(w.From, "--"); ok {
		return md
	}
	if w.Dated() {
		return w.From[5:]
	}
	return ""
}

// holds tells that a day of the dated interval falls on the month and day md. Any eight years in a row have a February 29 but those around 1900 and its
// like, of which nine do.
func (w When) holds(md string) bool {
	first, err1 := time.Parse(layout, w.From)
	last, err2 := time.Parse(layout, w.To)
	if err1 != nil || err2 != nil {
		return false
	}
	for y := first.Year(); y <= min(last.Year(), first.Year()+8); y++ {
		d := fmt.Sprintf("%04d-%s", y, md)
		if _, err := time.Parse(layout, d); err == nil && w.From <= d && d <= w.To {
			return true
		}
	}
	return false
}

// days counts the days from 1970-01-01 to day.
func days(day string) int {
	t, err := time.Parse(layout, day)
	if err != nil {
		return 0
	}
	return int(t.Unix() / (24 * 60 * 60))
}
