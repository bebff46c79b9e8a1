package loader

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"newsgraph/loader/format"
	"newsgraph/news"
	"newsgraph/store"
)

// A notice by which an agency takes a story back is the last version of it (Options.withdrawal), so that it takes back what came before it and what
// comes after, of its publisher alone: whoever could write the guid of another's story into a notice of his own would else silence that.

// notice is one that was put.
type notice struct {
	id       news.ID
	source   string
	story    news.Story
	headline string // of what it takes back, where it tells that
}

// maxNotices is how many notices a load asks about at its end.
const maxNotices = 10_000

// noted keeps the notices among what was put.
func (l *load) noted(pending []*piece) {
	for _, p := range pending {
		if p.told.Item.Status == format.Killed && len(l.notices) < maxNotices {
			l.notices = append(l.notices, notice{p.facts.Story.ID, place(p.source.Name, p.told.Item.Where), p.told.Story, p.told.Item.Headline})
		}
	}
}

// answer tells, when all is in, what each notice took back.
func (l *load) answer(ctx context.Context) error {
	if l.within == nil {
		return nil
	}
	for some := range slices.Chunk(l.notices, batch) {
		ids := make([]news.ID, len(some))
		for i, n := range some {
			ids[i] = n.id
		}
		versions, err := l.within.Versions(ctx, ids)
		if err != nil {
			return err
		}
		seen := map[news.ID]bool{} // of a piece of which two notices came
		for _, n := range some {
			took := false
			for _, v := range versions[n.id] {
				if !withdrawn(v.Story) {
					took = true
					if !seen[v.Story.ID] {
						seen[v.Story.ID] = true
						l.sum.TakenBack++
					}
				}
			}
			if took {
				continue
			}
			other, err := l.elsewhere(ctx, n)
			if err != nil {
				return err
			}
			reason := n.idle(other)
			if other != nil {
				l.sum.Refused++
			}
			if len(l.sum.Idle) < maxRefusals {
				l.sum.Idle = append(l.sum.Idle, Refusal{n.source, reason})
			}
			l.report(Progress{Source: n.source, Notice: reason})
		}
	}
	return nil
}

// mostNamesakes is how many stories that have the words of a notice's headline are asked for their agency's id.
const mostNamesakes = 100

// elsewhere is the story of another publisher that stands where a notice tells or, of those with the words of its headline, has the id that it tells; nil
// if there is none.
func (l *load) elsewhere(ctx context.Context, n notice) (*news.Story, error) {
	if n.story.URL != "" {
		ids, err := l.within.FindStories(ctx, []string{n.story.URL}, nil)
		if err != nil {
			return nil, err
		}
		there, err := l.within.StoriesByID(ctx, ids)
		if err != nil {
			return nil, err
		}
		if i := slices.IndexFunc(there, func(other news.Story) bool { return !withdrawn(other) }); i >= 0 {
			return &there[i], nil
		}
	}
	if n.story.AgencyID == "" || n.headline == "" {
		return nil, nil //nolint:nilnil // there is no such story
	}
	page, err := l.within.Stories(ctx, store.StoryQuery{Text: n.headline, Paging: store.Paging{First: mostNamesakes}})
	if err != nil {
		return nil, err
	}
	for _, e := range page.Edges {
		if e.Node.AgencyID == n.story.AgencyID && !withdrawn(e.Node) {
			return &e.Node, nil
		}
	}
	return nil, nil //nolint:nilnil // there is no such story
}

// idle says why a notice took nothing back, and what does.
func (n notice) idle(other *news.Story) string {
	what, of := cmp.Or(n.story.AgencyID, n.story.URL), n.story.Publisher
	why := fmt.Sprintf("%s: it takes nothing back: the store has no story %s of %s", n.source, what, of)
	if of == "" {
		why = fmt.Sprintf("%s: it takes nothing back: the store has no story %s without a publisher, and the notice tells none (--publisher NAME does)", n.source, what)
	}
	if other != nil {
		what := "What stands at " + other.URL
		if other.URL != n.story.URL || other.URL == "" {
			what = "“" + other.Headline + "”, which has this id,"
		}
		return fmt.Sprintf("%s. %s is of %s, which alone can take it back; if you mean to: newsgraph remove %s", why, what, cmp.Or(other.Publisher, "a publisher that is not told"), other.ID)
	}
	if n.story.URL == "" && n.headline == "" {
		return why + ". Stories of other publishers were not looked at, for it tells neither a url nor a headline; if one of them is meant, it stays, until newsgraph remove takes it out (newsgraph list names all)"
	}
	return why + "; one of another publisher stays, until newsgraph remove takes it out"
}

// withdrawn tells that a story is a notice.
func withdrawn(s news.Story) bool {
	return s.Text == "" && strings.HasPrefix(s.Headline, takenBack+": ")
}
