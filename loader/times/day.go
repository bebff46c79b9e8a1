package times

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// exactly is a day of the calendar.
func exactly(t time.Time, how string) timex { return period(aDay, t, how) }

// dayOf is a day of a month, in its year or in the one that the story and the tense tell.
func (r *reading) dayOf(m match, year, month, dom int) (timex, bool) {
	if !isDate(cmp.Or(year, 2024), month, dom) {
		return unknown(aDay, "no month has such a day"), dom <= 31
	}
	if year != 0 {
		t := exactly(dateOf(year, month, dom), "a full date")
		t.told = true
		return t, true
	}
	if r.dated {
		t := r.tense(m)
		// What is planned is told without will too: "the March 3 vote".
		slack := map[tense]int{pastTense: 1, futureTense: 31, noTense: 61}[t]
		from, ok := recurring(r.anchor, aDay, t, slack, func(y int) time.Time {
			if !isDate(y, month, dom) {
				return time.Time{}
			}
			return dateOf(y, month, dom)
		})
		return exactly(from, "a day of the year nearest to the story's date"), ok
	}
	md := fmt.Sprintf("--%02d-%02d", month, dom)
	return timex{kind: Date, grain: aDay, monthDay: md, value: "XXXX" + md[1:], how: "a day whose year is not told"}, true
}

// monthDay is "January 9", "9 January", "Jan. 9, 2024", "the ninth of January".
func monthDay(r *reading, m match) (timex, bool) {
	month := m.get("month")
	if !r.pieces[month.first].capital() {
		return timex{}, false
	}
	dom, year := m.num("dom"), m.num("year")
	prev, next := r.at(m.first-1), r.at(m.last)
	beside := m.get("dom").last == m.last
	switch {
	case beside && (next.is("measure", "sum") || next.lower == "-" && r.at(m.last+1).is("year")):
		return timex{}, false
	case beside && (prev.lower == "in" || month.text == "may" && prev.lower == "") && next.tag == "NNS":
		return timex{}, false // "in May 30 people came"
	case m.get("dom").first == m.first && prev.tag == "$":
		return timex{}, false
	}
	if a := m.str("abbreviated"); a != "" {
		year = fullYear(atoi(a))
	}
	if year == 0 && atoi(month.value) == 9 && dom == 11 && strings.HasPrefix(next.lower, "attack") {
		year = 2001
	}
	return r.dayOf(m, year, atoi(month.value), dom)
}

// fullYear is the year that two digits tell.
func fullYear(yy int) int {
	if yy > 50 {
		return 1900 + yy
	}
	return 2000 + yy
}

// dayBeside is a day that shares its month with another: "May 3 and 4", "5-7 May".
func dayBeside(r *reading, m match) (timex, bool) {
	prev, next, dom := r.at(m.first-1), r.at(m.last), m.num("dom")
	if next.any("-", "and", "to", "or") && r.at(m.last+1).is("dom") {
		for _, t := range r.parse("monthday", m.last+1) {
			month, _, year := t.calendarDay()
			return r.dayOf(m, year, month, dom)
		}
	}
	if next.lower == "," && r.at(m.last+1).is("dom") && r.at(m.last+2).any(",", "and", "or") {
		for _, t := range r.parse("day", m.last+1) { // "12, 13 and 14 May"
			if month, _, year := t.calendarDay(); month > 0 && t.last == m.last+2 {
				return r.dayOf(m, year, month, dom)
			}
		}
	}
	if n := len(r.before); n > r.own && prev.any("-", "and", "to", "or", ",") && !next.is("measure") && !strings.HasPrefix(next.tag, "N") && !strings.HasPrefix(next.tag, "J") {
		month, day, year := r.before[n-1].calendarDay()
		if last := r.before[n-1].last; last == m.first-1 && r.at(last-1).is("dom") && !r.at(last-1).is("year") && day < dom && month > 0 {
			return r.dayOf(m, year, month, dom)
		}
	}
	return timex{}, false
}

// weekdayAndDay is "Friday, July 22": the weekday tells the year if the next or the last one fits and the nearest does not. A weekday that
// contradicts its day leaves it open.
func weekdayAndDay(r *reading, m match) (timex, bool) {
	t, wd := m.get("monthday"), m.num("weekday")
	if !t.known() || isoWeekday(t.from) == wd {
		return t, true
	}
	if !t.told {
		month, dom, year := t.calendarDay()
		future := r.tense(m) == futureTense
		for _, by := range []int{-1, 1, -2, 2} {
			// What happened did not happen after the story.
			other := dateOf(year+by, month, dom)
			if isDate(year+by, month, dom) && isoWeekday(other) == wd && future == other.After(r.anchor) {
				return exactly(other, "a day of the year that its weekday tells"), true
			}
		}
	}
	return unknown(aDay, "its weekday is another"), true
}

// calendarDay is a day of the calendar, zeros if t is none; the year is 0 if it is not known.
func (t timex) calendarDay() (month, dom, year int) {
	switch {
	case t.grain != aDay || t.kind != Date:
		return 0, 0, 0
	case t.monthDay != "":
		return atoi(t.monthDay[2:4]), atoi(t.monthDay[5:7]), 0
	}
	return int(t.from.Month()), t.from.Day(), t.from.Year()
}

// isoDay is 2016-03-14, as ISO 8601 writes a day.
func isoDay(r *reading, m match) (timex, bool) {
	month, dom := atoi(r.at(m.first+2).lower), atoi(r.at(m.first+4).lower)
	return r.dayOf(m, m.num("year"), month, dom)
}

func onDay(year, month, dom int) production {
	return func(*reading, match) (timex, bool) {
		return exactly(dateOf(year, month, dom), "a day known by its date"), true
	}
}

// feast is a holiday that every year has on one day; an Eve is the day before.
func feast(month, dom int) production {
	return func(r *reading, m match) (timex, bool) {
		t := timex{amount: strconv.Itoa(month), unit: strconv.Itoa(dom)}
		if r.at(m.last-1).lower == "eve" && dom == 25 {
			t.unit = "24"
		}
		return t, r.feastName(m)
	}
}

// feastName tells that the words are written as a name and not as that of something else: "Orthodox Christmas" is another day.
func (r *reading) feastName(m match) bool {
	other := r.at(m.first-1).any("orthodox", "coptic", "ethiopian", "lunar", "chinese", "russian", "greek")
	return !other && r.at(m.first).capital() && (m.last-m.first == 1 || r.at(m.last-1).capital())
}

func feastDay(r *reading, m match) (timex, bool) {
	f := m.get("feast")
	if m.last-m.first == 1 && strings.HasPrefix(r.at(m.last).tag, "NN") {
		return timex{}, false // a Christmas tree
	}
	return r.dayOf(m, m.num("year"), atoi(f.amount), atoi(f.unit))
}

func easterAnd(n int) production {
	return func(r *reading, m match) (timex, bool) { return timex{amount: strconv.Itoa(n)}, r.feastName(m) }
}

func eveOf(r *reading, m match) (timex, bool) {
	t, ok := m.get("monthday"), true
	if m.has("feast") {
		t, ok = feastDay(r, m)
	}
	if !ok || !t.known() {
		return unknown(aDay, noDate), ok
	}
	return exactly(t.from.AddDate(0, 0, -1), t.how), true
}

func moveableDay(r *reading, m match) (timex, bool) {
	n := atoi(m.get("moveable").amount)
	if m.last-m.first == 1 && (r.at(m.first-1).any("over", "this", "last", "next") || strings.HasPrefix(r.at(m.last).tag, "NN")) {
		return timex{}, false // the days of Easter; an Easter egg
	}
	of := func(y int) time.Time { return easter(y).AddDate(0, 0, n) }
	const how = "a feast counted from Easter"
	if y := m.num("year"); y != 0 {
		return exactly(of(y), how), true
	}
	if !r.dated {
		return unknown(aDay, noDate), true
	}
	from, ok := recurring(r.anchor, aDay, r.tense(m), 30, of)
	return exactly(from, how), ok
}

// weekdayOn is the weekday of a match n days around the story's date, as pick tells from how many days ago the last one was.
func (r *reading) weekdayOn(m match, pick func(back int) (int, string)) (timex, bool) {
	wd := m.num("weekday")
	if !r.at(m.last-1).capital() || r.at(m.last).lower == "the" && r.at(m.last+1).is("ordinal") {
		return timex{}, false // Friday the 13th tells of bad luck
	}
	if !r.dated {
		return timex{kind: Date, grain: aDay, value: fmt.Sprintf("XXXX-WXX-%d", wd), how: "a weekday, and the story has no date"}, true
	}
	n, how := pick((isoWeekday(r.anchor) - wd + 7) % 7)
	return exactly(r.anchor.AddDate(0, 0, n), how), true
}

const (
	lastSuch = "the last such weekday up to the story's date"
	nextSuch = "the next such weekday after the story's date"
)

// weekday is a weekday alone, which the tense of its verb resolves.
func weekday(r *reading, m match) (timex, bool) {
	return r.weekdayOn(m, func(back int) (int, string) {
		if back != 0 && r.tense(m) == futureTense {
			return 7 - back, nextSuch
		}
		return -back, lastSuch
	})
}

// weekdayBy is "last Friday", which is not today, or "next Friday".
func weekdayBy(by int) production {
	return func(r *reading, m match) (timex, bool) {
		return r.weekdayOn(m, func(back int) (int, string) {
			switch {
			case by > 0:
				return 7 - back, nextSuch
			case back == 0:
				return -7, lastSuch
			}
			return -back, lastSuch
		})
	}
}

// weekdayThis is "this Friday": of the past only if the verb says so, not by default.
func weekdayThis(r *reading, m match) (timex, bool) {
	return r.weekdayOn(m, func(back int) (int, string) {
		wd := m.num("weekday")
		if back == 0 || wd < isoWeekday(r.anchor) && r.tense(m) == pastTense {
			return -back, lastSuch
		}
		return 7 - back, nextSuch
	})
}

// weekdayOfWeek is "Monday of last week".
func weekdayOfWeek(r *reading, m match) (timex, bool) {
	week := r.fromStory(aWeek, m.num("rel"))
	wd := m.num("weekday")
	if !week.known() {
		return timex{kind: Date, grain: aDay, value: fmt.Sprintf("XXXX-WXX-%d", wd), how: noDate}, true
	}
	return exactly(week.from.AddDate(0, 0, wd-1), week.how), true
}

// thenWeekday is "the following Tuesday": the first after the date before it in the text; "the previous Tuesday" the last before.
func thenWeekday(r *reading, m match) (timex, bool) {
	wd, n := m.num("weekday"), m.num("then")
	if n == 0 {
		return thatWeekday(r, m)
	}
	if !r.at(m.last-1).capital() || n < 0 && !r.dated {
		return timex{}, false
	}
	ref, ok := r.reference(aDay)
	if !ok || ref.value == "" && n > 0 && r.tense(m) != futureTense {
		return timex{kind: Date, grain: aDay, value: fmt.Sprintf("XXXX-WXX-%d", wd), how: "counted from a date that is not known"}, true
	}
	by := (wd - isoWeekday(ref.from) + 7) % 7
	if by == 0 {
		by = 7
	}
	if n < 0 {
		by = -((isoWeekday(ref.from)-wd+6)%7 + 1)
	}
	return exactly(ref.from.AddDate(0, 0, by), "counted from the date before it in the text"), true
}

// weekdayAgo is "a week ago Monday": so many weeks before the last one.
func weekdayAgo(r *reading, m match) (timex, bool) {
	a := m.get("amount")
	if a.unit != "W" || atoi(a.amount) == 0 {
		return timex{}, false
	}
	return r.weekdayOn(m, func(back int) (int, string) { return -back - 7*atoi(a.amount), lastSuch })
}

// weekdaysAgo is "two Sundays ago".
func weekdaysAgo(r *reading, m match) (timex, bool) {
	wd, n := m.num("weekdays"), m.num("ones")
	if !r.dated {
		return timex{kind: Date, grain: aDay, value: fmt.Sprintf("XXXX-WXX-%d", wd), how: noDate}, true
	}
	back := (isoWeekday(r.anchor)-wd+6)%7 + 1
	return exactly(r.anchor.AddDate(0, 0, -back-7*(n-1)), "counted from the story's date"), true
}

// dayOfMonth is "on the 14th": of the month that the text told last, else the last or next such day.
func dayOfMonth(r *reading, m match) (timex, bool) {
	prev, next := r.at(m.first-1), r.at(m.last)
	if !prev.any("on", "by", "until", "till", "since") || !r.closed(m.last) && !strings.HasPrefix(next.tag, "VB") && next.tag != "IN" && next.tag != "TO" {
		return timex{}, false // "on the 14th floor"
	}
	dom := m.num("nth")
	if ref, ok := r.reference(aMonth); ok && ref.value != "" {
		return r.dayOf(m, ref.from.Year(), int(ref.from.Month()), dom)
	}
	if !r.dated {
		return timex{kind: Date, grain: aDay, value: fmt.Sprintf("XXXX-XX-%02d", dom), how: "a day whose month is not told"}, true
	}
	step := -1
	if r.tense(m) == futureTense {
		step = 1
	}
	month := aMonth.floor(r.anchor)
	for n := 0; n < 3; n++ {
		if isDate(month.Year(), int(month.Month()), dom) {
			if t := month.AddDate(0, 0, dom-1); step < 0 && !t.After(r.anchor) || step > 0 && !t.Before(r.anchor) {
				return exactly(t, "a day of the month nearest to the story's date"), true
			}
		}
		month = month.AddDate(0, step, 0)
	}
	return timex{}, false
}

// dayOfRelativeMonth is "the 3rd of this month".
func dayOfRelativeMonth(r *reading, m match) (timex, bool) {
	dom := m.num("nth")
	month := r.fromStory(aMonth, m.num("rel"))
	if !month.known() {
		return unknown(aDay, noDate), dom > 0
	}
	return r.dayOf(m, month.from.Year(), int(month.from.Month()), dom)
}

// edgeOfMonth is "the last day of May".
func edgeOfMonth(r *reading, m match) (timex, bool) {
	t, ok := monthOfYear(r, m)
	if !m.has("year") {
		t, ok = r.monthBy(m, r.tense(m), 0)
	}
	switch {
	case !ok || !t.known():
		return unknown(aDay, noDate), ok
	case r.at(m.first+1).lower == "last":
		return exactly(t.to, "the last day of a month"), true
	}
	return exactly(t.from, "the first day of a month"), true
}

// weekdayWeek is "Saturday week", a week after the next Saturday, or "last Thursday week".
func weekdayWeek(r *reading, m match) (timex, bool) {
	wd := m.num("weekday")
	switch {
	case m.has("rel") && m.num("rel") != -1 || !r.closed(m.last) || r.at(m.last-2).lower == "-" || !r.at(m.last-2).capital():
		return timex{}, false
	case !r.dated:
		return timex{kind: Date, grain: aDay, value: fmt.Sprintf("XXXX-WXX-%d", wd), how: noDate}, true
	}
	back := (isoWeekday(r.anchor)-wd+6)%7 + 1
	if m.has("rel") {
		return exactly(r.anchor.AddDate(0, 0, -back-7), "counted from the story's date"), true
	}
	if r.tense(m) != futureTense {
		return timex{}, false
	}
	return exactly(r.anchor.AddDate(0, 0, 14-back), "counted from the story's date"), true
}

// dayOfYear is "May 3 last year".
func dayOfYear(r *reading, m match) (timex, bool) {
	month, dom, _ := m.get("monthday").calendarDay()
	y := r.fromStory(aYear, m.num("rel"))
	switch {
	case month == 0 || m.get("monthday").told:
		return timex{}, false
	case !y.known():
		return m.get("monthday"), true
	}
	return r.dayOf(m, y.from.Year(), month, dom)
}

// nthWeekday is "the first Tuesday of November", "the last Monday in May".
func nthWeekday(r *reading, m match) (timex, bool) {
	month, wd, n, year := m.num("month"), m.num("weekday"), m.num("ordinal"), m.num("year")
	of := func(y int) time.Time {
		first := dateOf(y, month, 1)
		first = first.AddDate(0, 0, (wd-isoWeekday(first)+7)%7)
		k := n
		if n == 0 { // the last
			k = 5
			if int(first.AddDate(0, 0, 28).Month()) != month {
				k = 4
			}
		}
		if t := first.AddDate(0, 0, 7*(k-1)); int(t.Month()) == month {
			return t
		}
		return time.Time{}
	}
	const how = "a weekday of a month"
	if year != 0 {
		t := of(year)
		return exactly(t, how), !t.IsZero()
	}
	if !r.dated {
		return timex{kind: Date, grain: aDay, value: fmt.Sprintf("XXXX-%02d-XX", month), how: how + " whose year is not told"}, true
	}
	from, ok := recurring(r.anchor, aDay, r.tense(m), 31, of)
	return exactly(from, how), ok
}

// clock is an hour, with its minutes if told: T09:00. GMT and UTC make it T09:00Z.
func clock(r *reading, m match) (timex, bool) {
	text := m.str("clock") + m.str("hour") + m.str("hhmm")
	hour, minute := 0, 0
	switch {
	case m.str("hhmm") != "":
		hour, minute = atoi(text[:2]), atoi(text[2:])
	case text == "":
		hour = m.num("ones")
	default:
		h, mm, _ := strings.Cut(strings.ReplaceAll(text, ".", ":"), ":")
		hour, minute = atoi(h), atoi(mm)
	}
	late := m.str("ampm") == "12" || m.str("part") == "AF" || m.str("part") == "EV" || m.str("part") == "NI" && hour >= 6
	switch {
	case hour > 24 || m.has("ampm") && hour > 12:
		return timex{}, false
	case late && hour < 12:
		hour += 12
	case m.str("ampm") == "0" && hour == 12:
		hour = 0
	}
	return timex{kind: TimeOfDay, value: fmt.Sprintf("T%02d:%02d", hour, minute) + m.str("zone")}, true
}

func halfPast(r *reading, m match) (timex, bool) {
	t, ok := clock(r, m)
	t.value = strings.Replace(t.value, ":00", ":30", 1)
	return t, ok
}

// clockBare is "5:40", which may be a score or a verse unless a preposition of time or a zone says otherwise.
func clockBare(r *reading, m match) (timex, bool) {
	t, ok := clock(r, m)
	return t, ok && (m.has("zone") || m.last-m.first > 1 || r.at(m.first-1).is("clocking"))
}

func noon(_ *reading, m match) (timex, bool) {
	return timex{kind: TimeOfDay, value: m.str("noon")}, true
}

// clockAlone is a time of the day that the sentence told before, or the one before it; else of the story's, but then only its value says so: an
// event is not dated by an hour.
func clockAlone(r *reading, m match) (timex, bool) {
	t := r.onTextDay(m.get("clock").value)
	return t, true
}

// onTextDay is a part of the day of the latest date of this sentence or the one before, else of the story's.
func (r *reading) onTextDay(part string) timex {
	for i := len(r.before) - 1; i >= r.recent; i-- {
		if t := r.before[i]; t.grain == aDay && (t.kind == Date || t.kind == TimeOfDay) && !t.loose {
			t.how = "of the day before it in the text"
			return t.part(part)
		}
	}
	t := r.fromStory(aDay, 0).part(part)
	t.from, t.to, t.how, t.adrift = time.Time{}, time.Time{}, "a time of the day, and nothing tells of which", part
	return t
}

// part is a part of a day: 2024-01-09 and TMO are 2024-01-09TMO.
func (t timex) part(code string) timex {
	t.kind = TimeOfDay
	dayValue, _, _ := strings.Cut(t.value, "T")
	t.value = dayValue + code
	return t
}

func clockDay(_ *reading, m match) (timex, bool) {
	d := m.get("day")
	if m.has("parted") {
		d = m.get("parted")
	}
	return d.part(m.get("clock").value), d.grain == aDay
}

func dayPart(_ *reading, m match) (timex, bool) {
	return m.get("day").part("T" + m.str("part")), true
}

// earlyHours are those of a morning.
func earlyHours(_ *reading, m match) (timex, bool) { return m.get("day").part("TMO"), true }

// relativePart is "last night", "this morning".
func relativePart(r *reading, m match) (timex, bool) {
	n := m.num("rel")
	if n > 0 || n < 0 && m.str("part") != "NI" && m.str("part") != "EV" {
		return timex{}, false
	}
	return r.fromStory(aDay, n).part("T" + m.str("part")), true
}

func tonight(r *reading, _ match) (timex, bool) {
	return r.fromStory(aDay, 0).part("TNI"), true
}

// overnight began the day before the story's.
func overnight(r *reading, m match) (timex, bool) {
	if strings.HasPrefix(r.at(m.last).tag, "N") || !strings.HasPrefix(r.at(m.first).tag, "RB") {
		return timex{}, false // an overnight raid
	}
	t := r.fromStory(aDay, 0).part("TNI")
	if t.known() {
		t.from = t.from.AddDate(0, 0, -1)
	}
	return t, true
}

func thatPart(r *reading, m match) (timex, bool) {
	if r.at(m.first).tag == "IN" {
		return timex{}, false
	}
	return r.onTextDay("T" + m.str("part")), true
}

// thenPart is "the following morning", "the night before".
func thenPart(r *reading, m match) (timex, bool) {
	n := -1
	if m.has("then") {
		n = m.num("then")
	} else if !r.closed(m.last) {
		return unknown(aDay, beside).part("T" + m.str("part")), true
	}
	return r.fromText(m, aDay, aDay, n).part("T" + m.str("part")), true
}

// barePart is "in the evening", "at night".
func barePart(r *reading, m match) (timex, bool) {
	prev, next := r.at(m.first-1), r.at(m.last)
	told := prev.any("at", "by", "until")
	if r.at(m.first).lower == "the" {
		told = prev.any("in", "during", "by", "through", "throughout", "until", "into") && next.lower != "of"
	}
	if !told && !m.has("mod") || strings.HasPrefix(next.tag, "NN") {
		return timex{}, false
	}
	return r.onTextDay("T" + m.str("part")), true
}
