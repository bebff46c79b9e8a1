package storetest

import (
	"context"
	"testing"

	"newsgraph/news"
	"newsgraph/store"
)

// testNodes asks for mentions, quotations and positions by id: in the order that was asked, each once, without what is not there or not of
// the noun, and not after its story has gone.
func testNodes(t *testing.T, h Harness) {
	s := h.Open(t)
	all, _ := library()
	put(t, s, all...)
	g := refer(all...)
	byID(t, "mentions", s.MentionsByID, g.mentions, func(m news.Mention) news.ID { return m.ID }, "story:none", all[0].Story.ID, "")
	byID(t, "quotations", s.QuotationsByID, g.quotations, func(q news.Quotation) news.ID { return q.ID }, "quotation:none", g.mentions[0].ID)
	byID(t, "positions", s.PositionsByID, g.positions, func(p news.Position) news.ID { return p.ID }, "position:none", g.quotations[0].ID)
	remove(t, s, all...)
	mentions, err1 := s.MentionsByID(t.Context(), []news.ID{g.mentions[0].ID})
	quotations, err2 := s.QuotationsByID(t.Context(), []news.ID{g.quotations[0].ID})
	positions, err3 := s.PositionsByID(t.Context(), []news.ID{g.positions[0].ID})
	if n := len(mentions) + len(quotations) + len(positions); n > 0 || err1 != nil || err2 != nil || err3 != nil {
		t.Errorf("%d are left of removed stories, %v %v %v", n, err1, err2, err3)
	}
}

func byID[T any](
	t *testing.T, what string, ask func(context.Context, []news.ID) ([]T, error), all []T, id func(T) news.ID, strangers ...news.ID,
) {
	t.Helper()
	if len(all) < 3 {
		t.Fatalf("the library has %d %s", len(all), what)
	}
	first, last := all[0], all[len(all)-1]
	ids := append([]news.ID{id(last), id(first), id(last)}, strangers...)
	got, err := ask(t.Context(), ids)
	if err != nil {
		t.Fatalf("%s: %v", what, err)
	}
	same(t, what, lines(got), lines([]T{last, first}))
	for _, none := range [][]news.ID{nil, {}, strangers} {
		if got, err := ask(t.Context(), none); len(got) > 0 || err != nil {
			t.Errorf("%s %q: %d, %v", what, none, len(got), err)
		}
	}
	var many []news.ID
	for _, v := range all {
		many = append(many, id(v))
	}
	if got, err := ask(t.Context(), many); err != nil {
		t.Errorf("%s: %v", what, err)
	} else {
		same(t, "all "+what, lines(got), lines(all))
	}
}

// nodeCalls are the calls of testNodes, for the tests of cancelled and closed stores.
func nodeCalls(ctx context.Context, s store.Reader) map[string]func() error {
	return map[string]func() error{
		"mentions by id":   func() error { _, err := s.MentionsByID(ctx, []news.ID{"mention:1"}); return err },
		"quotations by id": func() error { _, err := s.QuotationsByID(ctx, []news.ID{"quotation:1"}); return err },
		"positions by id":  func() error { _, err := s.PositionsByID(ctx, []news.ID{"position:1"}); return err },
	}
}
