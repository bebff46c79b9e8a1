package nlp

import (
	"bytes"
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"
)

// Predicate is a word that tells of an event or a state: a verb, or a noun or adjective that PropBank marks.
type Predicate struct {
	Token     int
	Args      []Argument // in the order of the text
	Happened  float32    // whether what it tells of happened, on the scale of UDS: about -1.2 for surely not, 1.2 for surely
	Episodic  float32    // how likely it tells of something that happened once, not of a state, a habit or a rule: 0 to 1
	Situation string     // what kind of situation its clause tells, likeliest of Situations
}

// Argument is a participant or a circumstance of a predicate, by its head word.
type Argument struct {
	Role string // of PropBank: ARG0 to ARG5, ARGM-TMP …; C- goes on with an argument, R- refers back to one
	Head int
	P    float32 // how sure the labeller is, 0 to 1
}

// Arg is the head of the predicate's argument of a role, -1 if it has none.
func (p *Predicate) Arg(role string) int {
	for _, a := range p.Args {
		if a.Role == role {
			return a.Head
		}
	}
	return -1
}

// Class is what PropBank calls the part of speech of a predicate: V, N or J.
func (p *Predicate) Class(d *Doc) string { return string(wordClass(d.Tokens[p.Token].Tag)) }

// Span is the words of an argument, half-open: what depends on its head, as far as it is on the argument's side of the predicate.
func (p *Predicate) Span(d *Doc, a Argument) (first, last int) {
	first, last = a.Head, a.Head+1
	inside := func(i int) bool {
		const longest = 100
		for k := 0; i >= 0 && i != p.Token && k < longest; k++ {
			if i == a.Head {
				return true
			}
			i = d.Tokens[i].Head
		}
		return false
	}
	for first > 0 && inside(first-1) {
		first--
	}
	for last < len(d.Tokens) && inside(last) {
		last++
	}
	return first, last
}

// Candidate is a word that may be an argument, and its way through the tree from the predicate: up, then down.
type Candidate struct {
	Token    int
	Path     uint32 // the relations along it and the predicate's part of speech
	Base     uint32 // the same without subtypes of relations
	Up, Down int
	Via      int // the highest word of the way
}

// How far a candidate may be from its predicate.
const (
	mostUp   = 5
	mostDown = 3  // below the predicate itself
	nearUp   = 2  // as far up as this, two steps down are tried
	farthest = 80 // words between
	mostNth  = 40 // words of one head that are looked through
)

// wordClass is V, N or J: what PropBank calls the part of speech of a predicate.
func (v *View) wordClass(p int) uint32 { return uint32(wordClass(v.d.Tokens[p].Tag)) }

func wordClass(tag string) rune {
	switch {
	case strings.HasPrefix(tag, "VB"), tag == "MD":
		return 'V'
	case strings.HasPrefix(tag, "NN"):
		return 'N'
	}
	return 'J'
}

// Candidates appends the words that may be arguments of predicate p, as far as the way to each is one of paths; all if paths is nil.
func (v *View) Candidates(out []Candidate, p int, paths map[uint32]bool) []Candidate {
	start := v.wordClass(p)
	var down func(at, skip, up, depth, deepest, via int, path, base uint32)
	emit := func(token, up, depth, via int, path, base uint32) {
		if max(token-p, p-token) <= farthest && (paths == nil || paths[path]) {
			out = append(out, Candidate{token, path, base, up, depth, via})
		}
	}
	down = func(at, skip, up, depth, deepest, via int, path, base uint32) {
		for k := v.first[at]; k >= 0; k = v.next[k] {
			if int(k) == skip || v.d.Tokens[k].Relation == "punct" {
				continue
			}
			path, base := join(path, v.relation[k]*2), join(base, v.base[k]*2)
			emit(int(k), up, depth, via, path, base)
			if depth < deepest {
				down(int(k), -1, up, depth+1, deepest, via, path, base)
			}
		}
	}
	at, from, path, base := p, -1, start, start
	for up := 0; ; up++ {
		deepest := 1
		switch {
		case up == 0:
			deepest = mostDown
		case up <= nearUp:
			deepest = 2
		}
		down(at, from, up, 1, deepest, at, path, base)
		head := v.d.Tokens[at].Head
		if head < 0 || up == mostUp {
			return out
		}
		path, base = join(path, v.relation[at]*2+1), join(base, v.base[at]*2+1)
		emit(head, up+1, 0, head, path, base)
		from, at = at, head
	}
}

// Frame is what features read of a predicate.
type Frame struct {
	token                       int
	class, lemma, phrase, verb  uint32 // phrase: with its particle; verb: for a noun or adjective that of its roleset
	functions                   uint32 // of its roleset's roles
	voice, shape, relation      uint32
	head                        uint32 // lemma of what it depends on
	subject, object, determined uint32
}

// Roleset is what a model knows of a lemma: the verb of its commonest roleset, and what its roles are for.
type Roleset struct{ verb, functions uint32 }

// Rolesets reads lines of a lemma with its part of speech ("N decision"), the verb and the functions.
func Rolesets(lines []string) map[uint32]Roleset {
	all := map[uint32]Roleset{}
	for _, line := range lines {
		if c := strings.Split(line, "\t"); len(c) == 3 {
			all[mark(c[0])] = Roleset{mark(c[1]), mark(c[2])}
		}
	}
	return all
}

// Frame makes the Frame of predicate p.
func (v *View) Frame(p int, known map[uint32]Roleset) Frame {
	d := v.d
	f := Frame{token: p, class: v.wordClass(p), lemma: v.lemma[p], phrase: v.lemma[p], relation: v.relation[p]}
	if h := d.Tokens[p].Head; h >= 0 {
		f.head = v.lemma[h]
	}
	if k := v.child(p, "compound:prt"); k >= 0 {
		f.phrase = join(f.lemma, v.lemma[k])
	}
	set := known[mark(string(rune(f.class))+" "+strings.ToLower(d.Tokens[p].Lemma))]
	f.verb, f.functions = set.verb, set.functions
	if f.verb == 0 {
		f.verb = f.lemma
	}
	f.voice = 'a'
	switch tag := d.Tokens[p].Tag; {
	case f.class != 'V':
		f.voice = 'n'
	case v.child(p, "aux:pass") >= 0 || v.child(p, "nsubj:pass") >= 0:
		f.voice = 'p'
	case tag == "VBN" && v.child(p, "aux") < 0:
		f.voice = 'r'
	case tag == "VBG" && v.child(p, "aux") < 0:
		f.voice = 'g'
	case tag == "VB" && v.child(p, "mark") >= 0:
		f.voice = 't'
	}
	seen := false
	for k := v.first[p]; k >= 0; k = v.next[k] {
		if int(k) > p && !seen {
			f.shape, seen = join(f.shape, 'V'), true
		}
		switch r := d.Tokens[k].Relation; r {
		case "nsubj", "nsubj:pass", "csubj", "obj", "iobj", "ccomp", "xcomp", "obl", "obl:agent", "nmod", "nmod:poss", "compound:prt", "expl":
			f.shape = join(f.shape, v.relation[k])
			switch r {
			case "nsubj", "nsubj:pass", "csubj", "nmod:poss":
				f.subject = v.relation[k]
			case "obj":
				f.object = 1
			}
		case "det":
			f.determined = v.lemma[k]
		}
	}
	return f
}

// RoleFeatures appends what tells which role of a predicate a candidate has.
func (v *View) RoleFeatures(out []Feature, f *Frame, c *Candidate) []Feature {
	d := v.d
	i := c.Token
	l := featureList(out)
	side := uint32('L')
	gap := f.token - i
	if i > f.token {
		side, gap = 'R', -gap
	}
	switch {
	case gap > 20:
		gap = 7
	case gap > 10:
		gap = 6
	case gap > 5:
		gap = 5
	}
	tag, lemma, rel, marker, path, base := v.tag[i], v.lemma[i], v.relation[i], v.marker[i], c.Path, c.Base
	sort := mark(d.Tokens[i].Sort)
	coarse, fine := v.coarse[i], v.fine[i]
	between := uint32(0)
	nth := uint32(0)
	looked := 0
	for k := v.first[c.Via]; k >= 0; k = v.next[k] { // those of its kind before it
		if looked++; int(k) == i || looked > mostNth {
			break
		}
		if v.base[k] == v.base[i] {
			nth++
		}
	}
	for k := min(i, f.token) + 1; k < max(i, f.token); k++ {
		switch d.Tokens[k].Tag {
		case ",", ":", "``":
			between |= 1
		case "VBD", "VBZ", "VBP", "MD":
			between |= 2
		case "CC":
			between |= 4
		case "WDT", "WP", "WRB", "IN":
			between |= 8
		}
	}
	via := uint32(0)
	if c.Up > 0 {
		via = v.lemma[c.Via]
	}
	whose, number := uint32(0), uint32(0)
	for k := v.first[i]; k >= 0; k = v.next[k] {
		switch d.Tokens[k].Relation {
		case "det", "nmod:poss":
			whose = v.lemma[k]
		case "nummod":
			number = 1
		case "nsubj", "cop":
			number |= 2
		}
	}
	leaf := uint32(1)
	if v.first[i] >= 0 {
		leaf = 2
	}
	before, after := uint32(0), uint32(0)
	if i > 0 {
		before = v.word[i-1]
	}
	if i+1 < len(v.word) {
		after = v.word[i+1]
	}
	word := d.Word(i)
	ending := mark(strings.ToLower(word[max(0, len(word)-3):]))

	l.add(1, f.class)
	l.add(2, path)
	l.add(3, path, f.lemma)
	l.add(4, path, f.phrase)
	l.add(5, path, f.voice)
	l.add(6, path, marker)
	l.add(7, path, marker, f.phrase)
	l.add(8, path, tag)
	l.add(9, path, lemma)
	l.add(10, path, coarse)
	l.add(11, path, sort)
	l.add(12, path, f.shape)
	l.add(13, path, side, f.voice)
	l.add(14, path, f.phrase, f.voice)
	l.add(15, path, tag, f.voice)
	l.add(16, path, v.coarse[f.token])
	l.add(17, path, v.fine[f.token])
	l.add(18, path, marker, v.coarse[f.token])
	l.add(19, base, f.verb)
	l.add(20, base, f.functions)
	l.add(21, base, f.functions, marker)
	l.add(22, base, marker)
	l.add(23, base, side)
	l.add(24, f.class, lemma)
	l.add(25, f.lemma, lemma)
	l.add(26, f.class, lemma, side)
	l.add(27, f.class, lemma, rel)
	l.add(28, marker, lemma)
	l.add(29, marker, f.phrase)
	l.add(30, marker, coarse)
	l.add(31, marker, fine, f.class)
	l.add(32, marker, lemma, path)
	l.add(33, f.phrase, side, f.voice)
	l.add(34, f.phrase, f.shape, path)
	l.add(35, f.phrase, tag)
	l.add(36, f.phrase, sort)
	l.add(37, f.phrase, coarse)
	l.add(38, f.verb, marker, side)
	l.add(39, f.verb, coarse)
	l.add(40, rel, side, uint32(gap), f.class)
	l.add(41, before, after)
	l.add(42, path, before)
	l.add(43, path, uint32(gap), between)
	l.add(44, path, nth)
	l.add(45, path, f.subject, f.object)
	l.add(46, path, f.subject, f.object, f.voice)
	l.add(47, path, f.phrase, f.subject, f.object)
	l.add(48, path, via)
	l.add(49, path, via, f.object)
	l.add(50, path, whose)
	l.add(51, path, number, marker)
	l.add(52, path, ending)
	l.add(53, marker, ending, rel)
	l.add(54, path, leaf, side)
	l.add(55, f.class, path, marker, sort)
	l.add(56, f.class, f.relation, base)
	l.add(57, base, f.head)
	l.add(58, path, f.determined, f.class)
	l.add(59, f.verb, base, sort)
	l.add(60, f.functions, f.voice, base, f.subject, f.object)
	l.add(61, f.verb, base, f.shape)
	l.add(62, between, base, tag)
	l.add(63, marker, tag, between, f.class)
	l.add(64, f.class, fine, rel)
	return l
}

// PredicateFeatures appends what tells whether PropBank marks a word as a predicate.
func (v *View) PredicateFeatures(out []Feature, i int, known map[uint32]Roleset) []Feature {
	d := v.d
	l := featureList(out)
	f := v.Frame(i, known)
	_, listed := known[mark(string(rune(f.class))+" "+strings.ToLower(d.Tokens[i].Lemma))]
	is := uint32(0)
	if listed {
		is = 1
	}
	of := uint32(0)
	for k := v.first[i]; k >= 0; k = v.next[k] {
		if r := d.Tokens[k].Relation; r == "nmod" || r == "acl" || r == "nmod:poss" || r == "compound" {
			of = join(of, join(v.relation[k], v.marker[k]))
		}
	}
	word := d.Word(i)
	before, after := uint32(0), uint32(0)
	if i > 0 {
		before = v.word[i-1]
	}
	if i+1 < len(v.word) {
		after = v.word[i+1]
	}
	l.add(101, f.class, f.relation)
	l.add(102, f.lemma, f.class)
	l.add(103, f.lemma, f.relation)
	l.add(104, f.lemma, f.head)
	l.add(105, f.lemma, of)
	l.add(106, of, f.class)
	l.add(107, f.class, v.fine[i], is)
	l.add(108, f.class, v.coarse[i], f.relation)
	l.add(109, f.class, mark(strings.ToLower(word[max(0, len(word)-3):])))
	l.add(110, f.class, mark(strings.ToLower(word[max(0, len(word)-4):])), is)
	l.add(111, is, f.class, f.relation)
	l.add(112, f.lemma, before)
	l.add(113, f.lemma, after)
	l.add(114, f.class, before)
	l.add(115, f.class, after)
	l.add(116, f.functions, f.class)
	l.add(117, f.lemma, v.tag[i])
	l.add(118, f.lemma, f.determined)
	l.add(119, f.head, f.relation, f.class)
	l.add(120, v.fine[i], of)
	l.add(121, mark(d.Tokens[i].Sort), f.class)
	l.add(122, f.lemma, mark(d.Tokens[i].Sort))
	return l
}

// MayPredicate tells that PropBank could mark token i: a verb that is no auxiliary, a noun that is no name, an adjective.
func (v *View) MayPredicate(i int) bool {
	t := &v.d.Tokens[i]
	switch t.Tag {
	case "VB", "VBD", "VBG", "VBN", "VBP", "VBZ":
		switch t.Relation {
		case "aux", "aux:pass", "case", "mark", "fixed", "cc": // "according to", "including"
			return false
		}
		return true
	case "NN", "NNS", "JJ", "JJR", "JJS":
		return true
	}
	return false
}

// Labeller finds predicates and their arguments.
type Labeller struct {
	predicates, roles *LogLinear
	known             map[uint32]Roleset
	paths             map[uint32]bool
	core              []bool // by class: that no predicate has two of it
	predicate         float32
	Least             float32 // how sure an argument must be; half of F1 gives the best F1 (Lipton, Elkan and Naryanaswamy 2014)
}

// The names of a labeller's lists.
const (
	RolesetList = "rolesets" // a lemma with its part of speech, the verb of its commonest roleset, what its roles are for
	PathList    = "paths"    // of candidates
)

// NewLabeller makes a labeller of a model that tells predicates and one of roles, whose first class is none.
func NewLabeller(predicates, roles *LogLinear) (*Labeller, error) {
	l := &Labeller{predicates: predicates, roles: roles, known: Rolesets(roles.Lists[RolesetList]), paths: map[uint32]bool{}, predicate: -1.2, Least: 0.38}
	for _, p := range roles.Lists[PathList] {
		n := uint32(0)
		if _, err := fmt.Sscanf(p, "%x", &n); err != nil {
			return nil, fmt.Errorf("nlp: path %q: %w", p, err)
		}
		l.paths[n] = true
	}
	for _, c := range roles.Classes {
		l.core = append(l.core, len(c) == 4 && strings.HasPrefix(c, "ARG"))
	}
	return l, nil
}

// rolesSpace is the memory of labelling one Doc.
type rolesSpace struct {
	candidates []Candidate
	features   []Feature
	scores     []float32
	chosen     []choice
}

// choice is a role that a candidate might have.
type choice struct {
	candidate, class int
	p                float32
}

// Label finds the arguments of a predicate.
func (l *Labeller) Label(v *View, p int) Predicate { return l.label(v, p, &rolesSpace{}) }

func (l *Labeller) label(v *View, p int, s *rolesSpace) Predicate {
	out := Predicate{Token: p}
	f := v.Frame(p, l.known)
	s.candidates = v.Candidates(s.candidates[:0], p, l.paths)
	classes := len(l.roles.Classes)
	s.scores = slices.Grow(s.scores[:0], classes)[:classes]
	s.chosen = s.chosen[:0]
	for k := range s.candidates {
		s.features = v.RoleFeatures(s.features[:0], &f, &s.candidates[k])
		clear(s.scores)
		l.roles.Add(s.scores, s.features)
		softmax(s.scores)
		for class, p := range s.scores {
			if class > 0 && p > l.Least {
				s.chosen = append(s.chosen, choice{k, class, p})
			}
		}
	}
	slices.SortStableFunc(s.chosen, func(a, b choice) int {
		switch {
		case a.p > b.p:
			return -1
		case a.p < b.p:
			return 1
		}
		return a.candidate - b.candidate
	})
	taken := uint64(0) // of candidates and core roles
	has := func(i int) bool { return i < 64 && taken&(1<<i) != 0 }
	var roles uint64
	for _, c := range s.chosen {
		token := s.candidates[c.candidate].Token
		if has(c.candidate) || l.core[c.class] && c.class < 64 && roles&(1<<c.class) != 0 || slices.ContainsFunc(out.Args, func(a Argument) bool { return a.Head == token }) {
			continue
		}
		if c.candidate < 64 {
			taken |= 1 << c.candidate
		}
		if c.class < 64 {
			roles |= 1 << c.class
		}
		out.Args = append(out.Args, Argument{l.roles.Classes[c.class], token, c.p})
	}
	slices.SortFunc(out.Args, func(a, b Argument) int { return a.Head - b.Head })
	return out
}

// Predicates appends the tokens that are predicates.
func (l *Labeller) Predicates(v *View) []int {
	var out []int
	var features []Feature
	score := make([]float32, len(l.predicates.Classes))
	for i := range v.d.Tokens {
		if !v.MayPredicate(i) {
			continue
		}
		if t := &v.d.Tokens[i]; t.Universal == "VERB" && strings.HasPrefix(t.Tag, "VB") {
			out = append(out, i)
			continue
		}
		clear(score)
		features = v.PredicateFeatures(features[:0], i, l.known)
		l.predicates.Add(score, features)
		if score[0] > l.predicate {
			out = append(out, i)
		}
	}
	return out
}

var (
	//go:embed roles.bin
	rolesFile []byte
	//go:embed predicates.bin
	predicatesFile []byte
)

var loadLabeller = sync.OnceValues(func() (*Labeller, error) {
	predicates, err := ReadLogLinear(bytes.NewReader(predicatesFile))
	if err != nil {
		return nil, fmt.Errorf("nlp: read predicates.bin: %w", err)
	}
	roles, err := ReadLogLinear(bytes.NewReader(rolesFile))
	if err != nil {
		return nil, fmt.Errorf("nlp: read roles.bin: %w", err)
	}
	return NewLabeller(predicates, roles)
})

// labeller is the step that finds predicates and their roles.
type labeller struct{ *Labeller }

func (labeller) Needs() Layer { return Tags | Lemmas | Tree }
func (labeller) Adds() Layer  { return Roles }

func (l labeller) Apply(d *Doc) error {
	v, err := NewView(d)
	if err != nil {
		return err
	}
	tokens := l.Predicates(v)
	d.Predicates = make([]Predicate, 0, len(tokens))
	space := &rolesSpace{}
	for _, p := range tokens {
		d.Predicates = append(d.Predicates, l.label(v, p, space))
	}
	return nil
}
