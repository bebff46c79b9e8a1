// Command train makes the models that loader/nlp embeds from the Universal Dependencies corpora of a folder. It is run by people who
// change the models, never by the build. The same corpora give the same bytes.
package main

import (
	"bufio"
	"cmp"
	"compress/gzip"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"newsgraph/loader/nlp"
)

func main() {
	data := flag.String("data", "", "folder with *_train.conllu.gz and *_dev.conllu.gz")
	out := flag.String("out", "loader/nlp", "folder for tagger.bin and parser.bin")
	passes := flag.Int("passes", 6, "passes over the training data")
	flag.Usage = func() {
		fmt.Fprintf(flag.CommandLine.Output(), "Train the tagger and the parser that loader/nlp embeds, and score them on the dev files.\n\n  go run ./cmd/train -data FOLDER\n\n")
		flag.PrintDefaults()
	}
	flag.Parse()
	if err := run(*data, *out, *passes); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

// sentence is words with their tags and their tree; a head of len(words) is the root.
type sentence struct {
	words, tags []string
	heads       []int
	labels      []string
}

const about = "averaged perceptron, trained on the train parts of UD English EWT (CC BY-SA 4.0) and GUM (annotations CC BY 4.0); see NOTICE"

func run(data, out string, passes int) error {
	train, err := read(filepath.Join(data, "*_train.conllu.gz"))
	if err != nil {
		return err
	}
	dev, err := read(filepath.Join(data, "*_dev.conllu.gz"))
	if err != nil {
		return err
	}
	classes, weights := fitTags(train, passes)
	if err := write(filepath.Join(out, "tagger.bin"), classes, weights); err != nil {
		return err
	}
	tagger := nlp.NewModel(classes, weights)
	right, all := 0, 0
	predicted := make([][]string, len(dev))
	for k, s := range dev {
		predicted[k] = nlp.Tag(tagger, s.words)
		for i, t := range predicted[k] {
			all++
			if t == s.tags[i] {
				right++
			}
		}
	}
	fmt.Printf("tags, dev: %.2f %% of %d, %d weights\n", 100*float64(right)/float64(all), all, len(weights))

	// The parser learns on tags as wrong as those it will meet: each fold is tagged by a model of the others.
	const folds = 4
	for fold := range folds {
		var others []sentence
		for k, s := range train {
			if k%folds != fold {
				others = append(others, s)
			}
		}
		m := nlp.NewModel(fitTags(others, passes))
		for k := range train {
			if k%folds == fold {
				train[k].tags = nlp.Tag(m, train[k].words)
			}
		}
	}
	classes, weights = fitTrees(train, passes+2)
	if err := write(filepath.Join(out, "parser.bin"), classes, weights); err != nil {
		return err
	}
	parser := nlp.NewModel(classes, weights)
	heads, labels := 0, 0
	all = 0
	for k, s := range dev {
		p := nlp.Parse(parser, s.words, predicted[k])
		for i := range s.words {
			all++
			if p.Heads[i] == s.heads[i] {
				heads++
				if p.Labels[i] == s.labels[i] {
					labels++
				}
			}
		}
	}
	fmt.Printf("trees, dev, own tags: %.2f %% heads, %.2f %% heads and relations of %d, %d weights\n",
		100*float64(heads)/float64(all), 100*float64(labels)/float64(all), all, len(weights))
	return nil
}

func write(name string, classes []string, weights []nlp.Weight) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	if err := nlp.WriteModel(f, classes, weights, about); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	return f.Close()
}

// read reads the sentences of CoNLL-U files. Words that a hyphen joins become one, as the tokenizer leaves them; its tag is
// that of the last part.
func read(pattern string) ([]sentence, error) {
	files, err := filepath.Glob(pattern)
	if err != nil {
		return nil, err
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("no files like %s", pattern)
	}
	slices.Sort(files)
	var all []sentence
	for _, name := range files {
		f, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		z, err := gzip.NewReader(f)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		ss, err := sentences(z)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		all = append(all, ss...)
		if err := f.Close(); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func sentences(r io.Reader) ([]sentence, error) {
	var all []sentence
	var rows [][]string
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20)
	for more := true; more; {
		more = lines.Scan()
		line := lines.Text()
		if line == "" || !more {
			if len(rows) > 0 {
				s, err := joined(rows)
				if err != nil {
					return nil, err
				}
				all = append(all, s)
			}
			rows = nil
			continue
		}
		cols := strings.Split(line, "\t")
		if line[0] == '#' || len(cols) != 10 || strings.ContainsAny(cols[0], ".-") {
			continue
		}
		rows = append(rows, cols)
	}
	return all, lines.Err()
}

// joined makes a sentence of its rows. A word that hyphens join hangs where that one of its parts hangs whose head is outside.
func joined(rows [][]string) (sentence, error) {
	var s sentence
	word := make([]int, len(rows)) // the word of each row
	glued := false
	for k, cols := range rows {
		n := len(s.words)
		if glued && n > 0 && (joins(cols[1]) && letters(s.words[n-1]) || strings.HasSuffix(s.words[n-1], "-") && len(s.words[n-1]) > 1 && letters(cols[1])) {
			s.words[n-1] += cols[1]
			if !joins(cols[1]) {
				s.tags[n-1] = cols[4]
			}
		} else {
			s.words, s.tags = append(s.words, cols[1]), append(s.tags, cols[4])
		}
		word[k] = len(s.words) - 1
		glued = strings.Contains(cols[9], "SpaceAfter=No")
	}
	n := len(s.words)
	s.heads, s.labels = make([]int, n), make([]string, n)
	set := make([]bool, n)
	for k, cols := range rows {
		h, err := strconv.Atoi(cols[6])
		if err != nil || h < 0 || h > len(rows) {
			return s, fmt.Errorf("head %q of %q", cols[6], cols[1])
		}
		head := n
		if h > 0 {
			head = word[h-1]
		}
		if i := word[k]; head != i && !set[i] {
			set[i] = true
			s.heads[i], s.labels[i] = head, relation(cols[7])
		}
	}
	return s, nil
}

// relation keeps those subtypes that tell roles apart.
func relation(r string) string {
	switch r {
	case "nsubj:pass", "csubj:pass", "aux:pass", "obl:agent", "nmod:poss", "acl:relcl", "compound:prt", "obl:unmarked", "nmod:unmarked", "nsubj:outer":
		return r
	}
	base, _, _ := strings.Cut(r, ":")
	return base
}

func joins(w string) bool { return w == "-" }

func letters(w string) bool {
	return strings.IndexFunc(w, func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r >= 0x80
	}) == 0
}

// learner is an averaged perceptron in training. Rows are sparse: most features speak for few classes.
type learner struct {
	rows map[uint32][]cell
	now  int32
}

type cell struct {
	class           int32
	w, sum, updated int32
}

func (l *learner) score(scores []int32, fs []uint32) {
	clear(scores)
	for _, f := range fs {
		for _, c := range l.rows[f] {
			scores[c.class] += c.w
		}
	}
}

func (l *learner) update(fs []uint32, class int, by int32) {
next:
	for _, f := range fs {
		row := l.rows[f]
		for i := range row {
			if c := &row[i]; c.class == int32(class) {
				c.sum += (l.now - c.updated) * c.w
				c.updated = l.now
				c.w += by
				continue next
			}
		}
		l.rows[f] = append(row, cell{int32(class), by, 0, l.now})
	}
}

// average are the averaged weights; those near nothing are dropped.
func (l *learner) average(least int16) []nlp.Weight {
	var weights []nlp.Weight
	for f, row := range l.rows {
		for _, c := range row {
			sum := int64(c.sum) + int64(l.now-c.updated)*int64(c.w)
			const scale = 40
			if v := int16(max(-32000, min(32000, sum*scale/int64(l.now)))); v >= least || v <= -least {
				weights = append(weights, nlp.Weight{Feature: f, Class: int(c.class), Value: v})
			}
		}
	}
	slices.SortFunc(weights, func(a, b nlp.Weight) int {
		return cmp.Or(cmp.Compare(a.Feature, b.Feature), cmp.Compare(a.Class, b.Class))
	})
	return weights
}

// shuffled yields the sentences in a new order for each pass, the same in every run.
func shuffled(train []sentence, passes int, each func(s sentence)) {
	random := rand.New(rand.NewPCG(1, 2))
	order := random.Perm(len(train))
	for range passes {
		random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, k := range order {
			each(train[k])
		}
	}
}

func fitTags(train []sentence, passes int) ([]string, []nlp.Weight) {
	var tags []string
	for _, s := range train {
		tags = append(tags, s.tags...)
	}
	slices.Sort(tags)
	tags = slices.Compact(tags)
	l := &learner{rows: map[uint32][]cell{}}
	scores := make([]int32, len(tags))
	var fs []uint32
	shuffled(train, passes, func(s sentence) {
		prev, prev2 := "<s>", "<s>"
		for i := range s.words {
			fs = nlp.TagFeatures(fs[:0], s.words, i, prev, prev2)
			l.score(scores, fs)
			best := 0
			for t := range scores {
				if scores[t] > scores[best] {
					best = t
				}
			}
			gold, _ := slices.BinarySearch(tags, s.tags[i])
			l.now++
			if best != gold {
				l.update(fs, gold, 1)
				l.update(fs, best, -1)
			}
			prev2, prev = prev, tags[best]
		}
	})
	return tags, l.average(4)
}

func fitTrees(train []sentence, passes int) ([]string, []nlp.Weight) {
	var classes []string
	for _, s := range train {
		for _, r := range s.labels {
			classes = append(classes, "L "+r, "R "+r)
		}
	}
	classes = append(classes, "S")
	slices.Sort(classes)
	classes = slices.Compact(classes)
	l := &learner{rows: map[uint32][]cell{}}
	scores := make([]int32, len(classes))
	random := rand.New(rand.NewPCG(3, 4))
	var fs []uint32
	seen := 0
	shuffled(train, passes, func(s sentence) {
		explore := seen >= len(train) // after the first pass, follow one's own mistakes now and then
		seen++
		c := nlp.NewConfig(s.words, s.tags)
		for !c.Done() {
			fs = c.Features(fs[:0])
			l.score(scores, fs)
			least := 1 << 30
			costs := map[byte]int{}
			for _, kind := range []byte("SLR") {
				if c.Allows(kind) {
					costs[kind] = c.Cost(kind, s.heads)
					least = min(least, costs[kind])
				}
			}
			best, gold := -1, -1
			for k, name := range classes {
				cost, ok := costs[name[0]]
				if !ok {
					continue
				}
				if best < 0 || scores[k] > scores[best] {
					best = k
				}
				if cost == least && right(c, s, name) && (gold < 0 || scores[k] > scores[gold]) {
					gold = k
				}
			}
			l.now++
			if best != gold {
				l.update(fs, gold, 1)
				l.update(fs, best, -1)
			}
			if explore && random.IntN(10) > 0 {
				c.Do(classes[best])
			} else {
				c.Do(classes[gold])
			}
		}
	})
	return classes, l.average(28)
}

// right tells that a transition's label is the gold one where its arc is.
func right(c *nlp.Config, s sentence, transition string) bool {
	dependent, head, ok := c.Arc(transition[0])
	return !ok || s.heads[dependent] != head || s.labels[dependent] == transition[2:]
}
