package loader

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"newsgraph/loader/extract"
	"newsgraph/news"
	"newsgraph/samples"
)

var mark = flag.Bool("mark", false, "write samples/golden/figures.txt anew")

const golden = "../samples/golden"

// slack is how many points a figure may fall below the one that was written.
const slack = 1

// told is an event of a golden reading.
type told struct {
	line     string // as written, for the log
	sure     bool
	story    int
	triggers []news.Span
	sources  []string // alternatives, each a list joined by plus
	actions  []string // alternatives, as modality
	types    []news.EventType
	targets  []string
	modality []string
	said     []string
	day      string
	any      map[string]bool   // what does not matter: background, place
	is       map[string]string // what else is told
}

// read is an event that the program reads.
type read struct {
	news.Event
	story    int
	triggers []news.Span
	words    []string // of the triggers
	said     []string
	names    func([]news.ID) []string
}

func (r read) String() string {
	last := ""
	if r.Background {
		last = " background"
	}
	if p := r.names(r.Entities(news.Place)); len(p) > 0 {
		last += " place=" + strings.Join(p, "+")
	}
	join := func(names []string) string { return strings.Join(names, " + ") }
	return fmt.Sprintf("%s | %s | %s | %s | %s | %s |%s", join(r.names(r.Entities(news.Source))), r.Action, join(r.names(r.Entities(news.Target))),
		r.Modality, join(r.said), r.When.From, last)
}

// charged tells that the event speaks ill of somebody.
func (r read) charged() bool {
	return len(r.Entities(news.Source)) > 0 && (r.Modality == news.Asserted || r.Modality == news.Alleged) &&
		slices.Contains([]news.EventType{news.TypeAccuse, news.TypeAssault, news.TypeCoerce, news.TypeThreaten}, r.Type)
}

// tally is what the comparison of a reading with its golden one gives.
type tally struct {
	told, read, typed, roles, whole, dated, party, charges, untrue int
	faults                                                         map[string]int // of those of the right type, by what is otherwise
}

func (t *tally) add(u tally) {
	t.told += u.told
	t.read += u.read
	t.typed += u.typed
	t.roles += u.roles
	t.whole += u.whole
	t.dated += u.dated
	t.party += u.party
	t.charges += u.charges
	t.untrue += u.untrue
	for what, n := range u.faults {
		t.faults[what] += n
	}
}

func share(of, all int) float64 {
	if all == 0 {
		return 0
	}
	return 100 * float64(of) / float64(all)
}

func (t tally) String() string {
	prf := func(name string, n int) string {
		return fmt.Sprintf("%s P %.1f R %.1f F1 %.1f", name, share(n, t.read), share(n, t.told), share(2*n, t.read+t.told))
	}
	return fmt.Sprintf("%d told, %d read; %s; %s; %s; false charges %d of %d; dated %.1f; with a source or target %.1f", t.told, t.read,
		prf("typed", t.typed), prf("roles", t.roles), prf("whole", t.whole), t.untrue, t.charges, share(t.dated, t.read), share(t.party, t.read))
}

// figures are what must not get worse; of the false charges less is better.
func (t tally) figures() map[string]float64 {
	f1 := func(n int) float64 { return share(2*n, t.read+t.told) }
	return map[string]float64{
		"typed F1": f1(t.typed), "roles F1": f1(t.roles), "whole F1": f1(t.whole), "false charges": share(t.untrue, t.charges),
		"dated": share(t.dated, t.read), "with a source or target": share(t.party, t.read),
	}
}

// TestGolden reads the samples and compares what it reads with readings by hand, samples/golden: samples/golden/README.md tells how they are written. A
// figure that falls a point below the one of figures.txt fails (go test ./loader -run TestGolden -mark writes them).
func TestGolden(t *testing.T) {
	all, err := samples.All()
	if err != nil {
		t.Fatal(err)
	}
	x, err := extract.New()
	if err != nil {
		t.Fatal(err)
	}
	sum := tally{faults: map[string]int{}}
	for _, s := range all {
		stories, err := Read(s.File, []byte(s.Text), Options{Published: s.Published, Publisher: s.Publisher})
		if err != nil {
			t.Fatal(err)
		}
		var got []read
		stands := map[string]bool{} // names of the sample's entities, in lower case
		for i, story := range stories {
			f, err := x.Read(story)
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range f.Entities {
				stands[plain(e.Name)] = true
			}
			got = append(got, reading(f, i)...)
		}
		data, err := os.ReadFile(filepath.Join(golden, s.File))
		if errors.Is(err, fs.ErrNotExist) {
			continue // nobody has read it by hand
		} else if err != nil {
			t.Fatal(err)
		}
		want, err := parseGolden(string(data), stories, stands)
		if err != nil {
			t.Errorf("%s: %v", s.File, err)
			continue
		}
		one, log := compare(want, got)
		t.Logf("%s: %s\n%s", s.File, one, log)
		sum.add(one)
	}
	t.Logf("all: %s", sum)
	t.Logf("of %d of the right type, otherwise than by hand: %v", sum.typed, sum.faults)
	if !t.Failed() {
		hold(t, sum.figures())
	}
}

// hold compares figures with those that were written, or writes them.
func hold(t *testing.T, now map[string]float64) {
	t.Helper()
	name := filepath.Join(golden, "figures.txt")
	if *mark {
		var lines []string
		for what, n := range now {
			lines = append(lines, fmt.Sprintf("%s: %.1f\n", what, n))
		}
		slices.Sort(lines)
		if err := os.WriteFile(name, []byte(strings.Join(lines, "")), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	data, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		t.Fatalf("no %s: run with -mark", name)
	} else if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for line := range strings.Lines(string(data)) {
		what, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		was, err := strconv.ParseFloat(value, 64)
		is, ok := now[what]
		if err != nil || !ok {
			t.Errorf("%s: %q is no figure", name, line)
			continue
		}
		seen++
		worse := was - is
		if what == "false charges" {
			worse = -worse
		}
		if worse > slack {
			t.Errorf("%s was %.1f and is %.1f", what, was, is)
		}
	}
	if seen != len(now) {
		t.Errorf("%s holds %d figures, want %d: run with -mark", name, seen, len(now))
	}
}

// reading is what the program reads in a story, without what people say.
func reading(f news.Facts, story int) []read {
	names := map[news.ID]string{}
	for _, e := range f.Entities {
		names[e.ID] = e.Name
	}
	of := func(ids []news.ID) []string {
		var ns []string
		for _, id := range ids {
			if n := names[id]; n != "" && !slices.Contains(ns, n) {
				ns = append(ns, n)
			}
		}
		return ns
	}
	var all []read
	for _, e := range news.Merge(f.Reports) {
		if e.Type == news.TypeStatement {
			continue
		}
		r := read{Event: e, story: story, names: of}
		var said []news.ID
		for _, p := range f.Reports {
			if slices.Contains(e.Reports, p.ID) {
				r.triggers = append(r.triggers, p.Trigger)
				r.words = append(r.words, p.Trigger.In(f.Story.Text))
				said = append(said, p.SaidBy...)
			}
		}
		r.said = of(said)
		all = append(all, r)
	}
	return all
}

var (
	labelled = regexp.MustCompile(`^\[(\w+)\] `)
	counted  = regexp.MustCompile(`^(.*)#(\d)$`)
	extra    = regexp.MustCompile(`^(background\??|(?:place|instrument)=.+|(?:killed|injured|arrested)=\d+)$`)
	firstDay = regexp.MustCompile(`^(|\*|\d{4}-\d\d-\d\d)$`)
)

// parseGolden reads a golden reading of a page of stories. What it says must stand in their texts, or among the names that stand.
func parseGolden(text string, stories []news.Story, stands map[string]bool) ([]*told, error) {
	var all []*told
	labels := map[string]*told{}
	sentence, story, at := "", -1, 0
	for i, line := range strings.Split(text, "\n") {
		wrong := func(format string, args ...any) error {
			return fmt.Errorf("line %d: "+format, append([]any{i + 1}, args...)...)
		}
		if !strings.HasPrefix(line, "  ") {
			sentence, story = line, slices.IndexFunc(stories, func(s news.Story) bool { return strings.Contains(s.Text, line) })
			if story < 0 {
				return nil, wrong("no sentence of the sample: %q", line)
			}
			at = strings.Index(stories[story].Text, line)
			continue
		}
		rest := strings.TrimSpace(line)
		unsure := strings.HasPrefix(rest, "? ")
		rest = strings.TrimPrefix(rest, "? ")
		label := ""
		if m := labelled.FindStringSubmatch(rest); m != nil {
			label, rest = m[1], rest[len(m[0]):]
		}
		again := strings.HasPrefix(rest, "= ")
		words, fields, event := strings.Cut(strings.TrimPrefix(rest, "= "), ":")
		from, to, err := within(sentence, words)
		if err != nil {
			return nil, wrong("%w", err)
		}
		trigger := news.SpanOf(stories[story].Text, at+from, at+to)
		e := labels[label]
		switch {
		case event:
			if e != nil {
				return nil, wrong("two events are called %s", label)
			}
			if e, err = parseTold(fields, stories[story].Text, stands); err != nil {
				return nil, wrong("%w", err)
			}
			e.line, e.sure, e.story = rest, !unsure, story
			all = append(all, e)
			if label != "" {
				labels[label] = e
			}
		case again && len(all) > 0:
			e = all[len(all)-1]
		case e == nil:
			return nil, wrong("neither an event nor another wording of one told before: %q", rest)
		case unsure && e.sure: // perhaps another wording of an event, perhaps none
			e = &told{line: rest, story: story}
			all = append(all, e)
		}
		e.triggers = append(e.triggers, trigger)
	}
	return all, nil
}

// within finds words in a sentence, once or the time that #2 tells.
func within(sentence, words string) (from, to int, err error) {
	n := 0
	if m := counted.FindStringSubmatch(words); m != nil {
		words, n = m[1], int(m[2][0]-'0')
	}
	found := regexp.MustCompile(`(?:^|[^\pL\pN-])(`+regexp.QuoteMeta(words)+`)(?:[^\pL\pN-]|$)`).FindAllStringSubmatchIndex(sentence, -1)
	switch {
	case words == "" || len(found) < max(n, 1):
		return 0, 0, fmt.Errorf("%q does not stand in the sentence", words)
	case n == 0 && len(found) > 1:
		return 0, 0, fmt.Errorf("%q stands %d times in the sentence: say which by #1", words, len(found))
	}
	m := found[max(n, 1)-1]
	return m[2], m[3], nil
}

func parseTold(line, text string, stands map[string]bool) (*told, error) {
	fields := strings.Split(line, "|")
	if len(fields) < 4 || len(fields) > 7 {
		return nil, fmt.Errorf("%d fields, want source | action | target | modality | said by | first day | more", len(fields))
	}
	for i := range fields {
		fields[i] = strings.TrimSpace(fields[i])
	}
	fields = append(fields, make([]string, 7-len(fields))...)
	e := &told{
		sources: strings.Split(fields[0], " or "), actions: strings.Split(fields[1], "/"), targets: strings.Split(fields[2], " or "),
		modality: strings.Split(fields[3], "/"), said: strings.Split(fields[4], " or "), day: fields[5], any: map[string]bool{}, is: map[string]string{},
	}
	for _, name := range e.actions {
		a, ok := news.ActionNamed(name)
		if !ok {
			return nil, fmt.Errorf("no action %q", name)
		}
		e.types = append(e.types, a.Type)
	}
	for _, m := range e.modality {
		if !slices.Contains(news.Modalities(), news.Modality(m)) {
			return nil, fmt.Errorf("no modality %q", m)
		}
	}
	if !firstDay.MatchString(e.day) {
		return nil, fmt.Errorf("no day %q", e.day)
	}
	for x := range strings.SplitSeq(fields[6], "; ") {
		if x == "" {
			continue
		}
		if !extra.MatchString(x) {
			return nil, fmt.Errorf("neither background, place=, instrument= nor a count: %q", x)
		}
		key, value, _ := strings.Cut(x, "=")
		if key == "background?" || value == "*" {
			e.any[strings.TrimSuffix(key, "?")] = true
		}
		e.is[key] = value
	}
	lists := slices.Concat(e.sources, e.targets, e.said)
	if !e.any["place"] {
		lists = append(lists, e.is["place"])
	}
	for _, list := range lists {
		for name := range strings.SplitSeq(list, " + ") {
			if !stand(strings.Trim(name, "()"), text, stands) {
				return nil, fmt.Errorf("%q stands nowhere in the sample", name)
			}
		}
	}
	return e, nil
}

// stand tells that one of the names, alternatives, stands in the text or is an entity's.
func stand(names, text string, stands map[string]bool) bool {
	if slices.Contains([]string{"", "-", "*"}, names) {
		return true
	}
	return slices.ContainsFunc(strings.Split(names, "/"), func(n string) bool {
		n = plain(strings.TrimSuffix(n, "..."))
		return stands[n] || strings.Contains(plain(text), n)
	})
}

func plain(name string) string { return strings.TrimPrefix(strings.ToLower(name), "the ") }

// among tells that names are one of the alternatives.
func among(names, alternatives []string) bool {
	return slices.ContainsFunc(alternatives, func(list string) bool {
		if list == "*" {
			return true
		}
		left := slices.Clone(names)
		for name := range strings.SplitSeq(list, " + ") {
			if name == "" || name == "-" {
				continue
			}
			inner, optional := strings.CutPrefix(name, "(")
			k := slices.IndexFunc(left, func(n string) bool { return called(n, strings.TrimSuffix(inner, ")")) })
			if k >= 0 {
				left = slices.Delete(left, k, k+1)
			} else if !optional {
				return false
			}
		}
		return len(left) == 0
	})
}

// called tells that a name is one of several joined by slashes; one that ends in dots is the beginning of a name.
func called(name, names string) bool {
	return slices.ContainsFunc(strings.Split(names, "/"), func(n string) bool {
		if begin, ok := strings.CutSuffix(n, "..."); ok {
			return strings.HasPrefix(plain(name), plain(begin))
		}
		return plain(name) == plain(n)
	})
}

// meets is how many of the wordings of an event read are those of one told.
func (e *told) meets(r read) int {
	n := 0
	for _, a := range e.triggers {
		for _, b := range r.triggers {
			n += btoi(e.story == r.story && a.Start < b.End && b.Start < a.End)
		}
	}
	return n
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// faults says what an event read has otherwise than the one told. The first two are roles.
func (e *told) faults(r read) (roles, rest []string) {
	if !among(r.names(r.Entities(news.Source)), e.sources) {
		roles = append(roles, "source")
	}
	if !among(r.names(r.Entities(news.Target)), e.targets) {
		roles = append(roles, "target")
	}
	_, background := e.is["background"]
	places, told := r.names(r.Entities(news.Place)), e.is["place"]
	right := len(places) == 0 && told == ""
	for _, p := range places {
		right = right || slices.ContainsFunc(strings.Split(told, " + "), func(n string) bool { return called(p, n) })
	}
	for what, wrong := range map[string]bool{
		"action":     !slices.Contains(e.actions, r.Action),
		"modality":   !slices.Contains(e.modality, string(r.Modality)),
		"background": !e.any["background"] && background != r.Background,
		"day":        e.day != "*" && e.day != r.When.From,
		"speaker":    !among(r.said, e.said),
		"place":      !e.any["place"] && told != "" && !right,
	} {
		if wrong {
			rest = append(rest, what)
		}
	}
	slices.Sort(rest)
	return roles, rest
}

// compare aligns events by their wordings, those of the same type first, and logs what is not alike. What is not sure is neither right nor wrong, but
// what is told not to have happened must not be read as having happened.
func compare(want []*told, got []read) (tally, string) {
	sum := tally{faults: map[string]int{}}
	var log strings.Builder
	type pair struct{ w, g, n int }
	var pairs []pair
	for w, e := range want {
		for g, r := range got {
			if n := e.meets(r); n > 0 && e.sure && slices.Contains(e.types, r.Type) {
				roles, rest := e.faults(r)
				pairs = append(pairs, pair{w, g, 100*n - 10*len(roles) - len(rest)})
			}
		}
	}
	slices.SortStableFunc(pairs, func(a, b pair) int { return b.n - a.n })
	done, met := map[int]bool{}, map[int]int{} // of want; of got, what it is
	for _, p := range pairs {
		if _, taken := met[p.g]; !done[p.w] && !taken {
			done[p.w], met[p.g] = true, p.w
		}
	}
	for w, e := range want {
		if e.sure {
			sum.told++
		}
		if e.sure && !done[w] {
			fmt.Fprintf(&log, "  missed: %s\n", e.line)
		}
	}
	for g, r := range got {
		party := len(r.Entities(news.Source))+len(r.Entities(news.Target)) > 0
		w, found := met[g]
		if !found && perhaps(want, r) {
			continue
		}
		sum.read++
		sum.dated += btoi(r.When.From != "")
		sum.party += btoi(party)
		sum.charges += btoi(r.charged())
		if !found {
			what := "beyond"
			if r.charged() && !slices.ContainsFunc(want, func(e *told) bool { return e.meets(r) > 0 && e.charges(r) }) {
				what = "false charge"
				sum.untrue++
			}
			fmt.Fprintf(&log, "  %s: %q %s\n", what, r.words, r)
			continue
		}
		roles, rest := want[w].faults(r)
		sum.typed++
		sum.roles += btoi(len(roles) == 0)
		sum.whole += btoi(len(roles)+len(rest) == 0)
		faults := slices.Concat(roles, rest)
		if r.charged() && !want[w].charges(r) {
			sum.untrue++
			fmt.Fprintf(&log, "  false charge: %q %s\n", r.words, r)
		}
		for _, what := range faults {
			sum.faults[what]++
		}
		if len(faults) > 0 {
			fmt.Fprintf(&log, "  %s: %s\n    read: %s\n", strings.Join(faults, ", "), want[w].line, r)
		}
	}
	return sum, log.String()
}

// perhaps tells that an event read may be what the reading by hand leaves open: not if that is told not to have happened, and is read as if it had.
func perhaps(want []*told, r read) bool {
	for _, e := range want {
		if !e.sure && e.meets(r) > 0 {
			return !slices.Equal(e.modality, []string{string(news.Negated)}) || r.Modality != news.Asserted && r.Modality != news.Alleged
		}
	}
	return false
}

// charges tells that the one told is a charge by those whom an event read names, or a deed of theirs.
func (e *told) charges(r read) bool {
	return among(r.names(r.Entities(news.Source)), e.sources) && slices.ContainsFunc(e.modality, func(m string) bool {
		return m == string(news.Asserted) || m == string(news.Alleged)
	})
}

// TestGoldenRefuses gives lines that are no reading: each must be refused, and the one that is, taken.
func TestGoldenRefuses(t *testing.T) {
	stories := []news.Story{{Text: "Peru met Chile on Monday. Peru condemned the raid, and Peru left."}}
	stands := map[string]bool{"united kingdom": true}
	const head = "Peru met Chile on Monday.\n"
	for _, test := range []struct{ text, want string }{
		{"Peru met Chad.\n  met: Peru | meet | Chad | ASSERTED", `line 1: no sentence of the sample: "Peru met Chad."`},
		{head + "  saw: Peru | meet | Chile | ASSERTED", `line 2: "saw" does not stand in the sentence`},
		{head + "  me: Peru | meet | Chile | ASSERTED", `line 2: "me" does not stand in the sentence`},
		{"Peru condemned the raid, and Peru left.\n  Peru: Peru | meet | Chile | ASSERTED", `line 2: "Peru" stands 2 times in the sentence: say which by #1`},
		{head + "  met: Peru | meat | Chile | ASSERTED", `line 2: no action "meat"`},
		{head + "  met: Peru | meet/meat | Chile | ASSERTED", `line 2: no action "meat"`},
		{head + "  met: Peru | meet | Chad | ASSERTED", `line 2: "Chad" stands nowhere in the sample`},
		{head + "  met: Peru + (Chad) | meet | Chile | ASSERTED", `line 2: "(Chad)" stands nowhere in the sample`},
		{head + "  met: Peru | meet | Chile | SURE", `line 2: no modality "SURE"`},
		{head + "  met: Peru | meet | Chile | ASSERTED | | Monday", `line 2: no day "Monday"`},
		{head + "  met: Peru | meet | Chile | ASSERTED | | | somewhere", `line 2: neither background, place=, instrument= nor a count: "somewhere"`},
		{head + "  met: Peru | meet", `line 2: 2 fields`},
		{head + "  [talks] met", `line 2: neither an event nor another wording of one told before: "met"`},
		{head + "  [talks] met: Peru | meet | Chile | ASSERTED\n  [talks] met: Peru | meet | Chile | ASSERTED", "line 3: two events are called talks"},
	} {
		if _, err := parseGolden(test.text, stories, stands); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%q: error %v, want %s", test.text, err, test.want)
		}
	}
	all, err := parseGolden(head+"  [talks] met: Peru | meet | Chile or - or (Britain/United Kingdom) | ASSERTED/ALLEGED | * | 2024-01-08 | background?; place=Peru\n"+
		"  = on\nPeru condemned the raid, and Peru left.\n  ? [talks] left\n", stories, stands)
	if err != nil || len(all) != 2 || len(all[0].triggers) != 2 || all[1].sure {
		t.Errorf("%d events, %v", len(all), err)
	}
}

func TestAmong(t *testing.T) {
	for _, test := range []struct {
		names, alternatives string
		want                bool
	}{
		{"", "", true},
		{"Peru", "", false},
		{"Peru", "*", true},
		{"Chile,Peru", "Peru + Chile", true},
		{"Peru", "Peru + Chile", false},
		{"Peru", "Peru + (Chile)", true},
		{"", "Peru or -", true},
		{"the leaders of Peru", "leaders...", true},
		{"Congo", "Zaire/Congo", true},
		{"Peru,Congo", "Peru or Congo", false},
	} {
		var names []string
		if test.names != "" {
			names = strings.Split(test.names, ",")
		}
		if got := among(names, strings.Split(test.alternatives, " or ")); got != test.want {
			t.Errorf("%q among %q: %v", test.names, test.alternatives, got)
		}
	}
}
