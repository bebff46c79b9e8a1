package neo4j

import (
	"context"
	"fmt"

	"newsgraph/store"
)

// layout is the version of what a graph holds and how. It grows when a graph that was made before could not be read or changed as it
// is. The (:Schema) node tells which one a graph has; there is one node, and it stays when all stories have gone.
const layout = 11

// oldest is the first layout that this program can bring up to its own.
const oldest = 3

const (
	showSchema = `
OPTIONAL MATCH (s:Schema {id: 'newsgraph'})
RETURN s.version AS version, EXISTS { MATCH (:Story) } AS filled`

	writeSchema = `MERGE (s:Schema {id: 'newsgraph'}) SET s.version = CASE WHEN s.version > $version THEN s.version ELSE $version END`
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
	case found.version >= oldest && found.version < layout:
		return nil // markSchema brings it up
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

// markSchema brings a graph up to this program's layout, and writes the version into one that has none or an older one. A user who may only read
// needs no mark.
func (s *Store) markSchema(ctx context.Context) error {
	all, err := read(ctx, s, "look at the version of the graph", showSchema, nil, func(r *row) int { return r.int("version") })
	if err != nil || all[0] >= layout {
		return err
	}
	if err := s.bringUp(ctx, all[0]); err != nil {
		return err
	}
	_, err = write(ctx, s, "mark the version of the graph", func(t transaction) (struct{}, error) {
		return struct{}{}, t.do(writeSchema, map[string]any{"version": layout})
	})
	return err
}

// bringUp makes of a graph of layout found, 0 for a new one, what a graph of this one is. Layout 5 has a log of corrections more, which begins empty.
func (s *Store) bringUp(ctx context.Context, found int) error {
	for _, step := range []struct {
		layout int
		bring  func(context.Context) error
	}{{6, s.bringTexts}, {4, s.bringVersions}, {6, s.bringCopies}, {7, s.bringTurns}, {8, s.bringStatements}, {9, s.bringSpellings}, {10, s.bringKnown}, {11, s.dropKeys}} {
		if found == 0 || found >= step.layout {
			continue
		}
		if err := step.bring(ctx); err != nil {
			return err
		}
	}
	return nil
}
