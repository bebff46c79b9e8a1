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

// fullName is a person's name of two words and more, or the name of a storm or a ship that may be called by a part of it.
type fullName struct {
	first, last int
	id          news.ID
}

// bearer is who bears a surname where the story has come to. One who was called by it keeps it.
type bearer struct {
	id      news.ID
	settled bool
}

// namedAfter are last words of the names of what is called after persons (CODING 51), with the kind of what it is; a THING is an honour, a law or a
// plan, which no graph of who did what needs.
var namedAfter = kindsOf(map[news.Kind]string{
	news.Organisation: `Foundation Institute Center Centre University College School Academy Hospital Clinic Museum Library Trust Fund Organization
		Organisation Corporation Company Group Society Association Brigade Brigades Battalion Theatre Theater Orchestra Church Holdings Inc Ltd Corp Bank Commission`,
	news.Place: `Airport Street Avenue Road Boulevard Square Park Bridge Highway Stadium Arena Tower Towers Building Hall Barracks Base Plaza Lane Drive
		Terminal Dam Tunnel Port Cemetery Palace House Hotel Memorial Monument Mausoleum County Camp Garden Gardens Station Mosque Cathedral Expressway Island
		Lake Fort Pier Mall International`,
	news.Thing: `Act Law Prize Award Medal Bill Plan Doctrine Accord Accords Agreement Treaty Cup Trophy Amendment Fellowship Scholarship Order Bowl Lecture
		Report Inquiry Show Day Protocol Rule Declaration Initiative`,
})

func kindsOf(words map[news.Kind]string) map[string]news.Kind {
	kinds := map[string]news.Kind{}
	for kind, list := range words {
		for w := range wordSet(list) {
			kinds[w] = kind
		}
	}
	return kinds
}

var (
	// placeGiven are names of states and places that people bear as given names.
	placeGiven = wordSet(`Jordan Chad Israel India Georgia Paris Sydney Austin Dallas Virginia Carolina Dakota Savannah Madison Houston Brooklyn Victoria
		Adelaide Alexandria Santiago Sofia Florence Charlotte Chelsea Kenya Ireland Montana Lincoln Jackson Phoenix Orlando Lourdes Milan Vienna Verona Asia China
		America Cuba Holland Trinidad Tyrone Lorraine Geneva Catalina Camden Carson Denver Raleigh Salem Troy Trenton Lance Medina Salvador Bristol London Persia`)
	// shipNouns stand before the name of a ship.
	shipNouns = wordSet("carrier destroyer frigate ship warship tanker vessel submarine yacht boat cruiser corvette freighter trawler ferry icebreaker gunboat barge")
	warships  = wordSet("carrier destroyer frigate warship submarine cruiser corvette gunboat")
	// stormNouns stand before the name of a storm, which is nobody (CODING 42).
	stormNouns = wordSet("typhoon hurricane cyclone storm depression windstorm superstorm")
	// juniors follow a name and are no part of the surname.
	juniors = wordSet("Jr Jr. Sr Sr. II III IV Junior")
	// surnameParticles open surnames of several words: von der Leyen, bin Salman, de la Cruz.
	surnameParticles = wordSet("al bin bint ben el de della da do dos das di du la le den der van von ter ten abu ibn ul ur ould ap mac st")
)

func capital(w string) bool { c, _ := utf8.DecodeRuneInString(w); return unicode.IsUpper(c) }

// hasParticle tells of al-Abadi, written as one word.
func hasParticle(w string) bool {
	one, rest, ok := strings.Cut(w, "-")
	return ok && surnameParticles[strings.ToLower(one)] && capital(rest)
}

// run is the stretch of proper nouns, particles and hyphens between them in which token i stands.
func (r *reading) run(i int, s nlp.Sentence) (first, last int) {
	d := r.d
	part := func(k int) bool {
		return k >= s.First && k < s.Last && (capital(d.Word(k)) || hasParticle(d.Word(k))) && (strings.HasPrefix(d.Tokens[k].Tag, "NNP") && d.Word(k) != "I" || namedAfter[d.Word(k)] != "")
	}
	joined := func(k int) bool {
		return k > s.First && k+1 < s.Last && d.Word(k) == "-" && d.Tokens[k].Start == d.Tokens[k-1].End && d.Tokens[k].End == d.Tokens[k+1].Start && part(k-1) && capital(d.Word(k+1))
	}
	particle := func(k int) bool { return k >= s.First && k < s.Last && surnameParticles[strings.ToLower(d.Word(k))] }
	for first, last = i, i+1; last < s.Last; {
		switch {
		case part(last):
			last++
		case joined(last):
			last += 2
		case particle(last) && part(last+1):
			last += 2
		case particle(last) && particle(last+1) && part(last+2):
			last += 3
		default:
			goto before
		}
	}
before:
	for first > s.First {
		switch {
		case part(first - 1):
			first--
		case joined(first - 1):
			first -= 2
		case particle(first-1) && part(first-2):
			first -= 2
		case particle(first-1) && particle(first-2) && part(first-3):
			first -= 3
		default:
			return first, last
		}
	}
	return first, last
}

// findPersons marks the persons whom the text names in full, apart from what is called after them, and then finds of whom each bare surname is.
func (r *reading) findPersons() {
	d := r.d
	told := map[int]nlp.Name{}
	for _, n := range d.Names {
		for k := n.First; k < n.Last; k++ {
			told[k] = n
		}
	}
	for _, s := range d.Sentences {
		for i := s.First; i < s.Last; i++ {
			if r.at[i] != nil || r.blocked[i] || !capital(d.Word(i)) && !nameParticles[d.Word(i)] {
				continue
			}
			if last := r.storm(i, s); last > i {
				i = last - 1
				continue
			}
			if first, last := r.run(i, s); (first == i || r.titled(i)) && r.honours(i, last, s) {
				i = last - 1
				continue
			}
			first, last, id := r.personAt(i, s, told)
			if id == "" {
				continue
			}
			if r.vessel(first, last, s) {
				i = last - 1
				continue
			}
			name := strings.Join(strings.Fields(d.Words(first, last)), " ")
			why := "a name of person form"
			if of := r.initialled(name); of != "" {
				id = of
			}
			if known := r.g.Entity(id); known.ID != "" {
				r.entities[id] = known
				why = "a name of " + known.Source
			} else if p, ok := r.officeHolder(name); ok {
				id, r.entities[p.ID] = p.ID, p
				why = "a name of " + p.Source
			} else if _, ok := r.entities[id]; !ok {
				r.entities[id] = news.Entity{ID: id, Kind: news.Person, Name: name}
			}
			r.mark(first, last, id, news.FormName, why)
			r.full = append(r.full, fullName{first, last, id})
			i = last - 1
		}
	}
	r.findBearers(told)
}

// honours marks, or leaves out, what is called after a person from token i to last: a foundation, an airport, a prize.
func (r *reading) honours(i, last int, s nlp.Sentence) bool {
	d := r.d
	kind := namedAfter[d.Word(last-1)]
	for i < last && (d.Tokens[i].Universal == "DET" || d.Word(i) == "The") {
		i++
	}
	if kind == "" || last-i < 2 {
		return false
	}
	if n, e, ok := r.known(i, s.Last); ok && (i+n >= last || r.kindOf(e.ID) != news.Person && n > 1 || r.kindOf(e.ID) == news.State || e.Form == news.FormAdjective) {
		return false
	}
	person := false
	for k := i; k < last-1 && !person; k++ {
		_, given := r.g.Given(plain(d.Word(k)))
		n, e, ok := r.known(k, s.Last)
		person = given && k == i && last-i > 2 || ok && r.kindOf(e.ID) == news.Person && k+n < last
	}
	if !person {
		return false
	}
	for k := i; k < last; k++ {
		r.blocked[k] = true
	}
	name := strings.Join(strings.Fields(d.Words(i, last)), " ")
	slug := news.Slug(name)
	if kind == news.Thing || slug == "" || len(name) > longestName {
		return true
	}
	id := news.EntityID(kind, slug)
	if _, ok := r.entities[id]; !ok {
		r.entities[id] = news.Entity{ID: id, Kind: kind, Name: name}
	}
	r.mark(i, last, id, news.FormName, "what is called after a person is not the person")
	return true
}

// storm marks the name of a storm that opens at token i, and tells where it ends; i if there is none.
func (r *reading) storm(i int, s nlp.Sentence) int {
	d := r.d
	at := i
	if stormNouns[strings.ToLower(d.Word(i))] {
		i++
	} else if i == s.First || !stormNouns[strings.ToLower(d.Word(i-1))] {
		return at
	}
	what := strings.ToLower(d.Word(i - 1))
	if i >= s.Last || !capital(d.Word(i)) || !strings.HasPrefix(d.Tokens[i].Tag, "NNP") || i+1 < s.Last && strings.HasPrefix(d.Tokens[i+1].Tag, "NNP") && d.Tokens[i+1].Tag != "NNPS" {
		return at
	}
	if before := i - 2; before >= s.First && strings.HasPrefix(d.Tokens[before].Tag, "NNP") && d.Word(before) != "Tropical" && d.Word(before) != "Super" {
		return at // the National Hurricane Center
	}
	name := plain(d.Word(i))
	if n, e, ok := r.known(i, s.Last); ok && n == 1 && r.kindOf(e.ID) != news.Person && !placeGiven[name] {
		return at
	}
	if _, given := r.g.Given(name); !given && (what == "storm" || what == "depression") && (i < s.First+2 || !strings.EqualFold(d.Word(i-2), "tropical")) {
		return at
	}
	r.nameThing(i-1, i, i+1, strings.ToUpper(what[:1])+what[1:]+" "+d.Word(i), "storm")
	return i + 1
}

// vessel marks a ship that bears a person's name, from tokens first to last: a noun for ships stands before it, or the article of a thing.
func (r *reading) vessel(first, last int, s nlp.Sentence) bool {
	d := r.d
	if first == s.First || r.titled(first) {
		return false
	}
	before := strings.ToLower(d.Word(first - 1))
	switch {
	case shipNouns[before]:
	case before == "the" && last < s.Last && (d.Tokens[last].Universal == "VERB" || d.Tokens[last].Universal == "AUX") && last-first > 1 && !strings.HasSuffix(d.Word(last-1), "s"):
		if _, given := r.g.Given(plain(d.Word(first))); !given {
			return false
		}
	default:
		return false
	}
	r.nameThing(first, first, last, strings.Join(strings.Fields(d.Words(first, last)), " "), "ship")
	return true
}

// nameThing marks a storm or a ship, whose short name tokens short to last are.
func (r *reading) nameThing(first, short, last int, name, what string) {
	slug := news.Slug(name)
	for k := first; k < last; k++ {
		r.blocked[k] = true
	}
	if slug == "" || len(name) > longestName {
		return
	}
	id := news.LocalID(news.Thing, r.story.TextHash, slug)
	for _, f := range r.full {
		// A storm becomes a hurricane and keeps its name.
		if what == "storm" && r.entities[f.id].Description == what && f.last-f.first == 1 && r.d.Word(f.first) == r.d.Word(short) {
			r.mark(first, last, f.id, news.FormName, "the name of a "+what)
			return
		}
	}
	if what == "ship" && first > 0 && warships[strings.ToLower(r.d.Word(first-1))] {
		id = news.EntityID(news.Weapon, slug)
		r.entities[id] = news.Entity{ID: id, Kind: news.Weapon, Name: name, Description: "ship of war"}
	} else {
		r.entities[id] = news.Entity{ID: id, Kind: news.Thing, Name: name, Description: what}
	}
	if m := r.at[first]; m != nil {
		return
	}
	r.mark(first, last, id, news.FormName, "the name of a "+what)
	r.full = append(r.full, fullName{short, last, id})
}

// personAt is the person whose full name begins at token i, and its tokens; no id if none does.
func (r *reading) personAt(i int, s nlp.Sentence, told map[int]nlp.Name) (first, last int, id news.ID) {
	d := r.d
	runFirst, runLast := r.run(i, s)
	if n, e, ok := r.known(i, s.Last); ok && n > 1 {
		if r.kindOf(e.ID) != news.Person {
			return i, i, ""
		}
		// Maria Biden-Lopez is not who Maria Biden is, nor Ana Kim Jong Un Kim Jong Un.
		if i+n >= s.Last || d.Word(i+n) != "-" || runLast <= i+n {
			return i, i + n, e.ID
		}
	}
	if runFirst != i && !r.titled(i) || !capital(d.Word(i)) || r.g.OpensTitle(strings.ToLower(d.Word(i))) && r.titledWithin(i, runLast) {
		return i, i, ""
	}
	last = runLast
	if last+1 < s.Last && d.Word(last) == "," && juniors[d.Word(last+1)] {
		last += 2 // Martin Luther King, Jr.
	}
	family := last - 1 // the last word of the name proper
	for family > i && (juniors[d.Word(family)] || d.Word(family) == "." || d.Word(family) == ",") {
		family--
	}
	words := 0
	for k := i; k < last; k++ {
		if w := d.Word(k); k <= family && w != "-" && w != "." && (k == i || d.Word(k-1) != "-") {
			words++
		}
		if k > i && (r.titled(k) && !r.titled(i) || r.inner(k, i, last, s)) {
			return i, i, ""
		}
	}
	if !capital(d.Word(family)) && strings.IndexFunc(d.Word(family), unicode.IsUpper) < 0 {
		return i, i, ""
	}
	if words < 2 || words > 5 || honorifics[d.Word(i)] || d.Word(i) == "Miss" || surnameParticles[strings.ToLower(d.Word(i))] && d.Word(i) != "Ben" && d.Word(i) != "Van" || d.Word(i) == "The" {
		return i, i, ""
	}
	if n, e, ok := r.known(i, s.Last); ok && n == 1 && (e.Form == news.FormAdjective || e.Form == news.FormInitials) {
		return i, i, ""
	}
	end := d.Word(family)
	if organisationWords[end] || bodyWords[end] && !shortSurname(end) || placeWords[end] || namedAfter[end] != "" || offices[d.Word(i+1)] || r.g.Title(strings.ToLower(end)) || initialsOnly(end) {
		return i, i, ""
	}
	_, given := r.g.Given(plain(d.Word(i)))
	n, in := told[i]
	person := in && n.Kind == nlp.PersonName && n.Last >= last
	switch {
	case person:
	case r.titled(i) && (!in || n.Kind != nlp.OrganisationName):
	case r.headlined(s):
		return i, i, ""
	case given && (words < 4 || strings.HasPrefix(d.Tokens[i+1].Tag, "NNP")) && (!in || n.Kind != nlp.OrganisationName || words == 2):
	case placeGiven[plain(d.Word(i))] && words < 4 && !r.lists(i, last, s) && r.personal(i, last, s):
	default:
		return i, i, ""
	}
	name := strings.Join(strings.Fields(d.Words(i, last)), " ")
	slug := news.Slug(name)
	if slug == "" || len(name) > longestName {
		return i, i, ""
	}
	id = news.EntityID(news.Person, slug)
	if r.g.Entity(id).ID == "" {
		// A middle name makes nobody another: the first and the last word tell.
		if e, ok := r.g.Called(plain(d.Word(i)) + " " + plain(end)); ok && words > 2 && r.kindOf(e.ID) == news.Person && d.Word(family-1) != "-" && family == last-1 {
			id = e.ID
		} else if of := r.inFull(i, family); of != "" {
			id = of
		}
	}
	return i, last, id
}

// inFull is the person whom the story named before by the same first and last word as the name from token i to its family name, where only one of both
// has more between them: Ana Ruiz is Ana Maria Ruiz.
func (r *reading) inFull(i, family int) news.ID {
	d := r.d
	for _, f := range r.full {
		end := f.last - 1
		for end > f.first && (juniors[d.Word(end)] || d.Word(end) == "." || d.Word(end) == ",") {
			end--
		}
		if r.kind(f.id) != news.Person || (end-f.first == 1) == (family-i == 1) || d.Word(f.first) != d.Word(i) || d.Word(end) != d.Word(family) {
			continue
		}
		longer := end
		if family-i > 1 {
			longer = family
		}
		if w := d.Word(longer - 1); w != "-" && !surnameParticles[strings.ToLower(w)] {
			return f.id
		}
	}
	return ""
}

func shortSurname(w string) bool { return w == "School" || w == "Bank" }

// titledWithin tells that a title ends within tokens first to last, so that the name begins after it.
func (r *reading) titledWithin(first, last int) bool {
	for k := first + 1; k < last; k++ {
		if r.titled(k) {
			return true
		}
	}
	return false
}

// inner tells that at token k within a run from first to last something else begins: a state, a body or another person's full name.
func (r *reading) inner(k, first, last int, s nlp.Sentence) bool {
	n, e, ok := r.known(k, s.Last)
	if !ok || k+n > last {
		return false
	}
	kind := r.kindOf(e.ID)
	return n > 1 && kind == news.Person || e.Form == news.FormAdjective && k+n < last || kind == news.Organisation || kind == news.State && k+n < last && !placeGiven[r.d.Word(k)] && k > first+1
}

// personal tells that what stands around the name from tokens i to last speaks of a person: what it is beside, a noun for people before it, who.
func (r *reading) personal(i, last int, s nlp.Sentence) bool {
	d := r.d
	if i > s.First && (strings.EqualFold(d.Word(i-1), "the") || strings.EqualFold(d.Word(i-1), "a")) {
		return false
	}
	for k := i; k < last; k++ {
		if h := d.Tokens[k].Head; (h < i || h >= last) && d.Tokens[k].Sort == "person" {
			return true
		}
	}
	if i > s.First && d.Tokens[i-1].Tag == "NN" && (r.g.Title(d.Tokens[i-1].Lemma) || d.Tokens[i-1].Sort == "person") {
		return true
	}
	if last+2 < s.Last && d.Word(last) == "," {
		switch w := d.Word(last + 1); {
		case w == "a", w == "an", w == "the", w == "who", w == "whose", d.Tokens[last+1].Tag == "CD" && d.Word(last+2) == ",":
			return true
		}
	}
	return false
}

// lists tells that a place's name beside another one is no given name: the second is a place too, or the sentence goes on with "and".
func (r *reading) lists(i, last int, s nlp.Sentence) bool {
	for k := i + 1; k < last; k++ {
		if n, e, ok := r.known(k, s.Last); ok && n > 0 && r.kindOf(e.ID) != news.Person {
			return true
		}
		if r.d.Tokens[k].Tag == "NNPS" {
			return true
		}
	}
	return last-i > 3
}

// headlined tells that a sentence writes all words that say anything with capitals, as headlines do, so that a capital tells nothing.
func (r *reading) headlined(s nlp.Sentence) bool {
	for k := s.First; k < s.Last; k++ {
		switch r.d.Tokens[k].Universal {
		case "VERB", "NOUN", "ADJ", "ADV":
			if w := r.d.Word(k); len(w) > 2 && !capital(w) {
				return false
			}
		}
	}
	return s.Last-s.First > 3
}

// surnames are the short names by which a story may call who bears a full name, each as its lower-case words joined by spaces.
func (r *reading) surnames(words []string) []string {
	var ws []string
	for _, w := range words {
		if w = plain(w); w != "." {
			ws = append(ws, w)
		}
	}
	for len(ws) > 1 && (juniors[ws[len(ws)-1]] || ws[len(ws)-1] == ",") {
		ws = ws[:len(ws)-1]
	}
	if len(ws) < 2 {
		return []string{strings.ToLower(strings.Join(ws, " "))}
	}
	join := func(from int) string { return strings.ToLower(strings.Join(ws[from:], " ")) }
	if honorifics[ws[0]] {
		return []string{strings.ToLower(ws[0]), join(1)} // the Queen
	}
	last := len(ws) - 1
	// Family names come first where the given name is written as two words or with a hyphen, as in Kim Jong Un and Chang Ho-jin.
	_, given := r.g.Given(ws[0])
	particle := slices.ContainsFunc(ws[1:last], func(w string) bool { return surnameParticles[strings.ToLower(w)] })
	dotted := slices.ContainsFunc(ws, func(w string) bool { return strings.HasSuffix(w, ".") || len(w) == 1 && w != "-" })
	hyphen := slices.Index(ws, "-")
	if !given && !particle && !dotted && (len(ws) == 3 && hyphen < 0 || hyphen == 2 && len(ws) == 4 && !capital(ws[3]) || len(ws) == 2 && hyphened(ws[1])) {
		return []string{strings.ToLower(ws[0])}
	}
	keys := []string{join(last)}
	for from := last; from > 1; {
		switch w := strings.ToLower(ws[from-1]); {
		case w == "-" && from > 2:
			from -= 2
			if !surnameParticles[strings.ToLower(ws[from])] {
				keys = keys[:0] // who is Biden-Lopez is not Lopez
			}
			keys = append(keys, join(from))
			continue
		case surnameParticles[w]:
			from--
			keys = append(keys, join(from))
			continue
		}
		from = 0
	}
	if one, rest, ok := strings.Cut(keys[0], "-"); ok && surnameParticles[one] && rest != "" {
		keys = append(keys, rest) // Haider al-Abadi is Abadi
	}
	return keys
}

// hyphened tells of Ho-jin, whose second part is lower case or a syllable, and not of al-Abadi.
func hyphened(w string) bool {
	one, rest, ok := strings.Cut(w, "-")
	return ok && !surnameParticles[strings.ToLower(one)] && rest != "" && !capital(rest)
}

// initialled is the person whom the story named before by the same name with an initial, where one of the same name without it is known too: after "Robert F. Kennedy Jr."
// Robert Kennedy is he, and not his father.
func (r *reading) initialled(name string) news.ID {
	if strings.Count(name, " ") != 1 {
		return ""
	}
	for _, f := range slices.Backward(r.full) {
		var words []string
		for k := f.first; k < f.last; k++ {
			if w := r.d.Word(k); k == f.first || w != "," && w != "." && !juniors[w] && !initialsOnly(w) {
				words = append(words, w)
			}
		}
		if len(words) < f.last-f.first && strings.EqualFold(strings.Join(words, " "), name) {
			return f.id
		}
	}
	return ""
}

// findBearers finds of whom each bare surname is: of the last who bore it in full, unless another was called by it before (CODING 51).
func (r *reading) findBearers(told map[int]nlp.Name) {
	d := r.d
	bears := map[string]*bearer{}
	for _, key := range sortedShort(r.short) {
		bears[key] = &bearer{id: r.short[key]}
	}
	starts, later, firsts := map[int]fullName{}, map[string]news.ID{}, map[string]news.ID{}
	longest := 1
	keysOf := map[int][]string{}
	for _, f := range r.full {
		starts[f.first] = f
		keys := r.keysOf(f)
		keysOf[f.first] = keys
		if first := strings.ToLower(plain(r.d.Word(f.first))); strings.HasPrefix(string(f.id), "person:") {
			if of, ok := firsts[first]; ok && of != f.id {
				firsts[first] = "" // of several
			} else {
				firsts[first] = f.id
			}
		}
		for _, k := range keys {
			longest = max(longest, strings.Count(k, " ")+1)
			if _, ok := later[k]; !ok {
				later[k] = f.id
			}
		}
	}
	for k := range bears {
		longest = max(longest, strings.Count(k, " ")+1)
	}
	if len(later) == 0 && len(bears) == 0 {
		return
	}
	for _, s := range d.Sentences {
		for i := s.First; i < s.Last; i++ {
			if f, ok := starts[i]; ok {
				for _, k := range keysOf[i] {
					if b := bears[k]; b == nil || !b.settled {
						bears[k] = &bearer{id: f.id}
					}
				}
				i = f.last - 1
				continue
			}
			if r.at[i] != nil || r.blocked[i] {
				continue
			}
			for n := min(longest, s.Last-i); n > 0; n-- {
				id := r.bare(i, n, s, told, bears, later)
				if id == "" && n == 1 && r.byFirst(i, s, told) {
					id = firsts[strings.ToLower(plain(d.Word(i)))]
				}
				if id != "" {
					r.uses[i] = fullName{i, i + n, id}
					i += n - 1
					break
				}
			}
		}
	}
}

// byFirst tells that the word at token i is a person's name alone that the gazetteer does not know: it may be the first word of a full name, as families of East
// Asia and persons of the Horn of Africa are called.
func (r *reading) byFirst(i int, s nlp.Sentence, told map[int]nlp.Name) bool {
	name, ok := told[i]
	if !ok || name.Kind != nlp.PersonName || name.First != i || name.Last != i+1 {
		return false
	}
	if first, last := r.run(i, s); first < i && !r.titled(i) || last > i+1 {
		return false
	}
	_, _, known := r.known(i, s.Last)
	return !known
}

// keysOf are the short names of who is named in full.
func (r *reading) keysOf(f fullName) []string {
	words := make([]string, 0, f.last-f.first)
	for k := f.first; k < f.last; k++ {
		words = append(words, r.d.Word(k))
	}
	return r.keysOfWords(f.id, words)
}

func (r *reading) keysOfWords(id news.ID, words []string) []string {
	if !strings.HasPrefix(string(id), "person:") {
		return []string{strings.ToLower(strings.Join(words, " "))}
	}
	switch r.entities[id].Country {
	case "CHN", "KOR", "PRK", "TWN", "VNM":
		if _, given := r.g.Given(plain(words[0])); !given {
			return []string{strings.ToLower(plain(words[0]))}
		}
	}
	return r.surnames(words)
}

func sortedShort(short map[string]news.ID) []string {
	keys := make([]string, 0, len(short))
	for k := range short {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// bare is who is called by the n tokens at i alone; empty if they are no surname of the story.
func (r *reading) bare(i, n int, s nlp.Sentence, told map[int]nlp.Name, bears map[string]*bearer, later map[string]news.ID) news.ID {
	d := r.d
	words := make([]string, n)
	for k := range words {
		words[k] = plain(d.Word(i + k))
		if r.at[i+k] != nil || r.blocked[i+k] {
			return ""
		}
	}
	key := strings.ToLower(strings.Join(words, " "))
	b := bears[key]
	known := b != nil
	if _, ok := later[key]; !known && !ok {
		// A surname of the gazetteer that stands alone settles whose it is.
		if m, e, ok := r.known(i, s.Last); ok && m == n && n == 1 && r.kindOf(e.ID) == news.Person && e.Form == news.FormName {
			bears[key] = &bearer{id: e.ID, settled: true}
		}
		return ""
	}
	if _, in := told[i]; strings.IndexFunc(words[n-1], unicode.IsUpper) < 0 || !in && !strings.HasPrefix(d.Tokens[i+n-1].Tag, "NNP") && (!known || n > 1 || !r.saysAlone(i)) {
		return ""
	}
	first, last := r.run(i, s)
	if first < i && !r.titled(i) || last > i+n && !(last == i+n+1 && d.Word(i+n) == "-") {
		return ""
	}
	m, e, gazetted := r.known(i, s.Last)
	if gazetted && m > n {
		return ""
	}
	if gazetted && (r.kindOf(e.ID) == news.State || r.kindOf(e.ID) == news.Kind(news.Place)) && (e.Form == news.FormAdjective || i > s.First && r.g.Locates(gazetteer.TellsName, d.Word(i-1)) && !r.titled(i) || i+n+1 < s.Last && d.Word(i+n) == "," && r.knows(i+n+1, s.Last)) {
		return ""
	}
	if w := words[n-1]; (monthNames[w] || days[w]) && i > s.First && (d.Tokens[i-1].Tag == "IN" || d.Tokens[i-1].Tag == "CD") {
		return ""
	}
	if _, in := told[i]; !in && !gazetted && !r.titled(i) && (!known || n > 1 || !r.saysAlone(i)) {
		return ""
	}
	if !known {
		if gazetted {
			if r.kindOf(e.ID) == news.Person {
				bears[key] = &bearer{id: e.ID, settled: true}
			}
			return ""
		}
		return later[key]
	}
	if gazetted && r.kindOf(e.ID) == news.Person && e.ID != b.id {
		_, title := r.titleBefore(i)
		honour := ""
		if i > 0 {
			honour = honorificGender[strings.TrimSuffix(d.Word(i-1), ".")]
		}
		office := strings.Contains(strings.ToLower(r.g.Entity(e.ID).Description), cmp.Or(title, "\x00"))
		if office || honour != "" && r.g.Gender(e.ID) == honour && r.gender(b.id) != honour {
			return e.ID
		}
	}
	b.settled = true
	return b.id
}

// honorificGender is the gender of whom an honorific addresses.
var honorificGender = map[string]string{"Mr": "m", "Sir": "m", "Lord": "m", "King": "m", "Prince": "m", "Mrs": "f", "Ms": "f", "Lady": "f", "Queen": "f", "Princess": "f"}
