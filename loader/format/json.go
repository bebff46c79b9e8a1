package format

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"mime"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// ErrJSON says that bytes that should be JSON (RFC 8259) are none.
var ErrJSON = errors.New("no JSON")

// jsonDepth is how deep JSON may be nested.
const jsonDepth = 1000

var bom = []byte("\xef\xbb\xbf")

// isJSON tells JSON by its first two marks, or by its media type where its bytes are of no other form.
func isJSON(head []byte, mediaType string) bool {
	if t, _, err := mime.ParseMediaType(mediaType); err == nil && (strings.HasSuffix(t, "json") || strings.HasSuffix(t, "jsonl") || strings.HasSuffix(t, "ndjson")) {
		return unread(head) == nil
	}
	text := bytes.TrimLeft(bytes.TrimPrefix(head, bom), " \t\r\n")
	if len(text) == 0 || text[0] != '{' && text[0] != '[' {
		return false
	}
	rest := bytes.TrimLeft(text[1:], " \t\r\n")
	if len(rest) == 0 {
		return true
	}
	if text[0] == '{' {
		return rest[0] == '"' || rest[0] == '}'
	}
	return rest[0] == '{' || rest[0] == ']' || rest[0] == '['
}

func readJSON(in *Input, o Options, yield func(Item, error) bool) bool {
	head, _ := in.R.Peek(peek)
	if jsonLines(head) {
		return readLines(in, o, yield)
	}
	s := &recordSink{o: o, form: "JSON", yield: yield}
	p := newJSONReader(in.R)
	if bytes.HasPrefix(head, bom) {
		_, _ = in.R.Discard(len(bom))
		p.off, p.column = 3, 4
	}
	err := p.document(s)
	switch {
	case s.stopped:
		return false
	case err != nil:
		s.lost()
		return !s.stopped && yield(Item{}, err)
	}
	return s.end()
}

// jsonLines tells that each line of an input is a value of its own.
func jsonLines(head []byte) bool {
	first, rest, found := bytes.Cut(bytes.TrimLeft(bytes.TrimPrefix(head, bom), " \t\r\n"), []byte("\n"))
	first, rest = bytes.TrimSpace(first), bytes.TrimLeft(rest, " \t\r\n")
	if !found || len(first) == 0 || first[0] != '{' || len(rest) == 0 {
		return false
	}
	if v, err := parseJSON(first); err == nil {
		_, isObject := v.(*object)
		return isObject
	}
	return rest[0] == '{' && bytes.HasSuffix(first, []byte("}"))
}

func readLines(in *Input, o Options, yield func(Item, error) bool) bool {
	s := &recordSink{o: o, form: "JSON lines", yield: yield}
	begin := int64(0)
	for n := 1; ; n++ {
		line, err := boundedLine(in.R, maxItem)
		length := int64(len(line))
		if n == 1 {
			line = bytes.TrimPrefix(line, bom)
		}
		where := fmt.Sprintf("line %d", n)
		if errors.Is(err, ErrTooLong) {
			s.fail(&Misplaced{Line: n, Err: err})
		} else if err != nil && !errors.Is(err, io.EOF) {
			return yield(Item{}, err)
		} else if len(bytes.TrimSpace(line)) > 0 {
			v, parseErr := parseJSON(line)
			var at *Misplaced
			switch {
			case errors.As(parseErr, &at):
				s.fail(&Misplaced{Line: n, Column: at.Column, Byte: begin + at.Byte, Err: at.Err})
			default:
				s.record(v, where, false)
			}
		}
		if s.stopped {
			return false
		}
		if errors.Is(err, io.EOF) {
			return s.end()
		}
		begin += length
	}
}

// boundedLine reads a line with its end. Of one that is longer than limit it gives ErrTooLong, and the next call goes on with the next line.
func boundedLine(r *bufio.Reader, limit int) ([]byte, error) {
	var line []byte
	for {
		part, err := r.ReadSlice('\n')
		if len(line) <= limit {
			line = append(line, part...)
		}
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if len(line) > limit {
			return nil, fmt.Errorf("%w: at most %d bytes are read", ErrTooLong, limit)
		}
		return line, err
	}
}

// recordSink yields the items of records, and tells what is wrong with those that have none.
type recordSink struct {
	o       Options
	form    string
	yield   func(Item, error) bool
	told    int      // items and errors that were yielded
	names   []string // of the first record without a story
	missing []string // where records without a story stand, before the first that has one
	reason  error    // of the first of them
	stopped bool
}

func (s *recordSink) fail(err error) {
	s.told++
	s.stopped = s.stopped || !s.yield(Item{}, err)
}

// record yields what is in a value: one item, or those of its lists. Items of lists that stand in an object need a headline, a date or an
// address besides their text: a text may have its paragraphs in a list.
func (s *recordSink) record(v any, where string, nested bool) {
	if s.stopped {
		return
	}
	found, err := s.walk(v, where, nested, 0)
	if found || s.stopped || otherThing(v) {
		return
	}
	if s.reason == nil || err != nil {
		s.reason = err
	}
	if o, ok := v.(*object); ok && s.names == nil {
		s.names = o.names
	}
	switch {
	case s.told > 0 && where != "":
		s.fail(fmt.Errorf("%s: %w", where, noStory(err)))
	case len(s.missing) < 20:
		s.missing = append(s.missing, where)
	}
}

// otherThing tells that a value is something of schema.org that is no story, such as the site that stands beside it.
func otherThing(v any) bool {
	o, ok := v.(*object)
	if !ok {
		return false
	}
	kind := word(at(o, "@type"))
	return kind != "" && !strings.Contains(kind, "Article") && !strings.Contains(kind, "Posting") && !strings.Contains(kind, "Report")
}

func noStory(err error) error {
	switch {
	case err == nil:
		return ErrNoStory
	case errors.Is(err, ErrNoStory), errors.Is(err, ErrTooLong):
		return err
	}
	return fmt.Errorf("%w: %w", ErrNoStory, err)
}

func (s *recordSink) walk(v any, where string, nested bool, depth int) (found bool, err error) {
	if depth > valueDepth {
		return false, nil
	}
	switch v := v.(type) {
	case []any:
		for i, e := range v {
			at := fmt.Sprintf("entry %d", i+1)
			if where != "" {
				at = where + ", " + at
			}
			f, walkErr := s.walk(e, at, nested, depth+1)
			found = found || f
			if err == nil {
				err = walkErr
			}
			if s.stopped {
				return found, err
			}
		}
	case *object:
		item, itemErr := v.item(s.o)
		if errors.Is(itemErr, errNoText) && item.File != "" && (item.Published.Text != "" || item.URL != "" || item.Publisher != "" || item.Headline != "") {
			itemErr = nil
		}
		if itemErr == nil && (!nested || item.Headline != "" || item.Published.Text != "" || item.URL != "") {
			item.Form, item.Where = s.form, where
			s.told++
			s.stopped = !s.yield(item, nil)
			return true, nil
		}
		if itemErr != nil && (item.Headline != "" || !errors.Is(itemErr, errNoText)) {
			err = itemErr
		}
		path := s.o.Map["stories"]
		if path != "" {
			if list := at(v, path); list != nil {
				return s.walk(list, where, true, depth+1)
			}
		}
		for i, name := range v.names {
			if !slices.Contains(lists, plainName(name)) {
				continue
			}
			switch v.values[i].(type) {
			case []any, *object:
				f, walkErr := s.walk(v.values[i], where, true, depth+1)
				found = found || f
				if err == nil {
					err = walkErr
				}
			}
		}
	}
	return found, err
}

// lost forgets what has no story because the rest could not be read.
func (s *recordSink) lost() { s.missing, s.reason = nil, nil }

// end tells of what had no story before the first that had one.
func (s *recordSink) end() bool {
	if s.stopped {
		return false
	}
	err := noStory(s.reason)
	switch {
	case s.told == 0 && s.reason == nil && len(s.names) > 0 && len(s.o.Map) == 0:
		return s.yield(Item{}, fmt.Errorf("%w: none of its names is known for a text (%s): --map text=NAME tells which it is, --map stories=NAME where its records are", ErrNoStory, listed(s.names)))
	case s.told == 0:
		return s.yield(Item{}, err)
	case len(s.missing) > 0:
		return s.yield(Item{}, fmt.Errorf("%s: %w", strings.Join(s.missing, ", "), err))
	}
	return true
}

// listed are the first names of a record, for people.
func listed(names []string) string {
	const most, longest = 12, 40
	var out []string
	for _, n := range names[:min(len(names), most)] {
		if r := []rune(n); len(r) > longest {
			n = string(r[:longest]) + "…"
		}
		out = append(out, strconv.Quote(n))
	}
	if len(names) > most {
		out = append(out, "…")
	}
	return strings.Join(out, ", ")
}

// jsonReader reads JSON as RFC 8259 tells it, and knows where it is.
type jsonReader struct {
	r      *bufio.Reader
	off    int64 // of the next byte
	line   int
	column int
	begin  int64 // of the item that is being read
	depth  int
	word   []byte
}

func newJSONReader(r *bufio.Reader) *jsonReader { return &jsonReader{r: r, line: 1, column: 1} }

// parseJSON reads one value that is all of data.
func parseJSON(data []byte) (any, error) {
	p := newJSONReader(bufio.NewReaderSize(bytes.NewReader(data), min(len(data), 4096)))
	v, err := p.value()
	if err != nil {
		return nil, err
	}
	if b, err := p.space(); err == nil {
		return nil, p.wrong("%s after its end", quoted(b))
	}
	return v, nil
}

// wrong is an error at the next byte.
func (p *jsonReader) wrong(format string, args ...any) error {
	return &Misplaced{Line: p.line, Column: p.column, Byte: p.off, Err: fmt.Errorf("%w: "+format, append([]any{ErrJSON}, args...)...)}
}

func quoted(b byte) string {
	if b >= utf8.RuneSelf || b < ' ' {
		return fmt.Sprintf("the byte %#02x", b)
	}
	return strconv.QuoteRune(rune(b))
}

func (p *jsonReader) peek() (byte, error) {
	b, err := p.r.ReadByte()
	if err != nil {
		return 0, p.failed(err)
	}
	return b, p.r.UnreadByte()
}

func (p *jsonReader) failed(err error) error {
	if errors.Is(err, io.EOF) {
		return p.wrong("it ends too early")
	}
	return err
}

func (p *jsonReader) next() (byte, error) {
	b, err := p.r.ReadByte()
	if err != nil {
		return 0, p.failed(err)
	}
	p.off++
	p.column++
	if b == '\n' {
		p.line, p.column = p.line+1, 1
	}
	if p.off-p.begin > maxItem {
		return 0, &Misplaced{Line: p.line, Column: p.column, Byte: p.off, Err: fmt.Errorf("%w: at most %d bytes are read", ErrTooLong, maxItem)}
	}
	return b, nil
}

// space passes white space, and gives the byte after it without reading it.
func (p *jsonReader) space() (byte, error) {
	for {
		b, err := p.peek()
		if err != nil || b != ' ' && b != '\t' && b != '\n' && b != '\r' {
			return b, err
		}
		if _, err := p.next(); err != nil {
			return 0, err
		}
	}
}

// document reads a whole input, whose top list, or the list of an object at the top, goes element by element to the sink.
func (p *jsonReader) document(s *recordSink) error {
	for n := 0; !s.stopped; n++ {
		b, err := p.space()
		var at *Misplaced
		if n > 0 && errors.As(err, &at) {
			return nil // its end
		}
		if err != nil {
			return err
		}
		if n > 0 && (b != '{' || p.column != 1) { // objects, each on its own line, may follow each other
			return p.wrong("%s after its end", quoted(b))
		}
		p.begin = p.off
		switch b {
		case '[':
			err = p.list(s, "", false)
		case '{':
			err = p.top(s)
		default:
			var v any
			if v, err = p.value(); err == nil {
				s.record(v, "", false)
			}
		}
		if err != nil || s.stopped {
			return err
		}
	}
	return nil
}

// list reads a list, whose elements go to the sink.
func (p *jsonReader) list(s *recordSink, where string, nested bool) error {
	if where != "" {
		where += ", "
	}
	n := 0
	err := p.elements(']', func() error {
		n++
		p.begin = p.off
		v, err := p.value()
		if err == nil {
			s.record(v, fmt.Sprintf("%sentry %d", where, n), nested)
		}
		if err == nil && s.stopped {
			err = errStopped
		}
		return err
	})
	p.begin = p.off
	if errors.Is(err, errStopped) {
		return nil
	}
	if err == nil && n == 0 {
		s.record(nil, where, nested)
	}
	return err
}

var errStopped = errors.New("stopped")

// top reads the object that an input is. Its first list of records goes to the sink element by element, for it may be long.
func (p *jsonReader) top(s *recordSink) error {
	o := &object{}
	told := s.told
	err := p.elements('}', func() error {
		name, err := p.name()
		if err != nil {
			return err
		}
		b, err := p.space()
		if err != nil {
			return err
		}
		stream := slices.Contains(lists, plainName(name))
		if path := s.o.Map["stories"]; path != "" {
			stream = path == name
		}
		if b == '[' && stream && !o.has("text") && s.told == told && !o.has("headline") {
			err := p.list(s, "", true)
			if err == nil && s.stopped {
				return errStopped
			}
			return err
		}
		v, err := p.value()
		o.set(name, v)
		return err
	})
	if errors.Is(err, errStopped) {
		return nil
	}
	if err != nil {
		return err
	}
	if s.told == told || o.has("text") {
		s.record(o, "", false)
	}
	return nil
}

func (p *jsonReader) name() (string, error) {
	b, err := p.space()
	if err != nil {
		return "", err
	}
	if b != '"' {
		return "", p.wrong("%s where a name in quotation marks is due", quoted(b))
	}
	name, err := p.text()
	if err != nil {
		return "", err
	}
	if b, err = p.space(); err == nil && b != ':' {
		err = p.wrong("%s where a colon is due", quoted(b))
	}
	if err == nil {
		_, err = p.next()
	}
	return name, err
}

// elements reads what stands between brackets, with commas between two.
func (p *jsonReader) elements(end byte, each func() error) error {
	if _, err := p.next(); err != nil {
		return err
	}
	if p.depth++; p.depth > jsonDepth {
		return p.wrong("that is read here, for it is nested deeper than %d", jsonDepth)
	}
	defer func() { p.depth-- }()
	for n := 0; ; n++ {
		b, err := p.space()
		if err != nil {
			return err
		}
		switch {
		case b == end && n == 0:
			_, err = p.next()
			return err
		case n == 0:
		case b == end:
			_, err = p.next()
			return err
		case b != ',':
			return p.wrong("%s where a comma or %s is due", quoted(b), quoted(end))
		default:
			if _, err = p.next(); err != nil {
				return err
			}
			if b, err = p.space(); err != nil {
				return err
			}
			if b == end {
				return p.wrong("%s after a comma", quoted(b))
			}
		}
		if err := each(); err != nil {
			return err
		}
	}
}

func (p *jsonReader) value() (any, error) {
	b, err := p.space()
	if err != nil {
		return nil, err
	}
	switch {
	case b == '{':
		o := &object{}
		err := p.elements('}', func() error {
			name, err := p.name()
			if err != nil {
				return err
			}
			v, err := p.value()
			o.set(name, v)
			return err
		})
		return o, err
	case b == '[':
		list := []any{}
		err := p.elements(']', func() error {
			v, err := p.value()
			list = append(list, v)
			return err
		})
		return list, err
	case b == '"':
		return p.text()
	case b == '-' || b >= '0' && b <= '9':
		return p.number()
	case b == 't':
		return true, p.literal("true")
	case b == 'f':
		return false, p.literal("false")
	case b == 'n':
		return nil, p.literal("null")
	}
	return nil, p.wrong("%s where a value is due", quoted(b))
}

func (p *jsonReader) literal(word string) error {
	for i := range len(word) {
		b, err := p.peek()
		if err != nil {
			return err
		}
		if b != word[i] {
			return p.wrong("%s in %s", quoted(b), word)
		}
		if _, err := p.next(); err != nil {
			return err
		}
	}
	return nil
}

func (p *jsonReader) number() (any, error) {
	p.word = p.word[:0]
	digits := func() error {
		n := 0
		for {
			b, err := p.r.ReadByte()
			if err == nil {
				err = p.r.UnreadByte()
			}
			if err != nil || b < '0' || b > '9' {
				switch {
				case n > 0:
					return nil
				case err != nil:
					return p.failed(err)
				}
				return p.wrong("%s where a digit is due", quoted(b))
			}
			if _, err := p.next(); err != nil {
				return err
			}
			p.word = append(p.word, b)
			n++
		}
	}
	take := func(set string) bool {
		b, err := p.r.ReadByte()
		if err != nil {
			return false
		}
		_ = p.r.UnreadByte()
		if !strings.ContainsRune(set, rune(b)) {
			return false
		}
		p.word = append(p.word, b)
		_, err = p.next()
		return err == nil
	}
	take("-")
	if !take("0") {
		if err := digits(); err != nil {
			return nil, err
		}
	}
	if take(".") {
		if err := digits(); err != nil {
			return nil, err
		}
	}
	if take("eE") {
		take("+-")
		if err := digits(); err != nil {
			return nil, err
		}
	}
	return numeral(p.word), nil
}

// text reads a string. Halves of surrogate pairs and bytes that are no UTF-8 become U+FFFD.
func (p *jsonReader) text() (string, error) {
	if _, err := p.next(); err != nil {
		return "", err
	}
	word := p.word[:0]
	defer func() { p.word = word }()
	var high rune // the first half of a pair
	for {
		b, err := p.peek()
		if err != nil {
			return "", err
		}
		if b < ' ' {
			return "", p.wrong("%s in a string", quoted(b))
		}
		if _, err = p.next(); err != nil {
			return "", err
		}
		if b != '\\' {
			if high != 0 {
				word, high = utf8.AppendRune(word, utf8.RuneError), 0
			}
			if b == '"' {
				return toUTF8(word), nil
			}
			word = append(word, b)
			continue
		}
		r, err := p.escape()
		if err != nil {
			return "", err
		}
		switch {
		case high != 0 && utf16.DecodeRune(high, r) != utf8.RuneError:
			word, high = utf8.AppendRune(word, utf16.DecodeRune(high, r)), 0
			continue
		case high != 0:
			word, high = utf8.AppendRune(word, utf8.RuneError), 0
		}
		if r >= 0xd800 && r < 0xdc00 {
			high = r
			continue
		}
		word = utf8.AppendRune(word, r)
	}
}

var escapes = map[byte]rune{'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}

// escape reads what follows a backslash.
func (p *jsonReader) escape() (rune, error) {
	b, err := p.peek()
	if err != nil {
		return 0, err
	}
	r, ok := escapes[b]
	if !ok && b != 'u' {
		return 0, p.wrong("%s after a backslash", quoted(b))
	}
	if _, err = p.next(); err != nil || ok {
		return r, err
	}
	for range 4 {
		if b, err = p.peek(); err != nil {
			return 0, err
		}
		n, parseErr := strconv.ParseUint(string(rune(b)), 16, 8)
		if parseErr != nil {
			return 0, p.wrong("%s where one of four hexadecimal digits is due", quoted(b))
		}
		if _, err = p.next(); err != nil {
			return 0, err
		}
		r = r<<4 | rune(n)
	}
	return r, nil
}
