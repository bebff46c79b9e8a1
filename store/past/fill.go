package past

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"time"

	"newsgraph/news"
	"newsgraph/store"
)

// ErrOthers says that a store to copy into holds what the graph of that time has not.
var ErrOthers = errors.New("the store to copy into holds others")

// errChanged says that stories went, or were read again, while they were being read.
var errChanged = errors.New("the graph changed while it was read")

// contents are the stories that could be read by a time, and the corrections: those mend how the program read them, whenever that was seen. By rule 1 of the store
// (Writer), they are all that the graph of that time is made of: the same contents make the same graph.
type contents struct {
	came []store.Came
	log  []news.Correction
}

// look tells what the graph of a time is made of; 0 stories at most are all.
func look(ctx context.Context, from store.Reader, at time.Time, most int) (c contents, err error) {
	var more bool
	if c.came, more, err = from.KnownBy(ctx, at, most); err != nil {
		return c, err
	}
	if more {
		return c, fmt.Errorf("%w: more than %d stories could be read by then", store.ErrPast, most)
	}
	c.log, err = from.Corrections(ctx)
	return c, err
}

// key tells contents apart from others.
func (c contents) key() (k [sha256.Size]byte) {
	h := sha256.New()
	for _, s := range c.came {
		fmt.Fprintf(h, "%s %q %d\n", s.ID, s.Reader, s.Loaded.Unix())
	}
	for _, one := range c.log {
		fmt.Fprintln(h, one.ID)
	}
	return [sha256.Size]byte(h.Sum(nil))
}

// batch is how many stories are put at once.
const batch = 200

// put puts the contents into a store, in the order in which the stories came.
func (c contents) put(ctx context.Context, from store.Reader, to store.Store, progress func(done, total int)) error {
	if _, err := to.Correct(ctx, c.log); err != nil {
		return err
	}
	done := 0
	for some := range slices.Chunk(c.came, batch) {
		ids := make([]news.ID, len(some))
		for i, s := range some {
			ids[i] = s.ID
		}
		facts, err := from.FactsByID(ctx, ids)
		if err != nil {
			return err
		}
		if !slices.EqualFunc(facts, some, func(f news.Facts, s store.Came) bool {
			return f.Story.ID == s.ID && f.Story.Reader == s.Reader && f.Loaded.Equal(s.Loaded)
		}) {
			return errChanged
		}
		if _, err := to.Put(ctx, facts); err != nil {
			return err
		}
		done += len(some)
		progress(done, len(c.came))
	}
	return nil
}

// Copy puts the graph of a store as it was known at a time into another: of any size, to be served or exported for itself. A copy that was stopped goes
// on when it is made again. Where the other holds stories that could not be read by then, or corrections of its own, it is
// ErrOthers. It returns how many stories there are.
func Copy(ctx context.Context, from store.Reader, to store.Store, at time.Time, progress func(done, total int)) (int, error) {
	c, err := look(ctx, from, at, 0)
	if err != nil {
		return 0, err
	}
	there, _, err1 := to.KnownBy(ctx, time.Unix(store.NeverKnown, 0), 0) // those without a date too
	log, err2 := to.Corrections(ctx)
	if err := errors.Join(err1, err2); err != nil {
		return 0, err
	}
	ours := map[news.ID]bool{}
	for _, s := range c.came {
		ours[s.ID] = true
	}
	for _, one := range c.log {
		ours[one.ID] = true
	}
	others := slices.ContainsFunc(there, func(s store.Came) bool { return !ours[s.ID] }) || slices.ContainsFunc(log, func(one news.Correction) bool { return !ours[one.ID] })
	if others {
		return 0, fmt.Errorf("%w: stories that could not be read by then, or corrections of its own: name another, or a new one", ErrOthers)
	}
	return len(c.came), c.put(ctx, from, to, progress)
}
