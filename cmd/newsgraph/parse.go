package main

import (
	"context"
	"fmt"
	"io"
	"os"

	"newsgraph/loader/nlp"
)

type parseCmd struct {
	Raw   bool     `help:"The input is plain text: tokens and sentences are found too."`
	Files []string `arg:"" optional:"" name:"file" help:"CoNLL-U files, or plain text with --raw; standard input if none."`
}

// Help shows examples.
func (parseCmd) Help() string {
	return "Tags, lemmas and trees of the words of a CoNLL-U file, whose own are not read.\n\nExamples:\n  newsgraph parse gold.conllu > parsed.conllu\n" +
		"  echo 'Oslo condemned the attack.' | newsgraph parse --raw"
}

// Run parses.
func (c *parseCmd) Run(ctx context.Context, w *world) error {
	p, err := nlp.English()
	if err != nil {
		return err
	}
	parse := func(name string, r io.Reader) error {
		if c.Raw {
			data, err := io.ReadAll(r)
			if err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			d, err := p.Parse(string(data))
			if err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			return nlp.WriteCoNLLU(w.stdout, d)
		}
		for d, err := range nlp.ReadCoNLLU(r) {
			if err == nil {
				err = ctx.Err()
			}
			if err == nil {
				err = p.Complete(d)
			}
			if err == nil {
				err = nlp.WriteCoNLLU(w.stdout, d)
			}
			if err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
		}
		return nil
	}
	if len(c.Files) == 0 {
		return parse("standard input", w.stdin)
	}
	for _, name := range c.Files {
		f, err := os.Open(name) //nolint:gosec // the user names it
		if err != nil {
			return err
		}
		err = parse(name, f)
		f.Close() //nolint:errcheck,gosec // only read
		if err != nil {
			return err
		}
	}
	return nil
}
