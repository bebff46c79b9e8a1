package extract

import (
	"slices"
	"strings"

	"newsgraph/news"
)

var (
	// headNouns are offices that no list of titles has to have, where a phrase tells of what.
	headNouns = wordSet("head chief leader boss director chairman chairwoman chairperson chair deputy representative delegate envoy consul emissary commissioner prefect warden principal editor founder")
	// noOffice are determiners of whom a phrase does not speak.
	noOffice = wordSet("no any every each what which whatever another either neither")
	// comingOffice are adjectives that, without an article that points, speak of whoever comes.
	comingOffice = wordSet("new next future first permanent good possible potential")
	// stateOffices are held in a constituent state where a state of the world has its name: Georgia's governor (CODING 50).
	stateOffices = wordSet("governor senator sheriff congressman congresswoman")
)

// addressing are words before a name that tell of no office.
var addressing = wordSet("Mr Mrs Ms Miss Dr Sir Lord Lady Prof Rev Hon Mme")

// held is an office that the story told of, by whom it is held.
type held struct {
	title string // in lower case: foreign minister
	owner news.ID
	of    string // what it is of, where that is no entity
	id    news.ID
	token int
}

// owner is of what an office is.
type owner struct {
	id      news.ID // empty if its words name no entity
	words   string
	country string
	wording string // the words from the preposition on, where one tells it: for the Taliban
}

// officer marks the holder of an office whom token i names by the title alone: a person of the story (CODING 40). What was told of the same office
// before is of the same person, and a title beside a name is of who bears it.
func (r *reading) officer(i int) {
	d := r.d
	t := d.Tokens[i]
	if r.at[i] != nil || !strings.HasPrefix(t.Tag, "NN") || r.blocked[i] {
		return
	}
	first, title := r.titleBefore(i + 1)
	low := strings.ToLower(t.Lemma)
	if title == "" && headNouns[low] {
		first, title = i, low
	}
	if title == "" || r.taken(first, i+1) || addressing[strings.TrimSuffix(d.Word(i), ".")] || honorifics[d.Word(i)] && !r.g.Title(low) {
		return
	}
	title = strings.ReplaceAll(title, " - ", "-")
	if p := r.named(first, i); p != "" {
		r.mark(i, i+1, p, news.FormNominal, "a title beside the name")
		r.titleBeside[i] = true
		r.tell(title, p, i)
		return
	}
	if t.Head > i && (t.Relation == "compound" || t.Relation == "amod" || t.Relation == "nmod:desc") || t.Relation == "flat" || t.Relation == "xcomp" || len(r.child(i, "cop")) > 0 || i+1 < len(d.Tokens) && d.Word(i+1) == "-" {
		return
	}
	if strings.HasSuffix(t.Tag, "S") {
		r.officers(first, i, title)
		return
	}
	if r.predicative(i) {
		return
	}
	article, coming := "", false
	for _, c := range r.child(i, "det", "amod", "case") {
		w := strings.ToLower(d.Word(c))
		switch {
		case d.Tokens[c].Relation == "det":
			article = w
		case w == "as" && d.Tokens[c].Relation == "case":
			return
		case comingOffice[w]:
			coming = true
		}
	}
	if noOffice[article] || coming && article != "the" && article != "this" {
		return
	}
	owners := r.ownersOf(first, i)
	if len(owners) == 0 {
		// Compounds in lower case tell which: the police chief, the opposition leader.
		for first > 0 && d.Tokens[first-1].Head == i && coarse(d.Tokens[first-1].Relation) == "compound" && r.at[first-1] == nil && d.Tokens[first-1].Tag == "NN" {
			first--
			title = strings.ToLower(d.Words(first, i+1))
		}
	}
	switch {
	case len(owners) == 0 && (article == "the" || article == "that" || article == "this" || article == "" && capital(d.Word(i)) && t.Tag == "NNP"):
		if id, sure := r.holder(title, i); id != "" {
			r.mark(i, i+1, id, news.FormNominal, "the last of whom the story tells that office")
			r.tell(title, id, i)
			return
		} else if c, why, ok := r.person(i, low); ok {
			r.mark(i, i+1, c.ids[0], news.FormNominal, why)
			return
		} else if !sure || headNouns[title] {
			r.leave(i, "not linked: two before it hold such an office, or none")
			return
		}
	case len(owners) == 0 && (article == "" || headNouns[title]):
		return
	}
	var of owner
	if len(owners) > 0 {
		of = owners[0]
	} else if k := r.toldApart(i, first); k < first {
		title = strings.ToLower(d.Words(k, i+1)) // a federal judge
	}
	r.hold(first, i, title, of, low)
}

// predicative tells that a title without an article says what somebody becomes, seeks or is called, and names nobody: "for president", "named her
// minister".
func (r *reading) predicative(i int) bool {
	d := r.d
	first, _ := r.titleBefore(i + 1)
	if slices.ContainsFunc(r.child(i, "det", "nmod:poss", "amod"), func(c int) bool { return c < first || c > i }) {
		return false
	}
	for _, c := range r.child(i, "case") {
		if w := strings.ToLower(d.Word(c)); w == "for" || w == "as" || w == "to" {
			return true
		}
	}
	h := d.Tokens[i].Head
	if h >= 0 && becoming[d.Tokens[h].Lemma] && slices.ContainsFunc(r.child(h, "obj", "iobj", "nsubj:pass"), func(c int) bool { return c < i }) {
		return true // appointed him Foreign Secretary, whatever the tree makes of it
	}
	return h >= 0 && becoming[d.Tokens[h].Lemma] && (d.Tokens[i].Relation == "obj" || d.Tokens[i].Relation == "xcomp") && i > h
}

// hold marks who holds an office of something, the same as told before of it.
func (r *reading) hold(first, i int, title string, of owner, low string) news.ID {
	apart := slices.ContainsFunc(r.child(i, "amod", "compound", "advmod", "det"), func(c int) bool { return notNow[strings.ToLower(r.d.Word(c))] })
	id := r.held(title, of, low, !apart)
	if id == "" {
		return ""
	}
	if r.at[i] == nil {
		r.mark(first, i+1, id, news.FormNominal, "an office whose holder no name tells")
	}
	r.offices = append(r.offices, held{title, of.id, of.words, id, i})
	return id
}

// inOffice is the only person whom the story names and who by the gazetteer held an office of a body when the story was published: Emmanuel Macron is the French president, and
// the French leader, without being told so.
func (r *reading) inOffice(title string, of news.ID) news.ID {
	var only news.ID
	for _, m := range r.mentions {
		if of == "" || m.form != news.FormName || m.entity == only || r.kind(m.entity) != news.Person {
			continue
		}
		if slices.ContainsFunc(r.g.Offices(m.entity, of, r.story.Published), func(held string) bool {
			return held == title || title == "leader" && heads[held]
		}) {
			if only != "" {
				return ""
			}
			only = m.entity
		}
	}
	return only
}

// notNow are words by which an office is not that of its holder of now.
var notNow = wordSet("a an another former ex late then previous next future incoming new opposition")

// held is who holds an office of something: whom the story named with it, or a person of the story alone. Who holds it now may be whom the gazetteer tells.
func (r *reading) held(title string, of owner, low string, now bool) news.ID {
	for _, o := range slices.Backward(r.offices) {
		if o.title == title && o.owner == of.id && (of.id != "" || o.of == of.words) || of.id == "" && of.words == "" && o.of != "" && title == o.of+" "+o.title {
			return o.id
		}
	}
	if of.id != "" {
		for _, m := range r.mentions {
			if m.form == news.FormName && r.kind(m.entity) == news.Person && strings.ReplaceAll(r.titleOf[m.entity], " - ", "-") == title && (r.bodyOf[m.entity] == of.id || r.bodyOf[m.entity] == "" && r.entities[m.entity].Country == of.country && of.country != "") {
				return m.entity
			}
		}
	}
	if now {
		if id := r.inOffice(title, of.id); id != "" {
			return id
		}
	}
	if title == "leader" && of.id != "" && r.kind(of.id) == news.State {
		if id := r.ledBy(of); id != "" {
			return id
		}
	}
	name := title
	former, rest := "", title
	if cut, ok := strings.CutPrefix(title, "former "); ok {
		former, rest = "former ", cut
	}
	switch e := r.entities[of.id]; {
	case of.id != "" && e.Kind == news.State && of.country == e.ISO3:
		name = former + r.adjectiveOf(e) + " " + rest
	case of.wording != "" && e.Kind == news.Organisation && len(of.wording) < longestName/2:
		name = title + " " + of.wording
	case of.id != "" && e.Kind == news.Organisation && initialsOnly(e.Name):
		name = e.Name + " " + title
	case of.id != "":
		name = title + " of " + e.Name
	case of.words != "":
		name = title + " of " + of.words
	}
	slug := news.Slug(name)
	if slug == "" || len(name) > longestName {
		return ""
	}
	id := news.LocalID(news.Person, r.story.TextHash, slug)
	if _, ok := r.entities[id]; !ok {
		r.entities[id] = news.Entity{ID: id, Kind: news.Person, Name: name, Country: of.country, Sector: r.g.Sector(title, r.entities[of.id])}
		switch last := title[strings.LastIndexAny(title, " -")+1:]; {
		case strings.HasSuffix(last, "woman") || last == "queen" || last == "princess" || last == "duchess" || last == "empress" || title == "first lady":
			r.genders[id] = "f"
		case strings.HasSuffix(last, "man") || last == "king" || last == "prince" || last == "emperor" || last == "pope" || last == "archbishop" || last == "cardinal":
			r.genders[id] = "m"
		}
	}
	return id
}

// tell keeps that a person whom the story names holds an office, for "the minister" after it.
func (r *reading) tell(title string, id news.ID, i int) {
	r.offices = append(r.offices, held{title: title, owner: r.bodyOf[id], id: id, token: i})
}

// officers marks the holders of one office in several states: the Greek and Turkish defence ministers, the presidents of Chad and Niger.
func (r *reading) officers(first, i int, title string) {
	d := r.d
	var states []news.ID
	add := func(c int) {
		if m := r.at[c]; m != nil && r.kind(m.entity) == news.State && !slices.Contains(states, m.entity) {
			states = append(states, m.entity)
		}
	}
	for k := first - 1; k >= 0 && first-k < 10; k-- {
		if m := r.at[k]; m != nil && (m.form == news.FormAdjective || d.Tokens[k].Tag == "NNP" || d.Tokens[k].Tag == "POS") {
			add(k)
			continue
		}
		if w := d.Word(k); w != "," && w != "and" && d.Tokens[k].Tag != "POS" {
			break
		}
	}
	slices.Reverse(states)
	if len(states) == 0 {
		for _, c := range r.child(i, "nmod") {
			if of := r.child(c, "case"); c > i && len(of) > 0 && d.Word(of[0]) == "of" {
				add(c)
				for _, k := range r.child(c, "conj") {
					add(k)
				}
			}
		}
	}
	if len(states) < 2 {
		return
	}
	var ids []news.ID
	for _, s := range states {
		if id := r.held(title, owner{id: s, country: r.entities[s].ISO3}, strings.ToLower(d.Tokens[i].Lemma), true); id != "" {
			ids = append(ids, id)
			r.offices = append(r.offices, held{title, s, "", id, i})
		}
	}
	if len(ids) > 1 {
		m := r.mark(first, i+1, ids[0], news.FormNominal, "the holders of one office in several states")
		m.more = ids[1:]
	}
}

// anothersTitle tells that the name at token k has a title of its own, with which it stands after a preposition that follows the title at token i: an adviser to
// President Ana Ruiz is not she.
func (r *reading) anothersTitle(i, k int) bool {
	first, title := r.titleBefore(k)
	if title == "" || first <= i {
		return false
	}
	first--
	for first > i && (strings.HasPrefix(r.d.Tokens[first].Tag, "JJ") || r.d.Tokens[first].Tag == "DT" || r.at[first] != nil && r.at[first].form == news.FormAdjective) {
		first--
	}
	return r.d.Tokens[first].Tag == "IN" || r.d.Tokens[first].Tag == "TO"
}

// named is the person whose name stands beside the title of tokens first to i: right after it, after what it is of, or before it and a comma.
func (r *reading) named(first, i int) news.ID {
	d := r.d
	person := func(k int) news.ID {
		if k < 0 || k >= len(d.Tokens) || r.at[k] == nil || r.at[k].form != news.FormName || r.kind(r.at[k].entity) != news.Person {
			return ""
		}
		return r.at[k].entity
	}
	s := d.Sentences[r.sentenceOf[i]]
	// Beyond the title's own later words and what it is of: the minister for Asia, Ana Ruiz.
	last := i + 1
	for last < s.Last && last < i+8 && r.under(last, i) && d.Word(last) != "," && person(last) == "" && (!strings.HasPrefix(d.Tokens[last].Tag, "VB") || d.Tokens[last].Relation == "amod") && d.Tokens[last].Tag != "WP" {
		last++
	}
	if last < s.Last && r.at[last] != nil && r.at[last].first == last && person(last) != "" && d.Tokens[last-1].Tag != "IN" && d.Tokens[last-1].Tag != "TO" && d.Tokens[last-1].Tag != "CC" && !r.anothersTitle(i, last) {
		return person(last) // the president of Peru Ana Ruiz, but not the president and Ana Ruiz
	}
	if p := r.entitled(i); p != "" {
		return p
	}
	if h := d.Tokens[i].Head; d.Tokens[i].Relation == "conj" && h >= 0 && h < i && r.at[h] != nil && r.at[h].form == news.FormNominal && r.titleBeside[h] {
		return r.at[h].entity // mayor of Lugo and member of parliament, of one person
	}
	for _, k := range []int{i + 1, last} {
		if k+1 < s.Last && d.Word(k) == "," {
			n := k + 1
			if m := r.at[n]; m != nil && m.form == news.FormAdjective {
				n = m.last // Peruvian lawmaker Ana Ruiz
			}
			for n < min(k+5, s.Last) && (r.at[n] == nil || r.at[n].form == news.FormNominal) && (r.g.Title(strings.ToLower(d.Word(n))) || honorifics[d.Word(n)]) {
				n++ // the head of the council, General Ana Ruiz
			}
			if p := person(n); p != "" && r.at[n].first == n {
				if end := r.at[n].last; end < s.Last && (d.Word(end) == "," || d.Word(end) == "." || d.Tokens[end].Tag == "-RRB-" || k == i+1 && strings.HasPrefix(d.Tokens[end].Tag, "VB")) {
					return p
				}
			}
		}
	}
	for _, c := range r.child(i, "appos", "flat") {
		if p := person(c); p != "" {
			return p
		}
	}
	// Ana Ruiz, Peru's foreign minister, and Ana Ruiz, mayor of Lugo.
	for k := first - 1; k > s.First && k > first-9; k-- {
		if d.Word(k) == "," {
			if p := person(k - 1); p != "" && (d.Tokens[i].Relation == "appos" || r.under(i, r.head(r.at[k-1]))) {
				return p
			}
			break
		}
		if strings.HasPrefix(d.Tokens[k].Tag, "VB") || person(k) != "" {
			break
		}
	}
	return ""
}

// ownersOf is what the office named by tokens first to i is of: a state's adjective or name, a possessor, or what stands after of, for, to and in.
func (r *reading) ownersOf(first, i int) []owner {
	d := r.d
	local := stateOffices[strings.ToLower(d.Tokens[i].Lemma)]
	of := func(k int) (owner, bool) {
		m := r.at[k]
		if m == nil || m.form == news.FormPronoun || r.kind(m.entity) == news.Person {
			return owner{}, false
		}
		e := r.entities[m.entity]
		o := owner{id: m.entity, words: e.Name, country: e.Country}
		if s, ok := r.g.CapitalOf(m.entity); ok && !slices.Contains(cityOffices, strings.ToLower(r.lemmas(first, i+1))) && d.Tokens[k].Relation == "nmod:poss" {
			r.know(s)
			o = owner{id: s, words: r.entities[s].Name, country: r.entities[s].ISO3}
		}
		if local && e.ISO2 == "GE" {
			o = owner{words: e.Name, country: "USA"}
		}
		return o, true
	}
	var all []owner
	for _, c := range r.child(i, "nmod:poss", "amod", "compound", "nmod") {
		if c > i {
			p := r.child(c, "case")
			if len(p) == 0 || d.Tokens[c].Relation != "nmod" {
				continue
			}
			switch w := d.Word(p[0]); {
			case w != "of" && w != "for" && w != "at" && w != "in":
				continue
			}
			if o, ok := of(c); ok {
				if w := d.Word(p[0]); w == "in" || w == "at" {
					o = owner{country: o.country} // a judge in Lima is not Lima's
				}
				if m := r.at[c]; m != nil && d.Word(p[0]) == "for" && m.last > c {
					o.wording = strings.Join(strings.Fields(d.Words(p[0], m.last)), " ")
				}
				if d.Word(p[0]) == "of" || len(all) == 0 {
					all = append(all, o)
				}
				continue
			}
			if d.Word(p[0]) != "of" && d.Word(p[0]) != "for" || r.at[c] != nil || !strings.HasPrefix(d.Tokens[c].Tag, "NN") || strings.HasSuffix(d.Tokens[c].Tag, "S") && d.Tokens[c].Tag != "NNS" {
				continue
			}
			from := c
			country := ""
			for k := c - 1; k > p[0] && d.Tokens[k].Head == c; k-- {
				if d.Tokens[k].Relation == "det" || d.Tokens[k].Relation == "nummod" || d.Tokens[k].Tag == "POS" {
					break
				}
				from = k
				if m := r.at[k]; m != nil && country == "" {
					country = r.entities[m.entity].Country
				}
			}
			sort := d.Tokens[c].Sort
			switch {
			case d.Word(p[0]) == "for" && country != "":
				all = append(all, owner{country: country})
			case d.Word(p[0]) == "of" && (sort == "organization" || sort == "place" || sort == "person" || headNouns[strings.ToLower(d.Tokens[i].Lemma)] && sort != "abstract" || country != "" || bodies[d.Tokens[c].Lemma] || collective[d.Tokens[c].Lemma] || r.g.Noun(d.Tokens[c].Lemma).Kind == news.Group):
				all = append(all, owner{words: strings.Join(strings.Fields(d.Words(from, c+1)), " "), country: country})
			}
			continue
		}
		if o, ok := of(c); ok {
			all = append([]owner{o}, all...)
		}
	}
	if k := r.whose(i); k >= 0 && len(all) == 0 {
		if o, ok := of(k); ok {
			all = append(all, o)
		} else if t := d.Tokens[k]; r.at[k] == nil && t.Tag == "NN" && (t.Sort == "organization" || bodies[t.Lemma] || collective[t.Lemma]) {
			all = append(all, owner{words: d.Word(k)})
		}
	}
	if k := first - 1; len(all) == 0 && k > 0 && (d.Tokens[k].Tag == "POS" || r.at[k] != nil && (r.at[k].form != news.FormName && r.at[k].form != news.FormNominal || strings.HasPrefix(d.Tokens[i].Tag, "NNP") && d.Tokens[k].Tag == "NNP")) {
		if d.Tokens[k].Tag == "POS" {
			k--
		}
		if o, ok := of(k); ok {
			all = append(all, o)
		}
	}
	return all
}

// whose is the token of him whose the noun at token i is by a relative clause: Chad in "Chad, whose president left"; -1 if it is nobody's.
func (r *reading) whose(i int) int {
	d := r.d
	if !slices.ContainsFunc(r.child(i, "nmod:poss"), func(c int) bool { return strings.EqualFold(d.Word(c), "whose") }) {
		return -1
	}
	for k, n := i, 0; k >= 0 && n < 6; k, n = d.Tokens[k].Head, n+1 {
		if h := d.Tokens[k].Head; d.Tokens[k].Relation == "acl:relcl" && h >= 0 && h < i {
			return h
		}
	}
	return -1
}

// holder is whom the title alone means: the last holder of that office, or of one whose last word it is. Two of one sentence are none; sure is false
// then.
func (r *reading) holder(title string, i int) (id news.ID, sure bool) {
	at := -1
	for _, o := range slices.Backward(r.offices) {
		if o.token >= i || o.title != title && !strings.HasSuffix(o.title, " "+title) && !strings.HasSuffix(o.title, "-"+title) || lower(o.title, title) {
			continue
		}
		s := r.sentenceOf[o.token]
		switch {
		case id == "":
			id, at = o.id, s
		case id != o.id && s == at:
			return "", false
		}
		if s < at {
			break
		}
	}
	if id != "" {
		return id, true
	}
	for _, m := range slices.Backward(r.mentions) {
		if m.form != news.FormName || m.first > i || r.kind(m.entity) != news.Person {
			continue
		}
		t := r.titleOf[m.entity]
		if t == "" {
			t, _, _ = strings.Cut(strings.ToLower(r.entities[m.entity].Description), " of ")
		}
		t = strings.ReplaceAll(t, " - ", "-")
		if t != title && !strings.HasSuffix(t, " "+title) || lower(t, title) {
			continue
		}
		if id != "" && id != m.entity {
			return "", false
		}
		id = m.entity
	}
	return id, true
}
