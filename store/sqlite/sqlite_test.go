package sqlite

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
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
		_, err := Open(context.Background(), os.Getenv(envOpen))
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
	storetest.Run(t, storetest.Harness{
		Open: func(t testing.TB) store.Store {
			path = filepath.Join(t.TempDir(), "graph.db")
			return reopen(t, path)
		},
		Again: func(t testing.TB) store.Store { return reopen(t, path) },
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
		{"a folder that is not there", filepath.Join(dir, "none", "graph.db"), "folder"},
		{"another program's", database("other.db", `CREATE TABLE bookmarks (url TEXT)`), "another program"},
		{"a newer version's", newer, "newer version"},
		{"a question mark", filepath.Join(dir, "none?mode=memory"), ""},
	} {
		before, _ := os.ReadFile(test.path)
		s, err := Open(t.Context(), test.path)
		if test.says == "" { // it is a name as any other
			if err != nil || s.Close() != nil {
				t.Errorf("%s: %v", test.name, err)
			}
			if _, err := os.Stat(test.path); err != nil {
				t.Errorf("%s: %v", test.name, err)
			}
			continue
		}
		if !errors.Is(err, store.ErrUnavailable) || !strings.Contains(err.Error(), test.says) || !strings.Contains(err.Error(), test.path) {
			t.Errorf("%s: %v", test.name, err)
		}
		if after, _ := os.ReadFile(test.path); !bytes.Equal(after, before) {
			t.Errorf("%s: it was changed", test.name)
		}
	}
}

// TestOpenReadOnly opens a file as a user who may only read it: another process, for root may write everything.
func TestOpenReadOnly(t *testing.T) {
	dir := t.TempDir()
	if err := os.Chmod(filepath.Dir(dir), 0o755); err != nil { // another user may pass
		t.Fatal(err)
	}
	path := filepath.Join(dir, "graph.db")
	if err := reopen(t, path).Close(); err != nil {
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
	if err != nil || !strings.HasPrefix(string(out), "true ") || !strings.Contains(string(out), "may it be written") {
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
		var said [256]byte
		if n, err := out.Read(said[:]); err != nil || !strings.HasPrefix(string(said[:n]), "batch") {
			t.Fatalf("%s, %v", said[:n], err)
		}
		time.Sleep(time.Duration(40+37*round) * time.Millisecond)
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
		"story", "contribution", "entity", "name", "mention", "quotation", "position", "report", "event", "participant", "name_words", "story_words", "report_words",
	} {
		var n int
		if err := s.reads.QueryRowContext(t.Context(), `SELECT COUNT(*) FROM `+table).Scan(&n); err != nil || n != 0 {
			t.Errorf("%d rows are left in %s, %v", n, table, err)
		}
	}
}

// explaining notes the plan of each query.
type explaining struct {
	*sql.DB
	plan *[]string
}

func (e explaining) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	steps, err := rows(ctx, e.DB, func(rs *sql.Rows) (step string, err error) {
		var n int
		err = rs.Scan(&n, &n, &n, &step)
		return step, err
	}, `EXPLAIN QUERY PLAN `+query, args...)
	if err != nil {
		return nil, err
	}
	*e.plan = append(*e.plan, steps...)
	return e.DB.QueryContext(ctx, query, args...)
}

// TestPlans reads SQLite's plans: no list looks at every row of a table that grows with the stories, and those that an index has in
// order are not sorted before the page is cut.
func TestPlans(t *testing.T) {
	s := reopen(t, filepath.Join(t.TempDir(), "graph.db"))
	var plan []string
	s.ask = explaining{s.reads, &plan}
	ctx, one := t.Context(), store.Paging{First: 1}
	beyond := func(kind string, keys ...string) store.Paging {
		return store.Paging{First: 1, After: store.Cursor(kind, keys...)}
	}
	for _, test := range []struct {
		name string
		ask  func() error
		uses []string
	}{
		{"entities by id", func() error { _, err := s.Entities(ctx, []news.ID{"a", "b"}); return err }, nil},
		{"stories by id", func() error { _, err := s.StoriesByID(ctx, []news.ID{"a", "b"}); return err }, nil},
		{"reports by id", func() error { _, err := s.ReportsByID(ctx, []news.ID{"a", "b"}); return err }, nil},
		{"events by id", func() error { _, err := s.EventsByID(ctx, []news.ID{"a", "b"}); return err }, nil},
		{"entities", func() error {
			_, err := s.FindEntities(ctx, store.EntityQuery{Paging: beyond("entities", "7", "a")})
			return err
		}, []string{"entity_stories (stories<?)"}},
		{"entities by name", func() error {
			_, err := s.FindEntities(ctx, store.EntityQuery{Name: "a", Paging: one})
			return err
		}, []string{"name_folded (folded=?)"}},
		{"entities by code", func() error {
			_, err := s.FindEntities(ctx, store.EntityQuery{ISO: "a", Paging: one})
			return err
		}, []string{"entity_iso2 (iso2=?)", "entity_iso3 (iso3=?)"}},
		{"entities by item", func() error {
			_, err := s.FindEntities(ctx, store.EntityQuery{Wikidata: "a", Paging: one})
			return err
		}, []string{"entity_wikidata (wikidata=?)"}},
		{"search", func() error { _, err := s.Search(ctx, store.SearchQuery{Text: "a b", Paging: one}); return err }, []string{"name_words VIRTUAL TABLE"}},
		{"events", func() error {
			_, err := s.Events(ctx, store.EventQuery{Paging: beyond("events newest", "2024-01-09", "a")})
			return err
		}, []string{"event_begins (begins<?)"}},
		{"events, oldest first", func() error {
			_, err := s.Events(ctx, store.EventQuery{Order: store.OldestFirst, Paging: beyond("events oldest", "2024-01-09", "a")})
			return err
		}, []string{"event_begins (begins>?)"}},
		{"events of an action", func() error {
			_, err := s.Events(ctx, store.EventQuery{Actions: []string{"a"}, Modalities: []news.Modality{news.Asserted}, Paging: beyond("events newest", "2024-01-09", "a")})
			return err
		}, []string{"event_action (action=? AND begins<?)"}},
		{"events of a type", func() error {
			_, err := s.Events(ctx, store.EventQuery{Types: []news.EventType{"a"}, Paging: one})
			return err
		}, []string{"event_type (type=?)"}},
		{"events of a participant", func() error {
			_, err := s.Events(ctx, store.EventQuery{Participants: []store.Participation{{Entities: []news.ID{"a"}, Roles: []news.Role{news.Source}}}, Paging: one})
			return err
		}, []string{"participant_entity (entity=?"}},
		{"events with words", func() error {
			_, err := s.Events(ctx, store.EventQuery{Text: "a", Paging: one})
			return err
		}, []string{"report_words VIRTUAL TABLE"}},
		{"events of entities", func() error {
			_, err := s.EventsOf(ctx, []news.ID{"a", "b"}, store.EventQuery{Paging: beyond("events newest", "2024-01-09", "a")})
			return err
		}, []string{"participant_entity (entity=? AND begins<?)"}},
		{"reports of events", func() error {
			_, err := s.ReportsOf(ctx, []news.ID{"a", "b"}, beyond("reports of", "a"))
			return err
		}, []string{"report_event (event=? AND canon>?)"}},
		{"reports in stories", func() error {
			_, err := s.ReportsIn(ctx, []news.ID{"a", "b"}, beyond("reports in", "1", "2", "a"))
			return err
		}, []string{"report_story (story=? AND start>?)"}},
		{"stories", func() error {
			_, err := s.Stories(ctx, store.StoryQuery{Paging: beyond("stories", "2024-01-09", "a")})
			return err
		}, []string{"story_published (published<?)"}},
		{"stories with words", func() error {
			_, err := s.Stories(ctx, store.StoryQuery{Text: "a", Paging: one})
			return err
		}, []string{"story_words VIRTUAL TABLE"}},
		{"mentions of entities", func() error {
			_, err := s.MentionsOf(ctx, []news.ID{"a", "b"}, beyond("mentions of", "2024-01-09", "a", "1", "2", "b"))
			return err
		}, []string{"mention_entity (entity=? AND published<?)"}},
		{"mentions in stories", func() error {
			_, err := s.MentionsIn(ctx, []news.ID{"a", "b"}, one)
			return err
		}, []string{"mention_story (story=?)"}},
		{"quotations in stories", func() error {
			_, err := s.QuotationsIn(ctx, []news.ID{"a", "b"}, one)
			return err
		}, []string{"quotation_story (story=?)"}},
		{"positions of entities", func() error {
			_, err := s.PositionsOf(ctx, []news.ID{"a", "b"}, store.PositionQuery{On: "2024-01-09", Paging: one})
			return err
		}, []string{"position_person (person=?)", "position_body (body=?)"}},
		{"relations", func() error {
			_, err := s.Relations(ctx, []news.ID{"a", "b"}, store.RelationQuery{Others: []news.ID{"c"}, Actions: []string{"d", "e"}, Paging: one})
			return err
		}, []string{"participant_entity (entity=?"}},
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
		for _, step := range plan {
			// Of the tables, an index may be followed from its beginning; the rest is what was found of them.
			table, scans := strings.CutPrefix(step, "SCAN ")
			if scans && !strings.Contains(table, " INDEX ") && !strings.HasPrefix(table, "(") && !slices.Contains([]string{"one", "sum", "ranked"}, table) {
				t.Errorf("%s looks at every row, %s:\n%s", test.name, step, steps)
			}
		}
	}
}
