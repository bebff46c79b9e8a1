package graph

import (
	"context"

	"newsgraph/graph/internal/answer"
	"newsgraph/store"
)

func (r *queryResolver) Counts(ctx context.Context, by []store.Dimension, filter *answer.EventFilter, top *int) (*answer.Counts, error) {
	return r.graph.Counted(ctx, by, filter, top)
}
