package main

import (
	"context"
	"fmt"

	"newsgraph/loader"
	"newsgraph/loader/extract"
)

type rereadCmd struct {
	storeFlags
}

// Help shows examples.
func (rereadCmd) Help() string {
	return "Reads the stories again that an older newsgraph read, from the text in the store. When it is stopped, the next run goes on.\n\n" +
		"Examples:\n  newsgraph reread\n  newsgraph reread --store neo4j://localhost:7687"
}

// Run reads again.
func (c *rereadCmd) Run(ctx context.Context, w *world) error {
	x, err := extract.New()
	if err != nil {
		return err
	}
	s, err := c.changing(ctx)
	if err != nil {
		return err
	}
	defer s.Close() //nolint:errcheck // what was put is committed
	ids, err := loader.Older(ctx, s, extract.Version)
	if err != nil {
		return err
	}
	if len(ids) == 0 {
		fmt.Fprintln(w.stdout, "nothing to read again: every story is read by this version of newsgraph")
		return nil
	}
	sum, err := loader.Reread(ctx, s, ids, x.Read, func(done int) {
		fmt.Fprintf(w.stderr, "read again: %d of %s\n", done, plural(len(ids), "story", "stories"))
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(w.stdout, "%s read again, %d new entities, %+d events\n", plural(sum.Replaced, "story", "stories"), sum.Entities, sum.Events)
	return nil
}
