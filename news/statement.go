package news

import (
	"cmp"
	"slices"
)

// Statement is something that somebody says in a story: words in quotation marks, or a sentence that reports what he says.
type Statement struct {
	Story     ID   `json:"story"`
	Span      Span `json:"span"` // the words with their marks, or the sentence
	Speaker   ID   `json:"speaker"`
	Addressee ID   `json:"addressee,omitempty"` // an entity; empty if that is not told
	Topics    []ID `json:"topics,omitempty"`    // the other entities that are mentioned in it, in the order of the text
	Quotation ID   `json:"quotation,omitempty"` // empty if the words are not quoted
	Report    ID   `json:"report,omitempty"`    // the first that it tells; empty if it tells none, which only quotations do
}

// Statements are what the speakers of a story say in it, in the order of the text, then by speaker. A report that is told within a quotation of its
// speaker is no statement beside it, and what a sentence reports of one speaker is one.
func (f Facts) Statements() []Statement {
	reports := slices.SortedFunc(slices.Values(f.Reports), func(a, b Report) int { return cmp.Or(a.Trigger.compare(b.Trigger), cmp.Compare(a.ID, b.ID)) })
	mentions := slices.SortedFunc(slices.Values(f.Mentions), func(a, b Mention) int { return cmp.Or(a.Span.compare(b.Span), cmp.Compare(a.ID, b.ID)) })
	topics := func(in Span, without ...ID) []ID {
		var all []ID
		for _, m := range mentions {
			if in.Covers(m.Span) && !slices.Contains(without, m.Entity) && !slices.Contains(all, m.Entity) {
				all = append(all, m.Entity)
			}
		}
		return all
	}
	var all []Statement
	for _, q := range f.Quotations {
		if q.Speaker == "" {
			continue
		}
		s := Statement{Story: q.Story, Span: q.Span, Speaker: q.Speaker, Addressee: q.Addressee, Topics: topics(q.Span, q.Speaker, q.Addressee), Quotation: q.ID, Report: q.Report}
		if i := slices.IndexFunc(reports, func(r Report) bool { return q.Span.Covers(r.Trigger) }); s.Report == "" && i >= 0 {
			s.Report = reports[i].ID
		}
		all = append(all, s)
	}
	for _, r := range reports {
		if r.SentenceSpan.Empty() {
			continue // the story holds no words of it
		}
		for n, speaker := range r.SaidBy {
			told := func(s Statement) bool {
				return s.Speaker == speaker && (s.Quotation != "" && s.Span.Covers(r.Trigger) || s.Span == r.SentenceSpan)
			}
			if slices.ContainsFunc(all, told) {
				continue
			}
			s := Statement{Story: r.Story, Span: r.SentenceSpan, Speaker: speaker, Report: r.ID}
			if n == 0 {
				s.Addressee = r.Addressee // of whoever says it nearest
			}
			s.Topics = topics(s.Span, append([]ID{s.Addressee}, r.SaidBy...)...)
			all = append(all, s)
		}
	}
	slices.SortFunc(all, func(a, b Statement) int { return cmp.Or(a.Span.compare(b.Span), cmp.Compare(a.Speaker, b.Speaker)) })
	return all
}

func (s Span) compare(o Span) int {
	return cmp.Or(cmp.Compare(s.Start, o.Start), cmp.Compare(s.End, o.End))
}
