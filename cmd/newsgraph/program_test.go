//go:build unix

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"newsgraph/store/neo4j/neo4jtest"
	"newsgraph/store/sqlite/sqlitetest"
)

// program is the built program, and server a real Neo4j that the tests may wipe.
var program, server string

func TestMain(m *testing.M) {
	if fault := os.Getenv(envFault); fault != "" {
		if err := sqlitetest.Fail(fault); err != nil {
			panic(err)
		}
		main()
	}
	dir, err := os.MkdirTemp("", "newsgraph-test-")
	if err != nil {
		panic(err)
	}
	program = filepath.Join(dir, "newsgraph")
	if out, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		panic(string(out))
	}
	code := neo4jtest.Run(m, func(uri string) { server = uri })
	if err := os.RemoveAll(dir); err != nil {
		panic(err)
	}
	os.Exit(code)
}

// stores are the stores that the program is tried on, empty: a new file, and a real Neo4j.
func stores(t *testing.T, each func(t *testing.T, uri string)) {
	t.Run("sqlite", func(t *testing.T) { each(t, "sqlite:"+filepath.Join(t.TempDir(), "graph.db")) })
	t.Run("neo4j", func(t *testing.T) {
		if err := neo4jtest.Clear(t.Context(), server); err != nil {
			t.Fatal(err)
		}
		each(t, server)
	})
}

// newsgraph runs a command to its end.
func newsgraph(t *testing.T, stdin string, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	c := exec.CommandContext(t.Context(), program, args...)
	var out, errs bytes.Buffer
	c.Stdin, c.Stdout, c.Stderr = strings.NewReader(stdin), &out, &errs
	if err := c.Run(); err != nil && c.ProcessState == nil {
		t.Fatal(err)
	}
	return out.String(), errs.String(), c.ProcessState.ExitCode()
}

// serving starts a serving command, and returns its address. When the test ends it is told to stop and must end well.
func serving(t *testing.T, args ...string) string {
	t.Helper()
	c := exec.CommandContext(context.Background(), program, args...)
	url := started(t, c)
	t.Cleanup(func() {
		if err := c.Process.Signal(syscall.SIGTERM); err != nil {
			t.Error(err)
		}
		if err := c.Wait(); err != nil {
			t.Errorf("%v after SIGTERM: %v", args, err)
		}
	})
	return url
}

// started starts a serving command and waits for the address that it prints.
func started(t testing.TB, c *exec.Cmd) string {
	t.Helper()
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if c.Stderr == nil {
		c.Stderr = os.Stderr
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	var said strings.Builder
	address := regexp.MustCompile(`serving (http://\S+)/\n`)
	buf := make([]byte, 512)
	for !address.MatchString(said.String()) {
		n, err := out.Read(buf)
		said.Write(buf[:n])
		if err != nil {
			t.Fatalf("%v ended before it served: %s", c.Args, said.String())
		}
	}
	go func() { _, _ = io.Copy(io.Discard, out) }()
	return address.FindStringSubmatch(said.String())[1]
}

func ask(t *testing.T, url, query string) (data json.RawMessage, codes []string) {
	t.Helper()
	body, err := json.Marshal(map[string]string{"query": query})
	if err != nil {
		t.Fatal(err)
	}
	r, err := http.Post(url+"/graphql", "application/json", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	var a struct {
		Data   json.RawMessage
		Errors []struct {
			Extensions struct{ Code string }
		}
	}
	if err := json.NewDecoder(r.Body).Decode(&a); err != nil {
		t.Fatal(err)
	}
	for _, e := range a.Errors {
		codes = append(codes, e.Extensions.Code)
	}
	return a.Data, codes
}

// answer asks for data that must come without errors, and reads it into out.
func answer(t *testing.T, url, query string, out any) {
	t.Helper()
	data, codes := ask(t, url, query)
	if len(codes) > 0 {
		t.Fatalf("%s: %v", query, codes)
	}
	if err := json.Unmarshal(data, out); err != nil {
		t.Fatalf("%s: %v in %s", query, err, data)
	}
}
