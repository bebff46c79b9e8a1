package loader

import (
	"context"
	"slices"

	"newsgraph/news"
	"newsgraph/store"
)

// replaces tells that a story was loaded before as another, under other flags: it has the same text and url, and no other publisher, while its date,
// headline or a publisher that only one of them tells may differ.
func replaces(s, before news.Story) bool {
	a, b := news.Fold(s.Publisher), news.Fold(before.Publisher)
	return before.ID != s.ID && before.TextHash == s.TextHash && before.URL == s.URL && (a == b || a == "" || b == "")
}

// replace removes what stories that were just put replace, save what this load itself has put: those stand apart in its sources.
func (l *load) replace(ctx context.Context, facts []news.Facts) error {
	var texts []string
	for _, f := range facts {
		l.mine[f.Story.ID] = true
		texts = append(texts, f.Story.TextHash)
	}
	ids, err := l.within.FindStories(ctx, nil, texts)
	if err != nil {
		return err
	}
	there, err := l.within.StoriesByID(ctx, ids)
	if err != nil {
		return err
	}
	var gone []news.ID
	for _, before := range there {
		for _, f := range facts {
			if !l.mine[before.ID] && replaces(f.Story, before) {
				gone = append(gone, before.ID)
				break
			}
		}
	}
	if len(gone) == 0 {
		return nil
	}
	// What goes was counted as a copy of what took its place when that was put, where both were in the graph.
	all := slices.Clone(gone)
	for _, f := range facts {
		all = append(all, f.Story.ID)
	}
	before, err := l.current(ctx, all)
	if err != nil {
		return err
	}
	n, err := l.w.Remove(ctx, gone)
	l.sum.Gone += n
	if err != nil {
		return err
	}
	after, err := l.current(ctx, all)
	l.sum.Copies += after - before
	return err
}

// current counts the stories of ids that are in the graph: there, and not superseded.
func (l *load) current(ctx context.Context, ids []news.ID) (n int, err error) {
	versions, err := l.within.Versions(ctx, ids)
	for id, all := range versions {
		for _, v := range all {
			if v.Story.ID == id && v.SupersededBy == "" {
				n++
			}
		}
	}
	return n, err
}

// replacing is what a load needs that replaces: mine is held for it alone.
type replacing struct {
	within store.Reader
	on     bool // something may be replaced
	mine   map[news.ID]bool
}
