package extract

import (
	"strings"

	"newsgraph/loader/nlp"
	"newsgraph/news"
)

// constituents are the adjectives of constituent states, whose bodies are theirs (CODING 50, 52).
var constituents = map[string]news.ID{
	"Northern Irish": "place:northern-ireland", "Scottish": "place:scotland", "Welsh": "place:wales", "English": "place:england", "Texan": "place:texas",
	"Californian": "place:california", "Catalan": "place:catalonia", "Chechen": "place:chechnya", "Crimean": "place:crimea", "Bavarian": "place:bavaria",
}

// governing are kinds of places that have a government of their own.
var governing = wordSet("province region state")

// settle reads names of places by the words around them (CODING 50): adjectives of constituent states, "Athens, Georgia", "the city of Lima".
func (r *reading) settle() {
	d := r.d
	for _, s := range d.Sentences {
		for i := s.First; i < s.Last; i++ {
			r.constituent(i, s)
			r.contained(i, s)
			r.cityOf(i)
			r.capitalNamed(i)
			r.paired(i, s)
		}
	}
	r.congo()
}

// constituent marks the adjective of a constituent state, where the gazetteer read a state's.
func (r *reading) constituent(i int, s nlp.Sentence) {
	d := r.d
	for n := 2; n > 0; n-- {
		if i+n > s.Last || !strings.HasPrefix(d.Tokens[i+n-1].Tag, "JJ") && !strings.HasPrefix(d.Tokens[i+n-1].Tag, "NNP") {
			continue
		}
		id, ok := constituents[strings.Join(strings.Fields(d.Words(i, i+n)), " ")]
		if !ok || r.g.Entity(id).ID == "" || i+n < s.Last && d.Word(i+n) == "-" || i+n < s.Last && !strings.HasPrefix(d.Tokens[i+n].Tag, "NN") {
			continue
		}
		if m := r.at[i+n-1]; m != nil {
			if m.first < i+n-1 || m.form != news.FormAdjective {
				return
			}
			r.unmark(m)
		}
		if r.taken(i, i+n) {
			return
		}
		r.know(id)
		r.mark(i, i+n, id, news.FormAdjective, "the adjective of a constituent state")
		return
	}
}

// contained gives a city the country of what stands after its comma, if that is not where the gazetteer has it: Athens, Georgia; Paris, Texas. What is
// then Georgia is the American state.
func (r *reading) contained(i int, s nlp.Sentence) {
	d := r.d
	m := r.at[i]
	if m == nil || m.first != i || m.last+1 >= s.Last || d.Word(m.last) != "," || r.kind(m.entity) != news.Kind(news.Place) {
		return
	}
	c := r.at[m.last+1]
	if c == nil || c.form == news.FormAdjective || r.kind(c.entity) != news.State && r.kind(c.entity) != news.Kind(news.Place) {
		return
	}
	if end := c.last; end < s.Last && d.Word(end) == "and" || end+1 < s.Last && d.Word(end) == "," && d.Word(end+1) == "and" {
		return // a list
	}
	if subjectOf(d.Tokens[r.head(c)].Relation) || c.last < s.Last && d.Tokens[c.last].Tag == "POS" {
		return // "After talks in Pyongyang, South Korea condemned it"
	}
	city, of := r.entities[m.entity], r.entities[c.entity]
	country := of.Country
	switch {
	case of.ISO2 == "GE" && city.Country != "" && city.Country != "GEO":
		country = "USA"
		id := news.EntityID(news.Place, "georgia-us")
		r.entities[id] = news.Entity{ID: id, Kind: news.Place, Name: "Georgia", Country: "USA", Description: "province"}
		c.entity = id
		of = r.entities[id]
	case of.Kind == news.Place && of.Description != "province" && of.Description != "region" && of.Description != "island":
		return // two cities beside each other
	}
	if country == "" || country == city.Country {
		return
	}
	id := news.EntityID(news.Place, news.Slug(city.Name+" "+of.Name))
	r.entities[id] = news.Entity{ID: id, Kind: news.Place, Name: city.Name, Country: country, Description: city.Description}
	for _, o := range r.mentions {
		if o.entity == city.ID && o.first >= m.first && (o == m || !r.contains(o, s)) {
			o.entity = id // and so it is from here on
		}
	}
}

// contains tells that a place of its own name follows a mention's comma.
func (r *reading) contains(m *mention, _ nlp.Sentence) bool {
	return m.last+1 < len(r.d.Tokens) && r.d.Word(m.last) == "," && r.at[m.last+1] != nil
}

// cityOf marks "the city" of "the city of Lima", and the State of Texas, as that place.
func (r *reading) cityOf(i int) {
	d := r.d
	if i+2 >= len(d.Tokens) || d.Word(i+1) != "of" || r.at[i] != nil || !placeNouns[strings.ToLower(d.Word(i))] && !strings.EqualFold(d.Word(i), "state") {
		return
	}
	if m := r.at[i+2]; m != nil && m.first == i+2 && r.kind(m.entity) == news.Kind(news.Place) && !strings.EqualFold(d.Word(i), "capital") && !strings.EqualFold(d.Word(i), "airport") {
		r.mark(i, i+1, m.entity, news.FormNominal, "the "+strings.ToLower(d.Word(i))+" of a place is the place")
	}
}

// paired hangs the first of two states that a dash joins where the second hangs, for both do what is told: US–China talks.
func (r *reading) paired(i int, s nlp.Sentence) {
	d := r.d
	if i == s.First || i+1 >= s.Last || d.Word(i) != "-" && d.Word(i) != "–" {
		return
	}
	a, b := r.at[i-1], r.at[i+1]
	if a == nil || b == nil || a.last != i || b.first != i+1 || r.kind(a.entity) != news.State || r.kind(b.entity) != news.State {
		return
	}
	x, y := r.head(a), r.head(b)
	if h := d.Tokens[y].Head; h > y && d.Tokens[x].Head != h && !r.under(h, x) {
		if old := d.Tokens[x].Head; old >= 0 {
			for k, c := range r.children[old] {
				if c == x {
					r.children[old] = append(r.children[old][:k:k], r.children[old][k+1:]...)
					break
				}
			}
		}
		r.hang(x, h, d.Tokens[y].Relation)
		r.children[h] = append([]int{x}, r.children[h]...)
	}
}

// congo tells which Congo a story means that says no more: the one that it names in full, or whose places it names; else the one with Kinshasa,
// whom news means by it. The two Congos are both.
func (r *reading) congo() {
	d := r.d
	large, small := news.EntityID(news.State, "CD"), news.EntityID(news.State, "CG")
	seen := map[string]bool{}
	for _, m := range r.mentions {
		if m.form != news.FormAdjective {
			seen[r.entities[m.entity].Country] = true
		}
	}
	one := large
	if seen["COG"] && !seen["COD"] {
		one = small
	}
	for i := range d.Tokens {
		if rel := coarse(d.Tokens[i].Relation); d.Word(i) == "Congolese" && r.at[i] == nil && (rel == "amod" || rel == "compound" || rel == "nmod") && d.Tokens[i].Head > i {
			r.know(one)
			r.mark(i, i+1, one, news.FormAdjective, "of the Congo of which the story names more, else of the larger")
		}
		if !strings.HasPrefix(d.Tokens[i].Tag, "NNP") || r.at[i] != nil && r.entities[r.at[i].entity].Known() {
			continue
		}
		switch d.Word(i) {
		case "Congos":
			r.know(large)
			r.know(small)
			m := r.mark(i, i+1, large, news.FormName, "both Congos")
			m.more = []news.ID{small}
		case "Congo":
			if i+1 < len(d.Tokens) && (d.Word(i+1) == "River" || d.Word(i+1) == "Basin") || r.at[i] != nil && r.at[i].last-r.at[i].first > 1 {
				continue
			}
			if o := r.at[i]; o != nil {
				r.unmark(o)
			}
			r.know(one)
			r.mark(i, i+1, one, news.FormName, "the Congo of which the story names more, else the larger")
		}
	}
}

// government is the constituent state that acts where its name is the subject of a verb that is no passive; empty where it is a scene.
func (r *reading) government(id news.ID, i int) news.ID {
	e := r.entities[id]
	city := r.at[i] != nil && r.at[i].form == news.FormNominal
	if e.Kind != news.Place || !governing[e.Description] && !city || e.Country == "PSE" || local(id) || !e.Known() && e.ID != "place:georgia-us" {
		return ""
	}
	t := r.d.Tokens[i]
	if t.Relation != "nsubj" || t.Head < 0 || !strings.HasPrefix(r.d.Tokens[t.Head].Tag, "VB") {
		return ""
	}
	o := news.EntityID(news.Organisation, news.Slug(e.Name+" government"))
	if _, ok := r.entities[o]; !ok {
		r.entities[o] = news.Entity{ID: o, Kind: news.Organisation, Name: e.Name, Aliases: []string{e.Name + " government"}, Country: e.Country, Sector: "GOV"}
	}
	return o
}

// bodyOwner is the token of the state, or the constituent state, whose body token i names: the Turkish military, the army of South Sudan; -1 if none.
func (r *reading) bodyOwner(i int) int {
	state := func(c int) bool {
		m := r.at[c]
		if m == nil {
			return false
		}
		e := r.entities[m.entity]
		return e.Kind == news.State || e.Kind == news.Place && (governing[e.Description] || m.form == news.FormAdjective)
	}
	for _, c := range r.child(i, "amod", "compound", "nmod:poss") {
		if state(c) {
			return c
		}
	}
	for _, c := range r.child(i, "nmod") {
		if of := r.child(c, "case"); c > i && len(of) > 0 && r.d.Word(of[0]) == "of" && state(c) {
			return c
		}
	}
	if k := r.whose(i); k >= 0 && state(k) {
		return k
	}
	return r.sceneOwner(i)
}

// sceneOwner is the token of the place of whose scene the clause of a ministry or a like body tells: "in Gaza, where the health ministry says"; -1 if
// it is of none.
func (r *reading) sceneOwner(i int) int {
	d := r.d
	h := d.Tokens[i].Head
	if !subjectOf(d.Tokens[i].Relation) || h < 0 {
		return -1
	}
	for _, k := range r.child(h, "advmod", "mark") {
		if k > i || !strings.EqualFold(d.Word(k), "where") {
			continue
		}
		c := k - 1
		if c > 0 && d.Word(c) == "," {
			c--
		}
		if c < 0 || r.at[c] == nil {
			continue
		}
		if m := r.at[c]; m.form == news.FormName && (r.kind(m.entity) == news.State || r.kind(m.entity) == news.Kind(news.Place) && governing[r.entities[m.entity].Description]) {
			return c
		}
	}
	return -1
}

// speaksOf tells that the story names an entity.
func (r *reading) speaksOf(id news.ID) bool {
	for _, m := range r.mentions {
		if m.entity == id {
			return true
		}
	}
	return false
}
