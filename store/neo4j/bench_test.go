package neo4j

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"newsgraph/news"
	"newsgraph/store"
)

// long is a story of n reports, each with three participants, two mentions and a speaker. A few states and people are in most
// stories, as they are in the news.
func long(story, n int) news.Facts {
	r := rand.New(rand.NewPCG(uint64(story), 3))
	f := news.Facts{Story: news.Story{
		Headline: fmt.Sprint("Story ", story), Publisher: "Agency", Published: fmt.Sprintf("2024-%02d-%02d", 1+r.IntN(12), 1+r.IntN(28)), Reader: "1",
	}}
	for i := range n {
		f.Story.Text += fmt.Sprintf("%04d: the minister condemned the attack on the town. ", i)
	}
	f.Story.Identify()
	width := len(f.Story.Text) / max(n, 1)
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
		report := news.Report{
			ID: news.ReportID(f.Story.ID, trigger, action.Name, 0), Story: f.Story.ID, Type: action.Type, Action: action.Name,
			Participants: []news.Participant{
				{Role: news.Source, Entity: source, Span: sentence},
				{Role: news.Target, Entity: target, Span: sentence},
				{Role: news.Place, Entity: place, Span: sentence},
			},
			When:     news.When{From: f.Story.Published, To: f.Story.Published, Precision: news.Day, Text: "Tuesday", How: "the story's day"},
			Modality: news.Asserted, SaidBy: []news.ID{source}, Sentence: sentence.In(f.Story.Text), SentenceSpan: sentence, Trigger: trigger,
			Confidence: 0.5, Published: f.Story.Published, TextHash: f.Story.TextHash,
		}
		if i%3 == 1 {
			about := f.Reports[i-1]
			report.About = []news.About{{Report: about.ID, Type: about.Type, Action: about.Action}}
		}
		f.Reports = append(f.Reports, report)
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
	s := empty(b)
	const stories, reports = 100, 50
	n := 0
	for b.Loop() {
		b.StopTimer()
		facts := make([]news.Facts, stories)
		for i := range facts {
			facts[i] = long(n, reports)
			n++
		}
		b.StartTimer()
		put(b, s, facts...)
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "stories/s")
}

// hub takes part in one of four events of what hubbed makes, half of them as source.
const hub = news.ID("state:state-hub")

// hubbed is a story of n reports as long makes them, in which the hub is often the source or the target.
func hubbed(story, n int) news.Facts {
	f := long(story, n)
	f.Entities = append(f.Entities, news.Entity{ID: hub, Kind: news.State, Name: "State hub", Source: "names.tsv"})
	r := rand.New(rand.NewPCG(uint64(story), 4))
	for i := range f.Reports {
		if side := r.IntN(8); side < 2 {
			f.Reports[i].Participants[side].Entity = hub
		}
	}
	return f
}

// BenchmarkQuestions fills a graph of 20,000 events, a quarter of them the hub's, and asks what people ask most.
func BenchmarkQuestions(b *testing.B) {
	s := empty(b)
	const stories, reports = 400, 50
	begin := time.Now()
	for i := 0; i < stories; i += 40 {
		var batch []news.Facts
		for n := i; n < i+40; n++ {
			batch = append(batch, hubbed(n, reports))
		}
		put(b, s, batch...)
	}
	b.Logf("put %.0f reports/s", stories*reports/time.Since(begin).Seconds())
	year := &news.Interval{From: "2024-01-01", To: "2024-12-31"}
	page := store.Paging{First: 20}
	for _, who := range []news.ID{hub, "state:state-number-150"} {
		for _, q := range []struct {
			name string
			ask  func() error
		}{
			{"Q1", func() error {
				_, err := s.EventsOf(b.Context(), []news.ID{who}, store.EventQuery{Paging: page})
				return err
			}},
			{"Q2", func() error {
				_, err := s.Events(b.Context(), store.EventQuery{
					Actions: []string{"accuse"}, During: year, Paging: store.Paging{First: 50},
					Participants: []store.Participation{{Entities: []news.ID{who}, Roles: []news.Role{news.Target}}},
				})
				return err
			}},
			{"Q4", func() error {
				_, err := s.Relations(b.Context(), []news.ID{who}, store.RelationQuery{Paging: store.Paging{First: 100}})
				return err
			}},
			{"between", func() error {
				people := store.Party{Class: store.Class{Kinds: []news.Kind{news.Person}}}
				_, err := s.Events(b.Context(), store.EventQuery{Between: &store.Between{A: store.Party{Entities: []news.ID{who}}, B: people}, Paging: page})
				return err
			}},
			{"heat map", func() error {
				_, err := s.Counts(b.Context(), store.CountQuery{
					Filter: store.EventQuery{Participants: []store.Participation{{Entities: []news.ID{who}}}}, By: []store.Dimension{store.ByMonth, store.ByActor}, Top: 20,
				})
				return err
			}},
			{"heat map of all", func() error {
				_, err := s.Counts(b.Context(), store.CountQuery{By: []store.Dimension{store.ByActor, store.ByTarget}, Top: 20})
				return err
			}},
			{"network", func() error {
				_, err := s.Network(b.Context(), store.NetworkQuery{Around: []news.ID{who}, Depth: 2, Limit: 50})
				return err
			}},
			{"paths", func() error {
				_, err := s.Paths(b.Context(), store.PathQuery{From: who, To: "person:person-number-900", K: 5, Longest: 4})
				return err
			}},
		} {
			b.Run(q.name+" "+string(who), func(b *testing.B) {
				for b.Loop() {
					if err := q.ask(); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

// BenchmarkEvents asks for the first page of the newest events of one action.
func BenchmarkEvents(b *testing.B) {
	s := empty(b)
	for i := range 20 {
		put(b, s, long(i, 50))
	}
	for b.Loop() {
		q := store.EventQuery{Actions: []string{"condemn"}, Modalities: []news.Modality{news.Asserted}, Paging: store.Paging{First: 20}}
		if _, err := s.Events(b.Context(), q); err != nil {
			b.Fatal(err)
		}
	}
}
