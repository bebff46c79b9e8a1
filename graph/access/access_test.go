package access

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// added makes a key in the file.
func added(t *testing.T, path string, record Key) string {
	t.Helper()
	key, record, err := Make(record)
	if err != nil {
		t.Fatal(err)
	}
	if err := Add(path, record); err != nil {
		t.Fatal(err)
	}
	return key
}

// asked is the status and the code that a guard answers to a header Authorization.
func asked(t *testing.T, g *Guard, authorization string) (int, string) {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/graphql", nil)
	if authorization != "" {
		r.Header.Set("Authorization", authorization)
	}
	w := httptest.NewRecorder()
	g.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		k, ok := Of(r.Context())
		if !ok {
			t.Error("let in without a key")
		}
		w.Write([]byte(k.Name))
	}), "/graphql", func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Access-Control-Allow-Origin", "*") }).ServeHTTP(w, r)
	if shared := w.Header().Get("Access-Control-Allow-Origin") == "*"; shared == (w.Code == http.StatusOK) {
		t.Errorf("%d: refusing was called: %v", w.Code, shared)
	}
	if w.Code == http.StatusOK {
		return w.Code, w.Body.String()
	}
	var answer struct {
		Errors []struct {
			Message    string
			Extensions struct{ Code string }
		}
	}
	if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil || len(answer.Errors) != 1 || answer.Errors[0].Message == "" {
		t.Fatalf("%d %s: no answer that a client of GraphQL reads (%v)", w.Code, w.Body, err)
	}
	return w.Code, answer.Errors[0].Extensions.Code
}

func TestGuard(t *testing.T) {
	path := filepath.Join(t.TempDir(), "keys")
	day := 24 * time.Hour
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	ana := added(t, path, Key{Name: "ana", Scopes: []Scope{Curate}})
	bo := added(t, path, Key{Name: "bo", Scopes: []Scope{Read}, Expires: now.Add(day), Minute: 2})
	var log bytes.Buffer
	g, err := NewGuard(path, nil, slog.New(slog.NewTextHandler(&log, nil)))
	if err != nil {
		t.Fatal(err)
	}
	g.now = func() time.Time { return now }
	basic := func(key string) string {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil)
		r.SetBasicAuth("anybody", key)
		return r.Header.Get("Authorization")
	}
	see := func(authorization string, status int, want string) {
		t.Helper()
		if code, got := asked(t, g, authorization); code != status || got != want {
			t.Errorf("%.20q at %v: %d %s, want %d %s", authorization, now, code, got, status, want)
		}
	}
	see("Bearer "+ana, http.StatusOK, "ana")
	see("bearer "+ana, http.StatusOK, "ana")
	see(basic(ana), http.StatusOK, "ana")
	see("", http.StatusUnauthorized, "UNAUTHENTICATED")
	see("Bearer ", http.StatusUnauthorized, "UNAUTHENTICATED")
	see("Bearer "+ana[:len(ana)-1], http.StatusUnauthorized, "UNAUTHENTICATED")
	see("Bearer "+hashOf(ana), http.StatusUnauthorized, "UNAUTHENTICATED")

	see("Bearer "+bo, http.StatusOK, "bo")
	see("Bearer "+bo, http.StatusOK, "bo")
	see("Bearer "+bo, http.StatusTooManyRequests, "TOO_MANY_REQUESTS")
	now = now.Add(31 * time.Second)
	see("Bearer "+bo, http.StatusOK, "bo")
	now = now.Add(day)
	see("Bearer "+bo, http.StatusUnauthorized, "UNAUTHENTICATED")

	// What the file says now holds, and while it says nothing that can be read, what it said.
	if err := os.WriteFile(path+".bad", []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	good, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	now = now.Add(time.Second)
	see("Bearer "+ana, http.StatusOK, "ana")
	if !strings.Contains(log.String(), "keys cannot be read") {
		t.Errorf("the log does not tell: %s", log.String())
	}
	if err := os.WriteFile(path, good, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := Revoke(path, "ana"); err != nil {
		t.Fatal(err)
	}
	now = now.Add(time.Second)
	see("Bearer "+ana, http.StatusUnauthorized, "UNAUTHENTICATED")
}

func TestScopes(t *testing.T) {
	for _, scopes := range [][]Scope{{Read}, {Load}, {Curate}, {Load, Curate}} {
		k := Caller{Scopes: scopes}
		for _, asked := range Scopes() {
			want := asked == Read
			for _, s := range scopes {
				want = want || s == asked
			}
			if k.May(asked) != want {
				t.Errorf("%v may %s: %v", scopes, asked, !want)
			}
		}
	}
	if (Caller{}).May(Read) {
		t.Error("a caller without scopes reads")
	}
}

// A file that is no file of keys is refused with its line, and one key is never there twice.
func TestFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "keys")
	added(t, path, Key{Name: "ana", Scopes: []Scope{Read}})
	line, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("others may read the file: %v %v", info.Mode(), err)
	}
	for text, want := range map[string]string{
		"\n{}\n":                           ":2: \"\" is no name of a key",
		`{"name":"a"}`:                     ":1: key a has no SHA-256",
		"[1]":                              ":1 is no key",
		string(line) + string(line):        ":2: key ana is there twice",
		`{"name":"a","password":"secret"}`: `unknown field "password"`,
		strings.Replace(string(line), `"read"`, `"all"`, 1): `"all" is no scope`,
		strings.Replace(string(line), `["read"]`, `[]`, 1):  "allows nothing",
		strings.Replace(string(line), `"ana"`, `"a b"`, 1):  "is no name of a key",
	} {
		if _, err := parse("keys", []byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
	_, again, err := Make(Key{Name: "ana", Scopes: []Scope{Read}})
	if err != nil {
		t.Fatal(err)
	}
	if err := Add(path, again); err == nil {
		t.Error("a name was given twice")
	}
	if err := Revoke(path, "bo"); err == nil {
		t.Error("a key that is not there was revoked")
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(`{"name":"a","sha256":"` + strings.Repeat("0", 64) + `","scopes":["read"],"created":"2026-01-01T00:00:00Z"}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		keys, err := parse("keys", data)
		if err != nil {
			return
		}
		path := filepath.Join(t.TempDir(), "keys")
		if err := write(path, keys); err != nil {
			t.Fatal(err)
		}
		again, err := ReadFile(path)
		if err != nil || len(again) != len(keys) {
			t.Errorf("%q is read, written and not read: %v", data, err)
		}
	})
}

// A WebSocket says its key after the handshake, at the one path where it is asked for; whatever only looks like one is refused as before.
func TestSockets(t *testing.T) {
	file := filepath.Join(t.TempDir(), "keys")
	secret := added(t, file, Key{Name: "ana", Scopes: []Scope{Read}})
	g, err := NewGuard(file, nil, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	var came context.Context
	h := g.Handler(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { came = r.Context() }), "/graphql", func(http.ResponseWriter, *http.Request) {})
	handshake := map[string]string{"Connection": "keep-alive, Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Protocol": "graphql-transport-ws"}
	ask := func(method, path string, without string) int {
		r := httptest.NewRequestWithContext(t.Context(), method, path, nil)
		for name, value := range handshake {
			if name != without {
				r.Header.Set(name, value)
			}
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w.Code
	}
	for _, wrong := range [][3]string{{"POST", "/graphql"}, {"GET", "/metrics"}, {"GET", "/"}, {"GET", "/graphql", "Upgrade"}, {"GET", "/graphql", "Connection"}, {"GET", "/graphql", "Sec-WebSocket-Protocol"}} {
		if status := ask(wrong[0], wrong[1], wrong[2]); status != http.StatusUnauthorized || came != nil {
			t.Errorf("%v: %d", wrong, status)
		}
	}
	if status := ask("GET", "/graphql", ""); status != http.StatusOK || came == nil {
		t.Fatalf("a handshake: %d", status)
	}
	for authorization, says := range map[string]string{"": "connection_init", "Bearer": "connection_init", "Bearer x": "not known", "Bearer a.b.c": "not known", secret: "connection_init"} {
		ctx, err := Enter(came, authorization)
		if err == nil || !strings.Contains(err.Error(), says) || len(err.Error()) > mostReason {
			t.Errorf("%q: %v, want %s", authorization, err, says)
		}
		if c, ok := Of(ctx); ok {
			t.Errorf("%q: let in as %s", authorization, c)
		}
	}
	ctx, err := Enter(came, "bearer "+secret)
	if c, ok := Of(ctx); err != nil || !ok || c.Name != "ana" {
		t.Errorf("with the key: %v, %v", c, err)
	}
	if ctx, err := Enter(t.Context(), ""); err != nil || ctx != t.Context() {
		t.Errorf("where nobody guards: %v", err)
	}
}
