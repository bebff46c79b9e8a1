package extract

import (
	"cmp"

	"newsgraph/news"
)

// Known is the gazetteer for who reads no text: it answers by codes and by whole names. It is safe for concurrent use.
type Known struct {
	g     *gazetteer
	named map[string]news.ID // by slug; empty where two bear the name
}

// LoadKnown reads the gazetteer alone; New has it too.
func LoadKnown() (*Known, error) {
	g, err := loadGazetteer(dataFiles)
	if err != nil {
		return nil, err
	}
	k := &Known{g, map[string]news.ID{}}
	for id, e := range g.entities {
		if e.Kind != news.State && e.Kind != news.Organisation && e.Kind != news.Person {
			continue
		}
		names := append([]string{e.Name}, e.Aliases...)
		if e.Kind == news.State {
			names = append(names, e.Description) // its official name
		}
		for _, name := range names {
			slug, is := news.Slug(name), id
			if other, taken := k.named[slug]; taken && other != id {
				is = ""
			}
			k.named[slug] = is
		}
	}
	delete(k.named, "")
	return k, nil
}

// State is the state of an ISO 3166-1 alpha-3 code, with the adjective that names its bodies, "Chadian".
func (k *Known) State(iso3 string) (state news.Entity, adjective string, ok bool) {
	id, ok := k.g.byISO3[iso3]
	state = k.g.entities[id]
	return state, cmp.Or(bodyOf[iso3], k.g.adjectives[id], state.Name), ok
}

// Named is the state, the organisation or the person of a whole name, in any case; none if two bear it.
func (k *Known) Named(name string) (news.Entity, bool) {
	e, ok := k.g.entities[k.named[news.Slug(name)]]
	return e, ok
}

// Place is the place of a name in a country (ISO 3166-1 alpha-3); none if two bear it.
func (k *Known) Place(name, country string) (news.Entity, bool) {
	var found []news.Entity
	for _, id := range k.g.placesOf[plain(name)] {
		if e := k.g.entities[id]; e.Country == country && country != "" {
			found = append(found, e)
		}
	}
	if len(found) != 1 {
		return news.Entity{}, false
	}
	return found[0], true
}
