package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"

	"newsgraph/loader/extract"
	"newsgraph/loader/nlp"
)

type extractCmd struct {
	Weights string   `type:"existingfile" help:"Weigh events by this file, as cmd/train writes it, and not by what is embedded: to measure out of fold." placeholder:"FILE"`
	Any     bool     `name:"any-language" help:"Read text of other languages too, as if it were English."`
	Files   []string `arg:"" optional:"" name:"file" help:"Files of JSON lines {id, text, published?, title?}; standard input if none."`
}

// Help shows examples.
func (extractCmd) Help() string {
	return "Examples:\n  newsgraph extract texts.jsonl > facts.jsonl\n  echo '{\"id\": \"1\", \"text\": \"Oslo condemned the attack.\"}' | newsgraph extract\n\n" +
		"Exit codes: 0 all lines are read; 1 it failed, or none is; 2 wrong use; 3 some were left out."
}

// weighing is what reads stories, by the weights of a file if one is named.
func weighing(file string) (*extract.Extractor, error) {
	x, err := extract.New()
	if err != nil || file == "" {
		return x, err
	}
	f, err := os.Open(file) //nolint:gosec // the user names it
	if err != nil {
		return nil, exit{exitUsage, fmt.Errorf("--weights: %w", err)}
	}
	defer f.Close() //nolint:errcheck // only read
	weights, err := extract.ReadWeights(f)
	if err != nil {
		return nil, exit{exitUsage, fmt.Errorf("--weights %s: %w", file, err)}
	}
	return x.WithWeights(weights), nil
}

// Run extracts line by line. A bad line is told and left out.
func (c *extractCmd) Run(ctx context.Context, w *world) error {
	x, err := weighing(c.Weights)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(w.stdout)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	good, bad := 0, 0
	each := func(name string, r io.Reader) error {
		lines := bufio.NewReader(r)
		for n := 1; ctx.Err() == nil; n++ {
			line, err := lines.ReadBytes('\n')
			if len(bytes.TrimSpace(line)) > 0 {
				o, lineErr := c.line(x, line)
				if lineErr == nil {
					lineErr = enc.Encode(o)
				}
				if lineErr == nil {
					good++
				} else {
					bad++
					fmt.Fprintf(w.stderr, "newsgraph: %s:%d: %v\n", name, n, lineErr)
				}
			}
			if err == io.EOF {
				break
			}
			if err != nil {
				return fmt.Errorf("read %s: %w", name, err)
			}
		}
		return ctx.Err()
	}
	if len(c.Files) == 0 {
		err = each("standard input", w.stdin)
	}
	for _, name := range c.Files {
		f, openErr := os.Open(name)
		if openErr != nil {
			return openErr
		}
		if err = each(name, f); err != nil {
			break
		}
		if err = f.Close(); err != nil {
			break
		}
	}
	if flushErr := out.Flush(); err == nil {
		err = flushErr
	}
	if err == nil && bad > 0 {
		code := exitRefused
		if good == 0 {
			code = exitFailed
		}
		err = exit{code, fmt.Errorf("%s left out", plural(bad, "line was", "lines were"))}
	}
	return err
}

func (c *extractCmd) line(x *extract.Extractor, line []byte) (*extract.Output, error) {
	var in extract.Input
	if err := json.Unmarshal(line, &in); err != nil {
		return nil, fmt.Errorf("not a line {\"id\", \"text\"}: %w", err)
	}
	if !c.Any {
		if err := nlp.CheckEnglish(in.Text); err != nil {
			return nil, err
		}
	}
	return x.Output(in)
}
