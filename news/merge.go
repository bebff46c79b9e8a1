package news

import (
	"cmp"
	"slices"
	"strings"
)

// Key is what reports of one event must share: type, action, sources and targets. Stores lock by it. Modality is not part
// of it, nor are instruments and places, which one report tells and another leaves out.
func (r Report) Key() string {
	sorted := func(role Role) string {
		ids := r.Entities(role)
		slices.Sort(ids)
		parts := make([]string, len(ids))
		for i, id := range ids {
			parts[i] = string(id)
		}
		return strings.Join(parts, ",")
	}
	return strings.Join([]string{string(r.Type), r.Action, sorted(Source), sorted(Target)}, "|")
}

// lookBack is how many days before its story an undated report's event may lie.
const lookBack = 7

// Merge makes events of reports. It is a function of the set alone: any order of the same reports gives the same events. Reports
// that share a Key are taken in canonical order: narrowest interval, then earliest, then story id, then span.
//
// A dated report joins the first event all of whose dated reports it overlaps, and with whose places and with the type and
// action of what it is about it does not conflict; else it starts one. An undated report joins the key's only event of the seven
// days before its story, else the one undated event of its story. An unresolved date ("Tuesday", "--12-30") counts as undated, but
// never joins what it contradicts.
//
// The events come sorted by id. Their Title is left empty, since Merge knows no names.
func Merge(reports []Report) []Event {
	keyed := map[string][]*Report{}
	for i := range reports {
		k := reports[i].Key()
		keyed[k] = append(keyed[k], &reports[i])
	}
	var events []Event
	for _, rs := range keyed {
		for _, d := range mergeKey(rs) {
			events = append(events, d.event())
		}
	}
	slices.SortFunc(events, func(a, b Event) int { return cmp.Compare(a.ID, b.ID) })
	return events
}

// draft is an event in the making: its reports in canonical order.
type draft struct {
	reports []*Report
	dated   bool
	from    string // of the intersection of the dated reports
	to      string
}

func mergeKey(reports []*Report) []*draft {
	slices.SortFunc(reports, canonical)
	reports = slices.CompactFunc(reports, func(a, b *Report) bool { return a.ID == b.ID })
	var drafts []*draft
	undated := map[ID][]*draft{} // by story
	for _, r := range reports {
		if r.When.Dated() {
			d := firstOf(drafts, func(d *draft) bool { return d.dated && d.from <= r.When.To && r.When.From <= d.to && d.takes(r) })
			if d == nil {
				d = &draft{dated: true, from: r.When.From, to: r.When.To}
				drafts = append(drafts, d)
			}
			d.add(r)
			continue
		}
		d := recent(drafts, r)
		if d == nil || !d.takes(r) {
			d = firstOf(undated[r.Story], func(d *draft) bool { return d.takes(r) })
		}
		if d == nil {
			d = &draft{}
			drafts = append(drafts, d)
			undated[r.Story] = append(undated[r.Story], d)
		}
		d.add(r)
	}
	return drafts
}

// recent is the only dated draft of the days before the report's story, nil if there are none or several.
func recent(drafts []*draft, r *Report) *draft {
	published, _, err := ParseDate(r.Published)
	if err != nil {
		return nil
	}
	since := DaysBefore(published.From, lookBack)
	var only *draft
	for _, d := range drafts {
		if !d.dated || d.to < since || d.from > published.To {
			continue
		}
		if only != nil {
			return nil
		}
		only = d
	}
	return only
}

func firstOf(drafts []*draft, is func(*draft) bool) *draft {
	if i := slices.IndexFunc(drafts, is); i >= 0 {
		return drafts[i]
	}
	return nil
}

// takes tells that r contradicts none of the draft's reports: in time, in place, or in what they are about.
func (d *draft) takes(r *Report) bool {
	var places []ID
	var about []About
	for _, m := range d.reports {
		if m.When.conflicts(r.When) {
			return false
		}
		places = append(places, m.Entities(Place)...)
		about = append(about, m.About...)
	}
	return shares(places, r.Entities(Place), func(a, b ID) bool { return a == b }) &&
		shares(about, r.About, func(a, b About) bool { return a.Type == b.Type && a.Action == b.Action })
}

// shares tells that two lists have something in common, or that one of them says nothing.
func shares[T any](a, b []T, same func(T, T) bool) bool {
	if len(a) == 0 || len(b) == 0 {
		return true
	}
	return slices.ContainsFunc(a, func(x T) bool {
		return slices.ContainsFunc(b, func(y T) bool { return same(x, y) })
	})
}

func (d *draft) add(r *Report) {
	d.reports = append(d.reports, r)
	if d.dated && r.When.Dated() {
		d.from, d.to = max(d.from, r.When.From), min(d.to, r.When.To)
	}
}

// canonical orders the reports of a key: narrowest interval (days), earliest, story, span.
func canonical(a, b *Report) int {
	return cmp.Or(
		cmp.Compare(width(a.When), width(b.When)),
		cmp.Compare(a.When.From, b.When.From),
		cmp.Compare(a.Story, b.Story),
		cmp.Compare(a.Trigger.Start, b.Trigger.Start),
		cmp.Compare(a.Trigger.End, b.Trigger.End),
		cmp.Compare(a.ID, b.ID),
	)
}

// width is the interval's length in days; what is not dated is widest.
func width(w When) int {
	if !w.Dated() {
		return 1 << 30
	}
	from, to := days(w.From), days(w.To)
	return to - from + 1
}

func (d *draft) event() Event {
	first := d.reports[0]
	e := Event{ID: EventID(first.ID), Type: first.Type, Action: first.Action, When: first.When, Background: true, Claim: true}
	e.When.Span = Span{}
	if d.dated {
		e.When.From, e.When.To = d.from, d.to
		if e.When.From == e.When.To {
			e.When.Precision = Day
		}
	}
	texts := map[string]bool{}
	strength := len(Modalities())
	for _, r := range d.reports {
		e.Reports = append(e.Reports, r.ID)
		texts[r.TextHash] = true
		e.Background = e.Background && r.Background
		if i := slices.Index(Modalities(), r.Modality); i >= 0 && i < strength {
			strength, e.Modality = i, r.Modality
		}
		for _, p := range r.Participants {
			p.Span = Span{}
			if !slices.Contains(e.Participants, p) {
				e.Participants = append(e.Participants, p)
			}
		}
		for _, a := range r.About {
			e.About = append(e.About, EventID(a.Report))
		}
		e.Contexts = append(e.Contexts, r.Contexts...)
		if len(r.SaidBy) == 0 {
			e.Claim = false
		} else if !slices.Contains(e.ClaimedBy, r.SaidBy[0]) {
			e.ClaimedBy = append(e.ClaimedBy, r.SaidBy[0])
		}
	}
	if !e.Claim {
		e.ClaimedBy = nil
	}
	e.Texts = len(texts)
	slices.SortStableFunc(e.Participants, func(a, b Participant) int { return cmp.Compare(roleOrder(a.Role), roleOrder(b.Role)) })
	e.About = sortedSet(e.About)
	e.Contexts = sortedSet(e.Contexts)
	return e
}

func sortedSet[T cmp.Ordered](s []T) []T {
	slices.Sort(s)
	return slices.Compact(s)
}

func roleOrder(r Role) int { return slices.Index([]Role{Source, Target, Instrument, Place}, r) }
