package graph_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"newsgraph/graph"
	"newsgraph/news"
	"newsgraph/store"
	"newsgraph/store/past"
	"newsgraph/store/sqlite"
)

// Every root field that asks the graph takes asOf; what is of the program alone does not, and node takes its id alone: relay-compiler
// refetches by no other.
func TestAsOfOnEveryRootField(t *testing.T) {
	for _, f := range loadSchema(t).Query.Fields {
		if strings.HasPrefix(f.Name, "__") || f.Name == "actions" {
			continue
		}
		if f.Name == "node" {
			if len(f.Arguments) != 1 {
				t.Errorf("node takes %d arguments, want its id alone", len(f.Arguments))
			}
			continue
		}
		if a := f.Arguments.ForName("asOf"); a == nil || a.Type.String() != "DateTime" {
			t.Errorf("%s has no asOf", f.Name)
		}
	}
}

// Answers as of a time are those of the graph of then, to any depth: a version that was current, and not what came later.
func TestAsOf(t *testing.T) {
	s := open(t, nil)
	noon := time.Date(2024, 1, 10, 12, 0, 0, 0, time.UTC)
	all := ministers(t, 3)
	for i := range all {
		all[i].Story.Updated = noon.Add(time.Duration(i) * time.Hour).Format(time.RFC3339)
		if _, err := s.Put(t.Context(), all[i:i+1]); err != nil {
			t.Fatal(err)
		}
	}
	dir := t.TempDir()
	graphs := past.New(s, func(ctx context.Context, file string) (store.Store, error) { return sqlite.Open(ctx, file) }, past.Options{Most: 2, Dir: dir})
	h := graph.New(s, quiet(), graph.WithPast(graphs))
	stories := func(arguments string) []string {
		t.Helper()
		var ids []string
		for after := ""; ; {
			var data struct {
				Stories struct {
					Edges []struct {
						Node struct{ ID string }
					}
					PageInfo struct {
						HasNextPage bool
						EndCursor   string
					}
				}
			}
			a := ask(t, h, fmt.Sprintf(`{ stories(first: 1 %s %s) { edges { node { id } } pageInfo { hasNextPage endCursor } } }`, after, arguments))
			if err := json.Unmarshal(a.Data, &data); err != nil || len(a.Errors) > 0 {
				t.Fatal(a.body, err)
			}
			for _, e := range data.Stories.Edges {
				ids = append(ids, e.Node.ID)
			}
			if !data.Stories.PageInfo.HasNextPage {
				return ids
			}
			after = fmt.Sprintf("after: %q", data.Stories.PageInfo.EndCursor)
		}
	}
	for arguments, want := range map[string]int{
		"": 3, `asOf: "2024-01-10T11:59:59Z"`: 0, `asOf: "2024-01-10T12:00:00Z"`: 1, `asOf: "2024-01-10T15:30:00+02:00"`: 2, `asOf: "2999-01-01T00:00:00Z"`: 3,
	} {
		if got := stories(arguments); len(got) != want {
			t.Errorf("stories(%s) are %v, want %d", arguments, got, want)
		}
	}
	// A story's reports, and who acts in their events, are asked of the same graph: what is not there yet is not found either.
	late := all[1].Story.ID
	for at, found := range map[string]bool{"2024-01-10T12:30:00Z": false, "2024-01-10T13:30:00Z": true} {
		a := ask(t, h, fmt.Sprintf(`{ story(id: %q, asOf: %q) { reports { edges { node { event { sources { name } } } } } } }`, late, at))
		if strings.Contains(a.body, `"sources":[{`) != found || strings.Contains(a.body, "NOT_FOUND") == found {
			t.Errorf("as of %s: %s", at, a.body)
		}
	}
	for query, says := range map[string]string{
		`{ stories(asOf: "2024-01-11T00:00:00Z") { edges { cursor } } }`: "PAST_TOO_LARGE",
		`{ stories(asOf: "yesterday") { edges { cursor } } }`:            "no DateTime",
		`{ a: stories(asOf: "2024-01-10T12:00:01Z") { edges { cursor } } b: stories(asOf: "2024-01-10T12:00:02Z") { edges { cursor } } c: stories(asOf: "2024-01-10T12:00:03Z") { edges { cursor } }
		  d: stories(asOf: "2024-01-10T12:00:04Z") { edges { cursor } } e: stories(asOf: "2024-01-10T12:00:05Z") { edges { cursor } } }`: "QUERY_TOO_COMPLEX",
	} {
		if a := ask(t, h, query); !strings.Contains(a.body, says) {
			t.Errorf("%s is answered %s, not %s", query, a.body, says)
		}
	}
	if _, err := s.Remove(t.Context(), []news.ID{all[0].Story.ID}); err != nil {
		t.Fatal(err)
	}
	if got := stories(`asOf: "2024-01-10T12:00:00Z"`); len(got) != 0 {
		t.Errorf("what was erased is in the past: %v", got)
	}
	if a := ask(t, graph.New(s, quiet()), `{ stories(asOf: "2024-01-10T12:00:00Z") { edges { cursor } } }`); !strings.Contains(a.body, "BAD_USER_INPUT") {
		t.Errorf("without a past: %s", a.body)
	}
	if err := graphs.Close(); err != nil {
		t.Error(err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("left %v, %v", left, err)
	}
}

// Two operations that ask for more times together than there is room for are both answered: neither holds graphs that the other waits for.
func TestAsOfTogether(t *testing.T) {
	t.Parallel()
	s := open(t, nil)
	noon := time.Date(2024, 1, 10, 12, 0, 0, 0, time.UTC)
	const times, rounds = 4, 6
	all := ministers(t, 2*times)
	for i := range all {
		all[i].Story.Updated = noon.Add(time.Duration(i) * time.Hour).Format(time.RFC3339)
	}
	if _, err := s.Put(t.Context(), all); err != nil {
		t.Fatal(err)
	}
	graphs := past.New(s, func(ctx context.Context, file string) (store.Store, error) { return sqlite.Open(ctx, file) }, past.Options{Dir: t.TempDir()})
	t.Cleanup(func() { graphs.Close() })
	h := graph.New(s, quiet(), graph.WithPast(graphs), graph.WithTimeout(10*time.Second))
	for range rounds { // How the fields of two operations come to take turns is chance.
		var both sync.WaitGroup
		for which := range 2 {
			var query strings.Builder
			for i := range times {
				n := 2*i + which
				fmt.Fprintf(&query, " n%d: stories(asOf: %q) { edges { cursor } }", n+1, noon.Add(time.Duration(n)*time.Hour).Format(time.RFC3339))
			}
			both.Go(func() {
				a := ask(t, h, "{"+query.String()+" }")
				var told map[string]struct{ Edges []any }
				if err := json.Unmarshal(a.Data, &told); err != nil || len(told) != times {
					t.Errorf("{%s } is answered %s", query.String(), a.body)
				}
				for name, stories := range told {
					if name != fmt.Sprintf("n%d", len(stories.Edges)) {
						t.Errorf("%s has %d stories", name, len(stories.Edges))
					}
				}
			})
		}
		both.Wait()
		if t.Failed() {
			return
		}
	}
}

// One time of which there is no graph leaves the others of its operation their answers; the same time written otherwise is one, and what is left out by a
// directive makes no graph.
func TestAsOfApart(t *testing.T) {
	t.Parallel()
	s := open(t, nil)
	noon := time.Date(2024, 1, 10, 12, 0, 0, 0, time.UTC)
	all := ministers(t, 3)
	for i := range all {
		all[i].Story.Updated = noon.Add(time.Duration(i) * time.Hour).Format(time.RFC3339)
	}
	if _, err := s.Put(t.Context(), all); err != nil {
		t.Fatal(err)
	}
	var made atomic.Int32
	graphs := past.New(s, func(ctx context.Context, file string) (store.Store, error) {
		made.Add(1)
		return sqlite.Open(ctx, file)
	}, past.Options{Most: 2, Dir: t.TempDir()})
	t.Cleanup(func() { graphs.Close() })
	h := graph.New(s, quiet(), graph.WithPast(graphs))
	story := all[0].Story.ID
	a := ask(t, h, fmt.Sprintf(`query ($no: Boolean = false) { good: story(id: %[1]q, asOf: "2024-01-10T12:30:00Z") { id } same: story(id: %[1]q, asOf: "2024-01-10T13:30:00+01:00") { id }
		large: story(id: %[1]q, asOf: "2024-01-10T14:30:00Z") { id } ... on Query @include(if: $no) { story(id: %[1]q, asOf: "2024-01-10T13:30:00Z") { id } } }`, story))
	for _, says := range []string{
		fmt.Sprintf(`"good":{"id":%q}`, story), fmt.Sprintf(`"same":{"id":%q}`, story), `"large":null`, "PAST_TOO_LARGE",
	} {
		if !strings.Contains(a.body, says) {
			t.Errorf("%s is answered without %s", a.body, says)
		}
	}
	if n := made.Load(); n != 1 {
		t.Errorf("%d graphs were made, want 1", n)
	}
}
