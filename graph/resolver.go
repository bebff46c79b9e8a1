package graph

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"newsgraph/graph/access"
	"newsgraph/graph/internal/answer"
	"newsgraph/news"
	"newsgraph/store"
)

// resolver answers the root fields. What they find answers its own fields: see package answer.
type resolver struct {
	graph   answer.Graph
	past    Past    // nil where none is kept
	curator Curator // nil where nobody may correct
	loader  Loader  // nil where nobody may load
	feed    *feed
}

// at is the graph as it was known at a time, until the request ends; as it is without one, and for a time to come. All that it finds asks the same graph.
func (r *resolver) at(ctx context.Context, asOf *string) (answer.Graph, error) {
	at, err := answer.Instant("asOf", asOf)
	if err != nil || asOf == nil || at.After(time.Now()) {
		return r.graph, err
	}
	if r.past == nil {
		return r.graph, answer.BadInput("asOf", "this server knows the graph only as it is: leave asOf out")
	}
	reader, err := r.then(ctx, at)
	if errors.Is(err, store.ErrPast) {
		return r.graph, &answer.Error{Code: codePast, Argument: "asOf", Message: fmt.Sprintf("the graph of %s is too large to be made for a question: newsgraph copy --as-of %s makes a store of it, to be served for itself", *asOf, *asOf)}
	}
	if err != nil {
		return r.graph, err
	}
	g := r.graph
	g.Reader = reader
	return g, nil
}

// one finds what id names, which must be of one of nouns if any are given.
func one[N answer.Node](ctx context.Context, g answer.Graph, id news.ID, nouns ...string) (N, error) {
	var none N
	if err := answer.CheckID("id", id, nouns...); err != nil {
		return none, err
	}
	nodes, err := g.Nodes(ctx, []news.ID{id})
	if err != nil {
		return none, err
	}
	if n, ok := nodes[id].(N); ok {
		return n, nil
	}
	log, err := g.Log(ctx)
	if err != nil {
		return none, err
	}
	return none, answer.Missing(log, "id", id)
}

// many finds what ids name, in their order. What cannot be found is nil, and an error with its path says why.
func many(ctx context.Context, g answer.Graph, ids []news.ID) ([]answer.Node, error) {
	if len(ids) > answer.MostValues {
		return nil, answer.BadInput("ids", "at most %d values, not %d", answer.MostValues, len(ids))
	}
	var good []news.ID
	wrong := make([]error, len(ids))
	for i, id := range ids {
		if wrong[i] = answer.CheckID("ids", id); wrong[i] == nil {
			good = append(good, id)
		}
	}
	found, err := g.Nodes(ctx, good)
	if err != nil {
		return nil, err
	}
	var log news.Log
	if len(found) < len(good) {
		if log, err = g.Log(ctx); err != nil {
			return nil, err
		}
	}
	nodes := make([]answer.Node, len(ids))
	path := graphql.GetPath(ctx)
	for i, id := range ids {
		nodes[i] = found[id]
		if nodes[i] == nil && wrong[i] == nil {
			wrong[i] = answer.Missing(log, "ids", id)
		}
		if wrong[i] != nil {
			at := append(path[:len(path):len(path)], ast.PathIndex(i))
			graphql.AddError(ctx, graphql.AddFieldLocationToError(ctx, gqlerror.WrapPath(at, wrong[i])))
		}
	}
	return nodes, nil
}

// isItem tells that s is written as Wikidata writes the id of an item.
func isItem(s string) bool {
	digits, ok := strings.CutPrefix(s, "Q")
	return ok && digits != "" && strings.Trim(digits, "0123456789") == ""
}

// may refuses who has not the scope that something needs. Where nobody is asked for a key, everybody may.
func may(ctx context.Context, scope access.Scope, what string) error {
	c, ok := access.Of(ctx)
	if !ok || c.May(scope) {
		return nil
	}
	get := fmt.Sprintf("ask for a key that has it (newsgraph keys add NAME --scope %s)", scope)
	if c.By == access.ByToken {
		get = "ask the token's issuer for it"
	}
	return &answer.Error{Code: codeForbidden, Message: fmt.Sprintf("the %s has scopes %v, and %s needs %s: %s", c, c.Scopes, what, scope, get)}
}

// load has the loader load a story.
func (r *resolver) load(ctx context.Context, input answer.StoryInput) (*answer.LoadedStory, error) {
	if err := may(ctx, access.Load, "loading"); err != nil {
		return nil, err
	}
	story, err := input.Read()
	if err != nil {
		return nil, err
	}
	calling, end := watch(ctx, "LoadStory")
	story, added, err := r.loader.LoadStory(calling, story)
	end(1, err)
	if errors.Is(err, ErrStory) {
		_, message, _ := strings.Cut(err.Error(), ErrStory.Error()+": ") // what stands before it says whose loader
		return nil, answer.BadInput("input", "%s: %s", ErrStory, message)
	}
	if err != nil {
		return nil, err
	}
	return &answer.LoadedStory{Story: r.graph.Stories([]news.Story{story})[0], Added: added}, nil
}

// remove has the loader remove a story.
func (r *resolver) remove(ctx context.Context, id news.ID) (*answer.RemovedStory, error) {
	if err := may(ctx, access.Load, "removing"); err != nil {
		return nil, err
	}
	story, err := one[*answer.Story](ctx, r.graph, id, "story")
	if err != nil {
		return nil, err
	}
	calling, end := watch(ctx, "RemoveStory")
	there, err := r.loader.RemoveStory(calling, id)
	end(1, err)
	if err == nil && !there {
		err = answer.Absent("id", "%s is no longer there", id)
	}
	if err != nil {
		return nil, err
	}
	return &answer.RemovedStory{Removed: id, Headline: story.Headline}, nil
}

// correct has the curator make what is asked for.
func (r *resolver) correct(ctx context.Context, ask store.Asked) (*answer.Corrected, error) {
	if err := may(ctx, access.Curate, "correcting"); err != nil {
		return nil, err
	}
	if c, ok := access.Of(ctx); ok {
		if ask.By = strings.TrimSpace(ask.By); ask.By != "" && ask.By != c.Name { // who says so is checked by the key or token alone
			ask.By += " (" + c.String() + ")"
		}
	}
	if len(ask.Of) > answer.MostValues || len(ask.Stories) > answer.MostValues {
		return nil, answer.BadInput("", "at most %d ids at once", answer.MostValues)
	}
	switch {
	case strings.TrimSpace(ask.By) == "":
		return nil, answer.BadInput("by", "a correction tells who makes it: name yourself")
	case strings.TrimSpace(ask.Because) == "":
		return nil, answer.BadInput("because", "a correction tells why: say what is wrong, in words that others can check")
	}
	calling, end := watch(ctx, "Correct")
	c, n, err := r.curator.Correct(calling, ask)
	end(n, err)
	if errors.Is(err, store.ErrCorrection) {
		_, message, _ := strings.Cut(err.Error(), store.ErrCorrection.Error()) // what stands before it says which store
		return nil, answer.BadInput("", "%s%s", store.ErrCorrection, message)
	}
	if err != nil {
		return nil, err
	}
	return r.graph.Made(ctx, c, n)
}
