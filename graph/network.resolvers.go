package graph

import (
	"context"

	"newsgraph/graph/internal/answer"
	"newsgraph/news"
)

func (r *queryResolver) Network(ctx context.Context, around []news.ID, depth *int, limit *int, filter *answer.EventFilter) (*answer.Network, error) {
	return r.graph.Network(ctx, around, depth, limit, filter)
}
