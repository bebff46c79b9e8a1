package sqlite

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"testing"

	"newsgraph/news"
	"newsgraph/store"
)

// numbered is a story of n reports, each with three participants, two mentions and a speaker. A few states and people are in most
// stories, as they are in the news.
func numbered(number, n int) news.Facts {
	r := rand.New(rand.NewPCG(uint64(number), 3))
	f := news.Facts{Story: news.Story{
		Headline: fmt.Sprint("Story ", number), Publisher: "Agency", Published: fmt.Sprintf("2024-%02d-%02d", 1+r.IntN(12), 1+r.IntN(28)), Reader: "1",
	}}
	for i := range n {
		f.Story.Text += fmt.Sprintf("%04d: the minister condemned the attack on the town. ", i)
	}
	f.Story.Identify()
	width := len(f.Story.Text) / n
	seen := map[news.ID]bool{}
	someone := func(kind news.Kind, of int) news.ID {
		name := fmt.Sprintf("%s number %d", kind, int(float64(of)*r.Float64()*r.Float64()))
		id := news.EntityID(kind, news.Slug(name))
		if !seen[id] {
			seen[id] = true
			f.Entities = append(f.Entities, news.Entity{ID: id, Kind: kind, Name: name, Aliases: []string{"Other " + name}, Source: "names.tsv"})
		}
		return id
	}
	for i := range n {
		at := i * width
		sentence, trigger := news.SpanOf(f.Story.Text, at, at+width-1), news.SpanOf(f.Story.Text, at+19, at+28)
		action := news.Actions()[r.IntN(len(news.Actions()))]
		source, target, place := someone(news.Person, 1000), someone(news.State, 200), someone(news.Place, 3000)
		f.Reports = append(f.Reports, news.Report{
			ID: news.ReportID(f.Story.ID, trigger, action.Name, 0), Story: f.Story.ID, Type: action.Type, Action: action.Name,
			Participants: []news.Participant{
				{Role: news.Source, Entity: source, Span: sentence},
				{Role: news.Target, Entity: target, Span: sentence},
				{Role: news.Place, Entity: place, Span: sentence},
			},
			When:     news.When{From: f.Story.Published, To: f.Story.Published, Precision: news.Day, Text: "Tuesday", How: "the story's day"},
			Modality: news.Asserted, SaidBy: []news.ID{source}, Sentence: sentence.In(f.Story.Text), SentenceSpan: sentence, Trigger: trigger,
			Confidence: 0.5, Published: f.Story.Published, TextHash: f.Story.TextHash,
		})
		for j, entity := range []news.ID{source, target} {
			span := news.SpanOf(f.Story.Text, at+j*10, at+j*10+8)
			f.Mentions = append(f.Mentions, news.Mention{
				ID: news.MentionID(f.Story.ID, span), Story: f.Story.ID, Span: span, Entity: entity, Form: news.FormName, Why: "its name",
			})
		}
	}
	return f
}

// BenchmarkPut puts batches of 100 stories of 50 reports.
func BenchmarkPut(b *testing.B) {
	s := reopen(b, filepath.Join(b.TempDir(), "graph.db"))
	const stories, reports = 100, 50
	n := 0
	for b.Loop() {
		b.StopTimer()
		facts := make([]news.Facts, stories)
		for i := range facts {
			facts[i] = numbered(n, reports)
			n++
		}
		b.StartTimer()
		if _, err := s.Put(b.Context(), facts); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "stories/s")
}

// BenchmarkRead asks what an analyst asks first, of 50 000 reports.
func BenchmarkRead(b *testing.B) {
	s := reopen(b, filepath.Join(b.TempDir(), "graph.db"))
	for i := range 10 {
		facts := make([]news.Facts, 100)
		for j := range facts {
			facts[j] = numbered(i*100+j, 50)
		}
		if _, err := s.Put(b.Context(), facts); err != nil {
			b.Fatal(err)
		}
	}
	ctx, p := b.Context(), store.Paging{First: 20}
	state := []news.ID{"state:state-number-0"} // the one that most stories name
	for _, ask := range []struct {
		name string
		ask  func() error
	}{
		{"events of an action", func() error {
			_, err := s.Events(ctx, store.EventQuery{Actions: []string{"condemn"}, Modalities: []news.Modality{news.Asserted}, Paging: p})
			return err
		}},
		{"events of an entity", func() error { _, err := s.EventsOf(ctx, state, store.EventQuery{Paging: p}); return err }},
		{"events with words", func() error { _, err := s.Events(ctx, store.EventQuery{Text: "0042 minister", Paging: p}); return err }},
		{"relations", func() error { _, err := s.Relations(ctx, state, store.RelationQuery{Paging: p}); return err }},
		{"mentions", func() error { _, err := s.MentionsOf(ctx, state, p); return err }},
		{"search", func() error { _, err := s.Search(ctx, store.SearchQuery{Text: "person 7", Paging: p}); return err }},
		{"stories with words", func() error { _, err := s.Stories(ctx, store.StoryQuery{Text: "minister 42", Paging: p}); return err }},
	} {
		b.Run(ask.name, func(b *testing.B) {
			for b.Loop() {
				if err := ask.ask(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
