package answer

import (
	"context"

	"newsgraph/news"
)

// Quotation is words in quotation marks.
type Quotation struct {
	news.Quotation
	in *batch[news.Quotation]
}

func (g Graph) quotations(of []news.Quotation) []*Quotation {
	in := newBatch(g, of)
	made := make([]*Quotation, len(of))
	for i := range of {
		made[i] = &Quotation{of[i], in}
	}
	return made
}

// IsNode marks a Node.
func (*Quotation) IsNode() {}

// Story is whose text it stands in.
func (q *Quotation) Story(ctx context.Context) (*Story, error) {
	return storyOf(ctx, q.in, q.Quotation, func(s news.Quotation) news.ID { return s.Story })
}

// Text is the words, with their marks.
func (q *Quotation) Text(ctx context.Context) (string, error) {
	story, err := q.Story(ctx)
	if err != nil {
		return "", err
	}
	return q.Span.In(story.Text), nil
}

// voices are the speakers and the addressees of the batch's quotations.
func (q *Quotation) voices(ctx context.Context) ([]map[news.ID]Entity, error) {
	return once(q.in, "voices", func() ([]map[news.ID]Entity, error) {
		return q.in.graph.entitiesOf(ctx,
			q.in.ids(func(s news.Quotation) []news.ID { return []news.ID{s.Speaker} }),
			q.in.ids(func(s news.Quotation) []news.ID { return []news.ID{s.Addressee} }))
	})
}

// Speaker is whose words they are; nil if that is not told.
func (q *Quotation) Speaker(ctx context.Context) (Entity, error) {
	voices, err := q.voices(ctx)
	if err != nil {
		return nil, err
	}
	return voices[0][q.Quotation.Speaker], nil
}

// Addressee is to whom they are said; nil if that is not told.
func (q *Quotation) Addressee(ctx context.Context) (Entity, error) {
	voices, err := q.voices(ctx)
	if err != nil {
		return nil, err
	}
	return voices[1][q.Quotation.Addressee], nil
}

// Report is the statement whose words they are; nil if there is none.
func (q *Quotation) Report(ctx context.Context) (*Report, error) {
	byID, err := once(q.in, "report", func() (map[news.ID]*Report, error) {
		return q.in.graph.reportsByID(ctx, q.in.ids(func(s news.Quotation) []news.ID { return []news.ID{s.Report} }))
	})
	return byID[q.Quotation.Report], err
}
