package extract

import (
	"os"
	"strings"
	"testing"

	"newsgraph/news"
)

// TestQuiet reads sentences that charge nobody, and wants no charge of them.
func TestQuiet(t *testing.T) {
	const file = "testdata/quiet.txt"
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	x, err := New()
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(data)), "\n")
	all, right := 0, 0
	for i, line := range lines {
		if strings.HasPrefix(line, "#") {
			continue
		}
		text, marked := strings.CutPrefix(line, "! ")
		story := news.Story{Text: text, Published: "2024-03-20"}
		story.Identify()
		f, err := x.Read(story)
		if err != nil {
			t.Fatal(err)
		}
		charge := ""
		for _, r := range f.Reports {
			if charges[r.Type] && (r.Modality == news.Asserted || r.Modality == news.Alleged) && len(r.Entities(news.Source)) > 0 {
				charge = string(r.Type) + " " + r.Action
			}
		}
		all++
		if charge == "" {
			right++
		}
		switch {
		case *mark && charge != "":
			lines[i] = "! " + text
		case *mark:
			lines[i] = text
		case charge != "" && !marked:
			t.Errorf("%s: %s", text, charge)
		case charge == "" && marked:
			t.Errorf("%q charges nobody now: run with -mark", text)
		}
	}
	t.Logf("%d of %d sentences are quiet", right, all)
	if *mark {
		if err := os.WriteFile(file, []byte(strings.Join(lines, "\n")+"\n"), 0o644); err != nil { //nolint:gosec // a source file
			t.Fatal(err)
		}
	}
}
