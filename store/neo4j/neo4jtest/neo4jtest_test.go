//go:build unix

package neo4jtest

import (
	"errors"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
)

var uri string

func TestMain(m *testing.M) {
	os.Exit(Run(m, func(u string) { uri = u }))
}

func connect(t *testing.T, uri string, auth neo4j.AuthToken) neo4j.DriverWithContext {
	t.Helper()
	driver, err := neo4j.NewDriverWithContext(uri, auth)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := driver.Close(t.Context()); err != nil {
			t.Error(err)
		}
	})
	return driver
}

func write(t *testing.T, driver neo4j.DriverWithContext, query string) {
	t.Helper()
	if _, err := neo4j.ExecuteQuery(t.Context(), driver, query, nil, neo4j.EagerResultTransformer); err != nil {
		t.Fatal(err)
	}
}

func TestWipe(t *testing.T) {
	driver := connect(t, uri, Auth())
	write(t, driver, `CREATE CONSTRAINT neo4jtest IF NOT EXISTS FOR (n:Neo4jtest) REQUIRE n.id IS UNIQUE`)
	defer write(t, driver, `DROP CONSTRAINT neo4jtest`)
	// A hub with more relations than a transaction has rows, too.
	write(t, driver, `CREATE (hub:Neo4jtest {id: 0}) WITH hub UNWIND range(1, 12000) AS i CREATE (:Neo4jtest {id: i})-[:TO]->(hub)`)
	if err := empty(t.Context(), driver, uri); err == nil || !strings.Contains(err.Error(), "it holds 12001 nodes") {
		t.Errorf("a database that is not empty: got %v", err)
	}
	if err := Wipe(t.Context(), driver); err != nil {
		t.Fatal(err)
	}
	if err := empty(t.Context(), driver, uri); err != nil {
		t.Errorf("after Wipe: %v", err)
	}
	records, err := Query(t.Context(), uri, `SHOW CONSTRAINTS YIELD name WHERE name = $name RETURN name`, map[string]any{"name": "neo4jtest"})
	if err != nil {
		t.Fatal(err)
	}
	if len(records) != 1 || records[0]["name"] != "neo4jtest" {
		t.Errorf("Wipe dropped a constraint: %v are left", records)
	}
}

// A second server beside the first, that asks for a password, and leaves nothing.
func TestPassword(t *testing.T) {
	s, err := Start(t.Context(), t.Output(), WithPassword("a long secret"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := s.Stop(); err != nil {
			t.Error(err)
		}
	}()
	if s.URI == uri {
		t.Errorf("two servers at %s", uri)
	}
	if err := connect(t, s.URI, neo4j.BasicAuth(s.User, s.Password, "")).VerifyConnectivity(t.Context()); err != nil {
		t.Errorf("the right password: %v", err)
	}
	for name, auth := range map[string]neo4j.AuthToken{"wrong": neo4j.BasicAuth(s.User, "another", ""), "no": neo4j.NoAuth()} {
		var refused *neo4j.Neo4jError
		err := connect(t, s.URI, auth).VerifyConnectivity(t.Context())
		if !errors.As(err, &refused) || refused.Code != "Neo.ClientError.Security.Unauthorized" {
			t.Errorf("%s password: got %v, want it refused", name, err)
		}
	}

	if err := s.Stop(); err != nil {
		t.Fatal(err)
	}
	if err := s.Stop(); err != nil {
		t.Errorf("a second Stop: %v", err)
	}
	if connection, err := net.Dial("tcp", strings.TrimPrefix(s.URI, "neo4j://")); err == nil {
		t.Error("the server still listens")
		_ = connection.Close()
	}
	if _, err := os.Stat(s.home); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the home is still there: %v", err)
	}
}

// When the process that started the server is killed, the pipe ends, and the watchdog must do what Stop would have done.
func TestWatchdog(t *testing.T) {
	home := filepath.Join(t.TempDir(), "home")
	if err := os.Mkdir(home, 0o700); err != nil {
		t.Fatal(err)
	}
	command := exec.CommandContext(t.Context(), "/bin/sh", "-c", script, "server.sh", home, "sleep", "600")
	pipe, err := command.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	if err := pipe.Close(); err != nil {
		t.Fatal(err)
	}
	if err := command.Wait(); err == nil || command.ProcessState.Sys().(syscall.WaitStatus).Signal() != syscall.SIGKILL {
		t.Errorf("the server ended with %v, want it killed", err)
	}
	for range 100 {
		if _, err := os.Stat(home); errors.Is(err, os.ErrNotExist) {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Error("the home is still there")
}

func TestLockTakesTurns(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lock")
	first, err := lock(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	second := make(chan error, 1)
	go func() {
		unlock, err := lock(t.Context(), path)
		if err == nil {
			err = unlock()
		}
		second <- err
	}()
	select {
	case err := <-second:
		t.Fatalf("the second did not wait for the first: %v", err)
	case <-time.After(200 * time.Millisecond):
	}
	if err := first(); err != nil {
		t.Fatal(err)
	}
	if err := <-second; err != nil {
		t.Error(err)
	}
}

// What is missing is said in one line, with the package that has it.
func TestMissingTools(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	t.Setenv(envCache, t.TempDir())
	_, err := Start(t.Context(), io.Discard)
	if err == nil || !strings.Contains(err.Error(), "apt-get install default-jdk-headless") || strings.Contains(err.Error(), "\n") {
		t.Errorf("without java: got %v", err)
	}
	_, _, err = jars(t.Context(), io.Discard)
	if err == nil || !strings.Contains(err.Error(), "apt-get install maven") || strings.Contains(err.Error(), "\n") {
		t.Errorf("without mvn: got %v", err)
	}
}
