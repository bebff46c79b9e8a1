package extract

import (
	"slices"
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

// Each repair of mend.go changes the tree of its example, which without it is another.
func TestMends(t *testing.T) {
	x, err := New()
	if err != nil {
		t.Fatal(err)
	}
	for group := range x.mends {
		for k, m := range x.mends[group] {
			doc, err := x.Parse(m.example)
			if err != nil {
				t.Fatal(err)
			}
			tree := func(x *Extractor) []nlp.Token {
				d := *doc
				d.Tokens = slices.Clone(doc.Tokens)
				r := &reading{Extractor: x, d: &d, at: map[int]*mention{}}
				r.place()
				r.mend()
				return d.Tokens
			}
			without := *x
			without.mends[group] = slices.Delete(slices.Clone(x.mends[group]), k, k+1)
			if slices.Equal(tree(x), tree(&without)) {
				t.Errorf("%s: mends nothing in %q", m.name, m.example)
			}
		}
	}
}
