// Package fetch gets pages, feeds and sitemaps over HTTP: the only room of loader that sees the network. It guards the machine it runs on (which
// addresses are dialled, how many bytes, how long, how many redirects) and the sites it asks (robots.txt, a rate a host, conditional requests).
// It knows neither what the bytes say (format) nor what is done with them (loader).
package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

// Errors that say why nothing was got. They are wrapped with the address asked for.
var (
	ErrPrivate   = errors.New("an address of this machine or of a private network: --allow-private asks it all the same")
	ErrSpecial   = errors.New("an address of no page (link-local, multicast, reserved, or where a cloud tells its machines their secrets): it is never asked")
	ErrAddress   = errors.New("no address to fetch from: write http://HOST/... or https://HOST/..., without a password")
	ErrRedirects = fmt.Errorf("over %d redirects: give the address that they lead to", maxRedirects)
	ErrTooLong   = errors.New("too long to fetch")
	ErrBomb      = errors.New("it unpacks to far more than was sent, which no page does: not read")
	ErrSlow      = errors.New("it took too long: --timeout gives it more")
	ErrBroken    = errors.New("the connection broke")
	ErrRobots    = errors.New("its robots.txt asks programs not to fetch it: save the page by hand, or --ignore-robots where its owner lets you")
)

// guarded tells that an address was not dialled.
func guarded(err error) bool { return errors.Is(err, ErrPrivate) || errors.Is(err, ErrSpecial) }

// Status is an answer that holds no page.
type Status struct {
	Code    int
	After   time.Duration // how long the site asks to wait; 0 not told
	Unasked bool          // it is what the site answered to a request before; it was not asked for this one
}

func (e *Status) Error() string {
	what := fmt.Sprintf("the site answers %d %s", e.Code, http.StatusText(e.Code))
	switch e.Code {
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusPaymentRequired, http.StatusUnavailableForLegalReasons:
		return what + ": it does not give this page to programs; save it by hand and load that"
	case http.StatusNotFound, http.StatusGone:
		return what + ": check the address"
	}
	if e.Unasked {
		what = "it is not asked now, since " + what
	}
	if e.After > 0 {
		return what + ": try again in " + e.After.Round(time.Second).String()
	}
	if e.Code >= 500 || e.Code == http.StatusTooManyRequests {
		what += ": try again later"
	}
	return what
}

// Temporary tells that what failed may go well later, with the same address.
func Temporary(err error) bool {
	var s *Status
	if errors.As(err, &s) {
		return s.Code >= 500 && s.Code != http.StatusNotImplemented || s.Code == http.StatusTooManyRequests || s.Code == http.StatusRequestTimeout
	}
	for _, never := range []error{ErrPrivate, ErrSpecial, ErrAddress, ErrRedirects, ErrTooLong, ErrBomb, ErrRobots} {
		if errors.Is(err, never) {
			return false
		}
	}
	var u *url.Error
	return errors.Is(err, ErrSlow) || errors.Is(err, ErrBroken) || errors.As(err, &u)
}

const (
	maxRedirects = 5
	maxBytes     = 32 << 20
	maxRatio     = 100     // of unpacked bytes to those sent; HTML has 3 to 20
	slackRatio   = 1 << 20 // unpacked bytes that may have any ratio
)

// Options say how a Client asks. What is zero is as the comments tell.
type Options struct {
	AllowPrivate bool          // dials loopback and private networks too, and no other special address
	IgnoreRobots bool          // asks whatever robots.txt says
	Agent        string        // the user agent: who asks, and where to complain; required by the sites' manners
	Timeout      time.Duration // of one Get, with its redirects, without its waiting for its turn: 1 minute
	Bytes        int64         // of one body, unpacked: 32 MB
	Every        time.Duration // between two requests of a host: 1 second; negative is none

	// Lookup resolves names; nil is the system's resolver. What it gives is checked like any other address.
	Lookup func(ctx context.Context, host string) ([]netip.Addr, error)
}

// Client gets pages. It is safe for use by several goroutines.
type Client struct {
	o    Options
	http *http.Client
	// refused tells addresses that are not dialled.
	refused func(netip.Addr) bool

	mu     sync.Mutex
	turns  map[string]time.Time // of a host: when it may be asked again
	busy   map[string]busy      // hosts that asked to be left alone
	robots map[string]*site
}

// busy is an answer by which a host asks to be left alone for some time.
type busy struct {
	code  int
	until time.Time
}

const (
	shortBusy = 10 * time.Second // what is waited for
	busyFor   = time.Minute      // where a host that is asked too much tells no time
)

// New makes a client. It does not take proxies from the environment: behind one, the addresses that are dialled would be the proxy's to choose.
func New(o Options) *Client {
	if o.Agent == "" {
		o.Agent = agentName
	}
	if o.Timeout == 0 {
		o.Timeout = time.Minute
	}
	if o.Bytes == 0 {
		o.Bytes = maxBytes
	}
	if o.Every == 0 {
		o.Every = time.Second
	}
	c := &Client{o: o, refused: Private, turns: map[string]time.Time{}, busy: map[string]busy{}, robots: map[string]*site{}}
	c.http = &http.Client{
		Transport: &http.Transport{
			DialContext: c.dial, DisableCompression: true, ForceAttemptHTTP2: true, MaxIdleConns: 20, IdleConnTimeout: 30 * time.Second,
			TLSHandshakeTimeout: 15 * time.Second, MaxResponseHeaderBytes: 256 << 10,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return c
}

// Close ends idle connections.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// dial connects to an address that may be dialled. Control sees the address itself, whatever a name resolved to before: a resolver that changes its
// mind between a check and the dial gains nothing.
func (c *Client) dial(ctx context.Context, network, address string) (net.Conn, error) {
	d := &net.Dialer{Timeout: 15 * time.Second, Control: func(_, address string, _ syscall.RawConn) error {
		to, err := netip.ParseAddrPort(address)
		if err != nil {
			return err
		}
		switch {
		case !c.refused(to.Addr()):
		case !own(to.Addr()):
			return fmt.Errorf("%s is %w", to.Addr(), ErrSpecial)
		case !c.o.AllowPrivate:
			return fmt.Errorf("%s is %w", to.Addr(), ErrPrivate)
		}
		return nil
	}}
	host, port, err := net.SplitHostPort(address)
	if _, ipErr := netip.ParseAddr(host); err != nil || ipErr == nil || c.o.Lookup == nil {
		return d.DialContext(ctx, network, address)
	}
	all, err := c.o.Lookup(ctx, host)
	if err != nil {
		return nil, err
	}
	err = fmt.Errorf("%s has no address", host)
	for _, a := range all {
		var conn net.Conn
		if conn, err = d.DialContext(ctx, network, net.JoinHostPort(a.String(), port)); err == nil {
			return conn, nil
		}
	}
	return nil, err
}

// Validators tell which version of a page one has.
type Validators struct {
	ETag         string `json:"etag,omitempty"`
	LastModified string `json:"lastModified,omitempty"`
}

// Page is what was got.
type Page struct {
	URL      string // where it was, after redirects
	Type     string // media type, with its parameters, as told
	Body     []byte // unpacked
	Same     bool   // it is the version that the validators tell of: there is no body
	Validate Validators
}

// Check tells whether an address is one to fetch from.
func Check(address string) error {
	_, err := parse(address)
	return err
}

func parse(address string) (*url.URL, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, fmt.Errorf("%q: %w", address, ErrAddress)
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.User != nil {
		return nil, fmt.Errorf("%s: %w", u.Redacted(), ErrAddress)
	}
	u.Fragment = ""
	return u, nil
}

// Is tells whether a name is an address rather than that of a file.
func Is(name string) bool {
	scheme, _, ok := strings.Cut(name, "://")
	return ok && (strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https"))
}

// Foreign is an error for a name that is an address of another scheme than those that are fetched, such as ftp://; nil where it is none.
func Foreign(name string) error {
	scheme, _, ok := strings.Cut(name, "://")
	if !ok || !schemeName.MatchString(scheme) || Is(name) {
		return nil
	}
	return fmt.Errorf("%s: %s is not fetched, only http and https: get it by hand and load the file", name, scheme)
}

var schemeName = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]{1,20}$`)

// Get gets a page. With validators it asks for another version than theirs alone. Errors name the address, and what it led to.
func (c *Client) Get(ctx context.Context, address string, have Validators) (Page, error) {
	u, err := parse(address)
	if err != nil {
		return Page{}, err
	}
	p, at, err := c.follow(ctx, u, have, true)
	switch {
	case err == nil || ctx.Err() != nil:
	case at.String() != u.String():
		err = fmt.Errorf("%s, which leads to %s: %w", u, at, err)
	default:
		err = fmt.Errorf("%s: %w", u, err)
	}
	return p, err
}

// follow asks, and asks where the answer leads to. It returns where it came.
func (c *Client) follow(ctx context.Context, u *url.URL, have Validators, asked bool) (Page, *url.URL, error) {
	for range maxRedirects + 1 {
		if asked && !c.o.IgnoreRobots {
			if err := c.allowed(ctx, u); err != nil {
				return Page{}, u, err
			}
		}
		if err := c.turn(ctx, u.Host); err != nil {
			return Page{}, u, err
		}
		p, to, err := c.one(ctx, u, have)
		c.heard(u.Host, err)
		if err != nil || to == "" {
			return p, u, err
		}
		next, err := u.Parse(to)
		if err == nil {
			next, err = parse(next.String())
		}
		if err != nil {
			return Page{}, u, fmt.Errorf("it redirects to %q: %w", to, ErrAddress)
		}
		if next.Host != u.Host {
			have = Validators{} // they are the other site's
		}
		u = next
	}
	return Page{}, u, ErrRedirects
}

// one asks once; to is where the answer leads.
func (c *Client) one(ctx context.Context, u *url.URL, have Validators) (p Page, to string, err error) {
	within, cancel := context.WithTimeoutCause(ctx, c.o.Timeout, ErrSlow)
	defer cancel()
	defer func() {
		if err != nil && ctx.Err() == nil && errors.Is(err, context.DeadlineExceeded) {
			err = fmt.Errorf("after %v: %w", c.o.Timeout, ErrSlow)
		}
	}()
	q, err := http.NewRequestWithContext(within, http.MethodGet, u.String(), nil)
	if err != nil {
		return p, "", err
	}
	for name, value := range map[string]string{
		"User-Agent": c.o.Agent, "Accept": "text/html, application/xhtml+xml, application/xml;q=0.9, application/json;q=0.9, */*;q=0.5",
		"Accept-Encoding": "gzip, br, zstd", "Accept-Language": "en, *;q=0.5", "If-None-Match": have.ETag, "If-Modified-Since": have.LastModified,
	} {
		if value != "" {
			q.Header.Set(name, value)
		}
	}
	r, err := c.http.Do(q) //nolint:gosec // dial guards where it goes
	if err != nil {
		var of *url.Error
		if errors.As(err, &of) && guarded(err) {
			err = of.Err // Get names the address
		}
		return p, "", err
	}
	defer r.Body.Close() //nolint:errcheck // only read
	p = Page{URL: u.String(), Type: r.Header.Get("Content-Type"), Validate: Validators{r.Header.Get("ETag"), r.Header.Get("Last-Modified")}}
	switch {
	case r.StatusCode == http.StatusNotModified && have != (Validators{}):
		p.Same = true
		if p.Validate == (Validators{}) {
			p.Validate = have
		}
		return p, "", nil
	case r.StatusCode >= 300 && r.StatusCode < 400 && r.Header.Get("Location") != "":
		return p, r.Header.Get("Location"), nil
	case r.StatusCode != http.StatusOK:
		return p, "", &Status{Code: r.StatusCode, After: retryAfter(r.Header.Get("Retry-After"), time.Now())}
	}
	if p.Body, err = c.body(r); err != nil && !errors.Is(err, ErrTooLong) && !errors.Is(err, ErrBomb) && !errors.Is(err, errPacked) {
		err = fmt.Errorf("%w: %w", ErrBroken, err)
	}
	return p, "", err
}

// retryAfter reads the header of that name: seconds or a date.
func retryAfter(value string, now time.Time) time.Duration {
	if n, err := strconv.Atoi(value); err == nil && n > 0 {
		return min(time.Duration(min(n, 7*86400))*time.Second, 7*24*time.Hour)
	}
	if at, err := http.ParseTime(value); err == nil && at.After(now) {
		return min(at.Sub(now), 7*24*time.Hour)
	}
	return 0
}

var errPacked = errors.New("which was not asked for: save it by hand and load that")

// body reads a body as far as it may go.
func (c *Client) body(r *http.Response) ([]byte, error) {
	switch e := strings.ToLower(r.Header.Get("Content-Encoding")); e {
	case "", "identity":
		data, err := io.ReadAll(io.LimitReader(r.Body, c.o.Bytes+1))
		if err == nil && int64(len(data)) > c.o.Bytes {
			err = c.tooLong()
		}
		return data, err
	default:
		return c.unpack(e, r.Body)
	}
}

func (c *Client) tooLong() error {
	return fmt.Errorf("%w: over %d MB; save it and load the file", ErrTooLong, c.o.Bytes>>20)
}

// heard keeps what a host answered that asks to be left alone: all that is to be got from it waits, not only what it was asked for.
func (c *Client) heard(host string, err error) {
	var s *Status
	if !errors.As(err, &s) || s.Code != http.StatusTooManyRequests && (s.Code != http.StatusServiceUnavailable || s.After == 0) {
		return
	}
	wait := s.After
	if wait == 0 {
		wait = busyFor
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.busy[host] = busy{s.Code, time.Now().Add(wait)}
}

// turn waits until a host may be asked again. Where it asks to be left alone for long, that is the error.
func (c *Client) turn(ctx context.Context, host string) error {
	c.mu.Lock()
	b := c.busy[host]
	c.mu.Unlock()
	if left := time.Until(b.until); left > shortBusy {
		return &Status{b.code, left, true}
	} else if err := Sleep(ctx, left); err != nil {
		return err
	}
	if c.o.Every < 0 {
		return nil
	}
	c.mu.Lock()
	every := c.o.Every
	for _, scheme := range []string{"http://", "https://"} {
		if s := c.robots[scheme+host]; s != nil && !c.o.IgnoreRobots {
			every = max(every, s.delay)
		}
	}
	now := time.Now()
	at := c.turns[host]
	if at.Before(now) {
		at = now
	}
	c.turns[host] = at.Add(every)
	c.mu.Unlock()
	return Sleep(ctx, at.Sub(now))
}

// Sleep waits, or until ctx ends.
func Sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}
