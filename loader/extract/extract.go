// Package extract turns a story and its Doc into facts: mentions of entities, and reports of events with who did what to whom. It
// knows news, not grammar, which nlp knows; and one story at a time, so what other stories say is left to news.Merge.
//
// The way of a story: names from the gazetteer, from the network and by their shape (name.go); whose words a passage is (voice.go); what pronouns
// and definite phrases point back to (coref.go); dates (package times); and then, sentence by sentence, the words that tell events (event.go), by the
// wordings of actions (wording.go), their own arguments by the laws of data/frames.tsv (frame.go), who that is (actor.go), in which role (role.go), and how surely and when
// (modality.go). What it is not sure of it leaves out, for an analyst forgives a missing event, never a false accusation.
package extract

import (
	"cmp"
	"fmt"
	"slices"

	"newsgraph/loader/gazetteer"
	"newsgraph/loader/nlp"
	"newsgraph/loader/times"
	"newsgraph/news"
)

// Version names this reader. Stories keep it, so that a store knows which of them to read again.
const Version = "18"

// Extractor reads stories. It is safe for concurrent use.
type Extractor struct {
	g          *gazetteer.Gazetteer
	times      *times.Grammar
	pipeline   *nlp.Pipeline
	weights    *Weights
	signatures *nlp.Signatures
	mends      [2][]mend // of words, and of trees
	vocabulary
}

// New makes an Extractor from the embedded models, gazetteer and wordings.
func New() (*Extractor, error) {
	g, err := gazetteer.Load()
	if err != nil {
		return nil, err
	}
	dates, err := times.Load()
	if err != nil {
		return nil, err
	}
	p, err := nlp.English()
	if err != nil {
		return nil, err
	}
	signatures, err := nlp.EnglishSignatures()
	if err != nil {
		return nil, err
	}
	weights, err := embeddedWeights()
	if err != nil {
		return nil, err
	}
	words, err := loadVocabulary(dataFiles)
	if err != nil {
		return nil, err
	}
	if words.classes, err = loadPredicates(dataFiles); err != nil {
		return nil, err
	}
	if words.laws, err = loadFrameLaws(dataFiles, words.classes); err != nil {
		return nil, err
	}
	return &Extractor{g: g, times: dates, pipeline: p, weights: weights, signatures: signatures, mends: [2][]mend{wordMends, treeMends}, vocabulary: words}, nil
}

// Agency tells that a line is the byline of a news agency or a newspaper, and which.
func (x *Extractor) Agency(line string) (string, bool) { return x.g.Agency(line) }

// Read parses a story's text and extracts its facts.
func (x *Extractor) Read(story news.Story) (news.Facts, error) {
	doc, err := x.Parse(story.Text)
	if err != nil {
		return news.Facts{}, fmt.Errorf("extract: story %s: %w", story.ID, err)
	}
	return x.Extract(story, doc)
}

// Explanation is a story as it was understood, and what was left uncoded and why. Positions are bytes of the story's text.
type Explanation struct {
	Doc     *nlp.Doc
	Facts   news.Facts
	Times   []times.Expression
	Uncoded []Uncoded // in the order of the text
}

// Explain reads a story as Read does and keeps how.
func (x *Extractor) Explain(story news.Story) (Explanation, error) {
	doc, err := x.Parse(story.Text)
	if err != nil {
		return Explanation{}, fmt.Errorf("extract: story %s: %w", story.ID, err)
	}
	r := x.read(story, doc, nil)
	slices.SortStableFunc(r.left, func(a, b Uncoded) int { return cmp.Compare(a.Span.Start, b.Span.Start) })
	return Explanation{Doc: doc, Facts: r.facts(), Times: x.Times(doc, story.Published), Uncoded: r.left}, nil
}

// Extract makes the facts of a story from the Doc of its text. The Doc must have all layers.
func (x *Extractor) Extract(story news.Story, doc *nlp.Doc) (news.Facts, error) {
	if need := nlp.Tokens | nlp.Sentences | nlp.Tags | nlp.Lemmas | nlp.Tree | nlp.Names; !doc.Has(need) {
		return news.Facts{}, fmt.Errorf("extract: story %s: the doc lacks layers: needs %v", story.ID, need)
	}
	return x.read(story, doc, nil).facts(), nil
}

// WithWeights is an Extractor that weighs by other weights than the embedded ones, to measure them.
func (x *Extractor) WithWeights(w *Weights) *Extractor {
	other := *x
	other.weights = w
	return &other
}

// read reads a story with its Doc, as the lesson says if there is one.
func (x *Extractor) read(story news.Story, doc *nlp.Doc, l *Lesson) *reading {
	story.Reader = Version
	r := &reading{
		Extractor: x, story: story, d: doc, index: news.NewIndex(doc.Text), entities: map[news.ID]news.Entity{},
		at: map[int]*mention{}, short: map[string]news.ID{}, blocked: map[int]bool{}, uses: map[int]fullName{}, titleBeside: map[int]bool{}, children: make([][]int, len(doc.Tokens)),
		titleOf: map[news.ID]string{}, bodyOf: map[news.ID]news.ID{}, genders: map[news.ID]string{}, rules: map[int]string{}, lesson: l,
	}
	r.place()
	r.mend()
	view, err := nlp.NewView(doc)
	if err != nil {
		panic(err) // the clusters are a part of the program, and the tests read them
	}
	r.view = view
	r.propositions = make(map[int]*nlp.Predicate, len(doc.Predicates))
	for k := range doc.Predicates {
		r.propositions[doc.Predicates[k].Token] = &doc.Predicates[k]
	}
	for i, t := range doc.Tokens {
		if t.Head >= 0 {
			r.children[t.Head] = append(r.children[t.Head], i)
		}
	}
	headline := story.Headline
	if capitalised(headline) {
		if as, err := x.cased(headline); err == nil {
			headline = as
		}
	}
	if head, err := x.pipeline.Parse(headline); err == nil {
		// Names of the headline help to read the text, but have no place in it.
		h := &reading{Extractor: x, story: story, d: head, entities: map[news.ID]news.Entity{}, at: map[int]*mention{}, short: map[string]news.ID{}, blocked: map[int]bool{}, uses: map[int]fullName{}}
		h.place()
		h.findNames()
		r.headline = h.entities
		for _, f := range h.full {
			for _, key := range h.keysOf(f) {
				r.short[key] = f.id
			}
		}
	}
	r.findTimes()
	r.findNames()
	r.settle()
	r.findTitles()
	r.findCountries()
	r.findVoices()
	r.findReferences()
	r.speakers()
	r.findAuthor()
	r.findFirstPersons()
	r.findPositions()
	r.findEvents()
	r.spreadDays()
	r.spreadTopics()
	r.identify()
	r.once()
	r.carry()
	r.quotations()
	r.address()
	return r
}

// place finds the sentence of each token.
func (r *reading) place() {
	r.sentenceOf = make([]int, len(r.d.Tokens))
	for k, s := range r.d.Sentences {
		for i := s.First; i < s.Last; i++ {
			r.sentenceOf[i] = k
		}
	}
}

// reading is one story in the course of being read.
type reading struct {
	*Extractor
	story       news.Story
	d           *nlp.Doc
	index       news.Index
	children    [][]int
	entities    map[news.ID]news.Entity
	mentions    []*mention
	at          map[int]*mention        // by token
	headline    map[news.ID]news.Entity // named there, and in the text maybe by short names
	about       map[string]bool         // countries that the story names, once asked
	short       map[string]news.ID      // short names of persons and initials that this story introduced
	full        []fullName              // in the order of the text
	uses        map[int]fullName        // bare surnames, by their first token
	blocked     map[int]bool            // tokens of names that are nobody's
	titleBeside map[int]bool            // tokens of titles that stand beside a name
	offices     []held                  // of whom the story told them, in the order of the text
	reports     []news.Report
	quotes      []news.Quotation

	positions    []news.Position
	sentenceOf   []int // by token
	left         []Uncoded
	times        []timeAt
	voices       []voice
	only         string       // ISO 3166 alpha-3 of the only country that the story speaks of, empty if there are several
	phrases      []nounPhrase // of the mended trees, where a pronoun asked for them
	unlinked     string       // why the last reference that was looked up stands for nothing
	issuer       news.ID      // whose release or report the story told of last
	author       news.ID      // who speaks where a text says we of itself
	candidates   []candidate
	titleOf      map[news.ID]string     // of persons: the last title that the story gave, in lower case
	bodyOf       map[news.ID]news.ID    // of persons: the body or the state that they hold it in
	genders      map[news.ID]string     // of persons, by Mr and Ms
	rules        map[int]string         // by token: the type that the vocabulary's conditions give it, or why none
	view         *nlp.View              // of the mended trees
	propositions map[int]*nlp.Predicate // by token
	mannerIs     string                 // how the story tells, once asked for
	taughtBy     *bool                  // whether it teaches, once asked for
	lesson       *Lesson                // what is right, while the weights are made; nil else
}

// Uncoded is a word that might have told an event, and why it is read as none.
type Uncoded struct {
	Span news.Span
	Why  string
}

// mention is tokens first to last, half-open, that name an entity.
type mention struct {
	first, last int
	entity      news.ID
	more        []news.ID // the others for which a plural stands
	form        news.Form
	why         string
}

func (r *reading) facts() news.Facts {
	f := news.Facts{Story: r.story, Reports: r.reports, Quotations: r.quotes, Positions: r.positions}
	used := map[news.ID]bool{}
	for _, m := range r.mentions {
		s := r.span(m.first, m.last)
		f.Mentions = append(f.Mentions, news.Mention{
			ID: news.MentionID(r.story.ID, s), Story: r.story.ID, Span: s, Entity: m.entity, Form: m.form, Why: m.why,
		})
		used[m.entity] = true
	}
	slices.SortFunc(f.Mentions, func(a, b news.Mention) int {
		return cmp.Or(cmp.Compare(a.Span.Start, b.Span.Start), cmp.Compare(a.Span.End, b.Span.End))
	})
	for _, p := range f.Reports {
		for _, q := range p.Participants {
			used[q.Entity] = true
		}
		for _, id := range p.SaidBy {
			used[id] = true
		}
		used[p.Addressee] = true
	}
	for _, q := range f.Quotations {
		used[q.Speaker], used[q.Addressee] = true, true
	}
	delete(used, "")
	for _, p := range f.Positions {
		used[p.Person] = true
		if p.Body != "" {
			used[p.Body] = true
		}
	}
	for id := range used {
		f.Entities = append(f.Entities, r.entities[id])
	}
	slices.SortFunc(f.Entities, func(a, b news.Entity) int { return cmp.Compare(a.ID, b.ID) })
	return f
}

func (r *reading) span(first, last int) news.Span {
	return r.index.Span(r.d.Tokens[first].Start, r.d.Tokens[last-1].End)
}

// know lets the reading have an entity of the gazetteer or of the headline.
func (r *reading) know(id news.ID) {
	if _, ok := r.entities[id]; ok {
		return
	}
	if e := r.g.Entity(id); e.ID != "" {
		r.entities[id] = e
	} else if e, ok := r.headline[id]; ok {
		r.entities[id] = e
	}
}

func (r *reading) mark(first, last int, id news.ID, form news.Form, why string) *mention {
	m := &mention{first: first, last: last, entity: id, form: form, why: why}
	r.mentions = append(r.mentions, m)
	for k := first; k < last; k++ {
		r.at[k] = m
	}
	return m
}

// unmark takes a mention away.
func (r *reading) unmark(m *mention) {
	r.mentions = slices.DeleteFunc(r.mentions, func(o *mention) bool { return o == m })
	for k := m.first; k < m.last; k++ {
		delete(r.at, k)
	}
}
