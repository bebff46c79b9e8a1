package extract

import (
	"slices"
	"strings"

	"newsgraph/loader/nlp"
	"newsgraph/news"
)

// A participle may be taken for a finite verb or for an adjective, and what it is done to or by for another's. These tell it from both, and hang on it what is its own.

// mendHad makes a perfect of have and the participle right after it, of which the tree makes what its object is like: "jets had bombed power stations".
func (r *reading) mendHad(i int, s nlp.Sentence) {
	d := r.d
	t := &d.Tokens[i]
	h := i - 1
	o := t.Head
	if t.Tag != "VBN" || t.Relation != "amod" || h < s.First || d.Tokens[h].Lemma != "have" || o <= i || d.Tokens[o].Head != h || d.Tokens[o].Relation != "obj" || !r.has(h, s, "nsubj") || r.has(h, s, "aux") ||
		!slices.ContainsFunc(r.verbs[t.Lemma], func(w wording) bool { return charges[w.action.Type] && len(w.pattern.words) == 1 }) {
		return
	}
	above, relation := d.Tokens[h].Head, d.Tokens[h].Relation
	for k := s.First; k < s.Last; k++ {
		if k != i && d.Tokens[k].Head == h {
			d.Tokens[k].Head = i
		}
	}
	r.hang(i, above, relation)
	r.hang(h, i, "aux")
	r.hang(o, i, "obj")
}

// mendReduced makes a participle of the noun before it of a verb that has its agent and no subject, of which the tree makes a clause: "condemned the raid carried out by
// rebels".
func (r *reading) mendReduced(i int, s nlp.Sentence) {
	d := r.d
	t := &d.Tokens[i]
	if t.Tag != "VBD" && t.Tag != "VBN" || t.Relation != "ccomp" && t.Relation != "advcl" && t.Relation != "xcomp" || i == s.First || !r.has(i, s, "obl:agent") || r.has(i, s, "nsubj", "nsubj:pass", "mark", "aux", "aux:pass", "obj") {
		return
	}
	if o := d.Tokens[i-1]; o.Head == t.Head && o.Relation == "obj" && strings.HasPrefix(o.Tag, "NN") {
		t.Tag = "VBN"
		r.hang(i, i-1, "acl")
	}
}

// mendSuspects hangs on those who are suspected or tried what they are suspected of, by the and the deed's noun after in: "killed a suspect in the bombings".
func (r *reading) mendSuspects(i int, s nlp.Sentence) {
	d := r.d
	t := d.Tokens[i]
	if t.Relation != "obl" || !strings.HasPrefix(t.Tag, "NN") || t.Head < s.First || len(r.nouns[t.Lemma]) == 0 {
		return
	}
	in, the := -1, false
	for k := s.First; k < i; k++ {
		if d.Tokens[k].Head == i {
			if d.Tokens[k].Relation == "case" && strings.EqualFold(d.Word(k), "in") {
				in = k
			}
			the = the || strings.EqualFold(d.Word(k), "the")
		}
	}
	if in <= t.Head || !the || !r.ofClass(in-1, "suspect") {
		return
	}
	r.hang(i, in-1, "nmod")
}

// mendWhom hangs the relative pronoun at token i on the verb of its clause, whose object it is, and not on the gerund of what the verb accuses of: "firms which they
// accuse of arming rebels".
func (r *reading) mendWhom(i int, s nlp.Sentence) {
	d := r.d
	t := d.Tokens[i]
	if !strings.HasPrefix(t.Tag, "W") || t.Relation != "obj" || t.Head < s.First || d.Tokens[t.Head].Tag != "VBG" || d.Tokens[t.Head].Relation != "advcl" {
		return
	}
	v := d.Tokens[t.Head].Head
	if v > i && v < t.Head && d.Tokens[v].Relation == "acl:relcl" && !r.has(v, s, "obj") && r.judgesBy(v) {
		d.Tokens[i].Head = v
	}
}

// judgesBy tells that the vocabulary knows the verb at token v as a charge; senses are not yet read.
func (r *reading) judgesBy(v int) bool {
	return slices.ContainsFunc(r.verbs[r.d.Tokens[v].Lemma], func(w wording) bool { return w.action.Type == news.TypeAccuse })
}

// mendToBlame makes a passive of the verb at token i where to blame or to fault somebody is what is said to be due: "Chad is to blame for the raid".
func (r *reading) mendToBlame(i int, s nlp.Sentence) {
	d := r.d
	if t := d.Tokens[i]; t.Tag != "VB" || t.Lemma != "blame" || r.has(i, s, "obj") || i <= s.First+1 || d.Tokens[i-1].Tag != "TO" || d.Tokens[i-2].Lemma != "be" {
		return
	}
	d.Tokens[i].Tag = "VBN"
	r.hang(i-2, i, "aux:pass")
	for k := s.First; k < i; k++ {
		if t := d.Tokens[k]; t.Head == i && (subjectOf(t.Relation) || t.Relation == "nsubj:outer") {
			r.hang(k, i, "nsubj:pass")
		}
	}
}

// mendHostage makes those whom somebody takes hostage the object of the verb: "took staff hostage", where the tree has them modify the hostage.
func (r *reading) mendHostage(i int, s nlp.Sentence) {
	d := r.d
	v := d.Tokens[i].Head
	if d.Tokens[i].Tag != "NN" || d.Tokens[i].Relation != "obj" || v < s.First || i == 0 || !r.ofClass(i, "captivity") || !r.ofClass(v, "seizing") {
		return
	}
	k := i - 1
	if t := d.Tokens[k]; k <= v || t.Head != i || coarse(t.Relation) != "compound" && coarse(t.Relation) != "nmod:poss" || r.has(k, s, "case") || t.Tag == "NN" && t.Sort != "person" && !r.ofClass(k, "crew") {
		return
	}
	for c := v + 1; c < k; c++ {
		if d.Tokens[c].Head == i {
			r.hang(c, k, d.Tokens[c].Relation)
		}
	}
	r.hang(k, v, "obj")
	r.hang(i, v, "xcomp")
}
