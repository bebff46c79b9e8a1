package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"strconv"
	"strings"
	"unicode/utf8"

	"newsgraph/loader/extract"
	"newsgraph/loader/nlp"
)

type parseCmd struct {
	Raw        bool     `help:"The input is plain text: tokens and sentences are found too."`
	Any        bool     `name:"any-language" help:"Parse text of other languages too, as if it were English."`
	Roles      bool     `xor:"as" help:"Write predicates and their PropBank roles as JSON lines, one a sentence, words counted from 0."`
	Happened   bool     `xor:"as" help:"Write whether what each predicate tells happened as JSON lines: about -1.2 for surely not, 1.2 for surely."`
	Situations bool     `xor:"as" help:"Read JSON lines of texts and write what kind of situation each verb tells."`
	Coref      bool     `xor:"as" help:"Write which phrases of each document stand for the same, a line of JSON a document, instead of trees."`
	Files      []string `arg:"" optional:"" name:"file" help:"CoNLL-U files, or plain text with --raw; standard input if none."`
}

// Help shows examples.
func (parseCmd) Help() string {
	return "Tags, lemmas, trees and predicates of the words of a CoNLL-U file, whose own are not read.\n\nExamples:\n  newsgraph parse gold.conllu > parsed.conllu\n" +
		"  newsgraph parse --roles gold.conllu > roles.jsonl\n" +
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
	write := nlp.WriteCoNLLU
	switch {
	case c.Roles:
		write = writeRoles
	case c.Happened:
		write = writeHappened
	}
	parse := func(name string, r io.Reader) error {
		if c.Situations {
			return situations(ctx, p, w.stdout, name, r)
		}
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
					err = write(w.stdout, d)
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
				err = write(w.stdout, d)
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

// sentenceID is what a corpus calls a sentence, or its number from 1.
func sentenceID(d *nlp.Doc, k int) string {
	if k < len(d.SentenceIDs) && d.SentenceIDs[k] != "" {
		return d.SentenceIDs[k]
	}
	return strconv.Itoa(k + 1)
}

// bySentence calls each with the predicates of each sentence.
func bySentence(d *nlp.Doc, each func(k int, s nlp.Sentence, predicates []nlp.Predicate) error) error {
	rest := d.Predicates
	for k, s := range d.Sentences {
		n := 0
		for n < len(rest) && rest[n].Token < s.Last {
			n++
		}
		if err := each(k, s, rest[:n]); err != nil {
			return err
		}
		rest = rest[n:]
	}
	return nil
}

type (
	roleJSON struct {
		Role  string  `json:"role"`
		Begin int     `json:"begin"`
		End   int     `json:"end"`
		Head  int     `json:"head"`
		P     float32 `json:"p"`
	}
	predicateJSON struct {
		Token    int        `json:"token"`
		Lemma    string     `json:"lemma"`
		PoS      string     `json:"pos"`
		Args     []roleJSON `json:"args"`
		Happened float32    `json:"happened"`
		Episodic float32    `json:"episodic"`
	}
	rolesJSON struct {
		SentenceID string          `json:"sent_id"`
		Tokens     int             `json:"tokens"`
		Predicates []predicateJSON `json:"predicates"`
	}
	happenedJSON struct {
		SentenceID string  `json:"sent_id"`
		Token      int     `json:"token"`
		Value      float32 `json:"value"`
	}
	situationJSON struct {
		Begin    int     `json:"begin"`
		End      int     `json:"end"`
		Type     string  `json:"type"`
		Episodic float32 `json:"episodic"`
	}
	situationsJSON struct {
		ID    string          `json:"id"`
		Text  string          `json:"text,omitempty"`
		Verbs []situationJSON `json:"verbs"`
	}
)

// writeRoles writes predicates and their roles as PropBank's files in ../shared/data have them.
func writeRoles(w io.Writer, d *nlp.Doc) error {
	out := json.NewEncoder(w)
	return bySentence(d, func(k int, s nlp.Sentence, predicates []nlp.Predicate) error {
		line := rolesJSON{sentenceID(d, k), s.Last - s.First, []predicateJSON{}}
		for _, p := range predicates {
			args := []roleJSON{}
			for _, a := range p.Args {
				first, last := p.Span(d, a)
				args = append(args, roleJSON{a.Role, first - s.First, last - s.First, a.Head - s.First, a.P})
			}
			line.Predicates = append(line.Predicates, predicateJSON{p.Token - s.First, d.Tokens[p.Token].Lemma, p.Class(d), args, p.Happened, p.Episodic})
		}
		return out.Encode(line)
	})
}

// writeHappened writes whether what predicates tell happened, as UDS has it.
func writeHappened(w io.Writer, d *nlp.Doc) error {
	out := json.NewEncoder(w)
	return bySentence(d, func(k int, s nlp.Sentence, predicates []nlp.Predicate) error {
		for _, p := range predicates {
			if err := out.Encode(happenedJSON{sentenceID(d, k), p.Token - s.First, p.Happened}); err != nil {
				return err
			}
		}
		return nil
	})
}

// situations reads lines of texts with their ids and writes what kind of situation each of their verbs tells. Offsets count code points.
func situations(ctx context.Context, p *nlp.Pipeline, w io.Writer, name string, r io.Reader) error {
	in := bufio.NewScanner(r)
	in.Buffer(nil, 1<<26)
	out := json.NewEncoder(w)
	for n := 1; in.Scan(); n++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		var line situationsJSON
		if err := json.Unmarshal(in.Bytes(), &line); err != nil {
			return fmt.Errorf("%s:%d: %w", name, n, err)
		}
		d, err := p.Parse(line.Text)
		if err != nil {
			return fmt.Errorf("%s:%d: %w", name, n, err)
		}
		at, points := 0, 0
		upTo := func(offset int) int {
			points += utf8.RuneCountInString(line.Text[at:offset])
			at = offset
			return points
		}
		line.Verbs = []situationJSON{}
		for _, p := range d.Predicates {
			if t := d.Tokens[p.Token]; strings.HasPrefix(t.Tag, "VB") {
				line.Verbs = append(line.Verbs, situationJSON{upTo(t.Start), upTo(t.End), p.Situation, p.Episodic})
			}
		}
		line.Text = ""
		if err := out.Encode(line); err != nil {
			return err
		}
	}
	if err := in.Err(); err != nil {
		return fmt.Errorf("%s: %w", name, err)
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
