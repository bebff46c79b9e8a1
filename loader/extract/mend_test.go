package extract

import (
	"testing"

	"newsgraph/loader/nlp"
)

// No repair may leave a sentence whose words hang on one another in a ring: whoever walks up its tree would never arrive.
func TestGrown(t *testing.T) {
	for _, c := range []struct {
		heads []int
		want  bool
	}{
		{[]int{1, -1, 1}, true},
		{[]int{1, 2, -1}, true},
		{[]int{1, 0, -1}, false},
		{[]int{0, -1, 1}, false},
		{[]int{-1, -1, 1}, false},
		{[]int{1, 2, 0}, false},
	} {
		d := &nlp.Doc{Tokens: make([]nlp.Token, len(c.heads)), Sentences: []nlp.Sentence{{First: 0, Last: len(c.heads)}}}
		for i, h := range c.heads {
			d.Tokens[i].Head = h
		}
		r := &reading{d: d}
		if got := r.grown(d.Sentences[0]); got != c.want {
			t.Errorf("heads %v: %v, want %v", c.heads, got, c.want)
		}
	}
}
