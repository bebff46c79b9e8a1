package storetest

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"newsgraph/news"
	"newsgraph/store"
)

// at is the story with another url, and what else it tells of its version.
func at(f news.Facts, url string, tell ...func(*news.Story)) news.Facts {
	return retold(f, func(s *news.Story) {
		s.URL = url
		for _, t := range tell {
			t(s)
		}
	})
}

// retold is the story with other fields, and its facts with it.
func retold(f news.Facts, change func(*news.Story)) news.Facts {
	before := f.Story.ID
	change(&f.Story)
	f.Story.Identify()
	f.Mentions, f.Reports, f.Quotations, f.Positions = slices.Clone(f.Mentions), slices.Clone(f.Reports), slices.Clone(f.Quotations), slices.Clone(f.Positions)
	reports := map[news.ID]news.ID{}
	seen := map[news.ID]int{}
	for i := range f.Reports {
		r := &f.Reports[i]
		plain := news.ReportID(before, r.Trigger, r.Action, 0)
		id := news.ReportID(f.Story.ID, r.Trigger, r.Action, seen[plain])
		seen[plain]++
		reports[r.ID] = id
		r.ID, r.Story, r.Published, r.TextHash = id, f.Story.ID, f.Story.Published, f.Story.TextHash
		r.About = slices.Clone(r.About)
		for j := range r.About {
			r.About[j].Report = reports[r.About[j].Report]
		}
	}
	for i := range f.Mentions {
		m := &f.Mentions[i]
		m.ID, m.Story = news.MentionID(f.Story.ID, m.Span), f.Story.ID
	}
	for i := range f.Quotations {
		q := &f.Quotations[i]
		q.ID, q.Story, q.Report = news.QuotationID(f.Story.ID, q.Span), f.Story.ID, reports[q.Report]
	}
	for i := range f.Positions {
		p := &f.Positions[i]
		p.Story, p.Published = f.Story.ID, f.Story.Published
		p.ID = news.PositionID(p.Story, p.Span, p.Person)
	}
	return f
}

// testFind finds stories by where they stand and by their text, and tells when they came.
func testFind(t *testing.T, h Harness) {
	s := h.Open(t)
	begun := time.Now().Add(-time.Second)
	const page = "https://example.org/a"
	whole := at(story("Page", "2024-01-10", "Agency", said{text: "North Korea met Russia.", action: "meet", who: "KP > RU"}), page)
	part := at(story("Part", "2024-01-10", "Agency", said{text: "Ukraine met Russia.", action: "meet", who: "UA > RU"}), page+"#part")
	other := at(story("Other", "2024-01-11", "Agency", said{text: "Ukraine met Russia.", action: "meet", who: "UA > RU"}), page+"b")
	nowhere := story("Nowhere", "", "", said{text: "Ukraine met North Korea.", action: "meet", who: "UA > KP"})
	put(t, s, whole, part, other, nowhere)
	find := func(what string, urls, texts []string, want ...news.Facts) {
		t.Helper()
		got, err := s.FindStories(t.Context(), urls, texts)
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		ids := storyIDs(want...)
		slices.Sort(ids)
		equal(t, what, got, ids)
	}
	find("a page with its part", []string{page}, nil, whole, part)
	find("a part", []string{page + "#part"}, nil, part)
	find("two pages", []string{page + "b", page}, nil, whole, part, other)
	find("a text that stands twice", nil, []string{part.Story.TextHash}, part, other)
	find("a page and a text that is there too", []string{page + "#part"}, []string{part.Story.TextHash}, part, other)
	find("no page", []string{"https://example.org/", "", page + "#"}, []string{"", "0"})
	find("nothing asked", nil, nil)

	versions, err := s.Versions(t.Context(), append(storyIDs(whole, nowhere), "story:0123456789abcdef0123", "none"))
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "stories with versions", len(versions), 2)
	for _, f := range []news.Facts{whole, nowhere} {
		all := versions[f.Story.ID]
		if len(all) != 1 {
			t.Fatalf("%s has %d versions", f.Story.Headline, len(all))
		}
		equal(t, "the story itself", all[0].Story, f.Story)
		if l := all[0].Loaded; l.Before(begun) || l.After(time.Now()) || l.Location() != time.UTC || l.Nanosecond() != 0 {
			t.Errorf("loaded %v", l)
		}
	}
	put(t, s, read(whole, "2", 1))
	again, err := s.Versions(t.Context(), storyIDs(whole))
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "when a story came that was read again", again[whole.Story.ID][0].Loaded, versions[whole.Story.ID][0].Loaded)
	remove(t, s, whole, part)
	find("a page that is gone", []string{page}, []string{whole.Story.TextHash})
	h.check(t)
}

// version makes the n-th of stories that are versions of few pieces: some repeat a text under another date, some stand nowhere.
func version(n int) news.Facts {
	r := rand.New(rand.NewPCG(uint64(n), 7)) //nolint:gosec // a number of a story
	f := invent(n)
	return retold(f, func(s *news.Story) {
		s.URL = []string{"", "https://example.org/a", "https://example.org/b", "https://example.org/b#part"}[r.IntN(4)]
		s.Publisher = []string{"Agency", "agency", "Post"}[r.IntN(3)]
		s.Headline = []string{"First", "Second"}[r.IntN(2)]
		s.Updated = []string{"", "", "2024-01-10", "2024-01-10T09:00:00Z", "2024-01-10T10:30:00+02:00"}[r.IntN(5)]
		if r.IntN(6) == 0 {
			s.AgencyID, s.Version = "urn:a", fmt.Sprint(9+r.IntN(3))
		}
	})
}

// pool are many such stories, each of them once.
func pool(many int) []news.Facts {
	var all []news.Facts
	seen := map[news.ID]bool{}
	for n := 0; len(all) < many; n++ {
		if f := version(n); !seen[f.Story.ID] {
			seen[f.Story.ID] = true
			all = append(all, f)
		}
	}
	return all
}

// testVersions has versions come and go, in any order and any split: later ones take the place of former ones, which come back when these go.
func testVersions(t *testing.T, h Harness) {
	s := h.Open(t)
	const url = "https://example.org/a"
	tell := func(text, action, published, updated string) news.Facts {
		return at(story("Talks", published, "Agency", said{text: text, action: action, who: "KP > RU", when: "2024-01-09", quote: "Russia", by: "UA"}), url, func(s *news.Story) { s.Updated = updated })
	}
	first := tell("North Korea met Russia.", "meet", "2024-01-09", "")
	second := tell("North Korea condemned Russia.", "condemn", "2024-01-09", "2024-01-10T09:00:00Z")
	third := tell("North Korea criticised Russia.", "criticise", "2024-01-09", "2024-01-10T12:00:00+02:00")
	part := at(story("Part", "2024-01-11", "Agency", said{text: "North Korea sold to Russia.", action: "sell", who: "KP > RU", when: "2024-01-09"}), url+"#part")
	other := at(story("Talks", "2024-01-11", "Post", said{text: "Ukraine met Russia.", action: "meet", who: "UA > RU"}), url)
	check := func(what string, there ...news.Facts) {
		t.Helper()
		holds(t, what, s, there...)
		derives(t, what, s, there...)
		h.check(t)
	}
	put(t, s, second)
	put(t, s, first, part, other)
	check("a former version comes last", first, second, part, other)
	put(t, s, third)
	check("a later one comes", first, second, third, part, other)
	versions, err := s.Versions(t.Context(), storyIDs(first, part))
	if err != nil {
		t.Fatal(err)
	}
	want := []struct{ id, by news.ID }{{first.Story.ID, second.Story.ID}, {second.Story.ID, third.Story.ID}, {third.Story.ID, ""}}
	var got []struct{ id, by news.ID }
	for _, v := range versions[first.Story.ID] {
		got = append(got, struct{ id, by news.ID }{v.Story.ID, v.SupersededBy})
	}
	equal(t, "versions", got, want)
	equal(t, "versions of a part", len(versions[part.Story.ID]), 1)
	stories, err := s.StoriesByID(t.Context(), storyIDs(third, first, part))
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "stories by id", stories, []news.Story{third.Story, first.Story, part.Story})
	found, err := s.FindStories(t.Context(), []string{url}, nil)
	ids := storyIDs(first, second, third, part, other)
	slices.Sort(ids)
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "found", found, ids)
	equal(t, "put a superseded one again", put(t, s, first), store.PutResult{Unchanged: 1})
	again := read(first, "2", 0)
	equal(t, "put a superseded one as another reader reads it", put(t, s, again).Replaced, 1)
	check("a superseded one read again", again, second, third, part, other)
	equal(t, "removed", remove(t, s, third, second), 2)
	check("later ones go", again, part, other)
	put(t, s, second, third)
	equal(t, "removed", remove(t, s, again), 1)
	check("a superseded one goes", second, third, part, other)
	equal(t, "removed", remove(t, s, second, third, part, other), 4)
	check("all go")

	const many = 60
	all := pool(many)
	for seed := range uint64(3) {
		s = h.Open(t)
		r := rand.New(rand.NewPCG(seed, 8))
		there := map[int]news.Facts{}
		for range 12 {
			var come, leave []news.Facts
			for range 1 + r.IntN(8) {
				n := r.IntN(many)
				if f, ok := there[n]; ok && r.IntN(2) == 0 {
					leave = append(leave, f)
					delete(there, n)
				}
			}
			remove(t, s, leave...)
			for range 1 + r.IntN(8) {
				n := r.IntN(many)
				f := all[n]
				if r.IntN(4) == 0 {
					f = read(f, "2", 1)
				}
				come = append(come, f)
				there[n] = f
			}
			put(t, s, come...)
			check(fmt.Sprint("seed ", seed), slices.Collect(maps.Values(there))...)
			if t.Failed() {
				return
			}
		}
	}
}

// testVersionLoaders has several loaders put versions of few pieces in their own orders.
func testVersionLoaders(t *testing.T, h Harness) {
	one := h.Open(t)
	stores := []store.Store{one, h.Again(t)}
	const loaders, many = 4, 40
	all := pool(many)
	var wg sync.WaitGroup
	for l := range uint64(loaders) {
		wg.Go(func() {
			r := rand.New(rand.NewPCG(l, 4))
			mine := slices.Clone(all)
			r.Shuffle(len(mine), func(i, j int) { mine[i], mine[j] = mine[j], mine[i] })
			for some := range slices.Chunk(mine, 1+r.IntN(9)) {
				if _, err := stores[l%2].Put(t.Context(), some); err != nil {
					t.Errorf("loader %d: %v", l, err)
				}
			}
		})
	}
	wg.Wait()
	holds(t, "versions by all loaders", one, all...)
	derives(t, "versions by all loaders", one, all...)
	h.check(t)
}
