package extract

import (
	"bufio"
	"bytes"
	"compress/gzip"
	_ "embed"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Weights are what was learnt of how rules and grammar are to be weighed: log-linear models (Berger, Della Pietra and Della Pietra 1996), one a
// decision, each a table of named features by classes. They are read-only once read.
type Weights struct {
	models map[string]*logLinear
}

// logLinear is one model.
type logLinear struct {
	classes []string
	rows    map[string][]float32 // by feature, a weight for each class
}

//go:embed weights/events.tsv.gz
var weightsFile []byte

// ReadWeights reads weights in the form that cmd/train writes: lines of model, class, feature and weight, parted by tabs. Lines that begin with #
// are comments. Errors name the line.
func ReadWeights(r io.Reader) (*Weights, error) {
	w := &Weights{models: map[string]*logLinear{}}
	lines := bufio.NewScanner(r)
	type cell struct {
		class   int
		feature string
		weight  float32
	}
	cells := map[string][]cell{}
	for n := 1; lines.Scan(); n++ {
		if strings.HasPrefix(lines.Text(), "#") {
			continue
		}
		f := strings.Split(lines.Text(), "\t")
		if len(f) != 4 {
			return nil, fmt.Errorf("weights: line %d: %d columns, want model, class, feature and weight", n, len(f))
		}
		weight, err := strconv.ParseFloat(f[3], 32)
		if err != nil {
			return nil, fmt.Errorf("weights: line %d: %w", n, err)
		}
		m := w.models[f[0]]
		if m == nil {
			m = &logLinear{rows: map[string][]float32{}}
			w.models[f[0]] = m
		}
		k := slices.Index(m.classes, f[1])
		if k < 0 {
			k = len(m.classes)
			m.classes = append(m.classes, f[1])
		}
		cells[f[0]] = append(cells[f[0]], cell{k, f[2], float32(weight)})
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("weights: %w", err)
	}
	for name, m := range w.models {
		for _, c := range cells[name] {
			row := m.rows[c.feature]
			if row == nil {
				row = make([]float32, len(m.classes))
				m.rows[c.feature] = row
			}
			row[c.class] = c.weight
		}
	}
	return w, nil
}

// weigh is the probability of each class of a model, in the order of its classes.
func (w *Weights) weigh(model string, features []string) (classes []string, p []float64) {
	m := w.models[model]
	if m == nil {
		return nil, nil
	}
	p = make([]float64, len(m.classes))
	for _, f := range features {
		for k, v := range m.rows[f] {
			p[k] += float64(v)
		}
	}
	most := slices.Max(p)
	sum := 0.0
	for k := range p {
		p[k] = math.Exp(p[k] - most)
		sum += p[k]
	}
	for k := range p {
		p[k] /= sum
	}
	return m.classes, p
}

// embeddedWeights are those that the program ships.
func embeddedWeights() (*Weights, error) {
	unpacked, err := gzip.NewReader(bytes.NewReader(weightsFile))
	if err != nil {
		return nil, fmt.Errorf("weights: %w", err)
	}
	return ReadWeights(unpacked)
}
