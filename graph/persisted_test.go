package graph_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"newsgraph/graph"
)

// hashed is a request for a query by its hash; the text goes with it unless it is empty.
func hashed(t *testing.T, text, hashOf string) string {
	t.Helper()
	sum := sha256.Sum256([]byte(hashOf))
	extensions := map[string]any{"persistedQuery": map[string]any{"version": 1, "sha256Hash": hex.EncodeToString(sum[:])}}
	body := map[string]any{"extensions": extensions}
	if text != "" {
		body["query"] = text
	}
	data, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// TestPersisted goes the way of Apollo's clients: the hash, then hash and text, then the hash again, by GET too.
func TestPersisted(t *testing.T) {
	h := graph.New(failing{}, slog.New(slog.DiscardHandler))
	text := "query Name { __typename }"
	if a := post(t, h, hashed(t, "", text)); a.codes() != "PERSISTED_QUERY_NOT_FOUND" || a.Errors[0].Message != "PersistedQueryNotFound" || a.status != http.StatusOK {
		t.Errorf("unknown hash: %d %s", a.status, a.body)
	}
	if a := post(t, h, hashed(t, text, "another")); a.codes() != "BAD_REQUEST" {
		t.Errorf("hash of another text: %s", a.body)
	}
	if a := post(t, h, hashed(t, "", "another")); a.codes() != "PERSISTED_QUERY_NOT_FOUND" {
		t.Errorf("a wrong hash was kept: %s", a.body)
	}
	if a := post(t, h, hashed(t, text, text)); a.codes() != "" || string(a.Data) != `{"__typename":"Query"}` {
		t.Errorf("hash and text: %s", a.body)
	}
	if a := post(t, h, hashed(t, "", text)); a.codes() != "" || string(a.Data) != `{"__typename":"Query"}` {
		t.Errorf("known hash: %s", a.body)
	}
	sum := sha256.Sum256([]byte(text))
	ask := "/graphql?extensions=" + url.QueryEscape(fmt.Sprintf(`{"persistedQuery":{"version":1,"sha256Hash":"%X"}}`, sum))
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, ask, nil)
	if err != nil {
		t.Fatal(err)
	}
	if a := serve(t, h, r); a.codes() != "" || string(a.Data) != `{"__typename":"Query"}` {
		t.Errorf("known hash by GET: %s", a.body)
	}
	for _, wrong := range []string{`1`, `{}`, `{"version":1}`, `{"version":2,"sha256Hash":"ab"}`, `{"version":1,"sha256Hash":5}`, `[]`} {
		if a := post(t, h, `{"extensions":{"persistedQuery":`+wrong+`}}`); a.codes() != "BAD_REQUEST" {
			t.Errorf("%s: %s", wrong, a.body)
		}
	}
}

// TestAllowed answers the queries of a manifest alone.
func TestAllowed(t *testing.T) {
	text := "query Name { __typename }"
	for name, manifest := range map[string]any{
		"relay":  map[string]string{"some id": text},
		"apollo": map[string]any{"format": "apollo-persisted-query-manifest", "version": 1, "operations": []map[string]string{{"id": "x", "name": "Name", "body": text}}},
	} {
		data, err := json.Marshal(manifest)
		if err != nil {
			t.Fatal(err)
		}
		queries, err := graph.ParseQueries(data)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		h := graph.New(failing{}, slog.New(slog.DiscardHandler), graph.WithQueries(queries))
		for body, want := range map[string]string{
			hashed(t, "", text):                  "",
			hashed(t, text, text):                "",
			`{"query":"` + text + `"}`:           "",
			`{"query":"{__typename}"}`:           "QUERY_NOT_ALLOWED",
			hashed(t, "", "{__typename}"):        "QUERY_NOT_ALLOWED",
			hashed(t, "{a}", "{a}"):              "QUERY_NOT_ALLOWED",
			hashed(t, "{__typename}", text):      "BAD_REQUEST",
			`{"query":"query Name{__schema{x}"}`: "QUERY_NOT_ALLOWED",
		} {
			if a := post(t, h, body); a.codes() != want {
				t.Errorf("%s: %s: %s", name, body, a.body)
			}
		}
	}
	for _, wrong := range []string{``, `[]`, `{}`, `{"operations":[]}`, `{"a":""}`, `{"a":1}`} {
		if _, err := graph.ParseQueries([]byte(wrong)); err == nil || !strings.Contains(err.Error(), "manifest") {
			t.Errorf("%s is a manifest: %v", wrong, err)
		}
	}
}

// TestDocumentID asks by documentId, as Relay and the specification's persisted documents do: by ids of a manifest, by SHA-256, by POST, GET and WebSocket.
func TestDocumentID(t *testing.T) {
	const text = "query Name { __typename }"
	sum := fmt.Sprintf("%x", sha256.Sum256([]byte(text)))
	of := func(id string) string { return `{"documentId":"` + id + `"}` }
	by := func(h http.Handler, id string) answered {
		t.Helper()
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "/graphql?documentId="+url.QueryEscape(id), nil)
		if err != nil {
			t.Fatal(err)
		}
		return serve(t, h, r)
	}
	for _, manifest := range []string{`{"Some id": "` + text + `"}`, `{"operations": [{"id": "Some id", "name": "Name", "body": "` + text + `"}]}`} {
		queries, err := graph.ParseQueries([]byte(manifest))
		if err != nil {
			t.Fatal(err)
		}
		h := graph.New(failing{}, slog.New(slog.DiscardHandler), graph.WithQueries(queries))
		for id, want := range map[string]string{"Some id": "", sum: "", "sha256:" + strings.ToUpper(sum): "", "some id": "QUERY_NOT_ALLOWED", "sha256:ab": "QUERY_NOT_ALLOWED", "id:Some id": "QUERY_NOT_ALLOWED"} {
			if a := post(t, h, of(id)); a.codes() != want || want == "" && string(a.Data) != `{"__typename":"Query"}` {
				t.Errorf("POST of %s: %s", id, a.body)
			}
			if a := by(h, id); a.codes() != want {
				t.Errorf("GET of %s: %s", id, a.body)
			}
		}
		for body, want := range map[string]string{
			`{"documentId":"Some id","query":null}`:                                                    "",
			`{"documentId":"Some id","query":"` + text + `"}`:                                          "",
			`{"documentId":"Some id","query":"{__typename}"}`:                                          "BAD_REQUEST",
			`{"documentId":"` + sum + `","query":"{__typename}"}`:                                      "BAD_REQUEST",
			`{"documentId":"","query":""}`:                                                             "BAD_REQUEST",
			`{"documentId":5}`:                                                                         "BAD_REQUEST",
			`{"extensions":{"documentId":5}}`:                                                          "BAD_REQUEST",
			`{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"Some id"}}}`:                   "", // as Apollo's clients send the ids of a manifest
			`{"documentId":"Some id","extensions":{"persistedQuery":{"version":1,"sha256Hash":"ab"}}}`: "BAD_REQUEST",
		} {
			if a := post(t, h, body); a.codes() != want {
				t.Errorf("%s: %s, want %q", body, a.body, want)
			}
		}
	}
	if _, err := graph.ParseQueries([]byte(`{"operations": [{"id": "a", "body": "{b}"}, {"id": "a", "body": "{c}"}]}`)); err == nil || !strings.Contains(err.Error(), "two queries of the id a") {
		t.Errorf("two of one id: %v", err)
	}
	// Without a manifest, the id is the SHA-256 of a text that was sent before.
	h := graph.New(failing{}, slog.New(slog.DiscardHandler))
	for _, step := range []struct{ body, want string }{
		{of("sha256:" + sum), "PERSISTED_QUERY_NOT_FOUND"},
		{`{"documentId":"an id of the client's","query":"` + text + `"}`, ""},
		{of("an id of the client's"), "PERSISTED_QUERY_NOT_FOUND"},
		{`{"documentId":"sha256:` + sum + `","query":"` + text + `"}`, ""},
		{of("sha256:" + sum), ""},
		{of(sum), ""},
	} {
		if a := post(t, h, step.body); a.codes() != step.want {
			t.Errorf("%s: %s, want %q", step.body, a.body, step.want)
		}
	}
	queries, err := graph.ParseQueries([]byte(`{"loaded": "subscription { storyLoaded { cursor } }", "name": "` + text + `"}`))
	if err != nil {
		t.Fatal(err)
	}
	_, server := following(t, graph.WithQueries(queries))
	c := opened(t, server.URL)
	c.send(message{Type: "connection_init"}, message{ID: "1", Type: "subscribe", Payload: json.RawMessage(of("name"))})
	for {
		if m := c.next(); m.Type == "next" && strings.Contains(string(m.Payload), `"__typename":"Query"`) {
			break
		} else if m.Type != "connection_ack" {
			t.Fatalf("over a WebSocket: %+v", m)
		}
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL+"?documentId=loaded", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Accept", "text/event-stream")
	a, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	if a.Body.Close(); a.StatusCode != http.StatusOK || a.Header.Get("Content-Type") != "text/event-stream" {
		t.Errorf("a stream: %d %v", a.StatusCode, a.Header)
	}
}

func FuzzParseQueries(f *testing.F) {
	f.Add([]byte(`{"a":"{b}"}`))
	f.Add([]byte(`{"operations":[{"body":"{b}"}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		if queries, err := graph.ParseQueries(data); err == nil && len(queries) == 0 {
			t.Error("no queries and no error")
		}
	})
}

// A subscription that is asked by its hash alone is followed as one that is asked by its text: over a stream, by GET as browsers' EventSource and by POST that
// takes JSON too. What is unknown is refused by its code.
func TestPersistedSubscription(t *testing.T) {
	const text, other = "subscription { storyLoaded { cursor } }", "subscription { storyLoaded { story { headline } } }"
	allowed, err := graph.ParseQueries([]byte(`{"loaded": "` + text + `"}`))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		options []graph.Option
		unknown string
	}{{[]graph.Option{graph.WithQueries(allowed)}, "QUERY_NOT_ALLOWED"}, {nil, "PERSISTED_QUERY_NOT_FOUND"}} {
		_, server := following(t, c.options...)
		ask := func(method, body, accept string) (status int, media, code string) {
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			at, sent := server.URL, body
			if method == http.MethodGet {
				var asked struct{ Extensions json.RawMessage }
				if err := json.Unmarshal([]byte(body), &asked); err != nil {
					t.Fatal(err)
				}
				at, sent = at+"?extensions="+url.QueryEscape(string(asked.Extensions)), ""
			}
			r, err := http.NewRequestWithContext(ctx, method, at, strings.NewReader(sent))
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set("Accept", accept)
			if method == http.MethodPost {
				r.Header.Set("Content-Type", "application/json")
			}
			a, err := http.DefaultClient.Do(r)
			if err != nil {
				t.Fatal(err)
			}
			defer a.Body.Close()
			if media = a.Header.Get("Content-Type"); strings.HasPrefix(media, "application/") {
				var told struct {
					Errors []struct{ Extensions struct{ Code string } }
				}
				if err := json.NewDecoder(a.Body).Decode(&told); err != nil || len(told.Errors) != 1 {
					t.Fatal(err)
				}
				code = told.Errors[0].Extensions.Code
			}
			return a.StatusCode, media, code
		}
		const events, both = "text/event-stream", "text/event-stream, application/json"
		ask(http.MethodPost, hashed(t, text, text), events) // By which the text is known where there is no manifest.
		for _, of := range []struct{ method, accept string }{{http.MethodGet, events}, {http.MethodPost, events}, {http.MethodGet, both}, {http.MethodPost, both}} {
			if status, media, code := ask(of.method, hashed(t, "", text), of.accept); status != http.StatusOK || media != events {
				t.Errorf("%s accepting %s: %d %s %s", of.method, of.accept, status, media, code)
			}
		}
		if status, _, code := ask(http.MethodGet, hashed(t, "", other), events); status != http.StatusBadRequest || code != c.unknown {
			t.Errorf("GET of an unknown hash: %d %s", status, code)
		}
		if status, _, code := ask(http.MethodPost, hashed(t, "", other), both); status != http.StatusOK || code != c.unknown {
			t.Errorf("POST of an unknown hash: %d %s", status, code)
		}
	}
}
