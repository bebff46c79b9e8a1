// Package graph answers GraphQL queries from a store's Reader. It cannot write to the store and does not know which store it is: corrections
// are a Curator's, and stories a Loader's, if it is given one. It serves no pages, no metrics and no health checks (cmd does), and takes no uploads, forms or batches of queries.
//
// A query is refused before it costs anything: by its bytes and tokens, by its shape, by the rules of GraphQL, then by what it would
// fetch. Package answer keeps the number of calls to the store apart from the number of rows.
package graph

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"net/http"
	"time"

	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/vektah/gqlparser/v2/ast"

	"newsgraph/graph/internal/answer"
	"newsgraph/graph/internal/gen"
	"newsgraph/news"
	"newsgraph/store"
)

//go:generate go -C .. tool gqlgen generate
//go:generate go run ./internal/slim internal/gen

// Option changes what New makes.
type Option func(*handler)

// WithTimeout ends queries that take longer, with an error of code TIMEOUT. It is 30 s unless given.
func WithTimeout(d time.Duration) Option {
	return func(h *handler) { h.timeout = d }
}

// WithEnd ends subscriptions when ctx does, so that a server which stops need not wait for them: server-sent events with their event "complete",
// WebSockets with 1001, going away, after which clients ask again. Without it they last until their clients leave.
func WithEnd(ctx context.Context) Option {
	return func(h *handler) { h.ending = ctx }
}

// Curator makes the corrections that users ask for. What cannot be made is store.ErrCorrection.
type Curator interface {
	// Correct makes one, and tells how many stories it changed.
	Correct(ctx context.Context, ask store.Asked) (news.Correction, int, error)
}

// Past makes the graph as it was known at a time.
type Past interface {
	// AllAsOf are the graphs of the stories that were published by some times, each with all corrections, in the order of the times, for reading until
	// they are released, which they are to be even where there is none: errs says why. One that is too large to be made is store.ErrPast. They are
	// had together: who waits for one holds no other. There is room for the four that a query may ask for.
	AllAsOf(ctx context.Context, at []time.Time) (readers []store.Reader, errs []error, release func())
}

// WithPast answers asOf, the argument of root fields. Without it, a time that has gone is an error.
func WithPast(p Past) Option {
	return func(h *handler) { h.past = p }
}

// WithCurator serves the mutations by which users correct the graph. Without it, the schema has none.
func WithCurator(c Curator) Option {
	return func(h *handler) { h.curator = c }
}

// ErrStory is around why a Loader takes no story.
var ErrStory = errors.New("the story is refused")

// Loader loads the stories that users bring, and removes them.
type Loader interface {
	// LoadStory reads a story of which the text, and what else its client knows, is told, and puts it: the story as it stands in the graph then, and
	// whether it was not there before. What cannot be read is ErrStory, with the reason for the client.
	LoadStory(ctx context.Context, told news.Story) (loaded news.Story, added bool, err error)
	// RemoveStory takes a story away, and tells whether it was there.
	RemoveStory(ctx context.Context, id news.ID) (bool, error)
}

// WithLoader serves the mutations by which users load and remove stories. Without it, the schema has none.
func WithLoader(l Loader) Option {
	return func(h *handler) { h.loader = l }
}

// WithUnserved says why the server takes no stories, and no corrections, and the way out, to those who ask for the mutations of a Loader or a Curator that
// it has not.
func WithUnserved(loads, corrects string) Option {
	return func(h *handler) { h.unserved = unserved{loads, corrects, nil} }
}

// Uncoded is a word of a story that might have told an event or meant somebody, and why it is read as neither.
type Uncoded = answer.Uncoded

// WithExplainer answers Story.uncoded, in the order of the text; without it the field is null. It is called from many requests at once, for up to
// four stories each.
func WithExplainer(explain func(context.Context, news.Story) ([]Uncoded, error)) Option {
	return func(h *handler) { h.explain = explain }
}

// New makes the endpoint of the API, to be served at any one path. It answers POST (application/json) and GET by GraphQL over HTTP
// (https://graphql.github.io/graphql-over-http), OPTIONS by what may be done and by whom, and every error has a code in extensions.code. What
// a client may not see goes to logger.
func New(reader store.Reader, logger *slog.Logger, options ...Option) http.Handler {
	p, queries := &presenter{logger}, newPersisted()
	h := &handler{errors: p, persisted: queries, timeout: 30 * time.Second, ending: context.Background(), unserved: unserved{"this server takes no stories", "this server takes no corrections", nil}}
	for _, option := range options {
		option(h)
	}
	reader = store.Watch(reader, watch)
	h.schema = served(h.curator != nil, h.loader != nil)
	h.exec = coercing{executor.New(gen.NewExecutableSchema(gen.Config{Schema: h.schema, Resolvers: &resolver{answer.Graph{Reader: reader, Explain: h.explain}, h.past, h.curator, h.loader, &feed{reader: reader, errors: p}}})), h.schema, p}
	parsed := newDocuments()
	h.exec.SetQueryCache(parsed)
	h.exec.SetParserTokenLimit(mostTokens)
	h.exec.SetDefaultRulesFn(validation)
	h.exec.Use(introspection{})
	h.exec.Use(queries)
	h.exec.Use(limits{parsed})
	h.exec.Use(thens{})
	h.unserved.schema = h.schema
	h.exec.Use(h.unserved)
	if h.schema.Mutation != nil {
		h.exec.Use(audit{logger})
	}
	if h.tracer != nil {
		h.exec.Use(resolving{})
	}
	h.exec.SetErrorPresenter(p.present)
	h.exec.SetRecoverFunc(p.recover)
	return h
}

// loading tells the mutations of a Loader from those of a Curator.
func loading(mutation string) bool { return mutation == "loadStory" || mutation == "removeStory" }

// served is the SDL's schema without @defer, which gqlgen adds: an answer comes whole. It has the mutations that somebody makes, and their types.
func served(corrects, loads bool) *ast.Schema {
	s := *gen.NewExecutableSchema(gen.Config{}).Schema()
	s.Directives = maps.Clone(s.Directives)
	delete(s.Directives, "defer")
	s.Types = maps.Clone(s.Types)
	mutations := *s.Mutation
	mutations.Fields = nil
	for _, f := range s.Mutation.Fields {
		if loading(f.Name) && loads || !loading(f.Name) && corrects {
			mutations.Fields = append(mutations.Fields, f)
		} else {
			delete(s.Types, f.Type.Name())
		}
	}
	if !loads {
		delete(s.Types, "StoryInput")
	}
	if s.Mutation = &mutations; len(mutations.Fields) == 0 {
		s.Mutation = nil
		delete(s.Types, mutations.Name)
	} else {
		s.Types[mutations.Name] = &mutations
	}
	return &s
}
