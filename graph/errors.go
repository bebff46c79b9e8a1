package graph

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"slices"
	"strings"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"newsgraph/graph/internal/answer"
	"newsgraph/store"
)

// Codes in extensions.code, beside answer's BAD_USER_INPUT and NOT_FOUND and the GRAPHQL_… of what is no valid query.
const (
	codeBadRequest  = "BAD_REQUEST" // no GraphQL request
	codeTooMany     = "TOO_MANY_SUBSCRIPTIONS"
	codeTooLarge    = "REQUEST_TOO_LARGE" // its body
	codeForbidden   = "FORBIDDEN"         // the key has not the scope
	codeTooComplex  = "QUERY_TOO_COMPLEX" // its shape, or what it would fetch
	codePast        = "PAST_TOO_LARGE"    // the graph of asOf
	codeUnavailable = "UNAVAILABLE"       // the store does not answer
	codeTimeout     = "TIMEOUT"           // the answer took too long
	codeCanceled    = "CANCELED"          // the client has gone
	codeInternal    = "INTERNAL"          // a defect, of which the log tells
)

const (
	mostErrors  = 100 // in one answer
	mostMessage = 500 // code points of one message
)

// presenter makes of errors what a client may see, and logs the rest.
type presenter struct{ logger *slog.Logger }

// errLogged stands for a panic that recover has logged.
var errLogged = errors.New("panicked")

func (p *presenter) present(ctx context.Context, err error) *gqlerror.Error {
	shown := &gqlerror.Error{Path: graphql.GetPath(ctx)}
	var located *gqlerror.Error
	if errors.As(err, &located) {
		shown.Path, shown.Locations = located.Path, located.Locations
		if located.Err != nil {
			err = located.Err
		}
	}
	show := func(code, argument, message string) *gqlerror.Error {
		shown.Message = clipTo(message, mostMessage)
		shown.Extensions = map[string]any{"code": code}
		if argument != "" {
			shown.Extensions["argument"] = argument
		}
		return shown
	}
	var known *answer.Error
	switch {
	case errors.As(err, &known):
		if known.Argument == "" {
			known = &answer.Error{Code: known.Code, Argument: argumentOf(ctx, shown), Message: known.Message}
		}
		return show(known.Code, known.Argument, known.Error())
	case errors.Is(err, store.ErrCursor):
		return show(answer.BadUserInput, "after", "after: not a cursor of this list: take it from a pageInfo or an edge of the same list")
	case errors.Is(err, errLogged):
		return show(codeInternal, "", "something went wrong here; it has been logged")
	case errors.Is(ctx.Err(), context.DeadlineExceeded) || errors.Is(err, context.DeadlineExceeded):
		return show(codeTimeout, "", "the answer took too long: ask for less")
	case ctx.Err() != nil || errors.Is(err, context.Canceled):
		return show(codeCanceled, "", "canceled")
	case errors.Is(err, store.ErrUnavailable), errors.Is(err, store.ErrAuth):
		p.log(ctx, codeUnavailable, err)
		return show(codeUnavailable, "", "the graph cannot be reached now; try again later")
	}
	if code, ok := publicCode(located); ok {
		return show(code, "", located.Message)
	}
	p.log(ctx, codeInternal, err)
	return show(codeInternal, "", "something went wrong here; it has been logged")
}

// argumentOf moves the names of arguments, which the engine puts behind the path of their field, out of the path. Where none stands there
// it is empty.
func argumentOf(ctx context.Context, shown *gqlerror.Error) string {
	field := graphql.GetFieldContext(ctx)
	if field == nil {
		return ""
	}
	path := field.Path()
	if len(shown.Path) <= len(path) || !slices.Equal(shown.Path[:len(path)], path) {
		return ""
	}
	var names []string
	for _, element := range shown.Path[len(path):] {
		if name, ok := element.(ast.PathName); ok {
			names = append(names, string(name))
		}
	}
	shown.Path = path
	if at := field.Field.Position; at != nil {
		shown.Locations = []gqlerror.Location{{Line: at.Line, Column: at.Column}}
	}
	return strings.Join(names, ".")
}

// publicCode is the code of an error that the GraphQL engine or limits made for the client.
func publicCode(err *gqlerror.Error) (string, bool) {
	if err == nil || err.Err != nil && err.Rule == "" {
		return "", false
	}
	code, ok := err.Extensions["code"].(string)
	return code, ok && slices.Contains([]string{errcode.ParseFailed, errcode.ValidationFailed, codeTooComplex, codeNotPersisted, codeNotAllowed, codeBadRequest}, code)
}

// recover logs a panic with its stack.
func (p *presenter) recover(ctx context.Context, panicked any) error {
	p.log(ctx, codeInternal, fmt.Errorf("panic: %v", panicked), slog.String("stack", string(debug.Stack())))
	return errLogged
}

type loggedKey struct{}

// withLogged remembers what was logged of a request: an error that every row of a page has is one line.
func withLogged(ctx context.Context) context.Context {
	return context.WithValue(ctx, loggedKey{}, &sync.Map{})
}

func (p *presenter) log(ctx context.Context, code string, err error, attrs ...slog.Attr) {
	if logged, ok := ctx.Value(loggedKey{}).(*sync.Map); ok {
		if _, again := logged.LoadOrStore(err.Error(), true); again {
			return
		}
	}
	attrs = append(attrs, slog.String("code", code), slog.Any("error", err), slog.Any("path", graphql.GetPath(ctx)))
	p.logger.LogAttrs(ctx, slog.LevelError, "query failed", attrs...)
}

// capped sorts errors by path, since fields are answered in no order, and leaves out those beyond the bound.
func capped(list gqlerror.List) gqlerror.List {
	slices.SortStableFunc(list, func(a, b *gqlerror.Error) int { return cmp.Compare(a.Path.String(), b.Path.String()) })
	if n := len(list); n > mostErrors {
		last := *list[mostErrors-1]
		last.Message = fmt.Sprintf("%d more errors are left out", n-mostErrors+1)
		last.Path, last.Locations = nil, nil
		list = append(list[:mostErrors-1], &last)
	}
	return list
}

func clipTo(s string, most int) string {
	if runes := []rune(s); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return s
}
