package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"

	"newsgraph/news"
	"newsgraph/store"
)

// listing is an ordered list that is paged by its keys.
type listing[T any] struct {
	kind  string // of its cursors
	table string // of the items, with its alias
	id    string // the column that tells its rows apart
	item  string // the column of the record
	keys  []key  // sort keys, which together tell all items of one parent apart
	from  string // tables and joins; parent.value is the parent, if there are parents
	where []string
	args  []any // of from and where
}

// key is a sort key.
type key struct {
	column string
	desc   bool
	number bool
	inner  string // the column of it in from, if that is another
}

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
		value[i] = values[i]
		if k.number {
			n, err := strconv.ParseInt(values[i], 10, 64)
			if err != nil {
				return "", nil, fmt.Errorf("after %q: %w", values[i], store.ErrCursor)
			}
			value[i] = n
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
	}
	return strings.Join(parts, ", ")
}

// pages answers for each parent: for each, the inner query finds one more than a page in the order of an index, where there is one, and
// stops. Only then are records read.
func pages[T any](ctx context.Context, s *Store, l listing[T], parents []news.ID, p store.Paging) ([]store.Page[T], error) {
	if err := p.Check(); err != nil {
		return nil, fmt.Errorf("sqlite: list %s: %w", l.kind, err)
	}
	after, args, err := beyond(l.keys, l.kind, p.After, inner)
	if err != nil {
		return nil, fmt.Errorf("sqlite: list %s: %w", l.kind, err)
	}
	l.and(after, args...)
	id := l.id
	if last := l.keys[len(l.keys)-1]; last.column == l.id {
		id = inner(last)
	}
	query := `SELECT parent.key, ` + l.item + `, ` + columns(l.keys) + ` FROM json_each(?) AS parent CROSS JOIN ` + l.table + ` ON ` + l.id + ` IN (
		SELECT DISTINCT ` + id + ` FROM ` + l.from + ` WHERE ` + strings.Join(l.where, " AND ") + ` ORDER BY ` + order(l.keys, inner) + ` LIMIT ?)
		ORDER BY parent.key, ` + order(l.keys, outer)
	return scan[T](ctx, s, l.kind, l.keys, len(parents), p.First, query, append(append([]any{list(parents)}, l.args...), p.Limit())...)
}

// scan reads pages: rows of parent, record and keys.
func scan[T any](ctx context.Context, s *Store, kind string, keys []key, parents, first int, query string, args ...any) ([]store.Page[T], error) {
	found := make([]store.Page[T], parents)
	values := make([]string, len(keys))
	_, err := rows(ctx, s.ask, func(rs *sql.Rows) (none struct{}, err error) {
		var parent int
		var data []byte
		into := []any{&parent, &data}
		for i := range values {
			into = append(into, &values[i])
		}
		if err := rs.Scan(into...); err != nil {
			return none, err
		}
		page := &found[parent]
		if len(page.Edges) == first {
			page.More = true
			return none, nil
		}
		v, err := fromJSON[T](data)
		page.Edges = append(page.Edges, store.Edge[T]{Node: v, Cursor: store.Cursor(kind, values...)})
		return none, err
	}, query, args...)
	if err != nil {
		return nil, fmt.Errorf("sqlite: list %s: %w", kind, err)
	}
	return found, nil
}

func fromJSON[T any](data []byte) (v T, err error) {
	err = json.Unmarshal(data, &v)
	return v, err
}

// page is the one page of a list without parents.
func page[T any](ctx context.Context, s *Store, l listing[T], p store.Paging) (store.Page[T], error) {
	return only(pages(ctx, s, l, []news.ID{""}, p))
}

func only[T any](ps []store.Page[T], err error) (store.Page[T], error) {
	if err != nil {
		return store.Page[T]{}, err
	}
	return ps[0], nil
}

// byID reads records in the order of ids, each once.
func byID[T any](ctx context.Context, s *Store, noun, query string, ids []news.ID) ([]T, error) {
	all, err := rows(ctx, s.ask, record[T], query, list(ids))
	if err != nil {
		return nil, fmt.Errorf("sqlite: read %s: %w", noun, err)
	}
	return all, nil
}

// Entities returns entities by id.
func (s *Store) Entities(ctx context.Context, ids []news.ID) ([]news.Entity, error) {
	return byID[news.Entity](ctx, s, "entities", `SELECT e.record FROM json_each(?) i JOIN entity e ON e.id = i.value GROUP BY e.id ORDER BY MIN(i.key)`, ids)
}

// StoriesByID returns stories by id.
func (s *Store) StoriesByID(ctx context.Context, ids []news.ID) ([]news.Story, error) {
	return byID[news.Story](ctx, s, "stories", `SELECT s.record FROM json_each(?) i JOIN story s ON s.id = i.value GROUP BY s.id ORDER BY MIN(i.key)`, ids)
}

// ReportsByID returns reports by id.
func (s *Store) ReportsByID(ctx context.Context, ids []news.ID) ([]news.Report, error) {
	return byID[news.Report](ctx, s, "reports", `SELECT r.record FROM json_each(?) i JOIN report r ON r.id = i.value GROUP BY r.id ORDER BY MIN(i.key)`, ids)
}

// EventsByID returns events under the ids that were asked.
func (s *Store) EventsByID(ctx context.Context, ids []news.ID) (map[news.ID]news.Event, error) {
	rs, err := s.ask.QueryContext(ctx, `SELECT i.value, e.record FROM json_each(?) i JOIN report r ON r.form = i.value JOIN event e ON e.id = r.event`, list(ids))
	if err != nil {
		return nil, fmt.Errorf("sqlite: read events: %w", err)
	}
	defer rs.Close()
	found := map[news.ID]news.Event{}
	for rs.Next() {
		var id news.ID
		var data []byte
		err := rs.Scan(&id, &data)
		var e news.Event
		if err == nil {
			e, err = fromJSON[news.Event](data)
		}
		if err != nil {
			return nil, fmt.Errorf("sqlite: read events: %w", err)
		}
		found[id] = e
	}
	if err := rs.Err(); err != nil {
		return nil, fmt.Errorf("sqlite: read events: %w", err)
	}
	return found, nil
}

// FindEntities lists entities by what they are.
func (s *Store) FindEntities(ctx context.Context, q store.EntityQuery) (store.Page[news.Entity], error) {
	l := listing[news.Entity]{
		kind: "entities", table: "entity e", id: "e.id", item: "e.record", from: `entity e`, where: []string{`1`},
		keys: []key{{column: "e.stories", desc: true, number: true}, {column: "e.id"}},
	}
	if len(q.Kinds) > 0 {
		l.and(in(`e.kind`, q.Kinds))
	}
	if q.Name != "" {
		l.and(`e.id IN (SELECT entity FROM name WHERE folded = ?)`, news.Fold(q.Name))
	}
	if q.Wikidata != "" {
		l.and(`e.wikidata = ? AND e.wikidata <> ''`, q.Wikidata)
	}
	if q.ISO != "" {
		iso := strings.ToUpper(q.ISO)
		l.and(`e.id IN (SELECT id FROM entity WHERE iso2 = ? AND iso2 <> '' UNION SELECT id FROM entity WHERE iso3 = ? AND iso3 <> '')`, iso, iso)
	}
	return page(ctx, s, l, q.Paging)
}

// Search lists entities by words of their names. How exactly a name is the text is known of no entity before, so that this list is
// ranked when it is asked for.
func (s *Store) Search(ctx context.Context, q store.SearchQuery) (store.Page[news.Entity], error) {
	const kind = "search"
	keys := []key{{column: "exact", desc: true, number: true}, {column: "stories", desc: true, number: true}, {column: "id"}}
	after, rest, err := beyond(keys, kind, q.After, outer)
	if err = cmp.Or(q.Check(), err); err != nil {
		return store.Page[news.Entity]{}, fmt.Errorf("sqlite: list %s: %w", kind, err)
	}
	words := news.Words(q.Text)
	if len(words) == 0 {
		return store.Page[news.Entity]{}, nil
	}
	args := []any{folded(q.Text), match(words)}
	among := "1"
	if len(q.Kinds) > 0 {
		var kinds any
		among, kinds = in(`e.kind`, q.Kinds)
		args = append(args, kinds)
	}
	query := `SELECT 0, record, ` + columns(keys) + ` FROM (
		SELECT e.record AS record, MAX(n.words = ?) AS exact, e.stories AS stories, e.id AS id
		FROM name n JOIN entity e ON e.id = n.entity
		WHERE n.n IN (SELECT rowid FROM name_words WHERE name_words MATCH ?) AND ` + among + ` GROUP BY e.id)
		WHERE ` + after + ` ORDER BY ` + order(keys, outer) + ` LIMIT ?`
	return only(scan[news.Entity](ctx, s, kind, keys, 1, q.First, query, append(append(args, rest...), q.Limit())...))
}

// events is the list that q asks for, from where e is the event.
func events(q store.EventQuery, from string, where ...string) (listing[news.Event], error) {
	l := listing[news.Event]{
		kind: "events newest", table: "event e", id: "e.id", item: "e.record", from: from, where: append(where, "1"),
		keys: []key{{column: "e.begins", desc: true}, {column: "e.id"}},
	}
	if err := store.CheckInterval(q.During); err != nil {
		return l, fmt.Errorf("sqlite: list %s: %w", l.kind, err)
	}
	if q.Order == store.OldestFirst {
		l.kind, l.keys[0].desc = "events oldest", false
		l.and(`e.begins > ''`)
	}
	if len(q.Types) > 0 {
		l.and(in(`e.type`, q.Types))
	}
	if len(q.Actions) > 0 {
		l.and(in(`e.action`, q.Actions))
	}
	if len(q.Modalities) > 0 {
		l.and(in(`e.modality`, q.Modalities))
	}
	if q.Foreground {
		l.and(`e.background = 0`)
	}
	for _, p := range q.Participants {
		condition, args := []string{"1"}, []any{}
		if len(p.Entities) > 0 {
			either, of := in(`entity`, p.Entities)
			condition, args = append(condition, either), append(args, of)
		}
		if len(p.Roles) > 0 {
			either, of := in(`role`, p.Roles)
			condition, args = append(condition, either), append(args, of)
		}
		l.and(`e.id IN (SELECT event FROM participant WHERE `+strings.Join(condition, " AND ")+`)`, args...)
	}
	if q.During != nil {
		dated, args := overlap(`e.begins`, `e.ends`, *q.During)
		l.and(`(`+dated+` OR ? AND e.begins = '')`, append(args, q.Undated)...)
	}
	if words := news.Words(q.Text); len(words) > 0 {
		l.and(`e.id IN (SELECT event FROM report WHERE n IN (SELECT rowid FROM report_words WHERE report_words MATCH ?))`, match(words))
	}
	return l, nil
}

// overlap is the condition that what lies between two days, which are empty if not known, shares a day with the interval.
func overlap(begins, ends string, i news.Interval) (string, []any) {
	to := i.To
	if to == "" {
		to = "9999-12-31"
	}
	return begins + ` > '' AND ` + begins + ` <= ? AND ` + ends + ` >= ?`, []any{to, i.From}
}

// Events lists events.
func (s *Store) Events(ctx context.Context, q store.EventQuery) (store.Page[news.Event], error) {
	l, err := events(q, `event e`)
	if err != nil {
		return store.Page[news.Event]{}, err
	}
	return page(ctx, s, l, q.Paging)
}

// EventsOf lists the events of each entity.
func (s *Store) EventsOf(ctx context.Context, of []news.ID, q store.EventQuery) ([]store.Page[news.Event], error) {
	l, err := events(q, `participant p CROSS JOIN event e ON e.id = p.event`, `p.entity = parent.value`)
	if err != nil {
		return nil, err
	}
	l.keys[0].inner, l.keys[1].inner = "p.begins", "p.event"
	return pages(ctx, s, l, of, q.Paging)
}

// ReportsOf lists the reports of each event.
func (s *Store) ReportsOf(ctx context.Context, of []news.ID, p store.Paging) ([]store.Page[news.Report], error) {
	return pages(ctx, s, listing[news.Report]{
		kind: "reports of", table: "report r", id: "r.id", item: "r.record", keys: []key{{column: "r.canon"}},
		from: `report r`, where: []string{`r.event = (SELECT event FROM report WHERE form = parent.value)`},
	}, of, p)
}

// inText is a list of what stands in each story, in the order of the text.
func inText[T any](kind, table string) listing[T] {
	return listing[T]{
		kind: kind, table: table + " t", id: "t.id", item: "t.record", from: table + ` t`, where: []string{`t.story = parent.value`},
		keys: []key{{column: "t.start", number: true}, {column: "t.stop", number: true}, {column: "t.id"}},
	}
}

// ReportsIn lists the reports of each story.
func (s *Store) ReportsIn(ctx context.Context, stories []news.ID, p store.Paging) ([]store.Page[news.Report], error) {
	return pages(ctx, s, inText[news.Report]("reports in", "report"), stories, p)
}

// MentionsIn lists the mentions of each story.
func (s *Store) MentionsIn(ctx context.Context, stories []news.ID, p store.Paging) ([]store.Page[news.Mention], error) {
	return pages(ctx, s, inText[news.Mention]("mentions in", "mention"), stories, p)
}

// QuotationsIn lists the quotations of each story.
func (s *Store) QuotationsIn(ctx context.Context, stories []news.ID, p store.Paging) ([]store.Page[news.Quotation], error) {
	return pages(ctx, s, inText[news.Quotation]("quotations in", "quotation"), stories, p)
}

// Stories lists stories.
func (s *Store) Stories(ctx context.Context, q store.StoryQuery) (store.Page[news.Story], error) {
	l := listing[news.Story]{
		kind: "stories", table: "story s", id: "s.id", item: "s.record", from: `story s`, where: []string{`1`},
		keys: []key{{column: "s.published", desc: true}, {column: "s.id"}},
	}
	if err := store.CheckInterval(q.Published); err != nil {
		return store.Page[news.Story]{}, fmt.Errorf("sqlite: list %s: %w", l.kind, err)
	}
	if words := news.Words(q.Text); len(words) > 0 {
		l.and(`s.n IN (SELECT rowid FROM story_words WHERE story_words MATCH ?)`, match(words))
	}
	if q.Publisher != "" {
		l.and(`s.publisher = ?`, news.Fold(q.Publisher))
	}
	if q.Published != nil {
		condition, args := overlap(`s.published`, `s.until`, *q.Published)
		l.and(condition, args...)
	}
	return page(ctx, s, l, q.Paging)
}

// MentionsOf lists the mentions of each entity.
func (s *Store) MentionsOf(ctx context.Context, of []news.ID, p store.Paging) ([]store.Page[news.Mention], error) {
	return pages(ctx, s, listing[news.Mention]{
		kind: "mentions of", table: "mention m", id: "m.id", item: "m.record", from: `mention m`, where: []string{`m.entity = parent.value`},
		keys: []key{
			{column: "m.published", desc: true},
			{column: "m.story"},
			{column: "m.start", number: true},
			{column: "m.stop", number: true},
			{column: "m.id"},
		},
	}, of, p)
}

// PositionsOf lists the positions of each entity.
func (s *Store) PositionsOf(ctx context.Context, of []news.ID, q store.PositionQuery) ([]store.Page[news.Position], error) {
	l := listing[news.Position]{
		kind: "positions of", table: "position p", id: "p.id", item: "p.record", from: `position p`,
		where: []string{`(p.person = parent.value OR p.body = parent.value AND p.body <> '')`},
		keys: []key{
			{column: "p.published", desc: true},
			{column: "p.story"},
			{column: "p.start", number: true},
			{column: "p.stop", number: true},
			{column: "p.id"},
		},
	}
	if err := q.Check(); err != nil {
		return nil, fmt.Errorf("sqlite: list %s: %w", l.kind, err)
	}
	if q.On != "" {
		l.and(`(p.begins = '' OR p.begins <= ?) AND (p.ends = '' OR p.ends >= ?)`, q.On, q.On)
	}
	return pages(ctx, s, l, of, q.Paging)
}

// Relations lists the relations of each entity. They are summed up when they are asked for, from both sides of the entity: UNION counts
// once what comes from both, an event whose source is its own target.
func (s *Store) Relations(ctx context.Context, of []news.ID, q store.RelationQuery) ([]store.Page[store.Relation], error) {
	const kind = "relations"
	keys := []key{{column: "count", desc: true, number: true}, {column: "source"}, {column: "target"}, {column: "action"}}
	after, rest, err := beyond(keys, kind, q.After, outer)
	if err = cmp.Or(q.Check(), store.CheckInterval(q.During), err); err != nil {
		return nil, fmt.Errorf("sqlite: list %s: %w", kind, err)
	}
	var sides []string
	var args []any
	for _, side := range []struct {
		not       store.Direction
		role, far news.Role
		columns   string
	}{
		{store.Incoming, news.Source, news.Target, `a.entity AS source, b.entity AS target`},
		{store.Outgoing, news.Target, news.Source, `b.entity AS source, a.entity AS target`},
	} {
		if q.Direction == side.not {
			continue
		}
		one := `SELECT parent.key AS parent, e.id AS id, e.action AS action, e.begins AS begins, e.ends AS ends, ` + side.columns + `
			FROM json_each(?) AS parent CROSS JOIN participant a ON a.entity = parent.value AND a.role = ?
			CROSS JOIN event e ON e.id = a.event AND e.modality = ? AND e.background = 0
			CROSS JOIN participant b ON b.event = a.event AND b.role = ? WHERE 1`
		args = append(args, list(of), side.role, news.Asserted, side.far)
		and := func(condition string, more ...any) {
			one += ` AND ` + condition
			args = append(args, more...)
		}
		if len(q.Others) > 0 {
			and(in(`b.entity`, q.Others))
		}
		if len(q.Actions) > 0 {
			and(in(`e.action`, q.Actions))
		}
		if q.During != nil {
			condition, days := overlap(`e.begins`, `e.ends`, *q.During)
			and(condition, days...)
		}
		sides = append(sides, one)
	}
	query := `WITH one AS (` + strings.Join(sides, ` UNION `) + `),
		sum AS (SELECT parent, source, target, action, COUNT(*) AS count, coalesce(MIN(NULLIF(begins, '')), '') AS first, MAX(ends) AS last, MAX(begins) AS newest
			FROM one GROUP BY parent, source, target, action),
		ranked AS (SELECT *, ROW_NUMBER() OVER (PARTITION BY parent ORDER BY ` + order(keys, outer) + `) AS n FROM sum WHERE ` + after + `)
		SELECT parent, json_object('From', source, 'To', target, 'Action', action, 'Count', count, 'First', first, 'Last', last, 'Latest',
			(SELECT MIN(o.id) FROM one o WHERE o.parent = ranked.parent AND o.source = ranked.source AND o.target = ranked.target
				AND o.action = ranked.action AND o.begins = ranked.newest)),
			` + columns(keys) + ` FROM ranked WHERE n <= ? ORDER BY parent, n`
	return scan[store.Relation](ctx, s, kind, keys, len(of), q.First, query, append(append(args, rest...), q.Limit())...)
}

// Stats counts what the graph holds.
func (s *Store) Stats(ctx context.Context) (store.Stats, error) {
	st := store.Stats{Readers: map[string]int{}}
	err := s.reads.QueryRowContext(ctx, `SELECT (SELECT COUNT(*) FROM story), (SELECT COUNT(*) FROM entity), (SELECT COUNT(*) FROM event), (SELECT COUNT(*) FROM report)`).
		Scan(&st.Stories, &st.Entities, &st.Events, &st.Reports)
	if err != nil {
		return st, fmt.Errorf("sqlite: count: %w", err)
	}
	_, err = rows(ctx, s.ask, func(rs *sql.Rows) (string, error) {
		var reader string
		var n int
		err := rs.Scan(&reader, &n)
		st.Readers[reader] = n
		return reader, err
	}, `SELECT reader, COUNT(*) FROM story GROUP BY reader`)
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
		for _, noun := range []struct{ table, key string }{{"story", "story"}, {"entity", "entity"}, {"mention", "mention"}, {"report", "report"}, {"event", "event"}, {"quotation", "quotation"}, {"position", "position"}} {
			if !each(ctx, tx, noun.table, noun.key, yield) {
				return
			}
		}
	}
}

func each(ctx context.Context, tx *sql.Tx, table, key string, yield func(store.Record, error) bool) bool {
	rs, err := tx.QueryContext(ctx, `SELECT record FROM `+table+` ORDER BY id`) //nolint:gosec // table is one of ours
	if err != nil {
		yield(store.Record{}, fmt.Errorf("sqlite: read %s: %w", table, err))
		return false
	}
	defer rs.Close()
	for rs.Next() {
		var data []byte
		var r store.Record
		err := rs.Scan(&data)
		if err == nil {
			r, err = fromJSON[store.Record]([]byte(`{"` + key + `":` + string(data) + `}`))
		}
		if !yield(r, err) || err != nil {
			return false
		}
	}
	if err := rs.Err(); err != nil {
		yield(store.Record{}, fmt.Errorf("sqlite: read %s: %w", table, err))
		return false
	}
	return true
}
