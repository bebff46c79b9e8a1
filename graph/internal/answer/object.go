package answer

import (
	"io"

	"github.com/99designs/gqlgen/graphql"
)

// object is an object's fields in the order of the query.
type object struct {
	fields []graphql.CollectedField
	values []graphql.Marshaler
}

// Object writes an object as graphql.FieldSet does, without a map for each to know what is written: objects have few fields.
func Object(fields []graphql.CollectedField, values []graphql.Marshaler) graphql.Marshaler {
	return &object{fields, values}
}

// MarshalGQL writes it as JSON. Fields of one name in the answer that stand on several types are one.
func (o *object) MarshalGQL(w io.Writer) {
	before := `{"`
	for i := range o.fields {
		alias := o.fields[i].Alias // a GraphQL name: nothing in it is to be escaped
		if o.written(alias, i) {
			continue
		}
		for _, text := range []string{before, alias, `":`} {
			io.WriteString(w, text) //nolint:errcheck,gosec // a buffer takes all
		}
		o.values[i].MarshalGQL(w)
		before = `,"`
	}
	if len(o.fields) == 0 {
		io.WriteString(w, "{") //nolint:errcheck,gosec // a buffer takes all
	}
	io.WriteString(w, "}") //nolint:errcheck,gosec // a buffer takes all
}

// written tells whether one of the first n fields has a name in the answer.
func (o *object) written(alias string, n int) bool {
	for i := range n {
		if o.fields[i].Alias == alias {
			return true
		}
	}
	return false
}
