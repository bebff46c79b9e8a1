package nlp

import (
	"bufio"
	"compress/gzip"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"math/bits"
	"slices"
	"strings"
)

// Feature is a hash of something that a log-linear model may look at. Two that meet in one hash are taken for one.
type Feature uint32

// Weight is what a feature says for or against a class, in steps.
type Weight struct {
	Class uint8
	Steps int8
}

// LogLinear is a log-linear model (Berger, Della Pietra and Della Pietra 1996) over hashed features, each with weights of the few classes that
// it speaks of. It is read-only and safe for concurrent use.
type LogLinear struct {
	Classes []string
	Step    float32             // what one step of a weight is
	Lists   map[string][]string // what features and candidates are made with, by name
	slots   []slot              // open addressing, a power of two
	weights []Weight
	mask    uint32
}

// slot is a feature and where its weights begin, with their number in the low byte; feature 0 is none.
type slot struct {
	feature Feature
	weights uint32
}

// Add adds the weights of features to the scores of the classes.
func (m *LogLinear) Add(scores []float32, features []Feature) {
	for _, f := range features {
		for at := uint32(f) * 0x9E3779B1 >> 7 & m.mask; m.slots[at].feature != 0; at = (at + 1) & m.mask {
			if m.slots[at].feature != f {
				continue
			}
			first, n := m.slots[at].weights>>8, m.slots[at].weights&0xff
			for _, w := range m.weights[first : first+n] {
				scores[w.Class] += float32(w.Steps) * m.Step
			}
			break
		}
	}
}

const logLinearHeader = "newsgraph log-linear 1"

// WriteLogLinear writes a model: its classes, step and lists, and its features in order. The same model gives the same bytes.
func WriteLogLinear(w io.Writer, m *LogLinear, features map[Feature][]Weight, about string) error {
	z, err := gzip.NewWriterLevel(w, gzip.BestCompression)
	if err != nil {
		return err
	}
	head, err := json.Marshal(m)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(z)
	fmt.Fprintf(out, "%s\n%s\n%s\n%d\n", logLinearHeader, about, head, len(features))
	order := make([]Feature, 0, len(features))
	for f := range features {
		order = append(order, f)
	}
	slices.Sort(order)
	// Like beside like compresses best: all hashes, all numbers, all classes, all weights.
	before := Feature(0)
	var number [binary.MaxVarintLen32]byte
	for _, f := range order {
		out.Write(number[:binary.PutUvarint(number[:], uint64(f-before))]) //nolint:errcheck // Flush tells
		before = f
	}
	for _, f := range order {
		out.WriteByte(byte(len(features[f]))) //nolint:errcheck // Flush tells
	}
	for _, f := range order {
		for _, w := range features[f] {
			out.WriteByte(w.Class) //nolint:errcheck // Flush tells
		}
	}
	for _, f := range order {
		for _, w := range features[f] {
			out.WriteByte(byte(w.Steps)) //nolint:errcheck // Flush tells
		}
	}
	if err := out.Flush(); err != nil {
		return err
	}
	return z.Close()
}

var errLogLinear = errors.New("not a log-linear model that this program can read")

// ReadLogLinear reads what WriteLogLinear wrote.
func ReadLogLinear(r io.Reader) (*LogLinear, error) {
	z, err := gzip.NewReader(r)
	if err != nil {
		return nil, err
	}
	in := bufio.NewReaderSize(z, 1<<16)
	line := func() string {
		s, err2 := in.ReadString('\n')
		err = errors.Join(err, err2)
		return strings.TrimSuffix(s, "\n")
	}
	if h := line(); h != logLinearHeader {
		return nil, fmt.Errorf("%w: begins with %.24q", errLogLinear, h)
	}
	line() // about
	m := &LogLinear{}
	if err2 := json.Unmarshal([]byte(line()), m); err2 != nil {
		return nil, fmt.Errorf("%w: %w", errLogLinear, err2)
	}
	n := 0
	if _, err2 := fmt.Sscan(line(), &n); err2 != nil || err != nil || n < 0 || n > 1<<22 || len(m.Classes) == 0 || len(m.Classes) > 255 {
		return nil, fmt.Errorf("%w: %d features of %d classes", errLogLinear, n, len(m.Classes))
	}
	m.slots = make([]slot, 1<<bits.Len(uint(2*n+1)))
	m.mask = uint32(len(m.slots) - 1)
	order := make([]Feature, n)
	at := uint64(0)
	for i := range order {
		gap, err := binary.ReadUvarint(in)
		if err != nil {
			return nil, err
		}
		if at += gap; gap == 0 || at > math.MaxUint32 {
			return nil, fmt.Errorf("%w: feature %d after feature %d", errLogLinear, at, i)
		}
		order[i] = Feature(at)
	}
	numbers := make([]byte, n)
	if _, err := io.ReadFull(in, numbers); err != nil {
		return nil, err
	}
	total := 0
	for i, f := range order {
		at := uint32(f) * 0x9E3779B1 >> 7 & m.mask
		for m.slots[at].feature != 0 {
			at = (at + 1) & m.mask
		}
		m.slots[at] = slot{f, uint32(total)<<8 | uint32(numbers[i])}
		total += int(numbers[i])
	}
	if total >= 1<<24 {
		return nil, fmt.Errorf("%w: %d weights", errLogLinear, total)
	}
	both := make([]byte, 2*total)
	if _, err := io.ReadFull(in, both); err != nil {
		return nil, err
	}
	m.weights = make([]Weight, total)
	for i := range m.weights {
		if int(both[i]) >= len(m.Classes) {
			return nil, fmt.Errorf("%w: class %d", errLogLinear, both[i])
		}
		m.weights[i] = Weight{both[i], int8(both[total+i])}
	}
	return m, nil
}

// softmax makes probabilities of scores.
func softmax(scores []float32) {
	most := slices.Max(scores)
	sum := float32(0)
	for i, v := range scores {
		scores[i] = float32(math.Exp(float64(v - most)))
		sum += scores[i]
	}
	for i := range scores {
		scores[i] /= sum
	}
}

// mark is a hash of a word.
func mark(s string) uint32 {
	h := uint32(fnvOffset)
	for i := range len(s) {
		h = (h ^ uint32(s[i])) * fnvPrime
	}
	return h
}

// join is a hash of two in their order.
func join(a, b uint32) uint32 {
	h := (a ^ b*0x9E3779B1) * 0x85EBCA6B
	return h ^ h>>15
}

// featureList gathers features; each template has a number of its own.
type featureList []Feature

func (l *featureList) add(template uint32, parts ...uint32) {
	h := template * 0xC2B2AE35
	for _, p := range parts {
		h = join(h, p)
	}
	if h == 0 {
		h = 1
	}
	*l = append(*l, Feature(h))
}
