package answer

import "fmt"

// Codes of the errors that tell a client what it asked wrongly.
const (
	BadUserInput = "BAD_USER_INPUT"
	NotFound     = "NOT_FOUND"
)

// Error is an error whose message is for the client.
type Error struct {
	Code     string
	Argument string // the argument that is to blame; empty if none is
	Message  string
}

func (e *Error) Error() string {
	if e.Argument == "" {
		return e.Message
	}
	return e.Argument + ": " + e.Message
}

// BadInput says what is wrong with an argument.
func BadInput(argument, format string, args ...any) error {
	return &Error{BadUserInput, argument, fmt.Sprintf(format, args...)}
}

// Absent says that what an argument names is not there.
func Absent(argument, format string, args ...any) error {
	return &Error{NotFound, argument, fmt.Sprintf(format, args...)}
}

// Clip keeps a client's own words short in a message.
func Clip[S ~string](s S) string {
	const most = 80
	runes := []rune(string(s))
	if len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return string(s)
}
