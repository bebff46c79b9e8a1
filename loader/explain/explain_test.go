package explain

import (
	"bufio"
	"strings"
	"testing"

	"newsgraph/loader/extract"
	"newsgraph/news"
)

func TestShown(t *testing.T) {
	x, err := extract.New()
	if err != nil {
		t.Fatal(err)
	}
	read := func(headline, text string) Story {
		story := news.Story{Headline: headline, Publisher: "The Courier", Published: "2024-01-10", Language: "en", Text: text}
		story.Identify()
		e, err := x.Explain(story)
		if err != nil {
			t.Fatal(err)
		}
		return Of(e)
	}
	stories := []Story{
		read("Chad & <i>Niger</i>", "Foreign Minister Ola Berg of Norway condemned Chad's attack on Niger on Tuesday. It rained."),
		read("Peru", "Peru <script>alert(1)</script> praised Chile."),
	}
	shown := func(o Options) string {
		var b strings.Builder
		w := bufio.NewWriter(&b)
		Text(w, stories, o)
		if err := w.Flush(); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	text, at := shown(Options{}), 0
	for _, want := range []string{ // in this order
		"Chad & <i>Niger</i>\nThe Courier 2024-01-10\n\n", "[Ola Berg]", "  condemn ACCUSE, ASSERTED: “condemned”, for ", "SOURCE     → Ola Berg", "TARGET     → Chad",
		"MATTER     → Chad's attack on Niger", "WHEN       → Tuesday = 2024-01-09", "ABOUT      → attack (attack)", "  position Ola Berg: ", `  time "Tuesday": DATE 2024-01-09`, "\n\nPeru\n", "praise SUPPORT",
	} {
		i := strings.Index(text[at:], want)
		if i < 0 {
			t.Fatalf("no %q after %q in %s", want, text[:at], text)
		}
		at += i + len(want)
	}
	if strings.Contains(text, "\x1b") || strings.Contains(text, "VERB") {
		t.Errorf("colours or trees, and none are asked for: %s", text)
	}
	if text := shown(Options{Colours: true, Tree: true}); !strings.Contains(text, "\x1b[36m[Ola Berg]\x1b[0m") || !strings.Contains(text, "condemned            VERB   root         0") {
		t.Errorf("no colours or no trees in %s", text)
	}
	var page strings.Builder
	if err := HTML(&page, stories); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Chad &amp; &lt;i&gt;Niger&lt;/i&gt;", `<mark class="PERSON"`, "condemn · ACCUSE", "Left uncoded"} {
		if !strings.Contains(page.String(), want) {
			t.Errorf("no %q in the page", want)
		}
	}
	if strings.Contains(page.String(), "<script>") {
		t.Error("a story's script is in the page")
	}
}
