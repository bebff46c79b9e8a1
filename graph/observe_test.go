package graph_test

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
	"go.opentelemetry.io/otel/trace"

	"newsgraph/graph"
	"newsgraph/graph/access"
	"newsgraph/news"
	"newsgraph/store"
)

// Every mutation of the schema, whichever it is, is a line that says who asked for what and how it ended.
func TestAudit(t *testing.T) {
	s := open(t, readFacts(t, filepath.Join("testdata", storiesFile)))
	var log bytes.Buffer
	logger := slog.New(slog.NewJSONHandler(&log, nil))
	h := graph.New(s, logger, graph.WithCurator(agreeing{}))
	var schema struct {
		Type struct {
			Fields []struct {
				Name string
				Args []struct {
					Name string
					Type struct {
						Kind   string
						OfType *struct {
							Kind, Name string
							OfType     *struct{ Kind, Name string }
						}
					}
				}
			}
		} `json:"__type"`
	}
	a := ask(t, h, `{ __type(name: "Mutation") { fields { name args { name type { kind ofType { kind name ofType { kind name } } } } } } }`)
	if err := json.Unmarshal(a.Data, &schema); err != nil || len(schema.Type.Fields) < 9 {
		t.Fatalf("%v: %s", err, a.body)
	}
	type line struct{ Msg, Mutation, Arguments, Outcome, Time string }
	lines := func() (all []line) {
		for text := range strings.Lines(log.String()) {
			var l line
			if err := json.Unmarshal([]byte(text), &l); err != nil {
				t.Fatal(err)
			}
			if l.Msg == "mutation" {
				all = append(all, l)
			}
		}
		log.Reset()
		return all
	}
	for _, field := range schema.Type.Fields {
		var args []string
		for _, arg := range field.Args {
			value := `"said-` + arg.Name + `"`
			if known, ok := map[string]string{"kind": "PERSON", "action": `"condemn"`, "date": `"2021-03-04"`}[arg.Name]; ok {
				value = known
			}
			if of := arg.Type.OfType; arg.Type.Kind == "LIST" || of != nil && of.Kind == "LIST" {
				value = "[" + value + "]"
			}
			args = append(args, arg.Name+": "+value)
		}
		query := fmt.Sprintf("mutation { alias: %s(%s) { stories } }", field.Name, strings.Join(args, ", "))
		for outcome, ctx := range map[string]context.Context{
			"done":      access.With(t.Context(), access.Caller{Name: "ada", By: access.ByToken, Scopes: []access.Scope{access.Curate}}),
			"FORBIDDEN": access.With(t.Context(), access.Caller{Name: "bo", By: access.ByKey, Scopes: []access.Scope{access.Read, access.Load}}),
		} {
			body, err := json.Marshal(map[string]string{"query": query})
			if err != nil {
				t.Fatal(err)
			}
			r := httptest.NewRequestWithContext(ctx, http.MethodPost, "/graphql", bytes.NewReader(body))
			r.Header.Set("Content-Type", "application/json")
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			all := lines()
			if len(all) != 1 || all[0].Mutation != field.Name || all[0].Outcome != outcome || all[0].Time == "" {
				t.Errorf("%s: %+v, want one line that says %s: %s", query, all, outcome, w.Body)
				continue
			}
			for _, arg := range field.Args {
				if !strings.Contains(all[0].Arguments, `"`+arg.Name+`":`) || slices.Contains([]string{"id", "ids", "by", "because", "name"}, arg.Name) && !strings.Contains(all[0].Arguments, "said-"+arg.Name) {
					t.Errorf("%s: %s does not tell %s", query, all[0].Arguments, arg.Name)
				}
			}
		}
	}
	ask(t, h, `mutation { a: correctHide(ids: ["x"], because: "b", by: "c") { stories } b: correctHide(ids: ["y"], because: "b", by: "c") { stories } }`)
	if all := lines(); len(all) != 2 || all[0].Arguments != `{"because":"b","by":"c","ids":["x"]}` || all[1].Arguments != `{"because":"b","by":"c","ids":["y"]}` {
		t.Errorf("two mutations: %+v", all)
	}
	ask(t, h, `mutation { correctDate(ids: ["x"], date: "soon", because: "b", by: "c") { stories } }`)
	if all := lines(); len(all) != 1 || all[0].Outcome != "BAD_USER_INPUT" {
		t.Errorf("a mutation that cannot be: %+v", all)
	}
	ask(t, h, `{ events { edges { node { id } } } }`)
	if all := lines(); len(all) > 0 {
		t.Errorf("a query is audited: %+v", all)
	}
}

const nested = `query Asked($text: String!) { search(query: $text, first: 2) { edges { node { id events(first: 3) { edges { node { id reports(first: 2) { edges { node { confidence story { headline } } } } } } } } } } }`

// What the calls of the store took is told of each request.
func TestStoreTime(t *testing.T) {
	counted := &counting{Reader: open(t, readFacts(t, filepath.Join("testdata", storiesFile))), calls: map[string]int{}}
	var seen []graph.Answered
	h := graph.New(counted, quiet(), graph.WithObserver(func(_ context.Context, a graph.Answered) { seen = append(seen, a) }))
	postJSON(t, h, nested, "North Korea")
	calls := 0
	for _, n := range counted.calls {
		calls += n
	}
	if len(seen) != 1 || seen[0].StoreCalls != calls || calls < 4 || seen[0].Store <= 0 || seen[0].Operation != "Asked" {
		t.Errorf("%+v, want %d calls", seen, calls)
	}
}

func postJSON(t *testing.T, h http.Handler, query, text string, header ...string) answered {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": map[string]string{"text": text}})
	if err != nil {
		t.Fatal(err)
	}
	return post(t, h, string(body), header...)
}

// A query is one trace, which goes on from the caller's: a span for each resolver, however many objects ask it, and for each call of the store.
func TestTraces(t *testing.T) {
	counted := &counting{Reader: open(t, readFacts(t, filepath.Join("testdata", storiesFile))), calls: map[string]int{}}
	spans := tracetest.NewInMemoryExporter()
	provider := sdk.NewTracerProvider(sdk.WithSyncer(spans))
	h := graph.New(counted, quiet(), graph.WithTracer(provider.Tracer("newsgraph")))
	const caller = "0af7651916cd43dd8448eb211c80319c"
	postJSON(t, h, nested, "North Korea", "Traceparent", "00-"+caller+"-b7ad6b7169203331-01")
	all := spans.GetSpans()
	name := map[string]string{}
	for _, s := range all {
		name[s.SpanContext.SpanID().String()] = s.Name
	}
	var tree []string
	for _, s := range all {
		if got := s.SpanContext.TraceID().String(); got != caller {
			t.Errorf("%s is of trace %s", s.Name, got)
		}
		parent := s.Parent.SpanID().String()
		if n, ok := name[parent]; ok {
			parent = n
		}
		tree = append(tree, parent+" > "+s.Name)
		if told := fmt.Sprintf("%+v", s); strings.Contains(told, "Korea") || strings.Contains(told, "state:KP") {
			t.Errorf("a span tells what was asked for: %s", told)
		}
	}
	slices.Sort(tree)
	want := []string{
		"Entity.events > Event.reports",
		"Entity.events > store EventsOf",
		"Event.reports > Report.story",
		"Event.reports > store ReportsOf",
		"Query.search > Entity.events",
		"Query.search > store Search",
		"Report.story > store StoriesByID",
		"b7ad6b7169203331 > query",
		"query > Query.search",
	}
	if !slices.Equal(tree, want) {
		t.Errorf("the spans are\n%s\nwant\n%s", strings.Join(tree, "\n"), strings.Join(want, "\n"))
	}
	spans.Reset()
	failing := graph.New(broken{counted}, quiet(), graph.WithTracer(provider.Tracer("newsgraph")))
	postJSON(t, failing, nested, "North Korea")
	for _, s := range spans.GetSpans() {
		if (s.Name == "query" || s.Name == "store Search") != (s.Status.Code != 0) {
			t.Errorf("%s: status %+v", s.Name, s.Status)
		}
		if strings.Contains(fmt.Sprintf("%+v", s), "Korea") {
			t.Errorf("a span tells what was asked for: %+v", s)
		}
	}
}

// broken is a store that does not find, and says for what.
type broken struct{ store.Reader }

func (broken) Search(_ context.Context, q store.SearchQuery) (store.Page[news.Entity], error) {
	return store.Page[news.Entity]{}, fmt.Errorf("%w: %s", store.ErrUnavailable, q.Text)
}

// Operations over a connection that stays open are traced as requests are, each by itself: a query with what is under it, a subscription as one span, what
// is refused too.
func TestTracesOfConnections(t *testing.T) {
	t.Parallel()
	spans := tracetest.NewInMemoryExporter()
	provider := sdk.NewTracerProvider(sdk.WithSyncer(spans))
	ended := make(chan graph.Answered, 10)
	logged := make(chan trace.SpanContext, 10)
	s, server := following(t, graph.WithTracer(provider.Tracer("newsgraph")), graph.WithObserver(func(ctx context.Context, a graph.Answered) {
		logged <- trace.SpanContextFromContext(ctx)
		ended <- a
	}))
	toldStory(t, s, "before")
	const caller, parent = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
	header := http.Header{"Traceparent": {"00-" + caller + "-" + parent + "-01"}}
	stream := func(query string) {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL, strings.NewReader(fmt.Sprintf(`{"query": %q}`, query)))
		if err != nil {
			t.Fatal(err)
		}
		r.Header = header.Clone()
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Accept", "text/event-stream")
		a, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer a.Body.Close()
		if _, err := io.ReadAll(a.Body); err != nil {
			t.Fatal(err)
		}
	}
	socket := opened(t, server.URL, header)
	socket.send(message{Type: "connection_init"})
	until := func(c conversation, id string) {
		for m := c.next(); m.ID != id; {
			m = c.next()
		}
	}
	const query = `query Asked { events(filter: {target: ["Chad"]}) { edges { node { reports { edges { node { confidence } } } } } } }`
	for _, c := range []struct {
		what string
		ask  func()
		want []string
		root map[string]string
	}{
		{
			"a query over a WebSocket", func() { socket.ask("1", query) },
			[]string{"Event.reports > store ReportsOf", "Query.events > Event.reports", "Query.events > store Events", "Query.events > store FindEntities", parent + " > query", "query > Query.events"},
			map[string]string{"graphql.operation.name": "Asked", "http.response.status_code": "101", "newsgraph.store.calls": "3", "http.request.method": "GET"},
		},
		{
			"a query as events", func() { stream(query) },
			[]string{"Event.reports > store ReportsOf", "Query.events > Event.reports", "Query.events > store Events", "Query.events > store FindEntities", parent + " > query", "query > Query.events"},
			map[string]string{"graphql.operation.name": "Asked", "http.response.status_code": "200", "newsgraph.store.calls": "3", "http.request.method": "POST"},
		},
		{
			"a subscription", func() {
				socket.ask("2", `subscription Followed { storyLoaded(after: "WyJhcnJpdmFscyIsIjAiXQ") { node { headline mentions { edges { node { id } } } } } }`)
				until(socket, "2")
				socket.send(message{ID: "2", Type: "complete"})
			},
			[]string{parent + " > subscription"},
			map[string]string{"graphql.operation.name": "Followed", "http.response.status_code": "101"},
		},
		{
			"what is refused", func() { socket.ask("3", `query Wrong { nothing }`) },
			[]string{parent + " > graphql"},
			map[string]string{"newsgraph.errors": `["GRAPHQL_VALIDATION_FAILED"]`, "http.response.status_code": "101"},
		},
	} {
		spans.Reset()
		c.ask()
		seen := <-ended
		if of := <-logged; of.TraceID().String() != caller || of.SpanID().String() == parent {
			t.Errorf("%s: its line is of span %s of trace %s", c.what, of.SpanID(), of.TraceID())
		}
		all, names := spans.GetSpans(), map[string]string{}
		for _, s := range all {
			names[s.SpanContext.SpanID().String()] = s.Name
		}
		var tree []string
		for _, s := range all {
			above := cmp.Or(names[s.Parent.SpanID().String()], s.Parent.SpanID().String())
			tree = append(tree, above+" > "+s.Name)
			if above != parent {
				continue
			}
			told := map[string]string{}
			for _, a := range s.Attributes {
				told[string(a.Key)] = a.Value.String()
			}
			for key, want := range c.root {
				if told[key] != want {
					t.Errorf("%s: %s is %s, want %s", c.what, key, told[key], want)
				}
			}
			if seen.Cost > 0 && (told["newsgraph.cost"] != fmt.Sprint(seen.Cost) || told["newsgraph.store.seconds"] != fmt.Sprint(seen.Store.Seconds())) {
				t.Errorf("%s: %q, want what was observed: %+v", c.what, told, seen)
			}
		}
		if slices.Sort(tree); !slices.Equal(tree, c.want) {
			t.Errorf("%s: the spans are\n%s\nwant\n%s", c.what, strings.Join(tree, "\n"), strings.Join(c.want, "\n"))
		}
	}
}
