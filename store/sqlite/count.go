package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"newsgraph/news"
	"newsgraph/store"
)

// chosen are the events of a query, in no order: all that is asked is looked up once.
func chosen(q store.EventQuery) builder {
	b := builder{from: `event p`}
	a := asked{EventQuery: q}
	var rest []store.Participation
	for _, p := range q.Participations() {
		if len(p.Entities) > 0 {
			some, args := members(p.Party())
			roles := roleMarks(p.Roles)
			if len(p.Roles) == 0 {
				roles = -1
			}
			b.and(`p.id IN (SELECT event FROM participant WHERE entity IN (`+some+`) AND marks & ? <> 0)`, append(args, roles)...)
			continue
		}
		rest = append(rest, p)
	}
	b.rest(a, rest, "")
	var when []string
	for _, t := range a.times() {
		if len(t.where) > 0 {
			when = append(when, `(`+strings.Join(t.where, ` AND `)+`)`)
			b.args = append(b.args, t.args...)
		}
	}
	if len(when) > 0 {
		b.where = append(b.where, `(`+strings.Join(when, ` OR `)+`)`)
	}
	if words := news.Words(q.Text); len(words) > 0 {
		b.and(`p.id IN (SELECT event FROM report WHERE n IN (SELECT rowid FROM report_words WHERE report_words MATCH ?))`, match(words))
	}
	if len(b.where) == 0 {
		b.and(`1`)
	}
	for i := range b.where {
		b.where[i] = strings.ReplaceAll(b.where[i], `p.event`, `p.id`)
	}
	return b
}

// firstDay and lastDay are those of a chosen event, as SQLite counts them: from noon of a day in 4714 BC.
const (
	firstDay = `c.at - 4000000 + 1721424.5`
	lastDay  = `c.at - 4000000 + c.length + 1721424.5`
)

// keyOfEvent is the key of a chosen event c by a dimension, or that of what is joined as d.
func keyOfEvent(d store.Dimension, joined string) string {
	span := func(format string) string {
		first, last := fmt.Sprintf(format, firstDay), fmt.Sprintf(format, lastDay)
		return `CASE WHEN c.at > 4000000 AND ` + first + ` = ` + last + ` THEN ` + first + ` ELSE '' END`
	}
	switch d {
	case store.ByYear:
		return span(`strftime('%%Y', %s)`)
	case store.ByMonth:
		return span(`strftime('%%Y-%%m', %s)`)
	case store.ByWeek:
		return span(`date(%s, 'weekday 0', '-6 days')`)
	case store.ByDay:
		return span(`date(%s)`)
	case store.ByType:
		return `c.type`
	case store.ByAction, store.ByQuad:
		return `c.action`
	}
	return `coalesce(` + joined + `.key, '')`
}

// keysOf are the events and keys of a dimension that gives any number of them; empty for one that does not.
func keysOf(d store.Dimension) string {
	const parts = `SELECT x.event AS event, %s AS key FROM participant x CROSS JOIN entity e ON e.n = x.entity WHERE x.event IN (SELECT id FROM chosen) AND %s`
	country := `CASE WHEN e.country <> '' THEN e.country ELSE e.iso3 END`
	in := func(role news.Role) string { return fmt.Sprintf(`x.marks & %d <> 0`, roleMarks([]news.Role{role})) }
	switch d {
	case store.ByActor:
		return fmt.Sprintf(parts, `e.id`, in(news.Source))
	case store.ByTarget:
		return fmt.Sprintf(parts, `e.id`, in(news.Target))
	case store.ByPlace:
		return fmt.Sprintf(parts, `e.id`, in(news.Place))
	case store.ByCountry:
		return fmt.Sprintf(parts, country, country+` <> ''`)
	case store.ByPublisher:
		return `SELECT r.event AS event, s.publisher AS key FROM report r CROSS JOIN story s ON s.n = r.story WHERE r.event IN (SELECT id FROM chosen) AND s.publisher <> ''`
	}
	return ""
}

// Counts counts events by their keys.
func (s *Store) Counts(ctx context.Context, q store.CountQuery) (store.Counts, error) {
	if err := q.Check(); err != nil {
		return store.Counts{}, fmt.Errorf("sqlite: count events: %w", err)
	}
	b := chosen(q.Filter)
	with := `WITH chosen AS MATERIALIZED (SELECT p.id AS id, p.at AS at, p.length AS length, p.type AS type, p.action AS action FROM ` + b.from + ` WHERE ` +
		strings.Join(b.where, ` AND `) + `)`
	keys, joins := [2]string{`''`, `''`}, ``
	for i, d := range q.By {
		name := fmt.Sprint("d", i)
		keys[i] = keyOfEvent(d, name)
		if of := keysOf(d); of != "" {
			with += `, ` + name + ` AS MATERIALIZED (` + of + `)`
			joins += ` LEFT JOIN ` + name + ` ON ` + name + `.event = c.id`
		}
	}
	total := 0
	cells, err := rows(ctx, s.ask, func(rs *sql.Rows) (c store.Cell, err error) {
		c.Keys = make([]string, len(keys))
		var all bool
		if err = rs.Scan(&all, &c.Keys[0], &c.Keys[1], &c.Events); all {
			total, c.Events = c.Events, 0
		}
		return c, err
	}, with+` SELECT 1, '', '', COUNT(*) FROM chosen UNION ALL SELECT 0, `+keys[0]+`, `+keys[1]+`, COUNT(DISTINCT c.id) FROM chosen c`+joins+` GROUP BY 2, 3`, b.args...)
	if err != nil {
		return store.Counts{}, fmt.Errorf("sqlite: count events: %w", err)
	}
	return q.Rank(cells[1:], total), nil
}
