package neo4j

import (
	"fmt"
	"slices"
	"strings"

	"newsgraph/news"
	"newsgraph/store"
)

// A list of events is read from indexes that have its order, and its walks stop after a page. The planner takes such an index only for
// a statement that asks for nothing else of its properties, so there is one statement for each shape of a question, made here: which
// index is walked, over which stretches of it, and what else an event must be. Hints make a statement that cannot be so a failure and
// not a slow answer.

// shape is what a statement depends on, beside its parameters.
type shape struct {
	roles   []news.Role // whose relations to each of parent.ids are walked; none walks all events
	by      string      // action, type or modality, each of $by; empty for all
	order   string      // newest or oldest
	stretch []stretch
	where   []string // on e
	within  string   // clauses that tell of e whether it is held; empty if all are
	with    string   // a clause that makes columns of e
	columns string   // of e that are returned beside its key
}

// stretch is a part of an index in its order: what is after $after0 and before $before0 if it is the first.
type stretch struct {
	after, before string
	wide          bool // by the index of events that last longer than reach days
	reaching      bool // of these, what ends on $since or later
}

// reach is how many days before an interval a walk begins to look for what lasts into it. What lasts longer is found by an index of
// its own, which few events are in.
const reach = 31

// The end of all sort keys of what is dated, and of all sort keys.
const (
	endOfDated = "~"
	endOfAll   = "~~~"
)

// stretches are the parts that hold what q asks for after a key.
func stretches(q store.EventQuery, after string) []stretch {
	oldest := q.Order == store.OldestFirst
	if q.During == nil {
		return []stretch{{after: after, before: endOfAll}}
	}
	all := during(*q.During, after, reach, oldest)
	if q.Undated && !oldest {
		all = append(all, stretch{after: max(after, endOfDated), before: endOfAll})
	}
	return slices.DeleteFunc(all, func(s stretch) bool { return s.after >= s.before })
}

// during are the stretches of what overlaps an interval. What begins up to days before it and may last into it is read with what begins
// within it, and what is longer than that, by its own index.
func during(i news.Interval, after string, days int, oldest bool) []stretch {
	first, last := "", endOfDated
	begin := i.From
	if i.From != "" && days > 0 {
		begin = news.DaysBefore(i.From, days)
	}
	if oldest {
		if i.To != "" {
			last = i.To + "~"
		}
		all := []stretch{{after: max(after, begin), before: last, reaching: i.From != ""}}
		if i.From != "" {
			all = append(all, stretch{after: after, before: begin, wide: true, reaching: true})
		}
		return all
	}
	if i.To != "" {
		first = complement(i.To)
	}
	if i.From == "" {
		return []stretch{{after: max(after, first), before: last}}
	}
	// What begins on a day is before the next day's keys and before this.
	end := complement(begin) + "~~"
	return []stretch{
		{after: max(after, first), before: end, reaching: true},
		{after: max(after, end), before: last, wide: true, reaching: true},
	}
}

// params are the bounds of the stretches.
func bounds(all []stretch, params map[string]any) {
	for i, s := range all {
		params[fmt.Sprint("after", i)], params[fmt.Sprint("before", i)] = s.after, s.before
	}
}

// arms are the walks, to be joined by UNION, each at most a page.
func (s shape) arms() []string {
	var all []string
	for i, part := range s.stretch {
		for _, role := range s.roles {
			all = append(all, s.arm(i, part, "r", fmt.Sprintf("MATCH (e)-[r:%s]->()", role), string(role), "entity", "id"))
		}
		if len(s.roles) == 0 {
			all = append(all, s.arm(i, part, "e", "MATCH (e:Event)", "Event", "", ""))
		}
	}
	return all
}

// arm walks one stretch of one index. x is what carries the sort keys.
func (s shape) arm(i int, part stretch, x, match, of, first, value string) string {
	var index, where, order []string
	if first != "" {
		index, where, order = append(index, first), append(where, x+"."+first+" = "+value), append(order, x+"."+first)
	}
	key := s.order
	switch {
	case part.wide:
		index, key = append(index, "wide"), "wide"
		if s.by != "" {
			where = append(where, x+"."+s.by+" = by")
		}
	case s.by != "":
		index, where, order = append(index, s.by), append(where, x+"."+s.by+" = by"), append(order, x+"."+s.by)
	}
	if !part.wide {
		index = append(index, key)
	}
	where = append(where, fmt.Sprintf("%s.%s > $after%d AND %s.%s < $before%d", x, key, i, x, key, i))
	if part.wide && s.order == "oldest" {
		// The index has the other order, so its bounds are not these.
		where[len(where)-1] = fmt.Sprintf("%s.wide > '' AND %s.oldest > $after%d AND %s.oldest < $before%d", x, x, i, x, i)
		order = []string{x + ".oldest"}
	} else {
		order = append(order, x+"."+key)
	}
	if part.reaching {
		where = append(where, x+".to >= $since")
	}
	where = append(where, s.where...)
	return fmt.Sprintf("  %s USING INDEX %s:%s(%s)\n  WHERE %s\n  RETURN e ORDER BY %s LIMIT $limit",
		match, x, of, strings.Join(index, ", "), strings.Join(where, "\n    AND "), strings.Join(order, ", "))
}

// statement lists, for each of $parents, {i, ids}, the events of each of its ids, or of all.
func (s shape) statement() string {
	arms := s.arms()
	if len(arms) == 0 {
		return ""
	}
	scope, by := "id", ""
	if s.by != "" {
		scope, by = "id, by", "  UNWIND $by AS by\n"
	}
	returned := s.with + "RETURN parent.i AS parent, e." + s.order + " AS key, "
	if s.within != "" {
		returned = s.within + "\nWITH parent, e." + s.order + " AS key, held, CASE WHEN held THEN e END AS e\nRETURN parent.i AS parent, key, held, "
	}
	return fmt.Sprintf(`
UNWIND $parents AS parent
CALL (parent) {
  UNWIND parent.ids AS id
%s  CALL (%s) {
%s
  }
  WITH DISTINCT e
  RETURN e ORDER BY e.%s LIMIT $limit
}
%s ORDER BY parent, key`, by, scope, strings.Join(arms, "\n UNION\n"), s.order, returned+s.columns)
}

// conditions are what an event must be, as q tells, save during; skip is the number of a participation that holds already, or -1, and by
// the property that does.
func conditions(q store.EventQuery, skip int, by string, params map[string]any) []string {
	var where []string
	in := func(property string, of []string) {
		if len(of) > 0 && property != by {
			where = append(where, fmt.Sprintf("e.%s IN $%ss", property, property))
			params[property+"s"] = of
		}
	}
	in("type", texts(unique(q.Types)))
	in("action", unique(q.Actions))
	in("modality", texts(unique(q.Modalities)))
	if q.Foreground {
		where = append(where, "NOT e.background")
	}
	for n, p := range q.Participants {
		switch {
		case !p.Class.All():
			var types []string
			for _, role := range rolesOf(p) {
				types = append(types, string(role))
			}
			where = append(where, fmt.Sprintf("EXISTS { MATCH (e)-[:%s]->(x:Entity) WHERE %s }", strings.Join(types, "|"), member("x", fmt.Sprint("party", n), p.Party(), params)))
		case n == skip:
		case len(p.Entities) > 0:
			// Each participant is written as its role, a space and its id.
			var exact []string
			for _, role := range rolesOf(p) {
				for _, e := range p.Entities {
					exact = append(exact, string(role)+" "+string(e))
				}
			}
			name := fmt.Sprint("exact", n)
			where, params[name] = append(where, fmt.Sprintf("any(x IN e.participants WHERE x IN $%s)", name)), exact
		case len(p.Roles) > 0:
			name := fmt.Sprint("roles", n)
			where = append(where, fmt.Sprintf("any(x IN e.participants WHERE split(x, ' ')[0] IN $%s)", name))
			params[name] = texts(p.Roles)
		default:
			where = append(where, "size(e.participants) > 0")
		}
	}
	where = append(where, asked(q, params)...)
	if words := wanted(q.Text); len(words) > 0 {
		where = append(where, "EXISTS { MATCH (s:Report)-[:OF]->(e) WHERE all(w IN $words WHERE s.words CONTAINS w) }")
		params["words"], params["lucene"] = words, strings.TrimSpace(lucene(words))
	}
	return where
}

func rolesOf(p store.Participation) []news.Role {
	if len(p.Roles) > 0 {
		return unique(p.Roles)
	}
	return roles()
}

// Where a list begins that is not read in its order: at what is rare.
const (
	withWords = `
CALL db.index.fulltext.queryNodes('newsgraph_report_words', $lucene) YIELD node
MATCH (node)-[:OF]->(e:Event)
WITH DISTINCT e`
	withIDs = `
UNWIND $events AS id
MATCH (e:Event {id: id})
WITH DISTINCT e`
)

// sorted lists the events with which it begins, which are found in no order.
func sorted(begin string, q store.EventQuery, with, columns string, params map[string]any) string {
	order := pick(q.Order == store.OldestFirst, "oldest", "newest")
	where := append([]string{fmt.Sprintf("e.%s > $after", order)}, conditions(q, -1, "", params)...)
	if q.During != nil {
		where = append(where, overlaps(q, params))
	}
	return fmt.Sprintf(begin+` WHERE %s%s
WITH e ORDER BY e.%s LIMIT $limit
%sRETURN e.%s AS key, %s ORDER BY key`, strings.Join(where, "\n  AND "), onlyWithin(q, params), order, with, order, columns)
}
