// Package answer holds the objects of the API and how their fields are answered from a store's Reader. It knows neither HTTP nor
// how a query is parsed, limited or written (graph does), and it cannot write to the store.
//
// No field asks the store a row at a time. What one call to the store brought stays together as a batch, and a field that is asked of
// one of a batch is answered for all of it by one more call. So the number of calls depends on the shape of a query alone, never on
// how many rows it finds, nor on timing, as it would with loaders that wait for more keys.
package answer

import (
	"context"

	"newsgraph/news"
	"newsgraph/store"
)

// Graph makes the API's objects of what its Reader returns. Explain tells what of a story is no event; nil where nobody does.
type Graph struct {
	Reader  store.Reader
	Explain func(context.Context, news.Story) ([]Uncoded, error)
}

// Node is anything that has an id of its own and that Graph.Nodes finds.
type Node interface{ IsNode() }

// some is s, or nil for what the API shows as null.
func some[T comparable](s T) *T {
	var zero T
	if s == zero {
		return nil
	}
	return &s
}

// list is s, never nil: the API's lists are not null.
func list[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}

// distinct are the ids without repeats and empty ones, in order.
func distinct(ids []news.ID) []news.ID {
	seen := make(map[news.ID]bool, len(ids))
	kept := make([]news.ID, 0, len(ids))
	for _, id := range ids {
		if id != "" && !seen[id] {
			seen[id] = true
			kept = append(kept, id)
		}
	}
	return kept
}
