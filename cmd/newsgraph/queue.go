package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"syscall"
	"time"

	"newsgraph/loader"
	"newsgraph/loader/extract"
	"newsgraph/loader/gazetteer"
	"newsgraph/loader/queue"
)

// queueFlags say which queue.
type queueFlags struct {
	Queue string `help:"Queue of stories on NATS JetStream: nats://[USER:PASSWORD@]HOST:PORT[/NAME], or tls://...; NAME is newsgraph unless told." placeholder:"URI"`
	Creds string `name:"queue-creds" help:"File of NATS credentials." env:"NATS_CREDS" type:"path" placeholder:"FILE"`
}

// connect opens the queue that the flags name.
func (f queueFlags) connect(ctx context.Context, w *world) (*queue.Queue, error) {
	if _, _, _, err := queue.Parse(f.Queue); err != nil {
		return nil, exit{exitUsage, fmt.Errorf("--queue: %w", err)}
	}
	return queue.Open(ctx, f.Queue, queue.Options{Creds: f.Creds, Tell: func(what string) { fmt.Fprintln(w.stderr, "newsgraph:", what) }})
}

// drain loads from a queue.
func (c *loadCmd) drain(ctx context.Context, w *world, x *extract.Extractor) error {
	q, err := c.connect(ctx, w)
	if err != nil {
		return err
	}
	defer q.Close()
	s, err := c.writing(ctx)
	if err != nil && ctx.Err() != nil {
		return c.end(ctx, w, loaded{}, err)
	}
	if err != nil {
		return err
	}
	defer s.Close() //nolint:errcheck // what was put is committed
	fmt.Fprintf(w.stderr, "loading from %s\n", q)
	begun := time.Now()
	sum, err := loader.Drain(ctx, s, q, c.Once, x.Read, queueProgress(w.stderr, begun))
	l := loaded{Summary: sum, Seconds: time.Since(begun).Seconds()}
	if err == nil {
		l.Older, err = older(ctx, s, sum)
	}
	return c.end(ctx, w, l, err)
}

// queueEvery is how often a loader of a queue tells how it gets on.
const queueEvery = 5 * time.Second

// queueProgress is a line now and then with what waits and, if this loader were alone, how long that takes; and one for what is refused.
func queueProgress(out io.Writer, begun time.Time) func(loader.Progress) {
	told := begun
	return func(p loader.Progress) {
		now := time.Now()
		switch {
		case p.Err != nil:
			fmt.Fprintf(out, "newsgraph: %v\n", p.Err)
		case now.Sub(told) >= queueEvery && p.Stories > 0:
			told = now
			rate := float64(p.Stories) / now.Sub(begun).Seconds()
			line := fmt.Sprintf("loaded %s, %.0f a second; %d more in the queue", plural(p.Stories, "story", "stories"), rate, p.Left)
			if p.Left > 0 {
				line += fmt.Sprintf(", %v for this loader alone", time.Duration(float64(p.Left)/rate*float64(time.Second)).Round(time.Second))
			}
			fmt.Fprintln(out, line)
		}
	}
}

type enqueueCmd struct {
	queueFlags
	readFlags
	JSON  bool     `name:"json" help:"Print one JSON object at the end instead of a line."`
	Paths []string `arg:"" name:"file" help:"Files of any form, folders of them, addresses (https://...), or - for standard input."`
}

// Help shows examples.
func (enqueueCmd) Help() string {
	return `Reads stories as newsgraph load does, and puts each as a message into a queue on a NATS server with JetStream, from which any number of newsgraph load --queue take them. What is not read is refused by name, and so is a story that is larger than the server's messages (max_payload, 1 MB unless told).

Examples:
  nats-server -js                                                         a server; any other with JetStream will do
  newsgraph enqueue --queue nats://localhost:4222 stories/                a folder, all forms in it
  newsgraph enqueue --queue nats://localhost:4222/wire --published 2024-01-10 story.txt
                                                                          a queue of your own name
  newsgraph load --queue nats://localhost:4222 --store neo4j://db:7687    on as many machines as you like

A message has the story's id: enqueued again within ten minutes (the stream's duplicate window) it is in the queue once, and later it is loaded again, which changes nothing. The queue NAME is the stream NAME (work queue, subject NAME.stories) with the consumer load, and the stream NAME-dead (subject NAME.dead) of what was refused: nats stream view NAME-dead shows it with reasons. They are made where they are missing and taken as they are otherwise, so that replicas, bounds and waits are yours to set with nats stream edit and nats consumer edit.

Exit codes: 0 all stories are in the queue; 1 it failed, or none is; 2 wrong use; 3 some were refused, the others are in it; 130 or 143 interrupted: run it again to go on.`
}

// enqueued is what was enqueued, as --json prints it.
type enqueued struct {
	Files       int              `json:"files"`
	Stories     int              `json:"stories"` // read
	New         int              `json:"new"`
	Duplicates  int              `json:"duplicates"` // enqueued shortly before
	Refused     int              `json:"refused"`
	Refusals    []loader.Refusal `json:"refusals"`
	Seconds     float64          `json:"seconds"`
	Interrupted bool             `json:"interrupted"`
	Error       string           `json:"error,omitempty"`
	Exit        int              `json:"exit"`
}

// Run enqueues.
func (c *enqueueCmd) Run(ctx context.Context, w *world) error {
	if c.Queue == "" {
		return exit{exitUsage, errors.New("no queue: name it with --queue nats://HOST:4222")}
	}
	if err := c.check(); err != nil {
		return err
	}
	agencies, err := gazetteer.LoadAgencies()
	if err != nil {
		return err
	}
	o, closed := c.options(ctx, agencies)
	defer closed()
	q, err := c.connect(ctx, w)
	if err != nil {
		return err
	}
	defer q.Close()
	files := loader.Files(c.Paths)
	report, done := progress(w, len(files))
	begun := time.Now()
	sum, err := loader.Try(ctx, loader.Sources(files, w.stdin), o, func(t loader.Told) error {
		err := q.Add(ctx, t.Story)
		if err != nil && !errors.Is(err, queue.ErrTooBig) {
			err = fmt.Errorf("%w: %w", loader.ErrStop, err)
		}
		return err
	}, report)
	done()
	added, flushErr := q.Flush(ctx)
	if err == nil {
		err = flushErr
	}
	return c.end(ctx, w, enqueued{
		Files: sum.Files, Stories: sum.Stories, New: added.New, Duplicates: added.Doubles, Refused: sum.Refused, Refusals: append([]loader.Refusal{}, sum.Refusals...),
		Seconds: time.Since(begun).Seconds(),
	}, sum, err)
}

// end prints what was enqueued, and is the error that tells its exit code.
func (c *enqueueCmd) end(ctx context.Context, w *world, e enqueued, sum loader.Summary, err error) error {
	in := e.New + e.Duplicates
	switch {
	case err != nil && ctx.Err() != nil:
		e.Interrupted, e.Exit = true, exitSignal+int(syscall.SIGINT)
		if s, ok := context.Cause(ctx).(interrupted); ok && s.Signal == syscall.SIGTERM { //nolint:errorlint // main makes it
			e.Exit = exitSignal + int(syscall.SIGTERM)
		}
		err = fmt.Errorf("interrupted: %s in the queue; run it again to go on", plural(in, "story is", "stories are"))
	case err != nil:
		e.Exit = exitFailed
		err = fmt.Errorf("%w (%s in the queue; run it again to go on)", err, plural(in, "story is", "stories are"))
	case sum.Refused > 0:
		if e.Exit = exitRefused; in == 0 {
			e.Exit = exitFailed
		}
		sum.Put = 0 // leftOut speaks of a store
		err = errors.New(leftOut(sum, false))
	}
	if err != nil {
		e.Error = err.Error()
	}
	if c.JSON {
		j := json.NewEncoder(w.stdout)
		j.SetEscapeHTML(false)
		if err := j.Encode(e); err != nil {
			return err
		}
	} else {
		fmt.Fprintf(w.stdout, "%s in the queue (%d new, %d there shortly before), %d refused, %.1f seconds\n",
			plural(in, "story is", "stories are"), e.New, e.Duplicates, e.Refused, e.Seconds)
	}
	if err != nil {
		return exit{e.Exit, err}
	}
	return nil
}
