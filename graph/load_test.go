package graph_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"newsgraph/graph"
	"newsgraph/news"
	"newsgraph/store"
)

// shelf loads what it is told without reading it, and refuses what is not of Oslo.
type shelf struct{ store store.Store }

func (s shelf) LoadStory(ctx context.Context, told news.Story) (news.Story, bool, error) {
	if !strings.Contains(told.Text, "Oslo") {
		return told, false, fmt.Errorf("shelf: %w: it is not of Oslo", graph.ErrStory)
	}
	told.Reader, told.Language = "1", "en"
	told.Identify()
	r, err := s.store.Put(ctx, []news.Facts{{Story: told}})
	return told, r.Added > 0, err
}

func (s shelf) RemoveStory(ctx context.Context, id news.ID) (bool, error) {
	n, err := s.store.Remove(ctx, []news.ID{id})
	return n > 0, err
}

// A story that is loaded by a mutation is there, comes to those who follow, and goes by another. What is refused says why.
func TestLoadStory(t *testing.T) {
	s := open(t, nil)
	h := graph.New(s, quiet(), graph.WithLoader(shelf{s}))
	load := func(input string) answered {
		t.Helper()
		return ask(t, h, `mutation { loadStory(input: {`+input+`}) { added story { id headline publisher published url text } } }`)
	}
	const input = `headline: " Rain ", text: "It rains in Oslo.", publisher: "Ports Daily", published: "2024-02", url: "https://ports.example/rain"`
	var made struct {
		LoadStory struct {
			Added bool
			Story struct{ ID, Headline, Publisher, Published, URL, Text string }
		}
	}
	for _, added := range []bool{true, false} {
		a := load(input)
		if err := json.Unmarshal(a.Data, &made); err != nil || len(a.Errors) > 0 {
			t.Fatalf("%v %s", err, a.body)
		}
		if got := made.LoadStory; got.Added != added || got.Story.Headline != "Rain" || got.Story.Publisher != "Ports Daily" || got.Story.Published != "2024-02" || got.Story.URL != "https://ports.example/rain" {
			t.Errorf("%+v, added %t", got, added)
		}
	}
	id := made.LoadStory.Story.ID
	for input, says := range map[string]string{
		`text: "It rains in Rome."`:                              "input: the story is refused: it is not of Oslo",
		`text: " "`:                                              "input.text: ",
		`text: "Oslo", published: "--12-30"`:                     "input.published: ",
		`text: "Oslo", url: "javascript:alert(1)"`:               "input.url: ",
		`text: "Oslo", url: "https://ana:secret@ports.example/"`: "input.url: ",
		`text: "Oslo", url: "/rain"`:                             "input.url: ",
	} {
		if a := load(input); a.codes() != "BAD_USER_INPUT" || !strings.HasPrefix(a.Errors[0].Message, says) {
			t.Errorf("%s: %s", input, a.body)
		}
	}
	remove := func(id string) answered {
		t.Helper()
		return ask(t, h, fmt.Sprintf(`mutation { removeStory(id: %q) { removed headline } }`, id))
	}
	if a := remove(id); a.body == "" || !strings.Contains(a.body, fmt.Sprintf(`{"removeStory":{"removed":%q,"headline":"Rain"}}`, id)) {
		t.Errorf("%s", a.body)
	}
	if a := remove(id); a.codes() != "NOT_FOUND" {
		t.Errorf("twice: %s", a.body)
	}
	if a := remove("state:NO"); a.codes() != "BAD_USER_INPUT" {
		t.Errorf("no story: %s", a.body)
	}
}

// The schema has the mutations that somebody makes.
func TestMutationsAreServed(t *testing.T) {
	s := open(t, nil)
	for _, test := range []struct {
		options         []graph.Option
		corrects, loads bool
	}{
		{nil, false, false},
		{[]graph.Option{graph.WithCurator(agreeing{})}, true, false},
		{[]graph.Option{graph.WithLoader(shelf{s})}, false, true},
		{[]graph.Option{graph.WithCurator(agreeing{}), graph.WithLoader(shelf{s})}, true, true},
	} {
		h := graph.New(s, quiet(), append(test.options, graph.WithUnserved("bring stories elsewhere", "bring corrections elsewhere"))...)
		body := ask(t, h, `{ m: __type(name: "Mutation") { fields { name } } c: __type(name: "Corrected") { name } i: __type(name: "StoryInput") { name } l: __type(name: "LoadedStory") { name } }`).body
		for part, want := range map[string]bool{
			`"m":null`: !test.corrects && !test.loads, `"correctHide"`: test.corrects, `"c":null`: !test.corrects,
			`"loadStory"`: test.loads, `"removeStory"`: test.loads, `"i":null,"l":null`: !test.loads,
		} {
			if strings.Contains(body, part) != want {
				t.Errorf("%+v: %s in %s", test, part, body)
			}
		}
		for mutation, made := range map[string]bool{`removeStory(id: "story:00000000000000000000") { removed }`: test.loads, `correctHide(ids: ["event:0"], because: "x") { clientMutationId }`: test.corrects} {
			why := map[bool]string{true: "is not served: bring stories", false: "is not served: bring corrections"}[strings.HasPrefix(mutation, "remove")]
			if a := ask(t, h, "mutation M { "+mutation+" }"); strings.Contains(a.body, why) == made {
				t.Errorf("%+v: %s: %s", test, mutation, a.body)
			}
		}
		if a := ask(t, h, `mutation { removeStory(id: "story:00000000000000000000") { removed } }`); a.codes() != map[bool]string{true: "NOT_FOUND", false: "GRAPHQL_VALIDATION_FAILED"}[test.loads] {
			t.Errorf("%+v: %s", test, a.body)
		}
	}
}

// Who follows stories sees one that a mutation brings.
func TestLoadedStoryComes(t *testing.T) {
	var on shelf
	s, server := following(t, graph.WithLoader(&on))
	on.store = s
	c := subscribed(t, server.URL, `subscription { storyLoaded { node { headline } cursor } }`)
	time.Sleep(1500 * time.Millisecond) // it follows from when the server has read this
	if a := ask(t, server.Config.Handler, `mutation { loadStory(input: {headline: "Snow", text: "It snows in Oslo."}) { added } }`); len(a.Errors) > 0 {
		t.Fatal(a.body)
	}
	if m := c.next(); comes(t, m.Payload).Data.StoryLoaded.Node.Headline != "Snow" {
		t.Errorf("%s %s", m.Type, m.Payload)
	}
}
