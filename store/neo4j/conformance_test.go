package neo4j

import (
	"testing"

	"newsgraph/store"
	"newsgraph/store/storetest"
)

func TestStore(t *testing.T) {
	storetest.Run(t, storetest.Harness{
		Open:  func(t testing.TB) store.Store { return empty(t) },
		Again: func(t testing.TB) store.Store { return again(t) },
	})
}
