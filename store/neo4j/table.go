package neo4j

import (
	"bufio"
	"compress/gzip"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// listDelimiter parts the elements of a list: a noncharacter, which Unicode leaves to programs and no text holds. The importer knows no quotation within a list.
const listDelimiter = "\ufdd0"

// table is a file of nodes or relations as Neo4j's importer reads them: CSV with a header that gives names and types, all strings quoted, so that an empty
// one is told from none.
type table struct {
	name    string // of the file
	flag    string // --nodes or --relationships, with the label or type that all its rows have
	columns []field
	whole   bool // a row has no properties that are in no column
	file    *os.File
	packed  *gzip.Writer
	out     *bufio.Writer
	line    []byte
	longest int // bytes of a row
	rows    int
}

// field is a property by its name in rows, with what the header calls it.
type field struct{ key, header, kind string }

// columnsOf reads columns: NAME is a string, NAME:KIND another kind, and NAME=HEADER has another name in the file.
func columnsOf(spec string) []field {
	var all []field
	for _, one := range strings.Fields(spec) {
		key, header, renamed := strings.Cut(one, "=")
		if !renamed {
			header = one
			key, _, _ = strings.Cut(one, ":")
		}
		_, kind, _ := strings.Cut(header, ":")
		if strings.Contains(kind, "ID") || kind == "TYPE" || kind == "LABEL" {
			kind = ""
		}
		all = append(all, field{key, header, kind})
	}
	return all
}

func (t *table) create(dir string, pack bool) error {
	if pack {
		t.name += ".gz"
	}
	f, err := os.OpenFile(filepath.Join(dir, t.name), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	t.file, t.out = f, bufio.NewWriterSize(f, 1<<16)
	if pack {
		t.packed = gzip.NewWriter(f)
		t.out = bufio.NewWriterSize(t.packed, 1<<16)
	}
	for i, c := range t.columns {
		if i > 0 {
			t.line = append(t.line, ',')
		}
		t.line = append(t.line, c.header...)
	}
	return t.end()
}

// end writes the line.
func (t *table) end() error {
	t.line = append(t.line, '\n')
	t.longest = max(t.longest, len(t.line))
	_, err := t.out.Write(t.line)
	t.line = t.line[:0]
	return err
}

func (t *table) write(row map[string]any) error {
	used := 0
	for i, c := range t.columns {
		if i > 0 {
			t.line = append(t.line, ',')
		}
		v, there := row[c.key]
		if there {
			used++
		}
		if err := t.cell(c, v); err != nil {
			t.line = t.line[:0]
			return fmt.Errorf("%s of %v: %w", c.key, row["id"], err)
		}
	}
	if t.whole && used < len(row) {
		t.line = t.line[:0]
		return fmt.Errorf("a row for %s has a property that is in no column of %s", t.name, t.header())
	}
	t.rows++
	return t.end()
}

func (t *table) header() string {
	var all []string
	for _, c := range t.columns {
		all = append(all, c.header)
	}
	return strings.Join(all, ",")
}

var errDelimiter = errors.New("it holds the noncharacter U+FDD0, by which the importer parts lists: bring these stories by newsgraph copy, or rename it by newsgraph correct")

// cell writes a value, and sees that it is of the kind that the header tells.
func (t *table) cell(c field, v any) error {
	kind := ""
	switch v := v.(type) {
	case nil:
		return nil
	case string:
		t.quote(v)
	case int:
		kind, t.line = "long", strconv.AppendInt(t.line, int64(v), 10)
	case int64:
		kind, t.line = "long", strconv.AppendInt(t.line, v, 10)
	case float64:
		kind, t.line = "double", strconv.AppendFloat(t.line, v, 'g', -1, 64)
	case bool:
		kind, t.line = "boolean", strconv.AppendBool(t.line, v)
	case time.Time:
		kind, t.line = "datetime", v.UTC().AppendFormat(t.line, time.RFC3339Nano)
	case []string:
		kind = "string[]"
		for _, s := range v {
			if strings.Contains(s, listDelimiter) {
				return errDelimiter
			}
		}
		t.quote(strings.Join(v, listDelimiter))
	case []int:
		kind = "long[]"
		for i, n := range v {
			if i > 0 {
				t.line = append(t.line, listDelimiter...)
			}
			t.line = strconv.AppendInt(t.line, int64(n), 10)
		}
	case []byte:
		kind = "byte[]"
		for i, b := range v {
			if i > 0 {
				t.line = append(t.line, listDelimiter...)
			}
			t.line = strconv.AppendInt(t.line, int64(int8(b)), 10) //nolint:gosec // Java's bytes have a sign
		}
	default:
		return fmt.Errorf("a %T", v)
	}
	if kind != c.kind {
		return fmt.Errorf("a %T in a column %s", v, c.header)
	}
	return nil
}

func (t *table) quote(s string) {
	t.line = append(t.line, '"')
	for {
		i := strings.IndexByte(s, '"')
		if i < 0 {
			break
		}
		t.line = append(append(t.line, s[:i]...), '"', '"')
		s = s[i+1:]
	}
	t.line = append(append(t.line, s...), '"')
}

func (t *table) close() error {
	if t.file == nil {
		return nil
	}
	err := t.out.Flush()
	if t.packed != nil {
		err = errors.Join(err, t.packed.Close())
	}
	err = errors.Join(err, t.file.Close())
	t.file = nil
	return err
}
