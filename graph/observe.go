package graph

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"

	"newsgraph/graph/internal/answer"
)

// Answered is what is known of a request for GraphQL when it has been answered, or of an operation over a connection that stays open when it has ended.
type Answered struct {
	Operation string        // its name, as the client gave it; empty where it has none
	Type      string        // query, mutation or subscription; empty where the request was no valid one
	Status    int           // of HTTP; over a WebSocket 101
	Codes     []string      // of its errors, each once
	Cost      int           // fields that it asked for, at most
	Bytes     int           // of the answer, before compression
	Took      time.Duration // from its header on; of a subscription, as long as it was followed

	StoreCalls int           // of the store
	Store      time.Duration // in all of them together: those at one time count each
}

// tell adds the codes of errors.
func (a *Answered) tell(list gqlerror.List) {
	for _, e := range list {
		if code, ok := e.Extensions["code"].(string); ok && !slices.Contains(a.Codes, code) {
			a.Codes = append(a.Codes, code)
		}
	}
}

// is tells of an operation that is valid.
func (a *Answered) is(operation *graphql.OperationContext) {
	a.Operation, a.Type = answer.Clip(operation.Operation.Name), string(operation.Operation.Operation)
	a.Cost, _ = operation.Stats.GetExtension(costExtension).(int)
}

// WithObserver has every request told to observe when it has been answered, and so every operation over a WebSocket or as server-sent events.
func WithObserver(observe func(context.Context, Answered)) Option {
	return func(h *handler) { h.observe = observe }
}

type answeredKey struct{}

// answering is what is known so far, to all goroutines of a request.
type answering struct {
	lock sync.Mutex
	Answered
}

// ended is what is known at the end.
func (a *answering) ended(begun time.Time, calls *tally) Answered {
	a.lock.Lock()
	defer a.lock.Unlock()
	a.Took, a.StoreCalls, a.Store = time.Since(begun), int(calls.calls.Load()), time.Duration(calls.took.Load())
	return a.Answered
}

// note writes down what is known of the request of ctx, if anybody wants to know.
func note(ctx context.Context, set func(*Answered)) {
	if a, ok := ctx.Value(answeredKey{}).(*answering); ok {
		a.lock.Lock()
		defer a.lock.Unlock()
		set(&a.Answered)
	}
}

// tally is what the calls of the store took that a request made.
type tally struct{ calls, took atomic.Int64 }

type tallyKey struct{}

// watch tells of a call of the store to the request of ctx, and to its trace: what was called and how much came, never what was asked for.
func watch(ctx context.Context, call string) (context.Context, func(int, error)) {
	t, _ := ctx.Value(tallyKey{}).(*tally)
	op := traced(ctx)
	if t == nil && op == nil {
		return ctx, func(int, error) {}
	}
	begun := time.Now()
	var span trace.Span
	if op != nil {
		ctx, span = op.tracer.Start(op.under(ctx), "store "+call, trace.WithSpanKind(trace.SpanKindClient), trace.WithAttributes(attribute.String("db.operation.name", call)))
	}
	return ctx, func(rows int, err error) {
		if t != nil {
			t.calls.Add(1)
			t.took.Add(int64(time.Since(begun)))
		}
		if span == nil {
			return
		}
		span.SetAttributes(attribute.Int("db.response.returned_rows", rows))
		if err != nil {
			span.SetStatus(codes.Error, "the store failed") // What it says may quote what was asked for; the log has it.
		}
		span.End()
	}
}
