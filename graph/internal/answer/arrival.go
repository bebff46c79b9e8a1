package answer

import (
	"context"

	"newsgraph/news"
	"newsgraph/store"
)

// ArrivalConnection is a page of stories as they came.
type ArrivalConnection struct {
	Edges    []*ArrivalEdge
	PageInfo PageInfo
}

// ArrivalEdge is a story in the order of coming.
type ArrivalEdge struct {
	Node   *Story
	Loaded *string
	Cursor string
}

// EventAdded is an event that a story told that came.
type EventAdded struct {
	Event  *Event
	Story  *Story
	Cursor string
}

// At is the cursor of the story.
func (e *ArrivalEdge) At() string { return e.Cursor }

// At is the cursor after which it, or what comes after it, comes.
func (e *EventAdded) At() string { return e.Cursor }

// Arrivals makes edges of what came together.
func (g Graph) Arrivals(of []store.Edge[store.Arrival]) []*ArrivalEdge {
	stories := make([]news.Story, len(of))
	for i, e := range of {
		stories[i] = e.Node.Story
	}
	made := make([]*ArrivalEdge, len(of))
	for i, s := range g.Stories(stories) {
		made[i] = &ArrivalEdge{Node: s, Cursor: of[i].Cursor}
		if at := of[i].Node.Loaded; !at.IsZero() {
			made[i].Loaded = some(news.Instant(at))
		}
	}
	return made
}

// Arrived lists stories as they came.
func (g Graph) Arrived(ctx context.Context, since *string, first *int, after *string) (*ArrivalConnection, error) {
	at, err := Instant("since", since)
	if err != nil {
		return nil, err
	}
	p, err := Paging(first, after)
	if err != nil {
		return nil, err
	}
	page, err := g.Reader.Arrivals(ctx, store.ArrivalQuery{Since: at, Paging: p})
	if err != nil {
		return nil, err
	}
	c := &ArrivalConnection{Edges: g.Arrivals(page.Edges), PageInfo: PageInfo{HasNextPage: page.More, HasPreviousPage: p.After != ""}}
	if n := len(c.Edges); n > 0 {
		c.PageInfo.StartCursor, c.PageInfo.EndCursor = &c.Edges[0].Cursor, &c.Edges[n-1].Cursor
	}
	return c, nil
}

// Told are the events of a filter that a story tells, newest first.
func (g Graph) Told(ctx context.Context, story news.ID, q store.EventQuery) ([]*Event, error) {
	var reports []news.ID
	for p := (store.Paging{First: MostFirst}); ; {
		pages, err := g.Reader.ReportsIn(ctx, []news.ID{story}, p)
		if err != nil {
			return nil, err
		}
		for _, e := range pages[0].Edges {
			reports, p.After = append(reports, news.EventID(e.Node.ID)), e.Cursor
		}
		if !pages[0].More {
			break
		}
	}
	byReport, err := g.Reader.EventsByID(ctx, distinct(reports))
	if err != nil || len(byReport) == 0 {
		return nil, err
	}
	q.Events = nil
	for _, e := range byReport {
		q.Events = append(q.Events, e.ID)
	}
	q.Events = distinct(q.Events)
	var all []news.Event
	for q.Paging = (store.Paging{First: MostFirst}); ; {
		page, err := g.Reader.Events(ctx, q)
		if err != nil {
			return nil, err
		}
		for _, e := range page.Edges {
			all, q.After = append(all, e.Node), e.Cursor
		}
		if !page.More {
			return g.Events(all), nil
		}
	}
}
