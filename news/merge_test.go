package news

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// told makes a report of a line: story, source, action, target, time, and what else there is: in=PLACE, of=ACTION, published=DATE.
func told(t testing.TB, line string) Report {
	t.Helper()
	w := strings.Fields(line)
	if len(w) < 5 {
		t.Fatalf("%q is no report", line)
	}
	r := Report{
		Story: ID("story:" + w[0]), Action: w[2], Type: TypeAccuse, When: when(t, w[4]), Modality: Asserted, Published: "2024-01-10", TextHash: w[0],
		Participants: []Participant{{Role: Source, Entity: ID("state:" + w[1])}, {Role: Target, Entity: ID("state:" + w[3])}},
	}
	n := 0
	for i, role := range []Role{Source, Target} { // "-" is nobody, a lower-case word a head noun
		switch word := w[1+2*i]; {
		case word == "-":
			r.Participants = slices.DeleteFunc(r.Participants, func(p Participant) bool { return p.Role == role })
		case word == strings.ToLower(word):
			k := slices.IndexFunc(r.Participants, func(p Participant) bool { return p.Role == role })
			r.Participants[k].Entity = LocalID(Group, w[0], word)
			if r.Heads == nil {
				r.Heads = map[ID]string{}
			}
			r.Heads[r.Participants[k].Entity] = word
		}
	}
	if a, ok := ActionNamed(w[2]); ok && a.Type != TypeAssault {
		r.Type = a.Type
	}
	for _, more := range w[5:] {
		key, value, _ := strings.Cut(more, "=")
		switch key {
		case "in": // gao,mali,ML: each lies in those that follow
			if r.Lies == nil {
				r.Lies = map[ID]Lies{}
			}
			places := strings.Split(value, ",")
			country := places[len(places)-1]
			r.Participants = append(r.Participants, Participant{Role: Place, Entity: ID("place:" + places[0])})
			lies := Lies{Country: strings.ToUpper(country)}
			for _, p := range places[1:] {
				lies.Within = append(lies.Within, ID("place:"+p))
			}
			if len(places) > 1 || len(country) == 2 {
				r.Lies[ID("place:"+places[0])] = lies
			}
		case "killed":
			var c Count
			if _, err := fmt.Sscanf(value, "%d/%d", &c.Low, &c.High); err != nil {
				t.Fatal(err)
			}
			c.Of = "killed"
			r.Counts = append(r.Counts, c)
		case "by":
			r.SaidBy = append(r.SaidBy, ID("person:"+value))
		case "text":
			r.TextHash = value
		case "of":
			r.About = []About{{Report: "report:x", Type: TypeAssault, Action: value}}
		case "published":
			r.Published = value
		case "modality":
			r.Modality = Modality(value)
		case "n":
			n = len(value)
		default:
			t.Fatalf("%q: %s?", line, key)
		}
	}
	r.ID = ReportID(r.Story, Span{Start: n}, r.Action, 0)
	return r
}

// when reads 2024-01-09, 2024-01, 2024-01-01/2024-01-07, Tuesday (as 2), --12-30 or ? (nothing told).
func when(t testing.TB, s string) When {
	t.Helper()
	if from, to, ok := strings.Cut(s, "/"); ok {
		return When{From: from, To: to, Precision: Week}
	}
	switch {
	case s == "?":
		return When{Precision: Unknown}
	case len(s) == 1:
		return When{Precision: Day, Value: "XXXX-WXX-" + s, Text: "a weekday"}
	case strings.HasPrefix(s, "--"):
		return When{From: s, To: s, Precision: Day}
	}
	i, p, err := ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return When{From: i.From, To: i.To, Precision: p}
}

// happened writes events as lines: interval, number of reports, number of texts, stories.
func happened(reports []Report) []string {
	story := map[ID]string{}
	for _, r := range reports {
		story[r.ID] = strings.TrimPrefix(string(r.Story), "story:")
	}
	var all []string
	for _, e := range Merge(reports) {
		var stories []string
		for _, r := range e.Reports {
			stories = append(stories, story[r])
		}
		slices.Sort(stories)
		at := "undated"
		if e.When.Dated() {
			at = e.When.From
			if e.When.To != e.When.From {
				at += "/" + e.When.To
			}
		}
		all = append(all, fmt.Sprintf("%s %s: %s", e.Action, at, strings.Join(stories, " ")))
	}
	slices.Sort(all)
	return all
}

func TestMerge(t *testing.T) {
	for name, c := range map[string]struct{ reports, events string }{
		"one happening in two stories":          {"a NO condemn TD 2024-01-09\nb NO condemn TD 2024-01-09", "condemn 2024-01-09: a b"},
		"other days are other happenings":       {"a NO condemn TD 2024-01-08\nb NO condemn TD 2024-01-09", "condemn 2024-01-08: a\ncondemn 2024-01-09: b"},
		"other targets, other happenings":       {"a NO condemn TD 2024-01-09\nb NO condemn PE 2024-01-09", "condemn 2024-01-09: a\ncondemn 2024-01-09: b"},
		"the narrower time wins":                {"a NO condemn TD 2024-01\nb NO condemn TD 2024-01-09", "condemn 2024-01-09: a b"},
		"overlaps share what they share":        {"a NO condemn TD 2024-01-05/2024-01-10\nb NO condemn TD 2024-01-08/2024-01-14", "condemn 2024-01-08/2024-01-10: a b"},
		"a month may hold two days":             {"a NO condemn TD 2024-01-08\nb NO condemn TD 2024-01-09\nc NO condemn TD 2024-01", "condemn 2024-01-08: a c\ncondemn 2024-01-09: b"},
		"undated joins the only recent one":     {"a NO condemn TD 2024-01-09\nb NO condemn TD ?", "condemn 2024-01-09: a b"},
		"undated joins none of two":             {"a NO condemn TD 2024-01-08\nb NO condemn TD 2024-01-09\nc NO condemn TD ?", "condemn 2024-01-08: a\ncondemn 2024-01-09: b\ncondemn undated: c"},
		"undated does not join the old":         {"a NO condemn TD 2024-01-02\nb NO condemn TD ?", "condemn 2024-01-02: a\ncondemn undated: b"},
		"seven days back is recent":             {"a NO condemn TD 2024-01-03\nb NO condemn TD ?", "condemn 2024-01-03: a b"},
		"undated does not join what comes":      {"a NO condemn TD 2024-01-11\nb NO condemn TD ?", "condemn 2024-01-11: a\ncondemn undated: b"},
		"undated of two stories stay apart":     {"a NO condemn TD ?\nb NO condemn TD ?", "condemn undated: a\ncondemn undated: b"},
		"undated of one story is one":           {"a NO condemn TD ?\na NO condemn TD ? n=xx", "condemn undated: a a"},
		"without a publication, no recent":      {"a NO condemn TD 2024-01-09\nb NO condemn TD ? published=", "condemn 2024-01-09: a\ncondemn undated: b"},
		"a weekday joins its day":               {"a NO condemn TD 2024-01-09\nb NO condemn TD 2", "condemn 2024-01-09: a b"},
		"another weekday does not":              {"a NO condemn TD 2024-01-09\nb NO condemn TD 3", "condemn 2024-01-09: a\ncondemn undated: b"},
		"two weekdays of a story are two":       {"a NO condemn TD 2\na NO condemn TD 3 n=xx", "condemn undated: a\ncondemn undated: a"},
		"a day without its year joins it":       {"a NO condemn TD 2024-01-09\nb NO condemn TD --01-09", "condemn 2024-01-09: a b"},
		"another day without its year, not":     {"a NO condemn TD 2024-01-09\nb NO condemn TD --12-30", "condemn 2024-01-09: a\ncondemn undated: b"},
		"places that differ":                    {"a NO shell TD 2024-01-09 in=brod\nb NO shell TD 2024-01-09 in=ayn", "shell 2024-01-09: a\nshell 2024-01-09: b"},
		"a place that one does not tell":        {"a NO shell TD 2024-01-09 in=brod\nb NO shell TD 2024-01-09", "shell 2024-01-09: a b"},
		"what it is about differs":              {"a NO condemn TD 2024-01-09 of=shell\nb NO condemn TD 2024-01-09 of=raid", "condemn 2024-01-09: a\ncondemn 2024-01-09: b"},
		"modality does not part":                {"a NO condemn TD 2024-01-09 modality=PLANNED\nb NO condemn TD 2024-01-09", "condemn 2024-01-09: a b"},
		"a: a day apart, of wide intervals too": {"a NO condemn TD 2024-01-01/2024-01-07\nb NO condemn TD 2024-01-08/2024-01-14", "condemn 2024-01-01/2024-01-07: a\ncondemn 2024-01-08/2024-01-14: b"},
		"a: undated never bridges days":         {"a NO condemn TD 2024-01-08\nb NO condemn TD 2024-01-09\nc NO condemn TD ? text=a", "condemn 2024-01-08: a c\ncondemn 2024-01-09: b"},
		"b: another source":                     {"a NO bomb TD 2024-01-09\nb SE bomb TD 2024-01-09", "bomb 2024-01-09: a\nbomb 2024-01-09: b"},
		"b: no source, and a place":             {"a NO bomb TD 2024-01-09 in=gao,ml\nb - bomb TD 2024-01-09 in=gao,ml", "bomb 2024-01-09: a b"},
		"b: other head nouns":                   {"a NO bomb soldiers 2024-01-09 in=gao,ml\nb NO bomb nurses 2024-01-09 in=gao,ml", "bomb 2024-01-09: a\nbomb 2024-01-09: b"},
		"b: people as such":                     {"a NO bomb soldiers 2024-01-09 in=gao,ml\nb NO bomb people 2024-01-09 in=gao,ml", "bomb 2024-01-09: a b"},
		"b: who met whom does not matter":       {"a NO meet TD 2024-01-09\nb TD meet NO 2024-01-09", "meet 2024-01-09: a b"},
		"c: a special case meets its general":   {"a NO attack TD 2024-01-09\nb NO shell TD 2024-01-09", "shell 2024-01-09: a b"},
		"c: two special cases do not meet":      {"a NO shoot TD 2024-01-09\nb NO bomb TD 2024-01-09", "bomb 2024-01-09: b\nshoot 2024-01-09: a"},
		"c: killing meets any":                  {"a NO kill TD 2024-01-09\nb NO bomb TD 2024-01-09", "kill 2024-01-09: a b"},
		"c: the general meets none of two":      {"a NO shoot TD 2024-01-09\nb NO bomb TD 2024-01-09\nc NO attack TD 2024-01-09", "attack 2024-01-09: c\nbomb 2024-01-09: b\nshoot 2024-01-09: a"},
		"c: save the one of its own text":       {"a NO shoot TD 2024-01-09\nb NO bomb TD 2024-01-09\nc NO attack TD 2024-01-09 text=b", "bomb 2024-01-09: b c\nshoot 2024-01-09: a"},
		"d: a place within a place":             {"a NO bomb TD 2024-01-09 in=gao,north,ml\nb NO bomb TD 2024-01-09 in=north,ml", "bomb 2024-01-09: a b"},
		"d: two places of one state":            {"a NO bomb TD 2024-01-09 in=gao,ml in=ml\nb NO bomb TD 2024-01-09 in=timbuktu,ml in=ml", "bomb 2024-01-09: a\nbomb 2024-01-09: b"},
		"d: the state holds none of two":        {"a NO bomb TD 2024-01-09 in=gao,ml\nb NO bomb TD 2024-01-09 in=kidal,ml\nc NO bomb TD 2024-01-09 in=ml", "bomb 2024-01-09: a\nbomb 2024-01-09: b\nbomb 2024-01-09: c"},
		"e: over three times, of one day":       {"a NO bomb TD 2024-01-09 killed=4/4\nb NO bomb TD 2024-01-09 killed=13/13", "bomb 2024-01-09: a\nbomb 2024-01-09: b"},
		"e: three times, of one day":            {"a NO bomb TD 2024-01-09 killed=4/4\nb NO bomb TD 2024-01-09 killed=12/12", "bomb 2024-01-09: a b"},
		"e: more of them later":                 {"a NO bomb TD 2024-01-09 killed=4/4\nb NO bomb TD 2024-01-09 killed=90/90 published=2024-01-11", "bomb 2024-01-09: a b"},
		"e: a third of them later":              {"a NO bomb TD 2024-01-09 killed=90/90\nb NO bomb TD 2024-01-09 killed=4/4 published=2024-01-11", "bomb 2024-01-09: a\nbomb 2024-01-09: b"},
		"e: at least four":                      {"a NO bomb TD 2024-01-09 killed=4/0\nb NO bomb TD 2024-01-09 killed=90/90", "bomb 2024-01-09: a b"},
		"e: in a disaster":                      {"a - flood people 2024-01-09 killed=4/4 in=gao,ml\nb - flood people 2024-01-09 killed=90/90 in=gao,ml", "flood 2024-01-09: a b"},
		"g: a head noun needs a place":          {"a gunmen kill TD 2024-01-09\nb gunmen kill TD 2024-01-09 in=gao,ml", "kill 2024-01-09: a\nkill 2024-01-09: b"},
		"g: equal text needs none":              {"a gunmen kill herders 2024-01-09\nb gunmen kill herders 2024-01-09 text=a", "kill 2024-01-09: a b"},
		"g: other countries":                    {"a gunmen kill herders 2024-01-09 in=gao,ml\nb gunmen kill herders 2024-01-09 in=cusco,pe", "kill 2024-01-09: a\nkill 2024-01-09: b"},
		"an undated copy":                       {"a NO condemn TD ?\nb NO condemn TD ? text=a published=2024-01-11", "condemn undated: a b"},
		"an undated copy of another year":       {"a NO condemn TD ?\nb NO condemn TD ? text=a published=2025-01-11", "condemn undated: a\ncondemn undated: b"},
		"years apart, widths of many decades":   {"a NO condemn TD 1948\nb NO condemn TD 1948-05-14\nc NO condemn TD 2024", "condemn 1948-05-14: a b\ncondemn 2024-01-01/2024-12-31: c"},
	} {
		var reports []Report
		for _, line := range strings.Split(c.reports, "\n") {
			reports = append(reports, told(t, line))
		}
		if got := strings.Join(happened(reports), "\n"); got != c.events {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got, c.events)
		}
	}
}

// any makes reports of few keys, days and places, so that many of them meet.
func anyReports(t testing.TB, r *rand.Rand, n int) []Report {
	times := []string{"?", "2", "3", "--01-09", "2024", "2024-01", "2024-01-05/2024-01-10", "2024-01-08", "2024-01-09", "2024-01-10", "2023-12-30"}
	extra := []string{"", "", " in=brod,north,ua", " in=ayn,ua", " in=north,ua", " text=s1", " by=lund", " killed=3/3", " killed=90/90", " modality=NEGATED", " of=shell", " of=raid", " modality=PLANNED", " published=2024-01-16", " published="}
	var all []Report
	for k := range n {
		all = append(all, told(t, fmt.Sprintf("s%d %s %s %s %s%s n=%s", r.IntN(5), []string{"NO", "NO", "-", "police"}[r.IntN(4)], []string{"condemn", "criticise", "meet"}[r.IntN(3)],
			[]string{"TD", "TD", "TD", "miners", "-"}[r.IntN(5)], times[r.IntN(len(times))], extra[r.IntN(len(extra))], strings.Repeat("x", k))))
	}
	return all
}

// TestMergeIsAFunctionOfTheSet checks what must hold of any reports: the order and repetitions are nothing to it, each report is of one
// event, and no event holds what contradicts.
func TestMergeIsAFunctionOfTheSet(t *testing.T) {
	for seed := range uint64(400) {
		r := rand.New(rand.NewPCG(seed, 1))
		reports := anyReports(t, r, 1+r.IntN(14))
		events := Merge(slices.Clone(reports))
		shuffled := append(slices.Clone(reports), reports[r.IntN(len(reports))])
		r.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		if again := Merge(shuffled); !reflect.DeepEqual(events, again) {
			t.Fatalf("seed %d: another order, other events:\n%+v\n%+v", seed, events, again)
		}
		byID := map[ID]Report{}
		for _, p := range reports {
			byID[p.ID] = p
		}
		held := map[ID]ID{}
		for _, e := range events {
			if e.ID != EventID(e.Reports[0]) {
				t.Errorf("seed %d: %s is not named after its first report", seed, e.ID)
			}
			for _, id := range e.Reports {
				p := byID[id]
				if other, ok := held[id]; ok {
					t.Errorf("seed %d: %s is of %s and of %s", seed, id, other, e.ID)
				}
				held[id] = e.ID
				if p.Key() != byID[e.Reports[0]].Key() {
					t.Errorf("seed %d: keys differ in %s", seed, e.ID)
				}
				if p.When.Dated() && (!e.When.Dated() || e.When.From < p.When.From || e.When.To > p.When.To) {
					t.Errorf("seed %d: %s to %s is not within %s to %s", seed, e.When.From, e.When.To, p.When.From, p.When.To)
				}
				for _, other := range e.Reports {
					if p.When.conflicts(byID[other].When) {
						t.Errorf("seed %d: %+v and %+v are one event", seed, p.When, byID[other].When)
					}
				}
			}
		}
		if len(held) != len(byID) {
			t.Errorf("seed %d: %d of %d reports are of an event", seed, len(held), len(byID))
		}
	}
}

func TestMergeSumsUp(t *testing.T) {
	a, b := told(t, "a NO shell TD 2024-01-09 modality=PLANNED"), told(t, "b NO shell TD 2024-01-09 in=brod")
	c := told(t, "c NO shell TD 2024-01-09")
	a.Background, b.Background = true, true
	c.TextHash = b.TextHash // a copy of b
	b.Matter, c.Matter = "a bridge", "the bridge"
	a.Contexts, b.Contexts = []string{"MILITARY"}, []string{"CYBER", "MILITARY"}
	e := Merge([]Report{a, b, c})
	if len(e) != 1 || e[0].Modality != Asserted || e[0].Background || e[0].Texts != 2 || len(e[0].Reports) != 3 || e[0].Matter != "a bridge" ||
		!slices.Equal(e[0].Contexts, []string{"CYBER", "MILITARY"}) || !slices.Equal(e[0].Entities(Place), []ID{"place:brod"}) {
		t.Errorf("%+v", e)
	}
}

// TestMergeAboutItself has one event be about what it is not: a sentence that tells of it twice, once about itself, tells of it alone.
func TestMergeAboutItself(t *testing.T) {
	for _, action := range []string{"meet", "agree", "warn"} {
		a, b := told(t, "a NO "+action+" TD 2024-01-09"), told(t, "b NO "+action+" TD 2024-01-09")
		other := ReportID("story:other", Span{Start: 1, End: 2}, "attack", 0)
		b.About = []About{{Report: a.ID, Type: a.Type, Action: a.Action}, {Report: other, Type: TypeAssault, Action: "attack"}}
		events := Merge([]Report{a, b})
		if len(events) != 1 || !slices.Equal(events[0].About, []ID{EventID(other)}) {
			t.Errorf("%s: %d events, about %v", action, len(events), events[0].About)
		}
	}
}

func TestTitleOf(t *testing.T) {
	name := func(id ID) string {
		_, n, _ := strings.Cut(string(id), ":")
		return n
	}
	for want, e := range map[string]Event{
		"NO condemned TD":                            {Action: "condemn", Type: TypeAccuse, Participants: roles("NO", "TD", "", "")},
		"NO gave missiles to TD":                     {Action: "give", Type: TypeTransfer, Participants: roles("NO", "TD", "missiles", "")},
		"NO gave missiles":                           {Action: "give", Type: TypeTransfer, Participants: roles("NO", "", "missiles", "")},
		"NO attacked brod":                           {Action: "attack", Type: TypeAssault, Participants: roles("NO", "", "", "brod")},
		"TD was attacked in brod":                    {Action: "attack", Type: TypeAssault, Participants: roles("", "TD", "", "brod")},
		"NO plans to visit brod":                     {Action: "visit", Type: TypeVisit, Modality: Planned, Participants: roles("NO", "", "", "brod")},
		"protesters protested in brod":               {Action: "protest", Type: TypeProtest, Participants: roles("protesters", "", "", "brod")},
		"NO did not condemn TD":                      {Action: "condemn", Type: TypeAccuse, Modality: Negated, Participants: roles("NO", "TD", "", "")},
		"PE, TD and 2 others allegedly condemned NO": {Action: "condemn", Type: TypeAccuse, Modality: Alleged, Participants: roles("PE TD CL AR", "NO", "", "")},
	} {
		if got := e.TitleOf(name); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// roles makes participants of names, several separated by a space.
func roles(source, target, instrument, place string) []Participant {
	var all []Participant
	for i, names := range []string{source, target, instrument, place} {
		for _, n := range strings.Fields(names) {
			all = append(all, Participant{Role: []Role{Source, Target, Instrument, Place}[i], Entity: ID("x:" + n)})
		}
	}
	return all
}

// stretch widens the days of what comes to a key or goes from it until no other report of the key reaches into them: what Merge makes of the
// reports of these days depends on no others, and no other event changes. reach returns the Days of the reports of the key that share a day with an
// interval, or that are empty if it is.
func stretch(touched []Interval, reach func(Interval) []Interval) []Interval {
	stretches := Stretches(touched)
	for {
		all := slices.Clone(stretches)
		for _, s := range stretches {
			all = append(all, reach(s)...)
		}
		wider := Stretches(all)
		if slices.Equal(wider, stretches) {
			return stretches
		}
		stretches = wider
	}
}

// TestStretches holds what a store does, which merges the stretches of a key that a change touches, to what Merge makes of all.
func TestStretches(t *testing.T) {
	for seed := range uint64(150) {
		r := rand.New(rand.NewPCG(seed, 2))
		held, events := map[ID]Report{}, map[ID]Event{}
		pool := anyReports(t, r, 24)
		for range 10 {
			var touched []Report
			for range 1 + r.IntN(5) {
				touched = append(touched, pool[r.IntN(len(pool))])
			}
			keys := map[string][]Interval{}
			for _, p := range touched {
				keys[p.Key()] = append(keys[p.Key()], p.Days())
			}
			stretches := map[string][]Interval{}
			for key, days := range keys {
				// The former reports are still there: they tell how far what goes has reached.
				within := func(i Interval) (all []Interval) {
					for _, p := range held {
						if d := p.Days(); p.Key() == key && (d == i || i.From != "" && d.From <= i.To && i.From <= d.To) {
							all = append(all, d)
						}
					}
					return all
				}
				stretches[key] = stretch(days, within)
			}
			of := func(p Report) bool {
				return slices.ContainsFunc(stretches[p.Key()], func(i Interval) bool {
					d := p.Days()
					return i.From <= d.From && d.To <= i.To && (i.From == "") == (d.From == "")
				})
			}
			for id, e := range events {
				if of(held[e.Reports[0]]) {
					delete(events, id)
				}
			}
			for _, p := range touched {
				if _, ok := held[p.ID]; ok {
					delete(held, p.ID)
				} else {
					held[p.ID] = p
				}
			}
			var near, all []Report
			for _, p := range held {
				all = append(all, p)
				if of(p) {
					near = append(near, p)
				}
			}
			for _, e := range Merge(near) {
				events[e.ID] = e
			}
			whole := map[ID]Event{}
			for _, e := range Merge(all) {
				whole[e.ID] = e
			}
			if !reflect.DeepEqual(events, whole) {
				t.Fatalf("seed %d: step by step\n%+v\nat once\n%+v", seed, events, whole)
			}
		}
	}
}

func TestModalityAndClaims(t *testing.T) {
	for reports, want := range map[string]string{
		"modality=PLANNED|modality=ASSERTED published=2024-01-11":                                                             "ASSERTED",
		"modality=ASSERTED|modality=NEGATED":                                                                                  "ASSERTED",
		"modality=ASSERTED|modality=NEGATED published=2024-01-11":                                                             "NEGATED",
		"modality=ASSERTED|modality=NEGATED published=2024-01-11 by=lund":                                                     "ASSERTED",
		"modality=ASSERTED|modality=NEGATED published=2024-01-11|modality=ASSERTED published=2024-01-12":                      "ASSERTED",
		"modality=PLANNED|modality=NEGATED published=2024-01-11":                                                              "NEGATED",
		"modality=PLANNED published=2024-01-11|modality=HYPOTHETICAL published=2024-01-11|modality=ALLEGED published=2024-01": "PLANNED",
		"modality=PLANNED published=|modality=NEGATED":                                                                        "NEGATED",
		"by=lund|by=ruiz by=lund":                                                                                             "ASSERTED claimed by person:lund person:ruiz",
		"by=lund|":                                                                                                            "ASSERTED",
	} {
		var all []Report
		for i, more := range strings.Split(reports, "|") {
			all = append(all, told(t, fmt.Sprintf("s%d NO condemn TD 2024-01-09 %s", i, more)))
		}
		events := Merge(all)
		if len(events) != 1 {
			t.Fatalf("%s: %d events", reports, len(events))
		}
		got := string(events[0].Modality)
		if events[0].Claim {
			got += strings.TrimRight(" claimed by "+strings.Join(texts(events[0].ClaimedBy), " "), " ")
		}
		if got != want {
			t.Errorf("%s: got %s, want %s", reports, got, want)
		}
	}
}

func texts(ids []ID) []string {
	var all []string
	for _, id := range ids {
		all = append(all, string(id))
	}
	return all
}

// FuzzMerge merges reports of any fields: in any order the same, each report in one event, and none of its key's whole history lost.
func FuzzMerge(f *testing.F) {
	f.Add("2024-01-09", "2024-01-09", "XXXX-WXX-2", "2024-01-10", "kill", "state:NO", "group:a/men", uint64(1))
	f.Add("--12-30", "", "", "x", "", "", "/", uint64(2))
	f.Fuzz(func(t *testing.T, from, to, value, published, action, source, target string, seed uint64) {
		r := rand.New(rand.NewPCG(seed, 5))
		reports := anyReports(t, r, 6)
		for i := range 3 {
			odd := reports[i]
			odd.ID += "x"
			odd.When = When{From: from, To: to, Value: value}
			odd.Published, odd.Action = published, action
			odd.Participants = []Participant{{Role: Source, Entity: ID(source)}, {Role: Target, Entity: ID(target)}}
			reports = append(reports, odd)
		}
		once := Merge(reports)
		slices.Reverse(reports)
		if again := Merge(reports); !reflect.DeepEqual(once, again) {
			t.Errorf("%+v\n%+v", once, again)
		}
		n := 0
		for _, e := range once {
			n += len(e.Reports)
		}
		if n != len(reports) {
			t.Errorf("%d of %d reports are of an event", n, len(reports))
		}
	})
}

// BenchmarkMerge merges 8,000 reports of one key: two years of one state that bombs another, and one day of it.
func BenchmarkMerge(b *testing.B) {
	for _, days := range []int{1, 700} {
		b.Run(fmt.Sprintf("%d days", days), func(b *testing.B) {
			r := rand.New(rand.NewPCG(1, 1))
			var reports []Report
			for n := range 8000 {
				day := DaysBefore("2024-12-31", r.IntN(days))
				places := []string{"", "in=gao,north,ml", "in=kidal,north,ml", "in=north,ml", "in=ml"}
				p := told(b, fmt.Sprintf("s%d NO %s TD %s %s published=%s", n, []string{"bomb", "kill", "attack", "shoot"}[r.IntN(4)], []string{day, day, day, "?"}[r.IntN(4)],
					places[r.IntN(len(places))], day))
				reports = append(reports, p)
			}
			for b.Loop() {
				Merge(reports)
			}
			b.ReportMetric(float64(b.N)*8000/b.Elapsed().Seconds(), "reports/s")
		})
	}
}

// Who met and who was met are all who met: nobody meets himself.
func TestMergeMutual(t *testing.T) {
	one, both := told(t, "a RU meet US 2024-01-10"), told(t, "b RU meet - 2024-01-10")
	both.Participants = append(both.Participants, Participant{Role: Source, Entity: "state:US"})
	events := Merge([]Report{one, both})
	if len(events) != 1 || !slices.Equal(events[0].Entities(Source), []ID{"state:RU", "state:US"}) || len(events[0].Entities(Target)) != 0 {
		t.Errorf("merged into %+v", events)
	}
}

// TestHolds asks whether a day without its year falls within days, which may be none: it answers all the same.
func TestHolds(t *testing.T) {
	for _, test := range []struct {
		from, to, day string
		want          bool
	}{
		{"2024-12-01", "2024-12-31", "12-30", true},
		{"2024-12-01", "2025-01-31", "01-31", true},
		{"2024-12-01", "2025-01-31", "02-01", false},
		{"1896-03-01", "1904-02-29", "02-29", true},
		{"1896-03-01", "1904-02-28", "02-29", false},
		{"0001-01-01", "9999-12-31", "13-01", false},
		{"9999-01-01", "9999-12-31", "01-01", true},
		{"2024-12-31", "XXXX-12-31", "12-30", false},
		{"2024-12-31", "XXXX-12-31", "02-30", false},
		{"XXXX-12-01", "2024-12-31", "12-30", false},
		{"2024-02-30", "2024-12-31", "12-30", false},
	} {
		if got := (When{From: test.from, To: test.to}).holds(test.day); got != test.want {
			t.Errorf("%s to %s holds %s: %v", test.from, test.to, test.day, got)
		}
	}
}

// TestWhenCheck refuses what only looks like days.
func TestWhenCheck(t *testing.T) {
	for _, w := range []When{{}, {From: "--12-30", To: "--12-30"}, {To: "--12-30"}, {From: "2024-02-29", To: "2024-02-29"}, {From: "2024-01-09", To: "12024-01-09"}, {From: "0000-12-31", To: "2024-01-01"}} {
		if err := w.Check(); err != nil {
			t.Errorf("%s to %s: %v", w.From, w.To, err)
		}
	}
	for _, w := range []When{{From: "2023-02-29", To: "2024-02-29"}, {From: "2024-12-01", To: "XXXX-12-31"}, {From: "2024-01-09", To: "2024-01-08"}, {From: "abcdefghij", To: "abcdefghij"}} {
		if w.Check() == nil {
			t.Errorf("%s to %s is let in", w.From, w.To)
		}
	}
}
