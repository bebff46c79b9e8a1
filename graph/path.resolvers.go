package graph

import (
	"context"

	"newsgraph/graph/internal/answer"
	"newsgraph/news"
)

func (r *queryResolver) Paths(ctx context.Context, from news.ID, to news.ID, k *int, maxLength *int, filter *answer.EventFilter) (*answer.Paths, error) {
	return r.graph.Paths(ctx, from, to, k, maxLength, filter)
}
