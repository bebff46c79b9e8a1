//go:build unix

package neo4jtest

import (
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

// Lock waits until no other process holds the server at uri, and holds it until unlock is called or the process ends. Run does it;
// it is for a test package that reaches a shared server otherwise. All of a machine's processes that name the server by the same
// URI take part.
func Lock(ctx context.Context, uri string) (unlock func() error, err error) {
	return lock(ctx, lockFile(uri))
}

// lockFile is the path of a server's lock: Share's, else one in the folder for temporary files.
func lockFile(uri string) string {
	byURI := fmt.Sprintf("newsgraph-neo4j-%x.lock", sha256.Sum256([]byte(uri)))
	return cmp.Or(os.Getenv(envLock), filepath.Join(os.TempDir(), byURI))
}

// lock holds a lock file. The file stays: to remove it would leave two processes each with a lock on a file of that name.
func lock(ctx context.Context, path string) (unlock func() error, err error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("neo4jtest: open lock: %w", err)
	}
	// A blocking flock cannot be cancelled, so it is asked again and again.
	for {
		err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if err == nil {
			return file.Close, nil
		}
		if !errors.Is(err, syscall.EWOULDBLOCK) && !errors.Is(err, syscall.EINTR) {
			return nil, errors.Join(fmt.Errorf("neo4jtest: lock %s: %w", path, err), file.Close())
		}
		select {
		case <-ctx.Done():
			return nil, errors.Join(fmt.Errorf("neo4jtest: wait for lock %s: %w", path, ctx.Err()), file.Close())
		case <-time.After(50 * time.Millisecond):
		}
	}
}
