package graph_test

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"newsgraph/graph"
	"newsgraph/news"
	"newsgraph/store/sqlite"
)

// TestUncoded asks what of a story was left uncoded: of a server that reads stories, of one that does not, and of one that fails.
func TestUncoded(t *testing.T) {
	s, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "graph.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	story := news.Story{Headline: "Talks", Publisher: "Agency", Text: "Zoë might meet Chad.", Updated: "2024-01-11", Notes: "Corrects the name."}
	story.Identify()
	if _, err := s.Put(t.Context(), []news.Facts{{Story: story}}); err != nil {
		t.Fatal(err)
	}
	query := `{ stories(first: 4) { edges { node { updated notes uncoded { text why span { begin end } } } } } }`
	const head = `{"data":{"stories":{"edges":[{"node":{"updated":"2024-01-11","notes":"Corrects the name.","uncoded":`
	for name, test := range map[string]struct {
		options []graph.Option
		want    string
	}{
		"nobody explains": {nil, head + `null}}]}}`},
		"a word is left": {[]graph.Option{graph.WithExplainer(func(_ context.Context, of news.Story) ([]graph.Uncoded, error) {
			at := strings.Index(of.Text, "meet")
			span := news.SpanOf(of.Text, at, at+len("meet"))
			return []graph.Uncoded{{Span: span, Text: span.In(of.Text), Why: "nothing says that it was"}}, nil
		})}, head + `[{"text":"meet","why":"nothing says that it was","span":{"begin":10,"end":14}}]}}]}}`},
		"nothing is left": {[]graph.Option{graph.WithExplainer(func(context.Context, news.Story) ([]graph.Uncoded, error) {
			return nil, nil
		})}, head + `[]}}]}}`},
		"it fails": {[]graph.Option{graph.WithExplainer(func(context.Context, news.Story) ([]graph.Uncoded, error) {
			return nil, errors.New("no model")
		})}, `INTERNAL`},
	} {
		t.Run(name, func(t *testing.T) {
			if got := ask(t, graph.New(s, quiet(), test.options...), query); !strings.Contains(got.body, test.want) {
				t.Errorf("%s", got.body)
			}
		})
	}
}
