// Package storetest proves that a store keeps the contract of package store. A store's tests run the whole suite by one call of Run; what
// holds of one technology alone is tested beside it. The suite compares stores with a reference that says the contract once more, as
// plainly as can be, and with answers written by hand.
package storetest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"newsgraph/news"
	"newsgraph/store"
)

// Harness opens the stores that the suite tests. What it opens it closes at the end of the test, closed already or not.
type Harness struct {
	// Open opens an empty store. What it opened before is not used any more.
	Open func(t testing.TB) store.Store
	// Again opens what Open opened last once more, as another process would.
	Again func(t testing.TB) store.Store
	// Embedded opens an embedded store in a file: for the graphs of former times.
	Embedded func(ctx context.Context, file string) (store.Store, error)
	// Planned tells that an engine plans each shape of a question anew, for a second or so: fewer invented questions of many shapes are asked of it.
	Planned bool
	// Check, if there is one, looks into the store opened last for what its technology keeps beside the contract. The suite calls it
	// after changes.
	Check func(t testing.TB)
}

func (h Harness) check(t testing.TB) {
	t.Helper()
	if h.Check != nil {
		h.Check(t)
	}
}

// Run runs the suite.
func Run(t *testing.T, h Harness) {
	for _, test := range []struct {
		name string
		run  func(*testing.T, Harness)
	}{
		{"Put", testPut},
		{"PutRefuses", testPutRefuses},
		{"Remove", testRemove},
		{"Find", testFind},
		{"Versions", testVersions},
		{"VersionLoaders", testVersionLoaders},
		{"Arrivals", testArrivals},
		{"ArrivalsWhileLoading", testArrivalsWhileLoading},
		{"Order", testOrder},
		{"Stretches", testStretches},
		{"Loaders", testLoaders},
		{"Copies", testCopies},
		{"Readers", testReaders},
		{"FactsWhileMoving", testFactsWhileMoving},
		{"IDs", testIDs},
		{"Nodes", testNodes},
		{"Lists", testLists},
		{"Shown", testShown},
		{"ListsWhileLoading", testListsWhileLoading},
		{"Cursors", testCursors},
		{"Refused", testRefused},
		{"Questions", testQuestions},
		{"Search", testSearch},
		{"Near", testNear},
		{"Undated", testUndated},
		{"Invented", testInvented},
		{"Wide", testWide},
		{"Logic", testLogic},
		{"Counts", testCounts},
		{"CoOccurring", testCoOccurring},
		{"Network", testNetwork},
		{"Paths", testPaths},
		{"Records", testRecords},
		{"Hostile", testHostile},
		{"Cancelled", testCancelled},
		{"Corrections", testCorrections},
		{"Pinned", testPinned},
		{"CorrectRefuses", testCorrectRefuses},
		{"CorrectOrder", testCorrectOrder},
		{"Past", testPast},
		{"Together", testTogether},
		{"TogetherOrder", testTogetherOrder},
		{"Closed", testClosed},
	} {
		t.Run(test.name, func(t *testing.T) { test.run(t, h) })
	}
}

func put(t testing.TB, s store.Store, facts ...news.Facts) store.PutResult {
	t.Helper()
	result, err := s.Put(t.Context(), facts)
	if err != nil {
		t.Fatalf("put: %v", err)
	}
	return result
}

func remove(t testing.TB, s store.Store, facts ...news.Facts) int {
	t.Helper()
	n, err := s.Remove(t.Context(), storyIDs(facts...))
	if err != nil {
		t.Fatalf("remove: %v", err)
	}
	return n
}

func storyIDs(facts ...news.Facts) []news.ID {
	var ids []news.ID
	for _, f := range facts {
		ids = append(ids, f.Story.ID)
	}
	return ids
}

func export(t testing.TB, s store.Store) string {
	t.Helper()
	return exportOf(t, s)
}

func exportOf(t testing.TB, s store.Reader) string {
	t.Helper()
	var b bytes.Buffer
	n, err := store.Export(t.Context(), s, &b)
	if err != nil {
		t.Fatalf("export: %v", err)
	}
	if lines := strings.Count(b.String(), "\n"); lines != n {
		t.Errorf("export says %d records and writes %d lines", n, lines)
	}
	return b.String()
}

// holds tells that the store holds what these facts make and nothing else.
func holds(t testing.TB, what string, s store.Store, facts ...news.Facts) {
	t.Helper()
	g := refer(facts...)
	sameText(t, what, export(t, s), g.export())
	st, err := s.Stats(t.Context())
	if err != nil {
		t.Fatalf("%s: stats: %v", what, err)
	}
	if !reflect.DeepEqual(st, g.stats()) {
		t.Errorf("%s: stats %+v, want %+v", what, st, g.stats())
	}
}

// derives tells that what these facts derive is in step: which event answers for a report, which reports it lists, who takes part in
// what, whose relations are how many, and how many stories mention whom.
func derives(t testing.TB, what string, s store.Store, facts ...news.Facts) {
	t.Helper()
	g := refer(facts...)
	var forms, ids, stories []news.ID
	for _, r := range g.reports {
		forms = append(forms, news.EventID(r.ID))
	}
	for _, e := range g.entities {
		ids = append(ids, e.ID)
	}
	for _, f := range g.stories {
		stories = append(stories, f.ID)
	}
	copies, err6 := s.CopiesOf(t.Context(), stories, everything)
	words, err7 := s.EventsAbout(t.Context(), forms, everything)
	events, err1 := s.EventsByID(t.Context(), forms)
	reports, err2 := s.ReportsOf(t.Context(), forms, everything)
	takes, err3 := s.EventsOf(t.Context(), ids, store.EventQuery{Paging: everything})
	related, err5 := s.Relations(t.Context(), ids, store.RelationQuery{Paging: everything})
	ranked, err4 := s.FindEntities(t.Context(), store.EntityQuery{Paging: everything})
	if err := errors.Join(err1, err2, err3, err4, err5, err6, err7); err != nil || len(words) != len(forms) || len(copies) != len(stories) || len(reports) != len(forms) || len(takes) != len(ids) || len(related) != len(ids) {
		t.Fatalf("%s: %d and %d pages, %v", what, len(reports), len(takes), err)
	}
	for i, form := range forms {
		event, _ := g.eventOf(form)
		same(t, what+": "+string(form), lines([]news.Event{events[form]}), lines([]news.Event{event}))
		page, _ := bare(reports[i], nil)
		same(t, what+": reports of "+string(form), nodes(page), lines(g.reportsOf(form)))
		page, _ = bare(words[i], nil)
		same(t, what+": events about "+string(form), nodes(page), lines(g.eventsAbout(form)))
	}
	for i, id := range ids {
		page, _ := bare(takes[i], nil)
		same(t, what+": events of "+string(id), nodes(page), lines(g.eventsOf(id, store.EventQuery{})))
		page, _ = bare(related[i], nil)
		same(t, what+": relations of "+string(id), nodes(page), lines(g.relations(id, store.RelationQuery{})))
	}
	for i, story := range stories {
		page, _ := bare(copies[i], nil)
		same(t, what+": copies of "+string(story), nodes(page), lines(g.copiesOf(story)))
	}
	page, _ := bare(ranked, nil)
	same(t, what+": entities by their stories", nodes(page), lines(g.findEntities(store.EntityQuery{})))
}

// sameText compares texts of lines, and shows where they part.
func sameText(t testing.TB, what, got, want string) {
	t.Helper()
	if got == want {
		return
	}
	gots, wants := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range max(len(gots), len(wants)) {
		g, w := "(end)", "(end)"
		if i < len(gots) {
			g = gots[i]
		}
		if i < len(wants) {
			w = wants[i]
		}
		if g != w {
			t.Errorf("%s: %d lines, want %d; line %d\n got %.800s\nwant %.800s", what, len(gots), len(wants), i+1, g, w)
			return
		}
	}
}

// lines are things as JSON, by which they are compared: what a store read again has other nil slices than what was put.
func lines[T any](list []T) []string {
	all := make([]string, len(list))
	for i, v := range list {
		data, err := json.Marshal(v)
		if err != nil {
			panic(err) // the domain's types always marshal
		}
		all[i] = string(data)
	}
	return all
}

func same(t testing.TB, what string, got, want []string) {
	t.Helper()
	sameText(t, what, strings.Join(got, "\n"), strings.Join(want, "\n"))
}

// equal compares small values.
func equal[T any](t testing.TB, what string, got, want T) {
	t.Helper()
	if g, w := fmt.Sprintf("%+v", got), fmt.Sprintf("%+v", want); g != w {
		t.Errorf("%s:\n got %s\nwant %s", what, g, w)
	}
}
