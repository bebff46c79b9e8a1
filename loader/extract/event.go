package extract

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"newsgraph/loader/nlp"
	"newsgraph/news"
)

// sayVerbs fill saidBy; saying is no event.
var sayVerbs = wordSet("say tell report add state quote write")

// lightVerbs lend their subject to the event noun that is their object: "launched an attack".
var lightVerbs = wordSet("hold launch carry conduct make impose stage mount begin have issue deliver open lead pay")

// argument is what stands at one where of a pattern.
type argument struct {
	token  int
	entity news.ID // empty if nothing tells what it is
	event  int     // index of a trigger that it is, -1 if none
}

// trigger is a token that tells an event.
type trigger struct {
	token   int
	wording wording
	args    map[string][]argument
	about   []int // triggers that it is about
	report  news.Report
	keep    bool
}

// findEvents reads each sentence by itself.
func (r *reading) findEvents() {
	for _, s := range r.d.Sentences {
		if r.d.Word(s.Last-1) == "?" {
			continue
		}
		r.sentence(s)
	}
}

func (r *reading) sentence(s nlp.Sentence) {
	d := r.d
	var triggers []*trigger
	at := map[int]int{}
	for i := s.First; i < s.Last; i++ {
		if !r.telling(i) || r.at[i] != nil && r.at[i].form != news.FormNominal {
			continue
		}
		at[i] = len(triggers)
		triggers = append(triggers, &trigger{token: i})
	}
	// Which pattern fits may depend on the events beside it, so what stands where is found first, for all.
	for _, t := range triggers {
		t.args = r.arguments(t.token, s, at)
	}
	for _, t := range triggers {
		t.keep = r.choose(t) && !(t.wording.action.Type == news.TypeStatement && sayVerbs[d.Tokens[t.token].Lemma])
	}
	when := times(d, s, r.story.Published)
	for _, t := range triggers {
		if t.keep {
			r.report(t, s, triggers, when)
		}
	}
	r.outcomes(triggers)
	// A charge is against the doer of what it is about.
	for _, t := range triggers {
		if !t.keep {
			continue
		}
		for _, k := range t.about {
			if e := triggers[k]; e.keep {
				t.report.About = append(t.report.About, news.About{Report: e.report.ID, Type: e.report.Type, Action: e.report.Action})
				if t.report.Type == news.TypeAccuse && len(t.report.Entities(news.Target)) == 0 {
					for _, p := range e.report.Participants {
						if p.Role == news.Source {
							p.Role = news.Target
							t.report.Participants = append(t.report.Participants, p)
						}
					}
				}
			}
		}
	}
	// What words are about needs no more than its doer: "condemned the strike by Chad".
	topic := map[news.ID]bool{}
	for _, t := range triggers {
		if t.keep && enough(t.report) {
			for _, a := range t.report.About {
				topic[a.Report] = true
			}
		}
	}
	for _, t := range triggers {
		if t.keep && (enough(t.report) || topic[t.report.ID] && len(t.report.Entities(news.Source)) > 0) {
			r.reports = append(r.reports, t.report)
		} else {
			t.keep = false
		}
	}
	// What is about an event that was left out is about nothing.
	for i := range r.reports {
		r.reports[i].About = slices.DeleteFunc(r.reports[i].About, func(a news.About) bool {
			return !slices.ContainsFunc(r.reports, func(o news.Report) bool { return o.ID == a.Report })
		})
	}
	r.quotations(s, triggers)
}

// outcomes folds what an accident or a disaster did into it: "the quake killed nine" is one event.
func (r *reading) outcomes(triggers []*trigger) {
	for _, t := range triggers {
		if !t.keep || t.wording.action.Counts == "" {
			continue
		}
		cause := -1
		for _, a := range t.args["subj"] {
			if a.event >= 0 {
				cause = a.event
			}
		}
		for k, c := range triggers {
			if cause < 0 && c != t && c.keep && (c.report.Type == news.TypeAccident || c.report.Type == news.TypeDisaster) && (r.under(t.token, c.token) || r.under(c.token, t.token)) {
				cause = k
			}
		}
		if cause < 0 || !triggers[cause].keep {
			continue
		}
		t.keep = false
		e := &triggers[cause].report
		e.Counts = append(e.Counts, t.report.Counts...)
		for _, p := range t.report.Participants {
			if p.Role != news.Source && !slices.ContainsFunc(e.Participants, func(o news.Participant) bool { return o.Entity == p.Entity }) {
				e.Participants = append(e.Participants, p)
			}
		}
		sortRoles(e.Participants)
	}
}

// enough tells that a report says who: a source and whom or what about, or for harm that nobody does, whom or where.
func enough(p news.Report) bool {
	source, target := len(p.Entities(news.Source)) > 0, len(p.Entities(news.Target)) > 0
	other := len(p.Entities(news.Instrument)) > 0 || len(p.Entities(news.Place)) > 0 || len(p.About) > 0
	switch p.Type {
	case news.TypeDisaster, news.TypeAccident:
		return target || other
	case news.TypeVisit, news.TypeTest, news.TypeProtest, news.TypeAppoint, news.TypeRetreat, news.TypeAgree, news.TypeConsult, news.TypeReject, news.TypeRequest, news.TypeMobilize:
		return source || target && other
	}
	return source && (target || other) || target && other || target && p.Type == news.TypeAssault
}

// telling tells that token i is a verb or a noun of the vocabulary.
func (r *reading) telling(i int) bool {
	t := r.d.Tokens[i]
	lemma := r.lemma(i)
	switch {
	case strings.HasPrefix(t.Tag, "VB"):
		return len(r.verbs[lemma]) > 0 && t.Relation != "amod" && t.Relation != "aux" && t.Relation != "cop" && t.Relation != "case"
	case t.Tag == "NN" || t.Tag == "NNS":
		return len(r.nouns[lemma]) > 0 || len(r.nouns[strings.ToLower(r.d.Word(i))]) > 0
	}
	return false
}

// lemma is the lemma of token i, or of the word that hyphens make with it if the vocabulary knows that one: test-fire.
func (r *reading) lemma(i int) string {
	l := r.d.Tokens[i].Lemma
	if i < 2 || r.d.Word(i-1) != "-" || r.d.Tokens[i-1].End != r.d.Tokens[i].Start {
		return l
	}
	joined := strings.ToLower(r.d.Word(i-2)) + "-" + l
	if len(r.verbs[joined]) > 0 || len(r.nouns[joined]) > 0 {
		return joined
	}
	return l
}

// child are the children of token i with one of the relations.
func (r *reading) child(i int, relations ...string) []int {
	var found []int
	for _, c := range r.children[i] {
		if slices.Contains(relations, coarse(r.d.Tokens[c].Relation)) {
			found = append(found, c)
		}
	}
	return found
}

// coarse is a relation without the subtypes that tell no roles apart.
func coarse(relation string) string {
	switch relation {
	case "nmod:desc":
		return "compound" // President Biden
	case "nmod:unmarked", "obl:unmarked", "advcl:relcl", "det:predet", "cc:preconj":
		base, _, _ := strings.Cut(relation, ":")
		return base
	}
	return relation
}

// arguments finds what stands at each where of token i.
func (r *reading) arguments(i int, s nlp.Sentence, at map[int]int) map[string][]argument {
	d := r.d
	args := map[string][]argument{}
	put := func(where string, token int) {
		for _, k := range append([]int{token}, r.child(token, "conj")...) {
			a := argument{token: k, entity: r.resolve(k), event: -1}
			if e, ok := at[k]; ok && k != i {
				a.event = e
			}
			args[where] = append(args[where], a)
		}
	}
	prepositions := func(of int, relations ...string) {
		for _, c := range r.child(of, relations...) {
			for _, p := range r.child(c, "case", "mark") {
				if w := strings.ToLower(d.Word(p)); w != "'s" && w != "’s" {
					put(w, c)
					break
				}
			}
		}
	}
	if !strings.HasPrefix(d.Tokens[i].Tag, "VB") {
		for _, c := range r.child(i, "nmod:poss") {
			put("poss", c)
		}
		for _, c := range r.child(i, "amod", "compound", "nmod") {
			if c > i || len(r.child(c, "case")) > 0 {
				continue
			}
			if m := r.at[c]; m != nil && m.form == news.FormAdjective {
				put("poss", c)
			} else {
				put("mod", c)
			}
		}
		prepositions(i, "nmod", "obl")
		// "the transfer of missiles to Chad", "the use of tanks against rebels": what stands after the goods is said of the deed.
		for _, c := range r.child(i, "nmod") {
			if of := r.child(c, "case"); len(of) > 0 && d.Word(of[0]) == "of" {
				for _, k := range r.child(c, "nmod") {
					for _, p := range r.child(k, "case") {
						if w := strings.ToLower(d.Word(p)); (w == "to" || w == "from" || w == "against" || w == "on") && len(args[w]) == 0 {
							put(w, k)
						}
					}
				}
			}
		}
		// "procurement and use of": the last one's company is the first one's too.
		for _, c := range r.child(i, "conj") {
			if !strings.HasPrefix(d.Tokens[c].Tag, "NN") {
				continue
			}
			for _, n := range r.child(c, "nmod") {
				for _, p := range r.child(n, "case") {
					put(strings.ToLower(d.Word(p)), n)
				}
			}
		}
		h := d.Tokens[i].Head
		if h >= 0 && d.Tokens[i].Relation == "conj" && len(args["poss"]) == 0 {
			for _, c := range r.child(h, "nmod:poss") {
				put("poss", c)
			}
			if len(args["of"]) == 0 {
				for _, c := range r.child(h, "nmod") {
					for _, p := range r.child(c, "case") {
						if w := strings.ToLower(d.Word(p)); len(args[w]) == 0 {
							put(w, c)
						}
					}
				}
			}
		}
		if h >= 0 && (d.Tokens[i].Relation == "obj" || d.Tokens[i].Relation == "obl") && strings.HasPrefix(d.Tokens[h].Tag, "VB") && len(args["poss"]) == 0 {
			// A light verb lends its subject; so does the verb of "in a call with".
			if lightVerbs[d.Tokens[h].Lemma] || d.Tokens[i].Relation == "obl" && len(args["with"]) > 0 {
				for _, k := range r.subjects(h, 0) {
					put("poss", k)
				}
				if lightVerbs[d.Tokens[h].Lemma] {
					prepositions(h, "obl")
				}
			}
		}
		if h >= 0 && d.Tokens[i].Relation == "nmod" && len(args["poss"]) == 0 && len(args["with"]) > 0 && r.resolve(h) != "" {
			put("poss", h) // "Lee in a call with Ruiz"
		}
		return args
	}
	passive := len(r.child(i, "nsubj:pass", "aux:pass")) > 0
	subject, object := "subj", "obj"
	reduced := d.Tokens[i].Tag == "VBN" && d.Tokens[i].Relation == "acl" && len(r.child(i, "obj")) == 0 && r.before(i) < 0
	if passive || reduced {
		subject, object = "obj", "none"
	}
	for _, k := range r.subjects(i, 0) {
		put(subject, k)
	}
	for _, c := range r.child(i, "obj") {
		put(object, c)
	}
	if object == "obj" && len(args["obj"]) == 0 && len(r.child(i, "ccomp", "xcomp")) == 0 {
		if k := r.after(i, s.Last); k >= 0 {
			put("obj", k)
		}
	}
	for _, c := range r.child(i, "iobj") {
		put("iobj", c)
	}
	for _, c := range r.child(i, "ccomp", "xcomp") {
		put("comp", c)
	}
	prepositions(i, "obl", "obl:agent", "advcl")
	for _, c := range r.child(i, "obj") {
		if _, ok := at[c]; !ok {
			prepositions(c, "nmod")
		}
	}
	if subject == "obj" {
		args["subj"] = append(args["subj"], args["by"]...)
		delete(args, "by")
	}
	return args
}

// subjects are the tokens that are the subject of verb i: its own, or that of the verb it is joined to, a complement of, or
// an adverbial of; for a relative clause the noun.
func (r *reading) subjects(i, depth int) []int {
	d := r.d
	// What follows its verb is its subject only beside a verb of saying ("said Ruiz") or there is.
	own := r.child(i, "nsubj", "nsubj:pass")
	if len(own) > 0 && own[0] > i && strings.HasPrefix(d.Tokens[i].Tag, "VB") && !sayVerbs[d.Tokens[i].Lemma] && len(r.child(i, "expl", "cop")) == 0 {
		own = nil
	}
	if len(own) > 0 {
		c := own[0]
		if w := strings.ToLower(d.Word(c)); (w == "that" || w == "which" || w == "who") && d.Tokens[i].Relation == "acl:relcl" {
			return []int{d.Tokens[i].Head}
		}
		return []int{c}
	}
	if k := r.before(i); k >= 0 {
		return []int{k}
	}
	t := d.Tokens[i]
	if t.Head < 0 || depth > 3 {
		return nil
	}
	switch t.Relation {
	case "conj", "xcomp":
		if strings.HasPrefix(d.Tokens[t.Head].Tag, "VB") {
			if t.Relation == "xcomp" {
				if o := r.child(t.Head, "obj"); len(o) > 0 && t.Tag == "VB" {
					return o // "urged them to leave"
				}
			}
			return r.subjects(t.Head, depth+1)
		}
	case "advcl":
		if t.Tag == "VBG" && strings.HasPrefix(d.Tokens[t.Head].Tag, "VB") {
			return r.subjects(t.Head, depth+1)
		}
	case "acl":
		return []int{t.Head}
	}
	return nil
}

// before is the head of the noun phrase that stands right before a finite verb, or that opens the sentence if the verb is its
// first; -1 if there is none. It mends trees in which a verb has lost its subject.
func (r *reading) before(i int) int {
	d := r.d
	tag := d.Tokens[i].Tag
	opens := i
	if aux := r.child(i, "aux", "aux:pass"); len(aux) > 0 && aux[0] < i && d.Tokens[aux[0]].Tag != "TO" {
		opens, tag = aux[0], "VBD"
	}
	if tag != "VBD" && tag != "VBP" && tag != "VBZ" && (tag != "VBN" || i == 0 || !quoteMark(d.Word(i-1))) {
		return -1
	}
	noun := func(k int) bool {
		return k >= 0 && (strings.HasPrefix(d.Tokens[k].Tag, "NN") || d.Tokens[k].Tag == "PRP" || r.at[k] != nil && r.at[k].form == news.FormName)
	}
	k := opens - 1
	if k >= 0 && d.Tokens[k].Tag == "RB" && !noun(k) {
		k--
	}
	if noun(k) {
		for {
			h, rel := d.Tokens[k].Head, d.Tokens[k].Relation
			of := r.child(k, "case")
			if !noun(h) || h >= i || rel != "conj" && rel != "flat" && rel != "appos" && rel != "compound" && !(rel == "nmod" && len(of) > 0 && d.Word(of[0]) == "of") {
				return k
			}
			k = h
		}
	}
	if k < 0 || !quoteMark(d.Word(k)) {
		return -1
	}
	first := 0
	for _, s := range d.Sentences {
		if s.First <= i && i < s.Last {
			first = s.First
		}
	}
	head := -1
	for k := first; k < i; k++ {
		switch t := d.Tokens[k]; {
		case strings.HasPrefix(t.Tag, "VB") || t.Tag == "MD":
			return -1
		case head < 0 && (t.Tag == "IN" || t.Tag == "TO" || t.Tag == ","):
			head = k - 1
		}
	}
	if head >= first && noun(head) {
		return head
	}
	return -1
}

func quoteMark(w string) bool { return w == "“" || w == "”" || w == `"` }

// after is the head of the noun phrase that stands right after a verb, over marks of quotation and "in the strongest terms"; -1 if there
// is none. It mends trees in which a verb has lost its object.
func (r *reading) after(i, end int) int {
	d := r.d
	k := i + 1
	if k+1 < end && d.Word(k) == "in" && d.Word(k+1) == "the" {
		for k < end && d.Tokens[k].Tag != "NNS" {
			k++
		}
		k++
	}
	for k < end && quoteMark(d.Word(k)) {
		k++
	}
	head := -1
	for ; k < end; k++ {
		switch t := d.Tokens[k].Tag; {
		case strings.HasPrefix(t, "NN"):
			head = k
		case t == "POS" || t == "DT" || t == "CD" || t == "PRP$" || strings.HasPrefix(t, "JJ") && head < 0 || t == "HYPH":
			if t == "POS" {
				head = -1
			}
		default:
			return head
		}
	}
	return head
}

// resolve is the entity that the phrase headed by token i names, empty if nothing tells.
func (r *reading) resolve(i int) news.ID {
	d := r.d
	if m := r.at[i]; m != nil {
		if p := r.bearer(m); p != "" {
			return p
		}
		// "Israeli forces" is read from its head, below; "the Russians" is a group.
		if m.form != news.FormAdjective || !strings.HasPrefix(d.Tokens[i].Tag, "NNS") && !strings.HasPrefix(d.Tokens[i].Tag, "NNPS") {
			if id := r.actor(m.entity, i); id != "" {
				return id
			}
			return m.entity
		}
		return r.group(i, noun{news.Group, "CVL"}, r.entities[m.entity].ISO3)
	}
	// A title or a role beside a name: the person.
	for _, c := range r.child(i, "appos", "flat", "compound") {
		if m := r.at[c]; m != nil && strings.HasPrefix(string(m.entity), "person:") {
			return m.entity
		}
	}
	if !strings.HasPrefix(d.Tokens[i].Tag, "NN") {
		return ""
	}
	n, ok := r.g.nouns[d.Tokens[i].Lemma]
	if !ok {
		n, ok = r.g.nouns[strings.ToLower(d.Word(i))]
	}
	if !ok {
		return ""
	}
	if d.Tokens[i].Tag == "NN" && n.sector == "GOV" && d.Tokens[i].Lemma != "government" {
		return "" // "the country", "the leader": whose, only coreference can tell
	}
	country := ""
	for _, c := range r.child(i, "amod", "compound", "nmod:poss") {
		if m := r.at[c]; m != nil {
			country = r.entities[m.entity].Country
			if name := strings.ToLower(d.Word(i)); name == "government" || name == "authorities" {
				if strings.HasPrefix(string(m.entity), "state:") {
					return m.entity
				}
			}
		}
	}
	return r.group(i, n, country)
}

// bearer is the person whose title begins with the name of a body or a state: White House adviser Jake Sullivan.
func (r *reading) bearer(m *mention) news.ID {
	if strings.HasPrefix(string(m.entity), "person:") {
		return ""
	}
	d := r.d
	for k := m.last; k < len(d.Tokens) && k < m.last+6; k++ {
		if p := r.at[k]; p != nil && k > m.last && strings.HasPrefix(string(p.entity), "person:") {
			if r.titled(k) {
				return p.entity
			}
			return ""
		}
		if tag := d.Tokens[k].Tag; tag != "NN" && tag != "JJ" && tag != "NNP" && tag != "HYPH" {
			return ""
		}
	}
	return ""
}

// actor is the state for which its capital stands, unless a preposition of place is before it.
func (r *reading) actor(id news.ID, i int) news.ID {
	state, ok := r.g.capitals[id]
	if !ok {
		return ""
	}
	rel := r.d.Tokens[i].Relation
	if !subjectOf(rel) && rel != "nmod:poss" && rel != "obj" {
		return ""
	}
	r.know(state)
	return state
}

// group is a group or a thing of this story, named by its head and of-phrase, with the nationality beside it.
func (r *reading) group(i int, n noun, country string) news.ID {
	d := r.d
	first, last := i, i+1
	for _, c := range r.child(i, "amod", "compound") {
		if m := r.at[c]; m != nil && m.last == i && m.form == news.FormAdjective {
			first = m.first
		}
	}
	for _, c := range r.child(i, "nmod") {
		if p := r.child(c, "case"); c > i && len(p) > 0 && d.Word(p[0]) == "of" && c == i+2 {
			last = c + 1
		}
	}
	name := strings.Join(strings.Fields(d.Words(first, last)), " ")
	slug := news.Slug(name)
	if slug == "" {
		return ""
	}
	if name == "government" || name == "authority" || name == "state" {
		return ""
	}
	id := news.LocalID(n.kind, r.story.ID, slug)
	e, ok := r.entities[id]
	if !ok {
		e = news.Entity{ID: id, Kind: n.kind, Name: name, Country: country, Sector: n.sector}
	}
	if e.Count == 0 {
		for _, c := range r.child(i, "nummod") {
			e.Count = number(d.Word(c))
			if c > 0 {
				e.Approximate = approximate[strings.ToLower(d.Word(c-1))]
			}
		}
	}
	r.entities[id] = e
	if r.at[i] == nil {
		r.mark(i, i+1, id, news.FormNominal, "a common noun that heads a phrase of its own")
	}
	return id
}

var approximate = wordSet("nearly about around almost some over least than roughly approximately")

var numerals = map[string]int{
	"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
	"twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
}

func number(w string) int {
	if n, ok := numerals[strings.ToLower(w)]; ok {
		return n
	}
	n, err := strconv.Atoi(strings.ReplaceAll(w, ",", ""))
	if err != nil {
		return 0
	}
	return n
}

// choose finds the wording that fits a trigger best: most words, then most conditions.
func (r *reading) choose(t *trigger) bool {
	token := r.d.Tokens[t.token]
	verb := strings.HasPrefix(token.Tag, "VB")
	lemma := r.lemma(t.token)
	candidates := r.verbs[lemma]
	if !verb {
		candidates = slices.Concat(r.nouns[lemma], r.nouns[strings.ToLower(r.d.Word(t.token))])
	}
	best := -1
	score := func(w wording) int { return 10*len(w.pattern.Words) + len(w.pattern.Needs) }
	for k, w := range candidates {
		if r.worded(t.token, w.pattern.Words, verb) && r.needs(t, w.pattern) && (best < 0 || score(w) > score(candidates[best])) {
			best = k
		}
	}
	if best < 0 {
		return false
	}
	t.wording = candidates[best]
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
				found = found || (r.d.Tokens[g].Relation == "case" || r.d.Tokens[g].Relation == "mark") && is(g, w)
			}
		}
		if !found {
			return false
		}
	}
	return true
}

// needs tells that all conditions of a pattern hold.
func (r *reading) needs(t *trigger, p news.Pattern) bool {
	for _, need := range p.Needs {
		if !slices.ContainsFunc(need, func(c news.Condition) bool { return r.holds(t, p, c) != c.Not }) {
			return false
		}
	}
	return true
}

func (r *reading) holds(t *trigger, p news.Pattern, c news.Condition) bool {
	takes := func(a argument) bool {
		if c.Kind == "" {
			return true
		}
		if c.Kind == "EVENT" || c.Kind == "COOPERATION" || c.Kind == "CONFLICT" {
			return a.event >= 0
		}
		return a.entity != "" && c.Takes(r.entities[a.entity].Kind)
	}
	for where, args := range t.args {
		if c.Where != "" && where != c.Where || c.Role != "" && r.role(p, where) != c.Role {
			continue
		}
		for _, a := range args {
			if takes(a) && (c.Role == "" || a.entity != "" || a.event >= 0) {
				return true
			}
		}
	}
	return false
}

func (r *reading) role(p news.Pattern, where string) news.Role {
	if role, ok := p.Roles[where]; ok {
		return role
	}
	switch where {
	case "in", "at", "near":
		return news.Place
	}
	return ""
}

// report makes the report of a trigger.
func (r *reading) report(t *trigger, s nlp.Sentence, triggers []*trigger, when []timeAt) {
	a := t.wording.action
	at := r.span(t.token, t.token+1)
	p := news.Report{
		ID: news.ReportID(r.story.ID, at, a.Name, 0), Story: r.story.ID, Type: a.Type, Action: a.Name, Trigger: at, Modality: news.Asserted,
		Contexts: slices.Clone(a.Contexts), Confidence: 0.6, Published: r.story.Published, TextHash: r.story.TextHash,
		Why: fmt.Sprintf("%q is a wording of %s", strings.Join(t.wording.pattern.Words, " "), a.Name),
	}
	p.SentenceSpan = r.span(s.First, s.Last)
	p.Sentence = p.SentenceSpan.In(r.d.Text)
	wheres := make([]string, 0, len(t.args))
	for where := range t.args {
		wheres = append(wheres, where)
	}
	slices.Sort(wheres)
	for _, where := range wheres {
		role := r.role(t.wording.pattern, where)
		if role == "" {
			continue
		}
		for _, arg := range t.args[where] {
			if arg.event >= 0 && triggers[arg.event].keep && (role == news.RoleAbout || role == news.Target || role == news.Instrument) {
				t.about = append(t.about, arg.event)
				continue
			}
			if arg.entity == "" || role == news.RoleAbout || slices.Contains(t.wording.pattern.Words, r.d.Tokens[arg.token].Lemma) && t.wording.pattern.Roles[where] == "" {
				continue
			}
			kind := r.entities[arg.entity].Kind
			fits := role
			switch {
			case (kind == news.Weapon || kind == news.Thing) && (role == news.Source || role == news.Target):
				fits = news.Instrument
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
	sortRoles(p.Participants)
	p.When = r.when(t.token, s, when)
	p.Modality = r.modality(t.token)
	p.SaidBy = r.saidBy(t.token, s, p.Entities(news.Source))
	t.report = p
}

func (r *reading) count(i int, of string) (news.Count, bool) {
	for _, c := range r.child(i, "nummod") {
		n := number(r.d.Word(c))
		if n == 0 {
			continue
		}
		count := news.Count{Of: of, Low: n, High: n, Text: r.d.Word(c)}
		if c > 0 && approximate[strings.ToLower(r.d.Word(c-1))] {
			if r.d.Word(c-1) == "least" {
				count.High = 0
			} else {
				count.Approximate = true
			}
		}
		return count, true
	}
	return news.Count{}, false
}

// when is the time that hangs on the trigger; if nothing does, the only time of the sentence, for the verb of its main clause, unless it hangs
// on a verb of saying.
func (r *reading) when(i int, s nlp.Sentence, times []timeAt) news.When {
	d := r.d
	set := func(t timeAt) news.When {
		w := t.when
		w.Span = r.span(t.first, t.last)
		return w
	}
	holder := func(t timeAt) int {
		k := d.Tokens[t.first].Head
		for n := 0; k >= 0 && n < 6; n, k = n+1, d.Tokens[k].Head {
			if k >= t.first && k < t.last {
				continue
			}
			if r.telling(k) || strings.HasPrefix(d.Tokens[k].Tag, "VB") {
				return k
			}
		}
		return -1
	}
	for _, t := range times {
		if holder(t) == i {
			return set(t)
		}
	}
	if len(times) == 1 && strings.HasPrefix(d.Tokens[i].Tag, "VB") && (r.main(i) || r.before(i) >= 0) {
		if h := holder(times[0]); h < 0 || !sayVerbs[d.Tokens[h].Lemma] {
			return set(times[0])
		}
	}
	return news.When{Precision: news.Unknown}
}

// main tells that verb i heads its sentence, or is what the head of its sentence says.
func (r *reading) main(i int) bool {
	t := r.d.Tokens[i]
	for t.Relation == "ccomp" || t.Relation == "parataxis" || t.Relation == "conj" {
		h := t.Head
		if h < 0 {
			break
		}
		t = r.d.Tokens[h]
	}
	return t.Head < 0
}

// modality reads auxiliaries, negation and the verb above.
func (r *reading) modality(i int) news.Modality {
	d := r.d
	for _, c := range r.child(i, "aux", "advmod", "det", "mark") {
		switch strings.ToLower(d.Tokens[c].Lemma) {
		case "not", "never", "no":
			return news.Negated
		case "will", "shall":
			return news.Planned
		case "must", "should", "could", "may", "might", "would", "can", "if", "unless":
			return news.Hypothetical
		case "reportedly", "allegedly":
			return news.Alleged
		}
	}
	for k, n := i, 0; n < 4; n++ {
		h, rel := d.Tokens[k].Head, d.Tokens[k].Relation
		if h < 0 {
			break
		}
		lemma := d.Tokens[h].Lemma
		switch rel {
		case "xcomp", "ccomp", "advcl", "obl", "obj", "acl", "nmod":
			switch {
			case planning[lemma] && rel != "obl" && rel != "nmod":
				return news.Planned
			case accusing[lemma] && (rel == "obl" || rel == "nmod" || rel == "ccomp" || rel == "xcomp"):
				return news.Alleged
			case asking[lemma] && (rel != "acl" && rel != "advcl" || d.Tokens[k].Tag == "VB"):
				return news.Hypothetical
			}
			for _, c := range r.child(k, "mark") {
				if w := strings.ToLower(d.Word(c)); w == "if" || w == "unless" {
					return news.Hypothetical
				}
			}
			if rel == "advcl" && d.Tokens[k].Tag == "VB" {
				return news.Planned // to do so is the aim
			}
		case "conj":
		default:
			return news.Asserted
		}
		k = h
	}
	return news.Asserted
}

var (
	planning = wordSet("plan agree intend vow pledge promise prepare expect decide aim seek want hope offer plot")
	accusing = wordSet("accuse allege suspect claim accusation allegation")
	asking   = wordSet("urge call ask demand request threaten warn appeal order insist press propose consider refuse reject threat demand calls urge ban fear")
)

// saidBy are those in the sentence who say what the trigger tells, nearest first, without the source himself.
func (r *reading) saidBy(i int, s nlp.Sentence, sources []news.ID) []news.ID {
	d := r.d
	var said []news.ID
	add := func(id news.ID) {
		if id != "" && !slices.Contains(sources, id) && !slices.Contains(said, id) {
			switch r.entities[id].Kind {
			case news.Person, news.State, news.Organisation, news.Group:
				said = append(said, id)
			}
		}
	}
	for k := s.First; k < s.Last; k++ {
		t := d.Tokens[k]
		if k == i || !sayVerbs[t.Lemma] || !strings.HasPrefix(t.Tag, "VB") {
			continue
		}
		above := r.under(i, k)
		aside := t.Relation == "parataxis" && t.Head >= 0 && (t.Head == i || r.under(i, t.Head))
		if !above && !aside {
			continue
		}
		for _, c := range r.subjects(k, 0) {
			if c != i && !r.under(i, c) {
				add(r.resolve(c))
			}
		}
	}
	return said
}

// under tells that token i hangs somewhere below token k.
func (r *reading) under(i, k int) bool {
	for n := 0; i >= 0 && n < 200; n++ {
		i = r.d.Tokens[i].Head
		if i == k {
			return true
		}
	}
	return false
}

// quotations finds the words in quotation marks of a sentence, and their speaker: the subject of its verb of saying, if it
// has just one.
func (r *reading) quotations(s nlp.Sentence, triggers []*trigger) {
	d := r.d
	var speaker news.ID
	for k := s.First; k < s.Last; k++ {
		if sayVerbs[d.Tokens[k].Lemma] && strings.HasPrefix(d.Tokens[k].Tag, "VB") {
			for _, c := range r.subjects(k, 0) {
				speaker = r.resolve(c)
			}
			break
		}
	}
	open := -1
	for k := s.First; k < s.Last; k++ {
		w := d.Word(k)
		switch {
		case open < 0 && (w == "“" || w == `"`):
			open = k
		case open >= 0 && (w == "”" || w == `"`):
			if k > open+1 {
				at := r.span(open, k+1)
				q := news.Quotation{ID: news.QuotationID(r.story.ID, at), Story: r.story.ID, Span: at}
				switch r.entities[speaker].Kind {
				case news.Person, news.State, news.Organisation, news.Group:
					q.Speaker = speaker
				}
				for _, t := range triggers {
					if t.keep && t.token > open && t.token < k {
						q.Report = t.report.ID
						break
					}
				}
				r.quotes = append(r.quotes, q)
			}
			open = -1
		}
	}
}

// sortRoles puts participants in the order of the roles; within one role they stay as they were.
func sortRoles(ps []news.Participant) {
	order := []news.Role{news.Source, news.Target, news.Instrument, news.Place}
	slices.SortStableFunc(ps, func(a, b news.Participant) int {
		return slices.Index(order, a.Role) - slices.Index(order, b.Role)
	})
}
