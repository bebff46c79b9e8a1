package extract

import (
	"strings"

	"newsgraph/news"
)

// laterPerson is a person whom the gazetteer knows by the name and the office held since a day: who bore the name before, or in a text of other
// things, may be somebody else.
type laterPerson struct {
	entity        news.Entity
	since, beside string
}

// besides are words of which a text has one where it may mean a person of a row's column "beside".
var besides = map[string]map[string]bool{
	"us-congress": wordSet(`Congress Senate House Senator Senators Sen. Sen Rep. Rep Representative Representatives Congressman Congresswoman Republican Republicans
		Democrat Democrats Democratic Capitol senator senators lawmaker lawmakers congressman congresswoman`),
}

// officeHolder is the person of the gazetteer whom a full name means in this story.
func (r *reading) officeHolder(name string) (news.Entity, bool) {
	p, ok := r.g.later[strings.Join(strings.Fields(plain(name)), " ")]
	if !ok || r.story.Published == "" || r.story.Published < p.since {
		return news.Entity{}, false
	}
	if words := besides[p.beside]; words != nil {
		for i := range r.d.Tokens {
			if words[r.d.Word(i)] {
				return p.entity, true
			}
		}
		return news.Entity{}, false
	}
	return p.entity, true
}

// office is a title, in lower case, in a state or a body.
type office struct {
	title string
	of    news.ID
}

// term is how long somebody held an office: days, months or years as far as they are known, the last day empty if it goes on.
type term struct {
	person       news.ID
	since, until string
}

// holder is who held an office on a day, where one person is known to have. A term that is told by its year alone is taken for sure neither in its
// first year nor in its last.
func (g *gazetteer) holder(title string, of news.ID, day string) (news.ID, bool) {
	var found news.ID
	for _, t := range g.terms[office{title, of}] {
		if day == "" || !(t.since+"\xff" < day || t.since == day) || t.until != "" && t.until <= day[:min(len(day), len(t.until))] {
			continue
		}
		if found != "" && found != t.person {
			return "", false
		}
		found = t.person
	}
	return found, found != ""
}
