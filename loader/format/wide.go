package format

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// toUTF8 is the text of a piece that should be UTF-8 and is often Windows-1252, as spreadsheets save tables unless asked. It is asked piece by piece,
// since a table may be too long to be decoded as a whole.
func toUTF8(piece []byte) string {
	if !utf8.Valid(piece) && !nearlyUTF8(piece) {
		if text, err := charmap.Windows1252.NewDecoder().Bytes(piece); err == nil {
			return string(text)
		}
	}
	return strings.ToValidUTF8(string(piece), "\ufffd")
}

// narrow is the UTF-8 of UTF-16 behind its byte order mark; ok is false of what begins with none.
func narrow(head []byte) (text []byte, ok bool) {
	if !bytes.HasPrefix(head, []byte("\xff\xfe")) && !bytes.HasPrefix(head, []byte("\xfe\xff")) {
		return nil, false
	}
	text, err := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Bytes(head[:len(head)&^1])
	return text, err == nil
}

// isWide tells records in UTF-16, as the shell and the spreadsheets of Windows write them. Pages tell their encoding themselves, and plain text is
// read whole.
func isWide(head []byte, mediaType string) bool {
	text, ok := narrow(head)
	return ok && (isJSON(text, mediaType) || isTable(text, mediaType) || isMarkdown(text, mediaType))
}

func readWide(in *Input, o Options, yield func(Item, error) bool) bool {
	in.R = newReader(unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Reader(in.R))
	return in.read(o, yield)
}
