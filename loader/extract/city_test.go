package extract

import (
	"slices"
	"strings"
	"testing"

	"newsgraph/news"
)

// TestPlacesByTheirWords sees that a place is the one that its own words tell (CODING 50).
func TestPlacesByTheirWords(t *testing.T) {
	for text, want := range map[string]string{
		"Police arrested two men in Paris, Texas, on Saturday.":                  "place:us-tx-paris place:texas",
		"Police arrested two men in Paris on Saturday.":                          "place:paris",
		"Police arrested two men in Paris, France, on Saturday.":                 "place:paris state:FR",
		"A gunman wounded four customers in a diner in Athens, Georgia.":         "place:us-ga-athens place:georgia-us",
		"Police arrested two men in Birmingham, Alabama, on Saturday.":           "place:birmingham-us place:alabama",
		"Wildfires near Valencia, Venezuela, killed two beekeepers on Saturday.": "place:valencia-ve state:VE",
		"A flood in Cordoba, Argentina, drowned three pensioners on Monday.":     "place:cordoba-ar state:AR",
		"Gunmen killed nine farmers in Niger State, Nigeria.":                    "place:niger-state state:NG",
		"Georgia Governor Brian Kemp signed the law.":                            "place:georgia-us",
		"Georgia's governor signed the law in Atlanta.":                          "place:georgia-us place:atlanta",
		"Georgia condemned Russia.":                                              "state:GE state:RU",
		"Protesters marched in Tbilisi, Georgia.":                                "place:tbilisi state:GE",
		"A bus crashed in Kericho on Monday.":                                    "place:ke-kericho",
		"A bus crashed near Lugo, Italy.":                                        "place:it-lugo state:IT",
		"Police fired on crowds in Tangail.":                                     "place:bd-tangail",
		"Norway condemned Chad, Sudan and Peru.":                                 "state:NO state:TD state:SD state:PE",
	} {
		var got []string
		for _, m := range read(t, "2024-01-10", text).Mentions {
			if id := string(m.Entity); m.Form == news.FormName && (strings.HasPrefix(id, "place:") || strings.HasPrefix(id, "state:")) {
				got = append(got, id)
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s\n got %s\nwant %s", text, strings.Join(got, " "), want)
		}
	}
}

// TestCityOfHeadline sees that names of a headline, which has no place in the text, are read as well.
func TestCityOfHeadline(t *testing.T) {
	x, err := New()
	if err != nil {
		t.Fatal(err)
	}
	for _, headline := range []string{"Bus crashes in Kericho", "Kericho, Kenya, mourns", "Lugo", "Paris, Texas", "Georgia Governor quits"} {
		story := news.Story{ID: "story:0123456789abcdef", Headline: headline, Text: "A bus crashed in Kericho on Monday.", Published: "2024-01-10"}
		if _, err := x.Read(story); err != nil {
			t.Errorf("%s: %v", headline, err)
		}
	}
}

// TestClauseAfterPlace holds that what acts after a place and a comma does not contain it.
func TestClauseAfterPlace(t *testing.T) {
	x, err := New()
	if err != nil {
		t.Fatal(err)
	}
	for text, id := range map[string]news.ID{
		"After talks in Pyongyang, South Korea condemned Japan.":   "place:pyongyang",
		"The minister flew from Oslo, Chad's army said.":           "place:oslo",
		"After a raid near Kharkiv, Russia criticised Moldova.":    "place:kharkiv",
		"Envoys met in Paris, Texas, on Monday, and praised Peru.": "place:us-tx-paris",
	} {
		f, err := x.Read(news.Story{ID: "story:a", Text: text})
		if err != nil {
			t.Fatal(err)
		}
		if !slices.ContainsFunc(f.Mentions, func(m news.Mention) bool { return m.Entity == id }) {
			t.Errorf("%s: %s is not spoken of", text, id)
		}
	}
}
