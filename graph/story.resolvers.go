package graph

import (
	"context"

	"newsgraph/graph/internal/answer"
	"newsgraph/news"
	"newsgraph/store"
)

func (r *mutationResolver) LoadStory(ctx context.Context, input answer.StoryInput) (*answer.LoadedStory, error) {
	return r.load(ctx, input)
}

func (r *mutationResolver) RemoveStory(ctx context.Context, id news.ID) (*answer.RemovedStory, error) {
	return r.remove(ctx, id)
}

func (r *queryResolver) Story(ctx context.Context, id news.ID, asOf *string) (*answer.Story, error) {
	g, err := r.at(ctx, asOf)
	if err != nil {
		return nil, err
	}
	return one[*answer.Story](ctx, g, id, "story")
}

func (r *queryResolver) Stories(ctx context.Context, filter *answer.StoryFilter, first *int, after *string, asOf *string) (*answer.Connection[*answer.Story], error) {
	g, err := r.at(ctx, asOf)
	if err != nil {
		return nil, err
	}
	q, err := answer.StoryQuery(filter, first, after)
	if err != nil {
		return nil, err
	}
	return g.ListStories(ctx, q)
}

func (r *queryResolver) StoryCounts(ctx context.Context, by store.StoryDimension, filter *answer.StoryFilter, top *int, asOf *string) (*answer.StoryCounts, error) {
	g, err := r.at(ctx, asOf)
	if err != nil {
		return nil, err
	}
	return g.CountStories(ctx, by, filter, top)
}
