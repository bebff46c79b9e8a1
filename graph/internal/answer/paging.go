package answer

import (
	"context"

	"newsgraph/news"
	"newsgraph/store"
)

// The sizes of pages and lists.
const (
	DefaultFirst = 20
	MostFirst    = 100 // the most edges of a page
	DefaultLimit = 25  // nodes of a network
	DefaultTop   = 50  // cells of counts
	MostValues   = 100 // the most values of a list argument

	mostCounted = 1000 // how far a list is counted beyond its page
)

// Paging reads the arguments that every connection has.
func Paging(first *int, after *string) (store.Paging, error) {
	p := store.Paging{First: DefaultFirst}
	if first != nil {
		p.First = *first
	}
	if p.First < 1 || p.First > MostFirst {
		return p, BadInput("first", "must be 1 to %d, not %d", MostFirst, p.First)
	}
	if after != nil {
		p.After = *after
	}
	return p, nil
}

// PageInfo is where a page begins and ends.
type PageInfo struct {
	HasNextPage     bool
	HasPreviousPage bool
	StartCursor     *string
	EndCursor       *string
}

// Edge is one of a page.
type Edge[N any] struct {
	Node   N
	Cursor string
}

// Connection is a page in Relay's form.
type Connection[N any] struct {
	Edges    []Edge[N]
	PageInfo PageInfo
	total    func(context.Context) (int, error) // of all pages, to mostCounted + 1; nil where nobody counts
}

// TotalCount is how many there are on all pages, to mostCounted; nil where nobody counts.
func (c *Connection[N]) TotalCount(ctx context.Context) (*int, error) {
	if c.total == nil {
		return nil, nil //nolint:nilnil // the API shows null
	}
	n, err := c.total(ctx)
	n = min(n, mostCounted)
	return &n, err
}

// Estimated tells that there are more than TotalCount tells.
func (c *Connection[N]) Estimated(ctx context.Context) (bool, error) {
	if c.total == nil {
		return true, nil
	}
	n, err := c.total(ctx)
	return n > mostCounted, err
}

// Connect makes a connection of each page. All nodes, of whichever page, are one batch: nodes gets them together.
func Connect[T, N any](pages []store.Page[T], p store.Paging, nodes func([]T) []N) []*Connection[N] {
	n := 0
	for _, page := range pages {
		n += len(page.Edges)
	}
	all := make([]T, 0, n)
	for _, page := range pages {
		for _, e := range page.Edges {
			all = append(all, e.Node)
		}
	}
	made := nodes(all)
	connections := make([]*Connection[N], len(pages))
	for i, page := range pages {
		c := &Connection[N]{
			Edges:    make([]Edge[N], len(page.Edges)),
			PageInfo: PageInfo{HasNextPage: page.More, HasPreviousPage: p.After != ""},
		}
		for j, e := range page.Edges {
			c.Edges[j] = Edge[N]{made[j], e.Cursor}
		}
		made = made[len(page.Edges):]
		if n := len(c.Edges); n > 0 {
			c.PageInfo.StartCursor, c.PageInfo.EndCursor = &c.Edges[0].Cursor, &c.Edges[n-1].Cursor
		}
		connections[i] = c
	}
	return connections
}

// SearchConnection is a page of what a search finds.
type SearchConnection struct {
	Edges    []SearchEdge
	PageInfo PageInfo
}

// SearchEdge is one of it, with the name that answers.
type SearchEdge struct {
	EntityEdge
	Match store.Match
	Name  string
}

// Searched tells of each on a page how it answers the text that was searched for.
func Searched(text string, found []news.Entity, page *EntityConnection) *SearchConnection {
	c := &SearchConnection{make([]SearchEdge, len(found)), page.PageInfo}
	for i, e := range found {
		match, name := store.MatchOf(text, e)
		c.Edges[i] = SearchEdge{page.Edges[i], match, name}
	}
	return c
}

// Connection types by the API's names.
type (
	CorrectionConnection = Connection[*Correction]
	CorrectionEdge       = Edge[*Correction]
	EntityConnection     = Connection[Entity]
	EntityEdge           = Edge[Entity]
	EventConnection      = Connection[*Event]
	EventEdge            = Edge[*Event]
	MentionConnection    = Connection[*Mention]
	MentionEdge          = Edge[*Mention]
	PositionConnection   = Connection[*Position]
	PositionEdge         = Edge[*Position]
	QuotationConnection  = Connection[*Quotation]
	QuotationEdge        = Edge[*Quotation]
	RelationConnection   = Connection[*Relation]
	RelationEdge         = Edge[*Relation]
	ReportConnection     = Connection[*Report]
	ReportEdge           = Edge[*Report]
	StatementConnection  = Connection[*Statement]
	StatementEdge        = Edge[*Statement]
	StoryConnection      = Connection[*Story]
	StoryEdge            = Edge[*Story]
)
