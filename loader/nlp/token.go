package nlp

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// tokenizer splits text into tokens in one pass. Every byte that is not white space belongs to just one token.
type tokenizer struct{}

func (tokenizer) Needs() Layer { return 0 }
func (tokenizer) Adds() Layer  { return Tokens }

func (tokenizer) Apply(d *Doc) error {
	text := d.Text
	d.Tokens = make([]Token, 0, len(text)/5+1)
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		switch {
		case unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff':
			i += n
		case isWord(r):
			end := wordEnd(text, i)
			d.addWord(i, end)
			i = end
		case r == '.' && strings.HasPrefix(text[i:], "..."):
			d.Tokens = append(d.Tokens, Token{Start: i, End: i + 3})
			i += 3
		case isApostrophe(r) && cliticLength(text, i) > 0 && i > 0 && len(d.Tokens) > 0 && d.Tokens[len(d.Tokens)-1].End == i:
			end := i + cliticLength(text, i)
			d.Tokens = append(d.Tokens, Token{Start: i, End: end})
			i = end
		default:
			d.Tokens = append(d.Tokens, Token{Start: i, End: i + n})
			i += n
		}
	}
	return nil
}

func isWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r) || r == '_'
}

func isApostrophe(r rune) bool { return r == '\'' || r == '’' || r == 'ʼ' }

// wordEnd is the end of the word that begins at i: letters and digits, joined by hyphens, by points within initials and
// decimals, by commas within numbers, and by an apostrophe before a letter that is no clitic (O'Brien).
func wordEnd(text string, i int) int {
	start := i
	for i < len(text) {
		r, n := utf8.DecodeRuneInString(text[i:])
		if isWord(r) {
			i += n
			continue
		}
		next, _ := utf8.DecodeRuneInString(text[i+n:])
		prev, _ := utf8.DecodeLastRuneInString(text[:i])
		joins := false
		switch {
		case !isWord(next):
			// "U.S." and "Gen." keep their point; so do single initials.
			if r == '.' && abbreviated(text[start:i]) {
				return i + n
			}
		case r == '-' || r == '‑':
			joins = true
		case r == '.':
			joins = unicode.IsDigit(prev) && unicode.IsDigit(next) || initials(text[start:i]) && (unicode.IsUpper(next) || pointAfter(text[i+n:]))
		case r == ',':
			joins = unicode.IsDigit(prev) && unicode.IsDigit(next)
		case isApostrophe(r):
			joins = cliticLength(text, i) == 0 && unicode.IsLetter(next)
		case r == '&':
			joins = unicode.IsUpper(prev) && unicode.IsUpper(next)
		}
		if !joins {
			return i
		}
		i += n
	}
	return i
}

// pointAfter tells that text begins with a letter and a point, as what follows in "p.m." does.
func pointAfter(text string) bool {
	r, n := utf8.DecodeRuneInString(text)
	return unicode.IsLetter(r) && strings.HasPrefix(text[n:], ".")
}

// initials tells that a word is single letters with points between: "U", "U.S", "a.m".
func initials(word string) bool {
	for _, part := range strings.Split(word, ".") {
		if utf8.RuneCountInString(part) != 1 {
			return false
		}
		if r, _ := utf8.DecodeRuneInString(part); !unicode.IsLetter(r) {
			return false
		}
	}
	return true
}

// abbreviated tells that the word keeps the point after it.
func abbreviated(word string) bool {
	if initials(word) {
		return strings.Contains(word, ".") || unicode.IsUpper(rune(word[0]))
	}
	return abbreviations[strings.ToLower(word)]
}

var abbreviations = setOf(`mr mrs ms dr prof gen lt col capt sgt maj adm brig cmdr sen rep gov rev hon st jr sr no vs
	jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun inc corp ltd co bros dept est approx etc`)

func setOf(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

// cliticLength is the length in bytes of the clitic that begins with the apostrophe at i ('s, 're, 'll …), 0 if there is none.
func cliticLength(text string, i int) int {
	_, n := utf8.DecodeRuneInString(text[i:])
	rest := text[i+n:]
	for _, c := range []string{"s", "S", "re", "ve", "ll", "d", "m"} {
		if strings.HasPrefix(rest, c) {
			if r, _ := utf8.DecodeRuneInString(rest[len(c):]); !isWord(r) {
				return n + len(c)
			}
		}
	}
	return 0
}

// addWord adds a word, split before n't.
func (d *Doc) addWord(start, end int) {
	w := d.Text[start:end]
	for _, nt := range []string{"n't", "n’t"} {
		if len(w) > len(nt) && strings.EqualFold(w[len(w)-len(nt):], nt) {
			cut := end - len(nt)
			d.Tokens = append(d.Tokens, Token{Start: start, End: cut}, Token{Start: cut, End: end})
			return
		}
	}
	if strings.EqualFold(w, "cannot") {
		d.Tokens = append(d.Tokens, Token{Start: start, End: start + 3}, Token{Start: start + 3, End: end})
		return
	}
	d.Tokens = append(d.Tokens, Token{Start: start, End: end})
}

// splitter groups tokens into sentences: at the ends of paragraphs, and after a full stop, question or exclamation mark
// with the closing marks that follow it, where a new sentence may begin.
type splitter struct{}

func (splitter) Needs() Layer { return Tokens }
func (splitter) Adds() Layer  { return Sentences }

func (splitter) Apply(d *Doc) error {
	first := 0
	quoted := false
	for i := range d.Tokens {
		last := i+1 == len(d.Tokens)
		w := d.Word(i)
		if w == `"` {
			quoted = !quoted
		}
		if !last && !d.paragraphAfter(i) && !d.sentenceEnds(i, quoted) {
			continue
		}
		if !last && !d.paragraphAfter(i) && closes(d.Word(i+1), quoted) && d.Tokens[i+1].Start == d.Tokens[i].End {
			continue // the closing mark belongs to this sentence
		}
		d.Sentences = append(d.Sentences, Sentence{first, i + 1})
		first = i + 1
		if last || d.paragraphAfter(i) {
			quoted = false
		}
	}
	return nil
}

// paragraphAfter tells that a blank line, or a line that begins with a bullet, follows token i.
func (d *Doc) paragraphAfter(i int) bool {
	gap := d.Text[d.Tokens[i].End:d.Tokens[i+1].Start]
	return strings.Count(gap, "\n") > 1 || strings.Contains(gap, "\n") && strings.ContainsAny(d.Word(i+1), "•*–")
}

func closes(w string, quoted bool) bool {
	return w == "”" || w == "’" || w == ")" || w == "]" || w == "»" || w == `"` && quoted || w == "'" && quoted
}

func (d *Doc) sentenceEnds(i int, quoted bool) bool {
	end := i
	for end > 0 && closes(d.Word(end), true) && d.Tokens[end].Start == d.Tokens[end-1].End {
		end--
	}
	w := d.Word(end)
	if end < i && quoted { // an opening mark, not a closing one
		return false
	}
	next := d.Word(i + 1)
	r, _ := utf8.DecodeRuneInString(next)
	begins := unicode.IsUpper(r) || unicode.IsDigit(r) || strings.ContainsAny(next, `"“‘«•([`)
	switch w {
	case "?", "!", "…", "...":
		return begins
	case ".":
		return begins || d.Tokens[i+1].Start > d.Tokens[i].End && unicode.IsLetter(r)
	}
	// An abbreviation ends a sentence only if a word follows that opens one: "in the U.S. The bill …".
	return strings.HasSuffix(w, ".") && len(w) > 2 && openers[next]
}

var openers = func() map[string]bool {
	return setOf("The A An He She It They We In On But And This That These His Her Its Their At As After Before When While If There")
}()

// Tokenizer is the step that makes tokens, for names that are compared with those of a Doc.
func Tokenizer() Step { return tokenizer{} }
