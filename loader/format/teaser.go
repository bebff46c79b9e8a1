package format

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Bounds of teasers: the lines by which a page leads to other stories.
const (
	fewestTeasers = 3  // make a list of them
	longestTeaser = 80 // words of prose below one link
	linkWords     = 3  // that a link to a story has at least; fewer are those of menus
	proseWords    = 8  // that a line of prose has at least
)

// lines sums up what stands in a part of a page, line by line: a line ends with a block or a break.
type lines struct {
	links int  // lines that are links to stories, and little else
	prose int  // words of lines that are prose
	words int  // of all lines
	led   bool // a link stands before all prose
	other bool // there are lines that are neither link nor empty
	title bool // it holds a heading of the first rank that is no link
}

func (l *lines) add(k lines) {
	if l.prose == 0 && k.led {
		l.led = true
	}
	l.links += k.links
	l.prose += k.prose
	l.words += k.words
	l.other = l.other || k.other
	l.title = l.title || k.title
}

// leads tells that a part leads to another story: a link, and at most a few sentences below it.
func (l lines) leads() bool { return l.links > 0 && l.led && l.prose <= longestTeaser }

// linked tells that a part is links to stories alone.
func (l lines) linked() bool { return l.links > 0 && !l.other }

// unit is a block among its neighbours, or what stands between two blocks or breaks.
type unit struct {
	nodes []*html.Node
	tag   atom.Atom // 0 for what is no block
	lines
}

// withoutTeasers takes out of a tree what leads to other stories, and returns how many lines of links went and how many words of prose are left. It
// works from the leaves up, so that what holds both a list and a story loses the list.
func withoutTeasers(doc *html.Node) (links, prose int) {
	var loose []unit
	var walk func(n *html.Node) lines
	walk = func(n *html.Node) lines {
		units := unitsOf(n, walk)
		links += pruned(units)
		var sum lines
		for _, u := range units {
			if u.tag == atom.H1 && u.links == 0 {
				u.title = true
			}
			sum.add(u.lines)
			if u.linked() {
				loose = append(loose, u)
			}
		}
		return sum
	}
	prose = walk(doc).prose
	// Links in no list are no text either. They go last, since they tell what the neighbours of each are.
	for i := range slices.Backward(loose) { // what holds others goes before them
		if u := &loose[i]; within(u.nodes[0], doc) {
			links += u.links
			u.remove()
		}
	}
	return links, prose
}

// within tells that a node is still in a tree.
func within(n, doc *html.Node) bool {
	for n != doc && n != nil {
		n = n.Parent
	}
	return n == doc
}

// unlaid makes divisions of the tables that but lay out a page: those with sentences in a cell. Extractors take cells for numbers.
func unlaid(n *html.Node) (laid bool) {
	for k := n.FirstChild; k != nil; k = k.NextSibling {
		laid = unlaid(k) || laid
	}
	switch n.DataAtom {
	case atom.Td, atom.Th:
		laid = laid || slices.ContainsFunc(strings.Split(nodeText(n), "\n\n"), sentenced)
	case atom.Tr, atom.Tbody, atom.Table:
	default:
		return false
	}
	if laid {
		n.DataAtom, n.Data, n.Attr = atom.Div, "div", nil
	}
	return laid
}

// remove takes a unit out of its page.
func (u *unit) remove() {
	for _, n := range u.nodes {
		if n.Parent != nil {
			n.Parent.RemoveChild(n)
		}
	}
	*u = unit{}
}

// unitsOf are the units of an element in their order.
func unitsOf(n *html.Node, walk func(*html.Node) lines) []unit {
	var units []unit
	var run []*html.Node
	var line lineOf
	end := func() {
		if len(run) > 0 {
			units = append(units, unit{nodes: run, lines: line.lines()})
		}
		run, line = nil, lineOf{}
	}
	for k := n.FirstChild; k != nil; k = k.NextSibling {
		switch {
		case k.DataAtom == atom.Br:
			end()
		case k.Type == html.ElementNode && (blocks[k.DataAtom] || k.DataAtom == atom.Td || k.DataAtom == atom.Th && n.DataAtom != atom.Tr || holdsLines(k)):
			end()
			if k.DataAtom != atom.Head {
				units = append(units, unit{nodes: []*html.Node{k}, tag: k.DataAtom, lines: walk(k)})
			}
		default:
			run = append(run, k)
			line.node(k, false)
		}
	}
	end()
	return units
}

// holdsLines tells that an element that is no block, such as font or center's kin, or a link around a card, holds blocks or breaks.
func holdsLines(n *html.Node) bool {
	if n.DataAtom == atom.A {
		return false // whatever is in a link is a link
	}
	for k := n.FirstChild; k != nil; k = k.NextSibling {
		if k.DataAtom == atom.Br || blocks[k.DataAtom] || k.Type == html.ElementNode && holdsLines(k) {
			return true
		}
	}
	return false
}

// lineOf gathers one line.
type lineOf struct {
	text, link strings.Builder
}

func (l *lineOf) node(n *html.Node, in bool) {
	switch n.Type {
	case html.TextNode:
		l.text.WriteString(n.Data)
		if in {
			l.link.WriteString(n.Data)
		}
		return
	case html.ElementNode:
	default:
		return
	}
	// A link to a place of the same page, or to none, leads to no story.
	if href := attrOf(n, "href"); n.DataAtom == atom.A && href != "" && !strings.HasPrefix(href, "#") {
		in = true
	}
	if blocks[n.DataAtom] {
		l.text.WriteByte(' ')
		l.link.WriteByte(' ')
	}
	for k := n.FirstChild; k != nil; k = k.NextSibling {
		l.node(k, in)
	}
	if in {
		l.link.WriteByte(' ')
	}
}

// sentenced tells a line that is a sentence or more.
func sentenced(line string) bool {
	words := len(strings.Fields(line))
	return words >= proseWords && endsSentence(line) || words >= 4*proseWords
}

// proseOf is what of a text is sentences.
func proseOf(text string) string {
	kept := slices.DeleteFunc(strings.Split(text, "\n\n"), func(p string) bool { return !sentenced(p) })
	return strings.Join(kept, "\n\n")
}

func (l *lineOf) lines() lines {
	text := strings.TrimSpace(l.text.String())
	words, linked := len(strings.Fields(text)), len(strings.Fields(l.link.String()))
	switch {
	case countLetters(text) == 0:
		return lines{}
	case linked >= linkWords && countLetters(l.link.String())*10 >= countLetters(text)*7:
		return lines{links: 1, led: true, words: words}
	case sentenced(text):
		return lines{prose: words, words: words, other: true}
	}
	return lines{words: words, other: words > 1}
}

func countLetters(s string) int {
	n := 0
	for _, r := range s {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}

var headings = map[atom.Atom]bool{atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true, atom.H6: true, atom.Dt: true}

// pruned removes from the page the units that lead to other stories, and returns how many lines of links they had.
func pruned(units []unit) (links int) {
	remove := func(u *unit) {
		links += u.links
		u.remove()
	}
	// Neighbours of one kind that each hold a link and what it is about: lists, cards, rows.
	count, lead := map[atom.Atom]int{}, map[atom.Atom]int{}
	for _, u := range units {
		if u.words > 0 {
			count[u.tag]++
		}
		if u.leads() {
			lead[u.tag]++
		}
	}
	// Links and sentences by turns: headings with a paragraph each, terms and what they mean, lines with breaks. Where sentences come first and the links
	// are no headings, it is a story with links between its paragraphs.
	var at []int
	begun, headed := false, true
	for i, u := range units {
		if u.linked() {
			at = append(at, i)
			headed = headed && headings[u.tag]
		} else if u.prose > 0 && len(at) == 0 {
			begun = true
		}
	}
	turns := len(at) >= fewestTeasers && (headed || !begun)
	longest := 0 // units below a link
	for k := 0; k+1 < len(at) && turns; k++ {
		gap := 0
		for _, u := range units[at[k]+1 : at[k+1]] {
			gap += u.prose
		}
		turns = gap <= longestTeaser
		longest = max(longest, at[k+1]-at[k])
	}
	if turns {
		for i := at[0]; i < min(len(units), at[len(at)-1]+longest); i++ {
			remove(&units[i])
		}
	}
	titled := slices.ContainsFunc(units, func(u unit) bool { return u.title && u.prose > 0 })
	for i := range units {
		u := &units[i]
		if titled && !u.title && u.tag != 0 && u.leads() && u.links > 1 || u.leads() && lead[u.tag] >= fewestTeasers && lead[u.tag]*10 >= count[u.tag]*6 {
			remove(u)
		}
	}
	return links
}
