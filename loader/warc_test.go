package loader

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// archive writes a WARC of n pages of about 400 words, a member of gzip each, as crawls are kept.
func archive(t testing.TB, n int) string {
	t.Helper()
	return archiveIn(t, t.TempDir(), n)
}

func archiveIn(t testing.TB, dir string, n int) string {
	t.Helper()
	name := filepath.Join(dir, "pages.warc.gz")
	f, err := os.Create(name) //nolint:gosec // a folder of the test's
	if err != nil {
		t.Fatal(err)
	}
	out := bufio.NewWriter(f)
	z := gzip.NewWriter(out)
	who := []string{"The transport ministry", "The mayor of Larvik", "A union of fishermen", "The harbour master", "The weather service", "An engineer of the ferry line", "The court in Lugo"}
	did := []string{"said that", "told reporters that", "wrote in a letter that", "announced on Monday that", "warned that", "denied that"}
	what := []string{
		"the ferry to the northern islands would sail twice a day", "ice had closed the harbour for the third time this winter", "the bridge by the market needed new cables before summer",
		"two hundred people were brought to schools above the river", "wages at the yard would be paid from next month on", "the talks with the owners of the quay had ended without an agreement",
	}
	for page := range n {
		var b strings.Builder
		fmt.Fprintf(&b, `<!doctype html><html lang="en"><head><title>Harbour report %d</title><meta property="article:published_time" content="2024-05-%02dT09:30:00+02:00"><link rel="canonical" href="https://bay.example/%d"></head><body><nav>`, page, page%28+1, page)
		for k := range 12 {
			fmt.Fprintf(&b, `<a href="/s/%d">Section %d</a> `, k, k)
		}
		fmt.Fprintf(&b, `</nav><main><article><h1>Harbour report %d</h1>`, page)
		for k := range 12 {
			at := page*7 + k*5
			fmt.Fprintf(&b, "<p>%s %s %s. %s %s %s, and that nothing else was known of it by the evening.</p>", who[at%len(who)], did[at%len(did)], what[(at/3)%len(what)], who[(at+page/9)%len(who)], did[(at+2)%len(did)], what[(at+4)%len(what)])
		}
		b.WriteString(`</article><aside><ul>`)
		for k := range 10 {
			fmt.Fprintf(&b, `<li><a href="/n/%d">Another report of the harbour, number %d</a></li>`, k, k)
		}
		b.WriteString("</ul></aside></main></body></html>")
		http := "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + b.String()
		fmt.Fprintf(z, "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://bay.example/%d\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", page, len(http), http)
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		z.Reset(out)
	}
	if err := out.Flush(); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return name
}

// BenchmarkArchive reads a WARC of 20,000 pages end to end, as load --dry-run does.
func BenchmarkArchive(b *testing.B) {
	const pages = 20_000
	name := archive(b, pages)
	for b.Loop() {
		sum, err := Try(b.Context(), Sources(Files([]string{name}), nil), Options{Now: time.Now()}, func(Told) error { return nil }, func(Progress) {})
		if err != nil || sum.Stories != pages || sum.Refused != 0 {
			b.Fatalf("%+v, %v", sum, err)
		}
	}
	b.ReportMetric(float64(pages*b.N)/b.Elapsed().Seconds(), "stories/s")
}

// TestWriteArchive writes such a WARC into the folder NEWSGRAPH_BENCH_WARC, of NEWSGRAPH_BENCH_PAGES pages, for .ci/bench to load.
func TestWriteArchive(t *testing.T) {
	dir := os.Getenv("NEWSGRAPH_BENCH_WARC")
	if dir == "" {
		t.Skip("NEWSGRAPH_BENCH_WARC names no folder")
	}
	pages, err := strconv.Atoi(os.Getenv("NEWSGRAPH_BENCH_PAGES"))
	if err != nil {
		t.Fatal(err)
	}
	archiveIn(t, dir, pages)
}

// TestArchiveIsRead sees that the pages that BenchmarkArchive counts are read one by one.
func TestArchiveIsRead(t *testing.T) {
	n := 0
	sum, err := Try(t.Context(), Sources(Files([]string{archive(t, 40)}), nil), Options{}, func(s Told) error {
		if want := fmt.Sprintf("Harbour report %d", n); s.Headline != want || s.URL != fmt.Sprintf("https://bay.example/%d", n) || strings.Contains(s.Text, "Another report") || len(strings.Fields(s.Text)) < 250 {
			t.Errorf("%q at %s, %d words", s.Headline, s.URL, len(strings.Fields(s.Text)))
		}
		n++
		return nil
	}, func(Progress) {})
	if err != nil || sum.Stories != 40 || sum.Refused != 0 {
		t.Errorf("%+v, %v", sum, err)
	}
}
