package extract

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"newsgraph/loader/nlp"
	"newsgraph/news"
)

// yes is the class of binary models for what is so.
const yes = "YES"

// likely is the probability that something is so, by a binary model; the rules' own answer where nothing was learnt.
func (r *reading) likely(d Decision, rule bool) float64 {
	r.decide(d)
	classes, p := r.weights.weigh(d.Model, d.Features)
	if k := slices.Index(classes, yes); k >= 0 && !r.taught() {
		return p[k]
	}
	if rule {
		return 1
	}
	return 0
}

// atLeast is from which probability on something is so: what the rules say is given the benefit of the doubt.
func atLeast(rule bool) float64 {
	if rule {
		return 0.1
	}
	return 0.5
}

// ways are the features of how token i hangs in its sentence: its own auxiliaries, adverbs and marks, and those of what is above it, with the words
// there.
func (r *reading) ways(f *features, i int) {
	d := r.d
	own := func(at string, k int) {
		t := d.Tokens[k]
		f.add(at+"tag", t.Tag)
		for _, c := range r.children[k] {
			switch rel := d.Tokens[c].Relation; rel {
			case "aux", "aux:pass", "cop", "advmod", "mark", "det", "cc", "cc:preconj", "discourse", "expl":
				f.add(at+rel, strings.ToLower(d.Tokens[c].Lemma), strings.ToLower(d.Tokens[c].Tag))
			}
		}
	}
	own("", i)
	k := i
	way := ""
	for n := 0; n < 3 && d.Tokens[k].Head >= 0; n++ {
		h, rel := d.Tokens[k].Head, coarse(d.Tokens[k].Relation)
		for _, p := range r.child(k, "case") {
			rel += ":" + strings.ToLower(d.Word(p))
			break
		}
		way += "<" + rel
		at := strconv.Itoa(n)
		f.add("way", way)
		if n == 0 {
			r.word(f, "up0:"+rel, h)
			own("up0:"+rel+":", h)
		} else {
			f.add("up"+at, strings.ToLower(d.Tokens[h].Lemma), rel)
			own("up"+at+":", h)
		}
		f.add("above", strings.ToLower(d.Tokens[h].Lemma))
		k = h
	}
	f.add("way's end", way, d.Tokens[k].Tag)
}

// sure is how surely the event of trigger t is told; rule is what the rules say.
func (r *reading) sure(t *trigger, triggers []*trigger, rule news.Modality) news.Modality {
	told := r.weighSure(t, triggers, rule)
	if !r.taught() && told == news.Planned && r.threatened(t, triggers) {
		return news.Hypothetical
	}
	switch framed := r.framed(t.token); {
	case !r.taught() && r.putOff(t.token):
		return news.Negated
	case !r.taught() && told == news.Asserted && rule != news.Asserted && r.undone(t.token):
		return rule
	case r.taught(), told == news.Negated:
		return told
	case framed == "":
		if told == news.Asserted {
			if open := r.leftOpen(t.token, t.report.Type, rule); open != "" {
				return open
			}
		}
		return told
	case framed == news.Negated, told == news.Asserted, told == news.Planned && r.enabled(t.token):
		return framed // what a claim, a fear or a denial holds is never told as done (CODING 41)
	}
	return told
}

// threatened tells that trigger t is what a threat of its sentence is about, which is done on a condition (CODING 24, 32).
func (r *reading) threatened(t *trigger, triggers []*trigger) bool {
	d := r.d
	conditional := slices.ContainsFunc(r.child(t.token, "advcl"), func(c int) bool {
		return slices.ContainsFunc(r.child(c, "mark"), func(m int) bool {
			w := strings.ToLower(d.Word(m))
			return w == "if" || w == "unless"
		})
	})
	return conditional && slices.ContainsFunc(triggers, func(e *trigger) bool {
		return e.keep && e.report.Type == news.TypeThreaten && (d.Tokens[t.token].Head == e.token && d.Tokens[t.token].Relation == "ccomp" || slices.ContainsFunc(e.about, func(k int) bool { return triggers[k] == t }))
	})
}

// openEnded are verbs whose complement is not told as done, whatever came of it.
var openEnded = wordSet("invite refuse decline")

// undone tells that token i is a verb that must, should, could, may or will be done, what is to be done, or is invited or refused to be, or what stands
// below one, which is never told as done itself: "before he could strike", "they must meet to defeat them", "would go on meeting". What somebody would do
// may be what he used to do.
func (r *reading) undone(i int) bool {
	d := r.d
	if slices.ContainsFunc(r.child(i, "aux"), func(c int) bool { return d.Tokens[c].Tag == "MD" && d.Tokens[c].Lemma != "would" }) {
		return true
	}
	h := d.Tokens[i].Head
	if r.anySuch(i) || r.ifSuch(i) || r.scheduled(i) || d.Tokens[i].Tag == "VB" && h >= 0 && d.Tokens[i].Relation == "xcomp" && openEnded[d.Tokens[h].Lemma] {
		return true
	}
	if d.Tokens[i].Tag == "VBG" && h >= 0 && d.Tokens[i].Relation == "xcomp" && goingOn[d.Tokens[h].Lemma] {
		return slices.ContainsFunc(r.child(h, "aux"), func(c int) bool { return d.Tokens[c].Tag == "MD" })
	}
	if r.needed(i) {
		return true
	}
	if d.Tokens[i].Tag != "VB" || h < 0 || d.Tokens[i].Relation == "conj" || d.Tokens[i].Relation == "ccomp" {
		return false
	}
	return slices.ContainsFunc(r.child(h, "aux"), func(c int) bool { return d.Tokens[c].Tag == "MD" })
}

// weighSure is what was learnt of it, and what the rules say where that is not sure enough.
func (r *reading) weighSure(t *trigger, triggers []*trigger, rule news.Modality) news.Modality {
	f := make(features, 0, 64)
	f.add("bias")
	f.add("rule", string(rule))
	f.add("rule", string(rule), string(t.report.Type))
	f.add("type", string(t.report.Type))
	f.add("word", strings.ToLower(r.d.Tokens[t.token].Lemma))
	if r.voiceAt(t.token) != nil {
		f.add("quoted", string(t.report.Type))
	}
	f.add("when", string(t.report.When.Precision))
	if w := t.report.When; w.From != "" && r.story.Published != "" && w.From > r.story.Published {
		f.add("future")
	}
	polarity, commitment := r.signatures.Factuality(r.view, t.token)
	fact := polarity.String() + commitment.String()
	f.add("fact", fact)
	f.add("fact", fact, string(rule))
	f.add("fact", fact, string(t.report.Type))
	if p := r.propositions[t.token]; p != nil {
		f.add("happened", strconv.Itoa(int(p.Happened*4)), string(rule))
		f.add("happened", strconv.Itoa(int(p.Happened*4)), fact)
	}
	r.governed(&f, t, triggers, rule, fact)
	r.ways(&f, t.token)
	r.decide(Decision{Model: "modality", Trigger: t.report.Trigger, Type: t.report.Type, Features: f})
	classes, p := r.weights.weigh("modality", f)
	if classes == nil || r.taught() || rule == news.Hypothetical && (r.inverted(t.token) || r.conditional(t.token)) {
		return rule
	}
	best := 0
	for k := range p {
		if p[k] > p[best] {
			best = k
		}
	}
	told := news.Modality(classes[best])
	if polarity == nlp.Negative && (rule == news.Asserted || rule == news.Alleged) {
		rule = news.Negated
	}
	switch {
	case told == rule:
	case rule == news.Negated && (told == news.Asserted || told == news.Alleged):
		return rule // what is denied is never told as done (CODING 41)
	case rule == news.Alleged && told == news.Asserted && r.onlyCharged(t.token):
		return rule
	case rule != news.Asserted && p[best] < surely, p[best] < 0.5:
		return rule
	}
	return told
}

// onlyCharged tells that what token i tells stands in what somebody is accused of: "accused Chad of leading a coup".
func (r *reading) onlyCharged(i int) bool {
	for k, n := r.d.Tokens[i].Head, 0; k >= 0 && n < 4; k, n = r.d.Tokens[k].Head, n+1 {
		if r.d.Tokens[k].Lemma == "accuse" && r.charged(i, k) {
			return true
		}
	}
	return false
}

// surely is from which probability on what was learnt overrules a frame of mind that the rules read.
const surely = 0.6

// governed are the features of what governs trigger t: the event that it is what is asked for, threatened, judged or agreed to, the class of the words
// above it, whether what it tells is known to the reader, and whether it is what another deed is done for.
func (r *reading) governed(f *features, t *trigger, triggers []*trigger, rule news.Modality, fact string) {
	d := r.d
	pos, known := r.pos(t.token), "bare"
	for _, c := range r.child(t.token, "det", "nmod:poss", "amod") {
		switch l := strings.ToLower(d.Tokens[c].Lemma); {
		case d.Tokens[c].Relation == "nmod:poss", l == "the", l == "this", l == "that", l == "these", l == "those":
			known = "known"
		case (l == "a" || l == "an" || l == "any") && known == "bare":
			known = "new"
		case doubting[l]:
			f.add("doubt", l)
			f.add("doubt")
		}
	}
	f.add("known", known, pos, fact)
	f.add("framed", string(r.framed(t.token)), string(rule))
	top := false
	for _, e := range triggers {
		if e == t || !e.keep || !slices.ContainsFunc(e.report.About, func(a news.About) bool { return a.Report == t.report.ID }) {
			continue
		}
		top = true
		f.add("about", string(e.report.Type))
		f.add("about", string(e.report.Type), pos, known)
		f.add("about", string(e.report.Type), string(rule))
		f.add("about", e.report.Action)
	}
	f.add("about", strconv.FormatBool(top), string(rule))
	chain := ""
	for k, n := t.token, 0; n < 3 && d.Tokens[k].Head >= 0; n++ {
		h, rel := d.Tokens[k].Head, coarse(d.Tokens[k].Relation)
		class := r.speech(h)
		if class == "other" {
			class = r.rules[h]
			if class == "unfit" || class == "" {
				class = "-"
			}
		}
		chain += "<" + rel + " " + class
		f.add("chain", chain, pos)
		f.add("chain", chain, known)
		f.add("chain", chain, string(rule))
		k = h
	}
	h := d.Tokens[t.token].Head
	if tag := d.Tokens[t.token].Tag; tag == "VB" && h >= 0 && len(r.child(t.token, "mark")) > 0 {
		rel := coarse(d.Tokens[t.token].Relation)
		f.add("aim", rel, string(t.report.Type), d.Tokens[h].Tag)
		f.add("aim", rel, d.Tokens[h].Tag)
		f.add("aim", rel, strconv.FormatBool(wordActs[t.report.Type] || t.report.Type == news.TypeProtest), d.Tokens[h].Tag)
	}
}

// doubting are adjectives by which the text does not vouch for a deed.
var doubting = wordSet("alleged suspected reported supposed purported apparent possible potential planned future proposed upcoming further threatened attempted failed foiled")

// aside tells that the event of trigger t is told to explain the news; rule is what the rules say.
func (r *reading) aside(t *trigger, s nlp.Sentence, rule bool) bool {
	d := r.d
	f := make(features, 0, 48)
	f.add("bias")
	f.add("rule", strconv.FormatBool(rule))
	f.add("type", string(t.report.Type))
	f.add("sentence", strconv.Itoa(min(r.sentenceOf[s.First], 6)))
	f.add("rule", strconv.FormatBool(rule), strconv.Itoa(min(r.sentenceOf[s.First], 3)))
	w := t.report.When
	lag := "open"
	from, err1 := time.Parse(day, w.To)
	published, err2 := time.Parse(day, r.story.Published)
	switch {
	case w.Text == "":
		lag = "none"
	case err1 == nil && err2 == nil:
		switch days := published.Sub(from).Hours() / 24; {
		case days < 0:
			lag = "future"
		case days < 8:
			lag = "week"
		case days < 40:
			lag = "month"
		case days < 400:
			lag = "year"
		default:
			lag = "years"
		}
	case w.Precision == news.Year:
		lag = "a year"
	}
	f.add("lag", lag)
	f.add("lag", lag, strconv.FormatBool(rule))
	if p := r.propositions[t.token]; p != nil {
		f.add("situation", p.Situation, strconv.FormatBool(rule))
		f.add("episodic", strconv.Itoa(int(p.Episodic*4)), strconv.FormatBool(rule))
	}
	why := r.remembered(t.token)
	f.add("remembered", why, strconv.FormatBool(rule))
	root := t.token
	for n := 0; d.Tokens[root].Head >= 0 && n < 50; n++ {
		root = d.Tokens[root].Head
	}
	f.add("root", d.Tokens[root].Tag, d.Tokens[t.token].Tag, strconv.FormatBool(root == t.token))
	f.add("root", d.Tokens[root].Tag, d.Tokens[t.token].Tag, lag)
	f.add("at", coarse(d.Tokens[t.token].Relation), lag)
	f.add("at", coarse(d.Tokens[t.token].Relation), strconv.Itoa(min(r.sentenceOf[s.First], 3)), strconv.FormatBool(rule))
	r.ways(&f, t.token)
	if (why == "anniversary" || why == "habit") && !r.taught() {
		return true // whoever remembers a deed, or tells what is often done, tells no news of it (CODING 2, 34)
	}
	if !r.taught() && d.Tokens[t.token].Relation == "advcl" && (lag == "none" || lag == "week") && r.childMark(t.token, "as") {
		return false // what goes on meanwhile is news too: "the visit comes as 50 states condemned Chad"
	}
	return r.likely(Decision{Model: "background", Trigger: t.report.Trigger, Features: f}, rule) > atLeast(rule)
}

// on is the date of trigger t: of those of its sentence the likeliest; rule is what the rules say.
func (r *reading) on(t *trigger, s nlp.Sentence, times []timeAt, rule news.When, triggers []*trigger) news.When {
	if len(times) == 0 {
		return rule
	}
	best, most := -1, 0.0
	own := -1
	learnt := r.weights.models["when"] != nil || r.taught()
	for k, w := range times {
		f := make(features, 0, 32)
		at := r.span(w.first, w.last)
		ruled := rule.Span == at
		side := "after"
		if w.first < t.token {
			side = "before"
		}
		head := w.last - 1
		for n := w.first; n < w.last; n++ {
			if h := r.d.Tokens[n].Head; h < w.first || h >= w.last {
				head = n
			}
		}
		path, last, clauses := r.path(t.token, head)
		over, done := r.during(t.token)
		if ruled && (r.ownDate(t.token, head) || done && r.d.Tokens[t.token].Tag == "VBG" && r.hangs(w, over)) {
			own = k
		}
		others := 0
		for n := min(w.first, t.token); n < max(w.first, t.token); n++ {
			if n != t.token && r.rules[n] != "" && r.rules[n] != "unfit" {
				others++
			}
		}
		pos := r.pos(t.token)
		f.add("bias")
		f.add("rule", strconv.FormatBool(ruled))
		f.add("rule", strconv.FormatBool(ruled), pos)
		f.add("rule", strconv.FormatBool(ruled), strconv.Itoa(min(clauses, 4)))
		f.add("path", path, pos)
		f.add("last", last, pos)
		f.add("clauses", strconv.Itoa(min(clauses, 4)), side)
		f.add("others", strconv.Itoa(min(others, 4)), side, pos)
		f.add("dates", strconv.Itoa(min(len(times), 3)), strconv.FormatBool(ruled))
		f.add("side", side, string(w.when.Precision))
		f.add("type", string(t.report.Type))
		f.add("rel", coarse(r.d.Tokens[t.token].Relation), strconv.Itoa(min(clauses, 3)))
		f.add("main", strconv.FormatBool(r.main(t.token)), strconv.Itoa(min(clauses, 3)))
		if done {
			f.add("during", strconv.FormatBool(r.hangs(w, over)), strconv.FormatBool(w.first > t.token))
		}
		if h := r.d.Tokens[head].Head; h >= 0 {
			f.add("of", r.rules[h], strconv.FormatBool(h == t.token))
			f.add("says", strconv.FormatBool(sayVerbs[r.d.Tokens[h].Lemma]))
		}
		p := r.likely(Decision{Model: "when", Trigger: t.report.Trigger, When: w.when, Features: f}, ruled)
		if learnt && !r.taught() && p > atLeast(ruled) && p > most && (ruled || !r.anothers(t, head, triggers)) && !r.bracketed(t.token, head) && !r.othersDay(t, w, head, triggers) {
			best, most = k, p
		}
	}
	if !learnt || r.taught() {
		return rule
	}
	if best < 0 || own >= 0 && r.pos(t.token) == "V" && !r.hangs(times[best], t.token) && r.hangs(times[own], t.token) {
		best = own
	}
	if best < 0 {
		return news.When{Precision: news.Unknown}
	}
	w := times[best].when
	w.Span = r.span(times[best].first, times[best].last)
	return w
}

// bracketed tells that a date stands in a relative clause that tells something else of somebody than token i outside it does: "Peru, which signed it in
// July, condemned" has no date (CODING 48). A date at the end of both may be either's: "fired at men who threw stones on Monday".
func (r *reading) bracketed(i, date int) bool {
	d := r.d
	for n, k := 0, date; k >= 0 && k != i && !r.under(i, k) && n < 50; n++ {
		t := d.Tokens[k]
		if t.Relation == "acl:relcl" && !(t.Head == i && (happening[t.Lemma] || r.predicate("light", t.Lemma))) {
			first := slices.Min(append([]int{k}, r.children[k]...))
			return date < i || d.Word(first) == "," || first > 0 && d.Word(first-1) == ","
		}
		k = t.Head
	}
	return false
}

// othersDay tells that a date is of another event, told in the subject of a verb of words or by a verb below it: "the raid of June 12 was condemned", "is accused
// of killing two in 1993" do not say when it was; or that it is of what somebody did or was before, told with his name: "shot a senator who served in 1990";
// or of a clause joined to that of the verb, with a subject of its own: "has bought jets, and the first will come in May" (CODING 48).
func (r *reading) othersDay(t *trigger, w timeAt, date int, triggers []*trigger) bool {
	d := r.d
	if r.pos(t.token) != "V" || date < t.token && !r.under(date, t.token) {
		return false
	}
	for k, n := date, 0; k >= 0 && k != t.token && n < 50; k, n = d.Tokens[k].Head, n+1 {
		past := slices.ContainsFunc(r.child(k, "aux"), func(c int) bool { return d.Tokens[c].Lemma == "have" && d.Tokens[c].Tag == "VBD" })
		switch h := d.Tokens[k].Head; {
		case k == date:
		case (d.Tokens[k].Relation == "conj" || d.Tokens[k].Relation == "parataxis") && strings.HasPrefix(d.Tokens[k].Tag, "VB") && len(r.child(k, "nsubj", "nsubj:pass")) > 0:
			return true
		case d.Tokens[k].Relation == "acl:relcl" && h != t.token && r.under(h, t.token) && (past || w.when.Precision == news.Year):
			return true
		case h == t.token && date > t.token && (w.when.Precision == news.Year || w.when.Precision == news.Month) && slices.ContainsFunc(r.child(k, "case", "mark"), func(c int) bool {
			return strings.EqualFold(d.Word(c), "for") || strings.EqualFold(d.Word(c), "over")
		}) && len(r.wordings(k)) > 0:
			return true // "jailed for a bombing in 2003"
		case h == t.token && wordActs[t.report.Type]:
			e, _ := r.crossed(t, date, triggers)
			return r.anothers(t, date, triggers) && (subjectOf(d.Tokens[k].Relation) || e != nil && r.pos(e.token) == "V" && date > t.token)
		}
	}
	return false
}

// hangs tells that a date hangs on the very token i.
func (r *reading) hangs(w timeAt, i int) bool {
	for k := w.first; k < w.last; k++ {
		if r.d.Tokens[k].Head == i {
			return true
		}
	}
	return false
}

// ownDate tells that a date hangs on token i, or on what the noun there is of or in: "the bombing of a bus in Lima on May 4" (CODING 48).
func (r *reading) ownDate(i, date int) bool {
	h := r.d.Tokens[date].Head
	for n := 0; n < 4 && h >= 0 && h != i; n++ {
		if rel := coarse(r.d.Tokens[h].Relation); rel != "nmod" && rel != "appos" || r.telling(h) {
			return false
		}
		h = r.d.Tokens[h].Head
	}
	return h == i
}

// speech is the class of the verb at token i by what it says of those whom it tells of.
func (r *reading) speech(i int) string {
	switch l := r.d.Tokens[i].Lemma; {
	case sayVerbs[l]:
		return "say"
	case charging[l]:
		return "charge"
	case reportVerbs[l]:
		return "report"
	case tellVerbs[l]:
		return "tell"
	case asking[l]:
		return "ask"
	case planning[l]:
		return "plan"
	}
	return "other"
}

// besideSaying tells that token i stands in a clause that is joined to the verb of whoever stands at token k and has a subject of its own, and so is not what he says: "Norway said
// it welcomed the vote, and Japan cancelled a visit".
func (r *reading) besideSaying(i, k int) bool {
	d := r.d
	v := d.Tokens[k].Head
	if v < 0 || !subjectOf(d.Tokens[k].Relation) || r.voiceAt(i) != nil {
		return false
	}
	for n := 0; n < 20 && i >= 0 && d.Tokens[i].Head != v; n++ {
		i = d.Tokens[i].Head
	}
	return i > v && d.Tokens[i].Head == v && d.Tokens[i].Relation == "conj" && r.pos(i) == "V" && len(r.child(i, "nsubj", "nsubj:pass")) > 0 && len(r.child(i, "mark")) == 0
}

// told are those who say what trigger t tells, nearest first: the rules propose, and everybody in the sentence.
func (r *reading) told(t *trigger, seats []seat) []news.ID {
	sources := t.report.Entities(news.Source)
	var said []news.ID
	weigh := func(at seat, id news.ID, where string) {
		if !r.party(id) || slices.Contains(sources, id) || slices.Contains(said, id) || where == "sentence" && r.besideSaying(t.token, at.token) {
			return
		}
		ruled := slices.IndexFunc(t.said, func(o spoken) bool { return o.id == id })
		how := "none"
		if ruled >= 0 {
			how = t.said[ruled].how
		}
		f := make(features, 0, 32)
		typ, pos := string(t.report.Type), r.pos(t.token)
		f.add("bias")
		f.add("rule", strconv.Itoa(ruled))
		f.add("rule", strconv.Itoa(ruled), typ)
		f.add("rule", strconv.Itoa(ruled), strconv.Itoa(min(2, len(t.said))))
		f.add("how", how)
		f.add("how", how, pos)
		f.add("how", how, strconv.Itoa(ruled))
		f.add("how", how, string(t.report.Modality))
		f.add("where", where, strconv.FormatBool(ruled >= 0))
		f.add("source", strconv.FormatBool(len(sources) > 0), strconv.FormatBool(ruled >= 0))
		f.add("kind", string(r.kind(id)), where)
		if v := r.voiceAt(t.token); v != nil {
			f.add("voice", strconv.FormatBool(v.speaker == id), where)
		}
		if where == "sentence" {
			path, last, clauses := r.path(t.token, at.token)
			f.add("path", path)
			f.add("path", path, strconv.FormatBool(ruled >= 0))
			f.add("last", last, strconv.Itoa(min(clauses, 4)))
			if h := r.d.Tokens[at.token].Head; h >= 0 {
				verb, rel := r.speech(h), coarse(r.d.Tokens[at.token].Relation)
				f.add("verb", verb, rel, pos)
				f.add("verb", verb, strconv.FormatBool(r.under(t.token, h)), strconv.FormatBool(ruled >= 0))
				f.add("verb", verb, rel, strconv.FormatBool(r.under(t.token, h)), string(t.report.Modality))
				f.add("of", r.d.Tokens[h].Lemma)
			}
		}
		if r.likely(Decision{Model: "said", Trigger: t.report.Trigger, Entity: r.entities[id], Features: f}, ruled >= 0) > atLeast(ruled >= 0) {
			said = append(said, id)
		}
	}
	for n, o := range t.said {
		// In the rules' order: nearest first.
		id := o.id
		k := slices.IndexFunc(seats, func(at seat) bool { return slices.Contains(at.ids, id) })
		if k < 0 {
			weigh(seat{token: t.token}, id, "elsewhere"+strconv.Itoa(min(n, 1)))
			continue
		}
		weigh(seats[k], id, "sentence")
	}
	for _, at := range slices.Backward(seats) {
		for _, id := range at.ids {
			if at.token != t.token && !slices.ContainsFunc(t.said, func(o spoken) bool { return o.id == id }) {
				weigh(at, id, "sentence")
			}
		}
	}
	return said
}

// concerns tells that trigger t is about the event of trigger e; rule is what the rules say.
func (r *reading) concerns(t, e *trigger, rule bool) bool {
	f := make(features, 0, 24)
	path, last, clauses := r.path(t.token, e.token)
	a, b, ruled := string(t.report.Type), string(e.report.Type), strconv.FormatBool(rule)
	slot := t.slotOf(e.token)
	pattern := ""
	if slot != "" {
		pattern = string(r.role(t.wording.pattern, slot))
	}
	side := "after"
	if e.token < t.token {
		side = "before"
	}
	f.add("bias")
	f.add("rule", ruled)
	f.add("rule", ruled, a)
	f.add("rule", ruled, side)
	f.add("types", a, b)
	f.add("types", a, b, ruled)
	f.add("path", path)
	f.add("path", path, a)
	f.add("path", path, ruled)
	f.add("last", last, a)
	f.add("slot", slot, pattern)
	f.add("slot", slot, a)
	f.add("word", strings.ToLower(r.d.Tokens[t.token].Lemma), slot)
	f.add("clauses", strconv.Itoa(min(clauses, 4)), side, a)
	f.add("modality", string(e.report.Modality), a)
	return r.likely(Decision{Model: "about", Trigger: t.report.Trigger, Other: e.report.Trigger, Features: f}, rule) > atLeast(rule)
}

// confidence is the probability that the report of trigger t is right: its type, its sources and its targets.
func (r *reading) confidence(t *trigger, s nlp.Sentence) float64 {
	f := make(features, 0, 40)
	pos, typ := r.pos(t.token), string(t.report.Type)
	sources, targets := len(t.report.Entities(news.Source)), len(t.report.Entities(news.Target))
	told := strconv.Itoa(min(2, sources)) + strconv.Itoa(min(2, targets))
	agreed := strconv.FormatBool(r.rules[t.token] == typ)
	f.add("bias")
	over := func(name string, p float64) {
		for n := 1; n < 20; n++ {
			if p >= float64(n)/20 {
				f.add(name, "from", strconv.Itoa(n*5))
			}
		}
	}
	over("type", t.confidence)
	over("sure", t.sure)
	over("least", t.least)
	over("nearly", t.nearly)
	over("nearly source", t.nearlySource)
	over("joint", t.joint)
	over("all", t.confidence*t.joint)
	over("either", t.either)
	f.add("contested", strconv.Itoa(min(3, t.contested)), told)
	over("both", t.confidence*t.sure*(1-t.nearly))
	// Long stories tell more of whom they named before than a sentence that stands alone.
	n := len(r.d.Sentences)
	story := "long"
	switch {
	case n == 1:
		story = "sentence"
	case n < 6:
		story = "short"
	}
	f.add("story", story)
	f.add("story", story, pos)
	f.add("story", story, told)
	// What is told again, of the same parties, is the news.
	again, beside := 0, 0
	for _, e := range r.reports {
		switch {
		case e.Type != t.report.Type:
		case shared(e.Entities(news.Source), t.report.Entities(news.Source)), shared(e.Entities(news.Target), t.report.Entities(news.Target)):
			again++
		default:
			beside++
		}
	}
	f.add("again", strconv.Itoa(min(2, again)), strconv.Itoa(min(2, beside)), story)
	f.add("told", told)
	f.add("told", told, pos)
	f.add("told", told, typ)
	f.add("agreed", agreed, pos)
	f.add("is", typ)
	f.add("modality", string(t.report.Modality))
	f.add("background", strconv.FormatBool(t.report.Background))
	f.add("length", strconv.Itoa(min(6, (s.Last-s.First)/10)))
	open := func(where string) string {
		// Whether somebody stands there, and whether he takes part.
		args := t.args[where]
		if len(args) == 0 {
			return "empty"
		}
		for _, a := range args {
			if a.entity != "" && slices.ContainsFunc(t.report.Participants, func(p news.Participant) bool { return p.Entity == a.entity }) {
				return "taken"
			}
		}
		if args[0].entity == "" && args[0].event < 0 {
			return "unknown"
		}
		return "left"
	}
	for _, where := range []string{"subj", "obj", "poss", "of", "by"} {
		f.add(where, open(where), pos)
	}
	f.add("subj and obj", open("subj"), open("obj"), pos)
	for _, p := range t.report.Participants {
		form := "elsewhere"
		if m := r.at[r.tokenAt(p.Span)]; m != nil {
			form = string(m.form)
		}
		f.add("who", string(p.Role), form, string(r.kind(p.Entity)))
		if o := r.entities[p.Entity]; o.Known() {
			f.add("known", string(p.Role))
		}
	}
	if p := r.agreement(t); p != "" {
		f.add("proposition", p)
	}
	of := func(role news.Role) []news.Entity {
		var all []news.Entity
		for _, id := range t.report.Entities(role) {
			all = append(all, r.entities[id])
		}
		return all
	}
	r.decide(Decision{Model: "right", Trigger: t.report.Trigger, Type: t.report.Type, Sources: of(news.Source), Targets: of(news.Target), Features: f})
	classes, p := r.weights.weigh("right", f)
	if k := slices.Index(classes, yes); k >= 0 {
		return p[k]
	}
	return t.report.Confidence
}

// agreement tells how far the roles of PropBank agree with who takes part.
func (r *reading) agreement(t *trigger) string {
	p := r.propositions[t.token]
	if p == nil {
		return "none"
	}
	agree := ""
	for _, a := range p.Args {
		if a.Role != "ARG0" && a.Role != "ARG1" && a.Role != "ARG2" {
			continue
		}
		at, role := r.span(a.Head, a.Head+1), "-"
		for _, q := range t.report.Participants {
			if q.Span.Start <= at.Start && at.End <= q.Span.End {
				role = string(q.Role)
			}
		}
		agree += " " + a.Role + ":" + role
	}
	return agree
}
