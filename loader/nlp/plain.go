package nlp

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Plain takes diacritics and typographic apostrophes away and keeps case.
func Plain(s string) string {
	for i := range len(s) {
		if s[i] >= 0x80 {
			var b strings.Builder
			for _, r := range norm.NFKD.String(s) {
				switch {
				case r == '’' || r == 'ʼ' || r == '‘':
					b.WriteByte('\'')
				case !unicode.Is(unicode.Mn, r):
					b.WriteRune(r)
				}
			}
			return b.String()
		}
	}
	return s
}
