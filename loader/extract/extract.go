// Package extract turns a story and its Doc into facts: mentions of entities, and reports of events with who did what to whom. It
// knows news, not grammar, which nlp knows; and one story at a time, so what other stories say is left to news.Merge.
//
// This first reading is shallow: names from a gazetteer and by shape, events by the vocabulary of actions and the tree of the clause,
// dates against the story's own. What it is not sure of it leaves out, for an analyst forgives a missing event, never a false accusation.
package extract

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"newsgraph/loader/nlp"
	"newsgraph/news"
)

// Version names this reader. Stories keep it, so that a store knows which of them to read again.
const Version = "1"

// Extractor reads stories. It is safe for concurrent use.
type Extractor struct {
	g        *gazetteer
	pipeline *nlp.Pipeline
	verbs    map[string][]wording // by the lemma of the verb
	nouns    map[string][]wording // by the last word
}

// wording is one pattern of an action.
type wording struct {
	action  news.Action
	pattern news.Pattern
}

// New makes an Extractor from the embedded models, gazetteer and vocabulary.
func New() (*Extractor, error) {
	g, err := loadGazetteer(dataFiles)
	if err != nil {
		return nil, err
	}
	p, err := nlp.English()
	if err != nil {
		return nil, err
	}
	x := &Extractor{g: g, pipeline: p, verbs: map[string][]wording{}, nouns: map[string][]wording{}}
	for _, a := range news.Actions() {
		for _, p := range a.Verbs {
			x.verbs[p.Words[0]] = append(x.verbs[p.Words[0]], wording{a, p})
		}
		for _, p := range a.Nouns {
			last := p.Words[len(p.Words)-1]
			x.nouns[last] = append(x.nouns[last], wording{a, p})
		}
	}
	return x, nil
}

// Agency tells that a line is the byline of a news agency or a newspaper, and which.
func (x *Extractor) Agency(line string) (string, bool) {
	name, ok := x.g.agencies[news.Fold(strings.TrimSpace(line))]
	return name, ok
}

// Read parses a story's text and extracts its facts.
func (x *Extractor) Read(story news.Story) (news.Facts, error) {
	doc, err := x.pipeline.Parse(story.Text)
	if err != nil {
		return news.Facts{}, fmt.Errorf("extract: story %s: %w", story.ID, err)
	}
	return x.Extract(story, doc)
}

// Extract makes the facts of a story from the Doc of its text. The Doc must have all layers.
func (x *Extractor) Extract(story news.Story, doc *nlp.Doc) (news.Facts, error) {
	if need := nlp.Tokens | nlp.Sentences | nlp.Tags | nlp.Lemmas | nlp.Tree | nlp.Names; !doc.Has(need) {
		return news.Facts{}, fmt.Errorf("extract: story %s: the doc lacks layers: needs %v", story.ID, need)
	}
	story.Reader = Version
	r := &reading{
		Extractor: x, story: story, d: doc, index: news.NewIndex(doc.Text), entities: map[news.ID]news.Entity{},
		at: map[int]*mention{}, short: map[string]news.ID{}, children: make([][]int, len(doc.Tokens)),
	}
	for i, t := range doc.Tokens {
		if t.Head >= 0 {
			r.children[t.Head] = append(r.children[t.Head], i)
		}
	}
	if head, err := x.pipeline.Parse(story.Headline); err == nil {
		// Names of the headline help to read the text, but have no place in it.
		h := &reading{Extractor: x, story: story, d: head, entities: map[news.ID]news.Entity{}, at: map[int]*mention{}, short: r.short}
		h.findNames()
	}
	r.findNames()
	r.findPronouns()
	r.findEvents()
	return r.facts(), nil
}

// reading is one story in the course of being read.
type reading struct {
	*Extractor
	story    news.Story
	d        *nlp.Doc
	index    news.Index
	children [][]int
	entities map[news.ID]news.Entity
	mentions []*mention
	at       map[int]*mention   // by token
	short    map[string]news.ID // short names of persons and initials that this story introduced
	reports  []news.Report
	quotes   []news.Quotation
}

// mention is tokens first to last, half-open, that name an entity.
type mention struct {
	first, last int
	entity      news.ID
	form        news.Form
	why         string
}

func (r *reading) facts() news.Facts {
	f := news.Facts{Story: r.story, Reports: r.reports, Quotations: r.quotes}
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
	}
	for _, q := range f.Quotations {
		if q.Speaker != "" {
			used[q.Speaker] = true
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

func (r *reading) know(id news.ID) {
	if _, ok := r.entities[id]; !ok {
		r.entities[id] = r.g.entities[id]
	}
}

func (r *reading) mark(first, last int, id news.ID, form news.Form, why string) *mention {
	m := &mention{first, last, id, form, why}
	r.mentions = append(r.mentions, m)
	for k := first; k < last; k++ {
		r.at[k] = m
	}
	return m
}
