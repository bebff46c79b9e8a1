package format

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"codeberg.org/readeck/go-readability/v2"
	"github.com/markusmobius/go-trafilatura"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"
)

// What a page may be, so that none takes long: the tree that is built of it, and what is left to the extractors, whose time grows faster than pages.
const (
	deepestPage   = 160     // elements in each other; deeper ones are opened, their text stays
	mostElements  = 200_000 // of a page
	mostExtracted = 12_000  // elements that trafilatura is given; larger pages are read by their paragraphs alone
	mostPageText  = 512 << 10
)

var htmlSigns = []string{
	"<!doctype html", "<html", "<head", "<body", "<title", "<meta ", "<script", "<article", "<div", "<h1", "<p>", "<p ", "<table", "<main", "<link ",
	"<style",
}

// isHTML tells a page by its first tag, behind comments and an XML declaration.
func isHTML(head []byte, mediaType string) bool {
	s := htmlStart(head)
	for _, sign := range htmlSigns {
		if len(s) >= len(sign) && strings.EqualFold(s[:len(sign)], sign) {
			return true
		}
	}
	return strings.HasPrefix(s, "<") && strings.Contains(mediaType, "html")
}

// htmlStart is the beginning of a document behind its byte order mark, space, XML declaration, comments and a document type of XHTML.
func htmlStart(head []byte) string {
	if e, name, ok := charset.DetermineEncoding(head[:min(len(head), 1024)], ""); ok && strings.HasPrefix(name, "utf-16") {
		if b, err := e.NewDecoder().Bytes(head[:min(len(head)&^1, 4096)]); err == nil {
			head = b
		}
	}
	s := strings.TrimPrefix(string(head), "\ufeff")
	for {
		s = strings.TrimLeft(s, " \t\r\n\f")
		var end string
		switch {
		case strings.HasPrefix(s, "<?"):
			end = ">"
		case strings.HasPrefix(s, "<!--"):
			end = "-->"
		default:
			return s
		}
		i := strings.Index(s, end)
		if i < 0 {
			return s
		}
		s = s[i+len(end):]
	}
}

func readHTML(in *Input, o Options, yield func(Item, error) bool) bool {
	data, err := readBounded(in.R)
	if err != nil {
		return yield(Item{}, err)
	}
	return readPage(data, in.Type, "", o, yield)
}

// readPage yields the stories of a page; in an archive, when it is its turn.
func readPage(data []byte, mediaType, where string, o Options, yield func(Item, error) bool) bool {
	parse := func() ([]Item, error) { return pageItems(data, mediaType, where) }
	if o.within.ahead != nil && o.within.depth > 0 {
		return o.within.ahead.page(len(data), parse, yield)
	}
	return yieldAll(yield)(parse())
}

// readBounded reads what one item may have.
func readBounded(r io.Reader) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxItem+1))
	switch {
	case err != nil:
		return nil, err
	case len(data) > maxItem:
		return nil, fmt.Errorf("%w: over %d MB", ErrTooLong, maxItem>>20)
	case len(bytes.TrimSpace(data)) == 0:
		return nil, ErrEmpty
	}
	return data, nil
}

// guarded calls a parser that is not ours; a panic in it is an error that names the form.
func guarded(form string, f func() error) (err error) {
	defer func() {
		r := recover()
		if told, ok := r.(error); ok && errors.Is(told, ErrTooLong) {
			err = told
		} else if r != nil {
			err = fmt.Errorf("%s: the parser failed: %v", form, r)
		}
	}()
	return f()
}

// pageItems reads the stories of a page. where is its address, if it is known.
func pageItems(data []byte, mediaType, where string) (items []Item, err error) {
	err = guarded("HTML", func() error {
		items, err = pageStories(data, mediaType, where)
		return err
	})
	return items, err
}

var errIndex = fmt.Errorf("%w: a page of links or notices without an article; save the pages that it links to and load those", ErrNoStory)

var errWall = fmt.Errorf("%w: its text is for those alone who subscribe or sign in; do so, and save the page again", ErrNoStory)

// noticeText is how many bytes of text a notice has at most: a story may have a headline like one.
const noticeText = 1500

// notices are the headings of what a server, or what stands before it, sends in place of a story, and what that is.
var notices = []struct {
	head *regexp.Regexp
	what string
}{
	{regexp.MustCompile(`(?i)^(?:(?:sorry|oops|whoops)[,.!…]* )?(?:(?:http |error )*[45]\d\d(?: error)?[\s:|–—-]*)?(?:(?:the |this )?(?:page|file|object|article) (?:was |could )?not (?:be )?found|not found|forbidden|access (?:is )?denied|` +
		`unauthori[sz]ed|bad (?:gateway|request)|(?:internal )?server error|service (?:temporarily )?unavailable|gateway time-?out|too many requests)[.!]*$`), "the error page of a server"},
	{regexp.MustCompile(`(?i)^(?:(?:http |error )+[45]\d\d|(?:40[0-9]|410|429|451|50[0-4])(?: error)?)[.!]*$`), "the error page of a server"},
	{regexp.MustCompile(`(?i)^(?:before you continue|we (?:value|respect|care about) your privacy|your privacy(?: choices| matters)?|(?:manage |this site uses |we use )?cookies?(?: consent| settings| preferences)?|` +
		`(?:manage )?consent)[.!]*$`), "a question about cookies"},
	{regexp.MustCompile(`(?i)^(?:just a moment|one moment,? please|attention required|are you (?:a )?(?:robot|human)|robot or human|verify(?:ing)? (?:that )?you are (?:a )?human|checking your browser|human verification|` +
		`(?:security|captcha) check)[.!?…]*$`), "a check for robots"},
}

// notice tells what a page without an article is that a server sent in place of one, by its title or its heading; nil: it is none.
func (m *pageMeta) notice(i Item, body string) error {
	if m.article || i.Published.Value != "" || len(body) > noticeText {
		return nil
	}
	for _, head := range append([]string{m.title, i.Headline}, m.h1...) {
		for {
			for _, n := range notices {
				if n.head.MatchString(head) {
					return fmt.Errorf("%w: %s (%q), no article; open its address in a browser and save the page again", ErrNoStory, n.what, head)
				}
			}
			end := siteBreak.FindAllStringIndex(head, -1)
			if len(end) == 0 {
				break
			}
			head = head[:end[len(end)-1][0]] // without the site's name
		}
	}
	return nil
}

func pageStories(data []byte, mediaType, where string) ([]Item, error) {
	text, err := pageText(data, mediaType)
	if err != nil {
		return nil, err
	}
	if strings.Contains(text[:min(len(text), peek)], "<!ENTITY") { // of XHTML
		data, err := resolved([]byte(text))
		if err != nil {
			return nil, err
		}
		text = string(data[doctypeOf(data).end:])
	}
	p, err := parsePage(text)
	if err != nil {
		return nil, err
	}
	m := p.meta(where)
	if items := m.several(); items != nil {
		return items, nil
	}
	item := m.item()
	if items := m.told(item); items != nil {
		return items, nil
	}
	if !m.article {
		if items := p.posts(item, where); items != nil {
			return items, nil
		}
	}
	p.links, p.prose = withoutTeasers(p.doc)
	if items := p.entries(item); items != nil {
		return items, nil
	}
	body := p.body(m)
	if items := written(item, body); items != nil {
		return items, nil
	}
	if notice := m.notice(item, body); notice != nil {
		return nil, notice
	}
	item.Text = withoutHeadline(body, item.Headline, item.Byline)
	item.sign()
	item.Text, item.Notes = splitNotes(item.Text, item.Notes)
	item.Text = withoutHeadline(item.Text, item.Headline, item.Byline)
	if slices.ContainsFunc(strings.Split(body, "\n\n"), walled) {
		if len(strings.Fields(item.Text)) < 20 {
			return nil, errWall
		}
		item.Form += ", the beginning that a paywall leaves"
		return []Item{item}, nil
	}
	if words := len(strings.Fields(item.Text)); words > 0 && p.links < fewestTeasers && m.index(item, p) {
		return nil, fmt.Errorf("%w: a page of few words (%d) that nobody signed, as notices are; if it is news, save its text as .txt and load that", ErrNoStory, words)
	}
	if item.Text == "" || m.index(item, p) {
		return nil, errIndex
	}
	return []Item{item}, nil
}

// pageText decodes a page by its byte order mark, its sender's word and its meta elements.
func pageText(data []byte, mediaType string) (string, error) {
	e, name, certain := charset.DetermineEncoding(data[:min(len(data), 1024)], mediaType)
	if !certain {
		// The declaration may stand behind a long head; what is UTF-8 all through is UTF-8.
		if m := lateCharset.FindSubmatch(data[:min(len(data), 16<<10)]); m != nil {
			if le, ln := charset.Lookup(string(m[1])); le != nil && !strings.HasPrefix(ln, "utf-16") {
				e, name = le, ln
			}
		} else if validUTF8(data) {
			name = "utf-8"
		}
	}
	if name != "utf-8" {
		// A page that says Latin-1 and is UTF-8 with letters beyond ASCII is UTF-8: no text is both by chance.
		if (name == "windows-1252" || name == "iso-8859-1") && validUTF8(data) {
			return strings.TrimPrefix(string(data), "\ufeff"), nil
		}
		b, err := e.NewDecoder().Bytes(data)
		if err != nil {
			return "", fmt.Errorf("decode as %s: %w", name, err)
		}
		data = b
	}
	return strings.TrimPrefix(strings.ToValidUTF8(string(data), "\ufffd"), "\ufeff"), nil
}

var lateCharset = regexp.MustCompile(`(?i)<meta[^>]{0,200}charset\s*=\s*["']?([\w-]{2,40})`)

func validUTF8(b []byte) bool { return strings.ToValidUTF8(string(b), "") == string(b) }

// page is a page without what is no text.
type page struct {
	doc      *html.Node
	linked   []string // what its JSON-LD scripts hold
	elements int
	text     int // bytes of text
	links    int // lines of it that led to other stories
	prose    int // words that are prose and lead to none
}

// Elements whose contents are no text.
var wordless = map[atom.Atom]bool{
	atom.Style: true, atom.Svg: true, atom.Template: true, atom.Iframe: true, atom.Object: true, atom.Canvas: true, atom.Math: true, atom.Video: true,
	atom.Audio: true, atom.Select: true, atom.Textarea: true, atom.Noscript: true, atom.Script: true, atom.Noframes: true, atom.Map: true,
}

// Elements that close by themselves or never open; they do not count for depth.
var shallow = map[atom.Atom]bool{
	atom.P: true, atom.Li: true, atom.Td: true, atom.Th: true, atom.Tr: true, atom.Dd: true, atom.Dt: true, atom.Br: true, atom.Img: true, atom.Hr: true,
	atom.Meta: true, atom.Link: true, atom.Input: true, atom.Wbr: true, atom.Base: true, atom.Source: true, atom.Col: true, atom.Embed: true,
	atom.Area: true, atom.Param: true, atom.Track: true, atom.Option: true, atom.Html: true, atom.Head: true, atom.Body: true,
}

// parsePage builds the tree of a page from its tokens: scripts, styles and comments never become nodes, and depth is bounded.
func parsePage(text string) (*page, error) {
	p := &page{}
	var out strings.Builder
	out.Grow(min(len(text), 1<<20))
	z := html.NewTokenizer(strings.NewReader(text))
	z.SetMaxBuf(maxItem)
	var depth, over, ld, breaks int
	var skip atom.Atom
	var skipDepth int
	var script strings.Builder
	for {
		t := z.Next()
		if t == html.ErrorToken {
			if err := z.Err(); !errors.Is(err, io.EOF) {
				return nil, fmt.Errorf("HTML: %w", err)
			}
			break
		}
		raw := z.Raw()
		switch t {
		case html.StartTagToken, html.SelfClosingTagToken:
			name, hasAttr := z.TagName()
			a := atom.Lookup(name)
			if skip != 0 {
				if a == skip && t == html.StartTagToken {
					skipDepth++
				}
				continue
			}
			if wordless[a] {
				if t == html.StartTagToken || a == atom.Script || a == atom.Style || a == atom.Textarea || a == atom.Iframe {
					skip, skipDepth = a, 1
				}
				if a == atom.Script {
					script.Reset()
					ld = 0
					for hasAttr {
						var k, v []byte
						k, v, hasAttr = z.TagAttr()
						if string(k) == "type" && strings.Contains(strings.ToLower(string(v)), "ld+json") {
							ld = 1
						}
					}
				}
				continue
			}
			p.elements++
			if p.elements > mostElements {
				return nil, fmt.Errorf("%w: a page of over %d elements", ErrTooLong, mostElements)
			}
			if !shallow[a] && t == html.StartTagToken {
				if depth >= deepestPage {
					over++
					out.WriteByte(' ')
					continue
				}
				depth++
			}
			switch {
			case a == atom.Br && breaks > 0:
				// Two breaks are how old pages end a paragraph; a new one closes the old.
				if breaks++; breaks == 2 {
					out.WriteString("<p>")
				}
			case len(raw) > 64<<10 || len(raw) > 8<<10 && a != atom.Meta:
				out.WriteString("<" + string(name) + ">")
			default:
				out.Write(raw)
			}
			if a != atom.Br {
				breaks = 0
			} else if breaks == 0 {
				breaks = 1
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			a := atom.Lookup(name)
			if skip != 0 {
				if a == skip {
					if skipDepth--; skipDepth == 0 {
						if a == atom.Script && ld == 1 && len(p.linked) < 100 {
							p.linked = append(p.linked, script.String())
						}
						skip = 0
						out.WriteByte(' ')
					}
				}
				continue
			}
			if !shallow[a] {
				if over > 0 {
					over--
					out.WriteByte(' ')
					continue
				}
				if depth > 0 {
					depth--
				}
			}
			out.Write(raw)
		case html.TextToken:
			if skip == 0 {
				out.Write(raw)
				n := len(bytes.TrimSpace(raw))
				if p.text += n; n > 0 {
					breaks = 0
				}
			} else if skip == atom.Script && ld == 1 {
				script.Write(raw)
			}
		case html.DoctypeToken, html.CommentToken, html.ErrorToken:
		}
	}
	doc, err := html.Parse(strings.NewReader(out.String()))
	if err != nil {
		return nil, fmt.Errorf("HTML: %w", err)
	}
	p.doc = doc
	return p, nil
}

// body is the text of a page's article, as paragraphs.
func (p *page) body(m *pageMeta) string {
	unlaid(p.doc)
	large := p.elements > mostExtracted || p.text > mostPageText
	raw := p.doc
	if !large {
		raw = cloneTree(p.doc)
	}
	strip(p.doc, p.text)
	own := densest(p.doc)
	told := m.body()
	if large {
		if len(strings.Fields(told)) > len(strings.Fields(own))/2 {
			return told
		}
		return own
	}
	all := nodeText(p.doc)
	best := apart(trafilaturaText(p.doc), all)
	n := len(strings.Fields(best))
	// What the page has not cannot be its text: an extractor that finds nothing may give all it has, over and over, and without the spaces.
	if n > len(strings.Fields(all))+5 || len(letters(best)) > len(letters(all)) {
		best, n = own, len(strings.Fields(own))
	}
	if told != "" && wordsF1(best, told) >= 0.8 {
		return best
	}
	// Readability is given the whole page, whose class names it weighs itself. The second opinion costs as much as the first: it is asked where the first
	// is short, or is told by the page itself to be another text.
	if p.elements < mostElements/40 && (n < 60 || told != "" || n*2 < len(strings.Fields(own)) || len(best)*4 < textLen(p.doc)) {
		second := readabilityText(raw)
		if told != "" {
			for _, s := range []string{second, own} {
				if wordsF1(s, told) > wordsF1(best, told) {
					best = s
				}
			}
			if wordsF1(best, told) < 0.6 && len(strings.Fields(told)) >= 60 {
				best = told
			}
			return best
		}
		if m2 := len(strings.Fields(second)); m2 > n*2 || n < 60 && m2 > n {
			best, n = second, m2
		}
		if n == 0 {
			best, n = own, len(strings.Fields(own))
		}
	}
	if n*2 < p.prose && p.prose < 20*proseWords {
		best = proseOf(all) // a short text in tables, say, which the extractors take for what is around one
	}
	return best
}

// apart is an extractor's text with the paragraphs that the page has: of a short article trafilatura gives the text of all its paragraphs as one, with
// nothing between the last word of one and the first of the next. A paragraph that is whole paragraphs of the page in a row is these.
func apart(text, page string) string {
	var joined strings.Builder
	paragraphs := strings.Split(page, "\n\n")
	at := map[int]int{} // where a paragraph begins in joined
	one := map[string]bool{}
	for k, p := range paragraphs {
		bare := strings.ReplaceAll(p, " ", "")
		at[joined.Len()], one[bare] = k, true
		joined.WriteString(bare)
	}
	at[joined.Len()] = len(paragraphs)
	var out []string
	for p := range strings.SplitSeq(text, "\n\n") {
		bare := strings.ReplaceAll(p, " ", "")
		begin := -1
		if !one[bare] {
			begin = strings.Index(joined.String(), bare)
		}
		first, begins := at[begin]
		behind, ends := at[begin+len(bare)]
		if begins && ends {
			out = append(out, paragraphs[first:behind]...)
		} else {
			out = append(out, p)
		}
	}
	return strings.Join(out, "\n\n")
}

func trafilaturaText(doc *html.Node) (text string) {
	_ = guarded("trafilatura", func() error {
		r, err := trafilatura.ExtractDocument(cloneTree(doc), trafilatura.Options{
			ExcludeComments: true, HtmlDateMode: trafilatura.Disabled, Focus: trafilatura.Balanced,
		})
		if err == nil && r != nil && r.ContentNode != nil {
			text = nodeText(r.ContentNode)
		}
		return err
	})
	return text
}

func readabilityText(doc *html.Node) (text string) {
	_ = guarded("readability", func() error {
		a, err := readability.FromDocument(doc, nil)
		if err == nil && a.Node != nil {
			text = nodeText(a.Node)
		}
		return err
	})
	return text
}

// cloneTree copies a tree; its depth is bounded by parsePage.
func cloneTree(n *html.Node) *html.Node {
	c := &html.Node{Type: n.Type, DataAtom: n.DataAtom, Data: n.Data, Namespace: n.Namespace, Attr: slices.Clone(n.Attr)}
	for k := n.FirstChild; k != nil; k = k.NextSibling {
		c.AppendChild(cloneTree(k))
	}
	return c
}

// chromeNames are the classes and ids of what stands around an article.
var chromeNames = regexp.MustCompile(`(?i)(?:^|[\s_-])(?:cookies?|consent|gdpr|newsletter|signup|sign-up|subscri\w*|related|recirc\w*|read-?more|more-?(?:from|on|stories)|` +
	`shar(?:e|ing)|social|promo\w*|advert\w*|ads?|sponsor\w*|comments?|breadcrumbs?|captions?|wp-caption-text|credit|most-?(?:read|popular|viewed)|trending|recommend\w*|` +
	`outbrain|taboola|toolbar|menu|navbar|nav|navigation|footer|sidebar|paywall|tags|tag-list|author-bio|disqus|popup|modal|skip-link|sr-only|` +
	`visually-hidden|screen-reader-text|print-only)(?:$|[\s_-])`)

var chromeElements = map[atom.Atom]bool{
	atom.Nav: true, atom.Aside: true, atom.Form: true, atom.Button: true, atom.Figcaption: true, atom.Footer: true, atom.Dialog: true, atom.Figure: true,
}

// strip takes chrome out of a tree. What holds a good part of all text is no chrome, whatever it is called.
func strip(n *html.Node, all int) {
	for k := n.FirstChild; k != nil; {
		next := k.NextSibling
		if k.Type == html.ElementNode && k.DataAtom != atom.Html && k.DataAtom != atom.Body && k.DataAtom != atom.Head && isChrome(k) &&
			(textLen(k)*5 < all*2 || k.DataAtom == atom.Nav || k.DataAtom == atom.Figcaption) {
			n.RemoveChild(k)
		} else {
			strip(k, all)
		}
		k = next
	}
}

// ampChrome are elements of AMP whose contents are put in or taken away by scripts, or are no part of the story.
var ampChrome = map[string]bool{
	"amp-ad": true, "amp-sticky-ad": true, "amp-list": true, "amp-sidebar": true, "amp-consent": true, "amp-user-notification": true, "amp-next-page": true, "amp-embed": true,
}

func isChrome(n *html.Node) bool {
	if chromeElements[n.DataAtom] || n.DataAtom == 0 && strings.HasPrefix(n.Data, "amp-") && ampChrome[n.Data] {
		return true
	}
	for _, a := range n.Attr {
		switch a.Key {
		case "class", "id":
			if n.DataAtom != atom.Main && n.DataAtom != atom.Article && len(a.Val) < 300 && chromeNames.MatchString(a.Val) {
				return true
			}
		case "hidden":
			return true
		case "style":
			if len(a.Val) < 500 && strings.Contains(strings.ReplaceAll(strings.ToLower(a.Val), " ", ""), "display:none") {
				return true
			}
		case "aria-hidden":
			if a.Val == "true" {
				return true
			}
		case "role":
			switch a.Val {
			case "navigation", "banner", "complementary", "contentinfo", "dialog", "search", "menu":
				return true
			}
		}
	}
	return false
}

func textLen(n *html.Node) int {
	if n.Type == html.TextNode {
		return len(strings.TrimSpace(n.Data))
	}
	l := 0
	for k := n.FirstChild; k != nil; k = k.NextSibling {
		l += textLen(k)
	}
	return l
}

// blocks are elements whose text is a paragraph apart.
var blocks = map[atom.Atom]bool{
	atom.P: true, atom.Div: true, atom.Li: true, atom.Ul: true, atom.Ol: true, atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true,
	atom.H6: true, atom.Blockquote: true, atom.Pre: true, atom.Table: true, atom.Tr: true, atom.Section: true, atom.Article: true, atom.Main: true,
	atom.Header: true, atom.Footer: true, atom.Aside: true, atom.Dl: true, atom.Dt: true, atom.Dd: true, atom.Body: true, atom.Html: true, atom.Figure: true,
	atom.Figcaption: true, atom.Hr: true, atom.Nav: true, atom.Form: true, atom.Address: true, atom.Center: true, atom.Tbody: true, atom.Thead: true,
	atom.Details: true, atom.Summary: true, atom.Caption: true, atom.Title: true, atom.Head: true,
}

// nodeText is the text of a tree: a paragraph a block, an empty line between two.
func nodeText(n *html.Node) string {
	var w blockText
	w.node(n)
	return w.text()
}

// blockText gathers words into paragraphs.
type blockText struct {
	out  []string
	line strings.Builder
	br   int // line breaks just met
}

func (w *blockText) node(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		if w.br > 0 && strings.TrimSpace(n.Data) != "" {
			w.br = 0
		}
		w.line.WriteString(n.Data)
		return
	case html.ElementNode, html.DocumentNode:
	default:
		return
	}
	switch {
	case wordless[n.DataAtom]:
		return
	case n.DataAtom == atom.Br:
		// Two breaks are a paragraph's end; one is a space.
		if w.br++; w.br >= 2 {
			w.flush()
		}
		w.line.WriteByte(' ')
		return
	case n.DataAtom == atom.Td || n.DataAtom == atom.Th:
		w.line.WriteByte(' ')
	case blocks[n.DataAtom]:
		w.flush()
	}
	for k := n.FirstChild; k != nil; k = k.NextSibling {
		w.node(k)
	}
	if blocks[n.DataAtom] {
		w.flush()
	}
}

func (w *blockText) flush() {
	if s := strings.Join(strings.Fields(characters(w.line.String())), " "); s != "" {
		w.out = append(w.out, s)
	}
	w.line.Reset()
	w.br = 0
}

func (w *blockText) text() string {
	w.flush()
	return strings.Join(w.out, "\n\n")
}

// fragmentText is the text of a piece of HTML, such as a feed's content; chrome in it is left out.
func fragmentText(s string) string {
	if !strings.ContainsAny(s, "<&") {
		return plainParagraphs(s)
	}
	p, err := parsePage(s)
	if err != nil {
		return plainParagraphs(s)
	}
	strip(p.doc, p.text)
	return nodeText(p.doc)
}

// inlineText is a headline or a name that may hold tags.
func inlineText(s string) string {
	if inlineTag.MatchString(s) {
		s = strings.ReplaceAll(fragmentText(s), "\n\n", " ")
	}
	return oneLine(s)
}

var inlineTag = regexp.MustCompile(`</?[a-zA-Z][^<>]*>`)

// densest is the text of the element whose own paragraphs have the most text, after Readability's way: a paragraph counts whole for its parent and half
// for its parent's parent. One walk, so that its time grows with the page.
func densest(doc *html.Node) string {
	score := map[*html.Node]int{}
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		if n.DataAtom == atom.P || n.DataAtom == atom.Blockquote {
			if l, links := textLen(n), linkLen(n); l >= 40 && links*2 < l {
				score[n.Parent] += l
				if n.Parent.Parent != nil {
					score[n.Parent.Parent] += l / 2
				}
			}
			return
		}
		for k := n.FirstChild; k != nil; k = k.NextSibling {
			walk(k)
		}
	}
	walk(doc)
	var best *html.Node
	var find func(n *html.Node)
	find = func(n *html.Node) {
		if score[n] > 0 && (best == nil || score[n] > score[best]) {
			best = n
		}
		for k := n.FirstChild; k != nil; k = k.NextSibling {
			find(k)
		}
	}
	find(doc)
	if best == nil {
		return ""
	}
	return nodeText(best)
}

func linkLen(n *html.Node) int {
	if n.DataAtom == atom.A {
		return textLen(n)
	}
	l := 0
	for k := n.FirstChild; k != nil; k = k.NextSibling {
		l += linkLen(k)
	}
	return l
}

// wordsF1 is how far two texts have the same words, counted.
func wordsF1(a, b string) float64 {
	x, y := strings.Fields(a), strings.Fields(b)
	if len(x) == 0 || len(y) == 0 {
		return 0
	}
	n := map[string]int{}
	for _, w := range x {
		n[w]++
	}
	both := 0
	for _, w := range y {
		if n[w] > 0 {
			n[w]--
			both++
		}
	}
	return 2 * float64(both) / float64(len(x)+len(y))
}

// splitNotes takes from a text's paragraphs what is none, as editors does; notes that were told elsewhere are not told again.
func splitNotes(text string, notes []string) (string, []string) {
	kept, more := editors(strings.Split(text, "\n\n"))
	for _, n := range more {
		if !slices.Contains(notes, n) {
			notes = append(notes, n)
		}
	}
	return strings.Join(kept, "\n\n"), notes
}

// withoutHeadline leaves out a text's first paragraphs where they are its headline or byline once more.
func withoutHeadline(text, headline, byline string) string {
	for range 3 {
		first, rest, _ := strings.Cut(text, "\n\n")
		if len(first) > 1000 {
			return text
		}
		f := letters(first)
		if f == "" || f != letters(headline) && f != letters(byline) && f != "by"+letters(byline) {
			return text
		}
		text = rest
	}
	return text
}
