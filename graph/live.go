package graph

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/99designs/gqlgen/graphql/handler/transport"
	coder "github.com/coder/websocket"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/parser"
	"go.opentelemetry.io/otel/trace"

	"newsgraph/graph/access"
	"newsgraph/graph/internal/answer"
	"newsgraph/store"
)

const (
	pause        = time.Second      // between two looks at what has come
	heartbeat    = 10 * time.Second // of a connection over which nothing comes
	mostFollower = 1000             // subscriptions at once
	mostAtOnce   = 50               // operations at once over one WebSocket
)

// feed tells followers when stories have come. However many there are, the store is asked once a pause, and not at all while there are none.
type feed struct {
	reader store.Reader
	errors *presenter

	lock      sync.Mutex
	followers int
	last      string        // the cursor of what came last
	came      chan struct{} // closed when something comes
	failed    error         // why the last look did not see
	stop      context.CancelFunc
}

var errAtOnce = &answer.Error{Code: codeTooMany, Message: fmt.Sprintf("%d operations are under way over this WebSocket, as many as it takes: complete one, or open another", mostAtOnce)}

var errFollowers = &answer.Error{Code: codeTooMany, Message: "as many subscriptions as this server takes are open: ask for arrivals from time to time instead"}

// follow begins to look, if nobody did; leave ends it with the last follower.
func (f *feed) follow(ctx context.Context) error {
	f.lock.Lock()
	defer f.lock.Unlock()
	if f.followers == mostFollower {
		return errFollowers
	}
	if f.followers == 0 {
		last, err := f.reader.Arrived(ctx)
		if err != nil {
			return err
		}
		f.last, f.came, f.failed = last, make(chan struct{}), nil
		looking, stop := context.WithCancel(context.WithValue(context.WithoutCancel(ctx), tallyKey{}, nil)) // It looks for all, not for the first.
		f.stop = stop
		go f.look(looking)
	}
	f.followers++
	return nil
}

func (f *feed) leave() {
	f.lock.Lock()
	defer f.lock.Unlock()
	if f.followers--; f.followers == 0 {
		f.stop()
	}
}

// look wakes the followers whenever something has come, until ctx ends.
func (f *feed) look(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(pause):
		}
		last, err := f.reader.Arrived(ctx)
		f.lock.Lock()
		if ctx.Err() == nil {
			came := err == nil && last != f.last
			if came {
				f.last = last
			}
			if f.failed = err; came || err != nil {
				close(f.came)
				f.came = make(chan struct{})
			}
		}
		f.lock.Unlock()
	}
}

// next is closed when something comes after now; failed is why the last look did not see.
func (f *feed) next() (came <-chan struct{}, failed error) {
	f.lock.Lock()
	defer f.lock.Unlock()
	return f.came, f.failed
}

// stream follows what comes after a cursor, or from now on, and hands each arrival to each, with the cursor after which it came, which says false when
// the client has gone.
func (f *feed) stream(ctx context.Context, after *string, each func(e store.Edge[store.Arrival], before string) (bool, error)) error {
	if err := f.follow(ctx); err != nil {
		return err
	}
	defer f.leave()
	var last string
	var err error
	if after != nil {
		last = *after
	} else if last, err = f.reader.Arrived(ctx); err != nil {
		return err
	}
	for {
		came, failed := f.next()
		if failed != nil {
			return failed
		}
		for more := true; more; {
			page, err := f.reader.Arrivals(ctx, store.ArrivalQuery{Paging: store.Paging{First: answer.MostFirst, After: last}})
			if err != nil {
				return err
			}
			for _, e := range page.Edges {
				if on, err := each(e, last); err != nil || !on {
					return err
				}
				last = e.Cursor
			}
			more = page.More
		}
		select {
		case <-ctx.Done():
			return nil
		case <-came:
		}
		if err := again(ctx, false); err != nil {
			return err
		}
	}
}

// again is access.Again as an error of an answer.
func again(ctx context.Context, asks bool) error {
	err := access.Again(ctx, asks)
	var coded interface {
		error
		Code() string
	}
	if errors.As(err, &coded) {
		return &answer.Error{Code: coded.Code(), Message: coded.Error()}
	}
	return err
}

// sending makes a subscription of what stream hands out: its channel is closed at the end, before which an error is told.
// The cursor of each value is the id of its server-sent event.
func sending[T interface{ At() string }](ctx context.Context, p *presenter, stream func(send func(T) bool) error) <-chan T {
	out := make(chan T)
	var sent *events
	if l, ok := ctx.Value(liveKey{}).(live); ok {
		sent = l.events
	}
	fail := func(err error) {
		presented := p.present(ctx, err)
		if l, ok := ctx.Value(liveKey{}).(live); ok && l.events != nil {
			l.events.failed = gqlerror.List{presented}
			return
		}
		transport.AddSubscriptionError(ctx, presented) // which a WebSocket alone has a place for
		note(ctx, func(a *Answered) { a.tell(gqlerror.List{presented}) })
	}
	go func() {
		defer close(out)
		defer func() { // Nothing else stands between a panic here and the end of the server.
			if panicked := recover(); panicked != nil {
				fail(p.recover(ctx, panicked))
			}
		}()
		err := stream(func(v T) bool {
			if sent != nil {
				sent.push(v.At())
			}
			select {
			case out <- v:
				return true
			case <-ctx.Done():
				return false
			}
		})
		if err != nil && ctx.Err() == nil {
			fail(err)
		}
	}()
	return out
}

// liveKey is where an operation over a connection that stays open finds how.
type liveKey struct{}

type live struct {
	timeout time.Duration // of what is no subscription
	observe func(context.Context, Answered)
	tracer  trace.Tracer
	method  string        // of the request
	socket  *atomic.Int64 // how many operations are under way over a WebSocket; nil where there is none
	events  *events       // of server-sent events; nil where they are none
}

// events is a stream of server-sent events.
type events struct {
	failed gqlerror.List // why its subscription ended, which it has no other way to tell
	after  string        // the id of the last event that the client has, which it comes back with; else empty

	lock sync.Mutex
	ids  []string // of events that are not written yet
	id   string   // of the next that is
}

func (e *events) push(id string) {
	e.lock.Lock()
	defer e.lock.Unlock()
	e.ids = append(e.ids, id)
}

// pop makes the id of the event that was handed out first that of the next to be written.
func (e *events) pop() {
	e.lock.Lock()
	defer e.lock.Unlock()
	if e.id = ""; len(e.ids) > 0 {
		e.id, e.ids = e.ids[0], e.ids[1:]
	}
}

// resumed is the cursor that a client goes on after: that of the last event that it has (Last-Event-ID), else what it asks.
func resumed(ctx context.Context, after *string) *string {
	if l, ok := ctx.Value(liveKey{}).(live); ok && l.events != nil && l.events.after != "" {
		return &l.events.after
	}
	return after
}

// numbered writes the id of each server-sent event, by which a browser goes on where it was cut off
// (https://html.spec.whatwg.org/multipage/server-sent-events.html). The library writes an event at once, and none has an id.
type numbered struct {
	http.ResponseWriter
	events *events
}

var nextEvent = []byte("event: next\n")

func (n numbered) Write(b []byte) (int, error) {
	if n.events.id != "" && bytes.HasPrefix(b, nextEvent) {
		if _, err := fmt.Fprintf(n.ResponseWriter, "id: %s\n", n.events.id); err != nil {
			return 0, err
		}
	}
	return n.ResponseWriter.Write(b)
}

func (n numbered) Flush() { _ = http.NewResponseController(n.ResponseWriter).Flush() } // A client that has gone ends the request.

// begin counts, times and traces an operation until it has ended.
func (l live) begin(ctx context.Context, operation *graphql.OperationContext) (seeing context.Context, ended func()) {
	begun, seen, calls := time.Now(), &answering{Answered: Answered{Status: l.status()}}, &tally{}
	seen.is(operation)
	ctx, tell := l.telling(withLogged(ctx), operation.Operation.Operation != ast.Subscription)
	seeing = context.WithValue(context.WithValue(ctx, answeredKey{}, seen), tallyKey{}, calls)
	return seeing, func() {
		if l.socket != nil {
			l.socket.Add(-1)
		}
		tell(seen.ended(begun, calls))
	}
}

// telling begins the span of an operation, if there are traces, and tells of it at its end.
func (l live) telling(ctx context.Context, within bool) (spanned context.Context, tell func(Answered)) {
	var op *operation
	if spanned = ctx; l.tracer != nil {
		if spanned, op = beginSpan(ctx, l.tracer, l.method); within {
			spanned = op.around(spanned)
		}
	}
	return spanned, func(a Answered) {
		if op != nil {
			op.end(a)
		}
		if l.observe != nil {
			l.observe(spanned, a)
		}
	}
}

func (l live) status() int {
	if l.socket != nil {
		return http.StatusSwitchingProtocols
	}
	return http.StatusOK
}

// DispatchOperation answers an operation. What ended a stream of server-sent events is its last event.
func (c coercing) DispatchOperation(ctx context.Context, operation *graphql.OperationContext) (graphql.ResponseHandler, context.Context) {
	l, ok := ctx.Value(liveKey{}).(live)
	if !ok {
		return c.Executor.DispatchOperation(ctx, operation)
	}
	ctx, ended := l.begin(ctx, operation)
	cancel := func() {}
	if operation.Operation.Operation != ast.Subscription {
		ctx, cancel = context.WithTimeout(ctx, l.timeout)
	}
	respond, ctx := c.Executor.DispatchOperation(ctx, operation)
	return func(ctx context.Context) (answered *graphql.Response) {
		defer func() {
			if answered == nil { // There is no more.
				cancel()
				ended()
			}
		}()
		answered = respond(ctx)
		if l.events != nil {
			if l.events.pop(); answered == nil && len(l.events.failed) > 0 {
				answered = &graphql.Response{Errors: l.events.failed}
				l.events.failed = nil
			}
		}
		if answered != nil {
			note(ctx, func(a *Answered) {
				a.Bytes += len(answered.Data)
				a.tell(answered.Errors)
			})
		}
		return answered
	}, ctx
}

// coercing is the executor with our own reading of variables (variables.go), whichever transport brings them.
type coercing struct {
	*executor.Executor
	schema *ast.Schema
	errors *presenter
}

// CreateOperationContext parses and validates a query, and reads its variables. A list of errors says what is wrong.
func (c coercing) CreateOperationContext(ctx context.Context, params *graphql.RawParams) (*graphql.OperationContext, gqlerror.List) {
	variables := params.Variables
	params.Variables = clone(variables) // The executor's own reading writes into them.
	operation, list := c.Executor.CreateOperationContext(ctx, params)
	if operation.Operation == nil && operation.Doc != nil && len(operation.Doc.Operations) > 0 {
		return operation, gqlerror.List{unnamed(operation.Doc.Operations, params.OperationName)}
	}
	if operation.Operation != nil { // The query is valid.
		if operation.Operation.Operation == ast.Subscription && len(list) == 0 {
			// By what they are called in the answer: the library's rule counts two of the same field as one.
			if fields := graphql.CollectFields(operation, operation.Operation.SelectionSet, []string{c.schema.Subscription.Name}); len(fields) != 1 {
				list = gqlerror.List{invalid(operation.Operation.Position, "a subscription takes one field, not %d: subscribe to each by itself", len(fields))}
			}
		}
		coerced, wrong := coerce(c.schema, operation.Operation, variables)
		if operation.Variables = coerced; len(wrong) > 0 {
			list = wrong
		}
	}
	if l, ok := ctx.Value(liveKey{}).(live); ok {
		list = c.enter(ctx, l, operation, list)
	}
	return operation, list
}

// enter lets an operation over a connection that stays open begin, or returns why not, which is told as what ends it.
func (c coercing) enter(ctx context.Context, l live, operation *graphql.OperationContext, list gqlerror.List) gqlerror.List {
	if l.socket != nil {
		if err := again(ctx, true); err != nil {
			list = gqlerror.List{c.errors.present(ctx, err)}
		}
		if len(list) == 0 && l.socket.Add(1) > mostAtOnce {
			l.socket.Add(-1)
			list = gqlerror.List{c.errors.present(ctx, errAtOnce)}
		}
	}
	if len(list) > 0 {
		seen := Answered{Status: l.status(), Took: time.Since(operation.Stats.Read.Start)}
		if operation.Operation != nil {
			seen.is(operation)
		}
		seen.tell(list)
		_, tell := l.telling(ctx, false)
		tell(seen)
	}
	return list
}

// unnamed says which operations a document has, none of which is called name.
func unnamed(operations ast.OperationList, name string) *gqlerror.Error {
	var names []string
	for _, o := range operations {
		if o.Name != "" {
			names = append(names, o.Name)
		}
	}
	if name == "" {
		return invalid(nil, "the query has %d operations: say which in operationName", len(operations))
	}
	return invalid(nil, "the query has no operation %q%s", answer.Clip(name), didYouMean(name, names))
}

func invalid(at *ast.Position, format string, args ...any) *gqlerror.Error {
	err := gqlerror.Errorf(format, args...)
	if at != nil {
		err.Locations = []gqlerror.Location{{Line: at.Line, Column: at.Column}}
	}
	errcode.Set(err, errcode.ValidationFailed)
	return err
}

// live serves subscriptions: a WebSocket, or a request that accepts text/event-stream and nothing else that it could have. It says false where the
// request is neither.
func (h *handler) live(w http.ResponseWriter, r *http.Request) bool {
	socket := transport.Websocket{
		Implementation:        sockets{transport.CoderWebsocketImplementation{AcceptOptions: coder.AcceptOptions{InsecureSkipVerify: true}}, h.ending}, // mayFollow has looked,
		InitFunc:              enter,
		InitTimeout:           heartbeat,
		PingPongInterval:      heartbeat,
		KeepAlivePingInterval: heartbeat,
	}
	streams := (r.Method == http.MethodPost || r.Method == http.MethodGet) && strings.Contains(r.Header.Get("Accept"), "text/event-stream") && !socket.Supports(r)
	if streams {
		posted, err := h.streaming(w, r)
		var refused *refusal
		if errors.As(err, &refused) {
			Share(h.origins, w, r)
			h.refuse(w, r, refused.status, refused.code, refused.message)
			return true
		}
		if err != nil || posted == nil {
			return false
		}
		r = posted
	}
	ctx, cancel := context.WithCancel(graphql.StartOperationTrace(r.Context()))
	defer cancel()
	defer context.AfterFunc(h.ending, cancel)()
	l := live{timeout: h.timeout, observe: h.observe, tracer: h.tracer, method: r.Method}
	if h.tracer != nil {
		ctx = calling(ctx, r)
	}
	if streams {
		l.events = &events{after: r.Header.Get("Last-Event-ID")}
	} else {
		l.socket = new(atomic.Int64)
	}
	followed := r.WithContext(context.WithValue(ctx, liveKey{}, l))
	switch {
	case socket.Supports(r) && !h.mayFollow(r):
		h.refuse(w, r, http.StatusForbidden, codeForbidden, "pages of "+answer.Clip(r.Header.Get("Origin"))+" may not ask here")
	case socket.Supports(r):
		up := &upgrading{ResponseWriter: w}
		if socket.Do(up, followed, h.exec); up.status != 0 {
			h.refuse(w, r, up.status, codeBadRequest, "no WebSocket can be opened: "+answer.Clip(strings.TrimSpace(strings.TrimPrefix(up.why, "WebSocket protocol violation: "))))
		}
	case streams:
		Share(h.origins, w, r)
		if err := http.NewResponseController(w).SetWriteDeadline(time.Time{}); err != nil && !errors.Is(err, http.ErrNotSupported) {
			return false
		}
		if err := http.NewResponseController(w).SetReadDeadline(time.Time{}); err != nil && !errors.Is(err, http.ErrNotSupported) {
			return false
		}
		transport.SSE{KeepAlivePingInterval: heartbeat}.Do(numbered{w, l.events}, followed, h.exec)
	default:
		return false
	}
	return true
}

// refuse answers a request whose connection does not stay open.
func (h *handler) refuse(w http.ResponseWriter, r *http.Request, status int, code, message string) {
	list := gqlerror.List{{Message: message, Extensions: map[string]any{"code": code}}}
	h.write(w, r, mediaJSON, status, response{Errors: list})
	if h.observe != nil {
		seen := Answered{Status: status}
		seen.tell(list)
		h.observe(r.Context(), seen)
	}
}

// streaming reads a request that accepts text/event-stream, and returns it as the library takes it, a POST that is sound: the library answers one that is
// not with all of its body, which it logs too. It returns nil for one that takes JSON as well and asks no subscription: urql accepts all that it can
// read, whatever it asks, and an answer that is a stream would come without compression, and stay open. A GET, all that a browser's EventSource can
// send, streams a subscription alone.
func (h *handler) streaming(w http.ResponseWriter, r *http.Request) (*http.Request, error) {
	_, unread := accepted(r.Header.Values("Accept"))
	body := new(bytes.Buffer)
	r.Body = struct {
		io.Reader
		io.Closer
	}{io.TeeReader(r.Body, body), r.Body}
	params, err := read(w, r)
	var kind ast.Operation
	var unknown *gqlerror.Error
	if err == nil {
		asked := *params // Of a query that is asked by its hash, the text tells what it is.
		unknown = h.persisted.MutateOperationParameters(r.Context(), &asked)
		if doc, err := parser.ParseQueryWithTokenLimit(&ast.Source{Input: asked.Query}, mostTokens); err == nil && unknown == nil {
			if operation := doc.Operations.ForName(params.OperationName); operation != nil {
				kind = operation.Operation
			}
		}
	}
	switch get := r.Method != http.MethodPost; {
	case get && unread != nil && unknown != nil: // which it could not be told as JSON, nor by a stream that did not begin
		code, _ := unknown.Extensions["code"].(string)
		return nil, refuse(http.StatusBadRequest, code, "%s", unknown.Message)
	case kind != ast.Subscription && unread == nil, kind != ast.Subscription && get && err == nil:
		r.Body = struct {
			io.Reader
			io.Closer
		}{io.MultiReader(bytes.NewReader(body.Bytes()), r.Body), r.Body}
		return nil, nil
	case err != nil:
		return nil, err
	case get && !h.mayFollow(r):
		return nil, refuse(http.StatusForbidden, codeForbidden, "pages of %s may not ask here", answer.Clip(r.Header.Get("Origin")))
	}
	params.Headers = nil // They come with the request.
	asked, err := json.Marshal(params)
	if err != nil {
		return nil, err
	}
	posted := r.Clone(r.Context())
	posted.Method, posted.Body, posted.ContentLength = http.MethodPost, io.NopCloser(bytes.NewReader(asked)), int64(len(asked))
	posted.Header.Set("Content-Type", mediaJSON)
	return posted, nil
}
