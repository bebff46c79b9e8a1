// Package times finds the time expressions of a text and resolves them to days of the calendar: what HeidelTime and SUTime do, as rules
// over words with a calendar behind them. It knows what dates say, not what happens: which event a date belongs to is decided in extract. It
// knows no holiday that needs another calendar than the Gregorian, no zones of the clock beyond keeping them in a value, and no date that
// the text leaves open: that keeps its words, and no interval.
package times

import (
	"cmp"
	"fmt"
	"strconv"
	"time"

	"newsgraph/loader/nlp"
	"newsgraph/news"
)

const day = "2006-01-02"

// Type is what kind of a time expression it is, as TIMEX3 tells them (TimeML 1.2.1, Saurí et al. 2006).
type Type string

// The types of TIMEX3. A DATE is a stretch of the calendar or PAST_REF, PRESENT_REF or FUTURE_REF; a TIME is less than a day; a
// DURATION is an amount of time, which no calendar holds; a SET comes again and again.
const (
	Date      Type = "DATE"
	TimeOfDay Type = "TIME"
	Duration  Type = "DURATION"
	Set       Type = "SET"
)

// Expression is a time expression: tokens First to Last of its Doc, half-open. Durations and sets have a Value and no interval.
type Expression struct {
	news.When
	Type        Type
	First, Last int
}

// timex is a time expression while it is read, or a part of one.
type timex struct {
	first, last  int // pieces, half-open
	kind         Type
	value        string // TIMEX3
	grain        grain
	from, to     time.Time // zero where the date is not known
	monthDay     string    // --12-30, of a day or a month without its year
	monthLast    string    // --12-31, its last day; of a day empty
	told         bool      // with its year in its own words
	how          string
	amount, unit string // of numbers and durations: "3", "2.5", "X"; D, TH
	loose        bool   // "about", "more than": told on purpose without an exact date
	adrift       string // the part of a day, of which nothing before it tells
	text         string // of a word of a class
}

// when is the timex as news keeps it.
func (t timex) when(text string) news.When {
	w := news.When{Precision: news.Unknown, Value: t.value, How: t.how, Text: text}
	if t.kind == Duration || t.kind == Set {
		return w
	}
	if g, ok := grains[t.grain]; ok {
		w.Precision = g.precision
	}
	switch {
	case t.monthDay != "":
		w.From, w.To = t.monthDay, cmp.Or(t.monthLast, t.monthDay)
	case t.known() && !t.loose:
		w.From, w.To = t.from.Format(day), t.to.Format(day)
	}
	return w
}

// known tells that the date is known to the year.
func (t timex) known() bool { return !t.from.IsZero() }

// reading is the time expressions of one Doc in the course of being read.
type reading struct {
	g       *Grammar
	d       *nlp.Doc
	s       nlp.Sentence
	anchor  time.Time // the story's date
	dated   bool
	pieces  []piece
	memo    map[parsed][]timex
	before  []timex // of the sentences before, and of this one up to the place read
	order   order
	recent  int        // where in before those of the last sentence begin
	own     int        // where those of this one begin
	persons []nlp.Name // of this sentence
	all     []Expression
}

// Read finds the time expressions of a Doc, in the order of the text: at each word the longest. published is the day of the story,
// 2024-01-10, or empty: what follows from it then keeps its words and a value that says what is not known. The Doc needs trees and names.
func (g *Grammar) Read(d *nlp.Doc, published string) []Expression {
	r := &reading{g: g, d: d}
	anchor, err := time.Parse(day, published)
	r.anchor, r.dated = anchor, err == nil
	r.order = orderOf(d)
	names := d.Names
	for _, s := range d.Sentences {
		r.s, r.pieces, r.memo, r.persons = s, g.pieces(d, s), map[parsed][]timex{}, nil
		for len(names) > 0 && names[0].First < s.Last {
			if names[0].Kind == nlp.PersonName {
				r.persons = append(r.persons, names[0])
			}
			names = names[1:]
		}
		r.recent, r.own = r.own, len(r.before)
		for i := 0; i < len(r.pieces); i++ {
			for _, t := range r.parse("time", i) {
				first, end := r.pieces[t.first].token, r.pieces[t.last-1].token+1
				if n := len(r.all); r.refused(t) || n > 0 && r.all[n-1].Last > first {
					continue
				}
				r.all = append(r.all, Expression{t.when(d.Words(first, end)), t.kind, first, end})
				r.before = append(r.before, t)
				r.anchorAdrift(t)
				r.shareYear(t)
				r.rangeFrom()
				clear(r.memo) // what comes next may be counted from what was found
				i = t.last - 1
				break
			}
		}
	}
	index := news.NewIndex(d.Text)
	for i := range r.all {
		t := &r.all[i]
		t.Span = index.Span(d.Tokens[t.First].Start, d.Tokens[t.Last-1].End)
	}
	return r.all
}

// anchorAdrift gives the day of t to the times of the day that the sentence told before it: "at 3 p.m. the bridge fell on Monday".
func (r *reading) anchorAdrift(t timex) {
	if t.grain != aDay || t.adrift != "" || t.loose || t.kind != Date && t.kind != TimeOfDay {
		return
	}
	for i := r.own; i < len(r.before)-1; i++ {
		if part := r.before[i].adrift; part != "" {
			of := t.part(part)
			of.first, of.last, of.how = r.before[i].first, r.before[i].last, "of the day after it in the sentence"
			r.before[i], r.all[i].When = of, of.when(r.all[i].Text)
		}
	}
}

// shareYear gives the year of t to the days without one that the sentence told before it: "on 4 April and from 5 to 6 April 2016".
func (r *reading) shareYear(t timex) {
	if t.grain != aDay || !t.known() || t.loose {
		return
	}
	for i := r.own; i < len(r.before)-1; i++ {
		b := r.before[i]
		if b.monthDay == "" || b.grain != aDay {
			continue
		}
		month, dom := atoi(b.monthDay[2:4]), atoi(b.monthDay[5:7])
		if !isDate(t.from.Year(), month, dom) {
			continue
		}
		of := period(aDay, dateOf(t.from.Year(), month, dom), "in the year of the day after it in the sentence")
		of.first, of.last, of.kind = b.first, b.last, b.kind
		r.before[i], r.all[i].When = of, of.when(r.all[i].Text)
	}
}

// refused tells that the words only look like a time: Theresa May, the Sunday Times, Bloody Sunday.
func (r *reading) refused(t timex) bool {
	first, last := r.pieces[t.first].token, r.pieces[t.last-1].token+1
	for _, n := range r.persons {
		if n.First <= first && last <= n.Last && n.Last-n.First > last-first {
			return true
		}
	}
	p := r.pieces[t.last-1]
	if !p.is("weekday") && !p.is("month") || !r.pieces[t.first].capital() {
		return false
	}
	next, prev := r.at(t.last), r.at(t.first-1)
	return next.is("titled") && next.capital() || prev.is("named") && prev.capital() && p.is("weekday")
}

// at is a piece of the sentence; an empty one outside of it.
func (r *reading) at(i int) piece {
	if i < 0 || i >= len(r.pieces) {
		return piece{}
	}
	return r.pieces[i]
}

// closed tells that nothing follows that a preposition before it could govern: "two days before." but not "two days before the vote".
func (r *reading) closed(last int) bool {
	return r.at(last).any("", ".", ",", ";", ":", ")", "\"", "''", "”", "and", "but")
}

// reference is what "the day before" is counted from: the latest date of the text before it that is told to the grain, else the story's.
func (r *reading) reference(g grain) (timex, bool) {
	for i := len(r.before) - 1; i >= 0; i-- {
		if t := r.before[i]; (t.kind == Date || t.kind == TimeOfDay) && t.known() && t.grain <= g && t.grain != noGrain && !t.loose {
			return t, true
		}
	}
	if !r.dated {
		return timex{}, false
	}
	return timex{kind: Date, grain: aDay, from: r.anchor, to: r.anchor}, true
}

// period is the stretch of a grain that t lies in. A year that four digits cannot write leaves it unknown.
func period(g grain, t time.Time, how string) timex {
	from := g.floor(t)
	if y := from.Year(); y < 1 || y > 9900 {
		return unknown(g, "a year beyond the calendar")
	}
	return timex{kind: Date, grain: g, from: from, to: g.last(from), value: g.value(from), how: how}
}

// ofNoYear is a month of which nothing tells the year: its days are told, as those of a day without its year are.
func ofNoYear(month int, how string) timex {
	from := dateOf(leap, month, 1)
	return timex{
		kind: Date, grain: aMonth, value: fmt.Sprintf("XXXX-%02d", month), how: how,
		monthDay: from.Format(monthDayOnly), monthLast: aMonth.last(from).Format(monthDayOnly),
	}
}

const (
	leap         = 2000 // a year that has every day
	monthDayOnly = "--01-02"
)

// third is the part of a month or of a year that "early", "mid-" or "late" leaves: the first ten days, the next ten, the rest; the first quarter or the last.
// The TIMEX3 value stays that of the whole.
func (t timex) third(word string) timex {
	from, to := t.from, t.to
	if t.monthDay != "" {
		var err1, err2 error
		from, err1 = time.Parse(day, strconv.Itoa(leap)+t.monthDay[1:])
		to, err2 = time.Parse(day, strconv.Itoa(leap)+cmp.Or(t.monthLast, t.monthDay)[1:])
		if err1 != nil || err2 != nil {
			return t
		}
	}
	if from.IsZero() {
		return t
	}
	switch {
	case t.grain == aMonth && thirds[word] == 1:
		to = from.AddDate(0, 0, 9)
	case t.grain == aMonth && thirds[word] == 2:
		from, to = from.AddDate(0, 0, 10), from.AddDate(0, 0, 19)
	case t.grain == aMonth && thirds[word] == 3:
		from = from.AddDate(0, 0, 20)
	case t.grain == aYear && thirds[word] == 1:
		to = from.AddDate(0, 3, -1)
	case t.grain == aYear && thirds[word] == 3:
		from = from.AddDate(0, 9, 0)
	default:
		return t
	}
	if t.monthDay != "" {
		t.monthDay, t.monthLast = from.Format(monthDayOnly), to.Format(monthDayOnly)
	} else {
		t.from, t.to = from, to
	}
	return t
}

// thirds are the words that tell in which part of a month or a year something was.
var thirds = map[string]int{"early": 1, "beginning": 1, "start": 1, "mid": 2, "middle": 2, "late": 3, "end": 3, "close": 3}

// unknown is a stretch of which nothing tells where in the calendar it lies.
func unknown(g grain, how string) timex {
	return timex{kind: Date, grain: g, value: grains[g].unknown, how: how}
}

const noDate = "counted from the story's date, which is not known"

// fromStory is the stretch n after the one that the story was published in.
func (r *reading) fromStory(g grain, n int) timex {
	if !r.dated {
		return unknown(g, noDate)
	}
	return period(g, g.add(g.floor(r.anchor), n), "counted from the story's date")
}

// fromText is the stretch n after the one of the date before it in the text. shift, where it is finer than g, is what n counts.
func (r *reading) fromText(m match, g, shift grain, n int) timex {
	ref, ok := r.reference(g)
	how := "counted from the date before it in the text"
	if ref.value == "" {
		how = "counted from the story's date"
		// What happened the following day did not happen after the story.
		ok = ok && (n <= 0 || r.tense(m) == futureTense)
	}
	if !ok {
		return unknown(g, "counted from a date that is not known")
	}
	return period(g, shift.add(shift.floor(ref.from), n), how)
}

func atoi(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}
