package sqlite

import (
	"context"
	"database/sql"
	"fmt"

	"newsgraph/news"
	"newsgraph/store"
)

// The lists of the table spoken.
const (
	saidAtAll = iota
	saidAbout
	saidTo
)

// StatementsOf lists what each entity says.
func (s *Store) StatementsOf(ctx context.Context, speakers []news.ID, q store.StatementQuery) ([]store.Page[news.Statement], error) {
	l := listing[news.Statement]{
		kind: "statements of", table: "spoken i", id: "(i.speaker, i.list, i.entity, i.published, i.told, i.start, i.stop)",
		item: "i.told, (SELECT record FROM statement WHERE n = i.statement)", found: "i.speaker, i.list, i.entity, i.published, i.told, i.start, i.stop",
		from: `spoken i`, where: []string{`i.speaker = (SELECT n FROM entity WHERE id = parent.value)`},
		keys: []key{
			{column: "i.published", desc: true, kind: numberKey},
			{column: "i.told", kind: hashKey},
			{column: "i.start", kind: numberKey},
			{column: "i.stop", kind: numberKey},
		},
		reader: func(scan scanner) (said news.Statement, err error) {
			var story, record []byte
			if err = scan(&story, &record); err == nil {
				err = s.packer.unpack(record, &said)
			}
			said.Story = unhash("story", story)
			return said, err
		},
	}
	if err := q.Check(); err != nil {
		return nil, fmt.Errorf("sqlite: list %s: %w", l.kind, err)
	}
	const number = `(SELECT n FROM entity WHERE id = ?)`
	switch {
	case q.About != "":
		l.and(`i.list = ? AND i.entity = `+number, saidAbout, string(q.About))
		if q.To != "" {
			l.and(`EXISTS (SELECT 1 FROM spoken o WHERE o.speaker = i.speaker AND o.list = ? AND o.entity = `+number+`
				AND o.published = i.published AND o.told = i.told AND o.start = i.start AND o.stop = i.stop)`, saidTo, string(q.To))
		}
	case q.To != "":
		l.and(`i.list = ? AND i.entity = `+number, saidTo, string(q.To))
	default:
		l.and(`i.list = ? AND i.entity = 0`, saidAtAll)
	}
	if q.Published != nil {
		condition, args := overlap(`i.published`, `(SELECT until FROM story WHERE n = (SELECT story FROM statement WHERE n = i.statement))`, *q.Published)
		l.and(condition, args...)
		from, _ := stretch(q.Published.From, "")
		l.and(`i.published >= ?`, from-year)
	}
	return pages(ctx, s, l, texts(speakers), q.Paging)
}

// state adds what is said in a story.
func (c *change) state(f news.Facts, story int64, told []byte, published int64) error {
	for _, said := range f.Statements() {
		speaker, err := c.number(said.Speaker)
		if err != nil {
			return err
		}
		record := said
		record.Story = same
		n, err := c.next("statement")
		if err != nil {
			return err
		}
		c.enqueue(`statement (n, story, speaker, record)`, n, story, speaker, c.pack(record))
		in := func(list int, of news.ID) error {
			var entity int64
			if of != "" {
				if entity, err = c.number(of); err != nil {
					return err
				}
			}
			c.enqueue(`spoken (speaker, list, entity, published, told, start, stop, statement)`,
				speaker, list, entity, published, told, said.Span.Start, said.Span.End, n)
			return nil
		}
		if err := in(saidAtAll, ""); err != nil {
			return err
		}
		for _, topic := range said.Topics {
			if err := in(saidAbout, topic); err != nil {
				return err
			}
		}
		if said.Addressee != "" {
			if err := in(saidTo, said.Addressee); err != nil {
				return err
			}
		}
	}
	return nil
}

// unstate takes away what is said in a story: whoever is spoken of or to is among those whom it contributes to.
var unstate = []string{
	`DELETE FROM spoken WHERE (speaker, list, entity) IN (
		SELECT DISTINCT t.speaker, l.value, x.entity FROM statement t, json_each('[0, 1, 2]') l, (SELECT entity FROM contribution WHERE story = ?1 UNION SELECT 0) x WHERE t.story = ?1)
		AND published = (SELECT published FROM story WHERE n = ?1) AND told = (SELECT id FROM story WHERE n = ?1)`,
	`DELETE FROM statement WHERE story = ?1`,
}

// stating is the migration from which on what is said stands in tables.
const stating = 13

// stateOld fills the tables of a file that had none.
func (c *change) stateOld() error {
	type old struct {
		n, published int64
		id           []byte
	}
	for after := int64(0); ; {
		const some = 500
		all, err := found(c, func(rs *sql.Rows) (o old, err error) {
			err = rs.Scan(&o.n, &o.published, &o.id)
			return o, err
		}, `SELECT n, published, id FROM story WHERE n > ? ORDER BY n LIMIT ?`, after, some)
		if err != nil || len(all) == 0 {
			return err
		}
		for _, o := range all {
			f, err := c.facts(o.n)
			if err == nil {
				err = c.state(f, o.n, o.id, o.published)
			}
			if err != nil {
				return err
			}
			after = o.n
		}
		if err := c.flush(); err != nil {
			return err
		}
	}
}
