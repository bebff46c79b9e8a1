package main

import (
	"context"
	"fmt"
	"os"
	"sync/atomic"
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
	Any       bool     `name:"any-language" help:"Load text of other languages too, read as if it were English."`
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
	files := loader.Files(c.Paths)
	report, done := progress(w, len(files))
	begun := time.Now()
	sum, err := loader.Load(ctx, s, loader.Sources(files, w.stdin),
		loader.Options{Published: c.Published, Publisher: c.Publisher, Agency: x.Agency, Any: c.Any}, x.Read, report)
	done()
	if err != nil {
		return err
	}
	seconds := time.Since(begun).Seconds()
	if sum.Added+sum.Replaced == 0 && sum.Unchanged > 0 {
		fmt.Fprintf(w.stdout, "nothing new: %s there already\n", plural(sum.Unchanged, "story was", "stories were"))
	} else {
		fmt.Fprintf(w.stdout, "%s (%d new, %d read again, %d there already), %s, %s, %.1f seconds, %.0f stories per second\n",
			plural(sum.Stories, "story", "stories"), sum.Added, sum.Replaced, sum.Unchanged, plural(sum.Entities, "new entity", "new entities"),
			plural(sum.Events, "new event", "new events"), seconds, float64(sum.Stories)/seconds)
	}
	st, err := s.Stats(ctx)
	if err != nil {
		return err
	}
	older := 0
	for version, n := range st.Readers {
		if version != extract.Version {
			older += n
		}
	}
	if older > 0 {
		fmt.Fprintf(w.stdout, "%s in this store read by another version of newsgraph: newsgraph reread reads them anew\n",
			plural(older, "story was", "stories were"))
	}
	if sum.Failed > 0 {
		return fmt.Errorf("%d of %d files were left out; the others are loaded", sum.Failed, sum.Files)
	}
	return nil
}

// progress is a bar over the files on a terminal and lines elsewhere.
func progress(w *world, files int) (report func(loader.Progress), done func()) {
	f, ok := w.stderr.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return func(p loader.Progress) {
			if p.Err != nil {
				fmt.Fprintf(w.stderr, "newsgraph: %v\n", p.Err)
				return
			}
			fmt.Fprintf(w.stderr, "read %s: %s\n", p.Source, plural(p.Stories, "story", "stories"))
		}, func() {}
	}
	bars := mpb.New(mpb.WithOutput(f), mpb.WithWidth(60))
	var stories atomic.Int64
	bar := bars.AddBar(int64(files), mpb.PrependDecorators(decor.CountersNoUnit("%d of %d files "), decor.Percentage()),
		mpb.AppendDecorators(decor.Any(func(decor.Statistics) string { return plural(int(stories.Load()), "story", "stories") }), decor.Name(", "),
			decor.Elapsed(decor.ET_STYLE_GO)))
	return func(p loader.Progress) {
			if p.Err != nil {
				fmt.Fprintf(bars, "newsgraph: %v\n", p.Err)
			}
			stories.Add(int64(p.Stories))
			bar.Increment()
		}, func() {
			bar.Abort(false) // where a load ends early; one that is complete stays so
			bars.Wait()
		}
}

// plural is a number with its noun.
func plural(n int, one, more string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, more)
}
