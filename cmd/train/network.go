package main

import (
	"math"
	"math/rand/v2"
	"slices"
	"sync"

	"newsgraph/loader/nlp"
	"newsgraph/loader/nlp/tensor"
)

// parameter is weights with what Adam (Kingma and Ba 2015) keeps of their gradients.
type parameter struct {
	index                          int
	w, transposed, mean, deviation *tensor.Matrix
	average                        *tensor.Matrix // of the weights of late steps, which reads better than the last
}

// affine is a linear layer with its bias.
type affine struct{ w, b *parameter }

// network is nlp.Net in training.
type network struct {
	nlp.Shape
	vectors                     *nlp.Vectors // nil if it reads none
	dropout, recurrent, unknown float32
	parameters                  []*parameter
	words, parts                *parameter
	layers                      [][2]*lstm
	universal, tag, name        affine
	wide, wiki, news, sort      affine
	move, wikiMove, newsMove    *parameter // the scores of a tag of names after another, by the earlier
	mix, mixNews                float32    // how much of wiki and of news is in the names that are written
	arcDependent, arcHead       affine
	labDependent, relation      affine
	root, arc, arcBias, labHead *parameter
}

// newNetwork makes a network of random weights (Glorot and Bengio 2010).
func newNetwork(shape nlp.Shape, words int, vectors *nlp.Vectors, r *rand.Rand) *network {
	n := &network{Shape: shape, vectors: vectors, dropout: 0.33, recurrent: 0.2, unknown: 0.25}
	// Names as GUM, Wikigold and GMB draw them are learnt beside the others.
	head, move := [][2]int{{2 * shape.Hidden, len(shape.Names)}, {1, len(shape.Names)}}, [][2]int{{len(shape.Names), len(shape.Names)}}
	for i, d := range slices.Concat(shape.Dims(words), head, head, move, head, move) {
		scale := math.Sqrt(6 / float64(d[0]+d[1]))
		if i < 2 {
			scale = 0.1
		}
		p := &parameter{index: i, w: tensor.New(d[0], d[1]), transposed: tensor.New(0, 0), mean: tensor.New(d[0], d[1]), deviation: tensor.New(d[0], d[1]), average: tensor.New(d[0], d[1])}
		if d[0] > 1 {
			for i := range d[0] {
				for j := range p.w.Row(i) {
					p.w.Row(i)[j] = float32((2*r.Float64() - 1) * scale)
				}
			}
		}
		n.parameters = append(n.parameters, p)
	}
	rest := n.parameters
	next := func() *parameter {
		p := rest[0]
		rest = rest[1:]
		return p
	}
	n.words, n.parts = next(), next()
	for range shape.Layers {
		var both [2]*lstm
		for d := range both {
			both[d] = &lstm{next(), next(), next(), shape.Hidden}
			for j := range shape.Hidden {
				both[d].bias.w.Row(0)[shape.Hidden+j] = 1 // remember at first
			}
		}
		n.layers = append(n.layers, both)
	}
	for _, a := range []*affine{&n.universal, &n.tag, &n.name, &n.arcDependent, &n.arcHead, &n.labDependent, &n.relation} {
		*a = affine{next(), next()}
	}
	n.root, n.arc, n.arcBias, n.labHead = next(), next(), next(), next()
	n.sort = affine{next(), next()}
	n.move = next()
	n.wide = affine{next(), next()}
	n.wiki = affine{next(), next()}
	n.wikiMove = next()
	n.news = affine{next(), next()}
	n.newsMove = next()
	clear(n.move.w.Data)
	clear(n.wikiMove.w.Data)
	clear(n.newsMove.w.Data)
	for j := range n.root.w.Row(0) {
		n.root.w.Row(0)[j] = float32((2*r.Float64() - 1) * 0.1)
	}
	clear(n.arc.w.Data)
	clear(n.arcBias.w.Data)
	for _, p := range n.parameters[2:] {
		tensor.Transpose(p.transposed, p.w)
	}
	return n
}

// example is a sentence as numbers. What its corpus does not tell is nil.
type example struct {
	sorts            []int
	rows, counts     []int
	vectors          []int32 // rows of nlp.Vectors
	parts            [][]int32
	universal, tags  []int // -1 where not told
	names, wide      []int
	wiki, news       []int // names as Wikigold and GMB draw them
	heads, relations []int
}

// worker runs batches and gathers their gradients.
type worker struct {
	n         *network
	random    *rand.Rand
	gradients []*tensor.Matrix
	touched   [2]map[int]bool // rows of the embeddings with gradients
	losses    [5]float64      // arcs, relations, parts of speech, tags, names
	counts    [5]int
}

func newWorker(n *network, seed uint64) *worker {
	w := &worker{n: n, random: rand.New(rand.NewPCG(seed, 7)), touched: [2]map[int]bool{{}, {}}}
	for _, p := range n.parameters {
		w.gradients = append(w.gradients, tensor.New(p.w.Rows, p.w.Cols))
	}
	return w
}

// drop sets some of m to nothing and enlarges the rest; the gradients need the mask that it returns.
func (u *worker) drop(m *tensor.Matrix) *tensor.Matrix {
	p := u.n.dropout
	mask := tensor.New(m.Rows, m.Cols)
	for i := range m.Rows {
		a, b := m.Row(i), mask.Row(i)
		for j := range a {
			if u.random.Float32() >= p {
				b[j] = 1 / (1 - p)
			}
			a[j] *= b[j]
		}
	}
	return mask
}

func times(d, mask *tensor.Matrix) {
	for i, v := range mask.Data {
		d.Data[i] *= v
	}
}

func (u *worker) forward(x *tensor.Matrix, a affine) *tensor.Matrix {
	y := tensor.New(x.Rows, a.w.w.Cols)
	tensor.Mul(y, x, a.w.w)
	if a.b != nil {
		tensor.AddRow(y, a.b.w.Row(0))
	}
	return y
}

func (u *worker) backward(dy, x, dx *tensor.Matrix, a affine) {
	tensor.MulT(u.gradients[a.w.index], x, dy)
	if a.b != nil {
		addColumns(u.gradients[a.b.index], dy)
	}
	tensor.Mul(dx, dy, a.w.transposed)
}

func leaky(m *tensor.Matrix) {
	for i, v := range m.Data {
		if v < 0 {
			m.Data[i] = v * 0.1
		}
	}
}

func leakyBack(d, y *tensor.Matrix) {
	for i, v := range y.Data {
		if v < 0 {
			d.Data[i] *= 0.1
		}
	}
}

// learn makes of scores the gradient of their cross entropy, and counts the loss under which.
func (u *worker) learn(scores *tensor.Matrix, gold []int, weight float32, which int) {
	for i := range scores.Rows {
		row := scores.Row(i)
		if gold[i] < 0 {
			clear(row)
			continue
		}
		right := row[gold[i]]
		u.losses[which] += float64(tensor.Softmax(row) - right)
		u.counts[which]++
		row[gold[i]]--
		for j := range row {
			row[j] *= weight
		}
	}
}

// run goes forward and back through sentences, longest first. Each word's loss counts as weight.
func (u *worker) run(batch []*example, weight float32) {
	n := u.n
	lengths := make([]int, len(batch))
	for i, e := range batch {
		lengths[i] = len(e.rows)
	}
	p := newPack(lengths)
	x, rows := u.embed(batch, p)
	masks := []*tensor.Matrix{u.drop(x)}
	type layer struct {
		x     *tensor.Matrix
		steps [2]*steps
	}
	var layers []layer
	for _, both := range n.layers {
		l := layer{x: x}
		l.steps[0] = both[0].forward(p, x, n.recurrent, u.random)
		l.steps[1] = both[1].forward(p, p.mirrored(x), n.recurrent, u.random)
		x = tensor.New(p.rows, 2*n.Hidden)
		for i, j := range p.mirror {
			copy(x.Row(i), l.steps[0].state.Row(i))
			copy(x.Row(i)[n.Hidden:], l.steps[1].state.Row(j))
		}
		layers = append(layers, l)
		masks = append(masks, u.drop(x))
	}
	low := layers[len(layers)-1].x // what the last layer reads: tags are read from it
	dx, dlow := tensor.New(p.rows, x.Cols), tensor.New(p.rows, low.Cols)
	told := func(of func(*example) []int) []int {
		gold := make([]int, p.rows)
		for t, active := range p.active {
			for s := range active {
				gold[p.offset[t]+s] = -1
				if g := of(batch[s]); g != nil {
					gold[p.offset[t]+s] = g[t]
				}
			}
		}
		return gold
	}
	for k, c := range []struct {
		from, back *tensor.Matrix
		a          affine
		gold       []int
		weight     float32
		move       *parameter // if its classes are a sequence
	}{
		{low, dlow, n.universal, told(func(e *example) []int { return e.universal }), weight, nil},
		{low, dlow, n.tag, told(func(e *example) []int { return e.tags }), weight, nil},
		{x, dx, n.name, told(func(e *example) []int { return e.names }), 2 * weight, n.move},
		{x, dx, n.wide, told(func(e *example) []int { return e.wide }), weight, nil},
		{x, dx, n.wiki, told(func(e *example) []int { return e.wiki }), 2 * weight, n.wikiMove},
		{x, dx, n.news, told(func(e *example) []int { return e.news }), weight, n.newsMove},
		{x, dx, n.sort, told(func(e *example) []int { return e.sorts }), weight, nil},
	} {
		scores := u.forward(c.from, c.a)
		if c.move != nil {
			u.sequences(scores, p, c.gold, c.weight, c.move)
		} else {
			u.learn(scores, c.gold, c.weight, min(4, 2+k))
		}
		u.backward(scores, c.from, c.back, c.a)
	}
	if len(n.Relations) > 0 {
		u.trees(batch, p, x, dx, weight)
	}
	for k := len(layers) - 1; k >= 0; k-- {
		times(dx, masks[k+1])
		l := layers[k]
		forth, back := tensor.New(p.rows, n.Hidden), tensor.New(p.rows, n.Hidden)
		for i, j := range p.mirror {
			copy(forth.Row(i), dx.Row(i)[:n.Hidden])
			copy(back.Row(i), dx.Row(j)[n.Hidden:])
		}
		below, mirrored := tensor.New(p.rows, l.x.Cols), tensor.New(p.rows, l.x.Cols)
		n.layers[k][0].backward(p, l.steps[0], forth, below, u.gradients)
		n.layers[k][1].backward(p, l.steps[1], back, mirrored, u.gradients)
		for i, j := range p.mirror {
			to := below.Row(j)
			for c, v := range mirrored.Row(i) {
				to[c] += v
			}
		}
		if k == len(layers)-1 {
			for i, v := range dlow.Data {
				below.Data[i] += v
			}
		}
		dx = below
	}
	times(dx, masks[0])
	u.unembed(batch, p, rows, dx)
}

// embed makes the input of a batch. Rare words are now and then read as unknown ones, so that these are learnt too.
func (u *worker) embed(batch []*example, p *pack) (x *tensor.Matrix, rows []int) {
	n := u.n
	x, rows = tensor.New(p.rows, n.Word+n.Sub+n.Vector), make([]int, p.rows)
	for t, active := range p.active {
		for s := range active {
			e, i := batch[s], p.offset[t]+s
			if u.random.Float32() >= n.unknown/(n.unknown+float32(e.counts[t])) {
				rows[i] = e.rows[t]
			}
			row := x.Row(i)
			copy(row, n.words.w.Row(rows[i]))
			for _, part := range e.parts[t] {
				for j, v := range n.parts.w.Row(int(part)) {
					row[n.Word+j] += v
				}
			}
			if n.vectors != nil {
				n.vectors.Fill(row[n.Word+n.Sub:], e.vectors[t])
			}
		}
	}
	return x, rows
}

func (u *worker) unembed(batch []*example, p *pack, rows []int, dx *tensor.Matrix) {
	n := u.n
	words, parts := u.gradients[n.words.index], u.gradients[n.parts.index]
	for t, active := range p.active {
		for s := range active {
			i := p.offset[t] + s
			d := dx.Row(i)
			u.touched[0][rows[i]] = true
			for j, v := range d[:n.Word] {
				words.Row(rows[i])[j] += v
			}
			for _, part := range batch[s].parts[t] {
				u.touched[1][int(part)] = true
				g := parts.Row(int(part))
				for j, v := range d[n.Word : n.Word+n.Sub] {
					g[j] += v
				}
			}
		}
	}
}

// trees learns arcs and relations.
func (u *worker) trees(batch []*example, p *pack, x, dx *tensor.Matrix, weight float32) {
	n := u.n
	labHead := affine{w: n.labHead}
	dependent, head, rootHead := u.forward(x, n.arcDependent), u.forward(x, n.arcHead), u.forward(n.root.w, n.arcHead)
	leaky(dependent)
	leaky(head)
	leaky(rootHead)
	maskDependent, maskHead := u.drop(dependent), u.drop(head)
	labDep, labOf, rootLab := u.forward(x, n.labDependent), u.forward(x, labHead), u.forward(n.root.w, labHead)
	project := tensor.New(p.rows, n.Arc)
	tensor.Mul(project, dependent, n.arc.w)

	ddependent, dhead, dproject := tensor.New(p.rows, n.Arc), tensor.New(p.rows, n.Arc), tensor.New(p.rows, n.Arc)
	dlabDep, dlabOf := tensor.New(p.rows, n.Lab), tensor.New(p.rows, n.Lab)
	drootHead, drootLab := tensor.New(1, n.Arc), tensor.New(1, n.Lab)
	for s, e := range batch {
		if e.heads == nil {
			continue
		}
		m := len(e.rows)
		row := func(t int) int { return p.offset[t] + s }
		ps, hs := tensor.New(m, n.Arc), tensor.New(m+1, n.Arc)
		gold := make([]int, m)
		for t := range m {
			copy(ps.Row(t), project.Row(row(t)))
			copy(hs.Row(t), head.Row(row(t)))
			gold[t] = e.heads[t]
			if gold[t] < 0 {
				gold[t] = m
			}
		}
		copy(hs.Row(m), rootHead.Row(0))
		transposed, scores, bias := tensor.New(0, 0), tensor.New(m, m+1), tensor.New(m+1, 1)
		tensor.Transpose(transposed, hs)
		tensor.Mul(scores, ps, transposed)
		tensor.Mul(bias, hs, n.arcBias.w)
		for i := range m {
			for j := range scores.Row(i) {
				scores.Row(i)[j] += bias.Row(j)[0]
			}
			scores.Row(i)[i] = -1e9
		}
		u.learn(scores, gold, weight, 0)
		dps, dhs, dbias := tensor.New(m, n.Arc), tensor.New(m+1, n.Arc), tensor.New(m+1, 1)
		tensor.Mul(dps, scores, hs)
		tensor.MulT(dhs, scores, ps)
		for i := range m {
			for j, v := range scores.Row(i) {
				dbias.Row(j)[0] += v
			}
		}
		tensor.MulT(u.gradients[n.arcBias.index], hs, dbias)
		for j := range m + 1 {
			for k := range dhs.Row(j) {
				dhs.Row(j)[k] += dbias.Row(j)[0] * n.arcBias.w.Row(k)[0]
			}
		}
		for t := range m {
			copy(dproject.Row(row(t)), dps.Row(t))
			copy(dhead.Row(row(t)), dhs.Row(t))
		}
		for k, v := range dhs.Row(m) {
			drootHead.Row(0)[k] += v
		}

		hidden := tensor.New(m, n.Lab)
		of, dof := func(t int) []float32 { return rootLab.Row(0) }, func(t int) []float32 { return drootLab.Row(0) }
		at := func(t int, m *tensor.Matrix, root func(int) []float32) []float32 {
			if e.heads[t] < 0 {
				return root(t)
			}
			return m.Row(row(e.heads[t]))
		}
		for t := range m {
			a, b := labDep.Row(row(t)), at(t, labOf, of)
			for j := range a {
				hidden.Row(t)[j] = a[j] + b[j]
			}
		}
		leaky(hidden)
		mask := u.drop(hidden)
		labels := u.forward(hidden, n.relation)
		u.learn(labels, e.relations, weight, 1)
		dhidden := tensor.New(m, n.Lab)
		u.backward(labels, hidden, dhidden, n.relation)
		times(dhidden, mask)
		leakyBack(dhidden, hidden)
		for t := range m {
			a, b := dlabDep.Row(row(t)), at(t, dlabOf, dof)
			for j, v := range dhidden.Row(t) {
				a[j] += v
				b[j] += v
			}
		}
	}
	tensor.MulT(u.gradients[n.arc.index], dependent, dproject)
	tensor.Mul(ddependent, dproject, n.arc.transposed)
	times(ddependent, maskDependent)
	times(dhead, maskHead)
	leakyBack(ddependent, dependent)
	leakyBack(dhead, head)
	leakyBack(drootHead, rootHead)
	droot := u.gradients[n.root.index]
	u.backward(ddependent, x, dx, n.arcDependent)
	u.backward(dhead, x, dx, n.arcHead)
	u.backward(drootHead, n.root.w, droot, n.arcHead)
	u.backward(dlabDep, x, dx, n.labDependent)
	u.backward(dlabOf, x, dx, labHead)
	u.backward(drootLab, n.root.w, droot, labHead)
}

// averaged lets the averages follow the weights (Polyak and Juditsky 1992), by a part of the way.
func (n *network) averaged(part float32) {
	var wg sync.WaitGroup
	for h := range 2 {
		wg.Go(func() {
			for i := h; i < len(n.parameters); i += 2 {
				a, w := n.parameters[i].average.Data, n.parameters[i].w.Data
				for j, v := range w {
					a[j] += part * (v - a[j])
				}
			}
		})
	}
	wg.Wait()
}

// step moves the weights against the workers' gradients, which it sums in their order and clears.
func (n *network) step(workers []*worker, rate float32, count int) {
	const beta1, beta2, epsilon = 0.9, 0.95, 1e-8
	mean, deviation := float32(1-math.Pow(beta1, float64(count))), float32(1-math.Pow(beta2, float64(count)))
	move := func(p *parameter, first, last int) {
		g := workers[0].gradients[p.index].Data[first:last]
		for _, u := range workers[1:] {
			other := u.gradients[p.index].Data[first:last]
			for i, v := range other {
				g[i] += v
			}
			clear(other)
		}
		w, m, d := p.w.Data[first:last], p.mean.Data[first:last], p.deviation.Data[first:last]
		for i, v := range g {
			m[i] = beta1*m[i] + (1-beta1)*v
			d[i] = beta2*d[i] + (1-beta2)*v*v
			w[i] -= rate * (m[i] / mean) / (float32(math.Sqrt(float64(d[i]/deviation))) + epsilon)
		}
		clear(g)
	}
	for i, p := range n.parameters {
		if i < 2 { // most rows of the embeddings have no gradient
			rows := map[int]bool{}
			for _, u := range workers {
				for r := range u.touched[i] {
					rows[r] = true
				}
				clear(u.touched[i])
			}
			for r := range rows {
				move(p, r*p.w.Stride, (r+1)*p.w.Stride)
			}
			continue
		}
		move(p, 0, len(p.w.Data))
		tensor.Transpose(p.transposed, p.w)
	}
}
