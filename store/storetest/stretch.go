package storetest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"newsgraph/news"
)

// testStretches puts and removes stories one by one that all tell of one key, over many years: of days, of months and years, which touch
// all that is within them, and of no day, which touch the week before their story. The events are those of all reports merged at once.
func testStretches(t *testing.T, h Harness) {
	tell := func(n int, r *rand.Rand) news.Facts {
		day := func() string { return fmt.Sprintf("20%02d-%02d-%02d", 10+r.IntN(2), 1+r.IntN(12), 1+r.IntN(28)) }
		published := day()
		if r.IntN(8) == 0 {
			published = ""
		}
		when := ""
		switch r.IntN(6) {
		case 0:
		case 1:
			when = day()[:7]
		case 2:
			from := day()
			when = from + "/" + news.DaysBefore(from, -r.IntN(150))
		case 3:
			when = "--01-09"
		default:
			when = day()
		}
		who := "KP > RU"
		if r.IntN(3) == 0 {
			who += " in kyiv"
		}
		return story(fmt.Sprint("Stretch ", n), published, "Agency", said{text: fmt.Sprintf("North Korea met Russia %d times.", n%7), action: "meet", who: who, when: when})
	}
	s := h.Open(t)
	r := rand.New(rand.NewPCG(5, 5))
	// A day long after the first of months that were told of before.
	long := said{text: "North Korea met Russia.", action: "meet", who: "KP > RU", when: "2013-01-01/2013-04-30"}
	short := long
	short.when = "2013-04-20"
	there := []news.Facts{story("Months", "2013-05-01", "Agency", long), story("A day of them", "2013-05-01", "Agency", short)}
	for _, f := range there {
		put(t, s, f)
	}
	holds(t, "a day of months", s, there...)
	for n := range 60 {
		f := tell(n, r)
		there = append(there, f)
		put(t, s, f)
		if n%3 == 2 {
			i := r.IntN(len(there))
			remove(t, s, there[i])
			there = slices.Delete(there, i, i+1)
		}
		if n%5 == 4 {
			holds(t, fmt.Sprint("after story ", n), s, there...)
		}
		if t.Failed() {
			return
		}
	}
	derives(t, "all stretches", s, there...)
	h.check(t)
}
