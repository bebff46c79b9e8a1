//go:build unix

package main

import (
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestInterrupted tells every command that waits for standard input, or for who reads what it writes, to stop: it does so at once, and its exit code says
// that it did not come to its end.
func TestInterrupted(t *testing.T) {
	dir := t.TempDir()
	full := "sqlite:" + filepath.Join(dir, "full.db")
	if _, errs, code := newsgraph(t, "", "load", "--store", full, "../../samples/index.tsv"); code != 0 {
		t.Fatal(errs)
	}
	empty := "sqlite:" + filepath.Join(dir, "empty.db")
	for _, args := range [][]string{
		{"load", "--store", empty, "-"},
		{"load", "--dry-run", "-"},
		{"import", "--store", empty, "-"},
		{"extract"},
		{"parse"},
		{"explain", "-"},
		{"correct", "import", "--store", empty, "-"},
		{"export", "--store", full},
	} {
		for signal, want := range map[syscall.Signal]int{syscall.SIGINT: 130, syscall.SIGTERM: 143} {
			t.Run(strings.Join(args[:1], " ")+" "+signal.String(), func(t *testing.T) {
				t.Parallel()
				c := exec.CommandContext(t.Context(), program, args...)
				silent, err := c.StdinPipe()
				if err != nil {
					t.Fatal(err)
				}
				defer silent.Close()
				unread, err := c.StdoutPipe() // of which the system holds some, and no export of the samples
				if err != nil {
					t.Fatal(err)
				}
				var errs strings.Builder
				c.Stderr = &errs
				if err := c.Start(); err != nil {
					t.Fatal(err)
				}
				time.Sleep(1500 * time.Millisecond)
				if err := c.Process.Signal(signal); err != nil {
					t.Fatal(err)
				}
				sent := time.Now()
				if _, err := io.Copy(io.Discard, unread); err != nil {
					t.Fatal(err)
				}
				_ = c.Wait() // its code says how
				if took := time.Since(sent); c.ProcessState.ExitCode() != want || took > 5*time.Second || !strings.Contains(errs.String(), "interrupted") {
					t.Errorf("exit code %d after %v: %s", c.ProcessState.ExitCode(), took, errs.String())
				}
			})
		}
	}
}

// TestStart bounds what the program makes before it can be told to stop: a signal that comes earlier ends it without a word.
func TestStart(t *testing.T) {
	c := exec.CommandContext(t.Context(), program, "version")
	c.Env = append(os.Environ(), "GODEBUG=inittrace=1")
	out, err := c.CombinedOutput()
	if err != nil {
		t.Fatal(err)
	}
	made, packages := 0, 0
	for line := range strings.Lines(string(out)) {
		f := strings.Fields(line) // init PACKAGE @1 ms, 2 ms clock, 3 bytes, 4 allocs
		if len(f) != 11 || f[0] != "init" {
			continue
		}
		n, err := strconv.Atoi(f[7])
		if err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		made, packages = made+n, packages+1
	}
	if packages < 50 || made > 24<<20 {
		t.Errorf("%d packages make %d MB at the start", packages, made>>20)
	}
}
