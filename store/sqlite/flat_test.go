package sqlite

import (
	"bytes"
	"compress/flate"
	"encoding/json"
	"io"
	"math/rand/v2"
	"testing"
)

// TestFlat holds what is written with fixed codes to what compress/flate reads, and to what is read here.
func TestFlat(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	f := newFlat()
	for i := range 3000 {
		var data []byte
		for range r.IntN(60) {
			k := r.IntN(len(dictionary) - 20)
			data = append(data, dictionary[k:k+r.IntN(20)]...)
			for range r.IntN(4) {
				data = append(data, byte(r.IntN(256)))
			}
			if r.IntN(3) == 0 && len(data) < flatMost/4 {
				data = append(data, data[len(data)/2:]...)
			}
		}
		data = data[:min(len(data), flatMost)]
		packed := f.deflate(data)
		if got, err := io.ReadAll(flate.NewReaderDict(bytes.NewReader(packed), []byte(dictionary))); err != nil || !bytes.Equal(got, data) {
			t.Fatalf("%d: compress/flate reads %d bytes of %d, %v", i, len(got), len(data), err)
		}
		if got, err := inflateFlat(nil, packed); err != nil || !bytes.Equal(got, data) {
			t.Fatalf("%d: read %d bytes of %d, %v", i, len(got), len(data), err)
		}
		for n := range min(len(packed), 8) { // cut off, it is refused
			if _, err := inflateFlat(nil, packed[:n]); err == nil {
				t.Fatalf("%d: read of %d bytes of %d", i, n, len(packed))
			}
		}
	}
}

func FuzzInflateFlat(f *testing.F) {
	f.Add(newFlat().deflate([]byte(`{"type":"ACCUSE"}`)))
	f.Fuzz(func(t *testing.T, packed []byte) {
		got, err := inflateFlat(nil, packed)
		if err != nil {
			return
		}
		if want, err := io.ReadAll(flate.NewReaderDict(bytes.NewReader(packed), []byte(dictionary))); err != nil || !bytes.Equal(got, want) {
			t.Errorf("read %q, and compress/flate %q, %v", got, want, err)
		}
	})
}

// BenchmarkPack packs a report and reads it again, as a block with fixed codes and by compress/flate.
func BenchmarkPack(b *testing.B) {
	data, err := json.Marshal(numbered(1, 5).Reports[0])
	if err != nil {
		b.Fatal(err)
	}
	data = shorten(nil, data)
	var p packer
	f := newFlat()
	for _, c := range []struct {
		name    string
		deflate func([]byte) []byte
	}{{"fixed", f.deflate}, {"flate", p.deflateLong}} {
		packed := c.deflate(data)
		b.Run("write "+c.name, func(b *testing.B) {
			for b.Loop() {
				c.deflate(data)
			}
			b.ReportMetric(float64(len(packed)), "bytes")
		})
		b.Run("read "+c.name, func(b *testing.B) {
			for b.Loop() {
				if _, err := p.inflate(packed); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
