package answer

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/agnivade/levenshtein"
	"golang.org/x/text/language"

	"newsgraph/news"
	"newsgraph/store"
)

const (
	mostNames = 25     // the most names in one filter: each is a call to the store
	mostNamed = 10_000 // the most entities that one name may stand for
	mostWords = 32     // the most words of a text that is searched for
)

// EntityFilter says which entities.
type EntityFilter struct {
	Kind []news.Kind
	Name *string
	Iso  *string

	Country, Sector []string
}

// EntityQuery reads the arguments of a list of entities.
func EntityQuery(filter *EntityFilter, order *store.EntityOrder, first *int, after *string) (q store.EntityQuery, err error) {
	if order != nil {
		q.Order = *order
	}
	if q.Paging, err = Paging(first, after); err != nil || filter == nil {
		return q, err
	}
	if err := values("filter.kind", filter.Kind); err != nil {
		return q, err
	}
	q.Kinds = filter.Kind
	of := Party{Country: filter.Country, Sector: filter.Sector}
	if err := cmp.Or(values("filter.country", of.Country), values("filter.sector", of.Sector)); err != nil {
		return q, err
	}
	if q.Class, err = class("filter", of); err != nil {
		return q, err
	}
	if q.Name, err = Words("filter.name", filter.Name); err != nil {
		return q, err
	}
	if filter.Iso != nil {
		if q.ISO, err = country("filter.iso", *filter.Iso); err != nil {
			return q, err
		}
	}
	return q, nil
}

// SearchQuery reads the arguments of a search.
func SearchQuery(query string, kind []news.Kind, first *int, after *string) (q store.SearchQuery, err error) {
	if q.Paging, err = Paging(first, after); err != nil {
		return q, err
	}
	if q.Text, err = Words("query", &query); err != nil {
		return q, err
	}
	q.Kinds = kind
	return q, values("kind", kind)
}

// EventFilter says which events.
type EventFilter struct {
	Type        []news.EventType
	Action      []string
	Modality    []news.Modality
	Source      []news.ID
	Target      []news.ID
	Instrument  []news.ID
	Place       []news.ID
	Participant []news.ID
	During      *DateInterval
	Undated     bool
	Foreground  bool
	Text        *string

	SourceIs, TargetIs, InstrumentIs, PlaceIs, ParticipantIs, SaidByIs *Party

	SaidBy    []news.ID
	Publisher *string
	MinTexts  *int
	MaxTexts  *int
	Claims    *store.Claims

	PublishedIn *DateInterval
	LoadedSince *string

	And, Or []*EventFilter
	Not     *EventFilter
}

// asks tells that the filter, or one within it, is so.
func (f *EventFilter) asks(is func(*EventFilter) bool) bool {
	within := func(one *EventFilter) bool { return one.asks(is) }
	return f != nil && (is(f) || slices.ContainsFunc(f.And, within) || slices.ContainsFunc(f.Or, within) || f.Not.asks(is))
}

// foreground leaves out what is told as background, and what is not asserted unless the filter, or one within it, asks for modalities.
func (f *EventFilter) foreground(q *store.EventQuery) {
	q.Foreground = true
	if !f.asks(func(f *EventFilter) bool { return f.Modality != nil }) {
		q.Modalities = []news.Modality{news.Asserted}
	}
}

// Party says which entities, by what they are.
type Party struct {
	Entity  []news.ID
	Country []string
	Sector  []string
	Kind    []news.Kind
}

// EventQuery reads the arguments of a list of events. It asks the store for the entities that the filter names.
func (g Graph) EventQuery(
	ctx context.Context, filter *EventFilter, order *store.EventOrder, first *int, after *string,
) (q store.EventQuery, err error) {
	if q.Paging, err = Paging(first, after); err != nil {
		return q, err
	}
	if order != nil {
		q.Order = *order
	}
	if filter == nil {
		return q, nil
	}
	var all []term
	if err := filter.read("filter", &q, &all); err != nil {
		return q, err
	}
	return q, g.name(ctx, all)
}

// term is a filter, or one within it, with what the store is asked by it and who it names.
type term struct {
	q   *store.EventQuery
	who []who // by the roles of partyRoles, then those who say so
}

// partyRoles are the roles of the parties of a term.
func partyRoles() [][]news.Role {
	one := [][]news.Role{{news.Source}, {news.Target}, {news.Instrument}, {news.Place}, nil}
	return append(one, one...)
}

// read reads a filter that stands at a place into a query, save for who it names: those are asked for together, of all filters within it.
func (f *EventFilter) read(at string, q *store.EventQuery, all *[]term) (err error) {
	if err := cmp.Or(values(at+".type", f.Type), values(at+".action", f.Action), values(at+".modality", f.Modality)); err != nil {
		return err
	}
	q.Types, q.Actions, q.Modalities = f.Type, f.Action, f.Modality
	q.Undated, q.Foreground = f.Undated, f.Foreground
	if q.During, err = f.During.interval(at + ".during"); err != nil {
		return err
	}
	if f.Undated && f.During == nil {
		return BadInput(at+".undated", "it goes with during, which else leaves undated events out: without during they are in already, so leave it out too")
	}
	if q.Text, err = Words(at+".text", f.Text); err != nil {
		return err
	}
	if f.Publisher != nil {
		if q.Publisher = *f.Publisher; news.Fold(q.Publisher) == "" {
			return BadInput(at+".publisher", "%q is no name of a publisher", Clip(q.Publisher))
		}
	}
	if f.MinTexts != nil {
		if q.MinTexts = *f.MinTexts; q.MinTexts < 1 {
			return BadInput(at+".minTexts", "at least 1, not %d", q.MinTexts)
		}
	}
	if q.Published, err = f.PublishedIn.interval(at + ".publishedIn"); err != nil {
		return err
	}
	if q.Loaded, err = Instant(at+".loadedSince", f.LoadedSince); err != nil {
		return err
	}
	if f.MaxTexts != nil {
		if q.MaxTexts = *f.MaxTexts; q.MaxTexts < 1 {
			return BadInput(at+".maxTexts", "at least 1, not %d", q.MaxTexts)
		}
		if q.MaxTexts < q.MinTexts {
			return BadInput(at+".maxTexts", "%d is less than minTexts, which is %d", q.MaxTexts, q.MinTexts)
		}
	}
	if f.Claims != nil {
		q.Claims = *f.Claims
	}
	*all = append(*all, term{q, []who{
		{at + ".source", f.Source, nil},
		{at + ".target", f.Target, nil},
		{at + ".instrument", f.Instrument, nil},
		{at + ".place", f.Place, nil},
		{at + ".participant", f.Participant, nil},
		{at + ".source", nil, f.SourceIs},
		{at + ".target", nil, f.TargetIs},
		{at + ".instrument", nil, f.InstrumentIs},
		{at + ".place", nil, f.PlaceIs},
		{at + ".participant", nil, f.ParticipantIs},
		{at + ".saidBy", f.SaidBy, f.SaidByIs},
	}})
	if q.All, err = within(at+".and", f.And, all); err != nil {
		return err
	}
	if q.Any, err = within(at+".or", f.Or, all); err != nil {
		return err
	}
	if f.Not == nil {
		return nil
	}
	q.None = make([]store.EventQuery, 1)
	return f.Not.readWithin(at+".not", &q.None[0], all)
}

// within reads a list of filters within a filter.
func within(at string, of []*EventFilter, all *[]term) ([]store.EventQuery, error) {
	if err := values(at, of); of == nil || err != nil {
		return nil, err
	}
	queries := make([]store.EventQuery, len(of)) // to which terms point
	for i, f := range of {
		if err := f.readWithin(at+"."+strconv.Itoa(i), &queries[i], all); err != nil {
			return nil, err
		}
	}
	return queries, nil
}

func (f *EventFilter) readWithin(at string, q *store.EventQuery, all *[]term) error {
	if reflect.ValueOf(*f).IsZero() {
		return BadInput(at, "an empty filter says nothing: give it a condition or leave it out")
	}
	return f.read(at, q, all)
}

// name finds whom terms name.
func (g Graph) name(ctx context.Context, all []term) error {
	var named []who
	for _, t := range all {
		named = append(named, t.who...)
	}
	parties, err := g.parties(ctx, named...)
	if err != nil {
		return err
	}
	for _, t := range all {
		for i, roles := range partyRoles() {
			if p := parties[i]; !p.All() {
				t.q.Participants = append(t.q.Participants, store.Participation{Entities: p.Entities, Class: p.Class, Roles: roles})
			}
		}
		t.q.SaidBy = parties[len(t.who)-1]
		parties = parties[len(t.who):]
	}
	return nil
}

// Instant reads an argument that is a DateTime.
func Instant(argument string, text *string) (at time.Time, err error) {
	if text == nil {
		return at, nil
	}
	if at, err = time.Parse(time.RFC3339, *text); err != nil {
		return at, BadInput(argument, "%q is no time: write 2024-01-10T12:00:00Z", Clip(*text))
	}
	return at, nil
}

// who is a party as an argument names it by ids and names, and one that is called so with Is after it by what it is.
type who struct {
	argument string
	named    []news.ID
	is       *Party
}

// parties finds whom arguments name: the zero party for those that are not given.
func (g Graph) parties(ctx context.Context, all ...who) ([]store.Party, error) {
	found := make([]store.Party, len(all))
	var conditions []condition
	for i, w := range all {
		of := condition{w.argument, w.named}
		if w.is != nil {
			argument := w.argument + "Is"
			if err := w.is.check(argument); err != nil {
				return nil, err
			}
			if w.named != nil && w.is.Entity != nil {
				return nil, BadInput(argument+".entity", "%s names entities already: name them once", w.argument)
			}
			if w.is.Entity != nil {
				of = condition{argument + ".entity", w.is.Entity}
			}
			var err error
			if found[i].Class, err = class(argument, *w.is); err != nil {
				return nil, err
			}
		}
		conditions = append(conditions, of)
	}
	ids, err := g.named(ctx, conditions...)
	for i := range ids {
		found[i].Entities = ids[i]
	}
	return found, err
}

// check refuses a party that says nothing, or too much.
func (p Party) check(argument string) error {
	if p.Entity == nil && p.Country == nil && p.Sector == nil && p.Kind == nil {
		return BadInput(argument, "an empty party says nothing: leave it out for no condition")
	}
	return cmp.Or(values(argument+".country", p.Country), values(argument+".sector", p.Sector), values(argument+".kind", p.Kind))
}

// class reads what a party is.
func class(argument string, p Party) (c store.Class, err error) {
	for _, code := range p.Country {
		if code, err = country(argument+".country", code); err != nil {
			return c, err
		}
		c.Countries = append(c.Countries, code)
	}
	for _, sector := range p.Sector {
		code := strings.ToUpper(sector)
		if _, ok := sectors[code]; !ok {
			meant := ""
			if near := nearestSectors(sector); len(near) > 0 {
				meant = fmt.Sprintf(" Did you mean %s?", quoted(near))
			}
			return c, BadInput(argument+".sector", "%q is no PLOVER sector.%s It is one of %s", Clip(sector), meant, strings.Join(slices.Sorted(maps.Keys(sectors)), ", "))
		}
		c.Sectors = append(c.Sectors, code)
	}
	c.Kinds = p.Kind
	return c, nil
}

// sectors are PLOVER's, as the tables of loader/gazetteer have them, and what each says.
var sectors = map[string]string{
	"AGR": "agriculture", "BUS": "business", "COP": "police", "CRM": "criminal", "CVL": "civilian", "EDU": "education", "ELI": "elites", "GOV": "government",
	"IGO": "intergovernmental", "JRN": "journalist", "JUD": "judiciary", "LAB": "labour", "LEG": "legislature", "MED": "medical", "MIL": "military", "NGO": "nongovernmental",
	"OPP": "opposition", "PRM": "paramilitary", "PTY": "party", "REB": "rebels", "REF": "refugees", "REL": "religion", "SPY": "intelligence", "UAF": "unidentified armed force",
}

// nearestSectors are those that a name is one letter away from, or whose word begins as it does or is nearly it.
func nearestSectors(name string) []string {
	const most = 3
	name = strings.ToLower(Clip(name))
	var near []string
	for _, code := range slices.Sorted(maps.Keys(sectors)) {
		word := sectors[code]
		begins := len(name) >= len(code) && (strings.HasPrefix(word, name) || strings.HasPrefix(name, word))
		if begins || swapped(name, code) || len(name) > len(code) && levenshtein.ComputeDistance(name, word) <= len(word)/3 {
			return []string{code}
		}
		if levenshtein.ComputeDistance(name, strings.ToLower(code)) <= 1 {
			near = append(near, code)
		}
	}
	return near[:min(most, len(near))]
}

// swapped tells that a name has the letters of a code in another order.
func swapped(name, code string) bool {
	a, b := []byte(name), []byte(strings.ToLower(code))
	slices.Sort(a)
	slices.Sort(b)
	return slices.Equal(a, b)
}

// country reads the code of a country as entities have it: of three letters, ISO 3166-1's, IGO, or XKX for Kosovo, which CLDR calls XKK. A code that
// is none would find nothing, and GER is not Germany.
func country(argument, code string) (string, error) {
	as := code
	code = strings.ToUpper(code)
	if code == "IGO" || code == "XKX" {
		return code, nil
	}
	region, err := language.ParseRegion(code)
	if err != nil || !region.IsCountry() || len(code) != 2 && len(code) != 3 {
		return "", BadInput(argument, "%q is no ISO 3166-1 code: write RUS or RU for Russia; Entity.country tells that of any other", Clip(as))
	}
	if code = region.Canonicalize().ISO3(); code == "XKK" {
		code = "XKX"
	}
	return code, nil
}

// Between reads the arguments of a list of what two parties did to each other.
func (g Graph) Between(
	ctx context.Context, a, b []news.ID, aIs, bIs *Party, filter *EventFilter, order *store.EventOrder, first *int, after *string,
) (q store.EventQuery, err error) {
	if a == nil && aIs == nil || b == nil && bIs == nil {
		return q, BadInput("", "between takes two parties: a or aIs, and b or bIs")
	}
	if q, err = g.EventQuery(ctx, filter, order, first, after); err != nil {
		return q, err
	}
	parties, err := g.parties(ctx, who{"a", a, aIs}, who{"b", b, bIs})
	if err != nil {
		return q, err
	}
	q.Between = &store.Between{A: parties[0], B: parties[1]}
	return q, nil
}

// condition is a list of ids and exact names of entities, any of which will do.
type condition struct {
	argument string
	of       []news.ID
}

// named finds the entities that each condition stands for, nil for a condition that is not given. It asks for all ids at once,
// and once for each name.
func (g Graph) named(ctx context.Context, conditions ...condition) ([][]news.ID, error) {
	var ids []news.ID
	names := map[news.ID][]news.ID{} // by the name as written
	for _, c := range conditions {
		if err := values(c.argument, c.of); err != nil {
			return nil, err
		}
		for _, v := range c.of {
			switch noun := v.Noun(); {
			case isEntity(noun):
				ids = append(ids, v)
			case isNode(noun):
				return nil, BadInput(c.argument, "%s is no entity", Clip(v))
			case len(news.Words(string(v))) == 0:
				return nil, BadInput(c.argument, "%q is neither an id nor a name", Clip(v))
			default:
				names[v] = nil
			}
		}
	}
	if len(names) > mostNames {
		return nil, BadInput("", "at most %d names in one filter, not %d: give ids, which search tells", mostNames, len(names))
	}
	known, err := g.known(ctx, distinct(ids))
	if err != nil {
		return nil, err
	}
	found := make([][]news.ID, len(conditions))
	for i, c := range conditions {
		for _, v := range c.of {
			if isEntity(v.Noun()) {
				if !known[v] {
					log, err := g.Log(ctx)
					if err != nil {
						return nil, err
					}
					return nil, Missing(log, c.argument, v)
				}
				found[i] = append(found[i], v)
				continue
			}
			if names[v] == nil {
				if names[v], err = g.called(ctx, c.argument, string(v)); err != nil {
					return nil, err
				}
			}
			found[i] = append(found[i], names[v]...)
		}
		found[i] = distinctOrNil(found[i])
	}
	return found, nil
}

// single finds the one entity that each condition stands for: a name that several bear is refused, with who they are.
func (g Graph) single(ctx context.Context, conditions ...condition) ([]news.ID, error) {
	found, err := g.named(ctx, conditions...)
	if err != nil {
		return nil, err
	}
	one := make([]news.ID, len(found))
	for i, ids := range found {
		if len(ids) > 1 {
			return nil, BadInput(conditions[i].argument, "%d entities are called so: give an id, %s", len(ids), choice(ids))
		}
		one[i] = ids[0]
	}
	return one, nil
}

// choice tells some ids, and that there are more.
func choice(ids []news.ID) string {
	const most = 5
	var told []string
	for _, id := range ids[:min(len(ids), most)] {
		told = append(told, string(id))
	}
	if len(ids) > most {
		return strings.Join(told, ", ") + " or another, which search tells"
	}
	return strings.Join(told[:len(told)-1], ", ") + " or " + told[len(told)-1]
}

func distinctOrNil(ids []news.ID) []news.ID {
	if ids == nil {
		return nil
	}
	return distinct(ids)
}

// known tells which ids the store has.
func (g Graph) known(ctx context.Context, ids []news.ID) (map[news.ID]bool, error) {
	if len(ids) == 0 {
		return map[news.ID]bool{}, nil
	}
	entities, err := g.Reader.Entities(ctx, ids)
	if err != nil {
		return nil, err
	}
	known := make(map[news.ID]bool, len(entities))
	for _, e := range entities {
		known[e.ID] = true
	}
	return known, nil
}

// called finds every entity of an exact name.
func (g Graph) called(ctx context.Context, argument, name string) ([]news.ID, error) {
	page, err := g.Reader.FindEntities(ctx, store.EntityQuery{Name: name, Paging: store.Paging{First: mostNamed}})
	switch {
	case err != nil:
		return nil, err
	case len(page.Edges) == 0:
		return nil, Absent(argument, "nothing is called %q; search(query: %q) finds names by their beginnings", Clip(name), Clip(name))
	case page.More:
		return nil, BadInput(argument, "%q stands for more than %d entities: give ids", Clip(name), mostNamed)
	}
	ids := make([]news.ID, len(page.Edges))
	for i, e := range page.Edges {
		ids[i] = e.Node.ID
	}
	return ids, nil
}

// values refuses a list that is empty, which nothing could meet, or too long.
func values[T any](argument string, of []T) error {
	switch {
	case of == nil:
		return nil
	case len(of) == 0:
		return BadInput(argument, "an empty list can match nothing: leave it out for no condition")
	case len(of) > MostValues:
		return BadInput(argument, "at most %d values, not %d", MostValues, len(of))
	}
	return nil
}

// Words refuses a text without words and one with too many. A nil text is none.
func Words(argument string, text *string) (string, error) {
	if text == nil {
		return "", nil
	}
	switch n := len(news.Words(*text)); {
	case n == 0:
		return "", BadInput(argument, "%q has no letters or digits", Clip(*text))
	case n > mostWords:
		return "", BadInput(argument, "at most %d words, not %d", mostWords, n)
	}
	return *text, nil
}

var entityNouns = func() []string {
	nouns := make([]string, 0, len(news.Kinds()))
	for _, k := range news.Kinds() {
		nouns = append(nouns, news.EntityID(k, "").Noun())
	}
	return nouns
}()

func isEntity(noun string) bool { return slices.Contains(entityNouns, noun) }

func isNode(noun string) bool {
	return isEntity(noun) || slices.Contains([]string{"story", "event", "report", "mention", "position", "quotation", "correction"}, noun)
}
