package sqlite

import (
	"strings"

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
