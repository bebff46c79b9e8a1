package extract

import (
	"slices"
	"strings"

	"newsgraph/loader/nlp"
	"newsgraph/news"
)

// A parser may miss the verb of a sentence, and hang all its words on a noun. These find the verb, and make it the root.

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
			lemma := r.verbOf(strings.ToLower(d.Word(v)), "ed")
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
				if d.Tokens[v+1].Tag != "IN" {
					r.hang(o, v, "obj")
				}
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
			if o := t.Head; root < v && t.Relation == "amod" && o > v && o < s.Last && d.Tokens[o].Head == root && d.Tokens[v-1].Head == o && d.Tokens[v-1].Relation == "compound" {
				r.mendPlaced(root, v, o, lemma, s)
				break
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

// mendPlaced makes the root of the participle at token v that stands between where its subject is, the old root, and its object, whose phrases the tree takes for one: "a court
// in Lima jailed journalist Ana Ruiz".
func (r *reading) mendPlaced(root, v, object int, lemma string, s nlp.Sentence) {
	d := r.d
	place := v - 1
	d.Tokens[v].Tag, d.Tokens[v].Universal, d.Tokens[v].Lemma = "VBD", "VERB", lemma
	for k := s.First; k < s.Last; k++ {
		switch c := d.Tokens[k]; {
		case k == place || k == v || k == object:
		case c.Head == object && k < v:
			d.Tokens[k].Head = place
		case c.Head == object && k > object && c.Relation == "nmod" && r.has(k, s, "case") && !r.childOf(k, s, "of"):
			r.hang(k, v, "obl")
		case c.Head == root && k > v:
			d.Tokens[k].Head = v
		}
	}
	r.hang(v, -1, "root")
	r.hang(root, v, "nsubj")
	r.hang(place, root, "nmod")
	r.hang(object, v, "obj")
}

// childOf tells that a word hangs on token i.
func (r *reading) childOf(i int, s nlp.Sentence, word string) bool {
	for k := s.First; k < s.Last; k++ {
		if r.d.Tokens[k].Head == i && strings.EqualFold(r.d.Word(k), word) {
			return true
		}
	}
	return false
}

// mendVerb makes the verb of a sentence of a participle that was read beside its object, where that has a subject, or a noun with an adverb after it, which no phrase of
// nouns has: "rights groups later accused soldiers of theft", "the EU later imposed sanctions".
func (r *reading) mendVerb(root int, s nlp.Sentence) {
	d := r.d
	if r.has(root, s, "cop") {
		return
	}
	for v := s.First + 1; v < root; v++ {
		t := &d.Tokens[v]
		lemma := r.verbOf(strings.ToLower(d.Word(v)), "ed")
		if lemma == "" && r.predicate("light", t.Lemma) && (t.Tag == "VBN" || t.Tag == "VBD") {
			lemma = t.Lemma
		}
		if lemma == "" || t.Head != root || t.Relation != "amod" {
			continue
		}
		subject := v - 1
		for subject >= s.First && strings.HasPrefix(d.Tokens[subject].Tag, "RB") {
			subject--
		}
		if subject < s.First {
			continue
		}
		if n := d.Tokens[subject]; n.Head != v && n.Head != root || !subjectOf(n.Relation) && (n.Relation != "compound" || subject == v-1 || !strings.HasPrefix(n.Tag, "NN")) {
			continue
		}
		t.Tag, t.Universal, t.Lemma = "VBD", "VERB", lemma
		r.hang(v, -1, "root")
		for k := s.First; k < s.Last; k++ {
			switch c := d.Tokens[k]; {
			case k == v || k == subject || c.Head != root:
			case k < subject && (c.Relation == "det" || c.Relation == "amod" || c.Relation == "compound" || c.Relation == "nmod:poss" || c.Relation == "nummod"):
				d.Tokens[k].Head = subject
			case k < v || c.Relation == "punct" || c.Relation == "obl" || c.Relation == "advcl" || c.Relation == "conj" && strings.HasPrefix(c.Tag, "VB"):
				d.Tokens[k].Head = v
			}
		}
		r.hang(subject, v, "nsubj")
		r.hang(root, v, "obj")
		return
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
	case next.Tag == "IN" && slices.ContainsFunc(r.verbs[r.verbOf(strings.ToLower(d.Word(v)), "ed")], func(w wording) bool {
		return len(w.pattern.words) > 1 && w.pattern.words[1] == strings.ToLower(d.Word(v+1)) // "called on Chad"
	}):
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

// mendStruck makes the verb of a sentence of a participle between a noun with an article and the name that the tree makes its root: "An earthquake struck Nepal, killing
// nine people".
func (r *reading) mendStruck() {
	d := r.d
	for _, s := range d.Sentences {
		for v := s.First + 2; v+1 < s.Last; v++ {
			t, k, root := d.Tokens[v], v-1, d.Tokens[v].Head
			if t.Tag != "VBN" && t.Tag != "VBD" || t.Relation != "amod" || root != v+1 || d.Tokens[root].Head >= 0 || !strings.HasPrefix(d.Tokens[root].Tag, "NNP") || len(r.verbs[t.Lemma]) == 0 {
				continue
			}
			if n := d.Tokens[k]; n.Tag != "NN" || n.Head != v && n.Head != root || d.Tokens[v].Start == n.End || !r.has(root, s, "det") && !r.has(k, s, "det") || d.Tokens[s.First].Tag != "DT" {
				continue
			}
			d.Tokens[v].Tag, d.Tokens[v].Universal = "VBD", "VERB"
			r.hang(v, -1, "root")
			for c := s.First; c < s.Last; c++ {
				switch o := d.Tokens[c]; {
				case c == k || c == v || c == root || o.Head != root && o.Head != v:
				case c < k:
					r.hang(c, k, o.Relation)
				case o.Relation == "acl" || o.Relation == "acl:relcl":
					r.hang(c, v, "advcl")
				case o.Relation == "nmod":
					r.hang(c, v, "obl")
				case o.Relation == "punct" || o.Relation == "parataxis" || o.Relation == "advcl":
					r.hang(c, v, o.Relation)
				}
			}
			r.hang(k, v, "nsubj")
			r.hang(root, v, "obj")
			break
		}
	}
}

// verbOf is the verb of the vocabulary of which a word is the form with an ending, -ed or -ing; empty if there is none.
func (r *reading) verbOf(word, ending string) string {
	stem, ok := strings.CutSuffix(word, ending)
	if !ok || len(stem) < 3 {
		return ""
	}
	single := stem
	if n := len(stem); stem[n-1] == stem[n-2] {
		single = stem[:n-1] // quizzed
	}
	for _, lemma := range []string{stem, stem + "e", single, strings.TrimSuffix(stem, "i") + "y"} {
		if len(r.verbs[lemma]) > 0 {
			return lemma
		}
	}
	return ""
}

// mendShot makes a verb of shot where that was read as the noun of a phrase that tells who shot: "the officer shot and killed an envoy", or as a noun with an
// object, which no noun has: "Boko Haram shot farmers"; and a sentence of what follows whom another has put there, where the participle was read as its verb:
// "Kremlin-installed mayor Ivan Petrov accused Kyiv".
func (r *reading) mendShot() {
	d := r.d
	for _, s := range d.Sentences {
		for i := s.First + 1; i < s.Last; i++ {
			lemma := pastNouns[strings.ToLower(d.Word(i))]
			if lemma == "" || d.Tokens[i].Tag != "NN" || !r.has(i, s, "obj") {
				continue
			}
			d.Tokens[i].Tag, d.Tokens[i].Universal, d.Tokens[i].Lemma = "VBD", "VERB", lemma
			for k := i - 1; k >= s.First && !r.has(i, s, "nsubj"); k-- {
				if t := d.Tokens[k]; t.Head == i && (t.Relation == "compound" || t.Relation == "nmod") {
					r.hang(k, i, "nsubj")
				}
			}
		}
		for i := s.First + 1; i+2 < s.Last; i++ {
			t := d.Tokens[i]
			lemma := pastNouns[strings.ToLower(d.Word(i))]
			if lemma == "" || t.Tag != "NN" || d.Tokens[i-1].Head != i || d.Tokens[i-1].Relation != "compound" || d.Tokens[i-1].Sort != "person" && r.g.Noun(d.Tokens[i-1].Lemma).Kind != news.Group || d.Tokens[i+1].Tag != "CC" {
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

// mendFinitePreposition makes a finite verb that was read as the preposition of its object the verb of the clause: "Peru opposed the coup".
func (r *reading) mendFinitePreposition(i int, s nlp.Sentence) {
	d := r.d
	t, h := d.Tokens[i], d.Tokens[i].Head
	if t.Relation != "case" || t.Tag != "VBD" && t.Tag != "VBZ" && t.Tag != "VBP" || h <= i || h >= s.Last || !r.nominal(h) || !r.has(h, s, "nsubj") {
		return
	}
	over := d.Tokens[h]
	for k := s.First; k < s.Last; k++ {
		if c := d.Tokens[k]; c.Head == h && k != i && (k < i || subjectOf(c.Relation) || c.Relation == "punct" || c.Relation == "parataxis") {
			r.hang(k, i, c.Relation)
		}
	}
	r.hang(i, over.Head, over.Relation)
	r.hang(h, i, "obj")
}
