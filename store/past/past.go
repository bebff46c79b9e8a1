// Package past makes the graph as a reader could know it at a time. That graph *is* the one that comes of the stories that were published by then, superseded
// ones too, and of the corrections: so they are put into an empty store of their own, which every question is then asked. There is no second way
// to answer anything, and both stores have the same past. What was removed since is in no past, and when a story was loaded plays no part.
package past

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"newsgraph/store"
)

// Options bound what pasts cost. Zeros stand for what is written beside them.
type Options struct {
	Most int           // stories of one graph: 5,000
	Keep int           // graphs at once: 6
	Idle time.Duration // how long a graph stays that nobody reads, and with it what was removed meanwhile: 5 minutes
	Dir  string        // where their files are: the system's temporary folder
}

// Graphs are the graphs of some times. All times between which no story was published have one graph, which is made once for all who ask.
type Graphs struct {
	from store.Reader
	open func(ctx context.Context, file string) (store.Store, error)
	o    Options
	turn chan struct{} // of making one: it keeps a core busy

	going sync.WaitGroup // graphs that are dropped

	mu      sync.Mutex
	made    map[[sha256.Size]byte]*graph
	waiting []*waiter // for room, those who came first first
	ended   bool
}

// graph is one of them. Its users are those who read it or wait for it.
type graph struct {
	key     [sha256.Size]byte
	users   int
	left    time.Time // by the last of them
	dropped bool
	stop    context.CancelFunc
	done    chan struct{} // closed when it is made, or cannot be
	dir     string
	store   store.Store
	err     error
}

// waiter waits for the graphs of contents, none of which it has before it has all.
type waiter struct {
	ctx  context.Context
	want map[[sha256.Size]byte]contents
	got  map[[sha256.Size]byte]*graph
	err  error
	done chan struct{} // closed when it has them, or cannot
}

// ErrRoom says that somebody asks for more graphs at once than are kept.
var ErrRoom = errors.New("more graphs of the past at once than are kept")

// New makes the pasts of a store, which stays open as long, in stores that open makes of files.
func New(from store.Reader, open func(ctx context.Context, file string) (store.Store, error), o Options) *Graphs {
	if o.Most <= 0 {
		o.Most = 5000
	}
	if o.Keep <= 0 {
		o.Keep = 6
	}
	if o.Idle <= 0 {
		o.Idle = 5 * time.Minute
	}
	return &Graphs{from: from, open: open, o: o, turn: make(chan struct{}, 1), made: map[[sha256.Size]byte]*graph{}}
}

// AsOf is the graph as it was known at a time, for reading until it is released. It is made unless it is there, for all who ask for it meanwhile, and
// no longer than one of them waits. More stories than Options.Most are store.ErrPast.
func (g *Graphs) AsOf(ctx context.Context, at time.Time) (store.Reader, func(), error) {
	readers, errs, release := g.AllAsOf(ctx, []time.Time{at})
	if errs[0] != nil {
		release()
		return nil, nil, errs[0]
	}
	return readers[0], release, nil
}

// AllAsOf are the graphs of some times, in their order, until they are released, which is to be done in any case; where there is none, errs says why.
// All of them are had at once, when those who came before have theirs: who waits for room holds none, so no two wait for each other. More of them than
// Options.Keep are ErrRoom, at once.
func (g *Graphs) AllAsOf(ctx context.Context, at []time.Time) (readers []store.Reader, errs []error, release func()) {
	for tries := 0; ; tries++ {
		readers, errs, release = g.all(ctx, at)
		changed := slices.ContainsFunc(errs, func(err error) bool { return errors.Is(err, errChanged) })
		if !changed || tries == 3 {
			break
		}
		release() // Who asks again waits again.
	}
	for i, err := range errs {
		if err != nil {
			errs[i] = fmt.Errorf("past: %w", err)
		}
	}
	return readers, errs, release
}

// all is AllAsOf, once.
func (g *Graphs) all(ctx context.Context, at []time.Time) (readers []store.Reader, errs []error, release func()) {
	readers, errs = make([]store.Reader, len(at)), make([]error, len(at))
	keys, want := make([][sha256.Size]byte, len(at)), map[[sha256.Size]byte]contents{}
	for i := range at {
		c, err := look(ctx, g.from, at[i], g.o.Most)
		if errs[i] = err; err == nil {
			keys[i] = c.key()
			want[keys[i]] = c
		}
	}
	got, err := g.enter(ctx, want)
	for i := range at {
		if errs[i] != nil {
			continue
		}
		if errs[i] = err; err != nil {
			continue
		}
		one := got[keys[i]]
		select {
		case <-one.done:
			errs[i] = one.err
		case <-ctx.Done():
			errs[i] = ctx.Err()
		}
		if errs[i] == nil {
			readers[i] = one.store
		}
	}
	return readers, errs, sync.OnceFunc(func() { g.leave(got) })
}

// enter finds the graphs of contents, or begins to make them, once there is room for all of them.
func (g *Graphs) enter(ctx context.Context, want map[[sha256.Size]byte]contents) (map[[sha256.Size]byte]*graph, error) {
	if len(want) == 0 {
		return nil, nil
	}
	if len(want) > g.o.Keep {
		return nil, fmt.Errorf("%w: %d, and %d are kept", ErrRoom, len(want), g.o.Keep)
	}
	w := &waiter{ctx: ctx, want: want, done: make(chan struct{})}
	g.mu.Lock()
	if g.ended {
		g.mu.Unlock()
		return nil, store.ErrUnavailable
	}
	g.waiting = append(g.waiting, w)
	g.admit()
	g.mu.Unlock()
	select {
	case <-w.done:
		return w.got, w.err
	case <-ctx.Done():
	}
	g.mu.Lock()
	g.waiting = slices.DeleteFunc(g.waiting, func(other *waiter) bool { return other == w })
	g.admit() // whoever waited behind it
	g.mu.Unlock()
	g.leave(w.got) // what it was given meanwhile
	return nil, ctx.Err()
}

// admit gives those who wait their graphs, the first first, as far as there is room. One that needs few goes no sooner than one before it that needs many,
// which would else never have them.
func (g *Graphs) admit() {
	for len(g.waiting) > 0 {
		w, missing, taken := g.waiting[0], 0, 0
		for key := range w.want {
			if g.made[key] == nil {
				missing++
			}
		}
		for key, one := range g.made {
			if _, wanted := w.want[key]; wanted || one.users > 0 {
				taken++
			}
		}
		if taken+missing > g.o.Keep {
			return
		}
		w.got = make(map[[sha256.Size]byte]*graph, len(w.want))
		for key := range w.want { // first, that none of them is dropped for another
			if one := g.made[key]; one != nil {
				one.users++
				w.got[key] = one
			}
		}
		for key, c := range w.want {
			if w.got[key] != nil {
				continue
			}
			if len(g.made) >= g.o.Keep {
				g.dropOldest()
			}
			making, stop := context.WithCancel(context.WithoutCancel(w.ctx))
			one := &graph{key: key, users: 1, stop: stop, done: make(chan struct{})}
			g.made[key], w.got[key] = one, one
			go g.make(making, one, c)
		}
		g.waiting = g.waiting[1:]
		close(w.done)
	}
}

// make makes a graph. One that cannot be made is gone before anybody hears of it: who asks next has it made anew.
func (g *Graphs) make(ctx context.Context, one *graph, c contents) {
	defer close(one.done)
	if one.err = g.fill(ctx, one, c); one.err != nil {
		g.mu.Lock()
		g.drop(one)
		g.admit()
		g.mu.Unlock()
	}
}

func (g *Graphs) fill(ctx context.Context, one *graph, c contents) (err error) {
	select {
	case g.turn <- struct{}{}:
		defer func() { <-g.turn }()
	case <-ctx.Done():
		return ctx.Err()
	}
	if one.dir, err = os.MkdirTemp(g.o.Dir, "newsgraph-past-"); err != nil {
		return err
	}
	s, err := g.open(ctx, filepath.Join(one.dir, "past.db"))
	if err != nil {
		return err
	}
	one.store = s
	return c.put(ctx, g.from, one.store, func(int, int) {})
}

// leave counts a user less of each. A graph that could not be made, or that nobody waits for any more, goes at once.
func (g *Graphs) leave(all map[[sha256.Size]byte]*graph) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, one := range all {
		if one.users--; one.users == 0 {
			g.idle(one)
		}
	}
	g.admit()
}

// idle is what becomes of a graph without users.
func (g *Graphs) idle(one *graph) {
	select {
	case <-one.done:
		if one.err == nil && !g.ended {
			one.left = time.Now()
			time.AfterFunc(g.o.Idle, g.dropIdle)
			return
		}
	default:
	}
	g.drop(one)
}

// dropIdle drops the graphs that nobody has read for long.
func (g *Graphs) dropIdle() {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, one := range g.made {
		if one.users == 0 && time.Since(one.left) >= g.o.Idle {
			g.drop(one)
		}
	}
}

// dropOldest drops the graph that nobody reads and that was left first, if there is one.
func (g *Graphs) dropOldest() {
	var oldest *graph
	for _, one := range g.made {
		if one.users == 0 && (oldest == nil || one.left.Before(oldest.left)) {
			oldest = one
		}
	}
	if oldest != nil {
		g.drop(oldest)
	}
}

// drop forgets a graph that nobody can use any more, and takes its file away when nothing is written to it.
func (g *Graphs) drop(one *graph) {
	if one.dropped {
		return
	}
	one.dropped = true
	delete(g.made, one.key)
	one.stop()
	g.going.Go(func() { one.remove() }) //nolint:errcheck // the system clears its temporary folder too
}

func (one *graph) remove() error {
	<-one.done
	var err error
	if one.store != nil {
		err = one.store.Close()
	}
	if one.dir != "" {
		err = errors.Join(err, os.RemoveAll(one.dir))
	}
	return err
}

// Close takes all files away. Readers under way may fail.
func (g *Graphs) Close() error {
	g.mu.Lock()
	all := g.made
	g.made, g.ended = map[[sha256.Size]byte]*graph{}, true
	for _, one := range all {
		one.dropped = true
	}
	for _, w := range g.waiting {
		w.err = store.ErrUnavailable
		close(w.done)
	}
	g.waiting = nil
	g.mu.Unlock()
	var errs []error
	for _, one := range all {
		one.stop()
		errs = append(errs, one.remove())
	}
	g.going.Wait()
	return errors.Join(errs...)
}
