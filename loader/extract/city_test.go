package extract

import (
	"bytes"
	"compress/gzip"
	"math"
	"slices"
	"strings"
	"testing"

	"newsgraph/news"
)

// TestCities reads every row of cities.tsv.gz and holds the ids: each is one city's alone, and no row of places.tsv has it.
func TestCities(t *testing.T) {
	g, err := loadGazetteer(dataFiles)
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
	g, err := loadGazetteer(dataFiles)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		in   []container
		sure bool
		id   news.ID
	}{
		{"Lugo", nil, false, "place:es-lugo"},
		{"Lugo", []container{{iso2: "IT"}}, false, "place:it-lugo"},
		{"Kericho", nil, false, "place:ke-kericho"},
		{"Paris", nil, true, "place:paris"},
		{"Paris", []container{{"US", "TX"}}, false, "place:us-tx-paris"},
		{"Athens", []container{{"US", "GA"}, {iso2: "GE"}}, false, "place:us-ga-athens"},
		{"Birmingham", []container{{"US", "AL"}}, false, "place:birmingham-us"},
		{"Birmingham", []container{{"US", "MI"}}, false, "place:us-mi-birmingham"},
		{"Valencia", []container{{iso2: "VE"}}, false, "place:valencia-ve"},
		{"Cordoba", []container{{iso2: "MX"}}, false, "place:mx-cordoba"},
		{"Reading", nil, false, ""},
		{"Reading", nil, true, "place:gb-reading"},
		{"Nowhereville", nil, true, ""},
		{"Lugo", []container{{iso2: "NO"}}, true, ""},
	} {
		if e, _ := g.city(c.name, c.in, c.sure); e.ID != c.id {
			t.Errorf("%s in %v: %s, not %s", c.name, c.in, e.ID, c.id)
		}
	}
}

// TestPlacesByTheirWords sees that a place is the one that its own words tell (CODING 50).
func TestPlacesByTheirWords(t *testing.T) {
	for text, want := range map[string]string{
		"Police arrested two men in Paris, Texas, on Saturday.":                  "place:us-tx-paris place:texas",
		"Police arrested two men in Paris on Saturday.":                          "place:paris",
		"Police arrested two men in Paris, France, on Saturday.":                 "place:paris state:FR",
		"A gunman wounded four customers in a diner in Athens, Georgia.":         "place:us-ga-athens place:georgia-us",
		"Police arrested two men in Birmingham, Alabama, on Saturday.":           "place:birmingham-us place:alabama",
		"Wildfires near Valencia, Venezuela, killed two beekeepers on Saturday.": "place:valencia-ve state:VE",
		"A flood in Cordoba, Argentina, drowned three pensioners on Monday.":     "place:cordoba-ar state:AR",
		"Gunmen killed nine farmers in Niger State, Nigeria.":                    "place:niger-state state:NG",
		"Georgia Governor Brian Kemp signed the law.":                            "place:georgia-us",
		"Georgia's governor signed the law in Atlanta.":                          "place:georgia-us place:atlanta",
		"Georgia condemned Russia.":                                              "state:GE state:RU",
		"Protesters marched in Tbilisi, Georgia.":                                "place:tbilisi state:GE",
		"A bus crashed in Kericho on Monday.":                                    "place:ke-kericho",
		"A bus crashed near Lugo, Italy.":                                        "place:it-lugo state:IT",
		"Police fired on crowds in Tangail.":                                     "place:bd-tangail",
		"Norway condemned Chad, Sudan and Peru.":                                 "state:NO state:TD state:SD state:PE",
	} {
		var got []string
		for _, m := range read(t, "2024-01-10", text).Mentions {
			if id := string(m.Entity); m.Form == news.FormName && (strings.HasPrefix(id, "place:") || strings.HasPrefix(id, "state:")) {
				got = append(got, id)
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s\n got %s\nwant %s", text, strings.Join(got, " "), want)
		}
	}
}

// TestCityOfHeadline sees that names of a headline, which has no place in the text, are read as well.
func TestCityOfHeadline(t *testing.T) {
	x, err := New()
	if err != nil {
		t.Fatal(err)
	}
	for _, headline := range []string{"Bus crashes in Kericho", "Kericho, Kenya, mourns", "Lugo", "Paris, Texas", "Georgia Governor quits"} {
		story := news.Story{ID: "story:0123456789abcdef", Headline: headline, Text: "A bus crashed in Kericho on Monday.", Published: "2024-01-10"}
		if _, err := x.Read(story); err != nil {
			t.Errorf("%s: %v", headline, err)
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

// TestClauseAfterPlace holds that what acts after a place and a comma does not contain it.
func TestClauseAfterPlace(t *testing.T) {
	x, err := New()
	if err != nil {
		t.Fatal(err)
	}
	for text, id := range map[string]news.ID{
		"After talks in Pyongyang, South Korea condemned Japan.":   "place:pyongyang",
		"The minister flew from Oslo, Chad's army said.":           "place:oslo",
		"After a raid near Kharkiv, Russia criticised Moldova.":    "place:kharkiv",
		"Envoys met in Paris, Texas, on Monday, and praised Peru.": "place:us-tx-paris",
	} {
		f, err := x.Read(news.Story{ID: "story:a", Text: text})
		if err != nil {
			t.Fatal(err)
		}
		if !slices.ContainsFunc(f.Mentions, func(m news.Mention) bool { return m.Entity == id }) {
			t.Errorf("%s: %s is not spoken of", text, id)
		}
	}
}
