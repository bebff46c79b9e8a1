package neo4j

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"newsgraph/news"
	"newsgraph/store"
)

// Put adds stories with their facts.
func (s *Store) Put(ctx context.Context, facts []news.Facts) (store.PutResult, error) {
	if len(facts) == 0 {
		return store.PutResult{}, nil
	}
	ready, err := store.Prepare(facts)
	if err != nil {
		return store.PutResult{}, fmt.Errorf("neo4j: put: %w", err)
	}
	begun := time.Now()
	for {
		// Each attempt changes nothing of what an earlier one did, so none has to know how far that came.
		result, err := s.change(ctx, "put", changing{facts: ready}, anyGate())
		if !errors.Is(err, store.ErrUnavailable) || time.Since(begun) > outage {
			return result, err
		}
		select {
		case <-ctx.Done():
			return result, s.wrap(ctx, "put", ctx.Err())
		case <-time.After(time.Second):
		}
	}
}

// outage is how long Put waits for a server that is gone: one that starts anew is back by then.
const outage = 2 * time.Minute

// Remove takes stories away.
func (s *Store) Remove(ctx context.Context, stories []news.ID) (int, error) {
	if len(stories) == 0 {
		return 0, nil
	}
	result, err := s.change(ctx, "remove", changing{remove: unique(stories)}, anyGate())
	return result.Replaced, err
}

// change does in one transaction what is wanted, which holds the locks, and decides anew which versions of pieces are superseded. When a transaction finds that it touches more than it had
// locked, because another changed the graph before it had its locks, because a stretch of reports is longer than those that come or go, or because an event beside it must be held still, it
// gives up and begins again with all of it.
func (s *Store) change(ctx context.Context, what string, wanted changing, held keys) (store.PutResult, error) {
	for attempt := 1; ; attempt++ {
		result, err := write(ctx, s, what, func(t transaction) (store.PutResult, error) {
			c := wanted
			c.transaction = t
			return c.run(held)
		})
		var more grown
		if errors.As(err, &more) {
			held = more.keys
			continue
		}
		// What is read before the locks are held may be torn.
		if errors.Is(err, errTorn) && attempt < 100 && ctx.Err() == nil {
			time.Sleep(time.Duration(attempt) * time.Millisecond)
			continue
		}
		return result, err
	}
}

// changing is one attempt at a change.
type changing struct {
	transaction
	facts       []news.Facts // to put
	remove      []news.ID
	corrections []news.Correction // to add to the log
	asked       []string          // pieces beside those of what comes and goes
	regrouped   []string          // texts to look for copies of

	put    []news.Facts        // what is new or read by another version, and what is superseded no more, as the log makes it
	told   map[news.ID]string  // what was found in those that the log changes
	fresh  []news.Correction   // that are not in the log
	gone   map[news.ID]state   // stories that are there and are replaced or removed
	locked keys                // all that this attempt holds
	spots  []spot              // of the reports that come or go
	joined []news.Entity       // of which the stories say more than is known, with all of it
	before map[news.ID]happens // the events around them, before
	copied copied
	result store.PutResult
	exchange
}

// state is what the graph holds of a story.
type state struct {
	id       news.ID
	reader   string
	piece    string
	text     string     // the hash of its text
	spots    []spot     // of its reports
	entities [][]string // id, and record of what it says of the entity
	came
}

const storyStates = `
UNWIND $ids AS id
MATCH (s:Story {id: id})
RETURN id, s.reader AS reader, s.piece AS piece, s.loaded AS loaded, s.turn AS turn, s.textHash AS text, COLLECT { MATCH (s)<-[:IN]-(r:Report) RETURN DISTINCT [r.key, r.since, r.until] } AS spots,
  COLLECT { MATCH (s)-[c:MENTIONS|IMPLIES]->(e:Entity) RETURN [e.id, c.record] } AS entities`

func (c *changing) states(ids []news.ID) (map[news.ID]state, error) {
	all, err := ask(c.transaction, storyStates, map[string]any{"ids": texts(ids)}, func(r *row) state {
		st := state{id: news.ID(r.string("id")), reader: r.string("reader"), piece: r.string("piece"), entities: r.pairs("entities"), text: r.string("text"), came: scanCame(r)}
		for _, p := range r.pairs("spots") {
			st.spots = append(st.spots, spot{p[0], news.Interval{From: p[1], To: p[2]}})
		}
		return st
	})
	found := make(map[news.ID]state, len(all))
	for _, st := range all {
		found[st.id] = st
	}
	return found, err
}

func (c *changing) run(held keys) (store.PutResult, error) {
	if err := c.plan(); err != nil || c.nothing() {
		return c.result, err
	}
	c.locked = c.needs().union(held)
	if err := c.locked.lock(c.transaction); err != nil {
		return c.result, err
	}
	// What was read before the locks may be out of date. What is no story of ours any more by now was done by another.
	if err := c.plan(); err != nil || c.nothing() {
		return c.result, err
	}
	if needs := c.needs(); !c.locked.covers(needs) {
		return c.result, grown{c.locked.union(needs)}
	}
	if err := c.regroup(); err != nil {
		return c.result, err
	}
	merged, err := c.merge()
	if err != nil {
		return c.result, err
	}
	for _, step := range []func() error{
		c.writeCorrections,
		c.deleteStories,
		func() error { return c.deleteEvents(merged) },
		c.writeEntities,
		c.writeTexts,
		c.writeStories,
		c.writeSuperseded,
		c.writeMentions,
		c.writeReports,
		c.writeQuotations,
		c.writePositions,
		c.writeStatements,
		func() error { return c.writeEvents(merged) },
		func() error { return c.settleRelations(merged) },
		c.settleEntities,
		c.writeTurns,
	} {
		if err := step(); err != nil {
			return c.result, err
		}
	}
	return c.result, nil
}

// plan reads which of the stories are there, and decides which come and which go.
func (c *changing) plan() error {
	ids := slices.Clone(c.remove)
	for _, f := range c.facts {
		ids = append(ids, f.Story.ID)
	}
	found, err := c.states(ids)
	if err != nil {
		return err
	}
	shelf, err := c.shelf(ids)
	if err != nil {
		return err
	}
	log, err := c.log()
	if err != nil {
		return err
	}
	c.exchange = exchange{pieces: map[string]bool{}, arrived: map[news.ID]came{}}
	for _, p := range c.asked {
		c.pieces[p] = true
	}
	c.put, c.told, c.gone, c.result = nil, map[news.ID]string{}, map[news.ID]state{}, store.PutResult{}
	for _, f := range c.facts {
		st, ok := found[f.Story.ID]
		a, shelved := shelf[f.Story.ID]
		switch {
		case shelved && a.Reader == f.Story.Reader:
			c.result.Unchanged++
			continue
		case shelved:
			c.result.Replaced++
			c.unshelve(a)
		case !ok:
			c.result.Added++
			if !f.Loaded.IsZero() {
				c.arrived[f.Story.ID] = came{loaded: f.Loaded.UTC().Truncate(time.Second)}
			}
		case st.reader == f.Story.Reader:
			c.result.Unchanged++
			continue
		default:
			c.result.Replaced++
			c.gone[f.Story.ID] = st
		}
		c.come = append(c.come, f)
	}
	for _, id := range c.remove {
		if st, ok := found[id]; ok {
			c.gone[id] = st
			c.result.Replaced++
		}
		if a, ok := shelf[id]; ok {
			c.unshelve(a)
			c.result.Replaced++
		}
	}
	if err := c.supersede(); err != nil {
		return err
	}
	for _, f := range c.come {
		now, err := log.Correct(f)
		if err != nil {
			return fmt.Errorf("%s: %w", f.Story.ID, err)
		}
		c.comes(f, now)
	}
	if err := c.correct(log); err != nil {
		return err
	}
	c.copies()
	c.spots = nil
	for _, f := range c.put {
		for _, r := range f.Reports {
			c.spots = append(c.spots, spotOf(r))
		}
	}
	for _, st := range c.gone {
		c.spots = append(c.spots, st.spots...)
	}
	return c.joinEntities()
}

// needs are the locks of the stories, their texts, the entities of which they say more than is known, and the stretches of their reports. What takes stories
// away holds all gates: an entity of which another says nothing new may lose what that relies on.
func (c *changing) needs() keys {
	all := keys{}
	for _, f := range c.put {
		all.add(string(f.Story.ID))
	}
	for _, e := range c.joined {
		all.add(string(e.ID))
	}
	for id := range c.gone {
		all.add(string(id))
	}
	if len(c.gone) > 0 {
		all = all.union(allGates())
	}
	for _, s := range c.spots {
		all.addSpot(s)
	}
	for p := range c.pieces {
		all.add("piece " + p)
	}
	for _, f := range c.shelve {
		all.add(string(f.Story.ID))
	}
	for _, id := range c.unshelved {
		all.add(string(id))
	}
	c.lockTexts(all)
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

// statement is a statement with its rows.
type statement struct {
	cypher string
	params []map[string]any
}

// all runs statements one after the other.
func (c *changing) all(statements ...statement) error {
	for _, st := range statements {
		if err := c.rows(st.cypher, st.params); err != nil {
			return err
		}
	}
	return nil
}
