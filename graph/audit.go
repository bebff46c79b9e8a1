package graph

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"slices"
	"strconv"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// mostAudited is how many code points of an argument stand in its line.
const mostAudited = 2000

// audit writes a line about each mutation, whichever it is and however it ends: what was asked for, and done or the codes of the errors. The time and
// who asks are the logger's to add.
type audit struct{ logger *slog.Logger }

func (audit) ExtensionName() string                   { return "audit" }
func (audit) Validate(graphql.ExecutableSchema) error { return nil }

func (a audit) InterceptRootField(ctx context.Context, next graphql.RootResolver) graphql.Marshaler {
	operation, root := graphql.GetOperationContext(ctx), graphql.GetRootFieldContext(ctx)
	if operation.Operation.Operation != ast.Mutation || root == nil {
		return next(ctx)
	}
	outcome := "panicked"
	defer func() {
		a.logger.LogAttrs(context.WithoutCancel(ctx), slog.LevelInfo, "mutation", slog.String("mutation", root.Field.Name),
			slog.String("arguments", arguments(root.Field, operation.Variables)), slog.String("outcome", outcome))
	}()
	made := next(ctx)
	outcome = "done"
	var codes []string
	for _, e := range graphql.GetErrors(ctx) {
		if len(e.Path) > 0 && e.Path[0] == ast.PathName(root.Field.Alias) {
			if code, ok := e.Extensions["code"].(string); ok && !slices.Contains(codes, code) {
				codes = append(codes, code)
			}
		}
	}
	if len(codes) > 0 {
		outcome = strings.Join(codes, ",")
	}
	return made
}

// arguments are those of a field, as JSON by name in order, each as long as it may be in a line: what is longer is a text that begins as it does.
func arguments(field graphql.CollectedField, variables map[string]any) string {
	all := map[string]json.RawMessage{}
	for name, value := range field.ArgumentMap(variables) {
		text := plainJSON(value)
		if clipped := clipTo(string(text), mostAudited); clipped != string(text) {
			text = plainJSON(clipped)
		}
		all[name] = text
	}
	return string(plainJSON(all))
}

// plainJSON writes JSON for a log, in which no page reads it.
func plainJSON(value any) json.RawMessage {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(value); err != nil {
		return json.RawMessage(strconv.Quote(err.Error())) // Values of JSON always encode.
	}
	return bytes.TrimSpace(b.Bytes())
}
