// Package explain shows how a story was read: its sentences with the mentions in them, the events that they tell and who takes part, positions, times, and
// what was left uncoded and why; as text for a terminal or as a page.
package explain

import (
	"cmp"
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"

	"newsgraph/loader/extract"
	"newsgraph/loader/nlp"
	"newsgraph/news"
)

// Story is what is shown of a story.
type Story struct {
	Headline, Publisher, Published string
	Sentences                      []Sentence
	Entities                       []news.Entity
}

// Sentence is a sentence with what it tells.
type Sentence struct {
	Pieces    []Piece
	Words     []Word
	Events    []Event
	Positions []Note
	Uncoded   []Note
	Times     []Note
	Text      string
}

// Piece is a part of a sentence: the wording of a mention with its entity, or what stands between.
type Piece struct {
	Text, Name, Why string
	Kind            news.Kind
}

// Word is a word in its tree: both numbers count from 1, and the head of a root is 0.
type Word struct {
	Number, Head          int
	Word, Universal, Role string
}

// Event is a report in words.
type Event struct {
	Action, Type, Modality, When, Trigger, Why, Said, Matter string
	Background                                               bool
	Roles                                                    []Note
	About                                                    []string
}

// Note is something that is told of what its label names.
type Note struct{ Label, Text, Why string }

// Of makes what is shown of a story that was read.
func Of(e extract.Explanation) Story {
	entities := map[news.ID]news.Entity{}
	for _, n := range e.Facts.Entities {
		entities[n.ID] = n
	}
	titles := map[news.ID]string{}
	for _, p := range e.Facts.Reports {
		titles[p.ID] = fmt.Sprintf("%s (%s)", p.Action, p.Trigger.In(e.Doc.Text))
	}
	story := Story{Headline: e.Facts.Story.Headline, Publisher: e.Facts.Story.Publisher, Published: e.Facts.Story.Published, Entities: e.Facts.Entities}
	for _, s := range e.Doc.Sentences {
		start, end := e.Doc.Bytes(s)
		line := Sentence{Text: e.Doc.Text[start:end], Pieces: pieces(e, entities, start, end), Words: words(e.Doc, s)}
		for _, p := range e.Facts.Reports {
			if p.SentenceSpan.Start == start {
				line.Events = append(line.Events, eventOf(e, p, entities, titles))
			}
		}
		for _, p := range e.Facts.Positions {
			if p.Span.Start < start || p.Span.End > end {
				continue
			}
			text := p.Title
			if p.Body != "" {
				text += " of " + entities[p.Body].Name
			}
			text += " (" + string(p.Status)
			if p.Since != "" {
				text += ", since " + p.Since
			}
			if p.Until != "" {
				text += ", until " + p.Until
			}
			line.Positions = append(line.Positions, Note{Label: entities[p.Person].Name, Text: text + ")", Why: p.Why})
		}
		for _, u := range e.Uncoded {
			if u.Span.Start >= start && u.Span.End <= end {
				line.Uncoded = append(line.Uncoded, Note{Label: u.Span.In(e.Doc.Text), Why: u.Why})
			}
		}
		for _, t := range e.Times {
			if t.Span.Start >= start && t.Span.End <= end {
				line.Times = append(line.Times, Note{Label: t.Text, Text: string(t.Type) + " " + t.Value, Why: t.How})
			}
		}
		story.Sentences = append(story.Sentences, line)
	}
	return story
}

func eventOf(e extract.Explanation, p news.Report, entities map[news.ID]news.Entity, titles map[news.ID]string) Event {
	event := Event{
		Action: p.Action, Type: string(p.Type), Modality: string(p.Modality), Trigger: p.Trigger.In(e.Doc.Text), Why: p.Why, Background: p.Background,
	}
	if p.When.Text != "" {
		event.When = p.When.Text
		if p.When.From != "" {
			event.When += " = " + p.When.From
		}
		if p.When.To != p.When.From {
			event.When += " to " + p.When.To
		}
	}
	for _, q := range p.Participants {
		why := ""
		if q.Span.End > 0 {
			why = fmt.Sprintf("“%s”", q.Span.In(e.Doc.Text))
		}
		event.Roles = append(event.Roles, Note{string(q.Role), entities[q.Entity].Name, why})
	}
	for _, c := range p.Counts {
		event.Roles = append(event.Roles, Note{strings.ToUpper(c.Of), fmt.Sprint(c.Low), fmt.Sprintf("“%s”", c.Text)})
	}
	for _, a := range p.About {
		event.About = append(event.About, titles[a.Report])
	}
	var said []string
	for _, id := range p.SaidBy {
		said = append(said, entities[id].Name)
	}
	event.Matter = p.Matter
	event.Said = strings.Join(said, ", who says so after ")
	return event
}

func pieces(e extract.Explanation, entities map[news.ID]news.Entity, start, end int) []Piece {
	mentions := slices.DeleteFunc(slices.Clone(e.Facts.Mentions), func(m news.Mention) bool { return m.Span.Start < start || m.Span.End > end })
	slices.SortFunc(mentions, func(a, b news.Mention) int { return cmp.Compare(a.Span.Start, b.Span.Start) })
	var all []Piece
	at := start
	for _, m := range mentions {
		if m.Span.Start < at {
			continue
		}
		if m.Span.Start > at {
			all = append(all, Piece{Text: e.Doc.Text[at:m.Span.Start]})
		}
		n := entities[m.Entity]
		all = append(all, Piece{Text: m.Span.In(e.Doc.Text), Name: n.Name, Kind: n.Kind, Why: m.Why})
		at = m.Span.End
	}
	return append(all, Piece{Text: e.Doc.Text[at:end]})
}

func words(d *nlp.Doc, s nlp.Sentence) []Word {
	var all []Word
	for i := s.First; i < s.Last; i++ {
		t := d.Tokens[i]
		head := 0
		if t.Head >= 0 {
			head = t.Head - s.First + 1
		}
		all = append(all, Word{i - s.First + 1, head, d.Word(i), t.Universal, t.Relation})
	}
	return all
}

// kindColors are the colours of kinds on a terminal (ECMA-48), those of the page are in explain.html.
var kindColors = map[news.Kind]string{
	news.Person: "36", news.State: "33", news.Organisation: "35", news.Place: "32", news.Weapon: "31", news.Group: "34", news.Thing: "90",
}

// Options are how text is shown.
type Options struct {
	Colours bool // of ECMA-48
	Tree    bool // each sentence's too, a word a line
}

// Text writes stories to w, which keeps its first error as bufio.Writer does.
func Text(w io.Writer, stories []Story, o Options) {
	paint := func(code, text string) string {
		if !o.Colours || text == "" {
			return text
		}
		return "\x1b[" + code + "m" + text + "\x1b[0m"
	}
	for n, s := range stories {
		if n > 0 {
			fmt.Fprintln(w)
		}
		fmt.Fprintln(w, paint("1", s.Headline))
		if by := strings.TrimSpace(s.Publisher + " " + s.Published); by != "" {
			fmt.Fprintln(w, by)
		}
		for _, line := range s.Sentences {
			fmt.Fprintln(w)
			for _, p := range line.Pieces {
				text := strings.ReplaceAll(p.Text, "\n", " ")
				if p.Kind != "" {
					text = paint(kindColors[p.Kind], "["+text+"]")
				}
				fmt.Fprint(w, text)
			}
			fmt.Fprintln(w)
			for _, e := range line.Events {
				sure := e.Modality
				if e.Background {
					sure += ", background"
				}
				fmt.Fprintf(w, "  %s %s, %s: “%s”, for %s\n", paint("1", e.Action), e.Type, sure, e.Trigger, e.Why)
				for _, r := range e.Roles {
					fmt.Fprintf(w, "    %-10s → %s %s\n", r.Label, r.Text, r.Why)
				}
				for _, r := range []Note{{Label: "MATTER", Text: e.Matter}, {Label: "WHEN", Text: e.When}, {Label: "SAID BY", Text: e.Said}} {
					if r.Text != "" {
						fmt.Fprintf(w, "    %-10s → %s\n", r.Label, r.Text)
					}
				}
				for _, a := range e.About {
					fmt.Fprintf(w, "    %-10s → %s\n", "ABOUT", a)
				}
			}
			for _, p := range line.Positions {
				fmt.Fprintf(w, "  position %s: %s, %s\n", p.Label, p.Text, p.Why)
			}
			for _, t := range line.Times {
				fmt.Fprintf(w, "  time %q: %s, %s\n", t.Label, t.Text, t.Why)
			}
			for _, u := range line.Uncoded {
				fmt.Fprintln(w, paint("90", fmt.Sprintf("  not coded %q: %s", u.Label, u.Why)))
			}
			if o.Tree {
				for _, t := range line.Words {
					fmt.Fprintf(w, "  %3d %-20s %-6s %-12s %d\n", t.Number, t.Word, t.Universal, t.Role, t.Head)
				}
			}
		}
	}
}

//go:embed explain.html
var pageHTML string

var page = template.Must(template.New("explain").Parse(pageHTML))

// HTML writes stories as one page.
func HTML(w io.Writer, stories []Story) error { return page.Execute(w, stories) }
