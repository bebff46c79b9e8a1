//go:build unix

// Package sqlitetest lays faults in the embedded store of a test's own process, and sees that a file is sound. The program never imports it.
package sqlitetest

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"math"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"

	"modernc.org/sqlite"
)

// Fail lays a fault in every store that the process opens from now on: "before N" and "after N" kill it without warning right before the N-th commit,
// and at the first thing that is written after it; "pages N" is a disk that is full when the file has N pages; "bytes N" has the system refuse what
// any file would hold beyond N.
func Fail(fault string) error {
	kind, number, _ := strings.Cut(fault, " ")
	n, err := strconv.ParseUint(number, 10, 31)
	if err != nil {
		return fmt.Errorf("sqlitetest: read fault %q: %w", fault, err)
	}
	var commits atomic.Uint64
	var lay func(sqlite.ExecQuerierContext, sqlite.HookRegisterer) error
	switch kind {
	case "bytes":
		signal.Ignore(syscall.SIGXFSZ)
		return syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: n, Max: n})
	case "pages":
		lay = func(c sqlite.ExecQuerierContext, _ sqlite.HookRegisterer) error {
			_, err := c.ExecContext(context.Background(), fmt.Sprintf("PRAGMA max_page_count = %d", min(n, math.MaxInt32)), []driver.NamedValue{})
			return err
		}
	case "before":
		lay = func(_ sqlite.ExecQuerierContext, hooks sqlite.HookRegisterer) error {
			hooks.RegisterCommitHook(func() int32 {
				if commits.Add(1) == n {
					end()
				}
				return 0
			})
			return nil
		}
	case "after":
		lay = func(_ sqlite.ExecQuerierContext, hooks sqlite.HookRegisterer) error {
			hooks.RegisterCommitHook(func() int32 { commits.Add(1); return 0 })
			hooks.RegisterPreUpdateHook(func(sqlite.SQLitePreUpdateData) {
				if commits.Load() >= n {
					end()
				}
			})
			return nil
		}
	default:
		return fmt.Errorf("sqlitetest: no fault is called %q", kind)
	}
	sqlite.RegisterConnectionHook(func(c sqlite.ExecQuerierContext, _ string) error {
		hooks, ok := c.(sqlite.HookRegisterer)
		if !ok {
			return errors.New("sqlitetest: the connection takes no hooks")
		}
		return lay(c, hooks)
	})
	return nil
}

// end ends the process as kill -9 does.
func end() {
	_ = syscall.Kill(os.Getpid(), syscall.SIGKILL) // nothing comes after it
	select {}
}

// Check asks SQLite whether the file is sound.
func Check(ctx context.Context, file string) error {
	db, err := sql.Open("sqlite", file)
	if err != nil {
		return fmt.Errorf("sqlitetest: open %s: %w", file, err)
	}
	defer db.Close() //nolint:errcheck // it was read only
	var says string
	if err := db.QueryRowContext(ctx, `PRAGMA integrity_check`).Scan(&says); err != nil {
		return fmt.Errorf("sqlitetest: check %s: %w", file, err)
	}
	if says != "ok" {
		return fmt.Errorf("sqlitetest: %s is not sound: %s", file, says)
	}
	return nil
}
