//go:build unix

package main

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// paper is a publisher's site: a feed of n stories, of which each second has a summary alone, a sitemap of them, and their pages.
type paper struct {
	mu    sync.Mutex
	n     int            // stories in the feed
	asked map[string]int // requests by path
	same  int            // answers that nothing changed
	busy  map[string]int // paths that fail so many times
	url   string
}

func newPaper(t *testing.T, n int) *paper {
	t.Helper()
	p := &paper{n: n, asked: map[string]int{}, busy: map[string]int{}}
	s := httptest.NewServer(p)
	t.Cleanup(s.Close)
	p.url = s.URL
	return p
}

func story(n int) (headline, text string) {
	towns := []string{"Oslo", "Lima", "Quito", "Cairo", "Accra", "Hanoi", "Tunis"}
	return fmt.Sprintf("Envoys meet in %s, round %d", towns[n%len(towns)], n),
		fmt.Sprintf("Norway condemned Chad on Tuesday, after %d days of talks in %s. The envoys of both states met there for the first time since spring.", n+2, towns[n%len(towns)])
}

func (p *paper) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.asked[r.URL.Path]++
	if p.busy[r.URL.Path] > 0 {
		p.busy[r.URL.Path]--
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	n := 0
	switch path := r.URL.Path; {
	case path == "/feed.xml":
		tag := fmt.Sprintf(`"%d"`, p.n)
		w.Header().Set("ETag", tag)
		if r.Header.Get("If-None-Match") == tag {
			p.same++
			w.WriteHeader(http.StatusNotModified)
			return
		}
		fmt.Fprintf(w, `<rss version="2.0"><channel><title>The Paper</title><link>%s/</link>`, p.url)
		for n := range p.n {
			headline, text := story(n)
			if n%2 == 1 {
				text = "Talks went on."
			} else {
				text = strings.Repeat("<p>"+text+"</p>", 4)
			}
			fmt.Fprintf(w, `<item><title>%s</title><link>%s/story/%d</link><guid>g%d</guid><pubDate>Wed, %02d Jan 2024 08:00:00 GMT</pubDate><description><![CDATA[%s]]></description></item>`,
				headline, p.url, n, n, n%28+1, text)
		}
		fmt.Fprint(w, `</channel></rss>`)
	case path == "/sitemap.xml":
		fmt.Fprint(w, `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">`)
		for n := range p.n {
			fmt.Fprintf(w, `<url><loc>%s/story/%d</loc><lastmod>2024-01-%02d</lastmod></url>`, p.url, n, n%28+1)
		}
		fmt.Fprint(w, `</urlset>`)
	case path == "/index.xml":
		fmt.Fprintf(w, `<sitemapindex><sitemap><loc>%s/sitemap.xml</loc></sitemap></sitemapindex>`, p.url)
	case path == "/robots.txt":
		fmt.Fprint(w, "User-agent: *\nDisallow: /closed\n")
	case strings.HasPrefix(path, "/story/"):
		if _, err := fmt.Sscanf(path, "/story/%d", &n); err != nil || n >= 1000 {
			http.NotFound(w, r)
			return
		}
		headline, text := story(n)
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, `<!doctype html><html lang="en"><head><title>%s</title></head><body><article><h1>%s</h1><p>%s</p><p>%s</p><p>%s</p></article></body></html>`,
			headline, headline, text, "Peru’s foreign minister, José Núñez, praised the talks. He said that Peru would host the next ones.", text)
	default:
		http.NotFound(w, r)
	}
}

func storiesIn(export string) int { return strings.Count(export, `"headline":`) }

func watchArgs(uri string, more ...string) []string {
	return append([]string{"watch", "--store", uri, "--allow-private", "--rate", "0s"}, more...)
}

func TestLoadURL(t *testing.T) {
	p := newPaper(t, 4)
	uri := "sqlite:" + filepath.Join(t.TempDir(), "graph.db")
	if _, errs, code := newsgraph(t, "", "load", "--store", uri, p.url+"/story/1"); code != exitFailed || !strings.Contains(errs, "--allow-private") || len(p.asked) > 0 {
		t.Errorf("exit code %d, %s", code, errs)
	}
	load := []string{"load", "--store", uri, "--allow-private", "--rate", "0s"}
	if out, errs, code := newsgraph(t, "", append(load, p.url+"/story/1")...); code != 0 || !strings.Contains(out, "1 story (1 new") {
		t.Errorf("exit code %d, %s%s", code, out, errs)
	}
	if out := export(t, uri); !strings.Contains(out, `"url":"`+p.url+`/story/1"`) || !strings.Contains(out, "José Núñez") {
		t.Error(out)
	}
	// With --follow, two entries of the feed are the pages that they lead to, one of which is there.
	if out, errs, code := newsgraph(t, "", append(load, "--follow", p.url+"/feed.xml")...); code != 0 || !strings.Contains(out, "4 stories (4 new") {
		t.Errorf("exit code %d, %s%s", code, out, errs)
	}
	if out := export(t, uri); strings.Contains(out, "Talks went on") || !strings.Contains(out, `"publisher":"The Paper"`) || !strings.Contains(out, `"published":"2024-01-02"`) {
		t.Errorf("the pages of the feed: %s", out)
	}
	for path, says := range map[string]string{"/closed": "--ignore-robots", "/none": "404"} {
		if _, errs, code := newsgraph(t, "", append(load, p.url+path)...); code != exitFailed || !strings.Contains(errs, p.url+path) || !strings.Contains(errs, says) {
			t.Errorf("exit code %d, %s", code, errs)
		}
	}
}

func TestWatchOnce(t *testing.T) {
	p := newPaper(t, 6)
	dir := t.TempDir()
	uri := "sqlite:" + filepath.Join(dir, "graph.db")
	incoming := filepath.Join(dir, "incoming")
	if err := os.Mkdir(incoming, 0o700); err != nil {
		t.Fatal(err)
	}
	old := time.Now().Add(-time.Hour)
	for name, text := range map[string]string{"good.txt": goodStory, "empty.txt": ""} {
		if err := os.Chtimes(write(t, incoming, name, text), old, old); err != nil {
			t.Fatal(err)
		}
	}
	p.busy["/story/3"] = 1
	args := watchArgs(uri, "--once", "--interval", "1s", p.url+"/feed.xml", incoming)
	out, errs, code := newsgraph(t, "", args...)
	if code != exitRefused || !strings.Contains(out, "8 new entries: 6 stories in (6 new)") || !strings.Contains(out, "1 refused, 1 to try again") {
		t.Errorf("exit code %d, %s%s", code, out, errs)
	}
	letters, err := filepath.Glob(filepath.Join(dir, "graph.db.watch.json.dead", "*.json"))
	if err != nil || len(letters) != 1 {
		t.Fatalf("dead letters %v, %v", letters, err)
	}
	if data, err := os.ReadFile(letters[0]); err != nil || !strings.Contains(string(data), "empty.txt") || !strings.Contains(string(data), `"reason"`) {
		t.Errorf("%s, %v", data, err)
	}
	out, errs, code = newsgraph(t, "", args...)
	if code != 0 || !strings.Contains(out, "(1 unchanged, 0 failed), 0 new entries: 1 story in (1 new)") || p.same != 1 || p.asked["/story/1"] != 1 {
		t.Errorf("exit code %d, %s%s", code, out, errs)
	}
	p.mu.Lock()
	p.n, p.busy["/feed.xml"] = 8, 1
	p.mu.Unlock()
	if out, errs, code = newsgraph(t, "", args...); code != exitRefused || !strings.Contains(errs, "503") || !strings.Contains(out, "1 failed") {
		t.Errorf("exit code %d, %s%s", code, out, errs)
	}
	out, errs, code = newsgraph(t, "", append(args, "--json")...)
	var r round
	if err := json.Unmarshal([]byte(out), &r); err != nil || code != 0 || r.Entries != 2 || r.Added != 2 {
		t.Errorf("exit code %d, %v: %s%s", code, err, out, errs)
	}
	// The place is that of its store alone.
	if _, errs, code := newsgraph(t, "", watchArgs("sqlite:"+filepath.Join(dir, "other.db"), "--once", "--state", filepath.Join(dir, "graph.db.watch.json"), incoming)...); code != exitUsage || !strings.Contains(errs, "graph.db") {
		t.Errorf("exit code %d, %s", code, errs)
	}
	// A sitemap, by its index, from a day on.
	other := "sqlite:" + filepath.Join(dir, "sitemap.db")
	if out, errs, code := newsgraph(t, "", watchArgs(other, "--once", "--since", "2024-01-05", p.url+"/index.xml")...); code != 0 || !strings.Contains(out, "4 stories in (4 new)") {
		t.Errorf("exit code %d, %s%s", code, out, errs)
	}
	for _, c := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{filepath.Join(dir, "nowhere")}, exitFailed, "name a folder"},
		{[]string{"--since", "May", incoming}, exitUsage, "--since"},
		{[]string{"https:///x"}, exitFailed, "http://HOST"},
		{[]string{"ftp://example.org/feed.xml"}, exitFailed, "ftp is not fetched"},
		{[]string{"--once", p.url + "/story/1"}, exitFailed, "newsgraph load"},
		{[]string{"--once", p.url + "/closed"}, exitFailed, "--ignore-robots"},
	} {
		if _, errs, code := newsgraph(t, "", watchArgs("sqlite:"+filepath.Join(dir, "x.db"), c.args...)...); code != c.code || !strings.Contains(errs, c.says) {
			t.Errorf("%v: exit code %d, %s", c.args, code, errs)
		}
	}
}

// TestWatchSamePage sees that a page which a feed and a sitemap lead to is one story with all that both tell, in either order.
func TestWatchSamePage(t *testing.T) {
	p := newPaper(t, 4)
	var exports []string
	for _, order := range [][]string{{"/feed.xml", "/sitemap.xml"}, {"/sitemap.xml", "/feed.xml"}} {
		uri := "sqlite:" + filepath.Join(t.TempDir(), "graph.db")
		for range 2 {
			args := watchArgs(uri, "--once", p.url+order[0], p.url+order[1])
			if out, errs, code := newsgraph(t, "", args...); code != 0 {
				t.Fatalf("exit code %d, %s%s", code, out, errs)
			}
		}
		exports = append(exports, export(t, uri))
	}
	// Two of the four entries have their text in the feed, which is not that of their pages.
	if n := storiesIn(exports[0]); n != 6 || strings.Count(exports[0], p.url+`/story/1"`) != 1 {
		t.Errorf("%d stories: %s", n, exports[0])
	}
	if exports[0] != exports[1] {
		t.Errorf("another order, another graph: %s", difference(exports[0], exports[1]))
	}
}

// TestWatchWaits sees that a site is left alone for as long as it asks, and that what is not asked for meanwhile has failed no time.
func TestWatchWaits(t *testing.T) {
	asked := 0
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/feed.xml":
			fmt.Fprintf(w, `<rss version="2.0"><channel><title>The Paper</title><item><title>Envoys meet</title><link>http://%[1]s/story</link></item><item><title>They meet again</title><link>http://%[1]s/other</link></item><item><title>They part</title><link>http://%[1]s/third</link></item></channel></rss>`, r.Host)
		case "/story", "/other", "/third":
			asked++
			w.Header().Set("Retry-After", "7200")
			w.WriteHeader(http.StatusTooManyRequests)
		default:
			http.NotFound(w, r)
		}
	}))
	defer s.Close()
	state := filepath.Join(t.TempDir(), "state.json")
	out, errs, _ := newsgraph(t, "", watchArgs("sqlite:"+filepath.Join(t.TempDir(), "graph.db"), "--once", "--interval", "1s", "--state", state, s.URL+"/feed.xml")...)
	data, err := os.ReadFile(state)
	if err != nil {
		t.Fatalf("%v: %s%s", err, out, errs)
	}
	var kept watchState
	if err := json.Unmarshal(data, &kept); err != nil || len(kept.Sources[s.URL+"/feed.xml"].Waiting) != 3 || asked != 1 {
		t.Fatalf("%v: asked %d times, %s", err, asked, data)
	}
	tries := 0
	for _, w := range kept.Sources[s.URL+"/feed.xml"].Waiting {
		tries += w.Tries
		if wait := time.Until(w.Next); wait < 110*time.Minute || wait > 2*time.Hour {
			t.Errorf("to be asked again in %v", wait)
		}
	}
	if tries != 1 {
		t.Errorf("%d tries", tries)
	}
}

// TestWatchKilled kills a watching at random over a site that goes on publishing and fails now and then, and sees that all is in, once.
func TestWatchKilled(t *testing.T) {
	p := newPaper(t, 20)
	uri := "sqlite:" + filepath.Join(t.TempDir(), "graph.db")
	incoming := t.TempDir()
	drop := func(n int) {
		name := write(t, incoming, fmt.Sprintf("%03d.txt", n), fmt.Sprintf("Ministers meet, day %d\n\nPeru condemned Chad on Tuesday, after %d days.\n", n, n+2))
		old := time.Now().Add(-time.Hour)
		if err := os.Chtimes(name, old, old); err != nil {
			t.Fatal(err)
		}
	}
	args := watchArgs(uri, "--interval", "100ms", p.url+"/feed.xml", incoming)
	r := rand.New(rand.NewPCG(7, 11))
	for n := range 20 {
		p.mu.Lock()
		p.n += 6
		p.busy[fmt.Sprintf("/story/%d", p.n-1)] = 1
		p.busy["/feed.xml"] = n % 2
		p.mu.Unlock()
		for i := range 4 {
			drop(4*n + i)
		}
		c := exec.CommandContext(t.Context(), program, args...)
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(500+r.IntN(1800)) * time.Millisecond)
		if err := c.Process.Signal(syscall.SIGKILL); err != nil {
			t.Fatalf("ended before it was killed: %v", err)
		}
		_ = c.Wait() // killed
	}
	// How far the killed rounds came is the machine's speed; that nothing is lost and nothing is twice must hold on every one.
	if _, err := os.Stat(strings.TrimPrefix(uri, "sqlite:")); err == nil {
		t.Logf("%d of %d stories were in before the last round", storiesIn(export(t, uri)), p.n+80)
	}
	p.mu.Lock()
	clear(p.busy)
	p.mu.Unlock()
	once := append(args, "--once")
	for range 2 {
		if out, errs, code := newsgraph(t, "", once...); code != 0 {
			t.Fatalf("exit code %d, %s%s", code, out, errs)
		}
	}
	clean := "sqlite:" + filepath.Join(t.TempDir(), "clean.db")
	if out, errs, code := newsgraph(t, "", watchArgs(clean, "--once", p.url+"/feed.xml", incoming)...); code != 0 {
		t.Fatalf("exit code %d, %s%s", code, out, errs)
	}
	got, want := export(t, uri), export(t, clean)
	if got != want {
		t.Errorf("another export: %s", difference(got, want))
	}
	if n := storiesIn(got); n != p.n+80 {
		t.Errorf("%d stories, want %d", n, p.n+80)
	}
	if out, _, _ := newsgraph(t, "", once...); !strings.Contains(out, "0 new entries: 0 stories in (0 new)") {
		t.Errorf("again: %s", out)
	}
}

// TestWatchStopped sees that SIGTERM ends a watching after what is under way, also while a page is slow.
func TestWatchStopped(t *testing.T) {
	p := newPaper(t, 3)
	slow := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/feed.xml" {
			p.ServeHTTP(w, r)
			return
		}
		select {
		case <-r.Context().Done():
		case <-time.After(20 * time.Second):
		}
	}))
	defer slow.Close()
	p.url = slow.URL
	uri := "sqlite:" + filepath.Join(t.TempDir(), "graph.db")
	c := exec.CommandContext(t.Context(), program, watchArgs(uri, "--ignore-robots", slow.URL+"/feed.xml")...)
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(2 * time.Second)
	begun := time.Now()
	if err := c.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	_ = c.Wait() // its exit code is looked at
	if code := c.ProcessState.ExitCode(); code != exitSignal+int(syscall.SIGTERM) || time.Since(begun) > 8*time.Second {
		t.Errorf("exit code %d after %v", code, time.Since(begun))
	}
	if n := storiesIn(export(t, uri)); n != 2 {
		t.Errorf("%d stories, want the two that the feed has whole", n)
	}
}
