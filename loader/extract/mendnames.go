package extract

import (
	"strings"

	"newsgraph/loader/nlp"
)

// Names, offices and those who hold them stand side by side with few words between, and are easily joined wrongly.

// mendNation hangs a name, or the adjective of a state, on the head of its phrase when it was hung on a noun before that head, which says no other
// thing: "Chadian opposition candidates", "Defense Department news release".
func (r *reading) mendNation(i int, _ nlp.Sentence) {
	d := r.d
	for n := 0; n < 4; n++ {
		k := d.Tokens[i].Head
		if k <= i || d.Tokens[i].Relation != "amod" && d.Tokens[i].Relation != "compound" || d.Tokens[k].Relation != "compound" || d.Tokens[k].Tag != "NN" && d.Tokens[k].Tag != "NNS" || d.Tokens[k].Head < k {
			return
		}
		if i+1 < k && d.Tokens[i+1].Head == k && r.isState(d.Words(i, i+2)) {
			return // it goes with the next
		}
		first := i
		if i > 0 && d.Tokens[i-1].Head == k && r.isState(d.Words(i-1, i+1)) {
			first = i - 1 // South Korean
		}
		if first == i && !strings.HasPrefix(d.Tokens[i].Tag, "NNP") && !r.isState(d.Word(i)) {
			return
		}
		for ; first <= i; first++ {
			r.hang(first, d.Tokens[k].Head, d.Tokens[first].Relation)
		}
	}
}

// mendDoubled makes an apposition of a name that was read as a second subject or object right after the noun that says what it is: "the regional bloc
// ECOWAS suspended Mali".
func (r *reading) mendDoubled(i int, s nlp.Sentence) {
	d := r.d
	if i+1 >= s.Last || d.Tokens[i].Tag != "NN" && d.Tokens[i].Tag != "NNS" || !strings.HasPrefix(d.Tokens[i+1].Tag, "NNP") || d.Tokens[i].Sort == "time" || days[d.Word(i+1)] || monthNames[d.Word(i+1)] {
		return
	}
	t, name := d.Tokens[i], d.Tokens[i+1]
	if t.Head == name.Head && t.Head >= 0 && (t.Relation == name.Relation || name.Relation == "aux") && (subjectOf(t.Relation) || t.Relation == "obj") && r.has(i, s, "det", "amod", "compound", "nmod:poss") {
		r.hang(i+1, i, "appos")
	}
}

// mendGeneral makes one noun of a title that ends in general, where the tree takes that for an adjective: "detained the attorney general".
func (r *reading) mendGeneral(i int, s nlp.Sentence) {
	d := r.d
	if t := &d.Tokens[i]; i > s.First && strings.EqualFold(d.Word(i), "general") && t.Tag == "JJ" && (subjectOf(t.Relation) || coarse(t.Relation) == "obj") && d.Tokens[i-1].Tag == "DT" {
		t.Tag, t.Universal, t.Sort = "NN", "NOUN", "person" // "the general, who is under arrest"
		return
	}
	if i == s.First || !strings.EqualFold(d.Word(i), "general") || d.Tokens[i].Head != d.Tokens[i-1].Head && d.Tokens[i].Head != i-1 || !strings.HasPrefix(d.Tokens[i-1].Tag, "NN") || !r.g.Title(strings.ToLower(d.Tokens[i-1].Lemma+" general")) {
		return
	}
	if d.Tokens[i].Head == i-1 && subjectOf(d.Tokens[i].Relation) {
		return
	}
	t, last := &d.Tokens[i], d.Tokens[i-1]
	t.Tag, t.Universal, t.Head, t.Relation, t.Sort = last.Tag, "NOUN", last.Head, last.Relation, "person"
	for k := s.First; k < s.Last; k++ {
		if d.Tokens[k].Head == i-1 {
			d.Tokens[k].Head = i
		}
	}
	r.hang(i-1, i, "compound")
}

// mendHolder hangs on an office the name of who holds it, which the tree hangs on where it is: "the mayor of Lima, Ana Ruiz, resigned".
func (r *reading) mendHolder(i int, s nlp.Sentence) {
	d := r.d
	t := d.Tokens[i]
	if t.Relation != "appos" || !strings.HasPrefix(t.Tag, "NNP") || t.Head <= s.First || t.Head > i || i+1 >= s.Last || d.Word(i-1) != "," || d.Tokens[i+1].Head != i || d.Tokens[i+1].Relation != "flat" {
		return
	}
	place := d.Tokens[t.Head]
	if _, given := r.g.Given(d.Word(i)); !given || place.Relation != "nmod" || !strings.HasPrefix(place.Tag, "NNP") || place.Head < s.First || place.Head > t.Head {
		return
	}
	if office := d.Tokens[place.Head]; office.Tag == "NN" && r.g.Title(strings.ToLower(office.Lemma)) {
		r.hang(i, place.Head, "appos")
	}
}

// mendOpening hangs a preposition or an article on the noun that it opens, not on a word before that: "to Mira Toll".
func (r *reading) mendOpening(i int, s nlp.Sentence) {
	d := r.d
	t := d.Tokens[i]
	h := t.Head
	if t.Relation != "case" && t.Relation != "det" || t.Tag == "POS" || h <= i || h >= s.Last || d.Tokens[h].Relation != "compound" {
		return
	}
	if of := d.Tokens[h].Head; of > h && of < s.Last {
		r.hang(i, of, t.Relation)
	}
}
