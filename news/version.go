package news

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// Piece names what a story is a version of, by its publisher (folded) and its agency's own id or else its url. It is empty for a story with
// neither id nor url: that is a version of nothing.
func (s Story) Piece() string {
	at := cmp.Or(s.AgencyID, s.URL)
	if at == "" {
		return ""
	}
	return Fold(s.Publisher) + "\n" + at
}

// CompareVersions orders the versions of a piece, former ones first: by the agency's version, by when they were last updated (published, where no
// update is told), then by text and by id. When they were loaded says nothing.
func CompareVersions(a, b Story) int {
	return cmp.Or(compareNumbers(a.Version, b.Version), cmp.Compare(a.changed(), b.changed()), cmp.Compare(a.TextHash, b.TextHash), cmp.Compare(a.ID, b.ID))
}

// compareNumbers orders numbers by their value before other texts, of which the empty one comes first of all.
func compareNumbers(a, b string) int {
	number := func(s string) (string, bool) {
		return strings.TrimLeft(s, "0"), s != "" && strings.Trim(s, "0123456789") == ""
	}
	x, is := number(a)
	y, too := number(b)
	switch {
	case is && too:
		return cmp.Or(cmp.Compare(len(x), len(y)), cmp.Compare(x, y))
	case is && b != "":
		return -1
	case too && a != "":
		return 1
	}
	return cmp.Compare(a, b)
}

// changed is when a story became as it is: a day, or an instant of UTC, which sorts after its day.
func (s Story) changed() string {
	at := cmp.Or(s.Updated, s.Published)
	if t, err := time.Parse(time.RFC3339, at); err == nil {
		return t.UTC().Format("2006-01-02T15:04:05.000000000Z")
	}
	return at
}

// Known is when a story could be read as it is: when it was last updated, or published. What tells a day alone could be for sure by its last second, in
// UTC. It is not known of a story that tells no date.
func (s Story) Known() (at time.Time, told bool) {
	date := cmp.Or(s.Updated, s.Published)
	if t, err := time.Parse(time.RFC3339, date); err == nil {
		return t.UTC(), true
	}
	days, _, err := ParseDate(date)
	if err != nil {
		return at, false
	}
	last, err := time.Parse(time.DateOnly, days.To)
	return last.AddDate(0, 0, 1).Add(-time.Second), err == nil
}

// Superseded tells, of all the versions of one piece, which are superseded, and by which: the next one in the order of CompareVersions that has
// another text or headline. What repeats text and headline under another date is the same version, and stays. Versions come out in their order.
func Superseded(versions []Story) (ordered []Story, by map[ID]ID) {
	ordered, by = slices.SortedFunc(slices.Values(versions), CompareVersions), map[ID]ID{}
	for i, s := range ordered {
		for _, next := range ordered[i+1:] {
			if next.TextHash != s.TextHash || next.Headline != s.Headline {
				by[s.ID] = next.ID
				break
			}
		}
	}
	return ordered, by
}
