//go:build unix

package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const apiFile = "../../docs/api.md"

// TestAPI asks the demo each worked query of docs/api.md, and holds the answer that stands below it against what comes. What the demo has none of,
// copies, is asked of stories of the tests.
func TestAPI(t *testing.T) {
	data, err := os.ReadFile(apiFile)
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	queries, answers := fences(text, "graphql"), fences(text, "json")
	if len(queries) == 0 || len(queries) != len(answers) {
		t.Fatalf("%d queries have %d answers", len(queries), len(answers))
	}
	demo := serving(t, "demo", "--curate", "--load", "--addr", "127.0.0.1:0")
	db := "sqlite:" + filepath.Join(t.TempDir(), "copies.db")
	if _, errs, code := newsgraph(t, "", "load", "--store", db, "testdata/copies"); code != 0 {
		t.Fatal(errs)
	}
	copies := serving(t, "serve", "--store", db, "--addr", "127.0.0.1:0")
	for i, query := range queries {
		url := demo
		if strings.Contains(query, "copies") {
			url = copies
		}
		var data json.RawMessage
		answer(t, url, query, &data)
		got := readable(t, data, "") + "\n"
		if got == answers[i] {
			continue
		}
		if !*update {
			t.Errorf("%s\nis answered (go test ./cmd/newsgraph -run TestAPI -update writes it)\n%s", query, got)
		}
		text = strings.Replace(text, query+"```\n\n```json\n"+answers[i]+"```", query+"```\n\n```json\n"+got+"```", 1)
	}
	if *update {
		if err := os.WriteFile(apiFile, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
