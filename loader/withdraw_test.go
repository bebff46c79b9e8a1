package loader

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"newsgraph/store/sqlite"
)

// A notice takes back what its own publisher told, before or after it; one that finds nothing says so, and whose story it is where that is known.
func TestNoticesAreAnswered(t *testing.T) {
	const (
		story = `{"uri": "https://andes.example/7", "type": "text", "provider": "Andes Wire", "versioncreated": "2024-01-10T09:00:00Z", "version": "1", "headline": "Norway condemns Chad", "body_text": "Norway condemned Chad on Tuesday."}`
		kill  = `{"uri": "https://andes.example/7", "type": "text", "versioncreated": "2024-01-11T09:00:00Z", "version": "2", "headline": "Norway condemns Chad", "pubstatus": "canceled", "provider": `
	)
	urn := func(item string) string { return strings.ReplaceAll(item, "https://andes.example/7", "urn:andes:7") }
	for _, c := range []struct {
		inputs           []string
		publisher        string
		back, idle, left int // of the last input: versions taken back, notices that find nothing, stories of others there
		says             []string
	}{
		{[]string{story, kill + `"Andes Wire"}`}, "", 1, 0, 0, nil},
		{[]string{kill + `"Andes Wire"}`, story}, "", 0, 0, 0, nil},
		{[]string{kill + `"Andes Wire"}`}, "", 0, 1, 0, []string{"it takes nothing back", "newsgraph remove"}},
		{[]string{story, kill + `"Other Wire"}`}, "", 0, 1, 1, []string{"of Other Wire", "is of Andes Wire", "newsgraph remove story:"}},
		{[]string{story, kill + `""}`}, "", 0, 1, 1, []string{"--publisher NAME", "is of Andes Wire"}},
		{[]string{story, kill + `""}`}, "Andes Wire", 1, 0, 0, nil},
		{[]string{urn(story), urn(kill) + `"Andes Wire"}`}, "", 1, 0, 0, nil},
		{[]string{urn(story), urn(kill) + `"Other Wire"}`}, "", 0, 1, 1, []string{"of Other Wire", "“Norway condemns Chad”, which has this id, is of Andes Wire", "newsgraph remove story:"}},
		{[]string{story, urn(kill) + `"Other Wire"}`}, "", 0, 1, 0, []string{"until newsgraph remove"}},
		{[]string{urn(story), urn(strings.Replace(kill, `"headline": "Norway condemns Chad", `, "", 1)) + `"Other Wire"}`}, "", 0, 1, 0, []string{"no story urn:andes:7 of Other Wire", "were not looked at", "neither a url nor a headline", "until newsgraph remove"}},
	} {
		s, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "graph.db"))
		if err != nil {
			t.Fatal(err)
		}
		var notices []string
		var sum Summary
		for i, input := range c.inputs {
			files := Sources([]File{{Name: "-"}}, strings.NewReader(input))
			part, err := Load(t.Context(), s, files, Options{Within: s, Publisher: c.publisher}, understand, func(p Progress) {
				if p.Notice != "" && i == len(c.inputs)-1 {
					notices = append(notices, p.Notice)
				}
			})
			if err != nil {
				t.Fatal(err)
			}
			sum = part
		}
		if all := strings.Join(notices, "\n"); sum.TakenBack != c.back || len(sum.Idle) != c.idle || len(notices) != c.idle || sum.Refused != map[bool]int{true: 1}[c.left > 0] {
			t.Errorf("%v: %+v, %q", c.inputs, sum, notices)
		} else {
			for _, want := range c.says {
				if !strings.Contains(all, want) {
					t.Errorf("%v: no %q in %s", c.inputs, want, all)
				}
			}
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// A date that cannot be read is named with its place, and its story is taken without it: of a record, of a side-car, of an index.
func TestRefusedDatesAreNamed(t *testing.T) {
	dir := t.TempDir()
	for name, data := range map[string]string{
		"a.csv": "headline,text,published\nMali meets Chad,Envoys of Mali met those of Chad in Lima on Monday.,2024-13-45\nMali meets Fiji,Envoys of Mali met those of Fiji in Lima on Monday.,2024-01-10\n",
		"b.txt": "Peru meets Chad\n\nEnvoys of Peru met those of Chad in Lima on Monday.\n", "b.json": `{"published": "soon", "publisher": "The Coast"}`,
		"c.tsv": "file\tpublished\nd.txt\t3/4/2024\n", "e.json": `{"headline": "Fiji meets Chad", "text": "Envoys of Fiji met those of Chad in Lima on Monday.", "published": "5/3/24"}`, "d.txt": "Peru meets Fiji\n\nEnvoys of Peru met those of Fiji in Lima on Monday.\n",
	} {
		writeFile(t, filepath.Join(dir, name), data)
	}
	var dates []string
	told := 0
	sum, err := Try(t.Context(), Sources(Files([]string{dir}), nil), Options{Published: "2023-05-05"}, func(one Told) error {
		told++
		if want := map[bool]string{true: "2024-01-10"}[one.Headline == "Mali meets Fiji"]; one.Published != want {
			t.Errorf("%s is of %q, and not of %q", one.Headline, one.Published, want)
		}
		return nil
	}, func(p Progress) {
		if p.Notice != "" {
			dates = append(dates, strings.ReplaceAll(p.Notice, dir+"/", ""))
		}
	})
	if err != nil || told != 5 || sum.Refused != 0 || sum.Dates != 4 || len(sum.RefusedDates) != 4 {
		t.Errorf("%+v, %v", sum, err)
	}
	all := strings.Join(dates, "\n")
	for _, want := range []string{`a.csv: line 2: published "2024-13-45" is refused`, `b.json: published "soon" is refused`, `e.json: published "5/3/24" is refused`, `c.tsv: line 2: published "3/4/2024" is refused: it may be either`} {
		if !strings.Contains(all, want) {
			t.Errorf("no %s in\n%s", want, all)
		}
	}
}

func writeFile(t *testing.T, name, data string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(data), 0o600); err != nil {
		t.Fatal(err)
	}
}
