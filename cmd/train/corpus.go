package main

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// sentence is a sentence of a corpus. Heads are words, -1 for the root; what a corpus does not tell is nil.
type sentence struct {
	id                     string
	words, universal, tags []string
	relations              []string
	heads                  []int
	names                  []string // IOB2
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

// named makes names of the mentions of persons whose heads are proper nouns: the run of proper nouns about the head, with "of" and "the" within it.
// Organisations and places are left open, for GUM counts as these much that Universal NER does not: rooms, streets, shops, teams.
func (s *sentence) named() {
	s.names = make([]string, len(s.words))
	for i := range s.names {
		s.names[i] = "O"
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
		if s.names[first] != "O" || s.names[last-1] != "O" {
			continue
		}
		if kind != "PER" {
			for i := first; i < last; i++ {
				s.names[i] = open
			}
			continue
		}
		for i := first; i < last; i++ {
			s.names[i] = "I-" + kind
		}
		s.names[first] = "B-" + kind
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

// corpora reads the sentences of a part, "train" or "dev", of EWT and of GUM.
func corpora(data, part string) (ewt, gum []sentence, err error) {
	if ewt, err = treebank(filepath.Join(data, "ud", "ewt_"+part+".conllu.gz")); err != nil {
		return nil, nil, err
	}
	if gum, err = treebank(filepath.Join(data, "ud", "gum_"+part+".conllu.gz")); err != nil {
		return nil, nil, err
	}
	names, err := nameTags(filepath.Join(data, "ner", "uner_ewt_"+part+".iob2.gz"))
	if err != nil {
		return nil, nil, err
	}
	for i := range ewt {
		if tags := names[ewt[i].id]; len(tags) == len(ewt[i].words) {
			ewt[i].names = tags
		}
	}
	return ewt, gum, nil
}
