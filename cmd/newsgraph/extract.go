package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"

	"newsgraph/loader/extract"
	"newsgraph/loader/nlp"
	"newsgraph/news"
)

type extractCmd struct {
	Weights string   `type:"existingfile" help:"Weigh events by this file, as cmd/train writes it, and not by what is embedded: to measure out of fold."`
	Any     bool     `name:"any-language" help:"Read text of other languages too, as if it were English."`
	Files   []string `arg:"" optional:"" name:"file" help:"Files of JSON lines {id, text, published?, title?}; standard input if none."`
}

// Help shows examples.
func (extractCmd) Help() string {
	return "Examples:\n  newsgraph extract texts.jsonl > facts.jsonl\n  echo '{\"id\": \"1\", \"text\": \"Oslo condemned the attack.\"}' | newsgraph extract"
}

// extractInput is a line of input.
type extractInput struct {
	ID        string `json:"id"`
	Text      string `json:"text"`
	Published string `json:"published"`
	Title     string `json:"title"`
}

type extractOutput struct {
	ID        string           `json:"id"`
	Sentences [][2]int         `json:"sentences"`
	Mentions  []extractMention `json:"mentions"`
	Times     []extractTime    `json:"times"`
	Events    []extractEvent   `json:"events"`
}

type extractMention struct {
	Begin   int       `json:"begin"`
	End     int       `json:"end"`
	Kind    news.Kind `json:"kind"`
	Form    news.Form `json:"form"`
	Name    string    `json:"name"`
	Aliases []string  `json:"aliases"`
	Entity  news.ID   `json:"entity"`
	Known   bool      `json:"known"`
}

type extractTime struct {
	Begin int    `json:"begin"`
	End   int    `json:"end"`
	Type  string `json:"type"`
	Value string `json:"value"`
}

type extractActor struct {
	Name    string    `json:"name"`
	Entity  news.ID   `json:"entity"`
	Kind    news.Kind `json:"kind"`
	Country string    `json:"country"`
	Sector  string    `json:"sector"`
}

type extractWhen struct {
	From      string         `json:"from"`
	To        string         `json:"to"`
	Precision news.Precision `json:"precision"`
	Text      string         `json:"text"`
}

type extractEvent struct {
	Event       news.ID        `json:"event"`
	Type        news.EventType `json:"type"`
	PloverEvent news.EventType `json:"plover_event"`
	Action      string         `json:"action"`
	Cameo       string         `json:"cameo"`
	Modality    news.Modality  `json:"modality"`
	Background  bool           `json:"background"`
	Source      []extractActor `json:"source"`
	Target      []extractActor `json:"target"`
	Instrument  []extractActor `json:"instrument"`
	Place       []extractActor `json:"place"`
	About       []int          `json:"about"`
	SaidBy      []extractActor `json:"said_by"`
	When        extractWhen    `json:"when"`
	Killed      int            `json:"killed"`
	Injured     int            `json:"injured"`
	Arrested    int            `json:"arrested"`
	Trigger     [2]int         `json:"trigger"`
	Sentence    [2]int         `json:"sentence"`
	Confidence  float64        `json:"confidence"`
}

// Run extracts line by line. A bad line is told and left out.
func (c *extractCmd) Run(ctx context.Context, w *world) error {
	x, err := extract.New()
	if err != nil {
		return err
	}
	if c.Weights != "" {
		f, err := os.Open(c.Weights)
		if err != nil {
			return err
		}
		defer f.Close() //nolint:errcheck // only read
		weights, err := extract.ReadWeights(f)
		if err != nil {
			return fmt.Errorf("%s: %w", c.Weights, err)
		}
		x = x.WithWeights(weights)
	}
	out := bufio.NewWriter(w.stdout)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	bad := 0
	each := func(name string, r io.Reader) error {
		lines := bufio.NewReader(r)
		for n := 1; ctx.Err() == nil; n++ {
			line, err := lines.ReadBytes('\n')
			if len(bytes.TrimSpace(line)) > 0 {
				o, lineErr := c.line(x, line)
				if lineErr == nil {
					lineErr = enc.Encode(o)
				}
				if lineErr != nil {
					bad++
					fmt.Fprintf(w.stderr, "newsgraph: %s:%d: %v\n", name, n, lineErr)
				}
			}
			if err == io.EOF {
				break
			}
			if err != nil {
				return fmt.Errorf("read %s: %w", name, err)
			}
		}
		return ctx.Err()
	}
	if len(c.Files) == 0 {
		err = each("standard input", w.stdin)
	}
	for _, name := range c.Files {
		f, openErr := os.Open(name)
		if openErr != nil {
			return openErr
		}
		if err = each(name, f); err != nil {
			break
		}
		if err = f.Close(); err != nil {
			break
		}
	}
	if flushErr := out.Flush(); err == nil {
		err = flushErr
	}
	if err == nil && bad > 0 {
		err = fmt.Errorf("%d lines were left out", bad)
	}
	return err
}

func (c *extractCmd) line(x *extract.Extractor, line []byte) (*extractOutput, error) {
	var in extractInput
	if err := json.Unmarshal(line, &in); err != nil {
		return nil, fmt.Errorf("not a line {\"id\", \"text\"}: %w", err)
	}
	if in.Published != "" {
		if _, _, err := news.ParseDate(in.Published); err != nil {
			return nil, err
		}
	}
	if !c.Any {
		if err := nlp.CheckEnglish(in.Text); err != nil {
			return nil, err
		}
	}
	story := news.Story{Headline: in.Title, Text: in.Text, Published: in.Published, Language: "en", URL: in.ID}
	story.Identify()
	doc, err := x.Parse(in.Text)
	if err != nil {
		return nil, err
	}
	f, err := x.Extract(story, doc)
	if err != nil {
		return nil, err
	}
	o := &extractOutput{ID: in.ID, Sentences: [][2]int{}, Mentions: []extractMention{}, Times: []extractTime{}, Events: []extractEvent{}}
	index := news.NewIndex(in.Text)
	for _, s := range doc.Sentences {
		sp := index.Span(doc.Bytes(s))
		o.Sentences = append(o.Sentences, [2]int{sp.RuneStart, sp.RuneEnd})
	}
	entities := map[news.ID]news.Entity{}
	for _, e := range f.Entities {
		entities[e.ID] = e
	}
	for _, m := range f.Mentions {
		e := entities[m.Entity]
		o.Mentions = append(o.Mentions, extractMention{m.Span.RuneStart, m.Span.RuneEnd, e.Kind, m.Form, e.Name, append([]string{}, e.Aliases...), e.ID, e.Known()})
	}
	for _, t := range x.Times(doc, in.Published) {
		o.Times = append(o.Times, extractTime{t.Span.RuneStart, t.Span.RuneEnd, string(t.Type), t.Value})
	}
	actors := func(ids []news.ID) []extractActor {
		as := []extractActor{}
		for _, id := range ids {
			e := entities[id]
			as = append(as, extractActor{e.Name, id, e.Kind, e.Country, e.Sector})
		}
		return as
	}
	at := map[news.ID]int{}
	of := map[news.ID]news.ID{}
	when := map[news.ID]news.When{}
	for _, e := range news.Merge(f.Reports) {
		for _, r := range e.Reports {
			of[r], when[r] = e.ID, e.When
		}
	}
	for i, r := range f.Reports {
		at[r.ID] = i
	}
	for _, r := range f.Reports {
		a, _ := news.ActionNamed(r.Action)
		if w := when[r.ID]; r.When.Text == "" && r.When.From == "" {
			r.When = w // what another statement of the same event tells
		}
		e := extractEvent{
			Event: of[r.ID], Type: r.Type, PloverEvent: news.Project(r.Type, a.Plover, r.Modality), Action: r.Action, Cameo: a.Cameo,
			Modality: r.Modality, Background: r.Background, Source: actors(r.Entities(news.Source)), Target: actors(r.Entities(news.Target)),
			Instrument: actors(r.Entities(news.Instrument)), Place: actors(r.Entities(news.Place)), SaidBy: actors(r.SaidBy), About: []int{},
			When:    extractWhen{r.When.From, r.When.To, r.When.Precision, r.When.Text},
			Trigger: [2]int{r.Trigger.RuneStart, r.Trigger.RuneEnd}, Sentence: [2]int{r.SentenceSpan.RuneStart, r.SentenceSpan.RuneEnd},
			Confidence: r.Confidence,
		}
		for _, b := range r.About {
			e.About = append(e.About, at[b.Report])
		}
		for _, c := range r.Counts {
			switch c.Of {
			case "killed":
				e.Killed = max(e.Killed, c.Low)
			case "injured":
				e.Injured = max(e.Injured, c.Low)
			case "arrested":
				e.Arrested = max(e.Arrested, c.Low)
			}
		}
		o.Events = append(o.Events, e)
	}
	return o, nil
}
