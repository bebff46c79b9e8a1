package sqlite

import (
	"cmp"
	"database/sql"
	"slices"

	"newsgraph/news"
	"newsgraph/store"
)

// extent is a store.Stretch in numbers: never for no time, 0 for no text.
type extent struct{ since, until, text int64 }

func extentOf(r news.Report) extent {
	s := store.StretchOf(r)
	n := extent{since: dayOf(s.From), until: dayOf(s.To)}
	if s.From != "" && (n.since == never || n.until < n.since) {
		n.since, n.until = 1, latest // no day that can be counted with: it touches all
	}
	if s.Text != "" {
		n.text = digest([]byte(s.Text)) | 1
	}
	return n
}

// around is what comes and goes of one key.
type around struct {
	extents  []extent
	come     []coming
	events   map[string]bool // that held what went
	reported bool            // there are reports of it in the file
}

// coming is a report that is new, with its story's row.
type coming struct {
	report                 news.Report
	id                     []byte
	story, text, published int64
	packed                 []byte
	words                  string
}

// there is a row of a report, without its record.
type there struct {
	n int64
	extent
	event string
}

const (
	// What has more than 31 days after its first is found by the wide index, which holds few: the first index would find it only among
	// all that was before.
	touching = `SELECT n, since, until, text, event FROM report INDEXED BY report_key WHERE key = ?1 AND since <= ?3 AND since >= ?2 - 31 AND since > 0 AND until >= ?2
		UNION SELECT n, since, until, text, event FROM report INDEXED BY report_wide WHERE key = ?1 AND until - since > 31 AND since <= ?3 AND until >= ?2`
	alike = `SELECT n, since, until, text, event FROM report INDEXED BY report_text WHERE key = ?1 AND text = ?2 AND text <> 0`
)

// connected are the reports of a key that stretches touch, directly or through others.
func (c *change) connected(key int64, from []extent) (map[int64]there, error) {
	all := map[int64]there{}
	var days []extent // that were looked at, apart from each other
	texts := map[int64]bool{}
	look := func(query string, args ...any) error {
		some, err := found(c, scanThere, query, args...)
		for _, t := range some {
			if _, ok := all[t.n]; !ok {
				all[t.n] = t
				from = append(from, t.extent)
			}
		}
		return err
	}
	for len(from) > 0 {
		some := from
		from = nil
		for _, s := range some {
			if s.text != 0 && !texts[s.text] {
				texts[s.text] = true
				if err := look(alike, key, s.text); err != nil {
					return nil, err
				}
			}
		}
		wider := joined(append(slices.Clone(days), some...))
		for _, s := range wider {
			if slices.Contains(days, s) {
				continue
			}
			if err := look(touching, key, s.since, s.until); err != nil {
				return nil, err
			}
		}
		days = wider
	}
	return all, nil
}

func scanThere(rs *sql.Rows) (t there, err error) {
	err = rs.Scan(&t.n, &t.since, &t.until, &t.text, &t.event)
	return t, err
}

// joined are the days of stretches, those that touch as one.
func joined(all []extent) []extent {
	slices.SortFunc(all, func(a, b extent) int { return cmp.Compare(a.since, b.since) })
	var apart []extent
	for _, s := range all {
		if s.since == never {
			continue
		}
		if n := len(apart); n > 0 && s.since <= apart[n-1].until {
			apart[n-1].until = max(apart[n-1].until, s.until)
			continue
		}
		apart = append(apart, extent{since: s.since, until: s.until})
	}
	return apart
}
