package extract

import (
	"slices"
	"strings"

	"newsgraph/loader/gazetteer"
	"newsgraph/loader/nlp"
	"newsgraph/news"
)

// topics are the events nearest below a word-act or a common work, where its pattern names none: "condolences to the victims of the attack",
// "worked with them to defeat the rebels".
func (r *reading) topics(t *trigger, at map[int]int, triggers []*trigger) []int {
	for _, c := range r.child(t.token, "obl", "nmod") {
		// "in retaliation for the raid", "the suppression of the unrest"
		answer, of := answering[r.d.Tokens[c].Lemma], r.child(c, "case")
		if k, ok := at[c]; ok && triggers[k].keep && strings.HasPrefix(r.d.Tokens[t.token].Tag, "NN") && len(of) > 0 && r.d.Word(of[0]) == "of" && r.role(t.wording.pattern, "of") != news.Source {
			return []int{k}
		}
		if !answer {
			continue
		}
		for _, n := range r.child(c, "nmod") {
			if k, ok := at[n]; ok && triggers[k].keep && triggers[k] != t {
				return []int{k}
			}
		}
	}
	if !wordActs[t.wording.action.Type] && t.wording.action.Type != news.TypeAid && t.wording.action.Type != news.TypeCooperate {
		return nil
	}
	level := []int{t.token}
	for depth := 0; depth < 4 && len(level) > 0; depth++ {
		var next, found []int
		for _, i := range level {
			for _, c := range r.children[i] {
				switch r.d.Tokens[c].Relation {
				case "nsubj", "nsubj:pass", "conj", "parataxis", "acl:relcl", "csubj", "punct", "obl:agent":
					continue
				}
				if k, ok := at[c]; ok && triggers[k].keep && triggers[k] != t {
					found = append(found, k)
				}
				next = append(next, c)
			}
		}
		if len(found) > 0 {
			return found
		}
		level = next
	}
	return nil
}

// answering are nouns for what is done because of something.
var answering = wordSet("retaliation response revenge reprisal protest reaction exchange return answer anticipation")

// spreadTopics gives word-acts that name no deed what they can only mean: condolences and thanks for help the last harm that the story told, a
// body's resolution the demands and charges that its text makes (CODING 25).
func (r *reading) spreadTopics() {
	slices.SortStableFunc(r.reports, func(a, b news.Report) int { return a.Trigger.Start - b.Trigger.Start })
	for i := range r.reports {
		p := &r.reports[i]
		switch {
		case p.Action == "condole" && len(p.About) == 0:
			for k := i - 1; k >= max(0, i-farBack); k-- {
				if o := r.reports[k]; (o.Type == news.TypeAssault || o.Type == news.TypeDisaster || o.Type == news.TypeAccident) && (o.Modality == news.Asserted || o.Modality == news.Alleged) {
					p.About = []news.About{{Report: o.ID, Type: o.Type, Action: o.Action}}
					break
				}
			}
		case p.Action == "congratulate" && len(p.About) == 0:
			for k := i - 1; k >= max(0, i-farBack); k-- {
				if o := r.reports[k]; (o.Type == news.TypeAgree || o.Type == news.TypeAppoint) && o.Modality == news.Asserted && !o.Background {
					p.About = []news.About{{Report: o.ID, Type: o.Type, Action: o.Action}}
					break
				}
			}
		case p.Type == news.TypeRequest || p.Type == news.TypeAccuse:
			for k := i - 1; k >= max(0, i-farBack); k-- {
				o := &r.reports[k]
				if o.Type == news.TypeAgree && o.Action == "adopt" && slices.Equal(o.Entities(news.Source), p.Entities(news.Source)) && r.sentenceAt(p)-r.sentenceAt(o) < 3 &&
					!slices.ContainsFunc(o.About, func(a news.About) bool { return a.Report == p.ID }) {
					o.About = append(o.About, news.About{Report: p.ID, Type: p.Type, Action: p.Action})
					break
				}
			}
		}
	}
}

// sentenceAt is the number of the sentence in which a report's trigger stands.
func (r *reading) sentenceAt(p *news.Report) int {
	k, _ := slices.BinarySearchFunc(r.d.Sentences, p.Trigger.Start, func(s nlp.Sentence, at int) int {
		if r.d.Tokens[s.Last-1].End <= at {
			return -1
		}
		return 1
	})
	return k
}

// borrow finds the target of an event that names none where its pattern looks: the doer of the deed that it judges, asks for or backs; whom the
// deed that it promises or threatens is done to; or the party that stands deeper, beside its object or its complement ("cancelled a visit to
// Chad", "rejected the Chadian plan").
func (r *reading) borrow(t *trigger, triggers []*trigger) {
	if len(t.report.Entities(news.Source)) == 0 && wordActs[t.report.Type] && strings.HasPrefix(r.d.Tokens[t.token].Tag, "VB") && r.nobody(t.token) && len(t.said) > 0 {
		// "the time has come to condemn them", said Ruiz: it is he who does.
		t.report.Participants = append(t.report.Participants, news.Participant{Role: news.Source, Entity: t.said[0].id, Span: t.report.Trigger})
		t.said = t.said[1:]
		sortRoles(t.report.Participants)
	}
	if len(t.report.Entities(news.Target)) > 0 || t.wording.action.Name == "" {
		return
	}
	role := news.Source // of the deed
	switch t.report.Type {
	case news.TypeAccuse, news.TypeReject, news.TypeSupport, news.TypeRequest, news.TypeProtest:
	case news.TypeDisaster, news.TypeAccident, news.TypeStatement, news.TypeAppoint, news.TypeTest, news.TypeVisit:
		return
	case news.TypeAgree:
		if t.report.Action == "adopt" {
			return // whom a law is about is no party to it
		}
		role = news.Target
	default:
		role = news.Target
	}
	sources := t.report.Entities(news.Source)
	if len(sources) == 0 || r.pos(t.token) == "V" && r.judges(t.token) && slices.ContainsFunc(r.child(t.token, "obj"), r.somebody) {
		return
	}
	foes := map[news.ID]bool{} // of those who work together
	for _, k := range t.about {
		if e := triggers[k]; e.keep && e.wording.action.Quad == 4 && t.wording.action.Quad == 2 {
			for _, id := range e.report.Entities(news.Target) {
				foes[id] = true
			}
		}
	}
	add := func(id news.ID, at news.Span) {
		if k := r.tokenAt(at); k >= 0 && k != t.token && (r.cited(k) || r.atMeeting(t, k, triggers) || r.conveyed(t, k) || r.nextObject(t, k) || r.agentBelow(t, k) || r.inRelative(t, k, string(news.Target)) && wordActs[t.report.Type]) {
			return
		}
		if id != "" && !foes[id] && r.party(id) && !(t.report.Type == news.TypeThreaten && r.inflicts(t, id, triggers)) && !slices.Contains(sources, id) && !slices.Contains(t.report.Entities(news.Target), id) && !slices.Contains(t.report.Entities(news.Place), id) {
			t.report.Participants = append(t.report.Participants, news.Participant{Role: news.Target, Entity: id, Span: at})
		}
	}
	for _, k := range t.about {
		if e := triggers[k]; e.keep {
			for _, p := range e.report.Participants {
				if p.Role == role {
					add(p.Entity, p.Span)
				}
			}
		}
	}
	if role == news.Source && len(t.report.Entities(news.Target)) == 0 {
		for _, k := range t.about {
			if e := triggers[k]; e.keep && e.report.Type == news.TypeRequest {
				for _, id := range e.report.Entities(news.Target) {
					add(id, t.report.Trigger) // "marched to demand reforms of the government"
				}
			}
		}
	}
	for _, look := range []func() []int{
		func() []int { return r.pressed(t) },
		func() []int { return r.lenders(t, role) },
		func() []int { return r.lenders(t, news.Target) },
		func() []int {
			return slices.DeleteFunc(r.beside(t.token, 0), func(c int) bool {
				p := r.child(c, "case") // whom something is asked for is not asked
				return t.report.Type == news.TypeRequest && len(p) > 0 && strings.EqualFold(r.d.Word(p[0]), "for")
			})
		},
	} {
		if len(t.report.Entities(news.Target)) > 0 {
			break
		}
		for _, c := range look() {
			ids := r.resolve(c)
			if len(ids) == 0 || !r.party(ids[0]) {
				ids = r.owners(c, ids)
			}
			for _, id := range ids {
				add(id, r.span(c, c+1))
			}
		}
	}
	sortRoles(t.report.Participants)
}

// somebody tells that the noun at token o is for somebody, whom nothing may know: the West, his critics.
func (r *reading) somebody(o int) bool {
	t := r.d.Tokens[o]
	return capital(r.d.Word(o)) || t.Sort == "person" || t.Sort == "organization"
}

// pressed are the subjects of the if and unless of a threat: "unless Chad leaves".
func (r *reading) pressed(t *trigger) []int {
	if t.report.Type != news.TypeThreaten {
		return nil
	}
	var found []int
	d := r.d
	s := d.Sentences[r.sentenceOf[t.token]]
	for i := s.First; i < s.Last; i++ {
		w := strings.ToLower(r.d.Word(i))
		if h := r.d.Tokens[i].Head; (w == "if" || w == "unless") && r.d.Tokens[i].Relation == "mark" && h >= 0 && r.under(i, t.token) {
			found = append(found, slices.DeleteFunc(r.subjects(h, 0), func(k int) bool {
				return d.Tokens[k].Relation == "nsubj:pass" && d.Tokens[k].Head == h // who would be attacked is not pressed
			})...)
		}
	}
	return found
}

// lenders are the tokens of a word-act's complement or object that say who does, or suffers, what it is about.
func (r *reading) lenders(t *trigger, role news.Role) []int {
	d := r.d
	var found []int
	for where, args := range t.args {
		if kind := r.role(t.wording.pattern, where); kind != news.RoleAbout && kind != news.Target && where != "comp" && where != "obj" {
			continue
		}
		for _, a := range args {
			k := a.token
			switch {
			case strings.HasPrefix(d.Tokens[k].Tag, "VB") && role == news.Source:
				found = append(found, r.child(k, "nsubj", "nsubj:pass")...)
			case strings.HasPrefix(d.Tokens[k].Tag, "VB"):
				if found = append(found, r.child(k, "iobj")...); !conveying[d.Tokens[k].Lemma] {
					found = append(found, r.child(k, "obj")...)
				}
				found = append(found, r.beside(k, 0)...)
			case strings.HasPrefix(d.Tokens[k].Tag, "NN") && (a.entity == "" || !r.party(a.entity)):
				found = append(found, r.child(k, "nmod:poss")...)
				for _, c := range r.child(k, "amod", "compound") {
					if m := r.at[c]; m != nil && m.last == c+1 {
						found = append(found, c)
					}
				}
				for _, v := range r.child(k, "acl", "acl:relcl") {
					for _, c := range r.child(v, "obl", "obl:agent") {
						if p := r.child(c, "case"); len(p) > 0 && d.Word(p[0]) == "by" {
							found = append(found, c) // "the steps that were taken by Ruiz"
						}
					}
				}
				for _, c := range r.child(k, "nmod") {
					if p := r.child(c, "case"); len(p) > 0 {
						if w := strings.ToLower(d.Word(p[0])); w == "by" || w == "of" || w == "from" || role == news.Target && benefits[w] {
							found = append(found, c)
						}
					}
				}
			}
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// conveying are verbs whose object goes to somebody, and is not who is dealt with: "promised to send observers".
var conveying = wordSet("send dispatch deploy provide give deliver supply transfer bring return hire train use")

// conveyed tells that what stands at token i is what the complement of the word that trigger t is sends or gives: "promised to send observers to Chad".
func (r *reading) conveyed(t *trigger, i int) bool {
	v := r.d.Tokens[i].Head
	return wordActs[t.report.Type] && v >= 0 && v != t.token && conveying[r.d.Tokens[v].Lemma] && coarse(r.d.Tokens[i].Relation) == "obj" && r.under(v, t.token) && !r.nameAt(i)
}

// beside are the phrases under token i, or under its objects, that stand after a preposition which may name whom something is done to.
func (r *reading) beside(i, depth int) []int {
	var found []int
	for _, c := range r.child(i, "obl", "nmod") {
		if p := r.child(c, "case"); len(p) > 0 && benefits[strings.ToLower(r.d.Word(p[0]))] {
			found = append(found, c)
		}
	}
	if len(found) == 0 && depth < 2 {
		for _, c := range r.child(i, "obj", "obl", "nmod", "advcl", "xcomp") {
			found = append(found, r.beside(c, depth+1)...)
		}
	}
	return found
}

var benefits = wordSet("to for against with from on upon toward towards")

func (r *reading) role(p pattern, where string) news.Role {
	if role, ok := p.roles[where]; ok {
		return role
	}
	switch {
	case where == "comp":
		return news.RoleAbout // what it is done for
	case r.g.Locates(gazetteer.TellsArgument, where):
		return news.Place
	}
	return ""
}

// places adds where it was: what contains a place that is joined to it ("in Lugo, Spain"), what a phrase is of ("the Karrada district of Baghdad"),
// and for a noun the place of its verb ("the attack took place in Lugo").
func (r *reading) places(p *news.Report, t *trigger) {
	d := r.d
	add := func(k int) bool {
		m := r.at[k]
		if m == nil || r.kind(m.entity) != news.Kind(news.Place) && r.kind(m.entity) != news.State || local(m.entity) {
			return false
		}
		if !slices.ContainsFunc(p.Participants, func(o news.Participant) bool { return o.Entity == m.entity }) {
			p.Participants = append(p.Participants, news.Participant{Role: news.Place, Entity: m.entity, Span: r.span(m.first, m.last)})
		}
		return true
	}
	located := func(i int) {
		for _, c := range r.child(i, "obl", "nmod") {
			of := r.child(c, "case")
			if len(of) == 0 {
				continue
			}
			if !r.g.Locates(gazetteer.TellsSite, d.Word(of[0])) {
				continue
			}
			if !add(c) && d.Tokens[c].Sort == "place" {
				for _, k := range r.child(c, "nmod", "compound", "appos", "nmod:poss", "amod") {
					add(k)
				}
			}
		}
	}
	had := len(p.Entities(news.Place)) > 0
	located(t.token)
	for _, c := range r.child(t.token, "obj") {
		if at := d.Tokens[c]; strings.HasPrefix(d.Tokens[t.token].Tag, "VB") && at.Sort != "person" {
			located(c)
		}
	}
	s := d.Sentences[r.sentenceOf[t.token]]
	if !had && len(p.Entities(news.Place)) == 0 && d.Word(s.First) == "In" && s.First+1 < s.Last && r.main(t.token) {
		add(s.First + 1) // "In Chad he met", where the tree hangs it on the name that follows
	}
	if h := d.Tokens[t.token].Head; !had && len(p.Entities(news.Place)) == 0 && h >= 0 && strings.HasPrefix(d.Tokens[t.token].Tag, "NN") && strings.HasPrefix(d.Tokens[h].Tag, "VB") &&
		(subjectOf(d.Tokens[t.token].Relation) || r.predicate("light", d.Tokens[h].Lemma)) {
		located(h)
	}
	// Containers.
	for n := 0; n < len(p.Participants); n++ {
		if p.Participants[n].Role != news.Place {
			continue
		}
		for k := s.First; k < s.Last; k++ {
			m := r.at[k]
			if m == nil || r.index.Span(d.Tokens[m.first].Start, d.Tokens[m.last-1].End) != p.Participants[n].Span {
				continue
			}
			h := r.head(m)
			for _, c := range r.child(h, "appos", "nmod", "flat", "list", "parataxis", "dep", "conj") {
				if c >= m.last && c <= m.last+2 && (d.Word(m.last) == "," || c == m.last) {
					add(c)
				}
			}
			if m.last+1 < len(d.Tokens) && d.Word(m.last) == "," {
				if o := r.at[m.last+1]; o != nil && r.kind(o.entity) == news.State && r.entities[m.entity].Country == r.entities[o.entity].Country {
					add(m.last + 1)
				}
			}
			break
		}
	}
}

// count is how many the phrase headed by token i tells of: by the number that stands in it, or as which it stands ("killing 107", "dozens of pupils").
func (r *reading) count(i int, of string) (news.Count, bool) {
	low, high, about, text := r.amount(i)
	if text == "" {
		return news.Count{}, false
	}
	return news.Count{Of: of, Low: low, High: high, Approximate: about, Text: text}, true
}

// amount is the number of the phrase headed by token i, with its words; they are empty if it tells none.
func (r *reading) amount(i int) (low, high int, about bool, text string) {
	d := r.d
	at := []int{}
	if t := d.Tokens[i]; t.Tag == "CD" || quantities[t.Lemma] {
		at = append(at, i)
	}
	at = append(at, r.child(i, "nummod")...)
	if h := d.Tokens[i].Head; h >= 0 && coarse(d.Tokens[i].Relation) == "nmod" && quantities[d.Tokens[h].Lemma] {
		at = append(at, h)
	}
	s := d.Sentences[r.sentenceOf[i]]
	first := s.First
	for _, c := range at {
		if slices.ContainsFunc(r.timesIn(s), func(w timeAt) bool { return w.first <= c && c < w.last }) {
			continue
		}
		last := max(i, c) + 1
		for last+1 < s.Last && strings.EqualFold(d.Word(last), "of") && quantities[d.Tokens[last+1].Lemma] {
			last += 2 // tens of thousands
		}
		words := make([]string, 0, 12)
		for k := max(first, c-7); k <= c; k++ {
			words = words[:0]
			for n := k; n < last; n++ {
				words = append(words, d.Word(n))
			}
			low, high, about, used := nlp.Number(words)
			if used > 0 && k+used > c && (low > 0 || high > 0) {
				return low, high, about, d.Words(k, k+used)
			}
		}
	}
	return 0, 0, false, ""
}

// sortRoles puts participants in the order of the roles; within one role they stay as they were.
func sortRoles(ps []news.Participant) {
	order := []news.Role{news.Source, news.Target, news.Instrument, news.Place}
	slices.SortStableFunc(ps, func(a, b news.Participant) int {
		return slices.Index(order, a.Role) - slices.Index(order, b.Role)
	})
}

// local tells that an entity belongs to its story alone.
func local(id news.ID) bool { return id.Local() }
