package format

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// fewestPosts is how many neighbours must be posts, and postWords how many words of prose each must have: less is a teaser.
const (
	fewestPosts = 2
	postWords   = 40
)

// posts are the stories of a page that has several of them in full, as the index of a blog does: neighbours that are each headed by a link to their own
// page, or are each an article with a heading, and told in sentences; nil if there are no such. Where most do not tell their story in full, or the page is
// about something beside them, they are left to their links.
func (p *page) posts(lead Item, where string) []Item {
	heads, held := p.heads()
	groups := map[*html.Node][]*html.Node{} // what holds one heading, by what holds several
	for _, h := range heads {
		n := h
		for n.Parent != nil && held[n.Parent] == 1 {
			n = n.Parent
		}
		if n != h && n.Parent != nil {
			groups[n.Parent] = append(groups[n.Parent], n)
		}
	}
	base, _ := url.Parse(cmp.Or(where, lead.URL))
	all := len(strings.Fields(nodeText(p.doc)))
	for _, h := range heads { // the order of the page
		for n := h; n != nil; n = n.Parent {
			group := groups[n]
			delete(groups, n)
			if len(group) < fewestPosts {
				continue
			}
			var items []Item
			words := 0
			for _, k := range group {
				if i, ok := postOf(k, base); ok {
					words += len(strings.Fields(i.Text))
					i.Form, i.Publisher, i.Language, i.Where = lead.Form, lead.Publisher, lead.Language, fmt.Sprintf("post %d", len(items)+1)
					i.Text, i.Notes = splitNotes(i.Text, nil)
					items = append(items, i)
				}
			}
			if len(items) >= fewestPosts && 2*len(items) > len(group) && 2*words > all {
				return items
			}
		}
	}
	return nil
}

// heads are the headings of a page that are links as a whole or the first of an article, and how many of them each element holds.
func (p *page) heads() (heads []*html.Node, held map[*html.Node]int) {
	held = map[*html.Node]int{}
	var walk func(n, article *html.Node)
	headed := map[*html.Node]bool{}
	walk = func(n, article *html.Node) {
		if isChrome(n) {
			return
		}
		if headLink(n) != nil || article != nil && !headed[article] && isHead(n) {
			headed[article] = true
			heads = append(heads, n)
			for up := n; up != nil; up = up.Parent {
				held[up]++
			}
			return
		}
		if n.DataAtom == atom.Article {
			article = n
		}
		for k := n.FirstChild; k != nil; k = k.NextSibling {
			walk(k, article)
		}
	}
	walk(p.doc, nil)
	return heads, held
}

func isHead(n *html.Node) bool {
	return n.DataAtom == atom.H1 || n.DataAtom == atom.H2 || n.DataAtom == atom.H3
}

// headLink is the link that a heading is as a whole, nil if it is none.
func headLink(n *html.Node) *html.Node {
	if !isHead(n) {
		return nil
	}
	text := oneLine(rawText(n, 400))
	for a := range n.Descendants() {
		if a.DataAtom == atom.A && text != "" && oneLine(rawText(a, 400)) == text {
			return a
		}
	}
	return nil
}

// postOf reads an element as a post: the heading that links to its page, its date, its text.
func postOf(n *html.Node, base *url.URL) (i Item, ok bool) {
	date := ""
	for k := range n.Descendants() {
		if a := headLink(k); a != nil {
			i.Headline, i.URL = oneLine(rawText(k, 400)), absolute(attrOf(a, "href"), base)
		} else if isHead(k) && i.Headline == "" {
			i.Headline = oneLine(rawText(k, 400))
		}
		if k.DataAtom == atom.Time && date == "" {
			date = oneLine(rawText(k, 100))
			if i.Published = dateTold(attrOf(k, "datetime")); i.Published.Value == "" {
				i.Published = dateTold(date)
			}
		}
	}
	paragraphs := slices.DeleteFunc(strings.Split(nodeText(n), "\n\n"), func(text string) bool { return text == i.Headline || text == date })
	words := 0
	for _, text := range paragraphs {
		if sentenced(text) {
			words += len(strings.Fields(text))
		}
	}
	if len(paragraphs) > 0 && bylineLine.MatchString(paragraphs[0]) {
		i.Byline, paragraphs = paragraphs[0], paragraphs[1:]
	}
	i.Text = strings.Join(paragraphs, "\n\n")
	return i, words >= postWords
}

// absolute is an address of the web as a page at base links to it, empty if it is none.
func absolute(link string, base *url.URL) string {
	u, err := url.Parse(strings.TrimSpace(link))
	if err != nil || link == "" {
		return ""
	}
	if base != nil {
		u = base.ResolveReference(u)
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	u.Fragment = ""
	return u.String()
}
