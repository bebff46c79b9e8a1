package news

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Merge makes events of reports. It is a function of the set alone: any order of the same reports gives the same events. It knows no gazetteer: what
// it asks of parties and places the reader wrote into the reports.
//
// Reports that share a Key, and whose Days are connected, are taken in the order of Canon, in two rounds. A dated report with a source (one that every
// story knows, if any other report of the stretch has such a one), whose action is no other's ancestor and whose place contains no other's, joins
// the first event with all of whose reports it agrees. In the second round any other joins the only such event, or of several the first that holds a
// report of its own text. Else a report starts an event. An event without a dated report takes only its own text. What agreeing is tells agrees;
// docs/adr/0014-identity.md says why.
//
// The events come sorted by id. Their Title is left empty, since Merge knows no names.
func Merge(reports []Report) []Event {
	keyed := map[string][]*statement{}
	seen := make(map[ID]bool, len(reports))
	profiles := map[string]int{}
	for i := range reports {
		if seen[reports[i].ID] {
			continue
		}
		seen[reports[i].ID] = true
		k := reports[i].Key()
		keyed[k] = append(keyed[k], state(&reports[i], profiles))
	}
	var events []Event
	for _, key := range keyed {
		for _, stretch := range connected(key) {
			for _, d := range join(stretch) {
				events = append(events, d.event())
			}
		}
	}
	slices.SortFunc(events, func(a, b Event) int { return cmp.Compare(a.ID, b.ID) })
	return events
}

// statement is a report with what agreeing asks of it.
type statement struct {
	*Report
	canon     string
	dated     bool
	days      Interval // Days
	published Interval // empty if not known
	mutual    bool
	source    party
	target    party
	places    []ID // the narrowest
	above     []string
	profile   int // statements of one profile agree with the same others, save for their text
}

func state(r *Report, profiles map[string]int) *statement {
	s := &statement{
		Report: r, canon: r.Canon(), dated: r.When.Dated(), days: r.Days(), mutual: r.mutual(), source: r.party(Source), target: r.party(Target),
		places: r.narrowest(), above: ancestors(r.Action),
	}
	if p, _, err := ParseDate(r.Published); err == nil {
		s.published = p
	}
	var counted Interval
	if len(r.Counts) > 0 {
		counted = s.published
	}
	profile := fmt.Sprint(r.Type, r.Action, r.Modality == Negated, r.When.From, r.When.To, r.When.Value, s.days, s.source, s.target, s.places, counted)
	for _, p := range s.places {
		profile += fmt.Sprint(r.Lies[p].Within)
	}
	for _, c := range r.Counts {
		profile += fmt.Sprint(c.Of, c.Low, c.High)
	}
	for _, a := range r.About {
		profile += fmt.Sprint(a.Type, a.Action)
	}
	n, ok := profiles[profile]
	if !ok {
		n = len(profiles)
		profiles[profile] = n
	}
	s.profile = n
	return s
}

// connected parts the reports of a key by stretches of days.
func connected(key []*statement) [][]*statement {
	days := make([]Interval, len(key))
	for i, s := range key {
		days[i] = s.days
	}
	stretches := Stretches(days)
	parts := make([][]*statement, len(stretches))
	for _, s := range key {
		i, ok := slices.BinarySearchFunc(stretches, s.days.From, func(i Interval, from string) int { return strings.Compare(i.From, from) })
		if !ok {
			i-- // the last that begins before it
		}
		parts[i] = append(parts[i], s)
	}
	return parts
}

// agrees tells that two reports of one key may tell of one event: (a) to (f) of rule 6 in DESIGN.md, and (g) unless their text is equal.
func (s *statement) agrees(o *statement, equalText bool) bool {
	return s.meets(o) && // a
		(s.mutual || equalOrNone(s.source.known, o.source.known)) && s.sameHeads(o) && s.sameVoice(o) && // b
		s.sameAction(o) && s.sameFact(o) && // c
		s.samePlace(o) && // d
		s.countsLike(o) && // e
		shares(s.About, o.About, func(a, b About) bool { return a.Type == b.Type && a.Action == b.Action }) && // f
		(equalText || s.settled(o)) // g
}

// meets tells that both may tell of one day. Of two that tell none, neither days nor weekdays may contradict.
func (s *statement) meets(o *statement) bool {
	if (s.dated || o.dated) && (s.days == Interval{} || o.days == Interval{} || s.days.To < o.days.From || o.days.To < s.days.From) {
		return false
	}
	return !s.When.conflicts(o.When)
}

func equalOrNone[T cmp.Ordered](a, b []T) bool {
	return len(a) == 0 || len(b) == 0 || slices.Equal(a, b)
}

// asSuch are head nouns that name people and nothing else of them.
var asSuch = map[string]bool{
	"people": true, "person": true, "civilian": true, "civilians": true, "resident": true, "residents": true, "victim": true, "victims": true,
}

// sameHeads tells that two lists of head nouns may be of the same people. Beside pilgrims, "people" says nothing.
func sameHeads(a, b []string) bool {
	telling := func(heads []string) []string {
		return slices.DeleteFunc(slices.Clone(heads), func(h string) bool { return asSuch[h] })
	}
	return equalOrNone(telling(a), telling(b))
}

func (s *statement) sameHeads(o *statement) bool {
	if s.mutual {
		return sameHeads(s.source.join(s.target).heads, o.source.join(o.target).heads)
	}
	return sameHeads(s.source.heads, o.source.heads) && sameHeads(s.target.heads, o.target.heads)
}

// anyWay is the action that every other of its family may be told as: whoever dies by a bomb is killed.
const anyWay = "kill"

func (s *statement) sameAction(o *statement) bool {
	return s.Action == o.Action || s.Action == anyWay || o.Action == anyWay || slices.Contains(s.above, o.Action) || slices.Contains(o.above, s.Action)
}

// sameFact tells that what one tells not to have happened is what the other tells of: a denied attack on civilians is no denial of the invasion.
func (s *statement) sameFact(o *statement) bool {
	return (s.Modality == Negated) == (o.Modality == Negated) || s.Action == o.Action && slices.Equal(s.source.known, o.source.known)
}

// sameVoice tells that words may be of one party: the leaders of a summit are none whom a story names beside them.
func (s *statement) sameVoice(o *statement) bool {
	apart := func(a, b party) bool {
		return len(a.known) > 0 && len(a.heads) == 0 && len(b.heads) > 0 && len(b.known) == 0
	}
	return s.Type != TypeAccuse && s.Type != TypeSupport && s.Type != TypeReject && s.Type != TypeRequest || !apart(s.source, o.source) && !apart(o.source, s.source)
}

func (s *statement) samePlace(o *statement) bool {
	return shares(s.places, o.places, func(a, b ID) bool {
		return a == b || slices.Contains(s.Lies[a].Within, b) || slices.Contains(o.Lies[b].Within, a)
	})
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

// countsLike tells that no count of one kind is told by a story of the same day as over three times the other's, and that none falls under a
// third in a later story. Of a disaster the first hours know nothing.
func (s *statement) countsLike(o *statement) bool {
	const times = 3
	if s.published.From == "" || o.published.From == "" {
		return true
	}
	oneDay := s.published == o.published && s.published.From == s.published.To && s.Type != TypeDisaster
	for _, a := range s.Counts {
		for _, b := range o.Counts {
			fewer := a.High != 0 && times*a.High < b.Low // an open count, "at least four", is never too low
			more := b.High != 0 && times*b.High < a.Low
			switch {
			case a.Of != b.Of:
			case oneDay && (fewer || more), fewer && s.published.From > o.published.To, more && o.published.From > s.published.To:
				return false
			}
		}
	}
	return true
}

// settled tells that a party known by its head noun, or a missing source, is made up for by a place that both tell.
func (s *statement) settled(o *statement) bool {
	vague := func(p *statement) bool { return !p.source.told() || len(p.source.heads)+len(p.target.heads) > 0 }
	return !vague(s) && !vague(o) || len(s.places) > 0 && len(o.places) > 0
}

// judged remembers what agrees told of two profiles: 0 not asked, else whether they agree as they are and with equal text. One key may hold
// thousands of reports of one day that differ in little.
type judged [][]uint8

const (
	asked = 1 << iota
	agree
	agreeCopies
)

func (j judged) agree(a, b *statement, equalText bool) bool {
	if j[a.profile] == nil {
		j[a.profile] = make([]uint8, len(j))
	}
	seen := &j[a.profile][b.profile]
	if *seen == 0 {
		*seen = asked
		if a.agrees(b, true) {
			*seen |= agreeCopies
			if a.settled(b) {
				*seen |= agree
			}
		}
	}
	return *seen&agree != 0 || equalText && *seen&agreeCopies != 0
}

// draft is an event in the making.
type draft struct {
	reports []*statement // as they joined; in canonical order in the end
	dated   bool
	days    Interval // of the intersection of the dated reports
	kinds   []alike
	at      map[int]int // profile to index of kinds
	texts   map[string]bool
}

// alike is the reports of a draft that have one profile: one of them, and whether their texts differ.
type alike struct {
	one  *statement
	many bool
}

// join makes the events of a key's connected reports.
func join(all []*statement) []*draft {
	slices.SortFunc(all, func(a, b *statement) int { return strings.Compare(a.canon, b.canon) })
	numbers := map[int]int{}
	for _, s := range all {
		if _, ok := numbers[s.profile]; !ok {
			numbers[s.profile] = len(numbers)
		}
		s.profile = numbers[s.profile] // of this stretch alone
	}
	seen := make(judged, len(numbers))
	above, containing, named := map[string]bool{}, map[ID]bool{}, false
	for _, s := range all {
		named = named || len(s.source.known) > 0
		for _, a := range s.above {
			above[a] = true
		}
		for _, p := range s.places {
			for _, w := range s.Lies[p].Within {
				containing[w] = true
			}
		}
	}
	var drafts []*draft              // the dated ones come first, as their reports do
	undated := map[string][]*draft{} // by their only text
	// What may be of one of two events waits until both are there.
	var precise, vague []*statement
	for _, s := range all {
		// Beside a source that every story knows, "gunmen" may be anybody.
		told := len(s.source.known) > 0 || s.source.told() && (!named || s.mutual)
		if s.dated && told && !above[s.Action] && !slices.ContainsFunc(s.places, func(p ID) bool { return containing[p] }) {
			precise = append(precise, s)
		} else {
			vague = append(vague, s)
		}
	}
	for i, s := range slices.Concat(precise, vague) {
		d := seen.choose(s, i < len(precise), drafts, undated[s.TextHash])
		if d == nil {
			d = &draft{at: map[int]int{}, texts: map[string]bool{}}
			if s.dated {
				drafts = append(drafts, d)
			} else {
				undated[s.TextHash] = append(undated[s.TextHash], d)
			}
		}
		d.add(s)
	}
	for _, u := range undated {
		drafts = append(drafts, u...)
	}
	return drafts
}

// choose is the draft that a report joins, nil if there is none.
func (j judged) choose(s *statement, precise bool, lists ...[]*draft) *draft {
	var only, own *draft
	n := 0
	for _, drafts := range lists {
		for _, d := range drafts {
			if !d.takes(s, j) {
				continue
			}
			if precise {
				return d
			}
			if n++; n == 1 {
				only = d
			}
			if own == nil && d.texts[s.TextHash] {
				own = d
			}
		}
	}
	if n > 1 {
		return own
	}
	return only
}

// takes tells that s agrees with all reports of the draft.
func (d *draft) takes(s *statement, j judged) bool {
	if d.dated && (s.days.To < d.days.From || d.days.To < s.days.From) {
		return false
	}
	for _, k := range d.kinds {
		if !j.agree(s, k.one, !k.many && k.one.TextHash == s.TextHash) {
			return false
		}
		// Nothing but its words says that an undated copy tells of the same: not for ever.
		if !d.dated && (s.days.From > k.one.days.To || k.one.days.From > s.days.To) {
			return false
		}
	}
	return true
}

func (d *draft) add(s *statement) {
	d.reports = append(d.reports, s)
	d.texts[s.TextHash] = true
	if i, ok := d.at[s.profile]; !ok {
		d.at[s.profile] = len(d.kinds)
		d.kinds = append(d.kinds, alike{one: s})
	} else if d.kinds[i].one.TextHash != s.TextHash {
		d.kinds[i].many = true
	}
	switch {
	case !s.dated:
	case d.dated:
		d.days = Interval{max(d.days.From, s.When.From), min(d.days.To, s.When.To)}
	default:
		d.dated, d.days = true, Interval{s.When.From, s.When.To}
	}
}

func (d *draft) event() Event {
	slices.SortFunc(d.reports, func(a, b *statement) int { return strings.Compare(a.canon, b.canon) })
	first := d.reports[0]
	e := Event{ID: EventID(first.ID), Type: first.Type, Action: first.Action, Modality: d.modality(), Background: true, Claim: true}
	narrowest := slices.MinFunc(d.reports, func(a, b *statement) int { return cmp.Compare(width(a.When), width(b.When)) })
	e.When = narrowest.When
	e.When.Span = Span{}
	if d.dated {
		e.When.From, e.When.To = d.days.From, d.days.To
		if e.When.From == e.When.To {
			e.When.Precision = Day
		}
	}
	own := make(map[ID]bool, len(d.reports))
	for _, r := range d.reports {
		own[r.ID] = true
	}
	for _, r := range d.reports {
		e.Reports = append(e.Reports, r.ID)
		e.Background = e.Background && r.Background
		e.Matter = cmp.Or(e.Matter, r.Matter)
		e.Claim = e.Claim && len(r.SaidBy) > 0
		for _, p := range r.Participants {
			p.Span = Span{}
			if !slices.Contains(e.Participants, p) {
				e.Participants = append(e.Participants, p)
			}
		}
		for _, a := range r.About {
			if !own[a.Report] { // One that is told twice in a sentence, once about itself, is one event, about nothing.
				e.About = append(e.About, EventID(a.Report))
			}
		}
		e.Contexts = append(e.Contexts, r.Contexts...)
	}
	if e.Claim {
		for _, r := range d.reports {
			e.ClaimedBy = append(e.ClaimedBy, r.SaidBy[0])
		}
		e.ClaimedBy = sortedSet(e.ClaimedBy)
	}
	e.Texts = len(d.texts)
	if d.reports[0].mutual {
		// "A and B met" and "A met B" are one meeting, of both with each other.
		acting := e.Entities(Source)
		e.Participants = slices.DeleteFunc(e.Participants, func(p Participant) bool { return p.Role == Target && slices.Contains(acting, p.Entity) })
	}
	slices.SortStableFunc(e.Participants, func(a, b Participant) int { return cmp.Compare(roleOrder(a.Role), roleOrder(b.Role)) })
	e.About = sortedSet(e.About)
	e.Contexts = sortedSet(e.Contexts)
	return e
}

// modality is ASSERTED if a report is, unless a later story tells in its own voice that it did not happen; else that of the latest story, the
// strongest of it. Stories whose day is not known are the earliest.
func (d *draft) modality() Modality {
	asserted, denied, latest := "", "", ""
	told := false
	for _, r := range d.reports {
		latest = max(latest, r.published.From)
		switch {
		case r.Modality == Asserted:
			told, asserted = true, max(asserted, r.published.To)
		case r.Modality == Negated && len(r.SaidBy) == 0:
			denied = max(denied, r.published.From)
		}
	}
	if told && denied <= asserted {
		return Asserted
	}
	strongest := len(Modalities()) - 1
	for _, r := range d.reports {
		if i := slices.Index(Modalities(), r.Modality); r.published.From == latest && i >= 0 {
			strongest = min(strongest, i)
		}
	}
	return Modalities()[strongest]
}

func sortedSet[T cmp.Ordered](s []T) []T {
	slices.Sort(s)
	return slices.Compact(s)
}

func roleOrder(r Role) int { return slices.Index([]Role{Source, Target, Instrument, Place}, r) }
