package access

import (
	"bytes"
	"context"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Guard lets those in who have a key, as a bearer token or as the password of Basic authentication, by which browsers ask people for it, or a JSON
// Web Token in the place of one.
type Guard struct {
	path   string  // empty where there are no keys
	tokens *Tokens // nil where none are taken
	logger *slog.Logger
	now    func() time.Time

	lock    sync.Mutex
	written stamp
	looked  time.Time
	keys    []Key
	limits  map[string]*rate.Limiter // by hash
}

type stamp struct {
	at   time.Time
	size int64
}

// NewGuard reads the file, if a path is given, and returns a guard that follows its changes: a revoked key is refused within a second. While the file
// cannot be read, the keys last read hold. Tokens may be nil.
func NewGuard(path string, tokens *Tokens, logger *slog.Logger) (*Guard, error) {
	g := &Guard{path: path, tokens: tokens, logger: logger, now: time.Now, limits: map[string]*rate.Limiter{}}
	if path == "" {
		return g, nil
	}
	keys, err := ReadFile(path)
	if err != nil {
		return nil, err
	}
	g.keys, g.written = keys, g.stamp()
	return g, nil
}

func (g *Guard) stamp() stamp {
	info, err := os.Stat(g.path)
	if err != nil {
		return g.written
	}
	return stamp{info.ModTime(), info.Size()}
}

// known finds the key, and says how long to wait when it has asked too often. Unless asks, its holder asks nothing, which is not counted.
func (g *Guard) known(secret string, asks bool) (k Key, wait time.Duration, ok bool) {
	g.lock.Lock()
	defer g.lock.Unlock()
	now := g.now()
	if g.path != "" && now.Sub(g.looked) >= time.Second {
		g.looked = now
		if s := g.stamp(); s != g.written {
			keys, err := ReadFile(g.path)
			if err != nil {
				g.logger.Error("keys cannot be read; the former ones hold", "error", err)
			} else {
				g.keys, g.written = keys, s
			}
		}
	}
	hash := hashOf(secret)
	for _, k := range g.keys {
		if subtle.ConstantTimeCompare([]byte(k.Hash), []byte(hash)) == 0 {
			continue
		}
		if !k.Expires.IsZero() && !now.Before(k.Expires) {
			return Key{}, 0, false
		}
		if k.Minute == 0 || !asks {
			return k, 0, true
		}
		limit, made := g.limits[hash]
		if !made || limit.Burst() != k.Minute {
			limit = rate.NewLimiter(rate.Limit(float64(k.Minute)/60), k.Minute)
			g.limits[hash] = limit
		}
		r := limit.ReserveN(now, 1)
		if wait = r.DelayFrom(now); wait > 0 {
			r.CancelAt(now)
		}
		return k, wait, true
	}
	return Key{}, 0, false
}

// Handler answers requests with a key or a token by h, and others itself: 401 when there is none that is known, 403 when it allows nothing here, 429
// when it asks too often. Before it refuses one it calls refusing, which may add headers. At the path sockets, a WebSocket (graphql-transport-ws)
// without a key is let through to say it in its first message, as pages in browsers must: h MUST ask Enter before it answers anything over it.
func (g *Guard) Handler(h http.Handler, sockets string, refusing http.HandlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodOptions { // A browser asks without a key what it may send.
			h.ServeHTTP(w, r)
			return
		}
		secret := secretOf(r)
		if secret == "" && r.URL.Path == sockets && opensSocket(r) {
			h.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), guardKey{}, g)))
			return
		}
		c, no := g.admit(r.Context(), secret, true)
		if no == nil {
			h.ServeHTTP(w, r.WithContext(With(g.holding(r.Context(), secret), c)))
			return
		}
		refusing(w, r)
		switch no.status {
		case http.StatusUnauthorized:
			g.challenge(w, no.problem, no.why)
		case http.StatusForbidden:
			w.Header().Set("WWW-Authenticate", `Bearer realm="newsgraph", error="insufficient_scope", scope="read"`)
		case http.StatusTooManyRequests:
			w.Header().Set("Retry-After", strconv.Itoa(int(no.wait/time.Second)+1))
		}
		refuse(w, no.status, no.code, no.message)
	})
}

// refusal is why somebody is not let in.
type refusal struct {
	status        int
	code, message string
	problem, why  string // of a challenge
	wait          time.Duration
}

func (r *refusal) Error() string { return r.message }

// Code is what GraphQL has in extensions.code.
func (r *refusal) Code() string { return r.code }

// admit tells who brings a secret, to ask something or to be sure that it is still let in.
func (g *Guard) admit(ctx context.Context, secret string, asks bool) (Caller, *refusal) {
	if g.tokens != nil && strings.Count(secret, ".") == 2 { // No key has a dot.
		c, err := g.tokens.Check(ctx, secret)
		switch {
		case err != nil:
			why := g.tokens.why(err)
			return Caller{}, &refusal{status: http.StatusUnauthorized, code: "UNAUTHENTICATED", message: "this token is not taken: " + why, problem: "invalid_token", why: why}
		case len(c.Scopes) == 0:
			return Caller{}, &refusal{status: http.StatusForbidden, code: "FORBIDDEN", message: "this token has none of the scopes read, load and curate (claims scope, scp): ask its issuer for one"}
		}
		return c, nil
	}
	k, wait, ok := g.known(secret, asks)
	switch {
	case !ok && secret != "":
		return Caller{}, &refusal{status: http.StatusUnauthorized, code: "UNAUTHENTICATED", message: "this key is not known, was revoked or has ended: ask for a new one", problem: "invalid_token"}
	case !ok && g.path == "":
		return Caller{}, &refusal{status: http.StatusUnauthorized, code: "UNAUTHENTICATED", message: "this graph is for those who have a token of its issuer: send Authorization: Bearer TOKEN"}
	case !ok:
		return Caller{}, &refusal{status: http.StatusUnauthorized, code: "UNAUTHENTICATED", message: "this graph is for those who have a key: send Authorization: Bearer KEY, or the key as the password of Basic authentication"}
	case wait > 0:
		return Caller{}, &refusal{status: http.StatusTooManyRequests, code: "TOO_MANY_REQUESTS", message: "this key may ask " + strconv.Itoa(k.Minute) + " times a minute: wait as Retry-After says", wait: wait}
	}
	return Caller{Name: k.Name, By: ByKey, Scopes: k.Scopes}, nil
}

// opensSocket tells a WebSocket's opening handshake (RFC 6455, 4.2.1) of the one protocol in which a key can come first.
func opensSocket(r *http.Request) bool {
	has := func(header, token string) bool {
		for _, part := range strings.Split(strings.Join(r.Header.Values(header), ","), ",") {
			if strings.EqualFold(strings.TrimSpace(part), token) {
				return true
			}
		}
		return false
	}
	return r.Method == http.MethodGet && has("Connection", "upgrade") && has("Upgrade", "websocket") && has("Sec-WebSocket-Protocol", "graphql-transport-ws")
}

// guardKey is where a WebSocket that was let through without a key finds who looks at it.
type guardKey struct{}

// Enter looks at the key or token that a WebSocket says in its first message, as a header Authorization would. It changes nothing where nobody guards
// the graph, or the handshake brought a key. An error says in at most 123 bytes, which is what fits into the close of a WebSocket, why it is not
// let in.
func Enter(ctx context.Context, authorization string) (context.Context, error) {
	g, ok := ctx.Value(guardKey{}).(*Guard)
	if !ok {
		return ctx, nil
	}
	secret := secretOf(&http.Request{Header: http.Header{"Authorization": {authorization}}})
	c, no := g.admit(ctx, secret, true)
	switch {
	case no == nil:
		return With(g.holding(ctx, secret), c), nil
	case secret == "":
		return ctx, errors.New(`no key came: send {"authorization": "Bearer KEY"} as the payload of connection_init`)
	case no.wait > 0:
		return ctx, fmt.Errorf("this key may ask only so often: wait %d s", int(no.wait/time.Second)+1)
	case len(no.message) > mostReason:
		return ctx, errors.New("this token is not taken: ask its issuer for another")
	}
	return ctx, no
}

// passKey is where a connection that stays open finds by what its holder was let in.
type passKey struct{}

type pass struct {
	guard  *Guard
	secret string
}

func (g *Guard) holding(ctx context.Context, secret string) context.Context {
	return context.WithValue(ctx, passKey{}, pass{g, secret})
}

// Again looks once more at the key or token by which a connection was let in: a connection may outlive it. Where its holder asks something else over
// the connection, that counts as a request. It returns nil where nobody guards the graph, else an error with a Code.
func Again(ctx context.Context, asks bool) error {
	p, ok := ctx.Value(passKey{}).(pass)
	if !ok {
		return nil
	}
	_, no := p.guard.admit(ctx, p.secret, asks)
	switch {
	case no == nil:
		return nil
	case no.wait > 0: // A connection has no header Retry-After.
		return &refusal{code: no.code, message: fmt.Sprintf("this key may ask only so often: wait %d s", int(no.wait/time.Second)+1)}
	}
	return no
}

const mostReason = 123 // bytes of a close frame (RFC 6455, 5.5.1)

// challenge says how to ask (RFC 6750, 7617); problem is what was wrong with what came, empty if nothing did.
func (g *Guard) challenge(w http.ResponseWriter, problem, why string) {
	bearer := `Bearer realm="newsgraph"`
	if problem != "" {
		bearer += `, error="` + problem + `"`
	}
	if why != "" {
		bearer += `, error_description="` + strings.NewReplacer(`"`, "'", `\`, "/").Replace(why) + `"`
	}
	w.Header().Add("WWW-Authenticate", bearer)
	if g.path != "" {
		w.Header().Add("WWW-Authenticate", `Basic realm="newsgraph: any name, and your key as the password", charset="UTF-8"`)
	}
}

// secretOf is the key that a request brings, or empty.
func secretOf(r *http.Request) string {
	if _, password, ok := r.BasicAuth(); ok {
		return password
	}
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return ""
	}
	return strings.TrimSpace(token)
}

// refuse answers as GraphQL does, which every client of the API reads.
func refuse(w http.ResponseWriter, status int, code, message string) {
	var body bytes.Buffer
	e := json.NewEncoder(&body)
	e.SetEscapeHTML(false)
	type extensions struct {
		Code string `json:"code"`
	}
	type refusal struct {
		Message    string     `json:"message"`
		Extensions extensions `json:"extensions"`
	}
	if err := e.Encode(map[string][]refusal{"errors": {{message, extensions{code}}}}); err != nil {
		http.Error(w, message, status)
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	_, _ = w.Write(body.Bytes()) // A client that has gone needs no answer.
}

// What tells who asks.
const (
	ByKey   = "key"
	ByToken = "token"
)

// Caller is who asks.
type Caller struct {
	Name   string // of the key, or the token's subject
	By     string // ByKey or ByToken
	Scopes []Scope
}

// May tells whether the caller may do what scope stands for.
func (c Caller) May(scope Scope) bool {
	return slices.Contains(c.Scopes, scope) || scope == Read && len(c.Scopes) > 0
}

func (c Caller) String() string { return c.By + " " + c.Name }

type callerKey struct{}

// With returns a context in which c asks.
func With(ctx context.Context, c Caller) context.Context {
	return context.WithValue(ctx, callerKey{}, c)
}

// Of is who asks; ok is false where nobody guards the graph.
func Of(ctx context.Context) (Caller, bool) {
	c, ok := ctx.Value(callerKey{}).(Caller)
	return c, ok
}
