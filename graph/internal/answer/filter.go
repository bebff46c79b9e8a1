package answer

import (
	"context"
	"slices"

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
}

// EntityQuery reads the arguments of a list of entities.
func EntityQuery(filter *EntityFilter, first *int, after *string) (q store.EntityQuery, err error) {
	if q.Paging, err = Paging(first, after); err != nil || filter == nil {
		return q, err
	}
	if err := values("filter.kind", filter.Kind); err != nil {
		return q, err
	}
	q.Kinds = filter.Kind
	if q.Name, err = Words("filter.name", filter.Name); err != nil {
		return q, err
	}
	if filter.Iso != nil {
		if q.ISO = *filter.Iso; len(q.ISO) != 2 && len(q.ISO) != 3 {
			return q, BadInput("filter.iso", "%q is no ISO 3166-1 code: write KP or PRK", Clip(q.ISO))
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
	if err := values("filter.type", filter.Type); err != nil {
		return q, err
	}
	if err := values("filter.action", filter.Action); err != nil {
		return q, err
	}
	if err := values("filter.modality", filter.Modality); err != nil {
		return q, err
	}
	q.Types, q.Actions, q.Modalities = filter.Type, filter.Action, filter.Modality
	q.Undated, q.Foreground = filter.Undated, filter.Foreground
	if q.During, err = filter.During.interval("filter.during"); err != nil {
		return q, err
	}
	if filter.Undated && filter.During == nil {
		return q, BadInput("filter.undated", "it goes with during, which else leaves undated events out: without during they are in already, so leave it out too")
	}
	if q.Text, err = Words("filter.text", filter.Text); err != nil {
		return q, err
	}
	conditions := []condition{
		{"filter.source", filter.Source},
		{"filter.target", filter.Target},
		{"filter.instrument", filter.Instrument},
		{"filter.place", filter.Place},
		{"filter.participant", filter.Participant},
	}
	in := [][]news.Role{{news.Source}, {news.Target}, {news.Instrument}, {news.Place}, nil}
	ids, err := g.named(ctx, conditions...)
	if err != nil {
		return q, err
	}
	for i, entities := range ids {
		if entities != nil {
			q.Participants = append(q.Participants, store.Participation{Entities: entities, Roles: in[i]})
		}
	}
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
					return nil, Absent(c.argument, "no entity has the id %q; search(query: …) finds ids", Clip(v))
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
	return isEntity(noun) || slices.Contains([]string{"story", "event", "report", "mention", "position", "quotation"}, noun)
}
