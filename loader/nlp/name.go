package nlp

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// namer finds runs of tokens that have the shape of a name: proper nouns and capitalised words, joined by particles.
type namer struct{}

func (namer) Needs() Layer { return Sentences | Tags }
func (namer) Adds() Layer  { return Names }

var particles = setOf("al bin bint ben ibn van von der de da di del della dos du la le el abu ul")

func (namer) Apply(d *Doc) error {
	for _, s := range d.Sentences {
		for i := s.First; i < s.Last; i++ {
			if !d.proper(i, i == s.First) {
				continue
			}
			first := i
			last := i + 1
			for k := last; k < s.Last; k++ {
				if d.proper(k, false) {
					last = k + 1
				} else if !particles[d.Word(k)] {
					break
				}
			}
			d.Names = append(d.Names, Name{first, last})
			i = last - 1
		}
	}
	return nil
}

// proper tells that token i looks like a part of a name.
func (d *Doc) proper(i int, opens bool) bool {
	r, _ := utf8.DecodeRuneInString(d.Word(i))
	if !unicode.IsUpper(r) {
		return false
	}
	return strings.HasPrefix(d.Tokens[i].Tag, "NNP") || !opens && strings.HasPrefix(d.Tokens[i].Tag, "NN")
}
