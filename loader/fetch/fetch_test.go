package fetch

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
)

// open is a client that may ask the test's own servers as fast as it likes.
func open(o Options) *Client {
	o.AllowPrivate, o.Every = true, -1
	return New(o)
}

func serve(t *testing.T, h http.HandlerFunc) string {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s.URL
}

func TestPrivate(t *testing.T) {
	for address, want := range map[string]bool{
		"127.0.0.1": true, "127.9.9.9": true, "0.0.0.0": true, "10.1.2.3": true, "172.16.0.1": true, "172.31.255.255": true, "192.168.1.1": true,
		"169.254.169.254": true, "100.64.0.1": true, "100.127.255.255": true, "224.0.0.1": true, "255.255.255.255": true, "198.18.0.1": true,
		"::": true, "::1": true, "fe80::1": true, "fe80::1%eth0": true, "fc00::1": true, "fd12::1": true, "ff02::1": true, "::ffff:127.0.0.1": true,
		"::ffff:10.0.0.1": true, "64:ff9b::7f00:1": true, "64:ff9b::a9fe:a9fe": true, "2002:7f00:1::": true, "2001::1": true, "::127.0.0.1": true,
		"2001:db8::1": true, "fec0::1": true, "64:ff9b:1::1": true,
		"93.184.216.34": false, "172.32.0.1": false, "100.128.0.1": false, "::ffff:8.8.8.8": false, "2606:4700::1111": false, "64:ff9b::808:808": false,
	} {
		if got := Private(netip.MustParseAddr(address)); got != want {
			t.Errorf("%s: private %v, want %v", address, got, want)
		}
	}
	if !Private(netip.Addr{}) {
		t.Error("no address is no public one")
	}
}

func TestGet(t *testing.T) {
	at := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/page":
			w.Header().Set("ETag", `"1"`)
			w.Header().Set("Content-Type", "text/html")
			if r.Header.Get("If-None-Match") == `"1"` {
				w.WriteHeader(http.StatusNotModified)
				return
			}
			fmt.Fprintf(w, "by %s", r.UserAgent())
		case "/packed":
			w.Header().Set("Content-Encoding", "gzip")
			z := gzip.NewWriter(w)
			fmt.Fprint(z, "packed words")
			z.Close()
		case "/packed.br":
			w.Header().Set("Content-Encoding", "br")
			z := brotli.NewWriter(w)
			fmt.Fprint(z, "packed words")
			z.Close()
		case "/packed.zst":
			w.Header().Set("Content-Encoding", "zstd")
			z, _ := zstd.NewWriter(w)
			fmt.Fprint(z, "packed words")
			z.Close()
		case "/to":
			http.Redirect(w, r, "/page", http.StatusFound)
		case "/busy":
			w.Header().Set("Retry-After", "120")
			w.WriteHeader(http.StatusServiceUnavailable)
		case "/robots.txt":
			fmt.Fprint(w, "User-agent: *\nDisallow: /\n\nUser-agent: newsgraph/1\nUser-agent: other\nDisallow: /closed\nAllow: /closed/but\n")
		default:
			http.NotFound(w, r)
		}
	})
	c := open(Options{Agent: "newsgraph/1 (+https://example.org)"})
	for path, want := range map[string]string{"/page": "by newsgraph/1 (+https://example.org)", "/to": "by newsgraph/1 (+https://example.org)", "/packed": "packed words", "/packed.br": "packed words", "/packed.zst": "packed words"} {
		p, err := c.Get(t.Context(), at+path, Validators{})
		if err != nil || string(p.Body) != want {
			t.Errorf("%s: %q, %v", path, p.Body, err)
		}
	}
	p, err := c.Get(t.Context(), at+"/to", Validators{})
	if err != nil || p.URL != at+"/page" || p.Type != "text/html" {
		t.Errorf("%+v, %v", p, err)
	}
	if p, err := c.Get(t.Context(), at+"/page", p.Validate); err != nil || !p.Same || p.Validate.ETag != `"1"` {
		t.Errorf("%+v, %v", p, err)
	}
	var s *Status
	if _, err := c.Get(t.Context(), at+"/closed/but/not", Validators{}); !errors.As(err, &s) || s.Code != 404 || Temporary(err) {
		t.Errorf("allowed, and not there: %v", err)
	}
	if _, err := c.Get(t.Context(), at+"/busy", Validators{}); !errors.As(err, &s) || s.After != 2*time.Minute || !Temporary(err) {
		t.Errorf("busy: %v", err)
	}
	if _, err := c.Get(t.Context(), at+"/closed/page", Validators{}); !errors.Is(err, ErrRobots) || !strings.Contains(err.Error(), "--ignore-robots") {
		t.Errorf("robots.txt forbids it: %v", err)
	}
	if _, err := open(Options{IgnoreRobots: true}).Get(t.Context(), at+"/closed/page", Validators{}); !errors.As(err, &s) {
		t.Errorf("robots.txt is not asked: %v", err)
	}
}

// A host that asks to be left alone is not asked for anything else meanwhile; a few seconds are waited for.
func TestBusy(t *testing.T) {
	for _, c := range []struct {
		code   int
		header string
		left   time.Duration // the other page is not asked for; 0: it is
		waits  time.Duration
	}{
		{http.StatusTooManyRequests, "120", 2 * time.Minute, 0},
		{http.StatusTooManyRequests, "", time.Minute, 0},
		{http.StatusServiceUnavailable, "3600", time.Hour, 0},
		{http.StatusServiceUnavailable, "", 0, 0},
		{http.StatusTooManyRequests, "1", 0, time.Second},
		{http.StatusNotFound, "3600", 0, 0},
	} {
		var asked atomic.Int32
		at := serve(t, func(w http.ResponseWriter, r *http.Request) {
			switch r.URL.Path {
			case "/robots.txt":
				http.NotFound(w, r)
			case "/busy":
				if c.header != "" {
					w.Header().Set("Retry-After", c.header)
				}
				w.WriteHeader(c.code)
			default:
				asked.Add(1)
			}
		})
		client, began := open(Options{}), time.Now()
		if _, err := client.Get(t.Context(), at+"/busy", Validators{}); err == nil {
			t.Errorf("%+v: no error", c)
		}
		_, err := client.Get(t.Context(), at+"/other", Validators{})
		var s *Status
		if told := errors.As(err, &s) && s.Unasked && s.Code == c.code && Temporary(err) && s.After > c.left-5*time.Second && s.After <= c.left; told != (c.left > 0) || c.left == 0 && err != nil {
			t.Errorf("%+v: %v", c, err)
		}
		if n := asked.Load(); (n == 0) != (c.left > 0) || time.Since(began) < c.waits {
			t.Errorf("%+v: asked %d times, after %v", c, n, time.Since(began))
		}
	}
}

func TestGuards(t *testing.T) {
	var at string
	zeros := func() []byte {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		for range 64 {
			_, _ = z.Write(make([]byte, 1<<20))
		}
		z.Close()
		return b.Bytes()
	}()
	at = serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/round":
			http.Redirect(w, r, "/round", http.StatusFound)
		case "/file":
			w.Header().Set("Location", "file:///etc/passwd")
			w.WriteHeader(http.StatusFound)
		case "/bomb":
			w.Header().Set("Content-Encoding", "gzip")
			w.Write(zeros)
		case "/bomb.br":
			w.Header().Set("Content-Encoding", "br")
			z := brotli.NewWriter(w)
			_, _ = z.Write(make([]byte, 64<<20))
			z.Close()
		case "/bomb.zst":
			w.Header().Set("Content-Encoding", "zstd")
			z, _ := zstd.NewWriter(w)
			_, _ = z.Write(make([]byte, 64<<20))
			z.Close()
		case "/broken.zst":
			w.Header().Set("Content-Encoding", "zstd")
			w.Write([]byte("no frame of zstd"))
		case "/long":
			for range 3 << 10 {
				w.Write(make([]byte, 1<<10))
			}
		case "/slow":
			for range 100 {
				w.Write([]byte("."))
				w.(http.Flusher).Flush()
				time.Sleep(20 * time.Millisecond)
			}
		case "/dumb":
			select {
			case <-r.Context().Done():
			case <-time.After(2 * time.Second):
			}
		case "/compress":
			w.Header().Set("Content-Encoding", "compress")
			w.Write([]byte("x"))
		default:
			http.NotFound(w, r)
		}
	})
	patient, hasty := open(Options{Bytes: 2 << 20}), open(Options{Bytes: 2 << 20, Timeout: 300 * time.Millisecond})
	for _, g := range []struct {
		address string
		err     error
		says    string
	}{
		{at + "/round", ErrRedirects, "/round"},
		{at + "/file", ErrAddress, "file:///etc/passwd"},
		{at + "/bomb", ErrBomb, "/bomb"},
		{at + "/bomb.br", ErrBomb, "/bomb.br"},
		{at + "/bomb.zst", ErrBomb, "/bomb.zst"},
		{at + "/broken.zst", ErrBroken, "unpack"},
		{at + "/long", ErrTooLong, "over 2 MB"},
		{at + "/slow", ErrSlow, "--timeout"},
		{at + "/dumb", ErrSlow, "--timeout"},
		{at + "/compress", nil, `"compress"`},
		{"file:///etc/passwd", ErrAddress, "http://HOST"},
		{"gopher://x/", ErrAddress, "gopher"},
		{"http://me:secret@example.org/", ErrAddress, "password"},
		{"http:///x", ErrAddress, ""},
		{"::", ErrAddress, ""},
	} {
		c, slow := patient, errors.Is(g.err, ErrSlow)
		if slow {
			c = hasty
		}
		_, err := c.Get(t.Context(), g.address, Validators{})
		if err == nil || g.err != nil && !errors.Is(err, g.err) || !strings.Contains(err.Error(), g.says) || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: %v", g.address, err)
		}
		if want := slow || errors.Is(g.err, ErrBroken); Temporary(err) != want {
			t.Errorf("%s: temporary %v", g.address, !want)
		}
	}
}

func TestPrivateIsNotAsked(t *testing.T) {
	asked := atomic.Int64{}
	at := serve(t, func(http.ResponseWriter, *http.Request) { asked.Add(1) })
	port := at[strings.LastIndexByte(at, ':'):]
	c := New(Options{Every: -1})
	for _, address := range []string{at, "http://localhost" + port, "http://[::1]" + port, "http://[::ffff:127.0.0.1]" + port, "http://0.0.0.0" + port, "http://127.1" + port, "http://2130706433" + port, "http://169.254.169.254/latest"} {
		_, err := c.Get(t.Context(), address, Validators{})
		if err == nil || strings.HasPrefix(address, at) && (!errors.Is(err, ErrPrivate) || Temporary(err)) {
			t.Errorf("%s: %v", address, err)
		}
	}
	if _, err := c.Get(t.Context(), at, Validators{}); !strings.Contains(err.Error(), "127.0.0.1") || !strings.Contains(err.Error(), "--allow-private") {
		t.Error(err)
	}
	if asked.Load() != 0 {
		t.Errorf("%d requests came through", asked.Load())
	}
}

// TestSpecial asks what no option opens.
func TestSpecial(t *testing.T) {
	for _, allow := range []bool{false, true} {
		c := New(Options{AllowPrivate: allow, Every: -1})
		for _, host := range []string{
			"169.254.169.254", "169.254.1.1", "[::ffff:169.254.169.254]", "[64:ff9b::a9fe:a9fe]", "[fe80::1]", "[fd00:ec2::254]", "100.100.100.200", "192.0.0.192",
			"224.0.0.1", "[ff02::1]", "240.0.0.1", "0.0.0.0",
		} {
			if _, err := c.Get(t.Context(), "http://"+host+"/latest", Validators{}); !errors.Is(err, ErrSpecial) || Temporary(err) || strings.Contains(err.Error(), "--allow-private") {
				t.Errorf("private addresses allowed %v: %s: %v", allow, host, err)
			}
		}
	}
	for _, a := range []string{"127.0.0.1", "::1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "fd12::1", "100.64.0.1", "::ffff:10.0.0.1"} {
		if !own(netip.MustParseAddr(a)) {
			t.Errorf("%s is not opened", a)
		}
	}
}

// public takes 127.0.0.1 for an address of the open Internet, where the test's servers are, and all others for what they are.
func public(a netip.Addr) bool { return a != netip.MustParseAddr("127.0.0.1") && Private(a) }

func TestRedirectToPrivate(t *testing.T) {
	asked := atomic.Int64{}
	secret := serve(t, func(http.ResponseWriter, *http.Request) { asked.Add(1) })
	at := serve(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, strings.Replace(secret, "127.0.0.1", "127.0.0.2", 1), http.StatusFound)
	})
	c := New(Options{Every: -1, IgnoreRobots: true})
	c.refused = public
	_, err := c.Get(t.Context(), at, Validators{})
	if !errors.Is(err, ErrPrivate) || !strings.Contains(err.Error(), "leads to") || !strings.Contains(err.Error(), "127.0.0.2") {
		t.Error(err)
	}
	if asked.Load() != 0 {
		t.Error("it was asked")
	}
}

// TestResolverChangesItsMind has a name resolve to a public address first, and to a private one when it is dialled again.
func TestResolverChangesItsMind(t *testing.T) {
	asked := atomic.Int64{}
	at := serve(t, func(w http.ResponseWriter, _ *http.Request) { asked.Add(1); w.Header().Set("Connection", "close") })
	u, _ := url.Parse(at)
	lookups := 0
	c := New(Options{Every: -1, IgnoreRobots: true, Lookup: func(context.Context, string) ([]netip.Addr, error) {
		lookups++
		if lookups == 1 {
			return []netip.Addr{netip.MustParseAddr("127.0.0.1")}, nil
		}
		return []netip.Addr{netip.MustParseAddr("127.0.0.2"), netip.MustParseAddr("::ffff:127.0.0.3")}, nil
	}})
	c.refused = public
	address := "http://news.example:" + u.Port() + "/"
	if _, err := c.Get(t.Context(), address, Validators{}); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Get(t.Context(), address, Validators{}); !errors.Is(err, ErrPrivate) || lookups != 2 || asked.Load() != 1 {
		t.Errorf("%d lookups, asked %d times: %v", lookups, asked.Load(), err)
	}
}

func TestRate(t *testing.T) {
	at := serve(t, func(http.ResponseWriter, *http.Request) {})
	c := New(Options{AllowPrivate: true, Every: 60 * time.Millisecond})
	begun := time.Now()
	for range 3 { // and robots.txt
		if _, err := c.Get(t.Context(), at, Validators{}); err != nil {
			t.Fatal(err)
		}
	}
	if took := time.Since(begun); took < 180*time.Millisecond {
		t.Errorf("four requests took %v", took)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := c.Get(ctx, at, Validators{}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestRobots(t *testing.T) {
	for _, c := range []struct {
		text, path string
		want       bool
	}{
		{"", "/a", true},
		{"User-agent: *\nDisallow:", "/a", true},
		{"User-agent: *\nDisallow: /", "/a", false},
		{"User-agent: *\nDisallow: /a", "/b", true},
		{"User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf", false},
		{"User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf?z", true},
		{"User-agent: *\nDisallow: /p\nAllow: /p", "/p", true},
		{"User-agent: *\nAllow: /p\nDisallow: /page", "/page", false},
		{"user-agent: *\r\ndisallow: /a # not this\r\n", "/a/b", false},
		{"User-agent: NewsGraph\nDisallow: /a\nUser-agent: *\nDisallow: /", "/b", true},
		{"User-agent: newsgraphical\nDisallow: /", "/b", true},
		{"User-agent: x\nUser-agent: newsgraph\nCrawl-delay: 2\nDisallow: /a\n", "/a", false},
		{"Disallow: /", "/a", true},
		{"User-agent: *\nDisallow: /a$", "/a", false},
		{"User-agent: *\nDisallow: /a$", "/ab", true},
		{"User-agent: *\nDisallow: /*?print", "/a?print=1", false},
	} {
		u, _ := url.Parse("https://example.org" + c.path)
		if got := robots(c.text).allows(u); got != c.want {
			t.Errorf("%q lets %s: %v", c.text, c.path, got)
		}
	}
	if s := robots("User-agent: *\nCrawl-delay: 900\n"); s.delay != maxDelay {
		t.Error(s.delay)
	}
	down := serve(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) })
	if _, err := open(Options{}).Get(t.Context(), down+"/x", Validators{}); err == nil || !strings.Contains(err.Error(), "robots.txt cannot be got") || !Temporary(err) {
		t.Error(err)
	}
}

func TestSitemap(t *testing.T) {
	const text = `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc> https://example.org/a </loc><lastmod>2024-01-10</lastmod><news:news><news:publication><news:name>Paper</news:name><news:language>en</news:language></news:publication>
<news:publication_date>2024-01-09T10:00:00Z</news:publication_date><news:title>A &amp; B</news:title></news:news></url><url><loc>file:///etc</loc></url></urlset>`
	links, ok, err := Sitemap([]byte(text))
	want := Link{"https://example.org/a", "2024-01-10", "2024-01-09T10:00:00Z", "A & B", "Paper", "en", false}
	if err != nil || !ok || len(links) != 1 || links[0] != want {
		t.Errorf("%+v, %v, %v", links, ok, err)
	}
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = z.Write([]byte(`<sitemapindex><sitemap><loc>https://example.org/s</loc></sitemap></sitemapindex>`))
	z.Close()
	if links, ok, err = Sitemap(b.Bytes()); err != nil || !ok || len(links) != 1 || !links[0].Map {
		t.Errorf("%+v, %v, %v", links, ok, err)
	}
	if _, ok, err = Sitemap([]byte("<rss><channel/></rss>")); ok || err != nil {
		t.Error(ok, err)
	}
	if _, ok, err = Sitemap([]byte("<urlset><url><loc>x")); !ok || err == nil {
		t.Error(ok, err)
	}
	if _, _, err := Sitemap([]byte(`<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><urlset><url><loc>&e;</loc></url></urlset>`)); err == nil {
		t.Error("an external entity is no error")
	}
}

func FuzzRobots(f *testing.F) {
	f.Add("User-agent: *\nDisallow: /a*b$\nCrawl-delay: 1", "/a")
	f.Fuzz(func(_ *testing.T, text, path string) { robots(text).allows(&url.URL{Path: path}) })
}

func FuzzSitemap(f *testing.F) {
	f.Add([]byte("<urlset><url><loc>https://example.org/a</loc></url></urlset>"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if links, ok, _ := Sitemap(data); !ok && len(links) > 0 {
			t.Error("links of no sitemap")
		}
	})
}
