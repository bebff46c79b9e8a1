package extract

import (
	"slices"
	"strings"

	"newsgraph/loader/nlp"
	"newsgraph/news"
)

// nobody tells that verb i has no subject that might be a party.
func (r *reading) nobody(i int) bool {
	for _, c := range r.subjects(i, 0) {
		if len(r.resolve(c)) > 0 || r.sorted(c, "PARTY") {
			return false
		}
	}
	return true
}

// predicates are the wordings of the vocabulary that say "be" and the adjective that token i is.
func (r *reading) predicates(i int) []wording {
	var found []wording
	for _, w := range r.verbs["be"] {
		if len(w.pattern.words) == 2 && w.pattern.words[1] == r.d.Tokens[i].Lemma {
			found = append(found, w)
		}
	}
	return found
}

// lemma is the lemma of token i, or of the word that hyphens make with it if the vocabulary knows that one: test-fire.
func (r *reading) lemma(i int) string {
	l := r.d.Tokens[i].Lemma
	if len(r.verbs[l]) == 0 && strings.HasPrefix(r.d.Tokens[i].Tag, "VB") && len(r.verbs[l+"e"]) > 0 {
		return l + "e" // the vocabulary knows better where an e was lost
	}
	if i < 2 || r.d.Word(i-1) != "-" || r.d.Tokens[i-1].End != r.d.Tokens[i].Start {
		return l
	}
	joined := strings.ToLower(r.d.Word(i-2)) + "-" + l
	if len(r.verbs[joined]) > 0 || len(r.nouns[joined]) > 0 {
		return joined
	}
	return l
}

// child are the children of token i with one of the relations.
func (r *reading) child(i int, relations ...string) []int {
	var found []int
	for _, c := range r.children[i] {
		if slices.Contains(relations, coarse(r.d.Tokens[c].Relation)) {
			found = append(found, c)
		}
	}
	return found
}

// joined are token i and all that are joined to it by and, in the order of the text.
func (r *reading) joined(i int) []int {
	all := []int{i}
	for n := 0; n < len(all) && n < 30; n++ {
		all = append(all, r.child(all[n], "conj")...)
	}
	slices.Sort(all)
	return all
}

// coarse is a relation without the subtypes that tell no roles apart.
func coarse(relation string) string {
	switch relation {
	case "nmod:desc":
		return "compound" // President Biden
	case "nmod:unmarked", "obl:unmarked", "advcl:relcl", "det:predet":
		base, _, _ := strings.Cut(relation, ":")
		return base
	}
	return relation
}

// hit tells that token k, the object of a verb at token i that mostly tells an attack, is a thing: five of the rebels' camps, a base of the army.
func (r *reading) hit(i, k int, ids []news.ID) bool {
	if sort := r.d.Tokens[k].Sort; !slices.Contains(r.senses(i), news.TypeAssault) || sort == "person" || sort == "time" || sort == "event" || r.telling(k) || !strings.HasPrefix(r.d.Tokens[k].Tag, "NN") {
		return false
	}
	return len(ids) == 0 || local(ids[0]) && !r.party(ids[0])
}

// joining are those whom the subject of another verb joins in doing what the gerund at token i tells: "joined Kenya in condemning".
func (r *reading) joining(i int) []int {
	h := r.d.Tokens[i].Head
	if h < 0 || r.d.Tokens[i].Tag != "VBG" || !r.childMark(i, "in") || !r.ofClass(h, "joining") || r.pos(h) != "V" {
		return nil
	}
	if o := r.child(h, "obj"); len(o) > 0 {
		return o[:1]
	}
	return slices.DeleteFunc(r.child(h, "obl"), func(c int) bool { return !r.childCase(c, "with") })
}

// accused are those of whom the clause after the noun of accusing at token i says what they did: "allegations by Chad that Niger armed rebels".
func (r *reading) accused(i int) []int {
	d := r.d
	var found []int
	for _, v := range r.child(i, "acl", "acl:relcl", "ccomp") {
		for _, c := range r.child(v, "nsubj") {
			first := c
			for k := c - 1; k > i && (k == c || r.under(k, c)); k-- {
				first = k
			}
			if first-1 > i && strings.EqualFold(d.Word(first-1), "that") && !r.relative(c) && !strings.HasPrefix(d.Tokens[c].Tag, "PRP") {
				found = append(found, c)
			}
		}
	}
	return found
}

// authors are who stands behind the message at token k, as who demands what it demands: whose it is, by or from whom it comes, who issues it, shouts it or
// carries it. "Issued a declaration demanding", "a letter from Chad accuses", "farmers with banners demanding".
func (r *reading) authors(k int) []news.ID {
	d := r.d
	if !r.message(k) {
		return nil
	}
	if owners := r.belonging(k, nil); len(owners) > 0 {
		return owners
	}
	var ids []news.ID
	add := func(tokens ...int) {
		for _, c := range tokens {
			ids = append(ids, slices.DeleteFunc(slices.Clone(r.resolve(c)), func(id news.ID) bool { return !r.party(id) })...)
		}
	}
	for _, c := range r.child(k, "nmod") {
		if r.childWord(c, "by") || r.childWord(c, "from") {
			add(r.joined(c)...)
		}
	}
	h := d.Tokens[k].Head
	if len(ids) > 0 || h < 0 {
		return ids
	}
	switch rel := coarse(d.Tokens[k].Relation); {
	case rel == "obj" && (papers[d.Tokens[k].Lemma] || issuing[d.Tokens[h].Lemma] || waving[d.Tokens[h].Lemma]):
		add(r.subjects(h, 1)...)
	case (rel == "nmod" || rel == "obl") && r.childWord(k, "with") && r.pos(h) == "N":
		add(h)
	}
	return ids
}

// message tells that token k is a common noun for what carries somebody's words, who alone says or demands what it says.
func (r *reading) message(k int) bool {
	l := strings.ToLower(r.d.Tokens[k].Lemma)
	return strings.HasPrefix(r.d.Tokens[k].Tag, "NN") && !r.nameAt(k) && (papers[l] || slices.Contains(r.g.Classes(l), "message"))
}

// waving are verbs for showing or shouting what somebody demands.
var waving = wordSet("chant shout carry hold wave raise display bear brandish unfurl hoist paint submit file present circulate")

// appointee is the name of whom verb i names to an office, where the tree takes the office c for its object: "named Ana Ruiz ambassador"; -1 if that is not so.
func (r *reading) appointee(i, c int) int {
	switch r.d.Tokens[i].Lemma {
	case "name", "appoint", "nominate", "elect", "declare", "proclaim":
	default:
		return -1
	}
	for _, k := range r.child(i, "iobj") {
		if m := r.at[k]; m != nil && m.form == news.FormName && r.kind(m.entity) == news.Person {
			return k
		}
	}
	for k := c - 1; k > i; k-- {
		m := r.at[k]
		if m == nil || m.form != news.FormName {
			continue
		}
		if r.kind(m.entity) == news.Person && r.under(r.head(m), c) && m.last <= c {
			return r.head(m)
		}
		return -1
	}
	return -1
}

// fronted tells of a participle that opens its sentence and tells what was done to the subject of the verb after it: "Shot by a guard, Ruiz fell".
func (r *reading) fronted(i int, s nlp.Sentence) bool {
	t := r.d.Tokens[i]
	return i == s.First && t.Relation == "advcl" && t.Head > i && t.Tag != "VBG" && t.Tag != "VBZ" && t.Tag != "VBP" &&
		len(r.child(i, "obj", "ccomp", "xcomp", "mark", "aux")) == 0 && len(r.child(i, "nsubj", "nsubj:pass")) == 0 && len(r.subjects(t.Head, 0)) > 0
}

// causes tells that the subject of verb v has what participle i tells done to noun o: "the governor had two guides arrested".
func (r *reading) causes(v, o, i int) bool {
	return v >= 0 && o < i && r.d.Tokens[o].Relation == "obj" && r.d.Tokens[o].Head == v && slices.Contains([]string{"have", "get"}, r.d.Tokens[v].Lemma) && len(r.child(i, "aux", "aux:pass", "mark")) == 0 && o+1 == i
}

// traveller are the subjects of the verb under which noun i, hung on place h, stands: who is in a place for talks holds them.
func (r *reading) traveller(i, h int) []int {
	d := r.d
	of := r.child(i, "case")
	if m := r.at[h]; m == nil || len(of) == 0 || d.Word(of[0]) != "for" || r.kind(m.entity) != news.State && r.kind(m.entity) != news.Kind(news.Place) {
		return nil
	}
	if len(r.child(h, "cop")) > 0 {
		return r.subjects(h, 0)
	}
	if v := d.Tokens[h].Head; v >= 0 && d.Tokens[h].Relation == "obl" && strings.HasPrefix(d.Tokens[v].Tag, "VB") {
		return r.subjects(v, 0)
	}
	return nil
}

// goods are what noun i is of, and what that is of: "the delivery of tons of grain".
func (r *reading) goods(i int) []int {
	var all []int
	for _, c := range r.child(i, "nmod") {
		if of := r.child(c, "case"); len(of) > 0 && r.d.Word(of[0]) == "of" {
			all = append(all, c)
			if quantities[r.d.Tokens[c].Lemma] {
				all = append(all, r.goods(c)...)
			}
		}
	}
	return all
}

// devoted tells of "is committed to": a state of whom it is said, and nobody did it to him.
func (r *reading) devoted(i int) bool {
	return r.d.Tokens[i].Lemma == "commit" && r.d.Tokens[i].Tag != "VBG" && (len(r.child(i, "aux:pass", "cop")) > 0 || r.d.Tokens[i].Relation == "xcomp") && len(r.child(i, "obl:agent")) == 0
}

// particled tells that the vocabulary knows verb i with a particle, which is no preposition there.
func (r *reading) particled(i int, particle string) bool {
	return slices.ContainsFunc(r.verbs[r.lemma(i)], func(w wording) bool {
		_, preposition := w.pattern.roles[particle]
		return len(w.pattern.words) == 2 && w.pattern.words[1] == particle && !preposition
	})
}

// phrasal tells that the vocabulary knows verb i with its object c: grant asylum.
func (r *reading) phrasal(i, c int) bool {
	for _, w := range r.verbs[r.lemma(i)] {
		if slices.Contains(w.pattern.words[1:], r.d.Tokens[c].Lemma) {
			return true
		}
	}
	return false
}

// quantified tells that the preposition of a phrase belongs to its number: at least four, up to 16, over 700.
func (r *reading) quantified(i int) bool {
	number := false
	for _, c := range r.child(i, "nummod") {
		number = number || c < i
	}
	for _, c := range r.child(i, "nmod", "advmod") {
		if w := strings.ToLower(r.d.Word(c)); number && c < i && (w == "least" || w == "most") {
			return true
		}
	}
	p := r.child(i, "case")
	if !number || len(p) == 0 {
		return false
	}
	w, next := strings.ToLower(r.d.Word(p[0])), ""
	if p[0]+1 < len(r.d.Tokens) {
		next = strings.ToLower(r.d.Word(p[0] + 1))
	}
	switch w {
	case "at":
		return next == "least" || next == "most"
	case "between":
		return true
	case "up":
		return next == "to"
	case "to":
		return p[0] > 0 && strings.EqualFold(r.d.Word(p[0]-1), "up")
	case "over", "about", "around", "under", "above":
		return r.d.Tokens[p[0]+1].Tag == "CD"
	}
	return false
}

// passive tells that verb i is in the passive: by its auxiliary or that of the verb that it is joined to, or as headlines leave it out.
func (r *reading) passive(i int, s nlp.Sentence) bool {
	if len(r.child(i, "aux:pass")) > 0 || r.saidToBe(i) {
		return true
	}
	if len(r.child(i, "nsubj:pass")) == 0 {
		h := r.d.Tokens[i].Head
		if h >= 0 && r.d.Tokens[i].Relation == "conj" && r.d.Tokens[i].Tag == "VBN" && r.pos(h) == "J" && len(r.child(h, "cop")) > 0 && len(r.child(i, "nsubj", "aux", "cop")) == 0 && r.transitive(i) {
			return true // "was bound and shot"
		}
		return r.d.Tokens[i].Relation == "conj" && (r.d.Tokens[i].Tag == "VBN" || r.d.Tokens[i].Tag == "VBD" && (r.transitive(i) || len(r.child(i, "obl:agent")) > 0)) && h >= 0 && len(r.child(h, "aux:pass")) > 0 && len(r.child(i, "aux", "cop")) == 0 &&
			(len(r.child(i, "nsubj")) == 0 || r.d.Tokens[i].Tag == "VBN" && r.transitive(i)) // "nine were killed and dozens injured"
	}
	last := r.d.Word(s.Last - 1)
	return last != "." && last != "”" && last != "\"" || r.d.Tokens[i].Relation != "root" && r.d.Tokens[i].Relation != "ccomp"
}

// saidToBe tells that token i is a participle of what another verb says was done to its subject or object: "three were reported kidnapped", "left him wounded".
func (r *reading) saidToBe(i int) bool {
	t := r.d.Tokens[i]
	if t.Tag != "VBN" || t.Relation != "xcomp" || t.Head < 0 || !strings.HasPrefix(r.d.Tokens[t.Head].Tag, "VB") || len(r.child(i, "aux", "aux:pass", "nsubj", "nsubj:pass", "mark")) > 0 || !r.transitive(i) {
		return false
	}
	return len(r.child(t.Head, "aux:pass")) > 0 || slices.ContainsFunc(r.child(t.Head, "obj"), func(o int) bool { return o < i })
}

// transitive tells that verb i, read as of the past, has nothing after it that could be its object, and is one that the vocabulary knows with an object: "was
// convicted and jailed for a year" tells of him, "was freed and fled" too, but he does it.
func (r *reading) transitive(i int) bool {
	return len(r.child(i, "obj", "ccomp", "xcomp", "compound:prt", "iobj")) == 0 && slices.ContainsFunc(r.verbs[r.lemma(i)], func(w wording) bool {
		_, takes := w.pattern.roles["obj"]
		return takes && len(w.pattern.words) == 1
	}) && !slices.ContainsFunc(r.verbs[r.lemma(i)], func(w wording) bool {
		_, alone := w.pattern.roles["obj"]
		return !alone && len(w.pattern.words) == 1
	})
}

// subjects are the tokens that are the subject of verb i: its own, or that of the verb it is joined to, a complement of, or an adverbial of; for a relative
// clause the noun. The laws of clauses in data/frames.tsv tell whose, the first that finds somebody.
func (r *reading) subjects(i, depth int) []int {
	f := &frame{r: r, token: i, sentence: r.d.Sentences[r.sentenceOf[i]], depth: depth + 1}
	for k := range r.laws {
		l := &r.laws[k]
		if l.of != "clause" {
			continue
		}
		if l.far && (depth > 3 || r.d.Tokens[i].Head < 0) {
			return nil
		}
		var found []int
		l.walk(f, 0, spot{token: i}, func(s spot) { found = append(found, s.token) })
		if len(found) > 0 {
			return found
		}
	}
	return nil
}

// ownSubject is the subject that the tree gives verb i; of a relative clause's pronoun its noun.
func (r *reading) ownSubject(i int) []int {
	d := r.d
	// What follows its verb is its subject only beside a verb of saying ("said Ruiz") or there is.
	own := r.child(i, "nsubj", "nsubj:pass")
	if len(own) == 0 || own[0] > i && strings.HasPrefix(d.Tokens[i].Tag, "VB") && !sayVerbs[d.Tokens[i].Lemma] && len(r.child(i, "expl", "cop")) == 0 {
		return nil
	}
	c := own[0]
	if len(own) > 1 && own[1] == c+1 && r.at[own[1]] != nil && r.kind(r.at[own[1]].entity) == news.Person {
		c = own[1] // "president Laurent Fabius", torn in two
	} else if len(own) > 1 && own[1] == c+1 && r.torn(c) {
		c = own[1]
	}
	if k := r.child(c, "compound"); c == i-2 && d.Word(i-1) == "-" && d.Tokens[c].End == d.Tokens[i-1].Start && len(k) > 0 {
		return k[len(k)-1:] // "North Korea test-fired", whose test the tree takes for the subject
	}
	if w := strings.ToLower(d.Word(c)); (w == "that" || w == "which" || w == "who") && d.Tokens[i].Relation == "acl:relcl" {
		return []int{d.Tokens[i].Head}
	}
	return []int{c}
}

// plan tells that token n is a noun for what somebody means to do, which the infinitive after it tells: a plot, a decision, an offer.
func (r *reading) plan(n int) bool {
	l := strings.ToLower(r.d.Tokens[n].Lemma)
	return plots[l] || r.pos(n) == "N" && slices.Contains(r.g.Classes(l), "will")
}

// plotters are those whose plot noun n is: "Chad's plan", "a bid by Chad", "Chad hatched a plot"; none where it is told of by those who act against it.
func (r *reading) plotters(n, depth int) []int {
	if poss := r.child(n, "nmod:poss"); len(poss) > 0 {
		return poss[:1]
	}
	for _, c := range r.child(n, "compound", "amod") {
		if m := r.at[c]; m != nil && r.party(m.entity) {
			return []int{c} // a Chadian plot
		}
	}
	for _, c := range r.child(n, "nmod") {
		if of := r.child(c, "case"); len(of) > 0 && (strings.EqualFold(r.d.Word(of[0]), "by") || strings.EqualFold(r.d.Word(of[0]), "of")) {
			return []int{c}
		}
	}
	if v := r.d.Tokens[n].Head; v >= 0 && r.d.Tokens[n].Relation == "obj" && r.predicate("hatching", r.d.Tokens[v].Lemma) {
		return r.subjects(v, depth+1)
	}
	return nil
}

// appealed is whom the verb at token i asks with on, upon or to: "called on them to leave", "appealed to them"; -1 if nobody.
func (r *reading) appealed(i int) int {
	if !r.predicate("appealing", r.d.Tokens[i].Lemma) {
		return -1
	}
	for _, c := range r.child(i, "obl") {
		if of := r.child(c, "case"); len(of) > 0 && slices.Contains([]string{"on", "upon", "to"}, strings.ToLower(r.d.Word(of[0]))) {
			return c
		}
	}
	return -1
}

// having tells that a participle is a gerund of the past: of having left.
func (r *reading) having(i int) bool {
	return r.d.Tokens[i].Tag == "VBN" && slices.ContainsFunc(r.child(i, "aux", "aux:pass"), func(c int) bool { return r.d.Tokens[c].Tag == "VBG" })
}

// temporal tells of a gerund after while, before, after, when or since, which is of the main clause's time and doer.
func (r *reading) temporal(i int) bool {
	m := r.child(i, "mark", "case")
	if len(m) == 0 || r.d.Tokens[i].Tag != "VBG" {
		return false
	}
	switch strings.ToLower(r.d.Word(m[0])) {
	case "while", "before", "after", "when", "since":
		return true
	}
	return false
}

// before is the head of the noun phrase that stands right before a finite verb, or that opens the sentence if the verb is its
// first; -1 if there is none. It mends trees in which a verb has lost its subject.
func (r *reading) before(i int) int {
	d := r.d
	tag := d.Tokens[i].Tag
	opens := i
	if aux := r.child(i, "aux", "aux:pass"); len(aux) > 0 && aux[0] < i && d.Tokens[aux[0]].Tag != "TO" {
		opens, tag = aux[0], "VBD"
	}
	if tag != "VBD" && tag != "VBP" && tag != "VBZ" && (tag != "VBN" || i == 0 || !quoteMark(d.Word(i-1))) {
		return -1
	}
	noun := func(k int) bool {
		return k >= 0 && (strings.HasPrefix(d.Tokens[k].Tag, "NN") || d.Tokens[k].Tag == "PRP" || r.at[k] != nil && r.at[k].form == news.FormName)
	}
	k := opens - 1
	if k >= 0 && d.Tokens[k].Tag == "RB" && !noun(k) {
		k--
	}
	if noun(k) {
		for {
			h, rel := d.Tokens[k].Head, d.Tokens[k].Relation
			of := r.child(k, "case")
			if !noun(h) || h >= i || rel != "conj" && rel != "flat" && (rel != "appos" || strings.Contains(d.Words(h, k), ",")) && rel != "compound" && !(rel == "nmod" && len(of) > 0 && d.Word(of[0]) == "of") {
				return k
			}
			k = h
		}
	}
	if k < 0 || !quoteMark(d.Word(k)) {
		return -1
	}
	first := 0
	for _, s := range d.Sentences {
		if s.First <= i && i < s.Last {
			first = s.First
		}
	}
	head := -1
	for k := first; k < i; k++ {
		switch t := d.Tokens[k]; {
		case strings.HasPrefix(t.Tag, "VB") || t.Tag == "MD":
			return -1
		case head < 0 && (t.Tag == "IN" || t.Tag == "TO" || t.Tag == ","):
			head = k - 1
		}
	}
	if head >= first && noun(head) {
		return head
	}
	return -1
}

func quoteMark(w string) bool { return w == "“" || w == "”" || w == `"` }

// after is the head of the noun phrase that stands right after a verb, over marks of quotation and "in the strongest terms"; -1 if there
// is none. It mends trees in which a verb has lost its object.
func (r *reading) after(i, end int) int {
	d := r.d
	k := i + 1
	if k+1 < end && d.Word(k) == "in" && d.Word(k+1) == "the" {
		for k < end && d.Tokens[k].Tag != "NNS" {
			k++
		}
		k++
	}
	for k < end && quoteMark(d.Word(k)) {
		k++
	}
	head := -1
	for ; k < end; k++ {
		switch t := d.Tokens[k].Tag; {
		case strings.HasPrefix(t, "NN"):
			head = k
		case head < 0 && strings.EqualFold(d.Word(k), "both"):
		case t == "DT" && head >= 0:
			return head // "the attack this morning"
		case t == "POS" || t == "DT" || t == "CD" || t == "PRP$" || strings.HasPrefix(t, "JJ") && head < 0 || t == "HYPH":
			if t == "POS" {
				head = -1
			}
		default:
			return head
		}
	}
	return head
}

// main tells that verb i heads its sentence, or is what the head of its sentence says.
func (r *reading) main(i int) bool {
	t := r.d.Tokens[i]
	for t.Relation == "ccomp" || t.Relation == "parataxis" || t.Relation == "conj" {
		h := t.Head
		if h < 0 {
			break
		}
		t = r.d.Tokens[h]
	}
	return t.Head < 0
}

// under tells that token i hangs somewhere below token k.
func (r *reading) under(i, k int) bool {
	for n := 0; i >= 0 && n < 200; n++ {
		i = r.d.Tokens[i].Head
		if i == k {
			return true
		}
	}
	return false
}
