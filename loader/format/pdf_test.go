package format

import (
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"
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

func deflated(t testing.TB, s string) string {
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

// FuzzPDF mutates small files: the reader wants neither a table of objects nor lengths, so a change of a byte costs no more than what it is of.
func FuzzPDF(f *testing.F) {
	const (
		tree = "%PDF-1\n1 0 obj<</Pages 2 0 R>>endobj 2 0 obj<</Kids[3 0 R]>>endobj 3 0 obj<</Type/Page/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj\n"
		font = "5 0 obj<</Type/Font/Subtype/Type1/BaseFont/A/ToUnicode 6 0 R/FirstChar 65/LastChar 66/Widths[500 600]>>endobj\n"
		end  = "/Root 1 0 R"
	)
	stream := func(id, dict, body string) string {
		return id + " 0 obj<<" + dict + ">>stream\n" + body + "\nendstream endobj\n"
	}
	const page, letters = "BT /F 9 Tf 1 2 Td(AB)Tj T* [(A)-9(B)]TJ ET", "1 begincodespacerange<00><ff>endcodespacerange 1 beginbfchar<41><0062>endbfchar 1 beginbfrange<42><43><0063>endbfrange"
	packed := "2 0 5 14 <</Kids[3 0 R]>> <</Type/Font/Subtype/Type1>>"
	for _, data := range []string{
		pdfOf("BT /F1 9 Tf(A)Tj ET", ""),
		tree + stream("4", "", page) + font + stream("6", "", letters) + end,
		tree + stream("4", "/Filter/FlateDecode", deflated(f, page)) + font + end,
		tree + stream("4", "", "q 1 0 0 1 2 3 cm BT(A)'1 2(B)\" ET Q") + end,
		tree + stream("7", "/Type/ObjStm/N 2/First 9", packed) + stream("4", "", page) + end,
		tree + stream("4", "", page) + "5 0 obj<</Subtype/Type0/Encoding/Identity-H/DescendantFonts[8 0 R]>>endobj 8 0 obj<</W[1[2 3]4 5 6]/DW 9>>endobj 7 0 obj<</Title(A B C)>>endobj/Info 7 0 R" + end,
	} {
		f.Add([]byte(data))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		items := 0
		readPDF(&Input{Name: "x", R: newReader(bytes.NewReader(data))}, Options{}, func(i Item, err error) bool {
			if items++; err == nil && (i.Text == "" || !utf8.ValidString(i.Headline+i.Text)) {
				t.Errorf("%+v", i)
			}
			return true
		})
		if items != 1 {
			t.Errorf("%d items and errors", items)
		}
	})
}

// FuzzPDFPage mutates what a page draws, and the table of its font's letters, in a file that is whole otherwise.
func FuzzPDFPage(f *testing.F) {
	f.Add("BT /F1 9 Tf 1 2 Td(AB)Tj ET", "1 beginbfchar<41><0062>endbfchar")
	f.Add("q 1 0 0 1 2 3 cm BT /F1 20 Tf 14 TL(Dam)' T* [(ta)-9(lks)]TJ ET Q", "1 beginbfrange<42><43>[<0063><0064>]endbfrange")
	f.Fuzz(func(t *testing.T, page, letters string) {
		font := fmt.Sprintf("6 0 obj\n<<>>stream\n%s\nendstream\nendobj\nxref", letters)
		data := strings.Replace(strings.Replace(pdfOf(page, ""), "/Encoding", "/ToUnicode 6 0 R/Encoding", 1), "xref", font, 1)
		readPDF(&Input{Name: "x", R: newReader(strings.NewReader(data))}, Options{}, func(i Item, err error) bool {
			if err == nil && !utf8.ValidString(i.Headline+i.Text) {
				t.Errorf("%+v", i)
			}
			return true
		})
	})
}
