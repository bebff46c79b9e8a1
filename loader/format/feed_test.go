package format

import (
	"errors"
	"strings"
	"testing"

	"github.com/mmcdole/gofeed"
)

func TestFeed(t *testing.T) { golden(t, "feed") }

func FuzzFeed(f *testing.F) { fuzzRead(f, "feed") }

// What gofeed reads is read, what it refuses is refused.
func TestFeedsAreReadAsGofeedReadsThem(t *testing.T) {
	for _, data := range []string{
		`<rss version="2.0"><channel><item><description>a b</description></item></channel></rss>`,
		`<rss><channel><item><description>a b</description></item></channel></rss>`,
		`<RSS version="0.91"><channel><item><description>a b</description></item></channel></RSS>`,
		`<feed xmlns="http://www.w3.org/2005/Atom"><entry><content>a b</content></entry></feed>`,
		`<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><content>a b</content></entry></feed>`,
		`<rss version="2.0"><channel><item><description>a`,
		`<rss version="2.0"><channel></item>`,
		"\ufeff \n<?xml version='1.0'?><!-- c --><rss version='2.0'><channel><item><description>a b</description></item></channel></rss>",
	} {
		_, want := gofeed.NewParser().ParseString(data)
		errs, items := refusals(data)
		if (want == nil) != (items > 0 || len(errs) == 1 && errors.Is(errs[0], ErrNoStory)) {
			t.Errorf("%q: gofeed says %v; here %d items, %v", data, want, items, errs)
		}
	}
}

func TestFeedsAreBounded(t *testing.T) {
	for name, data := range map[string]string{
		"nested":   "<rss version='2.0'><channel><item><description>" + strings.Repeat("<a>", 1_000_000),
		"entities": `<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><rss version="2.0"><channel><item><description>&b;&b;</description></item></channel></rss>`,
		"entries":  "<rss version='2.0'><channel>" + strings.Repeat("<item><title>x</title></item>", 50_000) + "</channel></rss>",
	} {
		if _, items := bounded(t, name, data); items > 0 && name == "nested" {
			t.Errorf("%s: %d items", name, items)
		}
		for i, err := range Read("in", "", strings.NewReader(data), Options{}) {
			if err == nil && len(i.Text) > 100 {
				t.Errorf("%s: entities grew: %s", name, i.Text)
			}
		}
	}
}
