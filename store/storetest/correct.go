package storetest

import (
	"cmp"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"newsgraph/news"
	"newsgraph/store"
)

// noon is when the corrections of the suite begin to be made.
var noon = time.Date(2024, 2, 1, 12, 0, 0, 0, time.UTC)

// correct makes a correction, as a person asks for it.
func correct(t testing.TB, s store.Store, ask store.Asked) news.Correction {
	t.Helper()
	ask.By, ask.Because = "Ada", "as the suite says"
	c, _, err := store.Correct(t.Context(), s, ask, noon)
	if err != nil {
		t.Fatalf("correct: %v", err)
	}
	return c
}

func corrections(t testing.TB, s store.Store) []news.Correction {
	t.Helper()
	all, err := s.Corrections(t.Context())
	if err != nil {
		t.Fatalf("corrections: %v", err)
	}
	return all
}

// corrected is what a log makes of facts.
func corrected(t testing.TB, log news.Log, told ...news.Facts) []news.Facts {
	t.Helper()
	all := make([]news.Facts, len(told))
	for i, f := range told {
		ready, err := store.Prepare([]news.Facts{f})
		if err == nil {
			all[i], err = log.Correct(ready[0])
		}
		if err != nil {
			t.Fatalf("correct facts: %v", err)
		}
	}
	return all
}

// holdsCorrected tells that the store holds what its log makes of these facts, and the log.
func holdsCorrected(t testing.TB, what string, s store.Store, told ...news.Facts) {
	t.Helper()
	log := corrections(t, s)
	now, read := corrected(t, news.NewLog(log), told...), refer(told...)
	g := refer(now...)
	g.corrections, g.superseded = log, read.superseded
	for i, f := range corrected(t, news.Log{}, told...) {
		if _, current := read.story[f.Story.ID]; current && news.Changes(f, now[i]) {
			g.told = append(g.told, store.SortFacts(f))
		}
	}
	g.told = sorted(g.told, func(a, b news.Facts) int { return cmp.Compare(a.Story.ID, b.Story.ID) })
	sameText(t, what, export(t, s), g.export())
	var whole []news.Facts
	for _, f := range told {
		whole = append(whole, corrected(t, news.Log{}, f)...)
	}
	facts, err := s.FactsByID(t.Context(), storyIDs(told...))
	if err != nil {
		t.Fatalf("%s: facts: %v", what, err)
	}
	same(t, what+": facts as they were read", wholly(facts), wholly(whole))
}

// wholly are facts in the order of ids, as JSON, with how their stories were read left out as exports do.
func wholly(all []news.Facts) []string {
	some := make([]news.Facts, len(all))
	for i, f := range all {
		f.Story.How = ""
		some[i] = store.SortFacts(f)
	}
	return lines(some)
}

// testCorrections makes each kind of correction, and looks at what a reader of the graph sees.
func testCorrections(t *testing.T, h Harness) {
	s := h.Open(t)
	condemned := said{text: "Jake Sullivan condemned North Korea.", action: "condemn", who: "jake-sullivan > KP", when: "2024-01-09"}
	sold := said{text: "North Korea sold missiles to Volodymyr Zelenskyy.", action: "sell", who: "KP > volodymyr-zelenskyy with missile", by: "RU"}
	met := said{text: "Kim Jong Il met Russia.", action: "meet", who: "kim-jong-il > RU", when: "2024-01-08"}
	all := []news.Facts{
		story("One", "2024-01-10", "Agency", condemned, sold), story("One", "2024-01-10", "Post", condemned, sold),
		story("Two", "2024-01-11", "Post", condemned, met), story("Three", "2024-01-12", "Post", met),
	}
	put(t, s, all...)
	plain := export(t, s)
	check := func(what string) {
		t.Helper()
		holdsCorrected(t, what, s, all...)
		derives(t, what, s, corrected(t, news.NewLog(corrections(t, s)), all...)...)
		h.check(t)
	}
	event := func(action string) news.Event {
		t.Helper()
		page, err := s.Events(t.Context(), store.EventQuery{Actions: []string{action}, Paging: everything})
		if err != nil || len(page.Edges) != 1 {
			t.Fatalf("%s: %d events, %v", action, len(page.Edges), err)
		}
		return page.Edges[0].Node
	}
	events := func(action string) int {
		t.Helper()
		page, err := s.Events(t.Context(), store.EventQuery{Actions: []string{action}, Paging: everything})
		if err != nil {
			t.Fatal(err)
		}
		return len(page.Edges)
	}
	entity := func(id news.ID) news.Entity {
		t.Helper()
		found, err := s.Entities(t.Context(), []news.ID{id})
		if err != nil || len(found) != 1 {
			t.Fatalf("%s: %d entities, %v", id, len(found), err)
		}
		return found[0]
	}

	hidden := correct(t, s, store.Asked{Kind: news.Hide, Of: []news.ID{event("sell").ID}})
	check("hidden")
	equal(t, "hidden events", events("sell"), 0)
	if n := remove(t, s, all[0], all[1]); n != 2 {
		t.Errorf("removed %d", n)
	}
	put(t, s, all[0])
	equal(t, "hidden events of a story that is loaded again", events("sell"), 0)
	again := read(all[0], "2", 2)
	put(t, s, again, all[1])
	all[0] = again
	equal(t, "hidden events of a story that is read again, and of a copy", events("sell"), 0)
	check("loaded again")

	merged := correct(t, s, store.Asked{Kind: news.MergeEntities, Of: []news.ID{"person:kim-jong-il", "person:jake-sullivan"}})
	check("merged")
	equal(t, "who met", event("meet").Entities(news.Source), []news.ID{"person:kim-jong-il"})
	equal(t, "who condemned", event("condemn").Entities(news.Source), []news.ID{"person:kim-jong-il"})
	equal(t, "who", entity("person:kim-jong-il").Aliases, []string{"Jake Sullivan"})
	if found, err := s.Entities(t.Context(), []news.ID{"person:jake-sullivan"}); err != nil || len(found) != 0 {
		t.Errorf("who was merged is there: %v, %v", found, err)
	}

	correct(t, s, store.Asked{Kind: news.Rename, Of: []news.ID{"person:kim-jong-il"}, Name: "Kim the Elder"})
	equal(t, "renamed", entity("person:kim-jong-il").Name, "Kim the Elder")
	correct(t, s, store.Asked{Kind: news.Retype, Of: []news.ID{"state:RU"}, As: "organisation"})
	equal(t, "retyped", entity("state:RU").Kind, news.Organisation)
	retyped := correct(t, s, store.Asked{Kind: news.Retype, Of: []news.ID{event("meet").ID}, As: "visit"})
	equal(t, "retyped", event("visit").Type, news.TypeVisit)
	correct(t, s, store.Asked{Kind: news.Redate, Of: event("visit").Reports, Date: "2024-02"})
	equal(t, "redated", event("visit").When.To, "2024-02-29")
	check("renamed, retyped and redated")

	equal(t, "retyped back", correct(t, s, store.Asked{Kind: news.Undo, Of: []news.ID{retyped.ID}}).Undoes, retyped.ID)
	equal(t, "what is read again keeps its day", fmt.Sprint(event("meet").When.From, " ", events("visit")), "2024-02-01 0")
	split := correct(t, s, store.Asked{Kind: news.Split, Of: []news.ID{"person:kim-jong-il"}, Stories: storyIDs(all[3]), Name: "Kim (tailor)"})
	check("split")
	equal(t, "the other", entity("person:kim-tailor").Name, "Kim (tailor)")
	check("undone")

	pinned := correct(t, s, store.Asked{Kind: news.Pin, Of: storyIDs(all[2])})
	check("pinned")
	found, reread := events("condemn"), all[2]
	all[2] = read(all[2], "2", 0)
	put(t, s, all[2])
	check("pinned and read again")
	equal(t, "events of a pinned story that is read again", events("condemn"), found)
	correct(t, s, store.Asked{Kind: news.Undo, Of: []news.ID{pinned.ID}})
	check("pinned no more")
	all[2] = reread
	put(t, s, all[2])

	for _, c := range []news.Correction{hidden, merged, split} {
		undo := correct(t, s, store.Asked{Kind: news.Undo, Of: []news.ID{c.ID}})
		check("undone " + string(c.Kind))
		if _, _, err := store.Correct(t.Context(), s, store.Asked{Kind: news.Undo, Of: []news.ID{c.ID}, By: "Ada", Because: "again"}, noon); !errors.Is(err, store.ErrCorrection) || !strings.Contains(err.Error(), string(undo.ID)) {
			t.Errorf("undone twice: %v", err)
		}
	}
	for _, c := range corrections(t, s) {
		if c.Kind != news.Undo && news.NewLog(corrections(t, s)).Holds(c.ID) {
			correct(t, s, store.Asked{Kind: news.Undo, Of: []news.ID{c.ID}})
		}
	}
	check("all undone")
	log := corrections(t, s)

	// The log as another store takes it, before the stories, in any order and twice.
	other := h.Open(t)
	slices.Reverse(log)
	for range 2 {
		if _, err := other.Correct(t.Context(), slices.Concat(log, log)); err != nil {
			t.Fatal(err)
		}
	}
	put(t, other, all...)
	holdsCorrected(t, "imported", other, all...)
	sameText(t, "as if nothing had been corrected", strings.ReplaceAll(uncorrected(export(t, other)), `"reader":"2"`, `"reader":"1"`), uncorrected(plain))
}

// testPinned pins what was read, in whatever order it was told and whether it was there before the pin or comes after: no store keeps beside it what was read, for
// it is the same.
func testPinned(t *testing.T, h Harness) {
	f := story("One", "2024-01-10", "Agency",
		said{text: "Jake Sullivan condemned North Korea in Kyiv.", action: "condemn", who: "jake-sullivan > KP in kyiv", when: "2024-01-09", by: "RU", quote: "North Korea"},
		said{text: "Russia met Ukraine on Friday.", action: "meet", who: "RU > UA", when: "2024-01-08", by: "UA", quote: "met"},
		said{text: "Kim Jong Il sold missiles to Volodymyr Zelenskyy.", action: "sell", who: "kim-jong-il > volodymyr-zelenskyy with missile"})
	turned := f
	turned.Entities, turned.Mentions, turned.Reports = slices.Clone(f.Entities), slices.Clone(f.Mentions), slices.Clone(f.Reports)
	turned.Quotations, turned.Positions = slices.Clone(f.Quotations), slices.Clone(f.Positions)
	slices.Reverse(turned.Entities)
	slices.Reverse(turned.Mentions)
	slices.Reverse(turned.Reports)
	slices.Reverse(turned.Quotations)
	slices.Reverse(turned.Positions)
	var want string
	var log []news.Correction
	for _, facts := range []news.Facts{f, turned} {
		s := h.Open(t)
		put(t, s, facts)
		if log == nil {
			correct(t, s, store.Asked{Kind: news.Pin, Of: storyIDs(f)})
			log = corrections(t, s)
			want = export(t, s)
		} else if n, err := s.Correct(t.Context(), log); err != nil || n != 0 {
			t.Errorf("a pin of what was read changes %d stories, %v", n, err)
		}
		sameText(t, "pinned", export(t, s), want)
		holdsCorrected(t, "pinned", s, facts)
		h.check(t)

		after := h.Open(t)
		if _, err := after.Correct(t.Context(), log); err != nil {
			t.Fatal(err)
		}
		put(t, after, facts)
		sameText(t, "put where it was pinned", export(t, after), want)
		h.check(t)
	}
	if strings.Contains(want, `{"told"`) {
		t.Errorf("what was read is kept beside the same:\n%s", want)
	}
}

// testCorrectRefuses asks for corrections that cannot be: each says so, and nothing changes.
func testCorrectRefuses(t *testing.T, h Harness) {
	s := h.Open(t)
	f := story("One", "2024-01-10", "Agency", said{text: "Jake Sullivan condemned North Korea.", action: "condemn", who: "jake-sullivan > KP", when: "2024-01-09"})
	put(t, s, f, story("Two", "", "", said{text: "Russia met Ukraine.", action: "meet", who: "RU > UA"}))
	correct(t, s, store.Asked{Kind: news.MergeEntities, Of: []news.ID{"state:RU", "state:UA"}})
	correct(t, s, store.Asked{Kind: news.Hide, Of: []news.ID{f.Reports[0].ID}})
	before := export(t, s)
	ids := func(ids ...news.ID) []news.ID { return ids }
	for _, test := range []struct {
		says string
		ask  store.Asked
	}{
		{"nothing has the id state:XX", store.Asked{Kind: news.MergeEntities, Of: ids("state:RU", "state:XX")}},
		{"merged into state:RU", store.Asked{Kind: news.Rename, Of: ids("state:UA"), Name: "New"}},
		{"was hidden by", store.Asked{Kind: news.Hide, Of: ids(f.Reports[0].ID)}},
		{"stands there twice", store.Asked{Kind: news.MergeEntities, Of: ids("state:RU", "state:RU")}},
		{"not 1", store.Asked{Kind: news.MergeEntities, Of: ids("state:RU")}},
		{"no new name", store.Asked{Kind: news.Rename, Of: ids("state:RU"), Name: "Russia"}},
		{"no new name", store.Asked{Kind: news.Rename, Of: ids("state:RU"), Name: " … "}},
		{"no other kind", store.Asked{Kind: news.Retype, Of: ids("state:RU"), As: "STATE"}},
		{"no action", store.Asked{Kind: news.Retype, Of: ids(f.Reports[0].ID), As: "fly to the moon"}},
		{"no date", store.Asked{Kind: news.Redate, Of: ids(f.Reports[0].ID), Date: "Tuesday"}},
		{"no event and no report", store.Asked{Kind: news.Hide, Of: ids("state:RU")}},
		{"takes an event", store.Asked{Kind: news.Hide}},
		{"which stories", store.Asked{Kind: news.Split, Of: ids("state:RU"), Name: "Rus"}},
		{"does not tell the other", store.Asked{Kind: news.Split, Of: ids("person:jake-sullivan"), Name: "Jake Sullivan!", Stories: storyIDs(f)}},
		{"no correction has", store.Asked{Kind: news.Undo, Of: ids("correction:1")}},
		{"is none of", store.Asked{Kind: "MEND"}},
	} {
		test.ask.By, test.ask.Because = "Ada", "to see it fail"
		if _, _, err := store.Correct(t.Context(), s, test.ask, noon); !errors.Is(err, store.ErrCorrection) || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%s %v: %v, want %q", test.ask.Kind, test.ask.Of, err, test.says)
		}
	}
	forged := corrections(t, s)[0]
	forged.By = "Someone else"
	dangling := news.Correction{Kind: news.Undo, At: news.Instant(noon), By: "Ada", Because: "to see it fail", Undoes: "correction:00000000000000000000"}
	dangling.Identify()
	for _, c := range []news.Correction{forged, dangling} {
		if _, err := s.Correct(t.Context(), []news.Correction{c}); !errors.Is(err, store.ErrCorrection) {
			t.Errorf("%s: %v", c.ID, err)
		}
	}
	sameText(t, "after what was refused", export(t, s), before)
}

// testCorrectOrder corrects, undoes, puts, reads again and removes at random, by two at once: the graph is that of its stories and its log.
func testCorrectOrder(t *testing.T, h Harness) {
	const stories, steps = 24, 12
	one := h.Open(t)
	stores := []store.Store{one, h.Again(t)}
	all := make([]news.Facts, stories)
	for n := range all {
		all[n] = mixed(n)
	}
	put(t, one, all[:stories/2]...)
	var wg sync.WaitGroup
	for l := range uint64(4) {
		wg.Go(func() {
			s, r := stores[l%2], rand.New(rand.NewPCG(l, 6))
			for step := range steps {
				var err error
				switch f := all[r.IntN(stories)]; r.IntN(5) {
				case 0:
					_, err = s.Remove(t.Context(), storyIDs(f))
				case 1, 2:
					_, err = s.Put(t.Context(), []news.Facts{f, all[r.IntN(stories)]})
				default:
					_, _, err = store.Correct(t.Context(), s, randomly(r, f, corrections(t, s)), noon.Add(time.Duration(step)*time.Minute))
					if errors.Is(err, store.ErrCorrection) {
						err = nil // it names what is not there now
					}
				}
				if err != nil {
					t.Errorf("%d, step %d: %v", l, step, err)
				}
			}
		})
	}
	wg.Wait()
	if n := len(corrections(t, one)); n < 5 {
		t.Errorf("only %d corrections were made", n)
	}
	put(t, stores[1], all...)
	holdsCorrected(t, "after all were at odds", one, all...)
	derives(t, "after all were at odds", one, corrected(t, news.NewLog(corrections(t, one)), all...)...)
	h.check(t)
}

func randomly(r *rand.Rand, f news.Facts, log []news.Correction) store.Asked {
	ask := store.Asked{By: fmt.Sprint("Ada ", r.IntN(1e6)), Because: "by chance"}
	report, entity, another := f.Reports[r.IntN(len(f.Reports))].ID, f.Entities[r.IntN(len(f.Entities))].ID, f.Entities[r.IntN(len(f.Entities))].ID
	switch r.IntN(9) {
	case 8:
		ask.Kind, ask.Of = news.Pin, []news.ID{f.Story.ID}
	case 0:
		ask.Kind, ask.Of = news.Hide, []news.ID{report}
	case 1:
		ask.Kind, ask.Of = news.MergeEntities, []news.ID{entity, another}
	case 2:
		ask.Kind, ask.Of, ask.Name = news.Rename, []news.ID{entity}, "Renamed"
	case 3:
		ask.Kind, ask.Of, ask.As = news.Retype, []news.ID{entity}, "GROUP"
	case 4:
		ask.Kind, ask.Of, ask.As = news.Retype, []news.ID{report}, "attack"
	case 5:
		ask.Kind, ask.Of, ask.Date = news.Redate, []news.ID{report}, "2024-01-03"
	case 6:
		ask.Kind, ask.Of, ask.Name, ask.Stories = news.Split, []news.ID{entity}, "Another", []news.ID{f.Story.ID}
	default:
		ask.Kind = news.Undo
		if len(log) > 0 {
			ask.Of = []news.ID{log[r.IntN(len(log))].ID}
		}
	}
	return ask
}

// uncorrected is an export without the log of corrections, and without the line that counts it.
func uncorrected(export string) string {
	body, _, _ := strings.Cut(export, `{"end":`)
	body, _, _ = strings.Cut(body, `{"correction":`)
	return body
}
