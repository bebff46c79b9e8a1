package graph

import (
	"context"

	"newsgraph/graph/internal/answer"
	"newsgraph/news"
)

func (r *queryResolver) Paths(ctx context.Context, from news.ID, to news.ID, k *int, maxLength *int, filter *answer.EventFilter, asOf *string) (*answer.Paths, error) {
	g, err := r.at(ctx, asOf)
	if err != nil {
		return nil, err
	}
	return g.Paths(ctx, from, to, k, maxLength, filter)
}
