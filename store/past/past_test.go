package past_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"newsgraph/news"
	"newsgraph/store"
	"newsgraph/store/past"
	"newsgraph/store/sqlite"
)

var noon = time.Date(2024, 1, 10, 12, 0, 0, 0, time.UTC)

// filled is a store of stories of which one was published each minute from noon on, the last of them loaded first.
func filled(t *testing.T, stories int) store.Store {
	t.Helper()
	s, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "graph.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	for i := range stories {
		n := stories - 1 - i
		published := noon.Add(time.Duration(n) * time.Minute).Format(time.RFC3339)
		f := news.Facts{Story: news.Story{Headline: "Story " + string(rune('A'+n)), Text: "It rained.", Published: published, Reader: "test"}}
		f.Story.Identify()
		if _, err := s.Put(t.Context(), []news.Facts{f}); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// opening counts the stores that are made, and holds each until it is let go.
type opening struct {
	made atomic.Int32
	hold chan struct{}
}

func (o *opening) open(ctx context.Context, file string) (store.Store, error) {
	o.made.Add(1)
	select {
	case <-o.hold:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	return sqlite.Open(ctx, file)
}

func let() *opening {
	o := &opening{hold: make(chan struct{})}
	close(o.hold)
	return o
}

func stories(t *testing.T, g *past.Graphs, at time.Time) int {
	t.Helper()
	r, release, err := g.AsOf(t.Context(), at)
	if err != nil {
		t.Fatal(err)
	}
	defer release()
	st, err := r.Stats(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return st.Stories
}

func TestMadeOnce(t *testing.T) {
	s, o := filled(t, 3), &opening{hold: make(chan struct{})}
	g := past.New(s, o.open, past.Options{Dir: t.TempDir()})
	var all sync.WaitGroup
	for i := range 8 { // all at times between the same two publications
		all.Go(func() {
			if n := stories(t, g, noon.Add(time.Minute+time.Duration(i)*time.Second)); n != 2 {
				t.Errorf("%d stories, want 2", n)
			}
		})
	}
	time.Sleep(20 * time.Millisecond)
	close(o.hold)
	all.Wait()
	if n := o.made.Load(); n != 1 {
		t.Errorf("made %d times", n)
	}
	if _, err := s.Remove(t.Context(), erased(t, s)); err != nil {
		t.Fatal(err)
	}
	if n := stories(t, g, noon.Add(time.Minute)); n != 1 {
		t.Errorf("after a story was erased: %d stories, want 1", n)
	}
	if err := g.Close(); err != nil {
		t.Error(err)
	}
}

// erased is the story that was published first.
func erased(t *testing.T, s store.Store) []news.ID {
	t.Helper()
	came, _, err := s.KnownBy(t.Context(), noon, 0)
	if err != nil || len(came) != 1 {
		t.Fatal(came, err)
	}
	return []news.ID{came[0].ID}
}

// What nobody waits for any more is not made to its end, and who asks next has it made anew.
func TestLeft(t *testing.T) {
	dir, o := t.TempDir(), &opening{hold: make(chan struct{})}
	g := past.New(filled(t, 1), o.open, past.Options{Dir: dir})
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		until(func() bool { return o.made.Load() == 1 })
		cancel()
	}()
	if _, _, err := g.AsOf(ctx, noon); !errors.Is(err, context.Canceled) {
		t.Fatalf("left: %v", err)
	}
	close(o.hold)
	if n := stories(t, g, noon); n != 1 || o.made.Load() != 2 {
		t.Errorf("%d stories, made %d times", n, o.made.Load())
	}
	if err := g.Close(); err != nil {
		t.Error(err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("left %v, %v", left, err)
	}
	if _, _, err := g.AsOf(t.Context(), noon); !errors.Is(err, store.ErrUnavailable) {
		t.Errorf("closed: %v", err)
	}
}

func TestBounds(t *testing.T) {
	o := let()
	g := past.New(filled(t, 4), o.open, past.Options{Most: 3, Keep: 1, Idle: 30 * time.Millisecond, Dir: t.TempDir()})
	defer g.Close()
	if _, _, err := g.AsOf(t.Context(), noon.Add(time.Hour)); !errors.Is(err, store.ErrPast) {
		t.Errorf("four stories: %v", err)
	}
	_, release, err := g.AsOf(t.Context(), noon)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if _, _, err := g.AsOf(ctx, noon.Add(time.Minute)); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("where the one that may be is read: %v", err)
	}
	release()
	release()
	if n := stories(t, g, noon.Add(time.Minute)); n != 2 {
		t.Errorf("%d stories, want 2", n)
	}
	made := o.made.Load()
	time.Sleep(60 * time.Millisecond)
	if n := stories(t, g, noon.Add(time.Minute)); n != 2 || o.made.Load() != made+1 {
		t.Errorf("%d stories, made %d times, and not again after nobody read it", n, o.made.Load())
	}
}

func TestCopy(t *testing.T) {
	s := filled(t, 3)
	to, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "then.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer to.Close()
	for range 2 { // it goes on where it was
		if n, err := past.Copy(t.Context(), s, to, noon.Add(time.Minute), func(int, int) {}); n != 2 || err != nil {
			t.Fatalf("copied %d, %v", n, err)
		}
	}
	if _, err := past.Copy(t.Context(), s, to, noon, func(int, int) {}); !errors.Is(err, past.ErrOthers) {
		t.Errorf("into one that holds what came later: %v", err)
	}
}

// until returns when something has come about.
func until(is func() bool) {
	for !is() {
		time.Sleep(time.Millisecond)
	}
}

// waits tells whether the channel is still not closed after a while in which whoever may go on would.
func waits(c <-chan struct{}) bool {
	select {
	case <-c:
		return false
	case <-time.After(50 * time.Millisecond):
		return true
	}
}

// Who wants several graphs has all of them or none, and in the order of coming: one that is there is not given past somebody who waits.
func TestTogether(t *testing.T) {
	g := past.New(filled(t, 4), let().open, past.Options{Keep: 2, Most: 3, Dir: t.TempDir()})
	defer g.Close()
	at := func(minutes ...int) (times []time.Time) {
		for _, m := range minutes {
			times = append(times, noon.Add(time.Duration(m)*time.Minute))
		}
		return times
	}
	ask := func(ctx context.Context, minutes ...int) (done chan struct{}, release func(), errs *[]error) {
		done, errs = make(chan struct{}), new([]error)
		let := func() {}
		go func() {
			defer close(done)
			_, *errs, let = g.AllAsOf(ctx, at(minutes...))
		}()
		return done, func() { <-done; let() }, errs
	}
	readers, errs, first := g.AllAsOf(t.Context(), []time.Time{noon, noon.Add(time.Second), noon.Add(time.Hour)})
	if errs[0] != nil || errs[1] != nil || readers[0] != readers[1] || !errors.Is(errs[2], store.ErrPast) || readers[2] != nil {
		t.Fatalf("a graph twice, and one too large: %v, %v", readers, errs)
	}
	leaving, leave := context.WithCancel(t.Context())
	left, releaseLeft, why := ask(leaving, 1, 2)
	until(func() bool { return g.Waiting() == 1 })
	if !waits(left) {
		t.Fatal("two came where one was free")
	}
	both, releaseBoth, _ := ask(t.Context(), 1, 2)
	until(func() bool { return g.Waiting() == 2 })
	if !waits(both) {
		t.Fatal("two came where one was free")
	}
	there, releaseThere, _ := ask(t.Context(), 0)
	until(func() bool { return g.Waiting() == 3 })
	if !waits(there) {
		t.Error("one that is there is given past two who wait")
	}
	leave()
	<-left
	if !errors.Is((*why)[0], context.Canceled) || !errors.Is((*why)[1], context.Canceled) {
		t.Errorf("who left is told %v", *why)
	}
	releaseLeft()
	if !waits(both) || !waits(there) {
		t.Error("there is room where only one left who had nothing")
	}
	first()
	<-both
	if !waits(there) {
		t.Error("a third graph came where two are kept")
	}
	last, releaseLast, why := ask(t.Context(), 0, 1)
	releaseBoth()
	releaseThere()
	releaseLast()
	if <-last; (*why)[0] != nil || (*why)[1] != nil {
		t.Errorf("the last: %v", *why)
	}
	if _, errs, release := g.AllAsOf(t.Context(), at(0, 1, 2)); !errors.Is(errs[0], past.ErrRoom) || !errors.Is(errs[2], past.ErrRoom) {
		t.Errorf("three where two are kept: %v", errs)
	} else {
		release()
	}
}

// Whoever waits when all is closed is told so.
func TestClosedWhileWaiting(t *testing.T) {
	g := past.New(filled(t, 2), let().open, past.Options{Keep: 1, Dir: t.TempDir()})
	if _, _, err := g.AsOf(t.Context(), noon); err != nil {
		t.Fatal(err)
	}
	told := make(chan error)
	go func() {
		_, _, err := g.AsOf(t.Context(), noon.Add(time.Minute))
		told <- err
	}()
	until(func() bool { return g.Waiting() == 1 })
	if err := g.Close(); err != nil {
		t.Error(err)
	}
	if err := <-told; !errors.Is(err, store.ErrUnavailable) {
		t.Errorf("told %v", err)
	}
}

// A graph that could not be made is not given to who asks later, even while somebody still holds its error.
func TestFailed(t *testing.T) {
	dir := t.TempDir()
	var fails atomic.Bool
	fails.Store(true)
	g := past.New(filled(t, 2), func(ctx context.Context, file string) (store.Store, error) {
		if fails.Load() {
			return nil, store.ErrUnavailable
		}
		return sqlite.Open(ctx, file)
	}, past.Options{Keep: 1, Dir: dir})
	_, errs, release := g.AllAsOf(t.Context(), []time.Time{noon})
	if !errors.Is(errs[0], store.ErrUnavailable) {
		t.Fatal(errs)
	}
	fails.Store(false)
	if n := stories(t, g, noon); n != 1 {
		t.Errorf("%d stories, want 1", n)
	}
	release()
	if err := g.Close(); err != nil {
		t.Error(err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("left %v, %v", left, err)
	}
}
