package neo4j

import (
	"testing"

	"newsgraph/store"
	"newsgraph/store/storetest"
)

func TestStore(t *testing.T) {
	var s *Store
	storetest.Run(t, storetest.Harness{
		Open: func(t testing.TB) store.Store {
			s = empty(t)
			return s
		},
		Again: func(t testing.TB) store.Store { return again(t) },
		Check: func(t testing.TB) { check(t, s) },
	})
}
