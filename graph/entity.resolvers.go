package graph

import (
	"context"

	"newsgraph/graph/internal/answer"
	"newsgraph/news"
	"newsgraph/store"
)

func (r *queryResolver) Entity(ctx context.Context, id *news.ID, name *string, wikidata *string, asOf *string) (answer.Entity, error) {
	g, err := r.at(ctx, asOf)
	if err != nil {
		return nil, err
	}
	given := 0
	for _, is := range []bool{id != nil, name != nil, wikidata != nil} {
		if is {
			given++
		}
	}
	if given != 1 {
		return nil, answer.BadInput("", "entity takes one of id, name and wikidata, not %d of them", given)
	}
	if id != nil {
		return one[answer.Entity](ctx, g, *id, "entity")
	}
	q := store.EntityQuery{Paging: store.Paging{First: 1}}
	if q.Name, err = answer.Words("name", name); err != nil {
		return nil, err
	}
	if wikidata != nil {
		if q.Wikidata = *wikidata; !isItem(q.Wikidata) {
			return nil, answer.BadInput("wikidata", "%q is no item: write Q423", answer.Clip(q.Wikidata))
		}
	}
	page, err := g.Reader.FindEntities(ctx, q)
	if err != nil {
		return nil, err
	}
	if len(page.Edges) == 0 {
		if name != nil {
			return nil, answer.Absent("name", "nothing is called %q; search(query: %q) finds names by their beginnings", answer.Clip(q.Name), answer.Clip(q.Name))
		}
		return nil, answer.Absent("wikidata", "no entity has the item %s", q.Wikidata)
	}
	return g.Entities([]news.Entity{page.Edges[0].Node})[0], nil
}

func (r *queryResolver) Entities(ctx context.Context, filter *answer.EntityFilter, orderBy *store.EntityOrder, first *int, after *string, asOf *string) (*answer.Connection[answer.Entity], error) {
	g, err := r.at(ctx, asOf)
	if err != nil {
		return nil, err
	}
	q, err := answer.EntityQuery(filter, orderBy, first, after)
	if err != nil {
		return nil, err
	}
	page, err := g.Reader.FindEntities(ctx, q)
	if err != nil {
		return nil, err
	}
	return answer.Connect([]store.Page[news.Entity]{page}, q.Paging, g.Entities)[0], nil
}

func (r *queryResolver) Search(ctx context.Context, query string, kind []news.Kind, first *int, after *string, asOf *string) (*answer.SearchConnection, error) {
	g, err := r.at(ctx, asOf)
	if err != nil {
		return nil, err
	}
	q, err := answer.SearchQuery(query, kind, first, after)
	if err != nil {
		return nil, err
	}
	q.Show = answer.ShowSearch(ctx)
	page, err := g.Reader.Search(ctx, q)
	if err != nil {
		return nil, err
	}
	found := make([]news.Entity, len(page.Edges))
	for i, e := range page.Edges {
		found[i] = e.Node
	}
	return answer.Searched(q.Text, found, answer.Connect([]store.Page[news.Entity]{page}, q.Paging, g.Entities)[0]), nil
}
