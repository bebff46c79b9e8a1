package extract

import (
	"slices"
	"strings"

	"newsgraph/news"
)

// The hard laws: who can have no part, or not that role, in what a trigger tells, however likely what was learnt takes it to be.

// barred tells that a hard law keeps who stands at token i out of a role.
func (r *reading) barred(t *trigger, i int, id news.ID, role string, triggers []*trigger) bool {
	if role == string(news.Source) && charges[t.report.Type] && r.nobodyAt(i) {
		return true
	}
	if !r.may(t, id, role) || r.ofBuilding(i, id) || r.ofMission(i) || role == string(news.Source) && r.message(i) && local(id) || r.cited(i) || r.ofOccasion(t, i) || r.modifies(t.report.Type, i, id, role) || r.apart(t, i, id, role, triggers) {
		return true
	}
	if role == string(news.Source) && slices.Contains(r.answerable(t.token), i) {
		return false
	}
	if r.strays(t, i, id, role, triggers) || r.neighbouring(t, i, role) {
		return true
	}
	switch role {
	case news.Place:
		return r.describes(i) || r.meanwhile(t, i) || r.partyAbove(t, i) || r.helps(t, i) || r.betweenThem(t, i) || r.anothers(t, i, triggers) || r.elsewhere(t, i) || r.pressRoom(t, i) || r.holdsPlace(t.token) && r.besides(t, i)
	case string(news.Source):
		return r.atMeeting(t, i, triggers) || r.outside(t, i) || r.childCase(r.holding(i), "outside", "near", "opposite", "inside") || r.abovePurpose(t, i) || r.besideAgent(t, i) || r.obliged(t, id) || r.isHelped(t, i) || r.plotted(t, i) || r.condemns(t, i) || r.asks(t, i) || r.leftBehind(t, i) || r.besides(t, i) || r.inObject(t, i)
	case string(news.Target):
		if r.harmedToo(t.token, i) {
			return false
		}
		return r.nextClause(t, i) || r.belowNext(t, i) || r.atMeeting(t, i, triggers) || r.honour(t, i) || r.willing(t, i) || r.favoured(t, i) || r.proclaimed(t, i) || r.conveyed(t, i) || r.likened(t, i) || r.inUtterance(t, i) || r.comesFrom(t, i) || r.agentBelow(t, i) || r.bereft(t, i) || r.opposed(t, i) || r.announces(t, i) || r.undergoes(t, i) || r.nextObject(t, i) || r.sent(t, i) || r.asks(t, i) || r.leftBehind(t, i) || r.besides(t, i)
	}
	return r.asks(t, i) || r.leftBehind(t, i) || r.besides(t, i) || r.nextObject(t, i) || r.answered(t.token) && !r.under(i, t.token)
}

// ofBuilding tells that the person at token i only gives a building or a street its name: "a bomb hit Lund hospital".
func (r *reading) ofBuilding(i int, id news.ID) bool {
	h := r.d.Tokens[i].Head
	return r.kind(id) == news.Person && h > i && coarse(r.d.Tokens[i].Relation) == "compound" && r.nameAt(i) && r.ofClass(h, "establishment")
}

// ofMission tells that whoever stands at token i only says whose a building is that stands for its own part in what trigger t tells: "attacked the embassies of Chad and Niger".
func (r *reading) ofMission(i int) bool {
	k := r.firstOf(i)
	h := r.d.Tokens[k].Head
	return h >= 0 && h < k && r.d.Tokens[k].Relation == "nmod" && r.childCase(k, "of") && r.ofClass(h, "mission") && r.at[h] != nil
}

// inObject tells that the common noun at token i only says of which sort the object of the verb is that trigger t is: "sent police reinforcements".
func (r *reading) inObject(t *trigger, i int) bool {
	d := r.d
	o := d.Tokens[i].Head
	return d.Tokens[i].Tag == "NN" && coarse(d.Tokens[i].Relation) == "compound" && o > i && d.Tokens[o].Relation == "obj" && d.Tokens[o].Head == t.token && r.pos(t.token) == "V"
}

// abovePurpose tells that whoever stands at token i is the object of the verb for whose purpose trigger t stands, which its subject does: "summoned the envoy to demand an
// apology". Whom somebody asks or forces to do something does it.
func (r *reading) abovePurpose(t *trigger, i int) bool {
	d := r.d
	v := d.Tokens[t.token].Head
	who := r.holding(i)
	if v < 0 || d.Tokens[t.token].Tag != "VB" || d.Tokens[t.token].Relation != "advcl" || !r.childMark(t.token, "to") || d.Tokens[who].Head != v || coarse(d.Tokens[who].Relation) != "obj" && d.Tokens[who].Relation != "iobj" {
		return false
	}
	return len(r.subjects(v, 0)) > 0 && (wordActs[t.report.Type] || t.report.Type == news.TypeProtest) && r.ofClass(v, "summoning")
}

// besideAgent tells that the verb that trigger t is, in the passive, tells by whom it is done, and that whoever stands at token i is not he: in "the raid will be condemned
// by history, an Iraqi lawmaker said" neither Iraq nor the lawmaker condemns.
func (r *reading) besideAgent(t *trigger, i int) bool {
	d := r.d
	if r.pos(t.token) != "V" || !r.passive(t.token, d.Sentences[r.sentenceOf[t.token]]) {
		return false
	}
	told := slices.DeleteFunc(r.child(t.token, "obl:agent"), func(c int) bool {
		return c < t.token || d.Tokens[c].Sort == "time" || r.pos(c) == "V" || len(r.wordings(c)) > 0
	})
	if len(told) == 0 || i > t.token && (r.childWord(i, "by") || r.childWord(r.holding(i), "by")) {
		return false // "by Peru as a crime and by Chile as murder"
	}
	return !slices.ContainsFunc(told, func(c int) bool { return c == i || r.under(i, c) })
}

// atMeeting tells that whoever stands at token i takes part in a meeting or a visit at which, or before or after which, what trigger t tells was done: "condemned
// the raid in a call with Ruiz" does not judge Ruiz, nor did he take part in "agreed to free them during a visit by Ruiz" (CODING 39). Who is asked, warned or
// promised something at a meeting is he with whom it is.
func (r *reading) atMeeting(t *trigger, i int, triggers []*trigger) bool {
	d := r.d
	e, way := r.crossed(t, i, triggers)
	if e == nil || way != "down" || r.pos(e.token) != "N" || e.report.Type != news.TypeConsult && e.report.Type != news.TypeVisit {
		return false
	}
	switch t.report.Type {
	case news.TypeConsult, news.TypeVisit:
		return false
	case news.TypeAccuse:
	case news.TypeAgree, news.TypeCooperate:
		if e.report.Type == news.TypeConsult && len(t.args["subj"]) < 2 {
			return false // whom one agrees with may be at the table
		}
	default:
		if wordActs[t.report.Type] && e.report.Type == news.TypeConsult {
			return false
		}
	}
	return coarse(d.Tokens[e.token].Relation) == "obl" && slices.ContainsFunc(r.child(e.token, "case", "mark"), func(c int) bool { return meeting[strings.ToLower(d.Word(c))] })
}

// meeting are prepositions for at, before or after which meeting something is done.
var meeting = wordSet("during in at after before following ahead amid since despite")

// honour tells that the noun at token i is the office or the honour that the verb of trigger t gives somebody: "declared Ruiz the winner".
func (r *reading) honour(t *trigger, i int) bool {
	if t.report.Type != news.TypeAppoint || r.pos(t.token) != "V" || r.d.Tokens[i].Relation != "obj" || r.d.Tokens[i].Head != t.token {
		return false
	}
	k := r.appointee(t.token, i)
	return k >= 0 && k != i
}

// harmedToo tells that whoever stands at token i is killed or hurt by a verb joined after that at token v, which tells another outcome of the same deed: "killed two
// and wounded nine", "one was killed and two were injured" (CODING 1).
func (r *reading) harmedToo(v, i int) bool {
	h := r.d.Tokens[i].Head
	if h <= v || !r.predicate("harming", r.d.Tokens[v].Lemma) || !r.predicate("harming", r.d.Tokens[h].Lemma) || r.pos(v) != "V" || r.pos(h) != "V" {
		return false
	}
	if rel := coarse(r.d.Tokens[i].Relation); rel != "obj" && rel != "nsubj:pass" || (rel == "obj") == r.passive(v, r.d.Sentences[r.sentenceOf[v]]) {
		return false
	}
	return slices.Contains(r.joined(v), h) || slices.Contains(r.joined(h), v)
}

// answerable are those who own up to what noun i tells, or of whom it is said that they did it: "claimed responsibility for a blast", "is responsible for the raid".
// Who accepts responsibility need not have done it.
func (r *reading) answerable(i int) []int {
	d := r.d
	h := d.Tokens[i].Head
	if who := r.accusedOf(i); len(who) > 0 {
		return who
	}
	if who := r.condemnedFor(i); len(who) > 0 {
		return who
	}
	if r.pos(i) == "N" && h >= 0 && d.Tokens[i].Relation == "obj" && d.Tokens[h].Lemma == "claim" && slices.Contains(r.senses(i), news.TypeAssault) && !r.negated(h) {
		return r.subjects(h, 0) // "claimed the attack"
	}
	if r.pos(i) != "N" || h < 0 || !r.childWord(i, "for") {
		return nil
	}
	switch {
	case d.Tokens[h].Lemma == "responsible":
		if d.Tokens[h].Relation == "xcomp" && len(r.child(d.Tokens[h].Head, "obj")) > 0 {
			return nil // "held Chad responsible" blames Chad (CODING 58)
		}
		if !slices.ContainsFunc(r.child(h, "advmod"), func(c int) bool { return negates(d.Word(c)) }) {
			return r.subjects(h, 0)
		}
	case d.Tokens[h].Lemma == "responsibility" && d.Tokens[h].Relation == "obj" && d.Tokens[h].Head >= 0:
		h = d.Tokens[h].Head
		fallthrough
	case r.pos(h) == "V" && slices.ContainsFunc(r.child(h, "obj"), func(c int) bool { return d.Tokens[c].Lemma == "responsibility" }):
		if d.Tokens[h].Lemma == "claim" && !slices.ContainsFunc(r.child(h, "advmod"), func(c int) bool { return negates(d.Word(c)) }) {
			return r.subjects(h, 0)
		}
	}
	return nil
}

func negates(word string) bool {
	switch strings.ToLower(word) {
	case "not", "n't", "n’t", "never":
		return true
	}
	return false
}

// cited tells that whoever stands at token i only says so: "backed the plan, according to Ruiz".
func (r *reading) cited(i int) bool {
	for n := 0; n < 3 && r.d.Tokens[i].Head >= 0; n++ {
		if slices.ContainsFunc(r.child(i, "case"), func(c int) bool { return strings.EqualFold(r.d.Word(c), "according") }) {
			return true
		}
		if rel := coarse(r.d.Tokens[i].Relation); rel != "compound" && rel != "flat" && rel != "nmod" && rel != "nmod:poss" && rel != "conj" && rel != "appos" {
			return false
		}
		i = r.d.Tokens[i].Head
	}
	return false
}

// ofOccasion tells that what stands at token i only says when: "on the eve of Ito's visit, Sá signed a law" (CODING 39).
func (r *reading) ofOccasion(t *trigger, i int) bool {
	for k, n := r.d.Tokens[i].Head, 0; k >= 0 && k != t.token && n < 8; k, n = r.d.Tokens[k].Head, n+1 {
		if i > k && coarse(r.d.Tokens[k].Relation) == "obl" && slices.Contains(r.g.Classes(strings.ToLower(r.d.Tokens[k].Lemma)), "occasion") {
			return !r.under(t.token, k)
		}
	}
	return false
}

// willing tells that whoever stands at token i resigns by himself, alone or with others, and so is nobody whom it is done to.
func (r *reading) willing(t *trigger, i int) bool {
	if t.report.Action != "resign" || r.pos(t.token) != "V" || r.passive(t.token, r.d.Sentences[r.sentenceOf[t.token]]) {
		return false
	}
	for n := 0; n < 6 && (r.d.Tokens[i].Relation == "conj" || r.d.Tokens[i].Relation == "nmod:desc" || r.d.Tokens[i].Relation == "compound" && r.d.Tokens[i].Tag == "NNP") && r.d.Tokens[i].Head >= 0; n++ {
		i = r.d.Tokens[i].Head
	}
	return slices.Contains(r.subjects(t.token, 0), i)
}

// proclaimed tells that whoever stands at token i only stands near a state of emergency or a curfew, which is over, on or against somebody.
func (r *reading) proclaimed(t *trigger, i int) bool {
	return t.report.Action == "emergency" && !slices.ContainsFunc(r.child(i, "case"), func(c int) bool {
		switch strings.ToLower(r.d.Word(c)) {
		case "on", "over", "against", "for":
			return true
		}
		return false
	})
}

// describes tells that the place at token i only says which person is meant: the Lagos lawyer Ada Obi, a Boston striker.
func (r *reading) describes(i int) bool {
	h := r.d.Tokens[i].Head
	switch coarse(r.d.Tokens[i].Relation) {
	case "amod", "compound":
		return h > i && (r.d.Tokens[h].Sort == "person" || r.at[h] != nil && r.kind(r.at[h].entity) == news.Person)
	}
	return false
}

// betweenThem tells that token i is one of those between whom is what the noun tells that trigger t is, and no scene: "talks between Chad and Norway".
func (r *reading) betweenThem(t *trigger, i int) bool {
	for n := 0; n < 4 && coarse(r.d.Tokens[i].Relation) == "conj" && r.d.Tokens[i].Head >= 0; n++ {
		i = r.d.Tokens[i].Head
	}
	return r.pos(t.token) == "N" && r.d.Tokens[i].Head == t.token && slices.ContainsFunc(r.child(i, "case"), func(c int) bool { return strings.EqualFold(r.d.Word(c), "between") })
}

// partyAbove tells that the state or city at token i is the subject or the object of a word-act above trigger t, and so a party and no scene: "accused Paris of arming
// rebels who killed nine".
func (r *reading) partyAbove(t *trigger, i int) bool {
	v := r.d.Tokens[i].Head
	if rel := r.d.Tokens[i].Relation; v < 0 || v == t.token || rel != "obj" && !subjectOf(rel) || r.pos(v) != "V" || !r.under(t.token, v) {
		return false
	}
	return slices.ContainsFunc(r.senses(v), func(typ news.EventType) bool { return wordActs[typ] }) || sayVerbs[r.d.Tokens[v].Lemma]
}

// nextObject tells that token i is the object of a verb joined to that of trigger t, which has one of its own, or stands by that verb: "seized a base and shot down
// a helicopter" does not seize by helicopter, "expelled the troops and turned to Chad" does not expel Chad.
func (r *reading) nextObject(t *trigger, i int) bool {
	d := r.d
	for n := 0; n < 6 && d.Tokens[i].Head >= 0 && r.pos(i) == "N" && (d.Tokens[i].Relation == "conj" || coarse(d.Tokens[i].Relation) == "compound" || coarse(d.Tokens[i].Relation) == "nmod"); n++ {
		i = d.Tokens[i].Head
	}
	v, rel := d.Tokens[i].Head, coarse(d.Tokens[i].Relation)
	if own := v > t.token && rel == "obj" && wordActs[t.report.Type] && slices.Contains(r.joined(t.token), v) && len(r.child(t.token, "obj")) == 0; own && slices.ContainsFunc(r.child(i, "nmod:poss"), func(c int) bool { return d.Tokens[c].Tag == "PRP$" }) {
		return true // "protested and recalled its envoy"
	}
	if v < 0 || v == t.token || rel != "obj" && !(rel == "obl" && v > t.token && len(r.child(v, "obj", "nsubj:pass")) == 0) || r.pos(v) != "V" || r.pos(t.token) != "V" || len(r.child(t.token, "obj")) == 0 {
		return false
	}
	return slices.Contains(r.joined(t.token), v) || slices.Contains(r.joined(v), t.token)
}

// pressRoom tells that token i is where those are who say what trigger t tells, or where they say it: "Chad shelled a camp, the ministry in Paris said", "the attack
// killed nine, he told reporters in Oslo".
func (r *reading) pressRoom(t *trigger, i int) bool {
	d := r.d
	for n := 0; i >= 0 && i != t.token && n < 6; n++ {
		h := d.Tokens[i].Head
		if h < 0 {
			return false
		}
		if subjectOf(d.Tokens[i].Relation) && n > 0 {
			return h != t.token && (sayVerbs[d.Tokens[h].Lemma] || reportVerbs[d.Tokens[h].Lemma])
		}
		rel := coarse(d.Tokens[i].Relation)
		if n > 0 && r.pos(i) == "N" && slices.ContainsFunc(r.senses(i), func(typ news.EventType) bool { return typ != news.TypeConsult }) {
			return false // "says an attack in Kano killed nine", the attack read as what is said
		}
		if (rel == "obl" || n > 0 && (rel == "obj" || rel == "iobj")) && i > h && r.toldAt(t, h) {
			return !slices.ContainsFunc(r.child(i, "case"), func(c int) bool { return d.Word(c-1) == "," })
		}
		if rel != "nmod" && rel != "compound" && rel != "conj" && rel != "appos" {
			return false
		}
		i = h
	}
	return false
}

// toldAt tells that the active verb of saying at token h tells what trigger t tells, in a clause of its own.
func (r *reading) toldAt(t *trigger, h int) bool {
	d := r.d
	if h == t.token || r.pos(h) != "V" || !sayVerbs[d.Tokens[h].Lemma] || len(r.child(h, "aux:pass", "nsubj:pass")) > 0 {
		return false
	}
	if d.Tokens[h].Relation == "parataxis" {
		return d.Tokens[h].Head == t.token || r.under(t.token, d.Tokens[h].Head) && !r.under(t.token, h)
	}
	return slices.ContainsFunc(r.child(h, "ccomp"), func(c int) bool { return c == t.token || r.under(t.token, c) })
}

// holdsPlace tells that a place hangs on the verb at token i itself.
func (r *reading) holdsPlace(i int) bool {
	return slices.ContainsFunc(r.child(i, "obj", "obl"), func(c int) bool {
		m := r.at[c]
		return m != nil && (r.kind(m.entity) == news.Kind(news.Place) || r.kind(m.entity) == news.State)
	})
}

// elsewhere tells that token i is where those who are the subject of a clause beside trigger t went to or came from: "nine were killed, and hundreds fled to
// Chad" (CODING 39).
func (r *reading) elsewhere(t *trigger, i int) bool {
	d := r.d
	way := false
	for n := 0; i >= 0 && i != t.token && n < 8; n++ {
		rel := coarse(d.Tokens[i].Relation)
		if rel == "obl" || rel == "nmod" {
			way = slices.ContainsFunc(r.child(i, "case"), func(c int) bool { return heading[strings.ToLower(d.Word(c))] })
		}
		if (rel == "conj" || rel == "parataxis") && r.pos(i) == "V" && way && (d.Tokens[i].Head == t.token || r.under(t.token, d.Tokens[i].Head)) {
			return len(r.child(i, "nsubj", "nsubj:pass")) > 0
		}
		i = d.Tokens[i].Head
	}
	return false
}

var heading = wordSet("to toward towards into from")

// condemns tells that whoever stands at token i judges the deed of trigger t, or will not: "we condemn the killing of farmers" does not say that we killed
// them, nor "Chad refused to condemn the invasion" that Chad invaded, nor "Chad blamed Niger for the raid" that Chad raided.
func (r *reading) condemns(t *trigger, i int) bool {
	v := r.d.Tokens[t.token].Head
	if r.overSpeaker(t, i) {
		return true
	}
	if rel := r.d.Tokens[t.token].Relation; r.pos(t.token) != "N" || rel != "obj" && rel != "obl" || v < 0 || rel == "obl" && r.childWord(t.token, "in") && (t.report.Type == news.TypeConsult || t.report.Type == news.TypeVisit) || !r.judges(v) && !(rel == "obj" && (r.predicate("opposing", r.d.Tokens[v].Lemma) || charges[t.report.Type] && (r.sides(v) || describing[r.d.Tokens[v].Lemma]))) {
		return false
	}
	for n := 0; n < 6 && r.d.Tokens[i].Relation == "conj" && r.d.Tokens[i].Head >= 0; n++ {
		i = r.d.Tokens[i].Head
	}
	return r.d.Tokens[i].Head == v && subjectOf(r.d.Tokens[i].Relation) || slices.Contains(r.subjects(v, 0), i)
}

// overSpeaker tells that whoever stands at token i is the subject or the object of another verb than that which judges the deed that the noun tells that trigger t is:
// "Chad blocked a text condemning the coup" and "gangs roam the streets, and she blamed a banker for the killing" say nobody's deed.
func (r *reading) overSpeaker(t *trigger, i int) bool {
	d := r.d
	v := d.Tokens[t.token].Head
	if rel := coarse(d.Tokens[t.token].Relation); !charges[t.report.Type] || r.pos(t.token) != "N" || rel != "obj" && rel != "obl" || v < 0 || r.pos(v) != "V" || !r.judges(v) || r.passive(v, d.Sentences[r.sentenceOf[v]]) {
		return false
	}
	if r.under(i, t.token) {
		return false
	}
	for n := 0; n < 6 && d.Tokens[i].Head >= 0; n++ {
		switch rel := coarse(d.Tokens[i].Relation); {
		case subjectOf(rel), rel == "obj":
			return d.Tokens[i].Head != v
		case rel == "conj" && r.pos(i) == "N", rel == "compound", rel == "amod", rel == "nmod", rel == "nmod:poss", rel == "appos":
			i = d.Tokens[i].Head
		default:
			return false
		}
	}
	return false
}

// judges tells that the vocabulary knows the verb at token v as a charge.
func (r *reading) judges(v int) bool { return slices.Contains(r.senses(v), news.TypeAccuse) }

// sides tells that the vocabulary knows the verb at token v as being for or against something: who opposed a coup, or welcomed it, did not lead it.
func (r *reading) sides(v int) bool {
	return slices.ContainsFunc(r.wordings(v), func(w wording) bool {
		return len(w.pattern.words) == 1 && (w.action.Type == news.TypeSupport || w.action.Name == "oppose" || w.action.Name == "reject")
	})
}

// describing are verbs that say what something is, which is not to do it: "called the accusations stupid".
var describing = wordSet("call describe label brand term dismiss")

// announces tells that whoever stands at token i tells or judges what trigger t tells, and so is not whom it is done to: "Kenya announced the arrest of Ruiz".
func (r *reading) announces(t *trigger, i int) bool {
	v := r.d.Tokens[t.token].Head
	if r.pos(t.token) != "N" || r.d.Tokens[t.token].Relation != "obj" || v < 0 || r.predicate("facing", r.d.Tokens[v].Lemma) || !slices.Contains(r.subjects(v, 0), i) {
		return false
	}
	return sayVerbs[r.d.Tokens[v].Lemma] || reportVerbs[r.d.Tokens[v].Lemma] || slices.ContainsFunc(r.senses(v), func(s news.EventType) bool {
		return s == news.TypeAccuse || s == news.TypeStatement || s == news.TypeSupport || s == news.TypeRequest
	})
}

// likened tells that whoever stands at token i stands in what trigger t's words call something: "praised the vote as a defeat for Peru", "condemned the raid as an
// attack on Chad" neither praise Peru nor condemn Chad.
func (r *reading) likened(t *trigger, i int) bool {
	if !wordActs[t.report.Type] || r.pos(t.token) != "V" {
		return false
	}
	return slices.ContainsFunc(r.child(t.token, "obl"), func(c int) bool {
		return c != i && r.under(i, c) && len(r.child(t.token, "obj", "nsubj:pass")) > 0 && slices.ContainsFunc(r.child(c, "case"), func(k int) bool { return strings.EqualFold(r.d.Word(k), "as") })
	})
}

// undergoes tells that whoever stands at token i undergoes the deed that trigger t judges, and so is not judged: "welcomed Norway's arrest of Ruiz" welcomes
// no Ruiz, "welcomed the pause in aid to Chad" no Chad.
func (r *reading) undergoes(t *trigger, i int) bool {
	d := r.d
	n := d.Tokens[i].Head
	if n < 0 || !wordActs[t.report.Type] || d.Tokens[i].Relation != "nmod" {
		return false
	}
	of := ""
	for _, c := range r.child(i, "case") {
		of = strings.ToLower(d.Word(c))
	}
	if v := d.Tokens[t.token].Head; of == "of" && v >= 0 && subjectOf(d.Tokens[n].Relation) && d.Tokens[n].Head == v && d.Tokens[t.token].Relation == "obj" {
		return len(r.wordings(n)) > 0 && len(r.child(n, "nmod:poss")) > 0 // "Chad's arrest of Ruiz drew criticism"
	}
	object := n
	for k := 0; k < 3 && d.Tokens[object].Relation == "nmod" && d.Tokens[object].Head >= 0; k++ {
		object = d.Tokens[object].Head
	}
	if d.Tokens[object].Relation != "obj" || d.Tokens[object].Head != t.token {
		return false
	}
	switch of {
	case "of":
		return n == object && len(r.wordings(n)) > 0 && len(r.child(n, "nmod:poss")) > 0
	case "to", "on", "against", "into", "upon":
		return (t.report.Type == news.TypeAccuse || t.report.Type == news.TypeSupport) && r.pos(t.token) == "V" && len(t.wording.pattern.words) == 1 && !r.predicate("light", d.Tokens[t.token].Lemma)
	}
	return false
}

// comesFrom tells that the state or place at token i is only where those come from to whom what trigger t tells is done: "shelters refugees from Chad".
func (r *reading) comesFrom(t *trigger, i int) bool {
	who := r.holding(i)
	h := r.d.Tokens[who].Head
	return h >= 0 && h != t.token && coarse(r.d.Tokens[who].Relation) == "nmod" && r.childCase(who, "from") && r.pos(h) == "N" && len(r.wordings(h)) == 0 && slices.ContainsFunc(r.resolve(h), r.party)
}

// agentBelow tells that whoever stands at token i does what a participle tells of a noun, below the verb of trigger t, which makes nobody of him with whom it is agreed:
// "agreed to a truce brokered by Chad".
func (r *reading) agentBelow(t *trigger, i int) bool {
	d := r.d
	who := r.holding(i)
	v := d.Tokens[who].Head
	if v < 0 || v == t.token || d.Tokens[who].Relation != "obl:agent" {
		return false
	}
	if n := d.Tokens[v].Head; t.report.Type == news.TypeAccuse && d.Tokens[v].Relation == "acl" && n >= 0 && d.Tokens[n].Head != t.token {
		return true // "condemned the move as a breach of a ban imposed by Chad"
	}
	if t.report.Type != news.TypeAgree && t.report.Type != news.TypeConsult {
		return false
	}
	return d.Tokens[v].Relation == "acl" && r.under(v, t.token)
}

// besides tells that whoever stands at token i takes part in a clause beside that of the verb that trigger t is, where each has a subject of its own: "Chad
// called for calm, while Niger urged Mali to leave" does not say that Chad asked Niger, nor "Israel bombed Rafah and Hamas fired rockets at Ashdod" that
// Israel fired them (CODING 39).
func (r *reading) besides(t *trigger, i int) bool {
	d := r.d
	for n := 0; n < 6 && d.Tokens[i].Relation == "conj" && d.Tokens[i].Head >= 0 && r.pos(i) == "N"; n++ {
		i = d.Tokens[i].Head
	}
	own := t.token // the verb that it is, or whose object it is: "filed a protest since Ruiz took office"
	if d.Tokens[own].Relation == "obj" && d.Tokens[own].Head >= 0 {
		own = d.Tokens[own].Head
	}
	v := d.Tokens[i].Head
	if v >= 0 && v != own && subjectOf(d.Tokens[i].Relation) && r.pos(v) == "V" && r.pos(own) == "V" && len(r.child(v, "nsubj", "nsubj:pass")) > 0 && len(r.subjects(own, 0)) > 0 {
		if rel := coarse(d.Tokens[v].Relation); d.Tokens[v].Head == own && (rel == "advcl" || rel == "conj" || rel == "parataxis") && i > own {
			return true
		}
	}
	if r.pos(t.token) != "V" {
		return false
	}
	for n := 0; v >= 0 && r.pos(v) != "V" && n < 8; n++ {
		v = d.Tokens[v].Head
	}
	subject := subjectOf(d.Tokens[i].Relation) && d.Tokens[i].Head == v
	if v < 0 || v == t.token || len(r.child(v, "nsubj")) == 0 && !(subject && len(r.child(v, "nsubj:pass")) > 0) || len(r.child(t.token, "nsubj", "nsubj:pass")) == 0 {
		return false
	}
	if rel := d.Tokens[v].Relation; d.Tokens[v].Head == t.token && rel == "parataxis" || d.Tokens[t.token].Head == v && d.Tokens[t.token].Relation == "parataxis" && subject {
		return !sayVerbs[d.Tokens[v].Lemma]
	}
	if d.Tokens[v].Relation == "conj" && d.Tokens[t.token].Relation == "conj" && d.Tokens[v].Head == d.Tokens[t.token].Head {
		return true
	}
	return d.Tokens[v].Head == t.token && d.Tokens[v].Relation == "conj" || d.Tokens[t.token].Head == v && d.Tokens[t.token].Relation == "conj"
}

// outside tells that whoever stands at token i cannot be who does what trigger t tells: the speaker of a clause that has a subject of its own (CODING
// 3), or where the subject of the verb is or comes from (CODING 39).
func (r *reading) outside(t *trigger, i int) bool {
	subjects := t.args["subj"]
	if h := r.d.Tokens[i].Head; h >= 0 && coarse(r.d.Tokens[i].Relation) == "compound" && slices.Equal(r.resolve(i), r.resolve(h)) {
		i = h // a minister before his name stands where that does
	}
	if rel := coarse(r.d.Tokens[i].Relation); (rel == "obj" || rel == "iobj") && r.d.Tokens[i].Head == t.token && r.pos(t.token) == "V" && len(subjects) > 0 && slices.ContainsFunc(t.args["subj"], func(a argument) bool { return a.token != i && a.token < t.token }) {
		return true // whom it is done to
	}
	if r.suffers(t, i) || r.hears(t, i) || r.affected(t, i) || r.inDenied(t, i) || r.actsElsewhere(t, i) || r.uninvolved(t, i) || r.pos(t.token) == "V" && r.aboveClause(t.token, i) {
		return true
	}
	if h := r.d.Tokens[i].Head; h >= 0 && r.answered(t.token) && subjectOf(r.d.Tokens[i].Relation) && r.under(t.token, h) {
		return true
	}
	if r.pos(t.token) != "V" || len(subjects) == 0 || slices.ContainsFunc(subjects, func(a argument) bool {
		return a.token == i || r.message(a.token) && slices.Contains(r.resolve(i), a.entity) // "a letter from the ministry condemned it"
	}) {
		return false
	}
	h := r.d.Tokens[i].Head
	if h >= 0 && h != t.token && subjectOf(r.d.Tokens[i].Relation) && (sayVerbs[r.d.Tokens[h].Lemma] || reportVerbs[r.d.Tokens[h].Lemma]) && (r.under(t.token, h) || r.d.Tokens[h].Head == t.token || r.d.Tokens[h].Relation == "parataxis" && r.under(t.token, r.d.Tokens[h].Head)) {
		return true
	}
	for n := 0; h >= 0 && n < 4; n++ {
		if slices.ContainsFunc(subjects, func(a argument) bool { return a.token == h }) {
			for _, p := range r.child(i, "case") {
				switch strings.ToLower(r.d.Word(p)) {
				case "in", "at", "near", "from", "on", "off", "inside", "outside", "across", "about", "against", "with":
					return true
				}
			}
			return false
		}
		if r.d.Tokens[i].Relation != "conj" && r.d.Tokens[i].Relation != "nmod" && !strings.HasPrefix(r.d.Tokens[i].Relation, "nmod:") && r.d.Tokens[i].Relation != "appos" {
			return false
		}
		i, h = h, r.d.Tokens[h].Head
	}
	return false
}

// affected tells that whoever stands at token i is he to whom the event noun of trigger t does something: "Oka was saddened by the raid", "the town was
// shaken by an attack".
func (r *reading) affected(t *trigger, i int) bool {
	d := r.d
	v := d.Tokens[t.token].Head
	if r.pos(t.token) != "N" || v < 0 || d.Tokens[t.token].Relation != "obl:agent" {
		return false
	}
	return slices.ContainsFunc(r.child(v, "nsubj:pass"), func(c int) bool { return slices.Contains(r.joined(c), i) || shared(r.resolve(c), r.resolve(i)) })
}

// obliged tells that trigger t is the must or should by which somebody else than an entity makes a request: in what Ruiz says, it is she who calls for it,
// and nobody of whom a clause beside tells.
func (r *reading) obliged(t *trigger, id news.ID) bool {
	said := t.args["subj"]
	return r.d.Tokens[t.token].Tag == "MD" && len(said) > 0 && !slices.ContainsFunc(said, func(a argument) bool { return a.entity == id })
}

// favoured tells that token i is for whom trigger t asks something, and so not who is asked: "demanded access for aid workers", "called for the president to be
// freed".
func (r *reading) favoured(t *trigger, i int) bool {
	h := r.d.Tokens[i].Head
	if who := r.holding(i); t.report.Type == news.TypeSupport && r.childCase(who, "against") || t.report.Type == news.TypeAid && r.childCase(who, "off") {
		return true // "sided with Mali against Niger", "rescued sailors off Chile"
	}
	if h >= 0 && h != t.token && coarse(r.d.Tokens[i].Relation) == "nmod" && (r.d.Tokens[h].Lemma == "favour" || r.d.Tokens[h].Lemma == "favor") && r.childCase(h, "in") {
		return true // "broke off relations with Chad in favour of Niger"
	}
	if t.report.Type == news.TypeRequest && h >= 0 && r.d.Tokens[i].Relation == "nsubj:pass" && r.d.Tokens[h].Head == t.token && r.d.Tokens[h].Tag == "VBN" && slices.ContainsFunc(r.child(h, "mark", "case"), func(c int) bool { return strings.EqualFold(r.d.Word(c), "for") }) {
		return true
	}
	if t.report.Type != news.TypeRequest || h < 0 || h == t.token || r.d.Tokens[h].Head != t.token || coarse(r.d.Tokens[i].Relation) != "nmod" || coarse(r.d.Tokens[h].Relation) != "obj" {
		return false
	}
	p := r.child(i, "case")
	return len(p) > 0 && strings.EqualFold(r.d.Word(p[0]), "for") && len(r.child(i, "acl")) == 0
}

// hears tells that whoever stands at token i is told what trigger t tells: "told reporters that it was an attack on Denmark".
func (r *reading) hears(t *trigger, i int) bool {
	v := r.d.Tokens[i].Head
	if rel := coarse(r.d.Tokens[i].Relation); v < 0 || v == t.token || rel != "obj" && rel != "iobj" || !sayVerbs[r.d.Tokens[v].Lemma] {
		return false
	}
	return slices.ContainsFunc(r.child(v, "ccomp"), func(c int) bool { return c == t.token || r.under(t.token, c) })
}

// inDenied tells that whoever stands at token i is the subject of what is denied or said by a verb to which trigger t is joined: "denied that troops had fired and
// blamed rebels" does not say that the troops did so, nor "said its pilots had kept to the rules and accused Chad" that the pilots accused Chad.
func (r *reading) inDenied(t *trigger, i int) bool {
	for n := 0; n < 6 && r.d.Tokens[i].Relation == "conj" && r.pos(i) == "N" && r.d.Tokens[i].Head >= 0; n++ {
		i = r.d.Tokens[i].Head
	}
	v := r.d.Tokens[i].Head
	if v < 0 || !subjectOf(r.d.Tokens[i].Relation) || v == t.token || r.under(t.token, v) || r.d.Tokens[t.token].Relation != "conj" {
		return false
	}
	over := r.d.Tokens[v].Head
	if r.d.Tokens[v].Relation != "ccomp" || over != r.d.Tokens[t.token].Head || v > t.token {
		return false
	}
	says := r.d.Tokens[over].Lemma
	return denying[says] || (sayVerbs[says] || reportVerbs[says]) && (charges[t.report.Type] || wordActs[t.report.Type]) && len(r.child(t.token, "nsubj", "nsubj:pass")) == 0
}

// actsElsewhere tells that whoever stands at token i is the subject of another clause, or he whose the subject is, where trigger t is a verb with a subject
// of its own: "its soldiers fired after rebels crossed the border" (CODING 39).
func (r *reading) actsElsewhere(t *trigger, i int) bool {
	d := r.d
	own := r.child(t.token, "nsubj")
	if r.pos(t.token) != "V" || len(own) != 1 || !r.nominal(own[0]) || d.Tokens[own[0]].Tag == "PRP" || own[0] > t.token {
		return false
	}
	for n := 0; n < 6 && d.Tokens[i].Head >= 0 && i != own[0]; n++ {
		h := d.Tokens[i].Head
		switch coarse(d.Tokens[i].Relation) {
		case "nsubj", "nsubj:pass":
			return h != t.token && r.pos(h) == "V"
		case "nmod:poss", "compound", "amod", "conj":
			if r.pos(h) != "N" {
				return false
			}
			i = h
		default:
			return false
		}
	}
	return false
}

// plotted tells that whoever stands at token i acts against a plot to do what trigger t tells, or against those whose plot it is, and does not plot it:
// "the court jailed him over a plot to kill the king", "police foiled a plan to bomb the port".
func (r *reading) plotted(t *trigger, i int) bool {
	d := r.d
	n := d.Tokens[t.token].Head
	if n < 0 || d.Tokens[t.token].Relation != "acl" || !r.plan(n) {
		return false
	}
	v := d.Tokens[n].Head
	for k := 0; v >= 0 && r.pos(v) != "V" && k < 4; k++ {
		v = d.Tokens[v].Head
	}
	if v < 0 || !slices.ContainsFunc(r.subjects(v, 0), func(c int) bool { return slices.Contains(r.joined(c), i) }) {
		return false
	}
	return r.thwarts(v) || r.hails(v)
}

// hails tells that the verb at token v says what somebody thinks of a plan that is another's, or asks for it.
func (r *reading) hails(v int) bool {
	return slices.ContainsFunc(r.wordings(v), func(w wording) bool {
		return len(w.pattern.words) == 1 && (w.action.Name == "welcome" || w.action.Name == "praise" || w.action.Name == "thank" || w.action.Name == "urge" || w.action.Name == "demand")
	})
}

// thwarts tells that the verb at token v is what is done against a plot or those who have it.
func (r *reading) thwarts(v int) bool {
	return foiling[r.d.Tokens[v].Lemma] || slices.ContainsFunc(r.senses(v), func(s news.EventType) bool {
		return s == news.TypeAccuse || s == news.TypeCoerce || s == news.TypeSanction || s == news.TypeReject || s == news.TypeAssault
	})
}

var (
	plots   = wordSet("plot plan conspiracy scheme attempt bid effort campaign move")
	foiling = wordSet("foil thwart uncover avert prevent disrupt stop discover expose reveal investigate unmask detect block")
)

// uninvolved tells that whoever stands at token i has no part in what trigger t tells: "they had nothing to do with the raid", "Chad played no role in it".
func (r *reading) uninvolved(t *trigger, i int) bool {
	d := r.d
	for k, n := t.token, 0; k >= 0 && n < 5; k, n = d.Tokens[k].Head, n+1 {
		if l := d.Tokens[k].Lemma; l != "have" && l != "play" && l != "take" || !slices.ContainsFunc(r.subjects(k, 0), func(c int) bool { return c == i || r.under(i, c) }) {
			continue
		}
		for _, o := range r.child(k, "obj") {
			no := slices.ContainsFunc(r.child(o, "det"), func(c int) bool { return strings.EqualFold(d.Word(c), "no") })
			if strings.EqualFold(d.Word(o), "nothing") || no && r.predicate("partaking", d.Tokens[o].Lemma) {
				return true
			}
		}
	}
	return false
}

// asks tells that whoever stands at token i urges, forces or helps the object of his verb to do what trigger t tells, which that object does, not he.
func (r *reading) asks(t *trigger, i int) bool {
	v := t.token
	if h := r.d.Tokens[v].Head; r.pos(v) == "N" && r.d.Tokens[v].Relation == "obj" && h >= 0 {
		v = h // "urged them to join the fight"
	}
	for n := 0; n < 3 && coarse(r.d.Tokens[v].Relation) == "conj" && r.d.Tokens[v].Tag == "VB" && r.d.Tokens[v].Head >= 0; n++ {
		v = r.d.Tokens[v].Head
	}
	h := r.d.Tokens[v].Head
	if rel := coarse(r.d.Tokens[v].Relation); h < 0 || r.d.Tokens[v].Tag != "VB" || rel != "xcomp" && rel != "advcl" && rel != "ccomp" {
		return false
	}
	if a := r.appealed(h); (a < 0 || a > v) && (!r.predicate("moving", r.d.Tokens[h].Lemma) || len(r.child(h, "obj", "iobj")) == 0) {
		return false
	}
	return slices.ContainsFunc(r.subjects(h, 0), func(c int) bool { return slices.Contains(r.joined(c), i) })
}

// bereft tells that whoever stands at token i is he whose death or suffering trigger t judges, asks about or mourns, and so is neither judged nor
// asked: "condemned his killing", "called for an inquiry into the death of Ruiz".
func (r *reading) bereft(t *trigger, i int) bool {
	if t.report.Type != news.TypeAccuse && t.report.Type != news.TypeRequest && t.report.Action != "investigate" {
		return false
	}
	for n := 0; n < 3 && r.d.Tokens[i].Relation == "conj" && r.d.Tokens[i].Head >= 0; n++ {
		i = r.d.Tokens[i].Head
	}
	for n := 0; n < 3 && r.d.Tokens[i].Head > i && coarse(r.d.Tokens[i].Relation) == "compound" && !suffering[r.d.Tokens[r.d.Tokens[i].Head].Lemma] || r.d.Tokens[i].Relation == "appos" && r.d.Tokens[i].Head >= 0; n++ {
		i = r.d.Tokens[i].Head // "the poisoning of opposition politician Ruiz"
	}
	h, of := r.d.Tokens[i].Head, r.child(i, "case")
	if h < 0 || h == t.token || !suffering[r.d.Tokens[h].Lemma] || r.under(t.token, h) {
		return false // "the arrest of officers accused of theft", "her trial on fraud charges"
	}
	switch coarse(r.d.Tokens[i].Relation) {
	case "nmod:poss", "compound":
		return true
	case "nmod":
		return len(of) > 0 && strings.EqualFold(r.d.Word(of[0]), "of")
	}
	return false
}

// sent tells that what stands at token i is, by the words of the wording themselves, what is sent and not to whom, or a thing that is dealt with: "sent
// rescuers to Chad", "suspended aid to Chad".
func (r *reading) sent(t *trigger, i int) bool {
	if words := t.wording.pattern.words; len(words) > 1 && slices.Contains(words[1:], r.d.Tokens[i].Lemma) && r.at[i] != nil && r.kind(r.at[i].entity) == news.Thing {
		return true
	}
	return t.wording.pattern.roles["obj"] == news.Instrument && slices.Contains(t.wording.pattern.words[1:], r.d.Tokens[i].Lemma) && t.slotOf(i) == "obj"
}

// opposed tells that whoever stands at token i is he against whom others work or agree together, and so no partner of theirs.
func (r *reading) opposed(t *trigger, i int) bool {
	switch t.report.Type {
	case news.TypeCooperate, news.TypeAgree, news.TypeConsult:
		of := r.child(i, "case")
		return len(of) > 0 && strings.EqualFold(r.d.Word(of[0]), "against")
	}
	return false
}

// suffering are nouns for what befalls those whose it is.
var suffering = wordSet("death murder killing assassination disappearance suffering imprisonment detention jailing arrest poisoning execution abduction beating hanging lynching flogging beheading rape sentencing conviction trial prosecution torture stabbing shooting loss release liberation return rescue extradition safety protection")

// suffers tells that whoever stands at token i, or whose he is, is the object of another verb than the passive one that trigger t is: "nine were killed
// when a bomb struck the offices of Ruiz" does not say that he did.
func (r *reading) suffers(t *trigger, i int) bool {
	if r.pos(t.token) != "V" || !r.passive(t.token, r.d.Sentences[r.sentenceOf[t.token]]) {
		return false
	}
	for n := 0; n < 4 && r.d.Tokens[i].Head >= 0; n++ {
		switch coarse(r.d.Tokens[i].Relation) {
		case "amod", "compound", "nmod:poss", "conj":
			i = r.d.Tokens[i].Head
		case "obj":
			h := r.d.Tokens[i].Head
			return h != t.token && r.under(h, t.token) && !r.predicate("light", r.d.Tokens[h].Lemma)
		default:
			return false
		}
	}
	return false
}

// leftBehind tells that whoever stands at token i is the object of a verb to which the trigger, or the verb that it hangs on, is joined after it: in
// "killed nine settlers and fought with rebels" nobody fights the settlers (CODING 39).
func (r *reading) leftBehind(t *trigger, i int) bool {
	o := i
	for n := 0; n < 4 && coarse(r.d.Tokens[o].Relation) == "conj" && r.pos(o) == "N" && r.d.Tokens[o].Head >= 0; n++ {
		o = r.d.Tokens[o].Head
	}
	if rel := coarse(r.d.Tokens[o].Relation); rel != "obj" && rel != "iobj" {
		return false
	}
	of := r.d.Tokens[o].Head
	for n := 0; n < 3 && (r.d.Tokens[of].Relation == "advcl" || r.d.Tokens[of].Relation == "xcomp"); n++ {
		of = r.d.Tokens[of].Head // "accused Chad of killing settlers and vowed"
	}
	v := t.token
	for n := 0; n < 4 && v >= 0; n++ {
		h := r.d.Tokens[v].Head
		if coarse(r.d.Tokens[v].Relation) == "conj" && r.pos(v) == "V" && (h == r.d.Tokens[o].Head || h == of && h >= 0) && i < v {
			return true
		}
		v = h
	}
	return false
}

// aboveClause tells that whoever stands at token i says a clause with a subject of its own in which token k stands: "police say a bomb went off, killing".
func (r *reading) aboveClause(k, i int) bool {
	h := r.d.Tokens[i].Head
	if h < 0 || !subjectOf(r.d.Tokens[i].Relation) || !sayVerbs[r.d.Tokens[h].Lemma] {
		return false
	}
	for n := 0; k >= 0 && n < 12; n++ {
		if r.d.Tokens[k].Head == h {
			return r.d.Tokens[k].Relation == "ccomp" && len(r.child(k, "nsubj", "nsubj:pass")) > 0
		}
		k = r.d.Tokens[k].Head
	}
	return false
}

// modifies tells that whoever stands at token i only tells more of another who stands there: bandits of Nigeria are not Nigeria (CODING 39).
func (r *reading) modifies(typ news.EventType, i int, id news.ID, role string) bool {
	t := r.d.Tokens[i]
	if role != string(news.Source) && role != string(news.Target) || t.Head < 0 {
		return false
	}
	if t.Relation == "nmod:desc" && r.at[i] != nil && r.at[t.Head] != nil && r.at[i].entity == r.at[t.Head].entity && r.d.Tokens[t.Head].Head >= 0 {
		i = t.Head // the president before his name stands where that does
		t = r.d.Tokens[i]
	}
	h := t.Head
	switch coarse(t.Relation) {
	case "amod", "compound", "nmod:poss":
	case "conj": // Ruiz, former mayor of Lima and member of parliament, is one
		return t.Tag == "NN" && !r.nameAt(i) && r.nameAt(h) && r.at[h] != nil && r.kind(r.at[h].entity) == news.Person && len(r.child(i, "det", "nmod:poss", "nummod")) == 0 &&
			slices.ContainsFunc(r.child(h, "appos"), func(c int) bool { return c < i && !r.nameAt(c) })
	case "nmod": // supporters of the president are others than he
		if role != string(news.Source) || !charges[typ] && typ != news.TypeProtest || !r.childWord(i, "of") && !(r.childWord(i, "to") && (r.g.Title(strings.ToLower(r.d.Tokens[h].Lemma)) || r.d.Tokens[h].Sort == "person")) || r.nameAt(h) {
			return false
		}
		if r.childWord(i, "to") {
			return r.kind(id) == news.Person && !slices.Contains(r.resolve(h), id) // an adviser to the president is another
		}
		return slices.ContainsFunc(r.resolve(h), func(of news.ID) bool { return r.kind(of) == news.Group }) && r.kind(id) == news.Person && !slices.Contains(r.resolve(h), id)
	case "appos": // Oman, an ally of Chad, is one
		m, of := r.at[i], r.at[h]
		return of != nil && of.form == news.FormName && r.party(of.entity) && of.entity != id && (m == nil || m.form == news.FormNominal)
	case "obl", "advmod":
		if !strings.HasPrefix(r.d.Tokens[h].Tag, "VBN") || i+2 < h || len(r.child(i, "case")) > 0 {
			return false
		}
	default:
		return false
	}
	if tag := r.d.Tokens[h].Tag; (tag == "VBN" || tag == "JJ") && coarse(r.d.Tokens[h].Relation) == "amod" && r.d.Tokens[h].Head > h {
		h = r.d.Tokens[h].Head // Iran-backed forces
	}
	if m := r.at[i]; m != nil && m == r.at[h] || strings.HasPrefix(t.Tag, "PRP") {
		return false
	}
	ids := r.resolve(h)
	if below := coarse(r.d.Tokens[h].Relation); typ == news.TypeAccuse && role == string(news.Target) && r.kind(id) != news.Person && !r.nameAt(h) && (below == "nmod" || below == "obl") {
		switch {
		case len(ids) > 0 && r.party(ids[0]):
		case coarse(t.Relation) == "compound" && r.d.Tokens[h].Tag == "NNS", coarse(t.Relation) != "nmod:poss" && len(ids) > 0 && (r.kind(ids[0]) == news.Weapon || r.kind(ids[0]) == news.Thing):
			return true // fraud with EU funds is not the Union's, nor the use of Peruvian rockets Peru's
		}
	}
	return len(ids) > 0 && !slices.Contains(ids, id) && (r.party(ids[0]) || !r.party(id))
}

// apart tells that whoever stands at token i is told of beside the event of trigger t and has no such role in it: who commemorates it, whom a claim that is
// turned down tells of, a state's own envoys whom it recalls, the state of the envoys that another summons.
func (r *reading) apart(t *trigger, i int, id news.ID, role string, triggers []*trigger) bool {
	d := r.d
	if role != string(news.Source) && role != string(news.Target) {
		return false
	}
	target := role == string(news.Target)
	switch {
	case target && wordActs[t.report.Type] && !r.party(id):
		return true // nobody judges, thanks or asks a thing (CODING 15)
	case target && r.ownTroops(t, i), target && r.ownState(t, id), target && r.ownersOnly(t, i):
		return true
	case target && t.report.Type == news.TypeThreaten && (r.inflicts(t, id, triggers) || r.ownSide(t, i, id)):
		return true
	case target && t.report.Action == "complain" && t.slotOf(i) == "to" && r.kind(id) == news.Organisation:
		return true // to the United Nations, of another (CODING 37)
	case target && (t.report.Type == news.TypeReject || t.report.Action == "deny") && r.content(t.token, i):
		return true
	case target && t.report.Action == "cut_ties" && r.pos(t.token) == "V" && coarse(d.Tokens[i].Relation) == "obj" && d.Tokens[i].Head == t.token && r.kind(id) != news.State && r.kind(id) != news.Organisation:
		return true
	case r.remembered(t.token) == "anniversary" && subjectOf(d.Tokens[i].Relation) && d.Tokens[i].Head >= 0 && d.Tokens[i].Head != t.token && r.under(t.token, d.Tokens[i].Head):
		return true
	}
	if target && r.pos(t.token) == "V" && (!wordActs[t.report.Type] && r.neighbours(t.token, i) || r.joinedElsewhere(t.token, i)) {
		return true
	}
	return r.kind(id) == news.State && r.listed(i, id)
}

// ownersOnly tells that token i is a pronoun for whose the thing is with which a verb below the verb of trigger t deals: "promised Chad to go on with his work".
func (r *reading) ownersOnly(t *trigger, i int) bool {
	d := r.d
	if d.Tokens[i].Tag != "PRP$" || r.pos(t.token) != "V" {
		return false
	}
	h := d.Tokens[i].Head
	for n := 0; n < 4 && h >= 0 && r.pos(h) == "N"; n++ {
		h = d.Tokens[h].Head
	}
	return h >= 0 && h != t.token && r.pos(h) == "V" && r.under(h, t.token) && (d.Tokens[h].Relation == "xcomp" || d.Tokens[h].Relation == "advcl")
}

// inflicts tells that an entity does what trigger t threatens with (CODING 24), so that it is not threatened: a general who warns that Chad will strike threatens
// whom it would strike.
func (r *reading) inflicts(t *trigger, id news.ID, triggers []*trigger) bool {
	return slices.ContainsFunc(t.about, func(k int) bool {
		e := triggers[k]
		return e.keep && e.wording.action.Quad == 4 && slices.Contains(e.report.Entities(news.Source), id) && len(e.report.Entities(news.Target)) > 0 && e.token < t.token
	})
}

// ownSide tells that an entity is the state for which all who threaten by trigger t speak, and that it is the subject of what they threaten with: "officials in
// Lima warned that Peru would strike".
func (r *reading) ownSide(t *trigger, i int, id news.ID) bool {
	if r.kind(id) != news.State || !subjectOf(r.d.Tokens[i].Relation) || !r.under(i, t.token) {
		return false
	}
	return len(t.args["subj"]) > 0 && !slices.ContainsFunc(t.args["subj"], func(a argument) bool { return r.entities[a.entity].Country != r.entities[id].ISO3 })
}

// neighbours tells that token i is the object of a verb that stands below the verb at token v, in a clause of its own with a subject of its own (CODING 39):
// "suspended Gabon after officers locked up the president".
func (r *reading) neighbours(v, i int) bool {
	h := r.d.Tokens[i].Head
	if h < 0 || h == v || coarse(r.d.Tokens[i].Relation) != "obj" || r.pos(h) != "V" || !r.under(h, v) || len(r.child(h, "nsubj")) == 0 {
		return false
	}
	return r.d.Tokens[h].Relation == "advcl" && len(r.child(h, "mark", "advmod")) > 0
}

// joinedElsewhere tells that token i stands in a clause below a verb that "and" joins to the verb at token v: "welcomed the truce and said that it helped Chad"
// welcomes no Chad (CODING 39). What both verbs take hangs on one of them.
func (r *reading) joinedElsewhere(v, i int) bool {
	verbs := 0
	for k, n := r.d.Tokens[i].Head, 0; k >= 0 && k != v && n < 20; k, n = r.d.Tokens[k].Head, n+1 {
		if r.pos(k) != "V" {
			continue
		}
		if r.d.Tokens[k].Relation == "conj" && r.d.Tokens[k].Head == v {
			return verbs > 0
		}
		if rel := r.d.Tokens[k].Relation; rel == "ccomp" || rel == "advcl" || rel == "acl:relcl" {
			verbs++
		}
	}
	return false
}

// guest tells that whoever stands at token i is who was to come, or whose the visit was, that the verb of trigger t calls off (CODING 56).
func (r *reading) guest(t *trigger, i int) bool {
	return r.pos(t.token) == "V" && slices.ContainsFunc(r.child(t.token, "obj"), func(o int) bool {
		return r.under(i, o) && !slices.Contains(r.child(o, "nmod:poss"), i)
	})
}

// receives tells that whoever stands at token i is the subject of a wording whose subject has it done: who wins assurances gives none.
func (r *reading) receives(t *trigger, i int) bool {
	return t.slotOf(i) == "subj" && t.wording.pattern.roles["subj"] == news.Target && r.pos(t.token) == "V" && !r.passive(t.token, r.d.Sentences[r.sentenceOf[t.token]])
}

// turnedDown tells that whoever stands at token i is whose the wish or the plan is that the verb of trigger t turns down: "rejected a Danish request", "turned
// down an offer from Peru".
func (r *reading) turnedDown(t *trigger, i int) bool {
	if t.report.Type != news.TypeReject || r.pos(t.token) != "V" || len(r.child(t.token, "nsubj")) == 0 {
		return false
	}
	h := r.d.Tokens[i].Head
	if h < 0 || r.d.Tokens[h].Relation != "obj" || r.d.Tokens[h].Head != t.token {
		return false
	}
	switch coarse(r.d.Tokens[i].Relation) {
	case "amod", "compound":
		return true
	case "nmod:poss":
		return !strings.HasPrefix(r.d.Tokens[i].Tag, "PRP")
	case "nmod":
		by := r.child(i, "case")
		return len(by) > 0 && (strings.EqualFold(r.d.Word(by[0]), "by") || strings.EqualFold(r.d.Word(by[0]), "from"))
	}
	return false
}

// ownState tells that an entity is the state for which the only source of trigger t acts, and with which it so can make no agreement and to which it can
// give nothing.
func (r *reading) ownState(t *trigger, id news.ID) bool {
	switch t.report.Type {
	case news.TypeAgree, news.TypeConcede, news.TypeConsult, news.TypeCooperate:
	default:
		return false
	}
	sources := t.report.Entities(news.Source)
	if len(sources) != 1 || r.kind(id) != news.State {
		return false
	}
	s := r.entities[sources[0]]
	return s.Kind == news.Person && s.Sector == "GOV" && s.Country == r.entities[id].ISO3
}

// ownTroops tells that token i is the object of the verb of trigger t by which its subject withdraws what is its own, and gives way to nobody there.
func (r *reading) ownTroops(t *trigger, i int) bool {
	return t.report.Action == "withdraw" && r.pos(t.token) == "V" && r.d.Tokens[i].Head == t.token && r.d.Tokens[i].Relation == "obj" &&
		slices.ContainsFunc(r.child(i, "nmod:poss", "amod"), func(c int) bool {
			return strings.HasPrefix(r.d.Tokens[c].Tag, "PRP") || slices.ContainsFunc(r.child(t.token, "nsubj"), func(s int) bool { return r.at[c] != nil && slices.Contains(r.resolve(s), r.at[c].entity) })
		})
}

// content tells that token i stands in the clause with that by which an object of the verb at token v says something: "claims that soldiers attacked".
func (r *reading) content(v, i int) bool {
	for n := 0; i >= 0 && i != v && n < 12; n++ {
		if rel := r.d.Tokens[i].Relation; (rel == "acl" || rel == "acl:relcl" || rel == "ccomp") && r.pos(i) == "V" && r.under(i, v) {
			return true
		}
		i = r.d.Tokens[i].Head
	}
	return false
}

// listed tells that the state at token i only says whose people stand before it: the ambassadors of Sweden, Denmark and Norway.
func (r *reading) listed(i int, id news.ID) bool {
	d := r.d
	for n := 0; n < 8 && coarse(d.Tokens[i].Relation) == "conj" && d.Tokens[i].Head >= 0; n++ {
		i = d.Tokens[i].Head
	}
	h := d.Tokens[i].Head
	of := r.child(i, "case")
	if h < 0 || coarse(d.Tokens[i].Relation) != "nmod" || len(of) == 0 || !strings.EqualFold(d.Word(of[0]), "of") || !r.g.Title(strings.ToLower(d.Tokens[h].Lemma)) {
		return false
	}
	return slices.ContainsFunc(r.resolve(h), func(o news.ID) bool {
		return r.kind(o) == news.Person && r.entities[o].Country != "" && r.entities[o].Country == r.entities[id].ISO3
	})
}

// may tells that an entity may have a role: the hard laws of roles.
func (r *reading) may(t *trigger, id news.ID, role string) bool {
	kind := r.kind(id)
	switch role {
	case string(news.Source):
		return r.party(id) && t.report.Type != news.TypeAccident && t.report.Type != news.TypeDisaster
	case string(news.Target):
		if t.report.Type == news.TypeAccident && kind == news.Organisation {
			return false // a train that has a name, not people
		}
		return kind != news.Kind(news.Place)
	case string(news.Instrument):
		return kind == news.Weapon || kind == news.Thing || kind == news.Group
	}
	return kind == news.Kind(news.Place) && !local(id) || kind == news.State || kind == news.Thing
}
