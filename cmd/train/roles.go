package main

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"

	"newsgraph/loader/nlp"
)

// How predicates and roles are learnt. Each was tried on the dev part; docs/adr/0013 has what it gave.
const (
	blur             = 0.25 // share of words that are made unknown, so that trees are as wrong as elsewhere
	rolePasses       = 4
	roleRate         = 0.2
	rolePenalty      = 1
	roleLeast        = 0.05 // what weights are left out
	roleStep         = 0.03
	predicatePasses  = 6
	predicateRate    = 0.3
	predicatePenalty = 1
)

// framed is a sentence's predicates as PropBank has them.
type framed struct {
	Sentence   string `json:"sent_id"`
	Tokens     int
	Predicates []framedPredicate
}

type framedPredicate struct {
	Token               int
	Roleset, Lemma, PoS string
	Args                []struct {
		Role string
		Head int
	}
}

// rolesOf reads a file of PropBank, by sentence.
func rolesOf(name string) (map[string]framed, error) {
	all := map[string]framed{}
	err := lines(name, func(line string) error {
		var f framed
		if err := json.Unmarshal([]byte(line), &f); err != nil {
			return err
		}
		all[f.Sentence] = f
		return nil
	})
	return all, err
}

func auxiliary(roleset string) bool {
	return roleset == "be.03" || roleset == "have.01" || roleset == "do.01"
}

// grammarOf is a Doc of sentences with the trees of our own parser, or if gold with those of the treebank.
func grammarOf(p *nlp.Pipeline, sentences []sentence, gold bool) (*nlp.Doc, error) {
	d := docOf(sentences)
	d.Mark(nlp.Tokens | nlp.Sentences)
	if err := p.Complete(d); err != nil || !gold {
		return d, err
	}
	for k, x := range sentences {
		first := d.Sentences[k].First
		for i := range x.words {
			t := &d.Tokens[first+i]
			t.Tag, t.Universal, t.Relation, t.Head = x.tags[i], x.universal[i], x.relations[i], -1
			if x.heads[i] >= 0 {
				t.Head = first + x.heads[i]
			}
			t.Lemma = nlp.Lemma(x.words[i], t.Tag)
		}
	}
	return d, nil
}

// blurred is a Doc of sentences with the trees that our own parser makes where it knows some words less well than it does: it has learnt the trees
// of these sentences by heart, and reads others worse.
func blurred(p *nlp.Pipeline, sentences []sentence, share float64, random *rand.Rand) (*nlp.Doc, error) {
	d := docOf(sentences)
	text := []byte(d.Text)
	for _, t := range d.Tokens {
		word := text[t.Start:t.End]
		if len(word) < 4 || random.Float64() > share || slices.ContainsFunc(word, func(c byte) bool { return c < 'a' || c > 'z' }) {
			continue
		}
		for i := range word[:len(word)-2] { // the ending stays
			word[i] = "bcdfghklmnprstvwaeiou"[random.IntN(21)]
		}
	}
	whole := d.Text
	d.Text = string(text)
	d.Mark(nlp.Tokens | nlp.Sentences)
	if err := p.Complete(d); err != nil {
		return nil, err
	}
	d.Text = whole
	right := 0
	for k, x := range sentences {
		first := d.Sentences[k].First
		for i, w := range x.words {
			t := &d.Tokens[first+i]
			t.Lemma = nlp.Lemma(w, t.Tag)
			right += one(t.Head == first+x.heads[i] || t.Head < 0 && x.heads[i] < 0)
		}
	}
	fmt.Printf("blurred: heads right %.2f\n", 100*float64(right)/float64(len(d.Tokens)))
	return d, nil
}

// documentOf is a number for the document that a sentence of EWT is from.
func documentOf(id string, known map[string]int) int {
	if k := strings.LastIndexByte(id, '-'); k >= 0 {
		id = id[:k]
	}
	n, ok := known[id]
	if !ok {
		n = len(known)
		known[id] = n
	}
	return n
}

// rolesetLines are what the labeller knows of lemmas, from the frames that the train part uses.
func rolesetLines(name string, train map[string]framed) ([]string, error) {
	uses := map[string]int{}
	for _, s := range train {
		for _, p := range s.Predicates {
			uses[p.Roleset]++
		}
	}
	functions := map[string]string{}
	best := map[string]string{} // lemma with part of speech: roleset
	consider := func(key, set string) {
		if old, ok := best[key]; !ok || uses[set] > uses[old] || uses[set] == uses[old] && set < old {
			best[key] = set
		}
	}
	err := lines(name, func(line string) error {
		c := strings.Split(line, "\t")
		if len(c) < 5 || uses[c[0]] == 0 || auxiliary(c[0]) {
			return nil
		}
		var f strings.Builder
		for _, role := range strings.Split(c[3], ";") {
			arg, what, _ := strings.Cut(role, "=")
			if k := strings.LastIndexByte(what, '|'); k >= 0 {
				f.WriteString(strings.TrimPrefix(arg, "ARG") + what[k+1:] + " ")
			}
		}
		functions[c[0]] = strings.TrimSpace(f.String())
		for _, alias := range strings.Split(c[4], ";") {
			if lemma, pos, ok := strings.Cut(alias, "/"); ok && lemma != "" && strings.ContainsAny(pos, "vnjVNJ") {
				consider(strings.ToUpper(pos[:1])+" "+lemma, c[0])
			}
		}
		return nil
	})
	var out []string
	for _, key := range sortedKeys(setOfKeys(best)) {
		verb, _, _ := strings.Cut(best[key], ".")
		verb, _, _ = strings.Cut(verb, "_")
		out = append(out, key+"\t"+verb+"\t"+functions[best[key]])
	}
	return out, err
}

func setOfKeys[V any](m map[string]V) map[string]bool {
	set := map[string]bool{}
	for k := range m {
		set[k] = true
	}
	return set
}

// trainRoles makes the models of predicates and of their roles, and scores them.
func trainRoles(s settings) error {
	file := func(path ...string) string { return filepath.Join(append([]string{s.data}, path...)...) }
	sentences, err := treebank(file("ud", "ewt_train.conllu.gz"))
	if err != nil {
		return err
	}
	dev, err := treebank(file("ud", "ewt_dev.conllu.gz"))
	if err != nil {
		return err
	}
	train, err := rolesOf(file("srl", "ewt_train.jsonl.gz"))
	if err != nil {
		return err
	}
	devRoles, err := rolesOf(file("srl", "ewt_dev.jsonl.gz"))
	if err != nil {
		return err
	}
	known, err := rolesetLines(file("srl", "frames.tsv.gz"), train)
	if err != nil {
		return err
	}
	grammar, err := nlp.Grammar()
	if err != nil {
		return err
	}
	var views []*nlp.View
	var docs []*nlp.Doc
	// Our own trees, the treebank's, and trees as wrong as elsewhere.
	for _, tree := range []func() (*nlp.Doc, error){
		func() (*nlp.Doc, error) { return grammarOf(grammar, sentences, false) },
		func() (*nlp.Doc, error) { return grammarOf(grammar, sentences, true) },
		func() (*nlp.Doc, error) {
			return blurred(grammar, sentences, blur, rand.New(rand.NewPCG(s.seed, 5)))
		},
	} {
		d, err := tree()
		if err != nil {
			return err
		}
		v, err := nlp.NewView(d)
		if err != nil {
			return err
		}
		docs, views = append(docs, d), append(views, v)
	}
	devDoc, err := grammarOf(grammar, dev, false)
	if err != nil {
		return err
	}
	devView, err := nlp.NewView(devDoc)
	if err != nil {
		return err
	}
	about := "of UD English EWT and PropBank (CC BY-SA 4.0), train parts; see NOTICE"
	sets := nlp.Rolesets(known)

	// Which words are predicates.
	documents := map[string]int{}
	x := &instances{}
	var buffer []nlp.Feature
	for which, v := range views {
		for k, sent := range sentences {
			f, ok := train[sent.id]
			if !ok || f.Tokens != len(sent.words) {
				continue
			}
			marked := map[int]bool{}
			for _, p := range f.Predicates {
				marked[p.Token] = !auxiliary(p.Roleset)
			}
			first := docs[which].Sentences[k].First
			for i := range sent.words {
				if v.MayPredicate(first + i) {
					buffer = v.PredicateFeatures(buffer[:0], first+i, sets)
					x.add(buffer, 0, float32(one(marked[i])), 1, documentOf(sent.id, documents))
				}
			}
		}
	}
	random := rand.New(rand.NewPCG(s.seed, 3))
	m := newLogLinear(sigmoidLoss, []string{"predicate"}, x, predicateRate, predicatePenalty)
	fmt.Printf("predicates: %d words, %d features\n", len(x.ends), len(m.index))
	m.learn(x, predicatePasses, random, func(pass int, loss float64) { fmt.Printf("  pass %d: %.4f\n", pass+1, loss) })
	predicates, err := m.write(filepath.Join(s.out, "predicates.bin"), roleStep, roleLeast, nil, "predicates, "+about)
	if err != nil {
		return err
	}

	// The paths that lead to arguments often enough.
	type count struct{ args, all int }
	paths := map[uint32]*count{}
	each := func(each func(v *nlp.View, p int, roles map[int]string, document int)) {
		for which, v := range views {
			for k, sent := range sentences {
				f, ok := train[sent.id]
				if !ok || f.Tokens != len(sent.words) {
					continue
				}
				first := docs[which].Sentences[k].First
				for _, p := range f.Predicates {
					if auxiliary(p.Roleset) {
						continue
					}
					roles := map[int]string{}
					for _, a := range p.Args {
						if roles[first+a.Head] == "" {
							roles[first+a.Head] = a.Role
						}
					}
					each(v, first+p.Token, roles, documentOf(sent.id, documents))
				}
			}
		}
	}
	var candidates []nlp.Candidate
	total, within := 0, 0
	each(func(v *nlp.View, p int, roles map[int]string, _ int) {
		candidates = v.Candidates(candidates[:0], p, nil)
		total += len(roles)
		for _, c := range candidates {
			n := paths[c.Path]
			if n == nil {
				n = &count{}
				paths[c.Path] = n
			}
			n.all++
			if roles[c.Token] != "" {
				n.args++
				within++
			}
		}
	})
	kept := map[uint32]bool{}
	var list []string
	for p, n := range paths {
		if n.args >= 3 && n.args*60 >= n.all {
			kept[p] = true
			list = append(list, fmt.Sprintf("%x", p))
		}
	}
	slices.Sort(list)
	fmt.Printf("roles: %d arguments, %d within reach, %d paths of %d\n", total, within, len(kept), len(paths))

	// Roles.
	classes := []string{""}
	number := map[string]int{"": 0}
	seen := map[string]int{}
	each(func(_ *nlp.View, _ int, roles map[int]string, _ int) {
		for _, r := range roles {
			seen[r]++
		}
	})
	for _, r := range sortedKeys(setOfKeys(seen)) {
		if seen[r] >= 20 {
			number[r] = len(classes)
			classes = append(classes, r)
		}
	}
	x = &instances{}
	reached := 0
	each(func(v *nlp.View, p int, roles map[int]string, document int) {
		f := v.Frame(p, sets)
		candidates = v.Candidates(candidates[:0], p, kept)
		for k := range candidates {
			buffer = v.RoleFeatures(buffer[:0], &f, &candidates[k])
			c := number[roles[candidates[k].Token]]
			reached += one(c > 0)
			x.add(buffer, c, 0, 1, document)
		}
	})
	m = newLogLinear(softLoss, classes, x, roleRate, rolePenalty)
	fmt.Printf("roles: %d candidates, %d arguments among them, %d features with %d weights, %d classes\n", len(x.ends), reached, len(m.index), len(m.class), len(classes))
	lists := map[string][]string{nlp.RolesetList: known, nlp.PathList: list}
	var failed error
	score := func(pass int, loss float64) {
		fmt.Printf("  pass %d: %.4f\n", pass+1, loss)
		roles, err := m.write(filepath.Join(s.out, "roles.bin"), roleStep, roleLeast, lists, "roles, "+about)
		if err != nil {
			failed = err
			return
		}
		l, err := nlp.NewLabeller(predicates, roles)
		if err != nil {
			failed = err
			return
		}
		scoreRoles(l, devView, devDoc, dev, devRoles)
	}
	m.learn(x, rolePasses, random, score)
	return failed
}

// scoreRoles prints the F1 of roles and head words on gold predicates, and of the predicates.
func scoreRoles(l *nlp.Labeller, v *nlp.View, d *nlp.Doc, dev []sentence, gold map[string]framed) {
	type counts struct{ right, found, gold int }
	roles, words := map[string]*counts{}, &counts{}
	for _, pos := range []string{"V", "N", "J"} {
		roles[pos] = &counts{}
	}
	predicates := map[int]bool{}
	for _, p := range l.Predicates(v) {
		predicates[p] = true
	}
	for k, sent := range dev {
		f, ok := gold[sent.id]
		if !ok {
			continue
		}
		first := d.Sentences[k].First
		marked := map[int]bool{}
		for _, p := range f.Predicates {
			marked[first+p.Token] = true
			if auxiliary(p.Roleset) {
				continue
			}
			c := roles[p.PoS]
			words.gold++
			words.right += one(predicates[first+p.Token])
			want := map[string]bool{}
			for _, a := range p.Args {
				want[fmt.Sprint(a.Role, " ", first+a.Head)] = true
			}
			c.gold += len(want)
			for _, a := range l.Label(v, first+p.Token).Args {
				c.found++
				c.right += one(want[fmt.Sprint(a.Role, " ", a.Head)])
			}
		}
		for i := range sent.words {
			if predicates[first+i] {
				words.found++
				if marked[first+i] && !slices.ContainsFunc(f.Predicates, func(p framedPredicate) bool {
					return first+p.Token == first+i && !auxiliary(p.Roleset)
				}) {
					words.found-- // an auxiliary for PropBank: not counted
				}
			}
		}
	}
	for _, pos := range []string{"V", "N", "J"} {
		c := roles[pos]
		fmt.Printf("  EWT dev: roles of %s %.2f (precision %.1f, recall %.1f)\n", pos, f1(c.right, c.found, c.gold), 100*float64(c.right)/float64(max(1, c.found)), 100*float64(c.right)/float64(max(1, c.gold)))
	}
	fmt.Printf("  EWT dev: predicates %.2f (precision %.1f, recall %.1f)\n", f1(words.right, words.found, words.gold), 100*float64(words.right)/float64(max(1, words.found)), 100*float64(words.right)/float64(max(1, words.gold)))
}
