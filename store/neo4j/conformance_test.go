package neo4j

import (
	"context"
	"testing"

	"newsgraph/store"
	"newsgraph/store/sqlite"
	"newsgraph/store/storetest"
)

func TestStore(t *testing.T) {
	var s *Store
	storetest.Run(t, storetest.Harness{
		Open: func(t testing.TB) store.Store {
			s = empty(t)
			return s
		},
		Again:    func(t testing.TB) store.Store { return again(t) },
		Embedded: func(ctx context.Context, file string) (store.Store, error) { return sqlite.Open(ctx, file) },
		Planned:  true,
		Check:    func(t testing.TB) { check(t, s) },
	})
}
