package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"newsgraph/graph"
	"newsgraph/graph/access"
	"newsgraph/loader"
	"newsgraph/loader/extract"
	"newsgraph/loader/fetch"
	"newsgraph/loader/format"
	"newsgraph/loader/nlp"
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
	Addr        string   `help:"Address to listen on; port 0 takes a free one." default:"127.0.0.1:8080"`
	CORS        []string `name:"cors" placeholder:"ORIGIN" help:"Origins whose pages may ask, such as https://app.example.org; * is all. Only the server's own unless given."`
	Keys        string   `placeholder:"FILE" env:"NEWSGRAPH_KEYS" help:"Let in who has a key of this file, which newsgraph keys add makes, and nobody else."`
	JWKS        string   `name:"jwks" placeholder:"URL" env:"NEWSGRAPH_JWKS" help:"Let in who brings a JSON Web Token signed (RS256, ES256, EdDSA) by a key of this JWKS, with scopes of read, load, curate in its claim scope or scp. Beside --keys, or alone."`
	JWTIssuer   string   `name:"jwt-issuer" placeholder:"NAME" env:"NEWSGRAPH_JWT_ISSUER" help:"Take tokens of this issuer (iss) alone."`
	JWTAudience string   `name:"jwt-audience" placeholder:"NAME" env:"NEWSGRAPH_JWT_AUDIENCE" help:"Take tokens for this audience (aud) alone; without it, those that were made for other services of the issuer's are taken too."`
	Private     bool     `name:"allow-private" help:"Fetch --jwks from this machine or a private network too, by plain HTTP if its address says so."`
	Open        bool     `help:"Let everybody in at an address that others reach too."`
	TLSCert     string   `name:"tls-cert" placeholder:"FILE" help:"Certificate, PEM, for HTTPS; needs --tls-key."`
	TLSKey      string   `name:"tls-key" placeholder:"FILE" help:"Its private key, PEM."`
	Queries     string   `placeholder:"FILE" help:"Answer the queries of this manifest alone (relay-compiler's or Apollo's), by text or hash, and serve no pages."`
	Past        int      `placeholder:"N" default:"5000" help:"Answer asOf by graphs of up to so many stories: each is made in a temporary file when it is asked for first, a thousand stories in a second or a few. 0 answers none."`
	LogRequests bool     `help:"Write a line about each request: id, operation, cost, bytes, time, calls of the store and their time, whose key or token."`
	Traces      string   `placeholder:"URL" help:"Send OpenTelemetry traces to this collector, by OTLP over HTTP (http://localhost:4318): operations, resolvers and calls of the store, never what was asked for. The variables OTEL_EXPORTER_OTLP_... and OTEL_TRACES_SAMPLER hold too."`
	Load        bool     `help:"Serve the mutations by which users load and remove stories without keys, to this machine alone: --addr must be of the loopback. With --keys, keys of scope load may."`
	Curate      bool     `help:"Serve the mutations by which users correct the graph without keys, to this machine alone: --addr must be of the loopback. With --keys, keys of scope curate may."`
}

// Validate refuses what no browser would send as its Origin, and what would let strangers in unasked.
func (f serveFlags) Validate() error {
	if err := f.changed(); err != nil {
		return err
	}
	switch {
	case (f.TLSCert == "") != (f.TLSKey == ""):
		return errors.New("--tls-cert and --tls-key go together: give both")
	case f.guarded() && f.Open:
		return errors.New("--keys and --jwks let in who has a key or a token, and --open everybody: give one of them")
	case f.Past < 0:
		return fmt.Errorf("--past %d: write how many stories the graph of a former time may have, or 0 for no answers to asOf", f.Past)
	case f.JWKS == "" && (f.JWTIssuer != "" || f.JWTAudience != "" || f.Private):
		return errors.New("--jwt-issuer, --jwt-audience and --allow-private say which tokens are taken: give --jwks too, the address of the issuer's keys")
	case f.JWKS != "" && !f.secure(f.JWKS):
		return fmt.Errorf("--jwks %q: write https://HOST/..., without a password; over plain HTTP anybody on the way could put keys of their own (--allow-private takes it in a network that is yours)", f.JWKS)
	case !f.guarded() && !f.Open && !private(f.Addr):
		return fmt.Errorf("others reach %s too: make keys (newsgraph keys add NAME) and give them with --keys FILE, take tokens with --jwks URL, or say --open to let everybody in", f.Addr)
	}
	if f.Traces != "" {
		if err := collector(f.Traces); err != nil {
			return err
		}
	}
	for _, origin := range f.CORS {
		u, err := url.Parse(origin)
		if origin != "*" && (err != nil || u.Scheme != "http" && u.Scheme != "https" || origin != u.Scheme+"://"+strings.ToLower(u.Host) || u.Hostname() == "") {
			return fmt.Errorf("--cors %q is no origin: write https://app.example.org or http://localhost:3000, in lower case and without a path", origin)
		}
	}
	return nil
}

// changed refuses to let strangers change the graph.
func (f serveFlags) changed() error {
	for _, w := range []struct {
		may   bool
		scope access.Scope
	}{{f.Curate, access.Curate}, {f.Load, access.Load}} {
		switch {
		case !w.may:
		case f.guarded():
			return fmt.Errorf("--%s lets everybody of this machine change the graph, and --keys and --jwks let keys and tokens of scope %s: give one of the two", w.scope, w.scope)
		case !private(f.Addr):
			return fmt.Errorf("--%s lets whoever reaches the server change the graph, and --addr %q may be reached from elsewhere: write 127.0.0.1:8080, or give keys of scope %s with --keys", w.scope, f.Addr, w.scope)
		case len(f.CORS) > 0:
			return fmt.Errorf("--%s lets whoever reaches the server change the graph, and --cors lets other pages reach it: give one of the two", w.scope)
		}
	}
	return nil
}

// guarded tells that only those with a key or a token are let in.
func (f serveFlags) guarded() bool { return f.Keys != "" || f.JWKS != "" }

// secure tells that nobody on the way changes what comes from an address.
func (f serveFlags) secure(address string) bool {
	u, err := url.Parse(address)
	return err == nil && fetch.Check(address) == nil && (u.Scheme == "https" || f.Private)
}

// guard is what lets people in.
func (f serveFlags) guard(ctx context.Context, logger *slog.Logger) (*access.Guard, error) {
	var tokens *access.Tokens
	if f.JWKS != "" {
		if f.JWTAudience == "" {
			logger.Warn("tokens for any service of the issuer's are taken; --jwt-audience names this one")
		}
		client := fetch.New(fetch.Options{AllowPrivate: f.Private, IgnoreRobots: true, Bytes: 1 << 20, Every: -1, Timeout: 10 * time.Second})
		var err error
		tokens, err = access.NewTokens(ctx, access.Issuer{Name: f.JWTIssuer, Audience: f.JWTAudience, Fetch: func(ctx context.Context) ([]byte, error) {
			page, err := client.Get(ctx, f.JWKS, fetch.Validators{})
			if err == nil && !f.secure(page.URL) {
				err = fmt.Errorf("%s leads to %s, which anybody on the way could change", f.JWKS, page.URL)
			}
			return page.Body, err
		}}, logger)
		if err != nil {
			return nil, fmt.Errorf("--jwks: %w", err)
		}
	}
	guard, err := access.NewGuard(f.Keys, tokens, logger)
	if err != nil {
		return nil, noKeys(f.Keys, err)
	}
	return guard, nil
}

// private tells whether only programs of this machine reach an address. One that cannot be read is for Listen to refuse.
func private(address string) bool {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return true
	}
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// Help shows examples.
func (serveCmd) Help() string {
	return "At an address that others reach, it lets in only who has a key or a token, or everybody with --open.\n\nExamples:\n  newsgraph serve\n  newsgraph serve --store neo4j://localhost:7687 --addr 127.0.0.1:9000\n  newsgraph serve --log-requests --traces http://localhost:4318\n  newsgraph serve --cors https://app.example.org,http://localhost:3000\n" +
		"  newsgraph keys add ana && newsgraph serve --addr 0.0.0.0:8443 --keys newsgraph.keys --tls-cert cert.pem --tls-key key.pem\n" +
		"  newsgraph serve --addr 0.0.0.0:8443 --jwks https://id.example.org/jwks.json --jwt-issuer https://id.example.org --jwt-audience newsgraph --tls-cert cert.pem --tls-key key.pem"
}

// Run serves until it is told to stop.
func (c *serveCmd) Run(ctx context.Context, w *world) error {
	open := c.existing
	if c.Load || c.Curate {
		open = c.changing // a client would be told to try again later, for ever
	}
	s, err := open(ctx)
	if err != nil {
		return err
	}
	defer s.Close() //nolint:errcheck // what was written is committed
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

// warm has a store read what it holds in memory, if it does, so that the first question need not wait for it.
func warm(ctx context.Context, w *world, r store.Store) {
	s, ok := r.(interface {
		Warm(ctx context.Context) error
	})
	if !ok {
		return
	}
	if err := s.Warm(ctx); err != nil && ctx.Err() == nil {
		w.log.Warn("the first question that looks at many events will be slow", "err", err)
	}
}

const (
	drained = 10 * time.Second       // how long requests that are under way may go on when a server is told to stop
	left    = 500 * time.Millisecond // and how long clients of WebSockets may take to hear it
)

// serve answers until ctx ends. Then it ends subscriptions, and lets the requests under way finish.
func serve(ctx context.Context, w *world, r store.Store, flags serveFlags) error {
	var draining atomic.Bool
	m := newMeters(w.log, flags.LogRequests)
	mux := http.NewServeMux()
	asked := http.NewServeMux()
	asked.Handle("/metrics", m.Handler())
	following, leave := context.WithCancel(context.WithoutCancel(ctx))
	defer leave()
	options := []graph.Option{graph.WithEnd(following), graph.WithOrigins(flags.CORS...), graph.WithObserver(m.observe), graph.WithExplainer(explainer())}
	tracer, traced, err := tracing(ctx, flags.Traces, w.log)
	if err != nil {
		return err
	}
	defer func() {
		last, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer cancel()
		if err := traced(last); err != nil {
			w.log.Warn("traces are lost", "error", err)
		}
	}()
	if tracer != nil {
		options = append(options, graph.WithTracer(tracer))
	}
	if flags.Past > 0 {
		graphs := pasts(r, flags.Past)
		defer graphs.Close() //nolint:errcheck // its files are temporary
		options = append(options, graph.WithPast(graphs))
	}
	fixed := readOnly(r) // which keys of scope load or curate cannot change
	options = append(options, graph.WithUnserved(unserved(access.Load, "stories", fixed), unserved(access.Curate, "corrections", fixed)))
	if (flags.Curate || flags.guarded()) && !fixed {
		options = append(options, graph.WithCurator(curator{r}))
	}
	if (flags.Load || flags.guarded()) && !fixed {
		options = append(options, graph.WithLoader(newIntake(r)))
	}
	if flags.Queries == "" {
		asked.Handle("/graphql", web.Playground(graph.New(r, w.log, options...)))
		asked.Handle("/", web.Handler())
	} else {
		queries, err := manifest(flags.Queries)
		if err != nil {
			return exit{exitUsage, err}
		}
		asked.Handle("/graphql", graph.New(r, w.log, append(options, graph.WithQueries(queries))...))
	}
	var guarded http.Handler = asked
	if flags.guarded() {
		guard, err := flags.guard(ctx, w.log)
		if err != nil {
			return err
		}
		guarded = guard.Handler(asked, "/graphql", func(rw http.ResponseWriter, req *http.Request) { graph.Share(flags.CORS, rw, req) })
	}
	mux.Handle("/", guarded)
	mux.HandleFunc("/healthz", func(rw http.ResponseWriter, _ *http.Request) { fmt.Fprintln(rw, "ok") })
	mux.HandleFunc("/readyz", func(rw http.ResponseWriter, req *http.Request) {
		if err := r.Ping(req.Context()); err != nil || draining.Load() {
			http.Error(rw, "not ready", http.StatusServiceUnavailable)
			return
		}
		fmt.Fprintln(rw, "ready")
	})
	var config net.ListenConfig
	l, err := config.Listen(ctx, "tcp", flags.Addr)
	if err != nil {
		return fmt.Errorf("cannot listen on %s: %w: give another address with --addr", flags.Addr, err)
	}
	var answering sync.WaitGroup // WebSockets among what is answered, which the server itself does not count
	server := bounded(counted(&answering, identified(own(l.Addr(), flags.CORS, mux))))
	server.ErrorLog = slog.NewLogLogger(w.log.Handler(), slog.LevelWarn)
	failed := make(chan error, 1)
	scheme := "http"
	if flags.TLSCert != "" {
		pair, err := tls.LoadX509KeyPair(flags.TLSCert, flags.TLSKey)
		if err != nil {
			return exit{exitUsage, fmt.Errorf("--tls-cert %s and --tls-key %s: %w", flags.TLSCert, flags.TLSKey, errors.Join(err, l.Close()))}
		}
		scheme = "https"
		server.TLSConfig = &tls.Config{Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS12}
		go func() { failed <- server.ServeTLS(l, "", "") }()
	} else {
		go func() { failed <- server.Serve(l) }()
	}
	fmt.Fprintf(w.stdout, "newsgraph: serving %s://%s/\n", scheme, l.Addr())
	warming, stop := context.WithCancel(ctx)
	defer stop()
	go warm(warming, w, r)
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	draining.Store(true)
	leave()
	drain, cancel := context.WithTimeout(context.WithoutCancel(ctx), drained)
	defer cancel()
	if err := server.Shutdown(drain); errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("requests that took over %v to end were cut off", drained)
	} else if err != nil && !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("stop serving: %w", err)
	}
	gone := make(chan struct{})
	go func() { answering.Wait(); close(gone) }()
	select {
	case <-gone:
	case <-time.After(left):
	}
	return nil
}

// unserved says why a server takes none of what needs a scope, and the way out.
func unserved(scope access.Scope, what string, fixed bool) string {
	if fixed {
		return fmt.Sprintf("this server may not write its store, and takes no %s: let it write the file and its folder, and start it again", what)
	}
	return fmt.Sprintf("this server takes no %s: start it with newsgraph serve --%s, for this machine alone, or with --keys FILE and a key of scope %s (newsgraph keys add NAME --scope %s)", what, scope, scope, scope)
}

// counted counts the requests that are being answered.
func counted(n *sync.WaitGroup, h http.Handler) http.Handler {
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		n.Add(1)
		defer n.Done()
		h.ServeHTTP(rw, r)
	})
}

// explainer tells what of a story was left uncoded, as the command explain does. It makes its reader when it is first asked, and reads one story at
// a time: a reading keeps a core busy for a while, and answers from the store shall not wait for it.
func explainer() func(context.Context, news.Story) ([]graph.Uncoded, error) {
	reader := sync.OnceValues(extract.New)
	turn := make(chan struct{}, 1)
	return func(ctx context.Context, story news.Story) ([]graph.Uncoded, error) {
		select {
		case turn <- struct{}{}:
			defer func() { <-turn }()
		case <-ctx.Done():
			return nil, ctx.Err()
		}
		x, err := reader()
		if err != nil {
			return nil, err
		}
		e, err := x.Explain(story)
		if err != nil {
			return nil, err
		}
		var left []graph.Uncoded
		for _, u := range e.Uncoded {
			left = append(left, graph.Uncoded{Span: u.Span, Text: u.Span.In(story.Text), Why: u.Why})
		}
		return left, nil
	}
}

// manifest reads a file of queries.
func manifest(path string) (graph.Queries, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("--queries: %w", err)
	}
	queries, err := graph.ParseQueries(data)
	if err != nil {
		return nil, fmt.Errorf("--queries %s: %w", path, err)
	}
	return queries, nil
}

// curator makes corrections now.
type curator struct{ store store.Store }

func (c curator) Correct(ctx context.Context, ask store.Asked) (news.Correction, int, error) {
	return store.Correct(ctx, c.store, ask, time.Now())
}

// intake loads stories that users bring. It makes its reader when it is first asked, and reads one story at a time, as explainer does.
type intake struct {
	store  store.Store
	reader func() (*extract.Extractor, error)
	turn   chan struct{}
}

func newIntake(s store.Store) *intake {
	return &intake{s, sync.OnceValues(extract.New), make(chan struct{}, 1)}
}

// LoadStory reads a story as the command load does, and puts it.
func (i *intake) LoadStory(ctx context.Context, told news.Story) (loaded news.Story, added bool, err error) {
	select {
	case i.turn <- struct{}{}:
		defer func() { <-i.turn }()
	case <-ctx.Done():
		return loaded, false, ctx.Err()
	}
	x, err := i.reader()
	if err != nil {
		return loaded, false, err
	}
	stories, err := loader.Entry("story", format.Item{
		Headline: told.Headline, Byline: told.Byline, Publisher: told.Publisher, URL: told.URL, Published: format.Date{Value: told.Published}, Text: told.Text, Form: "loadStory",
	}).Stories(loader.Options{Agency: x.Agency})
	var foreign *nlp.ForeignError
	switch {
	case errors.As(err, &foreign): // whose own words tell of a flag, which a client of the API has not
		return loaded, false, fmt.Errorf("%w: the text is %s (%s) and only English is read", graph.ErrStory, foreign.Name, foreign.Tag)
	case err != nil:
		return loaded, false, fmt.Errorf("%w: %w", graph.ErrStory, err)
	}
	facts, err := x.Read(stories[0])
	if err != nil {
		return loaded, false, fmt.Errorf("%w: %w", graph.ErrStory, err)
	}
	ready, err := store.Prepare([]news.Facts{facts})
	if err != nil {
		return loaded, false, fmt.Errorf("%w: %w", graph.ErrStory, err)
	}
	r, err := i.store.Put(ctx, ready)
	return facts.Story, r.Added > 0, err
}

// RemoveStory takes a story away, as the command remove does.
func (i *intake) RemoveStory(ctx context.Context, id news.ID) (bool, error) {
	n, err := i.store.Remove(ctx, []news.ID{id})
	return n > 0, err
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
