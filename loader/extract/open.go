package extract

import (
	"slices"
	"strings"

	"newsgraph/loader/nlp"
	"newsgraph/news"
)

// leftOpen is how the words that govern token i leave it open whether the deed of a type was done, empty if they do not: what is tried, aimed at, allowed, asked or
// talked about, and what is done in doing what is to come, is never told as done (CODING 31, 32). rule is what the rules say.
func (r *reading) leftOpen(i int, typ news.EventType, rule news.Modality) news.Modality {
	d := r.d
	if r.pos(i) == "N" {
		if h := r.carried(i); h >= 0 {
			return r.leftOpen(h, typ, news.Asserted)
		}
		if wordActs[typ] {
			return "" // a rejected offer was made
		}
		return r.proposed(i)
	}
	switch {
	case r.pos(i) != "V":
		return ""
	case r.askedWhether(i), r.talkedAbout(i):
		return news.Hypothetical
	case d.Tokens[i].Tag != "VB" && d.Tokens[i].Tag != "VBG", r.accomplished(i):
		return ""
	}
	first := r.firstOf(i)
	rel := coarse(d.Tokens[first].Relation)
	if !wordActs[typ] && r.aimed(first) {
		return news.Planned
	}
	kept := r.childMark(first, "from", "before")
	if d.Tokens[first].Tag == "VBG" && !kept && (rel == "acl" || len(r.child(first, "mark", "aux")) > 0 || r.pos(max(d.Tokens[first].Head, 0)) != "V") {
		return "" // "after seizing", "the men attacking", "where they have been fighting": told as known
	}
	if h := d.Tokens[first].Head; rel == "advcl" && d.Tokens[first].Tag == "VB" && (wordActs[typ] || typ == news.TypeProtest) && h >= 0 && r.done(h) {
		return "" // "they gathered to protest", and so did
	}
	polarity, commitment := r.signatures.Factuality(r.view, i)
	switch {
	case polarity == nlp.Negative && (kept || rel == "xcomp"):
		return news.Negated // "stopped them from firing", "deny carrying out attacks"
	case polarity != nlp.Open:
		return ""
	case rule != news.Asserted:
		return rule
	}
	return openly[commitment]
}

// openly is how an event is told whose words leave open whether it was done.
var openly = map[nlp.Commitment]news.Modality{nlp.Planned: news.Planned, nlp.Possible: news.Hypothetical}

// firstOf is the first of those that token i is joined to.
func (r *reading) firstOf(i int) int {
	for n := 0; r.d.Tokens[i].Relation == "conj" && r.d.Tokens[i].Head >= 0 && n < 6; n++ {
		i = r.d.Tokens[i].Head
	}
	return i
}

// aimed tells that verb i is what the noun before it, the object of another, is for: "an operation to clear the road", and none that tells who did it: "the first to strike".
func (r *reading) aimed(i int) bool {
	d := r.d
	h := d.Tokens[i].Head
	if d.Tokens[i].Tag != "VB" || d.Tokens[i].Relation != "acl" || h < 0 || d.Tokens[h].Relation != "obj" || !r.childMark(i, "to") {
		return false
	}
	return !slices.ContainsFunc(r.child(h, "amod", "det", "nummod"), func(c int) bool {
		return d.Tokens[c].Tag == "JJS" || strings.HasSuffix(strings.ToLower(d.Word(c)), "th") || r.ofClass(c, "rank")
	})
}

// proposed tells of the new noun at token i, the object of a verb, that the verb speaks of what may come: "oppose sanctions", "seek a ban", "urged raids"; or of one
// below another that its clause does: "will not be the target of an attack".
func (r *reading) proposed(i int) news.Modality {
	d := r.d
	h := d.Tokens[i].Head
	if h < 0 {
		return ""
	}
	one := false
	for _, c := range r.child(i, "det", "nmod:poss") {
		w := strings.ToLower(d.Word(c))
		if one = one || w == "a" || w == "an" || w == "any" || w == "such"; !one && w != "more" {
			return ""
		}
	}
	if len(r.child(i, "acl:relcl", "acl", "nummod")) > 0 {
		return ""
	}
	polarity, commitment := nlp.Positive, nlp.Told
	switch {
	case d.Tokens[i].Relation == "obj" && r.pos(h) == "V":
		polarity, commitment, _ = r.signatures.Says(d.Tokens[h].Lemma, "noun")
	case d.Tokens[i].Relation == "nmod" && one && len(r.child(h, "cop")) > 0:
		polarity, commitment = r.signatures.Factuality(r.view, i)
	}
	if polarity != nlp.Open {
		return ""
	}
	return openly[commitment]
}

// carried is the verb that says of the noun at token i, its object, no more than that it is done, begun or done more: "step up their fight", -1 if there is none.
func (r *reading) carried(i int) int {
	d := r.d
	h := d.Tokens[i].Head
	if h < 0 || d.Tokens[i].Relation != "obj" || r.pos(h) != "V" || !r.predicate("light", d.Tokens[h].Lemma) && !phases[d.Tokens[h].Lemma] {
		return -1
	}
	return h
}

// askedWhether tells that verb i heads a clause of if or whether that another verb has for its object: "to determine if they shot him", "not known whether they did".
func (r *reading) askedWhether(i int) bool {
	i = r.firstOf(i)
	switch coarse(r.d.Tokens[i].Relation) {
	case "ccomp", "csubj", "xcomp", "acl", "csubj:pass":
		return r.childMark(i, "if", "whether")
	case "advcl":
		return r.childMark(i, "whether")
	}
	return false
}

// talkedAbout tells that the gerund at token i is what somebody only talks or thinks about: "talks on lifting it", "joked about killing him".
func (r *reading) talkedAbout(i int) bool {
	d := r.d
	i = r.firstOf(i)
	if d.Tokens[i].Tag != "VBG" || !r.childMark(i, "about", "on", "over", "of") && d.Tokens[i].Relation != "xcomp" {
		return false
	}
	for h, n := d.Tokens[i].Head, 0; h >= 0 && n < 2; h, n = d.Tokens[h].Head, n+1 {
		if r.ofClass(h, "talking") {
			return true
		}
	}
	return false
}

// accomplished tells that somebody was able to do what verb i tells, or what it is joined to, and so did: "was able to seize the bridge and cross it".
func (r *reading) accomplished(i int) bool {
	d := r.d
	h := d.Tokens[r.firstOf(i)].Head
	return h >= 0 && d.Tokens[h].Lemma == "able" && !r.negated(h) && slices.ContainsFunc(r.child(h, "cop"), func(c int) bool { return d.Tokens[c].Tag == "VBD" })
}

// qualified is how surely an adjective of the noun at token i lets it be told: "an alleged attack", "a possible invasion"; empty if none does.
func (r *reading) qualified(i int) news.Modality {
	if m := r.onlyTried(i); m != "" {
		return m
	}
	for _, c := range r.child(i, "amod") {
		if _, commitment, ok := r.signatures.Says(r.d.Word(c), "adjective"); ok {
			if commitment == nlp.Alleged {
				return news.Alleged
			}
			if m := openly[commitment]; m != "" {
				return m
			}
		}
	}
	return ""
}

// onlyBlamed tells that whoever did what the noun at token i tells is only blamed for it: "attacks blamed on rebels", "rebels are blamed for the attacks" (CODING 58).
func (r *reading) onlyBlamed(i int) bool {
	d := r.d
	i = r.firstOf(i)
	if r.pos(i) != "N" {
		return false
	}
	if slices.ContainsFunc(r.child(i, "acl"), func(v int) bool { return d.Tokens[v].Lemma == "blame" && d.Tokens[v].Tag == "VBN" }) {
		return true
	}
	h := d.Tokens[i].Head
	return h >= 0 && coarse(d.Tokens[i].Relation) == "obl" && d.Tokens[h].Lemma == "blame" && r.passive(h, d.Sentences[r.sentenceOf[h]]) && r.childCase(i, "for")
}

// onlyAlleged tells that the verb at token i is what somebody, or nobody who is told, alleges or claims: "alleged that Chad had shelled it", "it is alleged that".
func (r *reading) onlyAlleged(i int) bool {
	h := r.d.Tokens[i].Head
	rel := r.d.Tokens[i].Relation
	return h >= 0 && r.pos(i) == "V" && r.pos(h) == "V" && (rel == "ccomp" || rel == "csubj:pass" || rel == "csubj") && r.ofClass(h, "alleging") && len(r.child(i, "nsubj", "nsubj:pass")) > 0 && len(r.child(h, "nsubj", "nsubj:pass", "expl")) > 0 && !r.negated(h)
}

// inCharges tells that the noun at token i is what charges are said to be about: "the charges include the massacre", "the accusation relates to a raid".
func (r *reading) inCharges(i int) bool {
	d := r.d
	i = r.firstOf(i)
	h := d.Tokens[i].Head
	if rel := coarse(d.Tokens[i].Relation); h < 0 || r.pos(i) != "N" || rel != "obj" && rel != "obl" || !r.ofClass(h, "comprising") {
		return false
	}
	return slices.ContainsFunc(r.child(h, "nsubj"), func(k int) bool {
		_, commitment, ok := r.signatures.Says(d.Tokens[k].Lemma, "noun")
		return ok && commitment == nlp.Alleged && d.Tokens[k].Lemma != "report"
	})
}

// ended tells that the noun at token i is what a verb tells to be lifted, and no new one: "is lifting a state of emergency", "ended a curfew".
func (r *reading) ended(i int) bool {
	d := r.d
	v := d.Tokens[i].Head
	if r.pos(i) != "N" || v < 0 {
		return false
	}
	if d.Tokens[i].Relation == "nmod" {
		i, v = v, d.Tokens[v].Head
	}
	return v >= 0 && d.Tokens[i].Relation == "obj" && slices.ContainsFunc(r.wordings(v), func(w wording) bool {
		return w.action.Name == "lift" && r.worded(v, w.pattern.words, true)
	})
}

// onlyTried is how surely a noun for a deed by force is told of which the text says that it was only tried, or failed: "an attempted coup" and "an assassination attempt"
// are PLANNED as what somebody attempts to do is, "a failed coup attempt" and "a raid that was foiled" NEGATED (CODING 41); empty if it is told as done.
func (r *reading) onlyTried(i int) news.Modality {
	d := r.d
	if r.pos(i) == "V" {
		for _, c := range r.child(i, "obj") { // "staged an attempted coup"
			if slices.ContainsFunc(r.wordings(i), func(w wording) bool {
				return len(w.pattern.words) > 1 && !wordActs[w.action.Type] && slices.Contains(w.pattern.words[1:], d.Tokens[c].Lemma)
			}) {
				return r.onlyTried(c)
			}
		}
	}
	if r.pos(i) != "N" || !overlap(r.senses(i), []news.EventType{news.TypeAssault, news.TypeCoerce}) {
		return ""
	}
	n, m := i, news.Modality("")
	if h := d.Tokens[i].Head; h > i && r.ofClass(h, "attempt") && (coarse(d.Tokens[i].Relation) == "compound" || d.Tokens[i].Relation == "nmod:desc") {
		n, m = h, news.Planned
	} else if r.ofClass(i, "attempt") && len(r.child(i, "compound")) > 0 {
		m = news.Planned
	}
	for _, c := range append(r.child(n, "amod", "compound"), r.child(i, "amod")...) {
		switch {
		case slices.Contains(r.g.Classes(strings.ToLower(d.Word(c))), "thwarted"):
			return news.Negated
		case strings.EqualFold(d.Word(c), "attempted"):
			m = news.Planned
		}
	}
	if h := d.Tokens[n].Head; h >= 0 && r.pos(h) == "V" && !r.negated(h) {
		if d.Tokens[n].Relation == "nsubj" && d.Tokens[h].Lemma == "fail" && len(r.child(h, "xcomp")) == 0 || d.Tokens[n].Relation == "nsubj:pass" && r.ofClass(h, "thwarting") {
			return news.Negated
		}
	}
	return m
}
