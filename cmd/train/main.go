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
const about = "LSTM network trained on the train parts of UD English EWT and Universal NER EWT (CC BY-SA 4.0), GUM (annotations CC BY 4.0) and Wikigold (CC BY 4.0); see NOTICE"

// settings are what a training can be told.
type settings struct {
	data, out    string
	phrases      string
	passes, size int
	last, folds  int
	rate         float64
	seed         uint64
	shape        nlp.Shape
}

func main() {
	s := settings{shape: nlp.Shape{Buckets: 1 << 15, Arc: 160, Lab: 128}}
	flag.StringVar(&s.data, "data", "", "folder with ud/ and ner/")
	flag.StringVar(&s.out, "out", filepath.Join("loader", "nlp", "net.bin"), "file to write")
	flag.StringVar(&s.phrases, "phrases", filepath.Join("cmd", "train", "phrases"), "folder of the lists of names; those of loader/extract/data join them")
	flag.IntVar(&s.passes, "passes", 20, "passes over the treebanks")
	flag.IntVar(&s.last, "last", 4, "passes after them, over names above all, with Wikigold")
	flag.IntVar(&s.folds, "folds", 5, "parts of Wikigold to score by cross-validation; 0 for no score")
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

// corpus is what a training makes its examples of.
type corpus struct {
	shape   nlp.Shape
	words   []string
	counts  map[string]int
	lexicon *nlp.Lexicon
	phrases map[string][][]string
}

func train(s settings) error {
	ewt, gum, err := corpora(s.data, "train")
	if err != nil {
		return err
	}
	sentences := slices.Concat(ewt, gum)
	if ewt, gum, err = corpora(s.data, "dev"); err != nil {
		return err
	}
	gold, err := wikigold(filepath.Join(s.data, "ner", "wikigold.conll.gz"))
	if err != nil {
		return err
	}
	c := &corpus{counts: map[string]int{}, lexicon: nlp.NewLexicon(kinds)}
	if c.phrases, err = phrases(s.phrases, filepath.Join("loader", "extract", "data")); err != nil {
		return err
	}
	known := 0
	for kind, list := range c.phrases {
		for _, phrase := range list {
			c.lexicon.Add(phrase, kind)
		}
		known += len(list)
	}
	var classes [5]map[string]bool
	for k := range classes {
		classes[k] = map[string]bool{}
	}
	for _, x := range sentences {
		for _, w := range x.words {
			c.counts[strings.ToLower(w)]++
		}
		for k, list := range [][]string{x.universal, x.tags, x.relations, x.names, x.sorts} {
			for _, class := range list {
				classes[k][class] = class != open
			}
		}
	}
	s.shape.Kinds = kinds
	for k, into := range []*[]string{&s.shape.Universal, &s.shape.Tags, &s.shape.Relations, &s.shape.Names, &s.shape.Sorts} {
		*into = sortedKeys(classes[k])
	}
	c.shape = s.shape
	frequent := map[string]bool{}
	for w, n := range c.counts {
		if n > 1 {
			frequent[w] = true
		}
	}
	c.words = sortedKeys(frequent)
	random := rand.New(rand.NewPCG(s.seed, 2))
	n := newNetwork(s.shape, len(c.words), random)
	fmt.Printf("%d sentences, %d of names, %d words and %d phrases known, %d relations, names %v\n", len(sentences), len(gold), len(c.words), known, len(s.shape.Relations), s.shape.Names)
	dev := func() error { return c.score(n, s.out, []string{"EWT dev", "GUM dev"}, ewt, gum) }
	treebanks := c.examples(sentences)
	fit(n, s, s.passes, s.rate, random, func() []*example {
		return slices.Concat(treebanks, c.renamed(sentences, 5, random))
	}, dev)
	if err := dev(); err != nil {
		return err
	}
	// The last passes learn names as Wikigold draws them too. It is small, so a quarter of the other sentences is enough beside it.
	last := func(names []sentence, random *rand.Rand) *network {
		copied := n.clone()
		more := asWikigold(c.examples(names))
		fit(copied, s, s.last, s.rate/5, random, func() []*example {
			part := slices.Concat(more, more, asWikigold(c.renamed(names, 2, random)), c.renamed(sentences, 20, random))
			for _, k := range random.Perm(len(treebanks))[:len(treebanks)/4] {
				both := *treebanks[k] // Wikigold is too small to learn its way from it alone
				both.wiki = both.names
				part = append(part, &both)
			}
			return part
		}, nil)
		return copied
	}
	var folds []fold
	for k := range s.folds {
		var seen []sentence
		var f fold
		for i, x := range gold {
			if i*s.folds/len(gold) == k { // whole articles
				f.unseen = append(f.unseen, x)
			} else {
				seen = append(seen, x)
			}
		}
		f.n = last(seen, rand.New(rand.NewPCG(s.seed, uint64(20+k))))
		folds = append(folds, f)
	}
	mix, doubt := float32(0.3), float32(1)
	if s.folds > 0 {
		if mix, doubt, err = c.balance(folds, s.out, ewt); err != nil {
			return err
		}
	}
	n = last(gold, random)
	n.mix, n.Doubt = mix, doubt
	return c.score(n, s.out, []string{"EWT dev", "GUM dev"}, ewt, gum)
}

// asWikigold lets examples tell their names to the task of Wikigold's.
func asWikigold(examples []*example) []*example {
	for _, e := range examples {
		e.wiki, e.names = e.names, nil
	}
	return examples
}

// fold is a network and the sentences of Wikigold that it has not seen.
type fold struct {
	n      *network
	unseen []sentence
}

// balance sets how much of Wikigold's way is in the names that are told, and how sure the network must be of one: what reads the EWT dev part and,
// by networks that have not seen it, Wikigold best, each counting half.
func (c *corpus) balance(folds []fold, out string, dev []sentence) (mix, doubt float32, err error) {
	most, wiki := -1.0, 0.0
	for _, m := range []float32{0, 0.25, 0.5, 0.75, 1} {
		for _, d := range []float32{0, 0.5, 1, 1.5} {
			var right, found, all int
			var known float64
			for i, f := range folds {
				f.n.mix, f.n.Doubt = m, d
				net, err := c.write(f.n, out)
				if err != nil {
					return 0, 0, err
				}
				r, g, a := c.names(net, f.unseen)
				right, found, all = right+r, found+g, all+a
				if i == 0 {
					known = f1(c.names(net, dev))
				}
			}
			unseen := f1(right, found, all)
			fmt.Printf("  mix %.2f, doubt %.1f: EWT dev %.2f, Wikigold by cross-validation %.2f\n", m, d, known, unseen)
			if known+unseen > most {
				most, wiki, mix, doubt = known+unseen, unseen, m, d
			}
		}
	}
	fmt.Printf("mix %.2f, doubt %.1f: Wikigold by cross-validation in %d parts: names %.2f\n", mix, doubt, len(folds), wiki)
	return mix, doubt, nil
}

// clone is a copy of the weights for another training.
func (n *network) clone() *network {
	copied := newNetwork(n.Shape, n.words.w.Rows-1, rand.New(rand.NewPCG(1, 1)))
	for i, p := range copied.parameters {
		copy(p.w.Data, n.parameters[i].average.Data)
		if i > 1 {
			tensor.Transpose(p.transposed, p.w)
		}
	}
	for _, pair := range [][2]*parameter{{copied.wiki.w, copied.name.w}, {copied.wiki.b, copied.name.b}} {
		copy(pair[0].w.Data, pair[1].w.Data)
		tensor.Transpose(pair[0].transposed, pair[0].w)
	}
	return copied
}

func (c *corpus) examples(sentences []sentence) []*example {
	all := make([]*example, len(sentences))
	for i, x := range sentences {
		all[i] = c.example(x, true)
	}
	return all
}

// renamed are examples of one in every so many sentences that have names, with other names of the lexicon in their place, of which half are told
// to be known; some are in lower case and some in capitals, as people write and as headlines stand. They tell names alone.
func (c *corpus) renamed(sentences []sentence, every int, random *rand.Rand) []*example {
	var all []*example
	for _, x := range sentences {
		if len(spans(x.names)) == 0 || random.IntN(every) > 0 {
			continue
		}
		var y sentence
		for i := 0; i < len(x.words); i++ {
			tag := x.names[i]
			if len(tag) < 2 || random.IntN(8) == 0 {
				y.words, y.names = append(y.words, x.words[i]), append(y.names, tag)
				continue
			}
			end := i + 1
			for end < len(x.words) && x.names[end] == "I-"+tag[2:] {
				end++
			}
			for k, w := range c.name(tag[2:], end-i, random) {
				y.words, y.names = append(y.words, w), append(y.names, []string{"B-", "I-"}[min(k, 1)]+tag[2:])
			}
			i = end - 1
		}
		switch random.IntN(8) {
		case 0:
			each(y.words, strings.ToLower)
		case 1:
			each(y.words, strings.ToUpper)
		}
		all = append(all, c.example(y, random.IntN(2) == 0))
	}
	return all
}

func each(words []string, change func(string) string) {
	for i, w := range words {
		words[i] = change(w)
	}
}

// name is a name of the lexicon.
func (c *corpus) name(kind string, words int, random *rand.Rand) []string {
	pick := func(kind string) []string {
		list := c.phrases[kind]
		return list[random.IntN(len(list))]
	}
	switch {
	case kind == "LOC":
		return pick("place")
	case kind == "ORG":
		return pick("body")
	case words == 1:
		return pick([]string{"given", "family"}[random.IntN(2)])
	case random.IntN(4) == 0:
		return pick("person")
	}
	return slices.Concat(pick("given"), pick("family"))
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

// example makes numbers of a sentence, with what the lexicon knows of its words if it is known.
func (c *corpus) example(x sentence, known bool) *example {
	shape := c.shape
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
		universal: numbers(shape.Universal, x.universal), tags: numbers(shape.Tags, x.tags), names: numbers(shape.Names, x.names), wide: numbers(shape.Names, x.wide), sorts: numbers(shape.Sorts, x.sorts),
		relations: numbers(shape.Relations, x.relations), heads: x.heads,
	}
	for i, w := range x.words {
		low := strings.ToLower(w)
		row, known := slices.BinarySearch(c.words, low)
		if known {
			e.rows = append(e.rows, row+1)
		} else {
			e.rows = append(e.rows, 0)
		}
		e.counts = append(e.counts, c.counts[low])
		e.parts = append(e.parts, nlp.Parts(nil, w, i == 0, shape.Buckets))
	}
	if known {
		c.lexicon.Marks(x.words, e.parts, shape.Buckets)
	}
	return e
}

// fit makes passes over what of gives for each, in batches of like length, halves of which two workers run. Now and then it calls report.
func fit(n *network, s settings, passes int, rate float64, random *rand.Rand, of func() []*example, report func() error) {
	const halves = 2
	workers := []*worker{newWorker(n, s.seed+10), newWorker(n, s.seed+11)}
	steps, count := 0, 0
	begun := time.Now()
	for pass := range passes {
		examples := of()
		length := func(k int) int { return len(examples[k].rows) }
		order := random.Perm(len(examples))
		if pass == 0 {
			steps = passes * (len(order) / s.size)
		}
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
			if count%8 == 0 {
				// Each eighth step is enough, as neighbours are much alike. The average is of about the last tenth of the way.
				part := max(0.01, float32(80)/float32(steps))
				if count == 8 {
					part = 1
				}
				n.averaged(part)
			}
			n.step(workers, float32(rate*min(1, float64(count)/500)*max(0.01, 1-float64(count)/float64(steps))), count)
		}
		u := workers[0]
		fmt.Printf("pass %d of %d, %.0f s: losses", pass+1, passes, time.Since(begun).Seconds())
		for k, name := range []string{"arc", "relation", "part of speech", "tag", "name"} {
			fmt.Printf(", %s %.3f", name, u.losses[k]/float64(max(1, u.counts[k])))
		}
		fmt.Println()
		for _, u := range workers {
			u.losses, u.counts = [5]float64{}, [5]int{}
		}
		if report != nil && pass%4 == 3 && pass+1 < passes {
			if err := report(); err != nil {
				fmt.Println(err)
			}
		}
	}
}

// write writes the network and reads it again as the program does.
func (c *corpus) write(n *network, out string) (*nlp.Net, error) {
	var params []*tensor.Matrix
	for _, p := range n.parameters[:len(n.Dims(len(c.words)))] {
		params = append(params, p.average)
	}
	// Scores are linear in these weights, so that the mean of two readings is that of their weights.
	for _, pair := range [][2]*parameter{{n.name.w, n.wiki.w}, {n.name.b, n.wiki.b}} {
		mean := tensor.New(pair[0].w.Rows, pair[0].w.Cols)
		for i, v := range pair[0].average.Data {
			mean.Data[i] = (1-n.mix)*v + n.mix*pair[1].average.Data[i]
		}
		params[pair[0].index] = mean
	}
	f, err := os.Create(out)
	if err != nil {
		return nil, err
	}
	if err := nlp.WriteNet(f, n.Shape, c.words, c.lexicon, params, about); err != nil {
		return nil, err
	}
	if err := f.Close(); err != nil {
		return nil, err
	}
	if f, err = os.Open(out); err != nil {
		return nil, err
	}
	defer f.Close() //nolint:errcheck // only read
	return nlp.ReadNet(f)
}

// docOf is a Doc of the words of sentences.
func docOf(sentences []sentence) *nlp.Doc {
	d := &nlp.Doc{}
	var text strings.Builder
	for _, x := range sentences {
		first := len(d.Tokens)
		for _, w := range x.words {
			d.Tokens = append(d.Tokens, nlp.Token{Start: text.Len(), End: text.Len() + len(w)})
			text.WriteString(w + " ")
		}
		d.Sentences = append(d.Sentences, nlp.Sentence{First: first, Last: len(d.Tokens)})
	}
	d.Text = text.String()
	return d
}

// names counts the names that a network finds right, all that it finds, and all of the gold.
func (c *corpus) names(net *nlp.Net, sentences []sentence) (right, found, gold int) {
	d := docOf(sentences)
	names := net.Read(d)
	for k, x := range sentences {
		first := d.Sentences[k].First
		told := names[first : first+len(x.words)]
		for i, tag := range x.names {
			if tag == open {
				told[i] = open
			}
		}
		g, p := spans(x.names), spans(told)
		gold, found = gold+len(g), found+len(p)
		for s := range p {
			right += one(g[s])
		}
	}
	return right, found, gold
}

func f1(right, found, gold int) float64 { return 200 * float64(right) / float64(max(1, gold+found)) }

// score writes the network and prints how well it reads sets of sentences.
func (c *corpus) score(n *network, out string, labels []string, sets ...[]sentence) error {
	net, err := c.write(n, out)
	if err != nil {
		return err
	}
	for k, set := range sets {
		d := docOf(set)
		begun := time.Now()
		net.Read(d)
		seconds := time.Since(begun).Seconds()
		var universal, tags, heads, relations, all, sorts, sorted int
		for k, x := range set {
			first := d.Sentences[k].First
			for i := range x.words {
				t := d.Tokens[first+i]
				head := -1
				if t.Head >= 0 {
					head = t.Head - first
				}
				if x.sorts != nil && x.sorts[i] != open {
					sorted++
					sorts += one(t.Sort == x.sorts[i])
				}
				all++
				universal += one(t.Universal == x.universal[i])
				tags += one(t.Tag == x.tags[i])
				heads += one(head == x.heads[i])
				relations += one(head == x.heads[i] && base(t.Relation) == base(x.relations[i]))
			}
		}
		of := func(n int) float64 { return 100 * float64(n) / float64(all) }
		fmt.Printf("  %s: UPOS %.2f, XPOS %.2f, UAS %.2f, LAS %.2f, names %.2f, sorts %.2f, %.0f words/s\n", labels[k], of(universal), of(tags), of(heads), of(relations),
			f1(c.names(net, set)), 100*float64(sorts)/float64(max(1, sorted)), float64(all)/seconds)
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
