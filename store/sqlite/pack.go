package sqlite

import (
	"bytes"
	"compress/flate"
	_ "embed"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"newsgraph/news"
)

// dictionary is what records are likely to hold, the likeliest last. A file that was written with one is read with the same alone: another
// dictionary needs another migration.
//
//go:embed dictionary.txt
var dictionary string

// packer makes records small: JSON, in which spans, days, ids that are hashes and what stands in most records are a few bytes, compressed
// (RFC 1951) with the dictionary.
// The struct's own JSON stays the form, so that a field that is added to the domain needs nothing here.
type packer struct {
	flats, writers, readers, records, rooms sync.Pool
	mu                                      sync.Mutex
	texts                                   map[string]string      // of stories, by what they are packed as: their reports and they themselves are read together
	bytes                                   int                    // of texts
	entities                                map[string]news.Entity // by their records: the same few take part in most events
}

const (
	mostTexts    = 4 << 20 // bytes
	mostEntities = 4096    // 2 MB or so
)

// entity is the entity of a record. It is shared with whoever reads the same record: nobody writes into what stores return.
func (p *packer) entity(packed []byte) (news.Entity, error) {
	p.mu.Lock()
	e, ok := p.entities[string(packed)]
	p.mu.Unlock()
	if ok {
		return e, nil
	}
	if err := p.unpack(packed, &e); err != nil {
		return e, err
	}
	e.Aliases = slices.Clip(e.Aliases)
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.entities == nil || len(p.entities) == mostEntities {
		p.entities = map[string]news.Entity{}
	}
	p.entities[string(packed)] = e
	return e, nil
}

// text is the text of a story.
func (p *packer) text(packed []byte) (string, error) {
	p.mu.Lock()
	text, ok := p.texts[string(packed)]
	p.mu.Unlock()
	if ok {
		return text, nil
	}
	data, err := p.inflate(packed)
	if err != nil {
		return "", err
	}
	text = string(data)
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.bytes += len(packed) + len(text); p.texts == nil || p.bytes > mostTexts {
		p.texts, p.bytes = map[string]string{}, len(packed)+len(text)
	}
	p.texts[string(packed)] = text
	return text, nil
}

const (
	markSpan  = 1 // begins a span: a control character, which JSON never holds bare
	markHash  = 2 // begins an id that is a hash: its noun, its bytes
	markDay   = 3 // begins a day: its number (dayOf)
	markAgain = 4 // is the day before it once more
	markPart  = 5 // and those up to 31 are what stands in most records: parts
)

// parted are parts of records by their marks, from markPart on; three marks stay free, since they are JSON's white space. A file that was written with
// some is read with the same alone: none is changed.
var parted = []string{
	`{"id":"=","story":"=","type":`, `{"id":"=","type":`, `,"action":`, `,"participants":[{"role":"SOURCE","entity":`, "", "", `},{"role":"TARGET","entity":`, `},{"role":"PLACE","entity":`, "",
	`,"span":`, `}],"when":{"from":`, `,"to":`, `,"precision":"DAY"`, `,"value":`, `,"how":"the story's day"}`, `,"modality":"ASSERTED"`, `,"sentence":"=","sentenceSpan":`,
	`,"trigger":`, `,"confidence":0.`, `,"published":`, `,"textHash":"="`, `,"reports":[`, `],"texts":`,
	`"state:`, `"person:`, `"organisation:`, `"place:`,
}

// partsBy are the marks of parts by how these begin.
var partsBy = func() (by [256][]byte) {
	for i, part := range parted {
		if part == "" {
			continue
		}
		at := beginning([]byte(part))
		by[at] = append(by[at], byte(markPart+i))
	}
	return by
}()

// beginning tells beginnings of parts apart: most begin with a comma and a quotation mark.
func beginning(data []byte) byte {
	if data[0] == ',' && len(data) > 2 {
		return data[2] | 0x80
	}
	return data[0]
}

// tail is what every stream that was flushed ends with; it is left out.
const tail = "\x00\x00\xff\xff"

func (p *packer) deflate(data []byte) []byte {
	if len(data) > flatMost {
		return p.deflateLong(data)
	}
	f, ok := p.flats.Get().(*flat)
	if !ok {
		f = newFlat()
	}
	short := f.deflate(data)
	p.flats.Put(f)
	if len(short) < flatOwn {
		return short
	}
	if long := p.deflateLong(data); len(long) < len(short) {
		return long
	}
	return short
}

// packText makes the text of a story small. All that is not quite short has better codes of its own: only one of both ways is tried.
func (p *packer) packText(text string) []byte {
	if len(text) > flatOwn {
		return p.deflateLong([]byte(text))
	}
	return p.deflate([]byte(text))
}

func (p *packer) deflateLong(data []byte) []byte {
	var out bytes.Buffer
	w, ok := p.writers.Get().(*flate.Writer)
	if ok {
		w.Reset(&out)
	} else {
		var err error
		if w, err = flate.NewWriterDict(&out, flate.DefaultCompression, []byte(dictionary)); err != nil {
			panic(err) // the level is a constant
		}
	}
	if _, err := w.Write(data); err != nil {
		panic(err) // a buffer takes all
	}
	if err := w.Close(); err != nil {
		panic(err) // a buffer takes all
	}
	p.writers.Put(w)
	return bytes.TrimSuffix(out.Bytes(), []byte(tail))
}

// isFlat tells records that flat made from those of package flate.
func isFlat(packed []byte) bool {
	const three = 1<<3 - 1
	return len(packed) > 0 && packed[0]&three == flatMark
}

func (p *packer) inflate(packed []byte) ([]byte, error) {
	if isFlat(packed) {
		return inflateFlat(nil, packed)
	}
	from := io.MultiReader(bytes.NewReader(packed), strings.NewReader(tail))
	r, ok := p.readers.Get().(io.ReadCloser)
	if ok {
		if err := r.(flate.Resetter).Reset(from, []byte(dictionary)); err != nil {
			return nil, err
		}
	} else {
		r = flate.NewReaderDict(from, []byte(dictionary))
	}
	const few, times = 512, 3 // so that most need no second buffer
	data := bytes.NewBuffer(make([]byte, 0, times*len(packed)+few))
	_, err := data.ReadFrom(r)
	p.readers.Put(r)
	return data.Bytes(), err
}

func (p *packer) pack(v any) []byte {
	w, ok := p.records.Get().(*record)
	if !ok {
		w = &record{}
		w.encoder = json.NewEncoder(&w.data)
	}
	defer p.records.Put(w)
	w.data.Reset()
	if err := w.encoder.Encode(v); err != nil {
		panic(err) // plain structs of the domain
	}
	w.short = shorten(w.short[:0], bytes.TrimSuffix(w.data.Bytes(), []byte("\n")))
	return p.deflate(w.short)
}

// record is where records are made small, one after the other.
type record struct {
	encoder *json.Encoder
	data    bytes.Buffer
	short   []byte
}

func (p *packer) unpack(packed []byte, into any) error {
	return p.opened(packed, func(data []byte) error { return json.Unmarshal(data, into) })
}

// opened has a record read, which keeps nothing of it.
func (p *packer) opened(packed []byte, read func(data []byte) error) (err error) {
	r, ok := p.rooms.Get().(*room)
	if !ok {
		r = &room{}
	}
	defer p.rooms.Put(r)
	if isFlat(packed) {
		r.short, err = inflateFlat(r.short, packed)
	} else {
		r.short, err = p.inflate(packed)
	}
	if err == nil {
		r.data, err = lengthen(r.data[:0], r.short)
	}
	if err != nil {
		return fmt.Errorf("a record that cannot be read: %w", err)
	}
	return read(r.data)
}

// room is where records are read, one after the other.
type room struct{ short, data []byte }

// hashed are the nouns of ids that are hashes; the empty one is of a bare hash.
var hashed = []string{"", "story:", "report:", "event:", "mention:", "quotation:", "position:"}

const hexLength = 20

const dayLength = len(time.DateOnly)

// shorten appends JSON with its parts, spans, days and hashes written as bytes. What lengthen would not write just so is left alone.
func shorten(out, data []byte) []byte {
	day := ""
parts:
	for i := 0; i < len(data); {
		for _, mark := range partsBy[beginning(data[i:])] {
			if part := parted[mark-markPart]; len(data)-i >= len(part) && string(data[i:i+len(part)]) == part {
				out, i = append(out, mark), i+len(part)
				continue parts
			}
		}
		switch data[i] {
		case '{':
			if longer, n := appendShortSpan(append(out, markSpan), data[i:]); n > 0 {
				out, i = longer, i+n
				continue
			}
		case '"':
			if n := dayLength; len(data) > i+n+1 && data[i+n+1] == '"' && data[i+1] <= '9' {
				text := string(data[i+1 : i+n+1])
				if text == day {
					out, i = append(out, markAgain), i+n+2
					continue
				}
				if number := dayOf(text); number != never {
					day = text
					out, i = binary.AppendUvarint(append(out, markDay), uint64(number)), i+n+2 //nolint:gosec // above 0
					continue
				}
			}
			if longer, n := appendShortHash(append(out, markHash), data[i:]); n > 0 {
				out, i = longer, i+n
				continue
			}
		}
		out = append(out, data[i])
		i++
	}
	return out
}

func appendSpan(out []byte, s [4]int) []byte {
	for i, before := range []string{`{"begin":`, `,"end":`, `,"bytes":[`, `,`} {
		out = strconv.AppendInt(append(out, before...), int64(s[i]), 10)
	}
	return append(out, `]}`...)
}

// appendShortSpan appends the short form of the span that data begins with, which has n bytes, none if it begins with another.
func appendShortSpan(out, data []byte) (_ []byte, n int) {
	var s [4]int
	for i, before := range []string{`{"begin":`, `,"end":`, `,"bytes":[`, `,`} {
		if len(data)-n < len(before) || string(data[n:n+len(before)]) != before {
			return out, 0
		}
		n += len(before)
		v, digits := integer(data[n:])
		if digits == 0 {
			return out, 0
		}
		s[i], n = v, n+digits
	}
	if !bytes.HasPrefix(data[n:], []byte(`]}`)) {
		return out, 0
	}
	for _, v := range [4]int{s[2], s[3] - s[2], s[2] - s[0], (s[3] - s[2]) - (s[1] - s[0])} {
		out = binary.AppendVarint(out, int64(v))
	}
	return out, n + len(`]}`)
}

// integer is the number that data begins with, as strconv writes it in n bytes. It has nine digits at most.
func integer(data []byte) (v, n int) {
	const most = 9
	sign := 1
	if len(data) > 0 && data[0] == '-' {
		sign, n = -1, 1
	}
	from := n
	for n < len(data) && n-from <= most && data[n] >= '0' && data[n] <= '9' {
		v, n = 10*v+int(data[n]-'0'), n+1
	}
	if n == from || n-from > most || data[from] == '0' && n != 1 { // 0 is written neither -0 nor 00
		return 0, 0
	}
	return sign * v, n
}

// appendShortHash does so with an id that is a hash.
func appendShortHash(out, data []byte) (_ []byte, n int) {
	for i, noun := range hashed {
		n := 1 + len(noun) + hexLength + 1
		if len(data) < n || data[n-1] != '"' || string(data[1:1+len(noun)]) != noun {
			continue
		}
		digits := data[1+len(noun) : n-1]
		if bytes.ContainsAny(digits, "ABCDEF") {
			continue
		}
		if longer, err := hex.AppendDecode(append(out, 'a'+byte(i)), digits); err == nil {
			return longer, n
		}
	}
	return out, 0
}

var errShort = errors.New("it ends in the middle")

// lengthen undoes shorten, and appends to out.
func lengthen(out, data []byte) ([]byte, error) {
	out = slices.Grow(out, 3*len(data))
	day := ""
	for i := 0; i < len(data); i++ {
		switch data[i] {
		case markDay, markAgain:
			if data[i] == markDay {
				number, n := binary.Uvarint(data[i+1:])
				if n <= 0 || number > latest {
					return nil, errShort
				}
				day, i = dayText(int64(number)), i+n
			}
			out = append(append(append(out, '"'), day...), '"')
		case markSpan:
			var v [4]int
			for j := range v {
				x, n := binary.Varint(data[i+1:])
				if n <= 0 {
					return nil, errShort
				}
				v[j], i = int(x), i+n
			}
			out = appendSpan(out, [4]int{v[0] - v[2], v[0] - v[2] + v[1] - v[3], v[0], v[0] + v[1]})
		case markHash:
			if len(data) < i+2+hexLength/2 || int(data[i+1])-'a' >= len(hashed) || data[i+1] < 'a' {
				return nil, errShort
			}
			out = append(append(out, '"'), hashed[data[i+1]-'a']...)
			out = append(hex.AppendEncode(out, data[i+2:i+2+hexLength/2]), '"')
			i += 1 + hexLength/2
		default:
			if part := int(data[i]) - markPart; part >= 0 && part < len(parted) && parted[part] != "" {
				out = append(out, parted[part]...)
			} else {
				out = append(out, data[i])
			}
		}
	}
	return out, nil
}

// hashBytes are the bytes of a hash as ids write it.
func hashBytes(text string) ([]byte, bool) {
	if len(text) != hexLength || strings.ToLower(text) != text {
		return nil, false
	}
	hash, err := hex.DecodeString(text)
	return hash, err == nil
}

// hash is the part of an id that is a hash, as bytes.
func hash(noun string, id news.ID) ([]byte, error) {
	text, ok := strings.CutPrefix(string(id), noun+":")
	bytes, is := hashBytes(text)
	if !ok || !is {
		return nil, fmt.Errorf("%.40q is no id of a %s: it is %s: and %d hexadecimal digits", id, noun, noun, hexLength)
	}
	return bytes, nil
}

// hashes are the hexadecimal parts of ids, for unhex in a query. What is no such id becomes what no row has.
func hashes(noun string, ids []news.ID) string {
	all := make([]string, len(ids))
	for i, id := range ids {
		if _, err := hash(noun, id); err == nil {
			all[i] = string(id)[len(noun)+1:]
		}
	}
	return list(all)
}

func unhash(noun string, hash []byte) news.ID { return news.ID(noun + ":" + hex.EncodeToString(hash)) }

// same stands in a record for a text that is known from elsewhere. A text that begins with it gets one more.
const same = "="

func short(text, known string) string {
	switch {
	case text == known:
		return same
	case strings.HasPrefix(text, same):
		return same + text
	}
	return text
}

func long(text, known string) string {
	if text == same {
		return known
	}
	return strings.TrimPrefix(text, same)
}
