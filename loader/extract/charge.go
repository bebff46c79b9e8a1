package extract

import (
	"slices"
	"strings"

	"newsgraph/news"
)

// A false accusation is not forgiven: these are the laws that charges keep beside those of all events.

// strays tells that whoever stands at token i stands in words of which the charge that trigger t tells is no part, and so neither charges nor is charged.
func (r *reading) strays(t *trigger, i int, id news.ID, role string, triggers []*trigger) bool {
	if !charges[t.report.Type] && t.report.Type != news.TypeSanction || role != string(news.Source) && role != string(news.Target) {
		return false
	}
	if e, way := r.crossed(t, i, triggers); e != nil && way == "down" && r.follows(t.token, e.token) {
		return true // "killed nine after a raid on a patrol" does not say that the patrol was killed
	}
	if r.stands(i, id) || r.dismissed(t, i) || r.helps(t, i) || r.inRelative(t, i, role) {
		return true
	}
	if role == string(news.Target) {
		return r.overBorder(t, i) || r.shielded(t, i) || r.inGrounds(t, i) || r.ofSpeaker(i, id) || r.belowGerund(t, i) || t.report.Type == news.TypeAccuse && r.sceneBefore(t, i, id) || r.blamedOn(t, i) || r.disowns(t, i) || r.inReason(t, i) || r.advisedOf(t, i) || r.blamedBeside(t, i) || r.spared(t, i) || r.unharmed(t, i) || // of words
			r.helped(t, i) || r.aided(t, i) || r.punished(t, i) || r.beset(t, i) || r.ownerOf(t, i) || r.inDenied(t, i) || // of whom else it tells
			r.accompanies(t, i) || r.meanwhile(t, i) || r.nextClause(t, i) || r.belowNext(t, i) || r.ofOther(t, i) || r.overSpeaker(t, i) // of another clause
	}
	return r.ofVictim(t, i, id) || r.mannerOfWar(t, i) || r.ofStruck(t, i) || r.onTrial(t, i) || r.onlyBacks(i) || r.onlySays(t, i) || r.fromJudge(t, i) || r.sceneBefore(t, i, id) || r.blamedOn(t, i) || r.heralds(t, i) || r.askingToo(t, i, id) || r.chargedBy(t, i) || r.notWritten(t, i) || r.topic(t, i) || // of words
		r.doneTo(t, i) || r.predicated(t, i) || r.perishes(t, i) || r.owned(t, id) || r.ofVictims(t, i) || r.befallen(t, i) || // who undergoes it
		r.onlyOwner(t, i) || r.ofBody(i, id) || r.amongThem(t, i, id) || r.backs(t, i) || // whose it is
		r.crossJoined(t, i) || r.depends(t, i) || r.inCondition(t, i) || r.inCourseOf(t, i) || r.aboveParticiple(t, i) || r.relativeTo(t, i) || r.pos(t.token) == "N" && r.foreignTo(t.token, i) // of another clause
}

// unharmed tells that whoever stands at token i undergoes something else than harm in the clause before the one in which trigger t, a noun, stands: "nine were kidnapped, and
// ten were killed in attacks".
func (r *reading) unharmed(t *trigger, i int) bool {
	d := r.d
	h := d.Tokens[t.token].Head
	if r.pos(t.token) != "N" || h < 0 || d.Tokens[h].Relation != "conj" || len(r.child(h, "nsubj", "nsubj:pass")) == 0 {
		return false
	}
	v := d.Tokens[h].Head
	return v >= 0 && r.pos(v) == "V" && r.harms(v) == "" && r.harms(h) != "" && slices.Contains(r.subjects(v, 0), r.firstOf(i))
}

// dismissed tells that whoever stands at token i turns down the suit that trigger t tells of, which is between others: "the judge dismissed the president's
// lawsuit".
func (r *reading) dismissed(t *trigger, i int) bool {
	v := r.d.Tokens[t.token].Head
	if t.report.Action != "sue" || r.pos(t.token) != "N" || v < 0 || r.pos(v) != "V" || !slices.Contains(r.senses(v), news.TypeReject) {
		return false
	}
	return slices.ContainsFunc(r.subjects(v, 0), func(c int) bool { return c == i || r.under(i, c) })
}

// blamedBeside tells that whoever stands at token i stands in a clause with what somebody else is judged for or warned of: "accused Chad of letting rebels cross
// Niger" judges neither the rebels nor Niger (CODING 37).
func (r *reading) blamedBeside(t *trigger, i int) bool {
	d := r.d
	if t.report.Type != news.TypeAccuse && t.report.Type != news.TypeThreaten || r.pos(t.token) != "V" || !r.under(i, t.token) {
		return false
	}
	clause := -1
	for k := i; k != t.token; k = d.Tokens[k].Head {
		switch d.Tokens[k].Relation {
		case "advcl", "acl", "acl:relcl", "ccomp", "xcomp":
			clause = k
		}
	}
	return clause >= 0 && slices.ContainsFunc(r.child(t.token, "obj", "nsubj:pass"), func(o int) bool {
		return o != i && !r.under(o, clause) && (r.somebody(o) || slices.ContainsFunc(r.resolve(o), r.party) ||
			r.judges(t.token) && d.Tokens[clause].Tag == "VBG" && r.childMark(clause, "of", "for") && (r.under(clause, o) || d.Tokens[clause].Head == t.token)) // "blamed the policy for ruining Chad's farms"
	})
}

// overBorder tells that token i is the state with which the border is shared at which the deed was, or a war that is fought, and no foe: "fought along the border with
// Togo", "have fought two wars".
func (r *reading) overBorder(t *trigger, i int) bool {
	if t.report.Type != news.TypeAssault {
		return false
	}
	h := r.d.Tokens[i].Head
	return r.pos(i) == "N" && !r.nameAt(i) && r.ofClass(i, "warfare") || h >= 0 && r.childCase(i, "with") && coarse(r.d.Tokens[i].Relation) == "nmod" && r.ofClass(h, "boundary")
}

// shielded tells that whoever stands at token i is he on whom the deed was that somebody fought off: "repelled an attack on a UN base".
func (r *reading) shielded(t *trigger, i int) bool {
	if t.report.Type != news.TypeAssault || r.pos(t.token) != "V" || !r.ofClass(t.token, "repelling") {
		return false
	}
	return slices.ContainsFunc(r.child(t.token, "obj"), func(o int) bool {
		return slices.ContainsFunc(append(r.child(o, "nmod"), r.child(t.token, "obl")...), func(c int) bool { return (c == i || r.under(i, c)) && r.childCase(c, "on", "against") })
	})
}

// inGrounds tells that whoever stands at token i stands in the noun phrase of what somebody is judged for, and so is not judged: "accused them of links to rebels",
// "condemned Peru for its silence on Togo".
func (r *reading) inGrounds(t *trigger, i int) bool {
	if t.report.Type != news.TypeAccuse || r.pos(t.token) != "V" || !r.judges(t.token) {
		return false
	}
	objects := r.child(t.token, "obj", "nsubj:pass")
	for k, n := i, 0; k >= 0 && k != t.token && n < 6; k, n = r.d.Tokens[k].Head, n+1 {
		if r.d.Tokens[k].Lemma == "connection" && r.childCase(k, "in") {
			return true // "charged them in connection with marches by students"
		}
	}
	return len(objects) > 0 && !slices.Contains(objects, i) && slices.ContainsFunc(r.child(t.token, "obl"), func(c int) bool {
		return (c == i || r.under(i, c)) && (r.childCase(c, "of", "for", "over") || r.childCase(c, "with") && r.d.Tokens[t.token].Lemma == "charge") && !slices.ContainsFunc(objects, func(o int) bool { return shared(r.resolve(o), r.resolve(i)) || r.under(i, o) })
	})
}

// meanwhile tells that whoever stands at token i is the subject or the object of a clause that trigger t's own clause with a subject of its own only accompanies:
// "two were killed, as the army kept up its assault", "Chad recalled its envoy, while crowds in Lima burned a bus".
func (r *reading) meanwhile(t *trigger, i int) bool {
	d := r.d
	if rel := d.Tokens[i].Relation; !subjectOf(rel) && rel != "obj" || d.Tokens[i].Head < 0 || r.under(t.token, i) {
		return false
	}
	k := t.token
	for n := 0; n < 6 && k >= 0 && d.Tokens[k].Head != d.Tokens[i].Head; n++ {
		k = d.Tokens[k].Head
	}
	if k < 0 || d.Tokens[k].Head != d.Tokens[i].Head || d.Tokens[k].Relation != "advcl" || len(r.child(k, "nsubj", "nsubj:pass")) == 0 {
		return false
	}
	return r.marked(k, "beside")
}

// depends tells that trigger t is a noun that is the subject of a clause on which what another clause tells depends, or which tells only when that is, and that
// whoever stands at token i stands outside that clause: "Chad will leave the talks if the fighting goes on" does not say that Chad fights.
func (r *reading) depends(t *trigger, i int) bool {
	d := r.d
	k := d.Tokens[t.token].Head
	if r.pos(t.token) != "N" || k < 0 || !subjectOf(d.Tokens[t.token].Relation) || d.Tokens[k].Relation != "advcl" || r.under(i, k) {
		return false
	}
	return r.marked(k, "beside") || r.childMark(k, "if", "unless", "until")
}

// nobodyAt tells that token i says that nobody does it: "no group claimed the attack", "none of the gangs did".
func (r *reading) nobodyAt(i int) bool {
	d := r.d
	if h := d.Tokens[i].Head; h >= 0 && coarse(d.Tokens[i].Relation) == "nmod" && (strings.EqualFold(d.Word(h), "none") || strings.EqualFold(d.Word(h), "neither")) {
		return true
	}
	return slices.ContainsFunc(r.child(i, "det"), func(c int) bool { return strings.EqualFold(d.Word(c), "no") || strings.EqualFold(d.Word(c), "neither") })
}

// ofStruck tells that token i is what the deed was done to of which the noun before it tells, and that trigger t is the harm that the deed did, told in a clause
// that the tree takes for one about token i: "attacks on soldiers that have claimed nine lives", "the bombing of a ferry that killed nine".
func (r *reading) ofStruck(t *trigger, i int) bool {
	d := r.d
	v := r.firstOf(t.token)
	h := d.Tokens[v].Head
	if t.report.Type != news.TypeAssault || r.pos(t.token) != "V" || d.Tokens[v].Relation != "acl:relcl" || h < 0 || i != h && !r.under(i, h) && !shared(r.resolve(i), r.resolve(h)) {
		return false
	}
	if own := r.child(v, "nsubj"); len(own) == 0 || !r.relative(own[0]) || strings.EqualFold(d.Word(own[0]), "who") {
		return false
	}
	n := d.Tokens[r.holding(h)].Head
	if n < 0 || n > h || r.pos(n) != "N" || coarse(d.Tokens[r.holding(h)].Relation) != "nmod" || !slices.Contains(r.senses(n), news.TypeAssault) {
		return false
	}
	return r.childCase(r.holding(h), "on", "against") || r.childCase(r.holding(h), "of") && r.g.Noun(strings.ToLower(d.Tokens[h].Lemma)).Kind != news.Group && !r.nameAt(h)
}

// ofVictim tells that whoever stands at token i, after an of, undergoes what the noun tells that trigger t is: "the murder of Ruiz", "the assault of a detainee".
func (r *reading) ofVictim(t *trigger, i int, id news.ID) bool {
	who := r.holding(i)
	if r.pos(t.token) != "N" || r.d.Tokens[who].Head != t.token || coarse(r.d.Tokens[who].Relation) != "nmod" || !r.childCase(who, "of") || t.report.Type != news.TypeAssault && t.report.Type != news.TypeCoerce {
		return false
	}
	return r.ofClass(t.token, "undergone") || r.d.Tokens[t.token].Lemma == "assault" && r.kind(id) == news.Person
}

// mannerOfWar tells that the noun at token i only says of which manner the war is that trigger t tells: "a guerrilla war with Togo".
func (r *reading) mannerOfWar(t *trigger, i int) bool {
	d := r.d
	return r.pos(t.token) == "N" && r.ofClass(t.token, "warfare") && d.Tokens[i].Head == t.token && coarse(d.Tokens[i].Relation) == "compound" && d.Tokens[i].Tag == "NN" && r.ofClass(i, "outlaw")
}

// onTrial tells that whoever stands at token i is on trial by the noun that trigger t is, or is who was killed: "the Lund murder trial", "Peru's trial".
func (r *reading) onTrial(t *trigger, i int) bool {
	if t.report.Type != news.TypeAccuse || r.d.Tokens[t.token].Lemma != "trial" || r.pos(t.token) != "N" {
		return false
	}
	rel := coarse(r.d.Tokens[i].Relation)
	return r.d.Tokens[i].Head == t.token && (rel == "compound" || rel == "nmod:poss" || rel == "nmod" && r.childWord(i, "of"))
}

// onlyBacks tells that whoever stands at token i only backs or pays what another does: "a UN-backed inquiry", "the Peru-funded militia".
func (r *reading) onlyBacks(i int) bool {
	h := r.d.Tokens[i].Head
	return h > i+1 && r.d.Word(h-1) == "-" && (r.d.Tokens[h].Tag == "VBN" || r.d.Tokens[h].Tag == "JJ") && r.d.Tokens[h].Relation == "amod" && r.ofClass(h, "backing")
}

// onlySays tells that trigger t is a gerund, and that whoever stands at token i only says what its clause tells, or what is told of it: "a bomb tore through a bus,
// police say, killing nine", "Khan said expelling them would solve nothing".
func (r *reading) onlySays(t *trigger, i int) bool {
	d := r.d
	v, rel := d.Tokens[t.token].Head, d.Tokens[t.token].Relation
	if d.Tokens[t.token].Tag != "VBG" || v < 0 {
		return false
	}
	says := sayVerbs[d.Tokens[v].Lemma]
	switch {
	case rel == "advcl":
		return says && !wordActs[t.report.Type] && len(r.child(t.token, "mark")) == 0 && slices.ContainsFunc(r.subjects(v, 0), func(c int) bool { return c == i || r.under(i, c) })
	case r.under(i, t.token), len(r.child(t.token, "aux")) > 0:
		return false
	case rel == "xcomp", rel == "ccomp":
		return says && d.Tokens[v].Lemma != "report" // "reported killing nine"
	}
	return (rel == "csubj" || subjectOf(rel)) && !r.under(i, v)
}

// aboveParticiple tells that trigger t is a participle that says what was done to the noun that it stands by, and that token i does not stand in its phrase:
// in "troops died in attacks blamed on rebels" nobody is said to blame them (CODING 10).
func (r *reading) aboveParticiple(t *trigger, i int) bool {
	k := r.d.Tokens[t.token]
	if h := k.Head; h >= 0 && r.d.Tokens[h].Relation == "obj" && r.d.Tokens[h].Head >= 0 && r.ofClass(r.d.Tokens[h].Head, "commissioning") {
		return false // "had two drivers arrested"
	}
	joined := k.Relation == "conj" && k.Head >= 0 && r.pos(k.Head) == "N" && len(r.child(t.token, "obj", "nsubj", "ccomp", "xcomp")) == 0 // "were among the nine men arrested"
	return (k.Tag == "VBN" && k.Relation == "acl" || joined && (k.Tag == "VBN" || k.Tag == "VBD")) && len(r.child(t.token, "aux", "aux:pass")) == 0 && !r.under(i, t.token)
}

// perishes tells that whoever stands at token i dies, or is hurt, in what trigger t tells or in what it is told of: "nine died in the attack", "a clerk wounded in the
// blast that killed two".
func (r *reading) perishes(t *trigger, i int) bool {
	d := r.d
	if t.report.Type != news.TypeAssault {
		return false
	}
	below := t.token
	for v, n := d.Tokens[below].Head, 0; v >= 0 && v != i && n < 6; v, n = d.Tokens[v].Head, n+1 {
		if rel := coarse(d.Tokens[below].Relation); r.pos(v) == "V" && ((r.pos(t.token) == "N" || d.Tokens[t.token].Tag == "VBG" && r.childMark(t.token, "in", "during")) && t.token == below || r.pos(below) == "N" && (rel == "obl" || rel == "obl:agent" || rel == "nmod")) {
			undergone := r.passive(v, d.Sentences[r.sentenceOf[v]]) || len(r.child(v, "aux", "obj")) == 0 && (d.Tokens[v].Tag == "VBN" || r.predicate("harming", d.Tokens[v].Lemma)) // nobody wounds and names nobody
			if (dying[d.Tokens[v].Lemma] || undergone && (r.predicate("harming", d.Tokens[v].Lemma) || slices.Contains(r.senses(v), news.TypeAssault))) && slices.Contains(r.subjects(v, 0), i) {
				return true
			}
		}
		below = v
	}
	return false
}

// advisedOf tells that whoever stands at token i stands in the clause of what somebody warns against, and is no one whom he warns: "warned against using Chad as a
// base".
func (r *reading) advisedOf(t *trigger, i int) bool {
	return r.ofClass(t.token, "warning") && slices.ContainsFunc(r.child(t.token, "advcl"), func(c int) bool { return r.childMark(c, "against") && r.under(i, c) })
}

// owned tells that an entity is only whose abduction, murder or arrest the noun tells that trigger t is: he undergoes it, unless an of-phrase tells whom else it
// befell. "The envoy's kidnapping", "Ruiz said her detention was unlawful".
func (r *reading) owned(t *trigger, id news.ID) bool {
	d := r.d
	if r.pos(t.token) != "N" || !r.ofClass(t.token, "undergone") {
		return false
	}
	first := t.token
	for n := 0; n < 4 && d.Tokens[first].Relation == "conj" && d.Tokens[first].Head >= 0 && r.pos(d.Tokens[first].Head) == "N"; n++ {
		first = d.Tokens[first].Head // "her abduction and murder"
	}
	whose := r.child(t.token, "nmod:poss")
	if first != t.token {
		whose = append(whose, r.child(first, "nmod:poss")...)
	}
	if !slices.ContainsFunc(whose, func(k int) bool {
		return slices.ContainsFunc(r.joined(k), func(k int) bool { return slices.Contains(r.resolve(k), id) })
	}) {
		return false
	}
	return !slices.ContainsFunc(r.joined(first), func(k int) bool {
		return slices.ContainsFunc(r.child(k, "nmod", "obl"), func(c int) bool { return r.childWord(c, "of", "against") })
	})
}

// heralds tells that whoever stands at token i warns his own people, or nobody, of what the noun tells that trigger t is, which he does not do: "warned its citizens
// of attacks in Mali".
func (r *reading) heralds(t *trigger, i int) bool {
	d := r.d
	v := d.Tokens[t.token].Head
	if v >= 0 && d.Tokens[t.token].Relation == "nmod" && d.Tokens[v].Relation == "obj" {
		v = d.Tokens[v].Head // hung on whom he warns
	}
	if r.pos(t.token) != "N" || v < 0 || r.pos(v) != "V" || !r.ofClass(v, "warning") || r.under(i, t.token) {
		return false
	}
	if !slices.Contains(r.subjects(v, 0), i) && !slices.ContainsFunc(r.subjects(v, 0), func(c int) bool { return shared(r.resolve(c), r.resolve(i)) }) {
		return false
	}
	objects := r.child(v, "obj")
	return !slices.ContainsFunc(objects, func(o int) bool { return !r.ownPeople(v, o) })
}

// ownPeople tells that the object at token o of a verb are people of whoever is its subject: "its citizens", "Norway ... Norwegians".
func (r *reading) ownPeople(v, o int) bool {
	for _, c := range r.child(o, "nmod:poss") {
		if r.d.Tokens[c].Tag == "PRP$" {
			return true
		}
	}
	return slices.ContainsFunc(r.subjects(v, 0), func(s int) bool {
		return slices.ContainsFunc(r.resolve(s), func(a news.ID) bool {
			return slices.ContainsFunc(r.resolve(o), func(b news.ID) bool {
				from, to := r.entities[a], r.entities[b]
				return to.Kind == news.Group && to.Country != "" && (to.Country == from.ISO3 || to.Country == from.Country)
			})
		})
	})
}

// askingToo tells that the pronoun at token i, of a clause below what somebody is asked to do, is taken for who asks it, who does not speak of himself so: "urged
// Chad to stop arming the rebels because they kill farmers".
func (r *reading) askingToo(t *trigger, i int, id news.ID) bool {
	d := r.d
	if d.Tokens[i].Tag != "PRP" || !subjectOf(d.Tokens[i].Relation) || !strings.EqualFold(d.Word(i), "they") {
		return false
	}
	for k, n := d.Tokens[i].Head, 0; k >= 0 && n < 8; k, n = d.Tokens[k].Head, n+1 {
		if k != t.token && r.pos(k) == "V" && slices.Contains(r.senses(k), news.TypeRequest) && slices.ContainsFunc(r.subjects(k, 0), func(c int) bool { return slices.Contains(r.resolve(c), id) }) {
			return true
		}
	}
	return false
}

// doneTo tells that whoever stands at token i is the subject of the verb that trigger t is, which tells what was done to him, or of a judgement upon him: "Khan was
// never charged", "with nine soldiers killed", "Chad is responsible for the raid".
func (r *reading) doneTo(t *trigger, i int) bool {
	d := r.d
	if h := d.Tokens[t.token].Head; h >= 0 && d.Tokens[t.token].Relation == "conj" && r.pos(t.token) == "V" && len(r.child(t.token, "nsubj")) == 0 && r.passive(t.token, d.Sentences[r.sentenceOf[t.token]]) &&
		slices.ContainsFunc(r.subjects(h, 0), func(c int) bool { return c == i || r.under(i, c) }) {
		return true // "was bound and shot"
	}
	if !subjectOf(d.Tokens[i].Relation) || d.Tokens[i].Head != t.token || t.wording.pattern.roles["subj"] == news.Source && t.report.Type != news.TypeAccuse && len(t.wording.pattern.words) > 1 {
		return false
	}
	switch r.pos(t.token) {
	case "V":
		return d.Tokens[i].Relation == "nsubj:pass" && len(r.child(t.token, "aux:pass")) > 0 || r.predicate("harming", d.Tokens[t.token].Lemma) && len(r.child(t.token, "obj", "aux", "conj")) == 0 && d.Tokens[t.token].Tag == "VBN"
	case "J":
		return t.report.Type == news.TypeAccuse && len(r.child(t.token, "cop")) > 0 && d.Tokens[t.token].Lemma == "responsible"
	}
	return false
}

// befallen tells that whoever stands at token i stands in the phrase of what the noun that trigger t is is done to, or is about, and has no part in doing it: "the attack
// on the village of San Marino", "charges of violence by soldiers".
func (r *reading) befallen(t *trigger, i int) bool {
	d := r.d
	if r.pos(t.token) != "N" || !r.under(i, t.token) {
		return false
	}
	below, led := i, false
	for n := 0; d.Tokens[below].Head != t.token && n < 6; n++ {
		led = led || d.Tokens[below].Relation == "acl" && d.Tokens[below].Tag == "VBN" // "the crackdown on marches led by monks"
		below = d.Tokens[below].Head
	}
	if below == i && t.report.Type == news.TypeAccuse && r.childCase(i, "by") && !r.somebodyOf(t.token, i) {
		return slices.ContainsFunc(r.child(t.token, "nmod"), func(c int) bool { return c < i && r.childCase(c, "of") }) // "allegations of abuse by guards" leaves open who alleges it
	}
	if below == i || d.Tokens[below].Head != t.token || coarse(d.Tokens[below].Relation) != "nmod" {
		return false
	}
	switch {
	case r.childWord(below, "on"), r.childWord(below, "against"):
		return led || !r.childWord(i, "by")
	case r.childWord(below, "of"):
		return t.report.Type == news.TypeAccuse && r.childWord(i, "by") && len(r.wordings(below)) > 0
	}
	return false
}

// somebodyOf tells that what the noun at token k is of, before token i, is a party: in "condemnation of Chad by Togo" Togo condemns.
func (r *reading) somebodyOf(k, i int) bool {
	return slices.ContainsFunc(r.child(k, "nmod"), func(c int) bool { return c < i && r.childCase(c, "of") && slices.ContainsFunc(r.resolve(c), r.party) })
}

// amongThem tells that the state or place at token i is only where those fight each other of whose fight trigger t tells: "Chad's civil war", "the Iraqi insurgency".
func (r *reading) amongThem(t *trigger, i int, id news.ID) bool {
	d := r.d
	for _, c := range r.child(t.token, "nmod:poss") {
		if c != i && d.Tokens[c].Tag == "PRP$" && slices.Contains(r.resolve(c), id) {
			return r.amongThem(t, c, id) // "Peru bought them during its civil war"
		}
	}
	if k := r.kind(id); t.report.Type != news.TypeAssault || r.pos(t.token) != "N" || k != news.State && k != news.Kind(news.Place) || d.Tokens[i].Head != t.token || len(r.standing(t.token, "against")) > 0 {
		return false
	}
	switch coarse(d.Tokens[i].Relation) {
	case "nmod:poss", "amod", "compound":
		return r.ofClass(t.token, "insurrection") || slices.ContainsFunc(r.child(t.token, "amod", "compound"), func(c int) bool { return c != i && r.ofClass(c, "internal") })
	}
	return false
}

// topic tells that the state at token i only says what the inquiry that the noun tells that trigger t is looks into: "the Iraq inquiry".
func (r *reading) topic(t *trigger, i int) bool {
	m := r.at[i]
	return t.report.Action == "investigate" && r.pos(t.token) == "N" && r.d.Tokens[i].Head == t.token && r.d.Tokens[i].Relation == "compound" && m != nil && m.form != news.FormAdjective && r.kind(m.entity) == news.State
}

// inCondition tells that whoever stands at token i is the subject of a condition or a reason in which trigger t does not stand: "threatened to leave if Chad barred
// voters, to protest".
func (r *reading) inCondition(t *trigger, i int) bool {
	d := r.d
	v := d.Tokens[i].Head
	if v < 0 || !subjectOf(d.Tokens[i].Relation) || r.pos(v) != "V" || d.Tokens[v].Relation != "advcl" || v == t.token || r.under(t.token, v) {
		return false
	}
	return r.childMark(v, "if", "unless", "because")
}

// backs tells that whoever stands at token i, outside the phrase of the noun that trigger t is, only helps or backs those whose deed that is: "pledged support for
// the army's war on rebels".
func (r *reading) backs(t *trigger, i int) bool {
	d := r.d
	n := d.Tokens[t.token].Head
	if r.pos(t.token) != "N" || n < 0 || r.under(i, t.token) || coarse(d.Tokens[t.token].Relation) != "nmod" || !r.ofClass(n, "helping") {
		return false
	}
	return r.childWord(t.token, "for", "to", "in")
}

// helps tells that whoever stands at token i stands in a phrase with a noun of helping: "shelled Kabo with Chadian air support" shells no Chad, nor does Chad
// shell by these words.
func (r *reading) helps(t *trigger, i int) bool {
	for n := 0; i >= 0 && i != t.token && n < 4; n++ {
		if r.ofClass(i, "helping") {
			return r.childCase(i, "with", "without", "under")
		}
		switch coarse(r.d.Tokens[i].Relation) {
		case "amod", "compound", "nmod", "nmod:poss", "conj":
			i = r.d.Tokens[i].Head
		default:
			return false
		}
	}
	return false
}

// inRelative tells that whoever stands at token i stands in a clause about another noun, which is no part of what trigger t tells: in "agreed to stop the fighting,
// ending a war that killed nine" the fighting is not told to be with the nine, nor does "condemned the deal because it leaves out Chad, whose troops fought"
// condemn the troops (CODING 39).
func (r *reading) inRelative(t *trigger, i int, role string) bool {
	d := r.d
	meet, _, _ := r.meeting(t.token, i)
	if meet < 0 {
		return false
	}
	for k, n := i, 0; k >= 0 && k != meet && n < 8; k, n = d.Tokens[k].Head, n+1 {
		of := d.Tokens[k].Head
		if d.Tokens[k].Relation != "acl:relcl" || of < 0 || of == t.token || len(r.wordings(of)) > 0 && r.under(of, t.token) {
			continue
		}
		if !r.under(of, t.token) {
			return true
		}
		return wordActs[t.report.Type] && role == string(news.Target) && d.Tokens[of].Head != t.token
	}
	return false
}

// punished tells that whoever stands at token i is held or judged for the deed that the noun tells that trigger t is, and so is not whom it was done to: "jailed two
// men for the bombing".
func (r *reading) punished(t *trigger, i int) bool {
	d := r.d
	v := d.Tokens[t.token].Head
	if r.pos(t.token) != "N" || v < 0 || r.pos(v) != "V" || d.Tokens[i].Head != v || coarse(d.Tokens[i].Relation) != "obj" && d.Tokens[i].Relation != "nsubj:pass" {
		return false
	}
	return r.childWord(t.token, "for", "over", "of", "with") &&
		slices.ContainsFunc(r.senses(v), func(typ news.EventType) bool { return charges[typ] || typ == news.TypeSanction })
}

// isHelped tells that whoever stands at token i, the subject of a verb, gets the help that the noun tells that trigger t is: "attacked Kabo with Chadian support".
func (r *reading) isHelped(t *trigger, i int) bool {
	v := r.d.Tokens[t.token].Head
	if r.pos(t.token) != "N" || !r.ofClass(t.token, "helping") || v < 0 || !slices.Contains(r.subjects(v, 0), i) {
		return false
	}
	return r.childCase(t.token, "with")
}

// helped tells that trigger t is a noun, the subject of a verb of helping, and that whoever stands at token i is helped by it: "the raids helped Chad retake Kabo"
// does not say that they hit Chad.
func (r *reading) helped(t *trigger, i int) bool {
	v := r.d.Tokens[t.token].Head
	if r.pos(t.token) != "N" || v < 0 || !subjectOf(r.d.Tokens[t.token].Relation) || r.pos(v) != "V" || !r.under(i, v) || r.under(i, t.token) || len(r.child(v, "aux:pass")) > 0 {
		return false
	}
	return r.aids(v)
}

// aids tells that a sense of the verb at token v is to help.
func (r *reading) aids(v int) bool {
	return overlap(r.senses(v), []news.EventType{news.TypeAid, news.TypeSupport})
}

// nextClause tells that whoever stands at token i is the subject of a clause that is joined to the one in which trigger t stands, or to the one in which that is said or is what its
// verb is for: "fired shots to push back the crowd, and nine were killed" does not push back the nine.
func (r *reading) nextClause(t *trigger, i int) bool {
	d := r.d
	h := d.Tokens[i].Head
	if h < 0 || i < t.token || !subjectOf(d.Tokens[i].Relation) || d.Tokens[h].Relation != "conj" {
		return false
	}
	for v, n := t.token, 0; n < 4 && v >= 0 && r.pos(v) == "V"; v, n = d.Tokens[v].Head, n+1 {
		if d.Tokens[h].Head == v && h > v && len(r.child(v, "nsubj", "nsubj:pass")) > 0 {
			return true
		}
		if rel := d.Tokens[v].Relation; rel != "xcomp" && rel != "advcl" && rel != "ccomp" {
			return false
		}
	}
	return false
}

// spared tells that whoever stands at token i is the subject of the passive condition of a threat, which asks something for him: "threatened to use force unless Ruiz
// was freed".
func (r *reading) spared(t *trigger, i int) bool {
	d := r.d
	v := d.Tokens[i].Head
	if t.report.Type != news.TypeThreaten || v < 0 || d.Tokens[i].Relation != "nsubj:pass" || !r.under(v, t.token) {
		return false
	}
	return r.childMark(v, "if", "unless")
}

// ofOther tells that whoever stands at token i is the object or the subject of a verb that stands neither above nor below the verb that trigger t is: "said soldiers
// had burned stalls and condemned the governor" does not say that the governor was burned.
func (r *reading) ofOther(t *trigger, i int) bool {
	d := r.d
	for n := 0; n < 6 && (d.Tokens[i].Relation == "conj" || strings.HasPrefix(d.Tokens[i].Relation, "nmod")) && d.Tokens[i].Head >= 0 && r.pos(d.Tokens[i].Head) == "N"; n++ {
		i = d.Tokens[i].Head
	}
	h := d.Tokens[i].Head
	return h >= 0 && r.pos(t.token) == "V" && (d.Tokens[i].Relation == "obj" || subjectOf(d.Tokens[i].Relation)) && r.pos(h) == "V" && h != t.token && !r.under(h, t.token) && !r.under(t.token, h)
}

// belowNext tells that whoever stands at token i stands in a clause below a verb that is joined to the verb that trigger t is: "warned of raids and denied that
// Chad had let them happen" does not warn Chad.
func (r *reading) belowNext(t *trigger, i int) bool {
	d := r.d
	below := false
	for k, n := i, 0; r.pos(t.token) == "V" && k >= 0 && k != t.token && n < 10; k, n = d.Tokens[k].Head, n+1 {
		switch rel := d.Tokens[k].Relation; {
		case rel == "ccomp" || rel == "acl:relcl" || rel == "advcl":
			below = true
		case rel == "conj" && d.Tokens[k].Head == t.token && r.pos(k) == "V":
			return below
		}
	}
	return false
}

// beset tells that the noun that trigger t is says under what others are, and that whoever stands at token i is none of those: "in support of farmers under siege
// by rebels" besieges no others than farmers.
func (r *reading) beset(t *trigger, i int) bool {
	n := r.d.Tokens[t.token].Head
	if r.pos(t.token) != "N" || n < 0 || r.pos(n) != "N" || coarse(r.d.Tokens[t.token].Relation) != "nmod" || !r.childWord(t.token, "under") {
		return false
	}
	return i != n && !r.under(i, n)
}

// crossJoined tells that whoever stands at token i, after the verb that trigger t is, was joined to a subject before it: in "Chad blamed Mali for the murder of a
// banker and his daughter" the daughter blames nobody.
func (r *reading) crossJoined(t *trigger, i int) bool {
	d := r.d
	if h := d.Tokens[i].Head; h >= 0 && d.Tokens[i].Relation == "conj" && r.pos(t.token) == "N" && slices.ContainsFunc(r.child(h, "nmod"), func(c int) bool { return h < c && c < i && r.childCase(c, "against", "on") }) {
		return true // "attacks by rebels against Chad, Togo and Malian soldiers"
	}
	k := i
	for n := 0; n < 6 && (d.Tokens[k].Relation == "conj" || d.Tokens[k].Relation == "appos") && d.Tokens[k].Head >= 0; n++ {
		k = d.Tokens[k].Head
	}
	return k != i && r.pos(t.token) == "V" && subjectOf(d.Tokens[k].Relation) && d.Tokens[k].Head == t.token && k < t.token && i > t.token
}

// ofVictims tells that token i is a pronoun for those whose people undergo what the verb tells that trigger t is: "five of their guards were killed", "accused
// Chad of killing its men".
func (r *reading) ofVictims(t *trigger, i int) bool {
	d := r.d
	if d.Tokens[i].Tag != "PRP$" || t.report.Type == news.TypeAccuse {
		return false
	}
	for n := 0; n < 4 && d.Tokens[i].Head >= 0 && d.Tokens[i].Head != t.token; n++ {
		if r.pos(d.Tokens[i].Head) != "N" {
			i = d.Tokens[i].Head
			break
		}
		i = d.Tokens[i].Head
	}
	return d.Tokens[i].Head == t.token && (d.Tokens[i].Relation == "nsubj:pass" || d.Tokens[i].Relation == "obj" && r.pos(t.token) == "V")
}

// chargedBy tells that trigger t is the gerund of what somebody is charged with, and that whoever stands at token i is not he who is charged: "the army accused
// Chad of threatening ships".
func (r *reading) chargedBy(t *trigger, i int) bool {
	d := r.d
	v := d.Tokens[t.token].Head
	if d.Tokens[t.token].Tag != "VBG" || v < 0 || d.Tokens[t.token].Relation != "advcl" || !r.judges(v) || r.under(i, t.token) || !r.childMark(t.token, "of", "for") {
		return false
	}
	charged := r.child(v, "obj")
	if r.passive(v, d.Sentences[r.sentenceOf[v]]) {
		charged = r.subjects(v, 0)
	}
	return len(charged) > 0 && !slices.ContainsFunc(charged, func(o int) bool { return i == o || r.under(i, o) })
}

// childMark tells that one of the words marks the clause of the verb at token i.
func (r *reading) childMark(i int, words ...string) bool {
	return slices.ContainsFunc(r.child(i, "mark"), func(c int) bool { return slices.Contains(words, strings.ToLower(r.d.Word(c))) })
}

// notWritten tells that trigger t is a participle that says what words tell which whoever stands at token i only got, or would not have: "blocked a statement
// condemning the coup", "got an email from rebels threatening to strike".
func (r *reading) notWritten(t *trigger, i int) bool {
	d := r.d
	g := t.token
	for n := 0; n < 2 && d.Tokens[g].Relation == "xcomp" && d.Tokens[g].Head >= 0; n++ {
		g = d.Tokens[g].Head // "threatening to blow it up"
	}
	if g == 0 || d.Tokens[g].Tag != "VBG" || len(r.child(g, "nsubj", "mark")) > 0 || d.Tokens[g].Head < 0 || d.Word(g-1) == "," {
		return false
	}
	v := d.Tokens[g].Head
	if d.Tokens[g].Relation == "acl" {
		v = d.Tokens[v].Head
	}
	if v < 0 || v > g || !r.ofClass(v, "receiving") || !slices.ContainsFunc(r.child(v, "obj"), func(o int) bool { return o < g && r.ofClass(o, "utterance") }) {
		return false
	}
	return !slices.ContainsFunc(r.child(v, "obj"), func(o int) bool { return r.under(i, o) })
}
