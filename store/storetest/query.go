package storetest

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"newsgraph/news"
	"newsgraph/store"
)

// everything is more than any list of the suite holds.
var everything = store.Paging{First: 10000}

// testQuestions asks questions whose answers a person can see in the stories.
func testQuestions(t *testing.T, h Harness) {
	s := h.Open(t)
	put(t, s,
		story("Missiles for Moscow", "2024-01-10", "Agency",
			said{text: "Jake Sullivan condemned North Korea's sale of missiles to Russia.", action: "condemn", at: "condemned", who: "jake-sullivan > KP", when: "2024-01-09", by: "UA"},
			said{
				text: "Jake Sullivan condemned North Korea's sale of missiles to Russia.", action: "sell", at: "sale", who: "KP > RU with missile",
			}),
		story("Sullivan once more", "2024-01-11", "Agency",
			said{text: "It was on Tuesday that Jake Sullivan condemned North Korea.", action: "condemn", who: "jake-sullivan > KP", when: "2024-01-09"},
			said{text: "In March Jake Sullivan condemned North Korea again.", action: "condemn", who: "jake-sullivan > KP", when: "2024-03"}),
		story("Ankara", "2024-02", "ÁGENCE",
			said{text: "Recep Tayyip Erdoğan met Volodymyr Zelenskyy in Kyiv.", action: "meet", who: "erdogan > volodymyr-zelenskyy in kyiv", when: "2024-02-05/2024-02-11"}),
		story("Kharkiv", "", "Post",
			said{text: "Russia attacked Kharkiv with missiles on December 30.", action: "attack", who: "RU > UA with missile in kharkiv", when: "--12-30"},
			said{text: "Russia condemned Russia.", action: "condemn", who: "RU > RU", when: "2024-01-20"}),
		story("Kim", "2024", "Post",
			said{text: "Kim Jong Un, the son of Kim Jong Il, visited Russia in 2023.", action: "visit", who: "kim-jong-un > RU", when: "2023", background: true},
			said{text: "Kim Jong Un will meet Recep Tayyip Erdoğan on Monday.", action: "meet", who: "kim-jong-un > erdogan", when: "2024-04-01", as: news.Planned},
			said{text: "Kim Jong Il met nobody.", action: "meet", who: "kim-jong-il", when: "2024-04-02", as: news.Negated}))

	const undated = "attack --12-30, sell"
	label := func(e news.Event) string { return strings.TrimSpace(e.Action + " " + e.When.From) }
	by := func(roles ...news.Role) func(ids ...news.ID) store.Participation {
		return func(ids ...news.ID) store.Participation { return store.Participation{Entities: ids, Roles: roles} }
	}
	anyhow := by()
	took := func(all ...store.Participation) []store.Participation { return all }
	for _, test := range []struct {
		name string
		q    store.EventQuery
		want string
	}{
		{"all", store.EventQuery{}, "condemn 2024-01-09, condemn 2024-01-20, condemn 2024-03-01, meet 2024-02-05, meet 2024-04-01, meet 2024-04-02, visit 2023-01-01, " + undated},
		{"types", store.EventQuery{Types: []news.EventType{news.TypeAccuse, news.TypeVisit}}, "condemn 2024-01-09, condemn 2024-01-20, condemn 2024-03-01, visit 2023-01-01"},
		{"an action", store.EventQuery{Actions: []string{"sell"}}, "sell"},
		{"actions", store.EventQuery{Actions: []string{"sell", "attack", "fly"}}, undated},
		{"modalities", store.EventQuery{Modalities: []news.Modality{news.Planned, news.Negated}}, "meet 2024-04-01, meet 2024-04-02"},
		{"foreground", store.EventQuery{Types: []news.EventType{news.TypeVisit, news.TypeTransfer}, Foreground: true}, "sell"},
		{"anyhow", store.EventQuery{Participants: took(anyhow("state:KP"))}, "condemn 2024-01-09, condemn 2024-03-01, sell"},
		{"as source", store.EventQuery{Participants: took(by(news.Source)("state:KP", "state:RU"))}, "condemn 2024-01-20, " + undated},
		{"as either", store.EventQuery{Participants: took(by(news.Place, news.Instrument)("weapon:missile", "place:kyiv"))}, "meet 2024-02-05, " + undated},
		{"both", store.EventQuery{Participants: took(anyhow("state:KP"), anyhow("state:RU"))}, "sell"},
		{"one of two, and a third", store.EventQuery{Participants: took(anyhow("state:KP", "state:UA"), by(news.Source)("state:RU"))}, "attack --12-30"},
		{"somebody in a role", store.EventQuery{Participants: took(by(news.Instrument)())}, undated},
		{"nobody there", store.EventQuery{Participants: took(anyhow("state:XX"))}, ""},
		{"a stranger too", store.EventQuery{Participants: took(anyhow("state:XX"), anyhow("state:KP"))}, ""},
		{"from a day", store.EventQuery{During: &news.Interval{From: "2024-02-11"}}, "condemn 2024-03-01, meet 2024-02-05, meet 2024-04-01, meet 2024-04-02"},
		{"to a day", store.EventQuery{During: &news.Interval{To: "2024-01-09"}}, "condemn 2024-01-09, visit 2023-01-01"},
		{"within", store.EventQuery{During: &news.Interval{From: "2024-02-06", To: "2024-03-01"}}, "condemn 2024-03-01, meet 2024-02-05"},
		{"within, or undated", store.EventQuery{During: &news.Interval{From: "2024-02-06", To: "2024-03-01"}, Undated: true}, "condemn 2024-03-01, meet 2024-02-05, " + undated},
		{"with any date", store.EventQuery{During: &news.Interval{}, Actions: []string{"attack", "visit"}}, "visit 2023-01-01"},
		{"undated, which says nothing without an interval", store.EventQuery{Undated: true, Actions: []string{"sell", "visit"}}, "sell, visit 2023-01-01"},
		{"oldest first", store.EventQuery{Order: store.OldestFirst, Actions: []string{"sell", "attack", "visit"}}, "visit 2023-01-01"},
		{"a word", store.EventQuery{Text: "missile"}, "condemn 2024-01-09, " + undated},
		{"words of one sentence", store.EventQuery{Text: "rus MISS"}, "condemn 2024-01-09, " + undated},
		{"words of two sentences of one event", store.EventQuery{Text: "tuesday missiles"}, ""},
		{"the other sentence", store.EventQuery{Text: "tuesday"}, "condemn 2024-01-09"},
		{"folded words", store.EventQuery{Text: "ERDOGAN, Zelénsky!"}, "meet 2024-02-05"},
		{"a part of a word that is not its beginning", store.EventQuery{Text: "issiles"}, ""},
		{"no word", store.EventQuery{Text: "?!", Actions: []string{"sell"}}, "sell"},
		{"much at once", store.EventQuery{
			Types: []news.EventType{news.TypeAccuse}, Actions: []string{"condemn", "meet"}, Modalities: []news.Modality{news.Asserted},
			Participants: took(by(news.Target)("state:KP"), by(news.Source)("person:jake-sullivan")), During: &news.Interval{From: "2024-01-01", To: "2024-02-28"},
			Foreground: true, Text: "sullivan korea", Order: store.OldestFirst,
		}, "condemn 2024-01-09"},
	} {
		test.q.Paging = everything
		page, err := s.Events(t.Context(), test.q)
		if err != nil {
			t.Errorf("%s: %v", test.name, err)
		}
		want := strings.Split(test.want, ", ")
		slices.Sort(want)
		equal(t, "events: "+test.name, labels(page, label), strings.Join(want, ", "))
	}

	ordered := func(p store.Page[news.Event]) string {
		var all []string
		for _, e := range p.Edges {
			all = append(all, label(e.Node))
		}
		return strings.Join(all, ", ")
	}
	pages, err := s.EventsOf(t.Context(), []news.ID{"state:RU", "state:XX", "person:kim-jong-un", "state:RU"}, store.EventQuery{Paging: everything, Foreground: true, Actions: []string{"condemn", "meet", "sell"}})
	if err != nil || len(pages) != 4 {
		t.Fatalf("%d pages, %v", len(pages), err)
	}
	for i, want := range []string{"condemn 2024-01-20, sell", "", "meet 2024-04-01", "condemn 2024-01-20, sell"} {
		equal(t, fmt.Sprint("events of entities, newest first: ", i), ordered(pages[i]), want)
	}
	pages, err = s.EventsOf(t.Context(), []news.ID{"state:RU", "state:KP"}, store.EventQuery{Paging: everything, Order: store.OldestFirst})
	if err != nil || len(pages) != 2 {
		t.Fatalf("%d pages, %v", len(pages), err)
	}
	for i, want := range []string{"visit 2023-01-01, condemn 2024-01-20", "condemn 2024-01-09, condemn 2024-03-01"} {
		equal(t, fmt.Sprint("events of entities, oldest first: ", i), ordered(pages[i]), want)
	}
	for _, e := range pages[0].Edges {
		if e.Node.Title != "" {
			t.Errorf("an event has the title %q", e.Node.Title)
		}
	}

	id := func(e news.Entity) string { return string(e.ID) }
	for _, test := range []struct {
		name string
		q    store.EntityQuery
		want string
	}{
		{"kinds", store.EntityQuery{Kinds: []news.Kind{news.Place, news.Weapon}}, "place:kharkiv, place:kyiv, weapon:missile"},
		{"name", store.EntityQuery{Name: "north korea"}, "state:KP"},
		{"alias", store.EntityQuery{Name: "DEMOCRATIC PEOPLE'S REPUBLIC OF KOREA"}, "state:KP"},
		{"folded", store.EntityQuery{Name: "recep tayyip erdogan"}, "person:recep-tayyip-erdogan"},
		{"a part of a name", store.EntityQuery{Name: "north"}, ""},
		{"more than a name", store.EntityQuery{Name: "north korea now"}, ""},
		{"punctuation counts", store.EntityQuery{Name: "north-korea"}, ""},
		{"punctuation of an alias", store.EntityQuery{Name: "kim jong-un"}, "person:kim-jong-un"},
		{"no words", store.EntityQuery{Name: "?"}, ""},
		{"wikidata", store.EntityQuery{Wikidata: "Q423"}, "state:KP"},
		{"wikidata of nobody", store.EntityQuery{Wikidata: "Q42"}, ""},
		{"alpha-2", store.EntityQuery{ISO: "kp"}, "state:KP"},
		{"alpha-3", store.EntityQuery{ISO: "Rus"}, "state:RU"},
		{"no code", store.EntityQuery{ISO: "K"}, ""},
		{"of another kind", store.EntityQuery{Name: "Kyiv", Kinds: []news.Kind{news.State}}, ""},
		{"all that fits", store.EntityQuery{Name: "dprk", Wikidata: "Q423", ISO: "PRK", Kinds: []news.Kind{news.State}}, "state:KP"},
		{"one that does not", store.EntityQuery{Name: "dprk", Wikidata: "Q423", ISO: "KOR"}, ""},
	} {
		test.q.Paging = everything
		page, err := s.FindEntities(t.Context(), test.q)
		if err != nil {
			t.Errorf("%s: %v", test.name, err)
		}
		equal(t, "entities: "+test.name, labels(page, id), test.want)
	}

	for _, test := range []struct{ name, text, want string }{
		{"one word", "kim", "person:kim-jong-il, person:kim-jong-un"},
		{"beginnings in any order", "UN kim", "person:kim-jong-un"},
		{"both words begin one word", "k kim", "person:kim-jong-il, person:kim-jong-un"},
		{"diacritics in the query", "Zélensky", "person:volodymyr-zelenskyy"},
		{"diacritics in the name", "erdogan", "person:recep-tayyip-erdogan"},
		{"an alias", "dprk", "state:KP"},
		{"a possessive", "people's", "state:KP"},
		{"words of two names", "north democratic", ""},
		{"not the beginning", "orea", ""},
		{"nothing", "", ""},
		{"no words", " ?! ", ""},
		{"wildcards", "%", ""},
		{"", "_im", ""},
		{"", "k_m", ""},
		{"", "k%m", ""},
		{"", "*", ""},
		{"", "k?m", ""},
		{"quotes are no words", `"kim"`, "person:kim-jong-il, person:kim-jong-un"},
		{"a star is no word", `kim*`, "person:kim-jong-il, person:kim-jong-un"},
		{"operators are words", "kim OR russia", ""},
		{"", "NOT kim", ""},
		{"", "kim AND", ""},
		{"", "NEAR(kim jong)", ""},
		{"a hyphen parts words", "-kim", "person:kim-jong-il, person:kim-jong-un"},
		{"", "words:kim", ""},
		{"", "kim~2", ""},
		{"", "[a TO z]", ""},
		{"an unfinished quote", `"kim`, "person:kim-jong-il, person:kim-jong-un"},
		{"", `kim\`, "person:kim-jong-il, person:kim-jong-un"},
		{"", "'kim", "person:kim-jong-il, person:kim-jong-un"},
		{"", "(kim", "person:kim-jong-il, person:kim-jong-un"},
		{"", "kim^2", ""},
		{"", "' OR ''='", ""},
		{"", `" OR 1=1 --`, ""},
		{"", "kim\x00", "person:kim-jong-il, person:kim-jong-un"},
		{"a word without end", strings.Repeat("a", 50000), ""},
		{"words without end", strings.Repeat("kim ", 5000), "person:kim-jong-il, person:kim-jong-un"},
	} {
		page, err := s.Search(t.Context(), store.SearchQuery{Text: test.text, Paging: everything})
		if err != nil {
			t.Errorf("%.40q: %v", test.text, err)
		}
		equal(t, fmt.Sprintf("search: %s %.40q", test.name, test.text), labels(page, id), test.want)
		for what, ask := range map[string]func() error{
			"events": func() error {
				_, err := s.Events(t.Context(), store.EventQuery{Text: test.text, Paging: everything})
				return err
			},
			"stories": func() error {
				_, err := s.Stories(t.Context(), store.StoryQuery{Text: test.text, Paging: everything})
				return err
			},
			"entities": func() error {
				_, err := s.FindEntities(t.Context(), store.EntityQuery{Name: test.text, Wikidata: test.text, ISO: test.text, Paging: everything})
				return err
			},
		} {
			if err := ask(); err != nil {
				t.Errorf("%s by %.40q: %v", what, test.text, err)
			}
		}
	}
	// Kim Jong Un is in more stories, and an exact name comes before what more stories mention.
	il := story("Il", "", "", said{text: "Kim Jong Il met Kim Jong Un.", action: "meet", who: "kim-jong-il > kim-jong-un"})
	il.Entities[0].Aliases = []string{"Kim"}
	put(t, s, il, story("Un", "", "", said{text: "Kim Jong Un met Kharkiv.", action: "meet", who: "kim-jong-un > kharkiv"}))
	for _, test := range []struct{ text, want string }{
		{"kim jong", "person:kim-jong-un person:kim-jong-il"},
		{"Kim", "person:kim-jong-il person:kim-jong-un"},
		{"Kim Jong Il", "person:kim-jong-il"},
		{"kim jong-ún", "person:kim-jong-un"},
	} {
		page, err := s.Search(t.Context(), store.SearchQuery{Text: test.text, Paging: everything})
		var got []string
		for _, e := range page.Edges {
			got = append(got, string(e.Node.ID))
		}
		equal(t, fmt.Sprintf("search %q in order, %v", test.text, err), strings.Join(got, " "), test.want)
	}
	page, err := s.Search(t.Context(), store.SearchQuery{Text: "k", Kinds: []news.Kind{news.Place}, Paging: everything})
	equal(t, fmt.Sprintf("search among places, %v", err), labels(page, id), "place:kharkiv, place:kyiv")

	headline := func(s news.Story) string { return s.Headline }
	for _, test := range []struct {
		name string
		q    store.StoryQuery
		want string
	}{
		{"headline", store.StoryQuery{Text: "mosc"}, "Missiles for Moscow"},
		{"headline and text", store.StoryQuery{Text: "moscow sullivan"}, "Missiles for Moscow"},
		{"folded", store.StoryQuery{Text: "ERDOGAN kyiv"}, "Ankara"},
		{"publisher", store.StoryQuery{Publisher: "agence"}, "Ankara"},
		{"a part of a publisher", store.StoryQuery{Publisher: "Age"}, ""},
		{"on a day", store.StoryQuery{Published: &news.Interval{From: "2024-01-10", To: "2024-01-10"}}, "Kim, Missiles for Moscow"},
		{"from a day", store.StoryQuery{Published: &news.Interval{From: "2024-02-29"}}, "Ankara, Kim"},
		{"before a day", store.StoryQuery{Published: &news.Interval{To: "2023-12-31"}}, ""},
		{"at any time", store.StoryQuery{Published: &news.Interval{}, Publisher: "post"}, "Kim"},
		{"all of it", store.StoryQuery{Text: "kim", Publisher: "POST", Published: &news.Interval{From: "2024-12-31"}}, "Kim"},
	} {
		test.q.Paging = everything
		page, err := s.Stories(t.Context(), test.q)
		if err != nil {
			t.Errorf("%s: %v", test.name, err)
		}
		equal(t, "stories: "+test.name, labels(page, headline), test.want)
	}
	stories, err := s.Stories(t.Context(), store.StoryQuery{Text: "russia", Paging: everything})
	if err != nil || len(stories.Edges) != 3 || stories.Edges[0].Node.Headline != "Missiles for Moscow" || stories.Edges[2].Node.Headline != "Kharkiv" {
		t.Errorf("stories, newest first: %+v, %v", stories, err)
	}

	relation := func(r store.Relation) string {
		return fmt.Sprintf("%s %s %s %d %s %s", r.From, r.Action, r.To, r.Count, r.First, r.Last)
	}
	for _, test := range []struct {
		name string
		of   news.ID
		q    store.RelationQuery
		want string
	}{
		{"both", "state:KP", store.RelationQuery{}, "person:jake-sullivan condemn state:KP 2 2024-01-09 2024-03-31, state:KP sell state:RU 1  "},
		{"outgoing", "state:KP", store.RelationQuery{Direction: store.Outgoing}, "state:KP sell state:RU 1  "},
		{"incoming", "state:KP", store.RelationQuery{Direction: store.Incoming}, "person:jake-sullivan condemn state:KP 2 2024-01-09 2024-03-31"},
		{"others", "state:RU", store.RelationQuery{Others: []news.ID{"state:KP", "state:XX"}}, "state:KP sell state:RU 1  "},
		{"others who act", "state:RU", store.RelationQuery{Others: []news.ID{"state:KP"}, Direction: store.Outgoing}, ""},
		{"persons", "state:KP", store.RelationQuery{Class: store.Class{Kinds: []news.Kind{news.Person}}}, "person:jake-sullivan condemn state:KP 2 2024-01-09 2024-03-31"},
		{"of Russia", "state:KP", store.RelationQuery{Class: store.Class{Countries: []string{"RUS"}}}, "state:KP sell state:RU 1  "},
		{"states of some", "state:KP", store.RelationQuery{Others: []news.ID{"person:jake-sullivan"}, Class: store.Class{Kinds: []news.Kind{news.State}}}, ""},
		{"itself", "state:RU", store.RelationQuery{Actions: []string{"condemn"}}, "state:RU condemn state:RU 1 2024-01-20 2024-01-20"},
		{"itself, as other", "state:RU", store.RelationQuery{Others: []news.ID{"state:RU"}, Direction: store.Incoming}, "state:RU condemn state:RU 1 2024-01-20 2024-01-20"},
		{"during", "state:KP", store.RelationQuery{During: &news.Interval{From: "2024-03-15", To: "2024-03-16"}}, "person:jake-sullivan condemn state:KP 1 2024-03-01 2024-03-31"},
		{"what is planned or background is none", "person:kim-jong-un", store.RelationQuery{Direction: store.Outgoing, Others: []news.ID{"state:RU", "person:recep-tayyip-erdogan"}}, ""},
	} {
		test.q.Paging = everything
		pages, err := s.Relations(t.Context(), []news.ID{test.of}, test.q)
		if err != nil || len(pages) != 1 {
			t.Fatalf("%s: %d pages, %v", test.name, len(pages), err)
		}
		equal(t, "relations: "+test.name, labels(pages[0], relation), test.want)
	}
	if err := s.Ping(t.Context()); err != nil {
		t.Errorf("ping: %v", err)
	}
}

// testSearch searches for names with articles and marks, in the order in which they come.
func testSearch(t *testing.T, h Harness) {
	s := h.Open(t)
	put(t, s, story("Names", "", "", said{
		text: "United States and NATO met AT&T and C++ Foundation in The Hague.", action: "meet", who: "US nato > at-t organisation:c jake-sullivan in the-hague",
	}), story("The Hague", "", "", said{text: "NATO met in The Hague.", action: "meet", who: "nato in the-hague"}))
	for _, test := range []struct{ text, want string }{
		{"the united states", "state:US"},
		{"The USA", "state:US"},
		{"a united", "state:US"},
		{"United the States", ""},
		{"the hague", "place:the-hague"},
		{"Hague", "place:the-hague"},
		{"the", "place:the-hague"},
		{"C++", "organisation:c"},
		{"c+", "organisation:c"},
		{"c", "organisation:c"},
		{"C#", ""},
		{"foundation c++", "organisation:c"},
		{"AT&T", "organisation:at-t"},
		{"at&t,", "organisation:at-t"},
		{"at&", "organisation:at-t"},
		{"at t", "organisation:nato organisation:at-t"},
		{"t", "place:the-hague organisation:nato organisation:at-t"},
		{"north & treaty", "organisation:nato"},
		{"&", ""},
		{"++", ""},
	} {
		page, err := s.Search(t.Context(), store.SearchQuery{Text: test.text, Paging: everything})
		var got []string
		for _, e := range page.Edges {
			got = append(got, string(e.Node.ID))
		}
		if test.text == "at t" || test.text == "t" { // in which order those come is another test's
			slices.Sort(got)
			want := strings.Fields(test.want)
			slices.Sort(want)
			test.want = strings.Join(want, " ")
		}
		equal(t, fmt.Sprintf("search %q, %v", test.text, err), strings.Join(got, " "), test.want)
	}
}

// testNear searches for names that are written otherwise: what is begun comes first, however few stories mention it, and pages run through
// both.
func testNear(t *testing.T, h Harness) {
	s := h.Open(t)
	all := []news.Facts{
		story("Names", "", "", said{text: "Volodymyr Zelenskyy met Jake Sullivan and Zelenski Foundation in Zelenskij Street.", action: "meet", who: "volodymyr-zelenskyy > jake-sullivan in kyiv"}),
		story("More", "", "", said{text: "Volodymyr Zelenskyy met Recep Tayyip Erdoğan.", action: "meet", who: "volodymyr-zelenskyy > recep-tayyip-erdogan"}),
	}
	all[0].Entities = append(all[0].Entities,
		news.Entity{ID: "organisation:zelenski-foundation", Kind: news.Organisation, Name: "Zelenski Foundation", Aliases: []string{"Selenskij Fund"}},
		news.Entity{ID: "place:zelenskij-street", Kind: news.Place, Name: "Zelenskij Street"},
		news.Entity{ID: "weapon:hwasong-17", Kind: news.Weapon, Name: "Hwasong-17"}, news.Entity{ID: "weapon:hwasong-18", Kind: news.Weapon, Name: "Hwasong-18"},
		news.Entity{ID: "state:IR", Kind: news.State, Name: "Iran"}, news.Entity{ID: "state:IQ", Kind: news.State, Name: "Iraq"})
	put(t, s, all...)
	const person, fund, street = "person:volodymyr-zelenskyy", "organisation:zelenski-foundation", "place:zelenskij-street"
	ids := func(q store.SearchQuery) string {
		t.Helper()
		page, err := s.Search(t.Context(), q)
		if err != nil {
			t.Fatalf("%q: %v", q.Text, err)
		}
		var got []string
		for _, e := range page.Edges {
			got = append(got, string(e.Node.ID))
		}
		return strings.Join(got, " ")
	}
	for _, test := range []struct{ text, want string }{
		{"zelenski", strings.Join([]string{fund, street, person}, " ")},
		{"zelenskii", strings.Join([]string{person, fund, street}, " ")},
		{"Zelenski Foundation", fund},
		{"zelensky fuondation", fund},
		{"street zelenzky", street},
		{"fund street", ""},
		{"volodimir", person},
		{"sulivan jake", "person:jake-sullivan"},
		{"sulivan kim", ""},
		{"erdogann", "person:recep-tayyip-erdogan"},
		{"hwasang-17", "weapon:hwasong-17"},
		{"hwasong-16", ""},
		{"iran", "state:IR"},
		{"irak", "state:IQ"},
		{"·selenski·", strings.Join([]string{fund, person, street}, " ")}, // which begins a name of one, and is near the others
	} {
		q := store.SearchQuery{Text: test.text, Paging: everything}
		equal(t, fmt.Sprintf("search %q", test.text), ids(q), test.want)
		var walked []string
		for q.Paging = (store.Paging{First: 1}); ; {
			page, err := s.Search(t.Context(), q)
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range page.Edges {
				walked, q.After = append(walked, string(e.Node.ID)), e.Cursor
			}
			if !page.More {
				break
			}
		}
		equal(t, fmt.Sprintf("search %q, one by one", test.text), strings.Join(walked, " "), test.want)
	}
	equal(t, "near places", ids(store.SearchQuery{Text: "zelenskii", Kinds: []news.Kind{news.Place}, Paging: everything}), street)
	remove(t, s, all[0])
	equal(t, "after one went", ids(store.SearchQuery{Text: "zelenskii", Paging: everything}), person)
}

// testUndated lists undated events: after the dated, by their latest publication.
func testUndated(t *testing.T, h Harness) {
	s := h.Open(t)
	told := func(published, action, when string) news.Facts {
		return story("Of "+published, published, "Agency", said{text: "North Korea and Russia: " + action, action: action, who: "KP > RU", when: when})
	}
	all := []news.Facts{
		told("2024-05-02", "meet", ""), told("", "condemn", ""), told("2024-05-03", "sell", ""), told("2024-06", "visit", ""),
		told("2023-01-01", "condemn", "1999-01-09"), told("2024", "attack", "--12-30"), told("2024-05-03", "praise", ""),
	}
	put(t, s, all...)
	check := func(what string, some ...news.Facts) {
		t.Helper()
		g := refer(some...)
		page, err := bare(s.Events(t.Context(), store.EventQuery{Paging: everything}))
		same(t, fmt.Sprintf("%s: events, %v", what, err), nodes(page), lines(g.listEvents(store.EventQuery{})))
		pages, err := s.EventsOf(t.Context(), []news.ID{"state:KP"}, store.EventQuery{Paging: everything})
		same(t, what+": events of one", first(t, pages, err), lines(g.eventsOf("state:KP", store.EventQuery{})))
		relations, err := s.Relations(t.Context(), []news.ID{"state:RU"}, store.RelationQuery{Paging: everything})
		same(t, what+": relations", first(t, relations, err), lines(g.relations("state:RU", store.RelationQuery{})))
	}
	check("all", all...)
	page, err := s.Events(t.Context(), store.EventQuery{Paging: everything})
	var got []string
	for _, e := range page.Edges {
		got = append(got, e.Node.Action)
	}
	slices.Sort(got[2:4]) // published on one day
	equal(t, fmt.Sprintf("in order, %v", err), strings.Join(got, " "), "condemn visit praise sell meet attack condemn")
	remove(t, s, all[2])
	check("after one has gone", slices.Delete(slices.Clone(all), 2, 3)...)
}

// labels are the nodes of a page in the order of their labels.
func labels[T any](p store.Page[T], label func(T) string) string {
	var all []string
	for _, e := range p.Edges {
		all = append(all, label(e.Node))
	}
	slices.Sort(all)
	return strings.Join(all, ", ")
}

// testInvented asks questions made at random of stories made at random, and compares with the reference.
func testInvented(t *testing.T, h Harness) {
	s := h.Open(t)
	all, _ := library()
	for n := 30; n < 70; n++ {
		all = append(all, invent(n))
	}
	put(t, s, all...)
	g := refer(all...)
	r := rand.New(rand.NewPCG(5, 5))
	ask := inquirer{r, g}
	for i := range 80 {
		q := ask.events(i)
		what := fmt.Sprintf("events %d: %+v", i, q)
		same(t, what, walk(t, s, list{what, "", func(ctx context.Context, s store.Reader, p store.Paging) (store.Page[string], error) {
			q.Paging = p
			return bare(s.Events(ctx, q))
		}, nil}, pick(r, 3, 50), "", nil), lines(g.listEvents(q)))

		of := some(r, takers()...)
		q.Paging = everything
		pages, err := s.EventsOf(t.Context(), of, q)
		if err != nil || len(pages) != len(of) {
			t.Fatalf("%s of %s: %d pages, %v", what, of, len(pages), err)
		}
		for i, id := range of {
			got, _ := bare(pages[i], nil)
			same(t, what+" of "+string(id), nodes(got), lines(g.eventsOf(id, q)))
		}

		rq := store.RelationQuery{Direction: store.Direction(r.IntN(3)), Others: some(r, takers()...), Actions: some(r, "condemn", "meet", "sell"), During: q.During, Claims: q.Claims, Paging: everything}
		if r.IntN(2) == 0 {
			rq.Class = store.Class{Countries: some(r, "PRK", "USA", "UKR", "RUS"), Kinds: some(r, news.State, news.Person)}
		}
		relations, err := s.Relations(t.Context(), of, rq)
		if err != nil || len(relations) != len(of) {
			t.Fatalf("relations of %s: %d pages, %v", of, len(relations), err)
		}
		for i, id := range of {
			got, _ := bare(relations[i], nil)
			same(t, fmt.Sprintf("relations of %s: %+v", id, rq), nodes(got), lines(g.relations(id, rq)))
		}
		sq := store.StatementQuery{
			About: pick[news.ID](r, "", "state:KP", "person:jake-sullivan", "state:XX"), To: pick[news.ID](r, "", "", "person:jake-sullivan", "person:kim-jong-un", "state:XX"), Published: ask.interval(), Paging: everything,
		}
		speakers := []news.ID{"person:volodymyr-zelenskyy", "state:RU", "state:XX"}
		statements, err := s.StatementsOf(t.Context(), speakers, sq)
		if err != nil || len(statements) != len(speakers) {
			t.Fatalf("statements of %s: %d pages, %v", speakers, len(statements), err)
		}
		for i, id := range speakers {
			got, _ := bare(statements[i], nil)
			same(t, fmt.Sprintf("statements of %s: %+v", id, sq), nodes(got), lines(g.statementsOf(id, sq)))
		}
		if t.Failed() {
			return
		}
	}
	for _, text := range wordings() {
		sq := store.SearchQuery{Text: text, Paging: everything}
		found, err := s.Search(t.Context(), sq)
		got, err := bare(found, err)
		same(t, fmt.Sprintf("search %q, %v", text, err), nodes(got), lines(g.search(sq)))
	}
	for range 60 {
		sq := store.SearchQuery{Text: ask.text(), Kinds: some(r, news.Kinds()...), Paging: everything}
		found, err := s.Search(t.Context(), sq)
		got, err := bare(found, err)
		same(t, fmt.Sprintf("search %+v, %v", sq, err), nodes(got), lines(g.search(sq)))
		eq := store.EntityQuery{Kinds: some(r, news.Kinds()...), Name: pick(r, "", "", "alias", "ÄLIAS TWO", "Kyiv Jr."), ISO: pick(r, "", "", "kp", "RUS"), Paging: everything}
		if r.IntN(2) == 0 {
			eq.Class = store.Class{Countries: some(r, "PRK", "USA", "UKR", "RUS"), Sectors: pick(r, nil, nil, []string{"GOV"})}
		}
		got, err = bare(s.FindEntities(t.Context(), eq))
		same(t, fmt.Sprintf("entities %+v, %v", eq, err), nodes(got), lines(g.findEntities(eq)))
		tq := store.StoryQuery{Text: ask.text(), Publisher: pick(r, "", "AGENCE", "agency", "Nobody"), Published: ask.interval(), Paging: everything}
		got, err = bare(s.Stories(t.Context(), tq))
		same(t, fmt.Sprintf("stories %+v, %v", tq, err), nodes(got), lines(g.listStories(tq)))
		cq := store.StoryCountQuery{Filter: tq, By: pick(r, store.StoriesByYear, store.StoriesByMonth, store.StoriesByPublisher), Top: 1 + r.IntN(3)}
		counts, err := s.CountStories(t.Context(), cq)
		same(t, fmt.Sprintf("counts of stories %+v, %v", cq, err), []string{fmt.Sprintf("%+v", counts)}, []string{fmt.Sprintf("%+v", g.countStories(cq))})
	}
	days := []string{"2024-01-09", "", "2024-01-06", "2000-01-01", "2024-01-12"}
	for _, l := range []struct {
		name      string
		got, want func(id news.ID) []string
	}{
		{"mentions of", func(id news.ID) []string {
			p, err := s.MentionsOf(t.Context(), []news.ID{id}, everything)
			return first(t, p, err)
		}, func(id news.ID) []string { return lines(g.mentionsOf(id)) }},
		{"positions of", func(id news.ID) []string {
			p, err := s.PositionsOf(t.Context(), []news.ID{id}, store.PositionQuery{Paging: everything})
			return first(t, p, err)
		}, func(id news.ID) []string { return lines(g.positionsOf(id, "")) }},
		{"positions on a day of", func(id news.ID) []string {
			p, err := s.PositionsOf(t.Context(), []news.ID{id}, store.PositionQuery{On: "2024-01-06", Paging: everything})
			return first(t, p, err)
		}, func(id news.ID) []string { return lines(g.positionsOf(id, "2024-01-06")) }},
		{"positions by days of", func(id news.ID) []string {
			pages, err := s.PositionsOf(t.Context(), slices.Repeat([]news.ID{id}, len(days)), store.PositionQuery{On: "2024-01-06", By: days, Paging: everything})
			if err != nil || len(pages) != len(days) {
				t.Fatalf("%d pages, %v", len(pages), err)
			}
			var all []string
			for _, p := range pages {
				all = append(all, first(t, []store.Page[news.Position]{p}, nil)...)
			}
			return all
		}, func(id news.ID) []string {
			var all []string
			for _, day := range days {
				all = append(all, lines(g.positionsBy(id, "2024-01-06", day))...)
			}
			return all
		}},
		{"reports of", func(id news.ID) []string {
			p, err := s.ReportsOf(t.Context(), []news.ID{id}, everything)
			return first(t, p, err)
		}, func(id news.ID) []string { return lines(g.reportsOf(id)) }},
		{"reports in", func(id news.ID) []string {
			p, err := s.ReportsIn(t.Context(), []news.ID{id}, everything)
			return first(t, p, err)
		}, func(id news.ID) []string { return lines(g.reportsIn(id)) }},
		{"mentions in", func(id news.ID) []string {
			p, err := s.MentionsIn(t.Context(), []news.ID{id}, everything)
			return first(t, p, err)
		}, func(id news.ID) []string { return lines(g.mentionsIn(id)) }},
		{"quotations in", func(id news.ID) []string {
			p, err := s.QuotationsIn(t.Context(), []news.ID{id}, everything)
			return first(t, p, err)
		}, func(id news.ID) []string { return lines(g.quotationsIn(id)) }},
	} {
		ids := slices.Concat(takers(), storyIDs(all[:10]...))
		for _, report := range g.reports[:20] {
			ids = append(ids, news.EventID(report.ID))
		}
		for _, id := range ids {
			same(t, l.name+" "+string(id), l.got(id), l.want(id))
		}
	}
}

func first[T any](t testing.TB, pages []store.Page[T], err error) []string {
	t.Helper()
	if err != nil || len(pages) != 1 {
		t.Fatalf("%d pages, %v", len(pages), err)
	}
	p, _ := bare(pages[0], nil)
	return nodes(p)
}

func pick[T any](r *rand.Rand, of ...T) T { return of[r.IntN(len(of))] }

// some is a few of the list, and nothing half of the time.
func some[T any](r *rand.Rand, of ...T) []T {
	if r.IntN(2) == 0 {
		return nil
	}
	r.Shuffle(len(of), func(i, j int) { of[i], of[j] = of[j], of[i] })
	return slices.Clone(of[:1+r.IntN(2)])
}

// testRecords reads everything, stops in the middle, and writes while it reads.
func testRecords(t *testing.T, h Harness) {
	s := h.Open(t)
	holds(t, "nothing", s)
	all, _ := library()
	put(t, s, all...)
	holds(t, "all", s, all...)
	n := 0
	for record, err := range s.Records(t.Context()) {
		if err != nil || record.Story == nil {
			t.Fatalf("%+v, %v", record, err)
		}
		if n++; n == 3 {
			break
		}
	}
	// A record is whole while its neighbours come and go.
	other := h.Again(t)
	for record, err := range s.Records(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		if record.Story != nil && n < 10 {
			n++
			remove(t, other, all[n])
			put(t, other, all[n])
		}
		if e := record.Event; e != nil && len(e.Reports) == 0 {
			t.Errorf("an event without reports: %+v", e)
		}
	}
	holds(t, "after reading", s, all...)
}

// hostile are stories of texts that were made to break things.
func hostile() (all []news.Facts) {
	for i, text := range []string{
		"It's \"quoted\" `so` 'so' \\' \\\" \\n ; -- /* */ ${x} $x {{x}} %s %d %% <script>alert(1)</script> &amp;",
		"'); DROP TABLE story; -- ' OR '1'='1", "}) DETACH DELETE n //", "\x00 begins and ends with NUL \x00", "\ufeffA mark before, \u200bnothing between\u2060, \u00ad soft",
		"👩‍👩‍👧‍👦 met 🇰🇵 and 🏴󠁧󠁢󠁥󠁮󠁧󠁿 in 𝔎𝔶𝔦𝔳", "القوات \u202eتتحرك\u202c نحو שלום", "e\u0301 is not é, ﬁ is not fi, Å is not Å, ẞ is not ß, İ is not i", "한국과 日本と中国", "\r\n\t\v\f lines\rend\nas\u2028they\u2029like\u0085",
		"\u0000\u0001\u001f\u007f\u0080\ufffd\uffff\U0010ffff", strings.Repeat("long wörds without end ", 60000), strings.Repeat("x", 1<<20), " ", "",
	} {
		name := strings.ToValidUTF8(text[:min(len(text), 3900)], "") + fmt.Sprint(i)
		f := news.Facts{Story: news.Story{
			Headline: name, Byline: name, Publisher: name, URL: "https://example.org/?" + name, Text: text, Reader: name, How: name, Published: name,
			Urgency: i % 10, Subjects: []string{name, "medtop:11000000", name},
		}}
		f.Story.Identify()
		e := news.Entity{
			ID: news.LocalID(news.Thing, f.Story.TextHash, news.Slug(name[:min(len(name), 3900)])), Kind: news.Thing, Name: name,
			Aliases: []string{name + " alias"}, Description: name,
		}
		f.Entities = []news.Entity{e}
		span := news.SpanOf(text, 0, len(text))
		f.Mentions = []news.Mention{{ID: news.MentionID(f.Story.ID, span), Story: f.Story.ID, Span: span, Entity: e.ID, Form: news.FormName, Why: name}}
		a, _ := news.ActionNamed("condemn")
		f.Reports = []news.Report{{
			ID: news.ReportID(f.Story.ID, span, a.Name, 0), Story: f.Story.ID, Type: a.Type, Action: a.Name, Modality: news.Asserted, Sentence: text, SentenceSpan: span,
			Trigger: span, Why: name, When: news.When{Precision: news.Unknown, Text: name, How: name}, TextHash: f.Story.TextHash,
			Participants: []news.Participant{{Role: news.Source, Entity: e.ID, Span: span}},
			Counts:       []news.Count{{Of: "killed", Low: 3, Text: name}}, Published: name,
		}}
		f.Quotations = []news.Quotation{{ID: news.QuotationID(f.Story.ID, span), Story: f.Story.ID, Span: span, Speaker: e.ID, Report: f.Reports[0].ID}}
		f.Positions = []news.Position{{
			ID: news.PositionID(f.Story.ID, span, e.ID), Story: f.Story.ID, Person: e.ID, Title: name, Status: news.Held, Since: name, Span: span, Why: name,
		}}
		all = append(all, f)
	}
	return all
}

// testHostile keeps such texts, byte for byte.
func testHostile(t *testing.T, h Harness) {
	s := h.Open(t)
	all := hostile()
	var texts []string
	for _, f := range all {
		texts = append(texts, f.Story.Text)
	}
	for batch := range slices.Chunk(all, 4) {
		put(t, s, batch...)
	}
	holds(t, "hostile texts", s, all...)
	g := refer(all...)
	found, err := s.StoriesByID(t.Context(), storyIDs(all...))
	if err != nil || len(found) != len(all) {
		t.Fatalf("%d stories, %v", len(found), err)
	}
	for i, f := range found {
		if f.Text != texts[i] || !reflect.DeepEqual(f, all[i].Story) {
			t.Errorf("%.60q came out as %.60q", texts[i], f.Text)
		}
		name := all[i].Entities[0].Name
		eq, sq := store.EntityQuery{Name: name, Paging: everything}, store.SearchQuery{Text: name, Paging: everything}
		got, err := bare(s.FindEntities(t.Context(), eq))
		same(t, fmt.Sprintf("entity called %.40q, %v", name, err), nodes(got), lines(g.findEntities(eq)))
		got, err = bare(s.Search(t.Context(), sq))
		same(t, fmt.Sprintf("search for %.40q, %v", name, err), nodes(got), lines(g.search(sq)))
		tq := store.StoryQuery{Publisher: name, Text: texts[i][:min(len(texts[i]), 5000)], Paging: everything}
		got, err = bare(s.Stories(t.Context(), tq))
		same(t, fmt.Sprintf("stories of %.40q, %v", name, err), nodes(got), lines(g.listStories(tq)))
	}
	equal(t, "removed", remove(t, s, all...), len(all))
	holds(t, "nothing is left", s)
}

// calls are all that can be asked of a store.
func calls(ctx context.Context, s store.Store) map[string]func() error {
	all, lists := library()
	calls := map[string]func() error{
		"put":    func() error { _, err := s.Put(ctx, all); return err },
		"remove": func() error { _, err := s.Remove(ctx, storyIDs(all...)); return err },
		"stats":  func() error { _, err := s.Stats(ctx); return err },
		"ping":   func() error { return s.Ping(ctx) },
		"records": func() error {
			var last error
			n := 0
			for _, err := range s.Records(ctx) {
				last = err
				n++
			}
			if n != 1 {
				return nil
			}
			return last
		},
		"paths": func() error {
			_, err := s.Paths(ctx, store.PathQuery{From: "state:KP", To: "state:RU", K: 1, Longest: 2})
			return err
		},
		"network": func() error {
			_, err := s.Network(ctx, store.NetworkQuery{Around: []news.ID{"state:KP"}, Depth: 1, Limit: 3})
			return err
		},
		"counts of stories": func() error {
			_, err := s.CountStories(ctx, store.StoryCountQuery{By: store.StoriesByYear, Top: 3})
			return err
		},
		"counts": func() error {
			_, err := s.Counts(ctx, store.CountQuery{By: []store.Dimension{store.ByActor, store.ByDay}, Top: 3})
			return err
		},
		"entities by id": func() error { _, err := s.Entities(ctx, []news.ID{"state:KP"}); return err },
		"events by id":   func() error { _, err := s.EventsByID(ctx, []news.ID{"event:1"}); return err },
		"reports by id":  func() error { _, err := s.ReportsByID(ctx, []news.ID{"report:1"}); return err },
		"stories by id":  func() error { _, err := s.StoriesByID(ctx, storyIDs(all...)); return err },
	}
	maps.Copy(calls, nodeCalls(ctx, s))
	for _, l := range lists {
		calls[l.name] = func() error {
			_, err := l.ask(ctx, s, store.Paging{First: 1})
			return err
		}
	}
	return calls
}

func testCancelled(t *testing.T, h Harness) {
	s := h.Open(t)
	put(t, s, invent(1))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for name, call := range calls(ctx, s) {
		if err := call(); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", name, err)
		}
	}
	holds(t, "after what was cancelled", s, invent(1))
	// What is cancelled in the middle leaves all of it or nothing.
	all, _ := library()
	ctx, cancel = context.WithCancel(t.Context())
	stop := make(chan struct{})
	go func() {
		defer close(stop)
		for _, err := range s.Records(t.Context()) {
			if err != nil {
				t.Errorf("records: %v", err)
			}
			cancel()
		}
	}()
	_, err := s.Put(ctx, all)
	<-stop
	if err != nil {
		holds(t, "put in vain", s, invent(1))
	} else {
		holds(t, "put in time", s, all...)
	}
	put(t, s, all...)
	holds(t, "put at last", s, all...)
}

func testClosed(t *testing.T, h Harness) {
	s := h.Open(t)
	put(t, s, invent(1))
	for range 2 {
		if err := s.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	}
	for name, call := range calls(t.Context(), s) {
		if err := call(); err == nil {
			t.Errorf("%s: no error after closing", name)
		}
	}
	holds(t, "opened again", h.Again(t), invent(1))
}
