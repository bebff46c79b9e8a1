package neo4j

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"

	"newsgraph/news"
)

// The relation of a source and a target by one action is kept as one RELATION between them, with how many events there are, from when
// to when, and the latest, and is brought in step by each change: what comes is added and what goes is taken off. Only what stood at an
// end and went, the first day, the last or the latest event, is looked for anew among the events that are left.

// pair is what a RELATION is of.
type pair struct {
	source, target news.ID
	action         string
}

// share is what an event adds to a pair.
type share struct {
	first, last string // empty if it is not dated
	newest      string
	claim       bool
}

// sum is a RELATION.
type sum struct {
	first, last, newest string
	count, claims       int // claims are counted too
}

// id names a pair in few bytes, by which it is found and locked.
func (p pair) id() string {
	h := sha256.Sum256([]byte(string(p.source) + "\x00" + string(p.target) + "\x00" + p.action))
	return hex.EncodeToString(h[:12])
}

func (k keys) addPairs(all []pair) {
	for _, p := range all {
		k.add("relation " + p.id())
	}
}

// brief is an id in a sort key, where an index holds only so many bytes. Ids that are longer than any story makes keep no order.
func brief(id news.ID) string {
	const longest, kept = 1000, 900
	if len(id) <= longest {
		return string(id)
	}
	h := sha256.Sum256([]byte(id))
	cut := kept
	for cut > 0 && id[cut]&0xC0 == 0x80 {
		cut--
	}
	return string(id[:cut]) + hex.EncodeToString(h[:])
}

func (p pair) row(s sum) map[string]any {
	_, latest, _ := strings.Cut(s.newest, " ")
	return map[string]any{
		"id": p.id(), "latest": latest, "source": brief(p.source), "target": brief(p.target), "action": p.action, "count": s.count, "claims": s.claims, "first": or(s.first),
		"last": or(s.last), "newest": s.newest,
		"rank": fmt.Sprintf("%010d %s %s %s", 9999999999-s.count, brief(p.source), brief(p.target), p.action),
	}
}

// pairs are the pairs that an event counts for.
func pairs(e news.Event) []pair {
	if !e.Told() {
		return nil
	}
	return pairsOf(e.Entities(news.Source), e.Entities(news.Target), e.Action)
}

func pairsOf(sources, targets []news.ID, action string) []pair {
	all := make([]pair, 0, len(sources)*len(targets))
	for _, from := range sources {
		for _, to := range targets {
			all = append(all, pair{from, to, action})
		}
	}
	return all
}

func (h happens) share() share {
	s := share{newest: h.sorting.newest, claim: h.Claim}
	if h.When.Dated() {
		s.first, s.last = h.When.From, h.When.To
	}
	return s
}

// difference is what a change takes from a pair and gives to it.
type difference struct{ gone, come []share }

// differences are those of all pairs that the change touches.
func (c *changing) differences(m merging) map[pair]difference {
	type in struct {
		pair
		event news.ID
	}
	was := map[in]share{}
	for _, e := range c.before {
		for _, p := range pairs(e.Event) {
			was[in{p, e.ID}] = e.share()
		}
	}
	all := map[pair]difference{}
	for _, e := range m.events {
		for _, p := range pairs(e.Event) {
			at, now := in{p, e.ID}, e.share()
			before, there := was[at]
			delete(was, at)
			if there && before == now {
				continue
			}
			d := all[p]
			d.come = append(d.come, now)
			if there {
				d.gone = append(d.gone, before)
			}
			all[p] = d
		}
	}
	for at, before := range was {
		d := all[at.pair]
		d.gone = append(d.gone, before)
		all[at.pair] = d
	}
	return all
}

func claims(some []share) (n int) {
	for _, s := range some {
		if s.claim {
			n++
		}
	}
	return n
}

// settle brings a sum in step, and tells whether an end of it was lost.
func (d difference) settle(s sum) (now sum, lost bool) {
	now = sum{count: s.count + len(d.come) - len(d.gone), claims: s.claims + claims(d.come) - claims(d.gone)}
	least := func(end string, of func(share) string, before func(a, b string) bool) string {
		better := ""
		for _, c := range d.come {
			if v := of(c); v != "" && (better == "" || before(v, better)) {
				better = v
			}
		}
		if better != "" && (end == "" || !before(end, better)) {
			return better
		}
		for _, g := range d.gone {
			lost = lost || end != "" && of(g) == end
		}
		return end
	}
	less := func(a, b string) bool { return a < b }
	now.first = least(s.first, func(s share) string { return s.first }, less)
	now.last = least(s.last, func(s share) string { return s.last }, func(a, b string) bool { return a > b })
	now.newest = least(s.newest, func(s share) string { return s.newest }, less)
	return now, lost && now.count > 0
}

const (
	keptRelations = `
UNWIND $ids AS id
MATCH ()-[r:RELATION]->() USING INDEX r:RELATION(id) WHERE r.id = id
RETURN id, r.count AS count, r.claims AS claims, r.first AS first, r.last AS last, r.newest AS newest`

	// countRelations counts the events of a pair, from those of its source.
	countRelations = `
UNWIND $rows AS row
CALL (row) {
  MATCH (e)-[r:SOURCE]->() USING INDEX r:SOURCE(entity, action, newest)
  WHERE r.entity = row.source AND r.action = row.action AND r.newest > ''
  MATCH (e)-[t:TARGET]->() WHERE t.entity = row.target AND e.told
  RETURN count(e) AS count, count(CASE WHEN e.claim THEN 1 END) AS claims, min(CASE WHEN e.oldest IS NULL THEN null ELSE e.from END) AS first, max(r.to) AS last, min(e.newest) AS newest
}
RETURN row.id AS id, count, claims, first, last, newest`

	saveRelations = `
UNWIND $rows AS row
MATCH ()-[r:RELATION]->() USING INDEX r:RELATION(id) WHERE r.id = row.id
SET r = row`

	newRelations = `
UNWIND $rows AS row
MATCH (a:Entity {id: row.from})
MATCH (b:Entity {id: row.to})
CREATE (a)-[r:RELATION]->(b)
SET r = row.props`

	endRelations = `
UNWIND $ids AS id
MATCH ()-[r:RELATION]->() USING INDEX r:RELATION(id) WHERE r.id = id
DELETE r`
)

// settleRelations brings the kept relations in step, after the events are. It locks them only now, for who else adds to one and had the lock before is seen,
// and who has it later adds to what is written here. Those of all events that change are locked, so that none is counted anew while its events are half there.
func (c *changing) settleRelations(m merging) error {
	held := keys{}
	for _, e := range c.before {
		held.addPairs(pairs(e.Event))
	}
	for _, e := range m.events {
		held.addPairs(pairs(e.Event))
	}
	if err := held.lock(c.transaction); err != nil {
		return err
	}
	differences := c.differences(m)
	of := make(map[string]pair, len(differences))
	for p := range differences {
		of[p.id()] = p
	}
	ids := slices.Sorted(maps.Keys(of))
	if len(ids) == 0 {
		return nil
	}
	kept, err := c.sums(keptRelations, map[string]any{"ids": ids})
	if err != nil {
		return err
	}
	var saved, made, lost []map[string]any
	var over []string
	now := make(map[string]sum, len(ids))
	for _, id := range ids {
		p := of[id]
		s, missing := differences[p].settle(kept[id])
		if now[id] = s; missing {
			lost = append(lost, map[string]any{"id": id, "source": string(p.source), "target": string(p.target), "action": p.action})
		}
	}
	if len(lost) > 0 {
		counted, err := c.sums(countRelations, map[string]any{"rows": lost})
		if err != nil {
			return err
		}
		maps.Copy(now, counted)
	}
	for _, id := range ids {
		p, s := of[id], now[id]
		_, there := kept[id]
		switch {
		case there && s.count > 0:
			saved = append(saved, p.row(s))
		case there:
			over = append(over, id)
		case s.count > 0:
			made = append(made, map[string]any{"from": string(p.source), "to": string(p.target), "props": p.row(s)})
		}
	}
	if len(over) > 0 {
		if err := c.do(endRelations, map[string]any{"ids": over}); err != nil {
			return err
		}
	}
	slices.SortFunc(made, func(a, b map[string]any) int {
		return cmp.Or(cmp.Compare(a["from"].(string), b["from"].(string)), cmp.Compare(a["to"].(string), b["to"].(string)))
	})
	return c.all(statement{saveRelations, saved}, statement{newRelations, made})
}

func (c *changing) sums(cypher string, params map[string]any) (map[string]sum, error) {
	type answer struct {
		id  string
		sum sum
	}
	found, err := ask(c.transaction, cypher, params, func(r *row) answer {
		return answer{r.string("id"), sum{r.string("first"), r.string("last"), r.string("newest"), r.int("count"), r.int("claims")}}
	})
	all := make(map[string]sum, len(found))
	for _, a := range found {
		all[a.id] = a.sum
	}
	return all, err
}
