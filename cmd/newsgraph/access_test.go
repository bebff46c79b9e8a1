//go:build unix

package main

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/golang-jwt/jwt/v5"
)

// got is what a server answers to a query with a header Authorization.
func got(t *testing.T, url, authorization string) (int, string) {
	t.Helper()
	return gotFor(t, url, authorization, `query Ask { stories { edges { node { id } } } }`)
}

// gotFor is that for another query.
func gotFor(t *testing.T, url, authorization, query string) (int, string) {
	t.Helper()
	asked, err := json.Marshal(map[string]string{"query": query})
	if err != nil {
		t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url, bytes.NewReader(asked))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("X-Request-Id", "asked-by-a-test")
	if authorization != "" {
		r.Header.Set("Authorization", authorization)
	}
	a, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Body.Close()
	if id := a.Header.Get("X-Request-Id"); id != "asked-by-a-test" {
		t.Errorf("the request's id is %q", id)
	}
	body, err := io.ReadAll(a.Body)
	if err != nil {
		t.Fatal(err)
	}
	return a.StatusCode, string(body)
}

// A server with keys lets in who has one, until it is revoked; a server that others reach wants keys or --open.
func TestKeys(t *testing.T) {
	t.Parallel()
	file := filled(t)
	for _, addr := range []string{"0.0.0.0:0", ":0", "[::]:0"} {
		if _, errs, code := newsgraph(t, "", "serve", "--addr", addr, "--store", file); code != 2 || !strings.Contains(errs, "newsgraph keys add") {
			t.Errorf("serve at %s without keys: %d %s", addr, code, errs)
		}
	}
	keys := filepath.Join(t.TempDir(), "keys")
	if _, errs, code := newsgraph(t, "", "serve", "--addr", "127.0.0.1:0", "--store", file, "--keys", keys); code != 2 || !strings.Contains(errs, "there is no file of keys") {
		t.Errorf("serve without the file: %d %s", code, errs)
	}
	for _, wrong := range [][]string{{"a b"}, {"ana", "--scope", "all"}, {"ana", "--expires", "soon"}, {"ana", "--expires", "2001-01-01"}} {
		if _, errs, code := newsgraph(t, "", append([]string{"keys", "add", "--keys", keys}, wrong...)...); code != 2 {
			t.Errorf("keys add %q: %d %s", wrong, code, errs)
		}
	}
	out, errs, code := newsgraph(t, "", "keys", "add", "ana", "--keys", keys, "--expires", "90d", "--per-minute", "100")
	if code != 0 {
		t.Fatal(errs)
	}
	key := strings.TrimSpace(out)
	if out, _, _ := newsgraph(t, "", "keys", "list", "--keys", keys); !strings.Contains(out, "ana") || strings.Contains(out, key) {
		t.Errorf("keys list: %s", out)
	}
	url := serving(t, "serve", "--addr", "127.0.0.1:0", "--store", file, "--keys", keys)
	if status, body := got(t, url+"/graphql", ""); status != http.StatusUnauthorized || !strings.Contains(body, "UNAUTHENTICATED") {
		t.Errorf("without a key: %d %s", status, body)
	}
	if status, body := got(t, url+"/graphql", "Bearer "+key); status != http.StatusOK || !strings.Contains(body, "story:") {
		t.Errorf("with a key: %d %s", status, body)
	}
	for path, want := range map[string]int{"/": 401, "/metrics": 401, "/graphql?query={__typename}": 401, "/healthz": 200, "/readyz": 200} {
		a, err := http.Get(url + path)
		if err != nil {
			t.Fatal(err)
		}
		a.Body.Close()
		if a.StatusCode != want {
			t.Errorf("%s without a key: %d, want %d", path, a.StatusCode, want)
		}
	}
	if _, errs, code := newsgraph(t, "", "keys", "revoke", "ana", "--keys", keys); code != 0 {
		t.Fatal(errs)
	}
	for begun := time.Now(); ; time.Sleep(100 * time.Millisecond) {
		if status, _ := got(t, url+"/graphql", "Bearer "+key); status == http.StatusUnauthorized {
			break
		}
		if time.Since(begun) > 30*time.Second {
			t.Fatal("the revoked key still asks")
		}
	}
}

// A page in a browser, which cannot send the header, says its key in connection_init.
func TestSocketKeys(t *testing.T) {
	t.Parallel()
	keys := filepath.Join(t.TempDir(), "keys")
	key := func(flags ...string) string {
		out, errs, code := newsgraph(t, "", append([]string{"keys", "add", "--keys", keys}, flags...)...)
		if code != 0 {
			t.Fatal(errs)
		}
		return strings.TrimSpace(out)
	}
	known, often := key("ana"), key("bob", "--per-minute", "2") // one to connect, one to ask
	url := strings.Replace(serving(t, "serve", "--addr", "127.0.0.1:0", "--store", filled(t), "--keys", keys), "http", "ws", 1) + "/graphql"
	said := func(payload string, header http.Header) (string, error) {
		c, _, err := websocket.Dial(t.Context(), url, &websocket.DialOptions{Subprotocols: []string{"graphql-transport-ws"}, HTTPHeader: header}) //nolint:bodyclose // the library closes it
		if err != nil {
			return "", err
		}
		defer c.CloseNow()
		for _, m := range []string{`{"type": "connection_init"` + payload + `}`, `{"type": "subscribe", "id": "1", "payload": {"query": "{ stories { edges { node { id } } } }"}}`} {
			if err := c.Write(t.Context(), websocket.MessageText, []byte(m)); err != nil {
				return "", err
			}
		}
		for {
			_, data, err := c.Read(t.Context())
			if err != nil || strings.Contains(string(data), `"next"`) {
				return string(data), err
			}
		}
	}
	for _, payload := range []string{`, "payload": {"authorization": "Bearer ` + known + `"}`, `, "payload": {"Authorization": "bearer ` + known + `"}`, `, "payload": {"authorization": "Bearer ` + often + `"}`} {
		if data, err := said(payload, nil); err != nil || !strings.Contains(data, "story:") {
			t.Errorf("with a key: %s, %v", data, err)
		}
	}
	if data, err := said("", http.Header{"Authorization": {"Bearer " + known}}); err != nil || !strings.Contains(data, "story:") {
		t.Errorf("with a header: %s, %v", data, err)
	}
	for payload, says := range map[string]string{
		"":                                  "connection_init",
		`, "payload": {"authorization": 5}`: "connection_init",
		`, "payload": {"authorization": "` + known + `"}`:        "connection_init",
		`, "payload": {"authorization": "Bearer wrong"}`:         "not known",
		`, "payload": {"authorization": "Bearer ` + often + `"}`: "wait",
	} {
		data, err := said(payload, nil)
		var closed websocket.CloseError
		if !errors.As(err, &closed) || closed.Code != 4403 || !strings.Contains(closed.Reason, says) {
			t.Errorf("%s: %s %v, want a close with 4403 that says %s", payload, data, err, says)
		}
	}
	if _, err := said("", http.Header{"Authorization": {"Bearer wrong"}}); err == nil || !strings.Contains(err.Error(), "401") {
		t.Errorf("a wrong header: %v", err)
	}
	if _, errs, code := newsgraph(t, "", "keys", "revoke", "ana", "--keys", keys); code != 0 {
		t.Fatal(errs)
	}
	time.Sleep(2 * time.Second) // the file is looked at once a second
	if _, err := said(`, "payload": {"authorization": "Bearer `+known+`"}`, nil); websocket.CloseStatus(err) != 4403 {
		t.Errorf("a revoked key: %v", err)
	}
}

// scoped is what a key of a scope, new in a file of keys, is sent as.
func scoped(t *testing.T, keys, name, scope string) string {
	t.Helper()
	out, errs, code := newsgraph(t, "", "keys", "add", name, "--scope", scope, "--keys", keys)
	if code != 0 {
		t.Fatal(errs)
	}
	return "Bearer " + strings.TrimSpace(out)
}

// A key of scope curate corrects, in its own name; another is told which scope it lacks. Without keys, who started the server says whether it may be.
func TestCurate(t *testing.T) {
	t.Parallel()
	file, keys := filled(t), filepath.Join(t.TempDir(), "keys")
	reads, loads, curates := scoped(t, keys, "rea", "read"), scoped(t, keys, "lou", "load"), scoped(t, keys, "ada", "curate")
	if _, errs, code := newsgraph(t, "", "serve", "--addr", "127.0.0.1:0", "--store", file, "--keys", keys, "--curate"); code != 2 || !strings.Contains(errs, "give one of the two") {
		t.Errorf("keys and --curate: %d %s", code, errs)
	}
	const rename = `mutation { correctRename(id: "state:TD", name: "Tchad", because: "its own name", by: "Ada Smith") { stories correction { by } } }`
	url := serving(t, "serve", "--addr", "127.0.0.1:0", "--store", file, "--keys", keys) + "/graphql"
	for _, without := range []string{reads, loads} {
		if _, body := gotFor(t, url, without, rename); !strings.Contains(body, `"FORBIDDEN"`) || !strings.Contains(body, "curate") || strings.Contains(body, "stories") {
			t.Errorf("a key without the scope: %s", body)
		}
	}
	if status, body := gotFor(t, url, "", rename); status != http.StatusUnauthorized {
		t.Errorf("without a key: %d %s", status, body)
	}
	if _, body := gotFor(t, url, curates, rename); !strings.Contains(body, `{"stories":1,"correction":{"by":"Ada Smith (key ada)"}}`) {
		t.Errorf("a key with the scope: %s", body)
	}
	if _, codes := ask(t, serving(t, "serve", "--addr", "127.0.0.1:0", "--store", file), rename); len(codes) == 0 {
		t.Error("a server without keys and --curate corrects")
	}
	if data, codes := ask(t, serving(t, "serve", "--addr", "127.0.0.1:0", "--store", file, "--curate"), strings.Replace(rename, "Tchad", "Chad again", 1)); len(codes) > 0 || !strings.Contains(string(data), `"by":"Ada Smith"`) {
		t.Errorf("a server with --curate: %s %v", data, codes)
	}
}

// A key of scope load loads and removes stories, and another is told which scope it lacks; without keys it is for who started the server to let users load.
func TestLoadScope(t *testing.T) {
	t.Parallel()
	file, keys := filled(t), filepath.Join(t.TempDir(), "keys")
	reads, loads, curates := scoped(t, keys, "rea", "read"), scoped(t, keys, "lou", "load"), scoped(t, keys, "ada", "curate")
	const load = `mutation { loadStory(input: {headline: "Lima", text: "Peru thanked Chile on Monday.", published: "2024-05-08"}) { added story { id reports { edges { node { event { title when { from } } } } } } } }`
	url := serving(t, "serve", "--addr", "127.0.0.1:0", "--store", file, "--keys", keys) + "/graphql"
	for _, without := range []string{reads, curates} {
		if _, body := gotFor(t, url, without, load); !strings.Contains(body, `"FORBIDDEN"`) || !strings.Contains(body, "loading needs load") {
			t.Errorf("a key without the scope: %s", body)
		}
	}
	_, body := gotFor(t, url, loads, load)
	if !strings.Contains(body, `"added":true`) || !strings.Contains(body, `{"title":"Peru thanked Chile","when":{"from":"2024-05-06"}}`) {
		t.Fatalf("a key with the scope: %s", body)
	}
	id := regexp.MustCompile(`story:[0-9a-f]+`).FindString(body)
	if _, body := gotFor(t, url, loads, `mutation { loadStory(input: {text: "El presidente de la república no quiso hablar con los periodistas que lo esperaban a la salida."}) { added } }`); !strings.Contains(body, `"BAD_USER_INPUT"`) || !strings.Contains(body, "input: the story is refused: the text is Spanish") || strings.Contains(body, "--") {
		t.Errorf("a text that is not English: %s", body)
	}
	remove := fmt.Sprintf(`mutation { removeStory(id: %q) { removed } }`, id)
	if _, body := gotFor(t, url, reads, remove); !strings.Contains(body, `"FORBIDDEN"`) {
		t.Errorf("a key without the scope removes: %s", body)
	}
	if _, body := gotFor(t, url, loads, remove); !strings.Contains(body, `{"removeStory":{"removed":"`+id+`"}}`) {
		t.Errorf("a key with the scope: %s", body)
	}
	for _, with := range [][]string{{"--keys", keys}, {"--cors", "https://app.example.org"}, {"--addr", "0.0.0.0:0", "--open"}} {
		if _, errs, code := newsgraph(t, "", append([]string{"serve", "--addr", "127.0.0.1:0", "--store", file, "--load"}, with...)...); code != 2 || !strings.Contains(errs, "--load lets") {
			t.Errorf("%s and --load: %d %s", with, code, errs)
		}
	}
}

// A server takes tokens of an issuer beside keys: their scopes hold, and their subject is who corrects and asks.
func TestJWKS(t *testing.T) {
	t.Parallel()
	file := filled(t)
	public, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	jwks := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/jwks" {
			http.NotFound(w, r)
			return
		}
		fmt.Fprintf(w, `{"keys": [{"kty": "OKP", "crv": "Ed25519", "kid": "1", "use": "sig", "alg": "EdDSA", "x": %q}]}`, base64.RawURLEncoding.EncodeToString(public))
	}))
	defer jwks.Close()
	token := func(scope, audience string) string {
		token := jwt.NewWithClaims(jwt.SigningMethodEdDSA, jwt.MapClaims{"iss": "https://id.example.org", "aud": audience, "sub": "ada-7", "scope": scope, "exp": time.Now().Add(time.Hour).Unix()})
		token.Header["kid"] = "1"
		text, err := token.SignedString(private)
		if err != nil {
			t.Fatal(err)
		}
		return "Bearer " + text
	}
	serve := []string{"serve", "--addr", "127.0.0.1:0", "--store", file}
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"--jwks", jwks.URL + "/jwks"}, "--allow-private"},
		{[]string{"--jwks", strings.Replace(jwks.URL, "http:", "https:", 1) + "/jwks"}, "--allow-private"},
		{[]string{"--jwks", jwks.URL + "/none", "--allow-private"}, "404"},
		{[]string{"--jwks", "file:///jwks.json"}, "write https://"},
		{[]string{"--jwks", "https://id.example.org/jwks", "--open"}, "give one of them"},
		{[]string{"--jwks", "https://id.example.org/jwks", "--curate"}, "give one of the two"},
		{[]string{"--jwt-audience", "newsgraph"}, "give --jwks"},
	} {
		if _, errs, code := newsgraph(t, "", append(serve, c.args...)...); code == 0 || !strings.Contains(errs, c.want) {
			t.Errorf("%q: %d %s, want %s", c.args, code, errs, c.want)
		}
	}
	keys := filepath.Join(t.TempDir(), "keys")
	key, errs, code := newsgraph(t, "", "keys", "add", "rea", "--keys", keys)
	if code != 0 {
		t.Fatal(errs)
	}
	c := exec.CommandContext(t.Context(), program, append(serve, "--keys", keys, "--jwks", jwks.URL+"/jwks", "--allow-private", "--jwt-issuer", "https://id.example.org", "--jwt-audience", "newsgraph", "--log-requests")...)
	var log written
	c.Stderr = &log
	url := started(t, c) + "/graphql"
	for _, authorization := range []string{token("read", "newsgraph"), "Bearer " + strings.TrimSpace(key)} {
		if status, body := got(t, url, authorization); status != http.StatusOK || !strings.Contains(body, "story:") {
			t.Errorf("let in: %d %s", status, body)
		}
	}
	if status, body := got(t, url, token("read", "another")); status != http.StatusUnauthorized || !strings.Contains(body, "UNAUTHENTICATED") || !strings.Contains(body, "not for newsgraph") {
		t.Errorf("for another: %d %s", status, body)
	}
	if status, body := got(t, url, token("email", "newsgraph")); status != http.StatusForbidden || !strings.Contains(body, "FORBIDDEN") {
		t.Errorf("without a scope: %d %s", status, body)
	}
	const rename = `mutation { correctRename(id: "state:TD", name: "Tchad", because: "its own name", by: "Ada Smith") { stories correction { by } } }`
	if _, body := gotFor(t, url, token("load", "newsgraph"), rename); !strings.Contains(body, `"FORBIDDEN"`) || !strings.Contains(body, "the token's issuer") {
		t.Errorf("without the scope: %s", body)
	}
	if _, body := gotFor(t, url, token("read curate", "newsgraph"), rename); !strings.Contains(body, `{"stories":1,"correction":{"by":"Ada Smith (token ada-7)"}}`) {
		t.Errorf("with the scope: %s", body)
	}
	for _, want := range []string{
		`msg=answered operation=Ask .* store_calls=[1-9]\d* store_ms=[\d.]+ .*request=asked-by-a-test token=ada-7`, `msg=answered .*key=rea`,
		`time=\S+ level=INFO msg=mutation mutation=correctRename .*Tchad.* outcome=FORBIDDEN request=asked-by-a-test token=ada-7`,
		`time=\S+ level=INFO msg=mutation mutation=correctRename .*Tchad.* outcome=done request=asked-by-a-test token=ada-7`,
	} {
		if !log.has(regexp.MustCompile(want)) {
			t.Errorf("no %s in the log: %s", want, log.String())
		}
	}
}

// written is what a program writes while it runs.
type written struct {
	lock sync.Mutex
	text bytes.Buffer
}

func (l *written) Write(p []byte) (int, error) {
	l.lock.Lock()
	defer l.lock.Unlock()
	return l.text.Write(p)
}

func (l *written) String() string {
	l.lock.Lock()
	defer l.lock.Unlock()
	return l.text.String()
}

// has tells whether it was written, or is within ten seconds: a client may have its answer before the pipe brings the line about it.
func (l *written) has(what *regexp.Regexp) bool {
	for until := time.Now().Add(10 * time.Second); time.Now().Before(until); time.Sleep(10 * time.Millisecond) {
		if what.MatchString(l.String()) {
			return true
		}
	}
	return false
}

// What was answered is counted for Prometheus, and docs/grafana.json asks for nothing that is not.
func TestMetrics(t *testing.T) {
	t.Parallel()
	url := serving(t, "serve", "--addr", "127.0.0.1:0", "--store", filled(t))
	if status, body := got(t, url+"/graphql", ""); status != http.StatusOK || !strings.Contains(body, "story:") {
		t.Fatal(body)
	}
	a, err := http.Get(url + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	defer a.Body.Close()
	body, err := io.ReadAll(a.Body)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`newsgraph_answers_total{status="200",type="query"} 1`, `newsgraph_query_cost_count 1`, `newsgraph_store_seconds_count{type="query"} 1`, `newsgraph_store_calls_total 1`, "newsgraph_info{reader=", "go_goroutines "} {
		if !strings.Contains(string(body), want) {
			t.Errorf("no %s in\n%s", want, body)
		}
	}
	dashboard, err := os.ReadFile(filepath.Join("..", "..", "docs", "grafana.json"))
	if err != nil {
		t.Fatal(err)
	}
	if !json.Valid(dashboard) {
		t.Error("docs/grafana.json is no JSON")
	}
	asks := regexp.MustCompile(`(?:newsgraph|process)_[a-z_]+`).FindAllString(string(dashboard), -1)
	if len(asks) < 7 {
		t.Errorf("docs/grafana.json asks for %q alone", asks)
	}
	for _, name := range asks {
		if !regexp.MustCompile(`(?m)^`+name+`[{ ]`).Match(body) && name != "newsgraph_errors_total" { // no query has failed
			t.Errorf("docs/grafana.json asks for %s, which is not there", name)
		}
	}
}

// Flags come from a file where neither the command line nor the environment says them, and what is no flag is refused.
func TestConfig(t *testing.T) {
	file := filepath.Join(t.TempDir(), "config.json")
	for _, c := range []struct {
		config string
		env    string
		args   []string
		want   string
	}{
		{`{"store": "sqlite:none.db"}`, "", []string{"export"}, "there is no store at none.db"},
		{`{"store": "sqlite:none.db", "export": {"store": "sqlite:other.db"}}`, "", []string{"export"}, "there is no store at other.db"},
		{`{"store": "sqlite:none.db"}`, "sqlite:env.db", []string{"export"}, "there is no store at env.db"},
		{`{"store": "sqlite:none.db"}`, "sqlite:env.db", []string{"export", "--store", "sqlite:args.db"}, "there is no store at args.db"},
		{`{"serve": {"addr": "0.0.0.0:9000"}}`, "", []string{"serve"}, "others reach 0.0.0.0:9000 too"},
		{`{"serve": {"cors": ["https://app.example.org", "nothing"]}}`, "", []string{"serve"}, `"nothing" is no origin`},
		{`{"keys": {"add": {"per-minute": -1}}}`, "", []string{"keys", "add", "ana"}, "limit below 0"},
		{`{"serve": {"adr": "127.0.0.1:1"}}`, "", []string{"serve"}, "newsgraph serve has no flag --adr"},
		{`{"server": {"addr": "127.0.0.1:1"}}`, "", []string{"serve"}, "there is no command server"},
		{`{"serve": {"tls-key": "key.pem"}}`, "", []string{"serve"}, "--tls-cert and --tls-key go together"},
		{`store: none.db`, "", []string{"export"}, "no JSON object"},
		{`{} {}`, "", []string{"export"}, "more than one JSON value"},
	} {
		t.Run(c.config, func(t *testing.T) {
			if err := os.WriteFile(file, []byte(c.config), 0o600); err != nil {
				t.Fatal(err)
			}
			if c.env != "" {
				t.Setenv("NEWSGRAPH_STORE", c.env)
			}
			if _, errs, code := newsgraph(t, "", append([]string{"--config", file}, c.args...)...); code == 0 || !strings.Contains(errs, c.want) {
				t.Errorf("%q: %d %s, want %s", c.args, code, errs, c.want)
			}
		})
	}
}

// A server that takes no stories and no corrections tells how one that does is started.
func TestUnserved(t *testing.T) {
	t.Parallel()
	url := serving(t, "serve", "--addr", "127.0.0.1:0", "--store", filled(t))
	for mutation, says := range map[string]string{
		`loadStory(input: {text: "Norway condemned Chad."}) { story { id } }`: "newsgraph serve --load",
		`removeStory(id: "story:0") { removed }`:                              "a key of scope load",
		`correctHide(input: {ids: ["event:0"]}) { x }`:                        "newsgraph serve --curate",
	} {
		if body := said(t, url, "", "mutation { "+mutation+" }"); !strings.Contains(body, says) || !strings.Contains(body, "GRAPHQL_VALIDATION_FAILED") {
			t.Errorf("%s: %s", mutation, body)
		}
	}
}

// With a manifest of queries, these are answered and nothing else is served.
func TestQueries(t *testing.T) {
	t.Parallel()
	file, queries := filled(t), filepath.Join(t.TempDir(), "queries.json")
	if _, errs, code := newsgraph(t, "", "serve", "--addr", "127.0.0.1:0", "--store", file, "--queries", queries); code != 2 || !strings.Contains(errs, "--queries") {
		t.Errorf("no manifest: %d %s", code, errs)
	}
	if err := os.WriteFile(queries, []byte(`{"1": "{ __typename }"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	url := serving(t, "serve", "--addr", "127.0.0.1:0", "--store", file, "--queries", queries)
	if _, body := got(t, url+"/graphql", ""); !strings.Contains(body, "QUERY_NOT_ALLOWED") {
		t.Errorf("a query that is not of the manifest: %s", body)
	}
	for path, want := range map[string]int{"/": 404, "/graphql?query=%7B%20__typename%20%7D": 200, "/graphql?documentId=1": 200} {
		a, err := http.Get(url + path)
		if err != nil {
			t.Fatal(err)
		}
		a.Body.Close()
		if a.StatusCode != want {
			t.Errorf("%s: %d, want %d", path, a.StatusCode, want)
		}
	}
}
