package sqlite

import (
	"context"
	"database/sql"
	"fmt"

	"newsgraph/store"
)

// The newest stories of an entity (?1) are read from an index in their order, one more than are looked at (?2). The first row counts them.
const coOccurring = `WITH seen AS MATERIALIZED (
	SELECT DISTINCT story, published, told FROM mention INDEXED BY mention_entity
	WHERE entity = (SELECT n FROM entity WHERE id = ?1) ORDER BY published DESC, told LIMIT ?2 + 1),
found AS (SELECT story FROM seen ORDER BY published DESC, told LIMIT ?2)
SELECT '', COUNT(*) FROM seen
UNION ALL SELECT * FROM (SELECT e.id, others.stories FROM
	(SELECT x.entity, COUNT(*) AS stories FROM found f CROSS JOIN contribution x ON x.story = f.story WHERE x.mentioned > 0 GROUP BY x.entity) others
	CROSS JOIN entity e ON e.n = others.entity WHERE e.id <> ?1 ORDER BY others.stories DESC, e.id LIMIT ?3 + 1)`

// CoOccurring counts the stories of an entity by who else is named in them.
func (s *Store) CoOccurring(ctx context.Context, q store.CoOccurrenceQuery) (store.CoOccurrences, error) {
	if err := q.Check(); err != nil {
		return store.CoOccurrences{}, fmt.Errorf("sqlite: count co-occurrences: %w", err)
	}
	all, err := rows(ctx, s.ask, func(rs *sql.Rows) (c store.CoOccurrence, err error) {
		err = rs.Scan(&c.Entity, &c.Stories)
		return c, err
	}, coOccurring, string(q.Of), q.Most, q.First)
	if err != nil {
		return store.CoOccurrences{}, fmt.Errorf("sqlite: count co-occurrences: %w", err)
	}
	return q.Cut(all[0].Stories, all[1:]), nil
}
