package main

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"

	"newsgraph/loader"
	"newsgraph/loader/extract"
	"newsgraph/loader/fetch"
	"newsgraph/loader/format"
	"newsgraph/news"
	"newsgraph/store"
)

type watchCmd struct {
	storeFlags
	fetchFlags
	State      string        `help:"File that keeps the place over restarts; beside an embedded store it is PATH.watch.json." placeholder:"FILE" type:"path"`
	DeadLetter string        `help:"Folder for what was refused, with the reasons; else STATE.dead." placeholder:"DIR" type:"path"`
	Interval   time.Duration `help:"Between two looks at a feed or sitemap, give or take a tenth. Folders are looked at every 10 seconds." default:"15m"`
	Since      string        `help:"Passes over entries published, and files changed, before this day: 2024-01-10."`
	Once       bool          `help:"One round, then end."`
	Follow     bool          `help:"Fetch entries of feeds that have no text, or a summary alone, by their link." default:"true" negatable:""`
	Publisher  string        `help:"Who published stories that tell no publisher; else the agency of the byline."`
	Any        bool          `name:"any-language" help:"Load text of other languages too, read as if it were English."`
	Embargoed  bool          `help:"Load stories before the time that their agency set."`
	JSON       bool          `name:"json" help:"Print one JSON object a round instead of a line."`
	Paths      []string      `arg:"" name:"source" help:"Addresses of feeds and sitemaps, folders, files."`
}

// Help shows how.
func (watchCmd) Help() string {
	return `Looks at feeds, sitemaps and folders again and again, and puts what is new into a store. Its place is kept in a file: stopped, killed and started again it loses nothing and does nothing twice. What fails for now is tried again; what is refused goes to the dead-letter folder with the reason.

Examples:
  newsgraph watch https://example.org/feed.xml incoming/     a feed and a folder, until it is stopped
  newsgraph watch --since 2024-01-10 https://example.org/sitemap-news.xml
  newsgraph watch --once https://example.org/feed.xml        one round, for cron

Exit codes: 0 the round is done (--once); 1 it failed, or no source could be read; 2 wrong use; 3 some were refused, the others are in (--once); 130 or 143 interrupted, after the stories under way.`
}

// What watch does by itself.
const (
	watchBatch   = 20 // entries that go in together, and are then kept as done
	watchTries   = 5  // of an entry that fails for now, before it is a dead letter
	watchFolder  = 10 * time.Second
	watchSettle  = 2 * time.Second // a file changed later may still be being written
	watchBackOff = 24 * time.Hour  // the longest
	watchForget  = 60              // days after which an entry that its source no longer tells is forgotten
	watchMaps    = 200             // sitemaps of an index that one round reads
	watchReasons = 20              // of an entry, that its dead letter tells
)

// watchState is the place, as its file keeps it.
type watchState struct {
	Store   string              `json:"store"`
	Sources map[string]*watched `json:"sources"`
}

// watched is the place in one source.
type watched struct {
	Have    fetch.Validators            `json:"have,omitzero"` // of the version whose entries are all done or waiting
	Next    time.Time                   `json:"next,omitzero"`
	Fails   int                         `json:"fails,omitempty"`   // looks in a row that failed
	Done    map[string]string           `json:"done"`              // entries by key, with the day on which the source last told them
	Waiting map[string]*waiting         `json:"waiting,omitempty"` // what failed for now
	Maps    map[string]fetch.Validators `json:"maps,omitempty"`    // of an index of sitemaps
}

// waiting is an entry that failed for now.
type waiting struct {
	Item   format.Item `json:"item"`
	Tries  int         `json:"tries"`
	Next   time.Time   `json:"next"`
	Reason string      `json:"reason"`
}

// entry is one thing to load: an item of a feed, a link of a sitemap, a file.
type entry struct {
	key, name string
	item      format.Item
	file      *loader.File
}

// round counts what a round did.
type round struct {
	At      time.Time `json:"at"`
	Sources int       `json:"sources"`
	Asked   int       `json:"asked"`
	Same    int       `json:"unchanged"`
	Failed  int       `json:"failed"`
	Entries int       `json:"entries"`
	Stories int       `json:"stories"`
	Added   int       `json:"new"`
	Events  int       `json:"newEvents"`
	Refused int       `json:"refused"`
	Waiting int       `json:"waiting"`
	Next    time.Time `json:"next,omitzero"`
}

// watch is a watching.
type watch struct {
	*watchCmd
	w      *world
	store  store.Store
	x      *extract.Extractor
	client *fetch.Client
	state  watchState
	since  string
	round  round
}

// Run watches until it is stopped.
func (c *watchCmd) Run(ctx context.Context, w *world) error {
	if err := c.check(); err != nil {
		return err
	}
	if c.Interval <= 0 {
		return exit{exitUsage, errors.New("--interval is a time such as 15m or 1h")}
	}
	if c.Since != "" {
		if _, err := time.Parse(time.DateOnly, c.Since); err != nil {
			return exit{exitUsage, fmt.Errorf("--since %q is no day: write 2024-01-10", c.Since)}
		}
	}
	for i, p := range c.Paths {
		if fetch.Is(p) {
			if err := fetch.Check(p); err != nil {
				return err
			}
			continue
		}
		if _, err := os.Stat(p); err != nil {
			if foreign := fetch.Foreign(p); foreign != nil {
				return foreign
			}
			return fmt.Errorf("%w: name a folder, a file, or an address such as https://example.org/feed.xml", err)
		}
		path, err := filepath.Abs(p)
		if err != nil {
			return err
		}
		c.Paths[i] = path
	}
	target, path := c.Store, "newsgraph"
	if file, ok := strings.CutPrefix(c.Store, "sqlite:"); ok {
		path = file
		if full, err := filepath.Abs(file); err == nil {
			target = "sqlite:" + full
		}
	}
	if c.State == "" {
		c.State = path + ".watch.json"
	}
	if c.DeadLetter == "" {
		c.DeadLetter = c.State + ".dead"
	}
	s, err := c.writing(ctx)
	if err != nil && ctx.Err() != nil {
		return (&watch{}).stopped(ctx)
	}
	if err != nil {
		return err
	}
	defer s.Close() //nolint:errcheck // what was put is committed
	unlock, err := lockState(c.State)
	if err != nil {
		return err
	}
	defer unlock()
	x, err := extract.New()
	if err != nil {
		return err
	}
	v := &watch{watchCmd: c, w: w, store: s, x: x, client: c.client(), since: c.Since}
	defer v.client.Close()
	if err := v.restore(ctx, target); err != nil && ctx.Err() != nil {
		return v.stopped(ctx)
	} else if err != nil {
		return err
	}
	return v.run(ctx)
}

// lockState keeps others from watching with the same place: each would write over what the other has done. The file of the lock stays, since another may
// wait for it under its name, and tells the process.
func lockState(state string) (unlock func(), err error) {
	f, err := os.OpenFile(state+".lock", os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("the place is kept in %s, beside which nothing can be written: name a file in a folder of yours with --state FILE: %w", state, err)
	}
	mine, err := lockFile(f)
	if err == nil && !mine {
		who := make([]byte, 20)
		n, _ := f.Read(who) // it only helps to find the other
		by := "another newsgraph watch"
		if pid := strings.TrimSpace(string(who[:n])); pid != "" {
			by += " (process " + pid + ")"
		}
		err = fmt.Errorf("%s is in use by %s: stop it, or name another file", state, by)
	}
	if err == nil {
		if err = f.Truncate(0); err == nil {
			_, err = fmt.Fprintln(f, os.Getpid())
		}
	}
	if err != nil {
		f.Close() //nolint:errcheck,gosec // nothing was written
		return nil, fmt.Errorf("--state: %w", err)
	}
	return func() { f.Close() }, nil //nolint:errcheck,gosec // the process ends
}

// restore reads the place. That of another store is refused: what it calls done is not in this one.
func (v *watch) restore(ctx context.Context, target string) error {
	v.state = watchState{Store: target, Sources: map[string]*watched{}}
	data, err := os.ReadFile(v.State)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("--state: %w", err)
	}
	var kept watchState
	if err := json.Unmarshal(data, &kept); err != nil {
		return fmt.Errorf("--state: %s is not what watch keeps its place in (%w): name another file, or remove it to begin anew", v.State, err)
	}
	if kept.Store != target {
		return exit{exitUsage, fmt.Errorf("--state: %s is the place in %s, not in %s: name another file", v.State, kept.Store, target)}
	}
	st, err := v.store.Stats(ctx)
	if err != nil {
		return err
	}
	if st.Stories == 0 {
		fmt.Fprintf(v.w.stderr, "newsgraph: %s is empty: watching begins anew\n", v.Store)
		return nil
	}
	for name, s := range kept.Sources {
		if s != nil {
			v.state.Sources[name] = s
		}
	}
	return nil
}

// keep writes the place, so that a crash leaves the former or the new one.
func (v *watch) keep() error {
	data, err := json.Marshal(v.state)
	if err != nil {
		return err
	}
	if err := replaceFile(v.State, data); err != nil {
		return fmt.Errorf("--state: %w", err)
	}
	return nil
}

// replaceFile writes a file in one step.
func replaceFile(name string, data []byte) error {
	f, err := os.OpenFile(filepath.Join(filepath.Dir(name), "."+filepath.Base(name)+".new"), os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600) //nolint:gosec // the user names it
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	if closing := f.Close(); err == nil {
		err = closing
	}
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		os.Remove(f.Name()) //nolint:errcheck,gosec // it failed already
	}
	return err
}

func (v *watch) run(ctx context.Context) error {
	first := true
	for {
		v.round = round{At: time.Now().UTC(), Sources: len(v.Paths)}
		for _, p := range v.Paths {
			s := v.state.Sources[p]
			if s == nil {
				s = &watched{}
				v.state.Sources[p] = s
			}
			if s.Done == nil {
				s.Done = map[string]string{}
			}
			if s.Waiting == nil {
				s.Waiting = map[string]*waiting{}
			}
			if now := time.Now(); v.Once || first && !fetch.Is(p) || !now.Before(s.Next) {
				v.round.Asked++
				err := v.look(ctx, p, s)
				if ctx.Err() != nil {
					return v.stopped(ctx)
				}
				if err != nil && !errors.Is(err, store.ErrUnavailable) {
					return err
				}
				if err != nil && v.Once {
					return err
				}
				if err != nil {
					v.round.Failed++
					s.Fails++
					fmt.Fprintf(v.w.stderr, "newsgraph: %v\n", err)
				}
				s.Next = time.Now().Add(v.after(p, s, err)).UTC()
				if err := v.keep(); err != nil {
					return err
				}
			}
		}
		first = false
		next := time.Time{}
		for _, p := range v.Paths {
			s := v.state.Sources[p]
			v.round.Waiting += len(s.Waiting)
			if next.IsZero() || s.Next.Before(next) {
				next = s.Next
			}
		}
		if !v.Once {
			v.round.Next = next
		}
		if v.round.Asked > 0 && (!v.quiet() || v.Once) {
			v.tell()
		}
		if v.Once {
			return v.ended()
		}
		if err := fetch.Sleep(ctx, max(time.Until(next), 100*time.Millisecond)); err != nil {
			return v.stopped(ctx)
		}
	}
}

// quiet tells a round that looked at folders alone and saw nothing, of which there are many.
func (v *watch) quiet() bool {
	for _, p := range v.Paths {
		if fetch.Is(p) {
			return false
		}
	}
	return v.round.Entries+v.round.Failed == 0
}

// after is how long a source is left alone: its interval, give or take a tenth, doubled for each look in a row that failed, and at least what
// its site asks for.
func (v *watch) after(p string, s *watched, err error) time.Duration {
	d := v.Interval
	if !fetch.Is(p) {
		d = min(d, watchFolder)
	}
	longest := max(d, watchBackOff)
	for range s.Fails {
		d = min(2*d, longest)
	}
	d = time.Duration(float64(d) * (0.9 + 0.2*rand.Float64())) //nolint:gosec // spreads requests
	return max(d, time.Until(s.Next))
}

// stopped is the end by a signal.
func (v *watch) stopped(ctx context.Context) error {
	code := exitSignal + int(syscall.SIGINT)
	var i interrupted
	if errors.As(context.Cause(ctx), &i) && i.Signal == syscall.SIGTERM {
		code = exitSignal + int(syscall.SIGTERM)
	}
	return exit{code, errors.New("interrupted: what is in is kept; run it again to go on")}
}

// ended is the end of --once.
func (v *watch) ended() error {
	switch r := v.round; {
	case r.Failed == r.Asked:
		return exit{exitFailed, errors.New("no source could be read")}
	case r.Failed+r.Refused > 0:
		return exit{exitRefused, fmt.Errorf("%s failed, %s refused (%s tells why); the others are in",
			plural(r.Failed, "source", "sources"), plural(r.Refused, "entry was", "entries were"), v.DeadLetter)}
	}
	return nil
}

// tell prints the summary of a round.
func (v *watch) tell() {
	r := v.round
	if v.JSON {
		if data, err := json.Marshal(r); err == nil {
			fmt.Fprintf(v.w.stdout, "%s\n", data)
		}
		return
	}
	next := ""
	if !r.Next.IsZero() {
		next = ", next look in " + max(0, time.Until(r.Next)).Round(time.Second).String()
	}
	fmt.Fprintf(v.w.stdout, "%s  %d of %s looked at (%d unchanged, %d failed), %s: %s in (%d new), %s, %d refused, %d to try again%s\n",
		r.At.Format(time.RFC3339), r.Asked, plural(r.Sources, "source", "sources"), r.Same, r.Failed, plural(r.Entries, "new entry", "new entries"),
		plural(r.Stories, "story", "stories"), r.Added, plural(r.Events, "new event", "new events"), r.Refused, r.Waiting, next)
}

// look looks at a source and loads what is new. Its error ends the watching or, where the store cannot be reached, this look.
func (v *watch) look(ctx context.Context, p string, s *watched) error {
	var again []entry
	tried := map[string]bool{}
	for key, w := range s.Waiting {
		if w.Item.File == "" && (v.Once || !time.Now().Before(w.Next)) {
			again = append(again, entry{key: key, name: p + ": " + w.Item.URL + " (again)", item: w.Item})
		}
	}
	if err := v.take(ctx, p, s, again, tried); err != nil {
		return err
	}
	if !fetch.Is(p) {
		files := v.files(p)
		there := map[string]bool{}
		for _, f := range files {
			there[f.key] = true
		}
		for key := range s.Waiting {
			if !there[key] {
				delete(s.Waiting, key)
			}
		}
		if err := v.take(ctx, p, s, files, tried); err != nil {
			return err
		}
		s.Fails = 0
		s.told(files)
		return nil
	}
	page, err := v.client.Get(ctx, p, s.Have)
	var entries []entry
	maps := s.Maps
	whole := true // all that the source tells is in entries
	if err == nil && page.Same && len(maps) == 0 {
		v.round.Same++
		s.Fails = 0
		return nil
	}
	if err == nil {
		entries, maps, whole, err = v.read(ctx, p, page, s.Maps)
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		s.Fails++
		v.round.Failed++
		fmt.Fprintf(v.w.stderr, "newsgraph: %v\n", err)
		var status *fetch.Status
		if errors.As(err, &status) && status.After > 0 {
			s.Next = time.Now().Add(status.After).UTC()
		}
		if len(entries) == 0 {
			return nil
		}
		page.Validate = fetch.Validators{} // so that all of it is asked for again
		whole = false
	} else {
		s.Fails = 0
	}
	if err := v.take(ctx, p, s, entries, tried); err != nil {
		return err
	}
	s.Have, s.Maps = page.Validate, maps
	if len(maps) > 0 {
		s.Have = fetch.Validators{} // an index is small, and its sitemaps change without it
	}
	if whole {
		s.told(entries)
	}
	return nil
}

// told keeps the keys that a source tells for as long as it tells them, and for some time after.
func (s *watched) told(entries []entry) {
	today, old := time.Now().UTC().Format(time.DateOnly), time.Now().UTC().AddDate(0, 0, -watchForget).Format(time.DateOnly)
	for _, e := range entries {
		if s.Done[e.key] != "" {
			s.Done[e.key] = today
		}
	}
	for key, day := range s.Done {
		if day < old {
			delete(s.Done, key)
		}
	}
}

// read reads the entries of a feed or a sitemap. An error beside entries is of some of them.
func (v *watch) read(ctx context.Context, p string, page fetch.Page, have map[string]fetch.Validators) ([]entry, map[string]fetch.Validators, bool, error) {
	links, ok, err := fetch.Sitemap(page.Body)
	if err != nil {
		err = fmt.Errorf("%s: %w", p, err)
	}
	if !ok {
		entries, err := v.feed(p, page)
		return entries, nil, true, err
	}
	var entries []entry
	maps := map[string]fetch.Validators{}
	whole := true
	for n, l := range links {
		switch {
		case !l.Map:
			entries = v.link(entries, p, l)
		case v.before(l.Changed):
		case n >= watchMaps:
			if n == watchMaps {
				err = fmt.Errorf("%s: it has over %d sitemaps: name those that you want, or --since", p, watchMaps)
			}
		default:
			child, childErr := v.client.Get(ctx, l.URL, have[l.URL])
			if ctx.Err() != nil {
				return nil, nil, false, ctx.Err()
			}
			of, ok, sitemapErr := []fetch.Link(nil), true, error(nil)
			if childErr == nil && !child.Same {
				of, ok, sitemapErr = fetch.Sitemap(child.Body)
			}
			whole = whole && !child.Same
			switch {
			case childErr != nil:
				err = fmt.Errorf("%s: %w", p, childErr)
				continue
			case !ok:
				err = fmt.Errorf("%s: %s is no sitemap", p, l.URL)
				continue
			case sitemapErr != nil:
				err = fmt.Errorf("%s: %s: %w", p, l.URL, sitemapErr)
			default:
				maps[l.URL] = child.Validate
			}
			for _, l := range of {
				if !l.Map { // an index of indexes is none, by sitemaps.org
					entries = v.link(entries, p, l)
				}
			}
		}
	}
	return entries, maps, whole, err
}

// link adds a link of a sitemap.
func (v *watch) link(entries []entry, p string, l fetch.Link) []entry {
	day := l.Published
	if day == "" {
		day = l.Changed
	}
	if v.before(day) {
		return entries
	}
	item := format.Item{URL: l.URL, Headline: l.Title, Publisher: l.Publisher, Language: l.Language, Published: format.Date{Value: l.Published, Text: l.Published}}
	return append(entries, entry{key: keyOf(l.URL, l.Changed), name: p + ": " + l.URL, item: item})
}

// feed reads the entries of a feed.
func (v *watch) feed(p string, page fetch.Page) ([]entry, error) {
	var entries []entry
	for item, err := range format.Read(p, page.Type, strings.NewReader(string(page.Body)), format.Options{}) {
		if !item.Entry {
			if err == nil {
				err = fmt.Errorf("%s: it is neither a feed nor a sitemap (%s): newsgraph load reads single pages", p, item.Form)
			}
			if errors.Is(err, format.ErrNoEntry) {
				err = nil // yet
			}
			return entries, err
		}
		day := item.Updated.Value
		if day == "" {
			day = item.Published.Value
		}
		if v.before(day) {
			continue
		}
		where := item.Where
		item.Where = "" // entries move down as others come
		entries = append(entries, entry{
			key:  keyOf(item.URL, item.AgencyID, item.Headline, item.Byline, item.Published.Value, item.Updated.Value, item.Text),
			name: p + ": " + where, item: item,
		})
	}
	return entries, nil
}

// before tells that a day is before --since. What tells no day is not.
func (v *watch) before(day string) bool {
	return v.since != "" && len(day) >= 10 && day[:10] < v.since
}

// files are the files of a folder that are whole.
func (v *watch) files(p string) []entry {
	var entries []entry
	for _, f := range loader.Files([]string{p}) {
		info, err := os.Stat(f.Name)
		if f.Name == p && err == nil && info.IsDir() {
			continue // an empty folder
		}
		if err != nil || time.Since(info.ModTime()) < watchSettle || v.before(info.ModTime().UTC().Format(time.RFC3339)) {
			continue
		}
		entries = append(entries, entry{key: keyOf(f.Name, fmt.Sprint(info.Size()), info.ModTime().UTC().Format(time.RFC3339Nano)), name: f.Name, file: &f})
	}
	return entries
}

// keyOf is a short name for what tells an entry from others.
func keyOf(parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		fmt.Fprintf(h, "%d:%s", len(p), p)
	}
	return hex.EncodeToString(h.Sum(nil)[:10])
}

// take loads those entries of a source that are not done, batch by batch, and keeps what is done after each.
func (v *watch) take(ctx context.Context, p string, s *watched, entries []entry, seen map[string]bool) error {
	var some []entry
	for _, e := range entries {
		w := s.Waiting[e.key]
		if seen[e.key] || s.Done[e.key] != "" || w != nil && !v.Once && time.Now().Before(w.Next) {
			continue
		}
		if seen[e.key] = true; w == nil {
			v.round.Entries++
		}
		if some = append(some, e); len(some) == watchBatch {
			if err := v.batch(ctx, p, s, some); err != nil {
				return err
			}
			some = nil
		}
	}
	return v.batch(ctx, p, s, some)
}

// outcome is what became of an entry.
type outcome struct {
	errs    []error
	embargo bool // some of it is to wait
	broken  bool // what failed may go well later
}

// batch loads some entries: they go into the store in one transaction, and are kept as done after it. Killed between the two, they are loaded again,
// which changes nothing, as stories have ids of their own. A signal ends the fetching, and what was fetched is put.
func (v *watch) batch(ctx context.Context, p string, s *watched, some []entry) error {
	if len(some) == 0 || ctx.Err() != nil {
		return ctx.Err()
	}
	became := map[string]*outcome{}
	for i, e := range some {
		for became[e.name] != nil {
			e.name += ", also"
		}
		some[i], became[e.name] = e, &outcome{}
	}
	o := loader.Options{
		Publisher: v.Publisher, Within: v.store, Agency: v.x.Agency, Any: v.Any, Now: time.Now(), Embargoed: v.Embargoed, Follow: v.Follow,
		Get: func(address string) (fetch.Page, error) { return v.client.Get(ctx, address, fetch.Validators{}) },
	}
	fuller := fuller{store: v.store, read: v.x.Read, in: map[news.ID]news.ID{}}
	sum, err := loader.Load(context.WithoutCancel(ctx), v.store, v.sources(some), o, fuller.understand, func(r loader.Progress) {
		if r.Notice != "" {
			fmt.Fprintf(v.w.stderr, "newsgraph: %s\n", r.Notice)
		}
		b := became[r.Source]
		if b == nil || r.Err == nil || r.Passed {
			return
		}
		b.embargo = b.embargo || errors.Is(r.Err, loader.ErrEmbargo)
		b.broken = b.broken || fetch.Temporary(r.Err)
		if len(b.errs) < watchReasons {
			b.errs = append(b.errs, r.Err)
		}
	})
	if err == nil {
		err = fuller.replace(context.WithoutCancel(ctx), &sum)
	}
	v.round.Stories, v.round.Added, v.round.Events = v.round.Stories+sum.Put, v.round.Added+sum.Added, v.round.Events+sum.Events
	if err != nil {
		return err
	}
	now := time.Now().UTC()
	for _, e := range some {
		b := became[e.name]
		why := errors.Join(b.errs...)
		if ctx.Err() != nil && (errors.Is(why, context.Canceled) || b.broken) {
			continue // neither done nor failed
		}
		if b.embargo || b.broken {
			w := s.Waiting[e.key]
			if w == nil {
				w = &waiting{Item: e.item}
				if e.file != nil {
					w.Item.File = e.name
				}
				s.Waiting[e.key] = w
			}
			var status *fetch.Status
			known := errors.As(why, &status)
			if !b.embargo && !(known && status.Unasked) {
				w.Tries++
			}
			wait := min(v.Interval<<min(w.Tries, 10), watchBackOff)
			if known {
				wait = max(wait, status.After)
			}
			w.Next, w.Reason = now.Add(wait), why.Error()
			if w.Tries < watchTries {
				fmt.Fprintf(v.w.stderr, "newsgraph: %v (to try again)\n", why)
				continue
			}
		}
		if why != nil {
			v.round.Refused++
			fmt.Fprintf(v.w.stderr, "newsgraph: %v\n", why)
			if err := v.bury(p, e, why, now); err != nil {
				return err
			}
		}
		delete(s.Waiting, e.key)
		s.Done[e.key] = now.Format(time.DateOnly)
	}
	return v.keep()
}

// fuller reads stories so that a page which two sources lead to, a feed and a sitemap say, is one story, whichever comes first: what one of them leaves
// out, publisher or date, is as the other tells it.
type fuller struct {
	store store.Store
	read  func(news.Story) (news.Facts, error)
	mu    sync.Mutex
	in    map[news.ID]news.ID // of a story that is put: the one that it is put for
}

func (f *fuller) understand(s news.Story) (news.Facts, error) {
	var before news.ID
	if s.URL != "" && s.AgencyID == "" {
		ctx := context.Background() // as the loading, which ends with its batch
		ids, err := f.store.FindStories(ctx, nil, []string{s.TextHash})
		if err != nil {
			return news.Facts{}, err
		}
		there, err := f.store.StoriesByID(ctx, ids)
		if err != nil {
			return news.Facts{}, err
		}
		for _, b := range there {
			if b.ID == s.ID || b.URL != s.URL || b.TextHash != s.TextHash || b.Headline != s.Headline || b.AgencyID != "" ||
				!sameOrUntold(b.Publisher, s.Publisher) || !sameOrUntold(b.Published, s.Published) {
				continue
			}
			s.Publisher, s.Published = cmp.Or(s.Publisher, b.Publisher), cmp.Or(s.Published, b.Published)
			if s.Identify(); s.ID != b.ID {
				before = b.ID
			}
			break
		}
	}
	facts, err := f.read(s)
	if err == nil && before != "" {
		f.mu.Lock()
		f.in[s.ID] = before
		f.mu.Unlock()
	}
	return facts, err
}

func sameOrUntold(a, b string) bool { return a == b || a == "" || b == "" }

// replace removes what was put more fully. Killed before it, the batch is loaded again, which comes here again.
func (f *fuller) replace(ctx context.Context, sum *loader.Summary) error {
	there, err := f.store.StoriesByID(ctx, slices.Collect(maps.Keys(f.in)))
	if err != nil || len(there) == 0 {
		return err
	}
	var gone []news.ID
	for _, s := range there {
		gone = append(gone, f.in[s.ID])
	}
	n, err := f.store.Remove(ctx, gone)
	sum.Added = max(0, sum.Added-n)
	return err
}

// sources are the entries as the loader takes them.
func (v *watch) sources(some []entry) iter.Seq2[loader.Source, error] {
	return func(yield func(loader.Source, error) bool) {
		for _, e := range some {
			if e.file == nil {
				s := loader.Page(e.name, e.item)
				if e.item.Entry {
					s = loader.Entry(e.name, e.item)
				}
				if !yield(s, nil) {
					return
				}
				continue
			}
			for s, err := range loader.Sources([]loader.File{*e.file}, nil) {
				if !yield(s, err) {
					return
				}
			}
		}
	}
}

// bury writes a dead letter: what was refused, and why. It is named by the entry's key, so that writing it again changes no number of letters.
func (v *watch) bury(p string, e entry, why error, now time.Time) error {
	letter := struct {
		Source    string    `json:"source"`
		Entry     string    `json:"entry"`
		URL       string    `json:"url,omitempty"`
		Headline  string    `json:"headline,omitempty"`
		Published string    `json:"published,omitempty"`
		Text      string    `json:"text,omitempty"`
		Reason    string    `json:"reason"`
		At        time.Time `json:"at"`
	}{p, e.name, e.item.URL, e.item.Headline, e.item.Published.Value, e.item.Text, why.Error(), now}
	data, err := json.MarshalIndent(letter, "", "  ")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(v.DeadLetter, 0o750); err != nil {
		return fmt.Errorf("--dead-letter: %w", err)
	}
	if err := replaceFile(filepath.Join(v.DeadLetter, e.key+".json"), append(data, '\n')); err != nil {
		return fmt.Errorf("--dead-letter: %w", err)
	}
	return nil
}
