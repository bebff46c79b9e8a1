package answer

import (
	"cmp"
	"context"

	"golang.org/x/text/language"

	"newsgraph/news"
	"newsgraph/store"
)

// mostOffices is how many positions of a person, told last before the day of a report, are looked at for the one that it holds.
const mostOffices = 10

// acting is who acts in a report.
type acting struct{ report, entity news.ID }

// ActingFor is the state or body for whom it acts; nil where nothing tells.
func (p ReportParticipant) ActingFor(ctx context.Context) (Entity, error) {
	if p.Role != news.Source && p.Role != news.Target {
		return nil, nil //nolint:nilnil // An Entity of the schema that is not told.
	}
	type answer struct {
		by   map[acting]news.ID
		made map[news.ID]Entity
	}
	r := p.in
	all, err := once(r.in, "acting for", func() (answer, error) {
		by, err := r.acting(ctx)
		if err != nil {
			return answer{}, err
		}
		var ids []news.ID
		for _, id := range by {
			ids = append(ids, id)
		}
		made, err := r.in.graph.entitiesOf(ctx, ids)
		if err != nil {
			return answer{}, err
		}
		return answer{by, made[0]}, nil
	})
	return all.made[all.by[acting{r.ID, p.Entity.record().ID}]], err
}

// acting finds for whom those act who do, or are dealt with, in the batch's reports. The offices of all persons are asked for together.
func (r *Report) acting(ctx context.Context) (map[acting]news.ID, error) {
	known, err := r.participants(ctx)
	if err != nil {
		return nil, err
	}
	by := map[acting]news.ID{}
	var persons []news.ID
	var of []acting
	var reports []news.Report
	q := store.PositionQuery{Paging: store.Paging{First: mostOffices}}
	for _, s := range r.in.of {
		for _, p := range s.Participants {
			who, known := known[p.Entity]
			is := acting{s.ID, p.Entity}
			if _, seen := by[is]; !known || seen || p.Role != news.Source && p.Role != news.Target {
				continue
			}
			e := who.record()
			by[is] = organOf(e)
			if e.Kind == news.Person && (e.Sector == "" || organs[e.Sector]) { // An opposition leader of Russia does not act for it.
				published, _, _ := news.ParseDate(s.Published) // Of a story without a date all others are asked.
				persons, of, reports, q.By = append(persons, e.ID), append(of, is), append(reports, s), append(q.By, published.To)
			}
		}
	}
	if len(persons) == 0 {
		return by, nil
	}
	pages, err := r.in.graph.Reader.PositionsOf(ctx, persons, q)
	if err != nil {
		return nil, err
	}
	for i, page := range pages {
		by[of[i]] = cmp.Or(officeOf(page, reports[i]), by[of[i]])
	}
	return by, nil
}

// officeOf is the body of the office that a person holds on the day of what a report tells: as its story tells, else as the first of others does. An office
// that was told to be a former one is passed over in what was told before.
func officeOf(page store.Page[news.Position], r news.Report) news.ID {
	told := make([]news.Position, 0, len(page.Edges))
	others := []news.Position{}
	for _, edge := range page.Edges {
		if edge.Node.Story == r.Story {
			told = append(told, edge.Node)
		} else {
			others = append(others, edge.Node)
		}
	}
	when := r.When
	if published, _, err := news.ParseDate(r.Published); err == nil && !when.Dated() {
		when = news.When{From: published.From, To: published.To}
	}
	former := map[string]bool{}
	for _, p := range append(told, others...) {
		held := p.Status == news.Held || p.Status == news.Former && p.Until != "" || p.Status == news.Designate && p.Since != ""
		switch {
		case !held || when.Dated() && !p.Days().Overlaps(when):
			former[p.Title] = former[p.Title] || p.Status == news.Former
		case p.Body != "" && !former[p.Title]:
			return p.Body
		}
	}
	return ""
}

// organs are the sectors of those who act for their state.
var organs = map[string]bool{"GOV": true, "MIL": true, "COP": true, "SPY": true, "LEG": true, "JUD": true}

// organOf is the state for which what belongs to it acts; empty for others. What a person is that several stories name is told of no day.
func organOf(e news.Entity) news.ID {
	if !organs[e.Sector] || e.Kind == news.State || e.Kind == news.Person && !e.ID.Local() {
		return ""
	}
	if e.Country == "XKX" { // of no standard
		return news.EntityID(news.State, "XK")
	}
	region, err := language.ParseRegion(e.Country)
	if err != nil || !region.IsCountry() {
		return ""
	}
	return news.EntityID(news.State, region.String())
}
