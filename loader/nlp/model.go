package nlp

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"fmt"
	"io"
	"slices"
	"strings"
)

// Model is a linear model over hashed features: for each feature, a weight for some of the classes. It is read-only and safe
// for concurrent use.
type Model struct {
	Classes []string
	slots   []slot // open addressing, a power of two
	weights []weight
}

type slot struct {
	feature     uint32
	first, last uint32 // of weights
}

type weight struct {
	class uint16
	value int16
}

// Score sets scores, one for each class, to the sums of the features' weights.
func (m *Model) Score(scores []int32, features []uint32) {
	clear(scores)
	mask := uint32(len(m.slots) - 1)
	for _, f := range features {
		for i := f * 2654435769 & mask; m.slots[i].last != 0; i = (i + 1) & mask {
			if s := &m.slots[i]; s.feature == f {
				for _, w := range m.weights[s.first:s.last] {
					scores[w.class] += int32(w.value)
				}
				break
			}
		}
	}
}

// Weight is one weight of a feature, as training makes it.
type Weight struct {
	Feature uint32
	Class   int
	Value   int16
}

// NewModel makes a model of weights, none of which stands twice.
func NewModel(classes []string, weights []Weight) *Model {
	slices.SortFunc(weights, func(a, b Weight) int {
		if a.Feature != b.Feature {
			if a.Feature < b.Feature {
				return -1
			}
			return 1
		}
		return a.Class - b.Class
	})
	m := &Model{Classes: classes, weights: make([]weight, 1, len(weights)+1)} // 0 marks an empty slot
	distinct := 0
	for i := range weights {
		if i == 0 || weights[i].Feature != weights[i-1].Feature {
			distinct++
		}
	}
	size := 16
	for size < distinct*3/2 {
		size *= 2
	}
	m.slots = make([]slot, size)
	mask := uint32(size - 1)
	for i := 0; i < len(weights); {
		f, first := weights[i].Feature, uint32(len(m.weights))
		for ; i < len(weights) && weights[i].Feature == f; i++ {
			m.weights = append(m.weights, weight{uint16(weights[i].Class), weights[i].Value})
		}
		at := f * 2654435769 & mask
		for m.slots[at].last != 0 {
			at = (at + 1) & mask
		}
		m.slots[at] = slot{f, first, uint32(len(m.weights))}
	}
	return m
}

const modelHeader = "newsgraph model 1"

// WriteModel writes a model's weights, sorted as NewModel leaves them, with a line about where they come from. The same weights
// give the same bytes.
func WriteModel(w io.Writer, classes []string, weights []Weight, about string) error {
	z, err := gzip.NewWriterLevel(w, gzip.BestCompression)
	if err != nil {
		return err
	}
	// Differences of features, classes and values apart: each compresses better among its like.
	var features, kinds, values []byte
	last := uint32(0)
	for i := 0; i < len(weights); {
		f, n := weights[i].Feature, i
		for ; i < len(weights) && weights[i].Feature == f; i++ {
			kinds = append(kinds, byte(weights[i].Class))
			values = binary.AppendVarint(values, int64(weights[i].Value))
		}
		features = binary.AppendUvarint(features, uint64(f-last))
		features = binary.AppendUvarint(features, uint64(i-n))
		last = f
	}
	head := fmt.Sprintf("%s\n%s\n%s\n%d %d %d\n", modelHeader, about, strings.Join(classes, "\t"), len(features), len(kinds), len(values))
	for _, part := range [][]byte{[]byte(head), features, kinds, values} {
		if _, err := z.Write(part); err != nil {
			return err
		}
	}
	return z.Close()
}

// ReadModel reads what WriteModel wrote.
func ReadModel(r io.Reader) (*Model, error) {
	z, err := gzip.NewReader(r)
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(z)
	if err != nil {
		return nil, err
	}
	lines := bytes.SplitN(data, []byte("\n"), 5)
	if len(lines) != 5 || string(lines[0]) != modelHeader {
		return nil, fmt.Errorf("not a model: begins with %.20q", data)
	}
	classes, body := strings.Split(string(lines[2]), "\t"), lines[4]
	var a, b, c int
	if _, err := fmt.Sscan(string(lines[3]), &a, &b, &c); err != nil || a < 0 || b < 0 || c < 0 || a+b+c != len(body) || len(classes) > 256 {
		return nil, fmt.Errorf("a model of sizes %q with %d bytes", lines[3], len(body))
	}
	features, kinds, values := bytes.NewReader(body[:a]), body[a:a+b], bytes.NewReader(body[a+b:])
	weights := make([]Weight, 0, b)
	for f := uint32(0); features.Len() > 0; {
		d, err := binary.ReadUvarint(features)
		if err != nil {
			return nil, err
		}
		n, err := binary.ReadUvarint(features)
		if err != nil {
			return nil, err
		}
		f += uint32(d)
		for ; n > 0; n-- {
			if len(weights) == b {
				return nil, fmt.Errorf("more weights than %d: %w", b, io.ErrUnexpectedEOF)
			}
			v, err := binary.ReadVarint(values)
			if err != nil {
				return nil, err
			}
			class := int(kinds[len(weights)])
			if class >= len(classes) {
				return nil, fmt.Errorf("class %d of %d", class, len(classes))
			}
			weights = append(weights, Weight{f, class, int16(v)})
		}
	}
	return NewModel(classes, weights), nil
}

// hash makes a feature (FNV-1a) of its kind and its parts.
func hash(kind byte, parts ...string) uint32 {
	h := (uint32(2166136261) ^ uint32(kind)) * 16777619
	for _, p := range parts {
		for k := range len(p) {
			h = (h ^ uint32(p[k])) * 16777619
		}
		h = (h ^ 0x1f) * 16777619
	}
	return h
}
