//go:build unix

package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"newsgraph/store/neo4j/neo4jtest"
	"newsgraph/store/sqlite/sqlitetest"
)

// envFaults says how many times a fault is tried: make test-faults sets it high.
const envFaults = "NEWSGRAPH_FAULTS"

// rounds are the times that a fault is tried, which envFaults raises from a few.
func rounds(t *testing.T, few int) int {
	t.Helper()
	told := os.Getenv(envFaults)
	if told == "" {
		return few
	}
	n, err := strconv.Atoi(told)
	if err != nil || n < 1 {
		t.Fatalf("%s=%s: want a number from 1 on", envFaults, told)
	}
	return n
}

// envFault makes the test's own program the command with a fault of sqlitetest in its embedded store. The shipped program reads no such thing.
const envFault = "NEWSGRAPH_FAULT"

// withFault runs a command to its end in a program with a fault.
func withFault(t *testing.T, fault string, args ...string) (stderr string, state *os.ProcessState) {
	t.Helper()
	c := exec.CommandContext(t.Context(), os.Args[0], args...)
	c.Env = append(os.Environ(), envFault+"="+fault)
	var errs bytes.Buffer
	c.Stderr = &errs
	if err := c.Run(); err != nil && c.ProcessState == nil {
		t.Fatal(err)
	}
	return errs.String(), c.ProcessState
}

// record is a story as a line of JSON.
func record(n int) string {
	return fmt.Sprintf(`{"title": "Envoys meet, day %d", "text": "Norway condemned Chad on Tuesday. King Harald met Peru's envoy %d times.", "date": "2024-01-%02d"}`+"\n", n, n, n%28+1)
}

// records is a file of n stories.
func records(t *testing.T, n int) string {
	t.Helper()
	var b strings.Builder
	for i := range n {
		b.WriteString(record(i))
	}
	return write(t, t.TempDir(), "stories.jsonl", b.String())
}

// must runs a command that must end well.
func must(t *testing.T, args ...string) {
	t.Helper()
	if out, errs, code := newsgraph(t, "", args...); code != 0 {
		t.Fatalf("%v: exit code %d, %s%s", args, code, out, errs)
	}
}

// undisturbed is the export of a load without a fault, on the embedded store.
func undisturbed(t *testing.T, args ...string) string {
	t.Helper()
	uri := "sqlite:" + filepath.Join(t.TempDir(), "clean.db")
	must(t, append([]string{"load", "--store", uri}, args...)...)
	return export(t, uri)
}

// same holds a store's export against that of an undisturbed load.
func same(t *testing.T, uri, want string) {
	t.Helper()
	if got := export(t, uri); got != want {
		t.Errorf("another export: %s", difference(got, want))
	}
}

// whole sees that the embedded store's file is sound.
func whole(t *testing.T, uri string) {
	t.Helper()
	if err := sqlitetest.Check(t.Context(), strings.TrimPrefix(uri, "sqlite:")); err != nil {
		t.Error(err)
	}
}

// inBatches sees that a store holds the first batches of the records, each of them whole.
func inBatches(t *testing.T, uri string, all int) {
	t.Helper()
	if n := storiesIn(export(t, uri)); !slices.Contains([]int{0, 4, 12, 28, all}, n) {
		t.Errorf("%d stories are in, which is not the end of a batch", n)
	}
}

// TestKilledAtCommit ends a load at failpoints right before and after a commit.
func TestKilledAtCommit(t *testing.T) {
	const stories = 40 // the layout's transaction and four batches
	file := records(t, stories)
	want := undisturbed(t, file)
	stores(t, func(t *testing.T, uri string) {
		for round := range rounds(t, 1) {
			commit := 1 + (round*3+2)%5
			for _, when := range []string{"before", "after"} {
				if strings.HasPrefix(uri, "sqlite:") {
					uri = "sqlite:" + filepath.Join(t.TempDir(), "graph.db")
					errs, state := withFault(t, fmt.Sprint(when, " ", commit), "load", "--store", uri, file)
					if status := state.Sys().(syscall.WaitStatus); !status.Signaled() && (when == "before" || commit < 5) { //nolint:forcetypeassert // it is Unix
						t.Fatalf("%s commit %d: it was not killed: %v, %s", when, commit, state, errs)
					}
				} else {
					if err := neo4jtest.Clear(t.Context(), server); err != nil {
						t.Fatal(err)
					}
					killAtCommit(t, when, commit, file)
				}
				inBatches(t, uri, stories)
				must(t, "load", "--store", uri, file)
				same(t, uri, want)
				if strings.HasPrefix(uri, "sqlite:") {
					whole(t, uri)
				}
			}
		}
	})
}

// killAtCommit kills a load into Neo4j when its n-th COMMIT has come to the proxy, before the server sees it, or before the load sees the answer.
func killAtCommit(t *testing.T, when string, n int, file string) {
	t.Helper()
	p := newProxy(t, server)
	c := exec.CommandContext(t.Context(), program, "load", "--store", p.uri, file)
	kill := func(at int) bool {
		if at == n {
			_ = c.Process.Kill() // it may have ended
		}
		return at < n
	}
	if when == "before" {
		p.commit = kill
	} else {
		p.committed = kill
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	_ = c.Wait() // killed
}

// proxy stands between a load and Neo4j, and sees the Bolt messages that commit.
type proxy struct {
	uri     string // bolt://, so that the driver asks no server for the way around it
	to      string
	commits atomic.Int64
	delay   time.Duration // of what goes either way
	// What is told of the n-th COMMIT of a transaction that writes when it has come from the load, and when its answer has come from the server; false cuts the connection there.
	commit, committed func(n int) bool
}

// boltCommit is the message COMMIT in a chunk of its own: https://neo4j.com/docs/bolt/current/bolt/message/.
const boltCommit = "\x00\x02\xb0\x12\x00\x00"

func newProxy(t *testing.T, uri string) *proxy {
	t.Helper()
	export(t, uri) // which makes the store: the commits that are counted are those of the load
	_, to, _ := strings.Cut(uri, "://")
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	always := func(int) bool { return true }
	p := &proxy{uri: "bolt://" + l.Addr().String(), to: to, commit: always, committed: always}
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go p.carry(c)
		}
	}()
	return p
}

// carry carries a connection until an end of it is closed, or it is cut.
func (p *proxy) carry(client net.Conn) {
	defer client.Close()
	s, err := new(net.Dialer).DialContext(context.Background(), "tcp", p.to)
	if err != nil {
		return // the load sees its connection closed, as from a server that goes down
	}
	defer s.Close()
	var waiting atomic.Int64 // the number of the COMMIT whose answer is to come
	writes := false
	go func() {
		defer client.Close()
		defer s.Close()
		p.pipe(client, s, func([]byte) bool {
			n := waiting.Swap(0)
			return n == 0 || p.committed(int(n))
		})
	}()
	p.pipe(s, client, func(data []byte) bool {
		if bytes.Contains(data, []byte("\xb1\x11")) { // BEGIN, with the mode r of those that read
			writes = !bytes.Contains(data, []byte("\x84mode\x81r"))
		}
		if !bytes.HasSuffix(data, []byte(boltCommit)) || !writes {
			return true
		}
		n := p.commits.Add(1)
		waiting.Store(n)
		return p.commit(int(n))
	})
}

// pipe copies what see lets pass.
func (p *proxy) pipe(to io.Writer, from io.Reader, see func([]byte) bool) {
	data := make([]byte, 64<<10)
	for {
		n, err := from.Read(data)
		if err != nil || !see(data[:n]) {
			return
		}
		time.Sleep(p.delay)
		if _, err := to.Write(data[:n]); err != nil {
			return
		}
	}
}

// TestDiskFull lets a load run out of disk, by SQLite's own bound and by the system's: it says so, and the rest goes in when there is room.
func TestDiskFull(t *testing.T) {
	file := records(t, 200)
	want := undisturbed(t, file)
	for _, fault := range []string{"pages 90", "bytes 400000"} {
		t.Run(fault, func(t *testing.T) {
			uri := "sqlite:" + filepath.Join(t.TempDir(), "graph.db")
			errs, state := withFault(t, fault, "load", "--store", uri, file)
			if state.ExitCode() != exitFailed || !strings.Contains(errs, "graph.db") || !strings.Contains(errs, "disk") || strings.Contains(errs, "goroutine") {
				t.Errorf("exit code %d, %s", state.ExitCode(), errs)
			}
			t.Log(errs)
			whole(t, uri)
			must(t, "load", "--store", uri, file)
			same(t, uri, want)
		})
	}
}

// TestShuffled loads every story three times in one load, in an order of chance, under a clock that is years off.
func TestShuffled(t *testing.T) {
	const n = 60
	var lines []string
	for i := range 3 * n {
		lines = append(lines, record(i%n))
	}
	want := undisturbed(t, records(t, n))
	stores(t, func(t *testing.T, uri string) {
		for round := range rounds(t, 1) {
			r := rand.New(rand.NewPCG(uint64(round), 5))
			r.Shuffle(len(lines), func(i, j int) { lines[i], lines[j] = lines[j], lines[i] })
			file := write(t, t.TempDir(), "stories.jsonl", strings.Join(lines, ""))
			if strings.HasPrefix(uri, "sqlite:") {
				uri = "sqlite:" + filepath.Join(t.TempDir(), "graph.db")
				synctest.Test(t, func(t *testing.T) { // its clock begins in 2000
					var out bytes.Buffer
					if code := run(t.Context(), []string{"load", "--store", uri, file}, nil, &out, &out); code != 0 || time.Now().Year() != 2000 {
						t.Errorf("in %v: exit code %d, %s", time.Now(), code, &out)
					}
				})
			} else {
				if err := neo4jtest.Clear(t.Context(), server); err != nil {
					t.Fatal(err)
				}
				must(t, "load", "--store", uri, file)
			}
			same(t, uri, want)
		}
	})
}

// TestPoison loads stories of which one in a hundred cannot be: the others are in, and each that is not is named with the reason.
func TestPoison(t *testing.T) {
	const n = 300
	poison := map[int]string{
		20: `{"title": "Cut off", "text": "Norway condemn` + "\n", 130: `{"title": "No words at all"}` + "\n", 299: `["no", "story"]` + "\n",
	}
	var all, good strings.Builder
	for i := range n {
		if bad, ok := poison[i]; ok {
			all.WriteString(bad)
			continue
		}
		all.WriteString(record(i))
		good.WriteString(record(i))
	}
	dir := t.TempDir()
	want := undisturbed(t, write(t, dir, "good.jsonl", good.String()))
	file := write(t, dir, "all.jsonl", all.String())
	uri := "sqlite:" + filepath.Join(dir, "graph.db") // what is refused, no store sees
	out, errs, code := newsgraph(t, "", "load", "--store", uri, file)
	if code != exitRefused || !strings.Contains(out, fmt.Sprintf("%d stories (%d new", n-len(poison), n-len(poison))) {
		t.Errorf("exit code %d, %s%s", code, out, errs)
	}
	for i, says := range map[int]string{20: "all.jsonl:21:45: byte 2804: no JSON", 130: "all.jsonl: line 131: no story in it: it has no text", 299: "all.jsonl: line 300: no story in it"} {
		if !strings.Contains(errs, says) {
			t.Errorf("of line %d, no %q in %s", i+1, says, errs)
		}
	}
	same(t, uri, want)
}

// TestNeo4jCut cuts the connection of a load at a commit, before the server has it and before the load has the answer, and lets the bytes come late:
// it goes on by itself.
func TestNeo4jCut(t *testing.T) {
	if os.Getenv(envFaults) == "" {
		t.Skip("make test-faults runs it: it takes minutes")
	}
	file := records(t, 29) // the last batch is of one story
	want := undisturbed(t, file)
	for _, when := range []string{"before", "after", "late"} {
		t.Run(when, func(t *testing.T) {
			if err := neo4jtest.Clear(t.Context(), server); err != nil {
				t.Fatal(err)
			}
			p := newProxy(t, server)
			cut := func(n int) bool { return n != 2 && n != 4 }
			switch when {
			case "before":
				p.commit = cut
			case "after":
				p.committed = cut
			case "late":
				p.delay = 300 * time.Millisecond
			}
			must(t, "load", "--store", p.uri, file)
			same(t, server, want)
		})
	}
}

// TestNeo4jRestarted kills Neo4j amid a load and starts it again: the load goes on by itself.
func TestNeo4jRestarted(t *testing.T) {
	if os.Getenv(envFaults) == "" {
		t.Skip("make test-faults runs it: it starts a server of its own")
	}
	s, err := neo4jtest.Start(t.Context(), t.Output())
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := s.Stop(); err != nil {
			t.Error(err)
		}
	}()
	file := records(t, 40)
	want := undisturbed(t, file)
	p := newProxy(t, s.URI)
	reached := make(chan bool, 1)
	p.committed = func(n int) bool {
		if n == 2 {
			reached <- true
		}
		return true
	}
	var errs bytes.Buffer
	c := exec.CommandContext(t.Context(), program, "load", "--store", p.uri, file)
	c.Stderr = &errs
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	<-reached
	if err := s.Kill(); err != nil {
		t.Fatal(err)
	}
	if err := s.Restart(t.Context()); err != nil {
		t.Fatal(err)
	}
	back := time.Now()
	if err := c.Wait(); err != nil || time.Since(back) > time.Minute {
		t.Errorf("%v, %v after it was back: %s", err, time.Since(back), &errs)
	}
	same(t, s.URI, want)
}
