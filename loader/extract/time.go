package extract

import (
	"slices"
	"strings"

	"newsgraph/loader/nlp"
	"newsgraph/loader/times"
	"newsgraph/news"
)

// Times are the time expressions of a Doc, resolved against the day that its story was published, in the order of the text. The Doc must
// have all layers.
func (x *Extractor) Times(d *nlp.Doc, published string) []times.Expression {
	return x.times.Read(d, published)
}

const day = "2006-01-02" // as news writes one

// timeAt is a time expression: tokens first to last, half-open.
type timeAt struct {
	first, last int
	when        news.When
	kind        times.Type
}

// findTimes reads the time expressions of the story.
func (r *reading) findTimes() {
	for _, t := range r.Times(r.d, r.story.Published) {
		r.times = append(r.times, timeAt{t.First, t.Last, t.When, t.Type})
	}
}

// toldOf is the day that tells how long ago a time is: its last, but of what goes on since then its first (CODING 34).
func toldOf(w news.When) string {
	if strings.HasSuffix(w.How, times.Since) {
		return w.From
	}
	return w.To
}

// timesIn are the times of a sentence, of every type.
func (r *reading) timesIn(s nlp.Sentence) []timeAt {
	at := func(token int) int {
		n, _ := slices.BinarySearchFunc(r.times, token, func(t timeAt, token int) int { return t.first - token })
		return n
	}
	return r.times[at(s.First):at(s.Last)]
}

// dates are the times of a sentence that can date an event, with the two ends of an interval as one.
func (r *reading) dates(s nlp.Sentence) []timeAt {
	var in []times.Expression
	for _, t := range r.timesIn(s) {
		in = append(in, times.Expression{When: t.when, Type: t.kind, First: t.first, Last: t.last})
	}
	var all []timeAt
	for _, t := range r.Extractor.times.Intervals(r.d, in, r.story.Published) {
		all = append(all, timeAt{t.First, t.Last, t.When, t.Type})
	}
	return all
}
