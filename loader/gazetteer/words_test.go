package gazetteer

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"newsgraph/news"
)

// TestSectorsOfOffices sees the sector of offices of the gazetteer's persons.
func TestSectorsOfOffices(t *testing.T) {
	g, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		title  string
		of     news.ID
		sector string
	}{
		{"president", "state:PE", "GOV"},
		{"deputy defence minister", "state:PE", "GOV"},
		{"representative", "state:US", "LEG"},
		{"spokesman", "state:PE", "GOV"},
		{"spokesman", "organisation:hamas", "REB"},
		{"leader", "organisation:hamas", "REB"},
		{"army spokesman", "state:PE", "MIL"},
		{"secretary-general", "organisation:united-nations", "GOV"},
		{"speaker of parliament", "state:PE", "LEG"},
		{"ex-president", "state:PE", "ELI"},
		{"juggler", "", ""},
	} {
		if got := g.Sector(c.title, g.entities[c.of]); got != c.sector {
			t.Errorf("%s of %s: %q, not %q", c.title, c.of, got, c.sector)
		}
	}
}

// TestPrepositions holds prepositions.tsv: sorted, each once; and what tells a scene tells a site and a place's name as well.
func TestPrepositions(t *testing.T) {
	g, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	last := ""
	for _, row := range table(t, "prepositions.tsv") {
		p := row["preposition"]
		if p <= last || strings.ToLower(p) != p || row["tells"] == "" {
			t.Errorf("%q after %q tells %q", p, last, row["tells"])
		}
		last = p
		if g.Locates(TellsScene, p) && !(g.Locates(TellsSite, p) && g.Locates(TellsName, strings.ToUpper(p))) {
			t.Errorf("%s tells a scene, but not a site and a place's name", p)
		}
	}
	if g.Locates(TellsGround, "at") || g.Locates(TellsSite, "with") {
		t.Error("at tells ground, or with a site")
	}
}

// TestBadRows sees that a row that no table may have is told by its file and line.
func TestBadRows(t *testing.T) {
	names, err := fs.Glob(dataFiles, "data/*.tsv")
	if err != nil {
		t.Fatal(err)
	}
	files := fstest.MapFS{}
	for _, name := range names {
		data, err := dataFiles.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = &fstest.MapFile{Data: data}
	}
	for file, c := range map[string]struct{ text, want string }{
		"states.tsv":       {"iso2\tiso3\nPER\tPE\n", `data/states.tsv:2: codes "PER" and "PE"`},
		"places.tsv":       {"# places\nslug\tlat\tlon\nlima\tsouth\t7\n", "data/places.tsv:3: lat: "},
		"persons.tsv":      {"slug\tname\taliases\tcountry\tpositions\nana-ruiz\tAna Ruiz\t\tPER\tmayor;Lugo\n", `data/persons.tsv:2: position "mayor;Lugo"`},
		"titles.tsv":       {"title\tsector\tof\n\tGOV\tany\n", "data/titles.tsv:2: an empty title"},
		"nouns.tsv":        {"noun\tplural\tkind\tsector\njuggler\tjugglers\tPERSON\t\n", `data/nouns.tsv:2: kind "PERSON"`},
		"classes.tsv":      {"class\tnouns\nart\tscene||film\n", `data/classes.tsv:2: class "art"`},
		"figures.tsv":      {"what\twhere\tof\tunless\tthen\nkill\tsubj\tjugglery\t\t\n", `data/figures.tsv:2: class "jugglery"`},
		"addressing.tsv":   {"how\tlemmas\nshout\tcall\n", `data/addressing.tsv:2: how "shout"`},
		"prepositions.tsv": {"preposition\ttells\nin\tscene|when\n", `data/prepositions.tsv:2: tells "when"`},
		"weapons.tsv":      {"slug\tname\nclub\tclub\n", `data/weapons.tsv:2: no column "`},
		"given_names.tsv":  {"name\tgender\nAna\tf\tPER\n", "data/given_names.tsv: "},
	} {
		good := files["data/"+file]
		files["data/"+file] = &fstest.MapFile{Data: []byte(c.text)}
		if _, err := load(files); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, not %s", file, err, c.want)
		}
		files["data/"+file] = good
	}
}
