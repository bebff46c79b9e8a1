package main

import (
	"math"

	"newsgraph/loader/nlp"
	"newsgraph/loader/nlp/tensor"
)

// lattice is the tags that a sentence may have, for their sums over all sequences (a linear-chain conditional random field, Lafferty, McCallum and
// Pereira 2001).
type lattice struct {
	forward, backward []float64 // token by token, of each tag
	follows           [][]bool  // by the earlier tag and the later
	opens             []bool
}

func newLattice(names []string) *lattice {
	l := &lattice{}
	for _, before := range names {
		l.opens = append(l.opens, nlp.Follows("", before))
		var row []bool
		for _, tag := range names {
			row = append(row, nlp.Follows(before, tag))
		}
		l.follows = append(l.follows, row)
	}
	return l
}

// sum runs over the sequences of tags that gold allows, where -1 allows all, and returns the logarithm of the sum of their exponentials.
// Row tells the scores of a token.
func (l *lattice) sum(gold []int, row func(int) []float32, move *tensor.Matrix) float64 {
	k, none := len(l.opens), math.Inf(-1)
	l.forward = append(l.forward[:0], make([]float64, k*len(gold))...)
	l.backward = append(l.backward[:0], make([]float64, k*len(gold))...)
	terms := make([]float64, k)
	for t := range gold {
		for j, v := range row(t) {
			at := &l.forward[t*k+j]
			switch {
			case gold[t] >= 0 && gold[t] != j, t == 0 && !l.opens[j]:
				*at = none
			case t == 0:
				*at = float64(v)
			default:
				for i := range terms {
					terms[i] = none
					if l.follows[i][j] {
						terms[i] = l.forward[(t-1)*k+i] + float64(move.Row(i)[j])
					}
				}
				*at = float64(v) + logSum(terms)
			}
		}
	}
	for t := len(gold) - 2; t >= 0; t-- {
		next := row(t + 1)
		for i := range k {
			for j := range terms {
				terms[j] = none
				if l.follows[i][j] && (gold[t+1] < 0 || gold[t+1] == j) {
					terms[j] = l.backward[(t+1)*k+j] + float64(move.Row(i)[j]) + float64(next[j])
				}
			}
			l.backward[t*k+i] = logSum(terms)
		}
	}
	return logSum(l.forward[(len(gold)-1)*k:])
}

func logSum(terms []float64) float64 {
	most := math.Inf(-1)
	for _, v := range terms {
		most = max(most, v)
	}
	if math.IsInf(most, -1) {
		return most
	}
	sum := 0.0
	for _, v := range terms {
		sum += math.Exp(v - most)
	}
	return most + math.Log(sum)
}

// sequences makes of scores the gradient of the logarithm of the probability of each sentence's tags, and adds that of the moves between them.
func (u *worker) sequences(scores *tensor.Matrix, p *pack, gold []int, weight float32, move *parameter) {
	l := newLattice(u.n.Names)
	k := scores.Cols
	gradient := u.gradients[move.index]
	out := tensor.New(scores.Rows, k)
	for s, length := range p.lengths {
		tags, open := make([]int, length), make([]int, length)
		told := false
		for t := range tags {
			tags[t], open[t] = gold[p.offset[t]+s], -1
			told = told || tags[t] >= 0
		}
		if !told {
			continue
		}
		row := func(t int) []float32 { return scores.Row(p.offset[t] + s) }
		right := l.sum(tags, row, move.w)
		if math.IsInf(right, -1) {
			continue // a corpus errs: I-X that opens a name
		}
		for turn, set := range [][]int{tags, open} {
			total, sign := right, -weight
			if turn == 1 {
				total, sign = l.sum(open, row, move.w), weight
				u.losses[4] += total - right
				u.counts[4] += length
			}
			for t := range set {
				to, from := out.Row(p.offset[t]+s), row(t)
				for j := range to {
					to[j] += sign * float32(math.Exp(l.forward[t*k+j]+l.backward[t*k+j]-total))
				}
				if t == 0 {
					continue
				}
				for i := range k {
					for j, v := range from {
						if f := l.forward[(t-1)*k+i]; l.follows[i][j] && (set[t] < 0 || set[t] == j) && !math.IsInf(f, -1) {
							gradient.Row(i)[j] += sign * float32(math.Exp(f+float64(move.w.Row(i)[j])+float64(v)+l.backward[t*k+j]-total))
						}
					}
				}
			}
		}
	}
	copy(scores.Data, out.Data)
}
