package extract

import (
	"slices"
	"strings"

	"newsgraph/news"
)

// judged holds a charge to the deed that it is about (CODING 37): whoever suffers the deed is not judged, and whoever does it is, where the text tells
// him.
func (r *reading) judged(t *trigger, triggers []*trigger) {
	if t.report.Type != news.TypeAccuse && t.report.Action != "welcome" {
		return
	}
	sources := t.report.Entities(news.Source)
	for _, k := range t.about {
		deed := triggers[k].report
		if !triggers[k].keep || deed.Type == news.TypeAccuse || t.report.Type != news.TypeAccuse || r.inRelative(t, triggers[k].token, string(news.Target)) {
			continue
		}
		doers := deed.Entities(news.Source)
		t.report.Participants = slices.DeleteFunc(t.report.Participants, func(p news.Participant) bool {
			return p.Role == news.Target && !slices.Contains(doers, p.Entity) && slices.Contains(deed.Entities(news.Target), p.Entity)
		})
		for _, p := range deed.Participants {
			if p.Role == news.Source && r.party(p.Entity) && !slices.Contains(sources, p.Entity) && !slices.Contains(t.report.Entities(news.Target), p.Entity) && !r.blamedBeside(t, r.tokenAt(p.Span)) {
				p.Role = news.Target
				t.report.Participants = append(t.report.Participants, p)
			}
		}
	}
	if len(t.report.Entities(news.Target)) == 0 && len(sources) > 0 && r.pos(t.token) == "V" {
		what := "obj"
		if r.passive(t.token, r.d.Sentences[r.sentenceOf[t.token]]) {
			what = "nsubj:pass"
		}
		for _, k := range r.child(t.token, what) {
			for _, id := range r.doers(k, t, triggers) {
				if r.party(id) && !slices.Contains(sources, id) {
					t.report.Participants = append(t.report.Participants, news.Participant{Role: news.Target, Entity: id, Span: r.span(k, k+1)})
				}
			}
		}
	}
	sortRoles(t.report.Participants)
}

// doers are who did what token k, the object of a judgement that names nobody, points back to: "condemned the launch", "denounced the treaty", "welcomed
// the decision", "condemned it too". It is the nearest deed that the story told of that word, or of that type, in sentences before; where parties did
// several of the type, and none by that word, it might be any of them, and is nobody's.
func (r *reading) doers(k int, t *trigger, triggers []*trigger) []news.ID {
	d := r.d
	word := strings.ToLower(d.Word(k))
	if word == "it" || word == "this" || word == "that" {
		for n := len(r.reports) - 1; n >= max(0, len(r.reports)-farBack) && r.since(r.reports[n], k) <= 2; n-- {
			if e := r.reports[n]; e.Type == t.report.Type && e.Action == t.report.Action {
				return e.Entities(news.Target) // what others judged before
			}
		}
		return nil
	}
	if !strings.HasPrefix(d.Tokens[k].Tag, "NN") || !r.definitely(k) {
		return nil
	}
	if d.Tokens[k].Lemma == "strike" && !r.struckBefore(k) {
		for n := len(r.reports) - 1; n >= max(0, len(r.reports)-farBack); n-- {
			if e := r.reports[n]; e.Action == "strike_work" {
				return e.Entities(news.Source) // of work
			}
		}
	}
	typ, action := news.EventType(""), ""
	for _, e := range triggers {
		if e.token == k && e.keep {
			typ, action = e.report.Type, e.report.Action
		}
	}
	if typ == "" {
		if senses := r.senses(k); len(senses) == 1 {
			typ = senses[0]
		}
	}
	if action == "" {
		if all := r.wordings(k); len(all) == 1 {
			action = all[0].action.Name
		}
	}
	var named, typed []news.Report
	for n := len(r.reports) - 1; n >= max(0, len(r.reports)-farBack); n-- {
		e := r.reports[n]
		deed := e.Modality == news.Asserted && e.Type != news.TypeAccuse && e.Type != news.TypeReject && e.Type != t.report.Type && len(e.Entities(news.Source)) > 0
		switch {
		case !deed:
		case r.tells(e, k), deciding[d.Tokens[k].Lemma] && r.since(e, k) <= 2 && !e.Background && !wordActs[e.Type]:
			named = append(named, e)
		case e.Type == typ && (action == "" || !charges[typ] || sameDeed(e.Action, action)): // a raid is no arrest
			typed = append(typed, e)
		}
	}
	if len(named) > 0 {
		return named[0].Entities(news.Source)
	}
	for _, e := range typed {
		if !shared(e.Entities(news.Source), typed[0].Entities(news.Source)) {
			return nil
		}
	}
	if len(typed) > 0 {
		return typed[0].Entities(news.Source)
	}
	return r.makers(k)
}

// sameDeed tells that an action may be another, or a special case of it.
func sameDeed(a, b string) bool { return a == b || news.FamilyOf(a) == news.FamilyOf(b) }

// makers are who brought up what the noun at token k points back to, in one of the three sentences before: the subject of the verb that is the same word
// ("paused", "the pause"), or of that whose new object it was ("approved a package"); of a decision or a move whoever did what the sentence before tells.
func (r *reading) makers(k int) []news.ID {
	d := r.d
	subject := func(v int) []news.ID {
		if r.passive(v, d.Sentences[r.sentenceOf[v]]) || sayVerbs[d.Tokens[v].Lemma] || r.negated(v) || len(r.child(v, "aux")) > 0 ||
			slices.ContainsFunc(r.verbs[d.Tokens[v].Lemma], func(w wording) bool { return w.action.Type == news.TypeAccuse || w.action.Type == news.TypeReject }) {
			return nil
		}
		var ids []news.ID
		for _, c := range r.subjects(v, 0) {
			for _, j := range r.joined(c) {
				ids = append(ids, r.resolve(j)...)
			}
		}
		return slices.DeleteFunc(ids, func(id news.ID) bool { return !r.party(id) })
	}
	at, lemma := r.sentenceOf[k], d.Tokens[k].Lemma
	for i := d.Sentences[at].First - 1; i >= 0 && at-r.sentenceOf[i] <= 3; i-- {
		t := d.Tokens[i]
		switch {
		case deciding[lemma] && at-r.sentenceOf[i] == 1 && t.Head < 0 && t.Tag == "VBD":
			return subject(i)
		case t.Lemma != lemma:
		case strings.HasPrefix(t.Tag, "VB"):
			return subject(i)
		case t.Relation == "obj" && t.Head >= 0 && !r.definitely(i):
			return subject(t.Head)
		}
	}
	return nil
}

// deciding are nouns for any deed.
var deciding = wordSet("decision move step action act measure announcement")

// since is how many sentences before that of token k a report stands.
func (r *reading) since(e news.Report, k int) int { return r.sentenceOf[k] - r.sentenceAt(&e) }

// definitely tells that noun k points back to what was told, and says nothing of whose it is: "the attack" does, "the attack by rebels", "their attack"
// and "the attack that killed nine" do not.
func (r *reading) definitely(k int) bool {
	definite := false
	for _, c := range r.child(k, "det") {
		switch strings.ToLower(r.d.Word(c)) {
		case "the", "this", "these", "that", "those":
			definite = true
		}
	}
	for _, c := range r.child(k, "nmod", "nmod:poss", "amod", "compound", "acl", "acl:relcl", "appos", "conj") {
		if m := r.at[c]; m != nil && m.form != news.FormNominal && coarse(r.d.Tokens[c].Relation) != "nmod" {
			return false
		}
		switch coarse(r.d.Tokens[c].Relation) {
		case "nmod":
			if p := r.child(c, "case"); len(p) == 0 || !slices.Contains([]string{"on", "in", "at", "as", "near"}, strings.ToLower(r.d.Word(p[0]))) {
				return false
			}
		case "nmod:poss", "acl", "acl:relcl", "appos", "conj":
			return false
		}
	}
	return definite
}

// tells tells that a report of a sentence before told its deed by the word at token k: as its verb ("launched", "the launch"), or as the object of that
// ("signed a treaty", "the treaty").
func (r *reading) tells(e news.Report, k int) bool {
	lemma := r.d.Tokens[k].Lemma
	i := r.tokenAt(e.Trigger)
	first := i
	for first > 0 && r.d.Tokens[first-1].Start >= e.Trigger.Start {
		first--
	}
	for ; first <= i; first++ {
		t := r.d.Tokens[first]
		if t.Lemma == lemma || strings.HasPrefix(t.Tag, "VB") && slices.ContainsFunc(r.child(first, "obj", "nsubj:pass"), func(o int) bool { return r.d.Tokens[o].Lemma == lemma && !r.definitely(o) }) {
			return true
		}
	}
	return false
}
