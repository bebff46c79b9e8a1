package store

import (
	"context"
	"time"

	"newsgraph/news"
)

// Watcher is told when a call of a store begins, by the name of the method, and by what it returns when it has ended: with how many rows (of all pages
// together; 0 where what is found is no list) and with which error. The call gets the context that it returns.
type Watcher func(ctx context.Context, call string) (context.Context, func(rows int, err error))

// Watch is a Reader whose calls are told to w, all but Ping and Records, which answer no question.
func Watch(r Reader, w Watcher) Reader { return watched{r, w} }

type watched struct {
	Reader
	tell Watcher
}

// tell tells of one call.
func tell[T any](ctx context.Context, w Watcher, call string, rows func(T) int, ask func(context.Context) (T, error)) (found T, err error) {
	ctx, end := w(ctx, call)
	defer func() { end(rows(found), err) }() // of a call that panics too
	return ask(ctx)
}

func ofList[T any](all []T) int                  { return len(all) }
func ofMap[K comparable, T any](all map[K]T) int { return len(all) }
func ofPage[T any](p Page[T]) int                { return len(p.Edges) }
func ofOne[T any](T) int                         { return 0 }

func ofPages[T any](all []Page[T]) (n int) {
	for _, p := range all {
		n += len(p.Edges)
	}
	return n
}

func (w watched) Entities(ctx context.Context, ids []news.ID) ([]news.Entity, error) {
	return tell(ctx, w.tell, "Entities", ofList, func(ctx context.Context) ([]news.Entity, error) { return w.Reader.Entities(ctx, ids) })
}

func (w watched) FindEntities(ctx context.Context, q EntityQuery) (Page[news.Entity], error) {
	return tell(ctx, w.tell, "FindEntities", ofPage, func(ctx context.Context) (Page[news.Entity], error) { return w.Reader.FindEntities(ctx, q) })
}

func (w watched) Search(ctx context.Context, q SearchQuery) (Page[news.Entity], error) {
	return tell(ctx, w.tell, "Search", ofPage, func(ctx context.Context) (Page[news.Entity], error) { return w.Reader.Search(ctx, q) })
}

func (w watched) EventsByID(ctx context.Context, ids []news.ID) (map[news.ID]news.Event, error) {
	return tell(ctx, w.tell, "EventsByID", ofMap, func(ctx context.Context) (map[news.ID]news.Event, error) { return w.Reader.EventsByID(ctx, ids) })
}

func (w watched) Events(ctx context.Context, q EventQuery) (Page[news.Event], error) {
	return tell(ctx, w.tell, "Events", ofPage, func(ctx context.Context) (Page[news.Event], error) { return w.Reader.Events(ctx, q) })
}

func (w watched) EventsOf(ctx context.Context, entities []news.ID, q EventQuery) ([]Page[news.Event], error) {
	return tell(ctx, w.tell, "EventsOf", ofPages, func(ctx context.Context) ([]Page[news.Event], error) { return w.Reader.EventsOf(ctx, entities, q) })
}

func (w watched) EventsAbout(ctx context.Context, events []news.ID, p Paging) ([]Page[news.Event], error) {
	return tell(ctx, w.tell, "EventsAbout", ofPages, func(ctx context.Context) ([]Page[news.Event], error) { return w.Reader.EventsAbout(ctx, events, p) })
}

func (w watched) ReportsByID(ctx context.Context, ids []news.ID) ([]news.Report, error) {
	return tell(ctx, w.tell, "ReportsByID", ofList, func(ctx context.Context) ([]news.Report, error) { return w.Reader.ReportsByID(ctx, ids) })
}

func (w watched) ReportsOf(ctx context.Context, events []news.ID, p Paging) ([]Page[news.Report], error) {
	return tell(ctx, w.tell, "ReportsOf", ofPages, func(ctx context.Context) ([]Page[news.Report], error) { return w.Reader.ReportsOf(ctx, events, p) })
}

func (w watched) ReportsIn(ctx context.Context, stories []news.ID, p Paging) ([]Page[news.Report], error) {
	return tell(ctx, w.tell, "ReportsIn", ofPages, func(ctx context.Context) ([]Page[news.Report], error) { return w.Reader.ReportsIn(ctx, stories, p) })
}

func (w watched) StoriesByID(ctx context.Context, ids []news.ID) ([]news.Story, error) {
	return tell(ctx, w.tell, "StoriesByID", ofList, func(ctx context.Context) ([]news.Story, error) { return w.Reader.StoriesByID(ctx, ids) })
}

func (w watched) CopiesOf(ctx context.Context, stories []news.ID, p Paging) ([]Page[news.Story], error) {
	return tell(ctx, w.tell, "CopiesOf", ofPages, func(ctx context.Context) ([]Page[news.Story], error) { return w.Reader.CopiesOf(ctx, stories, p) })
}

func (w watched) Stories(ctx context.Context, q StoryQuery) (Page[news.Story], error) {
	return tell(ctx, w.tell, "Stories", ofPage, func(ctx context.Context) (Page[news.Story], error) { return w.Reader.Stories(ctx, q) })
}

func (w watched) CountStories(ctx context.Context, q StoryCountQuery) (StoryCounts, error) {
	cells := func(c StoryCounts) int { return len(c.Cells) }
	return tell(ctx, w.tell, "CountStories", cells, func(ctx context.Context) (StoryCounts, error) { return w.Reader.CountStories(ctx, q) })
}

func (w watched) Arrivals(ctx context.Context, q ArrivalQuery) (Page[Arrival], error) {
	return tell(ctx, w.tell, "Arrivals", ofPage, func(ctx context.Context) (Page[Arrival], error) { return w.Reader.Arrivals(ctx, q) })
}

func (w watched) Arrived(ctx context.Context) (string, error) {
	return tell(ctx, w.tell, "Arrived", ofOne[string], func(ctx context.Context) (string, error) { return w.Reader.Arrived(ctx) })
}

func (w watched) KnownBy(ctx context.Context, at time.Time, most int) (came []Came, more bool, err error) {
	came, err = tell(ctx, w.tell, "KnownBy", ofList, func(ctx context.Context) (all []Came, err error) {
		all, more, err = w.Reader.KnownBy(ctx, at, most)
		return all, err
	})
	return came, more, err
}

func (w watched) FindStories(ctx context.Context, urls, texts []string) ([]news.ID, error) {
	return tell(ctx, w.tell, "FindStories", ofList, func(ctx context.Context) ([]news.ID, error) { return w.Reader.FindStories(ctx, urls, texts) })
}

func (w watched) Versions(ctx context.Context, ids []news.ID) (map[news.ID][]Version, error) {
	return tell(ctx, w.tell, "Versions", ofMap, func(ctx context.Context) (map[news.ID][]Version, error) { return w.Reader.Versions(ctx, ids) })
}

func (w watched) MentionsOf(ctx context.Context, entities []news.ID, p Paging) ([]Page[news.Mention], error) {
	return tell(ctx, w.tell, "MentionsOf", ofPages, func(ctx context.Context) ([]Page[news.Mention], error) { return w.Reader.MentionsOf(ctx, entities, p) })
}

func (w watched) MentionsIn(ctx context.Context, stories []news.ID, p Paging) ([]Page[news.Mention], error) {
	return tell(ctx, w.tell, "MentionsIn", ofPages, func(ctx context.Context) ([]Page[news.Mention], error) { return w.Reader.MentionsIn(ctx, stories, p) })
}

func (w watched) QuotationsIn(ctx context.Context, stories []news.ID, p Paging) ([]Page[news.Quotation], error) {
	return tell(ctx, w.tell, "QuotationsIn", ofPages, func(ctx context.Context) ([]Page[news.Quotation], error) {
		return w.Reader.QuotationsIn(ctx, stories, p)
	})
}

func (w watched) MentionsByID(ctx context.Context, ids []news.ID) ([]news.Mention, error) {
	return tell(ctx, w.tell, "MentionsByID", ofList, func(ctx context.Context) ([]news.Mention, error) { return w.Reader.MentionsByID(ctx, ids) })
}

func (w watched) QuotationsByID(ctx context.Context, ids []news.ID) ([]news.Quotation, error) {
	return tell(ctx, w.tell, "QuotationsByID", ofList, func(ctx context.Context) ([]news.Quotation, error) { return w.Reader.QuotationsByID(ctx, ids) })
}

func (w watched) PositionsByID(ctx context.Context, ids []news.ID) ([]news.Position, error) {
	return tell(ctx, w.tell, "PositionsByID", ofList, func(ctx context.Context) ([]news.Position, error) { return w.Reader.PositionsByID(ctx, ids) })
}

func (w watched) PositionsOf(ctx context.Context, entities []news.ID, q PositionQuery) ([]Page[news.Position], error) {
	return tell(ctx, w.tell, "PositionsOf", ofPages, func(ctx context.Context) ([]Page[news.Position], error) {
		return w.Reader.PositionsOf(ctx, entities, q)
	})
}

func (w watched) StatementsOf(ctx context.Context, speakers []news.ID, q StatementQuery) ([]Page[news.Statement], error) {
	return tell(ctx, w.tell, "StatementsOf", ofPages, func(ctx context.Context) ([]Page[news.Statement], error) {
		return w.Reader.StatementsOf(ctx, speakers, q)
	})
}

func (w watched) Relations(ctx context.Context, entities []news.ID, q RelationQuery) ([]Page[Relation], error) {
	return tell(ctx, w.tell, "Relations", ofPages, func(ctx context.Context) ([]Page[Relation], error) { return w.Reader.Relations(ctx, entities, q) })
}

func (w watched) Totals(ctx context.Context, entities []news.ID, q EventQuery, most int) ([]int, error) {
	return tell(ctx, w.tell, "Totals", func(all []int) int { return len(all) }, func(ctx context.Context) ([]int, error) { return w.Reader.Totals(ctx, entities, q, most) })
}

func (w watched) Counts(ctx context.Context, q CountQuery) (Counts, error) {
	return tell(ctx, w.tell, "Counts", func(c Counts) int { return len(c.Cells) }, func(ctx context.Context) (Counts, error) { return w.Reader.Counts(ctx, q) })
}

func (w watched) CoOccurring(ctx context.Context, q CoOccurrenceQuery) (CoOccurrences, error) {
	cells := func(c CoOccurrences) int { return len(c.Cells) }
	return tell(ctx, w.tell, "CoOccurring", cells, func(ctx context.Context) (CoOccurrences, error) { return w.Reader.CoOccurring(ctx, q) })
}

func (w watched) Network(ctx context.Context, q NetworkQuery) (Network, error) {
	return tell(ctx, w.tell, "Network", func(n Network) int { return len(n.Nodes) + len(n.Edges) }, func(ctx context.Context) (Network, error) { return w.Reader.Network(ctx, q) })
}

func (w watched) Paths(ctx context.Context, q PathQuery) (Paths, error) {
	return tell(ctx, w.tell, "Paths", func(p Paths) int { return len(p.Paths) }, func(ctx context.Context) (Paths, error) { return w.Reader.Paths(ctx, q) })
}

func (w watched) FactsByID(ctx context.Context, ids []news.ID) ([]news.Facts, error) {
	return tell(ctx, w.tell, "FactsByID", ofList, func(ctx context.Context) ([]news.Facts, error) { return w.Reader.FactsByID(ctx, ids) })
}

func (w watched) Corrections(ctx context.Context) ([]news.Correction, error) {
	return tell(ctx, w.tell, "Corrections", ofList, func(ctx context.Context) ([]news.Correction, error) { return w.Reader.Corrections(ctx) })
}

func (w watched) Stats(ctx context.Context) (Stats, error) {
	return tell(ctx, w.tell, "Stats", ofOne[Stats], func(ctx context.Context) (Stats, error) { return w.Reader.Stats(ctx) })
}
