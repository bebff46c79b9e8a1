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
	return `Makes the graph of a store anew from what was found in its stories and from its log of corrections, and compares it with all that the store answers: ids, spans, participants, versions, copies, records, entities, events, lists, relations and counts; of a SQLite file each row of each table and index, with a file of its own that the same stories make in TMPDIR. What breaks an invariant is named, a line each, a record that cannot be read too, and the last line says what to do. It changes nothing; a store that is loaded meanwhile has faults that are none.

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
		return exit{exitFailed, fmt.Errorf("%s does not hold together: %s: %s", c.Store, plural(checked.Faults, "fault", "faults"), c.wayOut(checked))}
	}
	return nil
}

// wayOut says what makes a store whole again.
func (c *verifyCmd) wayOut(checked move.Checked) string {
	switch {
	case checked.Unread > 0:
		return fmt.Sprintf("what was found in %s cannot be read: put a copy from before in its place, or load all stories into a new store", plural(checked.Unread, "story", "stories"))
	case checked.Unsound > 0:
		return "what was found in the stories that are named is wrong: newsgraph remove them and load them again, or newsgraph reread; then newsgraph copy --from " + c.Store + " --to another makes all else anew"
	default:
		return "what was found in the stories can be read: newsgraph copy --from " + c.Store + " --to another makes all else anew of it"
	}
}

// tellVerify is a line of progress.
func tellVerify(w *world, p move.Progress) {
	fmt.Fprintf(w.stderr, "reading: %d of %s\n", p.Done, plural(int(p.Total), "story", "stories"))
}
