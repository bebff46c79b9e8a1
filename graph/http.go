package graph

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"go.opentelemetry.io/otel/trace"

	"newsgraph/graph/internal/answer"
	"newsgraph/news"
)

const mostBytes = 1 << 20 // of a request's body

// The media types of answers. A client that asks for mediaGraphQL gets the statuses that it stands for; to others every well-formed
// request is a 200, as it has been since before the specification.
const (
	mediaGraphQL = "application/graphql-response+json"
	mediaJSON    = "application/json"
)

// handler speaks GraphQL over HTTP.
type handler struct {
	curator   Curator // nil where nobody may correct
	loader    Loader  // nil where nobody may load
	unserved  unserved
	past      Past
	explain   func(context.Context, news.Story) ([]Uncoded, error)
	exec      coercing
	schema    *ast.Schema
	errors    *presenter
	persisted *persisted
	timeout   time.Duration
	ending    context.Context // of subscriptions
	origins   []string
	observe   func(context.Context, Answered) // nil for nobody
	tracer    trace.Tracer                    // nil for none
	zippers   sync.Pool                       // of *gzip.Writer
}

// refusal is an answer to what is no GraphQL request.
type refusal struct {
	status  int
	code    string
	message string
}

func (r *refusal) Error() string { return r.message }

func refuse(status int, code, format string, args ...any) error {
	return &refusal{status, code, fmt.Sprintf(format, args...)}
}

// response is the body of an answer. A request that was not executed has no data, not even null.
type response struct {
	Errors gqlerror.List   `json:"errors,omitempty"`
	Data   json.RawMessage `json:"data,omitempty"`

	Extensions map[string]any `json:"extensions,omitempty"`
}

func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if h.live(w, r) {
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), h.timeout)
	defer cancel()
	ctx = graphql.StartOperationTrace(withLogged(ctx))
	if h.observe != nil || h.tracer != nil {
		begun, seen, calls := time.Now(), &answering{}, &tally{}
		ctx = context.WithValue(context.WithValue(ctx, answeredKey{}, seen), tallyKey{}, calls)
		var op *operation
		if h.tracer != nil {
			ctx, op = beginSpan(calling(ctx, r), h.tracer, r.Method)
			ctx = op.around(ctx)
		}
		r = r.WithContext(ctx)
		defer func() {
			all := seen.ended(begun, calls)
			if op != nil {
				op.end(all)
			}
			if h.observe != nil {
				h.observe(ctx, all)
			}
		}()
	}
	defer func() {
		if p := recover(); p != nil {
			h.write(w, r, mediaJSON, http.StatusInternalServerError, response{Errors: gqlerror.List{h.errors.present(ctx, h.errors.recover(ctx, p))}})
		}
	}()
	w.Header().Set("Vary", "Accept, Accept-Encoding")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	shared := Share(h.origins, w, r)
	if r.Method == http.MethodOptions {
		h.preflight(w, shared)
		return
	}
	media, err := accepted(r.Header.Values("Accept"))
	if err == nil {
		err = h.serve(ctx, w, r.WithContext(ctx), media)
	}
	var refused *refusal
	switch {
	case err == nil:
	case errors.As(err, &refused):
		if refused.status == http.StatusMethodNotAllowed {
			w.Header().Set("Allow", methods)
		}
		e := &gqlerror.Error{Message: refused.message, Extensions: map[string]any{"code": refused.code}}
		h.write(w, r, media, refused.status, response{Errors: gqlerror.List{e}})
	case r.Context().Err() != nil: // The client has gone.
	default:
		h.write(w, r, media, http.StatusServiceUnavailable, response{Errors: gqlerror.List{h.errors.present(ctx, err)}})
	}
}

// serve reads a request, executes it and writes the answer. What it returns was not answered.
func (h *handler) serve(ctx context.Context, w http.ResponseWriter, r *http.Request, media string) error {
	params, err := read(w, r)
	if err != nil {
		return err
	}
	operation, list := h.exec.CreateOperationContext(ctx, params)
	if operation.Operation != nil { // The query is valid.
		note(ctx, func(a *Answered) { a.is(operation) })
	}
	if len(list) > 0 {
		presented := h.exec.DispatchError(graphql.WithOperationContext(ctx, operation), list)
		h.write(w, r, media, statusOf(media, http.StatusBadRequest), response{Errors: capped(presented.Errors), Extensions: told(operation)})
		return nil
	}
	if operation.Operation.Operation == ast.Subscription {
		return refuse(http.StatusNotAcceptable, codeBadRequest, "a subscription goes over WebSocket (graphql-transport-ws), or as events with Accept: text/event-stream; ask for arrivals from time to time where neither can be had")
	}
	if r.Method != http.MethodPost && operation.Operation.Operation != ast.Query {
		return refuse(http.StatusMethodNotAllowed, codeBadRequest, "GET takes queries only: POST a %s", operation.Operation.Operation)
	}
	respond, ctx := h.exec.DispatchOperation(ctx, operation)
	answered := respond(ctx)
	if answered == nil {
		return fmt.Errorf("graph: answer: %w", context.Cause(ctx))
	}
	h.write(w, r, media, http.StatusOK, response{Errors: capped(answered.Errors), Data: answered.Data, Extensions: told(operation)})
	return nil
}

// statusOf is status for a client that takes mediaGraphQL, else 200.
func statusOf(media string, status int) int {
	if media == mediaGraphQL {
		return status
	}
	return http.StatusOK
}

// accepted is the media type that the Accept headers prefer. Without preference it is mediaJSON.
func accepted(headers []string) (string, error) {
	if len(headers) == 0 {
		return mediaJSON, nil
	}
	best, chosen := 0.0, ""
	for _, part := range strings.Split(strings.Join(headers, ","), ",") {
		name, params, err := mime.ParseMediaType(part)
		if err != nil {
			continue
		}
		quality := 1.0
		if q, err := strconv.ParseFloat(params["q"], 64); err == nil {
			quality = q
		}
		media := ""
		switch name {
		case mediaGraphQL:
			media = mediaGraphQL
		case mediaJSON, "application/*", "*/*":
			media = mediaJSON
		}
		if media != "" && quality > best {
			best, chosen = quality, media
		}
	}
	if chosen == "" {
		return mediaJSON, refuse(http.StatusNotAcceptable, codeBadRequest, "answers come as %s or %s: Accept one of them", mediaGraphQL, mediaJSON)
	}
	return chosen, nil
}

// read reads a request's parameters.
func read(w http.ResponseWriter, r *http.Request) (*graphql.RawParams, error) {
	params := &graphql.RawParams{Headers: r.Header, ReadTime: graphql.TraceTiming{Start: graphql.Now()}}
	var err error
	switch r.Method {
	case http.MethodGet, http.MethodHead:
		err = readURL(r.URL, params)
	case http.MethodPost:
		err = readBody(w, r, params)
	default:
		err = refuse(http.StatusMethodNotAllowed, codeBadRequest, "%s is not for queries: POST or GET one", answer.Clip(r.Method))
	}
	if err == nil && params.Query == "" && params.Extensions["persistedQuery"] == nil && params.Extensions[documentID] == nil {
		err = refuse(http.StatusBadRequest, codeBadRequest, "query is missing")
	}
	params.ReadTime.End = graphql.Now()
	return params, err
}

func readURL(u *url.URL, params *graphql.RawParams) error {
	values, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return refuse(http.StatusBadRequest, codeBadRequest, "the URL's query cannot be read: escape it")
	}
	params.Query = values.Get("query")
	params.OperationName = values.Get("operationName")
	id := values.Get(documentID)
	for name, into := range map[string]*map[string]any{"variables": &params.Variables, "extensions": &params.Extensions} {
		if text := values.Get(name); text != "" {
			if err := decode([]byte(text), into); err != nil {
				return refuse(http.StatusBadRequest, codeBadRequest, "%s is no JSON object", name)
			}
		}
	}
	identified(params, id)
	return nil
}

// documentID is the parameter by which the specification's persisted documents, and Relay, ask for a query.
const documentID = "documentId"

// identified keeps the id of a document as if it were an extension, since the library's parameters have no field for it.
func identified(params *graphql.RawParams, id string) {
	if id == "" {
		return
	}
	if params.Extensions == nil {
		params.Extensions = map[string]any{}
	}
	params.Extensions[documentID] = id
}

func readBody(w http.ResponseWriter, r *http.Request, params *graphql.RawParams) error {
	media, parameters, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	charset := strings.ToLower(parameters["charset"])
	if err != nil || media != mediaJSON || charset != "" && charset != "utf-8" && charset != "utf8" {
		return refuse(http.StatusUnsupportedMediaType, codeBadRequest, "POST takes a body of Content-Type application/json, in UTF-8")
	}
	if encoding := r.Header.Get("Content-Encoding"); encoding != "" && encoding != "identity" {
		return refuse(http.StatusUnsupportedMediaType, codeBadRequest, "POST takes no Content-Encoding")
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, mostBytes))
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return refuse(http.StatusRequestEntityTooLarge, codeTooLarge, "the request is larger than %d bytes", mostBytes)
	case err != nil:
		return refuse(http.StatusBadRequest, codeBadRequest, "the body cannot be read to its end")
	}
	var fields struct {
		Query         *string        `json:"query"`
		OperationName *string        `json:"operationName"`
		Variables     map[string]any `json:"variables"`
		Extensions    map[string]any `json:"extensions"`
		DocumentID    *string        `json:"documentId"`
	}
	if err := decode(body, &fields); err != nil {
		var wrong *json.UnmarshalTypeError
		if errors.As(err, &wrong) && wrong.Field != "" {
			return refuse(http.StatusBadRequest, codeBadRequest, "%s cannot be a JSON %s", wrong.Field, wrong.Value)
		}
		return refuse(http.StatusBadRequest, codeBadRequest, `the body is no single JSON object: send {"query": "…", "variables": {…}}`)
	}
	if fields.Query != nil {
		params.Query = *fields.Query
	}
	if fields.OperationName != nil {
		params.OperationName = *fields.OperationName
	}
	params.Variables, params.Extensions = fields.Variables, fields.Extensions
	id := ""
	if fields.DocumentID != nil {
		id = *fields.DocumentID
	}
	identified(params, id)
	return nil
}

// clone copies a JSON value.
func clone[T any](v T) T {
	copied, _ := cloneAny(v).(T)
	return copied
}

func cloneAny(v any) any {
	switch v := v.(type) {
	case map[string]any:
		if v == nil {
			return v
		}
		m := make(map[string]any, len(v))
		for k, item := range v {
			m[k] = cloneAny(item)
		}
		return m
	case []any:
		list := make([]any, len(v))
		for i, item := range v {
			list[i] = cloneAny(item)
		}
		return list
	}
	return v
}

var errTrailing = errors.New("more than one value")

// decode reads just one JSON value. Numbers keep their digits.
func decode(data []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	if err := d.Decode(into); err != nil {
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errTrailing
	}
	return nil
}
