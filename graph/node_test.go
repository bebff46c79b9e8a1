package graph_test

import (
	"encoding/json"
	"maps"
	"path/filepath"
	"slices"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

	"newsgraph/graph"
)

// What has an id is a Node, so that clients can keep it and ask for it again.
func TestWhatHasAnIDIsANode(t *testing.T) {
	for name, definition := range loadSchema(t).Types {
		id := definition.Fields.ForName("id")
		if definition.Kind != ast.Object || id == nil || id.Type.String() != "ID!" {
			continue
		}
		if !slices.Contains(definition.Interfaces, "Node") {
			t.Errorf("%s has an id and is no Node", name)
		}
	}
}

// node answers for every id that any answer hands out, with what had it.
func TestNodeAnswersForEveryID(t *testing.T) {
	s := open(t, readFacts(t, filepath.Join("testdata", storiesFile)))
	h := graph.New(s, quiet(), graph.WithCurator(&curator{store: s}))
	if a := ask(t, h, `mutation { correctRename(id: "state:KP", name: "Korea (North)", by: "Ada", because: "it is so") { stories } }`); len(a.Errors) > 0 {
		t.Fatal(a.body)
	}
	const everything = `{ corrections { edges { node { __typename id } } } stories { edges { node { __typename id
		mentions { edges { node { __typename id entity { __typename id positions { edges { node { __typename id } } } } } } }
		quotations { edges { node { __typename id } } }
		reports { edges { node { __typename id event { __typename id } participants { entity { __typename id } } } } } } } } }`
	a := ask(t, h, everything)
	var data any
	if err := json.Unmarshal(a.Data, &data); err != nil || len(a.Errors) > 0 {
		t.Fatalf("%v: %.500s", err, a.body)
	}
	types := map[string]string{}
	found := map[string]bool{}
	handedOut(data, func(id, typename string) {
		types[id] = typename
		found[typename] = true
	})
	for name, definition := range loadSchema(t).Types {
		if definition.Kind == ast.Object && slices.Contains(definition.Interfaces, "Node") && !found[name] && name != "Thing" {
			t.Errorf("the stories have no %s to try", name)
		}
	}
	for ids := range slices.Chunk(slices.Sorted(maps.Keys(types)), 50) {
		body, err := json.Marshal(map[string]any{"query": "query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }", "variables": map[string]any{"ids": ids}})
		if err != nil {
			t.Fatal(err)
		}
		var got struct {
			Nodes []struct {
				Typename string `json:"__typename"`
				ID       string
			}
		}
		if a := post(t, h, string(body)); json.Unmarshal(a.Data, &got) != nil || len(a.Errors) > 0 || len(got.Nodes) != len(ids) {
			t.Fatalf("%s", a.body)
		}
		for i, n := range got.Nodes {
			if n.ID != ids[i] || n.Typename != types[ids[i]] {
				t.Errorf("node(%s) is %s %s, not %s", ids[i], n.Typename, n.ID, types[ids[i]])
			}
		}
	}
}

// handedOut finds the objects with an id within an answer.
func handedOut(v any, found func(id, typename string)) {
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			handedOut(item, found)
		}
	case map[string]any:
		if id, ok := v["id"].(string); ok {
			typename, _ := v["__typename"].(string)
			found(id, typename)
		}
		for _, field := range v {
			handedOut(field, found)
		}
	}
}
