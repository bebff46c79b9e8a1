package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"strings"

	"newsgraph/loader/extract"
	"newsgraph/loader/nlp"
)

type parseCmd struct {
	Raw   bool     `help:"The input is plain text: tokens and sentences are found too."`
	Coref bool     `help:"Write which phrases of each document stand for the same, a line of JSON a document, instead of trees."`
	Any   bool     `name:"any-language" help:"Parse text of other languages too, as if it were English."`
	Files []string `arg:"" optional:"" name:"file" help:"CoNLL-U files, or plain text with --raw; standard input if none."`
}

// Help shows examples.
func (parseCmd) Help() string {
	return "Tags, lemmas and trees of the words of a CoNLL-U file, whose own are not read.\n\nExamples:\n  newsgraph parse gold.conllu > parsed.conllu\n" +
		"  echo 'Oslo condemned the attack.' | newsgraph parse --raw"
}

// rawPart is about how many bytes of a long text are parsed at once, so that memory does not grow with the text.
const rawPart = 1 << 18

// paragraphs are the first paragraphs of a text: no sentence crosses from one to the next.
func paragraphs(text string) string {
	if len(text) <= rawPart {
		return text
	}
	if k := strings.Index(text[rawPart:], "\n\n"); k >= 0 {
		return text[:rawPart+k+2]
	}
	return text
}

// Run parses.
func (c *parseCmd) Run(ctx context.Context, w *world) error {
	debug.SetGCPercent(40) // a long text lives in memory as tokens; the rest is soon gone
	p, err := nlp.English()
	if err != nil {
		return err
	}
	parse := func(name string, r io.Reader) error {
		if c.Coref {
			if err := chains(ctx, p, r, w.stdout); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			return nil
		}
		if c.Raw {
			data, err := io.ReadAll(r)
			if err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			if !c.Any {
				if err := nlp.CheckEnglish(string(data)); err != nil {
					return fmt.Errorf("%s: %w", name, err)
				}
			}
			for text := string(data); text != ""; {
				part := paragraphs(text)
				text = text[len(part):]
				d, err := p.Parse(part)
				if err == nil {
					err = nlp.WriteCoNLLU(w.stdout, d)
				}
				if err == nil {
					err = ctx.Err()
				}
				if err != nil {
					return fmt.Errorf("%s: %w", name, err)
				}
			}
			return nil
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

// chains reads CoNLL-U and writes for each document which phrases stand for the same, a line of JSON each: {"id", "chains": [[[first word, the one
// after the last]]]}. Words count from 0 within their document.
func chains(ctx context.Context, p *nlp.Pipeline, r io.Reader, w io.Writer) error {
	x, err := extract.New()
	if err != nil {
		return err
	}
	data, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	out := json.NewEncoder(w)
	const opens = "\n# newdoc"
	for text := range strings.SplitSeq("\n"+string(data), opens) {
		first, rest, _ := strings.Cut(text, "\n")
		id := strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(first), "id ="))
		all, from := [][][2]int{}, 0
		for d, err := range nlp.ReadCoNLLU(strings.NewReader(rest + "\n\n")) {
			if err == nil {
				err = ctx.Err()
			}
			if err == nil {
				err = p.Complete(d)
			}
			if err != nil {
				return fmt.Errorf("document %s: %w", id, err)
			}
			of, err := x.Chains(d)
			if err != nil {
				return err
			}
			for _, chain := range of {
				for i := range chain {
					chain[i] = [2]int{chain[i][0] + from, chain[i][1] + from}
				}
				all = append(all, chain)
			}
			from += len(d.Tokens)
		}
		if from == 0 {
			continue
		}
		if err := out.Encode(map[string]any{"id": id, "chains": all}); err != nil {
			return err
		}
	}
	return nil
}
