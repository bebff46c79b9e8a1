package extract

import (
	"testing"

	"newsgraph/news"
)

// TestSectors sees PLOVER's sector and the country of parties: by the office, by the noun, by the noun before it, by the body, by whose and where they are.
func TestSectors(t *testing.T) {
	for _, c := range []struct {
		text, name, sector, country string
	}{
		{"Peruvian President Ana Ruiz condemned Chad.", "Ana Ruiz", "GOV", "PER"},
		{"Judge Ana Ruiz condemned Chad.", "Ana Ruiz", "JUD", ""},
		{"General Bo Lund of Norway condemned Chad.", "Bo Lund", "MIL", "NOR"},
		{"Opposition leader Ana Ruiz condemned Chad.", "Ana Ruiz", "OPP", ""},
		{"Archbishop Bo Lund condemned Chad.", "Bo Lund", "REL", ""},
		{"Former president Ana Ruiz condemned Chad.", "Ana Ruiz", "ELI", ""},
		{"Ousted minister Ana Ruiz condemned Chad.", "Ana Ruiz", "ELI", ""},
		{"Police spokesman Bo Lund condemned Chad.", "Bo Lund", "COP", ""},
		{"Senator Ana Ruiz condemned Chad.", "Ana Ruiz", "LEG", ""},
		{"King Olaf of Norway condemned Chad.", "Olaf", "GOV", "NOR"},
		{"Sultan Omar of Oman condemned Chad.", "Omar", "GOV", "OMN"},
		{"Queen Ella of Denmark condemned Chad.", "Ella", "GOV", "DNK"},
		{"Kenyan police officers beat a nurse.", "Kenyan police officers", "COP", "KEN"},
		{"Kenyan army officers beat a nurse.", "Kenyan army officers", "MIL", "KEN"},
		{"Rebel forces attacked Chad.", "Rebel forces", "REB", "TCD"},
		{"Student protesters condemned Chad.", "Student protesters", "EDU", ""},
		{"Kenyan reporters condemned Chad.", "Kenyan reporters", "JRN", "KEN"},
		{"Kenyan nurses condemned Chad.", "Kenyan nurses", "MED", "KEN"},
		{"Kenyan dockers condemned Chad.", "Kenyan dockers", "LAB", "KEN"},
		{"Kenyan farmers condemned Chad.", "Kenyan farmers", "AGR", "KEN"},
		{"Kenyan monks condemned Chad.", "Kenyan monks", "REL", "KEN"},
		{"Gunmen killed nine villagers in Chad.", "villagers", "CVL", "TCD"},
		{"Police in Peru detained a nurse.", "Police", "COP", "PER"},
		{"Soldiers from Chad shot a tourist near Peru.", "tourist", "CVL", ""},
		{"North Korea detained nine South Korean army officers.", "South Korean army officers", "MIL", "KOR"},
	} {
		f := read(t, "", c.text)
		found := false
		for _, e := range f.Entities {
			if e.Name == c.name && e.Kind != news.Place {
				found = true
				if e.Sector != c.sector || e.Country != c.country {
					t.Errorf("%s: %s is of %q in %q, not of %q in %q", c.text, c.name, e.Sector, e.Country, c.sector, c.country)
				}
			}
		}
		if !found {
			t.Errorf("%s: no %s in %v", c.text, c.name, f.Entities)
		}
	}
}
