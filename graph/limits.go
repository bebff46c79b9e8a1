package graph

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/parser"

	"newsgraph/graph/internal/answer"
	"newsgraph/news"
)

// The bounds of a query. GraphiQL's introspection has about 500 tokens and 300 fields; no question of a person comes near them.
const (
	mostQuery         = 64 << 10 // bytes
	mostTokens        = 2000     // validation takes time quadratic in them
	mostDepth         = 30       // levels of fields; a connection takes three. Introspection has a rule of its own
	mostFields        = 2000     // with every fragment spread out
	mostAliases       = 60
	mostSame          = 100 // fields of one place in the answer: validation takes time quadratic in them
	mostDirectives    = 60
	mostIntrospection = 4      // __schema and __type
	mostCost          = 50_000 // fields of the answer, at most
	listCost          = 4      // a list that is no page, such as sources
	explainCost       = 11_000 // a story that is read anew, so that four are the most of a query
	pastCost          = 11_000 // the graph of a time (asOf), so that a query asks four at most
	filterCost        = 50     // a filter within a filter
	totalCost         = 10     // a list that is counted, or said to go on
	mostFilter        = 8      // levels of filters within filters
)

// costExtension is under what a query's cost is kept with its operation.
const costExtension = "cost"

// introspection is for everyone: the playground lives on it, and the API is public.
type introspection struct{}

func (introspection) ExtensionName() string                   { return "introspection" }
func (introspection) Validate(graphql.ExecutableSchema) error { return nil }

func (introspection) MutateOperationContext(_ context.Context, operation *graphql.OperationContext) *gqlerror.Error {
	operation.DisableIntrospection = false
	return nil
}

// limits refuses queries by their shape before they are validated, and by what they would fetch before they are executed. Both look
// once at each fragment, however often it is spread. What documents holds has the shape.
type limits struct{ documents *documents }

func (limits) ExtensionName() string                   { return "limits" }
func (limits) Validate(graphql.ExecutableSchema) error { return nil }

func (l limits) MutateOperationParameters(ctx context.Context, params *graphql.RawParams) *gqlerror.Error {
	if _, ok := l.documents.Get(ctx, params.Query); ok {
		return nil
	}
	if len(params.Query) > mostQuery {
		return tooComplex("the query has %d bytes, at most %d are taken: put long values into variables", len(params.Query), mostQuery)
	}
	doc, err := parser.ParseQueryWithTokenLimit(&ast.Source{Input: params.Query}, mostTokens)
	if err != nil {
		return nil // The executor says so.
	}
	m := &measurer{doc: doc, fragments: map[string]*shape{}}
	for _, operation := range doc.Operations {
		s := m.selections(operation.SelectionSet, &place{})
		s.directives = add(s.directives, len(operation.Directives))
		for _, bound := range []struct {
			what      string
			has, most int
		}{
			{"levels of fields", s.depth, mostDepth},
			{"fields", s.fields, mostFields},
			{"aliases", s.aliases, mostAliases},
			{"fields of one place in the answer", s.same, mostSame},
			{"directives", s.directives, mostDirectives},
			{"introspections", s.introspections, mostIntrospection},
		} {
			if bound.has > bound.most {
				return tooComplex("the query has more than %d %s, its fragments spread out: ask for less at once", bound.most, bound.what)
			}
		}
	}
	return nil
}

func (limits) MutateOperationContext(_ context.Context, operation *graphql.OperationContext) *gqlerror.Error {
	w := &weigher{variables: operation.Variables, fragments: map[string]int{}, past: map[string]bool{}}
	cost := add(w.selections(operation.Operation.SelectionSet), multiply(len(w.past), pastCost))
	operation.Stats.SetExtension(costExtension, cost)
	if w.filter > mostFilter {
		return tooComplex("a filter holds filters (and, or, not) at %d levels, at most %d are answered: and, or and not of the same filter take many conditions at one level", w.filter, mostFilter)
	}
	if cost > mostCost {
		return tooComplex("the query asks for up to %s fields, at most %d are answered: ask for shorter pages (first), fewer fields, fewer filters within filters (and, or, not) or fewer times (asOf)", costText(cost), mostCost)
	}
	return nil
}

func tooComplex(format string, args ...any) *gqlerror.Error {
	err := gqlerror.Errorf(format, args...)
	errcode.Set(err, codeTooComplex)
	return err
}

// The bounds of documents: an explorer asks some forty queries, none of which is longer.
const (
	mostDocuments = 128
	mostDocument  = 4 << 10 // bytes of a query
)

// documents are the latest queries that were valid, parsed, by their texts. They stand for no answers: variables, costs and rows are each request's own.
// Nothing writes into a document that has been validated.
type documents struct{ *lru.LRU[*ast.QueryDocument] }

func newDocuments() *documents { return &documents{lru.New[*ast.QueryDocument](mostDocuments)} }

// Add keeps a document, unless it is so long that many of them would fill the memory.
func (d *documents) Add(ctx context.Context, query string, doc *ast.QueryDocument) {
	if len(query) <= mostDocument {
		d.LRU.Add(ctx, query, doc)
	}
}

// shape is how large a selection is with its fragments spread out.
type shape struct{ depth, fields, aliases, same, directives, introspections int }

// place is one of the answer, or of what a fragment answers.
type place struct {
	fields int // of the query that answer it
	names  map[string]*place
}

func (p *place) below(name string) *place {
	if p.names == nil {
		p.names = map[string]*place{}
	}
	if p.names[name] == nil {
		p.names[name] = &place{}
	}
	p.names[name].fields++
	return p.names[name]
}

type measurer struct {
	doc       *ast.QueryDocument
	fragments map[string]*shape // nil while it is being measured
}

func (m *measurer) selections(set ast.SelectionSet, at *place) shape {
	var sum shape
	for _, selection := range set {
		var s shape
		switch selection := selection.(type) {
		case *ast.Field:
			below := at.below(selection.Alias)
			s = m.selections(selection.SelectionSet, below)
			s.same = max(s.same, below.fields)
			s.depth++
			s.fields = add(s.fields, 1)
			s.directives = add(s.directives, len(selection.Directives))
			if selection.Alias != "" && selection.Alias != selection.Name {
				s.aliases = add(s.aliases, 1)
			}
			if selection.Name == "__schema" || selection.Name == "__type" {
				s.depth = 0
				s.introspections = add(s.introspections, 1)
			}
		case *ast.InlineFragment:
			s = m.selections(selection.SelectionSet, at)
			s.directives = add(s.directives, len(selection.Directives))
		case *ast.FragmentSpread:
			s = m.fragment(selection.Name)
			s.directives = add(s.directives, len(selection.Directives))
		}
		sum.depth = max(sum.depth, s.depth)
		sum.fields = add(sum.fields, s.fields)
		sum.aliases = add(sum.aliases, s.aliases)
		sum.same = max(sum.same, s.same)
		sum.directives = add(sum.directives, s.directives)
		sum.introspections = add(sum.introspections, s.introspections)
	}
	return sum
}

// fragment measures a fragment once. One that is not there, or that spreads itself, is for validation to refuse.
func (m *measurer) fragment(name string) shape {
	if s, ok := m.fragments[name]; ok {
		if s == nil {
			return shape{}
		}
		return *s
	}
	definition := m.doc.Fragments.ForName(name)
	if definition == nil {
		return shape{}
	}
	m.fragments[name] = nil
	s := m.selections(definition.SelectionSet, &place{}) // Validation compares it with itself once.
	m.fragments[name] = &s
	return s
}

// weigher counts the fields that a valid query can have in its answer.
type weigher struct {
	variables map[string]any
	fragments map[string]int
	filter    int             // the most levels of filters within a filter
	past      map[string]bool // the times of asOf
}

func (w *weigher) selections(set ast.SelectionSet) int {
	sum := 0
	for _, selection := range set {
		switch selection := selection.(type) {
		case *ast.Field:
			sum = add(sum, w.field(selection))
		case *ast.InlineFragment:
			sum = add(sum, w.selections(selection.SelectionSet))
		case *ast.FragmentSpread:
			cost, ok := w.fragments[selection.Name]
			if !ok {
				cost = w.selections(selection.Definition.SelectionSet)
				w.fragments[selection.Name] = cost
			}
			sum = add(sum, cost)
		}
	}
	return sum
}

// field costs one, and what is below it as often as it can be there.
func (w *weigher) field(f *ast.Field) int {
	if strings.HasPrefix(f.Name, "__") {
		return 1 // Introspection has its bounds in the query's shape.
	}
	if f.Name == "totalCount" || f.Name == "estimated" {
		return totalCost
	}
	below := w.selections(f.SelectionSet)
	if below == 0 {
		return 1
	}
	given := f.ArgumentMap(w.variables)
	cost := add(1, multiply(times(f, given), below))
	for _, argument := range f.Definition.Arguments {
		if argument.Type.Name() == "EventFilter" {
			filters, levels := nested(given[argument.Name])
			w.filter = max(w.filter, levels)
			cost = add(cost, multiply(filterCost, filters))
		}
		if at, ok := given[argument.Name].(string); ok && argument.Name == "asOf" {
			w.past[at] = true
		}
	}
	if f.Name == "uncoded" {
		cost = add(cost, explainCost)
	}
	return cost
}

// nested counts the filters within a filter, and their levels. One may stand for the list of it.
func nested(filter any) (filters, levels int) {
	fields, _ := filter.(map[string]any)
	for _, name := range []string{"and", "or", "not"} {
		within, ok := fields[name].([]any)
		if !ok && fields[name] != nil {
			within = []any{fields[name]}
		}
		for _, one := range within {
			n, deep := nested(one)
			filters, levels = add(filters, n+1), max(levels, deep+1)
		}
	}
	return filters, levels
}

// sized are the arguments that say how much a field selects at most, with what they are unless given.
var sized = map[string]int{"first": answer.DefaultFirst, "top": answer.DefaultTop, "limit": answer.DefaultLimit, "k": answer.DefaultPaths}

// times is how often what a field selects can be there, by the arguments given.
func times(f *ast.Field, given map[string]any) int {
	for _, argument := range f.Definition.Arguments {
		n, ok := sized[argument.Name]
		if !ok {
			continue
		}
		if asked, ok := number(given[argument.Name]); ok {
			n = asked
		}
		return min(max(n, 1), answer.MostFirst)
	}
	switch {
	case f.ObjectDefinition.Name == "Network": // It counts its nodes, and has a few edges for each.
		if f.Name == "nodes" {
			return 1
		}
		return listCost
	case f.ObjectDefinition.Name == "Paths": // It counts its paths.
		return 1
	case f.Name == "hops":
		return answer.MostHops
	case f.Definition.Type.Elem == nil, f.Name == "edges", f.Name == "cells": // The connection counts its edges, as counts do their cells.
		return 1
	case f.Name == "actions" && f.ObjectDefinition.Name == "Query":
		return len(news.Actions())
	case f.Definition.Arguments.ForName("ids") != nil:
		if ids, ok := given["ids"].([]any); ok {
			return min(len(ids), answer.MostValues)
		}
		return answer.MostValues
	}
	return listCost
}

func number(v any) (int, bool) {
	switch v := v.(type) {
	case int64:
		return clamp(v), true
	case int:
		return v, true
	case json.Number:
		n, err := v.Int64()
		return clamp(n), err == nil
	}
	return 0, false
}

func clamp(n int64) int { return int(min(max(n, 0), answer.MostFirst)) }

// most is where sums stop: far above every bound, far below overflow.
const most = 1 << 30

func add(a, b int) int      { return min(a+b, most) }
func multiply(a, b int) int { return min(a*b, most) } // a is at most MostValues.

func costText(cost int) string {
	if cost == most {
		return "more than a billion"
	}
	return fmt.Sprint(cost)
}
