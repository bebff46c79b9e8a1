// Package nlp turns text into a Doc: tokens, sentences, tags, lemmas, trees, spans of names, predicates with their roles, and whether what they tell
// happened. It knows grammar, not news: what
// a name stands for and what a sentence reports is decided in extract. It calls nothing outside the process; its models are made by
// cmd/train and embedded.
package nlp

import (
	_ "embed"
	"fmt"
	"strings"
)

// Doc is a text with the layers that steps have added. Offsets are bytes of Text; tokens and sentences own nothing.
type Doc struct {
	Text        string
	Tokens      []Token
	Sentences   []Sentence
	Names       []Name
	Predicates  []Predicate // in the order of the text
	SentenceIDs []string    // what a corpus calls each sentence; nil if it is none
	layers      Layer
}

// Token is a word, a number or a mark of punctuation, as Universal Dependencies' English corpora divide text: clitics stand apart ("Russia
// 's", "did n't"), and so do most words joined by hyphens, with the hyphen between them.
type Token struct {
	Start, End int
	Part       bool   // one written word with the token before it, as 's and n't are
	Tag        string // Penn Treebank tag: NN, VBD, IN …
	Universal  string // part of speech of Universal Dependencies: NOUN, VERB, ADP …
	Features   string // of Universal Dependencies, "Mood=Ind|Tense=Past|VerbForm=Fin"; empty if none
	Lemma      string // lower case, except for proper nouns
	Head       int    // the token that it depends on; -1 for the root of its sentence
	Relation   string // its Universal Dependencies relation: nsubj, obj, obl …
	Sort       string // of what a phrase that the token heads stands for, as GUM tells them: person, organization, place, object, event, abstract, time …
}

// Sentence is the tokens First to Last, half-open. No sentence crosses a paragraph.
type Sentence struct{ First, Last int }

// Name is a run of tokens First to Last, half-open, that is a name.
type Name struct {
	First, Last int
	Kind        NameKind
}

// NameKind is what a name is of, as the CoNLL-2003 task has it.
type NameKind string

// The kinds of names. A name of no kind has the shape of one, and nothing tells of what.
const (
	PersonName       NameKind = "PER"
	OrganisationName NameKind = "ORG"
	PlaceName        NameKind = "LOC"
	OtherName        NameKind = ""
)

// Word is the wording of token i.
func (d *Doc) Word(i int) string { return d.Text[d.Tokens[i].Start:d.Tokens[i].End] }

// Words is the text from token first to token last, half-open.
func (d *Doc) Words(first, last int) string {
	if first >= last {
		return ""
	}
	return d.Text[d.Tokens[first].Start:d.Tokens[last-1].End]
}

// Bytes are the offsets of a sentence's text.
func (d *Doc) Bytes(s Sentence) (start, end int) {
	return d.Tokens[s.First].Start, d.Tokens[s.Last-1].End
}

// Layer is a set of what steps add to a Doc.
type Layer uint

// The layers of a Doc.
const (
	Tokens Layer = 1 << iota
	Sentences
	Tags
	Lemmas
	Tree
	Names
	Features
	Roles
	Happenings
)

var layerNames = []string{"tokens", "sentences", "tags", "lemmas", "tree", "names", "features", "roles", "happenings"}

// String names the layers.
func (l Layer) String() string {
	var names []string
	for i, n := range layerNames {
		if l&(1<<i) != 0 {
			names = append(names, n)
		}
	}
	return strings.Join(names, ", ")
}

// Step adds layers to a Doc.
type Step interface {
	Needs() Layer // what must be there before
	Adds() Layer  // what is there after
	Apply(d *Doc) error
}

// Pipeline applies steps in order. It is safe for concurrent use if its steps are; ours are.
type Pipeline struct{ steps []Step }

// NewPipeline makes a pipeline. An order in which a step comes before what it needs is refused.
func NewPipeline(steps ...Step) (*Pipeline, error) {
	var have Layer
	for i, s := range steps {
		if missing := s.Needs() &^ have; missing != 0 {
			return nil, fmt.Errorf("nlp: step %d (%T) needs %v, which no step before it adds", i+1, s, missing)
		}
		have |= s.Adds()
	}
	return &Pipeline{steps}, nil
}

// English is the pipeline for English news: all layers.
func English() (*Pipeline, error) {
	grammar, names, err := embedded()
	if err != nil {
		return nil, err
	}
	roles, err := loadLabeller()
	if err != nil {
		return nil, err
	}
	happened, err := loadTeller()
	if err != nil {
		return nil, err
	}
	return NewPipeline(tokenizer{}, splitter{}, grammar, names, lemmatizer{}, featurer{}, labeller{roles}, happened)
}

// Grammar is the part of the pipeline for English that predicates are read from.
func Grammar() (*Pipeline, error) {
	grammar, _, err := embedded()
	if err != nil {
		return nil, err
	}
	return NewPipeline(tokenizer{}, splitter{}, grammar, lemmatizer{}, featurer{})
}

// Parse makes a Doc of text.
func (p *Pipeline) Parse(text string) (*Doc, error) {
	d := &Doc{Text: text}
	return d, p.Complete(d)
}

// Complete adds the layers that d lacks.
func (p *Pipeline) Complete(d *Doc) error {
	for _, s := range p.steps {
		if d.Has(s.Adds()) { // as gold tokens have
			continue
		}
		if err := s.Apply(d); err != nil {
			return fmt.Errorf("nlp: %T: %w", s, err)
		}
		d.layers |= s.Adds()
	}
	return nil
}

// Mark tells that the layers are there, of a Doc that was made otherwise than by steps.
func (d *Doc) Mark(l Layer) { d.layers |= l }

// Has tells that all of the layers are there.
func (d *Doc) Has(l Layer) bool { return d.layers&l == l }
