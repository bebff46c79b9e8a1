package nlp

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
)

// Polarity is whether something is told to have happened.
type Polarity int8

// The polarities.
const (
	Negative Polarity = iota - 1
	Open              // the text does not say
	Positive
)

// Commitment is the frame of mind in which something is told.
type Commitment uint8

// The commitments, from the strongest on.
const (
	Told     Commitment = iota // in the text's own voice
	Believed                   // somebody thinks so, or it seems so
	Alleged                    // somebody says so
	Planned                    // it is wanted, ordered, promised, threatened or foreseen
	Possible                   // it is asked, doubted or conditional
)

var commitmentNames = []string{"told", "believed", "alleged", "planned", "possible"}

// String names a commitment.
func (c Commitment) String() string { return commitmentNames[c] }

// String is +, - or ?.
func (p Polarity) String() string { return string("-?+"[p+1]) }

// effect is what a signature says of a complement.
type effect struct {
	polarity   Polarity
	commitment Commitment
}

// signature is what a word says of its complement, affirmed and denied.
type signature struct{ positive, negative effect }

// Signatures are what words say of the truth of what they govern (Karttunen 1971; Nairn, Condoravdi and Karttunen 2006). They are read-only.
type Signatures struct {
	rows map[string]signature // lemma, tab, complement
}

// The complements of a signature.
var complements = setOf("to ing that wh noun from into adverb adjective mark claim")

var effects = map[string]effect{
	"+": {Positive, Told}, "-": {Negative, Told}, "alleged": {Positive, Alleged}, "believed": {Positive, Believed}, "planned": {Open, Planned}, "possible": {Open, Possible},
}

// ReadSignatures reads a table of lemma, complement, and the effects affirmed and denied. An error names the line of a bad or second row.
func ReadSignatures(text string) (*Signatures, error) {
	s := &Signatures{rows: map[string]signature{}}
	table := csv.NewReader(strings.NewReader(text))
	table.Comma, table.Comment, table.LazyQuotes, table.FieldsPerRecord = '\t', '#', true, 4
	for header := true; ; header = false {
		c, err := table.Read()
		if err == io.EOF {
			return s, nil
		}
		if err != nil {
			return nil, fmt.Errorf("signatures: %w", err)
		}
		if header {
			if !slices.Equal(c, []string{"lemma", "complement", "positive", "negative"}) {
				return nil, fmt.Errorf("signatures: the columns are %q", c)
			}
			continue
		}
		line, _ := table.FieldPos(0)
		positive, ok := effects[c[2]]
		negative, ok2 := effects[c[3]]
		key := c[0] + "\t" + c[1]
		_, twice := s.rows[key]
		switch {
		case c[0] == "" || c[0] != strings.ToLower(strings.TrimSpace(c[0])):
			return nil, fmt.Errorf("signatures:%d: %q is no lemma", line, c[0])
		case !complements[c[1]]:
			return nil, fmt.Errorf("signatures:%d: no complement is called %q", line, c[1])
		case !ok || !ok2:
			return nil, fmt.Errorf("signatures:%d: effects are + - alleged believed planned possible, not %q and %q", line, c[2], c[3])
		case twice:
			return nil, fmt.Errorf("signatures:%d: %s with %s stands above", line, c[0], c[1])
		}
		s.rows[key] = signature{positive, negative}
	}
}

//go:embed data/signatures.tsv
var signaturesFile string

// EnglishSignatures is the embedded table.
var EnglishSignatures = sync.OnceValues(func() (*Signatures, error) { return ReadSignatures(signaturesFile) })

// Factuality tells whether what a token tells of happened, as the text has it: composed from the root down to it, each word above by its
// signature under its own polarity (Nairn, Condoravdi and Karttunen 2006). "He did not fail to attack" is positive, "denied attacking" negative,
// "vowed to attack" open and planned. The commitment is the weakest on the way; the polarity is as if all of it were told.
func Factuality(d *Doc, token int) (Polarity, Commitment, error) {
	v, err := NewView(d)
	if err != nil {
		return Open, Possible, err
	}
	s, err := EnglishSignatures()
	if err != nil {
		return Open, Possible, err
	}
	p, c := s.Factuality(v, token)
	return p, c, nil
}

// Says is what a word, affirmed, says of a complement of a kind: "that", "to", "ing", "noun" and the others of the table. ok is false where it says nothing.
func (s *Signatures) Says(lemma, complement string) (p Polarity, c Commitment, ok bool) {
	sign, ok := s.rows[strings.ToLower(lemma)+"\t"+complement]
	return sign.positive.polarity, sign.positive.commitment, ok
}

// Factuality is Factuality of a view, which is made once for a Doc.
func (s *Signatures) Factuality(v *View, token int) (Polarity, Commitment) {
	return s.factuality(v, token)
}

func (s *Signatures) factuality(v *View, p int) (Polarity, Commitment) {
	// The way up, through what shares its clause: conjuncts take over what governs the first.
	const longest = 12
	var way [longest]int
	n := 0
	for at := p; at >= 0 && n < longest; at = v.d.Tokens[at].Head {
		way[n] = at
		n++
	}
	now := effect{Positive, Told}
	for k := n - 1; k >= 0; k-- {
		at := way[k]
		if k < n-1 {
			now = s.below(v, way[k+1], at, now)
		}
		now = s.own(v, at, now, k == 0)
	}
	return now.polarity, now.commitment
}

// apply is an effect below another: a signature that says nothing more leaves it open, and commitments never grow stronger.
func apply(sign signature, above effect) effect {
	e := sign.positive
	switch above.polarity {
	case Negative:
		e = sign.negative
	case Open:
		// Whether what governs it holds is open: only what follows either way is sure.
		if sign.positive != sign.negative || sign.positive.polarity == Open {
			e.polarity = Open
		}
	}
	if e.polarity == Open {
		return effect{Open, max(above.commitment, e.commitment)}
	}
	return effect{e.polarity, max(above.commitment, e.commitment)}
}

// below is the effect on a token of what governs it.
func (s *Signatures) below(v *View, head, token int, above effect) effect {
	t := &v.d.Tokens[token]
	relation, _, _ := strings.Cut(t.Relation, ":")
	switch relation {
	case "conj": // what governs the first governs the next; the first's own negation is its own: "did not run but hid"
		return s.outer(v, head)
	case "parataxis":
		return effect{Positive, Told}
	case "list", "discourse", "vocative", "appos":
		return above
	}
	if sign, ok := s.of(v, head, token); ok {
		return apply(sign, above)
	}
	switch relation {
	case "acl":
		if t.Relation == "acl:relcl" {
			return effect{Positive, Told}
		}
		return above
	case "advcl":
		if t.Tag == "VB" && v.child(token, "mark") >= 0 { // a purpose
			return effect{Open, max(above.commitment, Planned)}
		}
		if above.polarity == Negative {
			return effect{Positive, above.commitment}
		}
		return above
	case "ccomp", "xcomp", "csubj", "nsubj", "obl", "nmod", "obj", "iobj":
		if above.polarity == Negative { // what is denied of something says nothing of that
			return effect{Open, max(above.commitment, Possible)}
		}
	}
	return above
}

// outer is the effect on a conjunct of what governs the first one.
func (s *Signatures) outer(v *View, first int) effect {
	head := v.d.Tokens[first].Head
	if head < 0 || v.d.Tokens[first].Relation == "conj" && head >= first {
		return effect{Positive, Told}
	}
	const longest = 12
	var way [longest]int
	n := 0
	for at := head; at >= 0 && n < longest; at = v.d.Tokens[at].Head {
		way[n] = at
		n++
	}
	now := effect{Positive, Told}
	for k := n - 1; k >= 0; k-- {
		if k < n-1 && v.d.Tokens[way[k]].Relation != "conj" {
			now = s.below(v, way[k+1], way[k], now)
		}
		now = s.own(v, way[k], now, false)
	}
	if v.d.Tokens[first].Relation == "conj" {
		return now
	}
	now = s.below(v, head, first, now)
	// What opens or foretells the first holds for the next too: "if he runs and hides", "will run and hide".
	c := v.clauseOf(first)
	c.negated = 0
	return s.forms(v, first, c, now)
}

// look finds the signature of a token, with its particle if it has one.
func (s *Signatures) look(v *View, head int, complement string) (signature, bool) {
	lemma := strings.ToLower(v.d.Tokens[head].Lemma)
	particle := v.child(head, "compound:prt")
	if particle < 0 {
		if particle = v.child(head, "advmod"); particle != head+1 { // trees take some particles for adverbs
			particle = -1
		}
	}
	if k := particle; k >= 0 {
		if sign, ok := s.rows[lemma+" "+strings.ToLower(v.d.Word(k))+"\t"+complement]; ok {
			return sign, true
		}
	}
	sign, ok := s.rows[lemma+"\t"+complement]
	return sign, ok
}

// of finds what a governor says of a token by the form that the token has as its complement.
func (s *Signatures) of(v *View, head, token int) (signature, bool) {
	t := &v.d.Tokens[token]
	relation, _, _ := strings.Cut(t.Relation, ":")
	marker, finite, to := "", false, false
	for k := v.first[token]; k >= 0; k = v.next[k] {
		c := &v.d.Tokens[k]
		switch c.Relation {
		case "mark", "case":
			if marker == "" || marker == "to" {
				marker = strings.ToLower(v.d.Word(int(k)))
			}
			to = to || c.Tag == "TO"
		case "aux", "aux:pass", "cop":
			switch c.Tag {
			case "VBD", "VBP", "VBZ", "MD":
				finite = true
			}
		}
	}
	switch t.Tag {
	case "VBD", "VBP", "VBZ":
		finite = true
	}
	verbal := strings.HasPrefix(t.Tag, "VB") || v.child(token, "cop") >= 0
	var forms []string
	switch relation {
	case "ccomp", "xcomp", "csubj", "advcl", "acl":
		switch {
		case relation == "acl" && t.Relation == "acl:relcl":
			return signature{}, false
		case relation == "advcl" && marker != "from" && marker != "into" && marker != "of" && marker != "for" && marker != "with" && marker != "in" && marker != "to":
			return signature{}, false
		case relation == "advcl" && t.Tag != "VBG" && !to:
			return signature{}, false
		case relation == "advcl" && to: // a purpose, save where the governor takes an infinitive and a person: "urged Chad to leave"
			forms = []string{"to"}
			if v.child(head, "obj") < 0 && v.d.Tokens[head].Tag != "VBN" {
				return signature{}, false
			}
		case marker == "whether" || marker == "if" && relation != "advcl":
			forms = []string{"wh"}
		case marker == "from":
			forms = []string{"from", "ing"}
		case marker == "into":
			forms = []string{"into", "ing"}
		case finite:
			forms = []string{"that"}
		case t.Tag == "VBG" && verbal:
			forms = []string{"ing", "noun"}
		case to || t.Tag == "VB" || verbal || relation == "xcomp":
			forms = []string{"to", "that"}
		}
	case "obj", "nmod", "nsubj":
		if relation == "nsubj" && t.Relation != "nsubj:pass" {
			return signature{}, false
		}
		if relation == "nmod" && marker != "of" && marker != "for" && marker != "about" && marker != "to" {
			return signature{}, false
		}
		forms = []string{"noun"}
	case "obl":
		switch marker {
		case "from":
			forms = []string{"from", "noun"}
		case "", "for", "of", "with", "to", "against", "on":
			if v.child(head, "obj") < 0 && marker != "" || marker == "" && t.Relation == "obl" || marker == "of" || marker == "for" || marker == "with" {
				forms = []string{"noun"}
			}
		}
	}
	for _, f := range forms {
		if sign, ok := s.look(v, head, f); ok {
			return sign, true
		}
	}
	return signature{}, false
}

var according = [...]uint32{mark("according"), mark("accord")}

// own is the effect of a token's own negation, adverbs, mood and what opens its clause. last tells that it is the token that is asked about.
func (s *Signatures) own(v *View, token int, now effect, last bool) effect {
	if last && wordClass(v.d.Tokens[token].Tag) == 'N' && v.nobody(token) { // no attack
		return effect{Negative, Told}
	}
	c := v.clauseOf(token)
	return s.forms(v, token, c, now)
}

func (s *Signatures) forms(v *View, token int, c clause, now effect) effect {
	d := v.d
	denied := c.negated != 0
	weaken := func(to Commitment) {
		if to > now.commitment {
			now.commitment = to
		}
		if to >= Planned {
			now.polarity = Open
		}
	}
	asked := false
	for k := v.first[c.top]; k >= 0; k = v.next[k] {
		t := &d.Tokens[k]
		switch t.Relation {
		case "advmod", "mark", "case":
			kind := "adverb"
			if t.Relation != "advmod" {
				kind = "mark"
			}
			sign, ok := s.rows[t.Lemma+"\t"+kind]
			if !ok || kind == "mark" && (t.Lemma == "if" || t.Lemma == "whether") && strings.HasPrefix(d.Tokens[c.top].Relation, "ccomp") {
				continue // the governor's signature has it
			}
			if kind == "mark" && !strings.HasPrefix(d.Tokens[c.top].Relation, "advcl") && !strings.HasPrefix(d.Tokens[c.top].Relation, "acl") {
				continue
			}
			switch e := sign.positive; {
			case e.polarity == Negative:
				denied = true
			case e.commitment > Told:
				weaken(e.commitment)
			}
		case "parataxis", "ccomp": // "…, he claimed" stands below what it tells
			if t.Relation == "ccomp" && (k == 0 || v.d.Word(int(k)-1) == "that" || v.marker[k] != 0 || int(k) < c.top || !v.comma(c.top, int(k))) {
				continue
			}
			if sign, ok := s.look(v, int(k), "that"); ok && v.child(int(k), "nsubj") >= 0 && v.child(int(k), "ccomp") < 0 && v.child(int(k), "obj") < 0 {
				if c := sign.positive.commitment; c == Alleged || c == Believed {
					weaken(c)
				}
			}
		case "obl": // according to somebody
			if v.marker[k] == according[0] || v.marker[k] == according[1] {
				weaken(Alleged)
			}
		case "punct":
			asked = asked || d.Word(int(k)) == "?"
		}
	}
	switch d.word(c.modal, v, c.top) {
	case "will", "shall", "would", "should", "must":
		weaken(Planned)
	case "may", "might", "could", "can":
		weaken(Possible)
	}
	top := &d.Tokens[c.top]
	switch {
	case asked && top.Head < 0:
		weaken(Possible)
	case d.Tokens[token].Tag == "VB" && top.Head < 0 && c.subject < 0 && c.modal == 0: // an order
		weaken(Planned)
	}
	if denied {
		// What is not planned or not asked is as little told to be.
		switch now.polarity {
		case Positive:
			now.polarity = Negative
		case Negative:
			now.polarity = Positive
		}
	}
	return now
}

// comma tells that a comma stands between two tokens.
func (v *View) comma(first, last int) bool {
	for k := last - 1; k > first; k-- {
		if v.d.Word(k) == "," {
			return true
		}
	}
	return false
}

// word is the lemma of a clause's modal verb.
func (d *Doc) word(modal uint32, v *View, top int) string {
	if modal == 0 {
		return ""
	}
	for k := v.first[top]; k >= 0; k = v.next[k] {
		if v.lemma[k] == modal {
			return d.Tokens[k].Lemma
		}
	}
	return ""
}
