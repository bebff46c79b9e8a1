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
// sludge"; or on who charges, "was accused by Chad of spying". It does so for verbs whose wordings take an of-phrase.
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
		if d.Tokens[k].Head == i && strings.EqualFold(d.Word(k), "of") {
			if t.Relation == "acl" {
				r.hang(i, v, "advcl")
			} else {
				r.hang(i, v, "obl")
			}
			return
		}
	}
}

// mendToll hangs a clause that tells whom something killed on the deed, where the tree hangs it on what the deed was done to, which kills nobody: "jailed for the
// bombing of a bank that killed nine".
func (r *reading) mendToll(i int, s nlp.Sentence) {
	d := r.d
	t := d.Tokens[i]
	on := t.Head
	if t.Relation != "acl:relcl" || on < s.First || on > i || d.Tokens[on].Tag != "NN" || d.Tokens[on].Sort == "person" || len(r.nouns[d.Tokens[on].Lemma]) > 0 || !slices.ContainsFunc(r.verbs[t.Lemma], func(w wording) bool { return w.action.Counts != "" && w.action.Type == news.TypeAssault }) {
		return
	}
	switch r.g.Noun(d.Tokens[on].Lemma).Kind {
	case news.Group, news.Weapon, news.Organisation, news.Person:
		return
	}
	if _, weapon := r.g.Weapon(d.Tokens[on].Lemma); weapon {
		return
	}
	for k := on + 1; k < i; k++ {
		if w := strings.ToLower(d.Word(k)); d.Tokens[k].Head == i && subjectOf(d.Tokens[k].Relation) && w != "that" && w != "which" {
			return
		}
	}
	deed := d.Tokens[on].Head
	if deed < s.First || deed > on {
		return
	}
	assault := func(w wording) bool { return w.action.Type == news.TypeAssault && w.action.Counts == "" }
	switch rel := coarse(d.Tokens[on].Relation); {
	case rel == "nmod" && slices.ContainsFunc(r.nouns[strings.ToLower(d.Tokens[deed].Lemma)], assault):
	case rel == "obj" && strings.HasPrefix(d.Tokens[deed].Tag, "VB") && slices.ContainsFunc(r.verbs[d.Tokens[deed].Lemma], assault):
	default:
		return
	}
	for k := on + 1; k < i; k++ {
		if c := d.Tokens[k]; c.Tag == "CD" && c.Head == d.Tokens[deed].Head && coarse(c.Relation) == "obl" {
			r.hang(k, deed, "nmod") // "in 2003"
		}
	}
	r.hang(i, deed, "acl:relcl")
}

// mendWant hangs on a noun that wants a deed the deed that it wants: "issued a warrant on Friday for the arrest of the king" arrests nobody.
func (r *reading) mendWant(i int, s nlp.Sentence) {
	d := r.d
	t := d.Tokens[i]
	if t.Relation != "obl" || t.Head < s.First || t.Head > i || !strings.HasPrefix(t.Tag, "NN") || len(r.nouns[strings.ToLower(t.Lemma)]) == 0 {
		return
	}
	wanted := false
	for k := t.Head; k < i; k++ {
		wanted = wanted || d.Tokens[k].Head == i && d.Tokens[k].Relation == "case" && strings.EqualFold(d.Word(k), "for")
	}
	for k := i - 1; wanted && k > t.Head; k-- {
		if o := d.Tokens[k]; o.Head == t.Head && o.Relation == "obj" && wants[o.Lemma] {
			r.hang(i, k, "nmod")
			return
		}
	}
}

// wants are nouns that say that what follows their for is wanted.
var wants = wordSet("warrant call request demand appeal plea petition order bid proposal plan")

// mendUse hangs on its verb what something is used for, which the tree hangs on what is used: "used tear gas to disperse the crowd".
func (r *reading) mendUse(i int, s nlp.Sentence) {
	d := r.d
	t := d.Tokens[i]
	if t.Tag != "VB" || t.Relation != "acl" || t.Head <= s.First || t.Head > i || !r.has(i, s, "mark") {
		return
	}
	tool := t.Head
	for d.Tokens[tool].Relation == "conj" && d.Tokens[tool].Head > s.First && d.Tokens[tool].Head < tool {
		tool = d.Tokens[tool].Head
	}
	if v := d.Tokens[tool].Head; coarse(d.Tokens[tool].Relation) == "obj" && v >= s.First && v < tool && d.Tokens[v].Lemma == "use" {
		r.hang(i, v, "advcl")
	}
}

// mendClause hangs the infinitive after the object of a verb of causing on that verb ("caused a crane to fall", read as the crane's), and a clause of
// time or reason on the last verb before it that has a subject of its own ("nobody was hurt, but Chad moved people after a shell landed").
func (r *reading) mendClause(i int, s nlp.Sentence) {
	d := r.d
	t := d.Tokens[i]
	h := t.Head
	switch {
	case h < 0 || h > i:
	case t.Relation == "acl" && t.Tag == "VB" && d.Tokens[h].Relation == "obj" && d.Tokens[h].Head >= 0 && moving[d.Tokens[d.Tokens[h].Head].Lemma]:
		r.hang(i, d.Tokens[h].Head, "xcomp")
	case t.Relation == "advcl" && r.has(i, s, "mark") && r.has(i, s, "nsubj", "nsubj:pass"):
		for k := i - 1; k > h; k-- {
			if d.Tokens[k].Head == h && d.Tokens[k].Relation == "conj" && strings.HasPrefix(d.Tokens[k].Tag, "VB") && r.has(k, s, "nsubj", "nsubj:pass") {
				r.hang(i, k, "advcl")
				return
			}
		}
	}
}

// moving are verbs whose object does what the infinitive after it tells.
var moving = wordSet("ask press push order command beg implore lobby cause force urge compel persuade permit enable encourage instruct expect require allow invite tell advise pressure oblige")

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

// mendBetween joins the second of two to the first where the tree joins it to that which is between them: "talks between Chad and Peru".
func (r *reading) mendBetween(i int, s nlp.Sentence) {
	d := r.d
	t := d.Tokens[i]
	if t.Relation != "conj" || i < s.First+3 || d.Tokens[i-1].Tag != "CC" || !r.nominal(i) || t.Head < s.First || t.Head > i {
		return
	}
	for k := i - 2; k > t.Head; k-- {
		if o := d.Tokens[k]; o.Head == t.Head && coarse(o.Relation) == "nmod" && r.nominal(k) {
			if strings.EqualFold(d.Word(t.Head+1), "between") && d.Tokens[t.Head+1].Head == k {
				r.hang(i, k, "conj")
			}
			return
		}
	}
}

// mendQuantity lets a noun of the vocabulary stand where the words that count it do: "carried out dozens of attacks", "a series of raids killed nine", so that
// whoever carries them out and whom they kill hang on it.
func (r *reading) mendQuantity(i int, s nlp.Sentence) {
	d := r.d
	if !manyOf[strings.ToLower(d.Word(i))] || !strings.HasPrefix(d.Tokens[i].Tag, "NN") || i+2 >= s.Last || d.Word(i+1) != "of" {
		return
	}
	for k := i + 2; k < s.Last && k < i+8; k++ {
		if t := d.Tokens[k]; t.Head != i || t.Relation != "nmod" || d.Tokens[i+1].Head != k || !strings.HasPrefix(t.Tag, "NN") || len(r.nouns[strings.ToLower(t.Lemma)]) == 0 {
			continue
		}
		r.hang(k, d.Tokens[i].Head, d.Tokens[i].Relation)
		r.hang(i, k, "nummod")
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
