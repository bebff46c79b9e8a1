package sqlite

import (
	"context"
	"errors"
	"path/filepath"
	"testing"

	"newsgraph/news"
)

// TestStatementsKept has statements that a second transaction wanted serve those after it, also after one that was given up, and never more than are to be kept.
func TestStatementsKept(t *testing.T) {
	s := reopen(t, filepath.Join(t.TempDir(), "graph.db"))
	put := func(n int) {
		t.Helper()
		if r, err := s.Put(t.Context(), []news.Facts{numbered(n, 3)}); err != nil || r.Added != 1 {
			t.Fatalf("story %d: %+v, %v", n, r, err)
		}
	}
	put(1)
	put(2)
	if n := len(s.writing.statements); n != 0 {
		t.Errorf("%d statements are kept that a second transaction wants first", n)
	}
	put(3)
	kept := len(s.writing.statements)
	if kept == 0 {
		t.Error("no statement is kept that two transactions wanted")
	}
	stopped, stop := context.WithCancel(t.Context())
	stop()
	if _, err := s.Put(stopped, []news.Facts{numbered(4, 3)}); !errors.Is(err, context.Canceled) {
		t.Errorf("given up: %v", err)
	}
	put(4)
	put(5)
	if n := len(s.writing.statements); n < kept || n > mostWritten {
		t.Errorf("%d statements are kept, of %d before", n, kept)
	}
	for i := range 2 * mostWritten {
		s.writing.again("SELECT " + string(rune('a'+i%26)) + " -- " + string(rune('\u4e00'+i)))
	}
	if n := len(s.writing.wanted) + len(s.writing.statements); n > mostWritten {
		t.Errorf("%d statements are wanted or kept", n)
	}
}
