package extract

import (
	"cmp"
	"slices"
	"strings"

	"newsgraph/loader/nlp"
	"newsgraph/news"
)

// candidate is somebody or something that the story has spoken of.
type candidate struct {
	ids      []news.ID
	token    int // head of the phrase
	sentence int
	subject  bool
	joint    bool // several that one "and" joins
}

// pronoun is what a personal pronoun may stand for.
type pronoun struct {
	gender string // m or f; of persons alone
	plural bool
	first  bool // I or we: whoever speaks
}

var pronouns = map[string]pronoun{
	"he": {gender: "m"}, "him": {gender: "m"}, "his": {gender: "m"}, "she": {gender: "f"}, "her": {gender: "f"}, "hers": {gender: "f"},
	"it": {}, "its": {}, "they": {plural: true}, "them": {plural: true}, "their": {plural: true},
	"i": {first: true}, "me": {first: true}, "my": {first: true}, "we": {first: true, plural: true}, "us": {first: true, plural: true}, "our": {first: true, plural: true},
}

// Reach of references, in sentences.
const (
	pronounReach = 3
	nominalReach = 12
)

// findReferences links pronouns and definite phrases to what the story spoke of before, sentence by sentence, by agreement and salience (after
// Lappin and Leass 1994): the nearest sentence, and in it subjects first. What fits two alike stays unlinked.
func (r *reading) findReferences() {
	d := r.d
	for i := range d.Tokens {
		if m := r.at[i]; m != nil {
			if m.first == i {
				r.spoken(m)
				r.spokenPeople(m)
			}
			continue
		}
		w := strings.ToLower(d.Word(i))
		if w == "two" || w == "former" || w == "latter" || w == "pair" || d.Tokens[i].Tag == "CD" {
			if r.numbered(i); r.at[i] != nil {
				continue
			}
		}
		if p, ok := pronouns[w]; ok && strings.HasPrefix(d.Tokens[i].Tag, "PRP") {
			if !p.first {
				r.pronoun(i, p)
			}
			continue
		}
		if !strings.HasPrefix(d.Tokens[i].Tag, "NN") {
			if r.unnamed(i); r.at[i] != nil {
				r.spoken(r.at[i])
			}
			continue
		}
		{
			if r.officer(i); r.at[i] != nil {
				r.spoken(r.at[i])
				continue
			}
			r.definite(i)
			if r.at[i] == nil && d.Tokens[i].Relation != "compound" && d.Tokens[i].Relation != "amod" && !r.telling(i) {
				ids := r.resolve(i) // a group of people is marked, and may be spoken of again
				if low := strings.ToLower(d.Word(i)); r.at[i] == nil && len(ids) == 1 && r.kind(ids[0]) == news.State && (low == "government" || low == "administration") {
					r.mark(i, i+1, ids[0], news.FormNominal, "the "+low+" stands for its state")
				}
				if m := r.at[i]; m != nil && m.last == i+1 {
					r.spoken(m)
				}
			}
		}
	}
}

// findFirstPersons links I and we to whoever speaks, and you to whom he speaks.
func (r *reading) findFirstPersons() {
	for i := range r.d.Tokens {
		w := strings.ToLower(r.d.Word(i))
		if v := r.voiceAt(i); v != nil && v.speaker != "" && (w == "you" || w == "your") && r.at[i] == nil && strings.HasPrefix(r.d.Tokens[i].Tag, "PRP") {
			if id := r.addressee(v); id != "" {
				r.mark(i, i+1, id, news.FormPronoun, "the words are said to "+r.entities[id].Name)
			}
			continue
		}
		p := pronouns[w]
		if !p.first || r.at[i] != nil || r.d.Word(i) == "US" || !strings.HasPrefix(r.d.Tokens[i].Tag, "PRP") {
			continue
		}
		if v := r.voiceAt(i); v != nil {
			if v.speaker != "" {
				r.mark(i, i+1, v.speaker, news.FormPronoun, "the words are "+r.entities[v.speaker].Name+"'s")
			}
			continue
		}
		if p.plural && r.author != "" {
			r.mark(i, i+1, r.author, news.FormPronoun, "the first state or body of a text that says we of itself")
		}
	}
}

// head is the token of a mention whose own head is outside of it.
func (r *reading) head(m *mention) int {
	for k := m.last - 1; k >= m.first; k-- {
		if h := r.d.Tokens[k].Head; h < m.first || h >= m.last {
			return k
		}
	}
	return m.first
}

func (r *reading) spoken(m *mention) {
	h := r.head(m)
	ids := append([]news.ID{m.entity}, m.more...)
	subject := subjectOf(r.d.Tokens[h].Relation)
	if r.d.Tokens[h].Relation == "conj" {
		if k := r.d.Tokens[h].Head; k >= 0 {
			subject = subjectOf(r.d.Tokens[k].Relation)
		}
	}
	if m.form == news.FormAdjective {
		subject = false
	}
	r.candidates = append(r.candidates, candidate{ids: ids, token: h, sentence: r.sentenceOf[h], subject: subject})
	r.spokenTogether(h, ids, subject)
}

// spokenTogether keeps who is joined to whom as one candidate: Modi and Xi. Token h is the last that was spoken of.
func (r *reading) spokenTogether(h int, ids []news.ID, subject bool) {
	first := r.d.Tokens[h].Head
	if r.d.Tokens[h].Relation != "conj" || first < 0 || r.at[first] == nil || r.at[first].form == news.FormAdjective {
		return
	}
	m := r.at[first]
	all := append([]news.ID{m.entity}, m.more...)
	for k, c := range slices.Backward(r.candidates) {
		if c.joint && c.token == first {
			all = c.ids
			r.candidates = slices.Delete(r.candidates, k, k+1)
			break
		}
	}
	all = slices.Clone(all)
	for _, id := range ids {
		if !slices.Contains(all, id) {
			all = append(all, id)
		}
	}
	if len(all) > 1 && !slices.ContainsFunc(all, func(id news.ID) bool { return !r.party(id) }) {
		r.candidates = append(r.candidates, candidate{ids: all, token: first, sentence: r.sentenceOf[first], subject: subject, joint: true})
	}
}

// subordinate tells that token k stands in a clause that hangs on another as a modifier: a relative, "after rebels crossed the frontier".
func (r *reading) subordinate(k int) bool {
	for h := r.d.Tokens[k].Head; h >= 0; h = r.d.Tokens[h].Head {
		switch coarse(r.d.Tokens[h].Relation) {
		case "acl", "advcl":
			return true
		}
	}
	return false
}

// pick is the candidate that fits best: the nearest sentence within reach, in it subjects, and then the last one. Two alike are none. A plural
// pronoun looks past the subjects of clauses that modify.
func (r *reading) pick(i, reach int, fits func(candidate) bool) (candidate, bool) {
	at := r.sentenceOf[i]
	p, personal := pronouns[strings.ToLower(r.d.Word(i))]
	plural := p.plural
	best, score := -1, 0
	tie := false
	for k := len(r.candidates) - 1; k >= 0; k-- {
		c := r.candidates[k]
		if at-c.sentence > reach {
			break
		}
		if !fits(c) {
			continue
		}
		cost := 4 * (at - c.sentence)
		if !c.subject {
			cost += 3
		}
		if plural && r.subordinate(c.token) {
			cost++
		}
		if e := r.entities[c.ids[0]]; plural && len(c.ids) == 1 && e.Kind == news.Organisation && !r.many(c) && r.d.Tokens[c.token].Lemma != "police" && !strings.EqualFold(r.d.Word(c.token), "police") {
			cost += 4 // people are they, a body is mostly it
		}
		if personal && r.aftermath(i, c) {
			cost -= 6
		}
		switch {
		case best >= 0 && cost == score && r.candidates[best].joint && slices.Contains(r.candidates[best].ids, c.ids[0]):
			// One of those who are joined is no choice beside them all.
		case best < 0 || cost < score:
			best, score, tie = k, cost, false
		case cost == score && c.subject && !slices.Equal(c.ids, r.candidates[best].ids):
			tie = true
		}
	}
	switch {
	case best < 0:
		r.unlinked = "nothing before it fits"
		return candidate{}, false
	case tie:
		r.unlinked = "two before it fit alike"
		return candidate{}, false
	}
	return r.candidates[best], true
}

func (r *reading) kind(id news.ID) news.Kind { return r.entities[id].Kind }

func (r *reading) pronoun(i int, p pronoun) {
	relation := r.d.Tokens[i].Relation
	var speaker news.ID
	if v := r.voiceAt(i); v != nil {
		speaker = v.speaker
	}
	it := relation == "obj" && strings.EqualFold(r.d.Word(i), "it")
	if it && !r.judgedParty(i) {
		r.leave(i, "not linked: what is denied, condemned or done may be a deed (CODING 47)")
		return
	}
	if strings.EqualFold(r.d.Word(i), "it") && (r.deed(i) || r.empty(i)) {
		r.leave(i, "not linked: what it is said to be is no body")
		return
	}
	if p.plural && r.anybody(i) {
		r.leave(i, "not linked: its clause tells of people whom nobody names")
		return
	}
	things, nobody := false, false
	if p.plural {
		things, nobody = r.things(i)
	}
	fits := func(c candidate) bool {
		id := c.ids[0]
		if id == speaker && speaker != "" || r.clashes(i, c, relation) || r.companion(i, c) {
			return false
		}
		if r.addressed(c.token, i) || r.wanting(i, c) {
			return false
		}
		switch {
		case p.gender != "":
			g := r.gender(id)
			return len(c.ids) == 1 && r.kind(id) == news.Person && (g == "" || g == p.gender)
		case p.plural && (r.kind(id) == news.Weapon || r.kind(id) == news.Thing):
			return things && r.many(c) && r.outnumbers(i, c)
		case p.plural && strings.HasPrefix(strings.ToLower(r.d.Word(c.token)), "it"):
			return false // what the story calls it is not they
		case p.plural:
			return !nobody && !r.one(c) && (len(c.ids) > 1 || r.kind(id) == news.Group || r.kind(id) == news.Organisation && c.subject) && r.outnumbers(i, c)
		}
		body := r.kind(id) == news.Organisation || r.kind(id) == news.State || r.kind(id) == news.Group && strings.HasPrefix(r.d.Tokens[c.token].Tag, "NN") && !strings.HasSuffix(r.d.Tokens[c.token].Tag, "S") && r.d.Tokens[c.token].Sort == "organization"
		return len(c.ids) == 1 && c.subject && r.sentenceOf[i]-c.sentence < 2 && body
	}
	why := "the nearest that it can stand for"
	if c, ok := r.answers(i); ok && fits(c) {
		r.spoken(r.mark(i, i+1, c.ids[0], news.FormPronoun, "who was accused right before"))
		return
	}
	if it {
		if c, ok := r.onlyBody(i, func(c candidate) bool { return !r.clashes(i, c, relation) && !r.companion(i, c) }); ok {
			r.spoken(r.mark(i, i+1, c.ids[0], news.FormPronoun, "the only one of whom the story spoke right before"))
			return
		}
		r.leave(i, "not linked: two before it fit, or none")
		return
	}
	c, ok := r.ahead(i)
	if !ok {
		c, ok = r.commanded(i)
	}
	if !ok {
		c, ok = r.accountable(i)
	}
	if !ok && p.gender == "" && !p.plural {
		if c, ok := r.sceneOf(i); ok {
			r.mark(i, i+1, c.ids[0], news.FormPronoun, "what its own clause tells of")
			return
		}
		c, ok = r.own(i)
	}
	if !ok {
		c, ok = r.likewise(i)
	}
	if !ok && p.gender != "" {
		c, ok = r.whoseOf(i)
	}
	if !ok || !fits(c) {
		c, ok = r.ofItsClause(i)
	}
	if !ok || !fits(c) {
		c, ok = r.inItsClause(i, fits)
	}
	if !ok {
		c, ok = r.goesOn(i)
	}
	if !ok && p.gender != "" {
		c, ok = r.echoed(i, p)
	}
	if ok = ok && fits(c); !ok {
		c, ok = r.alike(i, pronounReach, fits)
	}
	if !ok {
		c, ok = r.pick(i, pronounReach, fits)
	}
	if !ok && p.gender == "" && !p.plural && subjectOf(relation) && slices.ContainsFunc(r.candidates, func(c candidate) bool {
		return c.subject && r.sentenceOf[i]-c.sentence == 1 && r.companion(i, c)
	}) {
		c, ok = r.onlyBody(i, func(c candidate) bool { return !r.clashes(i, c, relation) && !r.companion(i, c) })
	}
	if !ok && p.gender != "" {
		c, ok = r.pick(i, 1, func(c candidate) bool {
			g := cmp.Or(r.gender(c.ids[0]), p.gender)
			return (r.single(c) || r.genders[c.ids[0]] != "") && g == p.gender && !r.clashes(i, c, relation) && !r.companion(i, c)
		})
	}
	if !ok {
		c, ok = r.ranked(i, func(c candidate) bool {
			c.subject = true
			return fits(c)
		})
		why = "the likeliest that it can stand for, as learnt from chains"
	}
	if ok && len(c.ids) == 1 && p.gender != "" && coarse(r.d.Tokens[c.token].Relation) == "appos" {
		// "The attacker, a man, was shot before he": he whom it describes.
		for _, o := range r.candidates {
			if o.token == r.d.Tokens[c.token].Head && len(o.ids) == 1 && o.sentence == c.sentence && (r.kind(o.ids[0]) == news.Person || r.kind(o.ids[0]) == news.Group) {
				c = o
			}
		}
	}
	if ok {
		m := r.mark(i, i+1, c.ids[0], news.FormPronoun, why)
		m.more = c.ids[1:]
		if p.gender != "" && r.gender(c.ids[0]) == "" {
			r.genders[c.ids[0]] = p.gender
		}
		r.spoken(m)
		return
	}
	r.leave(i, "not linked: "+r.unlinked)
}

// deed tells that the pronoun at token i is said to be what no body is: it was a mistake, it is their first visit.
func (r *reading) deed(i int) bool {
	t := r.d.Tokens[i]
	h := t.Head
	if !subjectOf(t.Relation) || h < 0 || !strings.HasPrefix(r.d.Tokens[h].Tag, "NN") || len(r.child(h, "cop")) == 0 {
		return false
	}
	sort, lemma := r.d.Tokens[h].Sort, strings.ToLower(r.d.Tokens[h].Lemma)
	return r.at[h] == nil && sort != "organization" && sort != "place" && sort != "person" && !bodies[lemma] && !countries[lemma] && r.g.Noun(lemma).Kind != news.Group
}

// anybody tells that before the possessive at token i a word for people who are nobody of the story stands beside the verb that it hangs under:
// "congratulate all concerned for their work".
func (r *reading) anybody(i int) bool {
	d := r.d
	if d.Tokens[i].Relation != "nmod:poss" {
		return false
	}
	for h := d.Tokens[i].Head; h >= 0; h = d.Tokens[h].Head {
		if slices.ContainsFunc(r.child(h, "nsubj", "obj", "iobj", "nsubj:pass"), func(c int) bool {
			many := manyWords[strings.ToLower(d.Word(c))] || !strings.HasPrefix(d.Tokens[c].Tag, "NN") && slices.ContainsFunc(r.child(c, "det"), func(k int) bool { return manyWords[strings.ToLower(d.Word(k))] })
			return c < i && r.at[c] == nil && many && len(r.child(c, "nmod")) == 0
		}) {
			return true
		}
	}
	return false
}

// manyWords stand alone for people or things that nothing tells more of.
var manyWords = wordSet("all many some others everyone everybody those both few most several anyone")

// clashes tells that token i cannot stand for a candidate, because both hang on one verb.
func (r *reading) clashes(i int, c candidate, relation string) bool {
	if relation == "nmod:poss" {
		return r.d.Tokens[i].Head == c.token
	}
	if v := r.d.Tokens[i].Head; subjectOf(relation) && v >= 0 && r.d.Tokens[v].Relation == "acl:relcl" && r.d.Tokens[v].Head >= 0 && (r.d.Tokens[v].Head == c.token || r.holding(c.token) == r.d.Tokens[v].Head) {
		return true // "firms which they accuse": others accuse them
	}
	if r.sentenceOf[i] != c.sentence {
		return false
	}
	if v := r.d.Tokens[i].Head; v >= 0 && strings.HasPrefix(r.d.Tokens[v].Tag, "VB") && v < i {
		switch relation { // "gave Lee a horse and invited him": not he who invites
		case "obj", "iobj", "obl":
			if slices.ContainsFunc(r.subjects(v, 0), func(k int) bool { return slices.Contains(r.joined(k), c.token) }) {
				return true
			}
		}
	}
	return r.d.Tokens[i].Head == r.d.Tokens[c.token].Head
}

// addressed tells that whoever stands at token c is told the words between quotation marks in which token i stands, and so is not third in them: "she told a
// guard: 'they robbed me'".
func (r *reading) addressed(c, i int) bool {
	d := r.d
	h := d.Tokens[c].Head
	if rel := coarse(d.Tokens[c].Relation); h < 0 || c > i || rel != "obj" && rel != "iobj" || !sayVerbs[d.Tokens[h].Lemma] || !r.under(i, h) {
		return false
	}
	open := false
	for k := c + 1; k < i; k++ {
		if w := d.Word(k); w == "\"" || w == "“" || w == "”" {
			open = !open
		}
	}
	return open
}

// alike is the candidate to whom the same verb was last done as to the pronoun at token i, where the sentence says that it is done again: "Chile thanked
// her too", after "Peru thanked Ruiz".
func (r *reading) alike(i, reach int, fits func(candidate) bool) (candidate, bool) {
	v := r.d.Tokens[i].Head
	if v < 0 || r.d.Tokens[i].Relation != "obj" {
		return candidate{}, false
	}
	s := r.d.Sentences[r.sentenceOf[i]]
	again := false
	for k := s.First; k < s.Last; k++ {
		switch strings.ToLower(r.d.Word(k)) {
		case "too", "also", "likewise":
			again = true
		case "well":
			again = again || k > s.First && strings.EqualFold(r.d.Word(k-1), "as")
		}
	}
	for n := len(r.candidates) - 1; again && n >= 0 && r.sentenceOf[i]-r.candidates[n].sentence <= reach; n-- {
		c := r.candidates[n]
		if t := r.d.Tokens[c.token]; c.sentence < r.sentenceOf[i] && t.Relation == "obj" && t.Head >= 0 && r.d.Tokens[t.Head].Lemma == r.d.Tokens[v].Lemma && fits(c) {
			return c, true
		}
	}
	return candidate{}, false
}

func (r *reading) gender(id news.ID) string {
	if g := r.g.Gender(id); g != "" {
		return g
	}
	if words := strings.Fields(r.entities[id].Name); len(words) > 1 {
		if g, _ := r.g.Given(plain(words[0])); g != "" || !local(id) {
			return g
		}
	}
	if words := strings.Fields(strings.ToLower(r.entities[id].Name)); local(id) && len(words) > 0 && nounGender[words[0]] != 0 {
		return string(nounGender[words[0]])
	}
	return r.genders[id]
}

var (
	// bodies are nouns by which a story calls a body that it named: the council, the ministry.
	bodies = wordSet(`council ministry agency coalition party group movement organisation organization alliance union bloc company firm court army military
		navy police militia parliament senate congress committee commission department association front federation authority regime network airline bank university institute
		newspaper board tribunal jury assembly cabinet legislature judiciary secretariat cartel faction`)
	// places are nouns by which it calls a place.
	placeNouns = wordSet("city town village province region island district area capital airport base port")
	countries  = wordSet("country nation state republic kingdom")
	leaders    = wordSet("president leader minister premier chancellor king queen prince emperor ruler dictator secretary")
)

// definite links "the ministry", "the leader", "his country", "the two countries" to what they point back to.
func (r *reading) definite(i int) {
	d := r.d
	low := strings.ToLower(d.Tokens[i].Lemma)
	the, owner := "", -1
	for _, c := range r.child(i, "det", "nmod:poss") {
		if d.Tokens[c].Relation == "nmod:poss" {
			owner = c
		} else {
			the = strings.ToLower(d.Word(c))
		}
	}
	if the == "" && i > 0 && strings.EqualFold(d.Word(i-1), "both") && d.Tokens[i-1].Head == i {
		the = "both" // whatever hangs after it
	}
	switch the {
	case "the", "this", "that", "these", "those", "both", "such":
	case "":
		if d.Tokens[i].Tag != "NNP" && owner < 0 && low != "weapon" && (low != "police" || coarse(d.Tokens[i].Relation) == "compound") {
			return
		}
	default:
		return
	}
	link := func(ids []news.ID, why string) {
		if len(ids) > 0 {
			m := r.mark(i, i+1, ids[0], news.FormNominal, why)
			m.more = ids[1:]
			r.spoken(m)
		}
	}
	if addressing[strings.TrimSuffix(d.Word(i), ".")] {
		if m := r.at[min(i+1, len(d.Tokens)-1)]; m != nil && m.first == i+1 && r.kind(m.entity) == news.Person {
			link([]news.ID{m.entity}, "an address before the name")
		}
		return
	}
	if owner >= 0 {
		// "his country", "Maduro's government" and the like: of the owner.
		ruled := low == "government" && r.at[owner] != nil && r.at[owner].form == news.FormName && r.entities[r.at[owner].entity].Sector == "GOV"
		if m := r.at[owner]; m != nil && (countries[low] || ruled) && r.kind(m.entity) == news.Person {
			if s, _, ok := r.g.State(r.entities[m.entity].Country); ok {
				r.know(s.ID)
				link([]news.ID{s.ID}, "the country of "+r.entities[m.entity].Name)
			}
		}
		return
	}
	for _, c := range r.child(i, "nmod", "acl", "acl:relcl", "appos") {
		if c > i && !r.complement(i, c) {
			return // it tells itself which one it is
		}
	}
	if w := d.Word(i); the == "the" && (w == "North" || w == "South") && len(r.child(i, "compound", "amod", "nmod")) == 0 {
		if c, ok := r.pick(i, 1000, func(c candidate) bool {
			return len(c.ids) == 1 && r.kind(c.ids[0]) == news.State && strings.HasPrefix(r.entities[c.ids[0]].Name, w+" ")
		}); ok {
			link(c.ids, "the state whose name begins so")
		}
		return
	}
	if such := r.child(i, "amod", "det"); low == "weapon" && (the != "" && the != "the" || len(such) > 0 && slices.ContainsFunc(such, func(c int) bool { return strings.EqualFold(d.Word(c), "such") })) {
		if c, ok := r.pick(i, nominalReach, func(c candidate) bool { return r.kind(c.ids[0]) == news.Weapon }); ok {
			link(c.ids[:1], "the last weapon that the story spoke of")
		}
		return
	}
	plural := (d.Tokens[i].Tag == "NNS" || d.Tokens[i].Tag == "NNPS") && low != "police"
	if w := strings.ToLower(d.Word(i)); plural && (w == "sides" || w == "parties") && (the == "both" || the == "the" && r.two(i)) {
		link(r.together(i), "all those named together last")
		return
	}
	if plural {
		two := the == "both"
		for _, c := range r.child(i, "nummod") {
			two = two || d.Tokens[c].Lemma == "two"
		}
		if !two {
			return
		}
		var kind news.Kind
		switch {
		case countries[low] || low == "korea" || low == "side" || low == "government" || low == "ally" || low == "neighbour" || low == "neighbor":
			kind = news.State
		case leaders[low] || low == "man" || low == "official" || low == "diplomat":
			kind = news.Person
		case r.pairOfPersons(i, low):
			kind = news.Person
		default:
			return
		}
		link(r.lastTwo(i, kind), "the last two that the story spoke of")
		return
	}
	for _, c := range r.child(i, "amod", "compound") {
		if r.at[c] != nil {
			return // "the Syrian regime" is another
		}
	}
	r.unlinked = ""
	defer func() {
		if r.at[i] == nil && r.unlinked != "" {
			r.leave(i, "not linked: "+r.unlinked)
		}
	}()
	switch {
	case low == "government" && r.ruled(i) != "":
		link([]news.ID{r.ruled(i)}, "the only government of which the story spoke before")
	case countries[low]:
		// Whoever acts would say "its": the country is another.
		acting := map[news.ID]bool{}
		for _, c := range r.candidates {
			if c.sentence == r.sentenceOf[i] && r.actsOn(c.token, i) && !r.inOwnClause(c.token, i) {
				for _, id := range c.ids {
					acting[id] = true
				}
			}
		}
		if c, ok := r.pick(i, nominalReach, func(c candidate) bool {
			return len(c.ids) == 1 && r.kind(c.ids[0]) == news.State && !acting[c.ids[0]] && (low != "kingdom" || r.kingdom(c.ids[0]))
		}); ok && low != "kingdom" && r.rivalled(i, c) {
			r.unlinked = "two before it fit alike"
		} else if ok {
			link(c.ids, "the last state that the story spoke of")
		} else if id := r.onlyOther(i, acting); !ok && low != "kingdom" && id != "" {
			link([]news.ID{id}, "the only other state of which the story spoke right before")
		} else if id := r.soleState(i); !ok && low != "kingdom" && id != "" {
			link([]news.ID{id}, "the only state of which the story speaks here")
		}
	case low == "body" && subjectOf(d.Tokens[i].Relation):
		if c, ok := r.lastBody(i); ok {
			link(c.ids, "the last body that the story named, which acts")
		}
	case bodies[low] && r.alone(i, low):
	case bodies[low]:
		if c, ok := r.pick(i, 1000, func(c candidate) bool {
			id := c.ids[0]
			if len(c.ids) > 1 || r.kind(id) != news.Organisation || r.another(i, id) || low == "party" && !r.inPower(i, c) || low == "police" && !strings.HasSuffix(strings.ToLower(r.entities[id].Name), "police") {
				return false
			}
			return r.called(id, low) || r.described(id, low) || r.sort(id, low) && r.sentenceOf[i]-c.sentence < 4 || (low == "group" || low == "organisation" || low == "organization" || low == "movement") && r.sentenceOf[i]-c.sentence < 3 && !r.ofState(id) && r.entities[id].Sector != "MIL" && !strings.HasSuffix(r.entities[id].Name, " Party")
		}); ok {
			link(c.ids, "the last body that is called so")
		} else if c, ok := r.soleBody(i, low); ok {
			link(c.ids, "the only body that the story named right before")
		}
	case placeNouns[low]:
		if c, ok := r.pick(i, 3, func(c candidate) bool {
			if len(c.ids) > 1 || r.kind(c.ids[0]) != news.Kind(news.Place) || local(c.ids[0]) && !strings.EqualFold(r.d.Tokens[c.token].Lemma, low) {
				return false
			}
			if what := r.entities[c.ids[0]].Description; townNouns[low] && (what == "province" || what == "region") {
				return false
			}
			_, capital := r.g.CapitalOf(c.ids[0])
			return capital || low != "capital"
		}); ok {
			link(c.ids, "the last place that the story spoke of")
		}
	case d.Tokens[i].Tag == "NNP" && the == "" && (r.g.Title(low) || leaders[low]):
		// "Foreign Minister welcomes truce": the only one of whom the story tells it, before or after.
		var ids []news.ID
		for id, title := range r.titleOf {
			if words := strings.Fields(title); len(words) > 0 && words[len(words)-1] == low || strings.HasPrefix(title, low+" ") {
				ids = append(ids, id)
			}
		}
		if len(ids) == 1 {
			link(ids, "the only person to whom the story gives that title")
		}
	case r.g.Title(low) || leaders[low]:
		if c, ok := r.pick(i, nominalReach, func(c candidate) bool {
			if len(c.ids) > 1 || r.kind(c.ids[0]) != news.Person {
				return false
			}
			if nation := r.belongs(i); nation != "" && r.entities[c.ids[0]].Country != "" && r.entities[c.ids[0]].Country != nation {
				return false // the Congolese leader is not Kenya's
			}
			title := r.titleOf[c.ids[0]]
			if title == "" {
				title = strings.ToLower(r.entities[c.ids[0]].Description)
			}
			words := strings.Fields(title)
			if r.otherOffice(i, words) || lower(strings.Join(words, " "), low) && (i == 0 || !secondary[strings.ToLower(d.Word(i-1))]) {
				return false
			}
			return slices.Contains(words, low) || low == "leader" && slices.ContainsFunc(words, func(w string) bool { return leaders[w] })
		}); ok {
			link(c.ids, "the last person of whom the story tells that title")
		} else if c, why, ok := r.person(i, low); ok {
			link(c.ids, why)
		}
	case d.Tokens[i].Sort == "person" || r.g.Noun(low).Kind == news.Group || nounGender[low] != 0:
		if c, why, ok := r.person(i, low); ok {
			link(c.ids, why)
		}
	}
}

// wanting tells that a candidate demands or orders the deed whose noun the possessive pronoun at token i stands before, and so does not undergo it: "the judge ordered his
// release".
func (r *reading) wanting(i int, c candidate) bool {
	h := r.d.Tokens[i].Head
	if coarse(r.d.Tokens[i].Relation) != "nmod:poss" || h < 0 || r.pos(h) != "N" || !overlap(r.senses(h), []news.EventType{news.TypeAssault, news.TypeCoerce, news.TypeSanction, news.TypeRetreat, news.TypeAppoint}) {
		return false
	}
	v := r.d.Tokens[h].Head
	for n := 0; n < 6 && v >= 0; v, n = r.d.Tokens[v].Head, n+1 {
		if r.pos(v) == "V" && slices.Contains(r.senses(v), news.TypeRequest) && slices.ContainsFunc(r.subjects(v, 0), func(k int) bool { return k == c.token || shared(r.resolve(k), c.ids) }) {
			return true
		}
	}
	return false
}

// kingdom tells that a state is called a kingdom in full.
func (r *reading) kingdom(id news.ID) bool {
	return slices.ContainsFunc([]string{"Kingdom of ", "Hashemite Kingdom of ", "Kingdom of the "}, func(full string) bool {
		e, ok := r.g.Called(plain(full + r.entities[id].Name))
		return ok && e.ID == id
	})
}

// otherOffice tells that the words before the office at token i say another than a title of several words: the oil minister is not the foreign minister.
func (r *reading) otherOffice(i int, title []string) bool {
	return len(title) > 1 && slices.ContainsFunc(r.child(i, "compound", "amod"), func(c int) bool {
		w := strings.ToLower(r.d.Word(c))
		return (r.d.Tokens[c].Tag != "JJ" || r.g.Title(w+" "+strings.ToLower(r.d.Tokens[i].Lemma))) && !slices.Contains(title, w) && !slices.Contains(title, strings.ToLower(r.d.Tokens[c].Lemma))
	})
}

// secondary make of an office that of him who stands in for its holder.
var secondary = wordSet("vice deputy assistant acting")

// lower tells that a title is that of who stands in for the holder of an office: the vice president is not the president.
func lower(title, office string) bool {
	words := strings.Fields(strings.ReplaceAll(strings.TrimSuffix(title, office), "-", " "))
	return title != office && strings.HasSuffix(title, office) && len(words) > 0 && secondary[words[len(words)-1]]
}

// two tells that a numeral says two of the noun at token i.
func (r *reading) two(i int) bool {
	return slices.ContainsFunc(r.child(i, "nummod"), func(c int) bool { return r.d.Tokens[c].Lemma == "two" })
}

// together are the parties named together last: those of the nearest sentence before, or before in this one without who acts on token i, that tells
// of two, joined or not, or of more that are joined; none if that leaves a choice.
func (r *reading) together(i int) []news.ID {
	at := r.sentenceOf[i]
	for s := at; s >= 0 && at-s < 4; s-- {
		var ids, joined []news.ID
		for _, c := range r.candidates {
			if r.sentenceOf[c.token] != s || c.token >= i || s == at && r.actsOn(c.token, i) || r.at[c.token] != nil && r.at[c.token].form == news.FormPronoun {
				continue
			}
			if r.d.Tokens[c.token].Relation == "nmod:poss" && r.at[r.d.Tokens[c.token].Head] != nil {
				continue // the senate of the senate's committee is no side beside it
			}
			if r.childCase(r.firstOf(c.token), "among", "including") {
				continue // some of those who were told of
			}
			if r.judgeTogether(c.token) {
				continue // who condemn something together are not its sides
			}
			for _, id := range c.ids {
				if !r.party(id) || slices.Contains(ids, id) {
					continue
				}
				ids = append(ids, id)
				if h := r.d.Tokens[c.token].Head; r.d.Tokens[c.token].Relation == "conj" && h >= 0 && r.at[h] != nil && r.party(r.at[h].entity) {
					if !slices.Contains(joined, r.at[h].entity) {
						joined = append(joined, r.at[h].entity)
					}
					joined = append(joined, id)
				}
			}
		}
		if body := func(id news.ID) bool { return r.kind(id) != news.Person }; slices.ContainsFunc(ids, body) {
			// Sides are states and bodies where there are some; who signs for them is none.
			person := func(id news.ID) bool { return !body(id) }
			ids, joined = slices.DeleteFunc(ids, person), slices.DeleteFunc(joined, person)
		}
		switch {
		case len(ids) == 2 && s < at:
			return ids
		case len(joined) > 1:
			return joined
		case len(ids) > 2:
			return nil
		}
	}
	return nil
}

// judgeTogether tells that whoever stands at token i judges, asks or backs something with others in one clause.
func (r *reading) judgeTogether(i int) bool {
	d := r.d
	for n := 0; n < 8 && d.Tokens[i].Relation == "conj" && d.Tokens[i].Head >= 0 && r.pos(d.Tokens[i].Head) == "N"; n++ {
		i = d.Tokens[i].Head
	}
	v := d.Tokens[i].Head
	if v < 0 || !subjectOf(d.Tokens[i].Relation) || len(r.joined(i)) < 2 || len(r.child(v, "obj", "obl", "ccomp", "xcomp")) == 0 {
		return false
	}
	return overlap(r.senses(v), []news.EventType{news.TypeAccuse, news.TypeRequest, news.TypeReject})
}

// bothOf are the one who does and the one with or to whom it is done in the clause that the clause of the two at token i is joined to: "Macron met Scholz and the two agreed".
func (r *reading) bothOf(i int) []news.ID {
	v := r.d.Tokens[i].Head
	if v < 0 || r.d.Tokens[v].Relation != "conj" || !subjectOf(r.d.Tokens[i].Relation) || r.d.Tokens[v].Head < 0 {
		return nil
	}
	u := r.d.Tokens[v].Head
	var ids []news.ID
	for _, k := range append(r.child(u, "nsubj", "obj"), r.child(u, "obl")...) {
		if r.d.Tokens[k].Relation == "obl" && !r.childCase(k, "with") {
			continue
		}
		if of := r.resolve(k); len(of) == 1 && r.party(of[0]) && !slices.Contains(ids, of[0]) {
			ids = append(ids, of[0])
		}
	}
	if len(ids) != 2 {
		return nil
	}
	return ids
}

// numbered links what is no noun and points to two: the two, the former, the latter, each other.
func (r *reading) numbered(i int) {
	d := r.d
	w := strings.ToLower(d.Word(i))
	the := i > 0 && (strings.EqualFold(d.Word(i-1), "the") || strings.EqualFold(d.Word(i-1), "all"))
	noun := func(k int) bool { return k < len(d.Tokens) && strings.HasPrefix(d.Tokens[k].Tag, "NN") }
	heads := !noun(i+1) && (i+1 >= len(d.Tokens) || !strings.HasPrefix(d.Tokens[i+1].Tag, "JJ") || !noun(i+2))
	var ids []news.ID
	many, _, _, _ := nlp.Number([]string{w})
	if w == "pair" {
		many = 2
	}
	switch {
	case !heads || !the:
		return
	case many >= 2 && many < 100 && (many == 2 || d.Tokens[i].Tag == "CD" && len(r.child(i, "nmod")) == 0 && coarse(d.Tokens[i].Relation) != "nummod"):
		if c, ok := r.pick(i, pronounReach, func(c candidate) bool {
			low, high, _, _ := r.amount(c.token)
			return len(c.ids) == 1 && low == many && high <= many && r.kind(c.ids[0]) == news.Group && c.sentence < r.sentenceOf[i]
		}); ok {
			ids = c.ids // three miners were freed; the three are well
		} else if many == 2 {
			if ids = r.together(i); len(ids) == 0 {
				ids = r.bothOf(i)
			}
		}
	case w == "former" || w == "latter":
		ids = r.together(i)
		if len(ids) == 0 {
			// The first of the pair has been spoken of by the former.
			return
		}
		if len(ids) != 2 {
			return
		}
		if w == "former" {
			ids = ids[:1]
		} else {
			ids = ids[1:]
		}
	default:
		return
	}
	if len(ids) == 0 {
		return
	}
	m := r.mark(i, i+1, ids[0], news.FormNominal, "as many were spoken of together last")
	m.more = ids[1:]
	if len(ids) > 1 {
		r.spoken(m)
	}
}

// actsOn tells that token k, or what it is joined to or tells more of, is the subject of the clause in which token i stands.
func (r *reading) actsOn(k, i int) bool {
	for d := r.d; d.Tokens[k].Head >= 0; k = d.Tokens[k].Head {
		if rel := coarse(d.Tokens[k].Relation); rel != "conj" && rel != "flat" && rel != "appos" && rel != "amod" && rel != "compound" && rel != "nmod:desc" {
			break
		}
	}
	return subjectOf(r.d.Tokens[k].Relation) && r.under(i, r.d.Tokens[k].Head) && !r.under(i, k)
}

// onlyOther is the state that was named before token i, in its sentence or the last, be it by an adjective ("the Chadian envoy"), where that is one state beside
// those who act; empty otherwise.
func (r *reading) onlyOther(i int, acting map[news.ID]bool) news.ID {
	var only news.ID
	for _, m := range r.mentions {
		if m.last > i || r.sentenceOf[i]-r.sentenceOf[m.first] > 1 || r.kind(m.entity) != news.State || acting[m.entity] {
			continue
		}
		if only != "" && only != m.entity {
			return ""
		}
		only = m.entity
	}
	return only
}

// inOwnClause tells that token i stands in a clause with a subject of its own, which says what went on beside that of subject k: "Ruiz left as Chad blamed the country".
func (r *reading) inOwnClause(k, i int) bool {
	d := r.d
	for n := 0; i >= 0 && n < 200 && !r.under(k, i); n++ {
		if rel := coarse(d.Tokens[i].Relation); (rel == "advcl" || rel == "conj" || rel == "parataxis") && slices.ContainsFunc(r.child(i, "nsubj", "nsubj:pass"), func(c int) bool { return c != k && !r.under(k, c) }) {
			return true
		}
		i = d.Tokens[i].Head
	}
	return false
}

// lastBody is the council, union or commission that the story named last, for "the body" at token i where it says or does what only those do.
func (r *reading) lastBody(i int) (candidate, bool) {
	v := r.d.Tokens[i].Head
	if v < 0 || r.d.Tokens[i].Relation != "nsubj" || r.pos(v) != "V" || len(r.child(i, "nmod", "amod", "compound")) > 0 {
		return candidate{}, false
	}
	if !r.speaks(v) && !slices.ContainsFunc(r.senses(v), func(t news.EventType) bool { return wordActs[t] || t == news.TypeSanction }) {
		return candidate{}, false
	}
	return r.pick(i, 3, func(c candidate) bool {
		e := r.entities[c.ids[0]]
		return len(c.ids) == 1 && e.Kind == news.Organisation && e.Sector != "MIL" && e.Sector != "COP" && e.Sector != "REB"
	})
}

// alone links a body's noun to the one that the story called just so before: the Coalition.
func (r *reading) alone(i int, low string) bool {
	for k := len(r.candidates) - 1; k >= 0 && r.d.Tokens[i].Tag == "NNP"; k-- {
		c := r.candidates[k]
		if e := r.entities[c.ids[0]]; len(c.ids) == 1 && c.token < i && strings.EqualFold(e.Name, low) {
			m := r.mark(i, i+1, c.ids[0], news.FormNominal, "the body that the story called so before")
			r.spoken(m)
			return true
		}
	}
	return false
}

// described tells that the story said of a body what it is: Boeing, a US company; the energy company Rosneft; Hamas is a movement.
func (r *reading) described(id news.ID, noun string) bool {
	d := r.d
	says := func(k int) bool {
		return k >= 0 && strings.EqualFold(d.Tokens[k].Lemma, noun) && (k == 0 || !secondary[strings.ToLower(d.Word(k-1))])
	}
	for _, m := range r.mentions {
		if m.entity != id || m.form != news.FormName && m.form != news.FormInitials {
			continue
		}
		h := r.head(m)
		t := d.Tokens[h]
		if slices.ContainsFunc(r.child(h, "appos", "compound", "nmod:desc", "flat"), says) || (t.Relation == "appos" || t.Relation == "flat") && says(t.Head) ||
			subjectOf(t.Relation) && says(t.Head) && len(r.child(t.Head, "cop")) > 0 || m.first > 0 && says(m.first-1) && d.Tokens[m.first-1].Head == h {
			return true
		}
	}
	return false
}

// another tells that a noun right before that at token i says of which kind the body is, and that a body that the story names is of none such: "the rail union"
// is not the European one.
func (r *reading) another(i int, id news.ID) bool {
	e := r.entities[id]
	return e.Country == "IGO" && e.Known() && slices.ContainsFunc(r.child(i, "compound"), func(c int) bool {
		w := strings.ToLower(r.d.Word(c))
		return !slices.ContainsFunc(append([]string{e.Name}, e.Aliases...), func(name string) bool { return slices.Contains(strings.Fields(strings.ToLower(name)), w) })
	})
}

// ofState tells that a body's name calls it one of a state, which is no group or movement.
func (r *reading) ofState(id news.ID) bool {
	return slices.ContainsFunc(strings.Fields(strings.ToLower(r.entities[id].Name)), func(w string) bool {
		of := bodySectors[w]
		return of != "" && of != "MIL"
	})
}

// sort tells that a noun names the kind of body that an entity is: the bloc is one of states, the agency one of news.
func (r *reading) sort(id news.ID, noun string) bool {
	e := r.entities[id]
	switch noun {
	case "bloc", "alliance", "union":
		return e.Country == "IGO" && e.Known()
	case "agency":
		_, ok := r.g.Agency(e.Name)
		return ok
	}
	return false
}

// ruled is the state whose government the story spoke of before token i, if of no other's.
func (r *reading) ruled(i int) news.ID {
	var id news.ID
	for _, m := range r.mentions {
		if m.form != news.FormNominal || m.last > i || r.kind(m.entity) != news.State || !strings.EqualFold(r.d.Word(m.last-1), "government") {
			continue
		}
		if id != "" && id != m.entity {
			return ""
		}
		id = m.entity
	}
	return id
}

// called tells that a body's names have a word. The army and the police are a state's: what rebels call theirs has a name.
func (r *reading) called(id news.ID, noun string) bool {
	e := r.entities[id]
	if sector, ok := bodySectors[noun]; ok && (sector == "MIL" || sector == "COP") && e.Sector != sector {
		return false
	}
	for _, name := range append([]string{e.Name}, e.Aliases...) {
		if slices.Contains(strings.Fields(strings.ToLower(name)), noun) {
			return true
		}
	}
	return false
}

// lastTwo are the last two of a kind, in the order of the text: those whom the nearest sentence joins or tells alone, else the last named.
func (r *reading) lastTwo(i int, kind news.Kind) []news.ID {
	if ids := r.twoOf(i, kind); len(ids) == 2 {
		return ids
	}
	var ids []news.ID
	for k := len(r.candidates) - 1; k >= 0 && len(ids) < 2; k-- {
		c := r.candidates[k]
		if r.sentenceOf[i]-c.sentence > nominalReach {
			break
		}
		for _, id := range c.ids {
			if r.kind(id) == kind && !slices.Contains(ids, id) && len(ids) < 2 {
				ids = append(ids, id)
			}
		}
	}
	if len(ids) < 2 {
		return nil
	}
	slices.Reverse(ids)
	return ids
}

// twoOf are two of a kind that a sentence before token i joins, or tells of and of no third; none if the nearest with two leaves a choice.
func (r *reading) twoOf(i int, kind news.Kind) []news.ID {
	at := r.sentenceOf[i]
	for s := at - 1; s >= 0 && at-s < 4; s-- {
		var all []news.ID
		for _, c := range r.candidates {
			if c.sentence != s {
				continue
			}
			if len(c.ids) == 2 && r.kind(c.ids[0]) == kind && r.kind(c.ids[1]) == kind {
				return c.ids
			}
			for _, id := range c.ids {
				if r.kind(id) == kind && !slices.Contains(all, id) {
					all = append(all, id)
				}
			}
		}
		if len(all) > 1 {
			return all
		}
	}
	return nil
}

// behind is whom "we" at token i means in an event: the speaker in a word-act, the body or the state for which he speaks in a deed (CODING 7). Any
// other word means the entity it stands for.
func (r *reading) behind(i int, id news.ID, t news.EventType) news.ID {
	if p := pronouns[strings.ToLower(r.d.Word(i))]; p.first && p.plural && id != "" && !wordActs[t] {
		return cmp.Or(r.spokesFor(id), id) // "we are sending tanks": the envoy's state
	}
	return id
}

// spokesFor is the body or the state for which a person speaks.
func (r *reading) spokesFor(id news.ID) news.ID {
	if of, ok := r.bodyOf[id]; ok {
		return of
	}
	if s, _, ok := r.g.State(r.entities[id].Country); ok && r.kind(id) == news.Person {
		r.know(s.ID)
		return s.ID
	}
	return ""
}
