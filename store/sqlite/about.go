package sqlite

import (
	"context"
	"database/sql"

	"newsgraph/news"
	"newsgraph/store"
)

// EventsAbout lists the events that are about each event.
func (s *Store) EventsAbout(ctx context.Context, events []news.ID, p store.Paging) ([]store.Page[news.Event], error) {
	return pages(ctx, s, listing[news.Event]{
		kind: "events newest", table: "event e", id: "e.id", item: "e.id, e.record", reader: s.scanEvent, found: "DISTINCT o.id",
		from:  `report d CROSS JOIN about a ON a.deed = d.id CROSS JOIN report w ON w.n = a.report CROSS JOIN event o ON o.id = w.event`,
		where: []string{`d.event = (SELECT event FROM report WHERE id = unhex(parent.value))`, `o.id <> d.event`},
		keys:  []key{{column: "e.at", inner: "o.at", desc: true, kind: numberKey}, {column: "e.id", inner: "o.id", kind: hashKey}},
	}, hexes("event", events), p)
}

// about notes what a report is about.
func (c *change) about(n int64, r news.Report) error {
	for _, a := range r.About {
		deed, err := hash("report", a.Report)
		if err != nil {
			return err
		}
		if err := c.exec(`INSERT OR IGNORE INTO about (deed, report) VALUES (?, ?)`, deed, n); err != nil {
			return err
		}
	}
	return nil
}

// pointing is the migration from which on what reports are about stands in a table.
const pointing = 11

// linkOld fills the table about of a file that had none.
func (c *change) linkOld() error {
	type old struct {
		n int64
		reportColumns
	}
	for after := int64(0); ; {
		const some = 5000
		all, err := found(c, func(rs *sql.Rows) (o old, err error) {
			err = rs.Scan(append([]any{&o.n}, o.into()...)...)
			return o, err
		}, `SELECT r.n, r.id, s.id, s.texthash, r.record, x'' FROM report r CROSS JOIN story s ON s.n = r.story WHERE r.n > ? ORDER BY r.n LIMIT ?`, after, some)
		if err != nil || len(all) == 0 {
			return err
		}
		for _, o := range all {
			r, err := c.readReport(o.reportColumns)
			if err == nil {
				err = c.about(o.n, r)
			}
			if err != nil {
				return err
			}
			after = o.n
		}
	}
}
