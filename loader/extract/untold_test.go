package extract

import (
	"strings"
	"testing"

	"newsgraph/news"
)

// TestTeaches tells texts that report from those that teach, advise or talk, and that only the surest events of the latter are told.
func TestTeaches(t *testing.T) {
	x, err := New()
	if err != nil {
		t.Fatal(err)
	}
	for text, events := range map[string]bool{
		"Citizens elect a council. The members meet and debate what they will pass. ":                     false,
		"We took the bus to the old fort and you should too. Ask the guide to help you and visit early. ": false,
		"Chad accused Niger of an attack on Monday. The ministry said two men were arrested. ":            true,
	} {
		f, err := x.Read(news.Story{Text: strings.Repeat(text, 7)})
		if err != nil {
			t.Fatal(err)
		}
		if len(f.Reports) > 0 != events {
			t.Errorf("%s: %d reports", text, len(f.Reports))
		}
	}
}
