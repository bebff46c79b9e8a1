package extract

import "testing"

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
		"UN-led talks began.":                         "UN-led",
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
