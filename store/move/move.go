// Package move takes whole graphs from place to place: what an export or another program's tables hold into a store, one store into another; and
// it tells whether a store holds together. It reads no stories: loader does.
package move

import (
	"archive/zip"
	"bufio"
	"bytes"
	"cmp"
	"compress/flate"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"time"

	"newsgraph/news"
	"newsgraph/store"
)

// Input is a file to import: an export of a store (JSON lines), a table, or what GDELT or NGEC coded; each may be compressed by gzip or zip.
type Input struct {
	Name string
	Size int64 // in bytes; 0 if it is not known
	Open func() (io.ReadCloser, error)
}

// Rejected is a row that was left out.
type Rejected struct {
	File   string `json:"file"`
	Line   int    `json:"line"` // from 1: where it begins
	Reason string `json:"reason"`
	Row    string `json:"row"` // to the letter, without its end of line
}

// Progress tells how far a move is.
type Progress struct {
	Doing       string        // what is counted: "bytes" that are read, or "stories" that are put
	Done, Total int64         // Total is 0 where it is not known
	Reports     int64         // that were put
	Rate        float64       // reports a second, or bytes
	Left        time.Duration // until Done is Total, at the rate so far; 0 where it is not known
}

// Options say how to import.
type Options struct {
	Batch    int                  // at most so many reports in one transaction, but one story at least; 0 for 2000
	Rejected func(Rejected) error // is told each row that is left out; an error ends the import
	Progress func(Progress)       // is told now and then
	Known    Gazetteer            // whom codes and names of other coders mean; nil refuses files of GDELT and NGEC, and takes each name of a table as its own
	Partial  bool                 // takes what is there of an export that was cut
	held     int                  // bytes of rows that each of the spools keeps in memory; 0 for 24 MB
}

// Summary counts what an import or a copy did.
type Summary struct {
	Rows, Rejected    int // read, and left out
	Stories, Reports  int // that the store has now
	Corrections       int // new in the log
	store.PutResult       // of all transactions together
	Forms             []string
	Altered           []string // exports that are not as they were written, with what is wrong: what is there of them was taken
	Unended           []string // exports that do not tell where they end
	reading, putting  time.Time
	bytes, bytesTotal int64
}

// ErrForm says that a file is of no form that can be imported.
var ErrForm = errors.New("no form that import reads")

// longestLine is how many bytes a row may have.
const longestLine = 64 << 20

// Import puts what inputs hold into a store, some stories in a transaction, and leaves out rows that are wrong. Memory does not grow with the number of
// stories: rows are sorted on disk, in a temporary folder; only the entities of tables are held. What is in the store already changes nothing, so that an import that was stopped is gone on with by
// running it again. An export makes a graph with the same export: events, relations and groups of copies are made anew.
func Import(ctx context.Context, s store.Store, inputs []Input, o Options) (Summary, error) {
	dir, err := os.MkdirTemp("", "newsgraph-import")
	if err != nil {
		return Summary{}, fmt.Errorf("import: %w", err)
	}
	defer os.RemoveAll(dir) //nolint:errcheck // nothing can be done
	spooled := func() *spool { return &spool{dir: dir, held: cmp.Or(o.held, 24<<20)} }
	im := &importer{
		ctx: ctx, o: o, dir: dir, inputs: inputs, stories: spooled(), names: spooled(), gdelt: spooled(), tables: tables{byEvent: spooled(), entities: map[string]news.Entity{}},
	}
	defer im.close()
	im.sum.reading = time.Now()
	for _, in := range inputs {
		im.sum.bytesTotal += in.Size
	}
	err = im.all(s)
	if err != nil && ctx.Err() != nil {
		err = ctx.Err()
	}
	return im.sum, err
}

type importer struct {
	ctx            context.Context
	o              Options
	dir            string // of what is sorted, and unpacked
	inputs         []Input
	stories, names *spool // by story, by entity
	gdelt          *spool // by event
	tables         tables
	corrections    []correction
	frame          frame // of the export that is read
	sum            Summary
	told           time.Time // when progress was told
}

func (im *importer) close() {
	for _, s := range []*spool{im.stories, im.names, im.gdelt, im.tables.byEvent} {
		s.close() //nolint:errcheck,gosec // they are read no more
	}
}

func (im *importer) all(s store.Store) error {
	for i, in := range im.inputs {
		if err := im.read(i, in); err != nil {
			return fmt.Errorf("import %s: %w", in.Name, err)
		}
	}
	if err := im.joinTables(); err != nil {
		return err
	}
	if err := im.joinGDELT(); err != nil {
		return err
	}
	if err := im.joinNames(); err != nil {
		return err
	}
	if err := im.correct(s); err != nil {
		return err
	}
	return im.put(s)
}

// reject leaves a row out.
func (im *importer) reject(at place, row []byte, format string, args ...any) error {
	im.sum.Rejected++
	if im.o.Rejected == nil {
		return nil
	}
	return im.o.Rejected(Rejected{im.inputs[at.file].Name, at.line, fmt.Sprintf(format, args...), string(row)})
}

// tell tells the progress, once a second.
func (im *importer) tell(doing string, done, total int64, since time.Time, last bool) {
	now := time.Now()
	if im.o.Progress == nil || !last && now.Sub(im.told) < 2*time.Second {
		return
	}
	im.told = now
	p := Progress{Doing: doing, Done: done, Total: total, Reports: int64(im.sum.Reports)}
	if took := now.Sub(since).Seconds(); took > 0 {
		p.Rate = float64(done) / took
		if doing == "stories" {
			p.Rate = float64(im.sum.Reports) / took
		}
		if total > done && done > 0 {
			p.Left = time.Duration(float64(time.Second) * took * float64(total-done) / float64(done))
		}
	}
	im.o.Progress(p)
}

// counted counts the bytes that are read of a file.
type counted struct {
	io.Reader
	n *int64
}

func (c counted) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	*c.n += int64(n)
	return n, err
}

// read reads a file into the spools.
func (im *importer) read(file int, in Input) error {
	f, err := in.Open()
	if err != nil {
		return err
	}
	defer f.Close() //nolint:errcheck // only read
	r := bufio.NewReaderSize(counted{f, &im.sum.bytes}, 1<<18)
	if magic, err := r.Peek(2); err == nil && magic[0] == 0x1f && magic[1] == 0x8b {
		packed, err := gzip.NewReader(r)
		if err != nil {
			return broken(err)
		}
		r = bufio.NewReaderSize(packed, 1<<18)
	}
	if magic, err := r.Peek(4); err == nil && string(magic) == "PK\x03\x04" {
		packed, err := im.unzip(r)
		if err != nil {
			return broken(err)
		}
		defer packed.Close() //nolint:errcheck // only read
		r = bufio.NewReaderSize(packed, 1<<18)
	}
	rows := &rowReader{in: r}
	im.frame = frame{}
	var take func(place, []byte) error
	for {
		row, line, err := rows.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if broken := broken(err); broken != err { //nolint:errorlint // it is the same, or around it
			return broken
		}
		if err != nil && !errors.Is(err, errLong) && !errors.Is(err, errQuote) {
			return err
		}
		if err := im.ctx.Err(); err != nil {
			return err
		}
		at := place{file, line}
		if take == nil {
			if row = bytes.TrimPrefix(row, []byte("\ufeff")); len(bytes.TrimSpace(row)) == 0 {
				continue
			}
			row = bytes.Clone(row) // form reads ahead
			name := ""
			if name, take, err = im.form(rows, row); err != nil {
				return err
			}
			im.sum.Forms = append(im.sum.Forms, name)
			if take != nil && !rows.quoted {
				if err := im.take(take, at, row, nil); err != nil {
					return err
				}
			}
			continue
		}
		if err := im.take(take, at, row, err); err != nil {
			return err
		}
	}
	if take == nil {
		return fmt.Errorf("%w: it is empty", ErrForm)
	}
	return im.whole(file)
}

// broken says what to do with a compressed file that was cut or damaged.
func broken(err error) error {
	var corrupt flate.CorruptInputError
	for _, one := range []error{io.ErrUnexpectedEOF, gzip.ErrHeader, gzip.ErrChecksum, zip.ErrFormat, zip.ErrChecksum} {
		if errors.Is(err, one) || errors.As(err, &corrupt) {
			return fmt.Errorf("what is compressed was cut or damaged: bring the file here again: %w", err)
		}
	}
	return err
}

func (im *importer) take(take func(place, []byte) error, at place, row []byte, bad error) error {
	if len(row) == 0 {
		return nil
	}
	im.sum.Rows++
	im.tell("bytes", im.sum.bytes, im.sum.bytesTotal, im.sum.reading, false)
	if bad != nil {
		return im.reject(at, row, "%v", bad)
	}
	return take(at, row)
}

// form tells the form of a file by its first row.
func (im *importer) form(rows *rowReader, first []byte) (name string, take func(place, []byte) error, err error) {
	if first[0] == '{' {
		if isNGEC(first) {
			return "events of NGEC", im.ngec, im.knows()
		}
		return "an export", im.record, nil
	}
	if bytes.IndexByte(first, '\t') >= 0 {
		return im.tabbed(rows, first)
	}
	rows.quoted = true
	header, err := fields(first)
	if err != nil {
		return "", nil, fmt.Errorf("%w: its first line is neither JSON nor the names of columns", ErrForm)
	}
	return im.table(header)
}

// errLong says that a row is too long.
var errLong = fmt.Errorf("it has more than %d bytes", longestLine)

// rowReader reads rows: lines, or, of a quoted table, as many lines as its quotation marks span.
type rowReader struct {
	in     *bufio.Reader
	quoted bool
	line   int
	again  [][]byte // lines that were read ahead
}

// most is how many lines a row of a table may have: one whose quotation never ends costs no others.
const most = 10_000

func (r *rowReader) next() ([]byte, int, error) {
	row, err := r.one()
	begun := r.line
	if err != nil || !r.quoted || bytes.Count(row, []byte{'"'})%2 == 0 {
		return row, begun, err
	}
	whole, ahead := bytes.Clone(row), [][]byte{}
	for odd := true; odd; {
		more, err := r.one()
		if err != nil || len(ahead) == most || len(whole) > longestLine {
			if err == nil {
				ahead = append(ahead, bytes.Clone(more))
			}
			r.again, r.line = append(ahead, r.again...), begun
			if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, errLong) {
				return nil, begun, err
			}
			return row, begun, errQuote
		}
		ahead = append(ahead, bytes.Clone(more))
		whole = append(append(whole, '\n'), more...)
		odd = bytes.Count(more, []byte{'"'})%2 == 0
	}
	return whole, begun, nil
}

var errQuote = errors.New("its quotation does not end")

// one reads a line, without its end.
func (r *rowReader) one() ([]byte, error) {
	r.line++
	if len(r.again) > 0 {
		row := r.again[0]
		r.again = r.again[1:]
		return row, nil
	}
	var all []byte
	long := false
	for {
		part, err := r.in.ReadSlice('\n')
		switch {
		case err == nil && all == nil:
			return bytes.TrimRight(part, "\r\n"), nil
		case long: // the rest is passed over
		default:
			all = append(all, part...)
		}
		if long = len(all) > longestLine; long {
			all = all[:1000]
			for errors.Is(err, bufio.ErrBufferFull) {
				_, err = r.in.ReadSlice('\n')
			}
			if err == nil || errors.Is(err, io.EOF) {
				return all, errLong
			}
		}
		switch {
		case err == nil:
			return bytes.TrimRight(all, "\r\n"), nil
		case errors.Is(err, bufio.ErrBufferFull):
		case errors.Is(err, io.EOF) && len(all) > 0:
			return all, nil
		default:
			return nil, err
		}
	}
}

// made is what became of the rows of some stories.
type made struct {
	facts    []news.Facts
	rejected []rejection
	tellers  map[news.ID]row   // by report, mention, quotation or position: the row that tells it, of an export or of another coder
	of       map[news.ID][]row // by story: what its facts were made of
	rows     int               // stories
	err      error
}

type rejection struct {
	row    row
	reason string
}

// put puts the stories: their facts are made on all cores, in order, and one transaction after another.
func (im *importer) put(s store.Store) error {
	ctx, cancel := context.WithCancel(im.ctx)
	defer cancel()
	total, err := im.count()
	if err != nil {
		return err
	}
	im.sum.putting = time.Now()
	const some = 32
	order := make(chan chan made, 2*runtime.GOMAXPROCS(0))
	free := make(chan struct{}, runtime.GOMAXPROCS(0))
	send := func(groups [][]row) bool {
		c := make(chan made, 1)
		select {
		case order <- c:
		case <-ctx.Done():
			return false
		}
		free <- struct{}{}
		go func() {
			c <- im.make(groups)
			<-free
		}()
		return true
	}
	go func() {
		defer close(order)
		var groups [][]row
		for g, err := range im.stories.groups(ctx) {
			if err != nil {
				c := make(chan made, 1)
				c <- made{err: err}
				select {
				case order <- c:
				case <-ctx.Done():
				}
				return
			}
			if groups = append(groups, g); len(groups) == some {
				if !send(groups) {
					return
				}
				groups = nil
			}
		}
		if len(groups) > 0 {
			send(groups)
		}
	}()
	p := putter{s: s, batch: im.o.Batch, sum: &im.sum, refuse: func(rows []row, why error) error {
		for _, r := range rows {
			if err := im.reject(r.place, r.data, "the store refuses its story: %v", why); err != nil {
				return err
			}
		}
		return nil
	}}
	done := int64(0)
	for c := range order {
		m := <-c
		if m.err != nil {
			return m.err
		}
		if err := im.clash(s, &m); err != nil {
			return err
		}
		for _, r := range m.rejected {
			if err := im.reject(r.row.place, r.row.data, "%s", r.reason); err != nil {
				return err
			}
		}
		if err := p.add(ctx, m.facts, m.of); err != nil {
			return err
		}
		done += int64(m.rows)
		im.tell("stories", done, total, im.sum.putting, false)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := p.flush(ctx); err != nil {
		return err
	}
	im.tell("stories", done, total, im.sum.putting, true)
	return nil
}

// count counts the stories to put.
func (im *importer) count() (int64, error) {
	n := int64(0)
	var last []byte
	for r, err := range im.stories.sorted(im.ctx) {
		if err != nil {
			return 0, err
		}
		if n == 0 || !bytes.Equal(r.key, last) {
			n++
			last = r.key
		}
	}
	return n, nil
}

// make makes facts of the rows of some stories.
func (im *importer) make(groups [][]row) made {
	m := made{rows: len(groups), of: map[news.ID][]row{}}
	for _, g := range groups {
		var f news.Facts
		var there bool
		switch key := g[0].key; {
		case bytes.HasPrefix(key, []byte("story:")):
			f, there = m.recorded(g)
		case bytes.HasPrefix(key, []byte(gdeltStory)):
			f, there = m.gdelt(g, im.o.Known)
		case bytes.HasPrefix(key, []byte(ngecStory)):
			f, there = m.ngec(g, im.o.Known)
		default:
			f, there = m.tabled(g, im.tables.entities)
		}
		if !there {
			continue
		}
		ready, err := store.Prepare([]news.Facts{f})
		if err != nil {
			m.reject(g, err.Error())
			continue
		}
		m.facts = append(m.facts, ready...)
		m.of[ready[0].Story.ID] = g
	}
	return m
}

func (m *made) reject(rows []row, reason string) {
	for _, r := range rows {
		m.rejected = append(m.rejected, rejection{r, reason})
	}
}

// putter puts stories, some in a transaction.
type putter struct {
	s       store.Writer
	batch   int
	sum     *Summary
	refuse  func(rows []row, why error) error // takes a story that the store refuses; nil where none may be left out
	refused int                               // in a row: none was put between them
	pending []waiting
	reports int
}

// waiting is a story to put, and the rows that it was made of.
type waiting struct {
	news.Facts
	rows []row
}

// mostRefused is after how many stories in a row it is the store that fails, not the stories.
const mostRefused = 10

func (p *putter) add(ctx context.Context, facts []news.Facts, of map[news.ID][]row) error {
	for _, f := range facts {
		p.pending = append(p.pending, waiting{f, of[f.Story.ID]})
		if p.reports += max(1, len(f.Reports)); p.reports >= p.limit() {
			if err := p.flush(ctx); err != nil {
				return err
			}
		}
	}
	return nil
}

func (p *putter) limit() int {
	if p.batch > 0 {
		return p.batch
	}
	return 2000
}

// flush puts what is pending. What is too much at once is put by halves from then on, and what is refused alone is left out.
func (p *putter) flush(ctx context.Context) error {
	pending := p.pending
	p.pending, p.reports = nil, 0
	before := p.batch
	for len(pending) > 0 {
		n := 0
		var facts []news.Facts
		for reports := 0; n < len(pending) && (n == 0 || reports < p.limit()); n++ {
			facts = append(facts, pending[n].Facts)
			reports += max(1, len(facts[n].Reports))
		}
		r, err := p.s.Put(ctx, facts)
		switch {
		case err == nil:
			p.count(r, facts)
			p.refused = 0
		case ctx.Err() != nil || errors.Is(err, store.ErrUnavailable) || errors.Is(err, store.ErrAuth):
			return err
		case n > 1:
			p.batch = max(1, p.limit()/2)
			continue
		case p.refuse == nil || p.refused == mostRefused:
			return err
		default:
			p.refused++
			if err := p.refuse(pending[0].rows, err); err != nil {
				return err
			}
			p.batch = before // the story was at fault, not how many came with it
		}
		pending = pending[n:]
	}
	return nil
}

func (p *putter) count(r store.PutResult, facts []news.Facts) {
	p.sum.Added += r.Added
	p.sum.Replaced += r.Replaced
	p.sum.Unchanged += r.Unchanged
	p.sum.Entities += r.Entities
	p.sum.Events += r.Events
	p.sum.Copies += r.Copies
	p.sum.Stories += len(facts)
	for _, f := range facts {
		p.sum.Reports += len(f.Reports)
	}
}

// FormsOf says in words what was read: "an export", or which tables.
func (s Summary) FormsOf() string { return strings.Join(s.Forms, ", ") }
