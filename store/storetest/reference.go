package storetest

import (
	"bytes"
	"cmp"
	"context"
	"iter"
	"maps"
	"slices"
	"strings"

	"newsgraph/news"
	"newsgraph/store"
)

// reference is the graph that the contract says some facts make: lists in full, filtered and sorted with nothing in mind but its words.
type reference struct {
	stories     []news.Story
	entities    []news.Entity
	mentions    []news.Mention
	reports     []news.Report
	events      []news.Event
	quotations  []news.Quotation
	positions   []news.Position
	statements  []news.Statement
	superseded  []news.Facts // as they were read
	told        []news.Facts // as they were read, of those that corrections change
	corrections []news.Correction
	named       map[news.ID]int // how many stories mention an entity
	story       map[news.ID]news.Story
	report      map[news.ID]news.Report
	entity      map[news.ID]news.Entity
	group       map[string]int // of copies, by the hash of a text
}

func refer(all ...news.Facts) *reference {
	g := &reference{named: map[news.ID]int{}, story: map[news.ID]news.Story{}, report: map[news.ID]news.Report{}}
	joined := map[news.ID]news.Entity{}
	pieces := map[string][]news.Story{}
	for _, f := range all {
		pieces[f.Story.Piece()] = append(pieces[f.Story.Piece()], f.Story)
	}
	for _, f := range all {
		if _, by := news.Superseded(pieces[f.Story.Piece()]); f.Story.Piece() != "" && by[f.Story.ID] != "" {
			ready, err := store.Prepare([]news.Facts{f})
			if err != nil {
				panic(err) // the suite's stories are well made
			}
			g.superseded = append(g.superseded, store.SortFacts(ready[0]))
			continue
		}
		g.stories = append(g.stories, f.Story)
		g.story[f.Story.ID] = f.Story
		for _, e := range f.Entities {
			known, ok := joined[e.ID]
			if !ok {
				known = e
			}
			joined[e.ID] = news.JoinEntities(known, e)
		}
		named := map[news.ID]bool{}
		for _, m := range f.Mentions {
			named[m.Entity] = true
		}
		for e := range named {
			g.named[e]++
		}
		for _, r := range f.Reports {
			g.report[r.ID] = r
		}
		g.mentions = append(g.mentions, f.Mentions...)
		g.reports = append(g.reports, f.Reports...)
		g.quotations = append(g.quotations, f.Quotations...)
		g.positions = append(g.positions, f.Positions...)
		g.statements = append(g.statements, f.Statements()...)
	}
	g.entity, g.entities = joined, slices.Collect(maps.Values(joined))
	g.group = groups(g.stories)
	g.events = news.Merge(g.reports)
	for i, e := range g.events {
		independent := map[int]bool{}
		for _, r := range e.Reports {
			independent[g.group[g.story[g.report[r].Story].TextHash]] = true
		}
		g.events[i].Texts = len(independent)
	}
	slices.SortFunc(g.stories, func(a, b news.Story) int { return cmp.Compare(a.ID, b.ID) })
	slices.SortFunc(g.entities, func(a, b news.Entity) int { return cmp.Compare(a.ID, b.ID) })
	slices.SortFunc(g.mentions, func(a, b news.Mention) int { return cmp.Compare(a.ID, b.ID) })
	slices.SortFunc(g.reports, func(a, b news.Report) int { return cmp.Compare(a.ID, b.ID) })
	slices.SortFunc(g.quotations, func(a, b news.Quotation) int { return cmp.Compare(a.ID, b.ID) })
	slices.SortFunc(g.superseded, func(a, b news.Facts) int { return cmp.Compare(a.Story.ID, b.Story.ID) })
	slices.SortFunc(g.positions, func(a, b news.Position) int { return cmp.Compare(a.ID, b.ID) })
	return g
}

// groups numbers the groups of copies from 0: each text is followed to all that are near.
func groups(all []news.Story) map[string]int {
	sketches := map[string]news.Sketch{}
	for _, s := range all {
		if sketches[s.TextHash] == nil {
			sketches[s.TextHash] = news.SketchOf(s)
		}
	}
	group := map[string]int{}
	n := 0
	var follow func(text string)
	follow = func(text string) {
		group[text] = n
		for other, sketch := range sketches {
			if _, ok := group[other]; !ok && sketches[text].Near(sketch) {
				follow(other)
			}
		}
	}
	for text := range sketches {
		if _, ok := group[text]; !ok {
			follow(text)
			n++
		}
	}
	return group
}

// copies is how many stories there are more than groups of copies.
func (g *reference) copies() int {
	groups := map[int]bool{}
	for _, n := range g.group {
		groups[n] = true
	}
	return len(g.stories) - len(groups)
}

func (g *reference) copiesOf(story news.ID) []news.Story {
	s, ok := g.story[story]
	return filter(g.listStories(store.StoryQuery{}), func(o news.Story) bool {
		return ok && o.ID != s.ID && g.group[o.TextHash] == g.group[s.TextHash]
	})
}

// export is what store.Export writes of it.
func (g *reference) export() string {
	var all []store.Record
	for _, v := range g.stories {
		all = append(all, store.Record{Story: &v})
	}
	for _, v := range g.entities {
		all = append(all, store.Record{Entity: &v})
	}
	for _, v := range g.mentions {
		all = append(all, store.Record{Mention: &v})
	}
	for _, v := range g.reports {
		all = append(all, store.Record{Report: &v})
	}
	for _, v := range g.events {
		all = append(all, store.Record{Event: &v})
	}
	for _, v := range g.quotations {
		all = append(all, store.Record{Quotation: &v})
	}
	for _, v := range g.positions {
		all = append(all, store.Record{Position: &v})
	}
	for _, v := range g.superseded {
		all = append(all, store.Record{Superseded: &v})
	}
	for _, v := range g.told {
		all = append(all, store.Record{Told: &v})
	}
	for _, v := range sorted(g.corrections, func(a, b news.Correction) int { return cmp.Compare(a.ID, b.ID) }) {
		all = append(all, store.Record{Correction: &v})
	}
	var b bytes.Buffer
	if _, err := store.Export(context.Background(), records{all: all}, &b); err != nil {
		panic(err) // nothing here fails
	}
	return b.String()
}

type records struct {
	store.Reader
	all []store.Record
}

func (r records) Records(context.Context) iter.Seq2[store.Record, error] {
	return func(yield func(store.Record, error) bool) {
		for _, v := range r.all {
			if !yield(v, nil) {
				return
			}
		}
	}
}

func (g *reference) stats() store.Stats {
	st := store.Stats{
		Stories: len(g.stories), Entities: len(g.entities), Events: len(g.events), Reports: len(g.reports), Superseded: len(g.superseded),
		Readers: map[string]int{},
	}
	for _, f := range g.superseded {
		st.Readers[f.Story.Reader]++
	}
	for _, s := range g.stories {
		st.Readers[s.Reader]++
	}
	return st
}

// begins tells that every word of the query begins a folded word of the text.
func begins(text, query string) bool {
	words := news.Words(text)
	return !slices.ContainsFunc(news.Words(query), func(q string) bool {
		return !slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(w, q) })
	})
}

func anyOf[T comparable](of []T, v T) bool { return len(of) == 0 || slices.Contains(of, v) }

func filter[T any](list []T, is func(T) bool) []T {
	var some []T
	for _, v := range list {
		if is(v) {
			some = append(some, v)
		}
	}
	return some
}

func sorted[T any](list []T, by func(a, b T) int) []T {
	return slices.SortedFunc(slices.Values(list), by)
}

func names(e news.Entity) []string { return append([]string{e.Name}, e.Aliases...) }

func (g *reference) findEntities(q store.EntityQuery) []news.Entity {
	some := filter(g.entities, func(e news.Entity) bool {
		return anyOf(q.Kinds, e.Kind) && g.isOf(e.ID, store.Party{Class: q.Class}) && (q.Wikidata == "" || q.Wikidata == e.Wikidata) &&
			(q.ISO == "" || strings.EqualFold(q.ISO, e.ISO2) || strings.EqualFold(q.ISO, e.ISO3)) &&
			(q.Name == "" || slices.ContainsFunc(names(e), func(n string) bool { return news.Fold(n) == news.Fold(q.Name) }))
	})
	events := map[news.ID]int{}
	if q.Order == store.ByEvents {
		for _, e := range some {
			events[e.ID] = len(g.eventsOf(e.ID, store.EventQuery{}))
		}
	}
	return sorted(some, func(a, b news.Entity) int {
		by := g.named[b.ID] - g.named[a.ID]
		switch q.Order {
		case store.ByEvents:
			by = events[b.ID] - events[a.ID]
		case store.ByName:
			by = cmp.Compare(news.Fold(a.Name), news.Fold(b.Name))
		}
		return cmp.Or(by, cmp.Compare(a.ID, b.ID))
	})
}

func (g *reference) search(q store.SearchQuery) []news.Entity {
	words := store.SearchWords(q.Text)
	if len(words) == 0 {
		return nil
	}
	rank := func(e news.Entity) store.Match {
		m, _ := store.MatchOf(q.Text, e)
		return m
	}
	some := filter(g.entities, func(e news.Entity) bool { return anyOf(q.Kinds, e.Kind) && rank(e) != store.NoMatch })
	return sorted(some, func(a, b news.Entity) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), g.named[b.ID]-g.named[a.ID], cmp.Compare(a.ID, b.ID))
	})
}

// asks tells that a query asks for an event, wherever it stands in the list.
func (g *reference) asks(q store.EventQuery, e news.Event) bool {
	for _, p := range q.Participants {
		if !slices.ContainsFunc(e.Participants, func(x news.Participant) bool { return g.isOf(x.Entity, p.Party()) && anyOf(p.Roles, x.Role) }) {
			return false
		}
	}
	if b := q.Between; b != nil && !g.did(e, b.A, b.B) && !g.did(e, b.B, b.A) {
		return false
	}
	said := func(r news.ID) bool {
		return slices.ContainsFunc(g.report[r].SaidBy, func(by news.ID) bool { return g.isOf(by, q.SaidBy) })
	}
	printed := func(r news.ID) bool {
		return news.Fold(g.story[g.report[r].Story].Publisher) == news.Fold(q.Publisher)
	}
	if !q.SaidBy.All() && !slices.ContainsFunc(e.Reports, said) || q.Publisher != "" && !slices.ContainsFunc(e.Reports, printed) {
		return false
	}
	published := func(r news.ID) bool {
		on := published(g.story[g.report[r].Story])
		return q.Published.Overlaps(news.When{From: on.From, To: on.To})
	}
	within := func(of []store.EventQuery) int {
		return len(filter(of, func(one store.EventQuery) bool { return g.asks(one, e) }))
	}
	if within(q.All) < len(q.All) || len(q.Any) > 0 && within(q.Any) == 0 || within(q.None) > 0 {
		return false
	}
	if q.Events != nil && !slices.Contains(q.Events, e.ID) || q.Published != nil && !slices.ContainsFunc(e.Reports, published) {
		return false
	}
	return claims(e, q.Claims) && e.Texts >= q.MinTexts && (q.MaxTexts == 0 || e.Texts <= q.MaxTexts) && anyOf(q.Types, e.Type) && anyOf(q.Actions, e.Action) && anyOf(q.Modalities, e.Modality) && !(q.Foreground && e.Background) &&
		(q.During == nil || q.During.Overlaps(e.When) || q.Undated && !e.When.Dated()) &&
		slices.ContainsFunc(e.Reports, func(r news.ID) bool { return begins(g.report[r].Sentence, q.Text) })
}

func (g *reference) listEvents(q store.EventQuery) []news.Event {
	some := filter(g.events, func(e news.Event) bool { return g.asks(q, e) && (q.Order != store.OldestFirst || e.When.Dated()) })
	if q.Order == store.OldestFirst {
		return sorted(some, func(a, b news.Event) int {
			return cmp.Or(cmp.Compare(a.When.From, b.When.From), cmp.Compare(a.ID, b.ID))
		})
	}
	return sorted(some, g.newestFirst)
}

// isOf tells that an entity is one of a party.
func (g *reference) isOf(id news.ID, p store.Party) bool {
	e := g.entity[id]
	return anyOf(p.Entities, id) && anyOf(p.Class.Kinds, e.Kind) && anyOf(p.Class.Sectors, e.Sector) &&
		(anyOf(p.Class.Countries, e.Country) || slices.Contains(p.Class.Countries, e.ISO3))
}

// did tells that one of a did something to one of b.
func (g *reference) did(e news.Event, a, b store.Party) bool {
	return slices.ContainsFunc(e.Entities(news.Source), func(id news.ID) bool { return g.isOf(id, a) }) &&
		slices.ContainsFunc(e.Entities(news.Target), func(id news.ID) bool { return g.isOf(id, b) })
}

func claims(e news.Event, c store.Claims) bool {
	return c == store.IncludeClaims || e.Claim == (c == store.OnlyClaims)
}

func (g *reference) newestFirst(a, b news.Event) int {
	day := func(e news.Event) string {
		if !e.When.Dated() {
			return ""
		}
		return e.When.From
	}
	told := func(e news.Event) string {
		var last string
		for _, r := range e.Reports {
			if !e.When.Dated() {
				last = max(last, published(g.story[g.report[r].Story]).From)
			}
		}
		return last
	}
	return cmp.Or(cmp.Compare(day(b), day(a)), cmp.Compare(told(b), told(a)), cmp.Compare(a.ID, b.ID))
}

func (g *reference) eventsOf(entity news.ID, q store.EventQuery) []news.Event {
	q.Participants = append(slices.Clone(q.Participants), store.Participation{Entities: []news.ID{entity}})
	return g.listEvents(q)
}

// eventOf is the event that an event-form id answers for.
func (g *reference) eventOf(id news.ID) (news.Event, bool) {
	for _, e := range g.events {
		if slices.ContainsFunc(e.Reports, func(r news.ID) bool { return news.EventID(r) == id }) {
			return e, true
		}
	}
	return news.Event{}, false
}

// eventsAbout are the others that are about an event.
func (g *reference) eventsAbout(id news.ID) []news.Event {
	deed, ok := g.eventOf(id)
	return sorted(filter(g.events, func(e news.Event) bool {
		return ok && e.ID != deed.ID && slices.ContainsFunc(e.About, func(a news.ID) bool {
			of, _ := g.eventOf(a)
			return of.ID == deed.ID
		})
	}), g.newestFirst)
}

func (g *reference) reportsOf(event news.ID) []news.Report {
	var all []news.Report
	e, _ := g.eventOf(event)
	for _, r := range e.Reports {
		all = append(all, g.report[r])
	}
	return all
}

func bySpan(a, b news.Span) int {
	return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
}

func (g *reference) reportsIn(s news.ID) []news.Report {
	return sorted(filter(g.reports, func(r news.Report) bool { return r.Story == s }), func(a, b news.Report) int {
		return cmp.Or(bySpan(a.Trigger, b.Trigger), cmp.Compare(a.ID, b.ID))
	})
}

func (g *reference) mentionsIn(s news.ID) []news.Mention {
	return sorted(filter(g.mentions, func(m news.Mention) bool { return m.Story == s }), func(a, b news.Mention) int { return bySpan(a.Span, b.Span) })
}

func (g *reference) quotationsIn(s news.ID) []news.Quotation {
	return sorted(filter(g.quotations, func(q news.Quotation) bool { return q.Story == s }), func(a, b news.Quotation) int { return bySpan(a.Span, b.Span) })
}

func published(s news.Story) news.Interval {
	i, _, err := news.ParseDate(s.Published)
	if err != nil {
		return news.Interval{}
	}
	return i
}

func (g *reference) mentionsOf(entity news.ID) []news.Mention {
	day := func(m news.Mention) string { return published(g.story[m.Story]).From }
	return sorted(filter(g.mentions, func(m news.Mention) bool { return m.Entity == entity }), func(a, b news.Mention) int {
		return cmp.Or(cmp.Compare(day(b), day(a)), cmp.Compare(a.Story, b.Story), bySpan(a.Span, b.Span))
	})
}

func (g *reference) statementsOf(speaker news.ID, q store.StatementQuery) []news.Statement {
	on := func(s news.Statement) news.Interval { return published(g.story[s.Story]) }
	return sorted(filter(g.statements, func(s news.Statement) bool {
		return s.Speaker == speaker && (q.About == "" || slices.Contains(s.Topics, q.About)) && (q.To == "" || s.Addressee == q.To) &&
			(q.Published == nil || q.Published.Overlaps(news.When{From: on(s).From, To: on(s).To}))
	}), func(a, b news.Statement) int {
		return cmp.Or(cmp.Compare(on(b).From, on(a).From), cmp.Compare(a.Story, b.Story), bySpan(a.Span, b.Span))
	})
}

func (g *reference) positionsOf(entity news.ID, on string) []news.Position {
	day := func(p news.Position) string { return published(g.story[p.Story]).From }
	return sorted(filter(g.positions, func(p news.Position) bool {
		told := p.Days()
		return (p.Person == entity || p.Body == entity) && (on == "" || told.From <= on && (told.To == "" || told.To >= on))
	}), func(a, b news.Position) int {
		return cmp.Or(cmp.Compare(day(b), day(a)), cmp.Compare(a.Story, b.Story), bySpan(a.Span, b.Span), cmp.Compare(a.ID, b.ID))
	})
}

func (g *reference) positionsBy(entity news.ID, on, by string) []news.Position {
	return filter(g.positionsOf(entity, on), func(p news.Position) bool { return by == "" || published(g.story[p.Story]).From <= by })
}

func (g *reference) listStories(q store.StoryQuery) []news.Story {
	some := filter(g.stories, func(s news.Story) bool {
		on := published(s)
		return begins(s.Headline+" "+s.Text, q.Text) && (q.Publisher == "" || news.Fold(q.Publisher) == news.Fold(s.Publisher)) &&
			(q.Published == nil || q.Published.Overlaps(news.When{From: on.From, To: on.To}))
	})
	return sorted(some, func(a, b news.Story) int {
		return cmp.Or(cmp.Compare(published(b).From, published(a).From), cmp.Compare(a.ID, b.ID))
	})
}

func (g *reference) countStories(q store.StoryCountQuery) store.StoryCounts {
	var cells []store.StoryCell
	for _, s := range g.listStories(q.Filter) {
		key := news.Fold(s.Publisher)
		if n := map[store.StoryDimension]int{store.StoriesByYear: 4, store.StoriesByMonth: 7}[q.By]; n > 0 {
			if key = ""; len(s.Published) >= n {
				key = s.Published[:n]
			}
		}
		cells = append(cells, store.StoryCell{Key: key, Stories: 1})
	}
	return q.Rank(cells)
}

func (g *reference) relations(entity news.ID, q store.RelationQuery) []store.Relation {
	sums := map[store.Relation][]news.Event{}
	for _, e := range g.events {
		if !e.Told() || !claims(e, q.Claims) || !anyOf(q.Actions, e.Action) || q.During != nil && !q.During.Overlaps(e.When) {
			continue
		}
		for _, from := range e.Entities(news.Source) {
			for _, to := range e.Entities(news.Target) {
				out := from == entity && q.Direction != store.Incoming && anyOf(q.Others, to) && g.isOf(to, store.Party{Class: q.Class})
				in := to == entity && q.Direction != store.Outgoing && anyOf(q.Others, from) && g.isOf(from, store.Party{Class: q.Class})
				if out || in {
					r := store.Relation{From: from, To: to, Action: e.Action}
					sums[r] = append(sums[r], e)
				}
			}
		}
	}
	var all []store.Relation
	for r, events := range sums {
		r.Claims = len(filter(events, func(e news.Event) bool { return e.Claim }))
		r.Count, r.Latest = len(events), slices.MinFunc(events, g.newestFirst).ID
		for _, e := range events {
			if e.When.Dated() {
				r.Last = max(r.Last, e.When.To)
				if r.First == "" || e.When.From < r.First {
					r.First = e.When.From
				}
			}
		}
		all = append(all, r)
	}
	return sorted(all, func(a, b store.Relation) int {
		return cmp.Or(b.Count-a.Count, cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To), cmp.Compare(a.Action, b.Action))
	})
}
