package extract

import (
	"slices"
	"strings"

	"newsgraph/news"
)

// whole is the token of the phrase that a pronoun is part of by such words as four of them and most of them, i itself if there is none.
func (r *reading) whole(i int) int {
	d := r.d
	for n := 0; n < 4 && d.Tokens[i].Relation == "nmod" && d.Tokens[i].Head >= 0; n++ {
		h := d.Tokens[i].Head
		if d.Tokens[h].Tag != "CD" && !quantities[strings.ToLower(d.Tokens[h].Lemma)] && d.Tokens[h].Tag != "DT" {
			break
		}
		i = h
	}
	return i
}

// deedOn is the verb that tells what is done to token i, -1 if none does.
func (r *reading) deedOn(i int) int {
	t := r.d.Tokens[i]
	if t.Relation == "conj" && t.Head >= 0 {
		t = r.d.Tokens[t.Head]
	}
	if (t.Relation == "obj" || t.Relation == "nsubj:pass") && t.Head >= 0 && strings.HasPrefix(r.d.Tokens[t.Head].Tag, "VB") {
		return t.Head
	}
	return -1
}

// deedOf is the verb whose doer token i is, -1 if there is none.
func (r *reading) deedOf(i int) int {
	t := r.d.Tokens[i]
	if t.Relation == "conj" && t.Head >= 0 {
		t = r.d.Tokens[t.Head]
	}
	if (t.Relation == "nsubj" || t.Relation == "obl:agent") && t.Head >= 0 && strings.HasPrefix(r.d.Tokens[t.Head].Tag, "VB") {
		return t.Head
	}
	return -1
}

// aftermath tells that what the verb does to the pronoun at token i follows on what the story told of a candidate: whom somebody seized or hurt is freed,
// helped or tried, and whoever attacked or protested is held.
func (r *reading) aftermath(i int, c candidate) bool {
	v := r.deedOn(r.whole(i))
	if v < 0 || c.joint {
		return false
	}
	senses := r.senses(v)
	has := func(types []news.EventType, some ...news.EventType) bool {
		return slices.ContainsFunc(some, func(t news.EventType) bool { return slices.Contains(types, t) })
	}
	freed := has(senses, news.TypeRetreat, news.TypeAid)
	held := has(senses, news.TypeCoerce, news.TypeSanction)
	if !freed && !held {
		return false
	}
	if u := r.deedOn(c.token); u >= 0 && u != v {
		before := r.senses(u)
		return has(before, news.TypeCoerce) || freed && has(before, news.TypeAssault) || held && has(before, news.TypeSanction)
	}
	if u := r.deedOf(c.token); u >= 0 && u != v && held && !freed {
		before := r.senses(u)
		return has(before, news.TypeAssault, news.TypeProtest) && !has(before, news.TypeCoerce)
	}
	return false
}

// things tells whether things may be what a plural pronoun at token i stands for: where the vocabulary says that what is done to them is what a deed
// is done with, as with what is fired, shot down, seized or given. only tells that nobody else can be.
func (r *reading) things(i int) (may, only bool) {
	v := r.deedOn(r.whole(i))
	if v < 0 {
		return false, false
	}
	only = true
	words := 0 // of the longest wording: shot down, not shot
	for _, w := range r.wordings(v) {
		n := len(w.pattern.words)
		if n < words || n > 1 && !r.worded(v, w.pattern.words, true) {
			continue
		}
		if n > words {
			words, may, only = n, false, true
		}
		if w.pattern.roles["obj"] == news.Instrument {
			may = true
		} else {
			only = false
		}
	}
	return may, only && may
}

// many tells that the candidate's own word is a plural or counted.
func (r *reading) many(c candidate) bool {
	return strings.HasSuffix(r.d.Tokens[c.token].Tag, "S")
}

// outnumbers tells that a candidate may be the whole of which the pronoun at token i is told to be a part: it is counted as more, or not at all.
func (r *reading) outnumbers(i int, c candidate) bool {
	w := r.whole(i)
	if w == i {
		return true
	}
	part, _, _, _ := r.amount(w)
	_, whole, _, _ := r.amount(c.token)
	return part == 0 || whole == 0 || whole > part
}

// companion tells that a candidate is who else acts or is acted on in the clause of the pronoun at token i, so that another word would stand: "he thanked
// Ruiz" is not Ruiz.
func (r *reading) companion(i int, c candidate) bool {
	w := r.whole(i)
	t := r.d.Tokens[w]
	if t.Head < 0 || !strings.HasPrefix(r.d.Tokens[t.Head].Tag, "VB") || len(c.ids) > 1 {
		return false
	}
	others := r.child(t.Head, "nsubj", "nsubj:pass", "obj", "iobj")
	if subjectOf(t.Relation) {
		for _, v := range r.child(t.Head, "conj") { // he denied it and thanked Ruiz
			if len(r.child(v, "nsubj", "nsubj:pass")) == 0 {
				others = append(others, r.child(v, "obj", "iobj")...)
			}
		}
	}
	if len(r.child(t.Head, "nsubj", "nsubj:pass")) == 0 && !subjectOf(t.Relation) {
		others = append(others, r.subjects(t.Head, 0)...) // police beat men and arrested them
	}
	return slices.ContainsFunc(others, func(k int) bool {
		if m := r.at[k]; m != nil {
			return k != w && m.entity == c.ids[0] && m.form != news.FormAdjective
		}
		return k > w && strings.HasPrefix(r.d.Tokens[k].Tag, "NN") && r.childWord(k, "the") && r.d.Tokens[k].Lemma == r.d.Tokens[c.token].Lemma
	})
}

// own is the state or the body that says, denies or plans what the clause tells whose subject is the pronoun at token i: "Moscow denied that it had helped".
func (r *reading) own(i int) (candidate, bool) {
	d := r.d
	if whose := d.Tokens[i].Head; d.Tokens[i].Relation == "nmod:poss" && whose > i && subjectOf(d.Tokens[whose].Relation) {
		i = whose // "Chad said that its troops had fired"
	}
	v := d.Tokens[i].Head
	if !subjectOf(d.Tokens[i].Relation) || v < 0 || d.Tokens[v].Relation != "ccomp" || d.Tokens[v].Head < 0 || d.Tokens[v].Head > i {
		return candidate{}, false
	}
	h := d.Tokens[v].Head
	if l := d.Tokens[h].Lemma; !sayVerbs[l] && !reportVerbs[l] && !denying[l] {
		return candidate{}, false
	}
	if u := d.Tokens[h].Head; d.Tokens[h].Relation == "conj" && u >= 0 && slices.ContainsFunc(r.senses(v), func(t news.EventType) bool { return charges[t] }) && slices.Contains(r.senses(u), news.TypeAccuse) {
		// "Peru criticised Chad and said that it had bombed Niger": whom one judges did it.
		for _, k := range r.child(u, "obj") {
			if ids := r.resolve(k); len(ids) == 1 && (r.kind(ids[0]) == news.State || r.kind(ids[0]) == news.Organisation) {
				return candidate{ids: ids, token: k, sentence: r.sentenceOf[k], subject: true}, true
			}
		}
	}
	k := r.subjects(h, 0)
	if len(k) != 1 || len(r.joined(k[0])) > 1 || r.at[k[0]] == nil {
		return candidate{}, false
	}
	id := r.at[k[0]].entity
	if r.kind(id) == news.Kind(news.Place) {
		id = r.actor(id, k[0])
	}
	body := bodies[strings.ToLower(d.Tokens[k[0]].Lemma)] && !strings.HasSuffix(d.Tokens[k[0]].Tag, "S")
	if kind := r.kind(id); kind != news.State && kind != news.Organisation && !(kind == news.Group && body) {
		return candidate{}, false
	}
	return candidate{ids: []news.ID{id}, token: k[0], sentence: r.sentenceOf[k[0]], subject: true}, true
}

// ahead is who acts in the main clause after a phrase that opens its sentence with the pronoun at token i: "After his visit, Ruiz condemned Chad".
func (r *reading) ahead(i int) (candidate, bool) {
	d := r.d
	top, verb := i, d.Tokens[i].Head
	for verb >= 0 {
		switch rel := coarse(d.Tokens[top].Relation); {
		case strings.HasPrefix(d.Tokens[verb].Tag, "VB") && (rel == "obl" || rel == "advcl") && top < verb:
			for _, k := range r.subjects(verb, 0) {
				if k < i || d.Tokens[k].Head != verb || strings.HasPrefix(d.Tokens[k].Tag, "PRP") || r.under(k, top) || len(r.joined(k)) > 1 {
					continue
				}
				if ids := r.resolve(k); len(ids) > 0 {
					return candidate{ids: ids, token: k, sentence: r.sentenceOf[k], subject: true}, true
				}
			}
			return candidate{}, false
		}
		top, verb = verb, d.Tokens[verb].Head
	}
	return candidate{}, false
}

// commanded is who is urged, forced or asked to do something to what is his by the possessive at token i: "called on Peru to free its hostages".
func (r *reading) commanded(i int) (candidate, bool) {
	d := r.d
	if d.Tokens[i].Relation != "nmod:poss" || d.Tokens[i].Head < 0 {
		return candidate{}, false
	}
	v := d.Tokens[d.Tokens[i].Head].Head
	if v < 0 || d.Tokens[v].Tag != "VB" || d.Tokens[v].Head < 0 {
		return candidate{}, false
	}
	h := d.Tokens[v].Head
	for _, k := range r.subjects(v, 0) {
		if rel := coarse(d.Tokens[k].Relation); d.Tokens[k].Head != h || rel != "obj" && rel != "iobj" && rel != "obl" || len(r.joined(k)) > 1 || !r.predicate("moving", d.Tokens[h].Lemma) && r.appealed(h) != k {
			continue
		}
		if ids := r.resolve(k); len(ids) > 0 {
			return candidate{ids: ids, token: k, sentence: r.sentenceOf[k], subject: true}, true
		}
	}
	return candidate{}, false
}

// accountable is who is judged, punished, praised or thanked for what is his by the possessive at token i: "condemned Chad for its raid on Mali", "imposed sanctions
// on Chad over its support for rebels".
func (r *reading) accountable(i int) (candidate, bool) {
	d := r.d
	n := d.Tokens[i].Head
	helped := n >= 0 && r.childCase(n, "in", "against")
	if d.Tokens[i].Relation != "nmod:poss" || n < 0 || !helped && !r.childCase(n, "for", "over") {
		return candidate{}, false
	}
	h, rel := d.Tokens[n].Head, coarse(d.Tokens[n].Relation)
	if h < 0 || rel != "obl" && rel != "nmod" {
		return candidate{}, false
	}
	for _, v := range r.judgesAbove(h, i) {
		judged := r.ofClass(v, "penalising") || overlap(r.senses(v), []news.EventType{news.TypeAccuse, news.TypeSanction, news.TypeSupport, news.TypeCoerce})
		if helped && !overlap(r.senses(v), []news.EventType{news.TypeSupport, news.TypeAid}) || !helped && !judged {
			continue // "backs Chad in its war on rebels"
		}
		for _, o := range r.judgedOf(v, n, i) {
			if ids := r.resolve(o); len(ids) > 0 && r.party(ids[0]) {
				return candidate{ids: ids, token: o, sentence: r.sentenceOf[o], subject: true, joint: len(ids) > 1}, true
			}
		}
	}
	return candidate{}, false
}

// judgesAbove are the words that may judge what stands at token i, which hangs below token h: h and what it hangs on, up to a verb, and the event nouns before i that are
// that verb's objects.
func (r *reading) judgesAbove(h, i int) []int {
	var over []int
	for k := h; k >= 0 && len(over) < 4; k = r.d.Tokens[k].Head {
		over = append(over, k)
		if r.pos(k) == "V" {
			return append(over, slices.DeleteFunc(slices.Clone(r.child(k, "obj")), func(o int) bool { return o > i || !r.telling(o) })...)
		}
	}
	return over
}

// judgedOf are those before token i whom the word at token v judges, for what stands at token n: a verb's objects, and whom it or its noun takes with a preposition.
func (r *reading) judgedOf(v, n, i int) []int {
	d := r.d
	found := slices.DeleteFunc(slices.Concat(r.child(v, "obj", "iobj"), r.child(v, "obl", "nmod")), func(o int) bool {
		return o == n || o > i || r.childCase(o, "for", "over") || coarse(d.Tokens[o].Relation) != "obj" && d.Tokens[o].Relation != "iobj" && !r.childCase(o, "on", "against", "of", "with")
	})
	if r.pos(v) == "N" && d.Tokens[v].Relation == "obj" && d.Tokens[v].Head >= 0 {
		for _, o := range r.child(d.Tokens[v].Head, "obl") {
			if o < i && r.childCase(o, "on", "against") {
				found = append(found, o) // sanctions, hung on the verb
			}
		}
	}
	return found
}

// likewise is whom the same possessive before that at token i stands for, in one list with it: "its army and its navy".
func (r *reading) likewise(i int) (candidate, bool) {
	d := r.d
	if d.Tokens[i].Relation != "nmod:poss" {
		return candidate{}, false
	}
	for k := i - 1; k >= d.Sentences[r.sentenceOf[i]].First; k-- {
		m := r.at[k]
		switch {
		case m == nil && (strings.HasPrefix(d.Tokens[k].Tag, "VB") || d.Tokens[k].Tag == "MD"):
			return candidate{}, false
		case m == nil || m.form != news.FormPronoun && !r.party(m.entity):
			continue
		case m.form != news.FormPronoun || !strings.EqualFold(d.Word(k), d.Word(i)) || d.Tokens[k].Relation != "nmod:poss":
			return candidate{}, false
		}
		return candidate{ids: append([]news.ID{m.entity}, m.more...), token: k, sentence: r.sentenceOf[k], subject: true, joint: len(m.more) > 0}, true
	}
	return candidate{}, false
}

// echoed is whom the last personal pronoun of the same gender before that at token i stands for, in its sentence, where no other person is named
// between: "A judge ordered him to stay in jail while they investigate him".
func (r *reading) echoed(i int, p pronoun) (candidate, bool) {
	for k := i - 1; k >= r.d.Sentences[r.sentenceOf[i]].First; k-- {
		m := r.at[k]
		switch {
		case m == nil:
		case m.form == news.FormPronoun && pronouns[strings.ToLower(r.d.Word(k))].gender == p.gender:
			return candidate{ids: []news.ID{m.entity}, token: k, sentence: r.sentenceOf[k], subject: true}, len(m.more) == 0
		case r.kind(m.entity) == news.Person:
			return candidate{}, false
		}
	}
	return candidate{}, false
}

// single tells that a candidate may be one person whom nobody names: a priest, the thief. The sorts that the network guesses do not tell it.
func (r *reading) single(c candidate) bool {
	t := r.d.Tokens[c.token]
	low := strings.ToLower(t.Lemma)
	return len(c.ids) == 1 && r.kind(c.ids[0]) == news.Group && t.Tag == "NN" && len(r.child(c.token, "det", "nmod:poss")) > 0 &&
		!bodies[low] && !collective[low] && !slices.Contains(r.g.Classes(low), "many")
}

// one tells that a candidate is surely one person: he or she stood for him, or his noun is one for persons.
func (r *reading) one(c candidate) bool {
	low := strings.ToLower(r.d.Tokens[c.token].Lemma)
	return len(c.ids) == 1 && r.genders[c.ids[0]] != "" || r.single(c) && (madeLikePeople(low) || r.g.Noun(low).Kind == news.Group)
}

// judgedParty tells that the object at token i is a party by what else the verb says: whom one accuses of something, thanks for it, urges to act, threatens
// with it.
func (r *reading) judgedParty(i int) bool {
	v := r.deedOn(i)
	if v < 0 {
		return false
	}
	senses := r.senses(v)
	judged := slices.Contains(senses, news.TypeAccuse) || slices.Contains(senses, news.TypeSupport)
	moved := slices.Contains(senses, news.TypeRequest) || slices.Contains(senses, news.TypeThreaten)
	return slices.ContainsFunc(r.children[v], func(k int) bool {
		if k < i {
			return false
		}
		switch t := r.d.Tokens[k]; coarse(t.Relation) {
		case "xcomp", "ccomp":
			return moved
		case "obl", "advcl":
			if t.Sort == "time" {
				return false
			}
			return judged && (r.childWord(k, "of") || r.childWord(k, "for")) || moved && r.childWord(k, "with")
		}
		return false
	})
}

// complement tells that what hangs on the object at token i by of or for is what its verb says of it: "accused the group of murder".
func (r *reading) complement(i, c int) bool {
	v := r.deedOn(i)
	return v >= 0 && slices.Contains(r.senses(v), news.TypeAccuse) && coarse(r.d.Tokens[c].Relation) == "nmod" && (r.childWord(c, "of") || r.childWord(c, "for"))
}

// rivalled tells that what is done to the country at token i may be done to another state than the candidate: his sentence tells of a deed between two.
func (r *reading) rivalled(i int, c candidate) bool {
	if r.deedOn(i) < 0 || c.sentence == r.sentenceOf[i] {
		return false
	}
	return slices.ContainsFunc(r.candidates, func(o candidate) bool {
		return o.sentence == c.sentence && o.ids[0] != c.ids[0] && r.kind(o.ids[0]) == news.State && (r.deedOn(o.token) >= 0 && r.deedOn(o.token) == r.deedOf(c.token) || r.deedOn(c.token) >= 0 && r.deedOn(c.token) == r.deedOf(o.token))
	})
}

// onlyBody is the state or the body that the story told of in this sentence or the last, if it told of no other.
func (r *reading) onlyBody(i int, fits func(candidate) bool) (candidate, bool) {
	var only candidate
	for _, c := range r.candidates {
		id := c.ids[0]
		if r.sentenceOf[i]-c.sentence > 1 || c.token > i || r.kind(id) != news.State && r.kind(id) != news.Organisation || !fits(c) {
			continue
		}
		if len(c.ids) > 1 || len(only.ids) > 0 && only.ids[0] != id {
			return candidate{}, false
		}
		only = c
	}
	return only, len(only.ids) > 0
}

// person is whom a noun for a person at token i stands for: the last one of whom the story told just that, or, of a noun that says no more than that it
// is somebody, the only person that the sentences right before it name.
func (r *reading) person(i int, low string) (candidate, string, bool) {
	if c, ok := r.pick(i, nominalReach, func(c candidate) bool {
		return len(c.ids) == 1 && r.kind(c.ids[0]) == news.Person && !r.companion(i, c) && r.described(c.ids[0], low) && !r.otherOffice(i, strings.Fields(r.titleOf[c.ids[0]]))
	}); ok {
		return c, "the last person of whom the story tells it", true
	}
	if !slices.Contains(r.g.Classes(low), "anybody") || len(r.child(i, "amod", "compound", "nummod")) > 0 {
		return candidate{}, "", false
	}
	g := nounGender[low]
	var only candidate
	for _, c := range r.candidates {
		id := c.ids[0]
		if strings.EqualFold(r.d.Tokens[c.token].Lemma, low) {
			return candidate{}, "", false // the story has one already
		}
		if r.sentenceOf[i]-c.sentence > 2 || c.token > i || r.kind(id) != news.Person && !r.single(c) {
			continue
		}
		if len(c.ids) > 1 || len(only.ids) > 0 && only.ids[0] != id {
			return candidate{}, "", false
		}
		if of := r.gender(id); g == 0 || of == "" || of == string(g) {
			only = c
		}
	}
	return only, "the only person of whom the story spoke right before", len(only.ids) > 0 && only.sentence < r.sentenceOf[i] && !r.companion(i, only)
}

// vague are the nouns that call a body what most bodies may be.
var vague = wordSet("agency organisation organization body company firm")

// soleBody is the body that the sentence before named, if it named no other and the name calls it nothing else: Frontex, the agency.
func (r *reading) soleBody(i int, low string) (candidate, bool) {
	if !vague[low] || len(r.child(i, "amod", "compound", "nummod")) > 0 {
		return candidate{}, false
	}
	c, ok := candidate{}, false
	for _, o := range r.candidates {
		if r.sentenceOf[i]-o.sentence > 2 || o.token > i || r.kind(o.ids[0]) != news.Organisation {
			continue
		}
		if ok && c.ids[0] != o.ids[0] || len(o.ids) > 1 {
			return candidate{}, false
		}
		c, ok = o, true
	}
	if !ok || c.sentence == r.sentenceOf[i] {
		return candidate{}, false
	}
	e := r.entities[c.ids[0]]
	public := e.Sector != "" && e.Sector != "BUS"
	if public && (low == "company" || low == "firm") || e.Sector == "BUS" && low != "company" && low != "firm" && low != "organisation" && low != "organization" {
		return candidate{}, false
	}
	return c, !slices.ContainsFunc(strings.Fields(strings.ToLower(e.Name)), func(w string) bool { return bodies[w] })
}

// addressee is to whom the words of a passage are said, empty if nothing tells.
func (r *reading) addressee(v *voice) news.ID {
	if v.verb < 0 {
		return ""
	}
	for _, k := range r.children[v.verb] {
		rel := coarse(r.d.Tokens[k].Relation)
		if rel != "obj" && rel != "iobj" && (rel != "obl" || !r.childWord(k, "to")) {
			continue
		}
		if ids := r.resolve(k); len(ids) == 1 && r.party(ids[0]) && ids[0] != v.speaker {
			return ids[0]
		}
	}
	return ""
}
