package neo4j

import (
	"fmt"
	"maps"
	"slices"

	"newsgraph/news"
	"newsgraph/store"
)

// happens is an event with what is derived from it.
type happens struct {
	news.Event
	key      string
	record   string
	relation string
	sorting  sorting
	about    []news.ID // events that its ABOUT leads to or comes from
	from     []news.ID
}

// relations are those that are derived from it, by the type that it was written with: the vocabulary may have changed since.
func (h happens) relations() []relation { return derive(h.Event, h.relation) }

// merging is what news.Merge made of the reports around those that come and go.
type merging struct {
	events  []happens
	now     map[news.ID]news.ID // the event of each report
	was     map[news.ID]news.ID // the event of each report that was there and stays
	canon   map[news.ID]string  // the place of each report in its event
	abouts  [][2]news.ID        // pairs of events, both after the change, of which the first is about the second
	outside map[news.ID]news.ID // the event of each report of another key that is about one of these, or that one of these is about
}

// lives are the events that there are after the change.
func (m merging) lives() map[news.ID]bool {
	all := make(map[news.ID]bool, len(m.events))
	for _, e := range m.events {
		all[e.ID] = true
	}
	return all
}

const (
	reportsAround = `
UNWIND $ids AS id
MATCH (r:Report {id: id})-[:OF]->(e:Event)
RETURN r.record AS record, e.id AS event,
  COLLECT { MATCH (r)-[:ABOUT]->(d:Report)-[:OF]->(f:Event) RETURN [d.id, d.key, f.id, d.story, d.since, d.until] } AS about,
  COLLECT { MATCH (r)<-[:ABOUT]-(d:Report)-[:OF]->(f:Event) RETURN [d.id, d.key, f.id, d.story, d.since, d.until] } AS from`

	eventsAround = `
UNWIND $ids AS id
MATCH (e:Event {id: id})
RETURN e.record AS record, e.key AS key, e.relation AS relation, e.newest AS newest, e.oldest AS oldest, e.wide AS wide, e.to AS to,
  COLLECT { MATCH (e)-[:ABOUT]->(f:Event) RETURN f.id } AS about,
  COLLECT { MATCH (e)<-[:ABOUT]-(f:Event) RETURN f.id } AS from`
)

// known is a report that is there.
type known struct {
	report      news.Report
	event       news.ID
	about, from [][]string // other reports, each {id, key, event, story, since, until}
}

func scanKnown(r *row) known {
	return known{recorded[news.Report](r), news.ID(r.string("event")), r.pairs("about"), r.pairs("from")}
}

func scanHappens(r *row) happens {
	e := recorded[news.Event](r)
	return happens{
		Event: e, key: r.string("key"), record: r.string("record"), relation: r.string("relation"),
		sorting: sorting{
			typ: string(e.Type), action: e.Action, modality: string(e.Modality),
			newest: r.string("newest"), oldest: r.string("oldest"), wide: r.string("wide"), to: r.string("to"),
		},
		about: ids(r.strings("about")), from: ids(r.strings("from")),
	}
}

// merge reads the reports around those that come and go, and makes events of them and of those that come. Events depend on the reports
// that their stretches touch, all of one key. But an ABOUT relation leads to the event that holds the other report, of another key, and either may move; so
// the stretches of both must be locked by whoever touches one of them.
func (c *changing) merge() (merging, error) {
	m := merging{now: map[news.ID]news.ID{}, was: map[news.ID]news.ID{}, canon: map[news.ID]string{}, outside: map[news.ID]news.ID{}}
	var reports []news.Report
	var pairs [][2]news.ID // of reports
	beside := keys{}
	there, days, err := c.around()
	if err != nil {
		return m, err
	}
	for key, some := range days {
		for _, d := range some {
			beside.addSpot(spot{key, d})
		}
	}
	for _, k := range there {
		if _, gone := c.gone[k.report.Story]; gone {
			continue
		}
		reports = append(reports, k.report)
		m.was[k.report.ID] = k.event
		for _, other := range k.about {
			pairs = append(pairs, [2]news.ID{k.report.ID, news.ID(other[0])})
			c.neighbour(&m, beside, other)
		}
		for _, other := range k.from {
			pairs = append(pairs, [2]news.ID{news.ID(other[0]), k.report.ID})
			c.neighbour(&m, beside, other)
		}
	}
	if !c.locked.covers(beside) {
		return m, grown{c.locked.union(beside)}
	}
	for _, f := range c.put {
		own := map[news.ID]bool{}
		for _, r := range f.Reports {
			own[r.ID] = true
		}
		for _, r := range f.Reports {
			reports = append(reports, r)
			for _, a := range r.About {
				if own[a.Report] {
					pairs = append(pairs, [2]news.ID{r.ID, a.Report})
				}
			}
		}
	}
	if err := c.groupsOf(reports); err != nil {
		return m, err
	}
	key, published, group := make(map[news.ID]string, len(reports)), make(map[news.ID]string, len(reports)), make(map[news.ID]string, len(reports))
	for _, r := range reports {
		group[r.ID] = c.copied.group[r.TextHash]
		key[r.ID], published[r.ID], m.canon[r.ID] = keyOf(r), dayOf(r.Published), store.ReportKey(r)
	}
	for _, e := range news.Merge(reports) {
		last := ""
		independent := map[string]bool{}
		for _, r := range e.Reports {
			m.now[r], independent[group[r]] = e.ID, true
			last = max(last, published[r])
		}
		e.Texts = len(independent)
		m.events = append(m.events, happens{
			Event: e, key: key[e.Reports[0]], record: record(e), relation: relationType(e), sorting: sortingOf(e, last),
		})
	}
	for _, p := range pairs {
		a, b := m.eventOf(p[0]), m.eventOf(p[1])
		if a != "" && b != "" && a != b {
			m.abouts = append(m.abouts, [2]news.ID{a, b})
		}
	}
	m.abouts = unique(m.abouts)
	c.result.Events = len(m.events) - len(c.before)
	return m, nil
}

// neighbour notes a report, {id, key, event, story, since, until}, that stands beside one of ours.
func (c *changing) neighbour(m *merging, beside keys, other []string) {
	if _, gone := c.gone[news.ID(other[3])]; gone {
		return
	}
	m.outside[news.ID(other[0])] = news.ID(other[2])
	beside.addSpot(spot{other[1], news.Interval{From: other[4], To: other[5]}})
}

func (m merging) eventOf(report news.ID) news.ID {
	if e, ok := m.now[report]; ok {
		return e
	}
	return m.outside[report]
}

func ids(texts []string) []news.ID {
	all := make([]news.ID, len(texts))
	for i, t := range texts {
		all[i] = news.ID(t)
	}
	return all
}

const deleteEvents = `UNWIND $ids AS id MATCH (e:Event {id: id}) DETACH DELETE e`

// deleteEvents takes away the events that are no more, and the derived relations that are no more.
func (c *changing) deleteEvents(m merging) error {
	stays := map[relation]bool{}
	for _, e := range m.events {
		for _, r := range e.relations() {
			stays[r] = true
		}
	}
	over := map[string][]map[string]any{}
	for _, e := range c.before {
		for _, r := range e.relations() {
			if !stays[r] {
				over[r.typ] = append(over[r.typ], r.row())
			}
		}
	}
	for _, typ := range slices.Sorted(maps.Keys(over)) {
		if !isType(typ) {
			return fmt.Errorf("event with relation %q", typ)
		}
		if err := c.rows(deleteRelations(typ), over[typ]); err != nil {
			return err
		}
	}
	lives := m.lives()
	var dead []string
	for id := range c.before {
		if !lives[id] {
			dead = append(dead, string(id))
		}
	}
	if len(dead) == 0 {
		return nil
	}
	return c.do(deleteEvents, map[string]any{"ids": dead})
}

const (
	saveEvents = `UNWIND $rows AS row MERGE (e:Event {id: row.id}) SET e = row`

	deleteParticipants = `
UNWIND $rows AS row
MATCH (e:Event {id: row.event})-[r:SOURCE|TARGET|INSTRUMENT|PLACE]->(n:Entity {id: row.entity}) WHERE type(r) = row.role
DELETE r`

	writeParticipants = `
UNWIND $rows AS row
MATCH (e:Event {id: row.event})
MATCH (n:Entity {id: row.entity})
CREATE (e)-[r:$(row.role)]->(n)
SET r = row.props`

	// sortParticipants keeps the sort keys of those who stay in step with their event's.
	sortParticipants = `
UNWIND $rows AS row
MATCH (e:Event {id: row.event})-[r:SOURCE|TARGET|INSTRUMENT|PLACE]->(:Entity)
SET r += row.props`

	leaveEvents = `UNWIND $rows AS row MATCH (r:Report {id: row.report})-[o:OF]->(:Event) DELETE o`

	joinEvents = `
UNWIND $rows AS row
MATCH (r:Report {id: row.report})
MATCH (e:Event {id: row.event})
CREATE (r)-[:OF {event: row.event, canon: r.canon}]->(e)`

	moveQuotations = `
UNWIND $rows AS row
MATCH (q:Quotation {report: row.report})
MATCH (e:Event {id: row.event})
OPTIONAL MATCH (q)-[o:OF]->(:Event)
DELETE o
CREATE (q)-[:OF]->(e)`

	deleteAbouts = `UNWIND $rows AS row MATCH (:Event {id: row.from})-[a:ABOUT]->(:Event {id: row.to}) DELETE a`

	writeAbouts = `
UNWIND $rows AS row
MATCH (a:Event {id: row.from})
MATCH (b:Event {id: row.to})
CREATE (a)-[:ABOUT]->(b)`
)

// writeEvents writes what differs: events, who takes part, which reports they hold, what they are about, and what is derived.
func (c *changing) writeEvents(m merging) error {
	var events, leaving, staying, coming, derived []map[string]any
	had := map[relation]bool{}
	for _, e := range c.before {
		for _, r := range e.relations() {
			had[r] = true
		}
	}
	for _, e := range m.events {
		was := c.before[e.ID]
		if e.record != was.record || e.relation != was.relation || e.sorting != was.sorting {
			events = append(events, eventRow(e.Event, e.key, e.relation, e.sorting))
		}
		if was.record != "" && e.sorting != was.sorting {
			staying = append(staying, map[string]any{"event": string(e.ID), "props": e.sorting.row()})
		}
		row := func(p news.Participant) map[string]any {
			props := e.sorting.row()
			props["entity"] = string(p.Entity)
			return map[string]any{"event": string(e.ID), "entity": string(p.Entity), "role": string(p.Role), "props": props}
		}
		for _, p := range was.Participants {
			if !slices.Contains(e.Participants, p) {
				leaving = append(leaving, row(p))
			}
		}
		for _, p := range e.Participants {
			if !slices.Contains(was.Participants, p) {
				coming = append(coming, row(p))
			}
		}
		for _, r := range e.relations() {
			if !had[r] {
				derived = append(derived, r.row())
			}
		}
	}
	left, entered := c.moves(m)
	unlinked, linked := c.links(m)
	return c.all(
		statement{saveEvents, events}, statement{deleteParticipants, leaving}, statement{sortParticipants, staying},
		statement{writeParticipants, coming},
		statement{leaveEvents, left}, statement{joinEvents, entered}, statement{moveQuotations, entered},
		statement{deleteAbouts, unlinked}, statement{writeAbouts, linked}, statement{createRelations, derived},
	)
}

// moves tells which reports leave an event that is still there, and which enter one.
func (c *changing) moves(m merging) (left, entered []map[string]any) {
	lives := m.lives()
	for _, r := range slices.Sorted(maps.Keys(m.now)) {
		was, now := m.was[r], m.now[r]
		if was == now {
			continue
		}
		row := map[string]any{"report": string(r), "event": string(now), "canon": m.canon[r]}
		if lives[was] {
			left = append(left, row)
		}
		entered = append(entered, row)
	}
	return left, entered
}

// links tells which ABOUT relations between events go and which come. Those of an event that is no more went with it.
func (c *changing) links(m merging) (unlinked, linked []map[string]any) {
	lives := m.lives()
	over := map[[2]news.ID]bool{}
	had := func(from, to news.ID) {
		for _, end := range []news.ID{from, to} {
			if _, ours := c.before[end]; ours && !lives[end] {
				return
			}
		}
		over[[2]news.ID{from, to}] = true
	}
	for _, e := range c.before {
		for _, f := range e.about {
			had(e.ID, f)
		}
		for _, f := range e.from {
			had(f, e.ID)
		}
	}
	row := func(p [2]news.ID) map[string]any { return map[string]any{"from": string(p[0]), "to": string(p[1])} }
	for _, p := range m.abouts {
		if over[p] {
			delete(over, p)
			continue
		}
		linked = append(linked, row(p))
	}
	for p := range over {
		unlinked = append(unlinked, row(p))
	}
	return unlinked, linked
}
