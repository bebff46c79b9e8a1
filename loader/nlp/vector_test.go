package nlp

import (
	"bytes"
	"errors"
	"slices"
	"testing"
)

func TestVectors(t *testing.T) {
	row := make([]float32, VectorColumns)
	for i := range row {
		row[i] = float32(i-50) / 100
	}
	var file bytes.Buffer
	if err := WriteVectors(&file, []string{"chad", "oslo"}, [][]float32{make([]float32, VectorColumns), row}, "a test"); err != nil {
		t.Fatal(err)
	}
	v, err := ReadVectors(bytes.NewReader(file.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	got := slices.Repeat([]float32{9}, VectorColumns)
	v.Fill(got, v.Row("oslo"))
	for i := range row {
		if d := got[i] - row[i]; d > 0.003 || d < -0.003 {
			t.Fatalf("column %d is %v, was %v", i, got[i], row[i])
		}
	}
	v.Fill(got, v.Row("of no corpus"))
	if slices.ContainsFunc(got, func(x float32) bool { return x != 0 }) {
		t.Errorf("an unknown word has %v", got)
	}
	for n := range file.Len() {
		if _, err := ReadVectors(bytes.NewReader(file.Bytes()[:n])); !errors.Is(err, errVectors) {
			t.Fatalf("the first %d of %d bytes: %v", n, file.Len(), err)
		}
	}
}

func TestEmbeddedVectors(t *testing.T) {
	v, err := EmbeddedVectors()
	if err != nil {
		t.Fatal(err)
	}
	of := func(word string) []float32 {
		out := make([]float32, VectorColumns)
		if v.Row(word) < 0 {
			t.Fatalf("nothing is known of %q", word)
		}
		v.Fill(out, v.Row(word))
		return out
	}
	dot := func(a, b []float32) (sum float32) {
		for i := range a {
			sum += a[i] * b[i]
		}
		return sum
	}
	condemned := of("condemned")
	if near, far := dot(condemned, of("denounced")), dot(condemned, of("banana")); near <= 2*far {
		t.Errorf("condemned is as near to banana (%v) as to denounced (%v)", far, near)
	}
}
