package answer

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"newsgraph/news"
)

// Scalars read the scalars of the API's own from what a client wrote: a string, or whatever else it should not be. An error is an *Error
// without an argument, which only the caller knows.
var Scalars = map[string]func(any) (string, error){
	"ActionName":  UnmarshalActionName,
	"Date":        UnmarshalDate,
	"DateTime":    UnmarshalDateTime,
	"PartialDate": UnmarshalPartialDate,
}

// MarshalDate writes a Date.
func MarshalDate(day string) graphql.Marshaler { return graphql.MarshalString(day) }

// UnmarshalDate reads a Date: a day of the calendar.
func UnmarshalDate(v any) (string, error) {
	s, ok := v.(string)
	if ok {
		if _, precision, err := news.ParseDate(s); err == nil && precision == news.Day {
			return s, nil
		}
	}
	return "", BadInput("", `%s is no Date: write a day as a string, "2024-01-09"`, Literal(v))
}

// MarshalDateTime writes a DateTime.
func MarshalDateTime(instant string) graphql.Marshaler { return graphql.MarshalString(instant) }

// UnmarshalDateTime reads a DateTime.
func UnmarshalDateTime(v any) (string, error) {
	s, ok := v.(string)
	if ok {
		if t, err := time.Parse(time.RFC3339, s); err == nil {
			return news.Instant(t), nil
		}
	}
	return "", BadInput("", `%s is no DateTime: write a string, "2024-01-10T12:00:00.000Z"`, Literal(v))
}

// MarshalPartialDate writes a PartialDate.
func MarshalPartialDate(date string) graphql.Marshaler { return graphql.MarshalString(date) }

// UnmarshalPartialDate reads a PartialDate: a day, a month, a year, or a day without its year.
func UnmarshalPartialDate(v any) (string, error) {
	s, ok := v.(string)
	if ok {
		if _, _, err := news.ParseDate(s); err == nil {
			return s, nil
		}
		// 2000 had a 29 February.
		if day, ok := strings.CutPrefix(s, "--"); ok {
			if _, precision, err := news.ParseDate("2000-" + day); err == nil && precision == news.Day {
				return s, nil
			}
		}
	}
	return "", BadInput("", `%s is no PartialDate: write a string, "2024-01-09", "2024-01" or "2024"`, Literal(v))
}

// MarshalActionName writes an ActionName.
func MarshalActionName(name string) graphql.Marshaler { return graphql.MarshalString(name) }

// UnmarshalActionName reads an ActionName: one that the vocabulary has.
func UnmarshalActionName(v any) (string, error) {
	s, ok := v.(string)
	if !ok {
		return "", BadInput("", `%s is no ActionName: write a string, "condemn"`, Literal(v))
	}
	if _, ok := news.ActionNamed(s); !ok {
		meant := ""
		if near := nearest(s); len(near) > 0 {
			meant = fmt.Sprintf(" Did you mean %s?", quoted(near))
		}
		return "", BadInput("", "%q is no action.%s actions lists all", Clip(s), meant)
	}
	return s, nil
}

// quoted are names as a sentence tells them: "a", "b" or "c".
func quoted(names []string) string {
	last := len(names) - 1
	if last == 0 {
		return strconv.Quote(names[0])
	}
	return `"` + strings.Join(names[:last], `", "`) + `" or ` + strconv.Quote(names[last])
}

// Literal is a client's value in its own words, kept short.
func Literal(v any) string {
	data, err := json.Marshal(v)
	if err != nil {
		return "what was given"
	}
	return Clip(string(data))
}
