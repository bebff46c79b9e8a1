package store

import (
	"slices"
	"strings"
	"testing"

	"newsgraph/news"
)

// TestNear holds which words are near, and that nearness has no direction.
func TestNear(t *testing.T) {
	near := func(a, b string) bool {
		return slices.ContainsFunc(askedKeys(a), func(k string) bool { return slices.Contains(keptKeys(b), k) })
	}
	for _, test := range []struct {
		is    bool
		pairs string
	}{
		{true, "guterrez/guterres zelenski/zelenskyy netanyahoo/netanyahu ahmedinejad/ahmadinejad khamenai/khamenei"},
		{true, "mohammed/muhammad mohamed/muhammad gaddafi/qadhafi kadafi/gaddafi hussein/husayn soleimani/suleymani gorbatschow/gorbachev"},
		{true, "haniyeh/haniya usama/osama yulia/iulia zelenskij/zelensky chaves/chavez tschad/tchad kharkov/harkov"},
		{true, "macronn/macron marcon/macron acron/macron micron/macron merkl/merkel trmup/trump putn/putin sonak/sunak"},
		{false, "iran/iraq mali/bali chad/cuba oman/omen peru/pern niger/tiger biden/aiden austria/australia slovakia/slovenia"},
		{false, "hwasong17/hwasong18 at&t/att merkel/merk trump/tramps korea/career minister/ministry lebanon/lenabon"},
	} {
		for _, pair := range strings.Fields(test.pairs) {
			a, b, _ := strings.Cut(pair, "/")
			if near(a, b) != test.is || near(b, a) != test.is {
				t.Errorf("%s is near %s: %t, and back %t; as %s and %s", a, b, near(a, b), near(b, a), Spelling(a), Spelling(b))
			}
		}
	}
}

// TestMatchOf tells how names answer.
func TestMatchOf(t *testing.T) {
	e := news.Entity{Name: "Volodymyr Zelenskyy", Aliases: []string{"Zelensky", "President of the West"}}
	for _, test := range []struct {
		text string
		want Match
		name string
	}{
		{"zelensky", ExactMatch, "Zelensky"},
		{"zelensk", BeginMatch, "Volodymyr Zelenskyy"},
		{"zelenskij", NearMatch, "Volodymyr Zelenskyy"},
		{"vol zelenski", NearMatch, "Volodymyr Zelenskyy"},
		{"Vladimir Zelenski", NoMatch, ""},
		{"zelenski west", NoMatch, ""}, // of two names
		{"presidant west", NearMatch, "President of the West"},
		{"", NoMatch, ""},
		{"a a a a a a a zelenski zelenski", NoMatch, ""},
	} {
		if m, name := MatchOf(test.text, e); m != test.want || name != test.name {
			t.Errorf("%q: %d %q, want %d %q", test.text, m, name, test.want, test.name)
		}
	}
	if NearWords(strings.Repeat("zelenski ", mostNear+1)) != nil || NearWords("un us") != nil || keptKeys(strings.Repeat("ab", mostLetters)) != nil {
		t.Error("what is too long or too short is near something")
	}
}

func TestSpellings(t *testing.T) {
	rows, err := parseSpellings(spellingsTSV)
	if err != nil || len(rows) < 60 {
		t.Fatalf("%d rows, %v", len(rows)/2, err)
	}
	for i := 2; i < len(rows); i += 2 {
		if len(rows[i]) > len(rows[i-2]) {
			t.Errorf("%s comes after the shorter %s", rows[i], rows[i-2])
		}
	}
	for table, says := range map[string]string{"# no\na": "line 2", "a\tb\nc\t": "line 2", "a\tb\na\tc": "twice", "a\tb\tc": "line 1"} {
		if _, err := parseSpellings(table); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v, want %s", table, err, says)
		}
	}
}

// FuzzNear: whatever is searched for, a name is found by itself, and keys are of no beginning of a word.
func FuzzNear(f *testing.F) {
	f.Add("Zelenskyy", "zelenski")
	f.Add("AT&T ß ·", "·tt·")
	f.Fuzz(func(t *testing.T, name, text string) {
		e := news.Entity{Name: name}
		if m, _ := MatchOf(name, e); m != ExactMatch && len(SearchWords(name)) > 0 {
			t.Errorf("%q does not find itself", name)
		}
		for _, k := range NameKeys(name) {
			if !strings.HasPrefix(k, keySign) || !strings.HasSuffix(k, keySign) || strings.Contains(strings.Join(SearchWords(text), " "), keySign) {
				t.Errorf("key %q of %q could be begun by %q", k, name, text)
			}
		}
	})
}
