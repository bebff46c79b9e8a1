package nlp

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

var particles = setOf("al bin bint ben ibn van von der de da di del della dos du la le el abu ul")

// setNames makes the names of a Doc of IOB2 tags, and of what has the shape of a name beside them: runs of proper nouns and capitalised words,
// joined by particles and hyphens. They come in the order of the text.
func (d *Doc) setNames(tags []string) {
	taken := make([]bool, len(d.Tokens))
	for _, s := range d.Sentences {
		for i := s.First; i < s.Last; i++ {
			_, kind, ok := strings.Cut(tags[i], "-")
			if !ok || kind != string(PersonName) && kind != string(OrganisationName) && kind != string(PlaceName) {
				continue
			}
			last := i + 1
			for last < s.Last && tags[last] == "I-"+kind {
				last++
			}
			d.Names = append(d.Names, Name{i, last, NameKind(kind)})
			for ; i < last; i++ {
				taken[i] = true
			}
			i--
		}
	}
	for _, s := range d.Sentences {
		for i := s.First; i < s.Last; i++ {
			if taken[i] || !d.proper(i, i == s.First) {
				continue
			}
			first, last := i, i+1
			for k := last; k < s.Last && !taken[k]; k++ {
				if d.proper(k, false) {
					last = k + 1
				} else if !particles[d.Word(k)] && d.Word(k) != "-" {
					break
				}
			}
			d.Names = append(d.Names, Name{first, last, OtherName})
			i = last - 1
		}
	}
	slices.SortFunc(d.Names, func(a, b Name) int { return a.First - b.First })
}

// proper tells that token i looks like a part of a name.
func (d *Doc) proper(i int, opens bool) bool {
	r, _ := utf8.DecodeRuneInString(d.Word(i))
	if !unicode.IsUpper(r) {
		return false
	}
	return strings.HasPrefix(d.Tokens[i].Tag, "NNP") || !opens && strings.HasPrefix(d.Tokens[i].Tag, "NN")
}
