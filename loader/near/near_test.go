package near

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// stories are the words of our samples.
func stories(t *testing.T) [][]string {
	t.Helper()
	files, err := filepath.Glob("../../samples/*.txt")
	if err != nil || len(files) < 12 {
		t.Fatalf("%d samples, %v", len(files), err)
	}
	var all [][]string
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, strings.Fields(strings.ToLower(string(data))))
	}
	return all
}

// rewritten is a story as another paper prints it: another beginning, the end cut, and a word in a hundred and fifty changed.
func rewritten(r *rand.Rand, words []string) []string {
	out := slices.Clone(words[:len(words)-r.IntN(len(words)/25+1)])
	for range len(out) / 150 {
		out[r.IntN(len(out))] = fmt.Sprint("other", r.IntN(1000))
	}
	return slices.Concat([]string{"paper", fmt.Sprint(r.IntN(1000)), "reports"}, out)
}

// TestPairs finds 200 rewritten pairs, and none in 1,000 texts of the same words in another order of sentences of 4 words.
func TestPairs(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	all := stories(t)
	found := 0
	for n := range 200 {
		words := all[n%len(all)]
		if len(Groups([]Sketch{New(words), New(rewritten(r, words))})) == 1 {
			found++
		}
	}
	if found < 190 {
		t.Errorf("%d of 200 rewritten pairs are near", found)
	}
	var unrelated []Sketch
	for n := range 1000 {
		chunks := slices.Collect(slices.Chunk(all[n%len(all)], 4))
		r.Shuffle(len(chunks), func(i, j int) { chunks[i], chunks[j] = chunks[j], chunks[i] })
		unrelated = append(unrelated, New(slices.Concat(chunks...)))
	}
	if groups := Groups(unrelated); groups != nil {
		t.Errorf("near, of unrelated texts: %v", groups)
	}
}

func TestGroups(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	all := stories(t)
	a, b := all[0], all[1]
	set := []Sketch{New(a), New(b), New(rewritten(r, a)), New(a), nil, nil}
	if got := fmt.Sprint(Groups(set)); got != "[[0 2 3]]" {
		t.Error(got)
	}
	slices.Reverse(set)
	if got := fmt.Sprint(Groups(set)); got != "[[2 3 5]]" {
		t.Errorf("reversed: %s", got)
	}
}
