package main

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"slices"

	"newsgraph/loader/nlp"
)

// The losses of log-linear models.
const (
	softLoss    = iota // one of the classes, the first of which is none
	sigmoidLoss        // the only class or not
	squareLoss         // a number
)

// instances are what a log-linear model learns from: features, a class or a number, and the document that it comes from.
type instances struct {
	features []nlp.Feature
	ends     []int
	classes  []uint8
	targets  []float32
	weights  []float32
	document []int32
}

func (x *instances) add(features []nlp.Feature, class int, target, weight float32, document int) {
	x.features = append(x.features, features...)
	x.ends = append(x.ends, len(x.features))
	x.classes, x.targets, x.weights = append(x.classes, uint8(class)), append(x.targets, target), append(x.weights, weight)
	x.document = append(x.document, int32(document))
}

func (x *instances) at(i int) []nlp.Feature {
	if i == 0 {
		return x.features[:x.ends[0]]
	}
	return x.features[x.ends[i-1]:x.ends[i]]
}

// logLinear is nlp.LogLinear in training: by AdaGrad with regularised dual averaging (Duchi, Hazan and Singer 2011; Xiao 2010), whose penalty of
// the sum of weights leaves most at nothing.
type logLinear struct {
	loss    int
	classes []string
	index   map[nlp.Feature]int32
	first   []int32
	class   []uint8
	w, g, h []float32
	rate    float64
	penalty float64 // in gradients of the whole corpus
}

// newLogLinear gathers the features that stand in two documents, each with the classes that it was seen with.
func newLogLinear(loss int, classes []string, x *instances, rate, penalty float64) *logLinear {
	m := &logLinear{loss: loss, classes: classes, index: map[nlp.Feature]int32{}, rate: rate, penalty: penalty}
	seen := map[nlp.Feature]int32{} // the first document, or -2
	for i := range x.ends {
		for _, f := range x.at(i) {
			if d, ok := seen[f]; !ok {
				seen[f] = x.document[i]
			} else if d != x.document[i] {
				seen[f] = -2
			}
		}
	}
	for f, d := range seen {
		if d == -2 {
			m.index[f] = int32(len(m.index))
		}
	}
	with := make([][]uint8, len(m.index))
	for i := range x.ends {
		for _, f := range x.at(i) {
			if k, ok := m.index[f]; ok && !slices.Contains(with[k], x.classes[i]) {
				with[k] = append(with[k], x.classes[i])
			}
		}
	}
	m.first = make([]int32, 1, len(with)+1)
	for _, list := range with {
		slices.Sort(list)
		if loss != softLoss {
			list = []uint8{0}
		}
		m.class = append(m.class, list...)
		m.first = append(m.first, int32(len(m.class)))
	}
	n := len(m.class)
	m.w, m.g, m.h = make([]float32, n), make([]float32, n), make([]float32, n)
	return m
}

// learn goes over the instances, after each pass calling scored.
func (m *logLinear) learn(x *instances, passes int, random *rand.Rand, scored func(pass int, loss float64)) {
	order := random.Perm(len(x.ends))
	rows := make([]int32, 0, 256)
	score := make([]float32, len(m.classes))
	steps := 0.0
	perStep := m.penalty / float64(len(x.ends))
	for pass := range passes {
		loss := 0.0
		random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			steps++
			rows = rows[:0]
			clear(score)
			for _, f := range x.at(i) {
				k, ok := m.index[f]
				if !ok {
					continue
				}
				rows = append(rows, k)
				for e := m.first[k]; e < m.first[k+1]; e++ {
					score[m.class[e]] += m.w[e]
				}
			}
			loss += m.gradient(score, x, i)
			for c := range score {
				score[c] *= x.weights[i]
			}
			for _, k := range rows {
				for e := m.first[k]; e < m.first[k+1]; e++ {
					g := score[m.class[e]]
					if g < 0.002 && g > -0.002 {
						continue
					}
					m.g[e] += g
					m.h[e] += g * g
					over := math.Abs(float64(m.g[e])) - perStep*steps
					if over <= 0 {
						m.w[e] = 0
						continue
					}
					m.w[e] = float32(-math.Copysign(m.rate*over/(1+math.Sqrt(float64(m.h[e]))), float64(m.g[e])))
				}
			}
		}
		scored(pass, loss/float64(len(order)))
	}
}

// gradient makes of scores the gradients of the loss.
func (m *logLinear) gradient(score []float32, x *instances, i int) float64 {
	switch m.loss {
	case sigmoidLoss:
		p := 1 / (1 + math.Exp(-float64(score[0])))
		score[0] = float32(p) - x.targets[i]
		return -math.Log(max(1e-9, 1-math.Abs(float64(score[0]))))
	case squareLoss:
		score[0] -= x.targets[i]
		return float64(score[0] * score[0])
	}
	most := slices.Max(score)
	sum := 0.0
	for c, v := range score {
		e := math.Exp(float64(v - most))
		score[c] = float32(e)
		sum += e
	}
	for c := range score {
		score[c] /= float32(sum)
	}
	loss := -math.Log(max(1e-9, float64(score[x.classes[i]])))
	score[x.classes[i]]--
	return loss
}

// model is what is written: weights in steps, the small ones left out.
func (m *logLinear) model(step, least float32, lists map[string][]string) (*nlp.LogLinear, map[nlp.Feature][]nlp.Weight) {
	features := map[nlp.Feature][]nlp.Weight{}
	for f, k := range m.index {
		var kept []nlp.Weight
		for e := m.first[k]; e < m.first[k+1]; e++ {
			if w := m.w[e]; w > least || w < -least {
				if s := math.RoundToEven(float64(w / step)); s != 0 {
					kept = append(kept, nlp.Weight{Class: m.class[e], Steps: int8(max(-127, min(127, s)))})
				}
			}
		}
		if kept != nil {
			features[f] = kept
		}
	}
	return &nlp.LogLinear{Classes: m.classes, Step: step, Lists: lists}, features
}

// write writes the model and reads it again.
func (m *logLinear) write(name string, step, least float32, lists map[string][]string, about string) (*nlp.LogLinear, error) {
	model, features := m.model(step, least, lists)
	var file bytes.Buffer
	if err := nlp.WriteLogLinear(&file, model, features, about); err != nil {
		return nil, err
	}
	fmt.Printf("  %s: %d features of %d, %d kB\n", name, len(features), len(m.index), file.Len()>>10)
	if err := os.WriteFile(name, file.Bytes(), 0o644); err != nil { //nolint:gosec // anybody may read it
		return nil, err
	}
	return nlp.ReadLogLinear(&file)
}
