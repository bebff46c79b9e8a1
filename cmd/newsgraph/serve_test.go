//go:build unix

package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/coder/websocket"
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
	empty := filepath.Join(t.TempDir(), "empty.db") // cut to nothing, it holds no graph
	if err := os.WriteFile(empty, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, command := range []string{"export", "list", "reread", "serve", "verify"} {
		if _, errs, code := newsgraph(t, "", command, "--store", "sqlite:"+empty); code != 1 || !strings.Contains(errs, "there is no store at") {
			t.Errorf("%s of an empty file: %d %s", command, code, errs)
		}
	}
	if info, err := os.Stat(empty); err != nil || info.Size() != 0 {
		t.Errorf("a command that only reads wrote to an empty file: %v, %v", info, err)
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

// Who follows what comes is told that a server stops, which waits for nobody: subscriptions end at once, WebSockets as of one that goes away.
func TestStopEndsSubscriptions(t *testing.T) {
	t.Parallel()
	c := exec.CommandContext(t.Context(), program, "serve", "--addr", "127.0.0.1:0", "--store", filled(t))
	url := started(t, c)
	const query = `{"query": "subscription { storyLoaded { cursor } }"}`
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url+"/graphql", strings.NewReader(query))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", "text/event-stream")
	events, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer events.Body.Close()
	dial := func() *websocket.Conn {
		s, _, err := websocket.Dial(t.Context(), strings.Replace(url, "http", "ws", 1)+"/graphql", &websocket.DialOptions{Subprotocols: []string{"graphql-transport-ws"}}) //nolint:bodyclose // the library closes it
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { s.CloseNow() })
		return s
	}
	socket, idle := dial(), dial() // one that never says a word holds up nobody
	defer idle.CloseNow()
	for _, m := range []string{`{"type": "connection_init"}`, `{"type": "subscribe", "id": "1", "payload": ` + query + `}`, `{"type": "ping"}`} {
		if err := socket.Write(t.Context(), websocket.MessageText, []byte(m)); err != nil {
			t.Fatal(err)
		}
	}
	for ponged := false; !ponged; {
		_, m, err := socket.Read(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		ponged = strings.Contains(string(m), `"pong"`)
	}
	begun := time.Now()
	if err := c.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	_, _, closed := socket.Read(t.Context())
	for closed == nil { // a ping
		_, _, closed = socket.Read(t.Context())
	}
	if websocket.CloseStatus(closed) != websocket.StatusGoingAway {
		t.Errorf("the WebSocket ended with %v, want 1001", closed)
	}
	if told, err := io.ReadAll(events.Body); err != nil || !strings.HasSuffix(string(told), "event: complete\n\n") {
		t.Errorf("the events ended with %q, %v", told, err)
	}
	if err := c.Wait(); err != nil {
		t.Errorf("serve ended with %v", err)
	}
	if took := time.Since(begun); took > 3*time.Second { // it takes half a second; the machine may be busy
		t.Errorf("it took %v to stop", took)
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

// TestBadUpgrades asks for WebSockets that cannot be opened: each is answered once, as JSON with the reason, and the server logs no fault of its own.
func TestBadUpgrades(t *testing.T) {
	c := exec.CommandContext(t.Context(), program, "serve", "--addr", "127.0.0.1:0", "--store", filled(t))
	var log written
	c.Stderr = &log
	address := strings.TrimPrefix(started(t, c), "http://")
	for _, test := range []struct{ headers, status, says string }{
		{"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: short\r\n", "400", "Sec-WebSocket-Key"},
		{"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n", "400", "Sec-WebSocket-Key"},
		{"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 8\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n", "400", "only 13 is supported"},
		{"Connection: close\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n", "426", "Connection header"},
	} {
		conn, err := net.Dial("tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(conn, "GET /graphql HTTP/1.1\r\nHost: "+address+"\r\n"+test.headers+"\r\n"); err != nil {
			t.Fatal(err)
		}
		r, err := http.ReadResponse(bufio.NewReader(conn), nil)
		if err != nil {
			t.Fatal(err)
		}
		var said struct {
			Errors []struct{ Message string }
		}
		err = json.NewDecoder(r.Body).Decode(&said)
		if err != nil || !strings.HasPrefix(r.Status, test.status) || len(said.Errors) != 1 || !strings.Contains(said.Errors[0].Message, test.says) {
			t.Errorf("%q is answered by %s, %+v, %v", test.headers, r.Status, said, err)
		}
		r.Body.Close()
		conn.Close()
	}
	if err := c.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := c.Wait(); err != nil || strings.Contains(log.String(), "superfluous") {
		t.Errorf("%v, %s", err, log.String())
	}
}

// TestNoStores names as stores what is none: each is told with what to name instead.
func TestNoStores(t *testing.T) {
	dir := t.TempDir()
	for _, test := range []struct{ store, says string }{
		{dir, "it is a folder: name a file in it"},
		{os.DevNull, "it is a device or a pipe"},
		{write(t, dir, "rubbish.db", strings.Repeat("no store ", 1000)), "is no newsgraph store"},
		{filepath.Join(dir, "none.db"), "there is no store at"},
	} {
		for _, command := range []string{"list", "verify", "export"} {
			if _, errs, code := newsgraph(t, "", command, "--store", "sqlite:"+test.store); code != exitFailed || !strings.Contains(errs, test.says) {
				t.Errorf("%s of %s ends with %d: %s", command, test.store, code, errs)
			}
		}
	}
	graph, _, _ := newsgraph(t, "", "export", "--store", filled(t))
	file := write(t, dir, "graph.jsonl", graph)
	if _, errs, code := newsgraph(t, "", "load", "--store", "sqlite:"+filepath.Join(dir, "new.db"), file); code != exitFailed || !strings.Contains(errs, "newsgraph import takes it") {
		t.Errorf("an export that is loaded as stories ends with %d: %s", code, errs)
	}
}
