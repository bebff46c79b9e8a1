package news

import (
	"slices"
	"testing"
	"time"
)

// pinning is a story's facts as its reader found them, and a log that pins the same reading.
func pinning(t testing.TB) (Facts, Log) {
	t.Helper()
	story := Story{Headline: "Raid", Text: "Peru raided Chad. Chad condemned the raid.", Published: "2024-01-10"}
	story.Identify()
	report := func(action string, start, end int) Report {
		trigger := SpanOf(story.Text, start, end)
		return Report{
			ID: ReportID(story.ID, trigger, action, 0), Story: story.ID, Action: action, Modality: Asserted, TextHash: story.TextHash, Published: story.Published, Trigger: trigger,
			Participants: []Participant{{Role: Source, Entity: "state:PE"}, {Role: Target, Entity: "state:TD"}}, SaidBy: []ID{"state:PE", "state:TD"},
		}
	}
	mention := func(of ID, start, end int) Mention {
		span := SpanOf(story.Text, start, end)
		return Mention{ID: MentionID(story.ID, span), Story: story.ID, Entity: of, Span: span}
	}
	f := Facts{
		Story: story, Entities: []Entity{{ID: "state:PE", Kind: State, Name: "Peru"}, {ID: "state:TD", Kind: State, Name: "Chad"}},
		Mentions: []Mention{mention("state:PE", 0, 4), mention("state:TD", 12, 16)}, Reports: []Report{report("raid", 5, 11), report("condemn", 23, 32)},
	}
	read := f
	read.Story = Story{ID: story.ID, TextHash: story.TextHash}
	c := Correction{Kind: Pin, At: "2024-02-01T12:00:00.000Z", By: "Ada", Because: "it is right", Of: []ID{story.ID}, Texts: []string{story.TextHash}, Facts: &read}
	c.Identify()
	if err := c.Check(); err != nil {
		t.Fatal(err)
	}
	return f, NewLog([]Correction{c})
}

// TestPinSame pins a reading that a reader finds: in whichever order it comes and whenever it came, nothing is changed. Another reading is.
func TestPinSame(t *testing.T) {
	plain, log := pinning(t)
	for _, test := range []struct {
		name    string
		spoil   func(*Facts)
		changed bool
	}{
		{"as it is", func(*Facts) {}, false},
		{"in another order", func(f *Facts) {
			f.Entities, f.Mentions, f.Reports = slices.Clone(f.Entities), slices.Clone(f.Mentions), slices.Clone(f.Reports)
			slices.Reverse(f.Entities)
			slices.Reverse(f.Mentions)
			slices.Reverse(f.Reports)
		}, false},
		{"loaded before", func(f *Facts) { f.Loaded = time.Date(2024, 1, 11, 0, 0, 0, 0, time.UTC) }, false},
		{"with a sketch", func(f *Facts) { f.Sketch = SketchOf(f.Story) }, false},
		{"with empty lists", func(f *Facts) { f.Quotations, f.Positions = []Quotation{}, []Position{} }, false},
		{"a report less", func(f *Facts) { f.Reports = f.Reports[:1] }, true},
		{"another day", func(f *Facts) { f.Reports = slices.Clone(f.Reports); f.Reports[0].When.Text = "today" }, true},
		{"speakers in another order", func(f *Facts) {
			f.Reports = slices.Clone(f.Reports)
			f.Reports[0].SaidBy = []ID{"state:TD", "state:PE"}
		}, true},
		{"another name", func(f *Facts) { f.Entities = slices.Clone(f.Entities); f.Entities[0].Name = "Perú" }, true},
	} {
		f := plain
		test.spoil(&f)
		now, err := log.Correct(f)
		if err != nil {
			t.Fatal(err)
		}
		if !now.Loaded.Equal(f.Loaded) {
			t.Errorf("%s: it came %v, and pinned %v", test.name, f.Loaded, now.Loaded)
		}
		if got := Changes(f, now); got != test.changed {
			t.Errorf("%s: the pin changes it: %v", test.name, got)
		}
	}
	if f := plain; !Changes(f, Facts{Story: Story{ID: f.Story.ID}, Entities: f.Entities, Mentions: f.Mentions, Reports: f.Reports}) {
		t.Error("another story is the same")
	}
}
