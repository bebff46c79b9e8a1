package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"

	"newsgraph/store"
	"newsgraph/store/neo4j"
	"newsgraph/store/past"
	"newsgraph/store/sqlite"
)

type exportCmd struct {
	storeFlags
	Format string `help:"jsonl: JSON lines to standard output; neo4j-admin: CSV into the folder DIR, for Neo4j's importer." enum:"jsonl,neo4j-admin" default:"jsonl"`
	Gzip   bool   `help:"Compress the files of neo4j-admin, which the importer reads too."`
	AsOf   asOf   `help:"The graph as a reader could know it at this time, made in a temporary file: the stories that were published by then." placeholder:"TIME"`
	Dir    string `arg:"" optional:"" help:"An empty folder for the files of neo4j-admin; it is made if it is missing."`
}

// Help shows examples.
func (exportCmd) Help() string {
	return `Examples:
  newsgraph export > graph.jsonl
  newsgraph export --store neo4j://localhost:7687 | grep '^{"event"'
  newsgraph export --as-of 2024-05-01T00:00:00Z > may.jsonl
  newsgraph export --format neo4j-admin tables      nodes and relationships, and tables/import.args, the arguments of the importer
  cd tables; neo4j-admin database import full neo4j @import.args; neo4j start; newsgraph verify --store neo4j://localhost:7687

newsgraph bulk does the last two in one. The first command that opens the database makes its constraints and indexes.

Exit codes: 0 all is written; 1 it failed; 2 wrong use; 130 or 143 interrupted: what is written is not whole.`
}

// Run exports.
func (c *exportCmd) Run(ctx context.Context, w *world) error {
	tables := c.Format == "neo4j-admin"
	if tables != (c.Dir != "") || c.Gzip && !tables {
		return exit{exitUsage, errors.New("--format neo4j-admin and an empty folder go together, as in newsgraph export --format neo4j-admin DIR; --gzip is for these files")}
	}
	s, err := c.existing(ctx)
	if err != nil {
		return err
	}
	defer s.Close() //nolint:errcheck // only read
	if c.AsOf.given() {
		dir, err := os.MkdirTemp("", "newsgraph-past-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir) //nolint:errcheck // the system clears its temporary folder too
		then, err := sqlite.Open(ctx, filepath.Join(dir, "past.db"))
		if err != nil {
			return err
		}
		defer then.Close() //nolint:errcheck // it is thrown away
		if _, err := past.Copy(ctx, s, then, c.AsOf.Time, func(int, int) {}); err != nil {
			return err
		}
		s = then
	}
	if !tables {
		_, err = store.Export(ctx, s, w.stdout)
		return err
	}
	done, err := neo4j.ExportBulk(ctx, s, c.Dir, neo4j.BulkOptions{Gzip: c.Gzip, Progress: tellBulk(w)})
	if err != nil {
		return bulkFailed(ctx, err)
	}
	fmt.Fprintf(w.stdout, "%s: %s and %s in %s\nnext, where no Neo4j runs on the database:\n  cd %s && neo4j-admin database import full neo4j @%s\n  neo4j start\n  newsgraph verify --store neo4j://localhost:7687\n",
		plural(done.Stories, "story", "stories"), plural(done.Nodes, "node", "nodes"), plural(done.Relations, "relationship", "relationships"), c.Dir, c.Dir, neo4j.ImportArgs)
	return nil
}

// bulkFailed is what ended an export or an import: a signal, a full disk, or what it says.
func bulkFailed(ctx context.Context, err error) error {
	switch {
	case ctx.Err() != nil:
		return exit{signalled(ctx), errors.New("interrupted: the files are not whole: empty the folder and begin again")}
	case errors.Is(err, syscall.ENOSPC):
		return fmt.Errorf("the disk is full: make room, or name a folder on another (newsgraph bulk: --temp DIR): %w", err)
	}
	return err
}
