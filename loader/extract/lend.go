package extract

import (
	"slices"
	"strings"

	"newsgraph/loader/gazetteer"
	"newsgraph/news"
)

// Who is lent to a deed that a noun or a relative clause tells: only he to whom the grammar joins it. Whoever says, regrets, survives or outlives it, or acts
// while it goes on, does not do it (CODING 3 and 39).

// foreignTo tells that whoever stands at token i, outside the phrase of the noun at token k, is joined to the deed that this noun tells by nothing that would make
// him its doer.
func (r *reading) foreignTo(k, i int) bool {
	d := r.d
	if r.under(i, k) {
		return false
	}
	who := r.holding(i)
	of := k // the noun in the place of which the deed's noun stands
	for n := 0; n < 5 && d.Tokens[of].Head >= 0; n++ {
		h, rel := d.Tokens[of].Head, coarse(d.Tokens[of].Relation)
		switch {
		case rel == "conj" && r.pos(h) == "N":
		case rel == "nmod" && r.pos(h) == "N":
			if who == h || r.under(i, h) && !r.under(i, of) {
				return false // its leader, their part in it, an act of it by somebody
			}
			if !r.lendsOn(h) {
				return true
			}
		default:
			n = 5
			continue
		}
		of = h
	}
	v, rel := d.Tokens[of].Head, coarse(d.Tokens[of].Relation)
	if v < 0 || r.under(i, of) {
		return false
	}
	if r.pos(v) == "J" && rel == "obl" && r.childWord(of, "for") {
		n := d.Tokens[v].Head // "those responsible for the raid"
		return n >= 0 && r.pos(n) == "N" && n != who && !r.under(i, n) || n >= 0 && strings.HasPrefix(d.Tokens[n].Tag, "PRP") && n != i || n >= 0 && d.Tokens[n].Tag == "DT" && n != i
	}
	if r.pos(v) != "V" {
		return false
	}
	does := slices.ContainsFunc(r.subjects(v, 0), func(c int) bool {
		return slices.ContainsFunc(r.joined(c), func(c int) bool { return c == i || c == who || r.under(i, c) || shared(r.resolve(c), r.resolve(i)) })
	})
	switch rel {
	case "obj":
		if d.Tokens[who].Head == v && (d.Tokens[who].Relation == "obl:agent" || r.childWord(who, "by")) || d.Tokens[who].Head >= 0 && d.Tokens[d.Tokens[who].Head].Head == v && d.Tokens[d.Tokens[who].Head].Relation == "obj" && r.childWord(who, "by") {
			return false
		}
		return !does || !r.commits(v)
	case "nsubj", "nsubj:pass":
		return !r.under(i, v) || d.Tokens[who].Relation != "obl:agent" && !r.childWord(who, "by", "on", "between", "to")
	case "obl":
		if d.Tokens[who].Head == v && (coarse(d.Tokens[who].Relation) == "obj" || d.Tokens[who].Relation == "nsubj:pass" || r.childWord(who, "on") || d.Tokens[who].Relation == "obl:agent") {
			return false // "accused rebels of the raid", "blamed it on them", "was killed by gunmen in a raid"
		}
		if !does || sayVerbs[d.Tokens[v].Lemma] || reportVerbs[d.Tokens[v].Lemma] {
			return true
		}
		return slices.ContainsFunc(r.child(of, "case"), func(c int) bool {
			w := strings.ToLower(d.Word(c))
			return slices.Contains(r.g.Classes(w), "aside") && !(w == "to" && c == of-1 && r.telling(v)) // "threatened to attack", read as a noun
		})
	case "obl:agent":
		return true // "outraged by the raid, Chad left"
	case "ccomp":
		return subjectOf(d.Tokens[who].Relation) && d.Tokens[who].Head == v && (sayVerbs[d.Tokens[v].Lemma] || reportVerbs[d.Tokens[v].Lemma])
	}
	return false
}

// lendsOn tells that the noun at token h only says how much, which part or which stage there is of the deed of which it is told, so that the doer of the one is
// that of the other: a series of raids, a role in a plot.
func (r *reading) lendsOn(h int) bool {
	return r.measures(h) || slices.ContainsFunc(r.senses(h), func(typ news.EventType) bool {
		return charges[typ] && typ != news.TypeAccuse && typ != news.TypeThreaten
	})
}

// measures tells that the noun at token h only says how much, which part or which stage there is of what is told after it, or the will or the words to do it.
func (r *reading) measures(h int) bool {
	lemma := strings.ToLower(r.d.Tokens[h].Lemma)
	return r.predicate("partaking", lemma) || quantities[lemma] || overlap(r.g.Classes(lemma), []string{"will", "span", "phase", "occasion", "message"})
}

// commits tells that the subject of the verb at token v does what the noun that is its object tells: launched a raid, stepped up attacks, planted a bomb.
func (r *reading) commits(v int) bool {
	lemma := r.d.Tokens[v].Lemma
	return r.predicate("light", lemma) || r.predicate("doing", lemma) || r.ofClass(v, "lending") ||
		slices.ContainsFunc(r.senses(v), func(typ news.EventType) bool {
			return charges[typ] && typ != news.TypeAccuse || typ == news.TypeSanction
		})
}

// relativeTo tells that trigger t is the verb of a clause about a noun, of which whoever stands at token i, outside the clause and not that noun, is no
// subject: "accused Khan of the bombing that killed nine" does not say that the accuser killed. What a deed's noun does, its doer does.
func (r *reading) relativeTo(t *trigger, i int) bool {
	d := r.d
	v := t.token
	for n := 0; n < 4 && (d.Tokens[v].Relation == "conj" || d.Tokens[v].Relation == "xcomp") && d.Tokens[v].Head >= 0 && r.pos(d.Tokens[v].Head) == "V" && len(r.child(v, "nsubj", "nsubj:pass")) == 0; n++ {
		v = d.Tokens[v].Head
	}
	h := d.Tokens[v].Head
	if r.pos(t.token) != "V" || d.Tokens[v].Relation != "acl:relcl" || h < 0 || r.pos(h) != "N" || r.under(i, h) {
		return false
	}
	for _, c := range r.child(v, "nsubj", "nsubj:pass") {
		if !r.relative(c) {
			return d.Tokens[c].Tag != "PRP" && !shared(r.resolve(c), r.resolve(i)) && !r.under(i, c) && c != i
		}
	}
	who := r.holding(h)
	if i == h || i == who || r.under(i, who) || shared(r.resolve(i), r.resolve(h)) || slices.Contains(r.subjects(t.token, 0), i) {
		return false
	}
	for n := 0; n < 3 && coarse(d.Tokens[who].Relation) == "nmod" && d.Tokens[who].Head >= 0; n++ {
		if who = r.holding(d.Tokens[who].Head); who == i || shared(r.resolve(who), r.resolve(i)) {
			return false // "members of a sect who have complained"
		}
	}
	return r.foreignTo(h, i)
}

// predicated tells that trigger t is a participle that another verb says to be so of whoever stands at token i, to whom it is done: "three were reported kidnapped".
func (r *reading) predicated(t *trigger, i int) bool {
	return r.saidToBe(t.token) && !r.under(i, t.token) && slices.ContainsFunc(r.subjects(t.token, 0), func(c int) bool { return c == i || r.under(i, c) })
}

// onlyOwner tells that token i is a possessive pronoun by which somebody owns what has no part in doing what trigger t tells: "Kenya closed its border during the
// fighting", "their failure to punish those responsible for torture". Whose the deed is, whose plan it was or whose weapons did it, does it.
func (r *reading) onlyOwner(t *trigger, i int) bool {
	d := r.d
	if d.Tokens[i].Tag != "PRP$" || t.slotOf(i) != "" || d.Tokens[i].Head == t.token || d.Tokens[i].Head >= 0 && r.pos(t.token) == "N" && r.under(t.token, d.Tokens[i].Head) {
		return false
	}
	does := r.subjects(t.token, 0)
	if r.pos(t.token) == "N" && d.Tokens[t.token].Head >= 0 {
		does = append(slices.Clone(does), r.subjects(d.Tokens[t.token].Head, 0)...)
	}
	return !slices.ContainsFunc(does, func(c int) bool {
		return c == i || r.under(i, c) && (len(r.wordings(c)) > 0 || r.weapon(d.Tokens[c].Lemma) || slices.ContainsFunc(r.resolve(c), r.party))
	})
}

// inCourseOf tells that trigger t is the gerund of a deed in the course of which that of the clause above is told, and of which whoever stands at token i has no part but
// that: "Kenya closed its border during fighting between clans".
func (r *reading) inCourseOf(t *trigger, i int) bool {
	d := r.d
	v := d.Tokens[t.token].Head
	if d.Tokens[t.token].Tag != "VBG" || d.Tokens[t.token].Relation != "advcl" || v < 0 || r.under(i, t.token) {
		return false
	}
	sides := func(relations ...string) bool {
		return slices.ContainsFunc(r.child(t.token, relations...), func(c int) bool { return r.childWord(c, "between", "among") })
	}
	switch {
	case r.childMark(t.token, "during", "amid"):
	case !r.childMark(t.token, "after", "since", "despite"), len(r.child(t.token, "obj")) > 0 && !sides("obj", "obl"):
		return false // "after shelling the town" is what the subject did before
	}
	return !slices.Contains(r.senses(v), t.report.Type) || r.passive(v, d.Sentences[r.sentenceOf[v]]) || sides("obl", "nmod")
}

// ofBody tells that whoever stands at token i is only the person whose party, house or office it is that acts: "the party of Bo Lund charged fraud".
func (r *reading) ofBody(i int, id news.ID) bool {
	d := r.d
	h := d.Tokens[i].Head
	if h < 0 || r.kind(id) != news.Person || r.nameAt(h) || r.pos(h) != "N" || !subjectOf(d.Tokens[h].Relation) || strings.HasPrefix(d.Tokens[i].Tag, "PRP") {
		return false
	}
	rel := coarse(d.Tokens[i].Relation)
	return (rel == "nmod:poss" || rel == "nmod" && r.childWord(i, "of")) && d.Tokens[h].Sort == "organization"
}

// stands tells that the state, place or body at token i only says where something is, by the preposition before it or before the noun of which it is a part: "in the
// capital, Kabul", "in Peru's port of Ilo", "at a NATO base".
func (r *reading) stands(i int, id news.ID) bool {
	d := r.d
	k := r.kind(id)
	if k != news.State && k != news.Kind(news.Place) && k != news.Organisation {
		return false
	}
	for n := 0; n < 4; n++ {
		if (n > 0 || k != news.Organisation) && slices.ContainsFunc(r.child(i, "case"), func(c int) bool { return r.g.Locates(gazetteer.TellsGround, d.Word(c)) }) {
			return true
		}
		h, rel := d.Tokens[i].Head, coarse(d.Tokens[i].Relation)
		if h < 0 || r.pos(h) != "N" {
			return false
		}
		ground := d.Tokens[h].Sort == "place" || r.at[h] != nil && r.kind(r.at[h].entity) == news.Kind(news.Place)
		ground = ground && len(r.wordings(h)) == 0 // a raid is no place
		switch rel {
		case "conj":
		case "appos", "compound", "nmod:poss":
			if !ground {
				return false
			}
		case "nmod":
			if !ground || !r.childWord(i, "of") {
				return false
			}
		default:
			return false
		}
		i = h
	}
	return false
}

// aided tells that whoever stands at token i is he whom a verb below that of trigger t helps, which is what the deed is for: "invaded to prop up the king" does not
// say that the king was invaded.
func (r *reading) aided(t *trigger, i int) bool {
	d := r.d
	v := d.Tokens[i].Head
	if v < 0 || v == t.token || r.pos(t.token) != "V" || coarse(d.Tokens[i].Relation) != "obj" || d.Tokens[v].Head != t.token || d.Tokens[v].Relation != "advcl" && d.Tokens[v].Relation != "xcomp" {
		return false
	}
	return r.aids(v)
}

// bodily are actions that are done to persons, and not to the body whose people they are.
var bodily = wordSet("kill wound shoot abduct arrest jail beat torture assassinate execute rape deport capture")

// ownerOf tells that whoever stands at token i only is whose people the object of the verb of trigger t are: "implicated the leader's former deputy", "killed the director
// of the ministry".
func (r *reading) ownerOf(t *trigger, i int) bool {
	d := r.d
	o := d.Tokens[i].Head
	if n := o; n >= 0 && coarse(d.Tokens[i].Relation) == "nmod" && r.childCase(i, "of") && bodily[t.report.Action] {
		for k := 0; k < 3 && quantities[d.Tokens[n].Lemma] && coarse(d.Tokens[n].Relation) == "nmod" && r.childCase(n, "of") && d.Tokens[n].Head >= 0; k++ {
			n = d.Tokens[n].Head // "the editor of one of the papers"
		}
		if rel := coarse(d.Tokens[n].Relation); d.Tokens[n].Head == t.token && (rel == "obj" || rel == "nsubj:pass") && !quantities[d.Tokens[n].Lemma] && (r.g.Title(strings.ToLower(d.Tokens[n].Lemma)) || d.Tokens[n].Sort == "person") {
			return slices.ContainsFunc(r.resolve(n), r.party)
		}
	}
	if o < 0 || r.pos(t.token) != "V" || d.Tokens[i].Relation != "nmod:poss" || d.Tokens[o].Head != t.token || coarse(d.Tokens[o].Relation) != "obj" && d.Tokens[o].Relation != "nsubj:pass" {
		return false
	}
	return d.Tokens[o].Sort == "person" || r.g.Title(strings.ToLower(d.Tokens[o].Lemma))
}
