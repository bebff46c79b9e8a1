package extract

import (
	"slices"
	"strings"

	"newsgraph/loader/nlp"
	"newsgraph/news"
)

// lightVerbs lend their subject to the event noun that is their object: "launched an attack".
var lightVerbs = wordSet("hold launch carry conduct make impose reimpose slap stage mount begin have issue deliver open lead pay express offer reiterate voice extend convey send provide give undertake start resume continue perform wage show repeat announce renew register lodge suspend pledge increase step complete inflict intensify tighten commit perpetrate approve award allocate")

var (
	// occurring are verbs that say no more than that the event happens which is their subject, and with whose phrases it is told who takes part.
	occurring = wordSet("break erupt flare rage start begin resume take happen occur continue hold open")
	// facing are verbs whose subject suffers what their object tells.
	facing = wordSet("face await stand")
)

// argument is what stands at one where of a pattern.
type argument struct {
	token  int
	entity news.ID // empty if nothing tells what it is
	event  int     // index of a trigger that it is, -1 if none
	owner  bool    // not what stands there, but whose it is
}

// nobody tells that verb i has no subject that might be a party.
func (r *reading) nobody(i int) bool {
	for _, c := range r.subjects(i, 0) {
		if len(r.resolve(c)) > 0 || r.sorted(c, "PARTY") {
			return false
		}
	}
	return true
}

// predicates are the wordings of the vocabulary that say "be" and the adjective that token i is.
func (r *reading) predicates(i int) []wording {
	var found []wording
	for _, w := range r.verbs["be"] {
		if len(w.pattern.words) == 2 && w.pattern.words[1] == r.d.Tokens[i].Lemma {
			found = append(found, w)
		}
	}
	return found
}

// lemma is the lemma of token i, or of the word that hyphens make with it if the vocabulary knows that one: test-fire.
func (r *reading) lemma(i int) string {
	l := r.d.Tokens[i].Lemma
	if len(r.verbs[l]) == 0 && strings.HasPrefix(r.d.Tokens[i].Tag, "VB") && len(r.verbs[l+"e"]) > 0 {
		return l + "e" // the vocabulary knows better where an e was lost
	}
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

// joined are token i and all that are joined to it by and, in the order of the text.
func (r *reading) joined(i int) []int {
	all := []int{i}
	for n := 0; n < len(all) && n < 30; n++ {
		all = append(all, r.child(all[n], "conj")...)
	}
	slices.Sort(all)
	return all
}

// coarse is a relation without the subtypes that tell no roles apart.
func coarse(relation string) string {
	switch relation {
	case "nmod:desc":
		return "compound" // President Biden
	case "nmod:unmarked", "obl:unmarked", "advcl:relcl", "det:predet":
		base, _, _ := strings.Cut(relation, ":")
		return base
	}
	return relation
}

// hit tells that token k, the object of a verb at token i that mostly tells an attack, is a thing: five of the rebels' camps, a base of the army.
func (r *reading) hit(i, k int, ids []news.ID) bool {
	if sort := r.d.Tokens[k].Sort; !slices.Contains(r.senses(i), news.TypeAssault) || sort == "person" || sort == "time" || sort == "event" || r.telling(k) || !strings.HasPrefix(r.d.Tokens[k].Tag, "NN") {
		return false
	}
	return len(ids) == 0 || local(ids[0]) && !r.party(ids[0])
}

// arguments finds what stands at each where of token i.
func (r *reading) arguments(i int, s nlp.Sentence, at map[int]int) map[string][]argument {
	d := r.d
	args := map[string][]argument{}
	put := func(where string, token int) {
		for _, k := range r.joined(token) {
			event := -1
			if e, ok := at[k]; ok && k != i {
				event = e
			}
			ids := r.resolve(k)
			if by := r.authors(k); where == "subj" && len(by) > 0 {
				ids = by
			}
			if where == "subj" || where == "obj" || where == "at" && launches[d.Tokens[i].Lemma] {
				// The regime's aircraft, a resolution of the council, the rebels' depots: he acts, or is hit, whose they are (CODING 17).
				owners := r.owners(k, ids)
				if len(owners) == 0 && where == "obj" && r.hit(i, k, ids) {
					owners = r.belonging(k, ids)
				}
				if len(owners) > 0 && event < 0 {
					for _, id := range owners {
						args[where] = append(args[where], argument{token: k, entity: id, event: -1, owner: true})
					}
				}
			}
			if n := len(args[where]); len(ids) == 0 && (n == 0 || !args[where][n-1].owner) {
				args[where] = append(args[where], argument{token: k, event: event})
			}
			for _, id := range ids {
				args[where] = append(args[where], argument{token: k, entity: id, event: event})
			}
		}
	}
	prepositions := func(of int, relations ...string) {
		for _, c := range r.child(of, relations...) {
			marks := r.child(c, "case", "mark")
			if m := r.at[c]; m != nil && len(marks) == 0 {
				for k := m.first; k < m.last; k++ {
					marks = append(marks, r.child(k, "case")...) // of a name that the tree tore
				}
			}
			// The nearest preposition tells, unless several stand together ("from within"); one further off belongs to another phrase.
			at := -1
			for _, p := range slices.Backward(marks) {
				if w := d.Word(p); w == "'s" || w == "’s" || at >= 0 && p != at-1 {
					continue
				}
				at = p
			}
			if at >= 0 {
				put(strings.ToLower(d.Word(at)), c)
			}
		}
	}
	if strings.HasPrefix(d.Tokens[i].Tag, "NN") {
		for _, c := range r.child(i, "nmod:poss") {
			put("poss", c)
		}
		for _, c := range r.child(i, "amod", "compound", "nmod") {
			if c > i || len(r.child(c, "case")) > 0 {
				continue
			}
			if _, ok := opposedTo(d.Word(c)); ok {
				put("against", c)
			} else if m := r.at[c]; m != nil && (m.form == news.FormAdjective || r.kind(m.entity) == news.State && r.giver(i, c)) {
				put("poss", c)
			} else {
				put("mod", c)
			}
		}
		prepositions(i, "nmod", "obl")
		for _, c := range r.child(i, "nmod") {
			if slices.ContainsFunc(r.timesIn(s), func(t timeAt) bool { return t.first <= c && c < t.last }) {
				prepositions(c, "nmod") // "the agreement on 2 December between Chad and Peru"
			}
		}
		// What stands right after the noun and its preposition is said of it, wherever the tree hangs it: "airstrikes against rebels in the north".
		if k := i + 1; k+1 < s.Last && (d.Word(k) == "against" || d.Word(k) == "on" || d.Word(k) == "by") {
			next := k + 1
			if d.Tokens[next].Tag == "DT" && next+1 < s.Last {
				next++
			}
			if m := r.at[next]; m != nil && m.form != news.FormAdjective && r.party(m.entity) && !slices.ContainsFunc(args[d.Word(k)], func(a argument) bool { return a.entity == m.entity }) && len(r.child(r.head(m), "case")) == 0 {
				put(d.Word(k), r.head(m))
			}
		}
		r.chain(i, s, args, put)
		r.doneBy(i, args, put)
		for _, c := range r.child(i, "amod") {
			if c < i && strings.EqualFold(d.Word(c), "led") && len(args["poss"]) == 0 {
				for _, k := range r.child(c, "compound", "amod", "obl", "nmod", "nsubj", "advmod") {
					put("poss", k) // the Kenyan-led war
				}
			}
		}
		// "the transfer of missiles to Chad", "the use of tanks against rebels": what stands after the goods is said of the deed.
		for _, c := range r.goods(i) {
			for _, k := range r.child(c, "nmod") {
				for _, p := range r.child(k, "case") {
					if w := strings.ToLower(d.Word(p)); (w == "to" || w == "from" || w == "against" || w == "on" || w == "by") && len(args[w]) == 0 {
						put(w, k)
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
		if h >= 0 && subjectOf(d.Tokens[i].Relation) && occurring[d.Tokens[h].Lemma] {
			for _, c := range r.child(h, "obl") {
				for _, p := range r.child(c, "case") {
					if w := strings.ToLower(d.Word(p)); (w == "between" || w == "with" || w == "against") && len(args[w]) == 0 {
						put(w, c) // "clashes broke out between"
					}
				}
			}
		}
		if h >= 0 && d.Tokens[i].Relation == "obj" && facing[d.Tokens[h].Lemma] && len(args["against"]) == 0 {
			for _, k := range r.subjects(h, 0) {
				put("against", k) // "faces charges"
			}
		}
		if h >= 0 && d.Tokens[i].Relation == "nmod" && partaking[d.Tokens[h].Lemma] && r.childWord(i, "in") && len(args["poss"]) == 0 {
			for _, c := range r.child(h, "nmod:poss") {
				put("poss", c) // their part in the riots
			}
		}
		if h >= 0 && d.Tokens[h].Lemma == "threaten" && coarse(d.Tokens[i].Relation) == "obl" && r.childCase(i, "with") && !r.passive(h, s) {
			for _, k := range r.subjects(h, 0) {
				put("by", k)
			}
			for _, k := range r.child(h, "obj") {
				put("against", k) // "threatened Chad with sanctions"
			}
		}
		for _, v := range r.child(i, "acl", "acl:relcl") { // "strikes launched by Chad on Mali"
			if r.pos(v) != "V" || !lightVerbs[d.Tokens[v].Lemma] && !doing[d.Tokens[v].Lemma] {
				continue
			}
			for _, c := range r.child(v, "obl") {
				for _, p := range r.child(c, "case") {
					if w := strings.ToLower(d.Word(p)); (w == "on" || w == "against") && len(args[w]) == 0 && !r.dated(c) {
						put(w, c)
					}
				}
			}
		}
		for _, v := range r.child(i, "acl:relcl") {
			if r.pos(v) == "V" && (lightVerbs[d.Tokens[v].Lemma] || doing[d.Tokens[v].Lemma]) && len(args["by"])+len(args["poss"]) == 0 && slices.ContainsFunc(r.child(v, "obj", "mark"), func(c int) bool { return strings.HasPrefix(d.Tokens[c].Tag, "W") }) {
				for _, k := range r.child(v, "nsubj") {
					put("by", k) // "the raid, which Chad carried out"
				}
			}
		}
		if by := r.answerable(i); len(args["by"])+len(args["poss"]) == 0 {
			for _, k := range by {
				put("by", k)
			}
		}
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
			in := r.child(i, "case")
			if lightVerbs[d.Tokens[h].Lemma] && (d.Tokens[i].Relation == "obj" || len(in) == 0 || d.Word(in[0]) == "in" || d.Word(in[0]) == "with") || d.Tokens[i].Relation == "obl" && len(args["with"]) > 0 {
				whose := "poss"
				if d.Tokens[h].Lemma == "commit" || d.Tokens[h].Lemma == "perpetrate" {
					whose = "by" // of a genocide, whose it is may be who suffers it
				}
				for _, k := range r.subjects(h, 0) {
					put(whose, k)
				}
				if lightVerbs[d.Tokens[h].Lemma] {
					prepositions(h, "obl")
					for _, c := range r.child(h, "advcl", "xcomp") {
						if m := r.child(c, "mark"); len(m) > 0 && d.Tokens[m[0]].Tag == "TO" {
							put("comp", c)
						}
					}
				}
			}
		}
		if rel := d.Tokens[i].Relation; h >= 0 && (rel == "nmod" || rel == "obl" && len(r.child(h, "cop")) > 0) && len(args["poss"]) == 0 && len(args["with"]) > 0 && len(r.resolve(h)) > 0 {
			if at := r.traveller(i, h); len(at) > 0 {
				for _, k := range at {
					put("poss", k) // "Ruiz was in Chad for talks with"
				}
			} else if rel == "nmod" {
				put("poss", h) // "Lee in a call with Ruiz"
			}
		}
		if slices.Contains(r.senses(i), news.TypeAccuse) {
			for _, c := range r.accused(i) {
				put("against", c)
			}
		}
		return args
	}
	passive := r.passive(i, s) && !r.devoted(i)
	subject, object := "subj", "obj"
	reduced := d.Tokens[i].Tag == "VBN" && d.Tokens[i].Relation == "acl" && len(r.child(i, "obj", "nsubj")) == 0 && r.before(i) < 0
	if passive || reduced || r.fronted(i, s) {
		subject, object = "obj", "none"
	}
	for _, k := range r.subjects(i, 0) {
		put(subject, k)
	}
	if subject == "subj" {
		for _, k := range r.joining(i) {
			put(subject, k)
		}
	}
	for _, c := range r.child(i, "obj") {
		if k := r.appointee(i, c); k >= 0 && object == "obj" {
			put(object, k)
			continue
		}
		put(object, c)
	}
	if h := d.Tokens[i].Head; object == "obj" && len(args["obj"]) == 0 {
		// "detained and deported him": the object is both verbs'.
		if d.Tokens[i].Relation == "conj" && h >= 0 {
			for _, c := range r.child(h, "obj") {
				if c > i {
					put("obj", c)
				}
			}
		}
		for _, c := range r.child(i, "conj") {
			if o := r.child(c, "obj"); len(o) > 0 && c == i+2 && len(args["obj"]) == 0 {
				put("obj", o[0])
			}
		}
	}
	if object == "obj" && len(args["obj"]) == 0 && len(r.child(i, "ccomp", "xcomp")) == 0 {
		if k := r.after(i, s.Last); k >= 0 {
			put("obj", k)
		}
	}
	if object == "obj" && len(args["obj"]) == 0 {
		for _, c := range r.child(i, "obl") {
			if p := r.child(c, "case"); len(p) > 0 && p[0] == i+1 && r.particled(i, strings.ToLower(d.Word(p[0]))) {
				put("obj", c) // "hand over the captives", read as a place
			}
		}
	}
	for _, c := range r.child(i, "iobj") {
		put("iobj", c)
	}
	for _, c := range r.child(i, "ccomp", "xcomp") {
		put("comp", c)
		if strings.HasPrefix(d.Tokens[c].Tag, "JJ") {
			for _, k := range r.child(c, "ccomp") {
				put("comp", k) // "made it clear that"
			}
		}
	}
	for _, c := range r.child(i, "advcl") {
		// What it is done for is what it is about: "marched to demand reforms".
		if m := r.child(c, "mark"); d.Tokens[c].Tag == "VB" && len(m) > 0 && d.Tokens[m[0]].Tag == "TO" && len(args["comp"]) == 0 {
			put("comp", c)
		}
	}
	if object == "obj" && len(args["obj"]) == 0 {
		for _, c := range r.child(i, "obl") {
			if r.quantified(c) {
				put("obj", c) // "killing at least four people": no place
			}
		}
	}
	prepositions(i, "obl", "obl:agent", "advcl")
	for _, c := range r.child(i, "obl", "obl:agent", "advcl", "conj") {
		// "condemned by Kenya as a farce and by Norway as illegal", however the tree joins the second.
		for _, k := range r.child(c, "conj", "obl") {
			if subject == "obj" && r.pos(k) == "N" && r.childCase(k, "by") && len(r.child(k, "cc")) > 0 && r.childCase(c, "as", "by") {
				put("by", k)
			}
		}
	}
	for _, c := range r.child(i, "obl", "xcomp", "advcl") {
		if r.phrasal(i, c) {
			prepositions(c, "nmod", "obl") // "stand shoulder to shoulder with"
		}
	}
	for _, c := range r.child(i, "obj") {
		if _, ok := at[c]; !ok || r.phrasal(i, c) {
			prepositions(c, "nmod")
			if quantities[d.Tokens[c].Lemma] {
				for _, k := range r.goods(c) {
					prepositions(k, "nmod") // "gave tons of food to Chad"
				}
			}
		}
		for _, k := range r.child(c, "acl") {
			if m := r.child(k, "mark"); len(m) > 0 && d.Tokens[k].Tag == "VBG" {
				put(strings.ToLower(d.Word(m[0])), k)
			}
		}
	}
	if subject == "obj" && len(args["by"]) == 0 && harming[d.Tokens[i].Lemma] {
		for _, v := range r.child(i, "conj") {
			if d.Tokens[v].Tag == "VBN" && harming[d.Tokens[v].Lemma] && len(r.child(v, "nsubj", "nsubj:pass")) == 0 {
				for _, k := range r.child(v, "obl:agent") {
					put("by", k) // "was shot and wounded by a gunman"
				}
			}
		}
	}
	if subject == "obj" {
		args["subj"] = append(args["subj"], args["by"]...)
		delete(args, "by")
		if h := d.Tokens[i].Head; reduced && len(args["subj"]) == 0 && h >= 0 && r.causes(d.Tokens[h].Head, h, i) {
			for _, k := range r.subjects(d.Tokens[h].Head, 0) {
				put("subj", k)
			}
		}
	}
	return args
}

// joining are those whom the subject of another verb joins in doing what the gerund at token i tells: "joined Kenya in condemning".
func (r *reading) joining(i int) []int {
	h := r.d.Tokens[i].Head
	if h < 0 || r.d.Tokens[i].Tag != "VBG" || !r.childMark(i, "in") || !r.ofClass(h, "joining") || r.pos(h) != "V" {
		return nil
	}
	if o := r.child(h, "obj"); len(o) > 0 {
		return o[:1]
	}
	return slices.DeleteFunc(r.child(h, "obl"), func(c int) bool { return !r.childCase(c, "with") })
}

// accused are those of whom the clause after the noun of accusing at token i says what they did: "allegations by Chad that Niger armed rebels".
func (r *reading) accused(i int) []int {
	d := r.d
	var found []int
	for _, v := range r.child(i, "acl", "acl:relcl", "ccomp") {
		for _, c := range r.child(v, "nsubj") {
			first := c
			for k := c - 1; k > i && (k == c || r.under(k, c)); k-- {
				first = k
			}
			if first-1 > i && strings.EqualFold(d.Word(first-1), "that") && !r.relative(c) && !strings.HasPrefix(d.Tokens[c].Tag, "PRP") {
				found = append(found, c)
			}
		}
	}
	return found
}

// authors are who stands behind the message at token k, as who demands what it demands: whose it is, by or from whom it comes, who issues it, shouts it or
// carries it. "Issued a declaration demanding", "a letter from Chad accuses", "farmers with banners demanding".
func (r *reading) authors(k int) []news.ID {
	d := r.d
	if !r.message(k) {
		return nil
	}
	if owners := r.belonging(k, nil); len(owners) > 0 {
		return owners
	}
	var ids []news.ID
	add := func(tokens ...int) {
		for _, c := range tokens {
			ids = append(ids, slices.DeleteFunc(slices.Clone(r.resolve(c)), func(id news.ID) bool { return !r.party(id) })...)
		}
	}
	for _, c := range r.child(k, "nmod") {
		if r.childWord(c, "by") || r.childWord(c, "from") {
			add(r.joined(c)...)
		}
	}
	h := d.Tokens[k].Head
	if len(ids) > 0 || h < 0 {
		return ids
	}
	switch rel := coarse(d.Tokens[k].Relation); {
	case rel == "obj" && (papers[d.Tokens[k].Lemma] || issuing[d.Tokens[h].Lemma] || waving[d.Tokens[h].Lemma]):
		add(r.subjects(h, 1)...)
	case (rel == "nmod" || rel == "obl") && r.childWord(k, "with") && r.pos(h) == "N":
		add(h)
	}
	return ids
}

// message tells that token k is a common noun for what carries somebody's words, who alone says or demands what it says.
func (r *reading) message(k int) bool {
	l := strings.ToLower(r.d.Tokens[k].Lemma)
	return strings.HasPrefix(r.d.Tokens[k].Tag, "NN") && !r.nameAt(k) && (papers[l] || slices.Contains(r.g.Classes(l), "message"))
}

// waving are verbs for showing or shouting what somebody demands.
var waving = wordSet("chant shout carry hold wave raise display bear brandish unfurl hoist paint submit file present circulate")

// appointee is the name of whom verb i names to an office, where the tree takes the office c for its object: "named Ana Ruiz ambassador"; -1 if that is not so.
func (r *reading) appointee(i, c int) int {
	switch r.d.Tokens[i].Lemma {
	case "name", "appoint", "nominate", "elect", "declare", "proclaim":
	default:
		return -1
	}
	for _, k := range r.child(i, "iobj") {
		if m := r.at[k]; m != nil && m.form == news.FormName && r.kind(m.entity) == news.Person {
			return k
		}
	}
	for k := c - 1; k > i; k-- {
		m := r.at[k]
		if m == nil || m.form != news.FormName {
			continue
		}
		if r.kind(m.entity) == news.Person && r.under(r.head(m), c) && m.last <= c {
			return r.head(m)
		}
		return -1
	}
	return -1
}

// fronted tells of a participle that opens its sentence and tells what was done to the subject of the verb after it: "Shot by a guard, Ruiz fell".
func (r *reading) fronted(i int, s nlp.Sentence) bool {
	t := r.d.Tokens[i]
	return i == s.First && t.Relation == "advcl" && t.Head > i && t.Tag != "VBG" && t.Tag != "VBZ" && t.Tag != "VBP" &&
		len(r.child(i, "obj", "ccomp", "xcomp", "mark", "aux")) == 0 && len(r.child(i, "nsubj", "nsubj:pass")) == 0 && len(r.subjects(t.Head, 0)) > 0
}

// causes tells that the subject of verb v has what participle i tells done to noun o: "the governor had two guides arrested".
func (r *reading) causes(v, o, i int) bool {
	return v >= 0 && o < i && r.d.Tokens[o].Relation == "obj" && r.d.Tokens[o].Head == v && slices.Contains([]string{"have", "get"}, r.d.Tokens[v].Lemma) && len(r.child(i, "aux", "aux:pass", "mark")) == 0 && o+1 == i
}

// doneBy puts who did what noun i tells where a participle after it says so: "an attack claimed by rebels", "a blast set off by gunmen", "raids blamed on Chad".
func (r *reading) doneBy(i int, args map[string][]argument, put func(string, int)) {
	d := r.d
	if len(args["by"]) > 0 {
		return
	}
	for _, v := range r.child(i, "acl", "acl:relcl") {
		if d.Tokens[v].Tag != "VBN" && d.Tokens[v].Tag != "VBD" {
			continue
		}
		for _, c := range r.child(v, "obl", "obl:agent") {
			for _, p := range r.child(c, "case") {
				w, blamed := strings.ToLower(d.Word(p)), d.Tokens[v].Lemma == "blame"
				if w == "on" && blamed || w == "by" && !blamed && (lightVerbs[d.Tokens[v].Lemma] || doing[d.Tokens[v].Lemma]) {
					put("by", c)
				}
			}
		}
	}
}

// doing are verbs whose agent does what the noun before their participle tells, beside the light ones.
var doing = wordSet("claim set plant orchestrate mastermind plan sponsor organize organise execute instigate trigger spark do detonate initiate head")

// traveller are the subjects of the verb under which noun i, hung on place h, stands: who is in a place for talks holds them.
func (r *reading) traveller(i, h int) []int {
	d := r.d
	of := r.child(i, "case")
	if m := r.at[h]; m == nil || len(of) == 0 || d.Word(of[0]) != "for" || r.kind(m.entity) != news.State && r.kind(m.entity) != news.Kind(news.Place) {
		return nil
	}
	if len(r.child(h, "cop")) > 0 {
		return r.subjects(h, 0)
	}
	if v := d.Tokens[h].Head; v >= 0 && d.Tokens[h].Relation == "obl" && strings.HasPrefix(d.Tokens[v].Tag, "VB") {
		return r.subjects(v, 0)
	}
	return nil
}

// chain puts what stands in the phrases right after noun i, one after the other, where their prepositions say, however the tree hangs them: "an attack by
// rebels on a convoy", "the killing of two rangers by poachers".
func (r *reading) chain(i int, s nlp.Sentence, args map[string][]argument, put func(string, int)) {
	d := r.d
	for k := i + 1; k+1 < s.Last; {
		where := strings.ToLower(d.Word(k))
		switch where {
		case "by", "on", "against", "of", "between", "with", "in", "at", "near":
		default:
			return
		}
		head := -1
		for k++; k < s.Last; k++ {
			tag := d.Tokens[k].Tag
			if strings.HasPrefix(tag, "NN") || r.at[k] != nil && r.at[k].form == news.FormName {
				head = k
			} else if tag != "DT" && tag != "CD" && tag != "POS" && tag != "PRP$" && tag != "HYPH" && !(strings.HasPrefix(tag, "JJ") || tag == "VBN" || tag == "VBG") {
				break
			}
		}
		if head < 0 || slices.ContainsFunc(r.timesIn(s), func(t timeAt) bool { return t.first <= head && head < t.last }) {
			return
		}
		if m := r.at[head]; m != nil {
			head = r.head(m)
		}
		if (where == "by" || where == "on" || where == "against" || where == "of") && len(args[where]) == 0 && !r.under(i, head) {
			put(where, head)
		}
	}
}

// goods are what noun i is of, and what that is of: "the delivery of tons of grain".
func (r *reading) goods(i int) []int {
	var all []int
	for _, c := range r.child(i, "nmod") {
		if of := r.child(c, "case"); len(of) > 0 && r.d.Word(of[0]) == "of" {
			all = append(all, c)
			if quantities[r.d.Tokens[c].Lemma] {
				all = append(all, r.goods(c)...)
			}
		}
	}
	return all
}

// devoted tells of "is committed to": a state of whom it is said, and nobody did it to him.
func (r *reading) devoted(i int) bool {
	return r.d.Tokens[i].Lemma == "commit" && r.d.Tokens[i].Tag != "VBG" && (len(r.child(i, "aux:pass", "cop")) > 0 || r.d.Tokens[i].Relation == "xcomp") && len(r.child(i, "obl:agent")) == 0
}

// particled tells that the vocabulary knows verb i with a particle, which is no preposition there.
func (r *reading) particled(i int, particle string) bool {
	return slices.ContainsFunc(r.verbs[r.lemma(i)], func(w wording) bool {
		_, preposition := w.pattern.roles[particle]
		return len(w.pattern.words) == 2 && w.pattern.words[1] == particle && !preposition
	})
}

// phrasal tells that the vocabulary knows verb i with its object c: grant asylum.
func (r *reading) phrasal(i, c int) bool {
	for _, w := range r.verbs[r.lemma(i)] {
		if slices.Contains(w.pattern.words[1:], r.d.Tokens[c].Lemma) {
			return true
		}
	}
	return false
}

// quantified tells that the preposition of a phrase belongs to its number: at least four, up to 16, over 700.
func (r *reading) quantified(i int) bool {
	number := false
	for _, c := range r.child(i, "nummod") {
		number = number || c < i
	}
	for _, c := range r.child(i, "nmod", "advmod") {
		if w := strings.ToLower(r.d.Word(c)); number && c < i && (w == "least" || w == "most") {
			return true
		}
	}
	p := r.child(i, "case")
	if !number || len(p) == 0 {
		return false
	}
	w, next := strings.ToLower(r.d.Word(p[0])), ""
	if p[0]+1 < len(r.d.Tokens) {
		next = strings.ToLower(r.d.Word(p[0] + 1))
	}
	switch w {
	case "at":
		return next == "least" || next == "most"
	case "between":
		return true
	case "up":
		return next == "to"
	case "to":
		return p[0] > 0 && strings.EqualFold(r.d.Word(p[0]-1), "up")
	case "over", "about", "around", "under", "above":
		return r.d.Tokens[p[0]+1].Tag == "CD"
	}
	return false
}

// passive tells that verb i is in the passive: by its auxiliary or that of the verb that it is joined to, or as headlines leave it out.
func (r *reading) passive(i int, s nlp.Sentence) bool {
	if len(r.child(i, "aux:pass")) > 0 || r.saidToBe(i) {
		return true
	}
	if len(r.child(i, "nsubj:pass")) == 0 {
		h := r.d.Tokens[i].Head
		if h >= 0 && r.d.Tokens[i].Relation == "conj" && r.d.Tokens[i].Tag == "VBN" && r.pos(h) == "J" && len(r.child(h, "cop")) > 0 && len(r.child(i, "nsubj", "aux", "cop")) == 0 && r.transitive(i) {
			return true // "was bound and shot"
		}
		return r.d.Tokens[i].Relation == "conj" && (r.d.Tokens[i].Tag == "VBN" || r.d.Tokens[i].Tag == "VBD" && (r.transitive(i) || len(r.child(i, "obl:agent")) > 0)) && h >= 0 && len(r.child(h, "aux:pass")) > 0 && len(r.child(i, "aux", "cop")) == 0 &&
			(len(r.child(i, "nsubj")) == 0 || r.d.Tokens[i].Tag == "VBN" && r.transitive(i)) // "nine were killed and dozens injured"
	}
	last := r.d.Word(s.Last - 1)
	return last != "." && last != "”" && last != "\"" || r.d.Tokens[i].Relation != "root" && r.d.Tokens[i].Relation != "ccomp"
}

// saidToBe tells that token i is a participle of what another verb says was done to its subject or object: "three were reported kidnapped", "left him wounded".
func (r *reading) saidToBe(i int) bool {
	t := r.d.Tokens[i]
	if t.Tag != "VBN" || t.Relation != "xcomp" || t.Head < 0 || !strings.HasPrefix(r.d.Tokens[t.Head].Tag, "VB") || len(r.child(i, "aux", "aux:pass", "nsubj", "nsubj:pass", "mark")) > 0 || !r.transitive(i) {
		return false
	}
	return len(r.child(t.Head, "aux:pass")) > 0 || slices.ContainsFunc(r.child(t.Head, "obj"), func(o int) bool { return o < i })
}

// transitive tells that verb i, read as of the past, has nothing after it that could be its object, and is one that the vocabulary knows with an object: "was
// convicted and jailed for a year" tells of him, "was freed and fled" too, but he does it.
func (r *reading) transitive(i int) bool {
	return len(r.child(i, "obj", "ccomp", "xcomp", "compound:prt", "iobj")) == 0 && slices.ContainsFunc(r.verbs[r.lemma(i)], func(w wording) bool {
		_, takes := w.pattern.roles["obj"]
		return takes && len(w.pattern.words) == 1
	}) && !slices.ContainsFunc(r.verbs[r.lemma(i)], func(w wording) bool {
		_, alone := w.pattern.roles["obj"]
		return !alone && len(w.pattern.words) == 1
	})
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
		if len(own) > 1 && own[1] == c+1 && r.at[own[1]] != nil && r.kind(r.at[own[1]].entity) == news.Person {
			c = own[1] // "president Laurent Fabius", torn in two
		} else if len(own) > 1 && own[1] == c+1 && r.torn(c) {
			c = own[1]
		}
		if k := r.child(c, "compound"); c == i-2 && d.Word(i-1) == "-" && d.Tokens[c].End == d.Tokens[i-1].Start && len(k) > 0 {
			return k[len(k)-1:] // "North Korea test-fired", whose test the tree takes for the subject
		}
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
	if r.temporal(i) {
		// "while urging them": whoever the clause is about that has a finite verb.
		for h := t.Head; h >= 0; h = d.Tokens[h].Head {
			if tag := d.Tokens[h].Tag; tag == "VBD" || tag == "VBZ" || tag == "VBP" || len(r.child(h, "aux", "aux:pass")) > 0 {
				return r.subjects(h, depth+1)
			}
		}
	}
	if a := r.appealed(t.Head); a >= 0 && a < i && t.Tag == "VB" && (t.Relation == "xcomp" || t.Relation == "advcl") {
		return []int{a}
	}
	if o := r.child(t.Head, "obj", "iobj"); len(o) > 0 && o[0] < i && t.Tag == "VB" && t.Relation == "advcl" && moving[lemmaOf(d, t.Head)] && len(r.child(i, "mark")) > 0 && d.Tokens[r.child(i, "mark")[0]].Tag == "TO" {
		return o[:1] // "urged them to leave", read as what it is done for
	}
	switch t.Relation {
	case "csubj":
		if planning[lemmaOf(d, t.Head)] {
			return r.child(t.Head, "expl") // "it is willing to leave", read as of the weather
		}
	case "conj", "xcomp":
		if t.Relation == "xcomp" {
			if o := r.child(t.Head, "obj", "iobj"); len(o) > 0 && (t.Tag == "VB" || r.saidToBe(i) || t.Tag == "VBG" && perceiving[lemmaOf(d, t.Head)]) && lemmaOf(d, t.Head) != "promise" && lemmaOf(d, t.Head) != "threaten" && !(lemmaOf(d, t.Head) == "summon" && lodging[t.Lemma]) {
				return o[:1] // "urged them to leave"
			}
		}
		if strings.HasPrefix(d.Tokens[t.Head].Tag, "VB") || len(r.child(t.Head, "cop")) > 0 {
			return r.subjects(t.Head, depth+1)
		}
	case "ccomp":
		if o := r.child(t.Head, "obj"); len(o) > 0 && t.Tag == "VBG" && perceiving[lemmaOf(d, t.Head)] {
			return o[:1] // "showed him leaving"
		}
	case "advcl":
		if m := r.child(i, "mark", "case"); (t.Tag == "VBG" || r.having(i)) && len(m) > 0 {
			switch strings.ToLower(d.Word(m[0])) {
			case "of", "for", "from", "into":
				// "accused them of leaving", "thanked them for coming": they did.
				if o := r.child(t.Head, "obj", "iobj", "nsubj:pass"); len(o) > 0 && d.Tokens[o[0]].Sort != "time" {
					return o[:1] // but who serves ten years for leaving does it himself
				}
			}
		}
		if (t.Tag == "VBG" || t.Tag == "VB") && (strings.HasPrefix(d.Tokens[t.Head].Tag, "VB") || len(r.child(t.Head, "cop")) > 0) {
			return r.subjects(t.Head, depth+1)
		}
	case "acl":
		if o := r.child(t.Head, "obj", "nsubj:pass"); strings.HasPrefix(d.Tokens[t.Head].Tag, "VB") && len(o) > 0 {
			return o[:1] // "accused them of leaving", hung on the verb
		}
		if r.plan(t.Head) && t.Tag == "VB" {
			return r.plotters(t.Head, depth)
		}
		return []int{t.Head}
	}
	return nil
}

// plan tells that token n is a noun for what somebody means to do, which the infinitive after it tells: a plot, a decision, an offer.
func (r *reading) plan(n int) bool {
	l := strings.ToLower(r.d.Tokens[n].Lemma)
	return plots[l] || r.pos(n) == "N" && slices.Contains(r.g.Classes(l), "will")
}

// plotters are those whose plot noun n is: "Chad's plan", "a bid by Chad", "Chad hatched a plot"; none where it is told of by those who act against it.
func (r *reading) plotters(n, depth int) []int {
	if poss := r.child(n, "nmod:poss"); len(poss) > 0 {
		return poss[:1]
	}
	for _, c := range r.child(n, "compound", "amod") {
		if m := r.at[c]; m != nil && r.party(m.entity) {
			return []int{c} // a Chadian plot
		}
	}
	for _, c := range r.child(n, "nmod") {
		if of := r.child(c, "case"); len(of) > 0 && (strings.EqualFold(r.d.Word(of[0]), "by") || strings.EqualFold(r.d.Word(of[0]), "of")) {
			return []int{c}
		}
	}
	if v := r.d.Tokens[n].Head; v >= 0 && r.d.Tokens[n].Relation == "obj" && hatching[r.d.Tokens[v].Lemma] {
		return r.subjects(v, depth+1)
	}
	return nil
}

// hatching are verbs for having or making a plan.
var hatching = wordSet("hatch make devise draw prepare announce unveil launch approve have plan mount begin start lead pursue propose present adopt drop abandon confirm outline set take reach state reaffirm reiterate express declare break keep fulfil fulfill honour honor renew repeat")

// appealed is whom the verb at token i asks with on, upon or to: "called on them to leave", "appealed to them"; -1 if nobody.
func (r *reading) appealed(i int) int {
	if !appealing[r.d.Tokens[i].Lemma] {
		return -1
	}
	for _, c := range r.child(i, "obl") {
		if of := r.child(c, "case"); len(of) > 0 && slices.Contains([]string{"on", "upon", "to"}, strings.ToLower(r.d.Word(of[0]))) {
			return c
		}
	}
	return -1
}

// appealing are verbs that ask with on, upon or to.
var appealing = wordSet("call appeal")

// having tells that a participle is a gerund of the past: of having left.
func (r *reading) having(i int) bool {
	return r.d.Tokens[i].Tag == "VBN" && slices.ContainsFunc(r.child(i, "aux", "aux:pass"), func(c int) bool { return r.d.Tokens[c].Tag == "VBG" })
}

// lodging are what those do who summon somebody to do it.
var lodging = wordSet("protest complain express convey lodge deliver voice condemn object register")

// perceiving are verbs whose object does what the gerund after it tells.
var perceiving = wordSet("show see hear find catch watch film photograph depict picture spot")

// temporal tells of a gerund after while, before, after, when or since, which is of the main clause's time and doer.
func (r *reading) temporal(i int) bool {
	m := r.child(i, "mark", "case")
	if len(m) == 0 || r.d.Tokens[i].Tag != "VBG" {
		return false
	}
	switch strings.ToLower(r.d.Word(m[0])) {
	case "while", "before", "after", "when", "since":
		return true
	}
	return false
}

func lemmaOf(d *nlp.Doc, i int) string { return d.Tokens[i].Lemma }

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
			if !noun(h) || h >= i || rel != "conj" && rel != "flat" && (rel != "appos" || strings.Contains(d.Words(h, k), ",")) && rel != "compound" && !(rel == "nmod" && len(of) > 0 && d.Word(of[0]) == "of") {
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
		case head < 0 && strings.EqualFold(d.Word(k), "both"):
		case t == "DT" && head >= 0:
			return head // "the attack this morning"
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
