package extract

import (
	"slices"
	"strings"
	"time"

	"newsgraph/loader/nlp"
	"newsgraph/news"
)

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
	// "a storm yesterday caused a crane to fall": what is caused is of the same day.
	cause := -1
	switch token := d.Tokens[i]; {
	case token.Relation == "xcomp" || token.Relation == "ccomp":
		cause = token.Head
	case token.Relation == "acl" && token.Head >= 0 && d.Tokens[token.Head].Relation == "obj":
		cause = d.Tokens[token.Head].Head
	}
	for _, t := range times {
		if cause < 0 || !causing[d.Tokens[cause].Lemma] {
			break
		}
		if h := holder(t); h == cause || h >= 0 && subjectOf(d.Tokens[h].Relation) && d.Tokens[h].Head == cause {
			return set(t)
		}
	}
	noun := strings.HasPrefix(d.Tokens[i].Tag, "NN")
	for _, t := range times {
		h := holder(t)
		switch {
		case h < 0:
		case noun && (happening[d.Tokens[h].Lemma] || r.predicate("light", d.Tokens[h].Lemma)) && (d.Tokens[h].Head == i || d.Tokens[i].Head == h):
			return set(t) // "the attack, which occurred on Monday", "held talks on Monday"
		case noun && r.newly(i) && d.Tokens[i].Head == h && !r.telling(h) && !sayVerbs[d.Tokens[h].Lemma] && !reportVerbs[d.Tokens[h].Lemma]:
			return set(t) // "survived a raid on Monday", "Lima saw protests on Monday"
		case d.Tokens[i].Relation == "conj" && d.Tokens[i].Head == h && h < i && t.first < h && (d.Tokens[i].Tag == "VBD" || d.Tokens[i].Tag == "VBN"):
			return set(t) // "on Monday they met, and agreed": both
		}
	}
	// "Met reporters on Monday, calling for a truce", "met on Monday to call for one": what is done in doing something is of its day.
	if over, ok := r.during(i); ok {
		for _, t := range times {
			if holder(t) == over && !r.bracketed(i, t.first) {
				return set(t)
			}
		}
	}
	if len(times) == 1 && strings.HasPrefix(d.Tokens[i].Tag, "VB") && (r.main(i) || r.before(i) >= 0) {
		t := times[0]
		of := d.Tokens[t.last-1]
		for k := t.first; k < t.last; k++ {
			if h := d.Tokens[k].Head; h < t.first || h >= t.last {
				of = d.Tokens[k]
			}
		}
		noun := (of.Relation == "compound" || of.Relation == "amod" || of.Relation == "nummod" || of.Relation == "nmod:poss") && of.Head >= t.last // the 2022 deal
		if h := holder(t); !noun && (h < 0 || !sayVerbs[d.Tokens[h].Lemma]) && !r.bracketed(i, t.first) {
			return set(times[0])
		}
	}
	return news.When{Precision: news.Unknown}
}

// newly tells that the event noun at token i is told first: it takes part in a verb, and neither points back nor is anybody's.
func (r *reading) newly(i int) bool {
	switch coarse(r.d.Tokens[i].Relation) {
	case "obj", "nsubj", "nsubj:pass":
	default:
		return false
	}
	for _, c := range r.child(i, "det", "nmod:poss") {
		if l := strings.ToLower(r.d.Word(c)); l != "a" && l != "an" {
			return false
		}
	}
	return true
}

// during is the verb in the doing of which verb i is done: a gerund that nothing joins to it, or its purpose, after it.
func (r *reading) during(i int) (int, bool) {
	t := r.d.Tokens[i]
	h := t.Head
	if h < 0 || h > i || !strings.HasPrefix(r.d.Tokens[h].Tag, "VB") {
		return 0, false
	}
	gerund := t.Tag == "VBG" && t.Relation == "advcl" && len(r.child(i, "mark", "aux", "aux:pass")) == 0
	typ := news.EventType(r.ruleOf(i))
	purpose := r.purpose(i) && t.Relation == "advcl" && (wordActs[typ] && typ != news.TypeAgree || typ == news.TypeProtest) // what is said is done at once
	return h, gerund || purpose
}

// causing are verbs whose object does at once what their complement tells.
var causing = wordSet("cause make force let trigger lead see leave")

// happening are verbs that say of an event no more than that it was.
var happening = wordSet("occur happen take come begin start last follow end cause continue")

// negated tells that a negative word stands at token i or at its subject.
func (r *reading) negated(i int) bool {
	no := func(i int) bool {
		for _, c := range r.child(i, "advmod", "det", "cc:preconj", "cc") {
			switch strings.ToLower(r.d.Tokens[c].Lemma) {
			case "not", "never", "no", "neither":
				return true
			}
		}
		return false
	}
	if no(i) {
		return true
	}
	for _, c := range r.child(i, "nsubj", "nsubj:pass", "obj") {
		if no(c) {
			return true
		}
	}
	return false
}

// modality reads auxiliaries, negation and the verb above of the token that tells an event of a type.
func (r *reading) modality(i int, typ news.EventType) news.Modality {
	d := r.d
	if r.negated(i) {
		return news.Negated
	}
	if strings.EqualFold(d.Word(i), "unless") {
		return news.Asserted // the threat itself was made
	}
	for _, c := range r.child(i, "advcl") {
		if m := r.child(c, "mark"); len(m) > 0 && strings.EqualFold(d.Word(m[0]), "unless") {
			return news.Hypothetical
		}
	}
	if r.putOff(i) {
		return news.Negated
	}
	if r.scheduled(i) {
		return news.Planned
	}
	if r.ifSuch(i) || r.inverted(i) || r.conditional(i) || r.needed(i) || r.mandated(i) || r.anySuch(i) {
		return news.Hypothetical
	}
	for _, c := range r.child(i, "aux", "advmod", "amod", "det", "mark") {
		switch strings.ToLower(d.Tokens[c].Lemma) {
		case "will", "shall":
			return news.Planned
		case "would":
			// "said it would leave" tells of "will leave".
			if h := d.Tokens[i].Head; h >= 0 && d.Tokens[i].Relation == "ccomp" && (sayVerbs[d.Tokens[h].Lemma] || reportVerbs[d.Tokens[h].Lemma]) {
				return news.Planned
			}
			return news.Hypothetical
		case "must", "should", "could", "may", "might", "can", "if", "unless":
			return news.Hypothetical
		case "reportedly", "allegedly", "purportedly", "supposedly", "alleged", "purported":
			return news.Alleged
		}
	}
	for k, n := i, 0; n < 4; n++ {
		h, rel := d.Tokens[k].Head, d.Tokens[k].Relation
		if h < 0 || r.temporal(k) {
			break
		}
		lemma := d.Tokens[h].Lemma
		switch rel {
		case "xcomp", "ccomp", "csubj", "advcl", "obl", "obj", "acl", "nmod":
			if rel == "obj" && strings.HasPrefix(d.Tokens[k].Tag, "NN") || rel == "xcomp" {
				for _, c := range r.child(h, "aux", "advmod") {
					switch strings.ToLower(d.Tokens[c].Lemma) {
					case "not", "never":
						if rel == "obj" && (r.judges(h) || r.sides(h)) {
							continue // what nobody condemned was done
						}
						return news.Negated
					case "will", "shall":
						return news.Planned
					case "would":
						if g := d.Tokens[h].Head; g >= 0 && d.Tokens[h].Relation == "ccomp" && (sayVerbs[d.Tokens[g].Lemma] || reportVerbs[d.Tokens[g].Lemma]) {
							return news.Planned
						}
						return news.Hypothetical
					case "must", "should", "could", "may", "might":
						return news.Hypothetical
					}
				}
			}
			switch {
			case avoiding[lemma] && rel != "nmod" && rel != "obj":
				return news.Negated
			case planning[lemma] && rel == "obj" && (d.Tokens[h].Relation == "ccomp" || d.Tokens[h].Relation == "xcomp") && d.Tokens[h].Head >= 0 && denying[d.Tokens[d.Tokens[h].Head].Lemma]:
				return news.Negated // "denied that it planned an attack"
			case planning[lemma] && rel != "obl" && rel != "nmod" && !r.devoted(h) && (lemma != "commit" || rel != "obj"):
				return news.Planned
			case lemma == "deny" && rel == "ccomp":
				return news.Negated
			case rel == "acl" && len(r.child(k, "mark")) > 0 && d.Tokens[h].Head >= 0 && accusing[d.Tokens[d.Tokens[h].Head].Lemma]:
				return news.Alleged // "accused Chad of attacking", the clause hung on Chad
			case accusing[lemma] && (rel == "obl" || rel == "nmod" || rel == "ccomp" || rel == "xcomp" || rel == "advcl" || rel == "acl"):
				return news.Alleged
			case asking[lemma] && (rel != "acl" && rel != "advcl" || d.Tokens[k].Tag == "VB"):
				return news.Hypothetical
			}
			for _, c := range r.child(k, "mark") {
				if w := strings.ToLower(d.Word(c)); w == "if" || w == "unless" {
					return news.Hypothetical
				}
			}
			if (rel == "advcl" || rel == "acl" && d.Tokens[h].Sort == "person") && d.Tokens[k].Tag == "VB" {
				if k == i && (wordActs[typ] || typ == news.TypeProtest || lemma == "use") && rel == "advcl" && r.done(h) {
					return news.Asserted // "they gathered to protest", and so did
				}
				return news.Planned // to do so is the aim
			}
		case "conj":
		case "acl:relcl":
			if asking[lemma] && len(r.child(k, "mark")) > 0 {
				return news.Hypothetical // "the demand that they leave"
			}
			return news.Asserted
		default:
			return news.Asserted
		}
		k = h
	}
	return news.Asserted
}

// framed is how surely a noun that stands over the event of token i lets it be told, empty if none does: "claims that they attacked" and "an alleged
// attack" are ALLEGED, "the threat of an attack" HYPOTHETICAL, "a plan to attack" PLANNED, and what was denied, foiled or false of such NEGATED.
func (r *reading) framed(i int) news.Modality {
	d := r.d
	if m := r.qualified(i); m != "" {
		return m
	}
	if h := d.Tokens[i].Head; h >= 0 && r.pos(i) == "N" && (d.Tokens[h].Lemma == "involve" || d.Tokens[h].Lemma == "involved") && r.childCase(i, "in") && r.negated(h) {
		return news.Negated // "was not involved in the shooting"
	}
	if r.onlyBlamed(i) || r.onlyAlleged(r.firstOf(i)) || r.inCharges(i) || len(r.accusedOf(i)) > 0 {
		return news.Alleged
	}
	first, h0 := r.firstOf(i), d.Tokens[i].Head
	if h0 >= 0 && r.pos(i) == "N" && d.Tokens[first].Relation == "obj" && r.ofClass(d.Tokens[first].Head, "hindering") && r.pos(d.Tokens[first].Head) == "V" && overlap(r.senses(i), []news.EventType{news.TypeAid, news.TypeCooperate}) {
		return news.Negated // "accused Chad of blocking aid"
	}
	if r.shortOf(first) {
		return news.Negated
	}
	switch {
	case r.forecast(i):
		return news.Planned
	case r.whatIf(i), h0 >= 0 && d.Tokens[first].Relation == "advcl" && r.ofClass(h0, "warning") && r.childMark(first, "against"):
		return news.Hypothetical
	case r.pos(i) == "N" && first == i && d.Tokens[i].Relation == "obl" && r.childCase(i, "for") && h0 >= 0 && r.scheduled(h0):
		return news.Planned // "is to fly to Lima for talks"
	}
	if r.imminent(first) {
		return news.Hypothetical
	}
	if r.enabled(first) {
		return news.Hypothetical
	}
	h := d.Tokens[first].Head
	if k := r.reported(first); k >= 0 {
		return r.framedBy(k, "that")
	}
	if h < 0 {
		return ""
	}
	if _, commitment, _ := r.signatures.Says(d.Tokens[h].Lemma, "that"); d.Tokens[first].Relation == "ccomp" && d.Tokens[h].Tag == "VB" && d.Tokens[h].Head < 0 && commitment == nlp.Believed && len(r.child(h, "nsubj", "aux")) == 0 {
		return news.Hypothetical // "suppose that they attack"
	}
	if _, commitment, ok := r.signatures.Says(d.Tokens[h].Lemma, "that"); ok && commitment == nlp.Possible && d.Tokens[first].Relation == "ccomp" && strings.HasPrefix(d.Tokens[h].Tag, "VB") {
		return news.Hypothetical // "imagines that they attack", "doubts that they did"
	}
	if strings.HasPrefix(d.Tokens[i].Tag, "NN") && d.Tokens[first].Relation == "obj" && dreading[d.Tokens[h].Lemma] && strings.HasPrefix(d.Tokens[h].Tag, "VB") {
		return news.Hypothetical // "fears an attack"
	}
	if d.Tokens[first].Relation == "obl" && r.childCase(first, "for") && slices.ContainsFunc(r.child(h, "obj"), r.soughtBy) {
		return news.Hypothetical // hung on the verb: "offered a reward for the capture"
	}
	if !strings.HasPrefix(d.Tokens[h].Tag, "NN") {
		return ""
	}
	complement := ""
	has := func(word string) bool {
		return slices.ContainsFunc(r.child(first, "mark", "case", "obj", "nsubj", "det"), func(c int) bool { return c < first && strings.EqualFold(d.Word(c), word) })
	}
	switch rel := d.Tokens[first].Relation; {
	case rel == "acl" && r.childMark(first, "that"):
		complement = "that" // "accusations from officials that they raided it"
	case (rel == "acl" || rel == "acl:relcl" && h+1 < len(d.Tokens)) && has("that") && strings.EqualFold(d.Word(h+1), "that"):
		complement = "that"
		own := r.child(first, "nsubj", "nsubj:pass")
		if rel == "acl:relcl" && (len(own) == 0 || strings.EqualFold(d.Word(own[0]), "that") || slices.ContainsFunc(r.child(first, "obj"), func(c int) bool { return c == h+1 })) {
			return "" // "a report that angered them", "a charge that Chad rejected"
		}
	case rel == "acl" && has("to"):
		complement = "to"
	case rel == "nmod" && has("for") && r.soughtBy(h):
		return news.Hypothetical // "a reward for the capture"
	case rel == "nmod" && has("of"):
		complement = "noun"
	default:
		return ""
	}
	return r.framedBy(h, complement)
}

// soughtBy tells that what stands after for by the noun at token k is wanted, not done: a reward, a call, a warrant.
func (r *reading) soughtBy(k int) bool {
	polarity, commitment, ok := r.signatures.Says(r.d.Tokens[k].Lemma, "noun")
	return ok && r.pos(k) == "N" && polarity == nlp.Open && commitment >= nlp.Planned && !dreading[r.d.Tokens[k].Lemma]
}

// childCase tells that one of the words is the preposition of the noun at token i.
func (r *reading) childCase(i int, words ...string) bool {
	return slices.ContainsFunc(r.child(i, "case"), func(c int) bool { return slices.Contains(words, strings.ToLower(r.d.Word(c))) })
}

// needed tells that what token i tells is only said to be needed, or is the means to what is or must be: "needs to free them", "must calm them by lifting the ban".
func (r *reading) needed(i int) bool {
	d := r.d
	h := d.Tokens[i].Head
	if r.pos(i) == "V" && r.imperative(i) {
		return true
	}
	if h < 0 || h > i || r.pos(i) != "V" {
		return false
	}
	switch rel := d.Tokens[i].Relation; {
	case d.Tokens[i].Tag == "VBG" && rel == "advcl" && d.Tokens[h].Tag == "VB" && r.childMark(i, "by"):
		return r.needed(h) || slices.ContainsFunc(r.child(h, "aux"), func(c int) bool { return d.Tokens[c].Tag == "MD" && d.Tokens[c].Lemma != "would" })
	case d.Tokens[i].Tag == "VB" && rel == "xcomp":
		return d.Tokens[h].Lemma == "need" && d.Tokens[h].Tag != "VBD" && len(r.child(h, "obj")) == 0
	}
	return false
}

// imperative tells that the verb at token i stands below what is only said to be vital or urgent to do: "it is imperative to work together to defeat them".
func (r *reading) imperative(i int) bool {
	d := r.d
	for k, n := i, 0; n < 8; n++ {
		h := d.Tokens[k].Head
		if h < 0 || d.Tokens[k].Relation == "acl:relcl" || subjectOf(d.Tokens[k].Relation) && r.pos(k) == "N" {
			return false
		}
		if r.pos(h) == "J" && r.ofClass(h, "imperative") && len(r.child(h, "cop")) > 0 {
			return d.Tokens[k].Relation != "advcl" || !r.childMark(k, "after", "because", "since", "as", "when")
		}
		k = h
	}
	return false
}

// enabled tells that somebody is only said to be able, free or allowed to do what token i tells: "capable of attacking", "has the means to strike", "the law entitles
// Chad to seize ships". Whom something let do it in the past may have done it.
func (r *reading) enabled(i int) bool {
	d := r.d
	h := d.Tokens[i].Head
	if h < 0 || r.pos(i) != "V" || h > i {
		return false
	}
	is := func(k int, class string) bool {
		return slices.Contains(r.g.Classes(strings.ToLower(d.Tokens[k].Lemma)), class)
	}
	to := r.childMark(i, "to")
	switch coarse(d.Tokens[i].Relation) {
	case "acl", "advcl", "xcomp", "ccomp":
	default:
		return false
	}
	switch {
	case is(h, "ability") && r.pos(h) != "V":
		return to || d.Tokens[i].Tag == "VBG" && r.childMark(i, "of")
	case !to || r.pos(h) != "V":
		return false
	case slices.ContainsFunc(r.child(h, "obj"), func(o int) bool { return h < o && o < i && is(o, "ability") }):
		return true // "gave the governor power to dissolve it", hung on the verb
	case !is(h, "enabling"):
		return false
	}
	if tag := d.Tokens[h].Tag; tag == "VBZ" || tag == "VBP" || tag == "VB" {
		return true
	}
	return slices.ContainsFunc(r.subjects(h, 0), func(k int) bool { return is(k, "document") || is(k, "stance") })
}

// framedBy is how surely the noun at token h lets its complement be told.
func (r *reading) framedBy(h int, complement string) news.Modality {
	d := r.d
	lemma := strings.ToLower(d.Tokens[h].Lemma)
	_, commitment, ok := r.signatures.Says(lemma, complement)
	if !ok {
		return ""
	}
	polarity, _ := r.signatures.Factuality(r.view, h)
	untrue := polarity == nlp.Negative || commitment == nlp.Alleged && (r.refuted(h) || r.false(h))
	// "reports that they attacked were false", whichever of the two the tree takes for the head
	beside := r.child(h, "ccomp", "parataxis", "acl:relcl")
	if subjectOf(d.Tokens[h].Relation) {
		beside = append(beside, d.Tokens[h].Head)
	}
	for _, c := range beside {
		if p, _, ok := r.signatures.Says(d.Tokens[c].Lemma, "that"); ok && strings.HasPrefix(d.Tokens[c].Tag, "JJ") && p == nlp.Negative {
			untrue = true
		}
	}
	switch {
	case commitment == nlp.Told:
		return ""
	case untrue && (complement != "noun" || commitment == nlp.Alleged) && !asking[lemma]:
		return news.Negated
	case commitment == nlp.Alleged && complement != "to":
		return news.Alleged
	case dreading[lemma], commitment == nlp.Possible:
		return news.Hypothetical
	}
	return ""
}

// forecast tells that the noun at token i is what is expected to come: "more storms are expected to hit the coast", "talks are scheduled for May".
func (r *reading) forecast(i int) bool {
	d := r.d
	h := d.Tokens[i].Head
	return r.pos(i) == "N" && h >= 0 && d.Tokens[i].Relation == "nsubj:pass" && foretelling[d.Tokens[h].Lemma] && !r.negated(h) && !slices.ContainsFunc(r.child(h, "xcomp"), func(c int) bool {
		return len(r.child(c, "aux")) > 0 || goingOn[d.Tokens[c].Lemma] || strings.EqualFold(d.Tokens[c].Lemma, "end") // expected to have killed, to continue
	})
}

var foretelling = wordSet("expect forecast predict schedule anticipate")

// whatIf tells that the noun at token i, a plural that nothing counts, owns or points to, or any one of its kind, is the subject of what would, could or might be:
// "sanctions alone would not stop them", "a storm could strike".
func (r *reading) whatIf(i int) bool {
	d := r.d
	h := d.Tokens[i].Head
	if !strings.HasPrefix(d.Tokens[i].Tag, "NN") || h < 0 || d.Tokens[i].Relation != "nsubj" || r.pos(h) != "V" || len(r.child(i, "nummod", "nmod:poss", "nmod", "acl:relcl", "acl")) > 0 || slices.ContainsFunc(r.child(i, "amod", "compound"), func(c int) bool { return r.at[c] != nil }) {
		return false
	}
	if det := r.child(i, "det"); len(det) > 1 || len(det) == 0 && d.Tokens[i].Tag != "NNS" || len(det) == 1 && !slices.Contains([]string{"a", "an", "another", "any"}, strings.ToLower(d.Word(det[0]))) {
		return false
	}
	open := false
	for _, c := range r.child(h, "aux") {
		switch strings.ToLower(d.Word(c)) {
		case "would", "could", "might", "may":
			open = true
		case "have":
			return false // "a storm may have killed nine"
		}
	}
	return open
}

// shortOf tells of a gerund that short of stands before: "stopped just short of accusing them" (CODING 41).
func (r *reading) shortOf(i int) bool {
	d := r.d
	k := i - 1
	for k > 0 && d.Tokens[k].Tag == "RB" {
		k--
	}
	if d.Tokens[i].Tag != "VBG" || k < 2 || !strings.EqualFold(d.Word(k), "of") || !strings.EqualFold(d.Word(k-1), "short") {
		return false
	}
	k -= 2
	for k > 0 && d.Tokens[k].Tag == "RB" {
		k--
	}
	_, _, ok := r.signatures.Says(d.Tokens[k].Lemma+" short", "ing")
	return ok
}

// imminent tells that what token i tells is only near: "about to attack", "close to encircling it", "on the verge of war" (CODING 41).
func (r *reading) imminent(i int) bool {
	d := r.d
	verb := r.pos(i) == "V"
	for _, c := range r.child(i, "mark", "case") {
		k := c - 1
		for k > 0 && d.Tokens[k].Tag == "RB" && !r.near(k) {
			k--
		}
		if c > i || k < d.Sentences[r.sentenceOf[i]].First || !r.near(k) {
			continue
		}
		switch {
		case strings.HasPrefix(d.Tokens[k].Tag, "NN"):
			return strings.EqualFold(d.Word(c), "of")
		case strings.EqualFold(d.Word(c), "to"):
			return verb
		}
	}
	return false
}

// near tells that token k says of something that it is near.
func (r *reading) near(k int) bool {
	return slices.Contains(r.g.Classes(strings.ToLower(r.d.Tokens[k].Lemma)), "imminence")
}

// reported is the noun with that before the verb at token i, by which somebody reports what the verb tells, where the tree hangs it elsewhere: "reports that
// they attacked were false"; -1 if there is none.
func (r *reading) reported(i int) int {
	d := r.d
	if r.pos(i) != "V" && len(r.child(i, "cop")) == 0 { // "charges that it was behind an attack"
		return -1
	}
	for k := i - 1; k > d.Sentences[r.sentenceOf[i]].First; k-- {
		switch tag := d.Tokens[k].Tag; {
		case strings.EqualFold(d.Word(k), "that"):
			_, commitment, ok := r.signatures.Says(d.Tokens[k-1].Lemma, "that")
			if h := d.Tokens[i].Head; ok && commitment == nlp.Alleged && (strings.HasPrefix(d.Tokens[k-1].Tag, "NN") || k-1 == d.Sentences[r.sentenceOf[i]].First && d.Tokens[k-1].Tag == "VBZ") && h == k-1 && d.Tokens[i].Relation != "acl" {
				return k - 1
			}
			return -1
		case (strings.HasPrefix(tag, "VB") || tag == "MD") && d.Tokens[k].Head != i, tag == "," || tag == ":":
			return -1
		}
	}
	return -1
}

// refuted tells that the noun at token i is what somebody turns down as untrue: "rejected claims that they attacked", "dismissed as baseless charges that they did".
func (r *reading) refuted(i int) bool {
	d := r.d
	h := d.Tokens[i].Head
	as := h >= 0 && h+1 < len(d.Tokens) && d.Tokens[i].Relation == "obl" && h < i && strings.EqualFold(d.Word(h+1), "as") && len(r.child(h, "obj")) == 0 && len(r.child(i, "amod", "det")) > 0
	if h < 0 || r.pos(h) != "V" || !as && !slices.Contains([]string{"obj", "nsubj:pass"}, coarse(d.Tokens[i].Relation)) || r.negated(h) {
		return false
	}
	lemma := d.Tokens[h].Lemma
	for _, c := range r.child(h, "compound:prt") {
		lemma += " " + strings.ToLower(d.Word(c))
	}
	polarity, _, ok := r.signatures.Says(lemma, "claim")
	return ok && polarity == nlp.Negative
}

// false tells that the noun at token i is said to be untrue: "reports that they attacked were false", "rumours … proved unfounded".
func (r *reading) false(i int) bool {
	d := r.d
	if d.Tokens[i].Head >= 0 && coarse(d.Tokens[i].Relation) != "nsubj" && !(coarse(d.Tokens[i].Relation) == "parataxis") {
		return false
	}
	end := d.Sentences[r.sentenceOf[i]].Last
	for k := i + 3; k < end && d.Word(k) != "," && d.Word(k) != ";"; k++ {
		t := d.Tokens[k]
		p, _, ok := r.signatures.Says(t.Lemma, "that")
		if !ok || p != nlp.Negative || r.pos(k) == "V" {
			continue
		}
		b := k - 1
		for b > i && d.Tokens[b].Tag == "RB" {
			if w := strings.ToLower(d.Word(b)); w == "not" || w == "never" || w == "n't" {
				return false
			}
			b--
		}
		switch d.Tokens[b].Lemma {
		case "be", "prove", "seem", "appear":
			return true
		}
	}
	return false
}

// dreading are words for harm that may come.
var dreading = wordSet("fear threat threaten risk danger dread")

// done tells that the verb at token i is told as done: in the past or the perfect, by nothing but its own word.
func (r *reading) done(i int) bool {
	switch r.d.Tokens[i].Tag {
	case "VBD":
	case "VBN":
		if len(r.child(i, "aux")) == 0 {
			return false
		}
	default:
		return false
	}
	for _, c := range r.child(i, "aux") {
		if r.d.Tokens[c].Tag == "MD" {
			return false
		}
	}
	return !r.negated(i)
}

// scheduled tells that the verb at token i is what somebody is to do: "is to step down", "was due to meet" are said of what is to come.
func (r *reading) scheduled(i int) bool {
	d := r.d
	to := slices.ContainsFunc(r.child(i, "mark", "aux"), func(c int) bool { return d.Tokens[c].Tag == "TO" })
	passive := d.Tokens[i].Tag == "VBN" && slices.ContainsFunc(r.child(i, "aux:pass"), func(c int) bool { return d.Tokens[c].Tag == "VB" })
	if !to || d.Tokens[i].Tag != "VB" && !passive {
		return false
	}
	if r.due(i) {
		return true
	}
	for _, c := range r.child(i, "cop", "aux", "aux:pass") {
		if d.Tokens[c].Lemma == "be" && (d.Tokens[c].Tag == "VBZ" || d.Tokens[c].Tag == "VBP") {
			return true
		}
	}
	h := d.Tokens[i].Head
	return h >= 0 && d.Tokens[i].Relation == "xcomp" && d.Tokens[h].Lemma == "be" && (d.Tokens[h].Tag == "VBZ" || d.Tokens[h].Tag == "VBP")
}

// due tells that the infinitive at token i says for when something is set: "a truce due to be signed on Friday", "scheduled to be held".
func (r *reading) due(i int) bool {
	d := r.d
	for _, c := range r.child(i, "mark") {
		if d.Tokens[c].Tag == "TO" && c > 0 && setting[strings.ToLower(d.Word(c-1))] {
			return true
		}
	}
	return false
}

// putOff tells that what was due by the infinitive at token i is put off by the verb whose subject or object its noun is (CODING 56).
func (r *reading) putOff(i int) bool {
	n, v := r.d.Tokens[i].Head, i
	if n >= 0 && r.d.Tokens[i].Relation == "xcomp" && setting[strings.ToLower(r.d.Word(n))] {
		n, v = r.d.Tokens[n].Head, n
	}
	if !r.due(i) || n < 0 || coarse(r.d.Tokens[v].Relation) != "acl" || r.d.Tokens[n].Head < 0 {
		return false
	}
	v = r.d.Tokens[n].Head
	if rel := r.d.Tokens[n].Relation; rel != "obj" && rel != "nsubj:pass" {
		return false
	}
	l := r.d.Tokens[v].Lemma
	return l == "postpone" || l == "cancel" || l == "scrap" || l == "delay" || (l == "put" || l == "call") && slices.ContainsFunc(r.child(v, "compound:prt", "advmod"), func(c int) bool { return strings.EqualFold(r.d.Word(c), "off") })
}

// setting are the words before to that say for when something is set.
var setting = wordSet("due scheduled slated expected planned")

// ifSuch tells that noun i is told of on a condition that speaks of it: "backs their protests if they are peaceful".
func (r *reading) ifSuch(i int) bool {
	d := r.d
	h := d.Tokens[i].Head
	for n := 0; n < 3 && h >= 0 && r.pos(h) == "N"; n++ {
		h = d.Tokens[h].Head
	}
	if h < 0 || r.pos(i) != "N" {
		return false
	}
	return slices.ContainsFunc(slices.Concat(r.child(h, "advcl"), r.child(i, "advcl")), func(c int) bool {
		return c > i && slices.ContainsFunc(r.child(c, "mark"), func(m int) bool { w := strings.ToLower(d.Word(m)); return w == "if" || w == "unless" }) &&
			slices.ContainsFunc(r.child(c, "nsubj", "nsubj:pass"), func(k int) bool { w := strings.ToLower(d.Word(k)); return w == "they" || w == "it" }) && len(r.child(c, "cop", "aux:pass")) > 0
	})
}

// remembered is by what the event of token i is known to be told to explain the news: "anniversary" where it is what is commemorated, "since" in the
// perfect with since, "habit" with an adverb of habit in the present; empty if by nothing.
func (r *reading) remembered(i int) string {
	d := r.d
	for k, n := i, 0; n < 5; n++ {
		h := d.Tokens[k].Head
		if h < 0 {
			break
		}
		switch coarse(d.Tokens[k].Relation) {
		case "nmod", "acl", "acl:relcl", "obj", "nmod:poss", "compound", "conj", "obl":
		default:
			h = -1
		}
		if h < 0 {
			break
		}
		if remembering[strings.ToLower(d.Tokens[h].Lemma)] && (n == 0 || d.Tokens[k].Relation != "obl") {
			return "anniversary"
		}
		k = h
	}
	perfect := false
	for _, c := range r.child(i, "aux") {
		perfect = perfect || d.Tokens[c].Lemma == "have"
	}
	if perfect {
		for _, c := range r.child(i, "obl", "advcl", "advmod") {
			if strings.EqualFold(d.Word(c), "since") || slices.ContainsFunc(r.child(c, "case", "mark"), func(p int) bool { return strings.EqualFold(d.Word(p), "since") }) {
				return "since"
			}
		}
	}
	if tag := d.Tokens[i].Tag; tag == "VBP" || tag == "VBZ" {
		for _, c := range r.child(i, "advmod") {
			if habitual[strings.ToLower(d.Tokens[c].Lemma)] {
				return "habit"
			}
		}
	}
	return ""
}

// background tells that an event is told to explain the news: a clause about a noun, or beside another, in the past perfect or with a date long
// before the story's.
func (r *reading) background(i int, when news.When) bool {
	d := r.d
	if r.remembered(i) != "" {
		return true
	}
	aside, told := false, false
	for k, n := i, 0; k >= 0 && n < 5; n++ {
		switch rel := d.Tokens[k].Relation; rel {
		case "acl", "acl:relcl", "advcl":
			aside = true
			if m := r.child(k, "mark"); len(m) > 0 && strings.EqualFold(d.Word(m[0]), "after") {
				return true // what came before is told to explain the news
			}
		case "ccomp":
			if h := d.Tokens[k].Head; h >= 0 && (sayVerbs[d.Tokens[h].Lemma] || reportVerbs[d.Tokens[h].Lemma] || charging[d.Tokens[h].Lemma]) {
				told = true // "said it had sent them" tells of "has sent"
			}
		}
		k = d.Tokens[k].Head
	}
	had := false
	for _, c := range r.child(i, "aux") {
		had = had || d.Tokens[c].Lemma == "have" && d.Tokens[c].Tag == "VBD"
	}
	if h := d.Tokens[i].Head; h >= 0 && r.message(h) && d.Tokens[i].Tag == "VBG" {
		return false // "issued a declaration demanding"
	}
	if had && (!told || aside) || d.Tokens[i].Relation == "acl" && len(r.child(i, "mark")) == 0 && (d.Tokens[i].Tag == "VBG" || d.Tokens[i].Tag == "VBN") {
		return true
	}
	if when.To == "" || strings.HasPrefix(when.To, "-") {
		return aside && (strings.HasSuffix(when.Text, " ago") || when.Precision == news.Year && when.Text != "")
	}
	published, err := time.Parse(day, r.story.Published)
	to, err2 := time.Parse(day, toldOf(when))
	if err != nil || err2 != nil {
		return aside && when.Precision == news.Year
	}
	return published.Sub(to).Hours() > 40*24
}

func shared(a, b []news.ID) bool {
	return slices.ContainsFunc(a, func(id news.ID) bool { return slices.Contains(b, id) })
}

// wordActs are the types that words alone can make.
var wordActs = map[news.EventType]bool{
	news.TypeAccuse: true, news.TypeSupport: true, news.TypeRequest: true, news.TypeReject: true, news.TypeThreaten: true, news.TypeAgree: true,
	news.TypeStatement: true, news.TypeConsult: true, news.TypeConcede: true,
}

var (
	remembering = wordSet("anniversary commemorate commemoration memorial remembrance")
	habitual    = wordSet("often usually regularly routinely frequently sometimes occasionally always")

	planning = wordSet("plan agree intend vow pledge promise prepare expect decide aim seek want hope offer plot ready willing set due poised determined commit prepared undertake")
	avoiding = wordSet("abstain refrain avoid desist")
	accusing = wordSet("accuse allege suspect claim accusation allegation")
	asking   = wordSet("urge call ask demand request threaten warn appeal order insist press pressure propose consider refuse reject threat calls ban fear invite")
)

// conditional tells that verb i heads a clause of whenever or once, of what may come: "would shoot one whenever they bombed", "once it attacks".
func (r *reading) conditional(i int) bool {
	marks := r.child(i, "mark", "advmod")
	if h := r.d.Tokens[i].Head; h >= 0 && coarse(r.d.Tokens[i].Relation) == "advcl" {
		marks = append(marks, h) // "whenever", of which the tree makes the clause a part
	}
	for _, c := range marks {
		w := strings.ToLower(r.d.Word(c))
		if w != "whenever" && w != "once" && w != "until" || c > i {
			continue
		}
		if w == "whenever" {
			for h, n := r.d.Tokens[i].Head, 0; h >= 0 && n < 3; h, n = r.d.Tokens[h].Head, n+1 {
				if asking[r.d.Tokens[h].Lemma] || slices.ContainsFunc(r.child(h, "aux"), func(a int) bool { return r.d.Tokens[a].Tag == "MD" }) {
					return true
				}
			}
		}
		if tag := r.d.Tokens[i].Tag; (tag == "VBP" || tag == "VBZ") && len(r.child(i, "aux")) == 0 {
			return true
		}
	}
	return false
}

// anySuch tells that noun i is any of its kind, whose coming would bring about what its verb tells: "any attack would be answered".
func (r *reading) anySuch(i int) bool {
	h := r.d.Tokens[i].Head
	if h < 0 || r.pos(i) != "N" || !subjectOf(r.d.Tokens[i].Relation) || !slices.ContainsFunc(r.child(i, "det"), func(c int) bool { return strings.EqualFold(r.d.Word(c), "any") }) {
		return false
	}
	return slices.ContainsFunc(r.child(h, "aux"), func(c int) bool { return r.d.Tokens[c].Tag == "MD" })
}

// inverted tells that verb i heads a condition that its auxiliary opens: "had Chad attacked".
func (r *reading) inverted(i int) bool {
	d := r.d
	subjects := r.child(i, "nsubj", "nsubj:pass")
	return len(subjects) > 0 && slices.ContainsFunc(r.child(i, "aux", "aux:pass"), func(c int) bool {
		w := strings.ToLower(d.Word(c))
		return c < subjects[0] && (w == "had" || w == "should" || w == "were") && (c == d.Sentences[r.sentenceOf[c]].First || d.Word(c-1) == ",")
	})
}

// mandated tells that what token i tells is wanted, not done, by its bare form beside one that does it: "recommended that the court look into it", "insisted that
// he be freed".
func (r *reading) mandated(i int) bool {
	d := r.d
	h := d.Tokens[i].Head
	if h < 0 || d.Tokens[i].Relation != "ccomp" || sayVerbs[d.Tokens[h].Lemma] || reportVerbs[d.Tokens[h].Lemma] || len(r.child(i, "mark")) == 0 || !strings.EqualFold(d.Word(r.child(i, "mark")[0]), "that") {
		return false
	}
	if aux := r.child(i, "aux", "aux:pass", "cop"); len(aux) > 0 {
		return strings.EqualFold(d.Word(aux[0]), "be")
	}
	who := r.child(i, "nsubj")
	if len(who) != 1 || len(r.joined(who[0])) > 1 || d.Tokens[i].Tag != "VB" && d.Tokens[i].Tag != "VBP" {
		return false
	}
	w := strings.ToLower(d.Word(who[0]))
	return d.Tokens[who[0]].Tag == "NN" || d.Tokens[who[0]].Tag == "NNP" || w == "he" || w == "she" || w == "it"
}
