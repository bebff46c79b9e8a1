package extract

import (
	"slices"
	"strconv"
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

// carry gives reports without a date, in a sentence that tells none, the day of the news that the sentence before it tells, or one not far before, where it
// is likely that the story goes on telling of it: no other date stands between (CODING 36).
func (r *reading) carry() {
	order := r.ordered()
	dated := map[int]*news.Report{} // by sentence: the first news there that has a day
	for _, p := range order {
		if k := r.sentenceAt(p); dated[k] == nil && p.When.Dated() && !p.Background && p.Modality == news.Asserted {
			dated[k] = p
		}
	}
	for _, p := range order {
		at := r.sentenceAt(p)
		if p.When.Text != "" || p.When.From != "" || p.Modality == news.Planned || p.Modality == news.Hypothetical || len(r.dates(r.d.Sentences[at])) > 0 {
			continue
		}
		for k := at - 1; k >= max(0, at-carried); k-- {
			o := dated[k]
			if o == nil && len(r.dates(r.d.Sentences[k])) > 0 {
				break
			}
			if o == nil {
				continue
			}
			d := Decision{Model: "carry", Trigger: p.Trigger, Type: p.Type, When: o.When, Features: r.carryFeatures(p, o, at-k)}
			if r.likely(d, false) > atLeast(false) {
				p.When = o.When
				p.When.How += "; the story goes on telling of it"
			}
			break
		}
	}
}

const carried = 4 // sentences from the one that tells a day to the last that may be of it

// carryFeatures are what tells whether a report without a date is of the day of an earlier one, so many sentences before it.
func (r *reading) carryFeatures(p, o *news.Report, far int) features {
	i := r.tokenAt(p.Trigger)
	t := r.d.Tokens[i]
	s := r.d.Sentences[r.sentenceAt(p)]
	verb := t.Tag
	for _, c := range r.child(i, "aux", "aux:pass", "cop") {
		verb += " " + strings.ToLower(r.d.Word(c))
	}
	before := r.d.Text[r.d.Tokens[s.First-1].End:r.d.Tokens[s.First].Start]
	paragraph := strings.Contains(before, "\n")
	shared := "none"
	for _, role := range []news.Role{news.Source, news.Target} {
		for _, id := range p.Entities(role) {
			if slices.Contains(o.Entities(news.Source), id) || slices.Contains(o.Entities(news.Target), id) {
				shared = string(role)
			}
		}
	}
	away := "day"
	if o.When.From != o.When.To {
		away = "longer"
	} else if o.When.To < news.DaysBefore(r.story.Published, 7) {
		away = "long ago"
	}
	f := make(features, 0, 24)
	f.add("bias")
	f.add("far", strconv.Itoa(far), strconv.FormatBool(paragraph))
	f.add("verb", verb)
	f.add("rel", coarse(t.Relation))
	f.add("shared", shared)
	f.add("shared", shared, strconv.Itoa(far))
	f.add("away", away)
	f.add("away", away, strconv.FormatBool(paragraph))
	f.add("type", string(p.Type))
	f.add("types", strconv.FormatBool(p.Type == o.Type), shared)
	f.add("main", strconv.FormatBool(r.main(i)), r.pos(i))
	f.add("background", strconv.FormatBool(p.Background))
	f.add("modality", string(p.Modality))
	f.add("quoted", strconv.FormatBool(r.voiceAt(i) != nil))
	f.add("said", strconv.FormatBool(len(p.SaidBy) > 0))
	f.add("sentence", strconv.Itoa(min(r.sentenceAt(o), 3)))
	f.add("opens", strings.ToLower(r.d.Word(s.First)))
	for _, c := range r.child(i, "advmod", "mark", "det") {
		f.add("with", strings.ToLower(r.d.Word(c)))
	}
	return f
}
