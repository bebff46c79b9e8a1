package format

import (
	"fmt"
	"strings"
	"testing"
)

func TestMarkdown(t *testing.T) { golden(t, "markdown") }

func FuzzMarkdown(f *testing.F) { fuzzRead(f, "markdown") }

func TestPlainTextIsNoMarkdown(t *testing.T) {
	for _, s := range []string{
		"LIMA, 4 May - The president spoke.\n\nHe left.", "# sent_id = 1\n1\tThe", "#1 song in Peru\n\nA song.", "---\n\nA rule above a text.", "He said [sic] that * was * nothing.",
		"Read it at http://a.example/b (c).",
	} {
		if isMarkdown([]byte(s), "") {
			t.Errorf("%q is Markdown", s)
		}
	}
}

func TestMarkdownIsBounded(t *testing.T) {
	for _, s := range []string{strings.Repeat("[", 5_000_000), strings.Repeat("*a", 3_000_000), strings.Repeat("> ", 3_000_000), strings.Repeat("[a](", 30_000), strings.Repeat("_a ", 20_000)} {
		bounded(t, s[:10], "# T\n\n"+s)
	}
}

func TestBrokenFrontMatterIsRefused(t *testing.T) {
	const body = "\nThe mayor of Vigo criticised the port authority on Tuesday.\n"
	for front, says := range map[string]string{
		"---\ntitle: [Mayor\ndate: 2024-03-05\n---\n":            "title begins with [ and does not close it",
		"---\ntitle: \"Mayor of Vigo\ndate: 2024-03-05\n---\n":   `title begins with " and does not close it`,
		"---\nauthor: {name: Rosa Lema\ntitle: Storm\n---\n":     "author begins with { and does not close it",
		"---\ntitle: Storm in Vigo\ndate: 2024-03-05\n":          "has no end",
		"+++\ntitle = \"Storm in Vigo\"\ndate = 2024-03-05\n":    "has no end",
		"---\ntitle: Storm\ntags: [port,\n  Vigo]\n---\n":        "",
		"+++\ntitle = \"Storm\"\ntags = [\n\"port\",\n]\n+++\n":  "",
		"---\ntitle: \"[Mayor] speaks\"\n---\n":                  "",
		"---\nheadline: Storm \"of the century\" in Vigo\n---\n": "",
	} {
		errs, items := refusals(front + body)
		if told := fmt.Sprint(errs); says == "" && (items != 1 || len(errs) > 0) || says != "" && (items > 0 || !strings.Contains(told, says)) {
			t.Errorf("%q: %d items, %s", front, items, told)
		}
	}
}
