// Package news holds the domain: stories, the entities they name, the reports they make, and the events
// that reports of one happening add up to. Its types are plain values that marshal to JSON; its functions are
// pure. It imports nothing of ours: how text becomes facts is told in loader, how facts are kept in store, and
// how they are asked for in graph.
package news

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// ID names one thing in the graph. It is stable and readable, and is made from one story or from the gazetteer, never from
// what else is loaded:
//
//	story:<hash>                     publisher, url, published, headline and text
//	state:KP                         ISO 3166-1 alpha-2
//	person:kim-jong-un               slug of the full name; likewise organisation:, place:, weapon:
//	group:<text hash>/<slug>         what no gazetteer knows and no name tells belongs to its text; likewise thing:, and person: of a title
//	report:<hash>, event:<hash>      story, span of the trigger, action
//	mention:<hash>, quotation:<hash> story and span
//	position:<hash>                  story, span and person
type ID string

// Noun is the part before the colon: story, state, person, organisation, place, weapon, group, thing, report, event, mention
// or quotation; empty if there is none.
func (id ID) Noun() string {
	noun, _, ok := strings.Cut(string(id), ":")
	if !ok {
		return ""
	}
	return noun
}

// hashID makes an id from parts that may hold any bytes: each is preceded by its length, so that no two lists of parts
// run together.
func hashID(noun string, parts ...string) ID {
	h := sha256.New()
	for _, p := range parts {
		var n [8]byte
		for i, v := 0, uint64(len(p)); i < 8; i, v = i+1, v>>8 {
			n[i] = byte(v)
		}
		h.Write(n[:])
		h.Write([]byte(p))
	}
	return ID(noun + ":" + hex.EncodeToString(h.Sum(nil)[:10]))
}

// Slug turns a name into the readable part of an id: folded, words joined by hyphens. It is empty only for a name without
// letters and digits.
func Slug(name string) string { return strings.Join(Words(name), "-") }

// Words splits text into its folded words: runs of letters and digits, without case, diacritics and possessive endings. Names are
// stored and looked up by these words, so "zelensky" finds "Zelenskyy" by prefix and "Erdogan" finds "Erdoğan".
func Words(text string) []string {
	words := strings.FieldsFunc(Fold(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\''
	})
	kept := words[:0]
	for _, w := range words {
		w = strings.Trim(w, "'")
		w = strings.TrimSuffix(w, "'s")
		w = strings.ReplaceAll(w, "'", "")
		if w != "" {
			kept = append(kept, w)
		}
	}
	return kept
}

// letters that Unicode does not decompose but that readers type without their strokes.
var letters = strings.NewReplacer("ø", "o", "ł", "l", "đ", "d", "ð", "d", "ħ", "h", "ı", "i", "ŧ", "t",
	"ß", "ss", "æ", "ae", "œ", "oe", "þ", "th", "ə", "e", "’", "'", "‘", "'", "ʼ", "'", "ʻ", "'")

// Fold lowers case and takes away diacritics and compatibility forms (NFKD without its marks), for comparing names; spaces
// and punctuation stay.
func Fold(s string) string {
	ascii := true
	for i := range len(s) {
		if s[i] >= 0x80 {
			ascii = false
			break
		}
	}
	if ascii {
		return strings.ToLower(s)
	}
	var b strings.Builder
	for _, r := range norm.NFKD.String(s) {
		if !unicode.Is(unicode.Mn, r) {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return letters.Replace(b.String())
}
