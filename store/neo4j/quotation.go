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
  MATCH (:Story {id: parent.id})<-[:IN]-(q:Quotation) WHERE q.at > $after
  RETURN q ORDER BY q.at LIMIT $limit
}
RETURN parent.i AS parent, q.at AS key, q.record AS record ORDER BY parent, key`

// QuotationsIn lists the quotations of each story.
func (s *Store) QuotationsIn(ctx context.Context, stories []news.ID, p store.Paging) ([]store.Page[news.Quotation], error) {
	return lists(ctx, s, "list quotations", "quotations in", quotationsIn, stories, nil, p, recorded[news.Quotation])
}
