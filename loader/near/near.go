// Package near finds texts that are copies of each other or light rewrites: wire stories with another beginning, cut or with a word changed.
// It knows words, not news, and no store: what it tells is a function of the texts alone, in any order.
package near

import (
	"cmp"
	"math"
	"slices"
)

// What is near is decided by A. Broder, On the resemblance and containment of documents (1997): the share of shingles, runs of words, that two texts have
// in common, estimated by the smallest values of many hashes of them.
const (
	Shingle    = 5   // words
	Similarity = 0.8 // of near texts, at least
	hashes     = 256
	rows       = 8 // hashes that must be equal for two texts to be compared; of 32 bands, one is at 0.8 all but surely
)

// Sketch is what is kept of a text: the smallest value of each hash over its shingles. Nil: it has fewer words than a shingle.
type Sketch []uint32

// New makes the sketch of a text's words, which are folded as the caller pleases.
func New(words []string) Sketch {
	if len(words) < Shingle {
		return nil
	}
	s := make(Sketch, hashes)
	for i := range s {
		s[i] = math.MaxUint32
	}
	for i := range len(words) - Shingle + 1 {
		h := fnv(words[i : i+Shingle])
		for k := range s {
			// Each k is a hash of its own, since mixing is a bijection that spreads all bits.
			s[k] = min(s[k], uint32(mix(h+uint64(k)*0x9e3779b97f4a7c15)>>32))
		}
	}
	return s
}

// fnv is FNV-1a of words with a mark between two, and so the same on every machine and in every run.
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

// Like estimates the share of shingles that two texts have in common, 0 to 1.
func (s Sketch) Like(other Sketch) float64 {
	if len(s) == 0 || len(s) != len(other) {
		return 0
	}
	equal := 0
	for i := range s {
		if s[i] == other[i] {
			equal++
		}
	}
	return float64(equal) / float64(len(s))
}

// Groups are the connected parts of at least two texts of "are near", each as indices into sketches in rising order, by their first. Two texts whose
// sketches agree in no band of eight are never compared, and so the outcome depends on the set of sketches alone.
func Groups(sketches []Sketch) [][]int {
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
	for band := 0; band < hashes; band += rows {
		buckets := map[[rows]uint32][]int{}
		for i, s := range sketches {
			if s != nil {
				key := [rows]uint32(s[band : band+rows])
				buckets[key] = append(buckets[key], i)
			}
		}
		for _, b := range buckets {
			for x := 1; x < len(b); x++ {
				for y := range x {
					if i, j := root(b[x]), root(b[y]); i != j && sketches[b[x]].Like(sketches[b[y]]) >= Similarity {
						parent[max(i, j)] = min(i, j)
					}
				}
			}
		}
	}
	parts := map[int][]int{}
	for i := range sketches {
		parts[root(i)] = append(parts[root(i)], i)
	}
	var groups [][]int
	for _, p := range parts {
		if len(p) > 1 {
			groups = append(groups, p)
		}
	}
	slices.SortFunc(groups, func(a, b []int) int { return cmp.Compare(a[0], b[0]) })
	return groups
}
