package store

import (
	"slices"
	"strings"
	"unicode"

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
