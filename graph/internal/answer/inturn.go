package answer

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
)

// InTurn makes the members of a list one after the other, where graphql.MarshalSliceConcurrently gives each a goroutine to wait for, whose stack has to grow.
// Members are of one batch, so none waits for what another could do meanwhile. One that panics is null, and so are those that are left when ctx is done.
func InTurn(ctx context.Context, length int, member func(ctx context.Context, i int) graphql.Marshaler) graphql.Array {
	made := make(graphql.Array, length)
	for i := range made {
		of := graphql.WithFieldContext(ctx, &graphql.FieldContext{Index: &i})
		if err := ctx.Err(); err != nil && length > 1 {
			graphql.AddError(of, err)
			for j := i; j < length; j++ {
				made[j] = graphql.Null
			}
			break
		}
		made[i] = guarded(of, i, member)
	}
	return made
}

func guarded(ctx context.Context, i int, member func(ctx context.Context, i int) graphql.Marshaler) (made graphql.Marshaler) {
	defer func() {
		if p := recover(); p != nil {
			graphql.AddError(ctx, graphql.Recover(ctx, p))
			made = graphql.Null
		}
	}()
	return member(ctx, i)
}
