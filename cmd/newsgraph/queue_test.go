//go:build unix

package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	natsserver "github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"newsgraph/loader/queue/queuetest"
)

// stream is the test's own connection to a server.
func stream(t *testing.T, uri string) jetstream.JetStream {
	t.Helper()
	nc, err := nats.Connect(uri)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(nc.Close)
	js, err := jetstream.New(nc)
	if err != nil {
		t.Fatal(err)
	}
	return js
}

// impatient makes the consumer of a queue that is there, with a short wait for loaders that were killed.
func impatient(t *testing.T, uri string) {
	t.Helper()
	_, err := stream(t, uri).CreateConsumer(t.Context(), "newsgraph", jetstream.ConsumerConfig{
		Durable: "load", AckPolicy: jetstream.AckExplicitPolicy, AckWait: time.Second, MaxDeliver: -1, MaxAckPending: -1,
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestQueueKilled has two loaders on one queue and one store, kills them at moments of chance, and starts them again until the queue is empty.
func TestQueueKilled(t *testing.T) {
	const stories = 300
	file := records(t, stories)
	begun := time.Now()
	want := undisturbed(t, file)
	took := time.Since(begun)
	for round := range rounds(t, 1) {
		seed := uint64(time.Now().UnixNano()) //nolint:gosec // any
		t.Logf("round %d: seed %d, a load took %v", round, seed, took)
		r := rand.New(rand.NewPCG(seed, 1))
		queue := queuetest.Start(t, nil)
		uri := "sqlite:" + filepath.Join(t.TempDir(), "graph.db")
		must(t, "enqueue", "--queue", queue.URL, file)
		must(t, "enqueue", "--queue", queue.URL, file) // no doubles
		impatient(t, queue.URL)
		load := []string{"load", "--queue", queue.URL, "--store", uri, "--once"}
		for range 4 {
			var loaders []*exec.Cmd
			for range 2 {
				c := exec.CommandContext(t.Context(), program, load...)
				if err := c.Start(); err != nil {
					t.Fatal(err)
				}
				loaders = append(loaders, c)
			}
			for _, c := range loaders {
				time.Sleep(time.Duration(r.Int64N(int64(took / 2))))
				_ = c.Process.Signal(syscall.SIGKILL) // it may have ended
			}
			for _, c := range loaders {
				_ = c.Wait() // killed
			}
			s, err := stream(t, queue.URL).Stream(t.Context(), "newsgraph")
			if err != nil {
				t.Fatal(err)
			}
			t.Logf("killed with %d stories in the queue", s.CachedInfo().State.Msgs)
		}
		other := exec.CommandContext(t.Context(), program, load...)
		var said bytes.Buffer
		other.Stderr = &said
		if err := other.Start(); err != nil {
			t.Fatal(err)
		}
		must(t, load...)
		if err := other.Wait(); err != nil {
			t.Errorf("%v: %s", err, &said)
		}
		same(t, uri, want)
		whole(t, uri)
	}
}

// TestQueuePoison has one message in a hundred that is no story: the others are loaded, and each of those is on the dead-letter subject with its reason.
func TestQueuePoison(t *testing.T) {
	const stories = 297
	file := records(t, stories)
	want := undisturbed(t, file)
	queue := queuetest.Start(t, nil)
	must(t, "enqueue", "--queue", queue.URL, file)
	js := stream(t, queue.URL)
	poison := map[string]string{
		"\x00\xff":                           "no story",
		`{"headline": "A", "words": "none"}`: "words",
		`{"id": "story:1", "headline": "A"}`: "changed on its way",
	}
	for data := range poison {
		if _, err := js.Publish(t.Context(), "newsgraph.stories", []byte(data)); err != nil {
			t.Fatal(err)
		}
	}
	uri := "sqlite:" + filepath.Join(t.TempDir(), "graph.db")
	out, errs, code := newsgraph(t, "", "load", "--queue", queue.URL, "--once", "--json", "--store", uri)
	var told loaded
	if err := json.Unmarshal([]byte(out), &told); err != nil || code != exitRefused || told.New != stories || told.RefusedCount != 3 || told.Exit != code {
		t.Errorf("exit code %d, %v: %s%s", code, err, out, errs)
	}
	same(t, uri, want)
	dead, err := js.Stream(t.Context(), "newsgraph-dead")
	if err != nil {
		t.Fatal(err)
	}
	if n := dead.CachedInfo().State.Msgs; n != uint64(len(poison)) {
		t.Errorf("%d dead letters, want %d", n, len(poison))
	}
	for n := range dead.CachedInfo().State.Msgs {
		m, err := dead.GetMsg(t.Context(), n+1)
		if err != nil {
			t.Fatal(err)
		}
		reason := m.Header.Get("Newsgraph-Reason")
		if want := poison[string(m.Data)]; want == "" || !strings.Contains(reason, want) {
			t.Errorf("%q: %q, want %q", m.Data, reason, want)
		}
	}
}

// TestQueueStores has two loaders empty a queue into each store.
func TestQueueStores(t *testing.T) {
	const stories = 60
	file := records(t, stories)
	want := undisturbed(t, file)
	stores(t, func(t *testing.T, uri string) {
		queue := queuetest.Start(t, nil)
		must(t, "enqueue", "--queue", queue.URL+"/wire", file)
		load := []string{"load", "--queue", queue.URL + "/wire", "--once", "--store", uri}
		other := exec.CommandContext(t.Context(), program, load...)
		if err := other.Start(); err != nil {
			t.Fatal(err)
		}
		must(t, load...)
		if err := other.Wait(); err != nil {
			t.Error(err)
		}
		same(t, uri, want)
	})
}

// TestQueueStopped tells a loader to stop while it loads: it stops soon, and what it had in hand is there for the next at once.
func TestQueueStopped(t *testing.T) {
	const stories = 2000
	file := records(t, stories)
	queue := queuetest.Start(t, nil)
	must(t, "enqueue", "--queue", queue.URL, file)
	uri := "sqlite:" + filepath.Join(t.TempDir(), "graph.db")
	c := exec.CommandContext(t.Context(), program, "load", "--queue", queue.URL, "--store", uri)
	var said bytes.Buffer
	c.Stderr = &said
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	js := stream(t, queue.URL)
	for begun := time.Now(); time.Since(begun) < time.Minute; time.Sleep(20 * time.Millisecond) { // until it has loaded something
		if s, err := js.Stream(t.Context(), "newsgraph"); err != nil {
			t.Fatal(err)
		} else if n := s.CachedInfo().State.Msgs; n < stories {
			break
		}
	}
	begun := time.Now()
	if err := c.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	_ = c.Wait() // its exit code tells
	if took := time.Since(begun); took > 10*time.Second || c.ProcessState.ExitCode() != exitSignal+int(syscall.SIGTERM) || !strings.Contains(said.String(), "stories are in; run it again") {
		t.Errorf("exit code %d after %v: %s", c.ProcessState.ExitCode(), took, &said)
	}
	held, err := js.Consumer(t.Context(), "newsgraph", "load")
	if err != nil {
		t.Fatal(err)
	}
	next, err := held.Fetch(stories, jetstream.FetchMaxWait(2*time.Second))
	if err != nil {
		t.Fatal(err)
	}
	left := 0
	for range next.Messages() {
		left++
	}
	if in := storiesIn(export(t, uri)); in == 0 || in+left != stories {
		t.Errorf("%d stories are in and %d wait, of %d", in, left, stories)
	}
}

// TestQueueUse sees that what cannot be done is refused by name with the way out.
func TestQueueUse(t *testing.T) {
	plain := queuetest.Start(t, func(o *natsserver.Options) { o.JetStream = false })
	small := queuetest.Start(t, func(o *natsserver.Options) { o.MaxPayload = 20 << 10 })
	gone := queuetest.Start(t, nil)
	gone.Stop()
	dir := t.TempDir()
	good := write(t, dir, "good.txt", goodStory)
	long := write(t, dir, "long.txt", "Oslo condemns Chad at length\n\n"+strings.Repeat("Norway condemned Chad on Tuesday.\n\n", 1000))
	uri := "sqlite:" + filepath.Join(dir, "graph.db")
	for _, c := range []struct {
		args []string
		code int
		says []string
	}{
		{[]string{"load", "--store", uri}, exitUsage, []string{"nothing to load", "--queue"}},
		{[]string{"load", "--store", uri, "--once", good}, exitUsage, []string{"--once"}},
		{[]string{"load", "--store", uri, "--queue", small.URL, good}, exitUsage, []string{"newsgraph enqueue"}},
		{[]string{"load", "--store", uri, "--queue", "localhost"}, exitUsage, []string{"--queue", "nats://HOST:4222/NAME"}},
		{[]string{"enqueue", good}, exitUsage, []string{"no queue", "--queue nats://HOST:4222"}},
		{[]string{"load", "--store", uri, "--queue", gone.URL}, exitFailed, []string{"no NATS server", gone.URL, "nats-server -js"}},
		{[]string{"enqueue", "--queue", gone.URL, good}, exitFailed, []string{"no NATS server", gone.URL, "nats-server -js"}},
		{[]string{"load", "--store", uri, "--queue", plain.URL}, exitFailed, []string{"no JetStream", "nats-server -js"}},
		{[]string{"enqueue", "--queue", plain.URL, good}, exitFailed, []string{"no JetStream", "nats-server -js"}},
		{[]string{"enqueue", "--queue", small.URL, long}, exitFailed, []string{"long.txt", "Oslo condemns Chad at length", "max_payload"}},
		{[]string{"enqueue", "--queue", small.URL, good, long}, exitRefused, []string{"long.txt", "1 of 2 files"}},
		{[]string{"enqueue", "--queue", small.URL, good}, 0, nil},
	} {
		t.Run(fmt.Sprint(c.args[0], c.code), func(t *testing.T) {
			_, errs, code := newsgraph(t, "", c.args...)
			if code != c.code {
				t.Errorf("%v: exit code %d, want %d: %s", c.args, code, c.code, errs)
			}
			for _, want := range c.says {
				if !strings.Contains(errs, want) {
					t.Errorf("%v: %s, want %q", c.args, errs, want)
				}
			}
		})
	}
	out, errs, code := newsgraph(t, "", "load", "--queue", small.URL, "--once", "--store", uri)
	if code != 0 || !strings.Contains(out, "1 story (1 new") {
		t.Errorf("exit code %d: %s%s", code, out, errs)
	}
}
