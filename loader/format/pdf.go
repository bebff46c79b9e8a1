package format

import (
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/ledongthuc/pdf"
)

// Bounds of a PDF. Its parser does not stream and cannot be stopped, so that what it would unfold is looked at first.
const (
	maxPDF      = 32 << 20
	mostPages   = 1000
	maxContents = 16 << 20 // that the drawing of one page may unfold to
	pdfTime     = 1500 * time.Millisecond
)

func isPDF(head []byte, _ string) bool {
	return bytes.Contains(head[:min(len(head), 1024)], []byte("%PDF-"))
}

// refusePDF stands for readPDF until damaged trees of pages, over which its parser goes round for ever, are refused before it sees them.
func refusePDF(_ *Input, _ Options, yield func(Item, error) bool) bool {
	return yield(Item{}, &Unsupported{Form: "a PDF", Instead: "take its text first, with pdftotext IN.pdf OUT.txt"})
}

var _ = readPDF

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
	if err := bombs(data); err != nil {
		return i, err
	}
	// Bytes before the header are moved out of the way: offsets in the file count from it.
	data = data[bytes.Index(data, []byte("%PDF-")):]
	r, err := pdf.NewReader(bytes.NewReader(data), int64(len(data)))
	switch {
	case errors.Is(err, pdf.ErrInvalidPassword):
		return i, &Unsupported{Form: "an encrypted PDF", Instead: "save it without its password"}
	case err != nil:
		return i, fmt.Errorf("PDF: %w", err)
	}
	pages := r.NumPage()
	if pages > mostPages {
		return i, fmt.Errorf("%w: a PDF of %d pages", ErrTooLong, pages)
	}
	start := time.Now()
	var lines []pdfLine
	total := 0
	for n := 1; n <= pages; n++ {
		if time.Since(start) > pdfTime {
			return i, fmt.Errorf("%w: a PDF whose %d pages take too long to draw", ErrTooLong, pages)
		}
		p := r.Page(n)
		if p.V.IsNull() {
			continue
		}
		if err := drawable(p.V.Key("Contents"), 0); err != nil {
			return i, err
		}
		found := pdfLines(p.Content().Text)
		for _, l := range found {
			if total += len(l.text); total > maxItem {
				return i, fmt.Errorf("%w: over %d MB", ErrTooLong, maxItem>>20)
			}
		}
		if len(found) > 0 && len(lines) > 0 {
			found[0].page = true
		}
		lines = append(lines, found...)
	}
	i.Headline, i.Text = pdfText(lines)
	i.Text, i.Notes = splitNotes(i.Text, nil)
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

// drawable refuses a page whose drawing unfolds beyond all pages.
func drawable(v pdf.Value, depth int) error {
	switch v.Kind() {
	case pdf.Array:
		for k := range min(v.Len(), 1000) {
			if depth < 3 {
				if err := drawable(v.Index(k), depth+1); err != nil {
					return err
				}
			}
		}
	case pdf.Stream:
		rc := v.Reader()
		n, err := io.Copy(io.Discard, io.LimitReader(rc, maxContents+1))
		_ = rc.Close()
		if n > maxContents {
			return bomb("PDF")
		}
		if err != nil {
			return fmt.Errorf("PDF: a page: %w", err)
		}
	default:
	}
	return nil
}

// bombs refuses a PDF of which any stream unfolds beyond all news, before its parser sees it.
func bombs(data []byte) error {
	rest := data
	for {
		k := bytes.Index(rest, []byte("stream"))
		if k < 0 {
			return nil
		}
		rest = rest[k+6:]
		body := bytes.TrimLeft(rest[:min(len(rest), 2)], "\r\n")
		body = rest[min(len(rest), 2)-len(body):]
		if len(body) < 2 || body[0]&0x0f != 8 || (int(body[0])<<8|int(body[1]))%31 != 0 {
			continue
		}
		in := bytes.NewReader(body)
		z, err := zlib.NewReader(in)
		if err != nil {
			continue
		}
		buf := make([]byte, 32<<10)
		out := 0
		for {
			n, err := z.Read(buf)
			out += n
			if out > freeBytes && out > (len(body)-in.Len())*mostRatio {
				return bomb("PDF")
			}
			if err != nil || out > 1<<30 {
				break
			}
		}
	}
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
		if s := strings.Join(strings.Fields(b.String()), " "); s != "" {
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
		case math.Abs(t.Y-cur.y) > size*0.5 || t.X < cur.right-size*2:
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
		usual = gaps[len(gaps)/2]
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
