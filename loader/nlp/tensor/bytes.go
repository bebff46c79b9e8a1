package tensor

import "math"

// Bytes is the weights of a product as signed bytes with a scale for each column. Products with it are sums of whole numbers, so that every
// processor gives the same bits (symmetric quantization: Jacob et al. 2018).
type Bytes struct {
	rows, cols, stride int
	packed             []int8    // 32 columns after 32 columns; of each, four rows after four rows; of these, the four of a column side by side
	start              []int32   // by column, what the 128 that is added to the other factor's bytes adds, to be taken away
	scale              []float32 // by column
	whole              *Matrix   // the bytes as numbers, where there is no kernel
}

const bytesLanes = 2 * Lanes

// NewBytes rounds a matrix.
func NewBytes(m *Matrix) *Bytes {
	b := &Bytes{rows: m.Rows, cols: m.Cols, stride: (m.Cols + bytesLanes - 1) / bytesLanes * bytesLanes}
	b.scale, b.start = make([]float32, b.stride), make([]int32, b.stride)
	for i := range m.Rows {
		for j, v := range m.Row(i) {
			b.scale[j] = max(b.scale[j], v/127, -v/127)
		}
	}
	if bytesFast {
		b.packed = make([]int8, (m.Rows+Lanes-1)/Lanes*Lanes*b.stride)
	} else {
		b.whole = New(m.Rows, m.Cols)
	}
	for i := range m.Rows {
		for j, v := range m.Row(i) {
			if b.scale[j] == 0 {
				continue
			}
			q := math.RoundToEven(float64(v / b.scale[j]))
			if bytesFast {
				b.packed[b.panel(j)+(i/4*bytesLanes+j%bytesLanes)*4+i%4] = int8(q)
			} else {
				b.whole.Row(i)[j] = float32(q)
			}
			b.start[j] -= 128 * int32(q)
		}
	}
	return b
}

// panel is where the 32 columns begin that column j is of.
func (b *Bytes) panel(j int) int {
	return j / bytesLanes * bytesLanes * ((b.rows + Lanes - 1) / Lanes * Lanes)
}

// Rounded is rows of numbers as bytes with a scale for each row. Its memory is kept for the next rows.
type Rounded struct {
	cols, stride int
	data         []uint8 // with 128 added
	scale        []float32
	whole, sums  Matrix // the bytes as numbers, and a product of them, where there is no kernel
}

// tiny is what a row of zeros may have beside zeros.
const tiny = 1e-30

// Round makes q the rows of m.
func (q *Rounded) Round(m *Matrix) {
	q.reset(m.Rows, m.Cols)
	for i := range m.Rows {
		row := m.Data[i*m.Stride : (i+1)*m.Stride]
		if bytesFast {
			most := maxAbs(len(row), &row[0])
			if q.scale[i] = most / 127; most < tiny {
				most, q.scale[i] = 1, 0
			}
			roundBytes(len(row), &row[0], 127/most, &q.data[i*q.stride])
			continue
		}
		var most float32
		for _, v := range row {
			most = max(most, v, -v)
		}
		if q.scale[i] = most / 127; most < tiny {
			q.scale[i] = 0
			clear(q.whole.Row(i))
			continue
		}
		by := 127 / most
		for j, v := range m.Row(i) {
			q.whole.Row(i)[j] = float32(math.RoundToEven(float64(v * by)))
		}
	}
}

func (q *Rounded) reset(rows, cols int) {
	q.cols, q.stride = cols, (cols+Lanes-1)/Lanes*Lanes
	if cap(q.scale) < rows {
		q.scale = make([]float32, rows)
	}
	q.scale = q.scale[:rows]
	if !bytesFast {
		q.whole.Reset(rows, cols)
		return
	}
	if n := rows * q.stride; cap(q.data) < n {
		q.data = make([]uint8, n)
	} else {
		q.data = q.data[:n]
	}
}

// Gather makes q the rows of other in an order.
func (q *Rounded) Gather(other *Rounded, order []int) {
	q.reset(len(order), other.cols)
	for i, j := range order {
		q.scale[i] = other.scale[j]
		if bytesFast {
			copy(q.data[i*q.stride:(i+1)*q.stride], other.data[j*q.stride:])
		} else {
			copy(q.whole.Row(i), other.whole.Row(j))
		}
	}
}

// MulBytes adds q·b to c.
func MulBytes(c *Matrix, q *Rounded, b *Bytes) {
	n := len(q.scale)
	if n == 0 {
		return
	}
	if !bytesFast || c.Stride%bytesLanes != 0 {
		q.sums.Reset(n, b.cols)
		Mul(&q.sums, &q.whole, b.whole)
		for i := range n {
			row, sums := c.Row(i), q.sums.Row(i)
			for j := range row {
				row[j] += float32(float32(sums[j]*q.scale[i]) * b.scale[j])
			}
		}
		return
	}
	k := q.stride / 4
	for j := 0; j < b.stride; j += bytesLanes {
		i := 0
		for ; i+8 <= n; i += 8 {
			bytes8(k, &q.data[i*q.stride], q.stride, &b.packed[b.panel(j)], 4*bytesLanes, &b.start[j], &b.scale[j], &q.scale[i], &c.Data[i*c.Stride+j], c.Stride*4)
		}
		for ; i+4 <= n; i += 4 {
			bytes4(k, &q.data[i*q.stride], q.stride, &b.packed[b.panel(j)], 4*bytesLanes, &b.start[j], &b.scale[j], &q.scale[i], &c.Data[i*c.Stride+j], c.Stride*4)
		}
		for ; i < n; i++ {
			bytes1(k, &q.data[i*q.stride], q.stride, &b.packed[b.panel(j)], 4*bytesLanes, &b.start[j], &b.scale[j], &q.scale[i], &c.Data[i*c.Stride+j], c.Stride*4)
		}
	}
}
