package sqlite

import (
	"context"
	"database/sql"
	"encoding/hex"
	"iter"
	"maps"
	"slices"
	"strconv"

	"newsgraph/news"
	"newsgraph/store"
)

// A page whose Show tells how it will be read is read briefly, and what will be asked next comes with it: of each thing one record, by one statement for all.

// scanStoryAs reads stories as they are shown. With their reports comes the text, which has the sentences.
func (s *Store) scanStoryAs(show *store.Show) func(scanner) (news.Story, error) {
	if show == nil || !show.Brief {
		return s.scanStory()
	}
	return scanning((*storyColumns).into, func(c storyColumns) (news.Story, error) {
		story, err := s.packer.briefStory(c.id, c.record)
		if err == nil && show.Reports > 0 {
			story.Text, err = s.packer.text(c.packed)
		}
		return story, err
	})
}

// scanEventAs reads events as they are shown.
func (s *Store) scanEventAs(show *store.Show) func(scanner) (news.Event, error) {
	if show == nil || !show.Brief {
		return s.scanEvent
	}
	return func(scan scanner) (e news.Event, err error) {
		var id, record []byte
		if err = scan(&id, &record); err == nil {
			e, err = s.packer.briefEvent(id, record)
		}
		return e, err
	}
}

// partiesOf brings those who take part in events.
func (s *Store) partiesOf(ctx context.Context, events iter.Seq[news.Event]) (map[news.ID]news.Entity, error) {
	named := map[news.ID]news.Entity{}
	var ids []news.ID
	for e := range events {
		for _, p := range e.Participants {
			if _, seen := named[p.Entity]; !seen {
				named[p.Entity], ids = news.Entity{}, append(ids, p.Entity)
			}
		}
	}
	clear(named)
	if len(ids) == 0 {
		return named, nil
	}
	_, err := rows(ctx, s.ask, func(rs *sql.Rows) (none struct{}, err error) {
		e, err := s.scanEntity(rs.Scan)
		named[e.ID] = e
		return none, err
	}, `SELECT e.record FROM json_each(?) i CROSS JOIN entity e ON e.id = i.value`, list(ids))
	return named, err
}

// fewReports is how many reports of a story or event there is room for at once: most have no more.
const fewReports = 8

// besideStories brings what is shown of the reports of stories.
func (s *Store) besideStories(ctx context.Context, stories []store.Edge[news.Story], show store.Show) (*store.Beside, error) {
	const kind = "reports in"
	b := &store.Beside{Reports: make(map[news.ID]store.Page[news.Report], len(stories))}
	ids := make([]news.ID, len(stories))
	for i, e := range stories {
		ids[i] = e.Node.ID
	}
	event, join := `r.event, x''`, ``
	told := map[[hashLength]byte]news.ID{} // several reports may tell one event: a first one of each
	if show.Events {
		b.Events = map[news.ID]news.Event{}
		event, join = `e.id, e.record`, `CROSS JOIN event e ON e.id = r.event`
	}
	_, err := rows(ctx, s.ask, func(rs *sql.Rows) (none struct{}, err error) {
		var parent, start, stop int
		var id, record, event, deed sql.RawBytes
		if err := rs.Scan(&parent, &start, &stop, &id, &record, &event, &deed); err != nil {
			return none, err
		}
		page := b.Reports[ids[parent]]
		if page.More = len(page.Edges) == show.Reports; !page.More {
			r, err := s.packer.briefReport(id, record, stories[parent].Node, false)
			if err != nil {
				return none, err
			}
			cursor := store.Cursor(kind, strconv.Itoa(start), strconv.Itoa(stop), hex.EncodeToString(id))
			if page.Edges == nil {
				page.Edges = make([]store.Edge[news.Report], 0, min(show.Reports, fewReports))
			}
			page.Edges = append(page.Edges, store.Edge[news.Report]{Node: r, Cursor: cursor})
			if show.Events {
				at := [hashLength]byte(event)
				first, known := told[at]
				e := b.Events[first]
				if !known {
					told[at] = news.EventID(r.ID)
					if e, err = s.packer.briefEvent(event, deed); err != nil {
						return none, err
					}
				}
				b.Events[news.EventID(r.ID)] = e
			}
		}
		b.Reports[ids[parent]] = page
		return none, nil
	}, `SELECT parent.key, r.start, r.stop, r.id, r.record, `+event+` FROM json_each(?) AS parent CROSS JOIN report r ON r.n IN (
		SELECT r.n FROM report r INDEXED BY report_story WHERE r.story = (SELECT n FROM story WHERE id = unhex(parent.value)) ORDER BY r.start, r.stop, r.id LIMIT ?) `+join+`
		ORDER BY parent.key, r.start, r.stop, r.id`, hashes("story", ids), store.Paging{First: show.Reports}.Limit())
	if err == nil && show.Events && show.Named {
		b.Entities, err = s.partiesOf(ctx, maps.Values(b.Events))
	}
	return b, err
}

// besideEvents brings what is shown of those who take part in events, and of their reports.
func (s *Store) besideEvents(ctx context.Context, pages []store.Page[news.Event], show *store.Show) error {
	if show == nil || !show.Named && show.Reports == 0 {
		return nil
	}
	var events []news.Event
	for _, p := range pages {
		for _, e := range p.Edges {
			events = append(events, e.Node)
		}
	}
	b := &store.Beside{}
	var err error
	if show.Named {
		if b.Entities, err = s.partiesOf(ctx, slices.Values(events)); err != nil {
			return err
		}
	}
	if show.Reports > 0 {
		if err = s.reportsBeside(ctx, b, events, *show); err != nil {
			return err
		}
	}
	for i := range pages {
		pages[i].Beside = b
	}
	return nil
}

// reportsBeside brings the first reports of events.
func (s *Store) reportsBeside(ctx context.Context, b *store.Beside, events []news.Event, show store.Show) error {
	b.Reports = make(map[news.ID]store.Page[news.Report], len(events))
	ids := make([]news.ID, 0, len(events))
	for _, e := range events {
		if _, seen := b.Reports[e.ID]; !seen { // one event stands in the lists of all that take part
			b.Reports[e.ID] = store.Page[news.Report]{}
			ids = append(ids, e.ID)
		}
	}
	headline := `x''`
	if show.Headlines {
		b.Stories, headline = map[news.ID]news.Story{}, `s.record`
	}
	_, err := rows(ctx, s.ask, func(rs *sql.Rows) (none struct{}, err error) {
		var parent int
		var id, record, told, text, of sql.RawBytes
		var hash string
		if err := rs.Scan(&parent, &id, &record, &told, &hash, &text, &of); err != nil {
			return none, err
		}
		page := b.Reports[ids[parent]]
		if page.More = len(page.Edges) == show.Reports; !page.More {
			story := news.Story{ID: unhash("story", told), TextHash: hash}
			if _, known := b.Stories[story.ID]; b.Stories != nil && !known {
				brief, err := s.packer.briefStory(told, of)
				if err != nil {
					return none, err
				}
				b.Stories[story.ID] = brief
			}
			if story.Text, err = s.packer.text(text); err != nil {
				return none, err
			}
			r, err := s.packer.briefReport(id, record, story, true)
			if err != nil {
				return none, err
			}
			if page.Edges == nil {
				page.Edges = make([]store.Edge[news.Report], 0, min(show.Reports, fewReports))
			}
			page.Edges = append(page.Edges, store.Edge[news.Report]{Node: r, Cursor: store.Cursor("reports of", store.ReportKey(r))})
		}
		b.Reports[ids[parent]] = page
		return none, nil
	}, `SELECT parent.key, r.id, r.record, s.id, s.texthash, s.body, `+headline+` FROM json_each(?) parent CROSS JOIN report r ON r.n IN (
		SELECT n FROM report WHERE event = (SELECT event FROM report WHERE id = unhex(parent.value)) ORDER BY rank LIMIT ?)
		CROSS JOIN story s ON s.n = r.story ORDER BY parent.key, r.rank`, hashes("event", ids), store.Paging{First: show.Reports}.Limit())
	return err
}
