package graph

import (
	"context"

	"newsgraph/graph/internal/answer"
	"newsgraph/news"
)

func (r *queryResolver) Network(ctx context.Context, around []news.ID, depth *int, limit *int, filter *answer.EventFilter, asOf *string) (*answer.Network, error) {
	g, err := r.at(ctx, asOf)
	if err != nil {
		return nil, err
	}
	return g.Network(ctx, around, depth, limit, filter)
}
