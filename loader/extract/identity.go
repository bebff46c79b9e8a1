package extract

import (
	"slices"
	"strings"

	"newsgraph/loader/gazetteer"
	"newsgraph/news"
)

// identify writes into the reports what news.Merge asks of them, which knows neither gazetteer nor text: the family of the action, the head nouns
// of those who belong to this text alone, and where the places lie.
func (r *reading) identify() {
	for i := range r.reports {
		p := &r.reports[i]
		p.Family = news.FamilyOf(p.Action)
		places := p.Entities(news.Place)
		if len(places) == 0 && scenic[p.Type] {
			p.Scene = r.scene(p.SentenceSpan)
			places = p.Scene
		}
		r.lay(p, places)
		for _, q := range p.Participants {
			e := r.entities[q.Entity]
			if q.Role != news.Place && local(q.Entity) {
				if p.Heads == nil {
					p.Heads = map[news.ID]string{}
				}
				p.Heads[q.Entity] = r.headNoun(e)
			}
		}
	}
}

// lay writes where places lie.
func (r *reading) lay(p *news.Report, places []news.ID) {
	for _, id := range places {
		if lies := r.g.Lies(r.entities[id]); lies.Country != "" || len(lies.Within) > 0 {
			if p.Lies == nil {
				p.Lies = map[news.ID]news.Lies{}
			}
			p.Lies[id] = lies
		}
	}
}

// scenic are the types of what is done where it is told.
var scenic = map[news.EventType]bool{
	news.TypeAssault: true, news.TypeCoerce: true, news.TypeProtest: true, news.TypeDisaster: true, news.TypeAccident: true, news.TypeTest: true,
}

// scene is the only place that a sentence tells by a preposition, with what contains it; nothing if it tells several. It is no participant: that
// the words belong to the event the sentence does not say, only that no other place is told.
func (r *reading) scene(sentence news.Span) []news.ID {
	var scene []news.ID
	last := -1
	for i := 0; i < len(r.d.Tokens); i++ {
		t, m := r.d.Tokens[i], r.at[i]
		if t.Start < sentence.Start || t.End > sentence.End || m == nil || m.first != i || local(m.entity) {
			continue
		}
		switch kind := r.kind(m.entity); {
		case kind != news.Kind(news.Place) && kind != news.State || m.form != news.FormName:
		case last >= 0 && i == last+1 && r.d.Word(last) == ",":
			if !slices.Contains(r.g.Lies(r.entities[scene[len(scene)-1]]).Within, m.entity) {
				return nil // a list
			}
			scene, last = append(scene, m.entity), m.last
		case r.locates(i):
			if len(scene) > 0 {
				return nil
			}
			scene, last = append(scene, m.entity), m.last
		}
	}
	return scene
}

// locates tells that a preposition of place stands before token i, with or without an article.
func (r *reading) locates(i int) bool {
	if i > 1 && strings.EqualFold(r.d.Word(i-1), "the") {
		i--
	}
	return i > 0 && r.g.Locates(gazetteer.TellsScene, r.d.Word(i-1))
}

// afterHead are words that end the head of a name: "families of miners".
var afterHead = wordSet("of in at on from for to with who that against near by and or")

// headNoun is what a story's own party is called by: of a person the title without its country, "foreign minister", of others the noun's lemma.
func (r *reading) headNoun(e news.Entity) string {
	words := strings.Fields(e.Name)
	if n := slices.IndexFunc(words, func(w string) bool { return afterHead[strings.ToLower(w)] }); n > 0 {
		words = words[:n]
	}
	if len(words) == 0 {
		return e.Name
	}
	if e.Kind == news.Person {
		for len(words) > 1 && (formerly[strings.ToLower(words[0])] || r.ofCountry(words[0])) {
			words = words[1:]
		}
		return strings.ToLower(strings.Join(words, " "))
	}
	head := words[len(words)-1]
	for i, t := range r.d.Tokens {
		if strings.HasPrefix(t.Tag, "NN") && r.d.Word(i) == head {
			return strings.ToLower(t.Lemma)
		}
	}
	return strings.ToLower(head)
}

// formerly are words before a title that do not change what it is called.
var formerly = wordSet("former ex- late new then")

// ofCountry tells that a word names a state, or is a state's adjective.
func (r *reading) ofCountry(word string) bool {
	e, ok := r.g.Called(plain(strings.TrimSuffix(strings.TrimSuffix(word, "'s"), "’s")))
	return ok && r.kindOf(e.ID) == news.State
}
