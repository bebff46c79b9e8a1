package sqlite

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/binary"
	"maps"
	"slices"
)

// noted are the events, entities and stories that came, changed or went, and the events of which a report did: what is held in memory (held.go,
// held_stories.go) is brought in step by them.
type noted struct {
	events            map[[hashLength]byte]bool
	entities, stories map[uint32]bool // by the numbers of their rows
}

func (n *noted) event(id []byte) {
	if n.events == nil {
		n.events = map[[hashLength]byte]bool{}
	}
	n.events[[hashLength]byte(id)] = true
}

func (n *noted) entity(number int64) { note(&n.entities, number) }

func (n *noted) story(number int64) { note(&n.stories, number) }

func note(all *map[uint32]bool, number int64) {
	if *all == nil {
		*all = map[uint32]bool{}
	}
	(*all)[uint32(number)] = true //nolint:gosec // numbers of rows are of 32 bits, those of entities of 27
}

// mostChanged is how many changes are kept; whoever is further behind reads all anew.
const mostChanged = 100_000

// note writes what was noted, as one row.
func (c *change) note() error {
	more := len(c.noted.events) + len(c.noted.entities) + len(c.noted.stories)
	if more == 0 {
		return nil
	}
	events := []byte{} // no NULL
	for _, id := range slices.SortedFunc(maps.Keys(c.noted.events), func(a, b [hashLength]byte) int { return bytes.Compare(a[:], b[:]) }) {
		events = append(events, id[:]...)
	}
	numbers := func(all map[uint32]bool) []byte {
		packed := []byte{}
		for _, n := range slices.Sorted(maps.Keys(all)) {
			packed = binary.BigEndian.AppendUint32(packed, n)
		}
		return packed
	}
	entities, stories := numbers(c.noted.entities), numbers(c.noted.stories)
	c.noted = noted{}
	n, err := c.insert(`INSERT INTO changed (n, events, entities, stories) SELECT coalesce(MAX(n), 0) + ?, ?, ?, ? FROM changed`, more, events, entities, stories)
	if err != nil {
		return err
	}
	return c.exec(`DELETE FROM changed WHERE n < ? AND n <= ?`, n, n-mostChanged)
}

// kept are the numbers of the last change, and of the first that is not forgotten; 0 where there is none.
func kept(ctx context.Context, tx *sql.Tx) (last, first int64, err error) {
	err = tx.QueryRowContext(ctx, `SELECT coalesce(MAX(n), 0),
		coalesce((SELECT n - length(events) / 10 - length(entities) / 4 - length(stories) / 4 + 1 FROM changed ORDER BY n LIMIT 1), 0) FROM changed`).Scan(&last, &first)
	return last, first, err
}

// follows tells that who knows so many rows up to a change is brought in step by those that came since, and not faster by reading all. A file that was
// put in the place of another has other numbers.
func follows(known, first, last int64, rows int) bool {
	return first <= known+1 && last >= known && last-known <= int64(rows)/2+1000
}

// changes are those since one.
func changes(ctx context.Context, tx *sql.Tx, since int64) (n noted, err error) {
	_, err = rows(ctx, tx, func(rs *sql.Rows) (nothing struct{}, err error) {
		var events, entities, stories sql.RawBytes
		if err = rs.Scan(&events, &entities, &stories); err != nil {
			return nothing, err
		}
		for id := range slices.Chunk(events, hashLength) {
			n.event(id)
		}
		for number := range slices.Chunk(entities, 4) {
			n.entity(int64(binary.BigEndian.Uint32(number)))
		}
		for number := range slices.Chunk(stories, 4) {
			n.story(int64(binary.BigEndian.Uint32(number)))
		}
		return nothing, nil
	}, `SELECT events, entities, stories FROM changed WHERE n > ?`, since)
	return n, err
}
