package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"newsgraph/store/move"
	"newsgraph/store/past"
)

type copyCmd struct {
	From          string `required:"" help:"The store to copy: sqlite:PATH, neo4j://HOST:PORT or bolt://HOST:PORT." placeholder:"URI"`
	To            string `required:"" help:"The store to copy into, which is made if it is an embedded one that is not there." placeholder:"URI"`
	AsOf          asOf   `help:"The graph as a reader could know it at this time alone: the stories that were published, the versions that were current. Into a store that holds nothing else." placeholder:"TIME"`
	Merge         bool   `help:"Into a store that holds other stories or corrections too."`
	Neo4jUser     string `help:"User of Neo4j, where the URI tells none." env:"NEO4J_USER" name:"neo4j-user"`
	Neo4jPassword string `help:"Password of Neo4j, where the URI tells none." env:"NEO4J_PASSWORD" name:"neo4j-password"`
}

// Help shows examples.
func (copyCmd) Help() string {
	return `Copies all stories of a store, superseded versions too, with what was read in them and the log of corrections; nothing is read anew. At the end both stores are exported, and the hashes of their exports compared. A copy that was stopped goes on when it is run again.

Examples:
  newsgraph copy --from sqlite:newsgraph.db --to neo4j://localhost:7687
  newsgraph copy --from neo4j://localhost:7687 --to sqlite:archive.db
  newsgraph copy --as-of 2024-05-01T00:00:00Z --from neo4j://localhost:7687 --to sqlite:may.db
  newsgraph copy --merge --from sqlite:one.db --to sqlite:all.db

Exit codes: 0 copied, and the hashes are equal (with --merge into others, copied); 1 it failed, the hashes differ, or the store to copy into holds others; 2 wrong use; 130 or 143 interrupted: run it again to go on.`
}

// Run copies.
func (c *copyCmd) Run(ctx context.Context, w *world) error {
	if c.AsOf.given() && c.Merge {
		return exit{exitUsage, errors.New("--as-of makes a graph of its own, and --merge brings others together: give one of the two")}
	}
	if c.From == c.To {
		return exit{exitUsage, errors.New("--from and --to name the same store")}
	}
	from, err := storeFlags{c.From, c.Neo4jUser, c.Neo4jPassword}.reading(ctx, "--from")
	if err != nil {
		return err
	}
	defer from.Close() //nolint:errcheck // only read
	to, err := storeFlags{c.To, c.Neo4jUser, c.Neo4jPassword}.writing(ctx)
	if err != nil {
		return err
	}
	defer to.Close() //nolint:errcheck // what was put is committed
	begun := time.Now()
	if c.AsOf.given() {
		n, err := past.Copy(ctx, from, to, c.AsOf.Time, func(done, total int) {
			tellMove(w.stderr, move.Progress{Doing: "stories", Done: int64(done), Total: int64(total)})
		})
		if err != nil && ctx.Err() != nil {
			return exit{signalled(ctx), errors.New("interrupted: run it again to go on")}
		}
		if err != nil {
			return err
		}
		fmt.Fprintf(w.stdout, "%s as of %s, %.1f seconds\n", plural(n, "story", "stories"), c.AsOf.Format(time.RFC3339), time.Since(begun).Seconds())
		return nil
	}
	sum, hash, err := move.Copy(ctx, from, to, move.CopyOptions{Merge: c.Merge, Progress: func(p move.Progress) { tellMove(w.stderr, p) }})
	if err != nil && ctx.Err() != nil {
		return exit{signalled(ctx), fmt.Errorf("interrupted: %s there; run it again to go on", plural(sum.Stories, "story is", "stories are"))}
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(w.stdout, "%s (%d new, %d read by another version, %d there already), %s, %.1f seconds; the copy's export has the SHA-256 %s\n", plural(sum.Stories, "story", "stories"),
		sum.Added, sum.Replaced, sum.Unchanged, plural(sum.Corrections, "new correction", "new corrections"), time.Since(begun).Seconds(), hash)
	return nil
}
