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

// asked are the conditions that no index begins with, beside those of participants and of what is answered from memory alone.
func (b *builder) asked(q store.EventQuery) {
	if q.MinTexts > 0 {
		b.and(fmt.Sprintf(`p.marks >> %d >= ?`, textsShift), q.MinTexts)
	}
	if !q.Loaded.IsZero() {
		b.and(`+p.event IN (SELECT event FROM report WHERE n IN (`+reportsLoaded+`))`, q.Loaded.Unix())
	}
	if q.Published != nil {
		reports, args := reportsPublished(*q.Published)
		b.and(`+p.event IN (SELECT event FROM report WHERE n IN (`+reports+`))`, args...)
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
}

// reportsLoaded are the reports of stories that came at a time or later.
const reportsLoaded = `SELECT n FROM report WHERE story IN (SELECT n FROM story WHERE loaded >= ?)`

// reportsPublished are the reports of stories that were published in some days.
func reportsPublished(in news.Interval) (string, []any) {
	during, args := overlap(`published`, `until`, in)
	return `SELECT n FROM report WHERE story IN (SELECT n FROM story WHERE ` + during + `)`, args
}
