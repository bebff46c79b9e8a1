package news

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"
)

// CorrectionKind is what a correction does.
type CorrectionKind string

// The kinds of corrections.
const (
	Hide          CorrectionKind = "HIDE"   // the reports are wrong
	MergeEntities CorrectionKind = "MERGE"  // entities are the same as the first
	Rename        CorrectionKind = "RENAME" // an entity is called Name
	Retype        CorrectionKind = "RETYPE" // an entity is of EntityKind, or reports are of Action
	Redate        CorrectionKind = "REDATE" // the reports tell of Date
	Split         CorrectionKind = "SPLIT"  // the entity that Texts name is another, called Name
	Pin           CorrectionKind = "PIN"    // the reading of a text stays as it is, whatever later readers find
	Undo          CorrectionKind = "UNDO"   // the correction Undoes has no effect
)

// CorrectionKinds are all of them.
func CorrectionKinds() []CorrectionKind {
	return []CorrectionKind{Hide, MergeEntities, Rename, Retype, Redate, Split, Pin, Undo}
}

// Telling is a report by what it says, so that a correction finds it in each copy of the text, loaded again or read again.
type Telling struct {
	ID       ID     `json:"id"`       // statement:<hash of the text, the sentence's words, the place of the trigger among them, the action and the words of the date, as they were read>
	Text     string `json:"text"`     // the text's hash
	Sentence string `json:"sentence"` // for people
}

// Telling is what the report says.
func (r Report) Telling() Telling {
	before := 0
	if n := r.Trigger.Start - r.SentenceSpan.Start; n > 0 && n <= len(r.Sentence) {
		before = len(Words(r.Sentence[:n]))
	}
	words := append([]string{r.TextHash, cmp.Or(r.Read, r.Action), r.When.Text, itoa(before)}, Words(r.Sentence)...)
	return Telling{hashID("statement", words...), r.TextHash, r.Sentence}
}

// Correction is one statement of a person about the graph: an entry of a log that only grows. docs/adr/0018-corrections.md says why it is so.
type Correction struct {
	ID      ID             `json:"id"` // hash of all else
	Kind    CorrectionKind `json:"kind"`
	At      string         `json:"at"` // 2024-01-10T12:00:00.000Z
	By      string         `json:"by"`
	Because string         `json:"because"`
	// Of is what was named: entities, of a merge the one that stays first, of a split the one that it makes second; else the event, report or story as it was called that day, by which
	// nothing is found any more.
	Of         []ID      `json:"of,omitempty"`
	Statements []Telling `json:"statements,omitempty"` // of HIDE, RETYPE and REDATE of reports
	Texts      []string  `json:"texts,omitempty"`      // of SPLIT and PIN: hashes of texts
	Name       string    `json:"name,omitempty"`       // of RENAME and SPLIT
	EntityKind Kind      `json:"entityKind,omitempty"` // of RETYPE of an entity
	Action     string    `json:"action,omitempty"`     // of RETYPE of reports
	Date       string    `json:"date,omitempty"`       // of REDATE: 2024-01-09, 2024-01 or 2024
	Into       *Entity   `json:"into,omitempty"`       // of MERGE: the first of Of, for stories that name only the others
	Facts      *Facts    `json:"facts,omitempty"`      // of PIN: the reading
	Undoes     ID        `json:"undoes,omitempty"`     // of UNDO
}

// Instant is how a correction writes when it was made: to the millisecond, so that strings sort as instants do.
func Instant(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }

// Identify sets ID from the other fields.
func (c *Correction) Identify() {
	bare := *c
	bare.ID = ""
	data, err := json.Marshal(bare)
	if err != nil {
		panic(err) // plain structs always marshal
	}
	c.ID = hashID("correction", string(data))
}

// Check refuses a correction that says nothing, or that is not the one that its id tells.
func (c Correction) Check() error {
	if !slices.Contains(CorrectionKinds(), c.Kind) {
		return fmt.Errorf("correction %s is of the unknown kind %q: one of %v", c.ID, c.Kind, CorrectionKinds())
	}
	if t, err := time.Parse(time.RFC3339, c.At); err != nil || Instant(t) != c.At {
		return fmt.Errorf("correction %s was made at %q, which is no instant: write 2024-01-10T12:00:00.000Z", c.ID, c.At)
	}
	if strings.TrimSpace(c.By) == "" || strings.TrimSpace(c.Because) == "" {
		return fmt.Errorf("correction %s does not tell who makes it and why", c.ID)
	}
	entity := len(c.Of) == 1 && c.Of[0] != ""
	missing := map[CorrectionKind]bool{
		Hide: len(c.Statements) == 0, MergeEntities: len(c.Of) < 2 || c.Into == nil || c.Into.ID != c.Of[0] || !slices.Contains(Kinds(), c.Into.Kind),
		Rename: !entity || Slug(c.Name) == "", Retype: (len(c.Statements) > 0) == (c.EntityKind != ""), Redate: len(c.Statements) == 0,
		Split: len(c.Of) != 2 || c.Of[0] == c.Of[1] || c.Of[0] == "" || c.Of[1] == "" || len(c.Texts) == 0 || Slug(c.Name) == "", Pin: len(c.Texts) != 1 || c.Facts == nil || c.Facts.Story.TextHash != c.Texts[0],
		Undo: c.Undoes == "",
	}[c.Kind]
	if missing {
		return fmt.Errorf("correction %s is a %s that does not tell all that it needs to", c.ID, c.Kind)
	}
	if c.Kind == Retype && c.EntityKind != "" && (!entity || !slices.Contains(Kinds(), c.EntityKind)) {
		return fmt.Errorf("correction %s retypes one entity to the unknown kind %q: one of %v", c.ID, c.EntityKind, Kinds())
	}
	if _, ok := ActionNamed(c.Action); c.Kind == Retype && c.EntityKind == "" && !ok {
		return fmt.Errorf("correction %s retypes to the unknown action %q", c.ID, c.Action)
	}
	if _, _, err := ParseDate(c.Date); c.Kind == Redate && err != nil {
		return fmt.Errorf("correction %s: %w", c.ID, err)
	}
	same := c
	if same.Identify(); same.ID != c.ID {
		return fmt.Errorf("correction %s was changed after it was made: what it says now would be %s", c.ID, same.ID)
	}
	return nil
}

// Says is the correction in a few words.
func (c Correction) Says() string {
	of := make([]string, len(c.Of))
	for i, id := range c.Of {
		of[i] = string(id)
	}
	named := strings.Join(of, ", ")
	switch c.Kind {
	case Hide:
		return "hide " + named
	case MergeEntities:
		return "merge into " + of[0] + ": " + strings.Join(of[1:], ", ")
	case Rename:
		return fmt.Sprintf("rename %s: %q", named, c.Name)
	case Retype:
		return "retype " + named + ": " + cmp.Or(string(c.EntityKind), c.Action)
	case Redate:
		return "redate " + named + ": " + c.Date
	case Split:
		return fmt.Sprintf("split %s: in %s it is %q, %s", of[0], plural(len(c.Texts), "text"), c.Name, of[1])
	case Pin:
		return "pin " + named
	case Undo:
		return "undo " + string(c.Undoes)
	default:
		return strings.ToLower(string(c.Kind)) + " " + named
	}
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return itoa(n) + " " + noun + "s"
}

// OtherID is the id of the entity that a split makes of one, or moves its mentions to.
func OtherID(of ID, name string) ID { return ID(of.Noun() + ":" + Slug(name)) }

// named are the entities that the correction names, and the one that it makes.
func (c Correction) named() []ID {
	switch {
	case c.Kind == Split || c.Kind == MergeEntities || c.Kind == Rename || c.Kind == Retype && c.EntityKind != "":
		return c.Of
	}
	return nil
}

// Log is a set of corrections, ready to be applied. The order in which they came does not matter, when they were made does.
type Log struct {
	all   []Correction // by At, then by ID
	holds []Correction // those that hold, with the entities that earlier ones made of theirs
	gone  map[ID]bool  // those that are undone
}

// NewLog makes a log. A correction that stands twice counts once.
func NewLog(all []Correction) Log {
	l := Log{all: slices.Clone(all)}
	slices.SortFunc(l.all, func(a, b Correction) int { return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(a.ID, b.ID)) })
	l.all = slices.CompactFunc(l.all, func(a, b Correction) bool { return a.ID == b.ID })
	undoings := map[ID][]ID{}
	for _, c := range l.all {
		if c.Kind == Undo {
			undoings[c.Undoes] = append(undoings[c.Undoes], c.ID)
		}
	}
	var undone func(ID) bool // an id is a hash of what it undoes, so this ends
	undone = func(id ID) bool {
		return slices.ContainsFunc(undoings[id], func(by ID) bool { return !undone(by) })
	}
	l.gone = map[ID]bool{}
	for _, c := range l.all {
		if l.gone[c.ID] = undone(c.ID); c.Kind != Undo && !l.gone[c.ID] {
			l.holds = append(l.holds, c)
		}
	}
	merged, into := map[ID]ID{}, map[ID]*Entity{}
	for i, c := range l.holds {
		if len(c.named()) == 0 {
			continue
		}
		c.Of = slices.Clone(c.Of)
		for j, id := range c.Of {
			for merged[id] != "" {
				id = merged[id]
			}
			c.Of[j] = id
		}
		if c.Kind == MergeEntities {
			if c.Into.ID != c.Of[0] {
				c.Into = into[c.Of[0]]
			}
			into[c.Of[0]] = c.Into
			for _, id := range c.Of[1:] {
				if id != c.Of[0] {
					merged[id] = c.Of[0]
				}
			}
		}
		l.holds[i] = c
	}
	return l
}

// All are the corrections in the order in which they were made.
func (l Log) All() []Correction { return l.all }

// Holds tells that the correction is in the log and not undone.
func (l Log) Holds(id ID) bool {
	_, ok := l.ByID(id)
	return ok && !l.gone[id]
}

// ByID finds a correction.
func (l Log) ByID(id ID) (Correction, bool) {
	i := slices.IndexFunc(l.all, func(c Correction) bool { return c.ID == id })
	if i < 0 {
		return Correction{}, false
	}
	return l.all[i], true
}

// Became is why an id that was in the graph no longer is: the last correction that holds and merged it into another, the first of Of, or hid it.
func (l Log) Became(id ID) (Correction, bool) {
	for _, c := range slices.Backward(l.all) {
		if gone := c.Kind == Hide || c.Kind == MergeEntities && c.Of[0] != id; gone && slices.Contains(c.Of, id) && l.Holds(c.ID) {
			return c, true
		}
	}
	return Correction{}, false
}

// Around tells where the stories are that corrections may change, the log having them already: a story of one of the texts, or that names one of
// the entities, as it stands corrected or not.
func (l Log) Around(some []Correction) (entities []ID, texts []string) {
	around := map[ID]bool{}
	reach := some
	for len(reach) > 0 {
		var next []Correction
		for _, c := range reach {
			for _, id := range c.named() {
				around[id] = true
			}
			texts = append(texts, c.Texts...)
			for _, s := range c.Statements {
				texts = append(texts, s.Text)
			}
			if undone, ok := l.ByID(c.Undoes); ok && c.Kind == Undo {
				next = append(next, undone)
			}
		}
		reach = next
	}
	for grown := true; grown; {
		grown = false
		for _, c := range l.all {
			if ids := c.named(); (c.Kind == MergeEntities || c.Kind == Split) && slices.ContainsFunc(ids, func(id ID) bool { return around[id] }) {
				for _, id := range ids {
					grown = grown || !around[id]
					around[id] = true
				}
			}
		}
	}
	for id := range around {
		entities = append(entities, id)
	}
	return sortedSet(entities), sortedSet(texts)
}

// Of are the corrections that concern an entity, by any name that it had, or statements, in the order of the log.
func (l Log) Of(entities []ID, statements []ID) []Correction {
	concerned := map[ID]bool{}
	for _, id := range slices.Concat(entities, statements) {
		concerned[id] = true
	}
	for grown := true; grown; { // who was merged into it
		grown = false
		for _, c := range l.holds {
			if c.Kind == MergeEntities && concerned[c.Of[0]] {
				original, _ := l.ByID(c.ID)
				for _, id := range original.Of {
					grown = grown || !concerned[id]
					concerned[id] = true
				}
			}
		}
	}
	var some []Correction
	found := map[ID]bool{}
	for _, c := range l.all {
		if found[c.Undoes] || slices.ContainsFunc(c.named(), func(id ID) bool { return concerned[id] }) ||
			slices.ContainsFunc(c.Statements, func(s Telling) bool { return concerned[s.ID] }) {
			found[c.ID] = true
			some = append(some, c)
		}
	}
	return some
}

// Correct makes of what a reader found in a story what the log makes of it. It is a function of both alone, so that neither the order of loading nor
// that of correcting shows. The facts that are given stay as they are.
func (l Log) Correct(f Facts) (Facts, error) {
	for _, c := range l.holds {
		if !c.concerns(f) {
			continue
		}
		var err error
		if f, err = c.apply(f); err != nil {
			return f, fmt.Errorf("correction %s: %w", c.ID, err)
		}
	}
	return f, nil
}

// Changes tells that two logs make different things of a story. The order of what the facts list is none of it, nor is what no reader finds: when the
// story came, and its sketch.
func Changes(a, b Facts) bool {
	return !reflect.DeepEqual(a, b) && !bytes.Equal(a.read(), b.read())
}

// read is a reading as bytes, which are the same for the same reading: JSON knows no lists that are there and empty.
func (f Facts) read() []byte {
	f.Entities = ordered(f.Entities, func(e Entity) ID { return e.ID })
	f.Mentions = ordered(f.Mentions, func(m Mention) ID { return m.ID })
	f.Reports = ordered(f.Reports, func(r Report) ID { return r.ID })
	f.Quotations = ordered(f.Quotations, func(q Quotation) ID { return q.ID })
	f.Positions = ordered(f.Positions, func(p Position) ID { return p.ID })
	data, err := json.Marshal(f)
	if err != nil {
		panic(err) // plain structs always marshal
	}
	return data
}

func ordered[T any](list []T, id func(T) ID) []T {
	return slices.SortedStableFunc(slices.Values(list), func(a, b T) int { return cmp.Compare(id(a), id(b)) })
}

func (c Correction) concerns(f Facts) bool {
	if len(c.Statements) > 0 {
		return slices.ContainsFunc(c.Statements, func(s Telling) bool { return s.Text == f.Story.TextHash })
	}
	if len(c.Texts) > 0 && !slices.Contains(c.Texts, f.Story.TextHash) {
		return false
	}
	ids := c.Of
	if c.Kind == Pin {
		return true
	}
	return slices.ContainsFunc(f.Entities, func(e Entity) bool { return slices.Contains(ids, e.ID) })
}

func (c Correction) apply(f Facts) (Facts, error) {
	is := func(r Report) bool {
		id := r.Telling().ID
		return slices.ContainsFunc(c.Statements, func(s Telling) bool { return s.ID == id })
	}
	switch {
	case c.Kind == Hide:
		return f.without(is), nil
	case c.Kind == Retype && c.EntityKind == "":
		a, ok := ActionNamed(c.Action)
		if !ok {
			return f, fmt.Errorf("the action %q is not known", c.Action)
		}
		return f.reports(is, func(r *Report) {
			r.Read = cmp.Or(r.Read, r.Action)
			r.Type, r.Action, r.Family = a.Type, a.Name, FamilyOf(a.Name)
			r.Why = c.why(r.Why)
		}), nil
	case c.Kind == Redate:
		days, precision, err := ParseDate(c.Date)
		return f.reports(is, func(r *Report) {
			r.When.From, r.When.To, r.When.Precision, r.When.Value = days.From, days.To, precision, c.Date
			r.When.How = c.why(r.When.How)
		}), err
	case c.Kind == MergeEntities:
		return f.renamed(func(e Entity) Entity {
			if e.ID == c.Of[0] || !slices.Contains(c.Of, e.ID) {
				return e
			}
			one := *c.Into
			one.Aliases = slices.Concat(one.Aliases, []string{e.Name}, e.Aliases)
			return JoinEntities(one, one)
		}), nil
	case c.Kind == Rename:
		return f.renamed(func(e Entity) Entity {
			if e.ID == c.Of[0] {
				e.Aliases = append(slices.Clone(e.Aliases), e.Name)
				e.Name = c.Name
				e = JoinEntities(e, e)
			}
			return e
		}), nil
	case c.Kind == Retype:
		return f.renamed(func(e Entity) Entity {
			if e.ID == c.Of[0] {
				e.Kind = c.EntityKind
			}
			return e
		}), nil
	case c.Kind == Split:
		return f.renamed(func(e Entity) Entity {
			if e.ID != c.Of[0] {
				return e
			}
			other := Entity{ID: c.Of[1], Kind: e.Kind, Name: c.Name, Aliases: []string{e.Name}}
			if !e.Known() { // what a gazetteer knows is of the other
				other.Description, other.Country, other.Sector = e.Description, e.Country, e.Sector
			}
			return JoinEntities(other, other)
		}), nil
	case c.Kind == Pin:
		return c.pinned(f)
	}
	return f, nil
}

// why says beside the reader's reason that it is not the reader's choice.
func (c Correction) why(was string) string {
	if was == "" {
		return "corrected: " + string(c.ID)
	}
	return was + "; corrected: " + string(c.ID)
}

// pinned is the pinned reading as one of the story f, which has the same text and may be another's copy of it.
func (c Correction) pinned(f Facts) (Facts, error) {
	if f.Story.ID != c.Facts.Story.ID {
		return f, nil // spans are of its own text
	}
	var one Facts
	data, err := json.Marshal(c.Facts)
	if err == nil {
		err = json.Unmarshal(data, &one)
	}
	one.Story, one.Sketch, one.Loaded = f.Story, f.Sketch, f.Loaded
	return one, err
}

// reports are the facts with changes to those reports that are meant.
func (f Facts) reports(is func(Report) bool, change func(*Report)) Facts {
	f.Reports = slices.Clone(f.Reports)
	changed := map[ID]*Report{}
	for i := range f.Reports {
		if r := &f.Reports[i]; is(*r) {
			change(r)
			changed[r.ID] = r
		}
	}
	for i := range f.Reports {
		r := &f.Reports[i]
		r.About = slices.Clone(r.About)
		for j, a := range r.About {
			if of := changed[a.Report]; of != nil {
				r.About[j].Type, r.About[j].Action = of.Type, of.Action
			}
		}
	}
	return f
}

// without are the facts without some reports, and without whom only they tell.
func (f Facts) without(is func(Report) bool) Facts {
	gone := map[ID]bool{}
	var reports []Report
	for _, r := range f.Reports {
		if is(r) {
			gone[r.ID] = true
		} else {
			reports = append(reports, r)
		}
	}
	for i := range reports {
		about := slices.DeleteFunc(slices.Clone(reports[i].About), func(a About) bool { return gone[a.Report] })
		if len(about) == 0 {
			about = nil
		}
		reports[i].About = about
	}
	f.Reports = reports
	f.Quotations = slices.Clone(f.Quotations)
	for i, q := range f.Quotations {
		if gone[q.Report] {
			f.Quotations[i].Report = ""
		}
	}
	told := f.told()
	f.Entities = slices.DeleteFunc(slices.Clone(f.Entities), func(e Entity) bool { return !told[e.ID] })
	return f
}

// Named are the entities that something in the story names, sorted.
func (f Facts) Named() []ID {
	var ids []ID
	for id := range f.told() {
		if id != "" {
			ids = append(ids, id)
		}
	}
	return sortedSet(ids)
}

// told are the entities that something in the story names.
func (f Facts) told() map[ID]bool {
	told := map[ID]bool{}
	for _, m := range f.Mentions {
		told[m.Entity] = true
	}
	for _, r := range f.Reports {
		for _, p := range r.Participants {
			told[p.Entity] = true
		}
		for _, id := range r.SaidBy {
			told[id] = true
		}
		told[r.Addressee] = true
	}
	for _, q := range f.Quotations {
		told[q.Speaker], told[q.Addressee] = true, true
	}
	for _, p := range f.Positions {
		told[p.Person], told[p.Body] = true, true
	}
	return told
}

// renamed are the facts with what become makes of each entity, under the id that it gives.
func (f Facts) renamed(become func(Entity) Entity) Facts {
	ids := map[ID]ID{}
	at := map[ID]int{}
	var entities []Entity
	for _, e := range f.Entities {
		now := become(e)
		if now.ID != e.ID {
			ids[e.ID] = now.ID
		}
		if i, ok := at[now.ID]; ok {
			entities[i] = JoinEntities(entities[i], now)
			continue
		}
		at[now.ID] = len(entities)
		entities = append(entities, now)
	}
	f.Entities = entities
	if len(ids) == 0 {
		return f
	}
	to := func(id ID) ID { return cmp.Or(ids[id], id) }
	all := func(list []ID) []ID {
		var some []ID
		for _, id := range list {
			if id = to(id); !slices.Contains(some, id) {
				some = append(some, id)
			}
		}
		return some
	}
	f.Mentions, f.Quotations, f.Positions, f.Reports = slices.Clone(f.Mentions), slices.Clone(f.Quotations), slices.Clone(f.Positions), slices.Clone(f.Reports)
	for i := range f.Mentions {
		f.Mentions[i].Entity = to(f.Mentions[i].Entity)
	}
	for i, q := range f.Quotations {
		f.Quotations[i].Speaker, f.Quotations[i].Addressee = to(q.Speaker), to(q.Addressee)
	}
	for i, p := range f.Positions {
		f.Positions[i].Person, f.Positions[i].Body = to(p.Person), to(p.Body)
	}
	for i := range f.Reports {
		r := &f.Reports[i]
		r.SaidBy, r.Scene, r.Addressee = all(r.SaidBy), all(r.Scene), to(r.Addressee)
		var takes []Participant
		for _, p := range r.Participants {
			p.Entity = to(p.Entity)
			if !slices.ContainsFunc(takes, func(o Participant) bool { return o.Role == p.Role && o.Entity == p.Entity }) {
				takes = append(takes, p)
			}
		}
		r.Participants = takes
		r.Heads = rekeyed(r.Heads, to)
		for id := range r.Heads {
			if !id.Local() {
				delete(r.Heads, id)
			}
		}
		r.Lies = rekeyed(r.Lies, to)
		for id, lies := range r.Lies {
			lies.Within = all(lies.Within)
			r.Lies[id] = lies
		}
	}
	return f
}

// rekeyed is a map under other keys, of two that become one the first in the order of the ids.
func rekeyed[V any](m map[ID]V, to func(ID) ID) map[ID]V {
	if m == nil {
		return nil
	}
	now := make(map[ID]V, len(m))
	keys := make([]ID, 0, len(m))
	for id := range m {
		keys = append(keys, id)
	}
	slices.Sort(keys)
	for _, id := range keys {
		if _, ok := now[to(id)]; !ok {
			now[to(id)] = m[id]
		}
	}
	return now
}
