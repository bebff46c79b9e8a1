package sqlite

import (
	"path/filepath"
	"testing"
	"time"

	"newsgraph/news"
	"newsgraph/store"
)

// segments is of how many parts name_words is.
func segments(t *testing.T, s *Store) (n int) {
	t.Helper()
	if err := s.reads.QueryRowContext(t.Context(), `SELECT COUNT(DISTINCT segid) FROM name_words_idx`).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// Names that came in several transactions are searched in one place once the file is closed, and found as before; closing waits for nobody who writes.
func TestNamesAreMerged(t *testing.T) {
	file := filepath.Join(t.TempDir(), "graph.db")
	s := reopen(t, file)
	other := reopen(t, file)
	for n := range 6 {
		if r, err := s.Put(t.Context(), []news.Facts{numbered(n, 3)}); err != nil || r.Added != 1 {
			t.Fatalf("story %d: %+v, %v", n, r, err)
		}
	}
	found := func(s *Store) int {
		t.Helper()
		p, err := s.Search(t.Context(), store.SearchQuery{Text: "person number", Paging: store.Paging{First: 50}})
		if err != nil {
			t.Fatal(err)
		}
		return len(p.Edges)
	}
	several, before := segments(t, s), found(s)
	if several < 2 || before == 0 {
		t.Fatalf("%d parts, %d found", several, before)
	}
	tx, err := other.writes.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	s.mergeNames()
	if took := time.Since(began); took > 10*time.Second {
		t.Errorf("it waited %v for another who writes", took)
	}
	if n := segments(t, s); n != several {
		t.Errorf("%d parts, %d before, though another wrote", n, several)
	}
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if n, after := segments(t, other), found(other); n != 1 || after != before {
		t.Errorf("%d parts and %d found when closed, %d and %d before", n, after, several, before)
	}
}
