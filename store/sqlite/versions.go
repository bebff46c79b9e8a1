package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"newsgraph/news"
	"newsgraph/store"
)

// versioned is the migration from which on stories have piece and page.
const versioned = 6

// addressOf are the hashes of a story's piece and page.
func addressOf(s news.Story) (piece, page int64) {
	if p := s.Piece(); p != "" {
		piece = digest([]byte(p)) | 1
	}
	return piece, pageOf(s.URL)
}

func pageOf(url string) int64 {
	if url == "" {
		return 0
	}
	return digest([]byte(store.PageOf(url))) | 1
}

// came is when a story came: in seconds since 1970, and its turn among all that ever did.
type came struct{ loaded, turn int64 }

// comes is when a story came, if it was there before or its facts say so, or now.
func (c *change) comes(id news.ID) (came, error) {
	at, ok := c.came[id]
	if at.turn != 0 {
		return at, nil
	}
	if !ok {
		at.loaded = time.Now().Unix()
	}
	if c.turns == 0 {
		if err := c.scan(`SELECT turns FROM bound`, nil, &c.turns); err != nil {
			return came{}, err
		}
	}
	c.turns++
	at.turn = c.turns
	c.came[id] = at
	return at, nil
}

// bringVersions fills what a file of an older schema lacks, and takes superseded versions out of its graph.
func (s *Store) bringVersions(ctx context.Context, tx *sql.Tx) error {
	if err := s.address(ctx, tx); err != nil {
		return err
	}
	c, err := s.changing(ctx, tx)
	if err != nil {
		return err
	}
	several, err := rows(ctx, tx, func(rs *sql.Rows) (piece int64, err error) {
		err = rs.Scan(&piece)
		return piece, err
	}, `SELECT piece FROM story WHERE piece <> 0 GROUP BY piece HAVING COUNT(*) > 1`)
	if err != nil {
		return err
	}
	if err := c.exchange(nil, nil, several); err != nil {
		return err
	}
	return c.settle()
}

// address fills piece and page of the stories of a file that had none.
func (s *Store) address(ctx context.Context, tx *sql.Tx) error {
	const some = 500
	for after := int64(0); ; {
		type row struct {
			n int64
			storyColumns
		}
		all, err := rows(ctx, tx, func(rs *sql.Rows) (r row, err error) {
			err = rs.Scan(append([]any{&r.n}, r.into()...)...)
			return r, err
		}, `SELECT s.n, `+storyList+` FROM story s WHERE s.n > ? ORDER BY s.n LIMIT ?`, after, some)
		if err != nil || len(all) == 0 {
			return err
		}
		for _, r := range all {
			story, err := s.packer.readStory(r.storyColumns)
			if err != nil {
				return err
			}
			piece, page := addressOf(story)
			if _, err := tx.ExecContext(ctx, `UPDATE story SET piece = ?, page = ? WHERE n = ?`, piece, page, r.n); err != nil {
				return err
			}
			after = r.n
		}
	}
}

// arrival is a story with when it came, and whether it is superseded.
type arrival struct {
	news.Story
	came
	superseded bool
}

const arrivalList = storyList + `, s.loaded, s.turn`

// arrivals asks both tables for the stories of which a condition on s holds.
func arrivals(where ...string) string {
	var parts []string
	for _, w := range where {
		parts = append(parts, `SELECT `+arrivalList+`, 0 FROM story s WHERE `+w, `SELECT `+arrivalList+`, 1 FROM superseded s WHERE `+w)
	}
	return strings.Join(parts, " UNION ALL ")
}

func (p *packer) scanArrival(rs *sql.Rows) (a arrival, err error) {
	var c storyColumns
	if err = rs.Scan(append(c.into(), &a.loaded, &a.turn, &a.superseded)...); err == nil {
		a.Story, err = p.readStory(c)
	}
	return a, err
}

// exchange has stories go and come, decides which versions are superseded in the pieces of these and in others, and moves those for which that
// has changed.
func (c *change) exchange(come []news.Facts, gone []news.ID, pieces []int64) error {
	going, err := found(c, c.scanArrival, arrivals(`s.id IN (SELECT unhex(value) FROM json_each(?1))`), hashes("story", gone))
	if err != nil {
		return err
	}
	goes := map[news.ID]bool{}
	for _, a := range going {
		goes[a.ID] = true
		piece, _ := addressOf(a.Story)
		pieces = append(pieces, piece)
	}
	groups := map[string][]news.Story{}
	for _, f := range come {
		piece, _ := addressOf(f.Story)
		pieces = append(pieces, piece)
		groups[f.Story.Piece()] = append(groups[f.Story.Piece()], f.Story)
	}
	there, err := found(c, c.scanArrival, arrivals(`s.piece <> 0 AND s.piece IN (SELECT value FROM json_each(?1))`), string(marshal(pieces)))
	if err != nil {
		return err
	}
	for _, a := range there {
		if !goes[a.ID] {
			groups[a.Piece()] = append(groups[a.Piece()], a.Story)
		}
	}
	by := map[news.ID]news.ID{}
	for piece, versions := range groups {
		if piece != "" {
			_, some := news.Superseded(versions)
			maps.Copy(by, some)
		}
	}
	for _, a := range append(going, there...) {
		switch {
		case goes[a.ID]:
			err = c.leave(a)
		case a.superseded == (by[a.ID] != ""):
		default:
			var f news.Facts
			if f, err = c.found(a); err == nil {
				come = append(come, f)
				err = c.leave(a)
			}
		}
		if err != nil {
			return err
		}
	}
	if err := c.expect(come); err != nil {
		return err
	}
	for _, f := range come {
		put := c.addCorrected
		if by[f.Story.ID] != "" {
			put = c.shelve
		}
		if err := put(f); err != nil {
			return fmt.Errorf("story %s: %w", f.Story.ID, err)
		}
	}
	return nil
}

// leave takes a story's rows away, from the graph or from what is superseded.
func (c *change) leave(a arrival) error {
	if c.left[a.ID] {
		return nil
	}
	c.left[a.ID] = true
	id, err := hash("story", a.ID)
	if err != nil {
		return err
	}
	if !a.superseded {
		return c.take(id)
	}
	c.came[a.ID] = a.came
	if err := c.exec(`DELETE FROM superseded WHERE id = ?`, id); err != nil {
		return err
	}
	return c.exec(`UPDATE bound SET superseded = superseded - 1`)
}

// shelve keeps a superseded version as it was read.
func (c *change) shelve(f news.Facts) error {
	id, err := hash("story", f.Story.ID)
	if err != nil {
		return err
	}
	piece, page := addressOf(f.Story)
	at, err := c.comes(f.Story.ID)
	if err != nil {
		return err
	}
	bare := store.SortFacts(f)
	bare.Story = news.Story{}
	if err := c.exec(`UPDATE bound SET superseded = superseded + 1`); err != nil {
		return err
	}
	return c.exec(`INSERT INTO superseded (id, reader, texthash, piece, page, known, loaded, turn, record, body, facts) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		id, f.Story.Reader, f.Story.TextHash, piece, page, store.KnownAt(f.Story), at.loaded, at.turn, c.packedStory(f.Story), c.packText(f.Story.Text), c.deflateLong(marshal(bare)))
}

// scanWhole reads a story with its facts, which were kept whole.
func (s *Store) scanWhole(scan scanner) (f news.Facts, err error) {
	var c storyColumns
	var packed []byte
	if err = scan(append(c.into(), &packed)...); err != nil {
		return f, err
	}
	f, err = s.packer.readWhole(c, packed)
	return store.SortFacts(f), err
}

func (p *packer) readWhole(c storyColumns, packed []byte) (f news.Facts, err error) {
	if f, err = p.readFacts(packed); err == nil {
		f.Story, err = p.readStory(c)
	}
	return f, err
}

// readFacts reads facts that were kept whole, without their story.
func (p *packer) readFacts(packed []byte) (f news.Facts, err error) {
	data, err := p.inflate(packed)
	if err == nil {
		err = json.Unmarshal(data, &f)
	}
	return f, err
}

// found is what a reader found in a story, superseded or not.
func (c *change) found(a arrival) (f news.Facts, err error) {
	id, err := hash("story", a.ID)
	if err != nil {
		return f, err
	}
	if !a.superseded {
		return c.told(id)
	}
	var columns storyColumns
	var packed []byte
	if err := c.scan(`SELECT `+storyList+`, s.facts FROM superseded s WHERE s.id = ?`, []any{id}, append(columns.into(), &packed)...); err != nil {
		return f, err
	}
	return c.readWhole(columns, packed)
}

// facts are all that the tables say of a story but the story itself.
func (c *change) facts(n int64) (f news.Facts, err error) {
	var errs [5]error
	f.Entities, errs[0] = found(c, func(rs *sql.Rows) (e news.Entity, err error) {
		var said []byte
		if err = rs.Scan(&said); err == nil {
			err = c.unpack(said, &e)
		}
		return e, err
	}, `SELECT w.record FROM contribution x JOIN wording w ON w.entity = x.entity AND w.hash = x.wording WHERE x.story = ?`, n)
	f.Mentions, errs[1] = found(c, scanned(scanning((*mentionColumns).into, c.readMention)), `SELECT `+mentionList+` FROM mention m WHERE m.story = ?`, n)
	f.Reports, errs[2] = found(c, scanned(scanning((*reportColumns).into, c.readReport)), `SELECT `+reportList+` FROM report r JOIN story s ON s.n = r.story WHERE r.story = ?`, n)
	f.Quotations, errs[3] = found(c, scanned(scanning((*statedColumns).into, c.readQuotation)), `SELECT q.id, (SELECT id FROM story WHERE n = q.story), q.record FROM quotation q WHERE q.story = ?`, n)
	f.Positions, errs[4] = found(c, scanned(scanning((*statedColumns).into, c.readPosition)), `SELECT p.id, (SELECT id FROM story WHERE n = p.story), p.record FROM position p WHERE p.story = ?`, n)
	return f, errors.Join(errs[:]...)
}

func scanned[T any](read func(scanner) (T, error)) func(*sql.Rows) (T, error) {
	return func(rs *sql.Rows) (T, error) { return read(rs.Scan) }
}

// FactsByID reads what was found in stories.
func (s *Store) FactsByID(ctx context.Context, ids []news.ID) ([]news.Facts, error) {
	all, err := s.factsByID(ctx, ids)
	if err != nil {
		return nil, fmt.Errorf("sqlite: read facts: %w", err)
	}
	return all, nil
}

func (s *Store) factsByID(ctx context.Context, ids []news.ID) ([]news.Facts, error) {
	tx, err := s.reads.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return nil, err
	}
	defer tx.Rollback()
	c, err := s.changing(ctx, tx)
	if err != nil {
		return nil, err
	}
	there, err := found(c, c.scanArrival, arrivals(`s.id IN (SELECT unhex(value) FROM json_each(?1))`), hashes("story", ids))
	if err != nil {
		return nil, err
	}
	at := map[news.ID]arrival{}
	for _, a := range there {
		at[a.ID] = a
	}
	var all []news.Facts
	for _, id := range ids {
		a, ok := at[id]
		if !ok {
			continue
		}
		delete(at, id)
		f, err := c.found(a)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", id, err)
		}
		f.Loaded = moment(a.loaded)
		all = append(all, f)
	}
	return all, nil
}

// FindStories finds stories by where they stand and by their text.
func (s *Store) FindStories(ctx context.Context, urls, texts []string) ([]news.ID, error) {
	pages := make([]int64, len(urls))
	for i, u := range urls {
		pages[i] = pageOf(u)
	}
	all, err := rows(ctx, s.ask, s.packer.scanArrival, arrivals(`s.page <> 0 AND s.page IN (SELECT value FROM json_each(?1))`, `s.texthash IN (SELECT value FROM json_each(?2))`), string(marshal(pages)), list(texts))
	if err != nil {
		return nil, fmt.Errorf("sqlite: find stories: %w", err)
	}
	var ids []news.ID
	for _, k := range all {
		if slices.Contains(texts, k.TextHash) || slices.ContainsFunc(urls, func(u string) bool { return store.Stands(k.URL, u) }) {
			ids = append(ids, k.ID)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids), nil
}

// Versions returns the versions of the pieces of stories.
func (s *Store) Versions(ctx context.Context, ids []news.ID) (map[news.ID][]store.Version, error) {
	const asked = `(SELECT unhex(value) FROM json_each(?1))`
	all, err := rows(ctx, s.ask, s.packer.scanArrival, arrivals(`s.id IN `+asked,
		`s.piece <> 0 AND s.piece IN (SELECT piece FROM story WHERE id IN `+asked+` UNION SELECT piece FROM superseded WHERE id IN `+asked+`)`), hashes("story", ids))
	if err != nil {
		return nil, fmt.Errorf("sqlite: read versions: %w", err)
	}
	return store.VersionsByID(ids, stories(all), loadedOf(all)), nil
}

// Arrivals lists the stories of the graph as they came.
func (s *Store) Arrivals(ctx context.Context, q store.ArrivalQuery) (store.Page[store.Arrival], error) {
	l := listing[store.Arrival]{
		kind: "arrivals", table: "story s", id: "s.n", item: arrivalList, found: "s.n", from: `story s INDEXED BY story_turn`, where: []string{`1`},
		keys: []key{{column: "s.turn", kind: numberKey}},
		reader: func(scan scanner) (a store.Arrival, err error) {
			var c storyColumns
			var at came
			if err = scan(append(c.into(), &at.loaded, &at.turn)...); err == nil {
				a.Story, err = s.packer.readStory(c)
			}
			a.Loaded = moment(at.loaded)
			return a, err
		},
	}
	if !q.Since.IsZero() {
		l.and(`s.loaded >= ?`, q.Since.Unix())
	}
	return page(ctx, s, l, q.Paging)
}

// KnownBy lists the stories that could be read by a time, from an index each for those in the graph and those superseded.
func (s *Store) KnownBy(ctx context.Context, at time.Time, most int) ([]store.Came, bool, error) {
	type row struct {
		store.Came
		turn int64
	}
	limit := -1
	if most > 0 {
		limit = most + 1
	}
	all, err := rows(ctx, s.ask, func(rs *sql.Rows) (r row, err error) {
		var id []byte
		var loaded int64
		err = rs.Scan(&id, &r.Reader, &loaded, &r.turn)
		r.ID, r.Loaded = unhash("story", id), moment(loaded)
		return r, err
	}, knownBy, at.Unix(), limit)
	if err != nil {
		return nil, false, fmt.Errorf("sqlite: read what was known: %w", err)
	}
	if most > 0 && len(all) > most {
		return nil, true, nil
	}
	slices.SortFunc(all, func(a, b row) int { return cmp.Compare(a.turn, b.turn) })
	came := make([]store.Came, len(all))
	for i, r := range all {
		came[i] = r.Came
	}
	return came, false, nil
}

const knownBy = `SELECT * FROM (SELECT id, reader, loaded, turn FROM story INDEXED BY story_known WHERE known <= ?1 LIMIT ?2)
UNION ALL SELECT * FROM (SELECT id, reader, loaded, turn FROM superseded INDEXED BY superseded_known WHERE known <= ?1 LIMIT ?2)`

// Arrived is the cursor of the last turn that was given out.
func (s *Store) Arrived(ctx context.Context) (string, error) {
	turns, err := rows(ctx, s.ask, func(rs *sql.Rows) (n int64, err error) {
		err = rs.Scan(&n)
		return n, err
	}, `SELECT turns FROM bound`)
	if err != nil {
		return "", fmt.Errorf("sqlite: read arrivals: %w", err)
	}
	return store.Cursor("arrivals", strconv.FormatInt(turns[0], 10)), nil
}

// moment is a time in seconds since 1970; 0 is none.
func moment(seconds int64) time.Time {
	if seconds == 0 {
		return time.Time{}
	}
	return time.Unix(seconds, 0).UTC()
}

func stories(all []arrival) []news.Story {
	some := make([]news.Story, len(all))
	for i, k := range all {
		some[i] = k.Story
	}
	return some
}

func loadedOf(all []arrival) map[news.ID]time.Time {
	loaded := map[news.ID]time.Time{}
	for _, k := range all {
		loaded[k.ID] = moment(k.loaded)
	}
	return loaded
}
