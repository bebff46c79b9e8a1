// Package dateparser stands for github.com/markusmobius/go-dateparser, which the finder of articles brings along and is told not to ask: format reads
// dates itself (docs/adr/0012). The true one makes tables of 80 MB at each start of a program.
package dateparser

import (
	"errors"
	"time"
)

// What the finder of articles names of the parser of dates.
type (
	Parser        struct{ ParserTypes []ParserType }
	ParserType    uint8
	Configuration struct {
		PreferredDateSource PreferredDateSource
		StrictParsing       bool
	}
	PreferredDateSource uint8
	Date                struct{ Time time.Time }
)

// Ways of reading, all of which find nothing.
const (
	CustomFormat ParserType = iota
	AbsoluteTime
	Past PreferredDateSource = 0
)

// Parse finds no date.
func (*Parser) Parse(*Configuration, string) (Date, error) {
	return Date{}, errors.New("there is no parser of dates in this program")
}
