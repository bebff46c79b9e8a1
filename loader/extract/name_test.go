package extract

import (
	"testing"

	"newsgraph/news"
)

// TestSecurityCouncils sees that a state's own council is not the United Nations', and not another state's. It stands apart from the hard cases, from
// which weights are learnt.
func TestSecurityCouncils(t *testing.T) {
	for text, want := range map[string]string{
		"Nigeria's National Security Council condemned Chad.": "Nigerian national security council",
		"Peru's National Security Council condemned Chad.":    "Peruvian national security council",
		"The US National Security Council condemned Chad.":    "US National Security Council",
		"The Security Council condemned Chad.":                "UN Security Council",
		"The UN Security Council condemned Chad.":             "UN Security Council",
	} {
		f := read(t, "2024-03-20", text)
		names := map[news.ID]string{}
		for _, e := range f.Entities {
			names[e.ID] = e.Name
		}
		got := ""
		for _, r := range f.Reports {
			for _, id := range r.Entities(news.Source) {
				got += names[id]
			}
		}
		if got != want {
			t.Errorf("%s by %q, not %q", text, got, want)
		}
	}
}
