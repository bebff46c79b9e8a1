package move

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"newsgraph/news"
	"newsgraph/store"
)

// failing is a store whose Put fails after some.
type failing struct {
	store.Store
	left int
}

var errCut = errors.New("cut")

func (f *failing) Put(ctx context.Context, facts []news.Facts) (store.PutResult, error) {
	if f.left--; f.left < 0 {
		return store.PutResult{}, errors.Join(errCut, store.ErrUnavailable)
	}
	return f.Store.Put(ctx, facts)
}

// TestCopy copies a corrected graph, stops half-way and goes on, and compares the copies and what removal leaves of them.
func TestCopy(t *testing.T) {
	from, to := opened(t), opened(t)
	imported(t, from, Options{}, tablesOf(t)...)
	corrects(t, from)
	if sum, _, err := Copy(t.Context(), from, &failing{to, 2}, CopyOptions{Batch: 1}); !errors.Is(err, errCut) || sum.Stories != 2 {
		t.Fatalf("a copy that is cut: %+v, %v", sum, err)
	}
	sum, hash, err := Copy(t.Context(), from, to, CopyOptions{})
	if err != nil || sum.Unchanged != 2 || sum.Added != 2 {
		t.Fatalf("gone on with: %+v, %v", sum, err)
	}
	if want, err := Hash(t.Context(), from); err != nil || hash != want || exported(t, to) != exported(t, from) {
		t.Errorf("the copy exports %s, and the store %s, %v", hash, want, err)
	}
	page, err := from.Stories(t.Context(), store.StoryQuery{Paging: store.Paging{First: 10}})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range page.Edges {
		for _, s := range []store.Store{from, to} {
			if _, err := s.Remove(t.Context(), []news.ID{e.Node.ID}); err != nil {
				t.Fatal(err)
			}
		}
		if exported(t, from) != exported(t, to) {
			t.Errorf("after %s is removed, the copy is another", e.Node.ID)
		}
	}
}

// TestCopyTimes sees that stories come into a copy when they came into the store, and that it has the same past.
func TestCopyTimes(t *testing.T) {
	from, to := opened(t), opened(t)
	noon := time.Date(2024, 1, 10, 12, 0, 0, 0, time.UTC)
	for i, headline := range []string{"Rain", "Sun"} {
		at := noon.Add(time.Duration(i) * time.Hour)
		f := news.Facts{Story: news.Story{Headline: headline, Text: headline + " is expected.", Published: at.Format(time.RFC3339), Reader: "test"}, Loaded: at.AddDate(1, 0, 0)}
		f.Story.Identify()
		if _, err := from.Put(t.Context(), []news.Facts{f}); err != nil {
			t.Fatal(err)
		}
	}
	if _, _, err := Copy(t.Context(), from, to, CopyOptions{}); err != nil {
		t.Fatal(err)
	}
	for at, n := range map[time.Time]int{noon.Add(-time.Second): 0, noon: 1, noon.Add(time.Hour): 2} {
		was, _, err1 := from.KnownBy(t.Context(), at, 0)
		is, _, err2 := to.KnownBy(t.Context(), at, 0)
		if err := errors.Join(err1, err2); err != nil || len(was) != n || !slices.Equal(was, is) {
			t.Errorf("by %v there were %v, in the copy %v; %v", at, was, is, err)
		}
	}
}

// TestCopyOthers copies into a store that holds another story.
func TestCopyOthers(t *testing.T) {
	from, to, want := opened(t), opened(t), opened(t)
	imported(t, from, Options{}, tablesOf(t)...)
	other := tablesOf(t, "two.example", "three.example")
	imported(t, to, Options{}, other...)
	before := exported(t, to)
	if _, _, err := Copy(t.Context(), from, to, CopyOptions{}); !errors.Is(err, ErrOthers) || !strings.Contains(err.Error(), "2 stories") {
		t.Errorf("into others: %v", err)
	}
	if exported(t, to) != before {
		t.Error("what was refused has changed the store")
	}
	if _, _, err := Copy(t.Context(), from, to, CopyOptions{Merge: true}); err != nil {
		t.Fatal(err)
	}
	imported(t, want, Options{}, tablesOf(t)...)
	imported(t, want, Options{}, other...)
	if exported(t, to) != exported(t, want) {
		t.Error("merged, it is not what both make")
	}
}

// changing is a store that says another thing of an entity at each reading.
type changing struct{ store.Store }

func (c changing) FactsByID(ctx context.Context, ids []news.ID) ([]news.Facts, error) {
	all, err := c.Store.FactsByID(ctx, ids)
	for i := range all {
		for j := range all[i].Entities {
			all[i].Entities[j].Description += "!"
		}
	}
	return all, err
}

// TestCopyDiffers copies a store that gives out other facts than it exports.
func TestCopyDiffers(t *testing.T) {
	from := opened(t)
	imported(t, from, Options{}, tablesOf(t)...)
	if _, _, err := Copy(t.Context(), changing{from}, opened(t), CopyOptions{}); !errors.Is(err, ErrDiffers) {
		t.Errorf("a copy that differs: %v", err)
	}
}

// losing is a store that does not find what was found in some of its stories, at the first times that it is asked.
type losing struct {
	store.Store
	times *int
}

func (l losing) FactsByID(ctx context.Context, ids []news.ID) ([]news.Facts, error) {
	all, err := l.Store.FactsByID(ctx, ids)
	if *l.times > 0 && len(all) > 0 {
		*l.times--
		return all[1:], err
	}
	return all, err
}

// TestCopyLooksAgain copies a store that is being changed: what is not found at first is looked for again, and what is never found is named.
func TestCopyLooksAgain(t *testing.T) {
	from := opened(t)
	imported(t, from, Options{}, tablesOf(t)...)
	to, once, ever := opened(t), 1, 1000
	if sum, _, err := Copy(t.Context(), losing{from, &once}, to, CopyOptions{}); err != nil || sum.Added != 4 || exported(t, to) != exported(t, from) {
		t.Errorf("lost once: %+v, %v", sum, err)
	}
	for _, merge := range []bool{false, true} {
		to := opened(t)
		_, _, err := Copy(t.Context(), losing{from, &ever}, to, CopyOptions{Merge: merge})
		if !errors.Is(err, ErrDiffers) || !strings.Contains(err.Error(), "story:") {
			t.Errorf("lost for ever: %v", err)
		}
	}
}

// removing is a store of which a story is removed while it is copied.
type removing struct {
	store.Store
	story news.ID
}

func (r removing) FactsByID(ctx context.Context, ids []news.ID) ([]news.Facts, error) {
	if _, err := r.Remove(ctx, []news.ID{r.story}); err != nil {
		return nil, err
	}
	return r.Store.FactsByID(ctx, ids)
}

// TestCopyRemoved copies a store from which a story goes meanwhile: the copy is what is left.
func TestCopyRemoved(t *testing.T) {
	from, to := opened(t), opened(t)
	imported(t, from, Options{}, tablesOf(t)...)
	page, err := from.Stories(t.Context(), store.StoryQuery{Paging: store.Paging{First: 1}})
	if err != nil {
		t.Fatal(err)
	}
	if sum, _, err := Copy(t.Context(), removing{from, page.Edges[0].Node.ID}, to, CopyOptions{}); err != nil || sum.Added != 3 || exported(t, to) != exported(t, from) {
		t.Errorf("%+v, %v", sum, err)
	}
}
