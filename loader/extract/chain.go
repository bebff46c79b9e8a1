package extract

import (
	"bufio"
	_ "embed"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"newsgraph/loader/nlp"
)

//go:embed weights/coref.tsv
var chainWeights string

// nounPhrase is a phrase that may be spoken of again: tokens first to last, half-open, with its head.
type nounPhrase struct {
	first, last, head int
	form              byte   // p pronoun, n name, c common noun
	low               string // the head in lower case, of a common noun its lemma
	words             []string
	number            byte // s, p, or 0 if nothing tells
	gender            byte // m, f, n, or 0
	person            byte // of pronouns: 1, 2, 3
	sentence          int
	order             int // among the phrases of its sentence
	article           string
}

// ranker chooses for each phrase the one before it that it stands for, or nobody (Denis and Baldridge 2007), by named features.
type ranker struct {
	weights map[string]float64
	given   func(name string) (gender string, ok bool)
}

func newRanker(given func(name string) (gender string, ok bool), weights string) (*ranker, error) {
	k := &ranker{weights: map[string]float64{}, given: given}
	for n, line := range strings.Split(strings.TrimSpace(weights), "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		name, value, ok := strings.Cut(line, "\t")
		w, err := strconv.ParseFloat(value, 64)
		if !ok || err != nil {
			return nil, fmt.Errorf("extract: weights/coref.tsv:%d: not a feature, a tab and a number", n+1)
		}
		k.weights[name] = w
	}
	return k, nil
}

// Chains are the phrases of a Doc that stand for the same, each as its first token and the one after its last. A phrase that stands alone is in none.
func (x *Extractor) Chains(d *nlp.Doc) ([][][2]int, error) {
	k, err := newRanker(x.g.Given, chainWeights)
	if err != nil {
		return nil, err
	}
	return k.chains(d), nil
}

func (k *ranker) chains(d *nlp.Doc) [][][2]int {
	phrases := k.phrases(d)
	of := make([]int, len(phrases))
	var chains [][][2]int
	size := make([]int, len(phrases))
	for i := range phrases {
		of[i] = -1
		before, features := k.choices(d, phrases, i)
		best, score := -1, k.score(features[len(features)-1])
		for n, j := range before {
			if s := k.score(features[n]); s > score {
				best, score = j, s
			}
		}
		if best < 0 {
			continue
		}
		if of[best] < 0 {
			of[best] = len(chains)
			chains = append(chains, [][2]int{{phrases[best].first, phrases[best].last}})
		}
		of[i] = of[best]
		size[of[i]]++
		chains[of[i]] = append(chains[of[i]], [2]int{phrases[i].first, phrases[i].last})
	}
	return chains
}

func (k *ranker) score(features []string) float64 {
	sum := 0.0
	for _, f := range features {
		sum += k.weights[f]
	}
	return sum
}

var chainPronouns = map[string][3]byte{ // number, gender, person
	"i": {'s', 0, '1'}, "me": {'s', 0, '1'}, "my": {'s', 0, '1'}, "mine": {'s', 0, '1'}, "myself": {'s', 0, '1'},
	"we": {'p', 0, '1'}, "us": {'p', 0, '1'}, "our": {'p', 0, '1'}, "ours": {'p', 0, '1'}, "ourselves": {'p', 0, '1'},
	"you": {0, 0, '2'}, "your": {0, 0, '2'}, "yours": {0, 0, '2'}, "yourself": {0, 0, '2'}, "yourselves": {'p', 0, '2'},
	"he": {'s', 'm', '3'}, "him": {'s', 'm', '3'}, "his": {'s', 'm', '3'}, "himself": {'s', 'm', '3'},
	"she": {'s', 'f', '3'}, "her": {'s', 'f', '3'}, "hers": {'s', 'f', '3'}, "herself": {'s', 'f', '3'},
	"it": {'s', 'n', '3'}, "its": {'s', 'n', '3'}, "itself": {'s', 'n', '3'},
	"they": {'p', 0, '3'}, "them": {'p', 0, '3'}, "their": {'p', 0, '3'}, "theirs": {'p', 0, '3'}, "themselves": {'p', 0, '3'},
	"this": {'s', 'n', '3'}, "that": {'s', 'n', '3'}, "these": {'p', 0, '3'}, "those": {'p', 0, '3'},
}

// inside are the relations by which a token belongs to the phrase of its head.
var inside = wordSet("det amod compound flat nummod nmod acl acl:relcl nmod:poss nmod:unmarked nmod:desc appos advmod punct fixed goeswith case nmod:npmod det:predet")

// phrases are the noun phrases of a Doc, in the order of their first tokens, the longer of two first.
func (k *ranker) phrases(d *nlp.Doc) []nounPhrase {
	children := make([][]int, len(d.Tokens))
	for i, t := range d.Tokens {
		if t.Head >= 0 {
			children[t.Head] = append(children[t.Head], i)
		}
	}
	var all []nounPhrase
	for n, s := range d.Sentences {
		from := len(all)
		for i := s.First; i < s.Last; i++ {
			if p, ok := k.phrase(d, children, i); ok {
				p.sentence = n
				all = append(all, p)
			}
		}
		slices.SortFunc(all[from:], func(a, b nounPhrase) int {
			if a.first != b.first {
				return a.first - b.first
			}
			return b.last - a.last
		})
		for o := range all[from:] {
			all[from+o].order = o
		}
	}
	return all
}

func (k *ranker) phrase(d *nlp.Doc, children [][]int, i int) (nounPhrase, bool) {
	t := d.Tokens[i]
	low := strings.ToLower(d.Word(i))
	p := nounPhrase{first: i, last: i + 1, head: i, low: low}
	if of, ok := chainPronouns[low]; ok && (t.Universal == "PRON" || strings.HasPrefix(t.Tag, "PRP")) && t.Relation != "expl" && t.Tag != "WDT" && t.Relation != "det" {
		p.form, p.number, p.gender, p.person = 'p', of[0], of[1], of[2]
		return p, true
	}
	if t.Universal != "NOUN" && t.Universal != "PROPN" || t.Relation == "flat" || t.Relation == "fixed" || t.Relation == "goeswith" {
		return p, false
	}
	if t.Relation == "compound" && t.Universal == "NOUN" {
		return p, false
	}
	if t.Relation == "compound" && t.Head >= 0 && d.Tokens[t.Head].Universal == "PROPN" {
		return p, false
	}
	var grow func(h int, top bool)
	grow = func(h int, top bool) {
		for _, c := range children[h] {
			rel := d.Tokens[c].Relation
			if top {
				possessive := rel == "case" && d.Tokens[c].Tag == "POS"
				if !inside[rel] && rel != "conj" || rel == "conj" || rel == "case" && !possessive || rel == "punct" && !betweenQuotes(d.Word(c)) || rel == "advmod" && c > h || rel == "appos" {
					continue
				}
			}
			p.first, p.last = min(p.first, c), max(p.last, c+1)
			grow(c, false)
		}
	}
	grow(i, true)
	for p.last > i+1 && d.Tokens[p.last-1].Universal == "PUNCT" {
		p.last--
	}
	for p.first < i && d.Tokens[p.first].Universal == "PUNCT" {
		p.first++
	}
	p.form, p.number = 'c', 's'
	if t.Universal == "PROPN" {
		p.form = 'n'
	} else {
		p.low = strings.ToLower(t.Lemma)
	}
	if strings.HasSuffix(t.Tag, "S") {
		p.number = 'p'
	}
	for w := p.first; w < p.last; w++ {
		if u := d.Tokens[w].Universal; u == "NOUN" || u == "PROPN" || u == "ADJ" || u == "NUM" {
			p.words = append(p.words, strings.ToLower(d.Word(w)))
		}
	}
	switch sort := t.Sort; {
	case sort == "person":
		for w := p.first; w < p.last && p.gender == 0; w++ {
			if g, ok := k.given(plain(d.Word(w))); ok && g != "" {
				p.gender = g[0]
			}
			switch honorificGender[strings.TrimSuffix(d.Word(w), ".")] {
			case "m":
				p.gender = 'm'
			case "f":
				p.gender = 'f'
			}
		}
		if g := nounGender[p.low]; g != 0 {
			p.gender = g
		}
	case sort != "":
		p.gender = 'n'
	}
	for _, c := range children[i] {
		switch d.Tokens[c].Relation {
		case "det":
			p.article = strings.ToLower(d.Word(c))
		case "nmod:poss":
			p.article = "poss"
		}
	}
	return p, true
}

func betweenQuotes(w string) bool { return w == "-" || w == "," }

// nounGender is the gender of nouns for persons that tell one.
var nounGender = func() map[string]byte {
	m := map[string]byte{}
	for w := range wordSet("man father son brother husband king prince uncle boy grandfather nephew gentleman actor guy spokesman businessman chairman lord mr mr. sir pope policeman") {
		m[w] = 'm'
	}
	for w := range wordSet("woman mother daughter sister wife queen princess aunt girl grandmother niece lady actress spokeswoman businesswoman chairwoman ms mrs ms. mrs. miss policewoman") {
		m[w] = 'f'
	}
	return m
}()

// choices are the phrases before phrase i that it may stand for, with their features, and at the end the features of nobody.
func (k *ranker) choices(d *nlp.Doc, all []nounPhrase, i int) (before []int, features [][]string) {
	const near = 45
	p := all[i]
	matched := 0
	for j := i - 1; j >= 0; j-- {
		q := all[j]
		if q.first <= p.first && q.last >= p.last {
			continue // what holds it
		}
		same := q.form != 'p' && p.form != 'p' && (q.low == p.low || matches(q, p) > 0)
		if i-j > near && !same || p.form == 'p' && p.sentence-q.sentence > 6 || p.form == 'c' && q.form == 'p' {
			continue
		}
		if same {
			matched++
			if matched > 4 {
				continue
			}
		}
		if p.form == 'p' && q.form == 'p' && p.person == '3' && (q.person != '3' || p.number != 0 && q.number != 0 && p.number != q.number || p.gender != 0 && q.gender != 0 && p.gender != q.gender) {
			continue
		}
		before = append(before, j)
		features = append(features, k.pair(d, p, q, i-j))
	}
	return before, append(features, k.nobody(d, p, matched, i))
}

func matches(a, b nounPhrase) int {
	n := 0
	for _, w := range a.words {
		if slices.Contains(b.words, w) {
			n++
		}
	}
	return n
}

func bucket(n int) string {
	switch {
	case n < 4:
		return strconv.Itoa(n)
	case n < 7:
		return "4"
	case n < 12:
		return "7"
	case n < 25:
		return "12"
	}
	return "25"
}

// class is a pronoun itself, else the form of a phrase.
func (p nounPhrase) class() string {
	if p.form == 'p' {
		return p.low
	}
	return string(p.form)
}

func (k *ranker) pair(d *nlp.Doc, p, q nounPhrase, apart int) []string {
	a, b := p.class(), q.class()
	t, u := d.Tokens[p.head], d.Tokens[q.head]
	gap := bucket(p.sentence - q.sentence)
	short := string(p.form)
	f := []string{
		"pair " + a + "<" + b, "forms " + short + "<" + string(q.form), "gap " + short + string(q.form) + " " + gap, "apart " + short + " " + bucket(apart),
		"gap " + a + " " + gap,
		"was " + short + " " + coarse(u.Relation), "was " + a + " " + u.Relation, "roles " + short + " " + coarse(u.Relation) + ">" + coarse(t.Relation), "sorts " + short + " " + u.Sort + ">" + t.Sort,
		"sort " + a + " " + u.Sort, "number " + short + " " + string(rune(q.number+1)) + string(rune(p.number+1)),
	}
	if p.number != 0 {
		f[len(f)-1] = fmt.Sprintf("number %s %c%c", short, orDash(q.number), orDash(p.number))
	}
	f = append(f, fmt.Sprintf("gender %s %c%c", short, orDash(q.gender), orDash(p.gender)))
	if p.sentence == q.sentence {
		if t.Head == u.Head && t.Head >= 0 {
			f = append(f, "one verb "+short, "one verb "+a+" "+coarse(u.Relation)+">"+coarse(t.Relation))
		}
		if q.order == 0 {
			f = append(f, "opens its sentence "+short)
		}
	} else if q.order == 0 {
		f = append(f, "opened a sentence "+short+" "+gap)
	}
	if q.first >= p.first && q.last <= p.last {
		f = append(f, "within "+short)
	}
	if t.Relation == u.Relation && t.Relation != "" {
		f = append(f, "parallel "+short+" "+coarse(t.Relation))
	}
	if p.form == 'p' {
		if q.form == 'p' && p.low == q.low {
			f = append(f, "same pronoun "+gap)
		}
		if q.form == 'c' {
			f = append(f, "article before "+q.article)
		}
		return f
	}
	if q.form == 'p' {
		return f
	}
	m := matches(p, q)
	forms := short + string(q.form)
	kind := "none"
	switch {
	case strings.Join(p.words, " ") == strings.Join(q.words, " "):
		kind = "whole"
	case p.low == q.low && m == len(p.words):
		kind = "head, no more"
	case p.low == q.low && m == len(q.words):
		kind = "head, and more"
	case p.low == q.low:
		kind = "head"
	case m == len(p.words) && m > 0:
		kind = "part of it"
	case m == len(q.words) && m > 0:
		kind = "has it"
	case m > 0:
		kind = "some"
	case p.form == 'n' && len(p.words) == 1 && len(q.words) > 1 && initials(q.words) == p.low:
		kind = "initials"
	}
	f = append(f, "match "+forms+" "+kind, "match "+forms+" "+kind+" "+p.article, "match "+forms+" "+kind+" "+gap, "match "+forms+" "+kind+" "+t.Sort, "sorts match "+fmt.Sprint(t.Sort == u.Sort)+" "+kind,
		"articles "+forms+" "+q.article+">"+p.article)
	return f
}

func initials(words []string) string {
	var b strings.Builder
	for _, w := range words {
		b.WriteByte(w[0])
	}
	return b.String()
}

func orDash(b byte) byte {
	if b == 0 {
		return '-'
	}
	return b
}

func (k *ranker) nobody(d *nlp.Doc, p nounPhrase, matched, i int) []string {
	a, t := p.class(), d.Tokens[p.head]
	short := string(p.form)
	f := []string{
		"nobody " + a, "nobody " + short + " " + t.Sort, "nobody " + short + " " + p.article, "nobody " + short + " " + coarse(t.Relation), "nobody " + a + " " + t.Relation,
		"nobody " + short + " matched " + strconv.Itoa(min(matched, 3)), "nobody " + short + " matched " + strconv.Itoa(min(matched, 2)) + " " + p.article, "nobody " + short + " words " + strconv.Itoa(min(len(p.words), 4)),
		"nobody " + short + fmt.Sprintf(" %c", orDash(p.number)) + " " + p.article,
	}
	if i < 5 {
		f = append(f, "nobody early "+short)
	}
	if p.form != 'p' {
		f = append(f, "nobody head "+p.low)
	}
	return f
}

// ChainText is a text with its true chains, to learn from: for each phrase of a chain its first token and the one after its last.
type ChainText struct {
	Doc    *nlp.Doc
	Chains [][][2]int
}

// FitChains learns the weights by which Chains chooses: the likelihood that a phrase stands for any of its chain before it, or for nobody, by
// gradient steps (AdaGrad) in the order of the texts. It writes them sorted, without what hardly counts.
func (x *Extractor) FitChains(w io.Writer, texts []ChainText, passes int) error {
	k := &ranker{weights: map[string]float64{}, given: x.g.Given}
	type example struct {
		features [][]string
		right    []bool
	}
	var examples []example
	support := map[string]int{}
	for n, text := range texts {
		of := map[[2]int]int{}
		for c, chain := range text.Chains {
			for _, m := range chain {
				of[m] = c + 1
			}
		}
		phrases := k.phrases(text.Doc)
		for i, p := range phrases {
			before, features := k.choices(text.Doc, phrases, i)
			e := example{features: features, right: make([]bool, len(features))}
			chain, some := of[[2]int{p.first, p.last}], false
			for n, j := range before {
				if chain > 0 && of[[2]int{phrases[j].first, phrases[j].last}] == chain {
					e.right[n], some = true, true
				}
			}
			e.right[len(before)] = !some
			examples = append(examples, e)
			for _, list := range features {
				for _, f := range list {
					if s := support[f]; s == 0 || s > 0 && s != n+1 {
						if s == 0 {
							support[f] = n + 1
						} else {
							support[f] = -1 // in two texts
						}
					}
				}
			}
		}
	}
	squares := map[string]float64{}
	for range passes {
		for _, e := range examples {
			step(k, squares, e.features, e.right, support)
		}
	}
	names := make([]string, 0, len(k.weights))
	for f, v := range k.weights {
		if math.Abs(v) >= 0.03 {
			names = append(names, f)
		}
	}
	slices.Sort(names)
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, "# What speaks for two phrases standing for the same, and for a phrase standing for nobody before it: feature, weight.\n# Made by cmd/train -only coref from the chains of GUM (CC BY 4.0), %d texts.\n", len(texts))
	for _, f := range names {
		fmt.Fprintf(b, "%s\t%.2f\n", f, k.weights[f])
	}
	return b.Flush()
}

// step moves the weights by one example.
func step(k *ranker, squares map[string]float64, features [][]string, right []bool, support map[string]int) {
	const rate, decay = 0.15, 1e-5
	scores, top := make([]float64, len(features)), math.Inf(-1)
	for n, f := range features {
		scores[n] = k.score(f)
		top = max(top, scores[n])
	}
	all, good := 0.0, 0.0
	for n := range scores {
		scores[n] = math.Exp(scores[n] - top)
		all += scores[n]
		if right[n] {
			good += scores[n]
		}
	}
	gradient := map[string]float64{}
	var order []string
	for n, f := range features {
		g := -scores[n] / all
		if right[n] {
			g += scores[n] / good
		}
		if math.Abs(g) < 1e-4 {
			continue
		}
		for _, name := range f {
			if support[name] >= 0 {
				continue // one text alone tells nothing
			}
			if _, ok := gradient[name]; !ok {
				order = append(order, name)
			}
			gradient[name] += g
		}
	}
	for _, name := range order {
		g := gradient[name] - decay*k.weights[name]
		squares[name] += g * g
		k.weights[name] += rate * g / (1e-6 + math.Sqrt(squares[name]))
	}
}
