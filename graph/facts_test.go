package graph_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"newsgraph/news"
)

// readFacts reads stories with their facts from a txtar file. NAME.txt is a story: its headline, lines "publisher: AFP" and
// "published: 2024-01-10", an empty line, and its text. NAME.facts is what it says, a line a fact; what is quoted stands in the text:
//
//	entity state:KP "North Korea" iso2 KP iso3 PRK alias "DPRK" source states.tsv
//	mention state:KP "Pyongyang" NAME
//	report condemn "condemned" source person:jake-sullivan "Sullivan" target state:KP "North Korea" when 2024-01-09 "Tuesday"
//	quotation "“quoted”" speaker person:jake-sullivan report 1
//	position person:jake-sullivan "adviser Jake Sullivan" title "adviser" in organisation:white-house status HELD since 2021
//
// STORY stands for the story's part of an id. A report may also have instrument, place, said ENTITY, about N (the N-th report of the story), modality WORD, background and
// count killed 4 5 "four or five".
func readFacts(t testing.TB, path string) []news.Facts {
	t.Helper()
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return factsOf(t, path, archive)
}

func factsOf(t testing.TB, path string, archive *txtar.Archive) []news.Facts {
	t.Helper()
	var all []news.Facts
	for _, file := range archive.Files {
		if text, ok := strings.CutSuffix(file.Name, ".txt"); ok {
			all = append(all, news.Facts{Story: readStory(string(file.Data))})
			continue
		} else if text == "" || filepath.Ext(file.Name) != ".facts" || len(all) == 0 {
			t.Fatalf("%s: no use for %s", path, file.Name)
		}
		for i, line := range strings.Split(strings.TrimSpace(string(file.Data)), "\n") {
			f := &all[len(all)-1]
			hash := strings.TrimPrefix(string(f.Story.ID), "story:")
			if err := readFact(f, strings.ReplaceAll(line, "STORY", hash)); err != nil {
				t.Fatalf("%s: %s:%d: %v", path, file.Name, i+1, err)
			}
		}
	}
	return all
}

func readStory(file string) news.Story {
	head, text, _ := strings.Cut(file, "\n\n")
	lines := strings.Split(head, "\n")
	s := news.Story{Headline: lines[0], Text: strings.TrimSpace(text), Language: "en", Reader: "test"}
	for _, line := range lines[1:] {
		switch name, value, _ := strings.Cut(line, ": "); name {
		case "publisher":
			s.Publisher = value
		case "published":
			s.Published = value
		case "byline":
			s.Byline = value
		}
	}
	s.Identify()
	return s
}

// words are the words of a fact, one after the other.
type words struct {
	rest []string
	text string // where quoted words stand
	err  error
}

func (w *words) more() bool { return w.err == nil && len(w.rest) > 0 }

func (w *words) next() string {
	if w.err != nil || len(w.rest) == 0 {
		w.fail("too few words")
		return ""
	}
	word := w.rest[0]
	w.rest = w.rest[1:]
	return word
}

func (w *words) number() int {
	n, err := strconv.Atoi(w.next())
	if err != nil {
		w.fail(err.Error())
	}
	return n
}

// quoted is the next word, which must be a quoted one.
func (w *words) quoted() string {
	word, ok := strings.CutPrefix(w.next(), `"`)
	if !ok {
		w.fail("not quoted: " + word)
	}
	return word
}

// where is the span of the next word, if it is quoted.
func (w *words) where() news.Span {
	if len(w.rest) == 0 || !strings.HasPrefix(w.rest[0], `"`) {
		return news.Span{}
	}
	word := w.quoted()
	start := strings.Index(w.text, word)
	if start < 0 {
		w.fail("not in the text: " + word)
		return news.Span{}
	}
	return news.SpanOf(w.text, start, start+len(word))
}

func (w *words) fail(why string) {
	if w.err == nil {
		w.err = fmt.Errorf("%s", why)
	}
}

// splitWords keeps the opening quote of quoted words, to tell them apart.
func splitWords(line string) []string {
	var all []string
	for i, part := range strings.Split(line, `"`) {
		if i%2 == 1 {
			all = append(all, `"`+part)
		} else {
			all = append(all, strings.Fields(part)...)
		}
	}
	return all
}

func readFact(f *news.Facts, line string) error {
	w := &words{rest: splitWords(line), text: f.Story.Text}
	switch noun := w.next(); noun {
	case "entity":
		f.Entities = append(f.Entities, readEntity(w))
	case "mention":
		m := news.Mention{Story: f.Story.ID, Entity: news.ID(w.next()), Span: w.where(), Form: news.Form(w.next()), Why: "test"}
		m.ID = news.MentionID(m.Story, m.Span)
		f.Mentions = append(f.Mentions, m)
	case "report":
		f.Reports = append(f.Reports, readReport(w, f))
	case "quotation":
		q := news.Quotation{Story: f.Story.ID, Span: w.where()}
		q.ID = news.QuotationID(q.Story, q.Span)
		for w.more() {
			switch w.next() {
			case "speaker":
				q.Speaker = news.ID(w.next())
			case "addressee":
				q.Addressee = news.ID(w.next())
			case "report":
				q.Report = f.Reports[w.number()-1].ID
			}
		}
		f.Quotations = append(f.Quotations, q)
	case "position":
		p := news.Position{Story: f.Story.ID, Person: news.ID(w.next()), Span: w.where(), Status: news.Held, Why: "test", Published: f.Story.Published}
		for w.more() {
			switch w.next() {
			case "title":
				p.Title = w.quoted()
			case "in":
				p.Body = news.ID(w.next())
			case "status":
				p.Status = news.PositionStatus(w.next())
			case "since":
				p.Since = w.next()
			}
		}
		p.ID = news.PositionID(p.Story, p.Span, p.Person)
		f.Positions = append(f.Positions, p)
	default:
		w.fail("no noun: " + noun)
	}
	return w.err
}

func readEntity(w *words) news.Entity {
	e := news.Entity{ID: news.ID(w.next()), Name: w.quoted()}
	e.Kind = news.Kind(strings.ToUpper(e.ID.Noun()))
	for w.more() {
		switch word := w.next(); word {
		case "alias":
			e.Aliases = append(e.Aliases, w.quoted())
		case "is":
			e.Description = w.quoted()
		case "wikidata":
			e.Wikidata = w.next()
		case "iso2":
			e.ISO2 = w.next()
		case "iso3":
			e.ISO3 = w.next()
		case "country":
			e.Country = w.next()
		case "source":
			e.Source = w.next()
		case "about":
			e.Count, e.Approximate = w.number(), true
		default:
			w.fail("entities have no " + word)
		}
	}
	slices.Sort(e.Aliases)
	return e
}

func readReport(w *words, f *news.Facts) news.Report {
	r := news.Report{
		Story: f.Story.ID, Action: w.next(), Trigger: w.where(), Modality: news.Asserted, When: news.When{Precision: news.Unknown},
		Confidence: 0.75, Published: f.Story.Published, TextHash: f.Story.TextHash,
	}
	action, ok := news.ActionNamed(r.Action)
	if !ok {
		w.fail("no action: " + r.Action)
	}
	r.Type = action.Type
	r.ID = news.ReportID(r.Story, r.Trigger, r.Action, 0)
	begin, end := strings.LastIndex(w.text[:r.Trigger.Start], ". "), strings.Index(w.text[r.Trigger.End:], ".")
	if begin >= 0 {
		begin += len(". ")
	}
	r.SentenceSpan = news.SpanOf(w.text, max(begin, 0), r.Trigger.End+end+1)
	r.Sentence = r.SentenceSpan.In(w.text)
	for w.more() {
		switch word := w.next(); word {
		case "source", "target", "instrument", "place":
			p := news.Participant{Role: news.Role(strings.ToUpper(word)), Entity: news.ID(w.next()), Span: w.where()}
			r.Participants = append(r.Participants, p)
		case "said":
			r.SaidBy = append(r.SaidBy, news.ID(w.next()))
		case "about":
			about := f.Reports[w.number()-1]
			r.About = append(r.About, news.About{Report: about.ID, Type: about.Type, Action: about.Action})
		case "modality":
			r.Modality = news.Modality(w.next())
		case "background":
			r.Background = true
		case "count":
			c := news.Count{Of: w.next(), Low: w.number(), High: w.number()}
			c.Text = w.where().In(w.text)
			r.Counts = append(r.Counts, c)
		case "when":
			value := w.next()
			days, precision, err := news.ParseDate(value)
			if err == nil {
				r.When = news.When{From: days.From, To: days.To, Precision: precision, How: "test"}
			}
			r.When.Value, r.When.Span = value, w.where()
			r.When.Text = r.When.Span.In(w.text)
		default:
			w.fail("reports have no " + word)
		}
	}
	return r
}
