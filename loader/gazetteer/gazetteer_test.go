package gazetteer

import (
	"bytes"
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
	cells, err := tableOf(bytes.NewReader(data)).ReadAll()
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	columns := cells[0]
	var rows []map[string]string
	for _, cells := range cells[1:] {
		row := map[string]string{}
		for i, c := range cells {
			if c != strings.TrimSpace(c) || strings.Contains(c, "||") {
				t.Errorf("%s: %q in %q", name, c, cells)
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
	g, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	places := map[string]bool{}
	for _, row := range table(t, "places.tsv") {
		for _, name := range append(list(row["aliases"]), row["name"]) {
			places[name] = true
		}
	}
	// Cities that are their own capitals; and islands whose capitals, Douglas and Saint-Denis, have a man's and another town's name.
	bare := []string{"GI", "HK", "MO", "IM", "RE"}
	rows := table(t, "states.tsv")
	if len(rows) < 195 {
		t.Errorf("%d states", len(rows))
	}
	for _, row := range rows {
		region, err := language.ParseRegion(row["iso2"])
		if row["iso2"] != "XK" && (err != nil || !region.IsCountry() || region.ISO3() != row["iso3"]) {
			t.Errorf("%s: %s and %s are no codes of a country: %v", row["name"], row["iso2"], row["iso3"], err)
		}
		if back, err := language.ParseRegion(row["iso3"]); row["iso2"] != "XK" && (err != nil || back.String() != row["iso2"]) {
			t.Errorf("%s: %s is %s, not %s: %v", row["name"], row["iso3"], back, row["iso2"], err)
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
		if row["capital"] == "" && !slices.Contains(bare, row["iso2"]) {
			t.Errorf("%s has no capital", row["name"])
		}
		for _, capital := range list(row["capital"]) {
			if !places[capital] {
				t.Errorf("%s: places.tsv has no %s", row["name"], capital)
			}
			e, ok := g.names[strings.Join(Words(capital), " ")]
			if !ok {
				t.Errorf("%s: nothing is called %s", row["name"], capital)
			} else if e.ID != id && g.capitals[e.ID] != id && !strings.HasPrefix(string(e.ID), "state:") {
				t.Errorf("%s: %s is %s", row["name"], capital, e.ID)
			}
		}
	}
}

// sectors are those of PLOVER that the gazetteer uses.
var sectors = map[string]bool{
	"": true, "AGR": true, "BUS": true, "COP": true, "CRM": true, "CVL": true, "EDU": true, "ELI": true, "GOV": true, "IGO": true, "JRN": true, "JUD": true,
	"LAB": true, "LEG": true, "MED": true, "MIL": true, "NGO": true, "OPP": true, "PRM": true, "PTY": true, "REB": true, "REF": true, "REL": true, "SPY": true,
	"UAF": true,
}

func TestGazetteerRows(t *testing.T) {
	country := states(t)
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
			if !sectors[row["sector"]] {
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
		if g := row["gender"]; g != "m" && g != "f" && (g != "" || row["since"] == "") {
			t.Errorf("%s: gender %q", row["slug"], g)
		}
		if since := row["since"]; since != "" && (!regexp.MustCompile(`^\d{4}(-\d\d){2}$`).MatchString(since) || row["positions"] == "" || row["country"] == "") {
			t.Errorf("%s: since %q, positions %q", row["slug"], since, row["positions"])
		}
		for _, name := range append(list(row["aliases"]), row["name"]) {
			if row["since"] != "" && len(strings.Fields(name)) < 2 {
				t.Errorf("%s: %q of one who is meant since a day only is no full name", row["slug"], name)
			}
		}
		for _, p := range list(row["positions"]) {
			parts := strings.Split(p, ";")
			if len(parts) != 4 || parts[0] == "" || parts[2] != "" && parts[3] != "" && parts[2] > parts[3] {
				t.Errorf("%s: position %q", row["slug"], p)
			}
		}
	}
}

// TestGazetteerIDs sees that no id stands twice, in whatever file, and that no two of a kind bear one name. Places of one name are told
// apart by their countries, so a name is one place's within its country.
func TestGazetteerIDs(t *testing.T) {
	ids := map[news.ID]string{}
	for _, c := range []struct {
		file, key string
		kind      news.Kind
	}{
		{"states.tsv", "iso2", news.State},
		{"places.tsv", "slug", news.Place},
		{"organisations.tsv", "slug", news.Organisation},
		{"persons.tsv", "slug", news.Person},
		{"weapons.tsv", "slug", news.Weapon},
	} {
		called := map[string]news.ID{}
		for _, row := range table(t, c.file) {
			id := news.EntityID(c.kind, row[c.key])
			if other, ok := ids[id]; ok {
				t.Errorf("%s stands in %s and in %s", id, other, c.file)
			}
			ids[id] = c.file
			for _, column := range []string{"name", "official", "aliases", "adjectives", "people", "plural"} {
				for _, name := range list(row[column]) {
					where := name
					switch c.kind {
					case news.Place:
						where += " in " + row["country"]
					case news.Weapon:
						where = strings.ToLower(name) // as weapons are found
					}
					if other, ok := called[where]; ok && other != id {
						t.Errorf("%s: %s and %s are both called %s", c.file, other, id, where)
					}
					called[where] = id
					if c.kind != news.Weapon && name != "dpa" && regexp.MustCompile(`^[a-z]+$`).MatchString(name) {
						t.Errorf("%s: %q of %s is an ordinary word", c.file, name, id)
					}
				}
			}
		}
	}
	for _, row := range table(t, "persons.tsv") {
		for _, p := range list(row["positions"]) {
			if parts := strings.Split(p, ";"); len(parts) == 4 && parts[1] != "" && ids[news.ID(parts[1])] == "" {
				t.Errorf("persons.tsv: %s holds an office of %s, which is none", row["slug"], parts[1])
			}
		}
	}
}

// TestGazetteerWords holds the files of words: titles, nouns and given names, and weapons, which are found in lower case, against them.
func TestGazetteerWords(t *testing.T) {
	for _, row := range table(t, "titles.tsv") {
		if row["plural"] == "" && row["of"] != "position" || strings.IndexFunc(row["title"]+row["plural"], unicode.IsUpper) >= 0 {
			t.Errorf("titles.tsv: %q, %q", row["title"], row["plural"])
		}
		if !slices.Contains([]string{"any", "position"}, row["of"]) {
			t.Errorf("titles.tsv: %s is of %q", row["title"], row["of"])
		}
	}
	groups, last := map[string]bool{}, ""
	called := map[string]string{}
	for _, row := range table(t, "nouns.tsv") {
		n := row["noun"]
		if n < last {
			t.Errorf("nouns.tsv: %s stands after %s", n, last)
		}
		last = n
		switch kind := news.Kind(row["kind"]); {
		case kind != news.Group && kind != news.Kind(news.Place) && kind != news.Thing:
			t.Errorf("nouns.tsv: %s is a %q", n, kind)
		case kind != news.Group && row["sector"] != "":
			t.Errorf("nouns.tsv: %s is a thing of %s", n, row["sector"])
		case kind == news.Group && row["plural"] == "":
			t.Errorf("nouns.tsv: %s has no plural", n)
		case kind == news.Group:
			groups[n], groups[row["plural"]] = true, true
		}
		for _, word := range []string{n, row["plural"]} {
			if strings.Trim(word, "abcdefghijklmnopqrstuvwxyz-") != "" {
				t.Errorf("nouns.tsv: %q is no word", word)
			}
			if other, ok := called[word]; ok && word != "" && other != n {
				t.Errorf("nouns.tsv: %s is of %s and of %s", word, other, n)
			}
			called[word] = n
		}
	}
	given, once := map[string]bool{}, map[string]bool{}
	for _, row := range table(t, "given_names.tsv") {
		name := strings.ToLower(row["name"])
		if name == row["name"] || once[row["name"]] {
			t.Errorf("given_names.tsv: %q is in lower case or stands twice", row["name"])
		}
		given[name], once[row["name"]] = true, true
		if !slices.Contains([]string{"", "f", "m"}, row["gender"]) {
			t.Errorf("given_names.tsv: %s is %q", row["name"], row["gender"])
		}
	}
	for _, row := range table(t, "weapons.tsv") {
		for _, name := range append(append(list(row["aliases"]), list(row["plural"])...), row["name"]) {
			if name = strings.ToLower(name); given[name] || groups[name] {
				t.Errorf("weapons.tsv: %s of %s is people's, too", name, row["slug"])
			}
		}
	}
	kinds := strings.Fields("city region province island sea strait river peninsula mountain district camp base building")
	for _, row := range table(t, "places.tsv") {
		if !slices.Contains(kinds, row["kind"]) {
			t.Errorf("places.tsv: %s is a %q", row["slug"], row["kind"])
		}
		loc, err := location(func(column string) string { return row[column] })
		if err != nil || loc != nil && (max(loc.Latitude, -loc.Latitude) > 90 || max(loc.Longitude, -loc.Longitude) > 180) {
			t.Errorf("places.tsv: %s is at %v: %v", row["slug"], loc, err)
		}
	}
}
