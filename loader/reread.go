package loader

import (
	"context"

	"newsgraph/news"
	"newsgraph/store"
)

// Older lists the stories of a store, superseded ones too, that another version of the reader has read, and no other coder: those of the newest pieces first.
func Older(ctx context.Context, s store.Reader, version string) ([]news.ID, error) {
	var ids []news.ID
	seen := map[news.ID]bool{}
	q := store.StoryQuery{}
	q.First = batch
	for {
		page, err := s.Stories(ctx, q)
		if err != nil {
			return nil, err
		}
		current := make([]news.ID, len(page.Edges))
		for i, e := range page.Edges {
			current[i] = e.Node.ID
		}
		versions, err := s.Versions(ctx, current)
		if err != nil {
			return nil, err
		}
		for _, id := range current {
			for _, v := range versions[id] {
				if v.Story.Reader != version && !v.Story.Coded() && !seen[v.Story.ID] {
					seen[v.Story.ID] = true
					ids = append(ids, v.Story.ID)
				}
			}
		}
		if !page.More {
			return ids, nil
		}
		q.After = page.Edges[len(page.Edges)-1].Cursor
	}
}

// Reread reads stories of a store again from their text and puts what understand makes of them, some in a transaction. One that is stopped
// goes on at its next run with what Older still lists. report is told how many are done after each transaction.
func Reread(ctx context.Context, s store.Store, ids []news.ID, understand func(news.Story) (news.Facts, error), report func(done int)) (Summary, error) {
	var sum Summary
	for first := 0; first < len(ids); first += batch {
		last := min(first+batch, len(ids))
		stories, err := s.StoriesByID(ctx, ids[first:last])
		if err != nil {
			return sum, err
		}
		facts := make([]news.Facts, 0, len(stories))
		for _, story := range stories {
			f, err := understand(story)
			if err != nil {
				return sum, err
			}
			facts = append(facts, f)
		}
		r, err := s.Put(ctx, facts)
		if err != nil {
			return sum, err
		}
		sum.Stories += len(facts)
		sum.Replaced += r.Replaced
		sum.Unchanged += r.Unchanged
		sum.Entities += r.Entities
		sum.Events += r.Events
		report(last)
	}
	return sum, nil
}
