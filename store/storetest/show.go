package storetest

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"newsgraph/news"
	"newsgraph/store"
)

// testShown asks for lists with what will be shown of them: the same items in the same order with the same cursors, and beside them, if the store brings
// anything, what the calls find that would follow.
func testShown(t *testing.T, h Harness) {
	s := h.Open(t)
	all, _ := library()
	put(t, s, all...)
	ctx, g := t.Context(), refer(all...)
	show := &store.Show{Brief: true, Named: true, Reports: 1, Headlines: true}
	whole := &store.Show{Named: true, Reports: 2}
	var ids []news.ID
	for _, e := range g.entities {
		ids = append(ids, e.ID)
	}
	events := func(what string, plain, shown []store.Page[news.Event], err1, err2 error, show *store.Show) {
		t.Helper()
		if err1 != nil || err2 != nil {
			t.Fatalf("%s: %v, %v", what, err1, err2)
		}
		for i := range plain {
			samePages(t, what, plain[i], shown[i], func(e news.Event) string { return eventLine(e, !show.Brief) })
			for _, e := range shown[i].Edges {
				parties(t, s, what, e.Node, shown[i].Beside)
				reportsBeside(t, what, e.Node.ID, show, shown[i].Beside, func(p store.Paging) ([]store.Page[news.Report], error) {
					return s.ReportsOf(ctx, []news.ID{e.Node.ID}, p)
				}, s)
			}
		}
	}
	for _, show := range []*store.Show{show, whole, {Brief: true}, {}} {
		for _, q := range []store.EventQuery{
			{Paging: store.Paging{First: 3}},
			{Paging: store.Paging{First: 50}},
			{Order: store.OldestFirst, Paging: store.Paging{First: 50}},
			{Text: "the", Paging: store.Paging{First: 50}},
			{Any: []store.EventQuery{{Types: []news.EventType{news.TypeAccuse}}, {Foreground: true}}, Paging: store.Paging{First: 50}},
		} {
			plain, err1 := s.Events(ctx, q)
			several, err := s.EventsOf(ctx, ids, q)
			q.Show = show
			shown, err2 := s.Events(ctx, q)
			events(fmt.Sprintf("events %+v", q), []store.Page[news.Event]{plain}, []store.Page[news.Event]{shown}, err1, err2, show)
			some, err3 := s.EventsOf(ctx, ids, q)
			events(fmt.Sprintf("events of entities %+v", q), several, some, err, err3, show)
		}
	}
	for _, show := range []*store.Show{{Brief: true, Reports: 1, Events: true, Named: true}, {Reports: 2}, {Brief: true}} {
		for _, q := range []store.StoryQuery{{Paging: store.Paging{First: 2}}, {Text: "the", Paging: store.Paging{First: 50}}} {
			plain, err1 := s.Stories(ctx, q)
			q.Show = show
			shown, err2 := s.Stories(ctx, q)
			if err1 != nil || err2 != nil {
				t.Fatalf("stories: %v, %v", err1, err2)
			}
			samePages(t, "stories", plain, shown, func(s news.Story) string {
				return fmt.Sprint(s.ID, s.Headline, s.Published, show.Brief || s.Text != "")
			})
			for _, story := range shown.Edges {
				reportsBeside(t, "stories", story.Node.ID, show, shown.Beside, func(p store.Paging) ([]store.Page[news.Report], error) {
					return s.ReportsIn(ctx, []news.ID{story.Node.ID}, p)
				}, s)
			}
		}
	}
	q := store.RelationQuery{Paging: store.Paging{First: 50}}
	plain, err1 := s.Relations(ctx, ids, q)
	q.Show = &store.Show{Named: true}
	shown, err2 := s.Relations(ctx, ids, q)
	if err1 != nil || err2 != nil {
		t.Fatalf("relations: %v, %v", err1, err2)
	}
	for i := range plain {
		samePages(t, "relations", plain[i], shown[i], func(r store.Relation) string { return fmt.Sprintf("%+v", r) })
		for _, r := range shown[i].Edges {
			named(t, s, "relations", shown[i].Beside, r.Node.From, r.Node.To)
		}
	}
	for _, name := range []string{g.entities[0].Name[:2], g.entities[1].Name, g.entities[2].Name + "x"} {
		q := store.SearchQuery{Text: name, Paging: store.Paging{First: 3}}
		plain, err1 := s.Search(ctx, q)
		q.Show = &store.Show{Brief: true}
		shown, err2 := s.Search(ctx, q)
		if err1 != nil || err2 != nil {
			t.Fatalf("search: %v, %v", err1, err2)
		}
		samePages(t, "search", plain, shown, func(e news.Entity) string { return fmt.Sprint(e.ID, e.Kind, e.Name) })
	}
}

// samePages compares pages by their cursors and by what line tells of each.
func samePages[T any](t *testing.T, what string, plain, shown store.Page[T], line func(T) string) {
	t.Helper()
	tell := func(p store.Page[T]) []string {
		all := []string{fmt.Sprint("more: ", p.More)}
		for _, e := range p.Edges {
			all = append(all, e.Cursor+" "+line(e.Node))
		}
		return all
	}
	same(t, what, tell(shown), tell(plain))
}

// eventLine is what an event tells, or what Show calls brief of it.
func eventLine(e news.Event, whole bool) string {
	if whole {
		return lines([]news.Event{e})[0]
	}
	w := e.When
	return fmt.Sprint(e.ID, e.Type, e.Action, e.Modality, w.From, w.To, w.Precision, w.Text, e.Participants)
}

// parties are brought as Entities finds them.
func parties(t *testing.T, s store.Reader, what string, e news.Event, b *store.Beside) {
	t.Helper()
	var ids []news.ID
	for _, p := range e.Participants {
		ids = append(ids, p.Entity)
	}
	named(t, s, what, b, ids...)
}

func named(t *testing.T, s store.Reader, what string, b *store.Beside, ids ...news.ID) {
	t.Helper()
	if b == nil || b.Entities == nil {
		return
	}
	found, err := s.Entities(t.Context(), ids)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range found {
		if got := b.Entities[e.ID]; got.ID != e.ID || got.Kind != e.Kind || got.Name != e.Name {
			t.Errorf("%s: brought %+v; want %s %s %s", what, got, e.ID, e.Kind, e.Name)
		}
	}
}

// reportsBeside compares the reports that were brought of an event or story with those that a call finds, and what came with them.
func reportsBeside(t *testing.T, what string, of news.ID, show *store.Show, b *store.Beside, ask func(store.Paging) ([]store.Page[news.Report], error), s store.Reader) {
	t.Helper()
	if b == nil || b.Reports == nil {
		return
	}
	pages, err := ask(store.Paging{First: show.Reports})
	if err != nil {
		t.Fatal(err)
	}
	samePages(t, what+": reports of "+string(of), pages[0], b.Reports[of], func(r news.Report) string { return fmt.Sprint(r.ID, r.Story, r.Sentence) })
	for _, edge := range pages[0].Edges {
		r := edge.Node
		if b.Stories != nil {
			stories, err := s.StoriesByID(t.Context(), []news.ID{r.Story})
			if err != nil || len(stories) != 1 || b.Stories[r.Story].ID != r.Story || stories[0].Headline != b.Stories[r.Story].Headline {
				t.Errorf("%s: story %+v, %v", what, b.Stories[r.Story], err)
			}
		}
		if b.Events == nil {
			continue
		}
		events, err := s.EventsByID(t.Context(), []news.ID{news.EventID(r.ID)})
		if err != nil {
			t.Fatal(err)
		}
		for _, id := range slices.Sorted(maps.Keys(events)) {
			same(t, what+": event beside", []string{eventLine(b.Events[id], false)}, []string{eventLine(events[id], false)})
			parties(t, s, what, events[id], b)
		}
	}
}
