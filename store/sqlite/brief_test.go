package sqlite

import (
	"bytes"
	"encoding/json"
	"reflect"
	"testing"

	"newsgraph/news"
	"newsgraph/store"
)

// TestBrief reads records briefly and whole: what is shown of them is the same, whatever is in their texts.
func TestBrief(t *testing.T) {
	var p packer
	id := bytes.Repeat([]byte{7}, hashLength)
	for _, word := range []string{"", "Tuesday", `a "quoted" \ word`, "<b> & \u2028", "“ärger” 北京", "],}{[", `\`, same} {
		text := "Before it. " + word + " After it."
		story := news.Story{Headline: word, Byline: word, Published: "2024-01-10", Text: text, TextHash: "0123", Subjects: []string{word, "b"}}
		event := news.Event{
			Type: news.TypeAccuse, Action: "accuse", Title: word, Matter: word, Modality: news.Asserted, Contexts: []string{word}, Texts: 3,
			Participants: []news.Participant{{Role: news.Source, Entity: news.ID("person:" + word)}, {Role: news.Target, Entity: "state:peru"}},
			When:         news.When{From: "2024-01-09", To: "2024-01-10", Precision: news.Day, Text: word, Value: word, How: word, Span: news.SpanOf(text, 0, 6)},
			Reports:      []news.ID{"report:0123456789abcdef0123"},
		}
		report := news.Report{
			Type: event.Type, Action: "accuse", Participants: event.Participants, When: event.When, Sentence: news.SpanOf(text, 11, 11+len(word)).In(text),
			SentenceSpan: news.SpanOf(text, 11, 11+len(word)), Trigger: news.SpanOf(text, 0, 6), Confidence: 0.5, TextHash: story.TextHash, Heads: map[news.ID]string{"person:a": word},
		}
		if word == same {
			report.Sentence = same + same // a sentence that is not of the text, and begins as one that is
		}
		e, err := p.briefEvent(id, p.packedEvent(event))
		wanted := news.Event{ID: unhash("event", id), Type: event.Type, Action: event.Action, Modality: event.Modality, Participants: event.Participants}
		wanted.When = news.When{From: event.When.From, To: event.When.To, Precision: event.When.Precision, Text: word}
		got := news.Event{ID: e.ID, Type: e.Type, Action: e.Action, Modality: e.Modality, Participants: e.Participants}
		got.When = news.When{From: e.When.From, To: e.When.To, Precision: e.When.Precision, Text: e.When.Text}
		if err != nil || !reflect.DeepEqual(got, wanted) {
			t.Errorf("%q: event %+v, %v; want %+v", word, got, err, wanted)
		}
		s, err := p.briefStory(id, p.packedStory(story))
		if err != nil || s.ID != unhash("story", id) || s.Headline != story.Headline || s.Published != story.Published {
			t.Errorf("%q: story %+v, %v", word, s, err)
		}
		s.Text, s.TextHash = story.Text, story.TextHash
		record := p.packedReport(report, story)
		report.ID, report.Story = unhash("report", id), s.ID
		for _, placed := range []bool{false, true} {
			r, err := p.briefReport(id, record, s, placed)
			if err != nil || r.ID != report.ID || r.Story != s.ID || r.Sentence != report.Sentence || placed && store.ReportKey(r) != store.ReportKey(report) {
				t.Errorf("%q: report %+v, %v; want %+v", word, r, err, report)
			}
		}
	}
}

// TestBriefRefuses reads what is no object as package encoding/json writes it.
func TestBriefRefuses(t *testing.T) {
	for _, data := range []string{"", "{", "}", "[]", `{"a"}`, `{"a":}`, `{"a":1,}`, `{,"a":1}`, `{"a":1 "b":2}`, `{"a":"b}`, `{"a":[1}`, `{a:1}`, `{"a":1}}`, `{"a":"\"}`} {
		if fields([]byte(data), func(_, _ []byte) bool { return true }) {
			t.Errorf("%s is read", data)
		}
	}
}

// FuzzBrief reads the members of any object, which are those that a decoder finds.
func FuzzBrief(f *testing.F) {
	for _, data := range []string{`{}`, `{"a":"b\"c","d":[1,{"e":"}"}],"f":null}`, `{"a":-1.5e3,"b":{}}`, `{"a":[[],[]],"b":"],["}`, "{\"a\":\"\\", `{"a":`} {
		f.Add([]byte(data))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		got := map[string]string{}
		read := fields(data, func(name, value []byte) bool {
			elements(value, func([]byte) bool { return true })
			got[string(name)] = string(value)
			return true
		})
		var all map[string]json.RawMessage
		var compact bytes.Buffer
		if json.Unmarshal(data, &all) != nil || all == nil || bytes.IndexByte(data, '\\') >= 0 { // a name may have escapes
			return
		}
		if json.Compact(&compact, data) != nil || !bytes.Equal(compact.Bytes(), data) {
			return
		}
		if !read || len(got) != len(all) {
			t.Fatalf("%q is read as %q, %v", data, got, read)
		}
		for name, value := range all {
			if v, ok := got[name]; !ok || v != string(value) {
				t.Errorf("%q: %q is %q, not %q", data, name, value, v)
			}
		}
	})
}
