package graph

import (
	"encoding/json"
	"path/filepath"
	"testing"

	"newsgraph/graph/internal/answer"
	"newsgraph/news"
	"newsgraph/store/sqlite"
)

// TestVersions asks a superseded version and the one that took its place for each other.
func TestVersions(t *testing.T) {
	s, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "graph.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	var facts []news.Facts
	for _, updated := range []string{"2024-01-10", "2024-01-11"} {
		story := news.Story{Headline: "Talks, " + updated, URL: "https://example.org/a", Publisher: "Agency", Text: "Norway met Chad.", Updated: updated}
		story.Identify()
		facts = append(facts, news.Facts{Story: story})
	}
	if _, err := s.Put(t.Context(), facts); err != nil {
		t.Fatal(err)
	}
	stories, err := s.StoriesByID(t.Context(), []news.ID{facts[0].Story.ID, facts[1].Story.ID})
	if err != nil {
		t.Fatal(err)
	}
	got := map[string][]string{}
	for _, story := range (answer.Graph{Reader: s}).Stories(stories) {
		versions, err := story.Versions(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range versions {
			got[story.Headline] = append(got[story.Headline], v.Headline)
		}
		by, err := story.SupersededBy(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if by != nil {
			got[story.Headline] = append(got[story.Headline], "by "+by.Headline)
		}
	}
	data, err := json.Marshal(got)
	const want = `{"Talks, 2024-01-10":["Talks, 2024-01-10","Talks, 2024-01-11","by Talks, 2024-01-11"],"Talks, 2024-01-11":["Talks, 2024-01-10","Talks, 2024-01-11"]}`
	if err != nil || string(data) != want {
		t.Errorf("versions\n got %s\nwant %s, %v", data, want, err)
	}
}
