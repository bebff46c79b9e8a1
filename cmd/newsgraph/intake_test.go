//go:build linux

package main

import (
	"archive/zip"
	"bytes"
	"fmt"
	"os/exec"
	"strings"
	"syscall"
	"testing"
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
		out, err := c.Output()
		if err != nil || !strings.Contains(string(out[len(out)-min(len(out), 1000):]), "30000") {
			t.Fatalf("%v: %v", args, err)
		}
		if mb := c.ProcessState.SysUsage().(*syscall.Rusage).Maxrss >> 10; mb > 190 { //nolint:forcetypeassert // of this system
			t.Errorf("%v: %d MB", args, mb)
		}
	}
}
