package format

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A live blog is read entry by entry, each a part of its page with the time that it tells: as the page's JSON-LD has them, as its elements do, or as its
// text does.

// told are the entries of a page whose JSON-LD is a LiveBlogPosting of schema.org; nil if there are none with a text.
func (m *pageMeta) told(lead Item) []Item {
	updates, _ := m.story()["liveBlogUpdate"].([]any)
	var items []Item
	for _, u := range updates {
		o, ok := u.(map[string]any)
		if !ok {
			continue
		}
		text := ldString(o, "articleBody")
		if text == "" {
			text = ldString(o, "text")
		}
		i := Item{Headline: inlineText(ldString(o, "headline")), Text: fragmentText(text), URL: ldString(o, "url"), Published: dateTold(ldString(o, "datePublished")), Updated: dateTold(ldString(o, "dateModified"))}
		i.Byline = strings.Join(m.names(o["author"], 0), ", ")
		items = live(items, lead, i, i.Published.Text)
	}
	return items
}

var entryTags = []atom.Atom{atom.Article, atom.Li, atom.Div, atom.Section}

// entries are those of a page where neighbours each begin with a time, before what they say; nil if there are no such.
func (p *page) entries(lead Item) (items []Item) {
	work := 4 * mostElements // nodes that are read for it, however they stand in each other
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		if isChrome(n) || items != nil {
			return
		}
		all := map[atom.Atom][]*html.Node{}
		for k := n.FirstChild; k != nil; k = k.NextSibling {
			if slices.Contains(entryTags, k.DataAtom) && !isChrome(k) {
				all[k.DataAtom] = append(all[k.DataAtom], k)
			}
		}
		for _, tag := range entryTags {
			// Few neighbours are not looked into: an element in another in another would be read as often as it is deep.
			if len(all[tag]) < fewestEntries || work < 0 {
				continue
			}
			var g []*html.Node
			for _, k := range all[tag] {
				for range k.Descendants() {
					work--
				}
				if _, _, ok := entryOf(k); ok {
					g = append(g, k)
				}
			}
			if len(g) >= fewestEntries && len(g)*10 >= len(all[tag])*6 {
				for _, k := range g {
					i, at, _ := entryOf(k)
					items = live(items, lead, i, at)
				}
				return
			}
		}
		for k := n.FirstChild; k != nil; k = k.NextSibling {
			walk(k)
		}
	}
	walk(p.doc)
	return items
}

// entryOf reads an element as an entry: its time, its heading, its text.
func entryOf(n *html.Node) (i Item, at string, ok bool) {
	paragraphs := strings.Split(nodeText(n), "\n\n")
	var stamp *html.Node
	for k := range n.Descendants() {
		if k.DataAtom == atom.Time {
			stamp = k
			break
		}
	}
	for k, text := range paragraphs[:min(2, len(paragraphs))] {
		var rest string
		if at, rest, ok = entry(text); !ok && stamp != nil && oneLine(rawText(stamp, 100)) == text {
			at, ok = text, strings.Contains(attrOf(stamp, "datetime"), "T")
		}
		if ok {
			paragraphs = slices.Delete(paragraphs, k, k+1)
			if rest != "" {
				paragraphs = slices.Insert(paragraphs, k, rest)
			}
			break
		}
	}
	if !ok {
		return i, "", false
	}
	if len(paragraphs) > 1 && !endsSentence(paragraphs[0]) && len(paragraphs[0]) <= 150 {
		i.Headline, paragraphs = paragraphs[0], paragraphs[1:]
	}
	if i.Text = strings.Join(paragraphs, "\n\n"); !slices.ContainsFunc(paragraphs, sentenced) {
		return i, "", false
	}
	if stamp != nil {
		i.Published = dateTold(attrOf(stamp, "datetime"))
	}
	if id := attrOf(n, "id"); id != "" {
		i.URL = "#" + id
	}
	return i, at, true
}

// written are the entries of a page whose text has the times of them.
func written(lead Item, body string) []Item {
	var ps []paragraph
	for p := range strings.SplitSeq(body, "\n\n") {
		ps = append(ps, paragraph{text: p})
	}
	lead.Text = ""
	var items []Item
	for k, i := range liveEntries(lead, ps) {
		if k == 0 && i.Where == "before the first entry" {
			items = append(items, i)
			continue
		}
		items = live(items, lead, i, strings.TrimPrefix(i.Where, "entry of "))
	}
	return items
}

// live appends an entry to those of a page, with what the page tells for all of them.
func live(items []Item, lead, i Item, at string) []Item {
	if i.Text, i.Notes = splitNotes(i.Text, i.Notes); i.Text == "" {
		return items
	}
	i.Text = withoutHeadline(i.Text, i.Headline, i.Byline)
	i.Form, i.Publisher, i.Language, i.Subjects, i.Part = lead.Form, lead.Publisher, lead.Language, lead.Subjects, true
	if i.Published.Value == "" {
		i.Published = lead.Published
	}
	i.Where = fmt.Sprintf("entry %d", len(items)+1)
	if at != "" {
		i.Where += " of " + at
	}
	if (i.URL == "" || strings.HasPrefix(i.URL, "#")) && lead.URL != "" {
		if i.URL == "" {
			i.URL = "#" + strings.ReplaceAll(i.Where, " ", "-")
		}
		i.URL = lead.URL + i.URL
	}
	return append(items, i)
}
