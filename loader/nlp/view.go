package nlp

import (
	"bufio"
	"bytes"
	"compress/gzip"
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"sync"
)

// View is what features read of a Doc that has a tree and lemmas: who depends on whom, and each word's properties as hashes.
type View struct {
	d           *Doc
	first, next []int32  // the first that depends on a token, and the next beside it, in the order of the text; -1 for none
	lemma, word []uint32 // in lower case
	tag         []uint32
	relation    []uint32
	base        []uint32 // the relation without its subtype
	marker      []uint32 // the lemma of its preposition or conjunction, 0 if none
	coarse      []uint32 // its cluster of 200
	fine        []uint32 // of 1000
}

// NewView makes a view of a Doc.
func NewView(d *Doc) (*View, error) {
	known, err := loadClusters()
	if err != nil {
		return nil, err
	}
	n := len(d.Tokens)
	v := &View{d: d, first: make([]int32, n), next: make([]int32, n)}
	all := make([]uint32, 8*n)
	for k, into := range []*[]uint32{&v.lemma, &v.word, &v.tag, &v.relation, &v.base, &v.marker, &v.coarse, &v.fine} {
		*into = all[k*n : (k+1)*n]
	}
	for i := range v.first {
		v.first[i], v.next[i] = -1, -1
	}
	for i := n - 1; i >= 0; i-- {
		t := &d.Tokens[i]
		low := strings.ToLower(d.Word(i))
		v.lemma[i], v.word[i], v.tag[i], v.relation[i] = mark(strings.ToLower(t.Lemma)), mark(low), mark(t.Tag), mark(t.Relation)
		v.base[i] = v.relation[i]
		if k := strings.IndexByte(t.Relation, ':'); k >= 0 {
			v.base[i] = mark(t.Relation[:k])
		}
		if c, ok := known[low]; ok {
			v.coarse[i], v.fine[i] = uint32(c.coarse)+1, uint32(c.fine)+1
		}
		if t.Head < 0 {
			continue
		}
		v.next[i] = v.first[t.Head]
		v.first[t.Head] = int32(i)
		if t.Relation == "case" || t.Relation == "mark" {
			v.marker[t.Head] = v.lemma[i] // the first wins, as the words come from the last
		}
	}
	return v, nil
}

// child is the first of a token's dependents of a relation or a subtype of it, -1 if none.
func (v *View) child(i int, relation string) int {
	for k := v.first[i]; k >= 0; k = v.next[k] {
		r := v.d.Tokens[k].Relation
		if rest, ok := strings.CutPrefix(r, relation); ok && (rest == "" || rest[0] == ':') {
			return int(k)
		}
	}
	return -1
}

// cluster is which group of words of like use a word is of.
type cluster struct{ coarse, fine uint16 }

//go:embed data/clusters.tsv.gz
var clustersFile []byte

var loadClusters = sync.OnceValues(func() (map[string]cluster, error) { return readClusters(clustersFile) })

// readClusters reads lines of a word and the numbers of its two clusters.
func readClusters(file []byte) (map[string]cluster, error) {
	z, err := gzip.NewReader(bytes.NewReader(file))
	if err != nil {
		return nil, fmt.Errorf("clusters: %w", err)
	}
	known := map[string]cluster{}
	in := bufio.NewScanner(z)
	for n := 1; in.Scan(); n++ {
		if strings.HasPrefix(in.Text(), "# ") {
			continue
		}
		columns := strings.Split(in.Text(), "\t")
		if len(columns) != 3 {
			return nil, fmt.Errorf("clusters:%d: %d columns, want 3", n, len(columns))
		}
		coarse, err := strconv.ParseUint(columns[1], 10, 16)
		if err != nil {
			return nil, fmt.Errorf("clusters:%d: %w", n, err)
		}
		fine, err := strconv.ParseUint(columns[2], 10, 16)
		if err != nil {
			return nil, fmt.Errorf("clusters:%d: %w", n, err)
		}
		known[columns[0]] = cluster{uint16(coarse), uint16(fine)}
	}
	return known, in.Err()
}
