package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"newsgraph/news"
	"newsgraph/store"
)

// Put adds stories in one transaction.
func (s *Store) Put(ctx context.Context, facts []news.Facts) (store.PutResult, error) {
	var r store.PutResult
	facts, err := store.Prepare(facts)
	if err != nil {
		return r, fmt.Errorf("sqlite: put: %w", err)
	}
	err = s.write(ctx, func(c *change) error {
		for _, f := range facts {
			var reader string
			err := c.tx.QueryRowContext(ctx, `SELECT reader FROM story WHERE id = ?`, f.Story.ID).Scan(&reader)
			switch {
			case err == nil && reader == f.Story.Reader:
				r.Unchanged++
				continue
			case err == nil:
				r.Replaced++
				err = c.take(f.Story.ID)
			case errors.Is(err, sql.ErrNoRows):
				r.Added++
				err = nil
			}
			if err != nil {
				return err
			}
			if err := c.add(f); err != nil {
				return fmt.Errorf("story %s: %w", f.Story.ID, err)
			}
		}
		if err := c.settle(); err != nil {
			return err
		}
		r.Entities, r.Events = c.newEntities, c.newEvents
		return nil
	})
	if err != nil {
		return store.PutResult{}, fmt.Errorf("sqlite: put: %w", err)
	}
	return r, nil
}

// Remove takes stories away in one transaction.
func (s *Store) Remove(ctx context.Context, stories []news.ID) (int, error) {
	n := 0
	err := s.write(ctx, func(c *change) error {
		there, err := rows(ctx, c.tx, text, `SELECT id FROM story WHERE id IN (SELECT value FROM json_each(?))`, list(stories))
		if err != nil {
			return err
		}
		for _, id := range there {
			if err := c.take(news.ID(id)); err != nil {
				return err
			}
		}
		n = len(there)
		return c.settle()
	})
	if err != nil {
		return 0, fmt.Errorf("sqlite: remove: %w", err)
	}
	return n, nil
}

// change is one write transaction: rows of stories come and go, and what is derived from them is settled at its end.
type change struct {
	ctx                    context.Context
	tx                     *sql.Tx
	statements             map[string]*sql.Stmt
	keys                   map[string]bool      // of reports that came or went
	entities               map[news.ID]*touched // of stories that came or went
	newEntities, newEvents int
}

// touched is what a change does to an entity.
type touched struct {
	said    []news.Entity // by the stories that came
	less    bool          // a story went
	stories int           // that mention it, more than before
}

func (s *Store) write(ctx context.Context, do func(*change) error) error {
	tx, err := s.writes.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("%w: %w", store.ErrUnavailable, err)
	}
	defer tx.Rollback()
	if err := do(&change{ctx: ctx, tx: tx, statements: map[string]*sql.Stmt{}, keys: map[string]bool{}, entities: map[news.ID]*touched{}}); err != nil {
		return err
	}
	return tx.Commit()
}

func (c *change) exec(query string, args ...any) error {
	_, err := c.run(query, args...)
	return err
}

// run runs a statement that is prepared once a transaction, which closes it.
func (c *change) run(query string, args ...any) (sql.Result, error) {
	st := c.statements[query]
	if st == nil {
		var err error
		if st, err = c.tx.PrepareContext(c.ctx, query); err != nil {
			return nil, err
		}
		c.statements[query] = st
	}
	return st.ExecContext(c.ctx, args...)
}

// indexed inserts a row, and its words under the same number.
func (c *change) indexed(insertWords, words, insert string, args ...any) error {
	result, err := c.run(insert, args...)
	if err != nil {
		return err
	}
	n, err := result.LastInsertId()
	if err != nil {
		return err
	}
	return c.exec(insertWords, n, words)
}

func marshal(v any) string {
	data, err := json.Marshal(v)
	if err != nil {
		panic(err) // plain structs of the domain
	}
	return string(data)
}

func (c *change) touch(id news.ID) *touched {
	if c.entities[id] == nil {
		c.entities[id] = &touched{}
	}
	return c.entities[id]
}

// take removes a story's own rows, and remembers what they support.
func (c *change) take(id news.ID) error {
	keys, err := rows(c.ctx, c.tx, text, `SELECT DISTINCT key FROM report WHERE story = ?`, id)
	if err != nil {
		return err
	}
	for _, k := range keys {
		c.keys[k] = true
	}
	_, err = rows(c.ctx, c.tx, func(rs *sql.Rows) (struct{}, error) {
		var entity news.ID
		var mentioned int
		err := rs.Scan(&entity, &mentioned)
		t := c.touch(entity)
		t.less = true
		t.stories -= mentioned
		return struct{}{}, err
	}, `SELECT entity, mentioned FROM contribution WHERE story = ?`, id)
	if err != nil {
		return err
	}
	for _, q := range []string{
		`DELETE FROM report_words WHERE rowid IN (SELECT n FROM report WHERE story = ?)`, `DELETE FROM report WHERE story = ?`,
		`DELETE FROM contribution WHERE story = ?`, `DELETE FROM mention WHERE story = ?`, `DELETE FROM quotation WHERE story = ?`,
		`DELETE FROM position WHERE story = ?`,
		`DELETE FROM story_words WHERE rowid IN (SELECT n FROM story WHERE id = ?)`, `DELETE FROM story WHERE id = ?`,
	} {
		if err := c.exec(q, id); err != nil {
			return err
		}
	}
	return nil
}

// add inserts a story's rows.
func (c *change) add(f news.Facts) error {
	published, _, err := news.ParseDate(f.Story.Published)
	if err != nil {
		published = news.Interval{}
	}
	if err := c.indexed(`INSERT INTO story_words (rowid, words) VALUES (?, ?)`, folded(f.Story.Headline)+" "+folded(f.Story.Text),
		`INSERT INTO story (id, published, until, publisher, reader, record) VALUES (?, ?, ?, ?, ?, ?)`,
		f.Story.ID, published.From, published.To, news.Fold(f.Story.Publisher), f.Story.Reader, marshal(f.Story)); err != nil {
		return err
	}
	mentioned := map[news.ID]bool{}
	for _, m := range f.Mentions {
		mentioned[m.Entity] = true
		if err := c.exec(`INSERT INTO mention (id, story, entity, published, start, stop, record) VALUES (?, ?, ?, ?, ?, ?, ?)`,
			m.ID, f.Story.ID, m.Entity, published.From, m.Span.Start, m.Span.End, marshal(m)); err != nil {
			return err
		}
	}
	for _, e := range f.Entities {
		t := c.touch(e.ID)
		t.said = append(t.said, e)
		if mentioned[e.ID] {
			t.stories++
		}
		if err := c.exec(`INSERT INTO contribution (story, entity, mentioned, record) VALUES (?, ?, ?, ?)`,
			f.Story.ID, e.ID, mentioned[e.ID], marshal(e)); err != nil {
			return err
		}
	}
	for _, q := range f.Quotations {
		if err := c.exec(`INSERT INTO quotation (id, story, start, stop, record) VALUES (?, ?, ?, ?, ?)`,
			q.ID, f.Story.ID, q.Span.Start, q.Span.End, marshal(q)); err != nil {
			return err
		}
	}
	for _, p := range f.Positions {
		days := p.Days()
		if err := c.exec(`INSERT INTO position (id, story, person, body, published, begins, ends, start, stop, record) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			p.ID, f.Story.ID, p.Person, p.Body, published.From, days.From, days.To, p.Span.Start, p.Span.End, marshal(p)); err != nil {
			return err
		}
	}
	for _, r := range f.Reports {
		c.keys[r.Key()] = true
		if err := c.indexed(`INSERT INTO report_words (rowid, words) VALUES (?, ?)`, folded(r.Sentence),
			`INSERT INTO report (id, form, story, key, event, canon, start, stop, record) VALUES (?, ?, ?, ?, '', ?, ?, ?, ?)`,
			r.ID, news.EventID(r.ID), f.Story.ID, r.Key(), store.ReportKey(r), r.Trigger.Start, r.Trigger.End, marshal(r)); err != nil {
			return err
		}
	}
	return nil
}

// settle makes the events of the touched keys and the records of the touched entities anew.
func (c *change) settle() error {
	for _, key := range slices.Sorted(maps.Keys(c.keys)) {
		if err := c.merge(key); err != nil {
			return err
		}
	}
	for _, id := range slices.Sorted(maps.Keys(c.entities)) {
		if err := c.entity(id, *c.entities[id]); err != nil {
			return fmt.Errorf("entity %s: %w", id, err)
		}
	}
	return nil
}

// merge makes the events of a key, and writes what differs.
func (c *change) merge(key string) error {
	was := map[news.ID]string{} // the event of each report
	reports, err := rows(c.ctx, c.tx, func(rs *sql.Rows) (r news.Report, err error) {
		var data []byte
		var event string
		if err = rs.Scan(&data, &event); err == nil {
			err = json.Unmarshal(data, &r)
		}
		was[r.ID] = event
		return r, err
	}, `SELECT record, event FROM report WHERE key = ?`, key)
	if err != nil {
		return err
	}
	old := map[news.ID]string{}
	if _, err := rows(c.ctx, c.tx, func(rs *sql.Rows) (_ struct{}, err error) {
		var id news.ID
		var data string
		err = rs.Scan(&id, &data)
		old[id] = data
		return struct{}{}, err
	}, `SELECT id, record FROM event WHERE key = ?`, key); err != nil {
		return err
	}
	events := news.Merge(reports)
	c.newEvents += len(events) - len(old)
	stays := map[news.ID]bool{}
	for _, e := range events {
		stays[e.ID] = old[e.ID] == marshal(e)
	}
	for _, id := range slices.Sorted(maps.Keys(old)) {
		if stays[id] {
			continue
		}
		for _, q := range []string{`DELETE FROM participant WHERE event = ?`, `DELETE FROM event WHERE id = ?`} {
			if err := c.exec(q, id); err != nil {
				return err
			}
		}
	}
	for _, e := range events {
		if !stays[e.ID] {
			if err := c.event(key, e); err != nil {
				return fmt.Errorf("event %s: %w", e.ID, err)
			}
		}
		for _, r := range e.Reports {
			if was[r] == string(e.ID) {
				continue
			}
			if err := c.exec(`UPDATE report SET event = ? WHERE id = ?`, e.ID, r); err != nil {
				return err
			}
		}
	}
	return nil
}

func (c *change) event(key string, e news.Event) error {
	begins, ends := "", ""
	if e.When.Dated() {
		begins, ends = e.When.From, e.When.To
	}
	if err := c.exec(`INSERT INTO event (id, key, type, action, begins, ends, modality, background, record) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		e.ID, key, e.Type, e.Action, begins, ends, e.Modality, e.Background, marshal(e)); err != nil {
		return err
	}
	for _, p := range e.Participants {
		if err := c.exec(`INSERT INTO participant (event, role, entity, begins) VALUES (?, ?, ?, ?)`, e.ID, p.Role, p.Entity, begins); err != nil {
			return err
		}
	}
	return nil
}

func (c *change) entity(id news.ID, t touched) error {
	var was string
	var stories int
	err := c.tx.QueryRowContext(c.ctx, `SELECT record, stories FROM entity WHERE id = ?`, id).Scan(&was, &stories)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	said := t.said
	switch {
	case t.less:
		if said, err = rows(c.ctx, c.tx, record[news.Entity], `SELECT DISTINCT record FROM contribution WHERE entity = ?`, id); err != nil {
			return err
		}
	case was != "":
		var e news.Entity
		if err := json.Unmarshal([]byte(was), &e); err != nil {
			return err
		}
		said = append(said, e)
	}
	if len(said) == 0 {
		return c.forget(id)
	}
	e := said[0]
	for _, o := range said[1:] {
		e = news.JoinEntities(e, o)
	}
	stories += t.stories
	now := marshal(e)
	if now == was {
		return c.exec(`UPDATE entity SET stories = ? WHERE id = ?`, stories, id)
	}
	if was == "" {
		c.newEntities++
	} else if err := c.forget(id); err != nil {
		return err
	}
	if err := c.exec(`INSERT INTO entity (id, kind, wikidata, iso2, iso3, stories, record) VALUES (?, ?, ?, ?, ?, ?, ?)`,
		e.ID, e.Kind, e.Wikidata, strings.ToUpper(e.ISO2), strings.ToUpper(e.ISO3), stories, now); err != nil {
		return err
	}
	seen := map[string]bool{}
	for _, n := range append([]string{e.Name}, e.Aliases...) {
		name := news.Fold(n)
		if seen[name] {
			continue
		}
		seen[name] = true
		if err := c.indexed(`INSERT INTO name_words (rowid, words) VALUES (?, ?)`, folded(n),
			`INSERT INTO name (entity, folded, words) VALUES (?, ?, ?)`, id, name, folded(n)); err != nil {
			return err
		}
	}
	return nil
}

func (c *change) forget(entity news.ID) error {
	for _, q := range []string{
		`DELETE FROM name_words WHERE rowid IN (SELECT n FROM name WHERE entity = ?)`, `DELETE FROM name WHERE entity = ?`,
		`DELETE FROM entity WHERE id = ?`,
	} {
		if err := c.exec(q, entity); err != nil {
			return err
		}
	}
	return nil
}
