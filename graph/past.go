package graph

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"newsgraph/graph/internal/answer"
	"newsgraph/store"
)

// then are the graphs of the times that an operation asks for, until it ends. The first root field that wants one has them all made at once: were each to
// take its own, two operations could each hold what the other waits for.
type then struct {
	once    sync.Once
	which   map[time.Time]int
	readers []store.Reader
	errs    []error
}

// graphsExtension is under what an operation's graphs are kept with it.
const graphsExtension = "graphs"

// thens gives each operation a place for its graphs.
type thens struct{}

func (thens) ExtensionName() string                   { return "thens" }
func (thens) Validate(graphql.ExecutableSchema) error { return nil }

func (thens) MutateOperationContext(_ context.Context, operation *graphql.OperationContext) *gqlerror.Error {
	operation.Stats.SetExtension(graphsExtension, &then{which: map[time.Time]int{}})
	return nil
}

// asked are the times that an operation's root fields ask for, each once. What is no time is for its own field to refuse, and what is to come is now.
func (t *then) asked(operation *graphql.OperationContext) (times []time.Time) {
	for _, f := range graphql.CollectFields(operation, operation.Operation.SelectionSet, []string{"Query"}) {
		text, ok := f.ArgumentMap(operation.Variables)["asOf"].(string)
		if !ok {
			continue
		}
		at, err := answer.Instant("asOf", &text)
		if err != nil || at.After(time.Now()) {
			continue
		}
		if _, ok := t.which[at.UTC()]; !ok {
			t.which[at.UTC()] = len(times)
			times = append(times, at)
		}
	}
	return times
}

// then is the graph of a time that the operation asks for, or as it is, of one that was to come when the first field asked.
func (r *resolver) then(ctx context.Context, at time.Time) (store.Reader, error) {
	operation := graphql.GetOperationContext(ctx)
	t, _ := operation.Stats.GetExtension(graphsExtension).(*then)
	t.once.Do(func() {
		times := t.asked(operation)
		calling, end := watch(ctx, "AsOf")
		var release func()
		t.readers, t.errs, release = r.past.AllAsOf(calling, times)
		context.AfterFunc(ctx, release)
		for i, reader := range t.readers {
			if t.errs[i] == nil {
				t.readers[i] = store.Watch(reader, watch)
			}
		}
		end(0, errors.Join(t.errs...))
	})
	i, ok := t.which[at.UTC()]
	if !ok {
		return r.graph.Reader, nil
	}
	return t.readers[i], t.errs[i]
}
