package main

import (
	"math"
	"math/rand/v2"
	"testing"

	"newsgraph/loader/nlp"
	"newsgraph/loader/nlp/tensor"
)

// TestLattice sees that sums over sequences of tags, and the gradients made of them, are those of counting every sequence.
func TestLattice(t *testing.T) {
	names := []string{"B-X", "B-Y", "I-X", "I-Y", "O"}
	random := rand.New(rand.NewPCG(1, 1))
	filled := func(rows, cols int) *tensor.Matrix {
		m := tensor.New(rows, cols)
		for i := range rows {
			for j := range m.Row(i) {
				m.Row(i)[j] = float32(random.Float64()*4 - 2)
			}
		}
		return m
	}
	for _, gold := range [][]int{{-1}, {4}, {0, 2, 2, 4}, {-1, -1, -1}, {4, -1, 3, -1}, {-1, 0, -1}} {
		scores, move := filled(len(gold), len(names)), filled(len(names), len(names))
		sum := func(gold []int) float64 {
			total := 0.0
			tags := make([]int, len(gold))
			var each func(t int, score float64)
			each = func(t int, score float64) {
				if t == len(gold) {
					total += math.Exp(score)
					return
				}
				for j := range names {
					before := ""
					if t > 0 {
						before = names[tags[t-1]]
					}
					if gold[t] >= 0 && gold[t] != j || !nlp.Follows(before, names[j]) {
						continue
					}
					tags[t] = j
					s := score + float64(scores.Row(t)[j])
					if t > 0 {
						s += float64(move.Row(tags[t-1])[j])
					}
					each(t+1, s)
				}
			}
			each(0, 0)
			return math.Log(total)
		}
		l := newLattice(names)
		if got, want := l.sum(gold, scores.Row, move), sum(gold); math.Abs(got-want) > 1e-6 {
			t.Errorf("%v: sum %f, not %f", gold, got, want)
		}
		open := make([]int, len(gold))
		for i := range open {
			open[i] = -1
		}
		loss := func() float64 { return sum(open) - sum(gold) }
		slope := func(at *float32) float64 {
			const step = 1e-2
			v := *at
			*at = v + step
			up := loss()
			*at = v - step
			down := loss()
			*at = v
			return (up - down) / (2 * step)
		}
		var wantScores, wantMove []float64
		for i := range gold {
			for j := range names {
				wantScores = append(wantScores, slope(&scores.Row(i)[j]))
			}
		}
		for i := range names {
			for j := range names {
				wantMove = append(wantMove, slope(&move.Row(i)[j]))
			}
		}
		u := &worker{n: &network{Shape: nlp.Shape{Names: names}}, gradients: []*tensor.Matrix{tensor.New(len(names), len(names))}}
		u.sequences(scores, newPack([]int{len(gold)}), gold, 1, &parameter{w: move})
		told := false
		for _, g := range gold {
			told = told || g >= 0
		}
		for i := range gold {
			for j := range names {
				if got, want := float64(scores.Row(i)[j]), wantScores[i*len(names)+j]; told && math.Abs(got-want) > 1e-3 {
					t.Errorf("%v: gradient of the score of %s for token %d: %f, not %f", gold, names[j], i, got, want)
				}
			}
		}
		for i := range names {
			for j := range names {
				if got, want := float64(u.gradients[0].Row(i)[j]), wantMove[i*len(names)+j]; math.Abs(got-want) > 1e-3 {
					t.Errorf("%v: gradient of the move %s %s: %f, not %f", gold, names[i], names[j], got, want)
				}
			}
		}
	}
}
