package extract

import (
	"regexp"
	"strings"

	"newsgraph/loader/nlp"
	"newsgraph/news"
)

// dateline is what opens a paragraph before its first sentence: a place in capitals, what it is in, a day, an agency or a day in brackets, and a dash. A
// day, brackets or a long dash makes it sure: "SEOUL, Jan 10 (Reuters) - ", "LIMA — ", "LIMA, Peru (3 May 2019) - ".
var dateline = regexp.MustCompile(`(?:\A|\n[ \t]*\n)[ \t]*(` + placeInCapitals + `(?:` + dayOfDateline + `[ \t]*` + dashes + `|` + dayOfDateline + `?[ \t]*` + bracketed + dashes + `|[ \t]*(?:--|—|–))[ \t])`)

// townline is a dateline in small letters, whose place must be a city.
var townline = regexp.MustCompile(opening + `(([A-Z][a-zé]{2,20}(?:[ -][A-Z][a-zé]{2,20}){0,2})(?:, [A-Z][A-Za-z.'’ ]{2,25})?(?:` + dayOfDateline + `)?[ \t]*(?:` + bracketed + `)?(?:--|—|–|-)[ \t])[A-Z"“]`)

// cityline is a dateline in capitals with no more than a hyphen, whose place must be a city: "BRUSSELS - ", "LUSAKA, Zambia - ".
var cityline = regexp.MustCompile(opening + `(([A-Z][A-Z.'’-]{2,20}(?: [A-Z][A-Z.'’-]{1,20}){0,2})(?:, [A-Z][A-Za-z.'’ ]{2,25})? +- )[A-Z"“]`)

const (
	opening         = `\A(?:[^\n]{1,250}\n[ \t]*\n)?[ \t]*` // of a text, or of what follows its headline
	placeInCapitals = `[A-Z][A-Z.'’ /-]{2,30}(?:, [A-Z][A-Za-z.'’ ]{2,25}?)?`
	months          = `(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?`
	dayOfDateline   = `(?:,? (?:` + months + ` \d{1,2}|\d{1,2} ` + months + `)(?:,? \d{4})?)`
	bracketed       = `\([A-Z0-9][A-Za-z0-9 .,&/]{1,40}\)[ \t]*`
	dashes          = `(?:--|—|–|-)`
)

// Parse parses a text without its datelines, which are no part of any sentence; the positions are those of the whole text.
// Of a text in capitals it parses what would be printed, and the Doc has that.
func (x *Extractor) Parse(text string) (*nlp.Doc, error) {
	blank := text
	for _, m := range dateline.FindAllStringSubmatchIndex(text, -1) {
		blank = blank[:m[2]] + strings.Repeat(" ", m[3]-m[2]) + blank[m[3]:]
	}
	if m := townline.FindStringSubmatchIndex(blank); m != nil {
		if x.town(blank[m[4]:m[5]]) {
			blank = blank[:m[2]] + strings.Repeat(" ", m[3]-m[2]) + blank[m[3]:]
		}
	}
	if m := cityline.FindStringSubmatchIndex(blank); m != nil {
		words := strings.Fields(strings.ToLower(blank[m[4]:m[5]]))
		for i, w := range words {
			words[i] = strings.ToUpper(w[:1]) + w[1:]
		}
		if x.town(strings.Join(words, " ")) {
			blank = blank[:m[2]] + strings.Repeat(" ", m[3]-m[2]) + blank[m[3]:]
		}
	}
	if capitalised(blank) {
		var err error
		if blank, err = x.cased(blank); err != nil {
			return nil, err
		}
		text = blank
	}
	doc, err := x.pipeline.Parse(blank)
	if err != nil {
		return nil, err
	}
	doc.Text = text
	return doc, nil
}

// town tells that a name is a city's, and no state's or person's.
func (x *Extractor) town(name string) bool {
	if e, ok := x.g.Called(name); ok {
		_, capital := x.g.CapitalOf(e.ID)
		return capital || x.g.Entity(e.ID).Kind == news.Kind(news.Place)
	}
	_, ok := x.g.City(name, nil, false)
	return ok
}

// withdrawn are words by which a page takes back what it said; a sentence that has them is no part of the story.
var withdrawn = regexp.MustCompile(`(?i)\b(?:earlier|previous) version\b|\bmisstated\b|\bmisidentified\b|\bmisspelled\b|\b(?:incorrectly|mistakenly|wrongly) (?:gave|named|said|stated|reported|identified)\b|\b(?:story|article|report|headline|caption|item) (?:was|has been) (?:corrected|amended|updated|clarified)\b|\bwe regret the error\b`)

// pageLabels open paragraphs that are about the page and no part of the story: links to others, credits of pictures, notes of what was corrected
// (CODING 45).
var pageLabels = []string{
	"read more", "read also", "read next", "see also", "more from", "more on", "related", "related stories", "related story", "related articles", "also read", "also on", "watch", "watch:", "listen",
	"photo", "photo by", "photos", "file photo", "image", "picture", "video", "credit", "don't miss", "recommended", "most read", "you may also like",
	"on this topic", "explainer", "in pictures", "live updates", "newsletter", "sign up", "subscribe", "follow us",
}

// corrections label paragraphs that withdraw something and state something else.
var corrections = map[string]bool{"correction": true, "corrections": true, "clarification": true, "editor's note": true}

// aboutPage tells that a sentence stands in a paragraph that opens with such a label and a colon, or that is nothing but words in capitals and a
// link; of what a correction states in its place nothing is lost, for the text above says it.
func (r *reading) aboutPage(s nlp.Sentence) bool {
	text := r.d.Text
	at := r.span(s.First, s.Last)
	if withdrawn.MatchString(at.In(text)) {
		return true
	}
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
	if corrections[label] {
		return false // what it states in the place of what it withdraws is the story's (CODING 45)
	}
	for _, l := range pageLabels {
		if label == l || strings.HasPrefix(label, l+" ") && (l == "more from" || l == "more on" || l == "read more" || l == "also on" || l == "photo by" || l == "file photo" || l == "related") {
			return true
		}
	}
	return false
}
