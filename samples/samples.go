// Package samples holds the stories of the demo: short texts in our own words on public facts of 2022 to 2025, embedded in the
// program. It is text and its dates; it neither splits nor reads what it holds, and it imports nothing of ours.
package samples

import (
	"embed"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
	"time"
)

// Sample is one file as its publisher printed it: a page that may carry several stories.
type Sample struct {
	File      string // name of the file, without a directory
	Published string // day of publication, YYYY-MM-DD
	Publisher string
	Text      string // first line headline, then perhaps a byline, then paragraphs with blank lines between them
}

//go:embed index.tsv
var indexTSV string

//go:embed *.txt
var files embed.FS

// All reads the samples in the order of the index, which is that of the files' names.
func All() ([]Sample, error) {
	return read(strings.NewReader(indexTSV), files)
}

var columns = []string{"file", "published", "publisher"}

// read reads an index in the format that the header of index.tsv tells, and the texts from texts. It refuses a row that breaks
// a rule, with its line number.
func read(index io.Reader, texts fs.FS) ([]Sample, error) {
	table := csv.NewReader(index)
	table.Comma, table.Comment, table.LazyQuotes, table.FieldsPerRecord = '\t', '#', true, -1
	var all []Sample
	for header := true; ; header = false {
		cells, err := table.Read()
		if errors.Is(err, io.EOF) && header {
			return nil, errors.New("samples: no row of column names")
		}
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return nil, fmt.Errorf("samples: %w", err)
		}
		line, _ := table.FieldPos(0)
		if header {
			if !slices.Equal(cells, columns) {
				return nil, fmt.Errorf("samples: line %d: want the column names %s", line, strings.Join(columns, " "))
			}
			continue
		}
		s, err := parse(cells, texts)
		if err != nil {
			return nil, fmt.Errorf("samples: line %d: %w", line, err)
		}
		if n := len(all); n > 0 && all[n-1].File >= s.File {
			return nil, fmt.Errorf("samples: line %d: %s must come before %s", line, s.File, all[n-1].File)
		}
		all = append(all, s)
	}
}

func parse(cells []string, texts fs.FS) (Sample, error) {
	if len(cells) != len(columns) {
		return Sample{}, fmt.Errorf("%d columns, want %d separated by tabs", len(cells), len(columns))
	}
	s := Sample{File: cells[0], Published: cells[1], Publisher: cells[2]}
	if !strings.HasSuffix(s.File, ".txt") {
		return Sample{}, fmt.Errorf("file %q does not end in .txt", s.File)
	}
	if _, err := time.Parse(time.DateOnly, s.Published); err != nil {
		return Sample{}, fmt.Errorf("published %q is no day like 2024-01-10", s.Published)
	}
	if s.Publisher == "" {
		return Sample{}, errors.New("no publisher")
	}
	text, err := fs.ReadFile(texts, s.File)
	if err != nil {
		return Sample{}, err
	}
	s.Text = string(text)
	return s, nil
}
