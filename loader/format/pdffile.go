package format

import (
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strconv"
)

// Bounds of a PDF's file.
const (
	mostObjects   = 500_000
	maxContents   = 2 << 20  // of one stream of text: a page's drawing, a font's letters
	maxPDFText    = 48 << 20 // of all
	mostMapped    = 10_000   // letters in one block of a font's table
	longestLetter = 64       // hexadecimal digits of what one letter stands for
	mostLookups   = 1_000_000_000
	mostReads     = 150_000
	mostStates    = 1_000 // of graphics in each other (ISO 32000 knows 28)
)

var (
	pdfObject  = regexp.MustCompile(`(?:^|[\s>])(\d{1,7})\s+(\d{1,5})\s+obj\b`)
	pdfStream  = regexp.MustCompile(`>>\s*stream\r?\n`)
	pdfLength  = regexp.MustCompile(`/Length\s+\d+(?:\s+\d+\s+R)?`)
	pdfFilter  = regexp.MustCompile(`/Filter\s*(?:\[\s*)?/(?:FlateDecode|Fl)\s*(?:\]|\b)`)
	pdfFilters = regexp.MustCompile(`/(?:Filter|DecodeParms|DP|FFilter|F)\b|#`)
	pdfRoot    = regexp.MustCompile(`/Root\s+(\d{1,7}\s+\d{1,5})\s+R`)
	pdfInfo    = regexp.MustCompile(`/Info\s+(\d{1,7}\s+\d{1,5})\s+R`)
	pdfWidths  = regexp.MustCompile(`/Widths\s+(\d{1,7}\s+\d{1,5})\s+R`)
	pdfNumber  = regexp.MustCompile(`/(N|First)\s+(\d{1,7})\b`)
	pdfBlock   = regexp.MustCompile(`(?:\b(\d{1,6})\s+)?begin(?:bfchar|bfrange|codespacerange)`)
	pdfHex     = regexp.MustCompile(`<[\s0-9A-Fa-f]*>`)
)

// pdfBytes is a file that the parser of PDF reads in. All that it does over and over, it does by reading; so it stops when it has read so often as no
// document asks for.
type pdfBytes struct {
	*bytes.Reader
	left int // reads, of some KB each
}

var errPDFWork = fmt.Errorf("%w: a PDF that has to be read over and over", ErrTooLong)

func (b *pdfBytes) ReadAt(p []byte, off int64) (int, error) {
	if b.left--; b.left < 0 {
		panic(errPDFWork) // guarded makes an error of it
	}
	return b.Reader.ReadAt(p, off)
}

// pdfFile is a PDF written anew: its last objects one after the other, with one plain table of them, their text unpacked, pictures and fonts' shapes
// left out. The parser, which trusts tables, chains of them, sizes and packed streams, sees none but ours.
type pdfFile struct {
	objects map[string][]byte // by "number generation"
	size    int               // of all
	lookups int               // entries of the largest table of letters
	longest int               // of the streams that may be drawings
}

// rewritten is a PDF's file written anew.
func rewritten(data []byte) ([]byte, error) {
	f := &pdfFile{objects: map[string][]byte{}}
	var root, info []byte
	for at := 0; ; {
		m := pdfObject.FindSubmatchIndex(data[at:])
		between := data[at:]
		if m != nil {
			between = data[at : at+m[0]]
		}
		if found := pdfRoot.FindAllSubmatch(between, -1); found != nil {
			root = found[len(found)-1][1]
		}
		if found := pdfInfo.FindAllSubmatch(between, -1); found != nil {
			info = found[len(found)-1][1]
		}
		if bytes.Contains(between, []byte("/Encrypt")) {
			return nil, &Unsupported{Form: "an encrypted PDF", Instead: "save it without its password"}
		}
		if m == nil {
			break
		}
		id := string(data[at+m[2]:at+m[3]]) + " " + string(data[at+m[4]:at+m[5]])
		next, dict, err := f.object(id, data, at+m[1])
		if err != nil {
			return nil, err
		}
		if bytes.Contains(dict, []byte("/XRef")) { // its dictionary is the trailer
			if bytes.Contains(dict, []byte("/Encrypt")) {
				return nil, &Unsupported{Form: "an encrypted PDF", Instead: "save it without its password"}
			}
			if r := pdfRoot.FindSubmatch(dict); r != nil {
				root = r[1]
			}
			if r := pdfInfo.FindSubmatch(dict); r != nil {
				info = r[1]
			}
		}
		at = next
	}
	if root == nil {
		return nil, fmt.Errorf("%w: PDF: it has no catalogue, and may be cut", ErrNoStory)
	}
	if f.lookups*f.longest > mostLookups {
		return nil, errPDFWork
	}
	return f.write(root, info), nil
}

// object keeps the object whose bytes begin at a place, and says where the next may begin.
func (f *pdfFile) object(id string, data []byte, at int) (next int, dict []byte, err error) {
	end := bytes.Index(data[at:], []byte("endobj"))
	if end < 0 {
		end = len(data) - at
	}
	m := pdfStream.FindIndex(data[at : at+end])
	if m == nil {
		return at + end, nil, f.keep(id, data[at:at+end])
	}
	dict, body := data[at:at+m[0]+2], data[at+m[1]:]
	if end = bytes.Index(body, []byte("endstream")); end < 0 {
		end = len(body)
	}
	next, body = at+m[1]+end, body[:end]
	plain := pdfFilter.ReplaceAll(dict, nil)
	packed := len(plain) < len(dict)
	plain = pdfLength.ReplaceAll(plain, nil)
	kind := func(name string) bool { return bytes.Contains(plain, []byte(name)) }
	if pdfFilters.Match(plain) || kind("/Image") || kind("/XRef") || kind("/FontFile") || kind("/Length1") {
		return next, dict, nil // a picture, a font, or packed in a way in which text is not
	}
	if packed {
		if body, err = inflated(body); err != nil {
			return next, dict, err
		}
	}
	if len(body) > maxContents && !kind("/ObjStm") {
		return next, dict, fmt.Errorf("%w: a PDF that draws over %d MB on a page", ErrTooLong, maxContents>>20)
	}
	if kind("/ObjStm") {
		return next, dict, f.packed(plain, body)
	}
	if err := f.letters(body); err != nil {
		return next, dict, err
	}
	if saved(body) > mostStates {
		return next, dict, fmt.Errorf("%w: a PDF that keeps over %d states of its graphics", ErrTooLong, mostStates)
	}
	f.longest = max(f.longest, len(body))
	plain = bytes.TrimSuffix(bytes.TrimSpace(plain), []byte(">>"))
	return next, dict, f.keep(id, slices.Concat(plain, fmt.Appendf(nil, "/Length %d>>\nstream\n", len(body)), body, []byte("\nendstream")))
}

func (f *pdfFile) keep(id string, object []byte) error {
	f.size += len(object)
	if len(f.objects) >= mostObjects || f.size > maxPDFText {
		return fmt.Errorf("%w: a PDF of over %d objects, or over %d MB of them", ErrTooLong, mostObjects, maxPDFText>>20)
	}
	f.objects[id] = object
	return nil
}

// packed keeps the objects of a stream of objects.
func (f *pdfFile) packed(dict, body []byte) error {
	n, first := 0, 0
	for _, m := range pdfNumber.FindAllSubmatch(dict, -1) {
		if v := number(string(m[2])); string(m[1]) == "N" {
			n = v
		} else {
			first = v
		}
	}
	if first > len(body) {
		return nil
	}
	head := bytes.Fields(body[:first])
	n = min(n, len(head)/2)
	for k := range n {
		from, to := number(string(head[2*k+1])), len(body)-first
		if k+1 < n {
			to = number(string(head[2*k+3]))
		}
		if id := number(string(head[2*k])); id >= 0 && from >= 0 && from <= to && first+to <= len(body) {
			if err := f.keep(strconv.Itoa(id)+" 0", body[first+from:first+to]); err != nil {
				return err
			}
		}
	}
	return nil
}

// saved is how many states of its graphics a drawing keeps at once, each of which the parser copies.
func saved(body []byte) int {
	deep, most := 0, 0
	for w := range bytes.FieldsSeq(body) {
		switch string(w) {
		case "q":
			deep++
			most = max(most, deep)
		case "Q":
			deep--
		}
	}
	return most
}

// letters refuses a table of letters that would take for ever, or whose letters stand for books.
func (f *pdfFile) letters(body []byte) error {
	blocks := pdfBlock.FindAllSubmatch(body, -1)
	entries := 0
	for _, m := range blocks {
		n := number(string(m[1]))
		if n < 0 || n > mostMapped {
			return fmt.Errorf("PDF: a font's table of letters is broken")
		}
		entries += n
	}
	f.lookups = max(f.lookups, entries)
	if blocks != nil {
		for _, h := range pdfHex.FindAll(body, -1) {
			if len(h) > longestLetter {
				return fmt.Errorf("PDF: a font's table of letters is broken")
			}
		}
	}
	return nil
}

// inflated is a packed stream. What is cut counts as far as it goes.
func inflated(body []byte) ([]byte, error) {
	z, err := zlib.NewReader(bytes.NewReader(body))
	if err != nil {
		return nil, nil //nolint:nilerr // an empty page rather than none
	}
	out, err := io.ReadAll(io.LimitReader(z, freeBytes+1))
	switch {
	case len(out) > freeBytes && len(out) > len(body)*mostRatio:
		return nil, bomb("PDF")
	case len(out) > freeBytes:
		return nil, fmt.Errorf("%w: a PDF of which a part has over %d MB", ErrTooLong, freeBytes>>20)
	case err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && len(out) == 0:
		return nil, nil
	}
	return out, nil
}

// write is the file of the objects.
func (f *pdfFile) write(root, info []byte) []byte {
	var b, table bytes.Buffer
	b.Grow(f.size + 64*len(f.objects))
	b.WriteString("%PDF-1.7\n")
	table.WriteString("xref\n0 1\n0000000000 65535 f \n")
	most := 0
	for _, id := range slices.Sorted(maps.Keys(f.objects)) {
		n, gen, _ := bytes.Cut([]byte(id), []byte(" "))
		most = max(most, number(string(n)))
		fmt.Fprintf(&table, "%s 1\n%010d %05d n \n", n, b.Len(), number(string(gen)))
		object := f.objects[id]
		// The parser looks up the widths of a font for each letter; so they are put where it need not read them each time.
		if m := pdfWidths.FindSubmatchIndex(object); m != nil {
			if w := bytes.TrimSpace(f.objects[string(bytes.Join(bytes.Fields(object[m[2]:m[3]]), []byte(" ")))]); len(w) < 8<<10 && bytes.HasPrefix(w, []byte("[")) {
				object = slices.Concat(object[:m[0]], []byte("/Widths"), w, object[m[1]:])
			}
		}
		fmt.Fprintf(&b, "%s obj\n%s\nendobj\n", id, object)
	}
	at := b.Len()
	b.Write(table.Bytes())
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root %s R", most+1, root)
	if info != nil {
		fmt.Fprintf(&b, "/Info %s R", info)
	}
	fmt.Fprintf(&b, ">>\nstartxref\n%d\n%%%%EOF\n", at)
	return b.Bytes()
}
