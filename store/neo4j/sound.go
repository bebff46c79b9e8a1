package neo4j

import (
	"context"
	"encoding/json"
	"fmt"

	"newsgraph/news"
)

// recording are the labels whose nodes have a record, each read by its own unique index.
var recording = []struct {
	label string
	reads func(text string) error
}{
	{"Story", reads[news.Story]},
	{"Superseded", reads[news.Story]},
	{"Entity", reads[news.Entity]},
	{"Mention", reads[news.Mention]},
	{"Report", reads[news.Report]},
	{"Event", reads[news.Event]},
	{"Quotation", reads[news.Quotation]},
	{"Position", reads[news.Position]},
	{"Correction", reads[news.Correction]},
}

func reads[T any](text string) error {
	var v T
	return json.Unmarshal([]byte(text), &v)
}

// pageOfRecords is a page of the records of a label, whatever stands in them; whole are facts that are kept with a story.
const pageOfRecords = `MATCH (n:%s) WHERE n.id > $after
RETURN n.id AS id, coalesce(toStringOrNull(n.record), '') AS record, coalesce(toStringOrNull(CASE WHEN n:Story THEN n.told ELSE n.facts END), '{}') AS whole ORDER BY n.id LIMIT 1000`

// Sound reads every record of the database by itself, and tells which cannot be read. What rests on them is not answered.
func (s *Store) Sound(ctx context.Context, fault func(string)) error {
	type one struct{ id, record, whole string }
	for _, k := range recording {
		for after := ""; ; {
			page, err := read(ctx, s, "check records", fmt.Sprintf(pageOfRecords, k.label), map[string]any{"after": after}, func(r *row) one {
				return one{r.string("id"), r.string("record"), r.string("whole")}
			})
			if err != nil {
				return err
			}
			for _, n := range page {
				if err := k.reads(n.record); err != nil {
					fault(fmt.Sprintf("(:%s {id: %q}): its record cannot be read: %v", k.label, n.id, err))
				} else if err := reads[news.Facts](n.whole); err != nil {
					fault(fmt.Sprintf("(:%s {id: %q}): what was found in it cannot be read: %v", k.label, n.id, err))
				}
				after = n.id
			}
			if len(page) == 0 {
				break
			}
		}
	}
	return nil
}
