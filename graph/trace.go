package graph

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"
)

// WithTracer traces requests, and each operation over a WebSocket or as server-sent events: a span for each, which continues the caller's trace
// (traceparent, https://www.w3.org/TR/trace-context; over a WebSocket that of its handshake), under it one for each resolver that finds objects, however
// many objects ask it at once, and under these the calls of the store. A subscription is one span, as long as it was followed, without any under it: they
// would be without end. Neither the query nor its variables are told.
func WithTracer(t trace.Tracer) Option {
	return func(h *handler) { h.tracer = t }
}

// operation is the spans of a request.
type operation struct {
	tracer trace.Tracer
	root   trace.Span

	lock  sync.Mutex
	spans map[string]trace.Span // of resolvers, by their paths without indexes
}

type operationKey struct{}

// traced is the operation of ctx, nil where none is traced.
func traced(ctx context.Context) *operation {
	op, _ := ctx.Value(operationKey{}).(*operation)
	return op
}

// calling is ctx with the caller's trace.
func calling(ctx context.Context, r *http.Request) context.Context {
	return propagation.TraceContext{}.Extract(ctx, propagation.HeaderCarrier(r.Header))
}

// beginSpan begins the span of a request, or of an operation over a connection that stays open.
func beginSpan(ctx context.Context, t trace.Tracer, sent string) (context.Context, *operation) {
	ctx, root := t.Start(ctx, "graphql", trace.WithSpanKind(trace.SpanKindServer), trace.WithAttributes(attribute.String("http.request.method", method(sent))))
	return ctx, &operation{tracer: t, root: root, spans: map[string]trace.Span{}}
}

// around is ctx in which resolvers and calls of the store have spans of their own.
func (op *operation) around(ctx context.Context) context.Context {
	return context.WithValue(ctx, operationKey{}, op)
}

// method is one of those that are known, as a client may send any text.
func method(sent string) string {
	if slices.Contains(strings.Split(methods, ", "), sent) {
		return sent
	}
	return "_OTHER"
}

// end ends it with what was answered.
func (op *operation) end(a Answered) {
	if a.Type != "" {
		op.root.SetName(a.Type)
		op.root.SetAttributes(attribute.String("graphql.operation.type", a.Type), attribute.String("graphql.operation.name", a.Operation), attribute.Int("newsgraph.cost", a.Cost))
	}
	op.root.SetAttributes(attribute.Int("http.response.status_code", a.Status), attribute.Int("newsgraph.store.calls", a.StoreCalls), attribute.Float64("newsgraph.store.seconds", a.Store.Seconds()))
	if len(a.Codes) > 0 {
		op.root.SetAttributes(attribute.StringSlice("newsgraph.errors", a.Codes))
	}
	if slices.ContainsFunc(a.Codes, func(code string) bool {
		return code == codeInternal || code == codeUnavailable || code == codeTimeout
	}) {
		op.root.SetStatus(codes.Error, strings.Join(a.Codes, ","))
	}
	op.root.End()
}

// under returns ctx with the span of the resolver that it is of, or of the nearest around it.
func (op *operation) under(ctx context.Context) context.Context {
	op.lock.Lock()
	defer op.lock.Unlock()
	for path := pathOf(ctx); len(path) > 0; path = path[:len(path)-1] {
		if span, ok := op.spans[strings.Join(path, ".")]; ok {
			return trace.ContextWithSpan(ctx, span)
		}
	}
	return trace.ContextWithSpan(ctx, op.root)
}

// pathOf is the names of the fields down to that of ctx, as the client calls them, without indexes.
func pathOf(ctx context.Context) (path []string) {
	for at := graphql.GetFieldContext(ctx); at != nil; at = at.Parent {
		if at.Index == nil && at.Field.Field != nil {
			path = append(path, at.Field.Alias)
		}
	}
	slices.Reverse(path)
	return path
}

// resolving makes the spans of resolvers: of all objects that a resolver is asked for at one path, the first has one.
type resolving struct{}

func (resolving) ExtensionName() string                   { return "traces" }
func (resolving) Validate(graphql.ExecutableSchema) error { return nil }

func (resolving) InterceptField(ctx context.Context, next graphql.Resolver) (any, error) {
	op, field := traced(ctx), graphql.GetFieldContext(ctx)
	if op == nil || !field.IsMethod && !field.IsResolver || len(field.Field.Selections) == 0 || strings.HasPrefix(field.Field.Name, "__") {
		return next(ctx)
	}
	path := strings.Join(pathOf(ctx), ".")
	parent := op.under(ctx)
	op.lock.Lock()
	_, there := op.spans[path]
	var span trace.Span
	if !there {
		_, span = op.tracer.Start(parent, field.Field.ObjectDefinition.Name+"."+field.Field.Name, trace.WithAttributes(attribute.String("graphql.field.path", clipTo(path, mostMessage))))
		op.spans[path] = span
	}
	op.lock.Unlock()
	if span != nil {
		defer span.End()
	}
	return next(ctx)
}
