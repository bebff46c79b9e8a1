package extract

import (
	"cmp"
	"slices"
	"strings"

	"newsgraph/loader/nlp"
	"newsgraph/news"
)

// What somebody says, denies or confesses is hung on the verb that says so, and the rest is not.

// mendInserted takes a verb of saying that stands between two commas with its subject out of what it is set into: in "the jets took off and, the navy said,
// held a drill" the jets hold it.
func (r *reading) mendInserted(i int, s nlp.Sentence) {
	d := r.d
	t := d.Tokens[i]
	h := t.Head
	if h < s.First || h > i || t.Relation != "conj" || !sayVerbs[t.Lemma] || i+2 >= s.Last || d.Word(i+1) != "," || !strings.HasPrefix(d.Tokens[h].Tag, "VB") {
		return
	}
	j := i + 2
	for j < s.Last && d.Tokens[j].Head != i && d.Tokens[j].Head != h {
		j++
	}
	if j == s.Last || d.Tokens[j].Relation != "ccomp" && d.Tokens[j].Relation != "conj" || !strings.HasPrefix(d.Tokens[j].Tag, "VB") || r.has(j, s, "nsubj", "nsubj:pass", "mark") {
		return
	}
	and := -1
	for k := h + 1; k < i; k++ {
		if d.Tokens[k].Tag == "CC" && d.Word(k+1) == "," {
			and = k
		}
	}
	if and < 0 {
		return
	}
	r.hang(j, h, "conj")
	r.hang(and, j, "cc")
	r.hang(i, j, "parataxis")
}

// mendTrailing lets who says a sentence at its end say it: in "Lee invited her, and she accepted the offer, state radio reported" the radio is no offer, and in
// "strikes killed nine, the agency said" the strikes say nothing, and in "they fought in Kabo, officials and residents said" nobody fought in officials.
func (r *reading) mendTrailing(i int, s nlp.Sentence) {
	d := r.d
	t := d.Tokens[i]
	if !sayVerbs[t.Lemma] || t.Tag != "VBD" && t.Tag != "VBN" || i-1 <= s.First {
		return
	}
	for k := i + 1; k < s.Last; k++ { // but when
		if d.Tokens[k].Tag != "." && d.Tokens[k].Tag != "IN" && d.Tokens[k].Tag != "CD" && d.Tokens[k].Sort != "time" && !r.dated(k) {
			return
		}
	}
	comma := i - 1
	for comma > s.First && d.Word(comma) != "," && !strings.HasPrefix(d.Tokens[comma].Tag, "VB") {
		comma--
	}
	n := i - 1
	switch {
	case d.Word(comma) != ",":
	case t.Relation == "acl" && t.Head == n && strings.HasPrefix(d.Tokens[n].Tag, "NN"):
		root := -1
		for k := s.First; k < comma; k++ {
			if d.Tokens[k].Head < 0 && strings.HasPrefix(d.Tokens[k].Tag, "VB") {
				root = k
			}
		}
		if root >= 0 && d.Tokens[n].Head <= comma && d.Tokens[n].Head >= s.First {
			d.Tokens[i].Tag = "VBD"
			r.hang(i, root, "parataxis")
			r.hang(n, i, "nsubj")
		}
	case t.Relation == "conj" && t.Head >= s.First && t.Head < comma && d.Tokens[comma+1].Tag != "CC" && !r.has(i, s, "obj", "aux:pass"):
		var who []int // doctors and two officials
		for k := comma + 1; k < i; k++ {
			switch h := d.Tokens[k].Head; {
			case h > comma && h < i, d.Tokens[k].Tag == "CC":
			case r.nominal(k) && (h == i && d.Tokens[k].Relation == "nsubj" || h >= s.First && h < comma && d.Tokens[k].Relation == "conj"):
				who = append(who, k)
			default:
				return
			}
		}
		if len(who) == 0 {
			return
		}
		r.hang(i, t.Head, "parataxis")
		r.hang(who[0], i, "nsubj")
		for _, k := range who[1:] {
			r.hang(k, who[0], "conj")
			if d.Tokens[k-1].Tag == "CC" {
				r.hang(k-1, k, "cc")
			}
		}
	case d.Tokens[n].Head == i && d.Tokens[n].Relation == "nsubj":
		for k := s.First; k < comma; k++ {
			v := k + 1
			for v < comma && !(d.Tokens[v].Head == i && d.Tokens[v].Relation == "ccomp" && strings.HasPrefix(d.Tokens[v].Tag, "VB")) {
				v++
			}
			if d.Tokens[k].Head == i && d.Tokens[k].Relation == "nsubj" && v < comma && !r.has(v, s, "nsubj", "nsubj:pass", "csubj") {
				r.hang(k, v, "nsubj")
				return
			}
		}
	}
}

// mendAgency keeps together the noun that says what a speaker is and his name, where the tree joins the noun to a list before: "detained nine bakers and two
// drivers, state radio station Sava said".
func (r *reading) mendAgency(i int, s nlp.Sentence) {
	d := r.d
	if i+2 >= s.Last || d.Tokens[i].Tag != "NN" || !strings.HasPrefix(d.Tokens[i+1].Tag, "NNP") || d.Tokens[i+1].Relation != "nsubj" || d.Tokens[i].Relation != "conj" && d.Tokens[i].Relation != "appos" && coarse(d.Tokens[i].Relation) != "nmod" || d.Tokens[i].Head >= i {
		return
	}
	v := d.Tokens[i+1].Head
	if v <= i || v >= s.Last || !sayVerbs[d.Tokens[v].Lemma] || d.Tokens[i].Head == v {
		return
	}
	first := i
	for first > s.First && d.Tokens[first-1].Head >= first && d.Tokens[first-1].Head <= i && d.Tokens[first-1].Relation != "punct" {
		first--
	}
	if first == s.First || d.Word(first-1) != "," {
		return
	}
	r.hang(i, v, "nsubj")
	r.hang(i+1, i, "appos")
}

// mendDenial joins a verb to the verb of denying, of whose form it is, and not to what is denied: "denied that it had fired and accused Chad", "denied
// any part in it, but praised them".
func (r *reading) mendDenial(i int, s nlp.Sentence) {
	d := r.d
	t := d.Tokens[i]
	h := t.Head
	if h < 0 || h > i || t.Relation != "conj" || !strings.HasPrefix(t.Tag, "VB") || r.has(i, s, "nsubj", "nsubj:pass", "aux", "aux:pass", "mark") {
		return
	}
	v := d.Tokens[h].Head
	if o := v; o > s.First && o < h && (d.Tokens[h].Relation == "acl" || d.Tokens[h].Relation == "ccomp") && d.Tokens[o].Relation == "obj" && t.Tag == "VBD" && sayVerbs[t.Lemma] {
		if v = d.Tokens[o].Head; v >= s.First && v < o && d.Tokens[v].Tag == "VBD" && r.has(h, s, "nsubj") && r.has(v, s, "nsubj") {
			r.hang(i, v, "conj") // "denied reports that troops had fired and said"
		}
		return
	}
	if v < 0 || v > h || !denying[d.Tokens[v].Lemma] || d.Tokens[h].Relation != "ccomp" && d.Tokens[h].Relation != "xcomp" && d.Tokens[h].Relation != "obj" {
		return
	}
	but := false
	for k := h + 1; k < i; k++ {
		but = but || d.Tokens[k].Head == i && strings.EqualFold(d.Word(k), "but")
	}
	over, under := d.Tokens[v].Tag, d.Tokens[h].Tag
	past := t.Tag == "VBD" || t.Tag == "VBN" // which look alike
	of := func(k int, acts bool) bool {
		return slices.ContainsFunc(r.verbs[d.Tokens[k].Lemma], func(w wording) bool { return wordActs[w.action.Type] == acts })
	}
	unlike := (t.Tag == over || t.Tag == "VBN" && over == "VBD" && r.has(i, s, "obj")) && under != over && !(past && (under == "VBD" || under == "VBN"))
	speaks := slices.ContainsFunc(r.verbs[d.Tokens[h].Lemma], func(w wording) bool { return wordActs[w.action.Type] && len(w.pattern.words) == 1 })
	if but || unlike || past && over == "VBD" && r.turnsDown(i, s) || (t.Tag == over || past && over == "VBD") && of(i, true) && !of(i, false) && (of(h, false) || !speaks || t.Tag == "VBD" && under != "VBD") {
		if past {
			d.Tokens[i].Tag = "VBD"
		}
		r.hang(i, v, "conj")
	}
}

// turnsDown tells that the verb at token i turns down what others claim: "dismissed reports that …", "dismissed as baseless charges that …".
func (r *reading) turnsDown(i int, s nlp.Sentence) bool {
	d := r.d
	polarity, _, ok := r.signatures.Says(d.Tokens[i].Lemma, "claim")
	if !ok || polarity != nlp.Negative {
		return false
	}
	for k := i + 1; k < s.Last; k++ {
		if _, commitment, ok := r.signatures.Says(d.Tokens[k].Lemma, "that"); ok && commitment == nlp.Alleged && d.Tokens[k].Head == i && (d.Tokens[k].Relation == "obj" || d.Tokens[k].Relation == "obl") {
			return true
		}
	}
	return false
}

// denying are verbs whose complement is told not to be so.
var denying = wordSet("deny dispute refute disavow")

// mendBlamer joins a verb of words that has no subject of its own to the verb of saying whose speaker says those too, and not to the deed that is told in what he
// says, whose doer says nothing: "the army said its jets had hit a camp and blamed rebels". A deed told in the past of a past leaves no doubt of it, nor does what is no deed; else those
// who do it must be things, or undergo it.
func (r *reading) mendBlamer(i int, s nlp.Sentence) {
	d := r.d
	t := d.Tokens[i]
	h := t.Head
	if h < s.First || h > i || t.Relation != "conj" || t.Tag != "VBD" && t.Tag != "VBN" || d.Tokens[i-1].Tag != "CC" && d.Tokens[i-1].Tag != "RB" || r.has(i, s, "nsubj", "nsubj:pass", "aux", "aux:pass", "mark") {
		return
	}
	v := d.Tokens[h].Head
	if v < s.First || v > h || d.Tokens[h].Relation != "ccomp" || d.Tokens[v].Tag != "VBD" || !sayVerbs[d.Tokens[v].Lemma] && !reportVerbs[d.Tokens[v].Lemma] || !r.has(v, s, "nsubj") {
		return
	}
	words := func(k int) bool {
		says := false
		for _, w := range r.verbs[d.Tokens[k].Lemma] {
			if len(w.pattern.words) == 1 && !wordActs[w.action.Type] {
				return false
			}
			says = says || len(w.pattern.words) == 1
		}
		return says
	}
	own, past := -1, false
	for k := s.First; k < h; k++ {
		if c := d.Tokens[k]; c.Head == h && subjectOf(c.Relation) {
			own = k
		} else if c.Head == h && c.Relation == "aux" && strings.EqualFold(d.Word(k), "had") {
			past = true
		}
	}
	if own < 0 || !words(i) || sayVerbs[d.Tokens[h].Lemma] || reportVerbs[d.Tokens[h].Lemma] {
		return
	}
	judging := words(h) && slices.ContainsFunc(r.verbs[d.Tokens[h].Lemma], func(w wording) bool {
		return len(w.pattern.words) == 1 && w.action.Type != news.TypeConsult && w.action.Type != news.TypeAgree
	})
	if judging && !(r.has(h, s, "aux:pass") && r.has(i, s, "obj")) { // "he had been threatened and blamed rebels"
		return
	}
	subject := d.Tokens[own]
	if past || subject.Relation == "nsubj:pass" || d.Tokens[h].Lemma == "have" || r.has(h, s, "cop") || strings.HasPrefix(subject.Tag, "NN") && !strings.HasPrefix(subject.Tag, "NNP") && subject.Sort != "person" && subject.Sort != "group" {
		d.Tokens[i].Tag = "VBD"
		r.hang(i, v, "conj")
	}
}

// phraseOf tells that the participle at token i and the noun o behind it are a phrase of the vocabulary, and that the noun is joined to a name, which is no such thing: "met
// Bo Lund and signed accords".
func (r *reading) phraseOf(i, o int) bool {
	d := r.d
	h := d.Tokens[o].Head
	return h >= 0 && strings.HasPrefix(d.Tokens[h].Tag, "NNP") && !strings.HasPrefix(d.Tokens[o].Tag, "NNP") && slices.ContainsFunc(r.verbs[d.Tokens[i].Lemma], func(w wording) bool {
		return len(w.pattern.words) == 2 && w.pattern.words[1] == d.Tokens[o].Lemma
	})
}

// mendJudging makes a verb of what was read as telling more of a noun after and, where it is a verb of words that stands before no noun: "condemned the raid and
// blamed Chadian troops".
func (r *reading) mendJudging(i int, s nlp.Sentence) {
	d := r.d
	t := d.Tokens[i]
	o := t.Head
	if t.Relation != "amod" || o <= i || o >= s.Last || i < s.First+3 || d.Tokens[i-1].Tag != "CC" || d.Tokens[o].Relation != "conj" || !judgedBy[strings.ToLower(d.Word(i))] && !r.phraseOf(i, o) {
		return
	}
	v := d.Tokens[o].Head
	if v >= s.First && !strings.HasPrefix(d.Tokens[v].Tag, "VB") {
		v = d.Tokens[v].Head
	}
	if v < s.First || v > i || !strings.HasPrefix(d.Tokens[v].Tag, "VB") {
		return
	}
	d.Tokens[i].Tag, d.Tokens[i].Universal, d.Tokens[i].Lemma = "VBD", "VERB", cmp.Or(r.verbOf(strings.ToLower(d.Word(i)), "ed"), d.Tokens[i].Lemma)
	r.hang(i, v, "conj")
	r.hang(i-1, i, "cc")
	r.hang(o, i, "obj")
	for k := i + 1; k < o; k++ {
		if d.Tokens[k].Head == i {
			d.Tokens[k].Head = o
		}
	}
}

// judgedBy are past forms of verbs of words that stand before no noun to tell more of it.
var judgedBy = wordSet("blamed criticised criticized denounced urged praised thanked warned")

// mendAside makes a gerund without a subject that stands beside what somebody says, but is none of it, what he does meanwhile: "speaking to reporters, he said",
// "he said, addressing lawmakers".
func (r *reading) mendAside(i int, s nlp.Sentence) {
	d := r.d
	t := d.Tokens[i]
	v := t.Head
	if t.Tag != "VBG" || t.Relation != "ccomp" || v < s.First || v >= s.Last || !sayVerbs[d.Tokens[v].Lemma] || r.has(i, s, "nsubj", "nsubj:pass", "csubj", "aux", "cop", "mark") {
		return
	}
	if i == s.First || d.Word(i-1) == "," && i > v {
		r.hang(i, v, "advcl")
	}
}
