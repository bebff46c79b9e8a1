package extract

import (
	"slices"
	"strings"

	"newsgraph/news"
)

// What tells no event although its words might: laws beside what was learnt.

// untold is why token i, read as an event of a type with probability p, tells none after all; empty if nothing is against it.
func (r *reading) untold(i int, typ news.EventType, p float64) string {
	switch {
	case p < teaching && r.teaches() && len(r.timesIn(r.d.Sentences[r.sentenceOf[i]])) == 0:
		return "the text teaches, advises or talks, and reports nothing"
	case r.depicts(i):
		return "told of how somebody was, not of what was done"
	case typ == news.TypeDisaster && r.general(i):
		return "told of what such things do, not of one"
	case typ == news.TypeThreaten && r.danger(i):
		return "told of who or what is a danger, not of a threat that was made"
	case typ == news.TypeSupport && r.armed(i):
		return "told of what somebody has with him"
	case typ == news.TypeAssault && r.commercial(i):
		return "done by a business, which fights for customers"
	case typ == news.TypeAssault && r.specified(i):
		return "told by what it was done with"
	case typ == news.TypeAccuse && r.names(i):
		return "what somebody calls what is told beside it"
	case typ == news.TypeThreaten && r.pos(i) == "V" && r.d.Tokens[i].Lemma == "plan":
		return "a plan, which threatens nobody by words"
	case typ == news.TypeAssault && r.takes(i):
		return "takes nothing from anybody"
	case charges[typ] && r.ofKind(i):
		return "told of whoever does such, not of what was done"
	case (typ == news.TypeReject || typ == news.TypeSupport) && r.d.Tokens[i].Tag == "VBG" && r.d.Tokens[i].Relation == "amod" && len(r.child(i, "obj", "obl")) == 0:
		return "says what somebody is like, and tells no deed" // opposing sides
	case (typ == news.TypeCoerce || typ == news.TypeSanction) && r.ended(i):
		return "told of its end"
	case r.ofIdea(i, typ):
		return "done with what is no person and no thing: a figure of speech"
	}
	return ""
}

// teaching is from which probability on a word is read as telling an event in a text that reports nothing.
const teaching = 0.85

// shortest is how many sentences a text has at least whose manner tells that it reports nothing.
const shortest = 12

// teaches tells that the story is a lesson, advice, a guide, a speech or talk: less is told in the past, said by somebody and dated by a day of the week than is
// told of I, we and you outside quotations. Quotations are as people talk, so what stands in them counts for nothing.
func (r *reading) teaches() bool {
	if r.taughtBy != nil {
		return *r.taughtBy
	}
	past, said, dated, talk := 0, 0, 0, 0
	quoted := false
	for _, s := range r.d.Sentences {
		hasPast, hasDay, hasUs, hasYou := false, false, false, false
		for k := s.First; k < s.Last; k++ {
			t, w := r.d.Tokens[k], r.d.Word(k)
			switch l := strings.ToLower(w); {
			case w == "“", w == "\"" && !quoted:
				quoted = true
			case w == "”", w == "\"":
				quoted = false
			case t.Tag == "VBD" || t.Tag == "VBZ":
				hasPast = hasPast || t.Tag == "VBD"
				said += boolInt(sayVerbs[t.Lemma])
			case days[w], l == "today", l == "yesterday":
				hasDay = true
			case quoted:
			case strings.HasPrefix(t.Tag, "PRP") && (l == "i" || l == "we" || l == "us" || l == "me" || l == "my" || l == "our"):
				hasUs = true
			case strings.HasPrefix(t.Tag, "PRP") && (l == "you" || l == "your"):
				hasYou = true
			}
		}
		past += boolInt(hasPast)
		dated += boolInt(hasDay)
		talk += boolInt(hasUs) + 2*boolInt(hasYou)
	}
	n := len(r.d.Sentences)
	teaches := n >= shortest && 2*(past+2*said+2*dated-talk) < n
	r.taughtBy = &teaches
	return teaches
}

// depicts tells that the participle at token i, joined to another or to an adjective without an auxiliary or anything that takes part, only says how somebody was:
// "came home beaten but unbowed".
func (r *reading) depicts(i int) bool {
	d := r.d
	bare := func(k int) bool {
		return (d.Tokens[k].Tag == "VBN" || d.Tokens[k].Tag == "VBD" || d.Tokens[k].Tag == "JJ") && len(r.child(k, "aux", "aux:pass", "cop", "nsubj", "nsubj:pass", "obj", "obl", "obl:agent", "xcomp", "ccomp", "advcl")) == 0
	}
	h := d.Tokens[i].Head
	if d.Tokens[i].Tag != "VBN" || h < 0 || !bare(i) || d.Tokens[i].Relation == "acl" || d.Tokens[i].Relation == "amod" {
		return false
	}
	if d.Tokens[i].Relation == "conj" && d.Tokens[h].Tag == "JJ" {
		return bare(h)
	}
	if d.Tokens[i].Relation == "conj" && (i == 0 || d.Word(i-1) != ",") {
		return false
	}
	return slices.ContainsFunc(r.child(i, "conj"), func(k int) bool {
		return bare(k) && (d.Tokens[k].Tag == "JJ" || strings.HasPrefix(strings.ToLower(d.Word(k)), "un"))
	})
}

// armed tells that the participle at token i says by which weapons somebody is backed: "troops backed by tanks".
func (r *reading) armed(i int) bool {
	by := r.child(i, "obl:agent")
	return r.d.Tokens[i].Tag == "VBN" && r.pos(i) == "V" && len(by) > 0 && !slices.ContainsFunc(by, func(k int) bool {
		return r.at[k] == nil || r.kind(r.at[k].entity) != news.Weapon
	})
}

// commercial tells that the noun at token i is what a business launches, and so no deed by force: "the carmaker launched an offensive against its rival".
func (r *reading) commercial(i int) bool {
	v := r.d.Tokens[i].Head
	if r.pos(i) != "N" || v < 0 || r.d.Tokens[i].Relation != "obj" || !r.predicate("light", r.d.Tokens[v].Lemma) {
		return false
	}
	doers := r.subjects(v, 0)
	return len(doers) > 0 && !slices.ContainsFunc(doers, func(k int) bool {
		if noun := r.g.Noun(strings.ToLower(r.d.Tokens[k].Lemma)); r.at[k] == nil || r.at[k].form == news.FormNominal {
			return noun.Sector != "BUS"
		}
		return r.entities[r.at[k].entity].Sector != "BUS"
	})
}

// specified tells that the verb at token i, which says no more than that somebody hits back, says with which deed, or by which that harms nobody: "retaliated by expelling
// nine envoys".
func (r *reading) specified(i int) bool {
	return r.d.Tokens[i].Lemma == "retaliate" && slices.ContainsFunc(r.child(i, "obl", "advcl"), func(c int) bool {
		senses := r.senses(c)
		return len(senses) > 0 && (r.childCase(c, "with") || (r.childCase(c, "by") || r.childMark(c, "by")) && !slices.Contains(senses, news.TypeAssault))
	})
}

// names tells that the verb at token i says by which name somebody calls what its sentence tells of: "condemned what it called a raid".
func (r *reading) names(i int) bool {
	t := r.d.Tokens[i]
	return describing[t.Lemma] && t.Relation == "acl:relcl" && r.d.Tokens[t.Head].Tag == "WP"
}

// general tells that the event noun at token i, a plural that nothing counts, owns or points to, stands for all of its kind, of which the present tense tells: "storms
// lose strength over land". In a headline the present is how what happened is told.
func (r *reading) general(i int) bool {
	d := r.d
	if d.Tokens[i].Tag != "NNS" || r.sentenceOf[i] == 0 || len(r.child(i, "nummod", "nmod:poss")) > 0 {
		return false
	}
	for _, c := range r.child(i, "det", "amod") {
		switch strings.ToLower(d.Word(c)) {
		case "all", "such", "most", "many":
		case "the", "these", "those", "some", "more", "several", "few", "new", "two", "both", "recent", "latest", "last", "further", "fresh", "deadly":
			return false
		}
	}
	if len(r.timesIn(d.Sentences[r.sentenceOf[i]])) > 0 {
		return false
	}
	k := i
	for n := 0; n < 6 && d.Tokens[k].Head >= 0 && r.pos(k) != "V" && len(r.child(k, "cop")) == 0; n++ {
		k = d.Tokens[k].Head
	}
	verb := []int{k}
	verb = append(verb, r.child(k, "cop", "aux", "aux:pass")...)
	return slices.ContainsFunc(verb, func(c int) bool {
		t := d.Tokens[c]
		return t.Tag == "VBP" && t.Lemma != "have" || t.Tag == "MD" && (t.Lemma == "can" || t.Lemma == "may")
	}) && !slices.ContainsFunc(verb, func(c int) bool { return d.Tokens[c].Tag == "VBG" || d.Tokens[c].Tag == "VBD" })
}

// ofKind tells that the verb at token i only says in the simple present of which kind those are that a plural with no article stands for: "officers who beat prisoners
// are punished", "anyone who attacks guards".
func (r *reading) ofKind(i int) bool {
	d := r.d
	h, tag := d.Tokens[i].Head, d.Tokens[i].Tag
	if own := r.child(i, "nsubj"); len(own) == 0 || !strings.HasPrefix(d.Tokens[own[0]].Tag, "W") && !strings.EqualFold(d.Word(own[0]), "that") {
		return false // "states which they accuse"
	}
	if h < 0 || d.Tokens[i].Relation != "acl:relcl" || tag != "VBP" && tag != "VBZ" || len(r.child(i, "aux", "aux:pass", "advmod")) > 0 || tag == "VBP" && slices.Contains(r.g.Classes(d.Tokens[i].Lemma), "unmarked") {
		return false
	}
	switch strings.ToLower(d.Word(h)) {
	case "anyone", "anybody", "those", "whoever", "someone", "everyone":
		return true
	}
	if slices.ContainsFunc(r.child(h, "det"), func(c int) bool { return strings.EqualFold(d.Word(c), "any") || strings.EqualFold(d.Word(c), "every") }) {
		return true
	}
	return d.Tokens[h].Tag == "NNS" && len(r.child(h, "det", "nummod", "nmod:poss", "amod", "compound", "nmod")) == 0
}

// ofIdea tells that what stands in the verb's phrase at token i leaves it no sense of the type: a trial or a plan does not fall as a bridge does, nobody is
// put in office who is no person, crimes are not promised, and to speak a language is no talk.
func (r *reading) ofIdea(i int, typ news.EventType) bool {
	d := r.d
	if r.pos(i) != "V" {
		return false
	}
	nothing := func(k int) bool {
		t := d.Tokens[k]
		return strings.HasPrefix(t.Tag, "NN") && !strings.HasPrefix(t.Tag, "NNP") && (t.Sort == "abstract" || t.Sort == "event") && !slices.ContainsFunc(r.resolve(k), r.party)
	}
	all := func(tokens []int) bool {
		return len(tokens) > 0 && !slices.ContainsFunc(tokens, func(k int) bool { return !nothing(k) })
	}
	switch typ {
	case news.TypeAccident:
		subjects := r.subjects(i, 0)
		return d.Tokens[i].Lemma == "collapse" && len(subjects) > 0 && !slices.ContainsFunc(subjects, func(k int) bool {
			return slices.Contains(r.classesOf(k), "thing") || !nothing(k) && (len(r.senses(k)) == 0 || slices.Contains(r.senses(k), news.TypeAccident))
		})
	case news.TypeAppoint:
		return choosing[d.Tokens[i].Lemma] && all(r.child(i, "obj")) && len(r.child(i, "xcomp", "iobj")) == 0
	case news.TypeAgree:
		return d.Tokens[i].Lemma == "commit" && all(r.child(i, "obj"))
	case news.TypeConsult:
		return d.Tokens[i].Lemma == "speak" && len(r.child(i, "obj")) > 0
	}
	return false
}

// choosing are verbs whose object may be anything, and is put in office where it is a person.
var choosing = wordSet("choose pick select")

// vowsNoHarm tells that trigger t is a vow, and that what is vowed by the verbs below it is of types that the vocabulary knows, and harms nobody: "vowed to sign the
// treaty and to sack the minister" is a promise.
func (r *reading) vowsNoHarm(t *trigger) bool {
	if l := r.d.Tokens[t.token].Lemma; l != "vow" && l != "swear" || r.pos(t.token) != "V" || len(t.wording.pattern.words) > 1 {
		return false
	}
	vowed := r.child(t.token, "xcomp")
	for _, c := range r.child(t.token, "xcomp") {
		vowed = append(vowed, r.child(c, "conj")...)
		if goingOn[r.d.Tokens[c].Lemma] {
			vowed = append(vowed, r.child(c, "xcomp")...) // vowed to continue working together
		}
	}
	known := false
	for _, c := range vowed {
		for _, typ := range r.senses(c) {
			if harsh := charges[typ] || typ == news.TypeSanction || typ == news.TypeReject || typ == news.TypeMobilize || typ == news.TypeTest; harsh && (r.ruleOf(c) == "unfit" || r.ruleOf(c) == string(typ)) {
				return false
			}
		}
		known = known || r.ruleOf(c) != "unfit" && r.ruleOf(c) != "" || slices.Contains(r.g.Classes(r.d.Tokens[c].Lemma), "bettering")
	}
	return known
}

// danger tells that the noun at token i calls somebody or something a danger: "a growing threat from al-Qaeda", "Iran's nuclear threat". What is threatened, or that a
// threat was made, repeated or rejected, stands beside a threat in words.
func (r *reading) danger(i int) bool {
	d := r.d
	if r.pos(i) != "N" || d.Tokens[i].Lemma != "threat" || len(r.child(i, "acl", "ccomp", "acl:relcl", "advcl", "appos")) > 0 || slices.ContainsFunc(r.child(i, "nmod"), func(c int) bool { return r.childCase(c, "of", "against", "on", "by") }) {
		return false
	}
	if w := strings.ToLower(d.Word(min(i+1, len(d.Tokens)-1))); w == "to" || w == "that" {
		return false // "its threat to leave", wherever the tree hangs that
	}
	h := d.Tokens[i].Head
	switch {
	case slices.ContainsFunc(r.child(i, "nmod"), func(c int) bool { return r.childCase(c, "from") }):
		return d.Tokens[i].Tag == "NN" || h >= 0 && (len(r.child(i, "cop")) > 0 || r.ofClass(h, "meeting danger"))
	case d.Tokens[i].Tag != "NN" || len(r.child(i, "nmod:poss", "amod", "compound", "det")) == 0:
		return false
	case len(r.child(i, "cop")) > 0:
		return true
	}
	return h >= 0 && (r.pos(h) != "V" || r.ofClass(h, "meeting danger") || coarse(d.Tokens[i].Relation) != "obj" && coarse(d.Tokens[i].Relation) != "nsubj")
}

// takes tells that the verb at token i only takes what nobody loses by it: take part, take shelter.
func (r *reading) takes(i int) bool {
	if r.pos(i) != "V" || r.d.Tokens[i].Lemma != "take" {
		return false
	}
	return slices.ContainsFunc(r.child(i, "obj", "nsubj:pass"), func(o int) bool { return len(r.child(o, "det", "nmod:poss")) == 0 && r.ofClass(o, "taken") })
}
