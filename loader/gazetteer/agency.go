package gazetteer

import (
	"fmt"
	"strings"

	"newsgraph/news"
)

// Agencies are the news agencies and newspapers that stand as bylines.
type Agencies map[string]string // their names by all their folded names

// LoadAgencies reads them alone, which is faster than Load, whose Gazetteer has them too. A bad row is an error that names its file and line.
func LoadAgencies() (Agencies, error) {
	all := Agencies{}
	err := ReadTSV(dataFiles, "data/organisations.tsv", func(_ string, cell func(string) string) error {
		if cell("agency") == "y" {
			all.add(cell("name"), list(cell("aliases")))
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("gazetteer: %w", err)
	}
	return all, nil
}

func (a Agencies) add(name string, aliases []string) {
	a[news.Fold(name)] = name
	for _, alias := range aliases {
		a[news.Fold(alias)] = name
	}
}

// Agency tells that a line is the byline of a news agency or a newspaper, and which.
func (a Agencies) Agency(line string) (string, bool) {
	name, ok := a[news.Fold(strings.TrimSpace(line))]
	return name, ok
}
