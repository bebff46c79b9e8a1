package storetest

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"newsgraph/news"
	"newsgraph/store"
)

// taken are words of story's scripts, for entities that stand in many events of crowds.
func taken() []string {
	return strings.Fields("RU UA KR US jake-sullivan kim-jong-un kim-jong-il erdogan volodymyr-zelenskyy nato at-t organisation:c the-hague kharkiv kyiv missile")
}

// crowds are stories of 480 groups, each known to its text alone, in whose deeds every action of one type comes. What one group did stands beside what others
// did in no order of their ids, and some deeds are of two groups.
func crowds() (all []news.Facts, groups []news.ID) {
	var actions []string
	for _, a := range news.Actions() {
		if a.Type == news.TypeAssault {
			actions = append(actions, a.Name)
		}
	}
	words := taken()
	for n := range 24 {
		const each = 20
		var told []said
		for i := range each + 6 {
			s := said{
				text: fmt.Sprintf("Crowd %d of town %d was in a fight over North Korea.", i, n), action: actions[(5*n+i)%len(actions)],
				who:  "> KP " + words[(n+i)%len(words)] + " " + words[(n+7*i+1)%len(words)],
				when: fmt.Sprintf("2024-%02d-%02d", 1+(5*n+i)%12, 1+(11*n+3*i)%28), background: i%9 == 4,
			}
			switch i % 8 {
			case 3:
				s.when = ""
			case 6:
				s.when = fmt.Sprintf("2024-%02d-05/2024-%02d-11", 1+(n+i)%12, 1+(n+i)%12)
			}
			told = append(told, s)
		}
		f := story(fmt.Sprint("Crowds of town ", n), fmt.Sprintf("2025-01-%02d", 1+n), "Agency", told...)
		var own []news.ID
		for i := range each {
			group := news.Entity{ID: news.LocalID(news.Group, f.Story.TextHash, fmt.Sprint("crowd-", i)), Kind: news.Group, Name: "crowd"}
			f.Entities, own = append(f.Entities, group), append(own, group.ID)
		}
		for i := range own {
			r := &f.Reports[i]
			r.Participants = append(r.Participants, news.Participant{Role: news.Source, Entity: own[i]})
			if i%10 == 0 {
				r.Participants = append(r.Participants, news.Participant{Role: news.Source, Entity: own[i+1]})
			}
		}
		all, groups = append(all, f), append(groups, own...)
	}
	return all, groups
}

// testWide lists the events of very many entities together, and of many entities each: more walks of indexes than a store can merge at once. Whatever it does
// instead, pages follow each other in one order, an event comes once, and as many come as are counted.
func testWide(t *testing.T, h Harness) {
	s := h.Open(t)
	all, groups := crowds()
	put(t, s, all...)
	g := refer(all...)
	took := func(roles ...news.Role) []store.Participation {
		return []store.Participation{{Entities: groups, Roles: roles}}
	}
	some := &news.Interval{From: "2024-03-08", To: "2024-10-20"}
	assault := []news.EventType{news.TypeAssault}

	type question struct {
		name string
		q    store.EventQuery
	}
	pages := func(name string, ask func(context.Context, store.Reader, store.Paging) (store.Page[news.Event], error), want []news.Event, firsts ...int) {
		t.Helper()
		if len(want) < 10 {
			t.Errorf("%s has only %d events to walk", name, len(want))
		}
		l := list{name: name, ask: func(c context.Context, s store.Reader, p store.Paging) (store.Page[string], error) {
			return bare(ask(c, s, p))
		}}
		for _, first := range firsts {
			same(t, fmt.Sprintf("%s, first %d", name, first), walk(t, s, l, first, "", nil), lines(want))
		}
	}

	together := []question{
		{"of many", store.EventQuery{Participants: took()}},
		{"of many, oldest first", store.EventQuery{Participants: took(), Order: store.OldestFirst}},
		{"of many, within or undated", store.EventQuery{Participants: took(), During: some, Undated: true}},
		{"of many as source, of a type", store.EventQuery{Participants: took(news.Source), Types: assault, Foreground: true}},
		{"of many, with words", store.EventQuery{Participants: took(), Text: "crowd town"}},
		{"of many, no claims", store.EventQuery{Participants: took(), Claims: store.ExcludeClaims}},
	}
	// At first nothing is in memory, then, after the counts, what can be is. An engine that plans has nothing in memory.
	rounds := []string{"", ", counted before"}
	each := []question{
		{"of each, of a type", store.EventQuery{Types: assault}},
		{"of each, of a type, oldest first", store.EventQuery{Types: assault, Order: store.OldestFirst}},
		{"of each, of a type, within or undated", store.EventQuery{Types: assault, During: some, Undated: true}},
	}
	if h.Planned { // and every form of a question is planned anew, for a second and more
		rounds, together, each = rounds[:1], together[2:4], each[2:]
	}
	for _, told := range rounds {
		for _, one := range together {
			pages(one.name+told, func(c context.Context, s store.Reader, p store.Paging) (store.Page[news.Event], error) {
				one.q.Paging = p
				return s.Events(c, one.q)
			}, g.listEvents(one.q), 90, everything.First)
		}
		for _, one := range together[:1] { // with one who takes part in more than they all
			of := []news.ID{"state:XX", "state:KP", "state:RU"}
			for i, id := range of[1:] {
				pages(fmt.Sprint(one.name, told, ", with ", id), func(c context.Context, s store.Reader, p store.Paging) (store.Page[news.Event], error) {
					one.q.Paging = p
					found, err := s.EventsOf(c, of, one.q)
					if err != nil || len(found) != len(of) || len(found[0].Edges) > 0 {
						return store.Page[news.Event]{}, fmt.Errorf("%d pages, or events of nobody: %w", len(found), err)
					}
					return found[i+1], nil
				}, g.eventsOf(id, one.q), 90, everything.First)
			}
		}
		for _, one := range together {
			got, err := s.Totals(t.Context(), nil, one.q, everything.First)
			equal(t, fmt.Sprintf("total %s, %v", one.name, err), got, []int{len(g.listEvents(one.q))})
		}
	}

	// Each of so many that their lists do not fit into one statement, and that one of them, were they parted wherever it is full, would be torn.
	of := []news.ID{"state:KP"}
	for _, word := range append(taken(), taken()[:4]...) {
		of = append(of, who(word).ID)
	}
	of = append(of, groups[:3]...)
	for _, one := range each {
		const short = 6
		wants := make([][]news.Event, len(of))
		var counts []int
		for i, id := range of {
			wants[i] = g.eventsOf(id, one.q)
			counts = append(counts, len(wants[i]))
		}
		one.q.Paging = store.Paging{First: short}
		found, err := s.EventsOf(t.Context(), of, one.q)
		if err != nil || len(found) != len(of) {
			t.Fatalf("%s: %d pages, %v", one.name, len(found), err)
		}
		for i, id := range of {
			page, _ := bare(found[i], nil)
			same(t, fmt.Sprintf("%s: page %d, of %s", one.name, i, id), nodes(page), lines(wants[i][:min(short, len(wants[i]))]))
			equal(t, fmt.Sprintf("%s: page %d has more", one.name, i), page.More, len(wants[i]) > short)
		}
		for _, i := range []int{8, 17} { // which 400 walks in one statement would tear
			pages(fmt.Sprintf("%s: page %d, of %s", one.name, i, of[i]), func(c context.Context, s store.Reader, p store.Paging) (store.Page[news.Event], error) {
				one.q.Paging = p
				found, err := s.EventsOf(c, of, one.q)
				if err != nil || len(found) != len(of) {
					return store.Page[news.Event]{}, fmt.Errorf("%d pages: %w", len(found), err)
				}
				return found[i], nil
			}, wants[i], 30)
		}
		got, err := s.Totals(t.Context(), of, one.q, everything.First)
		equal(t, fmt.Sprintf("totals %s, %v", one.name, err), got, counts)
	}

	// Relations have an index for each side of an entity.
	of = append(of, groups[:240]...)
	found, err := s.Relations(t.Context(), of, store.RelationQuery{Paging: store.Paging{First: 3}})
	if err != nil || len(found) != len(of) {
		t.Fatalf("relations of each: %d pages, %v", len(found), err)
	}
	for i, id := range of {
		page, _ := bare(found[i], nil)
		want := lines(g.relations(id, store.RelationQuery{}))
		same(t, fmt.Sprintf("relations of each: page %d, of %s", i, id), nodes(page), want[:min(3, len(want))])
		equal(t, fmt.Sprintf("relations of each: page %d has more", i), page.More, len(want) > 3)
	}
}
