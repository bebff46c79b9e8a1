package nlp

import (
	"bufio"
	"bytes"
	"compress/gzip"
	_ "embed"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"sync"
	"unicode"

	"newsgraph/loader/nlp/tensor"
)

// Net is a network that reads sentences: embeddings of words and of their parts, layers of bidirectional LSTM (Hochreiter and Schmidhuber
// 1997; Graves and Schmidhuber 2005), linear classifiers of tags and names, and for the tree a biaffine score of each pair of words (Dozat
// and Manning 2017). Two are embedded, one for grammar and one for names; each leaves what it has no classes of alone. It is read-only and
// safe for concurrent use.
type Net struct {
	Shape
	Words   []string // sorted; row i+1 of the embeddings is theirs, row 0 of all others
	lexicon *Lexicon
	rows    map[string]int32
	vectors *Vectors // nil if it reads none
	params  []*tensor.Matrix
	pool    sync.Pool // of *space

	directions []direction // layer by layer, forward and backward

	arcDependent, arcHead, labDependent, labHead *tensor.Bytes

	moves *tensor.Matrix
	opens []bool // by tag of names: whether a sentence may begin with it
	none  int    // the tag of no name
}

// Shape is what a network is made of. A network reads what it has classes of.
type Shape struct {
	Word, Sub int      // columns of the embeddings of words and of their parts
	Vector    int      // columns of the vectors that it reads beside them: VectorColumns, or none
	Buckets   int      // rows of the parts'
	Hidden    int      // of each direction of a layer
	Layers    int      //
	Arc, Lab  int      // columns of what a word is as head and as dependent, for the tree
	Universal []string // parts of speech
	Tags      []string // Penn Treebank tags
	Relations []string // of Universal Dependencies
	Names     []string // IOB2 tags of names, "O" among them
	Kinds     []string // of the phrases of the lexicon
	Sorts     []string // of what phrases stand for, as GUM tells them
	Doubt     float32  // what is added to the score of no name
}

// The parameters in their order. Layer l has six: forward in, recurrent, bias, and backward the same.
const (
	pWord = iota
	pSub
	pLayers
)

// After the layers stand these.
const (
	pUniversal = iota * 2
	pTag
	pName
	pArcDependent
	pArcHead
	pLabDependent
	pRelation
	pRoot    = 14 // the state of the root
	pArc     = 15 // the biaffine form
	pArcBias = 16
	pLabHead = 17
	pSort    = 18
	pMove    = 20 // the scores of a tag of names after another
)

// Dims are the rows and columns of the parameters, in their order.
func (s Shape) Dims(words int) [][2]int {
	d := [][2]int{{words + 1, s.Word}, {s.Buckets + places*len(s.Kinds), s.Sub}}
	in := s.Word + s.Sub + s.Vector
	for range s.Layers {
		for range 2 {
			d = append(d, [2]int{in, 4 * s.Hidden}, [2]int{s.Hidden, 4 * s.Hidden}, [2]int{1, 4 * s.Hidden})
		}
		in = 2 * s.Hidden
	}
	for _, out := range []int{len(s.Universal), len(s.Tags), len(s.Names), s.Arc, s.Arc, s.Lab} {
		d = append(d, [2]int{in, out}, [2]int{1, out})
	}
	return append(d, [2]int{s.Lab, len(s.Relations)}, [2]int{1, len(s.Relations)}, [2]int{1, in}, [2]int{s.Arc, s.Arc}, [2]int{s.Arc, 1}, [2]int{in, s.Lab}, [2]int{in, len(s.Sorts)}, [2]int{1, len(s.Sorts)}, [2]int{len(s.Names), len(s.Names)})
}

// direction is one direction of a layer: its weights of what it reads and of its state before, and its bias.
type direction struct {
	in, recurrent *tensor.Bytes
	bias          []float32
}

// lighten makes bytes of the weights of the products that are most of the work.
func (n *Net) lighten() {
	for k := pLayers; k < pLayers+6*n.Layers; k += 3 {
		n.directions = append(n.directions, direction{tensor.NewBytes(n.params[k]), tensor.NewBytes(n.params[k+1]), n.params[k+2].Row(0)})
		n.params[k], n.params[k+1] = nil, nil
	}
	n.arcDependent, n.arcHead = tensor.NewBytes(n.tail(pArcDependent)), tensor.NewBytes(n.tail(pArcHead))
	n.labDependent, n.labHead = tensor.NewBytes(n.tail(pLabDependent)), tensor.NewBytes(n.tail(pLabHead))
}

func (n *Net) tail(which int) *tensor.Matrix { return n.params[pLayers+6*n.Layers+which] }

const netHeader = "newsgraph net 3"

// WriteNet writes a network, each row of a parameter as bytes with a common scale, with a line about where it comes from. The same network
// gives the same bytes.
func WriteNet(w io.Writer, shape Shape, words []string, lexicon *Lexicon, params []*tensor.Matrix, about string) error {
	z, err := gzip.NewWriterLevel(w, gzip.BestCompression)
	if err != nil {
		return err
	}
	head, err := json.Marshal(shape)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(z)
	phrases := lexicon.lines()
	fmt.Fprintf(out, "%s\n%s\n%s\n%d %d\n", netHeader, about, head, len(words), len(phrases))
	for _, line := range slices.Concat(words, phrases) {
		fmt.Fprintln(out, line)
	}
	for _, m := range params {
		for i := range m.Rows {
			scale, bytes := quantize(m.Row(i))
			if err := binary.Write(out, binary.LittleEndian, scale); err != nil {
				return err
			}
			if _, err := out.Write(bytes); err != nil {
				return err
			}
		}
	}
	if err := out.Flush(); err != nil {
		return err
	}
	return z.Close()
}

// quantize makes signed bytes of numbers, which the scale brings back.
func quantize(row []float32) (scale float32, out []byte) {
	for _, v := range row {
		scale = max(scale, v, -v)
	}
	scale /= 127
	out = make([]byte, len(row))
	if scale == 0 {
		return 0, out
	}
	for i, v := range row {
		out[i] = byte(int8(math.RoundToEven(float64(v / scale))))
	}
	return scale, out
}

var errNet = errors.New("not a network that this program can read")

// ReadNet reads what WriteNet wrote.
func ReadNet(r io.Reader) (*Net, error) {
	z, err := gzip.NewReader(r)
	if err != nil {
		return nil, err
	}
	in := bufio.NewReaderSize(z, 1<<16)
	line := func() string {
		s, err2 := in.ReadString('\n')
		err = errors.Join(err, err2)
		return strings.TrimSuffix(s, "\n")
	}
	if h := line(); h != netHeader {
		return nil, fmt.Errorf("%w: begins with %.20q", errNet, h)
	}
	line() // about
	n := &Net{rows: map[string]int32{}}
	if err2 := json.Unmarshal([]byte(line()), &n.Shape); err2 != nil {
		return nil, fmt.Errorf("%w: %w", errNet, err2)
	}
	words, phrases := 0, 0
	if _, err2 := fmt.Sscan(line(), &words, &phrases); err2 != nil || min(words, phrases) < 0 || max(words, phrases) > 1<<20 || err != nil || len(n.Kinds) > 32 {
		return nil, fmt.Errorf("%w: %d words, %d phrases of %d kinds", errNet, words, phrases, len(n.Kinds))
	}
	n.lexicon = NewLexicon(n.Kinds)
	s := n.Shape
	for _, v := range []int{s.Word, s.Sub, s.Buckets, s.Hidden, s.Layers, s.Arc + 1, s.Lab + 1} {
		if v < 1 || v > 1<<17 || s.Layers > 8 {
			return nil, fmt.Errorf("%w: a shape of %d", errNet, v)
		}
	}
	if s.Vector != 0 && s.Vector != VectorColumns {
		return nil, fmt.Errorf("%w: vectors of %d columns", errNet, s.Vector)
	}
	if s.Vector > 0 {
		v, err2 := EmbeddedVectors()
		if err2 != nil {
			return nil, err2
		}
		n.vectors = v
	}
	if len(s.Relations) > 0 && min(s.Arc, s.Lab) == 0 || (len(s.Universal) == 0) != (len(s.Tags) == 0) {
		return nil, fmt.Errorf("%w: %d relations and %d tags", errNet, len(s.Relations), len(s.Tags))
	}
	for i := range words {
		w := line()
		n.Words = append(n.Words, w)
		n.rows[w] = int32(i + 1)
	}
	for range phrases {
		if err2 := n.lexicon.parse(line()); err2 != nil {
			return nil, errors.Join(err, err2)
		}
	}
	if err != nil {
		return nil, err
	}
	var head [4]byte
	var bytes []byte
	for _, d := range n.Dims(words) {
		if d[0]*d[1] > 1<<26 {
			return nil, fmt.Errorf("%w: %d by %d numbers", errNet, d[0], d[1])
		}
		m := tensor.New(d[0], d[1])
		bytes = slices.Grow(bytes[:0], d[1])[:d[1]]
		for i := range m.Rows {
			if _, err := io.ReadFull(in, head[:]); err != nil {
				return nil, err
			}
			if _, err := io.ReadFull(in, bytes); err != nil {
				return nil, err
			}
			scale := math.Float32frombits(binary.LittleEndian.Uint32(head[:]))
			for j, b := range bytes {
				m.Row(i)[j] = scale * float32(int8(b))
			}
		}
		n.params = append(n.params, m)
	}
	n.sequence()
	n.lighten()
	n.pool.New = func() any { return &space{} }
	return n, nil
}

const never = -1e9

// sequence makes what spans reads: moves by the later tag and then the earlier, those that IOB2 does not know scored as never.
func (n *Net) sequence() {
	n.moves = tensor.New(len(n.Names), len(n.Names))
	n.opens = make([]bool, len(n.Names))
	n.none = max(0, slices.Index(n.Names, "O"))
	for j, tag := range n.Names {
		n.opens[j] = Follows("", tag)
		for i, before := range n.Names {
			n.moves.Row(j)[i] = n.tail(pMove).Row(i)[j]
			if !Follows(before, tag) {
				n.moves.Row(j)[i] = never
			}
		}
	}
}

// Row is the row of a word's embedding, by its lower case.
func (n *Net) Row(word string) int32 { return n.rows[strings.ToLower(word)] }

// Parts appends the rows of the embeddings of a word's parts: its shape, its affixes, and its runs of three and four letters.
func Parts(rows []int32, word string, opens bool, buckets int) []int32 {
	const longest = 30
	var buffer [longest + 2]rune
	low := buffer[:1]
	low[0] = '<'
	form := uint32(fnvOffset)
	last, run := rune(0), 0
	whole := newHash('W')
	for _, r := range word {
		whole = whole.rune(r)
		c := r
		switch {
		case unicode.IsUpper(r):
			c = 'X'
		case unicode.IsLetter(r):
			c = 'x'
		case unicode.IsDigit(r):
			c = '9'
		}
		if c == last {
			run++
		} else {
			last, run = c, 1
		}
		if run <= 2 {
			form = uint32(partHash(form).rune(c))
		}
		if len(low) <= longest {
			low = append(low, unicode.ToLower(r))
		}
	}
	low = append(low, '>')
	add := func(h partHash) { rows = append(rows, int32(h.mixed()%uint32(buckets))) }
	add(newHash('h').rune(rune(form)))
	if opens {
		add(newHash('f').rune(rune(form)))
	}
	add(whole)
	inner := low[1 : len(low)-1]
	for k := 1; k <= 4 && k <= len(inner); k++ {
		add(newHash('s' + byte(k)).runes(inner[len(inner)-k:]))
		if k < 4 {
			add(newHash('p' - byte(k)).runes(inner[:k]))
		}
	}
	for k := 3; k <= 4; k++ {
		for i := 0; i+k <= len(low); i++ {
			add(newHash('0' + byte(k)).runes(low[i : i+k]))
		}
	}
	return rows
}

// partHash is FNV-1a (Fowler, Noll and Vo) over code points.
type partHash uint32

const fnvOffset, fnvPrime = 2166136261, 16777619

func newHash(kind byte) partHash { return partHash((uint32(fnvOffset) ^ uint32(kind)) * fnvPrime) }

func (h partHash) rune(r rune) partHash {
	for k := 0; k < 32; k += 8 {
		h = (h ^ partHash(uint32(r)>>k&0xff)) * fnvPrime
		if uint32(r)>>(k+8) == 0 {
			break
		}
	}
	return h
}

func (h partHash) runes(rs []rune) partHash {
	for _, r := range rs {
		h = h.rune(r)
	}
	return h
}

func (h partHash) mixed() uint32 {
	v := uint32(h)
	v ^= v >> 15
	v *= 2246822519
	return v ^ v>>13
}

// space is the memory of one reading, kept for the next.
type space struct {
	x, y, gates, state, cell, before          *tensor.Matrix
	read, reverse, past                       tensor.Rounded
	universal, tag, name, sort                *tensor.Matrix
	dependent, head, project, labDep, labHead *tensor.Matrix
	rootArc, rootLab, arcs, headT, hid, rel   *tensor.Matrix
	parts                                     []int32
	words                                     []string
	order, length, active, offset, mirror     []int
	tree                                      treeSpace
	came                                      []int
	score                                     []float32
	heads                                     []int
}

func (s *space) matrix(m **tensor.Matrix, rows, cols int) *tensor.Matrix {
	if *m == nil {
		*m = &tensor.Matrix{}
	}
	(*m).Reset(rows, cols)
	return *m
}

// What is longer than these is read in pieces: a sentence for its tree, and a batch for its memory.
const (
	longestTree  = 200
	longestBatch = 2048 // tokens
	mostAtOnce   = 32   // sentences
)

// Read fills what the network reads of a Doc that has tokens and sentences. names[i] is the IOB2 tag of token i, none if it reads no names.
func (n *Net) Read(d *Doc) (names []string) {
	if len(n.Names) > 0 {
		names = make([]string, len(d.Tokens))
	}
	s := n.pool.Get().(*space)
	defer n.pool.Put(s)
	// Sentences of like length are read in lockstep.
	order := s.order[:0]
	for i := range d.Sentences {
		order = append(order, i)
	}
	long := func(i int) int { return d.Sentences[i].Last - d.Sentences[i].First }
	slices.SortFunc(order, func(a, b int) int {
		if c := long(b) - long(a); c != 0 {
			return c
		}
		return a - b
	})
	s.order = order
	for first := 0; first < len(order); {
		last, tokens := first, 0
		for last < len(order) && last-first < mostAtOnce && (last == first || tokens+long(order[last]) <= longestBatch) {
			tokens += long(order[last])
			last++
		}
		n.batch(d, order[first:last], names, s)
		first = last
	}
	return names
}

// batch reads sentences, longest first.
func (n *Net) batch(d *Doc, sentences []int, names []string, s *space) {
	s.pack(d, sentences)
	tokens := len(s.mirror)
	x := s.matrix(&s.x, tokens, n.Word+n.Sub+n.Vector)
	for k, which := range sentences {
		n.embed(x, d, d.Sentences[which], k, s)
	}
	for l := range n.Layers {
		low := x
		y := s.matrix(&s.y, tokens, 2*n.Hidden)
		s.read.Round(x)
		n.run(n.directions[2*l], &s.read, y, 0, s, nil)
		s.reverse.Gather(&s.read, s.mirror)
		n.run(n.directions[2*l+1], &s.reverse, y, n.Hidden, s, s.mirror)
		if l+1 == n.Layers {
			// What the last layer reads is what tags are read from.
			n.linear(&s.universal, low, pUniversal, s)
			n.linear(&s.tag, low, pTag, s)
		}
		s.x, s.y = s.y, s.x
		x = y
	}
	n.linear(&s.name, x, pName, s)
	n.linear(&s.sort, x, pSort, s)
	if len(n.Relations) > 0 {
		n.pairs(x, s)
	}
	for k, which := range sentences {
		n.sentence(d, d.Sentences[which], k, names, s)
	}
}

// pairs makes what the scores of pairs of words are made of.
func (n *Net) pairs(x *tensor.Matrix, s *space) {
	s.read.Round(x)
	of := func(out **tensor.Matrix, which *tensor.Bytes, cols int) *tensor.Matrix {
		y := s.matrix(out, x.Rows, cols)
		tensor.MulBytes(y, &s.read, which)
		return y
	}
	tensor.AddRow(of(&s.dependent, n.arcDependent, n.Arc), n.tail(pArcDependent+1).Row(0))
	tensor.AddRow(of(&s.head, n.arcHead, n.Arc), n.tail(pArcHead+1).Row(0))
	tensor.AddRow(of(&s.labDep, n.labDependent, n.Lab), n.tail(pLabDependent+1).Row(0))
	of(&s.labHead, n.labHead, n.Lab)
	n.linear(&s.rootArc, n.tail(pRoot), pArcHead, s)
	leaky(s.dependent)
	leaky(s.head)
	leaky(s.rootArc)
	tensor.Mul(s.matrix(&s.project, x.Rows, n.Arc), s.dependent, n.tail(pArc))
	tensor.Mul(s.matrix(&s.rootLab, 1, n.Lab), n.tail(pRoot), n.tail(pLabHead))
}

// pack lays sentences side by side, longest first: the row of step t of sentence k is offset[t]+k.
func (s *space) pack(d *Doc, sentences []int) {
	s.length, s.active, s.offset = s.length[:0], s.active[:0], s.offset[:0]
	for _, k := range sentences {
		s.length = append(s.length, d.Sentences[k].Last-d.Sentences[k].First)
	}
	rows := 0
	for t := range s.length[0] {
		k := 0
		for k < len(s.length) && s.length[k] > t {
			k++
		}
		s.active, s.offset = append(s.active, k), append(s.offset, rows)
		rows += k
	}
	s.mirror = slices.Grow(s.mirror[:0], rows)[:rows]
	for t, active := range s.active {
		for k := range active {
			s.mirror[s.offset[t]+k] = s.offset[s.length[k]-1-t] + k
		}
	}
}

// embed writes what stands for the words of sentence k.
func (n *Net) embed(x *tensor.Matrix, d *Doc, at Sentence, k int, s *space) {
	s.words = s.words[:0]
	plus := func(t, part int) {
		tensor.Add(x.Row(s.offset[t] + k)[n.Word:n.Word+n.Sub], n.params[pSub].Row(part))
	}
	for t := range at.Last - at.First {
		word := d.Word(at.First + t)
		low := strings.ToLower(word)
		s.words = append(s.words, low)
		row := x.Row(s.offset[t] + k)
		copy(row, n.params[pWord].Row(int(n.rows[low])))
		if n.vectors != nil {
			n.vectors.Fill(row[n.Word+n.Sub:], n.vectors.Row(low))
		}
		s.parts = Parts(s.parts[:0], word, t == 0, n.Buckets)
		for _, p := range s.parts {
			plus(t, int(p))
		}
	}
	n.lexicon.marks(s.words, func(t, mark int) { plus(t, n.Buckets+mark) })
}

// run runs one direction of a layer over x and writes its half of y, the columns from first on, in the rows of mirror if there is one.
func (n *Net) run(d direction, x *tensor.Rounded, y *tensor.Matrix, first int, s *space, mirror []int) {
	h := n.Hidden
	gates := s.matrix(&s.gates, y.Rows, 4*h)
	tensor.AddRow(gates, d.bias)
	tensor.MulBytes(gates, x, d.in)
	state, cell := s.matrix(&s.state, y.Rows, h), s.matrix(&s.cell, s.active[0], h)
	var g, before tensor.Matrix
	for t, active := range s.active {
		o := s.offset[t]
		gates.View(&g, o, o+active)
		if t > 0 {
			state.View(&before, s.offset[t-1], s.offset[t-1]+active)
			s.past.Round(&before)
			tensor.MulBytes(&g, &s.past, d.recurrent)
		}
		for k := range active {
			tensor.LSTM(state.Row(o+k), cell.Row(k), g.Row(k))
		}
	}
	for i := range y.Rows {
		to := i
		if mirror != nil {
			to = mirror[i]
		}
		copy(y.Row(to)[first:], state.Row(i))
	}
}

func (n *Net) linear(out **tensor.Matrix, x *tensor.Matrix, which int, s *space) {
	w := n.tail(which)
	y := s.matrix(out, x.Rows, w.Cols)
	tensor.Mul(y, x, w)
	tensor.AddRow(y, n.tail(which+1).Row(0))
}

func leaky(m *tensor.Matrix) {
	for i, v := range m.Data {
		m.Data[i] = max(v, v*0.1)
	}
}

// sentence reads the answers of sentence k of the batch.
func (n *Net) sentence(d *Doc, at Sentence, k int, names []string, s *space) {
	length := at.Last - at.First
	for t := range length {
		row, token := s.offset[t]+k, &d.Tokens[at.First+t]
		if len(n.Tags) > 0 {
			token.Universal = n.Universal[best(s.universal.Row(row))]
			token.Tag = n.Tags[best(s.tag.Row(row))]
		}
		if len(n.Sorts) > 0 {
			token.Sort = n.Sorts[best(s.sort.Row(row))]
		}
	}
	if len(n.Names) > 0 {
		n.spans(names[at.First:at.Last], k, s)
	}
	if len(n.Relations) > 0 {
		n.heads(d, at, k, s)
	}
}

// heads finds the tree of sentence k of the batch.
func (n *Net) heads(d *Doc, at Sentence, k int, s *space) {
	length := at.Last - at.First
	root := -1
	for first := 0; first < length; first += longestTree {
		last := min(length, first+longestTree)
		heads := n.tree(k, first, last, s)
		for i, h := range heads {
			token := &d.Tokens[at.First+first+i]
			switch {
			case h >= 0:
				token.Head = at.First + first + h
			case root < 0:
				token.Head, root = -1, at.First+first+i
			default:
				token.Head = root
			}
		}
		n.relations(d, at, k, first, heads, s)
	}
}

// Follows tells that a tag of names may follow another in IOB2, or open a sentence if before is empty: I-X stands only after B-X or I-X.
func Follows(before, tag string) bool {
	kind, inside := strings.CutPrefix(tag, "I-")
	return !inside || len(before) > 2 && before[2:] == kind
}

// spans finds the best sequence of tags of names for sentence k (Viterbi 1967) by the scores of tags and of their moves (Lafferty, McCallum and
// Pereira 2001).
func (n *Net) spans(names []string, k int, s *space) {
	kinds := len(n.Names)
	came := slices.Grow(s.came[:0], len(names)*kinds)[:len(names)*kinds]
	s.came, s.score = came, slices.Grow(s.score[:0], 2*kinds)[:2*kinds]
	score, next := s.score[:kinds], s.score[kinds:]
	for t := range names {
		row := s.name.Row(s.offset[t] + k)
		for j := range n.Names {
			b, most := 0, float32(0)
			if t > 0 {
				moves := n.moves.Row(j)
				b = 0
				for i := range n.Names {
					if v := score[i] + moves[i]; i == 0 || v > most {
						b, most = i, v
					}
				}
			} else if !n.opens[j] {
				most = never
			}
			next[j] = most + row[j]
			came[t*kinds+j] = b
		}
		next[n.none] += n.Doubt
		score, next = next, score
	}
	b := best(score)
	for t := len(names) - 1; t >= 0; t-- {
		names[t] = n.Names[b]
		b = came[t*kinds+b]
	}
}

// tree finds the heads of the words first to last of sentence k: the maximum spanning tree of the scores of their pairs.
func (n *Net) tree(k, first, last int, s *space) []int {
	m := last - first
	dep, heads := s.matrix(&s.hid, m, n.Arc), s.matrix(&s.arcs, m+1, n.Arc)
	for i := range m {
		row := s.offset[first+i] + k
		copy(dep.Row(i), s.project.Row(row))
		copy(heads.Row(i), s.head.Row(row))
	}
	copy(heads.Row(m), s.rootArc.Row(0))
	if s.headT == nil {
		s.headT = &tensor.Matrix{}
	}
	tensor.Transpose(s.headT, heads)
	score := s.matrix(&s.rel, m, m+1)
	tensor.Mul(score, dep, s.headT)
	bias := s.matrix(&s.before, m+1, 1)
	tensor.Mul(bias, heads, n.tail(pArcBias))
	for i := range m {
		row := score.Row(i)
		for j := range row {
			row[j] += bias.Row(j)[0]
		}
		row[i] = -1e9
	}
	s.heads = s.tree.spanning(s.heads, score)
	return s.heads
}

// relations names the arcs of words of a sentence, the first of which is word first.
func (n *Net) relations(d *Doc, at Sentence, k, first int, heads []int, s *space) {
	hid := s.matrix(&s.hid, len(heads), n.Lab)
	for i, h := range heads {
		a, b := s.labDep.Row(s.offset[first+i]+k), s.rootLab.Row(0)
		if h >= 0 {
			b = s.labHead.Row(s.offset[first+h] + k)
		}
		row := hid.Row(i)
		for j := range row {
			row[j] = a[j] + b[j]
		}
	}
	leaky(hid)
	n.linear(&s.rel, hid, pRelation, s)
	for i, h := range heads {
		token := &d.Tokens[at.First+first+i]
		row := s.rel.Row(i)
		switch {
		case token.Head < 0:
			token.Relation = "root"
		case h < 0:
			token.Relation = "parataxis" // a piece of a sentence too long for one tree
		default:
			b := -1
			for j, v := range row {
				if n.Relations[j] != "root" && (b < 0 || v > row[b]) {
					b = j
				}
			}
			token.Relation = n.Relations[b]
		}
	}
}

func best(row []float32) int {
	b := 0
	for j, v := range row {
		if v > row[b] {
			b = j
		}
	}
	return b
}

// The embedded networks, as cmd/train writes them.
var (
	//go:embed grammar.bin
	grammarFile []byte
	//go:embed names.bin
	namesFile []byte
)

var (
	loadGrammar = sync.OnceValues(func() (*Net, error) { return ReadNet(bytes.NewReader(grammarFile)) })
	loadNames   = sync.OnceValues(func() (*Net, error) { return ReadNet(bytes.NewReader(namesFile)) })
)

// embedded are the steps of the embedded networks, read side by side.
func embedded() (grammarian, namer, error) {
	var names *Net
	var namesErr error
	var wait sync.WaitGroup
	wait.Go(func() { names, namesErr = loadNames() })
	grammar, err := loadGrammar()
	wait.Wait()
	if err = errors.Join(err, namesErr); err != nil {
		return grammarian{}, namer{}, fmt.Errorf("nlp: read the embedded networks: %w", err)
	}
	return grammarian{grammar}, namer{names}, nil
}

// grammarian is the step that reads tags and trees.
type grammarian struct{ net *Net }

func (grammarian) Needs() Layer { return Tokens | Sentences }
func (grammarian) Adds() Layer  { return Tags | Tree }

func (g grammarian) Apply(d *Doc) error {
	g.net.Read(d)
	return nil
}

// namer is the step that reads names.
type namer struct{ net *Net }

func (namer) Needs() Layer { return Tokens | Sentences | Tags }
func (namer) Adds() Layer  { return Names }

func (n namer) Apply(d *Doc) error {
	d.setNames(n.net.Read(d))
	return nil
}
