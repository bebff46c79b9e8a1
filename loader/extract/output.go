package extract

import "newsgraph/news"

// Input is a text to read, a line of JSON for "newsgraph extract".
type Input struct {
	ID        string `json:"id"`
	Text      string `json:"text"`
	Published string `json:"published"`
	Title     string `json:"title"`
}

// Output is what a text tells, a line of JSON from "newsgraph extract": the contract that measures of the reader hold to. Offsets count Unicode
// code points. Lists are never null. What is told by the title alone has no offsets, and is not among the mentions.
type Output struct {
	ID        string          `json:"id"`
	Sentences [][2]int        `json:"sentences"`
	Mentions  []OutputMention `json:"mentions"`
	Times     []OutputTime    `json:"times"`
	Events    []OutputEvent   `json:"events"`
}

// OutputMention is a span of the text that names an entity.
type OutputMention struct {
	Begin   int       `json:"begin"`
	End     int       `json:"end"`
	Kind    news.Kind `json:"kind"`
	Form    news.Form `json:"form"`
	Name    string    `json:"name"`
	Aliases []string  `json:"aliases"`
	Entity  news.ID   `json:"entity"`
	Known   bool      `json:"known"`
}

// OutputTime is a time expression, with its value by TIMEX3.
type OutputTime struct {
	Begin int    `json:"begin"`
	End   int    `json:"end"`
	Type  string `json:"type"`
	Value string `json:"value"`
}

// OutputActor is a participant: country is ISO 3166 alpha-3, or IGO for intergovernmental bodies; sector is PLOVER's.
type OutputActor struct {
	Name    string    `json:"name"`
	Entity  news.ID   `json:"entity"`
	Kind    news.Kind `json:"kind"`
	Country string    `json:"country"`
	Sector  string    `json:"sector"`
}

// OutputWhen is when it happened; what its report leaves open is as other reports of the same event tell.
type OutputWhen struct {
	From      string         `json:"from"`
	To        string         `json:"to"`
	Precision news.Precision `json:"precision"`
	Text      string         `json:"text"`
}

// OutputEvent is one statement of an event. Equal Event says that they are one; About are indices of events.
type OutputEvent struct {
	Event       news.ID        `json:"event"`
	Type        news.EventType `json:"type"`
	PloverEvent news.EventType `json:"plover_event"`
	Action      string         `json:"action"`
	Cameo       string         `json:"cameo"`
	Modality    news.Modality  `json:"modality"`
	Background  bool           `json:"background"`
	Source      []OutputActor  `json:"source"`
	Target      []OutputActor  `json:"target"`
	Instrument  []OutputActor  `json:"instrument"`
	Place       []OutputActor  `json:"place"`
	About       []int          `json:"about"`
	SaidBy      []OutputActor  `json:"said_by"`
	When        OutputWhen     `json:"when"`
	Killed      int            `json:"killed"`
	Injured     int            `json:"injured"`
	Arrested    int            `json:"arrested"`
	Trigger     [2]int         `json:"trigger"`
	Sentence    [2]int         `json:"sentence"`
	Confidence  float64        `json:"confidence"`
}

// Output reads a text on its own and writes down what it tells. A publication date that is none is an error.
func (x *Extractor) Output(in Input) (*Output, error) {
	if in.Published != "" {
		if _, _, err := news.ParseDate(in.Published); err != nil {
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
	o := &Output{ID: in.ID, Sentences: [][2]int{}, Mentions: []OutputMention{}, Times: []OutputTime{}, Events: []OutputEvent{}}
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
		o.Mentions = append(o.Mentions, OutputMention{m.Span.RuneStart, m.Span.RuneEnd, e.Kind, m.Form, e.Name, append([]string{}, e.Aliases...), e.ID, e.Known()})
	}
	for _, t := range x.Times(doc, in.Published) {
		o.Times = append(o.Times, OutputTime{t.Span.RuneStart, t.Span.RuneEnd, string(t.Type), t.Value})
	}
	actors := func(ids []news.ID) []OutputActor {
		as := []OutputActor{}
		for _, id := range ids {
			e := entities[id]
			as = append(as, OutputActor{e.Name, id, e.Kind, e.Country, e.Sector})
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
		e := OutputEvent{
			Event: of[r.ID], Type: r.Type, PloverEvent: news.Project(r.Type, a.Plover, r.Modality), Action: r.Action, Cameo: a.Cameo,
			Modality: r.Modality, Background: r.Background, Source: actors(r.Entities(news.Source)), Target: actors(r.Entities(news.Target)),
			Instrument: actors(r.Entities(news.Instrument)), Place: actors(r.Entities(news.Place)), SaidBy: actors(r.SaidBy), About: []int{},
			When:    OutputWhen{r.When.From, r.When.To, r.When.Precision, r.When.Text},
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
