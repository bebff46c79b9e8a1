package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"iter"
	"slices"
	"strings"

	"newsgraph/news"
	"newsgraph/store"
)

// stream is a query that yields the beginning of one ordered list of events from one index: number of the parent, at, event.
type stream struct {
	query string
	args  []any
}

// mostStreams is how many streams are merged in one query: SQLite takes 500 at most.
const mostStreams = 400

// merged parts the streams of parents into what one query merges. A page is the first of all streams of its parent, so these stand in one query; no parent has
// more than it takes.
func merged(of [][]stream) iter.Seq[[]stream] {
	return func(yield func([]stream) bool) {
		var some []stream
		for _, one := range of {
			if len(some) > 0 && len(some)+len(one) > mostStreams {
				if !yield(some) {
					return
				}
				some = nil
			}
			some = append(some, one...)
		}
		if len(some) > 0 {
			yield(some)
		}
	}
}

// Events lists events.
func (s *Store) Events(ctx context.Context, q store.EventQuery) (store.Page[news.Event], error) {
	return only(s.events(ctx, []news.ID{""}, false, q))
}

// EventsOf lists the events of each entity.
func (s *Store) EventsOf(ctx context.Context, of []news.ID, q store.EventQuery) ([]store.Page[news.Event], error) {
	return s.events(ctx, of, true, q)
}

// events merges, for each parent, streams that begin at what is rarest in the query.
func (s *Store) events(ctx context.Context, parents []news.ID, of bool, q store.EventQuery) ([]store.Page[news.Event], error) {
	a := asked{EventQuery: q, kind: "events newest", keys: []key{{column: "u.at", inner: "p.at", desc: true, kind: numberKey}, {column: "u.event", inner: "p.event", kind: hashKey}}}
	if q.Order == store.OldestFirst {
		a.kind, a.keys[0].desc = "events oldest", false
	}
	found, err := func() ([]store.Page[news.Event], error) {
		if err := q.Check(); err != nil {
			return nil, err
		}
		if err := q.CheckIntervals(); err != nil {
			return nil, err
		}
		var err error
		if a.after, a.afterArgs, err = beyond(a.keys, a.kind, q.After, inner); err != nil {
			return nil, err
		}
		remembered, err := s.beyondIndexes(ctx, &a)
		if err != nil {
			return nil, err
		}
		if remembered {
			return s.remembered(ctx, parents, of, a)
		}
		if a.deeds, err = s.deeds(ctx, q); err != nil {
			return nil, err
		}
		degrees, err := s.degrees(ctx, parents, of, q)
		if err != nil {
			return nil, err
		}
		streams := make([][]stream, len(parents))
		for i, parent := range parents {
			participants := q.Participants
			if of {
				participants = append([]store.Participation{{Entities: []news.ID{parent}}}, participants...)
			}
			var few bool
			if streams[i], few = a.streams(i, participants, degrees); !few {
				return s.remembered(ctx, parents, of, a)
			}
		}
		found := make([]store.Page[news.Event], len(parents))
		for some := range merged(streams) {
			if err := s.mergeStreams(ctx, a, some, found); err != nil {
				return nil, err
			}
		}
		return found, nil
	}()
	if err == nil {
		err = s.besideEvents(ctx, found, q.Show)
	}
	if err != nil {
		return nil, fmt.Errorf("sqlite: list %s: %w", a.kind, err)
	}
	return found, nil
}

// remembered lists events by what is in memory.
func (s *Store) remembered(ctx context.Context, parents []news.ID, of bool, a asked) ([]store.Page[news.Event], error) {
	found := make([]store.Page[news.Event], len(parents))
	c, err := s.choose(ctx, a.EventQuery)
	for i, parent := range parents {
		if err != nil {
			return nil, err
		}
		one := c
		if of {
			one = c.of(parent)
		}
		found[i], err = s.chosen(ctx, one, a)
	}
	return found, err
}

// deeds are the numbers of the types and actions that a query asks for; nil for all.
func (s *Store) deeds(ctx context.Context, q store.EventQuery) ([]int64, error) {
	if len(q.Types) == 0 && len(q.Actions) == 0 {
		return nil, nil
	}
	b := builder{where: []string{`1`}}
	if len(q.Types) > 0 {
		b.and(in(`type`, q.Types))
	}
	if len(q.Actions) > 0 {
		b.and(in(`action`, q.Actions))
	}
	deeds, err := rows(ctx, s.ask, number, `SELECT n FROM deed WHERE `+strings.Join(b.where, ` AND `), b.args...)
	if len(deeds) == 0 {
		deeds = []int64{0} // no deed's
	}
	return deeds, err
}

func (s *Store) mergeStreams(ctx context.Context, a asked, streams []stream, found []store.Page[news.Event]) error {
	var parts []string
	var args []any
	for _, st := range streams {
		parts, args = append(parts, `SELECT * FROM (`+st.query+`)`), append(args, st.args...)
	}
	query := `SELECT u.parent, ` + columns(a.keys) + `, e.id, e.record FROM (` + strings.Join(parts, ` UNION ALL `) + `) u CROSS JOIN event e ON e.id = u.event
		ORDER BY u.parent, ` + order(a.keys, outer)
	return scan(ctx, s, a.kind, a.keys, found, a.First, s.scanEventAs(a.Show), query, args...)
}

// degrees are how many events those who take part have, up to many. Nobody is counted where there is nothing to choose.
func (s *Store) degrees(ctx context.Context, parents []news.ID, of bool, q store.EventQuery) (map[news.ID]int, error) {
	participants := q.Participants
	if len(participants) == 0 || len(participants) == 1 && !of {
		return nil, nil
	}
	ids := slices.Clone(parents)
	for _, p := range participants {
		ids = append(ids, p.Entities...)
	}
	degrees := map[news.ID]int{}
	_, err := rows(ctx, s.ask, func(rs *sql.Rows) (none struct{}, err error) {
		var id news.ID
		var n int
		err = rs.Scan(&id, &n)
		degrees[id] = n
		return none, err
	}, `SELECT e.id, (SELECT COUNT(*) FROM (SELECT 1 FROM participant WHERE entity = e.n LIMIT ?)) FROM json_each(?) i CROSS JOIN entity e ON e.id = i.value`, many, list(ids))
	return degrees, err
}

// asked is a query of events, with what all its streams share.
type asked struct {
	store.EventQuery
	kind      string
	keys      []key
	after     string
	afterArgs []any
	match     string  // of the full-text index, empty if no words are asked for
	few       bool    // reports match, and lists begin there
	deeds     []int64 // of the types and actions that are asked for; nil for all
}

// rare tells that lists begin at what is rarer than those who take part, and is in no order.
func (a asked) rare() bool { return a.Events != nil || a.few }

// streams are those of one parent: one for each entity of the rarest participation, each deed, and each stretch of time. Where they are more than one query
// merges, it makes none and tells so.
func (a asked) streams(parent int, participants []store.Participation, degrees map[news.ID]int) (all []stream, few bool) {
	driver := -1
	least := 0
	for i, p := range participants {
		if len(p.Entities) == 0 {
			continue
		}
		n := 0
		for _, id := range p.Entities {
			n += degrees[id]
		}
		if driver < 0 || n < least {
			driver, least = i, n
		}
	}
	var entities []news.ID
	var own []news.Role
	rest := participants
	if driver >= 0 && !a.rare() {
		entities, own = set(participants[driver].Entities), participants[driver].Roles
		rest = slices.Delete(slices.Clone(participants), driver, driver+1)
	}
	var column string
	values := []int64{0}
	switch {
	case a.rare():
	case a.deeds != nil:
		column, values = "deed", a.deeds
	}
	times := a.times()
	if max(1, len(entities))*len(values)*len(times) > mostStreams {
		return nil, false
	}
	for _, entity := range orNone(entities) {
		for _, value := range values {
			var b builder
			switch {
			case a.Events != nil:
				b.from, b.args = `json_each(?) i CROSS JOIN event p ON p.id = unhex(i.value)`, []any{hashes("event", set(a.Events))}
			case a.few:
				b.from = `report r CROSS JOIN event p ON p.id = r.event`
				b.and(`r.n IN (SELECT rowid FROM report_words WHERE report_words MATCH ?)`, a.match)
			case entity != "":
				b.from = `participant p` + index("participant", column)
				b.and(`p.entity = (SELECT n FROM entity WHERE id = ?)`, entity)
				b.marks(roleMarks(own), len(own) > 0)
			default:
				b.from = `event p` + index("event", cmp.Or(column, "at"))
			}
			if column != "" {
				b.and(`p.`+column+` = ?`, value)
			}
			b.rest(a, rest, column)
			if a.match != "" && !a.few {
				b.and(`+p.event IN (SELECT event FROM report WHERE n IN (SELECT rowid FROM report_words WHERE report_words MATCH ?))`, a.match)
			}
			for _, t := range times {
				all = append(all, b.stream(a, parent, t, entity != ""))
			}
		}
	}
	return all, true
}

// index names the index of a table that leads to a column; without one the primary key is it.
func index(table, column string) string {
	if column == "" {
		return ""
	}
	return ` INDEXED BY ` + table + `_` + column
}

func set[T ~string](values []T) []T {
	return slices.Compact(slices.Sorted(slices.Values(values)))
}

func orNone[T ~string](values []T) []T {
	if len(values) == 0 {
		return []T{""}
	}
	return values
}

// builder collects the conditions of a stream, where p is the event or its participant.
type builder struct {
	from  string
	where []string
	args  []any
}

func (b *builder) and(condition string, args ...any) {
	b.where, b.args = append(b.where, condition), append(b.args, args...)
}

func (b *builder) marks(bits int64, asked bool) {
	if asked {
		b.and(`p.marks & ? <> 0`, bits)
	}
}

// rest are the conditions that no index begins with.
func (b *builder) rest(a asked, participants []store.Participation, column string) {
	if a.deeds != nil && column == "" {
		b.and(`p.deed IN (SELECT value FROM json_each(?))`, string(marshal(a.deeds)))
	}
	b.marks(modalityMarks(a.Modalities), len(a.Modalities) > 0)
	if a.Foreground {
		b.and(`p.marks & ? = 0`, markBackground)
	}
	b.asked(a.EventQuery)
	for _, p := range participants {
		if len(p.Entities) == 0 {
			roles := p.Roles
			if len(roles) == 0 {
				roles = []news.Role{news.Source, news.Target, news.Instrument, news.Place}
			}
			b.marks(roleMarks(roles)<<rolesShift, true)
			continue
		}
		roles := int64(-1)
		if len(p.Roles) > 0 {
			roles = roleMarks(p.Roles)
		}
		b.and(`EXISTS (SELECT 1 FROM participant o WHERE o.entity IN (SELECT n FROM entity WHERE id IN (SELECT value FROM json_each(?))) AND o.at = p.at AND o.event = p.event AND o.marks & ? <> 0)`,
			list(p.Entities), roles)
	}
}

// times are the stretches of time that a query asks for.
func (a asked) times() []builder {
	var all []builder
	if a.During == nil {
		var b builder
		if a.Order == store.OldestFirst {
			b.and(`p.at > ?`, dated)
		}
		return []builder{b}
	}
	from, to := stretch(a.During.From, a.During.To)
	var b builder
	b.and(`p.at > ?`, dated)
	b.and(`p.at >= ? - (SELECT longest FROM bound)`, dated+from)
	b.and(`p.at <= ?`, dated+to)
	b.and(`p.at + p.length >= ?`, dated+from)
	all = append(all, b)
	if a.Undated && a.Order != store.OldestFirst {
		var b builder
		b.and(`p.at <= ?`, dated)
		all = append(all, b)
	}
	return all
}

func (b builder) stream(a asked, parent int, t builder, participant bool) stream {
	where := slices.Concat(b.where, t.where, []string{a.after})
	args := slices.Concat([]any{parent}, b.args, t.args, a.afterArgs, []any{a.Limit()})
	distinct := ""
	if a.few {
		distinct = `DISTINCT ` // two reports of an event may match
	}
	query := `SELECT ` + distinct + `? AS parent, p.at AS at, p.event AS event FROM ` + b.from + ` WHERE ` + strings.Join(where, " AND ") + ` ORDER BY ` + order(a.keys, inner) + ` LIMIT ?`
	if !participant {
		query = strings.ReplaceAll(query, `p.event`, `p.id`)
	}
	return stream{query, args}
}
