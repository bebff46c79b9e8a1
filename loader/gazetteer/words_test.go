package gazetteer

import (
	"testing"

	"newsgraph/news"
)

// TestSectorsOfOffices sees the sector of offices of the gazetteer's persons.
func TestSectorsOfOffices(t *testing.T) {
	g, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		title  string
		of     news.ID
		sector string
	}{
		{"president", "state:PE", "GOV"},
		{"deputy defence minister", "state:PE", "GOV"},
		{"representative", "state:US", "LEG"},
		{"spokesman", "state:PE", "GOV"},
		{"spokesman", "organisation:hamas", "REB"},
		{"leader", "organisation:hamas", "REB"},
		{"army spokesman", "state:PE", "MIL"},
		{"secretary-general", "organisation:united-nations", "GOV"},
		{"speaker of parliament", "state:PE", "LEG"},
		{"ex-president", "state:PE", "ELI"},
		{"juggler", "", ""},
	} {
		if got := g.Sector(c.title, g.entities[c.of]); got != c.sector {
			t.Errorf("%s of %s: %q, not %q", c.title, c.of, got, c.sector)
		}
	}
}
