package format

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"mime"
	"slices"
	"strings"
)

// separators are what may stand between the cells of a table, the surest first.
var separators = []rune{'\t', ',', ';', '|'}

// tableHead is the separator of a table and the names of its columns. They are told by its first line that is no comment: names that records
// have, of which one is of a text, a headline or a file.
func tableHead(head []byte, mediaType string) (separator rune, names []string) {
	text := string(bytes.TrimPrefix(head, bom))
	line := ""
	for line == "" || strings.HasPrefix(line, "#") {
		var found bool
		if line, text, found = strings.Cut(text, "\n"); !found && (line == "" || strings.HasPrefix(line, "#")) {
			return 0, nil
		}
		line = strings.TrimSpace(line)
	}
	t, _, _ := mime.ParseMediaType(mediaType)
	told := t == "text/csv" || t == "text/tab-separated-values"
	for _, s := range separators {
		r := csv.NewReader(strings.NewReader(line))
		r.Comma, r.LazyQuotes = s, true
		cells, err := r.Read()
		if err != nil || len(cells) < 2 {
			continue
		}
		matched, main, plain := 0, false, true
		for i, c := range cells {
			cells[i] = strings.TrimSpace(c)
			plain = plain && len(c) <= 40 && !strings.ContainsAny(cells[i], ".!?\"")
			for field, known := range known {
				if slices.Contains(known, plainName(c)) {
					matched++
					main = main || field == "text" || field == "headline" || field == "file" || field == "summary"
					break
				}
			}
		}
		if matched >= 2 && main && plain || told {
			return s, cells
		}
	}
	if told {
		return ',', []string{line}
	}
	return 0, nil
}

func isTable(head []byte, mediaType string) bool {
	separator, _ := tableHead(head, mediaType)
	return separator != 0 && bytes.IndexByte(head, 0) < 0
}

func readTable(in *Input, o Options, yield func(Item, error) bool) bool {
	head, _ := in.R.Peek(peek)
	separator, names := tableHead(head, in.Type)
	form := "CSV"
	if separator == '\t' {
		form = "TSV"
	}
	for _, field := range mapped {
		path := o.Map[field]
		if path != "" && field != "stories" && !slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, path) }) {
			return yield(Item{}, fmt.Errorf("there is no column %q for %s: its columns are %s", path, field, strings.Join(names, ", ")))
		}
	}
	header := &object{names: names}
	header.plainNames()
	if o.Map["text"] == "" && !header.has("text") && !header.has("summary") && !header.has("file") {
		return yield(Item{}, fmt.Errorf("%w: no column is known for a text; its columns are %s: --map text=COLUMN names it", ErrNoStory, strings.Join(names, ", ")))
	}
	s := &recordSink{o: o, form: form, yield: yield}
	rows := &rowReader{in: in}
	files, silent := header.has("file"), noStory(errNoText)
	first := true
	for {
		row, line, err := rows.read(separator)
		if errors.Is(err, io.EOF) {
			break
		}
		var at *Misplaced
		switch {
		case errors.As(err, &at):
			s.fail(err)
		case err != nil:
			return yield(Item{}, err)
		case first:
			first = false // the names
		case len(row) == 1 && strings.TrimSpace(row[0]) == "":
		case len(row) != len(names):
			s.fail(&Misplaced{Line: line, Err: fmt.Errorf("%d cells in a table of %d columns", len(row), len(names))})
		default:
			rec := &object{names: names, plain: header.plain, values: make([]any, len(row))}
			for i, cell := range row {
				rec.values[i] = cell
			}
			if !files && rec.find("text", o, word) == "" && (o.Map["text"] != "" || rec.find("summary", o, word) == "") {
				s.fail(&Misplaced{Line: line, Err: silent}) // whatever else it tells
				break
			}
			// A row is a record for certain, so each that has no story is told.
			if found, err := s.walk(rec, fmt.Sprintf("line %d", line), false, 0); !found {
				s.fail(&Misplaced{Line: line, Err: noStory(err)})
			}
		}
		if s.stopped {
			return false
		}
	}
	return s.end()
}

// rowReader reads rows one by one, so that a bad one costs no other: a row ends at the line's end outside quotation marks.
type rowReader struct {
	in    *Input
	line  int      // the number of the last line
	again [][]byte // lines that were read for a row that did not end
	spent int      // bytes that were looked at for such rows
}

// The most that a row may have: a quotation mark that is never closed costs the reading of so much, and then its own line. Where many are not, a row has
// few lines.
const (
	maxRowLines = 1000
	maxRow      = 1 << 20
	maxSpent    = 16 << 20
	fewRowLines = 10
)

func (r *rowReader) next() ([]byte, error) {
	r.line++
	if len(r.again) > 0 {
		line := r.again[0]
		r.again = r.again[1:]
		return line, nil
	}
	line, err := boundedLine(r.in.R, maxItem)
	if errors.Is(err, ErrTooLong) {
		return nil, &Misplaced{Line: r.line, Err: err}
	}
	if errors.Is(err, io.EOF) && len(line) > 0 {
		err = nil
	}
	return line, err
}

func (r *rowReader) read(separator rune) (row []string, line int, err error) {
	for {
		text, err := r.next()
		line := r.line
		if err != nil {
			return nil, line, err
		}
		if line == 1 {
			text = bytes.TrimPrefix(text, bom)
		}
		if bytes.HasPrefix(text, []byte("#")) || len(bytes.TrimSpace(text)) == 0 {
			continue
		}
		row, open := cells(toUTF8(text), separator)
		if !open {
			return row, line, nil
		}
		most := maxRowLines
		if r.spent > maxSpent {
			most = fewRowLines
		}
		var more [][]byte
		marks, quoted := bytes.Count(text, []byte(`"`)), true
		for open && len(more) < most && len(text) < maxRow {
			next, err := r.next()
			if err != nil {
				break // the error comes again, or the input has ended
			}
			more = append(more, next)
			text = append(text, next...)
			marks += bytes.Count(next, []byte(`"`))
			if open, quoted = goesOn(next, separator, quoted); open || marks%2 != 0 {
				open = true
				continue
			}
			row, open = cells(toUTF8(text), separator)
		}
		if open {
			r.spent += len(text)
			r.line, r.again = line, append(more, r.again...)
			return nil, line, &Misplaced{Line: line, Err: errors.New("a quotation mark that is not closed")}
		}
		return row, line, nil
	}
}

// goesOn reads a further line of a row as cells does, from whether a quotation mark is open at its beginning: whether one is at its end, and whether so if
// the row goes on behind it.
func goesOn(line []byte, separator rune, quoted bool) (open, next bool) {
	line = bytes.TrimRight(line, "\r\n")
	between := []byte(string(separator))
	for {
		if quoted {
			i := bytes.IndexByte(line, '"')
			if i < 0 {
				return true, true
			}
			line = line[i+1:]
			switch {
			case len(line) == 0:
				return false, true
			case line[0] == '"':
				line = line[1:]
				continue
			case !bytes.HasPrefix(line, between):
				continue // a mark in the middle, not doubled
			}
		}
		i := bytes.Index(line, between)
		if i < 0 {
			return false, false
		}
		line = line[i+len(between):]
		if quoted = bytes.HasPrefix(line, []byte(`"`)); quoted {
			line = line[1:]
		}
	}
}

// cells are those of a row (RFC 4180), and whether a quotation mark is open at its end. Marks inside a cell that none begins stand for themselves.
func cells(text string, separator rune) (row []string, open bool) {
	text = strings.TrimRight(text, "\r\n")
	for {
		var cell string
		if rest, ok := strings.CutPrefix(text, `"`); ok {
			var b strings.Builder
			for {
				i := strings.IndexByte(rest, '"')
				if i < 0 {
					return nil, true
				}
				b.WriteString(rest[:i])
				rest = rest[i+1:]
				if strings.HasPrefix(rest, `"`) {
					b.WriteByte('"')
					rest = rest[1:]
					continue
				}
				if rest == "" || strings.HasPrefix(rest, string(separator)) {
					break
				}
				b.WriteByte('"') // a mark in the middle, not doubled
			}
			cell, text = b.String(), rest
		} else if i := strings.IndexRune(text, separator); i >= 0 {
			cell, text = text[:i], text[i:]
		} else {
			cell, text = text, ""
		}
		row = append(row, cell)
		if text == "" {
			return row, false
		}
		text = text[len(string(separator)):]
		if text == "" {
			return append(row, ""), false
		}
	}
}
