package extract

import (
	"slices"
	"strings"

	"newsgraph/loader/nlp"
	"newsgraph/news"
)

// empty tells that "it" at token i stands for nothing that acts: it is unclear whether, it makes sense to.
func (r *reading) empty(i int) bool {
	t := r.d.Tokens[i]
	if t.Relation == "expl" {
		return true
	}
	return subjectOf(t.Relation) && t.Head >= 0 && slices.ContainsFunc(r.child(t.Head, "obj"), func(c int) bool {
		return light[r.d.Tokens[c].Lemma] && len(append(r.child(c, "acl"), r.child(t.Head, "xcomp", "advcl", "ccomp")...)) > 0
	})
}

// light are objects after which "it" only stands for what follows: it takes time to rebuild.
var light = wordSet("sense time effort courage year month week day")

// phrase is the candidate that the noun at token k is, as one who acts.
func (r *reading) phrase(k int) (candidate, bool) {
	if len(r.joined(k)) > 1 {
		for _, c := range r.candidates {
			if c.joint && c.token == k {
				return candidate{ids: c.ids, token: k, sentence: r.sentenceOf[k], subject: true, joint: true}, true
			}
		}
		return candidate{}, false
	}
	if m := r.at[k]; m != nil && m.form == news.FormPronoun {
		return candidate{ids: append([]news.ID{m.entity}, m.more...), token: k, sentence: r.sentenceOf[k], subject: true}, true
	}
	ids := r.resolve(k)
	return candidate{ids: ids, token: k, sentence: r.sentenceOf[k], subject: true}, len(ids) > 0
}

// goesOn is who said what the sentence before tells, where the pronoun at token i begins the next by saying more: "The bank says rents rose. It says".
func (r *reading) goesOn(i int) (candidate, bool) {
	d := r.d
	at := r.sentenceOf[i]
	says := func(v int) bool {
		return v >= 0 && d.Tokens[v].Head < 0 && (sayVerbs[d.Tokens[v].Lemma] || reportVerbs[d.Tokens[v].Lemma])
	}
	if at == 0 || d.Tokens[i].Relation != "nsubj" || !says(d.Tokens[i].Head) {
		return candidate{}, false
	}
	for v := d.Sentences[at-1].First; v < d.Sentences[at-1].Last; v++ {
		if k := r.child(v, "nsubj"); says(v) && len(k) == 1 {
			return r.phrase(k[0])
		}
	}
	return candidate{}, false
}

// inItsClause is who acts in the clause that the clause of the pronoun at token i tells when, why or under what: "The troops fired after they were attacked".
// Where somebody is seized or hurt it may be he, and it is who is helped where a person helps.
func (r *reading) inItsClause(i int, fits func(candidate) bool) (candidate, bool) {
	d := r.d
	v := d.Tokens[i].Head
	if !subjectOf(d.Tokens[i].Relation) || v < 0 || d.Tokens[v].Relation != "advcl" || d.Tokens[v].Head < 0 || d.Tokens[v].Head > i {
		return candidate{}, false
	}
	h := d.Tokens[v].Head
	var objects []int
	for _, k := range r.child(h, "obj", "iobj") {
		if r.at[k] != nil && r.party(r.at[k].entity) {
			objects = append(objects, k)
		}
	}
	if len(objects) > 0 && slices.ContainsFunc(r.senses(h), func(t news.EventType) bool {
		return t == news.TypeCoerce || t == news.TypeAssault || t == news.TypeSanction || t == news.TypeRetreat || t == news.TypeAccuse
	}) {
		return candidate{}, false
	}
	if pronouns[strings.ToLower(d.Word(i))].plural {
		objects = nil // those to whom something is brought may be they as well
	}
	for _, k := range [][]int{r.subjects(h, 0), objects} {
		if len(k) == 1 {
			if c, ok := r.phrase(k[0]); ok && fits(c) {
				return c, true
			}
		}
	}
	return candidate{}, false
}

// answers is who was accused right before of what the subject at token i denies: "Kenya accused Uganda of theft. It denied the charge".
func (r *reading) answers(i int) (candidate, bool) {
	d := r.d
	v, at := d.Tokens[i].Head, r.sentenceOf[i]
	if v < 0 || at == 0 || !subjectOf(d.Tokens[i].Relation) || !denying[d.Tokens[v].Lemma] && !r.ofClass(v, "rebutting") || !slices.ContainsFunc(r.child(v, "obj"), func(o int) bool {
		return slices.Contains(r.senses(o), news.TypeAccuse) || d.Tokens[o].Tag == "PRP" || r.ofClass(o, "charge")
	}) {
		return candidate{}, false
	}
	s := d.Sentences[at-1]
	for k := s.Last - 1; k >= s.First; k-- {
		if r.pos(k) != "V" || !r.judges(k) || len(r.subjects(k, 0)) == 0 {
			continue
		}
		for _, o := range r.child(k, "obj") {
			if c, ok := r.phrase(o); ok && r.party(c.ids[0]) {
				return c, true
			}
		}
	}
	return candidate{}, false
}

// sceneOf is the place or the thing of which the clause of "its" at token i tells, and whose it is then: "a region known for its mines", "the river left its
// banks".
func (r *reading) sceneOf(i int) (candidate, bool) {
	d := r.d
	if d.Tokens[i].Relation != "nmod:poss" {
		return candidate{}, false
	}
	n := d.Tokens[i].Head
	for step := 0; step < 3 && n >= 0 && !strings.HasPrefix(d.Tokens[n].Tag, "VB"); step++ {
		n = d.Tokens[n].Head
	}
	if n < 0 || !strings.HasPrefix(d.Tokens[n].Tag, "VB") {
		return candidate{}, false
	}
	k := -1
	if d.Tokens[n].Relation == "acl" && d.Tokens[n].Tag == "VBN" {
		k = d.Tokens[n].Head
	} else if s := r.child(n, "nsubj", "nsubj:pass"); len(s) == 1 {
		k = s[0]
	}
	if k < 0 || k > i || r.at[k] == nil || r.at[k].form == news.FormPronoun || strings.HasSuffix(d.Tokens[k].Tag, "S") || !strings.HasPrefix(d.Tokens[k].Tag, "NN") {
		return candidate{}, false
	}
	id := r.at[k].entity
	if kind := r.kind(id); !local(id) || kind != news.Kind(news.Place) && kind != news.Thing || r.at[k].form != news.FormNominal {
		return candidate{}, false
	}
	return candidate{ids: []news.ID{id}, token: k, sentence: r.sentenceOf[k], subject: true}, true
}

// whoseOf is of whom a clause with "whose" tells, in which the pronoun at token i stands: "Blair, whose critics mocked his war".
func (r *reading) whoseOf(i int) (candidate, bool) {
	d := r.d
	for v := d.Tokens[i].Head; v >= 0; v = d.Tokens[v].Head {
		if d.Tokens[v].Relation != "acl:relcl" || d.Tokens[v].Head < 0 || d.Tokens[v].Head > i {
			continue
		}
		for k := d.Tokens[v].Head + 1; k < i; k++ {
			if strings.EqualFold(d.Word(k), "whose") && r.under(k, v) {
				return r.phrase(d.Tokens[v].Head)
			}
		}
		return candidate{}, false
	}
	return candidate{}, false
}

// spokenPeople keeps the people whom the plural of a state's adjective names: Palestinians, who are they.
func (r *reading) spokenPeople(m *mention) {
	h := r.head(m)
	tag := r.d.Tokens[h].Tag
	if m.form != news.FormAdjective || tag != "NNS" && tag != "NNPS" || !r.people(m) {
		return
	}
	rel := r.d.Tokens[h].Relation
	if coarse(rel) == "compound" || coarse(rel) == "amod" {
		return
	}
	if ids := r.resolve(h); len(ids) == 1 && r.kind(ids[0]) == news.Group {
		r.candidates = append(r.candidates, candidate{ids: ids, token: h, sentence: r.sentenceOf[h], subject: subjectOf(rel)})
	}
}

// soleState is the only state of which this sentence and the two before it speak, for "the country's" at token i; empty if there are several, or if what is
// done to what is the country's is done by that state.
func (r *reading) soleState(i int) news.ID {
	t := r.d.Tokens[i]
	if t.Relation != "nmod:poss" || t.Head < 0 || r.deedOn(t.Head) >= 0 && len(r.senses(r.deedOn(t.Head))) > 0 {
		return ""
	}
	var only news.ID
	for _, m := range r.mentions {
		e := r.entities[m.entity]
		if m.last > i || r.sentenceOf[i]-r.sentenceOf[m.first] > 2 || e.Kind != news.State {
			continue
		}
		if only != "" && only != m.entity {
			return ""
		}
		only = m.entity
	}
	return only
}

// capitalNamed marks "the capital" before its name as that place: the capital, Lima.
func (r *reading) capitalNamed(i int) {
	d := r.d
	low := strings.ToLower(d.Word(i))
	if i+2 >= len(d.Tokens) || d.Word(i+1) != "," || r.at[i] != nil || low != "capital" && low != "city" && low != "town" {
		return
	}
	m := r.at[i+2]
	if m == nil || m.first != i+2 || m.form != news.FormName || r.kind(m.entity) != news.Kind(news.Place) || len(r.child(i, "det", "nmod:poss")) == 0 && low != "capital" {
		return
	}
	if m.last < len(d.Tokens) && d.Word(m.last) != "," && d.Word(m.last) != "." && d.Word(m.last) != "and" {
		return // "far from the capital, Lima police said"
	}
	r.mark(i, i+1, m.entity, news.FormNominal, "the "+low+" whose name follows")
}

// dug tells that the "mine" at token i is one that is dug: its own words or the story's tell of mining or of who works there, or it is one mine, and nothing tells that it goes off.
func (r *reading) dug(i int) bool {
	d := r.d
	if slices.ContainsFunc(r.child(i, "compound", "amod"), func(c int) bool { w := strings.ToLower(d.Word(c)); return w == "land" || w == "sea" || w == "naval" }) {
		return false
	}
	told := func(class string) bool {
		return slices.ContainsFunc(d.Tokens, func(t nlp.Token) bool { return slices.Contains(r.g.Classes(strings.ToLower(t.Lemma)), class) })
	}
	h := d.Tokens[i].Head
	switch {
	case told("digging"):
		return true
	case h > i && (d.Tokens[i].Relation == "compound" || d.Tokens[i].Relation == "nmod:poss") && (d.Tokens[h].Sort == "person" || r.g.Noun(d.Tokens[h].Lemma).Kind == news.Group) && !r.ofClass(h, "blasting"):
		return true // mine workers
	case d.Tokens[i].Tag != "NN" || told("blasting"):
		return false
	}
	return !r.childWord(i, "a") || h < 0 || !touching[d.Tokens[h].Lemma]
}

// touching are verbs for coming upon a mine that goes off.
var touching = wordSet("hit strike step drive run")

// pairOfPersons tells that a plural noun for people at token i stands for two whom the sentence before it, or the one before that, names: both candidates.
func (r *reading) pairOfPersons(i int, low string) bool {
	if bodies[low] || collective[low] || r.d.Tokens[i].Sort == "organization" {
		return false // the two groups are no persons
	}
	if r.d.Tokens[i].Sort != "person" && r.g.Noun(low).Kind != news.Group || slices.ContainsFunc(r.candidates, func(c candidate) bool { return strings.EqualFold(r.d.Tokens[c.token].Lemma, low) && r.many(c) }) {
		return false
	}
	return len(r.twoOf(i, news.Person)) == 2
}

// ledBy is the only head of a state or its government whom the story named, for "the Russian leader": who led it by his title.
func (r *reading) ledBy(of owner) news.ID {
	var only news.ID
	for _, m := range r.mentions {
		words := strings.Fields(r.titleOf[m.entity])
		if m.form != news.FormName || r.kind(m.entity) != news.Person || len(words) == 0 || of.country == "" || r.entities[m.entity].Country != of.country || !heads[strings.Join(words, " ")] {
			continue
		}
		if only != "" && only != m.entity {
			return ""
		}
		only = m.entity
	}
	return only
}

// heads are titles of who leads a state.
var heads = map[string]bool{
	"president": true, "prime minister": true, "chancellor": true, "premier": true, "king": true, "queen": true, "emperor": true, "emir": true, "sultan": true, "dictator": true, "leader": true, "supreme leader": true,
}

// ofItsClause is who acts in the clause of a possessive by "who" ("Miers, who withdrew her name"), and those who say of themselves what "they" do ("Troops
// said they had fired").
func (r *reading) ofItsClause(i int) (candidate, bool) {
	d := r.d
	if d.Tokens[i].Relation == "nmod:poss" && d.Tokens[i].Head >= 0 {
		for v := d.Tokens[i].Head; v >= 0; v = d.Tokens[v].Head {
			if !strings.HasPrefix(d.Tokens[v].Tag, "VB") {
				continue
			}
			if d.Tokens[v].Relation != "acl:relcl" || d.Tokens[v].Head < 0 || d.Tokens[v].Head > i || !slices.ContainsFunc(r.child(v, "nsubj", "nsubj:pass"), func(c int) bool { return strings.EqualFold(d.Word(c), "who") }) {
				break
			}
			return r.phrase(d.Tokens[v].Head)
		}
		return candidate{}, false
	}
	v := d.Tokens[i].Head
	if !strings.EqualFold(d.Word(i), "they") || !subjectOf(d.Tokens[i].Relation) || v < 0 || d.Tokens[v].Relation != "ccomp" || d.Tokens[v].Head < 0 || d.Tokens[v].Head > i {
		return candidate{}, false
	}
	h := d.Tokens[v].Head
	if l := d.Tokens[h].Lemma; !sayVerbs[l] && !reportVerbs[l] && !denying[l] {
		return candidate{}, false
	}
	if k := r.child(h, "nsubj"); len(k) == 1 && strings.HasSuffix(d.Tokens[k[0]].Tag, "S") {
		return r.phrase(k[0])
	}
	return candidate{}, false
}

// inPower tells that the party at token i may be the candidate: the ruling party is none that its own words do not call so.
func (r *reading) inPower(i int, c candidate) bool {
	for _, k := range r.child(i, "amod", "compound") {
		if w := strings.ToLower(r.d.Word(k)); powers[w] && !slices.ContainsFunc(r.children[c.token], func(o int) bool { return strings.EqualFold(r.d.Word(o), w) }) {
			if m := r.at[c.token]; m != nil && m.first > 0 && strings.EqualFold(r.d.Word(m.first-1), w) {
				continue
			}
			return false
		}
	}
	return true
}

// powers tell parties apart by what they have a say in.
var powers = wordSet("ruling governing opposition main")

// saysAlone tells that the capitalised noun at token i says something and has nothing beside it, as who is called by a surname that is a common word: "Gates
// said".
func (r *reading) saysAlone(i int) bool {
	t := r.d.Tokens[i]
	return t.Relation == "nsubj" && t.Head >= 0 && sayVerbs[r.d.Tokens[t.Head].Lemma] && len(r.children[i]) == 0 && capital(r.d.Word(i))
}

// townNouns are places that are no province.
var townNouns = wordSet("city town village capital")
