package graph

import (
	"context"

	"newsgraph/graph/internal/answer"
	"newsgraph/news"
	"newsgraph/store"
)

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
	page, err := g.Reader.Stories(ctx, q)
	if err != nil {
		return nil, err
	}
	return answer.Connect([]store.Page[news.Story]{page}, q.Paging, g.Stories)[0], nil
}
