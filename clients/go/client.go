// Package client asks newsgraph from Go, in types that genqlient makes of the schema and of queries.graphql. Copy it and write queries of your own.
package client

import (
	"context"
	"fmt"
	"iter"

	"github.com/Khan/genqlient/graphql"
)

//go:generate go tool genqlient

// All yields every event that the filter lets through, newest first, a page of 100 after the other. It ends with the first error, or with ctx.
func All(ctx context.Context, server graphql.Client, filter *EventFilter) iter.Seq2[Event, error] {
	return func(yield func(Event, error) bool) {
		first, after := 100, (*string)(nil)
		for {
			page, err := Events(ctx, server, filter, &first, after)
			if err != nil {
				yield(Event{}, fmt.Errorf("events: %w", err))
				return
			}
			for _, edge := range page.Events.Edges {
				if !yield(*edge.Node, nil) {
					return
				}
			}
			if !page.Events.PageInfo.HasNextPage {
				return
			}
			after = page.Events.PageInfo.EndCursor
		}
	}
}
