package store

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"

	"newsgraph/news"
)

// Record is one thing of the graph: just one of its fields is set, and its JSON is an object with the noun as its only key.
type Record struct {
	Story      *news.Story      `json:"story,omitempty"`
	Entity     *news.Entity     `json:"entity,omitempty"`
	Mention    *news.Mention    `json:"mention,omitempty"`
	Report     *news.Report     `json:"report,omitempty"`
	Event      *news.Event      `json:"event,omitempty"`
	Quotation  *news.Quotation  `json:"quotation,omitempty"`
	Position   *news.Position   `json:"position,omitempty"`
	Correction *news.Correction `json:"correction,omitempty"`
	// Superseded is a version that a later one took the place of, with all that was found in it, uncorrected and in order of ids.
	Superseded *news.Facts `json:"superseded,omitempty"`
	// Told is all that was found in a story that corrections change, uncorrected and in order of ids: what comes back when they are undone.
	Told *news.Facts `json:"told,omitempty"`
	// Begin and End are the first and the last line of an export, and nothing of the graph: Reader.Records has none. An export without an end was cut.
	Begin *Begin `json:"begin,omitempty"`
	End   *End   `json:"end,omitempty"`
}

// Noun is which of its fields a record has set; empty if not just one.
func (r Record) Noun() string {
	noun := ""
	for _, one := range []struct {
		there bool
		noun  string
	}{
		{r.Story != nil, "story"},
		{r.Entity != nil, "entity"},
		{r.Mention != nil, "mention"},
		{r.Report != nil, "report"},
		{r.Event != nil, "event"},
		{r.Quotation != nil, "quotation"},
		{r.Position != nil, "position"},
		{r.Superseded != nil, "superseded"},
		{r.Told != nil, "told"},
		{r.Correction != nil, "correction"},
		{r.Begin != nil, "begin"},
		{r.End != nil, "end"},
	} {
		switch {
		case one.there && noun != "":
			return ""
		case one.there:
			noun = one.noun
		}
	}
	return noun
}

// ExportForm is the form of exports that this program writes, and the latest that it reads. Those before 1 have neither a beginning nor an end.
const ExportForm = 1

// Begin is the first line of an export.
type Begin struct {
	Form int `json:"form"` // ExportForm
}

// End is the last line of an export.
type End struct {
	Records map[string]int `json:"records"` // by nouns, without those of which there are none
	SHA256  string         `json:"sha256"`  // of all lines before this one, each with its end of one byte, in hexadecimal
}

// Total is how many records there are between the beginning and the end.
func (e End) Total() (n int) {
	for _, of := range e.Records {
		n += of
	}
	return n
}

// Export writes the whole graph as JSON lines, Begin, records in the order of Reader.Records and End, and returns the number of lines. The same stories and corrections give the
// same bytes on every store, in whatever order they were loaded: when and how a story was read is left out. Events carry their titles.
func Export(ctx context.Context, r Reader, w io.Writer) (int, error) {
	out := bufio.NewWriterSize(w, 1<<16)
	sum := sha256.New()
	enc := json.NewEncoder(io.MultiWriter(out, sum))
	enc.SetEscapeHTML(false)
	names := map[news.ID]string{}
	n := 0
	write := func(record Record) error {
		if err := enc.Encode(record); err != nil {
			return fmt.Errorf("export: write: %w", err)
		}
		n++
		return nil
	}
	if err := write(Record{Begin: &Begin{ExportForm}}); err != nil {
		return n, err
	}
	end := End{Records: map[string]int{}}
	for record, err := range r.Records(ctx) {
		if err != nil {
			return n, fmt.Errorf("export: %w", err)
		}
		if record.Story != nil {
			// How a story was read is of one copy of it, as the time of loading is.
			story := *record.Story
			story.How = ""
			record.Story = &story
		}
		for _, whole := range []**news.Facts{&record.Superseded, &record.Told} {
			if *whole != nil {
				facts := **whole
				facts.Story.How = ""
				*whole = &facts
			}
		}
		if e := record.Entity; e != nil {
			names[e.ID] = e.Name
		}
		if e := record.Event; e != nil {
			e.Title = e.TitleOf(func(id news.ID) string { return names[id] })
		}
		if err := write(record); err != nil {
			return n, err
		}
		end.Records[record.Noun()]++
	}
	end.SHA256 = hex.EncodeToString(sum.Sum(nil))
	if err := write(Record{End: &end}); err != nil {
		return n, err
	}
	if err := out.Flush(); err != nil {
		return n, fmt.Errorf("export: write: %w", err)
	}
	return n, nil
}
