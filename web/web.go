// Package web holds the pages that a browser shows, bundled by Vite, and serves them. It excludes every answer: it knows no
// story, no store and no schema, and its pages ask /graphql like any other client. Its imports are the standard library's.
package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// ContentPolicy is the Content-Security-Policy under which the pages work: nothing from elsewhere, no inline script. GraphiQL's
// editor writes style elements, and its style sheet carries its fonts. No page frames them: it could lay itself over a mutation that an address fills in,
// and have its reader run it.
const ContentPolicy = "default-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self' data:; img-src 'self' data: blob:; " +
	"worker-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"

// The bundle is never committed, and an embed pattern that matches no file does not compile. dist* always matches: in a fresh
// clone the page that says how to build, dist-missing.html; after a build the folder dist too.
//
//go:embed all:dist*
var pages embed.FS

const (
	bundle  = "dist"
	index   = "index.html"
	missing = "dist-missing.html"

	playground = "playground.html"
)

// Built reports whether the program was compiled with the bundle.
func Built() bool {
	return built(pages)
}

// Handler serves the bundle at the root, to GET and HEAD: the explorer at / and at the addresses of its views, /entity/state:KP; any
// other path is 404, which the explorer tells to whom asks for HTML. Files that carry a hash in their names are cached for good, the others are asked for again with their ETag.
// Without a bundle / is a page that says how to build it, with status 200, for the rest of the server works.
func Handler() http.Handler {
	h, err := newHandler(pages)
	if err != nil {
		panic(err) // Only a broken binary has files that cannot be read.
	}
	return h
}

// Playground answers a browser that opens the address of api itself with the playground, and leaves all else to api: what is no GET
// or HEAD, what carries a query, and what does not ask for HTML by its name.
func Playground(api http.Handler) http.Handler {
	h, err := newPlayground(pages, api)
	if err != nil {
		panic(err) // As above.
	}
	return h
}

func newPlayground(pages fs.FS, api http.Handler) (http.Handler, error) {
	name := missing
	if built(pages) {
		name = path.Join(bundle, playground+".gz")
	}
	data, err := fs.ReadFile(pages, name)
	if err != nil {
		return nil, fmt.Errorf("web: read the playground: %w", err)
	}
	page := newAsset(name, data)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		opens := (r.Method == http.MethodGet || r.Method == http.MethodHead) && !r.URL.Query().Has("query") && asksForHTML(r.Header.Values("Accept"))
		if !opens {
			api.ServeHTTP(w, r)
			return
		}
		w.Header().Set("Vary", "Accept")
		page.serve(w, r)
	}), nil
}

// asksForHTML reads the lines of an Accept header (RFC 9110, section 12.5.1): text/html by its name, with a weight that is not 0.
func asksForHTML(lines []string) bool {
	for part := range strings.SplitSeq(strings.Join(lines, ","), ",") {
		media, parameters, err := mime.ParseMediaType(part)
		if err != nil || media != "text/html" {
			continue
		}
		weight, err := strconv.ParseFloat(parameters["q"], 64)
		return err != nil || weight > 0
	}
	return false
}

func built(pages fs.FS) bool {
	_, err := fs.Stat(pages, path.Join(bundle, index+".gz"))
	return err == nil
}

func newHandler(pages fs.FS) (http.Handler, error) {
	if !built(pages) {
		data, err := fs.ReadFile(pages, missing)
		if err != nil {
			return nil, fmt.Errorf("web: read the page for a missing bundle: %w", err)
		}
		return site{"/": newAsset(missing, data)}, nil
	}
	s := site{}
	err := fs.WalkDir(pages, bundle, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := fs.ReadFile(pages, name)
		if err != nil {
			return err
		}
		url := strings.TrimSuffix(strings.TrimPrefix(name, bundle), ".gz")
		s[url] = newAsset(name, data)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("web: read bundle: %w", err)
	}
	s["/"] = s["/"+index]
	delete(s, "/"+playground) // It has one address, /graphql.
	return s, nil
}

// A site is its assets by URL path.
type site map[string]asset

// views are the addresses of the explorer's views. What stands at one is for the page to find, by the API.
var views = regexp.MustCompile(`^/(stories|between|corrections|(entity|event|story)/.+)$`)

func (s site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a, ok := s[r.URL.Path]
	if !ok && views.MatchString(r.URL.Path) {
		a, ok = s["/"]
	}
	if !ok {
		page, built := s["/"]
		if !built || r.Method != http.MethodGet || !asksForHTML(r.Header.Values("Accept")) {
			http.NotFound(w, r)
			return
		}
		// Who wrote the address is told by the page what to do.
		a, w = page, absent{w}
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "a page is read with GET", http.StatusMethodNotAllowed)
		return
	}
	a.serve(w, r)
}

// absent answers 404 where all went well: what stands at the address is a page that says that there is none.
type absent struct{ http.ResponseWriter }

func (a absent) WriteHeader(status int) {
	if status == http.StatusOK {
		status = http.StatusNotFound
	}
	a.ResponseWriter.WriteHeader(status)
}

// An asset is one file as it goes over the wire.
type asset struct {
	data    []byte
	gzipped bool // data is compressed, as the build leaves every text.
	kind    string
	cache   string
	hash    string
}

// newAsset makes an asset of a file, compressed if its name ends in .gz.
func newAsset(name string, data []byte) asset {
	plain, gzipped := strings.CutSuffix(name, ".gz")
	sum := sha256.Sum256(data)
	a := asset{data: data, gzipped: gzipped, kind: kind(plain), cache: "no-cache", hash: hex.EncodeToString(sum[:12])}
	// Vite puts the content's hash into the name of each file in this folder, and into no other.
	if strings.HasPrefix(plain, path.Join(bundle, "assets")+"/") {
		a.cache = "public, max-age=31536000, immutable"
	}
	return a
}

// kind is the media type of a file. The table is ours because mime.TypeByExtension asks the machine, which may think a script
// plain text; a browser then refuses to run it.
func kind(name string) string {
	switch path.Ext(name) {
	case ".html":
		return "text/html; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".json":
		return "application/json"
	case ".svg":
		return "image/svg+xml"
	case ".png":
		return "image/png"
	case ".ttf":
		return "font/ttf"
	case ".woff2":
		return "font/woff2"
	}
	return "application/octet-stream"
}

func (a asset) serve(w http.ResponseWriter, r *http.Request) {
	data, tag := a.data, a.hash
	h := w.Header()
	if a.gzipped {
		h.Add("Vary", "Accept-Encoding")
		if acceptsGzip(r.Header.Values("Accept-Encoding")) {
			h.Set("Content-Encoding", "gzip")
			// ServeContent leaves the length of encoded content to its caller.
			h.Set("Content-Length", strconv.Itoa(len(data)))
			tag += "-gzip"
		} else {
			var err error
			if data, err = gunzip(data); err != nil {
				http.Error(w, "the page in this program is damaged; build it again", http.StatusInternalServerError)
				return
			}
		}
	}
	h.Set("Content-Type", a.kind)
	h.Set("Cache-Control", a.cache)
	h.Set("ETag", `"`+tag+`"`)
	h.Set("Content-Security-Policy", ContentPolicy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(data))
}

// acceptsGzip reads the lines of an Accept-Encoding header (RFC 9110, section 12.5.3): gzip, or any coding, with a weight that is
// not 0. What names gzip wins over what means any.
func acceptsGzip(lines []string) bool {
	wildcard := false
	for part := range strings.SplitSeq(strings.Join(lines, ","), ",") {
		coding, parameters, _ := strings.Cut(part, ";")
		weight, err := strconv.ParseFloat(strings.TrimPrefix(strings.TrimSpace(parameters), "q="), 64)
		accepted := err != nil || weight > 0
		switch strings.ToLower(strings.TrimSpace(coding)) {
		case "gzip":
			return accepted
		case "*":
			wildcard = accepted
		}
	}
	return wildcard
}

func gunzip(data []byte) (plain []byte, err error) {
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, z.Close()) }()
	return io.ReadAll(z)
}
