package times

import (
	"fmt"
	"strconv"
	"strings"
)

func plainNumber(_ *reading, m match) (timex, bool) {
	if d := m.str("digits"); d != "" {
		if m.has("ones") {
			return timex{}, false
		}
		return timex{amount: strings.ReplaceAll(d, ",", "")}, true
	}
	return timex{amount: strconv.Itoa(m.num("tens") + m.num("ones"))}, true
}

func amount(n string) production {
	return func(*reading, match) (timex, bool) { return timex{amount: n}, true }
}

func andHalf(r *reading, m match) (timex, bool) {
	t, ok := plainNumber(r, m)
	t.amount += ".5"
	return t, ok
}

// unitOf is the code of a unit, in the singular or the plural.
func unitOf(m match) string { return m.str("unit") + m.str("units") }

// amountOf is "three days" and "10-day". A number that is part of a longer one, or a sum, counts no time.
func amountOf(r *reading, m match) (timex, bool) {
	n := m.get("number")
	unit := unitOf(m)
	first := r.at(m.first)
	if prev := r.at(m.first - 1); prev.tag == "$" || prev.lower == "-" && r.at(m.first-2).is("digits") {
		return timex{}, false
	}
	one := first.lower == "a" || first.lower == "an"
	if unit == "Q" && (one || r.at(m.last).lower == "of") {
		return timex{}, false // "a quarter of them"
	}
	if one && n.amount == "1" && (unit == "TS" || unit == "WE" || r.at(m.last-1).is("units")) {
		return timex{}, false // "a second" is another one more often than a sixtieth of a minute
	}
	return timex{kind: Duration, amount: n.amount, unit: unit, value: duration(n.amount, unit)}, true
}

func amountAndHalf(_ *reading, m match) (timex, bool) {
	n := m.get("number").amount
	if atoi(n) == 0 {
		return timex{}, false
	}
	n += ".5"
	return timex{kind: Duration, amount: n, unit: unitOf(m), value: duration(n, unitOf(m))}, true
}

func durationOf(_ *reading, m match) (timex, bool) { return m.get("amount"), true }

func oldOf(r *reading, m match) (timex, bool) {
	t, ok := amountOf(r, m)
	return t, ok
}

// windowOf is "the past week": a stretch up to now or from now on, not one of the calendar.
func windowOf(r *reading, m match) (timex, bool) {
	if m.str("window") == "0" || r.at(m.last).lower == "of" && !r.at(m.last-1).is("units") {
		return timex{}, false
	}
	if r.at(m.last - 1).is("units") {
		return bareUnits(r, m)
	}
	return oneOf(r, m)
}

func oneOf(r *reading, m match) (timex, bool) {
	if r.at(m.first - 1).is("window") {
		return timex{}, false // "his first full day"
	}
	return timex{kind: Duration, value: duration("1", unitOf(m))}, true
}

func bareUnits(r *reading, m match) (timex, bool) {
	prev := r.at(m.first - 1)
	if prev.tag == "PRP$" || prev.any("these", "those") || m.last-m.first == 1 && (prev.tag == "NN" || prev.tag == "VBG") {
		return timex{}, false // "daylight hours"
	}
	unit := unitOf(m)
	if unit == "Q" || unit == "WE" || unit == "TS" {
		return timex{}, false
	}
	return timex{kind: Duration, value: duration("X", unit)}, true
}

func setOf(value string) timex { return timex{kind: Set, value: value} }

// everyDay is "every Monday", "Mondays", "Friday nights": XXXX-WXX-1.
func everyDay(r *reading, m match) (timex, bool) {
	wd := m.num("weekday") + m.num("weekdays")
	value := fmt.Sprintf("XXXX-WXX-%d", wd)
	if p := m.str("part") + m.str("parts"); p != "" {
		value += "T" + p
	}
	return setOf(value), wd > 0 && r.at(m.last-1).text != "" && (m.has("every") || r.at(m.first).capital())
}

func everyMonth(r *reading, m match) (timex, bool) {
	return setOf(fmt.Sprintf("XXXX-%02d", m.num("month"))), r.at(m.last - 1).capital()
}

func everySeason(_ *reading, m match) (timex, bool) {
	return setOf("XXXX-" + m.str("season")), true
}

func everyPart(_ *reading, m match) (timex, bool) {
	return setOf("XXXX-XX-XXT" + m.str("part")), true
}

func everyUnit(n string) production {
	return func(_ *reading, m match) (timex, bool) { return setOf(duration(n, m.str("unit"))), true }
}

func everyAmount(_ *reading, m match) (timex, bool) {
	return setOf(m.get("amount").value), true
}

// often is "daily", "annually". The Daily Mail does not come into it.
func often(r *reading, m match) (timex, bool) {
	p := r.at(m.first)
	return setOf(m.str("often")), !p.capital() || m.first == 0 && !r.at(m.last).capital()
}

// timesUnit is "twice a week", "three times a day".
func timesUnit(_ *reading, m match) (timex, bool) {
	return setOf(duration("1", m.str("unit"))), true
}

// perUnit is the "a day" of "50 barrels a day": what stands before it is counted.
func perUnit(r *reading, m match) (timex, bool) {
	prev, next := r.at(m.first-1), r.at(m.last)
	if r.at(m.first).lower == "per" {
		return setOf(duration("1", m.str("unit"))), true
	}
	if next.is("direction") || next.any("of", "after", "before", "from") || next.lower == "and" && r.at(m.last+1).lower == "a" {
		return timex{}, false
	}
	if !strings.HasPrefix(prev.tag, "NN") && prev.tag != "CD" {
		return timex{}, false
	}
	for i := m.first - 1; i >= 0 && i >= m.first-3; i-- {
		if p := r.at(i); p.tag == "CD" || p.tag == "$" || p.lower == "times" {
			return setOf(duration("1", m.str("unit"))), true
		}
	}
	return timex{}, false
}

func everyDayAndNight(*reading, match) (timex, bool) { return setOf("P1D"), true }
