//go:build unix

package main

import (
	"os"
	"os/exec"
	"testing"
	"time"

	"newsgraph/web"
)

// dependent are the steps of the walk whose answers each store finds in its own way: one for each kind of question, on a desk. What is
// seen of an answer is the same on both, in every theme and width.
const dependent = `^light 1440: (a question|search|an entity|a network expands|a timeline|a state|a heat map|a map|between|` +
	`a story tells|versions|what is loaded|task: (which events rest|where sources differ))`

// TestExplorer walks the explorer in a real browser, on the real program with the samples: all of it on the embedded store, on Neo4j what
// depends on the store. The walk loads stories of its own into the store while the program serves it.
func TestExplorer(t *testing.T) {
	if !web.Built() {
		t.Fatal("the pages are not built: make web builds them")
	}
	stores(t, func(t *testing.T, uri string) {
		if _, stderr, code := newsgraph(t, "", "load", "../../samples/index.tsv", "--store", uri); code != 0 {
			t.Fatalf("load: %s", stderr)
		}
		url := serving(t, "serve", "--store", uri, "--addr", "127.0.0.1:0")
		walk := exec.CommandContext(t.Context(), "node", "../../web/e2e/explorer.mjs", url, program, uri, serving(t, "demo", "--addr", "127.0.0.1:0", "--curate"))
		walk.WaitDelay = time.Second
		if steps := os.Getenv("STEPS"); steps == "" && uri == server {
			walk.Env = append(walk.Environ(), "STEPS="+dependent)
		}
		said, err := walk.CombinedOutput()
		if err != nil {
			t.Fatalf("%v: %s", err, said)
		}
		t.Logf("%s", said)
	})
}
