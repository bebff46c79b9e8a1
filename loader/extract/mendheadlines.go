package extract

import (
	"slices"
	"strings"

	"newsgraph/loader/nlp"
)

// Headlines leave words out, and the trees of their sentences make nouns of verbs and verbs of nouns. These read back what is left out.

// mendDoubts makes the verb of a sentence of doubts after a name, read as a noun: "Kenya doubts that Chad attacked Niger".
func (r *reading) mendDoubts(i int, s nlp.Sentence) {
	d := r.d
	t := &d.Tokens[i]
	if !strings.HasPrefix(t.Tag, "NN") || !strings.EqualFold(d.Word(i), "doubts") || i == s.First || d.Tokens[i-1].Head != i || coarse(d.Tokens[i-1].Relation) != "compound" || !strings.HasPrefix(d.Tokens[i-1].Tag, "NNP") {
		return
	}
	clause := t.Head
	if clause < 0 || !subjectOf(t.Relation) {
		clause = -1
		for k := i + 1; k < s.Last; k++ {
			if d.Tokens[k].Head == i && (d.Tokens[k].Relation == "acl" || d.Tokens[k].Relation == "acl:relcl") {
				clause = k
			}
		}
	}
	if clause < 0 {
		return
	}
	above, relation := t.Head, t.Relation
	if above == clause {
		above, relation = d.Tokens[clause].Head, d.Tokens[clause].Relation
	}
	t.Tag, t.Universal, t.Lemma = "VBZ", "VERB", "doubt"
	r.hang(i, above, relation)
	r.hang(clause, i, "ccomp")
	r.hang(i-1, i, "nsubj")
	if k := i + 1; k < clause && d.Tokens[k].Head == clause && strings.EqualFold(d.Word(k), "that") {
		d.Tokens[k].Relation = "mark"
	}
}

// mendBare makes the object of a word-act of a noun without an article that follows it, read as a verb, as headlines have it: "Kenya condemns raid on Chad".
func (r *reading) mendBare(i int, s nlp.Sentence) {
	d := r.d
	t := &d.Tokens[i]
	low := strings.ToLower(d.Word(i))
	h := t.Head
	if !strings.HasPrefix(t.Tag, "VB") || t.Tag == "VBG" || h < s.First || h != i-1 || t.Relation != "xcomp" && t.Relation != "ccomp" || len(r.nouns[low]) == 0 || r.has(h, s, "obj") || r.has(i, s, "nsubj", "obj", "mark") {
		return
	}
	if !slices.ContainsFunc(r.verbs[d.Tokens[h].Lemma], func(w wording) bool { return wordActs[w.action.Type] && len(w.pattern.words) == 1 }) {
		return
	}
	t.Tag, t.Universal, t.Lemma = "NN", "NOUN", low
	r.hang(i, h, "obj")
	for k := i + 1; k < s.Last; k++ {
		if d.Tokens[k].Head == i && d.Tokens[k].Relation == "obl" {
			d.Tokens[k].Relation = "nmod"
		}
	}
}

// mendTwo makes subjects of two names that only a comma joins before a verb, as headlines have them: "Biden, Xi meet in Lima".
func (r *reading) mendTwo(i int, s nlp.Sentence) {
	d := r.d
	if t := d.Tokens[i]; t.Tag != "VBP" || r.has(i, s, "nsubj", "nsubj:pass", "expl", "mark") {
		return
	}
	a := s.First
	comma := a + 1 + r.flats(a)
	b := comma + 1
	if b >= i || d.Word(comma) != "," || !strings.HasPrefix(d.Tokens[a].Tag, "NNP") || !strings.HasPrefix(d.Tokens[b].Tag, "NNP") || b+1+r.flats(b) != i || d.Tokens[a].Head != i || d.Tokens[b].Head != a {
		return
	}
	r.hang(a, i, "nsubj")
	r.hang(b, a, "conj")
}
