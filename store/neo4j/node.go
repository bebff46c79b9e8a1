package neo4j

import (
	"context"

	"newsgraph/news"
)

const (
	mentionsByID   = `UNWIND $ids AS id MATCH (m:Mention {id: id}) RETURN m.record AS record`
	quotationsByID = `UNWIND $ids AS id MATCH (q:Quotation {id: id}) RETURN q.record AS record`
	positionsByID  = `UNWIND $ids AS id MATCH (p:Position {id: id}) RETURN p.record AS record`
)

// MentionsByID returns the mentions of ids.
func (s *Store) MentionsByID(ctx context.Context, ids []news.ID) ([]news.Mention, error) {
	return byID(ctx, s, "read mentions", mentionsByID, ids, recorded[news.Mention], func(m news.Mention) news.ID { return m.ID })
}

// QuotationsByID returns the quotations of ids.
func (s *Store) QuotationsByID(ctx context.Context, ids []news.ID) ([]news.Quotation, error) {
	return byID(ctx, s, "read quotations", quotationsByID, ids, recorded[news.Quotation], func(q news.Quotation) news.ID { return q.ID })
}

// PositionsByID returns the positions of ids.
func (s *Store) PositionsByID(ctx context.Context, ids []news.ID) ([]news.Position, error) {
	return byID(ctx, s, "read positions", positionsByID, ids, recorded[news.Position], func(p news.Position) news.ID { return p.ID })
}
