package nlp

import (
	"bytes"
	_ "embed"
	"fmt"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// tagger gives each token its Penn Treebank tag: an averaged perceptron over words, affixes, shapes and the tags before
// (Collins 2002), decoded greedily from left to right.
type tagger struct{ m *Model }

func (tagger) Needs() Layer { return Tokens | Sentences }
func (tagger) Adds() Layer  { return Tags }

//go:embed tagger.bin
var taggerFile []byte

var loadTagger = sync.OnceValues(func() (*Model, error) { return ReadModel(bytes.NewReader(taggerFile)) })

func newTagger() (tagger, error) {
	m, err := loadTagger()
	if err != nil {
		return tagger{}, fmt.Errorf("nlp: read the embedded tagger: %w", err)
	}
	return tagger{m}, nil
}

func (t tagger) Apply(d *Doc) error {
	var words []string
	for _, s := range d.Sentences {
		words = words[:0]
		for i := s.First; i < s.Last; i++ {
			words = append(words, d.Word(i))
		}
		for i, tag := range Tag(t.m, words) {
			d.Tokens[s.First+i].Tag = tag
		}
	}
	return nil
}

// Tag gives the words of one sentence their tags by a model.
func Tag(m *Model, words []string) []string {
	tags := make([]string, len(words))
	prev, prev2 := "<s>", "<s>"
	var features []uint32
	scores := make([]int32, len(m.Classes))
	for i := range words {
		features = TagFeatures(features[:0], words, i, prev, prev2)
		m.Score(scores, features)
		best := 0
		for c := range scores {
			if scores[c] > scores[best] {
				best = c
			}
		}
		tags[i] = m.Classes[best]
		prev2, prev = prev, tags[i]
	}
	return tags
}

// TagFeatures appends the hashed features of words[i], whose two tags before are prev and prev2.
func TagFeatures(fs []uint32, words []string, i int, prev, prev2 string) []uint32 {
	at := func(k int) string {
		if k < 0 {
			return "<s>"
		}
		if k >= len(words) {
			return "</s>"
		}
		return words[k]
	}
	w := words[i]
	lower := strings.ToLower(w)
	add := func(kind byte, parts ...string) { fs = append(fs, hash(kind, parts...)) }
	before, after := strings.ToLower(at(i-1)), strings.ToLower(at(i+1))
	add('b')
	add('w', lower)
	add('W', w)
	for n := 1; n <= 4 && n < len(lower); n++ {
		add('s', lower[len(lower)-n:])
	}
	add('p', lower[:min(2, len(lower))])
	add('h', shape(w))
	add('H', shape(at(i-1)), shape(w), shape(at(i+1)))
	add('1', prev)
	add('2', prev, prev2)
	add('t', prev, lower)
	add('a', before)
	add('n', after)
	add('m', before, lower)
	add('o', lower, after)
	add('q', strings.ToLower(at(i-2)))
	add('r', strings.ToLower(at(i+2)))
	add('x', suffix(after))
	add('y', prev, suffix(lower))
	add('z', prev, suffix(after))
	if i == 0 {
		add('0', shape(w))
	}
	return fs
}

func suffix(w string) string { return w[max(0, len(w)-3):] }

// shape is X for capitals, x for small letters, 9 for digits, the character itself for the rest; repeats are written once.
func shape(w string) string {
	var b strings.Builder
	var last rune
	for _, r := range w {
		switch {
		case unicode.IsUpper(r):
			r = 'X'
		case unicode.IsLetter(r):
			r = 'x'
		case unicode.IsDigit(r):
			r = '9'
		case r == utf8.RuneError:
			r = '?'
		}
		if r != last {
			b.WriteRune(r)
		}
		last = r
	}
	return b.String()
}
