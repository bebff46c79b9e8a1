package graph_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/validator/rules"

	"newsgraph/schema"
)

func loadSchema(t *testing.T) *ast.Schema {
	t.Helper()
	names, err := fs.Glob(schema.Files, "*.graphqls")
	if err != nil || len(names) == 0 {
		t.Fatalf("no SDL: %v", err)
	}
	var sources []*ast.Source
	for _, name := range names {
		data, err := schema.Files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		sources = append(sources, &ast.Source{Name: name, Input: string(data)})
	}
	loaded, err := gqlparser.LoadSchema(sources...)
	if err != nil {
		t.Fatal(err)
	}
	return loaded
}

func TestEverythingIsDescribed(t *testing.T) {
	described := func(what, description string) {
		if strings.TrimSpace(description) == "" {
			t.Errorf("%s has no description", what)
		}
	}
	for name, definition := range loadSchema(t).Types {
		if definition.BuiltIn {
			continue
		}
		described(name, definition.Description)
		for _, v := range definition.EnumValues {
			described(name+"."+v.Name, v.Description)
		}
		for _, f := range definition.Fields {
			if strings.HasPrefix(f.Name, "__") {
				continue
			}
			described(name+"."+f.Name, f.Description)
			for _, a := range f.Arguments {
				described(name+"."+f.Name+"("+a.Name+")", a.Description)
			}
		}
	}
}

// Every kind's fields are those of Entity and its own, described alike.
func TestKindsAgree(t *testing.T) {
	loaded := loadSchema(t)
	for _, kind := range loaded.GetPossibleTypes(loaded.Types["Entity"]) {
		for _, want := range loaded.Types["Entity"].Fields {
			got := kind.Fields.ForName(want.Name)
			if got == nil || got.Description != want.Description || len(got.Arguments) != len(want.Arguments) {
				t.Errorf("%s.%s is not what Entity.%s is", kind.Name, want.Name, want.Name)
				continue
			}
			for i, a := range want.Arguments {
				if got.Arguments[i].Description != a.Description || got.Arguments[i].Type.String() != a.Type.String() {
					t.Errorf("%s.%s(%s) is not what Entity has", kind.Name, want.Name, a.Name)
				}
			}
		}
	}
}

// The playground's worked examples are valid queries.
func TestExamplesAreValid(t *testing.T) {
	loaded := loadSchema(t)
	paths, err := filepath.Glob("../web/src/examples/*.graphql")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no examples: %v", err)
	}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if _, errs := gqlparser.LoadQueryWithRules(loaded, string(data), rules.NewDefaultRules()); errs != nil {
			t.Errorf("%s: %v", filepath.Base(path), errs)
		}
	}
}
