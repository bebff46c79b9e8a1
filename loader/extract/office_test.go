package extract

import (
	"strings"
	"testing"

	"newsgraph/news"
)

// TestHolders sees who held an office on a day, and that nobody is claimed before the first day or where two did.
func TestHolders(t *testing.T) {
	g, err := loadGazetteer(dataFiles)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		title string
		of    news.ID
		day   string
		want  news.ID
	}{
		{"president", "state:US", "2016-06-01", "person:barack-obama"},
		{"president", "state:US", "2018-06-01", "person:donald-trump"},
		{"president", "state:US", "2022-06-01", "person:joe-biden"},
		{"president", "state:US", "2025-01-20", "person:donald-trump"},
		{"president", "state:US", "2005-06-01", "person:george-w-bush"},
		{"president", "state:US", "1990-06-01", "person:george-h-w-bush"},
		{"president", "state:US", "", ""},
		{"vice president", "state:US", "2023-06-01", "person:kamala-harris"},
		{"prime minister", "state:DZ", "2025-08-28", "person:sifi-ghrieb"},
		{"prime minister", "state:DZ", "2025-08-27", ""},
		{"senator", "state:US", "2025-06-01", ""},
		{"juggler", "state:US", "2025-06-01", ""},
	} {
		if got, _ := g.holder(c.title, c.of, c.day); got != c.want {
			t.Errorf("%s of %s on %s: %q, not %q", c.title, c.of, c.day, got, c.want)
		}
	}
}

// TestNobodyBefore sees that a row with since is nobody in stories before that day, in stories without one, and of a member of Congress in a text that
// does not speak of it.
func TestNobodyBefore(t *testing.T) {
	for _, c := range []struct {
		published, text string
		known           bool
	}{
		{"2025-10-01", "Prime Minister Sifi Ghrieb condemned the attack.", true},
		{"2025-08-27", "Sifi Ghrieb condemned the attack.", false},
		{"", "Sifi Ghrieb condemned the attack.", false},
		{"2025-10-01", "Aaron Bean, a Republican lawmaker, condemned the attack.", true},
		{"2025-10-01", "Aaron Bean condemned the attack.", false},
		{"2021-10-01", "Aaron Bean, a Republican lawmaker, condemned the attack.", false},
	} {
		known, seen := false, false
		for _, e := range read(t, c.published, c.text).Entities {
			if e.Kind == news.Person && (strings.HasSuffix(e.Name, "Ghrieb") || strings.HasSuffix(e.Name, "Bean")) {
				seen, known = true, e.Known()
			}
		}
		if known != c.known || !seen {
			t.Errorf("%s, %s: seen %v, known %v", c.published, c.text, seen, known)
		}
	}
}
