package graph_test

import (
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"newsgraph/news"
	"newsgraph/schema"
)

func loadSchema(t *testing.T) *ast.Schema {
	t.Helper()
	loaded, err := gqlparser.LoadSchema(&ast.Source{Name: "schema", Input: schema.SDL()})
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
	loaded := loadSchema(t)
	if described("the schema", loaded.Description); !strings.Contains(loaded.Description, "who did what to whom") {
		t.Errorf("the schema's description does not say what it is about: %s", loaded.Description)
	}
	for name, definition := range loaded.Types {
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

// The API's own scalars that a standard describes say which.
func TestScalarsAreSpecified(t *testing.T) {
	for name, definition := range loadSchema(t).Types {
		if definition.BuiltIn || definition.Kind != ast.Scalar {
			continue
		}
		if name == "ActionName" { // Our own vocabulary is told in full.
			for _, a := range news.Actions() {
				if !strings.Contains(definition.Description, "`"+a.Name+"`") {
					t.Errorf("ActionName's description leaves out %s", a.Name)
				}
			}
			if n := strings.Count(definition.Description, "`")/2 - 2; n != len(news.Actions()) {
				t.Errorf("ActionName's description has %d names, not %d", n, len(news.Actions()))
			}
			continue
		}
		if by := definition.Directives.ForName("specifiedBy"); by == nil || !strings.HasPrefix(by.Arguments.ForName("url").Value.Raw, "https://") {
			t.Errorf("%s does not say what specifies it", name)
		}
	}
}

// Where the API tells a date, it has the type of one.
func TestDatesAreTyped(t *testing.T) {
	loaded := loadSchema(t)
	for coordinate, want := range map[string]string{
		"Story.published": "PartialDate", "When.from": "PartialDate", "When.to": "PartialDate", "Position.since": "PartialDate", "Position.until": "PartialDate",
		"Relation.first": "Date", "Relation.last": "Date", "DateInterval.from": "PartialDate", "DateInterval.to": "PartialDate",
		"Event.action": "ActionName!", "Report.action": "ActionName!", "Relation.action": "ActionName!", "Action.name": "ActionName!", "EventFilter.action": "[ActionName!]",
	} {
		typ, field, _ := strings.Cut(coordinate, ".")
		if got := loaded.Types[typ].Fields.ForName(field).Type.String(); got != want {
			t.Errorf("%s is %s, not %s", coordinate, got, want)
		}
	}
	if got := loaded.Types["Entity"].Fields.ForName("positions").Arguments.ForName("on").Type.String(); got != "Date" {
		t.Errorf("positions(on:) takes %s", got)
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
