package format

import (
	"bytes"
	"cmp"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"
)

// The formats of news agencies, by the standards of the IPTC: NewsML-G2 2.x, NITF 3.x, ninjs 1.x, 2.x and 3.x.

// Bounds of an agency's XML. The whole tree is held.
const (
	deepestXML = 256
	mostNodes  = 300_000
)

var agencyRoots = map[string]bool{"newsItem": true, "packageItem": true, "newsMessage": true, "conceptItem": true, "knowledgeItem": true, "nitf": true, "NewsML": true}

// xmlRoot is the local name of the root element, empty where there is none in sight.
func xmlRoot(head []byte) string {
	s := htmlStart(head)
	if d := doctypeOf([]byte(s)); d.end > 0 {
		s = htmlStart([]byte(s[d.end:]))
	}
	if !strings.HasPrefix(s, "<") {
		return ""
	}
	s = s[1:]
	if i := strings.IndexAny(s, " \t\r\n/>"); i >= 0 {
		s = s[:i]
	}
	return s[strings.IndexByte(s, ':')+1:]
}

func isAgencyXML(head []byte, _ string) bool { return agencyRoots[xmlRoot(head)] }

func readAgencyXML(in *Input, _ Options, yield func(Item, error) bool) bool {
	data, err := readBounded(in.R)
	if err != nil {
		return yield(Item{}, err)
	}
	root, err := parseXML(data)
	if err != nil {
		return yield(Item{}, err)
	}
	switch root.name {
	case "nitf":
		i := nitfItem(root)
		return yieldTold(i, yield)
	case "newsItem":
		return yieldTold(newsItem(root), yield)
	case "newsMessage":
		n, told := 0, 0
		for _, set := range root.all("itemSet") {
			for _, k := range set.kids {
				if k.name != "" {
					n++
				}
				if k.name != "newsItem" {
					continue
				}
				told++
				i := newsItem(k)
				i.Where = fmt.Sprintf("item %d", n)
				if !yieldTold(i, yield) {
					return false
				}
			}
		}
		if told == 0 {
			return yield(Item{}, fmt.Errorf("%w: a news message of %d items without a news item; load the items that it refers to", ErrNoStory, n))
		}
		return true
	case "packageItem":
		return yield(Item{}, fmt.Errorf("%w: a package that refers to items (%d) and holds none; load these items", ErrNoStory, root.count("itemRef")))
	case "NewsML":
		return yield(Item{}, &Unsupported{Form: "NewsML 1", Instead: "ask the agency for NewsML-G2 or ninjs, or load the text"})
	}
	return yield(Item{}, fmt.Errorf("%w: %s tells concepts, not news", ErrNoStory, root.name))
}

// yieldTold yields an item, or why it is none. An item that is taken back needs no text.
func yieldTold(i Item, yield func(Item, error) bool) bool {
	if i.Text == "" && i.Status != Killed {
		err := fmt.Errorf("%w: %q has no text, as of a picture, or its text is elsewhere", ErrNoStory, i.Headline)
		if i.Where != "" {
			err = fmt.Errorf("%s: %w", i.Where, err)
		}
		return yield(i, err)
	}
	return yield(i, nil)
}

// element is an element of XML. Its text is in kids without a name.
type element struct {
	name string
	attr map[string]string
	kids []*element
	text string
}

// parseXML reads XML strictly and bounded. Entities of the document's own are refused; nothing outside of it is read.
func parseXML(data []byte) (*element, error) {
	d := xml.NewDecoder(bytes.NewReader(data))
	d.Strict = true
	d.CharsetReader = charset.NewReaderLabel
	root := &element{}
	stack := []*element{root}
	nodes := 0
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("byte %d: no XML: %w", d.InputOffset(), err)
		}
		if nodes++; nodes > mostNodes {
			return nil, fmt.Errorf("%w: over %d nodes of XML", ErrTooLong, mostNodes)
		}
		top := stack[len(stack)-1]
		switch t := t.(type) {
		case xml.StartElement:
			if len(stack) > deepestXML {
				return nil, fmt.Errorf("%w: elements of XML over %d deep", ErrTooLong, deepestXML)
			}
			e := &element{name: t.Name.Local, attr: make(map[string]string, len(t.Attr))}
			for _, a := range t.Attr {
				e.attr[a.Name.Local] = strings.TrimSpace(a.Value)
			}
			top.kids = append(top.kids, e)
			stack = append(stack, e)
		case xml.EndElement:
			stack = stack[:len(stack)-1]
		case xml.CharData:
			top.kids = append(top.kids, &element{text: string(t)})
		case xml.Directive:
			if bytes.Contains(t, []byte("ENTITY")) {
				return nil, errEntities
			}
		}
	}
	for _, k := range root.kids {
		if k.name != "" {
			return k, nil
		}
	}
	return nil, errors.New("no XML: it has no element")
}

// find is the first element at a path below, or an empty one.
func (e *element) find(path ...string) *element {
	for _, name := range path {
		i := slices.IndexFunc(e.kids, func(k *element) bool { return k.name == name })
		if i < 0 {
			return &element{}
		}
		e = e.kids[i]
	}
	return e
}

func (e *element) all(name string) []*element {
	var out []*element
	for _, k := range e.kids {
		if k.name == name {
			out = append(out, k)
		}
	}
	return out
}

func (e *element) count(name string) int {
	n := 0
	for _, k := range e.kids {
		if k.name == name {
			n++
		}
		n += k.count(name)
	}
	return n
}

// deepFind is the first element of a name anywhere below, nil if there is none.
func (e *element) deepFind(name string) *element {
	for _, k := range e.kids {
		if k.name == name {
			return k
		}
		if f := k.deepFind(name); f != nil {
			return f
		}
	}
	return nil
}

func (e *element) words() string {
	var b strings.Builder
	e.write(&b)
	return strings.Join(strings.Fields(b.String()), " ")
}

// list is the words of an element whose parts may stand side by side with nothing between: they are parted by commas.
func (e *element) list() string {
	if e.name == "" {
		return strings.Join(strings.Fields(e.text), " ")
	}
	var b strings.Builder
	part := false
	for _, k := range e.kids {
		s := k.list()
		if s == "" {
			continue
		}
		switch r, _ := utf8.DecodeRuneInString(s); {
		case b.Len() == 0 || unicode.IsPunct(r) && k.name == "":
		case part && k.name != "":
			b.WriteString(", ")
		default:
			b.WriteByte(' ')
		}
		b.WriteString(s)
		part = k.name != ""
	}
	return b.String()
}

func (e *element) write(b *strings.Builder) {
	b.WriteString(e.text)
	for _, k := range e.kids {
		k.write(b)
	}
}

// Elements of NITF and XHTML in bodies that are no text of the story.
var besideText = map[string]bool{
	"media": true, "script": true, "style": true, "figure": true, "figcaption": true, "note": true, "aside": true, "nav": true, "iframe": true, "video": true,
	"audio": true, "head": true, "body.head": true, "body.end": true,
}

// paragraphs are the blocks of a body in XHTML or NITF.
func (e *element) paragraphs(w *blockText) {
	if besideText[e.name] {
		return
	}
	block := blocks[atom.Lookup([]byte(e.name))] || e.name == "block" || e.name == "hl1" || e.name == "hl2" || e.name == "body.content" || e.name == "nitf-table"
	if block {
		w.flush()
	}
	if e.name == "br" || e.name == "td" || e.name == "th" {
		w.line.WriteByte(' ')
	}
	w.line.WriteString(e.text)
	for _, k := range e.kids {
		k.paragraphs(w)
	}
	if block {
		w.flush()
	}
}

func (e *element) body() string {
	var w blockText
	for _, k := range e.kids {
		k.paragraphs(&w)
	}
	return w.text()
}

// statusTold reads pubStatus and its like: "stat:usable", "http://…/usable", "canceled".
func statusTold(s string) Status {
	s = strings.ToLower(s)
	switch s[strings.LastIndexAny(s, ":/")+1:] {
	case "canceled", "cancelled", "killed", "kill":
		return Killed
	case "withheld", "embargoed":
		return Withheld
	}
	return Usable
}

func urgencyTold(s string) int {
	n, err := strconv.Atoi(strings.TrimSpace(s))
	if err != nil || n < 1 || n > 9 {
		return 0
	}
	return n
}

// newsItem reads a news item of NewsML-G2.
func newsItem(e *element) Item {
	meta, content := e.find("itemMeta"), e.find("contentMeta")
	i := Item{
		Form: strings.TrimSpace("NewsML-G2 " + e.attr["standardversion"]), AgencyID: e.attr["guid"], Version: e.attr["version"],
		Language: bcp47(cmp.Or(content.find("language").attr["tag"], e.attr["lang"])),
		Headline: cmp.Or(content.find("headline").words(), meta.find("title").words()),
		Byline:   content.find("by").words(), Dateline: content.find("dateline").words(),
		Urgency: urgencyTold(content.find("urgency").words()), Status: statusTold(meta.find("pubStatus").attr["qcode"] + meta.find("pubStatus").attr["uri"]),
	}
	provider := meta.find("provider")
	i.Publisher = cmp.Or(provider.find("name").words(), provider.attr["literal"], afterColon(provider.attr["qcode"]), content.find("creditline").words())
	if i.Byline == "" {
		var names []string
		for _, c := range content.all("creator") {
			if n := c.find("name").words(); n != "" {
				names = append(names, n)
			}
		}
		i.Byline = strings.Join(names, ", ")
	}
	created := dateTold(meta.find("versionCreated").words())
	i.Published, i.Updated = versioned(dateTold(meta.find("firstCreated").words()), created)
	if em := meta.all("embargoed"); len(em) > 0 {
		// An embargo without an end is one until the agency says otherwise.
		if i.Embargo = dateTold(em[0].words()); i.Embargo.Value == "" && i.Status == Usable {
			i.Status = Withheld
		}
	}
	for _, s := range content.all("subject") {
		if v := cmp.Or(s.find("name").words(), s.attr["literal"], s.attr["qcode"]); v != "" {
			i.Subjects = append(i.Subjects, v)
		}
	}
	for _, n := range meta.all("edNote") {
		if v := n.words(); v != "" {
			i.Notes = append(i.Notes, v)
		}
	}
	for _, s := range meta.all("signal") {
		if q := afterColon(s.attr["qcode"]); q != "" && q != "sig" {
			i.Notes = append(i.Notes, "signal: "+q)
		}
	}
	for _, l := range meta.all("link") {
		if u := l.attr["href"]; strings.Contains(l.attr["rel"], "irel:isTranslatedFrom") && u == "" {
			continue
		} else if strings.HasPrefix(u, "http") && strings.Contains(l.attr["rel"], "canonical") {
			i.URL = u
		}
	}
	for _, c := range e.find("contentSet").kids {
		var text string
		switch c.name {
		case "inlineXML":
			if n := c.deepFind("nitf"); n != nil {
				inner := nitfItem(n)
				text = inner.Text
				i.Headline, i.Byline, i.Dateline = cmp.Or(i.Headline, inner.Headline), cmp.Or(i.Byline, inner.Byline), cmp.Or(i.Dateline, inner.Dateline)
			} else {
				text = c.body()
			}
		case "inlineData":
			text = plainLines(rawWords(c))
			if t := c.attr["contenttype"]; strings.Contains(t, "html") {
				text = fragmentText(rawWords(c))
			} else if t != "" && !strings.HasPrefix(t, "text/") {
				continue
			}
		}
		if len(text) > len(i.Text) {
			i.Text = text
		}
	}
	var more []string
	i.Text, more = splitNotes(i.Text, nil)
	i.Notes = append(i.Notes, more...)
	i.Text = withoutHeadline(i.Text, i.Headline, i.Byline)
	return i
}

func afterColon(s string) string { return s[strings.LastIndexByte(s, ':')+1:] }

func rawWords(e *element) string {
	var b strings.Builder
	e.write(&b)
	return b.String()
}

// plainLines are paragraphs of plain text, apart by empty lines or, where there are none, by lines.
func plainLines(s string) string {
	s = strings.ReplaceAll(strings.TrimSpace(s), "\r\n", "\n")
	if !blanks.MatchString(s) {
		s = strings.ReplaceAll(s, "\n", "\n\n")
	}
	return plainParagraphs(s)
}

// nitfItem reads a document of NITF.
func nitfItem(e *element) Item {
	head, doc, body := e.find("head"), e.find("head", "docdata"), e.find("body")
	bh := body.find("body.head")
	i := Item{
		Form: "NITF", AgencyID: doc.find("doc-id").attr["id-string"], Language: bcp47(e.attr["lang"]),
		Headline: cmp.Or(bh.find("hedline", "hl1").words(), bh.find("headline", "hl1").words(), bh.find("hedline").words(), head.find("title").words()),
		Byline:   bh.find("byline").list(), Dateline: bh.find("dateline").list(), Urgency: urgencyTold(doc.find("urgency").attr["ed-urg"]),
		Publisher: cmp.Or(head.find("pubdata").attr["name"], bh.find("distributor").words(), bh.find("rights", "rights.owner").words(), doc.find("doc.copyright").attr["holder"]),
		Status:    statusTold(doc.attr["management-status"]),
	}
	issue, release := dateTold(doc.find("date.issue").attr["norm"]), dateTold(doc.find("date.release").attr["norm"])
	i.Published = firstDate(issue, release, dateTold(head.find("pubdata").attr["date.publication"]), dateTold(bh.find("dateline", "story.date").attr["norm"]))
	if strings.EqualFold(doc.attr["management-status"], "embargoed") {
		if release.Value != "" {
			i.Embargo, i.Status = release, Usable
		}
	}
	for _, k := range head.find("tobject").all("tobject.subject") {
		if v := cmp.Or(k.attr["tobject.subject.detail"], k.attr["tobject.subject.matter"], k.attr["tobject.subject.type"], k.attr["tobject.subject.refnum"]); v != "" {
			i.Subjects = append(i.Subjects, v)
		}
	}
	for _, k := range doc.find("key-list").all("keyword") {
		if v := k.attr["key"]; v != "" {
			i.Subjects = append(i.Subjects, v)
		}
	}
	for _, name := range []string{"ed-msg", "correction"} {
		for _, m := range doc.all(name) {
			if v := m.attr["info"]; v != "" {
				i.Notes = append(i.Notes, v)
			}
		}
	}
	for _, n := range bh.all("note") {
		if v := n.words(); v != "" {
			i.Notes = append(i.Notes, v)
		}
	}
	for _, r := range head.all("revision-history") {
		i.Version = cmp.Or(r.attr["revision"], i.Version)
	}
	if c := doc.find("du-key"); c.attr["version"] != "" {
		i.Version = c.attr["version"]
	}
	text := body.find("body.content").body()
	if text == "" {
		text = body.body()
	}
	var more []string
	i.Text, more = splitNotes(text, nil)
	i.Notes = append(i.Notes, more...)
	return i
}

// versioned are the dates of a version: when the item was made first, and when this version was, where that differs.
func versioned(first, version Date) (published, updated Date) {
	if first.Value == "" || version.Value == first.Value {
		return firstDate(version, first), Date{}
	}
	return first, version
}

// firstDate is the first that is a date, else the first of those that were told.
func firstDate(dates ...Date) Date {
	for _, is := range []func(Date) bool{func(d Date) bool { return d.Value != "" }, func(d Date) bool { return d.Text != "" }} {
		if i := slices.IndexFunc(dates, is); i >= 0 {
			return dates[i]
		}
	}
	return Date{}
}

// Keys that tell ninjs from other JSON, beside "uri", which it demands.
var ninjsKeys = []string{
	"body_text", "body_xhtml", "body_html", "bodies", "headlines", "versioncreated", "pubstatus", "firstcreated", "contentcreated", "representationtype",
	"copyrightnotice", "usageterms", "embargoed", "infosources", "description_text", "associations", "renditions",
}

func isNinjs(head []byte, mediaType string) bool {
	head = bytes.TrimPrefix(head, []byte("\ufeff"))
	s := bytes.TrimLeft(head, " \t\r\n")
	if len(s) == 0 || s[0] != '{' && s[0] != '[' {
		return false
	}
	keys := topKeys(s)
	if keys["standard"] && bytes.Contains(s, []byte(`"ninjs"`)) {
		return true
	}
	if !keys["uri"] {
		return false
	}
	return strings.Contains(mediaType, "ninjs") || slices.ContainsFunc(ninjsKeys, func(k string) bool { return keys[k] })
}

// topKeys are the keys of a JSON object, or of a list's first, as far as the head shows them.
func topKeys(head []byte) map[string]bool {
	keys := map[string]bool{}
	d := json.NewDecoder(bytes.NewReader(head))
	depth, base, key := 0, 1, true
	if head[0] == '[' {
		base = 2
	}
	for {
		t, err := d.Token()
		if err != nil {
			return keys
		}
		switch t := t.(type) {
		case json.Delim:
			switch t {
			case '{', '[':
				depth++
				key = depth == base && t == '{'
				if depth > base+64 {
					return keys
				}
				continue
			default:
				depth--
				if depth < base {
					return keys
				}
			}
		case string:
			if depth == base && key {
				keys[strings.ToLower(t)] = true
				key = false
				continue
			}
		}
		if depth == base {
			key = true
		}
	}
}

func readNinjs(in *Input, _ Options, yield func(Item, error) bool) bool {
	data, err := readBounded(in.R)
	if err != nil {
		return yield(Item{}, err)
	}
	var v any
	if err := json.Unmarshal(bytes.TrimPrefix(data, []byte("\ufeff")), &v); err != nil {
		var syntax *json.SyntaxError
		if errors.As(err, &syntax) {
			return yield(Item{}, fmt.Errorf("byte %d: no JSON: %w", syntax.Offset, err))
		}
		return yield(Item{}, fmt.Errorf("no JSON: %w", err))
	}
	list, ok := v.([]any)
	if !ok {
		list = []any{v}
	}
	for n, e := range list {
		where := ""
		if ok {
			where = fmt.Sprintf("item %d", n+1)
		}
		o, ok := e.(map[string]any)
		if !ok {
			if !yield(Item{}, fmt.Errorf("%s: %w: no object", where, ErrNoStory)) {
				return false
			}
			continue
		}
		i := ninjsItem(lowered(o).(map[string]any)) //nolint:forcetypeassert // an object stays one
		i.Where = where
		if !yieldTold(i, yield) {
			return false
		}
	}
	return true
}

// lowered writes the keys of a JSON value in lower case: ninjs 1 and 2 have versioncreated, 3 has versionCreated.
func lowered(v any) any {
	switch v := v.(type) {
	case map[string]any:
		low := make(map[string]any, len(v))
		for _, k := range slices.Sorted(maps.Keys(v)) {
			low[strings.ToLower(k)] = lowered(v[k])
		}
		return low
	case []any:
		for n := range v {
			v[n] = lowered(v[n])
		}
	}
	return v
}

// ninjsItem reads an object whose keys are in lower case.
func ninjsItem(o map[string]any) Item {
	str := func(key string) string { return firstOf(ldStrings(o[key])) }
	i := Item{
		Form: "ninjs 1.x", AgencyID: str("uri"), Version: str("version"), Language: bcp47(str("language")), Status: statusTold(str("pubstatus")),
		Urgency: urgencyTold(str("urgency")), Headline: inlineText(cmp.Or(str("headline"), str("title"), str("name"))), Byline: inlineText(cmp.Or(str("byline"), str("by"))),
		Dateline: inlineText(cmp.Or(str("dateline"), str("located"))), Embargo: dateTold(cmp.Or(str("embargoed"), str("embargoeduntil"))),
	}
	_, newBodies := o["bodies"]
	_, newHeads := o["headlines"]
	if s, ok := o["standard"].(map[string]any); ok {
		i.Form = strings.TrimSpace("ninjs " + ldString(s, "version"))
	} else if newBodies || newHeads {
		i.Form = "ninjs 2.x"
	}
	if i.Headline == "" {
		i.Headline = inlineText(roleValue(o["headlines"], "main", "headline", "title"))
	}
	if i.Byline == "" {
		i.Byline = inlineText(roleValue(o["bylines"], "main"))
	}
	created := dateTold(str("versioncreated"))
	i.Published, i.Updated = versioned(dateTold(str("firstcreated")), created)
	i.Published = firstDate(i.Published, dateTold(str("contentcreated")))
	if u := str("uri"); strings.HasPrefix(u, "http") {
		i.URL = u
	}
	if l, ok := o["link"].([]any); ok {
		for _, e := range l {
			if m, ok := e.(map[string]any); ok && strings.HasPrefix(ldString(m, "href"), "http") && ldString(m, "rel") == "canonical" {
				i.URL = ldString(m, "href")
			}
		}
	}
	for _, k := range []string{"infosource", "infosources", "provider", "organisation"} {
		if n := namesOf(o[k]); len(n) > 0 && i.Publisher == "" && k != "organisation" {
			i.Publisher = n[0]
		}
	}
	i.Publisher = inlineText(cmp.Or(i.Publisher, str("source"), str("copyrightholder")))
	for _, k := range []string{"subject", "subjects"} {
		i.Subjects = append(i.Subjects, namesOf(o[k])...)
	}
	for _, k := range []string{"ednote", "ednotes"} {
		i.Notes = append(i.Notes, ldStrings(o[k])...)
	}
	// Marked-up bodies keep their paragraphs; plain ones keep them by lines.
	for _, k := range []string{"body_xhtml", "body_html", "body_html5", "body_text", "body_plain", "body_nitf"} {
		if s := str(k); s != "" && i.Text == "" {
			i.Text = ninjsBody(s, !strings.HasSuffix(k, "text") && !strings.HasSuffix(k, "plain"))
		}
	}
	if l, ok := o["bodies"].([]any); ok && i.Text == "" {
		best := -1
		for _, e := range l {
			m, ok := e.(map[string]any)
			if !ok {
				continue
			}
			v, t, role := ldString(m, "value"), ldString(m, "contenttype"), ldString(m, "role")
			rank := 0
			if strings.Contains(t, "html") || strings.Contains(t, "xml") {
				rank++
			}
			if role == "" || role == "main" || role == "body" {
				rank += 2
			}
			if v != "" && rank > best {
				best = rank
				i.Text = ninjsBody(v, strings.Contains(t, "ml"))
			}
		}
	}
	var more []string
	i.Text, more = splitNotes(i.Text, nil)
	i.Notes = append(i.Notes, more...)
	i.Text = withoutHeadline(i.Text, i.Headline, i.Byline)
	return i
}

func ninjsBody(s string, marked bool) string {
	if marked || inlineTag.MatchString(s) && strings.Contains(s, "</p>") {
		return fragmentText(s)
	}
	return plainLines(s)
}

func firstOf(s []string) string {
	if len(s) == 0 {
		return ""
	}
	return strings.TrimSpace(s[0])
}

// roleValue is the value of the entry with the first of the roles that is there, else of the first entry: [{"role": "main", "value": "…"}].
func roleValue(v any, roles ...string) string {
	l, ok := v.([]any)
	if !ok {
		return firstOf(ldStrings(v))
	}
	for _, role := range roles {
		for _, e := range l {
			if m, ok := e.(map[string]any); ok && ldString(m, "role") == role {
				return ldString(m, "value")
			}
		}
	}
	for _, e := range l {
		if m, ok := e.(map[string]any); ok {
			return ldString(m, "value")
		}
	}
	return firstOf(ldStrings(v))
}

// namesOf are the names, or else codes, of a list of objects.
func namesOf(v any) []string {
	l, ok := v.([]any)
	if !ok {
		l = []any{v}
	}
	var out []string
	for _, e := range l {
		switch e := e.(type) {
		case string:
			out = append(out, e)
		case map[string]any:
			if s := cmp.Or(ldString(e, "name"), ldString(e, "literal"), ldString(e, "code"), ldString(e, "uri")); s != "" {
				out = append(out, s)
			}
		}
	}
	return out
}
