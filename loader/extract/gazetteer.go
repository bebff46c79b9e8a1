package extract

import (
	"embed"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"newsgraph/loader/nlp"
	"newsgraph/news"
)

//go:embed data/*.tsv
var dataFiles embed.FS

// gazetteer is what is known before a story is read. It is read-only once made.
type gazetteer struct {
	entities   map[news.ID]news.Entity
	names      map[string]entry   // wording to entity, words joined by spaces
	folded     map[string]entry   // names of bodies of three words and more, in lower case
	longest    map[string]int     // first word of a name to the most words that a name beginning so has
	openings   map[string]bool    // first words of titles
	titles     map[string]bool    // office and role titles, singular
	sectors    map[string]string  // of titles; empty where it is that of the body
	nouns      map[string]noun    // lemma to the kind that a common noun heads
	given      map[string]string  // given name to gender
	gender     map[news.ID]string // of known persons
	agencies   Agencies           // folded byline to canonical name
	weapons    map[string]news.ID // lemmas joined by spaces
	capitals   map[news.ID]news.ID
	byISO3     map[string]news.ID   // states
	adjectives map[news.ID]string   // of states
	placesOf   map[string][]news.ID // plain name to the rows of places.tsv that bear it
	cities     *cities
	later      map[string]laterPerson // plain names of persons of whom stories tell from a day on
	terms      map[office][]term
	addressing map[string]map[string]bool // lemmas by how they tell to whom something is said
	classes    map[string][]string        // lemma, or two words, to the classes of the noun
	figures    []figure
	counting
}

type entry struct {
	id   news.ID
	form news.Form
}

type noun struct {
	kind   news.Kind
	sector string
}

// Agencies are the news agencies and newspapers that stand as bylines.
type Agencies map[string]string // their names by all their folded names

// LoadAgencies reads them alone: New has them too.
func LoadAgencies() (Agencies, error) {
	all := Agencies{}
	return all, readTSV(dataFiles, "data/organisations.tsv", func(_ string, cell func(string) string) error {
		if cell("agency") == "y" {
			all.add(cell("name"), list(cell("aliases")))
		}
		return nil
	})
}

func (a Agencies) add(name string, aliases []string) {
	a[news.Fold(name)] = name
	for _, alias := range aliases {
		a[news.Fold(alias)] = name
	}
}

// Agency tells that a line is the byline of a news agency or a newspaper, and which.
func (a Agencies) Agency(line string) (string, bool) {
	name, ok := a[news.Fold(strings.TrimSpace(line))]
	return name, ok
}

// loadGazetteer reads the data files. A bad row is an error that names its file and line.
func loadGazetteer(files fs.FS) (*gazetteer, error) {
	g := &gazetteer{
		entities: map[news.ID]news.Entity{}, names: map[string]entry{}, longest: map[string]int{}, folded: map[string]entry{}, titles: map[string]bool{}, sectors: map[string]string{}, openings: map[string]bool{},
		nouns: map[string]noun{}, given: map[string]string{}, gender: map[news.ID]string{}, agencies: Agencies{},
		weapons: map[string]news.ID{}, capitals: map[news.ID]news.ID{}, byISO3: map[string]news.ID{}, adjectives: map[news.ID]string{}, placesOf: map[string][]news.ID{}, cities: &cities{},
		later: map[string]laterPerson{}, terms: map[office][]term{}, classes: map[string][]string{}, addressing: map[string]map[string]bool{},
	}
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
		{"figures.tsv", g.figure},
	} {
		if err := readTSV(files, "data/"+f.name, f.row); err != nil {
			return nil, err
		}
	}
	return g, nil
}

// readTSV calls row for each row of a file whose first line that is no comment names the columns.
func readTSV(files fs.FS, name string, row func(file string, cell func(string) string) error) error {
	f, err := files.Open(name)
	if err != nil {
		return fmt.Errorf("extract: open %s: %w", name, err)
	}
	defer f.Close() //nolint:errcheck // only read
	table := tableOf(f)
	columns, err := table.Read()
	if err != nil {
		return fmt.Errorf("extract: %s: the column names: %w", name, err)
	}
	for {
		cells, err := table.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("extract: %s: %w", name, err)
		}
		var missing error
		err = row(strings.TrimPrefix(name, "data/"), func(column string) string {
			if i := slices.Index(columns, column); i >= 0 {
				return cells[i]
			}
			missing = fmt.Errorf("no column %q", column)
			return ""
		})
		if missing != nil {
			err = missing
		}
		if err != nil {
			line, _ := table.FieldPos(0)
			return fmt.Errorf("extract: %s:%d: %w", name, line, err)
		}
	}
}

// tableOf reads rows of cells with tabs between them, as many in each as in the first; lines that begin with # are comments.
func tableOf(r io.Reader) *csv.Reader {
	table := csv.NewReader(r)
	table.Comma, table.Comment, table.LazyQuotes = '\t', '#', true
	return table
}

func list(cell string) []string {
	if cell == "" {
		return nil
	}
	return strings.Split(cell, "|")
}

func location(cell func(string) string) (*news.Location, error) {
	if cell("lat") == "" || cell("lon") == "" {
		return nil, nil //nolint:nilnil // a place without coordinates has none
	}
	lat, err := strconv.ParseFloat(cell("lat"), 64)
	if err != nil {
		return nil, fmt.Errorf("lat: %w", err)
	}
	lon, err := strconv.ParseFloat(cell("lon"), 64)
	if err != nil {
		return nil, fmt.Errorf("lon: %w", err)
	}
	return &news.Location{Latitude: lat, Longitude: lon}, nil
}

func (g *gazetteer) add(e news.Entity, file string, form news.Form, names ...string) {
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
		words := wordsOf(name)
		key := strings.Join(words, " ")
		g.names[key] = entry{e.ID, f}
		if e.Kind == news.Organisation && len(words) > 2 {
			g.folded[strings.ToLower(key)] = entry{e.ID, f}
		}
		g.longest[words[0]] = max(g.longest[words[0]], len(words))
	}
}

func initialsOnly(name string) bool {
	return len(name) > 1 && strings.IndexFunc(name, func(r rune) bool { return !unicode.IsUpper(r) && r != '.' }) < 0
}

// wordsOf splits a name as the tokenizer does, with its diacritics taken away.
func wordsOf(name string) []string {
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

func (g *gazetteer) state(file string, cell func(string) string) error {
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
		if p, ok := g.names[strings.Join(wordsOf(capital), " ")]; ok {
			g.capitals[p.id] = id
		}
	}
	g.byISO3[e.ISO3] = id
	g.add(e, file, news.FormName, append(list(cell("aliases")), cell("official"), cell("name"))...)
	g.add(e, file, news.FormAdjective, list(cell("adjectives"))...)
	for _, a := range list(cell("adjectives")) {
		// The longest is the full one: North Korean, not Korean; the plural of a people is none.
		if best := g.adjectives[id]; !strings.HasSuffix(a, "s") && (best == "" || len(a) > len(best) || len(a) == len(best) && a < best) {
			g.adjectives[id] = a
		}
	}
	for _, p := range list(cell("people")) {
		if _, taken := g.names[p]; !taken {
			g.add(e, file, news.FormAdjective, p)
		}
	}
	return nil
}

func (g *gazetteer) place(file string, cell func(string) string) error {
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
		if _, taken := g.names[strings.Join(wordsOf(name), " ")]; !taken {
			g.add(e, file, news.FormName, name)
		}
	}
	return nil
}

func (g *gazetteer) organisation(file string, cell func(string) string) error {
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

func (g *gazetteer) person(file string, cell func(string) string) error {
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
		e.Sector = g.sectorOf(parts[0], g.entities[news.ID(parts[1])])
		if o := (office{parts[0], news.ID(parts[1])}); parts[2] != "" {
			g.terms[o] = append(g.terms[o], term{e.ID, parts[2], parts[3]})
		}
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

func (g *gazetteer) weapon(file string, cell func(string) string) error {
	e := news.Entity{
		ID: news.EntityID(news.Weapon, cell("slug")), Kind: news.Weapon, Name: cell("name"),
		Aliases: append(list(cell("aliases")), list(cell("plural"))...), Description: cell("class"), Source: file,
	}
	g.entities[e.ID] = e
	for _, name := range append(e.Aliases, e.Name) {
		g.weapons[strings.ToLower(strings.Join(wordsOf(name), " "))] = e.ID
	}
	return nil
}

// foreign tells that a noun is of people who may well be from elsewhere than where they are met.
func (g *gazetteer) foreign(lemma string) bool {
	return slices.Contains(g.classes[lemma], "foreigner")
}

func (g *gazetteer) title(_ string, cell func(string) string) error {
	if cell("title") == "" {
		return fmt.Errorf("an empty title")
	}
	words := wordsOf(cell("title"))
	g.sectors[strings.Join(words, " ")] = cell("sector")
	if cell("of") == "position" {
		return nil
	}
	g.titles[strings.Join(words, " ")] = true
	g.openings[words[0]] = true
	return nil
}

func (g *gazetteer) noun(_ string, cell func(string) string) error {
	kind := news.Kind(cell("kind"))
	if kind != news.Group && kind != news.Thing && kind != news.Kind(news.Place) {
		return fmt.Errorf("kind %q: GROUP, THING or PLACE", kind)
	}
	n := noun{kind, cell("sector")}
	g.nouns[cell("noun")] = n
	if p := cell("plural"); p != "" {
		g.nouns[p] = n
	}
	return nil
}

func (g *gazetteer) givenName(_ string, cell func(string) string) error {
	g.given[cell("name")] = cell("gender")
	return nil
}
