package times

import (
	"strings"
	"time"

	"newsgraph/loader/nlp"
	"newsgraph/news"
)

// Intervals are the expressions of one sentence that can date an event, in the order of the text: neither sets nor "recently", nor "at
// noon" where nothing tells the day, nor durations unless they are counted from a date. in are all that Read found in the sentence.
//
// Dates that the words join are one interval, from the first to the last: "from May 3 to May 5", "on Monday and Tuesday". "Since 2021" goes
// on to the story's day, and "three years after the raid of 2015" is 2018, which 2015 then does not date (CODING 48). What lies before a
// date is open.
func (g *Grammar) Intervals(d *nlp.Doc, in []Expression, published string) []Expression {
	f := finder{d: d, in: in}
	f.anchor, f.err = time.Parse(day, published)
	for i := 0; i < len(in); {
		if t, next, ok := f.at(i); ok {
			f.all = append(f.all, t)
			i = next
			continue
		}
		i++
	}
	return f.all
}

// Since ends the How of an interval that goes on from its first day to the story's.
const Since = ", and since then to the story's day"

// finder makes the intervals of one sentence.
type finder struct {
	d      *nlp.Doc
	in     []Expression
	anchor time.Time
	err    error // of a story without a date
	all    []Expression
}

// at is the interval that begins at expression i, and the first expression after it.
func (f *finder) at(i int) (Expression, int, bool) {
	t := f.in[i]
	if shifted, next, ok := f.counted(i); ok {
		return shifted, next, true
	}
	if w, ok := f.window(t); ok {
		return w, i + 1, true
	}
	if !t.dates() {
		return t, i, false
	}
	next := i + 1
	for next < len(f.in) && f.in[next].dates() && f.joined(t, next) {
		t = t.until(f.in[next], f.d)
		next++
	}
	return f.reach(t), next, true
}

// dates tells that the expression can date an event.
func (t Expression) dates() bool {
	switch t.Type {
	case Date:
		return !strings.HasSuffix(t.Value, "_REF")
	case TimeOfDay:
		return t.From != "" || strings.HasPrefix(t.Value, "XXXX-WXX-")
	}
	return false
}

// yearless tells that the days are known, but not their year.
func (t Expression) yearless() bool { return strings.HasPrefix(t.From, "--") }

// word is a word of the text in lower case; the empty one outside of it.
func (f *finder) word(i int) string {
	if i < 0 || i >= len(f.d.Tokens) {
		return ""
	}
	return strings.ToLower(f.d.Word(i))
}

// joined tells that the words make one interval of t and of the date after it: "5-7 May", "from Monday to Friday", "between 1991 and
// 1995", "on Monday, Tuesday and Wednesday".
func (f *finder) joined(t Expression, next int) bool {
	to := f.in[next]
	if to.First != t.Last+1 || !(t.Dated() && to.Dated() || t.yearless() && to.yearless()) || to.From < t.From || t.Precision != to.Precision {
		return false
	}
	before := f.word(t.First - 1)
	switch f.word(t.Last) {
	case "-", "–", "—":
		return true
	case "to", "until", "till", "through":
		return before == "from" || t.Precision == news.Day && f.word(to.Last) != "to"
	case "and":
		// "The accords of 2014 and 2015" are two things, but what is told of both is dated from first to last.
		return before == "between" || f.word(to.Last) != "'s"
	case "or":
		return true
	case ",":
		after := to.Last
		if f.word(after) == "," {
			after++
		}
		return (f.word(after) == "and" || f.word(after) == "or") && next+1 < len(f.in) && f.in[next+1].First == after+1 && f.in[next+1].Precision == to.Precision
	}
	return false
}

// until is the interval from the first day of one date to the last of another, as ISO 8601 writes it.
func (t Expression) until(end Expression, d *nlp.Doc) Expression {
	first, _, _ := strings.Cut(t.Value, "/")
	t.Value = first + "/" + end.Value
	t.How += ", to " + end.How
	t.To, t.Precision = end.To, end.Precision
	return t.over(end.Last, end.Span, d)
}

// over is t with its words going on to those of another.
func (t Expression) over(last int, span news.Span, d *nlp.Doc) Expression {
	t.Last, t.Text = last, d.Words(t.First, last)
	t.Span.End, t.Span.RuneEnd = span.End, span.RuneEnd
	return t
}

// reach is t as the preposition before it has it: since and from … on reach to the story's day, by and until from it; before and until
// leave the start of what is past open.
func (f *finder) reach(t Expression) Expression {
	if !t.Dated() && !t.yearless() {
		return t
	}
	today := ""
	if f.err == nil && t.Dated() {
		today = f.anchor.Format(day)
	}
	own := !f.belongs(t)
	switch prev := f.word(t.First - 1); {
	case prev == "since" && own, prev == "from" && own && (f.word(t.Last) == "on" || f.word(t.Last) == "onwards" || f.word(t.Last) == "onward"):
		t.Value += "/" + today
		t.To = today
		t.How += Since
		if today < t.From && !t.yearless() {
			t.From, t.To, t.How = "", "", "since a day, and nothing tells until when"
		}
	case (prev == "by" || prev == "until" || prev == "till") && own && today != "" && t.To >= today:
		t.From = min(today, t.From)
		t.Value = today + "/" + t.Value
		t.How += ", and until then from the story's day"
	case (prev == "by" || prev == "until" || prev == "till") && own && t.yearless():
		t.From = ""
		t.How += ", and until then from a day that is not told"
	case prev == "before" && own:
		t.From, t.To, t.How = "", "", "some time before "+t.Text
	}
	return t
}

// belongs tells that the date is of a noun after it: "since Monday's raid", "before the 2014 vote".
func (f *finder) belongs(t Expression) bool {
	if t.Last >= len(f.d.Tokens) {
		return false
	}
	for i := t.First; i < t.Last; i++ {
		if h := f.d.Tokens[i].Head; h >= t.Last && strings.HasPrefix(f.d.Tokens[h].Tag, "N") {
			return true
		}
	}
	return f.word(t.Last) == "'s"
}

// window is "in the past week", "over the last three days", "within the next two days": days counted back or on from the story's.
func (f *finder) window(t Expression) (Expression, bool) {
	if t.Type != Duration || f.err != nil || f.word(t.First) != "the" || t.Last-t.First < 2 {
		return t, false
	}
	switch f.word(t.First - 1) {
	case "in", "over", "during", "within", "for":
	default:
		return t, false
	}
	sign := 0
	switch f.word(t.First + 1) {
	case "past", "last":
		sign = -1
	case "next", "coming":
		sign = 1
	}
	end, precision, ok := counted(f.anchor, t.Value, sign)
	if !ok || sign == 0 || f.word(t.Last) == "of" {
		return t, false
	}
	from, to := f.anchor.Format(day), end.Format(day)
	if sign < 0 {
		from, to = to, from
	}
	t.From, t.To, t.Precision, t.Type, t.How = from, to, precision, Date, "counted from the story's date"
	t.Value = from + "/" + to
	return t, true
}

// counted is the day that lies a duration after one (sign 1) or before it (-1), and how precisely.
func counted(from time.Time, value string, sign int) (time.Time, news.Precision, bool) {
	amount, hours := strings.CutPrefix(value, "PT")
	if !hours {
		amount = strings.TrimPrefix(value, "P")
	}
	if len(amount) < 2 {
		return from, news.Unknown, false
	}
	n, unit := atoi(amount[:len(amount)-1])*sign, amount[len(amount)-1]
	switch {
	case n == 0 || n > 9999 || n < -9999:
		return from, news.Unknown, false
	case hours:
		if unit == 'H' {
			return from.AddDate(0, 0, (n+11*sign)/24), news.Day, true
		}
		return from, news.Day, unit == 'M'
	}
	switch unit {
	case 'D':
		return from.AddDate(0, 0, n), news.Day, true
	case 'W':
		return from.AddDate(0, 0, 7*n), news.Week, true
	case 'M':
		return from.AddDate(0, n, 0), news.Month, true
	case 'Y':
		return from.AddDate(n, 0, 0), news.Year, true
	case 'E':
		return from.AddDate(10*n, 0, 0), news.Year, true
	}
	return from, news.Unknown, false
}

// grainsOfUnit are what a stretch counted in a unit is known to.
var grainsOfUnit = map[byte]grain{'D': aDay, 'W': aWeek, 'M': aMonth, 'Y': aYear, 'E': aYear}

// counted is "three years after the raid of 2015": so much before or after a date that its own phrase tells. "On Tuesday, four days after it
// had shut the port" tells of the date in the sentence before it.
func (f *finder) counted(i int) (Expression, int, bool) {
	t := f.in[i]
	value, side := t.Value, t.Last
	bare := t.Type == Date && t.How == beside // "the day after"
	switch {
	case bare:
		side--
		value = map[news.Precision]string{news.Day: "P1D", news.Week: "P1W", news.Month: "P1M", news.Year: "P1Y"}[t.Precision]
	case t.Type != Duration:
		return t, i, false
	}
	sign := 0
	switch f.word(side) {
	case "after", "following":
		sign = 1
	case "before":
		sign = -1
	}
	if sign == 0 || value == "" || strings.HasPrefix(value, "PT") {
		return t, i, false // hours are within the day
	}
	if i+1 < len(f.in) && f.phrase(side+1, f.in[i+1]) {
		return f.from(t, f.in[i+1], value, sign).over(f.in[i+1].Last, f.in[i+1].Span, f.d), i + 2, true
	}
	if n := len(f.all); n > 0 && f.clause(side+1) && f.all[n-1].Last <= t.First && t.First-f.all[n-1].Last <= 1 {
		return f.from(t, f.all[n-1], value, -sign), i + 1, true
	}
	return t, i, false
}

// from is t as a date: a duration before or after another date. One finer than that date leaves it open.
func (f *finder) from(t, of Expression, value string, sign int) Expression {
	t.Type, t.From, t.To, t.Precision = Date, "", "", news.Unknown
	t.How = "counted from a date that is not known so well"
	unit := value[len(value)-1]
	g, ok := grainsOfUnit[unit]
	begin, err := time.Parse(day, of.From)
	end, err2 := time.Parse(day, of.To)
	if !ok || err != nil || err2 != nil {
		return t
	}
	from, _, ok := counted(begin, value, sign)
	if !ok || g.last(g.floor(begin)).Before(end) {
		return t
	}
	p := period(g, from, "counted from the date that is told with it")
	span := t.Span
	t.When = p.when(t.Text)
	t.Span = span
	return t
}

// phrase tells that a date is told with the noun whose phrase begins at token i: "after the raid of 2015", "before Sunday's vote", with no
// verb or comma between.
func (f *finder) phrase(i int, t Expression) bool {
	if !t.dates() || t.First-i > 12 {
		return false
	}
	for k := i; k < t.First; k++ {
		if tag := f.d.Tokens[k].Tag; strings.HasPrefix(tag, "VB") && tag != "VBG" && tag != "VBN" || tag == "MD" || tag == "," || tag == ":" || tag == "." {
			return false
		}
	}
	return true
}

// clause tells that what begins at token i has a subject and a verb of its own, or a participle.
func (f *finder) clause(i int) bool {
	for k := i; k < len(f.d.Tokens) && k < i+8; k++ {
		switch tag := f.d.Tokens[k].Tag; {
		case strings.HasPrefix(tag, "VB"):
			return true
		case tag == "," || tag == "." || tag == ":":
			return false
		}
	}
	return false
}
