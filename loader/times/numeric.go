package times

import (
	"strings"
	"time"

	"newsgraph/loader/nlp"
)

// order is which of day and month stands first where a text writes both as numbers between strokes.
type order int

const (
	noOrder order = iota // nothing in the text tells
	dayFirst
	monthFirst
)

// orderOf is the order that the dates of a text show which can be read in one way only: 25/4/2024, 4/25/2024. Both together tell none.
func orderOf(d *nlp.Doc) order {
	shown := noOrder
	for i := range d.Tokens {
		a, b, _, ok := strokes(d.Word(i))
		var o order
		switch {
		case !ok || a > 31 || b > 31:
			continue
		case a > 12 && b <= 12:
			o = dayFirst
		case b > 12 && a <= 12:
			o = monthFirst
		default:
			continue
		}
		if shown != noOrder && shown != o {
			return noOrder
		}
		shown = o
	}
	return shown
}

// strokes are the three numbers of 3/4/2024 or 3/4/24.
func strokes(w string) (a, b, year int, ok bool) {
	parts := strings.Split(w, "/")
	if len(parts) != 3 || len(parts[0]) == 4 {
		return 0, 0, 0, false
	}
	a, b, year = atoi(parts[0]), atoi(parts[1]), atoi(parts[2])
	if len(parts[2]) == 2 {
		year = fullYear(year)
	}
	return a, b, year, a > 0 && b > 0
}

// numericDay is 14.3.2016, 2016/03/14, or 3/14/2016, which Americans write so and others 14/3/2016.
func numericDay(r *reading, m match) (timex, bool) {
	text := m.str("numeric")
	if a, b, year, ok := strokes(text); ok {
		return r.eitherDay(m, year, a, b)
	}
	parts := strings.FieldsFunc(text, func(r rune) bool { return r == '/' || r == '.' })
	if len(parts) != 3 {
		return timex{}, false
	}
	year, month, dom := atoi(parts[0]), atoi(parts[1]), atoi(parts[2])
	if strings.Contains(text, ".") {
		if len(parts[2]) != 4 {
			return timex{}, false
		}
		year, dom = dom, year
	}
	return r.dayOf(m, year, month, dom)
}

// dashedDay is 25-04-2024.
func dashedDay(r *reading, m match) (timex, bool) {
	return r.eitherDay(m, m.num("year"), atoi(r.at(m.first).lower), atoi(r.at(m.first+2).lower))
}

// eitherDay is a day and a month in an order that another date, a weekday beside it or the story's own day tells; else it stays open
// (CODING 48).
func (r *reading) eitherDay(m match, year, a, b int) (timex, bool) {
	first, second := isDate(year, b, a), isDate(year, a, b)
	switch {
	case !first && !second:
		return unknown(aDay, "no month has such a day"), min(a, b) <= 12 && max(a, b) <= 31
	case !second || a == b:
		return r.dayOf(m, year, b, a)
	case !first:
		return r.dayOf(m, year, a, b)
	}
	settled := r.order
	if wd := m.num("weekday"); wd != 0 {
		settled = only(isoWeekday(dateOf(year, b, a)) == wd, isoWeekday(dateOf(year, a, b)) == wd)
		if settled == noOrder {
			return unknown(aDay, "its weekday is another"), true
		}
	}
	if settled == noOrder {
		settled = only(r.tells(dateOf(year, b, a)), r.tells(dateOf(year, a, b)))
	}
	switch settled {
	case dayFirst:
		return r.dayOf(m, year, b, a)
	case monthFirst:
		return r.dayOf(m, year, a, b)
	}
	return unknown(aDay, "nothing tells whether the day or the month comes first"), true
}

// only is the order that alone fits.
func only(day, month bool) order {
	switch {
	case day && !month:
		return dayFirst
	case month && !day:
		return monthFirst
	}
	return noOrder
}

// tells that a day is the story's, or one that the text told before in words.
func (r *reading) tells(day time.Time) bool {
	if r.dated && day.Equal(r.anchor) {
		return true
	}
	for _, t := range r.before {
		if t.grain == aDay && t.told && t.from.Equal(day) {
			return true
		}
	}
	return false
}
