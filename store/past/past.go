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

	mu    sync.Mutex
	made  map[[sha256.Size]byte]*graph
	freed chan struct{} // closed when a graph is left by its last reader
	ended bool
}

// graph is one of them. Its users are those who read it or wait for it.
type graph struct {
	key   [sha256.Size]byte
	users int
	left  time.Time // by the last of them
	stop  context.CancelFunc
	done  chan struct{} // closed when it is made, or cannot be
	dir   string
	store store.Store
	err   error
}

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
	return &Graphs{from: from, open: open, o: o, turn: make(chan struct{}, 1), made: map[[sha256.Size]byte]*graph{}, freed: make(chan struct{})}
}

// AsOf is the graph as it was known at a time, for reading until it is released. It is made unless it is there, for all who ask for it meanwhile, and
// no longer than one of them waits. More stories than Options.Most are store.ErrPast.
func (g *Graphs) AsOf(ctx context.Context, at time.Time) (store.Reader, func(), error) {
	for tries := 0; ; tries++ {
		c, err := look(ctx, g.from, at, g.o.Most)
		if err != nil {
			return nil, nil, fmt.Errorf("past: %w", err)
		}
		one, err := g.enter(ctx, c)
		if err != nil {
			return nil, nil, fmt.Errorf("past: %w", err)
		}
		select {
		case <-one.done:
			err = one.err
		case <-ctx.Done():
			err = ctx.Err()
		}
		if err == nil {
			return one.store, sync.OnceFunc(func() { g.leave(one) }), nil
		}
		g.leave(one)
		if !errors.Is(err, errChanged) || tries == 3 {
			return nil, nil, fmt.Errorf("past: %w", err)
		}
	}
}

// enter finds the graph of contents, or begins to make it once there is room.
func (g *Graphs) enter(ctx context.Context, c contents) (*graph, error) {
	key := c.key()
	for {
		g.mu.Lock()
		if g.ended {
			g.mu.Unlock()
			return nil, store.ErrUnavailable
		}
		if one := g.made[key]; one != nil {
			one.users++
			g.mu.Unlock()
			return one, nil
		}
		if len(g.made) < g.o.Keep || g.dropOldest() {
			making, stop := context.WithCancel(context.WithoutCancel(ctx))
			one := &graph{key: key, users: 1, stop: stop, done: make(chan struct{})}
			g.made[key] = one
			g.mu.Unlock()
			go g.make(making, one, c)
			return one, nil
		}
		freed := g.freed
		g.mu.Unlock()
		select {
		case <-freed:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// make makes a graph.
func (g *Graphs) make(ctx context.Context, one *graph, c contents) {
	defer close(one.done)
	select {
	case g.turn <- struct{}{}:
		defer func() { <-g.turn }()
	case <-ctx.Done():
		one.err = ctx.Err()
		return
	}
	if one.dir, one.err = os.MkdirTemp(g.o.Dir, "newsgraph-past-"); one.err != nil {
		return
	}
	s, err := g.open(ctx, filepath.Join(one.dir, "past.db"))
	if one.err = err; err != nil {
		return
	}
	one.store = s
	one.err = c.put(ctx, g.from, one.store, func(int, int) {})
}

// leave counts a user less. A graph that could not be made, or that nobody waits for any more, goes at once.
func (g *Graphs) leave(one *graph) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if one.users--; one.users > 0 {
		return
	}
	close(g.freed)
	g.freed = make(chan struct{})
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
func (g *Graphs) dropOldest() bool {
	var oldest *graph
	for _, one := range g.made {
		if one.users == 0 && (oldest == nil || one.left.Before(oldest.left)) {
			oldest = one
		}
	}
	if oldest != nil {
		g.drop(oldest)
	}
	return oldest != nil
}

// drop forgets a graph that has no users, and takes its file away when nothing is written to it.
func (g *Graphs) drop(one *graph) {
	if g.made[one.key] == one {
		delete(g.made, one.key)
	}
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
	g.mu.Unlock()
	var errs []error
	for _, one := range all {
		one.stop()
		errs = append(errs, one.remove())
	}
	g.going.Wait()
	return errors.Join(errs...)
}
