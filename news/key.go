package news

import (
	"fmt"
	"slices"
	"strings"
)

// Lies is where a place lies, as far as the reader's gazetteer and the text tell.
type Lies struct {
	Within  []ID   `json:"within,omitempty"`  // what contains it: provinces and states
	Country string `json:"country,omitempty"` // ISO 3166-1 alpha-3
}

// party is who takes part in one role: those whom every story knows, and the head nouns of those who belong to a text alone.
type party struct {
	known []ID
	heads []string
}

func (p party) told() bool { return len(p.known)+len(p.heads) > 0 }

func (p party) join(q party) party {
	return party{sortedSet(slices.Concat(p.known, q.known)), sortedSet(slices.Concat(p.heads, q.heads))}
}

// party is who takes part in the role.
func (r *Report) party(role Role) party {
	var p party
	for _, id := range r.Entities(role) {
		switch head, slug := r.Heads[id], string(id); {
		case !id.Local():
			p.known = append(p.known, id)
		case head != "":
			p.heads = append(p.heads, head)
		default:
			p.heads = append(p.heads, slug[strings.LastIndexByte(slug, '/')+1:])
		}
	}
	return party{sortedSet(p.known), sortedSet(p.heads)}
}

// narrowest are the places of the report, or of its scene, that contain no other of them: of "in Lugo, Spain" it is Lugo.
func (r *Report) narrowest() []ID {
	places := r.Entities(Place)
	if len(places) == 0 {
		places = r.Scene
	}
	return slices.DeleteFunc(slices.Clone(places), func(p ID) bool {
		return slices.ContainsFunc(places, func(o ID) bool { return o != p && slices.Contains(r.Lies[o].Within, p) })
	})
}

func (r *Report) family() string {
	if r.Family != "" {
		return r.Family
	}
	return FamilyOf(r.Action)
}

// mutual tells that source and target do it to each other.
func (r *Report) mutual() bool {
	a, _ := ActionNamed(r.family())
	return a.Mutual
}

// Key is what reports of one event must share: type, family, and the known targets; where no target is told the known sources, of mutual acts
// both; and where that leaves nobody, the countries of its places. Stores lock by it. Modality is not part of it, nor are instruments, which one
// report tells and another leaves out.
func (r Report) Key() string {
	source, target := r.party(Source), r.party(Target)
	kind, set := "target", target.known
	switch {
	case r.mutual():
		kind, set = "both", source.join(target).known
	case !target.told():
		kind, set = "source", source.known
	}
	parts := make([]string, 0, len(set))
	for _, id := range set {
		parts = append(parts, string(id))
	}
	if len(parts) == 0 {
		kind = "in"
		for _, p := range r.narrowest() {
			if c := r.Lies[p].Country; c != "" {
				parts = append(parts, c)
			}
		}
		parts = sortedSet(parts)
	}
	return strings.Join([]string{string(r.Type), r.family(), kind, strings.Join(parts, ",")}, "|")
}

// Canon is the report's place among those of its key, as a string that sorts: dated reports first, then those with a source, with a place, of a
// deeper action, of the narrowest interval (days), of the earliest, then by text, story and span. A space sorts before all that dates and ids are
// written with.
func (r Report) Canon() string {
	rank := [4]byte{'1', '1', '1', byte('9' - min(9, len(ancestors(r.Action))))}
	if r.When.Dated() {
		rank[0] = '0'
	}
	for _, p := range r.Participants {
		switch p.Role {
		case Source:
			rank[1] = '0'
		case Place:
			rank[2] = '0'
		}
	}
	return fmt.Sprintf("%s %010d %s %s %s %010d %010d %s", rank[:], width(r.When), r.When.From, r.TextHash, r.Story, r.Trigger.Start, r.Trigger.End, r.ID)
}

// width is the interval's length in days; what is not dated is widest.
func width(w When) int {
	if !w.Dated() {
		return 1 << 30
	}
	return days(w.To) - days(w.From) + 1
}

// lookBack is how many days before its story an undated report's event may lie.
const lookBack = 7

// Days are the days on which the report may meet others of its key: those it tells, or of an undated one its story's and the seven before. They are
// empty if it has neither: such a report meets only those of its kind.
func (r Report) Days() Interval {
	if r.When.Dated() {
		return Interval{r.When.From, r.When.To}
	}
	published, _, err := ParseDate(r.Published)
	if err != nil {
		return Interval{}
	}
	return Interval{DaysBefore(published.From, lookBack), published.To}
}

// Stretches joins intervals that share a day. They come in order and disjoint. The empty interval of Days meets only itself, and comes first.
func Stretches(days []Interval) []Interval {
	sorted := slices.Clone(days)
	slices.SortFunc(sorted, compareIntervals)
	var all []Interval
	for _, d := range sorted {
		if n := len(all) - 1; n >= 0 && d.From <= all[n].To {
			all[n].To = max(all[n].To, d.To)
		} else {
			all = append(all, d)
		}
	}
	return all
}

func compareIntervals(a, b Interval) int {
	if c := strings.Compare(a.From, b.From); c != 0 {
		return c
	}
	return strings.Compare(a.To, b.To)
}
