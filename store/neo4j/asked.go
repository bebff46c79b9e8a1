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

// asked are the conditions on e that no index begins with, beside those of participants.
func asked(q store.EventQuery, params map[string]any) []string {
	var where []string
	if !q.SaidBy.All() {
		where = append(where, fmt.Sprintf("EXISTS { MATCH (e)<-[:OF]-(:Report)-[:SAID_BY]->(x:Entity) WHERE %s }", member("x", "saidBy", q.SaidBy, params)))
	}
	if q.Publisher != "" {
		where, params["publisher"] = append(where, "EXISTS { MATCH (e)<-[:OF]-(:Report)-[:IN]->(s:Story) WHERE s.folded = $publisher }"), news.Fold(q.Publisher)
	}
	if q.MinTexts > 0 {
		where, params["minTexts"] = append(where, "e.texts >= $minTexts"), q.MinTexts
	}
	if q.Events != nil {
		where, params["events"] = append(where, "e.id IN $events"), texts(q.Events)
	}
	if !q.Loaded.IsZero() {
		where, params["loadedSince"] = append(where, "EXISTS { MATCH (e)<-[:OF]-(:Report)-[:IN]->(s:Story) WHERE s.loaded >= $loadedSince }"), q.Loaded.UTC()
	}
	if q.Published != nil {
		params["publishedFrom"], params["publishedTo"] = q.Published.From, q.Published.To
		where = append(where, "EXISTS { MATCH (e)<-[:OF]-(:Report)-[:IN]->(s:Story) WHERE s.to >= $publishedFrom AND ($publishedTo = '' OR s.from <= $publishedTo) }")
	}
	if q.MaxTexts > 0 {
		where, params["maxTexts"] = append(where, "e.texts <= $maxTexts"), q.MaxTexts
	}
	switch q.Claims {
	case store.ExcludeClaims:
		where = append(where, "NOT e.claim")
	case store.OnlyClaims:
		where = append(where, "e.claim")
	}
	if q.Between != nil {
		a, b := func(x string) string { return "(" + member(x, "ones", q.Between.A, params) + ")" }, func(x string) string { return "(" + member(x, "others", q.Between.B, params) + ")" }
		where = append(where, fmt.Sprintf("EXISTS { MATCH (x:Entity)<-[:SOURCE]-(e)-[:TARGET]->(y:Entity) WHERE %s AND %s OR %s AND %s }", a("x"), b("y"), b("x"), a("y")))
	}
	return where
}

// overlaps is the condition that e overlaps the days of a query.
func overlaps(q store.EventQuery, params map[string]any) string {
	params["since"], params["until"] = q.During.From, q.During.To
	is := "e.oldest IS NOT NULL AND e.to >= $since AND ($until = '' OR e.from <= $until)"
	if q.Undated {
		is += " OR e.oldest IS NULL"
	}
	return "(" + is + ")"
}
