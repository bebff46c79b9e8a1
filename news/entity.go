package news

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

func itoa(n int) string { return strconv.Itoa(n) }

// Kind is what an entity is.
type Kind string

// The kinds of entities.
const (
	Person       Kind = "PERSON"
	State        Kind = "STATE"
	Organisation Kind = "ORGANISATION"
	Weapon       Kind = "WEAPON"
	Group        Kind = "GROUP" // people without a name of their own: "protesters", "nearly 50 countries"
	Thing        Kind = "THING" // goods, money, vehicles, buildings
)

// Kinds are all kinds, in the order in which lists show them.
func Kinds() []Kind { return []Kind{Person, State, Organisation, Place, Weapon, Group, Thing} }

// Location is a point on the earth in degrees (WGS 84), north and east positive.
type Location struct {
	Latitude  float64 `json:"latitude"`
	Longitude float64 `json:"longitude"`
}

// Entity is someone or something that stories name. Known entities come from the gazetteer, which Source names; others from
// the stories' own text.
type Entity struct {
	ID          ID        `json:"id"`
	Kind        Kind      `json:"kind"`
	Name        string    `json:"name"`
	Aliases     []string  `json:"aliases,omitempty"` // sorted, without Name
	Description string    `json:"description,omitempty"`
	Wikidata    string    `json:"wikidata,omitempty"` // Q423
	ISO2        string    `json:"iso2,omitempty"`     // ISO 3166-1 alpha-2, of a state
	ISO3        string    `json:"iso3,omitempty"`     // ISO 3166-1 alpha-3, of a state
	Country     string    `json:"country,omitempty"`  // alpha-3 of the state it belongs to, IGO for intergovernmental bodies
	Sector      string    `json:"sector,omitempty"`   // PLOVER's: GOV, MIL, REB …
	Location    *Location `json:"location,omitempty"`
	Count       int       `json:"count,omitempty"`       // of a group: how many, where told
	Approximate bool      `json:"approximate,omitempty"` // "nearly 50"
	Source      string    `json:"source,omitempty"`      // the gazetteer file that knows it; empty if only stories do
}

// Known tells that a gazetteer has the entity.
func (e Entity) Known() bool { return e.Source != "" }

// EntityID makes the id of an entity that is the same in every story.
func EntityID(kind Kind, slug string) ID { return ID(nouns[kind] + ":" + slug) }

// LocalID makes the id of a group, a thing or a person known by a title, which belongs to its story alone: to its text, so that the copies that other
// papers print of a wire story tell of the same.
func LocalID(kind Kind, textHash, slug string) ID {
	return ID(nouns[kind] + ":" + textHash + "/" + slug)
}

// Local tells that an entity belongs to one text alone.
func (id ID) Local() bool { return strings.IndexByte(string(id), '/') >= 0 }

var nouns = map[Kind]string{
	Person: "person", State: "state", Organisation: "organisation", Place: "place", Weapon: "weapon", Group: "group", Thing: "thing",
}

// JoinEntities makes one record of what two sources say of one entity. It is commutative, associative and idempotent, so that
// the outcome does not depend on which story was loaded first: what the gazetteer knows wins, then the longer name, then the first in
// byte order; aliases come together; an empty field gives way.
func JoinEntities(a, b Entity) Entity {
	if compareEntities(b, a) < 0 {
		a, b = b, a
	}
	joined := a
	names := slices.Concat(a.Aliases, b.Aliases)
	if b.Name != "" && b.Name != a.Name {
		names = append(names, b.Name)
	}
	slices.Sort(names)
	joined.Aliases = slices.DeleteFunc(slices.Compact(names), func(n string) bool { return n == a.Name || n == "" })
	if len(joined.Aliases) == 0 {
		joined.Aliases = nil
	}
	if a.Known() == b.Known() {
		joined.Description = pick(a.Description, b.Description)
		joined.Wikidata = pick(a.Wikidata, b.Wikidata)
		joined.ISO2 = pick(a.ISO2, b.ISO2)
		joined.ISO3 = pick(a.ISO3, b.ISO3)
		joined.Country = pick(a.Country, b.Country)
		joined.Sector = pick(a.Sector, b.Sector)
		joined.Source = pick(a.Source, b.Source)
		joined.Count = max(a.Count, b.Count)
		joined.Approximate = a.Approximate || b.Approximate
		if joined.Location == nil || b.Location != nil && compareLocations(*b.Location, *a.Location) < 0 {
			joined.Location = b.Location
		}
	}
	return joined
}

// pick takes the longer, then the first in byte order: a total order, so that joining is associative.
func pick(a, b string) string {
	if c := cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(a, b)); c > 0 {
		return b
	}
	return a
}

func compareEntities(a, b Entity) int {
	known := func(e Entity) int {
		if e.Known() {
			return 0
		}
		return 1
	}
	return cmp.Or(cmp.Compare(known(a), known(b)), cmp.Compare(len(b.Name), len(a.Name)), cmp.Compare(a.Name, b.Name),
		cmp.Compare(a.Kind, b.Kind))
}

func compareLocations(a, b Location) int {
	return cmp.Or(cmp.Compare(a.Latitude, b.Latitude), cmp.Compare(a.Longitude, b.Longitude))
}

// Form is how a mention names its entity.
type Form string

// The forms of mentions.
const (
	FormName      Form = "NAME"
	FormInitials  Form = "INITIALS"
	FormAdjective Form = "ADJECTIVE" // "Russian"
	FormNominal   Form = "NOMINAL"   // "the leader"
	FormPronoun   Form = "PRONOUN"
)

// Mention is a span of a story's text that names an entity.
type Mention struct {
	ID     ID     `json:"id"`
	Story  ID     `json:"story"`
	Span   Span   `json:"span"`
	Entity ID     `json:"entity"`
	Form   Form   `json:"form"`
	Why    string `json:"why"` // why it was resolved so, in words for people
}

// MentionID is the id of the mention that stands at span in story.
func MentionID(story ID, span Span) ID {
	return hashID("mention", string(story), itoa(span.Start), itoa(span.End))
}
