package gazetteer

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"newsgraph/loader/nlp"
	"newsgraph/news"
)

// Title tells that words in lower case, joined by spaces, are the title of an office or a role, in the singular: "prime minister".
func (g *Gazetteer) Title(words string) bool { return g.titles[words] }

// OpensTitle tells that a title begins with a word in lower case.
func (g *Gazetteer) OpensTitle(word string) bool { return g.openings[word] }

// Sector is PLOVER's sector of who holds an office, in lower case: the title's own, what a noun before it tells ("army spokesman"), else that of
// the body or the state. Who leads a company, a party or rebels is of their sector, and who held an office once is of the elite. It is empty where
// nothing tells; of may be the zero Entity.
func (g *Gazetteer) Sector(title string, of news.Entity) string {
	words := strings.Fields(strings.ReplaceAll(title, "-", " - "))
	for _, cut := range []string{" of ", " for ", " to "} {
		if head, _, ok := strings.Cut(title, cut); ok && g.sectors[title] == "" {
			words = strings.Fields(head)
			break
		}
	}
	if len(words) == 0 {
		return ""
	}
	if PastOffice(words[0]) {
		return "ELI"
	}
	body := of.Sector
	if body == "IGO" {
		body = "GOV" // for whom PLOVER writes IGO in the country's place
	}
	for first := range words {
		sector, ok := g.sectors[strings.Join(words[first:], " ")]
		if !ok {
			continue
		}
		if of.Kind == news.Organisation && sector == "GOV" && body != "" && !OfState(body) || of.Kind == news.Organisation && sector == "GOV" && (body == "REB" || body == "PTY" || body == "OPP") {
			return body
		}
		for k := first - 1; k >= 0 && sector == ""; k-- {
			sector = g.nouns[words[k]].Sector
		}
		return cmp.Or(sector, body)
	}
	for _, w := range slices.Backward(words) {
		if n := g.nouns[w]; n.Sector != "" {
			return n.Sector
		}
	}
	return body
}

// PastOffice tells a word before a title of who holds it no more: former, ousted.
func PastOffice(word string) bool { return pastOffice[word] }

var pastOffice = set("former", "ex", "ousted", "deposed", "toppled", "exiled")

// OfState tells PLOVER's sectors that belong to a state.
func OfState(sector string) bool { return ofStates[sector] }

var ofStates = set("GOV", "MIL", "COP", "REB", "LEG", "JUD", "OPP", "PTY", "SPY")

// Noun is what a common noun stands for.
type Noun struct {
	Kind   news.Kind // GROUP, of which one is a person; THING; PLACE
	Sector string    // PLOVER's, of groups; empty where it tells of none
}

// Noun is what a noun stands for, by its lemma or its plural in lower case; the zero Noun where the table has it not.
func (g *Gazetteer) Noun(word string) Noun { return g.nouns[word] }

// NounsAlike is how many nouns of the table are for people, and how many for other things, of those that are used as the words of one of nlp's 1,000
// clusters are.
func (g *Gazetteer) NounsAlike(cluster int) (people, others int) {
	c := g.alike()[cluster]
	return c.people, c.others
}

type alike struct{ people, others int }

func (g *Gazetteer) clusters() map[int]alike {
	counted := map[int]alike{}
	var text strings.Builder
	d := &nlp.Doc{}
	var kinds []news.Kind
	for w, n := range g.nouns {
		d.Tokens = append(d.Tokens, nlp.Token{Start: text.Len(), End: text.Len() + len(w), Lemma: w, Head: -1})
		text.WriteString(w)
		kinds = append(kinds, n.Kind)
	}
	d.Text = text.String()
	view, err := nlp.NewView(d)
	if err != nil {
		panic(err) // the clusters are a part of the program, and the tests read them
	}
	for i, kind := range kinds {
		_, fine := view.Clusters(i)
		c := counted[fine]
		if kind == news.Group {
			c.people++
		} else {
			c.others++
		}
		counted[fine] = c
	}
	return counted
}

// Classes are those that tell which sense a verb has beside a noun, by the noun's lemma or by two words, in lower case and in the order of the table: "scene"
// is of art, for shooting one is filming.
func (g *Gazetteer) Classes(noun string) []string { return g.classes[noun] }

// Figure is what stands by a word of harm or force and shows that it tells of something else (CODING 42 and 44).
type Figure struct {
	what   []string // types and actions that the word tells not then
	Where  string   // where it stands by the word: subj, obj, a preposition ...; the head of figures.tsv lists them
	Of     []string // classes of nouns: all that stands there is of one of them
	Unless []string // where nothing stands, or with a ! before it no party
	Then   string   // the action that the word tells instead, empty if none
}

// Figures are those that speak against an action and its type, in the order of the table.
func (g *Gazetteer) Figures(typ news.EventType, action string) []Figure {
	var all []Figure
	for _, f := range g.figures {
		if slices.Contains(f.what, string(typ)) || slices.Contains(f.what, action) {
			all = append(all, f)
		}
	}
	return all
}

// Addressing is how a word tells to whom something is said.
type Addressing string

// The ways of addressing.tsv.
const (
	HearerVerb  Addressing = "hearer"
	ToVerb      Addressing = "to"
	MessageNoun Addressing = "message"
	TalkNoun    Addressing = "talk"
	SpeechVerb  Addressing = "speech"
)

// Addresses tells that a lemma addresses somebody so.
func (g *Gazetteer) Addresses(how Addressing, lemma string) bool { return g.addressing[how][lemma] }

func (g *Gazetteer) addresses(_ string, cell func(string) string) error {
	how := Addressing(cell("how"))
	if !slices.Contains([]Addressing{HearerVerb, ToVerb, MessageNoun, TalkNoun, SpeechVerb}, how) {
		return fmt.Errorf("how %q: hearer, to, message, talk or speech", how)
	}
	g.addressing[how] = set(list(cell("lemmas"))...)
	return nil
}

// Locating is what a preposition of place tells of what it leads.
type Locating string

// What prepositions.tsv says that prepositions tell.
const (
	TellsArgument Locating = "argument" // the PLACE of a word, where no wording gives what it leads another role
	TellsSite     Locating = "site"     // where the event is that the words around it tell
	TellsCountry  Locating = "country"  // in which country those are of whom it is said
	TellsGround   Locating = "ground"   // where a state is meant as ground and not as a party
	TellsScene    Locating = "scene"    // the scene of a sentence that tells no other place
	TellsPlace    Locating = "place"    // a place and hardly ever a person
	TellsName     Locating = "name"     // the place where a name is a person's or a word, too
)

// Locates tells that a preposition, in any case, tells so of what it leads.
func (g *Gazetteer) Locates(how Locating, preposition string) bool {
	return g.locating[how][strings.ToLower(preposition)]
}

func (g *Gazetteer) preposition(_ string, cell func(string) string) error {
	for _, tells := range list(cell("tells")) {
		how := Locating(tells)
		if !slices.Contains([]Locating{TellsArgument, TellsSite, TellsCountry, TellsGround, TellsScene, TellsPlace, TellsName}, how) {
			return fmt.Errorf("tells %q: argument, site, country, ground, scene, place or name", how)
		}
		if g.locating[how] == nil {
			g.locating[how] = map[string]bool{}
		}
		g.locating[how][cell("preposition")] = true
	}
	return nil
}

// set are the words as a set.
func set(words ...string) map[string]bool {
	all := make(map[string]bool, len(words))
	for _, w := range words {
		all[w] = true
	}
	return all
}

func (g *Gazetteer) class(_ string, cell func(string) string) error {
	for _, n := range strings.Split(cell("nouns"), "|") {
		if n == "" {
			return fmt.Errorf("class %q: an empty noun", cell("class"))
		}
		g.classes[n] = append(g.classes[n], cell("class"))
	}
	return nil
}

func (g *Gazetteer) figure(_ string, cell func(string) string) error {
	f := Figure{what: strings.Split(cell("what"), "|"), Where: cell("where"), Of: strings.Split(cell("of"), "|"), Then: cell("then")}
	if _, ok := news.ActionNamed(f.Then); !ok && f.Then != "" {
		return fmt.Errorf("then %q is no action", f.Then)
	}
	for _, w := range f.what {
		if _, ok := news.ActionNamed(w); !ok && !slices.Contains(news.EventTypes(), news.EventType(w)) {
			return fmt.Errorf("%q is no action and no type", w)
		}
	}
	for _, c := range f.Of {
		known := false
		for _, of := range g.classes {
			known = known || slices.Contains(of, c)
		}
		if !known {
			return fmt.Errorf("class %q is not in classes.tsv", c)
		}
	}
	if cell("unless") != "" {
		f.Unless = strings.Split(cell("unless"), "|")
	}
	g.figures = append(g.figures, f)
	return nil
}

func (g *Gazetteer) title(_ string, cell func(string) string) error {
	if cell("title") == "" {
		return fmt.Errorf("an empty title")
	}
	words := Words(cell("title"))
	g.sectors[strings.Join(words, " ")] = cell("sector")
	if cell("of") == "position" {
		return nil
	}
	g.titles[strings.Join(words, " ")] = true
	g.openings[words[0]] = true
	return nil
}

func (g *Gazetteer) noun(_ string, cell func(string) string) error {
	kind := news.Kind(cell("kind"))
	if kind != news.Group && kind != news.Thing && kind != news.Kind(news.Place) {
		return fmt.Errorf("kind %q: GROUP, THING or PLACE", kind)
	}
	n := Noun{kind, cell("sector")}
	g.nouns[cell("noun")] = n
	if p := cell("plural"); p != "" {
		g.nouns[p] = n
	}
	return nil
}

func (g *Gazetteer) givenName(_ string, cell func(string) string) error {
	g.given[cell("name")] = cell("gender")
	return nil
}
