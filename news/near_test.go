package news

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
	files, err := filepath.Glob("../samples/*.txt")
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

// rewritten is a story as another paper prints it: another beginning, up to a twenty-fifth of the end cut, a run of five words gone, and a word in a
// hundred and twenty-five changed.
func rewritten(r *rand.Rand, words []string) []string {
	out := slices.Clone(words[:len(words)-r.IntN(len(words)/25+1)])
	at := r.IntN(len(out) - 5)
	out = slices.Delete(out, at, at+5)
	for range len(out) / 125 {
		out[r.IntN(len(out))] = fmt.Sprint("other", r.IntN(1000))
	}
	return slices.Concat([]string{"paper", fmt.Sprint(r.IntN(1000)), "reports"}, out)
}

func sketch(words []string) Sketch { return SketchOf(Story{Text: strings.Join(words, " ")}) }

// TestNear finds 200 rewritten pairs, and none in 1,000 texts of the same words in another order: each sample in runs of 4 words, shuffled.
func TestNear(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	all := stories(t)
	found := 0
	for n := range 200 {
		words := all[n%len(all)]
		if a, b := sketch(words), sketch(rewritten(r, words)); a.Near(b) && b.Near(a) {
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
		unrelated = append(unrelated, sketch(slices.Concat(chunks...)))
	}
	for i, s := range unrelated {
		for j, o := range unrelated[:i] {
			if s.Near(o) {
				t.Errorf("near, of unrelated texts: %d and %d", i, j)
			}
		}
	}
}

func TestParts(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	all := stories(t)
	a, b := all[0], all[1]
	set := []Sketch{sketch(a), sketch(b), sketch(rewritten(r, a)), sketch(a), nil, nil}
	if got := fmt.Sprint(Parts(set)); got != "[[0 2 3] [1] [4] [5]]" {
		t.Error(got)
	}
	slices.Reverse(set)
	if got := fmt.Sprint(Parts(set)); got != "[[0] [1] [2 3 5] [4]]" {
		t.Errorf("reversed: %s", got)
	}
	// A chain: each is near the next, and its ends are not.
	var chain []Sketch
	for i := range 8 {
		chain = append(chain, sketch(slices.Concat(all...)[i*12:i*12+200]))
	}
	if chain[0].Near(chain[7]) || fmt.Sprint(Parts(chain)) != "[[0 1 2 3 4 5 6 7]]" {
		t.Errorf("a chain makes %v", Parts(chain))
	}
	if got := fmt.Sprint(Parts(slices.Delete(chain, 3, 6))); got != "[[0 1 2] [3 4]]" {
		t.Errorf("without its middle: %s", got)
	}
}

// TestBands holds near texts to what Bands promises.
func TestBands(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for _, words := range stories(t) {
		a, b := sketch(words), sketch(rewritten(r, words))
		shared := slices.ContainsFunc(a.Bands(), func(band int64) bool { return slices.Contains(b.Bands(), band) })
		if a.Near(b) && !shared || len(a.Bands()) != bands {
			t.Errorf("near without a band: %v", a.Bands())
		}
	}
	if bands := Sketch(nil).Bands(); bands != nil {
		t.Errorf("bands of nothing: %v", bands)
	}
}

func BenchmarkSketch(b *testing.B) {
	s := Story{Text: strings.Repeat("one two three four five six seven eight nine ten ", 40)}
	for b.Loop() {
		SketchOf(s)
	}
}
