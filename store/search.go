package store

import (
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"newsgraph/news"
)

// SearchWords are what SearchQuery asks for: the folded words of a text without its leading article, in their order. A run of letters and
// digits that marks (+, # and &) are part of stays whole: "AT&T" is one word, "at&t", and "C++" is not "c".
func SearchWords(text string) []string {
	words := wordsOf(text, false)
	if len(words) > 1 && slices.Contains([]string{"the", "a", "an"}, words[0]) {
		return words[1:]
	}
	return words
}

// NameWords are the words of a name that those of a search may begin: what SearchWords makes of it, its article, and the words between
// its marks.
func NameWords(name string) []string {
	return wordsOf(name, true)
}

// wordsOf are the words of a text, with runs that hold marks whole, and if asked their parts too.
func wordsOf(text string, parts bool) []string {
	if !strings.ContainsAny(text, marks) {
		return news.Words(text)
	}
	var all []string
	for _, run := range strings.FieldsFunc(news.Fold(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' && !strings.ContainsRune(marks, r)
	}) {
		words := news.Words(run)
		if len(words) == 0 || !strings.ContainsAny(run, marks) {
			all = append(all, words...)
			continue
		}
		all = append(all, strings.ReplaceAll(run, "'", ""))
		if parts {
			all = append(all, words...)
		}
	}
	return all
}

const marks = "+#&"

// Match is how a name answers a search. The nearer comes first.
type Match int

const (
	// ExactMatch has the words of the search, in their order.
	ExactMatch Match = iota
	// BeginMatch has words that those of the search begin.
	BeginMatch
	// NearMatch has words that those of the search begin or are near to.
	NearMatch
	// NoMatch has neither.
	NoMatch
)

// MatchOf is how an entity answers a search for a text, and the first of its names that does so best; empty with NoMatch.
func MatchOf(text string, e news.Entity) (Match, string) {
	best, name := NoMatch, ""
	words := SearchWords(text)
	if len(words) == 0 {
		return best, name
	}
	near := NearWords(text)
	for _, n := range append([]string{e.Name}, e.Aliases...) {
		if m := matchOf(words, near, n); m < best {
			best, name = m, n
		}
	}
	return best, name
}

func matchOf(words []string, near [][]string, name string) Match {
	if slices.Equal(SearchWords(name), words) {
		return ExactMatch
	}
	of := NameWords(name)
	match := BeginMatch
	var keys []string
	for i, q := range words {
		if slices.ContainsFunc(of, func(w string) bool { return strings.HasPrefix(w, q) }) {
			continue
		}
		if near == nil {
			return NoMatch
		}
		if keys == nil {
			keys = NameKeys(name)
		}
		if !slices.ContainsFunc(near[i], func(k string) bool { return slices.Contains(keys, k) }) {
			return NoMatch
		}
		match = NearMatch
	}
	return match
}

// NearWords are, for each of the SearchWords of a text, the keys of which a near word has one, none where there is no near one. Nil: the
// text is too long for near names, or none of its words can be near another.
func NearWords(text string) [][]string {
	words := SearchWords(text)
	if len(words) > mostNear {
		return nil
	}
	near, some := make([][]string, len(words)), false
	for i, w := range words {
		near[i] = askedKeys(w)
		some = some || near[i] != nil
	}
	if !some {
		return nil
	}
	return near
}

// NameKeys are the keys of the words of a name: what a store keeps beside NameWords. Each begins and ends with a sign that is part of no word, so that
// it is found whole and by no beginning.
func NameKeys(name string) []string {
	var keys []string
	for _, w := range NameWords(name) {
		keys = append(keys, keptKeys(w)...)
	}
	return keys
}

const (
	mostNear    = 8   // words of a text that near names are looked for with
	mostLetters = 20  // of a word that is near another
	keySign     = "·" // before and after a key
)

// spelled is the Spelling of a word that can be near another, and how many of its first letters must be right; nil for one that cannot.
func spelled(word string) (letters []rune, right int) {
	for _, r := range word {
		if !unicode.IsLetter(r) {
			return nil, 0
		}
	}
	if utf8.RuneCountInString(word) > mostLetters {
		return nil, 0
	}
	switch letters = []rune(Spelling(word)); len(letters) {
	case 0, 1, 2, 3:
		return nil, 0
	case 4:
		return letters, 4
	case 5:
		return letters, 1
	}
	return letters, 0
}

// keptKeys are what is kept of a word, and askedKeys what is asked for to find those that are near one: the same Spelling, or one from which it comes
// by a letter that is wrong, missing, added or swapped with the next. That is the deletion neighbourhood of T. Bocek, E. Hunt and B. Stiller,
// Fast similarity search in large dictionaries (2007), with the place of the letter that is left out, so that none is found that is further away.
// Of five letters the first must be right, of four all, save that one more or less may follow the first; shorter words and words with digits or marks
// in them are near none: Hwasong-17 is not Hwasong-18.
func keptKeys(word string) []string {
	letters, right := spelled(word)
	if letters == nil {
		return nil
	}
	keys := []string{key(letters)}
	for i := right; i < len(letters); i++ {
		keys = append(keys, keyWithout(i, without(letters, i)))
	}
	return keys
}

func askedKeys(word string) []string {
	letters, right := spelled(word)
	if letters == nil {
		return nil
	}
	keys := []string{key(letters)}
	for i := right; i < len(letters); i++ {
		less := without(letters, i)
		keys = append(keys, keyWithout(i, less), key(less)) // a wrong letter, one too many
		if i+1 < len(letters) {
			swapped := slices.Clone(letters)
			swapped[i], swapped[i+1] = swapped[i+1], swapped[i]
			keys = append(keys, key(swapped))
		}
	}
	for i := range len(letters) + 1 {
		keys = append(keys, keyWithout(i, letters)) // one missing
	}
	return keys
}

func without(letters []rune, i int) []rune { return slices.Delete(slices.Clone(letters), i, i+1) }

func key(letters []rune) string { return keySign + string(letters) + keySign }

// keyWithout is what is left without the letter at i.
func keyWithout(i int, left []rune) string { return keySign + strconv.Itoa(i) + key(left) }

//go:embed spellings.tsv
var spellingsTSV string

var spellings = sync.OnceValue(func() *strings.Replacer {
	rows, err := parseSpellings(spellingsTSV)
	if err != nil {
		panic(err) // the file is part of the program, and the tests read it
	}
	return strings.NewReplacer(rows...)
})

// parseSpellings reads the table: written and sound, one after the other, the longest written first.
func parseSpellings(table string) ([]string, error) {
	var rows [][2]string
	for i, line := range strings.Split(strings.TrimSuffix(table, "\n"), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		written, sound, ok := strings.Cut(line, "\t")
		switch {
		case !ok || written == "" || sound == "" || strings.Contains(sound, "\t"):
			return nil, fmt.Errorf("spellings, line %d: %q is no pair of letters and their sound", i+1, line)
		case slices.ContainsFunc(rows, func(r [2]string) bool { return r[0] == written }):
			return nil, fmt.Errorf("spellings, line %d: %q is there twice", i+1, written)
		}
		rows = append(rows, [2]string{written, sound})
	}
	slices.SortStableFunc(rows, func(a, b [2]string) int { return len(b[0]) - len(a[0]) })
	var flat []string
	for _, r := range rows {
		flat = append(flat, r[0], r[1])
	}
	return flat, nil
}

// Spelling is what is left of a folded word where the customs of writing foreign names (spellings.tsv) are taken away, and doubled letters: zelenskyy,
// zelenskij and selenski are one.
func Spelling(word string) string {
	var b strings.Builder
	var last rune
	for _, r := range strings.TrimSuffix(spellings().Replace(word+"$"), "$") {
		if r != last {
			b.WriteRune(r)
		}
		last = r
	}
	return b.String()
}
