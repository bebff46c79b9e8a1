package neo4j

import (
	"context"
	"fmt"

	"newsgraph/store"
)

// layout is the version of what a graph holds and how. It grows when a graph that was made before could not be read or changed as it
// is. The (:Schema) node tells which one a graph has; there is one node, and it stays when all stories have gone.
const layout = 6

const (
	showSchema = `
OPTIONAL MATCH (s:Schema {id: 'newsgraph'})
RETURN s.version AS version, EXISTS { MATCH (:Story) } AS filled`

	writeSchema = `MERGE (s:Schema {id: 'newsgraph'}) ON CREATE SET s.version = $version`
)

// checkSchema refuses a graph of another layout, before anything in it is changed. One without a version was made before there were any,
// if there is a story in it, or else it is new.
func (s *Store) checkSchema(ctx context.Context) error {
	type schema struct {
		version int
		filled  bool
	}
	all, err := read(ctx, s, "look at the version of the graph", showSchema, nil, func(r *row) schema {
		return schema{r.int("version"), column[bool](r, "filled")}
	})
	if err != nil {
		return err
	}
	switch found := all[0]; {
	case found.version == layout:
		return nil
	case found.version > layout:
		return fmt.Errorf("neo4j: open %s: the graph has layout %d and this program knows %d: use a newer newsgraph: %w",
			s.address.host, found.version, layout, store.ErrUnavailable)
	case found.version > 0 || found.filled:
		return fmt.Errorf("neo4j: open %s: the graph has layout %d, and this program keeps %d, with other keys and properties: empty the "+
			"database (MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS), and load the stories again: %w",
			s.address.host, max(found.version, 1), layout, store.ErrUnavailable)
	}
	return nil
}

// markSchema writes the version into a graph that has none. A user who may only read needs no mark.
func (s *Store) markSchema(ctx context.Context) error {
	all, err := read(ctx, s, "look at the version of the graph", showSchema, nil, func(r *row) int { return r.int("version") })
	if err != nil || all[0] != 0 {
		return err
	}
	_, err = write(ctx, s, "mark the version of the graph", func(t transaction) (struct{}, error) {
		return struct{}{}, t.do(writeSchema, map[string]any{"version": layout})
	})
	return err
}
