package gazetteer

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"errors"
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
	byAdmin1  map[Container]news.ID
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
		return fmt.Errorf("gazetteer: cities.tsv.gz: %w", err)
	}
	table := tableOf(z)
	table.FieldsPerRecord = 8
	c.all, c.byName = nil, map[string][]int32{}
	taken := map[news.ID]bool{}
	for header := true; ; header = false {
		cells, err := table.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return fmt.Errorf("gazetteer: cities.tsv.gz: %w", err)
		}
		if header {
			continue
		}
		line, _ := table.FieldPos(0)
		lat, err1 := strconv.ParseFloat(cells[3], 32)
		lon, err2 := strconv.ParseFloat(cells[4], 32)
		population, err3 := strconv.ParseInt(cells[5], 10, 32)
		if err1 != nil || err2 != nil || err3 != nil || cells[0] == "" || len(cells[1]) != 2 {
			return fmt.Errorf("gazetteer: cities.tsv.gz:%d: a name, a country, coordinates and a population are needed in %q", line, cells)
		}
		if n := len(c.all); n > 0 && c.all[n-1].population < int32(population) {
			return fmt.Errorf("gazetteer: cities.tsv.gz:%d: %s is larger than the city before it", line, cells[0])
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

// Container is what a place lies in.
type Container struct {
	Country string // ISO 3166-1 alpha-3
	Admin1  string // of the United States the state, by its letters: TX; empty for the whole country
}

// City is the largest city of a name, or the largest within one of the containers where there are any: all cities of 15,000 inhabitants and more, as GeoNames
// has them (CC BY 4.0). It is the row of places.tsv that is the same city, if there is one; the id of another is told by country, name and where needed by
// its province, and no table but this has it. sure tells that its own words make it a place: without that a name that is a person's or an ordinary word,
// too, is none.
func (g *Gazetteer) City(name string, in []Container, sure bool) (news.Entity, bool) {
	if err := g.cities.load(); err != nil {
		return news.Entity{}, false // the tests read every row
	}
	for _, i := range g.cities.byName[plain(name)] {
		k := g.cities.all[i]
		if len(in) > 0 && !slices.ContainsFunc(in, func(c Container) bool { return c.Country == g.iso3(k.iso2) && (c.Admin1 == "" || c.Admin1 == k.admin1) }) {
			continue
		}
		if k.word && !sure && len(in) == 0 {
			return news.Entity{}, false
		}
		return g.cityEntity(k), true
	}
	return news.Entity{}, false
}

// PlaceIn is the place of a name within one of the containers: the first of places.tsv in one of the whole countries, else a city as City has it.
func (g *Gazetteer) PlaceIn(name string, in []Container) (news.Entity, bool) {
	for _, id := range g.placesOf[plain(name)] {
		if p := g.entities[id]; slices.ContainsFunc(in, func(c Container) bool { return c.Admin1 == "" && c.Country == p.Country }) {
			return p, true
		}
	}
	return g.City(name, in, true)
}

// iso3 is the alpha-3 code of a state's alpha-2 code, empty if states.tsv has it not.
func (g *Gazetteer) iso3(iso2 string) string { return g.entities[news.EntityID(news.State, iso2)].ISO3 }

// cityEntity is a city as news keeps it: the row of places.tsv that is the same, if there is one.
func (g *Gazetteer) cityEntity(k city) news.Entity {
	at := news.Location{Latitude: float64(k.lat), Longitude: float64(k.lon)}
	country := g.iso3(k.iso2)
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

// Containers are what a name can tell that a place lies in, nothing if it is none: Georgia is a country and a state of the United States, and "Punjab" tells
// of Pakistan. Names of states of the United States may be short as the post and newspapers have them: Tex.
func (g *Gazetteer) Containers(name string) []Container {
	var all []Container
	if admin1, ok := usStates[name]; ok {
		all = append(all, Container{"USA", admin1})
	}
	if e, ok := g.names[strings.Join(strings.Fields(plain(name)), " ")]; ok && e.Form != news.FormAdjective {
		switch of := g.entities[e.ID]; {
		case of.Kind == news.State:
			all = append(all, Container{Country: of.ISO3})
		case of.Kind == news.Kind(news.Place) && of.Country != "" && len(all) == 0 && of.Description == "province":
			all = append(all, Container{Country: of.Country})
		}
	}
	return all
}

// Lies is where a place lies: in its state, and a city in its province where both are known, the narrower first.
func (g *Gazetteer) Lies(e news.Entity) news.Lies {
	l := news.Lies{Country: e.Country}
	if e.Kind == news.State {
		l.Country = e.ISO3
		return l
	}
	if p := g.provinceOf(e); p != "" {
		l.Within = append(l.Within, p)
	}
	if s, ok := g.byISO3[e.Country]; ok {
		l.Within = append(l.Within, s)
	}
	return l
}

// provinceOf is the province of places.tsv that a city lies in, by GeoNames' codes; empty if it is not known.
func (g *Gazetteer) provinceOf(e news.Entity) news.ID {
	if e.Description != "city" || e.Location == nil || g.cities.load() != nil {
		return ""
	}
	for _, name := range append([]string{e.Name}, e.Aliases...) {
		for _, i := range g.cities.byName[plain(name)] {
			k := g.cities.all[i]
			if at := (news.Location{Latitude: float64(k.lat), Longitude: float64(k.lon)}); g.iso3(k.iso2) == e.Country && near(*e.Location, at) {
				return g.provinces()[Container{e.Country, k.admin1}]
			}
		}
	}
	return ""
}

// provinces are the provinces of places.tsv by GeoNames' codes: the states of the United States by their letters, others by the city that they are
// named after. Of a capital's own region no name tells whether the capital lies in it.
func (g *Gazetteer) provinces() map[Container]news.ID {
	g.cities.provinces.Do(func() {
		g.cities.byAdmin1 = map[Container]news.ID{}
		for id, e := range g.entities {
			if e.Kind != news.Kind(news.Place) || e.Description != "province" || e.Location == nil {
				continue
			}
			in := Container{Country: e.Country}
			if in.Country == "USA" {
				in.Admin1 = usStates[strings.TrimSuffix(e.Name, " state")]
			} else {
				in.Admin1 = g.namesake(e)
			}
			// Of two provinces of one code neither is it.
			if other, ok := g.cities.byAdmin1[in]; ok && other != id {
				id = ""
			}
			if in.Admin1 != "" {
				g.cities.byAdmin1[in] = id
			}
		}
	})
	return g.cities.byAdmin1
}

// namesake is the code of the province that has its name from a city in it: Kharkiv region.
func (g *Gazetteer) namesake(province news.Entity) string {
	const far = 3 // degrees from a province's middle to its chief city
	name := province.Name
	for _, kind := range []string{" region", " province", " state", " State", " Province"} {
		name = strings.TrimSuffix(name, kind)
	}
	for _, id := range g.placesOf[plain(name)] {
		if _, capital := g.capitals[id]; capital {
			return ""
		}
	}
	for _, i := range g.cities.byName[plain(name)] {
		k := g.cities.all[i]
		lat, lon := float64(k.lat)-province.Location.Latitude, float64(k.lon)-province.Location.Longitude
		if g.iso3(k.iso2) == province.Country && max(lat, -lat) < far && max(lon, -lon) < far {
			return k.admin1
		}
	}
	return ""
}
