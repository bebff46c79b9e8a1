package answer

import (
	"context"

	"newsgraph/news"
	"newsgraph/store"
)

// versions are the versions of each story of the batch, as objects that share one batch.
func (s *Story) versions(ctx context.Context) (of []store.Version, made map[news.ID]*Story, err error) {
	type versions struct {
		of   map[news.ID][]store.Version
		made map[news.ID]*Story
	}
	v, err := once(s.in, "versions", func() (versions, error) {
		g := s.in.graph
		found, err := g.Reader.Versions(ctx, s.in.ids(func(m news.Story) []news.ID { return []news.ID{m.ID} }))
		if err != nil {
			return versions{}, err
		}
		var stories []news.Story
		made := map[news.ID]*Story{}
		for _, of := range found {
			for _, v := range of {
				if _, ok := made[v.Story.ID]; !ok {
					made[v.Story.ID] = nil
					stories = append(stories, v.Story)
				}
			}
		}
		for _, story := range g.Stories(stories) {
			made[story.ID] = story
		}
		return versions{found, made}, nil
	})
	return v.of[s.ID], v.made, err
}

// Versions are all versions of it, former ones first.
func (s *Story) Versions(ctx context.Context) ([]*Story, error) {
	of, made, err := s.versions(ctx)
	if err != nil {
		return nil, err
	}
	all := make([]*Story, len(of))
	for i, v := range of {
		all[i] = made[v.Story.ID]
	}
	return all, nil
}

// SupersededBy is the version that took its place.
func (s *Story) SupersededBy(ctx context.Context) (*Story, error) {
	of, made, err := s.versions(ctx)
	if err != nil {
		return nil, err
	}
	for _, v := range of {
		if v.Story.ID == s.ID && v.SupersededBy != "" {
			return made[v.SupersededBy], nil
		}
	}
	return nil, nil
}
