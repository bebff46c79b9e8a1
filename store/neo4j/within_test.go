package neo4j

import (
	"fmt"
	"strings"
	"testing"

	"newsgraph/news"
	"newsgraph/store"
)

// A walk goes on until each page is full or its list ends, and asks for those that are as far as each other together.
func TestSift(t *testing.T) {
	const length, held = 30_000, 1000 // of the lists, of which every so manieth event is held; that of the last parent is short, and holds all
	parents := []parent{{id: "a"}, {id: "b"}, {id: "few"}}
	walks, most := 0, int64(0)
	walk := func(of []parent, after string, limit int64) (found []sifted[news.ID], _ error) {
		walks, most = walks+1, max(most, limit)
		for n, p := range of {
			listed := int64(0)
			for i := range length {
				key := fmt.Sprintf("%05d", i)
				if key <= after || listed == limit || p.id == "few" && i >= 5 {
					continue
				}
				listed++
				s := sifted[news.ID]{edge[news.ID]{parent: n, key: key}, p.id == "few" || i%held == held-1}
				if s.held {
					s.node = p.id + news.ID(" "+key)
				}
				found = append(found, s)
			}
		}
		return found, nil
	}
	ask := func(first int, after string) []store.Page[news.ID] {
		walks = 0
		pages, err := sift(parents, store.EventQuery{Paging: store.Paging{First: first}}, after, walk)
		if err != nil {
			t.Fatal(err)
		}
		return pages
	}
	for _, test := range []struct {
		first  int
		after  string
		edges  int
		last   news.ID
		more   bool
		few    int
		atMost int // walks
	}{
		{3, "", 3, "a 02999", true, 3, 3},
		{3, "02999", 3, "a 05999", true, 0, 3},
		{3, "28998", 2, "a 29999", false, 0, 2},
		{30, "", 30, "a 29999", false, 5, 6},
		{50_000, "", 30, "a 29999", false, 5, 1},
	} {
		pages := ask(test.first, test.after)
		a, b, few := pages[0], pages[1], pages[2]
		if len(a.Edges) != test.edges || a.Edges[len(a.Edges)-1].Node != test.last || a.More != test.more {
			t.Errorf("%+v: %d edges, %+v", test, len(a.Edges), a)
		}
		if len(b.Edges) != len(a.Edges) || b.More != a.More || len(few.Edges) != test.few {
			t.Errorf("%+v: %d and %d edges beside them", test, len(b.Edges), len(few.Edges))
		}
		if walks > test.atMost {
			t.Errorf("%+v: %d walks", test, walks)
		}
	}
	if most != 50_001 {
		t.Errorf("%d looked at in one go", most)
	}
}

// What gather makes a list of is what the last RETURN of a statement gives, whose columns have no commas of their own.
func TestColumns(t *testing.T) {
	for statement, want := range map[string]string{
		reportsOf:   "parent key record",
		storiesByID: "record text",
		eventsByID:  "id record",
		search + "e.record AS record ORDER BY key": "key record",
		allEntities + rankedByName:                 "key record",
		kept(store.RelationQuery{}, nil):           "parent key from to action n claims first last newest",
		storiesNewest([]stretch{{before: endOfAll}}, true) + "RETURN s.newest AS key, s.record AS record ORDER BY key": "key record",
		shape{order: "newest", columns: tie().columns, stretch: []stretch{{before: endOfAll}}}.statement():             "parent key id action from to participants record",
	} {
		if got := strings.Join(columns(statement), " "); got != want {
			t.Errorf("%s, want %s, of %s", got, want, statement)
		}
	}
}
