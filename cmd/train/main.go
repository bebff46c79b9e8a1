// Command train makes the network that loader/nlp embeds from the Universal Dependencies and Universal NER corpora of a folder. It is run by
// people who change the model, never by the build. The same corpora on the same kind of processor give the same bytes.
package main

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"newsgraph/loader/nlp"
	"newsgraph/loader/nlp/tensor"
)

// about is the line in the model about where it comes from.
const about = "LSTM network trained on the train parts of UD English EWT and Universal NER EWT (CC BY-SA 4.0) and GUM (annotations CC BY 4.0); see NOTICE"

// settings are what a training can be told.
type settings struct {
	data, out    string
	passes, size int
	rate         float64
	seed         uint64
	shape        nlp.Shape
}

func main() {
	s := settings{shape: nlp.Shape{Buckets: 1 << 15, Arc: 160, Lab: 128}}
	flag.StringVar(&s.data, "data", "", "folder with ud/ and ner/")
	flag.StringVar(&s.out, "out", filepath.Join("loader", "nlp", "net.bin"), "file to write")
	flag.IntVar(&s.passes, "passes", 24, "passes over the training data")
	flag.IntVar(&s.size, "batch", 32, "sentences in a batch")
	flag.Float64Var(&s.rate, "rate", 0.002, "learning rate at first; it falls to nothing")
	flag.Uint64Var(&s.seed, "seed", 1, "seed of all that is random")
	flag.IntVar(&s.shape.Word, "word", 96, "columns of the embedding of words")
	flag.IntVar(&s.shape.Sub, "sub", 96, "columns of the embedding of parts of words")
	flag.IntVar(&s.shape.Hidden, "hidden", 160, "states of a direction of a layer")
	flag.IntVar(&s.shape.Layers, "layers", 3, "layers, at least 2")
	flag.Usage = func() {
		fmt.Fprintf(flag.CommandLine.Output(), "Train the network that loader/nlp embeds, and score it on the dev files.\n\n  go run ./cmd/train -data FOLDER\n\n")
		flag.PrintDefaults()
	}
	flag.Parse()
	if err := train(s); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

func train(s settings) error {
	ewt, gum, err := corpora(s.data, "train")
	if err != nil {
		return err
	}
	sentences := slices.Concat(ewt, gum)
	ewt, gum, err = corpora(s.data, "dev")
	if err != nil {
		return err
	}
	counts := map[string]int{}
	var classes [4]map[string]bool
	for k := range classes {
		classes[k] = map[string]bool{}
	}
	for _, x := range sentences {
		for _, w := range x.words {
			counts[strings.ToLower(w)]++
		}
		for k, list := range [][]string{x.universal, x.tags, x.relations, x.names} {
			for _, c := range list {
				classes[k][c] = c != open
			}
		}
	}
	for k, into := range []*[]string{&s.shape.Universal, &s.shape.Tags, &s.shape.Relations, &s.shape.Names} {
		*into = sortedKeys(classes[k])
	}
	frequent := map[string]bool{}
	for w, n := range counts {
		if n > 1 {
			frequent[w] = true
		}
	}
	words := sortedKeys(frequent)
	random := rand.New(rand.NewPCG(s.seed, 2))
	n := newNetwork(s.shape, len(words), random)
	var examples []*example
	for _, x := range sentences {
		examples = append(examples, exampleOf(x, s.shape, words, counts))
	}
	fmt.Printf("%d sentences, %d words known, %d relations, names %v\n", len(sentences), len(words), len(s.shape.Relations), s.shape.Names)
	fit(n, examples, s, random, func() error { return score(n, words, s.out, ewt, gum) })
	return score(n, words, s.out, ewt, gum)
}

func sortedKeys(set map[string]bool) []string {
	keys := make([]string, 0, len(set))
	for k, in := range set {
		if in {
			keys = append(keys, k)
		}
	}
	slices.Sort(keys)
	return keys
}

func exampleOf(x sentence, shape nlp.Shape, words []string, counts map[string]int) *example {
	numbers := func(list, of []string) []int {
		if of == nil {
			return nil
		}
		all := make([]int, len(of))
		for i, c := range of {
			all[i] = -1
			if k, ok := slices.BinarySearch(list, c); ok {
				all[i] = k
			}
		}
		return all
	}
	e := &example{
		universal: numbers(shape.Universal, x.universal), tags: numbers(shape.Tags, x.tags), names: numbers(shape.Names, x.names),
		relations: numbers(shape.Relations, x.relations), heads: x.heads,
	}
	for i, w := range x.words {
		low := strings.ToLower(w)
		row, known := slices.BinarySearch(words, low)
		if known {
			e.rows = append(e.rows, row+1)
		} else {
			e.rows = append(e.rows, 0)
		}
		e.counts = append(e.counts, counts[low])
		e.parts = append(e.parts, nlp.Parts(nil, w, i == 0, shape.Buckets))
	}
	return e
}

// fit makes passes over the examples in batches of like length, halves of which two workers run. Now and then it calls report.
func fit(n *network, examples []*example, s settings, random *rand.Rand, report func() error) {
	const halves = 2
	workers := []*worker{newWorker(n, s.seed+10), newWorker(n, s.seed+11)}
	order := random.Perm(len(examples))
	steps, count := s.passes*(len(order)/s.size), 0
	begun := time.Now()
	length := func(k int) int { return len(examples[k].rows) }
	for pass := range s.passes {
		random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for pool := range slices.Chunk(order, 20*s.size) {
			slices.SortStableFunc(pool, func(a, b int) int { return length(b) - length(a) })
		}
		var batches [][]int
		for b := range slices.Chunk(order, s.size) {
			if len(b) == s.size {
				batches = append(batches, b)
			}
		}
		random.Shuffle(len(batches), func(i, j int) { batches[i], batches[j] = batches[j], batches[i] })
		for _, b := range batches {
			words := 0
			for _, k := range b {
				words += length(k)
			}
			var wg sync.WaitGroup
			for h, u := range workers {
				wg.Go(func() {
					var part []*example
					for i := h; i < len(b); i += halves {
						part = append(part, examples[b[i]])
					}
					slices.SortStableFunc(part, func(x, y *example) int { return len(y.rows) - len(x.rows) })
					u.run(part, 1/float32(words))
				})
			}
			wg.Wait()
			count++
			rate := s.rate * min(1, float64(count)/500) * max(0.01, 1-float64(count)/float64(steps))
			n.step(workers, float32(rate), count)
		}
		u := workers[0]
		fmt.Printf("pass %d of %d, %.0f s: losses", pass+1, s.passes, time.Since(begun).Seconds())
		for k, name := range []string{"arc", "relation", "part of speech", "tag", "name"} {
			fmt.Printf(", %s %.3f", name, u.losses[k]/float64(max(1, u.counts[k])))
		}
		fmt.Println()
		for _, u := range workers {
			u.losses, u.counts = [5]float64{}, [5]int{}
		}
		if pass%4 == 3 && pass+1 < s.passes {
			if err := report(); err != nil {
				fmt.Println(err)
			}
		}
	}
}

// score writes the network, reads it again as the program does, and prints how well it reads the dev sentences.
func score(n *network, words []string, out string, ewt, gum []sentence) error {
	var params []*tensor.Matrix
	for _, p := range n.parameters {
		params = append(params, p.w)
	}
	f, err := os.Create(out)
	if err != nil {
		return err
	}
	if err := nlp.WriteNet(f, n.Shape, words, params, about); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	if f, err = os.Open(out); err != nil {
		return err
	}
	defer f.Close() //nolint:errcheck // only read
	net, err := nlp.ReadNet(f)
	if err != nil {
		return err
	}
	for _, set := range []struct {
		name string
		of   []sentence
	}{{"EWT", ewt}, {"GUM", gum}} {
		d := &nlp.Doc{}
		var text strings.Builder
		for _, x := range set.of {
			first := len(d.Tokens)
			for _, w := range x.words {
				d.Tokens = append(d.Tokens, nlp.Token{Start: text.Len(), End: text.Len() + len(w)})
				text.WriteString(w + " ")
			}
			d.Sentences = append(d.Sentences, nlp.Sentence{First: first, Last: len(d.Tokens)})
		}
		d.Text = text.String()
		begun := time.Now()
		names := net.Read(d)
		seconds := time.Since(begun).Seconds()
		var universal, tags, heads, relations, all int
		var right, found, gold int
		for k, x := range set.of {
			first := d.Sentences[k].First
			for i := range x.words {
				t := d.Tokens[first+i]
				head := -1
				if t.Head >= 0 {
					head = t.Head - first
				}
				all++
				universal += one(t.Universal == x.universal[i])
				tags += one(t.Tag == x.tags[i])
				heads += one(head == x.heads[i])
				relations += one(head == x.heads[i] && base(t.Relation) == base(x.relations[i]))
			}
			g, p := spans(x.names), spans(names[first:first+len(x.words)])
			gold, found = gold+len(g), found+len(p)
			for s := range p {
				right += one(g[s])
			}
		}
		of := func(n int) float64 { return 100 * float64(n) / float64(all) }
		fmt.Printf("  %s dev: UPOS %.2f, XPOS %.2f, UAS %.2f, LAS %.2f, names %.2f, %.0f words/s\n", set.name, of(universal), of(tags), of(heads), of(relations),
			200*float64(right)/float64(max(1, gold+found)), float64(all)/seconds)
	}
	return nil
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}

func base(relation string) string {
	b, _, _ := strings.Cut(relation, ":")
	return b
}

// spans are the names of persons, organisations and places among IOB2 tags.
func spans(tags []string) map[string]bool {
	all := map[string]bool{}
	for i := 0; i < len(tags); i++ {
		if len(tags[i]) < 2 {
			continue
		}
		kind, first := tags[i][2:], i
		for i+1 < len(tags) && tags[i+1] == "I-"+kind {
			i++
		}
		if kind == "PER" || kind == "ORG" || kind == "LOC" {
			all[fmt.Sprint(first, i, kind)] = true
		}
	}
	return all
}
