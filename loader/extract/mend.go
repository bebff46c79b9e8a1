package extract

import (
	"slices"
	"strings"

	"newsgraph/loader/gazetteer"
	"newsgraph/loader/nlp"
	"newsgraph/news"
)

// mend repairs what parsers of English get wrong in news again and again, where the words leave no doubt. It is done before anything is read from
// the trees, so that nothing that reads them needs to know of it. What mends which mistake is in the files mend*.go. Where what they do together makes no
// tree, the sentence keeps that of the network.
func (r *reading) mend() {
	d := r.d
	objects := make([]bool, len(d.Tokens)) // whether a token has one
	for _, t := range d.Tokens {
		if t.Relation == "obj" && t.Head >= 0 {
			objects[t.Head] = true
		}
	}
	for i := 1; i < len(d.Tokens); i++ {
		// "will free them", "asked that Chad free them": what follows will or to or has an object and can be a verb is one.
		if t := &d.Tokens[i]; t.Tag == "JJ" && (d.Tokens[i-1].Tag == "MD" || d.Tokens[i-1].Tag == "TO" || t.Relation == "ccomp" && objects[i]) && len(r.verbs[strings.ToLower(d.Word(i))]) > 0 {
			t.Tag, t.Universal, t.Lemma = "VB", "VERB", strings.ToLower(d.Word(i))
		}
	}
	for i := range d.Tokens {
		// "Of having killed Ruiz": whoever has done a deed has not undergone it.
		if t := &d.Tokens[i]; t.Relation == "aux:pass" && t.Lemma == "have" {
			t.Relation = "aux"
		}
		// A past form whose lemma no verb of the vocabulary has, but for an e: alleged.
		if t := &d.Tokens[i]; (t.Tag == "VBD" || t.Tag == "VBN") && len(r.verbs[t.Lemma]) == 0 && len(r.verbs[t.Lemma+"e"]) > 0 && strings.EqualFold(d.Word(i), t.Lemma+"ed") {
			t.Lemma += "e"
		}
		// "Fighting erupted": a gerund without an object that the vocabulary has as a noun, and that is a subject, is one.
		if t := &d.Tokens[i]; t.Tag == "VBG" && subjectOf(t.Relation) && !objects[i] && len(r.nouns[strings.ToLower(d.Word(i))]) > 0 {
			t.Tag, t.Universal, t.Lemma = "NN", "NOUN", strings.ToLower(d.Word(i))
		}
		// Past forms whose lemma is an irregular verb's.
		if lemma, ok := irregular[d.Tokens[i].Lemma]; ok && strings.HasPrefix(d.Tokens[i].Tag, "VB") {
			d.Tokens[i].Lemma = lemma
		}
		// "Were shot dead by gunmen": who did it hangs on the verb.
		if t := d.Tokens[i]; t.Relation == "obl:agent" && t.Head >= 0 && t.Head < i && d.Tokens[t.Head].Relation == "xcomp" && strings.HasPrefix(d.Tokens[t.Head].Tag, "JJ") && d.Tokens[t.Head].Head >= 0 && d.Tokens[d.Tokens[t.Head].Head].Tag == "VBN" {
			d.Tokens[i].Head = d.Tokens[t.Head].Head
		}
		// "Was convicted of theft by a court": it is not the theft that is by the court.
		if t := d.Tokens[i]; t.Relation == "nmod" && t.Head >= 0 && t.Head < i && d.Tokens[t.Head].Relation == "obl" && d.Tokens[t.Head].Head >= 0 && r.convictedBy(i, t.Head, d.Tokens[t.Head].Head) {
			d.Tokens[i].Head, d.Tokens[i].Relation = d.Tokens[t.Head].Head, "obl:agent"
		}
		// "Rallied outside parliament": where, and not an object with an adverb for its adjective.
		if t := d.Tokens[i]; t.Tag == "RB" && (t.Relation == "amod" || t.Relation == "advmod") && t.Head > i && d.Tokens[t.Head].Relation == "obj" && r.g.Locates(gazetteer.TellsSite, d.Word(i)) {
			d.Tokens[i].Tag, d.Tokens[i].Universal, d.Tokens[i].Relation = "IN", "ADP", "case"
			d.Tokens[t.Head].Relation = "obl"
		}
		// Talks, whose singular is rare, are what the vocabulary calls by it.
		if t := &d.Tokens[i]; t.Tag == "NNS" && strings.HasSuffix(t.Lemma, "s") && len(r.nouns[strings.TrimSuffix(t.Lemma, "s")]) > 0 {
			t.Lemma = strings.TrimSuffix(t.Lemma, "s")
		}
	}
	for _, s := range d.Sentences {
		// "Talks between Chad and Niger": a capital that the sentence gives makes no name.
		if t := &d.Tokens[s.First]; strings.HasPrefix(t.Tag, "NNP") && s.First+1 < s.Last && d.Tokens[s.First+1].Tag == "IN" && len(r.nouns[strings.ToLower(d.Word(s.First))])+len(r.nouns[strings.ToLower(t.Lemma)]) > 0 {
			t.Tag, t.Universal, t.Lemma = "NN"+strings.TrimPrefix(t.Tag, "NNP"), "NOUN", strings.ToLower(t.Lemma)
		}
	}
	read := slices.Clone(d.Tokens)
	r.mendShot()
	r.mendRoots()
	for _, s := range d.Sentences {
		r.mendStruck(s)
	}
	r.mendSorts()
	r.mendInfinitives()
	for _, s := range d.Sentences {
		for i := s.First; i < s.Last; i++ {
			r.mendDate(i, s)
			r.mendNation(i)
			r.mendOpening(i, s)
			r.mendAside(i, s)
			r.mendNumber(i, s)
			r.mendReceiver(i, s)
			r.mendCalled(i, s)
			r.mendSeries(i, s)
			r.mendTitled(i, s)
			r.mendTold(i, s)
			r.mendTwins(i, s)
			r.mendSayers(i, s)
			r.mendSubject(i, s)
			r.mendToBlame(i, s)
			r.mendBound(i, s)
			r.mendBoth(i, s)
			r.mendSuspects(i, s)
			r.mendReduced(i, s)
			r.mendHad(i, s)
			r.mendDoubts(i, s)
			r.mendBare(i, s)
			r.mendTwo(i, s)
			r.mendFlat(i, s)
			r.mendWhom(i, s)
			r.mendBacks(i, s)
			r.mendHostage(i, s)
			r.mendFinitePreposition(i, s)
			r.mendLaden(i, s)
			r.mendMeanwhile(i, s)
			r.mendAttachment(i, s)
			r.mendDenial(i, s)
			r.mendInserted(i, s)
			r.mendTrailing(i, s)
			r.mendQuantity(i, s)
			r.mendBacking(i, s)
			r.mendList(i, s)
			r.mendPaired(i, s)
			r.mendJoined(i, s)
			r.mendLater(i, s)
			r.mendDoubled(i, s)
			r.mendFinite(i, s)
			r.mendCharge(i, s)
			r.mendChargedDeed(i, s)
			r.mendAlleged(i, s)
			r.mendToldHarm(i, s)
			r.mendShotAndKilled(i, s)
			r.mendCapital(i, s)
			r.mendGeneral(i, s)
			r.mendWhose(i, s)
			r.mendBegun(i, s)
			r.mendAgency(i, s)
			r.mendConfession(i, s)
			r.mendJudging(i, s)
			r.mendBlamer(i, s)
			r.mendUse(i, s)
			r.mendGuilty(i, s)
			r.mendHolder(i, s)
			r.mendHeld(i, s)
		}
	}
	for _, s := range d.Sentences {
		if !r.grown(s) {
			for i := s.First; i < s.Last; i++ {
				r.hang(i, read[i].Head, read[i].Relation)
			}
		}
	}
}

// convictedBy tells that the phrase at token i is by whom the passive verb at token v is done, and not the crime at token n of which it tells.
func (r *reading) convictedBy(i, n, v int) bool {
	d := r.d
	words := func(k int) (of, by bool, passive bool) {
		for c := max(0, min(k, v)-8); c < min(len(d.Tokens), max(k, v)+2); c++ {
			if d.Tokens[c].Head != k {
				continue
			}
			w := strings.ToLower(d.Word(c))
			of = of || d.Tokens[c].Relation == "case" && (w == "of" || w == "for" || w == "with")
			by = by || d.Tokens[c].Relation == "case" && w == "by"
			passive = passive || d.Tokens[c].Relation == "aux:pass"
		}
		return of, by, passive
	}
	_, by, _ := words(i)
	of, _, _ := words(n)
	_, _, passive := words(v)
	return by && of && passive && d.Tokens[v].Tag == "VBN" && (r.judgesBy(v) || slices.ContainsFunc(r.verbs[d.Tokens[v].Lemma], func(w wording) bool { return w.action.Type == news.TypeSanction }))
}

// irregular are lemmas of past forms that the network leaves as they stand.
var irregular = map[string]string{"overran": "overrun", "overthrew": "overthrow", "retook": "retake", "strove": "strive", "upheld": "uphold", "withheld": "withhold"}

// grown tells that the heads of a sentence make a tree: one root, to which each way up leads.
func (r *reading) grown(s nlp.Sentence) bool {
	roots := 0
	for i := s.First; i < s.Last; i++ {
		k := i
		for n := s.First; k >= 0 && n <= s.Last; n++ {
			k = r.d.Tokens[k].Head
		}
		if k >= 0 {
			return false
		}
		roots += boolInt(r.d.Tokens[i].Head < 0)
	}
	return roots == 1
}

// hang lets token i hang on token head.
func (r *reading) hang(i, head int, relation string) {
	r.d.Tokens[i].Head, r.d.Tokens[i].Relation = head, relation
}

// has tells that a token of a sentence hangs on token i with one of the relations.
func (r *reading) has(i int, s nlp.Sentence, relations ...string) bool {
	for _, t := range r.d.Tokens[s.First:s.Last] {
		if t.Head == i && slices.Contains(relations, t.Relation) {
			return true
		}
	}
	return false
}

// nominal tells that token i is tagged as a noun, a name or a personal pronoun.
func (r *reading) nominal(i int) bool {
	tag := r.d.Tokens[i].Tag
	return strings.HasPrefix(tag, "NN") || tag == "PRP"
}

// flats are how many words of a name follow its first.
func (r *reading) flats(i int) int {
	n := 0
	for i+n+1 < len(r.d.Tokens) && r.d.Tokens[i+n+1].Head == i && r.d.Tokens[i+n+1].Relation == "flat" {
		n++
	}
	return n
}

// isState tells that words name a state, or are its adjective.
func (r *reading) isState(words string) bool {
	e, ok := r.g.Called(plain(words))
	return ok && r.kindOf(e.ID) == news.State
}
