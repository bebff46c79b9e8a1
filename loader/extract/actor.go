package extract

import (
	"cmp"
	"slices"
	"strings"

	"newsgraph/loader/gazetteer"
	"newsgraph/news"
)

// resolve are the entities for which the phrase headed by token i stands, none if nothing tells.
func (r *reading) resolve(i int) []news.ID {
	d := r.d
	if tag := d.Tokens[i].Tag; tag == "WP" || tag == "WDT" {
		for k, n := d.Tokens[i].Head, 0; k >= 0 && n < 4; k, n = d.Tokens[k].Head, n+1 {
			if d.Tokens[k].Relation == "acl:relcl" && d.Tokens[k].Head < i {
				return r.resolve(d.Tokens[k].Head) // Ruiz, whom they blamed
			}
		}
		return nil
	}
	if m := r.at[max(0, i-1)]; d.Tokens[i].Tag == "VBG" && subjectOf(d.Tokens[i].Relation) && i > 0 && m != nil && d.Tokens[i-1].Head == i && r.party(m.entity) {
		return []news.ID{m.entity} // "the Red Cross operating in Chad said", whose head is the gerund
	}
	if d.Tokens[i].Tag == "CD" && i > 0 && d.Word(i-1) == "Resolution" {
		i-- // whose head is its number
	}
	if d.Tokens[i].Lemma == "resolution" || d.Word(i) == "Resolution" {
		// What a resolution demands the body demands that adopted it (CODING 25).
		for k := len(r.candidates) - 1; k >= 0; k-- {
			c := r.candidates[k]
			if c.token < i && c.subject && r.sentenceOf[i]-c.sentence < 3 && r.kind(c.ids[0]) == news.Organisation && c.token != i && !strings.EqualFold(d.Word(c.token), "resolution") {
				return c.ids[:1]
			}
		}
		return nil
	}
	if m := r.at[i]; m != nil && r.kind(m.entity) == news.Organisation && !r.entities[m.entity].Known() && m.form == news.FormName {
		// "Chad's Supreme Court": every state has one.
		if sector, ok := bodySectors[strings.ToLower(d.Word(i))]; ok {
			for _, c := range r.child(i, "amod", "compound", "nmod:poss") {
				if o := r.at[c]; o != nil && o != m && r.kind(o.entity) == news.State {
					r.unmark(m)
					return []news.ID{r.stateBody(i, c, r.entities[o.entity], sector)}
				}
			}
		}
	}
	if m := r.at[i]; m != nil && m.first > 1 && strings.EqualFold(d.Word(m.first-1), "and") && directions[d.Word(m.first-2)] && r.at[m.first-2] != nil && d.Tokens[m.first-2].Head == i {
		return []news.ID{r.at[m.first-2].entity, m.entity} // North and South Korea, whose head is the last word
	}
	if k := r.armsOf(i); k >= 0 {
		return r.resolve(k)
	}
	if m := r.at[i]; m != nil {
		if p := r.bearer(m); p != "" {
			return []news.ID{p}
		}
		if r.citizen(m, i) {
			return some(r.group(i, gazetteer.Noun{Kind: news.Person, Sector: "CVL"}, r.entities[m.entity].ISO3))
		}
		// "Israeli forces" is read from its head, below; "the Russians" is a group.
		if m.form != news.FormAdjective || d.Tokens[i].Tag != "NNS" && d.Tokens[i].Tag != "NNPS" && !r.people(m) {
			if id := r.actor(m.entity, i); id != "" {
				return []news.ID{id}
			}
			return append([]news.ID{m.entity}, m.more...)
		}
		country := r.entities[m.entity].ISO3
		for _, c := range r.child(i, "amod", "compound") {
			if strings.EqualFold(d.Word(c), "ethnic") {
				country = "" // ethnic Albanians live in other states
			} else if o := r.at[c]; o != nil && r.entities[o.entity].Country != "" {
				country = r.entities[o.entity].Country // Bosnian Serbs
			}
		}
		return some(r.group(i, gazetteer.Noun{Kind: news.Group, Sector: "CVL"}, country))
	}
	if p := r.entitled(i); p != "" {
		return []news.ID{p}
	}
	if low := strings.ToLower(d.Tokens[i].Lemma); (r.g.Title(low) || leaders[low]) && r.at[i] == nil && r.predicative(i) {
		return nil
	}
	// A title or a role beside a name: the person.
	for _, c := range r.child(i, "appos", "flat", "compound") {
		m := r.at[c]
		if m == nil || m.form != news.FormName && m.form != news.FormInitials {
			continue
		}
		switch r.kind(m.entity) {
		case news.Person:
			if c > i || d.Tokens[c].Relation != "compound" && !bodies[strings.ToLower(d.Tokens[i].Lemma)] {
				return r.namedAll(i, c) // but the Ruiz supporters are not Ruiz
			}
		case news.Organisation:
			if c > i && d.Tokens[c].Relation != "compound" {
				return []news.ID{m.entity} // "the rights group Amnesty International"
			}
		}
	}
	for _, c := range r.child(i, "nmod") {
		for _, k := range r.child(c, "appos") {
			m := r.at[k]
			for _, f := range r.child(k, "flat") {
				if o := r.at[f]; o != nil && o.form == news.FormName && (m == nil || m.form != news.FormName) {
					m = o // Colonel Mamadou Ba, whose head is his rank
				}
			}
			if m != nil && m.form == news.FormName && r.kind(m.entity) == news.Person && (d.Tokens[i].Sort == "person" || r.g.Title(strings.ToLower(d.Tokens[i].Lemma))) && d.Tokens[c].Sort != "person" && (r.at[c] == nil || r.kind(r.at[c].entity) != news.Person) {
				return []news.ID{m.entity} // "the minister for Asia, Ana Ruiz", hung on Asia
			}
		}
	}
	if quantities[strings.ToLower(d.Tokens[i].Lemma)] || quantities[strings.ToLower(d.Word(i))] {
		// "thousands of students", "a group of refugees": they are who it is about.
		for _, c := range r.child(i, "nmod") {
			if of := r.child(c, "case"); len(of) > 0 && d.Word(of[0]) == "of" {
				return r.resolve(c)
			}
		}
	}
	if !strings.HasPrefix(d.Tokens[i].Tag, "NN") {
		return nil
	}
	if i+2 < len(d.Tokens) && d.Word(i+1) == "," && (d.Tokens[i].Sort == "person" || d.Tokens[i].Lemma == "counterpart" || r.g.Title(d.Tokens[i].Lemma)) {
		if m := r.at[i+2]; m != nil && m.first == i+2 && m.form == news.FormName && r.kind(m.entity) == news.Person {
			return []news.ID{m.entity} // "his counterpart, Chang Ho-jin"
		}
	}
	if ids := r.governments(i); len(ids) > 1 {
		return ids
	}
	if low := strings.ToLower(d.Tokens[i].Lemma); low == "regime" || low == "government" || low == "administration" {
		for _, c := range r.child(i, "compound", "nmod:poss") {
			if m := r.at[c]; m != nil && r.kind(m.entity) == news.Person && !local(m.entity) {
				return some(r.group(i, gazetteer.Noun{Kind: news.Organisation, Sector: "GOV"}, r.entities[m.entity].Country)) // the Assad regime
			}
		}
	}
	if id := r.callsKind(i); id != "" {
		return []news.ID{id}
	}
	if id := r.officeOf(i); id != "" {
		return []news.ID{id}
	}
	n := r.g.Noun(d.Tokens[i].Lemma)
	if n.Kind == "" {
		n = r.g.Noun(strings.ToLower(d.Word(i)))
	}
	ok := n.Kind != ""
	if low := strings.ToLower(d.Tokens[i].Lemma); !ok && strings.HasSuffix(d.Tokens[i].Tag, "S") && r.g.Title(low) {
		n, ok = gazetteer.Noun{Kind: news.Group, Sector: "GOV"}, true
	}
	if sector := bodySectors[strings.ToLower(d.Word(i))]; !ok && sector != "" && r.bodyOwner(i) >= 0 {
		n, ok = gazetteer.Noun{Kind: news.Group, Sector: sector}, true
	}
	if !ok && bodies[strings.ToLower(d.Tokens[i].Lemma)] && (d.Tokens[i].Lemma != "front" || d.Tokens[i].Sort != "place") {
		n, ok = gazetteer.Noun{Kind: news.Group}, true
	}
	if (!ok || n.Kind == news.Thing) && r.runs(i) {
		n, ok = gazetteer.Noun{Kind: news.Group}, true
	}
	person := d.Tokens[i].Sort == "person"
	if d.Tokens[i].Lemma == "board" && len(r.child(i, "det", "compound", "nmod:poss", "amod")) == 0 {
		return nil // on board
	}
	if h := d.Tokens[i].Head; h >= 0 && d.Tokens[i].Relation == "xcomp" && r.ofClass(i, "captivity") && r.ofClass(h, "seizing") {
		return nil // took them hostage
	}
	if !ok {
		if n, person, ok = r.guess(i); !ok {
			return nil
		}
		if d.Tokens[i].Tag == "NN" && n.Kind == news.Group && !bodies[d.Tokens[i].Lemma] && !r.anyone(i) {
			return nil
		}
	}
	if low := strings.ToLower(d.Word(i)); n.Kind == news.Group && (person || r.g.Title(low)) && !strings.HasSuffix(d.Tokens[i].Tag, "S") && !collective[low] && !bodies[low] {
		if addressing[strings.TrimSuffix(d.Word(i), ".")] {
			return nil // Mr alone is nobody
		}
		if strings.HasSuffix(d.Word(i), ".") || len(r.child(i, "cop")) > 0 {
			return nil // what somebody is names nobody
		}
		n.Kind = news.Person // a man whom nobody names belongs to his story, as a group does
	}
	country := ""
	for _, c := range r.child(i, "amod", "compound", "nmod:poss", "nmod") {
		if of := r.child(c, "case"); c > i && (len(of) == 0 || d.Word(of[0]) != "of") {
			continue
		}
		if m := r.at[c]; m != nil {
			country = r.entities[m.entity].Country
			if name := strings.ToLower(d.Word(i)); name == "government" || name == "administration" {
				if strings.HasPrefix(string(m.entity), "state:") {
					return []news.ID{m.entity}
				}
				if s, ok := r.g.CapitalOf(m.entity); ok {
					r.know(s)
					return []news.ID{s}
				}
			}
		}
	}
	if ids := r.arms(i, n); len(ids) > 1 {
		return ids
	}
	if sector, ok := bodySectors[strings.ToLower(d.Word(i))]; ok {
		if c := r.bodyOwner(i); c >= 0 {
			if id := r.stateBody(i, c, r.entities[r.at[c].entity], sector); id != "" {
				return []news.ID{id}
			}
		}
	}
	if name := strings.ToLower(d.Word(i)); name == "government" || name == "regime" || name == "administration" {
		for _, c := range r.child(i, "nmod") {
			if m := r.at[c]; m != nil && r.kind(m.entity) == news.Person && country == "" {
				return []news.ID{m.entity} // the government of President Ruiz
			}
		}
	}
	if name := strings.ToLower(d.Word(i)); name == "government" && country == "" && r.only != "" {
		if s, _, ok := r.g.State(r.only); ok {
			r.know(s.ID)
			return []news.ID{s.ID} // where one country is spoken of, it is its
		}
	}
	if d.Tokens[i].Tag == "NN" && n.Sector == "GOV" && country == "" && !ofSomeState[d.Tokens[i].Lemma] && (n.Kind != news.Person || leaders[d.Tokens[i].Lemma]) {
		return nil // "the country", "the leader": whose, nothing tells
	}
	return some(r.group(i, n, country))
}

// ofSomeState are bodies that a story may speak of without saying of which state they are.
var ofSomeState = wordSet("government junta cabinet regulator watchdog secretariat directorate inspectorate municipality monarchy")

// officeOf is the office of a person that the noun at token i names where it acts or speaks, a body of its story: "his office said", "was condemned by the president's
// office". What is hit or entered is a room.
func (r *reading) officeOf(i int) news.ID {
	d := r.d
	t := d.Tokens[i]
	if t.Tag != "NN" || t.Lemma != "office" || t.Head < 0 || r.at[i] != nil {
		return ""
	}
	acts := t.Relation == "nsubj" && r.pos(t.Head) == "V" && (r.speaks(t.Head) || slices.ContainsFunc(r.senses(t.Head), func(typ news.EventType) bool { return wordActs[typ] }))
	if !acts && t.Relation != "obl:agent" && !r.childCase(i, "according") {
		return ""
	}
	for _, c := range r.child(i, "nmod:poss") {
		owner := news.Entity{}
		if ids := r.resolve(c); len(ids) == 1 {
			owner = r.entities[ids[0]]
		} else if first, title := r.titleBefore(c + 1); title != "" && len(ids) == 0 {
			owner = news.Entity{Kind: news.Person, Name: strings.Join(strings.Fields(d.Words(first, c+1)), " "), Country: r.only, Sector: "GOV"}
		}
		if owner.Kind != news.Person || owner.Name == "" {
			continue
		}
		name := owner.Name + "'s office"
		id := news.LocalID(news.Organisation, r.story.TextHash, news.Slug(name))
		if _, ok := r.entities[id]; !ok {
			r.entities[id] = news.Entity{ID: id, Kind: news.Organisation, Name: name, Country: owner.Country, Sector: owner.Sector}
		}
		r.mark(i, i+1, id, news.FormNominal, "the office of a person, which acts")
		return id
	}
	return ""
}

// speaks tells that the verb at token v says or reports.
func (r *reading) speaks(v int) bool {
	return sayVerbs[r.d.Tokens[v].Lemma] || reportVerbs[r.d.Tokens[v].Lemma]
}

// callsKind is the body before the noun at token i that only says what it is: the Hamas movement, the Hamas militant group, the NATO alliance, SDF forces. An ISIS group
// is another.
func (r *reading) callsKind(i int) news.ID {
	d := r.d
	k := i - 1
	if k > 0 && r.at[k] == nil && d.Tokens[k].Head == i && (d.Tokens[k].Relation == "amod" || coarse(d.Tokens[k].Relation) == "compound") && !capital(d.Word(k)) {
		k-- // the Hamas militant group
	}
	m := r.at[max(0, k)]
	if k < 0 || m == nil || r.at[i] != nil || m.last != k+1 || m.form != news.FormName && m.form != news.FormInitials || d.Tokens[r.head(m)].Head != i ||
		coarse(d.Tokens[r.head(m)].Relation) != "compound" || r.kind(m.entity) != news.Organisation || r.of(i, i) || len(r.child(i, "nummod")) > 0 {
		return ""
	}
	if slices.ContainsFunc(r.child(i, "det"), func(c int) bool { w := strings.ToLower(d.Word(c)); return w != "the" && w != "this" && w != "that" }) {
		return ""
	}
	e, low := r.entities[m.entity], strings.ToLower(d.Word(i))
	switch {
	case low == "alliance", low == "bloc":
		return m.entity
	case bodyKinds[low] && e.Country != "IGO" && (!gazetteer.OfState(e.Sector) || e.Sector == "REB" || e.Sector == "OPP" || e.Sector == "PTY"):
		return m.entity
	case low == "forces" && r.called(m.entity, low):
		return m.entity
	}
	return ""
}

// bodyKinds say what the body is whose name stands before them.
var bodyKinds = wordSet("faction group movement organisation organization militia sect network")

// runs tells that an establishment at token i stands for those who run it: where it is charged or asked, or says so itself (CODING 15).
func (r *reading) runs(i int) bool {
	t := r.d.Tokens[i]
	if t.Head < 0 || !slices.Contains(r.classesOf(i), "establishment") || !strings.HasPrefix(r.d.Tokens[t.Head].Tag, "VB") {
		return false
	}
	lemma := r.d.Tokens[t.Head].Lemma
	if t.Relation == "nsubj" && (sayVerbs[lemma] || reportVerbs[lemma]) {
		return true
	}
	where := map[string]string{"nsubj": "subj", "obj": "obj", "nsubj:pass": "obj"}[t.Relation]
	return where != "" && len(r.verbs[lemma]) > 0 && !slices.ContainsFunc(r.verbs[lemma], func(w wording) bool {
		role := w.pattern.roles[where]
		return len(w.pattern.words) == 1 && (!wordActs[w.action.Type] || w.action.Type == news.TypeSupport && where == "obj" || role != news.Source && role != news.Target)
	})
}

// governments are those of a plural: "the Iraqi and Syrian governments".
func (r *reading) governments(i int) []news.ID {
	d := r.d
	if d.Tokens[i].Lemma != "government" || !strings.HasSuffix(d.Tokens[i].Tag, "S") {
		return nil
	}
	var ids []news.ID
before:
	for k := i - 1; k >= 0 && i-k < 9; k-- {
		m := r.at[k]
		if e, ok := r.g.Called(strings.Join(gazetteer.Words(d.Words(k, i)+" Government"), " ")); ok {
			r.know(e.ID)
			ids = append(ids, e.ID) // Kurdistan Regional
			continue
		}
		switch {
		case m != nil && r.kind(m.entity) == news.State:
			if !slices.Contains(ids, m.entity) {
				ids = append(ids, m.entity)
			}
		case d.Word(k) == "and", d.Word(k) == ",", m != nil, strings.HasPrefix(d.Tokens[k].Tag, "JJ"), strings.HasPrefix(d.Tokens[k].Tag, "NNP"):
		default:
			break before
		}
	}
	slices.Reverse(ids)
	if len(ids) > 0 {
		return ids
	}
	for _, c := range r.child(i, "nmod") {
		// "the governments of Mali and Niger"
		if of := r.child(c, "case"); len(of) == 0 || d.Word(of[0]) != "of" {
			continue
		}
		for _, k := range append([]int{c}, r.child(c, "conj")...) {
			if m := r.at[k]; m != nil && r.kind(m.entity) == news.State && !slices.Contains(ids, m.entity) {
				ids = append(ids, m.entity)
			}
		}
	}
	return ids
}

// arms are those of a plural that two states have: "US and British forces", each a group of its own.
func (r *reading) arms(i int, n gazetteer.Noun) []news.ID {
	d := r.d
	if n.Kind != news.Group || n.Sector != "MIL" && n.Sector != "COP" && n.Sector != "GOV" || !strings.HasSuffix(d.Tokens[i].Tag, "S") || r.at[i] != nil && r.at[i].more == nil {
		return nil
	}
	if m := r.at[i]; m != nil {
		return append([]news.ID{m.entity}, m.more...)
	}
	var ids []news.ID
	for k := i - 1; k >= 0 && i-k < 8; k-- {
		m := r.at[k]
		if m == nil {
			if w := d.Word(k); w == "and" || w == "," || len(ids) == 0 && strings.HasPrefix(d.Tokens[k].Tag, "JJ") {
				continue
			}
			break
		}
		e := r.entities[m.entity]
		if e.Kind != news.State || m.form != news.FormAdjective && !initialsOnly(d.Words(m.first, m.last)) {
			break
		}
		name := strings.TrimPrefix(d.Words(m.first, m.last), "the ") + " " + strings.ToLower(d.Word(i))
		id := news.LocalID(n.Kind, r.story.TextHash, news.Slug(name))
		if _, ok := r.entities[id]; !ok {
			r.entities[id] = news.Entity{ID: id, Kind: n.Kind, Name: name, Country: e.Country, Sector: n.Sector}
		}
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
		k = m.first
	}
	if len(ids) < 2 {
		return nil
	}
	slices.Reverse(ids)
	m := r.mark(i, i+1, ids[0], news.FormNominal, "the arms of several states")
	m.more = ids[1:]
	return ids
}

// armsOf is the plural noun of the arms of several states of which the adjective at token i names one and is not the last: Chadian and Nigerian troops;
// -1 if it names none.
func (r *reading) armsOf(i int) int {
	d := r.d
	if m := r.at[i]; m == nil || m.form == news.FormNominal || m.last >= len(d.Tokens) || d.Word(m.last) != "and" && d.Word(m.last) != "," {
		return -1
	}
	for k := r.at[i].last; k < min(i+8, len(d.Tokens)); k++ {
		switch m := r.at[k]; {
		case strings.HasPrefix(d.Tokens[k].Tag, "NN") && (m == nil || m.form == news.FormNominal):
			if n := r.g.Noun(d.Tokens[k].Lemma); n.Kind != "" && len(r.arms(k, n)) > 1 {
				return k
			}
			return -1
		case m == nil && d.Word(k) != "and" && d.Word(k) != "," && !strings.HasPrefix(d.Tokens[k].Tag, "JJ"):
			return -1
		}
	}
	return -1
}

// people tells that a mention is the plural of a state's adjective: Serbs, Afghans.
func (r *reading) people(m *mention) bool {
	one, plural := strings.CutSuffix(plain(r.d.Words(m.first, m.last)), "s")
	of, _ := r.g.Called(one)
	return plural && of.ID == m.entity
}

// entitled is the person whose name follows the title of several words in which token i stands: Deputy Secretary of State Ruiz.
func (r *reading) entitled(i int) news.ID {
	first, _ := r.titleBefore(i + 1)
	for last := i + 2; first <= i && last < len(r.d.Tokens) && last < i+6; last++ {
		if m := r.at[last]; m != nil && m.first == last && m.form == news.FormName && r.kind(m.entity) == news.Person && r.title(r.lemmas(first, last)) {
			return m.entity
		}
	}
	return ""
}

// folk tells that token i is a noun for people.
func (r *reading) folk(i int) bool {
	return r.g.Noun(r.d.Tokens[i].Lemma).Kind == news.Group || r.d.Tokens[i].Sort == "person"
}

// of tells that a phrase with of hangs on the noun at token i and stands after token at.
func (r *reading) of(i, at int) bool {
	return slices.ContainsFunc(r.child(i, "nmod"), func(c int) bool {
		p := r.child(c, "case")
		return c > at && len(p) > 0 && r.d.Word(p[0]) == "of"
	})
}

// collective are nouns whose singular is several people.
var collective = wordSet("family couple crowd crew team staff public audience delegation population opposition leadership personnel police people gang squad pair duo")

// anyone tells that a phrase brings in somebody new: a missionary, an Israeli officer.
func (r *reading) anyone(i int) bool {
	for _, c := range r.child(i, "det", "nummod", "amod", "compound") {
		switch w := strings.ToLower(r.d.Word(c)); {
		case w == "a", w == "an", w == "one", w == "another", w == "any":
			return true
		case r.at[c] != nil && r.kind(r.at[c].entity) == news.State && r.d.Tokens[c].Relation != "det":
			return true
		}
	}
	return false
}

// bodySectors are nouns that, with a state's name or adjective, name a body of that state (CODING 8), with PLOVER's sectors.
var bodySectors = map[string]string{
	"army": "MIL", "military": "MIL", "navy": "MIL", "airforce": "MIL", "police": "COP", "gendarmerie": "COP", "parliament": "LEG", "senate": "LEG", "legislature": "LEG", "assembly": "LEG", "congress": "LEG",
	"ministry": "GOV", "council": "GOV", "authorities": "GOV", "tribunal": "JUD", "court": "JUD", "judiciary": "JUD", "regime": "GOV", "cabinet": "GOV", "embassy": "GOV", "presidency": "GOV", "treasury": "GOV",
}

// stateBody is a body of a state that is named by its common noun: "the Turkish military", "Chad's defence ministry", "the army of South Sudan". c
// is the state's token.
func (r *reading) stateBody(i, c int, state news.Entity, sector string) news.ID {
	d := r.d
	first := i
	for k := i - 1; k >= 0 && d.Tokens[k].Head == i && r.at[k] == nil && (coarse(d.Tokens[k].Relation) == "compound" || d.Tokens[k].Relation == "amod" && (capital(d.Word(k)) || bodyAdjectives[strings.ToLower(d.Word(k))])); k-- {
		first = k
	}
	for k := first - 1; k > c && k >= r.at[c].last && r.at[k] == nil && capital(d.Word(k)) && d.Tokens[k].Tag != "POS" && r.under(k, i); k-- {
		first = k // Natural Resources Ministry
	}
	adjective := r.adjectiveOf(state)
	if _, ofBodies, ok := r.g.State(state.ISO3); ok {
		adjective = ofBodies
	}
	if m := r.at[c]; m.form == news.FormAdjective && state.Kind != news.State {
		adjective = d.Words(m.first, m.last)
	}
	name := adjective + " " + strings.Join(strings.Fields(strings.ToLower(d.Words(first, i+1))), " ")
	slug := news.Slug(name)
	if slug == "" || len(name) > longestName {
		return ""
	}
	id := news.EntityID(news.Organisation, slug)
	if _, ok := r.entities[id]; !ok {
		r.entities[id] = news.Entity{ID: id, Kind: news.Organisation, Name: name, Country: state.Country, Sector: sector}
	}
	if r.at[i] == nil {
		if m := r.at[c]; m == nil || m.last != first || r.taken(first, i+1) {
			first = i
		}
		r.mark(first, i+1, id, news.FormNominal, "a body of "+state.Name)
	}
	return id
}

// bodyAdjectives tell one body of a state from another of its kind.
var bodyAdjectives = wordSet("military central regional supreme constitutional federal high national foreign naval secret civil criminal administrative electoral interior internal economic agricultural industrial educational")

// quantities are heads of phrases that are about what stands after their of.
var quantities = wordSet(`ten tens hundred hundreds thousand thousands million millions dozen dozens score scores number group crowd series range lot
	majority most some many several couple handful rest part all each half kg kilo kilogram ton tonne barrel litre liter worth bag truckload shipment dollar euro pound yen one two three four five six seven eight nine both`)

func some(id news.ID) []news.ID {
	if id == "" {
		return nil
	}
	return []news.ID{id}
}

// bearer is the person whose title begins with the name of a body or a state: White House adviser Jake Sullivan.
func (r *reading) bearer(m *mention) news.ID {
	if strings.HasPrefix(string(m.entity), "person:") {
		return ""
	}
	d := r.d
	for k := m.last; k < len(d.Tokens) && k < m.last+6; k++ {
		if p := r.at[k]; p != nil && k > m.last && strings.HasPrefix(string(p.entity), "person:") {
			if r.titled(k) {
				return p.entity
			}
			return ""
		}
		if tag := d.Tokens[k].Tag; tag != "NN" && tag != "JJ" && tag != "NNP" && tag != "HYPH" {
			return ""
		}
	}
	return ""
}

// actor is the state for which its capital stands, unless a preposition of place is before it.
func (r *reading) actor(id news.ID, i int) news.ID {
	state, ok := r.g.CapitalOf(id)
	if m := r.at[i]; !ok || m != nil && m.form == news.FormNominal {
		return r.government(id, i) // "the city of Lima" is no state
	}
	if r.g.Entity(state).ISO2 == "BE" && !r.speaksOf(state) {
		state = "organisation:european-union" // unless the story speaks of Belgium, Brussels is that
	}
	for r.d.Tokens[i].Relation == "conj" && r.d.Tokens[i].Head >= 0 {
		i = r.d.Tokens[i].Head // Tokyo and Seoul
	}
	rel := r.d.Tokens[i].Relation
	if !subjectOf(rel) && rel != "nmod:poss" && rel != "obj" && rel != "iobj" && !r.acts(i) {
		return ""
	}
	r.know(state)
	return state
}

// namedAll are the persons whose names stand beside a noun from token c on: all that are joined if the noun at token i is of several, "his rivals Ruiz and Sá".
func (r *reading) namedAll(i, c int) []news.ID {
	ids := []news.ID{r.at[c].entity}
	if r.d.Tokens[i].Tag != "NNS" || r.d.Tokens[c].Relation != "appos" {
		return ids
	}
	for _, k := range r.joined(c) {
		if m := r.at[k]; m != nil && m.form == news.FormName && r.kind(m.entity) == news.Person && !slices.Contains(ids, m.entity) {
			ids = append(ids, m.entity)
		}
	}
	return ids
}

// acts tells that the capital at token i, or what it is joined to, stands after a preposition after which it acts.
func (r *reading) acts(i int) bool {
	for r.d.Tokens[i].Relation == "conj" && r.d.Tokens[i].Head >= 0 {
		i = r.d.Tokens[i].Head
	}
	return slices.ContainsFunc(r.child(i, "case"), func(c int) bool { return acting[strings.ToLower(r.d.Word(c))] })
}

// acting are prepositions after which a capital acts or is dealt with, and is no scene.
var acting = wordSet("by with between")

// owners are the parties whose the thing or the words are that the phrase headed by token i stands for.
func (r *reading) owners(i int, ids []news.ID) []news.ID {
	if !strings.HasPrefix(r.d.Tokens[i].Tag, "NN") || len(ids) > 0 && r.party(ids[0]) || len(ids) > 0 && r.kind(ids[0]) == news.Kind(news.Place) {
		return nil
	}
	if sort := r.d.Tokens[i].Sort; len(ids) == 0 && (sort == "person" || sort == "place" || sort == "time") || len(r.child(i, "nummod")) > 0 && len(ids) == 0 && !craft[r.d.Tokens[i].Lemma] {
		return nil
	}
	return r.belonging(i, ids)
}

// belonging are whose the thing at token i is, by its own words: the camps of rebels, two rebel camps.
func (r *reading) belonging(i int, ids []news.ID) []news.ID {
	var owners []news.ID
	add := func(c int) {
		for _, id := range r.resolve(c) {
			if r.party(id) && !slices.Contains(owners, id) {
				owners = append(owners, id)
			}
		}
	}
	for _, c := range r.child(i, "nmod:poss") {
		add(c)
	}
	if len(ids) > 0 && r.kind(ids[0]) == news.Weapon || craft[r.d.Tokens[i].Lemma] && (len(ids) == 0 || r.kind(ids[0]) == news.Thing) {
		for _, c := range r.child(i, "nmod") {
			if of := r.child(c, "case"); len(of) > 0 && strings.EqualFold(r.d.Word(of[0]), "of") {
				add(c) // jets of the air force
			}
		}
	}
	for _, c := range r.child(i, "amod", "compound") {
		if m := r.at[c]; m != nil && r.party(m.entity) {
			add(c)
			for _, k := range r.child(c, "conj") { // American and British ships
				if o := r.at[k]; o != nil && o.form == m.form && m.form == news.FormAdjective && r.party(o.entity) {
					add(k)
				}
			}
		}
	}
	return owners
}

// craft are vehicles in which those act whose they are.
var craft = wordSet("jet plane aircraft helicopter ship boat vessel gunboat submarine")

// possessor is the state whose the noun at token i is by the possessive right before its first token.
func (r *reading) possessor(i, first int) (news.Entity, bool) {
	k := first - 1
	if k > 0 && r.d.Tokens[k].Tag == "POS" {
		k--
	}
	if w := r.whose(i); w >= 0 && r.at[w] != nil {
		e := r.entities[r.at[w].entity]
		return e, e.Kind == news.State && r.g.Adjective(e.ID) != ""
	}
	if k < 0 || r.at[k] == nil || r.at[k].form == news.FormNominal || r.d.Tokens[k].Relation != "nmod:poss" || r.d.Tokens[k].Head != i {
		return news.Entity{}, false
	}
	e := r.entities[r.at[k].entity]
	return e, e.Kind == news.State && r.g.Adjective(e.ID) != ""
}

// group is a group or a thing of this story, named by its head and of-phrase, with the nationality beside it.
func (r *reading) group(i int, n gazetteer.Noun, country string) news.ID {
	d := r.d
	first, last := i, i+1
	for first > 0 {
		k := first - 1
		m := r.at[k]
		switch {
		case m != nil && m.last == first && m.form != news.FormPronoun && r.d.Tokens[k].Head == i && r.party(m.entity) && d.Tokens[k].Relation != "nmod:poss":
			first = m.first
			continue
		case m == nil && (d.Tokens[k].Head == i || d.Tokens[k].Head == first && k > 0 && d.Word(k-1) != "-") && coarse(d.Tokens[k].Relation) == "compound" && (d.Tokens[k].Tag == "NN" || d.Tokens[k].Tag == "NNP" || strings.EqualFold(d.Word(i), "general")):
			first = k
			continue
		case m == nil && d.Tokens[k].Head == i && strings.HasPrefix(d.Tokens[k].Tag, "JJ") && k > 0 && r.at[k-1] != nil && r.at[k-1].last == k && d.Tokens[k-1].Head == i && r.party(r.at[k-1].entity):
			first = k // U.S. military officials are not Iraq's
			continue
		case m == nil && d.Tokens[k].Head == i && d.Tokens[k].Relation == "amod" && bodyAdjectives[strings.ToLower(d.Word(k))] && bodies[strings.ToLower(d.Tokens[i].Lemma)]:
			first = k // a central bank is not any bank
			continue
		case m != nil && m.last == first && d.Tokens[k].Head == i && coarse(d.Tokens[k].Relation) == "compound" && m.form == news.FormNominal && r.kind(m.entity) == news.Weapon:
			first = m.first // arms makers are not any makers
			continue
		case m == nil && d.Tokens[k].Head == i && r.ofContinent(k) && r.at[k-1] == nil:
			first = k - 1 // Latin American countries are not any countries
			continue
		case m == nil && d.Tokens[k].Head == i && d.Tokens[k].Relation == "amod" && strings.HasPrefix(d.Tokens[k].Tag, "NNP") && strings.HasPrefix(d.Tokens[i].Tag, "NNP"):
			first = k // Social Democrats are not any democrats
			continue
		case m == nil && d.Tokens[k].Head == i && d.Tokens[k].Relation == "amod" && d.Tokens[i].Lemma == "force" && r.ofClass(k, "martial"):
			first = k // the armed forces are not any forces
			continue
		}
		break
	}
	if t, _ := r.titleBefore(i + 1); n.Kind == news.Person && t < first && (t == 0 || r.at[t] == nil) {
		first = t // a foreign minister is not any minister
	}
	if k := first - 1; n.Kind == news.Person && k > 0 && d.Tokens[k].Tag == "POS" && r.at[k-1] != nil && r.kind(r.at[k-1].entity) == news.State {
		first = r.at[k-1].first // Thailand's
	}
	if n.Kind == news.Person {
		first = r.toldApart(i, first)
	}
	for _, c := range r.child(i, "nmod") {
		if p := r.child(c, "case"); c > i && len(p) > 0 && d.Word(p[0]) == "of" && (c == i+2 || c <= i+6 && p[0] == i+1 && r.ofClass(i, "member") && r.namedBody(c)) && !r.chargedOf(i) {
			last = c + 1
			if m := r.at[c]; m != nil && m.first == c {
				last = m.last
			}
		}
	}
	// "families and friends of the victims" are one group.
	if c := r.child(i, "conj"); len(c) == 1 && c[0] == i+2 && d.Tokens[c[0]].Tag != "CD" && last == i+1 && r.folk(c[0]) && n.Kind == news.Group {
		for _, k := range append(r.child(i, "nmod"), r.child(c[0], "nmod")...) {
			if p := r.child(k, "case"); k > c[0] && len(p) > 0 && d.Word(p[0]) == "of" {
				last = k + 1
			}
		}
	} else if h := d.Tokens[i].Head; d.Tokens[i].Relation == "conj" && h == i-2 && (r.of(i, i) || r.of(h, i)) && r.folk(h) && r.at[h] != nil && r.kind(r.at[h].entity) == news.Group {
		return r.at[h].entity
	}
	name := strings.Join(strings.Fields(d.Words(first, last)), " ")
	if state, ok := r.possessor(i, first); ok && n.Kind == news.Group && gazetteer.OfState(n.Sector) {
		name = r.adjectiveOf(state) + " " + name // "Chad's troops", and "its troops" once it is known whose, are Chadian troops
		country = cmp.Or(country, state.ISO3)
	}
	slug := news.Slug(name)
	if slug == "" || len(name) > longestName {
		return ""
	}
	if name == "authority" || name == "state" {
		return ""
	}
	n.Sector = r.sectorBeside(i, n)
	for k := i - 1; k >= first && country == ""; k-- {
		if m := r.at[k]; m != nil && m.form == news.FormAdjective {
			country = r.entities[m.entity].Country // South Korean army officers
		}
	}
	if country == "" || (n.Kind == news.Group || n.Kind == news.Person) && r.at[i] != nil {
		country = cmp.Or(r.belongs(i), country)
	}
	if country == "" {
		country = r.theirs(i)
	}
	if country == "" && r.domestic(i, n) {
		country = r.homeOf(i)
	}
	if country == "" && gazetteer.OfState(n.Sector) && n.Kind != news.Person {
		country = r.only // police, rebels, ministers: where one country is spoken of, they are its own
	}
	id := news.LocalID(n.Kind, r.story.TextHash, slug)
	if of := r.toldBefore(i, name); n.Kind == news.Person && of != "" {
		id = of
	}
	e, ok := r.entities[id]
	if ok && e.Country == "" {
		e.Country = country // what it is of is known by now
	}
	if !ok {
		e = news.Entity{ID: id, Kind: n.Kind, Name: name, Country: country, Sector: n.Sector}
	}
	if e.Count == 0 {
		low, high, about, _ := r.amount(i)
		e.Approximate = about
		if e.Count = low; low == 0 {
			e.Count = high // up to 20
		}
	}
	r.entities[id] = e
	if r.at[i] == nil {
		r.mark(i, i+1, id, news.FormNominal, "a common noun that heads a phrase of its own")
	}
	return id
}

// namedBody tells that the noun at token c is a body, and that a name before it says which: the Gran Grif gang, the M23 group.
func (r *reading) namedBody(c int) bool {
	low := strings.ToLower(r.d.Tokens[c].Lemma)
	return (bodies[low] || collective[low]) && slices.ContainsFunc(r.child(c, "compound", "amod"), func(k int) bool { return strings.HasPrefix(r.d.Tokens[k].Tag, "NNP") })
}

// toldApart is where the phrase for one person that token i heads begins, with the words that tell him from others of his kind, and first where none do:
// a second man, a 41-year-old man of Lugo, a federal judge.
func (r *reading) toldApart(i, first int) int {
	d := r.d
	k := first - 1
	if k < 0 {
		return first
	}
	if m := r.at[k]; m != nil && m.last == first && m.form == news.FormName && r.kind(m.entity) == news.Kind(news.Place) && d.Tokens[k].Head == i && coarse(d.Tokens[k].Relation) == "compound" {
		k = m.first - 1 // a 41-year-old Lugo man
	}
	if k < 0 || r.at[k] != nil || d.Tokens[k].Head != i || d.Tokens[k].Relation != "amod" {
		return first
	}
	low := strings.ToLower(d.Word(k))
	switch {
	case ordinals[low], low == "federal":
		return k
	case low == "old" || strings.HasSuffix(low, "year-old"):
		for k > 0 && (d.Tokens[k-1].Tag == "CD" || d.Word(k-1) == "-" || d.Tokens[k-1].Lemma == "year") && d.Tokens[k-1].End == d.Tokens[k].Start {
			k--
		}
		return k
	}
	return first
}

// ordinals tell one of several from those before.
var ordinals = wordSet("second third fourth fifth sixth")

// toldBefore is the person of this story alone whom a bare noun with "the" at token i means: the last that was told apart from others of that noun.
func (r *reading) toldBefore(i int, noun string) news.ID {
	if !slices.ContainsFunc(r.child(i, "det"), func(c int) bool {
		return strings.EqualFold(r.d.Word(c), "the") || strings.EqualFold(r.d.Word(c), "that")
	}) {
		return ""
	}
	last, id := -1, news.ID("")
	for _, m := range r.mentions {
		if m.last <= i && m.first > last && m.form == news.FormNominal && local(m.entity) && r.kind(m.entity) == news.Person && strings.HasSuffix(r.entities[m.entity].Name, " "+noun) {
			last, id = m.first, m.entity
		}
	}
	return id
}

// sectorBeside is PLOVER's sector of the group or the person that token i heads: that of a noun before it, where the head tells none, or one that any
// office or arm has: police officers, rebel forces, student protesters.
func (r *reading) sectorBeside(i int, n gazetteer.Noun) string {
	if n.Kind != news.Group && n.Kind != news.Person && n.Kind != news.Organisation {
		return n.Sector
	}
	for _, c := range r.child(i, "compound", "amod", "nmod:poss") {
		if c > i || r.at[c] != nil {
			continue
		}
		beside := r.g.Noun(r.d.Tokens[c].Lemma)
		if beside.Kind == news.Group && beside.Sector != "" && (n.Sector == "" || beside.Sector != "GOV" && beside.Sector != "CVL" && anySector[n.Sector]) {
			return beside.Sector
		}
	}
	return n.Sector
}

// anySector are the sectors of heads whose modifier tells better: officials, forces, people.
var anySector = map[string]bool{"GOV": true, "MIL": true, "CVL": true}

// theirs is the country of whose the group headed by token i is, where a pronoun tells: "Bosnian Serbs said their forces left".
func (r *reading) theirs(i int) string {
	for _, c := range r.child(i, "nmod:poss") {
		if !strings.HasPrefix(r.d.Tokens[c].Tag, "PRP") {
			continue
		}
		if m := r.at[c]; m != nil {
			return r.entities[m.entity].Country
		}
	}
	return ""
}

// domestic tells that a group is of where it is met, unless its words say otherwise: police, courts, crowds, students, but no troops, tourists or aid workers.
func (r *reading) domestic(i int, n gazetteer.Noun) bool {
	return n.Kind == news.Group && domesticSectors[n.Sector] && !slices.Contains(r.g.Classes(r.d.Tokens[i].Lemma), "foreigner")
}

// domesticSectors are PLOVER's of people who act where they live.
var domesticSectors = map[string]bool{"COP": true, "JUD": true, "LEG": true, "OPP": true, "CVL": true, "EDU": true, "LAB": true, "AGR": true, "REB": true, "REL": true}

// homeOf is the country of the place where the clause tells that the phrase headed by token i acts or is met, or where its own words put it; empty where
// places of several are told.
func (r *reading) homeOf(i int) string {
	d := r.d
	country, several := "", false
	look := func(h int) {
		for _, c := range r.child(h, "obl", "nmod") {
			p := r.child(c, "case")
			if len(p) == 0 || !r.g.Locates(gazetteer.TellsCountry, d.Word(p[0])) {
				continue
			}
			for k := c; k >= 0; {
				next := -1
				if m := r.at[k]; m != nil && (r.kind(m.entity) == news.State || r.kind(m.entity) == news.Kind(news.Place)) {
					if e := r.entities[m.entity].Country; e != "" && e != "IGO" {
						several = several || country != "" && country != e
						country = e
					}
				} else if in := r.child(k, "nmod", "nmod:poss", "compound", "amod"); len(in) > 0 {
					for _, o := range in {
						if r.at[o] != nil {
							next = o
						}
					}
				}
				k = next
			}
		}
	}
	look(i)
	h := d.Tokens[i].Head
	for n := 0; n < 3 && h >= 0 && country == ""; n++ {
		if strings.HasPrefix(d.Tokens[h].Tag, "VB") {
			look(h)
			for _, o := range r.child(h, "obj") {
				look(o)
			}
			if d.Tokens[h].Relation != "xcomp" && d.Tokens[h].Relation != "conj" {
				break
			}
		}
		h = d.Tokens[h].Head
	}
	if several {
		return ""
	}
	return country
}

// chargedOf tells that the verb of whom token i heads is one whose own "of" follows its object: accused police of murder.
func (r *reading) chargedOf(i int) bool {
	t := r.d.Tokens[i]
	return t.Head >= 0 && t.Head < i && t.Relation == "obj" && ofVerbs[r.d.Tokens[t.Head].Lemma]
}

// ofVerbs take an object and what is said, done or taken of it.
var ofVerbs = wordSet("accuse convict suspect acquit warn inform remind rob strip deprive rid clear notify assure absolve relieve cure advise persuade convince")

// belongs is the country of what the phrase headed by token i says where or whose it is: "the Albanians of southern Serbia".
func (r *reading) belongs(i int) string {
	for _, c := range r.child(i, "amod", "compound", "nmod:poss", "nmod") {
		if m := r.at[c]; m != nil {
			if e := r.entities[m.entity]; e.Country != "" {
				return e.Country
			}
		}
		if inner := r.child(c, "nmod:poss", "amod", "compound"); len(inner) > 0 && c > i {
			if m := r.at[inner[0]]; m != nil && r.entities[m.entity].Country != "" {
				return r.entities[m.entity].Country
			}
		}
	}
	return ""
}
