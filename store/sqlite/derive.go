package sqlite

import (
	"bytes"
	"cmp"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"newsgraph/news"
)

// Days are counted from the first of January of the year 1, which is 1: in three bytes, and 0 stays free.
const (
	epoch  = 719163 // 1970-01-01
	never  = 0
	latest = 3652059 // 9999-12-31
	dated  = 4_000_000
)

// dayOf is the number of a day written 2006-01-02, never for any other text.
func dayOf(text string) int64 {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil || t.Year() == 0 {
		return never
	}
	return t.Unix()/(24*60*60) + epoch
}

func dayText(day int64) string {
	if day == never {
		return ""
	}
	return onDay(day).Format(time.DateOnly)
}

func onDay(day int64) time.Time { return time.Unix((day-epoch)*24*60*60, 0).UTC() }

// placed is what lists of events are ordered and filtered by. at orders all events in time: that of a dated event is its first day after
// dated, that of an undated one the day of its latest publication, so that all dated ones are later than all undated ones.
type placed struct {
	at, length, marks int64
}

// claim is 1 of a claim, else 0.
func (p placed) claim() int64 {
	if p.marks&markClaim != 0 {
		return 1
	}
	return 0
}

// Marks are bits. A participant's own roles come first; those of its event's other participants stand apart.
const (
	markBackground = 1 << 9
	modalityShift  = 4
	rolesShift     = 10
	markClaim      = 1 << 14
	textsShift     = 15
)

func roleMarks(roles []news.Role) (marks int64) {
	for i, r := range []news.Role{news.Source, news.Target, news.Instrument, news.Place} {
		if slices.Contains(roles, r) {
			marks |= 1 << i
		}
	}
	return marks
}

func modalityMarks(some []news.Modality) (marks int64) {
	for i, m := range news.Modalities() {
		if slices.Contains(some, m) {
			marks |= 1 << (modalityShift + i)
		}
	}
	return marks
}

// place places an event, whose reports were last published on a day.
func place(e news.Event, published int64) placed {
	p := placed{at: published, marks: modalityMarks([]news.Modality{e.Modality})}
	if e.Background {
		p.marks |= markBackground
	}
	if e.Claim {
		p.marks |= markClaim
	}
	p.marks |= int64(e.Texts) << textsShift
	for _, x := range e.Participants {
		p.marks |= roleMarks([]news.Role{x.Role}) << rolesShift
	}
	if from, to := dayOf(e.When.From), dayOf(e.When.To); e.When.Dated() && from != never && to >= from {
		p.at, p.length = dated+from, to-from
	}
	return p
}

// parts are the participants of an event, each once, with the marks of its roles.
func parts(e news.Event) (ids []news.ID, roles map[news.ID]int64) {
	roles = map[news.ID]int64{}
	for _, p := range e.Participants {
		if _, ok := roles[p.Entity]; !ok {
			ids = append(ids, p.Entity)
		}
		roles[p.Entity] |= roleMarks([]news.Role{p.Role})
	}
	return ids, roles
}

// deed is what an event is.
type deed struct {
	is     news.EventType
	action string
}

// pair is a relation's identity.
type pair struct {
	source, target int64
	action         string
}

func (p pair) compare(q pair) int {
	return cmp.Or(cmp.Compare(p.source, q.source), cmp.Compare(p.target, q.target), strings.Compare(p.action, q.action))
}

// event writes an event with all that is derived from it, or, without a record, takes it away.
func (c *change) event(e news.Event, p placed, record []byte) error {
	add := record != nil
	id, err := hash("event", e.ID)
	if err != nil {
		return err
	}
	c.noted.event(id)
	var deed int64
	if add {
		if deed, err = c.deed(e); err != nil {
			return err
		}
		c.enqueue(`event (id, deed, at, length, marks, record)`, id, deed, p.at, p.length, p.marks, record)
	} else {
		err = c.exec(`DELETE FROM event WHERE id = ?`, id)
	}
	if err != nil {
		return err
	}
	if p.length > c.longest {
		c.longest = p.length
		if err := c.exec(`UPDATE bound SET longest = ? WHERE longest < ?`, p.length, p.length); err != nil {
			return err
		}
	}
	ids, roles := parts(e)
	for _, entity := range ids {
		n, err := c.number(entity)
		if err != nil {
			return err
		}
		if add {
			c.enqueue(`participant (entity, at, event, deed, length, marks)`,
				n, p.at, id, deed, p.length, p.marks|roles[entity])
		} else {
			err = c.exec(`DELETE FROM participant WHERE entity = ? AND at = ? AND event = ?`, n, p.at, id)
		}
		if err != nil {
			return err
		}
	}
	if !e.Told() {
		return nil
	}
	for _, from := range e.Entities(news.Source) {
		for _, to := range e.Entities(news.Target) {
			if err := c.link(from, to, e.Action, p, id, add); err != nil {
				return err
			}
		}
	}
	return nil
}

// deed is the number of what an event is.
func (c *change) deed(e news.Event) (int64, error) {
	is := deed{e.Type, e.Action}
	if n, ok := c.deeds[is]; ok {
		return n, nil
	}
	var n int64
	err := c.scan(`SELECT n FROM deed WHERE type = ? AND action = ?`, []any{is.is, is.action}, &n)
	if errors.Is(err, sql.ErrNoRows) {
		n, err = c.insert(`INSERT INTO deed (type, action) VALUES (?, ?)`, is.is, is.action)
	}
	if err == nil {
		c.deeds[is] = n
	}
	return n, err
}

func (c *change) link(from, to news.ID, action string, p placed, event []byte, add bool) error {
	source, err := c.number(from)
	if err != nil {
		return err
	}
	target, err := c.number(to)
	if err != nil {
		return err
	}
	is := pair{source, target, action}
	r := c.relations[is]
	if r == nil {
		r = &related{from: from, to: to}
		c.relations[is] = r
	}
	if add {
		r.come = append(r.come, linked{placed: p, event: event})
		r.claims += p.claim()
		c.enqueue(`link (source, target, action, at, event, length, claim)`,
			source, target, action, p.at, event, p.length, p.claim())
		return nil
	}
	r.gone++
	r.claims -= p.claim()
	return c.exec(`DELETE FROM link WHERE source = ? AND target = ? AND action = ? AND at = ? AND event = ?`, source, target, action, p.at, event)
}

// related is what a change does to a relation.
type related struct {
	from, to news.ID
	come     []linked
	gone     int64 // links
	claims   int64 // how many more of its links are claims
}

// linked is an event as a link of a relation.
type linked struct {
	placed
	event []byte
}

// ends are the first day, the last and the latest of the links that came; never where none is dated.
func (r *related) ends() (first, last int64, latest linked) {
	latest = r.come[0]
	for _, l := range r.come {
		if l.at > latest.at || l.at == latest.at && bytes.Compare(l.event, latest.event) < 0 {
			latest = l
		}
		if l.at <= dated {
			continue
		}
		if begins := l.at - dated; first == never || begins < first {
			first = begins
		}
		last = max(last, l.at+l.length-dated)
	}
	return first, last, latest
}

// relatedAsked is how many relations are asked for at once.
const relatedAsked = 100

// settleRelations brings relations in step after their links have changed: by those that came alone, or, if some went, from the ends of the index. Which of
// those that only gain are there is asked of many at once, so that those that are new are inserted as rows are.
func (c *change) settleRelations() error {
	var gain []pair
	for _, is := range slices.SortedFunc(maps.Keys(c.relations), pair.compare) {
		r := c.relations[is]
		if r.gone == 0 {
			gain = append(gain, is)
			continue
		}
		if err := c.recount(is, r); err != nil {
			return fmt.Errorf("relation of %s and %s: %w", r.from, r.to, err)
		}
	}
	for some := range slices.Chunk(gain, relatedAsked) {
		if err := c.gain(some); err != nil {
			return fmt.Errorf("relations from %s on: %w", c.relations[some[0]].from, err)
		}
	}
	return c.flushRows()
}

// gain adds what came to relations.
func (c *change) gain(some []pair) error {
	args := make([]any, 0, 3*relatedAsked)
	for _, is := range some {
		args = append(args, is.source, is.target, is.action)
	}
	for len(args) < cap(args) { // one statement for all: no relation has the number 0
		args = append(args, 0, 0, "")
	}
	there, err := found(c, func(rs *sql.Rows) (is pair, err error) {
		err = rs.Scan(&is.source, &is.target, &is.action)
		return is, err
	}, `WITH asked (source, target, action) AS (VALUES (?, ?, ?)`+strings.Repeat(`, (?, ?, ?)`, relatedAsked-1)+`)
		SELECT r.source, r.target, r.action FROM asked a CROSS JOIN relation r ON r.source = a.source AND r.target = a.target AND r.action = a.action`, args...)
	if err != nil {
		return err
	}
	known := make(map[pair]bool, len(there))
	for _, is := range there {
		known[is] = true
	}
	for _, is := range some {
		r := c.relations[is]
		first, last, latest := r.ends()
		if !known[is] {
			c.enqueue(`relation (source, target, action, count, claims, first, last, latest, source_id, target_id)`,
				is.source, is.target, is.action, len(r.come), r.claims, first, last, latest.event, r.from, r.to)
			continue
		}
		if err := c.exec(`UPDATE relation SET count = count + ?4, claims = claims + ?5,
			first = CASE WHEN first = 0 OR ?6 BETWEEN 1 AND first THEN ?6 ELSE first END, last = MAX(last, ?7),
			latest = CASE WHEN (SELECT (o.at, ?9) < (?8, o.id) FROM event o WHERE o.id = relation.latest) THEN ?9 ELSE latest END
			WHERE source = ?1 AND target = ?2 AND action = ?3`,
			is.source, is.target, is.action, len(r.come), r.claims, first, last, latest.at, latest.event); err != nil {
			return err
		}
	}
	return nil
}

// recount brings a relation in step of which links went: its latest event may be among them.
func (c *change) recount(is pair, r *related) error {
	var count, claims int64
	if err := c.scan(`SELECT count, claims FROM relation WHERE source = ? AND target = ? AND action = ?`, []any{is.source, is.target, is.action}, &count, &claims); err != nil {
		return err
	}
	count += int64(len(r.come)) - r.gone
	claims += r.claims
	if count == 0 {
		return c.exec(`DELETE FROM relation WHERE source = ? AND target = ? AND action = ?`, is.source, is.target, is.action)
	}
	first, last, latest, err := c.ends(is)
	if err != nil {
		return err
	}
	return c.exec(`UPDATE relation SET count = ?, claims = ?, first = ?, last = ?, latest = ? WHERE source = ? AND target = ? AND action = ?`,
		count, claims, first, last, latest, is.source, is.target, is.action)
}

// ends are the first day, the last and the latest event of the links of a pair.
func (c *change) ends(is pair) (first, last int64, latest []byte, err error) {
	var newest, oldest, ends int64
	if err := c.scan(`SELECT at, event FROM link WHERE source = ? AND target = ? AND action = ? ORDER BY at DESC, event LIMIT 1`,
		[]any{is.source, is.target, is.action}, &newest, &latest); err != nil {
		return 0, 0, nil, err
	}
	// What began long before the newest began has ended before it.
	err = c.scan(`SELECT coalesce(MAX(at + length), 0), coalesce((SELECT at FROM link WHERE source = ?1 AND target = ?2 AND action = ?3 AND at > ?4 ORDER BY at LIMIT 1), 0)
		FROM link WHERE source = ?1 AND target = ?2 AND action = ?3 AND at > ?4 AND at >= ?5`,
		[]any{is.source, is.target, is.action, dated, newest - c.longest}, &ends, &oldest)
	return max(oldest-dated, never), max(ends-dated, never), latest, err
}

// stretch are the days from which and to which at may be for what overlaps an interval.
func stretch(from, to string) (int64, int64) {
	last := int64(latest)
	if to != "" {
		last = dayOf(to)
	}
	return dayOf(from), last
}
