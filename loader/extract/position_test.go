package extract

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"newsgraph/news"
)

// TestPositions holds the sentences of testdata/positions.txt to the offices below them, and finds no others.
func TestPositions(t *testing.T) {
	data, err := os.ReadFile("testdata/positions.txt")
	if err != nil {
		t.Fatal(err)
	}
	x, err := New()
	if err != nil {
		t.Fatal(err)
	}
	var sentences []string
	want := map[string][]string{}
	for _, line := range strings.Split(strings.TrimSpace(string(data)), "\n") {
		switch told, below := strings.CutPrefix(line, "\t"); {
		case below:
			last := sentences[len(sentences)-1]
			want[last] = append(want[last], told)
		case !strings.HasPrefix(line, "#"):
			sentences = append(sentences, line)
		}
	}
	for _, s := range sentences {
		story := news.Story{Headline: "Story", Text: s}
		story.Identify()
		f, err := x.Read(story)
		if err != nil {
			t.Fatal(err)
		}
		names := map[news.ID]string{}
		for _, e := range f.Entities {
			names[e.ID] = e.Name
		}
		var got []string
		for _, p := range f.Positions {
			line := fmt.Sprintf("%s: %s", names[p.Person], p.Title)
			if p.Body != "" {
				line += " of " + names[p.Body]
			}
			line += " " + string(p.Status)
			if p.Since != "" {
				line += " since " + p.Since
			}
			if p.Until != "" {
				line += " until " + p.Until
			}
			if words := p.Span.In(s); !strings.Contains(words, names[p.Person]) {
				t.Errorf("%s\n%q does not name %s", s, words, names[p.Person])
			}
			got = append(got, line)
		}
		if g, w := strings.Join(got, "; "), strings.Join(want[s], "; "); g != w {
			t.Errorf("%s\n got %s\nwant %s", s, g, w)
		}
	}
}
