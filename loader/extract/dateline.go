package extract

import (
	"regexp"
	"strings"

	"newsgraph/loader/nlp"
)

// dateline is what opens a paragraph before its first sentence: a place in capitals, what it is in, a day, an agency in brackets, and a dash. One
// of the last two makes it sure: "SEOUL, Jan 10 (Reuters) - ", "LIMA — ".
var dateline = regexp.MustCompile(`(?:\A|\n[ \t]*\n)[ \t]*([A-Z][A-Z.'’ /-]{2,30}(?:, [A-Z][A-Za-z.'’ ]{2,25})?(?:, (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d{1,2})?[ \t]*(?:\([A-Z][A-Za-z .&/]{1,30}\)[ \t]*(?:--|—|–|-)|--|—)[ \t])`)

// Parse parses a text without its datelines, which are no part of any sentence; the positions are those of the whole text.
func (x *Extractor) Parse(text string) (*nlp.Doc, error) {
	blank := text
	for _, m := range dateline.FindAllStringSubmatchIndex(text, -1) {
		blank = blank[:m[2]] + strings.Repeat(" ", m[3]-m[2]) + blank[m[3]:]
	}
	doc, err := x.pipeline.Parse(blank)
	if err != nil {
		return nil, err
	}
	doc.Text = text
	return doc, nil
}
