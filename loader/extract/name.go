package extract

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsgraph/loader/gazetteer"
	"newsgraph/loader/nlp"
	"newsgraph/news"
)

// organisationWords head the names of bodies that no gazetteer knows.
var organisationWords = wordSet(`Ministry Agency Council Party Corp Corporation Company University Airlines Airways Group Army Police Court Bank
	Union Association Institute Committee Commission Department Organisation Organization Federation Front Movement Authority
	Office Service Bureau Coalition Government Alliance Command Navy Ministries Militia Units Parliament Senate Congress Assembly Forces Guard Brigade Battalion Foundation Centre Center Ltd Inc`)

// dullWords are those of organisationWords that end names of things as often: Customer Service, Stock Units.
var dullWords = wordSet(`Service Units Office`)

// bodyWords end names of bodies, whatever opens them.
var bodyWords = wordSet(`Partners Holdings Hospital School College Club League Society Confederation Fund Trust Radio Television Cable Capital
	Energy Records Pictures Studios Museum Institute University Company Corp Corporation Inc Inc. Ltd LLC Bank Group Foundation Association Railroad Railway`)

// placeWords end the names of places that no gazetteer knows.
var placeWords = wordSet(`Province City Region Island Islands River District County Valley Mountains Mountain Bay Strait Sea Lake Airport Port Street Square Village`)

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

// findNames marks persons named in full, what the gazetteer knows, the longest name first, and then names by their shape.
func (r *reading) findNames() {
	d := r.d
	for _, s := range d.Sentences {
		for i := s.First; i < s.Last; i++ {
			if n := r.ship(i, s.Last); n > 0 {
				i += n - 1
			}
		}
	}
	r.findPersons()
	whole := map[int]nlp.Name{} // by token: the name of a person or a body that it is a part of
	for _, n := range d.Names {
		for k := n.First; k < n.Last && n.Kind != nlp.OtherName; k++ {
			whole[k] = n
		}
	}
	for _, s := range d.Sentences {
		for i := s.First; i < s.Last; i++ {
			if f, ok := r.uses[i]; ok && !r.taken(f.first, f.last) {
				r.know(f.id)
				r.mark(f.first, f.last, f.id, news.FormName, "a short name of what the story names in full")
				i = f.last - 1
				continue
			}
			if r.at[i] != nil || r.blocked[i] {
				continue
			}
			if n, e, ok := r.known(i, s.Last); ok && !r.taken(i, i+n) {
				// A state or a place within a longer name is a part of that: Chad Smith, Bank of China.
				if w, ok := whole[i]; ok && n < w.Last-w.First && i+n <= w.Last && r.partOf(i, n, e, w) {
					continue
				}
				e = r.placed(i, i+n, s.Last, e)
				r.know(e.ID)
				if r.kind(e.ID) == news.Organisation && initialsOnly(d.Word(i)) == (e.Form == news.FormInitials) {
					n += r.legal(i+n, s.Last)
				}
				r.mark(i, i+n, e.ID, e.Form, "a name of "+r.entities[e.ID].Source)
				i += n - 1
			}
		}
	}
	r.findWeapons()
	for _, n := range d.Names {
		for first := n.First; first < n.Last; {
			if r.at[first] != nil || r.blocked[first] {
				first++
				continue
			}
			last := first
			for last < n.Last && r.at[last] == nil && !r.blocked[last] {
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

// legal is how many tokens from i on tell of what legal form a company is: Corp., , Inc.
func (r *reading) legal(i, end int) int {
	n := 0
	if i+1 < end && r.d.Word(i) == "," {
		n = 1
	}
	if i+n < end && legalForms[strings.TrimSuffix(r.d.Word(i+n), ".")] {
		return n + 1
	}
	return 0
}

var legalForms = wordSet("Corp Inc Ltd LLC Co PLC plc AG SA Corporation Incorporated Limited Company GmbH")

// partOf tells that the n tokens at i, which the gazetteer knows, are a part of the name w and no name beside it.
func (r *reading) partOf(i, n int, e gazetteer.Name, w nlp.Name) bool {
	if !strings.HasPrefix(string(e.ID), "state:") && !strings.HasPrefix(string(e.ID), "place:") {
		// A body's or a person's name opens that of another body: Enron Investment Partners, George Washington University.
		// One word of a person's name may be a body's too, or another person's: Betty Uber, Nasser Nasser.
		return i == w.First && w.Kind == nlp.OrganisationName && bodyWords[r.d.Word(w.Last-1)] && r.tag(i, w.Last, "POS") < 0 ||
			i+n == w.Last && n == 1 && w.Kind == nlp.PersonName && r.tag(w.First, w.Last, "NNP") == w.First && !r.titled(i) && !r.titled(w.First+1) && !honorifics[r.d.Word(w.First)]
	}
	if i > w.First+1 && r.d.Word(i-1) == "of" && i+n == w.Last && i == w.First+2 && (placeWords[r.d.Word(w.First)] || r.d.Word(w.First) == "State") {
		return false // the State of Texas
	}
	if i == w.First && i+n < w.Last && offices[r.d.Word(i+n)] {
		return false // "in Turkey Minister Ruiz"
	}
	if w.Kind == nlp.PersonName {
		return true
	}
	if e.Form == news.FormName && strings.IndexFunc(r.d.Words(w.First, i)+r.d.Words(i+n, w.Last), unicode.IsUpper) < 0 {
		return false // "Sindh province", "war-torn Mozambique": the rest is no part of a name
	}
	if w.Kind == nlp.PlaceName && (e.Form == news.FormAdjective || i+n < w.Last && (r.d.Word(i+n) == "," || r.at[i+n] != nil || r.knows(i+n, w.Last))) {
		return false // "Houston, Texas" are two
	}
	// "Russian Foreign Ministry" is a body of Russia's, and so is what follows a possessive.
	if r.tag(i+n, w.Last, "POS") >= 0 {
		return false
	}
	return !initialsOnly(r.d.Word(i)) && (e.Form != news.FormAdjective || organisationWords[r.d.Word(w.Last-1)] || bodyWords[r.d.Word(w.Last-1)] || w.Kind == nlp.OrganisationName && w.Last-w.First > 2)
}

// knows tells that the gazetteer has a name at token i that ends before last.
func (r *reading) knows(i, last int) bool {
	_, _, ok := r.known(i, last)
	return ok
}

// tag is the first token from first to last, half-open, with the Penn Treebank tag, or -1.
func (r *reading) tag(first, last int, tag string) int {
	for k := first; k < last; k++ {
		if r.d.Tokens[k].Tag == tag {
			return k
		}
	}
	return -1
}

// offices open a person's name where a place before it does not belong to it.
var offices = wordSet("Minister President Ambassador Secretary Premier Chancellor Governor Senator Mayor")

// known is the longest name of the gazetteer that begins at token i.
func (r *reading) known(i, end int) (int, gazetteer.Name, bool) {
	w := plain(r.d.Word(i))
	if directions[w] && i+3 < end && r.d.Word(i+1) == "and" && directions[r.d.Word(i+2)] {
		if e, ok := r.g.Called(w + " " + plain(r.d.Word(i+3))); ok {
			return 1, e, true // North and South Korea
		}
	}
	if r.ofContinent(i) {
		return 0, gazetteer.Name{}, false
	}
	longest := r.g.Opens(w)
	if first, size := utf8.DecodeRuneInString(w); unicode.IsLower(first) && len(w) > 3 && strings.HasPrefix(r.d.Tokens[i].Tag, "NNP") {
		// Some write norway; the tagger tells it from a noun.
		if e, ok := r.g.Called(string(unicode.ToUpper(first)) + w[size:]); ok && e.Form == news.FormName && (r.kindOf(e.ID) == news.State || r.kindOf(e.ID) == news.Kind(news.Place)) {
			return 1, e, true
		}
	}
	capital := func(w string) bool { c, _ := utf8.DecodeRuneInString(w); return unicode.IsUpper(c) }
	if longest == 0 || !capital(w) && !(nameParticles[w] && i+2 < end && (capital(r.d.Word(i+1)) || capital(r.d.Word(i+2)))) {
		return 0, gazetteer.Name{}, false
	}
	for n := min(longest, end-i); n > 0; n-- {
		words := make([]string, n)
		for k := range words {
			words[k] = plain(r.d.Word(i + k))
		}
		name := strings.Join(words, " ")
		e, ok := r.g.Called(name)
		if !ok && n > 2 {
			e, ok = r.g.Body(strings.ToLower(name)) // Kurdistan regional government
		}
		if !ok {
			continue
		}
		if r.begins(i, i+n, end, e) || r.longer(i, i+n, e) || r.ofAnother(i, i+n, e) || n == 1 && i+1 < end && r.kindOf(e.ID) == news.Person && r.articled(i+1, end) {
			return 0, gazetteer.Name{}, false
		}
		if k := slices.Index(words, ","); k > 0 && r.g.Opens(words[k+1]) > 0 && r.kindOf(e.ID) != news.Organisation {
			n = k // "Houston, Texas" tells which Houston, and names Texas beside it
		}
		return n, e, true
	}
	return 0, gazetteer.Name{}, false
}

// ofContinent tells that token i is the American of Latin American and its like, which is of a continent and not of the United States.
func (r *reading) ofContinent(i int) bool {
	return i > 0 && strings.HasPrefix(r.d.Word(i), "American") && continental[r.d.Word(i-1)]
}

// continental are words by which an American is of a continent.
var continental = wordSet("Latin South Central North")

// articled tells that a family name with its article begins at token i: al-Shaer, el-Masri. What stands before it is a given name, and no surname.
func (r *reading) articled(i, end int) bool {
	low := strings.ToLower(r.d.Word(i))
	return (low == "al" || low == "el") && i+2 < end && r.d.Word(i+1) == "-" && capital(r.d.Word(i+2))
}

// longer tells that the name of a body from token i to last is the end of another body's: Peru's National Security Council is not the UN's.
func (r *reading) longer(i, last int, e gazetteer.Name) bool {
	if i == 0 || r.kindOf(e.ID) != news.Organisation || last-i < 2 || !organisationWords[r.d.Word(last-1)] && !bodyWords[r.d.Word(last-1)] {
		return false
	}
	switch r.d.Word(i - 1) {
	case "National", "Supreme", "Federal", "Regional", "Provincial", "Municipal", "Royal", "Interim", "Local", "State", "Central", "Homeland", "Interior":
		return r.sentenceOf[i] == r.sentenceOf[i-1]
	}
	return false
}

// ofAnother tells that a word by which one state calls its own body stands for another's: Peru's Congress is not that of the United States, nor is
// Congress in a story of Peru that names nobody of theirs.
func (r *reading) ofAnother(i, last int, e gazetteer.Name) bool {
	body := r.g.Entity(e.ID)
	if i == 0 || last-i > 1 || body.Kind != news.Organisation || body.Country == "" || !organisationWords[r.d.Word(i)] && !bodyWords[r.d.Word(i)] && body.Sector != "PTY" {
		return false
	}
	k := i - 1
	if r.d.Tokens[k].Tag == "POS" && k > 0 {
		k--
	}
	if r.sentenceOf[k] != r.sentenceOf[i] {
		return false
	}
	for _, n := range []int{2, 1} {
		if k-n+1 < 0 {
			continue
		}
		if of, ok := r.g.Called(plain(r.d.Words(k-n+1, k+1))); ok && r.kindOf(of.ID) == news.State {
			return r.g.Entity(of.ID).ISO3 != body.Country
		}
	}
	if body.Sector == "PTY" {
		return slices.Contains(r.g.Classes(strings.ToLower(r.d.Word(k))), "creed") && r.d.Tokens[i-1].Tag != "POS" // Social Democrats
	}
	named := r.countries()
	return len(named) > 0 && !named[body.Country]
}

// countries are those whose states, places, persons or bodies the story or its headline names, by their codes; a word for a body of its own names none.
func (r *reading) countries() map[string]bool {
	if r.about != nil {
		return r.about
	}
	r.about = map[string]bool{}
	add := func(words []string) {
		for i := 0; i < len(words); {
			n := min(r.g.Opens(words[i]), len(words)-i)
			for ; n > 0; n-- {
				e, ok := r.g.Called(strings.Join(words[i:i+n], " "))
				if !ok || n == 1 && (organisationWords[words[i]] || bodyWords[words[i]]) {
					continue
				}
				if of := r.g.Entity(e.ID); of.ISO3 != "" || of.Country != "" && of.Country != "IGO" {
					r.about[cmp.Or(of.ISO3, of.Country)] = true
				}
				break
			}
			i += max(n, 1)
		}
	}
	words := make([]string, len(r.d.Tokens))
	for i := range words {
		words[i] = plain(r.d.Word(i))
	}
	add(words)
	add(strings.Fields(r.story.Headline))
	return r.about
}

// kindOf is the kind of an entity of the gazetteer.
func (r *reading) kindOf(id news.ID) news.Kind { return r.g.Entity(id).Kind }

// directions open names of states and places that differ by them alone.
var directions = wordSet("North South East West Northern Southern Eastern Western")

// nameParticles open names of persons and bodies in lower case: al-Qaida, bin Laden.
var nameParticles = wordSet("al bin el de von van ul ad ash")

// begins tells that a state's or a place's name, first to last, opens a longer name that nothing knows: Georgia Stone, but not Iran President.
func (r *reading) begins(first, last, end int, e gazetteer.Name) bool {
	if last == end || e.Form != news.FormName || !strings.HasPrefix(string(e.ID), "state:") && !strings.HasPrefix(string(e.ID), "place:") {
		return false
	}
	next := r.d.Tokens[last]
	word := r.d.Word(last)
	if !strings.HasPrefix(next.Tag, "NNP") || r.g.OpensTitle(strings.ToLower(word)) || honorifics[word] || r.g.Opens(plain(word)) > 0 {
		return false
	}
	head := r.d.Tokens[last-1].Head
	return next.Head >= first && next.Head < last || head == last
}

// shorten lets the story's later parts call a person by the family name.
func (r *reading) shorten(id news.ID, name string) {
	if words := gazetteer.Words(name); len(words) > 1 {
		for _, key := range r.keysOfWords(id, words) {
			if _, ok := r.short[key]; !ok {
				r.short[key] = id
			}
		}
	}
}

// longestName is how many bytes a name may have that a text gives; what is longer is no name, and a store refuses it.
const longestName = 400

// byShape marks a name that no gazetteer knows, if something tells what it is.
func (r *reading) byShape(first, last int, told nlp.NameKind) {
	d := r.d
	for k := last - 1; k > first; k-- {
		if r.titled(k) {
			first = k
			break
		}
	}
	for last > first+1 && (d.Tokens[last-1].Universal == "PUNCT" && d.Word(last-1) != "." && d.Word(last-1) != "!" || d.Tokens[last-1].Tag == "POS" && d.Word(last-1) == "'") {
		last--
	}
	for last > first && (strings.EqualFold(d.Word(last-1), "of") || strings.EqualFold(d.Word(last-1), "and") || strings.EqualFold(d.Word(last-1), "the")) {
		last-- // what it is of is another name
	}
	if told == nlp.PersonName && last+1 < len(d.Tokens) && d.Word(last) == "," && juniors[d.Word(last+1)] {
		last += 2
	}
	if first == last || d.Word(first) == "of" || d.Word(last-1) == "Government" && last+1 < len(d.Tokens) && d.Word(last) == "of" && r.at[last+1] != nil && r.kind(r.at[last+1].entity) == news.State {
		return // the government of a state is the state
	}
	for k := first + 1; k+1 < last; k++ {
		if of := d.Word(k); of == "of" && d.Tokens[last-1].Tag == "NN" && !capital(d.Word(last-1)) || of == "of" && told == nlp.PersonName {
			last = k // "accused Ruiz of fraud", "Ruiz of Peru"
		}
	}
	for first < last-1 && honorifics[d.Word(first)] {
		first++
	}
	name := d.Words(first, last)
	words := strings.Fields(plain(name))
	if len(words) == 0 || news.Slug(name) == "" || len(name) > longestName {
		return // marks alone name nobody
	}
	if len(words) == 1 && (words[0] == "North" || words[0] == "South" || words[0] == "Koreas") {
		return
	}
	if id, ok := r.short[strings.ToLower(strings.Join(words, " "))]; ok {
		r.know(id)
		r.mark(first, last, id, news.FormName, "a short name of what the story names in full")
		return
	}
	if len(words) == 1 && (r.g.Title(strings.ToLower(words[0])) || bodies[strings.ToLower(words[0])] || papers[strings.ToLower(words[0])] || words[0] == "Resolution" || words[0] == "Government" || honorifics[words[0]]) || len(words) > 1 && r.g.Title(strings.ToLower(strings.Join(words, " "))) {
		return // the Minister, the Council: whom, the story tells elsewhere
	}
	if m := r.at[first-1+boolInt(first == 0)]; first > 0 && m != nil && m.last == first && m.form == news.FormAdjective && r.kind(m.entity) == news.State && !initialsOnly(d.Word(m.first)) &&
		organisationWords[words[len(words)-1]] && len(words) < 5 {
		// Iraqi Security Forces is a name with the state's adjective in it.
		first = m.first
		r.unmark(m)
		name = d.Words(first, last)
		words = strings.Fields(plain(name))
	}
	_, given := r.g.Given(words[0])
	titled := r.titled(first)
	if s := d.Sentences[r.sentenceOf[first]]; len(words) == 1 && first == s.First && !titled && !given && (d.Tokens[first].Tag == "NN" || d.Tokens[first].Tag == "NNS") {
		return // a common noun has a capital where a sentence begins
	}
	var kind news.Kind
	why := ""
	switch {
	case len(words) == 1 && !titled && first > 1 && d.Word(first-1) == "of" && told != nlp.OrganisationName && ofPlaces[strings.ToLower(d.Tokens[first-2].Lemma)] && r.cased(first, last):
		kind, why = news.Place, "a noun for places or for who heads them, and of, before it"
	case organisationWords[words[len(words)-1]] && len(words) > 1 && (told != nlp.OtherName || !dullWords[words[len(words)-1]]):
		kind, why = news.Organisation, "its last word is one of a body's name"
	case (placeWords[words[len(words)-1]] || words[len(words)-1] == "State" && (told == nlp.PlaceName || r.g.Opens(words[0]) > 0)) && len(words) > 1:
		kind, why = news.Place, "its last word is one of a place's name"
	case len(words) > 1 && len(words) < 5 && (titled || given && told == nlp.OtherName):
		kind, why = news.Person, "a given name or a title before it"
	case len(words) == 1 && !titled && !given && first > 0 && r.g.Locates(gazetteer.TellsPlace, d.Word(first-1)) && told == nlp.PersonName && r.cased(first, last) && !(last < len(d.Tokens) && d.Tokens[last].Tag == "POS"):
		kind, why = news.Place, "a preposition of place before it"
	case told == nlp.PersonName && r.cased(first, last):
		kind, why = news.Person, "it reads as the name of a person"
	case told == nlp.OrganisationName && r.cased(first, last):
		kind, why = news.Organisation, "it reads as the name of a body"
	case told == nlp.PlaceName && r.cased(first, last):
		kind, why = news.Place, "it reads as the name of a place"
	default:
		return
	}
	if kind == news.Organisation && strings.ToLower(name) == name && bodySectors[words[len(words)-1]] != "" {
		return // "Peru's foreign ministry" is no name of its own
	}
	id := news.EntityID(kind, news.Slug(name))
	if c, ok := r.city(first, last, told == nlp.PlaceName); ok && kind != news.Person {
		kind, id, r.entities[c.ID] = news.Place, c.ID, c
	}
	if p, ok := r.officeHolder(name); ok && kind == news.Person {
		id, r.entities[p.ID] = p.ID, p
	}
	if kind == news.Person && len(words) == 1 {
		id = news.LocalID(kind, r.story.TextHash, news.Slug(name)) // who that is, only this story can tell
	}
	if known := r.g.Entity(id); known.ID != "" {
		r.entities[id] = known
	} else if _, ok := r.entities[id]; !ok {
		e := news.Entity{ID: id, Kind: kind, Name: strings.Join(strings.Fields(name), " ")}
		if of, ok := r.g.Called(words[0]); ok && kind == news.Organisation {
			e.Country = r.g.Entity(of.ID).Country
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

// ofPlaces are nouns of which a place is the of-phrase.
var ofPlaces = wordSet("mayor city town village province district region state island port capital suburb municipality county outskirts bishop archbishop governor prefect citizen resident inhabitant people")

// ship marks a ship of war that begins at token i, and its hull number in brackets: USS Mahan (DDG 72). It tells how many tokens the name has.
func (r *reading) ship(i, end int) int {
	d := r.d
	last := i + 1
	if _, ok := shipStates[d.Word(i)]; !ok || r.at[i] != nil {
		return 0
	}
	for last < end && last-i < 6 && (strings.HasPrefix(d.Tokens[last].Tag, "NNP") || last+1 < end && nameParticles[d.Word(last)] && strings.HasPrefix(d.Tokens[last+1].Tag, "NNP")) {
		last++
	}
	name := strings.Join(strings.Fields(d.Words(i, last)), " ")
	id := news.EntityID(news.Weapon, news.Slug(name))
	if last == i+1 || news.Slug(name) == "" || len(name) > longestName {
		return 0
	}
	if _, ok := r.entities[id]; !ok {
		r.entities[id] = news.Entity{ID: id, Kind: news.Weapon, Name: name, Description: "ship of war", Country: shipStates[d.Word(i)]}
	}
	r.mark(i, last, id, news.FormName, "a prefix of ships of war before it")
	r.short[strings.ToLower(strings.Join(strings.Fields(name)[1:], " "))] = id
	if last+3 < end && d.Word(last) == "(" && d.Word(last+3) == ")" && initialsOnly(d.Word(last+1)+"A") && d.Tokens[last+2].Tag == "CD" {
		r.mark(last+1, last+3, id, news.FormInitials, "the hull number of "+name)
		last += 4
	}
	return last - i
}

// shipStates are the states whose ships of war bear a prefix: United States Ship, His Majesty's Ship, French Ship, Indian Naval Ship.
var shipStates = map[string]string{
	"USS": "USA", "USNS": "USA", "HMS": "GBR", "RFA": "GBR", "HMCS": "CAN", "HMAS": "AUS", "HMNZS": "NZL", "INS": "", "ROKS": "KOR", "FS": "FRA", "ITS": "ITA",
	"JS": "JPN", "BRP": "PHL", "KRI": "IDN", "BNS": "BGD", "PNS": "PAK", "ARA": "ARG", "TCG": "TUR", "HNLMS": "NLD", "HDMS": "DNK", "ORP": "POL",
}

// cased tells that a name has a slug, and a capital letter where its sentence has any that its beginning and "I" do not ask for.
func (r *reading) cased(first, last int) bool {
	name := r.d.Words(first, last)
	if news.Slug(name) == "" {
		return false
	}
	if strings.IndexFunc(name, unicode.IsUpper) >= 0 {
		return true
	}
	s := r.d.Sentences[r.sentenceOf[first]]
	for k := s.First + 1; k < s.Last; k++ {
		if w := r.d.Word(k); w != "I" && strings.IndexFunc(w, unicode.IsUpper) >= 0 {
			return false
		}
	}
	return s.Last-s.First > 4
}

// titled tells that a title or an honorific ends before token i.
func (r *reading) titled(i int) bool {
	if i > 0 && honorifics[r.d.Word(i-1)] {
		return true
	}
	const longest = 7 // "under - secretary - general"
	for n := 1; n <= longest && n <= i; n++ {
		if r.title(r.lemmas(i-n, i)) {
			return true
		}
	}
	return false
}

var honorifics = wordSet(`Mr Mr. Mrs Mrs. Ms Ms. Dr Dr. Prof. Gen. Lt. Col. Maj. Capt. Sgt. Adm. Brig. Lt Col Gen Maj Capt Rev. Hon. Sen. Rep. Gov. Sir President Minister General Pope King Queen Prince`)

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
				id, ok := r.g.Weapon(r.lemmas(i, i+n))
				if !ok {
					id, ok = r.g.Weapon(strings.ToLower(plain(d.Words(i, i+n))))
				}
				if !ok || strings.HasPrefix(d.Tokens[i+n-1].Tag, "VB") && !initialsOnly(d.Word(i)) || r.taken(i, i+n) || n == 1 && pointing[strings.ToLower(d.Word(i))] && r.points(i) {
					continue
				}
				if n == 1 && (d.Tokens[i].Lemma == "mine" && r.dug(i) || r.lastOfName(i, s)) {
					continue
				}
				r.know(id)
				first := i
				if m := r.at[i-1+boolInt(i == 0)]; i > s.First && m != nil && strings.HasPrefix(string(m.entity), "state:") && !r.several(m) {
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

// lastOfName tells that a capitalised word ends a name that others of its sentence begin, and is no class of weapons: Royal Dutch Shell.
func (r *reading) lastOfName(i int, s nlp.Sentence) bool {
	d := r.d
	return i > s.First+1 && d.Tokens[i].Tag == "NNP" && capital(d.Word(i)) && !initialsOnly(d.Word(i)) && d.Tokens[i-1].Tag == "NNP" && capital(d.Word(i-1)) && r.at[i-1] == nil && !r.headlined(s)
}

// several tells that the adjective of a state is joined to another's: American and British warplanes are of neither alone.
func (r *reading) several(m *mention) bool {
	h := r.head(m)
	return m.form == news.FormAdjective && (r.d.Tokens[h].Relation == "conj" || len(r.child(h, "conj")) > 0)
}

// pointing are nouns for any weapon, which with "such" or "these" point back to one that the story named.
var pointing = wordSet("weapon weapons")

func (r *reading) points(i int) bool {
	for k := max(0, i-2); k < i; k++ {
		switch strings.ToLower(r.d.Word(k)) {
		case "the", "such", "these", "those", "this", "that":
			return true
		}
	}
	return false
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
	w := r.g.Entity(id)
	adjective := r.adjectiveOf(state)
	n := news.EntityID(news.Weapon, strings.TrimPrefix(string(id), "weapon:")+"-"+strings.ToLower(state.ISO2))
	plural := w.Name + "s"
	r.entities[n] = news.Entity{
		ID: n, Kind: news.Weapon, Name: adjective + " " + w.Name, Aliases: []string{adjective + " " + plural},
		Description: w.Name, Country: state.ISO3, Source: w.Source,
	}
	return n
}

// adjectiveOf is the adjective of a state's name, the name itself if none is known.
func (r *reading) adjectiveOf(state news.Entity) string {
	return cmp.Or(r.g.Adjective(state.ID), state.Name)
}

// findTitles finds what office the story gives to a person, before the name or beside it, and in which body or state.
func (r *reading) findTitles() {
	d := r.d
	for _, m := range r.mentions {
		if r.kind(m.entity) != news.Person || m.form != news.FormName {
			continue
		}
		if first, title := r.titleBefore(m.first); title != "" {
			r.titleOf[m.entity] = title
			if e := r.entities[m.entity]; first > 0 && gazetteer.PastOffice(strings.ToLower(d.Word(first-1))) && e.Sector == "" {
				e.Sector = "ELI" // ousted president Ana Ruiz
				r.entities[m.entity] = e
			}
			k := first - 1
			for k > 0 && strings.HasPrefix(d.Tokens[k].Tag, "JJ") && r.at[k] == nil {
				k-- // Lebanon's new president
			}
			if k >= 0 && d.Tokens[k].Tag == "POS" {
				k--
			}
			if k >= 0 {
				r.office(m.entity, k)
			}
			holder := r.head(m)
			if t := d.Tokens[holder]; t.Relation == "flat" && t.Head >= first {
				holder = t.Head // the title heads the name
			}
			for _, c := range r.child(holder, "nmod") {
				if of := r.child(c, "case"); c >= m.last && len(of) > 0 && strings.EqualFold(d.Word(of[0]), "of") && r.at[c] != nil && (r.kind(r.at[c].entity) == news.State || r.kind(r.at[c].entity) == news.Organisation) {
					r.office(m.entity, c) // King Olaf of Norway
				}
			}
		}
		if m.first > 0 {
			switch d.Word(m.first - 1) {
			case "Mr", "Mr.", "Sir", "Lord", "King", "Prince":
				r.genders[m.entity] = "m"
			case "Mrs", "Mrs.", "Ms", "Ms.", "Queen", "Princess":
				r.genders[m.entity] = "f"
			}
		}
		h := r.head(m)
		beside := r.child(h, "appos")
		if d.Tokens[h].Relation == "appos" {
			beside = append(beside, d.Tokens[h].Head)
		}
		for _, c := range beside {
			if !strings.HasPrefix(d.Tokens[c].Tag, "NN") || r.at[c] != nil && r.kind(r.at[c].entity) == news.Person {
				continue
			}
			lemma := strings.ToLower(d.Tokens[c].Lemma)
			if !r.g.Title(lemma) && r.g.Noun(lemma).Kind == "" && !leaders[lemma] {
				continue
			}
			words := []string{lemma}
			for k := c - 1; k >= 0 && d.Tokens[k].Head == c && d.Tokens[k].Relation == "compound" && r.at[k] == nil; k-- {
				words = append([]string{strings.ToLower(d.Tokens[k].Lemma)}, words...)
			}
			r.titleOf[m.entity] = strings.Join(words, " ")
			for _, k := range r.child(c, "nmod:poss", "nmod", "amod", "compound") {
				r.office(m.entity, k)
			}
		}
	}
	for id, title := range r.titleOf {
		if e := r.entities[id]; e.Sector == "" {
			e.Sector = r.g.Sector(title, r.entities[r.bodyOf[id]])
			r.entities[id] = e
		}
	}
}

func (r *reading) office(person news.ID, token int) {
	m := r.at[token]
	if m == nil {
		return
	}
	switch r.kind(m.entity) {
	case news.State, news.Organisation:
		r.bodyOf[person] = m.entity
		if e := r.entities[person]; e.Country == "" && !e.Known() {
			e.Country = r.entities[m.entity].Country
			if title := r.titleOf[person]; e.Country == "GEO" && stateOffices[title] {
				e.Country = "USA" // Georgia's governor (CODING 50)
				r.bodyOf[person] = ""
			}
			r.entities[person] = e
		}
	case news.Kind(news.Place):
		if s, ok := r.g.CapitalOf(m.entity); ok {
			r.know(s)
			r.bodyOf[person] = s
		}
	}
}

// findCountries gives bodies of a state that nothing else places to the only state that the story speaks of. A person's country comes from his own
// words alone (CODING 40).
func (r *reading) findCountries() {
	for _, m := range r.mentions {
		if e := r.entities[m.entity]; e.Kind == news.Organisation && !e.Known() && e.Country == "" {
			e.Country = r.countryIn(e.Name)
			r.entities[m.entity] = e
		}
	}
	only := ""
	for _, m := range r.mentions {
		country := r.entities[m.entity].Country
		if country == "" || country == "IGO" {
			continue
		}
		if only != "" && only != country {
			return
		}
		only = country
	}
	r.only = only
	for _, m := range r.mentions {
		e := r.entities[m.entity]
		if only == "" || only == "IGO" || e.Kind != news.Organisation || e.Known() || e.Country != "" {
			continue
		}
		near := strings.Fields(e.Name)
		for k := max(0, m.first-4); k < m.first; k++ {
			near = append(near, r.d.Word(k))
		}
		if slices.ContainsFunc(near, func(w string) bool { return domesticBodies[strings.ToLower(w)] }) {
			e.Country = only // an opposition party, a rebel front: of the one country that is spoken of
			r.entities[m.entity] = e
		}
	}
}

// countryIn is the country of the state with whose name or adjective the name of a body begins: South Korean Army, Kenya Wildlife Service.
func (r *reading) countryIn(name string) string {
	words := gazetteer.Words(name)
	for n := min(3, len(words)-1); n > 0; n-- {
		if e, ok := r.g.Called(strings.Join(words[:n], " ")); ok && r.kindOf(e.ID) == news.State {
			return r.g.Entity(e.ID).Country
		}
	}
	return ""
}

// domesticBodies are words in or before the names of bodies that belong to one state.
var domesticBodies = wordSet("party front movement army court ministry police parliament council opposition rebel rebels guerrilla guerrillas militia faction union newspaper daily radio senate congress assembly commission department province municipality")

// title tells that lemmas are a title, with hyphens or without: vice-president.
func (r *reading) title(lemmas string) bool {
	return r.g.Title(lemmas) || strings.Contains(lemmas, " - ") && r.g.Title(strings.ReplaceAll(lemmas, " - ", " "))
}

// titleBefore is the longest title that ends right before token i, in lower case, and its first token.
func (r *reading) titleBefore(i int) (int, string) {
	const longest = 7
	first, title := i, ""
	for n := 1; n <= longest && n <= i; n++ {
		if t := r.lemmas(i-n, i); r.title(t) {
			first, title = i-n, t
		}
	}
	return first, title
}

// findAuthor finds who speaks in a text that says we of itself: its first state or body that acts.
func (r *reading) findAuthor() {
	for _, c := range r.candidates {
		if k := r.kind(c.ids[0]); c.subject && (k == news.State || k == news.Organisation) && r.entities[c.ids[0]].Known() && r.voiceAt(c.token) == nil {
			r.author = c.ids[0]
			return
		}
	}
}

func subjectOf(relation string) bool { return strings.HasPrefix(relation, "nsubj") }

// initialsOnly tells that a word is nothing but capitals, with dots or without: IAEA, U.N.
func initialsOnly(word string) bool {
	return len(word) > 1 && strings.IndexFunc(word, func(r rune) bool { return !unicode.IsUpper(r) && r != '.' }) < 0
}

// plain is how the gazetteer writes the words of a text.
func plain(s string) string { return nlp.Plain(s) }
