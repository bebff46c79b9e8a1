package neo4j

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"newsgraph/news"
	"newsgraph/store"
)

// Every list is in the order of one string that its statement returns as key, and its statement takes
//
//	$after  the key of the edge to continue after, empty at the beginning
//	$limit  one more than a page, to tell whether there is more
//	$reports  the same of the reports of each item, if Show asks for them
//
// and, for the lists of several parents, $parents, each {i, id}, returning i as parent.
type edge[T any] struct {
	parent int
	key    string
	node   T
}

func scanEdge[T any](node func(*row) T) func(*row) edge[T] {
	return func(r *row) edge[T] { return edge[T]{r.int("parent"), r.string("key"), node(r)} }
}

// paged adds $after and $limit to params.
func paged(p store.Paging, kind string, params map[string]any) (map[string]any, error) {
	if err := p.Check(); err != nil {
		return nil, err
	}
	keys, err := store.CursorKeys(p.After, kind, 1)
	if err != nil {
		return nil, err
	}
	after := ""
	if keys != nil {
		after = keys[0]
	}
	all := map[string]any{"after": after, "limit": p.Limit()}
	if p.Show != nil {
		all["reports"] = p.Show.Reports + 1
	}
	maps.Copy(all, params)
	return all, nil
}

func page[T any](edges []edge[T], p store.Paging, kind string) store.Page[T] {
	var out store.Page[T]
	if len(edges) > p.First {
		edges, out.More = edges[:p.First], true
	}
	for _, e := range edges {
		out.Edges = append(out.Edges, store.Edge[T]{Node: e.node, Cursor: store.Cursor(kind, e.key)})
	}
	return out
}

// list asks for a page.
func list[T any](ctx context.Context, s *Store, what, kind, cypher string, params map[string]any, p store.Paging,
	node func(*row) T,
) (store.Page[T], error) {
	params, err := paged(p, kind, params)
	if err != nil {
		return store.Page[T]{}, fmt.Errorf("neo4j: %s: %w", what, err)
	}
	edges, err := gather(ctx, s, what, cypher, params, scanEdge(node))
	if err != nil {
		return store.Page[T]{}, err
	}
	return page(edges, p, kind), nil
}

// lists asks for a page for each of ids.
func lists[T any](ctx context.Context, s *Store, what, kind, cypher string, ids []news.ID, params map[string]any, p store.Paging,
	node func(*row) T,
) ([]store.Page[T], error) {
	params, err := paged(p, kind, params)
	if err != nil {
		return nil, fmt.Errorf("neo4j: %s: %w", what, err)
	}
	parents := make([]parent, len(ids))
	for i, id := range ids {
		parents[i] = parent{id: id}
	}
	return listsOf(ctx, s, what, kind, cypher, parents, params, p, node)
}

// parent is what a list is of: one thing, or several together.
type parent struct {
	id  news.ID
	ids []string
	by  string // where its list begins, if the statement asks for it
}

// listsOf asks for a page for each of parents. An empty statement finds nothing.
func listsOf[T any](ctx context.Context, s *Store, what, kind, cypher string, of []parent, params map[string]any, p store.Paging,
	node func(*row) T,
) ([]store.Page[T], error) {
	pages := make([]store.Page[T], len(of))
	edges, err := readOf(ctx, s, what, cypher, of, params, scanEdge(node))
	if err != nil {
		return nil, err
	}
	at := make([][]edge[T], len(of))
	for _, e := range edges {
		at[e.parent] = append(at[e.parent], e)
	}
	for i := range at {
		pages[i] = page(at[i], p, kind)
	}
	return pages, nil
}

// readOf reads a statement of parents. An empty one finds nothing.
func readOf[T any](ctx context.Context, s *Store, what, cypher string, of []parent, params map[string]any, scan func(*row) T) ([]T, error) {
	if len(of) == 0 || cypher == "" {
		return nil, nil
	}
	parents := make([]map[string]any, len(of))
	for i, one := range of {
		parents[i] = map[string]any{"i": int64(i), "id": string(one.id), "ids": one.ids, "by": one.by}
	}
	params["parents"] = parents
	return gather(ctx, s, what, cypher, params, scan)
}

// byID asks for things by their ids, and returns them in the order of ids, each once.
func byID[T any](ctx context.Context, s *Store, what, cypher string, ids []news.ID, node func(*row) T, id func(T) news.ID) ([]T, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	found, err := gather(ctx, s, what, cypher, map[string]any{"ids": texts(unique(ids))}, node)
	if err != nil {
		return nil, err
	}
	at := make(map[news.ID]T, len(found))
	for _, v := range found {
		at[id(v)] = v
	}
	all := make([]T, 0, len(found))
	for _, i := range unique(ids) {
		if v, ok := at[i]; ok {
			all = append(all, v)
		}
	}
	return all, nil
}

// recorded reads the thing that the row's record is.
func recorded[T any](r *row) T {
	var v T
	text := r.string("record")
	if text == "" && r.err == nil {
		r.err = errTorn
	}
	if r.err == nil {
		if err := json.Unmarshal([]byte(text), &v); err != nil {
			r.err = fmt.Errorf("record: %w", err)
		}
	}
	return v
}

// record writes what recorded reads.
func record(v any) string {
	data, err := json.Marshal(v)
	if err != nil {
		panic(err) // the domain's types always marshal
	}
	return string(data)
}

// texts are ids, or other names, as the driver takes them.
func texts[T ~string](ids []T) []string {
	all := make([]string, len(ids))
	for i, id := range ids {
		all[i] = string(id)
	}
	return all
}

// unique leaves out repeats and keeps the order.
func unique[T comparable](list []T) []T {
	seen := make(map[T]bool, len(list))
	all := make([]T, 0, len(list))
	for _, v := range list {
		if !seen[v] {
			seen[v] = true
			all = append(all, v)
		}
	}
	return all
}

// or is the value of a property: none for an empty string.
func or(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// newest is the sort key of a list of what is dated, latest first and undated last, then by id. What follows a shorter date sorts
// after all digits and hyphens, so that the whole is the reverse order of dates.
func newest(date string, id news.ID) string {
	const undated = "~"
	return complement(date) + undated + " " + string(id)
}

// complement turns the order of dates round.
func complement(date string) string {
	return strings.Map(func(r rune) rune {
		if '0' <= r && r <= '9' {
			return '9' - r + '0'
		}
		return r
	}, date)
}

// sentenceWords are the folded words of texts, each once and after a space, so that what CONTAINS ' x' has a word that begins with x.
func sentenceWords(texts ...string) string {
	var all []string
	for _, t := range texts {
		all = append(all, news.Words(t)...)
	}
	slices.Sort(all)
	return spaced(slices.Compact(all))
}

func spaced(words []string) string {
	var b strings.Builder
	for _, w := range words {
		b.WriteByte(' ')
		b.WriteString(w)
	}
	return b.String()
}

// wanted are the words of a query, each after a space.
func wanted(text string) []string { return afterSpace(news.Words(text)) }

func afterSpace(words []string) []string {
	all := unique(words)
	for i, w := range all {
		all[i] = " " + w
	}
	return all
}

// Limits of Lucene: the analyzer cuts words of more than 255 UTF-16 units, and a query has only so many clauses. What is
// left out here is still asked of the words themselves.
const (
	mostWords = 32
	mostRunes = 100
)

// lucene asks the full-text index for all words as beginnings of words.
func lucene(words []string) string {
	var b strings.Builder
	for _, w := range words[:min(len(words), mostWords)] {
		b.WriteString(" +")
		begins(&b, w)
	}
	return b.String()
}

// luceneNear asks for the beginning of a word, which each has first, or for one of its keys, which are whole: to seek one costs the index far less than what
// begins with it.
func luceneNear(each [][]string) string {
	var b strings.Builder
	for _, some := range each {
		b.WriteString(" +(")
		begins(&b, some[0])
		for _, k := range some[1:] {
			b.WriteByte(' ')
			literal(&b, k)
		}
		b.WriteByte(')')
	}
	return b.String()
}

// begins writes a word, after its space, as the beginning of one.
func begins(b *strings.Builder, w string) {
	literal(b, w)
	b.WriteByte('*')
}

// literal writes a word, after its space, as it is.
func literal(b *strings.Builder, w string) {
	for i, r := range []rune(w[1:]) {
		if i == mostRunes {
			break
		}
		if r < utf8.RuneSelf && strings.ContainsRune(`+-&|!(){}[]^"~*?:\/ `, r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
}

// overlap are the parameters of an interval: $during tells that there is one.
func overlap(i *news.Interval, params map[string]any) error {
	params["during"], params["since"], params["until"] = i != nil, "", ""
	if err := store.CheckInterval(i); err != nil || i == nil {
		return err
	}
	params["since"], params["until"] = i.From, i.To
	return nil
}
