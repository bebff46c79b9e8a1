// Package gazetteer is what is known before a story is read: states, places, organisations, persons and weapons by their names, and the nouns, titles and
// given names that tell what a word of no name stands for. It knows tables, not texts: what a story means by them loader/extract decides.
//
// The tables are data/*.tsv and data/cities.tsv.gz; the head of each tells its columns and where its facts are from. What a table gives an entity names
// that table as Entity.Source.
package gazetteer

import (
	"embed"
	"fmt"
	"io/fs"
	"strings"
	"sync"
	"unicode"

	"newsgraph/loader/nlp"
	"newsgraph/news"
)

//go:embed data/*.tsv
var dataFiles embed.FS

// Gazetteer answers what its tables know. It is read-only and safe for concurrent use. What it returns is shared: nobody may change it.
type Gazetteer struct {
	entities   map[news.ID]news.Entity
	names      map[string]Name    // by Words joined by spaces
	folded     map[string]Name    // names of bodies of three words and more, in lower case
	longest    map[string]int     // first word of a name to the most words that a name beginning so has
	openings   map[string]bool    // first words of titles
	titles     map[string]bool    // office and role titles, singular
	sectors    map[string]string  // of titles; empty where it is that of the body
	nouns      map[string]Noun    // by lemma
	given      map[string]string  // given name to gender
	gender     map[news.ID]string // of known persons
	agencies   Agencies
	weapons    map[string]news.ID // Words in lower case joined by spaces
	capitals   map[news.ID]news.ID
	offices    map[news.ID][]office // by person, in the order of the table
	byISO3     map[string]news.ID   // states
	adjectives map[news.ID]string   // of states
	placesOf   map[string][]news.ID // plain name to the rows of places.tsv that bear it
	cities     cities
	later      map[string]laterPerson // plain names of persons of whom stories tell from a day on
	addressing map[Addressing]map[string]bool
	locating   map[Locating]map[string]bool
	classes    map[string][]string // lemma, or two words, to the classes of the noun
	figures    []Figure

	bySlug  func() map[string]news.ID // made when first asked for, as the following are
	printed func() map[string]string
	alike   func() map[int]alike
}

// Name is what a wording names, and how.
type Name struct {
	ID   news.ID
	Form news.Form // NAME, INITIALS or ADJECTIVE
}

// Load reads the embedded tables in under a tenth of a second, but for cities.tsv.gz, which is read when a city is first asked for, in a quarter of one.
// Load once and share.
// A bad row is an error that names its file and line.
func Load() (*Gazetteer, error) { return load(dataFiles) }

func load(files fs.FS) (*Gazetteer, error) {
	g := &Gazetteer{
		entities: map[news.ID]news.Entity{}, names: map[string]Name{}, longest: map[string]int{}, folded: map[string]Name{}, titles: map[string]bool{}, sectors: map[string]string{}, openings: map[string]bool{},
		nouns: map[string]Noun{}, given: map[string]string{}, gender: map[news.ID]string{}, agencies: Agencies{},
		weapons: map[string]news.ID{}, capitals: map[news.ID]news.ID{}, offices: map[news.ID][]office{}, byISO3: map[string]news.ID{}, adjectives: map[news.ID]string{}, placesOf: map[string][]news.ID{},
		later: map[string]laterPerson{}, classes: map[string][]string{}, addressing: map[Addressing]map[string]bool{}, locating: map[Locating]map[string]bool{},
	}
	g.bySlug, g.printed, g.alike = sync.OnceValue(g.slugs), sync.OnceValue(g.smallNames), sync.OnceValue(g.clusters)
	// Places come before states, and states before organisations and persons: the later one has a name that two bear.
	for _, f := range []struct {
		name string
		row  func(file string, cell func(string) string) error
	}{
		{"places.tsv", g.place},
		{"states.tsv", g.state},
		{"organisations.tsv", g.organisation},
		{"titles.tsv", g.title}, // and offices before who holds them
		{"nouns.tsv", g.noun},
		{"persons.tsv", g.person},
		{"weapons.tsv", g.weapon},
		{"given_names.tsv", g.givenName},
		{"classes.tsv", g.class},
		{"addressing.tsv", g.addresses},
		{"prepositions.tsv", g.preposition},
		{"figures.tsv", g.figure},
	} {
		if err := ReadTSV(files, "data/"+f.name, f.row); err != nil {
			return nil, fmt.Errorf("gazetteer: %w", err)
		}
	}
	return g, nil
}

// Entity is the entity of an id: a state, a place of places.tsv, an organisation, a weapon, or a person whom any story may mean. It is the zero Entity where
// no table has the id; cities and persons known since a day come from City and Person alone.
func (g *Gazetteer) Entity(id news.ID) news.Entity { return g.entities[id] }

// Called is what a wording names: Words joined by spaces, with their capitals, "North Korea", "Kenyan". Of several of one name it is the person, the
// organisation, the state or the place, in that order, and of places the first of the table.
func (g *Gazetteer) Called(wording string) (Name, bool) {
	n, ok := g.names[wording]
	return n, ok
}

// Body is the organisation that a wording of three words or more names, whatever the size of its letters.
func (g *Gazetteer) Body(wording string) (Name, bool) {
	n, ok := g.folded[strings.ToLower(wording)]
	return n, ok
}

// Opens is how many words the longest name has that begins with a word, 0 if none does.
func (g *Gazetteer) Opens(word string) int { return g.longest[word] }

// Printed is how a name is printed whose words, joined by spaces, are told in lower case: "north korea". Of names that differ in their capitals alone
// it is the first in the order of their bytes; names without any are none.
func (g *Gazetteer) Printed(lower string) (string, bool) {
	name, ok := g.printed()[lower]
	return name, ok
}

func (g *Gazetteer) smallNames() map[string]string {
	names := map[string]string{}
	for name := range g.names {
		if strings.IndexFunc(name, unicode.IsUpper) < 0 {
			continue
		}
		low := strings.ToLower(name)
		if was, ok := names[low]; !ok || name < was {
			names[low] = name
		}
	}
	return names
}

// Named is the state, the organisation or the person of a whole name, in any case; none if two bear it.
func (g *Gazetteer) Named(name string) (news.Entity, bool) {
	e, ok := g.entities[g.bySlug()[news.Slug(name)]]
	return e, ok
}

// slugs are the ids of states, organisations and persons by the slugs of their names, empty where two bear one.
func (g *Gazetteer) slugs() map[string]news.ID {
	named := map[string]news.ID{}
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
			if other, taken := named[slug]; taken && other != id {
				is = ""
			}
			named[slug] = is
		}
	}
	delete(named, "")
	return named
}

func (g *Gazetteer) add(e news.Entity, file string, form news.Form, names ...string) {
	e.Source = file
	if _, ok := g.entities[e.ID]; !ok {
		g.entities[e.ID] = e
	}
	for _, name := range names {
		if name == "" {
			continue
		}
		f := form
		if form == news.FormName && initialsOnly(name) {
			f = news.FormInitials
		}
		words := Words(name)
		key := strings.Join(words, " ")
		g.names[key] = Name{e.ID, f}
		if e.Kind == news.Organisation && len(words) > 2 {
			g.folded[strings.ToLower(key)] = Name{e.ID, f}
		}
		g.longest[words[0]] = max(g.longest[words[0]], len(words))
	}
}

func initialsOnly(name string) bool {
	return len(name) > 1 && strings.IndexFunc(name, func(r rune) bool { return !unicode.IsUpper(r) && r != '.' }) < 0
}

// Words are the words of a name as Called wants them: split as nlp.Tokenizer does, with their diacritics taken away. They are never none.
func Words(name string) []string {
	p, err := nlp.NewPipeline(nlp.Tokenizer())
	if err != nil {
		panic(err) // one step that needs nothing
	}
	d, err := p.Parse(name)
	if err != nil || len(d.Tokens) == 0 {
		return []string{name}
	}
	words := make([]string, len(d.Tokens))
	for i := range words {
		words[i] = plain(d.Word(i))
	}
	return words
}

// plain is how the gazetteer writes the words of a text.
func plain(s string) string { return nlp.Plain(s) }
