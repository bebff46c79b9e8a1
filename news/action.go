package news

import (
	_ "embed"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// EventType is what happens in an event: PLOVER's sixteen types of 2021, and seven that news needs beside them.
type EventType string

// PLOVER's types.
const (
	TypeAgree     EventType = "AGREE"     // says it will cooperate; a body adopts a text
	TypeConsult   EventType = "CONSULT"   // meets, hosts, phones, negotiates
	TypeSupport   EventType = "SUPPORT"   // backs in words: praises, thanks, recognises, signs
	TypeConcede   EventType = "CONCEDE"   // gives way in words: apologises, pardons, lifts restrictions
	TypeCooperate EventType = "COOPERATE" // does something that serves both sides: trade, joint exercises
	TypeAid       EventType = "AID"       // helps in deed: arms, money, training, rescue
	TypeRetreat   EventType = "RETREAT"   // backs down in deed: withdraws, frees, ceases fire
	TypeRequest   EventType = "REQUEST"   // asks, demands or orders that someone act
	TypeAccuse    EventType = "ACCUSE"    // judges: condemns, blames, charges, investigates
	TypeReject    EventType = "REJECT"    // refuses a request, a plan or a person
	TypeThreaten  EventType = "THREATEN"  // tells of harm to come
	TypeProtest   EventType = "PROTEST"   // civilians act together in public against someone
	TypeSanction  EventType = "SANCTION"  // cuts relations: sanctions, expels, convicts
	TypeMobilize  EventType = "MOBILIZE"  // moves or readies forces without using them
	TypeCoerce    EventType = "COERCE"    // represses without bodily harm: arrests, seizes, bans, blockades
	TypeAssault   EventType = "ASSAULT"   // does what can cause serious bodily harm or destroys
)

// The types that PLOVER leaves out or keeps inside others.
const (
	TypeStatement EventType = "STATEMENT" // says something that is no other word-act
	TypeVisit     EventType = "VISIT"     // goes to a place, inspects; CONSULT in PLOVER
	TypeTransfer  EventType = "TRANSFER"  // goods or money change hands; AID where free, COOPERATE where traded
	TypeTest      EventType = "TEST"      // tries a weapon out; MOBILIZE in PLOVER
	TypeAppoint   EventType = "APPOINT"   // takes, gives or loses an office
	TypeDisaster  EventType = "DISASTER"  // nature or disease does harm
	TypeAccident  EventType = "ACCIDENT"  // harm that nobody meant
)

// EventTypes are all types: PLOVER's in the order of its manual, then the others.
func EventTypes() []EventType {
	return []EventType{
		TypeAgree, TypeConsult, TypeSupport, TypeConcede, TypeCooperate, TypeAid, TypeRetreat, TypeRequest,
		TypeAccuse, TypeReject, TypeThreaten, TypeProtest, TypeSanction, TypeMobilize, TypeCoerce, TypeAssault,
		TypeStatement, TypeVisit, TypeTransfer, TypeTest, TypeAppoint, TypeDisaster, TypeAccident,
	}
}

// Role is how a participant takes part in an event.
type Role string

// The roles, with Place. RoleAbout is filled by other events, never by an entity: Report.About and Event.About hold them.
const (
	Source     Role = "SOURCE"     // who acts
	Target     Role = "TARGET"     // whom it is done to, who receives, who is asked
	Instrument Role = "INSTRUMENT" // the weapon, the goods, the money
	RoleAbout  Role = "ABOUT"
)

// Place is where it happened. It is a role and a kind of entity alike, and therefore has neither type.
const Place = "PLACE"

// Quad is the class of an event by what is done (words or deeds) and in what spirit.
type Quad int

// The quad classes. NoQuad is that of what PLOVER does not count: statements, disasters, accidents, offices.
const (
	NoQuad Quad = iota
	VerbalCooperation
	MaterialCooperation
	VerbalConflict
	MaterialConflict
)

// quads are the quad classes of PLOVER's types.
var quads = map[EventType]Quad{
	TypeAgree: VerbalCooperation, TypeConsult: VerbalCooperation, TypeSupport: VerbalCooperation, TypeConcede: VerbalCooperation,
	TypeCooperate: MaterialCooperation, TypeAid: MaterialCooperation, TypeRetreat: MaterialCooperation,
	TypeRequest: VerbalConflict, TypeAccuse: VerbalConflict, TypeReject: VerbalConflict, TypeThreaten: VerbalConflict,
	TypeProtest: MaterialConflict, TypeSanction: MaterialConflict, TypeMobilize: MaterialConflict, TypeCoerce: MaterialConflict,
	TypeAssault: MaterialConflict,
}

// Action is one sense of the closed vocabulary, a row of actions.tsv.
type Action struct {
	Name      string // snake_case
	Type      EventType
	Plover    EventType // PLOVER's type of an asserted event; empty where PLOVER has none. See Project
	Cameo     string    // CAMEO 1.1b3 code, two to four digits; empty where none fits
	Quad      Quad
	Contexts  []string // PLOVER's, which the action itself implies
	Past      string   // stands between source and target: "fired at"
	Flow      string   // of a TRANSFER: out, the goods go from source to target, or in
	GiverPast string   // of flow in: past form of the relation from giver to receiver
	Counts    string   // killed, injured or arrested: what its target is counted as
	Verbs     []string // that express it, "call for": one to three words, the verb's lemma first
	Nouns     []string // as Verbs, the head noun last
	Of        string   // the action that this one is a special case of; empty of a root
	Mutual    bool     // source and target do it to each other
}

// Relation is the type of the relation that an asserted event of the action makes, upper-case letters and underscores: from
// source to target, or from target to source if reversed, as goods that are bought go from the seller.
func (a Action) Relation() (typ string, reversed bool) {
	past := a.Past
	if a.Flow == flowIn {
		past, reversed = a.GiverPast, true
	}
	return strings.ToUpper(strings.NewReplacer(" ", "_", "-", "_").Replace(past)), reversed
}

// Project is the PLOVER type of an event, for comparison with event data sets: plover, the action's, save that PLOVER counts
// what is merely planned as a word-act. Where the action is not known (plover is empty) the type's own stands in. It is
// empty for what PLOVER leaves out.
func Project(t EventType, plover EventType, modality Modality) EventType {
	if plover == "" {
		plover = ownPlover(t)
	}
	if modality != Planned {
		return plover
	}
	switch plover {
	case TypeConsult, TypeSupport, TypeCooperate, TypeAid:
		return TypeAgree
	case TypeRetreat:
		return TypeConcede
	case TypeSanction, TypeCoerce, TypeAssault, TypeProtest:
		return TypeThreaten
	}
	return plover
}

// ownPlover is the PLOVER type that a type has whatever its action. A TRANSFER has none: it is AID or COOPERATE.
func ownPlover(t EventType) EventType {
	switch {
	case quads[t] != NoQuad:
		return t
	case t == TypeVisit:
		return TypeConsult
	case t == TypeTest:
		return TypeMobilize
	}
	return ""
}

//go:embed actions.tsv
var actionsTSV string

var vocabulary = sync.OnceValue(func() []Action {
	actions, err := ParseActions(strings.NewReader(actionsTSV))
	if err != nil {
		panic(err) // the file is part of the program, and the tests read every row
	}
	return actions
})

// Actions is the vocabulary, sorted by name. The slice and what it holds are shared: callers MUST NOT change them.
func Actions() []Action { return vocabulary() }

// ActionNamed finds an action by its name. What it holds is shared, as by Actions.
func ActionNamed(name string) (Action, bool) {
	actions := vocabulary()
	i, ok := slices.BinarySearchFunc(actions, name, func(a Action, name string) int { return strings.Compare(a.Name, name) })
	if !ok {
		return Action{}, false
	}
	return actions[i], true
}

const (
	flowOut = "out"
	flowIn  = "in"
)

var actionColumns = []string{
	"action", "type", "plover", "cameo", "quad", "contexts", "past", "flow", "giver_past", "counts",
	"verbs", "nouns", "of", "mutual",
}

// contexts are PLOVER's.
var contexts = []string{
	"asylum", "cbrn", "corruption", "crime", "cyber", "diplomatic", "disasters", "economic", "election", "environment",
	"executive", "gender", "health", "human_rights", "human_security", "illegal_drugs", "inequality", "intelligence",
	"legal", "legislative", "lgbt", "migration", "military", "misinformation", "natural_resource", "peacekeeping",
	"political_institutions", "pro_autocracy", "pro_democracy", "religion_ethnicity", "reparations", "repression",
	"rights_freedoms", "technology", "territory", "terrorism", "trafficking",
}

var (
	actionName = regexp.MustCompile(`^[a-z]+(_[a-z]+)*$`)
	cameoCode  = regexp.MustCompile(`^(0[1-9]|1[0-9]|20)[0-9]{0,2}$`)
	wording    = regexp.MustCompile(`^[a-z]+(-[a-z]+)*( [a-z]+(-[a-z]+)*){0,2}$`)
)

// ParseActions reads a vocabulary in the format that the header of actions.tsv tells: comment lines, a row of column names, then
// rows sorted by action. It refuses a row that breaks a rule, with its line number.
func ParseActions(r io.Reader) ([]Action, error) {
	table := csv.NewReader(r)
	table.Comma, table.Comment, table.LazyQuotes, table.FieldsPerRecord = '\t', '#', true, -1
	var actions []Action
	for header := true; ; header = false {
		cells, err := table.Read()
		if errors.Is(err, io.EOF) && header {
			return nil, errors.New("actions: no row of column names")
		}
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("actions: %w", err)
		}
		line, _ := table.FieldPos(0)
		if header {
			if !slices.Equal(cells, actionColumns) {
				return nil, fmt.Errorf("actions: line %d: want the column names %s", line, strings.Join(actionColumns, " "))
			}
			continue
		}
		a, err := parseAction(cells)
		if err != nil {
			return nil, fmt.Errorf("actions: line %d: %w", line, err)
		}
		if n := len(actions); n > 0 && actions[n-1].Name >= a.Name {
			return nil, fmt.Errorf("actions: line %d: %s must come before %s", line, a.Name, actions[n-1].Name)
		}
		actions = append(actions, a)
	}
	if err := checkFamilies(actions); err != nil {
		return nil, err
	}
	return actions, nil
}

// checkFamilies refuses an action that is of no action, of one of another type, or of itself.
func checkFamilies(actions []Action) error {
	byName := make(map[string]Action, len(actions))
	for _, a := range actions {
		byName[a.Name] = a
	}
	for _, a := range actions {
		for up, n := a, 0; up.Of != ""; n++ {
			next, ok := byName[up.Of]
			switch {
			case !ok:
				return fmt.Errorf("actions: %s is of %q, which is no action", up.Name, up.Of)
			case next.Type != a.Type:
				return fmt.Errorf("actions: %s is of %s, which is of another type, %s", up.Name, next.Name, next.Type)
			case n > len(actions):
				return fmt.Errorf("actions: %s is of itself", a.Name)
			}
			up = next
		}
	}
	return nil
}

// FamilyOf is the root of the chain that column of makes from an action; that of an action that the vocabulary does not have is the action itself.
func FamilyOf(action string) string {
	chain := ancestors(action)
	if len(chain) == 0 {
		return action
	}
	return chain[len(chain)-1]
}

// ancestors are the actions that an action is a special case of, the nearest first.
func ancestors(action string) []string {
	var chain []string
	for a, ok := ActionNamed(action); ok && a.Of != ""; a, ok = ActionNamed(a.Of) {
		chain = append(chain, a.Of)
	}
	return chain
}

func parseAction(cells []string) (Action, error) {
	if len(cells) != len(actionColumns) {
		return Action{}, fmt.Errorf("%d columns, want %d separated by tabs", len(cells), len(actionColumns))
	}
	cell := func(column string) string { return cells[slices.Index(actionColumns, column)] }
	a := Action{
		Name: cell("action"), Type: EventType(cell("type")), Plover: EventType(cell("plover")), Cameo: cell("cameo"),
		Past: cell("past"), Flow: cell("flow"), GiverPast: cell("giver_past"), Counts: cell("counts"), Of: cell("of"), Mutual: cell("mutual") == "y",
	}
	if m := cell("mutual"); m != "" && !a.Mutual {
		return Action{}, fmt.Errorf("mutual %q is not y", m)
	}
	if cell("contexts") != "" {
		a.Contexts = strings.Split(cell("contexts"), "|")
	}
	if q := cell("quad"); q != "" {
		n, err := strconv.Atoi(q)
		if err != nil {
			return Action{}, fmt.Errorf("quad %q is no number", q)
		}
		a.Quad = Quad(n)
	}
	if err := a.check(); err != nil {
		return Action{}, err
	}
	var err error
	if a.Verbs, err = parseWords(cell("verbs")); err != nil {
		return Action{}, fmt.Errorf("verbs: %w", err)
	}
	if a.Nouns, err = parseWords(cell("nouns")); err != nil {
		return Action{}, fmt.Errorf("nouns: %w", err)
	}
	if len(a.Verbs)+len(a.Nouns) == 0 {
		return Action{}, fmt.Errorf("%s has neither verbs nor nouns", a.Name)
	}
	return a, nil
}

// parseWords reads a cell of verbs or nouns.
func parseWords(cell string) ([]string, error) {
	if cell == "" {
		return nil, nil
	}
	all := strings.Split(cell, "|")
	for i, words := range all {
		if !wording.MatchString(words) {
			return nil, fmt.Errorf("%q is not one to three lower-case words", words)
		}
		if slices.Contains(all[:i], words) {
			return nil, fmt.Errorf("%q stands twice", words)
		}
	}
	return all, nil
}

// check refuses a cell that breaks a rule by itself or with its neighbours.
func (a Action) check() error {
	var plover bool
	if a.Type == TypeTransfer {
		plover = a.Plover == TypeAid || a.Plover == TypeCooperate
	} else {
		plover = a.Plover == ownPlover(a.Type)
	}
	unknown := slices.IndexFunc(a.Contexts, func(c string) bool { return !slices.Contains(contexts, c) })
	switch {
	case !actionName.MatchString(a.Name):
		return fmt.Errorf("action %q is not snake_case", a.Name)
	case !slices.Contains(EventTypes(), a.Type):
		return fmt.Errorf("type %q is not an event type", a.Type)
	case !plover:
		return fmt.Errorf("plover %q does not fit type %s", a.Plover, a.Type)
	case a.Cameo != "" && !cameoCode.MatchString(a.Cameo):
		return fmt.Errorf("cameo %q is not a CAMEO code", a.Cameo)
	case a.Quad != quads[a.Plover]:
		return fmt.Errorf("quad %d is not that of plover %q", a.Quad, a.Plover)
	case unknown >= 0:
		return fmt.Errorf("context %q is not PLOVER's", a.Contexts[unknown])
	case len(slices.Compact(slices.Sorted(slices.Values(a.Contexts)))) != len(a.Contexts):
		return errors.New("a context stands twice")
	case !wording.MatchString(a.Past):
		return fmt.Errorf("past %q is not one to three lower-case words", a.Past)
	case a.Type == TypeTransfer && a.Flow != flowOut && a.Flow != flowIn:
		return fmt.Errorf("flow %q of a TRANSFER is neither out nor in", a.Flow)
	case a.Type != TypeTransfer && a.Flow != "":
		return fmt.Errorf("flow %q of what is no TRANSFER", a.Flow)
	case a.Flow == flowIn && !wording.MatchString(a.GiverPast):
		return fmt.Errorf("giver_past %q of flow in is not one to three lower-case words", a.GiverPast)
	case a.Flow != flowIn && a.GiverPast != "":
		return fmt.Errorf("giver_past %q without flow in", a.GiverPast)
	case !slices.Contains([]string{"", "killed", "injured", "arrested"}, a.Counts):
		return fmt.Errorf("counts %q is not killed, injured or arrested", a.Counts)
	}
	return nil
}
