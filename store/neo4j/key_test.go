package neo4j

import (
	"sync/atomic"
	"testing"
	"time"

	"newsgraph/news"
)

// TestLocks holds locks in one transaction: another that wants one of them waits for its end, one that wants others does not.
func TestLocks(t *testing.T) {
	s := empty(t)
	locking := func(work func(), names ...string) error {
		k := keys{}
		for _, n := range names {
			k.add(n)
		}
		_, err := write(t.Context(), s, "lock", func(tx transaction) (struct{}, error) {
			err := k.lock(tx)
			if err == nil {
				work()
			}
			return struct{}{}, err
		})
		return err
	}
	for range 2 { // a name can be locked again and again
		held, over := make(chan struct{}), make(chan struct{})
		first, second := make(chan error, 1), make(chan error, 1)
		go func() { first <- locking(func() { close(held); <-over }, "one", "two", "three") }()
		<-held
		if err := locking(func() {}, "four"); err != nil {
			t.Errorf("another name: %v", err)
		}
		var ended atomic.Bool
		go func() {
			second <- locking(func() {
				if !ended.Load() {
					t.Error("a lock is held by two")
				}
			}, "five", "two")
		}()
		blocked := func() bool {
			return len(cypher(t, s, `SHOW TRANSACTIONS YIELD status WHERE status STARTS WITH 'Blocked' RETURN status`)) > 0
		}
		for range 500 {
			if blocked() {
				break
			}
			time.Sleep(10 * time.Millisecond)
		}
		if !blocked() {
			t.Error("who wants a lock that another holds does not wait")
		}
		ended.Store(true)
		close(over)
		for _, done := range []chan error{first, second} {
			if err := <-done; err != nil {
				t.Error(err)
			}
		}
	}
	same(t, "what locks leave", cypher(t, s, `MATCH (n:Key) RETURN n.id`), nil)
}

// TestSpots holds the locks of spots to what they are for: two that touch share one, and those of far days do not.
func TestSpots(t *testing.T) {
	of := func(from, to string) keys {
		k := keys{}
		k.addSpot(spot{"key", news.Interval{From: from, To: to}})
		return k
	}
	all := []news.Interval{
		{From: "2024-01-09", To: "2024-01-09"},
		{From: "2024-01-01", To: "2024-12-31"},
		{From: "1969-11-02", To: "1970-03-01"},
		{From: "1500-01-01", To: "1500-01-01"},
		{From: "1400-01-01", To: "2030-01-01"},
		{From: "0", To: "<"},
		{From: timeless + "a", To: timeless + "a"},
		{From: timeless + "b", To: timeless + "b"},
		{From: "2024-03-01", To: "2024-03-01"},
		{From: "2024-12-31", To: "2031-01-01"},
	}
	for _, a := range all {
		for _, b := range all {
			shared := false
			for k := range of(a.From, a.To) {
				shared = shared || of(b.From, b.To)[k]
			}
			if touch := a.From <= b.To && b.From <= a.To; touch && !shared {
				t.Errorf("%v and %v share a day and no lock", a, b)
			}
		}
	}
	for _, b := range []news.Interval{{From: "2024-06-01", To: "2024-06-01"}, {From: timeless + "a", To: timeless + "a"}} {
		if a := of("2024-01-09", "2024-01-09"); a.covers(of(b.From, b.To)) {
			t.Errorf("%v shares its lock with a day that is far away", b)
		}
	}
}
