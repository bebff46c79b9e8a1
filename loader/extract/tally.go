package extract

import (
	"slices"
	"strings"

	"newsgraph/loader/nlp"
	"newsgraph/news"
)

// harms is what the objects of verb or noun i are counted as: killed, injured or arrested; empty if they are not.
func (r *reading) harms(i int) string {
	for _, w := range r.wordings(i) {
		if w.action.Counts != "" && len(w.pattern.words) == 1 {
			return w.action.Counts
		}
	}
	if i+1 < len(r.d.Tokens) && r.pos(i) == "V" && strings.EqualFold(r.d.Word(i+1), "dead") {
		return "killed" // shot dead
	}
	if r.d.Tokens[i].Lemma != "leave" {
		return ""
	}
	below := slices.Clone(r.children[i])
	for _, c := range r.child(i, "obj", "xcomp") {
		below = append(below, r.children[c]...)
	}
	for _, c := range below {
		switch strings.ToLower(r.d.Word(c)) {
		case "dead", "killed":
			return "killed"
		case "wounded", "injured", "hurt":
			return "injured"
		}
	}
	return ""
}

// hurt are the people, and what is counted as people, that stand as objects of verb or noun i.
func (r *reading) hurt(i int) []int {
	var all []int
	objects := r.standing(i, "obj")
	if r.pos(i) == "V" && len(objects) == 0 && !r.passive(i, r.d.Sentences[r.sentenceOf[i]]) && len(r.subjects(i, 0)) > 0 {
		if k := r.after(i, r.d.Sentences[r.sentenceOf[i]].Last); k >= 0 && r.d.Tokens[k].Sort == "person" {
			objects = []int{k} // an object that the tree lost
		}
		for _, c := range r.child(i, "obl") {
			if len(objects) == 0 && r.quantified(c) {
				objects = []int{c} // between 20 and 30 people
			}
		}
	}
	for _, o := range objects {
		for _, k := range r.joined(o) {
			t := r.d.Tokens[k]
			of := r.classesOf(k)
			switch {
			case slices.Contains(all, k) || overlap(of, []string{"animal", "thing", "plant"}) && !r.human(k) && t.Sort != "person":
			case t.Sort == "person" || t.Tag == "CD" || t.Tag == "NNP" || r.human(k) || slices.ContainsFunc(r.resolve(k), func(id news.ID) bool { return r.kind(id) == news.Person || r.kind(id) == news.Group }):
				all = append(all, k)
			}
		}
	}
	return all
}

// fates are words for what became of people, by what they are counted as.
var fates = map[string]string{"dead": "killed", "killed": "killed", "wounded": "injured", "injured": "injured", "hurt": "injured"}

// fated are the people counted by a number right before their fate, where that has no phrase of its own: "left 15 dead and 40 wounded", "nine were killed
// and fifty-one injured".
func (r *reading) fated(h int) []news.Count {
	d := r.d
	if r.pos(h) != "V" {
		return nil
	}
	end := d.Sentences[r.sentenceOf[h]].Last
	leaves := d.Tokens[h].Lemma == "leave"
	var found []news.Count
	for k := h + 1; k < end; k++ {
		of, ok := fates[strings.ToLower(d.Word(k))]
		if !ok || k == h+1 {
			continue
		}
		joined := d.Tokens[k].Relation == "conj" && d.Tokens[k].Head == h && fates[strings.ToLower(d.Word(h))] != ""
		if !joined && !(leaves && r.under(k, h)) {
			continue
		}
		for from := max(h+1, k-7); from < k; from++ {
			words := make([]string, 0, 8)
			for n := from; n < k; n++ {
				words = append(words, d.Word(n))
			}
			low, high, about, used := nlp.Number(words)
			rest := from + used
			if used == 0 || low == 0 && high == 0 || rest < k-2 || rest < k && !strings.HasPrefix(d.Tokens[k-1].Tag, "NN") && !strings.EqualFold(d.Word(k-1), "others") {
				continue
			}
			found = append(found, news.Count{Of: of, Low: low, High: high, Approximate: about, Text: d.Words(from, rest)})
			break
		}
	}
	return found
}

// human tells that a noun of people stands at token i.
func (r *reading) human(i int) bool {
	return r.g.Noun(strings.ToLower(r.d.Tokens[i].Lemma)).Kind == news.Group
}

// total is how many people the phrases are together; false if none of them tells.
func (r *reading) total(of string, phrases []int) (news.Count, bool) {
	c := news.Count{Of: of}
	var told []string
	for _, k := range phrases {
		low, high, about, text := r.amount(k)
		for _, m := range r.child(k, "compound", "amod") {
			if text == "" {
				low, high, about, text = r.amount(m) // thirteen tea pickers
			}
		}
		if text == "" && r.d.Tokens[k].Tag == "NN" && len(phrases) > 1 && slices.ContainsFunc(r.child(k, "det"), func(x int) bool { return r.d.Tokens[x].Tag == "DT" }) {
			low, high, text = 1, 1, "a"
		} else if text != "" {
			told = append(told, text)
		}
		if text == "" {
			continue
		}
		if high == 0 && low > 0 || c.Low > 0 && c.High == 0 {
			c.High = 0
		} else {
			c.High += high
		}
		c.Low += low
		c.Approximate = c.Approximate || about
	}
	c.Text = strings.Join(told, " and ")
	return c, len(told) > 0
}

// mourn gives an accident or a disaster those who died or were hurt when it came: "nine passengers drowned when the ferry sank" (CODING 14).
func (r *reading) mourn(t *trigger, triggers []*trigger) {
	d := r.d
	h := d.Tokens[t.token].Head
	if t.report.Type != news.TypeAccident && t.report.Type != news.TypeDisaster || h < 0 || d.Tokens[t.token].Relation != "advcl" {
		return
	}
	m := r.child(t.token, "mark", "advmod")
	if len(m) == 0 || !slices.Contains([]string{"when", "after", "as"}, strings.ToLower(d.Word(m[0]))) || r.negated(h) {
		return
	}
	of := ""
	if dying[d.Tokens[h].Lemma] {
		of = "killed"
	} else if r.passive(h, d.Sentences[r.sentenceOf[h]]) && len(r.child(h, "obl:agent")) == 0 {
		of = r.harms(h)
	}
	if of != "killed" && of != "injured" {
		return
	}
	var who []int
	for _, k := range r.subjects(h, 0) {
		for _, k := range r.joined(k) {
			if ids := r.resolve(k); r.human(k) || slices.ContainsFunc(ids, r.party) || d.Tokens[k].Tag == "CD" {
				who = append(who, k)
				for _, id := range ids {
					if r.party(id) && !slices.Contains(t.report.Entities(news.Target), id) {
						t.report.Participants = append(t.report.Participants, news.Participant{Role: news.Target, Entity: id, Span: r.span(k, k+1)})
					}
				}
			}
		}
	}
	sortRoles(t.report.Participants)
	if c, ok := r.total(of, who); ok && !slices.ContainsFunc(t.report.Counts, func(o news.Count) bool { return o.Of == of }) {
		t.report.Counts = append(t.report.Counts, c)
	}
	for _, o := range triggers {
		if o != t && o.keep && o.token == h && len(o.report.Entities(news.Source)) == 0 {
			o.keep = false
			r.leave(h, "the same happening as the words that it is joined to")
		}
	}
}

// inAnother tells that the outcome that the verb at token c tells is that of another deed than trigger t's: "nine were kidnapped, and ten were killed in attacks". The deed
// that its phrase points back to is t's own, told again, and is left out: "gunmen shelled a convoy and nine were killed in the attack".
func (r *reading) inAnother(c int, t *trigger, triggers []*trigger) bool {
	if r.harms(t.token) != "" {
		return false // "two were killed and four wounded in a bombing" tells of it for both
	}
	for _, o := range triggers {
		if o == t || !o.keep || r.pos(o.token) != "N" || r.d.Tokens[o.token].Head != c || r.d.Tokens[o.token].Relation != "obl" {
			continue
		}
		if !r.definitely(o.token) || o.report.Type != t.report.Type || o.token < t.token {
			return true
		}
		o.keep = false
		r.leave(o.token, "the same happening as the words that it is joined to")
	}
	return false
}

// dying are the verbs whose subject dies.
var dying = wordSet("die drown perish suffocate")

// tally counts who is told to be killed, injured or arrested in the event of trigger t: by its own words, by what they did ("the collapse killed ten"),
// and by what is joined to them ("nine were killed and twenty wounded"), which is the same happening (CODING 14).
func (r *reading) tally(t *trigger, triggers []*trigger) {
	switch t.report.Type {
	case news.TypeAssault, news.TypeAccident, news.TypeDisaster, news.TypeCoerce:
	default:
		return
	}
	if t.report.Modality == news.Negated {
		return
	}
	d := r.d
	heads := []int{t.token}
	if h := d.Tokens[t.token].Head; r.pos(t.token) == "N" && h >= 0 && subjectOf(d.Tokens[t.token].Relation) && r.pos(h) == "V" {
		heads = append(heads, h)
	}
	for _, h := range slices.Clone(heads) {
		if r.pos(h) != "V" || t.report.Type == news.TypeCoerce {
			continue
		}
		for _, c := range r.child(h, "conj", "advcl") {
			if d.Tokens[c].Tag == "VBG" || d.Tokens[c].Tag == "VBN" || d.Tokens[c].Tag == "VBD" && coarse(d.Tokens[c].Relation) == "conj" {
				if len(r.child(c, "mark", "obl:agent")) == 0 && !r.inAnother(c, t, triggers) {
					heads = append(heads, c)
				}
			}
			for _, k := range r.child(c, "conj") {
				if d.Tokens[k].Tag == "VBG" && d.Tokens[c].Tag == "VBG" {
					heads = append(heads, k)
				}
			}
		}
	}
	r.mourn(t, triggers)
	for _, h := range heads {
		for _, c := range r.fated(h) {
			if !slices.ContainsFunc(t.report.Counts, func(o news.Count) bool { return o.Of == c.Of }) {
				t.report.Counts = append(t.report.Counts, c)
			}
		}
		of := r.harms(h)
		if of == "" || h != t.token && r.negated(h) {
			continue
		}
		k := slices.IndexFunc(triggers, func(o *trigger) bool { return o != t && o.keep && o.token == h })
		if h != t.token && of == "arrested" || k >= 0 && (triggers[k].report.Type != t.report.Type || len(triggers[k].report.Entities(news.Source)) > 0 && r.pos(t.token) == "V" && d.Tokens[h].Tag != "VBG") {
			continue
		}
		who := r.hurt(h)
		if c, ok := r.total(of, who); ok {
			t.report.Counts = slices.DeleteFunc(t.report.Counts, func(o news.Count) bool { return o.Of == of && o.Low <= c.Low })
			if !slices.ContainsFunc(t.report.Counts, func(o news.Count) bool { return o.Of == of }) {
				t.report.Counts = append(t.report.Counts, c)
			}
		} else if h == t.token && len(t.report.Counts) > 0 && len(who) == 0 && len(r.standing(h, "obj")) > 0 {
			t.report.Counts = slices.DeleteFunc(t.report.Counts, func(o news.Count) bool { return o.Of == of }) // of sheep
		}
		if h == t.token {
			continue
		}
		for _, w := range who {
			if d.Tokens[w].Tag == "CD" && len(t.report.Entities(news.Target)) > 0 {
				continue // some of those who are told
			}
			for _, id := range r.resolve(w) {
				if r.may(t, id, string(news.Target)) && r.party(id) && !slices.ContainsFunc(t.report.Participants, func(p news.Participant) bool { return p.Entity == id }) {
					t.report.Participants = append(t.report.Participants, news.Participant{Role: news.Target, Entity: id, Span: r.span(w, w+1)})
				}
			}
		}
		sortRoles(t.report.Participants)
		if k >= 0 {
			triggers[k].keep = false
			r.leave(h, "the same happening as the words that it is joined to")
		}
	}
}
