package format

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"
	"github.com/mmcdole/gofeed/atom"
	"github.com/mmcdole/gofeed/rss"
)

// maxFeed is how many bytes a feed may have. It is held whole: gofeed does not stream.
const maxFeed = 32 << 20

// isFeed tells a feed by its root element, or a JSON Feed by the version that its format demands.
func isFeed(head []byte, _ string) bool {
	head = head[:min(len(head), 4096)] // as gofeed does
	switch gofeed.DetectFeedType(bytes.NewReader(head)) {
	case gofeed.FeedTypeRSS, gofeed.FeedTypeAtom:
		return true
	case gofeed.FeedTypeJSON:
		return jsonFeed.Match(head)
	case gofeed.FeedTypeUnknown:
	}
	return false
}

var jsonFeed = regexp.MustCompile(`"version"\s*:\s*"https?:\\?/\\?/(?:www\.)?jsonfeed\.org\\?/version`)

func readFeed(in *Input, _ Options, yield func(Item, error) bool) bool {
	data, err := io.ReadAll(io.LimitReader(in.R, maxFeed+1))
	if err == nil && len(data) > maxFeed {
		err = fmt.Errorf("%w: a feed of over %d MB", ErrTooLong, maxFeed>>20)
	}
	var feed *gofeed.Feed
	if err == nil {
		data, err = resolved(data)
	}
	if err == nil {
		err = guarded("feed", func() error {
			if deep(data) {
				return fmt.Errorf("feed: elements over %d deep", deepestXML)
			}
			p := gofeed.NewParser()
			p.KeepOriginalFeed = true
			feed, err = p.Parse(bytes.NewReader(data))
			if err != nil {
				return fmt.Errorf("feed: %w", err)
			}
			return nil
		})
	}
	if err != nil {
		return yield(Item{}, err)
	}
	if len(feed.Items) == 0 {
		return yield(Item{}, ErrNoEntry)
	}
	original, _ := feed.OriginalFeed().(*atom.Feed)
	ofRSS, _ := feed.OriginalFeed().(*rss.Feed)
	for n, e := range feed.Items {
		var i Item
		err := guarded("feed", func() error {
			links := e.Links
			// What is no permanent link may look like one.
			if ofRSS == nil || n >= len(ofRSS.Items) || ofRSS.Items[n].GUID == nil || !strings.EqualFold(strings.TrimSpace(ofRSS.Items[n].GUID.IsPermalink), "false") {
				links = append([]string{e.GUID}, links...)
			}
			i = feedItem(feed, e, links)
			// gofeed takes an Atom entry's update for its publication where that is not told; we do not.
			if original != nil && n < len(original.Entries) && original.Entries[n].Published == "" {
				i.Published = Date{}
			}
			if i.Updated.Value == i.Published.Value {
				i.Updated = Date{}
			}
			return nil
		})
		i.Where, i.Entry = fmt.Sprintf("entry %d", n+1), true
		if err == nil && i.Text == "" {
			switch {
			case i.URL != "":
				err = fmt.Errorf("%w: the text of %q is behind its link; --follow fetches it, or save %s and load that", ErrNoStory, i.Headline, i.URL)
			default:
				err = fmt.Errorf("%w: %q has neither text nor link", ErrNoStory, i.Headline)
			}
		}
		if err != nil {
			err = fmt.Errorf("%s: %w", i.Where, err)
		}
		// An entry without text is told beside its error: who may fetch has its headline, date and link.
		if !yield(i, err) {
			return false
		}
	}
	return true
}

// deep tells whether XML is deeper than any feed is. It counts tags as they stand, which is at least as deep as parsers take them for.
func deep(data []byte) bool {
	depth := 0
	for i := 0; i+1 < len(data); i++ {
		if data[i] != '<' {
			continue
		}
		switch c := data[i+1]; {
		case c == '/':
			depth--
		case bytes.HasPrefix(data[i:], []byte("<![CDATA[")):
			j := bytes.Index(data[i:], []byte("]]>"))
			if j < 0 {
				return false
			}
			i += j
		case c == '!' || c == '?':
		default:
			j := bytes.IndexByte(data[i:], '>')
			if j < 0 {
				return false
			}
			if data[i+j-1] != '/' {
				depth++
			}
			if depth > deepestXML {
				return true
			}
			i += j
		}
	}
	return false
}

// feedItem reads an entry; links are what may be its address where its link is none.
func feedItem(feed *gofeed.Feed, e *gofeed.Item, links []string) Item {
	i := Item{
		Headline: inlineText(e.Title), Publisher: inlineText(feed.Title), Language: bcp47(feed.Language), Form: feedForms[feed.FeedType] + feed.FeedVersion[strings.LastIndexByte(feed.FeedVersion, '/')+1:],
		URL: feedLink(feed, e, links), Subjects: e.Categories,
	}
	if g := strings.TrimSpace(e.GUID); g != i.URL {
		i.AgencyID = g
	}
	if len(e.GUID) > 0 && e.DublinCoreExt != nil && len(e.DublinCoreExt.Language) > 0 {
		i.Language = cmp.Or(bcp47(e.DublinCoreExt.Language[0]), i.Language)
	}
	var names []string
	for _, a := range e.Authors {
		if a != nil {
			if n := inlineText(cmp.Or(a.Name, a.Email)); n != "" {
				names = append(names, n)
			}
		}
	}
	i.Byline = strings.Join(names, ", ")
	i.Published = feedDate(e.Published, e.PublishedParsed)
	i.Updated = feedDate(e.Updated, e.UpdatedParsed)
	if i.Published.Value == "" && e.DublinCoreExt != nil && len(e.DublinCoreExt.Date) > 0 {
		i.Published = firstDate(dateTold(e.DublinCoreExt.Date[0]), i.Published)
	}
	text := fragmentText(e.Content)
	if summary := fragmentText(e.Description); len(summary) > len(text) {
		text = summary
	}
	i.Text, i.Notes = splitNotes(feedTail.ReplaceAllString(text, ""), nil)
	i.Text = strings.TrimSpace(withoutHeadline(i.Text, i.Headline, i.Byline))
	return i
}

var feedForms = map[string]string{"rss": "RSS ", "atom": "Atom ", "json": "JSON Feed "}

// feedTail is what feeds put behind a summary.
var feedTail = regexp.MustCompile(`(?i)\s*(?:(?:\[?(?:continue reading|read (?:more|on|the full (?:story|article)))\b[^\n]{0,120})|the post [^\n]{1,300} appeared first on [^\n]{1,120})\s*$`)

// feedDate is what the entry tells. gofeed's reading of it, which is in UTC, is second: it lost the zone that was told, gives a day a time, and takes a
// day that may be either of two for one of them.
func feedDate(told string, parsed *time.Time) Date {
	d := dateTold(told)
	if len(d.Value) < 10 && !d.either() && parsed != nil && parsed.Year() > 1900 && parsed.Year() < 2200 {
		d = Date{Value: parsed.Format(time.RFC3339), Text: told}
		if !strings.Contains(told, ":") {
			d.Value = d.Value[:10]
		}
	}
	return d
}

func feedLink(feed *gofeed.Feed, e *gofeed.Item, links []string) string {
	base, _ := url.Parse(cmp.Or(feed.Link, feed.FeedLink))
	for _, l := range append([]string{e.Link}, links...) {
		u, err := url.Parse(strings.TrimSpace(l))
		if err != nil || l == "" {
			continue
		}
		if base != nil && l != e.GUID {
			u = base.ResolveReference(u)
		}
		if (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" {
			u.Fragment = ""
			return u.String()
		}
	}
	return ""
}
