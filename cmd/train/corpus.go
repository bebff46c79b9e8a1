package main

import (
	"bufio"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"newsgraph/loader/nlp"
)

// sentence is a sentence of a corpus. Heads are words, -1 for the root; what a corpus does not tell is nil.
type sentence struct {
	id                     string
	words, universal, tags []string
	relations              []string
	heads                  []int
	names                  []string // IOB2, of persons, organisations and places as CoNLL 2003 and Universal NER draw them
	wide                   []string // the same as GUM draws them: rooms, streets, shops and teams too
	sorts                  []string // of the heads of GUM's mentions, "?" for other words
	opened                 []int    // while reading: where mentions that are not closed begin
	openedKinds            []string
	mentions               []mention
}

// mention is a phrase of GUM that stands for an entity.
type mention struct {
	first, last int // half-open
	kind        string
}

// open is the tag of what a corpus does not tell.
const open = "?"

// lines calls each for the lines of a gzipped file.
func lines(name string, each func(line string) error) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close() //nolint:errcheck // only read
	z, err := gzip.NewReader(f)
	if err != nil {
		return fmt.Errorf("read %s: %w", name, err)
	}
	in := bufio.NewScanner(z)
	in.Buffer(nil, 1<<22)
	for n := 1; in.Scan(); n++ {
		if err := each(in.Text()); err != nil {
			return fmt.Errorf("%s:%d: %w", name, n, err)
		}
	}
	if err := in.Err(); err != nil {
		return fmt.Errorf("read %s: %w", name, err)
	}
	return nil
}

// treebank reads a CoNLL-U file.
func treebank(name string) ([]sentence, error) {
	var all []sentence
	var s sentence
	end := func() {
		if len(s.words) > 0 {
			all = append(all, s)
		}
		s = sentence{}
	}
	err := lines(name, func(line string) error {
		if line == "" {
			end()
			return nil
		}
		if id, ok := strings.CutPrefix(line, "# sent_id = "); ok {
			s.id = id
		}
		if line[0] == '#' {
			return nil
		}
		columns := strings.Split(line, "\t")
		if len(columns) != 10 {
			return fmt.Errorf("%d columns", len(columns))
		}
		if strings.ContainsAny(columns[0], "-.") {
			return nil
		}
		head, err := strconv.Atoi(columns[6])
		if err != nil {
			return err
		}
		s.words, s.universal, s.tags = append(s.words, columns[1]), append(s.universal, columns[3]), append(s.tags, columns[4])
		s.heads, s.relations = append(s.heads, head-1), append(s.relations, columns[7])
		s.entities(columns[9])
		return nil
	})
	end()
	if err != nil {
		return nil, err
	}
	for i := range all {
		if len(all[i].mentions) > 0 || strings.HasPrefix(all[i].id, "GUM_") {
			all[i].named()
		}
	}
	return all, nil
}

// entities reads GUM's marks of mentions on a word: "(3-person-new-…", "3)" or both, several of them run together.
func (s *sentence) entities(misc string) {
	_, marks, ok := strings.Cut("|"+misc, "|Entity=")
	if !ok {
		return
	}
	marks, _, _ = strings.Cut(marks, "|")
	word := len(s.words) - 1
	for marks != "" {
		if rest, open := strings.CutPrefix(marks, "("); open {
			stop := strings.IndexAny(rest, "()")
			if stop < 0 {
				stop = len(rest)
			}
			fields := strings.Split(rest[:stop], "-")
			kind := ""
			if len(fields) > 1 {
				kind = fields[1]
			}
			s.opened, s.openedKinds = append(s.opened, word), append(s.openedKinds, kind)
			marks = rest[stop:]
			if strings.HasPrefix(marks, ")") {
				s.shut(word)
				marks = marks[1:]
			}
			continue
		}
		stop := strings.IndexByte(marks, ')')
		if stop < 0 {
			return
		}
		s.shut(word)
		marks = marks[stop+1:]
	}
}

func (s *sentence) shut(word int) {
	if n := len(s.opened) - 1; n >= 0 {
		s.mentions = append(s.mentions, mention{s.opened[n], word + 1, s.openedKinds[n]})
		s.opened, s.openedKinds = s.opened[:n], s.openedKinds[:n]
	}
}

// named tells the sorts of the heads of mentions, and makes names of the mentions whose heads are proper nouns: the run of proper nouns about the head, with "of" and "the" within it.
func (s *sentence) named() {
	s.wide = make([]string, len(s.words))
	s.sorts = make([]string, len(s.words))
	for i := range s.wide {
		s.wide[i], s.sorts[i] = "O", open
	}
	for _, m := range s.mentions {
		kind := map[string]string{"person": "PER", "organization": "ORG", "place": "LOC"}[m.kind]
		head := -1
		for i := m.first; i < m.last; i++ {
			if h := s.heads[i]; h < m.first || h >= m.last {
				head = i
				break
			}
		}
		if head >= 0 {
			s.sorts[head] = m.kind
		}
		if kind == "" || head < 0 || !strings.HasPrefix(s.tags[head], "NNP") {
			continue
		}
		proper := func(i int) bool { return i >= m.first && i < m.last && strings.HasPrefix(s.tags[i], "NNP") }
		joins := func(i int) bool {
			return i >= m.first && i < m.last && (s.tags[i] == "HYPH" || s.words[i] == "of" || s.words[i] == "the" || s.words[i] == "&")
		}
		first, last := head, head+1
		for k := first - 1; proper(k) || joins(k) && (proper(k-1) || joins(k-1)); k-- {
			if proper(k) {
				first = k
			}
		}
		for k := last; proper(k) || joins(k) && (proper(k+1) || joins(k+1)); k++ {
			if proper(k) {
				last = k + 1
			}
		}
		if s.wide[first] != "O" || s.wide[last-1] != "O" {
			continue
		}
		for i := first; i < last; i++ {
			s.wide[i] = "I-" + kind
		}
		s.wide[first] = "B-" + kind
	}
}

// nameTags reads the tags of a file of Universal NER, by sentence.
func nameTags(name string) (map[string][]string, error) {
	tags := map[string][]string{}
	id := ""
	err := lines(name, func(line string) error {
		if v, ok := strings.CutPrefix(line, "# sent_id = "); ok {
			id = v
			return nil
		}
		columns := strings.Split(line, "\t")
		if len(columns) < 3 || strings.HasPrefix(line, "#") {
			return nil
		}
		tag := columns[2]
		if strings.HasSuffix(tag, "-O") {
			tag = "O"
		}
		tags[id] = append(tags[id], tag)
		return nil
	})
	return tags, err
}

// wikigold reads a file of a word and its tag a line. What is neither person, organisation nor place is left open.
func wikigold(name string) ([]sentence, error) {
	var all []sentence
	var s sentence
	before := "O"
	err := lines(name, func(line string) error {
		word, tag, _ := strings.Cut(strings.TrimSpace(line), " ")
		if word == "" || word == "-DOCSTART-" {
			if len(s.words) > 0 {
				all = append(all, s)
			}
			s, before = sentence{}, "O"
			return nil
		}
		_, kind, _ := strings.Cut(tag, "-")
		switch {
		case kind == "MISC":
			tag = open
		case kind != "" && before != tag: // IOB1
			before, tag = tag, "B-"+kind
			s.words, s.names = append(s.words, word), append(s.names, tag)
			return nil
		}
		before = tag
		s.words, s.names = append(s.words, word), append(s.names, tag)
		return nil
	})
	if len(s.words) > 0 {
		all = append(all, s)
	}
	return all, err
}

// gmb reads the names of GMB (Bos et al. 2017), which programs marked and people mended in part: a word that the tagger of the silver file calls
// otherwise is left open. The last tenth is not learnt from.
func gmb(name, silver string) (train, last []sentence, err error) {
	other, err := numbered(silver)
	if err != nil {
		return nil, nil, err
	}
	all, err := numbered(name)
	if err != nil {
		return nil, nil, err
	}
	second := map[string][]string{}
	for _, x := range other {
		second[x.id] = x.names
	}
	train, last = all[:len(all)*9/10], all[len(all)*9/10:]
	kind := func(tag string) string {
		if k := tag[min(2, len(tag)):]; k == "PER" || k == "ORG" || k == "LOC" {
			return tag
		}
		return "O"
	}
	for _, x := range train {
		tags := second[x.id]
		for i, tag := range x.names {
			if i < len(tags) && kind(tags[i]) != tag {
				x.names[i] = open
			}
		}
	}
	return train, last, nil
}

// numbered reads sentences of lines of a number, a word and its tag.
func numbered(name string) ([]sentence, error) {
	var all []sentence
	var s sentence
	err := lines(name, func(line string) error {
		if id, ok := strings.CutPrefix(line, "# sent_id = "); ok {
			if len(s.words) > 0 {
				all = append(all, s)
			}
			s = sentence{id: id}
			return nil
		}
		cells := strings.Split(line, "\t")
		if len(cells) > 2 && !strings.HasPrefix(line, "# ") {
			s.words, s.names = append(s.words, cells[1]), append(s.names, cells[2])
		}
		return nil
	})
	if len(s.words) > 0 {
		all = append(all, s)
	}
	return all, err
}

// The kinds of the lexicon.
var kinds = []string{"given", "family", "person", "place", "body", "thing"}

// phrases are those of the lexicon by kind, as words.
func phrases(folder, gazetteer string) (map[string][][]string, error) {
	p, err := nlp.NewPipeline(nlp.Tokenizer())
	if err != nil {
		return nil, err
	}
	all := map[string][][]string{}
	seen := map[string]bool{}
	add := func(kind, phrase string) error {
		if phrase == "" || seen[kind+phrase] {
			return nil
		}
		seen[kind+phrase] = true
		d, err := p.Parse(phrase)
		if err != nil {
			return err
		}
		words := make([]string, len(d.Tokens))
		for i := range words {
			words[i] = d.Word(i)
		}
		all[kind] = append(all[kind], words)
		return nil
	}
	for _, kind := range kinds {
		text, err := os.ReadFile(filepath.Join(folder, kind+".txt"))
		if err != nil && !os.IsNotExist(err) {
			return nil, err
		}
		for _, line := range strings.Split(string(text), "\n") {
			if err := add(kind, strings.TrimSpace(line)); err != nil {
				return nil, err
			}
		}
	}
	for file, f := range map[string]struct {
		kind    string
		columns []string
	}{
		"given_names.tsv":   {"given", []string{"name"}},
		"persons.tsv":       {"person", []string{"name", "aliases"}},
		"places.tsv":        {"place", []string{"name", "aliases"}},
		"states.tsv":        {"place", []string{"name", "aliases", "official", "capital"}},
		"organisations.tsv": {"body", []string{"name", "aliases"}},
	} {
		text, err := os.ReadFile(filepath.Join(gazetteer, file))
		if err != nil {
			return nil, err
		}
		var columns []string
		for _, line := range strings.Split(string(text), "\n") {
			cells := strings.Split(line, "\t")
			switch {
			case line == "" || line[0] == '#':
			case columns == nil:
				columns = cells
			default:
				for i, cell := range cells {
					if !slices.Contains(f.columns, columns[i]) {
						continue
					}
					for _, phrase := range strings.Split(cell, "|") {
						if err := add(f.kind, phrase); err != nil {
							return nil, err
						}
					}
				}
			}
		}
	}
	for _, list := range all { // the order of a map is none
		slices.SortFunc(list, slices.Compare)
	}
	return all, nil
}

// corpus is what the networks learn from and are scored on.
type corpus struct {
	ewt, gum, ewtDev, gumDev, wikigold, gmb, gmbLast []sentence
	digest                                           string // of the files
}

// about tells of the corpora, as the written networks do.
func (c *corpus) about() string {
	return "the train parts of UD English EWT and Universal NER EWT (CC BY-SA 4.0) and GUM (annotations CC BY 4.0), files " + c.digest + "; see NOTICE"
}

// corpora reads the corpora of a folder.
func corpora(data string) (*corpus, error) {
	c := &corpus{}
	sum := sha256.New()
	file := func(path ...string) string {
		name := filepath.Join(append([]string{data}, path...)...)
		if text, err := os.ReadFile(name); err == nil { // what cannot be read is told when its lines are
			sum.Write(text)
		}
		return name
	}
	for _, part := range []struct {
		name     string
		ewt, gum *[]sentence
	}{{"train", &c.ewt, &c.gum}, {"dev", &c.ewtDev, &c.gumDev}} {
		var err error
		if *part.ewt, err = treebank(file("ud", "ewt_"+part.name+".conllu.gz")); err != nil {
			return nil, err
		}
		if *part.gum, err = treebank(file("ud", "gum_"+part.name+".conllu.gz")); err != nil {
			return nil, err
		}
		names, err := nameTags(file("ner", "uner_ewt_"+part.name+".iob2.gz"))
		if err != nil {
			return nil, err
		}
		for i, x := range *part.ewt {
			if tags := names[x.id]; len(tags) == len(x.words) {
				(*part.ewt)[i].names = tags
			}
		}
	}
	var err error
	if c.wikigold, err = wikigold(file("ner", "wikigold.conll.gz")); err != nil {
		return nil, err
	}
	c.gmb, c.gmbLast, err = gmb(file("ner", "gmb.conll.gz"), file("silver", "names.conll.gz"))
	c.digest = hex.EncodeToString(sum.Sum(nil)[:4])
	return c, err
}
