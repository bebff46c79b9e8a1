//go:build unix

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestBulkRefused sees that what cannot be done says what can.
func TestBulkRefused(t *testing.T) {
	dir := t.TempDir()
	path := "sqlite:" + filepath.Join(dir, "graph.db")
	for _, test := range []struct {
		code int
		says string
		args []string
	}{
		{0, "1 new", []string{"load", "--store", path, "--published", "2024-01-10", "../../samples/kim-meets-putin-in-russia.txt"}},
		{exitFailed, "newsgraph copy", []string{"bulk", "--store", path, "--to", dir + "/data", "--importer", "neo4j-nothing"}},
		{exitFailed, "no jars of Neo4j", []string{"bulk", "--store", path, "--to", dir + "/data", "--importer", dir}},
		{exitUsage, "--format neo4j-admin DIR", []string{"export", "--store", path, "--format", "neo4j-admin"}},
		{exitUsage, "--format neo4j-admin DIR", []string{"export", "--store", path, dir + "/tables"}},
		{exitFailed, "there is no store", []string{"export", "--store", path + "x", "--format", "neo4j-admin", dir + "/tables"}},
		{0, "@import.args", []string{"export", "--store", path, "--format", "neo4j-admin", "--gzip", dir + "/tables"}},
		{exitFailed, "not empty: name another folder", []string{"export", "--store", path, "--format", "neo4j-admin", dir + "/tables"}},
	} {
		var out strings.Builder
		if code := run(t.Context(), test.args, strings.NewReader(""), &out, &out); code != test.code || !strings.Contains(out.String(), test.says) {
			t.Errorf("%v ends with %d, want %d, and %q: %s", test.args, code, test.code, test.says, out.String())
		}
	}
	if _, err := os.Stat(dir + "/data"); err == nil {
		t.Error("what was refused made a folder")
	}
}
