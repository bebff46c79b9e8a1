package extract

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"newsgraph/news"
)

var (
	formerWords = wordSet("former ex late ousted deposed onetime one-time erstwhile disgraced")
	comingWords = wordSet("incoming designate elect future")
	becoming    = wordSet("become remain appoint name elect inaugurate designate reelect re-elect nominate")
	exactDate   = regexp.MustCompile(`^\d{4}(-\d{2}(-\d{2})?)?$`)
)

// findPositions finds the offices that the story gives to persons: before the name ("Chad's former minister Ruiz"), beside it ("Ruiz, mayor of
// Lima since 2019,"), and by be and become.
func (r *reading) findPositions() {
	d := r.d
	for _, m := range r.mentions {
		if r.kind(m.entity) != news.Person || m.form != news.FormName {
			continue
		}
		if first, title := r.titleBefore(m.first); title != "" && first < m.first {
			r.position(m, first, m.first, title, news.Held, "a title before the name")
		}
		h := r.head(m)
		beside := r.child(h, "appos")
		if d.Tokens[h].Relation == "appos" {
			beside = append(beside, d.Tokens[h].Head)
		}
		for _, c := range beside {
			if first, title := r.titleBefore(c + 1); title != "" && r.at[c] == nil || title != "" && r.at[c].form == news.FormNominal {
				r.position(m, first, c+1, title, news.Held, "a title beside the name")
			}
		}
		v := d.Tokens[h].Head
		if !subjectOf(d.Tokens[h].Relation) || v < 0 || r.negated(v) {
			continue
		}
		status, sure := news.Held, true
		cops := append(r.child(v, "aux"), r.child(v, "cop")...)
		for _, c := range cops {
			switch t := d.Tokens[c]; {
			case t.Lemma == "will":
				status = news.Designate
			case t.Tag == "MD":
				sure = false // "could be president" gives no office
			case t.Tag == "VBD" && t.Lemma == "be" && t.Relation == "cop":
				status = news.Former
			}
		}
		if !sure {
			continue
		}
		if len(r.child(v, "cop")) > 0 {
			if first, title := r.titleBefore(v + 1); title != "" {
				r.position(m, first, v+1, title, status, "the story says that it is so")
			}
			continue
		}
		if !becoming[d.Tokens[v].Lemma] || d.Tokens[h].Relation == "nsubj" && d.Tokens[v].Lemma != "become" && d.Tokens[v].Lemma != "remain" {
			continue
		}
		for _, c := range r.child(v, "xcomp", "obj") {
			if first, title := r.titleBefore(c + 1); title != "" && c > v {
				r.position(m, first, c+1, title, status, "the story says that it became so")
			}
		}
	}
	slices.SortFunc(r.positions, func(a, b news.Position) int {
		return cmp.Or(cmp.Compare(a.Span.Start, b.Span.Start), cmp.Compare(a.Span.End, b.Span.End), cmp.Compare(a.ID, b.ID))
	})
}

// position keeps that the person of a mention has the title of tokens first to last, with what else stands there: whether it is over or still to
// come, of what it is an office, since when and until when.
func (r *reading) position(m *mention, first, last int, title string, status news.PositionStatus, why string) {
	d := r.d
	head := last - 1
	for n := 2; n < 6 && last+n <= len(d.Tokens); n++ {
		if t := r.lemmas(first, last+n); r.title(t) && r.at[last+n-1] != m {
			title, last = t, last+n // secretary of state
			break
		}
	}
	title = strings.ReplaceAll(title, " - ", "-")
	if rest, ok := strings.CutPrefix(title, "former "); ok {
		title, status = rest, news.Former
	}
	for _, end := range []string{"-elect", "-designate"} {
		if rest, ok := strings.CutSuffix(title, end); ok {
			title, status = rest, news.Designate
		}
	}
	if honorific := strings.ToLower(title); honorific == "mr" || honorific == "mrs" || honorific == "ms" || honorific == "sir" || honorific == "lord" || honorific == "dr" {
		return
	}
	p := news.Position{Story: r.story.ID, Person: m.entity, Title: title, Why: why, Published: r.story.Published}
	from, to := min(first, m.first), max(last, m.last)
	body := func(k int) bool {
		if k < 0 || r.at[k] == nil || r.at[k] == m {
			return false
		}
		if before := r.at[k].first - 1; k < first && r.at[k].form == news.FormName && before >= 0 && d.Tokens[before].Tag == "IN" {
			return false // "in Chad Minister Ruiz"
		}
		id := r.at[k].entity
		switch r.kind(id) {
		case news.State, news.Organisation:
			p.Body = id
		case news.Kind(news.Place):
			if local(id) {
				return false
			}
			p.Body = id
			if s, ok := r.g.CapitalOf(id); ok && !slices.Contains(cityOffices, title) {
				r.know(s)
				p.Body = s
			}
		default:
			return false
		}
		from, to = min(from, r.at[k].first), max(to, r.at[k].last)
		return true
	}
	for _, c := range r.child(head, "nmod", "nmod:poss", "compound", "amod") {
		if of := r.child(c, "case"); c > head && (len(of) == 0 || !slices.Contains([]string{"of", "at", "in", "for", "to"}, strings.ToLower(d.Word(of[0])))) {
			continue
		}
		if p.Body == "" {
			body(c)
		}
	}
	// What stands before the title: Chad's former, ex-.
	k := first - 1
	for ; k >= 0; k-- {
		w := strings.ToLower(d.Word(k))
		switch {
		case formerWords[w]:
			status, from = news.Former, min(from, k)
			continue
		case comingWords[w]:
			status, from = news.Designate, min(from, k)
			continue
		case w == "-" || strings.HasPrefix(d.Tokens[k].Tag, "JJ") && r.at[k] == nil:
			continue
		}
		break
	}
	if k > 0 && d.Tokens[k].Tag == "POS" {
		k--
	}
	if p.Body == "" && k >= 0 && r.sentenceOf[k] == r.sentenceOf[head] && (r.at[k] == nil || r.at[k].form != news.FormPronoun) {
		body(k)
	}
	if from > 0 && formerWords[strings.ToLower(d.Word(from-1))] {
		from--
		status = news.Former // former Peruvian president
	}
	for k := from; k < first; k++ {
		if w := strings.ToLower(d.Word(k)); strings.HasPrefix(w, "ex-") {
			status = news.Former // ex-finance minister
		}
	}
	if w := strings.ToLower(d.Word(min(last, len(d.Tokens)-1))); last < len(d.Tokens) && (w == "-" || comingWords[w]) && last+1 < len(d.Tokens) {
		if next := strings.ToLower(d.Word(last + 1)); comingWords[w] || comingWords[next] {
			status = news.Designate
		}
	}
	times := r.timesIn(d.Sentences[r.sentenceOf[head]])
	for _, t := range times {
		if t.first == 0 || t.first <= head || r.sentenceOf[t.first] != r.sentenceOf[head] || !exactDate.MatchString(t.when.Value) || !r.under(t.first, head) && !r.onePhrase(head, t.first) {
			continue
		}
		switch strings.ToLower(d.Word(t.first - 1)) {
		case "since", "from":
			p.Since = t.when.Value
			to = max(to, t.last)
		case "until", "till", "to":
			p.Until = t.when.Value
			to = max(to, t.last)
		}
	}
	if rest, ok := strings.CutPrefix(p.Title, strings.ToLower(r.entities[p.Body].Name)+" "); ok && p.Body != "" {
		p.Title = rest // White House spokeswoman
	}
	if v := d.Tokens[head].Head; v >= 0 && becoming[d.Tokens[v].Lemma] && p.Since == "" {
		for _, t := range times {
			if t.first > head && exactDate.MatchString(t.when.Value) && (d.Tokens[t.first].Head == v || d.Tokens[t.last-1].Head == v) {
				p.Since = t.when.Value
				to = max(to, t.last)
			}
		}
	}
	if to-from > 40 || slices.ContainsFunc(r.positions[max(0, len(r.positions)-20):], func(o news.Position) bool {
		at := r.span(from, to)
		return o.Person == p.Person && o.Title == p.Title && o.Body == p.Body && o.Status == status && o.Span.Start < at.End && at.Start < o.Span.End
	}) {
		return // nothing that a person could check at a glance, or told already
	}
	p.Status, p.Span = status, r.span(from, to)
	p.ID = news.PositionID(r.story.ID, p.Span, p.Person)
	r.positions = append(r.positions, p)
}

// cityOffices are held in a city itself, not in the state whose capital it is.
var cityOffices = []string{"mayor", "deputy mayor", "police chief", "bishop", "archbishop", "city council member", "governor"}

// onePhrase tells that neither a comma nor a verb stands between tokens i and j, so that what j says is said in i's phrase wherever the tree
// hangs it: "mayor of Lima since 2019, praised".
func (r *reading) onePhrase(i, j int) bool {
	for k := i + 1; k < j; k++ {
		if w := r.d.Word(k); w == "," || w == ";" || strings.HasPrefix(r.d.Tokens[k].Tag, "VB") {
			return false
		}
	}
	return i < j
}
