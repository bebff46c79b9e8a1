package sqlite

import (
	"fmt"
	"strings"

	"newsgraph/news"
	"newsgraph/store"
)

// members are the numbers of the entities of a party.
func members(p store.Party) (string, []any) {
	var b builder
	if len(p.Entities) > 0 {
		b.and(in(`id`, p.Entities))
	}
	if len(p.Class.Countries) > 0 {
		codes := list(p.Class.Countries)
		b.and(`(country IN (SELECT value FROM json_each(?)) OR iso3 IN (SELECT value FROM json_each(?)) AND iso3 <> '')`, codes, codes)
	}
	if len(p.Class.Sectors) > 0 {
		b.and(in(`sector`, p.Class.Sectors))
	}
	if len(p.Class.Kinds) > 0 {
		b.and(in(`kind`, p.Class.Kinds))
	}
	if len(b.where) == 0 {
		b.and(`1`)
	}
	return `SELECT n FROM entity WHERE ` + strings.Join(b.where, ` AND `), b.args
}

// party asks that one of a class takes part. A class may have thousands: what they take part in is looked up once, and not for each event.
func (b *builder) party(p store.Participation) {
	some, args := members(p.Party())
	roles := roleMarks(p.Roles)
	if len(p.Roles) == 0 {
		roles = -1
	}
	b.and(`+p.event IN (SELECT event FROM participant WHERE entity IN (`+some+`) AND marks & ? <> 0)`, append(args, roles)...)
}

// asked are the conditions that no index begins with, beside those of participants.
func (b *builder) asked(q store.EventQuery) {
	if !q.SaidBy.All() {
		some, args := members(q.SaidBy)
		b.and(`+p.event IN (SELECT event FROM report WHERE n IN (SELECT report FROM speaker WHERE entity IN (`+some+`)))`, args...)
	}
	if q.Publisher != "" {
		b.and(`EXISTS (SELECT 1 FROM story WHERE publisher = ?)`, news.Fold(q.Publisher)) // asked once, before any event is looked at
		b.and(`EXISTS (SELECT 1 FROM report t CROSS JOIN story s ON s.n = t.story WHERE t.event = p.event AND s.publisher = ?)`, news.Fold(q.Publisher))
	}
	if q.MinTexts > 0 {
		b.and(fmt.Sprintf(`p.marks >> %d >= ?`, textsShift), q.MinTexts)
	}
	if q.MaxTexts > 0 {
		b.and(fmt.Sprintf(`p.marks >> %d <= ?`, textsShift), q.MaxTexts)
	}
	switch q.Claims {
	case store.ExcludeClaims:
		b.and(`p.marks & ? = 0`, markClaim)
	case store.OnlyClaims:
		b.and(`p.marks & ? <> 0`, markClaim)
	}
	if q.Between != nil {
		ones, args := members(q.Between.A)
		others, more := members(q.Between.B)
		b.and(fmt.Sprintf(`+p.event IN (SELECT x.event FROM participant x CROSS JOIN participant y ON y.at = x.at AND y.event = x.event
			WHERE x.entity IN (%s) AND y.entity IN (%s) AND (x.marks & 1 <> 0 AND y.marks & 2 <> 0 OR x.marks & 2 <> 0 AND y.marks & 1 <> 0))`, ones, others),
			append(args, more...)...)
	}
}
