package store

import (
	"bufio"
	"context"
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
}

// Export writes the whole graph as JSON lines in the order of Reader.Records, and returns their number. The same stories and corrections give the
// same bytes on every store, in whatever order they were loaded: when and how a story was read is left out. Events carry their titles.
func Export(ctx context.Context, r Reader, w io.Writer) (int, error) {
	out := bufio.NewWriterSize(w, 1<<16)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	names := map[news.ID]string{}
	n := 0
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
		if err := enc.Encode(record); err != nil {
			return n, fmt.Errorf("export: write: %w", err)
		}
		n++
	}
	if err := out.Flush(); err != nil {
		return n, fmt.Errorf("export: write: %w", err)
	}
	return n, nil
}
