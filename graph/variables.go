package graph

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"newsgraph/graph/internal/answer"
)

// coerce reads the variables of a valid operation as the specification says (CoerceVariableValues): what is not written as its type asks
// is refused, never guessed. The library's own reading takes enum values in any case, which then match nothing, and strings for numbers.
// Variables that the operation does not have are ignored.
func coerce(schema *ast.Schema, operation *ast.OperationDefinition, given map[string]any) (map[string]any, gqlerror.List) {
	coerced := make(map[string]any, len(operation.VariableDefinitions))
	nulls := map[string]bool{}
	c := &coercer{schema: schema}
	for _, v := range operation.VariableDefinitions {
		c.position, c.variable = v.Position, v.Variable
		at := "$" + v.Variable
		value, has := given[v.Variable]
		switch {
		case has:
			coerced[v.Variable] = c.value(at, v.Type, value)
			if value == nil {
				nulls[v.Variable] = true
			}
		case v.DefaultValue != nil:
			value, err := v.DefaultValue.Value(nil)
			if err != nil {
				c.refuse(at, "its default cannot be read: %v", err)
			}
			coerced[v.Variable] = value
		case v.Type.NonNull:
			c.refuse(at, "%s is not given: it takes %s", at, v.Type)
		}
	}
	if len(c.errors) == 0 && len(nulls) > 0 {
		return coerced, refuseNulls(operation, nulls)
	}
	return coerced, c.errors
}

// mostWrong is how many wrong values of variables are told: a client that has one list wrong has all of it wrong.
const mostWrong = 20

// coercer reads variables. It stops when it has found enough that is wrong, since to say what would do takes time for each.
type coercer struct {
	schema   *ast.Schema
	position *ast.Position // of the variable
	variable string
	levels   int // of objects within objects
	errors   gqlerror.List
}

func (c *coercer) full() bool { return len(c.errors) >= mostWrong }

// refuse says what is wrong at a place within the variable.
func (c *coercer) refuse(at, format string, args ...any) {
	c.add(&answer.Error{Code: errcode.ValidationFailed, Argument: at, Message: fmt.Sprintf(format, args...)})
}

func (c *coercer) add(known *answer.Error) {
	// A WebSocket sends it as it is.
	err := &gqlerror.Error{Err: known, Message: known.Error(), Extensions: map[string]any{"code": known.Code, "argument": known.Argument}}
	if c.position != nil {
		err.Locations = []gqlerror.Location{{Line: c.position.Line, Column: c.position.Column}}
	}
	c.errors = append(c.errors, err)
}

// value reads v as a value of the type.
func (c *coercer) value(at string, typ *ast.Type, v any) any {
	if c.full() {
		return nil
	}
	if v == nil {
		if typ.NonNull {
			c.refuse(at, "null is no %s", typ)
		}
		return nil
	}
	if typ.Elem != nil {
		items, ok := v.([]any)
		if !ok {
			return []any{c.value(at, typ.Elem, v)} // One value is the list of it.
		}
		read := make([]any, len(items))
		for i, item := range items {
			read[i] = c.value(at+"."+strconv.Itoa(i), typ.Elem, item)
		}
		return read
	}
	definition := c.schema.Types[typ.NamedType]
	switch definition.Kind {
	case ast.Enum:
		return c.enum(at, definition, v)
	case ast.InputObject:
		return c.object(at, definition, v)
	default:
		return c.scalar(at, definition.Name, v)
	}
}

func (c *coercer) enum(at string, definition *ast.Definition, v any) any {
	name, ok := v.(string)
	if ok && definition.EnumValues.ForName(name) != nil {
		return name
	}
	names := make([]string, len(definition.EnumValues))
	for i, value := range definition.EnumValues {
		names[i] = value.Name
	}
	c.refuse(at, "%s is no %s%s", answer.Literal(v), definition.Name, didYouMean(name, names))
	return nil
}

func (c *coercer) object(at string, definition *ast.Definition, v any) any {
	fields, ok := v.(map[string]any)
	if !ok {
		c.refuse(at, "%s is no %s: write an object", answer.Literal(v), definition.Name)
		return nil
	}
	if c.levels == mostDepth {
		c.refuse("$"+c.variable, "it has more than %d levels of objects: write fewer within each other", mostDepth)
		return nil
	}
	c.levels++
	defer func() { c.levels-- }()
	read := make(map[string]any, len(fields))
	names := make([]string, len(definition.Fields))
	for i, field := range definition.Fields {
		names[i] = field.Name
		value, has := fields[field.Name]
		switch {
		case has:
			read[field.Name] = c.value(at+"."+field.Name, field.Type, value)
		case field.DefaultValue != nil:
			value, err := field.DefaultValue.Value(nil)
			if err != nil {
				c.refuse(at+"."+field.Name, "its default cannot be read: %v", err)
			}
			read[field.Name] = value
		case field.Type.NonNull:
			c.refuse(at+"."+field.Name, "%s is not given: it takes %s", field.Name, field.Type)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		if definition.Fields.ForName(name) == nil && !c.full() {
			c.refuse(at, "%s has no field %q%s", definition.Name, answer.Clip(name), didYouMean(name, names))
		}
	}
	return read
}

// scalar reads the five scalars of GraphQL, and the API's own.
func (c *coercer) scalar(at, name string, v any) any {
	hint := ""
	switch name {
	case "String":
		if s, ok := v.(string); ok {
			return s
		}
		hint = "write a string"
	case "ID":
		if s, ok := v.(string); ok {
			return s
		}
		if n, ok := v.(json.Number); ok && isWhole(n) {
			return n.String()
		}
		hint = "write a string"
	case "Int":
		if n, ok := v.(json.Number); ok && isWhole(n) {
			if i, err := strconv.ParseInt(n.String(), 10, 32); err == nil {
				return i
			}
		}
		hint = "write a whole number of 32 bits"
	case "Float":
		if n, ok := v.(json.Number); ok {
			if f, err := n.Float64(); err == nil && !math.IsInf(f, 0) {
				return f
			}
		}
		hint = "write a number"
	case "Boolean":
		if b, ok := v.(bool); ok {
			return b
		}
		hint = "write true or false"
	default:
		own, err := answer.Scalars[name](v)
		if err != nil {
			var known *answer.Error
			if !errors.As(err, &known) {
				known = &answer.Error{Code: errcode.ValidationFailed, Message: "it is no " + name}
			}
			c.add(&answer.Error{Code: known.Code, Argument: at, Message: known.Message})
			return nil
		}
		return own
	}
	c.refuse(at, "%s is no %s: %s", answer.Literal(v), name, hint)
	return nil
}

func isWhole(n json.Number) bool { return !strings.ContainsAny(n.String(), ".eE") }

// refuseNulls refuses null for a variable with a default that stands where null may not: such a variable is allowed there for its
// default's sake, and an explicit null is the client's mistake.
func refuseNulls(operation *ast.OperationDefinition, nulls map[string]bool) gqlerror.List {
	w := &nullWalker{nulls: nulls, seen: map[string]bool{}}
	w.selections(operation.SelectionSet)
	return w.errors
}

type nullWalker struct {
	nulls  map[string]bool
	seen   map[string]bool // fragments
	errors gqlerror.List
}

func (w *nullWalker) selections(set ast.SelectionSet) {
	for _, selection := range set {
		switch selection := selection.(type) {
		case *ast.Field:
			w.arguments(selection.Arguments)
			w.directives(selection.Directives)
			w.selections(selection.SelectionSet)
		case *ast.InlineFragment:
			w.directives(selection.Directives)
			w.selections(selection.SelectionSet)
		case *ast.FragmentSpread:
			w.directives(selection.Directives)
			if !w.seen[selection.Name] {
				w.seen[selection.Name] = true
				w.selections(selection.Definition.SelectionSet)
			}
		}
	}
}

func (w *nullWalker) directives(list ast.DirectiveList) {
	for _, d := range list {
		w.arguments(d.Arguments)
	}
}

func (w *nullWalker) arguments(list ast.ArgumentList) {
	for _, a := range list {
		w.value(a.Value)
	}
}

func (w *nullWalker) value(v *ast.Value) {
	for _, child := range v.Children {
		w.value(child.Value)
	}
	if v.Kind != ast.Variable || !w.nulls[v.Raw] || v.ExpectedType == nil || !v.ExpectedType.NonNull {
		return
	}
	known := &answer.Error{Code: errcode.ValidationFailed, Argument: "$" + v.Raw, Message: "null is no " + v.ExpectedType.String()}
	err := &gqlerror.Error{Err: known, Message: known.Error()}
	if v.Position != nil {
		err.Locations = []gqlerror.Location{{Line: v.Position.Line, Column: v.Position.Column}}
	}
	w.errors = append(w.errors, err)
}
