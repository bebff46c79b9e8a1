package extract

import (
	"slices"
	"strings"

	"newsgraph/loader/nlp"
	"newsgraph/news"
)

// mend repairs what parsers of English get wrong in news again and again, where the words leave no doubt. It is done before anything is read from
// the trees, so that nothing that reads them needs to know of it.
func (r *reading) mend() {
	d := r.d
	for i := 1; i < len(d.Tokens); i++ {
		// "will free them": what follows will or to and can be a verb is one.
		if t := &d.Tokens[i]; t.Tag == "JJ" && (d.Tokens[i-1].Tag == "MD" || d.Tokens[i-1].Tag == "TO") && len(r.verbs[strings.ToLower(d.Word(i))]) > 0 {
			t.Tag, t.Universal, t.Lemma = "VB", "VERB", strings.ToLower(d.Word(i))
		}
	}
	for i := range d.Tokens {
		// Talks, whose singular is rare, are what the vocabulary calls by it.
		if t := &d.Tokens[i]; t.Tag == "NNS" && strings.HasSuffix(t.Lemma, "s") && len(r.nouns[strings.TrimSuffix(t.Lemma, "s")]) > 0 {
			t.Lemma = strings.TrimSuffix(t.Lemma, "s")
		}
	}
	for _, s := range d.Sentences {
		// "Talks between Chad and Niger": a capital that the sentence gives makes no name.
		if t := &d.Tokens[s.First]; strings.HasPrefix(t.Tag, "NNP") && s.First+1 < s.Last && d.Tokens[s.First+1].Tag == "IN" && len(r.nouns[strings.ToLower(d.Word(s.First))])+len(r.nouns[strings.ToLower(t.Lemma)]) > 0 {
			t.Tag, t.Universal, t.Lemma = "NN"+strings.TrimPrefix(t.Tag, "NNP"), "NOUN", strings.ToLower(t.Lemma)
		}
	}
	r.mendShot()
	r.mendRoots()
	r.mendSorts()
	r.mendInfinitives()
	for _, s := range d.Sentences {
		for i := s.First; i < s.Last; i++ {
			r.mendParticiple(i, s)
			r.mendDate(i, s)
			r.mendNation(i)
			r.mendNumber(i, s)
			r.mendReceiver(i, s)
			r.mendSubject(i, s)
			r.mendClause(i, s)
			r.mendSwallowed(i, s)
			r.mendPerson(i, s)
			r.mendAttachment(i, s)
			r.mendDenial(i, s)
			r.mendInserted(i, s)
			r.mendTrailing(i, s)
			r.mendQuantity(i, s)
			r.mendJoined(i, s)
			r.mendWant(i, s)
			r.mendLater(i, s)
			r.mendDoubled(i, s)
			r.mendFinite(i, s)
			r.mendCharge(i, s)
			r.mendGeneral(i, s)
			r.mendAppointee(i, s)
			r.mendWhose(i, s)
			r.mendDescribed(i, s)
			r.mendTelling(i, s)
			r.mendAgency(i, s)
			r.mendConfession(i, s)
			r.mendToll(i, s)
			r.mendCommitted(i, s)
			r.mendBetween(i, s)
			r.mendAhead(i, s)
			r.mendUse(i, s)
			r.mendGuilty(i, s)
			r.mendOffices(i, s)
			r.mendLast(i, s)
			r.mendHolder(i, s)
		}
	}
}

// mendJoined gives the second of two joined clauses its subject, read as one more object of the first: "Chad condemned Niger and Mali expelled two envoys"
// condemns Niger alone.
func (r *reading) mendJoined(i int, s nlp.Sentence) {
	d := r.d
	t := d.Tokens[i]
	switch t.Tag {
	case "VBD", "VBZ", "VBP":
	case "VBN":
		if !r.has(i, s, "obj") || r.has(i, s, "aux", "aux:pass", "obl:agent") {
			return
		}
	default:
		return
	}
	if i == s.First {
		return
	}
	n := i - 1
	for n > s.First && d.Tokens[n].Tag == "RB" {
		n--
	}
	if d.Word(n) == "," {
		// "and Nepal, which has no wells, raised": what stands between the commas is his.
		for k := n - 1; k > s.First && d.Tokens[k].Relation != "conj"; k-- {
			n = k - 1
		}
		if n > s.First && d.Word(n+1) != "," {
			return
		}
	}
	first, v := d.Tokens[n].Head, t.Head // the object that it is joined to, and the verb of that
	if n >= s.First+3 && d.Tokens[n].Relation == "conj" && d.Tokens[n-1].Tag == "CC" && d.Word(n-2) == "," && i > n+1 {
		for k := 0; k < 3 && first > v && coarse(d.Tokens[first].Relation) == "nmod" && r.nominal(first); k++ {
			first = d.Tokens[first].Head // "as a defeat of Chad, and Peru, its ally, thanked him"
		}
		if first > v && v >= s.First && coarse(d.Tokens[first].Relation) == "obl" && d.Tokens[first].Head == v && t.Relation == "conj" && !r.has(i, s, "nsubj", "nsubj:pass", "csubj", "mark", "aux:pass") {
			r.hang(n, i, "nsubj")
			r.hang(n-1, i, "cc")
			return
		}
		first = d.Tokens[n].Head
	}
	if n <= s.First || d.Tokens[n].Relation != "conj" || !r.nominal(n) || first < s.First || first > n || !r.nominal(first) || v < s.First || v > first || !strings.HasPrefix(d.Tokens[v].Tag, "VB") {
		return
	}
	and := -1
	for c := first + 1; c < n; c++ {
		if d.Tokens[c].Head == n && d.Tokens[c].Relation == "cc" {
			and = c
		}
	}
	switch rel := coarse(t.Relation); {
	case and < 0 || rel != "conj" && rel != "ccomp" && rel != "xcomp" && rel != "parataxis" && rel != "advcl" || r.has(i, s, "mark", "cc"):
		return
	case !r.has(i, s, "nsubj", "nsubj:pass", "csubj") && d.Tokens[first].Head == v && !subjectOf(d.Tokens[first].Relation):
	case d.Tokens[first].Head == i && d.Tokens[first].Relation == "nsubj" && !r.has(v, s, "obj", "iobj", "obl") && !sayVerbs[d.Tokens[v].Lemma] && !reportVerbs[d.Tokens[v].Lemma] && len(r.verbs[d.Tokens[v].Lemma]) > 0:
		r.hang(first, v, "obj")
	default:
		return
	}
	if t.Tag == "VBN" {
		d.Tokens[i].Tag = "VBD"
	}
	r.hang(n, i, "nsubj")
	r.hang(and, i, "cc")
	r.hang(i, v, "conj")
}

// mendDoubled makes an apposition of a name that was read as a second subject or object right after the noun that says what it is: "the regional bloc
// ECOWAS suspended Mali".
func (r *reading) mendDoubled(i int, s nlp.Sentence) {
	d := r.d
	if i+1 >= s.Last || d.Tokens[i].Tag != "NN" && d.Tokens[i].Tag != "NNS" || !strings.HasPrefix(d.Tokens[i+1].Tag, "NNP") || d.Tokens[i].Sort == "time" || days[d.Word(i+1)] || monthNames[d.Word(i+1)] {
		return
	}
	t, name := d.Tokens[i], d.Tokens[i+1]
	if t.Head == name.Head && t.Head >= 0 && t.Relation == name.Relation && (subjectOf(t.Relation) || t.Relation == "obj") && r.has(i, s, "det", "amod", "compound", "nmod:poss") {
		r.hang(i+1, i, "appos")
	}
}

// mendFinite joins a finite verb without a subject of its own to the finite verb before, when it was joined to a participle or an infinitive between the two:
// "Chad accused Niger of arming rebels and recalled its envoy".
func (r *reading) mendFinite(i int, s nlp.Sentence) {
	d := r.d
	t := d.Tokens[i]
	between := t.Head
	if t.Relation != "conj" || t.Tag != "VBD" && t.Tag != "VBZ" || between < s.First || between > i || r.has(i, s, "nsubj", "nsubj:pass", "csubj", "expl", "mark", "aux", "aux:pass") {
		return
	}
	switch tag := d.Tokens[between].Tag; {
	case tag != "VBG" && tag != "VB", r.has(between, s, "aux", "cop", "nsubj"):
		return
	case tag == "VB" && !r.has(between, s, "mark"):
		return
	}
	v := d.Tokens[between].Head
	for n := 0; n < 3 && v >= s.First && d.Tokens[v].Tag != t.Tag; n++ {
		v = d.Tokens[v].Head
	}
	if v >= s.First && v < between && d.Tokens[v].Tag == t.Tag && r.has(v, s, "nsubj", "nsubj:pass") {
		r.hang(i, v, "conj")
	}
}

// mendCharge hangs on its verb what somebody is charged with, which the tree hangs on whom: "convicted the trader of fraud", "accused the refinery of dumping
// sludge". It does so for verbs whose wordings take an of-phrase.
func (r *reading) mendCharge(i int, s nlp.Sentence) {
	d := r.d
	t := d.Tokens[i]
	object := t.Head
	if object <= s.First || object > i || object >= s.Last || coarse(d.Tokens[object].Relation) != "obj" || d.Tokens[object].Head < s.First || d.Tokens[object].Head > object {
		return
	}
	if t.Relation != "nmod" && t.Relation != "acl" || t.Relation == "nmod" && (t.Tag != "NN" || t.Sort == "person" || t.Sort == "place" || t.Sort == "organization" || r.g.nouns[t.Lemma].kind == news.Group) || t.Relation == "acl" && t.Tag != "VBG" {
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

// mendGeneral makes one noun of a title that ends in general, where the tree takes that for an adjective: "detained the attorney general".
func (r *reading) mendGeneral(i int, s nlp.Sentence) {
	d := r.d
	if i == s.First || !strings.EqualFold(d.Word(i), "general") || d.Tokens[i].Head != d.Tokens[i-1].Head && d.Tokens[i].Head != i-1 || !strings.HasPrefix(d.Tokens[i-1].Tag, "NN") || !r.g.titles[strings.ToLower(d.Tokens[i-1].Lemma+" general")] {
		return
	}
	if d.Tokens[i].Head == i-1 && subjectOf(d.Tokens[i].Relation) {
		return
	}
	t, last := &d.Tokens[i], d.Tokens[i-1]
	t.Tag, t.Universal, t.Head, t.Relation, t.Sort = last.Tag, "NOUN", last.Head, last.Relation, "person"
	for k := s.First; k < s.Last; k++ {
		if d.Tokens[k].Head == i-1 {
			d.Tokens[k].Head = i
		}
	}
	r.hang(i-1, i, "compound")
}

// mendAppointee takes apart the name of whom a verb gives an office and the office, where the tree makes one phrase of both: "named the chemist Ana Ruiz
// ambassador".
func (r *reading) mendAppointee(i int, s nlp.Sentence) {
	d := r.d
	t := d.Tokens[i]
	v := t.Head
	if t.Relation != "obj" || t.Tag != "NN" || v < s.First || v > i-3 || !r.g.titles[strings.ToLower(t.Lemma)] {
		return
	}
	switch d.Tokens[v].Lemma {
	case "name", "appoint", "nominate", "elect":
	default:
		return
	}
	first := i
	for first > v+1 && d.Tokens[first-1].Tag == "NNP" && d.Tokens[first-1].Head == i {
		first--
	}
	if i-first < 2 {
		return
	}
	_, given := r.g.given[d.Word(first)]
	if !given && (d.Tokens[first-1].Tag != "NN" || first-1 == v) {
		return
	}
	for k := v + 1; k < i-1; k++ {
		switch {
		case d.Tokens[k].Head == i && k > first:
			r.hang(k, first, "flat")
		case d.Tokens[k].Head == i && k < first || d.Tokens[k].Head == first && k < first:
			r.hang(k, first, d.Tokens[k].Relation)
		}
	}
	r.hang(i-1, first, "flat")
	r.hang(first, v, "obj")
	r.hang(i, v, "xcomp")
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

// mendShot makes a verb of shot where that was read as the noun of a phrase that tells who shot: "the officer shot and killed an envoy"; and a sentence of what
// follows whom another has put there, where the participle was read as its verb: "Kremlin-installed mayor Ivan Petrov accused Kyiv".
func (r *reading) mendShot() {
	d := r.d
	for _, s := range d.Sentences {
		for i := s.First + 1; i+2 < s.Last; i++ {
			t := d.Tokens[i]
			lemma := pastNouns[strings.ToLower(d.Word(i))]
			if lemma == "" || t.Tag != "NN" || d.Tokens[i-1].Head != i || d.Tokens[i-1].Relation != "compound" || d.Tokens[i-1].Sort != "person" && r.g.nouns[d.Tokens[i-1].Lemma].kind != news.Group || d.Tokens[i+1].Tag != "CC" {
				continue
			}
			if v := d.Tokens[i+2]; v.Head != i || v.Relation != "conj" || v.Tag != "VBD" && v.Tag != "VBN" {
				continue
			}
			who := i - 1
			for k := s.First; k < who; k++ {
				if d.Tokens[k].Head == i && d.Tokens[k].Relation != "punct" {
					d.Tokens[k].Head = who
				}
			}
			d.Tokens[i].Tag, d.Tokens[i].Universal, d.Tokens[i].Lemma = "VBD", "VERB", lemma
			d.Tokens[i+2].Tag = "VBD"
			r.hang(who, i, "nsubj")
		}
		for v := s.First + 2; v+2 < s.Last; v++ {
			// The participle that hyphens join to whom it is by, read as the root.
			if t := d.Tokens[v]; t.Head >= 0 || t.Tag != "VBN" || d.Word(v-1) != "-" || d.Tokens[v-2].Head != v || r.has(v, s, "aux", "aux:pass", "cop", "nsubj", "nsubj:pass") {
				continue
			}
			who := -1
			for k := v + 1; k < s.Last && who < 0; k++ {
				if d.Tokens[k].Head == v && d.Tokens[k].Relation == "obj" {
					who = k
				}
			}
			for k := who + 1; who >= 0 && k < s.Last; k++ {
				if t := d.Tokens[k]; t.Head != who || t.Relation != "acl" || t.Tag != "VBN" && t.Tag != "VBD" || !r.has(k, s, "obj") {
					continue
				}
				d.Tokens[k].Tag = "VBD"
				r.hang(k, -1, "root")
				r.hang(who, k, "nsubj")
				r.hang(v, who, "amod")
				for c := k + 1; c < s.Last; c++ {
					if d.Tokens[c].Head == v {
						d.Tokens[c].Head = k
					}
				}
				break
			}
		}
	}
}

// pastNouns are past forms that are nouns besides, and their verbs.
var pastNouns = map[string]string{"shot": "shoot", "cut": "cut", "hit": "hit"}

// mendDescribed makes the verb after a name and a clause about it the verb of the sentence, where the tree sets it beside the name: "Ana Ruiz, who visited Lima in
// May, thanked Peru"; and joins two of whom each is described between commas, where the tree joins the second to a word of what describes the first: "Ana
// Ruiz, the envoy of Chad, and Ali Ba, a rebel, signed".
func (r *reading) mendDescribed(i int, s nlp.Sentence) {
	d := r.d
	t := d.Tokens[i]
	if t.Relation == "parataxis" && (t.Tag == "VBD" || t.Tag == "VBZ" || t.Tag == "VBN") && t.Head >= s.First && t.Head < i && d.Word(i-1) == "," && d.Tokens[t.Head].Head < 0 && r.nominal(t.Head) &&
		!r.has(i, s, "nsubj", "nsubj:pass", "aux:pass", "mark", "cc") && r.has(t.Head, s, "acl:relcl", "appos") && (r.has(i, s, "obj", "ccomp", "xcomp") || t.Tag == "VBD") && !r.has(t.Head, s, "cop", "nsubj") {
		who := t.Head
		if t.Tag == "VBN" {
			d.Tokens[i].Tag = "VBD"
		}
		r.hang(i, -1, "root")
		r.hang(who, i, "nsubj")
		for k := i + 1; k < s.Last; k++ {
			if d.Tokens[k].Head == who {
				d.Tokens[k].Head = i
			}
		}
		return
	}
	over := t.Head
	if t.Relation != "conj" || !strings.HasPrefix(t.Tag, "NNP") || over < s.First || over > i || i < s.First+4 || d.Tokens[i-1].Tag != "CC" || d.Word(i-2) != "," || i+1+r.flats(i) >= s.Last || d.Word(i+1+r.flats(i)) != "," {
		return
	}
	first := over
	for n := 0; n < 5 && first >= s.First && d.Tokens[first].Relation != "appos"; n++ {
		if rel := coarse(d.Tokens[first].Relation); rel != "nmod" && rel != "conj" && rel != "compound" {
			return
		}
		first = d.Tokens[first].Head
	}
	if first < s.First || d.Tokens[first].Relation != "appos" {
		return
	}
	first = d.Tokens[first].Head
	if first < s.First || first > over || !strings.HasPrefix(d.Tokens[first].Tag, "NNP") || !subjectOf(d.Tokens[first].Relation) && coarse(d.Tokens[first].Relation) != "obl" && d.Tokens[first].Relation != "obj" {
		return
	}
	for k := i + 1; k < s.Last; k++ {
		if o := d.Tokens[k]; o.Relation == "appos" && (o.Head == first || o.Head == i) {
			r.hang(k, i, "appos")
			r.hang(i, first, "conj")
			return
		}
	}
}

// mendTelling makes a gerund of what was read as telling more of the noun after it, where it is what somebody is charged with: "accused of massacring farmers". A
// month or a year that follows is of the gerund.
func (r *reading) mendTelling(i int, s nlp.Sentence) {
	d := r.d
	t := d.Tokens[i]
	o := t.Head
	if t.Tag != "VBG" || t.Relation != "amod" || o <= i || o >= s.Last || i <= s.First+1 || !strings.EqualFold(d.Word(i-1), "of") || d.Tokens[i-1].Head != o {
		return
	}
	v := d.Tokens[o].Head
	if v < s.First || v > i || !strings.HasPrefix(d.Tokens[v].Tag, "VB") || coarse(d.Tokens[o].Relation) != "obl" && coarse(d.Tokens[o].Relation) != "nmod" {
		return
	}
	if !slices.ContainsFunc(r.verbs[d.Tokens[v].Lemma], func(w wording) bool { return w.pattern.roles["of"] == news.RoleAbout && charges[w.action.Type] }) ||
		!slices.ContainsFunc(r.verbs[r.lemma(i)], func(w wording) bool { return w.pattern.roles["obj"] == news.Target }) {
		return
	}
	d.Tokens[i].Universal, d.Tokens[i].Lemma = "VERB", r.lemma(i)
	r.hang(i, v, "advcl")
	r.hang(i-1, i, "mark")
	r.hang(o, i, "obj")
	for k := o + 1; k < s.Last && d.Word(k) != ","; k++ {
		if c := d.Tokens[k]; c.Head == v && c.Tag == "CD" && coarse(c.Relation) == "obl" {
			r.hang(k, i, "obl")
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

// mendConfession joins a verb of words after a comma to the verb of saying of whose form it is, and not to what is said in a clause with another subject: "admitted
// that its jets had hit a school, and apologised".
func (r *reading) mendConfession(i int, s nlp.Sentence) {
	d := r.d
	t := d.Tokens[i]
	h := t.Head
	if h < s.First || h > i || t.Relation != "conj" || t.Tag != "VBD" && t.Tag != "VBZ" || i < s.First+3 || d.Tokens[i-1].Tag != "CC" || d.Word(i-2) != "," || r.has(i, s, "nsubj", "nsubj:pass", "aux", "aux:pass", "mark") {
		return
	}
	v := d.Tokens[h].Head
	if v < s.First || v > h || d.Tokens[h].Relation != "ccomp" || d.Tokens[v].Tag != t.Tag || !sayVerbs[d.Tokens[v].Lemma] && !reportVerbs[d.Tokens[v].Lemma] || !r.has(h, s, "nsubj", "nsubj:pass") || !r.has(h, s, "mark") || !r.has(v, s, "nsubj") {
		return
	}
	words := func(w wording) bool { return wordActs[w.action.Type] || w.action.Type == news.TypeConcede }
	if all := r.verbs[t.Lemma]; len(all) > 0 && !slices.ContainsFunc(all, func(w wording) bool { return !words(w) }) {
		r.hang(i, v, "conj")
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
	switch r.g.nouns[d.Tokens[on].Lemma].kind {
	case news.Group, news.Weapon, news.Organisation, news.Person:
		return
	}
	if _, weapon := r.g.weapons[d.Tokens[on].Lemma]; weapon {
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

// mendCommitted makes a verb of what follows to and was read as a part of the noun after it: "has gone on to kidnap farmers".
func (r *reading) mendCommitted(i int, s nlp.Sentence) {
	d := r.d
	t := d.Tokens[i]
	o := t.Head
	if t.Tag != "VB" || t.Relation != "compound" && t.Relation != "amod" || i <= s.First+1 || !strings.EqualFold(d.Word(i-1), "to") || d.Tokens[i-1].Head != o || o <= i || o >= s.Last || !strings.HasPrefix(d.Tokens[o].Tag, "NN") {
		return
	}
	v := d.Tokens[o].Head
	if v < s.First || v > i || !strings.HasPrefix(d.Tokens[v].Tag, "VB") || len(r.verbs[t.Lemma]) == 0 {
		return
	}
	d.Tokens[i].Universal = "VERB"
	d.Tokens[i-1].Tag = "TO"
	r.hang(i, v, "xcomp")
	r.hang(i-1, i, "mark")
	r.hang(o, i, "obj")
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

// mendAhead gives a finite verb for its subject the noun right before it, read as one more word of the object behind it: "Riot police used tear gas".
func (r *reading) mendAhead(i int, s nlp.Sentence) {
	d := r.d
	t := d.Tokens[i]
	if t.Tag != "VBD" && t.Tag != "VBZ" && t.Tag != "VBP" && (t.Tag != "VBN" || t.Head >= 0) || i == s.First || r.has(i, s, "nsubj", "nsubj:pass", "csubj", "expl", "aux", "aux:pass") {
		return
	}
	subject := i - 1
	object := d.Tokens[subject].Head
	if object <= i || object >= s.Last || d.Tokens[object].Head != i || coarse(d.Tokens[object].Relation) != "obj" || !strings.HasPrefix(d.Tokens[subject].Tag, "NN") {
		return
	}
	for k := s.First; k < subject; k++ {
		if d.Tokens[k].Head == object {
			r.hang(k, subject, d.Tokens[k].Relation)
		}
	}
	r.hang(subject, i, "nsubj")
	if t.Tag == "VBN" {
		d.Tokens[i].Tag = "VBD"
	}
}

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

// mendGuilty makes a verdict of guilty that was read as one more of those who are found so: "found Ruiz, Sá and Lund guilty of fraud".
func (r *reading) mendGuilty(i int, s nlp.Sentence) {
	d := r.d
	if !strings.EqualFold(d.Word(i), "guilty") {
		return
	}
	first := d.Tokens[i].Head
	for n := 0; n < 6 && first > s.First && first < i && strings.HasPrefix(d.Tokens[first].Tag, "NN") && coarse(d.Tokens[first].Relation) != "obj"; n++ {
		first = d.Tokens[first].Head
	}
	if first <= s.First || first >= i || coarse(d.Tokens[first].Relation) != "obj" || d.Tokens[first].Head < s.First || d.Tokens[d.Tokens[first].Head].Lemma != "find" {
		return
	}
	for k := first + 1; k < i; k++ {
		if t := d.Tokens[k]; t.Head == i && (t.Relation == "cc" || t.Tag == "NNP" || t.Tag == "NN") {
			r.hang(k, i-1, t.Relation)
		}
	}
	t := &d.Tokens[i]
	t.Tag, t.Universal, t.Lemma = "JJ", "ADJ", "guilty"
	r.hang(i, d.Tokens[first].Head, "xcomp")
}

// mendOffices hangs on the second of two joined office holders the first word of that one's office, read as one more word of the name before: "Labour Minister
// Ana Ruiz and Culture Minister Bo Lund".
func (r *reading) mendOffices(i int, s nlp.Sentence) {
	d := r.d
	if i <= s.First+1 || i+2 >= s.Last || !strings.EqualFold(d.Word(i-1), "and") && d.Word(i-1) != "," || !capital(d.Word(i)) || !r.g.titles[strings.ToLower(d.Tokens[i+1].Lemma)] {
		return
	}
	if t, name := d.Tokens[i], d.Tokens[i+1].Head; t.Head >= s.First && t.Head < i && t.Relation == "conj" && d.Tokens[i+1].Relation == "nmod:desc" && name > i+1 && name < s.Last {
		r.hang(i, i+1, "compound")
	}
}

// mendLast joins the last name of a list, whose last word was read as one more of the name before: "Ana Ruiz, Bo Lund and Eva Sá".
func (r *reading) mendLast(i int, s nlp.Sentence) {
	d := r.d
	t := d.Tokens[i]
	if t.Relation != "flat" || !strings.HasPrefix(t.Tag, "NNP") || t.Head < s.First || t.Head >= i-1 {
		return
	}
	and := -1
	for k := t.Head + 1; k < i; k++ {
		if d.Word(k) == "and" && d.Tokens[k].Head == i {
			and = k
		}
	}
	if and < 0 || and == i-1 {
		return
	}
	for k := and + 1; k < i; k++ {
		if !strings.HasPrefix(d.Tokens[k].Tag, "NNP") || d.Tokens[k].Head != i {
			return
		}
	}
	first, head := and+1, t.Head
	if d.Tokens[head].Relation == "conj" {
		head = d.Tokens[head].Head
	}
	for k := first + 1; k <= i; k++ {
		r.hang(k, first, "flat")
	}
	r.hang(and, first, "cc")
	r.hang(first, head, "conj")
}

// mendHolder hangs on an office the name of who holds it, which the tree hangs on where it is: "the mayor of Lima, Ana Ruiz, resigned".
func (r *reading) mendHolder(i int, s nlp.Sentence) {
	d := r.d
	t := d.Tokens[i]
	if t.Relation != "appos" || !strings.HasPrefix(t.Tag, "NNP") || t.Head <= s.First || t.Head > i || i+1 >= s.Last || d.Word(i-1) != "," || d.Tokens[i+1].Head != i || d.Tokens[i+1].Relation != "flat" {
		return
	}
	place := d.Tokens[t.Head]
	if _, given := r.g.given[d.Word(i)]; !given || place.Relation != "nmod" || !strings.HasPrefix(place.Tag, "NNP") || place.Head < s.First || place.Head > t.Head {
		return
	}
	if office := d.Tokens[place.Head]; office.Tag == "NN" && r.g.titles[strings.ToLower(office.Lemma)] {
		r.hang(i, place.Head, "appos")
	}
}

// nominal tells that token i is tagged as a noun, a name or a personal pronoun.
func (r *reading) nominal(i int) bool {
	tag := r.d.Tokens[i].Tag
	return strings.HasPrefix(tag, "NN") || tag == "PRP"
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

// mendInfinitives makes a verb of a noun of the vocabulary's verbs that follows to and has an object: "urged the council to sanction Chad", read as a way to
// a sanction; and a complement of the gerund after "went on", "kept on" and "carried on", read as when it was done.
func (r *reading) mendInfinitives() {
	d := r.d
	for _, s := range d.Sentences {
		for i := s.First + 2; i < s.Last; i++ {
			t := &d.Tokens[i]
			to := d.Tokens[i-1]
			if v := t.Head; t.Tag == "VB" && t.Relation == "advcl" && strings.EqualFold(d.Word(i-1), "to") && v >= s.First && v < i {
				// "condemned a bid by Chad to invade Niger": what the bid is, and whose.
				for n := v + 1; n < i; n++ {
					if o := d.Tokens[n]; o.Head == v && o.Relation == "obj" && plots[o.Lemma] {
						r.hang(i, n, "acl")
						for k := n + 1; k < i-1; k++ {
							if a := d.Tokens[k]; a.Head == v && a.Relation == "obl" && d.Word(n+1) == "by" && d.Tokens[n+1].Head == k {
								r.hang(k, n, "nmod")
							}
						}
						break
					}
				}
			}
			switch {
			case t.Tag == "NN" && strings.EqualFold(d.Word(i-1), "to") && to.Head == i && (t.Relation == "obl" || t.Relation == "nmod") && t.Head >= s.First && r.has(i, s, "obj") && len(r.verbs[t.Lemma]) > 0:
				t.Tag, t.Universal, t.Relation = "VB", "VERB", "xcomp"
				d.Tokens[i-1].Tag, d.Tokens[i-1].Relation = "TO", "mark"
				if h := d.Tokens[t.Head]; strings.HasPrefix(h.Tag, "NN") && h.Relation == "obj" && h.Head >= s.First {
					t.Head = h.Head
				}
			case t.Tag == "VB" && (t.Relation == "acl" || t.Relation == "xcomp") && t.Head >= s.First && t.Head < i && gerunds[strings.ToLower(d.Word(t.Head))] != "" && d.Tokens[t.Head].Tag == "NN":
				// "convicted of planning to bomb it": planning is what they did.
				g := &d.Tokens[t.Head]
				g.Tag, g.Universal, g.Lemma = "VBG", "VERB", gerunds[strings.ToLower(d.Word(t.Head))]
				if t.Relation = "xcomp"; g.Relation != "nmod" {
					break
				}
				g.Relation = "advcl"
				for c := s.First; c < i; c++ {
					if d.Tokens[c].Head == t.Head && d.Tokens[c].Relation == "case" {
						d.Tokens[c].Relation = "mark"
					}
				}
				if h := g.Head; h >= s.First && strings.HasPrefix(d.Tokens[h].Tag, "NN") && (d.Tokens[h].Relation == "obj" || d.Tokens[h].Relation == "nsubj:pass") && d.Tokens[h].Head >= s.First {
					g.Head = d.Tokens[h].Head
				}
			case t.Tag == "VBG" && strings.EqualFold(d.Word(i-1), "on") && to.Head == i && t.Relation == "advcl" && t.Head == i-2 && goingOn[d.Tokens[i-2].Lemma]:
				t.Relation = "xcomp"
			}
		}
	}
}

// gerunds are those before an infinitive that parsers take for nouns, with their lemmas.
var gerunds = map[string]string{
	"planning": "plan", "plotting": "plot", "conspiring": "conspire", "attempting": "attempt", "preparing": "prepare", "scheming": "scheme", "seeking": "seek", "trying": "try", "threatening": "threaten",
}

// goingOn are verbs that say with "on" that something is done further.
var goingOn = wordSet("go keep carry")

// outcomeOf are the lemmas of participles that follow the number of those whom they befell.
var outcomeOf = map[string]string{"injured": "injure", "wounded": "wound", "killed": "kill", "hurt": "hurt", "arrested": "arrest", "detained": "detain"}

// mendNumber lets a number count the noun that it stands before, and that noun be the object of the verb that the number follows: "killed thirteen
// tea pickers", "arrested more than 200 students", "killed seven nurses and wounded 30 patients".
func (r *reading) mendNumber(i int, s nlp.Sentence) {
	d := r.d
	if d.Tokens[i].Tag != "CD" || i == s.First {
		return
	}
	h := i + 1 // the noun that is counted
	for h < s.Last && (strings.HasPrefix(d.Tokens[h].Tag, "JJ") || d.Tokens[h].Tag == "CD" || d.Tokens[h].Tag == "HYPH" || d.Tokens[h].Head == h+1 && d.Tokens[h].Relation == "compound") {
		h++
	}
	if t := d.Tokens[i]; t.Relation == "conj" && t.Head >= s.First && t.Head < i && i+1 < s.Last && d.Tokens[i+1].Tag == "VBN" && d.Tokens[i+1].Head == t.Head && d.Tokens[i+1].Relation == "conj" {
		r.hang(i, i+1, "nsubj:pass") // nine were killed and ten injured
		return
	}
	if t := d.Tokens[i]; t.Head == i+1 && i+1 < s.Last && strings.HasPrefix(t.Relation, "obl") && outcomeOf[strings.ToLower(d.Word(i+1))] != "" {
		d.Tokens[i].Relation = "nsubj:pass" // and fifty-one injured
		d.Tokens[i+1].Tag, d.Tokens[i+1].Universal, d.Tokens[i+1].Lemma = "VBN", "VERB", outcomeOf[strings.ToLower(d.Word(i+1))]
		return
	}
	if h == s.Last || d.Tokens[h].Tag != "NNS" || d.Tokens[h].Sort == "time" {
		return
	}
	if t := d.Tokens[i]; t.Head == h && (t.Relation == "case" || t.Relation == "advmod" || t.Relation == "amod" || t.Relation == "compound") {
		d.Tokens[i].Relation = "nummod"
	}
	v := i - 1 // the verb, before "at least" and "more than"
	for v > s.First && (d.Tokens[v].Tag == "CD" || d.Tokens[v].Tag == "HYPH" || slices.Contains([]string{"at", "least", "more", "than", "about", "some", "nearly", "almost", "around", "over", "up", "to", "between", "and", "only", "another"}, strings.ToLower(d.Word(v)))) {
		v--
	}
	verb, noun := d.Tokens[v], d.Tokens[h]
	switch {
	case !strings.HasPrefix(verb.Tag, "VB") || r.has(v, s, "obj", "aux:pass"):
	case noun.Head == v && noun.Relation == "obl":
		d.Tokens[h].Relation = "obj"
		if n := verb.Head; verb.Relation == "acl" && n >= s.First && n < v && d.Tokens[n].Head < 0 { // the collapse killed ten, read as one noun
			d.Tokens[v].Tag = "VBD"
			r.hang(v, -1, "root")
			r.hang(n, v, "nsubj")
		}
	case noun.Head == v && noun.Relation == "obj":
	case verb.Relation == "amod" && verb.Head == h && v > s.First && d.Tokens[v-1].Tag == "CC" && noun.Relation == "conj" && noun.Head >= s.First:
		first := noun.Head
		if over := d.Tokens[first].Head; over >= s.First && d.Tokens[first].Relation == "obj" && strings.HasPrefix(d.Tokens[over].Tag, "VB") {
			d.Tokens[v].Tag = d.Tokens[over].Tag
			r.hang(v, over, "conj")
			r.hang(h, v, "obj")
			r.hang(v-1, v, "cc")
		}
	}
}

// hang lets token i hang on token head.
func (r *reading) hang(i, head int, relation string) {
	r.d.Tokens[i].Head, r.d.Tokens[i].Relation = head, relation
}

// has tells that a token of a sentence hangs on token i with one of the relations.
func (r *reading) has(i int, s nlp.Sentence, relations ...string) bool {
	for _, t := range r.d.Tokens[s.First:s.Last] {
		if t.Head == i && slices.Contains(relations, t.Relation) {
			return true
		}
	}
	return false
}

// mendSorts gives all uses of a common noun the sort that most of them have, or of several the first, for a noun keeps its sense within a story
// (Gale, Church and Yarowsky 1992): one crane of several is no bird.
func (r *reading) mendSorts() {
	type sense struct{ lemma, sort string }
	counts, most := map[sense]int{}, map[string]int{}
	common := func(t nlp.Token) bool { return (t.Tag == "NN" || t.Tag == "NNS") && t.Sort != "" }
	for _, t := range r.d.Tokens {
		if common(t) {
			k := sense{t.Lemma, t.Sort}
			counts[k]++
			most[t.Lemma] = max(most[t.Lemma], counts[k])
		}
	}
	of := map[string]string{}
	for _, t := range r.d.Tokens {
		if !common(t) {
			continue
		}
		if _, ok := of[t.Lemma]; !ok && counts[sense{t.Lemma, t.Sort}] == most[t.Lemma] {
			of[t.Lemma] = t.Sort
		}
	}
	for i, t := range r.d.Tokens {
		if common(t) {
			r.d.Tokens[i].Sort = of[t.Lemma]
		}
	}
}

// mendParticiple makes participle i an adjective of the name that follows it ("war-torn Chad", read as one name) or of the object of the verb
// before it ("rejects proposed changes", read as two verbs).
func (r *reading) mendParticiple(i int, s nlp.Sentence) {
	d := r.d
	t := d.Tokens[i]
	if i == s.First || i+1 == s.Last {
		return
	}
	if n := d.Tokens[i+1]; d.Word(i-1) == "-" && (t.Universal == "VERB" || t.Universal == "ADJ") && strings.HasPrefix(n.Tag, "NNP") && n.Head == i {
		r.hang(i+1, t.Head, t.Relation)
		for k := s.First; k < s.Last; k++ {
			if d.Tokens[k].Head == i && (k > i || d.Tokens[k].Relation == "case" || d.Tokens[k].Relation == "det") {
				r.hang(k, i+1, d.Tokens[k].Relation)
			}
		}
		r.hang(i, i+1, "amod")
		return
	}
	verb := d.Tokens[i-1]
	if t.Tag != "VBN" && t.Tag != "VBD" || verb.Universal != "VERB" || sayVerbs[verb.Lemma] || t.Relation != "ccomp" && t.Relation != "xcomp" || r.has(i-1, s, "obj") || r.has(i, s, "nsubj", "nsubj:pass", "mark", "aux", "aux:pass") {
		return
	}
	object := -1
	for k := i + 1; k < s.Last && object < 0; k++ {
		switch n := d.Tokens[k]; {
		case strings.HasPrefix(n.Tag, "NN") && n.Head == i && n.Relation == "obj":
			object = k
		case !strings.HasPrefix(n.Tag, "NN") && !strings.HasPrefix(n.Tag, "JJ") && n.Tag != "HYPH":
			return
		}
	}
	if object < 0 || d.Tokens[i-1].Head != i && r.under(i-1, i) {
		return
	}
	if d.Tokens[i-1].Head == i {
		r.hang(i-1, t.Head, t.Relation)
	}
	for k := s.First; k < s.Last; k++ {
		if d.Tokens[k].Head == i {
			r.hang(k, i-1, d.Tokens[k].Relation)
		}
	}
	r.hang(object, i-1, "obj")
	r.hang(i, object, "amod")
}

// days are words that name a day by themselves.
var days = wordSet("Monday Tuesday Wednesday Thursday Friday Saturday Sunday yesterday today tomorrow")

// monthNames are months as dates write them.
var monthNames = wordSet("January February March April May June July August September October November December Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec")

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

// dated tells that token i is a day, a month or a number.
func (r *reading) dated(i int) bool {
	w := strings.TrimSuffix(r.d.Word(i), ".")
	return days[w] || monthNames[w] || r.d.Tokens[i].Tag == "CD"
}

// mendNation hangs a name, or the adjective of a state, on the head of its phrase when it was hung on a noun before that head, which says no other
// thing: "Chadian opposition candidates", "Defense Department news release".
func (r *reading) mendNation(i int) {
	d := r.d
	for n := 0; n < 4; n++ {
		k := d.Tokens[i].Head
		if k <= i || d.Tokens[i].Relation != "amod" && d.Tokens[i].Relation != "compound" || d.Tokens[k].Relation != "compound" || d.Tokens[k].Tag != "NN" && d.Tokens[k].Tag != "NNS" || d.Tokens[k].Head < k {
			return
		}
		first := i
		if i > 0 && d.Tokens[i-1].Head == k && r.isState(d.Words(i-1, i+1)) {
			first = i - 1 // South Korean
		}
		if first == i && !strings.HasPrefix(d.Tokens[i].Tag, "NNP") && !r.isState(d.Word(i)) {
			return
		}
		for ; first <= i; first++ {
			r.hang(first, d.Tokens[k].Head, d.Tokens[first].Relation)
		}
	}
}

// isState tells that words name a state, or are its adjective.
func (r *reading) isState(words string) bool {
	e, ok := r.g.names[plain(words)]
	return ok && r.kindOf(e.id) == news.State
}

// mendReceiver makes an indirect object without a direct one the object: "allowed the candidate to run".
func (r *reading) mendReceiver(i int, s nlp.Sentence) {
	if h := r.d.Tokens[i].Head; r.d.Tokens[i].Relation == "iobj" && !r.has(h, s, "obj", "ccomp") && r.has(h, s, "xcomp") {
		r.hang(i, h, "obj")
	}
}

// mendSubject gives the verb at token i its subject back. "Oman, an ally of the West, criticised": who is described between commas is the subject, and the
// description his apposition. "Troops fired at a crowd, the ministry said": of two subjects of who says so, the former is the verb's that stands before the
// latter and has none.
func (r *reading) mendSubject(i int, s nlp.Sentence) {
	d := r.d
	if !strings.HasPrefix(d.Tokens[i].Tag, "VB") {
		return
	}
	var subjects []int
	for k := s.First; k < i; k++ {
		if t := d.Tokens[k]; t.Head == i && subjectOf(t.Relation) {
			subjects = append(subjects, k)
		}
	}
	switch len(subjects) {
	case 0: // the description is his apposition already
		for n := s.First; n < i-3; n++ {
			t := d.Tokens[n]
			if t.Head == i && t.Relation == "vocative" && (strings.HasPrefix(t.Tag, "NNP") || r.isState(d.Word(n))) && d.Word(n+1+r.flats(n)) == "," && d.Word(i-1) == "," && r.has(n, s, "appos") {
				d.Tokens[n].Tag, d.Tokens[n].Universal = "NNP", "PROPN"
				r.hang(n, i, "nsubj")
				return
			}
		}
	case 1:
		k := subjects[0]
		first := k
		for first > s.First && d.Tokens[first-1].Head == k {
			first--
		}
		if first == k || first < s.First+2 || d.Word(first-1) != "," || d.Tokens[first].Relation != "det" && d.Tokens[first].Relation != "amod" && d.Tokens[first].Relation != "nummod" || d.Word(i-1) != "," {
			return
		}
		n := first - 2 // the name, or the last word of it
		for h := d.Tokens[n].Head; n > s.First && h >= s.First && h < n && d.Tokens[n].Relation == "flat"; h = d.Tokens[n].Head {
			n = h
		}
		if t := d.Tokens[n]; t.Head == i && (strings.HasPrefix(t.Tag, "NNP") || r.isState(d.Word(n))) && (t.Relation == "vocative" || t.Relation == "dep" || t.Relation == "dislocated" || t.Relation == "obl:tmod" || t.Relation == "parataxis") {
			relation := d.Tokens[k].Relation
			d.Tokens[n].Tag, d.Tokens[n].Universal = "NNP", "PROPN"
			r.hang(n, i, relation)
			r.hang(k, n, "appos")
		}
	case 2:
		if !sayVerbs[d.Tokens[i].Lemma] {
			return
		}
		for c := subjects[0] + 1; c < subjects[1]; c++ {
			if t := d.Tokens[c]; t.Head == i && (t.Relation == "ccomp" || t.Relation == "parataxis") && strings.HasPrefix(t.Tag, "VB") && !r.has(c, s, "nsubj", "nsubj:pass", "csubj") {
				relation := "nsubj"
				if r.has(c, s, "aux:pass") {
					relation = "nsubj:pass"
				}
				r.hang(subjects[0], c, relation)
				return
			}
		}
	}
}

// moving are verbs whose object does what the infinitive after it tells.
var moving = wordSet("ask press push order command beg implore lobby cause force urge compel persuade permit enable encourage instruct expect require allow invite tell advise pressure oblige")

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

// apposed tells that a name is the root of a sentence, is described between commas, and that what token v tells of it follows with its object: "Ana
// Ruiz, a former minister, accused police".
func (r *reading) apposed(root, v int, s nlp.Sentence) bool {
	d := r.d
	if root > v || !strings.HasPrefix(d.Tokens[root].Tag, "NNP") || d.Word(v-1) != "," || v+1 >= s.Last {
		return false
	}
	switch next := d.Tokens[v+1]; {
	case next.Tag == "DT", next.Tag == "PRP", next.Tag == "PRP$", next.Tag == "CD", strings.HasPrefix(next.Tag, "NN"), next.Tag == "JJ":
	default:
		return false
	}
	for k := root + 1; k < v-1; k++ {
		if d.Tokens[k].Head == root && d.Tokens[k].Relation == "appos" && d.Word(root+1+r.flats(root)) == "," {
			return true
		}
	}
	return false
}

// flats are how many words of a name follow its first.
func (r *reading) flats(i int) int {
	n := 0
	for i+n+1 < len(r.d.Tokens) && r.d.Tokens[i+n+1].Head == i && r.d.Tokens[i+n+1].Relation == "flat" {
		n++
	}
	return n
}

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
	unlike := t.Tag == over && under != over && !(past && (under == "VBD" || under == "VBN"))
	if but || unlike || (t.Tag == over || past && over == "VBD") && of(i, true) && !of(i, false) && of(h, false) {
		if past {
			d.Tokens[i].Tag = "VBD"
		}
		r.hang(i, v, "conj")
	}
}

// denying are verbs whose complement is told not to be so.
var denying = wordSet("deny dispute refute disavow")

// mendVerb makes the verb of a sentence of a participle that was read beside its object, where that has a subject: "rights groups later accused soldiers of
// theft".
func (r *reading) mendVerb(root int, s nlp.Sentence) {
	d := r.d
	subject := -1
	for k := s.First; k < root; k++ {
		switch t := d.Tokens[k]; {
		case t.Head == root && t.Relation == "cop":
			return
		case t.Head == root && t.Relation == "nsubj" && subject < 0:
			subject = k
		}
	}
	for v := subject + 1; subject >= 0 && v < root; v++ {
		t := &d.Tokens[v]
		lemma := r.pastOf(strings.ToLower(d.Word(v)))
		if lemma == "" || t.Head != root || t.Relation != "amod" || len(r.verbs[lemma]) == 0 {
			continue
		}
		for k := subject + 1; k < v; k++ {
			if tag := d.Tokens[k].Tag; !strings.HasPrefix(tag, "RB") {
				return
			}
		}
		t.Tag, t.Universal, t.Lemma = "VBD", "VERB", lemma
		r.hang(v, -1, "root")
		r.hang(root, v, "obj")
		for k := s.First; k < s.Last; k++ {
			if c := d.Tokens[k]; c.Head == root && k != v && (k < v || c.Relation == "punct" || c.Relation == "obl" || c.Relation == "advcl") {
				d.Tokens[k].Head = v
			}
		}
		return
	}
}

// mendRoots gives sentences their verb back whose tree has none: "Britain mobilized troops" read as a phrase about troops that somebody mobilized. A
// past form of a verb of the vocabulary that follows a noun becomes the root, the noun its subject, and the old root its object.
func (r *reading) mendRoots() {
	d := r.d
	for _, s := range d.Sentences {
		root := -1
		for i := s.First; i < s.Last; i++ {
			if d.Tokens[i].Head < 0 {
				root = i
			}
		}
		if root < 0 || !strings.HasPrefix(d.Tokens[root].Tag, "NN") || s.Last-s.First < 5 || d.Word(s.Last-1) != "." {
			continue
		}
		r.mendVerb(root, s)
		finite := false
		for i := s.First; i < s.Last; i++ {
			t := d.Tokens[i]
			finite = finite || t.Head == root && (t.Relation == "cop" || subjectOf(t.Relation))
		}
		for v := s.First + 1; v < s.Last && !finite; v++ {
			t := &d.Tokens[v]
			lemma := r.pastOf(strings.ToLower(d.Word(v)))
			if lemma != "" && (t.Relation == "amod" || t.Relation == "acl") && r.apposed(root, v, s) {
				o := v + 1 // the object
				for o < s.Last-1 && !strings.HasPrefix(d.Tokens[o].Tag, "NN") && !strings.HasPrefix(d.Tokens[o].Tag, "PRP") {
					o++
				}
				for h := d.Tokens[o].Head; h > o && h < s.Last && strings.HasPrefix(d.Tokens[h].Tag, "NN"); h = d.Tokens[o].Head {
					o = h
				}
				t.Tag, t.Universal, t.Lemma = "VBD", "VERB", lemma
				r.hang(v, -1, "root")
				r.hang(root, v, "nsubj")
				r.hang(o, v, "obj")
				for k := v + 1; k < s.Last; k++ { // what follows the verb is its own
					switch c := d.Tokens[k]; {
					case c.Head < s.First || c.Head >= v || k == o:
					case c.Relation == "acl":
						r.hang(k, v, "advcl")
					case c.Relation == "nmod":
						r.hang(k, v, "obl")
					case c.Relation == "conj" && strings.HasPrefix(c.Tag, "VB"), c.Relation == "punct":
						d.Tokens[k].Head = v
					}
				}
				break
			}
			if lemma == "" || t.Relation != "amod" && t.Relation != "acl" || !strings.HasPrefix(d.Tokens[v-1].Tag, "NN") {
				continue
			}
			subject := v - 1
			for h := d.Tokens[subject].Head; h >= s.First && h < v && strings.HasPrefix(d.Tokens[h].Tag, "NN"); h = d.Tokens[subject].Head {
				subject = h
			}
			if root > v {
				d.Tokens[root].Head, d.Tokens[root].Relation = v, "obj"
			}
			t.Tag, t.Universal, t.Lemma, t.Relation, t.Head = "VBD", "VERB", lemma, "root", -1
			d.Tokens[subject].Head, d.Tokens[subject].Relation = v, "nsubj"
			break
		}
	}
}

// pastOf is the verb of the vocabulary whose past form a word is, by its ending; empty if there is none.
func (r *reading) pastOf(word string) string {
	stem, ok := strings.CutSuffix(word, "ed")
	if !ok || len(stem) < 3 {
		return ""
	}
	for _, lemma := range []string{stem, stem + "e", stem[:len(stem)-1], strings.TrimSuffix(stem, "i") + "y"} {
		if len(r.verbs[lemma]) > 0 {
			return lemma
		}
	}
	return ""
}

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
	switch preposition {
	case "on", "against", "by", "of", "to", "from", "with", "between":
	default:
		return
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
	if takes(r.nouns[d.Tokens[object].Lemma]) && !takes(r.verbs[d.Tokens[v].Lemma]) {
		r.hang(i, object, "nmod")
	}
}
