package answer

import (
	"context"

	"newsgraph/news"
	"newsgraph/store"
)

// Report is one statement of one event in one story.
type Report struct {
	news.Report
	in *batch[news.Report]
}

// Matter is what its event is done to or about.
func (r *Report) Matter() *string { return some(r.Report.Matter) }

func (g Graph) reports(of []news.Report) []*Report { return g.reportsBeside(of, store.Beside{}) }

// reportsBeside are the pages of reports of ids that came beside; nil if none did.
func reportsBeside(beside store.Beside, ids []news.ID) []store.Page[news.Report] {
	if beside.Reports == nil {
		return nil
	}
	pages := make([]store.Page[news.Report], len(ids))
	for i, id := range ids {
		pages[i] = beside.Reports[id]
		pages[i].Beside = &beside
	}
	return pages
}

func (g Graph) reportsBeside(of []news.Report, beside store.Beside) []*Report {
	in := newBatch(g, of).with(beside)
	made := make([]*Report, len(of))
	for i := range of {
		made[i] = &Report{of[i], in}
	}
	return made
}

func (g Graph) reportsByID(ctx context.Context, ids []news.ID) (map[news.ID]*Report, error) {
	if len(ids) == 0 {
		return map[news.ID]*Report{}, nil
	}
	of, err := g.Reader.ReportsByID(ctx, ids)
	if err != nil {
		return nil, err
	}
	byID := make(map[news.ID]*Report, len(of))
	for _, r := range g.reports(of) {
		byID[r.ID] = r
	}
	return byID, nil
}

// IsNode marks a Node.
func (*Report) IsNode() {}

// Event is what it tells.
func (r *Report) Event(ctx context.Context) (*Event, error) {
	byID, err := once(r.in, "event", func() (map[news.ID]*Event, error) {
		if beside := r.in.beside; beside.Events != nil {
			return r.in.graph.eventsOwn(beside.Events, beside), nil
		}
		return r.in.graph.eventsByID(ctx, r.in.ids(func(s news.Report) []news.ID { return []news.ID{news.EventID(s.ID)} }))
	})
	if err != nil {
		return nil, err
	}
	return found(byID, news.EventID(r.ID))
}

// Story is where it stands.
func (r *Report) Story(ctx context.Context) (*Story, error) {
	return storyOf(ctx, r.in, r.Report, func(s news.Report) news.ID { return s.Story })
}

// Participants are those who take part, each with the words that name it.
func (r *Report) Participants(ctx context.Context) ([]ReportParticipant, error) {
	byID, err := r.participants(ctx)
	kept := make([]ReportParticipant, 0, len(r.Report.Participants))
	for _, p := range r.Report.Participants {
		if e, ok := byID[p.Entity]; ok {
			kept = append(kept, ReportParticipant{p.Role, e, span(p.Span), r})
		}
	}
	return kept, err
}

// participants are those who take part in the batch's reports.
func (r *Report) participants(ctx context.Context) (map[news.ID]Entity, error) {
	return once(r.in, "participants", func() (map[news.ID]Entity, error) {
		return r.in.entities(ctx, func(s news.Report) []news.ID {
			ids := make([]news.ID, len(s.Participants))
			for i, p := range s.Participants {
				ids[i] = p.Entity
			}
			return ids
		})
	})
}

// Addressee is to whom the nearest speaker says so; nil if that is not told.
func (r *Report) Addressee(ctx context.Context) (Entity, error) {
	byID, err := once(r.in, "addressee", func() (map[news.ID]Entity, error) {
		return r.in.entities(ctx, func(s news.Report) []news.ID { return []news.ID{s.Addressee} })
	})
	return byID[r.Report.Addressee], err
}

// SaidBy is who says so, nearest speaker first.
func (r *Report) SaidBy(ctx context.Context) ([]Entity, error) {
	byID, err := once(r.in, "said by", func() (map[news.ID]Entity, error) {
		return r.in.entities(ctx, func(s news.Report) []news.ID { return s.SaidBy })
	})
	return those(byID, r.Report.SaidBy), err
}

// When is when it happened, as this report tells it.
func (r *Report) When() When { return When{r.Report.When} }

// WhenSpan is where the words of the date stand.
func (r *Report) WhenSpan() *news.Span { return span(r.Report.When.Span) }

// Contexts are PLOVER's.
func (r *Report) Contexts() []string { return list(r.Report.Contexts) }

// Counts are the killed, injured and arrested.
func (r *Report) Counts() []Count {
	counts := make([]Count, len(r.Report.Counts))
	for i, c := range r.Report.Counts {
		counts[i] = Count{c}
	}
	return counts
}

// Why is why it was read so.
func (r *Report) Why() *string { return some(r.Report.Why) }

// ReportParticipant is one who takes part in an event, as a report tells it.
type ReportParticipant struct {
	Role   news.Role
	Entity Entity
	Span   *news.Span
	in     *Report
}

// Count is how many people, in a report's words.
type Count struct{ news.Count }

// High is at most so many; nil if open.
func (c Count) High() *int { return some(c.Count.High) }
