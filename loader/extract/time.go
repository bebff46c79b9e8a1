package extract

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"newsgraph/loader/nlp"
	"newsgraph/news"
)

// timeType is the type of a time expression, TIMEX3's.
type timeType string

const (
	timeDate     timeType = "DATE"
	timeTime     timeType = "TIME"
	timeDuration timeType = "DURATION"
	timeSet      timeType = "SET"
)

// timeAt is a time expression: tokens first to last, half-open.
type timeAt struct {
	first, last int
	kind        timeType
	when        news.When
}

// dates tells that an event may take the expression as its date.
func (t timeAt) dates() bool {
	return (t.kind == timeDate || t.kind == timeTime) && t.when.Precision != ""
}

const day = "2006-01-02"

var (
	weekdays = map[string]time.Weekday{
		"monday": time.Monday, "tuesday": time.Tuesday, "wednesday": time.Wednesday, "thursday": time.Thursday, "friday": time.Friday, "saturday": time.Saturday,
		"sunday": time.Sunday, "mon.": time.Monday, "tues.": time.Tuesday, "tue.": time.Tuesday, "wed.": time.Wednesday, "thurs.": time.Thursday,
		"thu.": time.Thursday, "fri.": time.Friday, "sat.": time.Saturday, "sun.": time.Sunday,
	}
	months   = []string{"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"}
	dayParts = map[string]string{"morning": "MO", "midday": "MI", "afternoon": "AF", "evening": "EV", "night": "NI"}
	seasons  = map[string]string{"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
	units    = map[string]string{
		"second": "TS", "minute": "TM", "hour": "TH", "day": "D", "night": "D", "week": "W", "fortnight": "2W", "month": "M", "quarter": "3M", "year": "Y", "decade": "E",
		"century": "C", "weekend": "WE",
	}
	shares = map[string]string{
		"daily": "P1D", "nightly": "P1D", "weekly": "P1W", "monthly": "P1M", "annually": "P1Y", "yearly": "P1Y", "hourly": "PT1H", "quarterly": "P3M", "fortnightly": "P2W",
	}
	references = map[string]string{
		"now": "PRESENT_REF", "currently": "PRESENT_REF", "nowadays": "PRESENT_REF", "presently": "PRESENT_REF", "recently": "PAST_REF", "lately": "PAST_REF",
		"formerly": "PAST_REF", "previously": "PAST_REF", "soon": "FUTURE_REF", "once": "",
	}
	feasts   = map[string][2]int{"christmas day": {12, 25}, "christmas eve": {12, 24}, "new year 's day": {1, 1}, "new year 's eve": {12, 31}, "christmas": {12, 25}, "boxing day": {12, 26}}
	ordinals = []string{"", "first", "second", "third", "fourth"}
	counting = map[string]int{
		"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
		"thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40,
		"fifty": 50, "sixty": 60, "hundred": 100,
	}
	vague   = wordSet("several few many some recent countless")
	isoDate = regexp.MustCompile(`^(\d{4})-(\d{1,2})-(\d{1,2})$`)
	slashed = regexp.MustCompile(`^(\d{1,2})/(\d{1,2})/(\d{2}|\d{4})$`)
	clock   = regexp.MustCompile(`^(\d{1,2})[:.](\d{2})$`)
	decade  = regexp.MustCompile(`^(?:'|’)?(\d{2}|\d{4})s$`)
	century = regexp.MustCompile(`^(\d{1,2})(?:st|nd|rd|th)$`)
)

// timeReader finds the time expressions of a Doc and resolves them, as TIMEX3 (TimeML 1.2.1) writes values and HeidelTime (Strötgen and Gertz 2010)
// resolves news: against the day that the story was published, and what is said of "the day before" or "a year later" against the last date
// that the text told. Without a publication day, what depends on it keeps its words and a value that says what is not known.
type timeReader struct {
	d      *nlp.Doc
	s      nlp.Sentence
	anchor time.Time
	dated  bool
	told   time.Time // the last date of the text, the anchor at first
	known  bool
	only   int // the only year that an undated story tells, 0 if there are several
	found  []timeAt
}

// findTimes are the time expressions of a Doc, in the order of its text.
func findTimes(d *nlp.Doc, published string) []timeAt {
	anchor, err := time.Parse(day, published)
	r := &timeReader{d: d, anchor: anchor, dated: err == nil, told: anchor, known: err == nil}
	r.onlyYear()
	for _, r.s = range d.Sentences {
		for i := r.s.First; i < r.s.Last; {
			n := r.at(i)
			if n == 0 {
				n = 1
			}
			i += n
		}
	}
	return r.found
}

// onlyYear finds the year of a story without a date that tells just one beside its months.
func (r *timeReader) onlyYear() {
	if r.dated {
		return
	}
	for i := 1; i < len(r.d.Tokens); i++ {
		y := year(r.d.Word(i))
		before := strings.ToLower(r.d.Word(i - 1))
		if y == 0 || monthOf(before) == 0 && before != "," {
			continue
		}
		if r.only != 0 && r.only != y {
			r.only = 0
			return
		}
		r.only = y
	}
}

func (r *timeReader) word(i int) string {
	if i < r.s.First || i >= r.s.Last {
		return ""
	}
	return strings.ToLower(r.d.Word(i))
}

// unit is the unit that token i names, singular, empty if none.
func (r *timeReader) unit(i int) string {
	w := r.word(i)
	if _, ok := units[w]; ok {
		return w
	}
	if w == "centuries" {
		return "century"
	}
	if s := strings.TrimSuffix(w, "s"); s != w {
		if _, ok := units[s]; ok {
			return s
		}
	}
	return ""
}

// number reads a number that opens at token i, and its tokens; -1 is one that is not told exactly.
func (r *timeReader) number(i int) (n, tokens int) {
	w := r.word(i)
	switch {
	case vague[w]:
		return -1, 1
	case w == "a" && (r.word(i+1) == "few" || r.word(i+1) == "number" && r.word(i+2) == "of"):
		if r.word(i+1) == "few" {
			return -1, 2
		}
		return -1, 3
	case w == "a" && r.word(i+1) == "couple":
		if r.word(i+2) == "of" {
			return 2, 3
		}
		return 2, 2
	case w == "half" && (r.word(i+1) == "a" || r.word(i+1) == "an"):
		return 0, 0
	}
	if n, ok := counting[w]; ok {
		if n >= 20 && r.word(i+1) == "-" && counting[r.word(i+2)] > 0 && counting[r.word(i+2)] < 10 {
			return n + counting[r.word(i+2)], 3
		}
		if w == "a" && r.word(i+1) == "hundred" {
			return 100, 2
		}
		return n, 1
	}
	if n, ok := digits(strings.ReplaceAll(w, ",", "")); ok && n > 0 && n < 100000 {
		return n, 1
	}
	return 0, 0
}

func (r *timeReader) add(first, n int, kind timeType, w news.When) int {
	w.Text = r.d.Words(first, first+n)
	r.found = append(r.found, timeAt{first, first + n, kind, w})
	if from, err := time.Parse(day, w.From); err == nil && (kind == timeDate || kind == timeTime) {
		r.told, r.known = from, true
	}
	return n
}

// at reads the expression that opens at token i; it returns its tokens, 0 if there is none.
func (r *timeReader) at(i int) int {
	for _, read := range []func(int) int{
		r.full, r.weekday, r.reference, r.repeated, r.relative, r.shifted, r.month, r.season, r.quarter, r.decade, r.clockTime, r.feast, r.year, r.duration,
	} {
		if n := read(i); n > 0 {
			return n
		}
	}
	return 0
}

func exact(date time.Time, how string) news.When {
	return span(date, date, news.Day, date.Format(day), how)
}

func span(from, to time.Time, p news.Precision, value, how string) news.When {
	return news.When{From: from.Format(day), To: to.Format(day), Precision: p, Value: value, How: how}
}

const unknownDay = "counted from the story's date, which is not known"

// full reads dates with a month and a day, and those written in digits, with the weekday before them and the time of day after.
func (r *timeReader) full(i int) int {
	start := i
	if _, ok := weekdays[r.word(i)]; ok {
		i++
		if r.word(i) == "," {
			i++
		}
		if r.word(i) == "the" {
			i++
		}
	}
	// Digits stand together without spaces: 2016-03-14 is five tokens.
	end := i
	for end+1 < r.s.Last && r.d.Tokens[end].End == r.d.Tokens[end+1].Start && end-i < 5 {
		end++
	}
	for last := end; last >= i && i < r.s.Last; last-- {
		text := r.d.Words(i, last+1)
		if m := isoDate.FindStringSubmatch(text); m != nil {
			if date, err := time.Parse("2006-1-2", text); err == nil {
				return r.add(start, last+1-start, timeDate, exact(date, "a full date"))
			}
		}
		if m := slashed.FindStringSubmatch(text); m != nil {
			y, _ := strconv.Atoi(m[3])
			if y < 100 {
				y += 1900
				if y < 1950 {
					y += 100
				}
			}
			month, _ := strconv.Atoi(m[1])
			dd, _ := strconv.Atoi(m[2])
			if month > 12 {
				month, dd = dd, month
			}
			if month >= 1 && month <= 12 && dd >= 1 && dd <= 31 {
				return r.add(start, last+1-start, timeDate, exact(time.Date(y, time.Month(month), dd, 0, 0, 0, 0, time.UTC), "a full date, month first"))
			}
		}
	}
	first := 0 // of a span of days: "5-6 April"
	c, k, ok := r.monthDay(i)
	if n, is := digits(r.word(i)); !ok && is && n > 0 && n < 31 && (r.word(i+1) == "-" || r.word(i+1) == "–" || r.word(i+1) == "and") {
		if c, k, ok = r.monthDay(i + 2); ok && c.day > n {
			first = n
		} else {
			ok = false
		}
	}
	if !ok {
		return 0
	}
	if n, is := digits(r.word(k + 1)); is && first == 0 && c.year == 0 && (r.word(k) == "-" || r.word(k) == "–") && n > c.day && n < 32 {
		first, c.day, k = c.day, n, k+2 // "December 30-31"
		if y := year(r.word(k)); y != 0 {
			c.year, k = y, k+1
		} else if y := year(r.word(k + 1)); r.word(k) == "," && y != 0 {
			c.year, k = y, k+2
		}
	}
	year := c.year
	how := "a full date"
	if year == 0 && !r.dated && r.only != 0 {
		year, how = r.only, "the only year that the story tells"
	}
	if year == 0 && r.dated {
		how = "a day of the year nearest to the story's date"
		year = r.anchor.Year()
		date := time.Date(year, time.Month(c.month), c.day, 0, 0, 0, 0, time.UTC)
		switch ahead := r.future(i); {
		case ahead && date.Before(r.anchor.AddDate(0, -1, 0)):
			year++
		case !ahead && date.After(r.anchor.AddDate(0, 0, 20)):
			year--
		}
	}
	if year == 0 {
		md := fmt.Sprintf("--%02d-%02d", c.month, c.day)
		return r.add(start, k-start, timeDate, news.When{From: md, To: md, Precision: news.Day, Value: "XXXX" + md[1:], How: "a day whose year is not told"})
	}
	date := time.Date(year, time.Month(c.month), c.day, 0, 0, 0, 0, time.UTC)
	w := exact(date, how)
	if first != 0 {
		w = span(time.Date(year, time.Month(c.month), first, 0, 0, 0, 0, time.UTC), date, news.Day, w.Value, how+", to which a span of days runs")
	}
	if part := dayParts[r.word(k)]; part != "" {
		w.Value += "T" + part
		return r.add(start, k+1-start, timeTime, w)
	}
	return r.add(start, k-start, timeDate, w)
}

type calendarDay struct{ month, day, year int }

func monthOf(w string) int {
	w = strings.TrimSuffix(w, ".")
	for n, m := range months {
		if w == m || len(w) >= 3 && len(w) <= 4 && strings.HasPrefix(m, w) {
			return n + 1
		}
	}
	return 0
}

// monthDay reads "January 9", "9 January", "the 9th of January", "Jan. 9, 2024" from token i on; k is the token after it.
func (r *timeReader) monthDay(i int) (c calendarDay, k int, ok bool) {
	number := func(w string) int {
		for _, suffix := range []string{"st", "nd", "rd", "th"} {
			w = strings.TrimSuffix(w, suffix)
		}
		n, ok := digits(w)
		if !ok || n < 1 || n > 31 {
			return 0
		}
		return n
	}
	capital := func(i int) bool { return i < r.s.Last && r.d.Word(i) != r.word(i) }
	switch {
	case monthOf(r.word(i)) != 0 && capital(i) && number(r.word(i+1)) != 0:
		c, k = calendarDay{month: monthOf(r.word(i)), day: number(r.word(i + 1))}, i+2
	case monthOf(r.word(i)) != 0 && capital(i) && r.word(i+1) == "the" && number(r.word(i+2)) != 0:
		c, k = calendarDay{month: monthOf(r.word(i)), day: number(r.word(i + 2))}, i+3
	case number(r.word(i)) != 0 && monthOf(r.word(i+1)) != 0 && capital(i+1):
		c, k = calendarDay{month: monthOf(r.word(i + 1)), day: number(r.word(i))}, i+2
	case number(r.word(i)) != 0 && r.word(i+1) == "of" && monthOf(r.word(i+2)) != 0 && capital(i+2):
		c, k = calendarDay{month: monthOf(r.word(i + 2)), day: number(r.word(i))}, i+3
	default:
		return c, i, false
	}
	if y := year(r.word(k)); y != 0 {
		c.year, k = y, k+1
	} else if y := year(r.word(k + 1)); r.word(k) == "," && y != 0 {
		c.year, k = y, k+2
	}
	if t := time.Date(2024, time.Month(c.month), c.day, 0, 0, 0, 0, time.UTC); int(t.Month()) != c.month {
		return c, i, false
	}
	return c, k, true
}

// digits is the number that a word of digits is.
func digits(w string) (int, bool) {
	if w == "" || w[0] < '0' || w[0] > '9' {
		return 0, false
	}
	n, err := strconv.Atoi(w)
	return n, err == nil
}

func year(w string) int {
	y, ok := digits(w)
	if !ok || len(w) != 4 || y < 1500 || y > 2100 {
		return 0
	}
	return y
}

// future tells that the verb that token i hangs on is told to come: will, to, is due.
func (r *timeReader) future(i int) bool {
	d := r.d
	for k, n := d.Tokens[i].Head, 0; k >= 0 && n < 8; k, n = d.Tokens[k].Head, n+1 {
		if !strings.HasPrefix(d.Tokens[k].Tag, "VB") {
			continue
		}
		if d.Tokens[k].Tag == "VBD" || d.Tokens[k].Tag == "VBN" && !slices.ContainsFunc(r.auxiliaries(k), func(w string) bool { return w == "will" || w == "to" || w == "shall" }) {
			return false
		}
		for _, w := range r.auxiliaries(k) {
			if w == "will" || w == "shall" || w == "to" || w == "would" {
				return true
			}
		}
		if d.Tokens[k].Tag == "VBG" || d.Tokens[k].Tag == "VBZ" || d.Tokens[k].Tag == "VBP" {
			for _, w := range r.auxiliaries(k) {
				if w == "be" {
					return true // "is leaving on Friday"
				}
			}
		}
		return false
	}
	return false
}

func (r *timeReader) auxiliaries(k int) []string {
	var words []string
	for c := r.s.First; c < r.s.Last; c++ {
		if t := r.d.Tokens[c]; t.Head == k && (strings.HasPrefix(t.Relation, "aux") || t.Relation == "mark" && t.Tag == "TO") {
			words = append(words, t.Lemma)
		}
	}
	return words
}

// weekday reads "Tuesday", "last Friday", "Monday morning", "late on Sunday" and "every Monday".
func (r *timeReader) weekday(i int) int {
	start, by := i, ""
	switch w := r.word(i); w {
	case "last", "next", "this", "past", "coming", "every", "each":
		by = w
		i++
		if w == "this" && (r.word(i) == "past" || r.word(i) == "coming") {
			by = r.word(i)
			i++
		}
	}
	name := r.word(i)
	wd, ok := weekdays[name]
	if !ok && strings.HasSuffix(name, "s") && by == "" {
		if wd, ok = weekdays[strings.TrimSuffix(name, "s")]; ok && r.d.Word(i) != name {
			return r.add(i, 1, timeSet, news.When{Value: fmt.Sprintf("XXXX-WXX-%d", isoDay(wd)), How: "a weekday again and again"})
		}
	}
	if !ok || strings.HasSuffix(name, ".") && r.d.Word(i) == name || r.d.Word(i) == name && len(name) < 6 {
		return 0
	}
	if by == "every" || by == "each" {
		return r.add(start, i+1-start, timeSet, news.When{Value: fmt.Sprintf("XXXX-WXX-%d", isoDay(wd)), How: "a weekday again and again"})
	}
	n := i + 1 - start
	part := dayParts[r.word(i+1)]
	if part != "" {
		n++
	}
	when := news.When{Precision: news.Day, Value: fmt.Sprintf("XXXX-WXX-%d", isoDay(wd)), How: "a weekday, and the story has no date"}
	if r.dated {
		back := (int(r.anchor.Weekday()) - int(wd) + 7) % 7
		date, how := r.anchor.AddDate(0, 0, -back), "the last such weekday up to the story's date"
		switch {
		case by == "next" || by == "coming" || by == "this" && r.future(i) || by == "" && r.future(i) && back != 0:
			date, how = r.anchor.AddDate(0, 0, 7-back), "the next such weekday after the story's date"
		case by == "last" && back == 0:
			date = date.AddDate(0, 0, -7)
		}
		when = exact(date, how)
	}
	if part != "" {
		when.Value += "T" + part
		return r.add(start, n, timeTime, when)
	}
	return r.add(start, n, timeDate, when)
}

func isoDay(wd time.Weekday) int { return (int(wd)+6)%7 + 1 }

// counted is a day so many days from the story's.
func (r *timeReader) counted(days int, part string) news.When {
	if !r.dated {
		return news.When{Precision: news.Day, Value: "XXXX-XX-XX" + part, How: unknownDay}
	}
	w := exact(r.anchor.AddDate(0, 0, days), "counted from the story's date")
	w.Value += part
	return w
}

// reference reads today, yesterday, tonight, last night, now, recently, the future.
func (r *timeReader) reference(i int) int {
	w := r.word(i)
	if days, ok := map[string]int{"today": 0, "yesterday": -1, "tomorrow": 1}[w]; ok {
		if part := dayParts[r.word(i+1)]; part != "" {
			return r.add(i, 2, timeTime, r.counted(days, "T"+part))
		}
		return r.add(i, 1, timeDate, r.counted(days, ""))
	}
	switch {
	case w == "the" && r.word(i+1) == "day" && r.word(i+2) == "before" && r.word(i+3) == "yesterday":
		return r.add(i, 4, timeDate, r.counted(-2, ""))
	case w == "the" && r.word(i+1) == "day" && r.word(i+2) == "after" && r.word(i+3) == "tomorrow":
		return r.add(i, 4, timeDate, r.counted(2, ""))
	case w == "tonight":
		return r.add(i, 1, timeTime, r.counted(0, "TNI"))
	case w == "overnight":
		return r.add(i, 1, timeTime, r.counted(-1, "TNI"))
	case w == "last" && r.word(i+1) == "night":
		return r.add(i, 2, timeTime, r.counted(-1, "TNI"))
	case w == "this" && dayParts[r.word(i+1)] != "":
		return r.add(i, 2, timeTime, r.counted(0, "T"+dayParts[r.word(i+1)]))
	case w == "the" && (r.word(i+1) == "future" || r.word(i+1) == "past" || r.word(i+1) == "present") && !strings.HasPrefix(r.d.Tokens[min(i+2, r.s.Last-1)].Tag, "NN") && r.unit(i+2) == "" && !r.counts(i+2):
		return r.add(i, 2, timeDate, news.When{Value: strings.ToUpper(r.word(i+1)) + "_REF", How: "no date"})
	}
	if value := references[w]; value != "" && strings.HasPrefix(r.d.Tokens[i].Tag, "RB") {
		return r.add(i, 1, timeDate, news.When{Value: value, How: "no date"})
	}
	return 0
}

// counts tells that a number opens at token i.
func (r *timeReader) counts(i int) bool {
	_, tokens := r.number(i)
	return tokens > 0
}

// repeated reads "every week", "each year", "daily", "twice a month".
func (r *timeReader) repeated(i int) int {
	w := r.word(i)
	if value := shares[w]; value != "" {
		return r.add(i, 1, timeSet, news.When{Value: value, How: "again and again"})
	}
	if w == "every" || w == "each" {
		n, tokens := r.number(i + 1)
		if tokens == 0 {
			n = 1
		}
		if u := r.unit(i + 1 + tokens); u != "" {
			return r.add(i, 2+tokens, timeSet, news.When{Value: duration(n, units[u]), How: "again and again"})
		}
		if part := dayParts[r.word(i+1)]; part != "" {
			return r.add(i, 2, timeSet, news.When{Value: "XXXX-XX-XXT" + part, How: "again and again"})
		}
		return 0
	}
	k := i
	switch {
	case w == "once" || w == "twice":
		k++
	case strings.HasPrefix(r.word(i+1), "time") && (counting[w] > 1 || r.d.Tokens[i].Tag == "CD"):
		k += 2
	default:
		return 0
	}
	if (r.word(k) == "a" || r.word(k) == "per" || r.word(k) == "every" || r.word(k) == "each") && r.unit(k+1) != "" {
		return r.add(i, k+2-i, timeSet, news.When{Value: duration(1, units[r.unit(k+1)]), How: "again and again"})
	}
	return 0
}

// duration is the value of n units, of which -1 is a number that is not told.
func duration(n int, unit string) string {
	count := strconv.Itoa(n)
	if n < 0 {
		count = "X"
	}
	switch unit {
	case "TS", "TM", "TH":
		return "PT" + count + unit[1:]
	case "2W", "3M":
		if n > 0 {
			return "P" + strconv.Itoa(n*int(unit[0]-'0')) + unit[1:]
		}
		return "PX" + unit[1:]
	case "C":
		if n > 0 {
			return fmt.Sprintf("P%dE", 10*n)
		}
		return "PXE"
	}
	return "P" + count + unit
}

// relative reads "last month", "this week", "earlier this year", "the previous day", "the weekend", "the past three years".
func (r *timeReader) relative(i int) int {
	start := i
	for w := r.word(i); w == "earlier" || w == "later" || w == "early" || w == "late"; w = r.word(i) {
		i++
	}
	k := i
	if r.word(k) == "the" {
		k++
	}
	by, fromTold := 0, false
	switch w := r.word(k); w {
	case "last", "past":
		by = -1
	case "next", "coming", "upcoming":
		by = 1
		fromTold = k > i && r.unit(k+1) == "day"
	case "this", "current":
		by = 0
	case "previous", "preceding":
		by, fromTold = -1, true
	case "following":
		by, fromTold = 1, true
	case "same":
		by, fromTold = 0, true
	case "weekend":
		if k == i {
			return 0
		}
		k-- // "over the weekend"
		by = 0
		if !r.future(i) {
			by = -1
		}
	default:
		return 0
	}
	k++
	if n, tokens := r.number(k); tokens > 0 && r.unit(k+tokens) != "" && (n != 1 || r.word(k) == "one") {
		return r.add(start, k+tokens+1-start, timeDuration, news.When{Value: duration(n, units[r.unit(k+tokens)]), How: "a while up to or from a day"})
	}
	u := r.unit(k)
	if m := monthOf(r.word(k)); u == "" && m != 0 && r.d.Word(k) != r.word(k) {
		w := news.When{Precision: news.Month, Value: fmt.Sprintf("XXXX-%02d", m), How: unknownDay}
		if r.dated {
			y := r.anchor.Year()
			switch {
			case by < 0 && m >= int(r.anchor.Month()):
				y--
			case by > 0 && m <= int(r.anchor.Month()):
				y++
			}
			w = monthWhen(y, m, "counted from the story's date")
		}
		return r.add(start, k+1-start, timeDate, w)
	}
	if code := seasons[r.word(k)]; u == "" && code != "" && (r.word(k) != "fall" || strings.HasPrefix(r.d.Tokens[k].Tag, "NN")) {
		w := news.When{Precision: news.Month, Value: "XXXX-" + code, How: unknownDay}
		if r.dated {
			y := r.anchor.Year() + by
			if from, to := seasonDays(y, code); by < 0 {
				if to2 := to.AddDate(1, 0, 0); to2.Before(r.anchor) {
					from, to, y = from.AddDate(1, 0, 0), to2, y+1 // this year's is over: that is the last one
				}
				w = span(from, to, news.Month, fmt.Sprintf("%d-%s", y, code), "counted from the story's date")
			} else {
				if from2 := from.AddDate(-1, 0, 0); by > 0 && from2.After(r.anchor) {
					from, to, y = from2, to.AddDate(-1, 0, 0), y-1
				}
				w = span(from, to, news.Month, fmt.Sprintf("%d-%s", y, code), "counted from the story's date")
			}
		}
		return r.add(start, k+1-start, timeDate, w)
	}
	if u == "" || u == "night" || units[u][0] == 'T' || r.word(k) != u {
		return 0
	}
	if u == "day" && !fromTold && by <= 0 {
		return 0
	}
	base, known := r.anchor, r.dated
	if fromTold {
		base, known = r.told, r.known
	}
	return r.add(start, k+1-start, timeDate, calendarUnit(u, by, base, known))
}

// calendarUnit is the unit of the calendar so many from the one that a day is in.
func calendarUnit(unit string, by int, base time.Time, known bool) news.When {
	precision := map[string]news.Precision{
		"day": news.Day, "week": news.Week, "weekend": news.Week, "fortnight": news.Week, "month": news.Month, "quarter": news.Month, "year": news.Year, "decade": news.Year, "century": news.Year,
	}[unit]
	how := "counted from the story's date"
	if !known {
		value := map[string]string{"day": "XXXX-XX-XX", "week": "XXXX-WXX", "weekend": "XXXX-WXX-WE", "month": "XXXX-XX", "quarter": "XXXX-QX", "year": "XXXX", "decade": "XXX", "century": "XX"}[unit]
		return news.When{Precision: precision, Value: value, How: unknownDay}
	}
	switch unit {
	case "day":
		return exact(base.AddDate(0, 0, by), how)
	case "week", "fortnight":
		monday := base.AddDate(0, 0, -(int(base.Weekday())+6)%7+7*by)
		y, w := monday.ISOWeek()
		return span(monday, monday.AddDate(0, 0, 6), precision, fmt.Sprintf("%04d-W%02d", y, w), how)
	case "weekend":
		monday := base.AddDate(0, 0, -(int(base.Weekday())+6)%7+7*by)
		if by < 0 && base.Weekday() == time.Sunday {
			monday = monday.AddDate(0, 0, 7) // told on its Sunday
		}
		y, w := monday.ISOWeek()
		return span(monday.AddDate(0, 0, 5), monday.AddDate(0, 0, 6), precision, fmt.Sprintf("%04d-W%02d-WE", y, w), how)
	case "month":
		from := time.Date(base.Year(), base.Month()+time.Month(by), 1, 0, 0, 0, 0, time.UTC)
		return span(from, from.AddDate(0, 1, -1), precision, from.Format("2006-01"), how)
	case "quarter":
		from := time.Date(base.Year(), base.Month()-(base.Month()-1)%3+time.Month(3*by), 1, 0, 0, 0, 0, time.UTC)
		return span(from, from.AddDate(0, 3, -1), precision, fmt.Sprintf("%04d-Q%d", from.Year(), (int(from.Month())+2)/3), how)
	case "decade":
		y := base.Year()/10*10 + 10*by
		return years(y, 10, fmt.Sprintf("%03d", y/10), how)
	case "century":
		y := base.Year()/100*100 + 100*by
		return years(y, 100, fmt.Sprintf("%02d", y/100), how)
	}
	y := base.Year() + by
	return years(y, 1, fmt.Sprintf("%04d", y), how)
}

func years(y, n int, value, how string) news.When {
	from := time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC)
	return span(from, from.AddDate(n, 0, -1), news.Year, value, how)
}

func monthWhen(y, m int, how string) news.When {
	from := time.Date(y, time.Month(m), 1, 0, 0, 0, 0, time.UTC)
	return span(from, from.AddDate(0, 1, -1), news.Month, fmt.Sprintf("%04d-%02d", y, m), how)
}

func seasonDays(y int, code string) (from, to time.Time) {
	m := map[string]time.Month{"SP": 3, "SU": 6, "FA": 9, "WI": 12}[code]
	from = time.Date(y, m, 1, 0, 0, 0, 0, time.UTC)
	return from, from.AddDate(0, 3, -1)
}

// shifted reads "three days ago", "a week earlier", "two years later", "the day before", "in three days".
func (r *timeReader) shifted(i int) int {
	start := i
	n, tokens := r.number(i)
	if r.word(i) == "the" && (r.unit(i+1) == "day" || r.unit(i+1) == "week" || r.unit(i+1) == "month" || r.unit(i+1) == "year" || r.unit(i+1) == "night") {
		n, tokens = 1, 1
		if w := r.word(i + 2); w != "before" && w != "after" {
			return 0
		}
	}
	in := r.word(i) == "in" || r.word(i) == "within"
	if in {
		if n, tokens = r.number(i + 1); tokens == 0 {
			return 0
		}
		i++
	}
	for w := r.word(i); w == "about" || w == "some" || w == "around" || w == "nearly" || w == "almost"; w = r.word(i) {
		i++
		n, tokens = r.number(i)
	}
	u := r.unit(i + tokens)
	if tokens == 0 || u == "" {
		return 0
	}
	k := i + tokens + 1
	base, known := r.told, r.known
	sign := 0
	switch w := r.word(k); w {
	case "ago":
		sign, base, known = -1, r.anchor, r.dated
	case "earlier", "before", "previously":
		sign = -1
	case "later", "after", "afterwards":
		sign = 1
	case "from":
		if r.word(k+1) != "now" && r.word(k+1) != "today" {
			return 0
		}
		sign, base, known = 1, r.anchor, r.dated
		k++
	case "hence":
		sign, base, known = 1, r.anchor, r.dated
	default:
		if !in || !r.future(i) || r.word(start) == "within" {
			return 0
		}
		sign, base, known = 1, r.anchor, r.dated
		k--
	}
	if w := r.word(k); (w == "before" || w == "after") && !in && start == i && r.word(start) != "the" && k+1 < r.s.Last && !strings.ContainsAny(r.word(k+1), ".,;") {
		return 0 // "three days after the attack": the attack's date tells
	}
	if w := r.word(k); (w == "before" || w == "after") && r.word(start) == "the" && k+1 < r.s.Last && !strings.ContainsAny(r.word(k+1), ".,;)") && r.d.Tokens[k+1].Tag != "VBD" {
		return 0
	}
	if n < 0 {
		value := "PAST_REF"
		if sign > 0 {
			value = "FUTURE_REF"
		}
		return r.add(start, k+1-start, timeDate, news.When{Value: value, How: "no date"})
	}
	if !known {
		w := calendarUnit(u, 0, base, false)
		if u == "night" || units[u][0] == 'T' {
			w = news.When{Precision: news.Day, Value: "XXXX-XX-XX", How: unknownDay}
		}
		return r.add(start, k+1-start, timeDate, w)
	}
	if units[u][0] == 'T' {
		return r.add(start, k+1-start, timeTime, exact(base, "hours from a day that the text told"))
	}
	by := sign * n
	switch u {
	case "night", "weekend":
		u = "day"
	case "fortnight":
		return r.add(start, k+1-start, timeDate, calendarUnit("week", 2*by, base, true))
	case "week":
		if n < 4 && r.word(k) != "ago" {
			// "a week later" is a day
			return r.add(start, k+1-start, timeDate, exact(base.AddDate(0, 0, 7*by), "counted from the last date of the text"))
		}
	}
	return r.add(start, k+1-start, timeDate, calendarUnit(u, by, base, true))
}

// month reads "May 2014", "in May", "mid-March".
func (r *timeReader) month(i int) int {
	start := i
	for w := r.word(i); w == "early" || w == "late" || w == "mid"; w = r.word(i) {
		i++
		if r.word(i) == "-" {
			i++
		}
	}
	w := r.word(i)
	m := monthOf(w)
	if m == 0 || r.d.Word(i) == w {
		return 0
	}
	if y := year(r.word(i + 1)); y != 0 {
		return r.add(start, i+2-start, timeDate, monthWhen(y, m, "a month and its year"))
	}
	if (r.word(i+1) == "of" || r.word(i+1) == ",") && year(r.word(i+2)) != 0 {
		return r.add(start, i+3-start, timeDate, monthWhen(year(r.word(i+2)), m, "a month and its year"))
	}
	if w == "may" || w == "march" || w == "mar" || w == "sept" || len(w) < 5 && !strings.HasSuffix(w, ".") && w != "june" && w != "july" {
		switch r.word(start - 1) {
		case "in", "since", "until", "till", "by", "of", "from", "through", "to", "during", "between", "and":
		default:
			if start == i {
				return 0
			}
		}
		if !strings.HasPrefix(r.d.Tokens[i].Tag, "NN") {
			return 0
		}
	}
	if w := r.word(start - 1); start > r.s.First && strings.HasPrefix(r.d.Tokens[start-1].Tag, "NNP") && monthOf(w) == 0 {
		return 0 // April in a person's name
	}
	if !r.dated {
		md := fmt.Sprintf("XXXX-%02d", m)
		return r.add(start, i+1-start, timeDate, news.When{Precision: news.Month, Value: md, How: "a month whose year is not told"})
	}
	y := r.anchor.Year()
	switch ahead := r.future(i); {
	case !ahead && m > int(r.anchor.Month()):
		y--
	case ahead && m < int(r.anchor.Month()):
		y++
	}
	return r.add(start, i+1-start, timeDate, monthWhen(y, m, "the last such month up to the story's date, or the next where it is to come"))
}

// season reads "summer 2014", "the winter of 2010", "in spring".
func (r *timeReader) season(i int) int {
	start := i
	if r.word(i) == "the" {
		i++
	}
	code := seasons[r.word(i)]
	if code == "" || !strings.HasPrefix(r.d.Tokens[i].Tag, "NN") {
		return 0
	}
	k := i + 1
	if r.word(k) == "of" {
		k++
	}
	if y := year(r.word(k)); y != 0 {
		from, to := seasonDays(y, code)
		return r.add(start, k+1-start, timeDate, span(from, to, news.Month, fmt.Sprintf("%d-%s", y, code), "a season and its year"))
	}
	return 0
}

// quarter reads "the first quarter of 2016" and "Q1 2016".
func (r *timeReader) quarter(i int) int {
	start, q := i, 0
	if r.word(i) == "the" {
		i++
	}
	if w := r.word(i); len(w) == 2 && w[0] == 'q' && w[1] >= '1' && w[1] <= '4' {
		q = int(w[1] - '0')
		i++
	} else if k := slices.Index(ordinals, w); k > 0 && r.word(i+1) == "quarter" {
		q = k
		i += 2
	}
	if q == 0 {
		return 0
	}
	if r.word(i) == "of" {
		i++
	}
	if y := year(r.word(i)); y != 0 {
		from := time.Date(y, time.Month(3*q-2), 1, 0, 0, 0, 0, time.UTC)
		return r.add(start, i+1-start, timeDate, span(from, from.AddDate(0, 3, -1), news.Month, fmt.Sprintf("%d-Q%d", y, q), "a quarter and its year"))
	}
	return 0
}

// decade reads "the 1990s", "the '90s", "the 19th century".
func (r *timeReader) decade(i int) int {
	start := i
	if r.word(i) == "the" {
		i++
	}
	for w := r.word(i); w == "early" || w == "late" || w == "mid"; w = r.word(i) {
		i++
		if r.word(i) == "-" {
			i++
		}
	}
	text := r.word(i)
	end := i
	if text == "'" || text == "’" || text == "‘" {
		end++
		text = r.word(end)
	} else if w := r.word(i + 1); w == "s" && i+1 < r.s.Last && r.d.Tokens[i].End == r.d.Tokens[i+1].Start {
		end++
		text += "s"
	}
	if m := decade.FindStringSubmatch(text); m != nil {
		y, _ := strconv.Atoi(m[1])
		if len(m[1]) == 2 {
			if start == i && end == i {
				return 0 // "the" or an apostrophe goes before 90s
			}
			y += 1900
		}
		if y < 1000 || y%10 != 0 {
			return 0
		}
		return r.add(start, end+1-start, timeDate, years(y, 10, fmt.Sprintf("%03d", y/10), "a decade"))
	}
	if m := century.FindStringSubmatch(r.word(i)); m != nil && r.word(i+1) == "century" {
		c, _ := strconv.Atoi(m[1])
		if c > 1 && c < 23 {
			return r.add(start, i+2-start, timeDate, years(100*(c-1), 100, fmt.Sprintf("%02d", c-1), "a century"))
		}
	}
	return 0
}

// clockTime reads "9 a.m.", "5:40 pm", "noon", "14:00 GMT".
func (r *timeReader) clockTime(i int) int {
	w := r.word(i)
	date := news.When{Value: "XXXX-XX-XX"}
	if r.dated {
		date = news.When{Value: r.anchor.Format(day)}
	}
	if n := len(r.found); n > 0 && r.found[n-1].last >= i-2 && r.found[n-1].when.Precision == news.Day {
		date = r.found[n-1].when
		date.Value, _, _ = strings.Cut(date.Value, "T")
	}
	date.How = "a time of day"
	if w == "noon" || w == "midnight" {
		date.Value += map[string]string{"noon": "T12:00", "midnight": "T24:00"}[w]
		return r.add(i, 1, timeTime, date)
	}
	hour, minute, k := -1, 0, i+1
	if m := clock.FindStringSubmatch(w); m != nil {
		hour, _ = strconv.Atoi(m[1])
		minute, _ = strconv.Atoi(m[2])
	} else if n, ok := digits(w); ok && n >= 1 && n <= 12 && len(w) < 3 {
		hour = n
	} else if ok && len(w) == 4 && (r.word(k) == "gmt" || r.word(k) == "utc" || r.word(k) == "hours") {
		hour, minute = n/100, n%100
	}
	if hour < 0 || hour > 24 || minute > 59 {
		return 0
	}
	half := strings.ReplaceAll(r.word(k), ".", "")
	switch {
	case half == "am" || half == "pm":
		k++
		if half == "pm" && hour < 12 {
			hour += 12
		}
		if half == "am" && hour == 12 {
			hour = 0
		}
	case strings.HasPrefix(r.word(k), "o'clock") || r.word(k) == "o’clock":
		k++
	case clock.MatchString(w) && strings.Contains(w, ":") || r.word(k) == "gmt" || r.word(k) == "utc":
	default:
		return 0
	}
	if z := r.word(k); z == "gmt" || z == "utc" || z == "est" || z == "edt" || z == "local" || z == "hours" || z == "cet" {
		k++
		if z == "local" && r.word(k) == "time" {
			k++
		}
	}
	date.Value += fmt.Sprintf("T%02d:%02d", hour, minute)
	return r.add(i, k-i, timeTime, date)
}

// feast reads the days of the year that have names.
func (r *timeReader) feast(i int) int {
	for n := 4; n > 0; n-- {
		var words []string
		for k := range n {
			words = append(words, strings.ReplaceAll(r.word(i+k), "’", "'"))
		}
		md, ok := feasts[strings.Join(words, " ")]
		if !ok || r.d.Word(i) == r.word(i) {
			continue
		}
		y := year(r.word(i + n))
		tokens := n
		if y != 0 {
			tokens++
		} else if r.dated {
			y = r.anchor.Year()
			if date := time.Date(y, time.Month(md[0]), md[1], 0, 0, 0, 0, time.UTC); !r.future(i) && date.After(r.anchor) {
				y--
			}
		}
		if y == 0 {
			value := fmt.Sprintf("--%02d-%02d", md[0], md[1])
			return r.add(i, tokens, timeDate, news.When{From: value, To: value, Precision: news.Day, Value: "XXXX" + value[1:], How: "a day whose year is not told"})
		}
		return r.add(i, tokens, timeDate, exact(time.Date(y, time.Month(md[0]), md[1], 0, 0, 0, 0, time.UTC), "a feast"))
	}
	return 0
}

// year reads a year where its place says that it is none but that: after a preposition of time, or in brackets.
func (r *timeReader) year(i int) int {
	start := i
	for w := r.word(i); w == "early" || w == "late" || w == "mid"; w = r.word(i) {
		i++
		if r.word(i) == "-" {
			i++
		}
	}
	y := year(r.word(i))
	if y == 0 {
		return 0
	}
	ok := start < i
	switch r.word(start - 1) {
	case "in", "since", "of", "by", "from", "until", "till", "during", "before", "after", "to", "between", "and", "through", "year", "circa", "(", "–", "—":
		ok = true
	case "the":
		ok = strings.HasPrefix(r.d.Tokens[min(i+1, r.s.Last-1)].Tag, "NN") // "the 2015 attack"
	}
	if w := r.word(i + 1); strings.HasPrefix(r.d.Tokens[min(i+1, r.s.Last-1)].Tag, "NNS") && r.word(start-1) != "the" || w == "%" || w == "percent" {
		ok = false // "of 2000 people"
	}
	if !ok {
		return 0
	}
	return r.add(start, i+1-start, timeDate, years(y, 1, strconv.Itoa(y), "a year"))
}

// duration reads "three days", "a 10-day visit", "several months", "for decades", "half an hour".
func (r *timeReader) duration(i int) int {
	if r.word(i) == "half" && (r.word(i+1) == "a" || r.word(i+1) == "an") && r.unit(i+2) != "" {
		value := map[string]string{"hour": "PT30M", "year": "P6M", "century": "P5E", "decade": "P5Y", "day": "PT12H"}[r.unit(i+2)]
		if value != "" {
			return r.add(i, 3, timeDuration, news.When{Value: value, How: "how long"})
		}
	}
	if u := r.unit(i); u != "" && r.word(i) != u && (r.word(i-1) == "for" || r.word(i-1) == "in" || u == "decade" || u == "century") && u != "second" && u != "quarter" {
		return r.add(i, 1, timeDuration, news.When{Value: duration(-1, units[u]), How: "how long"})
	}
	n, tokens := r.number(i)
	if tokens == 0 {
		return 0
	}
	k := i + tokens
	hyphen := r.word(k) == "-"
	if hyphen {
		k++
	}
	u := r.unit(k)
	if u == "" || (r.word(i) == "a" || r.word(i) == "an") && tokens == 1 && !slices.Contains([]string{"for", "in", "within", "over", "after", "than", "about"}, r.word(i-1)) ||
		u == "quarter" || u == "second" && r.word(k) == "second" && !hyphen || u == "weekend" && n == 1 {
		return 0
	}
	if hyphen && (r.word(k+1) == "-" && r.word(k+2) == "old") || r.word(k+1) == "old" {
		return 0 // an age
	}
	return r.add(i, k+1-i, timeDuration, news.When{Value: duration(n, units[u]), How: "how long"})
}

// Time is a time expression of a story.
type Time struct {
	Type string // TIMEX3's: DATE, TIME, DURATION or SET
	news.When
}

// Times are the time expressions of a Doc, resolved against the day that its story was published, in the order of the text.
func (x *Extractor) Times(d *nlp.Doc, published string) []Time {
	index := news.NewIndex(d.Text)
	var all []Time
	for _, t := range findTimes(d, published) {
		t.when.Span = index.Span(d.Tokens[t.first].Start, d.Tokens[t.last-1].End)
		all = append(all, Time{string(t.kind), t.when})
	}
	return all
}
