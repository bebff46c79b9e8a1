package news

import (
	"testing"
	"time"
)

func TestKnown(t *testing.T) {
	for _, c := range []struct{ published, updated, known string }{
		{"", "", ""},
		{"2024-01-10", "", "2024-01-10T23:59:59Z"},
		{"2024-02-29", "", "2024-02-29T23:59:59Z"},
		{"2024", "", "2024-12-31T23:59:59Z"},
		{"2024-01-10T09:30:00+02:00", "", "2024-01-10T07:30:00Z"},
		{"2024-01-10", "2024-01-12T06:00:00Z", "2024-01-12T06:00:00Z"},
		{"", "2024-01-12", "2024-01-12T23:59:59Z"},
		{"soon", "", ""},
	} {
		at, told := Story{Published: c.published, Updated: c.updated}.Known()
		if got := at.Format(time.RFC3339); told != (c.known != "") || told && got != c.known {
			t.Errorf("published %q, updated %q: known %s, %v; want %q", c.published, c.updated, got, told, c.known)
		}
	}
}
