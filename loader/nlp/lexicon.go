package nlp

import (
	"fmt"
	"math/bits"
	"slices"
	"strconv"
	"strings"
)

// Lexicon is phrases of which it is known what they often name: given and family names, places, bodies. It is read-only. A network reads of
// each token in which kinds of phrases it stands, and where in them.
type Lexicon struct {
	Kinds   []string
	phrases map[string]uint32 // lower case, words joined by spaces, to a bit for each kind
	longest map[string]int    // by first word
}

// NewLexicon makes a Lexicon without phrases, of at most 32 kinds.
func NewLexicon(kinds []string) *Lexicon {
	return &Lexicon{Kinds: kinds, phrases: map[string]uint32{}, longest: map[string]int{}}
}

const longestPhrase = 7

// Add tells that a phrase of these words may be of the kind; too long ones are passed over.
func (l *Lexicon) Add(words []string, kind string) {
	if len(words) == 0 || len(words) > longestPhrase {
		return
	}
	l.add(strings.ToLower(strings.Join(words, " ")), 1<<slices.Index(l.Kinds, kind))
}

func (l *Lexicon) add(phrase string, kinds uint32) {
	l.phrases[phrase] |= kinds
	first, _, _ := strings.Cut(phrase, " ")
	l.longest[first] = max(l.longest[first], strings.Count(phrase, " ")+1)
}

// Places of a token in a phrase.
const (
	placeWhole = iota
	placeFirst
	placeLater
	places
)

// marks appends for each token of a sentence the numbers of its marks, kind by kind the longest phrases from the left on; each word must be in
// lower case. Mark 3k+p is place p in a phrase of kind k.
func (l *Lexicon) marks(words []string, each func(token, mark int)) {
	var until [32]int // by kind: where its last phrase ends
	for i, w := range words {
		longest := min(l.longest[w], len(words)-i)
		phrase := w
		var found [longestPhrase + 1]uint32
		for n := 1; n <= longest; n++ {
			if n > 1 {
				phrase += " " + words[i+n-1]
			}
			found[n] = l.phrases[phrase]
		}
		for n := longest; n > 0; n-- {
			for set := found[n]; set != 0; set &= set - 1 {
				k := bits.TrailingZeros32(set)
				if until[k] > i || k >= len(l.Kinds) {
					continue
				}
				until[k] = i + n
				if n == 1 {
					each(i, places*k+placeWhole)
					continue
				}
				each(i, places*k+placeFirst)
				for j := 1; j < n; j++ {
					each(i+j, places*k+placeLater)
				}
			}
		}
	}
}

// Marks appends to each token's parts of a sentence what the lexicon says of it, as rows after the buckets.
func (l *Lexicon) Marks(words []string, parts [][]int32, buckets int) {
	low := make([]string, len(words))
	for i, w := range words {
		low[i] = strings.ToLower(w)
	}
	l.marks(low, func(i, mark int) { parts[i] = append(parts[i], int32(buckets+mark)) })
}

// lines are the phrases in their order, each with its kinds in hexadecimal.
func (l *Lexicon) lines() []string {
	all := make([]string, 0, len(l.phrases))
	for p, kinds := range l.phrases {
		all = append(all, p+"\t"+strconv.FormatUint(uint64(kinds), 16))
	}
	slices.Sort(all)
	return all
}

func (l *Lexicon) parse(line string) error {
	phrase, kinds, ok := strings.Cut(line, "\t")
	set, err := strconv.ParseUint(kinds, 16, 32)
	if !ok || err != nil || phrase == "" || strings.Count(phrase, " ") >= longestPhrase {
		return fmt.Errorf("%w: a phrase %.40q", errNet, line)
	}
	l.add(phrase, uint32(set))
	return nil
}
