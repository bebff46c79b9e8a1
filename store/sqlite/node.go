package sqlite

import (
	"context"

	"newsgraph/news"
)

// MentionsByID returns mentions by id.
func (s *Store) MentionsByID(ctx context.Context, ids []news.ID) ([]news.Mention, error) {
	return byID(ctx, s, "mentions", s.scanMention(), `SELECT `+mentionList+` FROM json_each(?) i CROSS JOIN mention m ON m.id = unhex(i.value)
		GROUP BY m.id ORDER BY MIN(i.key)`, hashes("mention", ids))
}

// QuotationsByID returns quotations by id.
func (s *Store) QuotationsByID(ctx context.Context, ids []news.ID) ([]news.Quotation, error) {
	return byID(ctx, s, "quotations", s.scanQuotation(), `SELECT q.id, (SELECT id FROM story WHERE n = q.story), q.record FROM json_each(?) i
		CROSS JOIN quotation q ON q.id = unhex(i.value) GROUP BY q.id ORDER BY MIN(i.key)`, hashes("quotation", ids))
}

// PositionsByID returns positions by id.
func (s *Store) PositionsByID(ctx context.Context, ids []news.ID) ([]news.Position, error) {
	return byID(ctx, s, "positions", s.scanPosition(), `SELECT p.id, (SELECT id FROM story WHERE n = p.story), p.record FROM json_each(?) i
		CROSS JOIN position p ON p.id = unhex(i.value) GROUP BY p.id ORDER BY MIN(i.key)`, hashes("position", ids))
}
