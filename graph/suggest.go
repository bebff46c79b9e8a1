package graph

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator/core"
	"github.com/vektah/gqlparser/v2/validator/rules"

	"newsgraph/graph/internal/answer"
	"newsgraph/graph/internal/gen"
)

// validation is GraphQL's rules. A wrong name is answered with the right one: the schema is public, and the bounds on a query's bytes and
// tokens bound the time that looking for it takes.
func validation() *rules.Rules {
	all := rules.NewDefaultRules()
	all.ReplaceRule(rules.KnownTypeNamesRule.Name, knownTypeNames)
	return all
}

// knownTypeNames refuses unknown types with the nearest. The library's own rule does so for named fragments alone, and in no order.
func knownTypeNames(observers *core.Events, addError core.AddErrFunc) {
	check := func(w *core.Walker, name string, position *ast.Position, fits func(*ast.Definition) bool) {
		if name == "" || w.Schema.Types[name] != nil {
			return
		}
		var names []string
		for _, n := range slices.Sorted(maps.Keys(w.Schema.Types)) {
			if d := w.Schema.Types[n]; !strings.HasPrefix(n, "__") && fits(d) {
				names = append(names, n)
			}
		}
		addError(core.Message(`Unknown type "%s".`, answer.Clip(name)), core.SuggestListQuoted("Did you mean", answer.Clip(name), names), core.At(position))
	}
	observers.OnVariable(func(w *core.Walker, v *ast.VariableDefinition) {
		check(w, v.Type.Name(), v.Position, (*ast.Definition).IsInputType)
	})
	observers.OnInlineFragment(func(w *core.Walker, f *ast.InlineFragment) {
		check(w, f.TypeCondition, f.Position, (*ast.Definition).IsCompositeType)
	})
	observers.OnFragment(func(w *core.Walker, f *ast.FragmentDefinition) {
		check(w, f.TypeCondition, f.Position, (*ast.Definition).IsCompositeType)
	})
}

// didYouMean is the end of a message that refuses a name: the names that are nearest to it, or all where they are few.
func didYouMean(name string, names []string) string {
	near := core.SuggestionList(answer.Clip(name), names)
	if i := slices.IndexFunc(names, func(n string) bool { return strings.EqualFold(n, name) }); i >= 0 {
		near = names[i : i+1]
	}
	const few = 10
	switch {
	case len(near) > 0:
		return fmt.Sprintf(". Did you mean %s?", core.QuotedOrList(near...))
	case len(names) <= few:
		return ": it is one of " + strings.Join(names, ", ")
	}
	return ""
}

// unserved refuses the mutations that are in the SDL and not in the schema that is served: that there is no such field would be the truth, and no help.
type unserved struct {
	loads, corrects string // why nobody makes them, and the way out
	schema          *ast.Schema
}

func (unserved) ExtensionName() string                   { return "unserved" }
func (unserved) Validate(graphql.ExecutableSchema) error { return nil }

func (u unserved) MutateOperationParameters(_ context.Context, params *graphql.RawParams) *gqlerror.Error {
	if !strings.Contains(params.Query, "mutation") {
		return nil
	}
	doc, err := parser.ParseQueryWithTokenLimit(&ast.Source{Input: params.Query}, mostTokens)
	if err != nil {
		return nil // The executor says so.
	}
	all := gen.NewExecutableSchema(gen.Config{}).Schema().Mutation.Fields
	for _, operation := range doc.Operations {
		if operation.Operation != ast.Mutation {
			continue
		}
		for _, selection := range operation.SelectionSet {
			f, ok := selection.(*ast.Field)
			if !ok || all.ForName(f.Name) == nil || u.schema.Mutation != nil && u.schema.Mutation.Fields.ForName(f.Name) != nil {
				continue
			}
			why := u.corrects
			if loading(f.Name) {
				why = u.loads
			}
			refused := gqlerror.Errorf("%s is not served: %s", f.Name, why)
			if f.Position != nil {
				refused.Locations = []gqlerror.Location{{Line: f.Position.Line, Column: f.Position.Column}}
			}
			errcode.Set(refused, errcode.ValidationFailed)
			return refused
		}
	}
	return nil
}
