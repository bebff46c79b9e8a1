package extract

import (
	"slices"
	"strings"

	"newsgraph/news"
)

// turns are those of an interview that is printed as questions and answers, "Q:" and "A:" at the beginnings of paragraphs, without their letters. Questions are
// nobody's, answers the interviewed person's, if it is told who that is. A turn has the paragraphs up to the next; the last has one, for what may follow is the editors'.
func (r *reading) turns() []voice {
	d := r.d
	var all []voice
	asked, answered := -1, false
	for i := 0; i+2 < len(d.Tokens); i++ {
		w := d.Word(i)
		if w != "Q" && w != "A" || d.Word(i+1) != ":" || i > 0 && !r.paragraph(i) {
			continue
		}
		if n := len(all); n > 0 {
			all[n-1].last = i
		}
		if w == "Q" && asked < 0 {
			asked = i
		}
		answered = answered || w == "A" && asked >= 0
		v := voice{first: i + 2, last: i + 3, verb: -1, turn: true}
		if w == "A" && asked >= 0 {
			v.speaker = r.interviewed(asked)
		}
		for v.last < len(d.Tokens) && !r.paragraph(v.last) {
			v.last++
		}
		all = append(all, v)
	}
	if !answered {
		return nil
	}
	return all
}

// interviewed is the person whose interview begins at a token: the only one whom the headline and what stands before it name, and name in one sentence with a word
// that an interview is told by. It is empty where that is not plain.
func (r *reading) interviewed(begin int) news.ID {
	var who []news.ID
	told := false
	for _, m := range r.mentions {
		if m.first >= begin || r.kind(m.entity) != news.Person {
			continue
		}
		if !slices.Contains(who, m.entity) {
			who = append(who, m.entity)
		}
		s := r.d.Sentences[r.sentenceOf[m.first]]
		for i := s.First; i < min(s.Last, begin); i++ {
			told = told || interviews[strings.ToLower(r.d.Word(i))]
		}
	}
	for id, e := range r.headline {
		if e.Kind != news.Person {
			continue
		}
		if !slices.ContainsFunc(who, func(o news.ID) bool { return o == id || strings.HasSuffix(" "+r.entities[o].Name, " "+e.Name) }) {
			who = append(who, id)
		}
		for _, w := range strings.Fields(r.story.Headline) {
			told = told || interviews[strings.ToLower(strings.Trim(w, ":,.–—-"))]
		}
	}
	if len(who) != 1 || !told {
		return ""
	}
	if _, ok := r.entities[who[0]]; !ok {
		r.entities[who[0]] = r.headline[who[0]]
	}
	return who[0]
}

// interviews are words that tell that somebody is interviewed.
var interviews = wordSet("interview interviews interviewed interviewing conversation q&a questions answers answered spoke speaks")
