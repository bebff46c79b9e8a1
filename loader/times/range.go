package times

import (
	"strings"
	"time"
)

// rangeFrom makes the two ends of what was just read agree where the words join them: a weekday is no later than the one that it goes on
// to, and a day or month has the year that the other end tells.
func (r *reading) rangeFrom() {
	n := len(r.before) - 1
	if n < 1 || n-1 < r.own {
		return
	}
	p, t := r.before[n-1], r.before[n]
	joint, before := r.at(p.last), r.at(p.first-1).lower
	if t.first != p.last+1 || p.grain != t.grain || p.loose || t.loose || p.adrift != "" || t.adrift != "" {
		return
	}
	ranged := joint.any("to", "until", "till", "through", "-") || joint.lower == "and" && before == "between"
	if !ranged && !joint.any("and", "or", ",") {
		return
	}
	weekdays := p.how == t.how && (t.how == lastSuch || t.how == nextSuch)
	switch {
	case weekdays && p.from.After(t.from) && t.how == lastSuch:
		r.redate(n-1, p.from.AddDate(0, 0, -7), p.how)
	case weekdays && p.from.After(t.from):
		r.redate(n, t.from.AddDate(0, 0, 7), t.how)
	case p.grain != aDay && p.grain != aMonth || weekdays:
	case t.told && !p.told:
		if month, dom := p.anniversary(); month > 0 && t.known() {
			year := t.from.Year()
			if dateOf(year, month, dom).After(t.from) {
				year--
			}
			if isDate(year, month, dom) {
				r.redate(n-1, dateOf(year, month, dom), "in the year of the end that it is told with")
			}
		}
	case p.told && !t.told:
		if month, dom := t.anniversary(); month > 0 && p.known() {
			year := p.from.Year()
			if dateOf(year, month, dom).Before(p.from) {
				year++
			}
			if isDate(year, month, dom) {
				r.redate(n, dateOf(year, month, dom), "in the year of the end that it is told with")
			}
		}
	case !ranged || !p.known() || !t.known() || !p.from.After(t.from) || !r.dated:
	case p.from.After(r.anchor):
		r.redate(n, t.from.AddDate(1, 0, 0), t.how)
	default:
		r.redate(n-1, p.from.AddDate(-1, 0, 0), p.how)
	}
}

// anniversary is the month, and the day in it or 1, of a day or month without its year; zeros if t is something else.
func (t timex) anniversary() (month, dom int) {
	switch {
	case t.monthDay != "":
		return atoi(t.monthDay[2:4]), atoi(t.monthDay[5:7])
	case t.known():
		return int(t.from.Month()), t.from.Day()
	case t.grain == aMonth && len(t.value) == len("XXXX-05"):
		return atoi(t.value[5:]), 1
	}
	return 0, 0
}

// redate moves an expression that was read before to another stretch of its grain.
func (r *reading) redate(i int, from time.Time, how string) {
	old := r.before[i]
	t := period(old.grain, from, how)
	if _, part, ok := strings.Cut(old.value, "T"); ok && old.kind == TimeOfDay {
		t = t.part("T" + part)
	}
	t.first, t.last, t.told = old.first, old.last, old.told
	r.before[i], r.all[i].When = t, t.when(r.all[i].Text)
}
