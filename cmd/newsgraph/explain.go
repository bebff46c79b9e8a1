package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"

	"golang.org/x/term"

	"newsgraph/loader"
	"newsgraph/loader/explain"
	"newsgraph/news"
)

type explainCmd struct {
	Published string `help:"When the page's lead story was published: 2024-01-10, 2024-01 or 2024."`
	Weights   string `type:"existingfile" help:"Weigh events by this file, as cmd/train writes it, and not by what is embedded." placeholder:"FILE"`
	HTML      string `name:"html" help:"Write one HTML page to this file instead." placeholder:"FILE"`
	Tree      bool   `help:"Show the tree of each sentence too, a word a line."`
	Color     string `name:"color" enum:"auto,always,never" default:"auto" help:"Colours: auto (on a terminal), always or never."`
	Any       bool   `name:"any-language" help:"Explain text of other languages too, read as if it were English."`
	File      string `arg:"" name:"file" help:"A text file, or - for standard input."`
}

// Help shows examples.
func (explainCmd) Help() string {
	return "Examples:\n  newsgraph explain --published 2024-01-10 story.txt\n  newsgraph explain --html story.html story.txt\n  newsgraph explain --tree - < story.txt\n  newsgraph explain --weights fold1.json story.txt\n\n" +
		"Exit codes: 0 it is shown; 1 it failed, or the file is not there; 2 wrong use."
}

// Run explains.
func (c *explainCmd) Run(_ context.Context, w *world) error {
	if c.Published != "" {
		if _, _, err := news.ParseDate(c.Published); err != nil {
			return exit{exitUsage, fmt.Errorf("--published: %w", err)}
		}
	}
	x, err := weighing(c.Weights)
	if err != nil {
		return err
	}
	var stories []explain.Story
	for source, err := range loader.Sources(loader.Files([]string{c.File}), w.stdin) {
		if err != nil {
			return err
		}
		read, err := source.Stories(loader.Options{Published: c.Published, Agency: x.Agency, Any: c.Any})
		if err != nil {
			return err
		}
		for _, s := range read {
			e, err := x.Explain(s)
			if err != nil {
				return err
			}
			stories = append(stories, explain.Of(e))
		}
	}
	if c.HTML != "" {
		f, err := os.Create(c.HTML)
		if err != nil {
			return fmt.Errorf("%w: name a file in a folder that may be written with --html FILE", err)
		}
		if err := explain.HTML(f, stories); err != nil {
			f.Close() //nolint:errcheck,gosec // the first error tells
			return err
		}
		return f.Close()
	}
	out := bufio.NewWriter(w.stdout)
	explain.Text(out, stories, explain.Options{
		Tree: c.Tree, Colours: c.Color == "always" || c.Color == "auto" && os.Getenv("NO_COLOR") == "" && terminal(w.stdout),
	})
	return out.Flush()
}

func terminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}
