package loader

import (
	"context"
	"math/rand/v2"
	"runtime"
	"sync"

	"newsgraph/loader/queue"
	"newsgraph/news"
	"newsgraph/store"
)

// Drain puts what understand makes of the stories that a queue delivers, until ctx ends or, with once, until the queue is empty and no loader holds a
// story of it. A story is settled when the transaction that put it is committed; what cannot be understood or put is buried with the reason. Batches are as those of
// Load, and one is understood while the one before is put. What the end leaves unsettled, the queue's Close gives back.
func Drain(ctx context.Context, w store.Writer, q *queue.Queue, once bool, understand func(news.Story) (news.Facts, error), report func(Progress)) (Summary, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	d := &drain{q: q, once: once, understand: understand, batches: make(chan []*piece)}
	var taking error
	go func() {
		defer close(d.batches)
		taking = d.take(ctx)
	}()
	l := &load{w: w, report: report}
	var putting error
	for pieces := range d.batches {
		if putting == nil {
			putting = l.batch(ctx, pieces)
		}
		if putting != nil {
			cancel()
		} else if n := len(pieces); n > 0 {
			report(Progress{Source: q.Name, Stories: l.sum.Stories, Left: pieces[n-1].delivery.Left})
		}
		d.putting.Done()
	}
	if putting != nil {
		return l.sum, putting
	}
	return l.sum, taking
}

// batch puts pieces in one transaction.
func (l *load) batch(ctx context.Context, pieces []*piece) error {
	for _, p := range pieces {
		if err := l.take(ctx, p); err != nil {
			return err
		}
	}
	return l.put(ctx)
}

// drain takes batches and has them understood.
type drain struct {
	q          *queue.Queue
	once       bool
	understand func(news.Story) (news.Facts, error)
	batches    chan []*piece
	putting    sync.WaitGroup // a batch each that was sent
}

func (d *drain) take(ctx context.Context) error {
	for n := 0; ctx.Err() == nil; {
		taken, err := d.q.Take(ctx, min(batch, firstBatch<<n))
		if err != nil {
			return err
		}
		if len(taken) == 0 && d.once {
			if empty, err := d.q.Empty(ctx); err != nil || empty {
				return err
			}
		}
		var together, alone []*piece
		for _, t := range taken {
			p := &piece{source: Source{Name: t.Where}, told: Told{Story: t.Story}, err: t.Err, delivery: t}
			if t.Times >= queue.Alone && t.Err == nil {
				alone = append(alone, p)
			} else {
				together = append(together, p)
			}
		}
		if len(together) > 0 && !d.send(ctx, together) {
			break
		}
		// The loader may end at one of them, which counts against those behind it too: by chance, so that they get through soon.
		rand.Shuffle(len(alone), func(i, j int) { alone[i], alone[j] = alone[j], alone[i] })
		for _, p := range alone {
			d.putting.Wait() // whatever it does, it does to itself
			if !d.send(ctx, []*piece{p}) {
				break
			}
			d.putting.Wait()
		}
		n = min(n+1, 8)
	}
	return ctx.Err()
}

// send has pieces understood on all cores and sends them to be put. A reading that is under way when ctx ends ends in nothing.
func (d *drain) send(ctx context.Context, pieces []*piece) bool {
	work := make(chan *piece, len(pieces))
	for _, p := range pieces {
		if p.settled = make(chan struct{}); p.err != nil {
			p.err = p.named(p.err)
			close(p.settled)
			continue
		}
		work <- p
	}
	close(work)
	for range min(runtime.GOMAXPROCS(0), len(pieces)) {
		go func() {
			for p := range work {
				if ctx.Err() != nil {
					return
				}
				p.facts, p.err = understood(p, d.understand)
				close(p.settled)
			}
		}()
	}
	for _, p := range pieces {
		select {
		case <-ctx.Done():
			return false
		case <-p.settled:
		}
	}
	d.putting.Add(1)
	select {
	case <-ctx.Done():
		d.putting.Done()
		return false
	case d.batches <- pieces:
		return true
	}
}
