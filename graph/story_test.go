package graph_test

import (
	"path/filepath"
	"strings"
	"testing"

	"newsgraph/graph"
	"newsgraph/news"
	"newsgraph/store/sqlite"
)

// TestFiled asks how urgent stories are and what they are filed under: of one that tells it, of a version that another took the place of, and of one that tells nothing.
func TestFiled(t *testing.T) {
	s, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "graph.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	for _, story := range []news.Story{
		{Headline: "Talks", Published: "2024-01-12", Text: "Zoë met Chad.", Urgency: 4, Subjects: []string{"medtop:16000000", "Talks", "medtop:16000000"}},
		{Headline: "First", Published: "2024-01-11", Text: "Peru met Chad.", AgencyID: "urn:1", Version: "1", Publisher: "Agency", Urgency: 1, Subjects: []string{"Peru"}},
		{Headline: "Second", Published: "2024-01-11", Text: "Peru met Chad again.", AgencyID: "urn:1", Version: "2", Publisher: "Agency", Urgency: 9},
		{Headline: "Before", Published: "2024-01-10", Text: "Chad slept."},
	} {
		story.Identify()
		if _, err := s.Put(t.Context(), []news.Facts{{Story: story}}); err != nil {
			t.Fatal(err)
		}
	}
	const want = `{"data":{"stories":{"edges":[` +
		`{"node":{"headline":"Talks","urgency":4,"subjects":["medtop:16000000","Talks","medtop:16000000"],"versions":[{"urgency":4}]}},` +
		`{"node":{"headline":"Second","urgency":9,"subjects":[],"versions":[{"urgency":1},{"urgency":9}]}},` +
		`{"node":{"headline":"Before","urgency":null,"subjects":[],"versions":[{"urgency":null}]}}]}}`
	if got := ask(t, graph.New(s, quiet()), `{ stories { edges { node { headline urgency subjects versions { urgency } } } } }`); !strings.HasPrefix(got.body, want) {
		t.Errorf("%s\nwant %s", got.body, want)
	}
}
