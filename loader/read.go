// Package loader brings stories in: it makes stories of the items that format reads from bytes, and puts what extract understands
// into a store. It knows neither forms (format), nor grammar (nlp), nor news (extract), and never asks the graph.
package loader

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"time"

	"newsgraph/loader/fetch"
	"newsgraph/loader/format"
	"newsgraph/loader/nlp"
	"newsgraph/news"
	"newsgraph/store"
)

// Options say what the text itself does not.
type Options struct {
	Published string                                   // of stories that tell no date, save those of a page that follow its lead: 2024-01-10, 2024-01 or 2024
	Publisher string                                   // of stories that tell none
	Agency    func(line string) (name string, ok bool) // tells a byline that is a news agency; nil knows none
	Any       bool                                     // reads text of other languages as if it were English
	Map       map[string]string                        // the names of a record's fields, as format.Options tells
	Now       time.Time                                // stories under embargo at this time are refused
	Embargoed bool                                     // takes them all the same
	// Get fetches what is at an address; nil fetches nothing.
	Get func(address string) (fetch.Page, error)
	// Within is the store that is loaded into. Load asks it what notices take back and, with Replace, what was loaded before; nil leaves both unasked.
	Within  store.Reader
	Replace bool // what was loaded before under other flags (another date, headline or none of the publisher) goes
	Follow  bool // entries of feeds whose text is missing or a summary alone are got from their URL
}

// Told is a story with the item that it was made of.
type Told struct {
	news.Story
	Item    format.Item
	Refused []RefusedDate // what was told of its dates, by itself or by a file beside it, and is none
}

// RefusedDate is what an input tells as a date and is none that can be read. Its story is loaded all the same, without that date: Options.Published is of
// stories that tell none.
type RefusedDate struct {
	Source string `json:"source"`
	Where  string `json:"where,omitempty"` // in the source
	Field  string `json:"field"`           // published or updated
	Value  string `json:"value"`
	Reason string `json:"reason"`
}

func (d RefusedDate) String() string {
	return fmt.Sprintf("%s: %s %q is refused: %s; the story is loaded without it", place(d.Source, d.Where), d.Field, d.Value, d.Reason)
}

// place is a place in a source.
func place(source, where string) string {
	if where == "" {
		return source
	}
	return source + ": " + where
}

// refusedDates are those of an item.
func refusedDates(source string, i format.Item) (all []RefusedDate) {
	for _, d := range []struct {
		field string
		format.Date
	}{{"published", i.Published}, {"updated", i.Updated}} {
		if reason := d.Refused(); reason != "" {
			all = append(all, RefusedDate{source, i.Where, d.field, d.Text, reason})
		}
	}
	return all
}

// besides adds, to the first story of a source, the dates that a file beside it tells of it and that are refused.
func besides(refused []RefusedDate, yield func(Told, error) bool) func(Told, error) bool {
	return func(t Told, err error) bool {
		if err == nil {
			t.Refused, refused = append(t.Refused, refused...), nil
		}
		return yield(t, err)
	}
}

// Errors that say why an item is not taken.
var (
	ErrWithheld = errors.New("its agency withholds it")
	ErrKilled   = errors.New("its agency takes a story back without telling its id or url: newsgraph remove takes it out of a store")
	ErrEmbargo  = errors.New("under embargo: --embargoed loads it all the same")
)

// Read makes stories of the bytes of one file, of any form that format knows. Errors say what is wrong and what to do.
func Read(name string, data []byte, o Options) ([]news.Story, error) {
	return collect(Source{Name: name, open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(data)), nil }}, o)
}

// Stories makes stories of a source.
func (s Source) Stories(o Options) ([]news.Story, error) { return collect(s, o) }

func collect(s Source, o Options) ([]news.Story, error) {
	var all []news.Story
	for told, err := range s.read(o) {
		if err != nil {
			return nil, err
		}
		all = append(all, told.Story)
	}
	return all, nil
}

// read yields the stories of a source as they are read, with what is wrong with those that cannot be. A parser that panics is an error of the
// source.
func (s Source) read(o Options) iter.Seq2[Told, error] {
	return func(yield func(Told, error) bool) {
		yielding, stopped := false, false
		guarded := func(t Told, err error) bool {
			yielding = true
			more := yield(t, err)
			yielding, stopped = false, !more
			return more
		}
		defer func() {
			if yielding || stopped {
				return // a panic of the caller is the caller's
			}
			if p := recover(); p != nil {
				yield(Told{}, fmt.Errorf("%s: a defect of newsgraph stopped the reading, please report it: %v at %s", s.Name, p, culprit()))
			}
		}()
		side, err := s.side(o)
		if err != nil {
			guarded(Told{}, err)
			return
		}
		s.items(o, side, besides(refusedDates(s.sidecar, side), guarded))
	}
}

// culprit is the place of a panic in our code.
func culprit() string {
	for line := range strings.SplitSeq(string(debug.Stack()), "\n") {
		if strings.Contains(line, "newsgraph/") || strings.Contains(line, "/loader/") {
			if at := strings.TrimSpace(line); strings.Contains(at, ".go:") && !strings.Contains(at, "loader/read.go") && !strings.Contains(at, "loader/load.go") {
				at, _, _ = strings.Cut(at, " +")
				return filepath.Base(at)
			}
		}
	}
	return "an unknown place"
}

// maxSide is how many bytes a side-car may have.
const maxSide = 64 << 10

// side is what the side-car of a source tells.
func (s Source) side(o Options) (format.Item, error) {
	if s.sidecar == "" {
		return format.Item{}, nil
	}
	data, err := os.ReadFile(s.sidecar)
	if err != nil {
		return format.Item{}, err
	}
	item, ok := format.Describe(data, format.Options{Map: o.Map})
	if !ok {
		return format.Item{}, fmt.Errorf("%s: tells nothing of %s", s.sidecar, s.Name)
	}
	return item, nil
}

// items makes stories of a source's items; what over tells goes before what they tell.
func (s Source) items(o Options, over format.Item, yield func(Told, error) bool) bool {
	all, done, err := s.all(o)
	if err != nil {
		return yield(Told{}, err)
	}
	defer done()
	if over.Published.Refused() != "" {
		o.Published = "" // the story has a date, which somebody should read
	}
	var lead format.Item
	parts := map[string]int{} // of its page, by their urls
	for item, err := range all {
		switch {
		case o.Follow && o.Get != nil && item.Entry && item.URL != "" && brief(item.Text) && (err == nil || errors.Is(err, format.ErrNoStory)):
			if !s.linked(o, item, yield) {
				return false
			}
			continue
		case err != nil:
			if !yield(Told{}, err) {
				return false
			}
			continue
		case item.File != "":
			if !s.indexed(o, item, yield) {
				return false
			}
			continue
		}
		put(&item, over)
		s.fill(&item)
		if !item.Part {
			lead = item
			clear(parts)
		} else if lead.URL != "" {
			item.URL = partURL(lead.URL, item, parts)
		}
		story, err := o.story(item)
		if err != nil {
			err = fmt.Errorf("%s: %w", place(s.Name, item.Where), err)
		}
		if !yield(Told{story, item, refusedDates(s.Name, item)}, err) {
			return false
		}
	}
	return true
}

// all are the items of a source; done closes it.
func (s *Source) all(o Options) (all iter.Seq2[format.Item, error], done func(), err error) {
	if s.given != nil {
		return func(yield func(format.Item, error) bool) {
			for _, i := range s.given {
				var err error
				switch {
				case i.Text != "":
				case i.URL != "":
					err = fmt.Errorf("%s: %w: the text of %q is behind its link; --follow fetches it, or save %s and load that", s.Name, format.ErrNoStory, i.Headline, i.URL)
				default:
					err = fmt.Errorf("%s: %w: %q has neither text nor link", s.Name, format.ErrNoStory, i.Headline)
				}
				if !yield(i, err) {
					return
				}
			}
		}, func() {}, nil
	}
	if s.page {
		if o.Get == nil {
			return nil, nil, fmt.Errorf("%s: nothing is fetched here: save it and load the file", s.Name)
		}
		p, err := o.Get(s.under.URL)
		if err != nil {
			return nil, nil, err
		}
		s.under.URL = p.URL
		t := p.Type
		if t == "" || strings.HasPrefix(t, "application/octet-stream") {
			t = mediaType(p.URL)
		}
		return format.Read(s.Name, t, bytes.NewReader(p.Body), format.Options{Map: o.Map}), func() {}, nil
	}
	r, err := s.open()
	if err != nil {
		return nil, nil, err
	}
	return format.Read(s.Name, mediaType(s.Name), r, format.Options{Map: o.Map}), func() { r.Close() }, nil //nolint:errcheck,gosec // only read
}

// mostBrief is up to how many words a feed's text is taken for a summary of what its link has.
const mostBrief = 60

func brief(text string) bool {
	return len(text) < 20*mostBrief && len(strings.Fields(text)) <= mostBrief
}

// linked reads the page of a feed's entry. What the entry tells fills what the page leaves out.
func (s Source) linked(o Options, entry format.Item, yield func(Told, error) bool) bool {
	of := Page(entry.URL, entry)
	o.Follow = false
	return of.items(o, format.Item{}, func(t Told, err error) bool {
		if err != nil {
			err = fmt.Errorf("%s: %w", s.Name, err)
		}
		return yield(t, err)
	})
}

// fill fills what the lead story of a page leaves out. Entries of feeds and members of archives, which have a place, are no pages.
func (s Source) fill(item *format.Item) {
	if item.Part || item.Where != "" || item.Entry {
		return
	}
	u := s.under
	for _, f := range []struct {
		to   *string
		from string
	}{{&item.Headline, u.Headline}, {&item.Byline, u.Byline}, {&item.Publisher, u.Publisher}, {&item.URL, u.URL}, {&item.Language, u.Language}} {
		if *f.to == "" {
			*f.to = f.from
		}
	}
	if item.Published.Value == "" && u.Published.Value != "" { // else what was told and is no date stays, to be refused by name
		item.Published = u.Published
	}
}

// indexed reads the file that an index names.
func (s Source) indexed(o Options, item format.Item, yield func(Told, error) bool) bool {
	if !filepath.IsLocal(item.File) {
		return yield(Told{}, fmt.Errorf("%s: %s: %q is no file beside this index", s.Name, item.Where, item.File))
	}
	name := filepath.Join(filepath.Dir(s.Name), item.File)
	of := Source{Name: name, open: func() (io.ReadCloser, error) { return openFile(name) }}
	refused := refusedDates(s.Name, item)
	item.File, item.Where = "", ""
	return of.items(o, item, besides(refused, func(t Told, err error) bool {
		if err != nil {
			err = fmt.Errorf("%s: %w", s.Name, err)
		}
		return yield(t, err)
	}))
}

// put lets what is told about an item go before what it tells itself. Of the parts of a page only the publisher is told.
func put(item *format.Item, over format.Item) {
	fields := []struct {
		to   *string
		from string
	}{{&item.Publisher, over.Publisher}, {&item.Headline, over.Headline}, {&item.Byline, over.Byline}, {&item.URL, over.URL}, {&item.Language, over.Language}, {&item.Dateline, over.Dateline}}
	if item.Part {
		fields = fields[:1]
	}
	for _, f := range fields {
		if f.from != "" {
			*f.to = f.from
		}
	}
	if item.Part {
		return
	}
	if over.Published.Value != "" {
		item.Published = over.Published
	}
	if over.Updated.Value != "" {
		item.Updated = over.Updated
	}
	item.Notes = append(item.Notes, over.Notes...)
}

// partURL is where a part of a page stands: the page's url with # and its own link or the slug of its headline, and a number where that repeats. So
// parts of one page are never versions of each other, nor of what their links lead to.
func partURL(page string, item format.Item, parts map[string]int) string {
	at := item.URL
	switch {
	case at == "":
		at = page + "#" + slug(item.Headline)
	case !strings.HasPrefix(at, page+"#"):
		at = page + "#" + at
	}
	parts[at]++
	if n := parts[at]; n > 1 {
		at = fmt.Sprintf("%s-%d", at, n)
	}
	return at
}

func slug(headline string) string {
	return strings.Join(news.Words(headline), "-")
}

// enough is how many bytes of a text its language is told by.
const enough = 256 << 10

// story makes a story of an item, or says why it is not taken.
func (o Options) story(item format.Item) (news.Story, error) {
	switch {
	case item.Status == format.Withheld:
		return news.Story{}, ErrWithheld
	case item.Status == format.Killed && item.AgencyID == "" && item.URL == "":
		return news.Story{}, ErrKilled
	case item.Status == format.Killed:
		return o.withdrawal(item), nil
	case !o.Embargoed && o.embargo(item.Embargo):
		return news.Story{}, fmt.Errorf("not before %s: %w", item.Embargo.Value, ErrEmbargo)
	}
	s := news.Story{
		Headline: item.Headline, Byline: item.Byline, Publisher: item.Publisher, URL: item.URL, Published: day(item.Published), Text: item.Text, Language: "en", How: item.Form,
		Updated: item.Updated.Value, AgencyID: item.AgencyID, Version: item.Version, Notes: strings.Join(item.Notes, "\n\n"),
		Urgency: item.Urgency, Subjects: item.Subjects,
	}
	if item.Where != "" {
		s.How += "; " + item.Where
	}
	if !o.Any {
		if err := nlp.CheckEnglish(s.Headline + "\n\n" + s.Text[:min(len(s.Text), enough)]); err != nil {
			return news.Story{}, err
		}
	}
	agency := ""
	if first, rest, _ := strings.Cut(s.Text, "\n\n"); !item.Part && len(first) <= 60 {
		if name, ok := o.agency(first); ok && rest != "" {
			agency, s.Text = name, rest
			if s.Byline == "" {
				s.Byline = first
			}
		}
	}
	if name, ok := o.agency(s.Byline); ok && agency == "" {
		agency = name
	}
	if s.Publisher == "" {
		s.Publisher = o.Publisher
	}
	if s.Publisher == "" {
		s.Publisher = agency
	}
	if s.Published == "" && !item.Part && item.Published.Refused() == "" {
		s.Published = o.Published
	}
	s.Identify()
	return s, nil
}

// takenBack heads the version of a story with which its agency takes it back.
const takenBack = "Taken back by its agency"

// withdrawal is the last version of a story that its agency has taken back, whatever is loaded before or after it: it says nothing, so that nothing of
// the story is left in the current graph. Its version sorts behind all numbers, see news.CompareVersions; what it takes back stands in its headline, so
// that each notice has an id of its own.
func (o Options) withdrawal(item format.Item) news.Story {
	what := cmp.Or(item.AgencyID, item.URL)
	if item.Version != "" {
		what += ", version " + item.Version
	}
	s := news.Story{
		Headline: takenBack + ": " + what, Publisher: cmp.Or(item.Publisher, o.Publisher), URL: item.URL, Published: day(item.Published), Language: "en", How: item.Form + "; killed",
		Updated: item.Updated.Value, AgencyID: item.AgencyID, Version: strings.TrimSpace(item.Version + " canceled"), Notes: strings.Join(item.Notes, "\n\n"),
	}
	if name, ok := o.agency(item.Byline); ok && s.Publisher == "" {
		s.Publisher = name
	}
	s.Identify()
	return s
}

func (o Options) agency(line string) (string, bool) {
	if o.Agency == nil || line == "" {
		return "", false
	}
	return o.Agency(line)
}

// embargo tells that a time is yet to come. A day without a time ends with the day, wherever that is.
func (o Options) embargo(until format.Date) bool {
	if until.Value == "" || o.Now.IsZero() {
		return false
	}
	if t, err := time.Parse(time.RFC3339, until.Value); err == nil {
		return o.Now.Before(t)
	}
	return o.Now.UTC().Format(time.DateOnly)[:min(10, len(until.Value))] <= until.Value
}

// day is a date as stories have it: the day that it was where it was told.
func day(d format.Date) string {
	value := d.Value[:min(10, len(d.Value))]
	if _, _, err := news.ParseDate(value); err != nil {
		return ""
	}
	return value
}

// types are what the endings of names tell of content. They are hints where the content leaves its form open.
var types = map[string]string{
	".json": "application/json", ".jsonl": "application/jsonl", ".ndjson": "application/x-ndjson", ".csv": "text/csv", ".tsv": "text/tab-separated-values",
	".html": "text/html", ".htm": "text/html", ".xhtml": "application/xhtml+xml", ".xml": "application/xml", ".rss": "application/rss+xml",
	".atom": "application/atom+xml", ".md": "text/markdown", ".markdown": "text/markdown", ".eml": "message/rfc822", ".mbox": "application/mbox", ".txt": "text/plain",
}

func mediaType(name string) string { return types[strings.ToLower(filepath.Ext(name))] }
