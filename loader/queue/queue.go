// Package queue shares stories out among loaders by NATS JetStream: it knows how a story stands in a message, how one is added, taken and settled. The
// server delivers, counts and delivers again; what a story says and where it is put is for others.
//
// A queue NAME is the stream NAME with the work queue's retention, whose subject is NAME.stories and whose durable pull consumer is "load". What is
// refused goes to the subject NAME.dead of the stream NAME-dead, as it came, with the reason in the header Newsgraph-Reason. Streams and consumer are made where
// they are missing; those that are there are taken as they are, so that who runs the server decides on replicas, bounds and waits.
package queue

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// Errors of a queue. Their messages say what to do.
var (
	ErrUnavailable = errors.New("no NATS server answers")
	ErrAuth        = errors.New("the NATS server refuses user, password or credentials")
	ErrNoJetStream = errors.New("the NATS server has no JetStream")
	ErrStream      = errors.New("no queue of stories")
	ErrTooBig      = errors.New("too big for a message")
	ErrFull        = errors.New("the queue takes no more")
)

// What streams and consumer are made with.
const (
	// Window is how long the server knows an id again: a story that is added twice within it is in the queue once.
	Window = 10 * time.Minute
	// AckWait is how long a story may be in the hands of a loader that says nothing of it before another is given it. Loaders that live say so
	// three times within it, however long a story takes.
	AckWait = time.Minute
	// MaxDeliver is how often a story is delivered before it is refused. Only a story that ends its loader, or stays with loaders that are killed, comes so far.
	MaxDeliver = 10
	// Alone is the delivery from which on a story is taken alone, so that it ends no batch of others with its loader.
	Alone = 3
)

const (
	consumerName = "load"
	wait         = time.Second // for stories, where none is there
	answers      = 10 * time.Second
	inFlight     = 64   // messages on their way to the server
	headers      = 4096 // bytes of a message that are kept for them
)

// Options say how a server is reached.
type Options struct {
	Creds string       // a file of credentials (JWT and seed); empty: the address tells user and password, or there are none
	Tell  func(string) // told when the connection is lost and found again
}

// Queue is a connection to a queue. Its methods may be called from several goroutines, but Add and Flush from one alone.
type Queue struct {
	Name   string
	at     string // its server, without a password
	nc     *nats.Conn
	js     jetstream.JetStream
	stream jetstream.Stream

	consumer jetstream.Consumer // of who takes

	mu      sync.Mutex
	held    map[*Delivery]bool
	beating chan struct{} // closed when nobody says any more that the held are held

	adding []added
	sum    Added
}

var named = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)

// Parse splits the address of a queue, SCHEME://[USER:PASSWORD@]HOST[:PORT],.../[NAME] with the scheme nats or tls: its servers, how errors call
// them, and its name, which is newsgraph unless told.
func Parse(uri string) (servers, shown []string, name string, err error) {
	usage := func(why string) error {
		return fmt.Errorf("%s: write nats://HOST:4222/NAME or tls://USER:PASSWORD@HOST:4222/NAME; several servers of a cluster have commas between them", why)
	}
	scheme, rest, ok := strings.Cut(uri, "://")
	if !ok || scheme != "nats" && scheme != "tls" {
		return nil, nil, "", usage("no address of a NATS server")
	}
	hosts, name, _ := strings.Cut(rest, "/")
	if name == "" {
		name = "newsgraph"
	}
	if !named.MatchString(name) {
		return nil, nil, "", usage(fmt.Sprintf("%q is no name of a queue, which has letters, digits, - and _", name))
	}
	for host := range strings.SplitSeq(hosts, ",") {
		u, err := url.Parse(scheme + "://" + host)
		if err != nil || u.Hostname() == "" {
			return nil, nil, "", usage("no address of a NATS server") // the error would show a password
		}
		servers, shown = append(servers, u.String()), append(shown, u.Redacted())
	}
	return servers, shown, name, nil
}

// Open connects to a queue, and makes its streams where they are missing.
func Open(ctx context.Context, uri string, o Options) (*Queue, error) {
	servers, shown, name, err := Parse(uri)
	if err != nil {
		return nil, err
	}
	q := &Queue{Name: name, at: strings.Join(shown, ","), held: map[*Delivery]bool{}}
	tell := o.Tell
	if tell == nil {
		tell = func(string) {}
	}
	options := []nats.Option{
		nats.Name("newsgraph"), nats.Timeout(5 * time.Second), nats.MaxReconnects(-1), nats.ReconnectWait(time.Second),
		nats.DisconnectErrHandler(func(_ *nats.Conn, err error) {
			if err != nil {
				tell(fmt.Sprintf("the connection to %s is lost, it is tried again: %v", q.at, err))
			}
		}),
		nats.ReconnectHandler(func(*nats.Conn) { tell("connected to " + q.at + " again") }),
		nats.ErrorHandler(func(*nats.Conn, *nats.Subscription, error) {}), // what fails is told where it is asked
	}
	if o.Creds != "" {
		options = append(options, nats.UserCredentials(o.Creds))
	}
	if q.nc, err = nats.Connect(strings.Join(servers, ","), options...); err != nil {
		return nil, q.explain(err)
	}
	if err = q.open(ctx); err != nil {
		q.nc.Close()
		return nil, err
	}
	return q, nil
}

func (q *Queue) open(ctx context.Context) (err error) {
	if q.js, err = jetstream.New(q.nc, jetstream.WithDefaultTimeout(answers), jetstream.WithPublishAsyncTimeout(answers)); err != nil {
		return q.explain(err)
	}
	// New stories are refused, and not old ones thrown away, where a bound is set and reached.
	q.stream, err = q.streamOf(ctx, jetstream.StreamConfig{
		Name: q.Name, Subjects: []string{q.Name + ".stories"}, Retention: jetstream.WorkQueuePolicy, Discard: jetstream.DiscardNew, Duplicates: Window,
		Description: "stories for newsgraph load --queue",
	})
	if err != nil {
		return err
	}
	_, err = q.streamOf(ctx, jetstream.StreamConfig{
		Name: q.Name + "-dead", Subjects: []string{q.Dead()}, Discard: jetstream.DiscardNew, Duplicates: Window,
		Description: "stories that newsgraph load --queue refused, with the reason in the header " + headerReason,
	})
	return err
}

// Dead is the subject of what is refused.
func (q *Queue) Dead() string { return q.Name + ".dead" }

// streamOf finds a stream or makes it.
func (q *Queue) streamOf(ctx context.Context, c jetstream.StreamConfig) (jetstream.Stream, error) {
	s, err := q.js.Stream(ctx, c.Name)
	if errors.Is(err, jetstream.ErrStreamNotFound) {
		if s, err = q.js.CreateStream(ctx, c); errors.Is(err, jetstream.ErrStreamNameAlreadyInUse) {
			s, err = q.js.Stream(ctx, c.Name) // another made it
		}
	}
	if err != nil {
		return nil, q.explain(err)
	}
	if there := s.CachedInfo().Config; there.Retention != c.Retention || !slices.Contains(there.Subjects, c.Subjects[0]) {
		return nil, fmt.Errorf("%s: %w: the stream %s that is there has retention %s and subjects %s, not %s and %s: name another queue, %s/NAME",
			q, ErrStream, c.Name, there.Retention, strings.Join(there.Subjects, ", "), c.Retention, c.Subjects[0], q.at)
	}
	return s, nil
}

func (q *Queue) String() string { return "queue " + q.Name + " at " + q.at }

// explain says what an error of the client means, and what to do.
func (q *Queue) explain(err error) error {
	switch {
	case errors.Is(err, nats.ErrAuthorization), errors.Is(err, nats.ErrAuthExpired), errors.Is(err, nats.ErrNkeysNotSupported), errors.Is(err, nats.ErrPermissionViolation):
		return fmt.Errorf("%s: %w: write them as nats://USER:PASSWORD@HOST, or name a file of credentials: %w", q, ErrAuth, err)
	case errors.Is(err, jetstream.ErrJetStreamNotEnabled), errors.Is(err, nats.ErrNoResponders):
		return fmt.Errorf("%s: %w, which keeps queues: start it as nats-server -js, or give its configuration a block jetstream: %w", q, ErrNoJetStream, err)
	case errors.Is(err, jetstream.ErrJetStreamNotEnabledForAccount):
		return fmt.Errorf("%s: %w for this account: have it enabled there, or name a user of another account: %w", q, ErrNoJetStream, err)
	case errors.Is(err, jetstream.ErrStreamNotFound), errors.Is(err, jetstream.ErrConsumerNotFound), errors.Is(err, jetstream.ErrConsumerDeleted):
		return fmt.Errorf("%s: %w: somebody deleted it; run this again, which makes it anew: %w", q, ErrStream, err)
	case errors.Is(err, nats.ErrNoServers), errors.Is(err, nats.ErrTimeout), errors.Is(err, nats.ErrConnectionClosed), errors.Is(err, context.DeadlineExceeded):
		return fmt.Errorf("%s: %w there: start one with JetStream (nats-server -js), or name another: --queue nats://HOST:4222/NAME: %w", q, ErrUnavailable, err)
	}
	var net interface{ Timeout() bool } // of package net: refused, no such host
	if errors.As(err, &net) {
		return fmt.Errorf("%s: %w there: start one with JetStream (nats-server -js), or name another: --queue nats://HOST:4222/NAME: %w", q, ErrUnavailable, err)
	}
	return fmt.Errorf("%s: %w", q, err)
}

// Close gives back what was taken and not settled, so that others are given it at once, and ends the connection.
func (q *Queue) Close() {
	q.mu.Lock()
	if q.beating != nil {
		close(q.beating)
		q.beating = nil
	}
	for d := range q.held {
		_ = d.msg.Nak() // else it is delivered again after AckWait
	}
	clear(q.held)
	q.mu.Unlock()
	_ = q.nc.FlushTimeout(2 * time.Second) // as above
	q.nc.Close()
}
