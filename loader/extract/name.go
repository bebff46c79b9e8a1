package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"newsgraph/news"
)

// organisationWords head the names of bodies that no gazetteer knows.
var organisationWords = wordSet(`Ministry Agency Council Party Corp Corporation Company University Airlines Airways Group Army Police Court Bank
	Union Association Institute Committee Commission Department Organisation Organization Federation Front Movement Authority
	Office Service Bureau Parliament Senate Congress Assembly Forces Guard Brigade Battalion Foundation Centre Center Ltd Inc`)

// placeWords end the names of places that no gazetteer knows.
var placeWords = wordSet(`Province City Region Island Islands River District County Valley Mountains Mountain Bay Strait Sea Lake Airport Port Street Square Village`)

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

// findNames marks what the gazetteer knows, the longest name first, and then names by their shape.
func (r *reading) findNames() {
	d := r.d
	for _, s := range d.Sentences {
		for i := s.First; i < s.Last; i++ {
			if n, e, ok := r.known(i, s.Last); ok {
				r.know(e.id)
				r.mark(i, i+n, e.id, e.form, "a name of "+r.entities[e.id].Source)
				if e.form == news.FormName && strings.HasPrefix(string(e.id), "person:") {
					r.shorten(e.id, r.entities[e.id].Name)
				}
				i += n - 1
			}
		}
	}
	for _, n := range d.Names {
		for first := n.First; first < n.Last; {
			if r.at[first] != nil {
				first++
				continue
			}
			last := first
			for last < n.Last && r.at[last] == nil {
				last++
			}
			r.byShape(first, last)
			first = last
		}
	}
	r.findWeapons()
}

// known is the longest name of the gazetteer that begins at token i.
func (r *reading) known(i, end int) (int, entry, bool) {
	w := plain(r.d.Word(i))
	c, _ := utf8.DecodeRuneInString(w)
	longest := r.g.longest[w]
	if longest == 0 || !unicode.IsUpper(c) {
		return 0, entry{}, false
	}
	for n := min(longest, end-i); n > 0; n-- {
		words := make([]string, n)
		for k := range words {
			words[k] = plain(r.d.Word(i + k))
		}
		e, ok := r.g.names[strings.Join(words, " ")]
		if !ok {
			continue
		}
		// A place or a state within a longer name by shape is a part of that name: "Chad Smith", unless nothing tells.
		if n == 1 && i+1 < end && r.g.given[r.d.Word(i)] != "" && strings.HasPrefix(r.d.Tokens[i+1].Tag, "NNP") && strings.HasPrefix(string(e.id), "place:") {
			return 0, entry{}, false
		}
		return n, e, true
	}
	return 0, entry{}, false
}

// shorten lets the story's later parts call a person by the family name.
func (r *reading) shorten(id news.ID, name string) {
	words := strings.Fields(plain(name))
	if len(words) < 2 {
		return
	}
	// Family names come first where the given name is written as two words or with a hyphen, as in Kim Jong Un and Chang Ho-jin.
	if _, given := r.g.given[words[0]]; len(words) == 3 && !given || strings.Contains(words[1], "-") && len(words) == 2 {
		r.short[words[0]] = id
		return
	}
	switch r.entities[id].Country {
	case "CHN", "KOR", "PRK", "TWN", "VNM":
		r.short[words[0]] = id
	default:
		r.short[words[len(words)-1]] = id
	}
}

// byShape marks a name that no gazetteer knows, if something tells what it is.
func (r *reading) byShape(first, last int) {
	d := r.d
	for first < last && (r.g.titles[strings.ToLower(d.Word(first))] || honorifics[d.Word(first)]) {
		first++
	}
	if first == last {
		return
	}
	name := d.Words(first, last)
	words := strings.Fields(plain(name))
	if id, ok := r.short[strings.Join(words, " ")]; ok {
		r.know(id)
		r.mark(first, last, id, news.FormName, "a short name of a person whom the story names in full")
		return
	}
	_, given := r.g.given[words[0]]
	titled := first > 0 && (r.g.titles[strings.ToLower(d.Word(first-1))] || honorifics[d.Word(first-1)])
	var kind news.Kind
	why := ""
	switch {
	case organisationWords[words[len(words)-1]] && len(words) > 1:
		kind, why = news.Organisation, "its last word is one of a body's name"
	case placeWords[words[len(words)-1]] && len(words) > 1:
		kind, why = news.Place, "its last word is one of a place's name"
	case len(words) > 1 && len(words) < 5 && (given || titled):
		kind, why = news.Person, "a given name or a title before it"
	default:
		return
	}
	id := news.EntityID(kind, news.Slug(name))
	if known, ok := r.g.entities[id]; ok {
		r.entities[id] = known
	} else if _, ok := r.entities[id]; !ok {
		r.entities[id] = news.Entity{ID: id, Kind: kind, Name: strings.Join(strings.Fields(name), " ")}
	}
	r.mark(first, last, id, news.FormName, why)
	if kind == news.Person {
		r.shorten(id, name)
	}
}

var honorifics = wordSet(`Mr Mr. Mrs Mrs. Ms Ms. Dr Dr. Prof. Gen. Lt. Col. Sen. Rep. Gov. Sir President Minister General Pope King Queen Prince`)

// findWeapons marks classes and systems of weapons by their lemmas. A nationality before one makes a weapon of its own: a North Korean
// ballistic missile is not any ballistic missile.
func (r *reading) findWeapons() {
	d := r.d
	const longest = 6
	for _, s := range d.Sentences {
		for i := s.First; i < s.Last; i++ {
			if r.at[i] != nil {
				continue
			}
			for n := min(longest, s.Last-i); n > 0; n-- {
				id, ok := r.g.weapons[r.lemmas(i, i+n)]
				if !ok {
					id, ok = r.g.weapons[strings.ToLower(plain(d.Words(i, i+n)))]
				}
				if !ok || strings.HasPrefix(d.Tokens[i+n-1].Tag, "VB") || r.taken(i, i+n) {
					continue
				}
				r.know(id)
				first := i
				if m := r.at[i-1+boolInt(i == 0)]; i > s.First && m != nil && strings.HasPrefix(string(m.entity), "state:") {
					id, first = r.national(id, r.entities[m.entity]), m.first
				}
				id = r.same(id, i)
				r.mark(i, i+n, id, news.FormNominal, "a class of weapons, named from "+d.Words(first, i+n))
				i += n - 1
				break
			}
		}
	}
}

// same is the weapon that the story named more closely before, if "the" or "such" points back to it.
func (r *reading) same(id news.ID, i int) news.ID {
	if i == 0 {
		return id
	}
	switch strings.ToLower(r.d.Word(i - 1)) {
	case "the", "such", "these", "those":
	default:
		return id
	}
	for k := len(r.mentions) - 1; k >= 0; k-- {
		m := r.mentions[k]
		if e := r.entities[m.entity]; m.last <= i && e.Kind == news.Weapon && strings.HasSuffix(e.Name, " "+r.entities[id].Name) {
			return m.entity
		}
	}
	return id
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

func (r *reading) taken(first, last int) bool {
	for k := first; k < last; k++ {
		if r.at[k] != nil {
			return true
		}
	}
	return false
}

func (r *reading) lemmas(first, last int) string {
	words := make([]string, 0, last-first)
	for k := first; k < last; k++ {
		words = append(words, strings.ToLower(r.d.Tokens[k].Lemma))
	}
	return strings.Join(words, " ")
}

// national is the weapon as made by a state.
func (r *reading) national(id news.ID, state news.Entity) news.ID {
	w := r.g.entities[id]
	adjective := state.Name
	for key, e := range r.g.names {
		if e.id == state.ID && e.form == news.FormAdjective && !strings.HasSuffix(key, "s") &&
			(adjective == state.Name || len(key) > len(adjective) || len(key) == len(adjective) && key < adjective) {
			adjective = key
		}
	}
	n := news.EntityID(news.Weapon, strings.TrimPrefix(string(id), "weapon:")+"-"+strings.ToLower(state.ISO2))
	plural := w.Name + "s"
	r.entities[n] = news.Entity{
		ID: n, Kind: news.Weapon, Name: adjective + " " + w.Name, Aliases: []string{adjective + " " + plural},
		Description: w.Name, Country: state.ISO3, Source: w.Source,
	}
	return n
}

// findPronouns links he and she to the last person named as a subject, where just one person fits.
func (r *reading) findPronouns() {
	d := r.d
	var last news.ID
	for i := range d.Tokens {
		if m := r.at[i]; m != nil && m.first == i && strings.HasPrefix(string(m.entity), "person:") {
			if subjectOf(d.Tokens[m.last-1].Relation) || subjectOf(d.Tokens[m.first].Relation) {
				last = m.entity
			}
			continue
		}
		w := strings.ToLower(d.Word(i))
		if gender, ok := map[string]string{"he": "m", "she": "f"}[w]; ok && last != "" && r.at[i] == nil {
			if known := r.g.gender[last]; known == "" || known == gender {
				r.mark(i, i+1, last, news.FormPronoun, "the last person named as a subject")
			}
		}
	}
}

func subjectOf(relation string) bool { return strings.HasPrefix(relation, "nsubj") }
