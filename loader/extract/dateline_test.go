package extract

import (
	"testing"

	"newsgraph/news"
)

// TestDatelines tells where the first sentence begins.
func TestDatelines(t *testing.T) {
	x, err := New()
	if err != nil {
		t.Fatal(err)
	}
	for text, first := range map[string]string{
		"SEOUL (Reuters) - Norway met Chad.":          "Norway",
		"LIMA, Peru — Norway met Chad.":               "Norway",
		"LIMA, Peru, Jan. 10 (AP) -- Norway met Chad": "Norway",
		"ACCRA, May 3 - Norway met Chad.":             "Norway",
		"QUITO, June 12 – Norway met Chad.":           "Norway",
		"MAY 3 - Norway met Chad.":                    "MAY",
		"NATO met Chad. LIMA — Norway did not.":       "NATO",
		"NORWAY - Norway met Chad.":                   "NORWAY",
		"WARSAW – Norway met Chad.":                   "Norway",
		"LIMA, Peru (3 May 2019) - Norway met Chad.":  "Norway",
		"BRUSSELS, April 4 - Norway met Chad.":        "Norway",
		"Paris - Norway met Chad.":                    "Norway",
		"Washington (AFP) – Norway met Chad.":         "Norway",
		"Lagos, Nigeria — Norway met Chad.":           "Norway",
		"Chad - Norway met Peru.":                     "Chad",
		"UN-led talks began.":                         "UN-led",
		"LUSAKA, Zambia - Norway met Chad.":           "Norway",
		"LIMA (a city) - Norway":                      "LIMA",
	} {
		d, err := x.Parse(text)
		if err != nil || d.Text != text {
			t.Fatalf("%s: %q, %v", text, d.Text, err)
		}
		if got := d.Word(0); got != first {
			t.Errorf("%s begins with %q, not with %q", text, got, first)
		}
	}
}

// TestDatelineBelow tells that a dateline opens what follows a headline too.
func TestDatelineBelow(t *testing.T) {
	x, err := New()
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{"LIMA - ", "LUSAKA, ZAMBIA - ", "PORTO ALEGRE, Brazil - ", "Paris - ", "Lagos, Nigeria — "} {
		d, err := x.Parse("Norway meets Chad\n\n" + line + "Peru was told.")
		if err != nil {
			t.Fatal(err)
		}
		if got := d.Word(d.Sentences[1].First); got != "Peru" {
			t.Errorf("%sPeru: the story begins with %q", line, got)
		}
	}
}

// TestCorrections tells that what a page takes back is no part of the story, and what it states in its place is.
func TestCorrections(t *testing.T) {
	x, err := New()
	if err != nil {
		t.Fatal(err)
	}
	for text, events := range map[string]int{
		"(This story was corrected on Monday to say that rebels attacked Gao on Saturday.)":                    0,
		"Correction: An earlier version of this report said Chad bombed Niger.":                                0,
		"Norway met Chad in Lima.\n\nEditor's note: This article has been amended; it said Chad bombed Niger.": 1,
		"Correction: An earlier version misstated who did it. Chad expelled the envoy of Niger on Monday.":     1,
		"Read more: Chad bombed Niger": 0,
	} {
		f, err := x.Read(news.Story{Text: text})
		if err != nil {
			t.Fatal(err)
		}
		if len(f.Reports) != events {
			t.Errorf("%s: %d events, not %d", text, len(f.Reports), events)
		}
	}
}
