package main

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/user"
	"strings"
	"time"

	"newsgraph/news"
	"newsgraph/store"
)

// correctCmd corrects the graph. Each correction is an entry of a log, which is applied to all that is loaded later too.
type correctCmd struct {
	Hide   hideCmd    `cmd:"" help:"Events or reports are wrong: take them out of the graph."`
	Merge  mergeCmd   `cmd:"" help:"Entities are the same: the first stays, under its name."`
	Rename renameCmd  `cmd:"" help:"An entity has another name."`
	Retype retypeCmd  `cmd:"" help:"An entity is of another kind, or events and reports tell of another action."`
	Redate redateCmd  `cmd:"" help:"Events or reports tell of another day, month or year."`
	Split  splitCmd   `cmd:"" help:"Some stories mean another of the same name."`
	Pin    pinCmd     `cmd:"" help:"The reading of a story stays as it is, whatever later versions read."`
	Undo   undoCmd    `cmd:"" help:"Undo a correction; undoing that brings it back."`
	List   logListCmd `cmd:"" help:"Show the log, oldest first."`
	Export logCmd     `cmd:"" help:"Write the log as JSON lines."`
	Import importCmd  `cmd:"" help:"Take in the log of another store, of JSON lines from a file or - for standard input."`
}

// Help tells how corrections work.
func (correctCmd) Help() string {
	return "A correction is kept in the store's log with its author and reason, and holds for all that is loaded, removed or read again later.\n\n" +
		"Examples:\n  newsgraph correct merge person:john-carter person:jack-carter --because \"the same senator\" --by \"A. Editor\"\n" +
		"  newsgraph correct hide event:0123456789abcdef0123 --because \"it was an exercise\"\n" +
		"  newsgraph correct list\n  newsgraph correct export > corrections.jsonl\n\n" +
		"Exit codes: 0 it is in the log; 1 it failed, or what it names is not there; 2 wrong use: no reason, an action, kind or date that is none, nothing that it would change."
}

// asks is what every correction tells.
type asks struct {
	storeFlags
	Because string `required:"" placeholder:"TEXT" help:"Why, in words that others can check."`
	By      string `placeholder:"NAME" help:"Who says so; you by your account's name unless given."`
	JSON    bool   `name:"json" help:"Write the correction as JSON."`
}

func (a asks) ask(ctx context.Context, w *world, ask store.Asked) error {
	ask.By, ask.Because = cmp.Or(a.By, account()), a.Because
	s, err := a.changing(ctx)
	if err != nil {
		return err
	}
	defer s.Close() //nolint:errcheck // what was written is committed
	c, n, err := store.Correct(ctx, s, ask, time.Now())
	if err != nil {
		return wrongUse(err)
	}
	if a.JSON {
		return lines(w.stdout, []news.Correction{c})
	}
	fmt.Fprintf(w.stdout, "%s: %s, %s changed; to undo it: newsgraph correct undo %s --store %s --because TEXT\n",
		c.ID, strings.ToLower(string(c.Kind)), plural(n, "story", "stories"), c.ID, a.Store)
	return nil
}

// account is the name of who runs the program, empty if the system does not tell.
func account() string {
	u, err := user.Current()
	if err != nil {
		return ""
	}
	return cmp.Or(u.Name, u.Username)
}

// wrongUse is an error of what was asked for as wrong use. What is right and names what this store has not is none.
func wrongUse(err error) error {
	if errors.Is(err, store.ErrCorrection) && !errors.Is(err, store.ErrUnknown) {
		return exit{exitUsage, err}
	}
	return err
}

type hideCmd struct {
	asks
	IDs []news.ID `arg:"" name:"id" help:"Events or reports: event:… or report:…."`
}

// Run hides.
func (c *hideCmd) Run(ctx context.Context, w *world) error {
	return c.ask(ctx, w, store.Asked{Kind: news.Hide, Of: c.IDs})
}

type mergeCmd struct {
	asks
	IDs []news.ID `arg:"" name:"id" help:"The entity that stays, then those that are the same."`
}

// Run merges.
func (c *mergeCmd) Run(ctx context.Context, w *world) error {
	return c.ask(ctx, w, store.Asked{Kind: news.MergeEntities, Of: c.IDs})
}

type renameCmd struct {
	asks
	ID   news.ID `arg:"" help:"An entity."`
	Name string  `arg:"" help:"Its name; the former becomes an alias."`
}

// Run renames.
func (c *renameCmd) Run(ctx context.Context, w *world) error {
	return c.ask(ctx, w, store.Asked{Kind: news.Rename, Of: []news.ID{c.ID}, Name: c.Name})
}

type retypeCmd struct {
	asks
	To  string    `required:"" placeholder:"KIND|ACTION" help:"PERSON, STATE, ORGANISATION, PLACE, WEAPON, GROUP or THING of an entity; an action of events and reports, as condemn."`
	IDs []news.ID `arg:"" name:"id" help:"An entity, or events and reports."`
}

// Run retypes.
func (c *retypeCmd) Run(ctx context.Context, w *world) error {
	return c.ask(ctx, w, store.Asked{Kind: news.Retype, Of: c.IDs, As: c.To})
}

type redateCmd struct {
	asks
	To  string    `required:"" placeholder:"DATE" help:"2024-01-09, 2024-01 or 2024."`
	IDs []news.ID `arg:"" name:"id" help:"Events or reports."`
}

// Run redates.
func (c *redateCmd) Run(ctx context.Context, w *world) error {
	return c.ask(ctx, w, store.Asked{Kind: news.Redate, Of: c.IDs, Date: c.To})
}

type splitCmd struct {
	asks
	Name    string    `required:"" help:"What the other is called, so that readers can tell them apart: John Carter (admiral)."`
	Stories []news.ID `required:"" name:"story" placeholder:"STORY" help:"The stories that mean the other; so do copies of their texts."`
	ID      news.ID   `arg:"" help:"The entity that is two."`
}

// Run splits.
func (c *splitCmd) Run(ctx context.Context, w *world) error {
	return c.ask(ctx, w, store.Asked{Kind: news.Split, Of: []news.ID{c.ID}, Name: c.Name, Stories: c.Stories})
}

type pinCmd struct {
	asks
	ID news.ID `arg:"" help:"A story."`
}

// Run pins.
func (c *pinCmd) Run(ctx context.Context, w *world) error {
	return c.ask(ctx, w, store.Asked{Kind: news.Pin, Of: []news.ID{c.ID}})
}

type undoCmd struct {
	asks
	ID news.ID `arg:"" help:"A correction, as list shows it."`
}

// Run undoes.
func (c *undoCmd) Run(ctx context.Context, w *world) error {
	return c.ask(ctx, w, store.Asked{Kind: news.Undo, Of: []news.ID{c.ID}})
}

type logListCmd struct {
	storeFlags
	JSON bool `name:"json" help:"Write JSON lines, as export does."`
}

// Run lists.
func (c *logListCmd) Run(ctx context.Context, w *world) error {
	s, err := c.existing(ctx)
	if err != nil {
		return err
	}
	defer s.Close() //nolint:errcheck // only read
	all, err := s.Corrections(ctx)
	if err != nil {
		return err
	}
	if c.JSON {
		return lines(w.stdout, all)
	}
	if len(all) == 0 {
		fmt.Fprintln(w.stdout, "nothing was corrected: newsgraph correct --help shows how")
		return nil
	}
	log := news.NewLog(all)
	for _, one := range log.All() {
		undone := ""
		if !log.Holds(one.ID) {
			undone = " (undone)"
		}
		fmt.Fprintf(w.stdout, "%s  %s  %s%s\n    %s: %s\n", one.ID, one.At, one.Says(), undone, one.By, one.Because)
	}
	return nil
}

type logCmd struct{ storeFlags }

// Run exports.
func (c *logCmd) Run(ctx context.Context, w *world) error {
	return (&logListCmd{c.storeFlags, true}).Run(ctx, w)
}

type importCmd struct {
	storeFlags
	File string `arg:"" help:"JSON lines that export wrote, or - for standard input."`
}

// Run imports.
func (c *importCmd) Run(ctx context.Context, w *world) error {
	in := w.stdin
	if c.File != "-" {
		f, err := os.Open(c.File)
		if err != nil {
			return err
		}
		defer f.Close() //nolint:errcheck // only read
		in = f
	}
	var all []news.Correction
	scan := bufio.NewScanner(in)
	scan.Buffer(nil, 64<<20)
	for n := 1; scan.Scan(); n++ {
		if strings.TrimSpace(scan.Text()) == "" {
			continue
		}
		var one news.Correction
		err := json.Unmarshal(scan.Bytes(), &one)
		if err == nil {
			err = one.Check()
		}
		if err != nil {
			return fmt.Errorf("%s, line %d is no correction: %w: give what newsgraph correct export wrote", c.File, n, err)
		}
		all = append(all, one)
	}
	if err := scan.Err(); err != nil {
		return fmt.Errorf("read %s: %w", c.File, err)
	}
	s, err := c.writing(ctx) // a log may come before all stories
	if err != nil {
		return err
	}
	defer s.Close() //nolint:errcheck // what was written is committed
	n, err := s.Correct(ctx, all)
	if err != nil {
		return err
	}
	fmt.Fprintf(w.stdout, "%s read, %s changed\n", plural(len(all), "correction", "corrections"), plural(n, "story", "stories"))
	return nil
}

// lines writes corrections as JSON lines.
func lines(w io.Writer, all []news.Correction) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for _, one := range all {
		if err := enc.Encode(one); err != nil {
			return fmt.Errorf("write: %w", err)
		}
	}
	return nil
}
