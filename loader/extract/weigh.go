package extract

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"newsgraph/loader/nlp"
	"newsgraph/news"
)

// Decision is something that a model decides, with the features that it is weighed by. cmd/train learns from them.
type Decision struct {
	Model            string // type, action, role, modality, background, when, carry, said or about
	Trigger          news.Span
	Type             news.EventType   // of roles and actions: of their event
	Entity           news.Entity      // of roles: who stands there
	Span             news.Span        // of roles: where
	When             news.When        // of dates: which
	Other            news.Span        // of what an event is about: the words that tell that
	Sources, Targets []news.Entity    // of whether a report is right
	Rule             string           // of types: what the rules make of the word
	Senses           []news.EventType // of types: those that the vocabulary has for it
	Features         []string
}

// Lesson tells what is right while a story is read, and keeps what had to be decided.
type Lesson struct {
	Type      func(trigger news.Span) news.EventType // the right type of the event that the words tell, empty if they tell none; nil only watches
	Decisions []Decision
}

// Study reads a story as a lesson says, so that its decisions can be learnt from.
func (x *Extractor) Study(story news.Story, l *Lesson) error {
	doc, err := x.Parse(story.Text)
	if err != nil {
		return err
	}
	x.read(story, doc, l)
	return nil
}

// taught tells that the lesson, and not the weights, says what is right.
func (r *reading) taught() bool { return r.lesson != nil && r.lesson.Type != nil }

// decide keeps a decision for the lesson, if there is one.
func (r *reading) decide(d Decision) {
	if r.lesson != nil {
		r.lesson.Decisions = append(r.lesson.Decisions, d)
	}
}

// noType is the class of words that tell no event.
const noType = "NONE"

// features gathers the names of features, each with what it is joined to.
type features []string

func (f *features) add(parts ...string) { *f = append(*f, strings.Join(parts, "=")) }

// word adds a word under a name: itself and its clusters.
func (r *reading) word(f *features, name string, i int) {
	l := strings.ToLower(r.d.Tokens[i].Lemma)
	f.add(name, l)
	if coarse, fine := r.view.Clusters(i); coarse > 0 {
		f.add(name+"·200", strconv.Itoa(coarse))
		f.add(name+"·1000", strconv.Itoa(fine))
	}
}

// sortOf is what is known of the phrase headed by token i: the kind of its entity, or the sort of its noun.
func (r *reading) sortOf(i int) string {
	if m := r.at[i]; m != nil {
		k := string(r.kind(m.entity))
		if local(m.entity) {
			k += "/"
		}
		return k
	}
	t := r.d.Tokens[i]
	switch {
	case strings.HasPrefix(t.Tag, "PRP"), strings.HasPrefix(t.Tag, "W"):
		return "pronoun:" + t.Lemma
	case t.Sort != "":
		return t.Sort
	}
	return t.Tag
}

// pos is the broad part of speech of token i: N, V or J.
func (r *reading) pos(i int) string {
	switch t := r.d.Tokens[i].Tag; {
	case strings.HasPrefix(t, "VB"):
		return "V"
	case strings.HasPrefix(t, "NN"):
		return "N"
	}
	return "J"
}

// mayTell tells that a token may tell an event whether or not the vocabulary knows it: a verb that is no auxiliary, a common noun, a predicate.
func (r *reading) mayTell(i int) bool {
	t := r.d.Tokens[i]
	if m := r.at[i]; m != nil && m.form != news.FormNominal {
		return false
	}
	switch {
	case strings.HasPrefix(t.Tag, "VB"):
		return t.Relation != "aux" && t.Relation != "aux:pass" && t.Relation != "cop" && t.Relation != "case"
	case t.Tag == "NN" || t.Tag == "NNS":
		if i+1 < len(r.d.Tokens) && r.d.Word(i+1) == "-" && r.d.Tokens[i+1].Start == t.End {
			return false
		}
		return t.Sort != "time" && !(t.Relation == "compound" && t.Head == i+1 && !r.telling(i))
	}
	return strings.HasPrefix(t.Tag, "JJ") && len(r.child(i, "cop")) > 0
}

// typeFeatures are what tells which event, if any, token i tells. rule is the wording that the vocabulary's conditions chose, or why none.
func (r *reading) typeFeatures(i int, s nlp.Sentence, rule string) features {
	d, t := r.d, r.d.Tokens[i]
	pos := r.pos(i)
	f := make(features, 0, 48)
	f.add("bias")
	f.add("rule", rule)
	f.add("rule", rule, pos)
	for _, typ := range r.senses(i) {
		f.add("sense", string(typ))
	}
	r.word(&f, pos, i)
	f.add("tag", t.Tag)
	f.add("rel", coarse(t.Relation), pos)
	f.add("rel", coarse(t.Relation), rule)
	f.add("sort", t.Sort, pos)
	f.add("sort", t.Sort, rule)
	if h := t.Head; h >= 0 {
		r.word(&f, "head:"+coarse(t.Relation), h)
		f.add("head rule", r.ruleOf(h), coarse(t.Relation))
		f.add("head rule", r.ruleOf(h), rule)
	} else {
		f.add("root", rule)
	}
	lemma := strings.ToLower(t.Lemma)
	subject, object := "no", "no"
	for _, c := range r.children[i] {
		rel := coarse(d.Tokens[c].Relation)
		for _, class := range r.classesOf(c) {
			f.add("class", rel, class, pos)
			f.add("class", rel, class, rule)
		}
		switch rel {
		case "punct", "aux", "aux:pass", "cop":
			if rel != "punct" {
				f.add("aux", strings.ToLower(d.Tokens[c].Lemma), pos)
			}
			continue
		case "nsubj", "nsubj:pass":
			subject = rel + r.sortOf(c)
			r.word(&f, rel, c)
		case "obj":
			object = r.sortOf(c)
			r.word(&f, "obj", c)
			f.add(lemma, "obj", d.Tokens[c].Lemma)
		case "obl", "nmod", "obl:agent":
			for _, p := range r.child(c, "case") {
				f.add("with", strings.ToLower(d.Word(p)), r.sortOf(c), pos)
				f.add(lemma, strings.ToLower(d.Word(p)))
			}
		case "compound:prt", "compound", "amod", "advmod":
			f.add(rel, strings.ToLower(d.Tokens[c].Lemma))
			r.word(&f, "mod", c)
		case "det":
			f.add("det", strings.ToLower(d.Word(c)), pos)
		case "nmod:poss":
			f.add("poss", r.sortOf(c))
		default:
			f.add("child", rel, pos)
		}
		if (rel == "xcomp" || rel == "ccomp" || rel == "advcl" || rel == "obj" || rel == "nsubj") && r.ruleOf(c) != "" {
			f.add("child rule", rel, r.ruleOf(c))
		}
	}
	// The company in its sentence tells senses apart: shooting a film.
	if rule != "" {
		seen := map[int]bool{}
		for k := s.First; k < s.Last; k++ {
			if coarse, _ := r.view.Clusters(k); coarse > 0 && k != i && !seen[coarse] && (strings.HasPrefix(d.Tokens[k].Tag, "NN") || strings.HasPrefix(d.Tokens[k].Tag, "VB")) {
				seen[coarse] = true
				f.add("beside", strconv.Itoa(coarse), rule)
			}
		}
	}
	f.add("subj", subject, pos)
	f.add("obj", object, pos)
	f.add("subj", subject, rule)
	f.add("obj", object, rule)
	f.add("args", subject, object)
	if r.voiceAt(i) != nil {
		f.add("quoted", pos)
	}
	if len(r.timesIn(s)) > 0 {
		f.add("dated", pos)
	}
	if r.negated(i) {
		f.add("negated", pos)
	}
	r.mannerFeatures(&f, i, rule)
	if p := r.propositions[i]; p != nil {
		f.add("predicate", p.Class(d), rule)
		f.add("happened", strconv.Itoa(int(p.Happened*3)), rule)
		f.add("episodic", strconv.Itoa(int(p.Episodic*5)), rule)
		f.add("episodic", strconv.Itoa(int(p.Episodic*5)), pos)
		f.add("situation", p.Situation, rule)
		args := ""
		for _, a := range p.Args {
			if strings.HasPrefix(a.Role, "ARG") && len(a.Role) == 4 {
				args += " " + a.Role
				f.add(a.Role, r.sortOf(a.Head), pos)
				f.add(a.Role, r.sortOf(a.Head), rule)
			}
		}
		f.add("arguments", args, pos)
		f.add(lemma, "arguments", args)
	} else {
		f.add("predicate", "none", rule)
	}
	return f
}

// mannerFeatures are what tells a report from advice, rules, habits and teaching: of what manner the story is. Tense, person and names beside the word were
// tried too, and cost events of news that are told as few of the training's stories tell.
func (r *reading) mannerFeatures(f *features, i int, rule string) {
	pos, manner := r.pos(i), r.manner()
	f.add("manner", manner, pos)
	f.add("manner", manner, rule)
}

// manner is how a story tells, a class of its own: in quarters how many of its sentences are in the past and how many of these name a party, and whether
// anybody says anything.
func (r *reading) manner() string {
	if r.mannerIs != "" {
		return r.mannerIs
	}
	past, named, told := 0, 0, 0
	for _, s := range r.d.Sentences {
		hasPast, hasName := false, false
		for k := s.First; k < s.Last; k++ {
			t := r.d.Tokens[k]
			hasPast = hasPast || t.Tag == "VBD"
			if m := r.at[k]; m != nil && m.form == news.FormName && (r.kind(m.entity) == news.State || r.kind(m.entity) == news.Person || r.kind(m.entity) == news.Organisation) {
				hasName = true
			}
			if t.Tag == "VBD" && sayVerbs[t.Lemma] {
				told++
			}
		}
		past += boolInt(hasPast)
		named += boolInt(hasName && hasPast)
	}
	n := max(1, len(r.d.Sentences))
	r.mannerIs = strconv.Itoa(4*past/n) + strconv.Itoa(4*named/n) + strconv.Itoa(min(2, 20*told/n))
	return r.mannerIs
}

// wordings are all patterns of the vocabulary that begin with the verb, or end in the noun, at token i, whatever else they ask for.
func (r *reading) wordings(i int) []wording {
	switch r.pos(i) {
	case "V":
		return r.verbs[r.lemma(i)]
	case "J":
		return r.predicates(i)
	}
	if w := strings.ToLower(r.d.Word(i)); w != r.lemma(i) {
		return slices.Concat(r.nouns[r.lemma(i)], r.nouns[w])
	}
	return r.nouns[r.lemma(i)]
}

// senses are the types that the vocabulary has for token i and the words that stand by it, each once.
func (r *reading) senses(i int) []news.EventType {
	var all []news.EventType
	verb := r.pos(i) == "V"
	for _, w := range r.wordings(i) {
		if !slices.Contains(all, w.action.Type) && (len(w.pattern.words) == 1 || r.worded(i, w.pattern.words, verb)) {
			all = append(all, w.action.Type)
		}
	}
	return all
}

// ruleOf is what the vocabulary alone makes of a token of the sentence that is being read: a type, or why it is none, or empty.
func (r *reading) ruleOf(i int) string { return r.rules[i] }

// judge decides which event token i tells, and finds its wording: that which the rules chose, another of its senses, or the type's own. It returns
// false if it tells none.
func (r *reading) judge(t *trigger, s nlp.Sentence) bool {
	f := r.typeFeatures(t.token, s, r.rules[t.token])
	at := r.span(t.token, t.token+1)
	chosen, best := news.EventType(""), 0.0
	r.decide(Decision{Model: "type", Trigger: at, Rule: r.rules[t.token], Senses: r.senses(t.token), Features: f})
	if r.taught() {
		chosen, best = r.lesson.Type(at), 1
	} else {
		classes, p := r.weights.weigh("type", f)
		if classes == nil { // nothing learnt: the rules alone
			return t.keep
		}
		k := 0
		for n := range p {
			if p[n] > p[k] {
				k = n
			}
		}
		if none := slices.Index(classes, noType); classes[k] == noType && none >= 0 && 1-p[none] > tellFrom(t.keep) {
			told := 1 - p[none]
			p[none] = 0
			for n := range p {
				if p[n] > p[k] {
					k = n
				}
			}
			if charges[news.EventType(classes[k])] && told <= tellFrom(t.keep)+0.1 {
				k = none // charges must be the surer
			}
		}
		if classes[k] != noType && (t.keep || p[k] > newFrom(slices.Contains(r.senses(t.token), news.EventType(classes[k])), news.EventType(classes[k]))) {
			chosen, best = news.EventType(classes[k]), p[k]
		}
	}
	t.confidence = best
	if !r.taught() {
		chosen = r.harmless(t, chosen)
	}
	if w, ok := r.instead(t, news.TypeAssault); chosen == "" && t.keep && ok && !r.taught() && (t.wording.action.Type == w.action.Type || t.wording.action.Counts != "") {
		t.wording, t.confidence = w, 1-best // who stands beside it leaves no other sense: firing ministers, killed when their bus left the road
		return true
	}
	if chosen == "" {
		if t.keep {
			r.leave(t.token, "weighed and found to tell no event")
		}
		return false
	}
	if r.tool(t.token, chosen) {
		r.leave(t.token, "what is carried or found, not what was done with it")
		return false
	}
	if !r.taught() && r.official(t, chosen) {
		if h := r.d.Tokens[t.token].Head; h >= 0 && r.d.Tokens[h].Lemma == "summon" {
			r.leave(t.token, "the same happening as the words that it is joined to")
			return false
		}
		chosen = news.TypeAccuse
		t.keep = false
	}
	if !r.taught() && chosen == news.TypeProtest && r.inProtest(t.token) {
		r.leave(t.token, "why it was done")
		return false
	}
	if l := r.d.Tokens[t.token].Lemma; !r.taught() && chosen == news.TypeAccuse && (l == "describe" || l == "characterize" || l == "characterise") && r.passive(t.token, s) && len(r.child(t.token, "obl:agent")) == 0 {
		r.leave(t.token, "said of it, and nobody is told who judges")
		return false
	}
	if r.figurative(t, chosen) {
		r.leave(t.token, "done to what nobody can harm: a figure of speech")
		return false
	}
	if a, ok := news.ActionNamed("call"); ok && chosen != a.Type && r.phones(t) {
		t.wording = r.sense(t, a.Type)
		return true
	}
	if !r.taught() {
		if w, ok := r.instead(t, chosen); ok {
			t.wording = w
			return true
		}
	}
	if t.keep && t.wording.action.Type == chosen {
		return true
	}
	t.wording = r.sense(t, chosen)
	return t.wording.action.Name != ""
}

// phones tells that trigger t is a call to a person, and neither a name nor an appeal: after whom is called nothing stands but when, or what else was done.
func (r *reading) phones(t *trigger) bool {
	d := r.d
	i := t.token
	if r.taught() || d.Tokens[i].Lemma != "call" || r.pos(i) != "V" || r.passive(i, d.Sentences[r.sentenceOf[i]]) {
		return false
	}
	objects := r.child(i, "obj")
	if len(objects) != 1 || len(r.child(i, "ccomp", "xcomp", "iobj", "compound:prt", "advcl")) > 0 {
		return false
	}
	o := objects[0]
	ids := r.resolve(o)
	last := o + 1
	if m := r.at[o]; m != nil {
		last = m.last
	}
	if len(ids) != 1 || r.kind(ids[0]) != news.Person || last >= len(d.Tokens) {
		return false
	}
	switch w := d.Tokens[last]; {
	case strings.ContainsAny(d.Word(last), ".,;"), w.Tag == "CC":
	case w.Tag == "RB":
	default:
		return slices.ContainsFunc(r.timesIn(d.Sentences[r.sentenceOf[i]]), func(at timeAt) bool { return at.first <= last+1 && last < at.last })
	}
	return true
}

// tellFrom is from which probability on a word is read as telling an event: what the rules say is given the benefit of the doubt.
func tellFrom(rule bool) float64 {
	if rule {
		return 0.2
	}
	return 0.38
}

// newFrom is from which probability on a word is read as telling an event that the rules do not see: one of its senses in the vocabulary, or one that
// the vocabulary does not know. Charges must be the surer.
func newFrom(sense bool, typ news.EventType) float64 {
	p := 0.52
	if sense {
		p = 0.42
	}
	if charges[typ] {
		p += 0.28
	}
	return p
}

// charges are the types that are held against their source.
var charges = map[news.EventType]bool{news.TypeAccuse: true, news.TypeAssault: true, news.TypeCoerce: true, news.TypeThreaten: true}

// sense is the wording of token t that has the type: of those of the vocabulary the one with most of its words there, else the type's own.
func (r *reading) sense(t *trigger, typ news.EventType) wording {
	verb := r.pos(t.token) == "V"
	best, most := wording{}, -1
	for _, w := range r.wordings(t.token) {
		if w.action.Type != typ {
			continue
		}
		score := 0
		switch {
		case r.worded(t.token, w.pattern.words, verb):
			score = 10 * len(w.pattern.words)
		case len(w.pattern.words) > 1:
			continue // "announce resignation", and none is announced
		}
		for _, need := range w.pattern.needs {
			if slices.ContainsFunc(need, func(c condition) bool { return r.holds(t, w.pattern, c) != c.not }) {
				score++
			} else {
				score--
			}
		}
		if score+20 > most {
			best, most = w, score+20
		}
	}
	if best.action.Name != "" {
		return best
	}
	a, ok := news.ActionNamed(r.actionOf(t, typ))
	if !ok {
		return wording{}
	}
	p := pattern{words: []string{strings.ToLower(r.d.Tokens[t.token].Lemma)}, roles: usual[r.pos(t.token)]}
	return wording{a, p}
}

// actionOf is the action of a type that a word of no wording tells most likely.
func (r *reading) actionOf(t *trigger, typ news.EventType) string {
	f := make(features, 0, 8)
	f.add("bias")
	r.word(&f, "w", t.token)
	r.decide(Decision{Model: "action", Trigger: r.span(t.token, t.token+1), Type: typ, Features: f})
	classes, p := r.weights.weigh("action", f)
	name, best := generalActions[typ], 0.3
	for k, c := range classes {
		if a, ok := news.ActionNamed(c); ok && a.Type == typ && p[k] > best {
			name, best = c, p[k]
		}
	}
	return name
}

// generalActions are the actions that say no more than their type.
var generalActions = map[news.EventType]string{
	news.TypeAgree: "agree", news.TypeConsult: "meet", news.TypeSupport: "support", news.TypeConcede: "concede", news.TypeCooperate: "cooperate",
	news.TypeAid: "aid", news.TypeRetreat: "withdraw", news.TypeRequest: "call_for", news.TypeAccuse: "accuse", news.TypeReject: "reject",
	news.TypeThreaten: "threaten", news.TypeProtest: "protest", news.TypeSanction: "sanction", news.TypeMobilize: "deploy", news.TypeCoerce: "pressure",
	news.TypeAssault: "attack", news.TypeStatement: "say", news.TypeVisit: "visit", news.TypeTransfer: "transfer", news.TypeTest: "test_fire",
	news.TypeAppoint: "appoint", news.TypeDisaster: "storm", news.TypeAccident: "accident",
}

// usual are the roles of what stands by a verb, a noun or a predicate that no pattern tells more of.
var usual = map[string]map[string]news.Role{
	"V": {"subj": news.Source, "obj": news.Target, "iobj": news.Target, "to": news.Target, "against": news.Target, "on": news.Target, "with": news.Target, "at": news.Place, "comp": news.RoleAbout},
	"N": {"poss": news.Source, "mod": news.Source, "by": news.Source, "of": news.Target, "against": news.Target, "on": news.Target, "with": news.Target, "to": news.Target},
	"J": {"subj": news.Target, "comp": news.RoleAbout},
}

// seat is a place in a sentence where somebody or something stands who may take part in its events.
type seat struct {
	token int
	ids   []news.ID
	span  news.Span
}

// seats are those of a sentence, in order. Phrases of its times are none.
func (r *reading) seats(s nlp.Sentence) []seat {
	d := r.d
	var all []seat
	times := r.timesIn(s)
	for i := s.First; i < s.Last; i++ {
		t := d.Tokens[i]
		m := r.at[i]
		switch {
		case slices.ContainsFunc(times, func(w timeAt) bool { return w.first <= i && i < w.last }):
			continue
		case m != nil && r.head(m) != i:
			continue
		case m == nil && !strings.HasPrefix(t.Tag, "NN") && !strings.HasPrefix(t.Tag, "PRP") && !(t.Tag == "CD" && (coarse(t.Relation) == "obj" || subjectOf(t.Relation))):
			continue
		case m == nil && coarse(t.Relation) == "compound", m == nil && t.Relation == "flat":
			continue
		case r.torn(i), r.armsOf(i) >= 0:
			continue
		}
		ids := r.resolve(i)
		if len(ids) == 0 {
			continue
		}
		at := r.span(i, i+1)
		if m := r.at[i]; m != nil {
			at = r.span(m.first, m.last)
			if r.kind(m.entity) == news.Kind(news.Place) && !slices.Contains(ids, m.entity) && !r.acts(i) {
				ids = append(slices.Clone(ids), m.entity) // a capital is its state, or a city
			}
		}
		all = append(all, seat{i, ids, at})
	}
	return all
}

// torn tells that the noun at token i is the first of two that name one party and that the tree gives one place: people smugglers.
func (r *reading) torn(i int) bool {
	d := r.d
	if i+1 >= len(d.Tokens) || d.Tokens[i].Tag != "NN" && d.Tokens[i].Tag != "NNS" || d.Tokens[i+1].Tag != "NN" && d.Tokens[i+1].Tag != "NNS" {
		return false
	}
	return d.Tokens[i].Head == d.Tokens[i+1].Head && d.Tokens[i].Head >= 0 && d.Tokens[i].Relation == d.Tokens[i+1].Relation && (subjectOf(d.Tokens[i].Relation) || d.Tokens[i].Relation == "obj")
}

// unseat takes back the mentions that seats made of phrases that take part in nothing.
func (r *reading) unseat(from int, triggers []*trigger) {
	for _, m := range slices.Clone(r.mentions[from:]) {
		at := r.span(m.first, m.last)
		if !slices.ContainsFunc(triggers, func(t *trigger) bool {
			return t.keep && (slices.Contains(t.report.SaidBy, m.entity) || slices.ContainsFunc(t.report.Participants, func(p news.Participant) bool { return p.Span == at || p.Entity == m.entity }))
		}) {
			r.unmark(m)
		}
	}
}

// tokenAt is the token in which a span ends.
func (r *reading) tokenAt(at news.Span) int {
	k, _ := slices.BinarySearchFunc(r.d.Tokens, at.End, func(t nlp.Token, end int) int { return cmp.Compare(t.End, end) })
	return min(k, len(r.d.Tokens)-1)
}

// slotOf is where of its arguments a token stands, empty if nowhere.
func (t *trigger) slotOf(token int) string {
	slot := ""
	for where, args := range t.args {
		for _, a := range args {
			if a.token == token && !a.owner && (slot == "" || where < slot) {
				slot = where
			}
		}
	}
	return slot
}

// path is the way in the tree from token i to token k: relations up, then down, with the prepositions on it. It is empty where it is too long. last is
// its last step, clauses how many clauses it leaves or enters.
func (r *reading) path(i, k int) (path, last string, clauses int) {
	d := r.d
	const longest = 7
	up := []int{i}
	for h := d.Tokens[i].Head; h >= 0 && len(up) < longest; h = d.Tokens[h].Head {
		up = append(up, h)
	}
	down := []int{}
	meet := -1
	for c := k; c >= 0 && len(down) < longest; c = d.Tokens[c].Head {
		if n := slices.Index(up, c); n >= 0 {
			meet = n
			break
		}
		down = append(down, c)
	}
	if meet < 0 {
		return "", "", longest
	}
	var b strings.Builder
	step := func(arrow string, c int) string {
		rel := coarse(d.Tokens[c].Relation)
		switch rel {
		case "conj", "advcl", "acl", "acl:relcl", "ccomp", "xcomp", "csubj", "parataxis":
			clauses++
		case "obl", "nmod":
			for _, p := range r.child(c, "case") {
				rel += ":" + strings.ToLower(d.Word(p))
				break
			}
		}
		return arrow + rel
	}
	for _, c := range up[:meet] {
		last = step("<", c)
		b.WriteString(last)
	}
	for _, c := range slices.Backward(down) {
		last = step(">", c)
		b.WriteString(last)
	}
	return b.String(), last, clauses
}

// roleFeatures are what tells in which role, if any, the seat takes part in the event that trigger t tells. rule is the role that the rules gave.
func (r *reading) roleFeatures(t *trigger, s nlp.Sentence, at seat, id news.ID, rule string, seats []seat, triggers []*trigger) features {
	d := r.d
	a := t.wording.action
	pos := r.pos(t.token)
	voice := pos
	if pos == "V" && r.passive(t.token, s) {
		voice = "passive"
	}
	f := make(features, 0, 64)
	slot := t.slotOf(at.token)
	// Whether another stands where this one would have to stand.
	filled := ""
	for _, where := range []string{"subj", "obj", "poss", "by", "of"} {
		if slices.ContainsFunc(t.args[where], func(a argument) bool { return a.token != at.token }) {
			filled += " " + where
		}
	}
	sources, targets := 0, 0
	for _, p := range t.report.Participants {
		switch {
		case p.Entity == id:
		case p.Role == news.Source:
			sources = 1
		case p.Role == news.Target:
			targets = 1
		}
	}
	others := strconv.Itoa(sources) + strconv.Itoa(targets)
	tag := r.d.Tokens[t.token].Tag
	pattern := ""
	if slot != "" {
		pattern = string(r.role(t.wording.pattern, slot))
	}
	kind := string(r.kind(id))
	if local(id) {
		kind += "/"
	}
	typ := string(a.Type)
	path, last, clauses := r.path(t.token, at.token)
	f.add("bias")
	f.add("bias", typ)
	f.add("rule", rule)
	f.add("rule", rule, typ)
	f.add("rule", rule, kind)
	f.add("rule", rule, slot)
	f.add("rule", rule, path)
	f.add("others", others, rule)
	f.add("others", others, rule, typ)
	f.add("others", others, path)
	f.add("others", others, last, tag)
	f.add("filled", filled, path, tag)
	f.add("filled", filled, last, tag)
	f.add("filled", filled, rule)
	f.add("filled", filled, slot)
	f.add("filled", filled, slot, typ, pos)
	f.add("path", path, tag)
	f.add("pattern", pattern)
	f.add("pattern", pattern, rule)
	f.add("pattern", pattern, kind)
	f.add("slot", slot, voice)
	f.add("slot", slot, typ, voice)
	f.add("slot", slot, kind)
	f.add("slot", slot, a.Name, voice)
	f.add("path", path, voice)
	f.add("path", path, typ)
	f.add("path", path, kind)
	f.add("last", last, voice)
	f.add("last", last, typ)
	f.add("last", last, kind)
	f.add("clauses", strconv.Itoa(min(clauses, 4)), rule)
	f.add("clauses", strconv.Itoa(min(clauses, 4)), strconv.Itoa(min(len(path)/6, 6)))
	f.add("kind", kind, typ)
	f.add("kind", kind, voice)
	form := "noun"
	if m := r.at[at.token]; m != nil {
		form = string(m.form)
	}
	f.add("form", form, rule)
	f.add("form", form, kind)
	rel := coarse(d.Tokens[at.token].Relation)
	f.add("rel", rel, rule)
	f.add("rel", rel, kind, typ)
	side := "after"
	if at.token < t.token {
		side = "before"
	}
	f.add("side", side, voice)
	f.add("side", side, kind, voice)
	f.add("side", side, typ)
	between := 0
	for _, o := range seats {
		if min(at.token, t.token) < o.token && o.token < max(at.token, t.token) {
			between++
		}
	}
	f.add("between", strconv.Itoa(min(between, 4)), side, rule)
	f.add("between", strconv.Itoa(min(between, 4)), side, voice)
	for _, p := range r.child(at.token, "case") {
		f.add("case", strings.ToLower(d.Word(p)), typ)
		f.add("case", strings.ToLower(d.Word(p)), kind)
		f.add("case", strings.ToLower(d.Word(p)), rule)
	}
	if h := d.Tokens[at.token].Head; h >= 0 {
		if subjectOf(d.Tokens[at.token].Relation) && (sayVerbs[d.Tokens[h].Lemma] || reportVerbs[d.Tokens[h].Lemma]) && h != t.token {
			f.add("says", rule)
			f.add("says", typ)
		}
		if other := r.rules[h]; h != t.token && strings.ToUpper(other) == other && other != "" {
			f.add("of another", rule, side)
		}
	}
	if m := r.at[at.token]; m == nil || m.form == news.FormNominal {
		coarse, _ := r.view.Clusters(at.token)
		f.add("noun", strconv.Itoa(coarse), typ)
		f.add("noun", strconv.Itoa(coarse), rule)
	}
	r.propositionFeatures(&f, t, at, rule, kind)
	r.viaFeatures(&f, t, at, rule, path, voice)
	r.crossFeatures(&f, t, at.token, triggers, kind, rule)
	f.add("word", strings.ToLower(d.Tokens[t.token].Lemma), slot)
	return f
}

// crossed is the event nearest to token k of those that the way from trigger t to it passes: up or down from which, empty if none.
func (r *reading) crossed(t *trigger, k int, triggers []*trigger) (other *trigger, way string) {
	meet, _, _ := r.meeting(t.token, k)
	if meet < 0 {
		return nil, "far"
	}
	at := func(i int) *trigger {
		for _, e := range triggers {
			if e.keep && e.token == i && e != t && i != t.token {
				return e
			}
		}
		return nil
	}
	for i := r.d.Tokens[k].Head; i >= 0 && k != meet; i = r.d.Tokens[i].Head {
		if e := at(i); e != nil {
			if i == meet {
				return e, "top"
			}
			return e, "down"
		}
		if i == meet {
			break
		}
	}
	for i := r.d.Tokens[t.token].Head; i >= 0 && t.token != meet && i != meet; i = r.d.Tokens[i].Head {
		if e := at(i); e != nil {
			return e, "up"
		}
	}
	return nil, ""
}

// anothers tells that token k, a place's or a date's, stands in the phrase of another event below trigger t, whose alone it is: a raid in Lugo is
// condemned elsewhere (CODING 39). Two of one type may share it, as a killing and its attack do, unless the one answers or follows the other.
func (r *reading) anothers(t *trigger, k int, triggers []*trigger) bool {
	e, way := r.crossed(t, k, triggers)
	if e == nil || way != "down" {
		return e != nil && way == "top" && r.follows(e.token, t.token)
	}
	return e.wording.action.Type != t.wording.action.Type || r.follows(t.token, e.token)
}

// follows tells that what token i tells answers, or comes after, what token e below it tells: "in retaliation for the raid", "after the raid".
func (r *reading) follows(i, e int) bool {
	return r.answered(e) || r.above(i, e, func(k int) bool {
		return slices.ContainsFunc(r.child(k, "case", "mark"), func(c int) bool { return following[strings.ToLower(r.d.Word(c))] })
	})
}

// answered tells that something is done in answer to what token e tells, so that whoever does it did not do that: "in answer to a raid", wherever the tree
// hangs it.
func (r *reading) answered(e int) bool {
	if h := r.d.Tokens[e].Head; h >= 0 && coarse(r.d.Tokens[e].Relation) == "nmod" && answering[r.d.Tokens[h].Lemma] {
		return true
	}
	return slices.ContainsFunc(r.child(e, "case"), func(c int) bool { return c > 0 && answering[r.d.Tokens[c-1].Lemma] })
}

// above tells that something holds of token e or of one of those between it and token i above it.
func (r *reading) above(i, e int, is func(int) bool) bool {
	for n := 0; e >= 0 && e != i && n < 7; e, n = r.d.Tokens[e].Head, n+1 {
		if is(e) {
			return true
		}
	}
	return false
}

var following = wordSet("after following since before because")

// link is how the event at token e hangs together with that at token i: above, below or beside it in the tree, and by which relations.
func (r *reading) link(i, e int) string {
	meet, overI, overE := r.meeting(i, e)
	switch {
	case meet < 0:
		return "far"
	case overI < 0 && overE < 0:
		return "same"
	case overI < 0:
		return "below " + coarse(r.d.Tokens[overE].Relation)
	case overE < 0:
		return "above " + coarse(r.d.Tokens[overI].Relation)
	}
	return "beside"
}

// crossFeatures are the event that lies between, whose own the seat rather is: "fired on the port in answer to a raid in Lugo".
func (r *reading) crossFeatures(f *features, t *trigger, k int, triggers []*trigger, kind, rule string) {
	e, way := r.crossed(t, k, triggers)
	typ := string(t.wording.action.Type)
	f.add("crossed", way, rule)
	f.add("crossed", way, kind)
	f.add("crossed", way, typ)
	if e != nil {
		link := way + " " + r.link(t.token, e.token) + r.pos(t.token) + r.pos(e.token)
		f.add("crossed", link, kind)
		f.add("crossed", link, typ)
		f.add("crossed", way, typ, string(e.wording.action.Type), kind)
	}
}

// propositionFeatures are what the roles of PropBank tell of a seat: its role by the trigger, and by others.
func (r *reading) propositionFeatures(f *features, t *trigger, at seat, rule, kind string) {
	p := r.propositions[t.token]
	if p == nil {
		f.add("proposition", "none", rule)
		return
	}
	role, sure := "none", ""
	for _, a := range p.Args {
		if a.Head == at.token {
			role = a.Role
			sure = strconv.Itoa(int(a.P * 4))
		}
	}
	zero, one := p.Arg("ARG0") >= 0 && p.Arg("ARG0") != at.token, p.Arg("ARG1") >= 0 && p.Arg("ARG1") != at.token
	filled := strconv.FormatBool(zero) + strconv.FormatBool(one)
	typ, lemma := string(t.wording.action.Type), strings.ToLower(r.d.Tokens[t.token].Lemma)
	f.add("proposition", role, rule)
	f.add("proposition", role, rule, kind)
	f.add("proposition", role, sure)
	f.add("proposition", role, typ)
	f.add("proposition", role, typ, kind)
	f.add("proposition", role, lemma)
	f.add("proposition", role, filled)
	f.add("proposition", role, filled, rule)
	slot := t.slotOf(at.token)
	f.add("proposition", role, slot)
}

// meeting is the token above both i and k, and the two below it through which they hang on it, which are i and k themselves or above them; all are -1 if
// the way is too long, and one below is -1 if its token is the meeting.
func (r *reading) meeting(i, k int) (meet, overI, overK int) {
	const longest = 7
	up := make([]int, 0, longest)
	for h := i; h >= 0 && len(up) < longest; h = r.d.Tokens[h].Head {
		up = append(up, h)
	}
	below := -1
	for c, n := k, 0; c >= 0 && n < longest; c, n = r.d.Tokens[c].Head, n+1 {
		switch at := slices.Index(up, c); {
		case at > 0:
			return c, up[at-1], below
		case at == 0:
			return c, -1, below
		}
		below = c
	}
	return -1, -1, -1
}

// viaFeatures are what the verb tells on which both the trigger and the seat hang: who urges, launches, suffers, promises or is accused of what the
// trigger tells, by its own arguments (CODING 39).
func (r *reading) viaFeatures(f *features, t *trigger, at seat, rule, path, voice string) {
	meet, deed, who := r.meeting(t.token, at.token)
	if meet < 0 || deed < 0 || who < 0 {
		return
	}
	d := r.d
	verb := strings.ToLower(d.Tokens[meet].Lemma)
	way := coarse(d.Tokens[deed].Relation) + "/" + coarse(d.Tokens[who].Relation)
	near := ""
	if deed != t.token {
		near += "deed"
	}
	if who != at.token {
		near += "who"
	}
	f.add("via", verb, way, near)
	coarse, fine := r.view.Clusters(meet)
	f.add("via·200", strconv.Itoa(coarse), way, near, voice)
	f.add("via·1000", strconv.Itoa(fine), way, near)
	f.add("via", path, r.ruleOf(meet))
	p := r.propositions[meet]
	if p == nil {
		return
	}
	of := func(nearest, above int) string {
		role := "none"
		for _, a := range p.Args {
			if a.Head == nearest {
				return a.Role
			}
			if a.Head == above {
				role = a.Role + "+"
			}
		}
		return role
	}
	roles := of(at.token, who) + "/" + of(t.token, deed)
	f.add("via roles", roles, voice)
	f.add("via roles", roles, rule)
	f.add("via roles", roles, verb)
	f.add("via roles", roles, strconv.Itoa(coarse))
	f.add("via roles", roles, string(t.wording.action.Type))
}

// noRole is the class of those who take no part.
const noRole = "NONE"

// cast decides who takes part in an event, and in which role: of those whom the rules put there, and of all who stand in its sentence.
func (r *reading) cast(t *trigger, s nlp.Sentence, seats []seat, triggers []*trigger) {
	if r.weights.models["role"] == nil && !r.taught() {
		return
	}
	type choice struct {
		token       int
		participant news.Participant
		p           map[string]float64
	}
	var choices []choice
	put := func(at seat, id news.ID, rule string) {
		f := r.roleFeatures(t, s, at, id, rule, seats, triggers)
		r.decide(Decision{Model: "role", Trigger: t.report.Trigger, Type: t.report.Type, Entity: r.entities[id], Span: at.span, Features: f})
		c := choice{token: at.token, participant: news.Participant{Entity: id, Span: at.span}, p: map[string]float64{}}
		classes, p := r.weights.weigh("role", f)
		for k, class := range classes {
			c.p[class] = p[k]
		}
		choices = append(choices, c)
	}
	ruled := func(id news.ID) string {
		for _, p := range t.report.Participants {
			if p.Entity == id {
				return string(p.Role)
			}
		}
		return noRole
	}
	seen := map[news.ID]bool{}
	for _, at := range seats {
		if at.token == t.token {
			continue
		}
		for _, id := range at.ids {
			if of := r.behind(at.token, id, t.report.Type); ruled(of) != noRole {
				id = of
			}
			put(at, id, ruled(id))
			seen[id] = true
		}
	}
	for _, p := range t.report.Participants {
		if !seen[p.Entity] {
			put(seat{token: r.tokenAt(p.Span), span: p.Span}, p.Entity, string(p.Role))
		}
	}
	if r.taught() {
		return
	}
	// The surest first: nobody has two roles, and hard laws bound all.
	type bid struct {
		choice int
		role   string
		p      float64
	}
	// What stands in a list has the role of those before it, unless much speaks against it.
	for n, c := range choices {
		if t := r.d.Tokens[c.token]; coarse(t.Relation) == "conj" {
			for _, o := range choices {
				for role, p := range o.p {
					if o.token == t.Head && role != noRole && p > choices[n].p[role] {
						choices[n].p[role] = (p + choices[n].p[role]) / 2
					}
				}
			}
		}
	}
	// Those who are joined do it or suffer it together.
	best := func(p map[string]float64) string {
		role := noRole
		for of, v := range p {
			if v > p[role] {
				role = of
			}
		}
		return role
	}
	sides := []string{string(news.Source), string(news.Target)}
	for n, c := range choices {
		if t := r.d.Tokens[c.token]; coarse(t.Relation) == "conj" {
			for m, o := range choices {
				if a, b := best(c.p), best(o.p); o.token == t.Head && a != b && slices.Contains(sides, a) && slices.Contains(sides, b) {
					for _, role := range sides {
						p := (choices[n].p[role] + choices[m].p[role]) / 2
						choices[n].p[role], choices[m].p[role] = p, p
					}
				}
			}
		}
	}
	var bids []bid
	for n, c := range choices {
		for _, role := range []string{string(news.Source), string(news.Target), string(news.Instrument), news.Place} {
			if c.p[role] > roleFrom(t.report.Type, role) && !r.barred(t, c.token, c.participant.Entity, role, triggers) {
				bids = append(bids, bid{n, role, c.p[role]})
			}
		}
	}
	if slices.ContainsFunc(bids, func(b bid) bool { return b.role == string(news.Source) && r.ownDoer(t, choices[b.choice].token) }) {
		// Whose the deed is does it, and nobody who only speaks of it: "thanked Chad for its support".
		bids = slices.DeleteFunc(bids, func(b bid) bool {
			return b.role == string(news.Source) && !r.under(choices[b.choice].token, t.token)
		})
	}
	slices.SortStableFunc(bids, func(a, b bid) int { return cmp.Compare(b.p, a.p) })
	var cast []news.Participant
	has := map[news.ID]bool{}
	sure := 1.0
	t.least = 1
	for _, b := range bids {
		p := choices[b.choice].participant
		if has[p.Entity] {
			continue
		}
		has[p.Entity] = true
		p.Role = news.Role(b.role)
		if p.Role == news.Source && (t.report.Action == "cancel" && r.guest(t, choices[b.choice].token) || r.turnedDown(t, choices[b.choice].token) || r.receives(t, choices[b.choice].token)) {
			p.Role = news.Target
		}
		cast = append(cast, p)
		if b.role == string(news.Source) || b.role == string(news.Target) {
			sure *= b.p
			t.least = min(t.least, b.p)
		}
		for _, other := range []news.Role{news.Source, news.Target} {
			if string(other) != b.role {
				t.either = max(t.either, choices[b.choice].p[string(other)])
			}
		}
	}
	t.joint = sure
	// Who was nearly taken tells that the reading is unsure, too.
	for _, c := range choices {
		if !has[c.participant.Entity] {
			t.nearly = max(t.nearly, c.p[string(news.Source)], c.p[string(news.Target)])
			t.nearlySource = max(t.nearlySource, c.p[string(news.Source)])
			takes := c.p[string(news.Source)] + c.p[string(news.Target)]
			t.joint *= 1 - min(1, takes)
			t.contested += boolInt(takes > 0.2)
		}
	}
	t.sure = sure
	slices.SortStableFunc(cast, func(a, b news.Participant) int { return cmp.Compare(a.Span.Start, b.Span.Start) })
	sortRoles(cast)
	if r.bodiless(t) {
		// Who is spoken to by the name of his capital is not spoken to there: "apologised to Moscow".
		cast = slices.DeleteFunc(cast, func(p news.Participant) bool {
			return p.Role == news.Place && slices.ContainsFunc(cast, func(o news.Participant) bool { return o.Role == news.Target && o.Span == p.Span })
		})
	}
	t.report.Participants = cast
	t.report.Confidence = t.confidence * sure
}

// ownDoer tells that whoever stands at token i hangs on the noun of trigger t as the one whose deed it is: its support, the raid by rebels, a Houthi attack.
// What parties do together is of several.
func (r *reading) ownDoer(t *trigger, i int) bool {
	switch t.report.Type {
	case news.TypeConsult, news.TypeAgree, news.TypeCooperate, news.TypeAppoint:
		return false
	}
	if r.pos(t.token) != "N" || r.d.Tokens[i].Head != t.token {
		return false
	}
	switch coarse(r.d.Tokens[i].Relation) {
	case "nmod:poss", "amod", "compound":
		return true
	case "nmod":
		by := r.child(i, "case")
		return len(by) > 0 && strings.EqualFold(r.d.Word(by[0]), "by")
	}
	return false
}

// bodiless tells that what trigger t tells is done to somebody by words or papers, wherever he is.
func (r *reading) bodiless(t *trigger) bool {
	return wordActs[t.report.Type] || t.report.Type == news.TypeSanction || t.report.Type == news.TypeConcede
}

// roleFrom is from which probability on somebody has a role. Who charges, or is charged, must be the surer: a false accusation is not forgiven.
func roleFrom(typ news.EventType, role string) float64 {
	if charges[typ] && (role == string(news.Source) || role == string(news.Target)) {
		return 0.5
	}
	return 0.42
}

// barred tells that a hard law keeps who stands at token i out of a role.
func (r *reading) barred(t *trigger, i int, id news.ID, role string, triggers []*trigger) bool {
	if !r.may(t, id, role) || r.cited(i) || r.ofOccasion(t, i) || r.modifies(t.report.Type, i, id, role) || r.apart(t, i, id, role, triggers) || r.strays(t, i, id, role, triggers) {
		return true
	}
	switch role {
	case news.Place:
		return r.describes(i) || r.helps(t, i) || r.betweenThem(t, i) || r.anothers(t, i, triggers) || r.elsewhere(t, i) || r.pressRoom(t, i) || r.holdsPlace(t.token) && r.besides(t, i)
	case string(news.Source):
		return r.outside(t, i) || r.obliged(t, id) || r.isHelped(t, i) || r.plotted(t, i) || r.condemns(t, i) || r.asks(t, i) || r.leftBehind(t, i) || r.besides(t, i)
	case string(news.Target):
		return r.willing(t, i) || r.favoured(t, i) || r.proclaimed(t, i) || r.conveyed(t, i) || r.likened(t, i) || r.bereft(t, i) || r.opposed(t, i) || r.announces(t, i) || r.undergoes(t, i) || r.nextObject(t, i) || r.sent(t, i) || r.asks(t, i) || r.leftBehind(t, i) || r.besides(t, i)
	}
	return r.asks(t, i) || r.leftBehind(t, i) || r.besides(t, i) || r.nextObject(t, i) || r.answered(t.token) && !r.under(i, t.token)
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
		if i > k && coarse(r.d.Tokens[k].Relation) == "obl" && slices.Contains(r.g.classes[strings.ToLower(r.d.Tokens[k].Lemma)], "occasion") {
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

// nextObject tells that token i is the object of a verb joined to that of trigger t, which has one of its own: "seized a base and shot down a helicopter"
// does not seize by helicopter.
func (r *reading) nextObject(t *trigger, i int) bool {
	d := r.d
	for n := 0; n < 6 && d.Tokens[i].Head >= 0 && r.pos(i) == "N" && (d.Tokens[i].Relation == "conj" || coarse(d.Tokens[i].Relation) == "compound" || coarse(d.Tokens[i].Relation) == "nmod"); n++ {
		i = d.Tokens[i].Head
	}
	v := d.Tokens[i].Head
	if v < 0 || v == t.token || d.Tokens[i].Relation != "obj" || r.pos(v) != "V" || r.pos(t.token) != "V" || len(r.child(t.token, "obj")) == 0 {
		return false
	}
	return slices.Contains(r.joined(t.token), v) || slices.Contains(r.joined(v), t.token)
}

// pressRoom tells that token i is where those are who say what trigger t tells: "Chad shelled a camp, the ministry in Paris said".
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
		if rel := coarse(d.Tokens[i].Relation); rel != "nmod" && rel != "compound" && rel != "conj" && rel != "appos" {
			return false
		}
		i = h
	}
	return false
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
// them, nor "Chad refused to condemn the invasion" that Chad invaded.
func (r *reading) condemns(t *trigger, i int) bool {
	v := r.d.Tokens[t.token].Head
	if r.pos(t.token) != "N" || r.d.Tokens[t.token].Relation != "obj" || v < 0 || !slices.Contains(r.senses(v), news.TypeAccuse) {
		return false
	}
	for n := 0; n < 6 && r.d.Tokens[i].Relation == "conj" && r.d.Tokens[i].Head >= 0; n++ {
		i = r.d.Tokens[i].Head
	}
	return r.d.Tokens[i].Head == v && subjectOf(r.d.Tokens[i].Relation) || slices.Contains(r.subjects(v, 0), i)
}

// announces tells that whoever stands at token i tells or judges what trigger t tells, and so is not whom it is done to: "Kenya announced the arrest of Ruiz".
func (r *reading) announces(t *trigger, i int) bool {
	v := r.d.Tokens[t.token].Head
	if r.pos(t.token) != "N" || r.d.Tokens[t.token].Relation != "obj" || v < 0 || !slices.Contains(r.subjects(v, 0), i) {
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

// undergoes tells that whoever stands at token i undergoes the deed of another that trigger t judges: "welcomed Norway's arrest of Ruiz" welcomes no Ruiz.
func (r *reading) undergoes(t *trigger, i int) bool {
	d := r.d
	n := d.Tokens[i].Head
	if n < 0 || !wordActs[t.report.Type] || d.Tokens[i].Relation != "nmod" || d.Tokens[n].Relation != "obj" || d.Tokens[n].Head != t.token || len(r.wordings(n)) == 0 {
		return false
	}
	of := r.child(i, "case")
	return len(of) > 0 && strings.EqualFold(d.Word(of[0]), "of") && len(r.child(n, "nmod:poss")) > 0
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
	if r.suffers(t, i) || r.inDenied(t, i) || r.actsElsewhere(t, i) || r.uninvolved(t, i) || r.pos(t.token) == "V" && r.aboveClause(t.token, i) {
		return true
	}
	if h := r.d.Tokens[i].Head; h >= 0 && r.answered(t.token) && subjectOf(r.d.Tokens[i].Relation) && r.under(t.token, h) {
		return true
	}
	if r.pos(t.token) != "V" || len(subjects) == 0 || slices.ContainsFunc(subjects, func(a argument) bool { return a.token == i }) {
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

// obliged tells that trigger t is the must or should by which somebody else than an entity makes a request: in what Ruiz says, it is she who calls for it,
// and nobody of whom a clause beside tells.
func (r *reading) obliged(t *trigger, id news.ID) bool {
	said := t.args["subj"]
	return r.d.Tokens[t.token].Tag == "MD" && len(said) > 0 && !slices.ContainsFunc(said, func(a argument) bool { return a.entity == id })
}

// favoured tells that token i is for whom trigger t asks something, and so not who is asked: "demanded access for aid workers".
func (r *reading) favoured(t *trigger, i int) bool {
	h := r.d.Tokens[i].Head
	if t.report.Type != news.TypeRequest || h < 0 || h == t.token || r.d.Tokens[h].Head != t.token || coarse(r.d.Tokens[i].Relation) != "nmod" || coarse(r.d.Tokens[h].Relation) != "obj" {
		return false
	}
	p := r.child(i, "case")
	return len(p) > 0 && strings.EqualFold(r.d.Word(p[0]), "for") && len(r.child(i, "acl")) == 0
}

// inDenied tells that whoever stands at token i is the subject of what is denied by a verb to which trigger t is joined: "denied that troops had fired and
// blamed rebels" does not say that the troops did so.
func (r *reading) inDenied(t *trigger, i int) bool {
	v := r.d.Tokens[i].Head
	if v < 0 || !subjectOf(r.d.Tokens[i].Relation) || v == t.token || r.under(t.token, v) || r.d.Tokens[t.token].Relation != "conj" {
		return false
	}
	return r.d.Tokens[v].Relation == "ccomp" && denying[r.d.Tokens[r.d.Tokens[v].Head].Lemma] && r.d.Tokens[v].Head == r.d.Tokens[t.token].Head
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
	if n < 0 || d.Tokens[t.token].Relation != "acl" || !plots[d.Tokens[n].Lemma] {
		return false
	}
	v := d.Tokens[n].Head
	for k := 0; v >= 0 && r.pos(v) != "V" && k < 4; k++ {
		v = d.Tokens[v].Head
	}
	if v < 0 || !slices.ContainsFunc(r.subjects(v, 0), func(c int) bool { return slices.Contains(r.joined(c), i) }) {
		return false
	}
	return r.thwarts(v)
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
			if strings.EqualFold(d.Word(o), "nothing") || no && partaking[d.Tokens[o].Lemma] {
				return true
			}
		}
	}
	return false
}

// partaking are nouns for having to do with a deed.
var partaking = wordSet("role part involvement hand link connection knowledge")

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
	if a := r.appealed(h); (a < 0 || a > v) && (!moving[r.d.Tokens[h].Lemma] || len(r.child(h, "obj", "iobj")) == 0) {
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
	h, of := r.d.Tokens[i].Head, r.child(i, "case")
	if h < 0 || h == t.token || !suffering[r.d.Tokens[h].Lemma] {
		return false
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
var suffering = wordSet("death murder killing assassination disappearance suffering imprisonment detention jailing arrest poisoning execution abduction loss")

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
			return h != t.token && r.under(h, t.token) && !lightVerbs[r.d.Tokens[h].Lemma]
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
	h := t.Head
	switch coarse(t.Relation) {
	case "amod", "compound", "nmod:poss":
	case "nmod": // supporters of the president are others than he
		if role != string(news.Source) || !charges[typ] && typ != news.TypeProtest || !r.childWord(i, "of") || r.nameAt(h) {
			return false
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
	if (len(ids) == 0 || !r.party(ids[0])) && coarse(t.Relation) == "compound" && typ == news.TypeAccuse && role == string(news.Target) && r.d.Tokens[h].Tag == "NNS" && !r.nameAt(h) && r.kind(id) != news.Person && (coarse(r.d.Tokens[h].Relation) == "nmod" || coarse(r.d.Tokens[h].Relation) == "obl") {
		return true // fraud with EU funds is not the Union's
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
	case target && t.report.Type == news.TypeThreaten && r.inflicts(t, id, triggers):
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
	if target && !wordActs[t.report.Type] && r.pos(t.token) == "V" && r.neighbours(t.token, i) {
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

// neighbours tells that token i is the object of a verb that stands below the verb at token v, in a clause of its own with a subject of its own (CODING 39):
// "suspended Gabon after officers locked up the president".
func (r *reading) neighbours(v, i int) bool {
	h := r.d.Tokens[i].Head
	if h < 0 || h == v || coarse(r.d.Tokens[i].Relation) != "obj" || r.pos(h) != "V" || !r.under(h, v) || len(r.child(h, "nsubj")) == 0 {
		return false
	}
	return r.d.Tokens[h].Relation == "advcl" && len(r.child(h, "mark", "advmod")) > 0
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
	if h < 0 || coarse(d.Tokens[i].Relation) != "nmod" || len(of) == 0 || !strings.EqualFold(d.Word(of[0]), "of") || !r.g.titles[strings.ToLower(d.Tokens[h].Lemma)] {
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
