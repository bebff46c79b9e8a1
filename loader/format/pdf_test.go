package format

import (
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"strings"
	"testing"
)

// pdfOf is a PDF of one page that draws what contents say.
func pdfOf(contents, filter string) string {
	var b strings.Builder
	var at []int
	object := func(s string) {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", len(at), s)
	}
	b.WriteString("%PDF-1.4\n")
	object("<</Type/Catalog/Pages 2 0 R>>")
	object("<</Type/Pages/Kids[3 0 R]/Count 1>>")
	object("<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>")
	object(fmt.Sprintf("<</Length %d%s>>\nstream\n%s\nendstream", len(contents), filter, contents))
	object("<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>")
	xref := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, a := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", a)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, xref)
	return b.String()
}

const drawn = `BT /F1 20 Tf 72 720 Td (Dam talks end without agreement) Tj ET
BT /F1 11 Tf 72 690 Td 13 TL (Egypt, Ethiopia and Sudan ended a round of talks on the Nile dam with-) Tj T* (out an agreement, their ministers said.) Tj ET
BT /F1 11 Tf 72 650 Td 13 TL (The next round is to be held in Addis Ababa, where the African Union) Tj T* (has its seat.) Tj ET`

func deflated(t *testing.T, s string) string {
	t.Helper()
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	_, err := w.Write([]byte(s))
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestPDF(t *testing.T) {
	for _, data := range []string{pdfOf(drawn, ""), pdfOf(deflated(t, drawn), "/Filter/FlateDecode"), "junk\n" + pdfOf(drawn, "")} {
		i := only(t, data, "")
		want := "Egypt, Ethiopia and Sudan ended a round of talks on the Nile dam without an agreement, their ministers said.\n\n" +
			"The next round is to be held in Addis Ababa, where the African Union has its seat."
		if i.Headline != "Dam talks end without agreement" || i.Text != want {
			t.Errorf("%q\n%q", i.Headline, i.Text)
		}
	}
}

// TestColumns reads pages of two columns, however they are drawn, and leaves the rows of tables as they are.
func TestColumns(t *testing.T) {
	left := []string{"The mayor of Lugo condemned the plan to", "close the bridge over the river in spring,", "and asked the council to vote on it anew", "before the ships of summer come."}
	right := []string{"Engineers say that its pillars have moved", "by a hand since the flood of last winter,", "and that lorries have to be kept off it", "until divers have seen its feet."}
	at := func(x, y int, text string) string {
		return fmt.Sprintf("BT /F1 10 Tf %d %d Td (%s) Tj ET\n", x, y, text)
	}
	const head = "BT /F1 20 Tf 72 720 Td (Bridge stays open, council says) Tj ET\n"
	byRows, byColumns := head, head
	for k := range left {
		byRows += at(72, 690-12*k, left[k]) + at(320, 690-12*k, right[k])
		byColumns += at(72, 690-12*k, left[k])
	}
	for k := range right {
		byColumns += at(320, 690-12*k, right[k])
	}
	const last = "The council meets again on Friday in the town hall, whose doors are open to all who want to speak of it."
	want := strings.Join(left, " ") + "\n\n" + strings.Join(right, " ")
	for name, page := range map[string]string{"by rows": byRows, "by columns": byColumns} {
		if i := only(t, pdfOf(page, ""), ""); i.Text != want || i.Headline != "Bridge stays open, council says" {
			t.Errorf("%s: %q, %q", name, i.Headline, i.Text)
		}
	}
	if i := only(t, pdfOf(byRows+at(72, 620, last), ""), ""); i.Text != want+"\n\n"+last {
		t.Errorf("a line below both: %q", i.Text)
	}
	table := at(72, 690, strings.Join(left, " "))
	for k, town := range []string{"Lugo", "Vigo", "Noia", "Tui"} {
		table += at(72, 660-12*k, town) + at(320, 660-12*k, fmt.Sprint(k+4, " votes"))
	}
	if i := only(t, pdfOf(table, ""), ""); !strings.Contains(i.Text, "Lugo 4 votes") || !strings.Contains(i.Text, "Tui 7 votes") {
		t.Errorf("a table: %q", i.Text)
	}
}

// TestPackedPDF reads a PDF whose objects, but its drawing, are packed in a stream and told by no table.
func TestPackedPDF(t *testing.T) {
	objects := []string{"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", "<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>", "", "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"}
	head, all, n := "", "", 0
	for k, o := range objects {
		if o != "" {
			head += fmt.Sprintf("%d %d ", k+1, len(all))
			all += o + " "
			n++
		}
	}
	packed, contents := deflated(t, head+all), deflated(t, drawn)
	i := only(t, fmt.Sprintf("%%PDF-1.5\n4 0 obj\n<</Length %d/Filter[/FlateDecode]>>stream\n%s\nendstream endobj\n6 0 obj\n<</Type/ObjStm/N %d/First %d/Filter/FlateDecode/Length %d>>stream\r\n%s\nendstream endobj\n"+
		"7 0 obj\n<</Type/XRef/Root 1 0 R/Length 0>>stream\n\nendstream endobj\nstartxref\n9\n%%%%EOF", len(contents), contents, n, len(head), len(packed), packed), "")
	if i.Headline != "Dam talks end without agreement" || !strings.HasSuffix(i.Text, "has its seat.") {
		t.Errorf("%+v", i)
	}
}

func TestBadPDFsAreRefused(t *testing.T) {
	var u *Unsupported
	errs, _ := refusals(pdfOf("q 600 0 0 700 0 0 cm /Im1 Do Q", ""))
	if len(errs) != 1 || !errors.As(errs[0], &u) || u.Form != "a scanned PDF" {
		t.Errorf("scanned: %v", errs)
	}
	zeros := strings.Repeat(" ", 200<<20)
	for name, data := range map[string]string{
		"cut": pdfOf(drawn, "")[:300], "empty": "%PDF-1.4\n", "bomb": pdfOf(deflated(t, zeros), "/Filter/FlateDecode"),
		"bomb in bomb": pdfOf(deflated(t, deflated(t, zeros)), "/Filter[/FlateDecode/FlateDecode]"), "no pages": strings.Replace(pdfOf(drawn, ""), "/Kids[3 0 R]", "/Kids[2 0 R]", 1),
		"parents":        strings.NewReplacer("/Parent 2 0 R", "/Parent 3 0 R", "/Resources<<", "/Other<<").Replace(pdfOf(drawn, "")),
		"pages in pages": strings.Replace(pdfOf(drawn, ""), "/Kids[3 0 R]", "/Kids[2 0 R 2 0 R 3 0 R]", 1),
		"huge table":     strings.Replace(pdfOf("999999999999 beginbfchar endbfchar", ""), "/Encoding", "/ToUnicode 4 0 R/Encoding", 1),
		"huge size":      strings.Replace(pdfOf("q Q", ""), "/Size 6", "/Size 999999999999", 1), "encrypted": strings.Replace(pdfOf(drawn, ""), "/Root", "/Encrypt 9 0 R/Root", 1),
		"deep": pdfOf(strings.Repeat("[", 1_000_000), ""), "deep q": pdfOf(strings.Repeat("q ", 1_000_000), ""),
	} {
		if errs, items := bounded(t, name, data); items != 0 || len(errs) != 1 {
			t.Errorf("%s: %d items, %v", name, items, errs)
		}
	}
}

func FuzzPDF(f *testing.F) {
	f.Add(pdfOf(drawn, ""))
	f.Fuzz(func(_ *testing.T, data string) { refusals(data) })
}
