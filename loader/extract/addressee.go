package extract

import (
	"slices"
	"strings"

	"newsgraph/loader/gazetteer"
	"newsgraph/loader/nlp"
	"newsgraph/news"
)

// address finds to whom what is said is said: of quotations by the verb that tells whose they are, of reports by that of their nearest speaker.
func (r *reading) address() {
	for n, q := range r.quotes {
		if v := &r.voices[n]; v.verb >= 0 {
			r.quotes[n].Addressee = r.hearer(v.verb, q.Speaker, v)
		}
	}
	for n := range r.reports {
		p := &r.reports[n]
		i := slices.IndexFunc(r.d.Tokens, func(t nlp.Token) bool { return t.Start >= p.Trigger.Start })
		if i < 0 || len(p.SaidBy) == 0 {
			continue
		}
		if v := r.voiceAt(i); v != nil && v.speaker == p.SaidBy[0] {
			if v.verb >= 0 {
				p.Addressee = r.hearer(v.verb, v.speaker, v)
			}
			continue
		}
		s := r.d.Sentences[r.sentenceOf[i]]
		for k := s.First; k < s.Last && p.Addressee == ""; k++ {
			t := r.d.Tokens[k]
			if k == i || !strings.HasPrefix(t.Tag, "VB") || !sayVerbs[t.Lemma] && !reportVerbs[t.Lemma] && !r.g.Addresses(gazetteer.HearerVerb, t.Lemma) || !r.under(i, k) || r.resaid(i, k) {
				continue
			}
			if slices.ContainsFunc(r.sayers(k), func(c int) bool { return slices.Contains(r.says(c), p.SaidBy[0]) }) {
				p.Addressee = r.hearer(k, p.SaidBy[0], nil)
			}
		}
	}
}

// hearer is to whom the speaker says something by the verb at token k, outside of his passage if there is one; empty if the words do not tell.
func (r *reading) hearer(k int, speaker news.ID, v *voice) news.ID {
	for _, c := range r.hearers(k) {
		if v != nil && c >= v.first && c < v.last {
			continue
		}
		if id := r.heard(c); id != "" && id != speaker {
			return id
		}
	}
	return ""
}

// hearers are the heads of the phrases that tell to whom something is said by the verb at token k.
func (r *reading) hearers(k int) []int {
	lemma := r.d.Tokens[k].Lemma
	all := r.child(k, "iobj")
	if r.g.Addresses(gazetteer.HearerVerb, lemma) {
		all = append(all, r.child(k, "obj")...)
	}
	for _, c := range r.child(k, "obl") {
		switch {
		case r.g.Addresses(gazetteer.ToVerb, lemma) && r.childCase(c, "to"):
			all = append(all, c)
		case r.childCase(c, "in", "during", "at", "after"):
			all = append(all, r.messaged(c)...)
		}
	}
	for _, c := range r.child(k, "obj") {
		all = append(all, r.messaged(c)...) // wrote a letter to Ruiz
	}
	for _, c := range r.child(k, "advcl", "xcomp") {
		if t := r.d.Tokens[c]; t.Tag != "VBG" || !r.g.Addresses(gazetteer.SpeechVerb, t.Lemma) {
			continue
		}
		all = append(all, r.child(c, "obj")...)
		for _, o := range r.child(c, "obl") {
			if r.childCase(o, "to") {
				all = append(all, o)
			}
		}
	}
	return all
}

// messaged are to whom, or with whom, goes what the noun at token c names.
func (r *reading) messaged(c int) []int {
	lemma := r.d.Tokens[c].Lemma
	talk := r.g.Addresses(gazetteer.TalkNoun, lemma)
	if !talk && !r.g.Addresses(gazetteer.MessageNoun, lemma) {
		return nil
	}
	var all []int
	for _, o := range r.child(c, "nmod") {
		if r.childCase(o, "to") || talk && r.childCase(o, "with") {
			all = append(all, o)
		}
	}
	return all
}

// heard is the party that the phrase headed by token c stands for. It adds no mention: who is only spoken to takes part in nothing.
func (r *reading) heard(c int) news.ID {
	marked := len(r.mentions)
	ids := r.resolve(c)
	if t := r.d.Tokens[c]; t.Tag == "NNS" && t.Sort == "person" && (len(ids) == 0 || r.kind(ids[0]) == news.Person) {
		ids = some(r.group(c, gazetteer.Noun{Kind: news.Group}, "")) // reporters are no one person, whoever is named after them
	}
	for _, m := range slices.Clone(r.mentions[marked:]) {
		r.unmark(m)
	}
	if len(ids) == 0 || !r.party(ids[0]) {
		return ""
	}
	return ids[0]
}
