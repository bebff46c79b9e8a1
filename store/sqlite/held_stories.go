package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"sync/atomic"

	"newsgraph/news"
	"newsgraph/store"
)

// heldStories is what counts of stories need of every story, in memory, by the numbers of rows: 12 bytes a story. It is never changed, save for what
// words have found: what comes and goes makes another.
type heldStories struct {
	change           int64    // the last of the table changed that it knows
	published, until []int32  // days; 0 where that is not told
	publisher        []uint32 // folded, as symbols; none for what is no story
	symbols          symbols
	found            atomic.Pointer[map[string]bitset] // stories by the words that were asked for; never changed either
}

// mostFound is for how many texts what they found is kept: a page asks for several facets of one text.
const mostFound = 32

// holdingStories keeps what is in memory of stories.
type holdingStories struct {
	turn chan struct{} // holds one while it is brought in step
	now  *heldStories  // of whose turn it is
}

func (h *heldStories) scan(rs *sql.Rows) (nothing struct{}, err error) {
	var n uint32
	var published, until int32
	var publisher sql.RawBytes
	if err = rs.Scan(&n, &published, &until, &publisher); err != nil {
		return nothing, err
	}
	if more := int(n) + 1 - len(h.publisher); more > 0 {
		h.published, h.until = append(h.published, make([]int32, more)...), append(h.until, make([]int32, more)...)
		h.publisher = append(h.publisher, slices.Repeat([]uint32{none}, more)...)
	}
	h.published[n], h.until[n], h.publisher[n] = published, until, h.symbols.number(string(publisher))
	return nothing, nil
}

const storyHeld = `SELECT n, published, until, publisher FROM story`

// heldStories begins to read, and gives what is in memory as the file is then.
func (s *Store) heldStories(ctx context.Context) (*heldStories, *sql.Tx, error) {
	select {
	case s.holdingStories.turn <- struct{}{}:
	case <-ctx.Done():
		return nil, nil, ctx.Err()
	}
	defer func() { <-s.holdingStories.turn }()
	tx, err := s.reads.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return nil, nil, err
	}
	h, err := holdStories(ctx, tx, s.holdingStories.now)
	if err != nil {
		tx.Rollback() //nolint:gosec // nothing was written
		return nil, nil, damaged(err)
	}
	s.holdingStories.now = h
	return h, tx, nil
}

// holdStories reads what changed since, or all.
func holdStories(ctx context.Context, tx *sql.Tx, old *heldStories) (*heldStories, error) {
	last, first, err := kept(ctx, tx)
	if err != nil {
		return nil, err
	}
	h := &heldStories{change: last}
	switch {
	case old != nil && old.change == last:
		return old, nil
	case old == nil || !follows(old.change, first, last, len(old.publisher)):
		_, err = rows(ctx, tx, h.scan, storyHeld)
		return h, err
	}
	since, err := changes(ctx, tx, old.change)
	if err != nil {
		return nil, err
	}
	h.symbols = old.symbols
	if len(since.stories) == 0 { // what words find is the same too
		h.published, h.until, h.publisher = old.published, old.until, old.publisher
		h.found.Store(old.found.Load())
		return h, nil
	}
	h.symbols = symbols{slices.Clip(old.symbols.texts), maps.Clone(old.symbols.numbers)}
	h.published, h.until, h.publisher = slices.Clone(old.published), slices.Clone(old.until), slices.Clone(old.publisher)
	for n := range since.stories {
		if int(n) < len(h.publisher) {
			h.publisher[n] = none
		}
	}
	_, err = rows(ctx, tx, h.scan, storyHeld+` WHERE n IN (SELECT value FROM json_each(?))`, string(marshal(slices.Collect(maps.Keys(since.stories)))))
	return h, err
}

// find are the stories with words, which the file is asked for once.
func (h *heldStories) find(ctx context.Context, tx *sql.Tx, words string) (bitset, error) {
	var found map[string]bitset
	if there := h.found.Load(); there != nil {
		found = *there
	}
	if stories, ok := found[words]; ok {
		return stories, nil
	}
	stories := newBitset(len(h.publisher))
	if _, err := rows(ctx, tx, func(rs *sql.Rows) (nothing struct{}, err error) {
		var n uint32
		if err = rs.Scan(&n); err == nil {
			stories.add(n)
		}
		return nothing, err
	}, `SELECT rowid FROM story_words WHERE story_words MATCH ?`, words); err != nil {
		return nil, err
	}
	more := map[string]bitset{words: stories}
	if len(found) < mostFound {
		maps.Copy(more, found)
	}
	h.found.Store(&more) // of two that find at once, one is asked for again
	return stories, nil
}

// CountStories counts stories by their keys.
func (s *Store) CountStories(ctx context.Context, q store.StoryCountQuery) (store.StoryCounts, error) {
	const what = "sqlite: count stories: %w"
	if err := q.Check(); err != nil {
		return store.StoryCounts{}, fmt.Errorf(what, err)
	}
	h, tx, err := s.heldStories(ctx)
	if err != nil {
		return store.StoryCounts{}, fmt.Errorf(what, err)
	}
	defer tx.Rollback()
	var some bitset
	if words := news.Words(q.Filter.Text); len(words) > 0 {
		if some, err = h.find(ctx, tx, match(words)); err != nil {
			return store.StoryCounts{}, fmt.Errorf(what, err)
		}
	}
	publisher := none
	if q.Filter.Publisher != "" {
		if publisher = h.symbols.find(news.Fold(q.Filter.Publisher)); publisher == none {
			return q.Rank(nil), nil
		}
	}
	var from, to int64
	if q.Filter.Published != nil {
		from, to = stretch(q.Filter.Published.From, q.Filter.Published.To)
	}
	var sums tally
	for n, by := range h.publisher {
		begins, ends := h.published[n], h.until[n]
		if by == none || publisher != none && by != publisher || some != nil && !some.has(uint32(n)) || //nolint:gosec // numbers of rows are of 32 bits
			q.Filter.Published != nil && (begins == 0 || int64(begins) > to || int64(ends) < from) {
			continue
		}
		key := uint64(uint32(begins))<<32 | uint64(uint32(ends)) //nolint:gosec // days are not below 0
		if q.By == store.StoriesByPublisher {
			key = uint64(by)
		}
		sums.add(key)
	}
	var cells []store.StoryCell
	for i, n := range sums.sums {
		if n == 0 {
			continue
		}
		c := store.StoryCell{Stories: int(n)}
		if q.By == store.StoriesByPublisher {
			c.Key = h.symbols.texts[sums.keys[i]]
		} else {
			c.Key = q.Key("", news.Interval{From: dayText(int64(sums.keys[i] >> 32)), To: dayText(int64(uint32(sums.keys[i])))}) //nolint:gosec // its halves
		}
		cells = append(cells, c)
	}
	return q.Rank(cells), nil
}
