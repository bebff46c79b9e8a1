package format

import (
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
