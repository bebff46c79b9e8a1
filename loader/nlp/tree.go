package nlp

import (
	"math"
	"slices"

	"newsgraph/loader/nlp/tensor"
)

// treeSpace is the memory of spanning.
type treeSpace struct{ visited []int }

// spanning finds the maximum spanning tree with one root (Chu and Liu 1965, Edmonds 1967). Row i of score has how well each word would be
// head of word i, and in its last column how well word i would be the root. The heads are words, -1 for the root.
func (s *treeSpace) spanning(heads []int, score *tensor.Matrix) []int {
	m := score.Rows
	heads = slices.Grow(heads[:0], m)[:m]
	roots := 0
	for i := range heads {
		heads[i] = best(score.Row(i))
		if heads[i] == m {
			roots++
		}
	}
	// Mostly the best head of each word makes a tree.
	if roots != 1 || s.cyclic(heads) {
		copy(heads, oneRoot(score))
	}
	for i, h := range heads {
		if h == m {
			heads[i] = -1
		}
	}
	return heads
}

// cyclic tells that some word is above itself; len(heads) is the root.
func (s *treeSpace) cyclic(heads []int) bool {
	s.visited = slices.Grow(s.visited[:0], len(heads))[:len(heads)]
	clear(s.visited)
	for i := range heads {
		k := i
		for k != len(heads) && s.visited[k] == 0 {
			s.visited[k] = i + 1
			k = heads[k]
		}
		if k != len(heads) && s.visited[k] == i+1 {
			return true
		}
	}
	return false
}

// oneRoot tries the few words that gain most by being the root, each as the only one.
func oneRoot(score *tensor.Matrix) []int {
	const tries = 3
	m := score.Rows
	words := make([]int, m)
	gain := make([]float32, m)
	for i := range words {
		row := score.Row(i)
		words[i], gain[i] = i, row[m]-slices.Max(row[:m])
	}
	slices.SortStableFunc(words, func(a, b int) int {
		switch {
		case gain[a] > gain[b]:
			return -1
		case gain[a] < gain[b]:
			return 1
		}
		return 0
	})
	var found []int
	most := math.Inf(-1)
	for _, root := range words[:min(tries, m)] {
		w := make([][]float64, m+1)
		for i := range w {
			w[i] = make([]float64, m+1)
			for j := range w[i] {
				switch {
				case i == m || i == j || j == m && i != root || i == root && j != m:
					w[i][j] = math.Inf(-1)
				default:
					w[i][j] = float64(score.Row(i)[j])
				}
			}
		}
		heads := edmonds(w, m)
		sum := 0.0
		for i := range m {
			sum += w[i][heads[i]]
		}
		if found == nil || sum > most {
			found, most = heads[:m], sum
		}
	}
	return found
}

// edmonds finds the best tree under root, where w[i][j] is how well j is head of i. It takes the best head of each, and where these make a
// cycle, it makes one word of the cycle and begins again.
func edmonds(w [][]float64, root int) []int {
	heads := make([]int, len(w))
	for i, row := range w {
		heads[i] = -1
		for j := range row {
			if i != root && i != j && (heads[i] < 0 || row[j] > row[heads[i]]) {
				heads[i] = j
			}
		}
	}
	cycle := cycleOf(heads, root)
	if cycle == nil {
		return heads
	}
	inside := make([]bool, len(w))
	weight := 0.0
	for _, c := range cycle {
		inside[c] = true
		weight += w[c][heads[c]]
	}
	var outside []int
	place := make([]int, len(w))
	for i := range w {
		if !inside[i] {
			place[i] = len(outside)
			outside = append(outside, i)
		}
	}
	one := len(outside) // stands for the cycle
	small := make([][]float64, one+1)
	for i := range small {
		small[i] = make([]float64, one+1)
		for j := range small[i] {
			small[i][j] = math.Inf(-1)
		}
	}
	into, from := make([]int, one), make([]int, one) // by head: which of the cycle it would be head of; by word: which would be its head
	for a, i := range outside {
		for b, j := range outside {
			if a != b {
				small[a][b] = w[i][j]
			}
		}
		into[a], from[a] = cycle[0], cycle[0]
		for _, c := range cycle {
			if w[i][c] > small[a][one] {
				small[a][one], from[a] = w[i][c], c
			}
			if v := w[c][i] - w[c][heads[c]] + weight; v > small[one][a] {
				small[one][a], into[a] = v, c
			}
		}
	}
	rest := edmonds(small, place[root])
	for a, i := range outside {
		switch {
		case i == root:
		case rest[a] == one:
			heads[i] = from[a]
		default:
			heads[i] = outside[rest[a]]
		}
	}
	heads[into[rest[one]]] = outside[rest[one]]
	return heads
}

// cycleOf are the words of a cycle, nil if there is none.
func cycleOf(heads []int, root int) []int {
	visited := make([]int, len(heads))
	for i := range heads {
		k := i
		for k != root && visited[k] == 0 {
			visited[k] = i + 1
			k = heads[k]
		}
		if k == root || visited[k] != i+1 {
			continue
		}
		cycle := []int{k}
		for c := heads[k]; c != k; c = heads[c] {
			cycle = append(cycle, c)
		}
		return cycle
	}
	return nil
}
