package main

import (
	"math"
	"slices"
)

// instance is one decision that a log-linear model learns from: numbers of features, and of the right class.
type instance struct {
	features []int
	class    int
	weight   float64
}

// maximumEntropy fits a log-linear model by maximum likelihood with a Gaussian prior of the variance (Chen and Rosenfeld 1999), by L-BFGS (Nocedal
// 1980). The result has a row of weights a feature, a weight for each class.
func maximumEntropy(data []instance, features, classes int, variance float64, steps int) []float64 {
	n := features * classes
	w := make([]float64, n)
	p := make([]float64, classes)
	objective := func(w, gradient []float64) float64 {
		loss := 0.0
		for i, v := range w {
			loss += v * v / (2 * variance)
			gradient[i] = v / variance
		}
		for _, x := range data {
			clear(p)
			for _, f := range x.features {
				row := w[f*classes : f*classes+classes]
				for k, v := range row {
					p[k] += v
				}
			}
			most := slices.Max(p)
			sum := 0.0
			for k := range p {
				p[k] = math.Exp(p[k] - most)
				sum += p[k]
			}
			loss -= x.weight * math.Log(p[x.class]/sum)
			for k := range p {
				p[k] = x.weight * p[k] / sum
			}
			p[x.class] -= x.weight
			for _, f := range x.features {
				row := gradient[f*classes : f*classes+classes]
				for k, v := range p {
					row[k] += v
				}
			}
		}
		return loss
	}
	const memory = 8
	var ss, ys [][]float64
	g := make([]float64, n)
	loss := objective(w, g)
	next, ng := make([]float64, n), make([]float64, n)
	for range steps {
		d := slices.Clone(g)
		alphas := make([]float64, len(ss))
		for i := len(ss) - 1; i >= 0; i-- {
			alphas[i] = dot(ss[i], d) / dot(ys[i], ss[i])
			axpy(-alphas[i], ys[i], d)
		}
		scale := 1 / math.Sqrt(max(1, dot(g, g)))
		if k := len(ss); k > 0 {
			scale = dot(ss[k-1], ys[k-1]) / dot(ys[k-1], ys[k-1])
		}
		for i := range d {
			d[i] *= scale
		}
		for i := range ss {
			beta := dot(ys[i], d) / dot(ys[i], ss[i])
			axpy(alphas[i]-beta, ss[i], d)
		}
		slope := dot(g, d)
		step, better := 1.0, false
		for range 20 {
			copy(next, w)
			axpy(-step, d, next)
			if l := objective(next, ng); l <= loss-1e-4*step*slope {
				better = true
				gain := loss - l
				s, y := make([]float64, n), make([]float64, n)
				for i := range s {
					s[i], y[i] = next[i]-w[i], ng[i]-g[i]
				}
				if dot(s, y) > 1e-10 {
					ss, ys = append(ss, s), append(ys, y)
					if len(ss) > memory {
						ss, ys = ss[1:], ys[1:]
					}
				}
				copy(w, next)
				copy(g, ng)
				loss = l
				if gain < 1e-4*loss {
					return w
				}
				break
			}
			step /= 2
		}
		if !better {
			break
		}
	}
	return w
}

func dot(a, b []float64) float64 {
	s := 0.0
	for i, v := range a {
		s += v * b[i]
	}
	return s
}

func axpy(k float64, x, y []float64) {
	for i, v := range x {
		y[i] += k * v
	}
}
