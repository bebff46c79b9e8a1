package format

import (
	"bytes"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"unicode"

	"github.com/ledongthuc/pdf"
)

// Bounds of a PDF.
const (
	maxPDF       = 32 << 20
	mostPages    = 1000
	deepPages    = 50 // nodes of the tree of pages in each other
	mostBranches = 10 * mostPages
)

func isPDF(head []byte, _ string) bool {
	return bytes.Contains(head[:min(len(head), 1024)], []byte("%PDF-"))
}

func readPDF(in *Input, _ Options, yield func(Item, error) bool) bool {
	data, err := io.ReadAll(io.LimitReader(in.R, maxPDF+1))
	if err == nil && len(data) > maxPDF {
		err = fmt.Errorf("%w: a PDF of over %d MB", ErrTooLong, maxPDF>>20)
	}
	var i Item
	if err == nil {
		err = guarded("PDF", func() error {
			i, err = pdfItem(data)
			return err
		})
	}
	if err != nil {
		return yield(Item{}, err)
	}
	return yield(i, nil)
}

func pdfItem(data []byte) (Item, error) {
	i := Item{Form: "PDF"}
	data, err := rewritten(data)
	if err != nil {
		return i, err
	}
	r, err := pdf.NewReader(&pdfBytes{bytes.NewReader(data), mostReads}, int64(len(data)))
	if err != nil {
		return i, fmt.Errorf("PDF: %w", err)
	}
	pages, err := pdfPages(r)
	if err != nil {
		return i, err
	}
	var lines []pdfLine
	total, silent := 0, 0
	for _, p := range pages {
		found := inColumns(pdfLines(p.Content().Text))
		for _, l := range found {
			if total += len(l.text); total > maxItem {
				return i, fmt.Errorf("%w: over %d MB", ErrTooLong, maxItem>>20)
			}
		}
		if len(found) == 0 {
			silent++
		}
		if len(found) > 0 && len(lines) > 0 {
			found[0].page = true
		}
		lines = append(lines, found...)
	}
	i.Headline, i.Text = pdfText(lines)
	i.Text, i.Notes = splitNotes(i.Text, nil)
	if silent > 0 {
		i.Notes = append(i.Notes, fmt.Sprintf("%d of its %d pages hold no text that can be read", silent, len(pages)))
	}
	letters := strings.Count(strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return 'a'
		}
		return ' '
	}, i.Text), "a")
	if letters < 20 {
		return i, &Unsupported{Form: "a scanned PDF", Instead: "its pages hold no text: recognise it first, with ocrmypdf IN OUT"}
	}
	if t := strings.TrimSpace(r.Trailer().Key("Info").Key("Title").Text()); i.Headline == "" && len(strings.Fields(t)) > 2 && !strings.Contains(t, "Microsoft Word") {
		i.Headline = oneLine(t)
	}
	return i, nil
}

// pdfPages are the pages of a document in their order. A tree that holds itself is cut off where no true one ends.
func pdfPages(r *pdf.Reader) ([]pdf.Page, error) {
	var pages []pdf.Page
	nodes := 0
	var walk func(v pdf.Value, depth int) error
	walk = func(v pdf.Value, depth int) error {
		if nodes++; nodes > mostBranches || depth > deepPages || len(pages) >= mostPages {
			return fmt.Errorf("%w: a PDF of over %d pages, or with a broken tree of them", ErrTooLong, mostPages)
		}
		kids := v.Key("Kids")
		if kids.Kind() != pdf.Array {
			if v.Key("Type").Name() == "Page" {
				pages = append(pages, pdf.Page{V: v})
			}
			return nil
		}
		for k := range kids.Len() {
			if err := walk(kids.Index(k), depth+1); err != nil {
				return err
			}
		}
		return nil
	}
	err := walk(r.Trailer().Key("Root").Key("Pages"), 0)
	if err == nil && len(pages) == 0 {
		err = fmt.Errorf("%w: a PDF without pages", ErrNoStory)
	}
	return pages, err
}

// pdfLine is a line of a page as it is drawn.
type pdfLine struct {
	text    string
	x, y    float64
	size    float64
	right   float64
	page    bool // the first of a page
	letters int
}

// pdfLines puts the drawn letters together, in the order in which they are drawn, which in what programs write is the order of reading.
func pdfLines(texts []pdf.Text) []pdfLine {
	var out []pdfLine
	var b strings.Builder
	var cur pdfLine
	flush := func() {
		if s := strings.Trim(oneLine(b.String()), "\ufffd "); s != "" {
			cur.text, cur.letters = s, len(s)
			out = append(out, cur)
		}
		b.Reset()
	}
	for n, t := range texts {
		size := math.Max(math.Abs(t.FontSize), 1)
		switch {
		case n == 0 || b.Len() == 0:
			cur = pdfLine{x: t.X, y: t.Y, size: size}
		case math.Abs(t.Y-cur.y) > size*0.5 || t.X < cur.right-size*2 || t.X > cur.right+size*2: // or in another column
			flush()
			cur = pdfLine{x: t.X, y: t.Y, size: size}
		case t.X > cur.right+size*0.15:
			b.WriteByte(' ')
		}
		b.WriteString(t.S)
		cur.right = t.X + t.W
		cur.size = math.Max(cur.size, size)
	}
	flush()
	return out
}

// fewestRows are how many rows of two lines side by side make columns, and columnWords how many words each line has at least: less is a table.
const (
	fewestRows  = 3
	columnWords = 3
)

// inColumns puts the lines of a page that is drawn row by row over two columns in the order of reading: the rows of a column one after the other, between
// lines that reach over both.
func inColumns(lines []pdfLine) []pdfLine {
	pair := func(k int) bool {
		return k+1 < len(lines) && math.Abs(lines[k].y-lines[k+1].y) <= lines[k].size*0.5 && lines[k+1].x > lines[k].x+lines[k].size*2
	}
	var gutters []float64
	rows, widest := 0, 0
	for k := 0; k < len(lines); k++ {
		if !pair(k) {
			continue
		}
		rows++
		if len(strings.Fields(lines[k].text)) >= columnWords && len(strings.Fields(lines[k+1].text)) >= columnWords {
			gutters, widest = append(gutters, lines[k+1].x), max(widest, lines[k].letters)
		}
		k++
	}
	if len(gutters) < fewestRows || len(gutters)*10 < rows*8 {
		return lines
	}
	slices.Sort(gutters)
	gutter := gutters[len(gutters)/2]
	var out, left, right []pdfLine
	flush := func() {
		out = append(append(out, left...), right...)
		left, right = nil, nil
	}
	for k := 0; k < len(lines); k++ {
		switch l := lines[k]; {
		case pair(k):
			left, right = append(left, l), append(right, lines[k+1])
			k++
		case math.Abs(l.x-gutter) <= l.size*2 && len(right) > 0:
			right = append(right, l)
		case len(left) > 0 && l.letters*2 <= widest*3 && l.size <= left[0].size*1.1:
			left = append(left, l)
		default:
			flush()
			out = append(out, l)
		}
	}
	flush()
	return out
}

// pdfText puts lines into paragraphs: a wider gap, an indent or another size begins one. The lines at the top in letters larger than the text's are
// the headline.
func pdfText(lines []pdfLine) (headline, text string) {
	if len(lines) == 0 {
		return "", ""
	}
	sizes := map[float64]int{}
	for _, l := range lines {
		sizes[math.Round(l.size*2)/2] += l.letters
	}
	body, most := 0.0, 0
	for s, n := range sizes {
		if n > most || n == most && s < body {
			body, most = s, n
		}
	}
	var gaps []float64
	for k := 1; k < len(lines); k++ {
		if g := lines[k-1].y - lines[k].y; g > 0 && g < body*4 {
			gaps = append(gaps, g)
		}
	}
	slices.Sort(gaps)
	usual := body * 1.2
	if len(gaps) > 0 {
		usual = gaps[(len(gaps)-1)/2]
	}
	var head, out []string
	var line strings.Builder
	flush := func() {
		if s := strings.TrimSpace(line.String()); s != "" {
			out = append(out, s)
		}
		line.Reset()
	}
	for k, l := range lines {
		if len(out) == 0 && line.Len() == 0 && l.size > body*1.25 && len(head) < 5 {
			head = append(head, l.text)
			continue
		}
		if k > 0 && line.Len() > 0 {
			p := lines[k-1]
			gap := p.y - l.y
			// Over the end of a page or column a paragraph goes on, unless its last sentence ended there.
			jump := l.page || gap < 0 || gap > body*4
			ended := strings.ContainsAny(p.text[len(p.text)-1:], ".!?:\"”") || strings.HasSuffix(p.text, "”")
			if !jump && (gap > usual*1.3 || l.x > p.x+body*0.8 && ended || math.Abs(l.size-p.size) > body*0.2) || jump && ended {
				flush()
			}
		}
		if s := line.String(); strings.HasSuffix(s, "-") && len(s) > 2 && unicode.IsLower(firstRune(l.text)) {
			line.Reset()
			line.WriteString(strings.TrimSuffix(s, "-"))
		} else if line.Len() > 0 {
			line.WriteByte(' ')
		}
		line.WriteString(l.text)
	}
	flush()
	return strings.Join(head, " "), strings.Join(out, "\n\n")
}

func firstRune(s string) rune {
	for _, r := range s {
		return r
	}
	return 0
}
