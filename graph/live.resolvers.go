package graph

import (
	"context"

	"newsgraph/graph/internal/answer"
	"newsgraph/graph/internal/gen"
	"newsgraph/news"
	"newsgraph/store"
)

func (r *queryResolver) Arrivals(ctx context.Context, since *string, first *int, after *string, asOf *string) (*answer.ArrivalConnection, error) {
	g, err := r.at(ctx, asOf)
	if err != nil {
		return nil, err
	}
	return g.Arrived(ctx, since, first, after)
}

func (r *subscriptionResolver) StoryLoaded(ctx context.Context, after *string) (<-chan *answer.ArrivalEdge, error) {
	after = resumed(ctx, after)
	return sending(ctx, r.feed.errors, func(send func(*answer.ArrivalEdge) bool) error {
		return r.feed.stream(ctx, after, func(e store.Edge[store.Arrival], _ string) (bool, error) {
			return send(r.graph.Arrivals([]store.Edge[store.Arrival]{e})[0]), nil
		})
	}), nil
}

func (r *subscriptionResolver) EventAdded(ctx context.Context, filter *answer.EventFilter, after *string) (<-chan *answer.EventAdded, error) {
	q, err := r.graph.EventQuery(ctx, filter, nil, nil, nil)
	if err != nil {
		return nil, err
	}
	after = resumed(ctx, after)
	return sending(ctx, r.feed.errors, func(send func(*answer.EventAdded) bool) error {
		return r.feed.stream(ctx, after, func(e store.Edge[store.Arrival], before string) (bool, error) {
			events, err := r.graph.Told(ctx, e.Node.Story.ID, q)
			if err != nil {
				return false, err
			}
			story := r.graph.Stories([]news.Story{e.Node.Story})[0]
			for i, event := range events {
				cursor := before // Whoever is cut off before the last has them all again.
				if i == len(events)-1 {
					cursor = e.Cursor
				}
				if !send(&answer.EventAdded{Event: event, Story: story, Cursor: cursor}) {
					return false, nil
				}
			}
			return true, nil
		})
	}), nil
}

func (r *resolver) Subscription() gen.SubscriptionResolver { return &subscriptionResolver{r} }

type subscriptionResolver struct{ *resolver }
