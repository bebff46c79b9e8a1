package extract

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"newsgraph/news"
)

// theExtractor is one Extractor for all tests, as it is safe for all to use.
var theExtractor = sync.OnceValues(New)

func read(t testing.TB, published, text string) news.Facts {
	t.Helper()
	x, err := theExtractor()
	if err != nil {
		t.Fatal(err)
	}
	story := news.Story{Text: text, Published: published}
	story.Identify()
	f, err := x.Read(story)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// lines are the reports of a story, one a line: who, what, whom, when.
func lines(f news.Facts) string {
	names := map[news.ID]string{}
	for _, e := range f.Entities {
		names[e.ID] = e.Name
	}
	var all []string
	for _, r := range f.Reports {
		who := func(role news.Role) string {
			var ns []string
			for _, id := range r.Entities(role) {
				ns = append(ns, names[id])
			}
			return strings.Join(ns, "+")
		}
		all = append(all, fmt.Sprintf("%s|%s|%s|%s|%s", who(news.Source), r.Action, who(news.Target), r.Modality, r.When.From))
	}
	return strings.Join(all, "\n")
}

func TestReads(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Norway condemned Chad on Tuesday.", "Norway|condemn|Chad|ASSERTED|2024-01-09"},
		{"Chad was condemned by Norway.", "Norway|condemn|Chad|ASSERTED|"},
		{"Norway did not condemn Chad.", "Norway|condemn|Chad|NEGATED|"},
		{"Norway will visit Chad.", "Norway|visit||PLANNED|"},
		{"Will Norway condemn Chad?", ""},
		{"It rained all day and the streets were wet.", ""},
	} {
		if got := lines(read(t, "2024-01-10", c.text)); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.text, got, c.want)
		}
	}
}

func TestNothingIsGuessedWithoutADate(t *testing.T) {
	f := read(t, "", "Norway condemned Chad on Tuesday.")
	if w := f.Reports[0].When; w.From != "" || w.Text != "Tuesday" || w.Value != "XXXX-WXX-2" {
		t.Errorf("%+v", w)
	}
}

func TestSpansAreTheWording(t *testing.T) {
	const text = "“Ærø” is a small island. Norway condemned Chad."
	f := read(t, "", text)
	for _, p := range f.Reports[0].Participants {
		if w := p.Span.In(text); w != "Norway" && w != "Chad" {
			t.Errorf("%s is %q", p.Entity, w)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add("Norway condemned Chad. He told us about the attack \"in the strongest terms\".")
	f.Add("• a\n\n'''s ’s 5.5.5 - -")
	x, err := New()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			return
		}
		story := news.Story{Text: text}
		story.Identify()
		facts, err := x.Read(story)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range facts.Reports {
			if r.SentenceSpan.In(text) != r.Sentence {
				t.Errorf("%q is not %q", r.SentenceSpan.In(text), r.Sentence)
			}
		}
	})
}

// BenchmarkRead reads a story of the samples, from its text to its facts.
func BenchmarkRead(b *testing.B) {
	text := strings.Repeat("Norwegian Foreign Minister Ola Berg condemned Chad's attack on Niger on Monday, the United Nations said. “We will send aid,” he told "+
		"reporters in Oslo. Three soldiers were killed near the border, according to officials. The rebels denied the charge.\n\n", 20)
	x, err := New()
	if err != nil {
		b.Fatal(err)
	}
	story := news.Story{Text: text, Published: "2024-01-10"}
	story.Identify()
	words := len(strings.Fields(text))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := x.Read(story); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(words*b.N)/b.Elapsed().Seconds(), "words/s")
}

// TestEndlessSentence reads ten thousand words without a full stop: no events, and no time that grows with the square of the words.
func TestEndlessSentence(t *testing.T) {
	x, err := New()
	if err != nil {
		t.Fatal(err)
	}
	story := news.Story{Headline: "List", Text: strings.Repeat("Norway attacked Chad in Lima and ", 1700) + "left."}
	story.Identify()
	f, err := x.Read(story)
	if err != nil || len(f.Reports) > 0 || len(f.Mentions) < 1700 {
		t.Errorf("%d reports and %d mentions, %v", len(f.Reports), len(f.Mentions), err)
	}
}
