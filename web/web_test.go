package web

import (
	"bytes"
	"compress/gzip"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// unbuilt is what a fresh clone embeds.
func unbuilt(t *testing.T) fstest.MapFS {
	t.Helper()
	page, err := fs.ReadFile(pages, missing)
	if err != nil {
		t.Fatal(err)
	}
	return fstest.MapFS{missing: {Data: page}}
}

// bundled is what a build leaves: text compressed, the icon as it is.
func bundled(t *testing.T) fstest.MapFS {
	t.Helper()
	files := unbuilt(t)
	for name, text := range map[string]string{
		"dist/index.html.gz":            "<!doctype html><title>newsgraph explorer</title>",
		"dist/playground.html.gz":       "<!doctype html><title>newsgraph playground</title>",
		"dist/assets/index-abc1.js.gz":  "console.log(1)",
		"dist/assets/index-abc2.css.gz": "main { margin: 0 }",
	} {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		if _, err := io.WriteString(z, text); err != nil {
			t.Fatal(err)
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		files[name] = &fstest.MapFile{Data: b.Bytes()}
	}
	files["dist/favicon.svg"] = &fstest.MapFile{Data: []byte("<svg/>")}
	return files
}

func handler(t *testing.T, files fs.FS) http.Handler {
	t.Helper()
	h, err := newHandler(files)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// ask sends one request; headers are pairs of name and value.
func ask(h http.Handler, method, path string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, nil)
	for pair := range slices.Chunk(headers, 2) {
		r.Header.Set(pair[0], pair[1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestWithoutBundle(t *testing.T) {
	h := handler(t, unbuilt(t))
	if built(unbuilt(t)) {
		t.Error("built says that there is a bundle")
	}
	w := ask(h, http.MethodGet, "/")
	if w.Code != http.StatusOK || w.Header().Get("Content-Type") != "text/html; charset=utf-8" {
		t.Errorf("got %d %s, want 200 text/html", w.Code, w.Header().Get("Content-Type"))
	}
	for _, want := range []string{`lang="en"`, "<h1>The pages are not built</h1>", "make web", "make demo", "/graphql"} {
		if !strings.Contains(w.Body.String(), want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	if strings.Contains(w.Body.String(), "<script") {
		t.Error("the page needs a script")
	}
	if w := ask(h, http.MethodGet, "/assets/index.js"); w.Code != http.StatusNotFound {
		t.Errorf("an asset without a bundle: got %d, want 404", w.Code)
	}
}

func TestBundle(t *testing.T) {
	if !built(bundled(t)) {
		t.Fatal("built does not see the bundle")
	}
	h := handler(t, bundled(t))
	const forGood = "public, max-age=31536000, immutable"
	for _, c := range []struct{ path, kind, cache, body string }{
		{"/", "text/html; charset=utf-8", "no-cache", "<!doctype html><title>newsgraph explorer</title>"},
		{"/index.html", "text/html; charset=utf-8", "no-cache", "<!doctype html><title>newsgraph explorer</title>"},
		{"/entity/state:KP", "text/html; charset=utf-8", "no-cache", "<!doctype html><title>newsgraph explorer</title>"},
		{"/stories", "text/html; charset=utf-8", "no-cache", "<!doctype html><title>newsgraph explorer</title>"},
		{"/between", "text/html; charset=utf-8", "no-cache", "<!doctype html><title>newsgraph explorer</title>"},
		{"/assets/index-abc1.js", "text/javascript; charset=utf-8", forGood, "console.log(1)"},
		{"/assets/index-abc2.css", "text/css; charset=utf-8", forGood, "main { margin: 0 }"},
		{"/favicon.svg", "image/svg+xml", "no-cache", "<svg/>"},
	} {
		for _, encoding := range []string{"gzip, deflate, br", "identity"} {
			w := ask(h, http.MethodGet, c.path, "Accept-Encoding", encoding)
			if w.Code != http.StatusOK || w.Header().Get("Content-Type") != c.kind || w.Header().Get("Cache-Control") != c.cache {
				t.Errorf("%s: got %d %v, want 200 %s %s", c.path, w.Code, w.Header(), c.kind, c.cache)
			}
			if w.Header().Get("Content-Security-Policy") != ContentPolicy || w.Header().Get("X-Content-Type-Options") != "nosniff" {
				t.Errorf("%s: no policy: %v", c.path, w.Header())
			}
			compressed := w.Header().Get("Content-Encoding") == "gzip"
			if want := encoding != "identity" && c.path != "/favicon.svg"; compressed != want {
				t.Errorf("%s for %q: compressed is %t, want %t", c.path, encoding, compressed, want)
			}
			body := w.Body.Bytes()
			if compressed {
				var err error
				if body, err = gunzip(body); err != nil {
					t.Fatalf("%s: %v", c.path, err)
				}
			}
			if string(body) != c.body {
				t.Errorf("%s for %q: got %q, want %q", c.path, encoding, body, c.body)
			}
		}
	}
}

func TestUnchanged(t *testing.T) {
	h := handler(t, bundled(t))
	zipped := ask(h, http.MethodGet, "/", "Accept-Encoding", "gzip").Header().Get("ETag")
	plain := ask(h, http.MethodGet, "/").Header().Get("ETag")
	if zipped == "" || zipped == plain {
		t.Errorf("tags %s and %s of the two encodings must be there and differ", zipped, plain)
	}
	w := ask(h, http.MethodGet, "/", "Accept-Encoding", "gzip", "If-None-Match", zipped)
	if w.Code != http.StatusNotModified || w.Body.Len() != 0 {
		t.Errorf("same tag: got %d and %d bytes, want 304 and none", w.Code, w.Body.Len())
	}
	if w := ask(h, http.MethodGet, "/", "If-None-Match", zipped); w.Code != http.StatusOK {
		t.Errorf("tag of the other encoding: got %d, want 200", w.Code)
	}
}

func TestMethodsAndPaths(t *testing.T) {
	h := handler(t, bundled(t))
	w := ask(h, http.MethodHead, "/", "Accept-Encoding", "gzip")
	if w.Code != http.StatusOK || w.Body.Len() != 0 || w.Header().Get("Content-Length") == "" {
		t.Errorf("HEAD: got %d, %d bytes, length %q", w.Code, w.Body.Len(), w.Header().Get("Content-Length"))
	}
	w = ask(h, http.MethodPost, "/")
	if w.Code != http.StatusMethodNotAllowed || w.Header().Get("Allow") != "GET, HEAD" {
		t.Errorf("POST: got %d, Allow %q", w.Code, w.Header().Get("Allow"))
	}
	for _, path := range []string{"/nothing", "/assets/", "/assets/../index.html", "/index.html.gz", "/dist-missing.html", "/entity", "/entity/", "/stories/1", "/between/1", "/playground.html"} {
		if w := ask(h, http.MethodGet, path); w.Code != http.StatusNotFound {
			t.Errorf("%s: got %d, want 404", path, w.Code)
		}
		// A browser is shown the explorer, which says what to do.
		if w := ask(h, http.MethodGet, path, "Accept", "text/html,*/*;q=0.8"); w.Code != http.StatusNotFound || w.Header().Get("Content-Type") != "text/html; charset=utf-8" || w.Body.Len() == 0 {
			t.Errorf("%s: a browser got %d %s", path, w.Code, w.Header().Get("Content-Type"))
		}
	}
}

func TestAcceptsGzip(t *testing.T) {
	for header, want := range map[string]bool{
		"": false, "gzip": true, "GZIP": true, "br, gzip;q=0.5": true, "gzip; q=0": false, "gzip;q=0.000, *": false,
		"*": true, "*;q=0": false, "br": false, "identity": false, "xgzip": false,
	} {
		if got := acceptsGzip([]string{header}); got != want {
			t.Errorf("%q: got %t, want %t", header, got, want)
		}
	}
}

// A browser that opens the API's address finds the playground; programs, and links that carry a query, find the API.
func TestPlayground(t *testing.T) {
	api := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "api") }) //nolint:errcheck // a recorder
	const browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
	for _, files := range []fs.FS{unbuilt(t), bundled(t)} {
		h, err := newPlayground(files, api)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			method, path, accept string
			page                 bool
		}{
			{http.MethodGet, "/graphql", browser, true},
			{http.MethodGet, "/graphql", "application/json;q=0.5, text/html;q=0.1", true},
			{http.MethodGet, "/graphql", "text/html;q=0", false},
			{http.MethodGet, "/graphql", "*/*", false},
			{http.MethodGet, "/graphql", "", false},
			{http.MethodGet, "/graphql?query={__typename}", browser, false},
			{http.MethodPost, "/graphql", browser, false},
			{http.MethodOptions, "/graphql", browser, false},
		} {
			w := ask(h, c.method, c.path, "Accept", c.accept)
			if page := w.Header().Get("Content-Type") == "text/html; charset=utf-8"; page != c.page || page && w.Header().Get("Content-Security-Policy") != ContentPolicy {
				t.Errorf("%s %s for %q: %v %s; is a page: %t, want %t", c.method, c.path, c.accept, w.Header(), w.Body, page, c.page)
			}
			if c.page && !slices.Contains(w.Header().Values("Vary"), "Accept") {
				t.Errorf("%s: Vary is %q, without Accept", c.path, w.Header().Values("Vary"))
			}
		}
	}
}

// No page of another, nor one of ours, shows a page of ours in a frame.
func TestNoFrames(t *testing.T) {
	const browser = "text/html,application/xhtml+xml,*/*;q=0.8"
	for _, files := range []fs.FS{unbuilt(t), bundled(t)} {
		api, err := newPlayground(files, http.NotFoundHandler())
		if err != nil {
			t.Fatal(err)
		}
		for path, h := range map[string]http.Handler{"/": handler(t, files), "/entity/state:KP": handler(t, files), "/nothing": handler(t, files), "/graphql": api} {
			w := ask(h, http.MethodGet, path, "Accept", browser)
			if w.Header().Get("Content-Type") != "text/html; charset=utf-8" {
				continue // Without a bundle there is the page at / alone.
			}
			alone := false
			for _, policy := range w.Header().Values("Content-Security-Policy") {
				for directive := range strings.SplitSeq(policy, ";") {
					alone = alone || strings.TrimSpace(directive) == "frame-ancestors 'none'"
				}
			}
			if !alone {
				t.Errorf("%s may be framed: %s", path, w.Header().Get("Content-Security-Policy"))
			}
		}
	}
}

// mustBeBuilt fails where the pages are missing: what nobody built was not tested.
func mustBeBuilt(t *testing.T) {
	t.Helper()
	if !Built() {
		t.Fatal("the pages are not built: make web builds them")
	}
}

// What / loads before it shows anything: the page, its scripts, those that they import, and its styles. The rest comes when asked.
func TestFirstLoad(t *testing.T) {
	mustBeBuilt(t)
	const most = 300_000 // bytes, gzipped
	page, err := fs.ReadFile(pages, path.Join(bundle, index+".gz"))
	if err != nil {
		t.Fatal(err)
	}
	text, err := gunzip(page)
	if err != nil {
		t.Fatal(err)
	}
	sum := len(page)
	seen := map[string]bool{}
	var load func(name string)
	load = func(name string) {
		if seen[name] {
			return
		}
		seen[name] = true
		data, err := fs.ReadFile(pages, bundle+name+".gz")
		if err != nil {
			t.Fatal(err)
		}
		sum += len(data)
		source, err := gunzip(data)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range regexp.MustCompile("\\b(?:from|import)\\s*[\"'`]\\./([^\"'`]+)[\"'`]").FindAllSubmatch(source, -1) {
			load(path.Join("/assets", string(found[1])))
		}
	}
	for _, found := range regexp.MustCompile(`(?:src|href)="(/assets/[^"]+)"`).FindAllSubmatch(text, -1) {
		load(string(found[1]))
	}
	if len(seen) < 2 {
		t.Fatalf("only %v are loaded: is this the page?", seen)
	}
	t.Logf("%d files, %d bytes gzipped", len(seen)+1, sum)
	if sum > most {
		t.Errorf("the first load has %d bytes, at most %d are allowed: %v", sum, most, seen)
	}
}

// What this very binary embeds must serve, whichever of the two it is.
func TestEmbedded(t *testing.T) {
	w := ask(Handler(), http.MethodGet, "/")
	if w.Code != http.StatusOK {
		t.Fatalf("got %d, want 200", w.Code)
	}
	want := "The pages are not built"
	if Built() {
		want = "<title>newsgraph explorer</title>"
		if inline := regexp.MustCompile(`<script[^>]*>[^<]`).FindString(w.Body.String()); inline != "" {
			t.Errorf("an inline script, which the policy forbids: %s", inline)
		}
	}
	if !strings.Contains(w.Body.String(), want) {
		t.Errorf("the page does not say %q", want)
	}
}
