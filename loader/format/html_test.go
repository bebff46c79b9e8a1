package format

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
)

func TestHTML(t *testing.T) { golden(t, "html") }

func FuzzHTML(f *testing.F) { fuzzRead(f, "html") }

func TestPagesAreRefusedByName(t *testing.T) {
	refusedAs(t, "<html></html>", ErrNoStory)
	refusedAs(t, "<!doctype html><title>Sign in</title><form><input></form>", ErrNoStory)
	refusedAs(t, "<html>"+strings.Repeat("<p>x", mostElements+1), ErrTooLong)
	refusedAs(t, "<html>"+strings.Repeat("x", maxItem), ErrTooLong)
}

// hostile are pages that are large, deep or odd in one way each.
func hostile() map[string]string {
	const sentence = "The minister said that the bridge over the river would be open to traffic again before the end of the year. "
	return map[string]string{
		"million nested":      "<html><body>" + strings.Repeat("<div>", 1_000_000) + sentence,
		"million nested b":    "<html><body>" + strings.Repeat("<b>", 1_000_000) + sentence,
		"million closed":      "<html><body>" + strings.Repeat("</div>", 1_000_000) + sentence,
		"unclosed links":      "<html><body>" + strings.Repeat("<a href=x><b><i>"+sentence, 40_000),
		"nested tables":       "<html><body>" + strings.Repeat("<table><tr><td>", 300_000) + sentence,
		"nested lists":        "<html><body>" + strings.Repeat("<ul><li>", 500_000) + sentence,
		"10 MB of text":       "<html><body><p>" + strings.Repeat(sentence, 90_000),
		"10 MB of paragraphs": "<html><body>" + strings.Repeat("<p>"+sentence+"</p>", 85_000),
		"many elements":       "<html><body>" + strings.Repeat("<div><p>"+sentence+"</p></div>", 5_900),
		"10 MB of script":     "<html><body><script>" + strings.Repeat(sentence, 90_000) + "</script><p>" + sentence,
		"deep JSON-LD":        `<html><script type="application/ld+json">` + strings.Repeat(`{"a":[`, 9_000) + strings.Repeat(`]}`, 9_000) + "</script><p>" + sentence,
		"wide JSON-LD":        `<html><script type="application/ld+json">[` + strings.Repeat(`{"@type":"NewsArticle","headline":"a b c"},`, 100_000) + "{}]</script><p>" + sentence,
		"long attribute":      `<html><body class="` + strings.Repeat("a ", 5_000_000) + `"><p>` + sentence,
		"many attributes":     "<html><body " + strings.Repeat("a=b ", 200_000) + "><p>" + sentence,
		"unclosed comment":    "<html><!--" + strings.Repeat("-- >", 1_000_000) + sentence,
	}
}

// Whatever a page is, its work is bounded: what is read and allocated of it, and the tree that the extractors get, in size and depth.
// Elements in each other are looked into a bounded number of times, however deep and however many neighbours they have.
func TestDeepPagesTakeNoTime(t *testing.T) {
	for _, data := range []string{
		"<html><body>" + strings.Repeat("<div><p>", 80_000) + "The council voted on Monday to close the bridge.",
		"<html><body>" + strings.Repeat("<div></div><div></div><div></div><div><p>x", 40_000),
		"<html><body>" + strings.Repeat("<ul><li>9:00 a<li>9:30 b<li>10:00 c", 40_000),
	} {
		began := time.Now()
		refusals(data)
		if took := time.Since(began); took > 5*time.Second { // a tenth of it alone on a processor
			t.Errorf("%.60q: %v", data, took)
		}
	}
}

func TestPagesAreBounded(t *testing.T) {
	for name, page := range hostile() {
		if len(page) > maxItem {
			t.Fatalf("%s: %d bytes", name, len(page))
		}
		bounded(t, name, page)
		p, err := parsePage(page)
		if errors.Is(err, ErrTooLong) {
			continue
		}
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		var nodes, deepest int
		var walk func(n *html.Node, depth int)
		walk = func(n *html.Node, depth int) {
			nodes++
			deepest = max(deepest, depth)
			for k := n.FirstChild; k != nil; k = k.NextSibling {
				walk(k, depth+1)
			}
		}
		walk(p.doc, 0)
		// The parser closes and opens elements of formatting again where paragraphs cross them, and shallow ones stand between the others.
		if p.elements > mostElements || nodes > 4*mostElements || deepest > 4*deepestPage {
			t.Errorf("%s: a tree of %d elements and %d nodes, %d deep", name, p.elements, nodes, deepest)
		}
	}
}

func TestPublishedIsNeverModifiedOrCopyright(t *testing.T) {
	text := strings.Repeat("<p>The minister said that the bridge over the river would be open to traffic again before the end of the year.</p>", 4)
	for _, c := range []struct{ page, want string }{
		{`<meta property="article:modified_time" content="2024-01-02">`, ""},
		{`<p class="date">Updated 4 May 2024</p>`, ""},
		{`<p class="date">Published 4 May 2024 | Updated 5 May 2024</p>`, "2024-05-04"},
		{`<p class="date">Updated 5 May 2024, first published 4 May 2024</p>`, "2024-05-04"},
		{`<p class="date">© 2024</p><p class="time">Copyright 4 May 2024</p>`, ""},
		{`<time class="updated" datetime="2024-05-05">5 May</time><time datetime="2024-05-04">4 May</time>`, "2024-05-04"},
		{`<meta name="pubdate" content="20240504"><script type="application/ld+json">{"@type":"NewsArticle","headline":"A b c","dateModified":"2024-05-09"}</script>`, "2024-05-04"},
		{`<link rel="canonical" href="https://a.example/2024/05/04/x">`, "2024-05-04"},
	} {
		i := only(t, "<!doctype html><body><h1>The bridge is open again</h1>"+c.page+text, "")
		if i.Published.Value != c.want {
			t.Errorf("%s: published %q, want %q", c.page, i.Published.Value, c.want)
		}
	}
}

func TestDateTold(t *testing.T) {
	for told, want := range map[string]string{
		"2024-01-10":                      "2024-01-10",
		"2024-01-10T09:30:00+02:00":       "2024-01-10T09:30:00+02:00",
		"2024-01-10T09:30:00.000+0200":    "2024-01-10T09:30:00+02:00",
		"2024-01-10T09:30:00Z":            "2024-01-10T09:30:00Z",
		"2024-01-10T09:30:00":             "2024-01-10",
		"2024-01-10 09:30 EST":            "2024-01-10T09:30:00-05:00",
		"20240110T093000Z":                "2024-01-10T09:30:00Z",
		"20240110":                        "2024-01-10",
		"Wed, 10 Jan 2024 09:30:00 GMT":   "2024-01-10T09:30:00Z",
		"Wed, 10 Jan 2024 09:30:00 -0500": "2024-01-10T09:30:00-05:00",
		"10 Jan 24 09:30 EDT":             "2024-01-10T09:30:00-04:00",
		"January 10, 2024":                "2024-01-10",
		"Jan. 10th, 2024 at 9:30 a.m. ET": "2024-01-10",
		"Published: 10 January 2024":      "2024-01-10",
		"10. März 2024":                   "2024-03-10",
		"10 de enero de 2024":             "2024-01-10",
		"10 février 2024":                 "2024-02-10",
		"10.01.2024":                      "2024-01-10",
		"13/01/2024":                      "2024-01-13",
		"01/13/2024":                      "2024-01-13",
		"03/04/2024":                      "",
		"1704877800":                      "2024-01-10T09:10:00Z",
		"January 2024":                    "2024-01",
		"2024-01":                         "2024-01",
		"2024":                            "2024",
		"2024-02-30":                      "",
		"31 November 2024":                "",
		"yesterday":                       "",
		"Flight 370":                      "",
	} {
		if got := dateTold(told); got.Value != want {
			t.Errorf("%q is %q, want %q", told, got.Value, want)
		}
	}
}

func BenchmarkHTML(b *testing.B) {
	data, err := os.ReadFile("testdata/html/newsarticle.html")
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if _, err := pageItems(data, "", ""); err != nil {
			b.Fatal(err)
		}
	}
}

func ExampleRead() {
	page := "<!doctype html><title>A bridge opens</title><p>" + strings.Repeat("The bridge over the river is open to all traffic. ", 5)
	for i, err := range Read("page.html", "text/html", strings.NewReader(page), Options{}) {
		fmt.Println(i.Headline, i.Published.Value == "", err)
	}
	// Output: A bridge opens true <nil>
}
