package graph_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"newsgraph/graph"
	"newsgraph/news"
	"newsgraph/store"
)

// failing is a Reader that has only one answer.
type failing struct {
	store.Reader
	events func(context.Context) error
}

func (f failing) Events(ctx context.Context, _ store.EventQuery) (store.Page[news.Event], error) {
	return store.Page[news.Event]{}, f.events(ctx)
}

type answered struct {
	status int
	header http.Header
	body   string
	Data   json.RawMessage
	Errors []struct {
		Message    string
		Path       []any
		Extensions struct{ Code, Argument string }
	}
}

func (a answered) codes() string {
	var codes []string
	for _, e := range a.Errors {
		codes = append(codes, e.Extensions.Code)
	}
	return strings.Join(codes, " ")
}

func serve(t *testing.T, h http.Handler, r *http.Request) answered {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	a := answered{status: w.Code, header: w.Header(), body: w.Body.String()}
	if err := json.Unmarshal(w.Body.Bytes(), &a); err != nil {
		t.Fatalf("%s %s: answer is no JSON: %v: %.200s", r.Method, r.URL, err, a.body)
	}
	return a
}

func post(t *testing.T, h http.Handler, body string, header ...string) answered {
	t.Helper()
	r := httptest.NewRequest(http.MethodPost, "/graphql", strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	return serve(t, h, r)
}

func ask(t *testing.T, h http.Handler, query string) answered {
	t.Helper()
	body, err := json.Marshal(map[string]string{"query": query})
	if err != nil {
		t.Fatal(err)
	}
	return post(t, h, string(body))
}

func quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }

func TestRequests(t *testing.T) {
	const (
		good    = `{"query": "{ __typename }"}`
		graphql = "application/graphql-response+json"
	)
	big := `{"query": "{ __typename }", "variables": {"a": "` + strings.Repeat("x", 1<<20) + `"}}`
	for _, test := range []struct {
		name   string
		body   string
		header []string
		status int
		code   string // empty if it is answered
	}{
		{"plain", good, nil, 200, ""},
		{"asks for the new type", good, []string{"Accept", graphql}, 200, ""},
		{"prefers", good, []string{"Accept", "text/html, application/json;q=0.5, " + graphql}, 200, ""},
		{"browser", good, []string{"Accept", "text/html,*/*;q=0.1"}, 200, ""},
		{"wants HTML", good, []string{"Accept", "text/html"}, 406, "BAD_REQUEST"},
		{"UTF-8", good, []string{"Content-Type", "application/json; charset=UTF-8"}, 200, ""},
		{"UTF-16", good, []string{"Content-Type", "application/json; charset=utf-16"}, 415, "BAD_REQUEST"},
		{"form", "query={__typename}", []string{"Content-Type", "application/x-www-form-urlencoded"}, 415, "BAD_REQUEST"},
		{"multipart", "--x--", []string{"Content-Type", "multipart/form-data; boundary=x"}, 415, "BAD_REQUEST"},
		{"text", good, []string{"Content-Type", "text/plain"}, 415, "BAD_REQUEST"},
		{"no type", good, []string{"Content-Type", ""}, 415, "BAD_REQUEST"},
		{"compressed", good, []string{"Content-Encoding", "gzip"}, 415, "BAD_REQUEST"},
		{"empty", "", nil, 400, "BAD_REQUEST"},
		{"no JSON", "{", nil, 400, "BAD_REQUEST"},
		{"trailing junk", good + "x", nil, 400, "BAD_REQUEST"},
		{"two bodies", good + good, nil, 400, "BAD_REQUEST"},
		{"batch", "[" + good + "]", nil, 400, "BAD_REQUEST"},
		{"no query", `{"variables": {}}`, nil, 400, "BAD_REQUEST"},
		{"query is a number", `{"query": 1}`, nil, 400, "BAD_REQUEST"},
		{"variables are a list", `{"query": "{ __typename }", "variables": []}`, nil, 400, "BAD_REQUEST"},
		{"nulls", `{"query": "{ __typename }", "variables": null, "operationName": null, "extensions": null}`, nil, 200, ""},
		{"too large", big, nil, 413, "REQUEST_TOO_LARGE"},
		{"cannot be parsed, old client", `{"query": "{"}`, nil, 200, "GRAPHQL_PARSE_FAILED"},
		{"cannot be parsed", `{"query": "{"}`, []string{"Accept", graphql}, 400, "GRAPHQL_PARSE_FAILED"},
		{"unknown field", `{"query": "{ evnts }"}`, []string{"Accept", graphql}, 400, "GRAPHQL_VALIDATION_FAILED"},
		{"unknown operation", `{"query": "query A { __typename }", "operationName": "B"}`, []string{"Accept", graphql}, 400, "GRAPHQL_VALIDATION_FAILED"},
		{"variable missing", `{"query": "query ($id: ID!) { node(id: $id) { id } }"}`, []string{"Accept", graphql}, 400, "GRAPHQL_VALIDATION_FAILED"},
		{"mutation", `{"query": "mutation { __typename }"}`, []string{"Accept", graphql}, 400, "GRAPHQL_VALIDATION_FAILED"},
	} {
		t.Run(test.name, func(t *testing.T) {
			a := post(t, graph.New(nil, quiet()), test.body, test.header...)
			if a.status != test.status || a.codes() != test.code {
				t.Errorf("status %d, codes %q: want %d, %q\n%.300s", a.status, a.codes(), test.status, test.code, a.body)
			}
			if (a.Data == nil) != (test.code != "") {
				t.Errorf("data %s", a.Data)
			}
			if len(a.body) > 2000 {
				t.Errorf("answer has %d bytes", len(a.body))
			}
		})
	}
}

func TestMethods(t *testing.T) {
	h := graph.New(nil, quiet())
	get := func(values url.Values) answered {
		return serve(t, h, httptest.NewRequest(http.MethodGet, "/any/path?"+values.Encode(), nil))
	}
	named := url.Values{"query": {`query Type($name: String!) { __type(name: $name) { name } }`}, "variables": {`{"name": "Event"}`}}
	if a := get(named); a.status != 200 || string(a.Data) != `{"__type":{"name":"Event"}}` {
		t.Errorf("GET: %d %s", a.status, a.body)
	}
	named.Set("variables", "x")
	if a := get(named); a.status != 400 || a.codes() != "BAD_REQUEST" {
		t.Errorf("GET with bad variables: %d %s", a.status, a.body)
	}
	if a := get(nil); a.status != 400 || a.codes() != "BAD_REQUEST" {
		t.Errorf("GET without query: %d %s", a.status, a.body)
	}
	for _, method := range []string{http.MethodPut, http.MethodDelete, http.MethodPatch, http.MethodTrace} {
		if a := serve(t, h, httptest.NewRequest(method, "/", nil)); a.status != 405 || a.header.Get("Allow") != "GET, HEAD, POST, OPTIONS" {
			t.Errorf("%s: %d, Allow %q", method, a.status, a.header.Get("Allow"))
		}
	}
}

// A document of several operations is asked which; a name that none has is told the nearest.
func TestOperationName(t *testing.T) {
	h := graph.New(nil, quiet())
	for body, says := range map[string]string{
		`{"query": "query Ann { __typename } query Bob { __typename }"}`:                            "the query has 2 operations: say which in operationName",
		`{"query": "query Ann { __typename } query Bob { __typename }", "operationName": "ann"}`:    `the query has no operation "ann". Did you mean "Ann"?`,
		`{"query": "query Ann { __typename } query Bob { __typename }", "operationName": "Wholly"}`: `the query has no operation "Wholly": it is one of Ann, Bob`,
	} {
		r := httptest.NewRequest(http.MethodPost, "/graphql", strings.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		var a struct{ Errors []struct{ Message string } }
		if err := json.Unmarshal(w.Body.Bytes(), &a); err != nil || len(a.Errors) != 1 || a.Errors[0].Message != says {
			t.Errorf("%s: %s, want %s", body, w.Body, says)
		}
	}
}

// A browser asks before a page of another origin may post JSON: only pages of the origins that are listed may.
func TestOrigins(t *testing.T) {
	const listed, stranger = "https://app.example.org", "https://evil.example.org"
	for _, test := range []struct {
		name    string
		origins []string
		origin  string
		want    string // Access-Control-Allow-Origin
	}{
		{"none", nil, listed, ""},
		{"none, no origin", nil, "", ""},
		{"listed", []string{"http://localhost:3000", listed}, listed, listed},
		{"stranger", []string{listed}, stranger, ""},
		{"longer", []string{listed}, listed + ".evil.org", ""},
		{"other scheme", []string{listed}, "http://app.example.org", ""},
		{"null", []string{listed}, "null", ""},
		{"no origin", []string{listed}, "", ""},
		{"all", []string{"*"}, stranger, "*"},
	} {
		t.Run(test.name, func(t *testing.T) {
			h := graph.New(nil, quiet(), graph.WithOrigins(test.origins...))
			ask := func(method, body string, header ...string) *httptest.ResponseRecorder {
				r := httptest.NewRequest(method, "/graphql", strings.NewReader(body))
				if test.origin != "" {
					r.Header.Set("Origin", test.origin)
				}
				for i := 0; i < len(header); i += 2 {
					r.Header.Set(header[i], header[i+1])
				}
				w := httptest.NewRecorder()
				h.ServeHTTP(w, r)
				return w
			}
			w := ask(http.MethodOptions, "", "Access-Control-Request-Method", "POST", "Access-Control-Request-Headers", "content-type")
			if w.Code != 204 || w.Body.Len() > 0 || w.Header().Get("Allow") != "GET, HEAD, POST, OPTIONS" {
				t.Errorf("OPTIONS: %d %v", w.Code, w.Header())
			}
			if got := w.Header().Get("Access-Control-Allow-Methods"); (got != "") != (test.want != "") {
				t.Errorf("OPTIONS allows the methods %q", got)
			}
			for _, w := range []*httptest.ResponseRecorder{
				w,
				ask(http.MethodPost, `{"query": "{ __typename }"}`, "Content-Type", "application/json"),
				ask(http.MethodPost, `{"query": "{"}`, "Content-Type", "application/json"),
				ask(http.MethodGet, ""),
				ask(http.MethodPost, `{"query": "{ __typename }"}`, "Content-Type", "application/json", "Accept", "text/event-stream"),
			} {
				if got := w.Header().Get("Access-Control-Allow-Origin"); got != test.want {
					t.Errorf("%d: the origin %q is allowed, want %q", w.Code, got, test.want)
				}
				if w.Header().Get("Access-Control-Allow-Credentials") != "" {
					t.Error("credentials are allowed")
				}
				varies := slices.Contains(w.Header().Values("Vary"), "Origin")
				if want := len(test.origins) > 0 && test.origins[0] != "*"; varies != want {
					t.Errorf("%d: Vary %v", w.Code, w.Header().Values("Vary"))
				}
			}
			// What a browser sends without asking first is not taken, whoever is listed.
			for _, simple := range []string{"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""} {
				if w := ask(http.MethodPost, `{"query": "{ __typename }"}`, "Content-Type", simple); w.Code != 415 {
					t.Errorf("a post of %q is a %d", simple, w.Code)
				}
			}
		})
	}
}

func TestFailures(t *testing.T) {
	const query = `{ a: events { edges { cursor } } b: events { edges { cursor } } }`
	for _, test := range []struct {
		name   string
		events func(context.Context) error
		codes  string
		public string // stands in the answer
		secret string // stands in the log alone
	}{
		{"unavailable", func(context.Context) error {
			return fmt.Errorf("neo4j: dial 10.0.0.7: %w", store.ErrUnavailable)
		}, "UNAVAILABLE UNAVAILABLE", "try again later", "10.0.0.7"},
		{"password", func(context.Context) error { return fmt.Errorf("neo4j: user root: %w", store.ErrAuth) }, "UNAVAILABLE UNAVAILABLE", "try again later", "root"},
		{"other", func(context.Context) error { return errors.New("disk sector 77 is broken") }, "INTERNAL INTERNAL", "it has been logged", "sector 77"},
		{"panic", func(context.Context) error { panic("index 5 out of range") }, "INTERNAL INTERNAL", "it has been logged", "http_test.go"},
		{"cursor", func(context.Context) error { return fmt.Errorf("sqlite: %w", store.ErrCursor) }, "BAD_USER_INPUT BAD_USER_INPUT", "after", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			var log bytes.Buffer
			a := ask(t, graph.New(failing{events: test.events}, slog.New(slog.NewTextHandler(&log, nil))), query)
			if a.status != 200 || a.codes() != test.codes || !strings.Contains(a.body, test.public) {
				t.Errorf("%d %s", a.status, a.body)
			}
			if test.secret == "" {
				if log.Len() > 0 {
					t.Errorf("logged: %s", log.String())
				}
				return
			}
			if strings.Contains(a.body, test.secret) || !strings.Contains(log.String(), test.secret) {
				t.Errorf("answer %s\nlog %s", a.body, log.String())
			}
			if n := strings.Count(log.String(), "\n"); n != 1 {
				t.Errorf("%d lines of log for one error", n)
			}
		})
	}
}

func TestTimeAndCancel(t *testing.T) {
	var log bytes.Buffer
	logger := slog.New(slog.NewTextHandler(&log, nil))
	wait := failing{events: func(ctx context.Context) error {
		<-ctx.Done()
		return fmt.Errorf("sqlite: list events: %w", ctx.Err())
	}}
	a := ask(t, graph.New(wait, logger, graph.WithTimeout(time.Millisecond)), `{ events { edges { cursor } } }`)
	if !strings.Contains(a.codes(), "TIMEOUT") {
		t.Errorf("%d %s", a.status, a.body)
	}
	ctx, cancel := context.WithCancel(t.Context())
	r := httptest.NewRequestWithContext(ctx, http.MethodPost, "/", strings.NewReader(`{"query": "{ events { edges { cursor } } }"}`))
	r.Header.Set("Content-Type", "application/json")
	time.AfterFunc(time.Millisecond, cancel)
	graph.New(wait, logger).ServeHTTP(httptest.NewRecorder(), r)
	if log.Len() > 0 {
		t.Errorf("logged: %s", log.String())
	}
}

// A body that is still coming in when the bound is passed is not read on.
func TestEndlessBody(t *testing.T) {
	endless := io.MultiReader(strings.NewReader(`{"query": "`), repeat('a'))
	r := httptest.NewRequest(http.MethodPost, "/", endless)
	r.Header.Set("Content-Type", "application/json")
	if a := serve(t, graph.New(nil, quiet()), r); a.status != 413 {
		t.Errorf("%d %s", a.status, a.body)
	}
}

type repeat byte

func (b repeat) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = byte(b)
	}
	return len(p), nil
}

func FuzzRequest(f *testing.F) {
	f.Add(`{"query": "{ __typename }"}`)
	f.Add(`{"query": "query A($n: Int) { ...F } fragment F on Query { ...F }", "variables": {"n": 1e99}}`)
	f.Add(`{"query": "{ a: actions(type: []) { name @include(if: true) } __type(name: \"Event\") { fields { name } } }"}`)
	f.Add(`{"query": "query ($f: EventFilter, $n: Int) { events(filter: $f, first: $n) { edges { node { title } } } }", "variables": {"f": {"source": "Kim"}, "n": 1}}`)
	f.Add(`{"query": "{ entity(id: \"state:KP\") { timeline(during: {from: \"2024\"}) { pageInfo { endCursor } } } nodes(ids: [1, \"x\"]) { id } }"}`)
	h := graph.New(open(f, nil), quiet())
	f.Fuzz(func(t *testing.T, body string) {
		if a := post(t, h, body); a.status >= 500 || strings.Contains(a.codes(), "INTERNAL") {
			t.Errorf("%d %s", a.status, a.body)
		}
	})
}
