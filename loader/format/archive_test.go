package format

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
)

const mdStory = "# Lake Chad refills\n\nThe lake's southern pool is full.\n"

func zipped(t testing.TB, members ...string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for k := 0; k < len(members); k += 2 {
		w, err := z.Create(members[k])
		if err == nil {
			_, err = w.Write([]byte(members[k+1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func tarred(t testing.TB, members ...string) string {
	t.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for k := 0; k < len(members); k += 2 {
		err := w.WriteHeader(&tar.Header{Name: members[k], Size: int64(len(members[k+1])), Mode: 0o644, Typeflag: tar.TypeReg, Format: tar.FormatPAX})
		if err == nil {
			_, err = w.Write([]byte(members[k+1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func gzipped(t testing.TB, s string) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, err := w.Write([]byte(s))
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// told are the items and errors of an input, one a line.
func told(data string) string {
	var b strings.Builder
	for i, err := range Read("in", "", strings.NewReader(data), Options{}) {
		if err != nil {
			fmt.Fprintln(&b, err)
			continue
		}
		fmt.Fprintf(&b, "%s: %s\n", i.Where, i.Headline)
	}
	return b.String()
}

func TestArchivesGiveTheirMembers(t *testing.T) {
	members := []string{"a.md", mdStory, "b/empty.html", "<html></html>", "__MACOSX/._a", "x", "c.md", mdStory}
	want := "a.md: Lake Chad refills\nin: b/empty.html: no story in it: a page of links or notices without an article; save the pages that it links to and load those\nc.md: Lake Chad refills\n"
	for name, data := range map[string]string{
		"zip": zipped(t, members...), "tar": tarred(t, members...), "tar.gz": gzipped(t, tarred(t, members...)),
		"tar.gz of two members": gzipped(t, tarred(t, members...)[:700]) + gzipped(t, tarred(t, members...)[700:]),
	} {
		if got := told(data); got != want {
			t.Errorf("%s:\n%swant\n%s", name, got, want)
		}
	}
	if got := told(gzipped(t, mdStory)); got != ": Lake Chad refills\n" {
		t.Errorf("gzip: %s", got)
	}
	if got := told(zipped(t, "in.tar.gz", gzipped(t, tarred(t, "a.md", mdStory)))); got != "in.tar.gz: a.md: Lake Chad refills\n" {
		t.Errorf("archives in archives: %s", got)
	}
}

func TestBadArchivesAreRefused(t *testing.T) {
	deep := mdStory
	for range deepestArchive + 1 {
		deep = gzipped(t, deep)
	}
	zeros := strings.Repeat("\x00", 256<<20)
	var u *Unsupported
	for name, data := range map[string]string{
		"too deep": deep, "gzip bomb": gzipped(t, "<html>"+zeros), "zip bomb": zipped(t, "a.md", "# a\n\n"+zeros, "b.html", "<html>"+zeros),
		"gzip bomb in a tar": tarred(t, "x.gz", gzipped(t, "<html>"+zeros)), "zstd bomb": packed(t, "zstd", "<html>"+zeros),
	} {
		errs, items := bounded(t, name, data)
		if items > 0 || len(errs) == 0 || !errors.As(errs[len(errs)-1], &u) && !errors.Is(errs[len(errs)-1], ErrTooLong) {
			t.Errorf("%s: %d items, %v", name, items, errs)
		}
	}
	nested := zipped(t, "a.md", mdStory+zeros[:3<<20])
	for range deepestArchive - 1 {
		var ten []string
		for k := range 10 {
			ten = append(ten, fmt.Sprint(k, ".zip"), nested)
		}
		nested = zipped(t, ten...)
	}
	lying := bytes.NewBufferString(zipped(t, "a.md", mdStory))
	at := bytes.Index(lying.Bytes(), []byte("PK\x01\x02"))
	member, end := lying.Bytes()[at:lying.Len()-22], lying.Bytes()[lying.Len()-22:]
	over := lying.String()[:at] + strings.Repeat(string(member), 20) + string(end[:8]) + "\x14\x00\x14\x00" + string(binary.LittleEndian.AppendUint32(nil, uint32(20*len(member)))) + string(end[16:])
	for name, data := range map[string]string{"zips in zips": nested, "members over each other": over} {
		if errs, _ := bounded(t, name, data); len(errs) == 0 || len(errs) > 500 || !errors.As(errs[len(errs)-1], &u) || !strings.Contains(u.Form, "bomb") {
			t.Errorf("%s: %d errors, %v", name, len(errs), errs[:min(3, len(errs))])
		}
	}
	lines := strings.Repeat("0\n", 32<<20)
	for name, data := range map[string]string{"gzip": gzipped(t, lines), "zstd": packed(t, "zstd", lines), "gzip of zeros": gzipped(t, zeros[:64<<20])} {
		if errs, items := bounded(t, name, data); items > 0 || !errors.As(errors.Join(errs...), &u) || !strings.Contains(u.Form, "bomb") {
			t.Errorf("a text in %s that unfolds beyond all texts: %d items, %v", name, items, errs)
		}
	}
	for name, data := range map[string]string{"gzip": gzipped(t, mdStory)[:30], "tar.gz": gzipped(t, tarred(t, "a.md", mdStory))[:90]} {
		if errs, items := refusals(data); items > 0 || !strings.Contains(fmt.Sprint(errs), "cut off") {
			t.Errorf("a cut %s: %d items, %v", name, items, errs)
		}
	}
	for name, data := range map[string]string{
		"cut gzip": gzipped(t, mdStory)[:30], "cut zip": zipped(t, "a.md", mdStory)[:60], "cut tar": tarred(t, "a.md", mdStory, "b.md", mdStory)[:1100],
		"xz": "\xfd7zXZ\x00abc", "RTF": `{\rtf1 a}`, "workbook": zipped(t, "xl/workbook.xml", "<a/>"), "picture": "\x89PNG\r\n\x1a\n",
	} {
		if errs, _ := refusals(data); len(errs) == 0 {
			t.Errorf("%s: read", name)
		}
	}
}

// packed packs by a content encoding.
func packed(t testing.TB, encoding, s string) string {
	t.Helper()
	var b bytes.Buffer
	var w io.WriteCloser
	var err error
	switch encoding {
	case "br":
		w = brotli.NewWriter(&b)
	case "zstd":
		w, err = zstd.NewWriter(&b)
	case "deflate":
		w = zlib.NewWriter(&b)
	default:
		return gzipped(t, s)
	}
	if err == nil {
		_, err = io.WriteString(w, s)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// response is a record of WARC with a page as a server sent it.
func response(encoding, body string) string {
	http := "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: " + encoding + "\r\n\r\n" + body
	return fmt.Sprintf("WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://sahel.example/a\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", len(http), http)
}

func TestContentEncodingsInWARC(t *testing.T) {
	for _, length := range []int{3, 300, 3000} {
		page := "<!doctype html><html lang=en><title>The lake refills</title><h1>The lake refills</h1>" +
			strings.Repeat("<p>The commission of the lake said that its southern pool had reached the highest level in ten years.</p>", length)
		var want Item
		for i, err := range Read("in", "", strings.NewReader(response("identity", page)), Options{}) {
			if want = i; err != nil {
				t.Fatal(err)
			}
		}
		for _, e := range []string{"gzip", "deflate", "br", "zstd"} {
			// A crawler may have unpacked the page and left the server's word for it.
			for how, body := range map[string]string{"packed": packed(t, e, page), "left as it is": page} {
				if i := only(t, response(e, body), ""); i.Text != want.Text || i.Headline != "The lake refills" || i.URL != want.URL {
					t.Errorf("%s, %s: %+v", e, how, i)
				}
			}
		}
		if got := told(packed(t, "zstd", response("identity", page))); got != "record 1: The lake refills\n" {
			t.Errorf("an archive packed by zstd: %s", got)
		}
	}
	var u *Unsupported
	zeros := "<html>" + strings.Repeat("\x00", 256<<20)
	for _, e := range []string{"gzip", "deflate", "br", "zstd"} {
		errs, items := refusals(response(e, packed(t, e, zeros)))
		if items > 0 || len(errs) == 0 || !errors.As(errs[0], &u) && !errors.Is(errs[0], ErrTooLong) {
			t.Errorf("bomb of %s: %d items, %v", e, items, errs)
		}
		if errs, items = refusals(response(e, packed(t, e, zeros[:10000])[:12])); items > 0 || len(errs) == 0 && e != "br" {
			t.Errorf("cut %s: %d items, %v", e, items, errs)
		}
	}
}

func TestDocx(t *testing.T) {
	body := `<w:document xmlns:w="w" xmlns:mc="mc"><w:body>` +
		`<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r><w:t>Dam talks end</w:t></w:r></w:p><w:p><w:r><w:t>By Hana Girma</w:t></w:r></w:p>` +
		`<w:p><w:r><w:t xml:space="preserve">Egypt, Ethiopia </w:t></w:r><w:del><w:r><w:delText>or</w:delText><w:t>or</w:t></w:r></w:del><w:r><w:t>and Sudan talked.</w:t></w:r></w:p>` +
		`<w:p/><w:p><w:r><w:t>They</w:t><w:br/><w:t>meet again.</w:t></w:r></w:p></w:body></w:document>`
	i := only(t, zipped(t, "[Content_Types].xml", "<a/>", "word/document.xml", body, "docProps/core.xml", `<c xmlns:d="d"><d:title>Old</d:title><d:language>en-US</d:language></c>`), "")
	if i.Headline != "Dam talks end" || i.Byline != "By Hana Girma" || i.Text != "Egypt, Ethiopia and Sudan talked.\n\nThey meet again." || i.Language != "en-US" || i.Published.Value != "" {
		t.Errorf("%+v", i)
	}
	for name, bad := range map[string]string{"cut": body[:200], "empty": "<w:document xmlns:w='w'/>", "entities": `<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>`, "deep": strings.Repeat("<a>", 10_000)} {
		if errs, items := refusals(zipped(t, "word/document.xml", bad)); len(errs) != 1 || items != 0 {
			t.Errorf("%s: %d items, %v", name, items, errs)
		}
	}
}

func FuzzArchive(f *testing.F) {
	f.Add(zipped(f, "a.md", mdStory))
	f.Add(tarred(f, "a.md", mdStory))
	f.Add(gzipped(f, mdStory))
	f.Add(packed(f, "zstd", mdStory))
	f.Add(response("br", packed(f, "br", "<html><p>"+mdStory)))
	f.Add(response("zstd", packed(f, "zstd", "<html><p>"+mdStory)))
	f.Add(zipped(f, "word/document.xml", "<w:document xmlns:w='w'><w:p><w:t>a</w:t></w:p></w:document>"))
	f.Fuzz(func(_ *testing.T, data string) { refusals(data) })
}

// A row of words is a line; one that lays out sentences is paragraphs.
func TestWordTables(t *testing.T) {
	p := func(text string) string { return "<w:p><w:r><w:t>" + text + "</w:t></w:r></w:p>" }
	row := func(cells ...string) string {
		return "<w:tr><w:tc>" + strings.Join(cells, "</w:tc><w:tc>") + "</w:tc></w:tr>"
	}
	const sentence = "The council of Lugo voted on Monday to close the bridge."
	for body, want := range map[string]string{
		p(sentence) + "<w:tbl>" + row(p("Town"), p("Votes")) + row(p("Lugo"), p("4")) + "</w:tbl>": sentence + "\n\nTown Votes\n\nLugo 4",
		"<w:tbl>" + row(p("Lugo"), p(sentence)+p("Nobody objected.")) + "</w:tbl>":                 "Lugo\n\n" + sentence + "\n\nNobody objected.",
		"<w:tbl>" + row("<w:tbl>"+row(p("a"), p("b"))+"</w:tbl>"+p("c"), p(sentence)) + "</w:tbl>": "a b\n\nc\n\n" + sentence,
	} {
		if got := only(t, zipped(t, "[Content_Types].xml", "<Types/>", "word/document.xml", `<w:document xmlns:w="x"><w:body>`+body+`</w:body></w:document>`), "").Text; got != want {
			t.Errorf("%s: %q", body, got)
		}
	}
}

func TestWARC(t *testing.T) { golden(t, "warc") }

func FuzzWARC(f *testing.F) { fuzzRead(f, "warc") }

func TestBrokenMemberOfWARCCostsNoOther(t *testing.T) {
	data, err := os.ReadFile("testdata/warc/pages.warc")
	if err != nil {
		t.Fatal(err)
	}
	record := string(data)
	record = record[strings.Index(record, "WARC/1.0\r\nWARC-Type: response"):]
	record = record[:strings.Index(record, "</html>")+7] + "\r\n\r\n"
	one := gzipped(t, record)
	bad := []byte(one)
	bad[len(bad)/2] ^= 0xff
	got := told(one + string(bad) + one)
	if strings.Count(got, "Lake Chad refills after rain\n") != 2 || !strings.Contains(got, "record 2") {
		t.Errorf("%s", got)
	}
}

func BenchmarkWARC(b *testing.B) {
	page, err := os.ReadFile("testdata/html/newsarticle.html")
	if err != nil {
		b.Fatal(err)
	}
	http := "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + string(page)
	record := gzipped(b, fmt.Sprintf("WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://andes.example/\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", len(http), http))
	const n = 200
	data := strings.Repeat(record, n)
	b.SetBytes(int64(len(http) * n))
	for b.Loop() {
		if _, items := refusals(data); items != n {
			b.Fatalf("%d items", items)
		}
	}
	b.ReportMetric(float64(n*b.N)/b.Elapsed().Seconds(), "stories/s")
}
