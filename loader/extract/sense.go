package extract

import (
	"slices"
	"strings"

	"newsgraph/loader/gazetteer"
	"newsgraph/news"
)

// classesOf are the classes of the noun at token i, with the word before it or alone. A name has that of a disease, a storm or games at most.
func (r *reading) classesOf(i int) []string {
	d := r.d
	t := d.Tokens[i]
	if !strings.HasPrefix(t.Tag, "NN") {
		return nil
	}
	lemma := strings.ToLower(t.Lemma)
	of := r.g.Classes(lemma)
	if i > 0 && strings.HasPrefix(d.Tokens[i-1].Tag, "N") || i > 0 && strings.HasPrefix(d.Tokens[i-1].Tag, "JJ") {
		of = slices.Concat(of, r.g.Classes(strings.ToLower(d.Word(i-1))+" "+lemma))
	}
	if strings.HasPrefix(t.Tag, "NNP") {
		of = slices.DeleteFunc(slices.Clone(of), func(c string) bool { return c != "disease" && c != "weather" && c != "games" })
	}
	return of
}

// standing are the tokens that stand by token i where a figure looks.
func (r *reading) standing(i int, where string) []int {
	d := r.d
	var found []int
	cased := func(k int, words ...string) {
		for _, c := range r.child(k, "obl", "obl:agent", "nmod") {
			for _, p := range r.child(c, "case") {
				if slices.Contains(words, strings.ToLower(d.Word(p))) {
					found = append(found, c)
				}
			}
		}
	}
	verb := r.pos(i) == "V"
	passive := verb && r.passive(i, d.Sentences[r.sentenceOf[i]])
	switch where {
	case "subj":
		if verb && !passive {
			return r.subjects(i, 0)
		}
	case "obj":
		switch {
		case passive:
			return r.subjects(i, 0)
		case verb:
			return r.child(i, "obj")
		}
		cased(i, "of", "on", "against")
	case "doer":
		if verb {
			return nil
		}
		found = r.child(i, "nmod:poss")
		if v := r.d.Tokens[i].Head; v >= 0 && r.d.Tokens[i].Relation == "obj" && phases[r.d.Tokens[v].Lemma] {
			found = append(found, r.subjects(v, 0)...)
		}
		return found
	case "span":
		if !verb {
			return slices.DeleteFunc(r.child(i, "compound", "nmod:poss", "amod"), func(k int) bool { return d.Tokens[k].Tag == "PRP$" })
		}
	case "when":
		clauses := r.child(i, "advcl")
		for _, k := range r.child(i, "conj") {
			clauses = append(clauses, r.child(k, "advcl")...)
		}
		for _, c := range clauses {
			if m := r.child(c, "mark", "advmod"); len(m) > 0 && mishaps[d.Tokens[c].Lemma] {
				switch strings.ToLower(d.Word(m[0])) {
				case "when", "after", "as":
					found = append(found, r.subjects(c, 0)...)
				}
			}
		}
	case "scene":
		all := []int{i}
		if d.Tokens[i].Relation == "conj" && d.Tokens[i].Head >= 0 {
			all = append(all, d.Tokens[i].Head)
		}
		all = append(all, r.child(i, "conj")...)
		if c := r.child(i, "obj"); len(c) > 0 {
			all = append(all, c[0]) // where the tree hangs it on the object
		}
		for _, k := range all {
			cased(k, "in", "into", "on", "from", "by", "at", "before", "after", "over", "during")
		}
	default:
		cased(i, where)
		if c := r.child(i, "obj"); len(c) > 0 {
			cased(c[0], where)
		}
	}
	return found
}

// phases are the verbs whose subject does what their object tells.
var phases = wordSet("begin start stage hold launch join end suspend continue resume extend halt plan call announce declare threaten")

// mishaps are the verbs of what befalls a vehicle, a building or a machine.
var mishaps = wordSet("leave plunge overturn skid crash collide burst collapse sink capsize derail fall veer slide topple tip catch burn roll swerve break explode careen")

// figurative tells that what stands by a word shows that it tells no such event: seizing a chance, killing a headline, storming into a final.
func (r *reading) figurative(t *trigger, typ news.EventType) bool {
	if r.taught() {
		return false
	}
	if figured[typ] {
		if typ == news.TypeRetreat && r.pauses(t) {
			return true
		}
		f, ok := r.figureOf(t, typ)
		return ok && f.Then == ""
	}
	if !charges[typ] && typ != news.TypeSanction {
		return false
	}
	if slices.ContainsFunc(t.args["subj"], func(a argument) bool { return a.event >= 0 }) {
		return false // what the quake killed is told by the quake
	}
	if typ == news.TypeAssault && (r.undertaking(t) || r.crosses(t) || r.singlesOut(t)) || typ == news.TypeAccuse && r.themselves(t) || r.parts(t) || r.hires(t) || r.trade(t) || typ == news.TypeThreaten && r.curbs(t.token) || r.intangible(t, typ) || (typ == news.TypeAssault || typ == news.TypeCoerce) && r.invented(t.token) || typ == news.TypeThreaten && r.caution(t.token) {
		return true
	}
	f, ok := r.figureOf(t, typ)
	return ok && f.Then == ""
}

// singlesOut tells that somebody in office, or a speaker of himself, targets others, without a weapon: by laws, by words or at the polls, and not by force.
func (r *reading) singlesOut(t *trigger) bool {
	if r.pos(t.token) != "V" || r.d.Tokens[t.token].Lemma != "target" || len(t.args["with"]) > 0 {
		return false
	}
	return slices.ContainsFunc(r.subjects(t.token, 0), func(k int) bool {
		w := strings.ToLower(r.d.Word(k))
		return w == "we" || w == "i" || slices.ContainsFunc(r.resolve(k), func(id news.ID) bool { return r.kind(id) == news.Person && r.titleOf[id] != "" })
	})
}

// undertaking tells that a noun for any large work ("operation", "campaign") says of whose it is, or for what it is, that it is no fight: an aid operation, the
// companies' operations.
func (r *reading) undertaking(t *trigger) bool {
	i := t.token
	if r.pos(i) != "N" || !r.ofClass(i, "undertaking") {
		return false
	}
	if slices.ContainsFunc(r.child(i, "compound", "amod"), func(k int) bool { return r.ofClass(k, "civil") }) && !r.martial(i) {
		return true
	}
	doers := slices.Concat(t.args["subj"], t.args["poss"], t.args["mod"], t.args["by"])
	return slices.ContainsFunc(doers, func(a argument) bool { return r.party(a.entity) }) && !r.martial(i) && !r.fighting(i, doers)
}

// pauses tells that a verb says of a large work that is no fight that it rests: "the airline suspended its operations".
func (r *reading) pauses(t *trigger) bool {
	return r.pos(t.token) == "V" && slices.ContainsFunc(r.child(t.token, "obj"), func(o int) bool {
		return r.ofClass(o, "undertaking") && !r.martial(o) && !r.fighting(o, t.args["subj"])
	})
}

// martial tells that a noun for a large work says itself that it is a fight: by what kind it is, or against whom.
func (r *reading) martial(i int) bool {
	return len(r.standing(i, "against")) > 0 || slices.ContainsFunc(r.child(i, "compound", "amod"), func(k int) bool { return r.ofClass(k, "martial") })
}

// fighting tells that one of those whose the large work of noun i is fights in it: forces and rebels do, and a state in one that it has somewhere.
func (r *reading) fighting(i int, doers []argument) bool {
	return slices.ContainsFunc(doers, func(a argument) bool {
		e := r.entities[a.entity]
		return fighters[e.Sector] || e.Kind == news.State && r.d.Tokens[i].Tag == "NN" && len(r.standing(i, "in")) > 0
	})
}

// fighters are the sectors of those who bear arms.
var fighters = map[string]bool{"MIL": true, "REB": true, "COP": true}

// ofClass tells that the noun, verb or adjective at token k is of a class of words.
func (r *reading) ofClass(k int, class string) bool {
	return slices.Contains(r.g.Classes(strings.ToLower(r.d.Tokens[k].Lemma)), class)
}

// marked tells that a word of a class opens the clause of the verb at token i.
func (r *reading) marked(i int, class string) bool {
	return slices.ContainsFunc(r.child(i, "mark"), func(c int) bool { return slices.Contains(r.g.Classes(strings.ToLower(r.d.Word(c))), class) })
}

// crosses tells that those who cross a border are no force: hikers, refugees.
func (r *reading) crosses(t *trigger) bool {
	return t.wording.action.Name == "invade" && slices.Contains(t.wording.pattern.words, "border") && slices.ContainsFunc(t.args["subj"], func(a argument) bool {
		e := r.entities[a.entity]
		return (e.Kind == news.Group || e.Kind == news.Person) && !fighters[e.Sector]
	})
}

// themselves tells that a judgement is one of whoever gives it: "described themselves as independents".
func (r *reading) themselves(t *trigger) bool {
	return r.pos(t.token) == "V" && slices.ContainsFunc(r.child(t.token, "obj"), func(o int) bool { return reflexive[strings.ToLower(r.d.Word(o))] })
}

// reflexive are the pronouns that point to the subject.
var reflexive = wordSet("himself herself itself themselves myself ourselves yourself oneself")

// parts tells that a verb says of those who are its subject that they part, and nobody drives them: "the crowd dispersed".
func (r *reading) parts(t *trigger) bool {
	i := t.token
	return r.pos(i) == "V" && slices.Contains(r.g.Classes(strings.ToLower(r.d.Tokens[i].Lemma)), "parting") && len(r.child(i, "obj")) == 0 && !r.passive(i, r.d.Sentences[r.sentenceOf[i]]) &&
		r.d.Tokens[i].Relation != "acl" && r.after(i, r.d.Sentences[r.sentenceOf[i]].Last) < 0
}

// hires tells that a verb of using says who works for whom: "employed by the ministry".
func (r *reading) hires(t *trigger) bool {
	i := t.token
	if r.pos(i) != "V" || r.d.Tokens[i].Lemma != "employ" {
		return false
	}
	hired := r.child(i, "obj")
	if r.passive(i, r.d.Sentences[r.sentenceOf[i]]) || r.d.Tokens[i].Relation == "acl" && r.d.Tokens[i].Tag == "VBN" {
		hired = r.subjects(i, 0)
	}
	return slices.ContainsFunc(hired, func(k int) bool { return r.folk(k) || slices.ContainsFunc(r.resolve(k), r.party) })
}

// trade tells that a participle only says of investigators what they look into: "detectives probing the theft met the mayor".
func (r *reading) trade(t *trigger) bool {
	i := t.token
	h := r.d.Tokens[i].Head
	return h >= 0 && h+1 == i && r.d.Tokens[i].Tag == "VBG" && r.d.Tokens[i].Relation == "acl" && slices.Contains(r.g.Classes(strings.ToLower(r.d.Tokens[h].Lemma)), "prober") && slices.ContainsFunc(r.wordings(i), func(w wording) bool { return w.action.Name == "investigate" })
}

// curbs tells that what somebody vows at token i harms no party: to crack down on crime, to fight graft.
func (r *reading) curbs(i int) bool {
	if r.pos(i) != "V" {
		return false
	}
	clauses := r.child(i, "xcomp", "ccomp", "advcl")
	if r.ofClass(i, "pledging") && len(clauses) > 0 && !slices.ContainsFunc(clauses, func(c int) bool { return r.hostile(c) }) {
		return true // "vowed to bring changes"
	}
	return len(clauses) > 0 && !slices.ContainsFunc(clauses, func(c int) bool {
		at := r.child(c, "obj")
		for _, where := range []string{"on", "against"} {
			at = append(at, r.standing(c, where)...)
		}
		return len(at) == 0 || slices.ContainsFunc(at, func(k int) bool { return !overlap(r.classesOf(k), []string{"vice", "disease", "drug"}) })
	})
}

// hostile tells that the clause of token c tells harm to somebody, or may: one of its words tells a conflict, or the clause is a condition's.
func (r *reading) hostile(c int) bool {
	s := r.d.Sentences[r.sentenceOf[c]]
	for k := s.First; k < s.Last; k++ {
		if (k == c || r.under(k, c)) && slices.ContainsFunc(r.senses(k), func(e news.EventType) bool {
			return charges[e] || e == news.TypeSanction || e == news.TypeMobilize || e == news.TypeProtest || e == news.TypeReject
		}) {
			return true
		}
	}
	return len(r.child(c, "advcl")) > 0 || r.ofClass(c, "answering")
}

// policed tells that the noun at token i is a raid by the police, who search (CODING 19).
func (r *reading) policed(i int) bool {
	d := r.d
	if d.Tokens[i].Lemma != "raid" {
		return false
	}
	doers := r.child(i, "compound", "amod", "nmod:poss")
	if r.pos(i) == "V" {
		doers = r.subjects(i, 0)
	} else {
		doers = append(doers, r.standing(i, "by")...)
	}
	return slices.ContainsFunc(doers, func(k int) bool {
		return r.g.Noun(strings.ToLower(d.Tokens[k].Lemma)).Sector == "COP" || slices.ContainsFunc(r.resolve(k), func(id news.ID) bool { return r.entities[id].Sector == "COP" })
	})
}

// walkout tells that the noun strike at token i is one that people call, lead or join, on or against nobody, and no blow.
func (r *reading) walkout(i int) bool {
	if r.struckBefore(i) {
		return false // "called the strikes a crime"
	}
	d := r.d
	v := d.Tokens[i].Head
	if d.Tokens[i].Lemma != "strike" || r.pos(i) != "N" || v < 0 || d.Tokens[i].Relation != "obj" || !slices.Contains(r.g.Classes(strings.ToLower(d.Tokens[v].Lemma)), "rousing") {
		return false
	}
	return len(r.child(i, "compound")) == 0 && len(r.standing(i, "against"))+len(r.standing(i, "on")) == 0
}

// figured are the types beside charges that figures may leave out.
var figured = map[news.EventType]bool{news.TypeConsult: true, news.TypeAgree: true, news.TypeSupport: true, news.TypeRetreat: true, news.TypeAppoint: true, news.TypeAid: true}

// figureOf is the first figure that what stands by a word shows.
func (r *reading) figureOf(t *trigger, typ news.EventType) (gazetteer.Figure, bool) {
	if !charges[typ] && typ != news.TypeSanction && typ != news.TypeReject && !figured[typ] {
		return gazetteer.Figure{}, false
	}
	action := t.wording.action.Name
	if !t.keep || t.wording.action.Type != typ {
		action = r.sense(t, typ).action.Name
	}
	for _, f := range r.g.Figures(typ, action) {
		if r.shows(t, f) {
			return f, true
		}
	}
	return gazetteer.Figure{}, false
}

// instead is the wording of what a word tells that does not tell an event of the type, by what stands beside it: firing a minister, dockers who strike.
func (r *reading) instead(t *trigger, typ news.EventType) (wording, bool) {
	f, ok := r.figureOf(t, typ)
	then := f.Then
	switch {
	case typ == news.TypeAssault && r.policed(t.token):
		then = "search"
	case typ == news.TypeAssault && r.walkout(t.token):
		then = "strike_work"
	case !ok || then == "" || !slices.Contains(r.senses(t.token), typ):
		return wording{}, false
	}
	a, _ := news.ActionNamed(then)
	if w := r.sense(t, a.Type); w.action.Name == a.Name {
		return w, true
	}
	return wording{a, pattern{words: []string{strings.ToLower(r.d.Tokens[t.token].Lemma)}, roles: usual[r.pos(t.token)]}}, true
}

func (r *reading) shows(t *trigger, f gazetteer.Figure) bool {
	for _, u := range f.Unless {
		where, party := strings.CutPrefix(u, "!")
		for _, k := range r.standing(t.token, where) {
			if slices.ContainsFunc(r.timesIn(r.d.Sentences[r.sentenceOf[k]]), func(w timeAt) bool { return w.first <= k && k < w.last }) {
				continue // on Monday
			}
			if !party || r.sorted(k, "PARTY") || slices.ContainsFunc(r.resolve(k), r.party) {
				return false
			}
		}
	}
	at := r.standing(t.token, f.Where)
	if f.Where == "scene" {
		return slices.ContainsFunc(at, func(k int) bool { return overlap(r.classesOf(k), f.Of) })
	}
	for _, k := range at {
		k = r.measured(k)
		if !overlap(r.classesOf(k), f.Of) || r.nameAt(k) && !slices.Contains(f.Of, "games") || f.Where == "obj" && r.phrasal(t.token, k) || f.Where == "obj" && f.Then == "" && !r.ofClass(k, "emotion") && !r.ofClass(k, "outbreak") && !r.ofClass(k, "disease") && len(r.child(k, "nmod:poss")) > 0 && len(r.owners(k, nil)) > 0 {
			return false
		}
	}
	return len(at) > 0
}

// measured is what the number or measure at token k is of: the pigs of "hundreds of pigs"; itself if it is none.
func (r *reading) measured(k int) int {
	if !r.counts(k) && r.d.Tokens[k].Lemma != "number" || r.at[k] != nil && r.at[k].form != news.FormNominal {
		return k
	}
	for _, c := range r.child(k, "nmod") {
		if slices.ContainsFunc(r.child(c, "case"), func(p int) bool { return strings.EqualFold(r.d.Word(p), "of") }) {
			return c
		}
	}
	return k
}

// nameAt tells that a name stands at token i, of which more is known than that it is one word.
func (r *reading) nameAt(i int) bool {
	m := r.at[i]
	return m != nil && m.form != news.FormNominal && (m.last-m.first > 1 || !local(m.entity))
}

func overlap[T comparable](a, b []T) bool {
	return slices.ContainsFunc(a, func(s T) bool { return slices.Contains(b, s) })
}

// intangible tells that a verb of harm or force has an object that nobody can harm or hold: seizing a chance, killing a headline; or that what the noun
// tells is done to such: an assault on privacy (CODING 44).
func (r *reading) intangible(t *trigger, typ news.EventType) bool {
	if typ == news.TypeAssault && r.pos(t.token) == "N" {
		on := append(r.standing(t.token, "on"), r.standing(t.token, "against")...)
		return len(on) > 0 && !slices.ContainsFunc(on, func(k int) bool {
			n := r.d.Tokens[k]
			return n.Sort != "abstract" || n.Tag != "NN" || r.telling(k) || len(r.resolve(k)) > 0 || len(r.child(k, "det", "nmod:poss", "nmod", "compound")) > 0
		})
	}
	if typ != news.TypeAssault && typ != news.TypeCoerce || r.pos(t.token) != "V" {
		return false
	}
	objects := r.child(t.token, "obj")
	if len(objects) == 0 {
		return false
	}
	for _, o := range objects {
		if n := r.d.Tokens[o]; n.Sort != "abstract" || n.Tag != "NN" || r.telling(o) || len(r.resolve(o)) > 0 || len(r.child(o, "nmod:poss")) > 0 || r.phrasal(t.token, o) {
			return false
		}
	}
	return true
}

// invented tells that a work of art or a game tells what token i tells, or that somebody plays it (CODING 44).
func (r *reading) invented(i int) bool {
	d := r.d
	work := func(k int) bool {
		return slices.Contains(r.classesOf(k), "work") && !r.nameAt(k) && !slices.ContainsFunc(r.children[k], func(c int) bool { return coarse(d.Tokens[c].Relation) == "nmod" && r.telling(c) })
	}
	for n := 0; i >= 0 && n < 6; n++ {
		if slices.ContainsFunc(r.subjects(i, 0), work) && n > 0 {
			return true
		}
		for _, k := range r.standing(i, "in") {
			if work(k) {
				return true
			}
		}
		t := d.Tokens[i]
		if h := t.Head; t.Relation == "acl:relcl" && h >= 0 && coarse(d.Tokens[h].Relation) == "obj" && d.Tokens[h].Head >= 0 && enacts[d.Tokens[d.Tokens[h].Head].Lemma] {
			return true
		}
		i = t.Head
	}
	return false
}

// enacts are the verbs whose object is a part, not a person.
var enacts = wordSet("play portray depict impersonate enact")

// feared tells that clause c of the warning at token i tells what others than who warns may do: that rebels could be planning attacks.
func (r *reading) feared(i, c int) bool {
	d := r.d
	foreseen := r.foreseen(i, c)
	if !foreseen && !slices.ContainsFunc(r.child(c, "aux"), func(a int) bool {
		l := strings.ToLower(d.Word(a))
		return l == "could" || l == "may" || l == "might"
	}) {
		return false
	}
	var warns []news.ID
	for _, k := range r.subjects(i, 0) {
		warns = append(warns, r.resolve(k)...)
	}
	subjects := r.subjects(c, 0)
	return len(subjects) > 0 && !slices.ContainsFunc(subjects, func(k int) bool {
		if strings.EqualFold(d.Word(k), "it") && !slices.ContainsFunc(warns, func(w news.ID) bool { return r.kind(w) == news.State || r.kind(w) == news.Organisation }) {
			return false // persons do not warn of themselves by it
		}
		return strings.HasPrefix(d.Tokens[k].Tag, "PRP") || len(r.owners(k, nil)) > 0 && (len(warns) == 0 || shared(r.owners(k, nil), warns)) || shared(r.resolve(k), warns)
	})
}

// foreseen tells that clause c of the warning at token i, which is given to nobody, foretells what a party will do, not what it will suffer: that rebels will regroup.
func (r *reading) foreseen(i, c int) bool {
	d := r.d
	will := slices.ContainsFunc(r.child(c, "aux"), func(a int) bool { l := d.Tokens[a].Lemma; return l == "will" || l == "would" })
	if will && slices.Contains(r.g.Classes(d.Tokens[c].Lemma), "lasting") && !slices.ContainsFunc(r.subjects(c, 0), func(k int) bool {
		return strings.HasPrefix(d.Tokens[k].Tag, "PRP") || r.sorted(k, "PARTY") || len(r.owners(k, nil)) > 0 || slices.ContainsFunc(r.resolve(k), r.party)
	}) {
		return true // the violence will go on
	}
	return will && len(r.child(i, "obj", "iobj")) == 0 && !r.depending(c) && len(r.child(c, "aux:pass")) == 0 && !slices.Contains(r.g.Classes(d.Tokens[c].Lemma), "languishing") && !r.negated(c) &&
		slices.ContainsFunc(r.subjects(c, 0), func(k int) bool {
			return slices.ContainsFunc(r.resolve(k), func(id news.ID) bool { return r.party(id) && r.kind(id) != news.State })
		})
}

// depending tells that what clause c tells depends on another, or goes before or after it; what it is for leaves it as it is.
func (r *reading) depending(c int) bool {
	return slices.ContainsFunc(r.child(c, "advcl"), func(k int) bool { return r.d.Tokens[k].Tag != "VB" || !r.childMark(k, "to") })
}

// ripples tells that clause c of the warning at token i, which is given to nobody, foretells what others feel or do once a deed is done: that an attack would anger farmers.
func (r *reading) ripples(i, c int) bool {
	subjects := r.child(c, "nsubj")
	return len(r.child(i, "obj", "iobj", "obl")) == 0 && r.ofClass(c, "rippling") && len(subjects) > 0 && !slices.ContainsFunc(subjects, func(k int) bool {
		return !r.telling(k) || len(r.child(k, "nmod:poss")) > 0 || slices.ContainsFunc(r.child(k, "nmod"), func(o int) bool { return r.childCase(o, "by", "from") })
	})
}

// ownHarm tells that whoever warns at token i warns of what may befall his own people, or may come at all, by the noun at token k: "warned its citizens of attacks",
// "warned of possible raids on its ships".
func (r *reading) ownHarm(i, k int) bool {
	d := r.d
	if r.pos(i) != "V" || r.pos(k) != "N" {
		return false
	}
	if r.ofClass(k, "likelihood") && len(r.child(i, "obj", "iobj")) == 0 {
		return true // "warned of the likelihood of raids"
	}
	if o := r.child(i, "obj"); len(o) > 0 {
		return r.ownPeople(i, o[0])
	}
	return slices.ContainsFunc(r.child(k, "amod"), func(c int) bool { return possible[strings.ToLower(d.Word(c))] })
}

// possible are adjectives of what may come.
var possible = wordSet("possible potential likely fresh further more imminent renewed")

// asFact tells that clause c of the warning at token i tells as a fact what others than who warns are doing: that rebels are already recruiting.
func (r *reading) asFact(i, c int) bool {
	d := r.d
	if r.pos(c) != "V" && len(r.child(c, "cop")) == 0 || slices.ContainsFunc(r.child(c, "aux"), func(a int) bool { return d.Tokens[a].Tag == "MD" }) || len(r.child(c, "nsubj", "nsubj:pass")) == 0 || len(r.child(c, "advcl")) > 0 || planning[d.Tokens[c].Lemma] {
		return false
	}
	if tag := d.Tokens[c].Tag; tag == "VB" || tag == "VBG" && len(r.child(c, "aux")) == 0 {
		return false
	}
	var warns []news.ID
	for _, k := range r.subjects(i, 0) {
		warns = append(warns, r.resolve(k)...)
	}
	return !slices.ContainsFunc(r.subjects(c, 0), func(k int) bool {
		ids := r.resolve(k)
		return strings.HasPrefix(d.Tokens[k].Tag, "PRP") || len(r.owners(k, nil)) > 0 || len(r.child(k, "nmod:poss")) > 0 || shared(ids, warns) || slices.ContainsFunc(ids, func(id news.ID) bool {
			return slices.ContainsFunc(warns, func(w news.ID) bool { return r.kind(id) == news.State && r.entities[w].Country == r.entities[id].ISO3 })
		})
	})
}

// advises tells that the warning at token k, which verb i gives, is for the own people of whom it is from: "issued a warning to its citizens".
func (r *reading) advises(i, k int) bool {
	for _, where := range []string{"to", "for"} {
		for _, o := range slices.Concat(r.standing(k, where), r.standing(i, where)) {
			if r.ownPeople(i, o) {
				return true
			}
		}
	}
	return false
}

// caution tells that a warning foretells what no party does: weather, illness, a toll that may rise (CODING 44).
func (r *reading) caution(i int) bool {
	d := r.d
	if r.pos(i) == "V" && r.predicate("light", d.Tokens[i].Lemma) {
		return slices.ContainsFunc(r.child(i, "obj"), func(k int) bool { return d.Tokens[k].Lemma == "warning" && (r.caution(k) || r.advises(i, k)) })
	}
	if l := d.Tokens[i].Lemma; l != "warn" && l != "warning" && l != "caution" && l != "alert" {
		return false
	}
	if r.pos(i) == "N" && slices.ContainsFunc(r.standing(i, "span"), func(k int) bool { return overlap(r.classesOf(k), []string{"hazard", "disease", "weather", "journey"}) }) {
		return true // a storm warning, a travel warning
	}
	spares := func(c int) bool { // sales, growth and trust are nobody's body or land
		objects := r.child(c, "obj")
		return len(objects) > 0 && len(r.child(c, "advcl")) == 0 && !slices.ContainsFunc(objects, func(o int) bool {
			return r.d.Tokens[o].Sort != "abstract" && !slices.Contains(r.classesOf(o), "money") || len(r.resolve(o)) > 0 || r.telling(o)
		})
	}
	threat := func(k int) bool {
		return !spares(k) && r.telling(k) && slices.ContainsFunc(r.senses(k), func(e news.EventType) bool { return charges[e] || e == news.TypeSanction || e == news.TypeMobilize })
	}
	if own := func(o int) bool { return r.ownPeople(i, o) }; r.pos(i) == "V" && slices.ContainsFunc(r.child(i, "obj", "iobj", "nsubj:pass"), own) && len(r.child(i, "ccomp", "xcomp")) == 0 {
		return true // warned its citizens against travelling
	}
	clauses := r.child(i, "ccomp", "xcomp", "acl")
	if len(clauses) == 1 && slices.Contains(r.g.Classes(d.Tokens[clauses[0]].Lemma), "expecting") {
		return true // "warned that they expect more attacks"
	}
	if t := d.Tokens[i]; len(clauses) == 0 && t.Relation == "parataxis" && t.Head >= 0 {
		clauses = []int{t.Head} // the toll may rise, it warned
	}
	if len(clauses) > 0 {
		if !slices.ContainsFunc(clauses, func(c int) bool { return !r.feared(i, c) && !r.asFact(i, c) && !r.ripples(i, c) }) {
			return true
		}
		return !slices.ContainsFunc(clauses, func(c int) bool {
			subjects := r.subjects(c, 0)
			if spares(c) && !slices.ContainsFunc(subjects, func(k int) bool { return slices.ContainsFunc(r.resolve(k), r.party) }) {
				return false
			}
			return threat(c) || len(subjects) == 0 || slices.ContainsFunc(r.child(c, "advcl"), func(k int) bool { return !r.childMark(k, "because") }) || slices.ContainsFunc(subjects, func(k int) bool {
				return r.telling(k) || strings.HasPrefix(d.Tokens[k].Tag, "PRP") || r.sorted(k, "PARTY") || slices.ContainsFunc(r.resolve(k), func(id news.ID) bool { return r.party(id) || r.kind(id) == news.Weapon }) || len(r.owners(k, nil)) > 0
			})
		})
	}
	told, foretold := 0, 0
	for _, where := range []string{"of", "about", "against"} {
		for _, k := range r.standing(i, where) {
			told++
			if r.ownHarm(i, k) {
				foretold++
				continue
			}
			if overlap(r.classesOf(k), []string{"hazard", "disease", "weather", "money", "animal", "vice", "fire", "drug", "thing"}) {
				foretold++
			}
		}
	}
	advised := 0
	for _, c := range r.child(i, "advcl") {
		for _, m := range r.child(c, "mark") {
			if w := strings.ToLower(d.Word(m)); (w == "against" || w == "about" || w == "of") && !threat(c) {
				advised++
			}
		}
	}
	return told > 0 && told == foretold || told == 0 && advised > 0 && len(r.child(i, "obj")) == 0 || slices.ContainsFunc(r.subjects(i, 0), func(k int) bool { return slices.Contains(r.classesOf(k), "expert") && !r.nameAt(k) })
}

// harmless is the type of what token i tells where that is an assault by its words and nobody is there to be hurt: missiles fired into the sea are a
// test (CODING 16).
func (r *reading) harmless(t *trigger, typ news.EventType) news.EventType {
	if typ == news.TypeAssault && r.pos(t.token) == "N" && slices.Contains(r.classesOf(t.token), "fire") && len(t.args["poss"])+len(t.args["by"])+len(t.args["from"])+len(t.args["against"])+len(r.child(t.token, "compound")) == 0 &&
		len(r.child(t.token, "det", "nummod")) > 0 {
		return news.TypeAccident // a fire that nobody set
	}
	if typ == news.TypeAssault && t.keep && r.pos(t.token) == "N" && (t.wording.action.Type == news.TypeAccident || t.wording.action.Type == news.TypeDisaster) {
		if senses := r.senses(t.token); !slices.Contains(senses, news.TypeAssault) {
			return t.wording.action.Type // no sense of turbulence is an attack
		}
	}
	if typ == news.TypeAssault && r.lays(t.token) {
		return news.TypeAppoint // whom one fires, and not at whom, loses his post
	}
	if typ != news.TypeAssault || !launches[r.d.Tokens[t.token].Lemma] {
		return typ
	}
	sea := false
	for _, where := range []string{"at", "on", "against", "into", "toward", "towards", "off", "over", "in"} {
		for _, k := range r.standing(t.token, where) {
			wet := slices.Contains(r.classesOf(k), "sea")
			if m := r.at[k]; m != nil {
				for n := m.first; n < m.last; n++ {
					wet = wet || slices.Contains(r.g.Classes(strings.ToLower(r.d.Tokens[n].Lemma)), "sea")
				}
			}
			if !wet && where != "in" && where != "on" && where != "over" && where != "off" {
				return typ
			}
			sea = sea || wet && where != "in"
		}
	}
	if !sea {
		return typ
	}
	return news.TypeTest
}

// lays tells that the verb at token i fires people, at nobody and nothing: "fired three stewards", "fired his deputy".
func (r *reading) lays(i int) bool {
	if r.d.Tokens[i].Lemma != "fire" || r.pos(i) != "V" || r.passive(i, r.d.Sentences[r.sentenceOf[i]]) {
		return false
	}
	for _, where := range []string{"at", "on", "into", "toward", "towards", "from"} {
		for _, k := range r.standing(i, where) {
			if !days[r.d.Word(k)] && r.d.Tokens[k].Sort != "time" {
				return false
			}
		}
	}
	objects := r.child(i, "obj")
	return len(objects) > 0 && !slices.ContainsFunc(objects, func(o int) bool {
		return !r.folk(o) && !slices.ContainsFunc(r.resolve(o), func(id news.ID) bool { return r.kind(id) == news.Person })
	})
}

// tool tells that the noun at token i, an assault by its words, is a thing that somebody has with him: arrested with a petrol bomb.
func (r *reading) tool(i int, typ news.EventType) bool {
	if typ != news.TypeAssault || r.pos(i) != "N" || r.taught() {
		return false
	}
	return slices.ContainsFunc(r.child(i, "case"), func(c int) bool { return strings.EqualFold(r.d.Word(c), "with") }) && slices.Contains(r.g.Classes(strings.ToLower(r.d.Tokens[i].Lemma)), "arm")
}

// official tells that a state or a body of its government protests, which is a note and no march (CODING 44).
func (r *reading) official(t *trigger, typ news.EventType) bool {
	if typ != news.TypeProtest || r.d.Tokens[t.token].Lemma != "protest" || r.pos(t.token) != "V" {
		return false
	}
	subjects := t.args["subj"]
	return len(subjects) > 0 && !slices.ContainsFunc(subjects, func(a argument) bool {
		return r.kind(a.entity) != news.State && !(r.kind(a.entity) == news.Organisation && bodySectors[strings.ToLower(r.d.Tokens[a.token].Lemma)] == "GOV")
	})
}

// inProtest tells that the noun at token i only says why another deed was done: "resigned in protest at the killings".
func (r *reading) inProtest(i int) bool {
	d := r.d
	h := d.Tokens[i].Head
	if d.Tokens[i].Lemma != "protest" || d.Tokens[i].Tag != "NN" || h < 0 || i == 0 || !strings.EqualFold(d.Word(i-1), "in") || d.Tokens[i-1].Head != i {
		return false
	}
	return slices.ContainsFunc(r.senses(h), func(e news.EventType) bool {
		return e == news.TypeAppoint || e == news.TypeSanction || e == news.TypeReject || e == news.TypeRetreat || e == news.TypeAccuse
	})
}

// launches are the verbs and nouns of which a weapon is the object.
var launches = wordSet("fire launch launching firing shoot lob send")
