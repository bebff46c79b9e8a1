package main

import (
	"bytes"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"newsgraph/loader/extract"
	"newsgraph/news"
	"newsgraph/store"
	"newsgraph/store/sqlite"
)

// TestIdentity reads stories, puts them in two orders, and sees which words of which stories tell of one event. A line of want is "a bombed = b
// killed (2)": one event, told by two texts; or "a bombed / c bombed": two events.
func TestIdentity(t *testing.T) {
	x, err := extract.New()
	if err != nil {
		t.Fatal(err)
	}
	sets, err := filepath.Glob("testdata/identity/*.txtar")
	if err != nil || len(sets) < 30 {
		t.Fatalf("%d sets, %v", len(sets), err)
	}
	for _, path := range sets {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) { testIdentity(t, x, path) })
	}
}

func testIdentity(t *testing.T, x *extract.Extractor, path string) {
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var facts []news.Facts
	at := map[string]int{} // by the story's letter
	want := ""
	for _, file := range archive.Files {
		letter, ok := strings.CutSuffix(file.Name, ".txt")
		if !ok {
			want = string(file.Data)
			continue
		}
		var s news.Story
		head, rest, _ := strings.Cut(string(file.Data), "\n\n")
		for _, line := range strings.Split(head, "\n") {
			switch key, value, _ := strings.Cut(line, ": "); key {
			case "publisher":
				s.Publisher = value
			case "published":
				s.Published = value
			}
		}
		s.Headline, s.Text, _ = strings.Cut(strings.TrimSpace(rest), "\n\n")
		s.Identify()
		f, err := x.Read(s)
		if err != nil {
			t.Fatal(err)
		}
		at[letter] = len(facts)
		facts = append(facts, f)
	}
	events, exported := load(t, facts)
	backwards := slices.Clone(facts)
	slices.Reverse(backwards)
	if _, again := load(t, backwards); again != exported {
		t.Error("the order of loading shows")
	}
	eventOf := func(mention string) news.Event {
		letter, word, _ := strings.Cut(strings.TrimSpace(mention), " ")
		f := facts[at[letter]]
		for _, r := range f.Reports {
			if r.Trigger.In(f.Story.Text) == word {
				return events[news.EventID(r.ID)]
			}
		}
		t.Fatalf("%s tells no event; there are %d", mention, len(f.Reports))
		return news.Event{}
	}
	for _, line := range strings.Split(strings.TrimSpace(want), "\n") {
		if one, other, apart := strings.Cut(line, " / "); apart {
			if eventOf(one).ID == eventOf(other).ID {
				t.Errorf("%s: one event", line)
			}
			continue
		}
		mentions, texts, _ := strings.Cut(strings.TrimSuffix(line, ")"), " (")
		one, other, _ := strings.Cut(mentions, " = ")
		if a, b := eventOf(one), eventOf(other); a.ID != b.ID || fmt.Sprint(a.Texts) != texts {
			t.Errorf("%s: %s of %d texts, %s of %d", line, a.ID, a.Texts, b.ID, b.Texts)
		}
	}
}

// load puts the stories one after the other into a new store. It returns the events by the event-form ids of their reports, and the export.
func load(t *testing.T, facts []news.Facts) (map[news.ID]news.Event, string) {
	t.Helper()
	s, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "graph.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var forms []news.ID
	for _, f := range facts {
		if _, err := s.Put(t.Context(), []news.Facts{f}); err != nil {
			t.Fatal(err)
		}
		for _, r := range f.Reports {
			forms = append(forms, news.EventID(r.ID))
		}
	}
	events, err := s.EventsByID(t.Context(), forms)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if _, err := store.Export(t.Context(), s, &b); err != nil {
		t.Fatal(err)
	}
	return events, b.String()
}
