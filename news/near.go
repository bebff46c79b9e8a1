package news

import (
	"bytes"
	"math"
	"slices"
)

// What is near is decided by A. Broder, On the resemblance and containment of documents (1997): the share of shingles, runs of words, that two texts
// have in common, estimated by the smallest values of many hashes of them. Of a value eight bits are kept (P. Li and C. König, b-Bit Minwise
// Hashing, 2010): two that differ look equal once in 256 times, which adds less than a thousandth to an estimate of 0.8.
const (
	shingle    = 5 // words
	similarity = 0.8
	hashes     = 256
	bands      = 16
	rows       = 5 // hashes of a band: of 16 bands, one is equal at 0.8 in 998 of 1,000 pairs, and at 0.3 in 4 of 100
)

// Sketch is what is kept of a text to tell its copies by: a byte of the smallest value of each of 256 hashes over its shingles. It is the same on
// every machine. Nil: the text has fewer words than a shingle, and no copies but its equals.
type Sketch []byte

// SketchOf makes the sketch of the words that TextHash is of.
func SketchOf(s Story) Sketch {
	words := s.words()
	if len(words) < shingle {
		return nil
	}
	var least [hashes]uint32
	for i := range least {
		least[i] = math.MaxUint32
	}
	for i := range len(words) - shingle + 1 {
		h := fnv(words[i : i+shingle])
		for k := range least {
			// Each k is a hash of its own, since mixing is a bijection that spreads all bits. After a few shingles a smaller value is rare.
			if v := uint32(mix(h) >> 32); v < least[k] {
				least[k] = v
			}
			h += 0x9e3779b97f4a7c15
		}
	}
	sketch := make(Sketch, hashes)
	for i, l := range least {
		sketch[i] = byte(l)
	}
	return sketch
}

// fnv is FNV-1a of words with a mark between two.
func fnv(words []string) uint64 {
	h := uint64(14695981039346656037)
	for _, w := range words {
		for i := range len(w) {
			h = (h ^ uint64(w[i])) * 1099511628211
		}
		h = (h ^ 0xff) * 1099511628211 // no byte of UTF-8
	}
	return h
}

// mix is the finalizer of splitmix64.
func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// Bands are 16 numbers, by which near texts are found without comparing all pairs: only what has one of them in common is near. None is of a nil
// sketch.
func (s Sketch) Bands() []int64 {
	if len(s) != hashes {
		return nil
	}
	all := make([]int64, bands)
	for i := range all {
		all[i] = int64(i)
		for _, b := range s[i*rows : (i+1)*rows] {
			all[i] = all[i]<<8 | int64(b)
		}
	}
	return all
}

// Near tells that two texts are copies of each other or light rewrites: they share a band, and the estimated similarity of their shingles of five
// words is at least 0.8. It is symmetric, but not transitive: see Parts.
func (s Sketch) Near(other Sketch) bool {
	if len(s) != hashes || len(other) != hashes {
		return false
	}
	equal := 0
	for i := range s {
		if s[i] == other[i] {
			equal++
		}
	}
	if float64(equal) < similarity*hashes {
		return false
	}
	for i := 0; i < bands*rows; i += rows {
		if bytes.Equal(s[i:i+rows], other[i:i+rows]) {
			return true
		}
	}
	return false
}

// Parts are the connected parts of "is near", each as indices into sketches in rising order, by their first. What shares no band is never compared.
func Parts(sketches []Sketch) [][]int {
	parent := make([]int, len(sketches))
	for i := range parent {
		parent[i] = i
	}
	root := func(i int) int {
		for parent[i] != i {
			parent[i] = parent[parent[i]]
			i = parent[i]
		}
		return i
	}
	banded := map[int64][]int{}
	for i, s := range sketches {
		for _, band := range s.Bands() {
			for _, j := range banded[band] {
				if a, b := root(i), root(j); a != b && s.Near(sketches[j]) {
					parent[max(a, b)] = min(a, b)
				}
			}
			banded[band] = append(banded[band], i)
		}
	}
	at := map[int]int{}
	var parts [][]int
	for i := range sketches {
		r := root(i)
		if _, ok := at[r]; !ok {
			at[r] = len(parts)
			parts = append(parts, nil)
		}
		parts[at[r]] = append(parts[at[r]], i)
	}
	return slices.Clip(parts)
}
