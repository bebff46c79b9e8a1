package answer

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// An object is written as the library writes it.
func TestObject(t *testing.T) {
	for _, aliases := range [][]string{nil, {"id"}, {"id", "name", "id", "other"}, {"_a1", "B"}} {
		var fields []graphql.CollectedField
		for _, a := range aliases {
			fields = append(fields, graphql.CollectedField{Field: &ast.Field{Alias: a}})
		}
		set := graphql.NewFieldSet(fields)
		for i := range fields {
			set.Values[i] = graphql.MarshalString(fmt.Sprintf("%d \" <\n", i))
		}
		var got, want bytes.Buffer
		set.MarshalGQL(&want)
		Object(fields, set.Values).MarshalGQL(&got)
		if got.String() != want.String() {
			t.Errorf("%q: %s, want %s", aliases, &got, &want)
		}
	}
}

// A list is made as the library makes it, and its errors stand where they happened.
func TestInTurn(t *testing.T) {
	run := func(list func(context.Context, int, func(context.Context, int) graphql.Marshaler) graphql.Array, length, ends int) (string, gqlerror.List) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		ctx = graphql.WithResponseContext(ctx, graphql.DefaultErrorPresenter, func(_ context.Context, p any) error { return errors.New(fmt.Sprint(p)) })
		ctx = graphql.WithFieldContext(ctx, &graphql.FieldContext{Field: graphql.CollectedField{Field: &ast.Field{Alias: "list"}}})
		var written bytes.Buffer
		list(ctx, length, func(of context.Context, i int) graphql.Marshaler {
			if i == ends {
				cancel()
			}
			if i == 1 {
				panic("one")
			}
			return graphql.MarshalString(graphql.GetPath(of).String())
		}).MarshalGQL(&written)
		return written.String(), graphql.GetErrors(ctx)
	}
	for _, test := range []struct{ length, ends int }{{0, -1}, {1, -1}, {1, 0}, {2, -1}, {5, -1}, {5, 3}} {
		got, wrong := run(InTurn, test.length, test.ends)
		want, also := run(func(ctx context.Context, n int, member func(context.Context, int) graphql.Marshaler) graphql.Array {
			return graphql.MarshalSliceConcurrently(ctx, n, 1, false, member)
		}, test.length, test.ends)
		if got != want || wrong.Error() != also.Error() {
			t.Errorf("%+v: %s %v, want %s %v", test, got, wrong, want, also)
		}
	}
}
