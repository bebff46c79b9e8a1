//go:build unix

// Package neo4jtest gives tests a real Neo4j Community server: started from Maven's jars on free ports, or the one that NEO4J_URI
// names. It knows nothing of stories or of the store that is tested, and the program never imports it. It needs a JDK or JRE 17 or
// 21, Maven the first time, and a Unix: the server and whatever it starts are one process group, killed at the end.
//
// A test package has one line:
//
//	func TestMain(m *testing.M) { os.Exit(neo4jtest.Run(m, func(u string) { uri = u })) }
//
// `go test ./store/neo4j` then starts a server of its own. To share one among packages, run them under the command in run/:
//
//	go run ./store/neo4j/neo4jtest/run -- go test ./...
package neo4jtest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"testing"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
)

// What the environment may say.
const (
	envURI      = "NEO4J_URI"       // a server to use in place of one from the jars
	envUser     = "NEO4J_USER"      // for envURI; empty means neo4j
	envPassword = "NEO4J_PASSWORD"  // for envURI; empty means that the server asks for none
	envLock     = "NEO4J_TEST_LOCK" // the lock file of the server that Share gives out; its presence says that it may be wiped
)

// Run is the body of a TestMain: it calls set with the URI of an empty server, runs the tests, and returns their exit code. The
// server is the one that NEO4J_URI names, else one of its own, without authentication. Auth has the credentials for it.
//
// A server that NEO4J_URI names is held under Lock meanwhile, so that packages that share it take turns, and is wiped afterwards.
// It is refused when it is not empty before, unless Share gave it out: what is in it may be somebody's.
func Run(m *testing.M, set func(uri string)) int {
	ctx := context.Background()
	uri, stop, err := acquire(ctx, os.Stderr)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	set(uri)
	code := m.Run()
	if err := stop(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return cmp.Or(code, 1)
	}
	return code
}

// acquire gives the URI of an empty server that is the caller's until it calls release.
func acquire(ctx context.Context, log io.Writer) (uri string, release func() error, err error) {
	uri = os.Getenv(envURI)
	if uri == "" {
		s, err := Start(ctx, log)
		if err != nil {
			return "", nil, err
		}
		return s.URI, s.Stop, nil
	}
	unlock, err := Lock(ctx, uri)
	if err != nil {
		return "", nil, err
	}
	driver, err := open(ctx, uri)
	if err != nil {
		return "", nil, errors.Join(err, unlock())
	}
	if os.Getenv(envLock) != "" {
		err = Wipe(ctx, driver)
	} else {
		err = empty(ctx, driver, uri)
	}
	if err != nil {
		return "", nil, errors.Join(err, driver.Close(ctx), unlock())
	}
	return uri, func() error {
		return errors.Join(Wipe(ctx, driver), driver.Close(ctx), unlock())
	}, nil
}

// Share gives one server to all the packages that a command tests: the environment to run the command in, and what to call after
// it. The server is the one that NEO4J_URI names, which must be empty, or a new one. The packages' Run takes turns on it.
func Share(ctx context.Context, log io.Writer) (environment []string, stop func() error, err error) {
	if uri := os.Getenv(envURI); uri != "" {
		return shareGiven(ctx, uri)
	}
	s, err := Start(ctx, log)
	if err != nil {
		return nil, nil, err
	}
	return []string{envURI + "=" + s.URI, envUser + "=" + s.User, envPassword + "=", envLock + "=" + s.path("lock")}, s.Stop, nil
}

// shareGiven shares a server that somebody else started.
func shareGiven(ctx context.Context, uri string) (environment []string, stop func() error, err error) {
	file := lockFile(uri)
	unlock, err := lock(ctx, file)
	if err != nil {
		return nil, nil, err
	}
	defer func() { err = errors.Join(err, unlock()) }()
	driver, err := open(ctx, uri)
	if err != nil {
		return nil, nil, err
	}
	defer func() { err = errors.Join(err, driver.Close(ctx)) }()
	if os.Getenv(envLock) == "" {
		if err := empty(ctx, driver, uri); err != nil {
			return nil, nil, err
		}
	}
	return []string{envLock + "=" + file}, func() error { return nil }, nil
}

// Auth is what the server of Run asks for: the user and password of the environment, or nothing.
func Auth() neo4j.AuthToken {
	password := os.Getenv(envPassword)
	if os.Getenv(envURI) == "" || password == "" {
		return neo4j.NoAuth()
	}
	return neo4j.BasicAuth(cmp.Or(os.Getenv(envUser), "neo4j"), password, "")
}

// Query runs one query on the server of Run and returns its records by column. It is for tests that know no driver: what the README
// asks in Cypher, or what a database holds.
func Query(ctx context.Context, uri, cypher string, parameters map[string]any) (records []map[string]any, err error) {
	driver, err := open(ctx, uri)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, driver.Close(ctx)) }()
	return ask(ctx, driver, cypher, parameters)
}

// Clear wipes the server of Run, for tests that know no driver.
func Clear(ctx context.Context, uri string) error {
	_, err := Query(ctx, uri, wipe, nil)
	return err
}

// Wipe deletes every node and relation in transactions of bounded size. Constraints and indexes stay: making them again for each
// test takes longer than the test.
func Wipe(ctx context.Context, driver neo4j.DriverWithContext) error {
	if _, err := ask(ctx, driver, wipe, nil); err != nil {
		return fmt.Errorf("neo4jtest: wipe database: %w", err)
	}
	return nil
}

// ask runs a query in a transaction of the server's own making, as CALL IN TRANSACTIONS wants it.
func ask(ctx context.Context, driver neo4j.DriverWithContext, cypher string, parameters map[string]any) (records []map[string]any, err error) {
	session := driver.NewSession(ctx, neo4j.SessionConfig{})
	defer func() { err = errors.Join(err, session.Close(ctx)) }()
	result, err := session.Run(ctx, cypher, parameters)
	if err != nil {
		return nil, err
	}
	for record, err := range result.Records(ctx) {
		if err != nil {
			return nil, err
		}
		records = append(records, record.AsMap())
	}
	return records, nil
}

const (
	// The version of an open store's layout stays, as its indexes do.
	wipe  = `MATCH (n) WHERE NOT n:Schema CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS`
	count = `MATCH (n) WHERE NOT n:Schema RETURN count(n) AS nodes`
)

// open connects to a server that somebody else started.
func open(ctx context.Context, uri string) (neo4j.DriverWithContext, error) {
	driver, err := neo4j.NewDriverWithContext(uri, Auth())
	if err != nil {
		return nil, fmt.Errorf("neo4jtest: read %s %q: %w", envURI, uri, err)
	}
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	if err := driver.VerifyConnectivity(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("neo4jtest: connect to %s (set %s and %s, or unset %s to start one from the jars): %w",
			uri, envUser, envPassword, envURI, err), driver.Close(ctx))
	}
	return driver, nil
}

// empty refuses a database that holds anything.
func empty(ctx context.Context, driver neo4j.DriverWithContext, uri string) error {
	records, err := ask(ctx, driver, count, nil)
	if err != nil {
		return fmt.Errorf("neo4jtest: count nodes of %s: %w", uri, err)
	}
	if nodes := records[0]["nodes"]; nodes != int64(0) {
		return fmt.Errorf("neo4jtest: refuse %s: it holds %d nodes, and the tests wipe the database; name an empty one in %s, "+
			"or unset it to start one from the jars", uri, nodes, envURI)
	}
	return nil
}
