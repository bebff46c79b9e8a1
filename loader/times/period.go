package times

import (
	"fmt"
	"strings"
	"time"
)

func todayOr(r *reading, m match) (timex, bool) {
	return r.fromStory(aDay, m.num("today")), true
}

func storyDay(n int) production {
	return func(r *reading, _ match) (timex, bool) { return r.fromStory(aDay, n), true }
}

func storyYear(r *reading, _ match) (timex, bool) { return r.fromStory(aYear, 0), true }

// relative is last, this or next week, month, quarter, year, decade, century or weekend.
func relativeUnit(r *reading, m match) (timex, bool) {
	g, n := aYear, m.num("rel")
	if m.has("unit") {
		g = grainOf[m.str("unit")]
	}
	switch prev := r.at(m.first - 1); {
	case g == noGrain || g == aDay || g >= aDecade && n != 0:
		return timex{}, false
	case prev.lower == "the" || prev.tag == "PRP$":
		return timex{}, false // "the last week" is a duration, which has a rule of its own
	}
	return r.fromStory(g, n), true
}

// relativePast is "this past week", "this coming weekend".
func relativePast(r *reading, m match) (timex, bool) {
	g := grainOf[m.str("unit")]
	if g == noGrain || g == aDay {
		return timex{}, false
	}
	if r.at(m.first+1).lower == "coming" {
		if g == aWeekend && r.dated && isoWeekday(r.anchor) < 6 {
			return r.fromStory(g, 0), true
		}
		return r.fromStory(g, 1), true
	}
	return r.fromStory(g, -1), true
}

// weekend is "the weekend": the one before, or the one ahead if the verb says so.
func weekend(r *reading, m match) (timex, bool) {
	if prev := r.at(m.first - 1); prev.is("every") || prev.tag == "PRP$" || prev.lower == "-" {
		return timex{}, false
	}
	if !r.dated || isoWeekday(r.anchor) >= 6 || r.tense(m) == futureTense {
		return r.fromStory(aWeekend, 0), true
	}
	return r.fromStory(aWeekend, -1), true
}

// weekendOf is "the weekend of 4 May".
func weekendOf(_ *reading, m match) (timex, bool) {
	d := m.get("day")
	if m.has("monthday") {
		d = m.get("monthday")
	}
	if !d.known() {
		return unknown(aWeekend, d.how), true
	}
	return period(aWeekend, d.from, d.how), true
}

// weekTo is "the week to 14 April": the seven days that end then.
func weekTo(_ *reading, m match) (timex, bool) {
	d := m.get("day")
	if d.grain != aDay {
		return timex{}, false
	}
	if !d.known() {
		return unknown(aWeek, d.how), true
	}
	t := period(aWeek, d.from, "the seven days to a day")
	t.from, t.to = d.from.AddDate(0, 0, -6), d.from
	return t, true
}

// midweek is that of the story's week, or of the one before if this has not come to it.
func midweek(r *reading, m match) (timex, bool) {
	if n := r.at(m.last); strings.HasPrefix(n.tag, "N") || n.lower == "-" {
		return timex{}, false
	}
	n := 0
	if future := r.tense(m) == futureTense; r.dated && !future && isoWeekday(r.anchor) < 3 {
		n = -1
	} else if r.dated && future && isoWeekday(r.anchor) > 3 {
		n = 1
	}
	return r.fromStory(aWeek, n), true
}

// storyUnit is "the week before last", "the year after next".
func storyUnit(n int) production {
	return func(r *reading, m match) (timex, bool) {
		g := grainOf[m.str("unit")]
		return r.fromStory(g, n), g > aDay && g <= aYear
	}
}

// yearToYear is "2022-23".
func yearToYear(r *reading, m match) (timex, bool) {
	y := m.num("year")
	end := y - y%100 + m.num("yy")
	if end <= y || end > y+30 || r.at(m.last).lower == "-" || strings.HasPrefix(r.at(m.first-1).tag, "NN") {
		return timex{}, false
	}
	t := period(aYear, dateOf(y, 1, 1), "from one year to another")
	t.to, t.value = dateOf(end, 12, 31), fmt.Sprintf("%04d/%04d", y, end)
	return t, true
}

// weekOfMonth is "the first week of May": its first seven days, and "the last" its last seven.
func weekOfMonth(r *reading, m match) (timex, bool) {
	n := m.num("ordinal")
	if n > 4 {
		return timex{}, false
	}
	t, ok := monthOfYear(r, m)
	if !m.has("year") {
		t, ok = r.monthBy(m, r.tense(m), 0)
	}
	if !ok || !t.known() {
		return t, ok
	}
	t.grain, t.how = aWeek, "a week of a month"
	if n > 0 {
		t.from = t.from.AddDate(0, 0, 7*(n-1))
		t.to = t.from.AddDate(0, 0, 6)
	} else {
		t.from = t.to.AddDate(0, 0, -6)
	}
	return t, true
}

func weekOf(_ *reading, m match) (timex, bool) {
	d := m.get("day")
	if !d.known() {
		return unknown(aWeek, d.how), true
	}
	return period(aWeek, d.from, d.how), true
}

// unitOfStory is "late in the year", "the end of the week", "later in the day".
func unitOfStory(r *reading, m match) (timex, bool) {
	g := grainOf[m.str("unit")]
	if g == noGrain {
		return timex{}, false
	}
	if g == aDay {
		return r.fromText(m, g, g, 0), true
	}
	return r.fromStory(g, 0), true
}

func ofYear(_ *reading, m match) (timex, bool) {
	return period(aYear, dateOf(m.num("year"), 1, 1), "a year"), true
}

// bareYear is four digits that are a year: a number in the place of a date, and no count, sum, name or measure.
func bareYear(r *reading, m match) (timex, bool) {
	t, _ := ofYear(r, m)
	y := t.from.Year()
	prev, next := r.at(m.first-1), r.at(m.last)
	counts := next.tag == "NNS" || next.is("unit", "units", "measure", "zone", "ampm")
	switch {
	case prev.is("sum") || next.is("sum") || prev.is("numbered"):
		return timex{}, false
	case prev.is("q", "h"):
		return t, true
	case prev.tag == "CD" && prev.lower != "-" && !prev.is("dom", "year", "digits"):
		return timex{}, false
	case prev.lower == "-" && !r.at(m.first-2).is("year", "mod", "dating"):
		return timex{}, false // "Tupolev-1990"
	case r.yearBefore(m.first) && prev.any("to", "or", "and", "-"), prev.lower == "(" && next.lower == ")":
		return t, true
	case prev.lower == "the":
		return t, !counts || next.tag == "NNS" && !next.is("measure") // "the 2015 talks"
	case prev.tag == "PRP$" || prev.tag == "POS":
		return t, !counts
	case counts:
		return timex{}, false
	case prev.is("dating"):
		return t, true
	case prev.is("perhaps") || prev.is("mod") || prev.any("-", "(", ",", ""):
		return t, y >= 1900 // "a total of 1850"
	case prev.is("hardly"):
		return t, y >= 1900 && (closes(next) || next.is("dating", "perhaps")) // "rose to 2000 from"
	case prev.tag == "VBN" || prev.tag == "VBD":
		return t, y >= 1900 && closes(next) // "(renamed 1962)"
	case prev.tag == "NNP":
		return t, y >= 1950 && !prev.is("month") && r.dated && y <= r.anchor.Year()+12 // "Euro 2016"
	case prev.tag == "NN" || prev.tag == "CD":
		return timex{}, false
	}
	return t, y >= 1900 && (next.lower == "'s" || strings.HasPrefix(next.tag, "N"))
}

// yearBefore tells that the sentence told a year right before: "from 1991 to 1995".
func (r *reading) yearBefore(at int) bool {
	n := len(r.before)
	return n > r.own && r.before[n-1].grain <= aYear && r.before[n-1].known() && r.before[n-1].last >= at-3
}

func closes(p piece) bool { return p.any("", ".", ",", ";", ")") }

// fiscal is a year that does not begin in January, whose days nothing tells: FY2015 in TIMEX2.
func fiscal(_ *reading, m match) (timex, bool) {
	return timex{kind: Date, grain: aYear, value: "FY" + m.str("year"), how: "a fiscal year, which begins when its owner says"}, true
}

// thenYear is "the previous year" of a quarter, thatYear "that year" of a month.
func thenYear(r *reading, m match) (timex, bool) {
	t, ok := thenUnit(r, m)
	return t, ok && t.grain == aYear
}

func thatYear(r *reading, m match) (timex, bool) {
	t, ok := thatUnit(r, m)
	return t, ok && t.grain == aYear
}

func theYear(r *reading, m match) (timex, bool) { return r.fromStory(aYear, 0), m.first > 0 }

func monthOfYear(r *reading, m match) (timex, bool) {
	month := m.get("month")
	if !r.pieces[month.first].capital() {
		return timex{}, false
	}
	year := m.num("year")
	if a := m.str("abbreviated"); a != "" {
		year = fullYear(atoi(a))
	}
	if y := m.get("yearly"); year == 0 {
		if r.at(y.first).is("year") {
			return timex{}, false // has a rule of its own
		}
		if !y.known() {
			return ofNoYear(atoi(month.value), y.how), true
		}
		year = y.from.Year()
	}
	t := period(aMonth, dateOf(year, atoi(month.value), 1), "a month and its year")
	t.told = true
	return t, true
}

// bareMonth is a month alone. May and March must be proper nouns, and no month is a person's name here.
func bareMonth(r *reading, m match) (timex, bool) {
	p, prev, next := r.at(m.first), r.at(m.first-1), r.at(m.last)
	relation := r.d.Tokens[p.token].Relation
	sure := prev.is("dating", "perhaps", "hardly", "mod", "rel", "edge") || prev.lower == "-"
	switch {
	case !p.capital() || p.is("verb") && (p.tag != "NNP" || strings.HasPrefix(relation, "aux")):
		return timex{}, false
	case !sure && p.is("verb") && (prev.lower == "" || prev.tag == "DT" || strings.HasPrefix(relation, "nsubj") || strings.HasPrefix(next.tag, "VB")):
		return timex{}, false // "May said"
	case !sure && p.is("forename") && (prev.tag == "NNP" || next.tag == "NNP" && next.capital()):
		return timex{}, false
	}
	return r.monthBy(m, r.tense(m), 0)
}

// monthBy is the month that the tense tells; by leaves out the one of the story.
func (r *reading) monthBy(m match, t tense, by int) (timex, bool) {
	month := m.num("month")
	if !r.dated {
		return ofNoYear(month, "a month whose year is not told"), true
	}
	anchor := r.anchor
	how := "the last such month up to the story's date"
	if t == futureTense {
		how = "the next such month from the story's date on"
	}
	if by != 0 && int(anchor.Month()) == month {
		anchor = aMonth.add(aMonth.floor(anchor), by)
	}
	from, ok := recurring(anchor, aMonth, t, 0, func(y int) time.Time { return dateOf(y, month, 1) })
	return period(aMonth, from, how), ok
}

// relativeMonth is "last May", "next May", "this May".
func relativeMonth(r *reading, m match) (timex, bool) {
	if !r.at(m.last - 1).capital() {
		return timex{}, false
	}
	switch m.num("rel") {
	case -1:
		return r.monthBy(m, pastTense, -1)
	case 1:
		return r.monthBy(m, futureTense, 1)
	}
	year := r.fromStory(aYear, 0)
	if !year.known() {
		return r.monthBy(m, pastTense, 0)
	}
	return period(aMonth, dateOf(year.from.Year(), m.num("month"), 1), year.how), true
}

// seasonStart is the first day of a season of the north, by the months of meteorologists. A winter has the year of its December.
func seasonStart(code string) func(year int) time.Time {
	month := map[string]int{"SP": 3, "SU": 6, "FA": 9, "WI": 12}[code]
	return func(y int) time.Time { return dateOf(y, month, 1) }
}

func unknownSeason(code, how string) timex {
	return timex{kind: Date, grain: aSeason, value: "XXXX-" + code, how: how}
}

func seasonOfYear(r *reading, m match) (timex, bool) {
	y, code := m.get("yearly"), m.str("season")
	if m.has("year") {
		y, _ = ofYear(r, m)
	}
	if !y.known() {
		return unknownSeason(code, y.how), true
	}
	t := period(aSeason, seasonStart(code)(y.from.Year()), "a season of a year, as the north has it")
	if code == "WI" {
		// "The winter of 2014" may be the one that began or the one that ended then.
		t.from = dateOf(y.from.Year(), 1, 1)
	}
	return t, true
}

// bareSeason is "in the spring". Fall and spring mean much else, so that a preposition of time must stand before.
func bareSeason(r *reading, m match) (timex, bool) {
	prev := r.at(m.first - 1)
	if !prev.any("in", "since", "by", "during", "until", "through") && !prev.is("mod") && !(prev.lower == "of" && r.at(m.first-2).is("edge")) {
		return timex{}, false
	}
	if next := r.at(m.last); strings.HasPrefix(next.tag, "N") || next.lower == "of" || next.lower == "in" {
		return timex{}, false
	}
	return r.seasonBy(m, r.tense(m), 0)
}

func (r *reading) seasonBy(m match, t tense, by int) (timex, bool) {
	code := m.str("season")
	if !r.dated {
		return unknownSeason(code, noDate), true
	}
	anchor := r.anchor
	if by != 0 && aSeason.value(aSeason.floor(anchor))[5:] == code {
		anchor = aSeason.add(aSeason.floor(anchor), by)
	}
	from, ok := recurring(anchor, aSeason, t, 0, seasonStart(code))
	return period(aSeason, from, "a season beside the story's date, as the north has it"), ok
}

// relativeSeason is "last summer", "next spring", "this fall".
func relativeSeason(r *reading, m match) (timex, bool) {
	switch m.num("rel") {
	case -1:
		return r.seasonBy(m, pastTense, -1)
	case 1:
		return r.seasonBy(m, futureTense, 1)
	}
	if !r.dated || aSeason.value(aSeason.floor(r.anchor))[5:] == m.str("season") {
		return r.seasonBy(m, pastTense, 0)
	}
	return period(aSeason, seasonStart(m.str("season"))(r.anchor.Year()), "a season of the story's year, as the north has it"), true
}

// quarter is "the first quarter of 2016": 2016-Q1. half is likewise of two quarters.
func quarter(r *reading, m match) (timex, bool) {
	n := m.num("ordinal") + m.num("q")
	if n < 1 || n > 4 {
		return timex{}, false
	}
	return r.partOfYear(m, aQuarter, "XXXX-Q%d", n, 3)
}

func half(r *reading, m match) (timex, bool) {
	n := m.num("ordinal") + m.num("h")
	if n < 1 || n > 2 {
		return timex{}, false
	}
	return r.partOfYear(m, aHalf, "XXXX-H%d", n, 6)
}

func (r *reading) partOfYear(m match, g grain, x string, n, months int) (timex, bool) {
	of := func(y int) time.Time { return dateOf(y, months*(n-1)+1, 1) }
	const how = "a part of a year"
	y := m.get("yearly")
	switch {
	case y.known():
		return period(g, of(y.from.Year()), how), true
	case y.kind != "" || !r.dated:
		return timex{kind: Date, grain: g, value: fmt.Sprintf(x, n), how: noDate}, true
	}
	from, ok := recurring(r.anchor, g, r.tense(m), 0, of)
	return period(g, from, how), ok
}

// decade is "the 1990s" and "the '90s": 199.
func decade(r *reading, m match) (timex, bool) {
	y := m.num("decade")
	if len(m.str("decade")) == 2 {
		apostrophe := strings.HasPrefix(r.at(m.get("decade").first).lower, "'")
		if !apostrophe && r.at(m.first).lower != "the" || strings.HasPrefix(r.at(m.last).lower, "°") || r.at(m.first-1).tag == "PRP$" {
			return timex{}, false
		}
		switch {
		case y >= 30:
			y += 1900
		case y < 20:
			y += 2000
		default:
			return timex{}, false // the '20s of either century
		}
	}
	return period(aDecade, dateOf(y, 1, 1), "a decade"), true
}

func decadeApart(r *reading, m match) (timex, bool) {
	y := m.num("year")
	return period(aDecade, dateOf(y, 1, 1), "a decade"), y%10 == 0 && r.d.Tokens[r.at(m.last-1).token].Part
}

func nineties(_ *reading, m match) (timex, bool) {
	return period(aDecade, dateOf(10*m.num("nineties"), 1, 1), "a decade"), true
}

// century is "the 19th century": 18. Before Christ is beyond TIMEX3's four digits.
func century(r *reading, m match) (timex, bool) {
	n := m.num("ordinal")
	if n < 2 || n > 30 || r.at(m.last).any("bc", "bce", "b.c.", "b.c") {
		return timex{}, false
	}
	return period(aCentury, dateOf(100*(n-1), 1, 1), "a century"), true
}
