package nlp

import (
	"bytes"
	_ "embed"
	"fmt"
	"strings"
	"sync"
)

// parser gives each sentence its Universal Dependencies tree: greedy arc-hybrid transitions (Kuhlmann, Gómez-Rodríguez and Satta 2011) chosen
// by an averaged perceptron that was trained with a dynamic oracle (Goldberg and Nivre 2013). Trees are projective and have one root.
type parser struct{ m *Model }

func (parser) Needs() Layer { return Sentences | Tags | Lemmas }
func (parser) Adds() Layer  { return Tree }

//go:embed parser.bin
var parserFile []byte

var loadParser = sync.OnceValues(func() (*Model, error) { return ReadModel(bytes.NewReader(parserFile)) })

func newParser() (parser, error) {
	m, err := loadParser()
	if err != nil {
		return parser{}, fmt.Errorf("nlp: read the embedded parser: %w", err)
	}
	return parser{m}, nil
}

func (p parser) Apply(d *Doc) error {
	var words, tags []string
	for _, s := range d.Sentences {
		words, tags = words[:0], tags[:0]
		for i := s.First; i < s.Last; i++ {
			words, tags = append(words, d.Word(i)), append(tags, d.Tokens[i].Tag)
		}
		t := Parse(p.m, words, tags)
		for i := range words {
			tok := &d.Tokens[s.First+i]
			tok.Relation = t.Labels[i]
			tok.Head = s.First + t.Heads[i]
			if t.Heads[i] == len(words) {
				tok.Head = -1
			}
		}
	}
	return nil
}

// Parsed is a tree: for each word the index of its head, len(Heads) for the root, and its relation.
type Parsed struct {
	Heads  []int
	Labels []string
}

// Parse finds the tree of one sentence by a model.
func Parse(m *Model, words, tags []string) Parsed {
	c := NewConfig(words, tags)
	scores := make([]int32, len(m.Classes))
	var fs []uint32
	for !c.Done() {
		fs = c.Features(fs[:0])
		m.Score(scores, fs)
		best := -1
		for k, name := range m.Classes {
			if c.Allows(name[0]) && (best < 0 || scores[k] > scores[best]) {
				best = k
			}
		}
		c.Do(m.Classes[best])
	}
	return c.Parsed()
}

// Config is a state of the parser: a stack, a buffer whose last item is the root, and the arcs so far. A transition is a class
// name: "S" shifts, "L label" makes the front of the buffer the head of the stack's top, "R label" the item below it; both pop.
type Config struct {
	words, lower, tags []string
	heads              []int
	labels             []string
	left, right        [][2]int // leftmost two and rightmost two children, -1 where there is none
	valency            [][2]uint8
	stack              []int
	next               int // the front of the buffer; len(words) is the root
}

// NewConfig begins a sentence.
func NewConfig(words, tags []string) *Config {
	n := len(words)
	c := &Config{words: words, tags: tags, heads: make([]int, n), labels: make([]string, n)}
	c.lower = make([]string, n)
	c.left, c.right, c.valency = make([][2]int, n+1), make([][2]int, n+1), make([][2]uint8, n+1)
	for i := range c.left {
		c.left[i], c.right[i] = [2]int{-1, -1}, [2]int{-1, -1}
	}
	for i, w := range words {
		c.heads[i] = -1
		c.lower[i] = strings.ToLower(w)
	}
	return c
}

// Done tells that the sentence is parsed.
func (c *Config) Done() bool { return c.next == len(c.words) && len(c.stack) == 0 }

// Allows tells that a transition of the kind S, L or R can be made. Only one word may hang on the root.
func (c *Config) Allows(kind byte) bool {
	switch kind {
	case 'S':
		return c.next < len(c.words)
	case 'L':
		return len(c.stack) > 0 && (c.next < len(c.words) || len(c.stack) == 1)
	}
	return len(c.stack) > 1
}

// Arc is the dependent and the head of the arc that a transition of the kind L or R makes.
func (c *Config) Arc(kind byte) (dependent, head int, ok bool) {
	if kind == 'S' {
		return 0, 0, false
	}
	dependent, head = c.stack[len(c.stack)-1], c.next
	if kind == 'R' {
		head = c.stack[len(c.stack)-2]
	}
	return dependent, head, true
}

// Do makes a transition.
func (c *Config) Do(transition string) {
	if transition == "S" {
		c.stack = append(c.stack, c.next)
		c.next++
		return
	}
	top := c.stack[len(c.stack)-1]
	c.stack = c.stack[:len(c.stack)-1]
	head := c.next
	if transition[0] == 'R' {
		head = c.stack[len(c.stack)-1]
	}
	c.heads[top], c.labels[top] = head, transition[2:]
	if head == len(c.words) {
		c.labels[top] = "root"
	}
	if top < head {
		c.left[head] = [2]int{top, c.left[head][0]}
		c.valency[head][0]++
	} else {
		c.right[head] = [2]int{top, c.right[head][0]}
		c.valency[head][1]++
	}
}

// Parsed is the tree that the arcs make.
func (c *Config) Parsed() Parsed { return Parsed{c.heads, c.labels} }

// Cost is how many arcs of the gold tree a transition of the kind S, L or R makes unreachable.
func (c *Config) Cost(kind byte, gold []int) int {
	cost := 0
	n := len(c.words)
	switch kind {
	case 'S':
		for _, k := range c.stack {
			if gold[k] == c.next {
				cost++
			}
		}
		for _, k := range c.stack[:max(0, len(c.stack)-1)] {
			if gold[c.next] == k {
				cost++
			}
		}
	case 'L', 'R':
		top := c.stack[len(c.stack)-1]
		for k := c.next; k < n; k++ {
			if gold[k] == top {
				cost++
			}
			if gold[top] == k && (kind == 'R' || k != c.next) {
				cost++
			}
		}
		if gold[top] == n && (kind == 'R' || c.next != n) {
			cost++
		}
		if kind == 'L' && len(c.stack) > 1 && gold[top] == c.stack[len(c.stack)-2] {
			cost++
		}
	}
	return cost
}

// Features appends the hashed features of the state, after Zhang and Nivre 2011.
func (c *Config) Features(fs []uint32) []uint32 {
	n := len(c.words)
	at := func(k int) int {
		if len(c.stack) > k {
			return c.stack[len(c.stack)-1-k]
		}
		return -1
	}
	word := func(i int) string {
		switch {
		case i < 0 || i > n:
			return "-"
		case i == n:
			return "ROOT"
		}
		return c.lower[i]
	}
	tag := func(i int) string {
		switch {
		case i < 0 || i > n:
			return "-"
		case i == n:
			return "ROOT"
		}
		return c.tags[i]
	}
	label := func(i int) string {
		if i < 0 || i >= n {
			return "-"
		}
		return c.labels[i]
	}
	child := func(side [][2]int, i, k int) int {
		if i < 0 {
			return -1
		}
		return side[i][k]
	}
	s0, s1, s2 := at(0), at(1), at(2)
	b0, b1, b2 := c.next, c.next+1, c.next+2
	if b0 >= n {
		b1, b2 = -1, -1
	} else if b1 >= n {
		b2 = -1
	}
	w0, t0, w1, t1, v0, u0, v1, u1 := word(s0), tag(s0), word(s1), tag(s1), word(b0), tag(b0), word(b1), tag(b1)
	t2, u2 := tag(s2), tag(b2)
	kind := byte(0)
	add := func(parts ...string) {
		kind++
		fs = append(fs, hash(kind, parts...))
	}
	val := func(i, side int) string {
		if i < 0 {
			return "-"
		}
		return string('0' + rune(min(c.valency[i][side], 9)))
	}
	dist := func(a, b int) string {
		switch d := b - a; {
		case a < 0 || b < 0:
			return "-"
		case d > 9:
			return "x"
		case d > 4:
			return "m"
		default:
			return string('0' + rune(d))
		}
	}
	d01, d0b := dist(s1, s0), dist(s0, b0)
	s0l, s0r, s1l, s1r, b0l := child(c.left, s0, 0), child(c.right, s0, 0), child(c.left, s1, 0), child(c.right, s1, 0), child(c.left, b0, 0)
	add()
	add(w0)
	add(t0)
	add(w0, t0)
	add(w1)
	add(t1)
	add(w1, t1)
	add(v0)
	add(u0)
	add(v0, u0)
	add(v1)
	add(u1)
	add(v1, u1)
	add(word(b2))
	add(u2)
	add(w0, v0)
	add(w0, t0, u0)
	add(t0, v0, u0)
	add(t0, u0)
	add(w0, w1)
	add(w1, t1, t0)
	add(t1, w0, t0)
	add(t1, t0)
	add(t1, v0)
	add(w1, u0)
	add(t1, t0, u0)
	add(t0, u0, u1)
	add(t2, t1, t0)
	add(u0, u1, u2)
	add(w0, u0, u1)
	add(t0, v0, u1)
	add(t1, t0, u0, u1)
	add(w1, t0, u0)
	add(t1, w0, u0)
	add(t1, t0, v0)
	add(w0, val(s0, 0), val(s0, 1))
	add(t0, val(s0, 0), val(s0, 1))
	add(t1, val(s1, 0), val(s1, 1))
	add(w1, val(s1, 1))
	add(u0, val(b0, 0))
	add(t0, t1, d01)
	add(w0, d01)
	add(w1, d01)
	add(t0, u0, d0b)
	add(w0, d0b)
	add(v0, d0b)
	add(tag(s0l), label(s0l), t0)
	add(tag(s0r), label(s0r), t0)
	add(tag(s1l), label(s1l), t1)
	add(tag(s1r), label(s1r), t1)
	add(tag(b0l), label(b0l), u0)
	add(t0, tag(s0l), u0)
	add(t0, tag(s0r), u0)
	add(t1, tag(s1r), t0)
	add(t1, t0, tag(s0l))
	add(t1, t0, tag(s0r))
	add(t0, u0, tag(b0l))
	add(label(s0l), label(child(c.left, s0, 1)), t0)
	add(label(s0r), label(child(c.right, s0, 1)), t0)
	add(label(s1r), label(child(c.right, s1, 1)), t1)
	add(w0, label(s0l))
	add(w0, label(s0r))
	add(w1, label(s1r))
	add(w1, label(s1l), label(s1r))
	add(word(s0l), t0)
	add(word(s0r), t0)
	add(word(s1r), t1)
	add(v0, label(b0l))
	add(w1, word(s0l), t0)
	add(w0, word(s0l))
	add(w0, v0, w1)
	return fs
}
