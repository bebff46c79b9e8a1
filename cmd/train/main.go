// Command train makes what loader/nlp embeds: two networks, one for grammar and one for names, from the Universal Dependencies, Universal NER and
// Wikigold corpora of a folder; and log-linear models of predicates, their roles and whether they happened, from PropBank, UDS and SitEnt. It is run by people who change the models, never by the build. The same corpora on the same kind of processor give
// the same bytes.
package main

import (
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"newsgraph/loader/nlp"
)

// settings are what a training can be told.
type settings struct {
	data, out, phrases string
	only               string
	folds, size        int
	rate               float64
	seed               uint64
	foldout, weights   string
}

func main() {
	var s settings
	flag.StringVar(&s.data, "data", "", "folder with ud/, ner/, srl/ and factuality/")
	flag.StringVar(&s.out, "out", filepath.Join("loader", "nlp"), "folder to write the models to")
	flag.StringVar(&s.phrases, "phrases", filepath.Join("cmd", "train", "phrases"), "folder of the lists of names; those of loader/gazetteer/data join them")
	flag.StringVar(&s.only, "only", "", "vectors, grammar, names, roles, happened, coref or events, to make that alone")
	flag.IntVar(&s.folds, "folds", 5, "parts of Wikigold to score by cross-validation, at least 2")
	flag.IntVar(&s.size, "batch", 32, "sentences in a batch")
	flag.Float64Var(&s.rate, "rate", 0.002, "learning rate at first; it falls to nothing")
	flag.Uint64Var(&s.seed, "seed", 1, "seed of all that is random")
	flag.StringVar(&s.weights, "weights", filepath.Join("loader", "extract", "weights", "events.tsv.gz"), "where the weights of events are written; empty to write none")
	flag.StringVar(&s.foldout, "foldout", "", "folder for the weights of events of each fold, to measure out of fold")
	flag.Usage = func() {
		fmt.Fprintf(flag.CommandLine.Output(), "Train the networks that loader/nlp embeds, and score them on the dev files.\n\n  go run ./cmd/train -data FOLDER\n  go run ./cmd/train -data FOLDER -only names\n\nWhat is made of trees (roles, happened) is made of those of the grammar that this program was built with: make grammar first, and build anew.\n\n")
		flag.PrintDefaults()
	}
	flag.Parse()
	if err := train(s); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

func train(s settings) error {
	if !slices.Contains([]string{"", "vectors", "grammar", "names", "roles", "happened", "coref", "events"}, s.only) || s.folds < 2 {
		return errors.New("-only is vectors, grammar, names, roles, happened, coref or events, and -folds at least 2")
	}
	if s.only == "vectors" {
		return makeVectors(s)
	}
	if s.only == "roles" {
		return trainRoles(s)
	}
	if s.only == "happened" {
		return trainHappened(s)
	}
	if s.only == "coref" {
		return trainChains(s)
	}
	if s.only == "events" {
		return trainEvents(s)
	}
	c, err := corpora(s.data)
	if err != nil {
		return err
	}
	if s.only != "names" {
		if err := trainGrammar(s, c); err != nil {
			return err
		}
	}
	if s.only != "grammar" {
		if err := trainNames(s, c); err != nil {
			return err
		}
	}
	if s.only != "" {
		return nil
	}
	if err := trainRoles(s); err != nil {
		return err
	}
	return trainHappened(s)
}

// model is what the examples of a network are made of, and where it is written.
type model struct {
	shape   nlp.Shape // in training, with what is learnt beside
	file    nlp.Shape // as it is written
	out     string
	about   string
	words   []string
	counts  map[string]int
	vectors *nlp.Vectors // nil if the network reads none
	lexicon *nlp.Lexicon
	phrases map[string][][]string
}

// newModel is a model of the words and classes of sentences, without names.
func newModel(sentences []sentence) *model {
	m := &model{counts: map[string]int{}, lexicon: nlp.NewLexicon(nil)}
	m.shape = nlp.Shape{Word: 96, Sub: 96, Buckets: 1 << 15, Hidden: 160}
	var classes [4]map[string]bool
	for k := range classes {
		classes[k] = map[string]bool{}
	}
	for _, x := range sentences {
		for _, w := range x.words {
			m.counts[strings.ToLower(w)]++
		}
		for k, list := range [][]string{x.universal, x.tags, x.relations, x.sorts} {
			for _, class := range list {
				classes[k][class] = class != open
			}
		}
	}
	for k, into := range []*[]string{&m.shape.Universal, &m.shape.Tags, &m.shape.Relations, &m.shape.Sorts} {
		*into = sortedKeys(classes[k])
	}
	frequent := map[string]bool{}
	for w, n := range m.counts {
		if n > 1 {
			frequent[w] = true
		}
	}
	m.words = sortedKeys(frequent)
	return m
}

// see lets the network read vectors.
func (m *model) see() error {
	var err error
	m.vectors, err = nlp.EmbeddedVectors()
	m.shape.Vector = nlp.VectorColumns
	return err
}

// trainGrammar makes the network of tags, trees and sorts.
func trainGrammar(s settings, c *corpus) error {
	const passes = 22
	treebanks := slices.Concat(c.ewt, c.gum)
	m := newModel(treebanks)
	m.shape.Layers, m.shape.Arc, m.shape.Lab = 3, 160, 128
	if err := m.see(); err != nil {
		return err
	}
	m.file, m.out = m.shape, filepath.Join(s.out, "grammar.bin")
	m.about = "tags, trees and sorts, of " + c.about()
	random := rand.New(rand.NewPCG(s.seed, 2))
	n := newNetwork(m.shape, len(m.words), m.vectors, random)
	fmt.Printf("grammar: %d sentences, %d words, %d relations\n", len(treebanks), len(m.words), len(m.shape.Relations))
	examples := m.examples(treebanks)
	fit(n, s, passes, s.rate, random, func() []*example { return examples }, func() error { return m.scoreGrammar(n, c) })
	return m.scoreGrammar(n, c)
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
