package extract

import (
	"slices"
	"testing"

	"newsgraph/news"
)

// TestPlacesOfAnother reads where what is done took place beside what it answers, follows or judges, which took place elsewhere, and beside where it is told.
func TestPlacesOfAnother(t *testing.T) {
	x, err := New()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ text, action, place, not string }{
		{"Peru fired rockets at Chile in answer to a raid in Tacna.", "fire", "", "Tacna"},
		{"Sudan shelled Chad in retaliation for an attack on its embassy in Nairobi.", "shell", "", "Nairobi"},
		{"Chad expelled three envoys in response to a raid on its consulate in Oslo.", "expel", "", "Oslo"},
		{"Ana Ruiz condemned the murder of a judge in Quito.", "condemn", "", "Quito"},
		{"Rebels killed nine people in an attack in Nairobi.", "kill", "Nairobi", ""},
		{"Ruiz condemned the shooting, he told a news conference in Geneva.", "shoot", "", "Geneva"},
		{"Silva denounced the raid, she told journalists in Nairobi.", "attack", "", "Nairobi"},
		{"The army shelled the town, a colonel told reporters in Lagos.", "shell", "", "Lagos"},
		{"An explosion killed nine people, the governor told reporters in Kano.", "explode", "", "Kano"},
		{"Police said in Lima that gunmen killed nine men in Ilo.", "kill", "Ilo", "Lima"},
		{"Holt condemned the attack in Oslo, she told reporters.", "attack", "Oslo", ""},
		{"Nine were killed, police said, in Kano.", "kill", "Kano", ""},
		{"In Kano, police said gunmen killed nine people.", "kill", "Kano", ""},
		{"Police arrested nine men in Lima, a spokesman told reporters.", "arrest", "Lima", ""},
		{"Car bombings were reported in Lima on Monday.", "bomb", "Lima", ""},
		{"The army says an attack at a base in Puno killed nine soldiers.", "kill", "Puno", ""},
	} {
		story := news.Story{Text: c.text}
		story.Identify()
		f, err := x.Read(story)
		if err != nil {
			t.Fatal(err)
		}
		k := slices.IndexFunc(f.Reports, func(r news.Report) bool { return r.Action == c.action })
		if k < 0 {
			t.Errorf("%s: no %s", c.text, c.action)
			continue
		}
		var places []string
		for _, id := range f.Reports[k].Entities(news.Place) {
			for _, e := range f.Entities {
				if e.ID == id {
					places = append(places, e.Name)
				}
			}
		}
		if c.place != "" && !slices.Contains(places, c.place) || slices.Contains(places, c.not) {
			t.Errorf("%s: places of %s: %q", c.text, c.action, places)
		}
	}
}

// TestGoodsOfNouns reads what is given or sold where it is the first part of the noun that tells so.
func TestGoodsOfNouns(t *testing.T) {
	x, err := New()
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"Peru condemned Chad's arms transfers to Niger.":     "arms",
		"Peru criticised Chad's weapons sales to Mali.":      "weapon",
		"Oslo denounced Iran's missile transfers to Russia.": "missile",
		"Ukraine criticised Peru's grain shipments to Cuba.": "grain",
		"Norway banned arms sales to Chad.":                  "arms",
		"Kenya condemned Chad's transfer of drones to Mali.": "drone",
	} {
		story := news.Story{Text: text}
		story.Identify()
		f, err := x.Read(story)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, r := range f.Reports {
			for _, id := range r.Entities(news.Instrument) {
				k := slices.IndexFunc(f.Entities, func(e news.Entity) bool { return e.ID == id })
				got = f.Entities[k].Name
				if r.Type != news.TypeTransfer {
					t.Errorf("%s: %s has instruments", text, r.Action)
				}
			}
		}
		if got != want {
			t.Errorf("%s: with %q, want %q", text, got, want)
		}
	}
}
