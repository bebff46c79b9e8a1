package access

import (
	"bytes"
	"context"
	"crypto/subtle"
	"encoding/json"
	"log/slog"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Guard lets those in who have a key, as a bearer token or as the password of Basic authentication, by which browsers ask people for it.
type Guard struct {
	path   string
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

// NewGuard reads the file and returns a guard that follows its changes: a revoked key is refused within a second. While the file cannot be
// read, the keys last read hold.
func NewGuard(path string, logger *slog.Logger) (*Guard, error) {
	g := &Guard{path: path, logger: logger, now: time.Now, limits: map[string]*rate.Limiter{}}
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

// known finds the key, and says how long to wait when it has asked too often.
func (g *Guard) known(secret string) (k Key, wait time.Duration, ok bool) {
	g.lock.Lock()
	defer g.lock.Unlock()
	now := g.now()
	if now.Sub(g.looked) >= time.Second {
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
		if k.Minute == 0 {
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

// Handler answers requests with a key by h, and others itself: 401 when there is none that is known, 429 when it asks too often. Before it refuses one it
// calls refusing, which may add headers.
func (g *Guard) Handler(h http.Handler, refusing http.HandlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodOptions { // A browser asks without a key what it may send.
			h.ServeHTTP(w, r)
			return
		}
		secret := secretOf(r)
		k, wait, ok := g.known(secret)
		switch {
		case !ok:
			message := "this graph is for those who have a key: send Authorization: Bearer KEY, or the key as the password of Basic authentication"
			if secret != "" {
				message = "this key is not known, was revoked or has ended: ask for a new one"
			}
			refusing(w, r)
			w.Header().Add("WWW-Authenticate", `Bearer realm="newsgraph"`)
			w.Header().Add("WWW-Authenticate", `Basic realm="newsgraph: any name, and your key as the password", charset="UTF-8"`)
			refuse(w, http.StatusUnauthorized, "UNAUTHENTICATED", message)
		case wait > 0:
			refusing(w, r)
			w.Header().Set("Retry-After", strconv.Itoa(int(wait/time.Second)+1))
			refuse(w, http.StatusTooManyRequests, "TOO_MANY_REQUESTS", "this key may ask "+strconv.Itoa(k.Minute)+" times a minute: wait as Retry-After says")
		default:
			h.ServeHTTP(w, r.WithContext(With(r.Context(), k)))
		}
	})
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

type keyKey struct{}

// With returns a context in which k asks.
func With(ctx context.Context, k Key) context.Context { return context.WithValue(ctx, keyKey{}, k) }

// Of is the key that asks; ok is false where none guards the graph.
func Of(ctx context.Context) (Key, bool) {
	k, ok := ctx.Value(keyKey{}).(Key)
	return k, ok
}
