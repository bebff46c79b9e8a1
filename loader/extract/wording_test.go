package extract

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"newsgraph/loader/gazetteer"
	"newsgraph/news"
)

// wordingRow is a row of wordings.tsv.
type wordingRow struct {
	action       news.Action
	verbs, nouns []pattern
}

func wordingRows(t *testing.T) []wordingRow {
	t.Helper()
	var rows []wordingRow
	err := gazetteer.ReadTSV(dataFiles, "data/wordings.tsv", func(_ string, cell func(string) string) error {
		for _, column := range []string{"action", "verbs", "verb_roles", "nouns", "noun_roles", "needs"} {
			if c := cell(column); c != strings.TrimSpace(c) || strings.Contains(c, "||") {
				t.Errorf("%s: %q", cell("action"), c)
			}
		}
		verbs, err := parsePatterns(cell("verbs"), cell("verb_roles"), verbWheres, nil)
		if err != nil {
			return err
		}
		nouns, err := parsePatterns(cell("nouns"), cell("noun_roles"), nounWheres, nil)
		if err != nil {
			return err
		}
		action, _ := news.ActionNamed(cell("action"))
		rows = append(rows, wordingRow{action, verbs, nouns})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// TestWordingsOfEveryAction holds wordings.tsv against actions.tsv: the same actions, and of each the same verbs and nouns in the same order.
func TestWordingsOfEveryAction(t *testing.T) {
	x, err := loadVocabulary(dataFiles)
	if err != nil {
		t.Fatal(err)
	}
	plainly := func(patterns []pattern) []string {
		var all []string
		for _, p := range patterns {
			if words := strings.Join(p.words, " "); !slices.Contains(all, words) {
				all = append(all, words)
			}
		}
		return all
	}
	rows := wordingRows(t)
	for i, a := range news.Actions() {
		if i >= len(rows) || rows[i].action.Name != a.Name {
			t.Fatalf("row %d of wordings.tsv is not %s", i+1, a.Name)
		}
		row := rows[i]
		for _, form := range []struct {
			name     string
			listed   []string
			patterns []pattern
			by       map[string][]wording
			last     bool
		}{{"verbs", a.Verbs, row.verbs, x.verbs, false}, {"nouns", a.Nouns, row.nouns, x.nouns, true}} {
			want := plainly(form.patterns)
			if !slices.Equal(form.listed, want) {
				t.Errorf("the %s of %s in news/actions.tsv must be %s", form.name, a.Name, strings.Join(want, "|"))
			}
			for _, p := range form.patterns {
				at := p.words[0]
				if form.last {
					at = p.words[len(p.words)-1]
				}
				if !slices.ContainsFunc(form.by[at], func(w wording) bool { return w.action.Name == a.Name && slices.Equal(w.pattern.words, p.words) }) {
					t.Errorf("%q of %s is not under %q", p.words, a.Name, at)
				}
				if len(p.words) > 3 {
					t.Errorf("%q has %d words, want three at most", p.words, len(p.words))
				}
				for where, role := range p.roles {
					if (a.Type == news.TypeDisaster || a.Type == news.TypeAccident) && role == news.Source {
						t.Errorf("%q: %s is SOURCE, which a %s has not", p.words, where, a.Type)
					}
				}
			}
		}
		if a.Counts != "" && !slices.ContainsFunc(row.verbs, func(p pattern) bool { return p.roles["obj"] == news.Target }) {
			t.Errorf("%s counts its target as %s but no verb's object is the target", a.Name, a.Counts)
		}
	}
	if len(rows) != len(news.Actions()) {
		t.Errorf("%d rows, %d actions", len(rows), len(news.Actions()))
	}
}

// A wording in several rows is told apart by needs. Those that rely on the most conditions winning are listed, so that a new
// ambiguity is a decision and not an accident.
func TestActionsShareWordsKnowingly(t *testing.T) {
	byWords := map[string][]string{}
	for _, row := range wordingRows(t) {
		for form, patterns := range map[string][]pattern{"verb": row.verbs, "noun": row.nouns} {
			for _, p := range patterns {
				k := form + " " + strings.Join(p.words, " ")
				if !slices.Contains(byWords[k], row.action.Name) {
					byWords[k] = append(byWords[k], row.action.Name)
				}
			}
		}
	}
	got := map[string]string{}
	for k, actions := range byWords {
		if len(actions) > 1 {
			got[k] = strings.Join(actions, " ")
		}
	}
	want := sharedWords
	for k, v := range got {
		if want[k] != v {
			t.Errorf("%s is in %s; the list says %q", k, v, want[k])
		}
	}
	for k := range want {
		if got[k] == "" {
			t.Errorf("%s is no longer shared: take it off the list", k)
		}
	}
}

var sharedWords = map[string]string{
	"noun call":        "call call_for",                  // with, or for
	"noun seizure":     "capture seize",                  // of ground, or of goods
	"verb push back":   "attack turn_away",               // a party from ground, or people from a border
	"verb suspend":     "dismiss suspend",                // a person, or a state or a body
	"verb target":      "attack sanction",                // with arms, or with sanctions
	"verb protest":     "complain protest",               // a deed in words, or in the street
	"verb attack":      "attack criticise",               // with arms, or a person in words
	"verb train":       "mobilise train",                 // troops for a fight, or others
	"verb tell":        "tell urge",                      // a thing, or to do it
	"verb open border": "admit aid",                      // to a party, or to refugees
	"verb lease":       "buy give",                       // from somebody, or to somebody
	"verb strike":      "strike strike_work",             // with arms, or over pay
	"verb hand over":   "deliver extradite give release", // goods, or a person
	"verb free":        "liberate release",               // ground, or people
	"verb welcome":     "host welcome",                   // as a host, or in words
	"verb block road":  "blockade protest",               // by a body, or by people
	"verb blow up":     "bomb explode",                   // what is blown up, or blows up by itself
	"verb call":        "call define",                    // by phone, or names
	"verb capture":     "capture seize",                  // ground and people, or goods
	"verb declare":     "announce define",                // a deed, or a party something
	"verb deny":        "deny refuse",                    // a deed, or a party a deed
	"verb dismiss":     "dismiss reject",                 // a person, or an event
	"verb explode":     "bomb explode",                   // what explodes is a weapon, or is not told
	"verb fire":        "dismiss fire",                   // a person, or at a party
	"verb hit":         "attack strike",                  // by a party, or by a weapon
	"verb recover":     "rescue seize",                   // people, or arms
	"verb receive":     "host receive",                   // a guest, or goods
	"verb seize":       "capture seize",                  // ground, or goods
	"verb vow":         "promise threaten",               // help, or harm
}

func TestConditionTakes(t *testing.T) {
	for _, test := range []struct {
		need string
		kind news.Kind
		want bool
	}{
		{"", "THING", true},
		{"PARTY", "STATE", true},
		{"PARTY", "WEAPON", false},
		{"GOODS", "WEAPON", true},
		{"GOODS", "PERSON", false},
		{"PLACE", "STATE", true},
		{"PERSON", "GROUP", false},
		{"EVENT", "THING", false},
	} {
		if got := (condition{where: "obj", kind: test.need}).takes(test.kind); got != test.want {
			t.Errorf("obj:%s takes %s: %v, want %v", test.need, test.kind, got, test.want)
		}
	}
}

func TestParsePatterns(t *testing.T) {
	needs, err := parseNeeds([]string{"source:PARTY"}, verbWheres)
	if err != nil {
		t.Fatal(err)
	}
	got, err := parsePatterns("condemn[obj:PARTY/about]|speak out against[!obj,against=ABOUT]", "subj=SOURCE obj=TARGET", verbWheres, needs)
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 2 {
		t.Fatalf("read %+v", got)
	}
	want := "[[{false  SOURCE PARTY}] [{false obj  PARTY} {false  ABOUT }]]"
	if is := fmt.Sprint(got[0].needs); is != want {
		t.Errorf("needs %s, want %s", is, want)
	}
	second := got[1]
	if !slices.Equal(second.words, []string{"speak", "out", "against"}) || second.roles["against"] != news.RoleAbout || second.roles["subj"] != news.Source {
		t.Errorf("second verb is %+v", second)
	}
	if got[0].roles["against"] != "" {
		t.Error("a bracket changed the roles of another pattern")
	}
	if c := second.needs[1][0]; !c.not || c.where != "obj" {
		t.Errorf("second verb needs %+v", second.needs)
	}
}

// wordingTable is a table of one good row, with cells changed by column name.
func wordingTable(changes ...string) string {
	columns := []string{"action", "verbs", "verb_roles", "nouns", "noun_roles", "needs"}
	cells := []string{"condemn", "condemn[obj:PARTY/about]", "subj=SOURCE obj=TARGET", "condemnation", "poss=SOURCE of=TARGET", "source:PARTY"}
	for i := 0; i < len(changes); i += 2 {
		cells[slices.Index(columns, changes[i])] = changes[i+1]
	}
	return "# comment\n" + strings.Join(columns, "\t") + "\n" + strings.Join(cells, "\t") + "\n"
}

func TestVocabularyRefuses(t *testing.T) {
	good := wordingTable()
	last := good[strings.LastIndex(strings.TrimSpace(good), "\n")+1:]
	for name, test := range map[string]struct{ text, want string }{
		"nothing":            {"", "wordings.tsv: the column names"},
		"no column names":    {last + last, `no column "action"`},
		"column missing":     {good + "accuse\tallege\n", "line 4: wrong number of fields"},
		"no such action":     {wordingTable("action", "befriend"), `wordings.tsv:3: "befriend" is no action`},
		"actions missing":    {good, "1 of the "},
		"order":              {good + strings.Replace(last, "condemn", "accuse", 1), "wordings.tsv:4: accuse must come before condemn"},
		"same action twice":  {good + last, "condemn must come before condemn"},
		"same wording twice": {good + strings.Replace(last, "condemn", "deny", 1), "has the same needs in condemn"},
		"needs in any order": {wordingTable("verbs", "hit[obj,subj]|hit[subj,obj]"), `verb "hit" has the same needs in condemn`},
		"no wordings":        {wordingTable("verbs", "", "verb_roles", "", "nouns", "", "noun_roles", ""), "neither verbs nor nouns"},
		"roles alone":        {wordingTable("verbs", ""), "without a wording"},
		"long wording":       {wordingTable("verbs", "speak out against it"), `"speak out against it" is not one to three`},
		"empty wording":      {wordingTable("verbs", "condemn||decry"), `"" is not one to three`},
		"bracket":            {wordingTable("verbs", "condemn[obj:PARTY"), "no closing bracket"},
		"role":               {wordingTable("verb_roles", "subj=ACTOR"), `"ACTOR" is not a role`},
		"where":              {wordingTable("verb_roles", "poss=SOURCE"), `"poss" is not a where`},
		"verb's by":          {wordingTable("verb_roles", "by=SOURCE"), `"by" is not a where`},
		"noun's subject":     {wordingTable("noun_roles", "subj=SOURCE"), `"subj" is not a where`},
		"role twice":         {wordingTable("verb_roles", "subj=SOURCE subj=TARGET"), "subj stands twice"},
		"no role":            {wordingTable("verb_roles", "subj"), "is not where=ROLE"},
		"bracket's role":     {wordingTable("verbs", "condemn[obj=]"), `"" is not a role`},
		"condition":          {wordingTable("needs", "someone"), `"someone" in condition "someone"`},
		"condition's kind":   {wordingTable("needs", "source:ACTOR"), `"ACTOR" in condition "source:ACTOR"`},
		"empty kind":         {wordingTable("needs", "source:"), `"" in condition "source:"`},
		"empty alternative":  {wordingTable("needs", "source/"), `"" in condition ""`},
		"verb's condition":   {wordingTable("verbs", "condemn[poss:PARTY]"), `"poss" in condition`},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := loadVocabulary(fstest.MapFS{"data/wordings.tsv": {Data: []byte(test.text)}})
			if err == nil {
				t.Fatal("read")
			}
			if !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %q, want %q in it", err, test.want)
			}
		})
	}
}

func FuzzParsePatterns(f *testing.F) {
	f.Add("give[obj=INSTRUMENT,to=TARGET,obj:GOODS/instrument]|hand over", "subj=SOURCE", "source:PARTY !about")
	f.Add("stand by[by=TARGET]", "", "")
	f.Fuzz(func(t *testing.T, cell, roles, needs string) {
		all, err := parseNeeds(strings.Fields(needs), verbWheres)
		if err != nil {
			return
		}
		patterns, err := parsePatterns(cell, roles, verbWheres, all)
		if err != nil && patterns != nil {
			t.Error("patterns beside an error")
		}
		for _, p := range patterns {
			if len(p.words) == 0 || len(p.words) > 3 || len(p.needs) < len(all) {
				t.Errorf("read %+v", p)
			}
		}
	})
}
