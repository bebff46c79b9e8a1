package gazetteer

import (
	"bytes"
	"compress/gzip"
	"math"
	"strings"
	"testing"

	"newsgraph/news"
)

// TestCities reads every row of cities.tsv.gz and holds the ids: each is one city's alone, and no row of places.tsv has it.
func TestCities(t *testing.T) {
	g, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	if err := g.cities.load(); err != nil {
		t.Fatal(err)
	}
	if n := len(g.cities.all); n < 30000 {
		t.Errorf("%d cities", n)
	}
	ids := map[news.ID]string{}
	states := map[string]bool{}
	for _, s := range usStates {
		states[s] = true
	}
	unknown := map[string]bool{}
	for _, k := range g.cities.all {
		if other, ok := ids[k.id]; ok {
			t.Errorf("%s is %s and %s", k.id, other, k.name)
		}
		ids[k.id] = k.name
		if e, ok := g.entities[k.id]; ok {
			t.Errorf("%s of %s is %s of %s, too", k.id, k.name, e.Name, e.Source)
		}
		if strings.Trim(string(k.id), "abcdefghijklmnopqrstuvwxyz0123456789-:") != "" {
			t.Errorf("%q is no id", k.id)
		}
		if k.population < 15000 || math.Abs(float64(k.lat)) > 90 || math.Abs(float64(k.lon)) > 180 || k.name != strings.TrimSpace(k.name) {
			t.Errorf("%+v", k)
		}
		if k.iso2 == "US" && !states[k.admin1] {
			t.Errorf("%s lies in %s", k.name, k.admin1)
		}
		if g.entities[news.EntityID(news.State, k.iso2)].ISO3 == "" {
			unknown[k.iso2] = true
		}
		for _, name := range list(k.other) {
			if name == k.name || strings.TrimSpace(name) != name || name == "" {
				t.Errorf("%s: other name %q", k.name, name)
			}
		}
	}
	if len(unknown) > 5 {
		t.Errorf("states.tsv lacks %v", unknown)
	}
	t.Logf("%d cities, %d bytes; no row of states.tsv: %v", len(g.cities.all), len(cityData), unknown)
}

// TestCityRows sees that a bad row is told by its line.
func TestCityRows(t *testing.T) {
	const header = "name\tcountry\tadmin1\tlat\tlon\tpopulation\tother\tword\n"
	for rows, want := range map[string]string{
		"Lugo\tES\t58\t43\n":                                 "line 2: wrong number of fields",
		"Lugo\tES\t58\tx\t-7\t98025\t\t\n":                   "cities.tsv.gz:2: a name",
		"A\tES\t58\t4\t-7\t5\t\t\nB\tES\t58\t4\t-7\t9\t\t\n": "cities.tsv.gz:3: B is larger",
	} {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		if _, err := z.Write([]byte(header + rows)); err != nil {
			t.Fatal(err)
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		if err := new(cities).read(b.Bytes()); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, not %s", rows, err, want)
		}
	}
	if err := new(cities).read([]byte("no gzip")); err == nil {
		t.Error("what is no gzip is read")
	}
}

// TestCityIDs holds ids that stores keep.
func TestCityIDs(t *testing.T) {
	g, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		in   []Container
		sure bool
		id   news.ID
	}{
		{"Lugo", nil, false, "place:es-lugo"},
		{"Lugo", []Container{{Country: "ITA"}}, false, "place:it-lugo"},
		{"Kericho", nil, false, "place:ke-kericho"},
		{"Paris", nil, true, "place:paris"},
		{"Paris", []Container{{"USA", "TX"}}, false, "place:us-tx-paris"},
		{"Athens", []Container{{"USA", "GA"}, {Country: "GEO"}}, false, "place:us-ga-athens"},
		{"Birmingham", []Container{{"USA", "AL"}}, false, "place:birmingham-us"},
		{"Birmingham", []Container{{"USA", "MI"}}, false, "place:us-mi-birmingham"},
		{"Valencia", []Container{{Country: "VEN"}}, false, "place:valencia-ve"},
		{"Cordoba", []Container{{Country: "MEX"}}, false, "place:mx-cordoba"},
		{"Reading", nil, false, ""},
		{"Reading", nil, true, "place:gb-reading"},
		{"Nowhereville", nil, true, ""},
		{"Lugo", []Container{{Country: "NOR"}}, true, ""},
	} {
		if e, _ := g.City(c.name, c.in, c.sure); e.ID != c.id {
			t.Errorf("%s in %v: %s, not %s", c.name, c.in, e.ID, c.id)
		}
	}
}

func BenchmarkCities(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if err := new(cities).read(cityData); err != nil {
			b.Fatal(err)
		}
	}
}
