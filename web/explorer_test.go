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
	walk := exec.CommandContext(t.Context(), "node", "e2e/explorer.mjs", serving(t, program, "demo"), serving(t, program, "demo", "--curate"))
	walk.WaitDelay = time.Second
	said, err := walk.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	t.Logf("%s", said)
}

// serving starts the program at a free port, and returns where it serves.
func serving(t *testing.T, program string, arguments ...string) string {
	t.Helper()
	server := exec.CommandContext(t.Context(), program, append(arguments, "--addr", "127.0.0.1:0")...)
	out, err := server.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { server.Wait() }) //nolint:errcheck // the context has ended it
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if _, url, ok := strings.Cut(lines.Text(), "serving "); ok {
			return url
		}
	}
	t.Fatal("the program ended before it served")
	return ""
}
