//go:build unix

package main

import (
	"compress/gzip"
	"encoding/hex"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/coder/websocket"
	collect "go.opentelemetry.io/proto/otlp/collector/trace/v1"
	otlp "go.opentelemetry.io/proto/otlp/trace/v1"
	"google.golang.org/protobuf/proto"
)

// receiver is a collector of OTLP over HTTP.
type receiver struct {
	lock  sync.Mutex
	spans []*otlp.Span
	about []string
}

func (r *receiver) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	body := io.Reader(req.Body)
	if req.Header.Get("Content-Encoding") == "gzip" {
		zipped, err := gzip.NewReader(body)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		body = zipped
	}
	data, err := io.ReadAll(body)
	var sent collect.ExportTraceServiceRequest
	if err == nil {
		err = proto.Unmarshal(data, &sent)
	}
	if err != nil || req.URL.Path != "/v1/traces" {
		http.Error(w, "no traces", http.StatusBadRequest)
		return
	}
	r.lock.Lock()
	defer r.lock.Unlock()
	for _, of := range sent.GetResourceSpans() {
		r.about = append(r.about, of.GetResource().String())
		for _, scope := range of.GetScopeSpans() {
			r.spans = append(r.spans, scope.GetSpans()...)
		}
	}
}

// A collector is told of each operation, whether the command line or the environment names it, and of none where neither does.
func TestTraces(t *testing.T) {
	t.Parallel()
	file := filled(t)
	if _, errs, code := newsgraph(t, "", "serve", "--store", file, "--traces", "localhost:4318"); code != 2 || !strings.Contains(errs, "http://HOST:4318") {
		t.Errorf("no collector: %d %s", code, errs)
	}
	for name, told := range map[string]bool{"--traces": true, "OTEL_EXPORTER_OTLP_ENDPOINT": true, "neither": false} {
		t.Run(name, func(t *testing.T) {
			received := &receiver{}
			collector := httptest.NewServer(received)
			defer collector.Close()
			c := exec.CommandContext(t.Context(), program, "serve", "--addr", "127.0.0.1:0", "--store", file)
			switch name {
			case "--traces":
				c.Args = append(c.Args, "--traces", collector.URL)
			case "OTEL_EXPORTER_OTLP_ENDPOINT":
				c.Env = append(os.Environ(), name+"="+collector.URL)
			}
			url := started(t, c)
			r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url+"/graphql", strings.NewReader(`{"query": "query Secrets { search(query: \"Chad\") { edges { node { events { edges { node { title } } } } } } }"}`))
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set("Content-Type", "application/json")
			r.Header.Set("Traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
			r.Header.Set(requestHeader, "asked-by-post")
			a, err := http.DefaultClient.Do(r)
			if err != nil {
				t.Fatal(err)
			}
			body, err := io.ReadAll(a.Body)
			a.Body.Close()
			if err != nil || strings.Contains(string(body), "errors") {
				t.Fatalf("%v: %s", err, body)
			}
			overSocket(t, url, http.Header{"Traceparent": r.Header["Traceparent"], requestHeader: {"asked-over-socket"}})
			if err := c.Process.Signal(syscall.SIGTERM); err != nil {
				t.Fatal(err)
			}
			if err := c.Wait(); err != nil { // What is left is sent before it ends.
				t.Fatal(err)
			}
			names := map[string]string{}
			for _, s := range received.spans {
				names[string(s.GetSpanId())] = s.GetName()
			}
			var tree, requests []string
			for _, s := range received.spans {
				parent := names[string(s.GetParentSpanId())]
				if parent == "" {
					parent = hex.EncodeToString(s.GetParentSpanId())
					for _, a := range s.GetAttributes() {
						if a.GetKey() == "newsgraph.request" {
							requests = append(requests, a.GetValue().GetStringValue())
						}
					}
				}
				tree = append(tree, parent+" > "+s.GetName())
				if id := hex.EncodeToString(s.GetTraceId()); id != "0af7651916cd43dd8448eb211c80319c" || strings.Contains(s.String(), "Chad") {
					t.Errorf("of trace %s: %s", id, s)
				}
			}
			slices.Sort(tree)
			var want []string
			if told {
				want = []string{
					"Entity.events > store Entities", "Entity.events > store EventsOf", "Query.search > Entity.events", "Query.search > store Search", "b7ad6b7169203331 > query", "b7ad6b7169203331 > query", "query > Query.search",
				}
				if slices.Sort(requests); !slices.Equal(requests, []string{"asked-by-post", "asked-over-socket"}) {
					t.Errorf("the spans are of requests %q", requests)
				}
				if !strings.Contains(strings.Join(received.about, " "), "newsgraph") {
					t.Errorf("the service has no name: %q", received.about)
				}
			}
			if !slices.Equal(tree, want) {
				t.Errorf("the spans are\n%s\nwant\n%s", strings.Join(tree, "\n"), strings.Join(want, "\n"))
			}
		})
	}
}

// overSocket asks one thing over a WebSocket, and waits for its end.
func overSocket(t *testing.T, url string, header http.Header) {
	t.Helper()
	c, _, err := websocket.Dial(t.Context(), strings.Replace(url, "http", "ws", 1)+"/graphql", &websocket.DialOptions{Subprotocols: []string{"graphql-transport-ws"}, HTTPHeader: header}) //nolint:bodyclose // the library closes it
	if err != nil {
		t.Fatal(err)
	}
	defer c.CloseNow()
	for _, m := range []string{`{"type": "connection_init"}`, `{"type": "subscribe", "id": "1", "payload": {"query": "query Secrets { __typename }"}}`} {
		if err := c.Write(t.Context(), websocket.MessageText, []byte(m)); err != nil {
			t.Fatal(err)
		}
	}
	for ended := false; !ended; {
		_, data, err := c.Read(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		ended = strings.Contains(string(data), `"complete"`)
	}
}
