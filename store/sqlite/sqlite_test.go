package sqlite

import (
	"bufio"
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"newsgraph/news"
	"newsgraph/store"
	"newsgraph/store/storetest"
)

// What the environment says to a child process: the file to load into until it is killed, or to open.
const (
	envLoad = "NEWSGRAPH_TEST_LOAD"
	envOpen = "NEWSGRAPH_TEST_OPEN"
)

func TestMain(m *testing.M) {
	switch {
	case os.Getenv(envLoad) != "":
		load(os.Getenv(envLoad))
	case os.Getenv(envOpen) != "":
		s, err := Open(context.Background(), os.Getenv(envOpen))
		if err != nil {
			fmt.Println(err)
			return
		}
		st, err := s.Stats(context.Background())
		fmt.Println(s.ReadOnly(), st.Stories, err)
		_, err = s.Put(context.Background(), []news.Facts{numbered(7, 3)})
		fmt.Println(errors.Is(err, store.ErrUnavailable), err)
	default:
		os.Exit(m.Run())
	}
}

// reopen opens the file at path for a test.
func reopen(t testing.TB, path string) *Store {
	t.Helper()
	s, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func TestStore(t *testing.T) {
	var path string
	var s *Store
	storetest.Run(t, storetest.Harness{
		Open: func(t testing.TB) store.Store {
			path = filepath.Join(t.TempDir(), "graph.db")
			s = reopen(t, path)
			return s
		},
		Again:    func(t testing.TB) store.Store { return reopen(t, path) },
		Embedded: func(ctx context.Context, file string) (store.Store, error) { return Open(ctx, file) },
		Check:    func(t testing.TB) { inStep(t, s, path) },
	})
}

// TestOpenRefused opens what is no store, or none that this program may write, and leaves it as it is.
func TestOpenRefused(t *testing.T) {
	dir := t.TempDir()
	write := func(name, content string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	database := func(name, statement string) string {
		path := filepath.Join(dir, name)
		db, err := sql.Open("sqlite", path)
		if err == nil {
			_, err = db.ExecContext(t.Context(), statement)
		}
		if err := errors.Join(err, db.Close()); err != nil {
			t.Fatal(err)
		}
		return path
	}
	newer := filepath.Join(dir, "newer.db")
	s, err := Open(t.Context(), newer)
	if err == nil {
		err = s.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	database("newer.db", `PRAGMA user_version = 99`)
	for _, test := range []struct{ name, path, says string }{
		{"text", write("text.db", strings.Repeat("This is no database. ", 100)), "not a database"},
		{"a short text", write("short.db", "no"), "not a database"},
		{"a folder", dir, "open"},
		{"a folder that is not there", filepath.Join(dir, "none", "graph.db"), "the folder " + filepath.Join(dir, "none") + " does not exist: make it"},
		{"a folder that is a file", filepath.Join(newer, "graph.db"), newer + " is no folder"},
		{"another program's", database("other.db", `CREATE TABLE bookmarks (url TEXT)`), "another program"},
		{"a newer version's", newer, "newer version"},
		{"a question mark", filepath.Join(dir, "none?mode=memory"), ""},
	} {
		before, _ := os.ReadFile(test.path)
		s, err := Open(t.Context(), test.path)
		if test.says == "" { // it is a name as any other
			if err != nil {
				t.Errorf("%s: %v", test.name, err)
				continue
			}
			if _, err := os.Stat(test.path); err != nil {
				t.Errorf("%s: %v", test.name, err)
			}
			if err := s.Close(); err != nil {
				t.Errorf("%s: %v", test.name, err)
			}
			continue
		}
		if !errors.Is(err, store.ErrUnavailable) || !strings.Contains(err.Error(), test.says) || !strings.Contains(err.Error(), test.path) {
			t.Errorf("%s: %v", test.name, err)
		}
		if known := strings.Contains(test.says, "version") || strings.Contains(test.says, "program"); known && strings.Contains(err.Error(), "is the folder there") {
			t.Errorf("%s: it asks for what is known: %v", test.name, err)
		}
		if after, _ := os.ReadFile(test.path); !bytes.Equal(after, before) {
			t.Errorf("%s: it was changed", test.name)
		}
	}
}

// TestUnmade opens files that are not there, and closes them: one that nothing was put into is gone, with all beside it, unless another Store uses it or it was
// there before.
func TestUnmade(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "graph.db")
	opened := func() *Store {
		s, err := Open(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	closed := func(s *Store, left ...string) {
		t.Helper()
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		entries, err := os.ReadDir(dir)
		var names []string
		for _, e := range entries {
			names = append(names, e.Name())
		}
		if err != nil || !slices.Equal(names, left) {
			t.Errorf("%q is left, %v; want %q", names, err, left)
		}
	}
	s := opened()
	if _, err := s.Stats(t.Context()); err != nil { // it was asked
		t.Error(err)
	}
	closed(s)
	maker, user := opened(), opened()
	if _, err := user.Stats(t.Context()); err != nil {
		t.Error(err)
	}
	closed(maker, "graph.db", "graph.db-shm", "graph.db-wal") // the other may be about to write
	if _, err := user.Put(t.Context(), []news.Facts{numbered(1, 2)}); err != nil {
		t.Error(err)
	}
	closed(user, "graph.db")
	closed(opened(), "graph.db")
	if _, err := user.Stats(t.Context()); err == nil {
		t.Error("a closed store answers")
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	maker = opened()
	if _, err := maker.Put(t.Context(), []news.Facts{numbered(1, 2)}); err != nil {
		t.Error(err)
	}
	closed(maker, "graph.db")
	was := opened() // what is in of others is no reason to make it anew
	was.made = true
	closed(was, "graph.db")
	s = opened()
	if st, err := s.Stats(t.Context()); err != nil || st.Stories != 1 {
		t.Errorf("%+v, %v", st, err)
	}
	closed(s, "graph.db")
}

// TestDamaged damages the pages of a file: whoever reads or writes is told that it is the file, and what to do, and nothing is taken for a story's fault.
func TestDamaged(t *testing.T) {
	path := filepath.Join(t.TempDir(), "graph.db")
	s := reopen(t, path)
	for n := range 40 {
		if _, err := s.Put(t.Context(), []news.Facts{numbered(n, 5)}); err != nil {
			t.Fatal(err)
		}
	}
	var root, size int64
	if err := s.reads.QueryRowContext(t.Context(), `SELECT (SELECT rootpage FROM sqlite_schema WHERE name = 'report'), (SELECT page_size FROM pragma_page_size)`).Scan(&root, &size); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for name, damage := range map[string]func([]byte) []byte{
		"a page of nothing": func(b []byte) []byte { clear(b[(root-1)*size : root*size]); return b },
		"a page of noise": func(b []byte) []byte {
			for i := range size {
				b[(root-1)*size+i] ^= byte(i*7 + 1) //nolint:gosec // noise
			}
			return b
		},
		"cut in the middle": func(b []byte) []byte { return b[:int64(len(b))/size/2*size] },
	} {
		t.Run(name, func(t *testing.T) {
			if err := os.WriteFile(path, damage(slices.Clone(whole)), 0o600); err != nil {
				t.Fatal(err)
			}
			told := func(what string, err error) {
				t.Helper()
				if !errors.Is(err, store.ErrUnavailable) || !strings.Contains(err.Error(), "put a copy from before in its place") || strings.Count(err.Error(), "not available") > 1 {
					t.Errorf("%s: %v", what, err)
				}
			}
			s, err := Open(t.Context(), path)
			if err != nil {
				told("open", err)
				return
			}
			defer s.Close()
			_, err = s.Put(t.Context(), []news.Facts{numbered(50, 2)})
			told("put", err)
			for _, failed := range s.Records(t.Context()) {
				err = failed
			}
			told("read", err)
			if _, err := s.Stats(t.Context()); err != nil { // it may count by an index that is whole
				told("count", err)
			}
		})
	}
}

// TestBroughtUp has a newer program bring the file up to another layout while this one has it open.
func TestBroughtUp(t *testing.T) {
	path := filepath.Join(t.TempDir(), "graph.db")
	s := reopen(t, path)
	if _, err := s.Put(t.Context(), []news.Facts{numbered(1, 2)}); err != nil {
		t.Fatal(err)
	}
	newer := reopen(t, path)
	if _, err := newer.writes.ExecContext(t.Context(), `PRAGMA user_version = 99`); err != nil {
		t.Fatal(err)
	}
	_, put := s.Put(t.Context(), []news.Facts{numbered(2, 2)})
	_, removed := s.Remove(t.Context(), []news.ID{numbered(1, 2).Story.ID})
	for what, err := range map[string]error{"put": put, "remove": removed, "ping": s.Ping(t.Context())} {
		if !errors.Is(err, store.ErrUnavailable) || !strings.Contains(err.Error(), "newer version") {
			t.Errorf("%s: %v", what, err)
		}
	}
	if st, err := newer.Stats(t.Context()); err != nil || st.Stories != 1 {
		t.Errorf("%+v, %v", st, err)
	}
}

// TestGone has the file removed, and then another put in its place, while it is open: nothing is told to be in that is lost.
func TestGone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "graph.db")
	s := reopen(t, path)
	refused := func(when string) {
		t.Helper()
		_, err := s.Put(t.Context(), []news.Facts{numbered(1, 2)})
		for what, err := range map[string]error{"put": err, "ping": s.Ping(t.Context())} {
			if !errors.Is(err, store.ErrUnavailable) || !strings.Contains(err.Error(), path+" was removed") {
				t.Errorf("%s, %s: %v", when, what, err)
			}
		}
	}
	for _, suffix := range []string{"", "-wal", "-shm"} {
		if err := os.Rename(path+suffix, path+suffix+"-away"); err != nil && !errors.Is(err, os.ErrNotExist) {
			t.Fatal(err)
		}
	}
	refused("removed")
	other := reopen(t, path)
	refused("another in its place")
	if st, err := other.Stats(t.Context()); err != nil || st.Stories != 0 {
		t.Errorf("%+v, %v", st, err)
	}
}

// TestOpenReadOnly opens a file as a user who may only read it: another process, for root may write everything.
func TestOpenReadOnly(t *testing.T) {
	dir := t.TempDir()
	if err := os.Chmod(filepath.Dir(dir), 0o755); err != nil { // another user may pass
		t.Fatal(err)
	}
	path := filepath.Join(dir, "graph.db")
	s := reopen(t, path)
	if _, err := s.Put(t.Context(), []news.Facts{numbered(1, 3)}); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(program)
	if err != nil {
		t.Fatal(err)
	}
	copied := filepath.Join(dir, "program")
	if err := errors.Join(os.WriteFile(copied, data, 0o755), os.Chmod(path, 0o444), os.Chmod(dir, 0o555)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.Chmod(dir, 0o700); err != nil { // so that it can be removed
			t.Error(err)
		}
	})
	child := exec.CommandContext(t.Context(), copied)
	child.Env = append(os.Environ(), envOpen+"="+path)
	child.Dir = dir
	if os.Getuid() == 0 {
		child.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	}
	out, err := child.CombinedOutput()
	if err != nil || !strings.HasPrefix(string(out), "true 1 <nil>\ntrue ") || !strings.Contains(string(out), "let it write the file and its folder") {
		t.Errorf("%s, %v", out, err)
	}
}

// TestOpenAtOnce opens a file that is not there from many sides: one makes it, all can use it.
func TestOpenAtOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "graph.db")
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			s, err := Open(t.Context(), path)
			if err != nil {
				t.Error(err)
				return
			}
			defer s.Close()
			if _, err := s.Put(t.Context(), []news.Facts{numbered(i, 3)}); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	st, err := reopen(t, path).Stats(t.Context())
	if err != nil || st.Stories != 8 {
		t.Errorf("%+v, %v", st, err)
	}
}

// TestOpenBesideWriter opens a file to read while another's transaction goes on: readers wait for nobody, and so who opens does not either.
func TestOpenBesideWriter(t *testing.T) {
	path := filepath.Join(t.TempDir(), "graph.db")
	if _, err := reopen(t, path).Put(t.Context(), []news.Facts{numbered(1, 3)}); err != nil {
		t.Fatal(err)
	}
	tx, err := reopen(t, path).writes.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	s, err := Open(ctx, path)
	if err != nil {
		t.Fatalf("open beside a writer: %v", err)
	}
	defer s.Close()
	if st, err := s.Stats(ctx); err != nil || st.Stories != 1 {
		t.Errorf("%+v, %v", st, err)
	}
}

// load puts stories until it is killed.
func load(path string) {
	ctx := context.Background()
	s, err := Open(ctx, path)
	for i := 0; err == nil; i += 3 {
		fmt.Println("batch", i) // its transaction begins
		_, err = s.Put(ctx, []news.Facts{numbered(i, 40), numbered(i+1, 40), numbered(i+2, 40)})
	}
	fmt.Println(err)
	os.Exit(1)
}

// TestKilled kills a loader in the middle of its writing, again and again: each story is there as a whole or not at all, those of a
// batch together, and what was read before a restart is not lost.
func TestKilled(t *testing.T) {
	path := filepath.Join(t.TempDir(), "graph.db")
	kept := 0
	for round := range 5 {
		child := exec.CommandContext(t.Context(), os.Args[0])
		child.Env = append(os.Environ(), envLoad+"="+path)
		out, err := child.StdoutPipe()
		if err == nil {
			err = child.Start()
		}
		if err != nil {
			t.Fatal(err)
		}
		// So many of its batches begin, and some of the last is done.
		said := bufio.NewScanner(out)
		for range 1 + round {
			if !said.Scan() || !strings.HasPrefix(said.Text(), "batch") {
				t.Fatalf("%s, %v", said.Text(), said.Err())
			}
		}
		time.Sleep(time.Duration(13*round) * time.Millisecond)
		if err := child.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		if err := child.Wait(); err == nil {
			t.Fatal("it ended by itself")
		}

		s := reopen(t, path)
		stories, err := s.Stories(t.Context(), store.StoryQuery{Paging: store.Paging{First: 100000}})
		if err != nil {
			t.Fatal(err)
		}
		n := len(stories.Edges)
		if n%3 != 0 || n < kept {
			t.Errorf("%d stories, after %d: a batch was torn or lost", n, kept)
		}
		kept = n
		all := make([]news.Facts, n)
		for i := range all {
			all[i] = numbered(i, 40)
		}
		if result, err := s.Put(t.Context(), all); err != nil || result.Unchanged != n {
			t.Errorf("%d stories put again: %+v, %v", n, result, err)
		}
		var got, want bytes.Buffer
		if _, err := store.Export(t.Context(), s, &got); err != nil {
			t.Fatal(err)
		}
		fresh := reopen(t, filepath.Join(t.TempDir(), "fresh.db"))
		if _, err := fresh.Put(t.Context(), all); err != nil {
			t.Fatal(err)
		}
		if _, err := store.Export(t.Context(), fresh, &want); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got.Bytes(), want.Bytes()) {
			t.Errorf("%d bytes of %d stories, want %d", got.Len(), n, want.Len())
		}
		var check string
		if err := s.writes.QueryRowContext(t.Context(), `PRAGMA integrity_check`).Scan(&check); err != nil || check != "ok" {
			t.Errorf("integrity: %s, %v", check, err)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
	if kept == 0 {
		t.Error("nothing was loaded before the kills")
	}
}

// TestNothingLeft looks into every table after the last story is gone.
func TestNothingLeft(t *testing.T) {
	s := reopen(t, filepath.Join(t.TempDir(), "graph.db"))
	var ids []news.ID
	for i := range 5 {
		f := numbered(i, 20)
		ids = append(ids, f.Story.ID)
		if _, err := s.Put(t.Context(), []news.Facts{f}); err != nil {
			t.Fatal(err)
		}
	}
	if n, err := s.Remove(t.Context(), ids); n != 5 || err != nil {
		t.Fatal(n, err)
	}
	for _, table := range []string{
		"story", "contribution", "wording", "entity", "name", "mention", "quotation", "position", "side", "report", "event", "participant", "link", "relation", "name_words", "story_words", "report_words",
		"about", "text", "band", "statement", "spoken",
	} {
		var n int
		if err := s.reads.QueryRowContext(t.Context(), `SELECT COUNT(*) FROM `+table).Scan(&n); err != nil || n != 0 {
			t.Errorf("%d rows are left in %s, %v", n, table, err)
		}
	}
}

// query stands in a plan where the steps of a query begin.
const query = "QUERY"

// explaining notes the plan of each query.
type explaining struct {
	*sql.DB
	plan *[]string
}

func (e explaining) QueryContext(ctx context.Context, asks string, args ...any) (*sql.Rows, error) {
	steps, err := rows(ctx, e.DB, func(rs *sql.Rows) (step string, err error) {
		var n int
		err = rs.Scan(&n, &n, &n, &step)
		return step, err
	}, `EXPLAIN QUERY PLAN `+asks, args...)
	if err != nil {
		return nil, err
	}
	*e.plan = append(append(*e.plan, query), steps...)
	return e.DB.QueryContext(ctx, asks, args...)
}

// TestPlans reads SQLite's plans: no list looks at every row of a table that grows with the stories, none is sorted before its page is cut,
// and each is read from the index that has its order and what it is filtered by.
func TestPlans(t *testing.T) {
	s := reopen(t, filepath.Join(t.TempDir(), "graph.db"))
	var plan []string
	s.ask = explaining{s.reads, &plan}
	ctx, one := t.Context(), store.Paging{First: 1}
	const hash = "0123456789abcdef0123"
	beyond := func(kind string, keys ...string) store.Paging {
		return store.Paging{First: 1, After: store.Cursor(kind, keys...)}
	}
	newest := beyond("events newest", "4700000", hash)
	target := []store.Participation{{Entities: []news.ID{"a"}, Roles: []news.Role{news.Target}}}
	during := &news.Interval{From: "2024-01-01", To: "2024-12-31"}
	events := func(q store.EventQuery) func() error {
		return func() error { _, err := s.Events(ctx, q); return err }
	}
	relations := func(q store.RelationQuery) func() error {
		return func() error { _, err := s.Relations(ctx, []news.ID{"a", "b"}, q); return err }
	}
	for _, test := range []struct {
		name string
		ask  func() error
		uses []string
		sort bool // of few, or of what cannot be known in order
	}{
		{"entities by id", func() error { _, err := s.Entities(ctx, []news.ID{"a", "b"}); return err }, nil, true},
		{"copies", func() error { _, err := s.CopiesOf(ctx, []news.ID{"a", "b"}, store.Paging{First: 20}); return err }, []string{"text_copies (copies=?)", "story_text (text=?)"}, true},
		{"stories by id", func() error { _, err := s.StoriesByID(ctx, []news.ID{"a", "b"}); return err }, nil, true},
		{"stories by url and text", func() error {
			_, err := s.FindStories(ctx, []string{"https://example.org/a"}, []string{hash})
			return err
		}, []string{"story_page (page=?)", "story_texthash (texthash=?)"}, false},
		{"versions", func() error { _, err := s.Versions(ctx, []news.ID{"a", "b"}); return err }, []string{"story_piece (piece=?)"}, true},
		{"stories with their reports and events", func() error { // of what is brought, those of a page are sorted at once
			_, err := s.besideStories(ctx, []store.Edge[news.Story]{{Node: news.Story{ID: "story:" + hash}}}, store.Show{Reports: 5, Events: true})
			return err
		}, []string{"report_story (story=?)", "e USING PRIMARY KEY (id=?)"}, false},
		{"events with their reports and parties", func() error {
			some := []store.Page[news.Event]{{Edges: []store.Edge[news.Event]{{Node: news.Event{ID: "event:" + hash, Participants: []news.Participant{{Entity: "a"}}}}}}}
			return s.besideEvents(ctx, some, &store.Show{Named: true, Reports: 5, Headlines: true})
		}, []string{"report_event (event=?)", "sqlite_autoindex_entity_1 (id=?)"}, false},
		{"reports by id", func() error { _, err := s.ReportsByID(ctx, []news.ID{"a", "b"}); return err }, nil, true},
		{"mentions by id", func() error { _, err := s.MentionsByID(ctx, []news.ID{"a", "b"}); return err }, []string{"mention_id (id=?)"}, true},
		{"quotations by id", func() error { _, err := s.QuotationsByID(ctx, []news.ID{"a", "b"}); return err }, []string{"quotation_id (id=?)"}, true},
		{"positions by id", func() error { _, err := s.PositionsByID(ctx, []news.ID{"a", "b"}); return err }, []string{"position_id (id=?)"}, true},
		{"events by id", func() error { _, err := s.EventsByID(ctx, []news.ID{"a", "b"}); return err }, nil, false},
		{"entities", func() error {
			_, err := s.FindEntities(ctx, store.EntityQuery{Paging: beyond("entities", "7", "a")})
			return err
		}, []string{"entity_stories (stories<?)"}, false},
		{"entities of a kind", func() error {
			_, err := s.FindEntities(ctx, store.EntityQuery{Kinds: []news.Kind{news.State}, Paging: beyond("entities", "7", "a")})
			return err
		}, []string{"entity_kind (kind=? AND stories<?)"}, false},
		{"entities by name", func() error {
			_, err := s.FindEntities(ctx, store.EntityQuery{Name: "a", Paging: one})
			return err
		}, []string{"name_folded (folded=?)"}, true},
		{"entities by code", func() error {
			_, err := s.FindEntities(ctx, store.EntityQuery{ISO: "a", Paging: one})
			return err
		}, []string{"entity_iso2 (iso2=?)", "entity_iso3 (iso3=?)"}, true},
		{"entities by item", func() error {
			_, err := s.FindEntities(ctx, store.EntityQuery{Wikidata: "a", Paging: one})
			return err
		}, []string{"entity_wikidata (wikidata=?)"}, true},
		{"search", func() error { _, err := s.Search(ctx, store.SearchQuery{Text: "a b", Paging: one}); return err }, []string{"name_words VIRTUAL TABLE"}, true},
		{"near names", func() error {
			_, err := s.Search(ctx, store.SearchQuery{Text: "zelenski kim", Paging: one})
			return err
		}, []string{"name_words VIRTUAL TABLE"}, true},
		{"events", events(store.EventQuery{Paging: newest}), []string{"event_at (at<?)"}, false},
		{"events, oldest first", events(store.EventQuery{Order: store.OldestFirst, Paging: beyond("events oldest", "4700000", hash)}), []string{"event_at (at>?"}, false},
		{
			"events of an action", events(store.EventQuery{Actions: []string{"a"}, Modalities: []news.Modality{news.Asserted}, Paging: newest}),
			[]string{"event_deed (deed=? AND at<?)"},
			false,
		},
		{
			"events of actions", events(store.EventQuery{Actions: []string{"a", "b"}, During: during, Undated: true, Paging: one}),
			[]string{"event_deed (deed=? AND at>? AND at<?)", "event_deed (deed=? AND at<?)"},
			false,
		},
		{"events of a type", events(store.EventQuery{Types: []news.EventType{"a"}, Paging: newest}), []string{"event_deed (deed=? AND at<?)"}, false},
		{"events of a participant", events(store.EventQuery{Participants: target, Paging: newest}), []string{"SEARCH p USING PRIMARY KEY (entity=? AND at<?)"}, false},
		{
			"events of a participant in a year", events(store.EventQuery{Participants: target, During: during, Foreground: true, Paging: one}),
			[]string{"PRIMARY KEY (entity=? AND at>? AND at<?)"},
			false,
		},
		{
			"who accused a participant in a year", events(store.EventQuery{Participants: target, Types: []news.EventType{"a"}, During: during, Paging: one}),
			[]string{"participant_deed (entity=? AND deed=? AND at>? AND at<?)"},
			false,
		},
		{
			"what a participant did", events(store.EventQuery{Participants: target, Actions: []string{"a", "b"}, Modalities: []news.Modality{news.Asserted}, Paging: newest}),
			[]string{"COVERING INDEX participant_deed (entity=? AND deed=? AND at<?)"},
			false,
		},
		{
			"what participants did to each other", events(store.EventQuery{Participants: append(target, store.Participation{Entities: []news.ID{"b"}, Roles: []news.Role{news.Source}}), Paging: newest}),
			[]string{"PRIMARY KEY (entity=? AND at<?)", "PRIMARY KEY (entity=? AND at=? AND event=?)"},
			false,
		},
		{"events of entities", func() error {
			_, err := s.EventsOf(ctx, []news.ID{"a", "b"}, store.EventQuery{Paging: newest})
			return err
		}, []string{"PRIMARY KEY (entity=? AND at<?)"}, false},
		{"events of entities, oldest first", func() error {
			_, err := s.EventsOf(ctx, []news.ID{"a", "b"}, store.EventQuery{Order: store.OldestFirst, Actions: []string{"a"}, Paging: one})
			return err
		}, []string{"participant_deed (entity=? AND deed=? AND at>?)"}, false},
		{"events about events", func() error {
			_, err := s.EventsAbout(ctx, []news.ID{"a", "b"}, newest)
			return err
		}, []string{"report_event (event=?)", "SEARCH a USING PRIMARY KEY (deed=?)"}, true},
		{"reports of events", func() error {
			_, err := s.reportsOf(ctx, s.ask, []news.ID{"a", "b"}, beyond("reports of", "a"))
			return err
		}, []string{"report_event (event=? AND rank>?)"}, false},
		{"reports in stories", func() error {
			_, err := s.ReportsIn(ctx, []news.ID{"a", "b"}, beyond("reports in", "1", "2", hash))
			return err
		}, []string{"report_story (story=? AND start>?)"}, false},
		{"stories", func() error {
			_, err := s.Stories(ctx, store.StoryQuery{Published: during, Paging: beyond("stories", "738000", hash)})
			return err
		}, []string{"story_published (published>? AND published<?)"}, false},
		{"stories of a publisher", func() error {
			_, err := s.Stories(ctx, store.StoryQuery{Publisher: "a", Paging: beyond("stories", "738000", hash)})
			return err
		}, []string{"story_publisher (publisher=? AND published<?)"}, false},
		{"stories with words", func() error {
			_, err := s.Stories(ctx, store.StoryQuery{Text: "a", Paging: one})
			return err
		}, []string{"story_words VIRTUAL TABLE"}, true},
		{"stories that could be read by a time", func() error {
			_, _, err := s.KnownBy(ctx, time.Unix(1, 0), 5000)
			return err
		}, []string{"story_known (known<?)", "superseded_known (known<?)"}, false},
		{"co-occurrences", func() error {
			_, err := s.CoOccurring(ctx, store.CoOccurrenceQuery{Of: "a", Most: 5000, First: 20})
			return err
		}, []string{"SEARCH mention USING COVERING INDEX mention_entity (entity=?)", "SEARCH x USING PRIMARY KEY (story=?)"}, true},
		{"mentions of entities", func() error {
			_, err := s.MentionsOf(ctx, []news.ID{"a", "b"}, beyond("mentions of", "738000", hash, "1", "2"))
			return err
		}, []string{"mention_entity (entity=? AND published<?)"}, false},
		{"mentions in stories", func() error {
			_, err := s.MentionsIn(ctx, []news.ID{"a", "b"}, beyond("mentions in", "1", "2"))
			return err
		}, []string{"PRIMARY KEY (story=? AND start>?)"}, false},
		{"quotations in stories", func() error {
			_, err := s.QuotationsIn(ctx, []news.ID{"a", "b"}, one)
			return err
		}, []string{"PRIMARY KEY (story=?)"}, false},
		{"positions of entities", func() error {
			_, err := s.PositionsOf(ctx, []news.ID{"a", "b"}, store.PositionQuery{On: "2024-01-09", Paging: beyond("positions of", "738000", hash, "1", "2", hash)})
			return err
		}, []string{"PRIMARY KEY (entity=? AND published<?)"}, false},
		{"statements of entities", func() error {
			_, err := s.StatementsOf(ctx, []news.ID{"a", "b"}, store.StatementQuery{Published: during, Paging: beyond("statements of", "738000", hash, "1", "2")})
			return err
		}, []string{"PRIMARY KEY (speaker=? AND list=? AND entity=? AND published>? AND published<?)"}, false},
		{"statements about somebody", func() error {
			_, err := s.StatementsOf(ctx, []news.ID{"a", "b"}, store.StatementQuery{About: "c", Paging: beyond("statements of", "738000", hash, "1", "2")})
			return err
		}, []string{"PRIMARY KEY (speaker=? AND list=? AND entity=? AND published<?)"}, false},
		{"statements about somebody to another", func() error {
			_, err := s.StatementsOf(ctx, []news.ID{"a", "b"}, store.StatementQuery{About: "c", To: "d", Paging: one})
			return err
		}, []string{"PRIMARY KEY (speaker=? AND list=? AND entity=?)", "PRIMARY KEY (speaker=? AND list=? AND entity=? AND published=? AND told=? AND start=? AND stop=?)"}, false},
		{
			"relations", relations(store.RelationQuery{Paging: beyond("relations", "7", "a", "b", "c")}),
			[]string{"relation_out (source=? AND count<?)", "relation_in (target=? AND count<?)"},
			false,
		},
		{"relations of actions", relations(store.RelationQuery{Actions: []string{"d", "e"}, Paging: one}), []string{"relation_out (source=?)", "relation_in (target=?)"}, false},
		{"relations with others", relations(store.RelationQuery{Others: []news.ID{"c"}, Actions: []string{"d"}, Paging: one}), []string{"(source=? AND target=? AND action=?)"}, true},
		{
			"relations in a year", relations(store.RelationQuery{During: during, Paging: one}),
			[]string{"link_source (source=? AND at>? AND at<?)", "link_target (target=? AND at>? AND at<?)"},
			true,
		},
	} {
		plan = nil
		if err := test.ask(); err != nil {
			t.Errorf("%s: %v", test.name, err)
			continue
		}
		steps := strings.Join(plan, "\n")
		for _, want := range test.uses {
			if !strings.Contains(steps, want) {
				t.Errorf("%s does not use %s:\n%s", test.name, want, steps)
			}
		}
		tables := []string{
			"story", "entity", "name", "mention", "quotation", "position", "report", "event", "participant", "link", "relation",
			"s", "e", "n", "m", "q", "p", "r", "x", "i", "o", "d", "a", "w",
		}
		for _, step := range plan {
			table, scans := strings.CutPrefix(step, "SCAN ")
			table, by, _ := strings.Cut(table, " ")
			// An index that has the order may be followed from its beginning.
			if scans && slices.Contains(tables, table) && !strings.Contains(by, "INDEX ") && !strings.Contains(by, "VIRTUAL TABLE") {
				t.Errorf("%s looks at every row, %s:\n%s", test.name, step, steps)
			}
		}
		if !test.sort && sortsAll(plan) {
			t.Errorf("%s is sorted before it is cut:\n%s", test.name, steps)
		}
	}
}

// sortsAll tells that a plan sorts a list before it is cut to a page. The pages of a query may be sorted once, streams are merged before or
// as that is done. The last term of an order is sorted among what one day has.
func sortsAll(plan []string) bool {
	inside, merged, sorts := false, false, 0
	for _, step := range plan {
		switch {
		case strings.HasPrefix(step, "CO-ROUTINE (subquery"):
			inside = true
		case strings.HasPrefix(step, "SCAN (subquery"):
			inside = false
		case strings.HasPrefix(step, "MERGE"):
			merged = true
		case step == query:
			sorts--
		case strings.HasPrefix(step, "USE TEMP B-TREE FOR ORDER BY"):
			sorts++
			if inside {
				return true
			}
		}
	}
	return sorts > 0 && !merged
}

// TestOldLayout opens files as former versions left them: it is told to load again, and nothing is changed.
func TestOldLayout(t *testing.T) {
	for v := 2; v < oldest; v++ {
		schema, err := os.ReadFile(fmt.Sprintf("testdata/layout%d.sql", v))
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(t.TempDir(), "old.db")
		db, err := sql.Open("sqlite", path)
		if err == nil {
			_, err = db.ExecContext(t.Context(), string(schema)+fmt.Sprintf(`PRAGMA user_version = %d`, v))
		}
		if err := errors.Join(err, db.Close()); err != nil {
			t.Fatal(err)
		}
		before, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		_, err = Open(t.Context(), path)
		if !errors.Is(err, store.ErrUnavailable) || !strings.Contains(err.Error(), "older version") || !strings.Contains(err.Error(), "load the stories again") {
			t.Errorf("layout %d opened: %v", v, err)
		}
		if after, err := os.ReadFile(path); err != nil || !bytes.Equal(after, before) {
			t.Errorf("layout %d was changed, %v", v, err)
		}
	}
}

// TestMigrate opens a file as the schema before versions left it.
func TestMigrate(t *testing.T) {
	path := filepath.Join(t.TempDir(), "graph.db")
	s := reopen(t, path)
	story := news.Story{Headline: "A", URL: "https://example.org/a#part", Publisher: "Agency", Text: "Norway met Chad.", Reader: "1"}
	story.Identify()
	if _, err := s.Put(t.Context(), []news.Facts{{Story: story}}); err != nil {
		t.Fatal(err)
	}
	undo(t, s, 8)
	for _, q := range []string{
		`DROP TABLE correction`, `DROP TABLE told`, `DROP TABLE superseded`, `DROP INDEX story_piece`, `DROP INDEX story_page`, `DROP INDEX story_texthash`, `ALTER TABLE story DROP COLUMN piece`,
		`ALTER TABLE story DROP COLUMN page`, `ALTER TABLE story DROP COLUMN loaded`, `PRAGMA user_version = 5`,
	} {
		if _, err := s.writes.ExecContext(t.Context(), q); err != nil {
			t.Fatalf("%s: %v", q, err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = reopen(t, path)
	ids, err1 := s.FindStories(t.Context(), []string{"https://example.org/a"}, nil)
	versions, err2 := s.Versions(t.Context(), []news.ID{story.ID})
	if err := errors.Join(err1, err2); err != nil || !slices.Equal(ids, []news.ID{story.ID}) {
		t.Fatalf("found %v, %v", ids, err)
	}
	if v := versions[story.ID]; len(v) != 1 || !reflect.DeepEqual(v[0].Story, story) || !v[0].Loaded.IsZero() {
		t.Errorf("versions %+v", v)
	}
}

// undo leaves a file as it was before migrations of numbers from one on.
func undo(t *testing.T, s *Store, from int) {
	t.Helper()
	held, err := migrations.ReadFile("migrations/0010_changed.sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range []struct {
		n          int
		statements []string
	}{
		{17, []string{`ALTER TABLE bound DROP COLUMN superseded`}},
		{16, []string{`ALTER TABLE changed DROP COLUMN stories`}},
		{15, []string{`DROP INDEX story_known`, `DROP INDEX superseded_known`, `ALTER TABLE story DROP COLUMN known`, `ALTER TABLE superseded DROP COLUMN known`}},
		{14, []string{`INSERT INTO name_words (name_words) VALUES ('delete-all')`}},
		{13, []string{`DROP TABLE spoken`, `DROP TABLE statement`}},
		{12, append([]string{
			`DROP TABLE changed`, `ALTER TABLE event RENAME TO event_small`,
			`CREATE TABLE event (id BLOB NOT NULL PRIMARY KEY, type TEXT NOT NULL, action TEXT NOT NULL, at INTEGER NOT NULL, length INTEGER NOT NULL, marks INTEGER NOT NULL, record BLOB NOT NULL) WITHOUT ROWID`,
			`INSERT INTO event SELECT e.id, d.type, d.action, e.at, e.length, e.marks, e.record FROM event_small e JOIN deed d ON d.n = e.deed`, `DROP TABLE event_small`,
			`CREATE INDEX event_at ON event (at DESC, id, marks, length)`, `CREATE INDEX event_type ON event (type, at DESC, id, marks, length)`,
			`CREATE INDEX event_action ON event (action, at DESC, id, marks, length)`, `ALTER TABLE participant RENAME TO participant_small`,
			`CREATE TABLE participant (entity INTEGER NOT NULL, at INTEGER NOT NULL, event BLOB NOT NULL, type TEXT NOT NULL, action TEXT NOT NULL, length INTEGER NOT NULL, marks INTEGER NOT NULL, PRIMARY KEY (entity, at DESC, event)) WITHOUT ROWID`,
			`INSERT INTO participant SELECT p.entity, p.at, p.event, d.type, d.action, p.length, p.marks FROM participant_small p JOIN deed d ON d.n = p.deed`,
			`DROP TABLE participant_small`, `DROP TABLE deed`, `CREATE INDEX participant_action ON participant (entity, action, at DESC, event, marks, length)`,
			`CREATE INDEX participant_type ON participant (entity, type, at DESC, event, marks, length)`, `ALTER TABLE mention RENAME TO mention_small`,
			`CREATE TABLE mention (story INTEGER NOT NULL, start INTEGER NOT NULL, stop INTEGER NOT NULL, before INTEGER NOT NULL, less INTEGER NOT NULL, entity INTEGER NOT NULL, published INTEGER NOT NULL, told BLOB NOT NULL, id BLOB NOT NULL, record BLOB NOT NULL, PRIMARY KEY (story, start, stop)) WITHOUT ROWID`,
			`INSERT INTO mention SELECT m.story, m.start, m.stop, m.before, m.less, m.entity, m.published, m.told, m.id, f.record FROM mention_small m JOIN form f ON f.n = m.form`,
			`DROP TABLE mention_small`, `DROP TABLE form`, `CREATE INDEX mention_entity ON mention (entity, published DESC, told, start, stop)`, `CREATE INDEX mention_id ON mention (id)`,
			`ALTER TABLE text ADD COLUMN sketch BLOB NOT NULL DEFAULT x''`, `DROP INDEX story_published`, `CREATE INDEX story_published ON story (published DESC, id)`,
		}, string(held))},
		{11, []string{`DROP TABLE about`}},
		{10, []string{
			`DROP TRIGGER event_came`, `DROP TRIGGER event_changed`, `DROP TRIGGER event_went`, `DROP TRIGGER entity_came`, `DROP TRIGGER entity_changed`,
			`DROP TRIGGER entity_went`, `DROP TRIGGER report_came`, `DROP TABLE changed`,
		}},
		{9, []string{`DROP INDEX story_turn`, `DROP INDEX story_loaded`, `ALTER TABLE story DROP COLUMN turn`, `ALTER TABLE superseded DROP COLUMN turn`, `ALTER TABLE bound DROP COLUMN turns`}},
		{8, []string{`DROP TABLE text`, `DROP TABLE band`, `DROP INDEX story_text`, `ALTER TABLE story DROP COLUMN text`}},
	} {
		if m.n < from {
			break
		}
		for _, q := range append(m.statements, fmt.Sprint(`PRAGMA user_version = `, m.n-1)) {
			if _, err := s.writes.ExecContext(t.Context(), q); err != nil {
				t.Fatalf("%s: %v", q, err)
			}
		}
	}
}

// condemns is a story of a text that tells of one event, the same of all texts.
func condemns(headline, text string) news.Facts {
	text = "Chad condemned Peru. " + text
	f := news.Facts{Story: news.Story{Headline: headline, Published: "2024-01-10", Text: text, Reader: "1"}}
	f.Story.Identify()
	f.Entities = []news.Entity{{ID: "state:TD", Kind: news.State, Name: "Chad"}, {ID: "state:PE", Kind: news.State, Name: "Peru"}}
	trigger := news.SpanOf(text, 5, 14)
	f.Reports = []news.Report{{
		ID: news.ReportID(f.Story.ID, trigger, "condemn", 0), Story: f.Story.ID, Type: news.TypeAccuse, Action: "condemn", Family: news.FamilyOf("condemn"),
		Participants: []news.Participant{{Role: news.Source, Entity: "state:TD"}, {Role: news.Target, Entity: "state:PE"}},
		When:         news.When{From: "2024-01-09", To: "2024-01-09", Precision: news.Day}, Modality: news.Asserted, Sentence: text[:20],
		SentenceSpan: news.SpanOf(text, 0, 20), Trigger: trigger, Published: "2024-01-10", TextHash: f.Story.TextHash,
	}}
	return f
}

// TestReportsWhileMoving continues the reports of an event after one of them while another, which stands before it, comes and goes: none is told again and none is
// left out.
func TestReportsWhileMoving(t *testing.T) {
	path := filepath.Join(t.TempDir(), "graph.db")
	s, other := reopen(t, path), reopen(t, path)
	var all []news.Facts
	for i := range 7 {
		all = append(all, condemns(fmt.Sprint("Teller ", i), fmt.Sprintf("It was teller %d who said so.", i)))
	}
	slices.SortFunc(all, func(a, b news.Facts) int {
		return strings.Compare(store.ReportKey(a.Reports[0]), store.ReportKey(b.Reports[0]))
	})
	moving, rest := all[:1], all[1:]
	if _, err := s.Put(t.Context(), rest); err != nil {
		t.Fatal(err)
	}
	event := []news.ID{news.EventID(rest[0].Reports[0].ID)}
	pages, err := s.ReportsOf(t.Context(), event, store.Paging{First: 9})
	if err != nil || len(pages[0].Edges) != len(rest) {
		t.Fatalf("%+v, %v", pages, err)
	}
	p := store.Paging{First: 2, After: pages[0].Edges[2].Cursor}
	want := []news.ID{rest[3].Reports[0].ID, rest[4].Reports[0].ID}
	done := make(chan struct{})
	go func() {
		defer close(done)
		for end := time.Now().Add(time.Second); time.Now().Before(end); {
			_, err1 := s.Put(t.Context(), moving)
			_, err2 := s.Remove(t.Context(), []news.ID{moving[0].Story.ID})
			if err := errors.Join(err1, err2); err != nil {
				t.Errorf("put and remove: %v", err)
			}
		}
	}()
	defer func() { <-done }()
	for {
		pages, err := other.ReportsOf(t.Context(), event, p)
		if err != nil {
			t.Fatal(err)
		}
		var got []news.ID
		for _, e := range pages[0].Edges {
			got = append(got, e.Node.ID)
		}
		if !slices.Equal(got, want) {
			t.Fatalf("after the third: %v, want %v", got, want)
		}
		select {
		case <-done:
			return
		default:
		}
	}
}

// TestOldCopies opens a file of before copies were grouped: it answers as if the stories had been put by this version.
func TestOldCopies(t *testing.T) {
	var all []news.Facts
	long := ""
	for i := range 99 {
		long += fmt.Sprint(" word", i)
	}
	for i, text := range []string{long, long + " Our reporter adds.", long, "Something else was told by another, in words of its own."} {
		all = append(all, condemns(fmt.Sprint("Story ", i), text))
	}
	write := func(facts []news.Facts) (*Store, string) {
		path := filepath.Join(t.TempDir(), "copies.db")
		s, err := Open(t.Context(), path)
		if err == nil {
			_, err = s.Put(t.Context(), facts)
		}
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { s.Close() })
		return s, path
	}
	export := func(s *Store) string {
		var b bytes.Buffer
		if _, err := store.Export(t.Context(), s, &b); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	want, _ := write(all)
	apart := slices.Clone(all)
	for i := range apart {
		apart[i].Sketch = news.Sketch{} // near nothing
	}
	old, path := write(apart)
	if export(old) == export(want) {
		t.Fatal("the copies change no count")
	}
	undo(t, old, 8)
	if err := old.Close(); err != nil {
		t.Fatal(err)
	}
	s, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if got := export(s); got != export(want) {
		t.Errorf("got\n%s\nwant\n%s", got, export(want))
	}
	pages, err := s.CopiesOf(t.Context(), []news.ID{all[0].Story.ID, all[3].Story.ID}, store.Paging{First: 9})
	if err != nil || len(pages[0].Edges) != 2 || len(pages[1].Edges) != 0 {
		t.Errorf("copies: %+v, %v", pages, err)
	}
}

// TestSmaller opens a file of before it was made smaller: what it says is the same, and it goes on as one that was always small.
func TestSmaller(t *testing.T) {
	path := filepath.Join(t.TempDir(), "old.db")
	s := reopen(t, path)
	var all []news.Facts
	for n := range 40 {
		all = append(all, numbered(n, 5))
	}
	if _, err := s.Put(t.Context(), all[:30]); err != nil {
		t.Fatal(err)
	}
	said := func(s *Store) string {
		var b bytes.Buffer
		if _, err := store.Export(t.Context(), s, &b); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	before := said(s)
	undo(t, s, 12)
	if _, err := s.writes.ExecContext(t.Context(), `DELETE FROM band`); err != nil {
		t.Fatal(err)
	}
	for _, f := range all[:30] {
		for _, b := range news.SketchOf(f.Story).Bands() {
			if _, err := s.writes.ExecContext(t.Context(), `INSERT OR IGNORE INTO band SELECT ?, n FROM text WHERE hash = ?`, b, f.Story.TextHash); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = reopen(t, path)
	if said(s) != before {
		t.Error("it says something else")
	}
	fresh := reopen(t, filepath.Join(t.TempDir(), "new.db"))
	_, err1 := s.Put(t.Context(), all[30:])
	_, err2 := fresh.Put(t.Context(), all)
	if err := errors.Join(err1, err2); err != nil {
		t.Fatal(err)
	}
	if said(s) != said(fresh) {
		t.Error("it goes on otherwise")
	}
	for name, q := range map[string]string{
		"tables": `SELECT group_concat(name || ' ' || coalesce(replace(replace(sql, '"', ''), '_small', ''), ''), ';') FROM (SELECT * FROM sqlite_schema ORDER BY name)`,
		"deeds":  `SELECT COUNT(*) FROM deed`, "forms": `SELECT COUNT(*) FROM form`, "bands": `SELECT COUNT(*) || ' ' || SUM(band) FROM band`,
		"keys": `SELECT SUM(key) FROM report`,
	} {
		var got, want string
		if err := errors.Join(s.writes.QueryRowContext(t.Context(), q).Scan(&got), fresh.writes.QueryRowContext(t.Context(), q).Scan(&want)); err != nil {
			t.Fatal(err)
		}
		if got != want {
			t.Errorf("%s: got %s, want %s", name, got, want)
		}
	}
}

// TestOldAbout opens a file of before it told what reports are about: it tells so of the stories that it has.
func TestOldAbout(t *testing.T) {
	path := filepath.Join(t.TempDir(), "about.db")
	s := reopen(t, path)
	f := condemns("A", "Norway denied it.")
	deed := f.Reports[0]
	denial := deed
	denial.Trigger = news.SpanOf(f.Story.Text, 28, 34)
	denial.ID, denial.Action, denial.Family = news.ReportID(f.Story.ID, denial.Trigger, "deny", 0), "deny", news.FamilyOf("deny")
	denial.About = []news.About{{Report: deed.ID, Type: deed.Type, Action: deed.Action}}
	f.Reports = append(f.Reports, denial)
	if _, err := s.Put(t.Context(), []news.Facts{f}); err != nil {
		t.Fatal(err)
	}
	undo(t, s, 11)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = reopen(t, path)
	pages, err := s.EventsAbout(t.Context(), []news.ID{news.EventID(deed.ID), news.EventID(denial.ID)}, store.Paging{First: 9})
	if err != nil || len(pages[0].Edges) != 1 || pages[0].Edges[0].Node.Action != "deny" || len(pages[1].Edges) != 0 {
		t.Errorf("%+v, %v", pages, err)
	}
}

// TestOldSpellings opens a file of before names had keys: it finds near names as a new one does.
func TestOldSpellings(t *testing.T) {
	path := filepath.Join(t.TempDir(), "graph.db")
	s := reopen(t, path)
	f := condemns("A", "")
	f.Entities = append(f.Entities, news.Entity{ID: "person:z", Kind: news.Person, Name: "Volodymyr Zelenskyy", Aliases: []string{"ZELENSKY'S & Co"}})
	if _, err := s.Put(t.Context(), []news.Facts{f}); err != nil {
		t.Fatal(err)
	}
	undo(t, s, 14)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = reopen(t, path)
	for _, text := range []string{"volod zelensky", "zelenski", "zelensky & co"} {
		page, err := s.Search(t.Context(), store.SearchQuery{Text: text, Paging: store.Paging{First: 9}})
		if err != nil || len(page.Edges) != 1 {
			t.Errorf("%s: %+v, %v", text, page, err)
		}
	}
}

// TestOldStatements opens a file of before statements stood in tables: it lists them as a new one does, and lets them go.
func TestOldStatements(t *testing.T) {
	path := filepath.Join(t.TempDir(), "graph.db")
	s := reopen(t, path)
	text := "Chad told Mali that Peru had struck it. “Peru will pay,” Chad said."
	f := news.Facts{Story: news.Story{Headline: "A", Published: "2024-01", Text: text, Reader: "1"}}
	f.Story.Identify()
	for _, e := range []news.Entity{{ID: "state:TD", Name: "Chad"}, {ID: "state:ML", Name: "Mali"}, {ID: "state:PE", Name: "Peru"}} {
		e.Kind = news.State
		f.Entities = append(f.Entities, e)
		for at := 0; ; {
			i := strings.Index(text[at:], e.Name)
			if i < 0 {
				break
			}
			span := news.SpanOf(text, at+i, at+i+len(e.Name))
			f.Mentions = append(f.Mentions, news.Mention{ID: news.MentionID(f.Story.ID, span), Story: f.Story.ID, Span: span, Entity: e.ID, Form: news.FormName})
			at = span.End
		}
	}
	end := strings.Index(text, ". ") + 1
	trigger := news.SpanOf(text, strings.Index(text, "struck"), strings.Index(text, " it."))
	f.Reports = []news.Report{{
		ID: news.ReportID(f.Story.ID, trigger, "attack", 0), Story: f.Story.ID, Type: news.TypeAssault, Action: "attack", Family: news.FamilyOf("attack"), SaidBy: []news.ID{"state:TD"}, Addressee: "state:ML",
		Participants: []news.Participant{{Role: news.Source, Entity: "state:PE"}, {Role: news.Target, Entity: "state:ML"}}, Modality: news.Asserted, Sentence: text[:end],
		SentenceSpan: news.SpanOf(text, 0, end), Trigger: trigger, Published: "2024-01", TextHash: f.Story.TextHash,
	}}
	words := news.SpanOf(text, strings.Index(text, "“"), strings.Index(text, "”")+len("”"))
	f.Quotations = []news.Quotation{{ID: news.QuotationID(f.Story.ID, words), Story: f.Story.ID, Span: words, Speaker: "state:TD"}}
	other := condemns("B", "It was told to all.")
	if _, err := s.Put(t.Context(), []news.Facts{f, other}); err != nil {
		t.Fatal(err)
	}
	ask := func(q store.StatementQuery) []news.Statement {
		t.Helper()
		q.Paging = store.Paging{First: 9}
		pages, err := s.StatementsOf(t.Context(), []news.ID{"state:TD"}, q)
		if err != nil {
			t.Fatal(err)
		}
		var all []news.Statement
		for _, e := range pages[0].Edges {
			all = append(all, e.Node)
		}
		return all
	}
	check := func(when string) {
		t.Helper()
		said := f.Statements()
		for _, test := range []struct {
			q    store.StatementQuery
			want []news.Statement
		}{
			{store.StatementQuery{}, said},
			{store.StatementQuery{About: "state:PE"}, said},
			{store.StatementQuery{To: "state:ML"}, said[:1]},
			{store.StatementQuery{Published: &news.Interval{From: "2024-01-31"}}, said},
			{store.StatementQuery{Published: &news.Interval{From: "2024-02-01"}}, nil},
		} {
			if got := ask(test.q); len(said) != 2 || !reflect.DeepEqual(got, test.want) {
				t.Errorf("%s, %+v:\n%+v, want\n%+v", when, test.q, got, test.want)
			}
		}
	}
	check("new")
	undo(t, s, 13)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = reopen(t, path)
	check("old")
	if _, err := s.Remove(t.Context(), []news.ID{f.Story.ID}); err != nil {
		t.Fatal(err)
	}
	if left := ask(store.StatementQuery{}); len(left) != 0 {
		t.Errorf("after the story went: %+v", left)
	}
	var rows int
	if err := s.reads.QueryRowContext(t.Context(), `SELECT (SELECT COUNT(*) FROM statement) + (SELECT COUNT(*) FROM spoken)`).Scan(&rows); err != nil || rows != 0 {
		t.Errorf("%d rows are left, %v", rows, err)
	}
}
