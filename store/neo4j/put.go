package neo4j

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	"newsgraph/news"
	"newsgraph/store"
)

// Put adds stories with their facts.
func (s *Store) Put(ctx context.Context, facts []news.Facts) (store.PutResult, error) {
	if len(facts) == 0 {
		return store.PutResult{}, nil
	}
	return s.change(ctx, "put", lastOfEach(facts), nil)
}

// Remove takes stories away.
func (s *Store) Remove(ctx context.Context, stories []news.ID) (int, error) {
	if len(stories) == 0 {
		return 0, nil
	}
	result, err := s.change(ctx, "remove", nil, unique(stories))
	return result.Replaced, err
}

// lastOfEach keeps the last facts of each story: what remains if they are put one after the other.
func lastOfEach(facts []news.Facts) []news.Facts {
	at := map[news.ID]int{}
	for i, f := range facts {
		at[f.Story.ID] = i
	}
	kept := make([]news.Facts, 0, len(at))
	for i, f := range facts {
		if at[f.Story.ID] == i {
			kept = append(kept, f)
		}
	}
	return kept
}

// change puts facts and removes stories in one transaction. When a transaction finds that it touches more keys than it had
// locked, because another changed the graph before it had its locks or because an event beside it must be held still, it gives up and
// begins again with all of them.
func (s *Store) change(ctx context.Context, what string, facts []news.Facts, remove []news.ID) (store.PutResult, error) {
	held := keys{}
	for {
		result, err := write(ctx, s, what, func(t transaction) (store.PutResult, error) {
			c := changing{transaction: t}
			return c.run(facts, remove, held)
		})
		var more grown
		if errors.As(err, &more) {
			held = more.keys
			continue
		}
		return result, err
	}
}

// changing is one attempt at a change.
type changing struct {
	transaction
	put    []news.Facts        // what is new or read by another version
	gone   map[news.ID]state   // stories that are there and are replaced or removed
	locked keys                // all that this attempt holds
	keys   map[string]bool     // the keys of the reports that come or go
	before map[news.ID]happens // the events of keys, before
	result store.PutResult
}

// state is what the graph holds of a story.
type state struct {
	id       news.ID
	reader   string
	keys     []string   // of its reports
	entities [][]string // id, and record of what it says of the entity
}

const storyStates = `
UNWIND $ids AS id
MATCH (s:Story {id: id})
RETURN id, s.reader AS reader, COLLECT { MATCH (s)<-[:IN]-(r:Report) RETURN DISTINCT r.key } AS keys,
  COLLECT { MATCH (s)-[c:MENTIONS|IMPLIES]->(e:Entity) RETURN [e.id, c.record] } AS entities`

func (c *changing) states(ids []news.ID) (map[news.ID]state, error) {
	all, err := ask(c.transaction, storyStates, map[string]any{"ids": texts(ids)}, func(r *row) state {
		return state{news.ID(r.string("id")), r.string("reader"), r.strings("keys"), r.pairs("entities")}
	})
	found := make(map[news.ID]state, len(all))
	for _, st := range all {
		found[st.id] = st
	}
	return found, err
}

func (c *changing) run(facts []news.Facts, remove []news.ID, held keys) (store.PutResult, error) {
	if err := c.plan(facts, remove); err != nil || len(c.put)+len(c.gone) == 0 {
		return c.result, err
	}
	c.locked = c.needs().union(held)
	if err := c.locked.lock(c.transaction); err != nil {
		return c.result, err
	}
	// What was read before the locks may be out of date. What is no story of ours any more by now was done by another.
	if err := c.plan(facts, remove); err != nil || len(c.put)+len(c.gone) == 0 {
		return c.result, err
	}
	if needs := c.needs(); !c.locked.covers(needs) {
		return c.result, grown{c.locked.union(needs)}
	}
	merged, err := c.merge()
	if err != nil {
		return c.result, err
	}
	for _, step := range []func() error{
		c.deleteStories,
		func() error { return c.deleteEvents(merged) },
		c.writeEntities,
		c.writeStories,
		func() error { return c.writeEvents(merged) },
		c.settleEntities,
	} {
		if err := step(); err != nil {
			return c.result, err
		}
	}
	return c.result, nil
}

// plan reads which of the stories are there, and decides which come and which go.
func (c *changing) plan(facts []news.Facts, remove []news.ID) error {
	ids := slices.Clone(remove)
	for _, f := range facts {
		ids = append(ids, f.Story.ID)
	}
	found, err := c.states(ids)
	if err != nil {
		return err
	}
	c.put, c.gone, c.result = nil, map[news.ID]state{}, store.PutResult{}
	for _, f := range facts {
		st, ok := found[f.Story.ID]
		switch {
		case !ok:
			c.result.Added++
		case st.reader == f.Story.Reader:
			c.result.Unchanged++
			continue
		default:
			c.result.Replaced++
			c.gone[f.Story.ID] = st
		}
		c.put = append(c.put, f)
	}
	for _, id := range remove {
		if st, ok := found[id]; ok {
			c.gone[id] = st
			c.result.Replaced++
		}
	}
	c.keys = map[string]bool{}
	for _, f := range c.put {
		for _, r := range f.Reports {
			c.keys[keyOf(r)] = true
		}
	}
	for _, st := range c.gone {
		for _, k := range st.keys {
			c.keys[k] = true
		}
	}
	return nil
}

// needs are the locks of the stories, the entities that they name, and the keys of their reports.
func (c *changing) needs() keys {
	all := keys{}
	for _, f := range c.put {
		all.add(string(f.Story.ID))
		for _, e := range f.Entities {
			all.add(string(e.ID))
		}
	}
	for id, st := range c.gone {
		all.add(string(id))
		for _, e := range st.entities {
			all.add(e[0])
		}
	}
	for k := range c.keys {
		all.add(k)
	}
	return all
}

// happens is an event with what is derived from it.
type happens struct {
	news.Event
	key      string
	record   string
	relation string
	about    []news.ID // events that its ABOUT leads to or comes from
	from     []news.ID
}

func (h happens) relations() []relation {
	all := derive(h.Event)
	for i := range all {
		all[i].typ = h.relation // what the vocabulary called it when it was written
	}
	if h.relation == "" {
		return nil
	}
	return all
}

// merging is what news.Merge made of the reports of the touched keys.
type merging struct {
	events  []happens
	now     map[news.ID]news.ID // the event of each report
	was     map[news.ID]news.ID // the event of each report that was there and stays
	abouts  [][2]news.ID        // pairs of events, both after the change, of which the first is about the second
	outside map[news.ID]news.ID // the event of each report of another key that is about one of these, or that one of these is about
}

const (
	reportsOfKeys = `
UNWIND $keys AS key
MATCH (r:Report {key: key})-[:OF]->(e:Event)
RETURN r.record AS record, e.id AS event,
  COLLECT { MATCH (r)-[:ABOUT]->(d:Report)-[:OF]->(f:Event) RETURN [d.id, d.key, f.id, d.story] } AS about,
  COLLECT { MATCH (r)<-[:ABOUT]-(d:Report)-[:OF]->(f:Event) RETURN [d.id, d.key, f.id, d.story] } AS from`

	eventsOfKeys = `
UNWIND $keys AS key
MATCH (e:Event {key: key})
RETURN e.record AS record, key, e.relation AS relation,
  COLLECT { MATCH (e)-[:ABOUT]->(f:Event) RETURN f.id } AS about,
  COLLECT { MATCH (e)<-[:ABOUT]-(f:Event) RETURN f.id } AS from`
)

// merge reads the reports of the touched keys and makes events of them and of those that come. The events of a key depend on its
// reports alone. But an ABOUT relation leads to the event that holds the other report, of another key, and either may move; so
// both keys must be locked by whoever touches one of them.
func (c *changing) merge() (merging, error) {
	m := merging{now: map[news.ID]news.ID{}, was: map[news.ID]news.ID{}, outside: map[news.ID]news.ID{}}
	params := map[string]any{"keys": slices.Sorted(maps.Keys(c.keys))}
	var reports []news.Report
	var pairs [][2]news.ID // of reports
	beside := keys{}
	type known struct {
		report      news.Report
		event       news.ID
		about, from [][]string
	}
	there, err := ask(c.transaction, reportsOfKeys, params, func(r *row) known {
		return known{recorded[news.Report](r), news.ID(r.string("event")), r.pairs("about"), r.pairs("from")}
	})
	if err != nil {
		return m, err
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
	key := make(map[news.ID]string, len(reports))
	for _, r := range reports {
		key[r.ID] = keyOf(r)
	}
	for _, e := range news.Merge(reports) {
		typ, _ := relationType(e)
		m.events = append(m.events, happens{Event: e, key: key[e.Reports[0]], record: record(e), relation: typ})
		for _, r := range e.Reports {
			m.now[r] = e.ID
		}
	}
	for _, p := range pairs {
		a, b := m.eventOf(p[0]), m.eventOf(p[1])
		if a != "" && b != "" && a != b {
			m.abouts = append(m.abouts, [2]news.ID{a, b})
		}
	}
	m.abouts = unique(m.abouts)
	before, err := ask(c.transaction, eventsOfKeys, params, func(r *row) happens {
		return happens{
			Event: recorded[news.Event](r), key: r.string("key"), record: r.string("record"), relation: r.string("relation"),
			about: ids(r.strings("about")), from: ids(r.strings("from")),
		}
	})
	c.before = make(map[news.ID]happens, len(before))
	for _, e := range before {
		c.before[e.ID] = e
	}
	c.result.Events = len(m.events) - len(before)
	return m, err
}

// neighbour notes a report, {id, key, event, story}, that stands beside one of ours.
func (c *changing) neighbour(m *merging, beside keys, other []string) {
	if _, gone := c.gone[news.ID(other[3])]; gone || c.keys[other[1]] {
		return
	}
	m.outside[news.ID(other[0])] = news.ID(other[2])
	beside.add(other[1])
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

// rows runs a statement on rows, if there are any, in parts that keep messages small.
func (c *changing) rows(cypher string, rows []map[string]any) error {
	for part := range slices.Chunk(rows, 5000) {
		if err := c.do(cypher, map[string]any{"rows": part}); err != nil {
			return err
		}
	}
	return nil
}

const deleteStories = `
UNWIND $ids AS id
MATCH (s:Story {id: id})
OPTIONAL MATCH (s)<-[:IN]-(n:Report|Mention|Quotation)
DETACH DELETE s, n`

func (c *changing) deleteStories() error {
	if len(c.gone) == 0 {
		return nil
	}
	return c.do(deleteStories, map[string]any{"ids": texts(slices.Sorted(maps.Keys(c.gone)))})
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
	dead := maps.Clone(c.before)
	for _, e := range m.events {
		delete(dead, e.ID)
	}
	if len(dead) == 0 {
		return nil
	}
	return c.do(deleteEvents, map[string]any{"ids": texts(slices.Sorted(maps.Keys(dead)))})
}

const (
	knownEntities = `UNWIND $ids AS id MATCH (e:Entity {id: id}) RETURN id, e.record AS record`

	// saveEntities labels each by its kind, too: a kind is one of a closed list.
	saveEntities = `
UNWIND $rows AS row
MERGE (e:Entity {id: row.id})
SET e += row.props, e:$(row.label)
REMOVE e:$(row.others)`
)

// entityWrite is a row of saveEntities.
func entityWrite(e news.Entity) map[string]any {
	return map[string]any{
		"id": string(e.ID), "props": entityRow(e), "label": label(e.Kind),
		"others": slices.DeleteFunc(labels(), func(l string) bool { return l == label(e.Kind) }),
	}
}

// writeEntities joins what the stories say of entities to what is known of them.
func (c *changing) writeEntities() error {
	said := map[news.ID][]news.Entity{}
	for _, f := range c.put {
		for _, e := range f.Entities {
			said[e.ID] = append(said[e.ID], e)
		}
	}
	known, err := c.knownEntities(slices.Sorted(maps.Keys(said)))
	if err != nil {
		return err
	}
	var rows []map[string]any
	for _, id := range slices.Sorted(maps.Keys(said)) {
		joined, ok := known[id]
		was := record(joined)
		for _, e := range said[id] {
			if !ok {
				joined, ok = e, true
				c.result.Entities++
			}
			joined = news.JoinEntities(joined, e)
		}
		if record(joined) != was {
			rows = append(rows, entityWrite(joined))
		}
	}
	return c.rows(saveEntities, rows)
}

func (c *changing) knownEntities(ids []news.ID) (map[news.ID]news.Entity, error) {
	found, err := ask(c.transaction, knownEntities, map[string]any{"ids": texts(ids)}, recorded[news.Entity])
	known := make(map[news.ID]news.Entity, len(found))
	for _, e := range found {
		known[e.ID] = e
	}
	return known, err
}

const (
	writeStories = `UNWIND $rows AS row CREATE (s:Story) SET s = row`

	writeMentions = `
UNWIND $rows AS row
MATCH (s:Story {id: row.story})
MATCH (e:Entity {id: row.entity})
CREATE (m:Mention)-[:IN]->(s)
CREATE (m)-[:OF]->(e)
SET m = row`

	writeMentioned = `
UNWIND $rows AS row
MATCH (s:Story {id: row.story})
MATCH (e:Entity {id: row.entity})
CREATE (s)-[:MENTIONS {count: row.count, first: row.first, record: row.record}]->(e)`

	writeImplied = `
UNWIND $rows AS row
MATCH (s:Story {id: row.story})
MATCH (e:Entity {id: row.entity})
CREATE (s)-[:IMPLIES {record: row.record}]->(e)`

	writeReports = `
UNWIND $rows AS row
MATCH (s:Story {id: row.story})
CREATE (r:Report)-[:IN]->(s)
SET r = row`

	writeSpeakers = `
UNWIND $rows AS row
MATCH (r:Report {id: row.report})
MATCH (e:Entity {id: row.entity})
CREATE (r)-[:SAID_BY {n: row.n}]->(e)`

	writeReportsAbout = `
UNWIND $rows AS row
MATCH (a:Report {id: row.from})
MATCH (b:Report {id: row.to})
CREATE (a)-[:ABOUT]->(b)`

	writeQuotations = `
UNWIND $rows AS row
MATCH (s:Story {id: row.story})
CREATE (q:Quotation)-[:IN]->(s)
SET q = row`

	writeQuoted = `
UNWIND $rows AS row
MATCH (q:Quotation {id: row.quotation})
MATCH (e:Entity {id: row.entity})
CREATE (q)-[:$(row.type)]->(e)`
)

// writeStories writes the stories with all that belongs to them alone.
func (c *changing) writeStories() error {
	var stories, mentions, mentioned, implied, reports, speakers, abouts, quotations, quoted []map[string]any
	for _, f := range c.put {
		story := string(f.Story.ID)
		stories = append(stories, storyRow(f.Story))
		type counted struct{ count, first int }
		named := map[news.ID]counted{}
		for _, m := range each(f.Mentions, func(m news.Mention) news.ID { return m.ID }) {
			mentions = append(mentions, mentionRow(m, f.Story))
			n, ok := named[m.Entity]
			if !ok || m.Span.RuneStart < n.first {
				n.first = m.Span.RuneStart
			}
			named[m.Entity] = counted{n.count + 1, n.first}
		}
		for _, e := range joinEach(f.Entities) {
			row := map[string]any{"story": story, "entity": string(e.ID), "record": record(e)}
			if n, ok := named[e.ID]; ok {
				row["count"], row["first"] = n.count, n.first
				mentioned = append(mentioned, row)
			} else {
				implied = append(implied, row)
			}
		}
		for _, r := range each(f.Reports, func(r news.Report) news.ID { return r.ID }) {
			reports = append(reports, reportRow(r))
			for n, by := range unique(r.SaidBy) {
				speakers = append(speakers, map[string]any{"report": string(r.ID), "entity": string(by), "n": n})
			}
			for _, a := range r.About {
				if slices.ContainsFunc(f.Reports, func(o news.Report) bool { return o.ID == a.Report }) {
					abouts = append(abouts, map[string]any{"from": string(r.ID), "to": string(a.Report)})
				}
			}
		}
		for _, q := range each(f.Quotations, func(q news.Quotation) news.ID { return q.ID }) {
			quotations = append(quotations, quotationRow(q))
			if q.Speaker != "" {
				quoted = append(quoted, map[string]any{"quotation": string(q.ID), "entity": string(q.Speaker), "type": "BY"})
			}
			if q.Addressee != "" {
				quoted = append(quoted, map[string]any{"quotation": string(q.ID), "entity": string(q.Addressee), "type": "TO"})
			}
		}
	}
	for _, w := range []struct {
		cypher string
		rows   []map[string]any
	}{
		{writeStories, stories}, {writeMentions, mentions}, {writeMentioned, mentioned}, {writeImplied, implied},
		{writeReports, reports}, {writeSpeakers, speakers}, {writeReportsAbout, abouts}, {writeQuotations, quotations}, {writeQuoted, quoted},
	} {
		if err := c.rows(w.cypher, w.rows); err != nil {
			return err
		}
	}
	return nil
}

// each leaves out what has the id of an earlier one.
func each[T any](list []T, id func(T) news.ID) []T {
	seen := make(map[news.ID]bool, len(list))
	var all []T
	for _, v := range list {
		if !seen[id(v)] {
			seen[id(v)] = true
			all = append(all, v)
		}
	}
	return all
}

// joinEach joins what is said of the same entities, so that each stands there once.
func joinEach(entities []news.Entity) []news.Entity {
	at := map[news.ID]int{}
	var all []news.Entity
	for _, e := range entities {
		if i, ok := at[e.ID]; ok {
			all[i] = news.JoinEntities(all[i], e)
			continue
		}
		at[e.ID] = len(all)
		all = append(all, news.JoinEntities(e, e)) // with its aliases in order, as joining leaves them
	}
	return all
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
CREATE (e)-[:$(row.role)]->(n)`

	leaveEvents = `UNWIND $rows AS row MATCH (r:Report {id: row.report})-[o:OF]->(:Event) DELETE o`

	joinEvents = `
UNWIND $rows AS row
MATCH (r:Report {id: row.report})
MATCH (e:Event {id: row.event})
CREATE (r)-[:OF]->(e)`

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
	var events, leaving, coming, left, entered, unlinked, linked, derived []map[string]any
	had := map[relation]bool{}
	for _, e := range c.before {
		for _, r := range e.relations() {
			had[r] = true
		}
	}
	lives := map[news.ID]bool{}
	for _, e := range m.events {
		lives[e.ID] = true
		was := c.before[e.ID]
		if e.record != was.record || e.relation != was.relation {
			events = append(events, eventRow(e.Event, e.key, e.relation))
		}
		row := func(p news.Participant) map[string]any {
			return map[string]any{"event": string(e.ID), "entity": string(p.Entity), "role": string(p.Role)}
		}
		for _, p := range was.Participants {
			if !slices.Contains(e.Participants, p) {
				leaving = append(leaving, row(p))
			}
		}
		for _, p := range e.Participants {
			if !slices.Contains(roles(), p.Role) {
				return fmt.Errorf("event %s: role %q", e.ID, p.Role)
			}
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
	for _, r := range slices.Sorted(maps.Keys(m.now)) {
		was, now := m.was[r], m.now[r]
		row := map[string]any{"report": string(r), "event": string(now)}
		if was == now {
			continue
		}
		if was != "" && lives[was] {
			left = append(left, row)
		}
		entered = append(entered, row)
	}
	pair := func(p [2]news.ID) map[string]any { return map[string]any{"from": string(p[0]), "to": string(p[1])} }
	linkedBefore := map[[2]news.ID]bool{}
	for _, e := range c.before {
		if !lives[e.ID] {
			continue // its relations went with it
		}
		for _, f := range e.about {
			linkedBefore[[2]news.ID{e.ID, f}] = true
		}
		for _, f := range e.from {
			linkedBefore[[2]news.ID{f, e.ID}] = true
		}
	}
	for p := range linkedBefore {
		for _, end := range p {
			if _, was := c.before[end]; was && !lives[end] {
				delete(linkedBefore, p)
			}
		}
	}
	for _, p := range m.abouts {
		if linkedBefore[p] {
			delete(linkedBefore, p)
			continue
		}
		linked = append(linked, pair(p))
	}
	for _, p := range slices.SortedFunc(maps.Keys(linkedBefore), func(a, b [2]news.ID) int { return slices.Compare(a[:], b[:]) }) {
		unlinked = append(unlinked, pair(p))
	}
	for _, w := range []struct {
		cypher string
		rows   []map[string]any
	}{
		{saveEvents, events}, {deleteParticipants, leaving}, {writeParticipants, coming}, {leaveEvents, left}, {joinEvents, entered},
		{moveQuotations, entered}, {deleteAbouts, unlinked}, {writeAbouts, linked}, {createRelations, derived},
	} {
		if err := c.rows(w.cypher, w.rows); err != nil {
			return err
		}
	}
	return nil
}

const (
	// lostEntities are those of which no story says any more what one said that is gone, with all that the others say.
	lostEntities = `
UNWIND $rows AS row
MATCH (e:Entity {id: row.id})
WHERE NOT EXISTS { MATCH (e)<-[c:MENTIONS|IMPLIES]-(:Story) WHERE c.record = row.record }
RETURN e.id AS id, COLLECT { MATCH (e)<-[c:MENTIONS|IMPLIES]-(:Story) RETURN DISTINCT c.record } AS said`

	deleteEntities = `UNWIND $ids AS id MATCH (e:Entity {id: id}) DETACH DELETE e`

	rankEntities = `
UNWIND $ids AS id
MATCH (e:Entity {id: id})
WITH e, COUNT { (e)<-[:MENTIONS]-() } AS n
WHERE e.rank IS NULL OR e.stories <> n
SET e.stories = n, e.rank = ` + rankOf
)

// settleEntities makes entities anew of which less is said than before, takes away those of which nothing is, and counts the
// stories of the others.
func (c *changing) settleEntities() error {
	touched := map[string]bool{}
	for _, f := range c.put {
		for _, e := range f.Entities {
			touched[string(e.ID)] = true
		}
	}
	var lost []map[string]any
	for _, st := range c.gone {
		for _, e := range st.entities {
			touched[e[0]] = true
			lost = append(lost, map[string]any{"id": e[0], "record": e[1]})
		}
	}
	var over []string
	if len(lost) > 0 {
		slices.SortFunc(lost, func(a, b map[string]any) int { return cmp.Compare(a["id"].(string), b["id"].(string)) })
		type rest struct {
			id   string
			said []string
		}
		less, err := ask(c.transaction, lostEntities, map[string]any{"rows": lost}, func(r *row) rest {
			return rest{r.string("id"), r.strings("said")}
		})
		if err != nil {
			return err
		}
		var rows []map[string]any
		for _, e := range less {
			var said []news.Entity
			for _, text := range e.said {
				var v news.Entity
				if err := json.Unmarshal([]byte(text), &v); err != nil {
					return fmt.Errorf("record of entity %s: %w", e.id, err)
				}
				v.ID = news.ID(e.id)
				said = append(said, v)
			}
			if len(said) == 0 {
				over = append(over, e.id)
				delete(touched, e.id)
				continue
			}
			rows = append(rows, entityWrite(joinEach(said)[0]))
		}
		if err := c.rows(saveEntities, rows); err != nil {
			return err
		}
	}
	if len(over) > 0 {
		if err := c.do(deleteEntities, map[string]any{"ids": unique(over)}); err != nil {
			return err
		}
	}
	if len(touched) == 0 {
		return nil
	}
	return c.do(rankEntities, map[string]any{"ids": slices.Sorted(maps.Keys(touched))})
}
