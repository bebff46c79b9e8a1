package answer

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"

	"newsgraph/news"
	"newsgraph/store"
)

// batch is what one call to the store brought. A field that is asked of one of its members is answered for all of them.
type batch[T any] struct {
	graph  Graph
	of     []T
	beside store.Beside // what came with them, no more of each than the selection at their place asks for

	mu    sync.Mutex
	asked map[string]any // by field with its arguments: func() (answer, error)
}

func newBatch[T any](g Graph, of []T) *batch[T] {
	return &batch[T]{graph: g, of: of, asked: map[string]any{}}
}

// with tells a batch what came beside its members.
func (b *batch[T]) with(beside store.Beside) *batch[T] {
	b.beside = beside
	return b
}

// once answers a field, with its arguments, for the whole batch when it is asked of the first member. Other members, asked
// meanwhile or later, wait for the same answer; so do they get the same error or panic.
func once[T, A any](b *batch[T], field string, load func() (A, error)) (A, error) {
	b.mu.Lock()
	answer, ok := b.asked[field].(func() (A, error))
	if !ok {
		answer = sync.OnceValues(load)
		b.asked[field] = answer
	}
	b.mu.Unlock()
	return answer()
}

// ids are the distinct ids that of names in all members.
func (b *batch[T]) ids(of func(T) []news.ID) []news.ID {
	var all []news.ID
	for _, member := range b.of {
		all = append(all, of(member)...)
	}
	return distinct(all)
}

// entities are those whom of names in any member.
func (b *batch[T]) entities(ctx context.Context, of func(T) []news.ID) (map[news.ID]Entity, error) {
	made, err := b.graph.entitiesOf(ctx, b.ids(of))
	if err != nil {
		return nil, err
	}
	return made[0], nil
}

// key tells a field with its arguments apart from the same field with others.
func key(field string, arguments ...any) string {
	data, err := json.Marshal(arguments)
	if err != nil {
		panic(err) // strings, numbers and lists of them always marshal
	}
	return field + string(data)
}

// found is the answer for id. It is missing only if a story was removed between two calls of one request.
func found[A any](answers map[news.ID]A, id news.ID) (A, error) {
	a, ok := answers[id]
	if !ok {
		return a, Absent("", "%s is no longer there: a story was removed meanwhile; ask again", id)
	}
	return a, nil
}

// paged asks for a page of each id at once, and makes a connection of each. All nodes, of whichever page, are one batch.
func paged[T, N any](
	ids []news.ID, p store.Paging, load func([]news.ID) ([]store.Page[T], error), nodes func([]T) []N,
) (map[news.ID]*Connection[N], error) {
	return pagedBeside(ids, p, load, func(of []T, _ store.Beside) []N { return nodes(of) })
}

// pagedBeside is paged for nodes that know what came beside them.
func pagedBeside[T, N any](
	ids []news.ID, p store.Paging, load func([]news.ID) ([]store.Page[T], error), nodes func([]T, store.Beside) []N,
) (map[news.ID]*Connection[N], error) {
	pages, err := load(ids)
	if err != nil {
		return nil, err
	}
	if len(pages) != len(ids) {
		return nil, fmt.Errorf("answer: the store gave %d pages for %d ids", len(pages), len(ids))
	}
	connections := Connect(pages, p, func(of []T) []N { return nodes(of, besideOf(pages)) })
	byID := make(map[news.ID]*Connection[N], len(ids))
	for i, id := range ids {
		byID[id] = connections[i]
	}
	return byID, nil
}
