package main

import (
	"fmt"
	"os"
	"strings"
	"time"

	"newsgraph/loader/nlp"
	"newsgraph/loader/nlp/tensor"
)

// write writes the network and reads it again as the program does.
func (m *model) write(n *network) (*nlp.Net, error) {
	shape := m.file
	shape.Doubt = n.Doubt
	var params []*tensor.Matrix
	for i, d := range shape.Dims(len(m.words)) {
		if d[1] == n.parameters[i].average.Cols {
			params = append(params, n.parameters[i].average)
		} else {
			params = append(params, tensor.New(d[0], d[1])) // learnt beside
		}
	}
	// Scores are linear in these weights, so that a mean of readings is that of their weights.
	for _, ways := range [][3]*parameter{{n.name.w, n.wiki.w, n.news.w}, {n.name.b, n.wiki.b, n.news.b}, {n.move, n.wikiMove, n.newsMove}} {
		mean := tensor.New(ways[0].w.Rows, ways[0].w.Cols)
		for i, v := range ways[0].average.Data {
			mean.Data[i] = (1-n.mix-n.mixNews)*v + n.mix*ways[1].average.Data[i] + n.mixNews*ways[2].average.Data[i]
		}
		params[ways[0].index] = mean
	}
	f, err := os.Create(m.out)
	if err != nil {
		return nil, err
	}
	if err := nlp.WriteNet(f, shape, m.words, m.lexicon, params, m.about); err != nil {
		return nil, err
	}
	if err := f.Close(); err != nil {
		return nil, err
	}
	if f, err = os.Open(m.out); err != nil {
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

// countNames counts the names that a network finds right, all that it finds, and all of the gold.
func countNames(net *nlp.Net, sentences []sentence) (right, found, gold int) {
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

// scoreNames writes the network and prints how well it reads the names of the EWT dev part.
func (m *model) scoreNames(n *network, c *corpus) error {
	net, err := m.write(n)
	if err != nil {
		return err
	}
	right, found, gold := countNames(net, c.ewtDev)
	of := func(n, all int) float64 { return 100 * float64(n) / float64(max(1, all)) }
	fmt.Printf("  EWT dev: names %.2f (precision %.2f, recall %.2f)\n", f1(right, found, gold), of(right, found), of(right, gold))
	return nil
}

// scoreGrammar writes the network and prints how well it reads the dev parts.
func (m *model) scoreGrammar(n *network, c *corpus) error {
	net, err := m.write(n)
	if err != nil {
		return err
	}
	for _, set := range []struct {
		label     string
		sentences []sentence
	}{{"EWT dev", c.ewtDev}, {"GUM dev", c.gumDev}} {
		d := docOf(set.sentences)
		begun := time.Now()
		net.Read(d)
		seconds := time.Since(begun).Seconds()
		var universal, tags, heads, relations, all, sorts, sorted int
		for k, x := range set.sentences {
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
		fmt.Printf("  %s: UPOS %.2f, XPOS %.2f, UAS %.2f, LAS %.2f, sorts %.2f, %.0f words/s\n", set.label, of(universal), of(tags), of(heads), of(relations),
			100*float64(sorts)/float64(max(1, sorted)), float64(all)/seconds)
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
