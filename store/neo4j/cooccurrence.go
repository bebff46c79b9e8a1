package neo4j

import (
	"context"
	"fmt"

	"newsgraph/news"
	"newsgraph/store"
)

// The newest stories of an entity are read from the index of its mentions in their order, one more than are looked at. The row of no entity counts them.
const coOccurring = `
CALL () {
  MATCH (m:Mention) USING INDEX m:Mention(entity, newest)
  WHERE m.entity = $of AND m.newest > ''
  WITH m ORDER BY m.entity, m.newest
  WITH DISTINCT m.story AS id LIMIT $most + 1
  RETURN collect(id) AS seen
}
CALL (seen) {
  RETURN null AS entity, size(seen) AS stories
 UNION ALL
  UNWIND seen[..$most] AS id
  MATCH (:Story {id: id})-[:MENTIONS]->(x:Entity) WHERE x.id <> $of
  RETURN x.id AS entity, count(*) AS stories ORDER BY stories DESC, entity LIMIT $first + 1
}
RETURN entity, stories ORDER BY entity IS NOT NULL, stories DESC, entity`

// CoOccurring counts the stories of an entity by who else is named in them.
func (s *Store) CoOccurring(ctx context.Context, q store.CoOccurrenceQuery) (store.CoOccurrences, error) {
	const what = "count co-occurrences"
	if err := q.Check(); err != nil {
		return store.CoOccurrences{}, fmt.Errorf("neo4j: %s: %w", what, err)
	}
	params := map[string]any{"of": string(q.Of), "most": q.Most, "first": q.First}
	all, err := read(ctx, s, what, coOccurring, params, func(r *row) store.CoOccurrence {
		return store.CoOccurrence{Entity: news.ID(r.string("entity")), Stories: r.int("stories")}
	})
	if err != nil {
		return store.CoOccurrences{}, err
	}
	return q.Cut(all[0].Stories, all[1:]), nil
}
