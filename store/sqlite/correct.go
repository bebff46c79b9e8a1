package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"newsgraph/news"
	"newsgraph/store"
)

// The tables hold stories as the log corrects them. What was found in one that it changes is kept beside them, so that each change of the log begins
// from that again.

const corrections = `SELECT record FROM correction ORDER BY at, id`

// Corrections returns the log.
func (s *Store) Corrections(ctx context.Context) ([]news.Correction, error) {
	all, err := rows(ctx, s.ask, scanned(s.packer.scanCorrection), corrections)
	if err != nil {
		return nil, fmt.Errorf("sqlite: read corrections: %w", err)
	}
	return all, nil
}

// scanCorrection reads what deflate made of the JSON, which is the correction to the letter: its id is a hash of it.
func (p *packer) scanCorrection(scan scanner) (c news.Correction, err error) {
	var packed []byte
	if err = scan(&packed); err != nil {
		return c, err
	}
	data, err := p.inflate(packed)
	if err == nil {
		err = json.Unmarshal(data, &c)
	}
	return c, err
}

// Correct adds to the log in one transaction.
func (s *Store) Correct(ctx context.Context, some []news.Correction) (int, error) {
	n := 0
	err := s.write(ctx, func(c *change) error {
		before, err := c.corrections()
		if err != nil {
			return err
		}
		after, fresh, err := store.CheckCorrections(before, some)
		if err != nil || len(fresh) == 0 {
			return err
		}
		for _, one := range fresh {
			id, err := hash("correction", one.ID)
			if err != nil {
				return err
			}
			if err := c.exec(`INSERT INTO correction (id, at, record) VALUES (?, ?, ?)`, id, one.At, c.deflate(marshal(one))); err != nil {
				return err
			}
		}
		c.log = &after
		entities, texts := after.Around(fresh)
		stories, err := found(c, func(rs *sql.Rows) (id []byte, err error) {
			err = rs.Scan(&id)
			return id, err
		}, `SELECT id FROM story WHERE texthash IN (SELECT value FROM json_each(?1)) OR n IN (
				SELECT x.story FROM contribution x JOIN entity e ON e.n = x.entity WHERE e.id IN (SELECT value FROM json_each(?2)))
			ORDER BY id`, list(texts), list(entities))
		if err != nil {
			return err
		}
		for _, id := range stories {
			told, err := c.told(id)
			if err != nil {
				return fmt.Errorf("%s: %w", unhash("story", id), err)
			}
			_, changed, err := store.Recorrect(before, after, told)
			if err != nil {
				return err
			}
			if !changed {
				continue
			}
			n++
			if err := c.take(id); err != nil {
				return err
			}
			if err := c.addCorrected(told); err != nil {
				return fmt.Errorf("%s: %w", told.Story.ID, err)
			}
		}
		return c.settle()
	})
	if err != nil {
		return 0, fmt.Errorf("sqlite: correct: %w", err)
	}
	return n, nil
}

// corrections is the log as the transaction sees it.
func (c *change) corrections() (news.Log, error) {
	if c.log != nil {
		return *c.log, nil
	}
	all, err := found(c, scanned(c.scanCorrection), corrections)
	log := news.NewLog(all)
	c.log = &log
	return log, err
}

// addCorrected adds a story as the log corrects what was found in it.
func (c *change) addCorrected(told news.Facts) error {
	log, err := c.corrections()
	if err != nil {
		return err
	}
	now, err := log.Correct(told)
	if err != nil {
		return err
	}
	n, err := c.add(now)
	if err != nil || !news.Changes(told, now) {
		return err
	}
	told.Story = news.Story{}
	c.enqueue(`told (story, record)`, n, c.deflateLong(marshal(told)))
	return nil
}

// told is what was found in a story.
func (c *change) told(id []byte) (f news.Facts, err error) {
	if err := c.flush(); err != nil {
		return f, err
	}
	var n int64
	var columns storyColumns
	if err := c.scan(`SELECT s.n, `+storyList+` FROM story s WHERE s.id = ?`, []any{id}, append([]any{&n}, columns.into()...)...); err != nil {
		return f, err
	}
	story, err := c.readStory(columns)
	if err != nil {
		return f, err
	}
	kept, err := found(c, scanned(c.scanTold), `SELECT record FROM told WHERE story = ?`, n)
	switch {
	case err != nil:
		return f, err
	case len(kept) > 0:
		f = kept[0]
	default:
		f, err = c.facts(n)
	}
	f.Story = story
	return f, err
}

// scanTold reads what was found in a story, without the story.
func (p *packer) scanTold(scan scanner) (f news.Facts, err error) {
	var packed []byte
	if err = scan(&packed); err != nil {
		return f, err
	}
	return p.readFacts(packed)
}
