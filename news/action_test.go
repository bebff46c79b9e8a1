package news

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestActionsReadsEveryRow(t *testing.T) {
	file, err := os.Open("actions.tsv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	actions, err := ParseActions(file)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(actions); n < 120 || n > 200 {
		t.Errorf("%d actions, want one to two hundred", n)
	}
	if len(Actions()) != len(actions) {
		t.Errorf("%d actions are embedded, %d in the file", len(Actions()), len(actions))
	}
	relation := regexp.MustCompile(`^[A-Z]+(_[A-Z]+)*$`)
	for _, a := range actions {
		t.Run(a.Name, func(t *testing.T) {
			got, ok := ActionNamed(a.Name)
			if !ok || got.Past != a.Past {
				t.Errorf("ActionNamed(%q) = %v, %v", a.Name, got, ok)
			}
			typ, reversed := a.Relation()
			if !relation.MatchString(typ) {
				t.Errorf("relation %q is not fit for a relation type", typ)
			}
			if reversed != (a.Flow == "in") {
				t.Errorf("relation %s reversed: %v with flow %q", typ, reversed, a.Flow)
			}
			if want := cameoType(a.Cameo); a.Cameo != "" && want != a.Plover && !cameoDiffers(a) {
				t.Errorf("CAMEO %s converts to %q, the row says %q", a.Cameo, want, a.Plover)
			}
		})
	}
}

// The conversion table of PLOVER 2021, for the codes of the vocabulary.
var cameoRoots = map[string]EventType{
	"03": TypeAgree, "04": TypeConsult, "05": TypeSupport, "06": TypeCooperate, "07": TypeAid, "08": TypeConcede, "09": TypeAccuse,
	"10": TypeRequest, "11": TypeAccuse, "12": TypeReject, "13": TypeThreaten, "14": TypeProtest, "15": TypeMobilize,
	"16": TypeSanction, "17": TypeCoerce, "18": TypeAssault, "19": TypeAssault, "20": TypeAssault,
	"0813": TypeRetreat, "0814": TypeRetreat, "084": TypeRetreat, "085": TypeRetreat, "086": TypeRetreat, "087": TypeRetreat,
	"163": TypeCoerce, "1712": TypeAssault, "175": TypeAssault, "191": TypeCoerce, "192": TypeCoerce,
}

func cameoType(code string) EventType {
	for n := len(code); n >= 2; n-- {
		if t, ok := cameoRoots[code[:n]]; ok {
			return t
		}
	}
	return ""
}

// cameoDiffers lists where the manual of 2021 and its conversion table disagree: the type is the manual's.
func cameoDiffers(a Action) bool {
	return map[string]EventType{
		"apologise": TypeConcede, "pardon": TypeConcede, // manual: CONCEDE; table: 05 is SUPPORT
		"convict": TypeSanction, "sanction": TypeSanction, // manual: SANCTION; table: 116 is ACCUSE, 163 COERCE
		"ask": TypeRequest, "call_for": TypeRequest, "raise": TypeRequest, "urge": TypeRequest, // CAMEO's appeals, 02, have no type in the table
	}[a.Name] == a.Plover
}

// TestFamilies reads every row: those that stand here are of the one before the colon, through those between, and all others are of none.
func TestFamilies(t *testing.T) {
	of := map[string]string{}
	for _, line := range strings.Split(strings.TrimSpace(families), "\n") {
		root, members, _ := strings.Cut(line, ": ")
		for _, m := range strings.Fields(members) {
			of[m] = root
		}
	}
	for _, a := range Actions() {
		if a.Of != of[a.Name] {
			t.Errorf("%s is of %q, want %q", a.Name, a.Of, of[a.Name])
		}
		delete(of, a.Name)
		if root, ok := ActionNamed(FamilyOf(a.Name)); !ok || root.Of != "" || root.Type != a.Type {
			t.Errorf("the family of %s is %s", a.Name, FamilyOf(a.Name))
		}
		if root, _ := ActionNamed(FamilyOf(a.Name)); a.Of != "" && a.Mutual != root.Mutual {
			t.Errorf("%s and its family differ in being mutual, so their reports never meet", a.Name)
		}
	}
	for m := range of {
		t.Errorf("%s is no action", m)
	}
	if got := FamilyOf("no such action"); got != "no such action" {
		t.Errorf("an unknown action is of %s", got)
	}
	if got := ancestors("urge"); !slices.Equal(got, []string{"call_for", "ask"}) {
		t.Errorf("urge is of %s", got)
	}
}

const families = `
accident: burn collapse crash explode leak sink stampede turbulence
accuse: blame charge
agree: promise
aid: arm donate rescue shelter train
appoint: elect
ask: call_for
attack: beat bomb destroy fire invade kill rape shell shoot shoot_down strike use wound
buy: import
call_for: demand urge
cooperate: exercise trade
criticise: condemn
describe: define
discuss: call meet negotiate
kill: assassinate execute
meet: host
mobilise: alert
procure: buy
protest: boycott riot strike_work
reject: refuse rule_out veto
rescue: evacuate
say: acknowledge announce describe highlight tell
sell: export
support: defend praise
transfer: deliver give sell send smuggle supply
travel: visit
warn: threaten
`

func TestRelation(t *testing.T) {
	for _, test := range []struct {
		action, typ string
		reversed    bool
	}{
		{"condemn", "CONDEMNED", false},
		{"call", "CALLED", false},
		{"call_for", "CALLED_ON", false},
		{"fire", "FIRED_AT", false},
		{"transfer", "TRANSFERRED_TO", false},
		{"procure", "SUPPLIED", true},
		{"buy", "SOLD_TO", true},
	} {
		a, ok := ActionNamed(test.action)
		if !ok {
			t.Errorf("no action %s", test.action)
			continue
		}
		if typ, reversed := a.Relation(); typ != test.typ || reversed != test.reversed {
			t.Errorf("%s: relation %s, %v; want %s, %v", test.action, typ, reversed, test.typ, test.reversed)
		}
	}
	if a, ok := ActionNamed("befriend"); ok {
		t.Errorf("found %v", a)
	}
}

func TestProject(t *testing.T) {
	for _, test := range []struct {
		typ, plover EventType
		modality    Modality
		want        EventType
	}{
		{TypeAid, TypeAid, Asserted, TypeAid},
		{TypeAid, TypeAid, Planned, TypeAgree},
		{TypeAid, TypeAid, Alleged, TypeAid},
		{TypeConsult, TypeConsult, Planned, TypeAgree},
		{TypeSupport, TypeSupport, Planned, TypeAgree},
		{TypeCooperate, TypeCooperate, Planned, TypeAgree},
		{TypeVisit, TypeConsult, Asserted, TypeConsult},
		{TypeVisit, TypeConsult, Planned, TypeAgree},
		{TypeVisit, "", Planned, TypeAgree},
		{TypeTransfer, TypeAid, Planned, TypeAgree},
		{TypeTransfer, TypeCooperate, Asserted, TypeCooperate},
		{TypeTransfer, "", Asserted, ""},
		{TypeRetreat, TypeRetreat, Planned, TypeConcede},
		{TypeConcede, TypeConcede, Planned, TypeConcede},
		{TypeSanction, TypeSanction, Planned, TypeThreaten},
		{TypeCoerce, TypeCoerce, Planned, TypeThreaten},
		{TypeAssault, TypeAssault, Planned, TypeThreaten},
		{TypeProtest, TypeProtest, Planned, TypeThreaten},
		{TypeAssault, TypeAssault, Hypothetical, TypeAssault},
		{TypeAssault, TypeAssault, Negated, TypeAssault},
		{TypeMobilize, TypeMobilize, Planned, TypeMobilize},
		{TypeTest, TypeMobilize, Planned, TypeMobilize},
		{TypeTest, "", Asserted, TypeMobilize},
		{TypeRequest, TypeRequest, Planned, TypeRequest},
		{TypeStatement, "", Planned, ""},
		{TypeAppoint, "", Asserted, ""},
		{TypeDisaster, "", Asserted, ""},
		{TypeAccident, "", Asserted, ""},
	} {
		if got := Project(test.typ, test.plover, test.modality); got != test.want {
			t.Errorf("Project(%s, %q, %s) = %q, want %q", test.typ, test.plover, test.modality, got, test.want)
		}
	}
}

// row is a vocabulary of one good row, with cells changed by column name.
func row(changes ...string) string {
	cells := []string{
		"condemn", "ACCUSE", "ACCUSE", "111", "3", "", "condemned", "", "", "", "condemn", "condemnation", "", "",
	}
	for i := 0; i < len(changes); i += 2 {
		cells[slices.Index(actionColumns, changes[i])] = changes[i+1]
	}
	return "# comment\n" + strings.Join(actionColumns, "\t") + "\n" + strings.Join(cells, "\t") + "\n"
}

func TestParseActions(t *testing.T) {
	actions, err := ParseActions(strings.NewReader(row("verbs", "condemn|speak out against", "contexts", "legal|health")))
	if err != nil {
		t.Fatal(err)
	}
	a := actions[0]
	if a.Quad != VerbalConflict || !slices.Equal(a.Verbs, []string{"condemn", "speak out against"}) || !slices.Equal(a.Nouns, []string{"condemnation"}) ||
		!slices.Equal(a.Contexts, []string{"legal", "health"}) {
		t.Errorf("read %+v", a)
	}
}

func TestParseActionsRefuses(t *testing.T) {
	good := row()
	last := good[strings.LastIndex(strings.TrimSpace(good), "\n")+1:]
	for name, test := range map[string]struct{ text, want string }{
		"nothing":            {"", "no row of column names"},
		"no column names":    {last, "line 1: want the column names"},
		"column missing":     {good + "accuse\tACCUSE\n", "line 4: 2 columns, want 14"},
		"order":              {good + strings.Replace(last, "condemn", "accuse", 1), "line 4: accuse must come before condemn"},
		"same action twice":  {good + last, "line 4: condemn must come before condemn"},
		"name":               {row("action", "Condemn"), `line 3: action "Condemn"`},
		"type":               {row("type", "BLAME"), `type "BLAME"`},
		"plover":             {row("plover", "REQUEST"), `plover "REQUEST" does not fit type ACCUSE`},
		"no plover":          {row("plover", "", "quad", ""), `plover "" does not fit`},
		"statement's plover": {row("type", "STATEMENT"), "does not fit type STATEMENT"},
		"cameo":              {row("cameo", "21"), `cameo "21"`},
		"long cameo":         {row("cameo", "11234"), `cameo "11234"`},
		"quad":               {row("quad", "4"), "quad 4 is not that of plover"},
		"quad's letters":     {row("quad", "x"), `quad "x" is no number`},
		"context":            {row("contexts", "military|weather"), `context "weather"`},
		"context twice":      {row("contexts", "legal|legal"), "a context stands twice"},
		"past":               {row("past", ""), `past ""`},
		"past's letters":     {row("past", "condemned!"), `past "condemned!"`},
		"long past":          {row("past", "spoke up against the"), "one to three"},
		"flow":               {row("flow", "out"), "no TRANSFER"},
		"no flow":            {row("type", "TRANSFER", "plover", "AID", "quad", "2"), `flow "" of a TRANSFER`},
		"transfer's plover":  {row("type", "TRANSFER", "flow", "out"), "does not fit type TRANSFER"},
		"no giver_past":      {row("type", "TRANSFER", "plover", "AID", "quad", "2", "flow", "in"), `giver_past ""`},
		"giver_past":         {row("giver_past", "supplied"), "without flow in"},
		"counts":             {row("counts", "dead"), `counts "dead"`},
		"no wordings":        {row("verbs", "", "nouns", ""), "neither verbs nor nouns"},
		"long wording":       {row("verbs", "speak out against it"), `"speak out against it" is not one to three`},
		"wording twice":      {row("nouns", "blame|denunciation|blame"), `nouns: "blame" stands twice`},
		"bracket":            {row("verbs", "condemn[obj:PARTY]"), `"condemn[obj:PARTY]" is not one to three`},
		"empty wording":      {row("verbs", "condemn||decry"), `"" is not one to three`},
		"of nothing":         {row("of", "scold"), `condemn is of "scold", which is no action`},
		"of itself":          {row("of", "condemn"), "condemn is of itself"},
		"of another type":    {good + strings.NewReplacer("condemn", "demand", "ACCUSE", "REQUEST").Replace(strings.TrimSuffix(last, "\t\n")) + "condemn\t\n", "which is of another type"},
		"mutual":             {row("mutual", "no"), `mutual "no" is not y`},
	} {
		t.Run(name, func(t *testing.T) {
			actions, err := ParseActions(strings.NewReader(test.text))
			if err == nil {
				t.Fatalf("read %+v", actions)
			}
			if !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %q, want %q in it", err, test.want)
			}
		})
	}
}

func FuzzParseActions(f *testing.F) {
	f.Add(row())
	f.Add(row("verbs", "give|hand over"))
	f.Add(row("type", "TRANSFER", "plover", "COOPERATE", "quad", "2", "flow", "in", "giver_past", "sold to"))
	f.Add("#\n\n\t\t\n")
	relation := regexp.MustCompile(`^[A-Z]+(_[A-Z]+)*$`)
	f.Fuzz(func(t *testing.T, text string) {
		actions, err := ParseActions(strings.NewReader(text))
		if err != nil {
			if actions != nil {
				t.Error("actions beside an error")
			}
			return
		}
		for i, a := range actions {
			if typ, _ := a.Relation(); !relation.MatchString(typ) {
				t.Errorf("relation %q", typ)
			}
			if i > 0 && actions[i-1].Name >= a.Name {
				t.Errorf("%s before %s", actions[i-1].Name, a.Name)
			}
			for _, words := range slices.Concat(a.Verbs, a.Nouns) {
				if n := len(strings.Fields(words)); n == 0 || n > 3 {
					t.Errorf("%s: words %q", a.Name, words)
				}
			}
		}
	})
}
