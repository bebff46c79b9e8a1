package news

import (
	"cmp"
	"strings"
	"time"
)

// Story is one report as it was published. It is never changed: other words, another headline or another date make another
// story.
type Story struct {
	ID        ID     `json:"id"`
	Headline  string `json:"headline"`
	Byline    string `json:"byline,omitempty"`
	Publisher string `json:"publisher,omitempty"`
	URL       string `json:"url,omitempty"`
	Language  string `json:"language,omitempty"`  // BCP 47
	Published string `json:"published,omitempty"` // 2024-01-10, 2024-01 or 2024; empty if not known
	Updated   string `json:"updated,omitempty"`   // a day or an instant with its zone, as it was told
	AgencyID  string `json:"agencyId,omitempty"`  // the agency's own id of what this is a version of
	Version   string `json:"version,omitempty"`   // the agency's own, of AgencyID
	Notes     string `json:"notes,omitempty"`     // corrections and notes of editors: paragraphs, an empty line between two
	Urgency   int    `json:"urgency,omitempty"`   // its agency's, of IPTC: 1, the most urgent, to 9; 0 if none is told
	Text      string `json:"text"`                // the body, without headline and byline
	TextHash  string `json:"textHash"`            // of the text's words: stories with equal text are one source
	Reader    string `json:"reader"`              // version of the reader that made the facts
	How       string `json:"how,omitempty"`       // how it was read: format, encoding, and its place on its page

	Subjects []string `json:"subjects,omitempty"` // what its publisher files it under: codes or names, as told and in that order
}

// Coder begins Story.Reader where no reader of ours made the facts but another coder, whose name follows: their text is not all of the story, and is
// not read again.
const Coder = "coder:"

// Coded tells that another coder than this program's reader made the facts.
func (s Story) Coded() bool { return strings.HasPrefix(s.Reader, Coder) }

// Identify sets ID and TextHash from the other fields. A story's id is the hash of publisher, url, published, headline and text.
func (s *Story) Identify() {
	s.ID = hashID("story", s.Publisher, s.URL, s.Published, s.Headline, s.Text)
	s.TextHash = string(hashID("text", s.words()...))[len("text:"):]
}

// words are those that tell whether a text is another's.
func (s *Story) words() []string {
	for _, told := range []string{s.Text, s.Headline} {
		if words := Words(told); len(words) > 0 {
			return words
		}
	}
	return []string{s.Publisher, cmp.Or(s.URL, string(s.ID))} // nothing is told of it: no other story is its copy
}

// Facts is all that one story says: what Extract makes and a store puts. Entities hold each entity that a mention, a
// participant or a speaker names, once.
type Facts struct {
	Story      Story       `json:"story"`
	Entities   []Entity    `json:"entities,omitempty"`
	Mentions   []Mention   `json:"mentions,omitempty"`
	Reports    []Report    `json:"reports,omitempty"`
	Quotations []Quotation `json:"quotations,omitempty"`
	Positions  []Position  `json:"positions,omitempty"`
	Sketch     Sketch      `json:"-"` // SketchOf the story; store.Prepare makes it where it is missing
	Loaded     time.Time   `json:"-"` // when a store got the story; the zero time for one that comes now
}

// Quotation is words in quotation marks.
type Quotation struct {
	ID        ID   `json:"id"`
	Story     ID   `json:"story"`
	Span      Span `json:"span"`                // the words with their marks
	Speaker   ID   `json:"speaker,omitempty"`   // an entity
	Addressee ID   `json:"addressee,omitempty"` // an entity
	Report    ID   `json:"report,omitempty"`    // the report whose words these are
}

// QuotationID is the id of the quotation that stands at span in story.
func QuotationID(story ID, span Span) ID {
	return hashID("quotation", string(story), itoa(span.Start), itoa(span.End))
}
