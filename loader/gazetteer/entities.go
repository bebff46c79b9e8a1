package gazetteer

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
	"strings"

	"newsgraph/news"
)

// State is the state of an ISO 3166-1 alpha-3 code, with the adjective that names its bodies, "Chadian".
func (g *Gazetteer) State(iso3 string) (state news.Entity, adjective string, ok bool) {
	id, ok := g.byISO3[iso3]
	state = g.entities[id]
	return state, cmp.Or(bodyAdjectives[iso3], g.adjectives[id], state.Name), ok
}

// bodyAdjectives are the adjectives in names of bodies where a state's own is another.
var bodyAdjectives = map[string]string{"USA": "US", "SAU": "Saudi"}

// sharedAdjectives are what news calls those of two states alike, of which no row has it: which of them a text means, a reader must tell.
var sharedAdjectives = map[string]string{"CD": "Congolese", "CG": "Congolese"}

// Adjective is the adjective of a state in full, "North Korean"; empty if it has none.
func (g *Gazetteer) Adjective(state news.ID) string { return g.adjectives[state] }

// CapitalOf is the state for which its capital, or a building or a street in it, may stand: Paris, the Elysée.
func (g *Gazetteer) CapitalOf(place news.ID) (state news.ID, ok bool) {
	state, ok = g.capitals[place]
	return state, ok
}

// Place is the place of places.tsv of a name in a country (ISO 3166-1 alpha-3); none if two bear it.
func (g *Gazetteer) Place(name, country string) (news.Entity, bool) {
	var found []news.Entity
	for _, id := range g.placesOf[plain(name)] {
		if e := g.entities[id]; e.Country == country && country != "" {
			found = append(found, e)
		}
	}
	if len(found) != 1 {
		return news.Entity{}, false
	}
	return found[0], true
}

// Gender is that of a person of persons.tsv: f, m, or empty where it is not known.
func (g *Gazetteer) Gender(person news.ID) string { return g.gender[person] }

// Offices are the titles that a person of persons.tsv held in a body, "president" in a state, on a day or in the month or the year of it (2024-01-10, 2024-01, 2024): all
// that the table has of him there if the day is empty.
func (g *Gazetteer) Offices(person, of news.ID, day string) []string {
	var titles []string
	for _, o := range g.offices[person] {
		if o.of == of && (day == "" || o.since[:min(len(o.since), len(day))] <= day && (o.until == "" || day[:min(len(day), len(o.until))] <= o.until)) {
			titles = append(titles, o.title)
		}
	}
	return titles
}

// office is a title that somebody held in a body from a day to another; the second is empty where he holds it still.
type office struct {
	title        string
	of           news.ID
	since, until string
}

// Given tells that a word without diacritics is a given name, and of which gender: f, m, or empty where it is of both.
func (g *Gazetteer) Given(name string) (gender string, ok bool) {
	gender, ok = g.given[name]
	return gender, ok
}

// Agency tells that a line is the byline of a news agency or a newspaper, and which.
func (g *Gazetteer) Agency(line string) (string, bool) { return g.agencies.Agency(line) }

// Weapon is the weapon, or the class of weapons, of Words in lower case joined by spaces, singular or plural.
func (g *Gazetteer) Weapon(wording string) (news.ID, bool) {
	id, ok := g.weapons[wording]
	return id, ok
}

// Person is whom a full name means from a day on, in a story published on a day (2024-01-10, empty if it is not known) that has these words: nobody before
// the first day of the row, nor, where the row asks for words beside the name, in a story that has none of them.
func (g *Gazetteer) Person(name, published string, words iter.Seq[string]) (news.Entity, bool) {
	p, ok := g.later[strings.Join(strings.Fields(plain(name)), " ")]
	if !ok || published == "" || published < p.since {
		return news.Entity{}, false
	}
	beside := besides[p.beside]
	if beside == nil {
		return p.entity, true
	}
	for w := range words {
		if beside[w] {
			return p.entity, true
		}
	}
	return news.Entity{}, false
}

// laterPerson is a person whom the gazetteer knows by the name and the office held since a day: who bore the name before, or in a text of other
// things, may be somebody else.
type laterPerson struct {
	entity        news.Entity
	since, beside string
}

// besides are words of which a text has one where it may mean a person of a row's column "beside".
var besides = map[string]map[string]bool{
	"us-congress": set(strings.Fields(`Congress Senate House Senator Senators Sen. Sen Rep. Rep Representative Representatives Congressman Congresswoman Republican Republicans
		Democrat Democrats Democratic Capitol senator senators lawmaker lawmakers congressman congresswoman`)...),
}

func (g *Gazetteer) state(file string, cell func(string) string) error {
	if len(cell("iso2")) != 2 || len(cell("iso3")) != 3 {
		return fmt.Errorf("codes %q and %q: not two and three letters", cell("iso2"), cell("iso3"))
	}
	loc, err := location(cell)
	if err != nil {
		return err
	}
	id := news.EntityID(news.State, cell("iso2"))
	e := news.Entity{
		ID: id, Kind: news.State, Name: cell("name"), Aliases: list(cell("aliases")), Description: cell("official"),
		Wikidata: cell("wikidata"), ISO2: cell("iso2"), ISO3: cell("iso3"), Country: cell("iso3"), Sector: "GOV", Location: loc,
	}
	if e.Description == e.Name {
		e.Description = ""
	}
	for _, capital := range append(list(cell("capital_aliases")), append(list(cell("metonyms")), cell("capital"))...) {
		if p, ok := g.names[strings.Join(Words(capital), " ")]; ok {
			g.capitals[p.ID] = id
		}
	}
	g.byISO3[e.ISO3] = id
	g.add(e, file, news.FormName, append(list(cell("aliases")), cell("official"), cell("name"))...)
	g.add(e, file, news.FormAdjective, list(cell("adjectives"))...)
	if all := list(cell("adjectives")); sharedAdjectives[e.ISO2] != "" {
		g.adjectives[id] = sharedAdjectives[e.ISO2]
	} else if len(all) > 0 {
		g.adjectives[id] = all[0] // the usual one
	}
	for _, p := range list(cell("people")) {
		if _, taken := g.names[p]; !taken {
			g.add(e, file, news.FormAdjective, p)
		}
	}
	return nil
}

func (g *Gazetteer) place(file string, cell func(string) string) error {
	loc, err := location(cell)
	if err != nil {
		return err
	}
	e := news.Entity{
		ID: news.EntityID(news.Place, cell("slug")), Kind: news.Place, Name: cell("name"), Aliases: list(cell("aliases")),
		Description: cell("kind"), Country: cell("country"), Location: loc,
	}
	g.add(e, file, news.FormName)
	for _, name := range append(e.Aliases, e.Name) {
		g.placesOf[plain(name)] = append(g.placesOf[plain(name)], e.ID)
		if _, taken := g.names[strings.Join(Words(name), " ")]; !taken {
			g.add(e, file, news.FormName, name)
		}
	}
	return nil
}

func (g *Gazetteer) organisation(file string, cell func(string) string) error {
	e := news.Entity{
		ID: news.EntityID(news.Organisation, cell("slug")), Kind: news.Organisation, Name: cell("name"), Aliases: list(cell("aliases")),
		Country: cell("country"), Sector: cell("sector"),
	}
	for _, name := range append(list(cell("aliases")), e.Name) {
		// Formal names write the initials out.
		for short, long := range map[string]string{"US ": "United States ", "UN ": "United Nations ", "UK ": "United Kingdom "} {
			if rest, ok := strings.CutPrefix(name, short); ok && !slices.Contains(e.Aliases, long+rest) && e.Name != long+rest {
				e.Aliases = append(e.Aliases, long+rest)
			}
		}
	}
	g.add(e, file, news.FormName, append(e.Aliases, e.Name)...)
	if cell("agency") == "y" {
		g.agencies.add(e.Name, e.Aliases)
	}
	return nil
}

func (g *Gazetteer) person(file string, cell func(string) string) error {
	e := news.Entity{
		ID: news.EntityID(news.Person, cell("slug")), Kind: news.Person, Name: cell("name"), Aliases: list(cell("aliases")),
		Country: cell("country"),
	}
	for _, position := range list(cell("positions")) {
		parts := strings.Split(position, ";")
		if len(parts) != 4 {
			return fmt.Errorf("position %q: not title;of;since;until", position)
		}
		e.Description = parts[0]
		e.Sector = g.Sector(parts[0], g.entities[news.ID(parts[1])])
		if of, ok := g.entities[news.ID(parts[1])]; ok {
			e.Description += " of " + of.Name
			if of.Country == "IGO" {
				e.Country = "IGO" // who acts for a body of states acts for none of them
			} else if of.Kind == news.State {
				e.Country = of.Country
			}
		}
	}
	g.gender[e.ID] = cell("gender")
	for _, position := range list(cell("positions")) {
		if parts := strings.Split(position, ";"); parts[0] != "" {
			g.offices[e.ID] = append(g.offices[e.ID], office{parts[0], news.ID(parts[1]), parts[2], parts[3]})
		}
	}
	if since := cell("since"); since != "" {
		if b := cell("beside"); b != "" && besides[b] == nil {
			return fmt.Errorf("beside %q is nothing that is known", b)
		}
		e.Source = file
		for _, name := range append(e.Aliases, e.Name) {
			g.later[plain(name)] = laterPerson{e, since, cell("beside")}
		}
		return nil
	}
	g.add(e, file, news.FormName, append(e.Aliases, e.Name)...)
	return nil
}

func (g *Gazetteer) weapon(file string, cell func(string) string) error {
	e := news.Entity{
		ID: news.EntityID(news.Weapon, cell("slug")), Kind: news.Weapon, Name: cell("name"),
		Aliases: append(list(cell("aliases")), list(cell("plural"))...), Description: cell("class"), Source: file,
	}
	g.entities[e.ID] = e
	for _, name := range append(e.Aliases, e.Name) {
		g.weapons[strings.ToLower(strings.Join(Words(name), " "))] = e.ID
	}
	return nil
}
