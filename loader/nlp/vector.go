package nlp

import (
	"bufio"
	"bytes"
	"cmp"
	"compress/gzip"
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
	"sync"
)

// VectorColumns is how many numbers stand for a word in the vectors.
const VectorColumns = 100

// Vectors are what large corpora tell of words by the words around them, for the network to read beside what it has learnt of them itself: most of
// the words of the news stand in no treebank. Read-only and safe for concurrent use.
type Vectors struct {
	rows  map[string]int32
	scale []float32
	bytes []int8
}

const vectorsHeader = "newsgraph vectors 1"

// WriteVectors writes words in lower case and their vectors, each as bytes with a scale, with a line about where they come from.
func WriteVectors(w io.Writer, words []string, vectors [][]float32, about string) error {
	z, err := gzip.NewWriterLevel(w, gzip.BestCompression)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(z)
	fmt.Fprintf(out, "%s\n%s\n%d\n%s\n", vectorsHeader, about, len(words), strings.Join(words, "\n"))
	for _, v := range vectors {
		scale, row := quantize(v)
		if err := binary.Write(out, binary.LittleEndian, scale); err != nil {
			return err
		}
		if _, err := out.Write(row); err != nil {
			return err
		}
	}
	return errors.Join(out.Flush(), z.Close())
}

var errVectors = errors.New("no vectors that this program can read")

// ReadVectors reads what WriteVectors wrote.
func ReadVectors(r io.Reader) (*Vectors, error) {
	z, err := gzip.NewReader(r)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errVectors, err)
	}
	in := bufio.NewReaderSize(z, 1<<16)
	line := func() string {
		s, err2 := in.ReadString('\n')
		err = errors.Join(err, err2)
		return strings.TrimSuffix(s, "\n")
	}
	if h := line(); h != vectorsHeader {
		return nil, fmt.Errorf("%w: begins with %.20q", errVectors, h)
	}
	line() // about
	var count int
	if _, err2 := fmt.Sscan(line(), &count); err2 != nil || count < 0 || count > 1<<20 {
		return nil, fmt.Errorf("%w: %d words", errVectors, count)
	}
	v := &Vectors{rows: make(map[string]int32, count), scale: make([]float32, count), bytes: make([]int8, count*VectorColumns)}
	for i := range count {
		v.rows[line()] = int32(i)
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errVectors, err)
	}
	var row [4 + VectorColumns]byte
	for i := range count {
		if _, err := io.ReadFull(in, row[:]); err != nil {
			return nil, fmt.Errorf("%w: %w", errVectors, err)
		}
		v.scale[i] = math.Float32frombits(binary.LittleEndian.Uint32(row[:]))
		for j, b := range row[4:] {
			v.bytes[i*VectorColumns+j] = int8(b)
		}
	}
	if _, err := in.ReadByte(); err != io.EOF { // with the checksum
		return nil, fmt.Errorf("%w: does not end after %d words as it says: %w", errVectors, count, cmp.Or(err, errors.New("more follows")))
	}
	return v, nil
}

// Row is the row of a word in lower case, -1 if nothing is known of it.
func (v *Vectors) Row(low string) int32 {
	if row, ok := v.rows[low]; ok {
		return row
	}
	return -1
}

// Fill writes the vector of a row; one of -1 is nothing.
func (v *Vectors) Fill(out []float32, row int32) {
	if row < 0 {
		clear(out)
		return
	}
	scale := v.scale[row]
	for j, b := range v.bytes[int(row)*VectorColumns : (int(row)+1)*VectorColumns] {
		out[j] = scale * float32(b)
	}
}

//go:embed data/vectors.bin
var vectorsFile []byte

// EmbeddedVectors are those that the embedded networks read.
var EmbeddedVectors = sync.OnceValues(func() (*Vectors, error) { return ReadVectors(bytes.NewReader(vectorsFile)) })
