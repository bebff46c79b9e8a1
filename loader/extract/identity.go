package extract

import (
	"slices"
	"strings"

	"newsgraph/news"
)

// identify writes into the reports what news.Merge asks of them, which knows neither gazetteer nor text: the family of the action, the head nouns
// of those who belong to this text alone, and where the places lie.
func (r *reading) identify() {
	for i := range r.reports {
		p := &r.reports[i]
		p.Family = news.FamilyOf(p.Action)
		for _, q := range p.Participants {
			e := r.entities[q.Entity]
			switch {
			case q.Role == news.Place:
				if lies := r.g.lies(e); lies.Country != "" || len(lies.Within) > 0 {
					if p.Lies == nil {
						p.Lies = map[news.ID]news.Lies{}
					}
					p.Lies[q.Entity] = lies
				}
			case local(q.Entity):
				if p.Heads == nil {
					p.Heads = map[news.ID]string{}
				}
				p.Heads[q.Entity] = r.headNoun(e)
			}
		}
	}
}

// after are words that end the head of a name: "families of miners".
var afterHead = wordSet("of in at on from for to with who that against near by and or")

// headNoun is what a story's own party is called by: of a person the title without its country, "foreign minister", of others the noun's lemma.
func (r *reading) headNoun(e news.Entity) string {
	words := strings.Fields(e.Name)
	if n := slices.IndexFunc(words, func(w string) bool { return afterHead[strings.ToLower(w)] }); n > 0 {
		words = words[:n]
	}
	if len(words) == 0 {
		return e.Name
	}
	if e.Kind == news.Person {
		for len(words) > 1 && (formerly[strings.ToLower(words[0])] || r.ofCountry(words[0])) {
			words = words[1:]
		}
		return strings.ToLower(strings.Join(words, " "))
	}
	head := words[len(words)-1]
	for i, t := range r.d.Tokens {
		if strings.HasPrefix(t.Tag, "NN") && r.d.Word(i) == head {
			return strings.ToLower(t.Lemma)
		}
	}
	return strings.ToLower(head)
}

// formerly are words before a title that do not change what it is called.
var formerly = wordSet("former ex- late new then")

// ofCountry tells that a word names a state, or is a state's adjective.
func (r *reading) ofCountry(word string) bool {
	e, ok := r.g.names[plain(strings.TrimSuffix(strings.TrimSuffix(word, "'s"), "’s"))]
	return ok && r.kindOf(e.id) == news.State
}

// lies is where a place lies: in its state, and a city in its province where both are known.
func (g *gazetteer) lies(e news.Entity) news.Lies {
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
func (g *gazetteer) provinceOf(e news.Entity) news.ID {
	if e.Description != "city" || e.Location == nil || g.cities.load() != nil {
		return ""
	}
	iso2 := g.entities[g.byISO3[e.Country]].ISO2
	for _, name := range append([]string{e.Name}, e.Aliases...) {
		for _, i := range g.cities.byName[plain(name)] {
			k := g.cities.all[i]
			if at := (news.Location{Latitude: float64(k.lat), Longitude: float64(k.lon)}); k.iso2 == iso2 && near(*e.Location, at) {
				return g.provinces()[container{k.iso2, k.admin1}]
			}
		}
	}
	return ""
}

// provinces are the provinces of places.tsv by GeoNames' codes: the states of the United States by their letters, others by the city that they are
// named after. Of a capital's own region no name tells whether the capital lies in it.
func (g *gazetteer) provinces() map[container]news.ID {
	g.cities.provinces.Do(func() {
		g.cities.byAdmin1 = map[container]news.ID{}
		for id, e := range g.entities {
			if e.Kind != news.Kind(news.Place) || e.Description != "province" || e.Location == nil {
				continue
			}
			in := container{iso2: g.entities[g.byISO3[e.Country]].ISO2}
			if in.iso2 == "US" {
				in.admin1 = usStates[strings.TrimSuffix(e.Name, " state")]
			} else {
				in.admin1 = g.namesake(e, in.iso2)
			}
			// Of two provinces of one code neither is it.
			if other, ok := g.cities.byAdmin1[in]; ok && other != id {
				id = ""
			}
			if in.admin1 != "" {
				g.cities.byAdmin1[in] = id
			}
		}
	})
	return g.cities.byAdmin1
}

// namesake is the code of the province that has its name from a city in it: Kharkiv region.
func (g *gazetteer) namesake(province news.Entity, iso2 string) string {
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
		if k.iso2 == iso2 && max(lat, -lat) < far && max(lon, -lon) < far {
			return k.admin1
		}
	}
	return ""
}
