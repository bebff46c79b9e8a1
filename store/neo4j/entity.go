package neo4j

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"newsgraph/news"
	"newsgraph/store"
)

// label is the second label of an entity of a kind, and labels are all of them.
func label(k news.Kind) string {
	return strings.ToUpper(string(k[:1])) + strings.ToLower(string(k[1:]))
}

func labels() []string {
	all := make([]string, 0, len(news.Kinds()))
	for _, k := range news.Kinds() {
		all = append(all, label(k))
	}
	return all
}

// entityRow are the properties of an entity, save stories and rank, which its mentions make.
func entityRow(e news.Entity) map[string]any {
	var latitude, longitude any
	if e.Location != nil {
		latitude, longitude = e.Location.Latitude, e.Location.Longitude
	}
	var folded, words, called []string
	for _, n := range append([]string{e.Name}, e.Aliases...) {
		folded = append(folded, news.Fold(n))
		words = append(words, spaced(append(store.NameWords(n), store.NameKeys(n)...)))
		called = append(called, spaced(store.SearchWords(n)))
	}
	var count, approximate any
	if e.Count != 0 {
		count, approximate = e.Count, e.Approximate
	}
	return map[string]any{
		"id": string(e.ID), "kind": string(e.Kind), "name": e.Name, "aliases": e.Aliases, "description": or(e.Description),
		"wikidata": or(e.Wikidata), "iso2": or(e.ISO2), "iso3": or(e.ISO3), "country": or(e.Country), "sector": or(e.Sector),
		"latitude": latitude, "longitude": longitude, "count": count, "approximate": approximate, "source": or(e.Source),
		"folded": unique(folded), "words": unique(words), "called": unique(called), "record": record(e),
	}
}

// rankOf is the sort key of entities by the stories that mention them, most first, then by id; see most.
const rankOf = `right('0000000000' + toString(9999999999 - n), 10) + ' ' + e.id`

const (
	entitiesByID = `UNWIND $ids AS id MATCH (e:Entity {id: id}) RETURN e.record AS record`

	entityIs = `
  ($kinds = [] OR e.kind IN $kinds)
  AND ($countries = [] OR e.country IN $countries OR e.iso3 IN $countries)
  AND ($sectors = [] OR e.sector IN $sectors)
  AND ($classKinds = [] OR e.kind IN $classKinds)
  AND ($name IS NULL OR $name IN e.folded)
  AND ($wikidata IS NULL OR e.wikidata = $wikidata)
  AND ($iso IS NULL OR toUpper(e.iso2) = $iso OR toUpper(e.iso3) = $iso)`

	// Where a list of entities begins.
	allEntities = `
MATCH (e:Entity) WHERE` + entityIs

	entitiesByWikidata = `
MATCH (e:Entity {wikidata: $wikidata}) WHERE` + entityIs

	entitiesByISO = `
MATCH (e:Entity) WHERE (e.iso2 IS NOT NULL OR e.iso3 IS NOT NULL) AND` + entityIs

	entitiesByName = `
CALL db.index.fulltext.queryNodes('newsgraph_entity_words', $lucene) YIELD node AS e
WITH e WHERE` + entityIs

	// How it ends, by its order: that by stories is read from an index, the others are sorted.
	rankedByStories = `
  AND e.rank > $after
RETURN e.rank AS key, e.record AS record ORDER BY e.rank LIMIT $limit`

	rankedByEvents = `
WITH e, COUNT { MATCH (e)<-[:SOURCE|TARGET|INSTRUMENT|PLACE]-(x:Event) RETURN DISTINCT x } AS n
WITH e, ` + rankOf + ` AS key` + keyed

	rankedByName = `
WITH e, e.folded[0] + '\u0001' + e.id AS key` + keyed

	keyed = ` WHERE key > $after
RETURN key, e.record AS record ORDER BY key LIMIT $limit`

	search = `
CALL db.index.fulltext.queryNodes('newsgraph_entity_words', $lucene) YIELD node AS e
WHERE ($kinds = [] OR e.kind IN $kinds) AND any(name IN e.words WHERE all(w IN $words WHERE name CONTAINS w))
WITH e, CASE WHEN $name IN e.called THEN '0 ' ELSE '1 ' END + e.rank AS key
WHERE key > $after
WITH e, key ORDER BY key LIMIT $limit
RETURN key, `

	// searchNear is search with what is near: $near is, for each word, what one of a name begins with: the word or a key.
	searchNear = `
CALL db.index.fulltext.queryNodes('newsgraph_entity_words', $lucene) YIELD node AS e
WHERE ($kinds = [] OR e.kind IN $kinds) AND any(name IN e.words WHERE all(some IN $near WHERE any(w IN some WHERE name CONTAINS w)))
WITH e, CASE WHEN NOT any(name IN e.words WHERE all(w IN $words WHERE name CONTAINS w)) THEN '2 '
  WHEN $name IN e.called THEN '0 ' ELSE '1 ' END + e.rank AS key
WHERE key > $after
WITH e, key ORDER BY key LIMIT $limit
RETURN key, `
)

// Entities returns the entities of ids.
func (s *Store) Entities(ctx context.Context, ids []news.ID) ([]news.Entity, error) {
	return byID(ctx, s, "read entities", entitiesByID, ids, recorded[news.Entity], func(e news.Entity) news.ID { return e.ID })
}

// FindEntities lists entities by what they are.
func (s *Store) FindEntities(ctx context.Context, q store.EntityQuery) (store.Page[news.Entity], error) {
	asked := wanted(q.Name)
	params := map[string]any{
		"kinds": texts(q.Kinds), "name": nil, "wikidata": or(q.Wikidata), "iso": or(strings.ToUpper(q.ISO)), "lucene": lucene(asked),
		"countries": append([]string{}, q.Class.Countries...), "sectors": append([]string{}, q.Class.Sectors...), "classKinds": texts(q.Class.Kinds),
	}
	if q.Name != "" {
		params["name"] = news.Fold(q.Name)
	}
	cypher := allEntities
	switch {
	case q.Wikidata != "":
		cypher = entitiesByWikidata
	case len(asked) > 0:
		cypher = entitiesByName
	case q.ISO != "":
		cypher = entitiesByISO
	}
	cypher += [...]string{rankedByStories, rankedByEvents, rankedByName}[q.Order]
	return list(ctx, s, "find entities", q.Order.Kind(), cypher, params, q.Paging, recorded[news.Entity])
}

// Search lists entities by words of their names.
func (s *Store) Search(ctx context.Context, q store.SearchQuery) (store.Page[news.Entity], error) {
	words := store.SearchWords(q.Text)
	asked := afterSpace(words)
	params := map[string]any{"kinds": texts(q.Kinds), "name": spaced(words), "words": asked, "lucene": lucene(asked)}
	if len(asked) == 0 {
		_, err := paged(q.Paging, "search", nil)
		return store.Page[news.Entity]{}, err
	}
	columns, read := briefly(q.Show)
	cypher := search
	if near := store.NearWords(q.Text); near != nil {
		some := make([][]string, len(words))
		for i, w := range words {
			some[i] = afterSpace(append([]string{w}, near[i]...))
		}
		cypher, params["near"], params["lucene"] = searchNear, some, luceneNear(some)
	}
	return list(ctx, s, "search", "search", cypher+columns+" ORDER BY key", params, q.Paging, read)
}

const knownNames = `MATCH (e:Entity) WHERE e.id > $after RETURN e.id AS id, e.record AS record ORDER BY e.id LIMIT 1000`

// bringSpellings writes the words of names with the keys of near ones, which a graph of an older layout has not.
func (s *Store) bringSpellings(ctx context.Context) error {
	for after := ""; ; {
		all, err := read(ctx, s, "look for names of an older layout", knownNames, map[string]any{"after": after}, recorded[news.Entity])
		if err != nil || len(all) == 0 {
			return err
		}
		var rows []map[string]any
		for _, e := range all {
			rows = append(rows, map[string]any{"id": string(e.ID), "words": entityRow(e)["words"]})
		}
		if _, err := write(ctx, s, "bring the layout up", func(t transaction) (struct{}, error) {
			return struct{}{}, t.do(`UNWIND $rows AS row MATCH (e:Entity {id: row.id}) SET e.words = row.words`, map[string]any{"rows": rows})
		}); err != nil {
			return err
		}
		after = string(all[len(all)-1].ID)
	}
}

const (
	knownEntities = `UNWIND $ids AS id MATCH (e:Entity {id: id}) RETURN id, e.record AS record`

	// saveEntities labels each by its kind, too: a kind is one of a closed list.
	saveEntities = `
UNWIND $rows AS row
MERGE (e:Entity {id: row.id})
SET e += row.props, e:$(row.label)
REMOVE e:$(row.others)`
)

// entityWrite is a row of saveEntities.
func entityWrite(e news.Entity) map[string]any {
	return map[string]any{
		"id": string(e.ID), "props": entityRow(e), "label": label(e.Kind),
		"others": slices.DeleteFunc(labels(), func(l string) bool { return l == label(e.Kind) }),
	}
}

// joinEntities finds out of which entities the stories say more than is known. What is known only grows while a gate is held, so who says nothing new of an
// entity needs no lock of it.
func (c *changing) joinEntities() error {
	said := map[news.ID][]news.Entity{}
	for _, f := range c.put {
		for _, e := range f.Entities {
			said[e.ID] = append(said[e.ID], e)
		}
	}
	c.joined = nil
	if len(said) == 0 {
		return nil
	}
	known, err := c.knownEntities(slices.Sorted(maps.Keys(said)))
	if err != nil {
		return err
	}
	for _, id := range slices.Sorted(maps.Keys(said)) {
		joined, ok := known[id]
		was := record(joined)
		for _, e := range said[id] {
			if !ok {
				joined, ok = e, true
				c.result.Entities++
			}
			joined = news.JoinEntities(joined, e)
		}
		if record(joined) != was {
			c.joined = append(c.joined, joined)
		}
	}
	return nil
}

func (c *changing) writeEntities() error {
	rows := make([]map[string]any, len(c.joined))
	for i, e := range c.joined {
		rows[i] = entityWrite(e)
	}
	return c.rows(saveEntities, rows)
}

func (c *changing) knownEntities(ids []news.ID) (map[news.ID]news.Entity, error) {
	found, err := ask(c.transaction, knownEntities, map[string]any{"ids": texts(ids)}, recorded[news.Entity])
	known := make(map[news.ID]news.Entity, len(found))
	for _, e := range found {
		known[e.ID] = e
	}
	return known, err
}

const (
	// lostEntities are those of which no story says any more what one said that is gone, with all that the others say.
	lostEntities = `
UNWIND $rows AS row
MATCH (e:Entity {id: row.id})
WHERE NOT EXISTS { MATCH (e)<-[c:MENTIONS|IMPLIES]-(:Story) WHERE c.record = row.record }
RETURN e.id AS id, COLLECT { MATCH (e)<-[c:MENTIONS|IMPLIES]-(:Story) RETURN DISTINCT c.record } AS said`

	deleteEntities = `UNWIND $ids AS id MATCH (e:Entity {id: id}) DETACH DELETE e`

	// rankEntities locks the entities first, in their order, so that it counts the stories of all who had the lock before.
	rankEntities = `
UNWIND $ids AS id
MATCH (e:Entity {id: id})
SET e.held = true REMOVE e.held
WITH e, COUNT { (e)<-[:MENTIONS]-() } AS n
WHERE e.rank IS NULL OR e.stories <> n
SET e.stories = n, e.rank = ` + rankOf
)

// settleEntities makes entities anew of which less is said than before, takes away those of which nothing is, and counts the
// stories of the others.
func (c *changing) settleEntities() error {
	touched := map[string]bool{}
	for _, f := range c.put {
		for _, e := range f.Entities {
			touched[string(e.ID)] = true
		}
	}
	var lost []map[string]any
	for _, st := range c.gone {
		for _, e := range st.entities {
			touched[e[0]] = true
			lost = append(lost, map[string]any{"id": e[0], "record": e[1]})
		}
	}
	var over []string
	if len(lost) > 0 {
		slices.SortFunc(lost, func(a, b map[string]any) int { return cmp.Compare(a["id"].(string), b["id"].(string)) })
		type rest struct {
			id   string
			said []string
		}
		less, err := ask(c.transaction, lostEntities, map[string]any{"rows": lost}, func(r *row) rest {
			return rest{r.string("id"), r.strings("said")}
		})
		if err != nil {
			return err
		}
		var rows []map[string]any
		for _, e := range less {
			var said []news.Entity
			for _, text := range e.said {
				var v news.Entity
				if err := json.Unmarshal([]byte(text), &v); err != nil {
					return fmt.Errorf("record of entity %s: %w", e.id, err)
				}
				v.ID = news.ID(e.id)
				said = append(said, v)
			}
			if len(said) == 0 {
				over = append(over, e.id)
				delete(touched, e.id)
				continue
			}
			rows = append(rows, entityWrite(joinAll(said)))
		}
		if err := c.rows(saveEntities, rows); err != nil {
			return err
		}
	}
	if len(over) > 0 {
		if err := c.do(deleteEntities, map[string]any{"ids": unique(over)}); err != nil {
			return err
		}
	}
	if len(touched) == 0 {
		return nil
	}
	return c.do(rankEntities, map[string]any{"ids": slices.Sorted(maps.Keys(touched))})
}

func joinAll(said []news.Entity) news.Entity {
	all := said[0]
	for _, e := range said[1:] {
		all = news.JoinEntities(all, e)
	}
	return all
}
