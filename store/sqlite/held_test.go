package sqlite

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

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
		fresh := reopen(t, path)
		want, err := fresh.held(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if got.said() != want.said() {
			t.Fatalf("step %d: got\n%s\nwant\n%s", step, got.said(), want.said())
		}
		if again, err := s.held(t.Context()); err != nil || again != got {
			t.Errorf("step %d: read again though nothing changed, %v", step, err)
		}
		if err := fresh.Close(); err != nil {
			t.Fatal(err)
		}
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
