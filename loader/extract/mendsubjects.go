package extract

import (
	"slices"
	"strings"

	"newsgraph/loader/nlp"
)

// A subject may hang on another verb than its own, or on a noun, and an object be taken for a subject. These hang both on the verb that they are of.

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

// mendPaired joins a participle to the one before it, with which it shares have or be, where the tree joins it to the verb that governs both: "police say
// attackers have shot and killed a senator" does not say that the police killed him.
func (r *reading) mendPaired(i int, s nlp.Sentence) {
	d := r.d
	t := d.Tokens[i]
	k := i - 2
	if t.Tag != "VBN" || t.Relation != "conj" || k <= s.First || t.Head >= k || d.Tokens[i-1].Tag != "CC" || d.Tokens[k].Tag != "VBN" || d.Tokens[k].Head != t.Head || r.has(i, s, "nsubj", "nsubj:pass", "aux", "aux:pass") || !r.has(k, s, "aux", "aux:pass") {
		return
	}
	r.hang(i, k, "conj")
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

// mendFinite joins a finite verb without a subject of its own to the finite verb before, when it was joined to a participle or an infinitive between the two:
// "Chad accused Niger of arming rebels and recalled its envoy".
func (r *reading) mendFinite(i int, s nlp.Sentence) {
	d := r.d
	t := d.Tokens[i]
	between := t.Head
	participle := t.Tag == "VBN" && i > s.First && d.Tokens[i-1].Tag == "CC" && !r.has(i, s, "obl:agent") // which looks like the past
	if t.Relation != "conj" || t.Tag != "VBD" && t.Tag != "VBZ" && !participle || between < s.First || between > i || r.has(i, s, "nsubj", "nsubj:pass", "csubj", "expl", "mark", "aux", "aux:pass") {
		return
	}
	switch tag := d.Tokens[between].Tag; {
	case tag != "VBG" && tag != "VB", r.has(between, s, "aux", "cop", "nsubj"):
		return
	case tag == "VB" && !r.has(between, s, "mark"), tag == "VB" && participle:
		return
	case participle:
		t.Tag = "VBD"
	}
	v := d.Tokens[between].Head
	for n := 0; n < 3 && v >= s.First && d.Tokens[v].Tag != t.Tag; n++ {
		v = d.Tokens[v].Head
	}
	if v >= s.First && v < between && d.Tokens[v].Tag == t.Tag && r.has(v, s, "nsubj", "nsubj:pass") {
		d.Tokens[i].Tag = t.Tag
		r.hang(i, v, "conj")
	}
}

// mendSwallowed gives the verb at token i the subject that was read as one more object of the verb before it: "defeated the rebels and Chad would be moving
// in". What it tells is joined to what the verb before tells.
func (r *reading) mendSwallowed(i int, s nlp.Sentence) {
	d := r.d
	v := d.Tokens[i].Head // that whose complement or neighbour the verb was read as
	if t := d.Tokens[i]; !strings.HasPrefix(t.Tag, "VB") || v < s.First || v > i || t.Relation != "ccomp" && t.Relation != "parataxis" && t.Relation != "conj" || r.has(i, s, "nsubj", "nsubj:pass", "csubj", "expl", "mark") {
		return
	}
	first, relation := i, "nsubj" // the first auxiliary
	for k := i - 1; k > v && d.Tokens[k].Head == i && (strings.HasPrefix(d.Tokens[k].Relation, "aux") || d.Tokens[k].Relation == "advmod"); k-- {
		if strings.HasPrefix(d.Tokens[k].Relation, "aux") {
			first = k
		}
		if d.Tokens[k].Relation == "aux:pass" {
			relation = "nsubj:pass"
		}
	}
	switch d.Tokens[first].Tag {
	case "MD", "VBD", "VBZ", "VBP":
	default:
		return
	}
	if first == i {
		return // without an auxiliary it may as well be a participle
	}
	k := first - 1
	for k > v && d.Tokens[k].Relation == "flat" {
		k = d.Tokens[k].Head
	}
	o := -1
	if k > v {
		o = d.Tokens[k].Head
	}
	if o <= v || d.Tokens[k].Relation != "conj" || d.Tokens[o].Head != v || d.Tokens[o].Relation != "obj" && d.Tokens[o].Relation != "obl" || !strings.HasPrefix(d.Tokens[k].Tag, "NN") || !r.has(v, s, "nsubj", "nsubj:pass") {
		return
	}
	for n := o + 1; n < first; n++ {
		if d.Tokens[n].Head == k && d.Tokens[n].Relation == "cc" {
			r.hang(n, i, "cc")
		}
	}
	r.hang(k, i, relation)
	r.hang(i, v, "conj")
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
	case d.Tokens[i].Relation == "compound" && i > s.First && i+1 == h && d.Tokens[h].Relation == "obj" && d.Tokens[h].Head == i-1 && giving[d.Tokens[i-1].Lemma] && r.isState(d.Word(i)) && !r.has(i-1, s, "iobj"):
		r.hang(i, i-1, "iobj")
	}
}

// giving are verbs that take whom something is given and then what.
var giving = wordSet("give hand lend grant award deny")

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
