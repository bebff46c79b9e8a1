package access

import (
	"bytes"
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/MicahParks/jwkset"
	"github.com/golang-jwt/jwt/v5"
)

// issuing is an issuer of tokens with a real server of its keys.
type issuing struct {
	t      *testing.T
	server *httptest.Server

	lock    sync.Mutex
	set     []jwkset.JWKMarshal
	down    bool
	fetched int
}

func issue(t *testing.T) *issuing {
	i := &issuing{t: t}
	i.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		i.lock.Lock()
		defer i.lock.Unlock()
		i.fetched++
		if i.down {
			http.Error(w, "down", http.StatusServiceUnavailable)
			return
		}
		if err := json.NewEncoder(w).Encode(map[string]any{"keys": i.set}); err != nil {
			t.Error(err)
		}
	}))
	t.Cleanup(i.server.Close)
	return i
}

func (i *issuing) fetch(ctx context.Context) ([]byte, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, i.server.URL, nil)
	if err != nil {
		return nil, err
	}
	a, err := http.DefaultClient.Do(r)
	if err != nil {
		return nil, err
	}
	defer a.Body.Close()
	if a.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("status %d", a.StatusCode)
	}
	return io.ReadAll(a.Body)
}

// publish adds a key to the set.
func (i *issuing) publish(id string, key any) {
	i.t.Helper()
	k, err := jwkset.NewJWKFromKey(key, jwkset.JWKOptions{Marshal: jwkset.JWKMarshalOptions{Private: true}, Metadata: jwkset.JWKMetadataOptions{KID: id}})
	if err != nil {
		i.t.Fatal(err)
	}
	i.lock.Lock()
	defer i.lock.Unlock()
	i.set = append(i.set, k.Marshal())
}

func (i *issuing) change(down bool) (fetched int) {
	i.lock.Lock()
	defer i.lock.Unlock()
	i.down = down
	return i.fetched
}

// signed is a token.
func signed(t *testing.T, method jwt.SigningMethod, id string, key any, claims jwt.MapClaims, header ...string) string {
	t.Helper()
	token := jwt.NewWithClaims(method, claims)
	if id != "" {
		token.Header["kid"] = id
	}
	for _, name := range header {
		token.Header[name] = []string{"b64"}
	}
	text, err := token.SignedString(key)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func made[K any](t *testing.T) func(K, error) K {
	return func(k K, err error) K {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return k
	}
}

func TestTokens(t *testing.T) {
	i := issue(t)
	rs, small, another := made[*rsa.PrivateKey](t)(rsa.GenerateKey(rand.Reader, 2048)), made[*rsa.PrivateKey](t)(rsa.GenerateKey(rand.Reader, 1024)), made[*rsa.PrivateKey](t)(rsa.GenerateKey(rand.Reader, 2048))
	es := made[*ecdsa.PrivateKey](t)(ecdsa.GenerateKey(elliptic.P256(), rand.Reader))
	_, ed, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	secret := []byte("a secret that is shared, of 32 b")
	for id, key := range map[string]crypto.PublicKey{"rs": rs.Public(), "small": small.Public(), "es": es.Public(), "ed": ed.Public()} {
		i.publish(id, key)
	}
	i.publish("hs", secret)
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	tokens := func(name, audience string) *Tokens {
		tokens, err := NewTokens(t.Context(), Issuer{Name: name, Audience: audience, Fetch: i.fetch}, slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		tokens.now = func() time.Time { return now }
		tokens.fetched = now
		return tokens
	}
	keys := filepath.Join(t.TempDir(), "keys")
	key := added(t, keys, Key{Name: "ana", Scopes: []Scope{Read}})
	checked := tokens("https://id.example.org", "newsgraph")
	g, err := NewGuard(keys, checked, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	with := func(change jwt.MapClaims) jwt.MapClaims {
		c := jwt.MapClaims{"iss": "https://id.example.org", "aud": []string{"other", "newsgraph"}, "sub": "user|7", "exp": now.Add(time.Hour).Unix(), "scope": "openid read"}
		for name, value := range change {
			if c[name] = value; value == nil {
				delete(c, name)
			}
		}
		return c
	}
	const in, unauthenticated = "user|7", "UNAUTHENTICATED"
	public, err := jwkset.NewJWKFromKey(rs.Public(), jwkset.JWKOptions{})
	if err != nil {
		t.Fatal(err)
	}
	modulus := []byte(public.Marshal().N)
	rsaToken := signed(t, jwt.SigningMethodRS256, "rs", rs, with(nil))
	part := strings.Split(rsaToken, ".")
	for _, test := range []struct{ name, token, want string }{
		{"RS256", rsaToken, in},
		{"ES256", signed(t, jwt.SigningMethodES256, "es", es, with(nil)), in},
		{"EdDSA", signed(t, jwt.SigningMethodEdDSA, "ed", ed, with(nil)), in},
		{"a key of the file", key, "ana"},
		{"no kid", signed(t, jwt.SigningMethodES256, "", es, with(nil)), in},
		{"scp, a list", signed(t, jwt.SigningMethodES256, "es", es, with(jwt.MapClaims{"scope": nil, "scp": []string{"curate"}})), in},
		{"scp, a text", signed(t, jwt.SigningMethodES256, "es", es, with(jwt.MapClaims{"scope": nil, "scp": "a load"})), in},
		{"no scope of ours", signed(t, jwt.SigningMethodES256, "es", es, with(jwt.MapClaims{"scope": "openid readers read:all"})), "FORBIDDEN"},
		{"no scope", signed(t, jwt.SigningMethodES256, "es", es, with(jwt.MapClaims{"scope": nil})), "FORBIDDEN"},
		{"ended just now", signed(t, jwt.SigningMethodES256, "es", es, with(jwt.MapClaims{"exp": now.Add(-20 * time.Second).Unix()})), in},
		{"ended", signed(t, jwt.SigningMethodES256, "es", es, with(jwt.MapClaims{"exp": now.Add(-40 * time.Second).Unix()})), unauthenticated},
		{"without end", signed(t, jwt.SigningMethodES256, "es", es, with(jwt.MapClaims{"exp": nil})), unauthenticated},
		{"not yet, but nearly", signed(t, jwt.SigningMethodES256, "es", es, with(jwt.MapClaims{"nbf": now.Add(20 * time.Second).Unix()})), in},
		{"not yet", signed(t, jwt.SigningMethodES256, "es", es, with(jwt.MapClaims{"nbf": now.Add(40 * time.Second).Unix()})), unauthenticated},
		{"another issuer", signed(t, jwt.SigningMethodES256, "es", es, with(jwt.MapClaims{"iss": "https://id.example.org/"})), unauthenticated},
		{"no issuer", signed(t, jwt.SigningMethodES256, "es", es, with(jwt.MapClaims{"iss": nil})), unauthenticated},
		{"another audience", signed(t, jwt.SigningMethodES256, "es", es, with(jwt.MapClaims{"aud": "other"})), unauthenticated},
		{"no audience", signed(t, jwt.SigningMethodES256, "es", es, with(jwt.MapClaims{"aud": nil})), unauthenticated},
		{"no subject", signed(t, jwt.SigningMethodES256, "es", es, with(jwt.MapClaims{"sub": nil})), unauthenticated},
		{"a subject that forges lines", signed(t, jwt.SigningMethodES256, "es", es, with(jwt.MapClaims{"sub": "ada\nanswered"})), unauthenticated},
		{"none", signed(t, jwt.SigningMethodNone, "rs", jwt.UnsafeAllowNoneSignatureType, with(nil)), unauthenticated},
		{"HS256 by the published secret", signed(t, jwt.SigningMethodHS256, "hs", secret, with(nil)), unauthenticated},
		{"HS256 by the public key", signed(t, jwt.SigningMethodHS256, "rs", modulus, with(nil)), unauthenticated},
		{"PS256", signed(t, jwt.SigningMethodPS256, "rs", rs, with(nil)), unauthenticated},
		{"RS512", signed(t, jwt.SigningMethodRS512, "rs", rs, with(nil)), unauthenticated},
		{"RS256 of few bits", signed(t, jwt.SigningMethodRS256, "small", small, with(nil)), unauthenticated},
		{"another's key under the name", signed(t, jwt.SigningMethodRS256, "rs", another, with(nil)), unauthenticated},
		{"the name of a key of another kind", signed(t, jwt.SigningMethodES256, "rs", es, with(nil)), unauthenticated},
		{"an extension", signed(t, jwt.SigningMethodES256, "es", es, with(nil), "crit"), unauthenticated},
		{"claims changed", part[0] + "." + strings.Split(signed(t, jwt.SigningMethodES256, "es", es, with(jwt.MapClaims{"sub": "root"})), ".")[1] + "." + part[2], unauthenticated},
		{"no signature", part[0] + "." + part[1] + ".", unauthenticated},
		{"no token", "a.b.c", unauthenticated},
		{"long", rsaToken + strings.Repeat("A", 9<<10), unauthenticated},
	} {
		t.Run(test.name, func(t *testing.T) {
			if status, got := asked(t, g, "Bearer "+test.token); got != test.want {
				t.Errorf("%d %s, want %s", status, got, test.want)
			}
		})
	}
	// Without names to check, those of the token are anybody's.
	if _, err := tokens("", "").Check(t.Context(), signed(t, jwt.SigningMethodES256, "es", es, with(jwt.MapClaims{"iss": "x", "aud": nil}))); err != nil {
		t.Error(err)
	}
	c, err := checked.Check(t.Context(), signed(t, jwt.SigningMethodES256, "es", es, with(jwt.MapClaims{"scope": "curate", "scp": []string{"load", "curate"}})))
	if err != nil || fmt.Sprint(c.Scopes) != "[load curate]" || c.String() != "token user|7" {
		t.Errorf("%v %v", c, err)
	}
	// What is wrong is in the header too.
	for token, want := range map[string]string{
		"":                            `Bearer realm="newsgraph"`,
		part[0] + "." + part[1] + ".": `error="invalid_token", error_description="its signature`,
		signed(t, jwt.SigningMethodES256, "es", es, with(jwt.MapClaims{"scope": ""})): `error="insufficient_scope", scope="read"`,
	} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/graphql", nil)
		if token != "" {
			r.Header.Set("Authorization", "Bearer "+token)
		}
		w := httptest.NewRecorder()
		g.Handler(http.NotFoundHandler(), "/graphql", func(http.ResponseWriter, *http.Request) {}).ServeHTTP(w, r)
		if got := w.Header().Get("WWW-Authenticate"); !strings.Contains(got, want) {
			t.Errorf("%.10q: %s, want %s", token, got, want)
		}
	}
}

// An unknown key has the set fetched again, at most once a minute; keys that were taken back end; while the server is down, the known ones hold.
func TestRotation(t *testing.T) {
	i := issue(t)
	first, second := made[*ecdsa.PrivateKey](t)(ecdsa.GenerateKey(elliptic.P256(), rand.Reader)), made[*ecdsa.PrivateKey](t)(ecdsa.GenerateKey(elliptic.P256(), rand.Reader))
	i.publish("1", first.Public())
	now := time.Now()
	var log bytes.Buffer
	tokens, err := NewTokens(t.Context(), Issuer{Fetch: i.fetch}, slog.New(slog.NewTextHandler(&log, nil)))
	if err != nil {
		t.Fatal(err)
	}
	tokens.now = func() time.Time { return now }
	see := func(id string, key crypto.Signer, well bool, fetched int) {
		t.Helper()
		token := signed(t, jwt.SigningMethodES256, id, key, jwt.MapClaims{"sub": "ada", "exp": now.Add(time.Hour).Unix(), "scope": "read"})
		_, err := tokens.Check(t.Context(), token)
		tokens.turn <- struct{}{} // What is fetched meanwhile has been.
		<-tokens.turn
		if n := i.change(i.down); (err == nil) != well || n != fetched {
			t.Errorf("key %s: %v, and %d fetched, want %t and %d", id, err, n, well, fetched)
		}
	}
	see("1", first, true, 1)
	i.publish("2", second.Public())
	see("2", second, false, 1) // Within a minute of the last.
	now = now.Add(2 * time.Minute)
	see("2", second, true, 2)
	for range 5 {
		see("3", second, false, 2)
	}
	i.change(true)
	now = now.Add(2 * time.Minute)
	see("3", second, false, 3)
	if !strings.Contains(log.String(), "the former ones hold") {
		t.Errorf("the log does not tell: %s", log.String())
	}
	now = now.Add(time.Hour)
	see("1", first, true, 4)
	see("2", second, true, 4)
	i.change(false)
	i.lock.Lock()
	i.set = i.set[1:]
	i.lock.Unlock()
	now = now.Add(time.Hour)
	see("1", first, true, 5) // by the former set, while the new one comes
	see("1", first, false, 5)
	see("2", second, true, 5)
	if _, err := NewTokens(t.Context(), Issuer{Fetch: func(context.Context) ([]byte, error) { return []byte(`{"keys": []}`), nil }}, slog.New(slog.DiscardHandler)); err == nil {
		t.Error("no keys are taken for keys")
	}
}
