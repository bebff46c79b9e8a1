package nlp

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// tokenizer splits text into tokens as Universal Dependencies' English corpora do, in one pass. Every byte that is not white space or an
// invisible mark belongs to just one token.
type tokenizer struct{}

func (tokenizer) Needs() Layer { return 0 }
func (tokenizer) Adds() Layer  { return Tokens }

func (tokenizer) Apply(d *Doc) error {
	text := d.Text
	d.Tokens = make([]Token, 0, len(text)/5+1)
	quoted := false // within single quotation marks
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		end := i + n
		switch {
		case blank(r):
			i = end
			continue
		case startsAddress(r, text[i:]):
			end = i + addressLength(text[i:])
		case isWord(r):
			end = d.wordEnd(i)
			d.addWord(i, end)
			i = end
			continue
		case isApostrophe(r) || r == '`':
			glued := len(d.Tokens) > 0 && d.Tokens[len(d.Tokens)-1].End == i
			if k := cliticLength(text, i); glued && k > 0 {
				d.Tokens = append(d.Tokens, Token{Start: i, End: i + k, Part: true})
				i += k
				continue
			}
			if glued && !quoted && plural(text[:i]) && (end == len(text) || !isWordAt(text[end:])) {
				d.Tokens = append(d.Tokens, Token{Start: i, End: end, Part: true}) // the ministers' talks
				i = end
				continue
			}
			if decade := digitsLength(text[end:]); !glued && decade == 2 {
				end += decade // '90s
				if strings.HasPrefix(text[end:], "s") {
					end++
				}
			} else {
				quoted = !glued
				for end < len(text) && text[end] == text[i] && n == 1 {
					end++
				}
			}
		case strings.ContainsRune(".-–—=*_~!?+<>^", r):
			// A run of one mark is one token; so are "?!" and "!?".
			for end < len(text) {
				c, k := utf8.DecodeRuneInString(text[end:])
				if c != r && !(r == '!' || r == '?') || c != r && c != '!' && c != '?' {
					break
				}
				end += k
			}
		}
		d.Tokens = append(d.Tokens, Token{Start: i, End: end})
		i = end
	}
	return nil
}

// blank tells that a character separates tokens and belongs to none: white space, and marks that show nothing.
func blank(r rune) bool {
	switch r {
	case '\u200b', '\u200c', '\u200d', '\u200e', '\u200f', '\u2060', '\ufeff', '\u202a', '\u202b', '\u202c', '\u202d', '\u202e', '\u00ad':
		return true
	}
	return unicode.IsSpace(r)
}

func isWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r)
}

func isWordAt(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return isWord(r)
}

func isApostrophe(r rune) bool { return r == '\'' || r == '’' || r == 'ʼ' }

func digitsLength(text string) int {
	n := 0
	for n < len(text) && text[n] >= '0' && text[n] <= '9' {
		n++
	}
	return n
}

// plural tells that text ends in a word in -s, which may be a possessor.
func plural(text string) bool {
	return len(text) > 2 && (text[len(text)-1] == 's' || text[len(text)-1] == 'S') && isASCIILetter(text[len(text)-2])
}

func isASCIILetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// startsAddress tells that a web or mail address may begin here.
func startsAddress(r rune, text string) bool {
	return (r|0x20 == 'h' || r|0x20 == 'w' || r == '<' || r < 0x80 && isWord(r)) && addressLength(text) > 0
}

// addressLength is the length of the web or mail address that text begins with, 0 if there is none.
func addressLength(text string) int {
	const most = 300
	end := 0
	at, dot, slash := -1, -1, false
	for end < len(text) && end < most {
		c := text[end]
		if c <= ' ' || c >= 0x80 || strings.IndexByte("<>\"()[]{},;|", c) >= 0 {
			break
		}
		switch c {
		case '@':
			if at >= 0 {
				return 0
			}
			at = end
		case '.':
			dot = end
		case '/':
			slash = true
		}
		end++
	}
	for end > 0 && strings.IndexByte(".,:;!?'-*_~", text[end-1]) >= 0 {
		end--
	}
	w := text[:end]
	lower := strings.ToLower(w[:min(len(w), 8)])
	switch {
	case strings.HasPrefix(lower, "http://"), strings.HasPrefix(lower, "https://"), strings.HasPrefix(lower, "www.") && len(w) > 6:
		return end
	case at > 0:
		if k := strings.LastIndexByte(w[at:], '.'); k > 1 && at+k+2 < end {
			return end
		}
	case dot > 0:
		host, _, _ := strings.Cut(w, "/")
		k := strings.LastIndexByte(host, '.')
		if k > 0 && domains[strings.ToLower(host[k+1:])] && (slash || strings.Trim(strings.ToLower(host), "abcdefghijklmnopqrstuvwxyz0123456789-.") == "") {
			return end
		}
	}
	return 0
}

var domains = setOf("com org net edu gov mil int info biz co uk de fr eu io html htm pdf php doc xls jpg")

// wordEnd is the end of the word that begins at i: letters and digits, joined by points within initials and decimals, by commas
// within numbers, by an apostrophe before a letter that is no clitic (O'Brien), and by hyphens after prefixes and within names and numbers.
func (d *Doc) wordEnd(i int) int {
	text := d.Text
	start := i
	for i < len(text) {
		r, n := utf8.DecodeRuneInString(text[i:])
		if isWord(r) {
			i += n
			continue
		}
		rest := text[i+n:]
		next, _ := utf8.DecodeRuneInString(rest)
		prev, _ := utf8.DecodeLastRuneInString(text[:i])
		joins := false
		switch {
		case !isWord(next):
			// "U.S." and "Gen." keep their point; so do single initials.
			if r == '.' && abbreviated(text[start:i], rest) {
				return i + n
			}
			if r == '$' && i-start <= 3 && strings.ToUpper(text[start:i]) == text[start:i] && !unicode.IsDigit(prev) {
				return i + n // US$
			}
		case r == '-' || r == '‑' || r == '‐':
			joins = d.hyphenJoins(text[start:i], rest)
		case r == '.':
			joins = unicode.IsDigit(prev) && unicode.IsDigit(next) || initials(text[start:i]) && (unicode.IsUpper(next) || pointAfter(rest))
		case r == ',':
			joins = unicode.IsDigit(prev) && unicode.IsDigit(next) && digitsLength(rest) == 3
		case r == ':' || r == '/':
			joins = unicode.IsDigit(prev) && unicode.IsDigit(next) && strings.Trim(text[start:i], "0123456789:/") == ""
		case isApostrophe(r):
			joins = cliticLength(text, i) == 0 && unicode.IsLetter(next) && unicode.IsLetter(prev)
		case r == '&':
			joins = unicode.IsUpper(prev) && unicode.IsUpper(next) && i-start <= 2
		case r == '_' || r == '@':
			joins = true
		case r == '$':
			if i-start <= 3 && strings.ToUpper(text[start:i]) == text[start:i] && !unicode.IsDigit(prev) {
				return i + n
			}
		}
		if !joins {
			return i
		}
		i += n
	}
	return i
}

// hyphenJoins tells that the hyphen after word makes one token with what follows: after a prefix that is no word, within a number that is
// no range, and within a given name of two syllables (Ho-jin, Ing-wen).
func (d *Doc) hyphenJoins(word, rest string) bool {
	end := 0
	for end < len(rest) {
		r, n := utf8.DecodeRuneInString(rest[end:])
		if !isWord(r) {
			break
		}
		end += n
	}
	second := rest[:end]
	if digitsLength(word) == len(word) && digitsLength(second) == len(second) {
		return len(word) == 3 && (len(second) == 3 || len(second) == 4) // a telephone number
	}
	if digits := strings.Trim(word, "0123456789-"); digits == "" && strings.Contains(word, "-") {
		return digitsLength(second) == len(second)
	}
	lower := strings.ToLower(word)
	if prefixes[lower] {
		return true
	}
	first, _ := utf8.DecodeRuneInString(word)
	then, _ := utf8.DecodeRuneInString(second)
	if unicode.IsUpper(first) && unicode.IsLower(then) && len(second) <= 5 && len(word) <= 6 && lower[1:] == word[1:] && !suffixes[second] && len(d.Tokens) > 0 {
		before := d.Word(len(d.Tokens) - 1)
		c, _ := utf8.DecodeRuneInString(before)
		return unicode.IsUpper(c) && len(before) > 1 && !determiners[strings.ToLower(before)]
	}
	return false
}

var prefixes = setOf(`non e re anti co pre mid post pro cross multi semi sub counter neo ultra inter intra pan ex mini micro macro mega socio
	de un bi tri over under extra hyper trans vice psycho geo bio proto quasi`)

// suffixes are words that stand after a hyphen and a name without being part of it.
var suffixes = setOf(`led based made born run owned style type like era held level wide free old long term day hour year in on up off out to of and
	area bound class sized only area elect rich`)

var determiners = setOf("the a an this that these those his her its their our my your in on at for of and but with by from to as")

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

// abbreviated tells that the word keeps the point after it; rest is what follows the point.
func abbreviated(word, rest string) bool {
	next := strings.TrimLeft(rest, " ")
	if initials(word) {
		if strings.Contains(word, ".") {
			return true
		}
		// "J. Oka" but not "plan B.\n".
		return word[0] >= 'A' && word[0] <= 'Z' && rest != "" && rest[0] == ' ' && next != "" && next[0] != '\n'
	}
	if abbreviations[strings.ToLower(word)] {
		return true
	}
	if dated[word] {
		return true
	}
	return word == "No" && digitsLength(next) > 0 || word == "Ph" && strings.HasPrefix(rest, "D")
}

var (
	abbreviations = setOf(`mr mrs ms dr prof gen lt col capt sgt maj adm brig cmdr sen rep gov rev hon st jr sr vs inc corp ltd co bros dept est
		approx etc messrs reps sens ft attn ave blvd rd al`)
	dated = setOf("Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun")
)

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
	for _, c := range []string{"s", "re", "ve", "ll", "d", "m"} {
		if len(rest) >= len(c) && strings.EqualFold(rest[:len(c)], c) {
			if r, _ := utf8.DecodeRuneInString(rest[len(c):]); !isWord(r) {
				return n + len(c)
			}
		}
	}
	return 0
}

// contracted are words of two tokens: the length of the first.
var contracted = map[string]int{"cannot": 3, "gonna": 3, "wanna": 3, "gotta": 3, "gimme": 3, "lemme": 3, "dunno": 2}

// units follow a number without a space and are tokens of their own: 5km, 10am.
var units = setOf("km kg cm mm m g mg ml l am pm mph kph gb mb kb tb mhz ghz hz kw mw gw bn mn hrs hr min mins sec lb lbs ft in oz yr yrs x k")

// addWord adds a word, split before n't, within contractions and before units.
func (d *Doc) addWord(start, end int) {
	w := d.Text[start:end]
	add := func(cut int, part bool) {
		d.Tokens = append(d.Tokens, Token{Start: start, End: cut}, Token{Start: cut, End: end, Part: part})
	}
	for _, nt := range []string{"n't", "n’t"} {
		if len(w) > len(nt) && strings.EqualFold(w[len(w)-len(nt):], nt) {
			add(end-len(nt), true)
			return
		}
	}
	if n, ok := contracted[strings.ToLower(w)]; ok {
		add(start+n, true)
		return
	}
	number := 0
	for number < len(w) && (w[number] >= '0' && w[number] <= '9' || number > 0 && (w[number] == '.' || w[number] == ',' || w[number] == ':')) {
		number++
	}
	if number > 0 && number < len(w) && units[strings.ToLower(strings.ReplaceAll(w[number:], ".", ""))] {
		add(start+number, false)
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
	// "He wrote on X. Her camp condemned it": no initial, but where it was written.
	if w == "X." && end > 0 && begins && writtenOn[strings.ToLower(d.Word(end-1))] {
		return true
	}
	// An abbreviation ends a sentence only if a word follows that opens one: "in the U.S. The bill …".
	return strings.HasSuffix(w, ".") && len(w) > 2 && openers[next]
}

var writtenOn = setOf("on to via from")

var openers = func() map[string]bool {
	return setOf("The A An He She It They We In On But And This That These His Her Its Their At As After Before When While If There")
}()

// Tokenizer is the step that makes tokens, for names that are compared with those of a Doc.
func Tokenizer() Step { return tokenizer{} }
