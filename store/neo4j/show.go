package neo4j

import (
	"fmt"
	"slices"
	"strings"

	"newsgraph/news"
	"newsgraph/store"
)

// A page whose Show tells how it will be read comes with what will be asked next in one statement, and without records, which cost more to
// read than all else of a question.

// brought is what a list brings: Beside fills while it is read.
type brought struct {
	store.Show
	*store.Beside
}

// bring prepares for what will be shown of a list; a nil show is for nothing.
func bring(show *store.Show) brought {
	if show == nil {
		return brought{}
	}
	b := brought{*show, &store.Beside{}}
	if b.Named {
		b.Beside.Entities = map[news.ID]news.Entity{}
	}
	if b.Show.Reports > 0 {
		b.Beside.Reports = map[news.ID]store.Page[news.Report]{}
		if b.Headlines {
			b.Beside.Stories = map[news.ID]news.Story{}
		}
	}
	return b
}

// beside puts what was brought to pages.
func beside[T any](pages []store.Page[T], b brought) []store.Page[T] {
	for i := range pages {
		pages[i].Beside = b.Beside
	}
	return pages
}

const (
	briefEvent = `[e.id, e.type, e.action, e.modality, e.from, e.to, e.precision, e.when, e.participants]`
	namesOf    = `[(e)-[:SOURCE|TARGET|INSTRUMENT|PLACE]->(x) | x.id + ' ' + x.kind + ' ' + x.name]`

	reportsBeside = `CALL (e) {
  CALL (e) {
    MATCH (r)-[o:OF]->() USING INDEX o:OF(event, canon) WHERE o.event = e.id AND o.canon > ''
    RETURN r ORDER BY o.event, o.canon LIMIT $reports
  }
  WITH r%s
  RETURN collect([r.canon, r.id, r.story, r.sentence%s]) AS reports
}
`
	reportsBesideStories = `CALL (s) {
  WITH s, COLLECT { MATCH (s)<-[:IN]-(n:Report) RETURN n } AS has
  UNWIND CASE WHEN size(has) = s.reports THEN has ELSE [null] END AS r
  WITH r ORDER BY r.at LIMIT $reports%s
  RETURN collect([r.at, r.id, r.story, r.sentence%s]) AS reports
}
`
)

// events are the columns of a list of events. Of queries within queries nothing is brought.
func (b *brought) events(nested bool) shown[news.Event] {
	if b.Beside == nil || nested {
		b.Beside = nil
		return whole()
	}
	as := whole()
	if b.Brief {
		as = shown[news.Event]{"", briefEvent, func(r *row) news.Event { return readBrief(r, column[[]any](r, "brief")) }}
	}
	with, columns := []string{}, []string{pick(b.Brief, "brief", as.columns)}
	if b.Brief {
		with = append(with, briefEvent+" AS brief")
	}
	if b.Named {
		with, columns = append(with, namesOf+" AS names"), append(columns, "names")
	}
	if len(with) > 0 {
		as.with = "CALL (e) { RETURN " + strings.Join(with, ", ") + " }\n"
	}
	if b.Show.Reports > 0 {
		story, headline := "", ""
		if b.Headlines {
			story, headline = "\n  OPTIONAL MATCH (r)-[:IN]->(s:Story)\n  WITH r, s", ", s.headline"
		}
		as.with += fmt.Sprintf(reportsBeside, story, headline)
		columns = append(columns, "reports")
	}
	as.columns = strings.Join(columns, ", ")
	read := as.read
	as.read = func(r *row) news.Event {
		e := read(r)
		b.names(column[[]any](r, "names"))
		if b.Beside.Reports != nil {
			b.reports(r, e.ID, "reports of")
		}
		return e
	}
	return as
}

// stories are the clause and the columns of a list of stories.
func (b *brought) stories() shown[news.Story] {
	as := shown[news.Story]{"", "s.record AS record, s.text AS text", scanStory}
	if b.Beside == nil {
		return as
	}
	if b.Brief {
		as.columns, as.read = "s.id AS id, s.headline AS headline, s.published AS published", func(r *row) news.Story {
			return news.Story{ID: news.ID(r.string("id")), Headline: r.string("headline"), Published: r.string("published")}
		}
	}
	if b.Show.Reports == 0 {
		return as
	}
	event, columns := "", ""
	if b.Show.Events {
		b.Beside.Events = map[news.ID]news.Event{}
		event, columns = "\n  OPTIONAL MATCH (r)-[:OF]->(e:Event)\n  WITH r, e", ", "+briefEvent
		if b.Named {
			columns += ", " + namesOf
		}
	}
	as.with = fmt.Sprintf(reportsBesideStories, event, columns)
	as.columns += ", reports"
	read := as.read
	as.read = func(r *row) news.Story {
		s := read(r)
		b.reports(r, s.ID, "reports in")
		return s
	}
	return as
}

// reports reads the first reports of an event or story, of which there is one more than is asked for if there are more, and what comes with each.
func (b *brought) reports(r *row, of news.ID, kind string) {
	list := column[[]any](r, "reports")
	edges := make([]edge[news.Report], 0, len(list))
	for _, v := range list {
		values, _ := v.([]any)
		if len(values) < 4 || values[1] == nil {
			r.err = errTorn
			return
		}
		text := func(i int) string { s, _ := values[i].(string); return s }
		report := news.Report{ID: news.ID(text(1)), Story: news.ID(text(2)), Sentence: text(3)}
		edges = append(edges, edge[news.Report]{key: text(0), node: report})
		switch {
		case b.Beside.Stories != nil && len(values) > 4:
			b.Beside.Stories[report.Story] = news.Story{ID: report.Story, Headline: text(4)}
		case b.Beside.Events != nil && len(values) > 4:
			event, _ := values[4].([]any)
			if e := readBrief(r, event); e.ID != "" {
				b.Beside.Events[news.EventID(report.ID)] = e
			}
			if b.Named && len(values) > 5 {
				names, _ := values[5].([]any)
				b.names(names)
			}
		}
	}
	slices.SortFunc(edges, func(a, b edge[news.Report]) int { return strings.Compare(a.key, b.key) })
	b.Beside.Reports[of] = page(edges, store.Paging{First: b.Show.Reports}, kind)
}

// names reads what namesOf and its like make.
func (b *brought) names(all []any) {
	for _, v := range all {
		s, _ := v.(string)
		b.name(s)
	}
}

// name reads an id, a kind and a name.
func (b *brought) name(s string) {
	id, rest, _ := strings.Cut(s, " ")
	if _, known := b.Beside.Entities[news.ID(id)]; known || id == "" {
		return
	}
	kind, name, _ := strings.Cut(rest, " ")
	b.Beside.Entities[news.ID(id)] = news.Entity{ID: news.ID(id), Kind: news.Kind(kind), Name: name}
}

// readBrief reads what briefEvent makes; of no event, none.
func readBrief(r *row, values []any) news.Event {
	const columns = 9
	if len(values) != columns {
		r.err = fmt.Errorf("an event has %d columns", len(values))
		return news.Event{}
	}
	text := func(i int) string { s, _ := values[i].(string); return s }
	e := news.Event{
		ID: news.ID(text(0)), Type: news.EventType(text(1)), Action: text(2), Modality: news.Modality(text(3)),
		When: news.When{From: text(4), To: text(5), Precision: news.Precision(text(6)), Text: text(7)},
	}
	parts, _ := values[columns-1].([]any)
	for _, p := range parts {
		s, _ := p.(string)
		role, entity, _ := strings.Cut(s, " ")
		e.Participants = append(e.Participants, news.Participant{Role: news.Role(role), Entity: news.ID(entity)})
	}
	return e
}

// briefly reads entities as a list shows them: whole, or ID, Kind and Name.
func briefly(show *store.Show) (columns string, read func(*row) news.Entity) {
	if show == nil || !show.Brief {
		return "e.record AS record", recorded[news.Entity]
	}
	return "e.id AS id, e.kind AS kind, e.name AS name", func(r *row) news.Entity {
		return news.Entity{ID: news.ID(r.string("id")), Kind: news.Kind(r.string("kind")), Name: r.string("name")}
	}
}
