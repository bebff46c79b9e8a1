package move

import (
	"bufio"
	"bytes"
	"cmp"
	"container/heap"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"slices"
)

// spool sorts more rows than memory holds: by key, then by sub, then by the order of place. Rows may be added after they were read in order,
// and are then read in order with those before.
type spool struct {
	dir     string // of its files
	held    int    // bytes of rows in memory
	rows    []row
	size    int
	runs    []*os.File // each in order
	lengths []int64
	copied  []byte // bytes of rows that are not yet taken
}

// row is one row of a spool.
type row struct {
	key, sub []byte
	place    place
	data     []byte
}

// place is where a row stands: which of the files, and the number of its line there.
type place struct{ file, line int }

func (r row) compare(o row) int {
	return cmp.Or(bytes.Compare(r.key, o.key), bytes.Compare(r.sub, o.sub), cmp.Compare(r.place.file, o.place.file), cmp.Compare(r.place.line, o.place.line))
}

// keep copies bytes to where they stay, many in one allocation.
func (s *spool) keep(b []byte) []byte {
	if len(b) > cap(s.copied)-len(s.copied) {
		s.copied = make([]byte, 0, max(1<<20, len(b)))
	}
	n := len(s.copied)
	s.copied = append(s.copied, b...)
	return s.copied[n:len(s.copied):len(s.copied)]
}

// add adds a row, whose bytes the caller may use again.
func (s *spool) add(key, sub string, at place, data []byte) error {
	s.rows = append(s.rows, row{s.keep([]byte(key)), s.keep([]byte(sub)), at, s.keep(data)})
	if s.size += len(key) + len(sub) + len(data) + 120; s.size < s.held { // 120: the row itself
		return nil
	}
	return s.flush()
}

// flush writes the rows that are in memory to a run of their own.
func (s *spool) flush() error {
	if len(s.rows) == 0 {
		return nil
	}
	slices.SortStableFunc(s.rows, row.compare)
	f, err := os.CreateTemp(s.dir, "run")
	if err != nil {
		return fmt.Errorf("spool: %w", err)
	}
	s.runs = append(s.runs, f)
	out := bufio.NewWriterSize(f, 1<<18)
	var n [binary.MaxVarintLen64]byte
	for _, r := range s.rows {
		for _, part := range [][]byte{r.key, r.sub, r.data} {
			out.Write(n[:binary.PutUvarint(n[:], uint64(len(part)))]) //nolint:errcheck,gosec // Flush tells
			out.Write(part)                                           //nolint:errcheck,gosec // Flush tells
		}
		out.Write(n[:binary.PutUvarint(n[:], uint64(r.place.file))]) //nolint:errcheck,gosec // as above, and neither is negative
		out.Write(n[:binary.PutUvarint(n[:], uint64(r.place.line))]) //nolint:errcheck,gosec // likewise
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("spool: %w: rows are sorted on disk, in a folder of TMPDIR, which needs about as much room as what is imported", err)
	}
	length, err := f.Seek(0, io.SeekCurrent)
	if err != nil {
		return fmt.Errorf("spool: %w", err)
	}
	s.lengths = append(s.lengths, length)
	s.rows, s.size, s.copied = nil, 0, nil
	return nil
}

// sorted yields the rows in order.
func (s *spool) sorted(ctx context.Context) iter.Seq2[row, error] {
	return func(yield func(row, error) bool) {
		slices.SortStableFunc(s.rows, row.compare)
		h := &heads{}
		if len(s.rows) > 0 {
			h.all = append(h.all, &head{rows: s.rows[1:], row: s.rows[0]})
		}
		for i, f := range s.runs {
			one := &head{in: bufio.NewReaderSize(io.NewSectionReader(f, 0, s.lengths[i]), 1<<16)}
			if ok, err := one.next(); err != nil {
				yield(row{}, fmt.Errorf("spool: %w", err))
				return
			} else if ok {
				h.all = append(h.all, one)
			}
		}
		heap.Init(h)
		for h.Len() > 0 {
			if err := ctx.Err(); err != nil {
				yield(row{}, err)
				return
			}
			first := h.all[0]
			if !yield(first.row, nil) {
				return
			}
			ok, err := first.next()
			if err != nil {
				yield(row{}, fmt.Errorf("spool: %w", err))
				return
			}
			if ok {
				heap.Fix(h, 0)
			} else {
				heap.Pop(h)
			}
		}
	}
}

// groups yields the rows of each key, keys in order.
func (s *spool) groups(ctx context.Context) iter.Seq2[[]row, error] {
	return func(yield func([]row, error) bool) {
		var group []row
		for r, err := range s.sorted(ctx) {
			if err != nil {
				yield(nil, err)
				return
			}
			if len(group) > 0 && !bytes.Equal(group[0].key, r.key) {
				if !yield(group, nil) {
					return
				}
				group = nil
			}
			group = append(group, r)
		}
		if len(group) > 0 {
			yield(group, nil)
		}
	}
}

func (s *spool) close() error {
	var all []error
	for _, f := range s.runs {
		all = append(all, f.Close())
	}
	return errors.Join(all...)
}

// head is the next row of a run.
type head struct {
	rows []row
	in   *bufio.Reader
	row  row
}

func (h *head) next() (bool, error) {
	if h.in == nil {
		if len(h.rows) == 0 {
			return false, nil
		}
		h.row, h.rows = h.rows[0], h.rows[1:]
		return true, nil
	}
	var parts [3][]byte
	for i := range parts {
		n, err := binary.ReadUvarint(h.in)
		if i == 0 && errors.Is(err, io.EOF) {
			return false, nil
		}
		if err == nil {
			parts[i] = make([]byte, n)
			_, err = io.ReadFull(h.in, parts[i])
		}
		if err != nil {
			return false, err
		}
	}
	file, err1 := binary.ReadUvarint(h.in)
	line, err2 := binary.ReadUvarint(h.in)
	h.row = row{parts[0], parts[1], place{int(file), int(line)}, parts[2]} //nolint:gosec // flush wrote them
	return true, errors.Join(err1, err2)
}

// heads is a heap of runs by their next rows.
type heads struct{ all []*head }

func (h *heads) Len() int           { return len(h.all) }
func (h *heads) Less(i, j int) bool { return h.all[i].row.compare(h.all[j].row) < 0 }
func (h *heads) Swap(i, j int)      { h.all[i], h.all[j] = h.all[j], h.all[i] }
func (h *heads) Push(x any)         { h.all = append(h.all, x.(*head)) } //nolint:forcetypeassert // heap.Interface; nothing else is pushed
func (h *heads) Pop() any {
	last := h.all[len(h.all)-1]
	h.all = h.all[:len(h.all)-1]
	return last
}
