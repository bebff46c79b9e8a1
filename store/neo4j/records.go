package neo4j

import (
	"context"
	"iter"

	"newsgraph/news"
	"newsgraph/store"
)

// The pages of Records, by the unique index of each label: strings sort by code points there, which is the order of their bytes.
const (
	pageOfStories     = `MATCH (n:Story) WHERE n.id > $after RETURN n.id AS id, n.record AS record, n.text AS text ORDER BY n.id LIMIT 200`
	pageOfEntities    = `MATCH (n:Entity) WHERE n.id > $after RETURN n.id AS id, n.record AS record ORDER BY n.id LIMIT 2000`
	pageOfMentions    = `MATCH (n:Mention) WHERE n.id > $after RETURN n.id AS id, n.record AS record ORDER BY n.id LIMIT 2000`
	pageOfReports     = `MATCH (n:Report) WHERE n.id > $after RETURN n.id AS id, n.record AS record ORDER BY n.id LIMIT 1000`
	pageOfEvents      = `MATCH (n:Event) WHERE n.id > $after RETURN n.id AS id, n.record AS record ORDER BY n.id LIMIT 1000`
	pageOfQuotations  = `MATCH (n:Quotation) WHERE n.id > $after RETURN n.id AS id, n.record AS record ORDER BY n.id LIMIT 2000`
	pageOfCorrections = `MATCH (n:Correction) WHERE n.id > $after RETURN n.id AS id, n.record AS record ORDER BY n.id LIMIT 200`
	pageOfPositions   = `MATCH (n:Position) WHERE n.id > $after RETURN n.id AS id, n.record AS record ORDER BY n.id LIMIT 2000`

	pageOfSuperseded = `MATCH (n:Superseded) WHERE n.id > $after RETURN n.id AS id, n.record AS record, n.text AS text, n.facts AS facts ORDER BY n.id LIMIT 200`
	pageOfTold       = `MATCH (n:Story) WHERE n.id > $after AND n.told IS NOT NULL RETURN n.id AS id, n.record AS record, n.text AS text, n.told AS told ORDER BY n.id LIMIT 200`
)

// Records yields everything.
func (s *Store) Records(ctx context.Context) iter.Seq2[store.Record, error] {
	return func(yield func(store.Record, error) bool) {
		_ = walk(ctx, s, "stories", pageOfStories, func(r *row) store.Record { v := scanStory(r); return store.Record{Story: &v} }, yield) &&
			walk(ctx, s, "entities", pageOfEntities, func(r *row) store.Record { return store.Record{Entity: pointer[news.Entity](r)} }, yield) &&
			walk(ctx, s, "mentions", pageOfMentions, func(r *row) store.Record { return store.Record{Mention: pointer[news.Mention](r)} }, yield) &&
			walk(ctx, s, "reports", pageOfReports, func(r *row) store.Record { return store.Record{Report: pointer[news.Report](r)} }, yield) &&
			walk(ctx, s, "events", pageOfEvents, func(r *row) store.Record { return store.Record{Event: pointer[news.Event](r)} }, yield) &&
			walk(ctx, s, "quotations", pageOfQuotations, func(r *row) store.Record {
				return store.Record{Quotation: pointer[news.Quotation](r)}
			}, yield) &&
			walk(ctx, s, "positions", pageOfPositions, func(r *row) store.Record { return store.Record{Position: pointer[news.Position](r)} }, yield) &&
			walk(ctx, s, "superseded", pageOfSuperseded, func(r *row) store.Record { v := scanSuperseded(r); return store.Record{Superseded: &v} }, yield) &&
			walk(ctx, s, "told", pageOfTold, func(r *row) store.Record { v := store.SortFacts(scanTold(r)); return store.Record{Told: &v} }, yield) &&
			walk(ctx, s, "corrections", pageOfCorrections, func(r *row) store.Record { return store.Record{Correction: pointer[news.Correction](r)} }, yield)
	}
}

func pointer[T any](r *row) *T {
	v := recorded[T](r)
	return &v
}

// walk yields the records of one noun, and tells whether to go on with the next.
func walk(ctx context.Context, s *Store, noun, cypher string, scan func(*row) store.Record, yield func(store.Record, error) bool) bool {
	type item struct {
		id     string
		record store.Record
	}
	for after := ""; ; {
		items, err := read(ctx, s, "export "+noun, cypher, map[string]any{"after": after}, func(r *row) item {
			return item{r.string("id"), scan(r)}
		})
		if err != nil {
			yield(store.Record{}, err)
			return false
		}
		for _, i := range items {
			if !yield(i.record, nil) {
				return false
			}
			after = i.id
		}
		if len(items) == 0 {
			return true
		}
	}
}
