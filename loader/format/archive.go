package format

import (
	"archive/tar"
	"archive/zip"
	"bufio"
	"bytes"
	"compress/bzip2"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"strings"

	"github.com/klauspost/compress/zstd"
)

// Bounds of archives. News compresses four to twenty times; deflate's most is 1,032.
const (
	deepestArchive = 5
	mostRatio      = 200
	freeBytes      = 16 << 20 // that an archive may unfold to, however small it is
	maxUnfolded    = 64 << 30
	mostMembers    = 1_000_000
	maxInMemory    = 32 << 20 // of a zip; a larger one is read from a temporary file, since its list of members stands at its end
)

func starts(magic ...string) func([]byte, string) bool {
	return func(head []byte, _ string) bool {
		for _, m := range magic {
			if bytes.HasPrefix(head, []byte(m)) {
				return true
			}
		}
		return false
	}
}

// bounds are what is left of them for an input in archives, and who parses its pages ahead; nil: nobody.
type bounds struct {
	depth int
	ahead *ahead
	zips  *zips // nil outside of a zip
}

// zips bounds what a zip unfolds to with all zips in it, each of which may be small by itself.
type zips struct {
	size, out int64
	told      bool // that what is left of it is not read
}

func (z *zips) over() bool {
	return z.out > maxUnfolded || z.out > freeBytes && z.out > z.size*mostRatio
}

// deeper are the options for an archive's members, or an error where archives are too deep in each other.
func (o Options) deeper() (Options, error) {
	if o.within.depth++; o.within.depth > deepestArchive {
		return o, &Unsupported{Form: fmt.Sprintf("an archive in over %d others", deepestArchive), Instead: "unfold it first"}
	}
	return o, nil
}

func bomb(form string) error {
	return &Unsupported{Form: fmt.Sprintf("a decompression bomb (%s that unfolds over %d times)", form, mostRatio), Instead: "unfold it by hand if you trust it"}
}

// counted counts what is read of an archive. It reads single bytes too, so that decompressors read no more than they need.
type counted struct {
	r *bufio.Reader
	n int64
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

func (c *counted) ReadByte() (byte, error) {
	b, err := c.r.ReadByte()
	if err == nil {
		c.n++
	}
	return b, err
}

// unfolded reads what an archive unfolds to, and stops where that is beyond all news.
type unfolded struct {
	r    io.Reader
	form string
	in   func() int64 // bytes read of the archive so far
	out  *int64       // bytes it unfolded to so far
}

func (u *unfolded) Read(p []byte) (int, error) {
	n, err := u.r.Read(p)
	*u.out += int64(n)
	if errors.Is(err, io.ErrUnexpectedEOF) {
		err = fmt.Errorf("%s: it is cut off after %d bytes: fetch or copy it again (%w)", u.form, u.in(), err)
	}
	if *u.out > maxUnfolded || *u.out > freeBytes && *u.out > u.in()*mostRatio {
		return 0, bomb(u.form)
	}
	return n, err
}

// orBomb tells of what is too long and unfolds over mostRatio times that it is a bomb, so that nobody looks for stories in it.
func orBomb(form string, out *int64, in func() int64, yield func(Item, error) bool) func(Item, error) bool {
	return func(i Item, err error) bool {
		if errors.Is(err, ErrTooLong) && *out > in()*mostRatio {
			err = bomb(form)
		}
		return yield(i, err)
	}
}

// member reads one member of an archive. Its name goes before where its items stand, and into its errors.
func member(name, mediaType string, r *bufio.Reader, o Options, yield func(Item, error) bool) bool {
	in := &Input{Name: name, Type: mediaType, R: r}
	return in.read(o, inMember(name, yield))
}

func inMember(name string, yield func(Item, error) bool) func(Item, error) bool {
	return func(i Item, err error) bool {
		if name != "" {
			if i.Where == "" {
				i.Where = name
			} else {
				i.Where = name + ": " + i.Where
			}
			if u, ok := err.(*Unsupported); ok { //nolint:errorlint // as its reader told it
				within := *u
				within.Within = true
				err = &within
			}
			if err != nil {
				err = fmt.Errorf("%s: %w", name, err)
			}
		}
		return yield(i, err)
	}
}

func readGzip(in *Input, o Options, yield func(Item, error) bool) bool {
	o, err := o.deeper()
	if err != nil {
		return yield(Item{}, err)
	}
	c := &counted{r: in.R}
	z, err := gzip.NewReader(c)
	if err != nil {
		return yield(Item{}, fmt.Errorf("gzip: %w", err))
	}
	var out int64
	z.Multistream(false)
	first := bufio.NewReaderSize(&unfolded{r: z, form: "gzip", in: func() int64 { return c.n }, out: &out}, peek)
	head, _ := first.Peek(64)
	if isWARC(head, "") {
		return readWARCMembers(c, z, first, &out, o, yield)
	}
	// What is no WARC goes on over the ends of members, as for gzip -d.
	rest := &Input{Name: in.Name, Type: strings.TrimSuffix(in.Type, "gzip"), R: bufio.NewReaderSize(io.MultiReader(first, &nextMembers{c: c, z: z, out: &out}), peek)}
	return rest.read(o, orBomb("gzip", &out, func() int64 { return c.n }, yield))
}

// nextMembers reads the members of gzip behind the first.
type nextMembers struct {
	c    *counted
	z    *gzip.Reader
	out  *int64
	open bool
}

func (m *nextMembers) Read(p []byte) (int, error) {
	for {
		if !m.open {
			if head, _ := m.c.r.Peek(1); len(head) == 0 || head[0] == 0 {
				return 0, io.EOF // nothing, or what tape drives fill up with
			}
			if err := m.z.Reset(m.c); err != nil {
				return 0, fmt.Errorf("gzip: behind its end: %w", err)
			}
			m.z.Multistream(false)
			m.open = true
		}
		u := unfolded{r: m.z, form: "gzip", in: func() int64 { return m.c.n }, out: m.out}
		n, err := u.Read(p)
		if !errors.Is(err, io.EOF) {
			return n, err
		}
		if m.open = false; n > 0 {
			return n, nil
		}
	}
}

func readBzip2(in *Input, o Options, yield func(Item, error) bool) bool {
	o, err := o.deeper()
	if err != nil {
		return yield(Item{}, err)
	}
	c := &counted{r: in.R}
	var out int64
	u := &unfolded{r: bzip2.NewReader(c), form: "bzip2", in: func() int64 { return c.n }, out: &out}
	rest := &Input{Name: in.Name, R: bufio.NewReaderSize(u, peek)}
	return rest.read(o, orBomb("bzip2", &out, u.in, yield))
}

const (
	zstdMagic  = "\x28\xb5\x2f\xfd"
	zstdWindow = 32 << 20 // what a stream may ask to be held in memory; zstd's own levels ask for 8 MB at most
)

// newZstd unfolds Zstandard, without goroutines that somebody would have to end.
func newZstd(r io.Reader) (io.Reader, error) {
	return zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(zstdWindow))
}

func readZstd(in *Input, o Options, yield func(Item, error) bool) bool {
	o, err := o.deeper()
	if err != nil {
		return yield(Item{}, err)
	}
	c := &counted{r: in.R}
	z, err := newZstd(c)
	if err != nil {
		return yield(Item{}, fmt.Errorf("zstd: %w", err))
	}
	u := &unfolded{r: z, form: "zstd", in: func() int64 { return c.n }, out: new(int64)}
	rest := &Input{Name: in.Name, R: bufio.NewReaderSize(u, peek)}
	return rest.read(o, orBomb("zstd", u.out, u.in, yield))
}

func isTar(head []byte, _ string) bool { return len(head) > 262 && string(head[257:262]) == "ustar" }

func readTar(in *Input, o Options, yield func(Item, error) bool) bool {
	o, err := o.deeper()
	if err != nil {
		return yield(Item{}, err)
	}
	t, r := tar.NewReader(in.R), newReader(nil) // one reader for all members: an archive may have many
	for n := 0; ; n++ {
		h, err := t.Next()
		switch {
		case errors.Is(err, io.EOF) && n == 0:
			return yield(Item{}, fmt.Errorf("%w: a tar without members", ErrNoStory))
		case errors.Is(err, io.EOF):
			return true
		case err != nil:
			return yield(Item{}, fmt.Errorf("tar, behind member %d: %w", n, err))
		case n >= mostMembers:
			return yield(Item{}, fmt.Errorf("%w: a tar of over %d members", ErrTooLong, mostMembers))
		}
		if h.Typeflag != tar.TypeReg || beside(h.Name) {
			continue
		}
		r.Reset(t)
		if !member(h.Name, "", r, o, yield) {
			return false
		}
	}
}

// beside are the members that systems put into archives for themselves.
func beside(name string) bool {
	base := path.Base(name)
	return strings.HasPrefix(name, "__MACOSX/") || strings.HasPrefix(base, "._") || base == ".DS_Store" || base == "Thumbs.db" || strings.HasSuffix(name, "/")
}

func readZip(in *Input, o Options, yield func(Item, error) bool) bool {
	o, err := o.deeper()
	if err != nil {
		return yield(Item{}, err)
	}
	r, size, done, err := seekable(in.R)
	if err != nil {
		return yield(Item{}, fmt.Errorf("zip: %w", err))
	}
	defer done()
	z, err := zip.NewReader(r, size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) { // members are not written anywhere
		return yield(Item{}, cutZip(r, size, err))
	}
	if len(z.File) > mostMembers {
		return yield(Item{}, fmt.Errorf("%w: a zip of over %d members", ErrTooLong, mostMembers))
	}
	if packed := packedSize(z); packed > uint64(size) {
		return yield(Item{}, &Unsupported{Form: "a zip whose members lie over each other, as those of bombs do", Instead: "unfold it by hand if you trust it"})
	}
	all := o.within.zips
	if all == nil {
		all = &zips{size: size}
		o.within.zips = all
	}
	open := func(f *zip.File) (io.ReadCloser, error) {
		if f.Flags&1 != 0 {
			return nil, &Unsupported{Form: "an encrypted member of a zip", Instead: "unfold it first with its password"}
		}
		m, err := f.Open()
		if err != nil {
			return nil, fmt.Errorf("zip: %w", err)
		}
		return struct {
			io.Reader
			io.Closer
		}{&unfolded{r: m, form: "zip", in: func() int64 { return all.size }, out: &all.out}, m}, nil
	}
	if told, again := readOffice(z, open, yield); told {
		return again
	}
	n, each := 0, newReader(nil) // one reader for all members: an archive may have many
	for _, f := range z.File {
		if all.over() {
			if all.told {
				return true
			}
			all.told = true
			return yield(Item{}, fmt.Errorf("from %s on: %w", f.Name, bomb("zip")))
		}
		if f.FileInfo().IsDir() || beside(f.Name) {
			continue
		}
		n++
		m, err := open(f)
		if err != nil {
			if !inMember(f.Name, yield)(Item{}, err) {
				return false
			}
			continue
		}
		each.Reset(m)
		again := member(f.Name, "", each, o, yield)
		_ = m.Close() // what a read member's end has to say, its reader said
		if !again {
			return false
		}
	}
	if n == 0 {
		return yield(Item{}, fmt.Errorf("%w: a zip without members", ErrNoStory))
	}
	return true
}

// packedSize is how many bytes the members of a zip take in it together.
func packedSize(z *zip.Reader) uint64 {
	var sum uint64
	for _, f := range z.File {
		sum += min(f.CompressedSize64, 1<<44) // a million of which are a number yet
	}
	return sum
}

// cutZip says what is wrong with a zip whose list of members, which stands at its end, is not there: most often, that its end is cut off. What its
// beginning tells it to be is named.
func cutZip(r io.ReaderAt, size int64, err error) error {
	if !errors.Is(err, zip.ErrFormat) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("zip: %w", err)
	}
	head := make([]byte, min(size, peek))
	n, readErr := r.ReadAt(head, 0)
	if readErr != nil && !errors.Is(readErr, io.EOF) {
		return readErr
	}
	form := "a zip"
	switch head = head[:n]; {
	case bytes.Contains(head, []byte("word/")):
		form = "a Word document (docx)"
	case bytes.Contains(head, []byte("[Content_Types].xml")):
		form = "an Office document"
	}
	return fmt.Errorf("%s whose end is missing, where its list of members stands: %w; it was cut off on its way: copy or save it again", form, io.ErrUnexpectedEOF)
}

// seekable makes a stream readable at any place: in memory, or by a temporary file that done removes.
func seekable(r io.Reader) (a io.ReaderAt, size int64, done func(), err error) {
	head, err := io.ReadAll(io.LimitReader(r, maxInMemory))
	if err != nil {
		return nil, 0, nil, err
	}
	if len(head) < maxInMemory {
		return bytes.NewReader(head), int64(len(head)), func() {}, nil
	}
	f, err := os.CreateTemp("", "newsgraph-*.zip")
	if err != nil {
		return nil, 0, nil, err
	}
	done = func() {
		_ = f.Close()
		_ = os.Remove(f.Name())
	}
	size, err = io.Copy(f, io.MultiReader(bytes.NewReader(head), r))
	if err != nil {
		done()
		return nil, 0, nil, err
	}
	return f, size, done, nil
}
