package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
	"golang.org/x/term"

	"newsgraph/loader"
	"newsgraph/loader/extract"
	"newsgraph/news"
)

type loadCmd struct {
	storeFlags
	Published string   `help:"When the page's lead story was published: 2024-01-10, 2024-01 or 2024."`
	Publisher string   `help:"Who published it; else the agency of the byline."`
	Paths     []string `arg:"" name:"file" help:"Text files, folders of *.txt, or - for standard input."`
}

// Help shows examples.
func (loadCmd) Help() string {
	return "Examples:\n  newsgraph load --published 2024-01-10 story.txt\n  newsgraph load --store neo4j://localhost:7687 stories/\n  newsgraph load - < story.txt"
}

// Run loads.
func (c *loadCmd) Run(ctx context.Context, w *world) error {
	if c.Published != "" {
		if _, _, err := news.ParseDate(c.Published); err != nil {
			return fmt.Errorf("--published: %w", err)
		}
	}
	x, err := extract.New()
	if err != nil {
		return err
	}
	s, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer s.Close() //nolint:errcheck // what was put is committed
	report, done := progress(w)
	begun := time.Now()
	sum, err := loader.Load(ctx, s, loader.Files(c.Paths, w.stdin),
		loader.Options{Published: c.Published, Publisher: c.Publisher, Agency: x.Agency}, x.Read, report)
	done()
	if err != nil {
		return err
	}
	seconds := time.Since(begun).Seconds()
	if sum.Added+sum.Replaced == 0 && sum.Unchanged > 0 {
		fmt.Fprintf(w.stdout, "nothing new: %d stories were there already\n", sum.Unchanged)
	} else {
		fmt.Fprintf(w.stdout, "%d stories (%d new, %d read again, %d there already), %d new entities, %d new events, %.1f seconds, %.0f stories per second\n",
			sum.Stories, sum.Added, sum.Replaced, sum.Unchanged, sum.Entities, sum.Events, seconds, float64(sum.Stories)/seconds)
	}
	if sum.Failed > 0 {
		return fmt.Errorf("%d of %d files were left out; the others are loaded", sum.Failed, sum.Files)
	}
	return nil
}

// progress is a bar on a terminal and lines elsewhere.
func progress(w *world) (report func(loader.Progress), done func()) {
	failed := func(p loader.Progress) { fmt.Fprintf(w.stderr, "newsgraph: %v\n", p.Err) }
	f, ok := w.stderr.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return func(p loader.Progress) {
			if p.Err != nil {
				failed(p)
				return
			}
			fmt.Fprintf(w.stderr, "read %s: %d stories\n", p.Source, p.Stories)
		}, func() {}
	}
	bars := mpb.New(mpb.WithOutput(f))
	bar := bars.AddSpinner(0, mpb.AppendDecorators(decor.CurrentNoUnit("%d stories "), decor.Elapsed(decor.ET_STYLE_GO)))
	return func(p loader.Progress) {
			if p.Err != nil {
				failed(p)
			}
			bar.IncrBy(p.Stories)
		}, func() {
			bar.SetTotal(-1, true)
			bars.Wait()
		}
}
