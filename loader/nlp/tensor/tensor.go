// Package tensor is the arithmetic of the models in nlp: matrices of float32, their products, and the functions of a recurrent network. It
// knows neither words nor training.
package tensor

import "math"

// Lanes is what the columns of a matrix are padded to, with zeros.
const Lanes = 16

// Matrix holds rows of Cols numbers, Stride apart.
type Matrix struct {
	Rows, Cols, Stride int
	Data               []float32
}

// New makes a matrix of zeros.
func New(rows, cols int) *Matrix {
	m := &Matrix{}
	m.Reset(rows, cols)
	return m
}

// Reset makes m a matrix of zeros of another shape, in the same memory where it is large enough.
func (m *Matrix) Reset(rows, cols int) {
	stride := (cols + Lanes - 1) / Lanes * Lanes
	n := rows * stride
	if cap(m.Data) < n {
		m.Data = make([]float32, n)
	} else {
		m.Data = m.Data[:n]
		clear(m.Data)
	}
	m.Rows, m.Cols, m.Stride = rows, cols, stride
}

// Row is row i without its padding.
func (m *Matrix) Row(i int) []float32 { return m.Data[i*m.Stride : i*m.Stride+m.Cols] }

// Slice are the rows from first to last, half-open, in the same memory.
func (m *Matrix) Slice(first, last int) *Matrix {
	return &Matrix{last - first, m.Cols, m.Stride, m.Data[first*m.Stride : last*m.Stride]}
}

// Mul adds a·b to c.
func Mul(c, a, b *Matrix) { gemm(c, a.Data, a.Rows, a.Cols, a.Stride, 1, b) }

// MulT adds aᵀ·b to c.
func MulT(c, a, b *Matrix) { gemm(c, a.Data, a.Cols, a.Rows, 1, a.Stride, b) }

// gemm adds to c the product of an n×k matrix, element (i, p) of which is a[i*rs+p*ks], and b.
func gemm(c *Matrix, a []float32, n, k, rs, ks int, b *Matrix) {
	if n == 0 || k == 0 {
		return
	}
	if !fast {
		for i := range n {
			row := c.Data[i*c.Stride : i*c.Stride+b.Stride]
			for p := range k {
				x := a[i*rs+p*ks]
				if x == 0 {
					continue
				}
				for j, y := range b.Data[p*b.Stride : (p+1)*b.Stride] {
					row[j] += x * y
				}
			}
		}
		return
	}
	j := 0
	if wider {
		for ; j+2*Lanes <= b.Stride; j += 2 * Lanes {
			i := 0
			for ; i+8 <= n; i += 8 {
				kernel8(k, &a[i*rs], rs*4, ks*4, &b.Data[j], b.Stride*4, &c.Data[i*c.Stride+j], c.Stride*4)
			}
			for ; i+4 <= n; i += 4 {
				kernel4(k, &a[i*rs], rs*4, ks*4, &b.Data[j], b.Stride*4, &c.Data[i*c.Stride+j], c.Stride*4)
				kernel4(k, &a[i*rs], rs*4, ks*4, &b.Data[j+Lanes], b.Stride*4, &c.Data[i*c.Stride+j+Lanes], c.Stride*4)
			}
			for ; i < n; i++ {
				kernel1(k, &a[i*rs], ks*4, &b.Data[j], b.Stride*4, &c.Data[i*c.Stride+j])
				kernel1(k, &a[i*rs], ks*4, &b.Data[j+Lanes], b.Stride*4, &c.Data[i*c.Stride+j+Lanes])
			}
		}
	}
	for ; j < b.Stride; j += Lanes {
		i := 0
		for ; i+4 <= n; i += 4 {
			kernel4(k, &a[i*rs], rs*4, ks*4, &b.Data[j], b.Stride*4, &c.Data[i*c.Stride+j], c.Stride*4)
		}
		for ; i < n; i++ {
			kernel1(k, &a[i*rs], ks*4, &b.Data[j], b.Stride*4, &c.Data[i*c.Stride+j])
		}
	}
}

// Transpose writes mᵀ to t.
func Transpose(t, m *Matrix) {
	t.Reset(m.Cols, m.Rows)
	for i := range m.Rows {
		for j, v := range m.Row(i) {
			t.Data[j*t.Stride+i] = v
		}
	}
}

// AddRow adds v to each row.
func AddRow(m *Matrix, v []float32) {
	for i := range m.Rows {
		Add(m.Row(i), v)
	}
}

// Add adds x to as many numbers.
func Add(to, x []float32) {
	x = x[:len(to)]
	i := 0
	if n := len(to) / 16 * 16; fast && n > 0 {
		add16(n, &to[0], &x[0])
		i = n
	}
	for ; i < len(to); i++ {
		to[i] += x[i]
	}
}

// Tanh is near the hyperbolic tangent: within 2e-6.
func Tanh(x float32) float32 {
	if x > 7.9 {
		return 1
	}
	if x < -7.9 {
		return -1
	}
	x2 := x * x
	p := x * (4.89352455891786e-03 + x2*(6.37261928875436e-04+x2*(1.48572235717979e-05+x2*(5.12229709037114e-08+
		x2*(-8.60467152213735e-11+x2*(2.00018790482477e-13+x2*-2.76076847742355e-16))))))
	q := 4.89352518554385e-03 + x2*(2.26843463243900e-03+x2*(1.18534705686654e-04+x2*1.19825839466702e-06))
	return p / q
}

// Sigmoid is 1/(1+e^-x).
func Sigmoid(x float32) float32 { return 0.5*Tanh(0.5*x) + 0.5 }

// Softmax makes probabilities of scores, and returns the logarithm of the sum of their exponentials.
func Softmax(s []float32) float32 {
	most := float32(math.Inf(-1))
	for _, v := range s {
		most = max(most, v)
	}
	var sum float32
	for i, v := range s {
		s[i] = float32(math.Exp(float64(v - most)))
		sum += s[i]
	}
	for i := range s {
		s[i] /= sum
	}
	return most + float32(math.Log(float64(sum)))
}

// View makes v the rows of m from first to last, half-open, in the same memory.
func (m *Matrix) View(v *Matrix, first, last int) {
	*v = Matrix{last - first, m.Cols, m.Stride, m.Data[first*m.Stride : last*m.Stride]}
}

// LSTM makes a step of one cell vector: from the sums of its gates (input, forget, output, candidate, one after the other) and its cell it
// makes its next cell and its state.
func LSTM(state, cell, gates []float32) {
	h := len(state)
	cell = cell[:h]
	gates = gates[:4*h]
	if fast && h > 0 && h%8 == 0 {
		lstm8(h, &state[0], &cell[0], &gates[0], 4*h)
		return
	}
	in, forget, out, candidate := gates[:h], gates[h:2*h], gates[2*h:3*h], gates[3*h:4*h]
	for j := range state {
		c := Sigmoid(forget[j])*cell[j] + Sigmoid(in[j])*Tanh(candidate[j])
		cell[j] = c
		state[j] = Sigmoid(out[j]) * Tanh(c)
	}
}
