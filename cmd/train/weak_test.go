package main

import (
	"maps"
	"slices"
	"testing"

	"newsgraph/loader/extract"
	"newsgraph/news"
)

// TestTelling sees which words of a text are taken for the events that are told of it, and which are left open.
func TestTelling(t *testing.T) {
	x, err := extract.New()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		text    string
		actions []string
		tell    map[string]news.EventType
		open    []string
	}{
		// The vocabulary has "order an inquiry" for inquiries, "order" for orders: each event has its word.
		{"The president ordered an investigation into the governor.", []string{"instruct", "investigate"}, map[string]news.EventType{"ordered": news.TypeRequest, "investigation": news.TypeAccuse}, nil},
		{"The mayor ordered a curfew in the port.", []string{"emergency", "instruct"}, map[string]news.EventType{"ordered": news.TypeRequest, "curfew": news.TypeCoerce}, nil},
		{"The army ordered a patrol along the border.", []string{"instruct", "deploy"}, map[string]news.EventType{"ordered": news.TypeRequest, "patrol": news.TypeMobilize}, nil},
		// One word, two types.
		{"The senator attacked the minister.", []string{"attack", "criticise"}, nil, []string{"attacked"}},
		// Of two words of a type, that of the action.
		{"The envoy condemned the vote and accused Chad of lying.", []string{"accuse"}, map[string]news.EventType{"accused": news.TypeAccuse}, []string{"condemned"}},
		{"The envoy condemned the vote and accused Chad of lying.", []string{"accuse", "condemn"}, map[string]news.EventType{"accused": news.TypeAccuse, "condemned": news.TypeAccuse}, nil},
		// None has the action: all that the rules make events of the type.
		{"The envoy condemned the vote and accused Chad of lying.", []string{"investigate"}, map[string]news.EventType{"accused": news.TypeAccuse, "condemned": news.TypeAccuse}, nil},
	} {
		text := weakText{text: c.text}
		for _, name := range c.actions {
			a, ok := news.ActionNamed(name)
			if !ok {
				t.Fatalf("no action %s", name)
			}
			text.wants = append(text.wants, weakEvent{types: []news.EventType{a.Type}, action: a.Name})
		}
		lesson := &extract.Lesson{}
		if err := x.Study(news.Story{Text: c.text, Language: "en"}, lesson); err != nil {
			t.Fatal(err)
		}
		told, may := text.telling(lesson.Decisions)
		tell, open := map[string]news.EventType{}, []string(nil)
		for _, d := range lesson.Decisions {
			word := c.text[d.Trigger.Start:d.Trigger.End]
			if at, known := told[d.Trigger.Start]; d.Model == "type" && known {
				tell[word] = at.typ
			} else if d.Model == "type" && may[d.Trigger.Start] {
				open = append(open, word)
			}
		}
		if !maps.Equal(tell, c.tell) || !slices.Equal(open, c.open) {
			t.Errorf("%s %v: told by %v, open %v; want %v, open %v", c.text, c.actions, tell, open, c.tell, c.open)
		}
	}
}
