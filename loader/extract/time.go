package extract

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"newsgraph/loader/nlp"
	"newsgraph/news"
)

var weekdays = map[string]time.Weekday{
	"monday": time.Monday, "tuesday": time.Tuesday, "wednesday": time.Wednesday, "thursday": time.Thursday, "friday": time.Friday,
	"saturday": time.Saturday, "sunday": time.Sunday,
}

var months = []string{"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"}

const day = "2006-01-02"

// timeAt is a time expression: tokens first to last, half-open.
type timeAt struct {
	first, last int
	when        news.When
}

// times finds the time expressions of a sentence and resolves them against the story's date. Without one, what depends on it
// keeps its words and a value that says what is not known.
func times(d *nlp.Doc, s nlp.Sentence, published string) []timeAt {
	var found []timeAt
	anchor, err := time.Parse(day, published)
	dated := err == nil
	word := func(i int) string {
		if i < s.First || i >= s.Last {
			return ""
		}
		return strings.ToLower(d.Word(i))
	}
	add := func(first, last int, w news.When) {
		w.Text = d.Words(first, last)
		found = append(found, timeAt{first, last, w})
	}
	for i := s.First; i < s.Last; i++ {
		w := word(i)
		if wd, ok := weekdays[w]; ok {
			// "Tuesday, 9 January" is read from its date.
			if _, _, ok := monthDay(word, i+1); ok {
				continue
			}
			if word(i+1) == "," {
				if _, _, ok := monthDay(word, i+2); ok {
					continue
				}
			}
			iso := (int(wd)+6)%7 + 1
			when := news.When{Precision: news.Day, Value: fmt.Sprintf("XXXX-WXX-%d", iso), How: "a weekday, and the story has no date"}
			if dated {
				back := (int(anchor.Weekday()) - int(wd) + 7) % 7
				date, how := anchor.AddDate(0, 0, -back), "the last such weekday up to the story's date"
				if future(d, s, i) && back != 0 || word(i-1) == "next" {
					date, how = anchor.AddDate(0, 0, 7-back), "the next such weekday after the story's date"
				} else if word(i-1) == "last" && back == 0 {
					date = date.AddDate(0, 0, -7)
				}
				when = exact(date, how)
			}
			add(i, i+1, when)
			continue
		}
		if m, k, ok := monthDay(word, i); ok {
			first, last := i, k
			dd := m.day
			year := m.year
			if year == 0 && dated {
				year = anchor.Year()
				if d := time.Date(year, time.Month(m.month), dd, 0, 0, 0, 0, time.UTC); d.After(anchor.AddDate(0, 2, 0)) {
					year--
				}
			}
			if year == 0 {
				md := fmt.Sprintf("--%02d-%02d", m.month, dd)
				add(first, last, news.When{From: md, To: md, Precision: news.Day, Value: "XXXX" + md[1:], How: "a day whose year is not told"})
			} else {
				how := "a day of the year nearest to the story's date"
				if m.year != 0 {
					how = "a full date"
				}
				add(first, last, exact(time.Date(year, time.Month(m.month), dd, 0, 0, 0, 0, time.UTC), how))
			}
			i = last - 1
			continue
		}
		if k := slices.Index(months, w); k >= 0 && d.Word(i) != w && w != "may" && w != "march" || k >= 0 && year(word(i+1)) != 0 {
			if y := year(word(i + 1)); y != 0 {
				from := time.Date(y, time.Month(k+1), 1, 0, 0, 0, 0, time.UTC)
				add(i, i+2, span(from, from.AddDate(0, 1, -1), news.Month, fmt.Sprintf("%04d-%02d", y, k+1), "a month and its year"))
				i++
			} else if dated {
				y := anchor.Year()
				if k+1 > int(anchor.Month()) {
					y--
				}
				from := time.Date(y, time.Month(k+1), 1, 0, 0, 0, 0, time.UTC)
				add(i, i+1, span(from, from.AddDate(0, 1, -1), news.Month, fmt.Sprintf("%04d-%02d", y, k+1), "the last such month up to the story's date"))
			}
			continue
		}
		if w == "in" || w == "since" {
			if y := year(word(i + 1)); y != 0 {
				from := time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC)
				add(i+1, i+2, span(from, from.AddDate(1, 0, -1), news.Year, strconv.Itoa(y), "a year"))
				i++
			}
			continue
		}
		if step := map[string]int{"today": 0, "yesterday": -1, "tomorrow": 1}; w == "today" || w == "yesterday" || w == "tomorrow" {
			when := news.When{Precision: news.Day, Value: "XXXX-XX-XX", How: "counted from the story's date, which is not known"}
			if dated {
				when = exact(anchor.AddDate(0, 0, step[w]), "counted from the story's date")
			}
			add(i, i+1, when)
			continue
		}
		if by, ok := map[string]int{"last": -1, "this": 0, "next": 1}[w]; ok {
			if when, ok := relative(word(i+1), by, anchor, dated); ok {
				add(i, i+2, when)
				i++
			}
		}
	}
	return found
}

// relative is last, this or next week, month or year.
func relative(unit string, by int, anchor time.Time, dated bool) (news.When, bool) {
	precision, ok := map[string]news.Precision{"week": news.Week, "month": news.Month, "year": news.Year}[unit]
	if !ok {
		return news.When{}, false
	}
	if !dated {
		return news.When{Precision: precision, Value: map[string]string{"week": "XXXX-WXX", "month": "XXXX-XX", "year": "XXXX"}[unit], How: "counted from the story's date, which is not known"}, true
	}
	how := "counted from the story's date"
	switch unit {
	case "week":
		monday := anchor.AddDate(0, 0, -(int(anchor.Weekday())+6)%7+7*by)
		y, w := monday.ISOWeek()
		return span(monday, monday.AddDate(0, 0, 6), precision, fmt.Sprintf("%04d-W%02d", y, w), how), true
	case "month":
		from := time.Date(anchor.Year(), anchor.Month()+time.Month(by), 1, 0, 0, 0, 0, time.UTC)
		return span(from, from.AddDate(0, 1, -1), precision, from.Format("2006-01"), how), true
	}
	from := time.Date(anchor.Year()+by, 1, 1, 0, 0, 0, 0, time.UTC)
	return span(from, from.AddDate(1, 0, -1), precision, from.Format("2006"), how), true
}

func exact(date time.Time, how string) news.When {
	return span(date, date, news.Day, date.Format(day), how)
}

func span(from, to time.Time, p news.Precision, value, how string) news.When {
	return news.When{From: from.Format(day), To: to.Format(day), Precision: p, Value: value, How: how}
}

func year(w string) int {
	y, err := strconv.Atoi(w)
	if err != nil || len(w) != 4 || y < 1800 || y > 2100 {
		return 0
	}
	return y
}

type calendarDay struct{ month, day, year int }

// monthDay reads "January 9", "9 January", "Jan. 9, 2024" from token i on; k is the token after it.
func monthDay(word func(int) string, i int) (c calendarDay, k int, ok bool) {
	month := func(w string) int {
		w = strings.TrimSuffix(w, ".")
		for n, m := range months {
			if w == m || len(w) >= 3 && len(w) <= 4 && strings.HasPrefix(m, w) {
				return n + 1
			}
		}
		return 0
	}
	number := func(w string) int {
		for _, suffix := range []string{"st", "nd", "rd", "th"} {
			w = strings.TrimSuffix(w, suffix)
		}
		n, err := strconv.Atoi(w)
		if err != nil || n < 1 || n > 31 {
			return 0
		}
		return n
	}
	if m, n := month(word(i)), number(word(i+1)); m != 0 && n != 0 {
		c, k = calendarDay{month: m, day: n}, i+2
	} else if m, n := month(word(i+1)), number(word(i)); m != 0 && n != 0 {
		c, k = calendarDay{month: m, day: n}, i+2
	} else {
		return c, i, false
	}
	if y := year(word(k)); y != 0 {
		c.year, k = y, k+1
	} else if y := year(word(k + 1)); word(k) == "," && y != 0 {
		c.year, k = y, k+2
	}
	if t := time.Date(2024, time.Month(c.month), c.day, 0, 0, 0, 0, time.UTC); int(t.Month()) != c.month {
		return c, i, false
	}
	return c, k, true
}

// future tells that the verb that a time hangs on is told to come: will, to.
func future(d *nlp.Doc, s nlp.Sentence, i int) bool {
	for k := d.Tokens[i].Head; k >= 0; k = d.Tokens[k].Head {
		if !strings.HasPrefix(d.Tokens[k].Tag, "VB") {
			continue
		}
		for c := s.First; c < s.Last; c++ {
			if d.Tokens[c].Head == k && d.Tokens[c].Relation == "aux" && d.Tokens[c].Lemma == "will" {
				return true
			}
		}
		return false
	}
	return false
}

// Times are the time expressions of a Doc, resolved against the day that its story was published, in the order of the text.
func (x *Extractor) Times(d *nlp.Doc, published string) []news.When {
	index := news.NewIndex(d.Text)
	var all []news.When
	for _, s := range d.Sentences {
		for _, t := range times(d, s, published) {
			t.when.Span = index.Span(d.Tokens[t.first].Start, d.Tokens[t.last-1].End)
			all = append(all, t.when)
		}
	}
	return all
}
