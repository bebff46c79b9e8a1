package extract

import (
	"slices"
	"strings"

	"newsgraph/loader/nlp"
	"newsgraph/news"
)

// A word may be taken for another part of speech, or for another sense of its noun.

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
					if o := d.Tokens[n]; o.Head == v && o.Relation == "obj" && r.plan(n) {
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

// mendBegun makes a gerund of what was read as a part of the noun after it, where a verb of beginning or going on stands before it: "if crowds began looting shops".
func (r *reading) mendBegun(i int, s nlp.Sentence) {
	d := r.d
	t := d.Tokens[i]
	o := t.Head
	if t.Relation != "compound" && t.Relation != "amod" || o <= i || o >= s.Last || i <= s.First || !strings.HasSuffix(strings.ToLower(d.Word(i)), "ing") {
		return
	}
	v := d.Tokens[o].Head
	if v != i-1 || d.Tokens[o].Relation != "obj" || !begins[d.Tokens[v].Lemma] || !slices.ContainsFunc(r.verbs[r.lemma(i)], func(w wording) bool { return w.pattern.roles["obj"] == news.Target }) {
		return
	}
	d.Tokens[i].Tag, d.Tokens[i].Universal, d.Tokens[i].Lemma = "VBG", "VERB", r.lemma(i)
	r.hang(i, v, "xcomp")
	r.hang(o, i, "obj")
}

// begins are verbs of beginning, going on and ending, whose complement is a gerund.
var begins = wordSet("begin start continue keep stop resume finish")

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

// mendHeld gives back its object to a verb that the tree joins to it as if both made one noun: in "free the nuns and hold talks" nobody frees talks.
func (r *reading) mendHeld(i int, s nlp.Sentence) {
	d := r.d
	n := d.Tokens[i].Head
	if d.Tokens[i].Tag != "VB" || d.Tokens[i].Relation != "compound" || n <= i || i == s.First || d.Tokens[i-1].Relation != "cc" || d.Tokens[n].Relation != "conj" {
		return
	}
	o := d.Tokens[n].Head
	if o < s.First || o > i || d.Tokens[o].Relation != "obj" || d.Tokens[o].Head < s.First || !strings.HasPrefix(d.Tokens[d.Tokens[o].Head].Tag, "VB") {
		return
	}
	r.hang(i, d.Tokens[o].Head, "conj")
	r.hang(n, i, "obj")
	r.hang(i-1, i, "cc")
}

// mendAsked makes a verb of what was read as an adjective after "to", where somebody is asked to do it: in "called on the army to free President Bongo" the army frees him.
func (r *reading) mendAsked(i int, s nlp.Sentence) {
	d := r.d
	t := d.Tokens[i]
	o := t.Head
	if t.Relation != "amod" || i < s.First+3 || o <= i || o >= s.Last || !strings.EqualFold(d.Word(i-1), "to") || d.Tokens[i-1].Head != o || len(r.verbs[strings.ToLower(d.Word(i))]) == 0 {
		return
	}
	v := d.Tokens[o].Head
	if rel := coarse(d.Tokens[o].Relation); v >= 0 && r.pos(v) == "N" && rel == "nmod" {
		v = d.Tokens[v].Head // hung on who is asked
	}
	if v < s.First || v > i || r.pos(v) != "V" || !r.predicate("moving", d.Tokens[v].Lemma) && !r.predicate("appealing", d.Tokens[v].Lemma) {
		return
	}
	for k := v + 1; k < i; k++ {
		if rel := coarse(d.Tokens[k].Relation); d.Tokens[k].Head == v && (rel == "obj" || rel == "iobj" || rel == "obl") && r.nominal(k) {
			d.Tokens[i].Tag, d.Tokens[i].Universal, d.Tokens[i].Lemma = "VB", "VERB", strings.ToLower(d.Word(i))
			d.Tokens[i-1].Tag = "TO"
			r.hang(i, v, "xcomp")
			r.hang(i-1, i, "mark")
			r.hang(o, i, "obj")
			return
		}
	}
}

// mendGerund makes a noun and the subject of the verb at the start of a sentence of a gerund of the vocabulary's nouns, of which the tree makes a verb: "Fighting broke out
// between the army and rebels".
func (r *reading) mendGerund(i int, s nlp.Sentence) {
	d := r.d
	t := &d.Tokens[i]
	word := strings.ToLower(d.Word(i))
	if i != s.First || t.Tag != "VBG" || len(r.nouns[word]) == 0 || r.has(i, s, "obj", "nsubj") {
		return
	}
	v := t.Head
	if v < 0 && i+1 < s.Last && d.Tokens[i+1].Head == i && d.Tokens[i+1].Relation == "xcomp" {
		v = i + 1
		for k := v + 1; k < s.Last; k++ {
			if d.Tokens[k].Head == i {
				d.Tokens[k].Head = v
			}
		}
		r.hang(v, -1, "root")
	}
	if v < 0 || d.Tokens[v].Tag != "VBD" && d.Tokens[v].Tag != "VBZ" && d.Tokens[v].Tag != "VBN" || t.Relation != "csubj" && v != i+1 || r.has(v, s, "nsubj", "nsubj:pass") {
		return
	}
	t.Tag, t.Universal, t.Lemma = "NN", "NOUN", word
	r.hang(i, v, "nsubj")
	if d.Tokens[v].Tag == "VBN" && !r.has(v, s, "aux", "aux:pass") {
		d.Tokens[v].Tag = "VBD"
	}
	for k := i + 1; k < v; k++ {
		if d.Tokens[k].Head == i && d.Tokens[k].Relation == "obl" {
			d.Tokens[k].Relation = "nmod"
		}
	}
}

// mendOver makes over a particle of the verb before it, where the vocabulary has the verb with it, and not a part of the number behind: "handed over two prisoners".
func (r *reading) mendOver(i int, s nlp.Sentence) {
	d := r.d
	if i == s.First || i+1 >= s.Last || !strings.EqualFold(d.Word(i), "over") || d.Tokens[i+1].Tag != "CD" || d.Tokens[i].Head != i+1 || !strings.HasPrefix(d.Tokens[i-1].Tag, "VB") {
		return
	}
	if slices.ContainsFunc(r.verbs[d.Tokens[i-1].Lemma], func(w wording) bool { return len(w.pattern.words) > 1 && w.pattern.words[1] == "over" }) {
		d.Tokens[i].Tag, d.Tokens[i].Universal = "RP", "ADP"
		r.hang(i, i-1, "compound:prt")
	}
}

// mendPair makes one phrase of two nouns that stand side by side as the object of a verb, of which the tree makes the second a description of the first: "suspended aid
// talks".
func (r *reading) mendPair(i int, s nlp.Sentence) {
	d := r.d
	o := i - 1
	if o <= s.First || d.Tokens[i].Relation != "appos" || d.Tokens[i].Head != o || d.Tokens[o].Tag != "NN" || d.Tokens[o].Relation != "obj" || !strings.HasPrefix(d.Tokens[i].Tag, "NN") || strings.HasPrefix(d.Tokens[i].Tag, "NNP") {
		return
	}
	v := d.Tokens[o].Head
	for k := s.First; k < s.Last; k++ {
		if d.Tokens[k].Head == o {
			d.Tokens[k].Head = i
		}
	}
	r.hang(i, v, "obj")
	r.hang(o, i, "compound")
}

// mendCrossing makes a noun of the crossing of a border, of which the tree makes what the border does: "closed a border crossing with Niger".
func (r *reading) mendCrossing(i int, s nlp.Sentence) {
	d := r.d
	b := i - 1
	if b <= s.First || !strings.EqualFold(d.Word(i), "crossing") || d.Tokens[i].Relation != "acl" || d.Tokens[i].Head != b || d.Tokens[b].Lemma != "border" || r.has(i, s, "obj") {
		return
	}
	t := &d.Tokens[i]
	t.Tag, t.Universal, t.Lemma = "NN", "NOUN", "crossing"
	above, relation := d.Tokens[b].Head, d.Tokens[b].Relation
	for k := s.First; k < s.Last; k++ {
		switch {
		case d.Tokens[k].Head == b && k != i:
			d.Tokens[k].Head = i
		case d.Tokens[k].Head == i && d.Tokens[k].Relation == "obl":
			d.Tokens[k].Relation = "nmod"
		}
	}
	r.hang(i, above, relation)
	r.hang(b, i, "compound")
}

// mendBy makes a clause of a gerund with its preposition, of which the tree makes a noun, or what the object does: "retaliated by bombing Niger", "answered the arrest by
// burning lorries".
func (r *reading) mendBy(i int, s nlp.Sentence) {
	d := r.d
	t := d.Tokens[i]
	switch {
	case t.Tag != "VBG" || !r.has(i, s, "mark"):
	case t.Relation == "obl":
		d.Tokens[i].Relation = "advcl"
	case t.Relation == "acl" && t.Head > s.First && d.Tokens[t.Head].Relation == "obj" && r.childOf(i, s, "by"):
		r.hang(i, d.Tokens[t.Head].Head, "advcl")
	}
}
