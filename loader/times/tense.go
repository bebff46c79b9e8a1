package times

import (
	"strings"
)

// tense tells whether what a time belongs to has happened.
type tense int

const (
	noTense   tense = iota // nothing tells for sure; news tells what happened
	pastTense              // a verb does
	futureTense
)

// tense is that of the verb that a time belongs to. Weekdays depend on it: "met on Tuesday" is the last one, "will meet on Tuesday" the
// next. HeidelTime asks the nearest verb; a tree tells better which one it is.
func (r *reading) tense(m match) tense {
	if m.first >= len(r.pieces) || m.last <= m.first {
		return noTense
	}
	first, last := r.pieces[m.first].token, r.pieces[m.last-1].token
	k := first
	for i := first; i <= last; i++ {
		if h := r.d.Tokens[i].Head; h < first || h > last {
			k = i
			break
		}
	}
	for n := 0; k >= r.s.First && k < r.s.Last && n < 12; n, k = n+1, r.d.Tokens[k].Head {
		t, ok := r.verb(k, n == 0)
		prev := r.at(m.first - 1)
		tag := r.d.Tokens[k].Tag
		switch {
		case !ok:
			continue
		case t == pastTense && (tag == "VBZ" || tag == "VBP") && r.until(m.first):
			return futureTense // "has until midnight on Friday"
		case t == pastTense && (r.lexical(k, "planning") || r.lexical(k, "scheduled")):
			if prev.any("for", "to", "until", "till", "by") {
				return futureTense // "set the vote for Friday"
			}
			return noTense
		case t == pastTense && n > 1:
			return noTense // "called the Friday vote a sham"
		}
		return t
	}
	// A tree that leads to no verb is mended by the nearest one before.
	for i := first - 1; i >= r.s.First; i-- {
		if t, ok := r.verb(i, false); ok && t == futureTense {
			return t
		}
	}
	return noTense
}

// until tells that the time is one by which something ends.
func (r *reading) until(at int) bool {
	for i := at - 1; i >= 0 && i >= at-4; i-- {
		if r.at(i).any("until", "till", "by") {
			return true
		}
	}
	return false
}

// lexical tells that the lemma of a token is of a class of times.tsv.
func (r *reading) lexical(i int, class string) bool {
	for _, c := range r.g.lexicon[strings.ToLower(r.d.Tokens[i].Lemma)] {
		if c.class == class {
			return true
		}
	}
	return false
}

// helpers are what stands with a verb or a predicate and tells its tense.
type helpers struct {
	modal, be        string // the lemma of a modal; the tag of a form of be or do
	to, has, copular bool
	due              bool // "is to be sentenced"
	bare             bool // nothing but marks
}

func (r *reading) helpers(k int) helpers {
	h := helpers{bare: true}
	for c := r.s.First; c < r.s.Last; c++ {
		a := r.d.Tokens[c]
		if a.Head != k {
			continue
		}
		relation, _, _ := strings.Cut(a.Relation, ":")
		if relation != "aux" && relation != "cop" && relation != "mark" {
			continue
		}
		lemma := strings.ToLower(a.Lemma)
		switch {
		case a.Tag == "MD" || relation == "aux" && r.lexical(c, "will"):
			h.modal = lemma
		case a.Tag == "TO":
			h.to = true
		case lemma == "have" && relation == "aux":
			h.has = true
		case lemma == "be" || lemma == "do":
			h.be = a.Tag
			h.due = h.due || lemma == "be" && !h.to && (a.Tag == "VBZ" || a.Tag == "VBP" || a.Tag == "VBD")
		}
		h.bare = h.bare && relation == "mark"
		h.copular = h.copular || relation == "cop"
	}
	return h
}

// conditional tells that the verb at token k is what something else waits for: "if his party wins in November" looks ahead, although in the present.
func (r *reading) conditional(k int) bool {
	for c := r.s.First; c < k; c++ {
		if t := r.d.Tokens[c]; t.Head == k && (t.Relation == "mark" || t.Relation == "advmod") {
			switch strings.ToLower(r.d.Word(c)) {
			case "if", "unless", "once", "until", "till":
				return true
			}
		}
	}
	return false
}

// verb is the tense that token k gives what hangs on it; none if it is no verb, or one without a tense of its own. itself tells that k is
// the time: "the vote is Sunday".
func (r *reading) verb(k int, itself bool) (tense, bool) {
	t, h := r.d.Tokens[k], r.helpers(k)
	present := h.be == "VBZ" || h.be == "VBP"
	switch {
	case h.copular:
		// "is Sunday", "is due on Sunday", "will be here on Sunday"; but "is here since Sunday".
		if h.modal != "" || h.to || present && (itself || r.lexical(k, "scheduled")) {
			return futureTense, true
		}
		return pastTense, true
	case !strings.HasPrefix(t.Tag, "VB"):
		if t.Tag == "JJ" && r.lexical(k, "scheduled") {
			return futureTense, true
		}
		// "an upcoming vote on Sunday"
		for c := r.s.First; c < k; c++ {
			if r.d.Tokens[c].Head == k && r.d.Tokens[c].Relation == "amod" && r.lexical(c, "scheduled") {
				return futureTense, true
			}
		}
		return pastTense, false
	case h.modal != "":
		if h.has && h.modal != "will" && h.modal != "shall" { // "may have met on Tuesday"
			return pastTense, true
		}
		return futureTense, true
	case h.has:
		return pastTense, true
	case h.to:
		if t.Head >= 0 && !h.due {
			tag := r.d.Tokens[t.Head].Tag
			if (tag == "VBD" || tag == "VBN") && !r.lexical(t.Head, "planning") && !r.lexical(t.Head, "scheduled") {
				return pastTense, false // "managed to leave on Monday": the verb above tells
			}
		}
		return futureTense, true
	}
	switch t.Tag {
	case "VBD":
		return pastTense, true
	case "VBN":
		switch {
		case present && !r.lexical(k, "reported") || r.lexical(k, "scheduled") && h.be != "VBD": // "is sentenced on Monday", but "is accused of"
			return futureTense, true
		case h.be == "VBD" || !h.bare:
			return pastTense, true
		}
		return pastTense, t.Relation == "root" || t.Relation == "acl"
	case "VBG":
		if present {
			return futureTense, true
		}
		return pastTense, h.be == "VBD"
	case "VBZ", "VBP":
		if r.lexical(k, "timetable") || r.lexical(k, "planning") || r.conditional(k) {
			return futureTense, true
		}
		return pastTense, true
	case "VB":
		if h.be == "VBD" { // "did not meet on Tuesday"
			return pastTense, true
		}
		return futureTense, h.bare && t.Relation != "root"
	}
	return pastTense, false
}
