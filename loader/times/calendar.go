package times

import (
	"fmt"
	"strconv"
	"time"

	"newsgraph/news"
)

// grain is a stretch of the calendar that TIMEX3 has a value for, narrowest first.
type grain int

const (
	noGrain grain = iota
	aDay
	aWeekend
	aWeek
	aMonth
	aQuarter
	aSeason
	aHalf
	aYear
	aDecade
	aCentury
)

// grains tell of each grain what its value is while its date is not known, and how precise it is for news.
var grains = map[grain]struct {
	unknown   string
	precision news.Precision
}{
	aDay:     {"XXXX-XX-XX", news.Day},
	aWeekend: {"XXXX-WXX-WE", news.Week},
	aWeek:    {"XXXX-WXX", news.Week},
	aMonth:   {"XXXX-XX", news.Month},
	aQuarter: {"XXXX-QX", news.Year},
	aSeason:  {"XXXX-XX", news.Year},
	aHalf:    {"XXXX-HX", news.Year},
	aYear:    {"XXXX", news.Year},
	aDecade:  {"XXX", news.Year},
	aCentury: {"XX", news.Year},
}

// grainOf is the grain of the codes of units in times.tsv.
var grainOf = map[string]grain{"D": aDay, "WE": aWeekend, "W": aWeek, "M": aMonth, "Q": aQuarter, "Y": aYear, "E": aDecade, "C": aCentury}

func dateOf(year, month, dom int) time.Time {
	return time.Date(year, time.Month(month), dom, 0, 0, 0, 0, time.UTC)
}

// isDate tells that a month has such a day: 30 February is none.
func isDate(year, month, dom int) bool {
	return month >= 1 && month <= 12 && dom >= 1 && int(dateOf(year, month, dom).Month()) == month
}

// isoWeekday is 1 for Monday to 7 for Sunday, as in ISO 8601.
func isoWeekday(t time.Time) int { return (int(t.Weekday())+6)%7 + 1 }

// floor is the first day of the stretch that t lies in. The weekend of a weekday is the one of its week.
func (g grain) floor(t time.Time) time.Time {
	y, m := t.Year(), int(t.Month())
	switch g {
	case aWeek:
		return t.AddDate(0, 0, 1-isoWeekday(t))
	case aWeekend:
		return t.AddDate(0, 0, 6-isoWeekday(t))
	case aMonth:
		return dateOf(y, m, 1)
	case aQuarter:
		return dateOf(y, m-(m-1)%3, 1)
	case aSeason:
		return dateOf(y, m-m%3, 1)
	case aHalf:
		return dateOf(y, m-(m-1)%6, 1)
	case aYear:
		return dateOf(y, 1, 1)
	case aDecade:
		return dateOf(y-y%10, 1, 1)
	case aCentury:
		return dateOf(y-y%100, 1, 1)
	}
	return t
}

// add goes n stretches on from the first day of one.
func (g grain) add(t time.Time, n int) time.Time {
	switch g {
	case aWeek, aWeekend:
		return t.AddDate(0, 0, 7*n)
	case aMonth:
		return t.AddDate(0, n, 0)
	case aQuarter, aSeason:
		return t.AddDate(0, 3*n, 0)
	case aHalf:
		return t.AddDate(0, 6*n, 0)
	case aYear:
		return t.AddDate(n, 0, 0)
	case aDecade:
		return t.AddDate(10*n, 0, 0)
	case aCentury:
		return t.AddDate(100*n, 0, 0)
	}
	return t.AddDate(0, 0, n)
}

// last is the last day of the stretch that begins on t.
func (g grain) last(t time.Time) time.Time {
	if g == aWeekend {
		return t.AddDate(0, 0, 1)
	}
	return g.add(t, 1).AddDate(0, 0, -1)
}

var seasons = []string{"SP", "SU", "FA", "WI"} // from March on

// value is the TIMEX3 value of the stretch that begins on t. A winter has the year of its December, as a week has that of its Thursday.
func (g grain) value(t time.Time) string {
	y, m := t.Year(), int(t.Month())
	switch g {
	case aWeek, aWeekend:
		year, week := t.ISOWeek()
		if g == aWeekend {
			return fmt.Sprintf("%04d-W%02d-WE", year, week)
		}
		return fmt.Sprintf("%04d-W%02d", year, week)
	case aMonth:
		return t.Format("2006-01")
	case aQuarter:
		return fmt.Sprintf("%04d-Q%d", y, (m+2)/3)
	case aSeason:
		return fmt.Sprintf("%04d-%s", y, seasons[m/3-1])
	case aHalf:
		return fmt.Sprintf("%04d-H%d", y, (m+5)/6)
	case aYear:
		return fmt.Sprintf("%04d", y)
	case aDecade:
		return fmt.Sprintf("%03d", y/10)
	case aCentury:
		return fmt.Sprintf("%02d", y/100)
	}
	return t.Format(day)
}

// recurring is the start of the stretch that comes back every year (May, the summer, 30 December) that a story of the day anchor means.
// Past is the last that has begun, future the first that has not ended; slack is by how many days either may miss that.
func recurring(anchor time.Time, g grain, t tense, slack int, of func(year int) time.Time) (time.Time, bool) {
	y := anchor.Year()
	if t == futureTense {
		for k := y - 1; k <= y+8; k++ { // 29 February may be eight years away
			if from := of(k); !from.IsZero() && !g.last(from).Before(anchor.AddDate(0, 0, -slack)) {
				return from, true
			}
		}
		return time.Time{}, false
	}
	for k := y + 1; k >= y-8; k-- {
		if from := of(k); !from.IsZero() && !from.After(anchor.AddDate(0, 0, slack)) {
			return from, true
		}
	}
	return time.Time{}, false
}

// easter is the Easter Sunday of a year, by the anonymous Gregorian algorithm (Meeus, Astronomical Algorithms, chapter 8).
func easter(y int) time.Time {
	a, b, c := y%19, y/100, y%100
	d, e := b/4, b%4
	f := (b + 8) / 25
	g := (b - f + 1) / 3
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	return dateOf(y, n/31, n%31+1)
}

// parts are what parts of a unit are in the next smaller one.
var parts = map[string]string{
	"0.5TH": "PT30M", "0.5TM": "PT30S", "0.5D": "PT12H", "0.5Y": "P6M", "0.5E": "P5Y", "0.5C": "P50Y", "0.25TH": "PT15M", "0.25C": "P25Y",
}

// duration is the TIMEX3 value of an amount of a unit: P3D, PT24H, PXM. Half a unit is counted in the next smaller one.
func duration(amount, unit string) string {
	if part, ok := parts[amount+unit]; ok {
		return part
	}
	if n, err := strconv.Atoi(amount); err == nil {
		switch unit {
		case "F":
			return fmt.Sprintf("P%dW", 2*n)
		case "Q":
			return fmt.Sprintf("P%dM", 3*n)
		}
	}
	switch unit {
	case "F":
		unit = "W"
	case "Q":
		unit = "M"
	case "TH", "TM", "TS":
		return "PT" + amount + unit[1:]
	}
	return "P" + amount + unit
}
