package neo4j

import (
	"maps"
	"slices"

	"newsgraph/news"
	"newsgraph/store"
)

// spot is where a report stands among those of its key: its store.Stretch, as its properties since and until are.
type spot struct {
	key string
	news.Interval
}

// timeless begins the spot of what stands in no time: its text is there in place of days, after all days.
const timeless = "="

func spotOf(r news.Report) spot {
	s := store.StretchOf(r)
	days := news.Interval{From: s.From, To: s.To}
	switch {
	case s.From == "":
		days = news.Interval{From: timeless + s.Text, To: timeless + s.Text}
	case s.To < s.From || news.DaysBefore(s.From, 0) == "" || news.DaysBefore(s.To, 0) == "": // no days to be counted with: it touches all
		days = news.Interval{From: "0", To: "<"}
	}
	return spot{keyOf(r), days}
}

// long is the first day of what is found by the index of what is longer than reach days, which few reports are in.
func (s spot) long() string {
	if s.To == "<" || s.From < news.DaysBefore(s.To, reach) {
		return s.From
	}
	return ""
}

const (
	touching = `
UNWIND $rows AS row
CALL (row) {
  MATCH (r:Report) USING INDEX r:Report(key, since)
  WHERE r.key = row.key AND r.since >= row.begin AND r.since <= row.to AND r.until >= row.from
  RETURN r
 UNION
  MATCH (r:Report) USING INDEX r:Report(key, wide)
  WHERE r.key = row.key AND r.wide >= '' AND r.wide <= row.to AND r.until >= row.from
  RETURN r
}
RETURN DISTINCT r.id AS id, r.key AS key, r.since AS since, r.until AS until`

	spotsByID = `UNWIND $ids AS id MATCH (r:Report {id: id}) RETURN id, r.key AS key, r.since AS since, r.until AS until`
)

// found is a report without its record.
type found struct {
	id string
	spot
}

func scanFound(r *row) found {
	return found{r.string("id"), spot{r.string("key"), news.Interval{From: r.string("since"), To: r.string("until")}}}
}

// surroundings are the reports around what comes and goes.
type surroundings struct {
	days    map[string][]news.Interval // of each key, that were looked at, apart from each other
	reports map[string]bool
}

// widen finds the reports that spots touch, directly or through others, and returns those that were not found before.
func (s *surroundings) widen(t transaction, from []spot) ([]string, error) {
	var fresh []string
	for len(from) > 0 {
		wider := map[string][]news.Interval{}
		for _, f := range from {
			wider[f.key] = append(wider[f.key], f.Interval)
		}
		var rows []map[string]any
		for _, key := range slices.Sorted(maps.Keys(wider)) {
			now := news.Stretches(append(wider[key], s.days[key]...))
			for _, d := range now {
				if !slices.Contains(s.days[key], d) {
					rows = append(rows, map[string]any{"key": key, "from": d.From, "to": d.To, "begin": begin(d.From)})
				}
			}
			s.days[key] = now
		}
		from = nil
		for part := range slices.Chunk(rows, 5000) {
			some, err := ask(t, touching, map[string]any{"rows": part}, scanFound)
			if err != nil {
				return nil, err
			}
			for _, f := range some {
				if !s.reports[f.id] {
					s.reports[f.id] = true
					fresh, from = append(fresh, f.id), append(from, f.spot)
				}
			}
		}
	}
	return fresh, nil
}

// begin is where a walk begins that looks for what reaches into a day.
func begin(day string) string {
	if before := news.DaysBefore(day, reach); before != "" {
		return before
	}
	return day
}

// around reads the reports that the change touches, with the stretches of each key that they are in, and the events that hold them into before: all of their
// reports are among them.
func (c *changing) around() ([]known, map[string][]news.Interval, error) {
	s := surroundings{days: map[string][]news.Interval{}, reports: map[string]bool{}}
	c.before = map[news.ID]happens{}
	var all []known
	for from := c.spots; len(from) > 0; {
		fresh, err := s.widen(c.transaction, from)
		if err != nil || len(fresh) == 0 {
			return all, s.days, err
		}
		reports, err := ask(c.transaction, reportsAround, map[string]any{"ids": fresh}, scanKnown)
		if err != nil {
			return nil, nil, err
		}
		all = append(all, reports...)
		var events []string
		for _, r := range reports {
			if _, ok := c.before[r.event]; !ok {
				events = append(events, string(r.event))
			}
		}
		before, err := ask(c.transaction, eventsAround, map[string]any{"ids": unique(events)}, scanHappens)
		if err != nil {
			return nil, nil, err
		}
		// Should an event hold a report that nothing touches, then its surroundings are read too: no event is ever torn.
		var apart []string
		for _, e := range before {
			c.before[e.ID] = e
			for _, r := range e.Reports {
				if !s.reports[string(r)] {
					apart = append(apart, string(r))
				}
			}
		}
		from = nil
		if len(apart) > 0 {
			more, err := ask(c.transaction, spotsByID, map[string]any{"ids": apart}, scanFound)
			if err != nil {
				return nil, nil, err
			}
			for _, f := range more {
				from = append(from, f.spot)
			}
		}
	}
	return all, s.days, nil
}
