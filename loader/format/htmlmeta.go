package format

import (
	"cmp"
	"encoding/json"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// pageMeta is what a page says of itself, from its surest sign to its least: JSON-LD, microdata and rNews, meta elements, what is printed.
type pageMeta struct {
	where   string
	metas   map[string][]string // by lowered name or property
	links   map[string]string   // by rel
	props   map[string][]string // microdata and RDFa, by lowered name without prefix
	title   string
	h1      []string
	lang    string
	times   []pageTime
	bylines []string
	dated   []string // texts of elements that are called dates
	article bool     // it says that it is an article
	listing bool     // it says that it is a collection
	stories []map[string]any
	web     []map[string]any
	byID    map[string]map[string]any
}

type pageTime struct {
	value, text string
	rank        int // higher is surer
}

// meta reads what a page says of itself. where is its address, if it is known.
func (p *page) meta(where string) *pageMeta {
	m := &pageMeta{where: where, metas: map[string][]string{}, links: map[string]string{}, props: map[string][]string{}, byID: map[string]map[string]any{}}
	for _, s := range p.linked {
		if v, ok := lenientJSON(s); ok {
			m.identify(v, 0)
			m.linked(v, 0, false)
		}
	}
	m.walk(p.doc, 0)
	if strings.HasPrefix(strings.ToLower(m.first("og:type")), "article") || len(m.stories) > 0 {
		m.article = true
	}
	return m
}

// lenientJSON reads JSON as pages hold it: in comments or CDATA, with raw line ends in its strings, semicolons behind.
func lenientJSON(s string) (any, bool) {
	s = strings.TrimSpace(s)
	for _, cut := range []string{"<!--", "//<![CDATA[", "/*<![CDATA[*/", "<![CDATA["} {
		s = strings.TrimSpace(strings.TrimPrefix(s, cut))
	}
	for _, cut := range []string{";", "-->", "//]]>", "/*]]>*/", "]]>"} {
		s = strings.TrimSpace(strings.TrimSuffix(s, cut))
	}
	var v any
	if json.Unmarshal([]byte(s), &v) == nil {
		return v, true
	}
	var b strings.Builder
	in, escaped := false, false
	for _, r := range s {
		switch {
		case escaped:
			escaped = false
		case in && r == '\\':
			escaped = true
		case r == '"':
			in = !in
		case r < ' ':
			r = ' '
		}
		b.WriteRune(r)
	}
	s = trailingComma.ReplaceAllString(b.String(), "$1")
	return v, json.Unmarshal([]byte(s), &v) == nil
}

var trailingComma = regexp.MustCompile(`,\s*([}\]])`)

const deepestLinked = 24

func (m *pageMeta) identify(v any, depth int) {
	if depth > deepestLinked {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			m.identify(e, depth+1)
		}
	case map[string]any:
		if id, ok := v["@id"].(string); ok && len(v) > 1 && m.byID[id] == nil {
			m.byID[id] = v
		}
		for _, k := range sortedKeys(v) {
			m.identify(v[k], depth+1)
		}
	}
}

func sortedKeys(v map[string]any) []string {
	keys := make([]string, 0, len(v))
	for k := range v {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// Keys of JSON-LD below which other stories than the page's own stand.
var otherStories = map[string]bool{
	"ispartof": true, "haspart": true, "mentions": true, "citation": true, "itemlistelement": true, "relatedlink": true, "about": true, "publisher": true,
	"author": true, "isbasedon": true, "breadcrumb": true, "liveblogupdate": true, "comment": true, "video": true, "associatedmedia": true, "review": true,
}

// linked gathers the articles of a JSON-LD value.
func (m *pageMeta) linked(v any, depth int, other bool) {
	if depth > deepestLinked {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			m.linked(e, depth+1, other)
		}
	case map[string]any:
		for _, t := range ldTypes(v) {
			switch {
			case !other && (strings.HasSuffix(t, "article") || strings.HasSuffix(t, "posting") && t != "jobposting" || t == "report"):
				m.stories = append(m.stories, v)
			case t == "webpage" || t == "itempage":
				m.web = append(m.web, v)
			case !other && (t == "collectionpage" || t == "searchresultspage" || depth < 3 && t == "itemlist"):
				m.listing = true
			default:
				continue
			}
			break
		}
		for _, k := range sortedKeys(v) {
			m.linked(v[k], depth+1, other || otherStories[strings.ToLower(k)])
		}
	}
}

func ldTypes(v map[string]any) []string {
	var out []string
	for _, t := range ldStrings(v["@type"]) {
		out = append(out, strings.ToLower(t[strings.LastIndexAny(t, "/:#")+1:]))
	}
	return out
}

// ldStrings are the strings of a JSON-LD value: one, a list, {"@value": ...}, or numbers.
func ldStrings(v any) []string {
	switch v := v.(type) {
	case string:
		if s := strings.TrimSpace(v); s != "" {
			return []string{s}
		}
	case float64:
		return []string{strconv.FormatFloat(v, 'f', -1, 64)}
	case []any:
		var out []string
		for _, e := range v {
			out = append(out, ldStrings(e)...)
		}
		return out
	case map[string]any:
		return ldStrings(v["@value"])
	}
	return nil
}

func ldString(o map[string]any, key string) string {
	if s := ldStrings(o[key]); len(s) > 0 {
		return s[0]
	}
	for _, k := range sortedKeys(o) {
		if strings.EqualFold(k[strings.LastIndexByte(k, ':')+1:], key) {
			if s := ldStrings(o[k]); len(s) > 0 {
				return s[0]
			}
		}
	}
	return ""
}

// names are the names of people or organisations in a JSON-LD value.
func (m *pageMeta) names(v any, depth int) []string {
	if depth > 4 {
		return nil
	}
	switch v := v.(type) {
	case string:
		if s := inlineText(v); s != "" && !strings.Contains(s, "://") && !strings.HasPrefix(s, "@") {
			return []string{s}
		}
	case []any:
		var out []string
		for _, e := range v {
			for _, n := range m.names(e, depth+1) {
				if !slices.Contains(out, n) {
					out = append(out, n)
				}
			}
		}
		return out
	case map[string]any:
		if n := v["name"]; n != nil {
			return m.names(n, depth+1)
		}
		if g, f := ldString(v, "givenName"), ldString(v, "familyName"); f != "" {
			return []string{oneLine(g + " " + f)}
		}
		if id, ok := v["@id"].(string); ok && m.byID[id] != nil && len(v) == 1 {
			return m.names(m.byID[id], depth+1)
		}
	}
	return nil
}

var (
	bylineName = regexp.MustCompile(`(?i)(?:^|[\s_-])(?:bylines?|authors?|article-?author|post-?author|contributors?|writer|reporter)(?:$|[\s_-])|byline`)
	dateName   = regexp.MustCompile(`(?i)(?:^|[\s_-])(?:date|dateline|timestamp|published|pubdate|publish-?date|post-?date|entry-?date|article-?date|time|datetime|posted-?on)(?:$|[\s_-])|(?:publish|pub|post|article)[\w-]{0,12}date`)
	notDate    = regexp.MustCompile(`(?i)updat|modif|copyright|footer|comment|related|recirc|sidebar|edited`)
)

func (m *pageMeta) walk(n *html.Node, inside int) {
	if n.Type == html.ElementNode {
		m.element(n, inside)
		switch n.DataAtom {
		case atom.Footer, atom.Aside, atom.Nav:
			inside |= 1 // around the story
		case atom.Article:
			inside |= 2
		case atom.Main:
			inside |= 2
		case atom.Header:
			inside |= 4
		default:
		}
		if c := attrOf(n, "class") + " " + attrOf(n, "id"); len(c) < 300 && around.MatchString(c) && n.DataAtom != atom.Body && n.DataAtom != atom.Html {
			inside |= 1
		}
	}
	for k := n.FirstChild; k != nil; k = k.NextSibling {
		m.walk(k, inside)
	}
}

var around = regexp.MustCompile(`(?i)(?:^|[\s_-])(?:related|recirc\w*|sidebar|comments?|most-?(?:read|popular)|trending|recommend\w*|footer|more-?(?:from|on|stories)|latest|newsletter)(?:$|[\s_-])`)

func (m *pageMeta) element(n *html.Node, inside int) {
	switch n.DataAtom {
	case atom.Html:
		if m.lang = attrOf(n, "lang"); m.lang == "" {
			m.lang = attrOf(n, "xml:lang")
		}
	case atom.Title:
		if m.title == "" {
			m.title = oneLine(rawText(n, 2000))
		}
	case atom.Meta:
		content := strings.TrimSpace(attrOf(n, "content"))
		if content == "" {
			return
		}
		for _, key := range []string{"property", "name", "http-equiv"} {
			for k := range strings.FieldsSeq(strings.ToLower(attrOf(n, key))) {
				m.metas[k] = append(m.metas[k], content)
			}
		}
	case atom.Link:
		if rel := strings.ToLower(attrOf(n, "rel")); rel == "canonical" && m.links[rel] == "" {
			m.links[rel] = strings.TrimSpace(attrOf(n, "href"))
		}
	case atom.H1:
		if inside&1 == 0 {
			if s := oneLine(rawText(n, 1000)); s != "" && len(m.h1) < 20 {
				m.h1 = append(m.h1, s)
			}
		}
	case atom.Time:
		if inside&1 == 0 && len(m.times) < 100 {
			t := pageTime{value: attrOf(n, "datetime"), text: oneLine(rawText(n, 200))}
			name := attrOf(n, "class") + " " + attrOf(n, "itemprop")
			if n.Parent != nil {
				name += " " + attrOf(n.Parent, "class")
			}
			switch {
			case notDate.MatchString(name) || notDate.MatchString(t.text):
				t.rank = -1
			case strings.Contains(strings.ToLower(name), "publish") || hasAttr(n, "pubdate"):
				t.rank = 3
			case inside&2 != 0:
				t.rank = 1
			}
			m.times = append(m.times, t)
		}
	default:
	}
	for _, key := range []string{"itemprop", "property"} {
		if n.DataAtom == atom.Meta && key == "property" && strings.Contains(attrOf(n, key), "og:") {
			continue
		}
		for k := range strings.FieldsSeq(attrOf(n, key)) {
			if inside&1 != 0 && n.DataAtom != atom.Meta {
				continue
			}
			k = strings.ToLower(k[strings.LastIndexAny(k, ":/")+1:])
			switch k {
			case "headline", "datepublished", "datemodified", "author", "publisher", "alternativeheadline", "inlanguage", "articlebody", "creator", "datecreated",
				"correction":
				if len(m.props[k]) < 10 {
					m.props[k] = append(m.props[k], propValue(n, k))
				}
			}
		}
	}
	if inside&1 != 0 {
		return
	}
	class := attrOf(n, "class") + " " + attrOf(n, "id") + " " + attrOf(n, "rel") + " " + attrOf(n, "data-testid")
	if len(class) > 300 || class == "   " {
		return
	}
	if len(m.bylines) < 20 && bylineName.MatchString(class) {
		if s := oneLine(rawText(n, 400)); s != "" && len(s) < 200 {
			m.bylines = append(m.bylines, s)
		}
	}
	if len(m.dated) < 20 && dateName.MatchString(class) && !notDate.MatchString(class) {
		if s := oneLine(rawText(n, 400)); s != "" && len(s) < 200 {
			m.dated = append(m.dated, s)
		}
	}
}

func propValue(n *html.Node, prop string) string {
	for _, a := range []string{"content", "datetime"} {
		if v := attrOf(n, a); v != "" {
			return v
		}
	}
	if prop == "articlebody" {
		return nodeText(n)
	}
	// An author's or publisher's name stands in an element of its own.
	if prop == "author" || prop == "publisher" || prop == "creator" {
		if k := findProp(n, "name"); k != nil {
			return propValue(k, "name")
		}
	}
	return oneLine(rawText(n, 1000))
}

func findProp(n *html.Node, prop string) *html.Node {
	for k := n.FirstChild; k != nil; k = k.NextSibling {
		v := attrOf(k, "itemprop") + " " + attrOf(k, "property")
		if v = strings.ToLower(v); strings.Contains(v, prop) {
			return k
		}
		if f := findProp(k, prop); f != nil {
			return f
		}
	}
	return nil
}

func attrOf(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func hasAttr(n *html.Node, key string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == key })
}

// rawText is the text of a tree, at most about limit bytes of it.
func rawText(n *html.Node, limit int) string {
	var b strings.Builder
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		if b.Len() > limit {
			return
		}
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
		if n.DataAtom == atom.Br || blocks[n.DataAtom] {
			b.WriteByte(' ')
		}
		for k := n.FirstChild; k != nil && b.Len() <= limit; k = k.NextSibling {
			walk(k)
		}
	}
	walk(n)
	return b.String()
}

func (m *pageMeta) first(names ...string) string {
	for _, n := range names {
		for _, v := range m.metas[n] {
			if v = oneLine(v); v != "" {
				return v
			}
		}
	}
	return ""
}

func (m *pageMeta) prop(name string) string {
	for _, v := range m.props[name] {
		if v = oneLine(v); v != "" {
			return v
		}
	}
	return ""
}

// story is the JSON-LD object of the page's own article: of several, the one whose headline the page prints.
func (m *pageMeta) story() map[string]any {
	var best map[string]any
	most := -1
	for _, s := range m.stories {
		score := 0
		h := letters(inlineText(ldString(s, "headline")))
		if h == "" {
			h = letters(inlineText(ldString(s, "name")))
		}
		if h != "" && (strings.Contains(letters(m.title), h) || letters(m.first("og:title")) == h ||
			slices.ContainsFunc(m.h1, func(x string) bool { return letters(x) == h })) {
			score += 4
		}
		if ldString(s, "datePublished") != "" {
			score += 2
		}
		if slices.ContainsFunc(ldTypes(s), func(t string) bool { return strings.Contains(t, "news") }) {
			score++
		}
		if score > most {
			best, most = s, score
		}
	}
	return best
}

// body is the text of the article as JSON-LD or microdata tells it, empty where it is a summary.
func (m *pageMeta) body() string {
	s := ldString(m.story(), "articleBody")
	if s == "" {
		for _, b := range m.props["articlebody"] {
			if len(b) > len(s) {
				s = b
			}
		}
		return s
	}
	if inlineTag.MatchString(s) {
		s = fragmentText(s)
	} else if s = html.UnescapeString(s); strings.Contains(s, "\n") {
		s = plainParagraphs(strings.ReplaceAll(s, "\n", "\n\n"))
	} else {
		s = oneLine(s)
	}
	if len(strings.Fields(s)) < 60 {
		return ""
	}
	return s
}

// several are the stories of a page that tells the text of more than one; nil otherwise.
func (m *pageMeta) several() []Item {
	var items []Item
	seen := map[string]bool{}
	for _, s := range m.stories {
		one := *m
		one.stories = []map[string]any{s}
		text := one.body()
		head := inlineText(ldString(s, "headline"))
		if text == "" || head == "" || seen[letters(head)] {
			continue
		}
		seen[letters(head)] = true
		one.h1, one.title, one.metas, one.props, one.times, one.dated, one.bylines, one.links = nil, "", map[string][]string{}, nil, nil, nil, nil, nil
		i := one.item()
		i.Publisher, i.Language = cmp.Or(i.Publisher, m.publisher(nil)), cmp.Or(i.Language, m.language())
		i.Text, i.Notes = splitNotes(text, i.Notes)
		items = append(items, i)
	}
	if len(items) < 2 {
		return nil
	}
	return items
}

func (m *pageMeta) item() Item {
	s := m.story()
	i := Item{Form: "HTML", Publisher: m.publisher(s), Language: m.language(), URL: m.address(s)}
	i.Headline = m.headline(s, i.Publisher)
	i.Byline = m.byline(s, i.Publisher)
	i.Published = m.published(s, i.URL)
	i.Updated = m.updated(s)
	if s != nil {
		if c := s["correction"]; c != nil {
			i.Notes = append(i.Notes, m.correction(c)...)
		}
		if l := ldString(s, "inLanguage"); l != "" && len(l) < 12 {
			i.Language = bcp47(l)
		}
		i.Subjects = ldStrings(s["articleSection"])
	}
	if len(i.Subjects) == 0 {
		i.Subjects = slices.Clone(m.metas["article:section"])
	}
	if c := m.prop("correction"); c != "" {
		i.Notes = append(i.Notes, c)
	}
	return i
}

func (m *pageMeta) correction(v any) []string {
	switch v := v.(type) {
	case []any:
		var out []string
		for _, e := range v {
			out = append(out, m.correction(e)...)
		}
		return out
	case map[string]any:
		if t := inlineText(ldString(v, "text")); t != "" {
			return []string{t}
		}
	case string:
		if t := inlineText(v); t != "" && !strings.HasPrefix(t, "http") {
			return []string{t}
		}
	}
	return nil
}

func (m *pageMeta) publisher(s map[string]any) string {
	if s != nil {
		for _, k := range []string{"publisher", "sourceOrganization", "copyrightHolder"} {
			if n := m.names(s[k], 0); len(n) > 0 {
				return n[0]
			}
		}
	}
	for _, w := range m.web {
		if n := m.names(w["publisher"], 0); len(n) > 0 {
			return n[0]
		}
	}
	p := cmp.Or(m.first("og:site_name"), m.prop("publisher"), m.first("application-name", "dc.publisher", "dcterms.publisher", "publisher", "cre", "source"))
	if strings.Contains(p, "://") {
		return ""
	}
	return p
}

func (m *pageMeta) language() string {
	if m.lang != "" {
		return bcp47(m.lang)
	}
	return bcp47(cmp.Or(m.first("content-language", "og:locale", "dc.language", "language"), m.prop("inlanguage")))
}

func bcp47(s string) string {
	s = strings.ReplaceAll(strings.TrimSpace(s), "_", "-")
	if i := strings.IndexAny(s, ",; "); i >= 0 {
		s = s[:i]
	}
	if !languageTag.MatchString(s) {
		return ""
	}
	return s
}

var languageTag = regexp.MustCompile(`^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$`)

func (m *pageMeta) address(s map[string]any) string {
	base, _ := url.Parse(m.where)
	cands := []string{m.links["canonical"], m.first("og:url")}
	if s != nil {
		cands = append(cands, ldString(s, "url"))
		if o, ok := s["mainEntityOfPage"].(map[string]any); ok {
			cands = append(cands, ldString(o, "@id"), ldString(o, "url"))
		}
		cands = append(cands, ldString(s, "mainEntityOfPage"))
		if len(m.links) == 0 {
			cands = append(cands[2:], cands[:2]...)
		}
	}
	for _, c := range append(cands, m.where) {
		if u := absolute(c, base); u != "" {
			return u
		}
	}
	return ""
}

// letters are the letters and digits of a text, lowered: what two printings of one headline share.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// headline is what the page prints where its metadata tell the same, else what these tell.
func (m *pageMeta) headline(s map[string]any, publisher string) string {
	ld := ""
	if s != nil {
		ld = inlineText(cmp.Or(ldString(s, "headline"), ldString(s, "name")))
	}
	og := m.first("og:title", "twitter:title", "dc.title", "dcterms.title", "title", "hdl", "sailthru.title", "parsely-title")
	host := ""
	if u, err := url.Parse(m.address(s)); err == nil {
		host = u.Hostname()
	}
	og = inlineText(og)
	ogBare, titleBare := withoutSite(og, publisher, host, false), withoutSite(m.title, publisher, host, true)
	micro := inlineText(m.prop("headline"))
	told := []string{ld, micro, ogBare, og, titleBare, m.title}
	for _, h := range m.h1 {
		l := letters(h)
		if len(l) < 8 || l == letters(publisher) {
			continue
		}
		for _, t := range told {
			if sameHeadline(h, t) {
				return h
			}
		}
	}
	if ld = strings.TrimSuffix(ld, "…"); ld != "" {
		return ld
	}
	if micro != "" && len(micro) < 300 {
		return micro
	}
	if ogBare != "" {
		// A single printed headline, of several words, tells more than a title for search engines or sharing.
		if len(m.h1) == 1 && len(strings.Fields(m.h1[0])) >= 4 && len(m.h1[0]) < 250 {
			return m.h1[0]
		}
		return ogBare
	}
	if len(strings.Fields(titleBare)) >= 3 && letters(titleBare) != letters(publisher) {
		return titleBare
	}
	for _, h := range m.h1 {
		if len(strings.Fields(h)) >= 3 && letters(h) != letters(publisher) {
			return h
		}
	}
	return titleBare
}

// sameHeadline tells whether what is printed is what metadata tell, perhaps with the site's name behind it or cut short.
func sameHeadline(printed, told string) bool {
	l, t := letters(printed), letters(told)
	switch {
	case t == "":
		return false
	case t == l:
		return true
	case strings.HasPrefix(t, l):
		if len(l)*10 > len(t)*6 {
			return true
		}
		rest := strings.TrimPrefix(told, printed)
		at := siteBreak.FindStringIndex(rest)
		return rest != told && at != nil && at[0] == 0
	case strings.HasPrefix(l, t):
		return len(t)*10 > len(l)*6
	}
	return false
}

var siteBreak = regexp.MustCompile(`\s+(?:\||-|–|—|::|»|«|·|•|/)\s+|\s*\|\s*`)

// withoutSite takes the site's name from a title's end or start: "Floods in Lima | Example News".
func withoutSite(title, publisher, host string, guess bool) string {
	for range 3 {
		seps := siteBreak.FindAllStringIndex(title, -1)
		if len(seps) == 0 {
			return title
		}
		last, first := seps[len(seps)-1], seps[0]
		tail, head := letters(title[last[1]:]), letters(title[:first[0]])
		site := func(s string) bool {
			if s == "" {
				return true
			}
			pub, h := letters(publisher), letters(strings.TrimPrefix(host, "www."))
			return pub != "" && (s == pub || len(s) > 3 && (strings.Contains(pub, s) || strings.HasPrefix(s, pub))) || h != "" && len(s) > 2 && strings.Contains(h, s)
		}
		switch {
		case site(tail):
			title = title[:last[0]]
		case site(head):
			title = title[first[1]:]
		case guess && len(strings.Fields(title[last[1]:])) <= 4 && len(strings.Fields(title[:last[0]])) >= 4:
			title = title[:last[0]]
		default:
			return title
		}
	}
	return title
}

var byStart = regexp.MustCompile(`(?i)^(?:by|von|par|por|di|de|words by|reported by|written by)\s+\S`)

// byline is what is printed where that is a byline, else the names that the metadata tell.
func (m *pageMeta) byline(s map[string]any, publisher string) string {
	for _, b := range m.bylines {
		if byStart.MatchString(b) && len(b) <= 120 && !strings.ContainsAny(b, "0123456789@*") {
			return b
		}
	}
	var names []string
	if s != nil {
		names = m.names(s["author"], 0)
		if len(names) == 0 {
			names = m.names(s["creator"], 0)
		}
	}
	if len(names) == 0 {
		for _, k := range []string{"author", "creator"} {
			for _, v := range m.props[k] {
				if v = oneLine(v); v != "" && len(v) < 120 && !strings.Contains(v, "://") && !slices.Contains(names, v) {
					names = append(names, v)
				}
			}
		}
	}
	if len(names) == 0 {
		for _, k := range []string{"author", "article:author", "byl", "sailthru.author", "parsely-author", "dc.creator", "dcterms.creator", "article:author_name", "cxenseparse:author"} {
			for _, v := range m.metas[k] {
				if v = inlineText(v); v != "" && len(v) < 120 && !strings.Contains(v, "://") && !strings.HasPrefix(v, "@") && !slices.Contains(names, v) {
					names = append(names, v)
				}
			}
			if len(names) > 0 {
				break
			}
		}
	}
	if len(names) > 6 {
		names = names[:6]
	}
	if len(names) == 0 {
		for _, b := range m.bylines {
			f := len(strings.Fields(b))
			if f >= 2 && f <= 6 && len(b) <= 60 && !strings.ContainsAny(b, ":|@*0123456789") {
				return b
			}
		}
	}
	if len(names) == 1 && letters(names[0]) == letters(publisher) {
		return names[0]
	}
	return strings.Join(names, ", ")
}

// Names of meta elements that tell when a story was published, the surest first.
var publishedMetas = []string{
	"article:published_time", "og:article:published_time", "article:published", "datepublished", "og:published_time", "rnews:datepublished", "dcterms.issued", "dc.date.issued",
	"dcterms.created", "dc.date.created", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "article.published", "published_time", "publish-date", "publish_date", "publication_date",
	"publicationdate", "pubdate", "pub_date", "published-date", "published", "originalpublicationdate", "displaydate", "article_date_original", "article.created", "ptime", "pdate",
	"bt:pubdate", "date_published", "citation_publication_date", "citation_date", "dc.date", "dcterms.date", "dc:date", "article:post_date", "shareaholic:article_published_time",
	"date", "rbpubdate", "dat", "release_date", "og:pubdate", "created", "prism.publicationdate", "gentime",
}

func (m *pageMeta) published(s map[string]any, address string) Date {
	var cands []string
	if s != nil {
		cands = append(cands, ldString(s, "datePublished"), ldString(s, "dateCreated"))
	}
	cands = append(cands, m.metas["article:published_time"]...)
	cands = append(cands, m.props["datepublished"]...)
	for _, k := range publishedMetas {
		cands = append(cands, m.metas[k]...)
	}
	for _, w := range m.web {
		cands = append(cands, ldString(w, "datePublished"))
	}
	cands = append(cands, m.props["datecreated"]...)
	for _, c := range cands {
		if d := dateTold(c); len(d.Value) >= 10 {
			return d
		}
	}
	for _, rank := range []int{3, 1, 0} {
		for _, t := range m.times {
			if t.rank != rank {
				continue
			}
			for _, v := range []string{t.value, t.text} {
				if d := dateTold(v); len(d.Value) >= 10 {
					return d
				}
			}
		}
	}
	for _, t := range m.dated {
		if d := datePrinted(t); d.Value != "" {
			return d
		}
	}
	for _, t := range m.bylines {
		if d := datePrinted(t); d.Value != "" {
			return d
		}
	}
	if d := dateOfPath(address); d.Value != "" {
		return d
	}
	if i := slices.IndexFunc(cands, func(c string) bool { return strings.TrimSpace(c) != "" }); i >= 0 {
		return dateTold(cands[i])
	}
	return Date{}
}

// datePrinted is the date in printed words, where they do not say that it is of a change: "Published 4 May 2024 | Updated 5 May 2024" is 4 May.
func datePrinted(s string) Date {
	if i := changeWord.FindStringIndex(s); i != nil {
		if i[0] == 0 {
			if j := publishWord.FindStringIndex(s); j != nil {
				return dateTold(s[j[1]:])
			}
			return Date{}
		}
		s = s[:i[0]]
	}
	d := dateTold(s)
	if len(d.Value) < 10 {
		return Date{}
	}
	return d
}

// dateChanged is the date in printed words that say that it is of a change.
func dateChanged(s string) Date {
	i := changeWord.FindStringIndex(s)
	if i == nil || !stampLine.MatchString(s[i[0]:]) {
		return Date{}
	}
	s = s[i[1]:]
	if j := publishWord.FindStringIndex(s); j != nil {
		s = s[:j[0]]
	}
	if d := dateTold(s); len(d.Value) >= 10 {
		return d
	}
	return Date{}
}

var (
	changeWord  = regexp.MustCompile(`(?i)\b(?:last\s+)?(?:updated|modified|edited|revised)\b|©|\bcopyright\b`)
	publishWord = regexp.MustCompile(`(?i)\b(?:published|posted|first published)\b`)
)

func (m *pageMeta) updated(s map[string]any) Date {
	var cands []string
	if s != nil {
		cands = append(cands, ldString(s, "dateModified"))
	}
	for _, k := range []string{"article:modified_time", "og:updated_time", "lastmod", "last-modified", "dcterms.modified", "datemodified", "article:modified", "modified"} {
		cands = append(cands, m.metas[k]...)
	}
	cands = append(cands, m.props["datemodified"]...)
	for _, c := range cands {
		if d := dateTold(c); len(d.Value) >= 10 {
			return d
		}
	}
	for _, t := range m.times {
		if t.rank < 0 {
			if d := dateTold(cmp.Or(t.value, t.text)); len(d.Value) >= 10 {
				return d
			}
		}
	}
	for _, t := range slices.Concat(m.dated, m.bylines) {
		if d := dateChanged(t); d.Value != "" {
			return d
		}
	}
	return Date{}
}

// index tells a page of links or notices: too little of it is prose that leads to no other story. A page that says that it is a list, or whose
// heading is the name of a subject, has to have more of it than one that leads nowhere.
func (m *pageMeta) index(i Item, p *page) bool {
	if m.article {
		return false
	}
	u, err := url.Parse(i.URL)
	root := err == nil && u.Host != "" && strings.Trim(u.Path, "/") == "" && u.RawQuery == ""
	if p.links < fewestTeasers {
		fewest := 20
		if i.Byline != "" && i.Headline != "" {
			fewest = 10 // somebody signed it
		}
		return len(strings.Fields(i.Text)) < fewest
	}
	fewest := 25
	subject := i.Headline != "" && len(strings.Fields(i.Headline)) <= 3
	if m.listing || root || i.Published.Value == "" && subject {
		fewest = 100
	}
	return p.prose < fewest && len(strings.Fields(i.Text)) < 2*fewest
}
