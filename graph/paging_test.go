package graph_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"newsgraph/graph"
)

// Walking any list page by page gives what one long page gives, in the same order, each once.
func TestPagesGoThroughEverything(t *testing.T) {
	facts := ministers(t, 23)
	h := graph.New(open(t, facts), quiet())
	for _, test := range []struct {
		list string // with its arguments, and where $page stands for first and after
		node string
		want int
	}{
		{"events($page)", "id", 46},
		{`events(order: OLDEST_FIRST, filter: {action: "condemn"}, $page)`, "id", 23},
		{"entities($page)", "id", 26},
		{`search(query: "minister", $page)`, "id", 23},
		{"stories($page)", "id", 23},
		{`entity(id: "state:RU") { list: events($page) }`, "id", 46},
		{`entity(id: "state:RU") { list: timeline($page) }`, "id", 46},
		{`entity(id: "state:RU") { list: relations($page) }`, "from { id } to { id } action", 24},
		{`entity(id: "state:RU") { list: mentions($page) }`, "id", 23},
		{fmt.Sprintf(`story(id: "%s") { list: reports($page) }`, facts[0].Story.ID), "id", 2},
		{fmt.Sprintf(`story(id: "%s") { list: mentions($page) }`, facts[0].Story.ID), "id", 2},
		{fmt.Sprintf(`story(id: "%s") { list: quotations($page) }`, facts[0].Story.ID), "id", 1},
	} {
		t.Run(test.list, func(t *testing.T) {
			long := walk(t, h, test.list, test.node, 100)
			short := walk(t, h, test.list, test.node, 7)
			if len(long) != test.want || !slices.Equal(long, short) {
				t.Errorf("%d at once, %d by pages; want %d\n%v\n%v", len(long), len(short), test.want, long, short)
			}
			if sorted := slices.Sorted(slices.Values(long)); len(slices.Compact(sorted)) != len(long) {
				t.Errorf("something comes twice: %v", long)
			}
		})
	}
}

type page struct {
	Edges []struct {
		Node   json.RawMessage
		Cursor string
	}
	PageInfo struct {
		HasNextPage, HasPreviousPage bool
		StartCursor, EndCursor       string
	}
}

// walk reads a list to its end, so many at a time.
func walk(t *testing.T, h http.Handler, list, node string, first int) []string {
	t.Helper()
	outer, inner, nested := strings.Cut(list, " { ")
	if !nested {
		outer, inner = "", "list: "+list
	}
	var all []string
	for after := "null"; ; {
		query := strings.ReplaceAll(inner, "$page", fmt.Sprintf("first: %d, after: %s", first, after))
		fields := fmt.Sprintf(" { edges { cursor node { %s } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }", node)
		if query = "{ " + strings.TrimSuffix(query, " }") + fields + " }"; nested {
			query = "{ outer: " + outer + " " + query + " }"
		}
		a := ask(t, h, query)
		var data struct {
			Outer struct{ List page }
			List  page
		}
		if err := json.Unmarshal(a.Data, &data); err != nil || len(a.Errors) > 0 {
			t.Fatalf("%s: %s", query, a.body)
		}
		p := data.List
		if nested {
			p = data.Outer.List
		}
		for _, e := range p.Edges {
			all = append(all, string(e.Node))
		}
		if n := len(p.Edges); n == 0 || n > first || p.PageInfo.StartCursor != p.Edges[0].Cursor || p.PageInfo.EndCursor != p.Edges[n-1].Cursor ||
			p.PageInfo.HasPreviousPage != (after != "null") {
			t.Fatalf("page of %d: %+v", n, p.PageInfo)
		}
		if !p.PageInfo.HasNextPage {
			return all
		}
		after = fmt.Sprintf("%q", p.PageInfo.EndCursor)
	}
}

// A cursor is good for its own list alone.
func TestCursorsOfOtherLists(t *testing.T) {
	h := graph.New(open(t, ministers(t, 3)), quiet())
	lists := []string{"events", "events(order: OLDEST_FIRST)", "entities", `search(query: "minister")`, "stories"}
	with := func(list, arguments string) string {
		if before, ok := strings.CutSuffix(list, ")"); ok {
			return "{ list: " + before + ", " + arguments + ") { edges { cursor } } }"
		}
		return "{ list: " + list + "(" + arguments + ") { edges { cursor } } }"
	}
	for _, from := range lists {
		var data struct{ List page }
		if err := json.Unmarshal(ask(t, h, with(from, "first: 1")).Data, &data); err != nil || len(data.List.Edges) != 1 {
			t.Fatalf("%s: %v, %+v", from, err, data)
		}
		for _, to := range lists {
			a := ask(t, h, with(to, fmt.Sprintf("after: %q", data.List.Edges[0].Cursor)))
			if want := map[bool]string{true: "", false: "BAD_USER_INPUT"}[from == to]; a.codes() != want {
				t.Errorf("cursor of %s in %s: %s", from, to, a.body)
			}
		}
	}
}
