package graph

import (
	"context"

	"newsgraph/graph/internal/answer"
	"newsgraph/graph/internal/gen"
	"newsgraph/news"
	"newsgraph/store"
)

func (r *mutationResolver) CorrectHide(ctx context.Context, ids []news.ID, because string, by string) (*answer.Corrected, error) {
	return r.correct(ctx, store.Asked{Kind: news.Hide, Of: ids, By: by, Because: because})
}

func (r *mutationResolver) CorrectMerge(ctx context.Context, ids []news.ID, because string, by string) (*answer.Corrected, error) {
	return r.correct(ctx, store.Asked{Kind: news.MergeEntities, Of: ids, By: by, Because: because})
}

func (r *mutationResolver) CorrectRename(ctx context.Context, id news.ID, name string, because string, by string) (*answer.Corrected, error) {
	return r.correct(ctx, store.Asked{Kind: news.Rename, Of: []news.ID{id}, Name: name, By: by, Because: because})
}

func (r *mutationResolver) CorrectKind(ctx context.Context, id news.ID, kind news.Kind, because string, by string) (*answer.Corrected, error) {
	return r.correct(ctx, store.Asked{Kind: news.Retype, Of: []news.ID{id}, As: string(kind), By: by, Because: because})
}

func (r *mutationResolver) CorrectAction(ctx context.Context, ids []news.ID, action string, because string, by string) (*answer.Corrected, error) {
	return r.correct(ctx, store.Asked{Kind: news.Retype, Of: ids, As: action, By: by, Because: because})
}

func (r *mutationResolver) CorrectDate(ctx context.Context, ids []news.ID, date string, because string, by string) (*answer.Corrected, error) {
	return r.correct(ctx, store.Asked{Kind: news.Redate, Of: ids, Date: date, By: by, Because: because})
}

func (r *mutationResolver) CorrectSplit(ctx context.Context, id news.ID, stories []news.ID, name string, because string, by string) (*answer.Corrected, error) {
	return r.correct(ctx, store.Asked{Kind: news.Split, Of: []news.ID{id}, Stories: stories, Name: name, By: by, Because: because})
}

func (r *mutationResolver) CorrectPin(ctx context.Context, id news.ID, because string, by string) (*answer.Corrected, error) {
	return r.correct(ctx, store.Asked{Kind: news.Pin, Of: []news.ID{id}, By: by, Because: because})
}

func (r *mutationResolver) CorrectUndo(ctx context.Context, id news.ID, because string, by string) (*answer.Corrected, error) {
	return r.correct(ctx, store.Asked{Kind: news.Undo, Of: []news.ID{id}, By: by, Because: because})
}

func (r *queryResolver) Corrections(ctx context.Context, filter *answer.CorrectionFilter, first *int, after *string, asOf *string) (*answer.Connection[*answer.Correction], error) {
	g, err := r.at(ctx, asOf)
	if err != nil {
		return nil, err
	}
	return g.Corrections(ctx, filter, first, after)
}

func (r *resolver) Mutation() gen.MutationResolver { return &mutationResolver{r} }

type mutationResolver struct{ *resolver }
