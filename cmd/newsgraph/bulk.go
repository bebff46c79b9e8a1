package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"newsgraph/store"
	"newsgraph/store/move"
	"newsgraph/store/neo4j"
	"newsgraph/store/sqlite"
)

type bulkCmd struct {
	storeFlags
	To        string   `required:"" help:"Data folder of the Neo4j, which holds databases/ and transactions/: /var/lib/neo4j/data, or data in the home of Neo4j." placeholder:"DIR"`
	Database  string   `help:"Name of the database." default:"neo4j"`
	Importer  string   `help:"A neo4j-admin, by name or path, or a folder of Neo4j's jars, which Java runs." default:"neo4j-admin"`
	Overwrite bool     `help:"Replace a database that holds something."`
	Temp      string   `help:"Folder for the files between; they take about as much room as the database." placeholder:"DIR"`
	Paths     []string `arg:"" optional:"" name:"file" help:"What newsgraph import reads, in place of a store: exports, tables, folders of them."`
}

// Help shows examples.
func (bulkCmd) Help() string {
	return `Makes a Neo4j database of a store, or of files as newsgraph import reads them, by Neo4j's own importer: the same graph as copy or import make, many times as fast. No Neo4j may run on the data folder, and the database must be missing or empty. Run it as the user that runs Neo4j, so that the server may write what it makes.

Examples:
  newsgraph bulk --to /var/lib/neo4j/data                                       of newsgraph.db, by an installed neo4j-admin
  newsgraph bulk --store sqlite:graph.db --to ~/neo4j/data --importer ~/neo4j/bin/neo4j-admin
  newsgraph bulk --to ~/neo4j/data --importer ~/neo4j/lib tables/               of the tables of another program, by Neo4j's jars
  neo4j start; newsgraph verify --store neo4j://localhost:7687                  makes constraints and indexes, and checks all

Exit codes: 0 the database is made; 1 it is not; 2 wrong use; 3 it is made, and rows of the files were left out; 130 or 143 interrupted.`
}

// Run makes the database.
func (c *bulkCmd) Run(ctx context.Context, w *world) error {
	importer, err := neo4j.FindImporter(c.Importer)
	if err != nil {
		return err
	}
	if err := neo4j.Ready(c.To, c.Database); errors.Is(err, neo4j.ErrFilled) && !c.Overwrite {
		return fmt.Errorf("%w: name another with --database, bring the graph into it by newsgraph copy, or replace it with --overwrite", err)
	} else if err != nil && !errors.Is(err, neo4j.ErrFilled) {
		return err
	}
	temp, err := os.MkdirTemp(c.Temp, "newsgraph-bulk")
	if err != nil {
		return fmt.Errorf("make a folder for files: %w: name another with --temp", err)
	}
	defer os.RemoveAll(temp) //nolint:errcheck // nothing can be done
	begun := time.Now()
	s, rejected, err := c.source(ctx, w, filepath.Join(temp, "facts.db"))
	if err != nil {
		return bulkFailed(ctx, err)
	}
	defer s.Close() //nolint:errcheck // only read
	files := filepath.Join(temp, "files")
	done, err := neo4j.ExportBulk(ctx, s, files, neo4j.BulkOptions{Progress: tellBulk(w)})
	if err != nil {
		return bulkFailed(ctx, err)
	}
	fmt.Fprintf(w.stderr, "importing: %s and %s\n", plural(done.Nodes, "node", "nodes"), plural(done.Relations, "relationship", "relationships"))
	importing := time.Now()
	if err := importer.Import(ctx, files, c.To, c.Database, io.Discard); err != nil {
		if ctx.Err() != nil {
			return exit{signalled(ctx), errors.New("interrupted: the database is not whole: run it again with --overwrite")}
		}
		return err
	}
	fmt.Fprintf(w.stdout, "%s: %s and %s in %s, %.1f s, of which the importer took %.1f s\nnext:\n  neo4j start\n  newsgraph verify --store neo4j://localhost:7687\n",
		plural(done.Stories, "story", "stories"), plural(done.Nodes, "node", "nodes"), plural(done.Relations, "relationship", "relationships"), filepath.Join(c.To, "databases", c.Database), time.Since(begun).Seconds(), time.Since(importing).Seconds())
	if rejected > 0 {
		return exit{exitRefused, fmt.Errorf("%s left out: newsgraph import tells why, row by row", plural(rejected, "row was", "rows were"))}
	}
	return nil
}

// source is the store to read: that of the flags, or one of the files.
func (c *bulkCmd) source(ctx context.Context, w *world, path string) (s store.Store, rejected int, err error) {
	if len(c.Paths) == 0 {
		s, err := c.existing(ctx)
		return s, 0, err
	}
	inputs, err := importing(c.Paths, w.stdin)
	if err != nil {
		return nil, 0, err
	}
	if s, err = sqlite.Open(ctx, path); err != nil {
		return nil, 0, err
	}
	sum, err := move.Import(ctx, s, inputs, move.Options{Rejected: func(one move.Rejected) error {
		fmt.Fprintf(w.stderr, "newsgraph: left out: %s:%d: %s\n", one.File, one.Line, one.Reason)
		return nil
	}, Progress: func(p move.Progress) { tellMove(w.stderr, p) }})
	if err != nil {
		return nil, 0, errors.Join(err, s.Close())
	}
	tellExports(w, sum)
	return s, sum.Rejected, nil
}

// tellBulk tells the stories that are written, every other second.
func tellBulk(w *world) func(done, total int) {
	begun := time.Now()
	told := begun
	return func(done, total int) {
		now := time.Now()
		if now.Sub(told) < 2*time.Second {
			return
		}
		told = now
		fmt.Fprintf(w.stderr, "writing: %d of %d stories, %.0f stories/s\n", done, total, float64(done)/now.Sub(begun).Seconds())
	}
}
