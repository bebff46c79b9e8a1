package answer

import (
	"encoding/json"
	"math"
	"strconv"

	"github.com/99designs/gqlgen/graphql"
)

// MarshalInt writes an Int.
func MarshalInt(n int) graphql.Marshaler { return graphql.MarshalInt(n) }

// UnmarshalInt reads an Int, which the GraphQL specification holds to 32 bits.
func UnmarshalInt(v any) (int, error) {
	var n int64
	var err error
	switch v := v.(type) {
	case int64:
		n = v
	case int:
		n = int64(v)
	case json.Number:
		n, err = strconv.ParseInt(v.String(), 10, 64)
	default:
		err = strconv.ErrSyntax
	}
	if err != nil || n < math.MinInt32 || n > math.MaxInt32 {
		return 0, BadInput("", "%s is no Int: write a whole number of 32 bits", Literal(v))
	}
	return int(n), nil
}
