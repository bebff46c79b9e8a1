package store_test

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"testing"

	"newsgraph/news"
	"newsgraph/store"
)

// failing is a Reader whose every call panics, but for those that a test needs.
type failing struct{ store.Reader }

var errFailed = errors.New("failed")

func (failing) EventsOf(context.Context, []news.ID, store.EventQuery) ([]store.Page[news.Event], error) {
	return []store.Page[news.Event]{{Edges: make([]store.Edge[news.Event], 2)}, {}, {Edges: make([]store.Edge[news.Event], 3)}}, errFailed
}

// Every question of a Reader is told by its own name, begins with the context that the watcher gives, and ends.
func TestWatch(t *testing.T) {
	reader := reflect.TypeFor[store.Reader]()
	for i := range reader.NumMethod() {
		m := reader.Method(i)
		if m.Name == "Ping" || m.Name == "Records" {
			continue
		}
		var told []string
		w := store.Watch(failing{}, func(ctx context.Context, call string) (context.Context, func(int, error)) {
			told = append(told, call)
			return ctx, func(int, error) {}
		})
		args := []reflect.Value{reflect.ValueOf(t.Context())}
		for j := 1; j < m.Type.NumIn(); j++ {
			args = append(args, reflect.Zero(m.Type.In(j)))
		}
		func() {
			defer func() { _ = recover() }() // failing answers one question alone
			reflect.ValueOf(w).MethodByName(m.Name).Call(args)
		}()
		if !slices.Equal(told, []string{m.Name}) {
			t.Errorf("%s is told as %q", m.Name, told)
		}
	}
	type key struct{}
	var rows int
	var failed error
	w := store.Watch(failing{}, func(ctx context.Context, _ string) (context.Context, func(int, error)) {
		return context.WithValue(ctx, key{}, true), func(n int, err error) { rows, failed = n, err }
	})
	if found, err := w.EventsOf(t.Context(), nil, store.EventQuery{}); len(found) != 3 || !errors.Is(err, errFailed) || rows != 5 || !errors.Is(failed, errFailed) {
		t.Errorf("%d pages, %v; told %d, %v", len(found), err, rows, failed)
	}
}
