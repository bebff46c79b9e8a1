package extract

import (
	"slices"
	"strings"

	"newsgraph/loader/nlp"
	"newsgraph/news"
)

// No neighbouring clause, modifier, venue or companion ever fills an empty slot (CODING 39): these are the laws of it for what charges nobody. Those of
// charges are in charge.go.

// neighbouring tells that whoever stands at token i takes part in another clause or phrase of the sentence than that of trigger t, which lends it nobody.
func (r *reading) neighbouring(t *trigger, i int, role string) bool {
	if charges[t.report.Type] || t.report.Type == news.TypeSanction || r.under(i, t.token) && r.pos(t.token) == "N" {
		return false
	}
	switch role {
	case string(news.Source):
		if _, ok := opposedTo(r.d.Word(i)); ok || r.askedThere(t, i) {
			return true
		}
		if h := r.d.Tokens[i].Head; r.d.Tokens[i].Tag == "PRP$" && h >= 0 && h != t.token && r.pos(t.token) == "V" && slices.ContainsFunc(r.resolve(h), func(id news.ID) bool { return r.party(id) && !shared([]news.ID{id}, r.resolve(i)) }) {
			return true // "accused its neighbour of sending troops": not whose neighbour
		}
		return r.inPhrase(t, i) || r.asideOf(t, i) || r.onlyTells(t, i) || r.pos(t.token) == "N" && r.unlent(t, i) || r.pos(t.token) == "V" && r.aboveGerund(t, i)
	case string(news.Target):
		return r.inPhrase(t, i) || r.asideOf(t, i) || r.pos(t.token) == "N" && r.broached(t, i) || r.headedFor(t, i) || r.supplied(t, i) || r.belowGerund(t, i)
	}
	return false
}

// holding is the token whose place in the clause whoever stands at token i shares: that of the name, the title or the list of which it is a part.
func (r *reading) holding(i int) int {
	for n := 0; n < 8 && r.d.Tokens[i].Head >= 0; n++ {
		switch coarse(r.d.Tokens[i].Relation) {
		case "appos", "flat", "compound", "amod", "conj":
			if r.pos(r.d.Tokens[i].Head) != "N" {
				return i
			}
			i = r.d.Tokens[i].Head
		default:
			return i
		}
	}
	return i
}

// onlyTells tells that whoever stands at token i is the subject of a verb of saying and trigger t stands in what he says, in a clause with a subject of its
// own: "a spokesman, Bo Lund, said the march has been called off" (CODING 3).
func (r *reading) onlyTells(t *trigger, i int) bool {
	d := r.d
	if t.wording.pattern.words[0] == "be" && len(t.wording.pattern.words) > 1 {
		return false // whoever says that something is impossible or unacceptable rules it out or condemns it
	}
	for i = r.holding(i); coarse(d.Tokens[i].Relation) == "nmod" && d.Tokens[i].Head >= 0; {
		i = r.holding(d.Tokens[i].Head) // the firm whose spokesman says it
	}
	h := d.Tokens[i].Head
	unknown := func(c int) bool { // he himself, or so it may be
		return strings.HasPrefix(d.Tokens[c].Tag, "PRP") && (len(r.resolve(c)) == 0 || shared(r.resolve(c), r.resolve(i)))
	}
	if h < 0 || d.Tokens[t.token].Tag == "MD" || slices.ContainsFunc(r.subjects(t.token, 0), unknown) || !subjectOf(d.Tokens[i].Relation) || !sayVerbs[d.Tokens[h].Lemma] && !reportVerbs[d.Tokens[h].Lemma] {
		return false
	}
	for k, n := t.token, 0; k >= 0 && n < 12; k, n = d.Tokens[k].Head, n+1 {
		if d.Tokens[k].Head == h {
			return (d.Tokens[k].Relation == "ccomp" || d.Tokens[k].Relation == "parataxis") && len(r.child(k, "nsubj", "nsubj:pass")) > 0 && !slices.ContainsFunc(r.child(k, "nsubj", "nsubj:pass"), unknown)
		}
	}
	return false
}

// unlent tells that no verb or noun over the event noun of trigger t lends it whoever stands at token i, outside its phrase: "workers clear away debris from
// the riots", "a group says Chad jailed him over his role in the strike". Who stages, joins or puts off something is lent by that verb, who plays a part in it by
// that noun, whose the part is.
func (r *reading) unlent(t *trigger, i int) bool {
	d := r.d
	if len(r.child(t.token, "nmod:poss")) > 0 && t.report.Type == news.TypeAppoint && t.report.Action == "resign" {
		return true // who calls for his resignation does not resign
	}
	switch t.slotOf(i) {
	case "poss", "by", "of", "between", "with":
		return false
	}
	if r.doer(i) || slices.ContainsFunc(r.goods(i), r.doer) || slices.ContainsFunc(r.child(i, "case"), func(c int) bool { return c == t.token+1 && strings.EqualFold(d.Word(c), "by") }) {
		return false // protesters who were hurt in a protest
	}
	who := r.holding(i)
	k := t.token
	for n := 0; n < 4 && d.Tokens[k].Relation == "conj" && d.Tokens[k].Head >= 0; n++ {
		k = d.Tokens[k].Head
	}
	for n := 0; n < 4; n++ {
		h := d.Tokens[k].Head
		if h < 0 || r.pos(h) != "N" || coarse(d.Tokens[k].Relation) != "nmod" || len(r.child(h, "cop")) > 0 {
			break
		}
		switch {
		case d.Tokens[who].Head == h && coarse(d.Tokens[who].Relation) == "nmod:poss", who == h:
			return false // their part in it, a leader of the strike
		case r.measures(h), r.telling(h) && r.childWord(k, "for"):
			if len(r.child(h, "nmod:poss")) > 0 {
				return true
			}
			k = h
		case t.report.Type == news.TypeConsult || t.report.Type == news.TypeVisit || t.report.Type == news.TypeAgree:
			return false
		default:
			return true
		}
	}
	v, rel := d.Tokens[k].Head, coarse(d.Tokens[k].Relation)
	if v < 0 || r.pos(v) != "V" {
		return false
	}
	switch t.report.Type {
	case news.TypeConsult, news.TypeVisit, news.TypeAgree, news.TypeCooperate, news.TypeAppoint:
		return false // who speaks in talks, or travels for them, is at the table
	}
	lends := r.ofClass(v, "lending") || r.predicate("light", d.Tokens[v].Lemma)
	subject := slices.ContainsFunc(r.subjects(v, 0), func(c int) bool { return c == who || r.holding(c) == who || c == i })
	switch rel {
	case "obj":
		return !subject || !lends && !slices.ContainsFunc(r.child(t.token, "nmod:poss"), func(c int) bool { return strings.HasPrefix(d.Tokens[c].Tag, "PRP") })
	case "nsubj", "nsubj:pass":
		return !r.under(i, v) || d.Tokens[who].Relation != "obl:agent" && !r.childWord(who, "by", "between", "with")
	case "obl":
		if d.Tokens[who].Head == v && d.Tokens[who].Relation == "obj" && slices.ContainsFunc(r.child(t.token, "nmod:poss"), func(c int) bool { return strings.HasPrefix(d.Tokens[c].Tag, "PRP") }) {
			return false // thanked them for their support
		}
		if t.report.Type == news.TypeProtest && slices.ContainsFunc(r.child(v, "obj"), func(c int) bool { return !r.predicate("partaking", d.Tokens[c].Lemma) }) {
			return true // who jails somebody for what he did in a riot
		}
		return !subject || r.childWord(k, "to", "from", "over", "after", "despite", "because")
	}
	return false
}

// doer tells that the noun at token i names those who protest, by what they do.
func (r *reading) doer(i int) bool {
	return r.ofClass(i, "marcher")
}

// inPhrase tells that whoever stands at token i stands in a clause that only says which of the participants of trigger t is meant: "evacuated the farmers trapped by
// a raid on Chad" takes nobody to Chad. Of words somebody may be the aim there: "asked for a vote promised by Chad".
func (r *reading) inPhrase(t *trigger, i int) bool {
	d := r.d
	if wordActs[t.report.Type] || !r.under(i, t.token) {
		return false
	}
	for k := i; k != t.token; k = d.Tokens[k].Head {
		of := d.Tokens[k].Head
		if d.Tokens[k].Relation == "acl" || d.Tokens[k].Relation == "acl:relcl" {
			if of != t.token && r.pos(k) == "V" && r.pos(of) == "N" {
				return !r.tellsPart(k) && !r.phrasal(t.token, of)
			}
		}
	}
	return false
}

// tellsPart tells that the verb at token v, of a clause about a noun, says who has a part in what the noun tells, or who is meant: "talks involving Chad", "a raid
// staged by rebels", "two men, named as".
func (r *reading) tellsPart(v int) bool {
	lemma := r.d.Tokens[v].Lemma
	return r.ofClass(v, "partaking") || r.predicate("light", lemma) || r.predicate("doing", lemma) || r.d.Tokens[v].Tag == "VB"
}

// asideOf tells that trigger t is a verb in a clause that says which party is meant, and that whoever stands at token i is neither in that clause nor that party:
// "defended Ruiz from critics who want her to go" does not say that whoever defends her is asked (CODING 39).
func (r *reading) asideOf(t *trigger, i int) bool {
	d := r.d
	v := t.token
	for n := 0; n < 4 && (d.Tokens[v].Relation == "conj" || d.Tokens[v].Relation == "xcomp") && d.Tokens[v].Head >= 0 && r.pos(d.Tokens[v].Head) == "V"; n++ {
		v = d.Tokens[v].Head
	}
	h := d.Tokens[v].Head
	if h < 0 || r.pos(v) != "V" || r.pos(h) != "N" || d.Tokens[v].Relation != "acl:relcl" && !(d.Tokens[v].Relation == "acl" && d.Tokens[v].Tag == "VBG") || !r.sorted(h, "PARTY") || r.message(h) {
		return false
	}
	if len(r.child(v, "nsubj")) > 0 && !slices.ContainsFunc(r.child(v, "nsubj"), r.relative) {
		return false
	}
	if who := r.holding(h); who == i || r.under(i, who) {
		return false
	}
	return i != h && !r.under(i, h) && !shared(r.resolve(i), r.resolve(h)) && subjectOf(d.Tokens[r.holding(i)].Relation)
}

// relative tells that the subject at token c of a clause about a noun only stands for that noun.
func (r *reading) relative(c int) bool {
	return strings.HasPrefix(r.d.Tokens[c].Tag, "W") || strings.EqualFold(r.d.Word(c), "that")
}

// aboveGerund tells that trigger t is a gerund that the subject of the verb above it does, and whoever stands at token i is another who stands by that verb: "was hurt
// by guards while visiting a mosque", "succeeded his father, promising reform". What a passive tells its agent does.
func (r *reading) aboveGerund(t *trigger, i int) bool {
	d := r.d
	if r.under(i, t.token) {
		return false
	}
	if len(r.child(t.token, "obl:agent")) > 0 && len(t.args["subj"]) > 0 && d.Tokens[t.token].Tag == "VBN" {
		return true
	}
	if d.Tokens[t.token].Tag != "VBG" || d.Tokens[t.token].Relation != "advcl" || d.Tokens[t.token].Head < 0 {
		return false
	}
	who := r.holding(i)
	if d.Tokens[who].Head != d.Tokens[t.token].Head || subjectOf(d.Tokens[who].Relation) {
		return false
	}
	subjects := r.subjects(t.token, 0)
	return len(subjects) > 0 && !slices.Contains(subjects, who) && slices.ContainsFunc(subjects, func(c int) bool { return len(r.resolve(c)) > 0 })
}

// belowGerund tells that whoever stands at token i stands below a gerund that only tells what else came of what trigger t tells, as its verb does: "offered rewards, drawing
// criticism from Chad".
func (r *reading) belowGerund(t *trigger, i int) bool {
	d := r.d
	return r.pos(t.token) == "V" && len(r.child(t.token, "obj")) > 0 && slices.ContainsFunc(r.child(t.token, "advcl"), func(g int) bool {
		return g > t.token && d.Tokens[g].Tag == "VBG" && len(r.child(g, "mark", "nsubj")) == 0 && d.Word(g-1) == "," && r.under(i, g) && !r.predicate("harming", d.Tokens[g].Lemma) && d.Tokens[g].Lemma != "leave" && !slices.ContainsFunc(r.senses(g), func(s news.EventType) bool { return charges[s] })
	})
}

// broached tells that whoever stands at token i is what talks are about, by the verb whose subject they are: "the talks covered Chad".
func (r *reading) broached(t *trigger, i int) bool {
	d := r.d
	v := d.Tokens[t.token].Head
	if t.report.Type != news.TypeConsult || v < 0 || r.pos(v) != "V" || !subjectOf(d.Tokens[t.token].Relation) {
		return false
	}
	for n := 0; n < 6 && i >= 0 && d.Tokens[i].Head != v; n++ {
		i = d.Tokens[i].Head
	}
	return i >= 0 && coarse(d.Tokens[i].Relation) == "obj" && r.ofClass(v, "broaching")
}

// headedFor tells that token i is only where a march goes: who walks to a ministry may be against somebody else.
func (r *reading) headedFor(t *trigger, i int) bool {
	return t.report.Type == news.TypeProtest && r.pos(t.token) == "V" && r.d.Tokens[i].Head == t.token && coarse(r.d.Tokens[i].Relation) == "obl" && r.childWord(i, "to", "toward", "towards", "through")
}

// opposedIn marks the party against whom a protest is by the word before it: an anti-Peru rally, anti-Chinese riots.
func (r *reading) opposedIn(s nlp.Sentence) {
	d := r.d
	for i := s.First; i < s.Last; i++ {
		name, ok := opposedTo(d.Word(i))
		h := d.Tokens[i].Head
		m := r.at[i]
		if !ok || m != nil && (m.last != m.first+1 || !local(m.entity)) || h <= i || h >= s.Last || r.pos(h) != "N" || !slices.Contains(r.senses(h), news.TypeProtest) {
			continue
		}
		if n, known := r.g.Called(name); known && r.g.Entity(n.ID).Kind != news.Kind(news.Place) {
			if m != nil {
				r.unmark(m)
			}
			r.know(n.ID)
			r.mark(i, i+1, n.ID, news.FormAdjective, "against whom the protest is, by anti- before the name")
		}
	}
}

// opposedTo is the name after anti-, whose bearer somebody is against.
func opposedTo(word string) (name string, ok bool) {
	if len(word) < 7 || !strings.EqualFold(word[:5], "anti-") || word[5] < 'A' || word[5] > 'Z' {
		return "", false
	}
	return word[5:], true
}

// gives tells that whoever stands at token i, before the noun of trigger t, gives or sells what goes to another: "Danish arms sales to Togo".
func (r *reading) gives(t *trigger, i int) bool {
	return (t.report.Type == news.TypeTransfer || t.report.Type == news.TypeAid) && r.pos(t.token) == "N" && r.giver(t.token, i)
}

// giver tells that token i stands before the noun at token n as who gives what goes to a party right after it.
func (r *reading) giver(n, i int) bool {
	d := r.d
	if i > n {
		return false
	}
	if rel := coarse(d.Tokens[i].Relation); rel != "compound" && rel != "amod" && rel != "nmod:poss" || d.Tokens[i].Head != n && d.Tokens[d.Tokens[i].Head].Head != n {
		return false
	}
	if r.ofClass(n, "buying") {
		return false
	}
	for _, c := range slices.Concat(r.child(n, "nmod", "obl"), r.child(max(d.Tokens[n].Head, 0), "obl")) {
		if c > n && slices.ContainsFunc(r.child(c, "case"), func(p int) bool { return p == n+1 && strings.EqualFold(d.Word(p), "to") }) && slices.ContainsFunc(r.resolve(c), r.party) {
			return true
		}
	}
	return false
}

// supplied tells that whoever stands at token i gets what another gives by the noun before it, which trigger t judges, hails or turns down: "welcomed Norwegian aid
// to Malawi" welcomes no Malawi.
func (r *reading) supplied(t *trigger, i int) bool {
	d := r.d
	if !wordActs[t.report.Type] && t.report.Type != news.TypeReject || r.pos(t.token) != "V" {
		return false
	}
	return slices.ContainsFunc(r.child(i, "case"), func(p int) bool {
		n := p - 1
		return n > t.token && strings.EqualFold(d.Word(p), "to") && r.telling(n) && d.Tokens[n].Head == t.token && coarse(d.Tokens[n].Relation) == "obj" &&
			slices.ContainsFunc(r.child(n, "compound", "amod", "nmod:poss"), func(c int) bool {
				own := func(k int) bool { return shared(r.resolve(k), r.resolve(c)) } // "offered its condolences to Chad"
				return r.at[c] != nil && r.party(r.at[c].entity) && r.giver(n, c) && !slices.ContainsFunc(r.subjects(t.token, 0), own)
			})
	})
}

// partnerless tells that the verb or noun of trigger t needs others with whom it is done to tell an event of its type, and nobody is told: whoever speaks at a
// dinner, or works on a law, consults and cooperates with nobody; an opposition that blames or wins is a body.
func (r *reading) partnerless(t *trigger, typ news.EventType) bool {
	d := r.d
	with := func(words ...string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return len(t.args[w]) > 0 }) || slices.ContainsFunc(r.subjects(t.token, 0), func(c int) bool { return len(r.joined(c)) > 1 || d.Tokens[c].Lemma == "side" })
	}
	switch lemma := d.Tokens[t.token].Lemma; {
	case typ == news.TypeConsult && lemma == "speak" && r.pos(t.token) == "V":
		return !with("with", "to", "about") && len(r.child(t.token, "advmod", "obl:unmarked")) == 0 && slices.ContainsFunc(r.child(t.token, "obl"), func(c int) bool { return r.childWord(c, "at", "before", "in") })
	case typ == news.TypeCooperate && lemma == "work" && r.pos(t.token) == "V":
		return !with("with", "alongside", "together") && len(r.child(t.token, "advmod")) == 0 && (len(r.child(t.token, "xcomp", "advcl")) > 0 || slices.ContainsFunc(r.child(t.token, "obl"), func(c int) bool { return r.childWord(c, "on", "in") }))
	case typ == news.TypeReject && lemma == "opposition" && len(t.args["to"])+len(t.args["against"]) == 0:
		h := d.Tokens[t.token].Head
		if h < 0 || strings.EqualFold(d.Word(t.token), "oppositions") {
			return false
		}
		switch coarse(d.Tokens[t.token].Relation) {
		case "nsubj":
			return r.pos(h) == "V" && len(r.child(h, "obj", "ccomp", "xcomp")) > 0
		case "nmod:poss":
			return true
		case "nmod", "compound":
			return d.Tokens[h].Sort == "person" || d.Tokens[h].Sort == "organization"
		}
	}
	return false
}

// askedThere tells that whoever stands at token i is he to whom a message goes that asks him for something: "a letter was sent to the court asking it to annul".
func (r *reading) askedThere(t *trigger, i int) bool {
	d := r.d
	v := d.Tokens[i].Head
	if t.report.Type != news.TypeRequest || d.Tokens[t.token].Tag != "VBG" || v < 0 || coarse(d.Tokens[i].Relation) != "obl" || !r.childWord(i, "to") || !r.under(t.token, v) {
		return false
	}
	return slices.ContainsFunc(slices.Concat(r.child(v, "nsubj:pass"), r.child(v, "obj")), r.message) && slices.ContainsFunc(r.child(t.token, "obj"), func(c int) bool { return strings.HasPrefix(d.Tokens[c].Tag, "PRP") })
}
