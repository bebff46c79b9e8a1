package store

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"newsgraph/news"
)

// Version is a story as a store keeps it: as one of the versions of its piece (news.Story.Piece).
type Version struct {
	Story        news.Story
	Loaded       time.Time // when it came into the store, to the second, in UTC: for audit only; zero if that was not kept
	SupersededBy news.ID   // the version that took its place, as news.Superseded tells; empty if its facts are in the graph
}

// VersionsByID answers Reader.Versions from the stories of ids and all those of their pieces, in any order and as often as may be, with when they
// were loaded.
func VersionsByID(ids []news.ID, stories []news.Story, loaded map[news.ID]time.Time) map[news.ID][]Version {
	pieces, known := map[string][]news.Story{}, map[news.ID]news.Story{}
	for _, s := range stories {
		if _, again := known[s.ID]; again {
			continue
		}
		known[s.ID] = s
		if p := s.Piece(); p != "" {
			pieces[p] = append(pieces[p], s)
		}
	}
	found := map[news.ID][]Version{}
	for _, id := range ids {
		s, ok := known[id]
		if !ok || found[id] != nil {
			continue
		}
		of := []news.Story{s}
		if p := s.Piece(); p != "" {
			of = pieces[p]
		}
		ordered, by := news.Superseded(of)
		for _, v := range ordered {
			found[id] = append(found[id], Version{v, loaded[v.ID], by[v.ID]})
		}
	}
	return found
}

// EveryStory gives do all stories of a store, those of some arrivals at a time and each once, in the order in which they came: superseded ones with
// the first of their piece that is not.
func EveryStory(ctx context.Context, r Reader, some int, do func([]Version) error) error {
	given := map[news.ID]bool{} // of pieces with several versions
	for q := (ArrivalQuery{Paging: Paging{First: some}}); ; {
		page, err := r.Arrivals(ctx, q)
		if err != nil {
			return err
		}
		current := make([]news.ID, len(page.Edges))
		for i, e := range page.Edges {
			current[i] = e.Node.Story.ID
		}
		if len(current) > 0 {
			versions, err := r.Versions(ctx, current)
			if err != nil {
				return err
			}
			var all []Version
			for _, id := range current {
				for _, v := range versions[id] {
					if v.Story.ID != id && (v.SupersededBy == "" || given[v.Story.ID]) {
						continue
					}
					if v.Story.ID != id {
						given[v.Story.ID] = true
					}
					all = append(all, v)
				}
			}
			if err := do(all); err != nil {
				return err
			}
		}
		if !page.More {
			return nil
		}
		q.After = page.Edges[len(page.Edges)-1].Cursor
	}
}

// SortFacts brings what a story says into the order of ids, by which superseded versions are kept.
func SortFacts(f news.Facts) news.Facts {
	f.Entities = byID(f.Entities, func(e news.Entity) news.ID { return e.ID })
	f.Mentions = byID(f.Mentions, func(m news.Mention) news.ID { return m.ID })
	f.Reports = byID(f.Reports, func(r news.Report) news.ID { return r.ID })
	f.Quotations = byID(f.Quotations, func(q news.Quotation) news.ID { return q.ID })
	f.Positions = byID(f.Positions, func(p news.Position) news.ID { return p.ID })
	return f
}

func byID[T any](list []T, id func(T) news.ID) []T {
	return slices.SortedFunc(slices.Values(list), func(a, b T) int { return cmp.Compare(id(a), id(b)) })
}

// PageOf is the url of the page that a story's url leads to: the url without its fragment, by which parts of a page are told apart.
func PageOf(url string) string {
	page, _, _ := strings.Cut(url, "#")
	return page
}

// Stands tells that a story stands at a url: there, or as a part of the page there.
func Stands(storyURL, url string) bool {
	return url != "" && (storyURL == url || strings.HasPrefix(storyURL, url+"#"))
}
