package format

import (
	"html"
	"regexp"
	"strings"
	"unicode"
)

var (
	entity  = regexp.MustCompile(`&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});`)
	unprint = strings.NewReplacer("\u00ad", "", "\u200b", "", "\u2060", "", "\ufeff", "", "\u00a0", " ", "\u202f", " ", "\u2007", " ", "\u2009", " ", "\u2028", "\n",
		"\u2029", "\n\n", "\r\n", "\n", "\r", "\n", "\u0085", "\n", "\f", "\n\n", "\v", "\n", "ﬀ", "ff", "ﬁ", "fi", "ﬂ", "fl", "ﬃ", "ffi", "ﬄ", "ffl", "ﬅ", "st", "ﬆ", "st",
		"\u200e", "", "\u200f", "", "\u202a", "", "\u202b", "", "\u202c", "", "\u202d", "", "\u202e", "")
)

// clean makes text of characters that readers see: entities become what they stand for, ligatures their letters; soft hyphens, zero-width
// and control characters go; lines end in \n. A story's text is made by it once, before any span points into it.
func clean(text string) string {
	if strings.Contains(text, "&") {
		text = entity.ReplaceAllStringFunc(text, html.UnescapeString)
	}
	text = unprint.Replace(strings.ToValidUTF8(text, "\ufffd"))
	last := rune(0)
	return strings.Map(func(r rune) rune {
		joiner := r == '\u200c' || r == '\u200d'
		if r != '\n' && r != '\t' && unicode.IsControl(r) || joiner && (last < unicode.MaxLatin1 || unicode.Is(unicode.Latin, last)) {
			return -1 // joiners are spelling in Persian and Hindi, and nothing in Latin
		}
		last = r
		return r
	}, text)
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
	if markup.MatchString(text) {
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
