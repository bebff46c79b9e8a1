package neo4j

import (
	"bytes"
	"errors"
	"maps"
	"path/filepath"
	"slices"
	"testing"

	"newsgraph/store"
	"newsgraph/store/neo4j/neo4jtest"
	"newsgraph/store/storetest"
)

// imported is a new server with what ExportBulk writes of a store.
func imported(t *testing.T, r store.Reader, o BulkOptions) *Store {
	t.Helper()
	var data string
	server, err := neo4jtest.Start(t.Context(), t.Output(), neo4jtest.WithData(func(folder, jars string) error {
		data = folder
		files := filepath.Join(t.TempDir(), "bulk")
		done, err := ExportBulk(t.Context(), r, files, o)
		if err != nil {
			return err
		}
		t.Logf("%+v", done)
		importer, err := FindImporter(jars)
		if err != nil {
			return err
		}
		return errors.Join(Ready(data, "neo4j"), importer.Import(t.Context(), files, data, "neo4j", t.Output()))
	}))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Stop(); err != nil {
			t.Error(err)
		}
	})
	if err := Ready(data, "neo4j"); !errors.Is(err, ErrRuns) {
		t.Errorf("while the server runs: %v", err)
	}
	s, err := Open(t.Context(), server.URI, Auth{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

const (
	allNodes = `
MATCH (n) WHERE NOT n:Key
WITH n, [k IN keys(n) WHERE NOT k IN ['turn', 'turns', 'loaded', 'copies'] AND NOT valueType(n[k]) STARTS WITH 'LIST<NOTHING>' | k] AS names
CALL (n, names) { UNWIND names AS k WITH k, n ORDER BY k RETURN collect(k + '=' + valueType(n[k]) + ' ' + toStringOrNull(n[k])) AS has, collect([k, n[k]]) AS all }
RETURN labels(n) AS of, n.id AS a, '' AS b, has, all`

	allRelations = `
MATCH (a)-[r]->(b)
CALL (r) { UNWIND keys(r) AS k WITH k, r ORDER BY k RETURN collect([k, r[k]]) AS all }
RETURN [labels(a)[0], type(r), labels(b)[0]] AS of, a.id AS a, b.id AS b, [] AS has, all`

	allCopies = `MATCH (t:Text) WITH t.copies AS copies, t.id AS id ORDER BY id WITH copies, collect(id) AS ids RETURN ['copies'] AS of, ids[0] AS a, '' AS b, [] AS has, ids AS all`
)

// dump is all that a graph holds, save load times, turns, the names of groups, and empty lists, which the importer leaves out and queries read as none.
func dump(t *testing.T, s *Store) []string {
	t.Helper()
	var all []string
	for _, statement := range []string{allNodes, allRelations, allCopies} {
		rows, err := read(t.Context(), s, "dump", statement, nil, func(r *row) string {
			labels := r.strings("of")
			slices.Sort(labels)
			return record([]any{labels, r.string("a"), r.string("b"), column[[]any](r, "has"), column[[]any](r, "all")})
		})
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, rows...)
	}
	slices.Sort(all)
	return all
}

// sameGraph compares two graphs to the last property.
func sameGraph(t *testing.T, got, want *Store) {
	t.Helper()
	var exports [2]bytes.Buffer
	for i, s := range []*Store{got, want} {
		if _, err := store.Export(t.Context(), s, &exports[i]); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(exports[0].Bytes(), exports[1].Bytes()) {
		t.Error("the exports differ")
	}
	a, b := dump(t, got), dump(t, want)
	count := map[string]int{}
	for _, line := range a {
		count[line]++
	}
	for _, line := range b {
		count[line]--
	}
	shown := 0
	for _, line := range slices.Sorted(maps.Keys(count)) {
		if n := count[line]; n != 0 && shown < 20 {
			shown++
			t.Errorf("%d times too often: %.1500s", n, line)
		}
	}
}

// TestBulk makes a database by the importer of a graph that was put story by story, and compares all that they hold.
func TestBulk(t *testing.T) {
	live := empty(t)
	storetest.Fill(t, live)
	check(t, live)
	bulk := imported(t, live, BulkOptions{Gzip: true})
	check(t, bulk)
	sameGraph(t, bulk, live)
	// It goes on like any other.
	storetest.Change(t, live)
	storetest.Change(t, bulk)
	check(t, bulk)
	sameGraph(t, bulk, live)
}
