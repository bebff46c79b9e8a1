package answer

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"newsgraph/store"
)

// selection is what an operation asks of the objects at one place: all selections whose fields have the same names from the root on, under whichever aliases
// and fragments, and whether they are skipped or not. So it holds for all members of a batch, which have their place in common.
type selection struct {
	of        []ast.SelectionSet
	variables map[string]any
}

// selected is what is asked of the field that ctx is of.
func selected(ctx context.Context) selection {
	if !graphql.HasOperationContext(ctx) {
		return selection{}
	}
	operation := graphql.GetOperationContext(ctx)
	if operation.Operation == nil {
		return selection{}
	}
	var path []string
	for at := graphql.GetFieldContext(ctx); at != nil; at = at.Parent {
		if at.Field.Field != nil {
			path = append(path, at.Field.Name)
		}
	}
	s := selection{[]ast.SelectionSet{operation.Operation.SelectionSet}, operation.Variables}
	for _, name := range slices.Backward(path) {
		s = s.field(name)
	}
	return s
}

// fields yields the fields, each once.
func (s selection) fields(yield func(*ast.Field)) {
	seen := map[*ast.FragmentDefinition]bool{}
	var walk func(ast.SelectionSet)
	walk = func(set ast.SelectionSet) {
		for _, one := range set {
			switch one := one.(type) {
			case *ast.Field:
				yield(one)
			case *ast.InlineFragment:
				walk(one.SelectionSet)
			case *ast.FragmentSpread:
				if !seen[one.Definition] {
					seen[one.Definition] = true
					walk(one.Definition.SelectionSet)
				}
			}
		}
	}
	for _, set := range s.of {
		walk(set)
	}
}

// field is what is asked of the fields of a name, and of what these give, along more names.
func (s selection) field(names ...string) selection {
	for _, name := range names {
		in := selection{nil, s.variables}
		s.fields(func(f *ast.Field) {
			if f.Name == name {
				in.of = append(in.of, f.SelectionSet)
			}
		})
		s = in
	}
	return s
}

// asks tells whether a field of any of these names is asked for.
func (s selection) asks(names ...string) (found bool) {
	s.fields(func(f *ast.Field) { found = found || slices.Contains(names, f.Name) })
	return found
}

// only tells whether something is asked for, and nothing but these.
func (s selection) only(names ...string) bool {
	some, others := false, false
	s.fields(func(f *ast.Field) {
		some = true
		others = others || f.Name != "__typename" && !slices.Contains(names, f.Name)
	})
	return some && !others
}

// first is how many are asked for of the fields of a name, if they are all asked for so, from the beginning; else 0.
func (s selection) first(name string) int {
	asked := 0
	s.fields(func(f *ast.Field) {
		if f.Name != name {
			return
		}
		arguments := f.ArgumentMap(s.variables)
		first := DefaultFirst
		if given := arguments["first"]; given != nil {
			first, _ = strconv.Atoi(fmt.Sprint(given))
		}
		if arguments["after"] != nil || first < 1 || first > MostFirst || asked != 0 && asked != first {
			first = -1
		}
		asked = first
	})
	return max(asked, 0)
}

// named tells whether who is asked for at these fields is asked for no more than by name.
func (s selection) named(fields ...string) bool {
	some := false
	for _, name := range fields {
		if who := s.field(name); len(who.of) > 0 {
			if !who.only("id", "kind", "name") {
				return false
			}
			some = true
		}
	}
	return some
}

// briefEvent tells whether events are asked for no more than store.Show calls brief, and for what comes beside them.
func (s selection) briefEvent() bool {
	return s.only("id", "type", "action", "ploverEvent", "cameo", "quadClass", "modality", "when", "sources", "targets", "instruments", "places", "reports") &&
		(!s.asks("when") || s.field("when").only("from", "to", "precision", "text"))
}

// partiesNamed tells whether those who take part are asked for by name, and nobody else is.
func (s selection) partiesNamed() bool {
	return !s.asks("title", "claimedBy") && s.named("sources", "targets", "instruments", "places")
}

// events is what is shown of events.
func (s selection) events() *store.Show {
	show := store.Show{Brief: s.briefEvent(), Named: s.partiesNamed()}
	if report := s.field("reports", "edges", "node"); report.only("id", "sentence", "story") && (!report.asks("story") || report.field("story").only("id", "headline")) {
		if show.Reports = s.first("reports"); show.Reports > 0 {
			show.Headlines = report.asks("story")
		}
	}
	return some(show)
}

// stories is what is shown of stories.
func (s selection) stories() *store.Show {
	show := store.Show{Brief: s.only("id", "headline", "published", "reports")}
	report := s.field("reports", "edges", "node")
	event := report.field("event")
	if !report.only("id", "sentence", "event") || report.asks("event") && (!event.briefEvent() || event.asks("reports")) {
		return some(show)
	}
	if show.Reports = s.first("reports"); show.Reports > 0 && report.asks("event") {
		show.Events, show.Named = true, event.partiesNamed()
	}
	return some(show)
}

// relations is what is shown of relations.
func (s selection) relations() *store.Show {
	return some(store.Show{Named: s.named("from", "to")})
}

// ShowSearch is what is shown of the search that ctx is of. How a name answers is told from all names.
func ShowSearch(ctx context.Context) *store.Show {
	s := selected(ctx)
	return some(store.Show{Brief: !s.field("edges").asks("match", "name") && s.field("edges").named("node")})
}

// besideOf is what came with pages of one call.
func besideOf[T any](pages []store.Page[T]) store.Beside {
	for _, p := range pages {
		if p.Beside != nil {
			return *p.Beside
		}
	}
	return store.Beside{}
}
