package main

import (
	"bufio"
	"context"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"newsgraph/store"
)

// warming is a store that never has read all that it holds in memory.
type warming struct {
	store.Store
	began, ended chan struct{}
}

func (warming) Ping(context.Context) error { return nil }

func (s warming) Warm(ctx context.Context) error {
	close(s.began)
	<-ctx.Done()
	close(s.ended)
	return ctx.Err()
}

// TestWarm serves while the store warms up, and stops though it has not.
func TestWarm(t *testing.T) {
	t.Parallel()
	s := warming{began: make(chan struct{}), ended: make(chan struct{})}
	said, out := io.Pipe()
	ctx, stop := context.WithCancel(t.Context())
	served := make(chan error, 1)
	go func() {
		served <- serve(ctx, &world{stdout: out, log: slog.New(slog.DiscardHandler)}, s, serveFlags{Addr: "127.0.0.1:0"})
	}()
	line, err := bufio.NewReader(said).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	<-s.began
	r, err := http.Get("http" + strings.TrimSpace(line[strings.Index(line, "://"):]) + "readyz")
	if err != nil {
		t.Fatal(err)
	}
	r.Body.Close()
	if r.StatusCode != http.StatusOK {
		t.Error(r.Status)
	}
	stop()
	if err := <-served; err != nil {
		t.Error(err)
	}
	<-s.ended
}
