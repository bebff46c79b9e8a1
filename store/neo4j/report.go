package neo4j

import (
	"context"

	"newsgraph/news"
	"newsgraph/store"
)

// reportRow are the properties of a report. Its participants are parallel lists, and so are its counts.
func reportRow(r news.Report) map[string]any {
	span := func(s news.Span) []int { return []int{s.RuneStart, s.RuneEnd} }
	spot := spotOf(r)
	row := map[string]any{
		"id": string(r.ID), "story": string(r.Story), "key": spot.key, "type": string(r.Type), "action": r.Action,
		"from": or(r.When.From), "to": or(r.When.To), "precision": or(string(r.When.Precision)), "when": or(r.When.Text),
		"modality": string(r.Modality), "background": r.Background, "sentence": r.Sentence, "sentenceSpan": span(r.SentenceSpan),
		"trigger": span(r.Trigger), "confidence": r.Confidence, "why": or(r.Why), "words": sentenceWords(r.Sentence),
		"since": spot.From, "until": spot.To, "wide": or(spot.long()), "at": at(r.Trigger, r.ID), "canon": store.ReportKey(r), "record": record(r),
	}
	if n := len(r.Participants); n > 0 {
		roles, entities, starts, ends := make([]string, n), make([]string, n), make([]int, n), make([]int, n)
		for i, p := range r.Participants {
			roles[i], entities[i], starts[i], ends[i] = string(p.Role), string(p.Entity), p.Span.RuneStart, p.Span.RuneEnd
		}
		row["roles"], row["entities"], row["starts"], row["ends"] = roles, entities, starts, ends
	}
	if n := len(r.Counts); n > 0 {
		counted, low, high := make([]string, n), make([]int, n), make([]int, n)
		for i, c := range r.Counts {
			counted[i], low[i], high[i] = c.Of, c.Low, c.High
		}
		row["counted"], row["low"], row["high"] = counted, low, high
	}
	if r.When.Text != "" {
		row["whenSpan"] = span(r.When.Span)
	}
	if len(r.Contexts) > 0 {
		row["contexts"] = r.Contexts
	}
	return row
}

const (
	reportsByID = `UNWIND $ids AS id MATCH (r:Report {id: id}) RETURN r.record AS record`

	reportsOf = `
UNWIND $parents AS parent
CALL (parent) {
  MATCH (:Report {id: 'report:' + substring(parent.id, 6)})-[:OF]->(e:Event) WHERE parent.id STARTS WITH 'event:'
  MATCH (r)-[o:OF]->() USING INDEX o:OF(event, canon) WHERE o.event = e.id AND o.canon > $after
  RETURN r ORDER BY o.event, o.canon LIMIT $limit
}
RETURN parent.i AS parent, r.canon AS key, r.record AS record ORDER BY parent, key`

	reportsIn = `
UNWIND $parents AS parent
CALL (parent) {
  MATCH (s:Story {id: parent.id})
  WITH s, COLLECT { MATCH (s)<-[:IN]-(n:Report) RETURN n } AS has
  UNWIND CASE WHEN size(has) = s.reports THEN has ELSE [null] END AS r
  WITH r WHERE r.at IS NULL OR r.at > $after
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

const (
	writeReports = `
UNWIND $rows AS row
MATCH (s:Story {id: row.story})
CREATE (r:Report)-[:IN]->(s)
SET r = row`

	writeSpeakers = `
UNWIND $rows AS row
MATCH (r:Report {id: row.report})
MATCH (e:Entity {id: row.entity})
CREATE (r)-[:SAID_BY {n: row.n}]->(e)`

	writeReportsAbout = `
UNWIND $rows AS row
MATCH (a:Report {id: row.from})
MATCH (b:Report {id: row.to})
CREATE (a)-[:ABOUT]->(b)`
)

// reportRows are the reports of a story, who says so, and what they are about within it.
func reportRows(f news.Facts) (reports, speakers, abouts []map[string]any) {
	own := map[news.ID]bool{}
	for _, r := range f.Reports {
		own[r.ID] = true
	}
	for _, r := range f.Reports {
		reports = append(reports, reportRow(r))
		for n, by := range unique(r.SaidBy) {
			speakers = append(speakers, map[string]any{"report": string(r.ID), "entity": string(by), "n": n})
		}
		for _, a := range r.About {
			if own[a.Report] {
				abouts = append(abouts, map[string]any{"from": string(r.ID), "to": string(a.Report)})
			}
		}
	}
	return reports, speakers, abouts
}

// writeReports writes the reports, who says so, and what they are about within their story.
func (c *changing) writeReports() error {
	var reports, speakers, abouts []map[string]any
	for _, f := range c.put {
		some, by, about := reportRows(f)
		reports, speakers, abouts = append(reports, some...), append(speakers, by...), append(abouts, about...)
	}
	return c.all(statement{writeReports, reports}, statement{writeSpeakers, speakers}, statement{writeReportsAbout, abouts})
}
