package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"newsgraph/news"
	"newsgraph/store/sqlite"
)

// envBenchmark names the file that BenchmarkExplorer writes, as Markdown.
const envBenchmark = "NEWSGRAPH_BENCH_WEB"

const hub = news.ID("state:RU")

// around are stories of n events each that the hub has a part in: with one of 3,000 people or 190 states, a few of which are in most of
// them, as in the news.
func around(number, n int) news.Facts {
	r := rand.New(rand.NewPCG(uint64(number), 18))
	f := news.Facts{Story: news.Story{
		Headline: fmt.Sprint("Story ", number), Publisher: "Agency", Reader: "1",
		Published: fmt.Sprintf("%d-%02d-%02d", 2020+r.IntN(5), 1+r.IntN(12), 1+r.IntN(28)),
	}}
	known := map[news.ID]bool{}
	know := func(e news.Entity) news.ID {
		if !known[e.ID] {
			known[e.ID] = true
			f.Entities = append(f.Entities, e)
		}
		return e.ID
	}
	know(news.Entity{ID: hub, Kind: news.State, Name: "Russia", ISO2: "RU", ISO3: "RUS", Source: "names.tsv"})
	for i := range n {
		f.Story.Text += fmt.Sprintf("%05d %02d: the minister condemned the attack on the town. ", number, i)
	}
	f.Story.Identify()
	width := len(f.Story.Text) / n
	for i := range n {
		at := i * width
		sentence, trigger := news.SpanOf(f.Story.Text, at, at+width-1), news.SpanOf(f.Story.Text, at+23, at+32)
		kind, of := news.Person, 3000
		if r.IntN(3) == 0 {
			kind, of = news.State, 190
		}
		name := fmt.Sprintf("Name %d", int(float64(of)*r.Float64()*r.Float64()))
		parties := [2]news.ID{hub, know(news.Entity{ID: news.EntityID(kind, news.Slug(name)), Kind: kind, Name: name, Source: "names.tsv"})}
		from := r.IntN(2)
		action := news.Actions()[r.IntN(len(news.Actions()))]
		f.Reports = append(f.Reports, news.Report{
			ID: news.ReportID(f.Story.ID, trigger, action.Name, 0), Story: f.Story.ID, Type: action.Type, Action: action.Name,
			Participants: []news.Participant{
				{Role: news.Source, Entity: parties[from], Span: sentence},
				{Role: news.Target, Entity: parties[1-from], Span: sentence},
			},
			When:     news.When{From: f.Story.Published, To: f.Story.Published, Precision: news.Day, Text: "Tuesday", How: "the story's day"},
			Modality: news.Asserted, Sentence: sentence.In(f.Story.Text), SentenceSpan: sentence, Trigger: trigger,
			Confidence: 0.5, Published: f.Story.Published, TextHash: f.Story.TextHash,
		})
	}
	return f
}

// BenchmarkExplorer measures the explorer in a real browser on the built program, whose store holds 20,000 events of one state, and
// writes what it found. It needs web/dist, and CHROMIUM as the tests do: make bench-web.
func BenchmarkExplorer(b *testing.B) {
	file := os.Getenv(envBenchmark)
	if file == "" {
		b.Skip("set " + envBenchmark + " to the file that is to hold the figures")
	}
	path := filepath.Join(b.TempDir(), "graph.db")
	s, err := sqlite.Open(b.Context(), path)
	if err != nil {
		b.Fatal(err)
	}
	const stories, events, batch = 4000, 5, 500
	for n := 0; n < stories; n += batch {
		some := make([]news.Facts, batch)
		for i := range some {
			some[i] = around(n+i, events)
		}
		if _, err := s.Put(b.Context(), some); err != nil {
			b.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		b.Fatal(err)
	}
	serve := exec.CommandContext(b.Context(), program, "serve", "--store", "sqlite:"+path, "--addr", "127.0.0.1:0")
	url := started(b, serve)
	for b.Loop() {
		measure := exec.CommandContext(b.Context(), "node", "../../web/e2e/bench.mjs", url, string(hub))
		measure.Stderr = os.Stderr
		table, err := measure.Output()
		if err != nil {
			b.Fatal(err)
		}
		told := "# How fast the explorer is\n\nWritten by `make bench-web`. A state with 20,000 events, in the embedded store that the measured program serves.\n\n" +
			string(table)
		if err := os.WriteFile(file, []byte(told), 0o600); err != nil {
			b.Fatal(err)
		}
	}
}
