//go:build linux

package main

import (
	"archive/zip"
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"
)

// TestDryRunsHoldLittle sees that what a dry run reads goes by: neither the rows of a table, printed as JSON, nor the members of an archive are held, nor
// the models, which no dry run asks.
func TestDryRunsHoldLittle(t *testing.T) {
	dir := t.TempDir()
	var table, packed bytes.Buffer
	table.WriteString("headline,text,published\n")
	z := zip.NewWriter(&packed)
	for n := range 30_000 {
		text := fmt.Sprintf("The council voted on Monday to close the old bridge, number %d, %safter engineers had looked at its piers.", n, strings.Repeat("and then the next, ", 20))
		fmt.Fprintf(&table, "Bridge %d closes,%q,2024-01-10\n", n, text)
		m, err := z.Create(fmt.Sprintf("bridges/%d.txt", n))
		if err == nil {
			_, err = fmt.Fprintf(m, "Bridge %d closes\n\n%s\n", n, text)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"--json", write(t, dir, "a.csv", table.String())}, {write(t, dir, "b.zip", packed.String())}} {
		c := exec.CommandContext(t.Context(), program, append([]string{"load", "--dry-run"}, args...)...)
		var out bytes.Buffer
		c.Stdout = &out
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		ended := make(chan error, 1)
		go func() { ended <- c.Wait() }()
		most := 0 // what the kernel says at the end would count the test's own memory, of which the program is forked
		for running := true; running; {
			select {
			case err := <-ended:
				if running = false; err != nil || !bytes.Contains(out.Bytes()[max(0, out.Len()-1000):], []byte("30000")) {
					t.Fatalf("%v: %v", args, err)
				}
			case <-time.After(5 * time.Millisecond):
				status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", c.Process.Pid)) //nolint:errcheck // it may have ended
				if _, at, ok := strings.Cut(string(status), "VmHWM:"); ok {
					kb, err := strconv.Atoi(strings.Fields(at)[0])
					if err != nil {
						t.Fatal(err)
					}
					most = max(most, kb)
				}
			}
		}
		if mb := most >> 10; mb == 0 || mb > 190 {
			t.Errorf("%v: %d MB", args, mb)
		}
	}
}
