package graph

import (
	"context"

	"newsgraph/graph/internal/answer"
	"newsgraph/store"
)

func (r *queryResolver) Counts(ctx context.Context, by []store.Dimension, filter *answer.EventFilter, top *int, asOf *string) (*answer.Counts, error) {
	g, err := r.at(ctx, asOf)
	if err != nil {
		return nil, err
	}
	return g.Counted(ctx, by, filter, top)
}
