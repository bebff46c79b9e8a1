package sqlite

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/binary"
	"maps"
	"slices"
)

// noted are the events and entities that came, changed or went, and the events of which a report did: what is held in memory (held.go) is brought
// in step by them.
type noted struct {
	events   map[[hashLength]byte]bool
	entities map[uint32]bool
}

func (n *noted) event(id []byte) {
	if n.events == nil {
		n.events = map[[hashLength]byte]bool{}
	}
	n.events[[hashLength]byte(id)] = true
}

func (n *noted) entity(number int64) {
	if n.entities == nil {
		n.entities = map[uint32]bool{}
	}
	n.entities[uint32(number)] = true //nolint:gosec // row numbers of entities are of 27 bits
}

// mostChanged is how many changes are kept; whoever is further behind reads all anew.
const mostChanged = 100_000

// note writes what was noted, as one row.
func (c *change) note() error {
	more := len(c.noted.events) + len(c.noted.entities)
	if more == 0 {
		return nil
	}
	var events, entities []byte
	for _, id := range slices.SortedFunc(maps.Keys(c.noted.events), func(a, b [hashLength]byte) int { return bytes.Compare(a[:], b[:]) }) {
		events = append(events, id[:]...)
	}
	for _, n := range slices.Sorted(maps.Keys(c.noted.entities)) {
		entities = binary.BigEndian.AppendUint32(entities, n)
	}
	c.noted = noted{}
	if events == nil {
		events = []byte{} // no NULL
	}
	if entities == nil {
		entities = []byte{}
	}
	n, err := c.insert(`INSERT INTO changed (n, events, entities) SELECT coalesce(MAX(n), 0) + ?, ?, ? FROM changed`, more, events, entities)
	if err != nil {
		return err
	}
	return c.exec(`DELETE FROM changed WHERE n < ? AND n <= ?`, n, n-mostChanged)
}

// changes are those since one.
func changes(ctx context.Context, tx *sql.Tx, since int64) (n noted, err error) {
	_, err = rows(ctx, tx, func(rs *sql.Rows) (nothing struct{}, err error) {
		var events, entities sql.RawBytes
		if err = rs.Scan(&events, &entities); err != nil {
			return nothing, err
		}
		for id := range slices.Chunk(events, hashLength) {
			n.event(id)
		}
		for number := range slices.Chunk(entities, 4) {
			n.entity(int64(binary.BigEndian.Uint32(number)))
		}
		return nothing, nil
	}, `SELECT events, entities FROM changed WHERE n > ?`, since)
	return n, err
}
