package sqlite

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"newsgraph/news"
	"newsgraph/store"
)

// Relations lists the relations of each entity: those that are kept, in their order, or, during an interval, its links counted.
func (s *Store) Relations(ctx context.Context, of []news.ID, q store.RelationQuery) ([]store.Page[store.Relation], error) {
	const kind = "relations"
	keys := []key{{column: "count", desc: true, kind: numberKey}, {column: "source_id"}, {column: "target_id"}, {column: "action"}}
	after, afterArgs, err := beyond(keys, kind, q.After, outer)
	if err = cmp.Or(q.Check(), store.CheckInterval(q.During), err); err != nil {
		return nil, fmt.Errorf("sqlite: list %s: %w", kind, err)
	}
	streams := make([][]stream, len(of))
	for i, entity := range of {
		for _, side := range []struct {
			not              store.Direction
			near, far, index string
		}{{store.Incoming, "source", "target", "out"}, {store.Outgoing, "target", "source", "in"}} {
			if q.Direction == side.not {
				continue
			}
			var b builder
			b.and(`r.`+side.near+` = (SELECT n FROM entity WHERE id = ?)`, entity)
			if q.Direction == store.Both && side.near == "target" {
				b.and(`r.source <> r.target`) // it came from the other side
			}
			if len(q.Actions) > 0 {
				b.and(in(`r.action`, q.Actions))
			}
			if len(q.Others) > 0 {
				b.and(`r.`+side.far+` IN (SELECT n FROM entity WHERE id IN (SELECT value FROM json_each(?)))`, list(q.Others))
			}
			if !q.Class.All() { // looked at one by one: a class may have very many
				some, args := members(store.Party{Class: q.Class})
				b.and(`EXISTS (`+some+` AND n = r.`+side.far+`)`, args...)
			}
			if q.During != nil || q.Claims != store.IncludeClaims {
				streams[i] = append(streams[i], counted(i, b, side.near, side.far, keys, after, afterArgs, q))
				continue
			}
			from, ordered := `relation r INDEXED BY relation_`+side.index, sideKeys(keys, side.far)
			if len(q.Others) > 0 { // a pair has few relations: they are found by the primary key, and sorted
				from, ordered = `relation r`, slices.Clone(ordered)
				ordered[0].column = `+count`
			}
			streams[i] = append(streams[i], stream{
				`SELECT ? AS parent, count, claims, source_id, target_id, action, first, last, latest FROM ` + from + ` WHERE ` +
					strings.Join(append(b.where, after), " AND ") + ` ORDER BY ` + order(ordered, outer) + ` LIMIT ?`,
				slices.Concat([]any{i}, b.args, afterArgs, []any{q.Limit()}),
			})
		}
	}
	found := make([]store.Page[store.Relation], len(of))
	for some := range merged(streams) {
		var parts []string
		var args []any
		for _, st := range some {
			parts, args = append(parts, `SELECT * FROM (`+st.query+`)`), append(args, st.args...)
		}
		err := scan(ctx, s, kind, keys, found, q.First, scanRelation, `SELECT parent, `+columns(keys)+`, count, claims, source_id, target_id, action, first, last, latest
			FROM (`+strings.Join(parts, ` UNION ALL `)+`) ORDER BY parent, `+order(keys, outer), args...)
		if err != nil {
			return nil, err
		}
	}
	return found, nil
}

// sideKeys are the keys of the relations on one side of an entity: all have the same near id, so that the index need not hold it.
func sideKeys(keys []key, far string) []key {
	return []key{keys[0], {column: far + "_id"}, keys[3]}
}

// counted counts the links of an entity within an interval, or those that are claims or are not.
func counted(parent int, b builder, near, far string, keys []key, after string, afterArgs []any, q store.RelationQuery) stream {
	var w builder
	if q.During != nil {
		from, to := stretch(q.During.From, q.During.To)
		w.and(`r.at > ? AND r.at <= ? AND r.at >= ? - (SELECT longest FROM bound) AND r.at + r.length >= ?`, dated, dated+to, dated+from, dated+from)
	}
	if q.Claims != store.IncludeClaims {
		w.and(`r.claim = ?`, q.Claims == store.OnlyClaims)
	}
	within := strings.Join(w.where, " AND ")
	return stream{
		`SELECT ? AS parent, count, claims, source_id, target_id, action, first, last,
			(SELECT r.event FROM link r WHERE r.source = sum.source AND r.target = sum.target AND r.action = sum.action AND ` + within + ` ORDER BY r.at DESC, r.event LIMIT 1) AS latest
		FROM (SELECT * FROM (SELECT r.source AS source, r.target AS target, (SELECT id FROM entity WHERE n = r.source) AS source_id, (SELECT id FROM entity WHERE n = r.target) AS target_id,
			r.action AS action, COUNT(*) AS count, SUM(r.claim) AS claims, coalesce(MIN(CASE WHEN r.at > ? THEN r.at END) - ?, 0) AS first, coalesce(MAX(CASE WHEN r.at > ? THEN r.at + r.length END) - ?, 0) AS last
			FROM link r INDEXED BY link_` + near + ` WHERE ` + strings.Join(append(b.where, within), " AND ") + ` GROUP BY r.` + far + `, r.action)
		WHERE ` + after + ` ORDER BY ` + order(keys, outer) + ` LIMIT ?) sum`, // the latest is looked for of the page alone
		slices.Concat([]any{parent}, w.args, []any{dated, dated, dated, dated}, b.args, w.args, afterArgs, []any{q.Limit()}),
	}
}

func scanRelation(scan scanner) (r store.Relation, err error) {
	var first, last int64
	var latest []byte
	if err = scan(&r.Count, &r.Claims, &r.From, &r.To, &r.Action, &first, &last, &latest); err == nil {
		r.First, r.Last, r.Latest = dayText(first), dayText(last), unhash("event", latest)
	}
	return r, err
}
