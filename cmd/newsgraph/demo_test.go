//go:build unix

package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestPlayground runs the first example in a real browser, on the samples.
func TestPlayground(t *testing.T) {
	url := serving(t, "demo", "--addr", "127.0.0.1:0")
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url+"/graphql", nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Accept", "text/html")
	r, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	page, err := io.ReadAll(r.Body)
	r.Body.Close()
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(page), "make web") {
		t.Log("the playground is not built: its page says how; make test builds it")
		return
	}
	c := exec.CommandContext(t.Context(), "node", "../../web/e2e/playground.mjs", url+"/graphql")
	c.WaitDelay = time.Second
	out, err := c.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "condemned") {
		t.Fatalf("%v: %s", err, out)
	}
}

func TestHealth(t *testing.T) {
	url := serving(t, "demo", "--addr", "127.0.0.1:0")
	for path, want := range map[string]int{"/healthz": http.StatusOK, "/readyz": http.StatusOK, "/no/such/page": http.StatusNotFound, "/graphql": http.StatusBadRequest} {
		r, err := http.Get(url + path)
		if err != nil {
			t.Fatal(err)
		}
		r.Body.Close()
		if r.StatusCode != want {
			t.Errorf("%s: %s, want %d", path, r.Status, want)
		}
	}
}

// TestDrain tells a server to stop while it answers: the answer comes, and it ends well.
func TestDrain(t *testing.T) {
	c := exec.Command(program, "demo", "--addr", "127.0.0.1:0")
	url := started(t, c)
	conn, err := net.Dial("tcp", strings.TrimPrefix(url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	const body = `{"query": "{events(first: 1) {edges {node {title}}}}"}`
	if _, err := fmt.Fprintf(conn, "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", len(body), body[:10]); err != nil {
		t.Fatal(err)
	}
	time.Sleep(200 * time.Millisecond) // the request is under way
	if err := c.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	time.Sleep(200 * time.Millisecond)
	if _, err := io.WriteString(conn, body[10:]); err != nil {
		t.Fatal(err)
	}
	r, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	answer, err := io.ReadAll(r.Body)
	if err != nil || r.StatusCode != http.StatusOK || !strings.Contains(string(answer), `"title"`) {
		t.Errorf("%s %s, %v", r.Status, answer, err)
	}
	if err := c.Wait(); err != nil {
		t.Errorf("after SIGTERM: %v", err)
	}
}
