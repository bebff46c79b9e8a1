package extract

import (
	"slices"
	"strings"

	"newsgraph/news"
)

// longestMatter is how many tokens the matter of an event has at most.
const longestMatter = 14

// matter is what an event is done to or about in the words of its sentence: the object of its verb or the subject of its passive, else what its verb or its noun
// takes with a preposition that its wording names or as a clause. Where that is no more than those who take part, it is empty.
func (r *reading) matter(t *trigger) string {
	d := r.d
	i := t.token
	verb := strings.HasPrefix(d.Tokens[i].Tag, "VB")
	parties := map[news.ID]bool{}
	for _, p := range t.report.Participants {
		parties[p.Entity] = true
	}
	for _, relation := range []string{"obj", "nsubj:pass", "ccomp", "xcomp", "obl", "nmod", "advcl", "acl"} {
		for _, c := range r.child(i, relation) {
			if words := r.matterAt(t, c, relation, verb, parties); words != "" {
				return words
			}
		}
	}
	return ""
}

// matterAt are the words of the phrase or the clause headed by token c as a matter, empty if they are none.
func (r *reading) matterAt(t *trigger, c int, relation string, verb bool, parties map[news.ID]bool) string {
	d := r.d
	tag := d.Tokens[c].Tag
	preposition := ""
	for _, k := range r.child(c, "case", "mark") {
		if k < c {
			preposition = strings.ToLower(d.Word(k))
			break
		}
	}
	switch relation {
	case "obj", "nsubj:pass":
		if !verb || !strings.HasPrefix(tag, "NN") {
			return ""
		}
	case "ccomp", "xcomp":
		if c < t.token || !strings.HasPrefix(tag, "VB") || preposition != "to" && preposition != "that" {
			return ""
		}
	default:
		role := t.wording.pattern.roles[preposition]
		if c < t.token || role != news.RoleAbout && role != news.Target && !(preposition == "of" && !verb) || role == "" && verb || !strings.HasPrefix(tag, "NN") && tag != "VBG" {
			return ""
		}
	}
	if slices.ContainsFunc(r.nouns[d.Tokens[c].Lemma], func(w wording) bool { return w.action.Name == t.wording.action.Name }) {
		return "" // the event by its own name: "attended the meeting"
	}
	if slices.ContainsFunc(r.times, func(t timeAt) bool { return t.first <= c && c < t.last }) {
		return "" // that is when
	}
	if m := r.at[c]; m != nil && (m.form == news.FormPronoun || parties[m.entity]) {
		return ""
	}
	for _, args := range t.args {
		if slices.ContainsFunc(args, func(a argument) bool { return a.token == c && !a.owner && parties[a.entity] }) {
			return "" // "Washington", for its state
		}
	}
	first, last := r.stretch(c)
	if preposition == "of" && !verb && first < c {
		first++ // condemnation of the attack: the attack
	}
	if last-first > longestMatter || first >= last || last-first < 3 && slices.Contains(t.wording.pattern.words[1:], d.Tokens[c].Lemma) && tag != "VB" { // its condolences, where they are offered
		return ""
	}
	return strings.Join(strings.Fields(d.Text[d.Tokens[first].Start:d.Tokens[last-1].End]), " ")
}

// stretch are the tokens, half-open, of a phrase or a clause about its head c, up to what only tells more of it: a relative clause, an apposition, an aside.
func (r *reading) stretch(c int) (first, last int) {
	first, last = c, c+1
	more := func(k int) bool {
		switch r.d.Tokens[k].Relation {
		case "appos", "parataxis", "advcl", "advcl:relcl", "acl:relcl", "dep":
			return true
		case "nmod":
			return r.childCase(k, "before", "during", "after") // "condemned the attack before the council"
		}
		return false
	}
	children := r.children[c]
	for _, k := range children {
		if k > c && more(k) {
			break
		}
		if k > c && r.d.Tokens[k].Relation != "punct" {
			_, l := r.stretch(k)
			last = max(last, l)
		}
	}
	for _, k := range slices.Backward(children) {
		if k < c && more(k) {
			break
		}
		if k < c && r.d.Tokens[k].Relation != "punct" {
			f, _ := r.stretch(k)
			first = min(first, f)
		}
	}
	return first, last
}
