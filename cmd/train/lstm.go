package main

import (
	"math/rand/v2"

	"newsgraph/loader/nlp/tensor"
)

// pack is sentences side by side, longest first: the row of step t of sentence s is offset[t]+s.
type pack struct {
	active, offset, lengths []int
	rows                    int
	mirror                  []int // by row, the row of the same sentence's step counted from its end
}

func newPack(lengths []int) *pack {
	p := &pack{lengths: lengths}
	for t := range lengths[0] {
		k := 0
		for k < len(lengths) && lengths[k] > t {
			k++
		}
		p.active, p.offset = append(p.active, k), append(p.offset, p.rows)
		p.rows += k
	}
	p.mirror = make([]int, p.rows)
	for t, k := range p.active {
		for s := range k {
			p.mirror[p.offset[t]+s] = p.offset[lengths[s]-1-t] + s
		}
	}
	return p
}

// mirrored are the rows of m, each sentence from its end.
func (p *pack) mirrored(m *tensor.Matrix) *tensor.Matrix {
	out := tensor.New(m.Rows, m.Cols)
	for i, j := range p.mirror {
		copy(out.Row(i), m.Row(j))
	}
	return out
}

// lstm is one direction of a layer. Its gates stand in the order input, forget, output, candidate.
type lstm struct {
	in, recurrent, bias *parameter
	hidden              int
}

// steps are what a run of an lstm leaves for its gradients.
type steps struct {
	x, gates, cell, squashed, state *tensor.Matrix
	before                          *tensor.Matrix // the state that each step read, with its dropout
	mask                            *tensor.Matrix // of the recurrent dropout, one row a sentence
}

func (l *lstm) forward(p *pack, x *tensor.Matrix, drop float32, r *rand.Rand) *steps {
	h := l.hidden
	st := &steps{
		x: x, gates: tensor.New(p.rows, 4*h), cell: tensor.New(p.rows, h), squashed: tensor.New(p.rows, h), state: tensor.New(p.rows, h),
		before: tensor.New(p.rows, h),
	}
	if drop > 0 {
		st.mask = tensor.New(p.active[0], h)
		for i := range st.mask.Rows {
			for j := range st.mask.Row(i) {
				if r.Float32() >= drop {
					st.mask.Row(i)[j] = 1 / (1 - drop)
				}
			}
		}
	}
	tensor.Mul(st.gates, x, l.in.w)
	tensor.AddRow(st.gates, l.bias.w.Row(0))
	var gates, before tensor.Matrix
	for t, active := range p.active {
		o := p.offset[t]
		st.gates.View(&gates, o, o+active)
		if t > 0 {
			st.before.View(&before, o, o+active)
			for s := range active {
				state, row := st.state.Row(p.offset[t-1]+s), before.Row(s)
				for j := range row {
					row[j] = state[j]
					if st.mask != nil {
						row[j] *= st.mask.Row(s)[j]
					}
				}
			}
			tensor.Mul(&gates, &before, l.recurrent.w)
		}
		for s := range active {
			g := gates.Row(s)
			var last []float32
			if t > 0 {
				last = st.cell.Row(p.offset[t-1] + s)
			}
			cell, squashed, state := st.cell.Row(o+s), st.squashed.Row(o+s), st.state.Row(o+s)
			for j := range h {
				g[j], g[h+j], g[2*h+j], g[3*h+j] = tensor.Sigmoid(g[j]), tensor.Sigmoid(g[h+j]), tensor.Sigmoid(g[2*h+j]), tensor.Tanh(g[3*h+j])
				cell[j] = g[j] * g[3*h+j]
				if last != nil {
					cell[j] += g[h+j] * last[j]
				}
				squashed[j] = tensor.Tanh(cell[j])
				state[j] = g[2*h+j] * squashed[j]
			}
		}
	}
	return st
}

// backward takes the gradient of the states, which it changes, and adds to that of x and to those of the parameters.
func (l *lstm) backward(p *pack, st *steps, dstate, dx *tensor.Matrix, gradients []*tensor.Matrix) {
	h := l.hidden
	dgates, dcell := tensor.New(p.rows, 4*h), tensor.New(p.rows, h)
	dbefore := tensor.New(0, 0)
	var part tensor.Matrix
	for t := len(p.active) - 1; t >= 0; t-- {
		active, o := p.active[t], p.offset[t]
		for s := range active {
			g, d := st.gates.Row(o+s), dgates.Row(o+s)
			ds, dc, squashed := dstate.Row(o+s), dcell.Row(o+s), st.squashed.Row(o+s)
			var last, dlast []float32
			if t > 0 {
				last, dlast = st.cell.Row(p.offset[t-1]+s), dcell.Row(p.offset[t-1]+s)
			}
			for j := range h {
				in, forget, out, candidate := g[j], g[h+j], g[2*h+j], g[3*h+j]
				c := dc[j] + ds[j]*out*(1-squashed[j]*squashed[j])
				d[j] = c * candidate * in * (1 - in)
				d[2*h+j] = ds[j] * squashed[j] * out * (1 - out)
				d[3*h+j] = c * in * (1 - candidate*candidate)
				if last != nil {
					d[h+j] = c * last[j] * forget * (1 - forget)
					dlast[j] += c * forget
				}
			}
		}
		if t == 0 {
			continue
		}
		dbefore.Reset(active, h)
		dgates.View(&part, o, o+active)
		tensor.Mul(dbefore, &part, l.recurrent.transposed)
		for s := range active {
			to, from := dstate.Row(p.offset[t-1]+s), dbefore.Row(s)
			for j := range to {
				if st.mask != nil {
					from[j] *= st.mask.Row(s)[j]
				}
				to[j] += from[j]
			}
		}
	}
	tensor.MulT(gradients[l.in.index], st.x, dgates)
	tensor.MulT(gradients[l.recurrent.index], st.before, dgates)
	addColumns(gradients[l.bias.index], dgates)
	tensor.Mul(dx, dgates, l.in.transposed)
}

// addColumns adds the sums of the columns of m to the only row of sum.
func addColumns(sum, m *tensor.Matrix) {
	row := sum.Row(0)
	for i := range m.Rows {
		for j, v := range m.Row(i) {
			row[j] += v
		}
	}
}
