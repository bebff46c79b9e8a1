package answer

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsgraph/news"
)

// Found is where words stand in a story.
type Found struct {
	Headline []news.Span
	Passages []Passage
}

// Passage is a part of a story's text around words.
type Passage struct {
	Span  news.Span
	Text  string
	Words []news.Span
}

const (
	around   = 80  // bytes of a passage before its first word and after its last
	together = 240 // bytes within which words share a passage
)

// Found is where words stand in the story, as the filter's text finds them; nil if none does.
func (s *Story) Found(text string, first *int) (*Found, error) {
	p, err := Paging(first, nil)
	if err != nil {
		return nil, err
	}
	if text, err = Words("text", &text); err != nil {
		return nil, err
	}
	words := news.Words(text)
	headline, _ := begun(s.Headline, words)
	found := &Found{headline, passages(s.Text, words, p.First)}
	if len(found.Headline)+len(found.Passages) == 0 {
		return nil, nil
	}
	return found, nil
}

// begun are the words of a text that begin with one of those asked for, and which of these each does.
func begun(text string, asked []string) (spans []news.Span, which [][]int) {
	for start := 0; start < len(text); {
		r, size := utf8.DecodeRuneInString(text[start:])
		if !inWord(r) {
			start += size
			continue
		}
		end := start
		for end < len(text) {
			r, size := utf8.DecodeRuneInString(text[end:])
			if !inWord(r) {
				break
			}
			end += size
		}
		var of []int
		words := news.Words(text[start:end])
		for i, q := range asked {
			if slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(w, q) }) {
				of = append(of, i)
			}
		}
		if of != nil {
			word := strings.Trim(text[start:end], apostrophes)
			from := start + strings.Index(text[start:end], word)
			spans, which = append(spans, news.SpanOf(text, from, from+len(word))), append(which, of)
		}
		start = end
	}
	return spans, which
}

const apostrophes = "'’‘ʼʻ"

// inWord tells what news.Words takes for a part of a word, as it stands in a text.
func inWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || strings.ContainsRune(apostrophes, r)
}

// passages are the parts of a text around words: of all, those with most of the words asked for, then the first.
func passages(text string, asked []string, first int) []Passage {
	spans, which := begun(text, asked)
	type part struct {
		from, to int // of spans
		of       int // words asked for, each once
	}
	var parts []part
	for i := 0; i < len(spans); {
		seen := map[int]bool{}
		j := i
		for j < len(spans) && spans[j].End-spans[i].Start <= max(together, spans[i].End-spans[i].Start) && (j == i || !strings.Contains(text[spans[i].Start:spans[j].Start], "\n\n")) {
			for _, k := range which[j] {
				seen[k] = true
			}
			j++
		}
		parts = append(parts, part{i, j, len(seen)})
		i = j
	}
	best := slices.Clone(parts)
	slices.SortStableFunc(best, func(a, b part) int { return b.of - a.of })
	best = best[:min(len(best), first)]
	slices.SortFunc(best, func(a, b part) int { return cmp.Compare(a.from, b.from) })
	all := make([]Passage, len(best))
	for i, p := range best {
		start, end := before(text, spans[p.from].Start), after(text, spans[p.to-1].End)
		all[i] = Passage{news.SpanOf(text, start, end), text[start:end], spans[p.from:p.to]}
	}
	return all
}

// before is where a passage begins whose first word does at at: at the beginning of a word of the same paragraph.
func before(text string, at int) int {
	from := max(at-around, 0)
	if i := strings.LastIndex(text[from:at], "\n\n"); i >= 0 {
		return from + i + len("\n\n")
	}
	if from == 0 {
		return 0
	}
	if i := strings.IndexFunc(text[from:at], unicode.IsSpace); i >= 0 {
		return from + i + len(text[from+i:at]) - len(strings.TrimLeftFunc(text[from+i:at], unicode.IsSpace))
	}
	return at
}

// after is where a passage ends whose last word does at at.
func after(text string, at int) int {
	to := min(at+around, len(text))
	if i := strings.Index(text[at:to], "\n\n"); i >= 0 {
		return at + i
	}
	if to == len(text) {
		return to
	}
	if i := strings.LastIndexFunc(text[at:to], unicode.IsSpace); i >= 0 {
		return at + i
	}
	return at
}
