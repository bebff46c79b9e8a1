package extract

import (
	"strings"

	"newsgraph/loader/nlp"
)

// A day is of the verb or the event noun that happened on it.

// days are words that name a day by themselves.
var days = wordSet("Monday Tuesday Wednesday Thursday Friday Saturday Sunday yesterday today tomorrow")

// monthNames are months as dates write them.
var monthNames = wordSet("January February March April May June July August September October November December Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec")

// dated tells that token i is a day, a month or a number.
func (r *reading) dated(i int) bool {
	w := strings.TrimSuffix(r.d.Word(i), ".")
	return days[w] || monthNames[w] || r.d.Tokens[i].Tag == "CD"
}

// mendDate hangs a day on the verb of its clause when it was hung on a name or on the subject, where nothing happens on a day ("Chad on Monday
// refused", "a storm yesterday caused"), and what is joined to a date but is none on the name before that date ("visited Chad on 4 April and Togo").
func (r *reading) mendDate(i int, s nlp.Sentence) {
	d := r.d
	t := d.Tokens[i]
	h := t.Head
	if h < 0 {
		return
	}
	if days[d.Word(i)] && strings.HasPrefix(t.Relation, "nmod") && h < i {
		on := d.Tokens[h]
		v := on.Head
		if strings.HasPrefix(on.Tag, "NNP") {
			for v >= 0 && !strings.HasPrefix(d.Tokens[v].Tag, "VB") {
				v = d.Tokens[v].Head
			}
		} else if !subjectOf(on.Relation) || i > v || t.Relation != "nmod:unmarked" {
			return
		}
		if v >= 0 && strings.HasPrefix(d.Tokens[v].Tag, "VB") {
			r.hang(i, v, strings.Replace(t.Relation, "nmod", "obl", 1))
		}
		return
	}
	if t.Relation == "conj" && strings.HasPrefix(t.Tag, "NNP") && r.dated(h) && !r.dated(i) {
		for k := h - 1; k > max(s.First, h-12) && !strings.HasPrefix(d.Tokens[k].Tag, "VB"); k-- {
			if strings.HasPrefix(d.Tokens[k].Tag, "NNP") && !r.dated(k) {
				for d.Tokens[k].Relation == "compound" || d.Tokens[k].Relation == "flat" {
					k = d.Tokens[k].Head
				}
				if !r.under(k, i) {
					r.hang(i, k, "conj")
				}
				return
			}
		}
	}
}

// mendLater hangs the second date of a verb on the noun of the vocabulary before it: "shelled Kabo on Sunday in retaliation for a raid on May 4".
func (r *reading) mendLater(i int, s nlp.Sentence) {
	d := r.d
	t := d.Tokens[i]
	dates := func(k int) bool {
		return d.Tokens[k].Sort == "time" || days[d.Word(k)] || k > s.First && d.Tokens[k].Tag == "CD" && monthNames[d.Word(k-1)]
	}
	if coarse(t.Relation) != "obl" || t.Head < s.First || t.Head > i || !dates(i) {
		return
	}
	before, noun := false, -1
	for k := t.Head + 1; k < i; k++ {
		o := d.Tokens[k]
		switch {
		case o.Head == t.Head && (coarse(o.Relation) == "obl" || o.Relation == "advmod") && dates(k):
			before, noun = true, -1
		case before && strings.HasPrefix(o.Tag, "NN") && (coarse(o.Relation) == "nmod" || coarse(o.Relation) == "obl") && len(r.nouns[strings.ToLower(o.Lemma)]) > 0:
			noun = k
		}
	}
	if noun >= 0 {
		r.hang(i, noun, "nmod")
	}
}
