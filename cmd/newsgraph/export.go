package main

import (
	"context"

	"newsgraph/store"
)

type exportCmd struct{ storeFlags }

// Help shows examples.
func (exportCmd) Help() string {
	return "Examples:\n  newsgraph export > graph.jsonl\n  newsgraph export --store neo4j://localhost:7687 | grep '^{\"event\"'"
}

// Run exports to standard output.
func (c *exportCmd) Run(ctx context.Context, w *world) error {
	s, err := c.existing(ctx)
	if err != nil {
		return err
	}
	defer s.Close() //nolint:errcheck // only read
	_, err = store.Export(ctx, s, w.stdout)
	return err
}
