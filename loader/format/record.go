package format

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// object is an object of JSON or a row of a table: names as they were told, in their order, and what they name: string, number, bool, nil,
// *object or []any.
type object struct {
	names  []string
	values []any
	plain  []string // the names as plainName has them, once asked for
}

// number of JSON, as it was written.
type numeral string

func (o *object) set(name string, value any) {
	o.names, o.values = append(o.names, name), append(o.values, value)
}

func (o *object) plainNames() []string {
	if len(o.plain) < len(o.names) {
		o.plain = make([]string, len(o.names))
		for i, name := range o.names {
			o.plain[i] = plainName(name)
		}
	}
	return o.plain
}

// plainName is a name without case and without what joins its words: date_published and datePublished are one.
func plainName(name string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r > 127:
			return r
		}
		return -1
	}, name)
}

// known are the names under which sources tell each field, the surest first: schema.org, NewsAPI, GDELT, Guardian, New York Times, WordPress,
// news-please, ninjs and those that people choose.
var known = map[string][]string{
	"headline":  {"headline", "title", "headlinetext", "webtitle", "articletitle", "newstitle", "heading", "head", "subject", "name"},
	"text":      {"text", "articlebody", "bodytext", "body", "fulltext", "maintext", "articletext", "newstext", "storytext", "plaintext", "contenttext", "content", "fullcontent", "article", "story", "bodyhtml", "contenthtml", "bodyxhtml", "paragraphs"},
	"summary":   {"description", "summary", "abstract", "lead", "leadparagraph", "trailtext", "snippet", "excerpt", "standfirst"},
	"published": {"published", "datepublished", "publishedat", "publisheddate", "publishdate", "publicationdate", "pubdate", "firstpublicationdate", "firstpublished", "webpublicationdate", "datepublish", "publishedon", "publishedtime", "publishtime", "publicationtime", "firstcreated", "dategmt", "date", "datetime", "dategiven", "created", "createdat", "datecreated", "timestamp", "time", "day"},
	"updated":   {"updated", "updatedat", "datemodified", "modified", "modifiedat", "modifiedgmt", "lastmodified", "datemodify", "lastupdated", "updateddate", "versioncreated"},
	"url":       {"url", "canonicalurl", "link", "weburl", "permalink", "articleurl", "newsurl", "storyurl", "href", "uri", "address", "mainentityofpage"},
	"publisher": {"publisher", "source", "sourcename", "provider", "outlet", "publication", "newspaper", "site", "sitename", "medium", "agency", "sourcedomain", "domain"},
	"byline":    {"byline", "author", "authors", "creator", "by", "authorname", "writer", "writers", "journalist"},
	"language":  {"language", "lang", "inlanguage"},
	"dateline":  {"dateline"},
	"version":   {"version", "revision"},
	"subjects":  {"subjects", "subject", "keywords", "tags", "categories", "category", "topics", "section"},
	"notes":     {"corrections", "correction", "editornote", "editorsnote", "ednote", "notes"},
	"file":      {"file", "filename", "path"},
}

// mapped are the fields that Options.Map may name; stories is the list that holds the records.
var mapped = []string{"headline", "text", "published", "updated", "url", "publisher", "byline", "language", "dateline", "version", "subjects", "notes", "stories"}

// lists are names of what holds records.
var lists = []string{"articles", "items", "stories", "results", "docs", "hits", "entries", "news", "posts", "documents", "records", "rows", "data", "response", "graph", "source", "feed", "list", "value"}

// inner are names of objects that hold more fields of the record that they stand in.
var inner = []string{"fields", "attributes", "article", "story", "source", "doc", "item", "post", "document"}

// at is what a path names: names and numbers of lists, joined by dots.
func at(v any, path string) any {
	if path == "" {
		return v
	}
	switch v := v.(type) {
	case *object:
		for i, name := range v.names {
			if name == path {
				return v.values[i]
			}
		}
		for i, name := range v.names {
			if rest, ok := strings.CutPrefix(path, name+"."); ok {
				if found := at(v.values[i], rest); found != nil {
					return found
				}
			}
		}
		for i, name := range v.names {
			if strings.EqualFold(name, path) {
				return v.values[i]
			}
		}
	case []any:
		first, rest, _ := strings.Cut(path, ".")
		if n, err := strconv.Atoi(first); err == nil && n >= 0 && n < len(v) {
			return at(v[n], rest)
		}
		var all []any // a name of each element
		for _, e := range v {
			if found := at(e, path); found != nil {
				all = append(all, found)
			}
		}
		if all != nil {
			return all
		}
	}
	return nil
}

// find is what a field of the record has that is not empty, by the map or by the known names.
func (o *object) find(field string, opts Options, words func(any) string) string {
	if path := opts.Map[field]; path != "" {
		return words(at(o, path))
	}
	plain := o.plainNames()
	for _, name := range known[field] {
		for i, n := range plain {
			if n != name {
				continue
			}
			if in, ok := o.values[i].(*object); ok && field == "publisher" && in.has("text") {
				continue // a search engine's _source is the record itself
			}
			if s := words(o.values[i]); s != "" {
				return s
			}
		}
	}
	for _, name := range inner {
		for i, n := range plain {
			if in, ok := o.values[i].(*object); ok && n == name && in.has("headline") {
				if s := in.find(field, Options{}, words); s != "" {
					return s
				}
			}
		}
	}
	return ""
}

// has tells that a record tells a field under one of its first names.
func (o *object) has(field string) bool {
	return slices.ContainsFunc(o.plainNames(), func(n string) bool {
		return n != "name" && slices.Contains(known[field], n)
	})
}

// word is what a value says on one line: a string, a number, the name of what has one, the parts of a list.
func word(v any) string {
	return value(v, 0, ", ", []string{"name", "title", "main", "rendered", "value", "text", "label", "default", "original", "id", "content"})
}

// body is what a value says as text: paragraphs of a list one after the other.
func body(v any) string {
	return value(v, 0, "\n\n", []string{"value", "rendered", "text", "main", "content", "body", "html", "plain", "default"})
}

func link(v any) string {
	if list, ok := v.([]any); ok && len(list) > 0 {
		v = list[0]
	}
	return value(v, 0, " ", []string{"url", "href", "id", "canonical"})
}

const valueDepth = 6 // of objects in a field

func value(v any, depth int, join string, names []string) string {
	if depth > valueDepth {
		return ""
	}
	switch v := v.(type) {
	case string:
		return v
	case numeral:
		return string(v)
	case []any:
		var all []string
		for _, e := range v {
			if s := strings.TrimSpace(value(e, depth+1, join, names)); s != "" {
				all = append(all, s)
			}
		}
		return strings.Join(all, join)
	case *object:
		for _, name := range names {
			for i, n := range v.names {
				if strings.EqualFold(strings.TrimLeft(n, "_#@"), name) {
					if s := value(v.values[i], depth+1, join, names); s != "" {
						return s
					}
				}
			}
		}
	}
	return ""
}

// errNoText is of a record that has no words to read.
var errNoText = errors.New("it has no text")

// truncated is what NewsAPI leaves where a text was cut.
const truncated = "[+"

// item makes an item of a record.
func (o *object) item(opts Options) (Item, error) {
	one := func(field string) string { return oneLine(o.find(field, opts, word)) }
	item := Item{
		Headline: one("headline"), Byline: one("byline"), Dateline: one("dateline"), Publisher: one("publisher"), Language: one("language"), Version: one("version"),
		URL: oneLine(o.find("url", opts, link)), Published: o.date("published", opts), Updated: o.date("updated", opts),
		Text: prose(o.find("text", opts, body)), File: one("file"),
	}
	if item.Headline != "" && strings.ContainsRune(item.Headline, '<') {
		item.Headline = inlineText(item.Headline)
	}
	if !strings.Contains(item.URL, "://") {
		item.URL = ""
	}
	for s := range strings.SplitSeq(o.find("subjects", opts, word), ",") {
		if s = oneLine(s); s != "" && s != item.Headline {
			item.Subjects = append(item.Subjects, s)
		}
	}
	if n := prose(o.find("notes", opts, body)); n != "" {
		item.Notes = strings.Split(n, "\n\n")
	}
	if i := strings.LastIndex(item.Text, truncated); i > 0 && strings.HasSuffix(item.Text, "chars]") {
		item.Text = strings.TrimRight(item.Text[:i], "… ")
		item.Notes = append(item.Notes, "the source cut the text")
	}
	if item.Text == "" && opts.Map["text"] == "" {
		if item.Text = prose(o.find("summary", opts, body)); item.Text != "" {
			item.Notes = append(item.Notes, "the source tells a summary and no text")
		}
	}
	if len(item.Text) > maxItem {
		return Item{}, fmt.Errorf("%w: at most %d bytes are read", ErrTooLong, maxItem)
	}
	if item.Text == "" {
		return item, errNoText
	}
	if !plausible(item.Text) {
		return Item{}, fmt.Errorf("%w: its text is no prose", ErrNoStory)
	}
	item.File = ""
	text, notes := editors(strings.Split(item.Text, "\n\n"))
	if len(text) > 0 {
		item.Text, item.Notes = strings.Join(text, "\n\n"), append(item.Notes, notes...)
	}
	if item.Dateline == "" {
		item.Dateline = datelineOf(item.Text)
	}
	return item, nil
}

// date is a field that tells a date. What stands there and is no word, such as an object of other fields, is told as it stands: it is a date that
// cannot be read. A truth value is none: "published": true tells whether, not when.
func (o *object) date(field string, opts Options) Date {
	if told := o.find(field, opts, word); told != "" {
		return dated(told)
	}
	return dated(o.find(field, opts, func(v any) string { return spelled(v, 0) }))
}

// spelled is a value as JSON has it, roughly.
func spelled(v any, depth int) string {
	var parts []string
	switch v := v.(type) {
	case string:
		return v
	case numeral:
		return string(v)
	case bool:
		if depth > 0 {
			return strconv.FormatBool(v)
		}
	case []any:
		if len(v) == 0 || depth > valueDepth {
			return ""
		}
		for _, e := range v[:min(len(v), 4)] {
			parts = append(parts, spelled(e, depth+1))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case *object:
		if len(v.names) == 0 || depth > valueDepth {
			return ""
		}
		for i, name := range v.names[:min(len(v.names), 4)] {
			parts = append(parts, name+": "+spelled(v.values[i], depth+1))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	}
	return ""
}

// plausible tells that a field called text may be a text: more than a word or a number.
func plausible(text string) bool {
	return (len(text) >= 40 || strings.ContainsAny(text, " \n")) && rubbish(text) == ""
}

// Describe reads a JSON object that tells of a story without its text: a side-car. It is false of all else.
func Describe(data []byte, o Options) (Item, bool) {
	v, err := parseJSON(data)
	rec, ok := v.(*object)
	if err != nil || !ok {
		return Item{}, false
	}
	item, err := rec.item(o)
	if !errors.Is(err, errNoText) || item.Headline == "" && item.Published.Text == "" && item.URL == "" && item.Publisher == "" && item.Byline == "" {
		return Item{}, false
	}
	return item, true
}
