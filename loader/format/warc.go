package format

import (
	"bufio"
	"bytes"
	"cmp"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"net/http/httputil"
	"net/textproto"
	"regexp"
	"strconv"
	"strings"

	"github.com/andybalholm/brotli"
)

func isWARC(head []byte, _ string) bool {
	return bytes.HasPrefix(head, []byte("WARC/0.")) || bytes.HasPrefix(head, []byte("WARC/1."))
}

// readWARC reads web archives (ISO 28500). Of their records, responses and resources that are pages, feeds or other text are read; requests, notices
// of the crawler, visits that found nothing new, pictures, styles, scripts and answers other than 200 tell no story and are passed over.
func readWARC(in *Input, o Options, yield func(Item, error) bool) bool {
	o, err := o.deeper()
	if err != nil {
		return yield(Item{}, err)
	}
	n := 0
	return readRecords(in.R, &n, o, yield)
}

// readWARCMembers reads a WARC whose records are members of gzip, each by itself: a broken one costs no other.
func readWARCMembers(c *counted, z *gzip.Reader, first *bufio.Reader, out *int64, o Options, yield func(Item, error) bool) bool {
	o, err := o.deeper()
	if err != nil {
		return yield(Item{}, err)
	}
	n := 0
	r := first
	for {
		if !readRecords(r, &n, o, yield) {
			return false
		}
		if *out > maxUnfolded {
			return true
		}
		// What is left of a broken member is passed over, up to the next that begins as one.
		_, _ = io.Copy(io.Discard, io.LimitReader(r, maxItem))
		for {
			if err := nextGzip(c); err != nil {
				return true
			}
			if err := z.Reset(c); err == nil {
				break
			}
		}
		z.Multistream(false)
		r.Reset(&unfolded{r: z, form: "gzip", in: func() int64 { return c.n }, out: out})
	}
}

// nextGzip goes to the next place where a member of gzip begins.
func nextGzip(c *counted) error {
	for {
		head, err := c.r.Peek(3)
		if err != nil {
			return err
		}
		if head[0] == 0x1f && head[1] == 0x8b && head[2] == 8 {
			return nil
		}
		if _, err := c.ReadByte(); err != nil {
			return err
		}
	}
}

// readRecords reads the records of a stream; n counts them.
func readRecords(r *bufio.Reader, n *int, o Options, yield func(Item, error) bool) bool {
	told := ""
	fail := func(err error) bool {
		if err = fmt.Errorf("record %d: %w", *n, err); err.Error() == told {
			return true // a reader of the record met it, too
		}
		return yield(Item{}, err)
	}
	tell := func(i Item, err error) bool {
		if told = ""; err != nil {
			told = err.Error()
		}
		return yield(i, err)
	}
	for {
		// Between records stand empty lines. Where no record begins, the next that does is looked for: a length may be wrong.
		lost := false
		for {
			head, err := r.Peek(7)
			if len(head) == 0 {
				if err != nil && !errors.Is(err, io.EOF) {
					*n++
					return fail(err)
				}
				return true
			}
			if isWARC(head, "") {
				break
			}
			line, err := r.ReadSlice('\n')
			if len(bytes.TrimSpace(line)) > 0 && !lost {
				lost = true
				if !yield(Item{}, fmt.Errorf("behind record %d: bytes that are no record of WARC", *n)) {
					return false
				}
			}
			if err != nil && !errors.Is(err, bufio.ErrBufferFull) {
				if errors.Is(err, io.EOF) {
					return true
				}
				*n++
				return fail(err)
			}
		}
		*n++
		head, err := headerOf(r)
		if err != nil {
			return fail(err)
		}
		size, err := strconv.ParseInt(strings.TrimSpace(head.Get("Content-Length")), 10, 64)
		if err != nil || size < 0 {
			if !fail(fmt.Errorf("no length: %q", head.Get("Content-Length"))) {
				return false
			}
			continue
		}
		body := &io.LimitedReader{R: r, N: size}
		if !readRecord(head, body, *n, o, tell) {
			return false
		}
		if _, err := io.Copy(io.Discard, body); err != nil {
			return fail(err)
		}
		if body.N > 0 {
			return fail(fmt.Errorf("cut short by %d bytes: %w", body.N, io.ErrUnexpectedEOF))
		}
	}
}

// headerOf reads a first line and fields, of at most 64 KB.
func headerOf(r *bufio.Reader) (textproto.MIMEHeader, error) {
	var head []byte
	for {
		line, err := r.ReadSlice('\n')
		head = append(head, line...)
		if len(head) > 64<<10 {
			return nil, errors.New("a header of over 64 KB")
		}
		if err != nil && !errors.Is(err, bufio.ErrBufferFull) {
			if errors.Is(err, io.EOF) {
				err = io.ErrUnexpectedEOF
			}
			return nil, err
		}
		if err == nil && len(bytes.TrimRight(line, "\r\n")) == 0 {
			break
		}
	}
	_, fields, _ := bytes.Cut(head, []byte("\n"))
	h := textproto.MIMEHeader{}
	for line := range bytes.SplitSeq(fields, []byte("\n")) {
		k, v, ok := strings.Cut(string(line), ":")
		if ok && k != "" {
			h.Add(strings.TrimSpace(k), strings.TrimSpace(v))
		}
	}
	h.Set(":line", strings.TrimSpace(string(head[:bytes.IndexByte(head, '\n')])))
	return h, nil
}

// wordlessType are media types of the web that tell no stories.
var wordlessType = regexp.MustCompile(`^(?:image|audio|video|font|model)/|css|javascript|ecmascript|font|octet-stream|text/dns|wasm|protobuf|manifest`)

func readRecord(head textproto.MIMEHeader, record *io.LimitedReader, n int, o Options, yield func(Item, error) bool) bool {
	var body io.Reader = record
	kind, target := head.Get("WARC-Type"), strings.Trim(head.Get("WARC-Target-URI"), "<>")
	mediaType, name := strings.ToLower(head.Get("Content-Type")), fmt.Sprintf("record %d", n)
	cut := head.Get("WARC-Truncated")
	switch {
	case kind == "conversion":
	case kind == "resource":
	case kind == "response" && strings.HasPrefix(target, "http"):
		r := bufio.NewReaderSize(body, peek)
		h, err := headerOf(r)
		if err != nil {
			return inMember(name, yield)(Item{}, fmt.Errorf("HTTP: %w", err))
		}
		if f := strings.Fields(h.Get(":line")); len(f) < 2 || f[1] != "200" {
			return true
		}
		mediaType = strings.ToLower(h.Get("Content-Type"))
		if wordlessType.MatchString(mediaType) {
			return true
		}
		if b, err := decoded(r, h); err == nil {
			body = b
		} else {
			return inMember(name, yield)(Item{}, err)
		}
	default:
		return true
	}
	if wordlessType.MatchString(mediaType) {
		return true
	}
	named := inMember(name, func(i Item, err error) bool {
		if i.URL == "" && err == nil {
			i.URL = target
		}
		return yield(i, err)
	})
	in := &Input{Name: name, Type: mediaType, R: bufio.NewReaderSize(body, peek)}
	first, err := in.R.Peek(4096)
	if err != nil && !errors.Is(err, io.EOF) {
		return named(Item{}, err)
	}
	if len(bytes.TrimSpace(first)) == 0 {
		return true
	}
	if cut != "" {
		return named(Item{}, fmt.Errorf("its crawler kept only the beginning of %s (WARC-Truncated: %s): load that address instead", cmp.Or(target, "it"), cut))
	}
	if !isHTML(first, mediaType) {
		return in.read(o, named)
	}
	data, err := readBounded(in.R)
	if err != nil {
		return named(Item{}, err)
	}
	if _, err := io.Copy(io.Discard, record); err != nil || record.N > 0 {
		return true // half a page is none; who reads the records says that this one is cut short
	}
	return readPage(data, mediaType, target, o, named)
}

var chunkLine = regexp.MustCompile(`^[0-9a-fA-F]{1,8}[ \t]*(?:;[^\r\n]*)?\r?\n`)

// decoded undoes what a server did to a page for its way. Crawlers that undid it often left the server's word for it, so that the bytes themselves
// are asked too.
func decoded(r *bufio.Reader, h textproto.MIMEHeader) (io.Reader, error) {
	var body io.Reader = r
	if strings.Contains(strings.ToLower(h.Get("Transfer-Encoding")), "chunked") {
		if head, _ := r.Peek(64); chunkLine.Match(head) {
			body = httputil.NewChunkedReader(r)
		}
	}
	b := bufio.NewReaderSize(body, 4096)
	head, _ := b.Peek(4)
	e := strings.ToLower(strings.TrimSpace(h.Get("Content-Encoding")))
	c := &counted{r: b}
	var z io.Reader
	var err error
	switch {
	case bytes.HasPrefix(head, []byte("\x1f\x8b")) && strings.Contains(e, "gzip"):
		z, err = gzip.NewReader(c)
	case e == "deflate" && len(head) > 1 && head[0] == 0x78:
		z, err = zlib.NewReader(c)
	case e == "zstd" && bytes.HasPrefix(head, []byte(zstdMagic)):
		z, err = newZstd(c)
	case e == "br" && isBrotli(b):
		z = brotli.NewReader(c)
	default:
		return b, nil
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", e, err)
	}
	return &unfolded{r: z, form: e, in: func() int64 { return c.n }, out: new(int64)}, nil
}

// isBrotli tells whether a stream begins as brotli (RFC 7932), which has no magic number: text that is none ends in an error within a few bytes.
func isBrotli(b *bufio.Reader) bool {
	head, _ := b.Peek(4096)
	n, err := io.CopyN(io.Discard, brotli.NewReader(bytes.NewReader(head)), 512)
	return n > 0 && (err == nil || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) && n >= 64)
}
