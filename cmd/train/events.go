package main

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"newsgraph/loader/extract"
	"newsgraph/news"
)

// goldStory is a story with every event marked, as shared/data/stories holds them.
type goldStory struct {
	ID        string `json:"id"`
	Published string `json:"published"`
	Title     string `json:"title"`
	Text      string `json:"text"`
	Entities  []struct {
		Key   string    `json:"key"`
		Kind  news.Kind `json:"kind"`
		Names []string  `json:"names"`
	} `json:"entities"`
	Events []goldEvent `json:"events"`
}

// goldEvent is one of them. Spans count code points.
type goldEvent struct {
	Type       news.EventType             `json:"type"`
	AltType    []news.EventType           `json:"alt_type"`
	Action     string                     `json:"action"`
	Spans      [][2]int                   `json:"spans"`
	Source     []string                   `json:"source"`
	Target     []string                   `json:"target"`
	Instrument []string                   `json:"instrument"`
	Place      []string                   `json:"place"`
	AltSource  [][]string                 `json:"alt_source"`
	AltTarget  [][]string                 `json:"alt_target"`
	Key        string                     `json:"key"`
	About      []string                   `json:"about"`
	SaidBy     []string                   `json:"said_by"`
	Modality   news.Modality              `json:"modality"`
	AltMod     []news.Modality            `json:"alt_modality"`
	Background bool                       `json:"background"`
	When       *struct{ From, To string } `json:"when"`
	Sure       bool                       `json:"sure"`
}

func (e goldEvent) overlaps(at news.Span) bool {
	return slices.ContainsFunc(e.Spans, func(s [2]int) bool { return at.RuneStart < s[1] && s[0] < at.RuneEnd })
}

// eventExample is a decision with what is right, of one document.
type eventExample struct {
	document int
	model    string
	features []string
	class    string
	weight   float64 // 1 unless set
}

// goldFiles are the stories that events are learnt from.
var goldFiles = []string{"gold.jsonl", "wikinews.jsonl", "sentences.jsonl"}

// trainEvents learns how the reader weighs what the rules propose, and writes the weights. With a folder for folds it also writes those of each fold,
// learnt without the documents whose ids stand beside them, to measure out of fold.
func trainEvents(s settings) error {
	stories, err := readGold(filepath.Join(s.data, "stories"))
	if err != nil {
		return err
	}
	x, err := extract.New()
	if err != nil {
		return err
	}
	var all []eventExample
	for n, story := range stories {
		found, err := study(x, story, n)
		if err != nil {
			return err
		}
		all = append(all, found...)
	}
	ids := make([]string, 0, len(stories))
	for _, story := range stories {
		ids = append(ids, story.ID)
	}
	for _, read := range []func(string) ([]weakText, error){readCases, readPlover, readHard, readQuiet, readDull} {
		texts, err := read(s.data)
		if err != nil {
			return err
		}
		for _, t := range texts {
			found, err := studyWeak(x, t, len(ids))
			if err != nil {
				return err
			}
			all = append(all, found...)
			ids = append(ids, t.id)
		}
	}
	count := map[string]int{}
	for _, e := range all {
		count[e.model]++
	}
	fmt.Printf("events: %d documents, decisions: %v\n", len(ids), count)
	// Whether a report is right is learnt from what the weights make of documents that they have not seen.
	var right []eventExample
	for k := range s.folds {
		w, err := extract.ReadWeights(bytes.NewReader(learn(without(all, ids, k, s.folds))))
		if err != nil {
			return err
		}
		for n, story := range stories {
			if eventFold(story.ID, s.folds) != k {
				continue
			}
			found, err := watch(x.WithWeights(w), story, n)
			if err != nil {
				return err
			}
			right = append(right, found...)
		}
	}
	all = append(all, right...)
	for k := range s.folds {
		if s.foldout == "" {
			break
		}
		var list strings.Builder
		for _, id := range ids {
			if eventFold(id, s.folds) == k {
				list.WriteString(id + "\n")
			}
		}
		if err := os.WriteFile(filepath.Join(s.foldout, strconv.Itoa(k)+".ids"), []byte(list.String()), 0o600); err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(s.foldout, strconv.Itoa(k)+".tsv"), learn(without(all, ids, k, s.folds)), 0o600); err != nil {
			return err
		}
		fmt.Printf("fold %d of %d\n", k+1, s.folds)
	}
	if s.weights == "" {
		return nil
	}
	var packed bytes.Buffer
	z, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		return err
	}
	if _, err := z.Write(learn(all)); err != nil {
		return err
	}
	if err := z.Close(); err != nil {
		return err
	}
	return os.WriteFile(s.weights, packed.Bytes(), 0o644) //nolint:gosec // a source file
}

// without are the examples of the documents that are not in a fold.
func without(all []eventExample, ids []string, k, folds int) []eventExample {
	return slices.DeleteFunc(slices.Clone(all), func(e eventExample) bool { return eventFold(ids[e.document], folds) == k })
}

// eventFold is the part of the documents that a document is of.
func eventFold(id string, folds int) int {
	h := fnv.New32a()
	h.Write([]byte(id))
	return int(h.Sum32() % uint32(folds))
}

func readGold(dir string) ([]goldStory, error) {
	var all []goldStory
	for _, name := range goldFiles {
		err := readLines(filepath.Join(dir, name), func(line []byte) error {
			var s goldStory
			if err := json.Unmarshal(line, &s); err != nil {
				return err
			}
			all = append(all, s)
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}

// study makes the examples of a story.
func study(x *extract.Extractor, g goldStory, document int) ([]eventExample, error) {
	lesson := &extract.Lesson{Type: func(at news.Span) news.EventType {
		for _, e := range g.Events {
			if e.overlaps(at) {
				return e.Type
			}
		}
		return ""
	}}
	if err := x.Study(g.story(), lesson); err != nil {
		return nil, fmt.Errorf("story %s: %w", g.ID, err)
	}
	var all []eventExample
	for _, d := range lesson.Decisions {
		if d.Model == "right" {
			continue // by what is taught, all are
		}
		var event *goldEvent
		for k, e := range g.Events {
			if e.overlaps(d.Trigger) && (event == nil || event.Type != d.Type && e.Type == d.Type) {
				event = &g.Events[k]
			}
		}
		e := eventExample{document: document, model: d.Model, features: d.Features}
		switch {
		case event != nil && !event.Sure && d.Model == "type":
			continue // analysts would differ
		case d.Model == "type" && event == nil:
			e.class = noEvent
		case d.Model == "type":
			e.class = string(event.Type)
		case event == nil:
			continue
		case d.Model == "action":
			e.class = event.Action
		case event.Type != d.Type && d.Type != "":
			continue
		case d.Model == "modality":
			if e.class = string(event.Modality); len(event.AltMod) > 0 {
				continue
			}
		case d.Model == "background":
			e.class = answer(event.Background)
		case d.Model == "when", d.Model == "carry":
			e.class = answer(event.When != nil && event.When.From == d.When.From && event.When.To == d.When.To && d.When.From != "")
		case d.Model == "said":
			e.class = answer(slices.Contains(event.SaidBy, g.key(d.Entity)))
		case d.Model == "about":
			e.class = answer(slices.ContainsFunc(g.Events, func(o goldEvent) bool {
				return o.overlaps(d.Other) && slices.Contains(event.About, o.Key)
			}))
		default:
			if e.class = g.role(*event, d); e.class == "" || e.class == noEvent && g.misread(*event, d, lesson.Decisions) {
				continue
			}
		}
		all = append(all, e)
	}
	return all, nil
}

// watch makes the examples of whether what a reader makes of a story is right.
func watch(x *extract.Extractor, g goldStory, document int) ([]eventExample, error) {
	lesson := &extract.Lesson{}
	if err := x.Study(g.story(), lesson); err != nil {
		return nil, fmt.Errorf("story %s: %w", g.ID, err)
	}
	keys := func(entities []news.Entity) []string {
		var all []string
		for _, e := range entities {
			k := g.key(e)
			if k == "" {
				k = "?" + e.Name
			}
			all = append(all, k)
		}
		slices.Sort(all)
		return slices.Compact(all)
	}
	same := func(mine, gold []string, other [][]string) bool {
		return slices.ContainsFunc(append([][]string{gold}, other...), func(l []string) bool {
			l = slices.Clone(l)
			slices.Sort(l)
			return slices.Equal(mine, slices.Compact(l))
		})
	}
	var all []eventExample
	for _, d := range lesson.Decisions {
		if d.Model != "right" {
			continue
		}
		known, right := false, false
		for _, e := range g.Events {
			if e.overlaps(d.Trigger) {
				known = known || !e.Sure
				right = right || e.Sure && (e.Type == d.Type || slices.Contains(e.AltType, d.Type)) && same(keys(d.Sources), e.Source, e.AltSource) && same(keys(d.Targets), e.Target, e.AltTarget)
			}
		}
		if known && !right {
			continue // analysts would differ
		}
		all = append(all, eventExample{document: document, model: "right", features: d.Features, class: answer(right)})
	}
	return all, nil
}

// story is the gold's text as it is read.
func (g goldStory) story() news.Story {
	s := news.Story{Headline: g.Title, Published: g.Published, Text: g.Text, Language: "en"}
	s.Identify()
	return s
}

// answer is the class of a binary model.
func answer(is bool) string {
	if is {
		return "YES"
	}
	return "NO"
}

// role is the role that whoever a decision is on has in an event: NONE if he has none, empty where the gold leaves it open.
func (g goldStory) role(e goldEvent, d extract.Decision) string {
	role := func(key string) string {
		in := func(lists ...[]string) bool {
			return slices.ContainsFunc(lists, func(l []string) bool { return slices.Contains(l, key) })
		}
		switch {
		case in(e.Source):
			return string(news.Source)
		case in(e.Target):
			return string(news.Target)
		case in(e.Instrument):
			return string(news.Instrument)
		case in(e.Place):
			return news.Place
		case in(e.AltSource...), in(e.AltTarget...):
			return ""
		}
		return noEvent
	}
	if key := g.key(d.Entity); key != "" {
		return role(key)
	}
	// Who is known by another name than the gold's stands there all the same.
	var roles []string
	for _, key := range g.written(d) {
		roles = append(roles, role(key))
	}
	slices.Sort(roles)
	switch roles = slices.Compact(roles); len(roles) {
	case 0:
		return noEvent
	case 1:
		return roles[0]
	}
	return ""
}

// written are the gold's entities that the words of a decision may stand for: of which they are a name, the end of one, or the head.
func (g goldStory) written(d extract.Decision) []string {
	text := []rune(g.Text)
	if d.Span.RuneEnd > len(text) || d.Span.RuneStart >= d.Span.RuneEnd {
		return nil
	}
	words := strings.ToLower(string(text[d.Span.RuneStart:d.Span.RuneEnd]))
	words = strings.TrimPrefix(words, "the ")
	capital := string(text[d.Span.RuneStart:d.Span.RuneEnd]) != strings.ToLower(string(text[d.Span.RuneStart:d.Span.RuneEnd]))
	var keys []string
	for _, e := range g.Entities {
		if slices.ContainsFunc(e.Names, func(n string) bool {
			n = strings.TrimPrefix(n, "the ")
			low := strings.ToLower(n)
			switch {
			case low == words:
				return true
			case e.Kind == news.Person && capital && n != low: // a surname
				return strings.HasSuffix(low, " "+words) || strings.HasSuffix(words, " "+low)
			case !capital && n == low:
				return headOf(low) == headOf(words)
			}
			return false
		}) {
			keys = append(keys, e.Key)
		}
	}
	return keys
}

// misread tells that a decision is on a pronoun in an event of which somebody stands at no other place: it may be he, taken for another.
func (g goldStory) misread(e goldEvent, d extract.Decision, all []extract.Decision) bool {
	text := []rune(g.Text)
	if d.Span.RuneEnd > len(text) || d.Span.RuneStart >= d.Span.RuneEnd || !pronouns[strings.ToLower(string(text[d.Span.RuneStart:d.Span.RuneEnd]))] {
		return false
	}
	return slices.ContainsFunc(slices.Concat(e.Source, e.Target), func(key string) bool {
		return !slices.ContainsFunc(all, func(o extract.Decision) bool {
			return o.Model == d.Model && o.Trigger == d.Trigger && (g.key(o.Entity) == key || slices.Contains(g.written(o), key))
		})
	})
}

var pronouns = map[string]bool{"he": true, "she": true, "it": true, "they": true, "him": true, "her": true, "them": true, "his": true, "its": true, "their": true, "we": true, "us": true, "our": true, "who": true}

// key is the gold's entity of the same name, by its head where it is a group or a thing.
func (g goldStory) key(entity news.Entity) string {
	plain := func(s string) string { return strings.TrimPrefix(strings.ToLower(s), "the ") }
	for _, e := range g.Entities {
		if slices.ContainsFunc(e.Names, func(n string) bool { return plain(n) == plain(entity.Name) }) {
			return e.Key
		}
	}
	loose := []news.Kind{news.Group, news.Weapon, news.Thing}
	mine := headOf(entity.Name)
	for _, e := range g.Entities {
		if slices.Contains(loose, e.Kind) && mine != "" && slices.ContainsFunc(e.Names, func(n string) bool { return headOf(n) == mine }) {
			return e.Key
		}
	}
	return ""
}

// headOf is the last word of a noun phrase before what follows its head.
func headOf(name string) string {
	last := ""
	for _, w := range strings.Fields(strings.ToLower(name)) {
		switch w {
		case "of", "in", "who", "that", "which", "working", "from", "for":
			if last != "" {
				return last
			}
		}
		last = w
	}
	return last
}

// variance is that of the prior of the weights, by model.
var variance = map[string]float64{"type": 1, "role": 0.1, "action": 0.5, "modality": 0.3, "background": 0.3, "when": 0.3, "carry": 0.3, "said": 0.3, "about": 0.3, "right": 0.012}

// learn fits each model to its examples and writes their weights, sorted. A feature counts if two documents have it.
func learn(all []eventExample) []byte {
	type weight struct {
		model, class, feature string
		value                 float64
	}
	var table []weight
	models := map[string]bool{}
	for _, e := range all {
		models[e.model] = true
	}
	for _, model := range slices.Sorted(maps.Keys(models)) {
		first, often := map[string]int{}, map[string]bool{}
		classSet := map[string]bool{}
		for _, e := range all {
			if e.model != model {
				continue
			}
			classSet[e.class] = true
			for _, f := range e.features {
				if d, ok := first[f]; !ok {
					first[f] = e.document
				} else if d != e.document {
					often[f] = true
				}
			}
		}
		classes, features := slices.Sorted(maps.Keys(classSet)), slices.Sorted(maps.Keys(often))
		number := make(map[string]int, len(features))
		for n, f := range features {
			number[f] = n
		}
		var data []instance
		for _, e := range all {
			if e.model != model {
				continue
			}
			x := instance{class: slices.Index(classes, e.class), weight: cmp.Or(e.weight, 1)}
			seen := map[int]bool{}
			for _, f := range e.features {
				if n, ok := number[f]; ok && !seen[n] {
					x.features = append(x.features, n)
					seen[n] = true
				}
			}
			data = append(data, x)
		}
		w := maximumEntropy(data, len(features), len(classes), variance[model], 60)
		for n, f := range features {
			for k, class := range classes {
				if v := w[n*len(classes)+k]; v > 0.02 || v < -0.02 {
					table = append(table, weight{model, class, f, v})
				}
			}
		}
	}
	slices.SortFunc(table, func(a, b weight) int {
		return cmp.Or(cmp.Compare(a.model, b.model), cmp.Compare(a.class, b.class), cmp.Compare(a.feature, b.feature))
	})
	var out bytes.Buffer
	out.WriteString("# How the reader of events weighs what it sees, learnt by cmd/train -only events. model, class, feature, weight.\n")
	for _, w := range table {
		fmt.Fprintf(&out, "%s\t%s\t%s\t%.2f\n", w.model, w.class, w.feature, w.value)
	}
	return out.Bytes()
}
