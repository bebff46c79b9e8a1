package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"sync/atomic"
	"time"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
	"golang.org/x/term"

	"newsgraph/loader"
	"newsgraph/loader/extract"
	"newsgraph/loader/fetch"
	"newsgraph/loader/format"
	"newsgraph/loader/gazetteer"
	"newsgraph/news"
	"newsgraph/store"
)

type loadCmd struct {
	storeFlags
	readFlags
	queueFlags
	Once    bool     `help:"With --queue: end when the queue is empty and no loader holds a story of it."`
	Replace bool     `help:"Take away what was loaded before of the same text and url with other flags: another date or headline, or no publisher."`
	DryRun  bool     `help:"Read, and print what would be loaded; no store is opened."`
	JSON    bool     `name:"json" help:"Print one JSON object at the end instead of a table."`
	Paths   []string `arg:"" optional:"" name:"file" help:"Files of any form, folders of them, addresses (https://...), or - for standard input."`
}

// readFlags say how stories are read.
type readFlags struct {
	fetchFlags
	Follow    bool              `help:"Fetch entries of feeds that have no text, or a summary alone, by their link."`
	Published string            `help:"When stories that tell no date of their own were published: 2024-01-10, 2024-01 or 2024. Of a page, it dates the lead story."`
	Publisher string            `help:"Who published stories that tell no publisher; else the agency of the byline."`
	Map       map[string]string `help:"Where records of JSON and tables have their fields: headline=title,published=date,text=body.value." mapsep:"," placeholder:"FIELD=NAME,..."`
	Any       bool              `name:"any-language" help:"Load text of other languages too, read as if it were English."`
	Embargoed bool              `help:"Load stories before the time that their agency set."`
}

// check refuses what no story has.
func (f readFlags) check() error {
	if f.Published != "" {
		if _, _, err := news.ParseDate(f.Published); err != nil {
			return exit{exitUsage, fmt.Errorf("--published: %w", err)}
		}
	}
	if err := (format.Options{Map: f.Map}).Check(); err != nil {
		return exit{exitUsage, fmt.Errorf("--map: %w", err)}
	}
	return f.fetchFlags.check()
}

// options are those of a loader; close ends the connections of what it fetches.
func (f readFlags) options(ctx context.Context, agencies gazetteer.Agencies) (o loader.Options, closed func()) {
	client := f.client()
	return loader.Options{
		Published: f.Published, Publisher: f.Publisher, Agency: agencies.Agency, Any: f.Any, Map: f.Map, Now: time.Now(), Embargoed: f.Embargoed,
		Follow: f.Follow, Get: func(address string) (fetch.Page, error) { return client.Get(ctx, address, fetch.Validators{}) },
	}, client.Close
}

// fetchFlags say how addresses are asked.
type fetchFlags struct {
	AllowPrivate bool          `help:"Fetch from this machine and private networks too."`
	IgnoreRobots bool          `help:"Fetch what a site's robots.txt asks programs not to, where its owner lets you."`
	Agent        string        `help:"User agent; say who you are and where to complain." default:"newsgraph/1 (a reader of news that its users run; robots.txt names it newsgraph)" env:"NEWSGRAPH_AGENT"`
	Timeout      time.Duration `help:"How long one fetch may take." default:"1m"`
	Rate         time.Duration `help:"Least time between two requests of one host." default:"1s"`
}

// client is what fetches.
func (f fetchFlags) client() *fetch.Client {
	o := fetch.Options{AllowPrivate: f.AllowPrivate, IgnoreRobots: f.IgnoreRobots, Agent: f.Agent, Timeout: f.Timeout, Every: f.Rate}
	if f.Rate == 0 {
		o.Every = -1
	}
	return fetch.New(o)
}

// check refuses times that cannot be.
func (f fetchFlags) check() error {
	if f.Timeout <= 0 || f.Rate < 0 {
		return exit{exitUsage, errors.New("--timeout and --rate are times such as 30s or 2m")}
	}
	return nil
}

// Help shows an example for each form.
func (loadCmd) Help() string {
	return `Reads stories from files of every form that it knows, told by their content, and puts them into a store. What it does not read, it refuses by name. Loading again changes nothing; an interrupted load is gone on with by running it again.

Examples:
  newsgraph load --published 2024-01-10 story.txt            plain text: headline, byline, body; pages of several; live blogs
  newsgraph load - < story.txt                               standard input
  newsgraph load --store neo4j://localhost:7687 stories/     a folder, all forms in it, on Neo4j
  newsgraph load story.txt                                   with story.json beside it: {"published": "2024-01-10", "url": ...}
  newsgraph load samples/index.tsv                           an index: columns file, published, publisher, url ...
  newsgraph load stories.csv                                 CSV or TSV: columns headline, text, published ...
  newsgraph load articles.json stories.jsonl                 JSON and JSON lines: title, body, date, url, source ...
  newsgraph load page.html                                   saved pages: article, headline, byline, dates, publisher, url
  newsgraph load feed.xml feed.json                          feeds: RSS, Atom, JSON Feed
  newsgraph load item.xml wire.nitf item.ninjs.json          agency formats: NewsML-G2, NITF, ninjs; --embargoed loads before its time
  newsgraph load notes.md story.docx report.pdf              Markdown with front matter, Word, PDF with text
  newsgraph load letter.eml letters.mbox                     mail with what is attached to it
  newsgraph load stories.zip stories.tar.gz                  archives: zip, tar, gzip, bzip2, zstd; their members as if they were files
  newsgraph load CC-NEWS-20240110.warc.gz                    WARC, page by page
  newsgraph load https://example.org/news/a-story.html       one page or feed; --follow fetches entries that have a summary alone
  newsgraph load --map headline=title,text=body.value x.json names of your own; stories=data.list says where the records are
  newsgraph load --replace --published 2024-01-10 story.txt  again, since --published was forgotten: no doubles
  newsgraph load --dry-run --json stories/                   what would be loaded, for machines
  newsgraph load --queue nats://localhost:4222               what newsgraph enqueue put into a queue, beside other loaders, until stopped; --once until it is empty

A story of a queue is taken off it when the transaction that put it is committed. A loader that is killed holds its stories for a minute (the consumer's ack wait), then others are given them; one that lives tells the server so, however long a story takes. What cannot be loaded, or was delivered ten times in vain, goes to the subject NAME.dead as it came, with the reason in the header Newsgraph-Reason. A batch is 4 stories at first, then 50.

Exit codes: 0 all stories are in; 1 it failed, or none is in; 2 wrong use; 3 some were refused, the others are in; 130 or 143 interrupted: run it again to go on.`
}

// Run loads.
func (c *loadCmd) Run(ctx context.Context, w *world) error {
	switch {
	case c.Queue != "" && (len(c.Paths) > 0 || c.DryRun || c.Replace):
		return exit{exitUsage, errors.New("--queue takes stories from a queue: files are for newsgraph enqueue, and --replace and --dry-run for files")}
	case c.Queue == "" && c.Once:
		return exit{exitUsage, errors.New("--once is of --queue")}
	case c.Queue == "" && len(c.Paths) == 0:
		return exit{exitUsage, errors.New("nothing to load: name files, folders or addresses, - for standard input, or --queue nats://HOST:4222 (newsgraph load --help shows how)")}
	}
	if err := c.check(); err != nil {
		return err
	}
	agencies, err := gazetteer.LoadAgencies()
	if err != nil {
		return err
	}
	o, closed := c.options(ctx, agencies)
	defer closed()
	if c.DryRun {
		return c.try(ctx, w, o)
	}
	x, err := extract.New()
	if err != nil {
		return err
	}
	if c.Queue != "" {
		return c.drain(ctx, w, x)
	}
	files := loader.Files(c.Paths)
	s, err := c.writing(ctx)
	if err != nil && ctx.Err() != nil {
		return c.end(ctx, w, loaded{Total: len(files)}, err)
	}
	if err != nil {
		return err
	}
	defer s.Close() //nolint:errcheck // what was put is committed
	o.Within, o.Replace = s, c.Replace
	report, done := progress(w, len(files))
	begun := time.Now()
	sum, err := loader.Load(ctx, s, loader.Sources(files, w.stdin), o, x.Read, report)
	done()
	seconds := time.Since(begun).Seconds()
	l := loaded{Files: sum.Files, Total: len(files), Summary: sum, Seconds: seconds}
	if err == nil {
		l.Older, err = older(ctx, s, sum)
	}
	return c.end(ctx, w, l, err)
}

// older counts the stories of a store, if any was loaded, that another version of the reader read.
func older(ctx context.Context, s store.Reader, sum loader.Summary) (n int, err error) {
	if sum.Stories == 0 {
		return 0, nil
	}
	st, err := s.Stats(ctx)
	for version, of := range st.Readers {
		if version != extract.Version && !(news.Story{Reader: version}).Coded() {
			n += of
		}
	}
	return n, err
}

// try reads and prints what would be loaded.
func (c *loadCmd) try(ctx context.Context, w *world, o loader.Options) error {
	files := loader.Files(c.Paths)
	l := loaded{Total: len(files), DryRun: true}
	begun := time.Now()
	out := bufio.NewWriterSize(w.stdout, 64<<10) // a line of each of many stories
	var unprinted error
	sum, err := loader.Try(ctx, loader.Sources(files, w.stdin), o, func(t loader.Told) error {
		if c.JSON {
			unprinted = l.item(out, tell(t))
			return nil
		}
		fmt.Fprintf(out, "%-10s  %s  (%s)\n", or(t.Published, "no date"), or(t.Headline, "no headline: "+beginning(t.Text)), strings.Join(details(t), "; "))
		return nil
	}, func(p loader.Progress) {
		if p.Err != nil || p.Notice != "" {
			tellProgress(w.stderr, p)
		}
		if p.Done && !c.JSON {
			unprinted = out.Flush()
		}
	})
	if err == nil {
		err = unprinted
	}
	if flushed := out.Flush(); err == nil {
		err = flushed
	}
	l.Summary, l.Files, l.Seconds = sum, sum.Files, time.Since(begun).Seconds()
	return c.end(ctx, w, l, err)
}

func or(a, b string) string {
	if a == "" {
		return b
	}
	return a
}

// beginning is the first words of a text.
func beginning(text string) string {
	words := strings.Fields(text)
	if len(words) > 8 {
		return strings.Join(words[:8], " ") + " ..."
	}
	return strings.Join(words, " ")
}

// details are what a dry run prints of a story besides its date and headline.
func details(t loader.Told) []string {
	all := []string{plural(len(strings.Fields(t.Text)), "word", "words")}
	for _, d := range []struct{ name, value string }{
		{"", t.Byline}, {"publisher ", t.Publisher}, {"", t.URL}, {"updated ", t.Item.Updated.Value}, {"note: ", strings.Join(t.Item.Notes, " | ")}, {"", t.How},
	} {
		if d.value != "" {
			all = append(all, d.name+d.value)
		}
	}
	for _, d := range t.Refused {
		all = append(all, fmt.Sprintf("%s %q is refused", d.Field, d.Value))
	}
	return all
}

// toldJSON is a story of a dry run for machines.
type toldJSON struct {
	ID        news.ID  `json:"id"`
	Headline  string   `json:"headline"`
	Byline    string   `json:"byline,omitempty"`
	Dateline  string   `json:"dateline,omitempty"`
	Publisher string   `json:"publisher,omitempty"`
	URL       string   `json:"url,omitempty"`
	Language  string   `json:"language,omitempty"`
	Day       string   `json:"day,omitempty"` // the story's, after --published
	Published string   `json:"published,omitempty"`
	Updated   string   `json:"updated,omitempty"`
	Urgency   int      `json:"urgency,omitempty"` // its agency's: 1, the most urgent, to 9
	Subjects  []string `json:"subjects,omitempty"`
	Notes     []string `json:"notes,omitempty"`
	How       string   `json:"how"`
	Text      string   `json:"text"`
}

func tell(t loader.Told) toldJSON {
	return toldJSON{
		t.ID, t.Headline, t.Byline, t.Item.Dateline, t.Publisher, t.URL, t.Item.Language, t.Published, t.Item.Published.Value, t.Item.Updated.Value, t.Item.Urgency, t.Item.Subjects, t.Item.Notes, t.How, t.Text,
	}
}

// loaded is what a load did, as --json prints it.
type loaded struct {
	loader.Summary `json:"-"`
	Files          int                  `json:"files"`
	Total          int                  `json:"-"`
	Read           int                  `json:"stories"`
	In             int                  `json:"in"`
	New            int                  `json:"new"`
	Again          int                  `json:"readAgain"`
	Duplicates     int                  `json:"duplicates"` // there already
	Gone           int                  `json:"replaced"`   // stories that --replace took away
	Copies         int                  `json:"copies"`     // of the texts of other stories, new ones less the groups that they make
	Entities       int                  `json:"newEntities"`
	Events         int                  `json:"newEvents"`
	PassedOver     int                  `json:"passedOver"` // files in folders that hold no story by their form
	RefusedCount   int                  `json:"refused"`
	Refused        []loader.Refusal     `json:"refusals"`
	Dates          int                  `json:"refusedDates"` // of stories that are in all the same
	RefusedDates   []loader.RefusedDate `json:"dateRefusals"`
	TakenBack      int                  `json:"takenBack"` // versions of stories that notices of their agencies take back
	Idle           []loader.Refusal     `json:"tookNothingBack"`
	Older          int                  `json:"readByAnotherVersion"`
	Seconds        float64              `json:"seconds"`
	DryRun         bool                 `json:"dryRun"`
	Unknown        []string             `json:"unknown,omitempty"` // fields of this object that a dry run leaves at 0, since it cannot know them
	Interrupted    bool                 `json:"interrupted"`
	Error          string               `json:"error,omitempty"`
	Exit           int                  `json:"exit"`
	items          int                  // of a dry run, printed so far
}

// untried are the fields of loaded that are known only when stories are understood and put.
var untried = []string{"readAgain", "replaced", "copies", "newEntities", "newEvents", "takenBack", "tookNothingBack", "readByAnotherVersion"}

// item prints a story of a dry run as the next of the list that comes first in the object: an archive has more of them than memory holds.
func (l *loaded) item(out io.Writer, t toldJSON) error {
	open := ","
	if l.items++; l.items == 1 {
		open = `{"items":[`
	}
	if _, err := io.WriteString(out, open); err != nil {
		return err
	}
	return encode(out, t)
}

// json prints what is left of the object after its items.
func (l *loaded) json(out io.Writer) error {
	if l.items == 0 {
		return encode(out, l)
	}
	var rest bytes.Buffer
	if err := encode(&rest, l); err != nil {
		return err
	}
	_, err := fmt.Fprintf(out, "],%s", rest.Bytes()[1:])
	return err
}

func encode(out io.Writer, v any) error {
	e := json.NewEncoder(out)
	e.SetEscapeHTML(false)
	return e.Encode(v)
}

// end prints what a load did, and is the error that tells its exit code.
func (c *loadCmd) end(ctx context.Context, w *world, l loaded, err error) error {
	sum := l.Summary
	l.Read, l.In, l.New, l.Again, l.Duplicates = sum.Stories, sum.Put, sum.Added, sum.Replaced, max(0, sum.Put-sum.Added-sum.Replaced)
	l.Gone, l.Copies = sum.Gone, sum.Copies
	l.Entities, l.Events, l.PassedOver, l.RefusedCount = sum.Entities, sum.Events, sum.Passed, sum.Refused
	l.Dates, l.TakenBack = sum.Dates, sum.TakenBack
	l.Refused, l.RefusedDates, l.Idle = append([]loader.Refusal{}, sum.Refusals...), append([]loader.RefusedDate{}, sum.RefusedDates...), append([]loader.Refusal{}, sum.Idle...)
	if l.DryRun {
		l.Unknown = untried
	}
	switch {
	case err != nil && ctx.Err() != nil:
		l.Interrupted, l.Exit = true, signalled(ctx)
		left := ""
		if n := l.Total - sum.Files; n > 0 && !l.DryRun {
			left = fmt.Sprintf(" (%d of %s not read to their end)", n, plural(l.Total, "file", "files"))
		}
		err = fmt.Errorf("interrupted: %s in; run it again to go on%s", of(sum.Put, sum.Stories, "story", "stories", "is", "are"), left)
		if l.DryRun {
			err = fmt.Errorf("interrupted after %s", plural(sum.Stories, "story", "stories"))
		}
	case err != nil:
		l.Exit = exitFailed
		if sum.Put > 0 {
			err = fmt.Errorf("%w (%s in; run it again to go on)", err, of(sum.Put, sum.Stories, "story", "stories", "is", "are"))
		}
	case sum.Refused > 0:
		l.Exit = exitRefused
		if sum.Put == 0 {
			l.Exit = exitFailed
		}
		err = errors.New(leftOut(sum, l.DryRun))
		if c.Queue != "" {
			err = fmt.Errorf("%s refused, with the reason on the queue's subject .dead; the others are loaded", plural(sum.Refused, "story was", "stories were"))
		}
	}
	if err != nil {
		l.Error = err.Error()
	}
	if c.JSON {
		if jsonErr := l.json(w.stdout); jsonErr != nil {
			return jsonErr
		}
	} else if !l.Interrupted {
		l.print(w.stdout)
	}
	if err != nil {
		return exit{l.Exit, err}
	}
	return nil
}

// leftOut says what a load left out.
func leftOut(sum loader.Summary, dry bool) string {
	parts := ""
	if sum.Failed > 0 {
		parts = of(sum.Failed, sum.Files, "file", "files", "was", "were") + " left out"
	}
	if others := sum.Refused - sum.Failed; others > 0 {
		if parts != "" {
			parts += ", and "
		}
		parts += fmt.Sprintf("%s of files that were read", plural(others, "part", "parts"))
		if sum.Failed == 0 {
			parts += " " + map[bool]string{true: "was", false: "were"}[others == 1] + " left out"
		}
	}
	switch {
	case sum.Put > 0 && dry:
		parts += "; the others would be loaded"
	case sum.Put > 0:
		parts += "; the others are loaded"
	}
	return parts
}

// print prints the table at the end.
func (l loaded) print(out io.Writer) {
	switch {
	case l.DryRun:
		fmt.Fprintf(out, "%s would be loaded from %s into an empty store; what a store holds already, copies, and what the understanding refuses are not looked at\n",
			plural(l.New, "story", "stories"), plural(l.Files-l.Summary.Failed-l.Summary.Empty, "file", "files"))
	case l.New+l.Again == 0 && l.Duplicates > 0:
		fmt.Fprintf(out, "nothing new: %s there already\n", plural(l.Duplicates, "story was", "stories were"))
	default:
		fmt.Fprintf(out, "%s (%d new, %d read again, %d there already), %s, %s, %.1f seconds, %.0f stories per second\n",
			plural(l.Read, "story", "stories"), l.New, l.Again, l.Duplicates, plural(l.Entities, "new entity", "new entities"),
			plural(l.Events, "new event", "new events"), l.Seconds, float64(l.Read)/l.Seconds)
	}
	if l.Gone > 0 {
		fmt.Fprintf(out, "%s of earlier loads replaced\n", plural(l.Gone, "story", "stories"))
	}
	if l.Files > 1 || l.DryRun && l.Duplicates > 0 || l.RefusedCount > 0 || l.PassedOver > 0 || l.Copies > 0 || l.Dates > 0 || l.TakenBack > 0 || len(l.Idle) > 0 {
		row := func(name string, n int, more string) { fmt.Fprintf(out, "  %-12s %6d%s\n", name, n, more) }
		if l.Files > 0 {
			row("files read", l.Files-l.Summary.Failed-l.Summary.Empty, "")
		}
		row("stories", l.Read, "")
		if l.DryRun {
			row("duplicates", l.Duplicates, "  of others of these files")
		} else {
			row("new events", l.Events, "")
			row("duplicates", l.Duplicates, "  there already, or told twice")
			row("copies", l.Copies, "  of the texts of other stories, wholly or nearly: one source of an event together")
		}
		if l.PassedOver > 0 {
			row("passed over", l.PassedOver, "  files, or members of archives, of forms that hold no story")
		}
		if l.TakenBack > 0 {
			row("taken back", l.TakenBack, "  versions of stories, by their agencies")
		}
		row("refused", l.RefusedCount, "")
		listFirst(out, l.RefusedCount, l.Refused, func(r loader.Refusal) string { return r.Reason })
		if l.Dates > 0 {
			row("dates", l.Dates, "  refused, of stories that are taken without them")
			listFirst(out, l.Dates, l.RefusedDates, loader.RefusedDate.String)
		}
		if len(l.Idle) > 0 {
			row("took nothing", len(l.Idle), "  notices that take a story back and found none")
			listFirst(out, len(l.Idle), l.Idle, func(r loader.Refusal) string { return r.Reason })
		}
	}
	if l.Older > 0 {
		fmt.Fprintf(out, "%s in this store read by another version of newsgraph: newsgraph reread reads them anew\n",
			plural(l.Older, "story was", "stories were"))
	}
}

// listFirst prints the first of what a table counts, a line each.
func listFirst[T any](out io.Writer, n int, all []T, line func(T) string) {
	const most = 20
	for _, r := range all[:min(most, len(all))] {
		fmt.Fprintf(out, "    %s\n", line(r))
	}
	if n > most && len(all) > 0 {
		fmt.Fprintf(out, "    and %d more\n", n-most)
	}
}

// progress is a bar over the files on a terminal and lines elsewhere.
func progress(w *world, files int) (report func(loader.Progress), done func()) {
	f, ok := w.stderr.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return func(p loader.Progress) { tellProgress(w.stderr, p) }, func() {}
	}
	bars := mpb.New(mpb.WithOutput(f), mpb.WithWidth(60))
	var stories atomic.Int64
	before := 0 // stories of the files that are read
	bar := bars.AddBar(int64(files), mpb.PrependDecorators(decor.CountersNoUnit("%d of %d files "), decor.Percentage()),
		mpb.AppendDecorators(decor.Any(func(decor.Statistics) string { return plural(int(stories.Load()), "story", "stories") }), decor.Name(", "),
			decor.Elapsed(decor.ET_STYLE_GO)))
	return func(p loader.Progress) {
			if p.Err != nil && !p.Passed {
				fmt.Fprintf(bars, "newsgraph: %v\n", p.Err)
			}
			if p.Notice != "" {
				fmt.Fprintf(bars, "newsgraph: %s\n", p.Notice)
				return
			}
			stories.Store(int64(before + p.Stories))
			if p.Done {
				before += p.Stories
				bar.Increment()
			}
		}, func() {
			bar.Abort(false) // where a load ends early; one that is complete stays so
			bars.Wait()
		}
}

// tellProgress is a line for each file, for what is left out, and now and then for a file of many stories.
func tellProgress(out io.Writer, p loader.Progress) {
	switch {
	case p.Notice != "":
		fmt.Fprintf(out, "newsgraph: %s\n", p.Notice)
	case p.Passed:
		fmt.Fprintf(out, "passed over: %v\n", p.Err)
	case p.Err != nil:
		fmt.Fprintf(out, "newsgraph: %v\n", p.Err)
	case p.Done && p.Stories > 0:
		fmt.Fprintf(out, "read %s: %s\n", p.Source, plural(p.Stories, "story", "stories"))
	case !p.Done:
		fmt.Fprintf(out, "reading %s: %s so far\n", p.Source, plural(p.Stories, "story", "stories"))
	}
}

// plural is a number with its noun.
func plural(n int, one, more string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, more)
}

// of is how many of so many, with a verb: "1 of 7 files was", "2 of 3 stories are".
func of(n, all int, one, more, is, are string) string {
	if n == 1 {
		are = is
	}
	return fmt.Sprintf("%d of %s %s", n, plural(all, one, more), are)
}
