package answer

import (
	"context"
	"maps"
	"net/url"
	"slices"
	"strings"

	"newsgraph/news"
	"newsgraph/store"
)

// Story is one report as published.
type Story struct {
	news.Story
	in *batch[news.Story]
}

// Stories makes objects of stories that came together.
func (g Graph) Stories(of []news.Story) []*Story { return g.storiesBeside(of, store.Beside{}) }

// storiesBeside makes objects of stories with what came beside them.
func (g Graph) storiesBeside(of []news.Story, beside store.Beside) []*Story {
	in := newBatch(g, of).with(beside)
	made := make([]*Story, len(of))
	for i := range of {
		made[i] = &Story{of[i], in}
	}
	return made
}

func (g Graph) storiesByID(ctx context.Context, ids []news.ID) (map[news.ID]*Story, error) {
	if len(ids) == 0 {
		return map[news.ID]*Story{}, nil
	}
	of, err := g.Reader.StoriesByID(ctx, ids)
	if err != nil {
		return nil, err
	}
	return ownStories(g, of), nil
}

func ownStories(g Graph, of []news.Story) map[news.ID]*Story {
	byID := make(map[news.ID]*Story, len(of))
	for _, s := range g.Stories(of) {
		byID[s.ID] = s
	}
	return byID
}

// storyOf is the story of one member of a batch.
func storyOf[T any](ctx context.Context, in *batch[T], member T, story func(T) news.ID) (*Story, error) {
	byID, err := once(in, "story", func() (map[news.ID]*Story, error) {
		if in.beside.Stories != nil {
			return ownStories(in.graph, slices.Collect(maps.Values(in.beside.Stories))), nil
		}
		return in.graph.storiesByID(ctx, in.ids(func(m T) []news.ID { return []news.ID{story(m)} }))
	})
	if err != nil {
		return nil, err
	}
	return found(byID, story(member))
}

// IsNode marks a Node.
func (*Story) IsNode() {}

// Byline is who wrote it.
func (s *Story) Byline() *string { return some(s.Story.Byline) }

// Publisher is who published it.
func (s *Story) Publisher() *string { return some(s.Story.Publisher) }

// URL is where it was read.
func (s *Story) URL() *string { return some(s.Story.URL) }

// Language is a BCP 47 tag.
func (s *Story) Language() *string { return some(s.Story.Language) }

// Published is when, to the day, the month or the year.
func (s *Story) Published() *string { return some(s.Story.Published) }

// Updated is when it was last changed, as it was told.
func (s *Story) Updated() *string { return some(s.Story.Updated) }

// Notes are corrections and notes of its editors.
func (s *Story) Notes() *string { return some(s.Story.Notes) }

// Urgency is its agency's, 1 to 9.
func (s *Story) Urgency() *int { return some(s.Story.Urgency) }

// How is how it was read.
func (s *Story) How() *string { return some(s.Story.How) }

// Copies are other stories that print its text or near copies of it, newest first.
func (s *Story) Copies(ctx context.Context, first *int, after *string) (*StoryConnection, error) {
	g := s.in.graph
	return inStory(s, "copies", first, after, func(ids []news.ID, p store.Paging) ([]store.Page[news.Story], error) {
		return g.Reader.CopiesOf(ctx, ids, p)
	}, g.Stories)
}

// Uncoded is a word that might have told an event or meant somebody, and why it is read as neither. Span is in the story's text.
type Uncoded struct {
	Span news.Span
	Text string // the word, as printed
	Why  string
}

// Uncoded are the words that were read as neither, in the order of the text; nil where the graph has nobody who explains.
func (s *Story) Uncoded(ctx context.Context) ([]Uncoded, error) {
	explain := s.in.graph.Explain
	if explain == nil {
		return nil, nil
	}
	left, err := explain(ctx, s.Story)
	if err != nil {
		return nil, err
	}
	return append([]Uncoded{}, left...), nil
}

// Reports are its statements, in the order of the text.
func (s *Story) Reports(ctx context.Context, first *int, after *string) (*ReportConnection, error) {
	g := s.in.graph
	return inStory(s, "reports", first, after, func(ids []news.ID, p store.Paging) ([]store.Page[news.Report], error) {
		if pages := reportsBeside(s.in.beside, ids); pages != nil {
			return pages, nil
		}
		return g.Reader.ReportsIn(ctx, ids, p)
	}, func(of []news.Report) []*Report { return g.reportsBeside(of, s.in.beside) })
}

// Mentions are the names in it, in the order of the text.
func (s *Story) Mentions(ctx context.Context, first *int, after *string) (*MentionConnection, error) {
	g := s.in.graph
	return inStory(s, "mentions", first, after, func(ids []news.ID, p store.Paging) ([]store.Page[news.Mention], error) {
		return g.Reader.MentionsIn(ctx, ids, p)
	}, g.mentions)
}

// Quotations are the words in quotation marks, in the order of the text.
func (s *Story) Quotations(ctx context.Context, first *int, after *string) (*QuotationConnection, error) {
	g := s.in.graph
	return inStory(s, "quotations", first, after, func(ids []news.ID, p store.Paging) ([]store.Page[news.Quotation], error) {
		return g.Reader.QuotationsIn(ctx, ids, p)
	}, g.quotations)
}

func inStory[T, N any](
	s *Story, field string, first *int, after *string,
	load func([]news.ID, store.Paging) ([]store.Page[T], error), nodes func([]T) []N,
) (*Connection[N], error) {
	byID, err := once(s.in, key(field, first, after), func() (map[news.ID]*Connection[N], error) {
		p, err := Paging(first, after)
		if err != nil {
			return nil, err
		}
		stories := s.in.ids(func(m news.Story) []news.ID { return []news.ID{m.ID} })
		return paged(stories, p, func(ids []news.ID) ([]store.Page[T], error) { return load(ids, p) }, nodes)
	})
	return byID[s.ID], err
}

// StoryFilter says which stories.
type StoryFilter struct {
	Text      *string
	Publisher *string
	Published *DateInterval
}

// StoryQuery reads the arguments of a list of stories.
func StoryQuery(filter *StoryFilter, first *int, after *string) (q store.StoryQuery, err error) {
	if q.Paging, err = Paging(first, after); err != nil || filter == nil {
		return q, err
	}
	if q.Text, err = Words("filter.text", filter.Text); err != nil {
		return q, err
	}
	if q.Publisher, err = Words("filter.publisher", filter.Publisher); err != nil {
		return q, err
	}
	q.Published, err = filter.Published.interval("filter.published")
	return q, err
}

// StoryInput is a story as a client tells it.
type StoryInput struct {
	Text                                        string
	Headline, Byline, Publisher, URL, Published *string
}

// LoadedStory is a story that is in the graph.
type LoadedStory struct {
	Story *Story
	Added bool
}

// RemovedStory is a story that is in the graph no more.
type RemovedStory struct {
	Removed  news.ID
	Headline string
}

// Read is the story that was told.
func (i StoryInput) Read() (s news.Story, err error) {
	if strings.TrimSpace(i.Text) == "" {
		return s, BadInput("input.text", "a story needs a text")
	}
	s.Text = i.Text
	for _, f := range []struct {
		to   *string
		from *string
	}{{&s.Headline, i.Headline}, {&s.Byline, i.Byline}, {&s.Publisher, i.Publisher}, {&s.URL, i.URL}, {&s.Published, i.Published}} {
		if f.from != nil {
			*f.to = strings.TrimSpace(*f.from)
		}
	}
	if s.Published != "" {
		if _, _, err := news.ParseDate(s.Published); err != nil {
			return s, BadInput("input.published", `%q is no date of a story: write "2024-01-10", "2024-01" or "2024"`, Clip(s.Published))
		}
	}
	if s.URL != "" {
		u, err := url.Parse(s.URL)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.User != nil {
			return s, BadInput("input.url", "%q is no address of a page: write https://HOST/..., without a password, or leave it out", Clip(s.URL))
		}
	}
	return s, nil
}

// ListStories lists stories.
func (g Graph) ListStories(ctx context.Context, q store.StoryQuery) (*StoryConnection, error) {
	q.Show = selected(ctx).field("edges", "node").stories()
	page, err := g.Reader.Stories(ctx, q)
	if err != nil {
		return nil, err
	}
	pages := []store.Page[news.Story]{page}
	return Connect(pages, q.Paging, func(of []news.Story) []*Story { return g.storiesBeside(of, besideOf(pages)) })[0], nil
}
