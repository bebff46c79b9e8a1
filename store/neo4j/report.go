package neo4j

import (
	"context"
	"fmt"
	"time"

	"newsgraph/news"
	"newsgraph/store"
)

// canon is the sort key of a report among those of its event: what news.Merge calls canonical order. A space sorts before all
// that dates and ids are written with.
func canon(r news.Report) string {
	width := 1 << 30
	if r.When.Dated() {
		width = int(day(r.When.To).Sub(day(r.When.From))/(24*time.Hour)) + 1
	}
	return fmt.Sprintf("%010d %s %s %s", width, r.When.From, r.Story, at(r.Trigger, r.ID))
}

func day(s string) time.Time {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return time.Time{}
	}
	return t
}

// reportRow are the properties of a report. Its participants are parallel lists.
func reportRow(r news.Report) map[string]any {
	roles, entities, starts, ends := []string{}, []string{}, []int{}, []int{}
	for _, p := range r.Participants {
		roles, entities = append(roles, string(p.Role)), append(entities, string(p.Entity))
		starts, ends = append(starts, p.Span.RuneStart), append(ends, p.Span.RuneEnd)
	}
	counted, low, high := []string{}, []int{}, []int{}
	for _, c := range r.Counts {
		counted, low, high = append(counted, c.Of), append(low, c.Low), append(high, c.High)
	}
	span := func(s news.Span) []int { return []int{s.RuneStart, s.RuneEnd} }
	return map[string]any{
		"id": string(r.ID), "story": string(r.Story), "key": keyOf(r), "type": string(r.Type), "action": r.Action,
		"roles": roles, "entities": entities, "starts": starts, "ends": ends,
		"counted": counted, "low": low, "high": high,
		"from": or(r.When.From), "to": or(r.When.To), "precision": or(string(r.When.Precision)), "when": or(r.When.Text),
		"whenSpan": span(r.When.Span), "modality": string(r.Modality), "background": r.Background, "contexts": r.Contexts,
		"sentence": r.Sentence, "sentenceSpan": span(r.SentenceSpan), "trigger": span(r.Trigger), "confidence": r.Confidence,
		"why": or(r.Why), "words": sentenceWords(r.Sentence), "at": at(r.Trigger, r.ID), "canon": canon(r), "record": record(r),
	}
}

const (
	reportsByID = `UNWIND $ids AS id MATCH (r:Report {id: id}) RETURN r.record AS record`

	reportsOf = `
UNWIND $parents AS parent
CALL (parent) {
  MATCH (:Report {id: 'report:' + substring(parent.id, 6)})-[:OF]->(e:Event) WHERE parent.id STARTS WITH 'event:'
  MATCH (e)<-[:OF]-(r:Report) WHERE r.canon > $after
  RETURN r ORDER BY r.canon LIMIT $limit
}
RETURN parent.i AS parent, r.canon AS key, r.record AS record ORDER BY parent, key`

	reportsIn = `
UNWIND $parents AS parent
CALL (parent) {
  MATCH (:Story {id: parent.id})<-[:IN]-(r:Report) WHERE r.at > $after
  RETURN r ORDER BY r.at LIMIT $limit
}
RETURN parent.i AS parent, r.at AS key, r.record AS record ORDER BY parent, key`
)

// ReportsByID returns the reports of ids.
func (s *Store) ReportsByID(ctx context.Context, ids []news.ID) ([]news.Report, error) {
	return byID(ctx, s, "read reports", reportsByID, ids, recorded[news.Report], func(r news.Report) news.ID { return r.ID })
}

// ReportsOf lists the reports of each event.
func (s *Store) ReportsOf(ctx context.Context, events []news.ID, p store.Paging) ([]store.Page[news.Report], error) {
	return lists(ctx, s, "list reports of events", "reports of", reportsOf, events, nil, p, recorded[news.Report])
}

// ReportsIn lists the reports of each story.
func (s *Store) ReportsIn(ctx context.Context, stories []news.ID, p store.Paging) ([]store.Page[news.Report], error) {
	return lists(ctx, s, "list reports in stories", "reports in", reportsIn, stories, nil, p, recorded[news.Report])
}
