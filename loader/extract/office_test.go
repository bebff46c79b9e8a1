package extract

import (
	"strings"
	"testing"

	"newsgraph/news"
)

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
