package neo4j

import (
	"context"
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
	var folded, words []string
	for _, n := range append([]string{e.Name}, e.Aliases...) {
		folded = append(folded, news.Fold(n))
		words = append(words, spaced(news.Words(n)))
	}
	var count, approximate any
	if e.Count != 0 {
		count, approximate = e.Count, e.Approximate
	}
	return map[string]any{
		"id": string(e.ID), "kind": string(e.Kind), "name": e.Name, "aliases": e.Aliases, "description": or(e.Description),
		"wikidata": or(e.Wikidata), "iso2": or(e.ISO2), "iso3": or(e.ISO3), "country": or(e.Country), "sector": or(e.Sector),
		"latitude": latitude, "longitude": longitude, "count": count, "approximate": approximate, "source": or(e.Source),
		"folded": unique(folded), "words": unique(words), "record": record(e),
	}
}

// rankOf is the sort key of entities by the stories that mention them, most first, then by id; see most.
const rankOf = `right('0000000000' + toString(9999999999 - n), 10) + ' ' + e.id`

const (
	entitiesByID = `UNWIND $ids AS id MATCH (e:Entity {id: id}) RETURN e.record AS record`

	entityIs = `
  ($kinds = [] OR e.kind IN $kinds)
  AND ($name IS NULL OR $name IN e.folded)
  AND ($wikidata IS NULL OR e.wikidata = $wikidata)
  AND ($iso IS NULL OR toUpper(e.iso2) = $iso OR toUpper(e.iso3) = $iso)
  AND e.rank > $after`

	entitiesReturned = `
RETURN e.rank AS key, e.record AS record ORDER BY e.rank LIMIT $limit`

	entitiesRanked = `
MATCH (e:Entity) WHERE` + entityIs + entitiesReturned

	entitiesByWikidata = `
MATCH (e:Entity {wikidata: $wikidata}) WHERE` + entityIs + entitiesReturned

	entitiesByISO = `
MATCH (e:Entity) WHERE (e.iso2 IS NOT NULL OR e.iso3 IS NOT NULL) AND` + entityIs + entitiesReturned

	entitiesByName = `
CALL db.index.fulltext.queryNodes('newsgraph_entity_words', $lucene) YIELD node AS e
WITH e WHERE` + entityIs + entitiesReturned

	search = `
CALL db.index.fulltext.queryNodes('newsgraph_entity_words', $lucene) YIELD node AS e
WHERE ($kinds = [] OR e.kind IN $kinds) AND any(name IN e.words WHERE all(w IN $words WHERE name CONTAINS w))
WITH e, CASE WHEN $name IN e.folded THEN '0 ' ELSE '1 ' END + e.rank AS key
WHERE key > $after
RETURN key, e.record AS record ORDER BY key LIMIT $limit`
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
	}
	if q.Name != "" {
		params["name"] = news.Fold(q.Name)
	}
	cypher := entitiesRanked
	switch {
	case q.Wikidata != "":
		cypher = entitiesByWikidata
	case len(asked) > 0:
		cypher = entitiesByName
	case q.ISO != "":
		cypher = entitiesByISO
	}
	return list(ctx, s, "find entities", "entities", cypher, params, q.Paging, recorded[news.Entity])
}

// Search lists entities by words of their names.
func (s *Store) Search(ctx context.Context, q store.SearchQuery) (store.Page[news.Entity], error) {
	asked := wanted(q.Text)
	params := map[string]any{"kinds": texts(q.Kinds), "name": news.Fold(strings.TrimSpace(q.Text)), "words": asked, "lucene": lucene(asked)}
	if len(asked) == 0 {
		_, err := paged(q.Paging, "search", nil)
		return store.Page[news.Entity]{}, err
	}
	return list(ctx, s, "search", "search", search, params, q.Paging, recorded[news.Entity])
}
