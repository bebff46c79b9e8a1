package graph_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

	"newsgraph/graph"
)

// raw is JSON as a client writes it.
type raw = json.RawMessage

// scalarValues are, for each scalar that an argument may have, values that it takes and values that it refuses. A new scalar needs a row.
var scalarValues = map[string]struct{ right, wrong []string }{
	"String":      {[]string{`"a"`, `""`, `"5"`}, []string{`5`, `1.5`, `true`, `{}`, `["a"]`}},
	"ID":          {[]string{`"state:KP"`, `5`}, []string{`1.5`, `1e3`, `true`, `{}`, `["a"]`}},
	"Int":         {[]string{`1`, `0`, `-1`, `2147483647`}, []string{`"2"`, `1.5`, `1e2`, `true`, `2147483648`, `-2147483649`, `99999999999999999999`, `{}`, `[1]`}},
	"Float":       {[]string{`1`, `1.5`, `-1e3`}, []string{`"1.5"`, `true`, `1e999`, `{}`, `[1]`}},
	"Boolean":     {[]string{`true`, `false`}, []string{`"true"`, `0`, `1`, `{}`, `[true]`}},
	"Date":        {[]string{`"2024-02-29"`}, []string{`"2024"`, `"2024-02"`, `"2023-02-29"`, `"--02-28"`, `"2024-01-09T00:00:00Z"`, `"yesterday"`, `""`, `20240109`, `true`, `{}`, `["2024-01-09"]`}},
	"DateTime":    {[]string{`"2024-01-10T12:00:00.000Z"`}, []string{`"2024-01-10"`, `"noon"`, `""`, `2024`, `true`, `{}`}},
	"PartialDate": {[]string{`"2024-02-29"`, `"2024-02"`, `"2024"`, `"--02-29"`}, []string{`"2024-13"`, `"2023-02-29"`, `"--13-01"`, `"--02-30"`, `"24"`, `"Tuesday"`, `""`, `2024`, `true`, `{}`, `["2024"]`}},
	"ActionName":  {[]string{`"condemn"`, `"call_for"`}, []string{`"condemned"`, `"CONDEMN"`, `" condemn"`, `""`, `5`, `true`, `{}`, `["condemn"]`}},
}

// values are JSON texts that a type takes and that it must refuse.
func values(t *testing.T, loaded *ast.Schema, typ *ast.Type) (right, wrong []string) {
	t.Helper()
	if typ.Elem != nil {
		itemsRight, itemsWrong := values(t, loaded, typ.Elem)
		right = append(right, itemsRight...) // one value is the list of it
		right = append(right, "["+strings.Join(itemsRight, ", ")+"]")
		for _, w := range itemsWrong {
			if w == "null" {
				wrong = append(wrong, "[null]")
				continue
			}
			wrong = append(wrong, "["+itemsRight[len(itemsRight)-1]+", "+w+"]")
			if !strings.HasPrefix(w, "[") {
				wrong = append(wrong, w)
			}
		}
	} else {
		right, wrong = namedValues(t, loaded, loaded.Types[typ.NamedType])
	}
	if typ.NonNull {
		return right, append(wrong, "null")
	}
	return append([]string{"null"}, right...), wrong
}

func namedValues(t *testing.T, loaded *ast.Schema, definition *ast.Definition) (right, wrong []string) {
	t.Helper()
	switch definition.Kind {
	case ast.Enum:
		for _, v := range definition.EnumValues {
			right = append(right, `"`+v.Name+`"`)
			wrong = append(wrong, `"`+strings.ToLower(v.Name)+`"`, `" `+v.Name+`"`)
		}
		return right, append(wrong, `"NO_SUCH_VALUE"`, `""`, `0`, `true`, `{}`, `[`+right[0]+`]`)
	case ast.InputObject:
		with := func(field, value string) string { // and what is required beside it
			all := []string{}
			if field != "" {
				all = append(all, fmt.Sprintf(`%q: %s`, field, value))
			}
			for _, f := range definition.Fields {
				if f.Name != field && f.Type.NonNull && f.DefaultValue == nil {
					needed, _ := values(t, loaded, f.Type)
					all = append(all, fmt.Sprintf(`%q: %s`, f.Name, needed[0]))
				}
			}
			return "{" + strings.Join(all, ", ") + "}"
		}
		wrong = []string{with("noSuchField", "1"), with("__typename", `"`+definition.Name+`"`), `5`, `"a"`, `true`, `[{}]`}
		if right = []string{with("", "")}; right[0] != `{}` {
			wrong = append(wrong, `{}`)
		}
		for _, f := range definition.Fields {
			if f.Type.Name() == definition.Name { // one within itself
				right = append(right, fmt.Sprintf(`{%q: {"foreground": true}}`, f.Name))
				wrong = append(wrong, fmt.Sprintf(`{%q: {"noSuchField": 1}}`, f.Name), fmt.Sprintf(`{%q: 5}`, f.Name))
				continue
			}
			fieldRight, fieldWrong := values(t, loaded, f.Type)
			for _, v := range fieldRight {
				right = append(right, with(f.Name, v))
			}
			for _, v := range fieldWrong {
				wrong = append(wrong, with(f.Name, v))
			}
		}
		return right, wrong
	}
	scalar, ok := scalarValues[definition.Name]
	if !ok {
		t.Fatalf("say in scalarValues what %s takes and refuses", definition.Name)
	}
	return scalar.right, scalar.wrong
}

// Every argument of every field takes by variable what its type allows, and refuses all else before anything is asked.
func TestVariablesAreCoerced(t *testing.T) {
	loaded := loadSchema(t)
	h, closed := graph.New(open(t, nil), quiet(), graph.WithCurator(agreeing{}), graph.WithLoader(shelf{})), graph.New(nil, quiet(), graph.WithCurator(agreeing{}), graph.WithLoader(shelf{}))
	asked, seen := 0, map[string]bool{}
	for name, definition := range loaded.Types {
		if definition.BuiltIn || definition.Kind != ast.Object && definition.Kind != ast.Interface {
			continue
		}
		for _, field := range definition.Fields {
			for _, argument := range field.Arguments {
				if strings.HasPrefix(field.Name, "__") {
					continue
				}
				seen[argument.Type.Name()] = true
				query := queryWith(t, loaded, name, field, argument)
				right, wrong := values(t, loaded, argument.Type)
				if definition.Kind == ast.Object && slices.Contains(definition.Interfaces, "Entity") {
					right, wrong = right[:1], wrong[:1] // The arguments are Entity's: TestKindsAgree.
				}
				for _, v := range right {
					asked++
					a := post(t, h, body(t, query, v))
					if name == "Subscription" { // A POST is told how to follow, and not that its variables are wrong.
						if a.codes() != "BAD_REQUEST" || !strings.Contains(a.body, "text/event-stream") {
							t.Errorf("%s\nwith %s: %s", query, v, a.body)
						}
						continue
					}
					if codes := a.codes(); strings.Contains(codes, "GRAPHQL") || strings.Contains(codes, "INTERNAL") || a.Data == nil {
						t.Errorf("%s\nwith %s: %s", query, v, a.body)
					}
				}
				for _, v := range wrong {
					asked++
					a := post(t, closed, body(t, query, v), "Accept", "application/graphql-response+json")
					if a.status != 400 || len(a.Errors) != 1 || a.Data != nil || !strings.HasPrefix(a.Errors[0].Extensions.Argument, "$v") || a.Errors[0].Extensions.Code == "" {
						t.Errorf("%s\nwith %s is answered: %d %s", query, v, a.status, a.body)
					}
				}
			}
		}
	}
	for name, definition := range loaded.Types {
		if definition.Kind == ast.InputObject && !seen[name] && name != "DateInterval" {
			t.Errorf("no argument of %s was tried", name)
		}
	}
	if asked < 1000 {
		t.Errorf("only %d values were tried", asked)
	}
}

func body(t *testing.T, query, v string) string {
	t.Helper()
	data, err := json.Marshal(map[string]any{"query": query, "variables": map[string]any{"v": raw(v)}})
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// queryWith asks a field, gives it one argument by variable, and what else it needs.
func queryWith(t *testing.T, loaded *ast.Schema, parent string, field *ast.FieldDefinition, argument *ast.ArgumentDefinition) string {
	t.Helper()
	arguments := []string{argument.Name + ": $v"}
	for _, other := range field.Arguments {
		if other != argument && other.Type.NonNull && other.DefaultValue == nil {
			value, ok := map[string]string{"String": `"a"`, "ID": `"a"`, "Dimension": "YEAR", "StoryDimension": "YEAR", "EntityKind": "PERSON", "ActionName": `"meet"`, "PartialDate": `"2024"`, "StoryInput": `{text: "a"}`}[other.Type.Name()]
			if !ok {
				t.Fatalf("%s.%s needs a %s: teach this test to give it", parent, field.Name, other.Type)
			}
			arguments = append(arguments, other.Name+": "+value)
		}
	}
	asked := field.Name + "(" + strings.Join(arguments, ", ") + ")"
	if loaded.Types[field.Type.Name()].IsCompositeType() {
		asked += " { __typename }"
	}
	operation := "query"
	switch definition := loaded.Types[parent]; {
	case parent == "Query":
	case parent == "Mutation", parent == "Subscription":
		operation = strings.ToLower(parent)
	case parent == "Entity" || slices.Contains(definition.Interfaces, "Node"):
		asked = `node(id: "state:KP") { ... on ` + parent + " { " + asked + " } }"
	default:
		t.Fatalf("%s is no Node: teach this test to reach it", parent)
	}
	return operation + " ($v: " + argument.Type.String() + ") { " + asked + " }"
}

// What is refused is told with where it stands and what would do.
func TestVariablesAreRefusedWithReasons(t *testing.T) {
	h := graph.New(nil, quiet())
	for _, test := range []struct{ query, variables, argument, message string }{
		{`query ($d: Direction) { node(id: "state:KP") { ... on Entity { relations(direction: $d) { __typename } } } }`, `{"d": "outgoing"}`, "$d", `"outgoing" is no Direction. Did you mean "OUTGOING"?`},
		{`query ($d: EventOrder) { events(order: $d) { __typename } }`, `{"d": 7}`, "$d", `7 is no EventOrder: it is one of NEWEST_FIRST, OLDEST_FIRST`},
		{`query ($f: EventFilter) { events(filter: $f) { __typename } }`, `{"f": {"modality": ["ASSERTED", "asserted"]}}`, "$f.modality.1", `Did you mean "ASSERTED"?`},
		{`query ($f: EventFilter) { events(filter: $f) { __typename } }`, `{"f": {"actoin": "meet"}}`, "$f", `EventFilter has no field "actoin". Did you mean "action"?`},
		{`query ($f: EventFilter) { events(filter: $f) { __typename } }`, `{"f": {"action": "condem"}}`, "$f.action", `Did you mean "condemn"`},
		{`query ($f: EventFilter) { events(filter: $f) { __typename } }`, `{"f": {"during": {"from": 2024}}}`, "$f.during.from", `2024 is no PartialDate: write a string`},
		{`query ($q: String!) { search(query: $q) { __typename } }`, `{"q": 5}`, "$q", `5 is no String: write a string`},
		{`query ($q: String!) { search(query: $q) { __typename } }`, `{}`, "$q", `it takes String!`},
		{`query ($n: Int) { events(first: $n) { __typename } }`, `{"n": "2"}`, "$n", `"2" is no Int`},
		{`query ($f: EventFilter) { events(filter: $f) { __typename } }`, `{"f": {"or": [{"text": "a"}, {"not": {"action": "condem"}}]}}`, "$f.or.1.not.action", `Did you mean "condemn"`},
		{`query ($f: EventFilter) { events(filter: $f) { __typename } }`, `{"f": ` + strings.Repeat(`{"not": `, 5000) + `{}` + strings.Repeat(`}`, 5000) + `}`, "$f", `more than 30 levels of objects`},
		// A variable with a default may stand where null may not, but not be null there.
		{`query ($t: EventType = AID) { events(filter: {type: [$t]}) { __typename } }`, `{"t": null}`, "$t", `null is no EventType!`},
		{`query ($i: Boolean = true) { ...F } fragment F on Query { __typename @include(if: $i) }`, `{"i": null}`, "$i", `null is no Boolean!`},
	} {
		a := post(t, h, fmt.Sprintf(`{"query": %q, "variables": %s}`, test.query, test.variables))
		if len(a.Errors) != 1 || a.Errors[0].Extensions.Argument != test.argument || !strings.Contains(a.Errors[0].Message, test.message) || a.Data != nil {
			t.Errorf("%s with %s:\n%s", test.query, test.variables, a.body)
		}
	}
	// A query that is wrong itself is told so first, and what its variables are does not matter.
	if a := post(t, h, `{"query": "query ($n: Int) { evnts(first: $n) { __typename } }", "variables": {"n": "2"}}`); len(a.Errors) == 0 || !strings.Contains(a.Errors[0].Message, "evnts") {
		t.Errorf("%s", a.body)
	}
}
