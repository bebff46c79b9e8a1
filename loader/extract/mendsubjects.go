package extract

import (
	"slices"
	"strings"

	"newsgraph/loader/nlp"
)

// A subject may hang on another verb than its own, or on a noun, and an object be taken for a subject. These hang both on the verb that they are of.

// mendSubject gives the verb at token i its subject back. "Oman, an ally of the West, criticised", "Oman, whose king is ill, left": who is described between
// commas is the subject. "Troops fired at a crowd, the ministry said": of two subjects of who says so, the former is the verb's that stands before the
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
	case 0:
		for n := s.First; n < i-3; n++ {
			t := d.Tokens[n]
			if t.Head != i || !strings.HasPrefix(t.Tag, "NNP") && !r.isState(d.Word(n)) || d.Word(n+1+r.flats(n)) != "," || d.Word(i-1) != "," || !r.has(n, s, "appos", "acl:relcl") {
				continue
			}
			switch t.Relation {
			case "vocative", "dislocated", "dep", "advmod", "parataxis", "obl:unmarked":
				d.Tokens[n].Tag, d.Tokens[n].Universal = "NNP", "PROPN"
				if d.Tokens[i].Tag == "VBN" && !r.has(i, s, "aux", "aux:pass") {
					d.Tokens[i].Tag = "VBD"
				}
				r.hang(n, i, "nsubj")
				return
			}
		}
	case 2:
		if r.mendLed(subjects[0], i, s) || !sayVerbs[d.Tokens[i].Lemma] {
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

// mendBound makes who is to do something the subject of the verb at token i: "Ruiz is to visit Chad", where the tree has the visit for what Ruiz is. What a plan or an
// aim is to do is that plan.
func (r *reading) mendBound(i int, s nlp.Sentence) {
	d := r.d
	if d.Tokens[i].Tag != "VB" || !strings.EqualFold(d.Word(max(i-1, s.First)), "to") || !r.has(i, s, "cop") || r.has(i, s, "nsubj", "nsubj:pass") {
		return
	}
	for k := s.First; k < i; k++ {
		if t := d.Tokens[k]; t.Head == i && t.Relation == "nsubj:outer" && (strings.HasPrefix(t.Tag, "NNP") || strings.HasPrefix(t.Tag, "PRP") || r.sorted(k, "PARTY")) {
			r.hang(k, i, "nsubj")
			for c := k + 1; c < i; c++ {
				if d.Tokens[c].Head == i && d.Tokens[c].Relation == "cop" {
					d.Tokens[c].Relation = "aux"
				}
			}
			return
		}
	}
}

// mendBoth joins the name after both to the title and the name after and, where the tree makes that name and a body one modifier of the title: "both Ruiz and army
// chief Sá".
func (r *reading) mendBoth(i int, s nlp.Sentence) {
	d := r.d
	h := d.Tokens[i].Head
	if d.Tokens[i].Relation != "cc:preconj" || i+3 >= s.Last || h <= i+1 || coarse(d.Tokens[i+1].Relation) != "compound" || d.Tokens[i+1].Head != h || !strings.HasPrefix(d.Tokens[i+1].Tag, "NNP") {
		return
	}
	and := i + 2 + r.flats(i+1)
	if and+1 >= h || !strings.EqualFold(d.Word(and), "and") {
		return
	}
	for k := and + 1; k < h; k++ {
		if d.Tokens[k].Head == i+1 && d.Tokens[k].Relation == "conj" {
			r.hang(k, h, "compound")
		}
	}
	r.hang(i+1, d.Tokens[h].Head, d.Tokens[h].Relation)
	for k := s.First; k < i; k++ {
		if d.Tokens[k].Head == h && d.Tokens[k].Relation == "case" {
			r.hang(k, i+1, "case")
		}
	}
	r.hang(i, i+1, "cc:preconj")
	r.hang(and, h, "cc")
	r.hang(h, i+1, "conj")
}

// mendBacks makes the verb of the sentence of an adverb that can be one, where there is no other: "Peru and Chile back the plan". What stands before it is its
// subject, what follows without a preposition its object.
func (r *reading) mendBacks(i int, s nlp.Sentence) {
	d := r.d
	t := &d.Tokens[i]
	low := strings.ToLower(d.Word(i))
	if t.Tag != "RB" || len(r.verbs[low]) == 0 || i == s.First || i+1 >= s.Last || r.pos(i-1) != "N" || r.has(i, s, "cop", "aux", "aux:pass") {
		return
	}
	root := i
	for n := 0; d.Tokens[root].Head >= 0 && n < 6; n++ {
		if root = d.Tokens[root].Head; r.pos(root) != "N" {
			return
		}
	}
	subject, object := -1, i+1
	for k := s.First; k < i; k++ {
		if k == root || d.Tokens[k].Head == root && r.pos(k) == "N" && (subjectOf(d.Tokens[k].Relation) || root > i && d.Tokens[k].Relation == "nmod") {
			subject = k
		}
	}
	for h := d.Tokens[object].Head; h > object; h = d.Tokens[object].Head {
		object = h
	}
	if subject < 0 || object <= i || r.pos(object) != "N" || r.has(object, s, "case", "cop") || r.has(root, s, "cop", "aux") {
		return
	}
	t.Tag, t.Universal, t.Lemma = "VBP", "VERB", low
	r.hang(i, -1, "root")
	for k := s.First; k < s.Last; k++ {
		c := d.Tokens[k]
		if c.Head != root || k == i || root != i && (k < i) == (root < i) && c.Relation != "punct" && c.Relation != "advcl" && c.Relation != "parataxis" {
			continue
		}
		d.Tokens[k].Head = i
	}
	r.hang(subject, i, "nsubj")
	r.hang(object, i, "obj")
}

// mendFlat joins a name to that before "and" of which the tree makes it a part: "Ruiz and Vice President Bo Lund".
func (r *reading) mendFlat(i int, s nlp.Sentence) {
	d := r.d
	h := d.Tokens[i].Head
	if d.Tokens[i].Relation != "flat" || h < s.First || h > i-3 || !strings.HasPrefix(d.Tokens[i].Tag, "NNP") {
		return
	}
	for k := h + 1; k < i; k++ {
		if d.Tokens[k].Relation == "cc" && strings.EqualFold(d.Word(k), "and") && d.Tokens[k].Head > k && d.Tokens[k].Head <= i {
			d.Tokens[i].Relation = "conj"
			d.Tokens[k].Head = i
			return
		}
	}
}

// mendLed makes the first of two subjects of the verb at token i what its preposition makes it: "after the reported uses of gas, Chad fired shells".
func (r *reading) mendLed(k, i int, s nlp.Sentence) bool {
	d := r.d
	first := k
	for n := s.First; n < k; n++ {
		if r.under(n, k) {
			first = n
			break
		}
	}
	leads := func(n int) bool { return d.Tokens[n].Tag == "IN" && leading[strings.ToLower(d.Word(n))] }
	if !leads(first) && first > s.First && d.Tokens[first-1].Head == i {
		first--
	}
	if !leads(first) {
		return false
	}
	r.hang(k, i, "obl")
	r.hang(first, k, "case")
	return true
}

// leading are prepositions before what came before or went on meanwhile.
var leading = wordSet("after before since until during despite amid upon")

// mendTold makes whom somebody tells something the object of the verb at token i that tells, where the tree makes him one more subject of what he is told: "told
// reporters Tuesday the ministry is looking into it".
func (r *reading) mendTold(i int, s nlp.Sentence) {
	d := r.d
	if !strings.HasPrefix(d.Tokens[i].Tag, "VB") || !slices.Contains(r.g.Classes(d.Tokens[i].Lemma), "informing") || r.has(i, s, "obj", "iobj") {
		return
	}
	var told []int
	clause := -1
	for k := i + 1; k < s.Last; k++ {
		t := d.Tokens[k]
		if h := t.Head; h > k && subjectOf(t.Relation) && d.Tokens[h].Head == i && d.Tokens[h].Relation == "ccomp" && (clause < 0 || h == clause) {
			clause, told = h, append(told, k)
		}
	}
	if len(told) != 2 || strings.HasPrefix(d.Tokens[told[0]].Tag, "W") {
		return
	}
	for k := i + 1; k < told[0]; k++ {
		if d.Tokens[k].Head != told[0] {
			return // somebody stands between
		}
	}
	r.hang(told[0], i, "obj")
	for k := told[0] + 1; k < told[1]; k++ {
		if d.Tokens[k].Head == clause && (d.Tokens[k].Relation == "obl:unmarked" || coarse(d.Tokens[k].Relation) == "obl") {
			r.hang(k, i, d.Tokens[k].Relation)
		}
	}
}

// mendSayers gives the clause of the verb at token i, which tells what somebody says, all of its subject, where the tree takes the first half for what is said and the
// second, after and, for the subject: "police say bombs in Kabo and the city of Lugo killed nine".
func (r *reading) mendSayers(i int, s nlp.Sentence) {
	d := r.d
	v := d.Tokens[i].Head
	if v < s.First || v > i || d.Tokens[i].Relation != "conj" || !strings.HasPrefix(d.Tokens[i].Tag, "VB") || !sayVerbs[d.Tokens[v].Lemma] {
		return
	}
	object, subject, and := -1, -1, -1
	for k := v + 1; k < i; k++ {
		switch t := d.Tokens[k]; {
		case t.Head == v && t.Relation == "obj" && r.nominal(k):
			object = k
		case t.Head == i && subjectOf(t.Relation):
			subject = k
		case t.Head == i && t.Relation == "cc":
			and = k
		}
	}
	if object < 0 || subject < and || and < object {
		return
	}
	for k := and + 1; k < subject; k++ {
		if d.Tokens[k].Head != subject {
			return
		}
	}
	for k := and - 1; k > object; k-- {
		if d.Tokens[k].Head == object && d.Tokens[k].Relation == "nmod" {
			r.hang(subject, k, "conj")
			r.hang(and, subject, "cc")
			r.hang(object, i, "nsubj")
			r.hang(i, v, "ccomp")
			return
		}
	}
}

// mendJoined gives the second of two joined clauses its subject, read as one more object of the first: "Chad condemned Niger and Mali expelled two envoys"
// condemns Niger alone, and in "had defeated the rebels and Chad would be moving in" Chad is not defeated.
func (r *reading) mendJoined(i int, s nlp.Sentence) {
	d := r.d
	t := d.Tokens[i]
	start, relation := i, "nsubj" // the first word of the verb
	for k := i - 1; k > t.Head && k > s.First && d.Tokens[k].Head == i && (strings.HasPrefix(d.Tokens[k].Relation, "aux") || d.Tokens[k].Relation == "advmod"); k-- {
		if strings.HasPrefix(d.Tokens[k].Relation, "aux") {
			start = k
		}
		if d.Tokens[k].Relation == "aux:pass" {
			relation = "nsubj:pass"
		}
	}
	switch d.Tokens[start].Tag {
	case "VBD", "VBZ", "VBP":
	case "MD":
		if start == i {
			return
		}
	case "VBN":
		if !r.has(i, s, "obj") || start < i || r.has(i, s, "obl:agent") {
			return
		}
	default:
		return
	}
	if start == s.First {
		return
	}
	n := start - 1
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
	case d.Tokens[first].Head == i && subjectOf(d.Tokens[first].Relation) && !r.has(v, s, "obj", "iobj", "obl") && !sayVerbs[d.Tokens[v].Lemma] && !reportVerbs[d.Tokens[v].Lemma] && len(r.verbs[d.Tokens[v].Lemma]) > 0:
		r.hang(first, v, "obj")
	default:
		return
	}
	if t.Tag == "VBN" && start == i {
		d.Tokens[i].Tag = "VBD"
	}
	r.hang(n, i, relation)
	r.hang(and, i, "cc")
	r.hang(i, v, "conj")
}

// mendFinite joins a finite verb without a subject of its own to the finite verb before, when it was joined to a participle or an infinitive between the two:
// "Chad accused Niger of arming rebels and recalled its envoy".
func (r *reading) mendFinite(i int, s nlp.Sentence) {
	d := r.d
	t := d.Tokens[i]
	between := t.Head
	// A past form with an object is no participle beside a gerund or an infinitive.
	finite := t.Tag
	if t.Tag == "VBN" && r.has(i, s, "obj") && !r.has(i, s, "obl:agent") {
		finite = "VBD"
	}
	if over := t.Head; finite == "VBN" && t.Relation == "conj" && over > s.First && over < i && d.Tokens[over].Tag == "VBG" && !r.has(over, s, "aux", "aux:pass", "cop", "nsubj") && !r.has(i, s, "nsubj", "nsubj:pass", "aux", "aux:pass", "mark") {
		// "were convicted of forging bills and jailed": a bare participle is joined to another, never to a gerund.
		if v := d.Tokens[over].Head; v >= s.First && v < over && d.Tokens[v].Tag == "VBN" && r.has(v, s, "aux:pass") {
			r.hang(i, v, "conj")
		}
		return
	}
	if t.Relation != "conj" || finite != "VBD" && finite != "VBZ" || between < s.First || between > i || r.has(i, s, "nsubj", "nsubj:pass", "csubj", "expl", "mark", "aux", "aux:pass") {
		return
	}
	switch tag := d.Tokens[between].Tag; {
	case tag != "VBG" && tag != "VB", r.has(between, s, "aux", "cop", "nsubj"):
		return
	case tag == "VB" && !r.has(between, s, "mark"):
		return
	}
	v := d.Tokens[between].Head
	for n := 0; n < 3 && v >= s.First && d.Tokens[v].Tag != finite; n++ {
		v = d.Tokens[v].Head
	}
	if v >= s.First && v < between && d.Tokens[v].Tag == finite && r.has(v, s, "nsubj", "nsubj:pass") {
		d.Tokens[i].Tag = finite
		r.hang(i, v, "conj")
	}
}

// mendReceiver makes an indirect object without a direct one the object: "allowed the candidate to run". A state right after a verb of giving, before what
// is given, is given it, and no part of its name: "gave Uganda tanks".
func (r *reading) mendReceiver(i int, s nlp.Sentence) {
	d := r.d
	h := d.Tokens[i].Head
	switch {
	case h < s.First:
	case d.Tokens[i].Relation == "iobj" && !r.has(h, s, "obj", "ccomp") && r.has(h, s, "xcomp"):
		r.hang(i, h, "obj")
	case d.Tokens[i].Relation == "compound" && i > s.First && i+1 == h && d.Tokens[h].Relation == "obj" && d.Tokens[h].Head == i-1 && giving[d.Tokens[i-1].Lemma] && r.isStateOrCapital(d.Word(i)) && !r.has(i-1, s, "iobj"):
		r.hang(i, i-1, "iobj")
	}
}

// mendFined makes whoever is fined the object of the verb, of whom the tree makes a word of the amount: "fined Meta 2 million euros".
func (r *reading) mendFined(i int, s nlp.Sentence) {
	d := r.d
	k := i + 1
	for k < s.Last && strings.HasPrefix(d.Tokens[k].Tag, "NNP") {
		k++
	}
	if d.Tokens[i].Lemma != "fine" || !strings.HasPrefix(d.Tokens[i].Tag, "VB") || k == i+1 || k == s.Last || d.Tokens[k].Tag != "CD" && d.Tokens[k].Tag != "$" {
		return
	}
	amount := d.Tokens[k-1].Head
	if amount < k || amount >= s.Last || d.Tokens[amount].Head != i || d.Tokens[amount].Relation != "obj" {
		return
	}
	r.hang(amount, i, "obl:unmarked")
	r.hang(k-1, i, "obj")
	for n := i + 1; n < k-1; n++ {
		if d.Tokens[n].Head == amount {
			r.hang(n, k-1, "compound")
		}
	}
}

// giving are verbs that take whom something is given and then what.
var giving = wordSet("give hand lend grant award deny offer pay sell")

// mendCalled makes what somebody is called the complement of the verb, not a second object: "called him a criminal", "called the president 'a liar'".
func (r *reading) mendCalled(i int, s nlp.Sentence) {
	d := r.d
	t := d.Tokens[i]
	h := t.Head
	if h < s.First || h > i || t.Relation != "obj" || d.Tokens[h].Lemma != "call" || !strings.HasPrefix(t.Tag, "NN") {
		return
	}
	for k := h + 1; k < i; k++ {
		switch {
		case d.Tokens[k].Head == h && (d.Tokens[k].Relation == "obj" || d.Tokens[k].Relation == "iobj"):
			d.Tokens[k].Relation = "obj"
			d.Tokens[i].Relation = "xcomp"
			return
		case d.Tokens[k].Head == h && d.Tokens[k].Relation != "punct":
			return
		}
	}
}

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

// outcomeOf are the lemmas of participles that follow the number of those whom they befell.
var outcomeOf = map[string]string{"injured": "injure", "wounded": "wound", "killed": "kill", "hurt": "hurt", "arrested": "arrest", "detained": "detain"}

// mendLaden gives the verb at token i back the subject that a gerund describes, whose object was read as the subject: "after a plane carrying the minister
// crashed", "a lorry carrying miners overturned".
func (r *reading) mendLaden(i int, s nlp.Sentence) {
	d := r.d
	p := d.Tokens[i].Head
	if t := d.Tokens[i]; t.Relation != "ccomp" && t.Relation != "xcomp" || t.Tag != "VBD" && t.Tag != "VBZ" && t.Tag != "VBP" || p <= s.First || p >= i || d.Tokens[p].Tag != "VBG" || d.Tokens[p].Relation != "acl" || r.has(i, s, "mark") {
		return
	}
	n := d.Tokens[p].Head
	if _, _, ok := r.signatures.Says(d.Tokens[p].Lemma, "that"); ok || sayVerbs[d.Tokens[p].Lemma] || n < s.First || n >= p || !r.nominal(n) {
		return
	}
	object, mark := -1, -1
	for k := s.First; k < i; k++ {
		switch t := d.Tokens[k]; {
		case k > p && object < 0 && (t.Head == i && t.Relation == "nsubj" || t.Head == p && t.Relation == "obj" && d.Tokens[i].Relation == "xcomp"):
			object = k
		case k < n && t.Head == n && t.Relation == "case":
			mark = k
		}
	}
	if object < 0 {
		return
	}
	over, relation := d.Tokens[n].Head, d.Tokens[n].Relation
	switch {
	case over < 0:
		relation = "root"
	case coarse(relation) == "obl" && mark >= 0 && (following[strings.ToLower(d.Word(mark))] || strings.EqualFold(d.Word(mark), "as")):
		relation = "advcl"
		r.hang(mark, i, "mark")
	default:
		return
	}
	r.hang(i, over, relation)
	r.hang(n, i, "nsubj")
	r.hang(object, p, "obj")
	for k := s.First; k < s.Last; k++ {
		if t := d.Tokens[k]; k != p && k != i && t.Head == n && over < 0 && k > i {
			r.hang(k, i, t.Relation) // what followed the noun that was the root
		}
	}
}

// mendSeries makes the first verb of a series the one that the others are joined to, where the tree makes it what the second tells: "the envoy rejected the text,
// denied that Chad had agreed and thanked Togo". It stands between its subject and that verb, and has none besides.
func (r *reading) mendSeries(i int, s nlp.Sentence) {
	d := r.d
	t := d.Tokens[i]
	v := t.Head
	if t.Relation == "acl" && t.Tag == "VBD" && v >= s.First && v < i {
		v = d.Tokens[v].Head // read as more of the subject
	}
	if t.Relation != "ccomp" && t.Relation != "acl" || t.Tag != "VBD" || v <= i || v >= s.Last || d.Tokens[v].Tag != "VBD" || d.Word(v-1) != "," || r.has(i, s, "nsubj", "nsubj:pass", "csubj", "expl", "mark", "aux:pass") || !r.has(i, s, "obj", "ccomp", "xcomp") {
		return
	}
	subject := -1
	for k := s.First; k < v; k++ {
		if d.Tokens[k].Head == v && subjectOf(d.Tokens[k].Relation) {
			if k > i {
				return
			}
			subject = k
		}
	}
	if subject < 0 || t.Relation == "acl" && t.Head != subject {
		return
	}
	r.hang(i, d.Tokens[v].Head, d.Tokens[v].Relation)
	r.hang(v, i, "conj")
	for k := s.First; k < s.Last; k++ {
		if o := d.Tokens[k]; o.Head == v && (k < i || o.Tag == "." || o.Relation == "conj" && k > v) {
			d.Tokens[k].Head = i
		}
	}
}

// mendMeanwhile makes who stands between a conjunction of time and a verb with an object the subject of that verb, where the tree hangs him on the verb above
// and the verb on him or beside him: "the visit comes as nearly 50 states condemned Chad".
func (r *reading) mendMeanwhile(i int, s nlp.Sentence) {
	d := r.d
	t := d.Tokens[i]
	if t.Tag != "VBD" && t.Tag != "VBN" || t.Relation != "acl" && t.Relation != "advcl" || !r.has(i, s, "obj", "ccomp") || r.has(i, s, "nsubj", "nsubj:pass", "aux", "aux:pass", "obl:agent") {
		return
	}
	n := i - 1
	for n > s.First && (d.Tokens[n].Tag == "RB" || d.Tokens[n].Head > n && d.Tokens[n].Head < i) {
		n--
	}
	if n <= s.First {
		return
	}
	v := d.Tokens[n].Head
	if !r.nominal(n) || coarse(d.Tokens[n].Relation) != "obl" || v < s.First || v > n || t.Relation == "acl" && t.Head != n || t.Relation == "advcl" && t.Head != v {
		return
	}
	mark := -1
	for k := v + 1; k < n; k++ {
		if w := strings.ToLower(d.Word(k)); (d.Tokens[k].Head == n || d.Tokens[k].Head == i) && (w == "as" || w == "while" || w == "when" || following[w]) {
			mark = k
		}
	}
	if mark < 0 || t.Tag == "VBN" && !strings.EqualFold(d.Word(mark), "as") && t.Relation == "acl" && d.Word(mark) != "while" && d.Word(mark) != "when" {
		return
	}
	r.hang(mark, i, "mark")
	r.hang(i, v, "advcl")
	r.hang(n, i, "nsubj")
	d.Tokens[i].Tag = "VBD"
}

// mendCapital joins to the noun for a town the name of it that the tree takes for a second subject: "in the capital, Kabul, police arrested nine".
func (r *reading) mendCapital(i int, s nlp.Sentence) {
	d := r.d
	v, town := d.Tokens[i].Head, i-2
	if town < s.First || i+1 >= s.Last || v <= i || d.Tokens[i].Relation != "nsubj" || !strings.HasPrefix(d.Tokens[i].Tag, "NNP") || d.Word(i-1) != "," || d.Word(i+1) != "," || d.Tokens[town].Head != v || d.Tokens[town].Relation != "obl" || d.Tokens[town].Sort != "place" && d.Tokens[town].Lemma != "capital" {
		return
	}
	for k := i + 2; k < v; k++ {
		if d.Tokens[k].Head == v && d.Tokens[k].Relation == "nsubj" {
			r.hang(i, town, "appos")
			return
		}
	}
}

// mendBeside makes the subject of a finite verb without one of the name right before it, of which the tree makes a part of the verb: "Germany suspended aid talks".
func (r *reading) mendBeside(i int, s nlp.Sentence) {
	d := r.d
	t := d.Tokens[i]
	v := i + 1
	if t.Relation != "compound" || t.Head != v || v >= s.Last || !strings.HasPrefix(t.Tag, "NNP") || !strings.HasPrefix(d.Tokens[v].Tag, "VB") || d.Tokens[v].Tag == "VBG" || d.Tokens[v].Head >= 0 && d.Tokens[v].Relation != "conj" || !r.has(v, s, "obj") || r.has(v, s, "nsubj", "nsubj:pass", "expl", "aux") {
		return
	}
	if d.Tokens[v].Tag == "VBN" {
		d.Tokens[v].Tag = "VBD"
	}
	r.hang(i, v, "nsubj")
}

// mendClauses parts two clauses that and joins where the tree gives the second verb both subjects, and hangs the first verb on its own: "Jets bombed a port and troops moved
// into the town".
func (r *reading) mendClauses(i int, s nlp.Sentence) {
	d := r.d
	t := d.Tokens[i]
	n := t.Head
	if t.Relation != "acl" || t.Tag != "VBD" && t.Tag != "VBN" || n < s.First || n > i || d.Tokens[n].Relation != "nsubj" || !r.has(i, s, "obj") || r.has(i, s, "obl:agent") {
		return
	}
	v := d.Tokens[n].Head
	second := -1
	for k := i + 1; k < v; k++ {
		if d.Tokens[k].Head == v && d.Tokens[k].Relation == "nsubj" {
			second = k
		}
	}
	if v < i || second < 0 {
		return
	}
	and := false
	for k := i + 1; k < second; k++ {
		and = and || d.Tokens[k].Relation == "cc" && (d.Tokens[k].Head == second || d.Tokens[k].Head == v)
	}
	if !and {
		return
	}
	d.Tokens[i].Tag = "VBD"
	r.hang(i, d.Tokens[v].Head, d.Tokens[v].Relation)
	r.hang(v, i, "conj")
	r.hang(n, i, "nsubj")
	for k := s.First; k < s.Last; k++ {
		if o := d.Tokens[k]; o.Head == second && o.Relation == "cc" || o.Head == v && (k < i || o.Tag == ".") && k != n {
			d.Tokens[k].Head = map[bool]int{true: v, false: i}[o.Relation == "cc"]
		}
	}
}
