package extract

import (
	"slices"
	"strings"

	"newsgraph/loader/gazetteer"
	"newsgraph/news"
)

// classesOf are the classes of the noun at token i, with the word before it or alone. A name has that of a disease, a storm or games at most.
func (r *reading) classesOf(i int) []string {
	d := r.d
	t := d.Tokens[i]
	if !strings.HasPrefix(t.Tag, "NN") {
		return nil
	}
	lemma := strings.ToLower(t.Lemma)
	of := r.g.Classes(lemma)
	if i > 0 && strings.HasPrefix(d.Tokens[i-1].Tag, "N") || i > 0 && strings.HasPrefix(d.Tokens[i-1].Tag, "JJ") {
		of = slices.Concat(of, r.g.Classes(strings.ToLower(d.Word(i-1))+" "+lemma))
	}
	if strings.HasPrefix(t.Tag, "NNP") {
		of = slices.DeleteFunc(slices.Clone(of), func(c string) bool { return c != "disease" && c != "weather" && c != "games" })
	}
	return of
}

// standing are the tokens that stand by token i where a figure looks.
func (r *reading) standing(i int, where string) []int {
	d := r.d
	var found []int
	cased := func(k int, words ...string) {
		for _, c := range r.child(k, "obl", "nmod") {
			for _, p := range r.child(c, "case") {
				if slices.Contains(words, strings.ToLower(d.Word(p))) {
					found = append(found, c)
				}
			}
		}
	}
	verb := r.pos(i) == "V"
	passive := verb && r.passive(i, d.Sentences[r.sentenceOf[i]])
	switch where {
	case "subj":
		if verb && !passive {
			return r.subjects(i, 0)
		}
	case "obj":
		switch {
		case passive:
			return r.subjects(i, 0)
		case verb:
			return r.child(i, "obj")
		}
		cased(i, "of", "on", "against")
	case "doer":
		if verb {
			return nil
		}
		found = r.child(i, "nmod:poss")
		if v := r.d.Tokens[i].Head; v >= 0 && r.d.Tokens[i].Relation == "obj" && phases[r.d.Tokens[v].Lemma] {
			found = append(found, r.subjects(v, 0)...)
		}
		return found
	case "span":
		if !verb {
			return r.child(i, "compound", "nmod:poss", "amod")
		}
	case "when":
		clauses := r.child(i, "advcl")
		for _, k := range r.child(i, "conj") {
			clauses = append(clauses, r.child(k, "advcl")...)
		}
		for _, c := range clauses {
			if m := r.child(c, "mark", "advmod"); len(m) > 0 && mishaps[d.Tokens[c].Lemma] {
				switch strings.ToLower(d.Word(m[0])) {
				case "when", "after", "as":
					found = append(found, r.subjects(c, 0)...)
				}
			}
		}
	case "scene":
		all := []int{i}
		if d.Tokens[i].Relation == "conj" && d.Tokens[i].Head >= 0 {
			all = append(all, d.Tokens[i].Head)
		}
		all = append(all, r.child(i, "conj")...)
		if c := r.child(i, "obj"); len(c) > 0 {
			all = append(all, c[0]) // where the tree hangs it on the object
		}
		for _, k := range all {
			cased(k, "in", "into", "on", "from", "by", "at", "before", "after", "over", "during")
		}
	default:
		cased(i, where)
		if c := r.child(i, "obj"); len(c) > 0 {
			cased(c[0], where)
		}
	}
	return found
}

// phases are the verbs whose subject does what their object tells.
var phases = wordSet("begin start stage hold launch join end suspend continue resume extend halt plan call announce declare threaten")

// mishaps are the verbs of what befalls a vehicle, a building or a machine.
var mishaps = wordSet("leave plunge overturn skid crash collide burst collapse sink capsize derail fall veer slide topple tip catch burn roll swerve break explode careen")

// figurative tells that what stands by a word shows that it tells no such event: seizing a chance, killing a headline, storming into a final.
func (r *reading) figurative(t *trigger, typ news.EventType) bool {
	if r.taught() {
		return false
	}
	if figured[typ] {
		f, ok := r.figureOf(t, typ)
		return ok && f.Then == ""
	}
	if !charges[typ] {
		return false
	}
	if slices.ContainsFunc(t.args["subj"], func(a argument) bool { return a.event >= 0 }) {
		return false // what the quake killed is told by the quake
	}
	if r.intangible(t, typ) || (typ == news.TypeAssault || typ == news.TypeCoerce) && r.invented(t.token) || typ == news.TypeThreaten && r.caution(t.token) {
		return true
	}
	f, ok := r.figureOf(t, typ)
	return ok && f.Then == ""
}

// figured are the types beside charges that figures may leave out.
var figured = map[news.EventType]bool{news.TypeConsult: true, news.TypeAgree: true, news.TypeSupport: true, news.TypeRetreat: true, news.TypeAppoint: true, news.TypeAid: true}

// figureOf is the first figure that what stands by a word shows.
func (r *reading) figureOf(t *trigger, typ news.EventType) (gazetteer.Figure, bool) {
	if !charges[typ] && typ != news.TypeReject && !figured[typ] {
		return gazetteer.Figure{}, false
	}
	action := t.wording.action.Name
	if !t.keep || t.wording.action.Type != typ {
		action = r.sense(t, typ).action.Name
	}
	for _, f := range r.g.Figures(typ, action) {
		if r.shows(t, f) {
			return f, true
		}
	}
	return gazetteer.Figure{}, false
}

// instead is the wording of what a word tells that does not tell an event of the type, by what stands beside it: firing a minister, dockers who strike.
func (r *reading) instead(t *trigger, typ news.EventType) (wording, bool) {
	f, ok := r.figureOf(t, typ)
	if !ok || f.Then == "" {
		return wording{}, false
	}
	a, _ := news.ActionNamed(f.Then)
	if w := r.sense(t, a.Type); w.action.Name == a.Name {
		return w, true
	}
	return wording{a, pattern{words: []string{strings.ToLower(r.d.Tokens[t.token].Lemma)}, roles: usual[r.pos(t.token)]}}, true
}

func (r *reading) shows(t *trigger, f gazetteer.Figure) bool {
	for _, u := range f.Unless {
		where, party := strings.CutPrefix(u, "!")
		for _, k := range r.standing(t.token, where) {
			if slices.ContainsFunc(r.timesIn(r.d.Sentences[r.sentenceOf[k]]), func(w timeAt) bool { return w.first <= k && k < w.last }) {
				continue // on Monday
			}
			if !party || r.sorted(k, "PARTY") || slices.ContainsFunc(r.resolve(k), r.party) {
				return false
			}
		}
	}
	at := r.standing(t.token, f.Where)
	if f.Where == "scene" {
		return slices.ContainsFunc(at, func(k int) bool { return overlap(r.classesOf(k), f.Of) })
	}
	for _, k := range at {
		if !overlap(r.classesOf(k), f.Of) || r.nameAt(k) && !slices.Contains(f.Of, "games") || f.Where == "obj" && r.phrasal(t.token, k) || f.Where == "obj" && len(r.child(k, "nmod:poss")) > 0 && len(r.owners(k, nil)) > 0 {
			return false
		}
	}
	return len(at) > 0
}

// nameAt tells that a name stands at token i, of which more is known than that it is one word.
func (r *reading) nameAt(i int) bool {
	m := r.at[i]
	return m != nil && m.form != news.FormNominal && (m.last-m.first > 1 || !local(m.entity))
}

func overlap(a, b []string) bool {
	return slices.ContainsFunc(a, func(s string) bool { return slices.Contains(b, s) })
}

// intangible tells that a verb of harm or force has an object that nobody can harm or hold: seizing a chance, killing a headline (CODING 44).
func (r *reading) intangible(t *trigger, typ news.EventType) bool {
	if typ != news.TypeAssault && typ != news.TypeCoerce || r.pos(t.token) != "V" {
		return false
	}
	objects := r.child(t.token, "obj")
	if len(objects) == 0 {
		return false
	}
	for _, o := range objects {
		if n := r.d.Tokens[o]; n.Sort != "abstract" || n.Tag != "NN" || r.telling(o) || len(r.resolve(o)) > 0 || len(r.child(o, "nmod:poss")) > 0 || r.phrasal(t.token, o) {
			return false
		}
	}
	return true
}

// invented tells that a work of art or a game tells what token i tells, or that somebody plays it (CODING 44).
func (r *reading) invented(i int) bool {
	d := r.d
	work := func(k int) bool {
		return slices.Contains(r.classesOf(k), "work") && !r.nameAt(k) && !slices.ContainsFunc(r.children[k], func(c int) bool { return coarse(d.Tokens[c].Relation) == "nmod" && r.telling(c) })
	}
	for n := 0; i >= 0 && n < 6; n++ {
		if slices.ContainsFunc(r.subjects(i, 0), work) && n > 0 {
			return true
		}
		for _, k := range r.standing(i, "in") {
			if work(k) {
				return true
			}
		}
		t := d.Tokens[i]
		if h := t.Head; t.Relation == "acl:relcl" && h >= 0 && coarse(d.Tokens[h].Relation) == "obj" && d.Tokens[h].Head >= 0 && enacts[d.Tokens[d.Tokens[h].Head].Lemma] {
			return true
		}
		i = t.Head
	}
	return false
}

// enacts are the verbs whose object is a part, not a person.
var enacts = wordSet("play portray depict impersonate enact")

// feared tells that clause c of the warning at token i tells what others than who warns may do: that rebels could be planning attacks.
func (r *reading) feared(i, c int) bool {
	d := r.d
	if !slices.ContainsFunc(r.child(c, "aux"), func(a int) bool {
		l := strings.ToLower(d.Word(a))
		return l == "could" || l == "may" || l == "might"
	}) {
		return false
	}
	var warns []news.ID
	for _, k := range r.subjects(i, 0) {
		warns = append(warns, r.resolve(k)...)
	}
	subjects := r.subjects(c, 0)
	return len(subjects) > 0 && !slices.ContainsFunc(subjects, func(k int) bool {
		return strings.HasPrefix(d.Tokens[k].Tag, "PRP") || len(r.owners(k, nil)) > 0 || shared(r.resolve(k), warns)
	})
}

// caution tells that a warning foretells what no party does: weather, illness, a toll that may rise (CODING 44).
func (r *reading) caution(i int) bool {
	d := r.d
	if l := d.Tokens[i].Lemma; l != "warn" && l != "warning" && l != "caution" && l != "alert" {
		return false
	}
	threat := func(k int) bool {
		return r.telling(k) && slices.ContainsFunc(r.senses(k), func(e news.EventType) bool { return charges[e] || e == news.TypeSanction || e == news.TypeMobilize })
	}
	clauses := r.child(i, "ccomp", "xcomp", "acl")
	if t := d.Tokens[i]; len(clauses) == 0 && t.Relation == "parataxis" && t.Head >= 0 {
		clauses = []int{t.Head} // the toll may rise, it warned
	}
	if len(clauses) > 0 {
		if !slices.ContainsFunc(clauses, func(c int) bool { return !r.feared(i, c) }) {
			return true
		}
		return !slices.ContainsFunc(clauses, func(c int) bool {
			subjects := r.subjects(c, 0)
			return threat(c) || len(subjects) == 0 || len(r.child(c, "advcl")) > 0 || slices.ContainsFunc(subjects, func(k int) bool {
				return r.telling(k) || strings.HasPrefix(d.Tokens[k].Tag, "PRP") || r.sorted(k, "PARTY") || slices.ContainsFunc(r.resolve(k), func(id news.ID) bool { return r.party(id) || r.kind(id) == news.Weapon }) || len(r.owners(k, nil)) > 0
			})
		})
	}
	told, foretold := 0, 0
	for _, where := range []string{"of", "about", "against"} {
		for _, k := range r.standing(i, where) {
			told++
			if overlap(r.classesOf(k), []string{"hazard", "disease", "weather", "money", "animal", "vice", "fire", "drug", "thing"}) {
				foretold++
			}
		}
	}
	advised := 0
	for _, c := range r.child(i, "advcl") {
		for _, m := range r.child(c, "mark") {
			if w := strings.ToLower(d.Word(m)); (w == "against" || w == "about" || w == "of") && !threat(c) {
				advised++
			}
		}
	}
	return told > 0 && told == foretold || told == 0 && advised > 0 && len(r.child(i, "obj")) == 0 || slices.ContainsFunc(r.subjects(i, 0), func(k int) bool { return slices.Contains(r.classesOf(k), "expert") && !r.nameAt(k) })
}

// harmless is the type of what token i tells where that is an assault by its words and nobody is there to be hurt: missiles fired into the sea are a
// test (CODING 16).
func (r *reading) harmless(t *trigger, typ news.EventType) news.EventType {
	if typ == news.TypeAssault && r.pos(t.token) == "N" && slices.Contains(r.classesOf(t.token), "fire") && len(t.args["poss"])+len(t.args["by"])+len(t.args["from"])+len(t.args["against"])+len(r.child(t.token, "compound")) == 0 &&
		len(r.child(t.token, "det", "nummod")) > 0 {
		return news.TypeAccident // a fire that nobody set
	}
	if typ == news.TypeAssault && t.keep && r.pos(t.token) == "N" && (t.wording.action.Type == news.TypeAccident || t.wording.action.Type == news.TypeDisaster) {
		if senses := r.senses(t.token); !slices.Contains(senses, news.TypeAssault) {
			return t.wording.action.Type // no sense of turbulence is an attack
		}
	}
	if typ == news.TypeAssault && r.lays(t.token) {
		return news.TypeAppoint // whom one fires, and not at whom, loses his post
	}
	if typ != news.TypeAssault || !launches[r.d.Tokens[t.token].Lemma] {
		return typ
	}
	sea := false
	for _, where := range []string{"at", "on", "against", "into", "toward", "towards", "off", "over", "in"} {
		for _, k := range r.standing(t.token, where) {
			wet := slices.Contains(r.classesOf(k), "sea")
			if m := r.at[k]; m != nil {
				for n := m.first; n < m.last; n++ {
					wet = wet || slices.Contains(r.g.Classes(strings.ToLower(r.d.Tokens[n].Lemma)), "sea")
				}
			}
			if !wet && where != "in" && where != "on" && where != "over" && where != "off" {
				return typ
			}
			sea = sea || wet && where != "in"
		}
	}
	if !sea {
		return typ
	}
	return news.TypeTest
}

// lays tells that the verb at token i fires people, at nobody and nothing: "fired three stewards", "fired his deputy".
func (r *reading) lays(i int) bool {
	if r.d.Tokens[i].Lemma != "fire" || r.pos(i) != "V" || r.passive(i, r.d.Sentences[r.sentenceOf[i]]) {
		return false
	}
	for _, where := range []string{"at", "on", "into", "toward", "towards", "from"} {
		for _, k := range r.standing(i, where) {
			if !days[r.d.Word(k)] && r.d.Tokens[k].Sort != "time" {
				return false
			}
		}
	}
	objects := r.child(i, "obj")
	return len(objects) > 0 && !slices.ContainsFunc(objects, func(o int) bool {
		return !r.folk(o) && !slices.ContainsFunc(r.resolve(o), func(id news.ID) bool { return r.kind(id) == news.Person })
	})
}

// tool tells that the noun at token i, an assault by its words, is a thing that somebody has with him: arrested with a petrol bomb.
func (r *reading) tool(i int, typ news.EventType) bool {
	if typ != news.TypeAssault || r.pos(i) != "N" || r.taught() {
		return false
	}
	return slices.ContainsFunc(r.child(i, "case"), func(c int) bool { return strings.EqualFold(r.d.Word(c), "with") }) && slices.Contains(r.g.Classes(strings.ToLower(r.d.Tokens[i].Lemma)), "arm")
}

// official tells that a state or a body of its government protests, which is a note and no march (CODING 44).
func (r *reading) official(t *trigger, typ news.EventType) bool {
	if typ != news.TypeProtest || r.d.Tokens[t.token].Lemma != "protest" || r.pos(t.token) != "V" {
		return false
	}
	subjects := t.args["subj"]
	return len(subjects) > 0 && !slices.ContainsFunc(subjects, func(a argument) bool {
		return r.kind(a.entity) != news.State && !(r.kind(a.entity) == news.Organisation && bodySectors[strings.ToLower(r.d.Tokens[a.token].Lemma)] == "GOV")
	})
}

// inProtest tells that the noun at token i only says why another deed was done: "resigned in protest at the killings".
func (r *reading) inProtest(i int) bool {
	d := r.d
	h := d.Tokens[i].Head
	if d.Tokens[i].Lemma != "protest" || d.Tokens[i].Tag != "NN" || h < 0 || i == 0 || !strings.EqualFold(d.Word(i-1), "in") || d.Tokens[i-1].Head != i {
		return false
	}
	return slices.ContainsFunc(r.senses(h), func(e news.EventType) bool {
		return e == news.TypeAppoint || e == news.TypeSanction || e == news.TypeReject || e == news.TypeRetreat || e == news.TypeAccuse
	})
}

// launches are the verbs and nouns of which a weapon is the object.
var launches = wordSet("fire launch launching firing shoot lob send")
