package main

import (
	"bufio"
	"cmp"
	"context"
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"os"
	"slices"
	"strings"

	"golang.org/x/term"

	"newsgraph/loader"
	"newsgraph/loader/extract"
	"newsgraph/loader/nlp"
	"newsgraph/news"
)

type explainCmd struct {
	Published string `help:"When the page's lead story was published: 2024-01-10, 2024-01 or 2024."`
	HTML      string `name:"html" help:"Write one HTML page to this file instead." placeholder:"FILE"`
	Tree      bool   `help:"Show the tree of each sentence too, a word a line."`
	Color     string `name:"color" enum:"auto,always,never" default:"auto" help:"Colours: auto (on a terminal), always or never."`
	Any       bool   `name:"any-language" help:"Explain text of other languages too, read as if it were English."`
	File      string `arg:"" name:"file" help:"A text file, or - for standard input."`
}

// Help shows examples.
func (explainCmd) Help() string {
	return "Examples:\n  newsgraph explain --published 2024-01-10 story.txt\n  newsgraph explain --html story.html story.txt\n  newsgraph explain --tree - < story.txt"
}

// explained is what is shown of a story.
type explained struct {
	Headline, Publisher, Published string
	Sentences                      []explainedSentence
	Entities                       []news.Entity
}

type explainedSentence struct {
	Pieces    []explainedPiece
	Words     []explainedWord
	Events    []explainedEvent
	Positions []explainedNote
	Uncoded   []explainedNote
	Times     []explainedNote
	Text      string
}

// explainedPiece is a part of a sentence: the wording of a mention with its entity, or what stands between.
type explainedPiece struct {
	Text, Name, Why string
	Kind            news.Kind
}

type explainedWord struct {
	Number, Head          int
	Word, Universal, Role string
}

type explainedEvent struct {
	Action, Type, Modality, When, Trigger, Why, Said string
	Background                                       bool
	Roles                                            []explainedNote
	About                                            []string
}

type explainedNote struct{ Label, Text, Why string }

// Run explains.
func (c *explainCmd) Run(_ context.Context, w *world) error {
	if c.Published != "" {
		if _, _, err := news.ParseDate(c.Published); err != nil {
			return fmt.Errorf("--published: %w", err)
		}
	}
	x, err := extract.New()
	if err != nil {
		return err
	}
	var stories []explained
	for source, err := range loader.Sources(loader.Files([]string{c.File}), w.stdin) {
		if err != nil {
			return err
		}
		read, err := source.Stories(loader.Options{Published: c.Published, Agency: x.Agency, Any: c.Any})
		if err != nil {
			return err
		}
		for _, s := range read {
			e, err := x.Explain(s)
			if err != nil {
				return err
			}
			stories = append(stories, explainStory(e))
		}
	}
	if c.HTML != "" {
		f, err := os.Create(c.HTML)
		if err != nil {
			return err
		}
		if err := explainPage.Execute(f, stories); err != nil {
			f.Close() //nolint:errcheck,gosec // the first error tells
			return err
		}
		return f.Close()
	}
	out := bufio.NewWriter(w.stdout)
	c.print(out, stories, c.Color == "always" || c.Color == "auto" && os.Getenv("NO_COLOR") == "" && terminal(w.stdout))
	return out.Flush()
}

func terminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

func explainStory(e extract.Explanation) explained {
	entities := map[news.ID]news.Entity{}
	for _, n := range e.Facts.Entities {
		entities[n.ID] = n
	}
	titles := map[news.ID]string{}
	for _, p := range e.Facts.Reports {
		titles[p.ID] = fmt.Sprintf("%s (%s)", p.Action, p.Trigger.In(e.Doc.Text))
	}
	story := explained{Headline: e.Facts.Story.Headline, Publisher: e.Facts.Story.Publisher, Published: e.Facts.Story.Published, Entities: e.Facts.Entities}
	for _, s := range e.Doc.Sentences {
		start, end := e.Doc.Bytes(s)
		line := explainedSentence{Text: e.Doc.Text[start:end], Pieces: pieces(e, entities, start, end), Words: words(e.Doc, s)}
		for _, p := range e.Facts.Reports {
			if p.SentenceSpan.Start == start {
				line.Events = append(line.Events, explainEvent(e, p, entities, titles))
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
			line.Positions = append(line.Positions, explainedNote{Label: entities[p.Person].Name, Text: text + ")", Why: p.Why})
		}
		for _, u := range e.Uncoded {
			if u.Span.Start >= start && u.Span.End <= end {
				line.Uncoded = append(line.Uncoded, explainedNote{Label: u.Span.In(e.Doc.Text), Why: u.Why})
			}
		}
		for _, t := range e.Times {
			if t.Span.Start >= start && t.Span.End <= end {
				line.Times = append(line.Times, explainedNote{Label: t.Text, Text: string(t.Type) + " " + t.Value, Why: t.How})
			}
		}
		story.Sentences = append(story.Sentences, line)
	}
	return story
}

func explainEvent(e extract.Explanation, p news.Report, entities map[news.ID]news.Entity, titles map[news.ID]string) explainedEvent {
	event := explainedEvent{
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
		event.Roles = append(event.Roles, explainedNote{string(q.Role), entities[q.Entity].Name, why})
	}
	for _, c := range p.Counts {
		event.Roles = append(event.Roles, explainedNote{strings.ToUpper(c.Of), fmt.Sprint(c.Low), fmt.Sprintf("“%s”", c.Text)})
	}
	for _, a := range p.About {
		event.About = append(event.About, titles[a.Report])
	}
	var said []string
	for _, id := range p.SaidBy {
		said = append(said, entities[id].Name)
	}
	event.Said = strings.Join(said, ", who says so after ")
	return event
}

func pieces(e extract.Explanation, entities map[news.ID]news.Entity, start, end int) []explainedPiece {
	mentions := slices.DeleteFunc(slices.Clone(e.Facts.Mentions), func(m news.Mention) bool { return m.Span.Start < start || m.Span.End > end })
	slices.SortFunc(mentions, func(a, b news.Mention) int { return cmp.Compare(a.Span.Start, b.Span.Start) })
	var all []explainedPiece
	at := start
	for _, m := range mentions {
		if m.Span.Start < at {
			continue
		}
		if m.Span.Start > at {
			all = append(all, explainedPiece{Text: e.Doc.Text[at:m.Span.Start]})
		}
		n := entities[m.Entity]
		all = append(all, explainedPiece{Text: m.Span.In(e.Doc.Text), Name: n.Name, Kind: n.Kind, Why: m.Why})
		at = m.Span.End
	}
	return append(all, explainedPiece{Text: e.Doc.Text[at:end]})
}

func words(d *nlp.Doc, s nlp.Sentence) []explainedWord {
	var all []explainedWord
	for i := s.First; i < s.Last; i++ {
		t := d.Tokens[i]
		head := 0
		if t.Head >= 0 {
			head = t.Head - s.First + 1
		}
		all = append(all, explainedWord{i - s.First + 1, head, d.Word(i), t.Universal, t.Relation})
	}
	return all
}

// kindColors are the colours of kinds on a terminal (ECMA-48), those of the page are in explain.html.
var kindColors = map[news.Kind]string{
	news.Person: "36", news.State: "33", news.Organisation: "35", news.Place: "32", news.Weapon: "31", news.Group: "34", news.Thing: "90",
}

func (c *explainCmd) print(w io.Writer, stories []explained, colours bool) {
	paint := func(code, text string) string {
		if !colours || text == "" {
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
				for _, r := range []explainedNote{{Label: "WHEN", Text: e.When}, {Label: "SAID BY", Text: e.Said}} {
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
			if c.Tree {
				for _, t := range line.Words {
					fmt.Fprintf(w, "  %3d %-20s %-6s %-12s %d\n", t.Number, t.Word, t.Universal, t.Role, t.Head)
				}
			}
		}
	}
}

//go:embed explain.html
var explainHTML string

var explainPage = template.Must(template.New("explain").Parse(explainHTML))
