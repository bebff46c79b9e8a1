//go:build unix

package main

import (
	"os/exec"
	"testing"
	"time"

	"newsgraph/web"
)

// TestExplorer walks the explorer in a real browser, on the real program with the samples, on each store. The walk loads stories of its own
// into the store while the program serves it.
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
		said, err := walk.CombinedOutput()
		if err != nil {
			t.Fatalf("%v: %s", err, said)
		}
		t.Logf("%s", said)
	})
}
