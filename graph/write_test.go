package graph_test

import (
	"compress/gzip"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"newsgraph/graph"
)

// Every answer tells what its query cost, which grows with the pages that are asked for.
func TestCostIsTold(t *testing.T) {
	h := graph.New(open(t, nil), quiet())
	cost := func(query string) (asked, left int) {
		t.Helper()
		var told struct {
			Extensions struct {
				Cost struct{ Asked, Most, Left int }
			}
		}
		if err := json.Unmarshal([]byte(ask(t, h, query).body), &told); err != nil {
			t.Fatal(err)
		}
		c := told.Extensions.Cost
		if c.Most != 50_000 || c.Left != max(c.Most-c.Asked, 0) {
			t.Errorf("%s: %+v", query, c)
		}
		return c.Asked, c.Left
	}
	if asked, _ := cost(`{ __typename }`); asked != 1 {
		t.Errorf("one field costs %d", asked)
	}
	of := func(first string) string { return `{ events(first: ` + first + `) { edges { node { id title } } } }` }
	few, _ := cost(of("1"))
	many, _ := cost(of("100"))
	if many < 50*few {
		t.Errorf("100 events cost %d, one %d", many, few)
	}
	const deep = `{ events(first: 100) { edges { node { reports(first: 100) { edges { node { id sentence story { headline } } } } } } } }`
	if asked, left := cost(deep); asked <= 50_000 || left != 0 {
		t.Errorf("what is refused costs %d, %d are left", asked, left)
	}
	if a := ask(t, h, deep); a.codes() != "QUERY_TOO_COMPLEX" {
		t.Errorf("%s", a.body)
	}
}

func get(t *testing.T, h http.Handler, query string, header ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, "/graphql?query="+url.QueryEscape(query), nil)
	for i := 0; i < len(header); i += 2 {
		r.Header.Add(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// What was asked by GET and has not changed is not sent again.
func TestTags(t *testing.T) {
	s := open(t, nil)
	h := graph.New(s, quiet())
	const query = `{ events { edges { node { title } } } }`
	first := get(t, h, query)
	tag := first.Header().Get("ETag")
	if first.Code != 200 || !strings.HasPrefix(tag, `W/"`) || first.Header().Get("Cache-Control") != "no-cache" {
		t.Fatalf("%d %v", first.Code, first.Header())
	}
	for _, known := range []string{tag, strings.TrimPrefix(tag, "W/"), `"x", ` + tag, "*"} {
		if w := get(t, h, query, "If-None-Match", known); w.Code != 304 || w.Body.Len() > 0 || w.Header().Get("ETag") != tag {
			t.Errorf("%s: %d %s", known, w.Code, w.Body)
		}
	}
	if w := get(t, h, query, "If-None-Match", `"x"`); w.Code != 200 || w.Body.Len() == 0 {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if _, err := s.Put(t.Context(), ministers(t, 1)); err != nil {
		t.Fatal(err)
	}
	if w := get(t, h, query, "If-None-Match", tag); w.Code != 200 || w.Header().Get("ETag") == tag {
		t.Errorf("the graph changed: %d %s", w.Code, w.Header().Get("ETag"))
	}
	for _, wrong := range []string{`{`, `{ evnts }`, `{ node(id: "state:XX") { id } }`} {
		if w := get(t, h, wrong, "If-None-Match", "*"); w.Code == 304 || w.Header().Get("ETag") != "" {
			t.Errorf("%s: %d %v", wrong, w.Code, w.Header())
		}
	}
	if a := post(t, h, `{"query": "{ __typename }"}`, "If-None-Match", "*"); a.status != 200 || a.header.Get("ETag") != "" {
		t.Errorf("POST: %d %v", a.status, a.header)
	}
}

// Large answers are compressed for those who take it.
func TestGzip(t *testing.T) {
	h := graph.New(open(t, ministers(t, 60)), quiet())
	const large, small = `{ events(first: 100) { edges { node { id title } } } }`, `{ __typename }`
	plain := get(t, h, large)
	if plain.Header().Get("Content-Encoding") != "" || !strings.Contains(strings.Join(plain.Header().Values("Vary"), ","), "Accept-Encoding") {
		t.Errorf("%v", plain.Header())
	}
	for accept, want := range map[string]bool{"gzip": true, "br, gzip;q=0.5": true, "deflate": false, "gzip;q=0": false, "identity": false, "xgzip": false} {
		for _, query := range []string{large, small} {
			w := get(t, h, query, "Accept-Encoding", accept)
			zipped := w.Header().Get("Content-Encoding") == "gzip"
			if zipped != (want && query == large) {
				t.Errorf("%s: %v", accept, w.Header())
			}
			if !zipped {
				continue
			}
			if w.Body.Len() >= plain.Body.Len()/2 || w.Header().Get("ETag") != plain.Header().Get("ETag") {
				t.Errorf("%d bytes of %d, %s", w.Body.Len(), plain.Body.Len(), w.Header().Get("ETag"))
			}
			unzipped, err := gzip.NewReader(w.Body)
			if err != nil {
				t.Fatal(err)
			}
			if got, err := io.ReadAll(unzipped); err != nil || string(got) != plain.Body.String() {
				t.Errorf("%v: %.200s", err, got)
			}
		}
	}
}
