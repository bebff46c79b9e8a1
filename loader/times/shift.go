package times

import (
	"fmt"
	"strconv"
	"strings"
)

// thenUnit is "the previous day", "the following week", "the same month".
func thenUnit(r *reading, m match) (timex, bool) {
	g, n := grainOf[m.str("unit")], m.num("then")
	word := m.get("then").text
	switch {
	case g == noGrain:
		return timex{}, false
	case word == "next" && (g != aDay || r.at(m.first-1).any("over", "within", "for", "during", "in")):
		return timex{}, false // "over the next week" lasts one
	}
	return r.fromText(m, g, g, n), true
}

// beside tells of what another date of its phrase may date: "the day before the vote".
const beside = "counted from what is told beside it"

// textUnit is "the day before", where nothing follows that it is before of.
func textUnit(n int) production {
	return func(r *reading, m match) (timex, bool) {
		g := grainOf[m.str("unit")]
		if g == noGrain {
			return timex{}, false
		}
		if r.at(m.last-1).any("before", "after") && !r.closed(m.last) {
			return unknown(g, beside), true
		}
		return r.fromText(m, g, g, n), true
	}
}

func thatUnit(r *reading, m match) (timex, bool) {
	g := grainOf[m.str("unit")]
	that := m.first
	if m.has("mod") {
		that++
	}
	if g == noGrain || r.at(that).tag != "DT" {
		return timex{}, false
	}
	ref, ok := r.reference(g)
	if !ok || ref.value == "" { // a "that" points back in the text
		return unknown(g, "points to a date that the text does not tell"), true
	}
	return period(g, ref.from, "the date before it in the text"), true
}

func thatWeekday(r *reading, m match) (timex, bool) {
	wd := m.num("weekday")
	ref, ok := r.reference(aWeek)
	if !ok || ref.value == "" {
		return timex{kind: Date, grain: aDay, value: fmt.Sprintf("XXXX-WXX-%d", wd), how: "points to a date that the text does not tell"}, true
	}
	from := aWeek.floor(ref.from).AddDate(0, 0, wd-1)
	return exactly(from, "of the week of the date before it in the text"), true
}

// by shifts an amount from the story's date, or from the date before it in the text.
func (r *reading) by(m match, t timex, sign int, story bool) (timex, bool) {
	ref := "PAST_REF"
	if sign > 0 {
		ref = "FUTURE_REF"
	}
	n, err := strconv.ParseFloat(t.amount, 64)
	g := grainOf[t.unit]
	switch {
	case t.amount == "X" && !strings.HasPrefix(t.unit, "T"):
		return timex{kind: Date, value: ref, how: "an open count"}, true
	case t.amount != "X" && (err != nil || n > 9999):
		return timex{}, false
	case strings.HasPrefix(t.unit, "T"):
		how := "hours from a time that is not told"
		if !story || !r.dated {
			return timex{kind: TimeOfDay, value: "XXXX-XX-XXTXX", how: how}, true
		}
		return timex{kind: TimeOfDay, value: r.anchor.Format(day) + "TXX", how: how}, true
	}
	count := int(n)
	shift := g
	switch {
	case t.unit == "F":
		g, shift, count = aWeek, aWeek, 2*count
	case n != float64(count) && g == aYear:
		shift, count = aMonth, int(12*n)
	case n != float64(count) && g == aDecade:
		g, shift, count = aYear, aYear, int(10*n)
	case n != float64(count) && g == aCentury:
		g, shift, count = aYear, aYear, int(100*n)
	case n != float64(count):
		return unknown(g, "an amount that the calendar does not divide into"), true
	}
	switch {
	case !story:
		return r.fromText(m, g, shift, sign*count), true
	case !r.dated:
		return unknown(g, noDate), true
	}
	return period(g, shift.add(shift.floor(r.anchor), sign*count), "counted from the story's date"), true
}

// shift is "three days ago", counted from the story's date, or "two weeks earlier", "a year later", counted from the text.
func shift(r *reading, m match) (timex, bool) {
	word := r.at(m.last - 1).lower
	if r.at(m.last).lower == "than" {
		return timex{}, false
	}
	t, ok := r.by(m, m.get("amount"), m.num("direction"), word == "ago")
	t.loose = m.has("approx")
	return t, ok
}

// shiftClosed is "two days before", where nothing follows that it is before of: "two days before the vote" is a duration.
func shiftClosed(sign int) production {
	return func(r *reading, m match) (timex, bool) {
		if !r.closed(m.last) {
			return timex{}, false
		}
		return r.by(m, m.get("amount"), sign, false)
	}
}

func shiftStory(r *reading, m match) (timex, bool) { return r.by(m, m.get("amount"), 1, true) }

// shiftDay is "a week from Monday": to the day.
func shiftDay(r *reading, m match) (timex, bool) {
	d, a := m.get("day"), m.get("amount")
	n, g := atoi(a.amount), grainOf[a.unit]
	switch {
	case d.grain != aDay || n == 0 || g == noGrain:
		return timex{}, false
	case !d.known():
		return unknown(aDay, d.how), true
	}
	from := d.from
	if r.at(d.first).is("weekday") && r.dated && !from.After(r.anchor) {
		from = from.AddDate(0, 0, 7) // it lies ahead
	}
	return exactly(g.add(from, n), "counted from the day beside it"), true
}

// amountOn is "a week on Saturday": so long after the next one.
func amountOn(r *reading, m match) (timex, bool) {
	a := m.get("amount")
	weeks := map[string]int{"W": 1, "F": 2}[a.unit] * atoi(a.amount)
	if weeks == 0 || !r.dated || r.tense(m) != futureTense {
		return timex{}, false
	}
	return r.weekdayOn(m, func(back int) (int, string) { return 7 - back + 7*weeks, nextSuch })
}

// agoToday is "a year ago today", to the day, or "nine years ago this week".
func agoToday(r *reading, m match) (timex, bool) {
	a, g := m.get("amount"), aDay
	if m.has("unit") {
		g = grainOf[m.str("unit")]
	}
	n, unit := atoi(a.amount), grainOf[a.unit]
	switch {
	case n == 0 || unit == noGrain || g == noGrain || g > aMonth || m.has("today") && m.num("today") > 0:
		return timex{}, false
	case !r.dated:
		return unknown(g, noDate), true
	}
	return period(g, unit.add(r.anchor.AddDate(0, 0, m.num("today")), -n), "counted from the story's date"), true
}

// inAmount is the "three days" of "will end in three days"; what was done in three days took them.
func inAmount(r *reading, m match) (timex, bool) {
	next := r.at(m.last)
	if r.at(m.first-1).lower != "in" || r.at(m.last-2).lower == "-" || next.any("of", "-") || next.is("direction") || strings.HasPrefix(next.tag, "N") && !next.is("weekday") {
		return timex{}, false
	}
	if r.tense(m) != futureTense {
		return timex{}, false
	}
	t, ok := r.by(m, m.get("amount"), 1, true)
	t.loose = m.has("approx")
	return t, ok
}

// shiftBare is "years ago", "weeks later".
func shiftBare(r *reading, m match) (timex, bool) {
	return r.by(m, timex{amount: "X", unit: m.str("units")}, m.num("direction"), r.at(m.last-1).lower == "ago")
}

func refOf(value string) timex {
	return timex{kind: Date, value: value, how: "no date of the calendar"}
}

func nowOrThen(r *reading, m match) (timex, bool) {
	return refOf(m.str("ref")), r.at(m.first-1).lower != "as" && !r.at(m.last).any("as", "after", "before")
}

// theFuture is "the future" and "the past" as nouns: "the past president" is neither.
func theFuture(r *reading, m match) (timex, bool) {
	next := r.at(m.last)
	return refOf(m.str("future")), next.lower != "of" && !strings.HasPrefix(next.tag, "N") && !strings.HasPrefix(next.tag, "J") && next.tag != "CD"
}

func lately(_ *reading, m match) (timex, bool) { return refOf(m.str("lately")), true }

func longAgo(*reading, match) (timex, bool) { return refOf("PAST_REF"), true }

func present(*reading, match) (timex, bool) { return refOf("PRESENT_REF"), true }

// moment is the one of "at the moment", "at present".
func moment(r *reading, m match) (timex, bool) {
	return refOf("PRESENT_REF"), r.at(m.first-1).lower == "at" && r.at(m.last).lower != "of"
}
