package nlp

import (
	"bytes"
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"
)

// clause is what features read of a clause: its verb's forms, its own negation and what opens it.
type clause struct {
	top     int    // what its auxiliaries, subject and marker depend on: the verb, or what is said of the subject
	group   uint32 // auxiliaries in their order, and the tag of the verb
	modal   uint32 // the first auxiliary that is modal, or "to" of an infinitive
	negated uint32 // 1 by not, never, no longer …; 2 by its subject or object: nobody, no one, none
	marker  uint32 // what opens it: if, that, to, because …
	subject int    // -1 if none
	object  int
	adverbs [4]uint32 // its first adverbs
}

var (
	negations  = setOf("not never n't nt neither nor hardly scarcely barely rarely seldom without no")
	nobodies   = setOf("nobody none nothing no neither few little")
	modalVerbs = setOf("will would shall should can could may might must")
)

// clauseOf reads the clause of a predicate.
func (v *View) clauseOf(p int) clause {
	d := v.d
	c := clause{top: p, subject: -1, object: -1}
	if d.Tokens[p].Relation == "cop" && d.Tokens[p].Head >= 0 {
		c.top = d.Tokens[p].Head
	}
	adverb := 0
	for k := v.first[c.top]; k >= 0; k = v.next[k] {
		t := &d.Tokens[k]
		switch t.Relation {
		case "aux", "aux:pass", "cop":
			if int(k) == p {
				continue
			}
			c.group = join(c.group, v.lemma[k])
			if c.modal == 0 && modalVerbs[t.Lemma] {
				c.modal = v.lemma[k]
			}
			if t.Tag == "VBD" || t.Tag == "VBP" || t.Tag == "VBZ" || t.Tag == "MD" {
				c.group = join(c.group, v.tag[k])
			}
		case "mark":
			if c.marker == 0 {
				c.marker = v.lemma[k]
			}
			if t.Lemma == "to" && t.Tag == "TO" {
				c.group = join(c.group, 't')
				if c.modal == 0 {
					c.modal = v.lemma[k]
				}
			}
			if t.Lemma == "without" {
				c.negated = 1
			}
		case "advmod", "advmod:emph", "obl:npmod", "obl:tmod", "discourse", "cc", "cc:preconj", "det":
			if negations[t.Lemma] {
				c.negated = 1
			}
			if adverb < len(c.adverbs) {
				c.adverbs[adverb] = v.lemma[k]
				adverb++
			}
		case "nsubj", "nsubj:pass", "csubj", "expl":
			if c.subject < 0 || t.Relation != "expl" {
				c.subject = int(k)
			}
			if v.nobody(int(k)) {
				c.negated = 2
			}
		case "obj":
			c.object = int(k)
			if v.nobody(int(k)) {
				c.negated = 2
			}
		}
	}
	c.group = join(c.group, v.tag[p])
	return c
}

// nobody tells that a phrase denies what is said of it: nobody, none of them, no ship.
func (v *View) nobody(i int) bool {
	if nobodies[strings.ToLower(v.d.Word(i))] {
		return true
	}
	for k := v.first[i]; k >= 0; k = v.next[k] {
		if r := v.d.Tokens[k].Relation; (r == "det" || r == "cc:preconj" || r == "cc") && nobodies[v.d.Tokens[k].Lemma] {
			return true
		}
	}
	return false
}

// HappeningFeatures appends what tells whether a predicate's event happened, and whether it happened once: its own clause, and up to five words
// above it.
func (v *View) HappeningFeatures(out []Feature, s Sentence, p int, table *Signatures) []Feature {
	d := v.d
	l := featureList(out)
	c := v.clauseOf(p)
	t := &d.Tokens[p]
	top := &d.Tokens[c.top]
	rel := v.relation[c.top]
	lemma, coarse, fine := v.lemma[p], v.coarse[p], v.fine[p]
	if c.top != p {
		lemma = join(lemma, v.lemma[c.top])
	}
	if k := v.child(p, "compound:prt"); k >= 0 {
		l.add(230, lemma, v.lemma[k])
	}
	last := mark(d.Word(s.Last - 1))
	for k := s.Last - 1; k >= s.First; k-- {
		if w := d.Word(k); w == "?" || w == "!" || w == "." {
			last = mark(w)
			break
		}
	}
	l.add(201)
	l.add(202, c.group)
	l.add(203, c.group, rel)
	l.add(204, c.group, rel, c.marker)
	l.add(205, c.group, c.negated)
	l.add(206, c.negated)
	l.add(207, c.marker, rel)
	l.add(208, c.modal)
	l.add(209, c.modal, c.negated, rel)
	l.add(210, lemma)
	l.add(211, lemma, c.group)
	l.add(212, lemma, v.tag[p])
	l.add(213, fine)
	l.add(214, fine, c.group)
	l.add(215, coarse, c.group)
	l.add(216, coarse, v.tag[p], rel)
	l.add(217, last)
	l.add(218, last, c.group)
	l.add(219, last, rel)
	for _, a := range c.adverbs {
		if a != 0 {
			l.add(220, a)
			l.add(221, a, c.group)
		}
	}
	subject, person := uint32(0), uint32('-')
	definite := uint32(0)
	if c.subject >= 0 {
		subject = v.lemma[c.subject]
		sort := mark(d.Tokens[c.subject].Sort)
		person = v.tag[c.subject]
		if d.Tokens[c.subject].Tag == "PRP" {
			person = subject
		}
		for k := v.first[c.subject]; k >= 0; k = v.next[k] {
			switch d.Tokens[k].Relation {
			case "det", "nmod:poss", "nummod", "amod":
				definite = join(definite, v.relation[k])
				if d.Tokens[k].Relation == "det" {
					definite = join(definite, v.lemma[k])
				}
			}
		}
		l.add(222, subject)
		l.add(223, person, c.group)
		l.add(224, person, definite)
		l.add(225, person, definite, v.tag[p])
		l.add(226, v.coarse[c.subject], c.group)
		l.add(227, v.fine[c.subject])
		l.add(228, sort, c.group)
		l.add(229, sort, person, definite)
	}
	l.add(231, person, rel, c.group)
	if c.object >= 0 {
		l.add(232, v.lemma[c.object])
		l.add(233, v.coarse[c.object], v.tag[p])
		l.add(234, lemma, v.coarse[c.object])
		whose := uint32(0)
		for k := v.first[c.object]; k >= 0; k = v.next[k] {
			if r := d.Tokens[k].Relation; r == "det" || r == "nmod:poss" || r == "nummod" {
				whose = v.lemma[k]
				if r == "nummod" {
					whose = 1
				}
			}
		}
		l.add(235, v.tag[c.object], whose, v.tag[p])
		l.add(236, lemma, v.tag[c.object], whose)
	} else {
		l.add(237, coarse, v.tag[p])
		l.add(238, c.group, 0)
	}
	below := uint32(0)
	for k := v.first[c.top]; k >= 0; k = v.next[k] {
		switch r := d.Tokens[k].Relation; r {
		case "obl", "obl:tmod", "obl:npmod", "obl:unmarked":
			l.add(239, v.marker[k], v.lemma[k])
			l.add(240, v.marker[k], v.coarse[k], v.tag[p])
			l.add(241, v.marker[k], mark(d.Tokens[k].Sort), c.group)
			l.add(242, lemma, v.marker[k])
		case "advcl":
			l.add(243, v.marker[k], v.tag[k], c.group)
		case "ccomp", "xcomp":
			below = v.relation[k]
			l.add(244, v.relation[k], v.marker[k], lemma)
			l.add(245, v.relation[k], v.marker[k], c.group)
		case "parataxis", "conj":
			l.add(246, v.relation[k], c.group)
		}
	}
	l.add(247, below, v.tag[p], rel)
	word := func(k int) uint32 {
		if k < s.First || k >= s.Last {
			return 0
		}
		return v.word[k]
	}
	l.add(248, word(p-1))
	l.add(249, word(p-1), v.tag[p])
	l.add(250, word(p-2), word(p-1))
	l.add(251, word(p+1), v.tag[p])
	l.add(252, word(p-1), lemma)
	l.add(253, lemma, rel)
	l.add(254, word(s.First), c.group)
	l.add(255, uint32(min(3, p-s.First)), v.tag[p], rel)

	// What stands above, from the next on.
	at := c.top
	depth := uint32(0)
	way := rel
	for ; d.Tokens[at].Head >= 0 && depth < 5; depth++ {
		relation := v.relation[at]
		marker := v.marker[at]
		at = d.Tokens[at].Head
		above := v.clauseOf(at)
		own := c.modal
		near := min(depth, 1)
		if depth > 0 {
			own = 0
		}
		l.add(260, near, relation, v.lemma[at])
		l.add(261, near, relation, v.lemma[at], marker)
		l.add(262, near, relation, v.lemma[at], above.negated)
		l.add(263, near, relation, above.group)
		l.add(264, near, relation, above.group, own)
		l.add(265, near, relation, above.negated)
		l.add(266, near, relation, above.modal)
		l.add(267, near, relation, above.marker)
		l.add(268, near, relation, v.fine[at])
		l.add(269, near, relation, v.coarse[at], own)
		l.add(270, near, relation, v.lemma[at], own, above.modal)
		l.add(271, relation, v.lemma[at])
		l.add(272, way, above.marker)
		l.add(273, way, above.group, c.group)
		l.add(274, above.marker, 'a')
		l.add(275, above.modal, 'a')
		l.add(276, near, relation, lemma, v.lemma[at])
		way = join(way, relation)
		l.add(277, way)
		l.add(278, way, v.tag[p])
		if top.Relation == "conj" && depth == 0 { // shared with the first
			l.add(280, above.group)
			l.add(281, above.group, v.tag[p])
			l.add(282, above.modal, v.tag[p], above.marker)
			l.add(283, v.relation[at], above.marker, v.tag[p])
		}
	}
	l.add(285, depth, v.tag[p])
	if t.Tag == "VB" && c.modal == 0 && c.subject < 0 {
		l.add(286, rel, last)
	}
	if table != nil {
		polarity, commitment := table.factuality(v, p)
		l.add(290, uint32(polarity+1), uint32(commitment))
		l.add(291, uint32(polarity+1), uint32(commitment), c.group)
		l.add(292, uint32(polarity+1), uint32(commitment), rel)
		l.add(293, uint32(polarity+1), uint32(commitment), coarse)
	}
	return l
}

// teller tells of predicates whether what they tell of happened, and whether once.
type teller struct {
	happened, situations *LogLinear
	table                *Signatures
	once                 []int // classes of situations that happen once
}

// Situations are the classes of a clause (Friedrich, Palmer and Pinkal 2016).
var Situations = []string{"STATE", "EVENT", "REPORT", "GENERIC_SENTENCE", "GENERALIZING_SENTENCE", "QUESTION", "IMPERATIVE", "GENERAL_STATIVE", "SPEECH_ACT"}

var (
	//go:embed happened.bin
	happenedFile []byte
	//go:embed situations.bin
	situationsFile []byte
)

var loadTeller = sync.OnceValues(func() (*teller, error) {
	happened, err := ReadLogLinear(bytes.NewReader(happenedFile))
	if err != nil {
		return nil, fmt.Errorf("nlp: read happened.bin: %w", err)
	}
	situations, err := ReadLogLinear(bytes.NewReader(situationsFile))
	if err != nil {
		return nil, fmt.Errorf("nlp: read situations.bin: %w", err)
	}
	table, err := EnglishSignatures()
	if err != nil {
		return nil, err
	}
	return &teller{happened, situations, table, []int{slices.Index(situations.Classes, "EVENT"), slices.Index(situations.Classes, "REPORT")}}, nil
})

func (*teller) Needs() Layer { return Tags | Lemmas | Tree | Roles }
func (*teller) Adds() Layer  { return Happenings }

func (t *teller) Apply(d *Doc) error {
	v, err := NewView(d)
	if err != nil {
		return err
	}
	score := make([]float32, len(t.situations.Classes))
	var features []Feature
	at := 0
	for i := range d.Predicates {
		p := &d.Predicates[i]
		for d.Sentences[at].Last <= p.Token {
			at++
		}
		features = v.HappeningFeatures(features[:0], d.Sentences[at], p.Token, t.table)
		var happened [1]float32
		t.happened.Add(happened[:], features)
		clear(score)
		t.situations.Add(score, features)
		softmax(score)
		p.Happened, p.Episodic, p.Situation = happened[0], 0, t.situations.Classes[best(score)]
		for _, k := range t.once {
			p.Episodic += score[k]
		}
	}
	return nil
}
