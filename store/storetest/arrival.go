package storetest

import (
	"slices"
	"sync"
	"testing"
	"time"

	"newsgraph/news"
	"newsgraph/store"
)

// arrivals walks the list of what came after a cursor to its end.
func arrivals(t *testing.T, s store.Reader, after string) (ids []news.ID, last string) {
	t.Helper()
	for last = after; ; {
		page, err := s.Arrivals(t.Context(), store.ArrivalQuery{Paging: store.Paging{First: 2, After: last}})
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range page.Edges {
			if age := time.Since(e.Node.Loaded); age < -time.Minute || age > time.Hour {
				t.Errorf("%s came at %v", e.Node.Story.ID, e.Node.Loaded)
			}
			ids, last = append(ids, e.Node.Story.ID), e.Cursor
		}
		if !page.More {
			return ids, last
		}
	}
}

// Arrivals are in the order of loading, which being read again does not change, and a cursor goes on where it was.
func testArrivals(t *testing.T, h Harness) {
	s := h.Open(t)
	var all []news.Facts
	for n := range 5 {
		all = append(all, invent(n))
	}
	order := []int{3, 0, 4, 1, 2}
	var want []news.ID
	for _, i := range order[:3] {
		put(t, s, all[i])
		want = append(want, all[i].Story.ID)
	}
	ids, last := arrivals(t, s, "")
	if !slices.Equal(ids, want) {
		t.Fatalf("came %v, want %v", ids, want)
	}
	if now, err := s.Arrived(t.Context()); err != nil || now != last {
		t.Errorf("arrived at %q, %v; want %q", now, err, last)
	}
	put(t, s, read(all[3], "another", 1))
	remove(t, s, all[0])
	put(t, s, all[1])
	if ids, _ := arrivals(t, s, last); !slices.Equal(ids, []news.ID{all[1].Story.ID}) {
		t.Errorf("after the third came %v, want %s", ids, all[1].Story.ID)
	}
	put(t, s, all[0])
	if ids, _ := arrivals(t, s, ""); !slices.Equal(ids, []news.ID{all[3].Story.ID, all[4].Story.ID, all[1].Story.ID, all[0].Story.ID}) {
		t.Errorf("in all came %v", ids)
	}
	for since, n := range map[time.Duration]int{-time.Hour: 4, time.Hour: 0} {
		page, err := s.Arrivals(t.Context(), store.ArrivalQuery{Since: time.Now().Add(since), Paging: everything})
		if err != nil || len(page.Edges) != n {
			t.Errorf("since %v: %d came, %v; want %d", since, len(page.Edges), err, n)
		}
		events, err := s.Events(t.Context(), store.EventQuery{Loaded: time.Now().Add(since), Paging: everything})
		if err != nil || (len(events.Edges) == 0) != (n == 0) {
			t.Errorf("since %v: %d events, %v", since, len(events.Edges), err)
		}
	}
}

// Who follows the arrivals while four load sees each story once, whatever is committed in what order.
func testArrivalsWhileLoading(t *testing.T, h Harness) {
	s := h.Open(t)
	var stories []news.Facts
	for n := range 40 {
		stories = append(stories, invent(n))
	}
	var loaders sync.WaitGroup
	for k := range 4 {
		loaders.Go(func() {
			for i := k; i < len(stories); i += 4 {
				if _, err := s.Put(t.Context(), stories[i:i+1]); err != nil {
					t.Errorf("put: %v", err)
				}
			}
		})
	}
	done := make(chan struct{})
	go func() {
		loaders.Wait()
		close(done)
	}()
	seen, last := map[news.ID]int{}, ""
	for end := false; !end; {
		select {
		case <-done:
			end = true // and once more
		case <-time.After(5 * time.Millisecond):
		}
		var ids []news.ID
		ids, last = arrivals(t, s, last)
		for _, id := range ids {
			seen[id]++
		}
	}
	for _, f := range stories {
		if seen[f.Story.ID] != 1 {
			t.Errorf("%s was seen %d times", f.Story.ID, seen[f.Story.ID])
		}
	}
}
