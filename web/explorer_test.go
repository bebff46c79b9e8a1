//go:build unix

package web

import (
	"bufio"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestExplorer walks the explorer in a real browser, on the real program with the samples.
func TestExplorer(t *testing.T) {
	mustBeBuilt(t)
	program := filepath.Join(t.TempDir(), "newsgraph")
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", program, "newsgraph/cmd/newsgraph").CombinedOutput(); err != nil {
		t.Fatalf("build: %v: %s", err, out)
	}
	demo := exec.CommandContext(t.Context(), program, "demo", "--addr", "127.0.0.1:0")
	out, err := demo.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := demo.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { demo.Wait() }) //nolint:errcheck // the context has ended it
	var url string
	for lines := bufio.NewScanner(out); url == "" && lines.Scan(); {
		_, url, _ = strings.Cut(lines.Text(), "serving ")
	}
	if url == "" {
		t.Fatal("the program ended before it served")
	}
	walk := exec.CommandContext(t.Context(), "node", "e2e/explorer.mjs", url)
	walk.WaitDelay = time.Second
	said, err := walk.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	t.Logf("%s", said)
}
