package times

import (
	"strings"

	"newsgraph/loader/nlp"
)

// Intervals are the expressions of one sentence that can date an event, in the order of the text: neither durations nor sets, nor
// "recently", nor "at noon" where nothing tells the day. Dates that the words join are one interval: "from May 3 to May 5".
func (g *Grammar) Intervals(d *nlp.Doc, in []Expression, published string) []Expression {
	var all []Expression
	for _, t := range in {
		if !t.dates() {
			continue
		}
		if n := len(all); n > 0 && joined(d, all[n-1], t) {
			all[n-1] = all[n-1].until(t, d)
			continue
		}
		all = append(all, t)
	}
	return all
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

// joined tells that the words make one interval of two dates: "5-7 May", "from Monday to Friday", "between 1991 and 1995".
func joined(d *nlp.Doc, from, to Expression) bool {
	if to.First != from.Last+1 || !from.Dated() || !to.Dated() || to.From < from.From {
		return false
	}
	before := ""
	if from.First > 0 {
		before = strings.ToLower(d.Word(from.First - 1))
	}
	switch strings.ToLower(d.Word(from.Last)) {
	case "-", "–":
		return true
	case "to", "until", "through":
		return before == "from"
	case "and":
		return before == "between"
	}
	return false
}

// until is the interval from the first day of one date to the last of another, as ISO 8601 writes it.
func (t Expression) until(end Expression, d *nlp.Doc) Expression {
	t.Value += "/" + end.Value
	t.Last, t.To, t.Text = end.Last, end.To, d.Words(t.First, end.Last)
	t.Span.End, t.Span.RuneEnd = end.Span.End, end.Span.RuneEnd
	t.How += ", to " + end.How
	t.Precision = end.Precision
	return t
}
