package move

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"time"

	"newsgraph/news"
	"newsgraph/store"
)

// ErrOthers says that a store to copy into holds stories or corrections that the one to copy from has not.
var ErrOthers = errors.New("the store to copy into holds others")

// ErrDiffers says that a copy does not export the same bytes.
var ErrDiffers = errors.New("the copy differs")

// CopyOptions say how to copy.
type CopyOptions struct {
	Merge    bool           // into a store that holds other stories or corrections too
	Batch    int            // as in Options
	Progress func(Progress) // is told now and then
}

// pageOfCopy is how many stories are read at once.
const pageOfCopy = 100

// Copy puts all stories of a store, superseded ones too, into another, as readers found them and in the order in which they came, with the log of
// corrections. Stories that are there are not read again, so that a copy that was stopped goes on where it was. At the end both stores are exported
// and their hashes compared, unless other stories were merged: the hash is of the copy's export.
func Copy(ctx context.Context, from store.Reader, to store.Store, o CopyOptions) (sum Summary, hash string, err error) {
	c := &copying{im: importer{ctx: ctx, o: Options{Progress: o.Progress}}, from: from, to: to}
	c.im.sum.putting = time.Now()
	c.p = putter{s: to, batch: o.Batch, sum: &c.im.sum}
	hash, err = c.all(o.Merge)
	if err != nil && ctx.Err() != nil {
		err = ctx.Err()
	}
	return c.im.sum, hash, err
}

type copying struct {
	im   importer
	from store.Reader
	to   store.Store
	p    putter
	done int64
}

func (c *copying) all(merge bool) (string, error) {
	ctx := c.im.ctx
	stories, corrections, err := c.others()
	if err != nil {
		return "", err
	}
	alone := stories+corrections == 0
	if !alone && !merge {
		return "", fmt.Errorf("%w: %d stories and %d corrections that are not in the one to copy from: name another, or bring both together with --merge", ErrOthers, stories, corrections)
	}
	log, err := c.from.Corrections(ctx)
	if err != nil {
		return "", err
	}
	there, err := c.to.Corrections(ctx)
	if err != nil {
		return "", err
	}
	known := news.NewLog(there)
	for _, one := range log {
		if _, old := known.ByID(one.ID); !old {
			c.im.sum.Corrections++
		}
	}
	if _, err := c.to.Correct(ctx, log); err != nil {
		return "", err
	}
	st, err := c.from.Stats(ctx)
	if err != nil {
		return "", err
	}
	total := int64(st.Stories + st.Superseded)
	err = everyStory(ctx, c.from, func(ids []news.ID) error {
		if err := c.page(ids); err != nil {
			return err
		}
		c.done += int64(len(ids))
		c.im.tell("stories", c.done, total, c.im.sum.putting, false)
		return nil
	})
	if err != nil {
		return "", err
	}
	if err := c.p.flush(ctx); err != nil {
		return "", err
	}
	c.im.tell("stories", c.done, total, c.im.sum.putting, true)
	copied, err := Hash(ctx, c.to)
	if err != nil || !alone {
		return copied, err
	}
	origin, err := Hash(ctx, c.from)
	if err == nil && origin != copied {
		err = fmt.Errorf("%w: it exports %s, and the store that was copied %s: if that was changed meanwhile, copy again; newsgraph verify tells what is wrong with either", ErrDiffers, copied, origin)
	}
	return copied, err
}

// others counts the stories and corrections of the store to copy into that the other has not.
func (c *copying) others() (stories, corrections int, err error) {
	err = everyStory(c.im.ctx, c.to, func(ids []news.ID) error {
		found, err := c.from.StoriesByID(c.im.ctx, ids)
		stories += len(ids) - len(found)
		return err
	})
	if err != nil {
		return 0, 0, err
	}
	log, err1 := c.from.Corrections(c.im.ctx)
	there, err2 := c.to.Corrections(c.im.ctx)
	known := news.NewLog(log)
	for _, one := range there {
		if _, ok := known.ByID(one.ID); !ok {
			corrections++
		}
	}
	return stories, corrections, errors.Join(err1, err2)
}

// page copies those of some stories that are not there.
func (c *copying) page(ids []news.ID) error {
	was, err := c.from.StoriesByID(c.im.ctx, ids)
	if err != nil {
		return err
	}
	found, err := c.to.StoriesByID(c.im.ctx, ids)
	if err != nil {
		return err
	}
	there := map[news.ID]string{}
	for _, s := range found {
		there[s.ID] = s.Reader
	}
	read := map[news.ID]string{}
	for _, s := range was {
		read[s.ID] = s.Reader
	}
	var missing []news.ID
	for _, id := range ids { // one may not be there at that moment, as where it is replaced just then
		if reader, ok := there[id]; ok && reader == read[id] {
			c.im.sum.Unchanged++
			c.im.sum.Stories++
			continue
		}
		missing = append(missing, id)
	}
	facts, err := c.facts(missing)
	if err != nil || len(facts) == 0 {
		return err
	}
	return c.p.add(c.im.ctx, facts, nil)
}

// looks is how often facts are looked for that are not there though their story is.
const looks = 5

// facts are what was found in stories, in their order. Another may change the store meanwhile: what is gone is left out, and what is there, and yet never found, is an error.
func (c *copying) facts(ids []news.ID) ([]news.Facts, error) {
	var all []news.Facts
	order := ids
	for look := 0; len(ids) > 0; look++ {
		found, err := c.from.FactsByID(c.im.ctx, ids)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
		if len(found) == len(ids) {
			break
		}
		there := map[news.ID]bool{}
		for _, f := range found {
			there[f.Story.ID] = true
		}
		ids = slices.DeleteFunc(slices.Clone(ids), func(id news.ID) bool { return there[id] })
		still, err := c.from.StoriesByID(c.im.ctx, ids)
		if err != nil {
			return nil, err
		}
		ids = nil
		for _, s := range still {
			ids = append(ids, s.ID)
		}
		if len(ids) > 0 && look+1 == looks {
			return nil, fmt.Errorf("%w: %d stories are in the store that is copied, and what was found in them is not, as %s: if that was changed meanwhile, copy again; newsgraph verify tells what is wrong with it", ErrDiffers, len(ids), ids[0])
		}
	}
	slices.SortFunc(all, func(a, b news.Facts) int { return slices.Index(order, a.Story.ID) - slices.Index(order, b.Story.ID) })
	return all, nil
}

// everyStory gives do the ids of all stories of a store, in the order of store.EveryStory.
func everyStory(ctx context.Context, r store.Reader, do func([]news.ID) error) error {
	return store.EveryStory(ctx, r, pageOfCopy, func(versions []store.Version) error {
		ids := make([]news.ID, len(versions))
		for i, v := range versions {
			ids[i] = v.Story.ID
		}
		return do(ids)
	})
}

// Hash is the SHA-256 of what a store exports, in hexadecimal.
func Hash(ctx context.Context, r store.Reader) (string, error) {
	h := sha256.New()
	if _, err := store.Export(ctx, r, h); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
