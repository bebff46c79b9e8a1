package graph

import (
	"context"

	"newsgraph/graph/internal/answer"
	"newsgraph/news"
	"newsgraph/store"
)

func (r *queryResolver) Event(ctx context.Context, id news.ID, asOf *string) (*answer.Event, error) {
	g, err := r.at(ctx, asOf)
	if err != nil {
		return nil, err
	}
	return one[*answer.Event](ctx, g, id, "event")
}

func (r *queryResolver) Events(ctx context.Context, filter *answer.EventFilter, order *store.EventOrder, first *int, after *string, asOf *string) (*answer.Connection[*answer.Event], error) {
	g, err := r.at(ctx, asOf)
	if err != nil {
		return nil, err
	}
	q, err := g.EventQuery(ctx, filter, order, first, after)
	if err != nil {
		return nil, err
	}
	return g.List(ctx, q)
}

func (r *queryResolver) Between(ctx context.Context, a []news.ID, b []news.ID, aIs *answer.Party, bIs *answer.Party, filter *answer.EventFilter, order *store.EventOrder, first *int, after *string, asOf *string) (*answer.Connection[*answer.Event], error) {
	g, err := r.at(ctx, asOf)
	if err != nil {
		return nil, err
	}
	q, err := g.Between(ctx, a, b, aIs, bIs, filter, order, first, after)
	if err != nil {
		return nil, err
	}
	return g.List(ctx, q)
}

func (r *queryResolver) Actions(ctx context.Context, typeArg []news.EventType) ([]answer.Action, error) {
	return answer.Actions(typeArg)
}
