package queue_test

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"newsgraph/loader/queue"
	"newsgraph/loader/queue/queuetest"
	"newsgraph/news"
)

func story(n int) news.Story {
	s := news.Story{Headline: fmt.Sprintf("Envoys meet, day %d", n), Text: "Norway condemned <Chad> & Peru.", Language: "en", Published: "2024-01-10", How: "JSON lines; line 1"}
	s.Identify()
	return s
}

func open(t *testing.T, uri string) *queue.Queue {
	t.Helper()
	q, err := queue.Open(t.Context(), uri, queue.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(q.Close)
	return q
}

// fill adds stories, and waits until they are in.
func fill(t *testing.T, q *queue.Queue, from, to int) queue.Added {
	t.Helper()
	for n := from; n < to; n++ {
		if err := q.Add(t.Context(), story(n)); err != nil {
			t.Fatal(err)
		}
	}
	sum, err := q.Flush(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return sum
}

func take(t *testing.T, q *queue.Queue, most int) []*queue.Delivery {
	t.Helper()
	all, err := q.Take(t.Context(), most)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// raw is a connection beside those of the package.
func raw(t *testing.T, uri string) jetstream.JetStream {
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

func TestMessage(t *testing.T) {
	want := story(1)
	data, err := queue.Encode(want)
	if err != nil || !strings.Contains(string(data), "<Chad> &") {
		t.Fatalf("%v: %s", err, data)
	}
	if got, err := queue.Decode(data); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%v: %+v, want %+v", err, got, want)
	}
	if got, err := queue.Decode([]byte(`{"headline": "Oslo condemns Chad", "text": "Norway condemned Chad."}`)); err != nil || got.ID == "" || got.TextHash == "" {
		t.Errorf("without an id: %v: %+v", err, got)
	}
	for data, want := range map[string]string{
		"":                                     "no story",
		"Norway condemned Chad.":               "no story",
		`{"title": "Oslo condemns Chad"}`:      `unknown field "title"`,
		string(data) + "{}":                    "more than one",
		`{"publisher": "Oslo Times"}`:          "neither headline nor text",
		`{"text": "A", "published": "monday"}`: "its date",
		strings.Replace(string(data), "Peru", "Mali", 1): "changed on its way",
	} {
		if _, err := queue.Decode([]byte(data)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", data, err, want)
		}
	}
}

func TestParse(t *testing.T) {
	servers, shown, name, err := queue.Parse("tls://ana:secret@a.example:4222,b.example:4223/wire-1")
	if err != nil || name != "wire-1" || !slices.Equal(servers, []string{"tls://ana:secret@a.example:4222", "tls://b.example:4223"}) || strings.Contains(strings.Join(shown, ""), "secret") {
		t.Errorf("%v: %q %q %q", err, servers, shown, name)
	}
	if _, _, name, err := queue.Parse("nats://localhost"); err != nil || name != "newsgraph" {
		t.Errorf("%v: %q", err, name)
	}
	for _, bad := range []string{"", "localhost:4222", "http://localhost", "nats://", "nats://localhost/a.b", "nats://localhost/a/b", "nats://ana:secret@host:port"} {
		if _, _, _, err := queue.Parse(bad); err == nil || !strings.Contains(err.Error(), "nats://HOST:4222/NAME") || strings.Contains(err.Error(), "secret") {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

// TestTwice adds stories twice: they are in the queue once.
func TestTwice(t *testing.T) {
	q := open(t, queuetest.Start(t, nil).URL)
	if sum := fill(t, q, 0, 200); sum != (queue.Added{New: 200}) {
		t.Errorf("%+v", sum)
	}
	if sum := fill(t, q, 100, 300); sum != (queue.Added{New: 300, Doubles: 100}) {
		t.Errorf("%+v", sum)
	}
	seen := map[news.ID]int{}
	for all := take(t, q, 50); len(all) > 0; all = take(t, q, 50) {
		for _, d := range all {
			seen[d.Story.ID]++
			d.Done()
		}
	}
	if len(seen) != 300 {
		t.Errorf("%d stories, want 300", len(seen))
	}
	if empty, err := q.Empty(t.Context()); err != nil || !empty {
		t.Errorf("%v, %v: want it empty", empty, err)
	}
}

// TestRefused sees what no queue takes: the error names it and says what to do.
func TestRefused(t *testing.T) {
	s := queuetest.Start(t, func(o *server.Options) { o.MaxPayload = 100 << 10 })
	js := raw(t, s.URL)
	for _, c := range []jetstream.StreamConfig{
		{Name: "small", Subjects: []string{"small.stories"}, Retention: jetstream.WorkQueuePolicy, Discard: jetstream.DiscardNew, MaxMsgs: 3},
		{Name: "other", Subjects: []string{"other.stories"}},
	} {
		if _, err := js.CreateStream(t.Context(), c); err != nil {
			t.Fatal(err)
		}
	}
	q := open(t, s.URL)
	long := story(1)
	long.Text = strings.Repeat("Norway condemned Chad. ", 5000)
	if err := q.Add(t.Context(), long); !errors.Is(err, queue.ErrTooBig) || !strings.Contains(err.Error(), "max_payload") {
		t.Errorf("too big: %v", err)
	}
	small := open(t, s.URL+"/small")
	for n := range 5 {
		if err := small.Add(t.Context(), story(n)); err != nil {
			t.Fatal(err)
		}
	}
	if sum, err := small.Flush(t.Context()); !errors.Is(err, queue.ErrFull) || sum.New != 3 {
		t.Errorf("full: %+v, %v", sum, err)
	}
	if _, err := queue.Open(t.Context(), s.URL+"/other", queue.Options{}); !errors.Is(err, queue.ErrStream) || !strings.Contains(err.Error(), "name another queue") {
		t.Errorf("no work queue: %v", err)
	}
}

func TestUnreachable(t *testing.T) {
	gone := queuetest.Start(t, nil)
	gone.Stop()
	plain := queuetest.Start(t, func(o *server.Options) { o.JetStream = false })
	locked := queuetest.Start(t, func(o *server.Options) { o.Username, o.Password = "ana", "secret" })
	for _, c := range []struct {
		uri  string
		want error
		says string
	}{
		{gone.URL, queue.ErrUnavailable, "nats-server -js"},
		{plain.URL, queue.ErrNoJetStream, "nats-server -js"},
		{locked.URL, queue.ErrAuth, "USER:PASSWORD"},
		{strings.Replace(locked.URL, "//", "//ana:guess@", 1), queue.ErrAuth, "USER:PASSWORD"},
		{"nats://no-such-host.invalid:4222", queue.ErrUnavailable, "no-such-host.invalid"},
	} {
		begun := time.Now()
		q, err := queue.Open(t.Context(), c.uri, queue.Options{})
		if err == nil {
			q.Close()
		}
		if !errors.Is(err, c.want) || !strings.Contains(err.Error(), c.says) || strings.Contains(err.Error(), "guess") || time.Since(begun) > 15*time.Second {
			t.Errorf("%s: after %v: %v", c.uri, time.Since(begun), err)
		}
	}
	open(t, strings.Replace(locked.URL, "//", "//ana:secret@", 1))
}

// TestGivenBack sees that what a loader leaves unsettled goes to another at once, and what is buried stands where it can be seen.
func TestGivenBack(t *testing.T) {
	uri := queuetest.Start(t, nil).URL
	one, other := open(t, uri), open(t, uri)
	fill(t, one, 0, 3)
	all := take(t, one, 10)
	if len(all) != 3 || all[0].Left != 2 || all[0].Times != 1 {
		t.Fatalf("%d: %+v", len(all), all)
	}
	if empty, err := other.Empty(t.Context()); err != nil || empty {
		t.Errorf("empty while they are held: %v, %v", empty, err)
	}
	all[0].Done()
	if err := all[1].Bury(t.Context(), errors.New("a bad\nstory")); err != nil {
		t.Error(err)
	}
	one.Close()
	begun := time.Now()
	again := take(t, other, 10)
	if len(again) != 1 || !reflect.DeepEqual(again[0].Story, all[2].Story) || again[0].Times != 2 || time.Since(begun) > 5*time.Second {
		t.Fatalf("after %v: %+v", time.Since(begun), again)
	}
	again[0].Done()
	dead, err := raw(t, uri).Stream(t.Context(), "newsgraph-dead")
	if err != nil {
		t.Fatal(err)
	}
	m, err := dead.GetLastMsgForSubject(t.Context(), "newsgraph.dead")
	if err != nil {
		t.Fatal(err)
	}
	if got, err := queue.Decode(m.Data); err != nil || !reflect.DeepEqual(got, all[1].Story) || m.Header.Get("Newsgraph-Reason") != "a bad story" {
		t.Errorf("%v: %v %s", err, m.Header, m.Data)
	}
}

// consumer makes the consumer of a queue beforehand.
func consumer(t *testing.T, uri string, ackWait time.Duration) jetstream.Consumer {
	t.Helper()
	c, err := raw(t, uri).CreateConsumer(t.Context(), "newsgraph", jetstream.ConsumerConfig{Durable: "load", AckPolicy: jetstream.AckExplicitPolicy, AckWait: ackWait, MaxDeliver: -1})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestHeld holds a story for longer than the consumer waits: nobody else is given it meanwhile.
func TestHeld(t *testing.T) {
	uri := queuetest.Start(t, nil).URL
	one, other := open(t, uri), open(t, uri)
	consumer(t, uri, 900*time.Millisecond)
	fill(t, one, 0, 1)
	if all := take(t, one, 1); len(all) != 1 {
		t.Fatal(len(all))
	}
	for begun := time.Now(); time.Since(begun) < 3*time.Second; {
		if all := take(t, other, 1); len(all) != 0 {
			t.Fatalf("given to another after %v", time.Since(begun))
		}
	}
}

// TestInVain delivers a story so often that it is tried no more.
func TestInVain(t *testing.T) {
	uri := queuetest.Start(t, nil).URL
	q := open(t, uri)
	c := consumer(t, uri, time.Minute)
	fill(t, q, 0, 1)
	for range queue.MaxDeliver {
		m, err := c.Next()
		if err == nil {
			err = m.Nak()
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	all := take(t, q, 1)
	if len(all) != 1 || all[0].Err == nil || !strings.Contains(all[0].Err.Error(), "delivered 10 times") {
		t.Fatalf("%+v", all)
	}
}

// TestRestart stops the server and starts it again: who takes goes on with what was there.
func TestRestart(t *testing.T) {
	s := queuetest.Start(t, nil)
	q := open(t, s.URL)
	fill(t, q, 0, 10)
	for _, d := range take(t, q, 4) {
		d.Done()
	}
	s.Stop()
	if all := take(t, q, 4); len(all) != 0 {
		t.Errorf("%d from no server", len(all))
	}
	s.Start(t)
	got := 0
	for begun := time.Now(); got < 6 && time.Since(begun) < 30*time.Second; {
		for _, d := range take(t, q, 4) {
			got++
			d.Done()
		}
	}
	if got != 6 {
		t.Errorf("%d more stories, want 6", got)
	}
}
