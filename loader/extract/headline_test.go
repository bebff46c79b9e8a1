package extract

import (
	"slices"
	"testing"

	"newsgraph/news"
)

// TestTitle holds that a title is read for names alone: it says who a short name of the text is, and tells no event and nobody by itself.
func TestTitle(t *testing.T) {
	x, err := New()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		title, text string
		mentions    []string
		events      int
	}{
		{"Peru's Luis Ruiz condemns Chad; Norway bombs Niger", "Ruiz praised Kenya.", []string{"person:luis-ruiz", "state:KE"}, 1},
		{"", "Luis Ruiz praised Kenya.", []string{"person:luis-ruiz", "state:KE"}, 1},
		{"Norway bombs Niger", "Kenya was quiet.", []string{"state:KE"}, 0},
	} {
		out, err := x.Output(Input{ID: "1", Title: c.title, Text: c.text, Published: "2024-03-20"})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, m := range out.Mentions {
			got = append(got, string(m.Entity))
		}
		if !slices.Equal(got, c.mentions) || len(out.Events) != c.events {
			t.Errorf("%q, %q: %d events, mentions %q", c.title, c.text, len(out.Events), got)
		}
	}
	out, err := x.Output(Input{ID: "1", Title: "Luis Ruiz in Lima", Text: "Ruiz praised Kenya."})
	if err != nil || len(out.Events) != 1 || len(out.Events[0].Source) != 1 || out.Events[0].Source[0].Entity != news.ID("person:luis-ruiz") {
		t.Errorf("%v, %+v", err, out)
	}
}
