package main

import (
	"context"
	"crypto/rand"
	"log/slog"
	"net/http"
	"regexp"
	"strconv"
	"strings"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	"go.opentelemetry.io/otel/trace"

	"newsgraph/graph"
	"newsgraph/graph/access"
)

type requestKey struct{}

const requestHeader = "X-Request-Id"

var requestID = regexp.MustCompile(`^[A-Za-z0-9._-]{8,64}$`)

// identified gives each request an id, the caller's own where it brings one, which the answer and every line of the log about it have.
func identified(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id := r.Header.Get(requestHeader)
		if !requestID.MatchString(id) {
			id = rand.Text()
		}
		w.Header().Set(requestHeader, id)
		h.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), requestKey{}, id)))
	})
}

// requests is a handler of logs that says of which request and trace a line tells, and whose key or token asked.
type requests struct{ slog.Handler }

func (h requests) Handle(ctx context.Context, r slog.Record) error {
	if id, ok := ctx.Value(requestKey{}).(string); ok {
		r.AddAttrs(slog.String("request", id))
	}
	if span := trace.SpanContextFromContext(ctx); span.IsValid() {
		r.AddAttrs(slog.String("trace", span.TraceID().String()))
	}
	if c, ok := access.Of(ctx); ok {
		r.AddAttrs(slog.String(c.By, c.Name))
	}
	return h.Handler.Handle(ctx, r)
}

func (h requests) WithAttrs(attrs []slog.Attr) slog.Handler {
	return requests{h.Handler.WithAttrs(attrs)}
}

func (h requests) WithGroup(name string) slog.Handler { return requests{h.Handler.WithGroup(name)} }

// meters count what a server answers, in Prometheus' units: seconds and bytes. Names of operations are the clients' own and no labels: nobody could
// bound how many there are. They are in the log.
type meters struct {
	registry *prometheus.Registry
	answers  *prometheus.CounterVec
	errors   *prometheus.CounterVec
	took     *prometheus.HistogramVec
	store    *prometheus.HistogramVec
	calls    prometheus.Counter
	cost     prometheus.Histogram
	bytes    prometheus.Counter
	lines    *slog.Logger // nil for none
}

func newMeters(logger *slog.Logger, lines bool) *meters {
	m := &meters{
		registry: prometheus.NewRegistry(),
		answers:  prometheus.NewCounterVec(prometheus.CounterOpts{Name: "newsgraph_answers_total", Help: "Requests for GraphQL, and operations over WebSockets (status 101) and as server-sent events when they end, by type of operation and status of HTTP."}, []string{"type", "status"}),
		errors:   prometheus.NewCounterVec(prometheus.CounterOpts{Name: "newsgraph_errors_total", Help: "Answers with errors of a code."}, []string{"code"}),
		took: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "newsgraph_answer_seconds", Help: "Time from a request's header to its answer; of a subscription, as long as it was followed.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30},
		}, []string{"type"}),
		store: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "newsgraph_store_seconds", Help: "Time of an answer's calls of the store, together.",
			Buckets: []float64{.0001, .00025, .0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30},
		}, []string{"type"}),
		calls: prometheus.NewCounter(prometheus.CounterOpts{Name: "newsgraph_store_calls_total", Help: "Calls of the store."}),
		cost:  prometheus.NewHistogram(prometheus.HistogramOpts{Name: "newsgraph_query_cost", Help: "Fields that valid operations asked for, at most.", Buckets: prometheus.ExponentialBuckets(10, 3, 9)}),
		bytes: prometheus.NewCounter(prometheus.CounterOpts{Name: "newsgraph_answer_bytes_total", Help: "Bytes of answers, before compression."}),
	}
	if lines {
		m.lines = logger
	}
	m.registry.MustRegister(m.answers, m.errors, m.took, m.store, m.calls, m.cost, m.bytes, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	v := versionOf()
	m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "newsgraph_info", Help: "Which newsgraph this is; always 1.", ConstLabels: prometheus.Labels{"revision": v.Revision, "reader": v.Reader},
	}, func() float64 { return 1 }))
	return m
}

// observe counts a request and writes its line, if there are lines.
func (m *meters) observe(ctx context.Context, a graph.Answered) {
	kind := a.Type
	if kind == "" {
		kind = "none"
	}
	m.answers.WithLabelValues(kind, strconv.Itoa(a.Status)).Inc()
	for _, code := range a.Codes {
		m.errors.WithLabelValues(code).Inc()
	}
	m.took.WithLabelValues(kind).Observe(a.Took.Seconds())
	if a.Type != "" {
		m.cost.Observe(float64(a.Cost))
		m.store.WithLabelValues(kind).Observe(a.Store.Seconds())
		m.calls.Add(float64(a.StoreCalls))
	}
	m.bytes.Add(float64(a.Bytes))
	if m.lines == nil {
		return
	}
	m.lines.LogAttrs(ctx, slog.LevelInfo, "answered", slog.String("operation", a.Operation), slog.String("type", kind), slog.Int("status", a.Status),
		slog.Int("cost", a.Cost), slog.Int("bytes", a.Bytes), slog.Duration("took", a.Took),
		slog.Int("store_calls", a.StoreCalls), slog.Float64("store_ms", float64(a.Store.Microseconds())/1000), slog.String("errors", strings.Join(a.Codes, ",")))
}

// Handler answers Prometheus.
func (m *meters) Handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{Registry: m.registry})
}
