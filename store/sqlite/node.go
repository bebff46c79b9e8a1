package sqlite

import (
	"context"

	"newsgraph/news"
)

// MentionsByID returns mentions by id.
func (s *Store) MentionsByID(ctx context.Context, ids []news.ID) ([]news.Mention, error) {
	return byID[news.Mention](ctx, s, "mentions", `SELECT m.record FROM json_each(?) i JOIN mention m ON m.id = i.value GROUP BY m.id ORDER BY MIN(i.key)`, ids)
}

// QuotationsByID returns quotations by id.
func (s *Store) QuotationsByID(ctx context.Context, ids []news.ID) ([]news.Quotation, error) {
	return byID[news.Quotation](ctx, s, "quotations", `SELECT q.record FROM json_each(?) i JOIN quotation q ON q.id = i.value GROUP BY q.id ORDER BY MIN(i.key)`, ids)
}

// PositionsByID returns positions by id.
func (s *Store) PositionsByID(ctx context.Context, ids []news.ID) ([]news.Position, error) {
	return byID[news.Position](ctx, s, "positions", `SELECT p.record FROM json_each(?) i JOIN position p ON p.id = i.value GROUP BY p.id ORDER BY MIN(i.key)`, ids)
}
