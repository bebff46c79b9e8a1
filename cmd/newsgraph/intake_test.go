//go:build linux

package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
)

// TestDryRunsHoldLittle sees that what a dry run reads goes by: neither the rows of a table, printed as JSON, nor the members of an archive are held, nor
// the models, which no dry run asks.
func TestDryRunsHoldLittle(t *testing.T) {
	dir := t.TempDir()
	var table, packed bytes.Buffer
	table.WriteString("headline,text,published\n")
	z := zip.NewWriter(&packed)
	for n := range 30_000 {
		text := fmt.Sprintf("The council voted on Monday to close the old bridge, number %d, %safter engineers had looked at its piers.", n, strings.Repeat("and then the next, ", 20))
		fmt.Fprintf(&table, "Bridge %d closes,%q,2024-01-10\n", n, text)
		m, err := z.Create(fmt.Sprintf("bridges/%d.txt", n))
		if err == nil {
			_, err = fmt.Fprintf(m, "Bridge %d closes\n\n%s\n", n, text)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"--json", write(t, dir, "a.csv", table.String())}, {write(t, dir, "b.zip", packed.String())}} {
		c := exec.CommandContext(t.Context(), program, append([]string{"load", "--dry-run"}, args...)...)
		var out bytes.Buffer
		c.Stdout = &out
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		ended := make(chan error, 1)
		go func() { ended <- c.Wait() }()
		most := 0 // what the kernel says at the end would count the test's own memory, of which the program is forked
		for running := true; running; {
			select {
			case err := <-ended:
				if running = false; err != nil || !bytes.Contains(out.Bytes()[max(0, out.Len()-1000):], []byte("30000")) {
					t.Fatalf("%v: %v", args, err)
				}
			case <-time.After(5 * time.Millisecond):
				status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", c.Process.Pid)) // gone once the program has ended
				if _, at, ok := strings.Cut(string(status), "VmHWM:"); ok {
					kb, err := strconv.Atoi(strings.Fields(at)[0])
					if err != nil {
						t.Fatal(err)
					}
					most = max(most, kb)
				}
			}
		}
		if mb := most >> 10; mb == 0 || mb > 190 {
			t.Errorf("%v: %d MB", args, mb)
		}
	}
}

// TestLoadExamples runs each example of load --help on files as it names them.
func TestLoadExamples(t *testing.T) {
	files := map[string]string{
		"story.txt": goodStory, "story.json": `{"published": "2024-01-10", "url": "https://example.org/1"}`, "stories/a.txt": goodStory,
		"samples/index.tsv": "file\tpublished\tpublisher\nb.txt\t2024-01-10\tThe Paper\n", "samples/b.txt": goodStory,
		"stories.csv":   "headline,text,published\nPeru meets Chad,Envoys of Peru met those of Chad in Lima on Monday.,2024-01-10\n",
		"articles.json": `[{"title": "Peru meets Chad", "body": "Envoys of Peru met those of Chad in Lima on Monday.", "date": "2024-01-10"}]`,
		"stories.jsonl": `{"title": "Peru meets Fiji", "body": "Envoys of Peru met those of Fiji in Lima on Monday.", "date": "2024-01-10"}`,
		"x.json":        `{"title": "Peru meets Chad", "body": {"value": "Envoys of Peru met those of Chad in Lima on Monday."}}`,
		"report.pdf": "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj\n" +
			"4 0 obj<</Length 81>>stream\nBT /F1 11 Tf 72 690 Td (Envoys of Peru met those of Chad in Lima on Monday.) Tj ET\nendstream endobj\n5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n",
	}
	for name, of := range map[string]string{
		"page.html": "html/newsarticle.html", "feed.xml": "feed/rss2.xml", "feed.json": "feed/feed.json", "item.xml": "agency/newsitem.xml", "wire.nitf": "agency/story.nitf",
		"item.ninjs.json": "agency/ninjs20.json", "notes.md": "markdown/front.md", "letter.eml": "mail/multipart.eml", "letters.mbox": "mail/two.mbox", "warc": "warc/pages.warc",
	} {
		data, err := os.ReadFile("../../loader/format/testdata/" + of)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = string(data)
	}
	var packed, warc, word, zipped bytes.Buffer
	z := gzip.NewWriter(&warc)
	_, err := io.WriteString(z, files["warc"])
	tarred := gzip.NewWriter(&packed)
	tarball := tar.NewWriter(tarred)
	err = errors.Join(err, z.Close(), tarball.WriteHeader(&tar.Header{Name: "a.txt", Size: int64(len(goodStory)), Mode: 0o600}))
	_, written := io.WriteString(tarball, goodStory)
	err = errors.Join(err, written, tarball.Close(), tarred.Close())
	for to, member := range map[*bytes.Buffer][2]string{
		&word:   {"word/document.xml", `<w:document xmlns:w="x"><w:body><w:p><w:r><w:t>Envoys of Peru met those of Chad in Lima on Monday.</w:t></w:r></w:p></w:body></w:document>`},
		&zipped: {"a.txt", goodStory},
	} {
		archive := zip.NewWriter(to)
		w, created := archive.Create(member[0])
		if err = errors.Join(err, created); err != nil {
			t.Fatal(err)
		}
		_, written := io.WriteString(w, member[1])
		err = errors.Join(err, written, archive.Close())
	}
	if err != nil {
		t.Fatal(err)
	}
	files["stories.tar.gz"], files["CC-NEWS-20240110.warc.gz"], files["story.docx"], files["stories.zip"] = packed.String(), warc.String(), word.String(), zipped.String()
	t.Chdir(t.TempDir())
	for name, data := range files {
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	site, none := newPaper(t, 3), regexp.MustCompile(`\b0 stories`) // and not 220 a second
	n := 0
	for line := range strings.SplitSeq(loadCmd{}.Help(), "\n") {
		example, ok := strings.CutPrefix(line, "  newsgraph ")
		if !ok || strings.Contains(example, "nats://") { // the tests of queues have their server
			continue
		}
		// The example ends before two spaces, or before what --map is told of.
		command, _, _ := strings.Cut(example, "  ")
		command = strings.NewReplacer("neo4j://localhost:7687", "sqlite:graph.db", "https://example.org/news/a-story.html", "--allow-private "+site.url+"/story/1", " names of your own; stories=data.list says where the records are", "").Replace(command)
		command, stdin, _ := strings.Cut(command, " < ")
		args := strings.Fields(command)
		if !strings.Contains(command, "--replace") && !strings.Contains(command, "--dry-run") {
			args = append(args, "--dry-run")
		}
		var out, told strings.Builder
		if code := run(t.Context(), args, strings.NewReader(files[stdin]), &out, &told); code != 0 && code != exitRefused || none.MatchString(out.String()) {
			t.Errorf("newsgraph %s: exit code %d, %s%s", strings.Join(args, " "), code, out.String(), told.String())
		}
		n++
	}
	if n < 18 {
		t.Errorf("%d examples", n)
	}
}
