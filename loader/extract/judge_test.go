package extract

import (
	"testing"

	"newsgraph/news"
)

// Who condemns a deed is not charged with it, whoever "we" are.
func TestWhoCondemnsDidNot(t *testing.T) {
	x, err := New()
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{
		`Norway said: "We strongly condemn the killing of farmers in Mali."`,
		`"We condemn the attack on the embassy," Ana Ruiz of Peru said. Norway agreed.`,
		`Chad and Niger condemned the bombing of a market in Mali.`,
		`"We denounce the shelling of hospitals," the Norwegian government said.`,
	} {
		story := news.Story{Text: text, Published: "2024-01-10"}
		story.Identify()
		f, err := x.Read(story)
		if err != nil {
			t.Fatal(err)
		}
		condemned := false
		for _, r := range f.Reports {
			condemned = condemned || r.Type == news.TypeAccuse && len(r.Entities(news.Source)) > 0
			if r.Type == news.TypeAssault && len(r.Entities(news.Source)) > 0 {
				t.Errorf("%s: %v are charged with it", text, r.Entities(news.Source))
			}
		}
		if !condemned {
			t.Errorf("%s: nobody condemns", text)
		}
	}
}
