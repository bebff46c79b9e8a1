package extract

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"newsgraph/loader/gazetteer"
	"newsgraph/loader/nlp"
	"newsgraph/news"
)

// frame is a predicate, a verb or a noun, with its own arguments by where they stand: subj, obj, iobj, comp, poss, mod or a preposition. What a word of a
// neighbour clause, a modifier or a venue is, is no argument of it (CODING 39). The laws of data/frames.tsv fill it from the mended tree, in their order, each where
// one construction tells who takes part; who may then be what is for others to say.
type frame struct {
	r         *reading
	token     int
	sentence  nlp.Sentence
	events    map[int]int // of the sentence, by token
	undergoes bool        // what stands as the verb's subject undergoes what it tells: passives, participles
	reduced   bool        // it is a participle after a noun: "a man arrested by guards"
	depth     int         // of clauses within clauses, where their subject is looked for
	args      map[string][]argument
}

// argument is what stands at one where of a predicate.
type argument struct {
	token  int
	entity news.ID // empty if nothing tells what it is
	event  int     // index of a trigger that it is, -1 if none
	owner  bool    // not what stands there, but whose it is
}

// arguments finds what stands at each where of token i.
func (r *reading) arguments(i int, s nlp.Sentence, events map[int]int) map[string][]argument {
	f := &frame{r: r, token: i, sentence: s, events: events, args: map[string][]argument{}}
	of := "verb"
	if strings.HasPrefix(r.d.Tokens[i].Tag, "NN") {
		of = "noun"
	} else {
		f.reduced = r.d.Tokens[i].Tag == "VBN" && r.d.Tokens[i].Relation == "acl" && len(r.child(i, "obj", "nsubj")) == 0 && r.before(i) < 0
		f.undergoes = r.passive(i, s) && !r.devoted(i) || f.reduced || r.fronted(i, s)
	}
	for k := range r.laws {
		if l := &r.laws[k]; l.of == of {
			f.apply(l)
		}
	}
	if f.undergoes { // he by whom it is done does it
		f.args["subj"] = append(f.args["subj"], f.args["by"]...)
		delete(f.args, "by")
	}
	return f.args
}

// tellingIn are the tokens of a sentence that the vocabulary knows as telling events, numbered in their order.
func (r *reading) tellingIn(s nlp.Sentence) map[int]int {
	at := map[int]int{}
	for i := s.First; i < s.Last; i++ {
		if r.telling(i) && (r.at[i] == nil || r.at[i].form == news.FormNominal) {
			at[i] = len(at)
		}
	}
	return at
}

// apply lets a law fill what it fills, where what it needs is filled and what it spares is not.
func (f *frame) apply(l *frameLaw) {
	for _, where := range l.given {
		if len(f.args[where]) == 0 {
			return
		}
	}
	each := false
	for _, where := range l.unless {
		if where == anyPreposition {
			each = true
		} else if len(f.args[where]) > 0 {
			return
		}
	}
	l.walk(f, 0, spot{token: f.token}, func(s spot) {
		where := l.where
		if where == anyPreposition {
			if where = s.where; where == "" {
				where = f.r.preposition(s.token)
			}
			if where == "" || each && len(f.args[where]) > 0 {
				return
			}
		}
		f.put(where, s.token)
	})
}

// put adds token and what is joined to it to what stands at a where.
func (f *frame) put(where string, token int) {
	r := f.r
	for _, k := range r.joined(token) {
		event := -1
		if e, ok := f.events[k]; ok && k != f.token {
			event = e
		}
		ids := r.resolve(k)
		if by := r.authors(k); where == "subj" && len(by) > 0 {
			ids = by
		}
		if where == "subj" || where == "obj" || where == "at" && launches[r.d.Tokens[f.token].Lemma] {
			// The regime's aircraft, a resolution of the council, the rebels' depots: he acts, or is hit, whose they are (CODING 17).
			owners := r.owners(k, ids)
			if len(owners) == 0 && where == "obj" && r.hit(f.token, k, ids) {
				owners = r.belonging(k, ids)
			}
			if len(owners) > 0 && event < 0 {
				for _, id := range owners {
					f.args[where] = append(f.args[where], argument{token: k, entity: id, event: -1, owner: true})
				}
			}
		}
		if n := len(f.args[where]); len(ids) == 0 && (n == 0 || !f.args[where][n-1].owner) {
			f.args[where] = append(f.args[where], argument{token: k, event: event})
		}
		for _, id := range ids {
			f.args[where] = append(f.args[where], argument{token: k, entity: id, event: event})
		}
	}
}

// preposition is the one that leads the phrase at token i, in lower case: the nearest, unless several stand together ("from within"); one further off belongs to another
// phrase. It is empty where none does.
func (r *reading) preposition(i int) string {
	marks := r.child(i, "case", "mark")
	if m := r.at[i]; m != nil && len(marks) == 0 {
		for k := m.first; k < m.last; k++ {
			marks = append(marks, r.child(k, "case")...) // of a name that the tree tore
		}
	}
	at := -1
	for _, p := range slices.Backward(marks) {
		if w := r.d.Word(p); w == "'s" || w == "’s" || at >= 0 && p != at-1 {
			continue
		}
		at = p
	}
	if at < 0 {
		return ""
	}
	return strings.ToLower(r.d.Word(at))
}

// frameLaw is a row of data/frames.tsv, whose head says what its columns mean.
type frameLaw struct {
	name, of, where string
	given, unless   []string
	far             bool // it leaves its clause
	steps           []frameStep
	example, fills  string
}

// anyPreposition stands in a law for the where that the preposition of what it finds tells.
const anyPreposition = "*"

// spot is where a law has come to: a token, and at which preposition it stands if the way there tells.
type spot struct {
	token int
	where string
}

// frameStep goes from a token to others: to itself, to its head, to children by their relations, or to what a finder of frameFinders finds; and goes on from those
// of which all its tests hold.
type frameStep struct {
	up, down  bool
	relations []string
	find      func(f *frame, k int) []spot
	tests     []func(f *frame, k int) bool
	first     bool // only the first
}

func (l *frameLaw) walk(f *frame, n int, at spot, found func(spot)) {
	if n == len(l.steps) {
		found(at)
		return
	}
	s, done := &l.steps[n], false
	visit := func(to spot) {
		for _, holds := range s.tests {
			if done || !holds(f, to.token) {
				return
			}
		}
		done = done || s.first
		l.walk(f, n+1, to, found)
	}
	switch {
	case s.up:
		if h := f.r.d.Tokens[at.token].Head; h >= 0 {
			visit(spot{token: h})
		}
	case s.down:
		for _, c := range f.r.children[at.token] {
			if slices.Contains(s.relations, coarse(f.r.d.Tokens[c].Relation)) {
				visit(spot{token: c})
			}
		}
	case s.find != nil:
		for _, to := range s.find(f, at.token) {
			visit(to)
		}
	default:
		visit(at)
	}
}

// frameFinders are what laws find that takes more than a step in the tree.
var frameFinders = map[string]func(f *frame, k int) []spot{
	"subjects":   func(f *frame, k int) []spot { return spots(f.r.subjects(k, f.depth)) },
	"own":        func(f *frame, k int) []spot { return spots(f.r.ownSubject(k)) },
	"before":     func(f *frame, k int) []spot { return single(f.r.before(k)) },
	"finite":     func(f *frame, k int) []spot { return single(f.r.finiteAbove(k)) },
	"appealed":   func(f *frame, k int) []spot { return single(f.r.appealed(k)) },
	"plotters":   func(f *frame, k int) []spot { return spots(f.r.plotters(k, f.depth-1)) },
	"joining":    func(f *frame, k int) []spot { return spots(f.r.joining(k)) },
	"goods":      func(f *frame, k int) []spot { return spots(f.r.goods(k)) },
	"answerable": func(f *frame, k int) []spot { return spots(f.r.answerable(k)) },
	"accused":    func(f *frame, k int) []spot { return spots(f.r.accused(k)) },
	"next":       (*frame).next,
	"chain":      (*frame).chain,
	"traveller":  func(f *frame, k int) []spot { return spots(f.r.traveller(k, f.r.d.Tokens[k].Head)) },
	"object":     (*frame).object,
	"following":  (*frame).following,
	"particled":  (*frame).particled,
}

// single is the spot of a token, none if that is -1.
func single(token int) []spot {
	if token < 0 {
		return nil
	}
	return []spot{{token: token}}
}

func spots(tokens []int) []spot {
	var all []spot
	for _, k := range tokens {
		all = append(all, spot{token: k})
	}
	return all
}

// next is what stands right after a noun and its preposition, which is said of it wherever the tree hangs it: "airstrikes against rebels in the north".
func (f *frame) next(i int) []spot {
	r, d, k := f.r, f.r.d, i+1
	if k+1 >= f.sentence.Last || d.Word(k) != "against" && d.Word(k) != "on" && d.Word(k) != "by" {
		return nil
	}
	next := k + 1
	if d.Tokens[next].Tag == "DT" && next+1 < f.sentence.Last {
		next++
	}
	m := r.at[next]
	if m == nil || m.form == news.FormAdjective || !r.party(m.entity) || len(r.child(r.head(m), "case")) > 0 || slices.ContainsFunc(f.args[d.Word(k)], func(a argument) bool { return a.entity == m.entity }) {
		return nil
	}
	return []spot{{r.head(m), d.Word(k)}}
}

// chain is what stands in the phrases right after a noun, one after the other, where their prepositions say, however the tree hangs them: "an attack by rebels on a
// convoy", "the killing of two rangers by poachers".
func (f *frame) chain(i int) []spot {
	r, d := f.r, f.r.d
	var found []spot
	for k := i + 1; k+1 < f.sentence.Last; {
		where := strings.ToLower(d.Word(k))
		switch where {
		case "by", "on", "against", "of", "between", "with", "in", "at", "near":
		default:
			return found
		}
		head := -1
		for k++; k < f.sentence.Last; k++ {
			tag := d.Tokens[k].Tag
			if strings.HasPrefix(tag, "NN") || r.at[k] != nil && r.at[k].form == news.FormName {
				head = k
			} else if tag != "DT" && tag != "CD" && tag != "POS" && tag != "PRP$" && tag != "HYPH" && !(strings.HasPrefix(tag, "JJ") || tag == "VBN" || tag == "VBG") {
				break
			}
		}
		if head < 0 || r.inTime(head, f.sentence) {
			return found
		}
		if m := r.at[head]; m != nil {
			head = r.head(m)
		}
		if (where == "by" || where == "on" || where == "against" || where == "of") && !r.under(i, head) {
			found = append(found, spot{head, where})
		}
	}
	return found
}

// object are a verb's objects: of naming somebody to an office, who is named.
func (f *frame) object(i int) []spot {
	var found []spot
	for _, c := range f.r.child(i, "obj") {
		if k := f.r.appointee(i, c); k >= 0 && !f.undergoes {
			c = k
		}
		found = append(found, spot{token: c})
	}
	return found
}

// following is the noun right after a verb without an object in the tree.
func (f *frame) following(i int) []spot {
	return single(f.r.after(i, f.sentence.Last))
}

// particled are what the tree takes for a place behind a verb that has its preposition for a particle: "hand over the captives".
func (f *frame) particled(i int) []spot {
	var found []spot
	for _, c := range f.r.child(i, "obl") {
		if p := f.r.child(c, "case"); len(p) > 0 && p[0] == i+1 && f.r.particled(i, strings.ToLower(f.r.d.Word(p[0]))) {
			found = append(found, spot{token: c})
		}
	}
	return found
}

// inTime tells that token i is of an expression of time of sentence s.
func (r *reading) inTime(i int, s nlp.Sentence) bool {
	return slices.ContainsFunc(r.timesIn(s), func(t timeAt) bool { return t.first <= i && i < t.last })
}

// owning tells that token i, before noun n, is whose it is: an adjective of a people, or a state that gives what the noun tells.
func (r *reading) owning(n, i int) bool {
	m := r.at[i]
	return m != nil && (m.form == news.FormAdjective || r.kind(m.entity) == news.State && r.giver(n, i))
}

// relativeObject tells that the object of the verb at token i is the relative pronoun of its clause.
func (r *reading) relativeObject(i int) bool {
	return slices.ContainsFunc(r.child(i, "obj", "mark"), func(c int) bool { return strings.HasPrefix(r.d.Tokens[c].Tag, "W") })
}

// lent tells that the noun at token i stands by its verb so that the verb's subject does what it tells, if the verb is light: as its object, or after in or with.
func (r *reading) lent(i int) bool {
	in := r.child(i, "case")
	return r.d.Tokens[i].Relation == "obj" || len(in) == 0 || r.d.Word(in[0]) == "in" || r.d.Word(in[0]) == "with"
}

// finiteAbove is the nearest head of token i with a finite verb, -1 if there is none.
func (r *reading) finiteAbove(i int) int {
	for h := r.d.Tokens[i].Head; h >= 0; h = r.d.Tokens[h].Head {
		if tag := r.d.Tokens[h].Tag; tag == "VBD" || tag == "VBZ" || tag == "VBP" || len(r.child(h, "aux", "aux:pass")) > 0 {
			return h
		}
	}
	return -1
}

// frameFlags are what laws ask of a token without a value.
var frameFlags = map[string]func(f *frame, k int) bool{
	"acts":         func(f *frame, _ int) bool { return !f.undergoes },
	"undergoes":    func(f *frame, _ int) bool { return f.undergoes },
	"reduced":      func(f *frame, _ int) bool { return f.reduced },
	"before":       func(f *frame, k int) bool { return k < f.token },
	"after":        func(f *frame, k int) bool { return k > f.token },
	"temporal":     func(f *frame, k int) bool { return f.r.temporal(k) },
	"gerund":       func(f *frame, k int) bool { return f.r.d.Tokens[k].Tag == "VBG" || f.r.having(k) },
	"made-so":      func(f *frame, k int) bool { return f.r.saidToBe(k) },
	"verbal":       func(f *frame, k int) bool { return f.r.pos(k) == "V" || len(f.r.child(k, "cop")) > 0 },
	"planning":     func(f *frame, k int) bool { return planning[f.r.d.Tokens[k].Lemma] },
	"plan":         func(f *frame, k int) bool { return f.r.plan(k) },
	"passive":      func(f *frame, k int) bool { return f.r.passive(k, f.sentence) },
	"next-but-one": func(f *frame, k int) bool { return k == f.token+2 },
	"time":         func(f *frame, k int) bool { return f.r.inTime(k, f.sentence) },
	"day":          func(f *frame, k int) bool { return f.r.dated(k) },
	"opposing":     func(f *frame, k int) bool { _, ok := opposedTo(f.r.d.Word(k)); return ok },
	"owning":       func(f *frame, k int) bool { return f.r.owning(f.token, k) },
	"party":        func(f *frame, k int) bool { return len(f.r.resolve(k)) > 0 },
	"event":        func(f *frame, k int) bool { _, ok := f.events[k]; return ok },
	"lent":         func(f *frame, k int) bool { return f.r.lent(k) },
	"phrasal":      func(f *frame, k int) bool { return f.r.phrasal(f.token, k) },
	"number":       func(f *frame, k int) bool { return f.r.quantified(k) },
	"quantity":     func(f *frame, k int) bool { return quantities[f.r.d.Tokens[k].Lemma] },
	"of-it":        func(f *frame, k int) bool { return f.r.relativeObject(k) },
	"caused": func(f *frame, k int) bool {
		return f.r.causes(f.r.d.Tokens[k].Head, k, f.token)
	},
}

// frameTests are what laws ask of a token with values, any of which will do.
var frameTests = map[string]func(f *frame, k int, values []string) bool{
	"relation": func(f *frame, k int, values []string) bool {
		return slices.Contains(values, coarse(f.r.d.Tokens[k].Relation))
	},
	"tag":   func(f *frame, k int, values []string) bool { return slices.Contains(values, f.r.d.Tokens[k].Tag) },
	"pos":   func(f *frame, k int, values []string) bool { return slices.Contains(values, f.r.pos(k)) },
	"lemma": func(f *frame, k int, values []string) bool { return slices.Contains(values, f.r.d.Tokens[k].Lemma) },
	"word": func(f *frame, k int, values []string) bool {
		return slices.Contains(values, strings.ToLower(f.r.d.Word(k)))
	},
	"sense": func(f *frame, k int, values []string) bool {
		return slices.ContainsFunc(f.r.senses(k), func(t news.EventType) bool { return slices.Contains(values, string(t)) })
	},
	"class": func(f *frame, k int, values []string) bool {
		return slices.ContainsFunc(values, func(c string) bool { return f.r.predicate(c, f.r.d.Tokens[k].Lemma) })
	},
	"case": func(f *frame, k int, values []string) bool { return f.r.childCase(k, values...) },
	"led": func(f *frame, k int, values []string) bool {
		p := f.r.child(k, "case")
		return len(p) > 0 && slices.Contains(values, strings.ToLower(f.r.d.Word(p[0])))
	},
	"mark": func(f *frame, k int, values []string) bool {
		m := f.r.child(k, "mark")
		return len(m) > 0 && slices.Contains(values, strings.ToLower(f.r.d.Word(m[0])))
	},
	"opens": func(f *frame, k int, values []string) bool {
		m := f.r.child(k, "mark", "case")
		return len(m) > 0 && slices.Contains(values, strings.ToLower(f.r.d.Word(m[0])))
	},
	"sort":  func(f *frame, k int, values []string) bool { return slices.Contains(values, f.r.d.Tokens[k].Sort) },
	"child": func(f *frame, k int, values []string) bool { return f.r.childWord(k, values...) },
	"has": func(f *frame, k int, values []string) bool {
		return slices.ContainsFunc(f.r.children[k], func(c int) bool { return slices.Contains(values, coarse(f.r.d.Tokens[c].Relation)) })
	},
}

// loadFrameLaws reads data/frames.tsv. It refuses a row that breaks a rule, with its line number.
func loadFrameLaws(files fs.FS, classes map[string]map[string]bool) ([]frameLaw, error) {
	var laws []frameLaw
	err := gazetteer.ReadTSV(files, "data/frames.tsv", func(_ string, cell func(string) string) error {
		l := frameLaw{
			name: cell("law"), of: cell("of"), where: cell("where"), given: strings.Fields(cell("given")), unless: strings.Fields(cell("unless")), example: cell("example"), fills: cell("fills"),
		}
		wheres := verbWheres
		if l.of == "noun" {
			wheres = nounWheres
		}
		wheres = slices.Concat(wheres, []string{"by", anyPreposition})
		switch {
		case l.name == "" || slices.ContainsFunc(laws, func(o frameLaw) bool { return o.name == l.name }):
			return fmt.Errorf("%q is no name, or another law's", l.name)
		case l.example == "" || l.fills == "":
			return errors.New("a law needs an example and what it fills there")
		case l.of != "verb" && l.of != "noun" && l.of != "clause":
			return fmt.Errorf("%q is neither verb nor noun nor clause", l.of)
		}
		for _, w := range slices.Concat([]string{l.where}, l.given, l.unless) {
			if !slices.Contains(wheres, w) {
				return fmt.Errorf("%q is no where of a %s", w, l.of)
			}
		}
		var err error
		if l.steps, err = parseSteps(cell("way"), classes); err != nil {
			return err
		}
		l.far = len(l.steps) > 1
		laws = append(laws, l)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("extract: %w", err)
	}
	return laws, nil
}

// parseSteps reads a way: steps with a space between them, each with its tests in brackets.
func parseSteps(way string, classes map[string]map[string]bool) ([]frameStep, error) {
	var steps []frameStep
	for _, w := range strings.Fields(way) {
		word, list, bracketed := strings.Cut(w, "[")
		list, closed := strings.CutSuffix(list, "]")
		if bracketed != closed {
			return nil, fmt.Errorf("%q lacks a bracket", w)
		}
		var s frameStep
		switch relations, down := strings.CutPrefix(word, ">"); {
		case down:
			s.down, s.relations = true, strings.Split(relations, "|")
		case word == "^":
			s.up = true
		case word == ".":
		default:
			if s.find = frameFinders[word]; s.find == nil {
				return nil, fmt.Errorf("%q is no step: ., ^, >RELATIONS or a finder", word)
			}
		}
		for _, test := range strings.Split(list, ",") {
			if test == "" {
				continue
			}
			if test == "first" {
				s.first = true
				continue
			}
			holds, err := parseTest(test, classes)
			if err != nil {
				return nil, err
			}
			s.tests = append(s.tests, holds)
		}
		steps = append(steps, s)
	}
	if len(steps) == 0 {
		return nil, errors.New("a law without a way")
	}
	return steps, nil
}

func parseTest(test string, classes map[string]map[string]bool) (func(*frame, int) bool, error) {
	plain, not := strings.CutPrefix(test, "!")
	key, list, valued := strings.Cut(plain, "=")
	var holds func(*frame, int) bool
	if valued {
		asks, values := frameTests[key], strings.Split(list, "|")
		if asks == nil {
			return nil, fmt.Errorf("%q is no test with values", key)
		}
		for _, v := range values {
			if key == "class" && classes[v] == nil {
				return nil, fmt.Errorf("%q is no class of data/predicates.tsv", v)
			}
		}
		holds = func(f *frame, k int) bool { return asks(f, k, values) }
	} else if holds = frameFlags[key]; holds == nil {
		return nil, fmt.Errorf("%q is no test", key)
	}
	if not {
		return func(f *frame, k int) bool { return !holds(f, k) }, nil
	}
	return holds, nil
}

// loadPredicates reads data/predicates.tsv: classes of verbs and nouns, by lemma.
func loadPredicates(files fs.FS) (map[string]map[string]bool, error) {
	classes := map[string]map[string]bool{}
	err := gazetteer.ReadTSV(files, "data/predicates.tsv", func(_ string, cell func(string) string) error {
		name := cell("class")
		if name == "" || classes[name] != nil {
			return fmt.Errorf("%q is no name, or another class's", name)
		}
		words := strings.Split(cell("words"), "|")
		if !slices.IsSorted(words) || slices.Contains(words, "") {
			return fmt.Errorf("the words of %s are empty or out of order", name)
		}
		classes[name] = map[string]bool{}
		for _, w := range words {
			classes[name][w] = true
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("extract: %w", err)
	}
	return classes, nil
}

// predicate tells that a lemma is of a class of data/predicates.tsv.
func (r *reading) predicate(class, lemma string) bool {
	words := r.classes[class]
	if words == nil {
		panic("extract: data/predicates.tsv has no class " + class) // a part of the program
	}
	return words[lemma]
}
