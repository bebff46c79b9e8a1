package extract

import (
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
	Type             news.EventType // of roles and actions: of their event
	Entity           news.Entity    // of roles: who stands there
	Span             news.Span      // of roles: where
	When             news.When      // of dates: which
	Other            news.Span      // of what an event is about: the words that tell that
	Sources, Targets []news.Entity  // of whether a report is right
	Rule             string         // of types: what the rules make of the word
	Senses           []news.Action  // of types: the actions that the vocabulary has for it
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
	for _, w := range r.wordings(i) {
		if !slices.Contains(all, w.action.Type) && r.complete(i, w) {
			all = append(all, w.action.Type)
		}
	}
	return all
}

// actions are those that the vocabulary has for token i and the words that stand by it.
func (r *reading) actions(i int) []news.Action {
	var all []news.Action
	for _, w := range r.wordings(i) {
		if r.complete(i, w) {
			all = append(all, w.action)
		}
	}
	return all
}

// complete tells that all words of a wording that begins, or ends, with token i stand by it.
func (r *reading) complete(i int, w wording) bool {
	return len(w.pattern.words) == 1 || r.worded(i, w.pattern.words, r.pos(i) == "V")
}

// ruleOf is what the vocabulary alone makes of a token of the sentence that is being read: a type, or why it is none, or empty.
func (r *reading) ruleOf(i int) string { return r.rules[i] }

// judge decides which event token i tells, and finds its wording: that which the rules chose, another of its senses, or the type's own. It returns
// false if it tells none.
func (r *reading) judge(t *trigger, s nlp.Sentence) bool {
	f := r.typeFeatures(t.token, s, r.rules[t.token])
	at := r.span(t.token, t.token+1)
	chosen, best := news.EventType(""), 0.0
	r.decide(Decision{Model: "type", Trigger: at, Rule: r.rules[t.token], Senses: r.actions(t.token), Features: f})
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
		if typ := news.EventType(classes[k]); charges[typ] && !slices.Contains(r.senses(t.token), typ) && r.rules[t.token] != classes[k] {
			for n := range p { // no word charges anybody that the vocabulary does not have as a charge
				if charges[news.EventType(classes[n])] && !slices.Contains(r.senses(t.token), news.EventType(classes[n])) {
					p[n] = 0
				}
			}
			for n := range p {
				if p[n] > p[k] {
					k = n
				}
			}
			if p[k] == 0 || charges[news.EventType(classes[k])] && p[k] < 0.4 {
				k = slices.Index(classes, noType)
			}
		}
		if classes[k] != noType && (t.keep || p[k] > newFrom(slices.Contains(r.senses(t.token), news.EventType(classes[k])), news.EventType(classes[k]))) {
			chosen, best = news.EventType(classes[k]), p[k]
		}
	}
	t.confidence = best
	if !r.taught() {
		chosen = r.harmless(t, r.fuller(t, chosen))
	}
	if w, ok := r.instead(t, news.TypeAssault); chosen == "" && t.keep && ok && !r.taught() {
		t.wording, t.confidence = w, 1-best // who stands beside it leaves no other sense: firing ministers, killed when their bus left the road
		return true
	}
	if a, ok := news.ActionNamed("call"); ok && chosen != a.Type && r.phones(t) {
		t.wording, t.confidence = r.sense(t, a.Type), max(best, 0.5)
		return t.wording.action.Name != ""
	}
	if chosen == "" {
		if t.keep {
			r.leave(t.token, "weighed and found to tell no event")
		}
		return false
	}
	if !r.taught() && (best < 0.8 || r.teaches()) && r.customary(t.token) {
		r.leave(t.token, "told of what is so, or is done again and again")
		return false
	}
	if !r.taught() {
		if why := r.untold(t.token, chosen, best); why != "" {
			r.leave(t.token, why)
			return false
		}
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
	if !r.taught() && chosen == news.TypeProtest && r.struckBefore(t.token) {
		chosen = news.TypeAssault
	}
	if !r.taught() && chosen == news.TypeProtest && r.inProtest(t.token) {
		r.leave(t.token, "why it was done")
		return false
	}
	if l := r.d.Tokens[t.token].Lemma; !r.taught() && chosen == news.TypeAccuse && (l == "describe" || l == "characterize" || l == "characterise") && r.passive(t.token, s) && len(r.child(t.token, "obl:agent")) == 0 {
		r.leave(t.token, "said of it, and nobody is told who judges")
		return false
	}
	if !r.taught() && r.partnerless(t, chosen) {
		r.leave(t.token, "done with nobody who is told")
		return false
	}
	if r.figurative(t, chosen) {
		r.leave(t.token, "done to what nobody can harm: a figure of speech")
		return false
	}
	if !r.taught() {
		if chosen == news.TypeThreaten && r.vowsNoHarm(t) {
			t.wording = r.sense(t, news.TypeAgree)
			return t.wording.action.Name != ""
		}
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

// struckBefore tells that the noun at token i, the strike or the strikes, points back to what was hit from the air or by guns right before, and is no stoppage of work.
func (r *reading) struckBefore(i int) bool {
	if r.pos(i) != "N" || r.d.Tokens[i].Lemma != "strike" || !r.childWord(i, "the", "these", "those") {
		return false
	}
	for n := len(r.reports) - 1; n >= max(0, len(r.reports)-farBack) && r.since(r.reports[n], i) <= 4; n-- {
		switch e := r.reports[n]; {
		case e.Action == "strike_work":
			return false
		case e.Type == news.TypeAssault && (e.Action == "strike" || e.Action == "bomb" || e.Action == "shell" || e.Action == "fire" || e.Action == "attack"):
			return true
		}
	}
	return false
}

// phones tells that trigger t is a call to a person, and neither a name nor an appeal: after whom is called nothing stands but when, where, why, or what else was
// done: "called Ruiz on Monday to discuss trade".
func (r *reading) phones(t *trigger) bool {
	d := r.d
	i := t.token
	s := d.Sentences[r.sentenceOf[i]]
	if r.taught() || d.Tokens[i].Lemma != "call" || r.pos(i) != "V" || r.passive(i, s) {
		return false
	}
	objects := r.child(i, "obj")
	if len(objects) != 1 || len(r.child(i, "ccomp", "iobj", "compound:prt")) > 0 {
		return false
	}
	o := objects[0]
	ids := r.resolve(o)
	if len(ids) != 1 || r.kind(ids[0]) != news.Person {
		return false
	}
	last := o + 1
	for last < s.Last && (r.under(last, o) && coarse(d.Tokens[last].Relation) != "obl" || r.at[last] != nil && r.at[last].entity == ids[0] || d.Word(last) == "," && last+1 < s.Last && r.at[last+1] != nil && r.at[last+1].entity == ids[0]) {
		last++ // his counterpart, Ana Ruiz,
	}
	if last > o+1 && d.Word(last-1) == "," {
		last--
	}
	if last >= s.Last {
		return false
	}
	switch w := d.Tokens[last]; {
	case w.Tag == "TO" || d.Word(last) == "," && last+1 < s.Last && d.Tokens[last+1].Tag == "TO":
		to := r.child(i, "advcl", "xcomp")
		return len(to) > 0 && !slices.ContainsFunc(to, func(c int) bool { return r.ofClass(c, "attending") }) // called her to testify
	case strings.ContainsAny(d.Word(last), ".,;"), w.Tag == "CC", w.Tag == "RB":
		return len(r.child(i, "xcomp")) == 0
	case w.Tag == "IN" && !strings.EqualFold(d.Word(last), "as") && !strings.EqualFold(d.Word(last), "for"):
		return len(r.child(i, "xcomp")) == 0
	}
	return slices.ContainsFunc(r.timesIn(s), func(at timeAt) bool { return at.first <= last+1 && last < at.last })
}

// customary tells that the verb at token i tells in the simple present what some or all do again and again, as its model has it: "citizens elect those who make
// laws".
func (r *reading) customary(i int) bool {
	d := r.d
	p := r.propositions[i]
	if tag := d.Tokens[i].Tag; tag != "VBP" && tag != "VBZ" || p == nil || p.Episodic >= 0.4 || r.sentenceOf[i] == 0 && r.story.Headline != "" {
		return false
	}
	if d.Tokens[i].Tag == "VBP" && slices.Contains(r.g.Classes(d.Tokens[i].Lemma), "unmarked") {
		return false // its past looks alike: "soldiers beat two boys"
	}
	return len(r.child(i, "aux", "aux:pass")) == 0 && !slices.ContainsFunc(r.subjects(i, 0), func(k int) bool {
		w := strings.ToLower(d.Word(k))
		return strings.HasPrefix(d.Tokens[k].Tag, "NNP") || d.Tokens[k].Tag == "NN" || d.Tokens[k].Tag == "PRP" && w != "they" && w != "you" && w != "it"
	})
}

// fuller is the type of the words at trigger t where they are a wording of three words or more that tells no charge, and only part of one that does: to take over a
// presidency is not to take over a town.
func (r *reading) fuller(t *trigger, typ news.EventType) news.EventType {
	if !charges[typ] {
		return typ
	}
	other, most := typ, 2
	for _, w := range r.wordings(t.token) {
		if n := len(w.pattern.words); (n > most || n == most && w.action.Type == typ) && r.worded(t.token, w.pattern.words, r.pos(t.token) == "V") {
			other, most = w.action.Type, n
		}
	}
	return other
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
