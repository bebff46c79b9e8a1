package gazetteer

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"newsgraph/news"
)

// ReadTSV calls row for each row of a table, in its order: cells with a tab between them, as many in each row as in the first, which names the columns;
// lines that begin with # are comments. Row gets the file's name without data/, and the cell of a column by its name. What row refuses, a column that the
// table lacks and a row that is not whole end the reading with an error that names file and line.
func ReadTSV(files fs.FS, name string, row func(file string, cell func(string) string) error) error {
	f, err := files.Open(name)
	if err != nil {
		return fmt.Errorf("open %s: %w", name, err)
	}
	defer f.Close() //nolint:errcheck // only read
	table := tableOf(f)
	columns, err := table.Read()
	if err != nil {
		return fmt.Errorf("%s: the column names: %w", name, err)
	}
	for {
		cells, err := table.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		var missing error
		err = row(strings.TrimPrefix(name, "data/"), func(column string) string {
			if i := slices.Index(columns, column); i >= 0 {
				return cells[i]
			}
			missing = fmt.Errorf("no column %q", column)
			return ""
		})
		if missing != nil {
			err = missing
		}
		if err != nil {
			line, _ := table.FieldPos(0)
			return fmt.Errorf("%s:%d: %w", name, line, err)
		}
	}
}

// tableOf reads rows of cells with tabs between them, as many in each as in the first; lines that begin with # are comments.
func tableOf(r io.Reader) *csv.Reader {
	table := csv.NewReader(r)
	table.Comma, table.Comment, table.LazyQuotes = '\t', '#', true
	return table
}

func list(cell string) []string {
	if cell == "" {
		return nil
	}
	return strings.Split(cell, "|")
}

func location(cell func(string) string) (*news.Location, error) {
	if cell("lat") == "" || cell("lon") == "" {
		return nil, nil //nolint:nilnil // a place without coordinates has none
	}
	lat, err := strconv.ParseFloat(cell("lat"), 64)
	if err != nil {
		return nil, fmt.Errorf("lat: %w", err)
	}
	lon, err := strconv.ParseFloat(cell("lon"), 64)
	if err != nil {
		return nil, fmt.Errorf("lon: %w", err)
	}
	return &news.Location{Latitude: lat, Longitude: lon}, nil
}
