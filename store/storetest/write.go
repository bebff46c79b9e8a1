package storetest

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"newsgraph/news"
	"newsgraph/store"
)

func testPut(t *testing.T, h Harness) {
	s := h.Open(t)
	condemned := said{text: "Jake Sullivan condemned North Korea.", action: "condemn", who: "jake-sullivan > KP", when: "2024-01-09"}
	met := said{text: "Russia met North Korea in Kyiv.", action: "meet", who: "RU > KP in kyiv", when: "2024-01-08"}
	one, two, three := story("One", "2024-01-10", "Agency", condemned), story("Two", "2024-01-11", "Post", condemned, met), story("Three", "", "", met)

	equal(t, "nothing", put(t, s), store.PutResult{})
	equal(t, "one", put(t, s, one), store.PutResult{Added: 1, Entities: 2, Events: 1})
	equal(t, "one again", put(t, s, one), store.PutResult{Unchanged: 1})
	holds(t, "one", s, one)
	equal(t, "one again, with two that says so too and more", put(t, s, one, two), store.PutResult{Added: 1, Unchanged: 1, Entities: 2, Events: 1})
	equal(t, "twice at once", put(t, s, three, three), store.PutResult{Added: 1})
	holds(t, "three", s, one, two, three)

	renewed := read(two, "2", 1)
	equal(t, "two, by a reader that finds less", put(t, s, renewed, one), store.PutResult{Replaced: 1, Unchanged: 1})
	holds(t, "read again", s, one, renewed, three)
	equal(t, "one, by a reader that finds nothing, twice at once", put(t, s, one, read(one, "2", 0)), store.PutResult{Replaced: 1})
	holds(t, "the last counts", s, read(one, "2", 0), renewed, three)
	equal(t, "two, by a reader that finds nothing", put(t, s, read(two, "3", 0)), store.PutResult{Replaced: 1, Events: -1})
	equal(t, "two, by the first reader", put(t, s, two), store.PutResult{Replaced: 1, Events: 1})
	equal(t, "one, by the first reader", put(t, s, one), store.PutResult{Replaced: 1})
	holds(t, "as at first", s, one, two, three)

	// What stands twice in facts of one story counts once.
	twice := story("Twice", "2024-01-12", "", condemned)
	more := who("KP")
	more.Aliases = []string{"Chosŏn"}
	doubled := twice
	doubled.Entities = append(slices.Clone(twice.Entities), more)
	doubled.Mentions = append(slices.Clone(twice.Mentions), twice.Mentions...)
	doubled.Reports = append(slices.Clone(twice.Reports), twice.Reports...)
	equal(t, "twice within a story", put(t, s, doubled), store.PutResult{Added: 1, Copies: 1})
	known := slices.IndexFunc(twice.Entities, func(e news.Entity) bool { return e.ID == more.ID })
	twice.Entities[known] = news.JoinEntities(twice.Entities[known], more)
	holds(t, "twice within a story", s, one, two, three, twice)
}

// testPutRefuses puts what would not come out as it went in, beside what is right: none of it may be kept.
func testPutRefuses(t *testing.T, h Harness) {
	s := h.Open(t)
	right := story("Right", "2024-01-10", "Agency", said{text: "Russia met Ukraine.", action: "meet", who: "RU > UA"})
	for _, test := range []struct {
		name  string
		spoil func(*news.Facts)
	}{
		{"a mention of nobody", func(f *news.Facts) { f.Mentions[0].Entity = "" }},
		{"a mention of a stranger", func(f *news.Facts) { f.Mentions[0].Entity = "state:US" }},
		{"a mention of another story", func(f *news.Facts) { f.Mentions[0].Story = right.Story.ID }},
		{"a participant who is a stranger", func(f *news.Facts) { f.Reports[0].Participants[0].Entity = "state:US" }},
		{"a participant in no role", func(f *news.Facts) { f.Reports[0].Participants[0].Role = "HERO" }},
		{"a report of another story", func(f *news.Facts) { f.Reports[0].Story = right.Story.ID }},
		{"a speaker who is a stranger", func(f *news.Facts) { f.Reports[0].SaidBy = []news.ID{"state:US"} }},
		{"an addressee who is a stranger", func(f *news.Facts) { f.Reports[0].Addressee = "state:US" }},
		{"a report of a day that no calendar has", func(f *news.Facts) { f.Reports[0].When.From, f.Reports[0].When.To = "2024-02-30", "2024-02-30" }},
		{"a report until a day of an unknown year", func(f *news.Facts) { f.Reports[0].When.From, f.Reports[0].When.To = "2024-12-01", "XXXX-12-31" }},
		{"a report that ends before it begins", func(f *news.Facts) { f.Reports[0].When.From, f.Reports[0].When.To = "2024-01-09", "2024-01-08" }},
		{"a report of no modality", func(f *news.Facts) { f.Reports[0].Modality = "" }},
		{"a report of an unknown modality", func(f *news.Facts) { f.Reports[0].Modality = "RUMOURED" }},
		{"a report about another story's", func(f *news.Facts) {
			deed := right.Reports[0]
			f.Reports[0].About = []news.About{{Report: deed.ID, Type: deed.Type, Action: deed.Action}}
		}},
		{"a quotation of a stranger", func(f *news.Facts) { f.Quotations[0].Speaker = "state:US" }},
		{"a quotation of another story", func(f *news.Facts) { f.Quotations[0].Story = right.Story.ID }},
		{"a position of a stranger", func(f *news.Facts) { f.Positions[0].Person = "state:US" }},
		{"a position in a stranger", func(f *news.Facts) { f.Positions[0].Body = "state:US" }},
		{"a position of no status", func(f *news.Facts) { f.Positions[0].Status = "WISHED" }},
		{"a mention whose id is no hash", func(f *news.Facts) { f.Mentions[0].ID = "mention:1" }},
		{"a report whose id is of another thing", func(f *news.Facts) { f.Reports[0].ID = f.Story.ID }},
		{"an entity of no kind", func(f *news.Facts) { f.Entities[0].Kind = "GHOST" }},
		{"an endless name", func(f *news.Facts) { f.Entities[0].Name = strings.Repeat("name ", 2000) }},
		{"a subject that is not UTF-8", func(f *news.Facts) { f.Story.Subjects = []string{"Talks", "\xff"} }},
		{"an urgency that no agency has", func(f *news.Facts) { f.Story.Urgency = 10 }},
		{"text that is not UTF-8", func(f *news.Facts) { f.Story.Text += "\xff" }},
	} {
		wrong := story("Wrong", "", "", said{text: `North Korea and South Korea "met".`, action: "meet", who: "KP > KR", by: "KP", quote: `"met"`})
		test.spoil(&wrong)
		if result, err := s.Put(t.Context(), []news.Facts{right, wrong}); err == nil || !strings.Contains(err.Error(), string(wrong.Story.ID)) {
			t.Errorf("%s: %+v, %v", test.name, result, err)
		}
	}
	holds(t, "after what was refused", s)
}

func testRemove(t *testing.T, h Harness) {
	s := h.Open(t)
	all := make([]news.Facts, 12)
	for i := range all {
		all[i] = invent(i)
	}
	put(t, s, all[:6]...)
	before := export(t, s)
	put(t, s, all[6:]...)
	gone := append(storyIDs(all[6:]...), all[7].Story.ID, "story:unknown")
	n, err := s.Remove(t.Context(), gone)
	if err != nil || n != 6 {
		t.Errorf("removed %d, %v, want 6", n, err)
	}
	sameText(t, "as if they had never been there", export(t, s), before)
	holds(t, "after removing", s, all[:6]...)
	derives(t, "after removing", s, all[:6]...)
	equal(t, "removed again", remove(t, s, all[6:]...), 0)
	equal(t, "removed nothing", remove(t, s), 0)
	equal(t, "removed all", remove(t, s, all...), 6)
	holds(t, "nothing is left", s)
	h.check(t)
	put(t, s, all[0])
	holds(t, "and comes back", s, all[0])
}

// testOrder puts, replaces and removes stories at random: whatever the order and the batches, the graph is that of the stories.
func testOrder(t *testing.T, h Harness) {
	const seeds, steps, stories = 3, 14, 34
	for seed := range uint64(seeds) {
		s := h.Open(t)
		r := rand.New(rand.NewPCG(seed, 3))
		there := map[int]news.Facts{}
		state := func() []news.Facts {
			var all []news.Facts
			for n := range stories {
				if f, ok := there[n]; ok {
					all = append(all, f)
				}
			}
			return all
		}
		for step := range steps {
			what := fmt.Sprintf("seed %d, step %d", seed, step)
			before := refer(state()...)
			switch r.IntN(4) {
			case 0:
				var gone []news.Facts
				want := 0
				for range 1 + r.IntN(8) {
					n := r.IntN(stories)
					gone = append(gone, invent(n))
					if _, ok := there[n]; ok {
						want++
						delete(there, n)
					}
				}
				equal(t, what+": removed", remove(t, s, gone...), want)
			default:
				var come []news.Facts
				var want store.PutResult
				seen := map[int]bool{}
				for range 1 + r.IntN(8) {
					n := r.IntN(stories)
					if seen[n] {
						continue
					}
					seen[n] = true
					f := invent(n)
					if r.IntN(4) == 0 {
						f = read(f, "2", r.IntN(3))
					}
					come = append(come, f)
					was, ok := there[n]
					switch {
					case !ok:
						want.Added++
					case was.Story.Reader == f.Story.Reader:
						want.Unchanged++
						continue
					default:
						want.Replaced++
					}
					there[n] = f
				}
				after := refer(state()...)
				want.Events, want.Copies = len(after.events)-len(before.events), after.copies()-before.copies()
				for _, e := range after.entities {
					if !slices.ContainsFunc(before.entities, func(o news.Entity) bool { return o.ID == e.ID }) {
						want.Entities++
					}
				}
				equal(t, what+": put", put(t, s, come...), want)
			}
			holds(t, what, s, state()...)
			derives(t, what, s, state()...)
			h.check(t)
			if t.Failed() {
				return
			}
		}
	}
	s := h.Open(t)
	all := make([]news.Facts, stories)
	for n := range all {
		all[n] = invent(n)
	}
	r := rand.New(rand.NewPCG(9, 9))
	r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	for len(all) > 0 {
		n := min(len(all), 1+r.IntN(9))
		put(t, s, all[:n]...)
		all = all[n:]
	}
	for n := range stories {
		all = append(all, invent(n))
	}
	holds(t, "shuffled", s, all...)
}

// testLoaders has several loaders on two connections put the same stories, and then put, replace and remove them against each other.
func testLoaders(t *testing.T, h Harness) {
	one := h.Open(t)
	stores := []store.Store{one, h.Again(t)}
	const loaders, stories = 6, 40
	all := make([]news.Facts, stories)
	for n := range all {
		all[n] = invent(n)
	}
	atOnce := func(load func(s store.Store, r *rand.Rand) error) {
		var wg sync.WaitGroup
		for l := range uint64(loaders) {
			wg.Go(func() {
				if err := load(stores[l%2], rand.New(rand.NewPCG(l, 4))); err != nil {
					t.Errorf("loader %d: %v", l, err)
				}
			})
		}
		wg.Wait()
	}
	added := 0
	var mu sync.Mutex
	atOnce(func(s store.Store, r *rand.Rand) error {
		mine := slices.Clone(all)
		r.Shuffle(len(mine), func(i, j int) { mine[i], mine[j] = mine[j], mine[i] })
		for batch := range slices.Chunk(mine, 1+r.IntN(9)) {
			result, err := s.Put(t.Context(), batch)
			if err != nil {
				return err
			}
			mu.Lock()
			added += result.Added
			mu.Unlock()
		}
		return nil
	})
	equal(t, "added by all loaders", added, stories)
	holds(t, "the same stories by all loaders", stores[1], all...)
	h.check(t)

	atOnce(func(s store.Store, r *rand.Rand) error {
		for range 8 {
			some := []news.Facts{all[r.IntN(stories)], all[r.IntN(stories)], all[r.IntN(stories)]}
			var err error
			switch r.IntN(3) {
			case 0:
				_, err = s.Remove(t.Context(), storyIDs(some...))
			case 1:
				some[1] = read(some[1], "2", 1)
				_, err = s.Put(t.Context(), some)
			default:
				_, err = s.Put(t.Context(), some)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
	h.check(t)
	put(t, one, all...)
	h.check(t)
	derives(t, "put once more after all were at odds", stores[1], all...)
	holds(t, "put once more after all were at odds", stores[1], all...)
}

// testReaders reads while a story comes and goes: it is there as a whole or not at all.
func testReaders(t *testing.T, h Harness) {
	s, other := h.Open(t), h.Again(t)
	var sentences []said
	for i := range 40 {
		sentences = append(sentences, said{
			text: fmt.Sprintf("North Korea met Russia %d times.", i), action: "meet", who: "KP > RU in kyiv", when: fmt.Sprintf("20%02d-01-09", i+10), quote: "met",
			by: "UA",
		})
	}
	f := story("Comes and goes", "2024-01-10", "Agency", sentences...)
	whole := corrected(t, news.Log{}, f)
	put(t, s, invent(1), invent(2))
	done := make(chan struct{})
	go func() {
		defer close(done)
		for end := time.Now().Add(1500 * time.Millisecond); time.Now().Before(end); {
			_, err1 := s.Put(t.Context(), []news.Facts{f})
			_, err2 := s.Remove(t.Context(), storyIDs(f))
			if err := errors.Join(err1, err2); err != nil {
				t.Errorf("put and remove: %v", err)
			}
		}
	}()
	defer func() { <-done }()
	seen := map[int]bool{}
	for {
		reports, err1 := other.ReportsIn(t.Context(), storyIDs(f), everything)
		mentions, err2 := other.MentionsIn(t.Context(), storyIDs(f), everything)
		quotations, err3 := other.QuotationsIn(t.Context(), storyIDs(f), everything)
		facts, err4 := other.FactsByID(t.Context(), storyIDs(f))
		if err := errors.Join(err1, err2, err3, err4); err != nil {
			t.Fatalf("read: %v", err)
		}
		if len(facts) > 0 {
			same(t, "facts", wholly(facts), wholly(whole))
			if t.Failed() {
				return
			}
		}
		for _, n := range []struct{ got, want int }{
			{len(reports[0].Edges), len(f.Reports)}, {len(mentions[0].Edges), len(f.Mentions)}, {len(quotations[0].Edges), len(f.Quotations)},
		} {
			seen[n.got] = true
			if n.got != 0 && n.got != n.want {
				t.Fatalf("read %d of %d", n.got, n.want)
			}
		}
		select {
		case <-done:
			if len(seen) < 2 {
				t.Errorf("the readers saw one state only: %v", seen)
			}
			return
		default:
		}
	}
}

// testFactsWhileMoving reads what was found in a story while a later version of it comes and goes: superseded or not, it is there as a whole.
func testFactsWhileMoving(t *testing.T, h Harness) {
	s, other := h.Open(t), h.Again(t)
	var sentences []said
	for i := range 30 {
		sentences = append(sentences, said{text: fmt.Sprintf("North Korea met Russia %d times.", i), action: "meet", who: "KP > RU", when: fmt.Sprintf("20%02d-01-09", i+10), quote: "met", by: "UA"})
	}
	const url = "https://example.org/a"
	first := at(story("Moves", "2024-01-09", "Agency", sentences...), url)
	later := at(story("Moves", "2024-01-09", "Agency", said{text: "Kim Jong Il met Russia.", action: "meet", who: "kim-jong-il > RU"}), url, func(s *news.Story) { s.Updated = "2024-01-10" })
	put(t, s, first)
	want := wholly(corrected(t, news.Log{}, first))
	done := make(chan struct{})
	go func() {
		defer close(done)
		moved := 0
		for end := time.Now().Add(1500 * time.Millisecond); time.Now().Before(end); moved++ {
			result, err1 := s.Put(t.Context(), []news.Facts{later})
			_, err2 := s.Remove(t.Context(), storyIDs(later))
			if err := errors.Join(err1, err2); err != nil || result.Added != 1 {
				t.Errorf("put and remove: %+v, %v", result, err)
			}
		}
		if moved == 0 {
			t.Error("it did not move")
		}
	}()
	defer func() { <-done }()
	for {
		facts, err := other.FactsByID(t.Context(), storyIDs(first))
		if err != nil {
			t.Fatalf("read: %v", err)
		}
		if same(t, "facts", wholly(facts), want); t.Failed() {
			return
		}
		select {
		case <-done:
			return
		default:
		}
	}
}
