//go:build unix

package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"newsgraph/loader"
	"newsgraph/loader/extract"
	"newsgraph/news"
)

// TestReread puts stories as an older reader might have read them, kills a reading in its middle, and sees that the next one ends in the same
// bytes as a load by this version.
func TestReread(t *testing.T) {
	dir := t.TempDir()
	const stories = 160
	for n := range stories {
		write(t, dir, fmt.Sprintf("%03d.txt", n), fmt.Sprintf("Envoys meet, day %d\n\nNorway condemned Chad on Tuesday.\n\nKing Harald met Peru's envoy %d times.\n", n, n))
	}
	clean := "sqlite:" + filepath.Join(t.TempDir(), "clean.db")
	if _, errs, code := newsgraph(t, "", "load", "--store", clean, "--published", "2024-01-10", dir); code != 0 {
		t.Fatal(errs)
	}
	want := export(t, clean)
	x, err := extract.New()
	if err != nil {
		t.Fatal(err)
	}
	stores(t, func(t *testing.T, uri string) {
		s, err := storeFlags{Store: uri, Neo4jUser: os.Getenv("NEO4J_USER"), Neo4jPassword: os.Getenv("NEO4J_PASSWORD")}.open(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		_, err = loader.Load(t.Context(), s, loader.Sources(loader.Files([]string{dir}), nil), loader.Options{Published: "2024-01-10", Agency: x.Agency},
			func(story news.Story) (news.Facts, error) {
				story.Reader = "0"
				return news.Facts{Story: story}, nil
			}, func(loader.Progress) {})
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		if out, errs, code := newsgraph(t, goodStory, "load", "--store", uri, "-"); code != 0 || !strings.Contains(out, fmt.Sprintf("%d stories were", stories)) ||
			!strings.Contains(out, "newsgraph reread") {
			t.Errorf("exit code %d, %s%s", code, out, errs)
		}
		c := exec.CommandContext(t.Context(), program, "reread", "--store", uri)
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(500 * time.Millisecond)
		if err := c.Process.Signal(syscall.SIGKILL); err != nil {
			t.Logf("ended before it was killed: %v", err)
		}
		_ = c.Wait() // killed
		if out, errs, code := newsgraph(t, "", "reread", "--store", uri); code != 0 || !strings.Contains(out, "read again") {
			t.Fatalf("exit code %d, %s%s", code, out, errs)
		}
		if out, errs, code := newsgraph(t, "", "reread", "--store", uri); code != 0 || !strings.Contains(out, "nothing to read again") {
			t.Errorf("exit code %d, %s%s", code, out, errs)
		}
		if _, errs, code := newsgraph(t, goodStory, "load", "--store", clean, "-"); code != 0 {
			t.Fatal(errs)
		}
		want := export(t, clean)
		if got := export(t, uri); got != want {
			t.Errorf("another export: %s", difference(got, want))
		}
	})
	if want == "" {
		t.Error("an empty export")
	}
}

func TestExplain(t *testing.T) {
	dir := t.TempDir()
	file := write(t, dir, "story.txt", "Norway condemns Chad\n\nForeign Minister Ola Berg of Norway condemned Chad's attack on Niger on Tuesday. “We stand by Niger,” he said. It rained.\n")
	out, errs, code := newsgraph(t, "", "explain", "--published", "2024-01-10", "--tree", file)
	if code != 0 {
		t.Fatalf("exit code %d: %s", code, errs)
	}
	for _, want := range []string{
		"[Ola Berg]", "condemn ACCUSE, ASSERTED", "SOURCE     → Ola Berg", "TARGET     → Chad", "ABOUT      → attack (attack)", "WHEN       → Tuesday = 2024-01-09",
		`time "Tuesday": DATE 2024-01-09`, `not coded "said"`, "VERB   root",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in %s", want, out)
		}
	}
	if strings.Contains(out, "\x1b") {
		t.Error("colours, and no terminal")
	}
	if out, _, _ := newsgraph(t, "", "explain", "--color", "always", file); !strings.Contains(out, "\x1b[36m[Ola Berg]") {
		t.Errorf("no colours in %s", out)
	}
	page := filepath.Join(dir, "story.html")
	if out, errs, code := newsgraph(t, "", "explain", "--html", page, file); code != 0 || out != "" {
		t.Fatalf("exit code %d: %s%s", code, out, errs)
	}
	html, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"<!doctype html>", `<mark class="PERSON"`, "Left uncoded", "condemn · ACCUSE"} {
		if !strings.Contains(string(html), want) {
			t.Errorf("no %q in the page", want)
		}
	}
	hostile := write(t, dir, "hostile.txt", "Talks <script>alert(1)</script>\n\nNorway condemned <b>Chad</b> & Niger.\n")
	if _, errs, code := newsgraph(t, "", "explain", "--html", page, hostile); code != 0 {
		t.Fatal(errs)
	}
	if html, err = os.ReadFile(page); err != nil || strings.Contains(string(html), "<script>") {
		t.Errorf("a story's script is in the page, %v", err)
	}
	if _, errs, code := newsgraph(t, "", "explain", filepath.Join(dir, "none.txt")); code != 1 || !strings.Contains(errs, "none.txt") {
		t.Errorf("exit code %d: %s", code, errs)
	}
}
