package extract

import "newsgraph/news"

// officeHolder is the person of the gazetteer whom a full name means in this story.
func (r *reading) officeHolder(name string) (news.Entity, bool) {
	return r.g.Person(name, r.story.Published, func(yield func(string) bool) {
		for i := range r.d.Tokens {
			if !yield(r.d.Word(i)) {
				return
			}
		}
	})
}
