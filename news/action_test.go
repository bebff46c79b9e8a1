package news

import (
	"fmt"
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
			if a.Counts != "" && !slices.ContainsFunc(a.Verbs, func(p Pattern) bool { return p.Roles["obj"] == Target }) {
				t.Errorf("counts its target as %s but no verb's object is the target", a.Counts)
			}
			for _, p := range slices.Concat(a.Verbs, a.Nouns) {
				if n := len(p.Words); n > 3 {
					t.Errorf("%q has %d words, want three at most", p.Words, n)
				}
				for where, role := range p.Roles {
					if (a.Type == TypeDisaster || a.Type == TypeAccident) && role == Source {
						t.Errorf("%q: %s is SOURCE, which a %s has not", p.Words, where, a.Type)
					}
				}
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

// A wording in several rows is told apart by needs. Those that rely on the most conditions winning are listed, so that a new
// ambiguity is a decision and not an accident.
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

func TestActionsShareWordsKnowingly(t *testing.T) {
	byWords := map[string][]string{}
	for _, a := range Actions() {
		for form, patterns := range map[string][]Pattern{"verb": a.Verbs, "noun": a.Nouns} {
			for _, p := range patterns {
				k := form + " " + strings.Join(p.Words, " ")
				if !slices.Contains(byWords[k], a.Name) {
					byWords[k] = append(byWords[k], a.Name)
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

func TestConditionTakes(t *testing.T) {
	for _, test := range []struct {
		need string
		kind Kind
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
		if got := (Condition{Where: "obj", Kind: test.need}).Takes(test.kind); got != test.want {
			t.Errorf("obj:%s takes %s: %v, want %v", test.need, test.kind, got, test.want)
		}
	}
}

// row is a vocabulary of one good row, with cells changed by column name.
func row(changes ...string) string {
	cells := []string{
		"condemn", "ACCUSE", "ACCUSE", "111", "3", "", "condemned", "", "", "",
		"condemn[obj:PARTY/about]", "subj=SOURCE obj=TARGET", "condemnation", "poss=SOURCE of=TARGET", "source:PARTY", "", "",
	}
	for i := 0; i < len(changes); i += 2 {
		cells[slices.Index(actionColumns, changes[i])] = changes[i+1]
	}
	return "# comment\n" + strings.Join(actionColumns, "\t") + "\n" + strings.Join(cells, "\t") + "\n"
}

func TestParseActions(t *testing.T) {
	actions, err := ParseActions(strings.NewReader(row("verbs", "condemn[obj:PARTY/about]|speak out against[!obj,against=ABOUT]")))
	if err != nil {
		t.Fatal(err)
	}
	a := actions[0]
	if a.Quad != VerbalConflict || len(a.Verbs) != 2 || len(a.Nouns) != 1 || len(a.Needs) != 1 {
		t.Fatalf("read %+v", a)
	}
	want := "[[{false  SOURCE PARTY}] [{false obj  PARTY} {false  ABOUT }]]"
	if got := fmt.Sprint(a.Verbs[0].Needs); got != want {
		t.Errorf("needs %s, want %s", got, want)
	}
	second := a.Verbs[1]
	if !slices.Equal(second.Words, []string{"speak", "out", "against"}) || second.Roles["against"] != RoleAbout || second.Roles["subj"] != Source {
		t.Errorf("second verb is %+v", second)
	}
	if a.Verbs[0].Roles["against"] != "" {
		t.Error("a bracket changed the roles of another pattern")
	}
	if c := second.Needs[1][0]; !c.Not || c.Where != "obj" {
		t.Errorf("second verb needs %+v", second.Needs)
	}
}

func TestParseActionsRefuses(t *testing.T) {
	good := row()
	last := good[strings.LastIndex(strings.TrimSpace(good), "\n")+1:]
	for name, test := range map[string]struct{ text, want string }{
		"nothing":            {"", "no row of column names"},
		"no column names":    {last, "line 1: want the column names"},
		"column missing":     {good + "accuse\tACCUSE\n", "line 4: 2 columns, want 17"},
		"empty line":         {good + "\n", "line 4: 1 columns"},
		"order":              {good + strings.Replace(last, "condemn", "accuse", 1), "line 4: accuse must come before condemn"},
		"same action twice":  {good + last, "line 4: condemn must come before condemn"},
		"same wording twice": {good + strings.Replace(last, "condemn", "denounce", 1), `has the same needs in condemn`},
		"needs in any order": {row("verbs", "hit[obj,subj]|hit[subj,obj]"), `verb "hit" has the same needs in condemn`},
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
		"no wordings":        {row("verbs", "", "verb_roles", "", "nouns", "", "noun_roles", ""), "neither verbs nor nouns"},
		"roles alone":        {row("verbs", ""), "without a wording"},
		"long wording":       {row("verbs", "speak out against it"), `"speak out against it" is not one to three`},
		"empty wording":      {row("verbs", "condemn||decry"), `"" is not one to three`},
		"bracket":            {row("verbs", "condemn[obj:PARTY"), "no closing bracket"},
		"role":               {row("verb_roles", "subj=ACTOR"), `"ACTOR" is not a role`},
		"where":              {row("verb_roles", "poss=SOURCE"), `"poss" is not a where`},
		"verb's by":          {row("verb_roles", "by=SOURCE"), `"by" is not a where`},
		"noun's subject":     {row("noun_roles", "subj=SOURCE"), `"subj" is not a where`},
		"role twice":         {row("verb_roles", "subj=SOURCE subj=TARGET"), "subj stands twice"},
		"no role":            {row("verb_roles", "subj"), "is not where=ROLE"},
		"bracket's role":     {row("verbs", "condemn[obj=]"), `"" is not a role`},
		"condition":          {row("needs", "someone"), `"someone" in condition "someone"`},
		"condition's kind":   {row("needs", "source:ACTOR"), `"ACTOR" in condition "source:ACTOR"`},
		"empty kind":         {row("needs", "source:"), `"" in condition "source:"`},
		"empty alternative":  {row("needs", "source/"), `"" in condition ""`},
		"of nothing":         {row("of", "scold"), `condemn is of "scold", which is no action`},
		"of itself":          {row("of", "condemn"), "condemn is of itself"},
		"of another type":    {good + strings.NewReplacer("condemn", "demand", "ACCUSE", "REQUEST").Replace(strings.TrimSuffix(last, "\t\n")) + "condemn\t\n", "which is of another type"},
		"mutual":             {row("mutual", "no"), `mutual "no" is not y`},
		"verb's condition":   {row("verbs", "condemn[poss:PARTY]"), `"poss" in condition`},
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
	f.Add(row("verbs", "give[obj=INSTRUMENT,to=TARGET,obj:GOODS/instrument]|hand over"))
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
			for _, p := range slices.Concat(a.Verbs, a.Nouns) {
				if len(p.Words) == 0 || len(p.Words) > 3 {
					t.Errorf("%s: words %q", a.Name, p.Words)
				}
			}
		}
	})
}
