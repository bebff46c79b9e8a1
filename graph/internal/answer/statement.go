package answer

import (
	"context"

	"newsgraph/news"
	"newsgraph/store"
)

// Statement is something that somebody says in a story.
type Statement struct {
	news.Statement
	in *batch[news.Statement]
}

func (g Graph) statements(of []news.Statement) []*Statement {
	in := newBatch(g, of)
	made := make([]*Statement, len(of))
	for i := range of {
		made[i] = &Statement{of[i], in}
	}
	return made
}

// statementQuery reads the arguments of a list of statements.
func (g Graph) statementQuery(ctx context.Context, about, to *news.ID, during *DateInterval, first *int, after *string) (q store.StatementQuery, err error) {
	if q.Paging, err = Paging(first, after); err != nil {
		return q, err
	}
	if q.Published, err = during.interval("during"); err != nil {
		return q, err
	}
	var given []condition
	var into []*news.ID
	for _, one := range []struct {
		field string
		id    *news.ID
		into  *news.ID
	}{{"about", about, &q.About}, {"to", to, &q.To}} {
		if one.id != nil {
			given, into = append(given, condition{one.field, []news.ID{*one.id}}), append(into, one.into)
		}
	}
	if len(given) == 0 {
		return q, nil
	}
	ids, err := g.single(ctx, given...)
	if err != nil {
		return q, err
	}
	for i, id := range ids {
		*into[i] = id
	}
	return q, nil
}

// Story is whose text it stands in.
func (s *Statement) Story(ctx context.Context) (*Story, error) {
	return storyOf(ctx, s.in, s.Statement, func(s news.Statement) news.ID { return s.Story })
}

// Text is the words with their marks, or the sentence.
func (s *Statement) Text(ctx context.Context) (string, error) {
	story, err := s.Story(ctx)
	if err != nil {
		return "", err
	}
	return s.Span.In(story.Text), nil
}

// parties are the speakers, the addressees and the topics of the batch's statements.
func (s *Statement) parties(ctx context.Context) ([]map[news.ID]Entity, error) {
	return once(s.in, "parties", func() ([]map[news.ID]Entity, error) {
		return s.in.graph.entitiesOf(ctx,
			s.in.ids(func(s news.Statement) []news.ID { return []news.ID{s.Speaker} }),
			s.in.ids(func(s news.Statement) []news.ID { return []news.ID{s.Addressee} }),
			s.in.ids(func(s news.Statement) []news.ID { return s.Topics }))
	})
}

// Speaker is who says it.
func (s *Statement) Speaker(ctx context.Context) (Entity, error) {
	parties, err := s.parties(ctx)
	if err != nil {
		return nil, err
	}
	return found(parties[0], s.Statement.Speaker)
}

// Addressee is to whom it is said; nil if that is not told.
func (s *Statement) Addressee(ctx context.Context) (Entity, error) {
	parties, err := s.parties(ctx)
	if err != nil {
		return nil, err
	}
	return parties[1][s.Statement.Addressee], nil
}

// Topics are the others who are spoken of in it.
func (s *Statement) Topics(ctx context.Context) ([]Entity, error) {
	parties, err := s.parties(ctx)
	if err != nil {
		return nil, err
	}
	return those(parties[2], s.Statement.Topics), nil
}

// Quotation is its words in quotation marks; nil if it is reported.
func (s *Statement) Quotation(ctx context.Context) (*Quotation, error) {
	byID, err := once(s.in, "quotation", func() (map[news.ID]*Quotation, error) {
		ids := s.in.ids(func(s news.Statement) []news.ID { return []news.ID{s.Quotation} })
		if len(ids) == 0 {
			return map[news.ID]*Quotation{}, nil
		}
		of, err := s.in.graph.Reader.QuotationsByID(ctx, ids)
		byID := make(map[news.ID]*Quotation, len(of))
		for _, q := range s.in.graph.quotations(of) {
			byID[q.ID] = q
		}
		return byID, err
	})
	return byID[s.Statement.Quotation], err
}

// Report is the first that it tells; nil if there is none.
func (s *Statement) Report(ctx context.Context) (*Report, error) {
	byID, err := once(s.in, "report", func() (map[news.ID]*Report, error) {
		return s.in.graph.reportsByID(ctx, s.in.ids(func(s news.Statement) []news.ID { return []news.ID{s.Report} }))
	})
	return byID[s.Statement.Report], err
}
