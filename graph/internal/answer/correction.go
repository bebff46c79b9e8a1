package answer

import (
	"context"
	"slices"
	"strings"

	"newsgraph/news"
	"newsgraph/store"
)

// Correction is one statement of a person about the graph.
type Correction struct {
	news.Correction
	log news.Log
}

// Corrected is what a mutation did.
type Corrected struct {
	Correction *Correction
	Stories    int
}

// Log is the whole log: people write it, so it is short.
func (g Graph) Log(ctx context.Context) (news.Log, error) {
	all, err := g.Reader.Corrections(ctx)
	return news.NewLog(all), err
}

// Made is what a mutation answers.
func (g Graph) Made(ctx context.Context, c news.Correction, stories int) (*Corrected, error) {
	log, err := g.Log(ctx)
	return &Corrected{&Correction{c, log}, stories}, err
}

// CorrectionFilter says which corrections.
type CorrectionFilter struct {
	Kind []news.CorrectionKind
	By   *string
	Of   []news.ID
}

// among are the corrections of a log that the filter takes, in its order. What undoes one of those that Of names is of it too.
func (f *CorrectionFilter) among(log news.Log) ([]news.Correction, error) {
	if f == nil {
		return log.All(), nil
	}
	if err := values("filter.kind", f.Kind); err != nil {
		return nil, err
	}
	if err := values("filter.of", f.Of); err != nil {
		return nil, err
	}
	by, err := Words("filter.by", f.By)
	if err != nil {
		return nil, err
	}
	of := map[news.ID]bool{}
	var taken []news.Correction
	for _, c := range log.All() {
		of[c.ID] = of[c.Undoes] || slices.ContainsFunc(c.Of, func(id news.ID) bool { return slices.Contains(f.Of, id) })
		if (f.Of == nil || of[c.ID]) && (f.Kind == nil || slices.Contains(f.Kind, c.Kind)) && strings.Contains(news.Fold(c.By), news.Fold(by)) {
			taken = append(taken, c)
		}
	}
	return taken, nil
}

// Corrections are those of the log that the filter takes.
func (g Graph) Corrections(ctx context.Context, filter *CorrectionFilter, first *int, after *string) (*CorrectionConnection, error) {
	p, err := Paging(first, after)
	if err != nil {
		return nil, err
	}
	log, err := g.Log(ctx)
	if err != nil {
		return nil, err
	}
	taken, err := filter.among(log)
	if err != nil {
		return nil, err
	}
	pages, err := latest(log, p, taken)
	if err != nil {
		return nil, err
	}
	return Connect(pages, p, corrections(log))[0], nil
}

func corrections(log news.Log) func([]news.Correction) []*Correction {
	return func(of []news.Correction) []*Correction {
		made := make([]*Correction, len(of))
		for i, c := range of {
			made[i] = &Correction{c, log}
		}
		return made
	}
}

// latest are pages of lists in the order of the log, latest first. A cursor is an id.
func latest(log news.Log, p store.Paging, lists ...[]news.Correction) ([]store.Page[news.Correction], error) {
	before := len(log.All())
	if p.After != "" {
		if before = slices.IndexFunc(log.All(), func(c news.Correction) bool { return string(c.ID) == p.After }); before < 0 {
			return nil, store.ErrCursor
		}
	}
	older := map[news.ID]bool{}
	for _, c := range log.All()[:before] {
		older[c.ID] = true
	}
	pages := make([]store.Page[news.Correction], len(lists))
	for i, list := range lists {
		for _, c := range slices.Backward(list) {
			if !older[c.ID] {
				continue
			}
			if len(pages[i].Edges) == p.First {
				pages[i].More = true
				break
			}
			pages[i].Edges = append(pages[i].Edges, store.Edge[news.Correction]{Node: c, Cursor: string(c.ID)})
		}
	}
	return pages, nil
}

// IsNode marks a Node.
func (*Correction) IsNode() {}

// Of is what was corrected.
func (c *Correction) Of() []news.ID { return list(c.Correction.Of) }

// Sentences are those of the reports that it is about.
func (c *Correction) Sentences() []string {
	all := []string{}
	for _, s := range c.Statements {
		if !slices.Contains(all, s.Sentence) {
			all = append(all, s.Sentence)
		}
	}
	return all
}

// Undoes is the correction that it undoes.
func (c *Correction) Undoes() *Correction {
	if undone, ok := c.log.ByID(c.Correction.Undoes); ok {
		return &Correction{undone, c.log}
	}
	return nil
}

// Holds tells that nothing undoes it.
func (c *Correction) Holds() bool { return c.log.Holds(c.ID) }

// History are the corrections that concern it.
func (e *entity) History(ctx context.Context, first *int, after *string) (*CorrectionConnection, error) {
	g := e.in.graph
	byID, err := once(e.in, key("history", first, after), func() (map[news.ID]*CorrectionConnection, error) {
		return g.history(ctx, e.siblings(), first, after, func(log news.Log, id news.ID) []news.Correction { return log.Of([]news.ID{id}, nil) })
	})
	return byID[e.ID], err
}

// History are the corrections that concern its reports.
func (e *Event) History(ctx context.Context, first *int, after *string) (*CorrectionConnection, error) {
	g := e.in.graph
	byID, err := once(e.in, key("history", first, after), func() (map[news.ID]*CorrectionConnection, error) {
		ids := e.in.ids(func(s news.Event) []news.ID { return []news.ID{s.ID} })
		reports, err := g.Reader.ReportsOf(ctx, ids, store.Paging{First: MostFirst})
		if err != nil {
			return nil, err
		}
		statements := map[news.ID][]news.ID{}
		for i, page := range reports {
			for _, r := range page.Edges {
				statements[ids[i]] = append(statements[ids[i]], r.Node.Telling().ID)
			}
		}
		return g.history(ctx, ids, first, after, func(log news.Log, id news.ID) []news.Correction { return log.Of(nil, statements[id]) })
	})
	return byID[e.ID], err
}

func (g Graph) history(ctx context.Context, ids []news.ID, first *int, after *string, of func(news.Log, news.ID) []news.Correction) (map[news.ID]*CorrectionConnection, error) {
	p, err := Paging(first, after)
	if err != nil {
		return nil, err
	}
	log, err := g.Log(ctx)
	if err != nil {
		return nil, err
	}
	return paged(ids, p, func(ids []news.ID) ([]store.Page[news.Correction], error) {
		lists := make([][]news.Correction, len(ids))
		for i, id := range ids {
			lists[i] = of(log, id)
		}
		return latest(log, p, lists...)
	}, corrections(log))
}
