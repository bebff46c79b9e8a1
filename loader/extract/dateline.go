package extract

import (
	"regexp"
	"strings"

	"newsgraph/loader/nlp"
)

// dateline is what opens a paragraph before its first sentence: a place in capitals, what it is in, a day, an agency in brackets, and a dash. A
// long dash, an agency or a day makes it sure: "SEOUL, Jan 10 (Reuters) - ", "OSLO, April 4 - ", "LIMA — ".
var dateline = regexp.MustCompile(`(?:\A|\n[ \t]*\n)[ \t]*([A-Z][A-Z.'’ /-]{2,30}(?:, [A-Z][A-Za-z.'’ ]{2,25})?(?:(?:, (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d{1,2})?[ \t]*(?:\([A-Z][A-Za-z .&/]{1,30}\)[ \t]*(?:--|—|–|-)|--|—)|(?:, (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d{1,2})[ \t]+(?:–|-))[ \t])`)

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

// pageLabels open paragraphs that are about the page and no part of the story: links to others, credits of pictures, notes of what was corrected
// (CODING 45).
var pageLabels = []string{
	"read more", "read also", "read next", "see also", "more from", "more on", "related", "related stories", "related story", "related articles", "also read", "also on", "watch", "watch:", "listen",
	"photo", "photo by", "photos", "file photo", "image", "picture", "video", "credit", "correction", "corrections", "clarification", "editor's note", "don't miss", "recommended", "most read", "you may also like",
	"on this topic", "explainer", "in pictures", "live updates", "newsletter", "sign up", "subscribe", "follow us",
}

// aboutPage tells that a sentence stands in a paragraph that opens with such a label and a colon, or that is nothing but words in capitals and a
// link; of what a correction states in its place nothing is lost, for the text above says it.
func (r *reading) aboutPage(s nlp.Sentence) bool {
	text := r.d.Text
	begin := r.d.Tokens[s.First].Start
	if k := strings.LastIndexByte(text[:begin], '\n'); k >= 0 {
		begin = k + 1
	} else {
		begin = 0
	}
	line, _, _ := strings.Cut(text[begin:], "\n")
	label, _, ok := strings.Cut(strings.TrimLeft(line, " \t*•|>-–—([»►▶"), ":")
	if !ok || len(label) > 60 {
		return false
	}
	label = strings.ToLower(strings.TrimSpace(strings.NewReplacer("’", "'", "**", "").Replace(label)))
	for _, l := range pageLabels {
		if label == l || strings.HasPrefix(label, l+" ") && (l == "more from" || l == "more on" || l == "read more" || l == "also on" || l == "photo by" || l == "file photo" || l == "related") {
			return true
		}
	}
	return false
}
