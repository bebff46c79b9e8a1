package extract

import (
	"strings"
	"testing"

	"newsgraph/news"
)

// TestTurns sees whose the answers of an interview are: the interviewed person's where the headline or what stands before the first question tells plainly who that is,
// and nobody's where it does not. Questions are nobody's.
func TestTurns(t *testing.T) {
	x, err := New()
	if err != nil {
		t.Fatal(err)
	}
	const asked = "Q: Why did Chad attack Niger?\n\nA: "
	for _, test := range []struct{ headline, text, speaker string }{
		{"An interview with Ana Ruiz", "The envoy met the Herald in Lima.\n\n" + asked + "We condemn Norway.\n\nNorway attacked Mali.\n\nQ: What next?\n\nA: Mali will retaliate.\n\nThe talk was shortened.", "Ana Ruiz"},
		{"Ruiz on the war", "In an interview, Ana Ruiz told how the war began.\n\n" + asked + "Norway attacked Mali.", "Ana Ruiz"},
		{"Ola Berg answers questions about the sea", asked + "Norway attacked Mali.\n\nQ: And then?\n\nA: It left.", "Ola Berg"},
		{"Five questions about the war", "Our reporters explain.\n\n" + asked + "Norway attacked Mali.", ""},
		{"What Ana Ruiz wants", "The vote is near.\n\n" + asked + "Norway attacked Mali.", ""},
		{"An interview with Ana Ruiz", "Ola Berg met her in Lima.\n\n" + asked + "Norway attacked Mali.", ""},
	} {
		s := news.Story{Headline: test.headline, Text: test.text, Published: "2024-01-10"}
		s.Identify()
		f, err := x.Read(s)
		if err != nil {
			t.Fatal(err)
		}
		names := map[news.ID]string{}
		for _, e := range f.Entities {
			names[e.ID] = e.Name
		}
		turns := 0
		for _, q := range f.Quotations {
			words, want := q.Span.In(s.Text), ""
			if !strings.HasSuffix(words, "?") {
				want = test.speaker
			}
			turns++
			if got := names[q.Speaker]; got != want {
				t.Errorf("%s: %q is said by %q, want %q", test.headline, words, got, want)
			}
			if strings.Contains(words, "shortened") || strings.Contains(words, "Q:") {
				t.Errorf("%s: the turn goes too far: %q", test.headline, words)
			}
		}
		if want := strings.Count(s.Text, "Q:") + strings.Count(s.Text, "A:"); turns != want {
			t.Errorf("%s: %d turns, want %d", test.headline, turns, want)
		}
		told := false
		for _, r := range f.Reports {
			if r.Action != "attack" || !strings.Contains(r.Sentence, "Norway") {
				continue
			}
			told = true
			by := ""
			if len(r.SaidBy) > 0 {
				by = names[r.SaidBy[0]]
			}
			if by != test.speaker {
				t.Errorf("%s: %q is said by %q, want %q", test.headline, r.Sentence, by, test.speaker)
			}
		}
		if !told {
			t.Errorf("%s: no attack is read: %+v", test.headline, f.Reports)
		}
	}
}
