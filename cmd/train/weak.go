package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/txtar"

	"newsgraph/loader/extract"
	"newsgraph/news"
)

// weakText is a text whose gold tells its events without saying which words tell them.
type weakText struct {
	id, text, published string
	wants               []weakEvent
	may                 []weakEvent // that are as right where they stand
	free                bool        // events beside these are neither right nor wrong
	quiet               bool        // it charges nobody, and tells nothing else of itself
	dull                bool        // it is no news: nothing that it tells without a date is an event
	weight              float64     // of its examples; 1 unless set
}

// weakEvent is one of its events.
type weakEvent struct {
	types  []news.EventType
	action string                   // empty if not told
	role   func(news.Entity) string // as goldStory.role
	sure   news.Modality            // empty if not told
	said   func(news.Entity) string // YES if it says so, NO if not; nil if not told
	aside  string                   // YES if it is background, NO if not; empty if not told

	// Who has a role and who says so, in small letters: unless the reader asks of each, it takes one for another, and nobody is taught to be none.
	parties, voices []string
}

func (w weakEvent) is(t news.EventType) bool { return slices.Contains(w.types, t) }

// sensed tells that the vocabulary has an event of its type for the words of a decision.
func (w weakEvent) sensed(d extract.Decision) bool {
	return slices.ContainsFunc(d.Senses, func(a news.Action) bool { return w.is(a.Type) })
}

// named tells that the vocabulary has its action for the words of a decision.
func (w weakEvent) named(d extract.Decision) bool {
	return slices.ContainsFunc(d.Senses, func(a news.Action) bool { return a.Name == w.action })
}

// told is a word of a text that tells events of one type.
type told struct {
	typ    news.EventType
	events []weakEvent
}

// telling finds the words that tell the events of a text, and all that may, by where they start. An event's words are those that the vocabulary has
// for its action, or if there are none for its type, less one that alone can tell an event of another type: all of which the rules make an event of
// its type, or else the only one. A word that events of two types claim tells none, and is left open.
func (t weakText) telling(decisions []extract.Decision) (map[int]told, map[int]bool) {
	words, open, only := make([][]extract.Decision, len(t.wants)), map[int]bool{}, map[int]weakEvent{}
	for n, w := range t.wants {
		for _, d := range decisions {
			if d.Model == "type" && (w.is(news.EventType(d.Rule)) || w.sensed(d)) {
				words[n] = append(words[n], d)
				open[d.Trigger.Start] = true
			}
		}
		if named := kept(words[n], w.named); len(named) > 0 {
			words[n] = named
		}
		if len(words[n]) == 1 {
			only[words[n][0].Trigger.Start] = w
		}
	}
	label := map[int]told{}
	for n, w := range t.wants {
		free := kept(words[n], func(d extract.Decision) bool {
			o, taken := only[d.Trigger.Start]
			return !taken || slices.ContainsFunc(o.types, w.is)
		})
		if len(free) == 0 {
			free = words[n]
		}
		tell := kept(free, func(d extract.Decision) bool { return w.is(news.EventType(d.Rule)) })
		if len(tell) == 0 && len(free) == 1 {
			tell = free
		}
		for _, d := range tell {
			typ := news.EventType(d.Rule)
			if !w.is(typ) {
				typ = d.Senses[slices.IndexFunc(d.Senses, func(a news.Action) bool { return w.is(a.Type) })].Type
			}
			at := label[d.Trigger.Start]
			if at.typ != typ && at.typ != "" {
				typ = noEvent // two types claim it
			}
			label[d.Trigger.Start] = told{typ, append(at.events, w)}
		}
	}
	maps.DeleteFunc(label, func(_ int, at told) bool { return at.typ == noEvent })
	return label, open
}

// kept are the decisions that pass.
func kept(all []extract.Decision, pass func(extract.Decision) bool) []extract.Decision {
	return slices.DeleteFunc(slices.Clone(all), func(d extract.Decision) bool { return !pass(d) })
}

// studyWeak makes the examples of a text.
func studyWeak(x *extract.Extractor, t weakText, document int) ([]eventExample, error) {
	story := news.Story{Published: t.published, Text: t.text, Language: "en"}
	story.Identify()
	first := &extract.Lesson{Type: func(news.Span) news.EventType { return "" }}
	if err := x.Study(story, first); err != nil {
		return nil, fmt.Errorf("text %s: %w", t.id, err)
	}
	if t.quiet {
		return quietExamples(first.Decisions, document), nil
	}
	label, open := t.telling(first.Decisions)
	for _, d := range first.Decisions {
		maybe := func(w weakEvent) bool { return w.is(news.EventType(d.Rule)) || w.sensed(d) }
		if d.Model == "type" && t.dull && slices.ContainsFunc(d.Features, func(f string) bool { return strings.HasPrefix(f, "dated=") }) {
			open[d.Trigger.Start] = true // history, maybe
		}
		if d.Model == "type" && (slices.ContainsFunc(t.may, maybe) || t.free && (d.Rule != "" || len(d.Senses) > 0)) {
			open[d.Trigger.Start] = true
		}
	}
	// What may be told is asked how surely it is told.
	optional := map[int]news.Modality{}
	for _, d := range first.Decisions {
		if _, known := label[d.Trigger.Start]; d.Model != "type" || known {
			continue
		}
		for _, w := range t.may {
			if w.is(news.EventType(d.Rule)) && w.sure != "" {
				optional[d.Trigger.Start] = w.sure
				label[d.Trigger.Start] = told{typ: news.EventType(d.Rule)}
			}
		}
	}
	second := &extract.Lesson{Type: func(at news.Span) news.EventType { return label[at.Start].typ }}
	if err := x.Study(story, second); err != nil {
		return nil, fmt.Errorf("text %s: %w", t.id, err)
	}
	type asked struct {
		model string
		start int
		name  string
	}
	met := map[asked]bool{}
	for _, d := range second.Decisions {
		met[asked{d.Model, d.Trigger.Start, strings.ToLower(d.Entity.Name)}] = true
	}
	// only leaves open that an entity is none while another that should be found is not.
	only := func(class, none string, d extract.Decision, names []string) string {
		if class == none && slices.ContainsFunc(names, func(n string) bool { return !met[asked{d.Model, d.Trigger.Start, n}] }) {
			return ""
		}
		return class
	}
	var all []eventExample
	for _, d := range second.Decisions {
		e := eventExample{document: document, model: d.Model, features: d.Features, weight: t.weight}
		at, known := label[d.Trigger.Start]
		sure, may := optional[d.Trigger.Start]
		switch {
		case may && d.Model == "modality":
			e.class = string(sure)
		case may:
			continue
		case known && d.Model == "modality":
			var all []news.Modality
			for _, w := range at.events {
				all = append(all, w.sure)
			}
			if all = slices.Compact(all); len(all) != 1 || all[0] == "" {
				continue
			}
			e.class = string(all[0])
		case known && (d.Model == "said" || d.Model == "background"):
			var classes []string
			for _, w := range at.events {
				switch {
				case d.Model == "background":
					classes = append(classes, w.aside)
				case w.said == nil:
					classes = append(classes, "")
				default:
					classes = append(classes, only(w.said(d.Entity), answer(false), d, w.voices))
				}
			}
			slices.Sort(classes)
			if classes = slices.Compact(classes); len(classes) != 1 || classes[0] == "" {
				continue
			}
			e.class = classes[0]
		case d.Model == "type" && known:
			e.class = string(at.typ)
		case d.Model == "type" && open[d.Trigger.Start]:
			continue
		case t.dull && d.Rule == "" && len(d.Senses) == 0:
			continue // news has enough words that tell nothing
		case d.Model == "type":
			e.class = noEvent
		case d.Model == "role" && known:
			var classes []string
			for _, w := range at.events {
				classes = append(classes, only(w.role(d.Entity), noEvent, d, w.parties))
			}
			slices.Sort(classes)
			if classes = slices.Compact(classes); len(classes) != 1 || classes[0] == "" {
				continue
			}
			if e.class = classes[0]; e.class == noEvent && (d.Rule == string(news.Place) || d.Rule == string(news.Instrument)) {
				continue // where and with what it was no reading tells
			}
		default:
			continue
		}
		all = append(all, e)
	}
	return all, nil
}

const noEvent = "NONE"

// quietExamples teach that the words of a text that charges nobody are none of the charges that the vocabulary makes of them.
func quietExamples(decisions []extract.Decision, document int) []eventExample {
	charge := func(t news.EventType) bool {
		return t == news.TypeAccuse || t == news.TypeAssault || t == news.TypeCoerce || t == news.TypeThreaten
	}
	var all []eventExample
	for _, d := range decisions {
		other := slices.ContainsFunc(d.Senses, func(a news.Action) bool { return !charge(a.Type) })
		if d.Model == "type" && (charge(news.EventType(d.Rule)) || len(d.Senses) > 0 && !other) {
			all = append(all, eventExample{document: document, model: d.Model, features: d.Features, class: noEvent})
		}
	}
	return all
}

// readQuiet reads sentences of ours in which words of harm, force and blame have other senses: the first part of the file.
func readQuiet(string) ([]weakText, error) {
	data, err := os.ReadFile(filepath.Join("loader", "extract", "testdata", "quiet.txt"))
	if err != nil {
		return nil, err
	}
	var all []weakText
	learnt := false
	for _, line := range strings.Split(strings.TrimSpace(string(data)), "\n") {
		if strings.HasPrefix(line, "#") {
			learnt = strings.HasPrefix(line, "# Other senses")
		} else if learnt {
			text := strings.TrimPrefix(line, "! ")
			all = append(all, weakText{id: "quiet/" + text, text: text, quiet: true})
		}
	}
	return all, nil
}

// oneOrMore is a list in one place of the gold and one name in another.
type oneOrMore []string

func (o *oneOrMore) UnmarshalJSON(data []byte) error {
	var one string
	if json.Unmarshal(data, &one) == nil {
		*o = oneOrMore{one}
		return nil
	}
	return json.Unmarshal(data, (*[]string)(o))
}

func readLines(path string, each func(line []byte) error) error {
	data, err := os.ReadFile(path) //nolint:gosec // the folder is told
	if err != nil {
		return err
	}
	lines := bufio.NewScanner(bytes.NewReader(data))
	lines.Buffer(nil, 16<<20)
	for n := 1; lines.Scan(); n++ {
		if err := each(lines.Bytes()); err != nil {
			return fmt.Errorf("%s:%d: %w", path, n, err)
		}
	}
	return lines.Err()
}

// readCases reads the short hostile texts.
func readCases(data string) ([]weakText, error) {
	type event struct {
		Type                              oneOrMore
		Source, Target, Instrument, Place []string
		Modality                          oneOrMore
		SaidBy                            []string `json:"said_by"`
		Background                        *bool
	}
	var all []weakText
	err := readLines(filepath.Join(data, "cases", "dev.jsonl"), func(line []byte) error {
		var c struct {
			ID, Text, Published string
			Must, May           []event
			Open                bool
		}
		if err := json.Unmarshal(line, &c); err != nil {
			return err
		}
		t := weakText{id: c.ID, text: c.Text, published: c.Published, free: c.Open}
		for _, m := range c.Must {
			w := weakEvent{role: func(e news.Entity) string {
				name := plainName(e.Name)
				in := func(names []string) bool {
					return slices.ContainsFunc(names, func(n string) bool {
						return slices.ContainsFunc(strings.Split(n, "|"), func(s string) bool {
							s = plainName(s)
							return s == name || s != "" && (e.Kind == news.Group || e.Kind == news.Organisation || e.Kind == news.Weapon || e.Kind == news.Thing) && strings.HasSuffix(name, " "+s)
						})
					})
				}
				switch {
				case in(m.Source):
					return string(news.Source)
				case in(m.Target):
					return string(news.Target)
				case in(m.Instrument):
					return string(news.Instrument)
				case in(m.Place):
					return news.Place
				case e.Kind == news.Place || e.Kind == news.Weapon || e.Kind == news.Thing:
					return "" // told only where the case asks for it
				}
				return noEvent
			}}
			for _, n := range m.Type {
				w.types = append(w.types, news.EventType(n))
			}
			if m.Background != nil {
				w.aside = answer(*m.Background)
			}
			if len(m.SaidBy) > 0 {
				w.said = func(e news.Entity) string {
					name := plainName(e.Name)
					return answer(slices.ContainsFunc(m.SaidBy, func(n string) bool {
						return slices.ContainsFunc(strings.Split(n, "|"), func(s string) bool { return plainName(s) == name })
					}))
				}
			}
			w.sure = news.Asserted
			if len(m.Modality) > 0 {
				w.sure = ""
			}
			if len(m.Modality) == 1 {
				w.sure = news.Modality(m.Modality[0])
			}
			t.wants = append(t.wants, w)
		}
		for _, m := range c.May {
			w := weakEvent{}
			for _, n := range m.Type {
				w.types = append(w.types, news.EventType(n))
				t.free = t.free || n == "*"
			}
			if len(m.Modality) == 1 {
				w.sure = news.Modality(m.Modality[0])
			}
			t.may = append(t.may, w)
		}
		all = append(all, t)
		return nil
	})
	return all, err
}

func plainName(s string) string {
	return strings.TrimPrefix(strings.ToLower(strings.TrimSpace(s)), "the ")
}

// readPlover reads PLOVER's gold standard records, which code the main events of a sentence by countries.
func readPlover(data string) ([]weakText, error) {
	type actor struct{ Code, Sector string }
	var all []weakText
	err := readLines(filepath.Join(data, "plover", "gsr_dev.jsonl"), func(line []byte) error {
		var c struct {
			ID, Text string
			Events   []struct {
				Plover news.EventType `json:"plover_event"`
				Alt    news.EventType `json:"alt_event"`
				Source []actor
				Target []actor
			}
		}
		if err := json.Unmarshal(line, &c); err != nil {
			return err
		}
		t := weakText{id: c.ID, text: c.Text, free: true}
		for _, e := range c.Events {
			w := weakEvent{role: func(x news.Entity) string {
				in := func(actors []actor) bool {
					return slices.ContainsFunc(actors, func(a actor) bool {
						return a.Code != "" && a.Code == x.Country || a.Sector != "" && a.Sector == x.Sector && (a.Code == "" || a.Code == "---" || x.Country == "")
					})
				}
				s, t := in(e.Source), in(e.Target)
				switch {
				case s && t, x.Country == "" && x.Sector == "":
					return ""
				case s:
					return string(news.Source)
				case t:
					return string(news.Target)
				case x.Kind == news.Place || x.Kind == news.Weapon || x.Kind == news.Thing || x.Kind == news.State:
					return ""
				}
				return noEvent
			}}
			for _, typ := range news.EventTypes() {
				for _, m := range []news.Modality{news.Asserted, news.Planned} {
					if p := news.Project(typ, "", m); p == e.Plover && p != "" || p == e.Alt && p != "" {
						w.types = append(w.types, typ)
					}
				}
			}
			t.wants = append(t.wants, w)
		}
		all = append(all, t)
		return nil
	})
	return all, err
}

// dullWeight is what an example of a text that is no news counts, against one of news: there are more of them.
const dullWeight = 0.4

// dullGenres are those of GUM's documents that tell of no happening, mostly.
var dullGenres = []string{"academic", "textbook", "voyage", "vlog"}

// readDull reads the texts of GUM's training part that are no news, as what words that might tell events look like where they tell none.
func readDull(data string) ([]weakText, error) {
	var all []weakText
	var text *strings.Builder
	kept := false
	err := lines(filepath.Join(data, "ud", "gum_train.conllu.gz"), func(line string) error {
		if id, ok := strings.CutPrefix(line, "# newdoc id = "); ok {
			kept = slices.ContainsFunc(dullGenres, func(g string) bool { return strings.HasPrefix(id, "GUM_"+g+"_") })
			if kept {
				all = append(all, weakText{id: id, dull: true, weight: dullWeight})
				text = &strings.Builder{}
			}
		}
		if !kept {
			return nil
		}
		if strings.HasPrefix(line, "# newpar") && text.Len() > 0 {
			text.WriteString("\n\n")
		}
		if words, ok := strings.CutPrefix(line, "# text = "); ok {
			text.WriteString(words + " ")
			all[len(all)-1].text = text.String()
		}
		return nil
	})
	return all, err
}

// agencyWeight is what an example of a sentence of ours that is written as agencies write (news-*.txtar) counts, against one of real news: they are
// more than the news itself, and at full weight pull the reader from it.
const agencyWeight = 0.2

// readHard reads the hard cases of our own, a text and a line an event: source, action, target, modality.
func readHard(string) ([]weakText, error) {
	files, err := filepath.Glob(filepath.Join("loader", "extract", "testdata", "*.txtar"))
	if err != nil {
		return nil, err
	}
	var all []weakText
	for _, path := range files {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			return nil, err
		}
		for _, c := range archive.Files {
			lines := strings.Split(strings.TrimSpace(string(c.Data)), "\n")
			t := weakText{id: filepath.Base(path) + "/" + strings.TrimSuffix(c.Name, "!"), text: lines[0]}
			if i := strings.LastIndex(lines[0], " ["); i > 0 && strings.HasSuffix(lines[0], "]") && len(lines[0])-i == len(" [2024-01-10]") {
				t.text, t.published = lines[0][:i], lines[0][i+2:len(lines[0])-1]
			}
			if strings.HasPrefix(t.id, "news-") {
				t.weight = agencyWeight
			}
			for _, line := range lines[1:] {
				f := strings.Split(line+"||||", "|")
				for i := range f {
					f[i] = strings.ToLower(strings.TrimSpace(f[i]))
				}
				a, ok := news.ActionNamed(f[1])
				if !ok {
					t.free = true
					continue
				}
				w := weakEvent{types: []news.EventType{a.Type}, action: a.Name, role: func(e news.Entity) string {
					name := strings.ToLower(e.Name)
					switch {
					case slices.Contains(strings.Split(f[0], "+"), name):
						return string(news.Source)
					case slices.Contains(strings.Split(f[2], "+"), name):
						return string(news.Target)
					case f[0] == "*", f[2] == "*", e.Kind == news.Place, e.Kind == news.Weapon, e.Kind == news.Thing, e.Kind == news.State:
						return ""
					}
					return noEvent
				}}
				w.parties, w.voices = append(namesIn(f[0]), namesIn(f[2])...), namesIn(f[4])
				if f[4] != "*" {
					w.said = func(e news.Entity) string {
						return answer(slices.Contains(strings.Split(f[4], "+"), strings.ToLower(e.Name)))
					}
				}
				if f[6] != "*" {
					w.aside = answer(strings.Contains(f[6], "background"))
				}
				if f[3] != "*" {
					w.sure = news.Modality(strings.ToUpper(f[3]))
				}
				t.wants = append(t.wants, w)
			}
			all = append(all, t)
		}
	}
	return all, nil
}

// namesIn are the names in a field of a hard case.
func namesIn(field string) []string {
	return slices.DeleteFunc(strings.Split(field, "+"), func(n string) bool { return n == "" || n == "*" })
}
