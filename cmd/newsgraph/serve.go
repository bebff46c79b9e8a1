package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"

	"newsgraph/graph"
	"newsgraph/loader"
	"newsgraph/loader/extract"
	"newsgraph/news"
	"newsgraph/samples"
	"newsgraph/store"
	"newsgraph/store/sqlite"
	"newsgraph/web"
)

type serveCmd struct {
	storeFlags
	serveFlags
}

// serveFlags say how to serve.
type serveFlags struct {
	Addr   string   `help:"Address to listen on; port 0 takes a free one." default:"127.0.0.1:8080"`
	CORS   []string `name:"cors" placeholder:"ORIGIN" help:"Origins whose pages may ask, such as https://app.example.org; * is all. Only the server's own unless given."`
	Curate bool     `help:"Serve the mutations by which users correct the graph, to this machine alone: --addr must be of the loopback."`
}

// Validate refuses what no browser would send as its Origin.
func (f serveFlags) Validate() error {
	if host, _, err := net.SplitHostPort(f.Addr); f.Curate && host != "localhost" && (err != nil || !net.ParseIP(host).IsLoopback()) {
		return fmt.Errorf("--curate lets whoever reaches the server change the graph, and --addr %q may be reached from elsewhere: write 127.0.0.1:8080", f.Addr)
	}
	if f.Curate && len(f.CORS) > 0 {
		return errors.New("--curate lets whoever reaches the server change the graph, and --cors lets other pages reach it: give one of the two")
	}
	for _, origin := range f.CORS {
		u, err := url.Parse(origin)
		if origin != "*" && (err != nil || u.Scheme != "http" && u.Scheme != "https" || origin != u.Scheme+"://"+strings.ToLower(u.Host) || u.Hostname() == "") {
			return fmt.Errorf("--cors %q is no origin: write https://app.example.org or http://localhost:3000, in lower case and without a path", origin)
		}
	}
	return nil
}

// Help shows examples.
func (serveCmd) Help() string {
	return "Examples:\n  newsgraph serve\n  newsgraph serve --store neo4j://localhost:7687 --addr 127.0.0.1:9000\n  newsgraph serve --cors https://app.example.org,http://localhost:3000"
}

// Run serves until it is told to stop.
func (c *serveCmd) Run(ctx context.Context, w *world) error {
	s, err := c.existing(ctx)
	if err != nil {
		return err
	}
	defer s.Close() //nolint:errcheck // only read
	return serve(ctx, w, s, c.serveFlags)
}

type demoCmd struct{ serveFlags }

// Help shows examples.
func (demoCmd) Help() string {
	return "Examples:\n  newsgraph demo\n  newsgraph demo --addr 127.0.0.1:9000"
}

// Run loads the samples and serves them.
func (c *demoCmd) Run(ctx context.Context, w *world) error {
	dir, err := os.MkdirTemp("", "newsgraph-demo-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir) //nolint:errcheck // the system clears its temporary folder too
	s, err := sqlite.Open(ctx, filepath.Join(dir, "demo.db"))
	if err != nil {
		return err
	}
	defer s.Close() //nolint:errcheck // it is thrown away
	all, err := samples.All()
	if err != nil {
		return err
	}
	x, err := extract.New()
	if err != nil {
		return err
	}
	var facts []news.Facts
	for _, sample := range all {
		stories, err := loader.Read(sample.File, []byte(sample.Text), loader.Options{Published: sample.Published, Publisher: sample.Publisher, Agency: x.Agency})
		if err != nil {
			return err
		}
		for _, story := range stories {
			f, err := x.Read(story)
			if err != nil {
				return err
			}
			facts = append(facts, f)
		}
	}
	r, err := s.Put(ctx, facts)
	if err != nil {
		return err
	}
	fmt.Fprintf(w.stdout, "loaded %d sample stories: %d entities, %d events\n", r.Added, r.Entities, r.Events)
	return serve(ctx, w, s, c.serveFlags)
}

// serve answers until ctx ends, and then lets the requests under way finish.
func serve(ctx context.Context, w *world, r store.Store, flags serveFlags) error {
	options := []graph.Option{graph.WithOrigins(flags.CORS...)}
	if flags.Curate {
		options = append(options, graph.WithCurator(curator{r}))
	}
	var draining atomic.Bool
	mux := http.NewServeMux()
	mux.Handle("/graphql", web.Playground(graph.New(r, w.log, options...)))
	mux.HandleFunc("/healthz", func(rw http.ResponseWriter, _ *http.Request) { fmt.Fprintln(rw, "ok") })
	mux.HandleFunc("/readyz", func(rw http.ResponseWriter, req *http.Request) {
		if err := r.Ping(req.Context()); err != nil || draining.Load() {
			http.Error(rw, "not ready", http.StatusServiceUnavailable)
			return
		}
		fmt.Fprintln(rw, "ready")
	})
	mux.Handle("/", web.Handler())
	var config net.ListenConfig
	l, err := config.Listen(ctx, "tcp", flags.Addr)
	if err != nil {
		return fmt.Errorf("cannot listen on %s: %w: give another address with --addr", flags.Addr, err)
	}
	server := bounded(own(l.Addr(), flags.CORS, mux))
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(l) }()
	fmt.Fprintf(w.stdout, "newsgraph: serving http://%s/\n", l.Addr())
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	draining.Store(true)
	drain, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	if err := server.Shutdown(drain); err != nil && !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("drain: %w", err)
	}
	return nil
}

// curator makes corrections now.
type curator struct{ store store.Store }

func (c curator) Correct(ctx context.Context, ask store.Asked) (news.Correction, int, error) {
	return store.Correct(ctx, c.store, ask, time.Now())
}

// own answers at a loopback address only those who call it by a name of the loopback, or of an origin that may ask: a page whose own name was made to
// point here (DNS rebinding) is refused.
func own(at net.Addr, origins []string, h http.Handler) http.Handler {
	tcp, ok := at.(*net.TCPAddr)
	if !ok || !tcp.IP.IsLoopback() {
		return h
	}
	return http.HandlerFunc(func(rw http.ResponseWriter, req *http.Request) {
		host := req.Host
		if name, _, err := net.SplitHostPort(host); err == nil {
			host = name
		}
		host = strings.Trim(host, "[]")
		ip := net.ParseIP(host)
		known := ip != nil && ip.IsLoopback() || strings.EqualFold(host, "localhost") || strings.HasSuffix(strings.ToLower(host), ".localhost")
		for _, origin := range origins {
			u, err := url.Parse(origin)
			known = known || origin == "*" || err == nil && strings.EqualFold(u.Hostname(), host)
		}
		if !known {
			http.Error(rw, fmt.Sprintf("this server answers at %s and not as %q: ask it there, or name the origin with --cors", at, req.Host), http.StatusMisdirectedRequest)
			return
		}
		h.ServeHTTP(rw, req)
	})
}

// bounded is a server that nobody can keep busy by being slow: a request must be there within 8 s, its header within 5, however it drips
// in. The largest that is taken, 1 MiB, needs 1 Mbit/s. What is answered must be read within a minute.
func bounded(h http.Handler) *http.Server {
	return &http.Server{
		Handler: h, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 8 * time.Second, WriteTimeout: 60 * time.Second,
		IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 1 << 16,
	}
}
