package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"iter"
	"math"
	"slices"
	"strconv"
	"strings"

	"newsgraph/news"
	"newsgraph/store"
)

// listing is an ordered list that is paged by its keys: those of the table's rows that are found for a parent.
type listing[T any] struct {
	kind   string // of its cursors
	table  string // of the items, with its alias
	join   string // of it with another
	id     string // the columns that tell its rows apart
	keys   []key  // sort keys, which together tell all items of one parent apart
	found  string // the columns in from that id is found by
	from   string // tables and joins, in which parent.value is the parent, if there are parents
	where  []string
	args   []any  // of from and where
	item   string // the columns that an item is read of
	reader func(columns scanner) (T, error)
}

// scanner reads the columns of one item.
type scanner func(into ...any) error

// key is a sort key.
type key struct {
	column string // in table
	inner  string // the column of it in from, if that is another
	desc   bool
	kind   keyKind
}

// keyKind is how a key stands in a cursor.
type keyKind int

const (
	textKey keyKind = iota
	numberKey
	hashKey // ten bytes
)

func (l *listing[T]) and(condition string, args ...any) {
	l.where, l.args = append(slices.Clip(l.where), condition), append(slices.Clip(l.args), args...)
}

// in asks that a column is any of values. One alone is asked for as such, so that an index gives the order too.
func in[T ~string](column string, values []T) (string, any) {
	if len(values) == 1 {
		return column + ` = ?`, string(values[0])
	}
	return column + ` IN (SELECT value FROM json_each(?))`, list(values)
}

// beyond is the condition that the keys come after those of the cursor, with its arguments.
func beyond(keys []key, kind, after string, column func(key) string) (condition string, args []any, err error) {
	values, err := store.CursorKeys(after, kind, len(keys))
	if err != nil || values == nil {
		return "1", nil, err
	}
	value := make([]any, len(keys))
	for i, k := range keys {
		var err error
		switch k.kind {
		case numberKey:
			value[i], err = strconv.ParseInt(values[i], 10, 64)
		case hashKey:
			value[i], err = hex.DecodeString(values[i])
		default:
			value[i] = values[i]
		}
		if err != nil {
			return "", nil, fmt.Errorf("after %q: %w", values[i], store.ErrCursor)
		}
	}
	sign := func(k key) string {
		if k.desc {
			return " < ?"
		}
		return " > ?"
	}
	var some []string
	for i, k := range keys {
		var all []string
		for j, equal := range keys[:i] {
			all, args = append(all, column(equal)+" = ?"), append(args, value[j])
		}
		some, args = append(some, strings.Join(append(all, column(k)+sign(k)), " AND ")), append(args, value[i])
	}
	// The first key stands alone too: an index is entered by it.
	return strings.Replace(column(keys[0])+sign(keys[0]), " ?", "= ?", 1) + " AND (" + strings.Join(some, " OR ") + ")", append([]any{value[0]}, args...), nil
}

func order(keys []key, column func(key) string) string {
	parts := make([]string, len(keys))
	for i, k := range keys {
		parts[i] = column(k)
		if k.desc {
			parts[i] += " DESC"
		}
	}
	return strings.Join(parts, ", ")
}

func outer(k key) string { return k.column }

func inner(k key) string {
	if k.inner != "" {
		return k.inner
	}
	return k.column
}

func columns(keys []key) string {
	parts := make([]string, len(keys))
	for i, k := range keys {
		parts[i] = k.column
		if k.kind == hashKey {
			parts[i] = `lower(hex(` + k.column + `))`
		}
	}
	return strings.Join(parts, ", ")
}

// pages answers for each parent: for each, the inner query finds one more than a page in the order of an index, where there is one, and
// stops. Only then are records read.
func pages[T any](ctx context.Context, s *Store, l listing[T], parents []string, p store.Paging) ([]store.Page[T], error) {
	if err := p.Check(); err != nil {
		return nil, fmt.Errorf("sqlite: list %s: %w", l.kind, err)
	}
	after, args, err := beyond(l.keys, l.kind, p.After, inner)
	if err != nil {
		return nil, fmt.Errorf("sqlite: list %s: %w", l.kind, err)
	}
	l.and(after, args...)
	query := `SELECT parent.key, ` + columns(l.keys) + `, ` + l.item + ` FROM json_each(?) AS parent CROSS JOIN ` + l.table + ` ON ` + l.id + ` IN (
		SELECT ` + l.found + ` FROM ` + l.from + ` WHERE ` + strings.Join(l.where, " AND ") + ` ORDER BY ` + order(l.keys, inner) + ` LIMIT ?) ` + l.join + `
		ORDER BY parent.key, ` + order(l.keys, outer)
	found := make([]store.Page[T], len(parents))
	return found, scan(ctx, s, l.kind, l.keys, found, p.First, l.reader, query, append(append([]any{list(parents)}, l.args...), p.Limit())...)
}

// errFull is why a row is not read that tells no more than that there are more.
var errFull = errors.New("the page is full")

// scan reads pages: rows of a parent's number, keys and an item's columns, in the order of parents and keys. A row whose keys are those of
// the row before is the same item.
func scan[T any](ctx context.Context, s *Store, kind string, keys []key, found []store.Page[T], first int, reader func(scanner) (T, error), query string, args ...any) error {
	var last string
	at := -1
	_, err := rows(ctx, s.ask, func(rs *sql.Rows) (none struct{}, err error) {
		var parent int
		values := make([]string, len(keys))
		item, err := reader(func(into ...any) error {
			all := []any{&parent}
			for i := range values {
				all = append(all, &values[i])
			}
			err := rs.Scan(append(all, into...)...)
			if err == nil && len(found[parent].Edges) == first {
				return errFull
			}
			return err
		})
		if err != nil && !errors.Is(err, errFull) {
			return none, err
		}
		page, cursor := &found[parent], store.Cursor(kind, values...)
		switch {
		case parent == at && cursor == last:
		case len(page.Edges) == first:
			page.More = true
		default:
			page.Edges = append(page.Edges, store.Edge[T]{Node: item, Cursor: cursor})
		}
		at, last = parent, cursor
		return none, nil
	}, query, args...)
	if err != nil {
		return fmt.Errorf("sqlite: list %s: %w", kind, err)
	}
	return nil
}

// page is the one page of a list without parents.
func page[T any](ctx context.Context, s *Store, l listing[T], p store.Paging) (store.Page[T], error) {
	return only(pages(ctx, s, l, []string{""}, p))
}

func only[T any](ps []store.Page[T], err error) (store.Page[T], error) {
	if err != nil {
		return store.Page[T]{}, err
	}
	return ps[0], nil
}

// byID reads things in the order of ids, each once.
func byID[T any](ctx context.Context, s *Store, noun string, reader func(scanner) (T, error), query, ids string) ([]T, error) {
	all, err := rows(ctx, s.ask, func(rs *sql.Rows) (T, error) { return reader(rs.Scan) }, query, ids)
	if err != nil {
		return nil, fmt.Errorf("sqlite: read %s: %w", noun, err)
	}
	return all, nil
}

func (s *Store) scanEntity(scan scanner) (e news.Entity, err error) {
	var record []byte
	if err = scan(&record); err == nil {
		e, err = s.packer.entity(record)
	}
	return e, err
}

func (s *Store) scanEvent(scan scanner) (e news.Event, err error) {
	var id, record []byte
	if err = scan(&id, &record); err == nil {
		e, err = s.packer.readEvent(id, record)
	}
	return e, err
}

// scanning reads an item by its columns.
func scanning[C, T any](into func(*C) []any, read func(C) (T, error)) func(scanner) (T, error) {
	return func(scan scanner) (T, error) {
		var columns C
		if err := scan(into(&columns)...); err != nil {
			var none T
			return none, err
		}
		return read(columns)
	}
}

func (s *Store) scanStory() func(scanner) (news.Story, error) {
	return scanning((*storyColumns).into, s.packer.readStory)
}

func (s *Store) scanReport() func(scanner) (news.Report, error) {
	return scanning((*reportColumns).into, s.packer.readReport)
}

func (s *Store) scanMention() func(scanner) (news.Mention, error) {
	return scanning((*mentionColumns).into, s.packer.readMention)
}

func (s *Store) scanQuotation() func(scanner) (news.Quotation, error) {
	return scanning((*statedColumns).into, s.packer.readQuotation)
}

func (s *Store) scanPosition() func(scanner) (news.Position, error) {
	return scanning((*statedColumns).into, s.packer.readPosition)
}

// Entities returns entities by id.
func (s *Store) Entities(ctx context.Context, ids []news.ID) ([]news.Entity, error) {
	return byID(ctx, s, "entities", s.scanEntity, `SELECT e.record FROM json_each(?) i CROSS JOIN entity e ON e.id = i.value GROUP BY e.n ORDER BY MIN(i.key)`, list(ids))
}

// StoriesByID returns stories by id.
func (s *Store) StoriesByID(ctx context.Context, ids []news.ID) ([]news.Story, error) {
	const of = `SELECT MIN(i.key) AS place, ` + storyList + ` FROM json_each(?1) i CROSS JOIN `
	const one = ` s ON s.id = unhex(i.value) GROUP BY s.id`
	return byID(ctx, s, "stories", s.scanStory(), `SELECT f.id, f.texthash, f.reader, f.record, f.body FROM (`+of+`story`+one+` UNION ALL `+of+`superseded`+one+`) f ORDER BY place`,
		hashes("story", ids))
}

// ReportsByID returns reports by id.
func (s *Store) ReportsByID(ctx context.Context, ids []news.ID) ([]news.Report, error) {
	return byID(ctx, s, "reports", s.scanReport(), `SELECT `+reportList+` FROM json_each(?) i CROSS JOIN report r ON r.id = unhex(i.value) CROSS JOIN story s ON s.n = r.story
		GROUP BY r.n ORDER BY MIN(i.key)`, hashes("report", ids))
}

// EventsByID returns events under the ids that were asked: the hash of an event-form id is that of the report.
func (s *Store) EventsByID(ctx context.Context, ids []news.ID) (map[news.ID]news.Event, error) {
	found := map[news.ID]news.Event{}
	_, err := rows(ctx, s.ask, func(rs *sql.Rows) (none struct{}, err error) {
		var at int
		e, err := s.scanEvent(func(into ...any) error { return rs.Scan(append([]any{&at}, into...)...) })
		if err == nil {
			found[ids[at]] = e
		}
		return none, err
	}, `SELECT i.key, e.id, e.record FROM json_each(?) i CROSS JOIN report r ON r.id = unhex(i.value) CROSS JOIN event e ON e.id = r.event`, hashes("event", ids))
	if err != nil {
		return nil, fmt.Errorf("sqlite: read events: %w", err)
	}
	return found, nil
}

// FindEntities lists entities by what they are.
func (s *Store) FindEntities(ctx context.Context, q store.EntityQuery) (store.Page[news.Entity], error) {
	l := listing[news.Entity]{
		kind: q.Order.Kind(), table: "entity e", id: "e.n", item: "e.record", reader: s.scanEntity, found: "e.n", from: `entity e INDEXED BY entity_stories`, where: []string{`1`},
		keys: []key{{column: "e.stories", desc: true, kind: numberKey}, {column: "e.id"}},
	}
	if len(q.Kinds) == 1 {
		l.from = `entity e INDEXED BY entity_kind`
	}
	if q.Name != "" || q.Wikidata != "" || q.ISO != "" { // few, whose own index is better than any order
		l.from = `entity e`
	}
	switch q.Order {
	case store.ByEvents:
		l.from, l.keys[0].column = `entity e`, `(SELECT COUNT(*) FROM participant WHERE entity = e.n)`
	case store.ByName: // The first of its names is the one that it goes by.
		l.from = `name x INDEXED BY name_folded CROSS JOIN entity e ON e.n = x.entity`
		l.and(`x.n = (SELECT MIN(n) FROM name WHERE entity = x.entity)`)
		l.keys[0] = key{column: `(SELECT folded FROM name WHERE entity = e.n ORDER BY n LIMIT 1)`, inner: `x.folded`}
	}
	if len(q.Kinds) > 0 {
		l.and(in(`e.kind`, q.Kinds))
	}
	if !q.Class.All() {
		some, args := members(store.Party{Class: q.Class})
		l.and(`e.n IN (`+some+`)`, args...)
	}
	if q.Name != "" {
		l.and(`e.n IN (SELECT entity FROM name WHERE folded = ?)`, news.Fold(q.Name))
	}
	if q.Wikidata != "" {
		l.and(`e.n IN (SELECT n FROM entity WHERE wikidata = ? AND wikidata <> '')`, q.Wikidata)
	}
	if q.ISO != "" {
		iso := strings.ToUpper(q.ISO)
		l.and(`e.n IN (SELECT n FROM entity WHERE iso2 = ? AND iso2 <> '' UNION SELECT n FROM entity WHERE iso3 = ? AND iso3 <> '')`, iso, iso)
	}
	return page(ctx, s, l, q.Paging)
}

// Search lists entities by words of their names. How exactly a name is the text is known of no entity before, so that this list is
// ranked when it is asked for.
func (s *Store) Search(ctx context.Context, q store.SearchQuery) (store.Page[news.Entity], error) {
	const kind = "search"
	keys := []key{{column: "exact", desc: true, kind: numberKey}, {column: "stories", desc: true, kind: numberKey}, {column: "id"}}
	after, rest, err := beyond(keys, kind, q.After, outer)
	if err = cmp.Or(q.Check(), err); err != nil {
		return store.Page[news.Entity]{}, fmt.Errorf("sqlite: list %s: %w", kind, err)
	}
	words := store.SearchWords(q.Text)
	if len(words) == 0 {
		return store.Page[news.Entity]{}, nil
	}
	found := make([]store.Page[news.Entity], 1)
	look := func(exact, some string, args ...any) error {
		among := "1"
		if len(q.Kinds) > 0 {
			var kinds any
			among, kinds = in(`e.kind`, q.Kinds)
			args = append(args, kinds)
		}
		query := `SELECT 0, ` + columns(keys) + `, (SELECT record FROM entity WHERE n = found.n) FROM (
			SELECT e.n AS n, ` + exact + ` AS exact, e.stories AS stories, e.id AS id
			FROM name n CROSS JOIN entity e ON e.n = n.entity
			WHERE ` + some + ` AND ` + among + ` GROUP BY e.n) AS found
			WHERE ` + after + ` ORDER BY ` + order(keys, outer) + ` LIMIT ?`
		return scan(ctx, s, kind, keys, found, q.First, s.scanEntity, query, append(append(args, rest...), q.Limit()-int64(len(found[0].Edges)))...)
	}
	const begun = `n.n IN (SELECT rowid FROM name_words WHERE name_words MATCH ?)`
	if err := look(`MAX(n.words = ?)`, begun, strings.Join(words, " "), match(words)); err != nil || found[0].More {
		return found[0], err
	}
	near := store.NearWords(q.Text)
	if near == nil {
		return found[0], nil
	}
	const without = ` AND e.n NOT IN (SELECT entity FROM name WHERE n IN (SELECT rowid FROM name_words WHERE name_words MATCH ?))`
	err = look(`-1`, begun+without, matchNear(words, near), match(words))
	return found[0], err
}

// overlap is the condition that what lies between two days, never if not known, shares a day with the interval.
func overlap(begins, ends string, i news.Interval) (string, []any) {
	from, to := stretch(i.From, i.To)
	return begins + ` > 0 AND ` + begins + ` <= ? AND ` + ends + ` >= ?`, []any{to, from}
}

// ReportsOf lists the reports of each event. They stand in their event's order; a cursor is the key of a report in it, which need not be
// there any more.
func (s *Store) ReportsOf(ctx context.Context, of []news.ID, p store.Paging) ([]store.Page[news.Report], error) {
	if p.After == "" {
		return s.reportsOf(ctx, s.ask, of, p)
	}
	tx, err := s.reads.BeginTx(ctx, &sql.TxOptions{ReadOnly: true}) // a rank is that of a moment: what is listed by it is read as of the same
	if err != nil {
		return nil, fmt.Errorf("sqlite: list reports of: %w", damaged(err))
	}
	defer tx.Rollback()
	return s.reportsOf(ctx, tx, of, p)
}

func (s *Store) reportsOf(ctx context.Context, q querier, of []news.ID, p store.Paging) ([]store.Page[news.Report], error) {
	const kind = "reports of"
	keys, err := store.CursorKeys(p.After, kind, 1)
	if err = cmp.Or(p.Check(), err); err != nil {
		return nil, fmt.Errorf("sqlite: list %s: %w", kind, err)
	}
	after := make([]int64, len(of))
	if len(keys) > 0 {
		if after, err = s.ranks(ctx, q, of, keys[0]); err != nil {
			return nil, fmt.Errorf("sqlite: list %s: %w", kind, err)
		}
	}
	found := make([]store.Page[news.Report], len(of))
	read := s.scanReport()
	_, err = rows(ctx, q, func(rs *sql.Rows) (none struct{}, err error) {
		var parent, rank int
		r, err := read(func(into ...any) error {
			err := rs.Scan(append([]any{&parent, &rank}, into...)...)
			if err == nil && len(found[parent].Edges) == p.First {
				return errFull
			}
			return err
		})
		switch page := &found[parent]; {
		case errors.Is(err, errFull):
			page.More = true
		case err != nil:
			return none, err
		default:
			page.Edges = append(page.Edges, store.Edge[news.Report]{Node: r, Cursor: store.Cursor(kind, store.ReportKey(r))})
		}
		return none, nil
	}, `SELECT parent.key, r.rank, `+reportList+` FROM json_each(?) parent CROSS JOIN report r ON r.n IN (
		SELECT n FROM report WHERE event = (SELECT event FROM report WHERE id = unhex(parent.value)) AND rank >= json_extract(?, '$[' || parent.key || ']') ORDER BY rank LIMIT ?)
		CROSS JOIN story s ON s.n = r.story ORDER BY parent.key, r.rank`, hashes("event", of), string(marshal(after)), p.Limit())
	if err != nil {
		return nil, fmt.Errorf("sqlite: list %s: %w", kind, err)
	}
	return found, nil
}

// ranks are the places of the first reports of events whose keys come after a key.
func (s *Store) ranks(ctx context.Context, q querier, events []news.ID, key string) ([]int64, error) {
	ranks := make([]int64, len(events))
	read := scanning((*reportColumns).into, s.packer.readReport)
	_, err := rows(ctx, q, func(rs *sql.Rows) (none struct{}, err error) {
		var parent int
		var rank int64
		r, err := read(func(into ...any) error { return rs.Scan(append([]any{&parent, &rank}, into...)...) })
		if store.ReportKey(r) <= key {
			ranks[parent] = max(ranks[parent], rank+1)
		}
		return none, err
	}, `SELECT parent.key, r.rank, r.id, s.id, s.texthash, r.record, x'' FROM json_each(?) parent
		CROSS JOIN report r ON r.event = (SELECT event FROM report WHERE id = unhex(parent.value)) CROSS JOIN story s ON s.n = r.story`, hashes("event", events))
	return ranks, err
}

// ReportsIn lists the reports of each story.
func (s *Store) ReportsIn(ctx context.Context, stories []news.ID, p store.Paging) ([]store.Page[news.Report], error) {
	return pages(ctx, s, listing[news.Report]{
		kind: "reports in", table: "report r", join: "CROSS JOIN story s ON s.n = r.story", id: "r.n", item: reportList, reader: s.scanReport(), found: "r.n",
		from: `report r INDEXED BY report_story`, where: []string{`r.story = (SELECT n FROM story WHERE id = unhex(parent.value))`},
		keys: []key{{column: "r.start", kind: numberKey}, {column: "r.stop", kind: numberKey}, {column: "r.id", kind: hashKey}},
	}, hexes("story", stories), p)
}

// MentionsIn lists the mentions of each story.
func (s *Store) MentionsIn(ctx context.Context, stories []news.ID, p store.Paging) ([]store.Page[news.Mention], error) {
	return pages(ctx, s, listing[news.Mention]{
		kind: "mentions in", table: "mention m", id: "(m.story, m.start, m.stop)", item: mentionList, reader: s.scanMention(), found: "m.story, m.start, m.stop",
		from: `mention m`, where: []string{`m.story = (SELECT n FROM story WHERE id = unhex(parent.value))`},
		keys: []key{{column: "m.start", kind: numberKey}, {column: "m.stop", kind: numberKey}},
	}, hexes("story", stories), p)
}

// QuotationsIn lists the quotations of each story.
func (s *Store) QuotationsIn(ctx context.Context, stories []news.ID, p store.Paging) ([]store.Page[news.Quotation], error) {
	return pages(ctx, s, listing[news.Quotation]{
		kind: "quotations in", table: "quotation q", id: "(q.story, q.start, q.stop, q.id)", item: `q.id, unhex(parent.value), q.record`, reader: s.scanQuotation(),
		found: "q.story, q.start, q.stop, q.id", from: `quotation q`, where: []string{`q.story = (SELECT n FROM story WHERE id = unhex(parent.value))`},
		keys: []key{{column: "q.start", kind: numberKey}, {column: "q.stop", kind: numberKey}, {column: "q.id", kind: hashKey}},
	}, hexes("story", stories), p)
}

const year = 366 // days: the longest that a story's date leaves open

// Stories lists stories.
func (s *Store) Stories(ctx context.Context, q store.StoryQuery) (store.Page[news.Story], error) {
	l := listing[news.Story]{
		kind: "stories", table: "story s", id: "s.n", item: storyList, reader: s.scanStoryAs(q.Show), found: "s.n", from: `story s INDEXED BY story_published`, where: []string{`1`},
		keys: []key{{column: "s.published", desc: true, kind: numberKey}, {column: "s.id", kind: hashKey}},
	}
	if err := store.CheckInterval(q.Published); err != nil {
		return store.Page[news.Story]{}, fmt.Errorf("sqlite: list %s: %w", l.kind, err)
	}
	if q.Publisher != "" {
		l.from = `story s INDEXED BY story_publisher`
		l.and(`s.publisher = ?`, news.Fold(q.Publisher))
	}
	if words := news.Words(q.Text); len(words) > 0 {
		few, err := s.few(ctx, countStories, match(words))
		if err != nil {
			return store.Page[news.Story]{}, fmt.Errorf("sqlite: list %s: %w", l.kind, err)
		}
		if few {
			l.from = `story s`
			l.and(`s.n IN (SELECT rowid FROM story_words WHERE story_words MATCH ?)`, match(words))
		} else {
			l.and(`+s.n IN (SELECT rowid FROM story_words WHERE story_words MATCH ?)`, match(words))
		}
	}
	if q.Published != nil {
		condition, args := overlap(`s.published`, `s.until`, *q.Published)
		l.and(condition, args...)
		from, _ := stretch(q.Published.From, "")
		l.and(`s.published >= ?`, from-year)
	}
	found, err := page(ctx, s, l, q.Paging)
	if err == nil && q.Show != nil && q.Show.Reports > 0 {
		if found.Beside, err = s.besideStories(ctx, found.Edges, *q.Show); err != nil {
			err = fmt.Errorf("sqlite: list %s: %w", l.kind, err)
		}
	}
	return found, err
}

// many is from how many matches on a list is read in its order, and not sorted from what matches.
const many = 2000

const (
	countStories = `SELECT COUNT(*) FROM (SELECT 1 FROM story_words WHERE story_words MATCH ? LIMIT ?)`
	countReports = `SELECT COUNT(*) FROM (SELECT 1 FROM report_words WHERE report_words MATCH ? LIMIT ?)`
)

// few tells that few texts match.
func (s *Store) few(ctx context.Context, count, match string) (bool, error) {
	ns, err := rows(ctx, s.ask, func(rs *sql.Rows) (n int, err error) {
		err = rs.Scan(&n)
		return n, err
	}, count, match, many)
	return err == nil && ns[0] < many, err
}

// MentionsOf lists the mentions of each entity.
func (s *Store) MentionsOf(ctx context.Context, of []news.ID, p store.Paging) ([]store.Page[news.Mention], error) {
	return pages(ctx, s, listing[news.Mention]{
		kind: "mentions of", table: "mention m", id: "(m.story, m.start, m.stop)", item: mentionList, reader: s.scanMention(), found: "m.story, m.start, m.stop",
		from: `mention m INDEXED BY mention_entity`, where: []string{`m.entity = (SELECT n FROM entity WHERE id = parent.value)`},
		keys: []key{
			{column: "m.published", desc: true, kind: numberKey},
			{column: "m.told", kind: hashKey},
			{column: "m.start", kind: numberKey},
			{column: "m.stop", kind: numberKey},
		},
	}, texts(of), p)
}

// PositionsOf lists the positions of each entity.
func (s *Store) PositionsOf(ctx context.Context, of []news.ID, q store.PositionQuery) ([]store.Page[news.Position], error) {
	l := listing[news.Position]{
		kind: "positions of", table: "side i", id: "(i.entity, i.published, i.told, i.start, i.stop, i.id)",
		item:   "i.id, i.told, (SELECT record FROM position WHERE n = i.position)",
		reader: s.scanPosition(), found: "i.entity, i.published, i.told, i.start, i.stop, i.id", from: `side i`,
		where: []string{`i.entity = (SELECT n FROM entity WHERE id = parent.value)`},
		keys: []key{
			{column: "i.published", desc: true, kind: numberKey},
			{column: "i.told", kind: hashKey},
			{column: "i.start", kind: numberKey},
			{column: "i.stop", kind: numberKey},
			{column: "i.id", kind: hashKey},
		},
	}
	if err := q.Check(len(of)); err != nil {
		return nil, fmt.Errorf("sqlite: list %s: %w", l.kind, err)
	}
	if q.On != "" {
		l.and(`(SELECT begins <= ? AND (ends = 0 OR ends >= ?) FROM position WHERE n = i.position)`, dayOf(q.On), dayOf(q.On))
	}
	if q.By != nil {
		by := make([]int64, len(of))
		for i, day := range q.By {
			if by[i] = dayOf(day); day == "" {
				by[i] = math.MaxInt64
			}
		}
		l.and(`i.published <= json_extract(?, '$[' || parent.key || ']')`, string(marshal(by)))
	}
	return pages(ctx, s, l, texts(of), q.Paging)
}

func texts[T ~string](ids []T) []string {
	all := make([]string, len(ids))
	for i, id := range ids {
		all[i] = string(id)
	}
	return all
}

// hexes are the hashes of ids; what is no such id has none.
func hexes(noun string, ids []news.ID) []string {
	all := make([]string, len(ids))
	for i, id := range ids {
		if _, err := hash(noun, id); err == nil {
			all[i] = string(id)[len(noun)+1:]
		}
	}
	return all
}

// Stats counts what the graph holds.
func (s *Store) Stats(ctx context.Context) (store.Stats, error) {
	st := store.Stats{Readers: map[string]int{}}
	err := s.reads.QueryRowContext(ctx, `SELECT (SELECT COUNT(*) FROM story), (SELECT COUNT(*) FROM entity), (SELECT COUNT(*) FROM event), (SELECT COUNT(*) FROM report), (SELECT COUNT(*) FROM superseded)`).
		Scan(&st.Stories, &st.Entities, &st.Events, &st.Reports, &st.Superseded)
	if err != nil {
		return st, fmt.Errorf("sqlite: count: %w", damaged(err))
	}
	_, err = rows(ctx, s.ask, func(rs *sql.Rows) (string, error) {
		var reader string
		var n int
		err := rs.Scan(&reader, &n)
		st.Readers[reader] = n
		return reader, err
	}, `SELECT reader, SUM(n) FROM (SELECT reader, COUNT(*) AS n FROM story GROUP BY reader UNION ALL SELECT reader, COUNT(*) FROM superseded GROUP BY reader) GROUP BY reader`)
	if err != nil {
		return st, fmt.Errorf("sqlite: count readers: %w", err)
	}
	return st, nil
}

// Records yields everything, in one read transaction.
func (s *Store) Records(ctx context.Context) iter.Seq2[store.Record, error] {
	return func(yield func(store.Record, error) bool) {
		tx, err := s.reads.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
		if err != nil {
			yield(store.Record{}, fmt.Errorf("sqlite: read all: %w", err))
			return
		}
		defer tx.Rollback()
		_ = each(ctx, tx, `SELECT `+storyList+` FROM story s ORDER BY s.id`, s.scanStory(), func(v *news.Story) store.Record { return store.Record{Story: v} }, yield) &&
			each(ctx, tx, `SELECT record FROM entity ORDER BY id`, s.scanEntity, func(v *news.Entity) store.Record { return store.Record{Entity: v} }, yield) &&
			each(ctx, tx, `SELECT `+mentionList+` FROM mention m ORDER BY m.id`, s.scanMention(), func(v *news.Mention) store.Record { return store.Record{Mention: v} }, yield) &&
			each(ctx, tx, `SELECT `+reportList+` FROM report r CROSS JOIN story s ON s.n = r.story ORDER BY r.id`, s.scanReport(), func(v *news.Report) store.Record { return store.Record{Report: v} }, yield) &&
			each(ctx, tx, `SELECT id, record FROM event ORDER BY id`, s.scanEvent, func(v *news.Event) store.Record { return store.Record{Event: v} }, yield) &&
			each(ctx, tx, `SELECT q.id, (SELECT id FROM story WHERE n = q.story), q.record FROM quotation q ORDER BY q.id`, s.scanQuotation(), func(v *news.Quotation) store.Record { return store.Record{Quotation: v} }, yield) &&
			each(ctx, tx, `SELECT p.id, (SELECT id FROM story WHERE n = p.story), p.record FROM position p ORDER BY p.id`, s.scanPosition(), func(v *news.Position) store.Record { return store.Record{Position: v} }, yield) &&
			each(ctx, tx, `SELECT `+storyList+`, s.facts FROM superseded s ORDER BY s.id`, s.scanWhole, func(v *news.Facts) store.Record { return store.Record{Superseded: v} }, yield) &&
			each(ctx, tx, `SELECT `+storyList+`, t.record FROM story s JOIN told t ON t.story = s.n ORDER BY s.id`, s.scanWhole, func(v *news.Facts) store.Record { return store.Record{Told: v} }, yield) &&
			each(ctx, tx, `SELECT record FROM correction ORDER BY id`, s.packer.scanCorrection, func(v *news.Correction) store.Record { return store.Record{Correction: v} }, yield)
	}
}

// each yields what a query finds, and tells whether to go on.
func each[T any](ctx context.Context, tx *sql.Tx, query string, reader func(scanner) (T, error), record func(*T) store.Record, yield func(store.Record, error) bool) bool {
	rs, err := tx.QueryContext(ctx, query)
	if err != nil {
		yield(store.Record{}, fmt.Errorf("sqlite: read all: %w", damaged(err)))
		return false
	}
	defer rs.Close()
	for rs.Next() {
		v, err := reader(rs.Scan)
		if err != nil {
			err = fmt.Errorf("sqlite: read all: %w", err)
		}
		if !yield(record(&v), err) || err != nil {
			return false
		}
	}
	if err := damaged(rs.Err()); err != nil {
		yield(store.Record{}, fmt.Errorf("sqlite: read all: %w", err))
		return false
	}
	return true
}
