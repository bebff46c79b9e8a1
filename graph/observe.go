package graph

import (
	"context"
	"time"
)

// Answered is what is known of a request for GraphQL when it has been answered.
type Answered struct {
	Operation string        // its name, as the client gave it; empty where it has none
	Type      string        // query, mutation or subscription; empty where the request was no valid one
	Status    int           // of HTTP
	Codes     []string      // of its errors, each once
	Cost      int           // fields that it asked for, at most
	Bytes     int           // of the answer, before compression
	Took      time.Duration // from its header on
}

// WithObserver has every request told to observe when it has been answered.
func WithObserver(observe func(context.Context, Answered)) Option {
	return func(h *handler) { h.observe = observe }
}

type answeredKey struct{}

// note writes down what is known of the request of ctx, if anybody wants to know.
func note(ctx context.Context, set func(*Answered)) {
	if a, ok := ctx.Value(answeredKey{}).(*Answered); ok {
		set(a)
	}
}
