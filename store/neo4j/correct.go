package neo4j

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"time"

	"newsgraph/news"
	"newsgraph/store"
)

// Nodes hold stories as the log of corrections makes them. What was found in one that it changes is kept as Story.told, so that each change of the
// log begins from that again.

const (
	allCorrections = `MATCH (c:Correction) RETURN c.record AS record ORDER BY c.at, c.id`

	writeCorrections = `UNWIND $rows AS row CREATE (c:Correction) SET c = row`

	storiesAround = `
CALL () {
  UNWIND $entities AS id
  MATCH (:Entity {id: id})<-[:MENTIONS|IMPLIES]-(s:Story)
  RETURN s
 UNION
  UNWIND $texts AS text
  MATCH (s:Story {textHash: text})
  RETURN s
}
RETURN s.id AS id ORDER BY id`

	// tellStories are stories with what was found in them: told is all of it, if the log changes it.
	tellStories = `
UNWIND $ids AS id
MATCH (s:Story {id: id})
RETURN s.record AS record, s.text AS text, s.told AS told, s.loaded AS loaded,` + foundIn

	// storiesAsTheyAre are stories with what is in the graph of them, as the log corrects it.
	storiesAsTheyAre = `
UNWIND $ids AS id
MATCH (s:Story {id: id})
RETURN s.record AS record, s.text AS text, '' AS told, s.loaded AS loaded,` + foundIn

	// foundIn is what was found in a story s.
	foundIn = `
  COLLECT { MATCH (s)-[c:MENTIONS|IMPLIES]->() RETURN c.record } AS entities,
  COLLECT { MATCH (s)<-[:IN]-(n:Mention) RETURN n.record } AS mentions,
  COLLECT { MATCH (s)<-[:IN]-(n:Report) RETURN n.record } AS reports,
  COLLECT { MATCH (s)<-[:IN]-(n:Quotation) RETURN n.record } AS quotations,
  COLLECT { MATCH (s)<-[:IN]-(n:Position) RETURN n.record } AS positions,
  [s.entities, s.mentions, s.reports, s.quotations, s.positions] AS counts`
)

// gates are the locks by which whoever puts stories holds the log still: any one of them does, while a correction takes all.
const gates = 64

func gate(n int) string { return "corrections " + strconv.Itoa(n) }

// anyGate is one gate, so that loaders seldom wait for each other.
func anyGate() keys {
	k := keys{}
	k.add(gate(rand.IntN(gates))) //nolint:gosec // any will do
	return k
}

func allGates() keys {
	k := keys{}
	for n := range gates {
		k.add(gate(n))
	}
	return k
}

// Corrections returns the log.
func (s *Store) Corrections(ctx context.Context) ([]news.Correction, error) {
	return read(ctx, s, "read corrections", allCorrections, nil, recorded[news.Correction])
}

// Correct adds to the log.
func (s *Store) Correct(ctx context.Context, some []news.Correction) (int, error) {
	if len(some) == 0 {
		return 0, nil
	}
	result, err := s.change(ctx, "correct", changing{corrections: some}, allGates())
	return result.Replaced, err
}

func correctionRow(c news.Correction) map[string]any {
	return map[string]any{
		"id": string(c.ID), "kind": string(c.Kind), "at": c.At, "by": c.By, "because": c.Because, "of": texts(c.Of), "record": record(c),
	}
}

func (c *changing) log() (news.Log, error) {
	all, err := ask(c.transaction, allCorrections, nil, recorded[news.Correction])
	return news.NewLog(all), err
}

// correct plans what the new corrections change: the stories that they concern go, and come as the log makes them.
func (c *changing) correct(before news.Log) error {
	after, fresh, err := store.CheckCorrections(before, c.corrections)
	if c.fresh = fresh; err != nil || len(fresh) == 0 {
		return err
	}
	entities, hashes := after.Around(fresh)
	around, err := ask(c.transaction, storiesAround, map[string]any{"entities": texts(entities), "texts": hashes}, func(r *row) news.ID { return news.ID(r.string("id")) })
	if err != nil || len(around) == 0 {
		return err
	}
	all, err := ask(c.transaction, tellStories, map[string]any{"ids": texts(around)}, scanRead)
	if err != nil {
		return err
	}
	states, err := c.states(around)
	if err != nil {
		return err
	}
	for _, told := range all {
		now, changed, err := store.Recorrect(before, after, told)
		if err != nil {
			return fmt.Errorf("%s: %w", told.Story.ID, err)
		}
		if !changed {
			continue
		}
		c.gone[told.Story.ID] = states[told.Story.ID]
		c.comes(told, now)
		c.result.Replaced++
	}
	return nil
}

// comes notes that a story is to be written as the log makes it.
func (c *changing) comes(told, now news.Facts) {
	c.put = append(c.put, now)
	if news.Changes(told, now) {
		id := told.Story.ID
		told.Story = news.Story{}
		c.told[id] = record(store.SortFacts(told)) // in one order, whichever they came in
	}
}

func (c *changing) writeCorrections() error {
	var rows []map[string]any
	for _, one := range c.fresh {
		rows = append(rows, correctionRow(one))
	}
	return c.rows(writeCorrections, rows)
}

// scanTold reads a story that the log changes, with what was found in it.
func scanTold(r *row) news.Facts {
	f := parsed[news.Facts](r, r.string("told"))
	f.Story, f.Loaded = scanStory(r), column[time.Time](r, "loaded").UTC()
	return f
}

// scanRead reads a story with what was found in it, of which its nodes are all, or told is.
func scanRead(r *row) news.Facts {
	if r.string("told") != "" {
		return scanTold(r)
	}
	allThere(r)
	f := news.Facts{
		Entities: parsedAll[news.Entity](r, "entities"), Mentions: parsedAll[news.Mention](r, "mentions"), Reports: parsedAll[news.Report](r, "reports"),
		Quotations: parsedAll[news.Quotation](r, "quotations"), Positions: parsedAll[news.Position](r, "positions"),
	}
	f.Story, f.Loaded = scanStory(r), column[time.Time](r, "loaded").UTC()
	return f
}

// allThere compares what was found in a story with the numbers that it has: what a transaction writes or deletes is seen one by one while it is committed. A
// story that an older program wrote has no number of some.
func allThere(r *row) {
	counts := column[[]any](r, "counts")
	for i, name := range []string{"entities", "mentions", "reports", "quotations", "positions"} {
		found := column[[]any](r, name)
		if r.err != nil {
			return
		}
		if want, ok := counts[i].(int64); ok && int(want) != len(found) || slices.Contains(found, nil) {
			r.err = errTorn
			return
		}
	}
}
