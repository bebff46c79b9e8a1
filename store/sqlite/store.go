// Package sqlite keeps the graph in one SQLite file: the embedded store, which needs nothing installed. It decides neither what an event is
// (news.Merge) nor what may be asked (store).
package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"net/url"
	"runtime"
	"strings"

	"github.com/pressly/goose/v3"
	_ "modernc.org/sqlite" // registers the driver

	"newsgraph/news"
	"newsgraph/store"
)

//go:embed migrations/*.sql
var migrations embed.FS

var _ store.Store = (*Store)(nil)

// Store is a graph in a SQLite file.
type Store struct{ db *sql.DB }

// Open opens the file at path, and makes it if it is not there. Writers wait for each other, readers for nobody. A path that cannot be
// opened or that is no database is store.ErrUnavailable.
func Open(ctx context.Context, path string) (*Store, error) {
	pragmas := url.Values{"_pragma": {"busy_timeout(20000)", "journal_mode(WAL)", "synchronous(NORMAL)"}, "_txlock": {"immediate"}}
	db, err := sql.Open("sqlite", (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath(), RawQuery: pragmas.Encode()}).String())
	if err == nil {
		db.SetMaxOpenConns(runtime.NumCPU() + 1)
		err = migrate(ctx, db)
	}
	if err != nil {
		if db != nil {
			db.Close() //nolint:errcheck,gosec // it could not be opened
		}
		return nil, fmt.Errorf("sqlite: open %s: %w: %w: is the folder there, may it be written, and is the file a newsgraph store?", path, store.ErrUnavailable, err)
	}
	return &Store{db}, nil
}

func migrate(ctx context.Context, db *sql.DB) error {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	p, err := goose.NewProvider(goose.DialectSQLite3, db, files)
	if err != nil {
		return err
	}
	_, err = p.Up(ctx)
	return err
}

// Close closes the file.
func (s *Store) Close() error { return s.db.Close() }

// Ping tells whether the file answers.
func (s *Store) Ping(ctx context.Context) error {
	if err := s.db.PingContext(ctx); err != nil {
		return fmt.Errorf("sqlite: ping: %w: %w", store.ErrUnavailable, err)
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

// folded are the words of a text, each with a space before it.
func folded(text string) string {
	words := news.Words(text)
	if len(words) == 0 {
		return ""
	}
	return " " + strings.Join(words, " ")
}

// rows collects the rows of a query.
func rows[T any](ctx context.Context, q querier, scan func(*sql.Rows) (T, error), query string, args ...any) ([]T, error) {
	rs, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
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
	return all, rs.Err()
}

type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// record reads a row that is one JSON record.
func record[T any](rs *sql.Rows) (v T, err error) {
	var data []byte
	if err = rs.Scan(&data); err == nil {
		err = json.Unmarshal(data, &v)
	}
	return v, err
}

func text(rs *sql.Rows) (s string, err error) {
	err = rs.Scan(&s)
	return s, err
}
