package neo4j

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestExplorersCypher asks what the explorer copies as Cypher: the files that its own tests hold, each a question on this layout.
func TestExplorersCypher(t *testing.T) {
	s := empty(t)
	put(t, s, told("One", "2024-01-09", "ASSERTED"))
	want := map[string][]string{
		"anything":       {"condemn", "sell"},
		"condemned":      {"condemn"},
		"all-of-a-state": {"condemn", "sell"},
		"between":        {"condemn"},
		"everything":     nil,
		"words":          {"condemn"},
	}
	const folder = "../../web/src/keep/testdata"
	files, err := filepath.Glob(filepath.Join(folder, "*.cypher"))
	if err != nil || len(files) != len(want) {
		t.Fatalf("%d files in %s, want %d: %v", len(files), folder, len(want), err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".cypher")
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var actions []string
		for _, row := range cypher(t, s, string(text)) {
			actions = append(actions, strings.Split(row, " | ")[3])
		}
		slices.Sort(actions)
		same(t, name, actions, want[name])
	}
}
