package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"newsgraph/loader/nlp"
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
	whole := map[int]nlp.Name{} // by token: the name of a person or a body that it is a part of
	for _, n := range d.Names {
		for k := n.First; k < n.Last && (n.Kind == nlp.PersonName || n.Kind == nlp.OrganisationName); k++ {
			whole[k] = n
		}
	}
	for _, s := range d.Sentences {
		for i := s.First; i < s.Last; i++ {
			if n, e, ok := r.known(i, s.Last); ok {
				// A state or a place within a longer name is a part of that: Chad Smith, Bank of China.
				if w, ok := whole[i]; ok && n < w.Last-w.First && i+n <= w.Last && r.partOf(i, n, e, w) {
					continue
				}
				r.know(e.id)
				r.mark(i, i+n, e.id, e.form, "a name of "+r.entities[e.id].Source)
				if e.form == news.FormName && strings.HasPrefix(string(e.id), "person:") {
					r.shorten(e.id, r.entities[e.id].Name)
				}
				i += n - 1
			}
		}
	}
	r.findWeapons()
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
			kind := n.Kind
			if last-first < n.Last-n.First {
				kind = nlp.OtherName // the gazetteer has the rest
			}
			r.byShape(first, last, kind)
			first = last
		}
	}
}

// partOf tells that the n tokens at i, which the gazetteer knows, are a part of the name w and no name beside it.
func (r *reading) partOf(i, n int, e entry, w nlp.Name) bool {
	if !strings.HasPrefix(string(e.id), "state:") && !strings.HasPrefix(string(e.id), "place:") {
		return false
	}
	if w.Kind == nlp.PersonName {
		return true
	}
	// "Russian Foreign Ministry" is a body of Russia's, and so is what follows a possessive.
	for k := i + n; k < w.Last; k++ {
		if r.d.Tokens[k].Tag == "POS" {
			return false
		}
	}
	return e.form != news.FormAdjective || organisationWords[r.d.Word(w.Last-1)]
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
		if r.begins(i, i+n, end, e) {
			return 0, entry{}, false
		}
		return n, e, true
	}
	return 0, entry{}, false
}

// begins tells that a state's or a place's name, first to last, opens a longer name that nothing knows: Georgia Stone, but not Iran President.
func (r *reading) begins(first, last, end int, e entry) bool {
	if last == end || e.form != news.FormName || !strings.HasPrefix(string(e.id), "state:") && !strings.HasPrefix(string(e.id), "place:") {
		return false
	}
	next := r.d.Tokens[last]
	word := r.d.Word(last)
	if !strings.HasPrefix(next.Tag, "NNP") || r.g.openings[strings.ToLower(word)] || honorifics[word] || r.g.longest[plain(word)] > 0 {
		return false
	}
	head := r.d.Tokens[last-1].Head
	return next.Head >= first && next.Head < last || head == last
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
func (r *reading) byShape(first, last int, told nlp.NameKind) {
	d := r.d
	for k := last - 1; k > first; k-- {
		if r.titled(k) {
			first = k
			break
		}
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
	titled := r.titled(first)
	var kind news.Kind
	why := ""
	switch {
	case organisationWords[words[len(words)-1]] && len(words) > 1:
		kind, why = news.Organisation, "its last word is one of a body's name"
	case placeWords[words[len(words)-1]] && len(words) > 1:
		kind, why = news.Place, "its last word is one of a place's name"
	case len(words) > 1 && len(words) < 5 && (titled || given && told == nlp.OtherName):
		kind, why = news.Person, "a given name or a title before it"
	case told == nlp.PersonName && r.cased(first, last):
		kind, why = news.Person, "it reads as the name of a person"
	case told == nlp.OrganisationName && r.cased(first, last):
		kind, why = news.Organisation, "it reads as the name of a body"
	case told == nlp.PlaceName && r.cased(first, last):
		kind, why = news.Place, "it reads as the name of a place"
	default:
		return
	}
	id := news.EntityID(kind, news.Slug(name))
	if kind == news.Person && len(words) == 1 {
		id = news.LocalID(kind, r.story.ID, news.Slug(name)) // who that is, only this story can tell
	}
	if known, ok := r.g.entities[id]; ok {
		r.entities[id] = known
	} else if _, ok := r.entities[id]; !ok {
		e := news.Entity{ID: id, Kind: kind, Name: strings.Join(strings.Fields(name), " ")}
		if of, ok := r.g.names[words[0]]; ok && kind == news.Organisation {
			e.Country = r.g.entities[of.id].Country
		}
		r.entities[id] = e
	}
	form := news.FormName
	if kind == news.Organisation && initialsOnly(name) {
		form = news.FormInitials
	}
	r.mark(first, last, id, form, why)
	if kind == news.Person {
		r.shorten(id, name)
	}
}

// cased tells that a name has a capital letter and a slug.
func (r *reading) cased(first, last int) bool {
	name := r.d.Words(first, last)
	return strings.IndexFunc(name, unicode.IsUpper) >= 0 && news.Slug(name) != ""
}

// titled tells that a title or an honorific ends before token i.
func (r *reading) titled(i int) bool {
	if i > 0 && honorifics[r.d.Word(i-1)] {
		return true
	}
	const longest = 7 // "under - secretary - general"
	for n := 1; n <= longest && n <= i; n++ {
		if r.g.titles[r.lemmas(i-n, i)] {
			return true
		}
	}
	return false
}

var honorifics = wordSet(`Mr Mr. Mrs Mrs. Ms Ms. Dr Dr. Prof. Gen. Lt. Col. Sen. Rep. Gov. Sir President Minister General Pope King Queen Prince`)

// findWeapons marks classes and systems of weapons by their lemmas. A nationality before one makes a weapon of its own: a North Korean
// ballistic missile is not any ballistic missile.
func (r *reading) findWeapons() {
	d := r.d
	const longest = 8
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
