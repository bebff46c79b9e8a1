//go:build unix

package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"newsgraph/store/neo4j/neo4jtest"
)

// TestBulk makes a database of the samples' export by the importer: it exports the same bytes as one that was loaded live, and holds together.
func TestBulk(t *testing.T) {
	command := func(code int, says string, args ...string) string {
		t.Helper()
		var out, told bytes.Buffer
		if got := run(t.Context(), args, strings.NewReader(""), &out, &told); got != code || !strings.Contains(out.String()+told.String(), says) {
			t.Fatalf("%v ends with %d, want %d, and %q: %s%s", args, got, code, says, &out, &told)
		}
		return out.String()
	}
	dir := t.TempDir()
	if err := neo4jtest.Clear(t.Context(), server); err != nil {
		t.Fatal(err)
	}
	command(0, "24 new", "load", "--store", server, "../../samples/index.tsv")
	live := command(0, "", "export", "--store", server)
	graph := filepath.Join(dir, "graph.jsonl")
	if err := os.WriteFile(graph, []byte(live), 0o600); err != nil {
		t.Fatal(err)
	}
	var data, jars string
	bulk, err := neo4jtest.Start(t.Context(), t.Output(), neo4jtest.WithData(func(folder, lib string) error {
		data, jars = folder, lib
		said := command(0, "newsgraph verify", "bulk", "--to", data, "--importer", jars, graph)
		if !strings.HasPrefix(said, "24 stories: ") {
			return fmt.Errorf("bulk says %s", said)
		}
		command(exitFailed, "--overwrite", "bulk", "--to", data, "--importer", jars, graph)
		return nil
	}))
	if err != nil {
		t.Fatal(err)
	}
	defer bulk.Stop() //nolint:errcheck // the test is over
	command(exitFailed, "stop it first", "bulk", "--to", data, "--importer", jars, graph)
	command(0, "0 faults", "verify", "--store", bulk.URI)
	if got := command(0, "", "export", "--store", bulk.URI); got != live {
		t.Error("the exports differ")
	}
}

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
