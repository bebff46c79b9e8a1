package neo4j

import (
	"fmt"
	"strings"

	"newsgraph/news"
	"newsgraph/store"
)

// member is the condition that x is one of a party, whose values become parameters that begin with name.
func member(x, name string, p store.Party, params map[string]any) string {
	var all []string
	is := func(condition, what string, values []string) {
		if len(values) > 0 {
			params[name+what] = values
			all = append(all, fmt.Sprintf(condition, name+what))
		}
	}
	is(x+".id IN $%s", "Ids", texts(p.Entities))
	is("("+x+".country IN $%[1]s OR "+x+".iso3 IN $%[1]s)", "Countries", p.Class.Countries)
	is(x+".sector IN $%s", "Sectors", p.Class.Sectors)
	is(x+".kind IN $%s", "Kinds", texts(p.Class.Kinds))
	if len(all) == 0 {
		return "true"
	}
	return strings.Join(all, " AND ")
}

// asked are the conditions on e that no index begins with, beside those of participants. Their parameters begin with name.
func asked(q store.EventQuery, name string, params map[string]any) []string {
	var where []string
	is := func(condition, parameter string, value any) {
		where, params[name+parameter] = append(where, fmt.Sprintf(condition, name+parameter)), value
	}
	if !q.SaidBy.All() {
		where = append(where, fmt.Sprintf("EXISTS { MATCH (e)<-[:OF]-(:Report)-[:SAID_BY]->(x:Entity) WHERE %s }", member("x", name+"saidBy", q.SaidBy, params)))
	}
	if q.Publisher != "" {
		is("EXISTS { MATCH (e)<-[:OF]-(:Report)-[:IN]->(s:Story) WHERE s.folded = $%s }", "publisher", news.Fold(q.Publisher))
	}
	if q.MinTexts > 0 {
		is("e.texts >= $%s", "minTexts", q.MinTexts)
	}
	if q.Events != nil {
		is("e.id IN $%s", "events", texts(q.Events))
	}
	if !q.Loaded.IsZero() {
		is("EXISTS { MATCH (e)<-[:OF]-(:Report)-[:IN]->(s:Story) WHERE s.loaded >= $%s }", "loadedSince", q.Loaded.UTC())
	}
	if q.Published != nil {
		params[name+"publishedFrom"] = q.Published.From
		is("EXISTS { MATCH (e)<-[:OF]-(:Report)-[:IN]->(s:Story) WHERE s.to >= $"+name+"publishedFrom AND ($%[1]s = '' OR s.from <= $%[1]s) }", "publishedTo", q.Published.To)
	}
	if q.MaxTexts > 0 {
		is("e.texts <= $%s", "maxTexts", q.MaxTexts)
	}
	switch q.Claims {
	case store.ExcludeClaims:
		where = append(where, "NOT e.claim")
	case store.OnlyClaims:
		where = append(where, "e.claim")
	}
	if q.Between != nil {
		a, b := func(x string) string { return "(" + member(x, name+"ones", q.Between.A, params) + ")" }, func(x string) string { return "(" + member(x, name+"others", q.Between.B, params) + ")" }
		where = append(where, fmt.Sprintf("EXISTS { MATCH (x:Entity)<-[:SOURCE]-(e)-[:TARGET]->(y:Entity) WHERE %s AND %s OR %s AND %s }", a("x"), b("y"), b("x"), a("y")))
	}
	return append(where, within(q, name, params)...)
}

// within are the conditions that the queries within a query make. They stand in CASE, whose arms are looked at one after the other: of OR and NOT the
// planner makes a conjunction of all their combinations, plans for minutes, and finds no more that a list may begin at the index that it is told.
func within(q store.EventQuery, name string, params map[string]any) []string {
	each := func(queries []store.EventQuery, kind string) (all []string) {
		for n, one := range queries {
			name := fmt.Sprint(name, kind, n)
			is := conditions(one, -1, "", name, params)
			if one.During != nil {
				is = append(is, overlaps(one, name, params))
			}
			if len(is) == 0 {
				is = []string{"true"}
			}
			all = append(all, "("+strings.Join(is, " AND ")+")")
		}
		return all
	}
	where := each(q.All, "all")
	if either := each(q.Any, "any"); len(either) > 0 {
		where = append(where, "CASE WHEN "+strings.Join(either, " THEN true WHEN ")+" THEN true ELSE false END")
	}
	if neither := each(q.None, "none"); len(neither) > 0 {
		where = append(where, "CASE WHEN "+strings.Join(neither, " THEN false WHEN ")+" THEN false ELSE true END")
	}
	return where
}

// overlaps is the condition that e overlaps the days of a query.
func overlaps(q store.EventQuery, name string, params map[string]any) string {
	since, until := name+"since", name+"until"
	params[since], params[until] = q.During.From, q.During.To
	is := fmt.Sprintf("e.oldest IS NOT NULL AND e.to >= $%s AND ($%[2]s = '' OR e.from <= $%[2]s)", since, until)
	if q.Undated {
		is += " OR e.oldest IS NULL"
	}
	return "(" + is + ")"
}
