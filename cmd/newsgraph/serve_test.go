//go:build unix

package main

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// filled is a store of one story.
func filled(t *testing.T) string {
	t.Helper()
	file := "sqlite:" + filepath.Join(t.TempDir(), "graph.db")
	if _, errs, code := newsgraph(t, "Oslo condemns Chad\n\nNorway condemned Chad on Tuesday.\n", "load", "--store", file, "-"); code != 0 {
		t.Fatal(errs)
	}
	return file
}

// TestOwnNames sees that a server of the loopback answers no page that was made to point there, and that asking makes no store.
func TestOwnNames(t *testing.T) {
	t.Parallel()
	url := serving(t, "serve", "--addr", "127.0.0.1:0", "--store", filled(t))
	for host, want := range map[string]int{"localhost": http.StatusOK, "127.0.0.1:8080": http.StatusOK, "[::1]:8080": http.StatusOK, "evil.example.org": http.StatusMisdirectedRequest} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url+"/healthz", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Host = host
		a, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		a.Body.Close()
		if a.StatusCode != want {
			t.Errorf("asked as %s: %s, want %d", host, a.Status, want)
		}
	}
	missing := filepath.Join(t.TempDir(), "none.db")
	for _, command := range []string{"export", "reread", "serve"} {
		if _, errs, code := newsgraph(t, "", command, "--store", "sqlite:"+missing); code != 1 || !strings.Contains(errs, "there is no store at") {
			t.Errorf("%s of no store: %d %s", command, code, errs)
		}
		if _, err := os.Stat(missing); err == nil {
			t.Errorf("%s made a store", command)
		}
	}
}

// Connections that send a byte at a time, or nothing, are closed within 10 s, and others are served meanwhile.
func TestSlowConnections(t *testing.T) {
	t.Parallel()
	address := strings.TrimPrefix(serving(t, "serve", "--addr", "127.0.0.1:0", "--store", filled(t)), "http://")
	const each, most = 25, 10 * time.Second
	good := "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
	drips := map[string]struct{ at, slowly string }{
		"nothing":             {"", ""},
		"headers":             {"", "POST /graphql HTTP/1.1\r\nHost: localhost\r\nX-Slow: " + strings.Repeat("x", 1000)},
		"headers of a second": {good, "POST /graphql HTTP/1.1\r\nHost: localhost\r\nX-Slow: " + strings.Repeat("x", 1000)},
		"body":                {"POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n", strings.Repeat(" ", 1000)},
		"chunks":              {"POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n", strings.Repeat("1\r\n \r\n", 200)},
		"body of a page":      {"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n", strings.Repeat(" ", 1000)},
		"body of a check":     {"POST /readyz HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n", strings.Repeat(" ", 1000)},
	}
	var all sync.WaitGroup
	begin := time.Now()
	for name, drip := range drips {
		for range each {
			all.Go(func() {
				if err := dripped(t, address, drip.at, drip.slowly, begin.Add(most)); err != nil {
					t.Errorf("%s: after %v: %v", name, time.Since(begin).Round(time.Millisecond), err)
				}
			})
		}
	}
	done := make(chan struct{})
	go func() { all.Wait(); close(done) }()
	for served := 0; ; served++ {
		select {
		case <-done:
			if served < 10 {
				t.Errorf("only %d others were served meanwhile", served)
			}
			return
		case <-time.After(100 * time.Millisecond):
		}
		asked := time.Now()
		if data, codes := ask(t, "http://"+address, `{ events { edges { cursor } } }`); len(codes) > 0 || len(data) == 0 {
			t.Fatalf("%s %v", data, codes)
		}
		if took := time.Since(asked); took > 5*time.Second {
			t.Errorf("another waited %v", took)
		}
	}
}

// dripped sends at once and then slowly, until the server closes the connection, which it must by the deadline.
func dripped(t *testing.T, address, at, slowly string, deadline time.Time) error {
	var dialer net.Dialer
	c, err := dialer.DialContext(t.Context(), "tcp", address)
	if err != nil {
		return err
	}
	defer c.Close()
	if err := c.SetDeadline(deadline); err != nil {
		return err
	}
	if _, err := io.WriteString(c, at); err != nil {
		return err
	}
	go func() {
		for i := range len(slowly) {
			if _, err := io.WriteString(c, slowly[i:i+1]); err != nil {
				return
			}
			time.Sleep(50 * time.Millisecond)
		}
	}()
	_, err = io.Copy(io.Discard, c)
	var slow net.Error
	if errors.As(err, &slow) && slow.Timeout() {
		return fmt.Errorf("still open: %w", err)
	}
	return nil // closed, or reset because it went on sending
}

// Pages of the origins that are listed may ask; what is no origin is refused with how to write one.
func TestServeCORS(t *testing.T) {
	t.Parallel()
	file := filled(t)
	for _, wrong := range []string{"app.example.org", "https://app.example.org/", "https://App.example.org", "https://app.example.org/x", "null", "ftp://x", "https://"} {
		if _, stderr, code := newsgraph(t, "", "serve", "--addr", "127.0.0.1:0", "--store", file, "--cors", wrong); code != 2 || !strings.Contains(stderr, "is no origin: write https://app.example.org") {
			t.Errorf("--cors %s: %d %s", wrong, code, stderr)
		}
	}
	for _, wrong := range [][]string{{"--addr", "0.0.0.0:0"}, {"--addr", ":0"}, {"--addr", "127.0.0.1:0", "--cors", "*"}} {
		if _, stderr, code := newsgraph(t, "", append([]string{"serve", "--curate", "--store", file}, wrong...)...); code != 2 || !strings.Contains(stderr, "--curate lets whoever reaches the server") {
			t.Errorf("--curate %v: %d %s", wrong, code, stderr)
		}
	}
	url := serving(t, "serve", "--addr", "127.0.0.1:0", "--store", file, "--cors", "http://localhost:3000,https://app.example.org")
	for origin, want := range map[string]string{"https://app.example.org": "https://app.example.org", "http://localhost:3000": "http://localhost:3000", "https://evil.example.org": ""} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodOptions, url+"/graphql", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Origin", origin)
		r.Header.Set("Access-Control-Request-Method", "POST")
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if got := answer.Header.Get("Access-Control-Allow-Origin"); answer.StatusCode != 204 || got != want {
			t.Errorf("%s: %d, allowed %q", origin, answer.StatusCode, got)
		}
	}
}
