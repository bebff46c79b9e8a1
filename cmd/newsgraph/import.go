package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"newsgraph/loader/gazetteer"
	"newsgraph/store/move"
)

type importFactsCmd struct {
	storeFlags
	Rejected string   `help:"File for the rows that are left out; else FILE.rejected beside each file." placeholder:"FILE"`
	Partial  bool     `help:"Take what is there of an export that was cut."`
	JSON     bool     `name:"json" help:"Print one JSON object at the end instead of a line."`
	Paths    []string `arg:"" name:"file" help:"Exports of newsgraph, tables, files of GDELT or NGEC, folders of them, or - for standard input."`
}

// Help shows an example for each form.
func (importFactsCmd) Help() string {
	return `Puts facts that are ready into a store: of an export (JSON lines, as newsgraph export writes them), of tables (CSV with a row of names), of GDELT 2.0 (events of 61 columns and mentions of 16, parted by tabs) or of NGEC (JSON lines with PLOVER's event_type), told apart by content; each may be compressed by gzip or zip. A row that is wrong is left out, and written with its line and the reason to FILE.rejected; its field "row" is the row to the letter. A file of another form, or an export that was cut, ends it before anything is in: an export begins and ends with a line of its own, and the last counts the others. Importing again changes nothing; an interrupted import is gone on with by running it again.

Tables, imported together: entities (id, kind, name; aliases parted by |, description), stories (id, title, url, source, published_at; language), events (id, type, mode, date), event_roles (event_id, entity_id, role), mentions (id, event_id, story_id, begin, end, confidence, sentence). 

What tables, GDELT and NGEC tell is of another coder, which the reader of its stories names (coder:tables, coder:GDELT 2.0, coder:NGEC): reread leaves it as it is. Import mentions of GDELT together with the events that they tell, and files that tell of one story together: what a story that is in tells otherwise is left out.

Examples:
  newsgraph import graph.jsonl                               an export: a store made of it exports the same bytes
  newsgraph export | gzip > graph.jsonl.gz; newsgraph import --store sqlite:copy.db graph.jsonl.gz
  newsgraph import --store neo4j://localhost:7687 tables/    entities.csv, stories.csv, events.csv, event_roles.csv, mentions.csv
  newsgraph import 20240110120000.export.CSV.zip 20240110120000.mentions.CSV.zip   events of GDELT, with who reports them
  newsgraph import plover.jsonl                              events of NGEC
  newsgraph import --rejected bad.jsonl tables/              where the folder cannot be written
  jq -r .row graph.jsonl.rejected                            the rows that were left out

Exit codes: 0 all rows are in; 1 it failed, or none is in; 2 wrong use; 3 some were left out, or an export was changed or cut (--partial), the others are in; 130 or 143 interrupted: run it again to go on.`
}

// rejectedName ends the names of the files of rows that were left out.
const rejectedName = ".rejected"

// Run imports.
func (c *importFactsCmd) Run(ctx context.Context, w *world) error {
	inputs, err := importing(c.Paths, w.stdin)
	if err != nil {
		return err
	}
	known, err := gazetteer.Load()
	if err != nil {
		return err
	}
	s, err := c.writing(ctx)
	if err != nil {
		return err
	}
	defer s.Close() //nolint:errcheck // what was put is committed
	r := rejects{all: c.Rejected, files: map[string]*os.File{}}
	defer r.close()
	begun := time.Now()
	sum, err := move.Import(ctx, s, inputs, move.Options{Known: known, Partial: c.Partial, Rejected: func(one move.Rejected) error {
		return r.write(one, func(first string) {
			fmt.Fprintf(w.stderr, "newsgraph: left out: %s:%d: %s (all of them: %s)\n", one.File, one.Line, one.Reason, first)
		})
	}, Progress: func(p move.Progress) { tellMove(w.stderr, p) }})
	tellExports(w, sum)
	return c.end(ctx, w, sum, r, time.Since(begun), err)
}

// tellExports tells of exports that are not whole, or cannot be told to be.
func tellExports(w *world, sum move.Summary) {
	for _, says := range [][]string{sum.Altered, sum.Unended} {
		for _, one := range says {
			fmt.Fprintf(w.stderr, "newsgraph: %s\n", one)
		}
	}
}

// importedJSON is what --json prints.
type importedJSON struct {
	Rows        int      `json:"rows"`
	Stories     int      `json:"stories"`
	New         int      `json:"new"`
	Again       int      `json:"again"`
	Unchanged   int      `json:"unchanged"`
	Reports     int      `json:"reports"`
	Entities    int      `json:"entities"`
	Events      int      `json:"events"`
	Corrections int      `json:"corrections"`
	Refused     int      `json:"refused"`
	Rejected    []string `json:"rejected"` // files
	Altered     []string `json:"altered,omitempty"`
	Unended     []string `json:"unended,omitempty"`
	Seconds     float64  `json:"seconds"`
	Interrupted bool     `json:"interrupted"`
	Exit        int      `json:"exit"`
	Error       string   `json:"error,omitempty"`
}

// end prints what was done and makes the exit code.
func (c *importFactsCmd) end(ctx context.Context, w *world, sum move.Summary, r rejects, took time.Duration, err error) error {
	out := importedJSON{
		Rows: sum.Rows, Stories: sum.Stories, New: sum.Added, Again: sum.Replaced, Unchanged: sum.Unchanged, Reports: sum.Reports, Entities: sum.Entities,
		Events: sum.Events, Corrections: sum.Corrections, Refused: sum.Rejected, Rejected: r.names(), Seconds: took.Seconds(),
		Altered: sum.Altered, Unended: sum.Unended,
	}
	switch {
	case err != nil && ctx.Err() != nil:
		out.Interrupted, out.Exit = true, signalled(ctx)
		err = fmt.Errorf("interrupted: %s in; run it again to go on", plural(sum.Stories, "story is", "stories are"))
	case err != nil:
		out.Exit = exitFailed
		if sum.Stories > 0 {
			err = fmt.Errorf("%w (%s in; run it again to go on)", err, plural(sum.Stories, "story is", "stories are"))
		}
	case sum.Rejected > 0:
		if out.Exit = exitRefused; sum.Stories+sum.Corrections == 0 {
			out.Exit = exitFailed
		}
		err = fmt.Errorf("%s left out: see %s", of(sum.Rejected, sum.Rows, "row", "rows", "was", "were"), strings.Join(out.Rejected, ", "))
	case len(sum.Altered) > 0:
		out.Exit, err = exitRefused, fmt.Errorf("%s not as exported: what is there is in", plural(len(sum.Altered), "file is", "files are"))
	}
	if err != nil {
		out.Error = err.Error()
	}
	if c.JSON {
		e := json.NewEncoder(w.stdout)
		e.SetEscapeHTML(false)
		if jsonErr := e.Encode(out); jsonErr != nil {
			return jsonErr
		}
	} else if !out.Interrupted && len(sum.Forms) > 0 {
		fmt.Fprintf(w.stdout, "%s (%d new, %d read again, %d there already) of %s, %s, %s, %s, %s, %.1f seconds, %.0f reports per second\n",
			plural(sum.Stories, "story", "stories"), sum.Added, sum.Replaced, sum.Unchanged, sum.FormsOf(), plural(sum.Reports, "report", "reports"),
			plural(sum.Entities, "new entity", "new entities"), plural(sum.Events, "new event", "new events"), plural(sum.Corrections, "new correction", "new corrections"),
			took.Seconds(), float64(sum.Reports)/took.Seconds())
	}
	if err != nil {
		return exit{out.Exit, err}
	}
	return nil
}

// importing lists the files of paths: those of a folder without hidden ones and rows that were left out before.
func importing(paths []string, stdin io.Reader) ([]move.Input, error) {
	var all []move.Input
	for _, path := range paths {
		if path == "-" {
			all = append(all, move.Input{Name: "standard input", Open: func() (io.ReadCloser, error) { return io.NopCloser(stdin), nil }})
			continue
		}
		info, err := os.Stat(path)
		if err != nil {
			return nil, fmt.Errorf("import: %w", err)
		}
		files := map[string]fs.FileInfo{}
		var names []string
		if info.IsDir() {
			inside, err := os.ReadDir(path)
			if err != nil {
				return nil, fmt.Errorf("import: %w", err)
			}
			for _, d := range inside {
				name := filepath.Join(path, d.Name())
				is, err := os.Stat(name)
				if strings.HasPrefix(d.Name(), ".") || strings.HasSuffix(name, rejectedName) || err != nil || !is.Mode().IsRegular() {
					continue
				}
				names, files[name] = append(names, name), is
			}
			if len(names) == 0 {
				return nil, fmt.Errorf("import: %s: no files in this folder", path)
			}
		} else {
			names, files[path] = []string{path}, info
		}
		for _, name := range names {
			all = append(all, move.Input{Name: name, Size: files[name].Size(), Open: func() (io.ReadCloser, error) { return os.Open(name) }})
		}
	}
	return all, nil
}

// rejects are the files of rows that were left out.
type rejects struct {
	all   string // the one file of all; empty for one beside each file
	files map[string]*os.File
}

// write writes a row, and tells of the first in each file.
func (r rejects) write(one move.Rejected, first func(file string)) error {
	name := r.all
	if name == "" {
		name = one.File + rejectedName
	}
	f := r.files[name]
	if f == nil {
		var err error
		if f, err = os.Create(name); err != nil {
			return fmt.Errorf("a row was left out (%s:%d: %s) and cannot be written: %w: name a file with --rejected FILE", one.File, one.Line, one.Reason, err)
		}
		r.files[name] = f
		first(name)
	}
	e := json.NewEncoder(f)
	e.SetEscapeHTML(false)
	if err := e.Encode(one); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	return nil
}

func (r rejects) names() []string {
	all := []string{}
	for name := range r.files {
		all = append(all, name)
	}
	return all
}

func (r rejects) close() {
	var errs []error
	for _, f := range r.files {
		errs = append(errs, f.Close())
	}
	_ = errors.Join(errs...) // each row was written when it came
}

// tellMove is a line of progress.
func tellMove(out io.Writer, p move.Progress) {
	left := ""
	if p.Left > 0 {
		left = ", " + p.Left.Round(time.Second).String() + " left"
	}
	of := ""
	if p.Total > 0 {
		of = fmt.Sprintf(" of %d", p.Total)
	}
	if p.Doing == "bytes" {
		if p.Total > 0 {
			of = fmt.Sprintf(" of %d", p.Total>>20)
		}
		fmt.Fprintf(out, "reading: %d%s MB, %.0f MB/s%s\n", p.Done>>20, of, p.Rate/(1<<20), left)
		return
	}
	fmt.Fprintf(out, "putting: %d%s stories, %.0f reports/s%s\n", p.Done, of, p.Rate, left)
}
