package main

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"

	"newsgraph/loader/nlp"
	"newsgraph/loader/nlp/tensor"
)

// trainNames makes the network of names: as Universal NER draws them, beside it as GMB does, and in the last passes as Wikigold does too. Tags and sorts are learnt
// beside, which names are read better for, and not written.
func trainNames(s settings, c *corpus) error {
	const passes, last = 14, 4
	treebanks := slices.Concat(c.ewt, c.gum)
	m := newModel(treebanks)
	m.shape.Layers, m.shape.Relations, m.shape.Kinds = 2, nil, kinds
	tags := map[string]bool{}
	for _, x := range c.ewt {
		for _, tag := range x.names {
			tags[tag] = true
		}
	}
	m.shape.Names = sortedKeys(tags)
	if err := m.see(); err != nil {
		return err
	}
	m.file, m.out = m.shape, filepath.Join(s.out, "names.bin")
	m.file.Universal, m.file.Tags, m.file.Sorts = nil, nil, nil
	if err := m.know(s.phrases); err != nil {
		return err
	}
	random := rand.New(rand.NewPCG(s.seed, 3))
	n := newNetwork(m.shape, len(m.words), m.vectors, random)
	fmt.Printf("names: %d sentences and %d of Wikigold, %d words, %v\n", len(treebanks), len(c.wikigold), len(m.words), m.shape.Names)
	examples, news := m.examples(treebanks), asNews(m.examples(c.gmb))
	some := func(of []*example, every int, random *rand.Rand) (part []*example) {
		for _, k := range random.Perm(len(of))[:len(of)/every] {
			part = append(part, of[k])
		}
		return part
	}
	fit(n, s, passes, s.rate, random, func() []*example {
		return slices.Concat(examples, m.renamed(treebanks, 5, random), some(news, 4, random))
	}, func() error { return m.scoreNames(n, c) })
	// The last passes learn names as Wikigold draws them too. It is small, so a quarter of the other sentences is enough beside it.
	both := func(wikigold []sentence, random *rand.Rand) *network {
		copied := n.clone()
		more := asWikigold(m.examples(wikigold))
		fit(copied, s, last, s.rate/5, random, func() []*example {
			part := slices.Concat(more, more, asWikigold(m.renamed(wikigold, 2, random)), m.renamed(treebanks, 20, random), some(news, 16, random))
			for _, e := range some(examples, 4, random) {
				both := *e // Wikigold is too small to learn its way from it alone
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
		for i, x := range c.wikigold {
			if i*s.folds/len(c.wikigold) == k { // whole articles
				f.unseen = append(f.unseen, x)
			} else {
				seen = append(seen, x)
			}
		}
		f.n = both(seen, rand.New(rand.NewPCG(s.seed, uint64(20+k))))
		folds = append(folds, f)
	}
	best, unseen, err := m.balance(folds, c.ewtDev, c.gmbLast)
	if err != nil {
		return err
	}
	n = both(c.wikigold, random)
	n.mix, n.mixNews, n.Doubt = best.mix, best.mixNews, best.Doubt
	m.about = fmt.Sprintf("names, of %s, Wikigold (CC BY 4.0) and GMB (public domain texts); F1 on Wikigold by cross-validation in %d parts %.2f", c.about(), s.folds, unseen)
	return m.scoreNames(n, c)
}

// know makes the lexicon.
func (m *model) know(folder string) error {
	var err error
	if m.phrases, err = phrases(folder, filepath.Join("loader", "gazetteer", "data")); err != nil {
		return err
	}
	m.lexicon = nlp.NewLexicon(kinds)
	for kind, list := range m.phrases {
		for _, phrase := range list {
			m.lexicon.Add(phrase, kind)
		}
	}
	return nil
}

// asWikigold lets examples tell their names to the task of Wikigold's.
func asWikigold(examples []*example) []*example {
	for _, e := range examples {
		e.wiki, e.names = e.names, nil
	}
	return examples
}

// asNews lets examples tell their names to the task of GMB's.
func asNews(examples []*example) []*example {
	for _, e := range examples {
		e.news, e.names = e.names, nil
	}
	return examples
}

// fold is a network and the sentences of Wikigold that it has not seen.
type fold struct {
	n      *network
	unseen []sentence
}

// balance sets how much of Wikigold's and of GMB's way is in the names that are told, and how sure the network must be of one: what reads the EWT dev
// part and, by networks that have not seen it, Wikigold best, each counting half. The last tenth of GMB is only told of.
func (m *model) balance(folds []fold, dev, news []sentence) (best network, unseen float64, err error) {
	most := -1.0
	for _, ways := range [][2]float32{{0, 0}, {0.25, 0}, {0.5, 0}, {0.75, 0}, {1, 0}, {0.25, 0.25}, {0.5, 0.25}, {0.25, 0.5}} {
		for _, d := range []float32{0, 0.5, 1} {
			var right, found, all int
			var known, printed float64
			for i, f := range folds {
				f.n.mix, f.n.mixNews, f.n.Doubt = ways[0], ways[1], d
				net, err := m.write(f.n)
				if err != nil {
					return network{}, 0, err
				}
				r, g, a := countNames(net, f.unseen)
				right, found, all = right+r, found+g, all+a
				if i == 0 {
					known, printed = f1(countNames(net, dev)), f1(countNames(net, news))
				}
			}
			wiki := f1(right, found, all)
			fmt.Printf("  mix %.2f %.2f, doubt %.1f: EWT dev %.2f, Wikigold by cross-validation %.2f, GMB %.2f\n", ways[0], ways[1], d, known, wiki, printed)
			if known+wiki > most {
				most, unseen = known+wiki, wiki
				best.mix, best.mixNews, best.Doubt = ways[0], ways[1], d
			}
		}
	}
	fmt.Printf("mix %.2f %.2f, doubt %.1f: Wikigold by cross-validation in %d parts: names %.2f\n", best.mix, best.mixNews, best.Doubt, len(folds), unseen)
	return best, unseen, nil
}

// clone is a copy of the weights for another training.
func (n *network) clone() *network {
	copied := newNetwork(n.Shape, n.words.w.Rows-1, n.vectors, rand.New(rand.NewPCG(1, 1)))
	for i, p := range copied.parameters {
		copy(p.w.Data, n.parameters[i].average.Data)
		if i > 1 {
			tensor.Transpose(p.transposed, p.w)
		}
	}
	for _, pair := range [][2]*parameter{{copied.wiki.w, copied.name.w}, {copied.wiki.b, copied.name.b}, {copied.wikiMove, copied.move}} {
		copy(pair[0].w.Data, pair[1].w.Data)
		tensor.Transpose(pair[0].transposed, pair[0].w)
	}
	return copied
}

// renamed are examples of one in every so many sentences that have names, with other names of the lexicon in their place, of which half are told
// to be known; some are in lower case and some in capitals, as people write and as headlines stand. They tell names alone.
func (m *model) renamed(sentences []sentence, every int, random *rand.Rand) []*example {
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
			for k, w := range m.name(tag[2:], end-i, random) {
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
		all = append(all, m.example(y, random.IntN(2) == 0))
	}
	return all
}

func each(words []string, change func(string) string) {
	for i, w := range words {
		words[i] = change(w)
	}
}

// name is a name of the lexicon.
func (m *model) name(kind string, words int, random *rand.Rand) []string {
	pick := func(kind string) []string {
		list := m.phrases[kind]
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
