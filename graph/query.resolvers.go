package graph

import (
	"context"

	"newsgraph/graph/internal/answer"
	"newsgraph/graph/internal/gen"
	"newsgraph/news"
)

func (r *queryResolver) Node(ctx context.Context, id news.ID) (answer.Node, error) {
	return one[answer.Node](ctx, r.graph, id)
}

func (r *queryResolver) Nodes(ctx context.Context, ids []news.ID) ([]answer.Node, error) {
	return many(ctx, r.graph, ids)
}

func (r *resolver) Query() gen.QueryResolver { return &queryResolver{r} }

type queryResolver struct{ *resolver }
