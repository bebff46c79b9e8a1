package neo4j

import (
	"context"

	"newsgraph/news"
	"newsgraph/store"
)

func quotationRow(q news.Quotation) map[string]any {
	return map[string]any{
		"id": string(q.ID), "story": string(q.Story), "start": q.Span.RuneStart, "end": q.Span.RuneEnd, "report": or(string(q.Report)),
		"at": at(q.Span, q.ID), "record": record(q),
	}
}

const quotationsIn = `
UNWIND $parents AS parent
CALL (parent) {
  MATCH (s:Story {id: parent.id})
  WITH s, COLLECT { MATCH (s)<-[:IN]-(n:Quotation) RETURN n } AS has
  UNWIND CASE WHEN size(has) = s.quotations THEN has ELSE [null] END AS q
  WITH q WHERE q.at IS NULL OR q.at > $after
  RETURN q ORDER BY q.at LIMIT $limit
}
RETURN parent.i AS parent, q.at AS key, q.record AS record ORDER BY parent, key`

// QuotationsIn lists the quotations of each story.
func (s *Store) QuotationsIn(ctx context.Context, stories []news.ID, p store.Paging) ([]store.Page[news.Quotation], error) {
	return lists(ctx, s, "list quotations", "quotations in", quotationsIn, stories, nil, p, recorded[news.Quotation])
}

const (
	writeQuotations = `
UNWIND $rows AS row
MATCH (s:Story {id: row.story})
CREATE (q:Quotation)-[:IN]->(s)
SET q = row`

	writeSpeaker = `
UNWIND $rows AS row
MATCH (q:Quotation {id: row.quotation})
MATCH (e:Entity {id: row.entity})
CREATE (q)-[:BY]->(e)`

	writeAddressee = `
UNWIND $rows AS row
MATCH (q:Quotation {id: row.quotation})
MATCH (e:Entity {id: row.entity})
CREATE (q)-[:TO]->(e)`
)

// quotationRows are the quotations of a story, by whom and to whom.
func quotationRows(f news.Facts) (quotations, by, to []map[string]any) {
	for _, q := range f.Quotations {
		quotations = append(quotations, quotationRow(q))
		if q.Speaker != "" {
			by = append(by, map[string]any{"quotation": string(q.ID), "entity": string(q.Speaker)})
		}
		if q.Addressee != "" {
			to = append(to, map[string]any{"quotation": string(q.ID), "entity": string(q.Addressee)})
		}
	}
	return quotations, by, to
}

// writeQuotations writes the quotations with who speaks to whom.
func (c *changing) writeQuotations() error {
	var quotations, by, to []map[string]any
	for _, f := range c.put {
		some, speakers, addressees := quotationRows(f)
		quotations, by, to = append(quotations, some...), append(by, speakers...), append(to, addressees...)
	}
	return c.all(statement{writeQuotations, quotations}, statement{writeSpeaker, by}, statement{writeAddressee, to})
}
