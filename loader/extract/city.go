package extract

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"

	"newsgraph/news"
)

//go:embed data/cities.tsv.gz
var cityData []byte

// cities are all cities of 15,000 inhabitants and more, as GeoNames has them: the fallback for names that places.tsv does not know. They are
// read when a story first asks for one.
type cities struct {
	once   sync.Once
	err    error
	all    []city             // the largest first
	byName map[string][]int32 // plain name to indices of all, by name and then by other names, each the largest first

	provinces sync.Once
	byAdmin1  map[container]news.ID
}

type city struct {
	id         news.ID
	name       string
	iso2       string
	admin1     string // of the United States its letters, as TX
	lat, lon   float32
	population int32
	other      string // joined by "|"
	word       bool   // a person's name or an ordinary word as well
}

// load reads the file once. A bad row is an error that names its line.
func (c *cities) load() error {
	c.once.Do(func() { c.err = c.read(cityData) })
	return c.err
}

func (c *cities) read(zipped []byte) error {
	z, err := gzip.NewReader(bytes.NewReader(zipped))
	if err != nil {
		return fmt.Errorf("extract: cities.tsv.gz: %w", err)
	}
	table := tableOf(z)
	table.FieldsPerRecord = 8
	c.all, c.byName = nil, map[string][]int32{}
	taken := map[news.ID]bool{}
	for header := true; ; header = false {
		cells, err := table.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			return fmt.Errorf("extract: cities.tsv.gz: %w", err)
		}
		if header {
			continue
		}
		line, _ := table.FieldPos(0)
		lat, err1 := strconv.ParseFloat(cells[3], 32)
		lon, err2 := strconv.ParseFloat(cells[4], 32)
		population, err3 := strconv.ParseInt(cells[5], 10, 32)
		if err1 != nil || err2 != nil || err3 != nil || cells[0] == "" || len(cells[1]) != 2 {
			return fmt.Errorf("extract: cities.tsv.gz:%d: a name, a country, coordinates and a population are needed in %q", line, cells)
		}
		if n := len(c.all); n > 0 && c.all[n-1].population < int32(population) {
			return fmt.Errorf("extract: cities.tsv.gz:%d: %s is larger than the city before it", line, cells[0])
		}
		k := city{
			name: cells[0], iso2: cells[1], admin1: cells[2], lat: float32(lat), lon: float32(lon), population: int32(population), other: cells[6], word: cells[7] == "y",
		}
		k.id = k.pick(taken)
		taken[k.id] = true
		c.all = append(c.all, k)
	}
	for _, other := range []bool{false, true} {
		for i, k := range c.all {
			names := []string{k.name}
			if other {
				names = list(k.other)
			}
			for _, name := range names {
				if name = plain(name); !slices.Contains(c.byName[name], int32(i)) {
					c.byName[name] = append(c.byName[name], int32(i))
				}
			}
		}
	}
	return nil
}

// pick is the id of a city: place:es-lugo, and place:us-tx-paris in the United States. Of several of one name in one country, or in one of
// the states, the largest has it; the others are told apart by their province, or where that fails by where they lie.
func (k city) pick(taken map[news.ID]bool) news.ID {
	slug := news.Slug(k.name)
	if slug == "" {
		slug = "city"
	}
	country, admin1 := strings.ToLower(k.iso2), news.Slug(k.admin1)
	if k.iso2 == "US" {
		country += "-" + admin1
	}
	id := news.EntityID(news.Place, country+"-"+slug)
	if !taken[id] {
		return id
	}
	id = news.EntityID(news.Place, country+"-"+admin1+"-"+slug)
	if admin1 != "" && k.iso2 != "US" && !taken[id] {
		return id
	}
	return news.EntityID(news.Place, fmt.Sprintf("%s-%s-%d-%d", country, slug, int(math.Round(float64(k.lat)*100)), int(math.Round(float64(k.lon)*100))))
}

// container is what a city is told to lie in: a country, and a state of the United States where it is one.
type container struct{ iso2, admin1 string }

// city is the largest city of a name, or the largest within one of the containers. sure tells that its own words make it a place: without that a name that
// is a person's or an ordinary word, too, is none.
func (g *gazetteer) city(name string, in []container, sure bool) (news.Entity, bool) {
	if err := g.cities.load(); err != nil {
		return news.Entity{}, false // the tests read every row
	}
	for _, i := range g.cities.byName[plain(name)] {
		k := g.cities.all[i]
		if len(in) > 0 && !slices.ContainsFunc(in, func(c container) bool { return c.iso2 == k.iso2 && (c.admin1 == "" || c.admin1 == k.admin1) }) {
			continue
		}
		if k.word && !sure && len(in) == 0 {
			return news.Entity{}, false
		}
		return g.cityEntity(k), true
	}
	return news.Entity{}, false
}

// cityEntity is a city as news keeps it: the row of places.tsv that is the same, if there is one.
func (g *gazetteer) cityEntity(k city) news.Entity {
	at := news.Location{Latitude: float64(k.lat), Longitude: float64(k.lon)}
	country := g.entities[news.EntityID(news.State, k.iso2)].ISO3
	for _, name := range append(list(k.other), k.name) {
		for _, id := range g.placesOf[plain(name)] {
			if e := g.entities[id]; e.Country == country && e.Location != nil && near(*e.Location, at) {
				return e
			}
		}
	}
	at.Latitude, at.Longitude = math.Round(at.Latitude*100)/100, math.Round(at.Longitude*100)/100
	return news.Entity{
		ID: k.id, Kind: news.Kind(news.Place), Name: k.name, Aliases: list(k.other), Description: "city", Country: country, Location: &at, Source: "cities.tsv.gz",
	}
}

// near tells that two points are of one city: half a degree apart at most.
func near(a, b news.Location) bool {
	return math.Abs(a.Latitude-b.Latitude) < 0.5 && math.Abs(a.Longitude-b.Longitude) < 0.5
}

// usStates are the abbreviations of the states of the United States, as the post and as newspapers have them, by GeoNames' letters.
var usStates = map[string]string{
	"Alabama": "AL", "Alaska": "AK", "Arizona": "AZ", "Arkansas": "AR", "California": "CA", "Colorado": "CO", "Connecticut": "CT", "Delaware": "DE", "Florida": "FL", "Georgia": "GA",
	"Hawaii": "HI", "Idaho": "ID", "Illinois": "IL", "Indiana": "IN", "Iowa": "IA", "Kansas": "KS", "Kentucky": "KY", "Louisiana": "LA", "Maine": "ME", "Maryland": "MD",
	"Massachusetts": "MA", "Michigan": "MI", "Minnesota": "MN", "Mississippi": "MS", "Missouri": "MO", "Montana": "MT", "Nebraska": "NE", "Nevada": "NV", "New Hampshire": "NH",
	"New Jersey": "NJ", "New Mexico": "NM", "New York": "NY", "North Carolina": "NC", "North Dakota": "ND", "Ohio": "OH", "Oklahoma": "OK", "Oregon": "OR", "Pennsylvania": "PA",
	"Rhode Island": "RI", "South Carolina": "SC", "South Dakota": "SD", "Tennessee": "TN", "Texas": "TX", "Utah": "UT", "Vermont": "VT", "Virginia": "VA", "Washington": "WA",
	"West Virginia": "WV", "Wisconsin": "WI", "Wyoming": "WY", "District of Columbia": "DC",
	"Ala.": "AL", "Ariz.": "AZ", "Ark.": "AR", "Calif.": "CA", "Colo.": "CO", "Conn.": "CT", "Del.": "DE", "Fla.": "FL", "Ga.": "GA", "Ill.": "IL", "Ind.": "IN", "Kan.": "KS", "Ky.": "KY",
	"La.": "LA", "Md.": "MD", "Mass.": "MA", "Mich.": "MI", "Minn.": "MN", "Miss.": "MS", "Mo.": "MO", "Mont.": "MT", "Neb.": "NE", "Nev.": "NV", "N.H.": "NH", "N.J.": "NJ", "N.M.": "NM",
	"N.Y.": "NY", "N.C.": "NC", "N.D.": "ND", "Okla.": "OK", "Ore.": "OR", "Pa.": "PA", "R.I.": "RI", "S.C.": "SC", "S.D.": "SD", "Tenn.": "TN", "Tex.": "TX", "Vt.": "VT", "Va.": "VA",
	"Wash.": "WA", "W.Va.": "WV", "Wis.": "WI", "Wyo.": "WY", "D.C.": "DC",
}

// containers are what a name can tell that a city lies in: Georgia is a country and a state of the United States.
func (g *gazetteer) containers(name string) []container {
	var all []container
	if admin1, ok := usStates[name]; ok {
		all = append(all, container{"US", admin1})
	}
	if e, ok := g.names[strings.Join(strings.Fields(plain(name)), " ")]; ok && e.form != news.FormAdjective {
		switch of := g.entities[e.id]; {
		case of.Kind == news.State:
			all = append(all, container{iso2: of.ISO2})
		case of.Kind == news.Kind(news.Place) && of.Country != "" && len(all) == 0 && of.Description == "province":
			all = append(all, container{iso2: g.entities[g.byISO3[of.Country]].ISO2})
		}
	}
	return all
}

// placed is the place that a name of the gazetteer stands for where its own words tell which (CODING 50): "Paris, Texas", "Córdoba in
// Argentina", "Georgia Governor". The tokens first to last are the name; others are returned as they came.
func (r *reading) placed(first, last, end int, e entry) entry {
	of := r.g.entities[e.id]
	if of.Kind != news.State && of.Kind != news.Kind(news.Place) || e.form != news.FormName {
		return e
	}
	if e.id == georgia && r.georgian(first, last, end) {
		return entry{georgiaUS, e.form}
	}
	in := r.containing(last, end)
	if len(in) == 0 {
		return e
	}
	if of.Kind == news.Kind(news.Place) && slices.ContainsFunc(in, func(c container) bool { return c.admin1 == "" && g3(r.g, c) == of.Country }) {
		return e
	}
	name := r.d.Words(first, last)
	for _, id := range r.g.placesOf[plain(name)] {
		if p := r.g.entities[id]; slices.ContainsFunc(in, func(c container) bool { return c.admin1 == "" && g3(r.g, c) == p.Country }) {
			return entry{id, e.form}
		}
	}
	if c, ok := r.g.city(name, in, true); ok {
		if _, known := r.g.entities[c.ID]; !known {
			r.entities[c.ID] = c
		}
		return entry{c.ID, e.form}
	}
	return e
}

func g3(g *gazetteer, c container) string { return g.entities[news.EntityID(news.State, c.iso2)].ISO3 }

// containing is what stands behind a name with a comma or "in": the container that it tells.
func (r *reading) containing(last, end int) []container {
	if last+1 >= end || r.d.Word(last) != "," && r.d.Word(last) != "in" {
		return nil
	}
	for n := min(4, end-last-1); n > 0; n-- {
		if in := r.g.containers(r.d.Words(last+1, last+1+n)); len(in) > 0 {
			// "Russia, Iran and Peru" is a list.
			if after := last + 1 + n; r.d.Word(last) == "," && after < end && (r.d.Word(after) == "and" || r.d.Word(after) == "or") {
				return nil
			}
			return in
		}
	}
	return nil
}

const (
	georgia   = news.ID("state:GE")
	georgiaUS = news.ID("place:georgia-us")
)

// americanOffices are those of a state of the United States, after its name.
var americanOffices = wordSet("Governor governor Gov. Gov Lt. Lieutenant Senator Sen. Sen Rep. Republican Republicans Democrat Democrats Legislature legislature Congressman Congresswoman")

// georgian tells that Georgia is the one of the United States: its own words say so, or the text tells of Atlanta and nothing of the Caucasus.
func (r *reading) georgian(first, last, end int) bool {
	next := last
	if next < end && (r.d.Word(next) == "'s" || r.d.Word(next) == "’s") {
		next++
	}
	if next < end && americanOffices[r.d.Word(next)] {
		return true
	}
	if first > 1 && r.d.Word(first-1) == "," {
		if _, ok := r.g.city(r.d.Word(first-2), []container{{"US", "GA"}}, true); ok {
			_, other := r.g.city(r.d.Word(first-2), []container{{iso2: "GE"}}, true)
			return !other
		}
	}
	if first > 1 && r.d.Word(first-1) == "of" && r.d.Word(first-2) == "state" {
		return true
	}
	return strings.Contains(r.d.Text, "Atlanta") && !strings.Contains(r.d.Text, "Georgian") && !strings.Contains(r.d.Text, "Tbilisi")
}

// city is the city that tokens first to last name which the network takes for a place, or whose own words tell it.
func (r *reading) city(first, last int, placeName bool) (news.Entity, bool) {
	in := r.containing(last, len(r.d.Tokens))
	told := len(in) > 0 || first > 1 && r.d.Word(first-1) == "of" && settlements[r.d.Word(first-2)]
	if !told && !placeName {
		return news.Entity{}, false
	}
	sure := told || first > 0 && locating[strings.ToLower(r.d.Word(first-1))]
	if e, ok := r.g.city(r.d.Words(first, last), in, sure); ok {
		return e, true
	}
	return news.Entity{}, false
}

// settlements tell what the name after "of" is of.
var settlements = wordSet("city town village port suburb district municipality capital")
