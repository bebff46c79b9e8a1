//go:build unix

package main

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// inStore are the stories that list --json tells, by their headlines.
func inStore(t *testing.T, uri string, flags ...string) map[string]listed {
	t.Helper()
	out, errs, code := newsgraph(t, "", append([]string{"list", "--json", "--store", uri}, flags...)...)
	if code != 0 {
		t.Fatalf("list: exit code %d: %s", code, errs)
	}
	all := map[string]listed{}
	for line := range strings.Lines(out) {
		var l listed
		if err := json.Unmarshal([]byte(line), &l); err != nil {
			t.Fatalf("%v in %s", err, line)
		}
		all[l.Headline] = l
	}
	return all
}

// TestListAndRemove loads stories, lists them and takes them away again.
func TestListAndRemove(t *testing.T) {
	const lines = `{"title": "Norway meets Chad", "text": "Norway met Chad on Tuesday in Oslo.", "published": "2024-01-10", "source": "First", "url": "https://example.org/a"}
{"title": "Peru meets Chad", "text": "Peru met Chad on Monday in Lima.", "published": "2024-02-11", "source": "Second", "url": "https://example.org/b"}
{"title": "Envoys meet", "text": "Envoys of Norway and Peru met in Oslo."}
`
	file := write(t, t.TempDir(), "stories.jsonl", lines)
	stores(t, func(t *testing.T, uri string) {
		if _, errs, code := newsgraph(t, "", "load", "--store", uri, file); code != 0 {
			t.Fatal(errs)
		}
		whole := export(t, uri)
		all := inStore(t, uri)
		l := all["Norway meets Chad"]
		if len(all) != 3 || *l.Publisher != "First" || *l.Published != "2024-01-10" || *l.URL != "https://example.org/a" || l.Reader == "" || all["Envoys meet"].Published != nil {
			t.Errorf("listed %+v", all)
		}
		if at, err := time.Parse(time.RFC3339, *l.Loaded); err != nil || time.Since(at) > time.Hour {
			t.Errorf("loaded %v, %v", at, err)
		}
		for _, test := range []struct {
			flags []string
			want  string
		}{
			{[]string{"--publisher", "second"}, "Peru meets Chad"},
			{[]string{"--since", "2024-02"}, "Peru meets Chad"},
			{[]string{"--until", "2024-01-31"}, "Norway meets Chad"},
			{[]string{"--since", "2023", "--until", "2024-01", "--publisher", "First"}, "Norway meets Chad"},
		} {
			if some := inStore(t, uri, test.flags...); len(some) != 1 || some[test.want].ID == "" {
				t.Errorf("%v lists %v", test.flags, some)
			}
		}
		if out, _, code := newsgraph(t, "", "list", "--store", uri); code != 0 || !strings.Contains(out, string(l.ID)) || !strings.HasPrefix(out, "ID ") || strings.Count(out, "\n") != 4 {
			t.Errorf("exit code %d: %s", code, out)
		}
		for _, test := range []struct {
			names []string
			code  int
			want  string // in what is printed
			left  int
		}{
			{[]string{"--dry-run", "https://example.org/a", string(all["Envoys meet"].ID)}, 0, "2 stories would be removed", 3},
			{[]string{"story:0123456789abcdef0123", "https://example.org/c"}, exitFailed, "story:0123456789abcdef0123, nor https://example.org/c", 3},
			{[]string{string(l.ID), "https://example.org/a", "https://example.org/c"}, exitRefused, "is https://example.org/c", 2},
			{[]string{"https://example.org/b", string(all["Envoys meet"].ID)}, 0, "2 stories removed", 0},
			{[]string{"https://example.org/b"}, exitFailed, "https://example.org/b", 0},
			{[]string{""}, exitUsage, "an empty name", 0},
		} {
			out, errs, code := newsgraph(t, "", append([]string{"remove", "--store", uri}, test.names...)...)
			if code != test.code || !strings.Contains(out+errs, test.want) {
				t.Errorf("remove %q: exit code %d, want %d: %s%s", test.names, code, test.code, out, errs)
			}
			if left := inStore(t, uri); len(left) != test.left {
				t.Errorf("remove %q leaves %d stories, want %d", test.names, len(left), test.left)
			}
		}
		if left := export(t, uri); strings.Count(left, "\n") != 2 || !strings.Contains(left, `"records":{}`) { // the lines with which each export begins and ends
			t.Errorf("removing all leaves %s", left)
		}
		if _, errs, code := newsgraph(t, "", "load", "--store", uri, file); code != 0 {
			t.Fatal(errs)
		}
		if again := export(t, uri); again != whole {
			t.Errorf("another export after removing and loading again: %s", difference(again, whole))
		}
	})
	none := "sqlite:" + filepath.Join(t.TempDir(), "none.db")
	for _, args := range [][]string{{"list"}, {"remove", "https://example.org/a"}} {
		if _, errs, code := newsgraph(t, "", append(args, "--store", none)...); code != exitFailed || !strings.Contains(errs, "there is no store") {
			t.Errorf("%v: exit code %d: %s", args, code, errs)
		}
	}
	for _, args := range [][]string{{"--since", "10 January"}, {"--since", "2024", "--until", "2023"}} {
		if _, errs, code := newsgraph(t, "", append([]string{"list", "--store", none}, args...)...); code != exitUsage {
			t.Errorf("%v: exit code %d: %s", args, code, errs)
		}
	}
}

// TestReplace loads stories again with other flags: they make no doubles, and nothing else goes.
func TestReplace(t *testing.T) {
	dir, others := t.TempDir(), t.TempDir()
	write(t, dir, "a.txt", "Norway meets Chad\n\nNorway met Chad on Tuesday in Oslo.\n")
	write(t, dir, "b.txt", "Peru meets Chad\n\nPeru met Chad on Monday in Lima.\n")
	write(t, others, "c.jsonl", `{"title": "Norway meets Chad", "text": "Norway met Chad on Tuesday in Oslo.", "published": "2024-01-12", "source": "Other"}
{"title": "Peru meets Chad", "text": "Peru met Chad on Monday in Lima.", "published": "2024-01-12", "url": "https://example.org/b"}
{"title": "The same every week", "text": "Norway met Chad on Monday.", "published": "2024-01-01"}
{"title": "The same every week", "text": "Norway met Chad on Monday.", "published": "2024-01-08"}
`)
	load := func(uri string, args ...string) string {
		t.Helper()
		out, errs, code := newsgraph(t, "", append([]string{"load", "--store", uri}, args...)...)
		if code != 0 {
			t.Fatal(errs)
		}
		return out
	}
	copied := regexp.MustCompile(`copies +-?[1-9]`) // what is replaced is no copy
	clean := "sqlite:" + filepath.Join(t.TempDir(), "clean.db")
	load(clean, others)
	load(clean, "--published", "2024-01-10", "--publisher", "Paper", dir)
	want := export(t, clean)
	stores(t, func(t *testing.T, uri string) {
		load(uri, others)
		load(uri, dir)
		if out := load(uri, "--replace", "--published", "2024-01-10", "--publisher", "Paper", dir); !strings.Contains(out, "2 stories of earlier loads replaced") || copied.MatchString(out) {
			t.Errorf("told %s", out)
		}
		if out := load(uri, "--replace", others); strings.Contains(out, "replaced") {
			t.Errorf("a load of what is there replaces: %s", out)
		}
		if got := export(t, uri); got != want {
			t.Errorf("another export: %s", difference(got, want))
		}
	})
}

// TestSupersede loads versions of a story in both orders: the later one is in the graph, reread reaches the former, and it comes back.
func TestSupersede(t *testing.T) {
	dir := t.TempDir()
	const first = `{"title": "Norway meets Chad", "text": "Norway met Chad on Tuesday in Oslo.", "published": "2024-01-10", "source": "Paper", "url": "https://example.org/a"}`
	const second = `{"title": "Norway condemns Chad", "text": "Norway condemned Chad on Tuesday in Oslo.", "published": "2024-01-11", "source": "Paper", "url": "https://example.org/a"}`
	former, later := write(t, dir, "former.jsonl", first+"\n"), write(t, dir, "later.jsonl", second+"\n")
	alone := "sqlite:" + filepath.Join(t.TempDir(), "alone.db")
	if _, errs, code := newsgraph(t, "", "load", "--store", alone, former); code != 0 {
		t.Fatal(errs)
	}
	exports := map[string]bool{}
	for _, order := range [][]string{{former, later}, {later, former}} {
		stores(t, func(t *testing.T, uri string) {
			for _, file := range order {
				if _, errs, code := newsgraph(t, "", "load", "--store", uri, file); code != 0 {
					t.Fatal(errs)
				}
			}
			exports[export(t, uri)] = true
			now, all := inStore(t, uri), inStore(t, uri, "--superseded")
			if len(now) != 1 || len(all) != 2 || *all["Norway meets Chad"].SupersededBy != string(now["Norway condemns Chad"].ID) {
				t.Errorf("listed %v, with superseded ones %v", now, all)
			}
			if _, errs, code := newsgraph(t, "", "remove", "--store", uri, string(now["Norway condemns Chad"].ID)); code != 0 {
				t.Fatal(errs)
			}
			if got, want := export(t, uri), export(t, alone); got != want {
				t.Errorf("the former version came back otherwise: %s", difference(got, want))
			}
		})
	}
	if len(exports) != 1 {
		t.Errorf("%d exports of the same stories", len(exports))
	}
}

// TestKill loads a story of an agency, another version of it, and the notice that takes it back, in every order: nothing of it is in the graph, and the
// exports are the same.
func TestKill(t *testing.T) {
	dir := t.TempDir()
	item := func(version, status, head, text string) string {
		return write(t, dir, version+status+".json", fmt.Sprintf(`{"uri": "urn:andes:7", "type": "text", "version": %q, "pubstatus": %q, "versioncreated": "2024-01-10T0%s:00:00Z",
			"provider": "Andes Wire", "headline": %q, "body_text": %q}`, version, status, version, head, text))
	}
	files := []string{
		item("1", "usable", "Norway meets Chad", "Norway met Chad in Oslo on Tuesday."), item("2", "usable", "Norway condemns Chad", "Norway condemned Chad on Tuesday."),
		item("2", "canceled", "KILL: Norway condemns Chad", "Norway condemned Chad on Tuesday."),
	}
	const notice = "Taken back by its agency: urn:andes:7, version 2"
	var want string
	for i, order := range [][]int{{0, 1, 2}, {2, 1, 0}, {1, 2, 0}, {2, 0, 1}} {
		uri := "sqlite:" + filepath.Join(dir, fmt.Sprintf("%d.db", i))
		for _, k := range order {
			if out, errs, code := newsgraph(t, "", "load", "--store", uri, files[k]); code != 0 {
				t.Fatal(out, errs)
			}
		}
		now, all := inStore(t, uri), inStore(t, uri, "--superseded")
		if len(now) != 1 || now[notice].ID == "" || len(all) != 3 {
			t.Errorf("%v: listed %v, with superseded ones %v", order, now, all)
		}
		got := export(t, uri)
		if i == 0 {
			want = got
		} else if got != want {
			t.Errorf("%v: exported\n%s\nwant\n%s", order, got, want)
		}
		if out, errs, code := newsgraph(t, "", "remove", "--store", uri, string(now[notice].ID)); code != 0 {
			t.Error(out, errs)
		}
		if now = inStore(t, uri); now["Norway condemns Chad"].ID == "" {
			t.Errorf("%v: the notice is removed, and there is %v", order, now)
		}
	}
}
