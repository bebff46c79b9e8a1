package graph

import (
	"context"

	"newsgraph/graph/internal/answer"
	"newsgraph/news"
)

func (r *queryResolver) CoOccurring(ctx context.Context, of news.ID, first *int, asOf *string) (*answer.CoOccurrences, error) {
	g, err := r.at(ctx, asOf)
	if err != nil {
		return nil, err
	}
	return g.CoOccurring(ctx, of, first)
}
