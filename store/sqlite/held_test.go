package sqlite

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"newsgraph/news"
	"newsgraph/store"
)

// said writes what is in memory, with texts in the place of symbols and rows.
func (h *held) said() string {
	var all strings.Builder
	text := func(n uint32) string { return h.symbols.texts[n] }
	for rank := range uint32(len(h.id)) {
		var e news.Event
		h.tell(&e, rank)
		var parts, publishers []string
		for _, p := range h.parts.of(rank) {
			parts = append(parts, fmt.Sprint(h.entities[p>>partBits].id, p&(1<<partBits-1)))
		}
		for _, p := range h.publishers.of(rank) {
			publishers = append(publishers, text(p))
		}
		slices.Sort(parts)
		slices.Sort(publishers)
		fmt.Fprintln(&all, e.ID, h.at[rank], h.length[rank], h.marks[rank], text(h.typ[rank]), e.Action, text(h.quads[h.action[rank]]), parts, publishers, slices.Sorted(slices.Values(h.reports.of(rank))))
	}
	for n, e := range h.entities {
		if e.id != "" {
			fmt.Fprintln(&all, n, h.entityNumber[e.id], e.id, text(e.kind), text(e.iso3), text(e.country), text(e.sector), h.eventsOf.of(uint32(n)))
		}
	}
	fmt.Fprintln(&all, len(h.entityNumber))
	for n, rank := range h.eventOf {
		if rank != none {
			fmt.Fprintln(&all, n, rank)
		}
	}
	return all.String()
}

// saidOf writes what is in memory of stories, and which of them have a word.
func saidOf(t testing.TB, s *Store, word string) string {
	t.Helper()
	h, tx, err := s.heldStories(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	found, err := h.find(t.Context(), tx, match([]string{word}))
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for n, by := range h.publisher {
		if by != none {
			fmt.Fprintln(&all, n, h.published[n], h.until[n], h.symbols.texts[by], found.has(uint32(n)))
		}
	}
	return all.String()
}

// inStep sees that what a store has in memory is what a fresh one reads.
func inStep(t testing.TB, s *Store, path string) {
	t.Helper()
	got, err := s.held(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	fresh := reopen(t, path)
	want, err := fresh.held(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if got.said() != want.said() {
		t.Fatalf("in memory is\n%s\nwant\n%s", got.said(), want.said())
	}
	if got, want := saidOf(t, s, "1"), saidOf(t, fresh, "1"); got != want {
		t.Fatalf("of stories is in memory\n%s\nwant\n%s", got, want)
	}
	if again, err := s.held(t.Context()); err != nil || again != got {
		t.Errorf("read again though nothing changed, %v", err)
	}
	if err := fresh.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestHeld changes a file by two stores that have it open, and sees that what a third has in memory, step by step, is what a fresh one reads.
func TestHeld(t *testing.T) {
	path := filepath.Join(t.TempDir(), "graph.db")
	writers := []*Store{reopen(t, path), reopen(t, path)}
	s := reopen(t, path)
	r := rand.New(rand.NewPCG(5, 6))
	there := map[int]news.Facts{}
	whole := 0
	for step := range 60 {
		var facts []news.Facts
		var gone []news.ID
		for range 1 + r.IntN(3) {
			n := r.IntN(40)
			f, ok := there[n]
			switch {
			case !ok:
				f = numbered(n, 1+n%7)
				for i := range f.Reports {
					if (n+i)%3 > 0 {
						f.Reports[i].SaidBy = nil
					}
				}
				there[n], facts = f, append(facts, f)
			case step%3 == 0: // another reader reads it, and knows more of its entities
				f.Story.Reader += "1"
				f.Entities = slices.Clone(f.Entities)
				for i := range f.Entities {
					f.Entities[i].Country = fmt.Sprint("C", step)
				}
				there[n], facts = f, append(facts, f)
			default:
				gone = append(gone, f.Story.ID)
				delete(there, n)
			}
		}
		if _, err := writers[step%2].Put(t.Context(), facts); err != nil {
			t.Fatal(err)
		}
		if _, err := writers[r.IntN(2)].Remove(t.Context(), gone); err != nil {
			t.Fatal(err)
		}
		was := s.holding.now.Load()
		got, err := s.held(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if was == nil || got.change-was.change > int64(len(was.id))/2+1000 {
			whole++
		}
		inStep(t, s, path)
	}
	if whole != 1 {
		t.Errorf("all was read %d times", whole)
	}
}

// TestHeldBehind reads all anew where the table of what changed has been cut.
func TestHeldBehind(t *testing.T) {
	s := reopen(t, filepath.Join(t.TempDir(), "graph.db"))
	count := func() int {
		counts, err := s.Counts(t.Context(), store.CountQuery{By: []store.Dimension{store.ByDay}, Top: 1})
		if err != nil {
			t.Fatal(err)
		}
		return counts.Total
	}
	for n := range 3 {
		if _, err := s.Put(t.Context(), []news.Facts{numbered(n, 2)}); err != nil {
			t.Fatal(err)
		}
		if n != 1 {
			continue
		}
		if got := count(); got != 4 {
			t.Errorf("%d events", got)
		}
	}
	if _, err := s.writes.ExecContext(t.Context(), `DELETE FROM changed WHERE n < (SELECT MAX(n) FROM changed)`); err != nil {
		t.Fatal(err)
	}
	if got := count(); got != 6 {
		t.Errorf("%d events", got)
	}
}

// TestHeldLeft asks, and goes away: what was begun is there for who comes next, and closing waits for it.
func TestHeldLeft(t *testing.T) {
	s := reopen(t, filepath.Join(t.TempDir(), "graph.db"))
	if _, err := s.Put(t.Context(), []news.Facts{numbered(1, 2)}); err != nil {
		t.Fatal(err)
	}
	gone, leave := context.WithCancel(t.Context())
	leave()
	q := store.CountQuery{By: []store.Dimension{store.ByDay}, Top: 1}
	if _, err := s.Counts(gone, q); !errors.Is(err, context.Canceled) {
		t.Errorf("answered who was gone: %v", err)
	}
	if counts, err := s.Counts(t.Context(), q); err != nil || counts.Total != 2 {
		t.Errorf("%+v, %v", counts, err)
	}
	for range 2 {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
	if _, err := s.Counts(t.Context(), q); err == nil {
		t.Error("a closed store answers")
	}
}

// TestBeforeHeld asks before all is in memory, and after. The answers are the same, and few words and ids do not have it read.
func TestBeforeHeld(t *testing.T) {
	path := filepath.Join(t.TempDir(), "graph.db")
	warm := reopen(t, path)
	var all []news.Facts
	var events []news.ID
	for n := range 12 {
		f := numbered(n, 1+n%5)
		for i := range f.Reports {
			f.Reports[i].SaidBy = f.Reports[i].SaidBy[:i%2]
		}
		all = append(all, f)
	}
	if _, err := warm.Put(t.Context(), append(all, condemns("One", "It rained."), condemns("Two", "It rained, they say, on the day of the elections."))); err != nil {
		t.Fatal(err)
	}
	if err := warm.Warm(t.Context()); err != nil {
		t.Fatal(err)
	}
	for rank := range uint32(len(warm.holding.now.Load().id)) {
		events = append(events, unhash("event", warm.holding.now.Load().id[rank][:]))
	}
	since := time.Now().Add(-time.Hour)
	for _, test := range []struct {
		name string
		q    store.EventQuery
		read bool
		n    int // of events; -1 for some, and not all
	}{
		{"words", store.EventQuery{Text: "minist tow"}, false, len(events) - 1},
		{"words of one event", store.EventQuery{Text: "chad"}, false, 1},
		{"words of none", store.EventQuery{Text: "elections"}, false, 0},
		{"words and what else SQL finds", store.EventQuery{
			Text: "attack", Claims: store.ExcludeClaims, MinTexts: 1, Loaded: since, Published: &news.Interval{From: "2024-03-01"},
			Participants: []store.Participation{{Roles: []news.Role{news.Place}}}, Order: store.OldestFirst,
		}, false, -1},
		{"ids", store.EventQuery{Events: append(slices.Clone(events[:3]), events[0], "event:00000000000000000000", "no id")}, false, 3},
		{"no ids", store.EventQuery{Events: []news.ID{}}, false, 0},
		{"ids and words", store.EventQuery{Events: events, Text: "chad peru"}, false, 1},
		{"ids of two texts", store.EventQuery{Events: events, MinTexts: 2}, false, 1},
		{"ids of claims", store.EventQuery{Events: events, Claims: store.OnlyClaims}, false, -1},
		{"loaded", store.EventQuery{Loaded: since}, false, len(events)},
		{"loaded later", store.EventQuery{Loaded: since.Add(2 * time.Hour)}, false, 0},
		{"published", store.EventQuery{Published: &news.Interval{From: "2024-01-10", To: "2024-01-10"}}, false, -1},
		{"claims", store.EventQuery{Claims: store.OnlyClaims}, true, -1},
		{"a publisher", store.EventQuery{Publisher: "agency", Events: events}, true, len(events) - 1},
		{"a class", store.EventQuery{Text: "chad", Participants: []store.Participation{{Class: store.Class{Kinds: []news.Kind{news.State}}}}}, true, 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			test.q.Paging = store.Paging{First: 100}
			cold := reopen(t, path)
			got, err1 := cold.Events(t.Context(), test.q)
			want, err2 := warm.Events(t.Context(), test.q)
			if err := errors.Join(err1, err2); err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(got, want) {
				t.Errorf("got %+v, want %+v", got, want)
			}
			if n := len(got.Edges); n != test.n && (test.n >= 0 || n == 0 || n == len(events)) {
				t.Errorf("%d of %d events", n, len(events))
			}
			if read := cold.holding.now.Load() != nil; read != test.read {
				t.Errorf("read into memory: %v", read)
			}
			counts, err := warm.Counts(t.Context(), store.CountQuery{Filter: test.q, By: []store.Dimension{store.ByType}, Top: 1})
			if err != nil || counts.Total != len(got.Edges) {
				t.Errorf("%d events counted, %v", counts.Total, err)
			}
		})
	}
}

// retold is a story of one report told by another publisher, with a word in the place of one as long.
func retold(f news.Facts, publisher, word, by string) news.Facts {
	f.Story.Publisher, f.Story.Text = publisher, strings.ReplaceAll(f.Story.Text, word, by)
	f.Story.Identify()
	f.Mentions = nil
	r := f.Reports[0]
	r.ID, r.Story, r.TextHash = news.ReportID(f.Story.ID, r.Trigger, r.Action, 0), f.Story.ID, f.Story.TextHash
	r.Sentence = r.SentenceSpan.In(f.Story.Text)
	f.Reports = []news.Report{r}
	return f
}

// TestHeldNumbers has another process take the last report away and give its number to a new one, between the moment in which a question finds all events in
// memory and that in which it asks the file for words or speakers: the event of the report that went, which another still tells, is not found by the new one.
func TestHeldNumbers(t *testing.T) {
	path := filepath.Join(t.TempDir(), "graph.db")
	s, other := reopen(t, path), reopen(t, path)
	stays, goes := numbered(1, 1), news.Facts{}
	id := func(told ...news.Facts) news.ID {
		var reports []news.Report
		for _, f := range told {
			reports = append(reports, f.Reports...)
		}
		return news.Merge(reports)[0].ID
	}
	for n := 0; n == 0 || id(stays) != id(stays, goes); n++ { // the event keeps its id
		goes = retold(numbered(1, 1), fmt.Sprint("Other ", n), "minister", "minister")
	}
	comes := retold(numbered(2, 1), "Agency", "minister", "gardener")
	for _, f := range []news.Facts{stays, goes} {
		if _, err := s.Put(t.Context(), []news.Facts{f}); err != nil {
			t.Fatal(err)
		}
	}
	h, err := s.held(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(h.id) != 1 || len(h.reports.of(0)) != 2 {
		t.Fatalf("%d events, and the first of %d reports", len(h.id), len(h.reports.of(0)))
	}
	if _, err := other.Remove(t.Context(), []news.ID{goes.Story.ID}); err != nil {
		t.Fatal(err)
	}
	if _, err := other.Put(t.Context(), []news.Facts{comes}); err != nil {
		t.Fatal(err)
	}
	if numbers, err := rows(t.Context(), s.ask, number, `SELECT n FROM report ORDER BY n`); err != nil || !slices.Equal(numbers, []int64{1, 2}) {
		t.Fatalf("the reports are %d, %v: no number came twice", numbers, err)
	}
	choice := func(q store.EventQuery) *choice {
		c, err := s.chooseOf(t.Context(), h, q)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	words := []string{"gardener"}
	for name, ranks := range map[string]func() bitset{
		"words": func() bitset {
			c := choice(store.EventQuery{})
			if err := s.narrowByWords(t.Context(), c, words); err != nil {
				t.Fatal(err)
			}
			return c.some
		},
		"the words of reports read": func() bitset {
			c := choice(store.EventQuery{})
			found, _, err := s.read(t.Context(), c, nil, words, 20)
			if err != nil {
				t.Fatal(err)
			}
			ranks := newBitset(len(h.id))
			for _, rank := range found {
				ranks.add(rank)
			}
			return ranks
		},
		"speakers": func() bitset {
			return choice(store.EventQuery{SaidBy: store.Party{Entities: comes.Reports[0].SaidBy}}).some
		},
	} {
		if ranks().has(0) {
			t.Errorf("by %s an event is found that has none such", name)
		}
	}
	if c := choice(store.EventQuery{SaidBy: store.Party{Entities: stays.Reports[0].SaidBy}}); !c.some.has(0) {
		t.Error("the event is not found by who says so in the report that stayed")
	}
}
