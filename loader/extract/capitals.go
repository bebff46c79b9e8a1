package extract

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsgraph/loader/nlp"
	"newsgraph/news"
)

// capitalised tells a text that is written in capitals all through, as old wires are.
func capitalised(text string) bool {
	upper, lower := 0, 0
	for _, r := range text {
		switch {
		case unicode.IsUpper(r):
			upper++
		case unicode.IsLower(r):
			lower++
		}
	}
	return upper >= 10 && upper >= 20*lower
}

// cased is a text of capitals as it would be printed: names and the beginnings of sentences with a capital, all else without. Each letter stays where it
// is, so that positions in one are positions in the other. What a name is, the gazetteer tells, and the tagger of the text in small letters.
func (x *Extractor) cased(text string) (string, error) {
	b := []byte(text)
	for i, r := range text {
		if low := unicode.ToLower(r); low != r && utf8.RuneLen(low) == utf8.RuneLen(r) {
			utf8.EncodeRune(b[i:], low)
		}
	}
	begin(b)
	doc, err := x.pipeline.Parse(string(b))
	if err != nil {
		return "", err
	}
	words := make([]string, len(doc.Tokens))
	for i := range doc.Tokens {
		words[i] = strings.ToLower(doc.Word(i))
	}
	for i := 0; i < len(words); {
		n := x.printedAt(b, doc, words, i)
		if n == 0 {
			if t := doc.Tokens[i]; strings.HasPrefix(t.Tag, "NNP") || words[i] == "i" || month(doc, words, i) {
				title(b[t.Start:t.End])
			}
			n = 1
		}
		i += n
	}
	return string(b), nil
}

// month tells the months that are verbs too by what stands beside them: "in May", "March 4".
func month(doc *nlp.Doc, words []string, i int) bool {
	return (words[i] == "may" || words[i] == "march") && (i > 0 && (doc.Tokens[i-1].Tag == "IN" || doc.Tokens[i-1].Tag == "CD") || i+1 < len(words) && doc.Tokens[i+1].Tag == "CD")
}

// closed are the tags of words of which there are few, all known, and functional those of words that no name of one word is: "may", "us", "march" as a
// verb. A state's name is no verb or adverb, whatever the tagger makes of one that it has not seen in small letters.
var (
	closed     = []string{"MD", "PRP", "PRP$", "IN", "DT", "CC", "TO", "WP", "WDT", "WRB", "CD"}
	functional = append([]string{"RB", "VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "UH"}, closed...)
)

// word tells that a token is a word of the language rather than a name of one word.
func (x *Extractor) word(name, tag string) bool {
	if e, ok := x.g.Called(name); ok && x.g.Entity(e.ID).Kind == news.State {
		return slices.Contains(closed, tag)
	}
	return slices.Contains(functional, tag)
}

// printedAt writes the longest name of the gazetteer that begins at a token as it is printed, and returns how many tokens it has.
func (x *Extractor) printedAt(b []byte, doc *nlp.Doc, words []string, i int) int {
	for n := min(8, len(words)-i); n > 0; n-- {
		from, to := doc.Tokens[i].Start, doc.Tokens[i+n-1].End
		as, ok := x.g.Printed(strings.Join(words[i:i+n], " "))
		if !ok || len(as) != to-from || n == 1 && x.word(as, doc.Tokens[i].Tag) {
			continue
		}
		copy(b[from:to], as)
		return n
	}
	if _, given := x.g.Given(titled(words[i])); given && !slices.Contains(functional, doc.Tokens[i].Tag) && i+1 < len(words) && strings.HasPrefix(doc.Tokens[i+1].Tag, "NN") {
		title(b[doc.Tokens[i].Start:doc.Tokens[i].End])
		title(b[doc.Tokens[i+1].Start:doc.Tokens[i+1].End])
		return 2
	}
	return 0
}

// begin gives the first word of each sentence its capital.
func begin(b []byte) {
	open := true
	for i, c := range string(b) {
		switch {
		case unicode.IsLetter(c) || unicode.IsDigit(c):
			if open {
				title(b[i:])
			}
			open = false
		case strings.ContainsRune(".!?", c) && i+1 < len(b) && (b[i+1] == ' ' || b[i+1] == '\n' || b[i+1] == '"'), c == '\n' && i > 0 && b[i-1] == '\n':
			open = true
		}
	}
}

// title gives the first letter of a word its capital.
func title(b []byte) {
	r, n := utf8.DecodeRune(b)
	if up := unicode.ToUpper(r); utf8.RuneLen(up) == n {
		utf8.EncodeRune(b, up)
	}
}

func titled(w string) string {
	b := []byte(w)
	title(b)
	return string(b)
}
