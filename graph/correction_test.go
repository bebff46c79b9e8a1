package graph_test

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"newsgraph/graph"
	"newsgraph/news"
	"newsgraph/store"
)

// curator corrects a store, at an hour after the other.
type curator struct {
	store store.Store
	hours int
}

func (c *curator) Correct(ctx context.Context, asked store.Asked) (news.Correction, int, error) {
	c.hours++
	return store.Correct(ctx, c.store, asked, time.Date(2024, 2, 1, c.hours, 0, 0, 0, time.UTC))
}

// agreeing makes whatever it is asked for.
type agreeing struct{}

func (agreeing) Correct(_ context.Context, asked store.Asked) (news.Correction, int, error) {
	c := news.Correction{Kind: asked.Kind, Of: asked.Of, At: "2024-02-01T12:00:00.000Z", By: asked.By, Because: asked.Because}
	c.Identify()
	return c, 0, nil
}

// TestCorrect corrects by mutations, and asks for what was corrected.
func TestCorrect(t *testing.T) {
	s := open(t, readFacts(t, filepath.Join("testdata", storiesFile)))
	h := graph.New(s, quiet(), graph.WithCurator(&curator{store: s}))
	get := func(query string, into any) {
		t.Helper()
		if a := ask(t, h, query); len(a.Errors) > 0 || json.Unmarshal(a.Data, into) != nil {
			t.Fatalf("%s: %s", query, a.body)
		}
	}
	type made struct {
		Correction struct{ ID, Kind, Says string }
		Stories    int
	}
	correct := func(mutation string) made {
		t.Helper()
		var data map[string]made
		get(fmt.Sprintf(`mutation { c: %s, by: "Ada", because: "it is so") { correction { id kind says } stories } }`, strings.TrimSuffix(mutation, ")")), &data)
		return data["c"]
	}
	var before struct {
		Events struct {
			Edges []struct{ Node struct{ ID string } }
		}
	}
	get(`{ events(filter: {action: "condemn"}) { edges { node { id } } } }`, &before)
	if len(before.Events.Edges) == 0 {
		t.Fatal("the stories condemn nothing")
	}
	event := before.Events.Edges[0].Node.ID
	renamed := correct(`correctRename(id: "state:KP", name: "Korea (North)")`)
	redated := correct(fmt.Sprintf(`correctDate(ids: [%q], date: "2021-03-04")`, event))
	if renamed.Stories == 0 || redated.Stories == 0 || redated.Correction.Kind != "REDATE" {
		t.Errorf("%+v, %+v", renamed, redated)
	}
	type history struct {
		Edges []struct {
			Cursor string
			Node   struct {
				ID, By, Because, At string
				Holds               bool
				Sentences           []string
				Undoes              *struct{ ID string }
			}
		}
		PageInfo struct{ HasNextPage bool }
	}
	var now struct {
		Entity struct {
			Name    string
			History history
		}
		Event struct {
			When    struct{ From string }
			History history
		}
		Corrections history
		Node        struct{ Says string }
	}
	const fields = `{ edges { cursor node { id by because at holds sentences undoes { id } } } pageInfo { hasNextPage } }`
	get(fmt.Sprintf(`{ entity(id: "state:KP") { name history %s } event: node(id: %q) { ... on Event { when { from } history %s } } corrections(first: 1) %s
		node(id: %q) { ... on Correction { says } } }`, fields, event, fields, fields, renamed.Correction.ID), &now)
	if now.Entity.Name != "Korea (North)" || len(now.Entity.History.Edges) != 1 || now.Entity.History.Edges[0].Node.ID != renamed.Correction.ID {
		t.Errorf("entity: %+v", now.Entity)
	}
	if now.Event.When.From != "2021-03-04" || len(now.Event.History.Edges) != 1 || now.Event.History.Edges[0].Node.ID != redated.Correction.ID || len(now.Event.History.Edges[0].Node.Sentences) == 0 {
		t.Errorf("event: %+v", now.Event)
	}
	if c := now.Corrections; len(c.Edges) != 1 || !c.PageInfo.HasNextPage || c.Edges[0].Node.ID != redated.Correction.ID || c.Edges[0].Node.By != "Ada" || c.Edges[0].Node.At != "2024-02-01T02:00:00.000Z" {
		t.Errorf("corrections: %+v", c)
	}
	if now.Node.Says != renamed.Correction.Says || !strings.Contains(now.Node.Says, "state:KP") {
		t.Errorf("node: %+v", now.Node)
	}
	undo := correct(fmt.Sprintf(`correctUndo(id: %q)`, renamed.Correction.ID))
	get(fmt.Sprintf(`{ entity(id: "state:KP") { name history %s } corrections(after: %q) %s }`, fields, undo.Correction.ID, fields), &now)
	if e := now.Entity; e.Name != "North Korea" || len(e.History.Edges) != 2 || e.History.Edges[0].Node.Undoes == nil || e.History.Edges[0].Node.Undoes.ID != renamed.Correction.ID || e.History.Edges[1].Node.Holds {
		t.Errorf("undone: %+v", e)
	}
	if c := now.Corrections; len(c.Edges) != 2 || c.Edges[0].Node.ID != redated.Correction.ID || c.PageInfo.HasNextPage {
		t.Errorf("corrections after the last: %+v", c)
	}
	var stories struct {
		Stories struct {
			Edges []struct{ Node struct{ ID string } }
		}
	}
	get(`{ stories(first: 1) { edges { node { id } } } }`, &stories)
	story := stories.Stories.Edges[0].Node.ID
	pinned := correct(fmt.Sprintf(`correctPin(id: %q)`, story))
	for filter, want := range map[string][]string{
		`kind: [REDATE, PIN]`:                  {pinned.Correction.ID, redated.Correction.ID},
		`of: "state:KP"`:                       {undo.Correction.ID, renamed.Correction.ID},
		fmt.Sprintf(`of: [%q]`, story):         {pinned.Correction.ID},
		`by: "AD", kind: UNDO`:                 {undo.Correction.ID},
		`by: "Bo"`:                             {},
		`of: ["state:KP"], kind: [MERGE, PIN]`: {},
	} {
		get(fmt.Sprintf(`{ corrections(filter: {%s}) %s }`, filter, fields), &now)
		got := []string{}
		for _, e := range now.Corrections.Edges {
			got = append(got, e.Node.ID)
		}
		if !slices.Equal(got, want) {
			t.Errorf("corrections of %s: %v, want %v", filter, got, want)
		}
	}
	merged := correct(`correctMerge(ids: ["state:KP", "person:jake-sullivan"])`)
	hidden := correct(fmt.Sprintf(`correctHide(ids: [%q])`, event))
	for _, test := range []struct {
		query    string
		says, by string
	}{
		{`{ node(id: "person:jake-sullivan") { id } }`, "was merged into state:KP by ", merged.Correction.ID},
		{`{ nodes(ids: ["state:KP", "person:jake-sullivan"]) { id } }`, "was merged into state:KP by ", merged.Correction.ID},
		{`{ events(filter: {source: "person:jake-sullivan"}) { edges { cursor } } }`, "was merged into state:KP by ", merged.Correction.ID},
		{fmt.Sprintf(`{ event(id: %q) { id } }`, event), "was hidden by ", hidden.Correction.ID},
	} {
		if a := ask(t, h, test.query); a.codes() != "NOT_FOUND" || !strings.Contains(a.Errors[0].Message, test.says+test.by) {
			t.Errorf("%s: %s", test.query, a.body)
		}
	}
	for _, test := range []struct{ mutation, says string }{
		{`correctHide(ids: ["event:00000000000000000000"])`, "nothing has the id"},
		{`correctKind(id: "person:jake-sullivan", kind: STATE)`, "was merged into state:KP"},
		{`correctPin(id: "state:KP")`, "state:KP is no story"},
		{fmt.Sprintf(`correctRename(id: %q, name: "Strait")`, story), "is a story, and a RENAME takes an entity"},
		{`correctAction(ids: ["state:KP"], action: "meet")`, "no other kind"},
		{`correctSplit(id: "state:KP", stories: [], name: "Another")`, "which stories"},
		{`correctRename(id: "state:KP", name: "Korea \u202eaeroK")`, "a character that is not shown"},
		{`correctRename(id: "state:KP", name: "Korea\u001b[2J")`, "a character that is not shown"},
	} {
		a := ask(t, h, fmt.Sprintf(`mutation { %s, by: "Ada", because: "to see it fail") { stories } }`, strings.TrimSuffix(test.mutation, ")")))
		if a.codes() != "BAD_USER_INPUT" || !strings.Contains(a.Errors[0].Message, test.says) {
			t.Errorf("%s: %s", test.mutation, a.body)
		}
	}
	for argument, who := range map[string]string{"by": `by: " ", because: "to see it fail"`, "because": `by: "Ada", because: ""`} {
		a := ask(t, h, `mutation { correctRename(id: "state:KP", name: "New", `+who+`) { stories } }`)
		if a.codes() != "BAD_USER_INPUT" || !strings.Contains(a.body, `"argument":"`+argument+`"`) {
			t.Errorf("%s: %s", who, a.body)
		}
	}
	if a := ask(t, h, fmt.Sprintf(`mutation { correctRename(id: "state:KP", name: %q, by: "Ada", because: "to see it fail") { stories } }`, strings.Repeat("x", 5000))); a.codes() != "BAD_USER_INPUT" || !strings.HasPrefix(a.Errors[0].Message, "no correction: ") {
		t.Errorf("a name that is too long: %s", a.body)
	}
	if a := ask(t, graph.New(s, quiet()), `mutation { correctRename(id: "state:KP", name: "New", by: "Ada", because: "it is so") { stories } }`); a.Data != nil || len(a.Errors) == 0 {
		t.Errorf("a server that nobody may correct is corrected: %s", a.body)
	}
	if a := ask(t, graph.New(s, quiet()), `{ __type(name: "Mutation") { name } }`); !strings.Contains(a.body, `{"__type":null}`) {
		t.Errorf("a server that nobody may correct tells how: %s", a.body)
	}
}
