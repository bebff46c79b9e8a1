package graph_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

// Every question of the API has a worked query in docs/api.md: each field of a root, each of its arguments, each condition of a filter, and whatever a count,
// an order or a claim can be.
func TestEveryQuestionIsWorked(t *testing.T) {
	loaded := loadSchema(t)
	text, err := os.ReadFile("../docs/api.md")
	if err != nil {
		t.Fatal(err)
	}
	used := map[string]bool{}
	var given func(*ast.Value)
	given = func(v *ast.Value) {
		if v.Kind == ast.EnumValue {
			used[v.Definition.Name+"."+v.Raw] = true
		}
		for _, c := range v.Children {
			if v.Kind == ast.ObjectValue {
				used[v.Definition.Name+"."+c.Name] = true
			}
			given(c.Value)
		}
	}
	var within func(ast.SelectionSet)
	within = func(selections ast.SelectionSet) {
		for _, s := range selections {
			switch s := s.(type) {
			case *ast.Field:
				field := s.ObjectDefinition.Name + "." + s.Name
				used[field] = true
				for _, a := range s.Arguments {
					used[field+"("+a.Name+")"] = true
					given(a.Value)
				}
				within(s.SelectionSet)
			case *ast.InlineFragment:
				within(s.SelectionSet)
			}
		}
	}
	for _, fence := range regexp.MustCompile("(?ms)^```(?:graphql)?\n((?:query|mutation|subscription|\\{\n).*?)^```$").FindAllStringSubmatch(string(text), -1) {
		doc, wrong := gqlparser.LoadQueryWithRules(loaded, fence[1], rules.NewDefaultRules())
		if len(wrong) > 0 {
			t.Errorf("%s\n%v", fence[1], wrong)
			continue
		}
		for _, o := range doc.Operations {
			for _, v := range o.VariableDefinitions {
				if v.DefaultValue != nil {
					given(v.DefaultValue)
				}
			}
			within(o.SelectionSet)
		}
	}
	var missing []string
	need := func(what string) {
		if !used[what] {
			missing = append(missing, what)
		}
	}
	everywhere := []string{"first", "after", "asOf"} // each is asked for by some query, and works alike
	for _, root := range []*ast.Definition{loaded.Query, loaded.Mutation, loaded.Subscription, loaded.Types["Entity"]} {
		for _, f := range root.Fields {
			if len(f.Arguments) == 0 || strings.HasPrefix(f.Name, "__") {
				continue
			}
			need(root.Name + "." + f.Name)
			for _, a := range f.Arguments {
				if !slices.Contains(everywhere, a.Name) {
					need(root.Name + "." + f.Name + "(" + a.Name + ")")
				}
			}
		}
	}
	for _, name := range []string{"EventFilter", "Party", "EntityFilter", "StoryFilter", "CorrectionFilter"} {
		for _, f := range loaded.Types[name].Fields {
			need(name + "." + f.Name)
		}
	}
	for _, name := range []string{"Dimension", "StoryDimension", "Claims", "EntityOrder", "Direction"} {
		for _, v := range loaded.Types[name].EnumValues {
			need(name + "." + v.Name)
		}
	}
	slices.Sort(missing)
	for _, m := range missing {
		t.Errorf("no worked query asks %s", m)
	}
}
