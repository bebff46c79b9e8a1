package answer

import (
	"context"

	"newsgraph/news"
	"newsgraph/store"
)

// Conflict is what reports of one event count differently.
type Conflict struct {
	Of        string
	Low, High int
	Told      []*Tally
}

// Tally is what one report of a conflict tells.
type Tally struct {
	Low    int
	High   *int
	Text   string
	Report *Report
}

// Conflicts are where its reports differ in how many were killed, injured or arrested.
func (e *Event) Conflicts(ctx context.Context) ([]*Conflict, error) {
	g := e.in.graph
	byID, err := once(e.in, "conflicts", func() (map[news.ID]*ReportConnection, error) {
		p := store.Paging{First: MostFirst}
		events := e.in.ids(func(s news.Event) []news.ID { return []news.ID{s.ID} })
		return paged(events, p, func(ids []news.ID) ([]store.Page[news.Report], error) { return g.Reader.ReportsOf(ctx, ids, p) }, g.reports)
	})
	if err != nil {
		return nil, err
	}
	all := []*Conflict{}
	for _, of := range []string{"killed", "injured", "arrested"} {
		var c Conflict
		differ := false
		for _, edge := range byID[e.ID].Edges {
			for _, n := range edge.Node.Report.Counts {
				if n.Of != of {
					continue
				}
				most := max(n.Low, n.High)
				if len(c.Told) == 0 {
					c.Low, c.High = n.Low, most
				}
				first := c.Told
				c.Told = append(c.Told, &Tally{n.Low, some(n.High), n.Text, edge.Node})
				differ = differ || len(first) > 0 && (n.Low != first[0].Low || some(n.High) == nil != (first[0].High == nil) || most != max(first[0].Low, value(first[0].High)))
				c.Low, c.High = min(c.Low, n.Low), max(c.High, most)
			}
		}
		if differ {
			c.Of = of
			all = append(all, &c)
		}
	}
	return all, nil
}

func value(n *int) int {
	if n == nil {
		return 0
	}
	return *n
}
