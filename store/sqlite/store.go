// Package sqlite keeps the graph in one SQLite file: the embedded store, which needs nothing installed. It decides neither what an event is
// (news.Merge) nor what may be asked (store).
package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"modernc.org/sqlite" // registers the driver, too
	sqlite3 "modernc.org/sqlite/lib"

	"newsgraph/news"
	"newsgraph/store"
)

//go:embed migrations/*.sql
var migrations embed.FS

var _ store.Store = (*Store)(nil)

// Store is a graph in a SQLite file. Writers of one process take turns on a connection of their own: while they wait for each other
// or for another process, they keep none from the readers.
type Store struct {
	file           string     // its path
	asking         url.Values // how it is opened for reading
	fixed          bool       // it may be read alone
	opened         os.FileInfo
	reads, writes  *sql.DB
	ask            querier // by which all questions go
	prepared       *prepared
	writing        *prepared // what transactions ask and do
	packer         packer
	holding        holding
	holdingStories holdingStories
	closing        sync.Once
	named          atomic.Bool // names were written
	made           bool        // the file was not there before
	wrote          atomic.Bool // something was put into it
}

// Open opens a file, and makes it if it is not there. Writers wait for each other, readers for nobody. A file that may not be written, or whose folder, is opened
// for reading alone (ReadOnly). A file that Open made and nothing was put into is gone again after Close. A path that cannot be opened, or whose file is no store of this program, is store.ErrUnavailable.
func Open(ctx context.Context, file string) (*Store, error) {
	s := &Store{file: file}
	s.holding.begin()
	s.holdingStories.turn = make(chan struct{}, 1)
	err := s.explained(s.open(ctx, file))
	if err == nil {
		return s, nil
	}
	s.Close() //nolint:errcheck,gosec // it could not be opened
	if !errors.Is(err, store.ErrUnavailable) {
		err = fmt.Errorf("%w: %w: is the folder there, may it be written, and is the file a newsgraph store?", store.ErrUnavailable, err)
	}
	return nil, fmt.Errorf("sqlite: open %s: %w", file, err)
}

// ReadOnly tells that the file can be read alone, since this user may not write it or its folder. It is what it was when it was opened: what others
// that may write it put there since is not seen until it is opened again, unless they had it open then.
func (s *Store) ReadOnly() bool { return s.fixed }

// Writable is store.ErrUnavailable with the way out for a file that can be read alone, as every write to it would be.
func (s *Store) Writable() error {
	if s.fixed {
		return fmt.Errorf("%w: %s", store.ErrUnavailable, s.unwritten())
	}
	return nil
}

// fix has the file opened for reading alone, where SQLite cannot write it or the log that it keeps beside it: what it would leave there might be closed to those
// that may write. A file without a log is whole by itself; one with a log is read
// with what its writers share, or not at all, since the last transactions may stand in the log alone.
func (s *Store) fix(file string) {
	s.asking = url.Values{"mode": {"ro"}, "_pragma": s.asking["_pragma"]}
	if log, err := os.Stat(file + "-wal"); err != nil || log.Size() == 0 {
		s.asking.Set("immutable", "1")
	}
	s.fixed = true
}

func (s *Store) open(ctx context.Context, file string) (err error) {
	s.asking = url.Values{"_pragma": {"busy_timeout(60000)", "query_only(1)"}}
	info, err := os.Stat(file)
	switch {
	case err != nil:
		if err := mayMake(file); err != nil {
			return err
		}
		s.made = errors.Is(err, fs.ErrNotExist)
	case info.IsDir():
		return fmt.Errorf("%w: it is a folder: name a file in it, as %s", store.ErrUnavailable, filepath.Join(file, "newsgraph.db"))
	case !info.Mode().IsRegular():
		return fmt.Errorf("%w: it is a device or a pipe, which holds no store: name a file", store.ErrUnavailable)
	case !mayWrite(file), !mayWrite(filepath.Dir(file)):
		s.fix(file)
	}
	if s.reads, err = open(file, s.asking); err != nil {
		return err
	}
	if s.fixed && s.asking.Get("immutable") == "" {
		if _, err := version(ctx, s.reads); err != nil && !errors.Is(err, store.ErrUnavailable) {
			return fmt.Errorf("%w: the log beside the file, %s-wal, has what is not in the file yet, and this user may not write there: let one that may open it once (newsgraph list --store sqlite:%s), or copy both files to a folder of yours: %w",
				store.ErrUnavailable, file, file, err)
		}
	}
	s.reads.SetMaxOpenConns(runtime.NumCPU() + 1)
	s.prepared = &prepared{db: s.reads, statements: map[string]*sql.Stmt{}}
	s.ask = s.prepared
	// Nothing of another program's file is changed, not even its journal mode.
	was, err := version(ctx, s.reads)
	if err != nil {
		return err
	}
	_, now, err := schema()
	if err != nil {
		return err
	}
	if s.fixed && was != now {
		return fmt.Errorf("%w: the file is of an older version of this program, which brings it up to its own, and this user may not write it: its schema is %d, and this program's %d: copy it to a folder of yours", store.ErrUnavailable, was, now)
	}
	// A batch touches pages all over the file, since ids are hashes: 64 MB keep them at hand until it is committed, and twice as much of a log those of some batches,
	// so that what several change is brought into the file once.
	s.writes, err = open(file, url.Values{"_pragma": {"busy_timeout(60000)", "journal_mode(WAL)", "synchronous(NORMAL)", "cache_size(-65536)", "wal_autocheckpoint(32768)"}, "_txlock": {"immediate"}})
	if err != nil {
		return err
	}
	s.writes.SetMaxOpenConns(1)
	s.writing = &prepared{db: s.writes, statements: map[string]*sql.Stmt{}, wanted: map[string]int{}}
	// A file of this layout is left alone: its turn to write is another's, for as long as that takes, and who opens it may want to read alone.
	if was != now {
		if err := s.migrate(ctx); err != nil {
			return err
		}
	}
	s.opened, err = os.Stat(file)
	return err
}

// mayMake tells why no file can be made in a folder, and what to do. Whether one can is known when it is made.
func mayMake(file string) error {
	folder, err := filepath.Abs(filepath.Dir(file))
	if err != nil {
		return err
	}
	info, err := os.Stat(folder)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%w: the folder %s does not exist: make it, or name a file in another", store.ErrUnavailable, folder)
	case err != nil:
		return fmt.Errorf("%w: %w: name a file in another folder", store.ErrUnavailable, err)
	case !info.IsDir():
		return fmt.Errorf("%w: %s is no folder: name a file in one", store.ErrUnavailable, folder)
	case !mayWrite(folder):
		return fmt.Errorf("%w: the folder %s may not be written by this user: let it write there, or name a file in another", store.ErrUnavailable, folder)
	}
	return nil
}

func open(file string, parameters url.Values) (*sql.DB, error) {
	return sql.Open("sqlite", (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: file}).EscapedPath(), RawQuery: parameters.Encode()}).String())
}

// oldest is the first schema that this program can bring up to its own. Those before 3 held JSON and text ids; a file of 3 may lack columns, since its
// layout changed under that number, and its reports stand under other keys.
const oldest = 4

// schema are the migrations by their versions: the first makes the tables of a new file.
func schema() (map[int]string, int, error) {
	names, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return nil, 0, err
	}
	files := map[int]string{}
	for _, name := range names {
		number, _, _ := strings.Cut(path.Base(name), "_")
		v, err := strconv.Atoi(number)
		if err != nil {
			return nil, 0, fmt.Errorf("%s has no number: %w", name, err)
		}
		if files[v] != "" {
			return nil, 0, fmt.Errorf("%s and %s have one number", files[v], name)
		}
		files[v] = name
	}
	return files, slices.Max(slices.Collect(maps.Keys(files))), nil
}

// version is that of the file's schema: SQLite's user_version, 0 for a new file. A file that is not ours is an error.
func version(ctx context.Context, q querier) (int, error) {
	var tables int
	versions, err := rows(ctx, q, func(rs *sql.Rows) (v int, err error) {
		err = rs.Scan(&v, &tables)
		return v, err
	},
		`SELECT (SELECT user_version FROM pragma_user_version), (SELECT COUNT(*) FROM sqlite_schema)`)
	if err != nil {
		return 0, err
	}
	_, now, err := schema()
	switch v := versions[0]; {
	case err != nil:
		return 0, err
	case v == 0 && tables > 0:
		return 0, fmt.Errorf("%w: the file is another program's database: name another file", store.ErrUnavailable)
	case v > now:
		return 0, fmt.Errorf("%w: the file is of a newer version of this program, which this one must not touch: its schema is %d, and this one knows up to %d: use that version, or name another file", store.ErrUnavailable, v, now)
	case v > 0 && v < oldest:
		return 0, fmt.Errorf("%w: the file is of an older version of this program: its schema is %d, and this one reads from %d on: load the stories again into a new file", store.ErrUnavailable, v, oldest)
	default:
		return v, nil
	}
}

// current sees that the file is still the one that was opened, and has the layout of this program.
func (s *Store) current(ctx context.Context, q querier) error {
	if now, err := os.Stat(s.file); err != nil || !os.SameFile(now, s.opened) {
		return fmt.Errorf("%w: %s was removed, or another put in its place, since it was opened: start again", store.ErrUnavailable, s.file)
	}
	v, err := version(ctx, q)
	if err != nil {
		return err
	}
	if _, now, err := schema(); err != nil || v != now {
		return cmp.Or(err, fmt.Errorf("%w: the file is another than was opened: its schema is %d, and was %d: start again", store.ErrUnavailable, v, now))
	}
	return nil
}

// migrate brings the schema up to this program's in one transaction, so that processes that open at once take turns.
func (s *Store) migrate(ctx context.Context) error {
	tx, err := s.writes.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	v, err := version(ctx, tx)
	if err != nil {
		return err
	}
	files, now, err := schema()
	if err != nil || v == now {
		return err
	}
	for next := max(v+1, oldest); next <= now; next++ {
		statements, err := migrations.ReadFile(files[next])
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, string(statements)); err != nil {
			return fmt.Errorf("%s: %w", files[next], err)
		}
	}
	for _, step := range []struct {
		from  int // the migration from which on files have it
		what  string
		bring func(*change) error
	}{
		{pointing, "what reports are about", (*change).linkOld},
		{stating, "what is said", (*change).stateOld},
		{spelling, "spellings of names", (*change).spellOld},
		{known, "when stories could be read", (*change).knowOld},
		{grouped, "group copies", (*change).groupOld},
	} {
		if v == 0 || v >= step.from {
			continue
		}
		c, err := s.changing(ctx, tx)
		if err == nil {
			err = step.bring(c)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", step.what, err)
		}
	}
	if v > 0 && v < versioned {
		if err := s.bringVersions(ctx, tx); err != nil {
			return fmt.Errorf("versions: %w", err)
		}
	}
	if _, err := tx.ExecContext(ctx, fmt.Sprintf(`PRAGMA user_version = %d`, now)); err != nil {
		return err
	}
	return tx.Commit()
}

// Close closes the file.
func (s *Store) Close() error {
	var all []error
	s.closing.Do(func() {
		s.holding.close()
		s.mergeNames()
	})
	for _, p := range []*prepared{s.prepared, s.writing} {
		if p != nil {
			all = append(all, p.close())
		}
	}
	if s.reads != nil {
		all = append(all, s.reads.Close())
	}
	if s.writes != nil {
		if s.made && !s.wrote.Load() {
			s.unmake()
		}
		all = append(all, s.writes.Close())
	}
	return errors.Join(all...)
}

// unmake removes a file that this Store made and put nothing into, as a load that failed at once would leave it. It is left where another uses it, or put something
// into it, and where a file that is open cannot be removed: an empty store does no harm. The log goes first, which only a connection that is alone can have done; while the file is
// removed none can read or write it, and who had opened it meanwhile is told so before it writes (current).
func (s *Store) unmake() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	c, err := s.writes.Conn(ctx)
	if err != nil {
		return
	}
	defer c.Close() //nolint:errcheck // the file is being closed
	if _, err := c.ExecContext(ctx, `PRAGMA busy_timeout(0)`); err != nil {
		return
	}
	var mode string
	if err := c.QueryRowContext(ctx, `PRAGMA journal_mode(DELETE)`).Scan(&mode); err != nil || mode != "delete" {
		return
	}
	if _, err := c.ExecContext(ctx, `BEGIN EXCLUSIVE`); err != nil {
		return
	}
	defer c.ExecContext(ctx, `ROLLBACK`) //nolint:errcheck // nothing was written
	var holds bool
	err = c.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM story) OR EXISTS (SELECT 1 FROM superseded) OR EXISTS (SELECT 1 FROM correction)`).Scan(&holds)
	if now, statErr := os.Stat(s.file); err == nil && !holds && statErr == nil && s.opened != nil && os.SameFile(now, s.opened) {
		_ = os.Remove(s.file) // else it stays, and is empty
	}
}

// mostMerged is how many pages of name_words are written anew at most, of 4 kB: more would be felt when a load ends. What is left, the next goes on with.
const mostMerged = 4096

// mergeNames brings the parts into one that transactions made of name_words, if this Store wrote some. FTS5 merges few parts of a small index by itself, and a search
// looks into each of them for each of its words and keys of near words. Nothing depends on it: while another writes, it is left to whoever closes next.
func (s *Store) mergeNames() {
	if !s.named.Load() {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	writer, err := s.writes.Conn(ctx)
	if err != nil {
		return
	}
	defer writer.Close() //nolint:errcheck // the file is being closed
	for _, q := range []string{`PRAGMA busy_timeout(0)`, `INSERT INTO name_words (name_words, rank) VALUES ('merge', ` + strconv.Itoa(-mostMerged) + `)`} {
		if _, err := writer.ExecContext(context.Background(), q); err != nil {
			return
		}
	}
}

// Ping tells whether the file answers, and is of this program's layout.
func (s *Store) Ping(ctx context.Context) error {
	err := s.current(ctx, s.ask)
	if err != nil && !errors.Is(err, store.ErrUnavailable) {
		err = fmt.Errorf("%w: %w", store.ErrUnavailable, err)
	}
	if err != nil {
		return fmt.Errorf("sqlite: ping: %w", err)
	}
	return nil
}

// explained says what to do where the file is at fault, or the disk, which is store.ErrUnavailable.
func (s *Store) explained(err error) error {
	var e *sqlite.Error
	if !errors.As(err, &e) || errors.Is(err, errDamaged) {
		return err
	}
	says := ""
	switch e.Code() & 0xff { // the rest says where in SQLite
	case sqlite3.SQLITE_FULL:
		says = "there is no room on the disk for " + s.file + " to grow: make room and do it again; what was in is whole"
	case sqlite3.SQLITE_IOERR:
		says = "the system refuses to read or write " + s.file + ": see that the disk is well, has room, and that no limit keeps the file from growing (ulimit -f), and do it again; what was in is whole"
	case sqlite3.SQLITE_READONLY:
		says = s.unwritten()
	case sqlite3.SQLITE_NOTADB:
		says = s.file + " is no newsgraph store, or its first bytes are damaged: name another, or put a copy in its place"
	default:
		return damaged(err)
	}
	return fmt.Errorf("%w: %s: %w", store.ErrUnavailable, says, err)
}

// unwritten says that the file may not be written, and the way out.
func (s *Store) unwritten() string {
	return s.file + " may not be written by this user: let it write the file and its folder, and do it again; or bring the graph into a file of yours: newsgraph copy --from sqlite:" + s.file + " --to sqlite:PATH"
}

// errDamaged is around what SQLite says of pages that do not hold what they should.
var errDamaged = errors.New("the store's file is damaged: put a copy from before in its place, or load the stories again into a new file; newsgraph export may still read a part")

// damaged says what to do where a page of the file is at fault, which is store.ErrUnavailable.
func damaged(err error) error {
	var e *sqlite.Error
	if errors.Is(err, errDamaged) || !errors.As(err, &e) || e.Code()&0xff != sqlite3.SQLITE_CORRUPT {
		return err
	}
	return fmt.Errorf("%w: %w: %w", store.ErrUnavailable, errDamaged, err)
}

// Sound has SQLite look at every page, index and full-text index of the file, and tells what is wrong with them.
func (s *Store) Sound(ctx context.Context, fault func(string)) error {
	says, err := rows(ctx, s.ask, text, `PRAGMA integrity_check`)
	if errors.Is(err, errDamaged) {
		fault(err.Error())
		return nil
	}
	if err != nil {
		return fmt.Errorf("sqlite: check: %w", err)
	}
	for _, one := range says {
		if one != "ok" {
			fault(one)
		}
	}
	return nil
}

// list is a parameter for json_each.
func list[T ~string](items []T) string {
	if items == nil {
		items = []T{}
	}
	data, err := json.Marshal(items)
	if err != nil {
		panic(err) // strings always marshal
	}
	return string(data)
}

// folded are the words of a text, parted by spaces.
func folded(text string) string { return strings.Join(news.Words(text), " ") }

// match asks a full-text index for what has, for each word, one that begins with it. Words hold no quotation marks.
func match(words []string) string {
	terms := make([]string, len(words))
	for i, w := range words {
		terms[i] = `"` + w + `" *`
	}
	return strings.Join(terms, " AND ")
}

// matchNear asks for what has, for each word, one that begins with it or has one of its keys.
func matchNear(words []string, near [][]string) string {
	terms := make([]string, len(words))
	for i, w := range words {
		terms[i] = `("` + w + `" *`
		for _, key := range near[i] {
			terms[i] += ` OR "` + key + `"`
		}
		terms[i] += ")"
	}
	return strings.Join(terms, " AND ")
}

// rows collects the rows of a query.
func rows[T any](ctx context.Context, q querier, scan func(*sql.Rows) (T, error), query string, args ...any) ([]T, error) {
	rs, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, damaged(err)
	}
	defer rs.Close()
	var all []T
	for rs.Next() {
		v, err := scan(rs)
		if err != nil {
			return nil, err
		}
		all = append(all, v)
	}
	return all, damaged(rs.Err())
}

type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

func text(rs *sql.Rows) (s string, err error) {
	err = rs.Scan(&s)
	return s, err
}
