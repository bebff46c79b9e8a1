// Slim rewrites what gqlgen generates, for that is most of what an answer costs in Go: a field that holds a value becomes no call of a resolver, a list's members
// are made by answer.InTurn, objects are written by answer.Object, and no object has what only @defer needs, which the served schema has not. It changes no byte of
// an answer. A rule that finds nothing is an error: gqlgen then writes something else.
package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
)

// rules are what is rewritten, and into what.
var rules = []struct {
	name string
	from *regexp.Regexp
	to   string
}{
	{"deferred", regexp.MustCompile(`deferred := graphql\.NewDeferredGroup\(ctx\)`), `var deferred graphql.DeferredGroup`},
	{"list", regexp.MustCompile(`graphql\.MarshalSliceConcurrently\(ctx, len\(v\), 1, false,`), `answer.InTurn(ctx, len(v),`},
	{"object", regexp.MustCompile(`\n\treturn out\n\}`), "\n\treturn answer.Object(fields, out.Values)\n}"},
}

// leaf is a field whose value stands in its object, and scalar what it is known by: the context of such a field tells resolvers nothing, since none is asked, and
// interceptors nothing, since they look at objects alone (trace.go).
var (
	leaf = regexp.MustCompile(`(func \(ec \*executionContext\) _(\w+)\(ctx context\.Context, field graphql\.CollectedField, obj [^)]*\) \(ret graphql\.Marshaler\) \{\n)` +
		`\treturn graphql\.ResolveField\(\n\t\tctx,\n\t\tec\.OperationContext,\n\t\tfield,\n` +
		`\t\tfunc\(ctx context\.Context, field graphql\.CollectedField\) \(\*graphql\.FieldContext, error\) \{\n\t\t\treturn ec\.fieldContext_\w+\(ctx, field\)\n\t\t\},\n` +
		`\t\tfunc\(ctx context\.Context\) \(any, error\) \{\n\t\t\treturn (obj\.\w+(?:\(\))?), nil\n\t\t\},\n\t\tnil,\n` +
		`\t\tfunc\(ctx context\.Context, selections ast\.SelectionSet, v [^\n]*\) graphql\.Marshaler \{\n\t\t\treturn ec\.(\w+)\(ctx, selections, v\)\n\t\t\},\n` +
		`\t\ttrue,\n\t\t(?:true|false),\n\t\)\n\}`)
	scalar = regexp.MustCompile(`fieldContext_(\w+)\(_ context\.Context, field graphql\.CollectedField\) \(fc \*graphql\.FieldContext, err error\) \{\n\treturn graphql\.NewScalarFieldContext`)
)

func main() {
	if err := slim(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "slim:", err)
		os.Exit(1)
	}
}

func slim(dir string) error {
	files, err := filepath.Glob(filepath.Join(dir, "*.generated.go"))
	if err != nil {
		return err
	}
	found := map[string]int{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		for _, r := range rules {
			found[r.name] += len(r.from.FindAllIndex(text, -1))
			text = r.from.ReplaceAll(text, []byte(r.to))
		}
		scalars := map[string]bool{}
		for _, m := range scalar.FindAllSubmatch(text, -1) {
			scalars[string(m[1])] = true
		}
		text = leaf.ReplaceAllFunc(text, func(old []byte) []byte {
			m := leaf.FindSubmatch(old)
			if !scalars[string(m[2])] {
				return old
			}
			found["leaf"]++
			return fmt.Appendf(nil, "%s\treturn ec.%s(ctx, field.Selections, %s)\n}", m[1], m[4], m[3])
		})
		if err := os.WriteFile(file, text, 0o600); err != nil {
			return err
		}
	}
	var missing []error
	for _, name := range []string{"deferred", "list", "object", "leaf"} {
		if found[name] == 0 {
			missing = append(missing, fmt.Errorf("%s: nothing of what %s is to rewrite is there: see what gqlgen writes now", dir, name))
		}
	}
	return errors.Join(missing...)
}
