package extract

import (
	"slices"
	"strings"

	"newsgraph/news"
)

// Of whom words of judgement tell a deed: of whoever is judged for it, and never of who judges, writes, reports or only stands by (CODING 37, 39 and 58).

// accompanies tells that whoever stands at token i does with others what the verb tells that trigger t is: "fought alongside rebels", "shelled Kabo together with
// Chadian troops".
func (r *reading) accompanies(t *trigger, i int) bool {
	d := r.d
	who := r.holding(i)
	if r.pos(t.token) != "V" || d.Tokens[who].Head != t.token || coarse(d.Tokens[who].Relation) != "obl" {
		return false
	}
	return slices.ContainsFunc(r.child(who, "case"), func(c int) bool {
		switch w := strings.ToLower(d.Word(c)); {
		case slices.Contains(r.g.Classes(w), "company"):
			return true
		case w == "with":
			return c > 0 && slices.Contains(r.g.Classes(strings.ToLower(d.Word(c-1))), "jointly") || charges[t.report.Type] && !wordActs[t.report.Type] && len(r.child(t.token, "obj", "nsubj:pass")) > 0
		}
		return false
	})
}

// ofSpeaker tells that the pronoun at token i is a speaker's for the people for whom he speaks, to whom something is done: "an attack on our faith, a
// spokesman said" is none on the spokesman.
func (r *reading) ofSpeaker(i int, id news.ID) bool {
	return r.d.Tokens[i].Tag == "PRP$" && strings.EqualFold(r.d.Word(i), "our") && r.kind(id) == news.Person
}

// fromJudge tells that whoever stands at token i is from whom a judgement of the deed comes that the noun tells that trigger t is: "condemnation of the raid from
// Chad".
func (r *reading) fromJudge(t *trigger, i int) bool {
	d := r.d
	who := r.holding(i)
	n := d.Tokens[t.token].Head
	if r.pos(t.token) != "N" || n < 0 || r.pos(n) != "N" || coarse(d.Tokens[t.token].Relation) != "nmod" || !r.judges(n) && !r.sides(n) {
		return false
	}
	return (d.Tokens[who].Head == t.token || d.Tokens[who].Head == n) && r.childCase(who, "from", "by", "in")
}

// inUtterance tells that whoever stands at token i wrote, backed or is about the text in which trigger t judges: "condemned the raid in a resolution drafted by Chad".
func (r *reading) inUtterance(t *trigger, i int) bool {
	return wordActs[t.report.Type] && r.pos(t.token) == "V" && slices.ContainsFunc(r.child(t.token, "obl"), func(c int) bool {
		return c != i && r.under(i, c) && r.childCase(c, "in") && r.ofClass(c, "utterance")
	})
}

// blamedOn tells that whoever stands at token i is he on whom the deed that the noun tells that trigger t is is blamed: "blamed the raid on Chad".
func (r *reading) blamedOn(t *trigger, i int) bool {
	d := r.d
	if who := r.holding(i); r.pos(t.token) == "N" && r.childCase(who, "on", "upon") && slices.ContainsFunc(r.child(t.token, "acl", "acl:relcl"), func(v int) bool { return d.Tokens[v].Lemma == "blame" && d.Tokens[who].Head == v }) {
		return true // "an ambush that Chad blamed on rebels"
	}
	v, who := d.Tokens[t.token].Head, r.holding(i)
	return r.pos(t.token) == "N" && v >= 0 && coarse(d.Tokens[t.token].Relation) == "obj" && d.Tokens[v].Lemma == "blame" && d.Tokens[who].Head == v && r.childCase(who, "on", "upon")
}

// disowns tells that whoever stands at token i is the subject of a clause about the charges that the noun tells that trigger t is, which he rejects: "charges that his
// employer and Washington reject".
func (r *reading) disowns(t *trigger, i int) bool {
	d := r.d
	if t.report.Type != news.TypeAccuse || r.pos(t.token) != "N" {
		return false
	}
	return slices.ContainsFunc(r.child(t.token, "acl:relcl"), func(v int) bool {
		return (slices.Contains(r.senses(v), news.TypeReject) || denying[d.Tokens[v].Lemma]) && slices.ContainsFunc(r.child(v, "nsubj"), func(c int) bool { return c == i || r.under(i, c) })
	})
}

// inReason tells that whoever stands at token i stands in the reason why somebody is punished or held, and so is not he: "sanctioned two firms over arms sales to Chad".
func (r *reading) inReason(t *trigger, i int) bool {
	if t.report.Type != news.TypeSanction && t.report.Type != news.TypeCoerce || r.pos(t.token) != "V" {
		return false
	}
	punished := false
	for _, o := range r.child(t.token, "obj", "nsubj:pass") {
		punished = punished || o != i && !r.under(i, o) && (slices.ContainsFunc(r.resolve(o), r.party) || slices.ContainsFunc(r.child(o, "nmod"), func(c int) bool { return r.childCase(c, "on", "against") }))
	}
	return punished && slices.ContainsFunc(r.child(t.token, "obl", "advcl"), func(c int) bool {
		return r.under(i, c) && (r.childCase(c, "over", "for") || r.childMark(c, "over", "for"))
	})
}

// sceneBefore tells that the state or the place at token i, named before the building that stands before the noun that trigger t is, is where it was: "the Nigeria
// church attack".
func (r *reading) sceneBefore(t *trigger, i int, id news.ID) bool {
	d := r.d
	deed := t.token
	if t.report.Type == news.TypeAccuse && r.pos(deed) == "V" { // whom who condemns it does not judge
		for _, o := range r.child(deed, "obj", "nsubj:pass") {
			if r.pos(o) == "N" && slices.Contains(r.senses(o), news.TypeAssault) {
				deed = o
			}
		}
	} else if t.report.Type != news.TypeAssault {
		return false
	}
	if k := r.kind(id); r.pos(deed) != "N" || k != news.State && k != news.Kind(news.Place) || d.Tokens[i].Tag == "JJ" || i > deed {
		return false
	}
	if m := r.at[i]; m == nil || m.form != news.FormName && m.form != news.FormInitials || coarse(d.Tokens[i].Relation) != "compound" && coarse(d.Tokens[i].Relation) != "amod" {
		return false
	}
	return slices.ContainsFunc(r.child(deed, "compound"), func(c int) bool {
		return c > i && (d.Tokens[i].Head == deed || d.Tokens[i].Head == c) && (r.ofClass(c, "establishment") || d.Tokens[c].Sort == "place")
	})
}

// accusedOf are those who are accused or suspected of, or charged with, what noun i tells, which is alleged of them (CODING 58): "accused Chad of an attack", "was
// charged with the murder of a clerk".
func (r *reading) accusedOf(i int) []int {
	d := r.d
	v := d.Tokens[i].Head
	if rel := coarse(d.Tokens[i].Relation); r.pos(i) != "N" || v < 0 || rel != "obl" && rel != "nmod" {
		return nil
	}
	if r.pos(v) == "N" && (d.Tokens[v].Relation == "obj" || d.Tokens[v].Relation == "nsubj:pass") && d.Tokens[v].Head >= 0 {
		v = d.Tokens[v].Head // hung on whom it is
	}
	switch d.Tokens[v].Lemma {
	case "accuse", "suspect":
		if !r.childCase(i, "of") {
			return nil
		}
	case "charge":
		if !r.childCase(i, "with") {
			return nil
		}
	default:
		return nil
	}
	if r.pos(v) != "V" {
		return nil
	}
	if r.passive(v, d.Sentences[r.sentenceOf[v]]) {
		return r.subjects(v, 0)
	}
	return r.child(v, "obj")
}

// condemnedFor are those who are condemned for what noun i tells as done to somebody, where nothing else says by whom: "criticised Peru for the arrest of two editors",
// "condemned Chad for the shelling of a village". Whoever is criticised for bloodshed may only have let it happen, and whoever is blamed is so by others (CODING 58).
func (r *reading) condemnedFor(i int) []int {
	d := r.d
	v := d.Tokens[i].Head
	if v >= 0 && coarse(d.Tokens[i].Relation) == "nmod" && coarse(d.Tokens[v].Relation) == "obj" {
		v = d.Tokens[v].Head // hung on whom it is
	}
	if rel := coarse(d.Tokens[i].Relation); r.pos(i) != "N" || v < 0 || v > i || rel != "obl" && rel != "nmod" || r.pos(v) != "V" || !r.childCase(i, "for") || !r.childWord(i, "the") || len(r.child(i, "nmod:poss")) > 0 {
		return nil
	}
	done := false
	for _, c := range r.child(i, "nmod") {
		switch {
		case r.childCase(c, "by"):
			return nil
		case r.childCase(c, "of", "on", "against"):
			done = true
		}
	}
	bloodshed := slices.Contains(r.senses(i), news.TypeAssault)
	if !done || !slices.ContainsFunc(r.wordings(v), func(w wording) bool {
		return len(w.pattern.words) == 1 && (w.action.Name == "condemn" || w.action.Name == "criticise" && !bloodshed)
	}) {
		return nil
	}
	if r.passive(v, d.Sentences[r.sentenceOf[v]]) {
		return r.subjects(v, 0)
	}
	return r.child(v, "obj")
}
