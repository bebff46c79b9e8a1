package sqlite

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"reflect"
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
		readers, err := c.readers(facts)
		if err != nil {
			return err
		}
		var come []news.Facts
		var gone []news.ID
		for _, f := range facts {
			reader, there := readers[f.Story.ID]
			switch {
			case there && reader == f.Story.Reader:
				r.Unchanged++
				continue
			case there:
				r.Replaced++
				gone = append(gone, f.Story.ID)
			default:
				r.Added++
				if !f.Loaded.IsZero() {
					c.came[f.Story.ID] = came{loaded: f.Loaded.Unix()}
				}
			}
			come = append(come, f)
		}
		if err := c.exchange(come, gone, nil); err != nil {
			return err
		}
		if err := c.settle(); err != nil {
			return err
		}
		r.Entities, r.Events, r.Copies = c.newEntities, c.newEvents, c.copied.more
		return nil
	})
	if err != nil {
		return store.PutResult{}, fmt.Errorf("sqlite: put: %w", err)
	}
	return r, nil
}

// readers are the readers of those stories that are there.
func (c *change) readers(facts []news.Facts) (map[news.ID]string, error) {
	ids := make([]news.ID, len(facts))
	for i, f := range facts {
		if _, err := hash("story", f.Story.ID); err != nil {
			return nil, err
		}
		ids[i] = f.Story.ID
	}
	all := map[news.ID]string{}
	_, err := found(c, func(rs *sql.Rows) (none struct{}, err error) {
		var id []byte
		var reader string
		err = rs.Scan(&id, &reader)
		all[unhash("story", id)] = reader
		return none, err
	}, `WITH asked AS (SELECT unhex(value) AS id FROM json_each(?1))
		SELECT id, reader FROM asked CROSS JOIN story USING (id) UNION ALL SELECT id, reader FROM asked CROSS JOIN superseded USING (id)`, hashes("story", ids))
	return all, err
}

// expect asks at once for the numbers of all entities and texts of stories that come: none is 0.
func (c *change) expect(come []news.Facts) error {
	var ids []news.ID
	var texts []string
	for _, f := range come {
		for _, e := range f.Entities {
			if _, ok := c.numbers[e.ID]; !ok {
				c.numbers[e.ID] = 0
				ids = append(ids, e.ID)
			}
		}
		if _, ok := c.copied.known[f.Story.TextHash]; !ok {
			c.copied.known[f.Story.TextHash] = 0
			texts = append(texts, f.Story.TextHash)
		}
	}
	slices.Sort(ids)
	slices.Sort(texts)
	if _, err := found(c, func(rs *sql.Rows) (none struct{}, err error) {
		var id news.ID
		var n int64
		err = rs.Scan(&id, &n)
		c.numbers[id] = n
		return none, err
	}, `SELECT e.id, e.n FROM json_each(?) i CROSS JOIN entity e ON e.id = i.value`, list(ids)); err != nil {
		return err
	}
	_, err := found(c, func(rs *sql.Rows) (none struct{}, err error) {
		var hash string
		var n int64
		err = rs.Scan(&hash, &n)
		c.copied.known[hash] = n
		return none, err
	}, `SELECT t.hash, t.n FROM json_each(?) i CROSS JOIN text t ON t.hash = i.value`, list(texts))
	return err
}

// Remove takes stories away in one transaction.
func (s *Store) Remove(ctx context.Context, stories []news.ID) (int, error) {
	n := 0
	err := s.write(ctx, func(c *change) error {
		there, err := rows(ctx, c.tx, func(rs *sql.Rows) (news.ID, error) {
			var id []byte
			err := rs.Scan(&id)
			return unhash("story", id), err
		}, `WITH asked AS (SELECT unhex(value) AS id FROM json_each(?1)) SELECT id FROM story WHERE id IN asked UNION ALL SELECT id FROM superseded WHERE id IN asked`, hashes("story", stories))
		if err != nil {
			return err
		}
		n = len(there)
		if err := c.exchange(nil, there, nil); err != nil {
			return err
		}
		return c.settle()
	})
	if err != nil {
		return 0, fmt.Errorf("sqlite: remove: %w", err)
	}
	return n, nil
}

// change is one write transaction: rows of stories come and go, and what is derived from them is settled at its end.
type change struct {
	*packer
	kept                   *prepared // statements of the writers' connection, if the transaction is one of theirs
	ctx                    context.Context
	quiet                  context.Context // of statements, which are short: whether ctx is done is asked before each
	tx                     *sql.Tx
	statements             map[string]*sql.Stmt
	queues                 map[string]*queue    // by their statements
	words                  map[string][]words   // that wait for the end, by the statements that index them
	last                   map[string]int64     // numbers of the last rows of tables whose rows wait
	keys                   map[int64]*around    // of reports that came or went
	gone                   map[news.ID]bool     // reports that went
	entities               map[news.ID]*touched // of stories that came or went
	numbers                map[news.ID]int64    // of entities, 0 of one that is known not to be there
	relations              map[pair]*related
	longest                int64 // event of the store
	deeds                  map[deed]int64
	forms                  map[string]int64 // of mentions: most are alike
	noted                  noted
	turns                  int64            // that were given out, 0 before the first is
	came                   map[news.ID]came // when stories that went had come
	left                   map[news.ID]bool // stories that went
	log                    *news.Log        // of corrections, once it is asked for
	newEntities, newEvents int
	named                  bool // names were written
	copied
}

// touched is what a change does to an entity.
type touched struct {
	said     []news.Entity // by the stories that came, most wordings once
	saidAs   []int64       // its number
	less     bool          // a story went
	stories  int           // that mention it, more than before
	wordings map[int64]*wording
}

// wording is one wording of an entity, with how many more stories say it.
type wording struct {
	more   int
	record []byte
}

// write runs a change in a transaction. A file that cannot be written is store.ErrUnavailable: what was committed before is sound.
func (s *Store) write(ctx context.Context, do func(*change) error) error {
	return s.explained(s.transact(ctx, do))
}

func (s *Store) transact(ctx context.Context, do func(*change) error) error {
	if err := s.Writable(); err != nil {
		return err
	}
	s.writing.keepWanted(ctx)
	tx, err := s.writes.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("%w: %w", store.ErrUnavailable, err)
	}
	defer tx.Rollback()
	// A newer program may have brought the file up to its layout since this one opened it, or somebody removed it: what is written would be lost.
	if err := s.current(ctx, tx); err != nil {
		return err
	}
	c, err := s.changing(ctx, tx)
	if err != nil {
		return err
	}
	c.kept = s.writing
	if err := cmp.Or(do(c), ctx.Err()); err != nil {
		return cmp.Or(ctx.Err(), err)
	}
	s.wrote.Store(true) // before, since what fails late may be in
	if err := tx.Commit(); err != nil {
		return err
	}
	if c.named {
		s.named.Store(true)
	}
	return nil
}

// changing begins a change.
func (s *Store) changing(ctx context.Context, tx *sql.Tx) (*change, error) {
	c := &change{
		packer: &s.packer, ctx: ctx, quiet: context.WithoutCancel(ctx), tx: tx, statements: map[string]*sql.Stmt{}, queues: map[string]*queue{}, words: map[string][]words{}, last: map[string]int64{}, keys: map[int64]*around{}, gone: map[news.ID]bool{}, entities: map[news.ID]*touched{},
		numbers: map[news.ID]int64{}, relations: map[pair]*related{}, deeds: map[deed]int64{}, forms: map[string]int64{}, came: map[news.ID]came{}, left: map[news.ID]bool{},
		copied: copied{stories: map[int64]int{}, known: map[string]int64{}, fresh: map[string]int64{}, sketches: map[int64]news.Sketch{}, moved: map[int64]bool{}, group: map[int64]int64{}},
	}
	return c, c.scan(`SELECT longest FROM bound`, nil, &c.longest)
}

func (c *change) exec(query string, args ...any) error {
	_, err := c.run(query, args...)
	return err
}

// run runs a statement.
func (c *change) run(query string, args ...any) (sql.Result, error) {
	st, err := c.prepared(query) //nolint:sqlclosecheck // its transaction closes it
	if err != nil {
		return nil, err
	}
	return st.ExecContext(c.quiet, args...)
}

// scan reads the one row of a query.
func (c *change) scan(query string, args []any, into ...any) error {
	st, err := c.prepared(query) //nolint:sqlclosecheck // its transaction closes it
	if err != nil {
		return err
	}
	return st.QueryRowContext(c.quiet, args...).Scan(into...)
}

// found collects the rows of a query.
func found[T any](c *change, scan func(*sql.Rows) (T, error), query string, args ...any) ([]T, error) {
	st, err := c.prepared(query)
	if err != nil {
		return nil, err
	}
	return rows(c.quiet, statement{st}, scan, "", args...)
}

// statement asks what it was prepared for.
type statement struct{ *sql.Stmt }

func (s statement) QueryContext(ctx context.Context, _ string, args ...any) (*sql.Rows, error) {
	return s.Stmt.QueryContext(ctx, args...)
}

// prepared is a statement of the transaction, which closes it.
func (c *change) prepared(query string) (*sql.Stmt, error) {
	if err := c.ctx.Err(); err != nil {
		return nil, err
	}
	st := c.statements[query]
	if st == nil {
		var err error
		var kept *sql.Stmt
		if c.kept != nil {
			kept = c.kept.again(query)
		}
		if kept != nil {
			st = c.tx.StmtContext(c.quiet, kept)
		} else if st, err = c.tx.PrepareContext(c.quiet, query); err != nil {
			return nil, err
		}
		c.statements[query] = st
	}
	return st, nil
}

// insert inserts a row, and returns its number.
func (c *change) insert(query string, args ...any) (int64, error) {
	result, err := c.run(query, args...)
	if err != nil {
		return 0, err
	}
	return result.LastInsertId()
}

func marshal(v any) []byte {
	data, err := json.Marshal(v)
	if err != nil {
		panic(err) // plain structs of the domain
	}
	return data
}

// digest is a number for a text that is as good as the text itself.
func digest(text []byte) int64 {
	sum := sha256.Sum256(text)
	return int64(binary.BigEndian.Uint64(sum[:8])) //nolint:gosec // any 64 bits will do
}

// keyOf is the number of the key of a report, of 32 bits. Should two keys have one number, their reports are merged in one call, which parts them.
func keyOf(r news.Report) int64 { return int64(int32(digest([]byte(r.Key())))) } //nolint:gosec // half of the bits will do

func (c *change) around(key int64) *around {
	if c.keys[key] == nil {
		c.keys[key] = &around{events: map[string]bool{}}
	}
	return c.keys[key]
}

func (c *change) touch(id news.ID) *touched {
	if c.entities[id] == nil {
		c.entities[id] = &touched{wordings: map[int64]*wording{}}
	}
	return c.entities[id]
}

// say notes that one more story says so of an entity, and returns the number of the wording. Most stories say the same: it is written once.
func (t *touched) say(e news.Entity) int64 {
	const few = 4
	for i := len(t.said) - 1; i >= max(0, len(t.said)-few); i-- {
		if reflect.DeepEqual(t.said[i], e) {
			t.word(t.saidAs[i], 1, nil)
			return t.saidAs[i]
		}
	}
	record := marshal(e)
	number := digest(record)
	t.word(number, 1, record)
	t.said, t.saidAs = append(t.said, e), append(t.saidAs, number)
	return number
}

func (t *touched) word(hash int64, more int, record []byte) {
	w := t.wordings[hash]
	if w == nil {
		w = &wording{}
		t.wordings[hash] = w
	}
	w.more += more
	if record != nil {
		w.record = record
	}
}

// number is the number of an entity. One that is new gets a row without a record, which is filled when the change is settled.
func (c *change) number(id news.ID) (int64, error) {
	n, asked := c.numbers[id]
	if n != 0 {
		return n, nil
	}
	err := sql.ErrNoRows
	if !asked {
		err = c.scan(`SELECT n FROM entity WHERE id = ?`, []any{id}, &n)
	}
	if errors.Is(err, sql.ErrNoRows) {
		n, err = c.insert(`INSERT INTO entity (id, kind, wikidata, iso2, iso3, country, sector, stories, record) VALUES (?, '', '', '', '', '', '', 0, x'')`, id)
		c.noted.entity(n)
	}
	if err == nil {
		c.numbers[id] = n
	}
	return n, err
}

// take removes a story's own rows, and remembers what they support.
func (c *change) take(id []byte) error {
	if err := c.flush(); err != nil {
		return err
	}
	var n, text int64
	var at came
	if err := c.scan(`SELECT n, loaded, turn, text FROM story WHERE id = ?`, []any{id}, &n, &at.loaded, &at.turn, &text); err != nil {
		return err
	}
	c.noted.story(n)
	c.came[unhash("story", id)] = at
	c.copied.stories[text]--
	if _, err := found(c, func(rs *sql.Rows) (none struct{}, err error) {
		var key int64
		var id []byte
		var t there
		if err = rs.Scan(&key, &id, &t.since, &t.until, &t.text, &t.event); err == nil {
			a := c.around(key)
			a.extents, a.events[t.event] = append(a.extents, t.extent), true
			c.gone[unhash("report", id)] = true
		}
		return none, err
	}, `SELECT key, id, since, until, text, event FROM report WHERE story = ?`, n); err != nil {
		return err
	}
	_, err := found(c, func(rs *sql.Rows) (none struct{}, err error) {
		var entity news.ID
		var mentioned int
		var wording int64
		err = rs.Scan(&entity, &mentioned, &wording)
		t := c.touch(entity)
		t.less = true
		t.stories -= mentioned
		t.word(wording, -1, nil)
		return none, err
	}, `SELECT e.id, x.mentioned, x.wording FROM contribution x JOIN entity e ON e.n = x.entity WHERE x.story = ?`, n)
	if err != nil {
		return err
	}
	for _, q := range append(unstate,
		`DELETE FROM speaker WHERE report IN (SELECT n FROM report WHERE story = ?)`, `DELETE FROM about WHERE report IN (SELECT n FROM report WHERE story = ?)`,
		`DELETE FROM report_words WHERE rowid IN (SELECT n FROM report WHERE story = ?)`, `DELETE FROM report WHERE story = ?`,
		`DELETE FROM contribution WHERE story = ?`, `DELETE FROM mention WHERE story = ?`, `DELETE FROM quotation WHERE story = ?`,
		`DELETE FROM side WHERE position IN (SELECT n FROM position WHERE story = ?)`, `DELETE FROM position WHERE story = ?`,
		`DELETE FROM told WHERE story = ?`, `DELETE FROM story_words WHERE rowid = ?`, `DELETE FROM story WHERE n = ?`,
	) {
		if err := c.exec(q, n); err != nil {
			return err
		}
	}
	return nil
}

// add inserts a story's rows, and returns its number.
func (c *change) add(f news.Facts) (int64, error) {
	id, err := hash("story", f.Story.ID)
	if err != nil {
		return 0, err
	}
	days, _, err := news.ParseDate(f.Story.Published)
	if err != nil {
		days = news.Interval{}
	}
	published := dayOf(days.From)
	piece, page := addressOf(f.Story)
	text, err := c.text(f.Story, f.Sketch)
	if err != nil {
		return 0, err
	}
	c.copied.stories[text]++
	at, err := c.comes(f.Story.ID)
	if err != nil {
		return 0, err
	}
	n, err := c.next("story")
	if err != nil {
		return 0, err
	}
	c.noted.story(n)
	c.enqueue(`story (n, id, published, until, publisher, reader, text, texthash, piece, page, known, loaded, turn, record, body)`,
		n, id, published, dayOf(days.To), news.Fold(f.Story.Publisher), f.Story.Reader, text, f.Story.TextHash, piece, page, store.KnownAt(f.Story), at.loaded, at.turn, c.packedStory(f.Story), c.packText(f.Story.Text))
	c.index(storyWords, n, folded(f.Story.Headline)+" "+folded(f.Story.Text))
	mentioned := map[news.ID]bool{}
	for _, m := range f.Mentions {
		mentioned[m.Entity] = true
		if err := c.mention(m, n, id, published); err != nil {
			return 0, err
		}
	}
	for _, e := range f.Entities {
		t := c.touch(e.ID)
		if mentioned[e.ID] {
			t.stories++
		}
		entity, err := c.number(e.ID)
		if err != nil {
			return 0, err
		}
		c.enqueue(`contribution (story, entity, mentioned, wording)`, n, entity, mentioned[e.ID], t.say(e))
	}
	for _, q := range f.Quotations {
		hash, err := hash("quotation", q.ID)
		if err != nil {
			return 0, err
		}
		if err := c.exec(`INSERT INTO quotation (id, story, start, stop, record) VALUES (?, ?, ?, ?, ?)`,
			hash, n, q.Span.Start, q.Span.End, c.packedQuotation(q)); err != nil {
			return 0, err
		}
	}
	for _, p := range f.Positions {
		if err := c.position(p, n, id, published); err != nil {
			return 0, err
		}
	}
	if err := c.state(f, n, id, published); err != nil {
		return 0, err
	}
	for _, r := range f.Reports {
		hash, err := hash("report", r.ID)
		if err != nil {
			return 0, err
		}
		key := keyOf(r)
		around := c.around(key)
		around.extents = append(around.extents, extentOf(r))
		around.come = append(around.come, coming{r, hash, n, text, published, c.packedReport(r, f.Story), folded(r.Sentence)})
	}
	return n, nil
}

func (c *change) mention(m news.Mention, story int64, told []byte, published int64) error {
	id, err := hash("mention", m.ID)
	if err != nil {
		return err
	}
	entity, err := c.number(m.Entity)
	if err != nil {
		return err
	}
	alike := string(m.Form) + "\x00" + m.Why
	form, ok := c.forms[alike]
	if !ok {
		if form, err = c.form(c.packedMention(m)); err != nil {
			return err
		}
		c.forms[alike] = form
	}
	s := m.Span
	c.enqueue(`mention (story, start, stop, before, less, entity, published, told, id, form)`,
		story, s.Start, s.End, s.Start-s.RuneStart, (s.End-s.Start)-(s.RuneEnd-s.RuneStart), entity, published, told, id, form)
	return nil
}

// form is the number of a mention's record.
func (c *change) form(record []byte) (n int64, err error) {
	err = c.scan(`SELECT n FROM form WHERE record = ?`, []any{record}, &n)
	if errors.Is(err, sql.ErrNoRows) {
		n, err = c.insert(`INSERT INTO form (record) VALUES (?)`, record)
	}
	return n, err
}

func (c *change) position(p news.Position, story int64, told []byte, published int64) error {
	id, err := hash("position", p.ID)
	if err != nil {
		return err
	}
	days := p.Days()
	n, err := c.insert(`INSERT INTO position (id, story, begins, ends, record) VALUES (?, ?, ?, ?, ?)`, id, story, dayOf(days.From), dayOf(days.To), c.packedPosition(p))
	if err != nil {
		return err
	}
	sides := []news.ID{p.Person}
	if p.Body != "" && p.Body != p.Person {
		sides = append(sides, p.Body)
	}
	for _, side := range sides {
		entity, err := c.number(side)
		if err != nil {
			return err
		}
		if err := c.exec(`INSERT INTO side (entity, published, told, start, stop, id, position) VALUES (?, ?, ?, ?, ?, ?, ?)`,
			entity, published, told, p.Span.Start, p.Span.End, id, n); err != nil {
			return err
		}
	}
	return nil
}

// settle groups the copies, and makes the events of the touched keys, the relations of these events and the records of the touched entities anew. Entities go
// last: what names them goes before them.
func (c *change) settle() error {
	if err := c.flushRows(); err != nil {
		return err
	}
	if err := c.regroup(); err != nil {
		return err
	}
	if err := c.reported(); err != nil {
		return err
	}
	// An event goes from all keys before it comes under any: what is read otherwise may have another key, and the same id.
	var come []func() error
	for _, key := range slices.Sorted(maps.Keys(c.keys)) {
		write, err := c.merge(key, *c.keys[key])
		if err != nil {
			return err
		}
		come = append(come, write)
	}
	for _, write := range come {
		if err := write(); err != nil {
			return err
		}
	}
	if err := c.flushRows(); err != nil {
		return err
	}
	if err := c.settleRelations(); err != nil {
		return err
	}
	for _, id := range slices.Sorted(maps.Keys(c.entities)) {
		if err := c.entity(id, *c.entities[id]); err != nil {
			return fmt.Errorf("entity %s: %w", id, err)
		}
	}
	if err := c.flush(); err != nil {
		return err
	}
	if c.turns > 0 {
		if err := c.exec(`UPDATE bound SET turns = ?`, c.turns); err != nil {
			return err
		}
	}
	return c.note()
}

// reported notes which of the touched keys have reports in the file.
func (c *change) reported() error {
	keys, err := found(c, number, `SELECT value FROM json_each(?) WHERE EXISTS (SELECT 1 FROM report INDEXED BY report_key WHERE key = value)`,
		string(marshal(slices.Sorted(maps.Keys(c.keys)))))
	for _, key := range keys {
		c.keys[key].reported = true
	}
	return err
}

// where is where a report stands in the file, or, if it is new, what it will stand there with.
type where struct {
	n         int64
	event     string
	rank      int
	published int64
	text      int64
	come      *coming
}

// former is an event as it was.
type former struct {
	placed
	event  news.Event
	record []byte
}

// merge makes the events of a key anew around what came and went, and takes away those that are no more or differ. What it returns writes those
// that are new or differ.
func (c *change) merge(key int64, a around) (write func() error, err error) {
	was := map[news.ID]where{}
	var reports []news.Report
	for i, come := range a.come {
		was[come.report.ID] = where{published: come.published, text: come.text, come: &a.come[i]}
		reports = append(reports, come.report)
	}
	there, old, err := c.touched(key, a, was)
	if err != nil {
		return nil, err
	}
	events := news.Merge(append(reports, there...))
	c.newEvents += len(events) - len(old)
	places, packed := make([]placed, len(events)), make([][]byte, len(events))
	stays := map[news.ID]bool{}
	for i, e := range events {
		published := int64(never)
		for _, r := range e.Reports {
			published = max(published, was[r].published)
		}
		if e.Texts, err = c.independent(e, was); err != nil {
			return nil, err
		}
		events[i] = e
		places[i], packed[i] = place(e, published), c.packedEvent(e)
		if f, ok := old[e.ID]; ok {
			stays[e.ID] = f.placed == places[i] && bytes.Equal(f.record, packed[i])
		}
	}
	for _, id := range slices.Sorted(maps.Keys(old)) {
		if f := old[id]; !stays[id] {
			if err := c.event(f.event, f.placed, nil); err != nil {
				return nil, fmt.Errorf("event %s: %w", id, err)
			}
		}
	}
	return func() error { return c.events(key, events, places, packed, stays, was) }, nil
}

// events writes the events of a key, save those that stay as they are, and where reports stand in them.
func (c *change) events(key int64, events []news.Event, places []placed, packed [][]byte, stays map[news.ID]bool, was map[news.ID]where) error {
	for i, e := range events {
		if !stays[e.ID] {
			if err := c.event(e, places[i], packed[i]); err != nil {
				return fmt.Errorf("event %s: %w", e.ID, err)
			}
		}
		event, err := hash("event", e.ID)
		if err != nil {
			return err
		}
		for rank, r := range e.Reports {
			if err := c.report(key, was[r], event, rank); err != nil {
				return fmt.Errorf("%s: %w", r, err)
			}
		}
	}
	return nil
}

// touched reads the reports around what comes and goes, and the events that hold or held them, all of whose reports are among them.
func (c *change) touched(key int64, a around, was map[news.ID]where) (reports []news.Report, old map[news.ID]former, err error) {
	old = map[news.ID]former{}
	rows, asked := map[int64]bool{}, map[string]bool{}
	for from := a.extents; len(from) > 0; {
		var near map[int64]there
		if a.reported {
			if near, err = c.connected(key, from); err != nil {
				return nil, nil, err
			}
		}
		var ns []int64
		for n, t := range near {
			if !rows[n] {
				rows[n] = true
				ns = append(ns, n)
				a.events[t.event] = true
			}
		}
		some, err := c.reports(ns, was)
		if err != nil {
			return nil, nil, err
		}
		reports = append(reports, some...)
		from = nil
		for _, event := range slices.Sorted(maps.Keys(a.events)) {
			if asked[event] {
				continue
			}
			asked[event] = true
			f, err := c.former([]byte(event))
			if err != nil {
				return nil, nil, err
			}
			old[f.event.ID] = f
			// Should an event hold a report that nothing touches, then its surroundings are read too: no event is ever torn.
			for _, r := range f.event.Reports {
				if _, ok := was[r]; ok || c.gone[r] {
					continue
				}
				e, err := c.extent(r)
				if err != nil {
					return nil, nil, err
				}
				from = append(from, e)
			}
		}
	}
	return reports, old, nil
}

func (c *change) extent(report news.ID) (e extent, err error) {
	id, err := hash("report", report)
	if err == nil {
		err = c.scan(`SELECT since, until, text FROM report WHERE id = ?`, []any{id}, &e.since, &e.until, &e.text)
	}
	return e, err
}

func (c *change) former(id []byte) (f former, err error) {
	if err = c.scan(`SELECT at, length, marks, record FROM event WHERE id = ?`, []any{id}, &f.at, &f.length, &f.marks, &f.record); err == nil {
		f.event, err = c.readEvent(id, f.record)
	}
	return f, err
}

// reports reads reports by their rows.
func (c *change) reports(ns []int64, was map[news.ID]where) ([]news.Report, error) {
	if len(ns) == 0 {
		return nil, nil
	}
	return found(c, func(rs *sql.Rows) (news.Report, error) {
		var w where
		var columns reportColumns
		if err := rs.Scan(append(columns.into(), &w.n, &w.event, &w.rank, &w.published, &w.text)...); err != nil {
			return news.Report{}, err
		}
		r, err := c.readReport(columns)
		was[r.ID] = w
		return r, err
	}, `SELECT r.id, s.id, s.texthash, r.record, x'', r.n, r.event, r.rank, s.published, s.text FROM json_each(?) i CROSS JOIN report r ON r.n = i.value CROSS JOIN story s ON s.n = r.story`,
		string(marshal(ns)))
}

// report writes the place of a report in an event, and the report itself if it is new.
func (c *change) report(key int64, w where, event []byte, rank int) error {
	if w.come == nil {
		if w.event == string(event) && w.rank == rank {
			return nil
		}
		return c.exec(`UPDATE report SET event = ?, rank = ? WHERE n = ?`, event, rank, w.n)
	}
	r := w.come
	e := extentOf(r.report)
	c.noted.event(event) // which may be as it was, while the row is another
	n, err := c.next("report")
	if err != nil {
		return err
	}
	c.enqueue(`report (n, id, story, key, since, until, text, event, rank, start, stop, record)`,
		n, r.id, r.story, key, e.since, e.until, e.text, event, rank, r.report.Trigger.Start, r.report.Trigger.End, r.packed)
	for _, by := range set(r.report.SaidBy) {
		speaker, err := c.number(by)
		if err != nil {
			return err
		}
		c.enqueue(`speaker (entity, report)`, speaker, n)
	}
	if err := c.about(n, r.report); err != nil {
		return err
	}
	c.index(reportWords, n, r.words)
	return nil
}

// next is the number of a row that is new, which may wait.
func (c *change) next(table string) (int64, error) {
	n, ok := c.last[table]
	if !ok {
		if err := c.scan(`SELECT coalesce(MAX(n), 0) FROM `+table, nil, &n); err != nil {
			return 0, err
		}
	}
	c.last[table] = n + 1
	return n + 1, nil
}

func (c *change) entity(id news.ID, t touched) error {
	n, err := c.number(id)
	if err != nil {
		return err
	}
	// The record is the join of the wordings: it stays as long as they do.
	stays := !t.less
	for _, hash := range slices.Sorted(maps.Keys(t.wordings)) {
		w := t.wordings[hash]
		result, err := c.run(`UPDATE wording SET stories = stories + ? WHERE entity = ? AND hash = ?`, w.more, n, hash)
		if err != nil {
			return err
		}
		there, err := result.RowsAffected()
		if err != nil {
			return err
		}
		if there > 0 {
			continue
		}
		stays = false
		if err := c.exec(`INSERT INTO wording (entity, hash, stories, record) VALUES (?, ?, ?, ?)`, n, hash, w.more, c.deflate(w.record)); err != nil {
			return err
		}
	}
	if stays {
		if t.stories == 0 {
			return nil
		}
		return c.exec(`UPDATE entity SET stories = stories + ? WHERE n = ?`, t.stories, n)
	}
	var was []byte
	var stories int
	if err := c.scan(`SELECT record, stories FROM entity WHERE n = ?`, []any{n}, &was, &stories); err != nil {
		return err
	}
	said := t.said
	switch {
	case t.less:
		if err := c.exec(`DELETE FROM wording WHERE entity = ? AND stories = 0`, n); err != nil {
			return err
		}
		if said, err = found(c, func(rs *sql.Rows) (e news.Entity, err error) {
			var packed []byte
			if err = rs.Scan(&packed); err == nil {
				err = c.unpack(packed, &e)
			}
			return e, err
		}, `SELECT record FROM wording WHERE entity = ?`, n); err != nil {
			return err
		}
	case len(was) > 0:
		var e news.Entity
		if err := c.unpack(was, &e); err != nil {
			return err
		}
		said = append(said, e)
	}
	if len(said) == 0 {
		c.noted.entity(n)
		for _, q := range []string{forgetWords, forgetNames, `DELETE FROM entity WHERE n = ?`} {
			if err := c.exec(q, n); err != nil {
				return err
			}
		}
		return nil
	}
	e := said[0]
	for _, o := range said[1:] {
		e = news.JoinEntities(e, o)
	}
	stories += t.stories
	now := c.pack(e)
	if bytes.Equal(now, was) {
		if t.stories == 0 {
			return nil
		}
		return c.exec(`UPDATE entity SET stories = ? WHERE n = ?`, stories, n)
	}
	if len(was) == 0 {
		c.newEntities++
	}
	c.noted.entity(n)
	if err := c.exec(`UPDATE entity SET kind = ?, wikidata = ?, iso2 = ?, iso3 = ?, country = ?, sector = ?, stories = ?, record = ? WHERE n = ?`,
		e.Kind, e.Wikidata, strings.ToUpper(e.ISO2), strings.ToUpper(e.ISO3), e.Country, e.Sector, stories, now, n); err != nil {
		return err
	}
	return c.names(n, e, len(was) == 0)
}

const (
	forgetWords = `DELETE FROM name_words WHERE rowid IN (SELECT n FROM name WHERE entity = ?)`
	forgetNames = `DELETE FROM name WHERE entity = ?`
)

// spelled is what is indexed of a name: its words, and the keys by which near ones are found.
func spelled(name string) string {
	return strings.Join(append(store.NameWords(name), store.NameKeys(name)...), " ")
}

// known is the migration from which on stories and superseded versions have when they could be read.
const known = 15

// knowOld gives the stories of an older file when they could be read.
func (c *change) knowOld() error {
	for _, table := range []string{"story", "superseded"} {
		for after := []byte{}; ; {
			const some = 1000
			type old struct {
				id    []byte
				story news.Story
			}
			all, err := found(c, func(rs *sql.Rows) (o old, err error) {
				var columns storyColumns
				if err = rs.Scan(columns.into()...); err == nil {
					o.id = columns.id
					o.story, err = c.packer.readStory(columns)
				}
				return o, err
			}, `SELECT `+storyList+` FROM `+table+` s WHERE s.id > ? ORDER BY s.id LIMIT ?`, after, some)
			if err != nil {
				return err
			}
			if len(all) == 0 {
				break
			}
			for _, o := range all {
				if err := c.exec(`UPDATE `+table+` SET known = ? WHERE id = ?`, store.KnownAt(o.story), o.id); err != nil {
					return err
				}
				after = o.id
			}
			if err := c.flush(); err != nil {
				return err
			}
		}
	}
	return nil
}

// spelling is the migration from which on name_words has the keys of near words.
const spelling = 14

// spellOld fills name_words of a file that had no keys.
func (c *change) spellOld() error {
	type old struct {
		n    int64
		name string
	}
	for after := int64(0); ; {
		const some = 5000
		all, err := found(c, func(rs *sql.Rows) (o old, err error) {
			err = rs.Scan(&o.n, &o.name)
			return o, err
		}, `SELECT n, folded FROM name WHERE n > ? ORDER BY n LIMIT ?`, after, some)
		if err != nil || len(all) == 0 {
			return err
		}
		for _, o := range all {
			c.index(nameWords, o.n, spelled(o.name))
			after = o.n
		}
		if err := c.flush(); err != nil {
			return err
		}
	}
}

// What inserts the words of a row into a full-text index.
const (
	nameWords   = `INSERT INTO name_words (rowid, words) VALUES (?, ?)`
	storyWords  = `INSERT INTO story_words (rowid, words) VALUES (?, ?)`
	reportWords = `INSERT INTO report_words (rowid, words) VALUES (?, ?)`
)

// names writes the names of an entity, which has some already unless it is new.
func (c *change) names(entity int64, e news.Entity, isNew bool) error {
	c.named = true
	if !isNew {
		for _, q := range []string{forgetWords, forgetNames} {
			if err := c.exec(q, entity); err != nil {
				return err
			}
		}
	}
	seen := map[string]bool{}
	for _, n := range append([]string{e.Name}, e.Aliases...) {
		name := news.Fold(n)
		if seen[name] {
			continue
		}
		seen[name] = true
		row, err := c.insert(`INSERT INTO name (entity, folded, words) VALUES (?, ?, ?)`, entity, name, strings.Join(store.SearchWords(n), " "))
		if err != nil {
			return err
		}
		c.index(nameWords, row, spelled(n))
	}
	return nil
}
