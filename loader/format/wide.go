package format

import (
	"bytes"
	"io"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	utf16 "golang.org/x/text/encoding/unicode"
)

// toUTF8 is the text of a piece that should be UTF-8 and is often Windows-1252 or Mac Roman, as spreadsheets save tables unless asked. It is asked piece by piece,
// since a table may be too long to be decoded as a whole.
func toUTF8(piece []byte) string {
	if !utf8.Valid(piece) && !nearlyUTF8(piece) {
		of, _, ok := narrowCharset(piece)
		if !ok {
			of = charmap.Windows1252
		}
		if text, err := of.NewDecoder().Bytes(piece); err == nil {
			return string(text)
		}
	}
	return strings.ToValidUTF8(string(piece), "\ufffd")
}

// narrowCharset is the character set, one byte a character, in which the characters beyond ASCII stand best where they stand: letters in words, quotation
// marks around them. It is Windows-1252 unless Mac Roman, as old Macs write, is better; ok is false of what is neither.
func narrowCharset(data []byte) (of *charmap.Charmap, name string, ok bool) {
	windows, mac, unknown, beyond := 0, 0, false, 0
	for i, b := range data {
		if b < utf8.RuneSelf {
			continue
		}
		if beyond++; beyond > 2000 {
			break
		}
		var before, after byte = ' ', ' '
		if i > 0 {
			before = data[i-1]
		}
		if i+1 < len(data) {
			after = data[i+1]
		}
		r := charmap.Windows1252.DecodeByte(b)
		unknown = unknown || r == utf8.RuneError
		windows += fits(r, before, after)
		mac += fits(charmap.Macintosh.DecodeByte(b), before, after)
	}
	switch {
	case mac > windows && mac > 0 && 2*mac > min(beyond, 2000):
		return charmap.Macintosh, "Mac Roman", true
	case unknown:
		return nil, "", false
	}
	return charmap.Windows1252, "Windows-1252", true
}

// fits tells whether a character stands between two bytes as it does in text: 1, -1 if not, 0 if it may stand anywhere.
func fits(r rune, before, after byte) int {
	const beyond = utf8.RuneSelf
	letter := func(b byte) bool { return b|0x20 >= 'a' && b|0x20 <= 'z' }
	lower := before >= 'a' && before <= 'z'
	opens := strings.IndexByte(" \t\r\n([\"'-", before) >= 0 || before >= beyond
	fit := false
	switch {
	case strings.ContainsRune("“‘«", r):
		fit = opens && after > ' '
	case strings.ContainsRune("”’»", r):
		fit = before > ' '
	case strings.ContainsRune("–—", r):
		fit = before == ' ' && after <= ' ' || before >= '0' && before <= '9' || before >= beyond || letter(before) == letter(after) && before > ' '
		if letter(before) && letter(after) {
			return 0
		}
	case r == '…':
		fit = before > ' '
	case strings.ContainsRune("€£¥•·§©®™°½¼¾\u00a0", r):
		return 0
	case unicode.IsUpper(r):
		fit = !lower && (letter(after) || letter(before))
	case unicode.IsLetter(r):
		fit = letter(before) || letter(after)
	}
	if fit {
		return 1
	}
	return -1
}

// narrow is the UTF-8 of UTF-16 behind its byte order mark; ok is false of what begins with none.
func narrow(head []byte) (text []byte, ok bool) {
	if !bytes.HasPrefix(head, []byte("\xff\xfe")) && !bytes.HasPrefix(head, []byte("\xfe\xff")) {
		return nil, false
	}
	text, err := utf16.UTF16(utf16.LittleEndian, utf16.ExpectBOM).NewDecoder().Bytes(head[:len(head)&^1])
	return text, err == nil
}

// isWide tells records in UTF-16, as the shell and the spreadsheets of Windows write them, and XML other than pages. Pages tell their encoding
// themselves, and plain text is read whole.
func isWide(head []byte, mediaType string) bool {
	text, ok := narrow(head)
	if !ok {
		return false
	}
	return slices.ContainsFunc([]func([]byte, string) bool{isAgencyXML, isFeed, isNinjs, isJSON, isUnread, isMarkdown, isTable}, func(is func([]byte, string) bool) bool {
		return is(text, mediaType)
	})
}

// xmlDeclared is the declaration of XML, which tells the encoding.
var xmlDeclared = regexp.MustCompile(`\A<\?xml\s[^<>]{0,200}\?>`)

func readWide(in *Input, o Options, yield func(Item, error) bool) bool {
	in.R = newReader(utf16.UTF16(utf16.LittleEndian, utf16.ExpectBOM).NewDecoder().Reader(in.R))
	// It is UTF-8 from here on, whatever its declaration says.
	head, _ := in.R.Peek(256)
	if of := xmlDeclared.FindIndex(head); of != nil {
		_, _ = in.R.Discard(of[1])
		in.R = newReader(io.MultiReader(strings.NewReader(`<?xml version="1.0"?>`), in.R))
	}
	return in.read(o, yield)
}
