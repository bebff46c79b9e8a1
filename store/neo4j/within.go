package neo4j

import (
	"slices"

	"newsgraph/news"
	"newsgraph/store"
)

// Queries within a query go to the database as values, not as Cypher: a statement for each form that they can take would be planned anew for each
// question, for a second or more. So the text depends only on what is to be known of an event. $within has the queries as nodes, each after those
// within it and the query itself last, and a fold over them tells of each whether it asks for e.

const (
	// takers are those who take part in e or say that it is so, by role.
	takers = `[(e)-[p:SOURCE|TARGET|INSTRUMENT|PLACE]->(x:Entity) | x {role: type(p), .id, .country, .iso3, .sector, .kind}]
    + [(e)<-[:OF]-(:Report)-[p:SAID_BY]->(x:Entity) | x {role: type(p), .id, .country, .iso3, .sector, .kind}] AS takers`

	// tellers are the reports of e, with their stories.
	tellers = `[(e)<-[:OF]-(p:Report)-[:IN]->(s:Story) | s {.folded, .loaded, .from, .to, words: p.words}] AS tellers`

	// What a node asks for. What it does not ask for is null in it. A party of n.takers is sought among takers, all those of one list.
	askedOfEvent = `(n.types IS NULL OR e.type IN n.types)
      AND (n.actions IS NULL OR e.action IN n.actions)
      AND (n.modalities IS NULL OR e.modality IN n.modalities)
      AND (n.events IS NULL OR e.id IN n.events)
      AND (n.foreground IS NULL OR NOT e.background)
      AND (n.claim IS NULL OR e.claim = n.claim)
      AND (n.minTexts IS NULL OR e.texts >= n.minTexts)
      AND (n.maxTexts IS NULL OR e.texts <= n.maxTexts)
      AND (n.during IS NULL OR CASE WHEN e.oldest IS NULL THEN n.during.undated ELSE e.to >= n.during.since AND (n.during.until = '' OR e.from <= n.during.until) END)`
	askedOfTakers = `
      AND (n.takers IS NULL OR any(all IN n.takers WHERE all(p IN all WHERE any(x IN takers WHERE x.role IN p.roles
        AND (p.ids IS NULL OR x.id IN p.ids)
        AND (p.countries IS NULL OR x.country IN p.countries OR x.iso3 IN p.countries)
        AND (p.sectors IS NULL OR x.sector IN p.sectors)
        AND (p.kinds IS NULL OR x.kind IN p.kinds)))))`
	askedOfTellers = `
      AND (n.publisher IS NULL OR any(s IN tellers WHERE s.folded = n.publisher))
      AND (n.loaded IS NULL OR any(s IN tellers WHERE s.loaded >= n.loaded))
      AND (n.published IS NULL OR any(s IN tellers WHERE s.to >= n.published.since AND (n.published.until = '' OR s.from <= n.published.until)))
      AND (n.words IS NULL OR any(s IN tellers WHERE all(w IN n.words WHERE s.words CONTAINS w)))`
	askedWithin = `
      AND all(i IN n.all WHERE held[i]) AND (n.any = [] OR any(i IN n.any WHERE held[i])) AND none(i IN n.none WHERE held[i])`
)

// saidBy stands beside the roles of those who take part.
const saidBy news.Role = "SAID_BY"

// within are clauses that tell of e, as held, whether a query asks for it.
func within(q store.EventQuery, params map[string]any) string {
	var f fold
	f.add(q)
	params["within"] = f.nodes
	with, is := "*", askedOfEvent
	if f.takers {
		with, is = with+", "+takers, is+askedOfTakers
	}
	if f.tellers {
		with, is = with+", "+tellers, is+askedOfTellers
	}
	return "\nWITH " + with + "\nWITH *, reduce(held = [], n IN $within | held + coalesce(" + is + askedWithin + ", false))[-1] AS held"
}

// onlyWithin leaves of the events e those that what stands within a query asks for, if anything does.
func onlyWithin(q store.EventQuery, params map[string]any) string {
	if !q.Nested() {
		return ""
	}
	return within(store.EventQuery{All: q.All, Any: q.Any, None: q.None}, params) + " WHERE held"
}

// apart parts a query into what its list is walked by, with the participation of number start if there is one, and what is looked at with the queries
// within it, so that there are few statements.
func apart(q store.EventQuery, start int) (walked, rest store.EventQuery) {
	walked = store.EventQuery{
		Types: q.Types, Actions: q.Actions, Modalities: q.Modalities, Foreground: q.Foreground, Claims: q.Claims,
		During: q.During, Undated: q.Undated, Order: q.Order, Paging: q.Paging,
	}
	rest = q
	rest.Types, rest.Actions, rest.Modalities, rest.Foreground, rest.Claims, rest.During = nil, nil, nil, false, store.IncludeClaims, nil
	if start >= 0 && q.Participants[start].Class.All() {
		rest.Participants = slices.Delete(slices.Clone(q.Participants), start, start+1)
	}
	return walked, rest
}

// fold makes nodes of queries.
type fold struct {
	nodes           []map[string]any
	takers, tellers bool // are asked for
}

// add is the number of the node that a query becomes.
func (f *fold) add(q store.EventQuery) int {
	n := map[string]any{}
	for kind, queries := range map[string][]store.EventQuery{"all": q.All, "any": q.Any, "none": q.None} {
		numbers := make([]int, len(queries))
		for i, one := range queries {
			numbers[i] = f.add(one)
		}
		n[kind] = numbers
	}
	listed(n, "types", texts(q.Types))
	listed(n, "actions", q.Actions)
	listed(n, "modalities", texts(q.Modalities))
	only(n, "events", texts(q.Events), q.Events != nil)
	only(n, "foreground", true, q.Foreground)
	only(n, "claim", q.Claims == store.OnlyClaims, q.Claims != store.IncludeClaims)
	only(n, "minTexts", q.MinTexts, q.MinTexts > 0)
	only(n, "maxTexts", q.MaxTexts, q.MaxTexts > 0)
	if q.During != nil {
		n["during"] = map[string]any{"since": q.During.From, "until": q.During.To, "undated": q.Undated}
	}
	if all := taking(q); len(all[0]) > 0 {
		n["takers"], f.takers = all, true
	}
	own := len(n)
	only(n, "publisher", news.Fold(q.Publisher), q.Publisher != "")
	only(n, "loaded", q.Loaded.UTC(), !q.Loaded.IsZero())
	if q.Published != nil {
		n["published"] = map[string]any{"since": q.Published.From, "until": q.Published.To}
	}
	listed(n, "words", wanted(q.Text))
	f.tellers = f.tellers || len(n) > own
	f.nodes = append(f.nodes, n)
	return len(f.nodes) - 1
}

// taking are lists of parties, of one of which all take part: two if each of two may have acted.
func taking(q store.EventQuery) [][]map[string]any {
	var all []map[string]any
	add := func(to []map[string]any, p store.Party, roles ...news.Role) []map[string]any {
		n := map[string]any{"roles": texts(roles)}
		listed(n, "ids", texts(p.Entities))
		listed(n, "countries", p.Class.Countries)
		listed(n, "sectors", p.Class.Sectors)
		listed(n, "kinds", texts(p.Class.Kinds))
		return append(slices.Clip(to), n)
	}
	for _, p := range q.Participants {
		all = add(all, p.Party(), rolesOf(p)...)
	}
	if !q.SaidBy.All() {
		all = add(all, q.SaidBy, saidBy)
	}
	if b := q.Between; b != nil {
		return [][]map[string]any{add(add(all, b.A, news.Source), b.B, news.Target), add(add(all, b.B, news.Source), b.A, news.Target)}
	}
	return [][]map[string]any{all}
}

func listed(n map[string]any, name string, values []string) { only(n, name, values, len(values) > 0) }

func only(n map[string]any, name string, value any, is bool) {
	if is {
		n[name] = value
	}
}

// How many events are looked at in one go: few at first, and more with each go.
const (
	leastSifted = 400
	mostSifted  = 10_000
)

// sift fills a page of each of parents: walk lists, after a key, so many events that may be asked for, with whether they are.
func sift[T any](parents []parent, q store.EventQuery, after string, walk func(of []parent, after string, limit int64) ([]sifted[T], error)) ([]store.Page[T], error) {
	edges, at := make([][]edge[T], len(parents)), make([]string, len(parents))
	var open []int
	for i := range parents {
		at[i], open = after, append(open, i)
	}
	for limit := max(leastSifted, q.Limit()); len(open) > 0; limit = max(q.Limit(), min(4*limit, mostSifted)) {
		// Those of which as much has been looked at are asked for together: at first, all.
		var now, later []int
		var of []parent
		after := at[open[0]]
		for _, i := range open {
			if at[i] == after {
				now, of = append(now, i), append(of, parents[i])
			} else {
				later = append(later, i)
			}
		}
		found, err := walk(of, after, limit)
		if err != nil {
			return nil, err
		}
		seen := make([]int64, len(of))
		for _, e := range found {
			i := now[e.parent]
			seen[e.parent]++
			if at[i] = e.key; e.held {
				edges[i] = append(edges[i], e.edge)
			}
		}
		for n, i := range now {
			if seen[n] == limit && len(edges[i]) <= q.First {
				later = append(later, i)
			}
		}
		open = later
	}
	pages := make([]store.Page[T], len(parents))
	for i := range pages {
		pages[i] = page(edges[i], q.Paging, kindOf(q.Order))
	}
	return pages, nil
}

// sifted is an edge that a walk came by. It has a node if it is held.
type sifted[T any] struct {
	edge[T]
	held bool
}

func scanSifted[T any](node func(*row) T) func(*row) sifted[T] {
	return func(r *row) sifted[T] {
		s := sifted[T]{edge[T]{parent: r.int("parent"), key: r.string("key")}, column[bool](r, "held")}
		if s.held {
			s.node = node(r)
		}
		return s
	}
}
