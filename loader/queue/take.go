package queue

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"newsgraph/news"
)

// The headers of what is refused.
const (
	headerReason     = "Newsgraph-Reason"
	headerDeliveries = "Newsgraph-Deliveries" // how often it was delivered
)

// Delivery is a story in the hands of this loader, until it is Done, Buried, or the queue is closed.
type Delivery struct {
	Where string // for errors: "newsgraph, message 17"
	Story news.Story
	Err   error // why its message holds no story, or none that is tried again
	Times int   // how often it was delivered, with this time
	Left  int   // how many wait behind it

	q   *Queue
	msg jetstream.Msg
	seq uint64
}

// Take takes up to most stories, and waits a second for them. None is no error, nor is a server that is away for a while.
func (q *Queue) Take(ctx context.Context, most int) ([]*Delivery, error) {
	if err := q.consume(ctx); err != nil {
		return nil, err
	}
	batch, err := q.consumer.Fetch(most, jetstream.FetchMaxWait(wait))
	var all []*Delivery
	if err == nil {
		for msg := range batch.Messages() {
			if d := q.delivery(msg); d != nil {
				all = append(all, d)
			}
		}
		err = batch.Error()
	}
	if err == nil || len(all) > 0 {
		return all, nil
	}
	if _, err := q.info(ctx); errors.Is(err, ErrStream) {
		return nil, err
	}
	select { // the client is at it
	case <-ctx.Done():
	case <-time.After(wait):
	}
	return nil, nil
}

// consume finds the consumer or makes it, and begins to tell the server what is held.
func (q *Queue) consume(ctx context.Context) error {
	if q.consumer != nil {
		return nil
	}
	c, err := q.stream.Consumer(ctx, consumerName)
	if errors.Is(err, jetstream.ErrConsumerNotFound) {
		c, err = q.stream.CreateOrUpdateConsumer(ctx, jetstream.ConsumerConfig{
			Durable: consumerName, AckPolicy: jetstream.AckExplicitPolicy, AckWait: AckWait, MaxAckPending: -1, // each loader takes a few batches
			MaxDeliver: -1, // who takes counts: the server would leave a story in the queue and deliver it no more
		})
	}
	if err != nil {
		return q.explain(err)
	}
	q.consumer = c
	q.mu.Lock()
	defer q.mu.Unlock()
	q.beating = make(chan struct{})
	go q.beat(q.beating, c.CachedInfo().Config.AckWait/3)
	return nil
}

// beat tells the server now and then that what is held is under way.
func (q *Queue) beat(end <-chan struct{}, every time.Duration) {
	if every <= 0 {
		every = AckWait / 3
	}
	t := time.NewTicker(every)
	defer t.Stop()
	for {
		select {
		case <-end:
			return
		case <-t.C:
			q.mu.Lock()
			for d := range q.held {
				_ = d.msg.InProgress() // a server that is away delivers it again, and loading again changes nothing
			}
			q.mu.Unlock()
		}
	}
}

func (q *Queue) delivery(msg jetstream.Msg) *Delivery {
	m, err := msg.Metadata()
	if err != nil {
		return nil // no message of a stream
	}
	d := &Delivery{
		Where: fmt.Sprintf("%s, message %d", q.Name, m.Sequence.Stream), Times: int(m.NumDelivered), Left: int(m.NumPending), q: q, msg: msg, seq: m.Sequence.Stream, //nolint:gosec // counts
	}
	if d.Story, d.Err = Decode(msg.Data()); d.Err == nil && d.Times > MaxDeliver {
		d.Err = fmt.Errorf("delivered %d times and never settled: it ended the loaders that read it, or they were killed: try it alone with newsgraph load, and report what ends it", d.Times-1)
	}
	q.mu.Lock()
	q.held[d] = true
	q.mu.Unlock()
	return d
}

// settled ends the holding of d.
func (d *Delivery) settled() {
	d.q.mu.Lock()
	delete(d.q.held, d)
	d.q.mu.Unlock()
}

// Done tells the server that the story is in. If that is lost the story is delivered again, and loading it again changes nothing.
func (d *Delivery) Done() {
	d.settled()
	_ = d.msg.Ack() // as above
}

// Bury puts the message on the subject of what is refused, and takes it from the queue when it stands there.
func (d *Delivery) Bury(ctx context.Context, reason error) error {
	words := strings.ToValidUTF8(strings.Join(strings.Fields(reason.Error()), " "), "\ufffd")
	dead := nats.NewMsg(d.q.Dead())
	dead.Data = d.msg.Data()
	if most := int(d.q.nc.MaxPayload()) - headers; len(dead.Data) > most {
		words = fmt.Sprintf("(the first %d of %d bytes) %s", most, len(dead.Data), words)
		dead.Data = dead.Data[:most]
	}
	words = strings.ToValidUTF8(words[:min(len(words), headers/2)], "")
	dead.Header.Set(headerReason, words)
	dead.Header.Set(headerDeliveries, strconv.Itoa(d.Times))
	m, err := d.msg.Metadata()
	if err != nil {
		return err
	}
	// A loader that is killed between the two buries it once.
	id := fmt.Sprintf("%d %d", d.seq, m.Timestamp.UnixNano())
	if _, err := d.q.js.PublishMsg(ctx, dead, jetstream.WithMsgID(id)); err != nil {
		return fmt.Errorf("%s: it stays in the queue, for it cannot be put on %s: %w", d.Where, d.q.Dead(), d.q.explain(err))
	}
	d.settled()
	_ = d.msg.TermWithReason(words) // as of Done
	return nil
}

// Empty tells that no story waits, and that none is in the hands of any loader.
func (q *Queue) Empty(ctx context.Context) (bool, error) {
	if err := q.consume(ctx); err != nil {
		return false, err
	}
	i, err := q.info(ctx)
	switch {
	case errors.Is(err, ErrStream):
		return false, err
	case err != nil:
		return false, nil // a server that is away: it comes back
	}
	return i.NumPending == 0 && i.NumAckPending == 0, nil
}

func (q *Queue) info(ctx context.Context) (*jetstream.ConsumerInfo, error) {
	i, err := q.consumer.Info(ctx)
	if err != nil {
		return nil, q.explain(err)
	}
	return i, nil
}
