package sqlite

import (
	"context"
	"fmt"

	"newsgraph/store"
)

// Paths finds how two entities are connected.
func (s *Store) Paths(ctx context.Context, q store.PathQuery) (store.Paths, error) {
	paths, err := store.Connect(ctx, s, q)
	if err != nil {
		return store.Paths{}, fmt.Errorf("sqlite: paths: %w", err)
	}
	return paths, nil
}
