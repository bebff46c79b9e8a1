package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"newsgraph/store/move"
)

type verifyCmd struct {
	storeFlags
	JSON bool `name:"json" help:"Print a JSON object for each fault, and one with the counts at the end."`
}

// Help shows examples.
func (verifyCmd) Help() string {
	return `Makes the graph of a store anew from what was found in its stories and from its log of corrections, and compares it with all that the store answers: ids, spans, participants, versions, copies, records, entities, events, lists, relations and counts. What breaks an invariant is named, a line each. It changes nothing; a store that is loaded meanwhile has faults that are none.

Examples:
  newsgraph verify
  newsgraph verify --store neo4j://localhost:7687
  newsgraph verify --json | jq -r 'select(.rule == "events") | .id'

Exit codes: 0 the store holds together; 1 it does not, or could not be read; 2 wrong use; 130 or 143 interrupted.`
}

// Run verifies.
func (c *verifyCmd) Run(ctx context.Context, w *world) error {
	s, err := c.existing(ctx)
	if err != nil {
		return err
	}
	defer s.Close() //nolint:errcheck // only read
	e := json.NewEncoder(w.stdout)
	e.SetEscapeHTML(false)
	var failed error
	checked, err := move.Verify(ctx, s, func(f move.Fault) {
		if c.JSON {
			if err := e.Encode(f); err != nil && failed == nil {
				failed = err
			}
			return
		}
		fmt.Fprintf(w.stdout, "%s: %s\n", f.Rule, f.Says)
	}, func(p move.Progress) { tellVerify(w, p) })
	if err != nil && ctx.Err() != nil {
		return exit{signalled(ctx), errors.New("interrupted: nothing was changed")}
	}
	if err != nil {
		return err
	}
	if failed != nil {
		return failed
	}
	if c.JSON {
		if err := e.Encode(checked); err != nil {
			return err
		}
	} else {
		fmt.Fprintf(w.stdout, "%s, %s, %s, %s, %s, %s, %s: %s\n", plural(checked.Stories, "story", "stories"), plural(checked.Superseded, "superseded version", "superseded versions"),
			plural(checked.Entities, "entity", "entities"), plural(checked.Reports, "report", "reports"), plural(checked.Events, "event", "events"),
			plural(checked.Relations, "relation", "relations"), plural(checked.Corrections, "correction", "corrections"), plural(checked.Faults, "fault", "faults"))
	}
	if checked.Faults > 0 {
		return exit{exitFailed, fmt.Errorf("%s does not hold together: %s: newsgraph export and import make what is sound of it anew", c.Store, plural(checked.Faults, "fault", "faults"))}
	}
	return nil
}

// tellVerify is a line of progress.
func tellVerify(w *world, p move.Progress) {
	fmt.Fprintf(w.stderr, "reading: %d of %d stories\n", p.Done, p.Total)
}
