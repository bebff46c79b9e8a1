package format

import (
	"html"
	"regexp"
	"strings"
	"unicode"
)

var entity = regexp.MustCompile(`&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});`)

// seen is what readers see of a character; of those that are not in it, the character itself.
var seen = map[rune]string{
	'\u00ad': "", '\u200b': "", '\u2060': "", '\ufeff': "", '\u200e': "", '\u200f': "", '\u202a': "", '\u202b': "", '\u202c': "", '\u202d': "", '\u202e': "",
	'\u00a0': " ", '\u202f': " ", '\u2007': " ", '\u2009': " ", '\u2028': "\n", '\u2029': "\n\n", '\u0085': "\n", '\f': "\n\n", '\v': "\n",
	'ﬀ': "ff", 'ﬁ': "fi", 'ﬂ': "fl", 'ﬃ': "ffi", 'ﬄ': "ffl", 'ﬅ': "st", 'ﬆ': "st",
}

// clean makes text of characters that readers see: entities become what they stand for, ligatures their letters; soft hyphens, zero-width
// and control characters go; lines end in \n. A story's text is made by it once, before any span points into it.
func clean(text string) string {
	if strings.Contains(text, "&") {
		text = entity.ReplaceAllStringFunc(text, html.UnescapeString)
	}
	var b strings.Builder
	b.Grow(len(text))
	last := rune(0)
	for i, r := range text {
		switch {
		case r >= ' ' && r < 0x7f || r == '\n' || r == '\t':
			b.WriteByte(byte(r))
		case r == '\r':
			if !strings.HasPrefix(text[i+1:], "\n") {
				b.WriteByte('\n')
			}
		case (r == '\u200c' || r == '\u200d') && (last < unicode.MaxLatin1 || unicode.Is(unicode.Latin, last)):
			continue // joiners are spelling in Persian and Hindi, and nothing in Latin
		default:
			if what, ok := seen[r]; ok {
				b.WriteString(what)
			} else if !unicode.IsControl(r) {
				b.WriteRune(r) // U+FFFD for what is no UTF-8
			}
		}
		last = r
	}
	return b.String()
}

// oneLine is clean text on one line.
func oneLine(text string) string {
	return strings.Join(strings.Fields(clean(text)), " ")
}

var (
	markup   = regexp.MustCompile(`(?i)</(?:p|div|li|h[1-6]|a|b|i|em|strong|span|blockquote)>|<(?:p|br)\b[^>]*>`)
	unshown  = regexp.MustCompile(`(?is)<!--.*?-->|<script\b.*?</script\s*>|<style\b.*?</style\s*>|<figcaption\b.*?</figcaption\s*>`)
	blockTag = regexp.MustCompile(`(?i)</?(?:p|div|li|ul|ol|h[1-6]|blockquote|section|article|figure|table|tr)\b[^<>]*>`)
	breakTag = regexp.MustCompile(`(?i)<br\b[^<>]*>`)
	anyTag   = regexp.MustCompile(`</?[A-Za-z][^<>]*>`)
	blanks   = regexp.MustCompile(`\n[ \t]*(?:\n[ \t]*)+`)
)

// prose makes paragraphs of a field's text, which may be a fragment of HTML: what is no wording goes.
func prose(text string) string {
	if strings.Contains(text, "<") && markup.MatchString(text) {
		text = unshown.ReplaceAllString(text, " ")
		text = strings.Join(strings.Fields(text), " ")
		text = blockTag.ReplaceAllString(text, "\n\n")
		text = breakTag.ReplaceAllString(text, "\n")
		text = anyTag.ReplaceAllString(text, "")
	}
	text = clean(text)
	if !blanks.MatchString(text) && strings.Count(text, "\n") > 0 && sentenceLines(text) {
		text = strings.ReplaceAll(text, "\n", "\n\n")
	}
	var all []string
	for _, p := range blanks.Split(text, -1) {
		if p = strings.Join(strings.Fields(p), " "); p != "" {
			all = append(all, p)
		}
	}
	return strings.Join(all, "\n\n")
}

// sentenceLines tells that most lines end as sentences do: each is a paragraph, and none is wrapped.
func sentenceLines(text string) bool {
	ends, lines := 0, 0
	for line := range strings.SplitSeq(text, "\n") {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		lines++
		if endsSentence(line) {
			ends++
		}
	}
	return lines > 0 && ends*3 >= lines*2
}

var closing = strings.NewReplacer(`"`, "", "”", "", "’", "", "'", "", ")", "", "»", "")

// endsSentence tells that a line ends in a mark that ends sentences.
func endsSentence(line string) bool {
	line = closing.Replace(line[max(0, len(line)-12):])
	return strings.HasSuffix(line, ".") || strings.HasSuffix(line, "!") || strings.HasSuffix(line, "?") || strings.HasSuffix(line, ":") || strings.HasSuffix(line, "…")
}
