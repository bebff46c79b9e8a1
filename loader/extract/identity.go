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
		places := p.Entities(news.Place)
		if len(places) == 0 && scenic[p.Type] {
			p.Scene = r.scene(p.SentenceSpan)
			places = p.Scene
		}
		r.lay(p, places)
		for _, q := range p.Participants {
			e := r.entities[q.Entity]
			if q.Role != news.Place && local(q.Entity) {
				if p.Heads == nil {
					p.Heads = map[news.ID]string{}
				}
				p.Heads[q.Entity] = r.headNoun(e)
			}
		}
	}
}

// lay writes where places lie.
func (r *reading) lay(p *news.Report, places []news.ID) {
	for _, id := range places {
		if lies := r.g.lies(r.entities[id]); lies.Country != "" || len(lies.Within) > 0 {
			if p.Lies == nil {
				p.Lies = map[news.ID]news.Lies{}
			}
			p.Lies[id] = lies
		}
	}
}

// scenic are the types of what is done where it is told.
var scenic = map[news.EventType]bool{
	news.TypeAssault: true, news.TypeCoerce: true, news.TypeProtest: true, news.TypeDisaster: true, news.TypeAccident: true, news.TypeTest: true,
}

// scene is the only place that a sentence tells by a preposition, with what contains it; nothing if it tells several. It is no participant: that
// the words belong to the event the sentence does not say, only that no other place is told.
func (r *reading) scene(sentence news.Span) []news.ID {
	var scene []news.ID
	last := -1
	for i := 0; i < len(r.d.Tokens); i++ {
		t, m := r.d.Tokens[i], r.at[i]
		if t.Start < sentence.Start || t.End > sentence.End || m == nil || m.first != i || local(m.entity) {
			continue
		}
		switch kind := r.kind(m.entity); {
		case kind != news.Kind(news.Place) && kind != news.State || m.form != news.FormName:
		case last >= 0 && i == last+1 && r.d.Word(last) == ",":
			if !slices.Contains(r.g.lies(r.entities[scene[len(scene)-1]]).Within, m.entity) {
				return nil // a list
			}
			scene, last = append(scene, m.entity), m.last
		case r.locates(i):
			if len(scene) > 0 {
				return nil
			}
			scene, last = append(scene, m.entity), m.last
		}
	}
	return scene
}

// locates tells that a preposition of place stands before token i, with or without an article.
func (r *reading) locates(i int) bool {
	if i > 1 && strings.EqualFold(r.d.Word(i-1), "the") {
		i--
	}
	return i > 0 && scenePrepositions[strings.ToLower(r.d.Word(i-1))]
}

var scenePrepositions = wordSet("in at near inside outside across")

// afterHead are words that end the head of a name: "families of miners".
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
