package extract

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/language"

	"newsgraph/news"
)

// table reads a data file's rows by column.
func table(t *testing.T, name string) []map[string]string {
	t.Helper()
	data, err := dataFiles.ReadFile("data/" + name)
	if err != nil {
		t.Fatal(err)
	}
	var columns []string
	var rows []map[string]string
	for _, line := range strings.Split(strings.TrimSuffix(string(data), "\n"), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		cells := strings.Split(line, "\t")
		if columns == nil {
			columns = cells
			continue
		}
		row := map[string]string{}
		for i, c := range cells {
			if c != strings.TrimSpace(c) || strings.Contains(c, "||") {
				t.Errorf("%s: %q in %q", name, c, line)
			}
			row[columns[i]] = c
		}
		rows = append(rows, row)
	}
	return rows
}

// states are the alpha-3 codes of states.tsv.
func states(t *testing.T) map[string]bool {
	codes := map[string]bool{"": true, "IGO": true}
	for _, row := range table(t, "states.tsv") {
		codes[row["iso3"]] = true
	}
	return codes
}

// TestStates holds each state against ISO 3166-1 as the CLDR has it, and sees that all that names it is told.
func TestStates(t *testing.T) {
	g, err := loadGazetteer(dataFiles)
	if err != nil {
		t.Fatal(err)
	}
	rows := table(t, "states.tsv")
	if len(rows) < 195 {
		t.Errorf("%d states", len(rows))
	}
	for _, row := range rows {
		region, err := language.ParseRegion(row["iso2"])
		if row["iso2"] != "XK" && (err != nil || !region.IsCountry() || region.ISO3() != row["iso3"]) {
			t.Errorf("%s: %s and %s are no codes of a country: %v", row["name"], row["iso2"], row["iso3"], err)
		}
		id := news.EntityID(news.State, row["iso2"])
		// Congolese and Dominican are those of the larger states, and the Vatican has citizens, not a people.
		shared := []string{"CG", "DM", "VA"}
		if row["name"] == "" || row["official"] == "" || row["adjectives"]+row["people"] == "" && !slices.Contains(shared, row["iso2"]) {
			t.Errorf("%s lacks a name, an official name or a demonym", row["iso2"])
		}
		if e := g.entities[id]; e.Name != row["name"] || e.ISO3 != row["iso3"] || e.Location == nil {
			t.Errorf("%s: %+v", row["name"], e)
		}
		if !regexp.MustCompile(`^(Q[1-9][0-9]*)?$`).MatchString(row["wikidata"]) {
			t.Errorf("%s: %s is no item", row["name"], row["wikidata"])
		}
		for _, capital := range list(row["capital"]) {
			e, ok := g.names[strings.Join(wordsOf(capital), " ")]
			if !ok {
				t.Errorf("%s: nothing is called %s", row["name"], capital)
			} else if e.id != id && g.capitals[e.id] != id && !strings.HasPrefix(string(e.id), "state:") {
				t.Errorf("%s: %s is %s", row["name"], capital, e.id)
			}
		}
	}
}

func TestGazetteerRows(t *testing.T) {
	country := states(t)
	sector := regexp.MustCompile(`^([A-Z]{3})?$`)
	for _, c := range []struct {
		file, key string
		least     int
	}{{"organisations.tsv", "slug", 350}, {"persons.tsv", "slug", 300}, {"weapons.tsv", "slug", 120}, {"places.tsv", "slug", 2000}, {"titles.tsv", "title", 150}, {"nouns.tsv", "noun", 120}} {
		rows := table(t, c.file)
		if len(rows) < c.least {
			t.Errorf("%s has %d rows", c.file, len(rows))
		}
		seen := map[string]bool{}
		called := map[string]string{}
		for _, row := range rows {
			key := row[c.key]
			if key == "" || seen[key] {
				t.Errorf("%s: %q stands twice or is empty", c.file, key)
			}
			seen[key] = true
			if !country[row["country"]] {
				t.Errorf("%s: %s is of %s", c.file, key, row["country"])
			}
			if !sector.MatchString(row["sector"]) {
				t.Errorf("%s: %s has the sector %s", c.file, key, row["sector"])
			}
			if c.key != "slug" {
				continue
			}
			if strings.Trim(key, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
				t.Errorf("%s: %q is no slug", c.file, key)
			}
			if c.file == "places.tsv" {
				continue // cities of one name are many; the first has it
			}
			for _, name := range append(list(row["aliases"]), row["name"]) {
				if other, ok := called[name]; ok {
					t.Errorf("%s: %s and %s are both called %s", c.file, other, key, name)
				}
				called[name] = key
				if strings.IndexFunc(name, unicode.IsUpper) < 0 && c.file != "weapons.tsv" && name != "dpa" {
					t.Errorf("%s: %q of %s is an ordinary word", c.file, name, key)
				}
			}
		}
		for _, row := range rows {
			if class := row["class"]; class != "" && !seen[class] {
				t.Errorf("%s: %s is a kind of %s, which is none", c.file, row["slug"], class)
			}
		}
	}
	for _, row := range table(t, "persons.tsv") {
		if row["gender"] != "m" && row["gender"] != "f" {
			t.Errorf("%s: gender %q", row["slug"], row["gender"])
		}
		for _, p := range list(row["positions"]) {
			parts := strings.Split(p, ";")
			if len(parts) != 4 || parts[0] == "" || parts[2] != "" && parts[3] != "" && parts[2] > parts[3] {
				t.Errorf("%s: position %q", row["slug"], p)
			}
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
