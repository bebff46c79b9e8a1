package sqlite

import (
	"path/filepath"
	"testing"

	"newsgraph/store"
	"newsgraph/store/storetest"
)

// reopen opens the file at path for a test.
func reopen(t testing.TB, path string) *Store {
	t.Helper()
	s, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func TestStore(t *testing.T) {
	var path string
	storetest.Run(t, storetest.Harness{
		Open: func(t testing.TB) store.Store {
			path = filepath.Join(t.TempDir(), "graph.db")
			return reopen(t, path)
		},
		Again: func(t testing.TB) store.Store { return reopen(t, path) },
	})
}
