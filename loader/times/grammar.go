package times

import (
	"cmp"
	_ "embed"
	"encoding/csv"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"newsgraph/loader/nlp"
)

// A grammar of time expressions is rules over the words of a sentence, as HeidelTime (Strötgen and Gertz 2013) and SUTime (Chang and
// Manning 2012) have them: a pattern finds the words, and a function makes what they mean, or refuses. Rules build on each other by the
// name of what they make, so that "late" and "Tuesday" need no rule for each of their company.
//
// A pattern is items with a space between them:
//
//	ago|earlier   one of the words
//	<month|mon>   a word of one of the classes of times.tsv, or of one of the shapes below
//	@day          what a rule of that name made
//	…?            the item may be missing
type rule struct {
	makes, pattern string
	make           func(*reading, match) (timex, bool)
}

// Grammar is the compiled rules and their lexicon. It is read-only once made, and safe for concurrent use.
type Grammar struct {
	lexicon map[string][]classed
	rules   map[string][]compiled
}

type compiled struct {
	items []item
	first map[string]bool // the words, and the <classes>, that a match can begin with
	make  func(*reading, match) (timex, bool)
}

// item is one place of a pattern: words, classes or a rule.
type item struct {
	words, classes []string
	rule           string
	optional       bool
}

// classed is a class that a word belongs to, with what it stands for there and the tags that it must have.
type classed struct {
	class, key, value string
	tags              []string
}

// classKey tells a class from a word.
func classKey(class string) string { return "<" + class + ">" }

// shapes are classes of words that have digits. A word's value is its first group, or the word.
var shapes = []struct {
	class string
	like  *regexp.Regexp
}{
	{"digits", regexp.MustCompile(`^(\d{1,4}(?:\.\d{1,2})?|\d,\d{3})$`)},
	{"year", regexp.MustCompile(`^(1[5-9]\d\d|20\d\d)$`)},
	{"yy", regexp.MustCompile(`^(\d\d)$`)},
	{"dom", regexp.MustCompile(`^(0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?$`)},
	{"number", regexp.MustCompile(`^(0?[1-9]|1\d)$`)},
	{"ordinal", regexp.MustCompile(`^(\d{1,2})(?:st|nd|rd|th)$`)},
	{"nth", regexp.MustCompile(`^([1-9]|[12]\d|3[01])(?:st|nd|rd|th)$`)},
	{"clock", regexp.MustCompile(`^((?:[01]?\d|2[0-4]):[0-5]\d)(?::\d\d)?$`)},
	{"dotted", regexp.MustCompile(`^((?:0?\d|1[0-2])\.[0-5]\d)$`)},
	{"hour", regexp.MustCompile(`^(0?[1-9]|1[0-2])$`)},
	{"hhmm", regexp.MustCompile(`^((?:[01]\d|2[0-3])[0-5]\d)$`)},
	{"numeric", regexp.MustCompile(`^(\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d\d)|(?:1[89]|20)\d\d/\d{1,2}/\d{1,2})$`)},
	{"decade", regexp.MustCompile(`^'?((?:1[5-9]|20)\d0|\d0)'?s$`)},
	{"abbreviated", regexp.MustCompile(`^'(\d\d)$`)},
	{"q", regexp.MustCompile(`^q([1-4])$`)},
	{"h", regexp.MustCompile(`^h([12])$`)},
}

//go:embed data/times.tsv
var words string

// Load reads the lexicon and compiles the rules.
func Load() (*Grammar, error) { return load(words) }

// load is Load from the text of a lexicon. A row that cannot be is an error that names its line, and so is a rule that names a class or
// a rule that is not there.
func load(words string) (*Grammar, error) {
	g := &Grammar{lexicon: map[string][]classed{}, rules: map[string][]compiled{}}
	classes := map[string]bool{}
	for _, s := range shapes {
		classes[s.class] = true
	}
	table := csv.NewReader(strings.NewReader(words))
	table.Comma, table.Comment, table.LazyQuotes, table.FieldsPerRecord = '\t', '#', true, 4
	for header := true; ; header = false {
		row, err := table.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("times: times.tsv: %w", err)
		}
		if header {
			continue
		}
		line, _ := table.FieldPos(0)
		c := classed{class: row[0], key: classKey(row[0]), value: row[2]}
		if row[3] != "" {
			c.tags = strings.Split(row[3], ",")
		}
		if c.class == "" || row[1] == "" {
			return nil, fmt.Errorf("times: times.tsv:%d: a class and its words are needed", line)
		}
		classes[c.class] = true
		for _, w := range strings.Split(row[1], "|") {
			if w == "" || w != strings.ToLower(w) {
				return nil, fmt.Errorf("times: times.tsv:%d: word %q: lower case is needed", line, w)
			}
			g.lexicon[w] = append(g.lexicon[w], c)
		}
	}
	for _, r := range rules {
		c := compiled{make: r.make}
		for _, f := range strings.Fields(r.pattern) {
			var it item
			it.optional = strings.HasSuffix(f, "?")
			f = strings.TrimSuffix(f, "?")
			switch {
			case strings.HasPrefix(f, "@"):
				it.rule = f[1:]
			case strings.HasPrefix(f, "<"):
				it.classes = strings.Split(strings.Trim(f, "<>"), "|")
				for _, class := range it.classes {
					if !classes[class] {
						return nil, fmt.Errorf("times: rule %q: no class %q", r.pattern, class)
					}
				}
			default:
				it.words = strings.Split(f, "|")
			}
			c.items = append(c.items, it)
		}
		g.rules[r.makes] = append(g.rules[r.makes], c)
	}
	for name, rules := range g.rules {
		for i := range rules {
			rules[i].first = map[string]bool{}
			if err := g.first(rules[i], rules[i].first, nil); err != nil {
				return nil, fmt.Errorf("times: rule for %s: %w", name, err)
			}
		}
	}
	return g, nil
}

// first collects what a match of a rule can begin with. A rule that begins with itself would never end, and is refused.
func (g *Grammar) first(c compiled, set map[string]bool, within []string) error {
	for _, it := range c.items {
		for _, w := range it.words {
			set[w] = true
		}
		for _, class := range it.classes {
			set[classKey(class)] = true
		}
		if it.rule != "" {
			if slices.Contains(within, it.rule) {
				return fmt.Errorf("@%s begins with itself", it.rule)
			}
			if len(g.rules[it.rule]) == 0 {
				return fmt.Errorf("no rule makes @%s", it.rule)
			}
			for _, r := range g.rules[it.rule] {
				if err := g.first(r, set, append(within, it.rule)); err != nil {
					return err
				}
			}
		}
		if !it.optional {
			return nil
		}
	}
	return fmt.Errorf("all of its items may be missing")
}

// piece is a word as rules see it: a token, or what its hyphens divide it into, for a tokenizer may or may not divide "mid-March".
type piece struct {
	token   int
	text    string // as written, apostrophes made plain
	lower   string
	tag     string
	classes []classed
}

func (p piece) class(name string) (classed, bool) {
	for _, c := range p.classes {
		if c.class == name {
			return c, true
		}
	}
	return classed{}, false
}

// is tells that the word is of one of the classes.
func (p piece) is(classes ...string) bool {
	return slices.ContainsFunc(p.classes, func(c classed) bool { return slices.Contains(classes, c.class) })
}

// any tells that it is one of the words; the empty one is the edge of the sentence.
func (p piece) any(words ...string) bool { return slices.Contains(words, p.lower) }

// capital tells that the word is written as a name is.
func (p piece) capital() bool { return p.text != p.lower }

// begins tells that a match of the rule can begin with the piece.
func (c *compiled) begins(p piece) bool {
	if c.first[p.lower] {
		return true
	}
	for _, k := range p.classes {
		if c.first[k.key] {
			return true
		}
	}
	return false
}

const hyphens = "-–‐" // which join; the dash that parts clauses does not

// pieces are the words of a sentence.
func (g *Grammar) pieces(d *nlp.Doc, s nlp.Sentence) []piece {
	var all []piece
	for i := s.First; i < s.Last; i++ {
		word := nlp.Plain(d.Word(i))
		for rest := word; rest != ""; {
			part := rest
			if tail := strings.TrimLeft(rest, hyphens); tail != rest {
				part = rest[:len(rest)-len(tail)]
			} else if k := strings.IndexAny(rest, hyphens); k > 0 {
				part = rest[:k]
			}
			rest = rest[len(part):]
			p := piece{token: i, text: part, lower: strings.ToLower(part), tag: d.Tokens[i].Tag}
			if strings.ContainsAny(part, hyphens) {
				p.lower = "-"
			}
			for _, c := range g.lexicon[p.lower] {
				// Part of a token has no tag of its own.
				if len(c.tags) == 0 || part != word || slices.ContainsFunc(c.tags, func(t string) bool { return strings.HasPrefix(p.tag, t) }) {
					p.classes = append(p.classes, c)
				}
			}
			if strings.ContainsAny(part, "0123456789") {
				for _, s := range shapes {
					if m := s.like.FindStringSubmatch(p.lower); m != nil {
						p.classes = append(p.classes, classed{class: s.class, key: classKey(s.class), value: m[1]})
					}
				}
			}
			all = append(all, p)
		}
	}
	return all
}

// match is pieces first to last, half-open, that a pattern found, and what stands at its classes and rules.
type match struct {
	first, last int
	caps        []capture
}

type capture struct {
	name  string
	value timex // of a class only its value
}

// get is what stands at an item of a name; the zero timex if nothing does.
func (m match) get(name string) timex {
	for _, c := range m.caps {
		if c.name == name {
			return c.value
		}
	}
	return timex{}
}

func (m match) has(name string) bool {
	return slices.ContainsFunc(m.caps, func(c capture) bool { return c.name == name })
}

// str is the value of a class.
func (m match) str(name string) string { return m.get(name).value }

// num is the value of a class as a number; 0 if it is none.
func (m match) num(name string) int { return atoi(m.str(name)) }

// parse finds all that rules of a name make of the pieces from at on, the longest first. Of two of one length the first rule's stays.
func (r *reading) parse(name string, at int) []timex {
	key := parsed{name, at}
	if found, ok := r.memo[key]; ok {
		return found
	}
	var found []timex
	for i := range r.g.rules[name] {
		c := &r.g.rules[name][i]
		if at >= len(r.pieces) || !c.begins(r.pieces[at]) {
			continue
		}
		r.match(c.items, at, nil, func(last int, caps []capture) {
			if last == at || slices.ContainsFunc(found, func(t timex) bool { return t.last == last }) {
				return
			}
			if t, ok := c.make(r, match{at, last, slices.Clone(caps)}); ok {
				t.first, t.last = at, last
				found = append(found, t)
			}
		})
	}
	slices.SortStableFunc(found, func(a, b timex) int { return cmp.Compare(b.last, a.last) })
	r.memo[key] = found
	return found
}

type parsed struct {
	rule string
	at   int
}

// match calls found for each way in which the items fit the pieces from at on; an item that may be missing is tried present first.
func (r *reading) match(items []item, at int, caps []capture, found func(last int, caps []capture)) {
	if len(items) == 0 {
		found(at, caps)
		return
	}
	it := items[0]
	if at < len(r.pieces) {
		p := r.pieces[at]
		switch {
		case it.rule != "":
			for _, t := range r.parse(it.rule, at) {
				r.match(items[1:], t.last, append(caps, capture{it.rule, t}), found)
			}
		case it.classes != nil:
			for _, class := range it.classes {
				if c, ok := p.class(class); ok {
					r.match(items[1:], at+1, append(caps, capture{it.classes[0], timex{value: c.value, text: p.lower, first: at, last: at + 1}}), found)
					break
				}
			}
		case slices.Contains(it.words, p.lower):
			r.match(items[1:], at+1, caps, found)
		}
	}
	if it.optional {
		r.match(items[1:], at, caps, found)
	}
}
