package extract

import (
	"slices"
	"strings"

	"newsgraph/loader/nlp"
	"newsgraph/news"
)

// A phrase or a clause may hang on the noun before it, though it is of the verb, or the other way round. What the vocabulary knows of both tells whose it is.

// mendAttachment hangs a phrase on the event noun that is the object before it, when it was hung on the verb although the vocabulary knows it beside
// that noun and not beside that verb: "condemned the attack of Chad on Peru".
func (r *reading) mendAttachment(i int, s nlp.Sentence) {
	d := r.d
	t := d.Tokens[i]
	v := t.Head
	if v < 0 || v > i || t.Relation != "obl" || !strings.HasPrefix(t.Tag, "NN") || !strings.HasPrefix(d.Tokens[v].Tag, "VB") || days[d.Word(i)] || monthNames[d.Word(i)] || t.Sort == "time" {
		return
	}
	preposition := ""
	for k := s.First; k < i; k++ {
		if d.Tokens[k].Head == i && d.Tokens[k].Relation == "case" {
			preposition = strings.ToLower(d.Word(k))
		}
	}
	scene := (preposition == "in" || preposition == "at" || preposition == "near") && t.Sort == "place" && strings.HasPrefix(t.Tag, "NNP")
	switch preposition {
	case "on", "against", "by", "of", "to", "from", "with", "between":
	default:
		if !scene {
			return
		}
	}
	object := -1
	for k := v + 1; k < i; k++ {
		if d.Tokens[k].Head == v && (d.Tokens[k].Relation == "obj" || d.Tokens[k].Relation == "nsubj:pass") {
			object = k
		}
	}
	if object < 0 || i-object > 9 || strings.Contains(d.Words(object, i), ",") {
		return
	}
	for k := object + 1; k < i; k++ {
		if d.Tokens[k].Head == v && d.Tokens[k].Relation != "punct" {
			return // another phrase of the verb stands between
		}
	}
	takes := func(all []wording) bool {
		return slices.ContainsFunc(all, func(w wording) bool { return w.pattern.roles[preposition] != "" })
	}
	judges := func(w wording) bool { return w.action.Type == news.TypeAccuse || w.action.Type == news.TypeSupport }
	// What is judged, not the judgement, is where a place right after it is: "condemned the murder of a judge in Quito".
	if takes(r.nouns[d.Tokens[object].Lemma]) && !takes(r.verbs[d.Tokens[v].Lemma]) || scene && len(r.nouns[d.Tokens[object].Lemma]) > 0 && slices.ContainsFunc(r.verbs[d.Tokens[v].Lemma], judges) {
		r.hang(i, object, "nmod")
	}
}

// mendCharge hangs on its verb what somebody is charged with, which the tree hangs on whom: "convicted the trader of fraud", "accused the refinery of dumping
// sludge", "accused Mali of bombing Niger"; or on who charges, "was accused by Chad of spying". It does so for verbs whose wordings take an of-phrase.
func (r *reading) mendCharge(i int, s nlp.Sentence) {
	d := r.d
	t := d.Tokens[i]
	object := t.Head
	if object <= s.First || object > i || object >= s.Last || coarse(d.Tokens[object].Relation) != "obj" && d.Tokens[object].Relation != "obl:agent" || d.Tokens[object].Head < s.First || d.Tokens[object].Head > object {
		return
	}
	if t.Relation != "nmod" && t.Relation != "acl" || t.Relation == "nmod" && (t.Tag != "NN" || t.Sort == "person" || t.Sort == "place" || t.Sort == "organization" || r.g.Noun(t.Lemma).Kind == news.Group) || t.Relation == "acl" && t.Tag != "VBG" {
		return
	}
	v := d.Tokens[object].Head
	of := func(w wording) bool {
		return w.pattern.roles["of"] == news.RoleAbout && w.pattern.roles["obj"] == news.Target && charges[w.action.Type] || w.action.Name == "convict"
	}
	if !strings.HasPrefix(d.Tokens[v].Tag, "VB") || !slices.ContainsFunc(r.verbs[d.Tokens[v].Lemma], of) {
		return
	}
	for k := object + 1; k < i; k++ {
		if d.Tokens[k].Head != i || !strings.EqualFold(d.Word(k), "of") {
			continue
		}
		switch {
		case t.Relation == "acl":
			r.hang(i, v, "advcl")
		case r.verbOf(d.Word(i), "ing") != "" && r.flats(i) > 0:
			// "of bombing Chad", read as one name
			d.Tokens[i].Tag, d.Tokens[i].Universal, d.Tokens[i].Lemma = "VBG", "VERB", r.verbOf(d.Word(i), "ing")
			d.Tokens[k].Relation = "mark"
			first := i + 1
			for n := r.flats(i); n > 1; n-- {
				r.hang(i+n, first, "flat")
			}
			r.hang(first, i, "obj")
			r.hang(i, v, "advcl")
		default:
			r.hang(i, v, "obl")
		}
		return
	}
}

// mendChargedDeed makes a deed of the gerund by which somebody is charged or judged and which the tree has for an adjective of what is done to: "accused the
// army on Sunday of burning villages", "praised nurses for saving children".
func (r *reading) mendChargedDeed(i int, s nlp.Sentence) {
	d := r.d
	t := d.Tokens[i]
	n := t.Head
	if t.Tag != "VBG" || t.Relation != "amod" && t.Relation != "compound" || i <= s.First || n <= i || n >= s.Last || d.Tokens[i-1].Head != n || r.verbOf(d.Word(i), "ing") == "" && !r.ofClass(i, "hindering") {
		return
	}
	v := d.Tokens[n].Head
	if v >= s.First && v < i && !strings.HasPrefix(d.Tokens[v].Tag, "VB") {
		v = d.Tokens[v].Head
	}
	preposition := strings.ToLower(d.Word(i - 1))
	if v < s.First || v > i || !slices.ContainsFunc(r.verbs[d.Tokens[v].Lemma], func(w wording) bool {
		return w.pattern.roles[preposition] == news.RoleAbout && w.pattern.roles["obj"] == news.Target
	}) || !r.has(v, s, "obj", "nsubj:pass") {
		return
	}
	r.hang(i-1, i, "mark")
	r.hang(i, v, "advcl")
	r.hang(n, i, "obj")
}

// mendWhose hangs a clause that whose opens on the noun before it: "praised Chad, whose president had met them".
func (r *reading) mendWhose(i int, s nlp.Sentence) {
	d := r.d
	if i <= s.First+1 || d.Tokens[i].Tag != "WP$" || d.Tokens[i].Head <= i || d.Tokens[i].Head >= s.Last {
		return
	}
	of := i - 1
	if d.Word(of) == "," {
		of--
	}
	v := d.Tokens[d.Tokens[i].Head].Head
	if v > i && v < s.Last && d.Tokens[v].Relation == "acl:relcl" && d.Tokens[of].Relation == "obj" && d.Tokens[of].Head > d.Tokens[v].Head && d.Tokens[v].Head >= s.First {
		r.hang(v, of, "acl:relcl") // "left the pact, which names Chad, whose": not the pact's
		return
	}
	if v <= i || v >= s.Last || !strings.HasPrefix(d.Tokens[v].Tag, "VB") || d.Tokens[v].Head >= i || d.Tokens[v].Head < s.First || d.Tokens[v].Relation == "acl:relcl" || !strings.HasPrefix(d.Tokens[of].Tag, "NN") {
		return
	}
	if d.Tokens[of].Relation == "flat" && d.Tokens[of].Head >= s.First && d.Tokens[of].Head < of {
		of = d.Tokens[of].Head
	}
	r.hang(v, of, "acl:relcl")
}

// weapon tells that a noun names one.
func (r *reading) weapon(lemma string) bool {
	_, is := r.g.Weapon(lemma)
	return is
}

// mendQuantity lets a noun of the vocabulary or a weapon stand where the words that count it do: "carried out dozens of attacks", "a series of raids killed nine",
// "fired scores of rockets", so that whoever carries them out, whom they kill and what is fired hang where they do without those words.
func (r *reading) mendQuantity(i int, s nlp.Sentence) {
	d := r.d
	if !manyOf[strings.ToLower(d.Word(i))] || !strings.HasPrefix(d.Tokens[i].Tag, "NN") || i+2 >= s.Last || d.Word(i+1) != "of" {
		return
	}
	for k := i + 2; k < s.Last && k < i+8; k++ {
		if t := d.Tokens[k]; t.Head != i || t.Relation != "nmod" || d.Tokens[i+1].Head != k || !strings.HasPrefix(t.Tag, "NN") || len(r.nouns[strings.ToLower(t.Lemma)]) == 0 && !r.weapon(t.Lemma) {
			continue
		}
		r.hang(k, d.Tokens[i].Head, d.Tokens[i].Relation)
		r.hang(i, k, "nummod")
		if r.weapon(d.Tokens[k].Lemma) {
			d.Tokens[i].Tag, d.Tokens[i].Universal, d.Tokens[i].Sort = "CD", "NUM", "" // nobody
		}
		r.hang(i+1, i, "fixed")
		for c := s.First; c < s.Last; c++ {
			if rel := d.Tokens[c].Relation; d.Tokens[c].Head == i && c != i+1 && (c > k || rel == "case" || rel == "cc" || rel == "mark") {
				r.hang(c, k, rel)
			}
		}
		return
	}
}

// manyOf are nouns that say of how many of a kind is spoken.
var manyOf = wordSet("dozens hundreds thousands scores series string wave spate barrage flurry number handful couple round rounds raft slew")

// mendBacking makes the noun of a gerund that follows with, has no object and tells whom it comes from: "with backing from Chad".
func (r *reading) mendBacking(i int, s nlp.Sentence) {
	d := r.d
	t := &d.Tokens[i]
	if t.Tag != "VBG" || t.Relation != "advcl" || len(r.nouns[strings.ToLower(d.Word(i))]) == 0 || r.has(i, s, "obj", "nsubj", "aux") {
		return
	}
	from := slices.IndexFunc(d.Tokens[i+1:s.Last], func(c nlp.Token) bool { return c.Head == i && c.Relation == "obl" })
	with := i - 1
	for with > s.First && d.Tokens[with].Head == i && strings.HasPrefix(d.Tokens[with].Tag, "JJ") {
		with--
	}
	if from < 0 || with < s.First || d.Tokens[with].Head != i || !strings.EqualFold(d.Word(with), "with") || !strings.EqualFold(d.Word(i+1), "from") {
		return
	}
	t.Tag, t.Universal, t.Lemma, t.Relation = "NN", "NOUN", strings.ToLower(d.Word(i)), "obl"
	r.hang(with, i, "case")
	r.hang(i+1+from, i, "nmod")
}

// mendList makes one of a list of whom his word for the one before him relates to that, where the tree takes him for a description of that: "shot the judge, her
// husband and two guards".
func (r *reading) mendList(i int, s nlp.Sentence) {
	d := r.d
	t := d.Tokens[i]
	if t.Relation != "appos" || t.Head < s.First || t.Head > i || i < s.First+3 || d.Tokens[i-1].Tag != "PRP$" || d.Tokens[i-1].Head != i || d.Word(i-2) != "," {
		return
	}
	for k := i + 2; k+1 < s.Last; k++ {
		if h := d.Tokens[k].Head; (h == i || h == t.Head) && d.Tokens[k].Relation == "conj" && r.has(k, s, "det", "nummod", "nmod:poss") && d.Word(k+1) != "," {
			r.hang(i, t.Head, "conj")
			r.hang(k, t.Head, "conj")
			return
		}
	}
}

// mendTitled hangs the name at token i on the title right before it, which the tree has for a phrase of the noun that the name explains: "the party of candidate
// George Weah".
func (r *reading) mendTitled(i int, s nlp.Sentence) {
	d := r.d
	title, noun := i-1, d.Tokens[i].Head
	if title <= s.First || d.Tokens[i].Relation != "appos" || d.Tokens[i].Tag != "NNP" || noun < s.First || noun >= title || !strings.HasPrefix(d.Tokens[title].Tag, "NN") || d.Tokens[title].Head != noun || d.Tokens[title].Relation != "nmod" || d.Tokens[title].Sort != "person" && !r.g.Title(strings.ToLower(d.Tokens[title].Lemma)) {
		return
	}
	r.hang(i, noun, "nmod")
	for k := noun + 1; k < title; k++ {
		if d.Tokens[k].Head == title && d.Tokens[k].Relation == "case" {
			r.hang(k, i, "case")
		}
	}
	r.hang(title, i, "nmod:desc")
}

// mendUndertaking hangs on a noun for a plan or a decision what is planned or decided, where the tree hangs it on the verb that judges it, though whose plan it is
// stands between: in "condemned the decision by Chad to deploy troops" Chad deploys them.
func (r *reading) mendUndertaking(i int, s nlp.Sentence) {
	d := r.d
	v := d.Tokens[i].Head
	if d.Tokens[i].Tag != "VB" || d.Tokens[i].Relation != "advcl" || v < s.First || v > i || i < s.First+4 || d.Tokens[i-1].Tag != "TO" && !strings.EqualFold(d.Word(i-1), "to") {
		return
	}
	for c := i - 2; c > v; c-- {
		n := d.Tokens[c].Head
		if n <= v || n >= c || d.Tokens[c].Relation != "nmod" || d.Tokens[n].Head != v || !r.plan(n) {
			continue
		}
		if rel := coarse(d.Tokens[n].Relation); rel != "obj" && rel != "obl" && d.Tokens[n].Relation != "nsubj:pass" {
			continue
		}
		for k := n + 1; k < c; k++ {
			if w := strings.ToLower(d.Word(k)); d.Tokens[k].Head == c && d.Tokens[k].Relation == "case" && (w == "by" || w == "of") && !strings.Contains(d.Words(c, i), ",") {
				r.hang(i, n, "acl")
				return
			}
		}
	}
}

// mendAlleged hangs on the noun for words what they tell, a clause of that with a subject of its own, which the tree takes for one about whose words they are:
// "accusations from officials that troops raided a mosque".
func (r *reading) mendAlleged(i int, s nlp.Sentence) {
	d := r.d
	who := d.Tokens[i].Head
	if r.pos(i) != "V" || who < s.First || who > i || d.Tokens[i].Relation != "acl:relcl" && d.Tokens[i].Relation != "acl" && d.Tokens[i].Relation != "ccomp" {
		return
	}
	that := who + 1
	if that >= i || d.Tokens[that].Head != i || !strings.EqualFold(d.Word(that), "that") || !r.has(i, s, "nsubj", "nsubj:pass") {
		return
	}
	object := false // and so that is none
	for k := i + 1; k < s.Last; k++ {
		object = object || d.Tokens[k].Head == i && d.Tokens[k].Relation == "obj"
	}
	if words := d.Tokens[who].Head; d.Tokens[that].Relation != "mark" && !(d.Tokens[that].Relation == "obj" && object) || words < s.First || words > who || d.Tokens[who].Relation != "nmod" || !r.nominal(who) {
		return
	}
	words := d.Tokens[who].Head
	if _, commitment, ok := r.signatures.Says(d.Tokens[words].Lemma, "noun"); ok && commitment == nlp.Alleged {
		r.hang(i, words, "acl")
		r.hang(that, i, "mark")
		d.Tokens[that].Tag = "IN"
	}
}
