package tensor

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

func random(r *rand.Rand, rows, cols int) *Matrix {
	m := New(rows, cols)
	for i := range rows {
		for j := range m.Row(i) {
			m.Row(i)[j] = float32(r.NormFloat64())
		}
	}
	return m
}

func TestMul(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for range 100 {
		n, k, c := 1+r.IntN(20), 1+r.IntN(40), 1+r.IntN(90)
		a, b, out := random(r, n, k), random(r, k, c), random(r, n, c)
		at := New(0, 0)
		Transpose(at, a)
		want := New(n, c)
		for i := range n {
			for j := range c {
				s := float64(out.Row(i)[j])
				for p := range k {
					s += float64(a.Row(i)[p]) * float64(b.Row(p)[j])
				}
				want.Row(i)[j] = float32(s)
			}
		}
		out2 := New(n, c)
		copy(out2.Data, out.Data)
		Mul(out, a, b)
		MulT(out2, at, b)
		for i := range want.Data {
			if math.Abs(float64(want.Data[i]-out.Data[i])) > 1e-4 || math.Abs(float64(want.Data[i]-out2.Data[i])) > 1e-4 {
				t.Fatalf("%dx%dx%d: %v %v %v", n, k, c, want.Data[i], out.Data[i], out2.Data[i])
			}
		}
	}
}

func TestLSTM(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for _, h := range []int{8, 24, 160, 5} {
		gates, cell, state := random(r, 1, 4*h).Row(0), random(r, 1, h).Row(0), make([]float32, h)
		gates[0], gates[h], gates[3*h] = 40, -40, 40
		before := slices.Clone(cell)
		LSTM(state, cell, gates)
		for j := range h {
			sigmoid := func(x float32) float64 { return 1 / (1 + math.Exp(-float64(x))) }
			c := sigmoid(gates[h+j])*float64(before[j]) + sigmoid(gates[j])*math.Tanh(float64(gates[3*h+j]))
			if s := sigmoid(gates[2*h+j]) * math.Tanh(c); math.Abs(s-float64(state[j])) > 1e-5 || math.Abs(c-float64(cell[j])) > 1e-5 {
				t.Fatalf("%d of %d: cell %v and state %v, want %v and %v", j, h, cell[j], state[j], c, s)
			}
		}
	}
}

func TestAdd(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for n := range 70 {
		to, x := random(r, 1, n).Row(0), random(r, 1, n+1).Row(0)
		before := slices.Clone(to)
		Add(to, x)
		for i, v := range to {
			if v != before[i]+x[i] {
				t.Fatalf("%d of %d: %v", i, n, v)
			}
		}
	}
}

func TestTanh(t *testing.T) {
	for x := float32(-12); x < 12; x += 0.01 {
		if d := math.Abs(float64(Tanh(x)) - math.Tanh(float64(x))); d > 1e-5 {
			t.Fatal(x, d)
		}
	}
}

// TestMulBytes sees that products of bytes are the exact sums of what was rounded, whichever way they are reckoned, and near the exact ones.
func TestMulBytes(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for range 100 {
		n, k, c := 1+r.IntN(20), 1+r.IntN(40), 32*(1+r.IntN(3))
		a, b, out := random(r, n, k), random(r, k, c), random(r, n, c)
		if n > 2 {
			clear(a.Row(2))
		}
		whole := func(v, most float32) float64 {
			if most == 0 {
				return 0
			}
			return math.RoundToEven(float64(v * (127 / most)))
		}
		want, near := New(n, c), New(n, c)
		copy(want.Data, out.Data)
		for i := range n {
			for j := range c {
				var rows, column float32
				for _, v := range a.Row(i) {
					rows = max(rows, v, -v)
				}
				for p := range k {
					column = max(column, b.Row(p)[j]/127, -b.Row(p)[j]/127)
				}
				sum, exact := 0.0, float64(out.Row(i)[j])
				for p := range k {
					sum += whole(a.Row(i)[p], rows) * math.RoundToEven(float64(b.Row(p)[j]/column))
					exact += float64(a.Row(i)[p]) * float64(b.Row(p)[j])
				}
				want.Row(i)[j] += float32(float32(float32(sum)*(rows/127)) * column)
				near.Row(i)[j] = float32(exact)
			}
		}
		var q Rounded
		q.Round(a)
		MulBytes(out, &q, NewBytes(b))
		for i := range want.Data {
			if want.Data[i] != out.Data[i] || math.Abs(float64(near.Data[i]-out.Data[i])) > 0.3 {
				t.Fatalf("%dx%dx%d: %v, not %v, near %v", n, k, c, out.Data[i], want.Data[i], near.Data[i])
			}
		}
	}
}

func BenchmarkMulBytes(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 1))
	x, w, y := random(r, 256, 320), NewBytes(random(r, 320, 512)), random(r, 256, 512)
	var q Rounded
	for b.Loop() {
		q.Round(x)
		MulBytes(y, &q, w)
	}
	b.ReportMetric(float64(b.N)*256*320*512*2/b.Elapsed().Seconds()/1e9, "GOP/s")
}

func BenchmarkMul(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 1))
	x, w, y := random(r, 256, 320), random(r, 320, 512), random(r, 256, 512)
	for b.Loop() {
		Mul(y, x, w)
	}
	b.ReportMetric(float64(b.N)*256*320*512*2/b.Elapsed().Seconds()/1e9, "GFLOP/s")
}
