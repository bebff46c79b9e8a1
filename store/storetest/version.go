package storetest

import (
	"slices"
	"testing"
	"time"

	"newsgraph/news"
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
