package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	"newsgraph/news"
	"newsgraph/store"
)

// Put adds stories in one transaction.
func (s *Store) Put(ctx context.Context, facts []news.Facts) (store.PutResult, error) {
	var r store.PutResult
	err := s.write(ctx, func(c *change) error {
		for _, f := range facts {
			var reader string
			err := c.tx.QueryRowContext(ctx, `SELECT reader FROM story WHERE id = ?`, f.Story.ID).Scan(&reader)
			switch {
			case err == nil && reader == f.Story.Reader:
				if !c.seen[f.Story.ID] {
					r.Unchanged++
				}
				continue
			case err == nil:
				r.Replaced++
				if err := c.take(f.Story.ID); err != nil {
					return err
				}
			case errors.Is(err, sql.ErrNoRows):
				r.Added++
			default:
				return err
			}
			c.seen[f.Story.ID] = true
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
	seen                   map[news.ID]bool
	keys                   map[string]bool
	entities               map[string]bool
	newEntities, newEvents int
}

func (s *Store) write(ctx context.Context, do func(*change) error) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("%w: %w", store.ErrUnavailable, err)
	}
	defer tx.Rollback()
	if err := do(&change{ctx: ctx, tx: tx, seen: map[news.ID]bool{}, keys: map[string]bool{}, entities: map[string]bool{}}); err != nil {
		return err
	}
	return tx.Commit()
}

func (c *change) exec(query string, args ...any) error {
	_, err := c.tx.ExecContext(c.ctx, query, args...)
	return err
}

func marshal(v any) string {
	data, err := json.Marshal(v)
	if err != nil {
		panic(err) // plain structs of the domain
	}
	return string(data)
}

// take removes a story's own rows, and remembers what they support.
func (c *change) take(id news.ID) error {
	keys, err := rows(c.ctx, c.tx, text, `SELECT DISTINCT key FROM report WHERE story = ?`, id)
	if err != nil {
		return err
	}
	entities, err := rows(c.ctx, c.tx, text, `SELECT entity FROM contribution WHERE story = ?`, id)
	if err != nil {
		return err
	}
	for _, k := range keys {
		c.keys[k] = true
	}
	for _, e := range entities {
		c.entities[e] = true
	}
	for _, q := range []string{
		`DELETE FROM report WHERE story = ?`, `DELETE FROM contribution WHERE story = ?`, `DELETE FROM mention WHERE story = ?`,
		`DELETE FROM quotation WHERE story = ?`, `DELETE FROM story WHERE id = ?`,
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
	if err := c.exec(`INSERT INTO story (id, published, until, publisher, reader, words, record) VALUES (?, ?, ?, ?, ?, ?, ?)`,
		f.Story.ID, published.From, published.To, news.Fold(f.Story.Publisher), f.Story.Reader, folded(f.Story.Headline+" "+f.Story.Text), marshal(f.Story)); err != nil {
		return err
	}
	for _, e := range f.Entities {
		c.entities[string(e.ID)] = true
		if err := c.exec(`INSERT OR REPLACE INTO contribution (story, entity, record) VALUES (?, ?, ?)`, f.Story.ID, e.ID, marshal(e)); err != nil {
			return err
		}
	}
	for _, m := range f.Mentions {
		if err := c.exec(`INSERT OR REPLACE INTO mention (id, story, entity, published, start, record) VALUES (?, ?, ?, ?, ?, ?)`,
			m.ID, f.Story.ID, m.Entity, published.From, m.Span.Start, marshal(m)); err != nil {
			return err
		}
	}
	for _, q := range f.Quotations {
		if err := c.exec(`INSERT OR REPLACE INTO quotation (id, story, start, record) VALUES (?, ?, ?, ?)`, q.ID, f.Story.ID, q.Span.Start, marshal(q)); err != nil {
			return err
		}
	}
	for _, r := range f.Reports {
		c.keys[r.Key()] = true
		if err := c.exec(`INSERT OR REPLACE INTO report (id, form, story, key, event, position, start, words, record) VALUES (?, ?, ?, ?, '', 0, ?, ?, ?)`,
			r.ID, news.EventID(r.ID), f.Story.ID, r.Key(), r.Trigger.Start, folded(r.Sentence), marshal(r)); err != nil {
			return err
		}
	}
	return nil
}

// settle makes the events of the touched keys and the records of the touched entities anew.
func (c *change) settle() error {
	for _, key := range slices.Sorted(maps.Keys(c.keys)) {
		reports, err := rows(c.ctx, c.tx, record[news.Report], `SELECT record FROM report WHERE key = ?`, key)
		if err != nil {
			return err
		}
		old, err := rows(c.ctx, c.tx, text, `SELECT id FROM event WHERE key = ?`, key)
		if err != nil {
			return err
		}
		if err := c.exec(`DELETE FROM participant WHERE event IN (SELECT id FROM event WHERE key = ?)`, key); err != nil {
			return err
		}
		if err := c.exec(`DELETE FROM event WHERE key = ?`, key); err != nil {
			return err
		}
		events := news.Merge(reports)
		c.newEvents += len(events) - len(old)
		for _, e := range events {
			if err := c.event(key, e); err != nil {
				return fmt.Errorf("event %s: %w", e.ID, err)
			}
		}
	}
	for _, id := range slices.Sorted(maps.Keys(c.entities)) {
		if err := c.entity(id); err != nil {
			return fmt.Errorf("entity %s: %w", id, err)
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
		if err := c.exec(`INSERT OR IGNORE INTO participant (event, role, entity) VALUES (?, ?, ?)`, e.ID, p.Role, p.Entity); err != nil {
			return err
		}
	}
	for i, r := range e.Reports {
		if err := c.exec(`UPDATE report SET event = ?, position = ? WHERE id = ?`, e.ID, i, r); err != nil {
			return err
		}
	}
	return nil
}

func (c *change) entity(id string) error {
	said, err := rows(c.ctx, c.tx, record[news.Entity], `SELECT record FROM contribution WHERE entity = ?`, id)
	if err != nil {
		return err
	}
	was, err := rows(c.ctx, c.tx, text, `SELECT id FROM entity WHERE id = ?`, id)
	if err != nil {
		return err
	}
	c.newEntities += min(1, len(said)) - len(was)
	if err := c.exec(`DELETE FROM entity WHERE id = ?`, id); err != nil {
		return err
	}
	if err := c.exec(`DELETE FROM name WHERE entity = ?`, id); err != nil {
		return err
	}
	if len(said) == 0 {
		return nil
	}
	e := said[0]
	for _, o := range said { // the first once more: what one story says is brought to the same form
		e = news.JoinEntities(e, o)
	}
	if err := c.exec(`INSERT INTO entity (id, kind, wikidata, iso2, iso3, stories, record)
		VALUES (?, ?, ?, ?, ?, (SELECT COUNT(DISTINCT story) FROM mention WHERE entity = ?), ?)`,
		e.ID, e.Kind, e.Wikidata, e.ISO2, e.ISO3, e.ID, marshal(e)); err != nil {
		return err
	}
	for _, n := range append([]string{e.Name}, e.Aliases...) {
		if err := c.exec(`INSERT OR IGNORE INTO name (entity, words) VALUES (?, ?)`, id, folded(n)); err != nil {
			return err
		}
	}
	return nil
}
