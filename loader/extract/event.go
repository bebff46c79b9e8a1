package extract

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"newsgraph/loader/nlp"
	"newsgraph/news"
)

// sayVerbs fill saidBy; saying is no event.
var sayVerbs = wordSet("say tell report add state quote write")

// trigger is a token that tells an event.
type trigger struct {
	token   int
	wording wording
	args    map[string][]argument
	about   []int // triggers that it is about
	report  news.Report
	said    []spoken // by the rules, nearest first
	keep    bool
	dated   bool // by what it did, which is the same event
	made    bool // by these words: a threat by what its speaker does not shun is made

	confidence float64 // that it tells an event of its type
	sure       float64 // that those who take part do
	least      float64 // that he does of whom that is the least sure
	nearly     float64 // that the likeliest of those who were left out does

	nearlySource float64 // that the likeliest source of those who were left out is one
	joint        float64 // that those who take part do, and that nobody who was left out does
	either       float64 // that one of those who take part does so on the other side
	contested    int     // how many of those who were left out may well take part
}

// longestSentence is how many tokens a sentence may have to be read for events.
const longestSentence = 300

// findEvents reads each sentence by itself.
func (r *reading) findEvents() {
	for _, s := range r.d.Sentences {
		switch {
		case r.d.Word(s.Last-1) == "?":
			continue
		case r.aboutPage(s):
			r.leave(s.First, "a link, a credit or a note about the page: no part of the story")
			continue
		case s.Last-s.First > longestSentence:
			r.leave(s.First, "too many words for a sentence: a list, or a text without full stops")
			continue
		}
		r.sentence(s)
	}
}

func (r *reading) sentence(s nlp.Sentence) {
	d := r.d
	r.findIssuers(s)
	r.opposedIn(s)
	at := r.tellingIn(s)
	triggers := make([]*trigger, len(at))
	for i, k := range at {
		triggers[k] = &trigger{token: i}
	}
	// Which pattern fits may depend on the events beside it, so what stands where is found first, for all.
	for _, t := range triggers {
		t.args = r.arguments(t.token, s, at)
	}
	for _, t := range triggers {
		says := sayVerbs[d.Tokens[t.token].Lemma] || reportVerbs[d.Tokens[t.token].Lemma] && len(r.child(t.token, "ccomp")) > 0
		t.keep = r.choose(t) && !(t.wording.action.Type == news.TypeStatement && says)
		switch {
		case t.keep:
			r.rules[t.token] = string(t.wording.action.Type)
		case says:
			r.rules[t.token] = "says"
			r.leave(t.token, "saying is no event: it tells who says so")
		default:
			r.rules[t.token] = "unfit"
			r.leave(t.token, "no wording of the vocabulary fits what stands beside it")
		}
	}
	// The rules have proposed; what was learnt decides, of words that the vocabulary does not know too.
	for i := s.First; i < s.Last; i++ {
		k, ok := at[i]
		if !ok && !r.mayTell(i) {
			continue
		}
		t := &trigger{token: i}
		if ok {
			t = triggers[k]
		} else {
			t.args = r.arguments(i, s, at)
		}
		t.keep = r.judge(t, s)
		if t.keep && !ok {
			at[i] = len(triggers)
			triggers = append(triggers, t)
		}
	}
	triggers = append(triggers, r.obligations(s, at)...)
	triggers = append(triggers, r.ultimatums(s, at)...)
	triggers = append(triggers, r.defiances(s, at, triggers)...)
	when := r.dates(s)
	for _, t := range triggers {
		if t.keep {
			r.report(t, s, triggers, when)
		}
	}
	for _, t := range slices.Clone(triggers) {
		if t.keep {
			triggers = append(triggers, r.gapped(t, when)...)
		}
	}
	r.mishaps(triggers)
	r.unite(triggers)
	for _, t := range triggers {
		if !t.keep {
			continue
		}
		if len(t.about) == 0 {
			t.about = r.topics(t, at, triggers)
		}
		t.about = r.weighAbout(t, triggers)
		for _, k := range t.about {
			e := triggers[k]
			t.report.About = append(t.report.About, news.About{Report: e.report.ID, Type: e.report.Type, Action: e.report.Action})
		}
	}
	for _, t := range slices.Backward(triggers) { // what is about another stands before it, mostly
		if t.keep {
			r.borrow(t, triggers)
		}
	}
	marked := len(r.mentions)
	seats := r.seats(s)
	for _, t := range triggers {
		if t.keep {
			r.cast(t, s, seats, triggers)
			if !t.dated {
				t.report.When = r.on(t, s, when, t.report.When, triggers)
			}
			if t.report.Modality = r.sure(t, triggers, t.report.Modality); t.made {
				t.report.Modality = news.Asserted // CODING 29
				for _, k := range t.about {
					triggers[k].report.Modality = news.Hypothetical // CODING 24
				}
			}
			t.report.SaidBy = r.told(t, seats)
			t.report.Background = r.aside(t, s, t.report.Background)
		}
	}
	for _, t := range triggers {
		if t.keep {
			r.judged(t, triggers)
			r.tally(t, triggers)
			// Two digits are what it is worth, and the same on every processor.
			t.report.Confidence = math.Round(100*r.confidence(t, s)) / 100
			if r.weights.models["type"] != nil {
				t.report.Why += fmt.Sprintf("; weighed %.2f to be told, %.2f to be right with its parties", t.confidence, t.report.Confidence)
			}
		}
	}
	r.unseat(marked, triggers)
	before := len(r.reports)
	// What words are about needs no more than its doer: "condemned the strike by Chad".
	topic := map[news.ID]bool{}
	for _, t := range triggers {
		if t.keep && r.enough(t) {
			for _, a := range t.report.About {
				topic[a.Report] = true
			}
		}
	}
	for _, t := range triggers {
		switch {
		case !t.keep:
		case r.enough(t), topic[t.report.ID] && len(t.report.Participants) > 0:
			t.report.Matter = r.matter(t)
			r.reports = append(r.reports, t.report)
		default:
			t.keep = false
			r.leave(t.token, "it does not say who: "+t.report.Action)
		}
	}
	// What is about an event that was left out is about nothing.
	told := r.reports[before:]
	for i := range told {
		told[i].About = slices.DeleteFunc(told[i].About, func(a news.About) bool {
			return !slices.ContainsFunc(r.reports, func(o news.Report) bool { return o.ID == a.Report })
		})
	}
}

// weighAbout are the events that trigger t is about, of those of its sentence that may be: no event is about one that is about it.
func (r *reading) weighAbout(t *trigger, triggers []*trigger) []int {
	var about []int
	for k, e := range triggers {
		if e == t || !e.keep || e.token == t.token || slices.ContainsFunc(e.report.About, func(a news.About) bool { return a.Report == t.report.ID }) || r.inSideClause(t.token, e.token) {
			continue
		}
		if r.concerns(t, e, slices.Contains(t.about, k)) {
			about = append(about, k)
		}
	}
	return about
}

// inSideClause tells that token k stands below token i in a clause with a subject of its own that tells of something else, before, after or meanwhile: "Chad condemned
// the act, while Niger told its envoys to leave" is not about what Niger told them.
func (r *reading) inSideClause(i, k int) bool {
	d := r.d
	if !r.under(k, i) {
		return false
	}
	relative := 0
	for ; k != i; k = d.Tokens[k].Head {
		if relative += boolInt(d.Tokens[k].Relation == "acl:relcl"); relative > 1 {
			return true // "condemned a film that showed Ruiz, who was killed by guards"
		}
		if d.Tokens[k].Relation == "conj" && r.pos(k) == "V" && r.pos(i) == "V" && len(r.child(k, "nsubj", "nsubj:pass")) > 0 {
			return true
		}
		if d.Tokens[k].Relation == "advcl" && r.pos(k) == "V" && len(r.child(k, "nsubj", "nsubj:pass")) > 0 && r.marked(k, "beside") {
			return true
		}
	}
	return false
}

// purpose tells that verb i is what another verb is done for: "gathered to protest".
func (r *reading) purpose(i int) bool {
	rel := r.d.Tokens[i].Relation
	return r.d.Tokens[i].Tag == "VB" && (rel == "advcl" || rel == "xcomp") && slices.ContainsFunc(r.child(i, "mark"), func(m int) bool { return r.d.Tokens[m].Tag == "TO" })
}

// leave keeps why a token that might have told an event tells none.
func (r *reading) leave(i int, why string) { r.left = append(r.left, Uncoded{r.span(i, i+1), why}) }

// obligations are the requests that speakers make by must and should: "the rebels must leave", said Ruiz (CODING 23).
func (r *reading) obligations(s nlp.Sentence, at map[int]int) []*trigger {
	d := r.d
	action, ok := news.ActionNamed("call_for")
	if !ok {
		return nil
	}
	var found []*trigger
	for i := s.First; i < s.Last; i++ {
		t := d.Tokens[i]
		if t.Relation != "aux" || t.Head < 0 || t.Lemma != "must" && t.Lemma != "should" && t.Lemma != "ought" || len(r.child(t.Head, "mark")) > 0 && d.Word(r.child(t.Head, "mark")[0]) == "if" {
			continue
		}
		var speakers []news.ID
		for _, c := range r.subjects(t.Head, 0) {
			speakers = nil
			for _, o := range r.saidBy(t.Head, s, r.resolve(c)) {
				if o.how != "charges" {
					speakers = append(speakers, o.id)
				}
			}
		}
		if len(speakers) == 0 {
			continue
		}
		args := map[string][]argument{"subj": {{token: i, entity: speakers[0], event: -1}}}
		for _, c := range r.subjects(t.Head, 0) {
			for _, id := range r.resolve(c) {
				if r.party(id) && !slices.Contains(speakers, id) && id != r.spokesFor(speakers[0]) {
					args["on"] = append(args["on"], argument{token: c, entity: id, event: -1})
				}
			}
		}
		if len(args["on"]) == 0 {
			continue
		}
		if e, ok := at[t.Head]; ok {
			args["comp"] = []argument{{token: t.Head, event: e}}
		}
		found = append(found, &trigger{token: i, keep: true, args: args, wording: wording{action, pattern{
			words: []string{t.Lemma}, roles: map[string]news.Role{"subj": news.Source, "on": news.Target, "comp": news.RoleAbout},
		}}})
	}
	return found
}

// ultimatums are the threats that speakers make by unless: "Chad will recall its envoy unless Norway pays" (CODING 24).
func (r *reading) ultimatums(s nlp.Sentence, at map[int]int) []*trigger {
	d := r.d
	action, ok := news.ActionNamed("threaten")
	if !ok {
		return nil
	}
	var found []*trigger
	for i := s.First; i < s.Last; i++ {
		k := d.Tokens[i].Head // of the condition
		if strings.ToLower(d.Word(i)) != "unless" || d.Tokens[i].Relation != "mark" || k < 0 || d.Tokens[k].Head < 0 {
			continue
		}
		deed := d.Tokens[k].Head
		coming := false
		for _, c := range r.child(deed, "aux") {
			coming = coming || d.Tokens[c].Lemma == "will" || d.Tokens[c].Lemma == "would" || d.Tokens[c].Lemma == "shall"
		}
		e, told := at[deed]
		if r.passive(deed, s) {
			continue // "rebels will be bombed unless they leave": not they threaten
		}
		if !coming || slices.Contains(r.g.Classes(d.Tokens[deed].Lemma), "languishing") || r.negated(deed) && !slices.ContainsFunc(r.senses(deed), func(typ news.EventType) bool { return charges[typ] || typ == news.TypeSanction }) {
			continue // "they will starve unless donors pay" threatens nobody
		}
		if !told {
			e = -1
		}
		args := map[string][]argument{"comp": {{token: deed, event: e}}}
		for _, c := range r.subjects(deed, 0) {
			for _, id := range r.resolve(c) {
				args["subj"] = append(args["subj"], argument{token: c, entity: id, event: -1})
			}
		}
		for _, c := range r.subjects(k, 0) {
			for _, id := range r.resolve(c) {
				if r.party(id) && !slices.ContainsFunc(args["subj"], func(a argument) bool { return a.entity == id }) {
					args["obj"] = append(args["obj"], argument{token: c, entity: id, event: -1})
				}
			}
		}
		if len(args["subj"]) > 0 && (len(args["obj"]) > 0 || told) {
			found = append(found, &trigger{token: i, keep: true, args: args, wording: wording{action, pattern{
				words: []string{"unless"}, roles: map[string]news.Role{"subj": news.Source, "obj": news.Target, "comp": news.RoleAbout},
			}}})
		}
	}
	return found
}

// defiances are the threats that speakers make by what they will not shun: "we have no intention of avoiding a war", "Chad does not fear a fight" (CODING
// 29).
func (r *reading) defiances(s nlp.Sentence, at map[int]int, triggers []*trigger) []*trigger {
	d := r.d
	action, ok := news.ActionNamed("threaten")
	if !ok {
		return nil
	}
	var found []*trigger
	for i := s.First; i < s.Last; i++ {
		t := d.Tokens[i]
		if k, ok := at[i]; ok && triggers[k].keep || !slices.Contains(r.g.Classes(t.Lemma), "shunning") || !strings.HasPrefix(t.Tag, "VB") && !strings.HasPrefix(t.Tag, "JJ") || t.Tag == "VBN" {
			continue
		}
		war := -1
		for _, c := range r.child(i, "obj", "obl") {
			if strings.HasPrefix(d.Tokens[c].Tag, "NN") && slices.Contains(r.g.Classes(d.Tokens[c].Lemma), "warfare") && len(r.child(c, "nmod:poss")) == 0 {
				war = c
			}
		}
		v := i // the verb whose subject does not shun
		if h := t.Head; h >= 0 && strings.HasPrefix(d.Tokens[h].Tag, "NN") && coarse(t.Relation) == "acl" && d.Tokens[h].Head >= 0 {
			v = d.Tokens[h].Head // no intention of avoiding
			if !slices.ContainsFunc(r.child(h, "det"), func(c int) bool { return strings.EqualFold(d.Word(c), "no") }) && !r.negated(v) {
				continue
			}
		} else if !r.negated(i) {
			continue
		}
		if war < 0 || r.child(v, "mark") != nil && strings.EqualFold(d.Word(r.child(v, "mark")[0]), "if") {
			continue
		}
		args := map[string][]argument{"comp": {{token: war, event: -1}}}
		if k, ok := at[war]; ok {
			args["comp"][0].event = k
		}
		for _, c := range r.subjects(v, 0) {
			for _, id := range r.resolve(c) {
				args["subj"] = append(args["subj"], argument{token: c, entity: id, event: -1})
			}
		}
		if len(args["subj"]) > 0 {
			found = append(found, &trigger{token: i, keep: true, made: true, args: args, wording: wording{action, pattern{
				words: []string{t.Lemma}, roles: map[string]news.Role{"subj": news.Source, "comp": news.RoleAbout},
			}}})
		}
	}
	return found
}

// farBack is how many reports a word may point over to the one that it means.
const farBack = 200

// enough tells that a report says who, where or with what; one that says no such thing must be the surer that it tells an event.
func (r *reading) enough(t *trigger) bool {
	return len(t.report.Participants) > 0 || len(t.report.Counts) > 0 || t.confidence > bareAt
}

// bareAt is from which probability on an event is told that nobody takes part in.
const bareAt = 0.6

// pressed are what makes a release a paper.
var pressed = wordSet("press news media")

// gapped are the events of the later objects of a verb that have a date of their own each: "visited Chad on Monday and Peru from May 5 to 6".
// The trigger keeps its first object.
func (r *reading) gapped(t *trigger, when []timeAt) []*trigger {
	if !strings.HasPrefix(r.d.Tokens[t.token].Tag, "VB") || len(when) < 2 || len(t.args["obj"]) < 2 {
		return nil
	}
	var objects []int
	for _, a := range t.args["obj"] {
		if !slices.Contains(objects, a.token) && a.token > t.token {
			objects = append(objects, a.token)
		}
	}
	slices.Sort(objects)
	dated := map[int]timeAt{} // by object: the first date after it and before the next
	for n, o := range objects {
		for _, w := range when {
			if _, ok := dated[o]; w.first > o && (n+1 == len(objects) || w.first < objects[n+1]) && !ok {
				dated[o] = w
			}
		}
	}
	if len(objects) < 2 || len(dated) < len(objects) {
		return nil
	}
	of := func(p news.Participant, o int) bool {
		at := r.span(o, o+1)
		return p.Span.Start <= at.Start && at.End <= p.Span.End
	}
	var more []*trigger
	all := t.report.Participants
	for n, o := range objects {
		report := t.report
		report.When = dated[o].when
		report.When.Span = r.span(dated[o].first, dated[o].last)
		report.Participants = slices.DeleteFunc(slices.Clone(all), func(p news.Participant) bool {
			return slices.ContainsFunc(objects, func(other int) bool { return other != o && of(p, other) })
		})
		if n == 0 {
			t.report = report
			continue
		}
		report.ID = news.ReportID(r.story.ID, report.Trigger, report.Action, n)
		more = append(more, &trigger{token: t.token, wording: t.wording, args: t.args, said: t.said, keep: true, report: report})
	}
	return more
}

// clause is the verb of which token i, or what it is joined to, is an adverbial clause without a word that opens it; -1 if there is none.
func (r *reading) clause(i int) int {
	for n := 0; n < 4 && i >= 0; n++ {
		t := r.d.Tokens[i]
		switch {
		case t.Relation == "advcl" && len(r.child(i, "mark")) == 0:
			return t.Head
		case t.Relation != "conj":
			return -1
		}
		i = t.Head
	}
	return -1
}

// telling tells that token i is a verb or a noun of the vocabulary.
func (r *reading) telling(i int) bool {
	t := r.d.Tokens[i]
	lemma := r.lemma(i)
	switch {
	case strings.HasPrefix(t.Tag, "VB"):
		if i > 1 && r.d.Word(i) == "elect" && r.d.Word(i-1) == "-" && r.nominal(i-2) {
			return false // the president-elect
		}
		return len(r.verbs[lemma]) > 0 && t.Relation != "amod" && t.Relation != "aux" && t.Relation != "cop" && t.Relation != "case"
	case strings.HasPrefix(t.Tag, "JJ") && len(r.child(i, "cop")) > 0:
		return len(r.predicates(i)) > 0
	case t.Tag == "NN" || t.Tag == "NNS":
		if i > 0 && t.Lemma == "release" && pressed[strings.ToLower(r.d.Word(i-1))] {
			return false // a press release frees nobody
		}
		if t.Relation == "nmod:poss" && t.Head > i && r.d.Tokens[t.Head].Sort == "person" {
			return false // the meeting's chairman
		}
		if t.Relation == "compound" && t.Head == i+1 {
			return false // war crimes, attack helicopters: the next noun tells
		}
		if i+1 < len(r.d.Tokens) && r.d.Word(i+1) == "-" && r.d.Tokens[i+1].Start == t.End {
			return false // war-torn
		}
		return len(r.nouns[lemma]) > 0 || len(r.nouns[strings.ToLower(r.d.Word(i))]) > 0
	}
	return false
}

// choose finds the wording that fits a trigger best: most words, then most conditions.
func (r *reading) choose(t *trigger) bool {
	token := r.d.Tokens[t.token]
	verb := strings.HasPrefix(token.Tag, "VB")
	lemma := r.lemma(t.token)
	candidates := r.verbs[lemma]
	if strings.HasPrefix(token.Tag, "JJ") {
		candidates = r.predicates(t.token)
		if len(candidates) == 0 {
			return false
		}
		// Whoever says it judges.
		judged := t.args["subj"]
		if said := r.saidBy(t.token, r.d.Sentences[r.sentenceOf[t.token]], nil); candidates[0].pattern.roles["subj"] != news.Source && len(said) > 0 {
			t.args = map[string][]argument{"obj": judged, "subj": {{token: t.token, entity: said[0].id, event: -1}}}
			t.wording = wording{candidates[0].action, pattern{words: candidates[0].pattern.words, roles: map[string]news.Role{"subj": news.Source, "obj": candidates[0].pattern.roles["subj"]}}}
			return true
		}
	} else if !verb {
		candidates = slices.Concat(r.nouns[lemma], r.nouns[strings.ToLower(r.d.Word(t.token))])
	}
	if o := t.args["obj"]; lemma == "take" && len(o) > 0 && slices.Contains([]string{"place", "part", "step", "action", "time"}, r.d.Tokens[o[0].token].Lemma) {
		return false
	}
	if verb && lemma == "appeal" && (len(t.args["for"])+len(t.args["to"])+len(t.args["comp"]) == 0 || len(r.child(t.token, "obj")) > 0) {
		return false // a sentence, or against it
	}
	if verb && (lemma == "decline" || lemma == "refuse") && slices.ContainsFunc(r.child(t.token, "xcomp"), func(c int) bool { return unsaid[r.d.Tokens[c].Lemma] }) {
		return false // to comment
	}
	best := -1
	score := func(w wording) int { return 10*len(w.pattern.words) + len(w.pattern.needs) }
	for k, w := range candidates {
		if verb && lemma == "protest" && token.Relation == "parataxis" && w.action.Type == news.TypeProtest {
			continue // "they failed to act, a group protested": it says so
		}
		if verb && lemma == "tell" && w.action.Type == news.TypeRequest && !r.infinitive(t) {
			continue // "told reporters that", "he told them"
		}
		if r.worded(t.token, w.pattern.words, verb) && r.needs(t, w.pattern) && (best < 0 || score(w) > score(candidates[best])) {
			best = k
		}
	}
	if best < 0 {
		best = r.nearly(t, candidates, verb)
	}
	if best < 0 {
		return false
	}
	t.wording = candidates[best]
	return true
}

// unsaid are verbs for what those do not do who have nothing to tell reporters.
var unsaid = wordSet("comment elaborate speculate say specify disclose")

// infinitive tells that a verb has a complement with to: "told them to leave".
func (r *reading) infinitive(t *trigger) bool {
	return slices.ContainsFunc(t.args["comp"], func(a argument) bool {
		return slices.ContainsFunc(r.child(a.token, "mark"), func(m int) bool { return r.d.Tokens[m].Tag == "TO" })
	})
}

// particles are words that make another verb of the one that they stand by.
var particles = wordSet("away back down in off on out over through up")

// nearly is the wording that lacks least, where every sense of the word has one type, so that what is not known of its company changes no type,
// and where somebody acts or is acted upon; -1 if there is none.
func (r *reading) nearly(t *trigger, candidates []wording, verb bool) int {
	best, least := -1, 100
	// Wordings of several words that all stand there mean more than the verb alone.
	var phrases []wording
	for _, w := range candidates {
		if len(w.pattern.words) > 1 && r.worded(t.token, w.pattern.words, verb) {
			phrases = append(phrases, w)
		}
	}
	among := phrases
	if len(phrases) == 0 {
		among = slices.DeleteFunc(slices.Clone(candidates), func(w wording) bool { // to back somebody is not to back down
			return verb && len(w.pattern.words) == 2 && particles[w.pattern.words[1]]
		})
	}
	for k, w := range candidates {
		if !slices.ContainsFunc(among, func(o wording) bool {
			return slices.Equal(o.pattern.words, w.pattern.words) && o.action.Name == w.action.Name
		}) {
			continue
		}
		if w.action.Type != among[0].action.Type {
			return -1
		}
		if len(w.pattern.words) > 1 && len(phrases) == 0 || !r.worded(t.token, w.pattern.words, verb) {
			continue
		}
		lacks := 0
		for _, need := range w.pattern.needs {
			if slices.ContainsFunc(need, func(c condition) bool { return c.not && r.holds(t, w.pattern, c) }) {
				lacks = 100
			} else if r.contradicts(t, need) {
				lacks = 100
			} else if !slices.ContainsFunc(need, func(c condition) bool { return r.holds(t, w.pattern, c) != c.not }) {
				lacks++
			}
		}
		if lacks < least {
			best, least = k, lacks
		}
	}
	if best < 0 || !verb && least > 0 && candidates[best].action.Quad == 4 {
		return -1 // a campaign is an attack where it is one against somebody
	}
	for where, args := range t.args {
		if role := r.role(candidates[best].pattern, where); role == news.Source || role == news.Target {
			for _, a := range args {
				if a.entity != "" && r.party(a.entity) {
					return best
				}
			}
		}
	}
	return -1
}

// contradicts tells that what stands where a need looks is known, and is not what it asks for.
func (r *reading) contradicts(t *trigger, n need) bool {
	for _, c := range n {
		if !c.not && (c.where == "obj" || c.where == "comp") && len(t.args[c.where]) == 0 {
			continue // without it the verb means something else
		}
		if c.not || c.where == "" || c.kind == "" || len(t.args[c.where]) == 0 {
			return false
		}
		for _, a := range t.args[c.where] {
			if a.entity == "" || c.takes(r.kind(a.entity)) {
				return false
			}
		}
	}
	return true
}

// worded tells that the other words of a pattern stand by the trigger.
func (r *reading) worded(i int, words []string, verb bool) bool {
	is := func(k int, w string) bool {
		return r.d.Tokens[k].Lemma == w || strings.ToLower(r.d.Word(k)) == w
	}
	if !verb {
		for n := range words[:len(words)-1] {
			k := i - len(words) + 1 + n
			if k < 0 || !is(k, words[n]) {
				return false
			}
		}
		return true
	}
	for _, w := range words[1:] {
		found := false
		for _, c := range r.children[i] {
			found = found || is(c, w)
			for _, g := range r.children[c] {
				rel := r.d.Tokens[g].Relation
				if rel == "case" && (r.dated(c) || w == "in" && len(r.child(i, "obj")) > 0 && !slices.Contains(words, r.d.Tokens[c].Lemma)) {
					continue // "gave it in March" is not giving in, nor "took measures in a crisis" taking in
				}
				// "for sale", "found him guilty", "shot dead two men", however the tree hangs them
				found = found || (rel == "case" || rel == "mark" || (rel == "amod" || rel == "acl" && strings.HasPrefix(r.d.Tokens[g].Tag, "JJ")) && (g > c || g == i+1)) && is(g, w)
			}
		}
		if !found && len(r.child(i, "obj")) == 0 {
			if k := r.after(i, r.d.Sentences[r.sentenceOf[i]].Last); k >= 0 {
				found = is(k, w) // an object that the tree lost
			}
		}
		if !found {
			return false
		}
	}
	return true
}

// needs tells that all conditions of a pattern hold.
func (r *reading) needs(t *trigger, p pattern) bool {
	for _, need := range p.needs {
		if !slices.ContainsFunc(need, func(c condition) bool { return r.holds(t, p, c) != c.not }) {
			return false
		}
	}
	return true
}

func (r *reading) holds(t *trigger, p pattern, c condition) bool {
	takes := func(a argument) bool {
		if c.kind == "" {
			return true
		}
		if c.kind == "EVENT" || c.kind == "COOPERATION" || c.kind == "CONFLICT" {
			return a.event >= 0
		}
		if c.kind == "GOODS" && wrongs[r.d.Tokens[a.token].Lemma] {
			return false
		}
		if a.entity == "" {
			// Who or what that is nothing tells, but of what sort it is the grammar does.
			return a.event < 0 && r.sorted(a.token, c.kind)
		}
		if c.kind == "FORCE" && r.kind(a.entity) == news.Group && !fighters[r.entities[a.entity].Sector] {
			return false
		}
		kind := r.kind(a.entity)
		if kind == news.Person && local(a.entity) {
			kind = news.Group // a man whom nobody names does what groups do
		}
		return c.takes(kind)
	}
	for where, args := range t.args {
		if c.where != "" && where != c.where || c.role != "" && r.role(p, where) != c.role {
			continue
		}
		for _, a := range args {
			if takes(a) && (c.role == "" || c.kind != "" || a.entity != "" || a.event >= 0 || r.d.Tokens[a.token].Tag == "CD" && r.sorted(a.token, "PARTY")) {
				return true
			}
		}
	}
	return false
}

// sorted tells that token i may head a phrase that stands for something of the kind of a condition.
func (r *reading) sorted(i int, kind string) bool {
	t := r.d.Tokens[i]
	person := strings.HasPrefix(t.Tag, "PRP") && t.Lemma != "it" || t.Sort == "person" || t.Tag == "CD" && t.Relation == "obj" && r.counts(i) // killing 107
	switch kind {
	case "PARTY":
		return person || t.Sort == "organization" || t.Tag == "NNP" || t.Tag == "NNPS"
	case "PERSON", "GROUP":
		return person
	case "ORGANISATION":
		return t.Sort == "organization"
	case "PLACE":
		return t.Sort == "place"
	case "THING", "GOODS":
		return strings.HasPrefix(t.Tag, "NN") && t.Sort != "person" && t.Sort != "organization" && t.Sort != "place" && t.Sort != "event" && t.Sort != "time"
	}
	return false
}

// counts tells that token i is a number of people or things.
func (r *reading) counts(i int) bool {
	_, _, _, text := r.amount(i)
	return text != ""
}

// wrongs are nouns for what is done and blamed, which nobody gives or promises.
var wrongs = wordSet("crime offence offense atrocity murder massacre genocide abuse violation fraud error mistake sin suicide terrorism treason perjury adultery")

// report makes the report of a trigger.
func (r *reading) report(t *trigger, s nlp.Sentence, triggers []*trigger, when []timeAt) {
	a := t.wording.action
	at := r.span(t.token, t.token+1)
	p := news.Report{
		ID: news.ReportID(r.story.ID, at, a.Name, 0), Story: r.story.ID, Type: a.Type, Action: a.Name, Trigger: at, Modality: news.Asserted,
		Contexts: slices.Clone(a.Contexts), Confidence: 0.6, Published: r.story.Published, TextHash: r.story.TextHash,
		Why: fmt.Sprintf("%q is a wording of %s", strings.Join(t.wording.pattern.words, " "), a.Name),
	}
	p.SentenceSpan = r.span(s.First, s.Last)
	p.Sentence = p.SentenceSpan.In(r.story.Text)
	wheres := make([]string, 0, len(t.args))
	for where := range t.args {
		wheres = append(wheres, where)
	}
	slices.SortFunc(wheres, func(a, b string) int { // who acts comes first, that nobody acts on himself
		return cmp.Or(boolInt(r.role(t.wording.pattern, b) == news.Source)-boolInt(r.role(t.wording.pattern, a) == news.Source), cmp.Compare(a, b))
	})
	for _, where := range wheres {
		role := r.role(t.wording.pattern, where)
		if role == "" {
			continue
		}
		for _, arg := range t.args[where] {
			owned := slices.ContainsFunc(t.args[where], func(o argument) bool { return o.owner && o.token == arg.token })
			if owned && arg.owner != (role == news.Source || role == news.Target) && !(role == news.Source && r.kind(arg.entity) == news.Weapon) && !(role == news.Source && r.kind(arg.entity) == news.Thing) {
				continue
			}
			if arg.event >= 0 && triggers[arg.event].keep && (role == news.RoleAbout || role == news.Target || role == news.Instrument) {
				t.about = append(t.about, arg.event)
				continue
			}
			if role == news.RoleAbout && where == "obj" && arg.entity != "" && r.party(arg.entity) {
				role = news.Target // "defended Chad": whom, not what about
			}
			if arg.entity == "" && a.Counts != "" && role == news.Target && r.d.Tokens[arg.token].Tag == "CD" {
				if c, ok := r.count(arg.token, a.Counts); ok {
					p.Counts = append(p.Counts, c) // killing 107
				}
			}
			if arg.entity == "" || role == news.RoleAbout || slices.Contains(t.wording.pattern.words, r.d.Tokens[arg.token].Lemma) && (t.wording.pattern.roles[where] == "" || r.kind(arg.entity) == news.Thing) {
				continue
			}
			arg.entity = r.behind(arg.token, arg.entity, a.Type)
			if state, ok := r.g.CapitalOf(arg.entity); ok && role == news.Target && (wordActs[a.Type] || a.Type == news.TypeTransfer || a.Type == news.TypeAid || a.Type == news.TypeSanction) {
				r.know(state)
				arg.entity = state // "sent Kyiv more tanks"
			}
			if m := r.at[arg.token]; m != nil && a.Type == news.TypeVisit && r.kind(m.entity) == news.Kind(news.Place) {
				arg.entity = m.entity // who visits a capital visits a city
			}
			kind := r.entities[arg.entity].Kind
			fits := role
			switch {
			case (kind == news.Weapon || kind == news.Thing) && role == news.Target && a.Type == news.TypeAssault && (where == "obj" || where == "of" || where == "on" || where == "subj"):
				// What is hit and nobody's is the target itself.
			case (kind == news.Weapon || kind == news.Thing) && (role == news.Source || role == news.Target):
				fits = news.Instrument
			case kind == news.Kind(news.Place) && local(arg.entity) && where != "obj":
				continue // "in the area" is no place that anybody could look up
			case kind == news.Kind(news.Place) && role != news.Place:
				fits = news.Place
			case role == news.Place && (kind == news.Person || kind == news.Group || kind == news.Weapon || kind == news.Thing):
				continue
			case role == news.Instrument && (kind == news.Person || kind == news.State || kind == news.Organisation):
				fits = news.Target
			}
			n := news.Participant{Role: fits, Entity: arg.entity, Span: r.span(arg.token, arg.token+1)}
			if m := r.at[arg.token]; m != nil {
				n.Span = r.span(m.first, m.last)
			}
			if !slices.ContainsFunc(p.Participants, func(o news.Participant) bool {
				return o.Entity == n.Entity && (o.Role == n.Role || n.Role == news.Target)
			}) {
				p.Participants = append(p.Participants, n)
			}
			if a.Counts != "" && role == news.Target {
				if c, ok := r.count(arg.token, a.Counts); ok {
					p.Counts = append(p.Counts, c)
				}
			}
		}
	}
	r.places(&p, t)
	sortRoles(p.Participants)
	p.When = r.when(t.token, s, when)
	p.Modality = r.modality(t.token, a.Type)
	p.Background = r.background(t.token, p.When)
	t.said = r.saidBy(t.token, s, p.Entities(news.Source))
	t.report = p
}
