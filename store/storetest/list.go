package storetest

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"newsgraph/news"
	"newsgraph/store"
)

// list is one of the lists that a store can page, with its items as JSON.
type list struct {
	name  string
	order string // lists of one order may share cursors
	ask   func(ctx context.Context, s store.Reader, p store.Paging) (store.Page[string], error)
	want  func(g *reference) []string
}

// bare is a page with its items as JSON.
func bare[T any](page store.Page[T], err error) (store.Page[string], error) {
	out := store.Page[string]{More: page.More}
	for _, e := range page.Edges {
		out.Edges = append(out.Edges, store.Edge[string]{Node: lines([]T{e.Node})[0], Cursor: e.Cursor})
	}
	return out, err
}

// of is the page of the second of three parents, the others being unknown.
func of[T any](pages []store.Page[T], err error) (store.Page[string], error) {
	if err != nil {
		return store.Page[string]{}, err
	}
	if len(pages) != 3 || len(pages[0].Edges)+len(pages[2].Edges) > 0 || pages[0].More || pages[2].More {
		return store.Page[string]{}, fmt.Errorf("%d pages for three parents of whom two are unknown: %+v", len(pages), pages)
	}
	return bare(pages[1], nil)
}

// lists are all lists: those of an entity, an event and a story under these ids.
func lists(entity, event, story news.ID) []list {
	entities, events, stories := []news.ID{"state:XX", entity, "state:XY"}, []news.ID{"event:none", event, "nothing"}, []news.ID{"story:none", story, ""}
	const about, to = news.ID("place:kyiv"), news.ID("person:jake-sullivan")
	oldest := store.EventQuery{Order: store.OldestFirst}
	condemned := store.EventQuery{Actions: []string{"condemn"}}
	type reader = store.Reader
	type paging = store.Paging
	type page = store.Page[string]
	type ctx = context.Context
	return []list{
		{"entities", "entities", func(c ctx, s reader, p paging) (page, error) {
			return bare(s.FindEntities(c, store.EntityQuery{Paging: p}))
		}, func(g *reference) []string { return lines(g.findEntities(store.EntityQuery{})) }},
		{"entities by events", "entities by events", func(c ctx, s reader, p paging) (page, error) {
			return bare(s.FindEntities(c, store.EntityQuery{Order: store.ByEvents, Paging: p}))
		}, func(g *reference) []string { return lines(g.findEntities(store.EntityQuery{Order: store.ByEvents})) }},
		{"entities by name", "entities by name", func(c ctx, s reader, p paging) (page, error) {
			return bare(s.FindEntities(c, store.EntityQuery{Order: store.ByName, Paging: p}))
		}, func(g *reference) []string { return lines(g.findEntities(store.EntityQuery{Order: store.ByName})) }},
		{"persons by name", "entities by name", func(c ctx, s reader, p paging) (page, error) {
			return bare(s.FindEntities(c, store.EntityQuery{Kinds: []news.Kind{news.Person}, Order: store.ByName, Paging: p}))
		}, func(g *reference) []string {
			return lines(g.findEntities(store.EntityQuery{Kinds: []news.Kind{news.Person}, Order: store.ByName}))
		}},
		{"search", "search", func(c ctx, s reader, p paging) (page, error) {
			return bare(s.Search(c, store.SearchQuery{Text: "k", Paging: p}))
		}, func(g *reference) []string { return lines(g.search(store.SearchQuery{Text: "k"})) }},
		{"events, newest first", "newest", func(c ctx, s reader, p paging) (page, error) {
			return bare(s.Events(c, store.EventQuery{Paging: p}))
		}, func(g *reference) []string { return lines(g.listEvents(store.EventQuery{})) }},
		{"events, oldest first", "oldest", func(c ctx, s reader, p paging) (page, error) {
			return bare(s.Events(c, store.EventQuery{Order: store.OldestFirst, Paging: p}))
		}, func(g *reference) []string { return lines(g.listEvents(oldest)) }},
		{"events of an action", "newest", func(c ctx, s reader, p paging) (page, error) {
			return bare(s.Events(c, store.EventQuery{Actions: []string{"condemn"}, Paging: p}))
		}, func(g *reference) []string { return lines(g.listEvents(condemned)) }},
		{"events of an entity, newest first", "newest", func(c ctx, s reader, p paging) (page, error) {
			return of(s.EventsOf(c, entities, store.EventQuery{Paging: p}))
		}, func(g *reference) []string { return lines(g.eventsOf(entity, store.EventQuery{})) }},
		{"events of an entity, oldest first", "oldest", func(c ctx, s reader, p paging) (page, error) {
			return of(s.EventsOf(c, entities, store.EventQuery{Order: store.OldestFirst, Paging: p}))
		}, func(g *reference) []string { return lines(g.eventsOf(entity, oldest)) }},
		{"events about an event", "newest", func(c ctx, s reader, p paging) (page, error) {
			return of(s.EventsAbout(c, events, p))
		}, func(g *reference) []string { return lines(g.eventsAbout(event)) }},
		{"reports of an event", "reports of", func(c ctx, s reader, p paging) (page, error) {
			return of(s.ReportsOf(c, events, p))
		}, func(g *reference) []string { return lines(g.reportsOf(event)) }},
		{"reports in a story", "reports in", func(c ctx, s reader, p paging) (page, error) {
			return of(s.ReportsIn(c, stories, p))
		}, func(g *reference) []string { return lines(g.reportsIn(story)) }},
		{"stories", "stories", func(c ctx, s reader, p paging) (page, error) {
			return bare(s.Stories(c, store.StoryQuery{Paging: p}))
		}, func(g *reference) []string { return lines(g.listStories(store.StoryQuery{})) }},
		{"stories with a word", "stories", func(c ctx, s reader, p paging) (page, error) {
			return bare(s.Stories(c, store.StoryQuery{Text: "korea", Paging: p}))
		}, func(g *reference) []string { return lines(g.listStories(store.StoryQuery{Text: "korea"})) }},
		{"copies of a story", "copies of", func(c ctx, s reader, p paging) (page, error) {
			return of(s.CopiesOf(c, stories, p))
		}, func(g *reference) []string { return lines(g.copiesOf(story)) }},
		{"mentions of an entity", "mentions of", func(c ctx, s reader, p paging) (page, error) {
			return of(s.MentionsOf(c, entities, p))
		}, func(g *reference) []string { return lines(g.mentionsOf(entity)) }},
		{"mentions in a story", "mentions in", func(c ctx, s reader, p paging) (page, error) {
			return of(s.MentionsIn(c, stories, p))
		}, func(g *reference) []string { return lines(g.mentionsIn(story)) }},
		{"quotations in a story", "quotations in", func(c ctx, s reader, p paging) (page, error) {
			return of(s.QuotationsIn(c, stories, p))
		}, func(g *reference) []string { return lines(g.quotationsIn(story)) }},
		{"statements of an entity", "statements of", func(c ctx, s reader, p paging) (page, error) {
			return of(s.StatementsOf(c, entities, store.StatementQuery{Paging: p}))
		}, func(g *reference) []string { return lines(g.statementsOf(entity, store.StatementQuery{})) }},
		{"statements about an entity", "statements of", func(c ctx, s reader, p paging) (page, error) {
			return of(s.StatementsOf(c, entities, store.StatementQuery{About: about, Paging: p}))
		}, func(g *reference) []string { return lines(g.statementsOf(entity, store.StatementQuery{About: about})) }},
		{"statements to somebody", "statements of", func(c ctx, s reader, p paging) (page, error) {
			return of(s.StatementsOf(c, entities, store.StatementQuery{To: to, Paging: p}))
		}, func(g *reference) []string { return lines(g.statementsOf(entity, store.StatementQuery{To: to})) }},
		{"positions of an entity", "positions of", func(c ctx, s reader, p paging) (page, error) {
			return of(s.PositionsOf(c, entities, store.PositionQuery{Paging: p}))
		}, func(g *reference) []string { return lines(g.positionsOf(entity, "")) }},
		{"positions on a day", "positions of", func(c ctx, s reader, p paging) (page, error) {
			return of(s.PositionsOf(c, entities, store.PositionQuery{On: "2024-01-06", Paging: p}))
		}, func(g *reference) []string { return lines(g.positionsOf(entity, "2024-01-06")) }},
		{"positions by a day", "positions of", func(c ctx, s reader, p paging) (page, error) {
			return of(s.PositionsOf(c, entities, store.PositionQuery{By: slices.Repeat([]string{"2024-01-09"}, len(entities)), Paging: p}))
		}, func(g *reference) []string { return lines(g.positionsBy(entity, "", "2024-01-09")) }},
		{"relations", "relations", func(c ctx, s reader, p paging) (page, error) {
			return of(s.Relations(c, entities, store.RelationQuery{Paging: p}))
		}, func(g *reference) []string { return lines(g.relations(entity, store.RelationQuery{})) }},
	}
}

// walk follows a list from a cursor to its end, first items at a time.
func walk(t testing.TB, s store.Reader, l list, first int, after string, between func(step int)) []string {
	t.Helper()
	var all []string
	for step := 0; ; step++ {
		page, err := l.ask(t.Context(), s, store.Paging{First: first, After: after})
		if err != nil {
			t.Fatalf("%s, first %d: %v", l.name, first, err)
		}
		if len(page.Edges) > first {
			t.Fatalf("%s, first %d: %d edges", l.name, first, len(page.Edges))
		}
		for _, e := range page.Edges {
			all, after = append(all, e.Node), e.Cursor
		}
		if !page.More {
			return all
		}
		if len(page.Edges) < first {
			t.Fatalf("%s, first %d: there is more after only %d edges", l.name, first, len(page.Edges))
		}
		if len(all) > 100000 {
			t.Fatalf("%s, first %d: no end", l.name, first)
		}
		if between != nil {
			between(step)
		}
	}
}

// library are stories in which every list has several items.
func library() (all []news.Facts, lists []list) {
	for n := range 30 {
		all = append(all, invent(n))
	}
	condemned := said{text: "Jake Sullivan condemned North Korea over Kharkiv.", action: "condemn", who: "jake-sullivan > KP in kharkiv", when: "2024-03-05", by: "UA", quote: "North Korea"}
	met := said{text: "Kim Jong Un met Recep Tayyip Erdoğan in Kyiv.", action: "meet", who: "kim-jong-un > recep-tayyip-erdogan in kyiv", when: "2024-03-04", by: "KP", quote: "Kyiv", to: "jake-sullivan"}
	visited := said{text: "Kim Jong Un visited Kyiv.", action: "visit", who: "kim-jong-un > KP in kyiv", by: "KP", quote: "Kim Jong Un visited"}
	again := visited
	again.action, again.at, again.quote, again.background = "meet", "visited", "visited", true
	week := condemned
	week.text, week.when, week.as = "They say that Jake Sullivan condemned North Korea over Kharkiv.", "2024-03-04/2024-03-10", news.Alleged
	all = append(all,
		story("Long", "2024-03-06", "Agency", condemned, met, visited, again),
		story("Second", "2024-03", "Agency", condemned), story("Third", "2024-03-01", "Post", week), story("Fourth", "", "Post", condemned, week))
	long := all[30]
	for i, published := range []string{"", "2024-03-06", "2024-03-07", "2024-02", "2024-03-06"} {
		all = append(all, story("Long", published, fmt.Sprint("Paper ", i), condemned, met, visited, again))
	}
	for i, action := range []string{"criticise", "welcome", "reject", "praise", "deny"} {
		answered := said{text: "Kim Jong Un answered Jake Sullivan.", action: action, who: "kim-jong-un > jake-sullivan", when: fmt.Sprint("2024-03-1", i), about: 1}
		all = append(all, story("Answer", fmt.Sprint("2024-03-1", i), "Post", condemned, answered))
	}
	return all, listsOf(long)
}

func listsOf(f news.Facts) []list {
	return lists("state:KP", news.EventID(f.Reports[0].ID), f.Story.ID)
}

func testIDs(t *testing.T, h Harness) {
	s := h.Open(t)
	all, _ := library()
	put(t, s, all...)
	g := refer(all...)
	if got, err := s.Entities(t.Context(), []news.ID{"state:RU", "nobody", "state:KP", "state:RU", "", "state:XX"}); err != nil {
		t.Error(err)
	} else {
		find := func(id news.ID) news.Entity {
			return g.entities[slices.IndexFunc(g.entities, func(e news.Entity) bool { return e.ID == id })]
		}
		same(t, "entities", lines(got), lines([]news.Entity{find("state:RU"), find("state:KP")}))
	}
	one, two := all[3], all[30]
	if got, err := s.StoriesByID(t.Context(), []news.ID{two.Story.ID, "story:none", one.Story.ID, two.Story.ID, "state:KP"}); err != nil {
		t.Error(err)
	} else {
		same(t, "stories", lines(got), lines([]news.Story{two.Story, one.Story}))
	}
	a, b := two.Reports[1], one.Reports[0]
	if got, err := s.ReportsByID(t.Context(), []news.ID{a.ID, b.ID, "report:none", b.ID, news.EventID(b.ID)}); err != nil {
		t.Error(err)
	} else {
		same(t, "reports", lines(got), lines([]news.Report{a, b}))
	}

	var forms []news.ID
	want := map[news.ID]news.Event{}
	for _, r := range g.reports {
		form := news.EventID(r.ID)
		forms = append(forms, form, form)
		want[form], _ = g.eventOf(form)
	}
	got, err := s.EventsByID(t.Context(), append(forms, "event:none", a.ID, "state:KP", ""))
	if err != nil {
		t.Error(err)
	}
	equal(t, "events by the event-form ids of their reports", len(got), len(want))
	for id, e := range want {
		same(t, string(id), lines([]news.Event{got[id]}), lines([]news.Event{e}))
	}
	if len(want) <= len(g.events) {
		t.Errorf("%d reports make %d events: nothing merged", len(want), len(g.events))
	}

	for _, none := range [][]news.ID{nil, {}, {"nothing"}} {
		entities, err1 := s.Entities(t.Context(), none)
		stories, err2 := s.StoriesByID(t.Context(), none)
		reports, err3 := s.ReportsByID(t.Context(), none)
		events, err4 := s.EventsByID(t.Context(), none)
		if n := len(entities) + len(stories) + len(reports) + len(events); n > 0 || errors.Join(err1, err2, err3, err4) != nil {
			t.Errorf("%q: %d, %v", none, n, errors.Join(err1, err2, err3, err4))
		}
	}
	// More ids than any page holds, each parent with a page of its own, in the order that was asked.
	var many []news.ID
	for range 100 {
		many = append(many, storyIDs(all...)...)
	}
	pages, err := s.MentionsIn(t.Context(), many, store.Paging{First: 2})
	if err != nil || len(pages) != len(many) {
		t.Fatalf("%d pages, %v, want %d", len(pages), err, len(many))
	}
	for i, page := range pages {
		want := g.mentionsIn(many[i])
		got, _ := bare(page, nil)
		equal(t, "more", got.More, len(want) > 2)
		equal(t, "mentions in many stories", nodes(got), lines(want[:min(2, len(want))]))
		if t.Failed() {
			return
		}
	}
}

func nodes(p store.Page[string]) []string {
	var all []string
	for _, e := range p.Edges {
		all = append(all, e.Node)
	}
	return all
}

// testLists walks every list in steps of every kind, and compares with the reference.
func testLists(t *testing.T, h Harness) {
	s := h.Open(t)
	all, lists := library()
	put(t, s, all...)
	g := refer(all...)
	for _, l := range lists {
		want := l.want(g)
		if len(want) < 4 {
			t.Errorf("%s has only %d items to walk", l.name, len(want))
		}
		for _, first := range []int{1, 2, 3, len(want) - 1, len(want), len(want) + 1, 5000, math.MaxInt32, math.MaxInt} {
			same(t, fmt.Sprintf("%s, first %d", l.name, first), walk(t, s, l, first, "", nil), want)
			if t.Failed() {
				return
			}
		}
	}
	none := h.Open(t)
	for _, l := range lists {
		same(t, l.name+" of nothing", walk(t, none, l, 1, "", nil), nil)
	}
}

// testListsWhileLoading follows lists while stories come and go on another connection. Cursors hold keys, not positions: what was there
// when the walk began and keeps its key comes once and in order, whatever comes before or goes.
func testListsWhileLoading(t *testing.T, h Harness) {
	all, lists := library()
	// The new stories say nothing of those whom the old ones mention, so that none of these changes its rank; but their names begin
	// with the same letter, their events are earlier and later, and their entities are mentioned by more stories and by fewer.
	var fresh []news.Facts
	for i := range 12 {
		f := story(fmt.Sprint("Korea, part ", i), fmt.Sprintf("20%02d-02-01", 18+i), "Gazette",
			said{text: "Kim Jong Il condemned South Korea.", action: "condemn", who: "kim-jong-il > KR", when: fmt.Sprintf("20%02d-01-09", 18+i)})
		fresh = append(fresh, f)
	}
	keep := func(some []string, of []string) []string {
		return filter(some, func(x string) bool { return slices.Contains(of, x) })
	}
	g := refer(all...)
	s, other := h.Open(t), h.Again(t)
	put(t, s, all...)
	for _, l := range lists {
		got := walk(t, s, l, 2, "", func(step int) {
			if step%2 == 0 {
				put(t, other, fresh[step/2%len(fresh)])
			}
		})
		same(t, l.name+" while stories load", keep(got, l.want(g)), l.want(g))
		remove(t, other, fresh...)
	}
	for _, l := range lists {
		const at = 1 // the edge to continue after
		want := l.want(g)
		page, err := l.ask(t.Context(), s, store.Paging{First: at + 1})
		if err != nil || len(page.Edges) <= at {
			t.Fatalf("%s: %d edges, %v", l.name, len(page.Edges), err)
		}
		// The fewest stories whose removal takes the edge away.
		var gone []news.Facts
		rest := slices.Clone(all)
		for i := len(rest) - 1; i >= 0 && slices.Contains(l.want(refer(rest...)), want[at]); i-- {
			gone = append(gone, rest[i])
			rest = rest[:i]
		}
		for i := range gone {
			if back := append(slices.Clone(rest), gone[i]); !slices.Contains(l.want(refer(back...)), want[at]) {
				rest, gone[i] = back, news.Facts{}
			}
		}
		gone = slices.DeleteFunc(gone, func(f news.Facts) bool { return f.Story.ID == "" })
		remove(t, other, gone...)
		after := l.want(refer(rest...))
		if slices.Contains(after, want[at]) {
			t.Fatalf("%s: the edge did not go", l.name)
		}
		if l.name != "entities" && l.name != "search" { // stories that went change the rank of entities
			got := walk(t, s, l, 2, page.Edges[at].Cursor, nil)
			same(t, l.name+" after the edge has gone", keep(got, want), keep(want[at+1:], after))
		} else {
			walk(t, s, l, 2, page.Edges[at].Cursor, nil)
		}
		put(t, s, gone...)
	}
}

// testCursors gives lists the cursors of others, and what is no cursor at all.
func testCursors(t *testing.T, h Harness) {
	s := h.Open(t)
	all, lists := library()
	put(t, s, all...)
	cursors := make([]string, len(lists))
	for i, l := range lists {
		page, err := l.ask(t.Context(), s, store.Paging{First: 1})
		if err != nil {
			t.Fatal(err)
		}
		cursors[i] = page.Edges[0].Cursor
	}
	for i, l := range lists {
		refuse := func(what, cursor string) {
			t.Helper()
			page, err := l.ask(t.Context(), s, store.Paging{First: 1, After: cursor})
			if !errors.Is(err, store.ErrCursor) {
				t.Errorf("%s: %s: %d edges, %v", l.name, what, len(page.Edges), err)
			}
		}
		for j, other := range lists {
			if l.order != other.order {
				refuse("cursor of "+other.name, cursors[j])
			}
		}
		for _, garbage := range []string{
			"x", "!", " ", "null", "bnVsbA", "W10", "e30", "MQ", cursors[i][1:], cursors[i][:len(cursors[i])-2], cursors[i] + "A", "'; DROP TABLE story; --", strings.Repeat("A", 100000),
		} {
			refuse(fmt.Sprintf("%.20q", garbage), garbage)
		}
		data, err := base64.RawURLEncoding.DecodeString(cursors[i])
		var keys []string
		if err := errors.Join(err, json.Unmarshal(data, &keys)); err != nil {
			t.Fatal(err)
		}
		refuse("a key too few", store.Cursor(keys[0], keys[2:]...))
		refuse("a key too many", store.Cursor(keys[0], append(keys[1:], "")...))
		// A forged cursor of the right form may be taken for a place in the list or refused.
		for k := range keys[1:] {
			forged := slices.Clone(keys[1:])
			forged[k] = "' OR 1=1 --"
			if _, err := l.ask(t.Context(), s, store.Paging{First: 1, After: store.Cursor(keys[0], forged...)}); err != nil && !errors.Is(err, store.ErrCursor) {
				t.Errorf("%s: forged: %v", l.name, err)
			}
		}
	}
}

// testRefused asks what no list can answer.
func testRefused(t *testing.T, h Harness) {
	s := h.Open(t)
	all, lists := library()
	put(t, s, all[:3]...)
	for _, l := range lists {
		for _, first := range []int{0, -1, math.MinInt} {
			if _, err := l.ask(t.Context(), s, store.Paging{First: first}); !errors.Is(err, store.ErrQuery) {
				t.Errorf("%s, first %d: %v", l.name, first, err)
			}
		}
	}
	for _, q := range []store.StoryCountQuery{{By: store.StoriesByYear}, {By: "WEEK", Top: 1}, {By: store.StoriesByYear, Top: 1, Filter: store.StoryQuery{Published: &news.Interval{From: "x"}}}} {
		if _, err := s.CountStories(t.Context(), q); !errors.Is(err, store.ErrQuery) {
			t.Errorf("counts of stories %+v: %v", q, err)
		}
	}
	if _, err := s.Search(t.Context(), store.SearchQuery{Text: "?"}); !errors.Is(err, store.ErrQuery) {
		t.Errorf("search for no words, first 0: %v", err)
	}
	if _, err := s.Search(t.Context(), store.SearchQuery{Text: "?", Paging: store.Paging{First: 1, After: "x"}}); !errors.Is(err, store.ErrCursor) {
		t.Errorf("search for no words after a wrong cursor: %v", err)
	}
	if _, err := s.ReportsOf(t.Context(), nil, store.Paging{}); !errors.Is(err, store.ErrQuery) {
		t.Errorf("reports of no events, first 0: %v", err)
	}
	one := store.Paging{First: 1}
	for _, i := range []news.Interval{
		{From: "2024-02-01", To: "2024-01-01"}, {From: "2024"}, {To: "2024-01"}, {From: "Tuesday"}, {From: "2024-02-30"}, {To: "--12-30"}, {To: "' OR ''='"},
	} {
		_, err1 := s.Events(t.Context(), store.EventQuery{During: &i, Paging: one})
		_, err2 := s.EventsOf(t.Context(), []news.ID{"state:KP"}, store.EventQuery{During: &i, Paging: one})
		_, err3 := s.Stories(t.Context(), store.StoryQuery{Published: &i, Paging: one})
		_, err4 := s.Relations(t.Context(), []news.ID{"state:KP"}, store.RelationQuery{During: &i, Paging: one})
		_, err5 := s.StatementsOf(t.Context(), []news.ID{"state:KP"}, store.StatementQuery{Published: &i, Paging: one})
		_, err6 := s.PositionsOf(t.Context(), []news.ID{"state:KP"}, store.PositionQuery{By: []string{"2024-02-30"}, Paging: one})
		_, err7 := s.PositionsOf(t.Context(), []news.ID{"state:KP"}, store.PositionQuery{By: make([]string, 2), Paging: one})
		for _, err := range []error{err1, err2, err3, err4, err5, err6, err7} {
			if !errors.Is(err, store.ErrQuery) {
				t.Errorf("%+v: %v", i, err)
			}
		}
	}
}
