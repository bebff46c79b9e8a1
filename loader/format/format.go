// Package format turns bytes of a known form into items: stories as their publishers told them. A form is one file (json.go, html.go, feed.go ...),
// found by its content and never by its name. Parsers see bytes alone: no network, no clock, no gazetteer; whether an item is news, in which
// language, and what it says is for others.
package format

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
)

// Item is one story of an input, as the input tells it. What the input does not tell is empty; nothing is guessed.
type Item struct {
	Headline  string
	Byline    string // "By Ana Ruiz", as printed
	Dateline  string // "LIMA, 4 May", as printed
	Publisher string
	URL       string // absolute, without fragment unless the item is a part of its page
	Language  string // BCP 47
	Published Date
	Updated   Date
	Text      string // paragraphs, with an empty line between two
	Version   string // the agency's own, of its own id AgencyID
	AgencyID  string
	Status    Status
	Embargo   Date     // not to be told before
	Subjects  []string // as told: codes or words
	Urgency   int      // 1 (most urgent) to 9; 0 not told
	Notes     []string // corrections and notes of editors, which are no text
	Form      string   // "HTML", "RSS 2.0", "ninjs 1.3"
	Where     string   // in the input: "line 12", "entry 3", "a.tar: b/c.html"
	Part      bool     // of a page that another item leads: what others say of the page (its date) is not said of it
	Entry     bool     // of a feed: its text may be but the beginning of what its URL has
	File      string   // what an index names: the file, beside the index, whose story the other fields are of
}

// Date is a day or an instant as an input told it.
type Date struct {
	// Value is 2024, 2024-01, 2024-01-10, or RFC 3339 with the zone that was told: 2024-01-10T09:30:00+02:00. Empty: not told.
	Value string
	Text  string // the words that it came from
}

// Status is what an agency says of an item.
type Status string

// The statuses. An agency that kills an item takes it back.
const (
	Usable   Status = ""
	Withheld Status = "withheld"
	Killed   Status = "killed"
)

// Options say what inputs do not.
type Options struct {
	// Map names the fields of records (JSON, CSV): "headline": "title" takes the headline from the field title; dots go into objects.
	// Check tells whether it may stand.
	Map map[string]string

	within bounds // of the archives that an input is in
}

// Check refuses a map from what no item has.
func (o Options) Check() error {
	for field, path := range o.Map {
		if !slices.Contains(mapped, field) {
			return fmt.Errorf("%q is no field of a story: those are %s", field, strings.Join(mapped, ", "))
		}
		if path == "" {
			return fmt.Errorf("field %q has no name to take it from", field)
		}
	}
	return nil
}

// Input is one file, part or member of an archive that is being read.
type Input struct {
	Name string        // for errors
	Type string        // media type that its sender told; a hint where the content leaves it open
	R    *bufio.Reader // R.Peek sees the first peek bytes without reading them
}

// peek is how many bytes of an input its form is told by.
const peek = 64 << 10

// maxItem is how many bytes one item may have, in any form, and maxText those of its text: 700,000 words, which are read in 256 MB.
const (
	maxItem = 16 << 20
	maxText = 4 << 20
)

// errTextTooLong says what to do with a text that no story has.
var errTextTooLong = fmt.Errorf("%w: its text has over %d MB; if it is many stories, give each its own file, or a line of JSON", ErrTooLong, maxText>>20)

// Errors that say why bytes give no story. They are wrapped with the input's name and the place in it.
var (
	ErrEmpty   = errors.New("nothing to read: it is empty")
	ErrNoStory = errors.New("no story in it")
	ErrTooLong = errors.New("too long for a story")
	ErrNoEntry = fmt.Errorf("%w: a feed without entries", ErrNoStory)
)

// Unsupported is an input of a form that is known and not read. Its message says what to do instead.
type Unsupported struct {
	Form, Instead string
	NoNews        bool // no such thing holds a story: pictures, programs, fonts
	Within        bool // it is a member of an archive
}

func (e *Unsupported) Error() string {
	return fmt.Sprintf("%s is not read: %s", e.Form, e.Instead)
}

// Misplaced is what is wrong at a place of a text. Byte is from the text's beginning, Line and Column (in bytes) count from 1.
type Misplaced struct {
	Line, Column int // no Column: the line as a whole
	Byte         int64
	Err          error
}

func (e *Misplaced) Error() string {
	if e.Column == 0 {
		return fmt.Sprintf("%d: %v", e.Line, e.Err)
	}
	return fmt.Sprintf("%d:%d: byte %d: %v", e.Line, e.Column, e.Byte, e.Err)
}

func (e *Misplaced) Unwrap() error { return e.Err }

// form is one known form.
type form struct {
	name string
	is   func(head []byte, mediaType string) bool
	// read yields the items of an input in its order. An error that it yields is of one item, and the rest goes on; after an error that leaves no
	// rest, it returns. It returns false as soon as yield does.
	read func(in *Input, o Options, yield func(Item, error) bool) bool
}

func newReader(r io.Reader) *bufio.Reader { return bufio.NewReaderSize(r, peek) }

// Read yields the items of an input with what is wrong with those that cannot be read. Errors name the input.
func Read(name, mediaType string, r io.Reader, o Options) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		in := &Input{Name: name, Type: mediaType, R: newReader(r)}
		a := &ahead{yield: func(i Item, err error) bool {
			if err == nil && len(i.Text) > maxText {
				i, err = Item{}, errTextTooLong
			}
			var at *Misplaced
			switch {
			case errors.As(err, &at) && err == error(at): //nolint:errorlint // editors find name:line, so the place follows the name closely
				err = fmt.Errorf("%s:%w", name, err)
			case err != nil:
				err = fmt.Errorf("%s: %w", name, err)
			}
			return yield(i, err)
		}}
		o.within.ahead = a
		defer func() {
			if !a.delivering { // of a caller that panics nothing more is asked; what stands before a reader that does is not lost
				a.flush()
			}
		}()
		in.read(o, a.put)
	}
}

// read finds the form of an input and reads it. Archives call it for their members, whose errors they wrap with the member's name.
func (in *Input) read(o Options, yield func(Item, error) bool) bool {
	head, err := in.R.Peek(peek)
	if err != nil && !errors.Is(err, io.EOF) {
		return yield(Item{}, err)
	}
	for _, f := range forms() {
		if f.is(head, in.Type) {
			return f.read(in, o, yield)
		}
	}
	return yield(Item{}, ErrNoStory)
}

// forms are all known forms, the surest signs first: a form of one's own is one line here and one file. Plain text is what nothing else is.
func forms() []form {
	return []form{
		{name: "gzip", is: starts("\x1f\x8b\x08"), read: readGzip},
		{name: "bzip2", is: starts("BZh"), read: readBzip2},
		{name: "zstd", is: starts(zstdMagic), read: readZstd},
		{name: "zip", is: starts("PK\x03\x04", "PK\x05\x06"), read: readZip},
		{name: "tar", is: isTar, read: readTar},
		{name: "WARC", is: isWARC, read: readWARC},
		{name: "PDF", is: isPDF, read: readPDF},
		{name: "mbox", is: isMbox, read: readMbox},
		{name: "mail", is: isMail, read: readMail},
		{name: "NewsML-G2 or NITF", is: isAgencyXML, read: readAgencyXML},
		{name: "feed", is: isFeed, read: readFeed},
		{name: "ninjs", is: isNinjs, read: readNinjs},
		{name: "HTML", is: isHTML, read: readHTML},
		{name: "records or XML in UTF-16", is: isWide, read: readWide},
		{name: "JSON", is: isJSON, read: readJSON},
		{name: "a form that is not read", is: isUnread, read: refuse},
		{name: "Markdown", is: isMarkdown, read: readMarkdown},
		{name: "a table", is: isTable, read: readTable},
		{name: "plain text", is: isAnything, read: readPlain},
	}
}
