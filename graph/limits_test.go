package graph_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"newsgraph/graph"
)

func TestLimits(t *testing.T) {
	doubling := "{ ...F0 }"
	for i := range 30 {
		doubling += fmt.Sprintf(" fragment F%d on Query { ...F%d ...F%d }", i, i+1, i+1)
	}
	doubling += " fragment F30 on Query { __typename }"
	doublingFields := "{ state: entity(id: \"state:KP\") { ...F0 } }"
	for i := range 30 {
		doublingFields += fmt.Sprintf(" fragment F%d on Entity { a: events { edges { node { sources { ...F%d } targets { ...F%d } } } } }", i, i+1, i+1)
	}
	doublingFields += " fragment F30 on Entity { id }"
	repeated := func(n int, s string) string { return "{" + strings.Repeat(s+" ", n) + "}" }
	var aliases strings.Builder
	for i := range 100 {
		fmt.Fprintf(&aliases, "a%d: __typename ", i)
	}
	var wideFilters strings.Builder
	for i := range 45 {
		fmt.Fprintf(&wideFilters, "a%d: events(filter: $f) { edges { cursor } } ", i)
	}
	deep := strings.Repeat("events { edges { node { sources { ", 12) + "id" + strings.Repeat(" } } } }", 12)
	wide := func(first string) string {
		return "{ events(" + first + ") { edges { node { sources { timeline(" + first + ") { edges { node { id title } } } } } } } }"
	}
	for _, test := range []struct{ name, query, codes string }{
		{"doubling fragments", doubling, "QUERY_TOO_COMPLEX"},
		{"doubling fragments with fields", doublingFields, "QUERY_TOO_COMPLEX"},
		{"fragment of itself", "{ ...F } fragment F on Query { ...F }", "GRAPHQL_VALIDATION_FAILED"},
		{"fragments of each other", "{ ...F } fragment F on Query { ...G ...G } fragment G on Query { ...F ...F }", "GRAPHQL_VALIDATION_FAILED GRAPHQL_VALIDATION_FAILED"},
		{"depth", "{" + deep + "}", "QUERY_TOO_COMPLEX"},
		{"aliases", "{" + aliases.String() + "}", "QUERY_TOO_COMPLEX"},
		{"directives", "{ __typename" + strings.Repeat(" @include(if: true)", 70) + "}", "QUERY_TOO_COMPLEX"},
		{"one field again and again", repeated(1900, "__typename"), "QUERY_TOO_COMPLEX"},
		{"one field again and again, in fields", repeated(15, "events { edges { node { "+strings.Repeat("id ", 90)+"} } }"), "QUERY_TOO_COMPLEX"},
		{"one field again and again, in fragments", repeated(400, "...{__typename}"), "QUERY_TOO_COMPLEX"},
		{"tokens", repeated(3000, "x"), "GRAPHQL_PARSE_FAILED"},
		{"bytes", "{ __typename } #" + strings.Repeat("x", 70_000), "QUERY_TOO_COMPLEX"},
		{"schemas", "{ a: __schema { types { name } } b: __schema { types { name } } c: __schema { types { name } } d: __schema { types { name } } e: __schema { types { name } } }", "QUERY_TOO_COMPLEX"},
		{"circular introspection", "{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }", "GRAPHQL_VALIDATION_FAILED"},
		{"wide pages", wide("first: 100"), "QUERY_TOO_COMPLEX"},
		{"wide pages out of bounds", wide("first: 1000000"), "QUERY_TOO_COMPLEX"},
		{"stories read anew", "{ stories(first: 5) { edges { node { uncoded { why } } } } }", "QUERY_TOO_COMPLEX"},
		{"versions read anew", `{ story(id: "story:1") { versions { versions { uncoded { why } } } } }`, "QUERY_TOO_COMPLEX"},
		{"filters within filters", "{ events(filter: " + strings.Repeat("{not: ", 9) + "{foreground: true}" + strings.Repeat("}", 9) + ") { edges { cursor } } }", "QUERY_TOO_COMPLEX"},
		{"lists of filters within filters", "{ events(filter: {or: " + strings.Repeat("[{and: ", 300) + "[]" + strings.Repeat("}]", 300) + "}) { edges { cursor } } }", "QUERY_TOO_COMPLEX"},
		{"wide filters", "query ($f: EventFilter = {or: [" + strings.Repeat("{foreground: true} ", 25) + "]}) {" + wideFilters.String() + "}", "QUERY_TOO_COMPLEX"},
		{"long name", "{ " + strings.Repeat("x", 10_000) + " }", "GRAPHQL_VALIDATION_FAILED"},
		{"deferred", "{ ... @defer { __typename } }", "GRAPHQL_VALIDATION_FAILED"},
		{"huge number", "{ events(first: 99999999999999999999) { edges { cursor } } }", "GRAPHQL_VALIDATION_FAILED"},
		{"wrong type", `{ events(first: "1") { edges { cursor } } }`, "GRAPHQL_VALIDATION_FAILED"},
	} {
		t.Run(test.name, func(t *testing.T) {
			begin := time.Now()
			a := ask(t, graph.New(nil, quiet()), test.query)
			if took := time.Since(begin); took > 500*time.Millisecond {
				t.Errorf("took %v", took)
			}
			if a.codes() != test.codes {
				t.Errorf("%s", a.body)
			}
			if len(a.body) > 3000 {
				t.Errorf("answer has %d bytes", len(a.body))
			}
		})
	}
}

func TestIntegersHave32Bits(t *testing.T) {
	for _, n := range []string{"99999999999", "1e99", "1.5", "-3000000000"} {
		a := post(t, graph.New(nil, quiet()), `{"query": "query ($n: Int) { events(first: $n) { edges { cursor } } }", "variables": {"n": `+n+`}}`)
		if a.codes() != "BAD_USER_INPUT" && a.codes() != "GRAPHQL_VALIDATION_FAILED" {
			t.Errorf("%s: %s", n, a.body)
		}
	}
}

// A query that is known is parsed no more, but its variables, its cost and its operation are of each request; one that was refused is refused again.
func TestKnownQueries(t *testing.T) {
	h := graph.New(open(t, nil), quiet())
	known := `query A($n: Int) { events(first: $n) { edges { node { sources { timeline(first: $n) { edges { node { id title } } } } } } } } query B { __typename }`
	for range 2 {
		for _, test := range []struct{ query, rest, code string }{
			{known, `"operationName": "A", "variables": {"n": 3}`, ""},
			{known, `"operationName": "A", "variables": {"n": 100}`, "QUERY_TOO_COMPLEX"},
			{known, `"operationName": "A", "variables": {"n": "3"}`, "GRAPHQL_VALIDATION_FAILED"},
			{known, `"operationName": "A", "variables": {"n": 0}`, "BAD_USER_INPUT"},
			{known, `"operationName": "B"`, ""},
			{known, `"operationName": "C"`, "GRAPHQL_VALIDATION_FAILED"},
			{`{ evnts { edges { cursor } } }`, `"variables": {}`, "GRAPHQL_VALIDATION_FAILED"},
			{`{ ` + strings.Repeat("__typename ", 1900) + `}`, `"variables": {}`, "QUERY_TOO_COMPLEX"},
		} {
			a := post(t, h, fmt.Sprintf(`{"query": %q, %s}`, test.query, test.rest))
			if code := a.codes(); code != test.code {
				t.Errorf("%.40s with %s: %q, want %q", test.query, test.rest, code, test.code)
			}
		}
	}
	// To parse is most of what such a query costs.
	n := 0
	first := testing.AllocsPerRun(20, func() { n++; ask(t, h, fmt.Sprintf("{ %s } # %d", strings.Repeat("a: __typename ", 50), n)) })
	again := testing.AllocsPerRun(20, func() { ask(t, h, "{ "+strings.Repeat("a: __typename ", 50)+"}") })
	if again > first/2 {
		t.Errorf("%v allocations for a query that is known, %v for others", again, first)
	}
}

func TestErrorsAreCapped(t *testing.T) {
	var fields strings.Builder
	for i := range 900 {
		fmt.Fprintf(&fields, "x%d ", i)
	}
	a := ask(t, graph.New(nil, quiet()), "{"+fields.String()+"}")
	if len(a.Errors) != 100 || !strings.Contains(a.Errors[99].Message, "801 more") || a.Errors[99].Extensions.Code == "" {
		t.Errorf("%d errors, the last %+v", len(a.Errors), a.Errors[len(a.Errors)-1])
	}
}

// The schema is public, so a wrong name is answered with the right one.
func TestNamesAreSuggested(t *testing.T) {
	h := graph.New(open(t, nil), quiet())
	for query, want := range map[string]string{
		`{ evnts { edges { cursor } } }`:                                      `Did you mean "events"`,
		`{ event(id: "event:1") { titel } }`:                                  `Did you mean "title"`,
		`{ event(id: "event:1") { name } }`:                                   `Cannot query field`,
		`{ node(id: "state:KP") { name } }`:                                   `Did you mean to use an inline fragment on "Entity"`,
		`{ events(frst: 1) { edges { cursor } } }`:                            `Did you mean "first"`,
		`{ node(id: "state:KP") { ... on Stat { id } } }`:                     `Did you mean "State"`,
		`query ($d: Directon) { __typename }`:                                 `Did you mean "Direction"`,
		`{ events(order: NEWEST_FRST) { edges { cursor } } }`:                 `Did you mean the enum value "NEWEST_FIRST"`,
		`{ events(order: newest_first) { edges { cursor } } }`:                `Did you mean the enum value "NEWEST_FIRST"`,
		`{ events(filter: {actin: "meet"}) { edges { cursor } } }`:            `Did you mean "action"`,
		`{ events(filter: {action: "condem"}) { edges { cursor } } }`:         `Did you mean "condemn"`,
		`{ events(filter: {action: "CONDEMN"}) { edges { cursor } } }`:        `Did you mean "condemn"`,
		`{ events(filter: {action: 5}) { edges { cursor } } }`:                `write a string, "condemn"`,
		`{ events(filter: {during: {from: 2024}}) { edges { cursor } } }`:     `write a string, "2024-01-09"`,
		`{ events(filter: {minTexts: 3, maxTexts: 2}) { edges { cursor } } }`: `filter.maxTexts: 2 is less than minTexts`,
		`{ events(filter: {undated: true}) { edges { cursor } } }`:            `filter.undated: it goes with during`,
		`{ events }`: `must have a selection of subfields`,
	} {
		a := ask(t, h, query)
		said := ""
		for _, e := range a.Errors {
			said += e.Message + "\n"
			if e.Extensions.Code == "" {
				t.Errorf("%s: no code", query)
			}
		}
		if !strings.Contains(said, want) {
			t.Errorf("%s\n%swant %s", query, said, want)
		}
	}
}

// Suggestions are not a way to make the server work: a bomb of wrong names is refused as fast as any other.
func TestSuggestionsAreCheap(t *testing.T) {
	long := strings.Repeat("Evenu", 12_000)
	many := func(s string) string { return "{" + strings.Repeat(s+" ", 60_000/len(s)) + "}" }
	for name, query := range map[string]string{
		"long field":    "{ " + long + " }",
		"long type":     "{ ... on " + long + " { id } }",
		"long argument": "{ events(" + long + ": 1) { edges { cursor } } }",
		"long value":    "{ events(order: " + long + ") { edges { cursor } } }",
		"long input":    "{ events(filter: {" + long + ": 1}) { edges { cursor } } }",
		"long variable": "query ($a: " + long + ") { __typename }",
		"long action":   `{ events(filter: {action: "` + long + `"}) { edges { cursor } } }`,
		"many fields":   many(strings.Repeat("node", 17)),
		"many types":    many("... on " + strings.Repeat("Node", 30) + " { id }"),
		"many values":   "{ events(filter: {type: [" + strings.Repeat(strings.Repeat("MEET", 8)+" ", 1800) + "]}) { edges { cursor } } }",
		"many actions":  "{ events(filter: {action: [" + strings.Repeat(`"`+strings.Repeat("meet", 7)+`" `, 1900) + "]}) { edges { cursor } } }",
	} {
		t.Run(name, func(t *testing.T) {
			h := graph.New(open(t, nil), quiet())
			a := quickly(t, func() answered { return ask(t, h, query) })
			if len(a.Errors) == 0 || len(a.body) > 100_000 {
				t.Errorf("answer has %d bytes: %.300s", len(a.body), a.body)
			}
		})
	}
}

// quickly asks until the answer is there within the bound of a query bomb, three times at most: the machine may be busy with others.
func quickly(t *testing.T, ask func() answered) answered {
	t.Helper()
	for tries := 1; ; tries++ {
		begin := time.Now()
		a := ask()
		took := time.Since(begin)
		if took <= 500*time.Millisecond {
			return a
		}
		if tries == 3 {
			t.Errorf("took %v", took)
			return a
		}
	}
}

func TestVariablesAreCheap(t *testing.T) {
	list := func(item string) string { return "[" + strings.Repeat(item+",", 900_000/(len(item)+1)) + item + "]" }
	var fields strings.Builder
	for i := range 40_000 {
		fmt.Fprintf(&fields, `"actoin%d": 1, `, i)
	}
	var definitions, given strings.Builder
	for i := range 300 {
		fmt.Fprintf(&definitions, "$a%d: [ActionName!] ", i)
		fmt.Fprintf(&given, `"a%d": %s, `, i, "["+strings.Repeat(`"condem",`, 300)+`"condem"]`)
	}
	const of = `query ($v: EventFilter) { events(filter: $v) { __typename } }`
	for name, test := range map[string]struct{ query, variables string }{
		"actions":         {of, `{"v": {"action": ` + list(`"condem"`) + `}}`},
		"types":           {of, `{"v": {"type": ` + list(`"AIDE"`) + `}}`},
		"nulls":           {of, `{"v": {"type": ` + list(`null`) + `}}`},
		"numbers":         {of, `{"v": {"source": ` + list(`1.5`) + `}}`},
		"deep":            {of, `{"v": ` + strings.Repeat(`{"during":`, 9000) + `1` + strings.Repeat(`}`, 9000) + `}`},
		"deep lists":      {of, `{"v": {"type": ` + strings.Repeat(`[`, 9000) + strings.Repeat(`]`, 9000) + `}}`},
		"fields":          {of, `{"v": {` + fields.String() + `"x": 1}}`},
		"long value":      {of, `{"v": {"action": "` + strings.Repeat("condem", 150_000) + `"}}`},
		"long field":      {of, `{"v": {"` + strings.Repeat("action", 150_000) + `": 1}}`},
		"many variables":  {"query (" + definitions.String() + ") { __typename }", `{` + given.String() + `"x": 1}`},
		"many undeclared": {`{ __typename }`, `{` + fields.String() + `"x": 1}`},
	} {
		t.Run(name, func(t *testing.T) {
			h, body := graph.New(open(t, nil), quiet()), fmt.Sprintf(`{"query": %q, "variables": %s}`, test.query, test.variables)
			a := quickly(t, func() answered { return post(t, h, body) })
			if len(a.body) > 100_000 || a.status == 413 || len(a.Errors) == 0 && name != "many undeclared" {
				t.Errorf("answer has %d bytes: %.300s", len(a.body), a.body)
			}
		})
	}
}

// GraphiQL asks this when it opens.
const introspectionQuery = `query IntrospectionQuery { __schema { queryType { name kind } mutationType { name kind } subscriptionType { name kind }
  types { ...FullType } directives { name description locations args(includeDeprecated: true) { ...InputValue } } } }
fragment FullType on __Type { kind name description
  fields(includeDeprecated: true) { name description args(includeDeprecated: true) { ...InputValue } type { ...TypeRef } isDeprecated deprecationReason }
  inputFields(includeDeprecated: true) { ...InputValue } interfaces { ...TypeRef }
  enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason } possibleTypes { ...TypeRef } }
fragment InputValue on __InputValue { name description type { ...TypeRef } defaultValue isDeprecated deprecationReason }
fragment TypeRef on __Type { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name
  ofType { kind name ofType { kind name ofType { kind name } } } } } } } } } }`

func TestIntrospection(t *testing.T) {
	a := ask(t, graph.New(nil, quiet()), introspectionQuery)
	if len(a.Errors) > 0 || !strings.Contains(string(a.Data), "Who condemned") && !strings.Contains(string(a.Data), "who did what to whom") {
		t.Errorf("%.500s", a.body)
	}
	// The front page of the docs.
	a = ask(t, graph.New(nil, quiet()), `{ __schema { description } __type(name: "Date") { specifiedByURL } }`)
	if len(a.Errors) > 0 || !strings.Contains(string(a.Data), "News as a graph") || !strings.Contains(string(a.Data), "rfc3339") {
		t.Errorf("%.500s", a.body)
	}
}
