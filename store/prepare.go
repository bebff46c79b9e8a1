package store

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"newsgraph/news"
)

// longest is how many bytes an id or a name may have. Neo4j's indexes hold keys of up to 8 kB, and one that is longer would end the
// transaction that brings it.
const longest = 4000

// Prepare makes facts ready for a store, the same for every store. It keeps the last facts of each story, joins what they say twice of
// an entity, and keeps the first of the mentions, reports, quotations and positions that have the same id, and makes the sketch that they lack. Facts that would not come out as they
// went in, or differently as other stories are loaded before or after, are an error.
func Prepare(facts []news.Facts) ([]news.Facts, error) {
	last := map[news.ID]int{}
	for i, f := range facts {
		if err := check(f); err != nil {
			return nil, fmt.Errorf("facts of %s: %w", f.Story.ID, err)
		}
		last[f.Story.ID] = i
	}
	ready := make([]news.Facts, 0, len(last))
	for i, f := range facts {
		if last[f.Story.ID] != i {
			continue
		}
		f.Entities = join(f.Entities)
		f.Mentions = firsts(f.Mentions, func(m news.Mention) news.ID { return m.ID })
		f.Reports = firsts(f.Reports, func(r news.Report) news.ID { return r.ID })
		f.Quotations = firsts(f.Quotations, func(q news.Quotation) news.ID { return q.ID })
		f.Positions = firsts(f.Positions, func(p news.Position) news.ID { return p.ID })
		if f.Sketch == nil {
			f.Sketch = news.SketchOf(f.Story)
		}
		ready = append(ready, f)
	}
	return ready, nil
}

func check(f news.Facts) error {
	if u := f.Story.Urgency; u < 0 || u > 9 {
		return fmt.Errorf("urgency %d: it is 1 to 9, or left out where none is told", u)
	}
	for _, s := range append([]string{f.Story.Headline, f.Story.Byline, f.Story.Publisher, f.Story.URL, f.Story.Text}, f.Story.Subjects...) {
		if !utf8.ValidString(s) {
			return fmt.Errorf("text that is not UTF-8: %.40q", s)
		}
	}
	known := map[news.ID]bool{}
	for _, e := range f.Entities {
		if !slices.Contains(news.Kinds(), e.Kind) {
			return fmt.Errorf("entity %s is of the unknown kind %q", e.ID, e.Kind)
		}
		if len(e.ID) > longest || len(e.Name) > longest {
			return fmt.Errorf("entity %.40s… has an id or a name of more than %d bytes", e.ID, longest)
		}
		known[e.ID] = true
	}
	var wrong error
	in := func(what, story news.ID, entities ...news.ID) {
		if wrong == nil && story != f.Story.ID {
			wrong = fmt.Errorf("%s belongs to another story, %s", what, story)
		}
		for _, e := range entities {
			if wrong == nil && !known[e] {
				wrong = fmt.Errorf("%s names %s, which is not among the entities of the story", what, e)
			}
		}
	}
	made := func(noun string, id news.ID) {
		if wrong == nil && !isHash(noun, id) {
			wrong = fmt.Errorf("%.40q is no id of a %s: write %s: and %d hexadecimal digits", id, noun, noun, hashLength)
		}
	}
	made("story", f.Story.ID)
	for _, m := range f.Mentions {
		made("mention", m.ID)
		in(m.ID, m.Story, m.Entity)
	}
	told := map[news.ID]bool{}
	for _, r := range f.Reports {
		told[r.ID] = true
	}
	for _, r := range f.Reports {
		if err := r.Check(); err != nil {
			return err
		}
		for _, a := range r.About {
			if !told[a.Report] {
				return fmt.Errorf("%s is about %s, which is not among the reports of the story", r.ID, a.Report)
			}
		}
		made("report", r.ID)
		in(r.ID, r.Story, r.SaidBy...)
		if r.Addressee != "" {
			in(r.ID, r.Story, r.Addressee)
		}
		for _, p := range r.Participants {
			if !slices.Contains([]news.Role{news.Source, news.Target, news.Instrument, news.Place}, p.Role) {
				return fmt.Errorf("%s has a participant in the unknown role %q", r.ID, p.Role)
			}
			in(r.ID, r.Story, p.Entity)
		}
	}
	for _, q := range f.Quotations {
		made("quotation", q.ID)
		in(q.ID, q.Story, slices.DeleteFunc([]news.ID{q.Speaker, q.Addressee}, func(e news.ID) bool { return e == "" })...)
	}
	for _, p := range f.Positions {
		if !slices.Contains(news.PositionStatuses(), p.Status) {
			return fmt.Errorf("%s has the unknown status %q", p.ID, p.Status)
		}
		made("position", p.ID)
		in(p.ID, p.Story, p.Person)
		if p.Body != "" {
			in(p.ID, p.Story, p.Body)
		}
	}
	return wrong
}

const hashLength = 20

// isHash tells that an id is made as news makes those of what stands in stories, which stores may keep as the bytes that they are.
func isHash(noun string, id news.ID) bool {
	hash, ok := strings.CutPrefix(string(id), noun+":")
	return ok && len(hash) == hashLength && strings.Trim(hash, "0123456789abcdef") == ""
}

// join brings what is said of the same entity together, and each to the form that joining gives.
func join(entities []news.Entity) []news.Entity {
	at := map[news.ID]int{}
	var all []news.Entity
	for _, e := range entities {
		if i, ok := at[e.ID]; ok {
			all[i] = news.JoinEntities(all[i], e)
			continue
		}
		at[e.ID] = len(all)
		all = append(all, news.JoinEntities(e, e))
	}
	return all
}

func firsts[T any](list []T, id func(T) news.ID) []T {
	seen := make(map[news.ID]bool, len(list))
	var all []T
	for _, v := range list {
		if !seen[id(v)] {
			seen[id(v)] = true
			all = append(all, v)
		}
	}
	return all
}

// CheckInterval refuses an interval that no list can be asked for; nil is none.
func CheckInterval(i *news.Interval) error {
	if i == nil {
		return nil
	}
	for _, day := range []string{i.From, i.To} {
		if _, p, err := news.ParseDate(day); day != "" && (err != nil || p != news.Day) {
			return fmt.Errorf("interval %q to %q: %w: write days, 2024-01-09", i.From, i.To, ErrQuery)
		}
	}
	if i.From != "" && i.To != "" && i.From > i.To {
		return fmt.Errorf("interval %q to %q: %w: it ends before it begins", i.From, i.To, ErrQuery)
	}
	return nil
}

// ReportKey is the sort key of a report among those of its event: as strings, keys stand in what news.Merge calls canonical order.
func ReportKey(r news.Report) string { return r.Canon() }
