package sqlite

import (
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

// listing is an ordered list that is paged by its keys: for each parent, the items of a query.
type listing[T any] struct {
	kind   string   // of its cursors
	from   string   // tables and joins; parent.value is the parent, if there are parents
	where  []string // conditions
	args   []any
	item   string   // the column of the record
	keys   []string // sort columns, the last one unique within a parent
	desc   []bool
	number []bool // keys that are numbers
	scan   func([]byte) (T, error)
}

func fromJSON[T any](data []byte) (v T, err error) {
	err = json.Unmarshal(data, &v)
	return v, err
}

// pages answers for each parent; without parents, for one that stands for all.
func pages[T any](ctx context.Context, s *Store, l listing[T], parents []news.ID, p store.Paging) ([]store.Page[T], error) {
	if err := p.Check(); err != nil {
		return nil, fmt.Errorf("sqlite: %w", err)
	}
	after, err := store.CursorKeys(p.After, l.kind, len(l.keys))
	if err != nil {
		return nil, fmt.Errorf("sqlite: %w", err)
	}
	order := make([]string, len(l.keys))
	for i, k := range l.keys {
		order[i] = k
		if l.desc[i] {
			order[i] += " DESC"
		}
	}
	where, args := slices.Clone(l.where), slices.Clone(l.args)
	if after != nil {
		var some []string
		for i := range l.keys {
			var all []string
			for j := range i {
				all = append(all, l.keys[j]+" = ?")
				args = append(args, l.key(j, after[j]))
			}
			sign := " > ?"
			if l.desc[i] {
				sign = " < ?"
			}
			args = append(args, l.key(i, after[i]))
			some = append(some, "("+strings.Join(append(all, l.keys[i]+sign), " AND ")+")")
		}
		where = append(where, "("+strings.Join(some, " OR ")+")")
	}
	if len(where) == 0 {
		where = []string{"1"}
	}
	query := `SELECT parent.key, ` + l.item + `, ` + strings.Join(l.keys, ", ") + `,
		ROW_NUMBER() OVER (PARTITION BY parent.key ORDER BY ` + strings.Join(order, ", ") + `) AS n
		FROM json_each(?) AS parent ` + l.from + ` WHERE ` + strings.Join(where, " AND ")
	query = `SELECT * FROM (` + query + `) WHERE n <= ? ORDER BY 1, n`
	args = append(append([]any{list(parents)}, args...), p.First+1)
	rs, err := s.db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("sqlite: list %s: %w", l.kind, err)
	}
	defer rs.Close()
	found := make([]store.Page[T], len(parents))
	for rs.Next() {
		var at, n int
		var data []byte
		keys := make([]string, len(l.keys))
		into := []any{&at, &data}
		for i := range keys {
			into = append(into, &keys[i])
		}
		if err := rs.Scan(append(into, &n)...); err != nil {
			return nil, fmt.Errorf("sqlite: list %s: %w", l.kind, err)
		}
		if n > p.First {
			found[at].More = true
			continue
		}
		v, err := l.scan(data)
		if err != nil {
			return nil, fmt.Errorf("sqlite: list %s: %w", l.kind, err)
		}
		found[at].Edges = append(found[at].Edges, store.Edge[T]{Node: v, Cursor: store.Cursor(l.kind, keys...)})
	}
	if err := rs.Err(); err != nil {
		return nil, fmt.Errorf("sqlite: list %s: %w", l.kind, err)
	}
	return found, nil
}

func (l listing[T]) key(i int, v string) any {
	if len(l.number) > i && l.number[i] {
		n, err := strconv.ParseInt(v, 10, 64)
		if err != nil {
			return int64(-1)
		}
		return n
	}
	return v
}

// page is the one page of a list without parents.
func page[T any](ctx context.Context, s *Store, l listing[T], p store.Paging) (store.Page[T], error) {
	ps, err := pages(ctx, s, l, []news.ID{""}, p)
	if err != nil {
		return store.Page[T]{}, err
	}
	return ps[0], nil
}

// byID reads records in the order of ids, each once.
func byID[T any](ctx context.Context, s *Store, noun, query string, ids []news.ID) ([]T, error) {
	all, err := rows(ctx, s.db, record[T], query, list(ids))
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
	rs, err := s.db.QueryContext(ctx, `SELECT i.value, e.record FROM json_each(?) i JOIN report r ON r.form = i.value JOIN event e ON e.id = r.event`, list(ids))
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

var entities = listing[news.Entity]{
	kind: "entity", from: `JOIN entity e`, item: "e.record", keys: []string{"e.stories", "e.id"}, desc: []bool{true, false}, number: []bool{true, false},
	scan: fromJSON[news.Entity],
}

// FindEntities lists entities by what they are.
func (s *Store) FindEntities(ctx context.Context, q store.EntityQuery) (store.Page[news.Entity], error) {
	l := entities
	if len(q.Kinds) > 0 {
		l.where, l.args = append(l.where, `e.kind IN (SELECT value FROM json_each(?))`), append(l.args, list(q.Kinds))
	}
	if q.Name != "" {
		l.where, l.args = append(l.where, `e.id IN (SELECT entity FROM name WHERE words = ?)`), append(l.args, folded(q.Name))
	}
	if q.Wikidata != "" {
		l.where, l.args = append(l.where, `e.wikidata = ?`), append(l.args, q.Wikidata)
	}
	if q.ISO != "" {
		iso := strings.ToUpper(q.ISO)
		l.where, l.args = append(l.where, `(e.iso2 = ? OR e.iso3 = ?)`), append(l.args, iso, iso)
	}
	return page(ctx, s, l, q.Paging)
}

// Search lists entities by words of their names.
func (s *Store) Search(ctx context.Context, q store.SearchQuery) (store.Page[news.Entity], error) {
	words := news.Words(q.Text)
	l := entities
	l.kind = "search"
	l.keys = []string{"exact", "e.stories", "e.id"}
	l.desc, l.number = []bool{true, true, false}, []bool{true, true, false}
	// The text itself stands in a subquery, so that the rank can be a key.
	l.from = `JOIN (SELECT n.entity, MAX(n.words = ?) AS exact FROM name n WHERE `
	l.args = append(l.args, folded(q.Text))
	if len(words) == 0 {
		l.from += "0"
	}
	for i, w := range words {
		if i > 0 {
			l.from += " AND "
		}
		l.from += `instr(n.words, ?) > 0`
		l.args = append(l.args, " "+w)
	}
	l.from += ` GROUP BY n.entity) hit JOIN entity e ON e.id = hit.entity`
	if len(q.Kinds) > 0 {
		l.where, l.args = append(l.where, `e.kind IN (SELECT value FROM json_each(?))`), append(l.args, list(q.Kinds))
	}
	return page(ctx, s, l, q.Paging)
}

// events is the list that q asks for; from joins event e.
func events(q store.EventQuery, from string) listing[news.Event] {
	l := listing[news.Event]{
		kind: "newest", from: from, item: "e.record", keys: []string{"e.begins", "e.id"}, desc: []bool{true, false}, scan: fromJSON[news.Event],
	}
	and := func(condition string, args ...any) {
		l.where, l.args = append(l.where, condition), append(l.args, args...)
	}
	if q.Order == store.OldestFirst {
		l.kind, l.desc = "oldest", []bool{false, false}
		and(`e.begins <> ''`)
	}
	if len(q.Types) > 0 {
		and(`e.type IN (SELECT value FROM json_each(?))`, list(q.Types))
	}
	if len(q.Actions) > 0 {
		and(`e.action IN (SELECT value FROM json_each(?))`, list(q.Actions))
	}
	if len(q.Modalities) > 0 {
		and(`e.modality IN (SELECT value FROM json_each(?))`, list(q.Modalities))
	}
	if q.Foreground {
		and(`e.background = 0`)
	}
	for _, p := range q.Participants {
		condition := `e.id IN (SELECT event FROM participant WHERE 1`
		var args []any
		if len(p.Entities) > 0 {
			condition += ` AND entity IN (SELECT value FROM json_each(?))`
			args = append(args, list(p.Entities))
		}
		if len(p.Roles) > 0 {
			condition += ` AND role IN (SELECT value FROM json_each(?))`
			args = append(args, list(p.Roles))
		}
		and(condition+`)`, args...)
	}
	if d := q.During; d != nil {
		to := d.To
		if to == "" {
			to = "9999-12-31"
		}
		and(`(e.begins <> '' AND e.begins <= ? AND e.ends >= ? OR e.begins = '' AND ?)`, to, d.From, q.Undated)
	}
	if words := news.Words(q.Text); len(words) > 0 {
		condition := `e.id IN (SELECT event FROM report WHERE 1`
		var args []any
		for _, w := range words {
			condition += ` AND instr(words, ?) > 0`
			args = append(args, " "+w)
		}
		and(condition+`)`, args...)
	}
	return l
}

// Events lists events.
func (s *Store) Events(ctx context.Context, q store.EventQuery) (store.Page[news.Event], error) {
	return page(ctx, s, events(q, `JOIN event e`), q.Paging)
}

// EventsOf lists the events of each entity.
func (s *Store) EventsOf(ctx context.Context, of []news.ID, q store.EventQuery) ([]store.Page[news.Event], error) {
	return pages(ctx, s, events(q, `JOIN (SELECT DISTINCT entity, event FROM participant) p ON p.entity = parent.value JOIN event e ON e.id = p.event`), of, q.Paging)
}

// ReportsOf lists the reports of each event.
func (s *Store) ReportsOf(ctx context.Context, of []news.ID, p store.Paging) ([]store.Page[news.Report], error) {
	return pages(ctx, s, listing[news.Report]{
		kind: "reports of", from: `JOIN report f ON f.form = parent.value JOIN report r ON r.event = f.event`, item: "r.record",
		keys: []string{"r.position", "r.id"}, desc: []bool{false, false}, number: []bool{true, false}, scan: fromJSON[news.Report],
	}, of, p)
}

// ReportsIn lists the reports of each story.
func (s *Store) ReportsIn(ctx context.Context, stories []news.ID, p store.Paging) ([]store.Page[news.Report], error) {
	return pages(ctx, s, listing[news.Report]{
		kind: "reports in", from: `JOIN report r ON r.story = parent.value`, item: "r.record",
		keys: []string{"r.start", "r.id"}, desc: []bool{false, false}, number: []bool{true, false}, scan: fromJSON[news.Report],
	}, stories, p)
}

// Stories lists stories.
func (s *Store) Stories(ctx context.Context, q store.StoryQuery) (store.Page[news.Story], error) {
	l := listing[news.Story]{
		kind: "stories", from: `JOIN story s`, item: "s.record", keys: []string{"s.published", "s.id"}, desc: []bool{true, false}, scan: fromJSON[news.Story],
	}
	for _, w := range news.Words(q.Text) {
		l.where, l.args = append(l.where, `instr(s.words, ?) > 0`), append(l.args, " "+w)
	}
	if q.Publisher != "" {
		l.where, l.args = append(l.where, `s.publisher = ?`), append(l.args, news.Fold(q.Publisher))
	}
	if d := q.Published; d != nil {
		to := d.To
		if to == "" {
			to = "9999-12-31"
		}
		l.where, l.args = append(l.where, `s.published <> '' AND s.published <= ? AND s.until >= ?`), append(l.args, to, d.From)
	}
	return page(ctx, s, l, q.Paging)
}

// MentionsOf lists the mentions of each entity.
func (s *Store) MentionsOf(ctx context.Context, of []news.ID, p store.Paging) ([]store.Page[news.Mention], error) {
	return pages(ctx, s, listing[news.Mention]{
		kind: "mentions of", from: `JOIN mention m ON m.entity = parent.value`, item: "m.record", scan: fromJSON[news.Mention],
		keys: []string{"m.published", "m.story", "m.start", "m.id"}, desc: []bool{true, false, false, false}, number: []bool{false, false, true, false},
	}, of, p)
}

// MentionsIn lists the mentions of each story.
func (s *Store) MentionsIn(ctx context.Context, stories []news.ID, p store.Paging) ([]store.Page[news.Mention], error) {
	return pages(ctx, s, listing[news.Mention]{
		kind: "mentions in", from: `JOIN mention m ON m.story = parent.value`, item: "m.record", scan: fromJSON[news.Mention],
		keys: []string{"m.start", "m.id"}, desc: []bool{false, false}, number: []bool{true, false},
	}, stories, p)
}

// QuotationsIn lists the quotations of each story.
func (s *Store) QuotationsIn(ctx context.Context, stories []news.ID, p store.Paging) ([]store.Page[news.Quotation], error) {
	return pages(ctx, s, listing[news.Quotation]{
		kind: "quotations in", from: `JOIN quotation q ON q.story = parent.value`, item: "q.record", scan: fromJSON[news.Quotation],
		keys: []string{"q.start", "q.id"}, desc: []bool{false, false}, number: []bool{true, false},
	}, stories, p)
}

// Relations lists the relations of each entity.
func (s *Store) Relations(ctx context.Context, of []news.ID, q store.RelationQuery) ([]store.Page[store.Relation], error) {
	side := map[store.Direction]string{
		store.Both: `(a.entity = parent.value OR b.entity = parent.value)`, store.Outgoing: `a.entity = parent.value`, store.Incoming: `b.entity = parent.value`,
	}[q.Direction]
	conditions := []string{side, `e.modality = 'ASSERTED'`, `e.background = 0`}
	var args []any
	if len(q.Others) > 0 {
		conditions = append(conditions, `(a.entity = parent.value AND b.entity IN (SELECT value FROM json_each(?)) OR b.entity = parent.value AND a.entity IN (SELECT value FROM json_each(?)))`)
		args = append(args, list(q.Others), list(q.Others))
	}
	if len(q.Actions) > 0 {
		conditions = append(conditions, `e.action IN (SELECT value FROM json_each(?))`)
		args = append(args, list(q.Actions))
	}
	if d := q.During; d != nil {
		to := d.To
		if to == "" {
			to = "9999-12-31"
		}
		conditions = append(conditions, `e.begins <> '' AND e.begins <= ? AND e.ends >= ?`)
		args = append(args, to, d.From)
	}
	one := `SELECT parent.key AS k, a.entity AS source, b.entity AS target, e.action AS action, e.begins AS begins, e.ends AS ends, e.id AS id,
		ROW_NUMBER() OVER (PARTITION BY parent.key, a.entity, b.entity, e.action ORDER BY e.begins DESC, e.id) AS latest
		FROM json_each(?) AS parent JOIN participant a ON a.role = 'SOURCE' JOIN participant b ON b.event = a.event AND b.role = 'TARGET'
		JOIN event e ON e.id = a.event WHERE ` + strings.Join(conditions, " AND ")
	sum := `SELECT k, source, target, action, COUNT(*) AS count, MIN(NULLIF(begins, '')) AS first, MAX(NULLIF(ends, '')) AS last,
		MAX(CASE WHEN latest = 1 THEN id END) AS latest FROM (` + one + `) GROUP BY k, source, target, action`
	l := listing[store.Relation]{
		kind: "relations", from: `JOIN (` + sum + `) r ON r.k = parent.key`, args: append([]any{list(of)}, args...),
		item: `json_object('From', r.source, 'To', r.target, 'Action', r.action, 'Count', r.count, 'First', coalesce(r.first, ''), 'Last', coalesce(r.last, ''), 'Latest', r.latest)`,
		keys: []string{"r.count", "r.source", "r.target", "r.action"}, desc: []bool{true, false, false, false}, number: []bool{true, false, false, false},
		scan: fromJSON[store.Relation],
	}
	return pages(ctx, s, l, of, q.Paging)
}

// Stats counts what the graph holds.
func (s *Store) Stats(ctx context.Context) (store.Stats, error) {
	st := store.Stats{Readers: map[string]int{}}
	err := s.db.QueryRowContext(ctx, `SELECT (SELECT COUNT(*) FROM story), (SELECT COUNT(*) FROM entity), (SELECT COUNT(*) FROM event), (SELECT COUNT(*) FROM report)`).
		Scan(&st.Stories, &st.Entities, &st.Events, &st.Reports)
	if err != nil {
		return st, fmt.Errorf("sqlite: count: %w", err)
	}
	_, err = rows(ctx, s.db, func(rs *sql.Rows) (string, error) {
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
		tx, err := s.db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
		if err != nil {
			yield(store.Record{}, fmt.Errorf("sqlite: read all: %w", err))
			return
		}
		defer tx.Rollback()
		for _, noun := range []struct{ table, key string }{{"story", "story"}, {"entity", "entity"}, {"mention", "mention"}, {"report", "report"}, {"event", "event"}, {"quotation", "quotation"}} {
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
