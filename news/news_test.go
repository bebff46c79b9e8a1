package news

import (
	"encoding/json"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestParseDate(t *testing.T) {
	for s, want := range map[string]string{
		"2024": "2024-01-01 2024-12-31 YEAR", "2024-02": "2024-02-01 2024-02-29 MONTH", "2023-02": "2023-02-01 2023-02-28 MONTH",
		"2024-01-09": "2024-01-09 2024-01-09 DAY", "0001-01-01": "0001-01-01 0001-01-01 DAY",
		"": "", "0000": "", "2024-13": "", "2024-1-9": "", "2023-02-29": "", "24-01-09": "", "2024-01-09T00:00:00Z": "", " 2024": "", "٢٠٢٤": "",
	} {
		i, p, err := ParseDate(s)
		got := strings.Join([]string{i.From, i.To, string(p)}, " ")
		if want == "" && (err == nil || !strings.Contains(err.Error(), "2024-01-09")) || want != "" && got != want {
			t.Errorf("%q is %q, %v", s, got, err)
		}
	}
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"2024", "2024-01", "2024-01-09", "9999-12-31", "x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		i, p, err := ParseDate(s)
		if err != nil {
			return
		}
		if !strings.HasPrefix(i.From, s) || !strings.HasPrefix(i.To, s) || i.From > i.To || p == Unknown || days(i.To) < days(i.From) {
			t.Errorf("%q is %+v, %s", s, i, p)
		}
	})
}

func TestDaysBefore(t *testing.T) {
	for _, c := range []struct {
		day  string
		n    int
		want string
	}{{"2024-03-01", 1, "2024-02-29"}, {"2024-01-03", 7, "2023-12-27"}, {"2024-01-09", 0, "2024-01-09"}, {"nonsense", 1, ""}} {
		if got := DaysBefore(c.day, c.n); got != c.want {
			t.Errorf("%d days before %s is %s, want %s", c.n, c.day, got, c.want)
		}
	}
	if a, b := days("0001-01-01"), days("2024-01-09"); b-a != 738893 {
		t.Errorf("%d days between the years 1 and 2024", b-a)
	}
}

func TestConflicts(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"2024-01-09", "2024-01-09", false},
		{"2024-01-09", "2024-01-10", true},
		{"2024-01", "2024-01-10", false},
		{"2023", "2024-01-10", true},
		{"2", "2024-01-09", false}, // a Tuesday
		{"2", "2024-01-10", true},
		{"2", "2024-01", false},
		{"2", "3", true},
		{"--01-09", "2024-01-09", false},
		{"--01-09", "2024", false},
		{"--12-30", "2024-01", true},
		{"--12-30", "2023-12-25/2024-01-07", false},
		{"--01-05", "2023-12-25/2024-01-07", false},
		{"--02-29", "2023", true},
		{"--12-30", "--12-31", true},
		{"?", "2024-01-09", false},
		{"?", "2", false},
	} {
		a, b := when(t, c.a), when(t, c.b)
		if a.conflicts(b) != c.want || b.conflicts(a) != c.want {
			t.Errorf("%s and %s: %v and %v, want %v", c.a, c.b, a.conflicts(b), b.conflicts(a), c.want)
		}
	}
}

// TestMonthWithoutYear sees that a month of which no year is told conflicts with nothing, and is not dated.
func TestMonthWithoutYear(t *testing.T) {
	april := When{From: "--04-01", To: "--04-30", Precision: Month}
	for _, other := range []string{"2024-04-09", "2024-05-03", "--05-03", "2"} {
		if w := when(t, other); april.conflicts(w) || w.conflicts(april) {
			t.Errorf("April conflicts with %s", other)
		}
	}
	if april.Dated() {
		t.Error("April is dated")
	}
}

func TestOverlaps(t *testing.T) {
	w := When{From: "2024-01-08", To: "2024-01-14"}
	for i, want := range map[Interval]bool{
		{"", ""}: true, {"2024-01-14", ""}: true, {"2024-01-15", ""}: false, {"", "2024-01-08"}: true, {"", "2024-01-07"}: false,
		{"2024-01-10", "2024-01-10"}: true,
	} {
		if i.Overlaps(w) != want {
			t.Errorf("%+v: want %v", i, want)
		}
	}
	if (Interval{}).Overlaps(When{From: "--01-09", To: "--01-09"}) {
		t.Error("what has no year overlaps")
	}
}

func TestWords(t *testing.T) {
	for text, want := range map[string]string{
		"Recep Tayyip Erdoğan": "recep tayyip erdogan", "Kim Jong Un's": "kim jong un", "U.S.": "u s", "Łódź": "lodz", "Ho-jin": "ho jin",
		"O’Brien’s": "obrien", "Straße": "strasse", "São Tomé": "sao tome", "": "", "…": "", "Hwasong-17": "hwasong 17", "北京": "北京", "ﬁre": "fire",
	} {
		if got := strings.Join(Words(text), " "); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
	if got := Slug("Chang Ho-jin"); got != "chang-ho-jin" {
		t.Error(got)
	}
}

func FuzzWords(f *testing.F) {
	for _, s := range []string{"Erdoğan’s", "U.S.", "\xff", "İstanbul", "ǅ", "Ⅷ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		words := Words(s)
		for _, w := range words {
			if w == "" || strings.ContainsAny(w, " '") {
				t.Errorf("%q has the word %q", s, w)
			}
		}
		if utf8.ValidString(s) && !slices.Equal(Words(strings.Join(words, " ")), words) {
			t.Errorf("%q: the words of %q are %q", s, words, Words(strings.Join(words, " ")))
		}
	})
}

func TestIdentify(t *testing.T) {
	whole := Story{Publisher: "p", URL: "u", Published: "2024", Headline: "h", Text: "One text."}
	seen := map[ID]string{}
	for name, change := range map[string]func(*Story){
		"nothing": func(*Story) {}, "publisher": func(s *Story) { s.Publisher = "" }, "url": func(s *Story) { s.URL = "" },
		"published": func(s *Story) { s.Published = "" }, "headline": func(s *Story) { s.Headline = "" }, "text": func(s *Story) { s.Text = "one text" },
		"moved": func(s *Story) { s.Publisher, s.URL = "pu", "" },
	} {
		s := whole
		change(&s)
		s.Identify()
		if other, ok := seen[s.ID]; ok {
			t.Errorf("%s and %s have one id", name, other)
		}
		seen[s.ID] = name
		if s.ID.Noun() != "story" || s.TextHash == "" {
			t.Errorf("%s: %+v", name, s)
		}
		w := whole
		w.Identify()
		if s.TextHash != w.TextHash {
			t.Errorf("%s: the same words are another text", name)
		}
	}
}

func TestIDs(t *testing.T) {
	if a, b := hashID("x", "ab", "c"), hashID("x", "a", "bc"); a == b {
		t.Error("parts run together")
	}
	r := ReportID("story:a", Span{Start: 1, End: 3}, "condemn", 0)
	if r == ReportID("story:a", Span{Start: 1, End: 3}, "condemn", 1) || EventID(r).Noun() != "event" {
		t.Error(r)
	}
	if got := LocalID(Group, "abc", "protesters"); got != "group:abc/protesters" || !got.Local() || ID("state:KP").Local() {
		t.Error(got)
	}
	if ID("nonsense").Noun() != "" {
		t.Error("an id without a colon has a noun")
	}
}

func TestSpans(t *testing.T) {
	for _, text := range []string{"", "ascii", "Señor Núñez – “x” 🚢", "\xff\xfe"} {
		index := NewIndex(text)
		for start := range len(text) + 1 {
			for end := start; end <= len(text); end++ {
				if utf8.ValidString(text) && (!boundary(text, start) || !boundary(text, end)) {
					continue
				}
				s := index.Span(start, end)
				if s.In(text) != text[start:end] || utf8.ValidString(text) && s != SpanOf(text, start, end) {
					t.Errorf("%q[%d:%d]: %+v", text, start, end, s)
				}
			}
		}
	}
	s := SpanOf("Núñez met", 3, 7)
	data, err := json.Marshal(s)
	if err != nil || string(data) != `{"begin":2,"end":5,"bytes":[3,7]}` {
		t.Errorf("%s, %v", data, err)
	}
	var back Span
	if err := json.Unmarshal(data, &back); err != nil || back != s {
		t.Errorf("%+v, %v", back, err)
	}
	for _, other := range []string{`{"bytes":[3,7],"end":5,"begin":2}`, "{\"begin\":2, \"end\":5,\n\"bytes\":[3,7]}", `{"begin":2,"end":5,"bytes":[3,7],"more":1}`} {
		if err := json.Unmarshal([]byte(other), &back); err != nil || back != s {
			t.Errorf("%s: %+v, %v", other, back, err)
		}
		back = Span{}
	}
	for _, wrong := range []string{`{"begin":02,"end":5,"bytes":[3,7]}`, `{"begin":2,"end":,"bytes":[3,7]}`, `{"begin":2,"end":99999999999999999999,"bytes":[3,7]}`} {
		if err := json.Unmarshal([]byte(wrong), &back); err == nil {
			t.Errorf("%s: %+v", wrong, back)
		}
	}
	if (Span{Start: 3, End: 99}).In("short") != "" || (Span{Start: -1, End: 2}).In("short") != "" {
		t.Error("a span that does not fit has a wording")
	}
}

func boundary(text string, i int) bool { return i == len(text) || utf8.RuneStart(text[i]) }

// TestJoinEntities holds joining against what makes it independent of the order of stories.
func TestJoinEntities(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	pick := func(of ...string) string { return of[r.IntN(len(of))] }
	entity := func() Entity {
		e := Entity{ID: "person:x", Kind: Person, Name: pick("Al", "Bo", "Al Bo"), Description: pick("", "d", "dd", "de"), Country: pick("", "NOR", "TCD"), Sector: pick("", "GOV")}
		if r.IntN(2) == 0 {
			e.Source, e.Name = "persons.tsv", pick("Al", "Bo")
		}
		for range r.IntN(3) {
			e.Aliases = append(e.Aliases, pick("Al", "Bo", "Ab", "Bob"))
		}
		if r.IntN(3) == 0 {
			e.Location = &Location{float64(r.IntN(2)), float64(r.IntN(2))}
		}
		e.Count, e.Approximate = r.IntN(3), r.IntN(2) == 0
		return JoinEntities(e, e) // in its normal form, as stores keep it
	}
	for range 5000 {
		a, b, c := entity(), entity(), entity()
		if x, y := JoinEntities(a, b), JoinEntities(b, a); !reflect.DeepEqual(x, y) {
			t.Fatalf("%+v and %+v join to %+v or %+v", a, b, x, y)
		}
		if x, y := JoinEntities(JoinEntities(a, b), c), JoinEntities(a, JoinEntities(b, c)); !reflect.DeepEqual(x, y) {
			t.Fatalf("%+v, %+v and %+v join to\n%+v or\n%+v", a, b, c, x, y)
		}
		if x := JoinEntities(JoinEntities(a, b), b); !reflect.DeepEqual(x, JoinEntities(a, b)) {
			t.Fatalf("%+v joined once more is %+v", b, x)
		}
	}
}
