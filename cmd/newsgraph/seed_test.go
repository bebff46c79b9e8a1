//go:build unix

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"newsgraph/store/neo4j/neo4jtest"
)

// seed is the story that the project began with. It is not ours and lies beside the project.
func seed(t *testing.T) string {
	t.Helper()
	shared, set := os.LookupEnv("NEWSGRAPH_SHARED")
	if !set {
		shared = filepath.Join("..", "..", "..", "shared")
	}
	name := filepath.Join(shared, "seed", "kim-visits-arms-factories.txt")
	if _, err := os.Stat(name); err != nil {
		if set {
			t.Fatalf("NEWSGRAPH_SHARED is set and has no seed: %v", err)
		}
		t.Logf("left out: there is no %s", name)
		return ""
	}
	return name
}

// loadSeed loads the seed into a store and serves it.
func loadSeed(t *testing.T, uri, file string, args ...string) (url string) {
	t.Helper()
	load := append([]string{"load", "--store", uri, file}, args...)
	if out, errs, code := newsgraph(t, "", load...); code != 0 || !strings.Contains(out, "5 stories (5 new") {
		t.Fatalf("load: exit code %d, %s%s", code, out, errs)
	}
	if out, errs, code := newsgraph(t, "", load...); code != 0 || !strings.Contains(out, "nothing new: 5 stories") {
		t.Fatalf("load again: exit code %d, %s%s", code, out, errs)
	}
	return serving(t, "serve", "--store", uri, "--addr", "127.0.0.1:0")
}

type named struct{ Name string }

type edges[T any] struct{ Edges []struct{ Node T } }

func (e edges[T]) nodes() []T {
	all := make([]T, len(e.Edges))
	for i, edge := range e.Edges {
		all[i] = edge.Node
	}
	return all
}

func TestSeed(t *testing.T) {
	file := seed(t)
	if file == "" {
		return
	}
	stores(t, func(t *testing.T, uri string) {
		url := loadSeed(t, uri, file, "--published", "2024-01-10")
		t.Run("stories", func(t *testing.T) { seedStories(t, url) })
		t.Run("entities", func(t *testing.T) { seedEntities(t, url) })
		t.Run("condemned", func(t *testing.T) { seedCondemned(t, url, uri) })
	})
}

func seedStories(t *testing.T, url string) {
	var a struct {
		Stories edges[struct {
			Headline, Publisher, Published string
			Mentions                       edges[struct {
				Entity struct {
					Typename string `json:"__typename"`
					Name     string
				}
			}]
		}]
	}
	answer(t, url, `{stories(first: 10) {edges {node {headline publisher published mentions(first: 100) {edges {node {entity {__typename name}}}}}}}}`, &a)
	stories := a.Stories.nodes()
	if len(stories) != 5 || stories[0].Publisher != "AFP" || stories[0].Published != "2024-01-10" {
		t.Fatalf("stories: %+v", stories)
	}
	headlines := map[string]bool{}
	persons := map[string]string{} // by name: the headline of the story
	for _, s := range stories {
		headlines[s.Headline] = true
		if len(strings.Fields(s.Headline)) < 4 {
			t.Errorf("%q is no headline", s.Headline)
		}
		for _, m := range s.Mentions.nodes() {
			if m.Entity.Typename != "Person" {
				continue
			}
			if first, ok := persons[m.Entity.Name]; ok && first != s.Headline {
				t.Errorf("%s is in %q and in %q", m.Entity.Name, first, s.Headline)
			}
			persons[m.Entity.Name] = s.Headline
		}
	}
	if len(headlines) != 5 || persons["Jake Sullivan"] != stories[0].Headline {
		t.Errorf("headlines %v, persons %v", headlines, persons)
	}
}

func seedEntities(t *testing.T, url string) {
	for _, want := range []string{
		"Kim Jong Un: Kim Jong Un, PERSON", "Jake Sullivan: Jake Sullivan, PERSON", "Chang Ho-jin: Chang Ho-jin, PERSON", "John Kirby: John Kirby, PERSON",
		"DPRK: North Korea, STATE KP PRK", "North Korea: North Korea, STATE KP PRK", "South Korea: South Korea, STATE KR KOR", "Russia: Russia, STATE RU RUS",
		"Ukraine: Ukraine, STATE UA UKR", "US: United States, STATE US USA", "KCNA: KCNA, ORGANISATION",
		"White House: White House, ORGANISATION", "UN Security Council: UN Security Council, ORGANISATION",
		"North Korean ballistic missiles: North Korean ballistic missile, WEAPON", "Kharkiv: Kharkiv, PLACE",
	} {
		name, _, _ := strings.Cut(want, ":")
		var a struct {
			Entity struct{ Name, Kind, Iso2, Iso3 string }
		}
		answer(t, url, fmt.Sprintf(`{entity(name: %q) {name kind ... on State {iso2 iso3}}}`, name), &a)
		got := strings.TrimSpace(fmt.Sprintf("%s: %s, %s %s %s", name, a.Entity.Name, a.Entity.Kind, a.Entity.Iso2, a.Entity.Iso3))
		if got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

// seedCondemned asks who condemned whom, and when: in GraphQL, and on Neo4j in the README's Cypher too.
func seedCondemned(t *testing.T, url, uri string) {
	var a struct {
		Events edges[struct {
			Sources, Targets []named
			When             struct{ From, Text string }
			Modality         string
			Reports          edges[struct{ Sentence string }]
		}]
	}
	answer(t, url, `{events(filter: {action: "condemn"}) {edges {node {sources {name} targets {name} when {from text} modality
		reports {edges {node {sentence}}}}}}}`, &a)
	var got []string
	for _, e := range a.Events.nodes() {
		if reports := e.Reports.nodes(); len(reports) == 0 || !strings.Contains(reports[0].Sentence, "condemned") {
			t.Errorf("no evidence: %+v", e)
		}
		for _, s := range e.Sources {
			switch s.Name {
			case "Jake Sullivan", "countries", "United States", "partners": // "the US and partners" are the nearly 50 countries once more
			default:
				t.Errorf("%s is said to condemn", s.Name)
			}
			for _, o := range e.Targets {
				got = append(got, strings.TrimSpace(s.Name+" | "+o.Name+" | "+e.When.From))
			}
		}
	}
	slices.Sort(got)
	for _, want := range []string{"Jake Sullivan | North Korea | 2024-01-09", "countries | Russia |"} {
		if !slices.Contains(got, want) {
			t.Errorf("no %q in %q", want, got)
		}
	}
	if uri != server {
		return
	}
	rows, err := neo4jtest.Query(t.Context(), server, readmeBlock(t, "cypher"), nil)
	if err != nil {
		t.Fatal(err)
	}
	var asked []string
	for _, r := range rows {
		when, _ := r["when"].(string)
		asked = append(asked, strings.TrimSpace(fmt.Sprintf("%v | %v | %s", r["who"], r["whom"], when)))
	}
	slices.Sort(asked)
	if !slices.Equal(got, asked) {
		t.Errorf("in Cypher %q, in GraphQL %q", asked, got)
	}
}

// TestUndatedSeed sees that no date is made up.
func TestUndatedSeed(t *testing.T) {
	file := seed(t)
	if file == "" {
		return
	}
	stores(t, func(t *testing.T, uri string) {
		url := loadSeed(t, uri, file)
		data, _ := ask(t, url, `{events(filter: {action: "condemn", source: "Jake Sullivan"}) {edges {node {when {from to precision text value}}}}}`)
		if want := `"when":{"from":null,"to":null,"precision":"DAY","text":"Tuesday","value":"XXXX-WXX-2"}`; !strings.Contains(string(data), want) {
			t.Errorf("got %s, want %s", data, want)
		}
	})
}
