package extract

import (
	"slices"
	"strings"

	"newsgraph/news"
)

// mishaps makes what a mishap did to people and things a part of it, where the sentence says so: "were hurt in the accident" and "the bus overturned and
// hit a van" accuse nobody (CODING 42).
func (r *reading) mishaps(triggers []*trigger) {
	d := r.d
	for _, t := range triggers {
		if !t.keep || t.report.Type != news.TypeAssault || r.pos(t.token) != "V" || slices.ContainsFunc(t.report.Entities(news.Source), func(id news.ID) bool { return !local(id) }) {
			continue
		}
		var as news.Action
		if t.wording.action.Counts != "" && len(t.report.Entities(news.Source)) == 0 {
			for _, k := range r.child(t.token, "obl") {
				if r.pos(k) == "N" && len(r.child(k, "case")) > 0 && byOrIn[strings.ToLower(d.Word(r.child(k, "case")[0]))] {
					if a, ok := r.mishap(k); ok {
						as = a
					}
				}
			}
		}
		// What a thing does that has just derailed, sunk or collapsed is what became of it.
		if h := d.Tokens[t.token].Head; h >= 0 && d.Tokens[t.token].Tag == "VBG" && d.Tokens[t.token].Relation == "advcl" && r.pos(h) == "V" && len(r.child(h, "obj", "obl:agent")) == 0 && len(r.child(t.token, "mark", "nsubj")) == 0 {
			for _, w := range r.verbs[d.Tokens[h].Lemma] { // "a plane crashed, killing nine"
				if w.action.Type == news.TypeAccident && len(w.pattern.words) == 1 {
					as = w.action
				}
			}
		}
		if h := d.Tokens[t.token].Head; h >= 0 && d.Tokens[t.token].Relation == "conj" && r.pos(h) == "V" && len(r.child(t.token, "nsubj", "nsubj:pass", "obl:agent")) == 0 {
			for _, o := range triggers {
				if o.keep && o.token == h && o.report.Type == news.TypeAccident && !r.passive(h, d.Sentences[r.sentenceOf[h]]) {
					as = o.wording.action
				}
			}
		}
		if as.Name == "" {
			continue
		}
		t.wording = wording{as, pattern{words: t.wording.pattern.words}}
		t.report.Type, t.report.Action, t.report.Contexts = as.Type, as.Name, slices.Clone(as.Contexts)
		t.report.ID = news.ReportID(r.story.ID, t.report.Trigger, as.Name, 0)
		t.report.Participants = slices.DeleteFunc(t.report.Participants, func(p news.Participant) bool {
			return p.Role == news.Source || p.Role == news.Target && r.kind(p.Entity) != news.Person && r.kind(p.Entity) != news.Group
		})
	}
}

var byOrIn = wordSet("by in during from")

// mishap is the accident or the disaster that noun i is a word for.
func (r *reading) mishap(i int) (news.Action, bool) {
	for _, w := range r.nouns[strings.ToLower(r.d.Tokens[i].Lemma)] {
		// An explosion may be a bomb's.
		if (w.action.Type == news.TypeAccident || w.action.Type == news.TypeDisaster) && w.action.Name != explodes && len(w.pattern.words) == 1 {
			return w.action, true
		}
	}
	return news.Action{}, false
}

// unite makes one event of the words of a sentence that tell of one happening, pair by pair (CODING 1): first what a happening did joins it, then what
// names a deed joins the verb that tells it.
func (r *reading) unite(triggers []*trigger) {
	for _, n := range triggers {
		for _, v := range triggers {
			if n != v && n.keep && v.keep && r.outcome(v, n, triggers) {
				r.absorb(v, n, triggers, false)
			}
		}
	}
	for _, n := range triggers {
		for _, v := range triggers {
			if n != v && n.keep && v.keep && r.restates(v, n) {
				r.absorb(v, n, triggers, true)
			}
		}
	}
}

// outcome tells that n is what the happening v did: "the quake killed nine", "the strike hit two trucks", "shelled the port, killing nine and wounding two".
func (r *reading) outcome(v, n *trigger, triggers []*trigger) bool {
	d := r.d
	counts, alike := n.wording.action.Counts != "", n.report.Type == v.report.Type
	for _, a := range n.args["subj"] {
		if a.event >= 0 && (counts || triggers[a.event].wording.action.Type == n.wording.action.Type) {
			return triggers[a.event] == v
		}
	}
	switch {
	case !counts:
		return false
	case v.report.Type == news.TypeAccident, v.report.Type == news.TypeDisaster:
		return r.under(n.token, v.token) || r.under(v.token, n.token)
	}
	if d.Tokens[v.token].Head == n.token && r.pos(v.token) == "N" && r.passive(n.token, d.Sentences[r.sentenceOf[n.token]]) && len(r.child(n.token, "obl:agent")) == 0 {
		return alike && r.coursed(v.token) && len(v.args["with"]) == 0 // "nine were killed in an attack by rebels" (CODING 43)
	}
	return alike && d.Tokens[n.token].Tag == "VBG" && r.clause(n.token) == v.token
}

// coursed tells that noun i stands behind a preposition for that in whose course something is done.
func (r *reading) coursed(i int) bool {
	return slices.ContainsFunc(r.child(i, "case"), func(c int) bool { return coursing[strings.ToLower(r.d.Word(c))] })
}

// restates tells that n tells again, in the clause of verb v, what v does: as its object ("gave a grant", "held talks"), as what it was done in ("fought in
// clashes") or for ("met to discuss it"), or as a verb that shares its parties ("shot and killed two", "railed at Ruiz, accusing her").
func (r *reading) restates(v, n *trigger) bool {
	d := r.d
	token := d.Tokens[n.token]
	a, b := v.wording.action, n.wording.action
	alike := v.report.Type == n.report.Type
	if alike && token.Tag == "VBG" && len(n.args["subj"]) > 0 && r.clause(n.token) == v.token {
		mine, its := known(n.report.Entities(news.Target)), known(v.report.Entities(news.Target))
		return within(mine, its) || within(its, mine)
	}
	if alike && a.Name == b.Name && r.pos(v.token) == "V" && token.Relation == "nmod" && d.Tokens[token.Head].Head == v.token && coarse(d.Tokens[token.Head].Relation) == "obj" &&
		slices.Contains(v.wording.pattern.words, d.Tokens[token.Head].Lemma) {
		return true // "declared a state of emergency"
	}
	if token.Head != v.token {
		return false
	}
	switch coarse(token.Relation) {
	case "advcl", "xcomp":
		if r.purpose(n.token) {
			return alike && (!wordActs[v.report.Type] || v.report.Type == news.TypeConsult)
		}
	case "conj":
		if alike && v.report.Type == news.TypeAccuse && r.pos(v.token) == "V" && r.pos(n.token) == "V" && len(r.child(n.token, "nsubj", "nsubj:pass")) == 0 && len(r.child(v.token, "obj")) > 0 &&
			slices.ContainsFunc(r.child(n.token, "obj"), func(c int) bool { return strings.EqualFold(r.d.Word(c), "it") && r.at[c] == nil }) {
			return true // "called the launch unacceptable and condemned it"
		}
		// One object for both.
		return alike && related(a.Name, b.Name) && r.pos(v.token) == "V" && (token.Tag == d.Tokens[v.token].Tag || token.Tag == "VBD" || token.Tag == "VBN") && n.token == v.token+2 && len(r.child(n.token, "nsubj", "nsubj:pass")) == 0 && (len(r.child(n.token, "obj")) == 0 || len(r.child(v.token, "obj")) == 0)
	case "obj":
		if strings.HasPrefix(token.Tag, "NN") && (a.Plover == b.Plover || a.Quad == b.Quad && !wordActs[a.Type]) {
			return true
		}
	case "parataxis", "appos":
		if r.sumsUp(n.token) && alike && r.pos(v.token) == "V" {
			return true // "bombed the port, an attack that Norway condemned"
		}
	case "obl":
		if alike && (a.Name == b.Name || a.Type == news.TypeConsult) && r.pos(v.token) == "V" && r.coursed(n.token) {
			return true
		}
	}
	if !alike && undoing[v.report.Type] {
		return false // who lifts a ban or dismisses a lawsuit tells two events
	}
	return strings.HasPrefix(token.Tag, "NN") && slices.Contains(v.wording.pattern.words, token.Lemma)
}

// undoing are the types of what is done about an earlier deed.
var undoing = map[news.EventType]bool{news.TypeReject: true, news.TypeConcede: true}

// coursing are the prepositions of a noun in whose course something is done.
var coursing = wordSet("in during into through amid")

// absorb lets v tell what n tells of the same happening: all of it if whole, and else what v did, which has no doer of its own.
func (r *reading) absorb(v, n *trigger, triggers []*trigger, whole bool) {
	e := &v.report
	e.Counts = append(e.Counts, n.report.Counts...)
	if !whole && !e.When.Dated() && n.report.When.Dated() {
		e.When, v.dated = n.report.When, true // the day of the deaths
	}
	for _, p := range n.report.Participants {
		if (whole || p.Role != news.Source) && !slices.ContainsFunc(e.Participants, func(o news.Participant) bool { return o.Entity == p.Entity }) {
			e.Participants = append(e.Participants, p)
		}
	}
	sortRoles(e.Participants)
	if whole {
		v.about = slices.DeleteFunc(append(v.about, n.about...), func(k int) bool { return triggers[k] == n || triggers[k] == v })
		if first, last := min(v.token, n.token), max(v.token, n.token); last-first < 10 && r.d.Tokens[n.token].Head == v.token {
			// The two are its wording together.
			e.Trigger = r.span(first, last+1)
			e.ID = news.ReportID(r.story.ID, e.Trigger, e.Action, 0)
		}
	}
	n.keep = false
	for _, o := range triggers { // what was about the one is about the other
		for k, a := range o.about {
			if triggers[a] == n {
				o.about[k] = slices.Index(triggers, v)
			}
		}
	}
	r.leave(n.token, "the same happening as the words that it is joined to")
}

// sumsUp tells that the noun at token i, with a and behind a comma, tells in a word what the clause before it does: ", an attack that".
func (r *reading) sumsUp(i int) bool {
	return r.pos(i) == "N" && slices.ContainsFunc(r.child(i, "det"), func(c int) bool { return len(r.d.Word(c)) <= 2 && strings.HasPrefix(strings.ToLower(r.d.Word(c)), "a") }) &&
		slices.ContainsFunc(r.child(i, "punct"), func(c int) bool { return c < i && r.d.Word(c) == "," })
}

// spreadDays gives reports without a date that of the report that tells of the same, or of what theirs is a part of (CODING 36).
func (r *reading) spreadDays() {
	order := r.ordered()
	for n, p := range order {
		if p.When.Text != "" || p.When.From != "" {
			continue
		}
		if o, how := r.dayOf(order, n); o != nil {
			p.When = o.When
			p.When.How += "; " + how
		}
	}
}

// ordered are the reports in the order of the text.
func (r *reading) ordered() []*news.Report {
	order := make([]*news.Report, len(r.reports))
	for i := range r.reports {
		order[i] = &r.reports[i]
	}
	slices.SortStableFunc(order, func(a, b *news.Report) int { return a.Trigger.Start - b.Trigger.Start })
	return order
}

// dayOf is the report whose date that of report n must be, and why: the last of its type with a date before it, or the first after it, if nothing that they
// tell is in conflict; and of talks the only visit that they were a part of.
func (r *reading) dayOf(order []*news.Report, n int) (*news.Report, string) {
	p := order[n]
	before, after := order[max(0, n-farBack):n], order[n+1:min(len(order), n+1+farBack)]
	s, t := p.Entities(news.Source), p.Entities(news.Target)
	for _, o := range slices.Backward(before) {
		if o.Type != p.Type || o.When.From == "" {
			continue
		}
		os, ot := o.Entities(news.Source), o.Entities(news.Target)
		switch {
		case o.Modality != p.Modality:
		case (within(s, os) || within(os, s)) && (within(t, ot) || within(ot, t)) && len(s)+len(t) > 0 && len(os)+len(ot) > 0:
			return o, "told of the same event before"
		case len(s) > 0 && slices.Equal(s, os) && r.also(p) && r.sentenceAt(p)-r.sentenceAt(o) <= nearBy:
			return o, "told with also"
		}
		break
	}
	// What is told first without a date may be told again with one: "the visit to Chad", and then when.
	for _, o := range after {
		if o.Type != p.Type || o.When.Text == "" {
			continue
		}
		at := append(slices.Clip(t), p.Entities(news.Place)...)
		if o.When.From != "" && o.Modality == p.Modality && o.Action == p.Action && len(s) > 0 && within(s, o.Entities(news.Source)) && len(at) > 0 && within(at, append(o.Entities(news.Target), o.Entities(news.Place)...)) {
			return o, "told of the same event after"
		}
		break
	}
	if p.Type != news.TypeConsult {
		return nil, ""
	}
	var visit *news.Report
	for _, v := range slices.Concat(before, after) {
		if v.Type != news.TypeVisit || v.When.From == "" || v.Modality != p.Modality || v.Background && !p.Background || !shared(v.Entities(news.Source), s) || !shared(v.Entities(news.Place), p.Entities(news.Place)) && v.SentenceSpan != p.SentenceSpan {
			continue
		}
		if visit != nil && visit.When.From != v.When.From {
			return nil, ""
		}
		visit = v
	}
	return visit, "told of the visit"
}

// also tells that a report is said to be told besides: "he also met them".
func (r *reading) also(p *news.Report) bool {
	before, _, _ := strings.Cut(p.Sentence, p.Trigger.In(r.story.Text))
	return slices.Contains(strings.Fields(strings.ToLower(before)), "also") || strings.HasPrefix(strings.ToLower(p.Trigger.In(r.d.Text)), "also ")
}

// occurrence is what several reports of the story tell of: all that they say of it together.
type occurrence struct {
	reports                []*news.Report
	source, target, places []news.ID
	when                   news.When
}

// once finds which reports of the story tell of one happening, pair by pair, and lets those that leave out who, when or where say what the others do, so
// that they meet (CODING 1, 43). Two may be one if nothing that they tell is in conflict: type and action, modality, those who take part, days and
// places. They are one if besides the later points back to the earlier ("the attack"), or tells what it did, or if both name the same who acts, near each
// other. If it may be one of
// two, it is neither.
func (r *reading) once() {
	order := r.ordered()
	var all []*occurrence
	for _, p := range order {
		var own *occurrence
		may := 0
		for _, h := range all[max(0, len(all)-farBack):] {
			if r.agree(h, p) && slices.ContainsFunc(h.reports, func(o *news.Report) bool { return r.echoes(p, o) }) {
				own = h
				may++
			}
		}
		if may != 1 {
			own = &occurrence{}
			all = append(all, own)
		}
		own.add(p)
	}
	renamed := map[news.ID]*news.Report{}
	for _, h := range all {
		if len(h.reports) > 1 {
			r.level(h, renamed)
		}
	}
	for _, p := range order {
		for i, a := range p.About {
			if o := renamed[a.Report]; o != nil {
				p.About[i] = news.About{Report: o.ID, Type: o.Type, Action: o.Action}
			}
		}
	}
}

func (h *occurrence) add(p *news.Report) {
	h.reports = append(h.reports, p)
	h.source, h.target = union(h.source, known(p.Entities(news.Source))), union(h.target, known(p.Entities(news.Target)))
	h.places = union(h.places, scenes(p))
	if !h.when.Dated() && (p.When.Text != "" || p.When.From != "") {
		h.when = p.When
	}
}

// known are those whom every story knows.
func known(ids []news.ID) []news.ID {
	return slices.DeleteFunc(slices.Clone(ids), local)
}

func union(a, b []news.ID) []news.ID {
	for _, id := range b {
		if !slices.Contains(a, id) {
			a = append(slices.Clip(a), id)
		}
	}
	return a
}

func within(a, b []news.ID) bool {
	return !slices.ContainsFunc(a, func(id news.ID) bool { return !slices.Contains(b, id) })
}

func scenes(p *news.Report) []news.ID {
	if at := p.Entities(news.Place); len(at) > 0 {
		return known(at)
	}
	return p.Scene
}

// agree tells that nothing that a report tells is in conflict with a happening.
func (r *reading) agree(h *occurrence, p *news.Report) bool {
	source, target := known(p.Entities(news.Source)), known(p.Entities(news.Target))
	for _, o := range h.reports {
		test := o.Action == testFire && p.Action == fireAt || o.Action == fireAt && p.Action == testFire
		switch {
		case o.Modality != p.Modality, o.Modality == news.Negated, !related(o.Action, p.Action):
			return false
		case test && len(o.Entities(news.Target))+len(p.Entities(news.Target)) > 0, !test && (o.Type != p.Type || o.Family != p.Family):
			return false
		}
		if apart(o.When, p.When) || r.strangers(o, p) {
			return false
		}
	}
	if !within(source, h.source) && !within(h.source, source) || !within(target, h.target) && !within(h.target, target) {
		return false
	}
	at := scenes(p)
	return len(at) == 0 || len(h.places) == 0 || slices.ContainsFunc(at, func(a news.ID) bool {
		return slices.ContainsFunc(h.places, func(b news.ID) bool {
			return a == b || slices.Contains(r.g.Lies(r.entities[a]).Within, b) || slices.Contains(r.g.Lies(r.entities[b]).Within, a)
		})
	})
}

// strangers tells that those who act in two reports are of states of which none is the other's: Chadian soldiers and Mali.
func (r *reading) strangers(a, b *news.Report) bool {
	of := func(p *news.Report) (all []string) {
		for _, id := range p.Entities(news.Source) {
			c := r.entities[id].Country
			if e := r.entities[id]; e.Kind == news.State {
				c = e.ISO3
			}
			if c == "" {
				return nil
			}
			all = append(all, c)
		}
		return all
	}
	x, y := of(a), of(b)
	return len(x) > 0 && len(y) > 0 && !slices.ContainsFunc(x, func(c string) bool { return slices.Contains(y, c) })
}

// related tells that what is told as one action may be told as the other: one is a special case of the other, or is what harm is told as.
func related(a, b string) bool {
	if a == b || a == testFire && b == fireAt || a == fireAt && b == testFire {
		return true
	}
	if a == shootDown || b == shootDown || a == electAs || b == electAs {
		return false
	}
	if news.FamilyOf(a) == b || news.FamilyOf(b) == a {
		return true
	}
	x, _ := news.ActionNamed(a)
	y, _ := news.ActionNamed(b)
	return x.Counts != "" || y.Counts != ""
}

// apart tells that two times are of different days.
func apart(a, b news.When) bool {
	if a.Dated() && b.Dated() {
		return a.To < b.From || b.To < a.From
	}
	return a.Text != "" && b.Text != "" && a.Value != b.Value
}

// echoes tells that report p says besides what agrees that it tells of what o does.
func (r *reading) echoes(p, o *news.Report) bool {
	i, k := r.tokenAt(p.Trigger), r.tokenAt(o.Trigger)
	apart := r.sentenceAt(p) - r.sentenceAt(o)
	if apart < 0 || r.other(i) {
		return false
	}
	ps, os := known(p.Entities(news.Source)), known(o.Entities(news.Source))
	doer := len(ps) > 0 && len(os) > 0 && (within(ps, os) || within(os, ps))
	mishap := p.Type == news.TypeAccident || p.Type == news.TypeDisaster
	counts := func(q *news.Report) bool { a, _ := news.ActionNamed(q.Action); return a.Counts != "" }
	switch {
	case r.pos(i) == "N":
		return r.pointsBack(i) && (scenic[p.Type] || p.Type == news.TypeConsult || p.Action == electAs)
	case p.Action == electAs:
		return shared(p.Entities(news.Target), o.Entities(news.Target)) // who is elected is so once
	case p.Action == o.Action && apart <= nearBy && len(ps) == 0 && r.passive(i, r.d.Sentences[r.sentenceOf[i]]):
		// "The missile was launched from the coast": of what was told.
		return slices.ContainsFunc(r.child(i, "nsubj:pass", "nsubj"), r.pointsBack)
	case mishap:
		return apart <= farMishap
	case p.Type != news.TypeAssault:
		return false
	case counts(p) && !counts(o):
		return doer && apart == 0 && r.joinedVerbs(i, k)
	}
	return false
}

const (
	nearBy    = 2 // how many sentences apart a verb tells again what another told
	farMishap = 5
	electAs   = "elect"
	testFire  = "test_fire"
	explodes  = "explode"
	fireAt    = "fire"
	shootDown = "shoot_down"
)

// joinedVerbs tells that two verbs share their subject.
func (r *reading) joinedVerbs(a, b int) bool {
	return slices.Contains(r.joined(b), a) || slices.Contains(r.joined(a), b)
}

// pointsBack tells that noun i is one that was told of: "the attack", "their talks".
func (r *reading) pointsBack(i int) bool {
	for _, c := range r.children[i] {
		switch t := r.d.Tokens[c]; {
		case t.Relation == "det" && backward[strings.ToLower(r.d.Word(c))]:
			return !r.introduces(i)
		case t.Relation == "nmod:poss":
			return true
		}
	}
	return false
}

// introduces tells that noun i says of what it is that the story has not told of: "the bombing of a club".
func (r *reading) introduces(i int) bool {
	return slices.ContainsFunc(r.child(i, "nmod"), func(c int) bool {
		of := r.child(c, "case")
		return len(of) > 0 && (strings.EqualFold(r.d.Word(of[0]), "of") || strings.EqualFold(r.d.Word(of[0]), "on")) && slices.ContainsFunc(r.child(c, "det"), func(a int) bool {
			return strings.EqualFold(r.d.Word(a), "a") || strings.EqualFold(r.d.Word(a), "an")
		})
	})
}

var backward = wordSet("the this that these those both")

// other tells that verb or noun i is said to be one more.
func (r *reading) other(i int) bool {
	return slices.ContainsFunc(r.children[i], func(c int) bool { return more[strings.ToLower(r.d.Word(c))] })
}

var more = wordSet("another other again also too later separate second third new further more earlier previous next last")

// level gives each report of a happening what the others tell and it does not. What it did is told as the deed itself.
func (r *reading) level(h *occurrence, renamed map[news.ID]*news.Report) {
	var deed *news.Report
	for _, p := range h.reports {
		if a, _ := news.ActionNamed(p.Action); a.Counts == "" && (deed == nil || p.Action == testFire && deed.Action != testFire) {
			deed = p
		}
	}
	elected := h.reports[0].Action == electAs
	for _, p := range h.reports {
		for role, ids := range map[news.Role][]news.ID{news.Source: h.source, news.Target: h.target} {
			if elected && role == news.Source {
				continue // whoever names a candidate elects nobody
			}
			for _, id := range ids {
				if slices.ContainsFunc(p.Participants, func(q news.Participant) bool { return q.Entity == id && q.Role != news.Place }) {
					continue
				}
				for _, o := range h.reports {
					if k := slices.IndexFunc(o.Participants, func(q news.Participant) bool { return q.Entity == id && q.Role == role }); k >= 0 {
						p.Participants = append(p.Participants, o.Participants[k])
						break
					}
				}
			}
		}
		if elected {
			p.Participants = slices.DeleteFunc(p.Participants, func(q news.Participant) bool {
				return q.Role == news.Target && slices.ContainsFunc(h.reports, func(o *news.Report) bool {
					ids := o.Entities(news.Target)
					return len(ids) > 0 && !slices.Contains(ids, q.Entity)
				})
			})
		}
		sortRoles(p.Participants)
		if !p.When.Dated() && h.when.Dated() {
			p.When = h.when
			p.When.How += "; told of the same happening"
		}
		if scenic[p.Type] && len(scenes(p)) == 0 && len(h.places) > 0 {
			p.Scene = slices.Clone(h.places)
			r.lay(p, h.places)
		}
		if a, _ := news.ActionNamed(p.Action); deed != nil && p.Action != deed.Action && (a.Counts != "" || deed.Action == testFire) {
			was := p.ID
			p.Type, p.Action, p.Family, p.Contexts = deed.Type, deed.Action, deed.Family, slices.Clone(deed.Contexts)
			p.ID = news.ReportID(p.Story, p.Trigger, p.Action, 0)
			renamed[was] = p
		}
	}
}
