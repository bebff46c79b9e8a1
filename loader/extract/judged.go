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
	if k := r.deedBeside(t, triggers); k >= 0 {
		t.about = append(t.about, k)
		t.report.About = append(t.report.About, news.About{Report: triggers[k].report.ID, Type: triggers[k].report.Type, Action: triggers[k].report.Action})
	}
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
			for _, id := range r.doers(r.objectBeside(k, t), t, triggers) {
				if r.party(id) && !slices.Contains(sources, id) {
					t.report.Participants = append(t.report.Participants, news.Participant{Role: news.Target, Entity: id, Span: r.span(k, k+1)})
				}
			}
		}
	}
	sortRoles(t.report.Participants)
	r.aboutBefore(t, triggers)
}

// deedBeside is the trigger of the deed that the pronoun which judgement t has for its object stands for, where both verbs are joined: the object of the other if that is
// an event, else what the other tells: "Chad bombed Mali, and Norway condemned it"; or of that which a noun for any deed sums up: "Chad invaded Mali, a move that Norway
// condemned"; -1 if there is none.
func (r *reading) deedBeside(t *trigger, triggers []*trigger) int {
	if len(t.about) > 0 || r.pos(t.token) != "V" {
		return -1
	}
	deed := func(o int) int {
		return slices.IndexFunc(triggers, func(e *trigger) bool {
			return e.keep && e.token == o && e.report.Modality == news.Asserted && !wordActs[e.report.Type]
		})
	}
	if h := r.d.Tokens[t.token].Head; h > 0 && strings.HasPrefix(r.d.Tokens[t.token].Relation, "acl") && (deciding[r.d.Tokens[h].Lemma] || len(r.senses(h)) > 0) && r.d.Tokens[h].Head >= 0 && r.d.Tokens[h].Head < h {
		if r.sumsUp(h) {
			return deed(r.d.Tokens[h].Head)
		}
	}
	for _, k := range r.child(t.token, "obj") {
		o := r.objectBeside(k, t)
		if o == k && !(thatDeed[strings.ToLower(r.d.Word(k))] && r.d.Tokens[t.token].Relation == "conj" && len(r.child(t.token, "nsubj")) > 0) {
			continue
		}
		if o == k {
			o = r.d.Tokens[t.token].Head
		}
		if n := deed(o); n >= 0 {
			return n
		}
	}
	return -1
}

// objectBeside is what the pronoun at token k, the object of t, stands for where that is the object of the verb that t is joined to, no party, and of its number:
// "Denmark welcomed the strikes, and Oman deplored them"; k itself else.
func (r *reading) objectBeside(k int, t *trigger) int {
	d := r.d
	v := d.Tokens[t.token].Head
	if d.Tokens[t.token].Relation != "conj" || v < 0 || v > k {
		return k
	}
	for _, o := range r.child(v, "obj") {
		tag := d.Tokens[o].Tag
		if word := strings.ToLower(d.Word(k)); (thatDeed[word] && tag == "NN" || (word == "them" || word == "these") && tag == "NNS") && !slices.ContainsFunc(r.resolve(o), r.party) {
			return o
		}
	}
	return k
}

// aboutBefore says what a judgement is about that is about no event of its sentence: the deed of a sentence before that its object, or what it judges somebody for, points
// back to; or what the judgement was about that it repeats.
func (r *reading) aboutBefore(t *trigger, triggers []*trigger) {
	if len(t.report.About) > 0 || r.pos(t.token) != "V" {
		return
	}
	what := r.child(t.token, "obj", "nsubj:pass")
	for _, c := range r.child(t.token, "obl") {
		if r.childCase(c, "for", "over") {
			what = append(what, c)
		}
	}
	for _, k := range what {
		k = r.objectBeside(k, t)
		if e, ok := r.judgedBefore(k, t); ok {
			t.report.About = slices.Clone(e.About)
			return
		}
		if e, ok := r.deedBefore(k, t, triggers, false); ok {
			t.report.About = []news.About{{Report: e.ID, Type: e.Type, Action: e.Action}}
			return
		}
	}
}

// doers are who did what token k, the object of a judgement that names nobody, points back to: of what others judged before whoever was judged, of a deed its sources.
func (r *reading) doers(k int, t *trigger, triggers []*trigger) []news.ID {
	if e, ok := r.judgedBefore(k, t); ok {
		return e.Entities(news.Target)
	}
	if e, ok := r.deedBefore(k, t, triggers, true); ok {
		return e.Entities(news.Source)
	}
	if e, ok := r.deedBefore(k, t, triggers, false); ok {
		return r.doersBefore(e)
	}
	if !strings.HasPrefix(r.d.Tokens[k].Tag, "NN") || !r.definitely(k) || r.d.Tokens[k].Lemma == "strike" && !r.struckBefore(k) {
		return nil
	}
	return r.makers(k)
}

// doersBefore are those who did a deed whose report tells no doer, where the reports before it of the same action all tell the same: "Chad fired a missile. It was launched
// at dawn".
func (r *reading) doersBefore(e news.Report) []news.ID {
	var ids []news.ID
	for _, o := range r.reports {
		of := o.Entities(news.Source)
		if o.Action != e.Action || o.Modality != news.Asserted || len(of) == 0 || o.Trigger.Start > e.Trigger.Start {
			continue
		}
		if len(ids) > 0 && !slices.Equal(ids, of) {
			return nil
		}
		ids = of
	}
	return ids
}

// judgedBefore is the last judgement of the same action in this sentence or the two before, where token k says that what it judged is judged again: "condemned it too".
func (r *reading) judgedBefore(k int, t *trigger) (news.Report, bool) {
	if !thatDeed[strings.ToLower(r.d.Word(k))] {
		return news.Report{}, false
	}
	for n := len(r.reports) - 1; n >= max(0, len(r.reports)-farBack) && r.since(r.reports[n], k) <= 2; n-- {
		if e := r.reports[n]; e.Type == t.report.Type && e.Action == t.report.Action {
			return e, true
		}
	}
	return news.Report{}, false
}

// thatDeed are pronouns for what was told.
var thatDeed = wordSet("it this that")

// deedBefore is the deed of the sentences before that token k, the object of judgement t, points back to: "condemned the launch", "denounced the treaty", "welcomed the
// decision". It is the nearest that the story told of that word, or of that type; where parties did several of the type, and none by that word, it might be any of them,
// and is none. A pronoun's is the only deed of the sentence before: "Chad bombed Mali. Norway condemned it". With a doer, only deeds whose doer is told are looked at.
func (r *reading) deedBefore(k int, t *trigger, triggers []*trigger, doer bool) (news.Report, bool) {
	d := r.d
	deed := func(e news.Report) bool {
		return e.Modality == news.Asserted && e.Type != news.TypeAccuse && e.Type != news.TypeReject && e.Type != t.report.Type && (!doer || len(e.Entities(news.Source)) > 0)
	}
	if thatDeed[strings.ToLower(d.Word(k))] {
		var only news.Report
		for n := len(r.reports) - 1; n >= 0 && r.since(r.reports[n], k) <= 1; n-- {
			e := r.reports[n]
			if only.ID != "" || !deed(e) || wordActs[e.Type] || r.since(e, k) < 1 {
				return news.Report{}, false
			}
			only = e
		}
		return only, only.ID != ""
	}
	if !strings.HasPrefix(d.Tokens[k].Tag, "NN") || !r.definitely(k) {
		return news.Report{}, false
	}
	if d.Tokens[k].Lemma == "strike" && !r.struckBefore(k) {
		for n := len(r.reports) - 1; n >= max(0, len(r.reports)-farBack); n-- {
			if e := r.reports[n]; e.Action == "strike_work" {
				return e, true // of work
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
	var typed []news.Report
	for n := len(r.reports) - 1; n >= max(0, len(r.reports)-farBack); n-- {
		e := r.reports[n]
		if doer && len(typed) > 0 && e.Type == typ && e.Modality == news.Asserted && len(e.Entities(news.Source)) == 0 {
			return news.Report{}, false // what was told first, of nobody, may be what is meant: police who shot attackers are not condemned for the attack
		}
		switch {
		case !deed(e):
		case r.tells(e, k), deciding[d.Tokens[k].Lemma] && r.since(e, k) <= 2 && !e.Background && !wordActs[e.Type]:
			return e, true
		case e.Type == typ && (action == "" || !charges[typ] || sameDeed(e.Action, action)): // a raid is no arrest
			typed = append(typed, e)
		}
	}
	for _, e := range typed {
		if !shared(e.Entities(news.Source), typed[0].Entities(news.Source)) && !slices.Equal(e.Entities(news.Source), typed[0].Entities(news.Source)) {
			return news.Report{}, false
		}
	}
	if len(typed) > 0 {
		return typed[0], true
	}
	return news.Report{}, false
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
