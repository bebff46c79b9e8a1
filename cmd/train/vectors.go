package main

import (
	"bufio"
	"compress/gzip"
	"encoding/base64"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"newsgraph/loader/nlp"
)

// What the numbers of vectors become: each column has mean 0 and this deviation, and none goes further than the bound, so that a few large
// ones take nothing from the bytes of the others.
const vectorDeviation, vectorBound = 0.5, 1.5

// makeVectors makes what the networks read of words beside their treebanks, of vectors/glove100.tsv.gz.
func makeVectors(s settings) error {
	words, vectors, err := readGlove(filepath.Join(s.data, "vectors", "glove100.tsv.gz"))
	if err != nil {
		return err
	}
	for k := range nlp.VectorColumns {
		var sum, squares float64
		for _, v := range vectors {
			sum, squares = sum+float64(v[k]), squares+float64(v[k])*float64(v[k])
		}
		n := float64(len(vectors))
		mean := sum / n
		deviation := math.Sqrt(squares/n - mean*mean)
		for _, v := range vectors {
			v[k] = float32(max(-vectorBound, min(vectorBound, (float64(v[k])-mean)/deviation*vectorDeviation)))
		}
	}
	f, err := os.Create(filepath.Join(s.out, "data", "vectors.bin"))
	if err != nil {
		return err
	}
	err = nlp.WriteVectors(f, words, vectors, "GloVe 6B (Pennington, Socher and Manning 2014), 100 dimensions, PDDL 1.0; see NOTICE")
	return errors.Join(err, f.Close())
}

// readGlove reads lines of word, rank, two clusters, scale, and the vector as signed bytes in base64.
func readGlove(name string) (words []string, vectors [][]float32, err error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close() //nolint:errcheck // only read
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", name, err)
	}
	in := bufio.NewScanner(z)
	for n := 1; in.Scan(); n++ {
		c := strings.Split(in.Text(), "\t")
		if strings.HasPrefix(in.Text(), "# ") || c[0] == "word" && n < 3 {
			continue
		}
		if len(c) != 6 {
			return nil, nil, fmt.Errorf("%s:%d: %d columns, want 6", name, n, len(c))
		}
		scale, err := strconv.ParseFloat(c[4], 64)
		bytes, err2 := base64.StdEncoding.DecodeString(c[5])
		if err = errors.Join(err, err2); err != nil || len(bytes) != nlp.VectorColumns {
			return nil, nil, fmt.Errorf("%s:%d: a vector of %d bytes: %w", name, n, len(bytes), err)
		}
		v := make([]float32, len(bytes))
		for j, b := range bytes {
			v[j] = float32(scale * float64(int8(b)))
		}
		words, vectors = append(words, c[0]), append(vectors, v)
	}
	return words, vectors, in.Err()
}
