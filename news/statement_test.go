package news_test

import (
	"fmt"
	"strings"
	"testing"

	"newsgraph/news"
)

// TestStatements reads what is said in a story: quotations, and sentences that report it, each speaker's own once.
func TestStatements(t *testing.T) {
	const text = "Oslo told Lima that Quito had shelled a port and that Quito mined it. “Quito must leave the port,” Oslo said. " +
		"A paper wrote that Lima saw Quito fire. “Nobody knows.”"
	span := func(words string) news.Span {
		at := strings.Index(text, words)
		if at < 0 {
			t.Fatalf("no %q", words)
		}
		return news.SpanOf(text, at, at+len(words))
	}
	f := news.Facts{Story: news.Story{Text: text, Reader: "1"}}
	f.Story.Identify()
	for _, name := range []string{"Oslo", "Lima", "Quito", "port", "paper"} {
		for at := 0; ; {
			i := strings.Index(text[at:], name)
			if i < 0 {
				break
			}
			s := news.SpanOf(text, at+i, at+i+len(name))
			f.Mentions = append(f.Mentions, news.Mention{ID: news.MentionID(f.Story.ID, s), Story: f.Story.ID, Span: s, Entity: news.ID(name)})
			at = s.End
		}
	}
	report := func(trigger, sentence string, to news.ID, by ...news.ID) {
		f.Reports = append(f.Reports, news.Report{
			ID: news.ID(trigger), Story: f.Story.ID, Trigger: span(trigger), Sentence: sentence, SentenceSpan: span(sentence), SaidBy: by, Addressee: to,
		})
	}
	first, _, _ := strings.Cut(text, " “")
	report("mined", first, "Lima", "Oslo")
	report("shelled", first, "Lima", "Oslo")
	report("leave", "“Quito must leave the port,” Oslo said.", "", "Oslo")
	report("fire", "A paper wrote that Lima saw Quito fire.", "", "Lima", "paper")
	report("knows", "“Nobody knows.”", "")
	f.Reports = append(f.Reports, news.Report{ID: "nowhere", Story: f.Story.ID, SaidBy: []news.ID{"Oslo"}})
	for _, words := range []string{"“Quito must leave the port,”", "“Nobody knows.”"} {
		q := news.Quotation{ID: news.QuotationID(f.Story.ID, span(words)), Story: f.Story.ID, Span: span(words)}
		if words[3] == 'Q' {
			q.Speaker, q.Addressee = "Oslo", "Lima"
		}
		f.Quotations = append(f.Quotations, q)
	}
	want := []string{
		"Oslo to Lima: Oslo told Lima that Quito had shelled a port and that Quito mined it. [Quito port] shelled false",
		"Oslo to Lima: “Quito must leave the port,” [Quito port] leave true",
		"Lima to : A paper wrote that Lima saw Quito fire. [Quito] fire false",
		"paper to : A paper wrote that Lima saw Quito fire. [Quito] fire false",
	}
	var got []string
	for _, s := range f.Statements() {
		got = append(got, fmt.Sprintf("%s to %s: %s %s %s %t", s.Speaker, s.Addressee, s.Span.In(text), s.Topics, s.Report, s.Quotation != ""))
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
