package sqlite

import (
	"context"
	"fmt"

	"newsgraph/store"
)

// Network finds what surrounds entities.
func (s *Store) Network(ctx context.Context, q store.NetworkQuery) (store.Network, error) {
	net, err := store.Surround(ctx, s, q)
	if err != nil {
		return store.Network{}, fmt.Errorf("sqlite: network: %w", err)
	}
	return net, nil
}
