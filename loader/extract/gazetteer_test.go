package extract

import (
	"slices"
	"strings"
	"testing"

	"newsgraph/news"
)

// names are the names in a story, each with what it names.
func names(t *testing.T, text string) []string {
	t.Helper()
	var got []string
	for _, m := range read(t, "2024-01-10", text).Mentions {
		if m.Form == news.FormName || m.Form == news.FormInitials {
			got = append(got, m.Span.In(text)+"="+string(m.Entity))
		}
	}
	return got
}

// TestGazetteerMatches sees that these names are found, and no others.
func TestGazetteerMatches(t *testing.T) {
	for text, want := range map[string]string{
		"South Sudan condemned Sudan.":                        "South Sudan=state:SS Sudan=state:SD",
		"Ships sailed in the South China Sea.":                "South China Sea=place:south-china-sea",
		"The US's envoy met Chad's president.":                "US=state:US Chad=state:TD",
		"Israel’s army attacked Iran.":                        "Israel=state:IL Iran=state:IR",
		"US officials told us that the U.S. condemned Iran.":  "US=state:US U.S.=state:US Iran=state:IR",
		"Soldiers told us.":                                   "",
		"Georgia condemned Russia.":                           "Georgia=state:GE Russia=state:RU",
		"Jordan condemned Israel.":                            "Jordan=state:JO Israel=state:IL",
		"Chad condemned Israel.":                              "Chad=state:TD Israel=state:IL",
		"Suicide bombers and bombers killed villagers there.": "",
	} {
		if got := strings.Join(names(t, text), " "); got != want {
			t.Errorf("%s\n got %s\nwant %s", text, got, want)
		}
	}
}

// TestGazetteerGivenNames sees that a state's name before or after another capitalised word is no state's.
func TestGazetteerGivenNames(t *testing.T) {
	for _, name := range []string{"Jordan Smith", "Michael Jordan", "Chad Smith", "Georgia Stone"} {
		for _, n := range names(t, name+" condemned Israel.") {
			if n != "Israel=state:IL" && strings.Contains(n, "=state:") {
				t.Errorf("%s: %s", name, n)
			}
		}
	}
}

// TestGazetteerWeapons sees that a weapon is found by class and by system, and that people are no weapons.
func TestGazetteerWeapons(t *testing.T) {
	for text, want := range map[string]string{
		"Russian Su-57s and Kh-101 missiles struck mosques.": "weapon:su-57-ru weapon:kh-101",
		"Suicide bombers killed five villagers.":             "",
		"Sam condemned the attack.":                          "",
		"Ukraine fired ATACMS at a depot.":                   "weapon:atacms",
		"Russia fired short-range ballistic missiles.":       "weapon:short-range-ballistic-missile",
	} {
		var got []string
		for _, m := range read(t, "2024-01-10", text).Mentions {
			if strings.HasPrefix(string(m.Entity), "weapon:") {
				got = append(got, string(m.Entity))
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s\n got %s\nwant %s", text, got, want)
		}
	}
}

// TestKnownNames sees which names are found where they meet others.
func TestKnownNames(t *testing.T) {
	for text, want := range map[string][]string{
		"Officials of the US and of Chad told us so.":                          {"US=state:US", "Chad=state:TD"},
		"The U.S. Navy sailed.":                                                {"U.S.=state:US"},
		"The UN Security Council met.":                                         {"UN Security Council=organisation:un-security-council"},
		"South Korea's president met North Korea's envoy.":                     {"South Korea=state:KR", "North Korea=state:KP"},
		"Erdoğan met Nicolás Maduro.":                                          {"Erdoğan=person:recep-tayyip-erdogan", "Nicolás Maduro=person:nicolas-maduro"},
		"The Democratic Republic of the Congo accused Rwanda.":                 {"Democratic Republic of the Congo=state:CD", "Rwanda=state:RW"},
		"Mr Putin's spokesman, Dmitry Peskov, spoke for the Kremlin.":          {"Putin=person:vladimir-putin", "Dmitry Peskov=person:dmitry-peskov", "Kremlin=organisation:kremlin"},
		"Robert F. Kennedy Jr. met Lund. Robert Kennedy praised Norway.":       {"Robert Kennedy=person:robert-f-kennedy-jr"},
		"Robert Kennedy was killed. Robert F. Kennedy Jr. was a boy.":          {"Robert Kennedy=person:robert-kennedy"},
		"Guinea-Bissau and Guinea and Papua New Guinea and Equatorial Guinea.": {"Guinea-Bissau=state:GW", "Guinea=state:GN", "Papua New Guinea=state:PG", "Equatorial Guinea=state:GQ"},
	} {
		f := read(t, "2024-01-10", text)
		var got []string
		for _, m := range f.Mentions {
			if m.Form == news.FormName || m.Form == news.FormInitials {
				got = append(got, m.Span.In(text)+"="+string(m.Entity))
			}
		}
		for _, w := range want {
			if !slices.Contains(got, w) {
				t.Errorf("%s: no %s in %q", text, w, got)
			}
		}
		if strings.Contains(text, "told us") && slices.ContainsFunc(got, func(s string) bool { return strings.HasPrefix(s, "us=") }) {
			t.Errorf("%s: %q", text, got)
		}
	}
}
