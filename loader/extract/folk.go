package extract

import (
	"math"
	"slices"
	"strings"
	"sync"

	"newsgraph/loader/gazetteer"
	"newsgraph/news"
)

// guess is what a noun of no list stands for, and whether for people: by its sort, else by how it is made or what it is mostly used like.
func (r *reading) guess(i int) (n gazetteer.Noun, people, ok bool) {
	t := r.d.Tokens[i]
	if r.ofClass(i, "utterance") {
		return gazetteer.Noun{}, false, false // a decree is no body, whatever bans by it
	}
	switch low := strings.ToLower(t.Lemma); {
	case t.Sort == "person":
		return gazetteer.Noun{Kind: news.Group}, true, true
	case t.Tag == "NN" && r.aged(i):
		return gazetteer.Noun{Kind: news.Group}, true, true
	case t.Sort == "organization":
		return gazetteer.Noun{Kind: news.Group}, false, true
	case low == "source" && t.Tag == "NNS" && subjectOf(t.Relation) && t.Head >= 0 && sayVerbs[r.d.Tokens[t.Head].Lemma]:
		return gazetteer.Noun{Kind: news.Group}, true, true
	case t.Sort == "object", t.Sort == "substance":
		return gazetteer.Noun{Kind: news.Thing}, false, true
	case t.Sort != "time" && t.Sort != "event" && t.Sort != "place" && strings.HasPrefix(t.Tag, "NN") && !strings.HasPrefix(t.Tag, "NNP") && !r.telling(i) && r.folkLike(i, low):
		return gazetteer.Noun{Kind: news.Group}, true, true
	}
	return gazetteer.Noun{}, false, false
}

// aged tells that how many years old somebody is stands before token i, a noun of no list: a 40-year-old stationmaster.
func (r *reading) aged(i int) bool {
	if sort := r.d.Tokens[i].Sort; sort == "object" || sort == "abstract" || sort == "place" || sort == "organization" || sort == "event" || r.telling(i) {
		return false
	}
	return slices.ContainsFunc(r.child(i, "amod"), func(c int) bool {
		return strings.EqualFold(r.d.Word(c), "old") && slices.ContainsFunc(r.child(c, "compound", "obl", "obl:unmarked", "obl:npmod", "nmod"), func(y int) bool { return r.d.Tokens[y].Lemma == "year" }) || strings.HasSuffix(strings.ToLower(r.d.Word(c)), "year-old")
	})
}

// folkLike tells that a noun is one for people: it is made like one, and most of the gazetteer's nouns that are used like it are: trafficker, spokesperson.
func (r *reading) folkLike(i int, lemma string) bool {
	_, fine := r.view.Clusters(i)
	if fine == 0 {
		made := peopleEndings[:4] // a rare word tells by a sure ending alone
		return slices.ContainsFunc(made, func(end string) bool { return len(lemma) > len(end)+2 && strings.HasSuffix(lemma, end) }) || strings.HasPrefix(lemma, "counter-") && r.g.Noun(strings.TrimPrefix(lemma, "counter-")).Kind == news.Group
	}
	people, others := r.g.NounsAlike(fine)
	return people >= 4*others && people > 1 && madeLikePeople(lemma)
}

// madeLikePeople tells that a noun has an ending of nouns for people.
func madeLikePeople(lemma string) bool {
	return slices.ContainsFunc(peopleEndings, func(end string) bool { return len(lemma) > len(end)+2 && strings.HasSuffix(lemma, end) })
}

// peopleEndings end nouns for people; the first four hardly any other.
var peopleEndings = []string{"woman", "person", "smith", "sman", "man", "er", "or", "ist", "ant", "ee", "ian", "crat"}

// unnamed marks phrases for people that no noun heads: eleven were killed, two others, the wounded, those who back it, anyone with news of her.
func (r *reading) unnamed(i int) {
	d := r.d
	t := d.Tokens[i]
	rel := coarse(t.Relation)
	role := subjectOf(rel) || rel == "obj" || rel == "obl" || rel == "nmod" || rel == "iobj" || rel == "conj"
	low := strings.ToLower(d.Word(i))
	if r.at[i] != nil || r.blocked[i] || !role {
		return
	}
	told := slices.ContainsFunc(r.child(i, "acl", "acl:relcl", "nmod"), func(c int) bool { return c > i })
	switch {
	case (low == "those" || low == "anyone" || low == "everyone" || low == "anybody" || low == "everybody") && told:
		// "those of Chad" and "those in the box" may be things.
		if low == "those" && !slices.ContainsFunc(r.child(i, "acl", "acl:relcl"), func(c int) bool {
			return c > i && (r.childWord(c, "who") || strings.HasPrefix(d.Tokens[c].Tag, "VB"))
		}) {
			return
		}
		r.group(i, gazetteer.Noun{Kind: news.Group}, "")
	case strings.HasPrefix(t.Tag, "JJ") || t.Tag == "VBN":
		article := ""
		for _, c := range r.child(i, "det", "nummod") {
			article = strings.ToLower(d.Word(c))
		}
		if n := r.g.Noun(low); n.Kind == news.Group && article != "" && !(i+1 < len(d.Tokens) && strings.HasPrefix(d.Tokens[i+1].Tag, "NN")) && len(r.child(i, "cop")) == 0 {
			if article == "a" || article == "an" || article == "another" {
				n.Kind = news.Person
			}
			r.group(i, n, "") // the military, a suspected militant, which were read as adjectives
			return
		}
		if article == "" || i+1 < len(d.Tokens) && (strings.HasPrefix(d.Tokens[i+1].Tag, "NN") || strings.HasPrefix(d.Tokens[i+1].Tag, "JJ")) || len(r.child(i, "cop")) > 0 || !nominalAdjectives[low] {
			return
		}
		r.group(i, gazetteer.Noun{Kind: news.Group}, "")
	case t.Tag == "CD" && r.counts(i) && len(r.child(i, "nmod")) == 0 && r.harmed(i):
		r.mark(i, i+1, r.counted(i), news.FormNominal, "a number of people")
	}
}

// childWord tells that one of the words hangs on token i.
func (r *reading) childWord(i int, words ...string) bool {
	return slices.ContainsFunc(r.children[i], func(c int) bool { return slices.Contains(words, strings.ToLower(r.d.Word(c))) })
}

// nominalAdjectives name people after "the" or a number.
var nominalAdjectives = wordSet("wounded injured dead poor rich homeless sick elderly young missing displaced accused deceased hungry unemployed disabled bereaved faithful vulnerable needy jobless condemned")

// harmed tells that number i stands where a verb of harm says whom it is done to, so that it counts people.
func (r *reading) harmed(i int) bool {
	d := r.d
	t := d.Tokens[i]
	h := t.Head
	if h < 0 || !strings.HasPrefix(d.Tokens[h].Tag, "VB") {
		return false
	}
	rel := t.Relation
	switch d.Tokens[h].Lemma {
	case "kill", "wound", "injure", "arrest", "detain", "hurt", "execute", "kidnap", "abduct", "behead", "shoot", "hospitalize", "jail", "imprison":
		// Two that were shot down are missiles, or planes.
		return (rel == "nsubj:pass" || rel == "obj") && len(r.child(h, "compound:prt")) == 0
	case "die", "perish", "drown":
		return rel == "nsubj"
	}
	return false
}

// counted is a group of people of whom only the number is told.
func (r *reading) counted(i int) news.ID {
	id := news.LocalID(news.Group, r.story.TextHash, "people")
	if _, ok := r.entities[id]; !ok {
		low, high, about, _ := r.amount(i)
		if low == 0 {
			low = high // up to 20
		}
		r.entities[id] = news.Entity{ID: id, Kind: news.Group, Name: "people", Count: low, Approximate: about}
	}
	return id
}

// theRanker is the ranker of antecedents, made once.
var theRanker = sync.OnceValue(func() *ranker {
	k, err := newRanker(nil, chainWeights)
	if err != nil {
		panic(err) // the weights are a part of the program, and the tests read them
	}
	return k
})

// sureLink is how probable an antecedent must be that the ranker alone finds.
const sureLink = 0.6

// ranked is for whom the pronoun at token i stands by what was learnt from chains: of all who stand before it the one who is surely likelier than all
// others and than nobody. fits tells whom it may stand for.
func (r *reading) ranked(i int, fits func(candidate) bool) (candidate, bool) {
	k := &ranker{weights: theRanker().weights, given: r.g.Given}
	if r.phrases == nil {
		r.phrases = k.phrases(r.d)
	}
	n, _ := slices.BinarySearchFunc(r.phrases, i, func(p nounPhrase, i int) int { return p.first - i })
	for n < len(r.phrases) && r.phrases[n].first == i && r.phrases[n].head != i {
		n++
	}
	if n >= len(r.phrases) || r.phrases[n].head != i || r.phrases[n].form != 'p' {
		return candidate{}, false
	}
	before, features := k.choices(r.d, r.phrases, n)
	scores := make([]float64, len(features))
	top := math.Inf(-1)
	for m, f := range features {
		scores[m] = k.score(f)
		top = max(top, scores[m])
	}
	all, best := 0.0, 0.0
	sums := map[news.ID]float64{}
	var found candidate
	for m := range scores {
		p := math.Exp(scores[m] - top)
		if m == len(before) {
			all += p
			continue
		}
		h := r.phrases[before[m]].head
		at := r.at[h]
		if at == nil {
			if r.phrases[before[m]].form != 'p' {
				all += p // somebody of whom nothing is known
			}
			continue
		}
		c := candidate{ids: append([]news.ID{at.entity}, at.more...), token: h, sentence: r.sentenceOf[h]}
		if !fits(c) {
			continue
		}
		all += p
		sums[at.entity] += p
		if sums[at.entity] > best {
			best, found = sums[at.entity], c
		}
	}
	return found, best > 0 && best >= sureLink*all
}

// citizen tells that a mention of a state by its adjective stands for one of its people: an Israeli was freed.
func (r *reading) citizen(m *mention, i int) bool {
	d := r.d
	if m.form != news.FormAdjective || m.last != i+1 || r.kind(m.entity) != news.State || strings.HasSuffix(d.Tokens[i].Tag, "S") {
		return false
	}
	if i+1 < len(d.Tokens) && (strings.HasPrefix(d.Tokens[i+1].Tag, "NN") || strings.HasPrefix(d.Tokens[i+1].Tag, "JJ") || d.Word(i+1) == "-") {
		return false
	}
	rel := coarse(d.Tokens[i].Relation)
	if !subjectOf(rel) && rel != "obj" && rel != "nmod" && rel != "obl" {
		return false
	}
	return slices.ContainsFunc(r.child(i, "det", "nummod"), func(c int) bool {
		w := strings.ToLower(d.Word(c))
		return w == "a" || w == "an" || w == "another" || w == "one"
	})
}
