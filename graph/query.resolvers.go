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

func (r *queryResolver) Nodes(ctx context.Context, ids []news.ID, asOf *string) ([]answer.Node, error) {
	g, err := r.at(ctx, asOf)
	if err != nil {
		return nil, err
	}
	return many(ctx, g, ids)
}

func (r *resolver) Query() gen.QueryResolver { return &queryResolver{r} }

type queryResolver struct{ *resolver }
