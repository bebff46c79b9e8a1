package extract

import (
	"slices"
	"testing"
)

// TestChains finds who is spoken of again.
func TestChains(t *testing.T) {
	x, err := New()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		text string
		want []string // the phrases of one chain
	}{
		{"Ella Sand praised Peru. She thanked Kenya.", []string{"Ella Sand", "She"}},
		{"The old ministry closed the bridge. Later the ministry opened it.", []string{"The old ministry", "the ministry"}},
		{"It rained all day.", nil},
	} {
		d, err := x.Parse(c.text)
		if err != nil {
			t.Fatal(err)
		}
		chains, err := x.Chains(d)
		if err != nil {
			t.Fatal(err)
		}
		found := len(c.want) == 0 && len(chains) == 0
		for _, chain := range chains {
			var words []string
			for _, p := range chain {
				words = append(words, d.Words(p[0], p[1]))
			}
			found = found || slices.Equal(words, c.want)
		}
		if !found {
			t.Errorf("%s: no chain %q in %v", c.text, c.want, chains)
		}
	}
	if len(chainWeights) > 200_000 {
		t.Errorf("%d bytes of weights", len(chainWeights))
	}
}
